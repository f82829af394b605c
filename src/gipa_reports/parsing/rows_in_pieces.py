"""The rows of 三 whose labels came in pieces: in which of them each line of figures stands.

Every piece goes on with the label of the row, or with one beside several rows, or begins the next; all ways are
followed, and a line of figures belongs to the row whose label began last. What all ways agree on is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from ..document import Paragraph
from ..template import FORMS, Edition, forms
from ..template.spelling import piece_key
from .figures import texts_add_up
from .heading_pieces import read_on, taken

if TYPE_CHECKING:
    from .pieces import PieceLine

MAX_STATES = 200
"""Ways of reading the lines so far that are followed."""

MIN_ROWS = 5
"""Rows of the smallest table that is put together."""

WRAPPED, APART = "figure-wrapped", "labels-last"


@frozen
class _State:
    row: int = -1
    """The row whose label began last,"""
    rests: tuple[str, ...] = ("",)
    """what is still to come of it in each spelling that fits,"""
    beside: tuple[tuple[str, ...] | None, ...] = ()
    """and of each label beside several rows, None where it did not begin."""


@define
class FiguresOfRow:
    """A row and the lines of figures that stand in it."""

    at: int
    """Its place in the form."""
    id: str
    label: str
    spans: tuple[str, ...]
    """The labels beside it, outermost first."""
    line: Paragraph
    end: int
    """Number of lines to the end of the row."""
    lines: list[PieceLine] = field(factory=list)
    is_anchored: bool = True
    """True if a line of figures stands beside or among the words of its label."""
    doubt: str | None = None
    """The code that says why its figures may be those of another row, or not all of a figure."""

    def take(self, line: PieceLine, end: int, is_beside: bool) -> None:
        """Take a line that was read, which ends as many lines on as ``end`` says."""
        if not line.is_page:
            self.end = end
        if line.figures:
            self.is_anchored = is_beside and (self.is_anchored or not self.lines)
            self.line = self.lines[0].line if self.lines else line.line
            self.lines.append(line)

    @property
    def figures(self) -> list[str]:
        """Return its figures in order."""
        return [figure for line in self.lines for figure in line.figures]

    @property
    def numbers(self) -> list[int]:
        """Return the line of each figure."""
        return [line.line.line for line in self.lines for _ in line.figures]


@frozen
class RowsInPieces:
    """The rows of a table, and how many of its lines are none of the form."""

    rows: list[FiguresOfRow]
    unread: int


Steps = tuple[tuple[int, bool, bool], ...]
"""For each line: the row that it is in, whether it is beside or among the words of its label, whether it is read."""


@cache
def _spellings(edition: Edition) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Every spelling of the rows, and of the labels beside several of them."""
    form = FORMS["requests", edition]
    rows = [(row.label, row.label + row.note, *row.aliases) for row in form.rows]
    beside = [(span.label, *span.aliases) for span in form.spans]
    return tuple(tuple(map(piece_key, row)) for row in rows), tuple(tuple(map(piece_key, span)) for span in beside)


def rows_of(lines: Sequence[PieceLine], edition: Edition) -> RowsInPieces | None:
    """Return the rows that the lines are; None where a piece is left, or two ways differ."""
    ways = _ways_of_reading(lines, edition)
    ended = {(state.beside, steps) for state, found in ways.items() if _is_whole(state) for steps in found}
    if len(ended) != 1:
        return None
    ((beside_rows, steps),) = ended
    rows = _rows(lines, steps, edition, _begun(beside_rows, edition))
    if rows is None or len(rows) < MIN_ROWS:
        return None
    _doubts(rows, lines, steps)
    return RowsInPieces(rows, sum(not is_read for _, _, is_read in steps))


def _ways_of_reading(lines: Sequence[PieceLine], edition: Edition) -> dict[_State, set[Steps]]:
    """Return what the lines may be, each with the steps to it; nothing where they can't be read."""
    _, beside = _spellings(edition)
    ways: dict[_State, set[Steps]] = {_State(beside=(None,) * len(beside)): {()}}
    for line in lines:
        ways = _read(ways, line, edition)
        if len(ways) > MAX_STATES or any(len(steps) > MAX_STATES for steps in ways.values()):
            return {}
    return ways


def _begun(beside: Sequence[tuple[str, ...] | None], edition: Edition) -> set[str]:
    """Return which labels beside several rows began."""
    spans = FORMS["requests", edition].spans
    return {span.terminal for span, rests in zip(spans, beside, strict=True) if rests is not None}


def _is_whole(state: _State) -> bool:
    return "" in state.rests and all(rests is None or "" in rests for rests in state.beside)


def _read(ways: dict[_State, set[Steps]], line: PieceLine, edition: Edition) -> dict[_State, set[Steps]]:
    found: dict[_State, set[Steps]] = {}
    if not line.is_page:
        for state, steps in ways.items():
            for after in _after_all(state, line.pieces, edition):
                goes_on = (after.row, after.rests) != (state.row, state.rests) or "" not in after.rests
                found.setdefault(after, set()).update((*before, (after.row, goes_on, True)) for before in steps)
    if not found:
        # The line of a page, or one that is none of the form: nothing is known of the rows around it.
        found = {
            state: {(*before, (state.row, False, line.is_page)) for before in steps} for state, steps in ways.items()
        }
    return found


