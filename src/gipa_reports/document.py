"""What a reader makes of a source: lines of prose and rows of cells, each knowing where it stood.

Format-neutral: nothing after the readers knows whether a row was a line of text or a ``tr``. No words are understood
here; that is the lexer's work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import define


@define(eq=False)
class Paragraph:
    """One line of text that is in no ruled table. It may still be a cell, where a layout lost all marks.

    ``line`` counts from 1; ``gap`` is the number of empty lines before it.
    """

    text: str
    line: int
    gap: int = 0


@define(eq=False)
class Row:
    """A row of cells.

    ``source`` is the line as it stands in the source, where a row is one line. ``header`` says that the format itself
    marks the row as a heading (Markdown).
    """

    cells: Sequence[str]
    line: int
    source: str | None = None
    header: bool = False

    def place(self, index: int) -> tuple[int, int | None]:
        """Line and column (from 1) of a cell; the column is None where the source has none to tell."""
        if self.source is None:
            return self.line, None
        start = 0
        for cell in self.cells[: index + 1]:
            found = self.source.find(cell.strip(), start)
            if found < 0:
                return self.line, None
            start = found + len(cell.strip())
        return self.line, found + 1


Spacing = Literal["grid", "exact", "dropped"]
"""What a layout keeps of a row: every cell of the grid with its spans; every cell but no spans; filled cells only."""


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


@define(eq=False)
class Document:
    """The blocks of a source in order. ``end`` is the number of its last line."""

    blocks: list[Block]
    end: int = 0
