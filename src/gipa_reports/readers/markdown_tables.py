"""Tables of Markdown in a page that is HTML elsewhere, and rows whose cells were written on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from .pipe_lines import PIPE_LINES, is_rule
from .pipe_style import PipeStyle

_PARTS_CELLS = re.compile(r"[ \t]+\|[ \t]+")
_ENDS_ROW = re.compile(r"[ \t]+\|")

MAX_LINES = 400
"""Lines that one row is spread over, at most: fifteen cells with several paragraphs each."""


def collapsed(lines: list[str]) -> list[str]:
    """Return ``lines`` with each row that is spread over many in its first: the same list where there is none.

    A pipe and a blank begin a row, a blank, a pipe and a blank part its cells, and a blank and a pipe end it; the
    paragraphs of a cell are on lines between them. The other lines of a row are left empty.
    """
    starts = [number for number, line in enumerate(lines) if line != "|" and line.rstrip(" \t") == "|"]
    if not starts:
        return lines
    found = lines[:]
    for start in starts:
        end = _end_of_row(lines, start)
        if end is not None:
            found[start] = " ".join(piece.strip() for piece in lines[start : end + 1] if piece.strip())
            found[start + 1 : end + 1] = [""] * (end - start)
    return found


def _end_of_row(lines: list[str], start: int) -> int | None:
    """Return the line that ends the row begun with another; None where the row is none."""
    for number, line in enumerate(lines[start + 1 : start + 1 + MAX_LINES], start + 1):
        if _ENDS_ROW.fullmatch(line):
            return number
        if line.lstrip()[:1] == "|" and not _PARTS_CELLS.fullmatch(line):
            return None
    return None


def with_tables(text: str, clean: Callable[[str], str]) -> str:
    """Return the text between the tables of a page with those of Markdown in HTML; the same text if it has none.

    ``clean`` undoes the escapes in a cell.
    """
    lines = text.splitlines()
    if not any(map(is_rule, lines)):
        return text
    lines = list(filter(None, collapsed(lines)))
    style = PipeStyle([PIPE_LINES[line] for line in lines if _is_row(line)])
    pieces: list[str] = []
    for is_row, run in groupby(lines, key=_is_row):
        rows = list(run)
        pieces.append(_table(rows, style, clean) if is_row and any(map(is_rule, rows)) else "\n".join(rows))
    return "\n".join(pieces)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _table(lines: list[str], style: PipeStyle, clean: Callable[[str], str]) -> str:
    rows = [PIPE_LINES[line] for line in lines]
    cells = ("".join(f"<td>{clean(cell)}</td>" for cell in style.cells(row)) for row in rows if not row.is_rule)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
