"""Marks of style around words, ``[规章]{style="…"}``, as pandoc writes a page of Word in its Markdown: taken out."""

from __future__ import annotations

import re

SIGNS = (']{style="', ']{lang="', "]{.")
"""Mark that every text has in which words are marked so."""

_ATTRIBUTE = r'(?:[.#][\w-]+|[\w:-]+="[^"\n]*")'
_SPAN = re.compile(rf"\[([^\[\]\n]*)\]\{{{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\}}")

MAX_DEPTH = 8
"""Marks one within the other."""


def unbracketed(lines: list[str]) -> list[str]:
    """Return ``lines`` with the words alone of what has a mark around it."""
    return [_unmarked(line) if "]{" in line else line for line in lines]


def _unmarked(line: str) -> str:
    for _ in range(MAX_DEPTH):
        line, count = _SPAN.subn(r"\1", line)
        if not count:
            break
    return line
