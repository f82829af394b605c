"""Colours in office documents: whether letters of one can be seen on a ground of another."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
"""Red, green and blue, each up to 255."""

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

MIN_CONTRAST = 60
"""Of 255: letters that are less lighter or darker than their ground are not seen, as measured on rendered pages."""

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def parse_hex(text: str) -> Colour | None:
    """Return the colour of ``RRGGBB``, with or without an alpha before it; None for anything else."""
    match = _HEX.fullmatch(text)
    if match is None:
        return None
    red, green, blue = bytes.fromhex(match[1])
    return red, green, blue


def tinted(colour: Colour, tint: float) -> Colour:
    """Return a colour made lighter by a tint above zero, or darker by one below it; 1 is white, -1 is black."""
    target = 255 if tint > 0 else 0
    red, green, blue = (round(part + (target - part) * min(abs(tint), 1)) for part in colour)
    return red, green, blue


def is_seen(letters: Colour, ground: Colour) -> bool:
    """Return whether letters can be told from their ground."""
    return abs(_luminance(letters) - _luminance(ground)) >= MIN_CONTRAST


def _luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue
