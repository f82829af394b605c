"""Marks of style around words, which converters write where a page of Word has a style: taken out of Markdown."""

from __future__ import annotations

import re

SIGNS = (']{style="', ']{lang="', "]{.")
"""Mark that every text has in which words are bracketed."""

_ATTRIBUTE = r'(?:[.#][\w-]+|[\w:-]+="[^"\n]*")'
_BRACKETS = re.compile(rf"\[([^\[\]\n]*)\]\{{{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\}}")
_SPAN = re.compile(
    r"<span(?:\s+(?:lang|class|id)=\"[^\"<>]*\"|\s+style=\"(?:\s*(?:font-family|text-align|line-height|mso-[\w-]+)\s*:[^;\"<>]*;?"
    r"|\s*font-size\s*:\s*[1-9]\d(?:\.\d+)?p[tx]\s*;?)*\")*\s*>([^<>]*)</span>",
    re.IGNORECASE,
)
"""Letters in a style that neither hides, strikes out nor raises them."""

MAX_DEPTH = 8
"""Marks one within the other."""


def unbracketed(lines: list[str]) -> list[str]:
    """Return ``lines`` with ``[规章]{style="…"}``, as pandoc writes it, as the words alone."""
    return [_unmarked(_BRACKETS, line) if "]{" in line else line for line in lines]


def without_spans(lines: list[str]) -> list[str]:
    """Return ``lines`` without the tags around letters whose style changes nothing of what they say."""
    return [_unmarked(_SPAN, line) if "</" in line else line for line in lines]


def _unmarked(mark: re.Pattern[str], line: str) -> str:
    for _ in range(MAX_DEPTH):
        line, count = mark.subn(r"\1", line)
        if not count:
            break
    return line
