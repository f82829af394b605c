"""Plain text: paragraphs between empty lines, tables as rows of cells parted by tabs, spans as empty cells."""

from __future__ import annotations

import re

from ..report import Report
from ..template.labels import ESCAPE
from .layout import Sheet, lay_out, texts


def write(report: Report) -> str:
    """``report`` as text."""
    parts: list[str] = []
    for block in lay_out(report):
        if isinstance(block, Sheet):
            parts.append("\n".join(_row(row) for row in texts(block)))
        else:
            parts.append(block.text)
    return "\n\n".join(parts) + "\n"


def _row(cells: list[str]) -> str:
    line = "\t".join(map(_cell, cells))
    # A line that begins with a backslash is prose.
    return " " + line if line.startswith(ESCAPE) else line


def _cell(text: str) -> str:
    """A cell in which no pipe is taken for the end of one, and nothing for a mark of style behind words in brackets.

    The pipe or brace and the backslashes before it have one before each.
    """
    text = re.sub(r"(\\*)\|", r"\1\1\\|", text) if "|" in text else text
    return re.sub(r"](\\*){", r"]\1\1\\{", text) if "]" in text else text
