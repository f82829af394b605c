"""One fault in the markup of a table: no figure may be wrong without a flag.

Every row and every cell of the sample's tables is deleted, doubled, or given an empty one before it; the number of a
page stands before it, or a line breaks within a figure of it; in pages each span is taken off, made longer and shorter.
What is read is compared with the report that was rendered, with all its figures and with some taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

import gipa_reports
import places

SAMPLE = places.SAMPLE.read_text(encoding="utf-8")

_FIGURE = re.compile(r"(?<=\t)\d+(?=[\t\n])")
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b.*?</t[dh]>", re.DOTALL)
_DIGITS = re.compile(r"(?<![\w.])\d{2,}(?![\w.])")
_SPAN = re.compile(r'(rowspan|colspan)="(\d+)"')

BETWEEN = ("·3·", "3/8", "（3）", "- 3", "12 / 20", "第 3 页", "7", "----")
"""What stands between the rows of a page: its number in every dress, or a line."""


def with_blanks(share: float, seed: int) -> gipa_reports.Report:
    """The sample with a share of its figures taken out."""
    random = Random(seed)
    return gipa_reports.parse(_FIGURE.sub(lambda match: "" if random.random() < share else match[0], SAMPLE))


def faulty_pages(page: str) -> Iterator[tuple[str, str]]:
    """Each fault of a page, by name, and the page that has it."""
    for at, row in enumerate(_ROW.finditer(page)):
        start, end = row.span()
        yield f"row {at} deleted", page[:start] + page[end:]
        yield f"row {at} doubled", page[:end] + page[start:]
        yield f"empty row before {at}", page[:start] + "<tr></tr>" + page[start:]
        yield f"row of an empty cell before {at}", page[:start] + "<tr><td></td></tr>" + page[start:]
        for index, cell in enumerate(_CELL.finditer(page, start, end)):
            place = f"cell {index} of row {at}"
            first, last = cell.span()
            yield f"{place} deleted", page[:first] + page[last:]
            yield f"{place} doubled", page[:last] + page[first:]
            yield f"empty cell before {place}", page[:first] + "<td></td>" + page[first:]
            for name, number in _SPAN.findall(cell[0]):
                for other in (1, int(number) - 1, int(number) + 1):
                    changed = cell[0].replace(f'{name}="{number}"', f'{name}="{other}"')
                    yield f"{name} of {place} = {other}", page[:first] + changed + page[last:]
            for name in {"rowspan", "colspan"} - {name for name, _ in _SPAN.findall(cell[0])}:
                changed = f'{cell[0][:3]} {name}="2"{cell[0][3:]}'
                yield f"{name} for {place}", page[:first] + changed + page[last:]


def faulty_texts(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """Each fault of a text whose cells are parted by ``mark``, by name, and the text that has it."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if mark not in line:
            continue
        before, after = lines[:at], lines[at + 1 :]
        yield f"line {at} deleted", "\n".join([*before, *after])
        yield f"line {at} doubled", "\n".join([*before, line, line, *after])
        yield f"empty row before line {at}", "\n".join([*before, mark, line, *after])
        for between in BETWEEN:
            yield f"{between} before line {at}", "\n".join([*before, between, line, *after])
        for digits in _DIGITS.finditer(line):
            cut = digits.start() + 1
            yield f"line {at} broken after {line[:cut]}", "\n".join([*before, line[:cut], line[cut:], *after])
        cells = line.split(mark)
        for index, cell in enumerate(cells):
            for name, new in (("deleted", []), ("doubled", [cell, cell]), ("with an empty one before it", ["", cell])):
                changed = mark.join([*cells[:index], *new, *cells[index + 1 :]])
                yield f"cell {index} of line {at} {name}", "\n".join([*before, changed, *after])


def faults(report: gipa_reports.Report, format: gipa_reports.FormatName) -> Iterator[tuple[str, str]]:
    """The report in a format with one fault, for each fault."""
    source = gipa_reports.render(report, format)
    assert isinstance(source, str)
    if format == "html":
        return faulty_pages(source)
    return faulty_texts(source, "\t" if format == "text" else "|")


@pytest.mark.parametrize("format", ["html", "text", "markdown"])
@pytest.mark.parametrize(("share", "seed"), [(0.0, 0), (0.1, 1), (0.4, 2)])
def test_nothing_is_wrong_without_a_flag(format: gipa_reports.FormatName, share: float, seed: int) -> None:
    report = with_blanks(share, seed)
    truth = {figure.id: (figure.state, figure.value) for figure in report.cells()}
    count = 0
    for name, source in faults(report, format):
        count += 1
        reading = gipa_reports.read(source)
        assert reading.report is not None, name
        figures = {figure.id: (figure.state, figure.value) for figure in reading.report.cells()}
        wrong = [
            cell_id for cell_id, figure in figures.items() if figure != truth[cell_id] and not reading.codes(cell_id)
        ]
        assert not wrong, name
    assert count > 1200
