"""Strategies for tables that can be built, with any cells and with rows that the form does not have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from ...report import AnyDisclosure, AnyRequests, Cell, Disclosure, Proceedings, Requests, UnknownRow
from ...template import FORMS, Column, Edition, TableId
from .cells import cells, editions
from .texts import LABELS, cell_texts


@cache
def unknown_rows() -> st.SearchStrategy[UnknownRow]:
    """Rows that the form does not have: one to seventeen texts, the first and the last never empty.

    Some have the texts of a row that the form does have.
    """
    inner = st.lists(st.just("") | cell_texts(), max_size=15)
    figures = st.lists(st.integers(0, 99), max_size=15)
    texts = st.one_of(
        st.builds(lambda text: (text,), cell_texts()),
        st.builds(lambda first, between, last: (first, *between, last), cell_texts(), inner, cell_texts()),
        st.builds(lambda label, figures: (label, *map(str, figures)), LABELS, figures),
    )
    return st.builds(UnknownRow, texts)


@st.composite
def _parts(
    draw: st.DrawFn, table: TableId, edition: Edition | None
) -> tuple[Edition, tuple[tuple[Cell, ...], ...], tuple[UnknownRow, ...]]:
    """Edition, rows and unknown rows of a table that is all of a kind, but for some rows and cells drawn freely."""
    layout = FORMS[table, draw(editions(edition))]
    columns = {f"{row.id}.{column.id}": column for row in layout.rows for column in layout.columns_of[row.id]}
    fill = draw(_FILLINGS)
    figures = {cell_id: fill(column, place) for place, (cell_id, column) in enumerate(columns.items())}
    for row_id, cell in draw(_emptied_rows(table, layout.edition)):
        figures.update({f"{row_id}.{column.id}": cell for column in layout.columns_of[row_id]})
    # Money is one cell of its table, so it has more than one chance.
    money = [cell_id for cell_id, column in columns.items() if column.kind == "amount"]
    for cell_id in draw(_some_of((*columns, *money * 5))):
        figures[cell_id] = draw(cells(columns[cell_id]))
    rows = tuple(tuple(figures[f"{row.id}.{column.id}"] for column in layout.columns_of[row.id]) for row in layout.rows)
    return layout.edition, rows, draw(_UNKNOWN)


@cache
def _emptied_rows(table: TableId, edition: Edition) -> st.SearchStrategy[list[tuple[str, Cell]]]:
    row_ids = st.sampled_from([row.id for row in FORMS[table, edition].rows])
    empty = st.sampled_from((Cell.absent(), Cell.blank(), Cell.not_applicable()))
    return st.lists(st.tuples(row_ids, empty), max_size=10)


@cache
def _some_of(cell_ids: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Few of these as a rule, all of them at most."""
    return st.lists(st.sampled_from(cell_ids), unique=True)


_UNKNOWN = st.lists(unknown_rows(), max_size=3).map(tuple)


def _figure(column: Column, value: int) -> Cell:
    return Cell.of(Decimal(value) if column.kind == "amount" else value)


_FILLINGS: st.SearchStrategy[Callable[[Column, int], Cell]] = st.sampled_from(
    (
        lambda column, place: Cell.absent(),
        lambda column, place: Cell.blank(),
        lambda column, place: _figure(column, 0),
        # No two figures alike, so that none can take another's place unseen.
        lambda column, place: _figure(column, 7 * place + 1),
    )
)
"""The cell of a column at a place of its table."""


@cache
def disclosures(edition: Edition | None = None) -> st.SearchStrategy[AnyDisclosure]:
    """Any table 二, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("disclosure", edition).map(lambda parts: Disclosure.from_rows(*parts))


@cache
def requests_tables(edition: Edition | None = None) -> st.SearchStrategy[AnyRequests]:
    """Any table 三, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("requests", edition).map(lambda parts: Requests.from_rows(*parts))


@cache
def proceedings_tables(edition: Edition | None = None) -> st.SearchStrategy[Proceedings]:
    """Any table 四, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("proceedings", edition).map(lambda parts: Proceedings.from_rows(*parts))
