"""Number formats: what a spreadsheet shows of a number, and the words that it shows beside it."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from ...template.labels import LITERAL

MAX_FORMAT_CODE = 255
"""Characters that a number format can have."""

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the built-in formats for dates and times, those of East Asian editions too."""
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile("[ymdhs]", re.IGNORECASE)

_CODES = {**dict.fromkeys(("9", "10"), "0%"), **dict.fromkeys(("5", "6", "7", "8", "42", "44"), "¤0")}
"""Numbers of the built-in formats that show more than digits → such a format."""
_WORDS_OF_CODE = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
"""Words in a number format, as they are quoted, and what stands for no words: room, filling, colours, conditions."""
_SHOWN_NUMBER = re.compile(r"General|G/\w{4}|[#0?.](?:[#0?.,/ ]|E[+-])*", re.IGNORECASE)
_GENERAL = re.compile(r"(?:\[[^\]$]*\])*")
"""A format, or its colours and conditions alone, that shows a number as if there were none."""
_SEEN = {
    **dict.fromkeys("+-", re.compile("General|G/|[#0?@]", re.IGNORECASE)),
    # Of signs for digits only a 0 shows zero; a dash is how accounts do.
    "0": re.compile("General|G/|[0@—–-]", re.IGNORECASE),
    "@": re.compile("General|G/|@", re.IGNORECASE),
}
"""Sign of ``NumberFormat.unshown`` → what shows it in its part of a format."""
_FRACTION = re.compile(r"[#0?]\s*/")
_WHITE = re.compile(r"\[(?:white|白色?|color\s*(?:2|19|20))\]", re.IGNORECASE)
"""The colour of a part of a format whose numbers are not seen."""
_UNSEEN = "\0"
"""Stands for it in the part."""
_OTHER_NUMBER = re.compile(r",\s*\Z|,\.")
"""A comma that divides by a thousand: it stands behind the last digit, or that before the point."""


@frozen
class NumberFormat:
    """Format of a number: as a date, or with words before and behind it."""

    is_date: bool = False
    before: str = ""
    after: str = ""
    unshown: str = ""
    """Kinds of values not shown as they are: ``+`` numbers above zero, ``-`` those below it, ``0`` zero, ``@``
    texts."""


PLAIN = NumberFormat()
OTHER = NumberFormat(before=LITERAL)
"""Of a format that shows another number than the cell holds, and of a style that there is not."""


def built_in_formats() -> dict[str, NumberFormat]:
    """Return the formats that every workbook has, by number; the others of them show a number as it is."""
    formats = {number: read_format(code) for number, code in _CODES.items()}
    return formats | {str(number): NumberFormat(is_date=True) for number in _DATES}


def read_format(code: str) -> NumberFormat:
    """Return what a format code shows."""
    if _DATE_CODE.search(_NO_CODE.sub("", code)):
        return NumberFormat(is_date=True)
    if _GENERAL.fullmatch(code) and not _WHITE.search(code):
        return PLAIN
    parts = _WORDS_OF_CODE.sub(_words_of_code, code).split(";")
    sections = ["" if _UNSEEN in part else part for part in parts]
    found = {shown for at, section in enumerate(sections) if (shown := _read_section(section, at)) is not None}
    # Where it depends on the number what is shown beside it, or whether another is shown, none is to be believed.
    shown = found.pop() if len(found) == 1 else OTHER if found else PLAIN
    unshown = _unshown(sections, re.search(r"\[[<=>]", code) is not None)
    return evolve(shown, unshown=unshown) if unshown else shown


def _unshown(sections: list[str], is_conditional: bool) -> str:
    """Return what a format does not show as it is; see ``NumberFormat.unshown``.

    Its part of the code is empty, or words alone; or it shows numbers below zero without their sign.
    """
    numbers, texts = sections[:3], sections[3:]
    if len(numbers) > 1 and "@" in numbers[-1]:
        texts = [numbers.pop()]
    # Where there is no part for them, numbers below zero and zero are shown as those above it.
    parts = numbers[0], numbers[1 % len(numbers)], numbers[2 % len(numbers)], *texts
    found = "".join([kind for part, (kind, seen) in zip(parts, _SEEN.items(), strict=False) if not seen.search(part)])
    if len(numbers) > 1 and "-" not in found and not re.search("[-(—–]", numbers[1]):
        found += "-"
    # Which part is whose is then for the conditions to say.
    return found + "+-0" if is_conditional and found.strip("@") else found


def _words_of_code(match: re.Match[str]) -> str:
    """Return the words in a piece of a format; a percent sign for what would change the number as words beside it."""
    if _WHITE.fullmatch(match[0]):
        return _UNSEEN
    return re.sub(r"[\d#?.,;@/]", "%", match[1] or match[2] or match[3] or "")


def _read_section(section: str, at: int) -> NumberFormat | None:
    """Return how a part of a format shows its numbers; None where it shows no digits.

    The first part is of numbers above zero, or of all; ``at`` is its place.
    """
    match = _SHOWN_NUMBER.search(section)
    if match is None:
        return None
    around = section[: match.start()], section[match.end() :]
    if at == 0 and re.search("[-()]", "".join(around)):
        # A sign that the format adds is none of the number.
        return OTHER
    before, after = (re.sub(r"[\s()+-]", "", words) for words in around)
    changed = _OTHER_NUMBER.search(match[0]) or re.search(r"[%#0?\d]", before + after) or _FRACTION.search(match[0])
    return OTHER if changed else NumberFormat(False, before, after)
