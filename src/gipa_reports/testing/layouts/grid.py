"""The official form as a grid of cells with spans, from which every layout is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import frozen

from ...grid import lay_out
from ...renderers.layout import Box, printed
from ...report import Table
from ...template import FORMS
from ...template.forms import APPLICANTS, CORNER

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


_TITLES = frozenset(
    [CORNER.label, APPLICANTS.label]
    + [block.head.label for form in FORMS.values() for block in form.blocks if block.head is not None]
)
"""Labels over all columns of what stands below them."""


def official_grid(table: Table) -> Grid:
    """The table as the national form prints it: 4, 10 or 15 columns wide, with all its spans."""
    rows = printed(table, lambda cell, column: cell.text)
    return tuple(tuple(GridCell(box.text, _role(box, row), box.colspan, box.rowspan) for box in row) for row in rows)


def _role(box: Box, row: list[Box]) -> Role:
    if box.id:
        return "figure"
    if box.text in _TITLES:
        return "title"
    return "label" if row[-1].id else "column"


def grid_width(grid: Grid) -> int:
    """Return how many columns the grid has."""
    return sum(cell.colspan for cell in grid[0])


def figures_of(row: GridRow) -> list[str]:
    """Return the figures of a row, blank ones too."""
    return [cell.text for cell in row if cell.role == "figure"]


def words_of(row: GridRow) -> list[str]:
    """Return the texts of a row that are no figures."""
    return [cell.text for cell in row if cell.role != "figure"]


# --- rows of texts ------------------------------------------------------------------------------------------------

TextRows = list[list[str]]


Writer = Callable[[Grid], str]


def joined(rows: Callable[[Grid], TextRows], between: str, line: str = "{}", lines: str = "\n") -> Writer:
    """Return a writer of what ``rows`` makes of a table: a ``line`` of texts ``between`` them, by ``lines``."""
    return lambda grid: lines.join(line.format(between.join(row)) for row in rows(grid))


def listed(grid: Grid) -> TextRows:
    """Return the texts of the cells of each row; what a span covers leaves nothing."""
    return [[cell.text for cell in row] for row in grid]


def kept(grid: Grid) -> TextRows:
    """Return the texts of the cells of each row that are not empty."""
    return [list(filter(None, row)) for row in listed(grid)]


def together(grid: Grid) -> TextRows:
    """Return the texts of all cells that are not empty as one row."""
    return [[text for row in kept(grid) for text in row]]


def expand(grid: Grid) -> TextRows:
    """The grid as rows of texts of equal length, an empty text in every place that a span covers."""
    return texts(grid, lambda text: ("", ""))


def filled(grid: Grid) -> TextRows:
    """Return the grid as rows of texts of equal length, the words of a merged cell in every place that it covers."""
    return texts(grid, lambda text: (text, text))


def in_steps(grid: Grid) -> TextRows:
    """Return the grid as rows of texts of which each begins where the one above ends, but for its first cell.

    A program that takes the table around a page for columns writes it so; a blank cell holds white space.
    """
    rows: TextRows = []
    place = 0
    for row in grid:
        first, *others = (cell.text or " " for cell in row)
        rows.append([first, *[""] * place, *others])
        place += len(others)
    return [row + [""] * (place + 1 - len(row)) for row in rows]


def filled_up(rows: TextRows) -> TextRows:
    """Return rows with empty texts behind them up to the width of the longest."""
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def texts(grid: Grid, covers: Callable[[str], tuple[str, str]]) -> TextRows:
    """Return the grid as rows of texts of equal length: ``covers`` says what stands beside and below a merged cell."""
    width = grid_width(grid)
    return [row + [""] * (width - len(row)) for row in lay_out(grid, lambda cell: cell.text, covers)]
