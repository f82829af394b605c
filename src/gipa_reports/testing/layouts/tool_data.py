"""Files of data that tools make of a report: CSV and TSV (layouts 19 and 20), rows as XML and JSON (31)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from html import escape

from attrs import frozen

from .grid import Grid, expand, filled, in_steps

_WIDTH = 15
"""Columns of a sheet that holds all three tables: those of the widest."""


@frozen
class Rows:
    """CSV, with what varies between spreadsheets, frames and scripts."""

    delimiter: str = ","
    encoding: str = "utf-8"
    mark: bool = False
    """The file begins with a byte-order mark, and every row is as wide as the sheet."""
    quoted: bool = False
    """Every field stands in quotes."""
    indexed: bool = False
    """Each table has a head of numbers and an index column, which nobody wrote."""
    filled: bool = False
    """The words of a merged cell stand in every place that it covers."""
    spans: bool = True
    """The places that a merged cell covers are there, empty."""
    steps: bool = False
    """Each row begins where the one above ends, as in a workbook made of a page that was laid out by tables."""

    def line(self, text: str) -> str:
        """Return a row that holds a heading or a paragraph."""
        return self._written([[text]])

    def table(self, grid: Grid) -> str:
        """Return the rows of a table."""
        rows = filled(grid) if self.filled else expand(grid)
        if self.steps:
            rows = in_steps(grid)
        if not self.spans:
            rows = [[cell.text for cell in row] for row in grid]
        if self.indexed:
            head = ["", *map(str, range(len(rows[0])))]
            rows = [head, *([str(number), *row] for number, row in enumerate(rows))]
        return self._written(rows)

    def document(self, parts: list[str]) -> bytes:
        """Return the file: an empty row around each table, as sheets and scripts leave it."""
        text = ("," * (_WIDTH - 1) + "\r\n" if self.mark else "\r\n").join(parts)
        return b"\xef\xbb\xbf" * self.mark + text.encode(self.encoding)

    def _written(self, rows: list[list[str]]) -> str:
        if self.mark:
            rows = [[*row, *[""] * (_WIDTH - len(row))] for row in rows]
        target = io.StringIO()
        writer = csv.writer(
            target,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL,
            lineterminator="\r\n",
        )
        writer.writerows(rows)
        return target.getvalue()


# --- XML --------------------------------------------------------------------------------------------------------------


def xml_head(text: str) -> str:
    """Return a heading as an element."""
    return f'<head rend="h2">{escape(text)}</head>'


def xml_paragraph(text: str) -> str:
    """Return a paragraph as an element."""
    return f"<p>{escape(text)}</p>"


def xml_table(grid: Grid) -> str:
    """Return a table as rows of cells, the places that a span covers as empty ones."""
    lines = ["<table>"]
    for row in expand(grid):
        lines += [
            "  <row>",
            *(f"    <cell>{escape(text)}</cell>" if text else "    <cell/>" for text in row),
            "  </row>",
        ]
    return "\n".join([*lines, "</table>"])


def xml_document(parts: list[str]) -> str:
    """Return the elements within one."""
    return "\n".join(['<doc sitename="">', "<main>", *parts, "</main>", "</doc>"])


# --- JSON -------------------------------------------------------------------------------------------------------------


json_text: Callable[[object], str] = partial(json.dumps, ensure_ascii=False)
"""A heading, a paragraph, or the rows of a table, as JSON."""


def trimmed(grid: Grid) -> list[list[str]]:
    """Return rows that end with the last cell that is filled."""
    ends = [max((at for at, text in enumerate(row, 1) if text), default=1) for row in expand(grid)]
    return [row[:end] for row, end in zip(expand(grid), ends, strict=True)]


def json_document(parts: list[str]) -> str:
    """Return the texts and tables as one list."""
    return f"[{', '.join(parts)}]"
