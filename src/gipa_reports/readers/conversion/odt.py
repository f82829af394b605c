"""The words of an ODT document."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from ...limits import Limits
from ..package import open_package

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ASIDE = frozenset(
    (
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
        f"{_TEXT}ruby-text",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_TABLE}covered-table-cell",
        f"{_DRAW}frame",
    )
)
"""Elements whose words stand beside the text: what was deleted, notes, remarks, boxes, cells below merged ones."""


def paragraphs(content: bytes, limits: Limits) -> list[str]:
    """Return the paragraphs of a document."""
    body = open_package(content, limits, "odt").tree("content.xml").find(f"{_OFFICE}body")
    return [] if body is None else list(_found(body))


def _found(parent: ElementTree.Element) -> Iterator[str]:
    for element in parent:
        if element.tag in _PARAGRAPHS:
            yield _words(element)
        elif element.tag not in _ASIDE:
            yield from _found(element)


def _words(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _ASIDE:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
