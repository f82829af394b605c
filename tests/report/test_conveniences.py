"""What makes the first day easy: reports built and changed by cell ids, rows as mappings, labels, sums, frames."""

from __future__ import annotations

import pickle
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import (
    Aggregate,
    Cell,
    CheckError,
    CheckResult,
    Disclosure,
    DoubtfulError,
    Edition,
    Finding,
    FindingSeverity,
    MissingExtraError,
    ModelError,
    Outcome,
    ParseError,
    ReadError,
    Reading,
    Report,
    Requests,
    Rule,
    ScanError,
    Section,
    Sections,
    State,
    Status,
    Subject,
    UnknownIdError,
    WrongTypeError,
    check,
    read,
    read_folder,
)
from gipa_reports.template import EDITIONS, FORMS, form
from gipa_reports.template.captions import COLUMNS_EN, ROWS_EN, SPANS_EN, TABLES_EN, cell_caption
from gipa_reports.testing import reports
from places import ROOT

SUBDISTRICT = ROOT / "examples" / "subdistrict_2023.txt"
BUREAU = ROOT / "examples" / "city_bureau_2020.md"
TEXT = SUBDISTRICT.read_text("utf-8")
SHIFTED = TEXT.replace("本年新收政府信息公开申请数量\t", "本年新收政府信息公开申请数量\t\t", 1).replace(
    "\t38\t", "\t36x\t", 1
)
"""A row of which it can't be told which figure is in which column."""

RECEIVED = "requests.received.total"

# --- building and changing a report ---------------------------------------------------------------------------------


def test_a_report_is_built_of_cell_ids() -> None:
    figures = {RECEIVED: 47, "disclosure.fees.amount": 3, "proceedings.reconsideration.upheld": None}
    report = Report.of("2021", figures, agency="某局", year=2024)
    assert (report.agency, report.year) == ("某局", 2024)
    assert report[RECEIVED] == Cell.of(47)
    assert report["disclosure.fees.amount"] == Cell.of(Decimal(3))
    assert report["proceedings.reconsideration.upheld"] == Cell.blank()
    # What nobody stated is not there; it is no zero.
    assert report["requests.granted.total"] == Cell.absent()
    assert Report.of("2021", default=Cell.of(0))["requests.granted.total"] == Cell.of(0)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_of_all_its_figures_is_the_report(edition: Edition) -> None:
    report = gipa_reports.parse(SUBDISTRICT if edition == "2021" else BUREAU)
    rest = {"sections": report.sections, "title": report.title, "agency": report.agency, "period": report.period}
    cells: dict[str, Any] = {one.id: report[one.id] for one in report.cells()}
    assert Report.of(edition, cells, year=report.year, **rest) == report  # type: ignore[arg-type]


def test_a_mistyped_id_is_told_with_the_one_that_is_meant() -> None:
    report = Report.of("2021")
    for cell_id, meant in (("requests.recieved.total", "received.total"), ("request.received.total", RECEIVED)):
        with pytest.raises(UnknownIdError, match=f"did you mean {meant!r}") as raised:
            report.replace({cell_id: 1})
        assert isinstance(raised.value, KeyError)
        with pytest.raises(UnknownIdError, match=f"did you mean {meant!r}"):
            Report.of("2021", {cell_id: 1})
    with pytest.raises(WrongTypeError):
        report.replace({3: 1})  # type: ignore[dict-item]
    with pytest.raises(UnknownIdError, match="edition 2019 has it"):
        report.replace({"disclosure.procurement.items": 1})


def test_replacing_changes_these_cells_and_nothing_else() -> None:
    report = gipa_reports.parse(BUREAU)
    changed = report.replace(
        {RECEIVED: 80, "requests.granted.total": None, "disclosure.fees.change": Cell.invalid("约")}
    )
    differences = {one.id for one, other in zip(report.cells(), changed.cells(), strict=True) if one != other}
    assert differences == {RECEIVED, "requests.granted.total", "disclosure.fees.change"}
    assert changed["requests.granted.total"].state is State.BLANK
    assert report[RECEIVED] == Cell.of(79)  # the report itself is as it was
    assert evolve(changed, disclosure=report.disclosure, requests=report.requests) == report
    assert report.replace({}) == report


