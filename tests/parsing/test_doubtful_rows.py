"""Rows that seem to be in order and are not: a column or a row too many, merged cells, numbers that are no figures."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import places
from gipa_reports import Reading, parse, read, render
from gipa_reports.document import COVERED, COVERED_BELOW
from gipa_reports.limits import DEFAULT
from gipa_reports.readers.text import read_document

SAMPLE = places.SAMPLE.read_text("utf-8")
PAGE = render(parse(SAMPLE), "html")
assert isinstance(PAGE, str)
CARRIED_IN = "二、上年结转政府信息公开申请数量"
FIGURES = "1\t0\t0\t1\t2\t0\t0\t1\t0\t1\t1\t0\t0\t\t1\n"


def changed(old: str, new: str, text: str = SAMPLE) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def cells_by(text: str, write: Callable[[list[str]], str]) -> str:
    """The tables written anew, blank cells left out."""
    lines = text.split("\n")
    return "\n".join(write([cell for cell in line.split("\t") if cell]) if "\t" in line else line for line in lines)


def a_line_each(text: str) -> str:
    return cells_by(text, "\n".join)


def spaced(text: str) -> str:
    return cells_by(text, " ".join)


def piped(text: str) -> str:
    return cells_by(text, lambda cells: "\n".join(f"{cell} |" for cell in cells))


def row(reading: Reading, row_id: str) -> list[str]:
    """The cells of a row, each as its value, or its state where it has none."""
    assert reading.report is not None
    found = [figure for figure in reading.report.cells() if figure.id.startswith(f"{row_id}.")]
    return [figure.text if figure.value is not None else str(figure.state) for figure in found]


def flags(reading: Reading, row_id: str) -> set[str]:
    assert reading.report is not None
    found = [figure.id for figure in reading.report.cells() if figure.id.startswith(f"{row_id}.")]
    return {code for cell_id in found for code in reading.codes(cell_id)}


# --- 四 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [str, a_line_each, piped, spaced])
def test_sixteen_figures_are_no_fifteen(write: Callable[[str], str]) -> None:
    text = changed(FIGURES, "\t".join(map(str, range(101, 117))) + "\n")
    assert flags(read(write(text)), "proceedings.reconsideration") == {"too-many-figures"}


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        ("1\t\t\t\t1\t2\t\t\t\t2\t\t\t\t\t\t", set()),
        ("\t1\t\t\t\t1\t2\t\t\t\t2\t\t\t\t\t", {"position-lost"}),
        ("1\t\t\t\t\t1\t2\t\t\t\t2\t\t\t\t\t", {"position-lost"}),
        ("1\t\t\t\t3\t2\t\t\t\t2\t\t\t\t\t\t", set()),
    ],
)
def test_a_cell_too_many_in_a_grid_as_wide_is_doubted(figures: str, codes: set[str]) -> None:
    """A program that makes all rows as long as the longest gives the heading a column without a name."""
    before, after = SAMPLE.split("行政复议\t")
    lines = f"行政复议\t{after}".split("\n")
    wider = [f"{line}\t" if line.count("\t") == 14 and f"{line}\n" != FIGURES else line for line in lines]
    reading = read(f"{before}{chr(10).join(wider)}".replace(FIGURES, f"{figures}\n"))
    assert flags(reading, "proceedings.reconsideration") == codes


def test_a_second_row_of_figures_is_not_lost() -> None:
    text = a_line_each(changed(FIGURES, "\t".join("5" * 15) + "\n" + "\t".join("7" * 15) + "\n"))
    assert flags(read(text), "proceedings.reconsideration") == {"too-many-figures"}


def test_a_row_that_numbers_the_columns_is_no_row_of_figures() -> None:
    numbers = "\t".join(map(str, range(1, 16)))
    reading = read(changed(FIGURES, f"{numbers}\n{FIGURES}"))
    assert flags(reading, "proceedings.reconsideration") == set()
    assert reading.report is not None
    assert [cell.value for cell in reading.report.proceedings.reconsideration] == [1, 0, 0, 1, 2]
    assert reading.report.proceedings.unknown == ()
    assert numbers.split() in [place.text.split() for place in reading.unparsed]


def test_figures_parted_by_spaces_are_several() -> None:
    text = spaced(changed(FIGURES, "3" + "\t0" * 14 + "\n"))
    assert row(read(text), "proceedings.reconsideration") == ["3", "0", "0", "0", "0"]


def test_any_white_space_parts_cells() -> None:
    assert row(read(spaced(SAMPLE).replace(" ", "\xa0")), "requests.received") == "9 3 0 0 1 0 13".split()


# --- a row too many --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [a_line_each, piped])
def test_an_unknown_row_gives_no_figure_to_the_first_of_its_block(write: Callable[[str], str]) -> None:
    text = changed("行政许可\t46\t\t\n", "行政许可\t\t\t\n行政检查\t5\t\t\n")
    assert row(read(write(text)), "disclosure.licensing") == ["invalid"]
    assert flags(read(write(text)), "disclosure.licensing") == {"too-many-figures"}


def test_the_number_of_a_page_completes_no_row() -> None:
    text = spaced(changed(f"{CARRIED_IN}\t\t\t2\t0\t0\t0\t0\t0\t2\n", f"{CARRIED_IN}\t\t\t2\t0\t0\t0\t0\t0\n"))
    reading = read(changed(f"{CARRIED_IN} 2 0 0 0 0 0\n", f"{CARRIED_IN} 2 0 0 0 0 0\n3\n", text))
    assert flags(reading, "requests.carried_in") == {"position-lost"}
    assert "3" in [place.text for place in reading.unparsed]


FULL = changed("3\t\t12", "3\t0\t12", changed("0\t0\t\t0", "0\t0\t0\t0", changed("0\t0\t\t1\n", "0\t0\t0\t1\n")))
"""The sample without a blank."""

SHIFTED = changed(f"{CARRIED_IN}\t\t\t2\t0\t0\t0\t0\t0\t2\n", f"{CARRIED_IN}\t\t\t2\t0\t0\t0\t0\t2\t5\n", FULL)
"""The same with a row in which one of the zeros was blank, and 5 is the number of the page."""


@pytest.mark.parametrize("write", [a_line_each, piped])
@pytest.mark.parametrize(
    ("old", "new"), [("\t9\t3\t0\t0\t1\t0\t13\n", "\t9\t3\t\t\t1\t\t13\n"), ("三、本年度", "- 3 -\n三、本年度")]
)
def test_the_number_of_a_page_in_the_place_of_a_blank_is_doubted(
    write: Callable[[str], str], old: str, new: str
) -> None:
    reading = read(write(changed(old, new, SHIFTED)))
    assert flags(reading, "requests.carried_in") == {"figure-stray"}
    assert [problem.found for problem in reading.diagnostics if problem.code == "figure-stray"] == ["5"]


@pytest.mark.parametrize("write", [a_line_each, piped])
def test_figures_of_four_that_a_page_shifts_are_doubted(write: Callable[[str], str]) -> None:
    text = changed(FIGURES, "1\t0\t0\t2\t3\t0\t0\t1\t0\t1\t1\t0\t0\t1\t6\n")
    assert flags(read(write(text)), "proceedings.reconsideration") == {"figure-stray"}


@pytest.mark.parametrize("write", [a_line_each, piped])
def test_a_wrong_sum_alone_is_no_doubt_where_the_figures_stand(write: Callable[[str], str]) -> None:
    reading = read(write(SHIFTED))
    assert row(reading, "requests.carried_in") == "2 0 0 0 0 2 5".split()
    assert reading.diagnostics == ()


def test_a_row_in_one_line_has_no_number_of_a_page_but_may_have_both_ends_of_a_figure() -> None:
    text = spaced(changed("\t9\t3\t0\t0\t1\t0\t13\n", "\t9\t3\t\t\t1\t\t13\n", SHIFTED))
    assert flags(read(text), "requests.received") == {"position-lost"}
    assert flags(read(text), "requests.carried_in") == {"figure-wrapped"}


def test_a_mark_of_a_page_between_piped_cells_is_no_cell() -> None:
    text = piped(changed(f"{CARRIED_IN}\t\t\t2\t0\t0\t0\t0\t0\t2\n", f"{CARRIED_IN}\t\t\t2\t0\t0\t0\n"))
    start = text.index("三、本年度办理结果")
    reading = read(f"{text[:start]}- 3 -\n{text[start:]}")
    assert flags(reading, "requests.carried_in") == {"position-lost"}
    assert "- 3 -" in [place.text for place in reading.unparsed]


def test_a_menu_with_words_of_the_form_takes_no_figures() -> None:
    reading = read(changed("<h1>", "<ul><li>行政许可</li><li>行政处罚</li><li>行政强制</li></ul><h1>", PAGE))
    assert [row(reading, f"disclosure.{name}") for name in ("licensing", "penalties", "coercion")] == [
        ["46"],
        ["7"],
        ["2"],
    ]
    assert {problem.code for problem in reading.diagnostics if problem.cells} == set()


def test_a_row_that_comes_again_with_the_same_figures_leaves_no_doubt() -> None:
    reading = read(changed("行政处罚\t7\t\t\n", "行政处罚\t7\t\t\n行政处罚\t7\t\t\n"))
    assert [(problem.code, problem.cells) for problem in reading.diagnostics] == [("row-repeated", ())]


def test_a_line_of_prose_like_a_row_stays_prose() -> None:
    reading = read(changed("一、总体情况\n", "一、总体情况\n\n行政许可 12\n"))
    assert reading.report is not None
    assert reading.report.sections.overview is not None
    assert reading.report.sections.overview.paragraphs[0] == "行政许可 12"
    assert row(reading, "disclosure.licensing") == ["46"]
    assert reading.diagnostics == ()


# --- a column too many -----------------------------------------------------------------------------------------------


def with_column(heading: str, others: str, carried_in: str) -> str:
    """三 with one more column at its right: its heading, what stands in it, and the row 二 with that column."""
    lines = SAMPLE.split("\n")
    first = next(at for at, line in enumerate(lines) if "申请人情况" in line)
    last = next(at for at, line in enumerate(lines) if line.startswith("四、结转"))
    for at in range(first, last + 1):
        lines[at] += "\t" + (heading if at == first else "" if at < first + 3 else others)
        if lines[at].startswith(CARRIED_IN):
            lines[at] = f"{CARRIED_IN}\t\t\t{carried_in}"
    return "\n".join(lines)


@pytest.mark.parametrize("note", ["无", "5", ""])
@pytest.mark.parametrize("figures", ["\t11\t12\t13\t14\t15\t65", "10\t11\t12\t13\t14\t15\t65"])
def test_a_column_that_the_heading_names_takes_no_part(note: str, figures: str) -> None:
    reading = read(with_column("备注", "", f"{figures}\t{note}"))
    assert row(reading, "requests.carried_in") == [cell or "blank" for cell in figures.split("\t")]
    assert flags(reading, "requests.carried_in") == set()
    assert [(problem.code, problem.found) for problem in reading.diagnostics] == [("column-unknown", "备注")]


@pytest.mark.parametrize("note", ["无", "5"])
@pytest.mark.parametrize("others", ["", "5"])
def test_a_column_without_a_name_never_shifts_a_row(note: str, others: str) -> None:
    reading = read(with_column("", others, f"\t11\t12\t13\t14\t15\t65\t{note}"))
    assert row(reading, "requests.carried_in") == ["invalid"] * 7
    assert flags(reading, "requests.carried_in") == {"position-lost"}


def test_a_number_of_the_line_before_the_figures_is_none_of_them() -> None:
    """A column of 1, 2, 3 with no name stands between the labels and the figures; one row has no total."""
    lines = SAMPLE.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
    for number, at in enumerate(range(first, first + 25), start=1):
        cells = lines[at].split("\t")
        lines[at] = "\t".join([*cells[:3], str(number), *cells[3:]])
    for at in range(first - 3, first):
        cells = lines[at].split("\t")
        lines[at] = "\t".join([*cells[:3], "", *cells[3:]])
    text = changed(
        f"{CARRIED_IN}\t\t\t2\t2\t0\t0\t0\t0\t0\t2\n", f"{CARRIED_IN}\t\t\t2\t2\t0\t0\t0\t0\t0\t\n", "\n".join(lines)
    )
    assert flags(read(text), "requests.carried_in") <= {"position-lost", "position-inferred", "too-many-figures"}
    assert flags(read(text), "requests.carried_in")


def test_a_cell_too_many_is_not_said_to_be_lost() -> None:
    text = changed(f"{CARRIED_IN}\t\t\t2\t0\t", f"{CARRIED_IN}\t\t\t2\t\t0\t")
    (problem,) = read(text).diagnostics
    assert (problem.code, problem.found, problem.expected) == ("position-lost", "7", "7")
    assert "added" in problem.message("en")
    assert "多余" in problem.message("zh")


# --- labels in another column ----------------------------------------------------------------------------------------


def test_a_row_whose_label_is_in_another_column_is_not_placed_by_the_heading() -> None:
    text = changed("\t（七）总计\t\t10\t3\t0\t0\t1\t0\t14\n", "（七）总计\t\t\t2\t3\t4\t5\t6\t7\t\n")
    assert flags(read(text), "requests.processed_total") == {"position-lost"}


def test_lines_without_their_outer_tabs() -> None:
    text = changed(
        "一、本年新收政府信息公开申请数量\t\t\t9\t3\t0\t0\t1\t0\t13\n",
        "一、本年新收政府信息公开申请数量\t\t\t9\t3\t0\t0\t1\t0\t\n",
    )
    reading = read("\n".join(line.strip() for line in text.split("\n")))
    assert flags(reading, "requests.received") & {"position-lost", "position-inferred"}


def test_markdown_without_outer_pipes_keeps_blanks_at_its_ends() -> None:
    markdown = render(parse(SAMPLE), "markdown")
    assert isinstance(markdown, str)
    lines = [re.sub(r"^\| ?| ?\|$", "", line) for line in markdown.split("\n")]
    assert read("\n".join(lines), format="markdown").report == parse(SAMPLE)


def test_words_repeated_in_each_column_of_a_wide_cell() -> None:
    label = "一、本年新收政府信息公开申请数量"
    reading = read(changed(f"{label}\t\t\t", f"{label}\t" * 3))
    assert row(reading, "requests.received") == "9 3 0 0 1 0 13".split()
    assert reading.diagnostics == ()


# --- merged cells, units, places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "cells", "codes"),
    [
        ('<td colspan="3">5</td>', ["5", "invalid", "invalid"], {"cell-merged"}),
        ('<td>4</td><td colspan="2">5</td>', ["4", "5", "invalid"], {"cell-merged"}),
        ('<td colspan="3">5件</td>', ["5件", "invalid", "invalid"], {"cell-merged"}),
        ('<td colspan="3">见附件</td>', ["invalid"] * 3, {"cell-merged", "figure-invalid"}),
        ('<td colspan="3">/</td>', ["not_applicable"] * 3, set()),
        ('<td colspan="3"></td>', ["blank"] * 3, set()),
    ],
)
def test_a_cell_over_several_columns(cell: str, cells: list[str], codes: set[str]) -> None:
    page = re.sub(r"(<th[^>]*>规章</th>)(<td[^>]*>[^<]*</td>)+", rf"\1{cell}", PAGE)
    reading = read(page)
    assert row(reading, "disclosure.regulations") == cells
    assert flags(reading, "disclosure.regulations") == codes


def test_a_cell_over_two_rows() -> None:
    spanning = "".join(f'<td rowspan="2">{figure}</td>' for figure in (7, 8, 9))
    page = re.sub(r"(<th[^>]*>规章</th>)(<td[^>]*>[^<]*</td>)+", rf"\1{spanning}", PAGE)
    page = re.sub(r"(<th[^>]*>行政规范性文件</th>)(<td[^>]*>[^<]*</td>)+", r"\1", page)
    reading = read(page)
    assert row(reading, "disclosure.regulations") == ["7", "8", "9"]
    assert row(reading, "disclosure.normative_documents") == ["blank"] * 3
    assert flags(reading, "disclosure.regulations") == {"cell-merged"}
    assert flags(reading, "disclosure.normative_documents") == {"cell-merged"}


def test_one_figure_for_the_only_column_of_two_rows() -> None:
    page = re.sub(r"(<th[^>]*>行政处罚</th>)(<td[^>]*>[^<]*</td>)+", r'\1<td colspan="3" rowspan="2">9</td>', PAGE)
    page = re.sub(r"(<th[^>]*>行政强制</th>)(<td[^>]*>[^<]*</td>)+", r"\1", page)
    reading = read(page)
    assert row(reading, "disclosure.penalties") == ["9"]
    assert row(reading, "disclosure.coercion") == ["blank"]
    assert flags(reading, "disclosure.penalties") == flags(reading, "disclosure.coercion") == {"cell-merged"}
    assert flags(reading, "disclosure.licensing") == set()


def test_what_a_cell_covers_is_blank_to_whoever_strips_it() -> None:
    assert (COVERED + COVERED_BELOW).strip() == ""
    assert (COVERED + COVERED_BELOW).isspace()


WIDE = """<table><tr><td colspan="5">第二十条第（五）项</td></tr>
<tr><td>信息内容</td><td>上一年项目数量</td><td colspan="2">本年增/减</td><td>处理决定数量</td></tr>
<tr><td>行政许可</td>{}</tr></table>"""


@pytest.mark.parametrize(
    ("cells", "figures", "codes"),
    [
        ('<td colspan="2">5</td><td>-1</td><td>9</td>', ["5", "-1", "9"], set()),
        ('<td>5</td><td colspan="2">-1</td><td>9</td>', ["5", "-1", "9"], set()),
        ('<td colspan="2">5</td><td></td><td>9</td>', ["5", "invalid", "9"], {"cell-merged"}),
        ("<td>5</td><td></td><td>-1</td><td>9</td>", ["invalid"] * 3, {"position-lost"}),
    ],
)
def test_wide_cells_parted_otherwise_than_those_of_the_heading(cells: str, figures: list[str], codes: set[str]) -> None:
    start = PAGE.index("<table")
    page = PAGE[:start] + WIDE.format(cells) + PAGE[PAGE.index("</table>", start) + len("</table>") :]
    reading = read(page)
    assert row(reading, "disclosure.licensing") == figures
    assert flags(reading, "disclosure.licensing") - {"few-rows"} == codes


@pytest.mark.parametrize(
    ("unit", "codes"),
    [("（单位：元）", ("unit-differs",)), ("（千元）", ("unit-differs",)), ("（万元）", ()), ("", ())],
)
def test_the_unit_in_the_heading_of_the_fees(unit: str, codes: tuple[str, ...]) -> None:
    reading = read(changed("（单位：万元）", unit))
    assert reading.codes("disclosure.fees.amount") == codes
    own = read(changed("160.50", "160.50万元", changed("（单位：万元）", unit)))
    assert own.codes("disclosure.fees.amount") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("行政事业性收费", "行政事业性收费（元）"),
        ("收费金额（单位：万元）", "收费金额单位：元"),
        ("收费金额（单位：万元）", "收费金额/千元"),
        ("第二十条第（八）项", "第二十条第（八）项（单位：元）"),
        ("160.50\t\t\n", "160.50\t\t\n注：收费金额单位为元\t\t\t\n"),
        ("二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n\n金额单位：元\n"),
    ],
)
def test_another_unit_of_money_anywhere_around_the_amount(old: str, new: str) -> None:
    assert read(changed(old, new)).codes("disclosure.fees.amount") == ("unit-differs",)


def test_the_unit_of_the_form_around_the_amount_is_no_doubt() -> None:
    text = changed("二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n\n金额单位：万元\n")
    assert read(changed("行政事业性收费", "行政事业性收费（万元）", text)).diagnostics == ()


# --- other days, other orders ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "cell_id", "code"),
    [
        ("处罚\t7", "处罚（上年）\t7", "disclosure.penalties.decisions", "row-missing"),
        ("行政许可", "行政许可（2022年）", "disclosure.licensing.decisions", "row-missing"),
        ("本年收费金额", "上年收费金额", "disclosure.fees.amount", "columns-unread"),
        ("\t自然人", "\t自然人（上年）", "requests.received.natural_person", "columns-unread"),
        ("行政复议\t", "行政复议（上年）\t", "proceedings.reconsideration.total", "columns-unread"),
        ("收费金额（单位：万元）", "收费金额（单位：万件）", "disclosure.fees.amount", "columns-unread"),
    ],
)
def test_figures_of_other_days_or_in_tens_of_thousands(old: str, new: str, cell_id: str, code: str) -> None:
    assert code in read(SAMPLE.replace(old, new, 1)).codes(cell_id)


def swapped(one: str, other: str, text: str = SAMPLE) -> str:
    """``text`` with two words in each other's place, from section 四 on."""
    start = text.index("四、政府信息公开行政复议")
    rest = text[start:].replace(one, "@").replace(other, one).replace("@", other)
    return text[:start] + rest


