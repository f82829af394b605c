"""Which columns a table's heading names, in which order, and where in the grid."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import groupby, pairwise

from attrs import Factory, define, evolve, frozen

from ..template import Column, TableId, forms, names, words
from ..template.vocabulary import heading_spellings, look_up, normalise
from .tokens import Heading

MAX_NAME = 100
"""Characters of the longest text in a heading that may name a column."""

_OUTER = ("natural_person", forms.ORGANISATIONS.terminal, "total")
"""What stands side by side above the names of organisations in the form."""

_NOTE = re.compile(r"\([^()]*\)")

Rows = tuple[tuple[str, ...], ...]
"""The rows of a heading, as written."""


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
    strange: bool = False
    """It has words which name no column."""
    moved: bool = False
    """An order other than the form's comes from places in several rows, which one wrong span makes too."""
    scattered: bool = False
    """Full rows below it don't stand in one place."""
    by_others: bool = False
    """The places are those of full rows, and not those of the names."""
    unproven: bool = False
    """Nothing shows that rows with so many labels stand below the names."""
    lacking: bool = False
    """Columns of the form are missing."""
    crowded: bool = False
    """Two names share a cell, and so may their figures; or one name is cut over two."""
    others: frozenset[int] = frozenset()
    """The places of columns that the form does not have."""
    units: tuple[str, ...] = ()
    """Those that the heading says."""
    widths: frozenset[int] = frozenset((0,))
    """Those that a row may have by its heading, and 0 for a row whose width decides nothing."""


@cache
def form_order(count: int, strange: bool = False) -> HeadingColumns:
    """The columns of a table whose heading is not there, or can't be read: those of the form, as assumed."""
    return HeadingColumns(tuple(range(count)), unread=True, strange=strange)


@lru_cache(maxsize=512)
def unbound(named: HeadingColumns) -> HeadingColumns:
    """``named`` where the places of the names are not those of the figures."""
    return evolve(named, positions=None, scattered=True)


def columns_below(table: TableId, columns: tuple[Column, ...], heading: Heading | None) -> HeadingColumns:
    """The columns that ``heading`` names; those of the form where there is none."""
    return form_order(len(columns)) if heading is None else read_columns(table, columns, heading.names)


def repeated(named: HeadingColumns, first: HeadingColumns) -> HeadingColumns:
    """The columns of a heading that comes again within its table; where it stands elsewhere, no place is sure."""
    if named.positions is None or first.positions in (None, named.positions):
        return named
    return standing(named, frozenset((named.positions, first.positions)))


@lru_cache(maxsize=512)
def standing(named: HeadingColumns, places: frozenset[tuple[int, ...] | None]) -> HeadingColumns:
    """``named`` where full rows stand; the same object for the same arguments, for rows are remembered with it."""
    (only, *others) = places
    return evolve(named, positions=None if others else only, scattered=bool(others), by_others=True)


@lru_cache(maxsize=512)
def unproven(named: HeadingColumns) -> HeadingColumns:
    """``named`` where nothing shows that a row stands below the names."""
    return evolve(named, unproven=True)


