"""From the words in a cell to a ``Cell``: one function, so that every reader and renderer agrees on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..errors import LimitError
from ..memo import Memo
from ..messages import Phrase
from ..report.cells import ABSENT, BLANK, MAX_CELL_TEXT, MAX_DIGITS, Cell, State
from ..template.forms import Column, Kind
from ..template.numerals import MAX_PLAIN, Numeral, is_plain, mark_of, numeral_of, one_line, seen
from ..template.vocabulary import LITERAL
from ..template.words import MEASURES, MONEY, MONEY_UNITS, SCALES

MAX_COUNTS = 4096
"""Counts that are remembered as they are written, if they have no more than"""
MAX_REMEMBERED = 3
"""characters: larger ones hardly come again."""


def read_figure(text: str, kind: Kind) -> tuple[Cell, str | None]:
    """The cell that ``text`` is in a column of ``kind``, and the code of what is wrong with it, if anything.

    No figure is made of anything but digits, one sign, separators of thousands, one decimal point and a known unit;
    counts take no fraction. Raises ``LimitError`` for a text too long to be a cell.
    """
    cell = read_plain(text, kind)
    if cell is not None:
        return cell, None
    return _read(text, kind)


def read_plain(text: str, kind: Kind) -> Cell | None:
    """The cell that ``text`` is if it is a number in digits alone, of money with or without a fraction."""
    if kind != "amount":
        return _known_counts[text] if len(text) <= MAX_REMEMBERED else _count(text)
    return Cell.of(Decimal(text)) if _PLAIN_AMOUNT.fullmatch(text) else None


def read_row(texts: Sequence[str], kinds: Sequence[Kind]) -> tuple[Cell, ...] | None:
    """The cells of ``texts`` if all are as ``read_plain`` reads them, as in most rows."""
    if "amount" in kinds:
        cells = [read_plain(text, kind) for text, kind in zip(texts, kinds, strict=True)]
    else:
        cells = [_known_counts[text] if len(text) <= MAX_REMEMBERED else _count(text) for text in texts]
    return tuple(cells) if all(cells) else None  # type: ignore[arg-type]


def adds_up(figures: Sequence[int | Decimal], addends: int) -> bool:
    """Return whether figures are groups of ``addends`` and a total, in each of which they add up to it."""
    width = addends + 1
    groups = [figures[start : start + width] for start in range(0, len(figures), width)]
    return bool(groups) and all(len(group) == width and sum(group[:-1]) == group[-1] for group in groups)


def texts_add_up(texts: Sequence[str], addends: int) -> bool:
    """Return whether the numbers in ``texts`` add up; what is no number in digits alone adds nothing.

    A figure broken over two lines leaves as many lines as there are columns where another is blank, and another sum.
    """
    return adds_up([int(text) if text.isdecimal() else 0 for text in texts], addends)


def _count(text: str) -> Cell | None:
    """The count that ``text`` is, None unless it is a number in digits alone."""
    if not is_plain(text):
        return None
    # What ``Cell`` makes sure of is known: so a cell costs a fifth.
    cell = Cell.__new__(Cell)
    _put_state(cell, State.VALUE)
    _put_value(cell, int(text))
    _put_unit(cell, None)
    _put_mark(cell, "")
    return cell


_PLAIN_AMOUNT = re.compile(rf"(?:0|[1-9]\d{{,{MAX_PLAIN}}})(?:\.\d{{1,{MAX_PLAIN}}})?", re.ASCII)
_put_state, _put_value, _put_unit, _put_mark = (
    getattr(Cell, name).__set__ for name in ("state", "value", "unit", "mark")
)
"""Fill the slots of a cell that is being made: what is frozen is not changed by it."""
_known_counts: Memo[str, Cell | None] = Memo(_count, MAX_COUNTS)


def _read(text: str, kind: Kind) -> tuple[Cell, str | None]:
    """The cell that a text is, whatever it holds."""
    words = one_line(text)
    if words.startswith(LITERAL) and len(words) > 1:
        return Cell.invalid(_bounded(words[1:].lstrip())), "figure-invalid"
    words = seen(words)
    mark = mark_of(words)
    if mark is not None:
        return (Cell.not_applicable(words) if mark == "not_applicable" else BLANK if mark == "blank" else ABSENT), None
    numeral = _bounded_numeral(words)
    if numeral is None or (numeral.fraction and kind != "amount"):
        return Cell.invalid(_bounded(words)), "figure-invalid"
    split = "figure-split" if numeral.is_split else None
    return Cell.of(_number(numeral, kind), numeral.unit), split


def _bounded_numeral(words: str) -> Numeral | None:
    """The numeral that words are; None where they are none. Raises ``LimitError`` for one with too many digits."""
    if len(words) > 2 * MAX_DIGITS:
        raise _too_long(words)
    numeral = numeral_of(words)
    if numeral is not None and len(numeral.digits) + len(numeral.fraction or "") > MAX_DIGITS:
        raise _too_long(words)
    return numeral


def _number(numeral: Numeral, kind: Kind) -> int | Decimal:
    """The number that a numeral is; money keeps its decimals as they are written."""
    number = numeral.sign + numeral.digits
    if kind != "amount":
        return int(number)
    return Decimal(f"{number}.{numeral.fraction}" if numeral.fraction else number)


def unit_differs(cell: Cell, column: Column) -> bool:
    """Return whether the unit that was written is another than the form's: 元 for 万元, 人次 in a column of 件."""
    if cell.unit is None:
        return False
    if column.kind == "amount":
        return cell.unit not in MONEY_UNITS or (column.unit is not None and cell.unit != column.unit)
    return not _counts_the_same(cell.unit, column)


