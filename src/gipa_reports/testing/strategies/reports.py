"""Strategies for whole reports: any that can be built, realistic ones, and ones whose figures add up."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from ...report import AnyDisclosure, AnyRequests, Cell, Disclosure, Proceedings, Report, Requests, State
from ...template import EDITIONS, FORMS, Edition, Form, TableId
from .cells import decimal_of, editions
from .prose import TITLE_FORM, agencies, agency_names, periods, plain_sections, sections, title_of, titles, years
from .tables import disclosures, proceedings_tables, requests_tables

PLAIN_STATES = (State.VALUE, State.BLANK, State.NOT_APPLICABLE)
"""States of a cell of a published form: ``absent`` and ``invalid`` are a reader's findings."""


_ANY_TITLE = st.none() | titles()
_ANY_AGENCY = st.none() | agencies()
_ANY_YEAR = st.none() | years() | st.integers(1000, 9999)
_ANY_PERIOD = st.none() | periods()


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report that can be constructed.

    The edition of 二 is drawn apart from that of 三 and 四. Title, organ, year and period are missing, realistic or
    adversarial, each drawn for itself, so they may contradict each other.
    """
    edition = draw(st.sampled_from(EDITIONS))
    return Report(
        disclosure=draw(disclosures()),
        requests=draw(requests_tables(edition)),
        proceedings=draw(proceedings_tables(edition)),
        sections=draw(sections()),
        title=draw(_ANY_TITLE),
        agency=draw(_ANY_AGENCY),
        year=draw(_ANY_YEAR),
        period=draw(_ANY_PERIOD),
    )


@st.composite
def _realistic(draw: st.DrawFn, disclosure: AnyDisclosure, requests: AnyRequests, proceedings: Proceedings) -> Report:
    """A report with these tables, whose title states its organ and its year."""
    agency, year = draw(agency_names()), draw(years())
    return Report(
        disclosure,
        requests,
        proceedings,
        sections=draw(plain_sections()),
        title=title_of(draw(TITLE_FORM), agency, year),
        agency=agency,
        year=year,
    )


@st.composite
def plain_reports(
    draw: st.DrawFn,
    *,
    states: Collection[State] = PLAIN_STATES,
    edition: Edition | None = None,
    units: bool = True,
) -> Report:
    """A report as published: a title that states organ and year, six sections, all cells there, no unknown rows.

    ``states`` are the states of its cells, a choice of ``PLAIN_STATES``; what is not applicable is ``/``. Figures are
    small or big and not negative, but signed where the form asks for a change, decimal where it asks for money.
    ``units`` says whether some have their unit behind them. ``edition`` is that of all tables; without it 二 and 三
    have each their own.
    """
    requested = draw(editions(edition))
    disclosed = draw(editions(edition))
    allowed = tuple(state for state in PLAIN_STATES if state in states)
    if len(allowed) != len(set(states)) or not allowed:
        raise ValueError(f"states is a choice of {', '.join(PLAIN_STATES)}")
    return draw(
        _realistic(
            Disclosure.from_rows(disclosed, draw(_plain_rows("disclosure", disclosed, allowed, units))),
            Requests.from_rows(requested, draw(_plain_rows("requests", requested, allowed, units))),
            Proceedings.from_rows(requested, draw(_plain_rows("proceedings", requested, allowed, units))),
        )
    )


@cache
def _plain_rows(
    table: TableId, edition: Edition, states: tuple[State, ...], units: bool
) -> st.SearchStrategy[tuple[tuple[Cell, ...], ...]]:
    """The rows of a table; about half of them are all figures if figures are allowed, for gaps would be everywhere."""
    layout = FORMS[table, edition]

    def row(row_id: str, states: tuple[State, ...]) -> st.SearchStrategy[tuple[Cell, ...]]:
        columns = layout.columns_of[row_id]
        return st.tuples(*(_plain_cells(column.kind, column.unit, states, units) for column in columns))

    figures = (State.VALUE,) if State.VALUE in states else states
    return st.tuples(*(st.one_of(row(known.id, figures), row(known.id, states)) for known in layout.rows))


@cache
def _plain_cells(kind: str, unit: str | None, states: tuple[State, ...], units: bool) -> st.SearchStrategy[Cell]:
    if kind == "amount":
        figures: st.SearchStrategy[int | Decimal] = st.builds(
            decimal_of, st.just(0), st.integers(0, 10**9), st.integers(-4, 0)
        )
        unit = unit or "元"
    elif kind == "change":
        figures = st.integers(-99, 99)
    else:
        figures = st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 10**7))
    written = st.sampled_from((None, None, None, unit)) if units else st.none()
    choices: dict[State, st.SearchStrategy[Cell]] = {
        State.VALUE: st.builds(Cell.of, figures, written),
        State.BLANK: st.just(Cell.blank()),
        State.NOT_APPLICABLE: st.just(Cell.not_applicable()),
    }
    return st.one_of([choices[state] for state in states])


@st.composite
def consistent_reports(draw: st.DrawFn, *, edition: Edition | None = None) -> Report:
    """A report as of ``plain_reports()`` whose cells are all figures and satisfy every identity of the form.

    ``edition`` is that of all tables; without it 二 and 三 have each their own.
    """
    requested = draw(editions(edition))
    disclosed = draw(editions(edition))
    return draw(
        _realistic(
            Disclosure.from_rows(disclosed, draw(_plain_rows("disclosure", disclosed, (State.VALUE,), False))),
            Requests.of(requested, draw(_balanced_requests(FORMS["requests", requested]))),
            Proceedings.of(requested, draw(_added_up_proceedings(FORMS["proceedings", requested]))),
        )
    )


_COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 5000))


@st.composite
def _balanced_requests(draw: st.DrawFn, layout: Form) -> dict[str, int]:
    """``row.column`` → figure for 三: results are drawn, all that depends on them is reckoned."""
    *applicants, total = layout.blocks[0].columns
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    figures: dict[str, int] = {}
    for column in applicants:
        answered = {row_id: draw(_COUNTS) for row_id in results}
        processed, carried_out = sum(answered.values()), draw(_COUNTS)
        carried_in = draw(st.integers(0, processed + carried_out))
        for row_id, figure in {
            **answered,
            "received": processed + carried_out - carried_in,
            "carried_in": carried_in,
            "processed_total": processed,
            "carried_out": carried_out,
        }.items():
            figures[f"{row_id}.{column.id}"] = figure
    for row in layout.rows:
        figures[f"{row.id}.{total.id}"] = sum(figures[f"{row.id}.{column.id}"] for column in applicants)
    return figures


@st.composite
def _added_up_proceedings(draw: st.DrawFn, layout: Form) -> dict[str, int]:
    """``row.column`` → figure for 四: outcomes are drawn, the totals reckoned."""
    *outcomes, total = layout.blocks[0].columns
    figures: dict[str, int] = {}
    for row in layout.rows:
        drawn = [draw(_COUNTS) for _ in outcomes]
        figures.update({f"{row.id}.{column.id}": figure for column, figure in zip(outcomes, drawn, strict=True)})
        figures[f"{row.id}.{total.id}"] = sum(drawn)
    return figures
