"""Tables whose labels came in pieces, as programs that read PDF files leave them: put together again, or left alone.

A cell that was too narrow for its words has them on several lines, and the figures of its row stand among them or
behind; pieces of labels beside several rows stand between. Nothing shows where a cell ended. But all words of a table
are those of the form: where every piece is used up by labels of the form in the order of the form, and all ways of
using them up put each line of figures into the same row, that is what the table says. Else its lines stay as they are.

A row is read from *one* line of figures. What else stands there puts it in doubt; see ``_doubts``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve, frozen

from ..diagnostics import Diagnostic
from ..document import Block, Document, Paragraph, Row, Table
from ..template import Edition, TableId, forms, words
from ..template.numerals import is_plain
from ..template.spelling import piece_key
from ..template.vocabulary import MAX_LINE, all_pieces, look_up
from .figures import texts_add_up
from .heading_pieces import is_head_of, top_of_block, top_rows
from .rows_in_pieces import WRAPPED, FiguresOfRow, rows_of
from .tokens import FIGURE_COUNT, section_of

MAX_LINES = 600
"""Lines of the longest table that is put together."""

MAX_HEAD = 24
"""Lines that the heading of a block of 二 may be spread over."""

MIN_FURNITURE = 5
"""Characters of the shortest line of a running head, but digits."""

_STOPS = ("。", "！", "？", "；", "：")
_ORDINAL_ALONE = re.compile(r"\d{1,2}[.．、]")
_GLUED = re.compile(r"(.*[^\d.,])(\d+)")


@frozen
class PieceLine:
    """A line of a table: pieces of labels as labels are compared, and the figures behind them."""

    line: Paragraph
    pieces: tuple[str, ...]
    figures: tuple[str, ...]
    is_page: bool = False
    """True if it belongs to the page around the table: its number, a running head."""


def put_together(document: Document, problems: Iterable[Diagnostic]) -> bool:
    """Put the tables of ``document`` together that came in pieces; whether there was one.

    Only tables are looked at of which something had to be said.
    """
    problems = tuple(problems)
    # A label beside several rows that stands in the middle of them is read behind the first of them.
    unordered = {problem.table for problem in problems if problem.code == "row-out-of-order"}
    doubted = {cell_id.partition(".")[0] for problem in problems for cell_id in problem.cells}
    found = False
    for table, assemble in ASSEMBLERS:
        if table not in doubted:
            continue
        found = _put_one_together(document, table, assemble, table in unordered) or found
    return found


def _put_one_together(document: Document, table: TableId, assemble: Assembler, is_unordered: bool) -> bool:
    """Put the first table of a kind together that came in pieces, or out of order; return whether there was one."""
    for start, end in _regions(document.blocks, table):
        lines = _lines(document.blocks, start, end)
        made = assemble(lines) if is_unordered or any(map(_is_piece, lines)) else None
        if made is None or (_lacks_blanks(made[0]) and _is_ruled_too(document.blocks, table)):
            continue
        document.blocks[start:end], notes = made
        document.notes.extend(notes)
        document.aside.extend(line.line for line in lines if line.is_page)
        return True
    return False


def _lacks_blanks(blocks: Sequence[Block]) -> bool:
    """Return whether a table that was put together has a row whose blanks have left no trace."""
    width = len(forms.APPLICANT_COLUMNS)
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    return any(1 < len(row.cells) <= width and _is_figure(row.cells[-1]) for row in rows)


def _is_ruled_too(blocks: Sequence[Block], table: TableId) -> bool:
    """Return whether the table stands in the document with its blanks too."""
    grids = (block for block in blocks if isinstance(block, Table) and block.spacing == "grid")
    cells = (cell for grid in grids for row in grid.rows for cell in row.cells[:4])
    return any(label.table == table and label.kind == "row" for cell in cells for label in look_up(cell).labels)


def _regions(blocks: Sequence[Block], section: TableId) -> Iterator[tuple[int, int]]:
    """Return where the lines below each heading of a section begin and end."""
    start: int | None = None
    for at, block in enumerate(blocks):
        here = section_of(block)
        if start is not None and (here is not None or not isinstance(block, Paragraph)):
            yield start, at
            start = None
        if here == section:
            start = at + 1
    if start is not None:
        yield start, len(blocks)


def _lines(blocks: Sequence[Block], start: int, end: int) -> list[PieceLine]:
    """The lines from ``start`` to ``end``; none where they are too many."""
    if end - start > MAX_LINES:
        return []
    around = Counter(
        _without_digits(block.text)
        for block in (*blocks[:start], *blocks[end:])
        if isinstance(block, Paragraph) and len(block.text) <= MAX_LINE
    )
    return [_line(block, around) for block in blocks[start:end] if isinstance(block, Paragraph)]


def _is_piece(line: PieceLine) -> bool:
    """Return whether a line has words that are no whole labels, and no line of names of columns."""
    word = look_up(line.line.text)
    return bool(line.pieces) and not (line.is_page or word.is_tabular)


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))


def _line(line: Paragraph, around: Counter[str]) -> PieceLine:
    pieces = line.text.split()
    if words.PAGE_MARK.fullmatch(line.text) or _is_running_head(line.text, pieces, around):
        return PieceLine(line, (), (), is_page=True)
    first = len(pieces)
    while first and _is_figure(pieces[first - 1]):
        first -= 1
    figures = tuple(pieces[first:])
    labels = pieces[:first]
    fused = _GLUED.fullmatch(labels[-1]) if labels and len(figures) == len(forms.APPLICANT_COLUMNS) - 1 else None
    if fused is not None and all_pieces().find(piece_key(fused[1])) >= 0:
        labels[-1], figures = fused[1], (fused[2], *figures)
    return PieceLine(line, tuple(filter(None, map(piece_key, labels))), figures)


def _is_running_head(text: str, pieces: Sequence[str], around: Counter[str]) -> bool:
    """Return whether a line stands outside of the table too, but for its digits, and is no piece of a label."""
    common = _without_digits(text)
    if len(common.replace("#", "")) < MIN_FURNITURE or common not in around:
        return False
    return not all(_is_figure(piece) or piece_key(piece) in all_pieces() for piece in pieces)


def _is_figure(text: str) -> bool:
    return is_plain(text) or (look_up(text).is_figure and not _ORDINAL_ALONE.fullmatch(text))


def _after_prose(lines: Sequence[PieceLine]) -> int:
    """Return where the lines begin that stand below the last sentence."""
    return max((at + 1 for at, line in enumerate(lines) if line.line.text.endswith(_STOPS)), default=0)


def _around(lines: Sequence[PieceLine], top: int, made: Table, end: int) -> list[Block]:
    """A table and the lines of prose above and below it."""
    above, below = ([line.line for line in part if not line.is_page] for part in (lines[:top], lines[end:]))
    return [*above, made, *below]


def _row(cells: Sequence[str], line: Paragraph, lines: Sequence[int] | None = None) -> Row:
    return Row(tuple(cells), line.line, source=None, origin=line.origin, lines=lines)


# --- 二 ------------------------------------------------------------------------------------------------------------


def _disclosure(lines: list[PieceLine]) -> tuple[list[Block], list[Diagnostic]] | None:
    """The lines with each heading of a block on one."""
    found: list[Block] = []
    at = 0
    while at < len(lines):
        end = _end_of_head(lines, at)
        if end > at + 1:
            names = top_of_block([line.pieces for line in lines[at:end]])
            found.append(evolve(lines[at].line, text=" ".join(names)))
        elif not lines[at].is_page:
            found.append(lines[at].line)
        at = max(end, at + 1)
    return (found, []) if len(found) < sum(not line.is_page for line in lines) else None


def _end_of_head(lines: list[PieceLine], at: int) -> int:
    """Return where a heading of a block that begins ``at`` a line ends; there, where none does."""
    if not (lines[at].pieces and lines[at].pieces[0].startswith(forms.INFORMATION.label)):
        return at
    end = at
    while end < min(len(lines), at + MAX_HEAD) and lines[end].pieces and not lines[end].figures:
        end += 1
    return next(
        (to for to in range(at + 2, end + 1) if top_of_block([line.pieces for line in lines[at:to]])),
        at,
    )


# --- 三 ------------------------------------------------------------------------------------------------------------


def _requests(lines: list[PieceLine]) -> tuple[list[Block], list[Diagnostic]] | None:
    """The table with each row on one line, in the edition that leaves fewest lines unread."""
    begin = _first_row(lines)
    top = _after_prose(lines[:begin])
    head = lines[top:begin]
    if any(line.figures for line in head) or not is_head_of("requests", [line.pieces for line in head]):
        return None
    found = _in_likelier_edition(lines[begin:])
    if found is None:
        return None
    edition, rows = found
    made = Table([_row(cells, head[0].line) for cells in top_rows("requests")], "dropped")
    notes = _take_rows(rows, made, edition)
    return _around(lines, top, made, begin + max(row.end for row in rows)), notes


def _first_row(lines: Sequence[PieceLine]) -> int:
    """Return where the lines of the first row begin; 0 where none does."""
    begin = next((at for at, line in enumerate(lines) if line.pieces and _begins_first_row(line.pieces[0])), 0)
    while begin and lines[begin - 1].figures and not lines[begin - 1].pieces:
        # The ends of figures above others, beside a label that is lower.
        begin -= 1
    return begin


def _in_likelier_edition(lines: Sequence[PieceLine]) -> tuple[Edition, list[FiguresOfRow]] | None:
    """Return the edition whose rows leave fewest lines unread, and fewest rows in doubt; None where none fits."""
    found = [(edition, rows_of(lines, edition)) for edition in forms.EDITIONS]
    possible = [(made.unread, edition, made.rows) for edition, made in found if made is not None]
    if not possible:
        return None
    _, edition, rows = min(possible, key=lambda item: (item[0], sum(row.doubt is not None for row in item[2])))
    return edition, rows


def _take_rows(rows: Sequence[FiguresOfRow], made: Table, edition: Edition) -> list[Diagnostic]:
    """Put rows into a table, each below the labels beside it; return what is doubtful in them."""
    notes: list[Diagnostic] = []
    labels = {span.terminal: span.label for span in forms.FORMS["requests", edition].spans}
    above: tuple[str, ...] = ()
    for row in rows:
        made.rows.extend(_row((labels[span],), row.line) for span in row.spans if span not in above)
        above = row.spans
        _take_row(row, made, notes, edition)
    return notes


def _begins_first_row(piece: str) -> bool:
    label = piece_key(forms.REQUEST_ROWS_2021[0].label)
    return len(piece) > 2 and (label.startswith(piece) or piece.startswith(label))


def _take_row(row: FiguresOfRow, made: Table, notes: list[Diagnostic], edition: Edition) -> None:
    made.rows.append(_row((row.label, *row.figures), row.line, [row.line.line, *row.numbers]))
    if row.doubt is not None:
        ids = forms.FORMS["requests", edition].ids_of[row.id]
        notes.append(_doubt(row.doubt, ids, row.line, row.figures, "requests"))


# --- 四 ------------------------------------------------------------------------------------------------------------


def _proceedings(lines: list[PieceLine]) -> tuple[list[Block], list[Diagnostic]] | None:
    """The table with its one row of figures on one line."""
    begin, end = _run_of_figures(lines)
    filled = [line for line in lines[begin:end] if line.figures]
    if not _are_all_figures(filled):
        return None
    figures = [figure for line in filled for figure in line.figures]
    top = _after_prose(lines[:begin])
    if not is_head_of("proceedings", [line.pieces for line in lines[top:begin]]):
        return None
    made = Table([_row(cells, lines[top].line) for cells in top_rows("proceedings")], "dropped")
    made.rows.append(_row(figures, filled[0].line, [line.line.line for line in filled for _ in line.figures]))
    notes: list[Diagnostic] = []
    if not texts_add_up(figures, len(forms.OUTCOME_COLUMNS) - 1):
        ids = forms.FORMS["proceedings", "2021"].cell_ids
        notes.append(_doubt(WRAPPED, ids, filled[0].line, figures, "proceedings"))
    return _around(lines, top, made, end), notes


def _run_of_figures(lines: Sequence[PieceLine]) -> tuple[int, int]:
    """Return where the first lines of figures begin and end, those of a page among them."""
    begin = next((at for at, line in enumerate(lines) if line.figures), len(lines))
    rest = range(begin, len(lines))
    return begin, next((at for at in rest if not (lines[at].figures or lines[at].is_page)), len(lines))


def _are_all_figures(lines: Sequence[PieceLine]) -> bool:
    """Return whether lines hold all figures of the row and nothing else, all of them on one line or each on its own."""
    widths = [len(line.figures) for line in lines]
    is_whole = len(lines) == 1 or set(widths) == {1}
    return is_whole and sum(widths) == FIGURE_COUNT and not any(line.pieces for line in lines)


def _doubt(code: str, ids: Sequence[str], line: Paragraph, figures: Sequence[str], table: TableId) -> Diagnostic:
    return Diagnostic(code=code, cells=tuple(ids), location=line.at(), found=" ".join(figures)[:80], table=table)


Assembler = Callable[[list[PieceLine]], tuple[list[Block], list[Diagnostic]] | None]
"""Puts the lines below a heading together, and says which rows are in doubt; None where they don't tell."""

ASSEMBLERS: tuple[tuple[TableId, Assembler], ...] = (
    ("disclosure", _disclosure),
    ("requests", _requests),
    ("proceedings", _proceedings),
)
