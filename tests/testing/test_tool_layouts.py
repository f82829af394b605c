"""What popular tools make of a report (layouts 19 to 31): written as known, read right or flagged, and read enough."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given, settings

import places
from gipa_reports import Report, State, read
from gipa_reports.report import Cell, UnknownRow
from gipa_reports.testing import (
    TOOL_LAYOUTS,
    Grid,
    GridCell,
    check_right_or_flagged,
    plain_reports,
    tally,
    write_as_tool,
)
from gipa_reports.testing.corpus import truth_of
from gipa_reports.testing.layouts import filled, tool_data, tool_drawn, tool_text

SAMPLE = places.SAMPLE.read_text("utf-8")
TITLE = GridCell("第二十条第（一）项", "title", colspan=4)
SEVEN: Grid = (
    (TITLE,),
    tuple(GridCell(name, "column") for name in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")),
    (GridCell("规章", "label"), GridCell("1"), GridCell("0"), GridCell("12")),
    (GridCell("行政规范性文件", "label"), GridCell("3"), GridCell(""), GridCell("40")),
    (evolve(TITLE, text="第二十条第（五）项"),),
    (GridCell("信息内容", "column"), GridCell("本年处理决定数量", "column", colspan=3)),
    (GridCell("行政许可", "label"), GridCell("114", colspan=3)),
)
"""The seven rows that stand in all layouts: a blank, a title and figures over several columns."""

WRITTEN: dict[str | Callable[[Grid], str], str] = {
    tool_data.Rows().table: "第二十条第（一）项,,,␍⏎信息内容,本年制发件数,本年废止件数,现行有效件数␍⏎规章,1,0,12␍⏎"
    "行政规范性文件,3,,40␍⏎第二十条第（五）项,,,␍⏎信息内容,本年处理决定数量,,␍⏎行政许可,114,,␍⏎",
    tool_data.Rows(
        spans=False, delimiter=";"
    ).table: "第二十条第（一）项␍⏎信息内容;本年制发件数;本年废止件数;现行有效件数␍⏎"
    "规章;1;0;12␍⏎行政规范性文件;3;;40␍⏎第二十条第（五）项␍⏎信息内容;本年处理决定数量␍⏎行政许可;114␍⏎",
    "filled-tabs": "第二十条第（一）项⇥第二十条第（一）项⇥第二十条第（一）项⇥第二十条第（一）项⏎"
    "信息内容⇥本年制发件数⇥本年废止件数⇥现行有效件数⏎规章⇥1⇥0⇥12⏎行政规范性文件⇥3⇥⇥40⏎"
    "第二十条第（五）项⇥第二十条第（五）项⇥第二十条第（五）项⇥第二十条第（五）项⏎"
    "信息内容⇥本年处理决定数量⇥本年处理决定数量⇥本年处理决定数量⏎行政许可⇥114⇥114⇥114",
    "markdown-nan": "| 第二十条第（一）项 | Unnamed: 1 | Unnamed: 2 | Unnamed: 3 |⏎| --- | --- | --- | --- |⏎"
    "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |⏎| 规章 | 1 | 0 | 12 |⏎| 行政规范性文件 | 3 | NaN | 40 |⏎"
    "| 第二十条第（五）项 | NaN | NaN | NaN |⏎"
    "| 信息内容 | 本年处理决定数量 | NaN | NaN |⏎| 行政许可 | 114 | NaN | NaN |",
    "pipes": "| 第二十条第（一）项 |  |  |  | ⏎| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | ⏎"
    "| 规章 | 1 | 0 | 12 | ⏎| 行政规范性文件 | 3 |  | 40 | ⏎| 第二十条第（五）项 |  |  |  | ⏎"
    "| 信息内容 | 本年处理决定数量 |  |  | ⏎| 行政许可 | 114 |  |  | ",
    "filled-tabs-broken": "第二十条第（一）项⇥第二十条第（一）项⇥第二十条第（一）项⇥第二十条第（一）项⏎"
    "信息内容⇥本年制发件数⇥本年废止件数⇥现行有效件数⏎规章⇥1⇥0⇥12⏎行政规范性文件⇥3⇥⏎⇥40⏎"
    "第二十条第（五）项⇥第二十条第（五）项⇥第二十条第（五）项⇥第二十条第（五）项⏎"
    "信息内容⇥本年处理决定数量⇥本年处理决定数量⇥本年处理决定数量⏎行政许可⇥114⇥114⇥114",
    tool_data.Rows(
        steps=True
    ).table: "第二十条第（一）项,,,,,,,,,,,␍⏎信息内容,本年制发件数,本年废止件数,现行有效件数,,,,,,,,␍⏎"
    "规章,,,,1,0,12,,,,,␍⏎行政规范性文件,,,,,,,3, ,40,,␍⏎第二十条第（五）项,,,,,,,,,,,␍⏎"
    "信息内容,,,,,,,,,,本年处理决定数量,␍⏎行政许可,,,,,,,,,,,114␍⏎",
    "markdown-packed": "| 第二十条第（一）项 |  |  |  |⏎| --- | --- | --- | --- |⏎"
    "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |⏎| 规章 | 1 | 0 | 12 |⏎| 行政规范性文件 | 3 | 40 |  |⏎"
    "| 第二十条第（五）项 |  |  |  |⏎| 信息内容 | 本年处理决定数量 |  |  |⏎| 行政许可 | 114 |  |  |",
    "inner-text": "第二十条第（一）项⏎信息内容⇥本年制发件数⇥本年废止件数⇥现行有效件数⏎规章⇥1⇥0⇥12⏎"
    "行政规范性文件⇥3⇥⇥40⏎第二十条第（五）项⏎信息内容⇥本年处理决定数量⏎行政许可⇥114",
    tool_text.column_order: "1⏎⏎0⏎⏎12⏎⏎3⏎⏎40⏎⏎114⏎⏎第二十条第（一）项⏎⏎信息内容⏎⏎本年制发件数⏎⏎本年废止件数⏎⏎"
    "现行有效件数⏎⏎规章⏎⏎行政规范性文件⏎⏎第二十条第（五）项⏎⏎信息内容⏎⏎本年处理决定数量⏎⏎行政许可",
    "one-line-bars": "第二十条第（一）项|信息内容|本年制发件数|本年废止件数|现行有效件数|规章|1|0|12|行政规范性文件|3|"
    "40|第二十条第（五）项|信息内容|本年处理决定数量|行政许可|114",
}
"""Name of a layout, or a writer of a table → the seven rows in it, written by hand."""

MARKS = str.maketrans({"⏎": "\n", "␍": "\r", "⇥": "\t"})


@pytest.mark.parametrize("layout", WRITTEN, ids=lambda layout: layout if isinstance(layout, str) else "rows")
def test_layout_is_as_written_by_hand(layout: str | Callable[[Grid], str]) -> None:
    write = TOOL_LAYOUTS[layout].table if isinstance(layout, str) else layout
    assert write(SEVEN) == WRITTEN[layout].translate(MARKS)


def test_a_wrapped_cell_is_drawn_on_several_lines_of_one_row() -> None:
    label = GridCell("5.要求行政机关确认或重新出具已获取信息", "label")
    drawn = tool_drawn.grid(((label, GridCell("7")),))
    assert drawn.split("\n") == [
        "+--------------------------+---+",
        "| 5.要求行政机关确认或重新 | 7 |",
        "| 出具已获取信息           |   |",
        "+--------------------------+---+",
    ]


def test_text_of_pdf_files_wraps_labels_heads_and_figures() -> None:
    heads = tuple(GridCell(text, "column") for text in ("结果维持", "总计", "结果纠正", "其他结果", "尚未审结"))
    row = (GridCell("1.属于国家秘密和其他", "label"), *map(GridCell, ("12345", "7", "0", "1000")))
    grid = (heads, row)
    assert tool_text.pdf_lines(grid).split("\n") == [
        "结果 总 结果 其他 尚未",
        "维持 计 纠正 结果 审结",
        "1.属于国家 12345 7 0 1000",
        "秘密和其他",
    ]
    assert tool_text.pdf_lines_narrow(grid).split("\n")[2:4] == [
        "1.属于国家 123 7 0 100",
        "45 0",
    ]
    raw = tool_text.pdf_raw_narrow(grid).split("\n")
    assert raw[:3] == ["结果", "维持", "总计"]
    assert raw[-5:] == ["1.属于国家秘密和其他", "123", "45", "7 0 100", "0"]


def test_merged_words_stand_in_every_place() -> None:
    grid: Grid = (
        (GridCell("甲", "title", colspan=2, rowspan=2), GridCell("乙", "column")),
        (GridCell("丙", "column"),),
        (GridCell("丁", "label", colspan=2), GridCell("")),
    )
    assert filled(grid) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "丁", ""]]


@pytest.fixture(scope="module")
def noughts() -> Report:
    report = read(SAMPLE).report
    assert report is not None
    return report


def test_files_are_what_their_names_say(noughts: Report) -> None:
    document = write_as_tool(noughts, "csv")
    assert isinstance(document, bytes)
    assert document.startswith(b"\xef\xbb\xbf")
    assert {len(row) for row in csv.reader(io.StringIO(document.decode("utf-8-sig")))} == {15}
    chinese = write_as_tool(noughts, "csv-gb18030")
    assert isinstance(chinese, bytes)
    assert "行政规范性文件" in chinese.decode("gb18030")
    assert isinstance(json.loads(write_as_tool(noughts, "json-rows")), list)
    assert "\n" not in str(write_as_tool(noughts, "one-line-bars"))


def test_every_layout_of_tools_is_there() -> None:
    numbers = [layout.number for layout in TOOL_LAYOUTS.values()]
    assert sorted(set(numbers)) == list(range(19, 32))
    assert all(before <= after for before, after in pairwise(numbers))


def test_what_no_form_holds_is_not_written(noughts: Report) -> None:
    absent = type(noughts.disclosure).from_rows(
        noughts.disclosure.edition, tuple(tuple(Cell.absent() for _ in row) for row in noughts.disclosure.rows)
    )
    more = evolve(noughts.disclosure, unknown=(UnknownRow(("其他", "1")),))
    for table in (absent, more):
        with pytest.raises(ValueError, match=r"is absent|does not have"):
            write_as_tool(evolve(noughts, disclosure=table), "csv")


# --- the law ---------------------------------------------------------------------------------------------------------

FIGURES = (State.VALUE,)
BLANKS = [number for number in range(60) if any(f.state == "blank" for f in truth_of(number).cells())][:6]
# There are many layouts: each gets a share of the examples, of the quick run as of the deep one.
FEW = settings(max_examples=max(1, settings().max_examples * 2 // 5))
ALMOST_ALL = 0.99
FLOORS: dict[str, tuple[float, float]] = {
    "drawn-simple": (0.95, ALMOST_ALL),
    "inner-paragraphs": (ALMOST_ALL, 0.97),
    "column-order": (0, 0),
    "pdf-raw": (0.95, 0.95),
    "pdf-raw-narrow": (0, 0.55),
    "pdf-lines": (0.90, 0.95),
    "pdf-lines-narrow": (0, 0.60),
    "markdown-packed": (ALMOST_ALL, 0.97),
    "escaped-paragraphs": (ALMOST_ALL, 0.97),
    "one-line-bars": (0.95, 0.97),
    "one-line-spaces": (0.95, 0.97),
    "one-line-glued": (0, 0),
}
"""Layout → the share of cells that must be right without a flag, in each report without blanks, in those with a few on
the average; of all other layouts almost all. Where cells are narrow, all figures of a report may be wrapped."""


def may_be_refused(name: str) -> bool:
    """Labels apart from their figures, and a document on one line, may be refused as a whole."""
    layout = TOOL_LAYOUTS[name]
    return layout.number == 30 or "rows" in layout.loses


@pytest.mark.parametrize("name", TOOL_LAYOUTS)
@FEW
@given(report=plain_reports(states=FIGURES))
def test_full_reports_are_right_or_flagged_and_enough_is_right(name: str, report: Report) -> None:
    reading = read(write_as_tool(report, name))
    check_right_or_flagged(report, reading, allow_refusal=may_be_refused(name))
    assert tally(report, reading).share_right >= FLOORS.get(name, (ALMOST_ALL, ALMOST_ALL))[0]


@pytest.mark.parametrize("name", TOOL_LAYOUTS)
@FEW
@given(report=plain_reports())
def test_reports_with_blanks_are_right_or_flagged(name: str, report: Report) -> None:
    check_right_or_flagged(report, read(write_as_tool(report, name)), allow_refusal=may_be_refused(name))


@pytest.mark.parametrize("name", TOOL_LAYOUTS)
def test_of_reports_with_some_blanks_enough_is_right(name: str) -> None:
    """Of the synthetic corpus, where one cell of 二 in twenty is blank: on the average."""
    reports = [truth_of(number) for number in BLANKS]
    shares = [tally(report, read(write_as_tool(report, name))).share_right for report in reports]
    assert sum(shares) / len(shares) >= FLOORS.get(name, (ALMOST_ALL, ALMOST_ALL))[1]


@pytest.mark.parametrize("name", TOOL_LAYOUTS)
@settings(max_examples=3)
@given(report=plain_reports())
def test_the_same_report_gives_the_same_document(name: str, report: Report) -> None:
    assert write_as_tool(report, name) == write_as_tool(report, name)


def test_a_tally_parts_the_cells(noughts: Report) -> None:
    text = SAMPLE.replace("\t46\t", "\t约46\t").replace("行政处罚\t7", "行政处罚\t8")
    found = tally(noughts, read(text))
    assert found.flagged == ("disclosure.licensing.decisions",)
    assert found.silent == ("disclosure.penalties.decisions",)
    assert len(found.right) == 198
    assert found.share_right == pytest.approx(0.99)
    refused = tally(noughts, read("甲"))
    assert (refused.right, len(refused.flagged), refused.silent) == ((), 200, ())
