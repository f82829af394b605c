"""The words of a binary Word document (``.doc``), which WPS writes too (``.wps``).

The file is a compound file: sectors chained by a table. Its text lies in pieces, which a second stream lists in order;
each is of one or of two bytes a character.
"""

from __future__ import annotations

import re
import struct

from ...limits import Limits

_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on stand for none."""

_ENDS = re.compile("[\x07\r\x0c]")
"""Marks that end a paragraph: of a cell or row, of a paragraph, of a page or section."""

_SIGNS = {0x1E: "-", **dict.fromkeys((*range(1, 7), 8, 0x0B, 0x13, 0x14, 0x15, 0x1F))}
"""Signs in the text that stand for other things than themselves."""

_TABLE_FLAG = 0x0200
_ONE_BYTE = 0x40000000


def paragraphs(content: bytes, limits: Limits) -> list[str]:
    """Return the paragraphs of the main text of a document."""
    file = _Compound(content, limits)
    head = file.stream("WordDocument")
    (flags,) = struct.unpack_from("<H", head, 0x0A)
    (length,) = struct.unpack_from("<I", head, 0x4C)
    start, size = struct.unpack_from("<II", head, 0x01A2)
    table = file.stream("1Table" if flags & _TABLE_FLAG else "0Table")[start : start + size]
    text = "".join(_pieces(head, table))[:length]
    return [part.translate(_SIGNS) for part in _ENDS.split(_without_instructions(text))]


def _pieces(head: bytes, table: bytes) -> list[str]:
    """Return the pieces of the text in their order."""
    at = 0
    while table[at] == 1:  # properties, which the pieces share
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    (size,) = struct.unpack_from("<I", table, at + 1)
    count = (size - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    found: list[str] = []
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        length = ends[number + 1] - ends[number]
        if place & _ONE_BYTE:
            start = (place & ~_ONE_BYTE) // 2
            found.append(head[start : start + length].decode("cp1252", "replace"))
        else:
            found.append(head[place : place + 2 * length].decode("utf-16-le", "replace"))
    return found


def _without_instructions(text: str) -> str:
    """Return a text with the results of its fields, and without what these were made by."""
    kept: list[str] = []
    open_fields: list[bool] = []
    for part in re.split("([\x13\x14\x15])", text):
        if part == "\x13":
            open_fields.append(True)
        elif part == "\x14" and open_fields:
            open_fields[-1] = False
        elif part == "\x15" and open_fields:
            open_fields.pop()
        elif not any(open_fields):
            kept.append(part)
    return "".join(kept)


class _Compound:
    """The streams of a compound file."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._most = limits.bytes
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        directory, cutoff, small_table = (
            struct.unpack_from("<I", content, 48)[0],
            *struct.unpack_from("<II", content, 56),
        )
        if self._size not in (512, 4096):
            raise ValueError
        self._next = self._table()
        entries = self._chain(directory)
        self._cutoff = cutoff
        self._entries: dict[str, tuple[int, int]] = {}
        root = 0
        for at in range(0, len(entries) - 127, 128):
            (length,) = struct.unpack_from("<H", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            self._entries.setdefault(
                entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace"), (start, size)
            )
            root = start if at == 0 else root
        self._small = self._chain(root) if root < _FREE else b""
        small = self._chain(small_table) if small_table < _FREE else b""
        self._small_next = struct.unpack(f"<{len(small) // 4}I", small)

    def stream(self, name: str) -> bytes:
        """Return the content of a stream. Raises ``LookupError`` where there is none of this name."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._chain(start)[:size]
        found = bytearray()
        while start < _FREE and len(found) < size:
            found += self._small[64 * start : 64 * start + 64]
            start = self._small_next[start]
        return bytes(found[:size])

    def _table(self) -> tuple[int, ...]:
        """Return for each sector the one behind it."""
        more, count = struct.unpack_from("<II", self._content, 68)
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        for _ in range(min(count, len(self._content) // self._size)):
            if more >= _FREE:
                break
            part = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            sectors += part[:-1]
            more = part[-1]
        data = b"".join(self._sector(sector) for sector in sectors if sector < _FREE)
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size].ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        """Return the sectors that follow each other from one on. Raises ``ValueError`` where they never end."""
        found = bytearray()
        while sector < _FREE:
            found += self._sector(sector)
            if len(found) > self._most + self._size:
                raise ValueError
            sector = self._next[sector]
        return bytes(found)
