"""Plain text: rows parted by tabs, by pipes in all the ways that extractors leave them, or by nothing.

The shapes are those of the layouts seen in published reports. What this reader decides is where cells and rows end, and
whether empty cells are still there; which row is which is not its business. It looks at labels for two things only:
where a heading, or the first label of another table, ends a run of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import compress, islice
from typing import NamedTuple

from attrs import define

from ..document import Block, Cells, Document, Loose, Paragraph, Row, Spacing, Table
from ..limits import Limits
from ..template import TableId, words
from ..template.vocabulary import ESCAPE, look_up
from .encoding import split_lines

MAX_REMEMBERED = 300
"""Characters of the longest line that is remembered, and"""

MAX_ROWS = 4096
"""how many rows are, and"""

MAX_LINES = 8192
"""how many lines of runs with pipes."""

MIN_ENDED = 8
"""Cells that end at a pipe, to each line without one, where a number on such a line is that of a page."""

Clean = Callable[[str], str]

_STATED = tuple(label + "：" for label in words.METADATA.values())
"""How a line begins that states a fact of the report, whatever pipes or tabs are in it."""
_STATED_FIRST = frozenset(label[0] for label in _STATED)

_SPACES = " \u3000\xa0"
_TABS = "\t" + _SPACES
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?\s*")
"""A line of dashes and pipes below the heading of a Markdown table; without a pipe it is a rule between paragraphs."""
_ONE_PIPE = re.compile(r"\s*\|(?!\|)")
_RUN = re.compile(r"\|[ \t]*\|[ \t|]*$")


def sniff(head: str) -> bool:
    """Whether the beginning of a source looks like this format: any text does."""
    return True


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a text."""
    return blocks_of(split_lines(text, limits), _same, _cell_of_text)


def blocks_of(lines: list[str], prose: Clean, clean: Clean) -> Document:
    """The blocks of ``lines``. ``prose`` and ``clean`` undo a format's escapes in paragraphs and in cells."""
    blocks: list[Block] = []
    aside: list[Paragraph] = []
    ruled: Table | None = None
    whole: _Run | None = None
    gap = 0
    known_row = _known_rows.get
    numbered = enumerate(lines, 1)
    for number, line in numbered:
        if not line:
            gap += 1
            continue
        known = known_row(line)
        if known is not None:
            # Most lines of most reports.
            row = Row(known, number, line)
        elif line[0] in _STATED_FIRST and line.startswith(_STATED):
            blocks.append(Paragraph(prose(line.strip()), number, gap))
            ruled, gap = None, 0
            continue
        elif "|" in line and _has_pipe(line):
            whole = whole or _Run.of(lines)
            end = _end_of_run(whole, number - 1)
            run = whole.part(number - 1, end)
            ruled, gap = None, 0
            next(islice(numbered, end - number, end - number), None)
            if blocks and not any(_text(line) and "|" in line for line in run.lines):
                # The first cell of a table with every pipe on a line of its own is the line before the first pipe.
                before = blocks[-1]
                if isinstance(before, Paragraph) and look_up(before.text).labels:
                    blocks.pop()
                    run = whole.part(before.line - 1, end)
            run, marks = _without_marks(run)
            aside.extend(marks)
            blocks.extend(_piped(run, prose, clean))
            continue
        elif "\t" in line and line[0] != ESCAPE and (cells := _tab_cells(line, ruled is not None)):
            if "\\" in line:
                row = Row([clean(cell) for cell in cells], number, prose(line))
            else:
                row = Row(cells, number, line)
        elif text := line.strip():
            blocks.append(Paragraph(prose(text), number, gap))
            ruled, gap = None, 0
            continue
        else:
            gap += 1
            continue
        if ruled is None:
            ruled = Table([])
            add = ruled.rows.append
            blocks.append(ruled)
        add(row)
        gap = 0
    return Document(blocks, len(lines), aside=aside)


def _tab_cells(line: str, in_table: bool) -> tuple[str, ...]:
    """The cells of a row parted by tabs; none where one cell behind tabs is an indented line.

    Among the rows of a table such a line is a row, if it is short and no heading.
    """
    if "\t" in line.lstrip(_TABS):
        cells = _split(line)
        if len(line) <= MAX_REMEMBERED and "\\" not in line:
            if len(_known_rows) >= MAX_ROWS:
                _known_rows.clear()
            _known_rows[line] = cells
        return cells
    text = line.lstrip(_TABS)
    return _split(line) if in_table and len(text) <= 40 and look_up(text.strip()).section is None else ()


