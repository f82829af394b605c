"""Parts of a table of a page or a document: several of the form with headings between them, or none but prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..document import Block, Paragraph, Row, Table
from ..template import labels

MAX_CELL = 400
"""Characters; a table without labels in which a cell is longer lays out the page."""

MARKS = "[]^\ufffc"
"""Mark that readers write beside a figure that may not be what stands there."""


def is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table is an article laid out: no label of the form, and one cell or one too long for it."""
    if any(labels.find(cell) for cells in rows for cell in cells if cell):
        return False
    filled = [cell for cells in rows for cell in cells if cell.strip()]
    if len(filled) > 1:
        return max(map(len, filled)) > MAX_CELL
    # A figure by itself may be all that is in a row of figures, which needs no label.
    return not any(cell.strip(MARKS).isdigit() for cell in filled)


def parted(rows: Iterable[Row]) -> list[Block]:
    """The tables that ``rows`` are, and the headings that stand between them in rows of their own."""
    blocks: list[Block] = []
    table = Table([])
    for row in rows:
        if row.cells and labels.heading(row.cells[0]) and not any(map(str.strip, row.cells[1:])):
            blocks.append(Paragraph(row.cells[0], row.line, origin=row.origin))
            table = Table([])
            continue
        if not table.rows:
            blocks.append(table)
        table.rows.append(row)
    return blocks
