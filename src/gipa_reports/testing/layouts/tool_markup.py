"""Markdown and HTML that tools make of a report: layouts 20, 21, 23, 24 and 29."""

from __future__ import annotations

import random
import re
from html import escape
from itertools import zip_longest

from .grid import Grid, GridCell, expand, filled, packed

_ESCAPED = re.compile(r"(?<=\d)\.|[-+*_#()\[\]]")


def table(rows: list[list[str]]) -> str:
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


# --- tables of pipes ----------------------------------------------------------------------------------------------


def filled_markdown(grid: Grid, rng: random.Random) -> str:
    """Return a table with merged words in every place, under a head of numbers."""
    rows = filled(grid)
    return table([[str(number) for number in range(len(rows[0]))], *rows])


def nan(grid: Grid, rng: random.Random) -> str:
    """Return a table whose first row is the head; what is empty in it is named, what is empty below it is ``NaN``."""
    head, *rows = expand(grid)
    names = [text or f"Unnamed: {number}" for number, text in enumerate(head)]
    return table([names, *([text or "NaN" for text in row] for row in rows)])


def none(grid: Grid, rng: random.Random) -> str:
    """Return a table with an index column, a head of invented names, and ``None`` where nothing stands."""
    rows = expand(grid)
    head = ["", *(f"Col{number}" for number in range(1, len(rows[0]) + 1))]
    return table([head, *([str(number), *(text or "None" for text in row)] for number, row in enumerate(rows))])


def ragged(grid: Grid, rng: random.Random) -> str:
    """Return a table whose cells are followed by the columns they span; those over several rows leave nothing."""
    return table([[text for cell in row for text in (cell.text, *[""] * (cell.colspan - 1))] for row in grid])


def wrapped_nan(grid: Grid, rng: random.Random) -> str:
    """Return a table as a frame is printed that has line breaks in the names of its columns: a row for each line."""
    rows = []
    for cells, row in zip(grid, expand(grid), strict=True):
        is_cut = len(row) > 4 and len(cells) > 2 and all(cell.role == "column" for cell in cells)
        pieces = [[text[at : at + 2] for at in range(0, len(text), 2)] if is_cut else [text] for text in row]
        first, *others = zip_longest(*pieces, fillvalue="")
        rows += [[text or "nan" for text in first], *map(list, others)]
    return table([[f"Unnamed: {number}" for number in range(len(rows[0]))], *rows])


def packed_table(grid: Grid, rng: random.Random) -> str:
    """Return a table of the cells that are not empty, filled up at the right (node-html-markdown)."""
    return table(packed(grid, keeps_blanks=False))


def filled_up(grid: Grid, rng: random.Random) -> str:
    """Return a table of all cells without their spans, filled up at the right."""
    return table(packed(grid, keeps_blanks=True))


def spans(grid: Grid, rng: random.Random) -> str:
    """Return a table with a tag around the words of each cell (pandoc of pages with classes)."""
    return table([[f'<span class="c0">{text}</span>' if text else "" for text in row] for row in expand(grid)])


def escaped_table(grid: Grid, rng: random.Random) -> str:
    """Return a table with the places that spans cover left empty, and escapes in its texts."""
    return table([list(map(escaped, row)) for row in expand(grid)])


def escaped_paragraphs(grid: Grid, rng: random.Random) -> str:
    """Return each cell that is not empty as a paragraph with escapes."""
    return "\n\n".join(escaped(cell.text) for row in grid for cell in row if cell.text)


# --- HTML -------------------------------------------------------------------------------------------------------------


def html_table(grid: Grid, rng: random.Random) -> str:
    """Return a table in HTML with its spans."""
    rows = (f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in grid)
    return "\n".join(["<table>", *rows, "</table>"])


def _html_cell(cell: GridCell) -> str:
    spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
    return f"<td{spans}>{escape(cell.text, quote=False)}</td>"


def in_a_div(parts: list[str]) -> str:
    """Return Markdown that begins with a tag and ends with it."""
    return "\n\n".join(['<div class="article">', *parts, "</div>"]) + "\n"
