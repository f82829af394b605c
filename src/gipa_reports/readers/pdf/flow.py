"""From the content of the pages to the blocks of a document, from the top of the first page to the foot of the last."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from ...diagnostics import Diagnostic
from ...document import Block, Document, Origin, Paragraph, Row, Table
from ...limits import Limits
from ...messages import count, more_than
from ...template import labels
from .columns import Stretch, with_doubtful
from .grids import Box, Grid
from .page import Sheet
from .pdfium import THIN
from .prose import FIGURE, Measure, furniture, run_on
from .row_labels import goes_on, is_figure, kind_of
from .tables import TableRow, continues, rows_of
from .words import SAME_LINE, Line

FEWEST_ROWS = 3
"""Labels of rows in one cell, or cells with a name and a figure, from which on no rules part the rows: two may be a
slip.
"""


class Flow:
    """One walk over all pages, from the top of the first to the foot of the last. ``line`` counts blocks."""

    def __init__(self, sheets: list[Sheet], limits: Limits) -> None:
        self._sheets = sheets
        for sheet in sheets:
            _free_prose(sheet)
        self._limits = limits
        self._furniture = furniture(sheets)
        self._measure = Measure(sheets, self._furniture)
        self._blocks: list[Block] = []
        self._aside: list[Paragraph] = []
        self._notes: list[Diagnostic] = []
        self._line = 0
        self._tables = 0
        self._cells = 0
        self._prose: list[Line] = []
        self._stretch: Stretch | None = None
        self._grids: list[Grid] = []
        self._beside: list[Line] = []
        """Lines left of these grids."""

    def document(self) -> Document:
        """Return what is on all pages, in order."""
        for sheet in self._sheets:
            for text in sheet.aside:
                self._aside.append(Paragraph(text, self._line, origin=Origin(page=sheet.number)))
            items: list[Line | Grid] = [*sheet.lines, *sheet.grids]
            for item in sorted(items, key=lambda item: item.top):
                if isinstance(item, Grid):
                    self._grid(item)
                elif id(item) in self._furniture:
                    self._aside.append(Paragraph(item.text, self._line, origin=Origin(page=sheet.number)))
                else:
                    self._text(item)
        self._end_grids()
        self._end_stretch()
        self._end_prose()
        return Document(self._blocks, self._line, self._notes, aside=self._aside)

    def _text(self, line: Line) -> None:
        if self._grids and (_runs_over(line, self._grids[-1]) or self._stands_beside(line, self._grids[-1])):
            return
        self._end_grids()
        if line.doubtful and self._may_hold_figures(line):
            line.words = with_doubtful(line)
        heading = labels.heading(line.text) is not None
        if self._stretch is not None:
            if not heading and self._stretch.takes(line):
                return
            self._end_stretch()
        if not heading and Stretch.opens(line):
            self._end_prose()
            self._stretch = Stretch(line)
        else:
            self._prose_line(line)

    def _may_hold_figures(self, line: Line) -> bool:
        """Return whether a line has a figure, or stands in a table without rules that has some."""
        in_table = self._stretch is not None and self._stretch.has_figures
        return in_table or any(map(is_figure, line.words))

    def _end_stretch(self) -> None:
        """A table without rules is at its end. Where its columns can't be told, its lines are left as they are."""
        stretch, self._stretch = self._stretch, None
        if stretch is None:
            return
        found = stretch.read()
        if found.rows:
            self._table(found.rows)
        for line in found.lines:
            self._paragraph(" ".join(word.text for word in line.words), line.page)
        for line in found.unread:
            self._aside.append(Paragraph(line.text, self._line, origin=Origin(page=line.page)))
        if found.unread:
            place = self._aside[-len(found.unread)].at()
            self._notes.append(
                Diagnostic(code="table-unread", cells=(), location=place, found=count(len(found.unread), "lines"))
            )

    def _prose_line(self, line: Line) -> None:
        if self._prose and not self._measure.goes_on(self._prose[-1], line):
            self._end_prose()
        self._prose.append(line)

    def _end_prose(self) -> None:
        lines, self._prose = self._prose, []
        if lines:
            self._paragraph(run_on(lines), lines[0].page)

    def _paragraph(self, text: str, page: int) -> None:
        self._line += 1
        self._blocks.append(Paragraph(text, self._line, origin=Origin(page=page)))

    def _grid(self, grid: Grid) -> None:
        self._end_stretch()
        self._end_prose()
        if self._grids and not continues(self._grids[-1], grid):
            self._end_grids()
        self._grids.append(grid)

    def _stands_beside(self, line: Line, grid: Grid) -> bool:
        """Keep a line that stands left of a grid: of a label that spans rows and has no rule at its left."""
        is_beside = line.page == grid.page and line.x1 <= grid.x0 + THIN and grid.top < line.baseline < grid.bottom
        if is_beside:
            self._beside.append(line)
        return is_beside

    def _end_grids(self) -> None:
        grids, self._grids = self._grids, []
        beside, self._beside = self._beside, []
        left = min((grid.x0 for grid in grids), default=0.0)
        for grid in grids:
            lines = [line for line in beside if line.page == grid.page]
            if grid.x0 - left > THIN and labels.find("".join(line.text for line in lines)):
                beside = [line for line in beside if line.page != grid.page]
                grid.boxes.append(Box(left, grid.top, grid.x0, grid.bottom, lines))
        if grids:
            self._table(rows_of(grids))
        for line in beside:
            self._text(line)

    def _table(self, found: Iterable[TableRow]) -> None:
        self._tables += 1
        rows: list[Row] = []
        for number, row in enumerate(found, 1):
            self._cells += len(row.cells)
            if self._cells > self._limits.cells:
                raise self._limits.passed("cells", more_than(self._limits.cells, "cells"))
            self._line += 1
            rows.append(Row(row.cells, self._line, origin=Origin(self._tables, number, page=row.page, boxes=row.boxes)))
        self._blocks.append(Table(rows))


