"""Outputs of popular tools for a report: layouts 19 to 31, written from the form and from what each keeps.

A layout of this kind is a whole document, not only its tables: a tool that writes HTML, JSON or one long line does so
with the headings and the prose too. ``TOOL_LAYOUTS`` names them; ``loses`` says what of a report is honestly gone, so
that a test knows which cells a reader may flag.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Literal

from attrs import frozen

from ...report import Report, Section, State
from ...template import HEADINGS
from . import tool_data, tool_drawn, tool_markup, tool_text
from .grid import Grid, official_grid

Loss = Literal["blanks", "heads", "rows", "cells"]
"""Losses of a tool: the place of empty cells; the names of columns, or where they end; which figures belong to which
label; where one cell ends and the next begins."""


@frozen
class ToolLayout:
    """Writer of one kind of tool."""

    number: int
    """Its number in the list of layouts, from 19 to 31."""
    looks: str
    """Look of its output, and the tools that write it."""
    table: Callable[[Grid, random.Random], str]
    """Writes one table."""
    loses: frozenset[Loss] = frozenset()
    """Facts that can't be told from the text any more."""
    heading: Callable[[str], str] = str
    """Writes the title or the heading of a section."""
    paragraph: Callable[[str], str] = str
    """Writes a paragraph of prose."""
    document: Callable[[list[str]], str | bytes] = "\n\n".join
    """Puts headings, paragraphs and tables together."""


def write_as_tool(report: Report, name: str, *, rng: random.Random | None = None) -> str | bytes:
    """``report`` as the tools write it that ``TOOL_LAYOUTS`` has under ``name``.

    The prose of a section with a table stands before the table. The same arguments, with ``rng`` in the same state,
    give the same document. Raises ``ValueError`` for a report with absent or invalid cells or with rows that the form
    does not have, and ``KeyError`` for an unknown name.
    """
    layout = TOOL_LAYOUTS[name]
    rng = rng or random.Random(0)
    check_publishable(report)
    parts = [layout.heading(report.title)] if report.title else []
    for heading in HEADINGS:
        parts.append(layout.heading(heading.text))
        parts += map(layout.paragraph, (report.sections.get(heading.id) or Section()).paragraphs)
        parts += (layout.table(official_grid(table), rng) for table in report.tables if table.id == heading.id)
    return layout.document(parts)


def check_publishable(report: Report) -> None:
    """Raise ``ValueError`` for a report that no form can hold: absent or invalid cells, unknown rows."""
    for table in report.tables:
        if table.unknown:
            raise ValueError(f"{table.id} has rows that the form does not have")
        for figure in table.cells():
            if figure.state in (State.ABSENT, State.INVALID):
                raise ValueError(f"{figure.id} is {figure.state}; only what a form can hold is written")


_BLANKS: frozenset[Loss] = frozenset({"blanks"})
_HEADS: frozenset[Loss] = frozenset({"blanks", "heads"})
_ALL: frozenset[Loss] = frozenset({"blanks", "heads", "rows"})


def _data(number: int, looks: str, **options: bool | str) -> ToolLayout:
    """A layout of rows of a file of data, written by ``tool_data.Rows`` with these options."""
    rows = tool_data.Rows(**options)  # type: ignore[arg-type]
    return ToolLayout(number, looks, rows.table, heading=rows.line, paragraph=rows.line, document=rows.document)