def _split(line: str) -> Cells:
    return Cells(line.strip(_SPACES).split("\t"))


_known_rows: dict[str, Cells] = {}
"""The cells of rows met before; most rows of most reports are alike."""


def _same(text: str) -> str:
    return text


def _cell_of_text(cell: str) -> str:
    """A cell with the backslashes before its pipes taken off (see ``renderers.text``)."""
    if "\\|" not in cell:
        return cell
    return re.sub(r"(\\+)\|", lambda match: match[1][: len(match[1]) // 2] + "|", cell)


def _has_pipe(line: str) -> bool:
    """Whether a line has a pipe that is none of its text."""
    if "\\" in line and (line[0] == ESCAPE or _PIPE.search(line) is None):
        return False
    return "\t" not in line or "\t" not in line.strip().strip("|").strip()


def _pieces(line: str) -> list[str]:
    """``line`` cut at its pipes."""
    return _PIPE.split(line) if "\\" in line else line.split("|")


def _text(line: str) -> str:
    return line.replace("|", "").strip()


# --- runs of lines with pipes --------------------------------------------------------------------------------------


_PIPED = 1
_LOOSE = 2


class _Line(NamedTuple):
    """What a line of a run is, by itself."""

    cell: str
    """The cell of a line with one text and its pipes behind it, most lines of such layouts; else empty."""
    kind: int
    """``_PIPED`` where it has a pipe that is none of its text, ``_LOOSE`` where it has a text and none; 0 if empty."""
    table: TableId | None
    """The table of the form that one of its first labels is of; 其他 and 总计 are in two."""


class _Lines(dict[str, _Line]):
    """Lines met before; most lines of most reports are alike."""

    def __missing__(self, line: str) -> _Line:
        if len(line) > MAX_REMEMBERED:
            return _Line("", _kind(line), None)
        if len(self) >= MAX_LINES:
            self.clear()
        found = self[line] = _read_line(line, _kind(line))
        return found


_known_lines = _Lines()


def _kind(line: str) -> int:
    if "|" in line and _has_pipe(line):
        return _PIPED
    return _LOOSE if line.strip() else 0


def _read_line(line: str, kind: int) -> _Line:
    cell = line.rstrip(" \t|")
    alone = kind == _PIPED and "|" not in cell and "\\" not in line and "\t" not in line
    for text in _pieces(line.strip(" \t|"))[:3]:
        found = look_up(text).labels if text.strip() else ()
        if len(found) == 1 and found[0].name not in ("other", "total"):
            return _Line(cell.strip() if alone else "", kind, found[0].table)
    return _Line(cell.strip() if alone else "", kind, None)


@define(eq=False)
class _Run:
    """Lines that stand together, and what ``_Line`` says of each; ``start`` is the index of the first in the source."""

    lines: list[str]
    start: int
    cells: tuple[str, ...]
    kinds: bytes
    tables: tuple[TableId | None, ...]

    @classmethod
    def of(cls, lines: list[str]) -> _Run:
        """All lines of a source."""
        cells, kinds, tables = zip(*map(_known_lines.__getitem__, lines), strict=True)
        return cls(lines, 0, cells, bytes(kinds), tables)

    def part(self, first: int, last: int | None = None) -> _Run:
        """The lines from ``first`` up to ``last``, counted within the run."""
        return _Run(
            self.lines[first:last],
            self.start + first,
            self.cells[first:last],
            self.kinds[first:last],
            self.tables[first:last],
        )

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines with their numbers in the source."""
        return enumerate(self.lines, self.start + 1)

    def loose(self, start: int = 0) -> Iterator[int]:
        """The places of the lines, from ``start`` on, that have a text and no pipe."""
        at = self.kinds.find(_LOOSE, start)
        while at >= 0:
            yield at
            at = self.kinds.find(_LOOSE, at + 1)


def _end_of_run(source: _Run, start: int) -> int:
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


def _piped(run: _Run, prose: Clean, clean: Clean) -> list[Block]:
    """The blocks of one run of lines, each table of the form by its own layout; prose if there is no label in it."""
    if not any(map(_holds_label, run.lines)):
        return _prose(run, prose)
    return [block for part in _tables(run) for block in _one_table(part, prose, clean)]


def _without_marks(run: _Run) -> tuple[_Run, list[Paragraph]]:
    """A run with nothing in the lines that have the number of a page, and these lines; one of prose as it is.

    Where cells end at pipes a number without one before a line of words is such, whatever it looks like.
    """
    loose = list(run.loose()) if any(map(_holds_label, run.lines)) else []
    ends = len(run.cells) - run.cells.count("") > MIN_ENDED * len(loose)
    marks: dict[int, str] = {}
    for at in loose:
        text = run.lines[at].strip()
        following = next((line for line in run.lines[at + 1 :] if line.strip(" \t|")), "")
        is_bare = ends and text.isdecimal() and len(text) <= 3 and any(map(str.isalpha, following))
        if is_bare or words.PAGE_MARK.fullmatch(text):
            marks[at] = text
    if not marks:
        return run, []
    without = _Run.of(["" if at in marks else line for at, line in enumerate(run.lines)])
    without.start = run.start
    return without, [Paragraph(text, run.start + at + 1) for at, text in marks.items()]


def _has_pipes_alone(run: _Run) -> bool:
    """Whether every pipe stands on a line without a text."""
    return not any("|" in line and line.strip(" \t|") for line in run.lines)


def _holds_label(line: str) -> bool:
    """Whether a line of a run belongs to a table: it has a label, or a row of figures and nothing else."""
    if line[:1] == ESCAPE:
        return False
    texts = [piece for piece in _pieces(line) if piece.strip()]
    return any(look_up(text).labels for text in texts) or (
        len(texts) > 4 and not any(map(str.isalpha, line)) and any(map(str.isdigit, line))
    )


def _prose(run: _Run, prose: Clean) -> list[Block]:
    blocks: list[Block] = []
    gap = 0
    for number, line in run.numbered():
        text = line.strip()
        if text:
            blocks.append(Paragraph(prose(text), number, gap))
        gap = 0 if text else gap + 1
    return blocks


def _tables(run: _Run) -> list[_Run]:
    """The run cut before each line that begins another table of the form."""
    cuts = [0]
    current: TableId | None = None
    for at in compress(range(len(run.tables)), run.tables):
        table = run.tables[at]
        if table != current:
            if current is not None:
                cuts.append(at)
            current = table
    return [run.part(first, last) for first, last in zip(cuts, [*cuts[1:], None], strict=True)]


def _one_table(run: _Run, prose: Clean, clean: Clean) -> list[Block]:
    rule = None
    if "---" in "".join(run.lines):
        rule = next((at for at, line in enumerate(run.lines) if _is_rule(line)), None)
    if rule is not None:
        # What stands before the heading of the first ruled table is a table of another shape.
        before = _one_table(run.part(0, rule - 1), prose, clean) if rule > 1 else []
        return [*before, *_markdown_rows(run.part(max(0, rule - 1)), prose, clean)]
    if run.cells.count("") * 4 > len(run.lines):
        # Only then can a third of the lines with a text have several cells.
        rest = [line.strip(" \t|") for line, cell in zip(run.lines, run.cells, strict=True) if not cell]
        texts = len(run.lines) - rest.count("")
        several = sum("|" in text for text in rest)
        if several * 3 > texts:
            return [_rows(run, clean)]
    return [_loose_cells(run, clean)]


def _is_rule(line: str) -> bool:
    return "---" in line and "|" in line and _RULE.fullmatch(line) is not None


def _markdown_rows(run: _Run, prose: Clean, clean: Clean) -> list[Block]:
    """Layout 16: a row a line, each cell in its place; a line of dashes below each heading."""
    blocks: list[Block] = []
    table: Table | None = None
    rule = ""
    for (number, line), below in zip(run.numbered(), [*run.lines[1:], ""], strict=True):
        if _is_rule(below):
            rule = below.strip()
        if "|" not in line:
            if line.strip():
                blocks.append(Paragraph(prose(line.strip()), number))
                table = None
        elif _is_rule(line):
            if table is not None:
                table.rows[-1].header = True
        else:
            if table is None:
                table = Table([])
                blocks.append(table)
            between = _known_between if len(line) <= MAX_REMEMBERED else _between
            table.rows.append(Row(between(line, rule, clean), number, source=line))
    return blocks


def _between(line: str, rule: str, clean: Clean) -> Cells:
    """The cells of a row of Markdown."""
    return Cells(map(clean, _inner(line, rule)))


_known_between = lru_cache(maxsize=MAX_ROWS)(_between)


def _inner(line: str, rule: str = "") -> list[str]:
    """The cells between the pipes of a line, with or without pipes at its ends.

    Where the rule of its table has none at an end, a pipe there has an empty cell outside of it.
    """
    cells = [cell.strip() for cell in _pieces(line.strip())]
    led, closed = rule.startswith("|"), rule.endswith("|")
    if rule and not (led and closed) and len(cells) == rule.strip("|").count("|") + 1 + led + closed:
        return cells[led : len(cells) - closed]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 1 and not cells[0] and line.lstrip().startswith("|"):
        cells.pop(0)
    return cells


def _rows(run: _Run, clean: Clean) -> Table:
    """Layouts 2–4, a row a line. A run of pipes holds what was empty, and its place is lost; without runs an empty
    cell is a line break between two pipes, so that a line that begins with a pipe goes on with the row before, unless
    it has a label of its own: then the empty cell is that beside a label which spans rows.
    """
    if any(map(_RUN.search, run.lines)):
        rows = [
            Row([clean(cell.strip()) for cell in _pieces(line) if cell.strip()], number, source=line)
            for number, line in run.numbered()
            if _text(line)
        ]
        return Table(rows, "dropped")
    first = next(line for line in run.lines if _text(line))
    if first.lstrip().startswith("|"):
        rows = [
            Row([clean(cell) for cell in _inner(line)], number, line) for number, line in run.numbered() if _text(line)
        ]
        return Table(rows, _spacing_of(rows))
    rows = []
    previous = 0
    for number, line in run.numbered():
        if not line.strip():
            continue
        cells = [clean(cell.strip()) for cell in _pieces(line)]
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
    return Table(rows, _spacing_of(rows))


def _spacing_of(rows: list[Row]) -> Spacing:
    """What rows keep that have no runs: the cells that spans cover too, where several begin with an empty one."""
    padded = sum(len(row.cells) > 2 and not any(map(str.strip, row.cells[:2])) for row in rows)
    return "grid" if padded > 1 else "exact"


def _begins_row(cells: list[str], before: Row) -> bool:
    """Whether ``cells`` begin with a label, and the row before has what no other label comes after."""
    first = next((cell for cell in cells if cell), "")
    ended = any(cell.isdigit() or any(label.kind == "row" for label in look_up(cell).labels) for cell in before.cells)
    return ended and any(label.kind in ("row", "span", "head") for label in look_up(first).labels)


def _loose_cells(run: _Run, clean: Clean) -> Loose:
    """Layouts 5–12: a cell ends at a pipe, wherever the lines end.

    Where no line has both a text and a pipe (8) two pipes with nothing between them hold an empty cell. Elsewhere pipes
    without text mark the ends of rows and the loss of cells; only those that stand alone on the lines right before a
    figure are cells that stayed behind.
    """
    every_pipe_alone = _has_pipes_alone(run)
    table = Loose([], [], "exact" if every_pipe_alone else "dropped")
    cells, numbers = table.cells, table.lines
    words: list[str] = []
    lone: list[int] = []
    at = 0
    for number, cell in enumerate(run.cells, run.start + 1):
        if cell and not words:
            if lone:
                if not (cell[0].isalpha() or any(map(str.isalpha, cell))):
                    cells.extend("" for _ in lone)
                    numbers.extend(lone)
                lone = []
            cells.append(cell)
            numbers.append(number)
            continue
        line = run.lines[number - run.start - 1]
        if not words and line.strip() == "|":
            if every_pipe_alone:
                cells.append("")
                numbers.append(number)
            elif cells:
                lone.append(number)
            continue
        if not words and line.count("|") > 1 and not _text(line):
            # The end of a row.
            lone = []
        for index, piece in enumerate(_pieces(line)):
            if index and words:
                if lone and not any(map(str.isalpha, words[0])):
                    cells.extend("" for _ in lone)
                    numbers.extend(lone)
                lone = []
                _add_cell(table, words, at, clean)
                words = []
            if piece.strip():
                if not words:
                    at = number
                words.append(piece.strip())
    if words:
        _add_cell(table, words, at, clean)
    return table


def _add_cell(table: Loose, words: list[str], line: int, clean: Clean) -> None:
    """One cell whose text stood on one line or more; lines that make no label and no number together stay apart."""
    whole = "".join(words)
    if len(words) == 1 or look_up(whole).labels:
        cells = [whole]
    elif any(char.isalpha() for char in whole):
        cells = words
    else:
        cells = [" ".join(words)]
    table.cells.extend(map(clean, cells))
    table.lines.extend(range(line, line + len(cells)))
