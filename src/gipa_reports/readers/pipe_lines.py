"""Lines of a text with pipes, each by itself: its pieces, its kind and the table that it belongs to, found once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..memo import Memo, lazy
from ..template import TableId, words
from ..template.vocabulary import ESCAPE, look_up

MAX_REMEMBERED = 300
"""Characters of the longest line that is remembered, and"""

MAX_LINES = 8192
"""how many lines are."""

PROSE = (ESCAPE, *words.STATED)
"""Beginnings of lines that are prose, whatever pipes or tabs are in them."""

EMPTY, LOOSE, PIPED, PIPES = 0, 1, 2, 3
"""Kinds of lines: without a text or a pipe; with a text and no pipe that is none of it; with both; with pipes alone."""

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?\s*")
"""A line of dashes and pipes below the heading of a Markdown table; without a pipe it is a rule between paragraphs."""
_MARKED = re.compile(r"[\\<&*_`]")
"""Mark in every cell that is written otherwise than it reads, in any format with pipes."""


class PipeLine:
    """A line of a text, cut at its pipes. What only few lines are asked for is worked out then."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: tuple[str, ...] = tuple(map(str.strip, pieces(text)))
        """Texts between its pipes; the first and the last are empty where it begins and ends with one."""
        self.filled: tuple[str, ...] = tuple(filter(None, self.pieces))
        """The pieces that are not empty."""
        has_pipes = "|" in text and has_pipe(text)
        self.kind: int = (PIPED if has_pipes else LOOSE) if self.filled else PIPES if has_pipes else EMPTY

    @lazy
    def is_bare(self) -> bool:
        """True if it neither begins nor ends with a pipe."""
        return "" not in (self.pieces[0], self.pieces[-1])

    @lazy
    def has_blank(self) -> bool:
        """True if an empty piece stands between filled ones; most lines have none, or have them all at an end."""
        count = len(self.filled)
        return not all(self.pieces[:count]) and not all(self.pieces[1 : count + 1])

    @lazy
    def is_rule(self) -> bool:
        """True if it is the rule below the heading of a Markdown table."""
        return is_rule(self.text)

    @lazy
    def is_plain(self) -> bool:
        """True if its cells read as they are written."""
        return _MARKED.search(self.text) is None

    @lazy
    def cell(self) -> str:
        """The cell of a line with one text and its pipes behind it, most lines of such layouts; else empty."""
        is_one = self.kind == PIPED and self.filled == self.pieces[:1] and "\\" not in self.text
        return self.pieces[0] if is_one and len(self.text) <= MAX_REMEMBERED else ""

    @lazy
    def table(self) -> TableId | None:
        """The table of the form that one of its first labels is of; 其他 and 总计 are in two."""
        return table_of(self.pieces) if len(self.text) <= MAX_REMEMBERED else None

    @lazy
    def ends_run(self) -> bool:
        """True if it is no cell of a table with pipes: a heading of a section, or a line with tabs."""
        text = self.text.strip()
        return self.kind == LOOSE and ("\t" in text or look_up(text).section is not None)

    @lazy
    def is_page_number(self) -> bool:
        """True if it is the number of a page, as its words show."""
        return self.kind == LOOSE and words.PAGE_MARK.fullmatch(self.text.strip()) is not None


def pieces(line: str) -> list[str]:
    """Return ``line`` cut at its pipes."""
    return _PIPE.split(line) if "\\" in line else line.split("|")


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below the heading of a Markdown table."""
    return "---" in line and "|" in line and _RULE.fullmatch(line) is not None


def has_pipe(line: str) -> bool:
    """Return whether a line has a pipe that is none of its text."""
    if line.startswith(PROSE) or ("\\" in line and _PIPE.search(line) is None):
        return False
    return "\t" not in line or "\t" not in line.strip().strip("|").strip()


def table_of(between: Sequence[str]) -> TableId | None:
    """Return the table of the form that one of the first cells of a row is a label of; 其他 and 总计 are in two."""
    first = next((at for at, text in enumerate(between) if text), 0)
    for text in between[first : first + 3]:
        found = look_up(text).labels if text else ()
        if len(found) == 1 and found[0].name not in ("other", "total"):
            return found[0].table
    return None


PIPE_LINES: Memo[str, PipeLine] = Memo(PipeLine, MAX_LINES, keeps=lambda line: len(line) <= MAX_REMEMBERED)
"""A line → what it is by itself. Most lines of most reports are alike."""
