"""CSV, JSON, XML and MHTML: rows that other programs wrote, and what they add to them or leave out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from itertools import groupby
from typing import Any

import pytest
from attrs import evolve

import places
from gipa_reports import ParseError, ReadError, Reading, Report, UnknownRow, dumps, parse, read, render
from gipa_reports.document import COVERED, Row
from gipa_reports.readers.boxes import unboxed
from gipa_reports.readers.csv import sniff
from gipa_reports.readers.grids import tidied
from gipa_reports.report import Cell, Requests
from gipa_reports.testing.layouts import expand, official_grid

TEXT = places.SAMPLE.read_text("utf-8")
SAMPLE = parse(TEXT)
TABLES = (SAMPLE.disclosure, SAMPLE.requests, SAMPLE.proceedings)
GRIDS = [expand(official_grid(table)) for table in TABLES]
HEADINGS = [line for line in TEXT.splitlines() if line[:2] in ("二、", "三、", "四、")][:3]


def written(rows: list[list[str]], **options: str) -> str:
    target = io.StringIO()
    csv.writer(target, **options).writerows(rows)  # type: ignore[arg-type]
    return target.getvalue()


WIDE_HEADS = ("申请人情况", "法人或其他组织")


def filled(rows: list[list[str]]) -> list[list[str]]:
    """``rows`` with the words of each label in every place that it spans, as frames have them."""
    found: list[list[str]] = []
    for row in rows:
        is_of_figures = any(cell.isdigit() for cell in row)
        cells = list(row)
        for place, cell in enumerate(cells):
            labels = place < 3 and len(row) == 10
            is_wide = cells[place - 1] in WIDE_HEADS or (row[0] and not is_of_figures)
            if not cell and place and cells[place - 1] and (is_wide or (labels and row[0])):
                cells[place] = cells[place - 1]
        found.append(cells)
    return found


def trimmed(row: list[str]) -> list[str | None]:
    """A row as lists of a sheet's cells have it that end with the last one that is filled."""
    filled_to = max((at for at, cell in enumerate(row, 1) if cell), default=0)
    return [cell or None for cell in row[:filled_to]]


def tables_of(reading: Reading) -> object:
    assert reading.report is not None, reading.error
    return reading.report.disclosure, reading.report.requests, reading.report.proceedings


WIDE = [[*row, *[""] * (15 - len(row))] for rows in GRIDS for row in rows]
SHEET = [[HEADINGS[0], *[""] * 14], *WIDE[: len(GRIDS[0])], [HEADINGS[1], *[""] * 14], *WIDE[len(GRIDS[0]) :]]
APART = [row for rows in GRIDS for row in [*rows, []]]
WAYS: dict[str, Callable[[], str | bytes]] = {
    "tables apart": lambda: written(APART),
    "a whole sheet": lambda: written(SHEET),
    "semicolons": lambda: written(APART, delimiter=";"),
    "tabs and quotes": lambda: written(APART, delimiter="\t", quoting=csv.QUOTE_ALL),  # type: ignore[arg-type]
    "every cell in quotes": lambda: written(SHEET, quoting=csv.QUOTE_ALL),  # type: ignore[arg-type]
    "a mark of order": lambda: ("\ufeff" + written(SHEET)).encode(),
    "GB18030": lambda: written(SHEET).encode("gb18030"),
    "old line ends": lambda: written(SHEET, lineterminator="\r"),
    "lines within cells": lambda: (
        written(SHEET).replace("科研机构", '"科研\n机构"').replace("结果维持", '"结果\n维持"')
    ),
    "a counted heading": lambda: written([*([str(n) for n in range(15)],), *WIDE]),
    "nameless columns": lambda: written([[f"Unnamed: {n}" for n in range(15)], *WIDE]),
    "a counted column": lambda: written([["", *map(str, range(15))], *([str(n), *r] for n, r in enumerate(WIDE))]),
    "nothing as NaN": lambda: written([[cell or "NaN" for cell in row] for row in SHEET]),
    "nothing as None": lambda: written([[cell or "None" for cell in row] for row in SHEET]),
    "nothing as a mark": lambda: written([[cell or "<NA>" for cell in row] for row in SHEET]),
    "a literal line end": lambda: written([[cell or "\\n" for cell in row] for row in SHEET]),
    "lists of rows": lambda: json.dumps(GRIDS, ensure_ascii=False),
    "lists of rows in a tree": lambda: json.dumps({"title": "年度报告", "tables": GRIDS}),
    "a row in each line": lambda: "\n".join(json.dumps(row) for rows in GRIDS for row in rows),
    "numbers": lambda: json.dumps([[[int(c) if c.isdigit() else c for c in r] for r in rows] for rows in GRIDS]),
    "null": lambda: json.dumps([[[cell or None for cell in row] for row in rows] for rows in GRIDS]),
    "rows without the empty cells at their ends": lambda: json.dumps([list(map(trimmed, rows)) for rows in GRIDS]),
    "cells without their spans, and empty columns behind them": lambda: written(
        [[cell.text for cell in row] + [""] * 5 for table in TABLES for row in (*official_grid(table), ())]
    ),
    "paragraphs in cells": lambda: json.dumps([[[[cell] for cell in row] for row in rows] for rows in GRIDS]),
    "no paragraph in empty cells": lambda: json.dumps([[[cell.split() for cell in row] for row in g] for g in GRIDS]),
    "rows and cells": lambda: "<doc><main>" + "".join(map(tree, GRIDS)) + "</main></doc>",
}


