"""Titles in the head of a page, which no reader of the page itself sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_TITLES = 8
"""Titles that are kept of a page."""

MAX_TITLE = 1000
"""Characters; what is longer, or has tags, is a title that was never closed."""

_NAMED = re.compile(r"\s*(?:article[_-]?title|(?:og|dc|dcterms)[:.]title|title)\s*", re.IGNORECASE)


def titles(metas: Iterable[LexborNode], elements: Iterable[LexborNode]) -> list[str]:
    """Return the titles of a page: those that its meta tags name first, they are the plainest."""
    found = [meta.attributes.get("content") or "" for meta in metas if _is_title(meta)]
    found += [title.text() for title in elements]
    texts = (" ".join(title.split()) for title in found[:MAX_TITLES] if len(title) <= MAX_TITLE and "<" not in title)
    return list(dict.fromkeys(filter(None, texts)))


def _is_title(meta: LexborNode) -> bool:
    stated = meta.attributes
    return any(_NAMED.fullmatch(stated.get(name) or "") for name in ("name", "property", "itemprop"))
