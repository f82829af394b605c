"""The registry, plug-ins, bad input, adding up and comparing."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib.metadata import EntryPoint

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import (
    Cell,
    CheckError,
    Disclosure,
    GipaError,
    Outcome,
    Proceedings,
    Report,
    Requests,
    Rule,
    Section,
    Sections,
    Status,
    UnknownIdError,
    WrongTypeError,
    aggregate,
    check,
    compare,
    read,
    render,
)
from gipa_reports.checks import RULES, find_rule, registry, rule_page, rules_page
from gipa_reports.checks.subject import Subject, same_agency
from gipa_reports.memo import forget_memos
from gipa_reports.report import State
from gipa_reports.template import Edition
from gipa_reports.testing import consistent_reports, reports
from places import ROOT

ZERO = Cell.of(0)


def unit(
    agency: str | None = "青山区甲局",
    year: int | None = 2023,
    edition: Edition = "2021",
    **figures: Cell | int | Decimal | None,
) -> Report:
    """A report of zeros with some figures, given as ``table__row__column``."""
    tables: dict[str, dict[str, Cell | int | Decimal | None]] = {"disclosure": {}, "requests": {}, "proceedings": {}}
    for name, value in figures.items():
        table, _, rest = name.partition("__")
        tables[table][rest.replace("__", ".")] = value
    amount = {"2021": "fees.amount", "2019": "procurement.amount"}[edition]
    return Report(
        Disclosure.of(edition, {amount: Decimal(0), **tables["disclosure"]}, default=ZERO),
        Requests.of(edition, tables["requests"], default=ZERO),
        Proceedings.of(edition, tables["proceedings"], default=ZERO),
        agency=agency,
        year=year,
    )


# --- the registry --------------------------------------------------------------------------------------------------


def test_codes_and_names_are_promises() -> None:
    """Codes are added, never renamed."""
    assert {rule.code: rule.name for rule in RULES.values()} == {
        "A101": "column-balance",
        "A102": "results-add-up",
        "A103": "applicants-add-up",
        "A201": "outcomes-add-up",
        "A301": "balance-within-reach",
        "A302": "results-within-total",
        "A303": "applicants-within-total",
        "A304": "outcomes-within-total",
        "A305": "bounds-agree",
        "C101": "section-missing",
        "C102": "table-missing",
        "C103": "row-missing",
        "C104": "column-missing",
        "C105": "total-blank",
        "C106": "not-a-figure",
        "C107": "row-unknown",
        "C108": "cells-blank",
        "C109": "part-missing",
        "C110": "parts-out-of-order",
        "C111": "headings-out-of-order",
        "C201": "year-in-body",
        "C202": "agency-in-body",
        "C301": "problems-empty",
        "C302": "edition-out-of-date",
        "C303": "improvement-unnamed",
        "C304": "overview-long",
        "C305": "fees-unstated",
        "N101": "stated-received",
        "N102": "stated-carried-in",
        "N103": "stated-answered",
        "N104": "stated-results",
        "N105": "stated-carried-out",
        "N201": "stated-reconsideration",
        "N202": "stated-litigation",
        "N203": "stated-outcomes",
        "N301": "stated-fees",
        "N302": "amount-unit",
        "N401": "stated-documents",
        "N402": "stated-decisions",
        "N501": "stated-year",
        "Y101": "carried-over",
        "Y102": "in-force-flow",
        "Y103": "prose-repeated",
        "Y104": "figure-jumped",
        "H101": "unit-sum",
        "H102": "unit-missing",
        "P101": "township-regulations",
        "P102": "decisions-are-items",
        "P103": "share-above-one",
        "P104": "negative-count",
        "P105": "prose-shared",
    }
    assert all(code == rule.code for code, rule in RULES.items())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_page(code: str) -> None:
    docs = RULES[code].docs
    assert docs.splitlines()[0].endswith(".")
    for part in ("**Why.**", "**Example.**", "**Clause.**"):
        assert docs.count(part) == 1
    assert f"### {code} `{RULES[code].name}`" in rule_page(RULES[code])


def test_the_page_of_rules_is_current() -> None:
    """Else: ``python -m gipa_reports.checks > docs/rules.md``."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rules_page()


