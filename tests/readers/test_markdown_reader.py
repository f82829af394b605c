"""Markdown as people and machines write it: pipes or none at the ends, one table per row, invented headings, marks."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

import places
from gipa_reports import Reading, Section, parse, read, render
from gipa_reports.document import Table
from gipa_reports.limits import DEFAULT
from gipa_reports.readers.markdown import as_page, read_document, sniff

SAMPLE = parse(places.SAMPLE)
MARKDOWN = render(SAMPLE, "markdown")
assert isinstance(MARKDOWN, str)
LINES = MARKDOWN.split("\n")


def changed(lines: list[str]) -> Reading:
    assert lines != LINES
    text = "\n".join(lines)
    assert sniff(text)
    return read(text)


def cells(text: str) -> list[list[str]]:
    """The rows of all tables in ``text``."""
    blocks = read_document(text, DEFAULT).blocks
    return [list(row.cells) for block in blocks if isinstance(block, Table) for row in block.rows]


def test_tables_without_pipes_at_the_ends_of_lines() -> None:
    reading = changed([line.strip("|").strip() if line.startswith("|") else line for line in LINES])
    assert reading.report == SAMPLE
    assert reading.diagnostics == ()


def test_tables_with_a_pipe_at_one_end_only() -> None:
    for lines in (
        [line.removesuffix("|") for line in LINES],
        [line.removeprefix("|") if line.startswith("|") else line for line in LINES],
    ):
        reading = changed(lines)
        assert reading.report == SAMPLE
        assert reading.diagnostics == ()


def per_row(heading: str, rule: str) -> Reading:
    """三 as one small table per row, each with a heading of its own."""
    start = next(number for number, line in enumerate(LINES) if line.startswith("## 三"))
    stop = next(number for number, line in enumerate(LINES) if line.startswith("## 四"))
    small: list[str] = []
    for row, values in zip(SAMPLE.requests.form.rows, SAMPLE.requests.rows, strict=True):
        figures = " | ".join(cell.text or "-" for cell in values)
        small += [heading, rule, f"| {row.label} | {figures} |", ""]
    return changed([*LINES[: start + 2], *small, *LINES[stop:]])


@pytest.mark.parametrize("rule", ["|---|---|---|---|---|---|---|---|", "|:-:|-|-|-|-|-|-|-:|"])
def test_one_small_table_per_row_with_invented_headings(rule: str) -> None:
    """The row's label and seven values are trusted, the heading is not; that is said."""
    reading = per_row("| 项目 | 数据1 | 数据2 | 数据3 | 数据4 | 数据5 | 数据6 | 数据7 |", rule)
    assert reading.error is None
    assert reading.report is not None
    for found, expected in zip(reading.report.requests.rows, SAMPLE.requests.rows, strict=True):
        assert [cell.value for cell in found] == [cell.value for cell in expected]
    assert reading.codes("requests.received.total") == ("columns-unread",)
    assert reading.report.requests.unknown == ()


def test_one_small_table_per_row_with_the_headings_of_the_form() -> None:
    labels = " | ".join(column.label for column in SAMPLE.requests.form.blocks[0].columns)
    reading = per_row(f"| 情形 | {labels} |", "|---|---|---|---|---|---|---|---|")
    assert reading.report is not None
    assert [cell.value for cell in reading.report.requests.received] == [
        cell.value for cell in SAMPLE.requests.received
    ]


def test_a_row_of_dashes_is_no_rule() -> None:
    text = "| 结果维持 | 结果纠正 |\n|---|---|\n| 1 | 2 |\n| - | - |\n| -- | -- |\n"
    assert cells(text)[-2:] == [["-", "-"], ["--", "--"]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**3**", "3"),
        ("*3*", "3"),
        ("__3__", "3"),
        ("`3`", "3"),
        ("3<br>7", "3 7"),
        ("3<BR/>", "3 "),
        ("&nbsp;", " "),
        ("3\\*", "3*"),
        ("3*", "3*"),
        ("\\*3\\*", "*3*"),
        ("**3\\***", "**3***"),
        ("a \\| b", "a | b"),
    ],
)
def test_marks_in_cells(written: str, text: str) -> None:
    assert cells(f"| 信息内容 | 本年制发件数 |\n|---|---|\n| 规章 | {written} |\n")[1] == ["规章", text]


def test_a_number_over_two_lines_is_flagged() -> None:
    reading = changed([line.replace("| 46 |", "| 4<br>6 |") for line in LINES])
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions.value == 46
    assert reading.codes("disclosure.licensing.decisions") == ("figure-split",)


