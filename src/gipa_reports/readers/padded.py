"""Removal of what programs put between the cells of a text besides blanks, where it says nothing of the cells.

Each of these repairs gives back as many lines as it gets (see ``repairs``); none of them moves a word.
"""

from __future__ import annotations

import re

WIDE = 160
"""Characters of a line that is looked at for runs of blanks."""

MIN_RUNS = 40
"""Pairs of tabs in a text whose cells are parted by two."""

_BOX = re.compile("[\u2500-\u257f]")
_HIGH = re.compile("[│┃║].*[─━═]{2}")
_DASHES = re.compile(r"[ \t]*-{3,}(?:[ \t]+-{3,})+[ \t]*")
_BLANKS = re.compile(" {3,}")
_SINGLE_TAB = re.compile(r"\t(?<=[^\t\n]\t)(?=[^\t\n])")
"""A tab between two cells: then tabs are not in pairs. The tab is searched for first, as most of a text is none."""


def dashes_over_columns(lines: list[str]) -> list[str]:
    """Take out the lines of dashes, a run over each column, that pandoc draws above and below a table."""
    return ["" if "--" in line and _DASHES.fullmatch(line) else line for line in lines]


def wide_lines(lines: list[str]) -> list[str]:
    """Take out most blanks of the lines that are wide by blanks alone."""
    if max(map(len, lines), default=0) <= WIDE:
        return lines
    return [_BLANKS.sub("  ", line.strip()) if len(line) > WIDE and "   " in line else line for line in lines]


def pairs_of_tabs(lines: list[str]) -> list[str]:
    """Put blanks in the place of tabs where all are in pairs: empty cells have left no trace."""
    if _SINGLE_TAB.search("\n".join(lines)) is not None:
        return lines
    text = "\n".join(map(str.strip, lines))
    if text.count("\t\t") < MIN_RUNS or "\t\t\t" in text:
        return lines
    return [line.replace("\t\t", "  ") if "\t" in line else line for line in lines]


def boxes_with_high_cells(lines: list[str]) -> list[str]:
    """Take out the lines that a table is drawn with where a cell reaches over rules: no line of it is a row then."""
    found = list(lines)
    at = 0
    while at < len(lines):
        end = at
        # What is drawn has no tabs before it.
        while end < len(lines) and _BOX.match(lines[end].lstrip(" ")[:1]):
            end += 1
        if any(_HIGH.match(line.lstrip(" ")) for line in lines[at:end]):
            found[at:end] = [_BOX.sub("  ", line).rstrip() for line in lines[at:end]]
        at = end + 1
    return found
