"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without a mark, GB18030 (which holds GBK and GB2312), Big5.

What a page declares is often wrong, and is believed only where the bytes leave a choice.
"""

from __future__ import annotations

import codecs
import re

from ..errors import ReadError
from ..limits import Limits
from .package import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF document; open it in Word, WPS or LibreOffice and save it as docx"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?big5", re.IGNORECASE)
MAX_DECLARED = 4096
"""Bytes at the beginning of a page in which its encoding is looked for."""

_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def decode(data: bytes) -> str:
    """The text in ``data``. Raises ``ReadError`` for what is no text."""
    refuse(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"this is {name}, not text", code="unsupported-format", expected="text", found=name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if b"\0" in data:
        return _without_mark(data)
    try:
        return _decode(data, "utf-8")
    except ReadError:
        pass
    if _BIG5.search(data, 0, MAX_DECLARED):
        # Nearly all of Big5 can be taken for GB18030, but hardly a sentence of GB18030 for Big5.
        try:
            return _decode(data, "big5")
        except ReadError:
            pass
    return _decode(data, "gb18030")


def _without_mark(data: bytes) -> str:
    """UTF-16 whose mark is gone: line ends and digits have their zero byte all on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and even * 20 < odd:
        return _plain(_decode(data, "utf-16-le"))
    if len(data) % 2 == 0 and odd * 20 < even:
        return _plain(_decode(data, "utf-16-be"))
    raise ReadError("this is binary data, not text", code="binary", expected="text", found="zero bytes")


def _plain(text: str) -> str:
    if "\0" in text or not any("\u4e00" <= char <= "\u9fff" for char in text):
        raise ReadError("this is binary data, not text", code="binary", expected="text", found="zero bytes")
    return text


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # A file cut in the middle of a character is still of its encoding.
        if 0 < error.start > len(data) - 4 and not encoding.startswith("utf-32"):
            return data[: error.start].decode(encoding)
        raise ReadError(
            f"byte {error.start} can't be decoded as {encoding}",
            code="undecodable",
            expected="UTF-8, UTF-16 or GB18030",
            found=data[error.start : error.start + 4].hex(" "),
        ) from None


def split_lines(text: str, limits: Limits) -> list[str]:
    """The lines of ``text``, whatever ends them. Raises ``LimitError`` for a line that is too long."""
    lines = text.splitlines()
    if not text or text[-1] in _LINE_ENDS:
        lines.append("")
    if len(text) > limits.characters:
        longest = max(range(len(lines)), key=lambda index: len(lines[index]))
        if len(lines[longest]) > limits.characters:
            raise limits.passed("characters", f"{len(lines[longest])} characters in a line", line=longest + 1)
    return lines
