"""XML and TEI whose tables are ``<row>`` and ``<cell>``, as extractors write them: read as a page of the same shape."""

from __future__ import annotations

import re

from ..document import Document
from ..limits import Limits
from . import html

_TABLE = re.compile(r"<table\b[^<>]*>\s*(?:<head\b[^<>]*>[^<>]*</head>\s*)?<row\b", re.IGNORECASE)
_NAMES = re.compile(r"<(/?)(row|cell|lb|head)\b([^<>]*?)(/?)>", re.IGNORECASE)
_SPANS = re.compile(r"\b(?:(cols)|rows)\s*=", re.IGNORECASE)
_PAGE = {"row": "tr", "cell": "td", "lb": "br", "head": "p"}
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^<>]*\?>")
_TREE = re.compile(r"(</?)(?:doc|main|TEI|text|body|teiHeader)\b[^<>]*>")


_FIRST = re.compile(r"<([A-Za-z_][\w.:-]*)")


def sniff(head: str) -> bool:
    """Return whether the beginning of a source is XML with rows of cells."""
    if not head.lstrip("\ufeff \t\r\n").startswith("<") or "<td" in head:
        return False
    return "<row" in head and _TABLE.search(head) is not None


def read_document(text: str, limits: Limits) -> Document:
    """Return the blocks of a tree, which stand in it in order."""
    page = _NAMES.sub(_as_page, _TREE.sub(r"\1div>", _DECLARATION.sub("", text, count=1)))
    document = html.read_document(page, limits)
    if _is_whole(text):
        document.end += 1
    return document


def _is_whole(text: str) -> bool:
    """Return whether a tree ends with the element that it begins with, so that no table in it is cut off."""
    first = _FIRST.search(_DECLARATION.sub("", text, count=1))
    return first is not None and text.rstrip().endswith(f"</{first[1]}>")


def _as_page(match: re.Match[str]) -> str:
    end, name, attributes, alone = match.groups()
    tag = _PAGE[name.lower()]
    attributes = _SPANS.sub(lambda span: "colspan=" if span[1] else "rowspan=", attributes)
    closed = f"</{tag}>" if alone and tag != "br" else ""
    return f"<{end}{tag}{attributes}>{closed}"