def codes(*, select: object = None, ignore: object = None) -> tuple[str, ...]:
    return check(unit(), select=select, ignore=ignore).rules  # type: ignore[arg-type]


def test_select_and_ignore_by_prefix() -> None:
    assert codes(select="A101") == ("A101",)
    assert codes(select="A1") == ("A101", "A102", "A103")
    assert codes(select="A", ignore=("A1", "A3")) == ("A201",)
    assert codes(select=("N2", "A2")) == ("A201", "N201", "N202", "N203")
    assert codes(select="N2, A2") == codes(select=("N2", "A2"))
    assert codes() == tuple(RULES)
    assert codes(ignore=("C", "N", "Y", "H", "P")) == codes(select="A")
    assert codes(select="P", ignore="P101") == ("P102", "P103", "P104", "P105")
    assert codes(select=()) == ()


@pytest.mark.parametrize("prefix", ["X", "A9", "a101", "", "A101x"])
@pytest.mark.parametrize("how", ["select", "ignore"])
def test_an_unknown_prefix_names_the_known_ones(prefix: str, how: str) -> None:
    with pytest.raises(CheckError) as caught:
        codes(**{how: (prefix,)})
    assert caught.value.code == "unknown-rule"
    assert caught.value.found == prefix
    assert caught.value.expected is not None
    assert {"A", "P", "A101", "P104"} <= set(caught.value.expected.split(", "))


def test_find_rule() -> None:
    assert find_rule("A101") is RULES["A101"]
    assert find_rule("column-balance") is RULES["A101"]
    with pytest.raises(UnknownIdError, match="no rule has the code 'Z1'"):
        find_rule("Z1")
    with pytest.raises(KeyError, match="did you mean 'column-balance'") as caught:
        find_rule("colum-balance")
    assert isinstance(caught.value, UnknownIdError)
    assert caught.value.sentence("zh") == "没有代码为“colum-balance”的规则；是否应为“column-balance”？"


# --- rules of other packages ---------------------------------------------------------------------------------------


