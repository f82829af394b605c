"""Titles in the head of a page, which no reader of the page itself sees."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

MAX_HEAD = 64 * 1024
"""Bytes at the beginning of a page in which its head is looked for."""

MAX_TITLES = 8
"""Titles that are kept of a page."""

_META = re.compile(rb"\b([^<>]{1,1000})>")
_NAMED = re.compile(
    rb"(?:name|property|itemprop)\s*=\s*[\"']?\s*(?:article[_-]?title|(?:og|dc|dcterms)[:.]title|title)\s*[\"'\s]",
    re.IGNORECASE,
)
_CONTENT = re.compile(rb"content\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TITLE = re.compile(rb"\b[^<>]{0,200}>([^<]{1,1000})</title")


def titles(source: bytes, lower: bytes) -> list[str]:
    """Return the titles in the head of a page in UTF-8: those that its meta tags name first, they are the plainest.

    ``lower`` is the page in small letters, in which names are found at once.
    """
    found: list[bytes] = []
    for meta in _tags(lower, b"<meta", _META):
        if _NAMED.search(meta[1] + b" ") is not None:
            content = _CONTENT.search(source, *meta.span(1))
            if content is not None:
                found.append(content[1] or content[2] or b"")
    found.extend(source[match.start(1) : match.end(1)] for match in _tags(lower, b"<title", _TITLE))
    texts = (" ".join(html.unescape(title.decode("utf-8", "replace")).split()) for title in found[:MAX_TITLES])
    return list(dict.fromkeys(filter(None, texts)))


def _tags(lower: bytes, tag: bytes, rest: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield what ``rest`` finds behind each ``tag`` in the head of a page in small letters."""
    at = lower.find(tag, 0, MAX_HEAD)
    while at >= 0:
        at += len(tag)
        match = rest.match(lower, at, MAX_HEAD)
        if match is not None:
            yield match
        at = lower.find(tag, at, MAX_HEAD)
