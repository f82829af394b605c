"""Rows whose cells are parted by a tab on a line of its own, as browsers write cells that hold paragraphs.

``规章⏎⏎⇥⏎⏎1⏎⏎⇥⏎⏎⇥⏎⏎12⏎⏎⏎⏎⏎``: one empty line stands on each side of a tab and of a paragraph, and nothing in the place
of an empty cell; more empty lines end the row, and the last cell of a table is followed by the paragraph below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from ..template.vocabulary import look_up

MIN_TABS = 10
"""Lines that are a tab alone, in a text whose cells are parted so."""

MAX_GAP = 1
"""Empty lines between a tab and the cell behind it."""

MAX_CELL = 120
"""Characters of the longest cell."""


@define
class _Row:
    at: int
    """The number of its first line."""
    cells: list[str] = field(factory=list)


def joined_at_tabs(lines: list[str]) -> list[str]:
    """Return ``lines`` with such rows on one line each; the same list where there are none. No number changes."""
    if lines.count("\t") < MIN_TABS:
        return lines
    found = ["" if line == "\t" else line for line in lines]
    for row, taken in _rows(lines):
        for at in taken:
            found[at] = ""
        found[row.at] = "\t".join(row.cells)
    return found


def _rows(lines: Sequence[str]) -> Iterator[tuple[_Row, list[int]]]:
    """Each row, and the lines of its cells."""
    at = 0
    while at < len(lines):
        tab = _next_filled(lines, at + 1)
        if not lines[at].strip() or tab is None or lines[tab] != "\t":
            at += 1
            continue
        row, taken = _Row(at, [lines[at]]), [at]
        while tab is not None and lines[tab] == "\t":
            below = _next_filled(lines, tab + 1)
            if below is not None and _is_cell(lines, tab, below):
                row.cells.append(lines[below])
                taken.append(below)
                at, tab = below, _next_filled(lines, below + 1)
            else:
                row.cells.append("")
                at = tab
                goes_on = below is not None and lines[below] == "\t" and below - tab - 1 <= MAX_GAP
                tab = below if goes_on else None
        yield row, taken
        at += 1


def _is_cell(lines: Sequence[str], tab: int, below: int) -> bool:
    """Return whether a line behind a tab is the cell behind it, and no row, heading or paragraph below an empty one."""
    text = lines[below]
    is_near = text != "\t" and below - tab - 1 <= MAX_GAP
    return is_near and len(text) <= MAX_CELL and look_up(text.strip()).section is None


def _next_filled(lines: Sequence[str], at: int) -> int | None:
    return next((number for number in range(at, len(lines)) if lines[number]), None)
