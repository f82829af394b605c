"""The styles of a document, and how its letters are seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from ..colours import BLACK, WHITE, Colour, is_seen, parse_hex
from ..package import Package
from .xml import VALUE, Element, W, is_set, number_of, value_of

MIN_SIZE = 6
"""Half points of the smallest letters that may be read."""

MIN_SPACING = 160
"""Twentieths of a point between two letters that part a figure in two."""

MIN_SCALE = 20
"""Per cent of their width that letters have at least where they can be read."""

_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

_CONTENTS, _CONTENTS_OF_WPS = "toc ", "目录"
"""Beginning of the name of a style of the table of contents, and what is in it where WPS had the contents typed."""

_SET_APART = frozenset(f"{W}{name}" for name in "vertAlign position strike dstrike webHidden".split())
"""Properties that raise letters, lower them or strike them out, or hide them in one view of the document."""

_SYMBOL_FONTS = ("wingdings", "webdings", "marlett", "zapf dingbats", "zapfdingbats")
_LIGHT_THEME = ("background1", "light1", "bg1", "lt1")
_DARK_THEME = ("text1", "dark1", "tx1", "dk1")


@frozen
class Letters:
    """Look of letters; None where neither they nor their style say so."""

    hidden: bool = False
    apart: frozenset[str] = frozenset()
    """The properties that set them apart from the line that they stand in."""
    colour: Colour | None = None
    ground: Colour | None = None
    size: int | None = None
    is_symbol: bool = False
    """True if their font has signs in the place of digits."""
    is_spaced: bool = False
    """True if they stand far from each other, or upon each other."""
    is_faint: bool = False
    """True if nothing is painted of them, or next to nothing of their width."""

    def with_properties(self, properties: Element | None) -> Letters:
        """Return them with the properties of a run or a style."""
        if properties is None or not len(properties):
            return self
        changes: dict[str, Any] = {}
        apart = self.apart
        for element in properties:
            tag = element.tag
            if tag in _SET_APART:
                apart = apart | {tag} if is_set(element) else apart - {tag}
            elif tag in _READERS:
                name, read = _READERS[tag]
                changes[name] = read(element)
        if apart is not self.apart:
            changes["apart"] = apart
        return evolve(self, **changes) if changes else self

    def are_seen(self, ground: Colour) -> bool:
        """Return whether they can be read on a ground, their own before that of their cell."""
        if self.is_faint or (self.size is not None and self.size < MIN_SIZE):
            return False
        return self.colour is None or is_seen(self.colour, self.ground or ground)


def _colour(element: Element) -> Colour:
    theme = element.get(f"{W}themeColor", "")
    if theme in _LIGHT_THEME and not (element.get(f"{W}themeShade") or parse_hex(element.get(VALUE, ""))):
        return WHITE
    return BLACK if theme in _DARK_THEME else parse_hex(element.get(VALUE, "")) or BLACK


def read_shading(element: Element | None) -> Colour | None:
    """Return the ground that a shading gives; None where it gives none."""
    return None if element is None else parse_hex(element.get(f"{W}fill", ""))


def _highlight(element: Element) -> Colour | None:
    name = element.get(VALUE, "none")
    if name == "none":
        return None
    return WHITE if name == "white" else BLACK if name == "black" else (128, 128, 128)


def _size(element: Element) -> int | None:
    value = element.get(VALUE, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else None


def _is_symbol(element: Element) -> bool:
    return any(element.get(f"{W}{name}", "").lower().startswith(_SYMBOL_FONTS) for name in ("ascii", "hAnsi"))


def _is_spaced(element: Element) -> bool:
    value = element.get(VALUE, "").removeprefix("-")
    return value.isascii() and value.isdigit() and int(value[:6]) >= MIN_SPACING


def _is_squeezed(element: Element) -> bool:
    value = element.get(VALUE, "").removesuffix("%")
    return value.isascii() and value.isdigit() and int(value[:6]) < MIN_SCALE


def _has_no_fill(element: Element) -> bool:
    return element.find(f"{_WORD_2010}noFill") is not None


_READERS = {
    f"{W}vanish": ("hidden", is_set),
    f"{W}color": ("colour", _colour),
    f"{W}shd": ("ground", read_shading),
    f"{W}highlight": ("ground", _highlight),
    f"{W}sz": ("size", _size),
    f"{W}rFonts": ("is_symbol", _is_symbol),
    f"{W}spacing": ("is_spaced", _is_spaced),
    f"{W}w": ("is_faint", _is_squeezed),
    f"{_WORD_2010}textFill": ("is_faint", _has_no_fill),
}
"""Property → the field of ``Letters`` that it sets, and how it is read."""


@frozen
class Style:
    """Parts of a style that matter: its letters, if it is of the table of contents, and its automatic number."""

    letters: Letters = Letters()
    contents: bool = False
    list: str = ""
    level: int = 0


PLAIN = Style()


def read_styles(package: Package, main: str) -> Mapping[str, Style]:
    """Return style id → style, with what it takes from the style that it is based on."""
    elements: dict[str, Element] = {}
    for name in package.related(main, "styles")[:1]:
        elements.update({element.get(f"{W}styleId", ""): element for element in package.tree(name)})
    found: dict[str, Style] = {}
    for style_id in elements:
        # From the style up to its base, then down again, each once: a circle of styles ends where it closes.
        line: dict[str, None] = {}
        at = style_id
        while at in elements and at not in line and at not in found:
            line[at] = None
            at = value_of(elements[at], "basedOn")
        base = found.get(at, PLAIN)
        for at in reversed(line):
            base = found[at] = _style(elements[at], base)
    return found


def _style(element: Element, base: Style) -> Style:
    paragraph = element.find(f"{W}pPr")
    letters = base.letters.with_properties(element.find(f"{W}rPr"))
    name = value_of(element, "name").lower()
    contents = name.startswith(_CONTENTS) or _CONTENTS_OF_WPS in name
    numbered = None if paragraph is None else paragraph.find(f"{W}numPr")
    if numbered is None:
        return Style(letters, contents, base.list, base.level)
    return Style(letters, contents, value_of(numbered, "numId") or base.list, number_of(numbered, "ilvl", 0))
