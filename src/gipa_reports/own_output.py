"""The mark of what this package writes about reports: check pages, workbooks, comparisons and summaries.

Such a document shows figures of reports and is none: without a mark it would be read as one where it lies among them.
A report that was rendered is a report, and has no mark.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal, TypeVar

Command = Literal["check", "compare", "summary"]
"""The command whose output a document is."""

HEAD = 4096
"""Characters at the beginning of a page in which the mark is looked for."""

PROPERTIES = "docProps/core.xml"
"""The part of a DOCX or XLSX package with the document's properties; the mark is its category."""

_COMMANDS = "check|compare|summary"
_IN_TEXT = {
    "html": re.compile(
        rf"<meta\s[^<>]*name=[\"']?generator[\"']?\s[^<>]*content=[\"']?gipa-reports ({_COMMANDS})\b", re.IGNORECASE
    ),
    "markdown": re.compile(rf"\A\ufeff?\s*<!-- gipa-reports ({_COMMANDS}) -->"),
}
"""Format → the mark. A plain text has no place for one: all its words are a report's own."""

_IN_PROPERTIES = re.compile(rf"<(?:\w+:)?category>gipa-reports ({_COMMANDS})</".encode())
_CATEGORY = re.compile(rb"<cp:category>[^<]*</cp:category>|<cp:category\s*/>")
_CHARSET = re.compile(r"<meta charset=[^>]*>\n?")
_TABLES = tuple(
    head.encode()
    for head in (
        "source,agency,year,",
        "cell,total,unit,source,state",
        "kind,where,change,before,after",
        "table,column,type,label_zh,label_en",
        "cell,edition,label,unit",
        '{"source": ',
        '{"kind": ',
        '{"schema_version"',
        '{\n  "schema_version"',
    )
)
"""Beginnings of our own tables as CSV, JSON Lines and JSON."""

Document = TypeVar("Document", str, bytes, str | bytes)


def marked(document: Document, command: Command) -> Document:
    """Return an HTML page, a Markdown text or a package (DOCX, XLSX) with the mark of ``command``."""
    if isinstance(document, bytes):
        return _marked_package(document, command)
    page, found = _CHARSET.subn(rf'\g<0><meta name="generator" content="gipa-reports {command}">\n', document, count=1)
    return page if found else f"<!-- gipa-reports {command} -->\n\n{document}"


def _marked_package(package: bytes, command: Command) -> bytes:
    """The same package with another category; dates and order of its parts stay, so equal input gives equal bytes."""
    target = BytesIO()
    category = f"<cp:category>gipa-reports {command}</cp:category>".encode()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == PROPERTIES:
                data = _CATEGORY.sub(b"", data)
                data = data.replace(b"</cp:coreProperties>", category + b"</cp:coreProperties>")
            archive.writestr(info, data)
    return target.getvalue()


def command_in_text(text: str, format: str) -> str | None:
    """Return the command that wrote a page (``"html"``) or a ``"markdown"`` text; None for any other."""
    if format not in _IN_TEXT or text.find("gipa-reports", 0, HEAD) < 0:
        return None
    found = _IN_TEXT[format].search(text, 0, HEAD)
    return None if found is None else found[1]


def command_in_properties(properties: bytes) -> str | None:
    """Return the command that wrote a package with these properties; None for any other."""
    found = _IN_PROPERTIES.search(properties)
    return None if found is None else found[1].decode()


def is_table(head: bytes) -> bool:
    """Return whether a text that begins with ``head`` is one of our tables or JSON."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_TABLES)