@given(reports(), st.data())
def test_what_was_replaced_can_be_put_back(report: Report, data: st.DataObject) -> None:
    cell_id = data.draw(st.sampled_from([one.id for one in report.cells()]))
    assert report.replace({cell_id: None}).replace({cell_id: report[cell_id]}) == report


def test_a_number_in_another_unit_must_say_which() -> None:
    """12 in the place of 184719元 could be yuan or the form's 万元."""
    report = Report.of("2021", {"disclosure.fees.amount": Cell.of(Decimal(184719), "元"), RECEIVED: Cell.of(3, "件")})
    with pytest.raises(ModelError) as raised:
        report.replace({"disclosure.fees.amount": 12})
    assert (raised.value.code, raised.value.cell) == ("unit-needed", "disclosure.fees.amount")
    yuan = Cell.of(Decimal(12), "元")
    assert report.replace({"disclosure.fees.amount": yuan})["disclosure.fees.amount"] == yuan
    assert report.replace({"disclosure.fees.amount": None})["disclosure.fees.amount"] == Cell.blank()
    assert report.replace({RECEIVED: 4})[RECEIVED] == Cell.of(4, "件")  # the form's own unit, as it was written


def test_a_suggestion_is_applied_and_the_report_adds_up() -> None:
    report = gipa_reports.parse(TEXT.replace("\t38\t", "\t36\t", 1))
    finding = check(report).findings[0]
    for suggestion in (finding.suggestion, finding.edits[0]):
        mended = report.apply(suggestion)
        assert mended == gipa_reports.parse(TEXT)
    assert check(mended).findings == ()
    with pytest.raises(ModelError) as raised:
        report.apply(None)
    assert raised.value.code == "no-suggestion"


def test_a_table_is_replaced_too() -> None:
    table = Requests.of("2021", {"received.total": 3})
    assert table.replace({"received.total": 4, "granted.total": None}) == Requests.of(
        "2021", {"received.total": 4, "granted.total": None}
    )
    with pytest.raises(UnknownIdError):
        table.replace({"received.sum": 4})


# --- rows -----------------------------------------------------------------------------------------------------------


def test_a_row_is_a_mapping() -> None:
    row = gipa_reports.parse(SUBDISTRICT).requests.received
    assert row["total"] == row.total == Cell.of(47)
    assert row.keys() == (
        "natural_person",
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other",
        "total",
    )
    assert row.items()[0] == ("natural_person", Cell.of(38))
    assert dict(row) == dict(row.items())
    assert "total" in row
    assert "totl" not in row
    assert Cell.of(47) in row
    assert Cell.blank() not in row
    assert len(row) == len(list(row)) == 7
    assert row.id == "requests.received"
    with pytest.raises(UnknownIdError, match=r"did you mean 'received\.total'"):
        row["totl"]
    with pytest.raises(WrongTypeError):
        row[0]  # type: ignore[index]


def test_a_group_is_a_mapping_of_its_cells() -> None:
    group = gipa_reports.parse(SUBDISTRICT).requests.denied
    assert group["third_party_rights.total"] == Cell.of(3)
    assert len(group) == len(list(group)) == len(group.items()) == 56
    with pytest.raises(UnknownIdError, match="is a row, not a cell"):
        group["third_party_rights"]


def test_the_row_with_a_column_called_items_has_its_column() -> None:
    disclosure = gipa_reports.parse(BUREAU).disclosure
    assert disclosure.edition == "2019"
    assert disclosure.procurement.items == Cell.of(14)
    assert list(dict(disclosure.procurement)) == ["items", "amount"]


def test_completions_are_the_keys() -> None:
    reading = read(SUBDISTRICT)
    report = reading.raise_for_error()
    found: Any
    for found in (report, report.requests, report.requests.received, report.requests.denied, reading.locations):
        keys = found._ipython_key_completions_()
        assert keys
        assert all(found[key] is not None for key in keys)


# --- labels ---------------------------------------------------------------------------------------------------------


