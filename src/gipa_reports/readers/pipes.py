"""Runs of lines with pipes, as extractors leave them: where cells and rows end, and whether empty cells are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import NamedTuple

from attrs import define

from ..document import Block, Loose, Paragraph, Row, Spacing, Table
from ..memo import Memo
from ..template import TableId, words
from ..template.vocabulary import ESCAPE, look_up
from .pipe_style import PipeStyle, is_rule, pieces

MAX_REMEMBERED = 300
"""Characters of the longest line that is remembered, and"""

MAX_LINES = 8192
"""how many lines are."""

MIN_ENDED = 8
"""Cells that end at a pipe, to each line without one, where a number on such a line is that of a page."""

Clean = Callable[[str], str]

_PIPE = re.compile(r"(?<!\\)\|")
_ONE_PIPE = re.compile(r"\s*\|(?!\|)")


def has_pipe(line: str) -> bool:
    """Return whether a line has a pipe that is none of its text."""
    if "\\" in line and (line[0] == ESCAPE or _PIPE.search(line) is None):
        return False
    return "\t" not in line or "\t" not in line.strip().strip("|").strip()


def _text(line: str) -> str:
    return line.replace("|", "").strip()


_PIPED = 1
_LOOSE = 2


class _Line(NamedTuple):
    """Kind of a line of a run, by itself."""

    cell: str
    """The cell of a line with one text and its pipes behind it, most lines of such layouts; else empty."""
    kind: int
    """``_PIPED`` where it has a pipe that is none of its text, ``_LOOSE`` where it has a text and none; 0 if empty."""
    table: TableId | None
    """The table of the form that one of its first labels is of; 其他 and 总计 are in two."""
    pieces: tuple[str, ...]
    """Cells between its pipes."""


def _kind(line: str) -> int:
    if "|" in line and has_pipe(line):
        return _PIPED
    return _LOOSE if line.strip() else 0


def _read_line(line: str) -> _Line:
    kind = _kind(line)
    between = tuple([piece.strip() for piece in pieces(line)])
    if len(line) > MAX_REMEMBERED:
        return _Line("", kind, None, between)
    cell = line.rstrip(" \t|")
    alone = kind == _PIPED and "|" not in cell and "\\" not in line and "\t" not in line
    return _Line(cell.strip() if alone else "", kind, _table_of(between), between)


def _table_of(between: tuple[str, ...]) -> TableId | None:
    first = next((at for at, text in enumerate(between) if text), 0)
    for text in between[first : first + 3]:
        found = look_up(text).labels if text else ()
        if len(found) == 1 and found[0].name not in ("other", "total"):
            return found[0].table
    return None


_known_lines: Memo[str, _Line] = Memo(_read_line, MAX_LINES, keeps=lambda line: len(line) <= MAX_REMEMBERED)
"""Most lines of most reports are alike."""


@define(eq=False)
class Run:
    """Lines that stand together, and what ``_Line`` says of each; ``start`` is the index of the first in the source."""

    lines: list[str]
    start: int
    cells: tuple[str, ...]
    kinds: bytes
    tables: tuple[TableId | None, ...]
    pieces: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, lines: list[str]) -> Run:
        """All lines of a source."""
        cells, kinds, tables, between = zip(*map(_known_lines.__getitem__, lines), strict=True)
        return cls(lines, 0, cells, bytes(kinds), tables, between)

    def part(self, first: int, last: int | None = None) -> Run:
        """The lines from ``first`` up to ``last``, counted within the run."""
        return Run(
            self.lines[first:last],
            self.start + first,
            self.cells[first:last],
            self.kinds[first:last],
            self.tables[first:last],
            self.pieces[first:last],
        )

    @property
    def has_pipes_alone(self) -> bool:
        """Return whether every pipe stands on a line without a text."""
        return not any("|" in line and line.strip(" \t|") for line in self.lines)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines with their numbers in the source."""
        return enumerate(self.lines, self.start + 1)

    def loose(self, start: int = 0) -> Iterator[int]:
        """The places of the lines, from ``start`` on, that have a text and no pipe."""
        at = self.kinds.find(_LOOSE, start)
        while at >= 0:
            yield at
            at = self.kinds.find(_LOOSE, at + 1)


