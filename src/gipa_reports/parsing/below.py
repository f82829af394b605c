"""What stands below a heading: which columns it names, and what the full rows there show of their places."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property, lru_cache

from attrs import evolve

from ..template import Block, Column, TableId
from .columns import Columns, read_columns
from .grammar import Accepted
from .tokens import FIGURE_COUNT, Heading, RecognisedRow, RowToken


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
    """The columns of a block below one of its headings, and what the rows there show of them.

    A heading that names fewer columns than the form, or in another order, is read as if it were not there if a row of
    cells speaks against it.
    """

    def __init__(self, named: Columns, heading: Heading | None, accepted: Accepted, block: Block) -> None:
        self._count = len(block.columns)
        self._block = block
        self._heading = heading
        self._accepted = accepted
        self._named = named
        self.named = form_order(self._count) if self._is_contradicted() else named

    def _is_contradicted(self) -> bool:
        """Whether a full row does not stand below names that are fewer than the form's, or in another order."""
        named = self._named
        if named.moved or named.lacking:
            count, positions = len(named.indexes), named.positions
            for token in self._accepted.rows.values():
                # Nearly all full rows stand where the names do.
                shape = token.recognised
                if shape is not None and len(shape.filled) >= count and shape.filled != positions:
                    return any(filled != positions for _, _, filled in self._full)
        return False

    @cached_property
    def _rows(self) -> list[tuple[RowToken, RecognisedRow]]:
        return [
            (token, shape)
            for token in self._accepted.rows.values()
            if token.heading is self._heading and (shape := token.recognised) is not None and token.spacing == "grid"
        ]

    @cached_property
    def _full(self) -> list[tuple[RowToken, RecognisedRow, tuple[int, ...]]]:
        """The rows with a figure for each of the columns, and where these stand."""
        return [
            (token, shape, filled)
            for token, shape in self._rows
            if len(filled := _beside(shape.filled, self._named.others)) >= len(self._named.indexes)
        ]

    @cached_property
    def _depths(self) -> dict[str, int]:
        return {row.terminal: len(row.spans) for row in self._block.rows}

    def _indent(self, token: RowToken) -> int:
        """Where the values of a row begin, less the labels that the form has to the left of its own."""
        return token.offset - self._depths.get(token.type, 0)

    @cached_property
    def _usual(self) -> int:
        """The indent of most rows."""
        return Counter(self._indent(token) for token, _ in self._rows).most_common(1)[0][0]

    @cached_property
    def _crowded(self) -> frozenset[int]:
        """How wide the rows are that have more figures than there are columns."""
        return frozenset(shape.width for _, shape, filled in self._full if len(filled) > self._count)

    def columns_of(self, token: RowToken) -> Columns | None:
        """The columns of a row by the other full rows of its width and indent; by the heading where there are none.

        None for a row that stands as nothing else does: a cell is missing or one too many, and nothing says which.
        """
        assert token.recognised is not None, "a row of a grid has a shape"
        width, own, named = token.recognised.width, self._indent(token), self.named
        if width in self._crowded:
            # One column there is not the form's.
            return None
        places = frozenset(
            filled
            for other, shape, filled in self._full
            if shape is not token.recognised and shape.width == width and len(filled) == self._count
            if self._indent(other) == own
        )
        if not places:
            return named if width in named.widths and own == self._usual else None
        if places == {named.positions}:
            return named
        if width in named.widths and named.positions is not None:
            late = min(places)[0] > named.positions[0] >= own
            if late or not all(_is_parallel(filled, named.positions) for filled in places):
                # One of them has a blank, and in its place a figure of a column that nothing names.
                return None
        return _standing(named, places)


def _is_parallel(filled: tuple[int, ...], positions: tuple[int, ...]) -> bool:
    """Whether figures stand as far from each other as the names of their columns."""
    return len({place - position for place, position in zip(filled, positions, strict=False)}) == 1


def _beside(filled: tuple[int, ...], others: frozenset[int]) -> tuple[int, ...]:
    return tuple([place for place in filled if place not in others]) if others else filled


def repeated(named: Columns, first: Columns) -> Columns:
    """The columns of a heading that comes again within its table; where it stands elsewhere, no place is sure."""
    if named.positions is None or first.positions in (None, named.positions):
        return named
    return _standing(named, frozenset((named.positions, first.positions)))


@lru_cache(maxsize=512)
def _standing(named: Columns, places: frozenset[tuple[int, ...] | None]) -> Columns:
    """``named`` where full rows stand; the same object for the same arguments, for rows are remembered with it."""
    (only, *others) = places
    return evolve(named, positions=None if others else only, scattered=bool(others), by_others=True)
