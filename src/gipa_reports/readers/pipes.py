"""Runs of lines with pipes, as extractors leave them: where cells and rows end, and whether empty cells are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import define

from ..document import Block, Loose, Paragraph, Row, Spacing, Table
from ..template import TableId
from ..template.vocabulary import ESCAPE, look_up
from .pipe_lines import EMPTY, LOOSE, PIPE_LINES, PIPED, PIPES, PipeLine
from .pipe_style import PipeStyle

MIN_ENDED = 8
"""Cells that end at a pipe, to each line without one, where a number on such a line is that of a page."""

Clean = Callable[[str], str]

_ONE_PIPE = re.compile(r"\s*\|(?!\|)")


@define(eq=False)
class Run:
    """Lines that stand together, and the kind of each; ``start`` is the index of the first in the source."""

    lines: Sequence[PipeLine]
    kinds: bytes
    start: int = 0

    @classmethod
    def of(cls, lines: Iterable[str], start: int = 0) -> Run:
        """Lines of a source, all of them or those from ``start`` on."""
        found = list(map(PIPE_LINES.__getitem__, lines))
        return cls(found, bytes([line.kind for line in found]), start)

    def part(self, first: int, last: int | None = None) -> Run:
        """The lines from ``first`` up to ``last``, counted within the run."""
        return Run(self.lines[first:last], self.kinds[first:last], self.start + first)

    @property
    def has_pipes_alone(self) -> bool:
        """Return whether every pipe stands on a line without a text."""
        return PIPED not in self.kinds

    @property
    def filled(self) -> list[PipeLine]:
        """The lines that have a text."""
        return [line for line in self.lines if line.filled]

    def numbered(self) -> Iterator[tuple[int, PipeLine]]:
        """The lines with their numbers in the source."""
        return enumerate(self.lines, self.start + 1)

    @property
    def loose(self) -> list[int]:
        """The places of the lines that have a text and no pipe."""
        return [at for at, kind in enumerate(self.kinds) if kind == LOOSE]


def end_of_run(source: Run, start: int) -> int:
    """The end of the run of lines that begins with a pipe at ``start``.

    Between two lines with pipes there may be empty lines and one line without a pipe (a cell by itself, or the first
    half of one), or several that are one label together, but no section heading.
    """
    end = start + 1
    words = ""
    """The texts without a pipe since the last pipe."""
    for at in range(start, len(source.lines)):
        kind = source.kinds[at]
        if kind in (PIPED, PIPES):
            end, words = at + 1, ""
        elif kind == LOOSE:
            line = source.lines[at]
            text = line.text.strip()
            words += text
            if line.ends_run or not (words == text or look_up(words).is_fragment):
                break
    return end


def piped(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    """The blocks of one run of lines, each table of the form by its own layout; prose if there is no label in it."""
    if not any(map(_holds_label, run.lines)):
        return _prose(run, prose)
    blocks: list[Block] = []
    is_ruled = False
    for part in _tables(run):
        # What goes on right below a ruled table, in rows as even, is more of it.
        if is_ruled and style.are_even(part.filled):
            blocks.extend(_markdown_rows(part, prose, clean, style))
            continue
        is_ruled = style.is_ruled and any(line.is_rule for line in part.lines)
        blocks.extend(_one_table(part, prose, clean, style))
    return blocks


def style_of(source: Run) -> PipeStyle:
    """Return how a document writes its rows between pipes."""
    return PipeStyle([line for line in source.lines if line.kind in (PIPED, PIPES)])


def is_closed(run: Run, style: PipeStyle) -> bool:
    """Return whether the last row of a table ends as all others do, with a pipe and as wide: no piece of it is cut."""
    lines = _of_table(_tables(run)[-1])
    return style.are_even(lines) and not any(line.pieces[-1] for line in lines)


def _is_ruled_off(lines: list[PipeLine], style: PipeStyle) -> bool:
    """Return whether rows are of one width, or none is filled up: each begins and ends with a pipe and is as wide."""
    return style.are_even(lines) or not any(line.pieces[0] or line.pieces[-1] for line in lines)


def _of_table(run: Run) -> list[PipeLine]:
    """The rows of a table from the first with one of its labels on; what stands before it is of the page."""
    first = next((at for at, line in enumerate(run.lines) if line.table), 0)
    return run.part(first).filled


def without_marks(run: Run) -> tuple[Run, list[Paragraph]]:
    """A run with nothing in the lines that have the number of a page, and these lines; one of prose as it is."""
    marks = _page_numbers(run)
    if not marks:
        return run, []
    without = Run.of(("" if at in marks else line.text for at, line in enumerate(run.lines)), run.start)
    return without, [Paragraph(run.lines[at].text.strip(), run.start + at + 1) for at in marks]


def _page_numbers(run: Run) -> list[int]:
    """Return which lines of a run that is no prose have the number of a page.

    Where cells end at pipes a number without one before a line of words is such, whatever it looks like. What stands
    alone between two pipes is in the place of a cell, which no number of a page is blank for.
    """
    loose = run.loose
    if not loose or not any(map(_holds_label, run.lines)):
        return []
    found = [at for at in loose if run.lines[at].is_page_number and not _is_in_place_of_cell(run.lines, at)]
    if sum(line.cell != "" for line in run.lines) > MIN_ENDED * len(loose):
        found.extend(at for at in loose if _is_number_before_words(run, at))
    return sorted(found)


def _is_in_place_of_cell(lines: Sequence[PipeLine], at: int) -> bool:
    """Return whether a pipe and nothing else stands on the line above one, and on that below."""
    return all(0 <= beside < len(lines) and lines[beside].text.strip() == "|" for beside in (at - 1, at + 1))


def _is_number_before_words(run: Run, at: int) -> bool:
    """Return whether a line is a short number by itself, not indented by tabs, and the next with a text has words."""
    text = run.lines[at].text.strip(" ")
    return text.isdecimal() and len(text) <= 3 and any(map(str.isalpha, _following(run, at)))


def _following(run: Run, at: int) -> str:
    """The next line with a text."""
    return next((line.text for line in run.lines[at + 1 :] if line.filled), "")


def _holds_label(line: PipeLine) -> bool:
    """Return whether a line of a run belongs to a table: it has a label, or a row of figures and nothing else."""
    if line.text[:1] == ESCAPE:
        return False
    return any(look_up(text).labels for text in line.filled) or (
        len(line.filled) > 4 and not any(map(str.isalpha, line.text)) and any(map(str.isdigit, line.text))
    )


def _prose(run: Run, prose: Clean) -> list[Block]:
    blocks: list[Block] = []
    gap = 0
    for number, line in run.numbered():
        text = prose(line.text.strip())
        if text:
            blocks.append(Paragraph(text, number, gap))
        gap = 0 if text else gap + 1
    return blocks


def _tables(run: Run) -> list[Run]:
    """The run cut before each line that begins another table of the form."""
    cuts = [0]
    current: TableId | None = None
    for at, line in enumerate(run.lines):
        if line.table is None or line.table == current:
            continue
        if current is not None:
            cuts.append(_begin_of_table(run.lines, at, cuts[-1]))
        current = line.table
    return [run.part(first, last) for first, last in zip(cuts, [*cuts[1:], None], strict=True)]


def _begin_of_table(lines: Sequence[PipeLine], at: int, last: int) -> int:
    """Return where a table begins whose first label is in a line, behind where the one before it does.

    What is above a rule is its heading, whether it has names of the form or not; rows without a label may stand between
    a rule and the first.
    """
    rule = next((above for above in range(at - 1, last, -1) if lines[above].is_rule or lines[above].table), last)
    return rule - 1 if lines[rule].is_rule and rule - 1 > last else at


def _one_table(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    rule = next((at for at, line in enumerate(run.lines) if line.is_rule), None) if style.is_ruled else None
    if rule is not None:
        # What stands before the heading of the first ruled table is a table of another shape.
        before = _one_table(run.part(0, rule - 1), prose, clean, style) if rule > 1 else []
        return [*before, *_markdown_rows(run.part(max(0, rule - 1)), prose, clean, style)]
    return [_rows(run, clean, style) if _has_rows(run) else _CellReader(run, clean).read()]


def _has_rows(run: Run) -> bool:
    """Return whether a third of the lines with a text have several cells."""
    widths = [len(line.filled) for line in run.lines]
    blanks = widths.count(0)
    return (len(widths) - blanks - widths.count(1)) * 3 > len(widths) - blanks


def _markdown_rows(run: Run, prose: Clean, clean: Clean, style: PipeStyle) -> list[Block]:
    """Layout 16: a row a line, each cell in its place; a line of dashes below each heading."""
    blocks: list[Block] = []
    table: Table | None = None
    rule: PipeLine | None = None
    is_apart = True
    for at, (number, line) in enumerate(run.numbered(), 1):
        if at < len(run.lines) and run.lines[at].is_rule:
            rule = run.lines[at]
            # Another table begins behind an empty line.
            table = None if is_apart else table
        is_apart = not line.text.strip()
        if "|" not in line.text:
            if not is_apart:
                text = prose(line.text.strip())
                blocks.extend([Paragraph(text, number)] if text else [])
                table = None
        elif line.is_rule:
            if table is not None:
                table.rows[-1].header = True
        else:
            if table is None:
                table = Table([], style.spacing)
                blocks.append(table)
            table.rows.append(_row(line, style.kept(line, rule), number, clean))
    return blocks


def _row(line: PipeLine, cells: tuple[str, ...], number: int, clean: Clean) -> Row:
    return Row(cells if line.is_plain else tuple(map(clean, cells)), number, line.text)


def _rows(run: Run, clean: Clean, style: PipeStyle) -> Table:
    """Layouts 2–4, a row a line. A run of pipes holds what was empty, and its place is lost, unless the document keeps
    blanks and the rows are even; without runs an empty cell is a line break between two pipes, so that a line that
    begins with a pipe goes on with the row before, unless it has a label of its own: then the empty cell is that
    beside a label which spans rows.
    """
    lines = [(number, line) for number, line in run.numbered() if line.filled]
    has_runs = any(map(_ends_with_run, run.lines))
    is_even = _is_even(run, style, has_runs)
    if has_runs and not is_even:
        return Table([_row(line, line.filled, number, clean) for number, line in lines], "dropped")
    if not is_even and lines[0][1].pieces[0]:
        rows = _broken_rows(run, clean)
    else:
        rows = [_row(line, style.cells(line), number, clean) for number, line in lines]
    return Table(rows, "grid" if is_even else _spacing_of(rows))


def _ends_with_run(line: PipeLine) -> bool:
    """Return whether a line ends with several pipes that have nothing between them."""
    return len(line.pieces) > 2 and not (line.pieces[-1] or line.pieces[-2])


def _is_even(run: Run, style: PipeStyle, has_runs: bool) -> bool:
    """Return whether the rows of a table keep each blank in its place."""
    if not style.keeps_blanks:
        return False
    return style.is_open or (has_runs and _is_ruled_off(_of_table(run), style))


def _broken_rows(run: Run, clean: Clean) -> list[Row]:
    """Layout 2: a line that begins with a pipe goes on with the row before."""
    rows: list[Row] = []
    previous = 0
    for number, line in run.numbered():
        if not line.text.strip():
            continue
        cells = line.pieces if line.is_plain else tuple(map(clean, line.pieces))
        if not cells[-1]:
            cells = cells[:-1]
        # Two pipes at once are cells that a span covers; a blank cell is a line break and one.
        goes_on = _ONE_PIPE.match(line.text) is not None and rows and previous == number - 1
        if goes_on and not _begins_row(cells, rows[-1]):
            row = rows[-1]
            row.lines = [*(row.lines or [row.line] * len(row.cells)), *[number] * len(cells)]
            row.cells = [*row.cells, *cells]
            row.source = None
        else:
            rows.append(Row(cells, number, line.text))
        previous = number
    return rows


def _spacing_of(rows: list[Row]) -> Spacing:
    """Kept by rows that have no runs: the cells that spans cover too, where several begin with an empty one."""
    padded = sum(len(row.cells) > 2 and not any(map(str.strip, row.cells[:2])) for row in rows)
    return "grid" if padded > 1 else "exact"


def _begins_row(cells: Sequence[str], before: Row) -> bool:
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
        self._cells: list[str] = []
        self._lines: list[int] = []
        """The line of each cell."""
        self._words: list[str] = []
        """The lines of the cell that no pipe has ended yet, the first of them on"""
        self._at = 0
        """this line."""
        self._lone: list[int] = []
        """The lines with a pipe and nothing else since the last cell."""

    def read(self) -> Loose:
        """The cells of the run."""
        for number, line in self._run.numbered():
            if line.cell and not self._words:
                # Most lines.
                self._take(line.cell, number)
            elif line.kind == LOOSE and not self._words and len(line.pieces) == 1:
                self._words, self._at = [line.pieces[0]], number
            elif line.kind == PIPES and self._words:
                self._end_cell()
            elif line.kind == PIPES:
                self._pipes_alone(number, len(line.pieces) - 1)
            elif line.kind != EMPTY:
                self._line(number, line.pieces)
        if self._words:
            # No pipe ends the last cell, so that those before it tell nothing.
            self._lone = []
            self._end_cell()
        return Loose(self._cells, self._lines, "exact" if self._keeps_blanks else "dropped")

    def _line(self, number: int, between: tuple[str, ...]) -> None:
        for index, piece in enumerate(between):
            if index and self._words:
                self._end_cell()
            if piece:
                self._at = self._at if self._words else number
                self._words.append(piece)

    def _take(self, cell: str, number: int) -> None:
        if self._lone:
            self._take_blanks(cell)
        self._cells.append(cell)
        self._lines.append(number)

    def _pipes_alone(self, number: int, count: int) -> None:
        """Take a line of pipes behind a cell that has ended: one may be a blank cell, more end a row."""
        if count > 1:
            self._lone = []
        elif count and self._keeps_blanks:
            self._cells.append("")
            self._lines.append(number)
        elif count and self._cells:
            self._lone.append(number)

    def _take_blanks(self, text: str) -> None:
        """Take lone pipes before a figure for the blank cells that they are."""
        if look_up(text).is_figure:
            self._cells.extend("" for _ in self._lone)
            self._lines.extend(self._lone)
        self._lone = []

    def _end_cell(self) -> None:
        """Take the words since the last pipe; lines that make no label and no number together stay apart."""
        cells, self._words = self._words, []
        if len(cells) == 1:
            self._take(self._clean(cells[0]), self._at)
            return
        whole = "".join(cells)
        if look_up(whole).labels:
            cells = [whole]
        elif not any(map(str.isalpha, whole)):
            cells = [" ".join(cells)]
        for number, cell in enumerate(cells, self._at):
            self._take(self._clean(cell), number)
