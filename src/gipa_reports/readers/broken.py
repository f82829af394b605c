"""Rows that a line break in a cell has cut: put together where the pieces of the cell make a label of the form.

Programs that write a row on a line keep the breaks within cells: ``三、本年度⏎办理结果⇥（一）予以公开⇥21``. A narrow
cell has several, down to one character a line. Each line keeps its number; those taken up by the first are left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..template.vocabulary import ESCAPE, LITERAL, MAX_LABEL, look_up

_RADICALS = "\u2e80-\u2fdf"
"""Signs of radicals, which writers of PDF files put for characters; to Python they are no letters."""

_BREAK = re.compile(rf"\n(?<=[^\W\d_]\n|[{_RADICALS}]\n| \n)(?=[^\W\d_]|[{_RADICALS}]| )")
"""The end of a line that has letters on both of its sides, or blanks."""

_LETTER = re.compile(rf"[^\W\d_]|[{_RADICALS}]")

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
        last = _joined(last, lines[number:end])
        found[at], found[number:end] = last, [""] * (end - number)
        number = end
    return lines if found is None else found


def _may_be_broken(text: str) -> bool:
    """Return whether a text has cells, and a line that ends within one while the next begins within one."""
    if not ("\t" in text or "|" in text) or _BREAK.search(text) is None:
        return False
    return _TEXT_AROUND.search(text.replace(" ", "")) is not None


def _joined(first: str, others: list[str]) -> str:
    """Return lines as one, without the blanks at the breaks between them."""
    *inner, last = others
    return "".join([first.rstrip(" "), *(piece.strip(" ") for piece in inner), last.lstrip(" ")])


def _end_of_label(above: str, lines: list[str], number: int) -> int:
    """Return where the lines from ``number`` on end that the last cell of ``above`` goes on in.

    That is ``number`` itself where the pieces make no label of the form.
    """
    ends = [at + 1 for at, is_label in _pieces_behind(above, lines, number) if is_label]
    return ends[-1] if ends else number


def _pieces_behind(above: str, lines: list[str], number: int) -> Iterator[tuple[int, bool]]:
    """Yield the lines that the last cell of ``above`` may go on in, and whether it is a label of a row with each.

    A separator stands before the first or behind the last of its pieces.
    """
    label = _last_cell(above)
    is_in_row = _separator_in(above) != ""
    for at in range(number, min(len(lines), number + MAX_LINES)):
        piece, separator = _first_cell(lines[at])
        if not _goes_on(label, piece):
            return
        label += piece
        word = look_up(label)
        # A mark alone ends no label: it may be what stands in the first cell below.
        is_label = word.is_fragment and bool(word.labels) and word.section is None and _LETTER.search(piece) is not None
        yield at, is_label and (is_in_row or separator != "")
        if separator or not (is_label or word.starts_label):
            return


def _goes_on(label: str, piece: str) -> bool:
    """Return whether a text may be the next piece of a label: it is no literal, and no label by itself."""
    if not label or not piece or piece[0] in _WHOLE or len(label) + len(piece) > MAX_LABEL:
        return False
    return not (piece.startswith(LITERAL) or look_up(piece).labels)


def _last_cell(line: str) -> str:
    """Return the last cell of a line; nothing where a mark says that the line is no row."""
    separator = _separator_in(line)
    return "" if line[:1] == ESCAPE else (line.rpartition(separator)[2] if separator else line).strip()


def _first_cell(line: str) -> tuple[str, str]:
    """Return the first cell of a line and what parts it from the next, as ``_last_cell`` does."""
    separator = _separator_in(line)
    return "" if line[:1] == ESCAPE else (line.partition(separator)[0] if separator else line).strip(), separator


def _separator_in(line: str) -> str:
    """Return what parts the cells of a row on a line; nothing where the line is a piece of a cell."""
    return "\t" if "\t" in line else "|" if "|" in line else ""
