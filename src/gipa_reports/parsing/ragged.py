"""Rows that end with their figures: what programs leave of a table whose spans they wrote in part, or not at all.

A cell over rows leaves no trace in the rows below it, and one over columns leaves empty cells behind it or none; so
rows are of different width, and the names of the columns don't stand over the figures. What is left is exact all the
same if every row of a table says the same: behind its labels, and the cells that the last of them covers in the form,
stand as many cells as there are columns, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from .form_lines import LineBlock
from .tokens import RecognisedRow, RowToken

MIN_ROWS = 5
"""Rows that must end with their figures before all of a table are taken to do so."""

MIN_TOGETHER = 3
"""Cells side by side, with or without a figure, that are all that a row has beside its labels."""

MIN_BEGUN = 3
"""Rows whose first figure stands right behind the cells that their wide label covers; none may stand earlier."""


def label_covers(tokens: Sequence[tuple[RowToken, RecognisedRow]], count: int, block: LineBlock) -> bool | None:
    """Return whether labels cover the columns that they have in the form, in rows that end with ``count`` figures.

    False where each label takes one cell; None where some rows don't end with their figures, or nothing proves it: rows
    of one width may have been filled up at their end.
    """
    if len(tokens) < MIN_ROWS:
        return None
    rest = [(row, covered(token, block)) for token, row in tokens]
    if all(len(row.values) == count for row, _ in rest):
        return False if any(wide for _, wide in rest) else None
    is_exact = all(len(row.values) == count + cells for row, cells in rest)
    return True if is_exact and _is_proven(rest) else None


def _is_proven(rows: Sequence[tuple[RecognisedRow, int]]) -> bool:
    """Return whether rows, each with the cells that its label covers, show that they were not filled up at their end.

    They do where they differ in width, where one with a wide label ends with a figure, and where several have figures
    right behind the cells that it covers; none has one in these.
    """
    wide = [(row, cells) for row, cells in rows if cells]
    begun = [row.filled[0] - row.start - cells for row, cells in wide if row.filled]
    if min(begun, default=0) < 0:
        return False
    reaches = any(row.filled and row.filled[-1] == row.width - 1 for row, _ in wide)
    return reaches or begun.count(0) >= MIN_BEGUN or len({row.width for row, _ in rows}) > 1


def covered(token: RowToken, block: LineBlock) -> int:
    """Return how many columns the label of a row covers in the form beside its own."""
    return max(block.depths.values()) - block.depths.get(token.type, 0)


def stands_together(row: RecognisedRow, count: int, names: tuple[int, ...] | None) -> int | None:
    """Return where the first of ``count`` cells of a row stands that are side by side and all that it has.

    A blank cell of these holds white space, while the others hold nothing at all: so they are written where a program
    moves each row to the right of the one above. None where a cell stands at or before the last of the ``names``.
    """
    there = [place for place, value in enumerate(row.values, row.start) if value]
    if count < MIN_TOGETHER or len(there) != count or there[-1] - there[0] != count - 1:
        return None
    return there[0] if names is None or there[0] > max(names) else None