@pytest.mark.parametrize("write", [str, a_line_each, piped, spaced])
@pytest.mark.parametrize(
    ("one", "other"), [("未经复议直接起诉", "复议后起诉"), ("结果纠正", "其他结果"), ("结果维持", "总计")]
)
def test_a_heading_of_the_last_table_in_another_order(write: Callable[[str], str], one: str, other: str) -> None:
    reading = read(write(swapped(one, other)))
    assert flags(reading, "proceedings.litigation_direct") >= {"columns-unread"}
    assert flags(reading, "requests.received") == set()


def test_the_groups_of_the_last_table_in_another_order_in_a_page() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    whole = "".join(f'<td rowspan="2">{name}</td>' for name in names)
    below = "".join(f"<td>{name}</td>" for name in names * 2)
    figures = "".join(f"<td>{figure}</td>" for figure in range(101, 116))
    table = (
        '<table><tr><td colspan="10">行政诉讼</td><td colspan="5">行政复议</td></tr>'
        f'<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td>{whole}</tr>'
        f"<tr>{below}</tr><tr>{figures}</tr></table>"
    )
    start = PAGE.index("<table", PAGE.index("四、政府信息公开行政复议"))
    page = PAGE[:start] + table + PAGE[PAGE.index("</table>", start) + len("</table>") :]
    assert flags(read(page), "proceedings.reconsideration") == {"columns-unread"}


