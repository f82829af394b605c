"""The words of merged cells, which programs write in every place that a cell covered: kept in the first one alone.

Figures are never added up or compared with others: two of them are one only where the heading says that their columns
are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import evolve

from ..document import COVERED, Row
from ..template import labels
from ..template.words import NOT_APPLICABLE_MARKS

MAX_LABEL = 100
"""Characters of the longest words that are looked up as a label; what is longer is prose."""


def has_filled(rows: Sequence[Row]) -> bool:
    """Return whether a label of the form stands twice side by side in a row, which none does in the form.

    It is looked for where merged cells begin or end a row.
    """
    cells = [row.cells for row in rows if len(row.cells) > 1]
    twice = {row[1] for row in cells if row[1] and (row[1] == row[0] or (len(row) > 2 and row[1] == row[2]))}
    twice.update([row[-1] for row in cells if row[-1] == row[-2]])
    return any(is_label(text) for text in twice if not text.isdigit())


def is_label(text: str) -> bool:
    """Return whether a text is a label of the form."""
    return text != "" and len(text) <= MAX_LABEL and bool(labels.find(text))


def names_columns(row: Row) -> bool:
    """Return whether a row holds the name of a column of the form."""
    return any(label.kind == "column" for cell in row.cells if is_label(cell) for label in labels.find(cell))


def unfilled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the words of each merged cell in its first place alone."""
    found: list[Row] = []
    above: Sequence[str] = ()
    columns: list[range] = []
    is_in_heading = False
    for row in rows:
        has_figures = _holds_figures(row)
        is_heading = not has_figures and _is_heading(row)
        if is_heading:
            if _is_pulled_left(row.cells, above):
                above, is_in_heading = (), False
            columns = list(_columns_below(row.cells, above, columns) if is_in_heading else _named_columns(row.cells))
        is_in_heading = is_heading
        cells = _once(row.cells, above, has_figures)
        for places in columns if has_figures else ():
            _once_under_one_head(cells, places)
        found.append(evolve(row, cells=cells))
        above = row.cells
    return found


def _holds_figures(row: Row) -> bool:
    """Return whether a row holds a figure, or what stands in the place of one."""
    return any(cell.strip() and not _is_words(cell) for cell in row.cells)


def _is_heading(row: Row) -> bool:
    """Return whether a row without figures names columns, among other words."""
    return names_columns(row) and len(set(filter(_is_words, row.cells))) > 1


def _columns_below(cells: Sequence[str], above: Sequence[str], columns: Iterable[range]) -> Iterator[range]:
    """Yield the places below one name of a row of a heading, or of the row ``above`` where this one has nothing.

    Where two names stand above one, the lower one was written a place too far.
    """
    yield from (at for at in columns if not any(cells[at.start : at.stop]))
    yield from (at for at in _named_columns(cells) if len(set(above[at.start : at.stop])) < 2)


def _is_pulled_left(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Return whether a row of names begins at the left and ends before the row above, whose high cells left no places.

    It stands under none of the words above it then.
    """
    return _end_of(cells) < _end_of(above) and any(label.kind == "column" for label in labels.find(cells[0]))


def _end_of(cells: Sequence[str]) -> int:
    """Return the place behind the last cell that holds anything."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


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
    """Cover the repeats of what stands in each of the ``places`` below one name; leave figures that differ."""
    if places[-1] >= len(cells) or _is_words(cells[places[0]]):
        return
    if len({cells[place].strip() for place in places}) == 1:
        cells[places[1] : places[-1] + 1] = [COVERED] * (len(places) - 1)


def _is_words(cell: str) -> bool:
    """Return whether a cell holds words and no figure, nor what stands in the place of one."""
    if not cell or cell in NOT_APPLICABLE_MARKS or len(cell) > MAX_LABEL:
        return False
    return bool(labels.find(cell)) or (len(cell) > 2 and not any(c.isdigit() for c in cell) and cell.isprintable())