def _after_all(state: _State, pieces: Sequence[str], edition: Edition) -> set[_State]:
    states, step = {state}, partial(_after, edition=edition)
    for piece in pieces:
        states = {after for before in states for after in read_on(before, piece, step)}
    return states


def _after(state: _State, piece: str, edition: Edition) -> Iterator[tuple[_State, str]]:
    """Yield the ways of reading the beginning of a piece, and what is left of the piece."""
    rows, beside = _spellings(edition)
    for rests, left in taken(state.rests, piece):
        yield _State(state.row, rests, state.beside), left
    for at, begun in enumerate(state.beside):
        for rests, left in taken(beside[at] if begun is None else begun, piece):
            yield _State(state.row, state.rests, (*state.beside[:at], rests, *state.beside[at + 1 :])), left
    if "" in state.rests:
        for row in range(state.row + 1, len(rows)):
            for rests, left in taken(rows[row], piece):
                yield _State(row, rests, state.beside), left


def _rows(lines: Sequence[PieceLine], steps: Steps, edition: Edition, begun: set[str]) -> list[FiguresOfRow] | None:
    """The rows with their lines; None where there is none."""
    form = FORMS["requests", edition]
    found: dict[int, FiguresOfRow] = {}
    first = next((at for at, _, _ in steps if at >= 0), None)
    for count, (line, (step, is_beside, is_read)) in enumerate(zip(lines, steps, strict=True), 1):
        # What stands above the first label may be the upper ends of its figures, or all of them.
        at = step if step >= 0 else first
        if at is None:
            return None
        if at not in found:
            row = form.rows[at]
            spans = tuple(span for span in row.spans if span in begun)
            found[at] = FiguresOfRow(at, row.id, row.label, spans, line.line, count)
        if is_read:
            found[at].take(line, count, is_beside)
    return list(found.values())


# --- doubts --------------------------------------------------------------------------------------------------------


def _doubts(rows: list[FiguresOfRow], lines: Sequence[PieceLine], steps: Steps) -> None:
    """Put the rows in doubt whose figures may be those of another, or not all of a figure.

    Where no label has figures beside it on its line, cells stand one after the other: then a row has many lines.
    """
    by_cell = not any(line.pieces and line.figures for line in lines)
    count = len(forms.APPLICANT_COLUMNS)
    all_full = all(len(row.figures) == count for row in rows)
    for row in rows:
        if not _has_whole_figures(row, count, by_cell, all_full):
            row.doubt = WRAPPED
    if not by_cell:
        _doubt_lone_before(rows)
    _doubt_shifted(rows, by_cell)
    _doubt_unread(rows, steps)


def _has_whole_figures(row: FiguresOfRow, count: int, by_cell: bool, all_full: bool) -> bool:
    """Return whether no figure of a row is one end of a figure that was broken.

    The two ends may even stand on one line: then too many are there where none is blank.
    """
    on_one_line, is_full = len(row.lines) < 2, len(row.figures) == count
    if on_one_line and (all_full or not is_full):
        return True
    return (by_cell or on_one_line) and is_full and texts_add_up(row.figures, count - 1)


def _doubt_lone_before(rows: list[FiguresOfRow]) -> None:
    """The last line of a row that has several may hold the upper ends of figures of the row below.

    The upper end of a figure fills its cell: no figure of its column is longer.
    """
    whole = [line.figures for row in rows for line in row.lines if len(line.figures) == len(forms.APPLICANT_COLUMNS)]
    least = min((max(map(len, column)) for column in zip(*whole, strict=True)), default=0)
    for row, below in pairwise(rows):
        is_upper = len(row.lines) > 1 and any(len(figure) >= least for figure in row.lines[-1].figures)
        if row.doubt == WRAPPED and below.doubt is None and is_upper:
            below.doubt = WRAPPED


def _doubt_shifted(rows: list[FiguresOfRow], by_cell: bool) -> None:
    """Doubt all rows between two, where figures came before their label: one has those of both, the other none.

    Nothing shows where a row begins in cells that stand one after the other: then all of the table are.
    """
    for at, row in enumerate(rows):
        has_two = len(row.figures) >= 2 * len(forms.APPLICANT_COLUMNS) or (not by_cell and _lines_of_many(row) > 1)
        if row.lines and not has_two:
            continue
        if by_cell:
            for other in rows:
                _doubt_run([other])
        else:
            _doubt_run(rows[at + 1 :] if has_two else rows[:at][::-1])


def _lines_of_many(row: FiguresOfRow) -> int:
    return sum(len(line.figures) > 1 for line in row.lines)


def _doubt_run(rows: Sequence[FiguresOfRow]) -> None:
    for row in rows:
        if row.is_anchored:
            return
        row.doubt = row.doubt or APART


def _doubt_unread(rows: list[FiguresOfRow], steps: Steps) -> None:
    """A line that is none of the form may be a label, or take one away: its row is in doubt, and the one below."""
    unread = {at for at, _, is_read in steps if not is_read}
    for above, row in pairwise([None, *rows]):
        if row is not None and (row.at in unread or (above is not None and above.at in unread)):
            row.doubt = row.doubt or APART
