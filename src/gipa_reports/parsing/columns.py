"""Which columns a table's heading names, and in which of them each value of a row stands.

Values are counted against the columns named; nothing is padded and nothing shifted without proof.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import compress, pairwise

from attrs import evolve, frozen

from ..document import COVERED, Spacing
from ..template import Column, TableId, forms, labels, words

_NOTE = re.compile(r"\([^()]*\)")


@frozen(eq=False)
class Columns:
    """The columns that a heading names, as indexes into the form's, in the order of the document.

    Equal headings give the same object, which is what rows are remembered with. ``positions`` are their places in the
    grid, None where the layout has no grid; ``unread`` says that the heading could not be read and the form's order is
    assumed; ``strange`` that it has words which name no column; ``moved`` that an order other than the form's comes
    from places in several rows, which one wrong span makes too; ``scattered`` that full rows don't stand in one place;
    ``by_others`` that the places are theirs, and not those of the names;
    ``lacking`` that columns of the form are missing. ``others`` are the places of columns that the form does not have;
    ``units`` are those that the heading says.

    ``widths`` are those that a row may have by its heading, and 0 for a row whose width decides nothing.
    """

    indexes: tuple[int, ...]
    positions: tuple[int, ...] | None = None
    unread: bool = False
    strange: bool = False
    moved: bool = False
    scattered: bool = False
    by_others: bool = False
    lacking: bool = False
    others: frozenset[int] = frozenset()
    units: tuple[str, ...] = ()
    widths: frozenset[int] = frozenset((0,))


@lru_cache(maxsize=512)
def read_columns(table: TableId, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Columns:
    """The columns named by the heading ``rows`` (cells as written). ``columns`` are those of the block in the form;
    for 四 the five outcomes, which recur for each of its three groups.
    """
    named = _read(table, columns, rows)
    groups = len(forms.PROCEEDING_ROWS) if table == "proceedings" else 1
    lacking = len(named.indexes) < len(columns) * groups
    # Where columns are missing, so may be cells in a part of the heading; its last row is nearest to the figures.
    widths = frozenset((0, *map(len, rows[-1:] if lacking else rows)))
    return evolve(named, lacking=lacking, widths=widths, units=_units(columns, rows))


def _read(table: TableId, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Columns:
    named: list[tuple[int, str]] = []
    captions: list[tuple[int, str]] = []
    strange: set[int] = set()
    levels: set[int] = set()
    organisations: int | None = None
    for level, row in enumerate(rows):
        for position, text in enumerate(row):
            if not text.strip():
                continue
            label = next((found for found in labels.find(text) if found.table == table), None)
            if label is None:
                strange.add(position)
            elif label.kind == "column":
                named.append((position, label.name))
                levels.add(level)
            else:
                captions.append((position, label.name))
                if label.text == forms.ORGANISATIONS.label:
                    organisations = position
    if table == "proceedings":
        return _outcomes(named, captions, bool(strange), rows)
    ids = [column.id for column in columns]
    found = [(position, ids.index(name)) for position, name in named if name in ids]
    if not found or len(found) != len(named) or len({index for _, index in found}) != len(found):
        return _from_soup(table, columns, rows)
    if strange and not (len(found) == len(columns) and _is_beside(strange, [position for position, _ in found])):
        return _from_soup(table, columns, rows)
    ordered = _ordered(table, found, columns)
    if ordered.positions is None:
        return ordered
    moved = len(levels) > 1 and sorted(ordered.indexes) != list(ordered.indexes)
    if _has_hole(ordered.positions, len(columns)) or (moved and not _under_one_cell(ordered, columns, organisations)):
        return Columns(tuple(range(len(columns))), unread=True)
    return evolve(ordered, moved=moved, others=frozenset(strange))


def _units(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The units in a heading: of money where a column is an amount, others where a cell says that it counts in them."""
    stated = tuple(unit for row in rows for text in row for unit in words.stated_units(text[-words.MAX_UNIT_LINE :]))
    if not any(column.kind == "amount" for column in columns):
        return stated
    text = labels.normalise("".join(text for row in rows for text in row))
    return (*words.MONEY_UNIT.findall(text), *stated)


def _is_beside(strange: set[int], places: list[int]) -> bool:
    """Whether what names no column of the form stands to the left or right of those that do, each in its own place."""
    return len(set(places)) == len(places) and not any(min(places) <= place <= max(places) for place in strange)


def _ordered(table: TableId, found: list[tuple[int, int]], columns: tuple[Column, ...]) -> Columns:
    positions = [position for position, _ in found]
    if len(set(positions)) == len(positions) and (table == "disclosure" or len(found) > 1):
        found = sorted(found)
        return Columns(tuple(index for _, index in found), tuple(position for position, _ in found))
    return Columns(_reading_order([index for _, index in found], columns))


