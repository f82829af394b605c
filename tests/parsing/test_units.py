"""A unit stated around a figure is part of it: in the report, in what is rendered of it, in sums and comparisons."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from attrs import evolve

import places
from gipa_reports import (
    Cell,
    CheckError,
    FormatName,
    Reading,
    Report,
    Section,
    Status,
    UnknownRow,
    aggregate,
    check,
    compare,
    parse,
    read,
    render,
    to_arrow,
)
from gipa_reports.renderers import FORMATS
from places import ROOT

SAMPLE = places.SAMPLE.read_text("utf-8")
BUREAU = (ROOT / "examples" / "city_bureau_2020.md").read_text("utf-8")
HEADING = "本年收费金额（单位：万元）"
SECTION = "二、主动公开政府信息情况\n"
FEES = "disclosure.fees.amount"
COUNT = {"disclosure": "licensing.decisions", "requests": "received.total"}
"""Table → a count in it."""


def changed(old: str, new: str, text: str = SAMPLE) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def fees(amount: str, unit: str = "万元") -> str:
    """The sample with an amount of fees below a heading that says the unit."""
    return changed("160.50", amount, changed(HEADING, f"本年收费金额（单位：{unit}）"))


def report(reading: Reading) -> Report:
    assert reading.report is not None
    return reading.report


# --- read ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADING, "本年收费金额（单位：元）"),
        (HEADING, "本年收费金额/元"),
        ("行政事业性收费", "行政事业性收费（元）"),
        ("第二十条第（八）项", "第二十条第（八）项（单位：元）"),
        ("160.50\t\t\n", "160.50\t\t\n注：收费金额单位为元\t\t\t\n"),
        (SECTION, f"{SECTION}\n金额单位：元\n"),
        (SECTION, f"{SECTION}\n单位：件、元\n"),
        (SECTION, f"{SECTION}\n（以元为单位）\n"),
        (SECTION, f"{SECTION}\n表中金额单位均为元。\n"),
        (SECTION, f"{SECTION}\n單 位：元（人民币）\n"),
        (SECTION, f"{SECTION}\n（金额：元）\n"),
        (SECTION, SECTION.replace("\n", "（单位：元）\n")),
    ],
)
def test_a_unit_around_the_amount_is_the_cells(old: str, new: str) -> None:
    reading = read(changed("160.50", "18500", changed(old, new)))
    assert report(reading)[FEES] == Cell.of(Decimal(18500), "元")
    assert reading.codes(FEES) == ("unit-differs",)
    (problem,) = reading.diagnostics if "注" not in new else reading.diagnostics[:1]
    assert (problem.expected, problem.found) == ("万元", "元")
    assert reading.locations[FEES].text == "18500"


@pytest.mark.parametrize(
    "line", ["", "金额单位：万元", "单位：件", "本单位元旦期间安排专人值班。", "各单位：元月起执行。", "（元旦）"]
)
def test_the_unit_of_the_form_is_left_to_the_form(line: str) -> None:
    reading = read(changed(SECTION, f"{SECTION}\n{line}\n"))
    assert report(reading)[FEES] == Cell.of(Decimal("160.50"))
    assert reading.diagnostics == ()


@pytest.mark.parametrize("unit", ["百万元", "万美元", "十万元", "元/千元"])
def test_a_unit_that_no_cell_has_or_several_are_flagged_and_not_stored(unit: str) -> None:
    reading = read(fees("18500", unit))
    assert report(reading)[FEES] == Cell.of(Decimal(18500))
    assert reading.codes(FEES) == ("unit-differs",)


@pytest.mark.parametrize(
    ("heading", "unit", "codes"),
    [
        ("采购总金额", None, ()),
        ("采购总金额（万元）", "万元", ()),
        ("采购总金额（单位：元）", "元", ()),
        ("采购总金额（百万元）", None, ("unit-differs",)),
    ],
)
def test_where_the_form_has_no_unit_the_one_that_is_stated_counts(
    heading: str, unit: str | None, codes: tuple[str, ...]
) -> None:
    reading = read(changed("160.5万元", "160.5", changed("采购总金额", heading, BUREAU)))
    assert report(reading)["disclosure.procurement.amount"] == Cell.of(Decimal("160.5"), unit)
    assert reading.codes("disclosure.procurement.amount") == codes


@pytest.mark.parametrize(
    ("section", "table"),
    [("二、主动公开政府信息情况\n", "disclosure"), ("三、收到和处理政府信息公开申请情况\n", "requests")],
)
def test_counts_in_hundreds_are_flagged_and_never_stored(section: str, table: str) -> None:
    plain = parse(SAMPLE)
    assert read(changed(section, f"{section}\n单位：件\n")).diagnostics == ()
    for line in ("单位: 百 件", "（百件）", "以百件为计量单位"):
        assert "unit-differs" in read(changed(section, f"{section}\n{line}\n")).codes(f"{table}.{COUNT[table]}")
    reading = read(changed(section, f"{section}\n单位：百件\n"))
    assert report(reading).tables == plain.tables
    (problem,) = reading.diagnostics
    assert (problem.code, problem.expected, problem.found, problem.table) == ("unit-differs", "件", "百件", table)
    counts = {figure.id for figure in plain.cells() if figure.table == table and type(figure.value) is int}
    assert set(problem.cells) == counts


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [
        ("第三项加第四项之和）", "第三项加第四项之和）单位：百件", "requests"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况（单位：百件）", "requests"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议、行政诉讼情况 单位：百件", "proceedings"),
    ],
)
def test_counts_in_hundreds_above_a_table_are_those_of_that_table(old: str, new: str, table: str) -> None:
    reading = read(changed(old, new))
    plain = parse(SAMPLE)
    flagged = {figure.id for figure in plain.cells() if "unit-differs" in reading.codes(figure.id)}
    assert flagged == {figure.id for figure in plain.cells() if figure.table == table and figure.value is not None}


def test_the_unit_of_a_row_that_the_form_does_not_have_is_its_own() -> None:
    reading = read(changed("160.50\t\t\n", "160.50\t\t\n其中代收的押金（单位：元）\t9000\t\t\n"))
    assert report(reading)[FEES] == Cell.of(Decimal("160.50"))


# --- rendered --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", [fees("18500", "元"), changed("采购总金额", "采购总金额（万元）", BUREAU)])
def test_what_is_rendered_says_the_unit_and_reads_back_equal(format: FormatName, text: str) -> None:
    original = parse(text)
    rendered = render(original, format)
    if isinstance(rendered, str):
        assert ("18500元" if "18500" in text else "160.5万元") in rendered
    assert parse(rendered, format=format) == original


NOTES = tuple(
    UnknownRow(cells)
    for cells in (("注：单位为元",), ("注：单位", "元"), ("单位：千元", "'单位：元"), ("单位：", "'注", "元"))
)


@pytest.mark.parametrize("format", FORMATS)
def test_a_line_or_note_that_states_another_unit_than_the_report_is_no_statement(format: FormatName) -> None:
    """The report was built by hand: its amount is in the form's unit, whatever its prose says."""
    plain = parse(SAMPLE)
    built = evolve(
        plain,
        sections=evolve(plain.sections, disclosure=Section(("单位：元", "\\单位：元", "单位：万元", "单位：百件"))),
        disclosure=evolve(plain.disclosure, unknown=NOTES),
    )
    assert parse(render(built, format), format=format) == built


