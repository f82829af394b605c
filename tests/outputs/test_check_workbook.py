"""The workbook of a check (校核表), read back with openpyxl."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import places
from gipa_reports import LimitError, MissingExtraError, Report, check, read
from gipa_reports.checks import Finding, FindingSeverity, Outcome, Status
from gipa_reports.outputs import Checked, Lang, write_findings, xlsx_sheet
from gipa_reports.outputs.phrases import groups
from gipa_reports.suppressions import Suppressed, Suppression
from gipa_reports.testing import reports

SAMPLE = places.SAMPLE.read_text("utf-8")
FORMULA = '=HYPERLINK("http://example.org","x")'
STALE = (Suppression("A101", "旧的理由", origin="gipa-reports.toml", line=4),)


def checked(source: str, text: str, **options: Any) -> Checked:
    reading = read(text)
    return Checked(source, reading, None if reading.report is None else check(reading, **{"ignore": "C108", **options}))


def with_findings(*findings: Finding, source: str = "a.txt") -> Checked:
    """The sample with these findings and no others."""
    one = checked(source, SAMPLE)
    assert one.result is not None
    outcomes = tuple(
        Outcome(
            code=finding.code,
            instance=finding.instance,
            status=Status.FAILED,
            cells=finding.cells,
            note="",
            finding=finding,
        )
        for finding in findings
    )
    return evolve(one, result=evolve(one.result, outcomes=outcomes))


def a_finding(**fields: Any) -> Finding:
    plain: dict[str, Any] = {"code": "A101", "severity": FindingSeverity.ERROR, "instance": "total", "cells": ()}
    return Finding(**{**plain, "zh": "请核对。", "en": "Please check.", **fields})


@pytest.fixture(scope="module")
def run() -> list[Checked]:
    """A report with a wrong figure and wrong prose, one that a formula stands in, no report, and one set against the
    year before.
    """
    faulty = SAMPLE.replace("一、本年新收政府信息公开申请数量\t\t\t9", "一、本年新收政府信息公开申请数量\t\t\t8")
    faulty = faulty.replace("加上年结转2件", "加上年结转5件")
    odd = SAMPLE.replace("行政处罚\t7", f"行政处罚\t{FORMULA}").replace("临江", "白石")
    previous = SAMPLE.replace("2023", "2022").replace("四、结转下年度继续办理\t\t\t1", "四、结转下年度继续办理\t\t\t4")
    later = checked("2023/d.txt", SAMPLE, previous=read(previous))
    return [
        checked("2023/a.txt", faulty),
        checked("=1+1.txt", odd),
        checked("2023/c.txt", ""),
        evolve(later, others=(("previous", "去年.txt"),)),
    ]


def book_of(checked: list[Checked], lang: Lang = "zh", stale: tuple[Suppression, ...] = ()) -> Workbook:
    written = write_findings(checked, "xlsx", lang, stale)
    assert isinstance(written, bytes)
    book: Workbook = openpyxl.load_workbook(io.BytesIO(written))
    return book


@pytest.fixture(scope="module")
def book(run: list[Checked]) -> Workbook:
    return book_of(run)


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """The lines of a sheet by the words of its heading; an empty cell is None."""
    head, *lines = [[cell.value for cell in line] for line in book[sheet].iter_rows()]
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


# --- what stands in the sheets -------------------------------------------------------------------------------------


def test_the_sheets_of_a_run(book: Workbook, run: list[Checked]) -> None:
    assert book.sheetnames == ["按单位汇总", "问题明细", "规则说明", "未能检查"]
    assert book_of(run, "en").sheetnames == ["Units", "Findings", "Rules", "Not checked"]


def test_one_line_for_each_unit(book: Workbook) -> None:
    lines = rows(book, "按单位汇总")
    assert [(line["单位"], line["年度"], line["版式"], line["结论"], line["文件"]) for line in lines] == [
        ("青山区临江街道办事处", 2023, "2021", "有错误", "2023/d.txt"),
        ("青山区临江街道办事处", 2023, "2021", "有错误", "2023/a.txt"),
        ("c.txt", None, None, "未能检查", "2023/c.txt"),
        ("青山区白石街道办事处", 2023, "2021", "有疑问", "=1+1.txt"),
    ]
    assert list(lines[0])[:4] == ["序号", "单位", "年度", "文件"]
    assert [[line[key] for key in ("错误", "警告", "提示", "建议", "未能检查")] for line in lines] == [
        [2, 0, 1, 0, 4],
        [1, 1, 0, 1, 3],
        [None, None, None, None, None],
        [0, 1, 0, 0, 3],
    ]
    assert lines[2]["说明"] == "未能检查，没有读到报告：empty-source 文件没有内容。"


def test_one_line_for_each_finding_and_one_for_several_of_one_cause(book: Workbook, run: list[Checked]) -> None:
    lines = rows(book, "问题明细")
    assert [line["序号"] for line in lines] == list(range(1, 7))
    assert [line["文件"] for line in lines] == ["2023/d.txt"] * 3 + ["2023/a.txt"] * 2 + ["=1+1.txt"]
    first, second = (found.zh for found in run[0].findings[:2])
    assert lines[3] == {
        "序号": 4,
        "单位": "青山区临江街道办事处",
        "年度": 2023,
        "文件": "2023/a.txt",
        "类别": "错误",
        "规则": "A101 A103",
        "规则名称": "收支平衡\n申请人之和",
        "位置": "表三·一、本年新收·自然人",
        "问题": f"“本年新收·自然人”与所在的行和列都对不上。\n· A101 {first}\n· A103 {second}",
        "原文及出处": "表三·一、本年新收·自然人 “8”（第39行第20字）\n表三·二、上年结转·自然人 “2”（第40行第20字）\n"
        "表三·（七）总计·自然人 “10”（第62行第9字）\n表三·四、结转·自然人 “1”（第63行第15字）\n"
        "表三·一、本年新收·商业企业 “3”（第39行第22字）\n表三·一、本年新收·法律服务机构 “1”（第39行第28字）\n"
        "表三·一、本年新收·总计 “13”（第39行第32字）\n其余3个均为0",
        "对照数": None,
        "所填数": None,
        "相差": None,
        "建议": "“本年新收·自然人”由8改为9，表内勾稽关系即全部成立。",
        "由谁核对": "填报单位：核对报告原文",
        "处理意见": None,
        "单元格编号": " ".join(dict.fromkeys((*run[0].findings[0].cells, *run[0].findings[1].cells))),
    }
    assert [line["处理意见"] for line in lines] == [None] * 6
    by_code = {line["规则"]: line for line in lines}
    assert str(by_code["C106"]["由谁核对"]).startswith("校核人员：先核对读取是否有误。不是数字")
    assert (by_code["C106"]["对照数"], by_code["C106"]["所填数"]) == (None, None)
    assert "上年报告 表三·四、结转·总计 “1”（去年.txt 第63行第27字）" in str(by_code["Y101"]["原文及出处"])
    assert (by_code["Y103"]["对照数"], by_code["Y103"]["相差"]) == ("≤50%", None)
    assert str(by_code["Y103"]["原文及出处"]).startswith("正文：")


def test_the_first_of_several_candidates_are_listed() -> None:
    one = checked("a.txt", SAMPLE.replace("\t9\t3\t0\t0\t1\t0\t13", "\t8\t3\t0\t0\t1\t0\t12"))
    line = next(line for line in rows(book_of([one]), "问题明细") if line["规则"] == "A101")
    first, *edits = str(line["建议"]).split("\n")
    assert first.startswith("有8种改法")
    all_edits = next(f for f in one.findings if f.code == "A101").edits
    assert edits == [*(f"- {edit.zh}" for edit in all_edits[:4]), "……另有4种，从略"]
    assert rows(book_of([one]), "按单位汇总")[0]["建议"] == 0


def test_the_rules_that_ran_are_explained(book: Workbook, run: list[Checked]) -> None:
    lines = {line["规则"]: line for line in rows(book, "规则说明")}
    assert run[0].result is not None
    assert list(lines) == sorted(run[0].result.rules)
    assert lines["A101"]["检查什么"] == "表三每一列：本年新收＋上年结转＝办理结果合计＋结转下年度。"
    assert (lines["Y101"]["问题数"], lines["A201"]["未能检查"], lines["C107"]["类别"]) == (2, 3, "提示")


def test_what_could_not_be_checked_and_what_to_do(book: Workbook) -> None:
    lines = rows(book, "未能检查")
    assert [(line["文件"], line["项数"], line["规则"]) for line in lines] == [
        ("2023/d.txt", 4, "A102 A103 A201 Y102"),
        ("2023/a.txt", 3, "A102 A103 A201"),
        ("2023/c.txt", None, None),
        ("=1+1.txt", 3, "A102 A103 A201"),
    ]
    assert lines[1]["怎样处理"] == "空白请填0或应填的数：表三·不予公开·属于国家秘密·科研机构；表四·复议后起诉·尚未审结"
    assert lines[1]["单元格编号"] == (
        "requests.denied.state_secret.research proceedings.litigation_after_reconsideration.pending"
    )
    assert lines[2]["怎样处理"] == "未能检查，没有读到报告：empty-source 文件没有内容。"


def test_no_findings_is_said_in_words() -> None:
    one = checked("a.txt", SAMPLE)
    assert one.result is not None
    clean = evolve(one, result=evolve(one.result, outcomes=()))
    book = book_of([clean])
    assert [cell.value for cell in book["问题明细"]["A"]] == ["序号", "没有发现问题。"]
    assert [cell.value for cell in book["未能检查"]["A"]] == ["序号", "所用规则均已检查。"]


def test_what_is_suppressed_has_a_sheet_of_its_own(run: list[Checked]) -> None:
    finding = a_finding(code="C301", zh="第五部分没有内容，请补充。")
    suppressed = Suppressed(finding, Suppression("C301", "已请示", origin="a.toml"))
    book = book_of([evolve(run[0], suppressed=(suppressed,))], stale=STALE)
    lines = rows(book, "已抑制")
    assert [line["理由"] for line in lines] == ["已请示", "旧的理由"]
    assert [line["依据"] for line in lines] == ["a.toml", "gipa-reports.toml:4"]
    assert lines[0]["问题"] == finding.zh
    assert finding.zh not in [line["问题"] for line in rows(book, "问题明细")]


def test_english(run: list[Checked]) -> None:
    book = book_of(run, "en")
    first = next(line for line in rows(book, "Findings") if line["File"] == "2023/a.txt")
    assert [first[key] for key in ("Name", "Severity", "Where", "Finding")] == [
        "column-balance\napplicants-add-up",
        "error",
        "requests.received.natural_person",
        "received.natural_person agrees neither with its row nor with its column.\n"
        f"· A101 {run[0].findings[0].en}\n· A103 {run[0].findings[1].en}",
    ]
    assert str(first["As written, and where"]).split("\n")[0] == (
        "requests.received.natural_person “8” (line 39, column 20)"
    )
    words = [str(cell.value) for sheet in book for cell in sheet[1]]
    assert [word for word in words if not word.isascii()] == []


# --- links, filters, paper -----------------------------------------------------------------------------------------


def test_links_lead_from_the_unit_to_its_first_finding_and_from_a_code_to_its_rule(book: Workbook) -> None:
    units, findings = book["按单位汇总"], book["问题明细"]
    for number, first in ((2, 2), (3, 5), (5, 7)):
        link = units.cell(number, 2).hyperlink
        assert link is not None
        assert link.location == f"'问题明细'!A{first}"
        assert findings.cell(first, 4).value == units.cell(number, 4).value
        assert findings.cell(first - 1, 4).value != units.cell(number, 4).value
    assert units.cell(4, 2).hyperlink is None
    for line in range(2, 8):
        link = findings.cell(line, 6).hyperlink
        if " " in str(findings.cell(line, 6).value):
            assert link is None, "several rules"
            continue
        assert link is not None
        match = re.fullmatch(r"'规则说明'!A(\d+)", link.location or "")
        assert match
        assert book["规则说明"].cell(int(match[1]), 1).value == findings.cell(line, 6).value


@pytest.mark.parametrize("name", ["按单位汇总", "问题明细", "规则说明", "未能检查"])
def test_each_sheet_can_be_filtered_and_printed(book: Workbook, name: str) -> None:
    sheet: Worksheet = book[name]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # None is the default, 1
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.center is not None
    assert str(sheet.oddHeader.center.text).endswith(name)
    assert [cell.alignment.wrap_text for cell in sheet[1]] == [True] * sheet.max_column


def test_cell_ids_are_not_printed_and_the_answer_is(book: Workbook) -> None:
    sheet = book["问题明细"]
    names = {cell.value: get_column_letter(place) for place, cell in enumerate(sheet[1], start=1)}
    assert sheet.print_area == f"'问题明细'!$A$1:${names['处理意见']}${sheet.max_row}"
    assert names["单元格编号"] > names["处理意见"]


def test_rows_are_high_enough_for_their_words(book: Workbook) -> None:
    sheet = book["问题明细"]
    assert sheet.row_dimensions[2].height >= 4 * 15
    assert book["按单位汇总"].row_dimensions[2].height == 15


def test_a_colour_never_stands_without_its_word(book: Workbook) -> None:
    words = {"错误": "00FBE3E0", "警告": "00FFF0CC", "提示": "00E1EEFC"}
    sheet = book["问题明细"]
    filled = {(cell.value, cell.fill.fgColor.rgb) for cell in sheet["E"][1:]}
    assert filled == set(words.items())


# --- words of strangers --------------------------------------------------------------------------------------------


def test_nothing_is_a_formula(run: list[Checked]) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", FORMULA]
    findings = [a_finding(zh=text, quote=text, expected=text, actual=text) for text in texts]
    written = write_findings([*run, with_findings(*findings, source=FORMULA)], "xlsx", "zh", STALE)
    assert isinstance(written, bytes)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        names = package.namelist()
    assert len(sheets) == 5
    assert [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet] == []
    assert [name for name in names if "externalLink" in name or "vba" in name] == []
    book = openpyxl.load_workbook(io.BytesIO(written))
    sentences = book["问题明细"]["I"]
    shown = [cell for cell in sentences if cell.value in {text.replace("\t", "\\t") for text in texts}]
    assert [cell.value for cell in shown] == [text.replace("\t", "\\t") for text in texts]
    assert [cell.quotePrefix for cell in shown] == [True, True, True, True, False, True, True]
    assert {cell.data_type for cell in sentences} == {"s"}


@given(report=reports())
def test_any_report_can_be_written(report: Report) -> None:
    result = check(report, select="A,C,N,P")
    one = Checked("\udcff\x00.txt", evolve(read(""), report=report), result)
    book = book_of([one])
    lines = rows(book, "问题明细")
    assert sum(1 for line in lines if line["规则"]) == len(groups(result.findings))
    assert sum(int(str(line["项数"])) for line in rows(book, "未能检查") if line["规则"]) == len(result.unchecked)


def test_the_same_findings_give_the_same_bytes(run: list[Checked]) -> None:
    assert write_findings(run, "xlsx", "zh", STALE) == write_findings(run, "xlsx", "zh", STALE)


# --- limits --------------------------------------------------------------------------------------------------------


def test_numbers_that_a_workbook_would_round_are_text() -> None:
    big = 10**20 + 1
    line = rows(book_of([with_findings(a_finding(expected=big, actual=big - 1))]), "问题明细")[0]
    assert [line["对照数"], line["所填数"], line["相差"]] == [str(big), str(big - 1), 1]


def test_a_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    line = rows(book_of([with_findings(a_finding(zh="𠀀" * 20_000))]), "问题明细")[0]
    said = str(line["问题"])
    assert said.endswith("……（过长，已截短）")
    assert 32_760 <= len(said.encode("utf-16-le")) // 2 <= 32_767
    assert set(said.removesuffix("……（过长，已截短）")) == {"𠀀"}


def test_more_rows_than_a_sheet_can_hold_are_refused(monkeypatch: pytest.MonkeyPatch, run: list[Checked]) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_ROWS", 60)
    assert len(rows(book_of(run[:1]), "问题明细")) == 2
    with pytest.raises(LimitError, match="csv or jsonl") as raised:
        write_findings(run * 11, "xlsx", "zh")
    assert raised.value.code == "too-many-rows"


def test_links_past_the_limit_are_words(monkeypatch: pytest.MonkeyPatch, run: list[Checked]) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_LINKS", 2)
    column = book_of(run)["问题明细"]["F"][1:]
    assert [cell.hyperlink is not None for cell in column] == [True] * 2 + [False] * 4
    assert [cell.value for cell in column] == ["Y101", "Y101", "Y103", "A101 A103", "N102", "C106"]


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, run: list[Checked]) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl.workbook", None)
    with pytest.raises(MissingExtraError, match=re.escape("gipa-reports[xlsx]")):
        write_findings(run, "xlsx", "zh")
