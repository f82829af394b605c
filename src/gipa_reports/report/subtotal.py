"""The sum of one column over a group of rows, for which the form has no row: how many requests were denied in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import frozen

from ..brief import angled
from .cells import Figure


class HasCodes(Protocol):
    """Protocol of an object that knows what is in doubt about each cell: a ``Reading`` or an ``Aggregate``."""

    def codes(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch a cell."""


@frozen(kw_only=True)
class Subtotal:
    """A sum, and what it rests on.

    ``value`` is None unless each of the cells has a figure, all in one unit: **a blank is not a zero**, and a sum that
    takes it for one is wrong. ``known`` is the sum of the figures that there are, for whoever decides that the others
    count nothing; it too is None where units differ. ``cells`` are the ids of all cells, ``without`` of those that have
    no figure. ``codes`` are those of all diagnostics that touch one of the cells, and None where no reading was given
    that would know them.
    """

    value: int | None
    known: int | None
    cells: tuple[str, ...]
    without: tuple[str, ...] = ()
    codes: tuple[str, ...] | None = None
    unit: str | None = None

    def __str__(self) -> str:
        if self.known is None:
            return "? (units differ)"
        words = f"{self.known}{self.unit or ''}"
        if self.without:
            words += f" + ? ({len(self.without)} of {len(self.cells)} cells have no figure)"
        return words + f" (in doubt: {', '.join(self.codes)})" if self.codes else words

    def __repr__(self) -> str:
        return angled(type(self).__name__, str(self))


def subtotal(figures: Iterable[Figure], unit: str | None, reading: HasCodes | None) -> Subtotal:
    """The sum of ``figures``, which are counts in ``unit`` where none of their own is written behind them."""
    all_of_them = list(figures)
    cells = tuple(one.id for one in all_of_them)
    without = tuple(one.id for one in all_of_them if one.value is None)
    known, own = _known_sum(all_of_them, unit)
    return Subtotal(
        value=None if without else known,
        known=known,
        cells=cells,
        without=without,
        codes=None if reading is None else _codes_of(cells, reading),
        unit=None if own == unit else own,
    )


def _known_sum(figures: Sequence[Figure], unit: str | None) -> tuple[int | None, str | None]:
    """Return the sum of the figures that there are, and its unit; no sum where units differ. A nought has none."""
    values = [(int(one.value), one.unit or unit) for one in figures if one.value is not None]
    units = {own for number, own in values if number}
    if len(units) > 1:
        return None, unit
    return sum(number for number, _ in values), next(iter(units), unit)


def _codes_of(cells: Iterable[str], reading: HasCodes) -> tuple[str, ...]:
    """Return the codes that touch one of ``cells``, each once."""
    return tuple(dict.fromkeys(code for cell in cells for code in reading.codes(cell)))