def test_a_label_that_is_cut_off_shows_no_edition() -> None:
    text = SAMPLE[: SAMPLE.index("申请人无正当理由逾期不补正")]
    assert text.endswith("（六）其他处理\t1.")
    reading = read(text.removesuffix("."))
    assert reading.report is not None
    assert reading.report.requests.edition == "2021"
    assert set(reading.codes("requests.other.fee_overdue.total")) >= {"row-missing"}


@pytest.mark.parametrize(
    ("heading", "figures"),
    [
        ("信息内容 本年制发件数 本年废止件数 现行有效件数", ["1", "3", "12"]),
        ("信息内容 本年废止件数 本年制发件数 现行有效件数", ["3", "1", "12"]),
    ],
)
def test_columns_parted_by_spaces_are_read_by_their_names(heading: str, figures: list[str]) -> None:
    text = spaced(changed("行政规范性文件\t3\t\t12", "行政规范性文件\t1\t3\t12"))
    reading = read(changed("信息内容 本年制发件数 本年废止件数 现行有效件数", heading, text))
    assert row(reading, "disclosure.normative_documents") == figures
    assert flags(reading, "disclosure.normative_documents") == set()


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("商业 科研 社会公益组织 法律服务机构 其他", "企业 机构"), set()),
        (("科研 商业 社会公益组织 法律服务机构 其他", "机构 企业"), {"columns-unread"}),
    ],
)
def test_names_broken_over_two_lines(lines: tuple[str, str], codes: set[str]) -> None:
    text = spaced(SAMPLE)
    text = changed("商业企业 科研机构 社会公益组织 法律服务机构 其他", "\n".join(lines), text)
    assert flags(read(text), "requests.received") == codes


