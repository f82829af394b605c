"""A cell of the form: a figure, or the plain statement that there is none and why."""

from __future__ import annotations

import operator
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Never, SupportsIndex, overload

from attrs import frozen

from ..brief import cut, one_line
from ..errors import ModelError, WrongTypeError
from ..messages import Lang, Phrase, in_language
from ..template import FORMS, Edition, TableId
from ..template.captions import cell_caption
from ..template.words import NOT_APPLICABLE_MARKS, UNITS

if TYPE_CHECKING:
    # Type checkers know this module without its being installed. The default makes a bare ``Cell`` one of any figure.
    from typing_extensions import TypeVar

    V_co = TypeVar("V_co", bound=int | Decimal, covariant=True, default=int | Decimal)
else:
    from typing import TypeVar

    V_co = TypeVar("V_co", bound=int | Decimal, covariant=True)

MAX_DIGITS = 4000
"""Digits of the longest figure; Python itself refuses to print longer integers."""

_TOO_LONG = 10**MAX_DIGITS

MAX_CELL_TEXT = 2000
"""Characters of the longest text in a cell that is no figure."""


_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]")
"""Characters that no line holds, or no document: XML has no place for U+FFFE and U+FFFF."""


class State(StrEnum):
    """State of a cell; see ``Cell``."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    ABSENT = "absent"
    INVALID = "invalid"

    def label(self, lang: Lang = "zh") -> str:
        """The state in a word or two."""
        return _STATES_ZH[self] if lang == "zh" else _STATES_EN[self]


_STATES_ZH = dict(zip(State, ("有数字", "空白", "不适用", "缺", "不是数字"), strict=True))
_STATES_EN = dict(zip(State, ("value", "blank", "not applicable", "absent", "no figure"), strict=True))


def is_line(text: str) -> bool:
    """Return whether ``text`` can stand in a report: one line, no control character but TAB, no U+FFFE and U+FFFF
    (which no DOCX or XLSX file can hold), no white space at its ends.
    """
    # What is printable has no control character, and that is told twice as fast.
    return text == text.strip() and (text.isprintable() or _UNPRINTABLE.search(text) is None)


def is_cell_text(text: str) -> bool:
    """Return whether ``text`` can stand in a cell: a line in which white space is single spaces."""
    return text == " ".join(text.split()) and is_line(text)


def fold(text: str) -> str:
    """``text`` with full-width characters as half width and no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def decimal_text(value: Decimal) -> str:
    """``value`` in plain digits, never with an exponent."""
    return format(value, "f")