# --- in frames -------------------------------------------------------------------------------------------------------


def test_a_row_below_another_heading_is_not_taken_for_the_same() -> None:
    texts = [fees("18500"), fees("18500", "元"), fees("18500"), fees("18500", "元")]
    for reports in ([read(text) for text in texts], [parse(text) for text in texts]):
        rows = [row for row in to_arrow(reports).to_pylist() if row["cell"] == FEES]
        assert [row["unit"] for row in rows] == [None, "元", None, "元"]
        assert {row["amount"] for row in rows} == {Decimal(18500)}


# --- added up --------------------------------------------------------------------------------------------------------

YUAN, TEN_THOUSAND = fees("18500", "元"), fees("1.85")
"""The same amount, in two units."""


@pytest.mark.parametrize("look", [read, parse])
def test_amounts_in_different_units_are_not_added_unasked(look: Callable[[str], Reading | Report]) -> None:
    units = {"甲": look(YUAN), "乙": look(TEN_THOUSAND)}
    with pytest.raises(CheckError, match=r"disclosure\.fees\.amount is in different units") as caught:
        aggregate(units, "zero")
    assert caught.value.code == "mixed-units"
    assert caught.value.found == "甲: 18500元, 乙: 1.85"
    assert FEES in aggregate(units, "propagate").unknown


