"""The page of contents: headings of sections above a report, which are none of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..document import Paragraph
from ..template import HEADINGS, SectionId, TableId, words
from ..template.vocabulary import look_up
from .titles import bare
from .tokens import SectionLine

MIN_ENTRIES = 4
"""Headings that make a page of contents where nothing says that it is one, and"""
MIN_BELOW_WORD = 2
"""where something does."""

MAX_WORD = 10
"""Characters of that, with the marks and blanks around it."""

MAX_ENTRY = 60
"""Characters of an entry."""

MAX_ABOVE = 20
"""Lines at the top in which the word above the entries is looked for."""

_LEADER = re.compile(r"[\s.…·．—_-]*[(（]?\d{0,3}[)）]?\s*$")
_LIST_MARK = re.compile(r"^(?:[-*+]\s+)+")
_ORDER: dict[SectionId, int] = {heading.id: number for number, heading in enumerate(HEADINGS)}

Lines = Sequence[Paragraph | TableId]


def contents_in(lines: Lines, headings: Sequence[int]) -> range:
    """Return the places of the page of contents among ``lines``, with the word above it; none where there is none.

    Its entries are headings in their order, with but short lines between, each of which comes again below. ``headings``
    are the places of all that stand alone on a line.
    """
    word = _word_above(lines)
    if word is None and len(headings) <= len(HEADINGS):
        return range(0)
    start = headings[0] if word is None else word + 1
    end, entries = _entries(lines, start)
    below = {line.section for line in lines[end:] if isinstance(line, SectionLine)}
    is_one = len(entries) >= (MIN_ENTRIES if word is None else MIN_BELOW_WORD) and below.issuperset(entries)
    return range(start if word is None else word, end) if is_one else range(0)


def _word_above(lines: Lines) -> int | None:
    """The place of the word 目录 above the first heading."""
    for at, line in enumerate(lines[:MAX_ABOVE]):
        if isinstance(line, (str, SectionLine)):
            return None
        if len(line.text) <= MAX_WORD and words.CONTENTS.fullmatch(line.text):
            return at
    return None


def _entries(lines: Lines, start: int) -> tuple[int, list[SectionId]]:
    """The sections that entries name from ``start`` on, and the place behind the last."""
    end, entries = start, list[SectionId]()
    for at in range(start, len(lines)):
        line = lines[at]
        if isinstance(line, str) or len(line.text) > MAX_ENTRY or "。" in line.text:
            break
        section = line.section if isinstance(line, SectionLine) else look_up(_entry(line.text)).section
        if section is not None:
            if entries and _ORDER[section] <= _ORDER[entries[-1]]:
                break
            entries.append(section)
        if section is not None or (end == at and line.text.isdecimal()):
            end = at + 1
    return end, entries


def _entry(text: str) -> str:
    """An entry without the mark of a list, its link, and the number of the page."""
    return _LEADER.sub("", bare(_LIST_MARK.sub("", text)))
