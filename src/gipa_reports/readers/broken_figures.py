"""Rows parted by tabs that a line break in a figure has cut: put together where the pieces have the table's width.

A figure that is wider than its cell goes on below: ``一、…⇥1213⏎62⇥8⇥5641⏎0``. Lines that begin and end within a figure
are one row if they have, together, as many tabs as most rows of their table; the pieces stay parted by a blank, so that
the figure is told to be put together. Each line keeps its number; those taken up by the first are left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ..template import words

_UNIT = f"(?:{'|'.join(words.UNITS)})?"
_IN_FIGURE = re.compile(r"\n(?<=[\d.]\n)(?=[\d.])")
"""The end of a line between digits or points, which few rows have: quicker to look for than"""

_BREAK = re.compile(rf"\t\d+\n(?=\d+{_UNIT}(?:[\t\n]|$))")
"""the end of a line within a figure, or between two."""

_END = re.compile(rf"\d+{_UNIT}(?:\t|$)")
"""A line that begins with a figure, or the end of one."""

_AT_POINT = re.compile(r"\t\d+(?:\n(?=\.\d)|\.\n(?=\d))")
"""The end of a line beside the point of a decimal, which begins and ends no figure."""

MIN_ROWS = 5
"""Rows of one width, at least, in a table whose rows are put together."""

MIN_TABS = 6
"""Tabs of the narrowest row: 三 has seven figures and a label."""

MAX_LINES = 16
"""Lines of a row with two pieces of a figure in each cell."""


def figures_rejoined(lines: list[str], source: list[str]) -> list[str]:
    """Return ``lines`` with rows that are cut within figures as one; the same list where there are none.

    ``source`` are the lines as they were: one that is empty there ends a table, one that was taken up does not.
    """
    text = "\n".join(source)
    if _IN_FIGURE.search(text) is None:
        return lines
    has_breaks = _BREAK.search(text) is not None
    if not has_breaks and _AT_POINT.search(text) is None:
        return lines
    found = list(lines)
    _join_at_points(found)
    return _joined_by_width(found, source) if has_breaks else found


def _join_at_points(lines: list[str]) -> None:
    """Put the lines together that are cut beside the point of a decimal; the pieces make no figure without a doubt."""
    above = 0
    for at, line in enumerate(lines):
        if at and _AT_POINT.search(f"{lines[above]}\n{line}", len(lines[above].rpartition("\t")[0])):
            lines[above], lines[at] = f"{lines[above]} {line}", ""
        elif line:
            above = at


def _joined_by_width(found: list[str], source: list[str]) -> list[str]:
    """Return the lines with rows together whose pieces have the width of their table."""
    ends = [at for at, line in enumerate(source) if not line]
    for begin, end in pairwise([-1, *ends, len(source)]):
        table = [at for at in range(begin + 1, end) if found[at]]
        widths = Counter(count for at in table if (count := found[at].count("\t")) >= MIN_TABS)
        if widths and max(widths.values()) >= MIN_ROWS:
            _join(found, table, max(widths, key=lambda width: widths[width]))
    return found


def _join(lines: list[str], table: list[int], width: int) -> None:
    """Put the rows of a table of ``width`` tabs together, each in the place of its first line."""
    at = 0
    while at < len(table):
        row = [table[at]]
        for below in table[at + 1 : at + MAX_LINES]:
            if not _goes_on(lines[row[-1]], lines[below]):
                break
            row.append(below)
        if len(row) > 1 and sum(lines[line].count("\t") for line in row) == width:
            lines[row[0]] = " ".join(lines[line] for line in row)
            for line in row[1:]:
                lines[line] = ""
        at += len(row)


def _goes_on(line: str, below: str) -> bool:
    """Return whether the break between two lines may be within a figure."""
    return line[-1:].isdecimal() and _END.match(below) is not None
