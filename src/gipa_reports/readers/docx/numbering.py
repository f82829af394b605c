"""The automatic numbers of a document, which are in no run of its text."""

from __future__ import annotations

import re
import string

from attrs import Factory, define, frozen

from ...template.words import ORDINALS
from ..package import Package
from .styles import Style
from .xml import Element, W, number_of, value_of

_MAX_NUMBER = 100
"""Characters of the pattern of an automatic number; a longer one is none."""


@frozen
class _Level:
    """Numbering of a level of a list; ``text`` has ``%1`` for the number of the outermost level, and so on."""

    start: int
    format: str
    text: str


@define
class _List:
    """A list as paragraphs refer to it. ``counts`` is shared by all lists of the same making; it has, for each level,
    the number that was last given.
    """

    levels: dict[int, _Level]
    counts: dict[int, int]
    restarts: dict[int, int] = Factory(dict)
    """Levels that begin anew, once, where this list is first used."""


class Lists:
    """Counts the numbers of a document's paragraphs in their order."""

    def __init__(self, package: Package, main: str) -> None:
        self._lists: dict[str, _List] = {}
        for name in package.related(main, "numbering")[:1]:
            root = package.tree(name)
            made = {
                element.get(f"{W}abstractNumId", ""): _List(_levels(element), {})
                for element in root.findall(f"{W}abstractNum")
            }
            for element in root.findall(f"{W}num"):
                pattern = made.get(value_of(element, "abstractNumId"))
                if pattern is not None:
                    self._lists[element.get(f"{W}numId", "")] = _own_list(element, pattern)

    def number(self, properties: Element | None, style: Style) -> str:
        """Return the number of the next paragraph with these properties, as it is shown; empty for one without.

        Also empty for bullets, and where the way of numbering is none of those known here.
        """
        numbered = None if properties is None else properties.find(f"{W}numPr")
        name, at = style.list, style.level
        if numbered is not None:
            name = value_of(numbered, "numId") or name
            at = number_of(numbered, "ilvl", at)
        found = self._lists.get(name)
        if found is None or at not in found.levels:
            return ""
        _count(found, at)
        return _shown(found, at)


def _count(numbered: _List, at: int) -> None:
    """Count a paragraph at level ``at``: those at deeper levels begin anew behind it."""
    counts = numbered.counts
    if numbered.restarts:
        counts.update({level: start - 1 for level, start in numbered.restarts.items()})
        numbered.restarts = {}
    counts[at] = counts.get(at, numbered.levels[at].start - 1) + 1
    for deeper in [level for level in counts if level > at]:
        del counts[deeper]


def _levels(parent: Element) -> dict[int, _Level]:
    return {
        _index(level): _Level(number_of(level, "start", 0), value_of(level, "numFmt"), value_of(level, "lvlText"))
        for level in parent.findall(f"{W}lvl")
    }


def _index(element: Element) -> int:
    index = element.get(f"{W}ilvl", "")
    return int(index) if len(index) == 1 and index in "012345678" else -1


def _own_list(element: Element, pattern: _List) -> _List:
    """Return a list of its own after ``pattern``, with the levels that it does otherwise."""
    levels = dict(pattern.levels)
    restarts: dict[int, int] = {}
    for override in element.findall(f"{W}lvlOverride"):
        levels.update(_levels(override))
        if override.find(f"{W}startOverride") is not None:
            restarts[_index(override)] = number_of(override, "startOverride", 0)
    return _List(levels, pattern.counts, restarts)


def _shown(found: _List, at: int) -> str:
    """Return the number of a paragraph at level ``at`` with the words around it, as 第%1条."""
    if found.levels[at].format == "bullet" or len(found.levels[at].text) > _MAX_NUMBER:
        return ""
    parts: list[str] = []
    for words, place in re.findall(r"(.*?)(?:%([1-9])|$)", found.levels[at].text, re.DOTALL):
        parts.append(words)
        if place:
            level = found.levels.get(int(place) - 1)
            number = None if level is None else _numeral(found.counts.get(int(place) - 1, level.start), level.format)
            if number is None:
                return ""
            parts.append(number)
    return "".join(parts)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _numeral(count: int, format: str) -> str | None:
    """Return ``count`` in the way that the form of numbering names; None for one not known here."""
    if format in ("", "decimal"):
        return str(count)
    if format == "none":
        return ""
    if format in _COUNTING and 0 < count < 100:
        tens, ones = divmod(count, 10)
        ten = (ORDINALS[tens - 1] if tens > 1 else "") + ORDINALS[9] if tens else ""
        return ten + (ORDINALS[ones - 1] if ones else "")
    row = _ROWS.get(format, "")
    return row[count - 1] if 0 < count <= len(row) else None


_COUNTING = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand".split()
)
_ROWS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographDigital": ORDINALS[:9],
    "japaneseDigitalTenThousand": ORDINALS[:9],
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "upperLetter": string.ascii_uppercase,
    "lowerLetter": string.ascii_lowercase,
}
"""Form of numbering → its numbers from 1 on, where each is one character."""
