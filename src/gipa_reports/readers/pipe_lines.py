"""Lines of a text with pipes, each by itself: its pieces, its kind and the table that it belongs to, found once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..memo import Memo
from ..template import TableId, words
from ..template.vocabulary import ESCAPE, look_up

MAX_REMEMBERED = 300
"""Characters of the longest line that is remembered, and"""

MAX_LINES = 8192
"""how many lines are."""

PIPED = 1
LOOSE = 2

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?\s*")
"""A line of dashes and pipes below the heading of a Markdown table; without a pipe it is a rule between paragraphs."""
_MARKED = re.compile(r"[\\<&*_`]")
"""Mark in every cell that is written otherwise than it reads, in any format with pipes."""


class PipeLine(NamedTuple):
    """A line of a text, cut at its pipes."""

    text: str
    pieces: tuple[str, ...]
    """Texts between its pipes; the first and the last are empty where it begins and ends with one."""
    kind: int
    """``PIPED`` where it has a pipe that is none of its text, ``LOOSE`` where it has a text and none; 0 if empty."""
    filled: tuple[str, ...]
    """The pieces that are not empty."""
    is_bare: bool
    """True if it neither begins nor ends with a pipe."""
    has_blank: bool
    """True if an empty piece stands between filled ones; most lines have none, or have them all at an end."""
    is_rule: bool
    """True if it is the rule below the heading of a Markdown table."""
    is_plain: bool
    """True if its cells read as they are written."""
    cell: str
    """The cell of a line with one text and its pipes behind it, most lines of such layouts; else empty."""
    table: TableId | None
    """The table of the form that one of its first labels is of; 其他 and 总计 are in two."""
    ends_run: bool
    """True if it is no cell of a table with pipes: a heading of a section, or a line with tabs."""
    is_page_number: bool
    """True if it is the number of a page, as its words show."""


def pieces(line: str) -> list[str]:
    """Return ``line`` cut at its pipes."""
    return _PIPE.split(line) if "\\" in line else line.split("|")


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below the heading of a Markdown table."""
    return "---" in line and "|" in line and _RULE.fullmatch(line) is not None


def has_pipe(line: str) -> bool:
    """Return whether a line has a pipe that is none of its text."""
    if "\\" in line and (line[0] == ESCAPE or _PIPE.search(line) is None):
        return False
    return "\t" not in line or "\t" not in line.strip().strip("|").strip()


def _kind(line: str) -> int:
    if "|" in line and has_pipe(line):
        return PIPED
    return LOOSE if line.strip() else 0


def _read_line(line: str) -> PipeLine:
    text = line.strip()
    between = tuple(map(str.strip, pieces(line)))
    filled = tuple(filter(None, between))
    kind = _kind(line)
    is_short = len(line) <= MAX_REMEMBERED
    is_one_cell = is_short and kind == PIPED and "\\" not in line and filled == between[:1]
    return PipeLine(
        text=line,
        pieces=between,
        kind=kind,
        filled=filled,
        is_bare="" not in (between[0], between[-1]),
        has_blank=not all(between[: len(filled)]) and not all(between[1 : len(filled) + 1]),
        is_rule=is_rule(line),
        is_plain=_MARKED.search(line) is None,
        cell=between[0] if is_one_cell else "",
        table=table_of(between) if is_short else None,
        ends_run=kind == LOOSE and ("\t" in text or look_up(text).section is not None),
        is_page_number=kind == LOOSE and words.PAGE_MARK.fullmatch(text) is not None,
    )


def table_of(between: Sequence[str]) -> TableId | None:
    """Return the table of the form that one of the first cells of a row is a label of; 其他 and 总计 are in two."""
    first = next((at for at, text in enumerate(between) if text), 0)
    for text in between[first : first + 3]:
        found = look_up(text).labels if text else ()
        if len(found) == 1 and found[0].name not in ("other", "total"):
            return found[0].table
    return None


PIPE_LINES: Memo[str, PipeLine] = Memo(_read_line, MAX_LINES, keeps=lambda line: len(line) <= MAX_REMEMBERED)
"""A line → what it is by itself. Most lines of most reports are alike."""