def ours(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """A rule of another package."""
    yield rule.failed("x", ["requests.received.total"], "不行。", "No.")


def raising(rule: Rule, subject: Subject) -> Iterator[Outcome]:
    """Breaks after its first outcome."""
    yield rule.passed("first")
    raise KeyError("third")


def no_outcomes(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Gives what is no outcome."""
    return ["fine"]  # type: ignore[list-item]


XOURS = Rule("X101", "ours", ours)
XRAISES = Rule("X102", "raises", raising)
XWRONG = Rule("X103", "wrong", no_outcomes)
XSEVERAL = (XOURS, XRAISES)
XCLASH = Rule("A101", "mine", ours)
XNO_RULE = 7


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of this module that stand as entry points while the test runs."""
    names: list[str] = []

    def points() -> tuple[EntryPoint, ...]:
        return tuple(EntryPoint(name, f"{__name__}:{name}", registry.GROUP) for name in names)

    def forget() -> None:
        registry._plugins.cache_clear()
        forget_memos()

    monkeypatch.setattr(registry, "installed_plugins", points)
    forget()
    yield names
    forget()


def test_a_plugin_brings_its_rules(plugins: list[str]) -> None:
    plugins.append("XSEVERAL")
    result = check(unit(), select="X101")
    assert [(f.code, f.zh) for f in result.findings] == [("X101", "不行。")]
    assert check(unit()).rules[-2:] == ("X101", "X102")
    assert find_rule("ours") is XOURS


def test_a_rule_that_raises_is_an_outcome(plugins: list[str]) -> None:
    plugins += ["XRAISES", "XWRONG", "XOURS"]
    result = check(unit(), select="X")
    assert [(o.code, str(o.status), o.note) for o in result.outcomes] == [
        ("X102", "passed", ""),
        ("X102", "errored", "KeyError: 'third'"),
        ("X103", "errored", "TypeError: a rule gives Outcome, not str"),
        ("X101", "failed", ""),
    ]
    assert not result.complete


def test_a_plugin_that_can_not_be_loaded_is_an_outcome(plugins: list[str]) -> None:
    plugins += ["XNO_RULE", "XNOT_THERE"]
    errored = [o for o in check(unit()).outcomes if o.status is Status.ERRORED]
    assert [(o.code, o.note.partition(":")[0]) for o in errored] == [
        ("XNO_RULE", "TypeError"),
        ("XNOT_THERE", "AttributeError"),
    ]


def test_a_code_that_clashes_is_an_error(plugins: list[str]) -> None:
    plugins.append("XCLASH")
    with pytest.raises(CheckError, match=r"the rule mine of .* has the code of column-balance"):
        check(unit())


def test_the_group_of_entry_points() -> None:
    assert registry.GROUP == "gipa_reports.rules"
    assert registry.installed_plugins() == ()


# --- results -------------------------------------------------------------------------------------------------------


def test_nothing_found_is_not_nothing_checked() -> None:
    empty = Report(Disclosure.all_absent("2021"), Requests.all_absent("2021"), Proceedings.all_absent("2021"))
    result = check(empty, select="A")
    assert result.findings == ()
    assert len(result.unchecked) == len(result.outcomes) == 42
    good = check(unit(), select="A")
    assert good.findings == ()
    assert (good.unchecked, good.complete) == ((), True)
    assert good.counts()[Status.PASSED] == 42
    assert good.of("A2").rules == ("A201",)
    assert len(good.of("A2").outcomes) == 3


def test_results_pickle_and_compare() -> None:
    report = unit(requests__received__total=3)
    result = check(report)
    assert pickle.loads(pickle.dumps(result)) == result
    assert check(report) == result
    assert hash(result.findings[0]) == hash(check(report).findings[0])


def test_a_reading_is_judged_as_its_report() -> None:
    reading = read(render(unit(requests__received__total=3), "text"))
    assert reading.report is not None
    of_reading, of_report = check(reading, select="A"), check(reading.report, select="A")
    assert [(o.code, o.instance, o.status) for o in of_reading.outcomes] == [
        (o.code, o.instance, o.status) for o in of_report.outcomes
    ]
    assert of_reading.findings[0].operands[0].location is not None
    assert of_report.findings[0].operands[0].location is None


@settings(max_examples=40)
@given(reports(), st.booleans())
def test_checking_is_deterministic_and_never_raises(report: Report, with_more: bool) -> None:
    more = {"previous": evolve(report, year=None), "children": {"甲": report, "乙": None}} if with_more else {}
    everything = tuple("ACNYHP")
    result = check(report, select=everything, **more)  # type: ignore[arg-type]
    assert result == check(report, select=everything, **more)  # type: ignore[arg-type]
    assert [o for o in result.outcomes if o.status is Status.ERRORED] == []
    ids = {cell_id for table in report.tables for cell_id in table.form.cell_ids}
    for finding in result.findings:
        assert set(finding.cells) <= ids
        assert finding.zh != ""
        assert finding.en != ""


# --- bad input -----------------------------------------------------------------------------------------------------


def code_of(caught: pytest.ExceptionInfo[CheckError]) -> str:
    assert isinstance(caught.value, GipaError)
    assert isinstance(caught.value, ValueError)
    return caught.value.code


def test_what_is_no_report() -> None:
    with pytest.raises(WrongTypeError, match="use parse") as wrong:
        check("一、总体情况")  # type: ignore[arg-type]
    assert wrong.value.code == "not-a-report"
    with pytest.raises(CheckError) as caught:
        check(read("今天天气很好。"))
    assert (code_of(caught), caught.value.found) == ("no-report", "not-a-report")


@pytest.mark.parametrize("year", [2023, 2021, 2024])
def test_a_previous_report_of_another_year(year: int) -> None:
    with pytest.raises(CheckError) as caught:
        check(unit(), previous=unit(year=year))
    assert (code_of(caught), caught.value.expected, caught.value.found) == ("previous-year", "2022", str(year))


def test_a_previous_report_of_another_agency() -> None:
    with pytest.raises(CheckError) as caught:
        check(unit(), previous=unit("青山区乙局", 2022))
    assert (code_of(caught), caught.value.found) == ("previous-agency", "青山区乙局")


def test_what_is_not_known_is_no_contradiction() -> None:
    for previous in (unit(None, 2022), unit(year=None), unit("甲局", 2022), unit("青山区 甲局", 2022)):
        assert "Y101" in check(unit(), previous=previous).rules


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("青山区教育局", "教育局", True),
        ("市发改委", "云溪市发展和改革委员会", True),
        ("青山区教育局", "青山区 教育局", True),
        ("青山区教育局", "青山区民政局", False),
        ("青山区教育局", "白鹭县教育局", False),
    ],
)
def test_same_agency(a: str, b: str, same: bool) -> None:
    assert same_agency(a, b) is same
    assert same_agency(b, a) is same