def _counts_the_same(unit: str, column: Column) -> bool:
    """Return whether a unit is a measure word for what a column counts one by one."""
    return column.unit is None or unit in MEASURES[column.unit]


def with_units(
    cells: Sequence[Cell], columns: Sequence[Column], stated: Sequence[str]
) -> tuple[tuple[Cell, ...], list[tuple[int, str, str]]]:
    """A row with the unit that is stated around it, and which of its figures are in another than the form's.

    Money takes the one unit that is stated beside the form's own, if it is one that a cell can have; a figure with a
    unit of its own keeps that. Counts take none. The others are given by index, with the form's unit and what is
    stated: money in another unit or in several, counts in hundreds or of other things.
    """
    money = list(dict.fromkeys(unit for unit in stated if unit.endswith(MONEY)))
    measures = [unit for unit in stated if not unit.endswith(MONEY)]
    found = list(cells)
    others: list[tuple[int, str, str]] = []
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if cell.value is None or cell.unit is not None:
            continue
        if column.kind != "amount":
            differing = _differing(measures, column)
            others.extend((index, column.unit or "", unit) for unit in differing[:1])
            continue
        found[index], differing = _with_money(cell, column, money)
        if differing:
            others.append((index, column.unit or " / ".join(MONEY_UNITS), "、".join(differing)))
    return tuple(found), others


def _differing(measures: Sequence[str], column: Column) -> Sequence[str]:
    """The measure words stated around a count that are not the form's; beside one that is, only those of many."""
    differing = [unit for unit in measures if not _counts_the_same(unit, column)]
    return differing if len(differing) == len(measures) else [unit for unit in differing if unit[0] in SCALES]


def _with_money(cell: Cell, column: Column, money: Sequence[str]) -> tuple[Cell, Sequence[str]]:
    """A figure of money with the unit stated around it, and the units that are not the form's."""
    differing = [unit for unit in money if unit != column.unit]
    if len(differing) != 1 or differing[0] not in MONEY_UNITS:
        return cell, differing
    assert cell.value is not None, "a blank cell has no unit"
    return Cell.of(cell.value, differing[0]), differing if column.unit is not None else ()


def _bounded(words: str) -> str:
    if len(words) > MAX_CELL_TEXT:
        raise _too_long(words)
    return words


def _too_long(words: str) -> LimitError:
    return LimitError(
        f"a cell of {len(words)} characters; a figure has at most {MAX_DIGITS} digits, a text {MAX_CELL_TEXT} letters",
        code="figure-too-long",
        expected=Phrase(f"at most {MAX_DIGITS} digits", f"最多{MAX_DIGITS}位数字"),
        found=words[:40] + "…",
    )
