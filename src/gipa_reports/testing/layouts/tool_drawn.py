"""Tables that tools draw with lines: layouts 22 and 25."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from ...brief import columns
from .grid import Grid, expand

_WRAPPED_AT = 24
"""Places on the screen that the widest column has."""


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a cell of this width."""
    lines = [""]
    for character in text:
        if columns(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _widths(rows: list[list[str]], most: int = 10**6) -> list[int]:
    return [min(most, max(columns(text) for text in column)) for column in zip(*rows, strict=True)]


def _line(texts: list[str], widths: list[int], side: str) -> str:
    padded = (text + " " * (width - columns(text)) for text, width in zip(texts, widths, strict=True))
    return f"{side} " + f" {side} ".join(padded) + f" {side}"


def _rule(widths: list[int], left: str, dash: str, cross: str, right: str) -> str:
    return left + cross.join(dash * (width + 2) for width in widths) + right


def _lines(row: list[str], widths: list[int], side: str) -> list[str]:
    pieces = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    return [_line(list(texts), widths, side) for texts in zip_longest(*pieces, fillvalue="")]


def _drawn(rows: list[list[str]], side: str, rule: Callable[[list[int], int], str]) -> str:
    """Return rows with a rule line before, between and after all; long texts are wrapped within their cells."""
    widths = _widths(rows, _WRAPPED_AT)
    lines = [rule(widths, 0)]
    for row in rows:
        lines += [*_lines(row, widths, side), rule(widths, 1)]
    lines[-1] = rule(widths, 2)
    return "\n".join(lines)


def grid(grid: Grid) -> str:
    """Return a table with ``+---+`` around every row."""
    return _drawn(expand(grid), "|", lambda widths, place: _rule(widths, "+", "-", "+", "+"))


def boxes(grid: Grid) -> str:
    """Return a table with box characters around every cell."""
    corners = (("┌", "┬", "┐"), ("├", "┼", "┤"), ("└", "┴", "┘"))

    def rule(widths: list[int], place: int) -> str:
        left, cross, right = corners[place]
        return _rule(widths, left, "─", cross, right)

    return _drawn(expand(grid), "│", rule)


def frame(grid: Grid) -> str:
    """Return a table as a data frame is printed: invented names and types above, how many rows below."""
    rows = expand(grid)
    count = len(rows[0])
    widths = _widths([[f"column{number}" for number in range(count)], ["varchar"] * count, *rows])
    lines = [
        _rule(widths, "┌", "─", "┬", "┐"),
        _line([f"column{number}" for number in range(count)], widths, "│"),
        _line(["varchar"] * count, widths, "│"),
        _rule(widths, "├", "─", "┼", "┤"),
        *(_line(row, widths, "│") for row in rows),
        _rule(widths, "└", "─", "┴", "┘"),
    ]
    return "\n".join([*lines, f"  {len(rows)} rows" + " " * 12 + f"{count} columns"])


def simple(grid: Grid) -> str:
    """Return a table whose columns stand under lines of dashes."""
    rows = expand(grid)
    widths = _widths(rows)
    rule = "  " + " ".join("-" * width for width in widths)
    lines = (
        " ".join(text + " " * (width - columns(text)) for text, width in zip(row, widths, strict=True)) for row in rows
    )
    return "\n".join([rule, *(f"  {line}".rstrip() for line in lines), rule])


def psql(grid: Grid) -> str:
    """Return a table of pipes whose rule lines cross at pluses."""
    rows = expand(grid)
    widths = _widths(rows)
    rule = _rule(widths, "+", "-", "+", "+")
    first, *others = (_line(row, widths, "|") for row in rows)
    return "\n".join([rule, first, _rule(widths, "|", "-", "+", "|"), *others, rule])
