"""Model of a source as a reader leaves it: lines of prose and rows of cells, each knowing where it stood.

Format-neutral: nothing after the readers knows whether a row was a line of text or a ``tr``. No words are understood
here; that is the work of ``parsing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import Factory, define, frozen

from .diagnostics import Diagnostic, Location

FormatName = Literal["text", "markdown", "html", "docx", "xlsx", "pdf", "mhtml", "xml", "json", "csv"]
"""Name of a format that reports can be read in; the first five can be written too."""


@define(eq=False)
class Origin:
    """Place of a row or paragraph in a source that has no lines; see ``Location``.

    ``column`` is that of the first cell; ``columns`` are those of all, where some between them are not seen;
    ``boxes`` are where the cells are on a page of a PDF file, or a paragraph alone; ``converted`` as in
    ``Location``.
    """

    table: int | None = None
    row: int | None = None
    column: int = 1
    page: int | None = None
    sheet: str | None = None
    columns: Sequence[int] | None = None
    boxes: Sequence[tuple[float, float, float, float] | None] | None = None
    converted: str | None = None
    tells_spans: bool = True
    """True if the source states the width of each cell in columns."""

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a cell, or of the whole."""
        column = None if index is None else self.column + index if self.columns is None else self.columns[index]
        box = None if not self.boxes else self._around() if index is None else self.boxes[index]
        return Location(
            line=None,
            column=column,
            text=text,
            table=self.table,
            row=self.row,
            page=self.page,
            sheet=self.sheet,
            box=box,
            converted=self.converted,
        )

    def _around(self) -> tuple[float, float, float, float] | None:
        """The box that holds all boxes."""
        boxes = [box for box in self.boxes or () if box is not None]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


@define(eq=False)
class Paragraph:
    """One line of text that is in no ruled table. It may still be a cell, where a layout lost all marks.

    ``line`` counts from 1, lines of a text or blocks of anything else; ``gap`` is the number of empty lines before it.
    """

    text: str
    line: int
    gap: int = 0
    origin: Origin | None = None

    def at(self) -> Location:
        """Its place and the beginning of its text."""
        text = self.text[:400]
        return Location(line=self.line, column=1, text=text) if self.origin is None else self.origin.at(text)


COVERED = "\x1f"
COVERED_BELOW = "\x1e"
"""Stand in each place that a cell with a figure covers beside its own, and in rows below; stripped, they are blank."""


@define(eq=False)
class Row:
    """A row of cells.

    ``line`` counts lines of a text, or blocks of anything else. ``source`` is the line as it stands in the source,
    where a row is one line; ``lines`` are those of the cells of a row that is spread over several. ``header`` says that
    the format itself marks the row as a heading (Markdown).
    """

    cells: Sequence[str]
    line: int
    source: str | None = None
    header: bool = False
    origin: Origin | None = None
    lines: Sequence[int] | None = None

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a cell with its ``text``, or of the row."""
        if self.origin is not None:
            return self.origin.at(text, index)
        if index is None or self.lines is not None:
            return Location(
                line=self.line if index is None or self.lines is None else self.lines[index], column=None, text=text
            )
        return Location(line=self.line, column=self._column(index), text=text)

    def _column(self, index: int) -> int | None:
        """The column (from 1) of a cell in its line; None where the source has none to tell."""
        if self.source is None:
            return None
        mark = "|" if "|" in self.source and "\t" not in self.source.strip() else "\t"
        # A pipe that leads the row ends no cell.
        start = self.source.find(mark) + 1 if self.source.count("|") > len(self.cells) else 0
        for cell in self.cells[:index]:
            found = self.source.find(cell.strip(), start)
            start = self.source.find(mark, found + len(cell.strip())) + 1
            if found < 0 or not start:
                return None
        return self.source.find(self.cells[index].strip(), start) + 1 or None


Spacing = Literal["grid", "exact", "dropped"]
"""Parts of a row that a layout keeps: all cells with their spans; all cells but no spans; filled cells only."""


@define(eq=False)
class Table:
    """Rows that stood together."""

    rows: list[Row]
    spacing: Spacing = "grid"


@define(eq=False)
class Loose:
    """Cells that stood together, the ends of their rows lost; ``lines`` has the line of each."""

    cells: list[str]
    lines: list[int]
    spacing: Spacing


Block = Paragraph | Table | Loose


@frozen
class Conversion:
    """Record of a conversion: from what ending into what format, and the tables in which the two differ.

    Tables are numbered as in ``Location``, 0 is the text outside of all; None says that nothing could be compared.
    """

    suffix: str
    format: FormatName
    differing: frozenset[int] | None


@define(eq=False)
class Document:
    """The blocks of a source in order.

    ``end`` is the number of its last line; ``notes`` say what was not read; ``format`` is the name of its reader;
    ``aside`` are lines which the format itself shows to belong to the page around the report: running heads;
    ``links`` are the addresses of documents that a page without a larger table names; ``titles`` are those that a
    format keeps beside the text, the most particular first; ``conversion`` says what it was made from.
    """

    blocks: list[Block]
    end: int = 0
    notes: list[Diagnostic] = Factory(list)
    format: FormatName | None = None
    aside: list[Paragraph] = Factory(list)
    links: list[str] = Factory(list)
    titles: list[str] = Factory(list)
    conversion: Conversion | None = None
