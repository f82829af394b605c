"""DOCX files."""

from __future__ import annotations

from ..document import Document
from ..errors import ReadError
from ..limits import Limits


def sniff(content: bytes) -> bool:
    """Whether the content is a file of this format."""
    return False


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file."""
    raise ReadError("not read yet", code="unsupported-format", expected="text", found="a DOCX file")
