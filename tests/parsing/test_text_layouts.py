"""Texts in each layout and with each defect that is met, with values checked by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import places
from gipa_reports import Cell, Reading, parse, read, render
from gipa_reports.readers.pipe_lines import PIPE_LINES
from gipa_reports.readers.pipe_style import PipeStyle
from written import WRITTEN, decoded

SAMPLE = places.SAMPLE.read_text("utf-8")
EXAMPLES = {layout: decoded(text) for layout, text in WRITTEN.items()}
LOST = Cell.invalid("3 40")
"""行政规范性文件 has the figures 3 and 40, and nothing tells which of three columns is empty."""


@pytest.mark.parametrize("layout", EXAMPLES)
def test_the_seven_rows(layout: int) -> None:
    reading = read(EXAMPLES[layout] + "\n三、收到和处理政府信息公开申请情况\n")
    assert reading.report is not None
    table = reading.report.disclosure
    assert [cell.value for cell in table.regulations] == [1, 0, 12]
    assert table.licensing.decisions.value == 114
    normative = tuple(table.normative_documents)
    if layout in (1, 2, 8, 13, 16):
        assert normative == (Cell.of(3), Cell.blank(), Cell.of(40))
    else:
        assert normative == (LOST, LOST, LOST)
        assert reading.codes("disclosure.normative_documents.repealed") == ("position-lost",)
    assert [str(cell.state) for cell in table.penalties] == ["absent"]


def changed(change: Callable[[str], str]) -> Reading:
    text = change(SAMPLE)
    assert text != SAMPLE
    return read(text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "half width": lambda text: text.replace("（", "(").replace("）", ")").replace("：", ":").replace("，", ","),
    "full width digits": lambda text: text.replace("\t13\n", "\t１３\n"),
    "spaces in labels": lambda text: text.replace("1.属于", "1. 属 于").replace("结果维持", "结果 维持"),
    "quotes": lambda text: text.replace("“三安全一稳定”", '"三安全一稳定"'),
    "aliases": lambda text: text.replace("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开").replace(
        "现行有效件数", "现行有效数量"
    ),
    "explanations": lambda text: text.replace("规章\t", "规章（设区的市、自治州人民政府应提供相关数据）\t"),
    "units": lambda text: text.replace("\t46\t", "\t46 \t"),
    "traditional": lambda text: text.replace("行政规范性文件", "行政規範性檔案").replace("规章", "規章"),
    "footnote marks": lambda text: text.replace("行政许可\t", "行政许可^1\t").replace("自然人", "自然人①"),
    "notes of sound": lambda text: text.replace("本年制发件数", "本年制发件數(shù)"),
    "ordinals": lambda text: text.replace("3.其他", "3、其他").replace("（七）总计", "(七) 总计"),
    "ordinals lost": lambda text: text.replace("二、主动", "、主动").replace("（一）予以公开", "予以公开"),
    "headings of Markdown": lambda text: text.replace("三、收到", "### 三、收到").replace("四、政府", "#### 四、政府"),
    "other headings": lambda text: text.replace(
        "四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    ),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "index table": lambda text: "索引号：A1\n发布机构：区政府办\n发布日期：2024-01-20\n" + text,
    "navigation": lambda text: (
        "首页\n当前位置：首页 > 政务公开\n" + text + "上一篇：没有了\n扫一扫在手机打开\n主办：区政府\n"
    ),
    "heading row repeated": lambda text: text.replace(
        "\t（四）无法提供", "\t\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n\t（四）无法提供"
    ),
    "page mark in a table": lambda text: text.replace("\t（四）无法提供", "- 3 -\n\t（四）无法提供"),
    "rows in the first column": lambda text: text.replace("\t\t3.其他\t", "3.其他\t\t\t").replace(
        "\t（七）总计\t\t10\t3\t0\t0\t1\t0\t14", "（七）总计\t10\t3\t0\t0\t1\t0\t14\t\t"
    ),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings_change_nothing(name: str) -> None:
    reading = changed(SPELLINGS[name])
    assert reading.report is not None
    whole = parse(SAMPLE)
    assert (reading.report.disclosure, reading.report.requests, reading.report.proceedings) == (
        whole.disclosure,
        whole.requests,
        whole.proceedings,
    )
    assert (reading.report.agency, reading.report.year) == (whole.agency, whole.year)
    assert not [problem for problem in reading.diagnostics if problem.cells]


def line_with(text: str, words: str) -> str:
    return next(line for line in text.split("\n") if words in line) + "\n"


def test_a_missing_row_is_named_and_the_rest_is_read() -> None:
    reading = changed(lambda text: text.replace(line_with(text, "6.属于四类"), ""))
    (problem,) = reading.diagnostics
    assert (problem.code, problem.expected) == ("row-missing", "6.属于四类过程性信息")
    assert reading.report is not None
    assert {str(cell.state) for cell in reading.report.requests.denied.deliberative_process} == {"absent"}
    assert reading.report.requests.carried_out == parse(SAMPLE).requests.carried_out


def test_a_repeated_row_keeps_its_first_figures() -> None:
    reading = changed(lambda text: text.replace("行政处罚\t7\t\t\n", "行政处罚\t7\t\t\n行政处罚\t8\t\t\n"))
    (problem,) = reading.diagnostics
    assert (problem.code, problem.found) == ("row-repeated", "行政处罚")
    assert reading.codes("disclosure.penalties.decisions") == ("row-repeated",)
    assert reading.report is not None
    assert reading.report.disclosure.penalties.decisions.value == 7


def test_rows_in_another_order_are_read() -> None:
    reading = changed(lambda text: text.replace("行政处罚\t7\t\t\n行政强制\t2", "行政强制\t2\t\t\n行政处罚\t7"))
    (problem,) = reading.diagnostics
    assert (problem.code, problem.found, problem.expected) == ("row-out-of-order", "行政强制", "行政处罚")
    assert reading.report is not None
    assert reading.report.disclosure == parse(SAMPLE).disclosure


def test_an_unknown_row_is_kept_with_its_words() -> None:
    reading = changed(lambda text: text.replace("行政许可\t46", "其他主动公开文件\t5\t\t\n行政许可\t46"))
    (problem,) = reading.diagnostics
    assert problem.code == "row-unknown"
    assert reading.report is not None
    assert [row.cells for row in reading.report.disclosure.unknown] == [("其他主动公开文件", "5")]
    assert reading.report.disclosure.licensing.decisions.value == 46


def test_several_faults_are_all_reported() -> None:
    def change(text: str) -> str:
        return (
            text.replace(line_with(text, "2.重复申请"), "").replace("\t46\t", "\t约46\t").replace("\t13\n", "\t1 3\n")
        )

    reading = changed(change)
    assert sorted(problem.code for problem in reading.diagnostics) == ["figure-invalid", "figure-split", "row-missing"]
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions == Cell.invalid("约46")
    assert reading.report.requests.received.total.value == 13


def test_a_place_has_line_column_and_words() -> None:
    place = read(SAMPLE).locations["requests.received.total"]
    line = line_with(SAMPLE, "一、本年新收")
    assert place.line == SAMPLE[: SAMPLE.index(line)].count("\n") + 1
    assert place.column == line.index("13") + 1
    assert place.text == "13"


@pytest.mark.parametrize(("layout", "mark"), [(1, "\t"), (16, "|")])
def test_a_blank_has_the_column_in_which_it_stands(layout: int, mark: str) -> None:
    """行政规范性文件: 3, a blank, 40."""
    reading = read(EXAMPLES[layout] + "\n三、收到和处理政府信息公开申请情况\n")
    line = line_with(EXAMPLES[layout], "行政规范性文件")
    places = [
        reading.locations[f"disclosure.normative_documents.{name}"] for name in ("issued", "repealed", "in_force")
    ]
    columns = [place.column or 0 for place in places]
    assert [place.text for place in places] == ["3", "", "40"]
    assert [line[column - 1 :].split(mark)[0].strip() for column in columns] == ["3", "", "40"]
    marks = [line[: column - 1].count(mark) for column in columns]
    assert marks == [marks[0], marks[0] + 1, marks[0] + 2]


def test_a_unit_is_kept_and_never_converted() -> None:
    reading = changed(lambda text: text.replace("160.50", "1605000元"))
    assert reading.report is not None
    amount = reading.report["disclosure.fees.amount"]
    assert (str(amount.value), amount.unit) == ("1605000", "元")
    assert reading.codes("disclosure.fees.amount") == ("unit-differs",)


def test_lost_places_are_inferred_only_where_one_is_possible() -> None:
    """In 四 the third group, 1 0 0 _ 1 without its blank, adds up in more than one way. In 三 the columns leave one."""
    row = line_with(SAMPLE, "1\t0\t0\t1\t2")
    several = changed(lambda text: text.replace(row, " ".join(row.split()) + "\n"))
    assert several.codes("proceedings.litigation_direct.total") == ("position-lost",)
    received = line_with(SAMPLE, "一、本年新收")
    one = changed(lambda text: text.replace(received, "一、本年新收政府信息公开申请数量 9 3 0 0 1 13\n"))
    assert one.report is not None
    assert [cell.text for cell in one.report.requests.received] == ["9", "3", "0", "0", "1", "", "13"]
    assert one.codes("requests.received.total") == ("position-inferred",)
    places = [one.locations[f"requests.received.{name}"].text for name in ("natural_person", "business", "total")]
    assert places == ["9", "3", "13"]


def test_a_line_of_prose_that_is_a_label_stays_prose() -> None:
    reading = changed(lambda text: text.replace("本年度没有收取", "行政许可\n\n本年度没有收取"))
    assert reading.report is not None
    assert reading.report.sections.other_matters is not None
    assert reading.report.sections.other_matters.paragraphs[0] == "行政许可"
    assert reading.report.disclosure == parse(SAMPLE).disclosure


@pytest.mark.parametrize(("words", "cell"), [("〔空〕", Cell.blank()), ("'〔空〕", Cell.invalid("〔空〕"))])
def test_our_own_mark_for_a_blank_is_one(words: str, cell: Cell) -> None:
    reading = changed(lambda text: text.replace("行政许可\t46\t", f"行政许可\t{words}\t"))
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions == cell
    assert reading.codes("disclosure.licensing.decisions") == ("figure-invalid",) * (cell.state == "invalid")


@pytest.mark.parametrize("words", ["其他", "总计", "行政"])
def test_words_of_the_form_in_a_cell_are_no_blank(words: str) -> None:
    """The name of a column, or a piece of a label, behind a row's label is what stands in its first cell."""
    reading = changed(lambda text: text.replace("行政许可\t46\t", f"行政许可\t{words}\t"))
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions == Cell.invalid(words)
    assert reading.codes("disclosure.licensing.decisions") == ("figure-invalid",)


