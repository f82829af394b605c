"""Columns that a table's heading names, their order, and their places in the grid."""

from __future__ import annotations

from functools import cache
from itertools import chain, groupby, pairwise

from attrs import Factory, define, evolve, frozen

from ..memo import remembered
from ..template import Column, TableId, forms, names, words
from ..template.spelling import normalise
from ..template.vocabulary import look_up
from .heading_words import (
    Rows,
    are_wrapped_outcomes,
    captions_in_order,
    is_crowded,
    is_in_order,
    letters_of,
    official_words,
    run_together,
    segments,
)
from .tokens import TableHeading

MAX_NAME = 100
"""Characters of the longest text in a heading that may name a column."""


_OUTER = ("natural_person", forms.ORGANISATIONS.terminal, "total")
"""Captions side by side above the names of organisations in the form."""


@frozen(eq=False)
class HeadingColumns:
    """The columns that a heading names, as indexes into the form's, in the order of the document.

    Equal headings give the same object, which is what rows are remembered with.
    """

    indexes: tuple[int, ...]
    positions: tuple[int, ...] | None = None
    """Their places in the grid, None where the layout has no grid."""
    unread: bool = False
    """The heading could not be read, and the form's order is assumed."""
    has_unknown: bool = False
    """It has words which name no column."""
    moved: bool = False
    """An order other than the form's comes from places in several rows, which one wrong span makes too."""
    by_others: bool = False
    """The places are those of full rows, and not those of the names."""
    unproven: bool = False
    """Nothing shows that rows with so many labels stand below the names."""
    lacking: bool = False
    """Columns of the form are missing."""
    crowded: bool = False
    """Two names share a cell, and so may their figures; or one name is cut over two."""
    gapped: bool = False
    """Names that show no places have an empty cell between them: of a span, or of a column that is not the form's."""
    others: frozenset[int] = frozenset()
    """The places of columns that the form does not have."""
    units: tuple[str, ...] = ()
    """Those that the heading says."""
    widths: frozenset[int] = frozenset((0,))
    """Those that a row may have by its heading, and 0 for a row whose width decides nothing."""


@cache
def form_order(count: int, has_unknown: bool = False) -> HeadingColumns:
    """The columns of a table whose heading is not there, or can't be read: those of the form, as assumed."""
    return HeadingColumns(tuple(range(count)), unread=True, has_unknown=has_unknown)


@remembered(512)
def unbound(named: HeadingColumns) -> HeadingColumns:
    """``named`` where the places of the names are not those of the figures."""
    return evolve(named, positions=None)


def columns_below(table: TableId, columns: tuple[Column, ...], heading: TableHeading | None) -> HeadingColumns:
    """The columns that ``heading`` names; those of the form where there is none."""
    return form_order(len(columns)) if heading is None else read_columns(table, columns, heading.names)


def repeated(named: HeadingColumns, first: HeadingColumns) -> HeadingColumns:
    """The columns of a heading that comes again within its table; where it stands elsewhere, no place is sure."""
    if named.positions is None or first.positions in (None, named.positions):
        return named
    return standing(named, frozenset((named.positions, first.positions)))


@remembered(512)
def standing(named: HeadingColumns, places: frozenset[tuple[int, ...] | None]) -> HeadingColumns:
    """``named`` where full rows stand; the same object for the same arguments, for rows are remembered with it."""
    (only, *others) = places
    return evolve(named, positions=None if others else only, by_others=True)


@remembered(512)
def unproven(named: HeadingColumns) -> HeadingColumns:
    """``named`` where nothing shows that a row stands below the names."""
    return evolve(named, unproven=True)


