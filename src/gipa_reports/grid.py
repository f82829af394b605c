"""The grid of a table whose cells span columns and rows: each cell where a reader of the page sees it.

Pages, Word files, workbooks and our own forms state spans in different ways; what they mean is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from .document import COVERED, COVERED_BELOW
from .limits import MOST, Limits
from .messages import Phrase, more_than
from .template import labels

T = TypeVar("T")
S = TypeVar("S", bound="Spanning")

_UNLIMITED = Limits(cells=MOST, span=MOST)
"""For what is laid out from a report: it has been read, or made."""


class GridRow(NamedTuple, Generic[T]):
    """The cells of a row in order, and the spans of those that are over more than one column or row."""

    cells: list[T]
    spans: Mapping[int, tuple[int, int]] = {}
    """Place in ``cells`` → columns and rows. No columns are as good as one, no rows are all that follow."""


class Spanning(Protocol):
    """A cell that knows how many columns and rows it is over."""

    @property
    def colspan(self) -> int:
        """Return the columns that it is over."""

    @property
    def rowspan(self) -> int:
        """Return the rows that it is over."""


def covers(text: str) -> tuple[str, str]:
    """Return what stands for a cell in the other places that it covers: in those beside it, and in the rows below.

    A figure is marked in them, for it is none of the columns there; a label leaves them blank.
    """
    if not text or labels.find(text):
        return "", ""
    return COVERED_BELOW if text == COVERED_BELOW else COVERED, COVERED_BELOW


class Grids(Generic[T]):
    """Lays out the tables of one document, within the limits on all of them together.

    ``covers`` says what stands for a cell in the other places that it covers: beside it, and in the rows below.
    """

    def __init__(self, limits: Limits, covers: Callable[[T], tuple[T, T]]) -> None:
        self._limits = limits
        self._covers = covers
        self._count = 0

    def count(self, cells: int) -> None:
        """Add ``cells`` to the places in use. Raises ``LimitError`` past the limit."""
        self._count += cells
        if self._count > self._limits.cells:
            raise self._limits.passed("cells", more_than(self._limits.cells, "cells"))

    def check_span(self, columns_or_rows: int) -> None:
        """Raise ``LimitError`` for a cell that spans too many columns or rows."""
        if columns_or_rows > self._limits.span:
            found = Phrase(f"a cell over {columns_or_rows} columns or rows", f"一个单元格跨{columns_or_rows}列或行")
            raise self._limits.passed("span", found)

    def expand(self, group: Sequence[GridRow[T]], unseen: frozenset[int] = frozenset()) -> Iterator[list[T]]:
        """Yield the rows of a group of rows, each cell in the first place that it spans.

        No cell reaches beyond its group. One that begins in one of the ``unseen`` columns stands in the first of its
        columns that is seen.
        """
        above: dict[int, tuple[int, T]] = {}
        """Column → the last row (from 1) that a cell from above covers there, and what stands for it."""
        first_end = 0
        """The first row with which one of them ends."""
        before: list[T] | None = []
        """What cells from above leave in the first places of a row, if they are in no others."""
        for number, row in enumerate(group, start=1):
            begun: dict[int, tuple[int, T]] = {}
            if before is None or row.spans or unseen:
                yield self._place(row, above, begun, unseen, (number, len(group)))
            else:
                self.count(len(row.cells))
                yield before + row.cells
            if begun or first_end == number:
                above = _reaching_below(number, above, begun)
                first_end = min([last for last, _ in above.values()], default=0)
                fillers = _fillers(above, 0)
                before = fillers if len(fillers) == len(above) else None

    def _place(
        self,
        row: GridRow[T],
        above: Mapping[int, tuple[int, T]],
        begun: dict[int, tuple[int, T]],
        unseen: frozenset[int],
        at_row: tuple[int, int],
    ) -> list[T]:
        """Return a row in its grid; ``begun`` takes the columns that its cells reach down in.

        ``at_row`` is the number of the row, and how many there are in its group.
        """
        cells: list[T] = []
        area = len(row.cells)
        # Behind the last span of the row, and all that comes from above, cells stand side by side.
        last_span = max(row.spans, default=-1)
        last_above = max(above) if above else -1
        for index, cell in enumerate(row.cells):
            if index > last_span and len(cells) > last_above and not unseen:
                cells += row.cells[index:]
                break
            if len(cells) in above:
                cells += _fillers(above, len(cells))
            at = len(cells)
            cells.append(cell)
            if index in row.spans:
                area += self._span(row.spans[index], cells, begun, at_row) - 1
            if at in unseen:
                _move_to_seen(cells, at, unseen)
        if above:
            cells += _fillers(above, len(cells))
        self.count(area)
        return cells

    def _span(
        self, span: tuple[int, int], cells: list[T], begun: dict[int, tuple[int, T]], at_row: tuple[int, int]
    ) -> int:
        """Cover what the last of ``cells`` spans beside it and in ``begun``; return how many places these are."""
        columns, rows = span
        if columns > self._limits.span or rows > self._limits.span:
            self.check_span(max(span))
        columns = columns or 1
        rows = rows or at_row[1] - at_row[0] + 1
        if columns * rows > self._limits.cells:
            self.count(columns * rows)
        at = len(cells) - 1
        beside, below = self._covers(cells[-1])
        if columns > 1:
            cells += [beside] * (columns - 1)
        if rows > 1:
            begun.update(dict.fromkeys(range(at, at + columns), (at_row[0] + rows - 1, below)))
        return columns * rows


def _reaching_below(
    number: int, above: Mapping[int, tuple[int, T]], begun: Mapping[int, tuple[int, T]]
) -> dict[int, tuple[int, T]]:
    """Return what reaches below a row of cells from above, and of those that begin in it."""
    furthest = {column: max(reach, above[column], key=_reach) for column, reach in begun.items() if column in above}
    return {column: reach for column, reach in {**above, **begun, **furthest}.items() if reach[0] > number}


def _fillers(above: Mapping[int, tuple[int, T]], column: int) -> list[T]:
    """Return what stands for cells from above from a column on, up to the first that none of them covers."""
    fillers: list[T] = []
    while column in above:
        fillers.append(above[column][1])
        column += 1
    return fillers


def lay_out(
    rows: Iterable[Sequence[S]], value: Callable[[S], T], covers: Callable[[T], tuple[T, T]]
) -> Iterator[list[T]]:
    """Yield the rows of a table of our own: the ``value`` of each cell, and what it ``covers`` in its other places."""
    group = [
        GridRow(
            list(map(value, row)),
            {at: (cell.colspan, cell.rowspan) for at, cell in enumerate(row) if cell.colspan * cell.rowspan > 1},
        )
        for row in rows
    ]
    return Grids(_UNLIMITED, covers).expand(group)


def _reach(reach: tuple[int, object]) -> tuple[int, bool]:
    """Return how far a cell reaches down, the first of two that are over one place being that with a figure."""
    return reach[0], bool(reach[1])


def _move_to_seen(cells: list[T], at: int, unseen: frozenset[int]) -> None:
    """Put the cell at ``at``, the last that has begun, into the first of its columns that is seen."""
    seen = next((column for column in range(at, len(cells)) if column not in unseen), at)
    cells[at], cells[seen] = cells[seen], cells[at]
