"""Plain text: rows parted by tabs, by pipes in all the ways that extractors leave them, or by nothing.

The shapes are those of the layouts seen in published reports. What this reader decides is where cells and rows end, and
whether empty cells are still there; which row is which is not its business. It looks at labels for two things only:
where a heading, or the first label of another table, ends a run of lines.
"""

from __future__ import annotations

import re

from ..document import Document, Paragraph, Row, Table
from ..limits import Limits
from ..template import words
from ..template.vocabulary import ESCAPE, look_up
from .broken import rejoined
from .broken_figures import figures_rejoined
from .encoding import split_lines
from .one_line import parted, renumber
from .pipe_lines import has_pipe
from .pipe_style import PipeStyle
from .pipes import Clean, Run, end_of_run, is_closed, piped, style_of, without_marks
from .repairs import repaired
from .sheet_cells import WIDE

_SPACES = " \u3000\xa0"
_TABS = "\t" + _SPACES
_NO_ROWS = frozenset((*_TABS, ESCAPE, *(label[0] for label in words.STATED)))
"""Characters that a line with tabs begins with which may be no row."""


def sniff(head: str) -> bool:
    """Return whether the beginning of a source looks like this format: any text does."""
    return True


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a text."""
    lines = repaired(split_lines(text, limits))
    whole = parted(lines)
    if whole is not None:
        return renumber(blocks_of(whole[0], _same, _cell_of_text), whole[1])
    return blocks_of(lines, _same, _cell_of_text)


def is_mended(line: str) -> bool:
    """Return whether a paragraph, on a line of its own, would come out otherwise than it is written."""
    return repaired([line]) != [line] or parted([line]) is not None


def blocks_of(lines: list[str], prose: Clean, clean: Clean) -> Document:
    """The blocks of ``lines``. ``prose`` and ``clean`` undo a format's escapes in paragraphs and in cells."""
    return _TextReader(figures_rejoined(rejoined(lines), lines), prose, clean).read()


class _TextReader:
    """Reads lines one after the other; rows of cells that follow each other are one table."""

    def __init__(self, lines: list[str], prose: Clean, clean: Clean) -> None:
        self._lines = lines
        self._prose = prose
        self._clean = clean
        self._document = Document([], len(lines))
        self._table: Table | None = None
        self._gap = 0
        """The empty lines since the last block."""
        self._whole: Run | None = None
        self._style: PipeStyle | None = None

    def read(self) -> Document:
        """The document."""
        end = 0
        """End of the last run of lines with pipes."""
        for at, line in enumerate(self._lines):
            if at < end:
                continue
            if not line:
                self._gap += 1
            elif "|" in line and has_pipe(line) and not _is_stated(line):
                end = self._run(at)
            elif "\t" in line and (line[0] not in _NO_ROWS or self._is_row(line)):
                self._row(line, at)
            elif line.strip():
                self._paragraph(line, at)
            else:
                self._gap += 1
        return self._document

    def _is_row(self, line: str) -> bool:
        """Return whether a line with tabs is a row, and no line that is indented with them.

        One cell behind tabs is a row among the rows of a table, if it is short and no heading.
        """
        text = line.lstrip(_TABS)
        if "\t" in text:
            return line[0] != ESCAPE and not _is_stated(line)
        return self._table is not None and len(text) <= 40 and look_up(text.strip()).section is None

    def _row(self, line: str, at: int) -> None:
        cells = tuple(line.strip(_SPACES).split("\t"))
        if line[-1] == " " and WIDE in line and line[-2] == "\t":
            # A blank at the end of a row in a sheet is a cell of it.
            cells = (*cells[:-1], " ")
        if "\\" in line:
            row = Row(tuple(map(self._clean, cells)), at + 1, self._prose(line))
        else:
            row = Row(cells, at + 1, line)
        if self._table is None:
            self._table = Table([])
            self._document.blocks.append(self._table)
        self._table.rows.append(row)
        self._gap = 0

    def _paragraph(self, line: str, at: int) -> None:
        text = self._prose(line.strip())
        if text:
            # Of a line break alone nothing is left.
            self._document.blocks.append(Paragraph(text, at + 1, self._gap))
        self._table, self._gap = None, 0

    def _run(self, at: int) -> int:
        """Read the run of lines with pipes that begins ``at`` a line; where it ends."""
        blocks = self._document.blocks
        self._whole = self._whole or Run.of(self._lines)
        end = end_of_run(self._whole, at)
        run = self._whole.part(at, end)
        before = blocks[-1] if blocks else None
        if run.has_pipes_alone and isinstance(before, Paragraph) and look_up(before.text).labels:
            # The first cell of a table with every pipe on a line of its own is the line before the first pipe.
            blocks.pop()
            run = self._whole.part(before.line - 1, end)
        run, marks = without_marks(run)
        self._document.aside.extend(marks)
        self._style = self._style or style_of(self._whole)
        blocks.extend(piped(run, self._prose, self._clean, self._style))
        if end == len(self._lines) and is_closed(run, self._style):
            self._document.end += 1
        self._table, self._gap = None, 0
        return end


def _is_stated(line: str) -> bool:
    """Return whether a line states a fact of the report, whatever pipes or tabs are in it."""
    return line.startswith(words.STATED)


def _same(text: str) -> str:
    return text


def _cell_of_text(cell: str) -> str:
    """A cell with the backslashes before its pipes and braces taken off (see ``renderers.text``)."""
    return _MARKED.sub(lambda match: match[1][: len(match[1]) // 2] + match[2], cell) if "\\" in cell else cell


_MARKED = re.compile(r"(?:(?<=])(?=\\+{)|(?=\\+\|))(\\+)([|{])")
