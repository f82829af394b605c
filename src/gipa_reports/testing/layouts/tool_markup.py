"""Markdown and HTML that tools make of a report: layouts 20, 21, 23, 24 and 29."""

from __future__ import annotations

import re
from html import escape
from itertools import zip_longest

from .grid import Grid, GridCell, TextRows, expand

_ESCAPED = re.compile(r"(?<=\d)\.|[-+*_#()\[\]]")


def table(rows: TextRows) -> str:
    """Return rows as a Markdown table; each is as long as it is."""
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, "|" + " --- |" * len(rows[0]), *others])


def hash_heading(text: str) -> str:
    """Return a heading with two marks before it."""
    return f"## {text}"


def strong_heading(text: str) -> str:
    """Return a heading between underscores."""
    return f"__{escaped(text)}__"


def escaped(text: str) -> str:
    """Return a text with a backslash before whatever may mean something in Markdown."""
    return _ESCAPED.sub(lambda found: "\\" + found[0], text)


# --- rows of tables of pipes --------------------------------------------------------------------------------------


def numbered(rows: TextRows) -> TextRows:
    """Return rows under a head of numbers."""
    return [[str(number) for number in range(len(rows[0]))], *rows]


def nan(rows: TextRows) -> TextRows:
    """Return rows of which the first is the head; what is empty in it is named, what is empty below it is ``NaN``."""
    head, *others = rows
    names = [text or f"Unnamed: {number}" for number, text in enumerate(head)]
    return [names, *([text or "NaN" for text in row] for row in others)]


def none(rows: TextRows) -> TextRows:
    """Return rows with an index column, a head of invented names, and ``None`` where nothing stands."""
    head = ["", *(f"Col{number}" for number in range(1, len(rows[0]) + 1))]
    return [head, *([str(number), *(text or "None" for text in row)] for number, row in enumerate(rows))]


def ragged(grid: Grid) -> TextRows:
    """Return cells followed by the columns they span; those over several rows leave nothing."""
    return [[text for cell in row for text in (cell.text, *[""] * (cell.colspan - 1))] for row in grid]


def wrapped_nan(grid: Grid) -> TextRows:
    """Return rows as a frame is printed that has line breaks in the names of its columns: a row for each line."""
    rows = []
    for cells, row in zip(grid, expand(grid), strict=True):
        is_cut = len(row) > 4 and len(cells) > 2 and all(cell.role == "column" for cell in cells)
        pieces = [[text[at : at + 2] for at in range(0, len(text), 2)] if is_cut else [text] for text in row]
        first, *others = zip_longest(*pieces, fillvalue="")
        rows += [[text or "nan" for text in first], *map(list, others)]
    return [[f"Unnamed: {number}" for number in range(len(rows[0]))], *rows]


def tagged(rows: TextRows) -> TextRows:
    """Return rows with a tag around the words of each cell (pandoc of pages with classes)."""
    return [[f'<span class="c0">{text}</span>' if text else "" for text in row] for row in rows]


# --- HTML -------------------------------------------------------------------------------------------------------------


def html_table(grid: Grid) -> str:
    """Return a table in HTML with its spans."""
    rows = (f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in grid)
    return "\n".join(["<table>", *rows, "</table>"])


def _html_cell(cell: GridCell) -> str:
    spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
    return f"<td{spans}>{escape(cell.text, quote=False)}</td>"


def in_a_div(parts: list[str]) -> str:
    """Return Markdown that begins with a tag and ends with it."""
    return "\n\n".join(['<div class="article">', *parts, "</div>"]) + "\n"
