"""Findings of a document so far: the rows of its tables, and the lines that are in none.

Readers of ruled rows and of loose cells (``lexer``, ``loose``) hand over what they recognise; here it is settled to
which table and heading a row belongs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from ..document import Paragraph, Row, Table
from ..limits import Limits
from ..messages import more_than
from ..template import COLUMNS, FORMS, TableId, forms
from ..template.entries import Label
from ..template.vocabulary import look_up
from .tokens import UNKNOWN, LooseRow, RowToken, TableHeading, as_heading

MIN_REPEATS = len(forms.OUTCOME_COLUMNS)
"""Columns that a caption of 三 or 四 is over, at least."""

IN_TWO = ("total", "other")
"""Columns that are in two tables; in a heading they are of the table that it is of."""

_HEADS = {
    row.terminal: block.head.terminal
    for form in FORMS.values()
    for block in form.blocks
    if block.head is not None
    for row in block.rows
}
"""Terminal of a row of 二 → that of the heading of its block, the same in both editions."""

_OTHER = forms.OTHER.terminal
_ARTICLES = frozenset(_HEADS.values())
_SPANS = _ARTICLES | {span.terminal for form in FORMS.values() for span in form.spans if span is not forms.OTHER}


class Collector:
    """The tokens of each table, rows of no form, lines of prose in order with the id of each table where it begins,
    and what stands between cells and is none.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tokens: dict[TableId, list[RowToken]] = {table: [] for table in forms.TABLES}
        self.unknown: list[RowToken] = []
        self.loose: list[LooseRow] = []
        """The rows that were put together from loose cells."""
        self.lines: list[Paragraph | TableId] = []
        self.unplaced: list[Paragraph] = []
        self.table: TableId | None = None
        self.pending: TableHeading | None = None
        """The heading that is being read; complete when a row comes."""
        self.headings: dict[TableId, TableHeading] = {}
        self.open: LooseRow | None = None
        """The row that loose cells are still added to."""
        self.fragments: list[str] = []
        """Pieces of a label that is not whole yet."""
        self.fragment_line = 0
        self.count: int = 0
        self.spans_seen: set[str] = set()

    # --- headings --------------------------------------------------------------------------------------------------

    def table_of(self, found: tuple[Label, ...]) -> TableId:
        """The table that column names belong to: 总计 and 其他 are met in two, and captions alone are sure."""
        for label in found:
            if label.kind == "caption" or label.name not in IN_TWO:
                return label.table
        return self.table if self.table is not None else found[0].table

    def columns(self, table: TableId, cells: Sequence[str], row: Row) -> None:
        """Take one more row of a heading."""
        if self.open is not None:
            self.close()
        if self.table != table:
            self.flush()
            self.enter(table)
        if self.pending is not None and table == "disclosure" and any(look_up(cell).opens_block for cell in cells):
            self.flush()
        if self.pending is None:
            self.pending = TableHeading([], row)
        above = self.pending.rows[-1] if self.pending.rows else ()
        self.pending.rows.append(without_words_above(cells, above))

    def expects_figures(self) -> bool:
        """Return whether a row of figures without a label is that of 四."""
        if self.table != "proceedings":
            return False
        return self.pending is not None or all(token.type == COLUMNS for token in self.tokens["proceedings"])

    @staticmethod
    def is_span(label: Label) -> bool:
        """Return whether a label stands beside several rows: （六） does in one edition and is a row in the other."""
        return label.name in _SPANS or label.name == _OTHER

    # --- rows ------------------------------------------------------------------------------------------------------

    def enter(self, table: TableId) -> None:
        """Begin ``table``, if it is not the one that is open."""
        if self.table != table:
            self.table = table
            self.lines.append(table)

    def emit(self, token: RowToken) -> None:
        """Take a row, after the heading that came before it."""
        self.count += 1
        if self.count > self.limits.rows:
            raise self.limits.passed("rows", more_than(self.limits.rows, "rows"), line=token.row.line)
        table, name = token.table, token.type
        if self.table != table:
            self.flush()
            self.enter(table)
        if name in _SPANS or (name == _OTHER and not any(token.values)):
            if name in self.spans_seen:
                return
            self.spans_seen.add(name)
            if name in _ARTICLES:
                if self.pending is not None:
                    self.flush()
                self.headings.pop(table, None)
        elif self.pending is not None:
            self.flush(token)
        token.heading = self.headings.get(table)
        self.tokens[table].append(token)

    def flush(self, token: RowToken | None = None) -> None:
        """Take the pending heading as complete. Repeated after a page break it names the columns but is no new row."""
        if self.pending is None or self.table is None:
            return
        heading, self.pending = self.pending, None
        self.headings[self.table] = heading
        if token is None or not self._goes_on(token):
            self.tokens[self.table].append(RowToken(COLUMNS, self.table, heading.row, heading=heading))

    def _goes_on(self, token: RowToken) -> bool:
        """Return whether the block of a row was begun before the heading above it."""
        for last in reversed(self.tokens[token.table]):
            if last.type in _SPANS:
                continue
            if token.table != "disclosure":
                return True
            return last.type != COLUMNS and _HEADS.get(last.type) == _HEADS.get(token.type)
        return False

    def close(self) -> None:
        """Take the open row as complete."""
        if self.open is None:
            return
        token, self.open = self.open, None
        if token.type == UNKNOWN and self.fragments:
            label = look_up("".join(self.fragments)).row_label
            if label is not None and label.kind == "row":
                token.type, token.table = label.name, label.table
            self.fragments = []
        if token.type == UNKNOWN:
            self.unknown.append(token)
        else:
            self.loose.append(token)
            self.emit(token)

    def note_lone(self, text: str, is_end: bool = False) -> None:
        """Note a number alone behind a row that was one line, or is complete, or that ``text`` is the end of."""
        rows = self.tokens[self.table] if self.table is not None and self.pending is None else []
        row = self.open or (rows[-1] if rows else None)
        if row is not None and row.values and (is_end or row is not self.open or self.open.is_line):
            row.lone = (*row.lone, text)

    def note_figures(self, figures: list[str]) -> None:
        """Note figures without a label: one alone behind a row, or some below a heading that do not number it."""
        if self.pending is not None and self.table is not None:
            if figures != [str(number) for number in range(1, len(figures) + 1)]:
                self.pending.figures_before.extend(figures)
        elif len(figures) == 1:
            self.note_lone(figures[0])

    def leave(self) -> None:
        """End the table: prose or a heading came, and no table goes on after it without naming itself again."""
        self.close()
        self.flush()
        self.table = None
        if self.fragments:
            self.unplaced.append(Paragraph(" ".join(self.fragments), self.fragment_line))
            self.fragments = []

    def restore(self, table: Table) -> None:
        """Take rows in which there is no label at all for the lines of prose that they were; of one cell, its words."""
        self.leave()
        for row in table.rows:
            filled = [cell for cell in row.cells if cell.strip()]
            text = row.source if row.source is not None and len(filled) != 1 else " ".join(filled)
            if text.strip():
                self.lines.append(as_heading(Paragraph(text.strip(), row.line, origin=row.origin)))


