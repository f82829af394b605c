"""Effects of a style on words: it hides them, strikes them out, raises them, makes them too faint, small or far to be
seen.

Nothing here knows a page; a style is a mapping of its declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from ...memo import remembered

Effect = Literal["", "hidden", "unseen", "raised"]
"""Effect of a style on the words in an element. ``hidden``: no browser shows them, or they are struck out; ``unseen``:
they may not be seen; ``raised``: they stand above or below the line.
"""

BLOCK_DISPLAYS = frozenset(
    "block flex grid table list-item flow-root table-row table-caption table-cell -webkit-box -webkit-flex".split()
)
"""Values of ``display`` that part what stands in an element from what is around it."""
_KEYWORDS = "inherit initial unset revert revert-layer"
_KNOWN_VALUES = {
    "display": BLOCK_DISPLAYS.union(
        (
            "none inline contents inline-block inline-flex inline-grid inline-table"
            " table-column table-column-group table-row-group table-header-group table-footer-group ruby ruby-text math"
            f" -webkit-inline-box -webkit-inline-flex {_KEYWORDS}"
        ).split()
    ),
    "visibility": frozenset(f"visible hidden collapse {_KEYWORDS}".split()),
}
"""Property → the values that a browser takes; a declaration with another is as good as none."""

MIN_SIZE = 2
"""Points or pixels of the smallest letters that may be read; 1 em is taken for ten."""

MIN_CHANNEL = 235
"""Of 255: letters of which each colour is at least as light can't be told from white paper."""

MIN_ALPHA = 0.1
"""Below it letters are transparent."""

MAX_NOTE_SIZE = 0.8
"""Of the letters around: smaller ones beside a figure are the mark of a note."""

_MOVING = re.compile(r"margin|padding|float|flex|direction|unicode-bidi|order|letter-spacing|word-spacing|inline-")
"""Stands in the name of such a property, or in a value of ``display``."""
_NO_LENGTH = re.compile(r"(?:[+-]?0*\.?0+\.?(?:[a-z]+|%)?|auto|none|normal|static|inherit|initial|ltr|\s)+")

