"""Units that are stated around figures: in a heading, a label, a note, or a line beside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import evolve

from ..diagnostics import Diagnostic
from ..report.tables import Cells
from ..template import words
from ..template.vocabulary import LITERAL, look_up
from .doubts import place_of
from .figures import with_units
from .lines import Line, LineBlock
from .placement import PlacedRow
from .table_doubts import BlockCase
from .tokens import RowToken


def units_in_block(case: BlockCase) -> Iterator[Diagnostic]:
    """The heading or label of an amount states its unit, which the cells take; one that is not the form's is told."""
    block = case.block
    if "amount" not in block.kinds:
        return
    head = case.accepted.rows.get(block.head.terminal) if block.head is not None else None
    above = () if head is None else _money_units(" ".join(head.row.cells))
    for line, row in case.rows.items():
        stated = [*_money_units(row.token.label), *row.placement.columns.units, *above]
        case.rows[line], others = _with_units(row, block, row.placement.cells, stated)
        for index, expected, found in others:
            place = place_of(row.token)
            yield Diagnostic("unit-differs", (line.ids[index],), place, expected, found, block.table)


def units_beside(
    blocks: Sequence[LineBlock],
    cells: list[Cells],
    places: Mapping[Line, PlacedRow],
    notes: Sequence[RowToken],
    lines: Sequence[str],
) -> tuple[list[Cells], dict[Line, PlacedRow], list[Diagnostic]]:
    """The notes of a table, or lines beside it, state what all its figures are counted in: cells, rows, and what is
    not in the form's unit.
    """
    literal = (
        " ".join([cell for cell in note.row.cells if not cell.startswith(LITERAL)])
        for note in notes
        if not any(look_up(cell).is_figure for cell in note.row.cells if cell.strip())
    )
    stated = [unit for text in (*literal, *lines) for unit in words.stated_units(text)]
    changed = dict(places)
    if not stated:
        return cells, changed, []
    told: dict[tuple[str, str], list[str]] = {}
    all_lines = [(block, line) for block in blocks for line in block.lines]
    for at, (block, line) in enumerate(all_lines):
        if line in places:
            changed[line], others = _with_units(places[line], block, cells[at], stated)
            cells[at] = changed[line].placement.cells if changed[line] is not places[line] else cells[at]
            for index, expected, found in others:
                told.setdefault((expected, found), []).append(line.ids[index])
    table = blocks[0].table
    problems = [
        Diagnostic("unit-differs", tuple(ids), None, expected, found, table) for (expected, found), ids in told.items()
    ]
    return cells, changed, problems


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


@lru_cache(maxsize=256)
def _money_units(text: str) -> tuple[str, ...]:
    return tuple(words.MONEY_UNIT.findall(text))