@lru_cache(maxsize=512)
def read_columns(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    """The columns named by the heading ``rows`` (cells as written). ``columns`` are those of the block in the form."""
    rows = _said_once(table, len(columns), rows)
    named = _read(table, columns, rows)
    lacking = len(named.indexes) < len(columns)
    # Where columns are missing, so may be cells in a part of the heading; its last row is nearest to the figures.
    widths = frozenset((0, *map(len, rows[-1:] if lacking else rows)))
    return evolve(named, lacking=lacking, widths=widths, units=_units(columns, rows))


@lru_cache(maxsize=512)
def names_in(table: TableId, rows: Rows) -> tuple[str, ...]:
    """Return what a heading names, in the words of the grammar: left to right, what stands above others before them.

    Where its cells show no places, the columns in the order that they are read in; nothing, where they can't be read.
    """
    rows = _said_once(table, len(_columns_of(table)), rows) if table != "disclosure" else rows
    names = _Names.of(table, rows)
    places = [position for position, _ in names.columns]
    if not names.strange and len(set(places)) == len(places) and (len(places) > 1 or len(rows) == 1):
        return tuple(_TERMINALS[table].get(name, name) for _, _, name in sorted(names.cells))
    if table == "disclosure":
        found = (name for name, _ in _segments(table, _soup(rows)) if name)
        return tuple(_TERMINALS[table][name] for name in found)
    columns = _columns_of(table)
    named = read_columns(table, columns, rows)
    return () if named.unread else tuple(columns[index].terminal for index in named.indexes)


_TERMINALS: dict[TableId, dict[str, str]] = {
    table: {
        name: terminal
        for edition in forms.EDITIONS
        for block in forms.form(table, edition).blocks
        for name, terminal in (
            *((column.id, column.terminal) for column in block.columns),
            *((row.id, row.terminal) for row in block.rows if table == "proceedings"),
        )
    }
    for table in forms.TABLES
}
"""What a label calls a column, or a caption of 四 → its name in the grammar."""


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
    (block,) = forms.form(table, "2021").blocks
    return block.columns * (len(block.rows) if table == "proceedings" else 1)


@define
class _Names:
    """What the cells of a heading name, each with its place."""

    cells: list[tuple[int, int, str]] = Factory(list)
    """Place, row and name of each cell that names anything."""
    columns: list[tuple[int, str]] = Factory(list)
    captions: list[tuple[int, str]] = Factory(list)
    strange: set[int] = Factory(set)
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
    def are_stairs(self) -> bool:
        """Return whether each row of names stands to the right of the one above it, and so under none of them."""
        levels = sorted(self.levels)
        spans = [[place for place, level, _ in self.cells if level == one] for one in levels]
        return len(levels) > 1 and all(max(above) < min(below) for above, below in pairwise(spans))

    def add(self, table: TableId, text: str, level: int, position: int) -> None:
        """Take one cell."""
        label = next((found for found in look_up(text).labels if found.table == table), None)
        if label is not None:
            self.cells.append((position, level, label.name))
        if label is None and (len(text) > MAX_NAME or words.NAVIGATION.fullmatch(text.strip())):
            # It is of the page around the table.
            return
        if label is None:
            self.strange.add(position)
        elif label.kind == "column":
            self.columns.append((position, label.name))
            self.levels.add(level)
        else:
            self.captions.append((position, label.name))
            if label.text == forms.ORGANISATIONS.label:
                self.organisations = level, position


def _read(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    names = _Names.of(table, rows)
    if table == "proceedings":
        return _outcomes(names, rows)
    found = _clearly(names, columns)
    if (names.are_stairs or not _has_own_places(found)) and _is_parted(names):
        return form_order(len(columns))
    if found is None:
        return _from_soup(table, columns, rows)
    if names.are_stairs:
        return HeadingColumns(_reading_order([index for _, index in found], columns))
    ordered = _ordered(table, found, columns)
    if ordered.positions is None:
        return ordered
    in_order = sorted(ordered.indexes) == list(ordered.indexes)
    if not in_order and len(names.levels) == 1 and any(column.span for column in columns):
        return _joined(names, ordered, columns)
    moved = len(names.levels) > 1 and not in_order
    if _has_hole(ordered.positions, len(columns)) or (moved and not _under_one_cell(ordered, columns, names)):
        return form_order(len(columns))
    return evolve(ordered, moved=moved, others=frozenset(names.strange))


def _has_own_places(found: list[tuple[int, int]] | None) -> bool:
    """Return whether each name has a place that no other has, so that they can be read from left to right."""
    return found is not None and len({position for position, _ in found}) == len(found)


def _is_parted(names: _Names) -> bool:
    """Return whether 法人或其他组织 stands twice in a row with a column between, or not between 自然人 and 总计.

    What stands below it is then not as the form has it, and without the places of all names nothing says where.
    """
    for level in names.levels:
        row = [name for _, at, name in sorted(names.cells) if at == level and name in _OUTER]
        runs = [name for name, _ in groupby(row)]
        if runs != sorted(set(runs), key=_OUTER.index):
            return True
    return False


def _clearly(names: _Names, columns: tuple[Column, ...]) -> list[tuple[int, int]] | None:
    """The places and columns that a heading names, each once and with nothing else between them; None where not."""
    ids = [column.id for column in columns]
    found = [(position, ids.index(name)) for position, name in names.columns if name in ids]
    if not found or not len({index for _, index in found}) == len(found) == len(names.columns):
        return None
    is_whole = len(found) == len(columns) and _is_beside(names.strange, [position for position, _ in found])
    return found if is_whole or not names.strange else None


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


def _is_beside(strange: set[int], places: list[int]) -> bool:
    """Whether what names no column of the form stands to the left or right of those that do, each in its own place."""
    return len(set(places)) == len(places) and not any(min(places) <= place <= max(places) for place in strange)


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


def _from_soup(table: TableId, columns: tuple[Column, ...], rows: Rows) -> HeadingColumns:
    """Columns of a heading whose cells were wrapped, split or stacked: its words run together."""
    soup = _soup(rows)
    everything = tuple(range(len(columns)))
    ids = {column.id: index for index, column in enumerate(columns)}
    found: list[int] = []
    strange: list[str] = []
    for name, words_there in _segments(table, soup):
        if name in ids:
            found.append(ids[name])
        elif name is None:
            strange.append(words_there)
    is_whole = sorted(found) == list(everything) and not strange
    unread = form_order(len(columns), strange=True)
    if not is_whole and _letters(soup) == _letters("".join(_official(table, columns))):
        return HeadingColumns(everything) if _is_in_order(rows, columns) else unread
    if not found or len(set(found)) != len(found) or any(map(words.OTHER_MEANING.search, strange)):
        return unread
    if any(sum(names.ENDS_AS_FULL.search(cell) is not None for cell in row) > 1 for row in rows):
        # Organs side by side.
        return unread
    return HeadingColumns(_reading_order(found, columns), strange=bool(strange), crowded=_is_crowded(table, rows))


def _is_crowded(table: TableId, rows: Rows) -> bool:
    """Return whether a cell of a row of several has two names, or a name is cut over two of them."""
    for row in rows:
        cells = [list(filter(None, (name for name, _ in _segments(table, normalise(cell))))) for cell in row if cell]
        whole = filter(None, (name for name, _ in _segments(table, normalise("".join(row)))))
        if len(cells) > 1 and (max(map(len, cells)) > 1 or [name for cell in cells for name in cell] != list(whole)):
            return True
    return False


def _is_in_order(rows: Rows, columns: tuple[Column, ...]) -> bool:
    """Return whether the pieces of a wrapped heading come in the order of the form, line by line.

    Where each piece stands alone, nothing shows where a line ended: the columns may then be gone through three times,
    once for what stands above others and twice for the halves of these.
    """
    lines = [[normalise(word) for cell in row for word in cell.split()] for row in rows]
    names = [normalise(column.label) for column in columns]
    if all(len(line) < 2 for line in lines):
        return _times_through([word for line in lines for word in line], names) <= 3
    return all(_times_through(line, names) <= 1 for line in lines)


def _times_through(pieces: list[str], names: list[str]) -> int:
    """Return how often ``names`` are gone through to find ``pieces`` of them in order."""
    times, last = 0, len(names)
    for word in pieces:
        places = [index for index, name in enumerate(names) if word in name]
        if places:
            place = next((index for index in places if index > last), None)
            times += place is None
            last = places[0] if place is None else place
    return times


def _outcomes(names: _Names, rows: Rows) -> HeadingColumns:
    """The fifteen columns of 四: the five outcomes, three times; each column read in the order of the text.

    There is one row of figures, and nothing beside it that could bear out another order than the form's.
    """
    outcomes, groups = [column.id for column in forms.OUTCOME_COLUMNS], len(forms.PROCEEDING_ROWS)
    count = groups * len(outcomes)
    soup = _soup(rows)
    positions = tuple(position for position, _ in names.columns)
    increasing = all(a < b for a, b in pairwise(positions))
    is_grid = len(set(positions)) == len(positions)
    if (is_grid and not increasing) or not _captions_in_order(names.captions if is_grid else [], soup):
        return form_order(count, strange=True)
    indexes = _grouped([outcomes.index(name) for _, name in names.columns], len(outcomes))
    if not names.strange and indexes and indexes[-1] // len(outcomes) == groups - 1:
        if _has_hole(positions, count):
            return form_order(count)
        return HeadingColumns(tuple(indexes), positions if increasing else None)
    return HeadingColumns(tuple(range(count))) if _is_wrapped(soup, rows) else form_order(count, strange=True)


def _grouped(outcomes: list[int], size: int) -> list[int]:
    """Places within groups of ``size``, in order → places in all: where they don't go up, another group begins."""
    indexes: list[int] = []
    group = 0
    for outcome in outcomes:
        group += bool(indexes) and outcome <= indexes[-1] % size
        indexes.append(group * size + outcome)
    return indexes


def _is_wrapped(soup: str, rows: Rows) -> bool:
    """Return whether a heading of 四 has the words of the form, each outcome in one piece or in two."""
    names = _without_captions(rows)
    if _outcome_heading().fullmatch(names):
        return True
    again = "".join(normalise(column.label) for column in forms.OUTCOME_COLUMNS) * (len(forms.PROCEEDING_ROWS) - 1)
    official = "".join(_official("proceedings", forms.OUTCOME_COLUMNS)) + again
    return _letters(soup) == _letters(official) and _wrapped_outcomes().fullmatch(names) is not None


def _captions_in_order(captions: list[tuple[int, str]], soup: str) -> bool:
    """Return whether the groups of 四 come in the form's order: by their places in a grid, and as they are read."""
    first, *others = forms.PROCEEDING_ROWS
    order = [first.id, forms.LITIGATION.terminal, *(row.id for row in others)]
    sides = [name for _, name in sorted(captions, key=lambda caption: caption[0])]
    names = dict.fromkeys(sides)
    # One that comes again behind another has a column that is elsewhere in the form.
    inner = [order.index(name) for name in sides if name != forms.LITIGATION.terminal]
    placed = list(map(order.index, names))
    # Enough of each to tell it from the others, for the rest may be on another line.
    begins = (first.label, forms.LITIGATION.label, *(row.label[:3] for row in others))
    read = [soup.index(begin) for begin in begins if begin in soup]
    return placed == sorted(placed) and inner == sorted(inner) and read == sorted(read)


@cache
def _outcome_heading() -> re.Pattern[str]:
    """The outcomes three times, each with its second line (维持, 纠正 …) or without: extractors drop it."""
    return re.compile(f"(?:{_one_outcome()}){{{len(forms.PROCEEDING_ROWS)}}}")


@cache
def _wrapped_outcomes() -> re.Pattern[str]:
    """The same with the second lines of some groups read after all of their first lines."""
    second = "".join(column.label[len(column.label) // 2 :] for column in forms.OUTCOME_COLUMNS)
    return re.compile(f"(?:{_one_outcome()}|{second})+")


def _one_outcome() -> str:
    labels = [column.label for column in forms.OUTCOME_COLUMNS]
    return "".join(f"{label[: len(label) // 2]}(?:{label[len(label) // 2 :]})?" for label in labels)


def _without_captions(rows: Rows) -> str:
    """The words of a heading of 四 that are no captions of its groups, and no pieces of these."""
    captions = sorted((forms.LITIGATION.label, *(row.label for row in forms.PROCEEDING_ROWS)), key=len, reverse=True)
    pieces = (normalise(word) for row in rows for cell in row for word in cell.split())
    soup = _without_notes("".join(piece for piece in pieces if not any(piece in caption for caption in captions)))
    for caption in captions:
        soup = soup.replace(caption, "")
    return soup


def _official(table: TableId, columns: tuple[Column, ...]) -> list[str]:
    captions = {
        "disclosure": [forms.INFORMATION.label],
        "requests": [forms.APPLICANTS.label, forms.ORGANISATIONS.label],
        "proceedings": [forms.LITIGATION.label, *(row.label for row in forms.PROCEEDING_ROWS)],
    }[table]
    return [normalise(text) for text in (*captions, *(column.label for column in columns))]


def _soup(rows: Rows) -> str:
    """All words of a heading, without the balance rule in its corner and the notes in brackets that people add."""
    soup = "".join(normalise(text) for row in rows for text in row)
    return _without_notes(soup.replace(normalise(forms.CORNER.label), ""))


def _without_notes(soup: str) -> str:
    return _NOTE.sub(lambda note: note[0] if words.OTHER_MEANING.search(note[0]) else "", soup)


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalpha())


def _segments(table: TableId, soup: str) -> list[tuple[str | None, str]]:
    """What ``soup`` names, in order, each with its words: a column id, "" for a caption, None for what is neither."""
    spellings = heading_spellings(table)
    cuts: list[tuple[str | None, str]] = []
    position = 0
    while position < len(soup):
        hit = next(((name, spelling) for spelling, name in spellings if soup.startswith(spelling, position)), None)
        if hit is not None:
            cuts.append(hit)
            position += len(hit[1])
            continue
        if cuts and cuts[-1][0] is None:
            cuts[-1] = None, cuts[-1][1] + soup[position]
        else:
            cuts.append((None, soup[position]))
        position += 1
    return cuts
