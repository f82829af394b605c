"""What stands below a heading: which columns it names, and what the full rows there show of their places."""

from __future__ import annotations

from functools import cache, lru_cache

from attrs import evolve

from ..template import Column, TableId
from .columns import Columns, read_columns
from .grammar import Accepted
from .lexer import FIGURE_COUNT, Heading, RowToken


def columns_below(table: TableId, columns: tuple[Column, ...], heading: Heading | None) -> Columns:
    """The columns that ``heading`` names; those of the form where there is none. 四 has its fifteen."""
    if heading is None:
        return form_order(len(columns) if table != "proceedings" else FIGURE_COUNT)
    return read_columns(table, columns, tuple(heading.rows))


@cache
def form_order(count: int, strange: bool = False) -> Columns:
    """The columns of a table whose heading is not there, or can't be read: those of the form, as assumed."""
    return Columns(tuple(range(count)), unread=True, strange=strange)


class Below:
    """The ``count`` columns of a block below one of its headings, and what the rows there show of them.

    A heading that names fewer columns than the form, or in another order, is read as if it were not there if a row of
    cells speaks against it.
    """

    def __init__(self, named: Columns, heading: Heading | None, accepted: Accepted, count: int) -> None:
        self._full = [
            shape
            for token in accepted.rows.values()
            if token.heading is heading and (shape := token.shape) is not None and token.spacing == "grid"
            if len(shape.filled) >= len(named.indexes)
        ]
        self._count = count
        if (named.moved or named.lacking) and any(shape.filled != named.positions for shape in self._full):
            named = form_order(count)
        self.named = named

    def columns_of(self, token: RowToken) -> Columns | None:
        """The columns of a row by the other full rows of its width; by the heading where there are none.

        None for a row as wide as nothing else: a cell is missing in it or one too many, and nothing says which.
        """
        assert token.shape is not None, "a row of a grid has a shape"
        width = token.shape.width
        seen = [shape for shape in self._full if shape.width == width and len(shape.filled) == self._count]
        if token.shape in seen:
            seen.remove(token.shape)
        if not seen:
            return self.named if width in self.named.widths else None
        places = frozenset(shape.filled for shape in seen)
        return self.named if places == {self.named.positions} else _standing(self.named, places)


@lru_cache(maxsize=512)
def _standing(named: Columns, places: frozenset[tuple[int, ...]]) -> Columns:
    """``named`` where full rows stand; the same object for the same arguments, for rows are remembered with it."""
    return evolve(named, positions=min(places) if len(places) == 1 else None, scattered=len(places) > 1)