def test_an_empty_row_of_proceedings_alone_is_blank() -> None:
    line = "\t".join(cell.text for row in parse(SAMPLE).proceedings.rows for cell in row)
    report = changed(lambda text: text.replace(line, "\t" * 14)).report
    assert report is not None
    assert {cell for row in report.proceedings.rows for cell in row} <= {Cell.blank(), Cell.absent()}


@pytest.mark.parametrize("empty", ["\t" * 14, "\t" * 20, "\t\u3000" * 14])
def test_figures_of_proceedings_behind_an_empty_row_are_never_blank_without_a_flag(empty: str) -> None:
    truth = parse(SAMPLE)
    line = "\t".join(cell.text for row in truth.proceedings.rows for cell in row)
    reading = changed(lambda text: text.replace(line, f"{empty}\n{line}"))
    assert reading.report is not None
    wrong = [figure.id for figure in truth.cells() if reading.report[figure.id] != truth[figure.id]]
    assert [cell_id for cell_id in wrong if not reading.codes(cell_id)] == []
    page = render(truth, "html")
    row = page.rindex("<tr", 0, page.index('id="proceedings.reconsideration.upheld"'))
    web = read(page[:row] + f"<tr>{'<td></td>' * 15}</tr>" + page[row:], format="html")
    assert web.report is not None
    wrong = [figure.id for figure in truth.cells() if web.report[figure.id] != truth[figure.id]]
    assert [cell_id for cell_id in wrong if not web.codes(cell_id)] == []


