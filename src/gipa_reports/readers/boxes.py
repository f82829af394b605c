"""Tables drawn with lines, as terminals print them (``│ ─ ┼`` or ``+---+``): made rows parted by tabs, blanks in place.

A rule between all rows tells which lines are one row, whose cells may be wrapped; where only the heading has one, each
line is a row. What a program prints of its own (the names and types of its columns, how many rows there are) is left
out. Every line keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .underlined import together

_PIPES = str.maketrans("│┃┆┊║╎╏", "|||||||")
_RULE = re.compile(r"(?=.*[+─━═╌┈])[+|├┤┌┐└┘┼┬┴╞╡╪╔╗╚╝╠╣╬╦╩╭╮╯╰┏┓┗┛┣┫╋┡┩╇━═─╌┈=-]{3,}")
_CORNERS = tuple("+├┌└╞╔╚╠╭╰┏┗┣┡")
"""Characters that the rules of a drawn table begin with."""

SIGNS = tuple("+─━═╌┈")
"""Characters of which every rule has one."""

_BOX = re.compile("[\u2500-\u257f]")
_HIGH = re.compile("[│┃║].*[─━═]{2}")

_EDGES = re.compile(r"[^─━═╌┈=-]+")
"""Marks between the columns in a rule."""

_OWN = re.compile(r"(?:column_?\d+|c\d+|---|str|[iu]\d{1,2}|f\d\d|varchar|bigint|integer|double|null)?")
_COUNT = re.compile(r"\s*\|?\s*(?:shape: \(\d+, \d+\)|\d+ rows?(?:\s+\d+ columns?)?)\s*\|?\s*")

MIN_BETWEEN = 3
"""Rules of a table; where it has more than those above and below it and its heading, they part its rows."""


def unboxed(lines: list[str]) -> list[str]:
    """Return ``lines`` with the tables drawn in them as rows parted by tabs; the same list where there are none."""
    lines = _without_high_cells(lines)
    found: list[str] | None = None
    end = 0
    for start, line in enumerate(lines):
        if start < end or not is_rule(line):
            continue
        end = _end_of_table(lines, start)
        if end - start > 2 and _is_drawn(lines[start:end]):
            found = list(lines) if found is None else found
            _draw(found, start, end)
    return lines if found is None else found


def _without_high_cells(lines: list[str]) -> list[str]:
    """Take out the lines that a table is drawn with where a cell reaches over rules: no line of it is a row then."""
    found: list[str] | None = None
    at = 0
    while at < len(lines):
        end = at
        # What is drawn has no tabs before it.
        while end < len(lines) and _BOX.match(lines[end].lstrip(" ")[:1]):
            end += 1
        if any(_HIGH.match(line.lstrip(" ")) for line in lines[at:end]):
            found = list(lines) if found is None else found
            found[at:end] = [_BOX.sub("  ", line).rstrip() for line in lines[at:end]]
        at = end + 1
    return lines if found is None else found


def _end_of_table(lines: Sequence[str], start: int) -> int:
    """Return where the rules and rows end that begin with a line."""
    following = (at for at in range(start, len(lines)) if not is_rule(lines[at]) and not _cells(lines[at]))
    return next(following, len(lines))


def is_rule(line: str) -> bool:
    """Return whether a line is the edge of a drawn table, or a rule in it; a rule of Markdown begins with a pipe."""
    text = line.strip()
    return text[:1] in _CORNERS and _RULE.fullmatch(text) is not None


def _is_drawn(lines: Sequence[str]) -> bool:
    """Return whether lines have two rules at least, or one with as many columns as each row."""
    rules = [line.strip() for line in lines if is_rule(line)]
    columns = len(_EDGES.split(rules[0][1:-1]))
    return len(rules) > 1 or all(len(_cells(line)) == columns for line in lines if not is_rule(line))


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a drawn table; none where it is no such line."""
    text = line.translate(_PIPES).strip()
    if len(text) < 2 or text[0] != "|" or text[-1] != "|":
        return []
    return [cell.strip() for cell in text[1:-1].split("|")]


def _draw(lines: list[str], start: int, end: int) -> None:
    """Write the table between two lines anew, in their places."""
    rules = [at for at in range(start, end) if is_rule(lines[at])]
    groups = [range(above + 1, below) for above, below in pairwise([*rules, end]) if below - above > 1]
    for at in rules:
        lines[at] = ""
    _drop_counts(lines, (start - 1, start - 2, end))
    for number, group in enumerate(groups):
        _draw_rows(lines, group, are_one=len(rules) > MIN_BETWEEN, are_heading=number == 0 and len(groups) > 1)


def _draw_rows(lines: list[str], group: range, *, are_one: bool, are_heading: bool) -> None:
    """Write what stands between two rules anew, without what the program added."""
    for at, cells in zip(group, _rows_of([_cells(lines[at]) for at in group], are_one), strict=True):
        is_own = _is_count(lines[at]) or (are_heading and all(map(_OWN.fullmatch, cells)))
        lines[at] = "" if is_own else "\t".join(cells)


def _is_count(line: str) -> bool:
    """Return whether a line only says how many rows or columns a table has."""
    return _COUNT.fullmatch(line.translate(_PIPES)) is not None


def _rows_of(lines: list[list[str]], are_one: bool) -> list[list[str]]:
    """Return the cells of the rows that the lines between two rules are: all one row, the others empty, or each one."""
    if not are_one or len({len(line) for line in lines}) > 1:
        return lines
    return [list(map(together, zip(*lines, strict=True))), *([] for _ in lines[1:])]


def _drop_counts(lines: list[str], around: Sequence[int]) -> None:
    """Empty those of the lines around a drawn table that only say how many rows or columns it has."""
    for at in around:
        if 0 <= at < len(lines) and _is_count(lines[at]):
            lines[at] = ""
