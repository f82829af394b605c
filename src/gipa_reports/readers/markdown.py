"""Markdown: the text reader, with backslash escapes undone and the marks of headings and emphasis taken off."""

from __future__ import annotations

import re

from ..document import Document
from ..limits import Limits
from .encoding import split_lines
from .markdown_nested import unnested
from .markdown_tables import collapsed, with_tables
from .one_line import renumber
from .styled import without_spans
from .text import blocks_of

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|<br\s*/?>|&nbsp;", re.IGNORECASE)
_LINE_BREAK = re.compile(r"(?<!\\)\\n")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_EMPHASIS = re.compile(r"\s*(\*{1,3}|_{1,3}|`)(?=[^\s*_`])(.*[^\s\\*_`])[ \t]*\1\s*")
_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*$", re.MULTILINE)
_SHORT_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")

_ESCAPED = re.compile(rb"(?<=[>\d\s])\\(?=[.+-])")
"""The backslash of an escape in a table that is HTML."""

_ESCAPED_ORDINAL = re.compile(r"^[ \t]*\d\\\. ?\w", re.MULTILINE)

MIN_ESCAPED = 3
"""Lines beginning with an ordinal whose point is escaped that make a text Markdown; no one writes them by hand."""


def sniff(head: str) -> bool:
    """Return whether the beginning of a source has a Markdown table, or several ordinals whose points are escaped."""
    if "|" in head and "---" in head and _RULE.search(head) is not None:
        return True
    return "\\" in head and len(_ESCAPED_ORDINAL.findall(head)) >= MIN_ESCAPED


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a Markdown text."""
    lines, numbers = unnested(collapsed(split_lines(text, limits)))
    if "</span>" in text:
        lines = without_spans(lines)
    plain = [_HEADING.sub("", line, count=1) if line.startswith("#") else line for line in lines]
    for number, line in enumerate(plain):
        # Below the first line of a table one dash will do; anywhere else a dash is a cell.
        if number and "-" in line and _SHORT_RULE.fullmatch(line) and _is_first_of_table(plain, number - 1):
            plain[number] = re.sub("-+", "---", line)
    document = blocks_of(plain, _clean, _clean_cell)
    if numbers and len(numbers) > numbers[-1]:
        renumber(document, numbers)
    return document


def as_page(source: bytes) -> bytes:
    """Return a page in UTF-8, of which only some tables are in HTML, with the Markdown around them in it too."""
    if _WHOLE_PAGE.search(source):
        return source
    if source.lstrip().startswith(b"<") and not _has_markdown(source):
        return source
    pieces: list[bytes] = []
    lower = source.lower()
    end = 0
    while end < len(source):
        start = lower.find(b"<table", end)
        start = len(source) if start < 0 else start
        between = source[end:start]
        if b"---" in between:
            between = with_tables(between.decode("utf-8", "replace"), _clean_cell).encode()
        pieces.append(_LINE.sub(_as_paragraph, between))
        end = lower.find(b"</table", start)
        end = len(source) if end < 0 else end
        pieces.append(_ESCAPED.sub(b"", source[start:end]))
    return b"".join(pieces)


def _has_markdown(source: bytes) -> bool:
    """Return whether headings or tables of Markdown stand in a page; few pages have what each of these needs."""
    has_marks = b"# " in source and _MARKS.search(source) is not None
    return has_marks or (b"---" in source and _RULE_IN_PAGE.search(source) is not None)


def _as_paragraph(match: re.Match[bytes]) -> bytes:
    text = match[0].strip()
    if _UNDERLINE.fullmatch(text):
        return b""
    plain = _clean(_HEADING.sub("", text.decode("utf-8", "replace"), count=1).strip())
    return b"<p>" + plain.encode() + b"</p>"


_WHOLE_PAGE = re.compile(rb"<(?=[!hHbB])(?i:!doctype|(?:html|body)\b)")
_MARKS = re.compile(rb"^#{1,6} ", re.MULTILINE)
_RULE_IN_PAGE = re.compile(rb"^[ \t]*\|(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*$", re.MULTILINE)
_LINE = re.compile(rb"^[^<>\r\n]*[^<>\s][^<>\r\n]*$", re.MULTILINE)
_UNDERLINE = re.compile(rb"=+|-+")


def _is_first_of_table(lines: list[str], number: int) -> bool:
    return "|" in lines[number] and (number == 0 or "|" not in lines[number - 1])


def _clean_cell(text: str) -> str:
    """As ``_clean``; a line break within a cell that a program wrote as backslash and n parts words as a blank does."""
    return _clean(_LINE_BREAK.sub(" ", text) if "\\n" in text else text)


def _clean(text: str) -> str:
    if text.endswith(("*", "_", "`")):
        emphasised = _EMPHASIS.fullmatch(text)
        text = emphasised[2] if emphasised else text
    if text == "\\":
        # A line break that pandoc keeps in a cell without a text.
        return ""
    return _ESCAPE.sub(lambda match: match[1] or " ", text) if "\\" in text or "<" in text or "&" in text else text
