"""Tables whose columns are told by a rule of dashes above and below them: made rows parted by tabs, blanks in place.

``  ------ ---- ----`` gives the columns as a terminal shows them, an ideograph two wide. Each line is a row, or
all lines between two empty ones. A table in which a text goes beyond its column loses its rules alone. Every line
keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from unicodedata import east_asian_width

_RULE = re.compile(r"[ ]*-{2,}(?: -{2,})+[ ]*")
_DASHES = re.compile(r"[ \t]*-{3,}(?:[ \t]+-{3,})+[ \t]*")
"""A rule over columns that nothing is read from."""

SIGNS = ("-- -", "---")
"""Dashes of which every rule over columns has some."""

MIN_ROWS = 2
"""Rows between two rules that are a table."""

MAX_ROWS = 400
"""Lines between two rules; what is further apart is no table of the form."""

Columns = Sequence[tuple[int, int]]


def with_columns(lines: list[str]) -> list[str]:
    """Return ``lines`` with the tables between rules as rows parted by tabs; the same list where there are none."""
    rules = [number for number, line in enumerate(lines) if "-- -" in line and _RULE.fullmatch(line)]
    found: list[str] | None = None
    done = -1
    for rule in rules:
        if rule < done:
            continue
        first, end = _extent(lines, rule, rules)
        if not MIN_ROWS <= end - first <= MAX_ROWS:
            continue
        rows = _rows(lines[first:end], lines[rule])
        if rows is not None:
            found = lines[:] if found is None else found
            found[first:end] = rows
            done = end
    return _without_dashes(lines if found is None else found)


def _without_dashes(lines: list[str]) -> list[str]:
    """Return ``lines`` without the rules over columns that pandoc draws above and below a table."""
    dashes = [at for at, line in enumerate(lines) if "---" in line and _DASHES.fullmatch(line)]
    if not dashes:
        return lines
    found = list(lines)
    for at in dashes:
        found[at] = ""
    return found


def _extent(lines: Sequence[str], rule: int, rules: Sequence[int]) -> tuple[int, int]:
    """Return where a table begins and ends: with rules, or with the heading above one and the next empty line.

    A rule that is one run, as wide as that of the columns, may stand above the heading: then the next such ends it.
    """
    whole = "-" * len(lines[rule].strip())
    close = next((other for other in rules if other > rule and lines[other].strip() == lines[rule].strip()), None)
    first, end = _paragraph_around(lines, rule)
    if first < rule and lines[first].strip() == whole:
        below = (at for at in range(rule + 1, min(len(lines), rule + MAX_ROWS)) if lines[at].strip() == whole)
        return first, next(below, rule) + 1
    if close is None or (first < rule and close >= end):
        return first, end
    return rule, close + 1


def _paragraph_around(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Return where the lines that hold anything begin and end around one of them."""
    first, end = at, at + 1
    while first and lines[first - 1].strip():
        first -= 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return first, end


def _rows(lines: Sequence[str], rule: str) -> list[str] | None:
    """Return the lines of a table as rows; None where a text goes beyond its column."""
    columns = [match.span() for match in re.finditer(r"-+", rule)]
    inner = [line for line in lines if not _is_rule(line)]
    for ambiguous in ("WF", "WFA"):
        cut = [None if _is_rule(line) else _cells(line, columns, ambiguous) for line in lines]
        if sum(cells is not None for cells in cut) == len(inner):
            return list(_joined(cut)) if not all(map(str.strip, inner)) else _parted(cut)
    return None


def _is_rule(line: str) -> bool:
    """Return whether a line is nothing but a rule, whole or over each column."""
    text = line.strip()
    return len(text) > 1 and not text.strip("- ")


def _parted(rows: Sequence[list[str] | None]) -> list[str]:
    return ["" if cells is None else "\t".join(cells) for cells in rows]


def _joined(rows: Sequence[list[str] | None]) -> Iterator[str]:
    """Yield the rows of a table whose cells go on in the next line until an empty one; the others are left empty."""
    for is_filled, group in groupby(rows, key=lambda cells: any(cells or ())):
        same = [cells or [] for cells in group]
        yield "\t".join(map(together, zip(*same, strict=True))) if is_filled else ""
        yield from [""] * (len(same) - 1)


def together(pieces: Iterable[str]) -> str:
    """Return the cell whose pieces stand below each other. Figures on two lines may be two: a blank parts them."""
    cell = ""
    for piece in pieces:
        cell += f" {piece}" if cell[-1:].isdigit() and piece[:1].isdigit() else piece
    return cell


def _cells(line: str, columns: Columns, wide: str) -> list[str] | None:
    """Return what stands in each column; None where something stands between two. ``wide`` are the wide characters."""
    cells = [""] * len(columns)
    place = 0
    at = 0
    for char in line:
        while at < len(columns) - 1 and place >= columns[at][1] + 1:
            at += 1
        is_outside = not columns[at][0] <= place < (columns[at][1] if at < len(columns) - 1 else len(line) * 2)
        if is_outside and not char.isspace():
            return None
        if not is_outside:
            cells[at] += char
        place += 2 if east_asian_width(char) in wide else 1
    return [cell.strip() for cell in cells]
