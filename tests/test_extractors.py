"""The suite that runs popular tools over our own reports: its machinery, with what is installed, and its page."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from gipa_reports import read
from places import ROOT

PAGE = ROOT / "docs" / "extractors.md"
HERE = ("", "openpyxl", "python-docx", "rich", "polars", "beautifulsoup4")
"""What the tools need that are tried here; the others are tried by ``nox -s extractors``."""


@pytest.fixture(scope="module")
def suite() -> dict[str, Any]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        return runpy.run_path(str(ROOT / "benchmarks" / "extractor_suite.py"), run_name="suite")
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def truths(suite: dict[str, Any]) -> list[Any]:
    return list(suite["truths"]())


def test_reports_are_of_both_editions_with_and_without_blanks(truths: list[Any]) -> None:
    assert {truth.report.requests.edition for truth in truths} == {"2019", "2021"}
    for truth in truths:
        assert any(cell == "" for cell in truth.cells.values()) == truth.has_blanks
        assert len(truth.cells) == {"2019": 198, "2021": 200}[truth.report.requests.edition]


def test_the_page_of_an_organ_is_the_report(suite: dict[str, Any], truths: list[Any]) -> None:
    for truth in truths:
        reading = read(suite["page"](truth.report), format="html")
        assert reading.report is not None
        assert {figure.id: figure.text for figure in reading.report.cells()} == truth.cells


@pytest.mark.parametrize("source", ["page", "docx", "xlsx"])
@pytest.mark.filterwarnings("ignore")
def test_tools_are_run_read_and_compared(
    source: str, suite: dict[str, Any], truths: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tools = [tool for tool in suite["TOOLS"] if tool.source == source and tool.needs in HERE]
    there = [tool for tool in tools if tool.is_there and not tool.is_program]
    if len(there) < 2:
        pytest.skip(f"none of these is installed: {', '.join(tool.needs for tool in tools if tool.needs)}")
    results = suite["run"](tmp_path, there, [truth for truth in truths if truth.name.endswith("1")])
    for result in results:
        assert result.failed == []
        assert result.wrong == []
        assert result.full.silent == result.blanks.silent == 0
        lossy = "blanks" in result.tool.loses.partition("cells")[0] or "empty cells" in result.tool.loses
        assert result.full.right >= (0 if lossy else 0.95 * 200), result.tool.name
    itself = results[0]
    assert (itself.full.right, itself.blanks.right) == (200, 200)
    assert suite["matrix"](results).count("\n| ") >= len(results)
    assert capsys.readouterr().err.count("\n") == len(results)


def test_a_tool_that_gives_up_is_named(suite: dict[str, Any], truths: list[Any], tmp_path: Path) -> None:
    def give_up(path: Path) -> str:
        raise RuntimeError("no")

    tool = type(suite["TOOLS"][0])("breaks", "page", ".txt", "", give_up, "all")
    (result,) = suite["run"](tmp_path, [tool], truths[:1])
    assert result.failed == [f"{truths[0].name}: RuntimeError: no"]
    assert (result.full.right, result.full.flagged, result.full.silent) == (0, 0, 0)


def test_the_page_of_the_documentation_has_every_tool_and_nothing_silent(suite: dict[str, Any]) -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.count("|") == 9]
    rows = [row for row in rows if row[0] not in ("tool", "---")]
    assert len(rows) == len(suite["TOOLS"])
    for row, tool in zip(rows, suite["TOOLS"], strict=True):
        assert row[0].startswith(tool.name)
        assert row[1] == tool.loses
        assert (row[4], row[7]) == ("0", "0"), row[0]
