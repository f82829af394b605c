"""The rows of an HTML table with their spans expanded: each cell where a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import Factory, define

from ..document import COVERED, COVERED_BELOW, Cells
from ..limits import Limits
from ..template import labels

GridCell = tuple[str, int, int, str]
"""The words of a cell, over how many columns and rows it is, and what it shows in the place of words, or "".

No columns are as good as one; no rows are all that follow.
"""

MAX_REMEMBERED = 64
"""Cells of the longest row whose place is remembered, and"""

MAX_PLACES = 8
"""how many places of one row: below the labels of one page it stands otherwise than below those of another."""

_SPAN = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,12})")


@define(eq=False)
class GridRow:
    """The cells of a row, which are given out again for every row that is written like it."""

    cells: Sequence[GridCell]
    places: dict[object, _Placed] = Factory(dict)
    """The columns that cells from above take of the row → what it then is."""


@define(eq=False)
class _Placed:
    """A row in its grid."""

    cells: Sequence[str]
    area: int
    """How many cells its own are in the grid, in this row and below it; of those over all that follow, in this one."""
    widest: int
    """The largest of its spans."""
    reaching: list[tuple[int, int, str]]
    """Each column of a cell that is over more rows: how many, none if all that follow, and what stands for it there."""


@lru_cache(maxsize=256)
def span(text: str | None) -> int:
    """The number that a browser reads in ``colspan`` or ``rowspan``; 1 where there is none."""
    match = _SPAN.match(text or "")
    return int(match[1]) if match else 1


class Grids:
    """The grids of one page, within the limits on all of them together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0

    def count(self, cells: int) -> None:
        """Take so many more cells into account."""
        self._count += cells
        if self._count > self._limits.cells:
            raise self._limits.passed("cells", f"more than {self._limits.cells} cells")

    def check_span(self, columns_or_rows: int) -> None:
        """Raise ``LimitError`` for a cell over too many of them."""
        if columns_or_rows > self._limits.span:
            raise self._limits.passed("span", f"a cell over {columns_or_rows} columns or rows")

    def expand(
        self,
        rows: Sequence[GridRow | Iterable[GridCell]],
        unseen: frozenset[int],
        pictures: list[tuple[list[str], int, str]],
    ) -> Iterator[Sequence[str]]:
        """The rows of a group, with the words of each cell in the first place that it spans.

        No cell reaches beyond its group. Of columns ``unseen`` it is the first other that has the words. ``pictures``
        takes the places of cells that show something but no text, and the name of what they show.
        """
        covered: dict[int, tuple[int, str]] = {}
        """Column → the number of the last row, from 1, in which a cell from above is there, and what stands for it."""
        taken: tuple[tuple[int, str], ...] = ()
        """The same without the numbers."""
        last = 0
        """The first row after which one of them is not there any more."""
        for number, row in enumerate(rows, start=1):
            if isinstance(row, GridRow) and not unseen:
                placed = row.places.get(taken)
                if placed is None:
                    placed = self._place(row.cells, covered, unseen, pictures)
                    if len(placed.cells) <= MAX_REMEMBERED and len(row.places) < MAX_PLACES:
                        placed.cells = Cells(placed.cells)
                        row.places[taken] = placed
                elif placed.widest > self._limits.span:
                    self.check_span(placed.widest)
            else:
                cells = row.cells if isinstance(row, GridRow) else row
                placed = self._place(cells, covered, unseen, pictures)
            self.count(placed.area)
            yield placed.cells
            if not placed.reaching and (not covered or number < last):
                continue
            for column, height, filler in placed.reaching:
                if not height:
                    height = len(rows) - number + 1
                    self.count(height - 1)
                reach = number + height - 1, filler
                covered[column] = max(reach, covered.get(column, reach))
            covered = {column: reach for column, reach in covered.items() if reach[0] > number}
            taken = tuple([(column, filler) for column, (_, filler) in sorted(covered.items())])
            last = min([row for row, _ in covered.values()], default=0)

    def _place(
        self,
        row: Iterable[GridCell],
        covered: dict[int, tuple[int, str]],
        unseen: frozenset[int],
        pictures: list[tuple[list[str], int, str]],
    ) -> _Placed:
        """A row of which some columns are ``covered`` by cells from above."""
        cells: list[str] = []
        area = 0
        widest = 1
        reaching: list[tuple[int, int, str]] = []
        for text, width, height, picture in row:
            while covered and len(cells) in covered:
                cells.append(covered[len(cells)][1])
            cells.append(text)
            if picture:
                pictures.append((cells, len(cells) - 1, picture))
            if width == height == 1:
                area += 1
                continue
            area += (width or 1) * (height or 1)
            widest = max(widest, width, height)
            self.check_span(widest)
            at = len(cells) - 1
            is_filled = not labels.find(text) if text else bool(picture)
            if width > 1:
                if area > self._limits.cells:
                    self.count(area)
                cells.extend([COVERED if is_filled else ""] * (width - 1))
            if height != 1:
                filler = COVERED_BELOW if is_filled else ""
                reaching.extend([(column, height, filler) for column in range(at, len(cells))])
            if at in unseen:
                seen = next((column for column in range(at, len(cells)) if column not in unseen), at)
                cells[at], cells[seen] = "", text
        while covered and len(cells) in covered:
            cells.append(covered[len(cells)][1])
        return _Placed(cells, area, widest, reaching)