def tree(rows: list[list[str]]) -> str:
    cells = ("".join(f"<cell><p>{cell}</p></cell>" if cell else "<cell/>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<row>{row}</row>\n" for row in cells) + "</table>"


@pytest.mark.parametrize("way", WAYS)
def test_all_figures_are_read(way: str) -> None:
    reading = read(WAYS[way]())
    assert tables_of(reading) == TABLES
    assert not [problem for problem in reading.diagnostics if problem.cells]


def test_the_format_is_told() -> None:
    assert read(written(APART)).format == "csv"
    assert read(json.dumps(GRIDS)).format == "json"
    assert read(str(WAYS["rows and cells"]())).format == "xml"


def test_a_csv_file_names_the_line_of_a_figure() -> None:
    reading = read(written(SHEET))
    line = next(number for number, row in enumerate(SHEET, 1) if row[0].startswith("一、本年新收"))
    assert reading.locations["requests.received.total"].line == line


def test_a_blank_cell_stays_blank_and_a_zero_zero() -> None:
    rows = [["" if cell == "0" else cell for cell in row] for row in SHEET]
    report = read(written(rows)).report
    assert report is not None
    blank = [figure.id for figure in report.cells() if figure.state == "blank"]
    empty = [figure.id for figure in SAMPLE.cells() if figure.text in ("0", "")]
    assert blank == empty != []


def test_prose_with_commas_is_no_csv() -> None:
    assert not sniff(TEXT)
    assert not sniff("一, 二, 三\n总体情况, 1, 2\n" * 9)


def test_a_text_in_tabs_without_quotes_stays_a_text() -> None:
    assert read(written(APART, delimiter="\t")).format == "text"
    assert tables_of(read(written(APART, delimiter="\t"), format="csv")) == TABLES


def test_an_open_quote_is_refused() -> None:
    with pytest.raises(ReadError) as raised:
        parse(written(SHEET).replace("规章", '"规章', 1), format="csv")
    assert raised.value.code == "broken-file"


def test_our_own_json_and_tables_are_refused_by_name() -> None:
    for own in (dumps(SAMPLE), "source,agency,year,table,edition,cell\n" + "a,b,2023,requests,2021,x\n" * 9):
        reading = read(own, format="json" if own[0] == "{" else "csv")
        assert reading.error is not None
        assert reading.error.code == "own-output"


@pytest.mark.parametrize("text", ["[" * 100_000, "[[1, 2], [", '{"a": [["规章", '])
def test_broken_json_is_refused(text: str) -> None:
    reading = read(text, format="json")
    assert reading.error is not None
    assert reading.error.code == "broken-file"


def page_in_parts(page: str, encoding: str = "utf-8") -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message.set_content(page, subtype="html", charset=encoding, cte="quoted-printable")
    message.add_related(b"GIF89a", maintype="image", subtype="gif")
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_saved_in_one_file_is_read(encoding: str) -> None:
    page = str(render(SAMPLE, "html"))
    content = page_in_parts(page.replace('charset="utf-8"', f'charset="{encoding}"'), encoding)
    reading = read(content)
    assert reading.format == "mhtml"
    assert tables_of(reading) == TABLES


# --- the rules one by one -------------------------------------------------------------------------------------------


def cells_of(*rows: list[str]) -> list[list[str]]:
    return [list(row.cells) for row in tidied([Row(row, number) for number, row in enumerate(rows, 1)])]


def test_labels_of_merged_cells_stand_once() -> None:
    assert cells_of(
        ["行政复议", "行政复议", "行政诉讼", "行政诉讼"],
        ["结果维持", "总计", "结果维持", "总计"],
        ["0", "0", "0", "0"],
    ) == [["行政复议", "", "行政诉讼", ""], ["结果维持", "总计", "结果维持", "总计"], ["0", "0", "0", "0"]]


def test_a_label_over_rows_stands_once_and_the_own_label_of_each_row_stays() -> None:
    assert cells_of(
        ["一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量", "1"],
        ["三、本年度办理结果", "（一）予以公开", "2"],
        ["三、本年度办理结果", "（一）予以公开", "2"],
        ["三、本年度办理结果", "（四）无法提供", "2"],
    ) == [
        ["一、本年新收政府信息公开申请数量", "", "1"],
        ["三、本年度办理结果", "（一）予以公开", "2"],
        ["", "（一）予以公开", "2"],
        ["", "（四）无法提供", "2"],
    ]


def test_equal_figures_are_one_only_below_one_name() -> None:
    heading = ["信息内容", "本年处理决定数量", "本年处理决定数量"]
    title = ["第二十条第（五）项"] * 3
    assert cells_of(title, heading, ["行政许可", "7", "7"])[2] == ["行政许可", "7", COVERED]
    assert cells_of(title, heading, ["行政许可", "7", "8"])[2] == ["行政许可", "7", "8"]
    other = ["信息内容", "本年制发件数", "本年废止件数"]
    assert cells_of(title, other, ["规章", "7", "7"])[2] == ["规章", "7", "7"]


def test_figures_that_differ_below_one_name_are_flagged() -> None:
    rows = [[*row] for row in SHEET]
    at = next(number for number, row in enumerate(rows) if row[0] == "行政许可")
    rows[at - 2][:4] = [rows[at - 2][0]] * 4
    rows[at - 1][:4] = [rows[at - 1][0], *[rows[at - 1][1]] * 3]
    rows[at][:4] = ["行政许可", "7", "7", "7"]
    assert str(read(written(rows)).report.disclosure["licensing.decisions"].value) == "7"  # type: ignore[union-attr]
    rows[at][:4] = ["行政许可", "7", "8", "7"]
    assert read(written(rows)).codes("disclosure.licensing.decisions")


def test_rows_without_traces_are_the_same_list() -> None:
    rows = [Row(["规章", "1", "1"], 1), Row(["0", "0", "0"], 2)]
    assert tidied(rows) is rows


def test_a_row_of_figures_in_order_is_no_heading() -> None:
    assert cells_of(["规章", "0", "1", "2"], ["行政规范性文件", "0", "1", "2"]) == [
        ["规章", "0", "1", "2"],
        ["行政规范性文件", "0", "1", "2"],
    ]


def test_words_repeated_by_frames_give_the_same_report() -> None:
    rows = [row for table in GRIDS for row in filled(table)]
    width = max(map(len, rows))
    text = written([[*row, *[""] * (width - len(row))] for row in rows])
    assert any(len(list(same)) > 1 for row in rows for cell, same in groupby(row) if cell == "法人或其他组织")
    assert tables_of(read(text)) == TABLES


# --- tables drawn with lines ----------------------------------------------------------------------------------------


def drawn(rows: list[list[str]], marks: str, every: bool, own: bool = False) -> str:
    """``rows`` in a box; a rule below ``every`` row, or none but those above and below all."""
    upright, flat, left, cross, right = tuple(marks)
    rule = left + cross.join(flat * 4 for _ in rows[0]) + right
    lines = [upright + upright.join(f" {cell} " for cell in row) + upright for row in rows]
    names = [upright + upright.join(f" column_{n} " for n in range(len(rows[0]))) + upright, rule] if own else []
    between = f"\n{rule}\n" if every else "\n"
    return "\n".join([rule, *names, between.join(lines), rule])


@pytest.mark.parametrize("marks", ["│─├┼┤", "┆═╞╪╡", "|-+++", "┃━┣╋┫"])
@pytest.mark.parametrize(("every", "own"), [(True, False), (False, False), (False, True)])
def test_drawn_tables_keep_their_blanks(marks: str, every: bool, own: bool) -> None:
    text = "\n\n".join(drawn(rows, marks, every, own) for rows in GRIDS) + "\n完\n"
    reading = read(text, format="text")
    assert tables_of(reading) == TABLES
    assert not [problem for problem in reading.diagnostics if problem.cells]


def test_words_wrapped_in_a_drawn_cell_are_one_and_figures_are_not() -> None:
    rule = "+----+----+"
    lines = [rule, "| 行政 | 1 |", "| 许可 | 2 |", rule, "| 规章 | 3 |", rule, "| 其他 | 4 |", rule]
    assert unboxed(lines) == ["", "行政许可\t1 2", "", "", "规章\t3", "", "其他\t4", ""]


def test_lines_without_a_drawn_table_are_the_same_list() -> None:
    lines = ["| 规章 | 1 |", "|---|---|", "+ 一", "----"]
    assert unboxed(lines) is lines


def test_a_list_of_tables_in_json_keeps_a_row_of_blanks_in_its_table() -> None:

    heads = [[cell for cell in row if cell] for row in GRIDS[2][:-1]]
    last = [*GRIDS[2][-1][:-3], "", "", ""]
    reading = read(json.dumps([*GRIDS[:2], [*heads, last]]))
    assert reading.report is not None
    assert [cell.text for cell in reading.report.proceedings.cells()][-3:] == ["", "", ""]


def tree_of(report: Report, *, nested: bool) -> dict[str, Any]:
    """A report as models write it down: names of rows and columns lead to figures, with what stands above them."""
    rows: dict[str, Any] = {}
    above = {span.terminal: span.label for span in report.requests.form.spans}
    for row, cells in zip(report.requests.form.rows, report.requests.rows, strict=True):
        branch = rows
        for span in row.spans:
            branch = branch.setdefault(above[span], {})
        columns = branch[row.label] = {}
        for column, cell in zip(report.requests.form.columns_of[row.id], cells, strict=True):
            inner = columns.setdefault("法人或其他组织", {}) if nested and column.span else columns
            inner[column.label] = None if cell.value is None else int(cell.value)
    outcomes = iter(report.proceedings.cells())
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    groups = [{name: next(outcomes).text or None for name in names} for _ in range(3)]
    suits = {"未经复议直接起诉": groups[1], "复议后起诉": groups[2]}
    return {
        "标题": report.title,
        "表三": {"三、收到和处理政府信息公开申请情况": rows},
        "四、政府信息公开行政复议、行政诉讼情况": {"行政复议": groups[0], **({"行政诉讼": suits} if nested else suits)},
    }


@pytest.mark.parametrize("nested", [False, True])
def test_names_of_a_tree_in_json_lead_to_the_figures_of_a_report(nested: bool) -> None:
    figures = iter(range(1, 500))
    cells = tuple(tuple(Cell.of(next(figures)) for _ in row) for row in SAMPLE.requests.rows)
    report = evolve(SAMPLE, requests=Requests.from_rows("2021", (*cells[:3], (Cell.blank(),) * 7, *cells[4:])))
    reading = read(json.dumps(tree_of(report, nested=nested), ensure_ascii=False))
    assert reading.report is not None
    assert reading.format == "json"
    assert reading.report.requests == report.requests
    assert reading.report.proceedings == SAMPLE.proceedings
    assert not [problem for problem in reading.diagnostics if problem.cells and problem.table != "disclosure"]


def test_names_of_another_tree_in_json_lead_to_no_figure() -> None:
    other = {
        "标题": SAMPLE.title,
        "三、收到和处理政府信息公开申请情况": {"一、本年新收政府信息公开申请数量": {"当面": 3, "网络": 4}},
    }
    reading = read(json.dumps(other, ensure_ascii=False))
    assert not [cell for cell in (reading.report.requests.cells() if reading.report else ()) if cell.value is not None]


@pytest.mark.parametrize("text", ["[[null, null], null]", '{"a": [null, false]}', '{"规章": {"b": [null, null]}}'])
def test_lists_of_nothing_in_json_are_no_report(text: str) -> None:
    assert read(text, format="json").report is None


@pytest.mark.parametrize("depth", [40, 400, 900, 5000])
@pytest.mark.parametrize(("opening", "closing"), [('{"规章": ', "}"), ('{"a": [', "]}"), ("[", "]")])
def test_what_stands_in_each_other_is_bounded(opening: str, closing: str, depth: int) -> None:
    reading = read(opening * depth + "1" + closing * depth, format="json")
    assert reading.report is None
    assert isinstance(reading.error, ReadError if depth > 100 else ParseError)


@pytest.mark.parametrize(
    ("again", "name"),
    [
        ('"规章": {"本年制发件数": 4}', "规章"),
        ('"行政许可": {"本年处理决定数量": 7, "本年处理决定数量": 8}', "本年处理决定数量"),
    ],
)
def test_a_name_that_comes_again_with_another_value_is_no_figure_lost(again: str, name: str) -> None:
    """JSON keeps the last of two; which of them was meant nobody knows."""
    reading = read(f'{{"二、主动公开政府信息情况": {{"规章": {{"本年制发件数": 3}}, {again}}}}}', format="json")
    assert reading.report is None
    assert reading.error is not None
    assert reading.error.code == "broken-file"
    assert name in str(reading.error.found)


def test_a_name_that_comes_again_with_the_same_value_is_read() -> None:
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "3", "1", "9"]]
    table = json.dumps(rows, ensure_ascii=False)
    reading = read(f'{{"a": {table}, "a": {table}}}', format="json")
    assert reading.report is not None
    assert reading.report.disclosure["regulations.issued"].value == 3