@pytest.mark.parametrize("text", ["（1）", "(2)", "（四）", "（12）"])
def test_a_number_in_brackets_is_no_explanation_of_its_label(text: str) -> None:
    reading = read(changed("行政处罚\t7", f"行政处罚\t{text}"))
    assert flags(reading, "disclosure.penalties") == {"figure-invalid"}


def test_pipes_that_keep_blanks_and_the_place_below_a_label_over_rows() -> None:
    start, end = SAMPLE.index("三、收到"), SAMPLE.index("四、政府信息公开行政复议")
    lines = SAMPLE[start:end].split("\n")
    for index, line in enumerate(lines):
        if line.startswith("\t\t\t"):
            lines[index] = re.sub(r"\t+", " | ", line.strip("\t")) + " |"
        elif line.count("\t") > 6 and "勾稽" not in line:
            # A label over several columns leaves no cells behind it, one over several rows those below it.
            below = "| " * (len(line) - len(line.lstrip("\t")))
            lines[index] = below + re.sub(r"([^\t\d])\t+(?=\d)", r"\1\t", line.lstrip("\t")).replace("\t", " | ") + " |"
    text = SAMPLE[:start] + "\n".join(lines) + SAMPLE[end:]
    assert "\n| | 2.其他法律行政法规禁止公开 | 0 | 0 |" in text
    assert "1.属于国家秘密 | 0 | 0 |  | 0 |" in text
    assert read(text).report == parse(SAMPLE)