def test_bold_titles_and_headings() -> None:
    lines = [f"**{line.lstrip('# ')}**" if line.startswith("#") else line for line in LINES]
    reading = changed(lines)
    assert reading.report == SAMPLE


def test_many_empty_lines_before_a_rule() -> None:
    assert not sniff("\n" * 100_000 + "---")


@pytest.mark.parametrize("rule", ["|---|---|", "---|---", "\\|---|---|", "|---|" * 100])
def test_a_rule_in_the_prose_does_not_make_a_text_markdown(rule: str) -> None:
    """The mark of a page behind it is prose here, and is written otherwise in Markdown than in a text."""
    report = evolve(SAMPLE, sections=evolve(SAMPLE.sections, other_matters=Section((rule, "- 9 -"))))
    reading = read(render(report, "text"))
    assert (reading.format, reading.report) == ("text", report)


def test_escapes_alone_make_a_text_markdown() -> None:
    lines = (line.strip() for line in places.SAMPLE.read_text("utf-8").splitlines())
    cells_apart = "\n\n".join(cell for line in lines for cell in (line.split("\t") if "\t" in line else [line]) if cell)
    escaped = re.sub(r"(?m)^(\d)\.", r"\1\\.", cells_apart)
    escaped = re.sub(r"(?m)^(四、.*)$", r"__\1 __", escaped)
    assert sniff(escaped)
    assert not sniff(cells_apart)
    assert read(escaped).format == "markdown"
    assert read(escaped).report == read(cells_apart).report


def test_a_table_written_on_one_line_has_its_figures_on_that_line() -> None:
    rows = "| 第二十条第（一）项 | | | | | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | | 规章 | 3 |  | 9 |"
    line = f"| 全年平稳。  二、主动公开政府信息情况   |  |  |  |  | | --- | --- | --- | --- | {rows}   全年无变化。 | |"
    reading = read(
        f"# 石桥镇人民政府2023年政府信息公开工作年度报告\n\n| | |\n|---|---|\n{line}\n\n完。\n", format="markdown"
    )
    assert reading.report is not None
    assert [cell.text for cell in reading.report.disclosure.regulations] == ["3", "", "9"]
    assert reading.locations["disclosure.regulations.in_force"].line == 5


def test_escapes_are_undone_in_tables_that_are_html() -> None:
    rows = "<tr><td>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    labels = "<tr><td>1\\.属于国家秘密</td><td>\\-1</td></tr>"
    page = as_page(f"# 年度报告\n\n<table>{rows}{labels}</table>\n".encode()).decode()
    assert "<td>1.属于国家秘密</td><td>-1</td>" in page


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<span style="font-family:仿宋;font-size:14.0pt">27</span>', "27"),
        ('<span lang="EN-US"><span>2</span></span><span>7</span>', "27"),
        ('<span style="color:#fff">27</span>', None),
        ('2<span style="vertical-align:super">7</span>', None),
        ('<span style="font-size:0pt">2</span>7', None),
    ],
)
def test_letters_in_a_style_are_read_where_the_style_says_nothing(cell: str, text: str | None) -> None:
    """A converter keeps the tags of a page; those that hide or raise a figure make it none."""
    begin, end = '<span style="font-family:仿宋">', "</span>"
    rows = f"| {begin}行政处罚{end} | {cell} | | |\n| {begin}行政强制{end} | {begin}{end} | | |"
    reading = read(
        "石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 二、主动公开政府信息情况\n\n| | | | |\n|---|---|---|---|\n"
        f"| <span>第二十条第（六）项</span> | | | |\n| 信息内容 | 本年处理决定数量 | | |\n{rows}\n"
    )
    assert reading.report is not None
    penalties = reading.report["disclosure.penalties.decisions"]
    assert (penalties.text if penalties.value is not None else None) == text
    assert ("figure-invalid" in reading.codes("disclosure.penalties.decisions")) == (text is None)


def test_tags_in_prose_are_prose() -> None:
    report = evolve(SAMPLE, sections=evolve(SAMPLE.sections, other_matters=Section(("用<span>标签</span>书写。",))))
    assert parse(render(report, "markdown"), format="markdown") == report


@pytest.mark.parametrize("line", ["\\", "<br>", "&nbsp;", "**\\**"])
def test_a_line_break_alone_on_its_line_is_nothing(line: str) -> None:
    report = parse(MARKDOWN.replace("\n\n## 五、", f"\n{line}\n\n## 五、", 1), format="markdown")
    assert report.tables == SAMPLE.tables