TOOL_LAYOUTS: Mapping[str, ToolLayout] = {
    "csv": _data(19, "CSV of the whole sheet, spans as empty fields, a byte-order mark (spreadsheets)", mark=True),
    "csv-quoted": _data(19, "CSV with every field in quotes (scripts)", quoted=True),
    "csv-gb18030": _data(19, "CSV in GB18030 (Excel in Chinese, LibreOffice)", encoding="gb18030"),
    "csv-semicolon": _data(19, "CSV parted by semicolons (spreadsheets of other countries)", delimiter=";"),
    "csv-frame": _data(19, "CSV with an invented head and an index column (pandas, polars)", indexed=True),
    "csv-cells": _data(19, "CSV of the cells alone: spans lost, rows of different length (td by td)", spans=False),
    "csv-steps": _data(19, "CSV, each row where the one above ends (a workbook made of a nested page)", steps=True),
    "tabs-steps": ToolLayout(19, "the same by tabs (openpyxl)", tool_text.tabs_in_steps),
    "tsv": _data(19, "cells parted by tabs, quoted where they must be (pandas)", delimiter="\t"),
    "filled-csv": _data(20, "CSV, merged words in every place they cover (pandas.read_html)", filled=True),
    "filled-tabs": ToolLayout(20, "tabs, merged words in every place (python-docx row.cells)", tool_text.filled_tabs),
    "filled-tabs-broken": ToolLayout(
        20, "the same; blank cells hold line breaks (python-docx, Word and UEditor)", tool_text.broken_tabs
    ),
    "filled-markdown": ToolLayout(
        20, "a Markdown table, merged words in every place (pandas to_markdown)", tool_markup.filled_markdown
    ),
    "markdown-nan": ToolLayout(
        21, "a Markdown table with NaN and Unnamed: 3 where nothing stands (markitdown of a workbook)", tool_markup.nan
    ),
    "markdown-none": ToolLayout(
        21, "a Markdown table with None, Col4 and an index column (pandas to_markdown)", tool_markup.none
    ),
    "markdown-nan-wrapped": ToolLayout(
        21, "a Markdown table with nan, names of columns on several rows (pandas)", tool_markup.wrapped_nan
    ),
    "pipes": ToolLayout(22, "pipes, blanks in place, no rule line (trafilatura)", tool_text.pipes),
    "pipes-psql": ToolLayout(22, "pipes and a rule of dashes and pluses (tabulate psql, orgtbl)", tool_drawn.psql),
    "pipes-bare": ToolLayout(22, "pipes between cells alone, a rule below the first row", tool_text.bare),
    "markdown-ragged": ToolLayout(
        23, "Markdown, colspan padded and rowspan not: rows of different length (markdownify)", tool_markup.ragged
    ),
    "markdown-packed": ToolLayout(
        23, "Markdown, blanks and spans lost, rows filled up at the right (node-html-markdown)",
        tool_markup.packed_table, loses=_BLANKS,
    ),
    "markdown-filled-up": ToolLayout(
        23, "Markdown, spans lost, rows filled up at the right", tool_markup.filled_up, loses=_BLANKS
    ),
    "markdown-spans": ToolLayout(24, "Markdown with a tag around the words of each cell (pandoc)", tool_markup.spans),
    "html-in-markdown": ToolLayout(
        24,
        "Markdown with tables in HTML (pandoc gfm, pipelines of OCR)",
        tool_markup.html_table,
        heading=tool_markup.hash_heading,
    ),
    "html-first": ToolLayout(
        24,
        "the same in a file that begins with a tag",
        tool_markup.html_table,
        heading=tool_markup.hash_heading,
        document=tool_markup.in_a_div,
    ),
    "drawn-grid": ToolLayout(25, "+---+ around every cell, long texts wrapped (tabulate grid, rst)", tool_drawn.grid),
    "drawn-box": ToolLayout(25, "box characters around every cell, long texts wrapped (rich)", tool_drawn.boxes),
    "drawn-frame": ToolLayout(25, "box characters, an invented head with types (duckdb, polars)", tool_drawn.frame),
    "drawn-simple": ToolLayout(25, "columns under lines of dashes (pandoc plain)", tool_drawn.simple),
    "inner-text": ToolLayout(26, "the cells of a row parted by tabs, spans lost (innerText)", tool_text.inner_text),
    "inner-paragraphs": ToolLayout(
        26, "the same with a paragraph in each cell: line breaks around the tabs", tool_text.inner_paragraphs
    ),
    "column-order": ToolLayout(
        27, "figures first, their labels behind them (pdftotext, pdfminer)", tool_text.column_order, loses=_ALL
    ),
    "pdf-raw": ToolLayout(
        28, "spaces; narrow heads two characters a line, long labels above their figures (pdftotext -raw, pypdf)",
        tool_text.pdf_raw, loses=_HEADS,
    ),
    "pdf-raw-narrow": ToolLayout(
        28, "as pdf-raw, the last digits of large figures alone on a line", tool_text.pdf_raw_narrow,
        loses=_HEADS | {"cells"},
    ),
    "pdf-lines": ToolLayout(
        28, "spaces; labels wrapped around their figures, heads in two lines (pdftotext -layout, pypdfium2)",
        tool_text.pdf_lines, loses=_HEADS,
    ),
    "pdf-lines-narrow": ToolLayout(
        28, "as pdf-lines, the last digits of all large figures on the next line", tool_text.pdf_lines_narrow,
        loses=_HEADS | {"cells"},
    ),
    "escaped-paragraphs": ToolLayout(
        29,
        "Markdown with escapes, a cell a paragraph, headings in __ (mammoth)",
        tool_markup.escaped_paragraphs,
        loses=_BLANKS,
        heading=tool_markup.strong_heading,
        paragraph=tool_markup.escaped,
    ),
    "escaped-table": ToolLayout(
        29,
        "a Markdown table with escapes (turndown)",
        tool_markup.escaped_table,
        heading=tool_markup.hash_heading,
        paragraph=tool_markup.escaped,
    ),
    "one-line-bars": ToolLayout(
        30, "the whole document on one line, | between the texts (get_text)", tool_text.bars, loses=_BLANKS,
        document="|".join,
    ),
    "one-line-spaces": ToolLayout(
        30, "the whole document on one line, a space between the texts (html2txt)", tool_text.spaces, loses=_BLANKS,
        document=" ".join,
    ),
    "one-line-glued": ToolLayout(
        30, "the whole document on one line with nothing between the texts", tool_text.glued, loses=_ALL | {"cells"},
        document="".join,
    ),
    "xml-rows": ToolLayout(
        31,
        "rows and cells as elements (trafilatura XML and TEI)",
        tool_data.xml_table,
        heading=tool_data.xml_head,
        paragraph=tool_data.xml_paragraph,
        document=tool_data.xml_document,
    ),
    "json-rows": ToolLayout(
        31, "tables as lists of rows (dumps by scripts)", tool_data.json_table, heading=tool_data.json_text,
        paragraph=tool_data.json_text, document=tool_data.json_document,
    ),
    "json-trimmed": ToolLayout(
        31, "lists of rows that end with the last filled cell (SheetJS)", tool_data.json_trimmed,
        heading=tool_data.json_text, paragraph=tool_data.json_text, document=tool_data.json_document,
    ),
    "json-nested": ToolLayout(
        31, "each cell a list of its paragraphs (docx2python)", tool_data.json_nested, heading=tool_data.json_text,
        paragraph=tool_data.json_text, document=tool_data.json_document,
    ),
}  # fmt: skip
"""Name → what tools of this kind write."""
