"""PDF files by LibreOffice, Chromium, reportlab and fpdf2: every cell right, and the cells that pdfplumber sees too."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from gipa_reports import render
from gipa_reports.document import COVERED, COVERED_BELOW, Table
from gipa_reports.limits import Limits
from gipa_reports.readers import pdf as reader
from gipa_reports.testing.corpus import truth_of
from pdf_makers import CSS, by_chromium, by_fpdf2, by_reportlab, by_writer, page, wrong_or_flagged

pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")
pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")

HERE = Limits(seconds=None, memory=None)
MARKS = str.maketrans("", "", COVERED + COVERED_BELOW)


def ours(content: bytes) -> list[list[str]]:
    """The rows of all tables, without spaces and what is empty."""
    blocks = reader.read_document(content, HERE).blocks
    return _plain(row.cells for block in blocks if isinstance(block, Table) for row in block.rows)


def theirs(content: bytes) -> list[list[str]]:
    """The same by pdfplumber."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return _plain(row for page in file.pages for table in page.extract_tables() for row in table)


def _plain(rows: Iterable[Sequence[str | None]]) -> list[list[str]]:
    found = [["".join((cell or "").split()).translate(MARKS) for cell in row] for row in rows]
    return [[cell for cell in row if cell] for row in found if any(row)]


needs_writer = pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not on the PATH")
needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not on the PATH")


def check(number: int, content: bytes, *, is_ruled: bool = True) -> None:
    """Every cell is right and without a flag; and where there are rules, pdfplumber sees the same figures."""
    assert wrong_or_flagged(truth_of(number), content) == ([], [])
    if is_ruled:
        # Labels are others where a font has radicals in their place; a row whose cells a page break leaves open is
        # none to pdfplumber.
        more = Counter(map(tuple, _figures(ours(content))))
        more.subtract(map(tuple, _figures(theirs(content))))
        assert min(more.values()) >= 0
        assert more.total() <= 2


def _figures(rows: list[list[str]]) -> list[list[str]]:
    found = [[cell for cell in row if re.fullmatch(r"[\d.]+", cell)] for row in rows]
    return [row for row in found if row]


@pytest.mark.parametrize("rules", ["grid", "inner", "level", "none"])
@pytest.mark.parametrize("striped", [False, True])
@pytest.mark.parametrize("number", [0, 3])
def test_reportlab(number: int, rules: str, striped: bool) -> None:
    pytest.importorskip("reportlab", reason="reportlab is not installed")
    check(number, by_reportlab(truth_of(number), rules, striped=striped), is_ruled=rules == "grid" and not striped)


@needs_chromium
@pytest.mark.parametrize("name", CSS)
def test_chromium(name: str, tmp_path: Path) -> None:
    check(5, by_chromium(page(truth_of(5), CSS[name]), tmp_path), is_ruled=name == "ruled")


@needs_writer
@pytest.mark.parametrize("kind", ["no rules", "ruled", "docx"])
def test_writer(kind: str, tmp_path: Path) -> None:
    truth = truth_of(3)
    source = render(truth, "docx") if kind == "docx" else page(truth, "", "border=1 cellspacing=0" * (kind == "ruled"))
    check(3, by_writer(source, tmp_path), is_ruled=kind != "no rules")


@pytest.mark.parametrize("borders", ["ALL", "INTERNAL"])
def test_fpdf2(borders: str) -> None:
    pytest.importorskip("fpdf", reason="fpdf2 is not installed")
    rows = [[f"row {y}", *(str(x * y) if (x + y) % 3 else "" for x in range(1, 6))] for y in range(1, 70)]
    content = by_fpdf2(rows, borders)
    assert ours(content) == _plain(rows)
    if borders == "ALL":
        assert ours(content) == theirs(content)


def test_fpdf2_with_cells_over_columns() -> None:
    pytest.importorskip("fpdf", reason="fpdf2 is not installed")
    rows = [["head", "all of it"], ["a", "1", "2", "3"], ["b", "4", "56"], ["c", "", "7", ""]]
    content = by_fpdf2(rows, spans={(0, 1): 3, (2, 2): 2})
    [table] = reader.read_document(content, HERE).blocks
    assert isinstance(table, Table)
    assert [[*row.cells] for row in table.rows] == [
        ["head", "all of it"],
        ["a", "1", "2", "3"],
        ["b", "4", "56"],
        ["c", "", "7", ""],
    ]