def _has_hole(positions: tuple[int, ...], count: int) -> bool:
    """Whether there is room, between the columns named, for one of the ``count`` that is not."""
    return len(positions) < count and positions[-1] - positions[0] >= len(positions)


def _under_one_cell(named: Columns, columns: tuple[Column, ...], start: int | None) -> bool:
    """Whether what belongs below 法人或其他组织 begins where that stands and is not parted by other columns."""
    assert named.positions is not None
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


def _from_soup(table: TableId, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Columns:
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
    if not is_whole and _letters(soup) == _letters("".join(_official(table, columns))):
        return Columns(everything) if _is_in_order(rows, columns) else Columns(everything, unread=True, strange=True)
    if not found or len(set(found)) != len(found) or any(map(words.OTHER_MEANING.search, strange)):
        return Columns(everything, unread=True, strange=True)
    return Columns(_reading_order(found, columns), strange=bool(strange))


def _is_in_order(rows: tuple[tuple[str, ...], ...], columns: tuple[Column, ...]) -> bool:
    """Whether the pieces of a wrapped heading come in the order of the form, line by line.

    Where each piece stands alone, nothing shows where a line ended: the columns may then be gone through three times,
    once for what stands above others and twice for the halves of these.
    """
    lines = [[labels.normalise(word) for cell in row for word in cell.split()] for row in rows]
    alone = all(len(line) < 2 for line in lines)
    names = [labels.normalise(column.label) for column in columns]
    for pieces in [[word for line in lines for word in line]] if alone else lines:
        times, last = 0, len(names)
        for word in pieces:
            places = [index for index, name in enumerate(names) if word in name]
            if places:
                place = next((index for index in places if index > last), None)
                times += place is None
                last = places[0] if place is None else place
        if times > (3 if alone else 1):
            return False
    return True


def _outcomes(
    named: list[tuple[int, str]], captions: list[tuple[int, str]], strange: bool, rows: tuple[tuple[str, ...], ...]
) -> Columns:
    """The fifteen columns of 四: the five outcomes, three times; each column read in the order of the text.

    There is one row of figures, and nothing beside it that could bear out another order than the form's.
    """
    outcomes = [column.id for column in forms.OUTCOME_COLUMNS]
    groups = len(forms.PROCEEDING_ROWS)
    everything = tuple(range(groups * len(outcomes)))
    soup = _soup(rows)
    positions = tuple(position for position, _ in named)
    increasing = all(a < b for a, b in pairwise(positions))
    is_grid = len(set(positions)) == len(positions)
    if (is_grid and not increasing) or not _captions_in_order(captions if is_grid else [], soup):
        return Columns(everything, unread=True, strange=True)
    indexes: list[int] = []
    group = 0
    for _, name in named:
        outcome = outcomes.index(name)
        if indexes and outcome <= indexes[-1] % len(outcomes):
            group += 1
        indexes.append(group * len(outcomes) + outcome)
    if not strange and group == groups - 1:
        if _has_hole(positions, len(everything)):
            return Columns(everything, unread=True)
        return Columns(tuple(indexes), positions if increasing else None)
    names = _without_captions(rows)
    if _outcome_heading().fullmatch(names):
        return Columns(everything)
    official = "".join(_official("proceedings", forms.OUTCOME_COLUMNS)) + "".join(
        labels.normalise(column.label) for column in forms.OUTCOME_COLUMNS
    ) * (groups - 1)
    if _letters(soup) == _letters(official) and _wrapped_outcomes().fullmatch(names):
        return Columns(everything)
    return Columns(everything, unread=True, strange=True)


def _captions_in_order(captions: list[tuple[int, str]], soup: str) -> bool:
    """Whether the groups of 四 come in the order of the form: by their places in a grid, and as they are read."""
    first, *others = forms.PROCEEDING_ROWS
    order = [first.id, forms.LITIGATION.terminal, *(row.id for row in others)]
    names = dict.fromkeys(name for _, name in sorted(captions, key=lambda caption: caption[0]))
    placed = list(map(order.index, names))
    # Enough of each to tell it from the others, for the rest may be on another line.
    begins = (first.label, forms.LITIGATION.label, *(row.label[:3] for row in others))
    read = [soup.index(begin) for begin in begins if begin in soup]
    return placed == sorted(placed) and read == sorted(read)


@cache
def _outcome_heading() -> re.Pattern[str]:
    """The outcomes three times, each with its second line (维持, 纠正 …) or without: extractors drop it."""
    return re.compile(f"(?:{_one_outcome()}){{{len(forms.PROCEEDING_ROWS)}}}")


@cache
def _wrapped_outcomes() -> re.Pattern[str]:
    """The same with the second lines of some groups read after all of their first lines."""
    second = "".join(column.label[2:] for column in forms.OUTCOME_COLUMNS)
    return re.compile(f"(?:{_one_outcome()}|{second})+")


def _one_outcome() -> str:
    return "".join(f"{column.label[:2]}(?:{column.label[2:]})?" for column in forms.OUTCOME_COLUMNS)


def _without_captions(rows: tuple[tuple[str, ...], ...]) -> str:
    """The words of a heading of 四 that are no captions of its groups, and no pieces of these."""
    captions = sorted((forms.LITIGATION.label, *(row.label for row in forms.PROCEEDING_ROWS)), key=len, reverse=True)
    pieces = (labels.normalise(word) for row in rows for cell in row for word in cell.split())
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
    return [labels.normalise(text) for text in (*captions, *(column.label for column in columns))]


def _soup(rows: tuple[tuple[str, ...], ...]) -> str:
    """All words of a heading, without the balance rule in its corner and the notes in brackets that people add."""
    soup = "".join(labels.normalise(text) for row in rows for text in row)
    return _without_notes(soup.replace(labels.normalise(forms.CORNER.label), ""))


def _without_notes(soup: str) -> str:
    return _NOTE.sub(lambda note: note[0] if words.OTHER_MEANING.search(note[0]) else "", soup)


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalpha())