def test_a_page_row_with_a_cell_too_few_or_too_many_is_never_shifted_without_a_flag() -> None:
    truth = parse(SAMPLE)
    page = render(truth, "html")
    for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
        for cell in re.finditer(r"<td[^>]*>[^<]*</td>", row):
            for changed_row in (
                row[: cell.start()] + row[cell.end() :],
                f"{row[: cell.end()]}<td>5</td>{row[cell.end() :]}",
            ):
                reading = read(page.replace(row, changed_row, 1), format="html")
                if reading.report is not None:
                    wrong = [figure.id for figure in truth.cells() if reading.report[figure.id] != truth[figure.id]]
                    assert [cell_id for cell_id in wrong if not reading.codes(cell_id)] == [], changed_row


def test_blank_cells_are_looked_for_before_figures_alone() -> None:
    rows = ["规章 | 1 | 2 | 3 |", "行政许可 | 4 | | 5 |", "行政处罚 | 6 | 7 | 8 |"]

    def keeps_blanks(lines: list[str]) -> bool:
        return PipeStyle(list(map(PIPE_LINES.__getitem__, lines))).keeps_blanks

    assert keeps_blanks(rows)
    assert not keeps_blanks([rows[0], "行政许可 | 4 | 5 | |", rows[2]])
    assert not keeps_blanks([rows[0], "行政许可 | 4 | | 其他", rows[2]])
