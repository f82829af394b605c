"""Strategies that tell in which column each value of a row stands: an ordered table, tried one after the other.

Values are counted against the columns that the heading names; nothing is padded and nothing shifted without proof. A
strategy gives the places of the values, ``NOWHERE`` where the row can't be placed by its heading at all, or None where
it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from ..document import COVERED, Spacing
from ..template.vocabulary import look_up
from .headings import HeadingColumns

Places = tuple[int | None, ...]
"""For each column named, the index of its value in the row; None for a blank that has no cell of its own there."""

NOWHERE: Final[Places] = ()
"""The answer of a strategy that a row can't be placed by its heading."""


class Written(NamedTuple):
    """The values of a row as they are written, and what the layout keeps of them."""

    values: tuple[str, ...]
    filled: tuple[int, ...]
    """The places of those that are not blank."""
    spacing: Spacing
    offset: int
    """The place of the first value in the grid."""

    def below(self, columns: HeadingColumns) -> tuple[int, ...] | None:
        """The places below the names; None where these show no places, or the row has none below one of them."""
        if columns.positions is None:
            return None
        places = tuple([position - self.offset for position in columns.positions])
        return places if min(places) >= 0 and max(places) < len(self.values) else None


def beside_other_columns(row: Written, columns: HeadingColumns) -> Places | None:
    """Below the names, where the heading has columns that the form does not: any figure elsewhere is too many."""
    if not columns.others or row.spacing != "grid":
        return None
    others = {place - row.offset for place in columns.others if place >= row.offset}
    if not others:
        return None
    # A heading without places came again elsewhere, and so did what stands beside the columns of the form.
    places = row.below(columns)
    if places is None or not others.union(places).issuperset(row.filled):
        return NOWHERE
    return NOWHERE if _have_taken_a_figure(row, others, places) else places


def _have_taken_a_figure(row: Written, others: set[int], places: tuple[int, ...]) -> bool:
    """Return whether a word beside the names ends with a figure, and the row ends with a blank."""
    beside = [row.values[at].strip() for at in others if at < len(row.values)] if not row.values[places[-1]] else ()
    return any(text[-1:].isdecimal() and not look_up(text).is_figure for text in beside)


def every_column_filled(row: Written, columns: HeadingColumns) -> Places | None:
    """In their order, where there are as many figures as columns.

    With a gap among them, or some below names and others beside, one may be blank and another too many, unless they
    stand below their names, or there is no blank: wide cells may be parted otherwise in a row than in its heading.
    """
    count, filled = len(columns.indexes), row.filled
    if len(filled) != count:
        return None
    may_be_another = (
        len(row.values) > count if row.spacing == "exact" else row.spacing == "grid" and _has_gap(row, columns)
    )
    return NOWHERE if may_be_another else filled


def _has_gap(row: Written, columns: HeadingColumns) -> bool:
    """Return whether figures that are as many as the names begin behind the first, or leave a place among them free."""
    filled = row.filled
    if columns.positions is not None and row.offset <= columns.positions[0] < row.offset + filled[0]:
        return True
    is_parted = filled[-1] - filled[0] >= len(filled) and not _stand_below(filled, columns, row.offset)
    has_blank = is_parted and not all(value.strip() or value == COVERED for value in row.values)
    return has_blank or _leave_a_name_blank(row, columns)


def _leave_a_name_blank(row: Written, columns: HeadingColumns) -> bool:
    """Return whether figures that begin below the first name leave another name blank, so that one is below none."""
    if columns.positions is None or columns.positions[0] != row.offset + row.filled[0]:
        return False
    places = row.below(columns)
    return places is not None and any(row.values[place] == "" for place in places)


def _stand_below(filled: tuple[int, ...], columns: HeadingColumns, offset: int) -> bool:
    """Return whether the figures stand as far apart as the names of their columns do."""
    if columns.positions is None:
        return False
    shift = columns.positions[0] - offset - filled[0]
    return all(place + shift == position - offset for place, position in zip(filled, columns.positions, strict=True))


def names_share_cells(row: Written, columns: HeadingColumns) -> Places | None:
    """Nowhere, where two names share a cell of the heading, or one is cut over two, and a figure is missing."""
    return NOWHERE if columns.crowded and row.filled and row.spacing != "dropped" else None


def every_cell_there(row: Written, columns: HeadingColumns) -> Places | None:
    """One cell for each column, blanks too, right behind the label.

    A label over the first column has pushed its row to the right; one that ends before it leaves cells between, and its
    own, said once, where other blanks are dropped. Which cell is that of an empty one between the names, nothing says.
    """
    count = len(columns.indexes)
    if len(row.values) != count:
        return None
    if row.spacing == "dropped":
        has_blanks = row.filled != () and "" in row.values[row.filled[0] :]
        return tuple(range(count)) if has_blanks else None
    if columns.gapped and len(row.filled) < count:
        return NOWHERE
    is_pushed = columns.positions is not None and columns.positions[0] > row.offset
    return None if is_pushed else tuple(range(count))


def blanks_dropped(row: Written, columns: HeadingColumns) -> Places | None:
    """A blank row where empty cells leave no trace; nowhere, where some figures are there and others are not."""
    if row.spacing == "grid":
        return None
    return (None,) * len(columns.indexes) if not row.filled and row.spacing == "dropped" else NOWHERE


def below_names(row: Written, columns: HeadingColumns) -> Places | None:
    """Each figure in the column of the grid that a name stands over, and none elsewhere."""
    places = row.below(columns)
    return places if places is not None and set(row.filled) <= set(places) else None


def no_figure(row: Written, columns: HeadingColumns) -> Places | None:
    """A blank row of a grid, wide enough for all columns."""
    if row.filled:
        return None
    return (None,) * len(columns.indexes) if len(row.values) > len(columns.indexes) else NOWHERE


Strategy = Callable[[Written, HeadingColumns], Places | None]

BY_HEADING: tuple[Strategy, ...] = (
    beside_other_columns,
    every_column_filled,
    names_share_cells,
    every_cell_there,
    blanks_dropped,
    below_names,
    no_figure,
)
"""Each is a named rule with a docstring; the first that has an answer gives it."""

IN_ORDER = frozenset((every_column_filled.__name__, every_cell_there.__name__))
"""The strategies that count the cells of a row, wherever the names of the columns stand."""
