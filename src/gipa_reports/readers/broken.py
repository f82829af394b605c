"""Rows that a line break in a cell has cut: put together where the pieces of the cell make a label of the form.

Programs that write a row on a line keep the breaks within cells: ``三、本年度⏎办理结果⇥（一）予以公开⇥21``. A narrow
cell has several, down to one character a line. Each line keeps its number; those taken up by the first are left empty.
"""

from __future__ import annotations

import re

from ..template.vocabulary import ESCAPE, MAX_LABEL, look_up

_RADICALS = "\u2e80-\u2fdf"
"""Signs of radicals, which writers of PDF files put for characters; to Python they are no letters."""

_BREAK = re.compile(rf"\n(?<=[^\W\d_]\n|[{_RADICALS}]\n| \n)(?=[^\W\d_]|[{_RADICALS}]| )")
"""The end of a line that has letters on both of its sides, or blanks."""

_TEXT_AROUND = re.compile(r"\n(?<=[^|\t\n]\n)(?=[^|\t\n])")
"""The end of a line that has the text of a cell on both sides, once there are no blanks."""

MAX_LINES = 16
"""Lines of the longest label: one beside several rows has a character on each at worst."""

_WHOLE = frozenset("0123456789\t|。；;：:,.-—/（(")
"""Characters at the end or beginning of a line that are in no label, begin another, or end a cell: most lines."""


def rejoined(lines: list[str]) -> list[str]:
    """Return ``lines`` with broken rows as one; the same list where there are none."""
    if not _may_be_broken("\n".join(lines)):
        return lines
    found: list[str] | None = None
    last = ""
    at = number = 0
    while number < len(lines):
        line = lines[number]
        may_go_on = last and line and last[-1] not in _WHOLE and line[0] not in _WHOLE
        end = _end_of_label(last, lines, number) if may_go_on else number
        if end == number:
            last, at = line, number
            number += 1
            continue
        found = lines[:] if found is None else found
        last = "".join(
            [last.rstrip(" "), *(part.strip(" ") for part in lines[number : end - 1]), lines[end - 1].lstrip(" ")]
        )
        found[at], found[number:end] = last, [""] * (end - number)
        number = end
    return lines if found is None else found


def _may_be_broken(text: str) -> bool:
    """Return whether a text has cells, and a line that ends within one while the next begins within one."""
    if not ("\t" in text or "|" in text) or _BREAK.search(text) is None:
        return False
    return _TEXT_AROUND.search(text.replace(" ", "")) is not None


def _end_of_label(above: str, lines: list[str], number: int) -> int:
    """Return where the lines from ``number`` on end that the last cell of ``above`` goes on in.

    That is ``number`` itself where the pieces make no label of the form. None of the pieces behind the first is a label
    by itself, and a separator stands before the first or behind the last of them.
    """
    is_in_row = _separator_in(above) != ""
    end = number
    label = _last_cell(above).strip()
    for at in range(number, min(len(lines), number + MAX_LINES) if label and above[0] != ESCAPE else number):
        line = lines[at]
        separator = _separator_in(line)
        piece = (line.partition(separator)[0] if separator else line).strip()
        if not piece or line[0] == ESCAPE or piece[0] in _WHOLE or len(label) + len(piece) > MAX_LABEL:
            break
        if look_up(piece).labels:
            break
        label += piece
        word = look_up(label)
        is_label = word.is_fragment and bool(word.labels) and word.section is None
        if is_label and (is_in_row or separator):
            end = at + 1
        if separator or not (is_label or word.starts_label):
            break
    return end


def _last_cell(line: str) -> str:
    separator = _separator_in(line)
    return line.rpartition(separator)[2] if separator else line


def _separator_in(line: str) -> str:
    """Return what parts the cells of a row on a line; nothing where the line is a piece of a cell."""
    return "\t" if "\t" in line else "|" if "|" in line else ""