def test_labels_are_the_words_of_the_form() -> None:
    requests = gipa_reports.parse(SUBDISTRICT).requests
    assert requests.label() == "收到和处理政府信息公开申请情况"
    assert requests.received.label("zh") == "一、本年新收政府信息公开申请数量"
    assert requests.denied.label() == "三、本年度办理结果·（三）不予公开"
    assert requests.denied.state_secret.label() == "三、本年度办理结果·（三）不予公开·1.属于国家秘密"
    assert requests.received.labels()["business"] == "法人或其他组织·商业企业"
    assert next(iter(requests.denied.labels().items())) == ("state_secret", "1.属于国家秘密")
    assert requests.cells()[1].label() == "一、本年新收政府信息公开申请数量·法人或其他组织·商业企业"


def test_labels_in_english() -> None:
    requests = gipa_reports.parse(SUBDISTRICT).requests
    assert requests.label("en") == "Requests received and processed"
    assert requests.denied.state_secret.label("en") == "Results of this year·Denied·State secrets"
    assert requests.received.labels("en")["business"] == "Organisations·Businesses"
    assert requests.cells()[1].label("en") == "Received this year·Organisations·Businesses"


def test_english_has_a_word_for_each_label_and_no_other() -> None:
    rows = {f"{layout.table}.{row.id}" for layout in FORMS.values() for row in layout.rows}
    columns = {f"{one.table}.{column.id}" for one in FORMS.values() for block in one.blocks for column in block.columns}
    assert rows == ROWS_EN.keys()
    assert columns == COLUMNS_EN.keys()
    assert {layout.table for layout in FORMS.values()} == TABLES_EN.keys()
    needed = {span for layout in FORMS.values() for row in layout.rows for span in row.spans}
    needed |= {block.head.terminal for layout in FORMS.values() for block in layout.blocks if block.head is not None}
    needed |= {column.span for one in FORMS.values() for block in one.blocks for column in block.columns} - {""}
    assert needed == SPANS_EN.keys()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_cell_has_a_label_of_its_own(lang: Any) -> None:
    for layout in FORMS.values():
        labels = [cell_caption(layout, row, one, lang) for row in layout.rows for one in layout.columns_of[row.id]]
        assert len(set(labels)) == len(labels)


# --- sums of groups -------------------------------------------------------------------------------------------------


def test_a_subtotal_adds_up_a_group() -> None:
    reading = read(SUBDISTRICT)
    found = reading.raise_for_error().requests.denied.subtotal("total", reading)
    assert (found.value, found.known, found.without, found.codes) == (7, 7, (), ())
    assert len(found.cells) == 8
    assert str(found) == "7"


def test_a_subtotal_with_a_blank_is_not_known() -> None:
    report = gipa_reports.parse(SUBDISTRICT).replace({"requests.denied.third_party_rights.total": None})
    found = report.requests.denied.subtotal("total")
    assert (found.value, found.known) == (None, 4)
    assert found.without == ("requests.denied.third_party_rights.total",)
    assert found.codes is None  # nobody knows, without the reading
    assert str(found) == "4 + ? (1 of 8 cells have no figure)"


def test_a_subtotal_shows_what_is_in_doubt() -> None:
    text = TEXT.replace("4.保护第三方合法权益\t", "4.保护第三方合法权益\t\t", 1)
    reading = read(text)
    report = reading.report
    assert report is not None
    codes = reading.codes("requests.denied.third_party_rights.total")
    assert codes
    assert report.requests.denied.subtotal("total", reading).codes == codes
    added = gipa_reports.aggregate([reading], "propagate")
    assert isinstance(added, Aggregate)
    assert added.report.requests.denied.subtotal("total", added).codes == codes


def test_a_subtotal_of_different_units_is_not_known() -> None:
    report = gipa_reports.parse(SUBDISTRICT).replace({"requests.denied.third_party_rights.total": Cell.of(3, "人次")})
    found = report.requests.denied.subtotal("total")
    assert (found.value, found.known, found.without) == (None, None, ())
    assert str(found) == "? (units differ)"


