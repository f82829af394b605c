"""Rows placed below their headings: by a strategy, by the rows beside them, by empty lines, or nowhere.

The evidence of it is a ``Placement``: the strategy, the place of each value, the cells, and what is odd about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import define

from ..document import COVERED, COVERED_BELOW, Spacing
from ..report import Cell, State
from ..report.cells import ABSENT, BLANK, MAX_CELL_TEXT
from ..report.tables import Cells
from ..template.forms import Kind
from ..template.numerals import one_line
from .figures import read_figure, read_row
from .form_lines import FormLine, LineBlock
from .headings import HeadingColumns, form_order
from .inference import adds_up_moved, strays
from .neighbours import Neighbours
from .strategies import BY_HEADING, NOWHERE, Places, Written, every_column_filled
from .tokens import RecognisedRow, RowToken

SIGNS = frozenset("+-＋－−﹣﹢")

_FILLED = every_column_filled.__name__


@define(eq=False)
class Placement:
    """The evidence of where the figures of a row stand. Shared by rows alike, and changed by nothing."""

    strategy: str
    """The name of the strategy that placed it, or ``lost``."""
    columns: HeadingColumns
    cells: Cells
    places: Places | None
    """None where no strategy could place it."""
    codes: tuple[tuple[int, str], ...] = ()
    """Columns whose cell is no plain figure, and what it is."""
    width: int = 0
    """Number of cells of the row with its label, where that decides which of them is what; else 0."""
    by_position: bool = False
    """True if blanks were told by what stands below which column."""
    shifted: bool = False
    """True if the figures, all there, stand elsewhere than the names of their columns."""
    covered: tuple[int, ...] = ()
    """The columns in which a cell from above reaches."""
    stray: tuple[int, ...] = ()
    """The columns whose figures may be none of the row, if a blank has left no trace."""
    unsure: bool = False
    """True if a figure stands in a column that the form does not have, and its own are blank; or the row may have lost
    a cell before those that fill it up at its end."""
    signed: tuple[int, ...] = ()
    """The columns whose figure has a sign, and is no change."""
    is_quiet: bool = False
    """True if there is nothing to say of it, if no other row speaks against it: most rows."""

    @property
    def is_full(self) -> bool:
        """Return whether a figure stands in each column that is named."""
        return self.strategy == _FILLED

    def place_of(self, index: int) -> int | None:
        """The place of the value of a column, among those of the row."""
        return None if self.places is None else dict(zip(self.columns.indexes, self.places, strict=True)).get(index)


class PlacedRow(NamedTuple):
    """Origin of the figures of a line of the form."""

    token: RowToken
    placement: Placement
    line: FormLine


# --- a row ---------------------------------------------------------------------------------------------------------


def place(token: RowToken, columns: HeadingColumns, block: LineBlock) -> Placement:
    """The values of a row in the columns that its heading names, by the heading or by empty lines between them."""
    row = token.recognised
    if row is None:
        return _place(token, columns, block)
    # Rows alike are met below one heading, in most documents.
    if row.below is not columns:
        row.below, row.placement = columns, _place(token, columns, block)
    found: Placement = row.placement
    return found


def place_like_neighbours(token: RowToken, neighbours: Neighbours, block: LineBlock) -> Placement:
    """A row whose own cells don't say which of them is blank: by the full rows as wide as it is."""
    if token.recognised is None or token.spacing != "grid" or neighbours.named.unread:
        return place(token, neighbours.named, block)
    columns = neighbours.columns_of(token)
    return lost(token, neighbours.named, block) if columns is None else place(token, columns, block)


def _place(token: RowToken, columns: HeadingColumns, block: LineBlock) -> Placement:
    """Place a row at a glance, as most are, else by the rules, else nowhere."""
    if token.is_glued and (len(columns.indexes) > 1 or len(token.values) != 1):
        return lost(token, columns, block)
    found = _whole_row(tuple(token.values), columns, token.spacing, block)
    if found is None and token.recognised is not None:
        found = _below_all_names(token.recognised, columns, token.spacing, block)
    return found or _by_rules(token, columns, block) or lost(token, columns, block)


def _by_rules(token: RowToken, columns: HeadingColumns, block: LineBlock) -> Placement | None:
    """By the heading, in the order of the form if words of it can't be read, or by empty lines between values."""
    values = tuple(token.values)
    filled = tuple([index for index, value in enumerate(values) if value.strip()])
    row = Written(values, filled, token.spacing, token.offset)
    placed = _by_heading(row, columns)
    if placed is not None:
        return _evidence(*placed, row, columns, block)
    if columns.has_unknown and len(columns.indexes) < len(block.kinds):
        everything = form_order(len(block.kinds), has_unknown=True)
        placed = _by_heading(row, everything)
        if placed is not None:
            return _evidence("form_order", placed[1], row, everything, block)
    spread = by_gaps(token.gaps, len(columns.indexes))
    return None if spread is None else _evidence("by_gaps", spread, row, columns, block)


