"""Markdown: the text reader, with backslash escapes undone and the marks of headings taken off."""

from __future__ import annotations

import re

from ..document import Document
from ..limits import Limits
from .encoding import split_lines
from .text import blocks_of

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_RULE = re.compile(r"^\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.MULTILINE)


def sniff(head: str) -> bool:
    """Whether the beginning of a source has a Markdown table."""
    return "---" in head and _RULE.search(head) is not None


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a Markdown text."""
    lines = split_lines(text, limits)
    plain = [_HEADING.sub("", line, count=1) if line.startswith("#") else line for line in lines]
    return blocks_of(plain, _clean, _clean)


def _clean(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
