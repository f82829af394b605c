"""Repairs of what programs do to the lines of a text, made before its rows are read: an ordered table.

Most texts need none. So each repair stands beside its signs: texts of which every source that it mends has one, and
where none of them is it is not tried. A repair gives back as many lines as it gets, so that each keeps its number.
Lines that a mark says are prose, or that state a fact of the report, are left alone.
"""

from __future__ import annotations

from collections.abc import Callable

from ..template import words
from ..template.vocabulary import ESCAPE
from .boxes import CORNERS, unboxed
from .bracketed import SIGNS, unbracketed
from .broken_blanks import blanks_rejoined
from .padded import boxes_with_high_cells, dashes_over_columns, pairs_of_tabs, wide_lines
from .sheet_cells import WIDE, filled_once, rows_around_sections
from .tab_lines import joined_at_tabs
from .underlined import with_columns

Repair = Callable[[list[str]], list[str]]
"""Mends lines; the same list where it finds nothing to mend."""

REPAIRS: tuple[tuple[tuple[str, ...], Repair], ...] = (
    (("-- -",), with_columns),
    (SIGNS, unbracketed),
    (("─", "━", "═"), boxes_with_high_cells),
    (("---",), dashes_over_columns),
    (("   ",), wide_lines),
    ((WIDE,), filled_once),
    ((WIDE,), rows_around_sections),
    (("\t\t",), pairs_of_tabs),
    (CORNERS, unboxed),
    (("\n\t\n",), joined_at_tabs),
    (("\t\n\t", "\t\n \t", "\t\n\xa0\t"), blanks_rejoined),
)
"""The repairs in the order in which they are made."""

_PROSE = (ESCAPE, *words.STATED)
"""Beginnings of lines that are prose whatever they look like."""


def repaired(lines: list[str]) -> list[str]:
    """Return ``lines`` with every repair made whose signs they have."""
    text = "\n".join(lines)
    for signs, repair in REPAIRS:
        if any(map(text.__contains__, signs)):
            mended = _beside_prose(repair, lines) if any(map(text.__contains__, _PROSE)) else repair(lines)
            if mended is not lines:
                lines, text = mended, "\n".join(mended)
    return lines


def _beside_prose(repair: Repair, lines: list[str]) -> list[str]:
    """Return ``lines`` with those mended that nothing says are prose."""
    prose = [at for at, line in enumerate(lines) if line.startswith(_PROSE)]
    others = list(lines)
    for at in prose:
        others[at] = ""
    mended = repair(others)
    if mended is others:
        return lines
    mended = list(mended)
    for at in prose:
        mended[at] = lines[at]
    return mended
