"""A text that came as one line, its cells and paragraphs parted by one mark: as lines again, one for each of them.

Programs that take the words out of a page join them by the mark that they are told to. Prose may have blanks of its
own; a paragraph that is cut there is several, and no figure is touched by it. Empty cells have left no trace.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Document, Loose, Paragraph
from ..template.vocabulary import look_up
from .pipe_lines import PROSE

MIN_LENGTH = 1000
"""Characters of the shortest line that is looked at."""

MIN_HEADINGS = 2
"""Headings of sections that stand in such a line, at least."""

MARKS: tuple[str | None, ...] = ("|", "\t", ";", "；", "  ", None)
"""Separators of cells, the surest first; None is any blank."""


def parted(lines: list[str]) -> tuple[list[str], list[int]]:
    """Return the lines with those cut that hold a whole document, and of each the number that it had.

    There are no numbers where no line is cut.
    """
    if max(map(len, lines), default=0) < MIN_LENGTH:
        return lines, []
    found: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, 1):
        pieces = _pieces(line) or [line]
        found.extend(pieces)
        numbers.extend([number] * len(pieces))
    return (found, numbers) if len(found) > len(lines) else (lines, [])


def _pieces(line: str) -> list[str]:
    """Return what the mark parts by which headings of sections stand alone; nothing where there is no such mark."""
    if len(line) < MIN_LENGTH or line.startswith(PROSE):
        return []
    # Blanks and semicolons within the cells that tabs part are of their words.
    for mark in MARKS[: MARKS.index("\t") + 1] if "\t" in line else MARKS:
        pieces = [piece for part in line.split(mark) if (piece := part.strip())]
        if sum(look_up(piece).section is not None for piece in pieces) >= MIN_HEADINGS:
            return pieces
    return []


def renumber(document: Document, numbers: Sequence[int]) -> None:
    """Give each block the number of the line that it came from, where lines were laid out in several."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            block.line = numbers[block.line - 1]
        elif isinstance(block, Loose):
            block.lines = [numbers[line - 1] for line in block.lines]
        else:
            for row in block.rows:
                row.lines = [numbers[row.line - 1]] * len(row.cells)
                row.source = None