@remembered(512)
def read_columns(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    """The columns named by the heading ``rows`` (cells as written). ``columns`` are those of the block in the form."""
    rows = _said_once(table, len(columns), rows)
    named = _read(table, columns, rows)
    lacking = len(named.indexes) < len(columns)
    # Where columns are missing, so may be cells in a part of the heading; its last row is nearest to the figures.
    widths = frozenset((0, *map(len, rows[-1:] if lacking else rows)))
    gapped = named.positions is None and _Names.of(table, rows).have_gap
    return evolve(named, lacking=lacking, widths=widths, gapped=gapped, units=_units(columns, rows))


@remembered(512)
def names_in(table: TableId, rows: Rows) -> tuple[str, ...]:
    """Return what a heading names, in the words of the grammar: left to right, what stands above others before them.

    Where its cells show no places, the columns in the order that they are read in; nothing, where they can't be read.
    """
    rows = _said_once(table, len(_columns_of(table)), rows) if table != "disclosure" else rows
    names = _Names.of(table, rows)
    if names.show_places and (len(names.columns) > 1 or len(rows) == 1):
        return tuple(_TERMINALS[table].get(name, name) for _, _, name in sorted(names.cells))
    if table == "disclosure":
        found = (name for name, _ in segments(table, run_together(rows)) if name)
        return tuple(_TERMINALS[table][name] for name in found)
    columns = _columns_of(table)
    named = read_columns(table, columns, rows)
    return () if named.unread else tuple(columns[index].terminal for index in named.indexes)


_TERMINALS: dict[TableId, dict[str, str]] = {
    table: {
        name: terminal
        for edition in forms.EDITIONS
        for block in forms.FORMS[table, edition].blocks
        for name, terminal in (
            *((column.id, column.terminal) for column in block.columns),
            *((row.id, row.terminal) for row in block.rows if table == "proceedings"),
        )
    }
    for table in forms.TABLES
}
"""Label of a column, or of a caption of 四 → its name in the grammar."""


def _said_once(table: TableId, count: int, rows: Rows) -> Rows:
    """``rows`` without names of columns above the last row, if that has ``count`` names, one in each of its cells.

    Programs that write each cell of a document once a row repeat the names of high cells in it.
    """
    if len(rows) < 2 or count < 2 or len(_Names.of(table, rows[-1:]).columns) != count:
        return rows
    above = tuple(tuple("" if _is_column(table, cell) else cell for cell in row) for row in rows[:-1])
    return (*above, rows[-1])


def _is_column(table: TableId, text: str) -> bool:
    """Return whether a cell names a column of a table."""
    return any(label.table == table and label.kind == "column" for label in look_up(text).labels)


def _columns_of(table: TableId) -> tuple[Column, ...]:
    """The columns of 三 or 四, which are the same in both editions."""
    (block,) = forms.FORMS[table, "2021"].blocks
    return block.columns * (len(block.rows) if table == "proceedings" else 1)


@define
class _Names:
    """Names in the cells of a heading, each with its place."""

    cells: list[tuple[int, int, str]] = Factory(list)
    """Place, row and name of each cell that names anything."""
    columns: list[tuple[int, str]] = Factory(list)
    captions: list[tuple[int, str]] = Factory(list)
    unknown: set[int] = Factory(set)
    levels: set[int] = Factory(set)
    """The rows that name columns."""
    organisations: tuple[int, int] | None = None
    """Row and place of 法人或其他组织."""

    @classmethod
    def of(cls, table: TableId, rows: Rows) -> _Names:
        """Those of a heading of ``table``."""
        names = cls()
        for level, row in enumerate(rows):
            for position, text in enumerate(row):
                if text and text.strip():
                    names.add(table, text, level, position)
        return names

    @property
    def show_places(self) -> bool:
        """Return whether each cell names something, and no two columns stand in one place."""
        places = {position for position, _ in self.columns}
        return not self.unknown and len(places) == len(self.columns)

    @property
    def are_stairs(self) -> bool:
        """Return whether each row of names stands to the right of the one above it, and so under none of them."""
        levels = sorted(self.levels)
        spans = [[place for place, level, _ in self.cells if level == one] for one in levels]
        return len(levels) > 1 and all(max(above) < min(below) for above, below in pairwise(spans))

    @property
    def have_gap(self) -> bool:
        """Return whether a cell between the names of the lowest row names nothing."""
        lowest = max(self.levels, default=0)
        places = [place for place, level, _ in self.cells if level == lowest]
        return bool(places) and max(places) - min(places) >= len(places)

    @property
    def captions_are_parted(self) -> bool:
        """Return whether a caption comes again in its row behind something else: what is below is of two groups."""
        captions = {name for _, name in self.captions}
        for level in {level for _, level, _ in self.cells}:
            runs = [name for name, _ in groupby(name for _, at, name in sorted(self.cells) if at == level)]
            if any(runs.count(name) > 1 for name in captions):
                return True
        return False

    def add(self, table: TableId, text: str, level: int, position: int) -> None:
        """Take one cell."""
        word = look_up(text)
        label = next((found for found in word.labels or word.column_path[-1:] if found.table == table), None)
        if label is not None:
            self.cells.append((position, level, label.name))
        if label is None and (
            len(text) > MAX_NAME or words.NAVIGATION.fullmatch(text.strip()) or _says_own_unit(table, text)
        ):
            # It is of the page around the table, or says nothing of a column.
            return
        if label is None:
            self.unknown.add(position)
        elif label.kind == "column":
            self.columns.append((position, label.name))
            self.levels.add(level)
            self.captions += [(position, caption.name) for caption in word.column_path[:-1]]
        else:
            self.captions.append((position, label.name))
            if label.text == forms.ORGANISATIONS.label:
                self.organisations = level, position


def _says_own_unit(table: TableId, text: str) -> bool:
    """Return whether a cell says the unit that all figures of a table have by the form."""
    return table != "disclosure" and words.OWN_UNIT.fullmatch(text) is not None


def _read(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    names = _Names.of(table, rows)
    if table == "proceedings":
        return _outcomes(names, rows)
    found = _clearly(names, columns)
    if (names.are_stairs or not _has_own_places(found)) and _is_parted(names):
        return form_order(len(columns))
    if found is None:
        return _from_joined_words(table, columns, rows)
    if names.are_stairs:
        return HeadingColumns(_reading_order([index for _, index in found], columns))
    return _by_places(names, _ordered(table, found, columns), columns)


def _by_places(names: _Names, ordered: HeadingColumns, columns: tuple[Column, ...]) -> HeadingColumns:
    """The columns of a heading that names each once, as they stand; in the order of the form if that proves nothing."""
    if ordered.positions is None:
        return ordered
    in_order = sorted(ordered.indexes) == list(ordered.indexes)
    if not in_order and len(names.levels) == 1 and any(column.span for column in columns):
        return _joined(names, ordered, columns)
    moved = len(names.levels) > 1 and not in_order
    if _has_hole(ordered.positions, len(columns)) or (moved and not _under_one_cell(ordered, columns, names)):
        return form_order(len(columns))
    return evolve(ordered, moved=moved, others=frozenset(names.unknown))


def _has_own_places(found: list[tuple[int, int]] | None) -> bool:
    """Return whether each name has a place that no other has, so that they can be read from left to right."""
    return found is not None and len({position for position, _ in found}) == len(found)


def _is_parted(names: _Names) -> bool:
    """Return whether 法人或其他组织 stands twice in a row with a column between, or not between 自然人 and 总计.

    What stands below it is then not as the form has it, and without the places of all names nothing says where. Names
    that are alone on their lines are read as one row.
    """
    levels = sorted({level for _, level, _ in names.cells})
    rows = [[name for _, at, name in sorted(names.cells) if at == level and name in _OUTER] for level in levels]
    if all(len(row) < 2 for row in rows):
        rows = [[name for row in rows for name in row]]
    runs = [[name for name, _ in groupby(row)] for row in rows]
    return any(row != sorted(set(row), key=_OUTER.index) for row in runs)


def _clearly(names: _Names, columns: tuple[Column, ...]) -> list[tuple[int, int]] | None:
    """The places and columns that a heading names, each once and with nothing else between them; None where not."""
    ids = [column.id for column in columns]
    found = [(position, ids.index(name)) for position, name in names.columns if name in ids]
    if not found or not len({index for _, index in found}) == len(found) == len(names.columns):
        return None
    is_whole = len(found) == len(columns) and _is_beside(names.unknown, [position for position, _ in found])
    return found if is_whole or not names.unknown else None


def _joined(names: _Names, ordered: HeadingColumns, columns: tuple[Column, ...]) -> HeadingColumns:
    """The columns of a heading whose levels stand in one row: joined lines, where 法人或其他组织 is among them."""
    if names.organisations is None or names.organisations[0] not in names.levels or _is_parted(names):
        return form_order(len(columns))
    return HeadingColumns(_reading_order(list(ordered.indexes), columns))


def _units(columns: tuple[Column, ...], rows: Rows) -> tuple[str, ...]:
    """The units in a heading: of money where a column is an amount, others where a cell says that it counts in them."""
    stated = tuple(unit for row in rows for text in row for unit in words.stated_units(text[-words.MAX_UNIT_LINE :]))
    if not any(column.kind == "amount" for column in columns):
        return stated
    return (*words.MONEY_UNIT.findall(normalise("".join(text for row in rows for text in row))), *stated)


def _is_beside(unknown: set[int], places: list[int]) -> bool:
    """Return whether what names no column of the form stands left or right of those that do, each in its place."""
    return len(set(places)) == len(places) and not any(min(places) <= place <= max(places) for place in unknown)


def _ordered(table: TableId, found: list[tuple[int, int]], columns: tuple[Column, ...]) -> HeadingColumns:
    positions = [position for position, _ in found]
    if len(set(positions)) == len(positions) and (table == "disclosure" or len(found) > 1):
        found = sorted(found)
        return HeadingColumns(tuple(index for _, index in found), tuple(position for position, _ in found))
    return HeadingColumns(_reading_order([index for _, index in found], columns))


def _has_hole(positions: tuple[int, ...], count: int) -> bool:
    """Return whether there is room, between the columns named, for one of the ``count`` that is not."""
    return len(positions) < count and positions[-1] - positions[0] >= len(positions)


def _under_one_cell(named: HeadingColumns, columns: tuple[Column, ...], names: _Names) -> bool:
    """Return whether what belongs below 法人或其他组织 begins where that stands and is not parted by other columns."""
    assert named.positions is not None
    start = None if names.organisations is None else names.organisations[1]
    inner = [at for at, index in enumerate(named.indexes) if columns[index].span]
    return not inner or (named.positions[inner[0]] == start and inner[-1] - inner[0] == len(inner) - 1)


def _reading_order(indexes: list[int], columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Indexes met while reading a heading of two levels line by line → the order of the columns.

    Only what stands under 法人或其他组织 can have been read in an order of its own; 自然人 is before it, 总计 after.
    """
    inner = [index for index in indexes if columns[index].span]
    if not inner:
        return tuple(indexes)
    outer = sorted(index for index in indexes if not columns[index].span)
    before = [index for index in outer if index < min(inner)]
    return (*before, *inner, *(index for index in outer if index not in before))


def _from_joined_words(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    """Columns of a heading whose cells were wrapped, split or stacked: its words run together."""
    joined = run_together(rows)
    everything = tuple(range(len(columns)))
    found, unknown = _named_in(joined, table, columns)
    is_whole = sorted(found) == list(everything) and not unknown
    unread = form_order(len(columns), has_unknown=True)
    if _counts_otherwise(unknown, rows):
        return unread
    if not is_whole and letters_of(joined) == letters_of("".join(official_words(table, columns))):
        return HeadingColumns(everything) if is_in_order(rows, columns) else unread
    if not found or len(set(found)) != len(found):
        return unread
    order = _reading_order(found, columns)
    if unknown and list(order) != sorted(order):
        # A part of a misprinted name may be the name of another column: 其他 in a 法人或其他组织.
        return unread
    if _names_organs(rows):
        return unread
    return HeadingColumns(order, has_unknown=bool(unknown), crowded=is_crowded(table, rows))


def _counts_otherwise(unknown: list[str], rows: Rows) -> bool:
    """Return whether words that name nothing, or a unit behind a name, say that something else is counted."""
    return any(map(words.OTHER_MEANING.search, unknown)) or any(map(_counts_money, chain.from_iterable(rows)))


def _names_organs(rows: Rows) -> bool:
    """Return whether names of organs stand side by side in a row."""
    return any(sum(names.ENDS_AS_FULL.search(cell) is not None for cell in row) > 1 for row in rows)


def _counts_money(cell: str) -> bool:
    """Return whether a cell has a unit of money in brackets behind a name of something that is counted."""
    note = words.OF_MONEY.search(cell)
    return note is not None and not look_up(cell).labels and bool(look_up(cell[: note.start()]).labels)


def _named_in(joined: str, table: TableId, columns: tuple[Column, ...]) -> tuple[list[int], list[str]]:
    """Return the indexes of the columns that the words of a heading name, and the words that name nothing."""
    ids = {column.id: index for index, column in enumerate(columns)}
    parts = segments(table, joined)
    return [ids[name] for name, _ in parts if name in ids], [text for name, text in parts if name is None]


def _outcomes(names: _Names, rows: Rows) -> HeadingColumns:
    """The fifteen columns of 四: the five outcomes, three times; each column read in the order of the text.

    There is one row of figures, and nothing beside it that could bear out another order than the form's.
    """
    outcomes, groups = [column.id for column in forms.OUTCOME_COLUMNS], len(forms.PROCEEDING_ROWS)
    count = groups * len(outcomes)
    joined = run_together(rows)
    positions = tuple(position for position, _ in names.columns)
    increasing = _are_increasing(positions)
    if not _may_be_read_in_order(names, joined, increasing):
        return form_order(count, has_unknown=True)
    indexes = _grouped([outcomes.index(name) for _, name in names.columns], len(outcomes))
    if indexes == list(range(count)) and increasing and _is_beside(names.unknown, list(positions)):
        return HeadingColumns(tuple(indexes), positions, others=frozenset(names.unknown))
    if not names.unknown and indexes and indexes[-1] // len(outcomes) == groups - 1:
        named = HeadingColumns(tuple(indexes), positions if increasing else None)
        return form_order(count) if _has_hole(positions, count) else named
    if are_wrapped_outcomes(joined, rows):
        return HeadingColumns(tuple(range(count)))
    return form_order(count, has_unknown=True)


def _are_increasing(positions: tuple[int, ...]) -> bool:
    return all(before < after for before, after in pairwise(positions))


def _may_be_read_in_order(names: _Names, joined: str, increasing: bool) -> bool:
    """Return whether nothing shows another order of the columns of 四, or of the captions over them."""
    places = [position for position, _ in names.columns]
    is_grid = len(set(places)) == len(places)
    if names.captions_are_parted or not (increasing or not is_grid):
        return False
    return captions_in_order(names.captions if is_grid else [], joined)


def _grouped(outcomes: list[int], size: int) -> list[int]:
    """Places within groups of ``size``, in order → places in all: where they don't go up, another group begins."""
    indexes: list[int] = []
    group = 0
    for outcome in outcomes:
        group += bool(indexes) and outcome <= indexes[-1] % size
        indexes.append(group * size + outcome)
    return indexes