def test_a_subtotal_of_a_row_is_its_cell_so_that_both_editions_are_asked_alike() -> None:
    for path in (SUBDISTRICT, BUREAU):
        assert gipa_reports.parse(path).requests.other.subtotal("total").value is not None
    assert gipa_reports.parse(BUREAU).requests.other.subtotal("total").value == 3
    with pytest.raises(UnknownIdError):
        gipa_reports.parse(BUREAU).requests.other.subtotal("sum")


# --- prose ----------------------------------------------------------------------------------------------------------


def test_sections_are_gone_through_with_their_text() -> None:
    sections = Sections(overview=Section(("甲", "乙")), problems=Section(("丙",)))
    assert [section.text for section in sections] == ["甲\n乙", "丙"]
    assert [name for name, _ in sections.items()] == ["overview", "problems"]
    assert sections.text == "甲\n乙\n\n丙"
    assert Sections().text == ""
    assert bool(Sections())  # a report without prose still has its sections


# --- strict ---------------------------------------------------------------------------------------------------------


def test_strict_raises_where_a_figure_is_in_doubt() -> None:
    assert gipa_reports.parse(SHIFTED)["requests.granted.total"] == Cell.of(18)
    with pytest.raises(DoubtfulError) as raised:
        gipa_reports.parse(SHIFTED, strict=True)
    error = raised.value
    assert isinstance(error, ParseError)
    assert error.codes == ("position-lost",)
    assert len(error.cells) == 7
    assert error.line == 49
    again = pickle.loads(pickle.dumps(error))
    assert (again.codes, again.cells, str(again)) == (error.codes, error.cells, str(error))
    assert "position-lost" in error.sentence("zh")


def test_strict_takes_what_is_plain_and_what_touches_no_figure() -> None:
    assert gipa_reports.parse(SUBDISTRICT, strict=True) == gipa_reports.parse(SUBDISTRICT)
    said = read(SUBDISTRICT, agency="云湖市城市管理局").diagnostics
    assert [(one.code, one.cells) for one in said] == [("hint-differs", ())]
    gipa_reports.parse(SUBDISTRICT, agency="云湖市城市管理局", strict=True)


def test_a_reading_raises_what_parse_does() -> None:
    with pytest.raises(ParseError) as raised:
        read("今天下午，文化馆举办书法展览。").raise_for_error()
    assert raised.value.code == "not-a-report"
    assert read(SHIFTED).raise_for_error() == gipa_reports.parse(SHIFTED)
    with pytest.raises(DoubtfulError):
        read(SHIFTED).raise_for_error(strict=True)


# --- rules of one's own ---------------------------------------------------------------------------------------------


def always(code: str, name: str = "always") -> Rule:
    def found(rule: Rule, subject: Subject) -> list[Outcome]:
        """Always something."""
        return [rule.failed("here", [RECEIVED], "甲。", f"{name}.")]

    return Rule(code, name, found, severity=FindingSeverity.HINT)


def test_a_rule_of_ones_own_runs_without_being_registered() -> None:
    result = check(read(SUBDISTRICT), rules=[always("X1")])
    assert [finding.code for finding in result.findings] == ["X1"]
    assert result.rules[-1] == "X1"
    assert check(read(SUBDISTRICT), rules=always("X1")) == result
    assert "hint X1 always" in result.to_text()
    assert "X1 always" in result.to_html()
    assert "X1 always" in result.of("X")._repr_html_()
    assert check(read(SUBDISTRICT)).findings == ()


def test_a_rule_that_is_written_anew_is_the_one_that_runs() -> None:
    """As in a notebook, where the cell is run again: two rules of one code are equal."""
    first, second = always("X1", "first"), evolve(always("X1", "second"), name="first")
    assert first == second
    said = [check(read(SUBDISTRICT), rules=[rule]).findings[0].message() for rule in (first, second)]
    assert said == ["first.", "second."]


def test_select_and_ignore_are_about_ones_own_rules_too() -> None:
    report = gipa_reports.parse(SUBDISTRICT)
    assert check(report, rules=[always("X1"), always("X2")], select="X").rules == ("X1", "X2")
    assert check(report, rules=[always("X1"), always("X2")], select=["X", "A101"], ignore="X2").rules == ("A101", "X1")
    with pytest.raises(CheckError):
        check(report, select="X")