def test_units_of_mixed_years() -> None:
    with pytest.raises(CheckError) as caught:
        check(unit(), children=[unit("甲"), unit("乙", 2022)])
    assert (code_of(caught), caught.value.found) == ("children-years", "2022, 2023")
    with pytest.raises(CheckError) as caught:
        check(unit(), children=[unit("甲", 2022), unit("乙", 2022)])
    assert (code_of(caught), caught.value.expected, caught.value.found) == ("children-year", "2023", "2022")


def test_a_unit_given_twice() -> None:
    with pytest.raises(CheckError) as caught:
        check(unit(), children=[unit("甲"), unit("甲")])
    assert code_of(caught) == "children-repeated"
    assert check(unit(), children={"a": unit("甲"), "b": unit("甲")}, select="H101").findings == ()


# --- aggregate -----------------------------------------------------------------------------------------------------


def test_units_are_added_up_and_traced() -> None:
    a = unit("甲", requests__received__total=3, disclosure__fees__amount=Decimal("1.25"))
    b = unit("乙", requests__received__total=4, disclosure__fees__amount=Decimal("0.5"))
    total = aggregate([a, b], agency="青山区")
    assert total.report.requests.received.total.value == 7
    assert total.report["disclosure.fees.amount"].value == Decimal("1.75")
    assert (total.report.agency, total.report.year, total.unknown) == ("青山区", 2023, ())
    assert [(part.unit, part.cell.value) for part in total.parts("requests.received.total")] == [("甲", 3), ("乙", 4)]
    with pytest.raises(UnknownIdError):
        total.parts("requests.received.nobody")
    assert check(total.report, children={"甲": a, "乙": b}, select="H").findings == ()


@settings(max_examples=20)
@given(st.lists(consistent_reports(edition="2021"), min_size=1, max_size=3))
def test_a_sum_of_consistent_reports_is_consistent(parts: list[Report]) -> None:
    units = {str(number): evolve(report, year=2023) for number, report in enumerate(parts)}
    total = aggregate(units).report
    assert check(total, select="A").findings == ()
    assert check(total, children=units, select="H").findings == ()
    assert check(total, children=units, select="H").complete


@pytest.mark.parametrize("state", [State.BLANK, State.NOT_APPLICABLE, State.ABSENT, State.INVALID])
def test_what_is_no_figure_is_never_taken_for_zero_unasked(state: State) -> None:
    cell = {
        State.BLANK: Cell.blank(),
        State.NOT_APPLICABLE: Cell.not_applicable(),
        State.ABSENT: Cell.absent(),
        State.INVALID: Cell.invalid("三"),
    }[state]
    units = {"甲": unit(requests__granted__total=2), "乙": unit(requests__granted__total=cell)}
    with pytest.raises(CheckError, match=r"requests\.granted\.total of 乙 is") as caught:
        aggregate(units)
    assert code_of(caught) == "blank-cell"
    spread = aggregate(units, "propagate")
    assert spread.unknown == ("requests.granted.total",)
    assert spread.report["requests.granted.total"].state is State.BLANK
    if state in (State.BLANK, State.NOT_APPLICABLE):
        assert aggregate(units, "zero").report["requests.granted.total"].value == 2
    else:
        with pytest.raises(CheckError):
            aggregate(units, "zero")


def test_money_keeps_its_unit_or_is_not_added() -> None:
    def fees(value: str, written: str | None) -> Report:
        return unit(disclosure__fees__amount=Cell.of(Decimal(value), written))

    assert aggregate({"甲": fees("3", "元"), "乙": fees("4", "元")}).report["disclosure.fees.amount"].text == "7元"
    assert aggregate({"甲": fees("3", "万元"), "乙": fees("4", None)}).report["disclosure.fees.amount"].value == 7
    assert aggregate({"甲": fees("3", "元"), "乙": fees("0", None)}).report["disclosure.fees.amount"].text == "3元"
    mixed = {"甲": fees("3", "元"), "乙": fees("4", None)}
    with pytest.raises(CheckError) as caught:
        aggregate(mixed)
    assert code_of(caught) == "mixed-units"
    assert aggregate(mixed, "propagate").unknown == ("disclosure.fees.amount",)
    unnamed = {"甲": unit(edition="2019", disclosure__procurement__amount=Decimal(4))}
    with pytest.raises(CheckError) as caught:
        aggregate(unnamed)
    assert code_of(caught) == "mixed-units"