def _segments(table: TableId, soup: str) -> list[tuple[str | None, str]]:
    """What ``soup`` names, in order, each with its words: a column id, "" for a caption, None for what is neither."""
    spellings = labels.heading_spellings(table)
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


# --- values against columns ----------------------------------------------------------------------------------------

Fit = tuple[int | None, ...]
"""For each column named, the index of its value in the row; None for a blank that has no cell of its own there."""


def fit(values: tuple[str, ...], columns: Columns, spacing: Spacing, offset: int) -> Fit | None:
    """Which value stands in which column, or None where that cannot be told.

    ``offset`` is the place of the first value in the grid.
    """
    count = len(columns.indexes)
    filled = tuple(compress(range(len(values)), map(str.strip, values)))
    if columns.others and spacing == "grid":
        others = {place - offset for place in columns.others if place >= offset}
        if others:
            if columns.positions is None:
                # The heading came again elsewhere, and so did what stands beside the columns of the form.
                return None
            places = tuple([position - offset for position in columns.positions])
            inside = min(places) >= 0 and max(places) < len(values)
            return places if inside and others.union(places).issuperset(filled) else None
    if len(filled) == count:
        # With a gap among them one may be blank and another too many, unless they stand below their names, or there is
        # no blank: wide cells may be parted otherwise in a row than in its heading.
        gap = spacing == "grid" and filled[-1] - filled[0] >= count and not _below(filled, columns, offset)
        gap = gap and not all(value.strip() or value == COVERED for value in values)
        late = spacing == "grid" and _begins_late(filled, columns, offset)
        return None if gap or late or (spacing == "exact" and len(values) > count) else filled
    if len(filled) > count:
        return None
    # A label over the first column has pushed its row to the right; one that ends before it leaves cells between.
    elsewhere = spacing == "grid" and columns.positions is not None and columns.positions[0] > offset
    if len(values) == count and (spacing != "dropped" or len(filled) < len(values)) and not elsewhere:
        return tuple(range(count))
    if spacing != "grid":
        return (None,) * count if not filled and spacing == "dropped" else None
    if columns.positions is not None:
        places = tuple([position - offset for position in columns.positions])
        if min(places) >= 0 and max(places) < len(values) and set(filled) <= set(places):
            return places
    if not filled:
        return (None,) * count if len(values) > count else None
    if columns.positions is not None or columns.scattered:
        return None
    starts = [start for start in range(len(values) - count + 1) if start <= filled[0] and filled[-1] < start + count]
    return tuple(range(starts[0], starts[0] + count)) if len(starts) == 1 else None


def _begins_late(filled: tuple[int, ...], columns: Columns, offset: int) -> bool:
    """Whether a row has a blank below the first name, and its figures behind that: the last may be none of them."""
    return columns.positions is not None and offset <= columns.positions[0] < offset + filled[0]


def _below(filled: tuple[int, ...], columns: Columns, offset: int) -> bool:
    """Whether the figures stand as far apart as the names of their columns do."""
    if columns.positions is None:
        return False
    shift = columns.positions[0] - offset - filled[0]
    return all(place + shift == position - offset for place, position in zip(filled, columns.positions, strict=True))
