"""The words of an RTF document."""

from __future__ import annotations

import re

from attrs import define

from ...limits import Limits

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)")

_ENDS = frozenset((b"par", b"cell", b"row", b"nestcell", b"nestrow", b"page", b"sect"))
"""Control words that end a paragraph."""

_SIGNS = {
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
}
_SYMBOLS = {b"\\": "\\", b"{": "{", b"}": "}", b"_": "-"}

_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote"
    b" annotation fldinst listtext pntext object shp shptxt do nonesttables".split()
)
"""Groups whose words are none of the text: tables of the format, running heads, notes, instructions, boxes."""


@define
class _State:
    """State inside of a group: whether its words are none of the text, and how many bytes repeat a character."""

    aside: bool = False
    repeats: int = 1


def paragraphs(content: bytes, limits: Limits) -> list[str]:
    """Return the paragraphs of a document."""
    return _Reader(_encoding(content)).read(content)


def _encoding(content: bytes) -> str:
    """Return the encoding of the bytes that stand for characters: Chinese where the document has a Chinese font."""
    if b"\\fcharset134" in content:
        return "gb18030"
    page = re.search(rb"\\ansicpg(\d{3,5})", content[:4096])
    return "gb18030" if page is not None and page[1] == b"936" else f"cp{page[1].decode()}" if page else "cp1252"


class _Reader:
    """One walk over the tokens of a document."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._found: list[str] = []
        self._words: list[str] = []
        self._bytes = bytearray()
        self._stack = [_State()]
        self._skip = 0
        """Bytes that only repeat the last character, for programs that don't know Unicode."""

    def read(self, content: bytes) -> list[str]:
        for match in _TOKEN.finditer(content):
            word, number, byte, symbol, brace, text = match.groups()
            if brace is not None:
                self._group(brace)
            elif word is not None:
                self._control(word, number)
            elif symbol is not None:
                self._symbol(symbol)
            elif byte is not None:
                self._add_bytes(bytes.fromhex(byte.decode()))
            else:
                self._add_bytes(text)
        self._end_paragraph()
        return self._found

    def _group(self, brace: bytes) -> None:
        self._skip = 0
        state = self._stack[-1]
        if brace == b"{":
            self._stack.append(_State(state.aside, state.repeats))
        elif len(self._stack) > 1:
            self._stack.pop()

    def _control(self, word: bytes, number: bytes | None) -> None:
        state = self._stack[-1]
        if word in _ASIDE:
            state.aside = True
        elif word == b"uc":
            state.repeats = int(number or 1)
        elif word == b"bin":
            state.aside = True  # What follows is no text; a document with pictures in binary form is not compared.
            raise ValueError
        elif word == b"u" and number is not None:
            self._add(chr(int(number) % 0x10000))  # of 16 bits, with a sign
            self._skip = state.repeats
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _ENDS and not state.aside:
            self._end_paragraph()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._stack[-1].aside = True
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _add_bytes(self, text: bytes) -> None:
        repeated = min(self._skip, len(text))
        self._skip -= repeated
        if not self._stack[-1].aside:
            self._bytes += text[repeated:]

    def _add(self, text: str) -> None:
        if not self._stack[-1].aside:
            self._flush()
            self._words.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._words.append(self._bytes.decode(self._encoding, "replace"))
            self._bytes.clear()

    def _end_paragraph(self) -> None:
        self._flush()
        text = "".join(self._words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._found.append(text)
        self._words.clear()
