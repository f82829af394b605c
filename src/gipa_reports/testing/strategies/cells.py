"""Strategies for single cells."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from ...report import Cell
from ...template import EDITIONS, Column, Edition, words
from .texts import cell_texts

_SIGNS = st.sampled_from((1, -1))
_INTEGERS = st.one_of(
    st.integers(-3, 200),
    st.integers(-(10**60), 10**60),
    st.builds(
        lambda digit, length, sign: sign * int(str(digit) * length),
        st.integers(1, 9),
        st.sampled_from((19, 40, 300, 3000)),
        _SIGNS,
    ),
)


def decimal_of(sign: int, coefficient: int, exponent: int) -> Decimal:
    """Return the decimal with these parts, which keeps its exponent."""
    return Decimal((sign, tuple(map(int, str(coefficient))), exponent))


_DECIMALS = st.builds(
    decimal_of,
    st.integers(0, 1),
    st.one_of(st.integers(0, 1000), st.integers(0, 10**60)),
    st.one_of(st.integers(-4, 0), st.integers(-40, 40), st.sampled_from((-3000, 3000))),
)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


_NOT_APPLICABLE_MARKS = st.builds(
    lambda mark, respell: respell(mark),
    st.sampled_from(sorted(words.NOT_APPLICABLE_MARKS)),
    st.sampled_from((str, _wide, " ".join)),
)

_UNITS = st.none() | st.sampled_from(words.UNITS)


def cells(column: Column) -> st.SearchStrategy[Cell]:
    """Any cell of ``column``, in all five states.

    Figures are small, huge (60 digits, now and then 3000) or negative; in a column of money they are decimals with any
    exponent; units are any known one. Marks for 'not applicable' come in half and full width, with and without spaces.
    What is invalid is any text, above all texts that look like something else.
    """
    return _cells(column.kind == "amount")


@cache
def _cells(money: bool) -> st.SearchStrategy[Cell]:
    figures: st.SearchStrategy[int | Decimal] = _DECIMALS if money else _INTEGERS
    return st.one_of(
        st.builds(Cell.of, figures, _UNITS),
        st.just(Cell.blank()),
        st.just(Cell.absent()),
        st.builds(Cell.not_applicable, _NOT_APPLICABLE_MARKS),
        st.builds(Cell.invalid, cell_texts()),
    )


@cache
def editions(edition: Edition | None) -> st.SearchStrategy[Edition]:
    """``edition`` alone, or each of the two where it is None."""
    return st.just(edition) if edition else st.sampled_from(EDITIONS)