@pytest.mark.parametrize("codes", [("A101",), ("X1", "X1")])
def test_a_rule_needs_a_code_of_its_own(codes: tuple[str, ...]) -> None:
    with pytest.raises(CheckError) as raised:
        check(gipa_reports.parse(SUBDISTRICT), rules=[always(code) for code in codes])
    assert raised.value.code == "rule-clash"
    with pytest.raises(WrongTypeError):
        check(gipa_reports.parse(SUBDISTRICT), rules=[str])  # type: ignore[list-item]


# --- results --------------------------------------------------------------------------------------------------------

DRAFT = TEXT.replace("\t38\t", "\t36\t", 1)


def test_a_result_is_a_text_a_page_and_a_frame() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    result = check(read(DRAFT))
    text = result.to_text("zh", source="草稿.txt")
    assert text.startswith("草稿.txt · 青山区临江街道办事处 2023\n")
    assert "建议：" in text
    assert str(result) == result.to_text("en")
    assert result.to_html("zh").startswith("<!DOCTYPE html>")
    frame = result.to_frame("zh")
    assert frame["code"].tolist() == ["A101", "A103"]
    assert frame["suggestion"].tolist() == ["requests.received.natural_person=38"] * 2
    assert frame["expected"].tolist() == ["38", "45"]
    assert frame["message"][0] == result.findings[0].message("zh")
    assert str(result.findings[0]) == result.findings[0].message()


def test_a_result_of_a_report_alone_and_a_part_of_one_can_be_shown() -> None:
    result = check(gipa_reports.parse(DRAFT))
    assert "A101" in result.to_text()
    assert "A103" not in result.of("A101").to_text().partition("could not")[0].replace("A103 applicants", "")
    assert check(gipa_reports.parse(TEXT)).to_text().count("\n") >= 2


def test_an_empty_frame_has_its_columns() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = check(read(SUBDISTRICT)).to_frame(library="polars")
    assert frame.height == 0
    assert frame.schema["message"] == polars.String


def test_a_result_that_check_did_not_make_says_so() -> None:
    result = CheckResult(outcomes=(Outcome(code="A101", instance="total", status=Status.PASSED),), rules=("A101",))
    with pytest.raises(CheckError) as raised:
        result.to_text()
    assert raised.value.code == "no-report"
    assert str(result) == repr(result)
    assert result == CheckResult(outcomes=result.outcomes, rules=result.rules)


# --- frames in the form's layout ------------------------------------------------------------------------------------


def test_a_table_is_a_frame_in_the_layout_of_the_form() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = gipa_reports.parse(SUBDISTRICT).requests.to_frame()
    assert frame.shape == (25, 8)
    columns: list[Any] = frame.columns.to_list()
    assert columns[:2] == [("自然人", ""), ("法人或其他组织", "商业企业")]
    assert frame.index[0] == ("一、本年新收政府信息公开申请数量", "", "")
    assert frame.index[4] == ("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密")
    assert frame["总计"].tolist()[:3] == [47, 3, 18]
    assert frame["总计"].dtype == pandas.Int64Dtype()
    assert set(frame["备注"]) == {""}