def _runs_over(line: Line, grid: Grid) -> bool:
    """Add a line to the last row of a grid if it is the rest of a label there, which a page break left below it."""
    for box in grid.boxes:
        is_last = box.bottom > grid.bottom - THIN and line.page == grid.page
        if is_last and box.x0 <= line.x0 and line.x1 <= box.x1 and box.lines:
            text = box.text(1)
            if goes_on(text, line.text) and labels.find(text + line.text):
                box.lines.append(line)
                return True
    return False


def _free_prose(sheet: Sheet) -> None:
    """Make lines again of the cells which a border around the whole text makes of what stands between its tables."""
    coloured = any(map(_is_coloured, sheet.grids))
    found = [
        ([], grid.boxes) if (coloured and not grid.is_ruled) or _holds_rows(grid) else grid.parts(_is_prose)
        for grid in sheet.grids
    ]
    sheet.grids = [part for parts, _ in found for part in parts]
    freed = [line for _, apart in found for box in apart for line in box.lines]
    if freed:
        sheet.lines = _joined([*sheet.lines, *freed])


def _joined(pieces: list[Line]) -> list[Line]:
    """Lines from the top down; pieces on one baseline, as cells have them, are one."""
    lines: list[Line] = []
    for line in sorted(pieces, key=attrgetter("baseline", "x0")):
        if lines and line.baseline - lines[-1].baseline < SAME_LINE * line.size:
            lines[-1].words = sorted(lines[-1].words + line.words, key=attrgetter("x0"))
        else:
            lines.append(line)
    return lines


def _is_prose(box: Box, grid: Grid) -> bool:
    """Return whether a box that is as wide as its grid has a heading or a sentence, or there is no other box beside
    another: what is coloured behind each row of a table without rules makes such grids.
    """
    if not _is_wide(box, grid):
        return False
    sentence = any("。" in line.text or labels.heading(line.text) is not None for line in box.lines)
    return sentence or all(_is_wide(other, grid) for other in grid.boxes)


def _is_coloured(grid: Grid) -> bool:
    """Return whether a grid is no more than colours behind a table without rules: they do not part its figures."""
    if grid.is_ruled:
        return False
    rows = [[is_figure(word) for word in line.words] for box in grid.boxes for line in box.lines]
    is_stripe = len({box.top for box in grid.boxes}) == 1
    return is_stripe or not any(map(any, rows)) or any(row.count(True) > 1 for row in rows)


def _holds_rows(grid: Grid) -> bool:
    """Return whether a grid parts columns and no rows.

    Labels of several rows stand in one of its cells, or figures with the names of their columns.
    """
    if sum(map(_is_name_on_figure, grid.boxes)) >= FEWEST_ROWS:
        return True
    return any(sum(kind_of(line.text) == "row" for line in box.lines) >= FEWEST_ROWS for box in grid.boxes)


def _is_name_on_figure(box: Box) -> bool:
    *names, last = [line.text for line in box.lines] or [""]
    return FIGURE.fullmatch(last) is not None and any(label.kind == "column" for label in labels.find("".join(names)))


def _is_wide(box: Box, grid: Grid) -> bool:
    return box.x0 - grid.x0 < THIN and grid.x1 - box.x1 < THIN
