"""Rows that a line break in a cell has cut in two: put together where the pieces of the cell make a label of the form.

Programs that write a row on a line keep the breaks within cells: ``三、本年度⏎办理结果⇥（一）予以公开⇥21``. Each line
keeps its number; those that were taken up by the one before are left empty.
"""

from __future__ import annotations

import re

from ..template.vocabulary import ESCAPE, look_up

_BREAK = re.compile(r"\n(?<=[^\W\d_]\n| \n)(?=[^\W\d_]| )")
"""The end of a line that has letters on both of its sides."""

MAX_PIECE = 30
"""Characters of the longest piece of a broken label; what is longer is prose."""

_WHOLE = frozenset("0123456789\t|。；;：:，,.-—/")
"""Characters at the end or beginning of a line that are in no label, or end a cell: most lines of tables and of
prose."""


def rejoined(lines: list[str]) -> list[str]:
    """Return ``lines`` with broken rows as one; the same list where there are none."""
    text = "\n".join(lines)
    if not ("\t" in text or "|" in text) or _BREAK.search(text) is None:
        return lines
    found: list[str] | None = None
    last = ""
    at = 0
    for number, line in enumerate(lines):
        may_go_on = last and line and last[-1] not in _WHOLE and line[0] not in _WHOLE
        whole = _whole(last, line) if may_go_on else None
        if whole is None:
            last, at = line, number
            continue
        found = lines[:] if found is None else found
        found[at], found[number] = whole, ""
        last = whole
    return lines if found is None else found


def _whole(above: str, below: str) -> str | None:
    """Return the row that two lines are, if the last cell of the one and the first of the other make one label."""
    if ESCAPE in (above[0], below[0]) or not (_may_be_within(above[-1]) and _may_be_within(below[0])):
        return None
    separator = "\t" if "\t" in above or "\t" in below else "|"
    if separator not in above and separator not in below:
        return None
    if not _make_label(above.rpartition(separator)[2], below.partition(separator)[0]):
        return None
    return above.rstrip(" ") + below.lstrip(" ")


def _may_be_within(char: str) -> bool:
    """Return whether a character may stand beside a break within a label."""
    return char.isalpha() or char == " "


def _make_label(end: str, start: str) -> bool:
    """Return whether two pieces make one label of the form, of which the second is none by itself."""
    if not end.strip() or not start.strip() or len(end) + len(start) > MAX_PIECE:
        return False
    joined = look_up(end.strip() + start.strip())
    return bool(joined.labels) and not look_up(start).labels and joined.section is None
