"""What stands below a heading: which columns it names, and what the full rows there show of their places."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache

from attrs import evolve

from ..template import Column, TableId
from .columns import Columns, read_columns
from .grammar import Accepted
from .lexer import FIGURE_COUNT, Heading, RowToken

Places = tuple[int, ...]
"""Where the figures of a row stand in the grid."""


class Below:
    """The columns of a block below one of its headings.

    A heading that names fewer columns than the form, or in another order, is read as if it were not there if a row of
    cells speaks against it.
    """

    def __init__(
        self, table: TableId, columns: tuple[Column, ...], heading: Heading | None, accepted: Accepted
    ) -> None:
        self.heading = heading
        self.named = columns_below(table, columns, heading)
        self._count = len(columns)
        self._accepted = accepted
        if (self.named.moved or self.lacking) and self._is_contradicted():
            self.named = form_order(self._count)
        self.widths = widths(heading, last=self.lacking)

    @property
    def lacking(self) -> bool:
        """Whether columns of the form are missing."""
        return len(self.named.indexes) < self._count

    @cached_property
    def _rows(self) -> list[tuple[RowToken, Places]]:
        """The rows of cells that have figures for all columns named, or more."""
        found: list[tuple[RowToken, Places]] = []
        for token in self._accepted.rows.values():
            if token.heading is self.heading and token.spacing == "grid":
                places = tuple([at for at, value in enumerate(token.values, token.offset) if value.strip()])
                if len(places) >= len(self.named.indexes):
                    found.append((token, places))
        return found

    def _is_contradicted(self) -> bool:
        return any(places != self.named.positions for _, places in self._rows)

    def columns_of(self, token: RowToken) -> Columns | None:
        """The columns of a row by the other full rows of its width; by the heading where there are none.

        None for a row as wide as nothing else: a cell is missing in it or one too many, and nothing says which.
        """
        width = _width(token)
        seen = {
            places
            for other, places in self._rows
            if other is not token and _width(other) == width and len(places) == self._count
        }
        if not seen:
            return self.named if width in self.widths else None
        return self.named if seen == {self.named.positions} else _standing(self.named, tuple(seen))


def columns_below(table: TableId, columns: tuple[Column, ...], heading: Heading | None) -> Columns:
    """The columns that ``heading`` names; those of the form where there is none. 四 has its fifteen."""
    if heading is None:
        return form_order(len(columns) if table != "proceedings" else FIGURE_COUNT)
    return read_columns(table, columns, tuple(heading.rows))


@cache
def form_order(count: int, strange: bool = False) -> Columns:
    """The columns of a table whose heading is not there, or can't be read: those of the form, as assumed."""
    return Columns(tuple(range(count)), unread=True, strange=strange)


def widths(heading: Heading | None, last: bool = False) -> frozenset[int]:
    """How wide a row may be by its heading, and 0, the width of a row for which that decides nothing.

    Where columns are missing, so may be cells in a part of the heading; its ``last`` row is nearest to the figures.
    """
    rows = [] if heading is None else heading.rows[-1:] if last else heading.rows
    return frozenset((0, *map(len, rows)))


def _width(token: RowToken) -> int:
    return token.offset + len(token.values)


@lru_cache(maxsize=512)
def _standing(named: Columns, seen: tuple[Places, ...]) -> Columns:
    """``named`` where full rows stand; the same object for the same arguments, for rows are remembered with it."""
    return evolve(named, positions=seen[0] if len(seen) == 1 else None, scattered=len(seen) > 1)
