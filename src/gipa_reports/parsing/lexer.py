"""From the blocks of a document to the rows of its tables, and the lines that are in none.

Ruled rows are recognised here, by their labels; where a layout lost the ends of rows, labels make them (see ``loose``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Document, Paragraph, Row, Spacing, Table
from ..limits import Limits
from ..template import FIGURES, words
from ..template.vocabulary import look_up
from .collector import Collector, repeats_in, unrepeated
from .loose import LooseReader
from .tokens import FIGURE_COUNT, RECOGNISED, UNKNOWN, RecognisedRow, RowToken


def collect(document: Document, limits: Limits) -> Collector:
    """All that is found in a document."""
    found = Collector(limits)
    loose = LooseReader(found, document.blocks)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if found.table is None and not found.fragments and look_up(block.text).is_prose:
                found.lines.append(block)
            else:
                loose.paragraph(block, index)
        elif isinstance(block, Table):
            _RuledReader(found, block.spacing).read(block)
        else:
            loose.cells(block)
    found.close()
    return found


class _RuledReader:
    """Reads the rows of one table of cells."""

    def __init__(self, found: Collector, spacing: Spacing) -> None:
        self._found = found
        self._spacing = spacing
        # Some extractors write the words of a wide cell into each column. One such cell may be a mistake; where a head
        # has its words in all columns, the names below it are repeated too.
        self._is_repeated = False
        self._repeats: tuple[int, ...] = ()

    def read(self, table: Table) -> None:
        """Hand over the rows of ``table``."""
        found = self._found
        known, spacing = RECOGNISED[self._spacing], self._spacing
        for row in table.rows:
            if self._repeats:
                row = unrepeated(row, self._repeats)
            cells = row.cells if isinstance(row.cells, tuple) else tuple(row.cells)
            recognised = known[cells]
            if recognised.table is None or found.open is not None:
                self._row(row, cells, recognised)
            else:
                # Most rows.
                name, values = recognised.name, recognised.values
                found.emit(RowToken(name, recognised.table, row, values, None, recognised, spacing))
        found.close()

    def _row(self, row: Row, cells: tuple[str, ...], recognised: RecognisedRow) -> None:
        found = self._found
        if recognised.kind == "row":
            self._labelled(row, cells, recognised)
        elif recognised.kind == "columns":
            self._repeats = repeats_in(cells) if self._is_repeated else ()
            names = unrepeated(row, self._repeats).cells if self._repeats else cells
            found.columns(found.table_of(recognised.labels), names, row)
        elif recognised.kind == "figures" and self._stands_below_numbers():
            numbers = found.tokens["proceedings"].pop()
            found.unplaced.append(Paragraph(" ".join(numbers.filled), numbers.row.line, origin=numbers.row.origin))
            found.emit(RowToken(FIGURES, "proceedings", row, cells, recognised=recognised, spacing=self._spacing))
        elif found.expects_figures() and (recognised.kind == "figures" or len(cells) >= FIGURE_COUNT):
            found.close()
            found.emit(RowToken(FIGURES, "proceedings", row, cells, recognised=recognised, spacing=self._spacing))
        elif recognised.kind != "empty":
            self._unlabelled(row, recognised)

    def _stands_below_numbers(self) -> bool:
        """Return whether the figures of 四 that were read only number its columns: the row below has the figures."""
        tokens = self._found.tokens["proceedings"]
        return self._found.table == "proceedings" and tokens[-1:] != [] and _number_columns(tokens[-1])

    def _labelled(self, row: Row, cells: tuple[str, ...], recognised: RecognisedRow) -> None:
        found = self._found
        if found.open is not None:
            found.close()
        *spans, last = recognised.labels
        for span in spans:
            if span.name not in found.spans_seen:
                found.emit(RowToken(span.name, span.table, row, spacing=self._spacing, words=span.text))
        if last.kind != "row":
            self._head(row, cells, recognised)
            return
        token = RowToken(last.name, last.table, row, recognised.values, None, recognised, self._spacing)
        if spans:
            token.rival = next((span for span in spans if span.kind == "row" and not found.is_span(span)), None)
        found.emit(token)

    def _head(self, row: Row, cells: tuple[str, ...], recognised: RecognisedRow) -> None:
        """Hand over a label that stands above rows, or beside several; figures beside it are of no row."""
        found, label = self._found, recognised.labels[-1]
        if label.kind == "head":
            self._is_repeated = self._spacing == "grid" and len(cells) > 1 and len(set(cells)) == 1
            self._repeats = ()
        found.emit(RowToken(label.name, label.table, row, spacing=self._spacing, words=label.text))
        if recognised.filled:
            found.unknown.append(RowToken(UNKNOWN, label.table, row, row.cells))

    def _unlabelled(self, row: Row, recognised: RecognisedRow) -> None:
        """Hand over a row with no label that we know."""
        found = self._found
        filled = [cell for cell in row.cells if cell.strip()]
        if recognised.kind == "figures":
            found.note_figures(filled)
        glued = look_up(filled[0]).glued
        if glued is not None:
            label, digits = glued
            found.close()
            token = RowToken(label.name, label.table, row, [digits], spacing=self._spacing, words=label.text)
            token.is_glued = True
            found.emit(token)
        elif found.table is None or (len(filled) == 1 and look_up(filled[0]).section is not None):
            found.restore(Table([row]))
        elif row.header and not _is_unknown_row(filled):
            found.columns(found.table, row.cells, row)
        elif found.pending is not None and not any(look_up(cell).is_figure for cell in filled):
            found.pending.rows.append(tuple(row.cells))
        else:
            found.close()
            found.unknown.append(RowToken(UNKNOWN, found.table, row, row.cells))


def _number_columns(token: RowToken) -> bool:
    """Return whether a row of figures is 1, 2, 3 and so on: parts that don't add up to their totals."""
    return token.type == FIGURES and token.filled == [str(number) for number in range(1, FIGURE_COUNT + 1)]


def _is_unknown_row(filled: Sequence[str]) -> bool:
    """Return whether a row marked as a heading is words and then nothing but figures, none of them a year."""
    first, *rest = (cell.strip() for cell in filled)
    return (
        bool(rest)
        and not look_up(first).is_figure
        and all(look_up(cell).is_figure and words.YEAR_CELL.fullmatch(cell) is None for cell in rest)
    )
