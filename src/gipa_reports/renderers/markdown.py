"""Markdown: headings with ``#``, tables with pipes; spans are empty cells, for Markdown has none."""

from __future__ import annotations

import re

from ..report import Report
from .layout import Line, Sheet, lay_out, texts

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")
_MARKER = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def write(report: Report) -> str:
    """``report`` as Markdown."""
    parts = [_table(block) if isinstance(block, Sheet) else _line(block) for block in lay_out(report)]
    return "\n\n".join(parts) + "\n"


def _line(line: Line) -> str:
    return "#" * line.level + " " * bool(line.level) + escape(line.text)


def escape(text: str) -> str:
    """``text`` with a backslash before whatever Markdown would take as its own."""
    text = _SPECIAL.sub(r"\\\1", text)
    match = _MARKER.match(text)
    if match is None:
        return text
    return f"\\{text}" if match[1] in "-+=" else f"{match[1]}\\{text[match.end() :]}"


def _table(sheet: Sheet) -> str:
    rows = ["| " + " | ".join(_SPECIAL.sub(r"\\\1", cell) for cell in row) + " |" for row in texts(sheet)]
    rule = f"|{'---|' * sheet.width}"
    return "\n".join([rows[0], rule, *rows[1:]])
