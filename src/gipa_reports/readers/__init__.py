"""One module for each format, the same two names in each: ``sniff`` and ``read_document``.

Readers turn a source into a ``Document``; what the rows mean is not their business. ``sniff`` looks at the content
alone: bytes in the formats that are no text, the beginning of a text in the others.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

from .. import own_output
from ..diagnostics import Location
from ..document import Document, FormatName
from ..errors import GipaError, ReadError, UnknownFormatError, WrongTypeError
from ..limits import DEFAULT, Limits
from ..messages import Phrase, count, more_than
from .encoding import decode
from .grids import tidy

BINARY_FORMATS: tuple[FormatName, ...] = ("docx", "xlsx", "pdf", "mhtml")
TEXT_FORMATS: tuple[FormatName, ...] = ("xml", "html", "json", "csv", "markdown", "text")
FORMATS: tuple[FormatName, ...] = (*BINARY_FORMATS, *TEXT_FORMATS)
"""Names of the formats that can be read, in the order in which a source is tried; text takes all."""

TABLES = frozenset(("csv", "json"))
"""Formats in which this package writes tables of its own, which are no reports."""

SUFFIXES = frozenset(".txt .md .markdown .htm .html .mht .mhtml .csv .tsv .docx .doc .wps .xlsx .xls .pdf".split())
"""Files whose names end in these are taken for reports where a folder is read, those that are then refused included, so
that none is passed over unseen; a file that is named itself may have any.
"""

_SOURCES = Phrase("text, bytes or a path", "文本、bytes或路径")

URL = re.compile(r"\s*(?:https?|ftp|file)://\S+\s*", re.IGNORECASE)
"""A text that is an address alone."""


def read_document(
    source: str | bytes | os.PathLike[str] | BinaryIO,
    format: FormatName | None,
    limits: Limits,
    *,
    convert: bool = False,
) -> Document:
    """The blocks of ``source``; see ``gipa_reports.parse`` for the arguments and errors."""
    if format is not None and format not in FORMATS:
        raise _unknown_format(format)
    content = source if isinstance(source, str) else _content(source, limits)
    if len(content) > limits.bytes:
        raise limits.passed("bytes", _size(source, limits))
    if convert and isinstance(content, bytes) and (converted := _converted(content, limits)) is not None:
        return converted
    return _read_text(content, format, limits) if isinstance(content, str) else _read_bytes(content, format, limits)


def _read_bytes(content: bytes, format: FormatName | None, limits: Limits) -> Document:
    name = format or _binary(content)
    if name in BINARY_FORMATS:
        return _read(name, content, limits)
    text, note, is_utf8 = decode(content)
    name = name or _sniffed(text)
    # Its parser takes UTF-8, and a page is long.
    document = _read(name, content if name == "html" and is_utf8 else text, limits)
    if note is not None:
        document.notes.append(note)
    return document


def _read_text(content: str, format: FormatName | None, limits: Limits) -> Document:
    if format in BINARY_FORMATS:
        raise ReadError(
            f"a {format} file is bytes, and this is a text",
            code="not-bytes",
            expected=Phrase("bytes or a path", "bytes或路径"),
            found="str",
        )
    if len(content) < 2000 and URL.fullmatch(content):
        raise ReadError(
            "this is an address, and nothing is fetched here: save the page and pass its path or content",
            code="url",
            expected=_SOURCES,
            found=content.strip()[:80],
        )
    if len(content) < 2000 and _is_file_name(content):
        raise ReadError(
            "this is the name of a file, and a str is always text: pass pathlib.Path(…), or the content",
            code="file-name",
            expected=_SOURCES,
            found=content.strip()[-80:],
        )
    return _read(format or _sniffed(content), content, limits)


def _converted(content: bytes, limits: Limits) -> Document | None:
    """Return the blocks of a file that has to be converted; None for any other."""
    from . import conversion

    kind = conversion.kind(content)
    if kind is None:
        return None
    document = conversion.read_document(content, kind, limits)
    tidy(document)
    return document


def picture(source: bytes | os.PathLike[str] | BinaryIO, location: Location, *, limits: Limits = DEFAULT) -> bytes:
    """A place in a PDF file as it is printed: a PNG file of the cell, framed, with its row.

    ``source`` is that which was read, ``location`` one of ``Reading.locations`` or of a finding. Raises ``ReadError``
    (``no-picture``) for a place without a page and box, as those in other formats are, and for a file that can't be
    opened, ``LimitError`` past one of ``limits``, ``MissingExtraError`` without the extra ``pdf``.
    """
    if location.page is None or location.box is None:
        raise ReadError(
            "only places in PDF files have a picture",
            code="no-picture",
            expected=Phrase("a location with its page and box", "带页码和方框的位置"),
            found=str(location),
            zh="只有PDF文件中的位置才有图像。",
        )
    from . import pdf

    content = _content(source, limits)
    if len(content) > limits.bytes:
        raise limits.passed("bytes", _size(source, limits))
    return pdf.picture_of(content, location.page, location.box, limits)


def _unknown_format(format: object) -> GipaError:
    if not isinstance(format, str):
        return WrongTypeError.of("format", "str | None", format)
    return UnknownFormatError.of_choice("format", FORMATS, format, code="unknown-format")


def _read(name: FormatName, content: str | bytes, limits: Limits) -> Document:
    head = _head(content)
    if own_output.command_in_text(head, name) is not None or (name in TABLES and own_output.is_table(head.encode())):
        raise ReadError(
            "this is an output of gipa-reports about reports; pass the reports themselves",
            code="own-output",
            expected=Phrase("a report", "报告"),
            found=Phrase("an output of gipa-reports", "gipa-reports的输出"),
        )
    document: Document = _reader(name).read_document(content, limits)
    tidy(document)
    document.format = name
    return document


def _head(content: str | bytes) -> str:
    head = content[: own_output.HEAD]
    return head if isinstance(head, str) else head.decode("utf-8", "replace")


def _is_file_name(text: str) -> bool:
    """Return whether a text is but the name of a file, which no report is."""
    return os.path.splitext(text.strip())[1].lower() in SUFFIXES and not set(text.strip()) & set("\t\r\n<>|")


def _size(source: str | bytes | os.PathLike[str] | BinaryIO, limits: Limits) -> str:
    """Return how large a source is that is too large; of a file no more was read than what is allowed."""
    if isinstance(source, str):
        return count(len(source), "characters")
    if isinstance(source, bytes | bytearray | memoryview):
        return count(len(bytes(source)), "bytes")
    return more_than(limits.bytes, "bytes")


def _content(source: bytes | os.PathLike[str] | BinaryIO, limits: Limits) -> bytes:
    """The bytes of ``source``, never more than are allowed and one."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, os.PathLike):
        with open(source, "rb") as file:
            return file.read(limits.bytes + 1)
    if not hasattr(source, "read"):
        name = type(source).__name__
        raise WrongTypeError(
            f"a source is a str, bytes, a path or a binary file, not {name}",
            code="wrong-type",
            expected="str, bytes, os.PathLike, BinaryIO",
            found=name,
            zh=f"来源应为str、bytes、路径或二进制文件，不是{name}。",
        )
    content = source.read(limits.bytes + 1)
    if not isinstance(content, bytes):
        raise WrongTypeError(
            "a file object must be open in binary mode",
            code="wrong-type",
            expected="bytes",
            found=type(content).__name__,
            zh="文件应以二进制方式打开。",
        )
    return content


def _binary(content: bytes) -> FormatName | None:
    for name in BINARY_FORMATS:
        if _reader(name).sniff(content):
            return name
    return None


def _sniffed(text: str) -> FormatName:
    head = text[:200_000]
    for name in TEXT_FORMATS:
        if _reader(name).sniff(head):
            break
    return name


@cache
def _reader(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
