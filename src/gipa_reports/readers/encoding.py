"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without a mark, GB18030 (which holds GBK and GB2312), Big5.

What a page declares is often wrong, and is believed only where the bytes leave a choice. A long page in which a few
bytes are of no encoding, cut or pasted in by a site's programs, is read with U+FFFD in their places; a text is not.
"""

from __future__ import annotations

import codecs
import io
import re
from contextlib import suppress
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..errors import ReadError
from ..limits import Limits
from ..messages import Phrase, count
from .package import refuse, saved_as

# UTF-32 first, for its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SIGNATURES = {
    b"%PDF-": Phrase("a PDF file", "PDF文件"),
    b"{\\rtf": saved_as("docx", "an RTF document", "RTF文档"),
    b"\x89PNG": Phrase("a PNG image", "PNG图片"),
    b"\xff\xd8\xff": Phrase("a JPEG image", "JPEG图片"),
    b"GIF8": Phrase("a GIF image", "GIF图片"),
    b"Rar!": Phrase("a RAR archive", "RAR压缩包：请解压后指定其中的文件"),
    b"7z\xbc\xaf": Phrase("a 7z archive", "7z压缩包：请解压后指定其中的文件"),
    b"\x1f\x8b": Phrase("a gzip file", "gzip压缩文件：请解压后指定其中的文件"),
    b"\x7fELF": Phrase("a program", "程序"),
    b"MZ\x90": Phrase("a program", "程序"),
}
"""Beginnings of files that are no text, and what they are, in English and in Chinese."""

_MARKED, _SIGNED = tuple(_MARKS), tuple(_SIGNATURES)
_TEXT = Phrase("text", "文本")
_ZEROS = Phrase("zero bytes", "含有零字节")
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?big5", re.IGNORECASE)
_PAGE = re.compile(rb"\s*<")
MAX_DECLARED = 4096
"""Bytes at the beginning of a page in which its encoding is looked for."""

MAX_BAD = 20
"""Bytes that can't be decoded in a page that is read all the same, and"""

MIN_TEXT = 1000
"""how many bytes of text there are to each of them."""

BLOCK = 2**16
"""Bytes, and the rest of a line, that are looked at for them at a time: what is no text soon shows it."""

_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class Decoded(NamedTuple):
    """A text, what is to be said of it if not all could be decoded, and whether the bytes are it in UTF-8."""

    text: str
    note: Diagnostic | None = None
    is_utf8: bool = False


def decode(data: bytes) -> Decoded:
    """The text in ``data``.

    Raises ``ReadError`` for what is no text.
    """
    refuse(data)
    if data.startswith(_SIGNED):
        raise _unsupported(next(name for signature, name in _SIGNATURES.items() if data.startswith(signature)))
    if data.startswith(codecs.BOM_UTF8):
        return _decode_nearly(data.removeprefix(codecs.BOM_UTF8), "utf-8")
    if data.startswith(_MARKED):
        return Decoded(_decode(data, next(encoding for mark, encoding in _MARKS.items() if data.startswith(mark))))
    if b"\0" in data:
        return Decoded(_without_mark(data))
    return _decode_unmarked(data)


def _decode_unmarked(data: bytes) -> Decoded:
    """Return the text in bytes that nothing at their beginning tells the encoding of."""
    try:
        return Decoded(data.decode("utf-8"), is_utf8=True)
    except UnicodeDecodeError:
        pass
    with suppress(ReadError):
        return Decoded(_decode(data, "utf-8"))
    if _BIG5.search(data, 0, MAX_DECLARED):
        # Nearly all of Big5 can be taken for GB18030, but hardly a sentence of GB18030 for Big5. Such pages have the
        # characters that Windows and Hong Kong added to it.
        with suppress(ReadError):
            return _decode_nearly(data, "big5hkscs")
    return _decode_nearly(data, "gb18030", "utf-8")


def _unsupported(name: Phrase) -> ReadError:
    return ReadError(f"this is {name}, not text", code="unsupported-format", expected=_TEXT, found=name)


def _without_mark(data: bytes) -> str:
    """UTF-16 whose mark is gone: line ends and digits have their zero byte all on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and even * 20 < odd:
        return _plain(_decode(data, "utf-16-le"))
    if len(data) % 2 == 0 and odd * 20 < even:
        return _plain(_decode(data, "utf-16-be"))
    raise ReadError("this is binary data, not text", code="binary", expected=_TEXT, found=_ZEROS)


def _plain(text: str) -> str:
    if "\0" in text or not any("\u4e00" <= char <= "\u9fff" for char in text):
        raise ReadError("this is binary data, not text", code="binary", expected=_TEXT, found=_ZEROS)
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
            expected=Phrase("UTF-8, UTF-16 or GB18030", "UTF-8、UTF-16或GB18030"),
            found=data[error.start : error.start + 4].hex(" "),
        ) from None


def _decode_nearly(data: bytes, *encodings: str) -> Decoded:
    """The text in the first of ``encodings``; or else nearly in that of them in which the fewest bytes are none."""
    try:
        return Decoded(_decode(data, encodings[0]))
    except ReadError:
        if _PAGE.match(data) is None:
            raise
        found = [nearly for nearly in (_replaced(data, encoding) for encoding in encodings) if nearly is not None]
        if not found:
            raise
        text, bad, encoding = min(found, key=lambda nearly: nearly[1])
        return Decoded(text, Diagnostic(code="bytes-replaced", expected=encoding, found=str(bad)))


def _replaced(data: bytes, encoding: str) -> tuple[str, int, str] | None:
    """The text with U+FFFD for what can't be decoded, and how many bytes that are, if they are very few."""
    pieces: list[str] = []
    bad = 0
    lines = io.BytesIO(data)
    while rest := b"".join(lines.readlines(BLOCK)):
        while rest:
            try:
                pieces.append(rest.decode(encoding))
                break
            except UnicodeDecodeError as error:
                bad += error.end - error.start
                if bad > min(MAX_BAD, len(data) // MIN_TEXT):
                    return None
                pieces += rest[: error.start].decode(encoding), "\ufffd"
                rest = rest[error.end :]
    return "".join(pieces), bad, encoding


def split_lines(text: str, limits: Limits) -> list[str]:
    """The lines of ``text``, whatever ends them. Raises ``LimitError`` for too many lines or one that is too long."""
    if len(text) > limits.lines:  # counted before they are built, which costs many times the memory of the text
        ends = sum(map(text.count, _LINE_ENDS)) - text.count("\r\n")
        if ends > limits.lines:
            raise limits.passed("lines", count(ends, "lines"))
    lines = text.splitlines()
    if not text or text[-1] in _LINE_ENDS:
        lines.append("")
    if len(text) > limits.characters:
        longest = max(range(len(lines)), key=lambda index: len(lines[index]))
        if len(lines[longest]) > limits.characters:
            found = count(len(lines[longest]), "characters", "in a line", "一行有")
            raise limits.passed("characters", found, line=longest + 1)
    return lines
