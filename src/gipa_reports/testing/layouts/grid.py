"""The official form as a grid of cells with spans, from which every layout is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from attrs import evolve, frozen

from ...grid import lay_out
from ...report import Table
from ...template import Block, Form, Row, TableId
from ...template.forms import APPLICANTS, CORNER, INFORMATION, LITIGATION, ORGANISATIONS

Role = Literal["title", "column", "label", "figure"]
"""Kind of a grid cell: a heading over all columns, the name of a column, a label beside rows, a figure."""


@frozen
class GridCell:
    """One cell of an official table. A figure whose ``text`` is empty is a cell left blank."""

    text: str
    role: Role = "figure"
    colspan: int = 1
    rowspan: int = 1


GridRow = tuple[GridCell, ...]
Grid = tuple[GridRow, ...]
"""Rows as in HTML: a cell that is covered by a span from the left or from above is not listed."""


def official_grid(table: Table) -> Grid:
    """The table as the national form prints it: 4, 10 or 15 columns wide, with all its spans."""
    return tuple(_GRIDS[table.id](table))


def _disclosure_grid(table: Table) -> Iterator[GridRow]:
    for block in table.form.blocks:
        assert block.head is not None
        names = [GridCell(column.label + column.note, "column") for column in block.columns]
        yield (GridCell(block.head.label, "title", colspan=4),)
        yield GridCell(INFORMATION.label, "column"), *_widened(names)
        for row in block.rows:
            figures = [GridCell(cell.text) for cell in table.row(row.id)]
            yield GridCell(row.label, "label"), *_widened(figures)


def _widened(cells: list[GridCell]) -> list[GridCell]:
    """The cells over three columns: the last of them takes what is left."""
    return [*cells[:-1], evolve(cells[-1], colspan=4 - len(cells))]


def _requests_grid(table: Table) -> Iterator[GridRow]:
    (block,) = table.form.blocks
    person, *organisations, total = (GridCell(column.label, "column") for column in block.columns)
    yield GridCell(CORNER.label, "title", colspan=3, rowspan=3), GridCell(APPLICANTS.label, "title", colspan=7)
    yield (
        evolve(person, rowspan=2),
        GridCell(ORGANISATIONS.label, "column", colspan=len(organisations)),
        evolve(total, rowspan=2),
    )
    yield tuple(organisations)
    for index, row in enumerate(block.rows):
        figures = (GridCell(cell.text) for cell in table.row(row.id))
        yield *_labels(table.form, block, index), *figures


def _labels(form: Form, block: Block, index: int) -> Iterator[GridCell]:
    """The label cells of a row of 三: the spans that begin there, then its own label over the columns that are left."""
    row = block.rows[index]
    above = block.rows[index - 1].spans if index else ()
    words = {span.terminal: span.label for span in form.spans}
    for depth, terminal in enumerate(row.spans):
        if above[depth : depth + 1] != (terminal,):
            rows = sum(terminal in other.spans for other in block.rows)
            yield GridCell(words[terminal], "label", rowspan=rows)
    yield GridCell(row.label + row.note, "label", colspan=3 - len(row.spans))


def _proceedings_grid(table: Table) -> Iterator[GridRow]:
    (block,) = table.form.blocks
    reconsideration, *litigation = block.rows
    outcomes = [GridCell(column.label, "column") for column in block.columns]

    def over_outcomes(row: Row) -> GridCell:
        return GridCell(row.label, "column", colspan=len(outcomes))

    yield over_outcomes(reconsideration), GridCell(LITIGATION.label, "column", colspan=len(outcomes) * len(litigation))
    yield *(evolve(outcome, rowspan=2) for outcome in outcomes), *map(over_outcomes, litigation)
    yield tuple(outcomes * len(litigation))
    yield tuple(GridCell(cell.text) for cells in table.rows for cell in cells)


_GRIDS: dict[TableId, Callable[[Table], Iterator[GridRow]]] = {
    "disclosure": _disclosure_grid,
    "requests": _requests_grid,
    "proceedings": _proceedings_grid,
}


def grid_width(grid: Grid) -> int:
    """Return how many columns the grid has."""
    return sum(cell.colspan for cell in grid[0])


def expand(grid: Grid) -> list[list[str]]:
    """The grid as rows of texts of equal length, an empty text in every place that a span covers."""
    return _texts(grid, lambda text: ("", ""))


def filled(grid: Grid) -> list[list[str]]:
    """Return the grid as rows of texts of equal length, the words of a merged cell in every place that it covers."""
    return _texts(grid, lambda text: (text, text))


def _texts(grid: Grid, covers: Callable[[str], tuple[str, str]]) -> list[list[str]]:
    width = grid_width(grid)
    return [row + [""] * (width - len(row)) for row in lay_out(grid, lambda cell: cell.text, covers)]
