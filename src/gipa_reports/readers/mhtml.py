"""MHTML, a page as a browser saves it in one file: the page that the file begins with is read, as HTML."""

from __future__ import annotations

import re

from ..document import Document
from ..errors import ReadError
from ..limits import Limits
from ..messages import Phrase
from . import html
from .encoding import decode

MAX_HEAD = 4096
"""Bytes in which the headers of the file are looked for."""

_RELATED = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+){0,30}?content-type:\s*multipart/related", re.IGNORECASE)


def sniff(content: bytes) -> bool:
    """Return whether ``content`` begins with the headers of a page in several parts."""
    return _RELATED.match(content.lstrip(b"\r\n")[:MAX_HEAD]) is not None


def read_document(content: bytes, limits: Limits) -> Document:
    """Return the blocks of the first page in the file. Raises ``ReadError`` where there is none."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    message = message_from_bytes(content.lstrip(b"\r\n"), policy=policy.default)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    page = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
    if not isinstance(page, bytes) or not page.strip():
        raise ReadError(
            "this page in MHTML has no part in HTML; open it in a browser and save it as HTML",
            code="unsupported-format",
            expected=Phrase("a part in text/html", "HTML部分"),
            found="MHTML",
        )
    text, note, is_utf8 = decode(page)
    document = html.read_document(page if is_utf8 else text, limits)
    if note is not None:
        document.notes.append(note)
    return document
