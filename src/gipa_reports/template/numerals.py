"""How a figure is written: digits, one sign, separators of thousands, one decimal point, a unit; or a mark for none.

Only the shape of a text is told here; what cell it makes is for ``parsing.figures``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from .words import ABSENT_MARK, BLANK_MARK, NOT_APPLICABLE_MARKS, UNITS

MAX_PLAIN = 32
"""Digits of the longest figure that is told at a glance."""

MAX_TEXT = 2000
"""Characters; what is longer is no figure."""

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("−"): "-", ord("﹣"): "-", ord("﹢"): "+"}
_FIGURE = re.compile(
    r"([+-]?)\s*(0|[1-9]\d{0,2}(?:\s*,\s*\d{3})+|[1-9][\d\s]*|0(?=\s*\.))(?:\s*\.\s*(\d[\d\s]*))?\s*("
    + "|".join(UNITS)
    + r")?",
    re.ASCII,
)
_SPLIT = re.compile(r"\d\s+[\d.]|[,.]\s+\d")
_ZERO_WIDTH = {0x200B: " ", **dict.fromkeys((0xAD, 0x200C, 0x200D, 0x200E, 0x202A, 0x202C, 0x202D, 0x2060, 0xFEFF))}
"""Characters that nobody sees: one parts what stands around it, the others are nothing.

Not among them are marks of the direction from right to left, for what is shown may have another order.
"""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")


class Numeral(NamedTuple):
    """A figure as it is written. ``digits`` and ``fraction`` have no white space in them, though ``is_split`` says
    that there was some; ``fraction`` is None without a decimal point.
    """

    sign: str
    digits: str
    fraction: str | None
    unit: str | None
    is_split: bool


Mark = Literal["blank", "absent", "not_applicable"]


def is_plain(text: str) -> bool:
    """Return whether ``text`` is a number in digits alone, as most figures are."""
    return text.isdigit() and text.isascii() and (text[0] != "0" or len(text) == 1) and len(text) <= MAX_PLAIN


def one_line(text: str) -> str:
    """``text`` as a cell holds it: white space as single spaces, what can't stand in a line made visible."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def seen(text: str) -> str:
    """``text`` as one line, without the characters that nobody sees."""
    words = one_line(text)
    return words if words.isascii() else one_line(words.translate(_ZERO_WIDTH))


def mark_of(words: str) -> Mark | None:
    """Return what ``words``, as ``seen``, say instead of a figure."""
    if not words or words == BLANK_MARK:
        return "blank"
    if words == ABSENT_MARK:
        return "absent"
    folded = "".join(unicodedata.normalize("NFKC", words).split()) if len(words) <= 8 else ""
    return "not_applicable" if folded in NOT_APPLICABLE_MARKS else None


def numeral_of(words: str) -> Numeral | None:
    """The figure that ``words``, as ``seen``, are."""
    folded = words.translate(_HALF_WIDTH)
    match = _FIGURE.fullmatch(folded)
    if match is None:
        return None
    sign, whole, fraction, unit = match.groups()
    digits = "".join(whole.split()).replace(",", "")
    fraction = "".join(fraction.split()) if fraction else None
    return Numeral(sign, digits, fraction, unit, _SPLIT.search(folded) is not None)


def is_figure(text: str) -> bool:
    """Return whether ``text`` is a figure or a mark for one: what stands in a cell without being flagged as invalid."""
    if is_plain(text):
        return True
    if len(text) > MAX_TEXT or (text[:1].isalpha() and text[-1:].isdecimal()):
        # No figure begins with a letter, and no mark for none ends in a digit.
        return False
    words = seen(text)
    return mark_of(words) is not None or (not words[:1].isalpha() and numeral_of(words) is not None)
