"""Signs in the rows of a table of a column that the form does not have and that no heading places.

Where its name was lost, or stands elsewhere, a row with as many figures as columns may hold one of it and lack one of
its own; and full rows say nothing of where the columns of the form stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..memo import lazy
from ..template.vocabulary import look_up
from .form_lines import LineBlock
from .grammar import Accepted
from .headings import columns_below
from .neighbours import RowExtents
from .tokens import RecognisedRow, RowToken

MIN_WORDS = 3
"""Rows that end with a word, behind more cells than there are columns, which show a column of words."""

MIN_REACHING = 2
"""Rows whose figures reach over more places than there are columns, and more than half of those with several figures,
which show a column of figures.
"""


class OtherColumns:
    """Signs in all rows of a table, of whatever block, of columns that are none of the form."""

    def __init__(self, blocks: Sequence[LineBlock], accepted: Accepted, extents: RowExtents) -> None:
        self.extents = extents
        self._blocks = blocks
        self._accepted = accepted

    @lazy
    def are_shown(self) -> bool:
        """Return whether the rows show a column that the form does not have."""
        if not any(self._may_hold_another(block) for block in self._blocks):
            return False
        words = reaching = several = 0
        for token, row, block in self._rows:
            several += len(row.filled) > 1
            if len(row.values) > len(block.columns):
                if _is_named(token, row, block):
                    return True
                shown = _shown_by(token, row, block)
                words += shown == "word"
                reaching += shown is not None
        return words >= MIN_WORDS or (reaching >= MIN_REACHING and reaching * 2 > several)

    def _may_hold_another(self, block: LineBlock) -> bool:
        """Return whether a row of a block is filled beyond its columns, as far as its shape tells: in few tables."""
        for line in block.lines:
            token = self._accepted.rows.get(line.terminal)
            if token is not None:
                positions = columns_below(block.table, block.columns, token.heading).positions
                return self.extents.reach_beyond(token.heading, len(block.columns), positions)
        return False

    @lazy
    def ends_are_trimmed(self) -> bool:
        """Return whether no row ends with an empty cell, and none of the headings."""
        headings = {id(token.heading): token.heading for token, _, _ in self._rows if token.heading is not None}
        names = (cells for heading in headings.values() for cells in heading.rows)
        return all(row.values[-1] != "" for _, row, _ in self._rows) and all(cells[-1:] != ("",) for cells in names)

    @lazy
    def _rows(self) -> list[tuple[RowToken, RecognisedRow, LineBlock]]:
        """Return the rows of cells that hold anything, each with its block."""
        found = ((self._accepted.rows.get(line.terminal), block) for block in self._blocks for line in block.lines)
        return [
            (token, row, block)
            for token, block in found
            if token is not None and (row := token.recognised) is not None
            if row.filled
        ]


def _is_named(token: RowToken, row: RecognisedRow, block: LineBlock) -> bool:
    """Return whether a row reaches over more places than there are columns, below words that name none of them."""
    named = columns_below(block.table, block.columns, token.heading)
    return named.has_unknown and named.positions is None and _reach(row) > len(block.columns)


def _reach(row: RecognisedRow) -> int:
    """Return over how many places the figures of a row reach."""
    return row.filled[-1] - row.filled[0] + 1


def _shown_by(token: RowToken, row: RecognisedRow, block: LineBlock) -> Literal["word", "figure"] | None:
    """Return what a row holds of a column that is none of the form.

    A word at its end, behind the last name if that has a place; or figures, not all the same, further apart than the
    columns are.
    """
    last = row.values[row.filled[-1] - row.start].strip()
    reach = _reach(row)
    reaches = reach > len(block.columns) and len({row.values[at - row.start] for at in row.filled}) > 1
    if not reaches and look_up(last).is_figure:
        return None
    places = columns_below(block.table, block.columns, token.heading).positions
    if places is not None and (row.filled[-1] <= places[-1] or (reaches and reach <= places[-1] - places[0] + 1)):
        return None
    return "figure" if last.isdecimal() else "word"