@pytest.mark.parametrize("look", [read, parse])
def test_amounts_are_converted_on_request(look: Callable[[str], Reading | Report]) -> None:
    total = aggregate({"甲": look(YUAN), "乙": look(TEN_THOUSAND)}, "zero", convert=True)
    assert total.report[FEES] == Cell.of(Decimal("3.7000"))
    assert [part.cell.text for part in total.parts(FEES)] == ["18500元", "1.85"]
    alike = aggregate({"甲": look(YUAN), "乙": look(YUAN)}, "zero", convert=True)
    assert alike.report[FEES] == Cell.of(Decimal(37000), "元")


def test_where_the_form_has_no_unit_a_converted_sum_says_its_own() -> None:
    def bought(amount: str) -> Reading:
        return read(changed("160.5万元", amount, BUREAU))

    cell_id = "disclosure.procurement.amount"
    units = {"甲": bought("5000元"), "乙": bought("0.03亿元"), "丙": bought("2千元")}
    assert aggregate(units, "propagate", convert=True).report[cell_id] == Cell.of(Decimal("300.7"), "万元")
    units["丁"] = bought("7")
    with pytest.raises(CheckError, match="procurement"):
        aggregate(units, "zero", convert=True)


@pytest.mark.parametrize("unit", ["百万元", "元/千元"])
def test_an_amount_in_a_unit_that_is_not_known_is_never_added(unit: str) -> None:
    for convert in (False, True):
        with pytest.raises(CheckError) as caught:
            aggregate({"甲": read(fees("2", unit)), "乙": read(TEN_THOUSAND)}, "zero", convert=convert)
        assert caught.value.code == "mixed-units"


def test_counts_in_hundreds_are_not_added() -> None:
    section = "三、收到和处理政府信息公开申请情况\n"
    hundreds = read(changed(section, f"{section}\n单位：百件\n"))
    with pytest.raises(CheckError, match=r"requests\.received\.natural_person is in different units"):
        aggregate({"甲": hundreds, "乙": read(SAMPLE)}, "zero", convert=True)


def test_a_rule_of_sums_passes_no_amount_in_another_unit() -> None:
    def status(own: str, *units: str) -> Status:
        children = {str(number): read(text) for number, text in enumerate(units)}
        (outcome,) = [o for o in check(read(own), children=children, select="H101").outcomes if o.instance == FEES]
        return outcome.status

    assert status(fees("37000", "元"), YUAN, YUAN) is Status.PASSED
    assert status(fees("3.70"), TEN_THOUSAND, TEN_THOUSAND) is Status.PASSED
    assert status(fees("18501.85"), YUAN, TEN_THOUSAND) is Status.UNDECIDED
    assert status(fees("37000"), YUAN, YUAN) is Status.UNDECIDED
    assert status(fees("4"), fees("2", "百万元"), fees("2")) is Status.UNDECIDED


def test_the_fees_of_the_prose_are_not_set_against_another_unit() -> None:
    """Told in words as 1.85万元: in the heading's 百万元 nothing can be said of it."""
    prose = "五、存在的主要问题及改进情况\n"
    for unit, status in (("万元", Status.PASSED), ("元", Status.UNDECIDED), ("百万元", Status.UNDECIDED)):
        text = changed(prose, f"{prose}\n行政事业性收费1.85万元。\n", fees("1.85", unit))
        (outcome,) = check(read(text), select="N301").outcomes
        assert outcome.status is status


# --- compared --------------------------------------------------------------------------------------------------------


def test_a_change_of_the_unit_is_a_change() -> None:
    (change,) = compare(read(fees("18500")), read(YUAN)).cells
    assert (change.cell, change.before, change.after) == (
        FEES,
        Cell.of(Decimal(18500)),
        Cell.of(Decimal(18500), "元"),
    )
    assert (change.before_codes, change.after_codes) == ((), ("unit-differs",))