def _whole_row(
    values: tuple[str, ...], columns: HeadingColumns, spacing: Spacing, block: LineBlock
) -> Placement | None:
    """Most rows: each cell is there, in the order of the form, and holds a number."""
    if len(values) != len(block.order) or columns.indexes != block.order:
        return None
    cells = read_row(values, block.kinds)
    if cells is None:
        return None
    stray = strays(cells, block.addends) if spacing == "dropped" else ()
    is_quiet = not (columns.unread or stray)
    return Placement(_FILLED, columns, cells, columns.indexes, stray=stray, is_quiet=is_quiet)


def _below_all_names(
    row: RecognisedRow, columns: HeadingColumns, spacing: Spacing, block: LineBlock
) -> Placement | None:
    """Most other rows of a grid: a number below the name of each column, and nothing else."""
    if row.filled != columns.positions or spacing != "grid" or columns.others or columns.unproven:
        return None
    places = tuple([place - row.start for place in row.filled])
    found = read_row([row.values[place] for place in places], [block.kinds[index] for index in columns.indexes])
    if found is None:
        return None
    cells: list[Cell] = [ABSENT] * len(block.kinds)
    for index, cell in zip(columns.indexes, found, strict=True):
        cells[index] = cell
    width = 0 if len(row.values) == len(places) == len(cells) else row.width
    return Placement(_FILLED, columns, tuple(cells), places, width=width, is_quiet=True)


def _is_guess(row: Written, places: Places, columns: HeadingColumns) -> bool:
    """Return whether a row with blanks that left no trace would be placed by a heading that could not be read."""
    is_loose = columns.unread and row.spacing == "dropped" and any(row.values)
    return is_loose and not is_whole(row.values, places)