def end_of_run(source: Run, start: int) -> int:
    """The end of the run of lines that begins with a pipe at ``start``.

    Between two lines with pipes there may be empty lines and one line without a pipe (a cell by itself, or the first
    half of one), or several that are one label together, but no section heading.
    """
    end = len(source.lines)
    last = start
    words = ""
    """The texts without a pipe since the last pipe."""
    for at in source.loose(start):
        text = source.lines[at].strip()
        if source.kinds.find(_PIPED, last, at) >= 0:
            words = ""
        words += text
        together = words == text or look_up(words).is_fragment
        if not together or "\t" in text or look_up(text).section is not None:
            end = at
            break
        last = at
    return source.kinds.rfind(_PIPED, start, end) + 1


def piped(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    """The blocks of one run of lines, each table of the form by its own layout; prose if there is no label in it."""
    if not any(map(_holds_label, run.lines)):
        return _prose(run, prose)
    blocks: list[Block] = []
    is_ruled = False
    for part in _tables(run):
        rows = [line for line in part.lines if _text(line)]
        # What goes on right below a ruled table, in rows as even, is more of it.
        if is_ruled and style.are_even(rows):
            blocks.extend(_markdown_rows(part, prose, clean, style))
            continue
        is_ruled = any(map(is_rule, rows))
        blocks.extend(_one_table(part, prose, clean, style))
    return blocks


def style_of(source: Run) -> PipeStyle:
    """Return how a document writes its rows between pipes."""
    return PipeStyle([line for line, kind in zip(source.lines, source.kinds, strict=True) if kind == _PIPED])


def is_closed(run: Run, style: PipeStyle) -> bool:
    """Return whether the last row of a table ends as all others do, with a pipe and as wide: no piece of it is cut."""
    lines = _of_table(_tables(run)[-1])
    return style.are_even(lines) and all(line.rstrip().endswith("|") for line in lines)


def _is_ruled_off(lines: list[str], style: PipeStyle) -> bool:
    """Return whether rows are of one width, or none is filled up: each begins and ends with a pipe and is as wide."""
    return style.are_even(lines) or all(line.strip()[0] == "|" == line.strip()[-1] for line in lines)


def _of_table(run: Run) -> list[str]:
    """The rows of a table from the first with one of its labels on; what stands before it is of the page."""
    first = next((at for at, table in enumerate(run.tables) if table), 0)
    return [line for line in run.lines[first:] if _text(line)]


def without_marks(run: Run) -> tuple[Run, list[Paragraph]]:
    """A run with nothing in the lines that have the number of a page, and these lines; one of prose as it is.

    Where cells end at pipes a number without one before a line of words is such, whatever it looks like.
    """
    loose = list(run.loose()) if any(map(_holds_label, run.lines)) else []
    ends = len(run.cells) - run.cells.count("") > MIN_ENDED * len(loose)
    marks: dict[int, str] = {}
    for at in loose:
        text = run.lines[at].strip()
        is_bare = ends and text.isdecimal() and len(text) <= 3 and any(map(str.isalpha, _following(run, at)))
        if is_bare or words.PAGE_MARK.fullmatch(text):
            marks[at] = text
    if not marks:
        return run, []
    without = Run.of(["" if at in marks else line for at, line in enumerate(run.lines)])
    without.start = run.start
    return without, [Paragraph(text, run.start + at + 1) for at, text in marks.items()]


def _following(run: Run, at: int) -> str:
    """The next line with a text."""
    for index in range(at + 1, len(run.lines)):
        if run.lines[index].strip(" \t|"):
            return run.lines[index]
    return ""


def _holds_label(line: str) -> bool:
    """Return whether a line of a run belongs to a table: it has a label, or a row of figures and nothing else."""
    if line[:1] == ESCAPE:
        return False
    texts = [piece for piece in pieces(line) if piece.strip()]
    return any(look_up(text).labels for text in texts) or (
        len(texts) > 4 and not any(map(str.isalpha, line)) and any(map(str.isdigit, line))
    )


def _prose(run: Run, prose: Clean) -> list[Block]:
    blocks: list[Block] = []
    gap = 0
    for number, line in run.numbered():
        text = line.strip()
        if text:
            blocks.append(Paragraph(prose(text), number, gap))
        gap = 0 if text else gap + 1
    return blocks


def _tables(run: Run) -> list[Run]:
    """The run cut before each line that begins another table of the form."""
    cuts = [0]
    current: TableId | None = None
    for at in compress(range(len(run.tables)), run.tables):
        table = run.tables[at]
        if table != current:
            if current is not None:
                # What is above a rule is its heading, whether it has names of the form or not.
                cuts.append(at - 2 if at - 2 > cuts[-1] and is_rule(run.lines[at - 1]) else at)
            current = table
    return [run.part(first, last) for first, last in zip(cuts, [*cuts[1:], None], strict=True)]


def _one_table(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    rule = next((at for at, line in enumerate(run.lines) if is_rule(line)), None)
    if rule is not None:
        # What stands before the heading of the first ruled table is a table of another shape.
        before = _one_table(run.part(0, rule - 1), prose, clean, style) if rule > 1 else []
        return [*before, *_markdown_rows(run.part(max(0, rule - 1)), prose, clean, style)]
    return [_rows(run, clean, style) if _has_rows(run) else _CellReader(run, clean).read()]


def _has_rows(run: Run) -> bool:
    """Return whether a third of the lines with a text have several cells."""
    if run.cells.count("") * 4 <= len(run.lines):
        return False
    rest = [line.strip(" \t|") for line, cell in zip(run.lines, run.cells, strict=True) if not cell]
    return sum("|" in text for text in rest) * 3 > len(run.lines) - rest.count("")


def _markdown_rows(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    """Layout 16: a row a line, each cell in its place; a line of dashes below each heading."""
    blocks: list[Block] = []
    table: Table | None = None
    rule = above = ""
    for (number, line), below in zip(run.numbered(), [*run.lines[1:], ""], strict=True):
        if is_rule(below):
            rule = below.strip()
            # Another table begins behind an empty line.
            table = table if above.strip() else None
        above = line
        if "|" not in line:
            if line.strip():
                blocks.append(Paragraph(prose(line.strip()), number))
                table = None
        elif is_rule(line):
            if table is not None:
                table.rows[-1].header = True
        else:
            if table is None:
                table = Table([])
                blocks.append(table)
            table.rows.append(Row(tuple(map(clean, style.cells(line, rule))), number, source=line))
    return blocks


def _rows(run: Run, clean: Clean, style: PipeStyle) -> Table:
    """Layouts 2–4, a row a line. A run of pipes holds what was empty, and its place is lost, unless the document keeps
    blanks and the rows are even; without runs an empty cell is a line break between two pipes, so that a line that
    begins with a pipe goes on with the row before, unless it has a label of its own: then the empty cell is that
    beside a label which spans rows.
    """
    lines = [(number, line) for number, line in run.numbered() if _text(line)]

    def rows_by(cells_of: Callable[[str], Iterable[str]]) -> list[Row]:
        return [Row(list(map(clean, cells_of(line))), number, line) for number, line in lines]

    has_runs = any(len(texts) > 2 and not (texts[-1] or texts[-2]) for texts in run.pieces)
    if _is_even(run, style, has_runs):
        return Table(rows_by(style.cells))
    if has_runs:
        return Table(rows_by(_filled_cells), "dropped")
    rows = rows_by(style.cells) if lines[0][1].lstrip().startswith("|") else _broken_rows(run, clean)
    return Table(rows, _spacing_of(rows))


def _is_even(run: Run, style: PipeStyle, has_runs: bool) -> bool:
    """Return whether the rows of a table keep each blank in its place."""
    if not style.keeps_blanks:
        return False
    return style.is_open or (has_runs and _is_ruled_off(_of_table(run), style))


def _filled_cells(line: str) -> list[str]:
    return [cell.strip() for cell in pieces(line) if cell.strip()]


def _broken_rows(run: Run, clean: Clean) -> list[Row]:
    """Layout 2: a line that begins with a pipe goes on with the row before."""
    rows: list[Row] = []
    previous = 0
    for (number, line), texts in zip(run.numbered(), run.pieces, strict=True):
        if not line.strip():
            continue
        cells = [*map(clean, texts)]
        if not cells[-1]:
            cells.pop()
        # Two pipes at once are cells that a span covers; a blank cell is a line break and one.
        goes_on = _ONE_PIPE.match(line) is not None and rows and previous == number - 1
        if goes_on and not _begins_row(cells, rows[-1]):
            row = rows[-1]
            row.lines = [*(row.lines or [row.line] * len(row.cells)), *[number] * len(cells)]
            row.cells = [*row.cells, *cells]
            row.source = None
        else:
            rows.append(Row(cells, number, line))
        previous = number
    return rows


def _spacing_of(rows: list[Row]) -> Spacing:
    """Kept by rows that have no runs: the cells that spans cover too, where several begin with an empty one."""
    padded = sum(len(row.cells) > 2 and not any(map(str.strip, row.cells[:2])) for row in rows)
    return "grid" if padded > 1 else "exact"


def _begins_row(cells: list[str], before: Row) -> bool:
    """Return whether ``cells`` begin with a label, and the row before has what no other label comes after."""
    first = next((cell for cell in cells if cell), "")
    ended = any(cell.isdigit() or any(label.kind == "row" for label in look_up(cell).labels) for cell in before.cells)
    return ended and any(label.kind in ("row", "span", "head") for label in look_up(first).labels)


class _CellReader:
    """Reads layouts 5–12: a cell ends at a pipe, wherever the lines end.

    Where no line has both a text and a pipe (8) two pipes with nothing between them hold an empty cell. Elsewhere pipes
    without text mark the ends of rows and the loss of cells; only those that stand alone on the lines right before a
    figure are cells that stayed behind.
    """

    def __init__(self, run: Run, clean: Clean) -> None:
        self._run = run
        self._clean = clean
        self._keeps_blanks = run.has_pipes_alone
        self._table = Loose([], [], "exact" if self._keeps_blanks else "dropped")
        self._words: list[str] = []
        """The lines of the cell that no pipe has ended yet, the first of them on"""
        self._at = 0
        """this line."""
        self._lone: list[int] = []
        """The lines with a pipe and nothing else since the last cell."""

    def read(self) -> Loose:
        """The cells of the run."""
        cells, numbers = self._table.cells, self._table.lines
        run = self._run
        for number, (cell, between) in enumerate(zip(run.cells, run.pieces, strict=True), run.start + 1):
            if not cell or self._words:
                self._line(number, between)
                continue
            # Most lines.
            if self._lone:
                self._take_blanks(cell)
            cells.append(cell)
            numbers.append(number)
        if self._words:
            self._end_cell()
        return self._table

    def _line(self, number: int, between: tuple[str, ...]) -> None:
        if not (self._words or any(between)):
            self._pipes_alone(number, len(between) - 1)
            return
        for index, piece in enumerate(between):
            if index and self._words:
                if self._lone:
                    self._take_blanks(self._words[0])
                self._end_cell()
            if piece:
                self._at = self._at if self._words else number
                self._words.append(piece)

    def _pipes_alone(self, number: int, count: int) -> None:
        """Take a line of pipes behind a cell that has ended: one may be a blank cell, more end a row."""
        if count > 1:
            self._lone = []
        elif count and self._keeps_blanks:
            self._table.cells.append("")
            self._table.lines.append(number)
        elif count and self._table.cells:
            self._lone.append(number)

    def _take_blanks(self, text: str) -> None:
        """Take lone pipes before a figure for the blank cells that they are."""
        if not any(map(str.isalpha, text)):
            self._table.cells.extend("" for _ in self._lone)
            self._table.lines.extend(self._lone)
        self._lone = []

    def _end_cell(self) -> None:
        """Take the words since the last pipe; lines that make no label and no number together stay apart."""
        cells = self._words
        if len(cells) > 1:
            whole = "".join(cells)
            if look_up(whole).labels:
                cells = [whole]
            elif not any(map(str.isalpha, whole)):
                cells = [" ".join(cells)]
        self._table.cells.extend(map(self._clean, cells))
        self._table.lines.extend(range(self._at, self._at + len(cells)))
        self._words = []
