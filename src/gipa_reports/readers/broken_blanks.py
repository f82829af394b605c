"""Rows that a line break in a blank cell has cut: put together where the pieces are as wide as the rows around them.

Word and the editors of content systems put a line break into a cell to fill it. A program that writes a row on a line
makes of it ``1.属于国家秘密⇥⏎⇥9⇥6``. Each line keeps its number; those taken up by the first are left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..template import TableId
from ..template.vocabulary import LITERAL
from .pipe_lines import table_of

_CUT = re.compile(r"\t\n(?=[ \xa0]*\t(?:[^\w\n|]|[\d_])*(?:\n|\Z))")
"""The end of a line between two tabs, before a line without a letter or a pipe: few rows have it."""

MIN_ROWS = 2
"""Rows of one width, those of the heading among them, that tell how wide a row of the table is."""


def blanks_rejoined(lines: list[str]) -> list[str]:
    """Return ``lines`` with such rows on one line each; the same list where there are none."""
    if _CUT.search("\n".join(lines)) is None:
        return lines
    found: list[str] | None = None
    for first, end in _tables(lines):
        tabs = Counter(line.count("\t") for line in lines[first:end])
        width = max((count for count, times in tabs.items() if times >= MIN_ROWS), default=0)
        at = first
        while at < end:
            stop = _end_of_row(lines, at, end, width)
            if stop > at + 1:
                found = lines[:] if found is None else found
                found[at:stop] = ["".join(lines[at:stop]), *[""] * (stop - at - 1)]
            at = stop
    return lines if found is None else found


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the rows of a table begin and end, empty lines between them or not: another has other widths."""
    first = 0
    current: TableId | None = None
    for at, line in enumerate([*lines, "end"]):
        table = table_of([cell.strip() for cell in line.split("\t")]) if "\t" in line else None
        is_other = table is not None and current not in (None, table)
        if is_other or (line and "\t" not in line):
            if any(lines[first:at]):
                yield first, at
            first, current = at if is_other else at + 1, None
        current = table or current


def _end_of_row(lines: Sequence[str], at: int, end: int, width: int) -> int:
    """Return where the row ends that begins ``at`` a line: behind it, unless pieces without a word make it as wide."""
    tabs = lines[at].count("\t")
    stop = at + 1
    while tabs < width and stop < end and _goes_on(lines[stop - 1], lines[stop]):
        tabs += lines[stop].count("\t")
        stop += 1
    return stop if tabs == width else at + 1


def _goes_on(above: str, line: str) -> bool:
    """Return whether a blank cell may be cut between two lines: what is behind it has no label, and is no literal."""
    is_behind_blank = above.endswith("\t") and line.lstrip(" \xa0").startswith("\t")
    return is_behind_blank and LITERAL not in line and not any(map(str.isalpha, line))
