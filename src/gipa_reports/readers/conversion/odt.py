"""The words of an ODT document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from ...errors import ReadError
from ...limits import Limits
from ...messages import Phrase, more_than

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

_MAX_DEPTH = 250


def paragraphs(content: bytes, limits: Limits) -> list[str]:
    """Return the paragraphs of a document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as file:
        data = file.read(limits.unzipped_bytes + 1)
    if len(data) > limits.unzipped_bytes:
        raise limits.passed("unzipped_bytes", more_than(limits.unzipped_bytes, "bytes"))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(
            "a document type", code="unsafe-package", expected=Phrase("plain XML", "普通的XML"), found="DOCTYPE"
        )
    body = ElementTree.fromstring(data).find(f"{_OFFICE}body")  # noqa: S314 - no entities, and no more than allowed
    return [] if body is None else list(_found(body, 0))


def _found(parent: ElementTree.Element, depth: int) -> Iterator[str]:
    for element in parent:
        if element.tag in _PARAGRAPHS:
            yield _words(element, 0)
        elif element.tag not in _ASIDE and depth < _MAX_DEPTH:
            yield from _found(element, depth + 1)


def _words(element: ElementTree.Element, depth: int) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _ASIDE and depth < _MAX_DEPTH:
            parts.append(_words(child, depth + 1))
        parts.append(child.tail or "")
    return "".join(parts)
