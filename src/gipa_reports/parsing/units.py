"""Units that are stated around figures: in a heading, a label, a note, or a line beside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from ..diagnostics import Diagnostic
from ..report.tables import Cells
from ..template import TableId, words
from ..template.vocabulary import LITERAL, look_up
from .doubts import place_of
from .figures import with_units
from .form_lines import FormLine, LineBlock
from .placement import PlacedRow
from .table_doubts import BlockCase
from .tokens import RowToken


def units_in_block(case: BlockCase) -> Iterator[Diagnostic]:
    """The heading or label states the unit of figures, which the cells take; one that is not the form's is told."""
    block = case.block
    told = _Told(block.table)
    head = case.accepted.rows.get(block.head.terminal) if block.head is not None else None
    above = () if head is None else look_up(" ".join(head.row.cells)).money_units
    for line, row in case.rows.items():
        stated = [*look_up(row.token.label).money_units, *row.placement.columns.units, *above]
        case.rows[line], others = _with_units(row, block, row.placement.cells, stated)
        told.add(row, others)
    yield from told.problems()


def units_beside(
    blocks: Sequence[LineBlock],
    cells: list[Cells],
    places: Mapping[FormLine, PlacedRow],
    notes: Sequence[RowToken],
    lines: Sequence[str],
) -> tuple[list[Cells], dict[FormLine, PlacedRow], list[Diagnostic]]:
    """The notes of a table, or lines beside it, state what all its figures are counted in: cells, rows, and what is
    not in the form's unit.
    """
    stated = [unit for text in (*_words_of(notes), *lines) for unit in words.stated_units(text)]
    changed = dict(places)
    if not stated:
        return cells, changed, []
    told = _Told(blocks[0].table)
    all_lines = [(block, line) for block in blocks for line in block.lines]
    for at, (block, line) in enumerate(all_lines):
        if line in places:
            changed[line], others = _with_units(places[line], block, cells[at], stated)
            cells[at] = changed[line].placement.cells if changed[line] is not places[line] else cells[at]
            told.add(places[line], others)
    return cells, changed, list(told.problems())


def words_above(table: TableId, tokens: Mapping[TableId, list[RowToken]], unknown: Sequence[RowToken]) -> list[str]:
    """The words of rows between the last of another table and the first of this, in a document without headings."""
    if not (unknown and tokens[table]):
        return []
    begin = min(token.row.line for token in tokens[table])
    before = (token.row.line for other in tokens.values() for token in other if token.row.line < begin)
    end = max(before, default=begin)
    return list(_words_of([note for note in unknown if end < note.row.line < begin]))


def _words_of(notes: Sequence[RowToken]) -> Iterator[str]:
    """Yield the words of notes without figures; a literal cell leaves its place without a word."""
    for note in notes:
        if not any(look_up(cell).is_figure for cell in note.row.cells if cell.strip()):
            yield " ".join(["_" * len(cell) if cell.startswith(LITERAL) else cell for cell in note.row.cells])


class _Told:
    """The figures in units that are not the form's: those that say the same are one problem, where the first stands."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._ids: dict[tuple[str, str], list[str]] = {}
        self._first: dict[tuple[str, str], PlacedRow] = {}

    def add(self, row: PlacedRow, others: list[tuple[int, str, str]]) -> None:
        """Take those of a row: index, the form's unit, and the one that is stated."""
        for index, expected, found in others:
            self._ids.setdefault((expected, found), []).append(row.line.ids[index])
            self._first.setdefault((expected, found), row)

    def problems(self) -> Iterator[Diagnostic]:
        """A problem for each pair of units."""
        for (expected, found), ids in self._ids.items():
            place = place_of(self._first[expected, found].token)
            yield Diagnostic(
                code="unit-differs", cells=tuple(ids), location=place, expected=expected, found=found, table=self._table
            )


def _with_units(
    row: PlacedRow, block: LineBlock, cells: Cells, stated: Sequence[str]
) -> tuple[PlacedRow, list[tuple[int, str, str]]]:
    """A row whose ``cells`` take the units stated, and those of its figures that are in others than the form's."""
    if not stated:
        return row, []
    changed, others = with_units(cells, block.columns, stated)
    if changed == cells:
        return row, others
    # The placement is shared by rows alike in other documents.
    return PlacedRow(row.token, evolve(row.placement, cells=changed, is_quiet=False), row.line), others