# --- words of wide cells, repeated in every place ------------------------------------------------------------------


def repeats_in(cells: Sequence[str]) -> tuple[int, ...]:
    """The places of a heading in which the words of the cell before come again: it was a wide cell."""
    return tuple(at for at, (before, cell) in enumerate(pairwise(cells), 1) if cell and cell == before)


def is_repeated(cells: Sequence[str]) -> bool:
    """Return whether the words of a caption stand in each of the columns that it is over."""
    return any(cell and list(cells[at : at + MIN_REPEATS]) == [cell] * MIN_REPEATS for at, cell in enumerate(cells))


def without_words_above(cells: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """A row of a heading without the words of high cells, which are repeated where those of wide cells are."""
    alike = bool(above and cells) and len(cells) == len(above) and bool(cells[0]) and cells[0] == above[0]
    if not alike or not is_repeated(above):
        return tuple(cells)
    return tuple("" if cell == over else cell for cell, over in zip(cells, above, strict=True))


def unrepeated(row: Row, repeats: tuple[int, ...]) -> Row:
    """``row`` with nothing in those of its places below a wide cell in which the words before come again.

    A row of one wide cell is left as it is.
    """
    cells = list(row.cells)
    for at in reversed(repeats) if len(set(cells)) > 1 else ():
        if at < len(cells) and cells[at] == cells[at - 1]:
            cells[at] = ""
    return evolve(row, cells=cells)
