"""Plain text: rows parted by tabs, by pipes in all the ways that extractors leave them, or by nothing.

The shapes are those of the layouts seen in published reports. What this reader decides is where cells and rows end, and
whether empty cells are still there; which row is which is not its business. It looks at labels for two things only:
where a heading, or the first label of another table, ends a run of lines.
"""

from __future__ import annotations

import re

from ..document import Document, Paragraph, Row, Table
from ..limits import Limits
from ..memo import lazy
from ..template.vocabulary import look_up
from .broken import rejoined
from .encoding import split_lines
from .one_line import parted, renumber
from .pipe_lines import PROSE, has_pipe
from .pipe_style import PipeStyle
from .pipes import Clean, Run, end_of_run, is_closed, piped, style_of, without_marks
from .repairs import repaired
from .sheet_cells import WIDE

_SPACES = " \u3000\xa0"
_TABS = "\t" + _SPACES
_NO_ROWS = frozenset((*_TABS, *(start[0] for start in PROSE)))
"""Characters that a line with tabs begins with which may be no row."""


def sniff(head: str) -> bool:
    """Return whether the beginning of a source looks like this format: any text does."""
    return True


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a text."""
    lines = repaired(split_lines(text, limits))
    lines, numbers = parted(lines)
    document = blocks_of(lines, _same, _cell_of_text)
    if numbers:
        renumber(document, numbers)
        document.end = numbers[-1]
    return document


def is_mended(line: str) -> bool:
    """Return whether a paragraph, on a line of its own, would come out otherwise than it is written."""
    return repaired([line]) != [line] or parted([line])[0] != [line]


def blocks_of(lines: list[str], prose: Clean, clean: Clean) -> Document:
    """The blocks of ``lines``. ``prose`` and ``clean`` undo a format's escapes in paragraphs and in cells."""
    return _TextReader(rejoined(lines), prose, clean).read()


class _TextReader:
    """Reads lines one after the other; rows of cells that follow each other are one table."""

    def __init__(self, lines: list[str], prose: Clean, clean: Clean) -> None:
        self._lines = lines
        self._prose = prose
        self._clean = clean
        self._document = Document([], len(lines))

    def read(self) -> Document:
        """The document."""
        lines, blocks = self._lines, self._document.blocks
        rows: list[Row] = []
        """Rows of the table that a row goes on with; none behind anything else."""
        number = end = 0
        """Numbers of a line, and of the last line that was not blank."""
        while number < len(lines):
            line = lines[number]
            number += 1
            if "|" in line and has_pipe(line):
                number, rows = self._run(number - 1), []
            elif "\t" in line and (line[0] not in _NO_ROWS or _is_row(line, in_table=bool(rows))):
                if not rows:
                    blocks.append(Table(rows))
                is_plain = "\\" not in line and line[-1] != " "
                cells = line.strip(_SPACES).split("\t")
                rows.append(Row(cells, number, line) if is_plain else self._row(line, cells, number))
            elif line and not line.isspace():
                text = self._prose(line.strip())
                if text:
                    # Of a line break alone nothing is left.
                    blocks.append(Paragraph(text, number, number - end - 1))
                rows = []
            else:
                continue
            end = number
        return self._document

    def _row(self, line: str, cells: list[str], number: int) -> Row:
        """Return a row with an escape in it, or with a blank at its end, which is a cell of a sheet."""
        if WIDE in line and line.endswith("\t "):
            cells[-1] = " "
        return Row(list(map(self._clean, cells)), number, self._prose(line))

    def _run(self, at: int) -> int:
        """Read the run of lines with pipes that begins ``at`` a line; where it ends."""
        blocks = self._document.blocks
        end = end_of_run(self._whole, at)
        run = self._whole.part(at, end)
        before = blocks[-1] if blocks else None
        if run.has_pipes_alone and isinstance(before, Paragraph) and look_up(before.text).labels:
            # The first cell of a table with every pipe on a line of its own is the line before the first pipe.
            blocks.pop()
            run = self._whole.part(before.line - 1, end)
        run, marks = without_marks(run)
        self._document.aside.extend(marks)
        blocks.extend(piped(run, self._prose, self._clean, self._style))
        if end == len(self._lines) and is_closed(run, self._style):
            self._document.end += 1
        return end

    @lazy
    def _whole(self) -> Run:
        return Run.of(self._lines)

    @lazy
    def _style(self) -> PipeStyle:
        return style_of(self._whole)


def _is_row(line: str, *, in_table: bool) -> bool:
    """Return whether a line with tabs is a row, and no line that is indented with them.

    One cell behind tabs is a row among the rows of a table, if it is short and no heading.
    """
    text = line.lstrip(_TABS)
    if "\t" in text:
        return line[0] in _TABS or not line.startswith(PROSE)
    return in_table and len(text) <= 40 and look_up(text.strip()).section is None


def _same(text: str) -> str:
    return text


def _cell_of_text(cell: str) -> str:
    """A cell with the backslashes before its pipes and braces taken off (see ``renderers.text``)."""
    return _MARKED.sub(lambda match: match[1][: len(match[1]) // 2] + match[2], cell) if "\\" in cell else cell


_MARKED = re.compile(r"(?:(?<=])(?=\\+{)|(?=\\+\|))(\\+)([|{])")
