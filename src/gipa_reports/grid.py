"""The grid of a table whose cells span columns and rows: each cell where a reader of the page sees it.

Pages, Word files, workbooks and our own forms state spans in different ways; what they mean is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from .document import COVERED, COVERED_BELOW
from .limits import MOST, Limits
from .messages import Phrase, more_than
from .template import labels

T = TypeVar("T")
S = TypeVar("S", bound="Spanning")

_UNLIMITED = Limits(cells=MOST, span=MOST)
"""For what is laid out from a report: it has been read, or made."""


Spans = Mapping[int, Mapping[int, tuple[int, int]]]
"""Row of a group → place of a cell in it, both from 0 → columns and rows that it is over, if these are several.

No columns are as good as one, no rows are all that follow.
"""

Above = dict[int, tuple[int, T]]
"""Column → the first row that a cell which began above covers no more there, and what stands for it in those before."""


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

    def expand(self, group: Sequence[list[T]], spans: Spans, unseen: frozenset[int] = frozenset()) -> Iterator[list[T]]:
        """Yield the rows of a group of rows, each cell in the first place that it spans.

        No cell reaches beyond its group. One that begins in one of the ``unseen`` columns stands in the first of its
        columns that is seen.
        """
        self._count_places(group, spans)
        above: Above[T] = {}
        for number, cells in enumerate(group):
            if number in spans or above:
                cells = self._place(cells, spans.get(number, {}), above, range(number, len(group)), unseen)
            yield cells

    def _count_places(self, group: Sequence[list[T]], spans: Spans) -> None:
        """Count the places that the cells of a group of rows are over."""
        most = self._limits.span
        places = sum(map(len, group))
        for number, stated in spans.items():
            for columns, rows in stated.values():
                if columns > most or rows > most:
                    self.check_span(max(columns, rows))
                places += (columns or 1) * (rows or len(group) - number) - 1
        self.count(places)

    def _place(
        self,
        cells: list[T],
        spans: Mapping[int, tuple[int, int]],
        above: Above[T],
        rows_left: range,
        unseen: frozenset[int],
    ) -> list[T]:
        """Return the first row of ``rows_left`` in its grid, and add to ``above`` what reaches down from it."""
        number = rows_left.start
        placed: list[T] = []
        begun: Above[T] = {}
        for place, cell in enumerate(cells):
            while len(placed) in above and above[len(placed)][0] > number:
                placed.append(above[len(placed)][1])
            placed.append(cell)
            if place in spans:
                at = len(placed) - 1
                columns, rows = spans[place]
                beside, below = self._covers(cell)
                if columns > 1:
                    placed += [beside] * (columns - 1)
                if rows != 1:
                    reach = number + rows if rows else rows_left.stop, below
                    begun.update(dict.fromkeys(range(at, len(placed)), reach))
                if at in unseen:
                    _move_to_seen(placed, at, unseen)
        while len(placed) in above and above[len(placed)][0] > number:
            placed.append(above[len(placed)][1])
        _add_reaching(above, begun)
        return placed


def _add_reaching(above: Above[T], begun: Above[T]) -> None:
    """Add what begins in a row to what comes from above: of two over one place the one that reaches further down."""
    for column, reach in begun.items():
        if column not in above or _reach(reach) >= _reach(above[column]):
            above[column] = reach


def lay_out(
    rows: Iterable[Sequence[S]], value: Callable[[S], T], covers: Callable[[T], tuple[T, T]]
) -> Iterator[list[T]]:
    """Yield the rows of a table of our own: the ``value`` of each cell, and what it ``covers`` in its other places."""
    group = list(rows)
    spans = {
        number: {at: (cell.colspan, cell.rowspan) for at, cell in enumerate(row) if cell.colspan * cell.rowspan > 1}
        for number, row in enumerate(group)
    }
    return Grids(_UNLIMITED, covers).expand([list(map(value, row)) for row in group], spans)


def _reach(reach: tuple[int, object]) -> tuple[int, bool]:
    """Return how far a cell reaches down, the first of two that are over one place being that with a figure."""
    return reach[0], bool(reach[1])


def _move_to_seen(cells: list[T], at: int, unseen: frozenset[int]) -> None:
    """Put the cell at ``at``, the last that has begun, into the first of its columns that is seen."""
    seen = next((column for column in range(at, len(cells)) if column not in unseen), at)
    cells[at], cells[seen] = cells[seen], cells[at]