def test_the_words_of_merged_cells_in_every_place_that_they_cover() -> None:
    """As pandas, python-docx and others write them."""
    lines: list[str] = []
    for line in SAMPLE.split("\n"):
        cells = line.split("\t")
        if cells[0].startswith("第二十条"):
            cells = cells[:1] * 4
        elif len(cells) == 4 and not cells[3]:
            cells = [cells[0], *cells[1:2] * 3]
        lines.append("\t".join(cells))
    text = "\n".join(lines)
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    upper = "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计"
    lower = "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t"
    first = f"{corner}\t\t\t申请人情况\t\t\t\t\t\t"
    start = [corner] * 3
    inner = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    text = changed(first, "\t".join([*start, *["申请人情况"] * 7]), text)
    text = changed(upper, "\t".join([*start, "自然人", *["法人或其他组织"] * 5, "总计"]), text)
    text = changed(lower, "\t".join([*start, "自然人", *inner, "总计"]), text)
    text = re.sub(r"^(\S+)\t\t\t(?=\d)", r"\1\t\1\t\1\t", text, flags=re.MULTILINE)
    start_of_last = text.index("四、政府信息公开行政复议")
    head, last = text[:start_of_last], text[start_of_last:].split("\n")
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    at = next(index for index, line in enumerate(last) if line.startswith("行政复议\t"))
    last[at] = "\t".join([*["行政复议"] * 5, *["行政诉讼"] * 10])
    last[at + 1] = "\t".join([*names, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5])
    last[at + 2] = "\t".join(names * 3)
    assert "行政许可\t46\t46\t46\n" in text
    assert read(head + "\n".join(last)).report == parse(SAMPLE)