def test_a_page_that_closes_its_last_table_is_not_cut() -> None:
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in GRIDS[2])
    assert "ends-in-table" in [problem.code for problem in read("<html><body>" + page).diagnostics]
    assert "ends-in-table" not in [problem.code for problem in read(f"<html><body>{page}</table></body>").diagnostics]


def test_tables_of_cells_that_stand_twice_are_read_once() -> None:
    rows = [row for grid in GRIDS for row in [*grid, []]]
    reading = read(written([*rows, *rows]), format="csv")
    assert reading.report is not None
    assert reading.report.requests == SAMPLE.requests
    assert {problem.code for problem in reading.diagnostics} >= {"row-repeated"}


def test_of_a_row_that_has_every_cell_the_last_alone_may_be_cut() -> None:
    whole = "\n\n".join("\n".join("\t".join(row) for row in grid) for grid in GRIDS)
    every = list(SAMPLE.proceedings.form.cell_ids)
    for text, cells in ((whole, every[-1:]), (whole.rpartition("\t")[0], every)):
        codes = ("ends-in-table", "truncated-table")
        (end,) = (problem for problem in read(text).diagnostics if problem.code in codes)
        assert list(dict.fromkeys(end.cells)) == cells
    assert not [problem for problem in read(whole + "\n").diagnostics if problem.code == "ends-in-table"]


