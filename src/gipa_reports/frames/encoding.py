"""From the rows of reports to bytes of columns: nothing is made for each cell but what the cell itself needs.

Most rows of most reports are alike, and the parser remembers them: the same row is the same object. What a row is in
columns is remembered here in turn, by that object.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from attrs import define

from ..memo import when_forgetting
from ..parsing import Reading
from ..parsing.builder import Built
from ..parsing.placement import PlacedRow
from ..report import Cell, Report, State
from ..template import Edition, TableId, form
from .columns import DECIMAL_DIGITS, DECIMAL_PLACES, OUT_OF_RANGE

"""Origin of the figures of a row; see ``Built.places``."""

STATES = tuple(State)
"""The states in the order of their codes."""

_STATE_CODES = {state: code for code, state in enumerate(STATES)}
_VALUE = _STATE_CODES[State.VALUE]
_IS_VALUE = bytes(code == _VALUE for code in range(256))
_WIDTH = 16
"""Bytes of a number: of a count, or of millionths."""
_ZERO = bytes(_WIDTH)


class RowBytes(NamedTuple):
    """A row of cells as pieces of columns. ``units`` and ``out_of_range`` have the few cells that are odd, by index."""

    states: bytes
    values: bytes
    valid: bytes
    texts: tuple[str, ...]
    units: tuple[tuple[int, str], ...]
    out_of_range: tuple[int, ...]


def exact(value: int | Decimal) -> int | None:
    """A count as it is, an amount of money in millionths, if its column holds that exactly; else None."""
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else None
    if value.adjusted() >= DECIMAL_DIGITS - DECIMAL_PLACES:
        return None
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # a figure is finite
    shift = exponent + DECIMAL_PLACES
    number = int("".join(map(str, digits)))
    if shift >= 0:
        number *= _power(min(shift, DECIMAL_DIGITS))
    else:
        number, rest = divmod(number, _power(min(-shift, len(digits) + 1)))
        if rest:
            return None
    return -number if sign else number


def _power(exponent: int) -> int:
    return int(10**exponent)


_BYTES = {number: number.to_bytes(_WIDTH, "little") for number in range(1000)}
"""Record of most figures."""


def encode_row(cells: Sequence[Cell], texts: tuple[str, ...]) -> RowBytes:
    """The row in columns; ``texts`` are the words in its cells."""
    values: list[bytes] = []
    units: list[tuple[int, str]] = []
    out_of_range: list[int] = []
    for index, cell in enumerate(cells):
        value = cell.value
        if value is None:
            values.append(_ZERO)
            continue
        if cell.unit is not None:
            units.append((index, cell.unit))
        known = _BYTES.get(value) if type(value) is int else None
        if known is None:
            number = exact(value)
            known = _ZERO if number is None else number.to_bytes(_WIDTH, "little", signed=True)
            if number is None:
                out_of_range.append(index)
        values.append(known)
    states = bytes([_STATE_CODES[cell.state] for cell in cells])
    valid = states.translate(_IS_VALUE)
    for index in out_of_range:
        valid = valid[:index] + b"\0" + valid[index + 1 :]
    return RowBytes(states, b"".join(values), valid, texts, tuple(units), tuple(out_of_range))


def _rendered(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple([cell.text for cell in cells])


_IN_ORDER = {length: tuple(range(length)) for length in (1, 2, 3, 7, 15)}
"""Length of a row → the order that most rows are in."""

_MAX_ROWS = 4096
_known_rows: dict[int, tuple[object, RowBytes]] = {}
"""Id of a row, or of how it was placed → that object, kept alive so that the id stays its own, and what it is."""
when_forgetting(_known_rows.clear)


def _remember(key: object, row: RowBytes) -> RowBytes:
    if len(_known_rows) >= _MAX_ROWS:
        _known_rows.clear()
    _known_rows[id(key)] = key, row
    return row


@define(eq=False)
class Cells:
    """The cells of many reports as columns, put together piece by piece.

    ``lengths`` has the number of cells of each report, ``forms`` the editions of its 二 and 三; ``units`` and ``codes``
    are those of the few cells that have any, by index. ``unread`` are the first cells, and those behind the last, of
    reports that come without a reading: of their codes nothing is known.
    """

    lengths: array[int]
    forms: list[tuple[Edition, Edition]]
    states: list[bytes]
    values: list[bytes]
    valid: list[bytes]
    texts: list[str]
    units: dict[int, str]
    codes: dict[int, str]
    unread: list[tuple[int, int]]

    @classmethod
    def empty(cls) -> Cells:
        """Of no report."""
        return cls(array("i"), [], [], [], [], [], {}, {}, [])

    def add_nothing(self) -> None:
        """A source without a report."""
        self.lengths.append(0)

    def add(self, report: Report, reading: Reading | None) -> None:
        """The cells of ``report``, with the words and codes of ``reading`` where there is one."""
        start = len(self.texts)
        editions = report.disclosure.edition, report.requests.edition
        built = None if reading is None else reading._built
        rows = _rows(report) if built is None else _rows_as_read(report, built)
        out_of_range: list[int] = []
        at = start
        texts = self.texts
        for states, values, valid, words, units, too_long in rows:
            self.states.append(states)
            self.values.append(values)
            self.valid.append(valid)
            texts += words
            for index, unit in units:
                self.units[at + index] = unit
            out_of_range += [at + index for index in too_long]
            at += len(words)
        self.lengths.append(len(texts) - start)
        self.forms.append(editions)
        if reading is None:
            self.unread.append((start, at))
        elif reading.diagnostics:
            self._add_codes(reading, start, cell_indexes(*editions))
        for index in out_of_range:
            self.codes[index] = f"{self.codes.get(index, '')} {OUT_OF_RANGE}".lstrip()

    def _add_codes(self, reading: Reading, start: int, indexes: dict[str, int]) -> None:
        for cell_id, codes in reading._codes_of_cells.items():
            if cell_id in indexes:
                self.codes[start + indexes[cell_id]] = " ".join(codes)


@cache
def tables_of(disclosure: Edition, requests: Edition) -> tuple[tuple[TableId, Edition], ...]:
    """The tables of a report with their editions; 四 has that of 三."""
    return ("disclosure", disclosure), ("requests", requests), ("proceedings", requests)


@cache
def cell_indexes(disclosure: Edition, requests: Edition) -> dict[str, int]:
    """Cell id → its place among the cells of a report."""
    ids = [cell_id for table, edition in tables_of(disclosure, requests) for cell_id in form(table, edition).cell_ids]
    return {cell_id: index for index, cell_id in enumerate(ids)}


def _rows(report: Report) -> list[RowBytes]:
    found: list[RowBytes] = []
    for table in report.tables:
        for cells in table.rows:
            known = _known_rows.get(id(cells))
            found.append(known[1] if known is not None else _remember(cells, encode_row(cells, _rendered(cells))))
    return found


def _rows_as_read(report: Report, built: Built) -> list[RowBytes]:
    """As ``_rows``, with the words of the source; the one row of 四 is one."""
    places = built.places
    found: list[RowBytes] = []
    for table in report.tables:
        if table.id == "proceedings":
            first = table.form.rows[0].id
            found.append(_row_as_read(tuple(cell for cells in table.rows for cell in cells), places.get(first)))
            continue
        for row, cells in zip(table.form.rows, table.rows, strict=True):
            place = places.get(row.id)
            known = _known_rows.get(id(place[1])) if place is not None else None
            found.append(known[1] if known is not None else _row_as_read(cells, place))
    return found


def _untold(cells: Sequence[Cell], named: Sequence[int], values: Sequence[str]) -> tuple[str, ...]:
    """The words of a row whose figures could not be told apart: of a figure its own, of others those of the row."""
    words = " ".join(" ".join(values).split())[:400]
    texts = [cell.text for cell in cells]
    figures = iter([value.strip() for value in values if value.strip()])
    for index in named:
        own = "" if cells[index].state is State.BLANK else next(figures, "")
        texts[index] = own if cells[index].state is State.VALUE else words
    return tuple(texts)


def _row_as_read(cells: Sequence[Cell], place: PlacedRow | None) -> RowBytes:
    if place is None:
        return encode_row(cells, _rendered(cells))
    token, placed, _ = place
    known = _known_rows.get(id(placed))
    if known is not None:
        return known[1]
    named, values = placed.columns.indexes, token.values
    if placed.places is None:  # What was made of the figures depends on other rows too.
        return encode_row(cells, _untold(cells, named, values))
    if placed.places == named == _IN_ORDER.get(len(cells)) and len(values) == len(cells):
        return _remember(placed, encode_row(cells, tuple([value.strip() for value in values])))
    texts = list(_rendered(cells)) if len(named) < len(cells) else [""] * len(cells)
    for index, at in zip(named, placed.places, strict=True):
        texts[index] = "" if at is None else values[at].strip()
    return _remember(placed, encode_row(cells, tuple(texts)))
