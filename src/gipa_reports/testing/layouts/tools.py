"""Outputs of popular tools for a report: layouts 19 to 31, written from the form and from what each keeps.

A layout of this kind is a whole document, not only its tables: a tool that writes HTML, JSON or one long line does so
with the headings and the prose too. ``TOOL_LAYOUTS`` names them; ``loses`` says what of a report is honestly gone, so
that a test knows which cells a reader may flag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import frozen

from ...report import Report, Section, State
from ...template import HEADINGS
from . import tool_data, tool_drawn, tool_markup, tool_text
from .grid import Grid, Writer, expand, filled, filled_up, in_steps, joined, kept, listed, official_grid, together
from .tool_markup import escaped
from .tool_markup import table as pipes

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
    table: Writer
    """Writes one table."""
    loses: frozenset[Loss] = frozenset()
    """Facts that can't be told from the text any more."""
    heading: Callable[[str], str] = str
    """Writes the title or the heading of a section."""
    paragraph: Callable[[str], str] = str
    """Writes a paragraph of prose."""
    document: Callable[[list[str]], str | bytes] = "\n\n".join
    """Puts headings, paragraphs and tables together."""


def write_as_tool(report: Report, name: str) -> str | bytes:
    """``report`` as the tools write it that ``TOOL_LAYOUTS`` has under ``name``.

    The prose of a section with a table stands before the table. Raises ``ValueError`` for a report with absent or
    invalid cells or with rows that the form does not have, and ``KeyError`` for an unknown name.
    """
    layout = TOOL_LAYOUTS[name]
    check_publishable(report)
    parts = [layout.heading(report.title)] if report.title else []
    for heading in HEADINGS:
        parts.append(layout.heading(heading.text))
        parts += map(layout.paragraph, (report.sections.get(heading.id) or Section()).paragraphs)
        parts += (layout.table(official_grid(table)) for table in report.tables if table.id == heading.id)
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


def _on_one_line(looks: str, between: str, loses: frozenset[Loss]) -> ToolLayout:
    """A layout of all texts of a document on one line."""
    return ToolLayout(30, looks, joined(together, between), loses, document=between.join)


def _json(looks: str, rows: Callable[[Grid], object]) -> ToolLayout:
    """A layout of a list in JSON that holds texts, and tables as lists of ``rows``."""
    text = tool_data.json_text
    return ToolLayout(
        31, looks, lambda grid: text(rows(grid)), heading=text, paragraph=text, document=tool_data.json_document
    )