def by_gaps(gaps: Sequence[int], count: int) -> Places | None:
    """Layout 13: an empty cell is one more empty line, or two; taken only where that fills the row exactly.

    ``gaps`` holds the empty lines before each value. The last value's following gap is not known, so a row whose last
    cells are empty stays undecided.
    """
    for step in (2, 1) if any(gap > 1 for gap in gaps) else ():
        if all(gap >= 1 and (gap - 1) % step == 0 for gap in gaps):
            places = [place for index, gap in enumerate(gaps) for place in (*[None] * ((gap - 1) // step), index)]
            if len(places) == count:
                return tuple(places)
    return None


def lost(token: RowToken, columns: HeadingColumns, block: LineBlock) -> Placement:
    """Figures are there and can't be told apart: each cell holds all of the row's words, and is no figure."""
    words = one_line(" ".join(token.values))[:MAX_CELL_TEXT].strip()
    cells = [ABSENT] * len(block.kinds)
    for index in columns.indexes:
        cells[index] = Cell.invalid(words) if words else BLANK
    return Placement("lost", columns, tuple(cells), None)


def is_whole(values: Sequence[str], places: Places) -> bool:
    """Return whether no column is blank."""
    return all(place is not None and values[place].strip() for place in places)


def _by_heading(row: Written, columns: HeadingColumns) -> tuple[str, Places] | None:
    for strategy in BY_HEADING:
        places = strategy(row, columns)
        if places is not None:
            is_sure = places != NOWHERE and not _is_guess(row, places, columns)
            return (strategy.__name__, places) if is_sure else None
    return None


# --- evidence ------------------------------------------------------------------------------------------------------


def _evidence(strategy: str, places: Places, row: Written, columns: HeadingColumns, block: LineBlock) -> Placement:
    """The placement that ``places`` are, with all that has to be known of it later."""
    values = row.values
    cells, codes = _read_cells(values, places, columns, block.kinds)
    covered: list[int] = []
    where = [*zip(columns.indexes, places, strict=True)]
    codes.extend((index, "cell-merged") for index in _spread_over(values, cells, where, covered))
    placement = Placement(strategy, columns, tuple(cells), places, tuple(codes), covered=tuple(covered))
    if not (is_whole(values, places) and len(values) == len(places) == len(block.kinds)):
        _stand(placement, row, places)
        if columns.indexes == block.order:
            placement.unsure = placement.unsure or adds_up_moved(cells, block.addends)
    elif row.spacing == "dropped" and columns.indexes == block.order:
        placement.stray = strays(cells, block.addends)
    if not SIGNS.isdisjoint([value[:1] for value in values]):
        placement.signed = _signed(values, places, columns, block.kinds)
    placement.is_quiet = (any(values) or row.spacing != "dropped") and not _is_odd(row, placement)
    return placement


def _stand(placement: Placement, row: Written, places: Places) -> None:
    """Set what the place of a row in the grid says of it, where it has more or fewer cells than the form."""
    columns, whole = placement.columns, is_whole(row.values, places)
    if row.spacing != "grid" or columns.unread:
        return
    placement.by_position = not whole and len(row.values) != len(places)
    placement.width = row.offset + len(row.values)
    standing = tuple([row.offset + place for place in places if place is not None])
    placement.shifted = whole and columns.positions not in (None, standing)
    placement.unsure = _is_beside(row, places, columns) or _is_open(row, places, columns)


def _is_odd(row: Written, placement: Placement) -> bool:
    """Return whether there may be something to say of a row."""
    columns = placement.columns
    if any((placement.codes, placement.shifted, placement.stray, placement.unsure, placement.signed)):
        return True
    if (placement.by_position and row.filled) or columns.unread or columns.unproven:
        return True
    return any(cell.unit for cell in placement.cells)


def _read_cells(
    values: tuple[str, ...], places: Places, columns: HeadingColumns, kinds: tuple[Kind, ...]
) -> tuple[list[Cell], list[tuple[int, str]]]:
    cells = [ABSENT] * len(kinds)
    codes: list[tuple[int, str]] = []
    for index, place in zip(columns.indexes, places, strict=True):
        text = "" if place is None else values[place]
        if text == "":
            cells[index] = BLANK
            continue
        cells[index], code = read_figure(text, kinds[index])
        if code is not None:
            codes.append((index, code))
    return cells, codes


def _spread_over(
    values: tuple[str, ...], cells: list[Cell], where: list[tuple[int, int | None]], covered: list[int]
) -> Iterable[int]:
    """Set the cells in which another cell reaches, and tell which these are, and it; ``covered`` takes those below it.

    A mark that there is no figure counts for all columns that it covers. A figure does not.
    """
    is_below = COVERED_BELOW in values
    if not is_below and COVERED not in values:
        return ()
    index_at: dict[int | None, int] = {place: index for index, place in where if place is not None}
    found: dict[int, None] = {}
    for index, place in where:
        if is_below and (place is None or values[place] == COVERED_BELOW):
            found[index] = None
            covered.append(index)
        elif place is not None and values[place] == COVERED:
            source = index_at.get(_begin_of_cell(values, place))
            found.update(dict.fromkeys(_reach_into(cells, index, source)))
    return found


def _begin_of_cell(values: tuple[str, ...], place: int) -> int | None:
    """The place in which the cell begins that reaches into ``place``; None where it is blank."""
    begin = next((at for at in range(place, -1, -1) if values[at] != COVERED), None)
    return begin if begin is not None and values[begin].strip() else None


def _reach_into(cells: list[Cell], index: int, source: int | None) -> tuple[int, ...]:
    """Set a cell into which that of ``source`` reaches, and tell which are in doubt by it: none for a mark."""
    if source is None:
        return (index,)
    if cells[source].state is State.NOT_APPLICABLE:
        cells[index] = cells[source]
        return ()
    cells[index] = Cell.invalid(cells[source].text)
    return (source, index)


def _is_open(row: Written, places: Places, columns: HeadingColumns) -> bool:
    """Return whether a row placed otherwise than by its heading has a blank in the last column, and cells behind that.

    White space in that blank, and none behind it, shows that it is the row's last cell.
    """
    if not row.filled or (columns.positions is not None and not columns.by_others) or places[-1] is None:
        return False
    last, behind = row.values[places[-1]], row.values[places[-1] + 1 :]
    return not last.strip() and bool(behind) and (not last or any(behind))


def _is_beside(row: Written, places: Places, columns: HeadingColumns) -> bool:
    """Return whether all columns of the form are blank in a row, and a figure stands beside them."""
    if not columns.others:
        return False
    own = any(place is not None and row.values[place].strip() for place in places)
    return not own and any(read_figure(row.values[at], "amount")[0].value is not None for at in row.filled)


def _signed(
    values: tuple[str, ...], places: Places, columns: HeadingColumns, kinds: tuple[Kind, ...]
) -> tuple[int, ...]:
    """The columns whose value has a sign, and is no change."""
    return tuple(
        index
        for index, place in zip(columns.indexes, places, strict=True)
        if place is not None and kinds[index] != "change" and values[place][:1] in SIGNS
        if read_figure(values[place], kinds[index])[0].state is State.VALUE
    )
