"""Words that programs write in a cell that holds nothing, and no office does."""

from __future__ import annotations

from attrs import evolve

from ..document import Row

NOTHING = frozenset(("NaN", "nan", "None", "<NA>", "NULL", "\\n"))
"""These words."""


def without_nothing(row: Row) -> Row:
    """Return a row with empty cells in the place of words for nothing."""
    return row if NOTHING.isdisjoint(row.cells) else evolve(row, cells=["" if c in NOTHING else c for c in row.cells])
