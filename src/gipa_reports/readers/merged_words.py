"""The words of merged cells, which programs write in every place that a cell covered: kept in the first one alone.

Figures are never added up or compared with others: two of them are one only where the heading says that their columns
are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve

from ..document import COVERED, Row
from ..template import labels
from ..template.words import NOT_APPLICABLE_MARKS

MAX_LABEL = 100
"""Characters of the longest words that are looked up as a label; what is longer is prose."""


def is_filled(row: Row) -> bool:
    """Return whether a label of the form stands twice side by side, which none does in the form."""
    cells = row.cells
    if len(cells) < 2 or not cells[1]:
        return False
    return (cells[1] == cells[0] or (len(cells) > 2 and cells[1] == cells[2])) and is_label(cells[1])


def is_label(text: str) -> bool:
    """Return whether a text is a label of the form."""
    return text != "" and len(text) <= MAX_LABEL and bool(labels.find(text))


def unfilled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the words of each merged cell in its first place alone."""
    found: list[Row] = []
    above: Sequence[str] = ()
    columns: list[range] = []
    for row in rows:
        has_figures = any(cell.strip() and not _is_words(cell) for cell in row.cells)
        if not has_figures and len(set(filter(_is_words, row.cells))) > 1:
            columns = list(_named_columns(row.cells))
        cells = _once(row.cells, above, has_figures)
        for places in columns if has_figures else ():
            _once_under_one_head(cells, places)
        found.append(evolve(row, cells=cells))
        above = row.cells
    return found


def _named_columns(cells: Sequence[str]) -> Iterator[range]:
    """Yield the places of the columns that one name of a heading stands over more than once."""
    place = 0
    for name, same in groupby(cells):
        width = len(list(same))
        if width > 1 and _is_words(name):
            yield range(place, place + width)
        place += width


def _once(cells: Sequence[str], above: Sequence[str], has_figures: bool) -> list[str]:
    """Return the cells without the words that stand left of them or above them too.

    Beside figures a label goes on from above only where another label follows: the last one is the row's own.
    """
    own = next(filter(_is_words, reversed(cells)), None) if has_figures else None
    beside, over = ["", *cells], [*above, *[""] * len(cells)]
    return [
        "" if _is_words(cell) and (cell == left or own != cell == up) else cell
        for cell, left, up in zip(cells, beside, over, strict=False)
    ]


def _once_under_one_head(cells: list[str], places: range) -> None:
    """Cover the repeats of a figure that stands in each of the ``places`` below one name; leave figures that differ."""
    first = cells[places[0]] if places[-1] < len(cells) else ""
    if first.strip() and not _is_words(first) and all(cells[place] == first for place in places):
        cells[places[1] : places[-1] + 1] = [COVERED] * (len(places) - 1)


def _is_words(cell: str) -> bool:
    """Return whether a cell holds words and no figure, nor what stands in the place of one."""
    if not cell or cell in NOT_APPLICABLE_MARKS or len(cell) > MAX_LABEL:
        return False
    return bool(labels.find(cell)) or (len(cell) > 2 and not any(c.isdigit() for c in cell) and cell.isprintable())
