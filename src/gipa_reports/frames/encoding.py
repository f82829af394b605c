"""From the cells of reports to columns, put together cell by cell."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import cache
from itertools import chain, compress, count

from attrs import Factory, define

from ..parsing import Reading
from ..report import Cell, Report, State
from ..template import FORMS, Edition, TableId
from .columns import DECIMAL_DIGITS, DECIMAL_PLACES, OUT_OF_RANGE

STATES = tuple(State)
"""The states in the order of their codes."""

_STATE_CODES = {state: code for code, state in enumerate(STATES)}
_MONEY = Context(prec=DECIMAL_DIGITS, traps=[Inexact, InvalidOperation])
_LAST_PLACE = Decimal(1).scaleb(-DECIMAL_PLACES)


def exact(value: int | Decimal | None) -> int | Decimal | None:
    """Return a count as it is, an amount of money with all its places, if its column holds that exactly; else None."""
    if value is None:
        return None
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else None
    try:
        return value.quantize(_LAST_PLACE, context=_MONEY)
    except (Inexact, InvalidOperation):
        return None


@define(eq=False)
class Cells:
    """The cells of many reports as columns.

    ``lengths`` has the number of cells of each report, ``forms`` the editions of its 二 and 三, ``states`` the codes of
    states, ``values`` the figures that columns can hold; ``units`` and ``codes`` are those of the few cells that have
    any, by index. ``unread`` are the first cells, and those behind the last, of reports that come without a reading: of
    their codes nothing is known.
    """

    lengths: list[int] = Factory(list)
    forms: list[tuple[Edition, Edition]] = Factory(list)
    states: list[int] = Factory(list)
    values: list[int | Decimal | None] = Factory(list)
    texts: list[str] = Factory(list)
    units: dict[int, str] = Factory(dict)
    codes: dict[int, str] = Factory(dict)
    unread: list[tuple[int, int]] = Factory(list)

    def add_nothing(self) -> None:
        """A source without a report."""
        self.lengths.append(0)

    def add(self, report: Report, reading: Reading | None) -> None:
        """The cells of ``report``, with the words and codes of ``reading`` where there is one."""
        start = len(self.texts)
        editions = report.disclosure.edition, report.requests.edition
        indexes = cell_indexes(*editions)
        cells = [cell for table in report.tables for cell in chain.from_iterable(table.rows)]
        words = {} if reading is None else _source_words(reading)
        held = [exact(cell.value) for cell in cells]
        self.lengths.append(len(cells))
        self.forms.append(editions)
        self.states += [_STATE_CODES[cell.state] for cell in cells]
        self.values += held
        texts = zip(map(words.get, indexes), cells, strict=True)
        self.texts += [cell.text if text is None else text for text, cell in texts]
        self.units.update((at, cell.unit) for at, cell in enumerate(cells, start) if cell.unit)
        if reading is None:
            self.unread.append((start, len(self.texts)))
        else:
            self._add_codes(reading, start, indexes)
        self._add_out_of_range(cells, held, start)

    def _add_out_of_range(self, cells: list[Cell], held: list[int | Decimal | None], start: int) -> None:
        """Mark the figures that a column can't hold."""
        lost = [value is None and cell.value is not None for cell, value in zip(cells, held, strict=True)]
        for at in compress(count(start), lost):
            self.codes[at] = f"{self.codes.get(at, '')} {OUT_OF_RANGE}".lstrip()

    def _add_codes(self, reading: Reading, start: int, indexes: dict[str, int]) -> None:
        for cell_id, codes in reading._codes_of_cells.items():
            if cell_id in indexes:
                self.codes[start + indexes[cell_id]] = " ".join(codes)


def _source_words(reading: Reading) -> dict[str, str]:
    """Cell id → the words in the source, of the cells that it has."""
    words: dict[str, str] = {}
    for token, placement, line in {} if reading._built is None else reading._built.places.values():
        named = [line.ids[index] for index in placement.columns.indexes]
        if placement.places is None:  # What was made of the figures depends on other rows too.
            words.update((cell_id, reading.locations[cell_id].text) for cell_id in named)
            continue
        texts = ["" if at is None else token.values[at].strip() for at in placement.places]
        words.update(zip(named, texts, strict=True))
    return words


@cache
def tables_of(disclosure: Edition, requests: Edition) -> tuple[tuple[TableId, Edition], ...]:
    """The tables of a report with their editions; 四 has that of 三."""
    return ("disclosure", disclosure), ("requests", requests), ("proceedings", requests)


@cache
def cell_indexes(disclosure: Edition, requests: Edition) -> dict[str, int]:
    """Cell id → its place among the cells of a report."""
    ids = [cell_id for table, edition in tables_of(disclosure, requests) for cell_id in FORMS[table, edition].cell_ids]
    return {cell_id: index for index, cell_id in enumerate(ids)}