def test_a_row_over_several_lines_has_the_line_of_each_cell() -> None:
    text = "规章 | 25 |\n| 3 | 4 |\n行政规范性文件 | 3 | 4 | 5 |\n"
    (table,) = read_document(f"信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n{text}", DEFAULT).blocks
    place = table.rows[1].at("4", 4)  # type: ignore[union-attr]
    assert (place.line, place.text) == (3, "4")


# --- labels in pieces ------------------------------------------------------------------------------------------------


def test_the_number_of_a_line_before_its_label() -> None:
    lines = SAMPLE.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
    for number, at in enumerate(range(first - 3, first + 25), start=-2):
        lines[at] = f"{number if number > 0 else '序号' if number == -2 else ''}\t{lines[at]}"
    reading = read("\n".join(lines))
    assert reading.report is not None
    assert reading.report.requests == parse(SAMPLE).requests
    assert reading.diagnostics == ()


def test_a_unit_that_stands_apart_from_its_figure() -> None:
    reading = read(spaced(SAMPLE).replace("160.50", "160.50 万元").replace("行政许可 46", "行政许可 46 件"))
    assert reading.report is not None
    assert str(reading.report["disclosure.fees.amount"].value) == "160.50"
    assert reading.report["disclosure.fees.amount"].unit == "万元"
    assert row(reading, "disclosure.licensing") == ["46件"]


