"""From the blocks of a document to one token for each row of a table, and the lines that are no table.

This is where labels are recognised. A token's type is a name of the grammar; its values are the row's cells as written,
still to be set against the columns that the table's heading names (see ``builder``). Where a layout lost the ends of
rows, labels make them: a row begins at its label and takes what follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, pairwise
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from attrs import Factory, define, evolve, field

from ..diagnostics import Location
from ..document import Cells, Document, Loose, Paragraph, Row, Spacing, Table
from ..limits import Limits
from ..template import COLUMNS, FIGURES, FORMS, SectionId, TableId, forms, labels, words
from ..template.labels import MAX_LABEL, Label
from .figures import is_figure, is_plain

MAX_LOOSE_LINE = 160
"""Characters; a longer line in no ruled table is prose."""

MAX_HEADING_LINES = 80
"""Lines that the heading of a table may be spread over; that of 四 has 23 cells, each on several lines at worst."""

MAX_LOOKED_AHEAD = 200_000
"""Lines looked at, in all, to see whether a table begins; a bound on what a hostile text can cost."""

FIGURE_COUNT = len(forms.PROCEEDING_ROWS) * len(forms.OUTCOME_COLUMNS)

MAX_REMEMBERED = 400
"""Characters of the longest row whose shape is remembered."""

MAX_ORDINAL = 5
"""Characters of the longest ordinal in brackets."""

MIN_REPEATS = len(forms.OUTCOME_COLUMNS)
"""Columns that a caption of 三 or 四 is over, at least."""

MAX_CELLS = 8192
"""Loose cells that are remembered."""

UNKNOWN = "UNKNOWN"
"""Type of a row that the form does not have; such rows are kept aside, not given to the grammar."""


@define(eq=False)
class Heading:
    """The rows, as written, that name the columns of a block."""

    rows: list[tuple[str, ...]]
    row: Row


@define(eq=False)
class Shape:
    """What a row of cells is: its labels, outermost first, the words of the last, and the values from ``start`` on.

    Rows alike in one layout share one, which nothing changes (to be frozen would make it four times as dear);
    ``placements`` is for whoever works out where the values stand below a heading.
    """

    kind: Literal["row", "columns", "figures", "other", "empty"]
    labels: tuple[Label, ...] = ()
    label: str = ""
    start: int = 0
    values: tuple[str, ...] = ()
    filled: tuple[int, ...] = ()
    """Where in the row the values are that are not blank."""
    placements: dict[object, Any] = Factory(dict)
    name: str = ""
    table: TableId | None = None
    """Name and table of a row that has one label and nothing special about it."""

    @property
    def width(self) -> int:
        """How many cells the row has."""
        return self.start + len(self.values)


@define(eq=False)
class RowToken:
    """One row of a table. ``type`` is its name in the grammar; ``shape`` is that of a row of a ruled table."""

    type: str
    table: TableId
    row: Row
    values: Sequence[str] = ()
    heading: Heading | None = None
    shape: Shape | None = None
    spacing: Spacing = "grid"
    words: str = ""
    glued: bool = False
    gaps: Sequence[int] = ()
    """The empty lines before each value, where the layout has any: only a loose row's."""

    @property
    def label(self) -> str:
        """The words of its label, as written."""
        return self.words or (self.shape.label if self.shape is not None else "")

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a value with its ``text``, or of the row."""
        return self.row.at(text, None if index is None else self.offset + index)

    @property
    def offset(self) -> int:
        """The place of the first value in its row."""
        return 0 if self.shape is None else self.shape.start


@define(eq=False)
class LooseRow(RowToken):
    """A row that was put together from loose cells: each value has its line."""

    values: list[str] = Factory(list)
    lines: list[int] = Factory(list)
    gaps: list[int] = Factory(list)
    is_line: bool = False
    """Whether its label and first figures were one line, so that a figure alone on the next is the number of a page."""

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a value with its ``text``, or of the row."""
        origin = self.row.origin
        if index is None or origin is not None:
            return self.row.at(text)
        return Location(self.lines[index], None, text)


@define(eq=False)
class SectionLine(Paragraph):
    """A line that is the heading of a section."""

    section: SectionId = field(kw_only=True)