TOOL_LAYOUTS: Mapping[str, ToolLayout] = {
    "csv": _data(19, "CSV of the whole sheet, spans as empty fields, a byte-order mark (spreadsheets)", mark=True),
    "csv-quoted": _data(19, "CSV with every field in quotes (scripts)", quoted=True),
    "csv-gb18030": _data(19, "CSV in GB18030 (Excel in Chinese, LibreOffice)", encoding="gb18030"),
    "csv-semicolon": _data(19, "CSV parted by semicolons (spreadsheets of other countries)", delimiter=";"),
    "csv-frame": _data(19, "CSV with an invented head and an index column (pandas, polars)", indexed=True),
    "csv-cells": _data(19, "CSV of the cells alone: spans lost, rows of different length (td by td)", spans=False),
    "csv-steps": _data(19, "CSV, each row where the one above ends (a workbook made of a nested page)", steps=True),
    "tabs-steps": ToolLayout(19, "the same by tabs (openpyxl)", joined(in_steps, "\t")),
    "tsv": _data(19, "cells parted by tabs, quoted where they must be (pandas)", delimiter="\t"),
    "filled-csv": _data(20, "CSV, merged words in every place they cover (pandas.read_html)", filled=True),
    "filled-tabs": ToolLayout(20, "tabs, merged words in every place (python-docx row.cells)", joined(filled, "\t")),
    "filled-tabs-broken": ToolLayout(
        20, "the same; blank cells hold line breaks (python-docx, Word and UEditor)", joined(tool_text.broken, "\t")
    ),
    "filled-markdown": ToolLayout(
        20, "a Markdown table, merged words in every place (pandas to_markdown)",
        lambda grid: pipes(tool_markup.numbered(filled(grid))),
    ),
    "markdown-nan": ToolLayout(
        21, "a Markdown table with NaN and Unnamed: 3 where nothing stands (markitdown of a workbook)",
        lambda grid: pipes(tool_markup.nan(expand(grid))),
    ),
    "markdown-none": ToolLayout(
        21, "a Markdown table with None, Col4 and an index column (pandas to_markdown)",
        lambda grid: pipes(tool_markup.none(expand(grid))),
    ),
    "markdown-nan-wrapped": ToolLayout(
        21, "a Markdown table with nan, names of columns on several rows (pandas)",
        lambda grid: pipes(tool_markup.wrapped_nan(grid)),
    ),
    "pipes": ToolLayout(22, "pipes, blanks in place, no rule line (trafilatura)", joined(expand, " | ", "| {} | ")),
    "pipes-psql": ToolLayout(22, "pipes and a rule of dashes and pluses (tabulate psql, orgtbl)", tool_drawn.psql),
    "pipes-bare": ToolLayout(22, "pipes between cells alone, a rule below the first row", tool_text.bare),
    "markdown-ragged": ToolLayout(
        23, "Markdown, colspan padded and rowspan not: rows of different length (markdownify)",
        lambda grid: pipes(tool_markup.ragged(grid)),
    ),
    "markdown-packed": ToolLayout(
        23, "Markdown, blanks and spans lost, rows filled up at the right (node-html-markdown)",
        lambda grid: pipes(filled_up(kept(grid))), loses=_BLANKS,
    ),
    "markdown-filled-up": ToolLayout(
        23, "Markdown, spans lost, rows filled up at the right", lambda grid: pipes(filled_up(listed(grid))),
        loses=_BLANKS,
    ),
    "markdown-spans": ToolLayout(
        24, "Markdown with a tag around the words of each cell (pandoc)",
        lambda grid: pipes(tool_markup.tagged(expand(grid))),
    ),
    "html-in-markdown": ToolLayout(
        24, "Markdown with tables in HTML (pandoc gfm, pipelines of OCR)", tool_markup.html_table,
        heading=tool_markup.hash_heading,
    ),
    "html-first": ToolLayout(
        24, "the same in a file that begins with a tag", tool_markup.html_table, heading=tool_markup.hash_heading,
        document=tool_markup.in_a_div,
    ),
    "drawn-grid": ToolLayout(25, "+---+ around every cell, long texts wrapped (tabulate grid, rst)", tool_drawn.grid),
    "drawn-box": ToolLayout(25, "box characters around every cell, long texts wrapped (rich)", tool_drawn.boxes),
    "drawn-frame": ToolLayout(25, "box characters, an invented head with types (duckdb, polars)", tool_drawn.frame),
    "drawn-simple": ToolLayout(25, "columns under lines of dashes (pandoc plain)", tool_drawn.simple),
    "inner-text": ToolLayout(26, "the cells of a row parted by tabs, spans lost (innerText)", joined(listed, "\t")),
    "inner-paragraphs": ToolLayout(
        26, "the same with a paragraph in each cell: line breaks around the tabs",
        joined(listed, "\n\n\t\n\n", lines="\n\n"),
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
        29, "Markdown with escapes, a cell a paragraph, headings in __ (mammoth)",
        lambda grid: escaped("\n\n".join(*together(grid))), loses=_BLANKS, heading=tool_markup.strong_heading,
        paragraph=escaped,
    ),
    "escaped-table": ToolLayout(
        29, "a Markdown table with escapes (turndown)",
        lambda grid: pipes([list(map(escaped, row)) for row in expand(grid)]), heading=tool_markup.hash_heading,
        paragraph=escaped,
    ),
    "one-line-bars": _on_one_line("the whole document on one line, | between the texts (get_text)", "|", _BLANKS),
    "one-line-spaces": _on_one_line(
        "the whole document on one line, a space between the texts (html2txt)", " ", _BLANKS
    ),
    "one-line-glued": _on_one_line(
        "the whole document on one line with nothing between the texts", "", _ALL | {"cells"}
    ),
    "xml-rows": ToolLayout(
        31, "rows and cells as elements (trafilatura XML and TEI)", tool_data.xml_table, heading=tool_data.xml_head,
        paragraph=tool_data.xml_paragraph, document=tool_data.xml_document,
    ),
    "json-rows": _json("tables as lists of rows (dumps by scripts)", expand),
    "json-trimmed": _json("lists of rows that end with the last filled cell (SheetJS)", tool_data.trimmed),
    "json-nested": _json(
        "each cell a list of its paragraphs (docx2python)",
        lambda grid: [[[text] for text in row] for row in filled(grid)],
    ),
}  # fmt: skip
"""Name → what tools of this kind write."""
