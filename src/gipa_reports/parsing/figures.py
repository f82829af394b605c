"""From the words in a cell to a ``Cell``: one function, so that every reader and renderer agrees on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ..errors import LimitError
from ..report.cells import ABSENT, BLANK, MAX_CELL_TEXT, MAX_DIGITS, Cell, State, fold
from ..template.forms import Column, Kind
from ..template.labels import LITERAL
from ..template.words import ABSENT_MARK, BLANK_MARK, MONEY, MONEY_UNITS, NOT_APPLICABLE_MARKS, UNITS

MAX_PLAIN = 32
"""Characters of the longest figure that is remembered as it is written, and"""

MAX_COUNTS = 16384
"""how many are."""

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("−"): "-", ord("﹣"): "-", ord("﹢"): "+"}
_FIGURE = re.compile(
    r"([+-]?)\s*(0|[1-9]\d{0,2}(?:\s*,\s*\d{3})+|[1-9][\d\s]*|0(?=\s*\.))(?:\s*\.\s*(\d[\d\s]*))?\s*("
    + "|".join(UNITS)
    + r")?",
    re.ASCII,
)
_ZERO_WIDTH = {0x200B: " ", **dict.fromkeys((0xAD, 0x200C, 0x200D, 0x200E, 0x202A, 0x202C, 0x202D, 0x2060, 0xFEFF))}
"""Characters that nobody sees: one parts what stands around it, the others are nothing.

Not among them are marks of the direction from right to left, for what is shown may have another order.
"""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")


def read_figure(text: str, kind: Kind) -> tuple[Cell, str | None]:
    """The cell that ``text`` is in a column of ``kind``, and the code of what is wrong with it, if anything.

    No figure is made of anything but digits, one sign, separators of thousands, one decimal point and a known unit;
    counts take no fraction. Raises ``LimitError`` for a text too long to be a cell.
    """
    if kind != "amount" and (cell := _known_counts[text]) is not None:
        return cell, None
    return _read_short(text, kind) if len(text) <= MAX_PLAIN else _read(text, kind)


def read_counts(texts: Sequence[str]) -> tuple[Cell, ...] | None:
    """The cells of ``texts`` if all are numbers in digits alone, as in most rows."""
    cells = tuple(map(_known_counts.__getitem__, texts))
    return cells if all(cells) else None  # type: ignore[return-value]


class _Counts(dict[str, "Cell | None"]):
    """Text → the count that it is, None unless it is a number in digits alone; the texts met before are remembered."""

    def __missing__(self, text: str) -> Cell | None:
        cell = Cell.of(int(text)) if is_plain(text) else None
        if len(text) <= MAX_PLAIN:
            if len(self) >= MAX_COUNTS:
                self.clear()
            self[text] = cell
        return cell


_known_counts = _Counts()


def is_plain(text: str) -> bool:
    """Whether ``text`` is a number in digits alone, as most figures are."""
    return text.isdigit() and text.isascii() and (text[0] != "0" or len(text) == 1) and len(text) <= MAX_PLAIN


def is_figure(text: str) -> bool:
    """Whether ``text`` is a figure or a mark for one: what may stand in a cell without being flagged as invalid."""
    return is_plain(text) or (len(text) <= MAX_CELL_TEXT and _read_any(text))


@lru_cache(maxsize=4096)
def _read_any(text: str) -> bool:
    cell, _ = _read(text, "amount")
    return cell.state is not State.INVALID


@lru_cache(maxsize=4096)
def _read_short(text: str, kind: Kind) -> tuple[Cell, str | None]:
    return _read(text, kind)


def _read(text: str, kind: Kind) -> tuple[Cell, str | None]:
    words = one_line(text)
    if words.startswith(LITERAL) and len(words) > 1:
        return Cell.invalid(_bounded(words[1:].lstrip())), "figure-invalid"
    if not words.isascii():
        words = one_line(words.translate(_ZERO_WIDTH))
    if not words or words == BLANK_MARK:
        return BLANK, None
    if words == ABSENT_MARK:
        return ABSENT, None
    folded = words.translate(_HALF_WIDTH)
    if len(words) <= 8 and fold(words) in NOT_APPLICABLE_MARKS:
        return Cell.not_applicable(words), None
    if len(folded) > 2 * MAX_DIGITS:
        raise _too_long(words)
    match = _FIGURE.fullmatch(folded)
    if match is None:
        return Cell.invalid(_bounded(words)), "figure-invalid"
    sign, whole, fraction, unit = match.groups()
    digits = "".join(whole.split()).replace(",", "")
    if len(digits) + len(fraction or "") > MAX_DIGITS:
        raise _too_long(words)
    split = "figure-split" if re.search(r"\d\s+[\d.]|[,.]\s+\d", folded) else None
    if kind == "amount":
        number = f"{sign}{digits}.{''.join(fraction.split())}" if fraction else sign + digits
        return Cell.of(Decimal(number), unit), split
    if fraction:
        return Cell.invalid(_bounded(words)), "figure-invalid"
    return Cell.of(int(sign + digits), unit), split


def one_line(text: str) -> str:
    """``text`` as a cell holds it: white space as single spaces, what can't stand in a line made visible."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def unit_differs(cell: Cell, column: Column) -> bool:
    """Whether the unit that was written is not the form's: 元 where the form says 万元, 万元 in a column of 件."""
    if cell.unit is None:
        return False
    if column.kind == "amount":
        return cell.unit not in MONEY_UNITS or (column.unit is not None and cell.unit != column.unit)
    return cell.unit in MONEY_UNITS


def with_units(
    cells: Sequence[Cell], columns: Sequence[Column], stated: Sequence[str]
) -> tuple[tuple[Cell, ...], list[tuple[int, str, str]]]:
    """A row with the unit that is stated around it, and which of its figures are in another than the form's.

    Money takes the one unit that is stated beside the form's own, if it is one that a cell can have; a figure with a
    unit of its own keeps that. Counts take none. The others are given by index, with the form's unit and what is
    stated: money in another unit or in several, counts in hundreds.
    """
    money = list(dict.fromkeys(unit for unit in stated if unit.endswith(MONEY)))
    scaled = next((unit for unit in stated if unit not in UNITS and not unit.endswith(MONEY)), None)
    found = list(cells)
    others: list[tuple[int, str, str]] = []
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if cell.value is None or cell.unit is not None:
            continue
        if column.kind != "amount":
            if scaled is not None:
                others.append((index, column.unit or "", scaled))
            continue
        differing = [unit for unit in money if unit != column.unit]
        known = len(differing) == 1 and differing[0] in MONEY_UNITS
        if known:
            found[index] = Cell.of(cell.value, differing[0])
        if differing and not (known and column.unit is None):
            others.append((index, column.unit or " / ".join(MONEY_UNITS), "、".join(differing)))
    return tuple(found), others


def _bounded(words: str) -> str:
    if len(words) > MAX_CELL_TEXT:
        raise _too_long(words)
    return words


def _too_long(words: str) -> LimitError:
    return LimitError(
        f"a cell of {len(words)} characters; a figure has at most {MAX_DIGITS} digits, a text {MAX_CELL_TEXT} letters",
        code="figure-too-long",
        expected=f"at most {MAX_DIGITS} digits",
        found=words[:40] + "…",
    )
