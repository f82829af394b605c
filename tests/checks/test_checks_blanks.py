"""Rules A3: what blanks leave to be told, set against an exact linear program."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feasibility import can_be_filled
from gipa_reports import Cell, Disclosure, Proceedings, Report, Requests, Status, check
from gipa_reports.checks import Finding
from gipa_reports.checks.bounds import contradiction
from gipa_reports.checks.residuals import Residuals, can_hold, code
from gipa_reports.template import FORMS, Edition
from gipa_reports.testing import consistent_reports

ZERO = Cell.of(0)
COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total")


def report(
    requests: Mapping[str, int | None], proceedings: Mapping[str, int | None] | None = None, default: Cell = ZERO
) -> Report:
    """Figures by ``row.column``; all others are ``default``."""
    return Report(
        Disclosure.all_absent("2021"),
        Requests.of("2021", requests, default=default),
        Proceedings.of("2021", proceedings or {}, default=ZERO),
    )


def with_values(table: Requests, values: Mapping[str, int | None]) -> Report:
    own = {cell_id.partition(".")[2]: value for cell_id, value in values.items()}
    return Report(
        Disclosure.all_absent(table.edition),
        Requests.of(table.edition, own),
        Proceedings.of(table.edition, {}, default=ZERO),
    )


def findings(report: Report, select: str = "A") -> dict[tuple[str, str], Finding]:
    return {(found.code, found.instance): found for found in check(report, select=select).findings}


# --- one identity --------------------------------------------------------------------------------------------------


def test_a_column_whose_known_side_is_already_more() -> None:
    broken = report(
        {"received.natural_person": 9, "carried_in.natural_person": None, "processed_total.natural_person": 3}
    )
    found = findings(broken)["A301", "natural_person"]
    assert found.zh == "自然人列：本年新收(9)+1处空白，总计(3)+结转(0)=3，空白即使是0也多出6，请核对。"
    assert found.en == (
        "Column natural_person: received(9)+1 without a figure, processed_total(3)+carried_out(0)=3; "
        "even with nothing in what is blank it is 6 too many, please check."
    )
    assert (found.expected, found.actual) == (9, 3)
    assert len(found.cells) == 4


def test_a_column_whose_blank_may_make_up_for_the_difference() -> None:
    within = {"received.natural_person": 3, "carried_in.natural_person": None, "processed_total.natural_person": 9}
    (passed,) = check(report(within), select="A301").outcomes
    assert (passed.instance, passed.status) == ("natural_person", Status.PASSED)


def test_a_column_with_blanks_on_both_sides_says_nothing() -> None:
    both = {"received.natural_person": 9, "carried_in.natural_person": None, "processed_total.natural_person": None}
    assert check(report(both), select="A301").outcomes == ()
    assert [o.instance for o in check(report(both), select="A101").unchecked] == ["natural_person"]


def test_results_above_their_total() -> None:
    row = {f"denied.state_secret.{column}": None for column in COLUMNS}
    found = findings(report({**row, "granted.total": 5, "processed_total.total": 3}))["A302", "total"]
    assert found.zh == "总计列：予以公开(5)+其余19项为0+1处空白，总计(3)，空白即使是0也多出2，请核对。"
    assert "requests.granted.total" in found.cells


def test_applicants_above_their_total() -> None:
    row = dict.fromkeys([f"received.{column}" for column in COLUMNS[1:-1]], None)
    found = findings(report({**row, "received.natural_person": 5, "received.total": 3}))["A303", "received"]
    assert found.zh == "本年新收行：自然人(5)+5处空白，总计(3)，空白即使都是0也多出2，请核对。"


def test_outcomes_above_their_total() -> None:
    group = {"reconsideration.upheld": 5, "reconsideration.corrected": None, "reconsideration.total": 3}
    found = findings(report({}, group))["A304", "reconsideration"]
    assert found.zh == "行政复议：结果维持(5)+其余2项为0+1处空白，总计(3)，空白即使是0也多出2，请核对。"


def test_a_blank_total_says_nothing() -> None:
    """Forgotten it may be; that it is wrong nobody can tell."""
    figures = {"received.natural_person": 5, "received.total": None}
    result = check(report(figures), select=("A103", "A303"))
    assert [(o.code, o.instance) for o in result.outcomes if o.status is not Status.PASSED] == [("A103", "received")]


@pytest.mark.parametrize("cell", [Cell.absent(), Cell.not_applicable("/"), Cell.invalid("三件")])
def test_whatever_has_no_figure_stands_for_a_count(cell: Cell) -> None:
    figures: dict[str, Cell | int] = {"received.natural_person": 5, "received.business": cell, "received.total": 3}
    one = Report(
        Disclosure.all_absent("2021"),
        Requests.of("2021", figures, default=ZERO),
        Proceedings.of("2021", {}, default=ZERO),
    )
    assert ("A303", "received") in findings(one)


@pytest.mark.parametrize(
    ("known", "left", "right", "holds"),
    [
        (0, 0, 0, True),
        (1, 0, 0, False),
        (1, 1, 0, False),
        (-1, 1, 0, True),
        (1, 0, 1, True),
        (-1, 0, 1, False),
        (7, 2, 1, True),
    ],
)
def test_what_counts_can_bring_to_zero(known: int, left: int, right: int, holds: bool) -> None:
    assert can_hold(known, left, right) is holds


# --- all identities together -----------------------------------------------------------------------------------------


def test_a_row_has_room_where_the_columns_have_none() -> None:
    """予以公开: 5 in all, 2 of them named; the totals leave no other row, so its applicants have 2 alone."""
    figures = {
        "received.natural_person": 5,
        "received.total": 5,
        "granted.natural_person": 2,
        "granted.total": 5,
        "processed_total.natural_person": 5,
        "processed_total.total": 5,
    }
    found = findings(report(figures, default=Cell.blank()))
    assert list(found) == [("A305", "requests")]
    finding = found["A305", "requests"]
    assert finding.zh.startswith("表三的空白无论填什么数，都不能使")
    assert "同时成立" in finding.zh
    assert "requests.granted.natural_person" in finding.cells
    assert finding.en.startswith("Whatever the blanks of table requests stand for, ")
    # None of the identities that are named can be left out.
    residuals = Residuals(code("2021"), [figures.get(cell.partition(".")[2]) for cell in code("2021").form.cell_ids])
    crossed = contradiction(residuals)
    assert crossed is not None
    assert crossed.lower > crossed.upper


def test_the_same_with_the_right_figure_passes() -> None:
    figures = {"granted.natural_person": 5, "granted.total": 5, "processed_total.total": 5}
    figures |= {"received.natural_person": 5, "received.total": 5, "processed_total.natural_person": 5}
    assert findings(report(figures, default=Cell.blank())) == {}
    assert [str(o.status) for o in check(report(figures, default=Cell.blank()), select="A305").outcomes] == ["passed"]


def test_nothing_is_said_of_a_table_without_figures_or_without_blanks() -> None:
    for default in (ZERO, Cell.blank(), Cell.absent()):
        assert check(report({}, default=default), select=("A301", "A302", "A303", "A305")).findings == ()
    assert check(report({}), select="A3").outcomes == ()
    assert check(report({}, default=Cell.blank()), select="A305").outcomes == ()


def test_a_column_of_totals_that_is_blank_is_no_contradiction() -> None:
    figures = {"received.natural_person": 5, "granted.natural_person": 5, "processed_total.natural_person": 5}
    totals = {f"{row.id}.total": None for row in FORMS["requests", "2021"].rows}
    assert findings(report({**figures, **totals})) == {}


# --- against an oracle -----------------------------------------------------------------------------------------------


def sparse(rng: random.Random, edition: Edition) -> dict[str, int]:
    """A table that adds up, most of it zero, as that of a small office."""
    layout = FORMS["requests", edition]
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    figures = dict.fromkeys(layout.cell_ids, 0)

    def add(row: str, column: str, value: int) -> None:
        for one in (column, "total"):
            figures[f"requests.{row}.{one}"] += value

    for _ in range(rng.randint(1, 8)):
        column, value = rng.choice(COLUMNS[:-1]), rng.randint(1, rng.choice((3, 40)))
        add(rng.choice(results), column, value)
        add("processed_total", column, value)
        add(rng.choice(("received", "received", "carried_in")), column, value)
    if rng.random() < 0.5:
        column = rng.choice(COLUMNS[:-1])
        add("received", column, 2)
        add("carried_out", column, 2)
    return figures


@pytest.mark.parametrize("share", [0.3, 0.7, 1.0])
def test_whatever_can_be_told_is_told_and_nothing_else(share: float) -> None:
    """One figure changed: there is a finding just where no counts in the blanks could make it right."""
    told = 0
    for number in range(40):
        rng = random.Random(f"{share}-{number}")
        edition: Edition = rng.choice(("2019", "2021"))
        layout = FORMS["requests", edition]
        values: dict[str, int | None] = {
            cell: None if value == 0 and rng.random() < share else value for cell, value in sparse(rng, edition).items()
        }
        table = Requests.of(edition, {cell.partition(".")[2]: value for cell, value in values.items()})
        assert check(with_values(table, values), select="A").findings == ()
        changed = rng.choice([cell for cell, value in values.items() if value])
        true = values[changed]
        assert true is not None
        values[changed] = rng.choice([value for value in (true + 1, true * 10 + 3, true - 1) if value >= 0])
        found = check(with_values(table, values), select="A").findings
        assert bool(found) is not can_be_filled(layout, values), (number, changed)
        assert not found or any(changed in finding.cells for finding in found)
        assert {tuple(finding.suggestion.items()) for finding in found if finding.suggestion} <= {((changed, true),)}
        told += bool(found)
    assert told >= 32


@settings(max_examples=60)
@given(consistent_reports(), st.randoms(use_true_random=False))
def test_whatever_is_left_blank_in_a_consistent_report_there_is_no_finding(report: Report, rng: random.Random) -> None:
    share = rng.choice((0.1, 0.5, 0.9))
    cells = {
        figure.id.partition(".")[2]: None if rng.random() < share else report[figure.id]
        for figure in report.requests.cells()
    }
    blanked = Report(report.disclosure, Requests.of(report.requests.edition, cells), report.proceedings)
    assert check(blanked, select="A").findings == ()


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FORMS["requests", "2021"].cell_ids), st.integers(-3, 9), max_size=60))
def test_what_is_found_of_any_table_no_counts_can_mend(figures: dict[str, int]) -> None:
    layout = FORMS["requests", "2021"]
    values = {cell: figures.get(cell) for cell in layout.cell_ids}
    table = Requests.of("2021", {cell.partition(".")[2]: value for cell, value in values.items()})
    if check(with_values(table, values), select="A").findings:
        assert not can_be_filled(layout, values)
