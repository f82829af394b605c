"""Repairs of what programs do to the lines of a text, made before its rows are read: an ordered table.

Most texts need none. So each repair stands beside its signs: texts of which every source that it mends has one, and
where none of them is it is not tried. A repair gives back as many lines as it gets, so that each keeps its number.
Lines that a mark says are prose, or that state a fact of the report, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from . import boxes, styled, underlined
from .pipe_lines import PROSE
from .sheet_cells import WIDE, whole_rows
from .tab_lines import joined_at_tabs

Repair = Callable[[list[str]], list[str]]
"""Mends lines; the same list where it finds nothing to mend."""

MAX_WIDTH = 160
"""Characters of a line from which on runs of blanks are made short."""

MIN_PAIRS = 40
"""Pairs of tabs in a text whose cells are parted by two."""

_BLANKS = re.compile(" {3,}")
_SINGLE_TAB = re.compile(r"\t(?<=[^\t\n]\t)(?=[^\t\n])")
"""A tab between two cells: then tabs are not in pairs. The tab is searched for first, as most of a text is none."""


def repaired(lines: list[str]) -> list[str]:
    """Return ``lines`` with every repair made whose signs they have."""
    text = "\n".join(lines)
    for signs, repair in REPAIRS:
        if has_any(text, signs) and (mended := repair(lines)) is not lines:
            mended = _beside_prose(repair, lines) if has_any(text, PROSE) else mended
            if mended is not lines:
                lines, text = mended, "\n".join(mended)
    return lines


def has_any(text: str, signs: Iterable[str]) -> bool:
    """Return whether one of ``signs`` stands in a text; for a character alone it is looked through much faster."""
    return any(sign in text for sign in signs if sign[0] in text)


def _beside_prose(repair: Repair, lines: list[str]) -> list[str]:
    """Return ``lines`` with those mended that nothing says are prose."""
    prose = [at for at, line in enumerate(lines) if line.startswith(PROSE)]
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


def wide_lines(lines: list[str]) -> list[str]:
    """Take out most blanks of the lines that are wide by blanks alone."""
    if max(map(len, lines)) <= MAX_WIDTH:
        return lines
    return [_BLANKS.sub("  ", line.strip()) if len(line) > MAX_WIDTH and "   " in line else line for line in lines]


def pairs_of_tabs(lines: list[str]) -> list[str]:
    """Put blanks in the place of tabs where all are in pairs: empty cells have left no trace."""
    if _SINGLE_TAB.search("\n".join(lines)) is not None:
        return lines
    text = "\n".join(map(str.strip, lines))
    if text.count("\t\t") < MIN_PAIRS or "\t\t\t" in text:
        return lines
    return [line.replace("\t\t", "  ") if "\t" in line else line for line in lines]


REPAIRS: tuple[tuple[tuple[str, ...], Repair], ...] = (
    (underlined.SIGNS, underlined.with_columns),
    (styled.SIGNS, styled.unbracketed),
    (("   ",), wide_lines),
    (boxes.SIGNS, boxes.unboxed),
    ((WIDE,), whole_rows),
    (("\t\t",), pairs_of_tabs),
    (("\n\t\n",), joined_at_tabs),
)
"""The repairs in the order in which they are made."""
