"""Cells of several lines in a sheet that a program wrote by tabs: the rows around them made whole.

The cells of the page around the tables are cells of such a sheet, too. A heading may stand in one above the first label
of a table. Merged and filled it reads ``三、…⏎corner⇥三、…⏎corner⇥三、…⏎corner⇥申请人情况``, and the same again in each
row that it covers: copies of the heading stand between the rows of one table. What is taken out is what stands, word
for word, in the lines before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..template.vocabulary import look_up

WIDE = "\t" * 11
"""More empty cells side by side than a table of the form has: a sheet whose cells were merged."""

MAX_HEADING = 60
"""Characters of the longest heading of a section."""

MAX_LINES = 60
"""Lines of the longest cell above its last line."""

MIN_ROWS = 3
"""Rows of one width that tell how wide the sheet is."""


def whole_rows(lines: list[str]) -> list[str]:
    """Return ``lines`` with the rows of such sheets whole; the same list where there are none."""
    return _rows_around_sections(_filled_once(lines))


def _rows_around_sections(lines: list[str]) -> list[str]:
    """Return ``lines`` with the rows whole that the sections in a cell of theirs have cut, below these sections.

    The last cell of a line begins with the heading of a section, and the lines below it are that cell until one with
    tabs: both ends are as wide together as the rows of the sheet. The last line of the cell stays in the row.
    """
    starts = [at for at, line in enumerate(lines) if WIDE in line and _ends_with_section(line)]
    if not starts:
        return lines
    found, width = lines[:], _width_of(lines)
    for start in starts:
        end = start + 1
        while end < len(lines) and "\t" not in lines[end]:
            end += 1
        cells, _, text = lines[start].rpartition("\t")
        if end < len(lines) and lines[start].count("\t") + lines[end].count("\t") == width:
            found[start], found[end] = text, f"{cells}\t{lines[end]}"
    return found


def _width_of(lines: Sequence[str]) -> int:
    """Return how many tabs the widest rows of a sheet have; 0 where no rows are of one width."""
    tabs = Counter(line.count("\t") for line in lines)
    return max((count for count, times in tabs.items() if times >= MIN_ROWS), default=0)


def _ends_with_section(line: str) -> bool:
    """Return whether the last cell of a line begins with the heading of a section."""
    first = next(iter(line.rpartition("\t")[2].split()), "")
    return 0 < len(first) <= MAX_HEADING and look_up(first).section is not None


def _filled_once(lines: list[str]) -> list[str]:
    """Return ``lines`` with such cells in their first place alone; the same list where there are none."""
    found: list[str] | None = None
    row, cell = -1, list[str]()
    """The last line of a row that began with such a cell, and the lines of that."""
    at = 1
    while at < len(lines):
        above = _lines_above(lines, at)
        end = _end_of_copies(lines, at, above) if above else at
        if end > at:
            found = lines[:] if found is None else found
            last, _, others = lines[end].partition("\t")
            # In the row below the same cell the whole of it is a copy.
            is_again = row == at - len(above) - 1 and cell == [*above, last]
            first = at - len(above) if is_again else at
            places = (end - at) // len(above)
            found[first:end] = [""] * (end - first)
            found[end] = "\t".join([last, *[""] * places, others])
            row, cell = end, [*above, last]
        at = end + 1
    return lines if found is None else found


def _lines_above(lines: Sequence[str], at: int) -> list[str]:
    """Return the lines of a cell whose last line, a label, ends before a tab in a line where its first line follows."""
    last, _, again = lines[at].partition("\t")
    if not again or "\t" in again or not look_up(last.strip()).labels:
        return []
    for start in range(at - 1, max(at - MAX_LINES, 0) - 1, -1):
        if lines[start].rpartition("\t")[2] == again:
            return [again, *lines[start + 1 : at]]
        if "\t" in lines[start]:
            break
    return []


def _end_of_copies(lines: Sequence[str], at: int, above: list[str]) -> int:
    """Return where the copies of a cell end that begin ``at`` a line: with its last line before another cell."""
    last = lines[at].partition("\t")[0]
    copy = [lines[at], *above[1:]]
    end = at
    while lines[end : end + len(copy)] == copy:
        end += len(copy)
    return end if end < len(lines) and lines[end].startswith(f"{last}\t") else at
