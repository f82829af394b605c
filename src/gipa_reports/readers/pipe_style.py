"""Style in which a document writes its rows between pipes: with pipes at the ends of lines or not, blanks in place or
dropped.

Some extractors drop blank cells and fill the row with pipes at its end, others leave every cell where it is. Both end a
row with a run of pipes; only the second leaves an empty cell before a figure, in a row as wide as those around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby, pairwise

MIN_ROWS = 3
"""Rows of one width, one behind the other, that are a table whose blanks can be in place."""

_PIPE = re.compile(r"(?<!\\)\|")
_BLANK_BEFORE_FIGURE = re.compile(r"\|(?:[^\S\n]*\|)+[^\S\n]*\d")
"""Mark of a row with a blank cell before a figure; most documents have no such row."""
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)*\s*:?-{3,}:?\s*\|?\s*")
"""A line of dashes and pipes below the heading of a Markdown table; without a pipe it is a rule between paragraphs."""


def pieces(line: str) -> list[str]:
    """Return ``line`` cut at its pipes."""
    return _PIPE.split(line) if "\\" in line else line.split("|")


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below the heading of a Markdown table."""
    return "---" in line and "|" in line and _RULE.fullmatch(line) is not None


class PipeStyle:
    """Style of all rows of a document, as its lines with pipes show."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.is_open: bool = _is_open(lines)
        """True if no line begins or ends with a pipe, but where its first or last cell is blank."""

    @cached_property
    def keeps_blanks(self) -> bool:
        """Return whether a blank cell stands in its place; where nothing shows it, it may be moved to the end."""
        if _BLANK_BEFORE_FIGURE.search("\n".join(self._lines)) is None:
            return False
        cells = (self.cells(line) for line in self._lines if not is_rule(line))
        if self.is_open:
            return any(map(_has_blank_before_figure, cells))
        runs = (list(run) for _, run in groupby(cells, key=len))
        return any(len(run) >= MIN_ROWS and any(map(_has_blank_before_figure, run)) for run in runs)

    def cells(self, line: str, rule: str = "") -> list[str]:
        """Return the cells between the pipes of a line, with or without pipes at its ends.

        Where the rule of its table has none at an end, a pipe there has an empty cell outside of it.
        """
        return self._inner([cell.strip() for cell in pieces(line)], rule)

    def _inner(self, cells: list[str], rule: str = "") -> list[str]:
        """Return what is cut at the pipes of a line without the empty texts outside of its first and last pipe."""
        if self.is_open:
            return cells
        led, closed = rule.startswith("|"), rule.endswith("|")
        if rule and not (led and closed) and len(cells) == rule.strip("|").count("|") + 1 + led + closed:
            return cells[led : len(cells) - closed]
        if len(cells) > 1 and not cells[-1]:
            cells.pop()
        if len(cells) > 1 and not cells[0]:
            cells.pop(0)
        return cells

    def are_even(self, lines: Iterable[str]) -> bool:
        """Return whether all rows are of one width, so that none of them has lost or won a cell."""
        return len({len(self.cells(line)) for line in lines}) == 1


def _is_open(lines: Sequence[str]) -> bool:
    """Return whether no rule has a pipe at an end, and a heading above one has none; without rules, most lines.

    A table in a cell of another begins with a pipe, that of the row around it.
    """
    ruled = [(above.strip(), rule.strip()) for above, rule in pairwise(lines) if is_rule(rule)]
    if not ruled:
        return sum("|" not in (line.strip()[0], line.strip()[-1]) for line in lines) * 2 > len(lines)
    if any("|" in (rule[0], rule[-1]) for _, rule in ruled):
        return False
    return any("|" not in (above[0], above[-1]) for above, _ in ruled)


def _has_blank_before_figure(cells: Sequence[str]) -> bool:
    """Return whether an empty cell stands behind a filled one and before a figure."""
    filled = [place for place, cell in enumerate(cells) if cell]
    return any(place - before > 1 and cells[place].isdecimal() for before, place in pairwise(filled))
