"""The words of an original that was converted: its paragraphs, in tables and outside, read without LibreOffice.

Only words are read, no layout: enough to see whether the conversion lost, added or moved any.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

from ...errors import GipaError
from ...limits import Limits
from . import odt, rtf, word_binary

_READERS: dict[str, Callable[[bytes, Limits], list[str]]] = {
    "doc": word_binary.paragraphs,
    "odt": odt.paragraphs,
    "rtf": rtf.paragraphs,
}
"""Kind of file → what reads its words. Sheets are not among them: what they show is made of values and formats."""

_DAMAGE = (
    *(GipaError, struct.error, zlib.error, zipfile.BadZipFile, ElementTree.ParseError),
    *(ValueError, LookupError, OverflowError, EOFError, OSError, RuntimeError),
)
"""Errors that reading a damaged original raises."""


def paragraphs(content: bytes, kind: str, limits: Limits) -> list[str] | None:
    """Return the paragraphs of an original; None where it can't be read here."""
    reader = _READERS.get(kind)
    if reader is None:
        return None
    try:
        return reader(content, limits)
    except _DAMAGE:
        return None
