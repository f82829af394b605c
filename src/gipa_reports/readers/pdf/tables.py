"""Grids of several pages as the rows of one table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from attrs import Factory, define

from ...document import COVERED
from ...grid import covers
from ...template import labels
from .geometry import Bounds, grouped
from .grids import Box, Grid
from .pdfium import THIN
from .prose import FIGURE
from .row_labels import goes_on


def continues(grid: Grid, following: Grid) -> bool:
    """Return whether ``following`` is the rest of ``grid``, which a page break cut.

    Where cells have no rule at their left, what is left of a label that spans rows is outside the rules of a page.
    """
    if following.page != grid.page + 1 or abs(grid.x1 - following.x1) >= 2 * THIN:
        return False
    inner, outer = sorted((grid, following), key=lambda part: part.x0, reverse=True)
    firsts = (box.x1 for box in outer.boxes if box.x0 - outer.x0 < 2 * THIN)
    return inner.x0 - outer.x0 < 2 * THIN or inner.x0 <= max(firsts, default=outer.x0) + THIN


@define(eq=False)
class TableRow:
    """The cells of a row, the page that it is on, and where on it each cell is."""

    cells: list[str]
    page: int
    boxes: list[Bounds | None]
    spans: list[tuple[int, int, list[TableRow]]] = Factory(list)
    """For each cell that is over several places the first of them, the one behind the last, and the rows."""

    def mark_covered(self) -> None:
        """Mark the places that a cell with a figure covers beside its own."""
        for first, end, rows in self.spans:
            beside, below = covers(self.cells[first])
            for row in rows if beside else ():
                places = range(first + (row is self), min(end, len(row.cells)))
                row.cells[places.start : places.stop] = [beside if row is self else below for _ in places]
        # A last cell is as wide as what is left of the table; that says nothing of what it is the figure of.
        while self.cells and self.cells[-1] == COVERED:
            self.cells.pop()
            self.boxes.pop()


def rows_of(grids: list[Grid]) -> list[TableRow]:
    """The rows of a table, all on one set of columns; a span fills its first place."""
    for grid in grids:
        _widen_names(grid)
    columns = _columns(grids)
    rows: list[TableRow] = []
    for grid in grids:
        tops = sorted({box.top for box in grid.boxes})
        part = [_empty_row(top, grid, columns) for top in tops]
        for box in grid.boxes:
            over = [row for top, row in zip(tops, part, strict=True) if box.top <= top < box.bottom]
            first, end = bisect_right(columns, box.x0 + THIN) - 1, bisect_left(columns, box.x1 - THIN)
            over[0].cells[first] += box.text(len(over))
            over[0].boxes[first] = box.bounds
            if len(over) > 1 or end - first > 1:
                over[0].spans.append((first, end, over))
        if rows:
            _mend(rows, part)
        rows.extend(part)
    for row in rows:
        row.mark_covered()
    return rows


def _widen_names(grid: Grid) -> None:
    """Let a name reach over the empty cell left of it where one name below stands under both: they are above the same
    columns, and the rule between them is a slip.
    """
    named = [box for box in grid.boxes if box.lines and not FIGURE.fullmatch(box.text(1))]
    for empty in [box for box in grid.boxes if not box.lines]:
        below = [box for box in named if box.top == empty.bottom and box.x0 <= empty.x0 < box.x1]
        for beside in named:
            is_next = (beside.x0, beside.top, beside.bottom) == (empty.x1, empty.top, empty.bottom)
            if is_next and any(_reaches_over(beside, name) for name in below[:1]):
                beside.x0 = empty.x0
                grid.boxes.remove(empty)
                break


def _reaches_over(name: Box, below: Box) -> bool:
    """Return whether a name reaches over the end of one below it."""
    return name.x0 < below.x1 < name.x1 and _is_name(name.text(1)) and _is_name(below.text(1))


def _is_name(text: str) -> bool:
    """Return whether a text names columns."""
    found = labels.find(text)
    return bool(found) and found[0].kind in ("column", "caption")


def _empty_row(top: float, grid: Grid, columns: list[float]) -> TableRow:
    """A row as wide as the cells in it, or through it, go: where it ends before others it has no cells."""
    end = max(box.x1 for box in grid.boxes if box.top <= top < box.bottom)
    width = bisect_left(columns, end - THIN)
    return TableRow([""] * width, grid.page, [None] * width)


def _columns(grids: list[Grid]) -> list[float]:
    """Return where the columns begin."""
    starts = sorted(box.x0 for grid in grids for box in grid.boxes)
    return [group[0] for group in grouped(starts, lambda group, x: x <= group[0] + THIN)]


def _mend(rows: list[TableRow], part: list[TableRow]) -> None:
    """Put together what the page break between ``rows`` and ``part`` cut: the first row of ``part``, and labels
    that span rows.

    A piece of a label is told by this: both pieces together are one, and not each by itself. Figures of a row whose
    label was cut, or that has none, are the rest of the row above; two pieces of a figure are put together with a space
    between, which is flagged when the cell is read.
    """
    first = next((index for index, row in enumerate(part) if not _is_heading(row.cells)), None)
    if first is None:
        return
    cells = part[first].cells
    _mend_labels(rows, cells)
    if not any(cells):
        del part[first]
    elif all(map(FIGURE.fullmatch, cells)) and _may_go_on(rows, part[:first]):
        _mend_figures(rows[-1], cells)
        del part[first]


def _may_go_on(rows: list[TableRow], heading: list[TableRow]) -> bool:
    """Return whether figures below the heading of a page may be the rest of the last row above it.

    That is a row of figures or has a label of one, and the heading comes again: that of another table has its own.
    """
    last = [text for text in rows[-1].cells if text]
    has_label = any(label.kind in ("row", "span") for text in last for label in labels.find(text))
    above = [row.cells for row in rows]
    return (has_label or any(map(FIGURE.fullmatch, last))) and all(row.cells in above for row in heading)


def _mend_labels(rows: list[TableRow], cells: list[str]) -> None:
    """Put the pieces of labels in ``cells`` behind those above them."""
    for column, text in enumerate(cells):
        above = next((row.cells for row in reversed(rows) if "".join(row.cells[column : column + 1])), None)
        if above is None or FIGURE.fullmatch(text):
            continue
        if goes_on(above[column], text) and labels.find(above[column] + text):
            above[column] += text
            cells[column] = ""


def _mend_figures(row: TableRow, cells: list[str]) -> None:
    """Put figures behind those of ``row``, with a space between two pieces."""
    row.cells += [""] * (len(cells) - len(row.cells))
    row.boxes += [None] * (len(row.cells) - len(row.boxes))
    for column, text in enumerate(cells):
        row.cells[column] += " " * bool(text and row.cells[column]) + text


def _is_heading(cells: list[str]) -> bool:
    """Return whether a row names columns."""
    filled = [text for text in cells if text]
    return bool(filled) and all(map(_is_name, filled))
