"""Lines of Markdown that are several: tables within a cell of another, and lines within a cell.

Some programs write a table within a cell on one line with its rules: it is laid out in lines again.

Such a page is laid out by tables, the report in one of their cells: ``… 情况   |  |  | | --- | --- | | 规章 | 3 | …``.
The rules show where tables begin and how wide they are. Between two rows stands a pipe, a blank and a pipe, as behind
a wide cell; a row begins there if a name of the form follows, or the first figures below names of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..template.vocabulary import ESCAPE, look_up
from .pipe_lines import is_rule, pieces

_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_APART = re.compile(r"\s{2,}")
BREAK = "\\n"
"""A line break within a cell, as a program writes it."""

BETWEEN = " "
"""Text between the pipes that end a row and begin the next."""

MIN_LABELS = 5
"""Names of the form in a line that is a whole table, or several."""

MAX_LABEL = 100
"""Characters of the longest text that is looked up as a label; what is longer is prose."""


def unnested(lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the lines with those of nested tables laid out, and the number of the line that each came from.

    There are no numbers where each line is one.
    """
    lines = _rows_below_headings(lines)
    if not any(BREAK in line or ("---" in line and not is_rule(line)) for line in lines):
        return lines, []
    found: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, 1):
        is_nested = "---" in line and not is_rule(line) and _is_nested(line)
        new = list(_laid_out(line)) if is_nested else _heading_apart(line) if BREAK in line else [line]
        found.extend(new)
        numbers.extend([number] * len(new))
    return found, numbers


def _rows_below_headings(lines: list[str]) -> list[str]:
    """Return ``lines`` with a heading in a row of labels above that row, and the label below it in its place.

    A frame that is printed has the lines of a cell in rows below each other: ``| 三、… | 申请人情况 | nan |``, and
    ``| corner |  |  |`` below it.
    """
    if not any("nan" in line for line in lines):
        return lines
    found: list[str] | None = None
    for number, (line, below) in enumerate(pairwise(lines)):
        if "nan" in line and "nan" not in below and "|" in below:
            apart = _label_for_heading(pieces(line), pieces(below))
            if apart is not None:
                found = list(lines) if found is None else found
                found[number : number + 2] = apart
    return lines if found is None else found


def _label_for_heading(upper: list[str], lower: list[str]) -> tuple[str, str] | None:
    """Return two rows with a heading in the upper one changed for the only text below it; None where there is none."""
    filled = [at for at, cell in enumerate(lower) if cell.strip()]
    if len(upper) != len(lower) or len(filled) != 1 or not _is_heading_in_row(upper, filled[0]):
        return None
    at = filled[0]
    upper[at], lower[at] = lower[at], upper[at]
    return "|".join(lower), "|".join(upper)


def _is_heading_in_row(cells: Sequence[str], place: int) -> bool:
    """Return whether the cell at a place is the heading of a section, and a label stands beside it."""
    if look_up(cells[place].strip()).section is None:
        return False
    others = (cell.strip() for cell in cells[place + 1 :])
    return any(len(cell) <= MAX_LABEL and look_up(cell).labels for cell in others if cell)


def _heading_apart(line: str) -> list[str]:
    """Return a row as several where its first cell holds lines that end with a heading and, below it, a label.

    That is how the cell of a page around a table comes out of a workbook; each line gets a row of as many cells.
    """
    cells = pieces(line)
    first = next(at for at, cell in enumerate(cells) if cell.strip())
    *above, label = filter(None, map(str.strip, cells[first].split(BREAK)))
    if not above or look_up(above[-1]).section is None or not look_up(label).labels:
        return [line]
    empty = "| " * (len(cells) - first - 2)
    return [
        *(f"{'| ' * first}{text} {empty}|" for text in above),
        "|".join([*cells[:first], label, *cells[first + 1 :]]),
    ]


def _is_nested(line: str) -> bool:
    """Return whether a line has a rule with rows before and behind it, and several names of the form."""
    if line[0] == ESCAPE:
        return False
    cells = pieces(line)
    sides = ((cells[first - 1], cells[end : end + 1]) for first, end in _rules(cells) if first)
    if not any(before == BETWEEN and behind == [BETWEEN] for before, behind in sides):
        return False
    return sum(bool(look_up(cell).labels) for cell in cells if 0 < len(cell) <= MAX_LABEL) >= MIN_LABELS


def _laid_out(line: str) -> Iterator[str]:
    """Yield the lines that a line is, with the rows of each table in it on lines of their own."""
    cells = pieces(line)
    start = 0
    for first, end in _rules(cells):
        heading = max(start, first - 1 - (end - first))
        yield from _rows(cells[start:heading])
        yield _row(cells[heading : first - 1])
        yield _row(cells[first:end])
        start = end + 1
    yield from _rows(cells[start:])


def _rules(cells: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the rules in a line begin and end."""
    at = 0
    while at < len(cells):
        end = at
        while end < len(cells) and _RULE.fullmatch(cells[end]):
            end += 1
        if end > at:
            yield at, end
        at = end + 1


def _rows(cells: Sequence[str]) -> Iterator[str]:
    """Yield the rows that cells are, and the prose among them; an empty line behind each table."""
    row: list[str] = []
    for at, cell in enumerate(cells):
        if _is_prose(cell):
            if row:
                yield _row(row)
                row = []
            yield ""
            yield from filter(None, map(str.strip, _APART.split(cell.replace("\u3000", " "))))
        elif cell == BETWEEN and _begins_row(row, cells[at + 1 : at + 2]):
            if row:
                yield _row(row)
            row = []
        else:
            row.append(cell)
    if any(map(str.strip, row)):
        yield _row(row)
    yield ""


def _is_prose(cell: str) -> bool:
    """Return whether a text is no cell of the form: prose, or the heading of a section."""
    text = cell.strip()
    if not text:
        return False
    word = look_up(text)
    return len(text) > MAX_LABEL or word.section is not None or not (word.labels or word.is_figure)


def _begins_row(row: Sequence[str], following: Sequence[str]) -> bool:
    """Return whether a row ends where a pipe, a blank and a pipe stand behind ``row``: by the cell that follows."""
    if not following or following[0] == BETWEEN or len(following[0]) > MAX_LABEL:
        return False
    if look_up(following[0]).labels:
        return True
    last = next((cell for cell in reversed(row) if cell.strip()), "")
    label = look_up(last).row_label
    return label is not None and label.kind == "column"


def _row(cells: Sequence[str]) -> str:
    return f"|{'|'.join(cells)}|"
