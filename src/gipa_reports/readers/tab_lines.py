"""Rows whose cells are parted by a tab on a line of its own, as browsers write cells that hold paragraphs.

``规章⏎⏎⇥⏎⏎1⏎⏎⇥⏎⏎⇥⏎⏎12⏎⏎⏎⏎⏎``: one empty line stands on each side of a tab and of a paragraph, and nothing in the place
of an empty cell; more empty lines end the row, and the last cell of a table is followed by the paragraph below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from ..template.vocabulary import look_up

MIN_TABS = 10
"""Lines that are a tab alone, in a text whose cells are parted so."""

MAX_GAP = 1
"""Empty lines between a tab and the cell behind it."""

MAX_BLANK = 4
"""Empty lines of a blank cell that holds a line break in a paragraph; behind the last cell of a row stand more."""

MAX_CELL = 120
"""Characters of the longest cell."""


@define
class _Row:
    cells: list[str]
    lines: list[int]
    """The numbers of the lines that its cells stand on."""
    end: int
    """The number of the last line that is its own."""


def joined_at_tabs(lines: list[str]) -> list[str]:
    """Return ``lines`` with such rows on one line each; the same list where there are none. No number changes."""
    alone = lines.count("\t")
    # Where more tabs stand beside words, these part the cells.
    if alone < MIN_TABS or sum("\t" in line for line in lines) > 2 * alone:
        return lines
    found = ["" if line == "\t" else line for line in lines]
    for row in _rows(lines):
        for at in row.lines:
            found[at] = ""
        found[row.lines[0]] = "\t".join(row.cells)
    return found


def _rows(lines: Sequence[str]) -> Iterator[_Row]:
    at = 0
    while at < len(lines):
        tab = _next_tab(lines, at)
        if tab is None or not lines[at].strip():
            at += 1
            continue
        row = _Row([lines[at]], [at], at)
        while tab is not None:
            tab = _take_cell(row, lines, tab)
        yield row
        at = row.end + 1


def _take_cell(row: _Row, lines: Sequence[str], tab: int) -> int | None:
    """Add to a row the cell behind a tab, which may be empty; return the next tab of the row."""
    below = _next_filled(lines, tab + 1)
    if below is not None and _is_cell(lines, tab, below):
        row.cells.append(lines[below])
        row.lines.append(below)
        row.end = below
        return _next_tab(lines, below)
    row.cells.append("")
    row.end = tab
    following = _next_tab(lines, tab)
    return following if following is not None and following - tab - 1 <= MAX_BLANK else None


def _is_cell(lines: Sequence[str], tab: int, below: int) -> bool:
    """Return whether a line behind a tab is the cell behind it, and no row, heading or paragraph below an empty one."""
    text = lines[below]
    is_near = text != "\t" and below - tab - 1 <= MAX_GAP
    return is_near and len(text) <= MAX_CELL and look_up(text.strip()).section is None


def _next_tab(lines: Sequence[str], at: int) -> int | None:
    """Return which line behind one is a tab alone, if nothing else stands between them."""
    following = _next_filled(lines, at + 1)
    return following if following is not None and lines[following] == "\t" else None


def _next_filled(lines: Sequence[str], at: int) -> int | None:
    return next((number for number in range(at, len(lines)) if lines[number]), None)
