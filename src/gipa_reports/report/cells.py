"""A cell of the form: a figure, or the plain statement that there is none and why."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from ..errors import ModelError
from ..template.words import NOT_APPLICABLE_MARKS, UNITS

MAX_DIGITS = 4000
"""Digits of the longest figure; Python itself refuses to print longer integers."""

_TOO_LONG = 10**MAX_DIGITS

MAX_CELL_TEXT = 2000
"""Characters of the longest text in a cell that is no figure."""


_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]")
"""What no line holds, or no document: XML has no place for U+FFFE and U+FFFF."""


class State(StrEnum):
    """What a cell holds; see ``Cell``."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    ABSENT = "absent"
    INVALID = "invalid"


def is_line(text: str) -> bool:
    """Whether ``text`` can stand in a report: one line, no control character but TAB, no U+FFFE and U+FFFF (which no
    DOCX or XLSX file can hold), no white space at its ends.
    """
    # What is printable has no control character, and that is told twice as fast.
    return text == text.strip() and (text.isprintable() or _UNPRINTABLE.search(text) is None)


def is_cell_text(text: str) -> bool:
    """Whether ``text`` can stand in a cell: a line in which white space is single spaces."""
    return text == " ".join(text.split()) and is_line(text)


def fold(text: str) -> str:
    """``text`` with full-width characters as half width and no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def decimal_text(value: Decimal) -> str:
    """``value`` in plain digits, never with an exponent."""
    return format(value, "f")


@frozen
class Cell:
    """One cell. Build it with ``Cell.of``, ``blank``, ``not_applicable``, ``absent`` or ``invalid``.

    ``value`` is an ``int``, or a ``Decimal`` in a column of money; it is None unless ``state`` is ``value``.
    ``unit`` is the unit that the source wrote behind the figure, or states around it (in a heading, a label, a note)
    where that is not the form's; None where it says none, or the form's. Nothing is ever converted. ``mark`` is what
    stands in a cell that is not applicable (``/``) or invalid. A blank cell is there and empty: it is not zero.

    Raises ``ModelError`` for a state without its data, or data without its state.
    """

    state: State
    value: int | Decimal | None = None
    unit: str | None = None
    mark: str = field(default="", repr=lambda mark: repr(mark[:40]))

    def __attrs_post_init__(self) -> None:
        if self.state is State.VALUE:
            _check_value(self.value)
            if self.mark != "":
                raise _bad_cell("a figure has no mark", str(self.mark))
            if self.unit is not None and self.unit not in UNITS:
                raise _bad_cell(f"unknown unit; known are {', '.join(UNITS)}", str(self.unit))
            return
        if not isinstance(self.state, State):
            raise _bad_cell("state must be a gipa_reports.State", repr(self.state))
        if self.value is not None or self.unit is not None:
            raise _bad_cell(f"a cell that is {self.state} has no value and no unit", repr(self.value))
        if not isinstance(self.mark, str):
            raise _bad_cell("a mark is text", repr(self.mark))
        wants_mark = self.state in (State.NOT_APPLICABLE, State.INVALID)
        if wants_mark != bool(self.mark):
            raise _bad_cell(f"a cell that is {self.state} has {'a' if wants_mark else 'no'} mark", repr(self.mark))
        if not is_cell_text(self.mark) or len(self.mark) > MAX_CELL_TEXT:
            raise _bad_cell("a mark is one line of at most 2000 characters with single spaces", repr(self.mark[:80]))
        if self.state is State.NOT_APPLICABLE and fold(self.mark) not in NOT_APPLICABLE_MARKS:
            raise _bad_cell("not a mark for 'not applicable'", repr(self.mark))

    @classmethod
    def of(cls, value: int | Decimal, unit: str | None = None) -> Cell:
        """A figure."""
        return cls(State.VALUE, value, unit)

    @classmethod
    def blank(cls) -> Cell:
        """There and empty."""
        return BLANK

    @classmethod
    def absent(cls) -> Cell:
        """The form has the cell, the document has no such row or column."""
        return ABSENT

    @classmethod
    def not_applicable(cls, mark: str = "/") -> Cell:
        """Marked as having no figure: ``/``, ``-``, ``—``, ``不适用``, ``无``."""
        return cls(State.NOT_APPLICABLE, mark=mark)

    @classmethod
    def invalid(cls, mark: str) -> Cell:
        """Something is there that is no figure, or that cannot be told to be this cell's."""
        return cls(State.INVALID, mark=mark)

    @property
    def text(self) -> str:
        """The cell in words, as it is rendered: the figure with its unit, the mark, or nothing."""
        if self.value is None:
            return self.mark
        number = decimal_text(self.value) if isinstance(self.value, Decimal) else str(self.value)
        return number + (self.unit or "")


def _check_value(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _bad_cell("a figure is an int, or a Decimal in a column of money", repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise _bad_cell("a figure is finite", str(value))
        _, digits, exponent = value.as_tuple()
        if len(digits) + abs(int(exponent)) > MAX_DIGITS:
            raise _bad_cell(f"a figure has at most {MAX_DIGITS} digits", str(value)[:40])
    elif abs(value) >= _TOO_LONG:
        raise _bad_cell(f"a figure has at most {MAX_DIGITS} digits", f"{value.bit_length()} bits")


def _bad_cell(message: str, found: str) -> ModelError:
    return ModelError(message, code="bad-cell", found=found)


BLANK = Cell(State.BLANK)
ABSENT = Cell(State.ABSENT)


@frozen
class Figure:
    """One cell of the form as a record.

    ``id`` is ``table.row.column``; ``edition`` that of its table; ``state``, ``value``, ``unit`` and ``text`` are the
    cell's.
    """

    id: str
    table: str
    edition: str
    state: State
    value: int | Decimal | None
    unit: str | None
    text: str