def test_long_amounts_are_added_exactly() -> None:
    units = {
        "甲": unit(disclosure__fees__amount=Decimal("123456789012345678901234567890.25")),
        "乙": unit(disclosure__fees__amount=Decimal("0.0000001")),
    }
    total = aggregate(units)
    assert total.report["disclosure.fees.amount"].value == Decimal("123456789012345678901234567890.2500001")
    assert check(total.report, children=units, select="H101").findings == ()
    off = evolve(
        total.report, disclosure=unit(disclosure__fees__amount=units["甲"]["disclosure.fees.amount"]).disclosure
    )
    assert [f.expected for f in check(off, children=units, select="H101").findings] == [
        Decimal("123456789012345678901234567890.2500001")
    ]


def test_what_can_not_be_added_up() -> None:
    for units, code in (
        ([], "units-missing"),
        ({"甲": unit(), "乙": None}, "units-missing"),
        ([unit("甲"), unit("乙", 2022)], "children-years"),
        ({"甲": unit(), "乙": unit(edition="2019")}, "mixed-editions"),
    ):
        with pytest.raises(CheckError) as caught:
            aggregate(units)
        assert code_of(caught) == code
    with pytest.raises(CheckError, match="blank is one of") as caught:
        aggregate([unit()], "maybe")  # type: ignore[arg-type]
    assert code_of(caught) == "bad-blank"
    with pytest.raises(TypeError, match="blank takes str, not int"):
        aggregate([unit()], 0)  # type: ignore[arg-type]


# --- compare -------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(reports(), reports())
def test_a_comparison_tells_equal_reports(a: Report, b: Report) -> None:
    assert compare(a, a).same
    assert compare(a, b).same is (a == b)


def test_what_changed() -> None:
    prose = ("一年来工作平稳。", "办事指南按季度核对。", "窗口安排专人。")
    old = evolve(unit(requests__received__total=3), sections=Sections(Section(prose), other_matters=Section()))
    new = evolve(
        unit(requests__received__total=5, requests__granted__total=None, year=2024),
        sections=Sections(Section((prose[0], "办事指南按月核对。", prose[2], "新增一段。"))),
    )
    found = compare(old, new)
    assert [(c.cell, c.before and c.before.text, c.after and c.after.text, c.difference) for c in found.cells] == [
        ("requests.received.total", "3", "5", 2),
        ("requests.granted.total", "0", "", None),
    ]
    assert [(p.section, p.kind, p.before, p.after) for p in found.paragraphs] == [
        ("overview", "changed", ("办事指南按季度核对。",), ("办事指南按月核对。",)),
        ("overview", "added", (), ("新增一段。",)),
        ("other_matters", "removed", (), ()),
    ]
    assert [(f.field, f.before, f.after) for f in found.fields] == [("year", 2023, 2024)]
    assert not found.same


def test_of_two_editions_cells_without_a_counterpart_are_named() -> None:
    found = compare(unit(edition="2019"), unit())
    assert ("disclosure.edition", "2019", "2021") in [(f.field, f.before, f.after) for f in found.fields]
    only_before = {c.cell for c in found.cells if c.after is None}
    only_after = {c.cell for c in found.cells if c.before is None}
    assert "disclosure.procurement.amount" in only_before
    assert "disclosure.regulations.in_force" in only_after
    assert "disclosure.licensing.decisions" not in only_before | only_after


def test_a_reading_can_be_compared() -> None:
    report = unit()
    assert compare(read(render(report, "text")), report).cells == ()


def test_the_names_are_at_the_top_of_the_package() -> None:
    for name in ("check", "aggregate", "compare", "CheckResult", "Finding", "Outcome", "Rule", "Status"):
        assert getattr(gipa_reports, name).__module__.startswith("gipa_reports.checks")
