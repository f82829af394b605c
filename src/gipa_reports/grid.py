"""The grid of a table whose cells span columns and rows: each cell where a reader of the page sees it.

HTML, Word and workbooks state spans in different ways; what they mean is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .document import COVERED, COVERED_BELOW
from .limits import Limits
from .messages import Phrase, more_than
from .template import labels


class GridRow(NamedTuple):
    """The cells of a row in order, and the spans of those that are over more than one column or row."""

    cells: list[str]
    spans: Mapping[int, tuple[int, int]] = {}
    """Place in ``cells`` → columns and rows. No columns are as good as one, no rows are all that follow."""


class Grids:
    """Lays out the tables of one document, within the limits on all of them together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
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

    def expand(self, group: Sequence[GridRow], unseen: frozenset[int] = frozenset()) -> Iterator[list[str]]:
        """Yield the rows of a group of rows, the words of each cell in the first place that it spans.

        The other places of a cell with a figure hold ``COVERED`` beside it and ``COVERED_BELOW`` in the rows below;
        those of a label are blank. No cell reaches beyond its group. The words of a cell that begins in one of the
        ``unseen`` columns stand in the first of its columns that is seen.
        """
        above: dict[int, tuple[int, str]] = {}
        """Column → the last row (from 1) that a cell from above covers there, and what stands for it."""
        first_end = 0
        """The first row with which one of them ends."""
        before: list[str] | None = []
        """Return what cells from above leave in the first places of a row, if they are in no others."""
        for number, row in enumerate(group, start=1):
            begun: dict[int, tuple[int, str]] = {}
            if before is None or row.spans or unseen:
                yield self._place(row, above, begun, unseen, (number, len(group)))
            else:
                self.count(len(row.cells))
                yield before + row.cells
            if begun or first_end == number:
                for column, reach in begun.items():
                    above[column] = max(reach, above.get(column, reach))
                above = {column: reach for column, reach in sorted(above.items()) if reach[0] > number}
                first_end = min([last for last, _ in above.values()], default=0)
                fillers = [filler for _, filler in above.values()]
                before = fillers if list(above) == list(range(len(fillers))) else None

    def _place(
        self,
        row: GridRow,
        above: Mapping[int, tuple[int, str]],
        begun: dict[int, tuple[int, str]],
        unseen: frozenset[int],
        at_row: tuple[int, int],
    ) -> list[str]:
        """Return a row in its grid; ``begun`` takes the columns that its cells reach down in.

        ``at_row`` is the number of the row, and how many there are in its group.
        """
        cells: list[str] = []
        area = 0
        last_span, last_above = max(row.spans, default=-1), max(above, default=-1)
        for index, text in enumerate(row.cells):
            if index > last_span and len(cells) > last_above and not unseen:
                cells += row.cells[index:]
                area += len(row.cells) - index
                break
            while above and len(cells) in above:
                cells.append(above[len(cells)][1])
            at = len(cells)
            cells.append(text)
            area += self._span(row.spans[index], cells, begun, at_row) if index in row.spans else 1
            if at in unseen:
                _move_to_seen(cells, at, unseen)
        while above and len(cells) in above:
            cells.append(above[len(cells)][1])
        self.count(area)
        return cells

    def _span(
        self, span: tuple[int, int], cells: list[str], begun: dict[int, tuple[int, str]], at_row: tuple[int, int]
    ) -> int:
        """Cover what the last of ``cells`` spans beside it and in ``begun``; return how many places these are."""
        columns, rows = span
        self.check_span(max(columns, rows))
        columns = columns or 1
        rows = rows or at_row[1] - at_row[0] + 1
        if columns * rows > self._limits.cells:
            self.count(columns * rows)
        at, text = len(cells) - 1, cells[-1]
        if columns > 1:
            cells.extend([COVERED if _is_figure(text) else ""] * (columns - 1))
        if rows > 1:
            reach = at_row[0] + rows - 1, COVERED_BELOW if _is_figure(text) else ""
            begun.update(dict.fromkeys(range(at, at + columns), reach))
        return columns * rows


def _is_figure(text: str) -> bool:
    """Return whether a spanning cell hides figures in the places that it covers: it is filled, and no label."""
    return bool(text) and not labels.find(text)


def _move_to_seen(cells: list[str], at: int, unseen: frozenset[int]) -> None:
    """Put the words of the cell at ``at``, the last so far, into the first of its columns that is seen."""
    seen = next((column for column in range(at, len(cells)) if column not in unseen), at)
    cells[at], cells[seen] = "", cells[at]