@frozen
class Cell(Generic[V_co]):
    """One cell. Build it with ``Cell.of``, ``blank``, ``not_applicable``, ``absent`` or ``invalid``.

    ``Cell[int]`` is a cell of a column of counts, ``Cell[Decimal]`` of one of money, ``Cell`` either; a cell without a
    figure, ``Cell[Never]``, can stand in all of them. ``value`` is None unless ``state`` is ``value``. An integer of
    another library (numpy's) becomes an ``int``. ``unit`` is the unit that the source wrote behind the figure, or
    states around it (in a heading, a label, a note) where that is not the form's; None where it says none, or the
    form's. Nothing is ever converted. ``mark`` is what stands in a cell that is not applicable (``/``) or invalid. A
    blank cell is there and empty: it is not zero.

    Raises ``ModelError`` for a state without its data, or data without its state.
    """

    state: State
    value: V_co | None = None
    unit: str | None = None
    mark: str = ""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.state, State):
            raise WrongTypeError.of("state", "State", self.state, code="bad-cell")
        if not isinstance(self.mark, str):
            raise WrongTypeError.of("mark", "str", self.mark, code="bad-cell")
        if self.state is State.VALUE:
            self._check_figure()
            return
        if self.value is not None or self.unit is not None:
            en, zh = f"a cell that is {self.state} has no value and no unit", f"{self.state}的单元格没有value和unit"
            raise _bad_cell(en, zh, repr(self.unit if self.value is None else self.value))
        self._check_mark()

    def _check_figure(self) -> None:
        value: object = self.value
        if type(value) is not int and type(value) is not Decimal:
            value = _plain_number(value)
            object.__setattr__(self, "value", value)
        _check_size(value)
        if self.mark:
            raise _bad_cell("a figure has no mark", "数字没有mark", repr(self.mark))
        if self.unit is not None and not isinstance(self.unit, str):
            raise WrongTypeError.of("unit", "str", self.unit, code="bad-cell")
        if self.unit is not None and self.unit not in UNITS:
            en, zh = f"unknown unit; known are {', '.join(UNITS)}", f"没有这种单位，已知的有{'、'.join(UNITS)}"
            raise _bad_cell(en, zh, repr(self.unit))

    def _check_mark(self) -> None:
        wants_mark = self.state in (State.NOT_APPLICABLE, State.INVALID)
        if wants_mark != bool(self.mark):
            en = f"a cell that is {self.state} has {'a' if wants_mark else 'no'} mark"
            zh = f"{self.state}的单元格{'应有' if wants_mark else '没有'}mark"
            raise _bad_cell(en, zh, repr(self.mark))
        if not is_cell_text(self.mark) or len(self.mark) > MAX_CELL_TEXT:
            en = f"a mark is one line of at most {MAX_CELL_TEXT} characters with single spaces"
            zh = f"mark应为一行文字，最多{MAX_CELL_TEXT}个字符，中间只有单个空格"
            raise _bad_cell(en, zh, repr(self.mark[:80]))
        if self.state is State.NOT_APPLICABLE and fold(self.mark) not in NOT_APPLICABLE_MARKS:
            raise _bad_cell("not a mark for 'not applicable'", "不是表示不适用的mark", repr(self.mark))

    @overload
    @classmethod
    def of(cls, value: Decimal, unit: str | None = None) -> Cell[Decimal]: ...

    @overload
    @classmethod
    def of(cls, value: SupportsIndex, unit: str | None = None) -> Cell[int]: ...

    @classmethod
    def of(cls, value: SupportsIndex | Decimal, unit: str | None = None) -> Cell[int] | Cell[Decimal]:
        """A figure."""
        return Cell(State.VALUE, value, unit)  # type: ignore[arg-type]  # another library's integer becomes an int

    @classmethod
    def blank(cls) -> Cell[Never]:
        """There and empty."""
        return BLANK  # type: ignore[return-value]  # a cell without a figure is of any column

    @classmethod
    def absent(cls) -> Cell[Never]:
        """The form has the cell, the document has no such row or column."""
        return ABSENT  # type: ignore[return-value]

    @classmethod
    def not_applicable(cls, mark: str = "/") -> Cell[Never]:
        """Marked as having no figure: ``/``, ``-``, ``—``, ``不适用``, ``无``."""
        return Cell(State.NOT_APPLICABLE, mark=mark)

    @classmethod
    def invalid(cls, mark: str) -> Cell[Never]:
        """Something is there that is no figure, or that cannot be told to be this cell's."""
        return Cell(State.INVALID, mark=mark)

    def __repr__(self) -> str:
        if self.state is State.VALUE:
            return f"Cell.of({cut(repr(self.value), 40)}{f', {self.unit!r}' if self.unit is not None else ''})"
        return f"Cell.{self.state}({cut(repr(self.mark), 40) if self.mark else ''})"

    @property
    def text(self) -> str:
        """The cell in words, as it is rendered: the figure with its unit, the mark, or nothing."""
        value, unit = self.value, self.unit
        if value is None:
            return self.mark
        number = decimal_text(value) if isinstance(value, Decimal) else str(value)
        return number if unit is None else number + unit


def _plain_number(value: object) -> int | Decimal:
    """``value`` as exactly an ``int`` or a ``Decimal``: integers of other libraries and subclasses become one."""
    if isinstance(value, Decimal):
        return Decimal(value)
    if value is None:
        raise _bad_cell("a cell that is value has a value", "value的单元格应有value", "None")
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise WrongTypeError.of("value", "int | Decimal", value, code="bad-cell")
    return int(operator.index(value))


def _check_size(value: object) -> None:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise _bad_cell("a figure is finite", "数字应为有限的", str(value))
        _, digits, exponent = value.as_tuple()
        if len(digits) + abs(int(exponent)) > MAX_DIGITS:
            raise _too_long(str(value)[:40])
    elif isinstance(value, int) and abs(value) >= _TOO_LONG:
        raise _too_long(Phrase(f"{value.bit_length()} bits", f"{value.bit_length()}位二进制数"))


def _too_long(found: str) -> ModelError:
    return _bad_cell(f"a figure has at most {MAX_DIGITS} digits", f"数字最多{MAX_DIGITS}位", found)


def _bad_cell(en: str, zh: str, found: str) -> ModelError:
    return ModelError(en, code="bad-cell", found=found, zh=f"{zh}：{in_language(found, 'zh')}。")


BLANK: Cell = Cell(State.BLANK)
ABSENT: Cell = Cell(State.ABSENT)


@frozen
class Figure:
    """One cell of the form as a record.

    ``id`` is ``table.row.column``; ``edition`` that of its table; ``state``, ``value``, ``unit`` and ``text`` are the
    cell's.
    """

    id: str
    table: TableId
    edition: Edition
    state: State
    value: int | Decimal | None
    unit: str | None
    text: str

    def label(self, lang: Lang = "zh") -> str:
        """All that the form says of the cell, what stands above it first: ``一、本年新收…·自然人``; in English ours."""
        form = FORMS[self.table, self.edition]
        row_id, _, column_id = self.id.partition(".")[2].rpartition(".")
        column = next(one for one in form.columns_of[row_id] if one.id == column_id)
        return cell_caption(form, form.rows[form.row_index[row_id]], column, lang)

    __repr__ = one_line
