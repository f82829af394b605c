"""Plain text: rows parted by tabs, by pipes in all the ways that extractors leave them, or by nothing.

The shapes are those of the layouts seen in published reports. What this reader decides is where cells and rows end, and
whether empty cells are still there; which row is which is not its business. It looks at labels for two things only:
where a heading, or the first label of another table, ends a run of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..document import Block, Document, Loose, Paragraph, Row, Table
from ..limits import Limits
from ..template import TableId, labels, words
from ..template.labels import ESCAPE
from .encoding import split_lines

MAX_REMEMBERED = 300
"""Characters of the longest line whose cells are remembered: most rows of most reports are alike."""

Clean = Callable[[str], str]

_STATED = tuple(label + "：" for label in words.METADATA.values())
"""How a line begins that states a fact of the report, whatever pipes or tabs are in it."""

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?\s*")
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
    ruled: Table | None = None
    gap = 0
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not line:
            gap += 1
        elif line.startswith(_STATED):
            blocks.append(Paragraph(prose(line.strip()), number, gap))
            ruled, gap = None, 0
        elif "|" in line and _has_pipe(line):
            end = _region_end(lines, number - 1)
            start = number - 1
            if blocks and not any(_text(lines[at]) and "|" in lines[at] for at in range(start, end)):
                # The first cell of a table with every pipe on a line of its own is the line before the first pipe.
                before = blocks[-1]
                if isinstance(before, Paragraph) and labels.find(before.text):
                    blocks.pop()
                    start = before.line - 1
            blocks.extend(_piped(lines, start, end, prose, clean))
            number, ruled, gap = end, None, 0
        elif "\t" in line and line[0] != ESCAPE and (cells := _tab_cells(line, ruled is not None)):
            if "\\" in line:
                row = Row([clean(cell) for cell in cells], number, prose(line))
            else:
                row = Row(cells, number, line)
            if ruled is None:
                ruled = Table([])
                blocks.append(ruled)
            ruled.rows.append(row)
            gap = 0
        elif text := line.strip():
            blocks.append(Paragraph(prose(text), number, gap))
            ruled, gap = None, 0
        else:
            gap += 1
    return Document(blocks, len(lines))


def _tab_cells(line: str, in_table: bool) -> tuple[str, ...]:
    """The cells of a row parted by tabs; none where one cell behind tabs is an indented line.

    Among the rows of a table such a line is a row, if it is short and no heading.
    """
    return _cached_cells(line, in_table) if len(line) <= MAX_REMEMBERED else _split_tabs(line, in_table)


def _split_tabs(line: str, in_table: bool) -> tuple[str, ...]:
    rest = line.lstrip("\t \u3000\xa0")
    if "\t" in rest or (in_table and len(rest) <= 40 and labels.heading(rest.strip()) is None):
        return tuple(line.strip(" \u3000\xa0").split("\t"))
    return ()


_cached_cells = lru_cache(maxsize=4096)(_split_tabs)


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


def _region_end(lines: list[str], start: int) -> int:
    """Where the run of lines ends that begins with a pipe at ``start``.

    Between two lines with pipes there may be empty lines and one line without a pipe (a cell by itself, or the first
    half of one), but no section heading.
    """
    end = start + 1
    loose = 0
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if _lone_cell(line) or ("|" in line and _has_pipe(line)):
            end, loose = number + 1, 0
        elif line.strip():
            loose += 1
            if loose > 1 or "\t" in line.strip() or labels.heading(line.strip()) is not None:
                break
    return end


def _piped(lines: list[str], start: int, end: int, prose: Clean, clean: Clean) -> list[Block]:
    """The blocks of one run of lines, each table of the form by its own layout; prose if there is no label in it."""
    if not any(_holds_label(lines[at]) for at in range(start, end)):
        return _prose(lines, start, end, prose)
    blocks: list[Block] = []
    for first, last in _tables(lines, start, end):
        blocks.extend(_one_table([(at + 1, lines[at]) for at in range(first, last)], prose, clean))
    return blocks


def _holds_label(line: str) -> bool:
    """Whether a line of a run belongs to a table: it has a label, or a row of figures and nothing else."""
    if line[:1] == ESCAPE:
        return False
    texts = [piece for piece in _pieces(line) if piece.strip()]
    return any(labels.find(text) for text in texts) or (
        len(texts) > 4 and not any(map(str.isalpha, line)) and any(map(str.isdigit, line))
    )


def _prose(lines: list[str], start: int, end: int, prose: Clean) -> list[Block]:
    blocks: list[Block] = []
    gap = 0
    for at in range(start, end):
        text = lines[at].strip()
        if text:
            blocks.append(Paragraph(prose(text), at + 1, gap))
        gap = 0 if text else gap + 1
    return blocks


def _tables(lines: list[str], start: int, end: int) -> list[tuple[int, int]]:
    """``start`` to ``end`` cut before each line that begins another table of the form."""
    cuts = [start]
    current: TableId | None = None
    for at in range(start, end):
        table = _table_of(lines[at]) if len(lines[at]) <= MAX_REMEMBERED else None
        if table is not None and table != current:
            if current is not None:
                cuts.append(at)
            current = table
    return list(zip(cuts, [*cuts[1:], end], strict=True))


@lru_cache(maxsize=4096)
def _table_of(line: str) -> TableId | None:
    """The table that one of the first labels of a line is of; 其他 and 总计 are in two."""
    for text in _pieces(line.strip(" \t|"))[:3]:
        found = labels.find(text) if text.strip() else ()
        if len(found) == 1 and found[0].name not in ("other", "total"):
            return found[0].table
    return None


def _one_table(lines: list[tuple[int, str]], prose: Clean, clean: Clean) -> list[Block]:
    rule = next((at for at, (_, line) in enumerate(lines) if "---" in line and _RULE.fullmatch(line)), None)
    if rule is not None:
        # What stands before the heading of the first ruled table is a table of another shape.
        before = _one_table(lines[: rule - 1], prose, clean) if rule > 1 else []
        return [*before, *_markdown_rows(lines[max(0, rule - 1) :], prose, clean)]
    several = texts = 0
    for _, line in lines:
        if _lone_cell(line):
            texts += 1
        elif text := line.strip(" \t|"):
            texts += 1
            several += "|" in text
    if several * 3 > texts:
        return [_rows(lines, clean)]
    return [_loose_cells(lines, clean)]


def _markdown_rows(lines: list[tuple[int, str]], prose: Clean, clean: Clean) -> list[Block]:
    """Layout 16: a row a line, each cell in its place; a line of dashes below each heading."""
    blocks: list[Block] = []
    table: Table | None = None
    for number, line in lines:
        if "|" not in line:
            if line.strip():
                blocks.append(Paragraph(prose(line.strip()), number))
                table = None
        elif _RULE.fullmatch(line):
            if table is not None:
                table.rows[-1].header = True
        else:
            if table is None:
                table = Table([])
                blocks.append(table)
            table.rows.append(Row([clean(cell) for cell in _inner(line)], number, source=line))
    return blocks


def _inner(line: str) -> list[str]:
    """The cells between the pipes of a line, with or without pipes at its ends."""
    cells = [cell.strip() for cell in _pieces(line.strip())]
    if len(cells) > 1 and not cells[-1]:
        cells.pop()
    if len(cells) > 1 and not cells[0] and line.lstrip().startswith("|"):
        cells.pop(0)
    return cells


def _rows(lines: list[tuple[int, str]], clean: Clean) -> Table:
    """Layouts 2–4, a row a line. A run of pipes holds what was empty, and its place is lost; without runs an empty
    cell is a line break between two pipes, so that a line that begins with a pipe goes on with the row before.
    """
    if any(_RUN.search(line) for _, line in lines):
        rows = [
            Row([clean(cell.strip()) for cell in _pieces(line) if cell.strip()], number, source=line)
            for number, line in lines
            if _text(line)
        ]
        return Table(rows, "dropped")
    first = next(line for _, line in lines if _text(line))
    if first.lstrip().startswith("|"):
        rows = [Row([clean(cell) for cell in _inner(line)], number, line) for number, line in lines if _text(line)]
        return Table(rows, "exact")
    rows = []
    previous = 0
    for number, line in lines:
        if not line.strip():
            continue
        cells = [clean(cell.strip()) for cell in _pieces(line)]
        if not cells[-1]:
            cells.pop()
        goes_on = line.lstrip().startswith("|") and rows and previous == number - 1
        if goes_on:
            rows[-1].cells = [*rows[-1].cells, *cells]
            rows[-1].source = None
        else:
            rows.append(Row(cells, number, line))
        previous = number
    return Table(rows, "exact")


def _loose_cells(lines: list[tuple[int, str]], clean: Clean) -> Loose:
    """Layouts 5–12: a cell ends at a pipe, wherever the lines end.

    Where no line has both a text and a pipe (8) two pipes with nothing between them hold an empty cell. Elsewhere pipes
    without text mark the ends of rows and the loss of cells; only a single one right before a figure is a cell that
    stayed behind.
    """
    every_pipe_alone = not any("|" in line and line.strip(" \t|") for _, line in lines)
    table = Loose([], [], "exact" if every_pipe_alone else "dropped")
    words: list[str] = []
    at = lines[0][0]
    lone = 0
    for number, line in lines:
        if not words and (cell := _lone_cell(line)):
            if lone and not any(map(str.isalpha, cell)):
                table.cells.append("")
                table.lines.append(lone)
            lone = 0
            table.cells.append(cell)
            table.lines.append(number)
            continue
        if not words and line.strip() == "|":
            if every_pipe_alone:
                table.cells.append("")
                table.lines.append(number)
            elif table.cells:
                lone = number
            continue
        for index, piece in enumerate(_pieces(line)):
            if index and words:
                if lone and not any(char.isalpha() for char in words[0]):
                    table.cells.append("")
                    table.lines.append(lone)
                lone = 0
                _add_cell(table, words, at, clean)
                words = []
            if piece.strip():
                if not words:
                    at = number
                words.append(piece.strip())
    if words:
        _add_cell(table, words, at, clean)
    return table


@lru_cache(maxsize=4096)
def _lone_cell(line: str) -> str:
    """The cell of a line with one cell and its pipe, by far the most frequent in such layouts; else nothing."""
    if line[-1:] != "|" or len(line) > MAX_REMEMBERED or line.count("|") > 1 or "\\" in line or "\t" in line:
        return ""
    return line[:-1].strip()


def _add_cell(table: Loose, words: list[str], line: int, clean: Clean) -> None:
    """One cell whose text stood on one line or more; lines that make no label and no number together stay apart."""
    whole = "".join(words)
    if len(words) == 1 or labels.find(whole):
        cells = [whole]
    elif any(char.isalpha() for char in whole):
        cells = words
    else:
        cells = [" ".join(words)]
    table.cells.extend(map(clean, cells))
    table.lines.extend(range(line, line + len(cells)))