def test_three_labels_in_one_line_of_cells() -> None:
    text = spaced(
        changed(
            "\t（三）不予公开\t1.属于国家秘密\t0\t0\t\t",
            "三、本年度办理结果\t（三）不予公开\t1.属于国家秘密\t0\t0\t5\t",
        )
    )
    assert row(read(text), "requests.denied.state_secret") == "0 0 5 0 0 0 0".split()


@pytest.mark.parametrize("pipe", ["{}\n|", "{} |"])
def test_a_label_over_several_lines_among_pipes(pipe: str) -> None:
    whole = changed(
        "3\t\t12", "3\t1\t12", changed("0\t0\t\t1\n\n", "0\t0\t0\t1\n\n", changed("0\t0\t\t0", "0\t0\t0\t0"))
    )
    text = cells_by(whole, lambda cells: "\n".join(map(pipe.format, cells)))
    long = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    broken = text.replace("结果维持", "结果\n维持").replace(
        long, "1.申请人无正当理由逾期不补正、\n行政机关不再处理其\n政府信息公开申请"
    )
    assert broken.count("\n") > text.count("\n")
    assert read(broken).report == parse(whole)


def test_a_heading_that_comes_again_elsewhere_places_no_blanks() -> None:
    """After a page break the heading stands one column to the right, below a label that still spans; no row is full."""
    lines = [re.sub(r"\t\d+$", "\t", line) for line in SAMPLE.split("\n")]
    first = next(at for at, line in enumerate(lines) if "申请人情况" in line)
    last = next(at for at, line in enumerate(lines) if line.startswith("四、结转"))
    for at in range(first, last + 1):
        lines[at] += "\t"
    again = next(at for at, line in enumerate(lines) if "1.信访举报投诉类申请" in line)
    heading = [f"\t{line[:-1]}" for line in lines[first : first + 3]]
    below = lines[again + 1].split("\t")
    lines[again + 1] = "\t".join([*below[:3], "", *below[4:]])
    reading = read("\n".join([*lines[:again], *heading, *lines[again:]]))
    assert flags(reading, "requests.not_processed.duplicate") & {"position-lost", "position-inferred"}


@pytest.mark.parametrize("note", ["见附件", "5"])
def test_rows_with_a_blank_and_a_note_teach_nothing(note: str) -> None:
    """Each row has a blank and, in a column without a name, a note: none shows where the seven figures stand."""
    lines = with_column("", note, f"2\t\t0\t0\t0\t0\t2\t{note}").split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
    for at in range(first, first + 25):
        cells = lines[at].split("\t")
        lines[at] = "\t".join([*cells[:4], "", *cells[5:]])
    last = next(at for at, line in enumerate(lines) if line.startswith("四、结转"))
    lines[last] = f"四、结转下年度继续办理\t\t\t1\t\t\t4\t\t\t\t{note}"
    assert flags(read("\n".join(lines)), "requests.carried_out") >= {"position-lost"}


def test_headings_and_prose_over_all_columns_of_one_table() -> None:
    rows = "".join(
        "<tr>"
        + (
            "".join(f"<td>{cell}</td>" for cell in line.split("\t"))
            if "\t" in line
            else f'<td colspan="15">{line}</td>'
        )
        + "</tr>"
        for line in SAMPLE.split("\n")
        if line
    )
    assert read(f"<!doctype html><table>{rows}</table>").report == parse(SAMPLE)
