"""Rules A and their suggestions: what breaks an identity, what can't be told, and what the figure should have been."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import Cell, Proceedings, Report, Requests, Status, check, read, render
from gipa_reports.checks.residuals import Residuals, code
from gipa_reports.checks.suggestions import single_edits
from gipa_reports.report import Disclosure, Table
from gipa_reports.template import EDITIONS, FORMS, Edition
from gipa_reports.testing import consistent_reports, reports

RULE_OF = {
    "column_balance": "A101",
    "results_add_up": "A102",
    "applicants_add_up": "A103",
    "outcomes_add_up": "A201",
}


def report(requests: Mapping[str, int | Cell | None] | None = None, edition: Edition = "2021", **groups: int) -> Report:
    """A report of zeros, but for these cells of 三 (``row.column``) and of 四 (``row__column``)."""
    zero = Cell.of(0)
    figures = {key.replace("__", "."): value for key, value in groups.items()}
    return Report(
        Disclosure.of(edition, {}, default=Cell.blank()),
        Requests.of(edition, requests or {}, default=zero),
        Proceedings.of(edition, figures, default=zero),
    )


def changed(report: Report, figures: Mapping[str, int | Cell | None]) -> Report:
    """``report`` with these cells of 三 and 四 replaced."""
    requests = {name: figure for name, figure in figures.items() if name.startswith("requests.")}
    proceedings = {name: figure for name, figure in figures.items() if name.startswith("proceedings.")}
    return evolve(
        report,
        requests=Requests.of(report.requests.edition, _replaced(report.requests, requests)),
        proceedings=Proceedings.of(report.proceedings.edition, _replaced(report.proceedings, proceedings)),
    )


def _replaced(table: Table, figures: Mapping[str, int | Cell | None]) -> dict[str, int | Cell | None]:
    cells: dict[str, int | Cell | None] = {}
    for cell_id in table.form.cell_ids:
        rest = cell_id.partition(".")[2]
        cells[rest] = figures.get(cell_id, table[rest])
    return cells


def outcome(report: Report, code: str, instance: str) -> gipa_reports.Outcome:
    (found,) = [o for o in check(report, select=code).outcomes if o.instance == instance]
    return found


BALANCED: dict[str, int | Cell | None] = {
    "received.natural_person": 3,
    "received.business": 12,
    "received.total": 15,
    "carried_in.natural_person": 1,
    "carried_in.total": 1,
    "granted.natural_person": 2,
    "granted.business": 5,
    "granted.total": 7,
    "denied.internal_affairs.business": 4,
    "denied.internal_affairs.total": 4,
    "not_processed.duplicate.natural_person": 2,
    "not_processed.duplicate.total": 2,
    "processed_total.natural_person": 4,
    "processed_total.business": 9,
    "processed_total.total": 13,
    "carried_out.business": 3,
    "carried_out.total": 3,
}
"""Adds up in both editions, by hand: 3+1=4+0, 12+0=9+3, 15+1=13+3."""


# --- messages and operands ------------------------------------------------------------------------------------------


def test_the_sentence_of_the_issue() -> None:
    broken = report({"received.natural_person": 3, "processed_total.natural_person": 2})
    found = outcome(broken, "A101", "natural_person").finding
    assert found is not None
    assert found.message("zh") == "自然人列：本年新收(3)+上年结转(0)=3，总计(2)+结转(0)=2，相差1，请核对。"
    assert found.message("en") == (
        "Column natural_person: received(3)+carried_in(0)=3, processed_total(2)+carried_out(0)=2; "
        "they differ by 1, please check."
    )
    assert (found.expected, found.actual, found.severity) == (3, 2, "error")
    assert found.cells == (
        "requests.received.natural_person",
        "requests.carried_in.natural_person",
        "requests.processed_total.natural_person",
        "requests.carried_out.natural_person",
    )
    assert [(o.side, o.value, o.text) for o in found.operands] == [
        ("left", 3, "3"),
        ("left", 0, "0"),
        ("right", 2, "2"),
        ("right", 0, "0"),
    ]


@pytest.mark.parametrize(
    ("figures", "code", "instance", "zh"),
    [
        (
            {"granted.total": 5, "not_processed.duplicate.total": 1, "processed_total.total": 7},
            "A102",
            "total",
            "总计列：予以公开(5)+不予处理·重复申请(1)+其余19项为0=6，总计(7)，相差1，请核对。",
        ),
        (
            {"granted.natural_person": 3, "granted.total": 2},
            "A103",
            "granted",
            "予以公开行：自然人(3)+其余5项为0=3，总计(2)，相差1，请核对。",
        ),
        (
            {"other.other.total": 4},
            "A103",
            "other.other",
            "其他处理·其他行：6项均为0，总计(4)，相差4，请核对。",
        ),
    ],
)
def test_sentences_for_long_sums(figures: dict[str, int | Cell | None], code: str, instance: str, zh: str) -> None:
    found = outcome(report(figures), code, instance).finding
    assert found is not None
    assert found.zh == zh


def test_sentence_of_a_group() -> None:
    broken = report(reconsideration__upheld=1, reconsideration__total=2)
    found = outcome(broken, "A201", "reconsideration").finding
    assert found is not None
    assert found.zh == "行政复议：结果维持(1)+其余3项为0=1，总计(2)，相差1，请核对。"
    assert found.suggestion is None


def test_of_a_reading_operands_have_their_own_words_and_place() -> None:
    source = render(changed(report(BALANCED), {"requests.received.natural_person": Cell.of(7, "件")}), "text")
    reading = read(source)
    found = check(reading, select="A101").findings[0]
    first = found.operands[0]
    assert first.cell == "requests.received.natural_person"
    assert (first.value, first.text) == (7, "7件")
    assert first.location is not None
    assert first.location.line is not None
    assert "7件" in source.splitlines()[first.location.line - 1]
    assert found.look_at == "source"


def test_a_figure_that_was_not_plainly_read_says_so() -> None:
    source = render(changed(report(BALANCED), {"requests.received.natural_person": 1234}), "text")
    reading = read(source.replace("1234", "1 234"))
    assert reading.codes("requests.received.natural_person") == ("figure-split",)
    found = check(reading, select="A101").findings[0]
    assert (found.codes, found.look_at) == (("figure-split",), "reading")


# --- the identities, one by one ------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_identity_of_the_form_is_an_outcome(edition: Edition) -> None:
    result = check(report(BALANCED, edition), select="A")
    identities = [*FORMS["requests", edition].identities, *FORMS["proceedings", edition].identities]
    assert [o.code for o in result.outcomes] == [RULE_OF[identity.name] for identity in identities]
    assert {o.status for o in result.outcomes} == {Status.PASSED}
    assert result.findings == ()
    assert result.complete


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_identity_can_be_broken(edition: Edition) -> None:
    for table in ("requests", "proceedings"):
        for identity in FORMS[table, edition].identities:
            cell_id = identity.right[0]
            broken = changed(report(BALANCED, edition), {cell_id: 99})
            assert any(
                o.code == RULE_OF[identity.name] and o.finding is not None and cell_id in o.finding.cells
                for o in check(broken, select="A").outcomes
            ), identity


NO_FIGURES = [Cell.blank(), Cell.absent(), Cell.not_applicable("/"), Cell.invalid("三件")]


@pytest.mark.parametrize("cell", NO_FIGURES, ids=lambda cell: str(cell.state))
def test_without_a_figure_an_identity_is_undecided_and_says_why(cell: Cell) -> None:
    hole = "requests.carried_in.natural_person"
    result = check(changed(report(BALANCED), {hole: cell}), select="A")
    undecided = {(o.code, o.instance): o.cells for o in result.outcomes if o.status is Status.UNDECIDED}
    assert undecided == {("A101", "natural_person"): (hole,), ("A103", "carried_in"): (hole,)}
    assert result.findings == ()
    assert not result.complete
    assert {o.code for o in result.unchecked} == {"A101", "A103"}


def test_a_group_without_a_total_is_undecided() -> None:
    hole = "proceedings.reconsideration.total"
    result = check(changed(report(), {hole: None}), select="A201")
    assert [o.status for o in result.outcomes] == ["undecided", "passed", "passed"]
    assert result.outcomes[0].cells == (hole,)


# --- suggestions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_single_change_is_located_and_mended(edition: Edition) -> None:
    """All 175 (161) cells, up and down where that is possible."""
    base = report(BALANCED, edition)
    for cell_id in base.requests.form.cell_ids:
        true = base[cell_id].value
        assert isinstance(true, int)
        for wrong in {true + 1, true * 10 + 7, max(true - 1, 0)} - {true}:
            findings = check(changed(base, {cell_id: wrong}), select="A").findings
            assert findings, (cell_id, wrong)
            for finding in findings:
                assert cell_id in finding.cells
                assert finding.suggestion == {cell_id: true}
                assert finding.group == cell_id


def only_edit(figures: Mapping[str, int | Cell | None]) -> gipa_reports.Edit:
    findings = check(changed(report(BALANCED), figures), select="A").findings
    assert findings
    assert len({finding.edits for finding in findings}) == 1
    (edit,) = findings[0].edits
    return edit


def test_two_neighbours_swapped() -> None:
    edit = only_edit({"requests.received.natural_person": 12, "requests.received.business": 3})
    assert edit.kind == "swap"
    assert dict(edit.changes) == {"requests.received.natural_person": 3, "requests.received.business": 12}
    assert edit.zh == "“本年新收·自然人”由12改为3，“本年新收·商业企业”由3改为12，表内勾稽关系即全部成立。"


def test_figures_of_any_length_are_swapped_back() -> None:
    big, bigger = 10**30 + 1, 10**31 + 7
    right: dict[str, int | Cell | None] = {}
    for row in ("received", "granted", "processed_total"):
        right |= {f"{row}.natural_person": big, f"{row}.business": bigger, f"{row}.total": big + bigger}
    broken = report(right | {"granted.natural_person": bigger, "granted.business": big})
    (edit,) = check(broken, select="A").findings[0].edits
    assert (edit.kind, dict(edit.changes)["requests.granted.business"]) == ("swap", bigger)
    assert edit.message("en").startswith(f"Changing granted.natural_person from {bigger} to {big}, granted.business")
    assert edit.message("zh") == edit.zh


def test_nothing_is_edited_where_nothing_is_broken() -> None:
    balanced = report(BALANCED).requests
    values = [cell.value for row in balanced.rows for cell in row]
    assert single_edits(Residuals(code("2021"), values)) == ()  # type: ignore[arg-type]


def test_neighbours_one_above_the_other_swapped() -> None:
    figures = {"requests.granted.business": 0, "requests.partially_granted.business": 5}
    edit = only_edit(figures | {"requests.denied.state_secret.total": 0})
    assert edit.kind == "swap"
    assert dict(edit.changes) == {"requests.granted.business": 5, "requests.partially_granted.business": 0}


def test_digits_split_at_the_wrong_place() -> None:
    """3 and 12 written as 31 and 2."""
    edit = only_edit({"requests.received.natural_person": 31, "requests.received.business": 2})
    assert edit.kind == "digits"
    assert dict(edit.changes) == {"requests.received.natural_person": 3, "requests.received.business": 12}


def test_digits_swapped_between_neighbours() -> None:
    """23 and 45 written as 53 and 42: the 2 and the 5 changed places."""
    figures: dict[str, int | Cell | None] = {
        "received.natural_person": 23,
        "received.business": 45,
        "received.total": 68,
        "granted.natural_person": 23,
        "granted.business": 45,
        "granted.total": 68,
        "processed_total.natural_person": 23,
        "processed_total.business": 45,
        "processed_total.total": 68,
    }
    broken = report(figures | {"granted.natural_person": 53, "granted.business": 42})
    (edit,) = check(broken, select="A").findings[0].edits
    assert edit.kind == "digits"
    assert dict(edit.changes) == {"requests.granted.natural_person": 23, "requests.granted.business": 45}


@pytest.mark.parametrize("end", [0, None], ids=["zero", "blank"])
def test_a_row_shifted_by_one(end: int | None) -> None:
    row = ["natural_person", "business", "research", "public_interest", "legal_service", "other", "total"]
    right = [end, 3, 12, 0, 0, 0, 0]
    left = [12, 0, 0, 0, 0, 15, end]
    for figures in (right, left):
        broken = {f"requests.received.{column}": value for column, value in zip(row, figures, strict=True)}
        edit = only_edit(dict(broken))
        assert edit.kind == "shift"
        true = dict(zip(row, [3, 12, 0, 0, 0, 0, 15], strict=True))
        restored = {**broken, **dict(edit.changes)}
        assert restored == {f"requests.received.{column}": value for column, value in true.items()}


def test_where_two_edits_would_do_none_is_suggested() -> None:
    """Without totals a column says how much is missing, not where."""
    figures: dict[str, int | Cell | None] = {f"{row.id}.total": None for row in FORMS["requests", "2021"].rows}
    broken = report(BALANCED | figures | {"granted.business": 6})
    (finding,) = check(broken, select="A").findings
    assert (finding.code, finding.instance) == ("A102", "business")
    assert finding.suggestion is None
    assert {tuple(dict(edit.changes)) for edit in finding.edits} >= {
        ("requests.granted.business",),
        ("requests.denied.internal_affairs.business",),
    }
    assert finding.group == "requests"


def test_two_independent_faults_are_told_apart_but_not_mended() -> None:
    broken = changed(
        report(BALANCED), {"requests.granted.business": 6, "requests.not_processed.duplicate.natural_person": 9}
    )
    result = check(broken, select="A")
    assert {finding.suggestion for finding in result.findings} == {None}
    assert {group: [(f.code, f.instance) for f in findings] for group, findings in result.groups().items()} == {
        "requests.granted.business": [("A102", "business"), ("A103", "granted")],
        "requests.not_processed.duplicate.natural_person": [
            ("A102", "natural_person"),
            ("A103", "not_processed.duplicate"),
        ],
    }


def test_no_edit_makes_a_negative_count() -> None:
    """6 in 自然人 too few to be taken from: 总计 0 would ask for -6."""
    broken = report({"granted.natural_person": 0, "granted.total": 0, "granted.business": 6})
    for finding in check(broken, select="A").findings:
        assert all(value >= 0 for edit in finding.edits for _, value in edit.changes)


# --- laws ----------------------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(consistent_reports())
def test_a_consistent_report_has_no_arithmetic_finding(report: Report) -> None:
    result = check(report, select="A")
    assert result.findings == ()
    assert {o.status for o in result.outcomes} == {Status.PASSED}


@settings(max_examples=150)
@given(consistent_reports(), st.data())
def test_a_changed_figure_is_found_and_suggested(report: Report, data: st.DataObject) -> None:
    ids = [*report.requests.form.cell_ids, *report.proceedings.form.cell_ids]
    cell_id = data.draw(st.sampled_from(ids))
    true = report[cell_id].value
    assert isinstance(true, int)
    wrong = data.draw(st.integers(0, 20_000).filter(lambda value: value != true))
    findings = check(changed(report, {cell_id: wrong}), select="A").findings
    assert any(cell_id in finding.cells for finding in findings)
    if cell_id.startswith("requests"):
        assert all({cell_id: true} in [dict(edit.changes) for edit in finding.edits] for finding in findings)


@settings(max_examples=60)
@given(reports())
def test_every_suggestion_restores_every_identity(report: Report) -> None:
    """Of any report: what is suggested leaves no identity of the table broken."""
    for finding in check(report, select="A1").findings:
        for edit in finding.edits:
            assert check(changed(report, dict(edit.changes)), select="A1").findings == ()