_NEAR_WHITE = frozenset("white snow ivory ghostwhite whitesmoke floralwhite azure mintcream".split())
_HEX = re.compile(r"#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(%|[a-z]*)")
_FONT_SIZE = re.compile(r"(?:^|\s)([+-]?(?:\d+\.?\d*|\.\d+)(?:%|[a-z]+)?)(?=\s*/|\s+[\w\"'])")
"""The size in the shorthand ``font``: ``0/0 a``, ``bold 12px/1.5 serif``."""
_FAR = re.compile(r"-\d{3,}(?:\.\d*)?[a-z]+")
"""So far to the left, or above, that it may be beside the page;"""
_AWAY = re.compile(r"-(?:999|\d{4,})(?:\.\d*)?(?:px|pt|r?em)")
"""and so far that it is."""
_CUT = re.compile(r"rect\(\s*(\d)(?:px)?(?:[\s,]+\1(?:px)?){3}\s*\)|inset\((?:50|100)%\)")
"""A shape that nothing can be seen through."""
_NOTHING_LEFT = re.compile(r"(?:scale(?:3d|x|y)?|opacity|zoom)\(\s*0*\.?0*%?\s*[,)]")
"""A transformation or a filter that leaves nothing."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)

TELLING = (
    "display visibility line-through vertical-align clip position overflow indent left top font opacity scale zoom"
    " color content margin padding float flex spacing direction unicode-bidi"
).split()
"""A style sheet without any of these words does nothing to words."""


@remembered(1024)
def declarations(text: str) -> Mapping[str, str]:
    """Return property → value: of each the last that is important, or else the last; none that no browser knows."""
    style: dict[str, str] = {}
    important: set[str] = set()
    for declaration in _COMMENT.sub(" ", text.lower()).split(";"):
        name, _, value = map(str.strip, declaration.partition(":"))
        value, _, priority = map(str.strip, value.partition("!"))
        if value in _KNOWN_VALUES.get(name, (value,)) and (priority == "important" or name not in important):
            style[name] = value
            if priority == "important":
                important.add(name)
    return style


def effect(style: Mapping[str, str]) -> Effect:
    """Return what a style does to the words in an element, white letters aside: see ``is_pale``."""
    if _ACTING.isdisjoint(style):
        return ""
    for kind, tests in _EFFECTS.items():
        if any(test(style) for test in tests):
            return kind
    return ""


def is_struck(style: Mapping[str, str]) -> bool:
    """Return whether words are struck out."""
    return "line-through" in style.get("text-decoration-line", style.get("text-decoration", ""))


def is_invisible(style: Mapping[str, str]) -> bool:
    """Return whether words keep their place and are not shown."""
    return style.get("visibility") in ("hidden", "collapse")


def is_tiny(style: Mapping[str, str]) -> bool:
    """Return whether letters are too small to be read."""
    size = style.get("font-size")
    if size is None:
        found = _FONT_SIZE.search(style.get("font", ""))
        size = found[1] if found else ""
    length = _LENGTH.fullmatch(size)
    if length is None:
        return False
    scale = {"%": 0.1, "em": 10.0, "rem": 10.0}.get(length[2], 1.0)
    return float(length[1]) * scale < MIN_SIZE


def is_clear(style: Mapping[str, str]) -> bool:
    """Return whether an element is fully transparent, whatever stands in it."""
    opacity = _LENGTH.fullmatch(style.get("opacity", ""))
    if opacity is not None and float(opacity[1]) / (100 if opacity[2] == "%" else 1) < MIN_ALPHA:
        return True
    if is_zero(style.get("zoom", "")):
        return True
    return any(
        _NOTHING_LEFT.search(style.get(name, "")) is not None for name in ("filter", "-webkit-filter", "transform")
    )


def is_zero(value: str) -> bool:
    """Return whether a value is nothing, in whatever unit."""
    length = _LENGTH.fullmatch(value)
    return length is not None and not float(length[1])


def is_pale(style: Mapping[str, str]) -> bool:
    """Return whether letters are white, or nearly."""
    colour = parse_colour(style.get("color", ""))
    return colour is not None and colour[3] >= MIN_ALPHA and min(colour[:3]) >= MIN_CHANNEL


def is_transparent(style: Mapping[str, str]) -> bool:
    """Return whether letters have no colour."""
    colour = parse_colour(style.get("color", ""))
    return colour is not None and colour[3] < MIN_ALPHA


def is_no_ground(value: str) -> bool:
    """Return whether a background is none that white letters could be seen on."""
    if value in ("", "none", "initial", "inherit", "unset"):
        return True
    colour = parse_colour(value)
    return colour is not None and (colour[3] < MIN_ALPHA or min(colour[:3]) >= MIN_CHANNEL)


@remembered(256)
def parse_colour(value: str) -> tuple[float, float, float, float] | None:
    """Return red, green and blue up to 255, and alpha up to 1; None for a colour that is no light one by its name."""
    if value in _NEAR_WHITE:
        return 255, 255, 255, 1
    if value == "transparent":
        return 0, 0, 0, 0
    if match := _HEX.fullmatch(value):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
        return red, green, blue, alpha / 255
    if match := _FUNCTION.fullmatch(value):
        return _function_colour(match[1], match[2])
    return None


def _function_colour(name: str, arguments: str) -> tuple[float, float, float, float] | None:
    """Return the colour of ``rgb(…)`` or ``hsl(…)``; of the latter its lightness, for only that matters here."""
    parts = arguments.replace(",", " ").replace("/", " ").split()
    numbers = [_NUMBER.match(part) for part in parts]
    if not 3 <= len(parts) <= 4 or not all(numbers):
        return None
    values = [float(number[0]) for number in numbers if number is not None]
    alpha = values[3] / (100 if parts[3].endswith("%") else 1) if len(parts) == 4 else 1.0
    if name == "hsl":
        return values[2] * 2.55, values[2] * 2.55, values[2] * 2.55, alpha
    red, green, blue = (
        value * 2.55 if part.endswith("%") else value for value, part in zip(values, parts[:3], strict=False)
    )
    return red, green, blue, alpha


def _is_away(style: Mapping[str, str]) -> bool:
    """Return whether an element is put beside the page, or cut to nothing."""
    if _CUT.fullmatch(style.get("clip-path", "")):
        return True
    if style.get("position") not in ("absolute", "fixed"):
        return False
    return _CUT.fullmatch(style.get("clip", "")) is not None or any(
        _AWAY.fullmatch(style.get(side, "")) for side in ("left", "top")
    )


def _may_be_away(style: Mapping[str, str]) -> bool:
    return any(_FAR.fullmatch(style.get(name, "")) for name in ("left", "top", "text-indent", "margin-left"))


def is_reversed(style: Mapping[str, str]) -> bool:
    """Return whether letters are shown in another order than they are written."""
    return style.get("unicode-bidi") in ("bidi-override", "isolate-override") and style.get("direction") != "ltr"


def parts_digits(style: Mapping[str, str]) -> bool:
    """Return whether an element may stand apart from what is beside it, or in another order than it is written."""
    return any(
        _MOVING.search(name if name != "display" else value) is not None and _NO_LENGTH.fullmatch(value) is None
        for name, value in style.items()
        if not name.startswith("mso-")
    )


def _is_smaller(style: Mapping[str, str]) -> bool:
    """Return whether letters are much smaller than those around them, as the marks of notes are."""
    size = _LENGTH.fullmatch(style.get("font-size", ""))
    if size is None:
        return style.get("font-size") in ("smaller", "small", "x-small", "xx-small")
    return {"%": 0.01, "em": 1.0}.get(size[2], 9.0) * float(size[1]) < MAX_NOTE_SIZE


def _is_cut_off(style: Mapping[str, str]) -> bool:
    """Return whether an element has no size and shows nothing beyond it."""
    sizes = ("width", "height", "max-width", "max-height")
    return style.get("overflow") in ("hidden", "clip") and any(is_zero(style.get(name, "")) for name in sizes)


def _is_moved(style: Mapping[str, str]) -> bool:
    """Return whether words are moved up or down from their line."""
    moves = (_LENGTH.fullmatch(style.get(side, "")) for side in ("top", "bottom"))
    return style.get("position") == "relative" and any(move and float(move[1]) for move in moves)


_ACTING = frozenset(
    (
        "display visibility text-decoration text-decoration-line clip clip-path position font-size font opacity filter"
        " -webkit-filter transform zoom color left top text-indent margin-left overflow vertical-align unicode-bidi"
    ).split()
)
"""The properties that the tests below look at."""

_EFFECTS: Mapping[Effect, tuple[Callable[[Mapping[str, str]], object], ...]] = {
    "hidden": (lambda style: style.get("display") == "none", is_invisible, is_struck, _is_away),
    "unseen": (is_tiny, is_clear, is_transparent, _may_be_away, _is_cut_off, is_reversed),
    "raised": (
        lambda style: style.get("vertical-align") in ("super", "sub", "text-top", "text-bottom"),
        _is_moved,
        _is_smaller,
    ),
}
"""Effect → the tests that show it, the strongest first."""
