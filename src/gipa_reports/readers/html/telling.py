"""Marks in a page which tell that something in it may be hidden, raised or shown by no text of the page.

Selectors are looked up only where their signs stand in the page: most pages have next to none of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


class _Sign(NamedTuple):
    """Marks in the styles of a page, in small letters and without their numbers, where they do something to words."""

    word: bytes
    selector: str
    """Of what it may be done to."""
    pattern: re.Pattern[bytes] | None = None
    """Marks in the page itself then, where the word alone is in most pages."""

    def is_in(self, words: bytes, lower: bytes) -> bool:
        """Return whether the ``words`` of a page's styles tell it."""
        return self.word in words and (self.pattern is None or self.pattern.search(lower) is not None)


_HIDING = (
    _Sign(b"display", '[style*="display" i]'),
    _Sign(b"visibility", '[style*="visibility" i]'),
    _Sign(b"line-through", '[style*="line-through" i]'),
)
"""Properties that hide something or strike it out."""

_MARKING = (
    _Sign(b"vertical-align", '[style*="vertical-align" i]', re.compile(rb"vertical-align\s*+:\s*+(?:su|text)")),
    _Sign(b"position", '[style*="position" i]', re.compile(rb"position\s*+:\s*+(?:rel|abs|fix)")),
    _Sign(b"clip", '[style*="clip" i]'),
    _Sign(b"overflow", '[style*="overflow" i]'),
    _Sign(b":-", '[style*=":-"], [style*=": -"]', re.compile(rb": ?-\d{3}")),
    _Sign(
        b"font-size",
        '[style*="font-size" i]',
        re.compile(rb"font-size\s*+:\s*+(?:\+?(?:0|\.|1(?:\.\d*)?(?:p[xt]|[;\"'}])|[1-7]\d?(?:\.\d*)?%)|x*-?small)"),
    ),
    _Sign(b"font:", '[style*="font:" i]', re.compile(rb"font:[^;}\"']*?(?<![\d.])0*\.?0+(?:[/%\s]|p[xt])")),
    _Sign(b"unicode-bidi", '[style*="unicode-bidi" i]'),
    _Sign(b"opacity", '[style*="opacity" i]', re.compile(rb"opacity\s*+[:(]\s*+[+.0]")),
    _Sign(b"scale", '[style*="scale" i]'),
    _Sign(b"zoom", '[style*="zoom" i]', re.compile(rb"zoom\s*+:\s*+[+.0]")),
    _Sign(
        b"color",
        '[style*="color" i]',
        re.compile(
            rb"color(?<!-color)\s*+:\s*+(?:#[ef]|#\w{3}0\b|#\w{6}00\b|white|transp|rgb|hsl|snow|iv|gho|az|mint)"
        ),
    ),
)
"""Properties that raise words, or make them too faint, small or far to be seen."""

_BACKGROUNDS = (_Sign(b"url(", '[style*="url(" i]'),)

_MARKING_ELEMENTS = {
    "sup": "sup",
    "sub": "sub",
    "small": "[x-small]",
    "font": "[x-font][color]",
    "bdo": "bdo[dir]",
}
"""The same of elements by their names."""

_TO_NOTE = 'a[href*="#"]'
"""A link that may lead to a note."""

_STYLE = re.compile(rb"style\s*+=\s*+(\"[^\"]*|'[^']*|[^\s>]+)")
"""The style of an element."""
_NUMBERS_AND_BLANKS = b"0123456789. "


class Signs:
    """The signs in one page: ``lower`` is it in small letters, ``names`` are those of its elements that matter."""

    def __init__(self, parser: LexborHTMLParser, lower: bytes, names: frozenset[str]) -> None:
        self._parser = parser
        self._lower = lower
        self._names = names
        self._words = _style_words(lower) if parser.css_first("[style]") is not None else b""
        self._has_others = parser.css_first(f"[hidden], {_TO_NOTE}") is not None

    def hiding(self) -> list[LexborNode]:
        """Return the elements that may be hidden or struck out."""
        return self._found(self._told(_HIDING) + ["[hidden]"] * self._has_others)

    def marking(self) -> list[LexborNode]:
        """Return the elements in which words may be raised, or can't be seen."""
        named = [selector for name, selector in _MARKING_ELEMENTS.items() if name in self._names]
        notes = [f"td {_TO_NOTE}", f"th {_TO_NOTE}"] * self._has_others
        return self._found([*self._told(_MARKING), *named, *notes])

    def backgrounds(self) -> list[LexborNode]:
        """Return the elements that may have a picture behind them."""
        return self._found(self._told(_BACKGROUNDS))

    def _told(self, signs: tuple[_Sign, ...]) -> list[str]:
        return [sign.selector for sign in signs if sign.is_in(self._words, self._lower)] if self._words else []

    def _found(self, selectors: list[str]) -> list[LexborNode]:
        return self._parser.css(", ".join(selectors)) if selectors else []


def _style_words(lower: bytes) -> bytes:
    """Return the styles of a page's elements, each once and without numbers: in these alone most of them differ."""
    found = b"\n".join(_STYLE.findall(lower))
    return b"\n".join(set(found.translate(None, _NUMBERS_AND_BLANKS).split(b"\n")))
