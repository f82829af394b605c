"""Prose whose lines were broken at a width, joined into paragraphs again.

Only lines that follow each other in a text are looked at; what other formats call a paragraph is one. ``RULES`` say, by
the two lines, that the second goes on with the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from attrs import evolve

from ..document import Paragraph
from ..template import TableId, words
from ..template.vocabulary import ESCAPE
from .tokens import SectionLine, as_heading

WIDEST = 120
"""Columns of the widest line of a text that was broken at a width; an ideograph takes two."""

FULL = 0.85
"""Share of the widest line that a line fills which is broken at the width."""

MAX_GAP = 3
"""Lines from one to the next of a paragraph or heading, where that is below an empty one, or the mark of a page."""

MAX_HEADING = 40
"""Characters of a heading that is broken over two lines."""

MIN_FULL = 2
"""Lines that are so full and end within a sentence, in a text that was broken at a width."""

Lines = Sequence[Paragraph | TableId]
Rule = Callable[[str, str], bool]

_OPEN = re.compile(r"[，、（《“〈]$")
_STOP = re.compile(r"[。！？；：:;!?…]$")
_MARK_FIRST = re.compile(r"[，。、；：）》”〉！？]")
_DATE = re.compile(r"\d{4}(?:\n年|年\n)\d{1,2}月|\d(?:\n[年月]|[年月]\n)\d{0,2}[月日]|\d\n[年月日]")
_CELLS = re.compile(r"[|\t│]|,[,\"]|,$")
"""Marks between cells and not within prose."""
_NEW = re.compile(
    rf"[（(]?[{words.ORDINALS}\d]{{1,3}}[）)、.．]|第[{words.ORDINALS}]+[章节条部]|[●■◆★—-]|[{words.ORDINALS}]是"
)


def within_sentence(above: str, below: str) -> bool:
    """The line above ends with a comma or an opening bracket, or a mark that ends words begins the one below."""
    return _OPEN.search(above) is not None or _MARK_FIRST.match(below) is not None


def within_date(above: str, below: str) -> bool:
    """A date is broken: 2023年12 / 月31日."""
    return _DATE.search(f"{above[-6:]}\n{below[:4]}") is not None


RULES: tuple[Rule, ...] = (within_sentence, within_date)
"""Signs that a line goes on with the one above, whatever their widths."""


def joined(lines: Lines, is_apart: Callable[[str], bool]) -> list[Paragraph | TableId]:
    """Return ``lines`` with those of one paragraph as one; ``is_apart`` tells lines that are never part of one."""
    if not _has_neighbours(lines):
        return list(lines)
    joining = _Joining(_full_width(lines), is_apart)
    for line in lines:
        joining.take(line)
    return joining.found


class _Joining:
    """Lines taken one after the other, with those that go on with the paragraph above put to it."""

    def __init__(self, least: float, is_apart: Callable[[str], bool]) -> None:
        self._least = least
        self._is_apart = is_apart
        self.found: list[Paragraph | TableId] = []
        self._open: int | None = None
        """The paragraph that may go on,"""
        self._last = Paragraph("", 0)
        """its last line, and"""
        self._reach = 0
        """the line in which it goes on at the latest."""

    def take(self, line: Paragraph | TableId) -> None:
        """Take the next line."""
        above = "" if self._open is None else self.found[self._open]
        if isinstance(line, str):
            self._open = None
        elif self._open is None or isinstance(above, str) or not self._last.line < line.line:
            self._begin(line)
        elif line.line <= self._last.line + MAX_GAP and words.PAGE_MARK.fullmatch(line.text):
            self._reach = line.line + MAX_GAP
        elif line.line <= self._reach and self._goes_on(above, line):
            self.found[self._open] = evolve(above, text=above.text + line.text)
            self._last, self._reach = line, line.line + 1
            return
        else:
            self._begin(line)
        self.found.append(line)

    def _begin(self, line: Paragraph) -> None:
        self._open, self._last, self._reach = len(self.found), line, line.line + 1

    def _goes_on(self, above: Paragraph, line: Paragraph) -> bool:
        return (
            _are_plain(above, line)
            and _goes_on(self._last.text, line.text, self._least)
            and not self._is_apart(above.text)
            and (line.text.endswith("。") or not self._is_apart(line.text))
        )


def whole_headings(lines: list[Paragraph | TableId]) -> list[Paragraph | TableId]:
    """Return ``lines`` with each heading of a section that is broken over two as one."""
    found: list[Paragraph | TableId] = []
    for line in lines:
        above = found[-1] if found else ""
        whole = None if isinstance(line, str) or isinstance(above, str) else _heading_over(above, line)
        if whole is None:
            found.append(line)
        else:
            found[-1] = whole
    return found


def _heading_over(above: Paragraph, below: Paragraph) -> SectionLine | None:
    """The heading of a section of which the two lines are the halves."""
    if above.text[0] not in words.ORDINALS or not words.CUT_ORDINAL.match(above.text):
        return None
    if isinstance(above, SectionLine) or isinstance(below, SectionLine) or below.line - above.line > MAX_GAP:
        return None
    if len(above.text) + len(below.text) > MAX_HEADING:
        return None
    whole = as_heading(evolve(above, text=above.text + below.text))
    return whole if isinstance(whole, SectionLine) else None


def _has_neighbours(lines: Lines) -> bool:
    """Return whether two lines of a text stand one right below the other."""
    numbers = [0 if isinstance(line, str) or line.origin is not None else line.line for line in lines]
    return any(one and below == one + 1 for one, below in pairwise(numbers))


def _are_plain(above: Paragraph, below: Paragraph) -> bool:
    """Return whether both are plain lines of a text."""
    return (
        above.origin is None
        and below.origin is None
        and not isinstance(above, SectionLine)
        and not isinstance(below, SectionLine)
        and not above.text.startswith(ESCAPE)
        and not below.text.startswith(ESCAPE)
    )


def _goes_on(above: str, below: str, least: float) -> bool:
    if not above or not below or _NEW.match(below) or _CELLS.search(above) or _CELLS.search(below):
        return False
    if any(rule(above, below) for rule in RULES):
        return True
    return bool(least) and _STOP.search(above) is None and _width(above) >= least


def _full_width(lines: Lines) -> float:
    """Return how wide a line is at least that was broken at the width of the text; 0 where it was not broken at one."""
    pairs = _next_to_each_other(lines)
    if any(len(text) > WIDEST for pair in pairs for text in pair):
        return 0
    widest = max((_width(text) for pair in pairs for text in pair), default=0)
    full = [one for one, _ in pairs if _STOP.search(one) is None and _width(one) >= FULL * widest]
    return FULL * widest if widest <= WIDEST and len(full) >= MIN_FULL else 0


def _next_to_each_other(lines: Lines) -> list[tuple[str, str]]:
    """The plain lines of a text of which one stands right below the other."""
    plain = [line for line in lines if not isinstance(line, (str, SectionLine)) and line.origin is None]
    return [(above.text, below.text) for above, below in pairwise(plain) if below.line == above.line + 1]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