@pytest.mark.parametrize("cell", ['""', '"x"', '"规章"'])
def test_a_text_in_which_a_cell_is_quoted_is_none(cell: str) -> None:
    """It is a cell like any other in the official layout, whose cells tabs part."""
    report = parse(TEXT)
    disclosure = evolve(report.disclosure, unknown=(UnknownRow((cell, "4")),))
    report = evolve(report, disclosure=disclosure)
    reading = read(str(render(report, "text")).encode())
    assert (reading.format, reading.report) == ("text", report)


def test_a_blank_cell_that_holds_a_line_break_in_quotes_is_blank() -> None:
    text = written(GRIDS[1], delimiter="\t").replace("\r", "")
    first = re.compile(r"\t\d+(?=(?:\t\d+){6}$)", re.MULTILINE)
    with_breaks, with_blanks = read(first.sub('\t"\n"', text)), read(first.sub("\t", text))
    assert (with_breaks.format, with_blanks.format) == ("csv", "text")
    assert with_breaks.report is not None
    assert with_blanks.report is not None
    assert with_breaks.report.requests == with_blanks.report.requests


def test_the_last_cell_of_a_sheet_whose_rows_are_in_steps_may_be_white_space() -> None:
    rows: list[list[str]] = []
    place = 0
    for row in (row for table in TABLES for row in official_grid(table)):
        first, *others = (cell.text or " " for cell in row)
        rows.append([first, *[""] * place, *others])
        place += len(others)
    rows[-1][-1] = " "
    reading = read(written([row + [""] * (place + 1 - len(row)) for row in rows]))
    assert reading.report is not None, reading.error
    assert reading.report.requests == SAMPLE.requests
    assert reading.report.proceedings.rows[-1][-1].text == ""
    assert [row[:-1] for row in reading.report.proceedings.rows] == [row[:-1] for row in SAMPLE.proceedings.rows]
    assert not reading.codes(reading.report.proceedings.form.cell_ids[-1])