_HEADS = {
    row.terminal: block.head.terminal
    for form in FORMS.values()
    for block in form.blocks
    if block.head is not None
    for row in block.rows
}
"""Terminal of a row of 二 → that of the heading of its block, the same in both editions."""


def _shape(cells: tuple[str, ...], spacing: Spacing) -> Shape:
    """The shape of a row of a ruled table, by its cells alone; placements differ with the layout."""
    first = next(compress(range(len(cells)), map(str.isdigit, cells)), len(cells))
    if first < len(cells) and not is_plain(cells[first]):
        first = next((index for index, cell in enumerate(cells) if is_plain(cell)), len(cells))
    short = sum(map(len, cells[:first])) <= MAX_REMEMBERED
    head = (_cached_head if short else _head)(cells[:first])
    if head is None and first + 1 < len(cells) and not any(map(str.strip, cells[:first])):
        head = _head_behind(cells, first + 1)
    if head is not None:
        rows, words, start = head
        plain = len(rows) == 1 and rows[0].kind == "row" and rows[0].name != forms.OTHER.terminal
        name, table = (rows[0].name, rows[0].table) if plain else ("", None)
        values = cells[start:]
        filled = tuple(compress(range(start, len(cells)), map(str.strip, values)))
        return Shape("row", rows, words, start, values, filled, name=name, table=table)
    texts = [cell for cell in cells if cell.strip()]
    if not texts:
        return Shape("empty")
    if all(is_figure(cell) for cell in texts):
        return Shape("figures")
    named = tuple(label for cell in texts for label in labels.find(cell)[:1])
    if named and not any(is_figure(cell) for cell in texts):
        return Shape("columns", named)
    return Shape("other")


def _head_behind(cells: tuple[str, ...], start: int) -> tuple[tuple[Label, ...], str, int] | None:
    """As ``_head``, of a row in which the number of the line stands before the label."""
    stop = next((index for index in range(start, len(cells)) if is_plain(cells[index])), len(cells))
    head = _cached_head(cells[start:stop]) if sum(map(len, cells[start:stop])) <= MAX_REMEMBERED else None
    return None if head is None else (head[0], head[1], start + head[2])


def _head(cells: tuple[str, ...]) -> tuple[tuple[Label, ...], str, int] | None:
    """The labels of a row, outermost first, the words of the last, and the place behind it; None where there are none.

    ``cells`` are those before the first plain figure, for no label comes after one.
    """
    found: list[Label] = []
    start = 0
    for index, cell in enumerate(cells):
        if not cell.strip():
            continue
        label = _row_label(labels.find(cell))
        if label is None or (found and found[0].kind in ("row", "span") and label.kind in ("column", "caption")):
            # Behind the label of a row the name of a column is what somebody wrote into a cell.
            break
        if not found or label != found[-1]:
            # Some extractors write the words of a wide cell into each column.
            found.append(label)
        start = index + 1
    if not found or found[0].kind not in ("row", "span", "head"):
        return None
    words = next(cell for cell in reversed(cells[:start]) if cell.strip())
    # An explanation that stands in a cell of its own behind the label is part of it; an ordinal is not, but (2) may be
    # somebody's way to write a figure.
    while start < len(cells) and cells[start].strip()[:1] in ("（", "(") and labels.is_fragment(cells[start]):
        if len(cells[start].strip()) <= MAX_ORDINAL:
            break
        start += 1
    return tuple(label for label in found if label.kind in ("row", "span", "head")), words, start


_cached_head = lru_cache(maxsize=2048)(_head)
_cached_shape = lru_cache(maxsize=8192)(_shape)


def _repeats(cells: Sequence[str]) -> tuple[int, ...]:
    """The places of a heading in which the words of the cell before come again: it was a wide cell."""
    return tuple(at for at, (before, cell) in enumerate(pairwise(cells), 1) if cell and cell == before)


def _is_repeated(cells: Sequence[str]) -> bool:
    """Whether the words of a caption stand in each of the columns that it is over."""
    return any(cell and list(cells[at : at + MIN_REPEATS]) == [cell] * MIN_REPEATS for at, cell in enumerate(cells))


