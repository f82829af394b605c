"""One module for each format, the same two names in each: ``sniff`` and ``read_document``.

Readers turn a source into a ``Document``; what the rows mean is not their business.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

from ..document import Document
from ..errors import LimitError, ReadError, UnknownFormatError
from ..limits import MAX_BYTES
from .encoding import decode

FORMATS = ("html", "markdown", "text")
"""Names of the formats that can be read, in the order in which a source is tried; text takes all."""

_URL = re.compile(r"\s*(?:https?|ftp|file)://\S+\s*", re.IGNORECASE)


def read_document(source: str | bytes | os.PathLike[str] | BinaryIO, format: str | None = None) -> Document:
    """The blocks of ``source``; see ``gipa_reports.parse`` for the arguments and errors."""
    if format is not None and format not in FORMATS:
        raise UnknownFormatError(
            f"no reader for {format!r}", code="unknown-format", expected=", ".join(FORMATS), found=format
        )
    text = source if isinstance(source, str) else decode(_content(source))
    if isinstance(source, str) and len(source) < 2000 and _URL.fullmatch(source):
        raise ReadError(
            "this is an address, and nothing is fetched here: save the page and pass its path or content",
            code="url",
            expected="text, bytes or a path",
            found=source.strip()[:80],
        )
    if len(text) > MAX_BYTES:
        raise LimitError(f"{len(text)} characters", code="too-large", expected=f"at most {MAX_BYTES}")
    document: Document = _reader(format or _sniffed(text)).read_document(text)
    return document


def _content(source: bytes | os.PathLike[str] | BinaryIO) -> bytes:
    """The bytes of ``source``, never more than are allowed and one."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, os.PathLike):
        with open(source, "rb") as file:
            return file.read(MAX_BYTES + 1)
    content = source.read(MAX_BYTES + 1)
    if not isinstance(content, bytes):
        raise TypeError("a file object must be open in binary mode")
    return content


def _sniffed(text: str) -> str:
    head = text[:200_000]
    return next(name for name in FORMATS if _reader(name).sniff(head))


@cache
def _reader(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