def test_the_layout_is_merged_in_a_workbook_as_in_the_form(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    gipa_reports.parse(SUBDISTRICT).requests.to_frame().to_excel(tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    merged = {sheet[str(cells).partition(":")[0]].value: str(cells) for cells in sheet.merged_cells.ranges}
    assert merged["法人或其他组织"] == "E1:I1"
    assert merged["（三）不予公开"] == "B8:B15"


def test_what_the_numbers_do_not_show_stands_beside_them() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    reading = read(BUREAU)
    frame = reading.raise_for_error().disclosure.to_frame("en", reading=reading)
    amount = frame["Amount"].tolist()
    assert amount[-1] == Decimal("160.5")
    assert all(pandas.isna(value) for value in amount[:-1])
    notes = frame["notes"].tolist()
    assert notes[-1] == "Amount: 160.5万元"
    assert notes[0].startswith("Newly made this year: not applicable /; ")
    assert notes[3] == "Decisions: blank"
    shifted = read(SHIFTED)
    noted = shifted.raise_for_error().requests.to_frame(reading=shifted)["备注"].iloc[0]
    assert noted.startswith("自然人：不是数字 36x")
    assert noted.count("position-lost") == 7
    assert "position-lost" not in shifted.raise_for_error().requests.to_frame()["备注"].iloc[0]


def test_a_number_that_no_column_holds_is_missing_and_named() -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    pytest.importorskip("pandas", reason="pandas is not installed")
    report = Report.of("2021", {RECEIVED: 2**63})
    for frame in (report.requests.to_frame(), report.requests.to_frame(library="polars").to_pandas()):
        assert "value-out-of-range" in frame["备注"].iloc[0]
        assert frame["总计"].isna().all()


def test_the_layout_in_polars() -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    frame = gipa_reports.parse(BUREAU).proceedings.to_frame(library="polars")
    assert frame.columns == ["项目", "项目2", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "备注"]
    assert frame.row(0) == ("行政复议", "", 5, 1, 0, 2, 8, "")
    assert gipa_reports.parse(BUREAU).disclosure.to_frame(library="polars")["采购总金额"][-1] == Decimal("160.5")
    with pytest.raises(ModelError) as raised:
        gipa_reports.parse(BUREAU).proceedings.to_frame(library="numpy")  # type: ignore[call-overload]
    assert raised.value.code == "bad-library"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    report = gipa_reports.parse(SUBDISTRICT)
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    for attempt in (
        lambda: report.requests.to_frame(),
        lambda: report.requests.to_frame(library="polars"),
        lambda: check(report).to_frame(),
    ):
        with pytest.raises(MissingExtraError, match="gipa-reports"):
            attempt()


# --- folders --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "report.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.txt").write_text("今天下午，文化馆举办书法展览。", "utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "d.zip").write_bytes(b"PK\x03\x04" + bytes(40))
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("in.txt", TEXT)
    return tmp_path


def test_a_folder_is_read_one_by_one_and_nothing_ends_it(folder: Path) -> None:
    found = {Path(source).relative_to(folder).as_posix(): reading for source, reading in read_folder(folder)}
    assert list(found) == ["a.txt", "b/report.txt", "d.zip", "e.zip/in.txt"]
    codes = [None if reading.error is None else reading.error.code for reading in found.values()]
    assert codes == ["not-a-report", None, "bad-archive", None]
    report = found["b/report.txt"].report
    assert report == found["e.zip/in.txt"].report == gipa_reports.parse(TEXT)
    for reading in found.values():
        assert reading.error is None or reading.error.sentence("zh") != reading.error.sentence("en")


def test_files_that_are_no_documents_come_when_asked_for(folder: Path) -> None:
    found = {Path(source).name: reading for source, reading in read_folder(str(folder), passed_over=True)}
    error = found["c.png"].error
    assert isinstance(error, ReadError)
    assert error.code == "passed-over"
    assert found["c.png"].report is None


def test_a_folder_is_read_lazily(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_so_far: list[str | None] = []
    from gipa_reports.corpus import lazily

    def counted(content: Any, *, limits: Any, name: str | None) -> Reading:
        read_so_far.append(name)
        return Reading(None)

    monkeypatch.setattr(lazily, "read_safely", counted)
    readings = read_folder([folder / "a.txt", folder / "b"])
    assert read_so_far == []
    next(readings)
    assert len(read_so_far) == 1


def test_what_is_wrong_with_the_inputs_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScanError):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(ScanError):
        read_folder(tmp_path)  # there is nothing in it


def test_a_finding_is_its_sentence() -> None:
    finding = Finding(code="X1", severity=FindingSeverity.HINT, instance="", cells=(), zh="甲。", en="One.")
    assert f"{finding}" == "One."


def test_disclosure_has_no_form_cell_for_each_column() -> None:
    """The frame of 二 has the columns of all its items; where the form has no cell there is nothing to note."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = Disclosure.of("2021", {}, default=Cell.of(0)).to_frame()
    assert frame.shape == (6, 6)
    assert set(frame["备注"]) == {""}
    assert int(frame.drop(columns="备注").notna().sum().sum()) == len(form("disclosure", "2021").cell_ids)