def _unrepeated(row: Row, repeats: tuple[int, ...]) -> Row:
    """``row`` with nothing in those of its places below a wide cell in which the words before come again.

    A row of one wide cell is left as it is.
    """
    cells = list(row.cells)
    for at in reversed(repeats) if len(set(cells)) > 1 else ():
        if at < len(cells) and cells[at] == cells[at - 1]:
            cells[at] = ""
    return evolve(row, cells=cells)


def _row_label(found: tuple[Label, ...]) -> Label | None:
    return next((label for label in found if label.kind in ("row", "span", "head")), found[0] if found else None)


@lru_cache(maxsize=4096)
def spaced(text: str) -> tuple[tuple[Label, ...], str, tuple[str, ...]] | None:
    """A line of cells parted by spaces: its labels (or the words that may be a piece of one), and its figures."""
    pieces = _with_units(text.split())
    first = len(pieces)
    while first and is_figure(pieces[first - 1]):
        first -= 1
    if not first or first == len(pieces):
        return None
    words_before = "".join(pieces[:first])
    return _labels_of(tuple(pieces[:first])) or (), words_before, tuple(pieces[first:])


_UNITS = frozenset(words.UNITS)


def _with_units(pieces: list[str]) -> list[str]:
    """``pieces`` with each unit put behind the figure that it stands apart from."""
    if _UNITS.isdisjoint(pieces):
        return pieces
    joined = pieces[:1]
    for piece in pieces[1:]:
        if piece in _UNITS and is_figure(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _labels_of(pieces: tuple[str, ...]) -> tuple[Label, ...] | None:
    """The labels that ``pieces`` are, outermost first: all but the last stand beside several rows."""
    whole = _row_label(labels.find("".join(pieces)))
    if whole is not None:
        return (whole,) if whole.kind in ("row", "span") else None
    for cut in range(1, len(pieces)):
        outer = _row_label(labels.find("".join(pieces[:cut])))
        if outer is not None and (outer.kind == "span" or outer.name == forms.OTHER.terminal):
            inner = _labels_of(pieces[cut:])
            if inner is not None:
                return (outer, *inner)
    return None


class _LooseCell(NamedTuple):
    """What a loose cell is, by itself."""

    found: tuple[Label, ...]
    other: bool
    """Whether it is no figure."""
    names: frozenset[TableId]
    """The tables of which it is one more cell of a heading that was begun; a piece of a name may be of any."""


class _LooseCells(dict[str, _LooseCell]):
    """Cells met before; most of them are labels and small figures."""

    def __missing__(self, text: str) -> _LooseCell:
        found = labels.find(text)
        other = text == "" or not is_figure(text)
        if found:
            first = {label.table: label for label in reversed(found)}
            naming = frozenset(table for table, label in first.items() if label.kind in ("column", "caption"))
            if naming and all(label.kind == "column" and label.name in _IN_TWO for label in found):
                naming = _EVERY_TABLE
        else:
            alone = other and len(text.split()) == 1 and glued(text) is None and heading_table(text) is None
            naming = _EVERY_TABLE if alone else frozenset()
        cell = _LooseCell(found, other, frozenset() if naming and _opens_block(text) else naming)
        if len(text) <= MAX_LABEL:
            if len(self) >= MAX_CELLS:
                self.clear()
            self[text] = cell
        return cell


_EVERY_TABLE = frozenset(forms.TABLES)
_IN_TWO = ("total", "other")
"""Columns that are in two tables; in a heading they are of the table that it is of."""

_known_cells = _LooseCells()
_IS_OTHER = itemgetter(1)


_NOTE = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[。；;！？]")
_GLUED = re.compile(r"(.*[^\d\s.,])(\d[\d.]*)")


@lru_cache(maxsize=4096)
def glued(text: str) -> tuple[Label, str] | None:
    """A row label with digits glued to it (规章555), and those digits."""
    match = _GLUED.fullmatch(text.strip()) if len(text) <= MAX_LOOSE_LINE else None
    if match is None:
        return None
    label = _row_label(labels.find(match[1]))
    return (label, match[2]) if label is not None and label.kind == "row" else None


@lru_cache(maxsize=256)
def _opens_block(text: str) -> bool:
    """Whether a cell is, or a line of cells begins with, the first cell of a heading of 二."""
    return labels.normalise(text).startswith(forms.INFORMATION.label)


@lru_cache(maxsize=4096)
def _is_tabular(text: str) -> bool:
    if labels.find(text) or glued(text) or heading_table(text):
        return True
    row = spaced(text)
    return row is not None and bool(row[0])


@lru_cache(maxsize=4096)
def heading_table(text: str) -> TableId | None:
    """The table of which ``text`` is a whole line of column names and captions, parted by anything or nothing."""
    key = labels.normalise(text)
    for table in forms.TABLES:
        rest = key
        for spelling, _ in labels.heading_spellings(table):
            rest = rest.replace(spelling, "\0")
        if "\0" in rest and _NOTE.sub("", rest).strip("\0") == "":
            return table
    return None


def is_tabular(text: str) -> bool:
    """Whether a line may belong to a table that lost its marks: a label, a row with its figures, column names."""
    return 0 < len(text) <= MAX_LOOSE_LINE and _is_tabular(text)


@lru_cache(maxsize=4096)
def _may_open(text: str) -> bool:
    return is_tabular(text) or labels.is_fragment(text)


@lru_cache(maxsize=4096)
def _is_line(text: str) -> bool:
    """Whether a line that stands in no table is neither a heading nor the first of a table: most are not."""
    return text[0] == labels.ESCAPE or (labels.heading(text) is None and not _may_open(text))


class Lexer:
    """Reads a document once; afterwards ``tokens``, ``unknown``, ``lines`` and ``noise`` hold what it found.

    ``lines`` are the paragraphs that are in no table, in order, with the id of each table where it begins.
    """

    def __init__(self, document: Document, limits: Limits) -> None:
        self._limits = limits
        self.tokens: dict[TableId, list[RowToken]] = {table: [] for table in forms.TABLES}
        self.unknown: list[RowToken] = []
        self.loose: list[LooseRow] = []
        """The rows that were put together from loose cells."""
        self.lines: list[Paragraph | TableId] = []
        self.noise: list[Paragraph] = []
        self._blocks = document.blocks
        self._table: TableId | None = None
        self._pending: Heading | None = None
        self._heading: dict[TableId, Heading] = {}
        self._spans_seen: set[str] = set()
        self._open: LooseRow | None = None
        self._fragments: list[str] = []
        self._fragment_line = 0
        self._count = 0
        self._looked_ahead = 0
        for index, block in enumerate(self._blocks):
            if isinstance(block, Paragraph):
                text = block.text
                if self._table is None and not self._fragments and (len(text) > MAX_LOOSE_LINE or _is_line(text)):
                    self.lines.append(block)
                else:
                    self._paragraph(block, index)
            elif isinstance(block, Table):
                self._ruled(block)
            else:
                self._loose(block)
        self._close()

    # --- ruled rows ----------------------------------------------------------------------------------------------

    def _ruled(self, table: Table) -> None:
        spacing = table.spacing
        # The table that is open while nothing waits to be handed over before one more row of it; its rows and heading.
        current: TableId | None = None
        tokens: list[RowToken] = []
        heading: Heading | None = None
        # Some extractors write the words of a wide cell into each column. One such cell may be a mistake; where a head
        # has its words in all columns, the names below it are repeated too.
        is_repeated = False
        repeats: tuple[int, ...] = ()
        for row in table.rows:
            if repeats:
                row = _unrepeated(row, repeats)
            cells = row.cells
            if type(cells) is Cells:
                found = cells.shape
                if found is None:
                    found = cells.shape = _shape(cells, spacing)
            else:
                cells = tuple(cells)
                short = len(row.source or "".join(cells)) <= MAX_REMEMBERED
                found = (_cached_shape if short else _shape)(cells, spacing)
            if current is not None and found.table == current and self._count < self._limits.rows:
                # Most rows.
                self._count += 1
                tokens.append(RowToken(found.name, current, row, found.values, heading, found, spacing))
                continue
            if found.kind == "row":
                if found.labels[-1].kind == "head":
                    is_repeated, repeats = spacing == "grid" and len(cells) > 1 and len(set(cells)) == 1, ()
                self._row(row, found, spacing)
            elif found.kind == "columns":
                repeats = _repeats(cells) if is_repeated else ()
                names = _unrepeated(row, repeats).cells if repeats else cells
                self._columns(self._table_of(found.labels), names, row)
            elif self._expects_figures() and (found.kind == "figures" or len(row.cells) >= FIGURE_COUNT):
                self._close()
                self._emit(RowToken(FIGURES, "proceedings", row, cells, shape=found, spacing=spacing))
            elif found.kind != "empty":
                self._strange(row, spacing)
            current = self._table if self._pending is None else None
            if current is not None:
                tokens, heading = self.tokens[current], self._heading.get(current)
        self._close()

    def _row(self, row: Row, found: Shape, spacing: Spacing) -> None:
        if self._open is not None:
            self._close()
        *spans, last = found.labels
        for span in spans:
            if span.name not in self._spans_seen:
                self._emit(RowToken(span.name, span.table, row, spacing=spacing, words=span.text))
        if last.kind == "row":
            self._emit(RowToken(last.name, last.table, row, found.values, None, found, spacing))
            return
        self._emit(RowToken(last.name, last.table, row, spacing=spacing, words=last.text))
        if found.filled:
            self.unknown.append(RowToken(UNKNOWN, last.table, row, row.cells))

    def _strange(self, row: Row, spacing: Spacing) -> None:
        """A row with no label that we know."""
        first = next((cell for cell in row.cells if cell.strip()), "")
        stuck = glued(first)
        if stuck is not None and (self._table is not None or stuck[0].kind == "row"):
            label, digits = stuck
            self._close()
            self._emit(RowToken(label.name, label.table, row, [digits], spacing=spacing, words=label.text, glued=True))
        elif self._table is None:
            self._restore(Table([row]))
        elif row.header:
            self._columns(self._table, row.cells, row)
        elif self._pending is not None and not any(is_figure(cell) for cell in row.cells if cell.strip()):
            self._pending.rows.append(tuple(row.cells))
        else:
            self._close()
            self.unknown.append(RowToken(UNKNOWN, self._table, row, row.cells))

    # --- loose cells ---------------------------------------------------------------------------------------------

    def _loose(self, table: Loose) -> None:
        spacing, cells, lines = table.spacing, table.cells, table.lines
        known = list(map(_known_cells.__getitem__, cells))
        others = bytes(map(_IS_OTHER, known)) + b"\1"
        at = 0
        while at < len(cells):
            text = cells[at]
            found, _, names = known[at]
            if self._pending is not None and self._table in names and self._open is None and not self._fragments:
                self._pending.rows.append((text,))
                at += 1
                continue
            # A row takes all figures up to the next label, or blank.
            end = others.find(1, at + 1)
            if found and not self._fragments:
                label = found[0] if len(found) == 1 else self._likely(found)
                if label.kind == "row":
                    if self._open is not None:
                        self._close()
                    token = LooseRow(
                        label.name,
                        label.table,
                        Row([text], lines[at]),
                        spacing=spacing,
                        words=text,
                        values=cells[at + 1 : end],
                        lines=lines[at + 1 : end],
                    )
                    if end < len(cells) and known[end][0]:
                        self.loose.append(token)
                        self._emit(token)
                    else:
                        self._open = token
                    at = end
                    continue
                self._labelled(label, text, Row([text], lines[at]), spacing)
            elif not text:
                self._blank(Row([text], lines[at]), spacing)
            else:
                row = Row([text], lines[at])
                if not self._cell(text, row, spacing, 0):
                    self._strange_cell(text, row, spacing)
            at += 1
            if self._open is not None and at < end:
                self._open.values.extend(cells[at:end])
                self._open.lines.extend(lines[at:end])
                at = end
        self._close()

    def _likely(self, found: tuple[Label, ...]) -> Label:
        """Which of the labels that a text can be it is here."""
        if len(found) == 1:
            return found[0]
        return next((label for label in found if label.table == self._table), found[0])

    def _blank(self, row: Row, spacing: Spacing) -> None:
        """An empty loose cell: a value of the open row, or the first value of 四 once its heading is complete."""
        complete = self._pending is not None and sum(map(len, self._pending.rows)) >= FIGURE_COUNT
        if self._open is not None or (spacing == "exact" and complete and self._expects_figures()):
            self._value("", row, 0, spacing)

    def _paragraph(self, paragraph: Paragraph, index: int) -> None:
        text = paragraph.text
        short = len(text) <= MAX_LOOSE_LINE and text[0] != labels.ESCAPE
        section = labels.heading(text) if short else None
        if (
            section is None
            and short
            and (self._table is not None or (_may_open(text) and self._opens_table(text, index)))
        ):
            row = Row([text], paragraph.line, source=text, origin=paragraph.origin)
            if words.PAGE_MARK.fullmatch(text):
                self.noise.append(paragraph)
                return
            if self._cell(text, row, "dropped", paragraph.gap) or self._strange_paragraph(text, row, index):
                return
            if self._table is not None and is_figure(text):
                # A page number, or the rest of a table that was cut off: no prose.
                self.noise.append(paragraph)
                return
        if self._table is not None or self._fragments:
            self._leave()
        self.lines.append(paragraph if section is None else _section_line(paragraph, section))

    def _opens_table(self, text: str, index: int) -> bool:
        """Whether a line that could be a cell, or a piece of one, opens a table: then a table goes on after it."""
        if spaced(text) is not None and is_tabular(text):
            # One such line may be a sentence of a list; a table has more.
            following = self._following(index)
            return is_tabular(following) or is_figure(following) or spaced(following) is not None
        for count, block in enumerate(self._blocks[index + 1 : index + MAX_HEADING_LINES]):
            self._looked_ahead += 1
            if self._looked_ahead > MAX_LOOKED_AHEAD:
                return False
            if not isinstance(block, Paragraph) or len(block.text) > MAX_LOOSE_LINE or _SENTENCE.search(block.text):
                return False
            if labels.heading(block.text) is not None:
                return False
            if is_tabular(block.text) and not labels.is_fragment(text):
                return True
            sure = [label for label in labels.find(block.text) if label.name not in _IN_TWO]
            if is_figure(block.text) and not is_tabular(text) and count < 3:
                return False
            if sure or is_figure(block.text) or spaced(block.text) is not None:
                if sure and not is_tabular(text):
                    self._enter(sure[0].table)
                return True
        return False

    def _following(self, index: int) -> str:
        block = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        return block.text if isinstance(block, Paragraph) else ""

    def _cell(self, text: str, row: Row, spacing: Spacing, gap: int) -> bool:
        """Take a loose cell, or a line of cells parted by spaces; False where it is none that we know."""
        label, whole = self._label(text)
        if label is not None:
            self._labelled(label, whole, row, spacing, joined=whole != text)
            return True
        pieces = text.split()
        if is_figure(text) and len(pieces) < 3:
            # A digit string may be split once; more pieces are figures of their own.
            alone = self._open is not None and self._open.is_line
            return not alone and self._value(text, row, gap, spacing)
        if self._open is not None and not self._open.values and not self._fragments and labels.is_fragment(text):
            return True
        stuck = glued(text)
        if stuck is not None:
            self._labelled(stuck[0], text, row, spacing)
            assert self._open is not None
            self._open.glued = True
            return self._value(stuck[1], row, gap)
        if spacing != "exact" and len(pieces) > 1:
            if all(is_figure(piece) for piece in pieces):
                taken = [self._value(piece, row, gap) for piece in pieces]
                if self._open is not None and self._open.type == FIGURES and self._is_full(self._open):
                    self._close()
                return taken[0]
            line = spaced(text)
            if line is not None and self._spaced_row(line, row):
                return True
        table = heading_table(text)
        if table is not None:
            self._columns(table, [text], row)
            return True
        return False

    def _label(self, text: str) -> tuple[Label | None, str]:
        """The label that ``text`` is or completes, and all its words."""
        found = labels.find(text)
        if len(found) == 1:
            return found[0], text
        whole = text
        for count in range(1, len(self._fragments) + 1):
            if found:
                break
            whole = "".join(self._fragments[-count:]) + text
            found = labels.find(whole)
        if len(found) > 1:
            return self._likely(found), whole
        return _row_label(found), whole

    def _labelled(self, label: Label, text: str, row: Row, spacing: Spacing, joined: bool = False) -> None:
        self._fragments = []
        if joined and self._open is not None and self._open.type == UNKNOWN and label.kind == "row":
            # The figures stood between two pieces of their label.
            self._open.type, self._open.words, self._open.table = label.name, label.text, label.table
            self._close()
            return
        if label.kind in ("column", "caption"):
            self._columns(self._table_of((label,)), [text], row)
            return
        if self._open is not None:
            self._close()
        if label.kind == "row":
            self._open = LooseRow(label.name, label.table, row, spacing=spacing, words=text)
        else:
            self._emit(RowToken(label.name, label.table, row, spacing=spacing, words=text))

    def _spaced_row(self, line: tuple[tuple[Label, ...], str, tuple[str, ...]], row: Row) -> bool:
        found, before, figures = line
        if not found:
            if self._table is None or self._pending is not None:
                return False
            whole, _ = self._label(before)
            if whole is not None and whole.kind == "row":
                found = (whole,)
            elif not labels.is_fragment(before):
                return False
        self._close()
        if found:
            self._fragments = []
            for span in found[:-1]:
                self._emit(RowToken(span.name, span.table, row, words=span.text, spacing="dropped"))
            last = found[-1]
            self._open = LooseRow(last.name, last.table, row, spacing="dropped", words=last.text)
        else:
            assert self._table is not None
            self._fragments.append(before)
            self._open = LooseRow(UNKNOWN, self._table, row, spacing="dropped", words=before)
        for figure in figures:
            self._value(figure, row)
        self._open.is_line = True
        return True

    def _value(self, text: str, row: Row, gap: int = 0, spacing: Spacing = "dropped") -> bool:
        """Give a value to the open row; False where there is none that takes it."""
        if self._open is None:
            if not self._expects_figures():
                return False
            self._open = LooseRow(FIGURES, "proceedings", row, spacing=spacing)
        token = self._open
        token.values.append(text)
        token.lines.append(row.line)
        if gap:
            token.gaps.extend([0] * (len(token.values) - 1 - len(token.gaps)))
            token.gaps.append(gap)
        return True

    def _strange_cell(self, text: str, row: Row, spacing: Spacing) -> None:
        """A loose cell between pipes that is no label and no figure."""
        if self._table is None:
            self.noise.append(Paragraph(text, row.line))
        elif self._pending is not None and self._open is None:
            self._pending.rows.append((text,))
        elif labels.is_fragment(text) and (labels.starts_label(text) or self._fragments):
            self._fragments.append(text)
        elif self._open is not None and self._open.type != UNKNOWN and not self._is_full(self._open):
            self._value(text, row)
        else:
            self._unknown_row(text, row, spacing)

    def _strange_paragraph(self, text: str, row: Row, index: int) -> bool:
        """A line after loose cells that is no label and no figure; False where the table has ended before it."""
        if self._pending is not None and self._open is None:
            if len(text) > 40 or _SENTENCE.search(text):
                return False
            self._pending.rows.append((text,))
            return True
        if labels.is_fragment(text):
            if labels.starts_label("".join([*self._fragments, text])) or labels.starts_label(text):
                self._fragments.append(text)
                self._fragment_line = row.line
            return True
        following = self._following(index)
        if (
            self._open is None
            or is_figure(text)
            or re.search(r"[，,。；;：:！？]", text)
            or not (is_figure(following) or is_tabular(following))
        ):
            return False
        if self._open.type != UNKNOWN and not self._is_full(self._open):
            return self._value(text, row)
        self._unknown_row(text, row, "dropped")
        return True

    def _unknown_row(self, text: str, row: Row, spacing: Spacing) -> None:
        self._close()
        assert self._table is not None
        self._open = LooseRow(UNKNOWN, self._table, row, spacing=spacing, words=text)

    def _is_full(self, token: RowToken) -> bool:
        arity = {"disclosure": 3, "requests": 7, "proceedings": FIGURE_COUNT}[token.table]
        heading = self._heading.get("disclosure")
        if token.table == "disclosure" and heading is not None:
            arity = max(1, sum(len(row) for row in heading.rows) - 1)
        return len(token.values) >= arity

    # --- what all share ------------------------------------------------------------------------------------------

    def _table_of(self, found: tuple[Label, ...]) -> TableId:
        """The table that column names belong to: 总计 and 其他 are met in two, and captions alone are sure."""
        for label in found:
            if label.kind == "caption" or label.name not in _IN_TWO:
                return label.table
        return self._table if self._table is not None else found[0].table

    def _columns(self, table: TableId, cells: Sequence[str], row: Row) -> None:
        if self._open is not None:
            self._close()
        if self._table != table:
            self._flush()
            self._enter(table)
        if table == "disclosure" and self._pending is not None and any(map(_opens_block, cells)):
            self._flush()
        if self._pending is None:
            self._pending = Heading([], row)
        above = self._pending.rows[-1] if self._pending.rows else ()
        if above and cells and cells[0] and cells[0] == above[0] and len(cells) == len(above) and _is_repeated(above):
            # So are the words of high cells, in each row.
            cells = ["" if cell == over else cell for cell, over in zip(cells, above, strict=True)]
        self._pending.rows.append(tuple(cells))

    def _has_rows(self, table: TableId) -> bool:
        return any(token.type != COLUMNS for token in self.tokens[table])

    def _expects_figures(self) -> bool:
        if self._table != "proceedings":
            return False
        return self._pending is not None or not self._has_rows("proceedings")

    def _enter(self, table: TableId) -> None:
        if self._table != table:
            self._table = table
            self.lines.append(table)

    def _emit(self, token: RowToken) -> None:
        """Hand a row over, after the heading that came before it."""
        self._count += 1
        if self._count > self._limits.rows:
            raise self._limits.passed("rows", f"more than {self._limits.rows} rows", line=token.row.line)
        table, name = token.table, token.type
        if self._table != table:
            self._flush()
            self._enter(table)
        if name in _SPANS or (name == _OTHER and not any(token.values)):
            if name in self._spans_seen:
                return
            self._spans_seen.add(name)
            if name in _ARTICLES:
                if self._pending is not None:
                    self._flush()
                self._heading.pop(table, None)
        elif self._pending is not None:
            self._flush(token)
        token.heading = self._heading.get(table)
        self.tokens[table].append(token)

    def _flush(self, token: RowToken | None = None) -> None:
        """The pending heading is complete. Repeated after a page break it names the columns but is no new row."""
        if self._pending is None or self._table is None:
            return
        heading, self._pending = self._pending, None
        self._heading[self._table] = heading
        if token is None or not self._goes_on(token):
            self.tokens[self._table].append(RowToken(COLUMNS, self._table, heading.row, heading=heading))

    def _goes_on(self, token: RowToken) -> bool:
        """Whether the block of a row was begun before the heading above it."""
        for last in reversed(self.tokens[token.table]):
            if last.type in _SPANS:
                continue
            if token.table != "disclosure":
                return True
            return last.type != COLUMNS and _HEADS.get(last.type) == _HEADS.get(token.type)
        return False

    def _close(self) -> None:
        if self._open is None:
            return
        token, self._open = self._open, None
        if token.type == UNKNOWN and self._fragments:
            label = _row_label(labels.find("".join(self._fragments)))
            if label is not None and label.kind == "row":
                token.type, token.table = label.name, label.table
            self._fragments = []
        if token.type == UNKNOWN:
            self.unknown.append(token)
        else:
            self.loose.append(token)
            self._emit(token)

    def _leave(self) -> None:
        """Prose or a heading: no table goes on after it without naming itself again."""
        self._close()
        self._flush()
        self._table = None
        if self._fragments:
            self.noise.append(Paragraph(" ".join(self._fragments), self._fragment_line))
            self._fragments = []

    def _restore(self, table: Table) -> None:
        """Rows in which there is no label at all were lines of prose."""
        self._leave()
        for row in table.rows:
            text = row.source if row.source is not None else " ".join(cell for cell in row.cells if cell.strip())
            if text.strip():
                line = Paragraph(text.strip(), row.line, origin=row.origin)
                section = labels.heading(line.text)
                self.lines.append(line if section is None else _section_line(line, section))


def _section_line(line: Paragraph, section: SectionId) -> SectionLine:
    return SectionLine(line.text, line.line, line.gap, line.origin, section=section)


_OTHER = forms.OTHER.terminal
_ARTICLES = frozenset(_HEADS.values())
_SPANS = _ARTICLES | {span.terminal for form in FORMS.values() for span in form.spans if span is not forms.OTHER}
