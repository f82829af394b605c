"""Looks that the styles of a workbook give to a cell: number formats, fonts, fills, conditions.

Words that are raised, lowered or struck out, tiny, or of a colour that can't be told from the ground of their cell
stand in square brackets, so that they are never taken for a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from attrs import frozen

from ..colours import BLACK, WHITE, Colour, is_seen, parse_hex, tinted
from .formats import MAX_FORMAT_CODE, OTHER, PLAIN, NumberFormat, built_in_formats, read_format
from .parts import Workbook

MIN_SIZE = 3
"""Points of the smallest letters that may be read."""

_OFF = ("0", "false", "baseline")
"""Values of a property of a font that is there and does nothing."""

_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""The colours of a theme in the order in which workbooks count them."""

_INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
    " 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF"
    " 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99"
    " 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
    " 000000 FFFFFF"
).split()
"""The colours that old workbooks number; the last two are those of the screen."""

_PATTERNED: Colour = (128, 128, 128)
"""Colour that a ground of lines or dots is taken for."""


class Run(NamedTuple):
    """Words of one font in a cell; None where the font is the cell's."""

    text: str
    font: ElementTree.Element | None = None


@frozen
class Look:
    """Look that a style gives to a cell."""

    format: NumberFormat = PLAIN
    ground: Colour = WHITE
    is_set_apart: bool = False
    """True if all of it is raised, lowered, struck out, tiny, repeated, or not to be seen on its ground."""
    palette: Palette | None = None

    @classmethod
    def other(cls) -> Look:
        """Return that of a style that there is not."""
        return cls(OTHER)

    def shown(self, runs: Sequence[Run]) -> str:
        """Return the text of runs, in brackets those that are none of the words beside them, or not to be seen."""
        return "".join(f"[{run.text}]" if self._is_apart(run) and run.text.strip() else run.text for run in runs)

    def _is_apart(self, run: Run) -> bool:
        if run.font is None or self.is_set_apart:
            return False
        colour = None if self.palette is None else self.palette.colour(run.font.find("{*}color"))
        return _is_set_apart(run.font) or (colour is not None and not is_seen(colour, self.ground))


class Palette:
    """The colours of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self._theme: list[Colour] = []
        for theme in book.related("theme"):
            named = {
                element.tag.rpartition("}")[2]: value.get("lastClr") or value.get("val") or ""
                for element in theme.iterfind("{*}themeElements/{*}clrScheme/*")
                for value in element
            }
            self._theme = [parse_hex(named.get(name, "")) or BLACK for name in _THEME]

    def colour(self, element: ElementTree.Element | None) -> Colour | None:
        """Return the colour that an element states; None where it states none."""
        if element is None:
            return None
        found = self._base(element)
        tint = element.get("tint", "0")
        try:
            return found if found is None else tinted(found, float(tint))
        except ValueError:
            return found

    def _base(self, element: ElementTree.Element) -> Colour | None:
        if rgb := element.get("rgb"):
            return parse_hex(rgb)
        for name, colours in (("theme", self._theme), ("indexed", _INDEXED)):
            number = element.get(name, "")
            if number.isascii() and number.isdigit() and int(number[:3]) < len(colours):
                found = colours[int(number[:3])]
                return parse_hex(found) if isinstance(found, str) else found
        # A theme that is not there is the one that all programs have.
        return WHITE if element.get("theme") == "0" and not self._theme else None

    def ground(self, fill: ElementTree.Element | None) -> Colour:
        """Return the ground that a fill gives a cell; white where it gives none."""
        pattern = None if fill is None else fill.find("{*}patternFill")
        kind = "none" if pattern is None else pattern.get("patternType", "none")
        if pattern is None or kind == "none":
            return _PATTERNED if fill is not None and fill.find("{*}gradientFill") is not None else WHITE
        if kind != "solid":
            return _PATTERNED
        return self.colour(pattern.find("{*}fgColor")) or self.colour(pattern.find("{*}bgColor")) or WHITE

    def is_seen(self, font: ElementTree.Element | None, ground: Colour) -> bool:
        """Return whether letters of a font can be told from their ground."""
        colour = None if font is None else self.colour(font.find("{*}color"))
        return is_seen(colour or BLACK, ground)


def read_styles(book: Workbook) -> tuple[dict[str, Look], frozenset[str]]:
    """Return the looks of a workbook's styles by their numbers, and the numbers of the conditional formats under which
    what is in a cell may not be seen as it is.
    """
    palette = Palette(book)
    looks = {"0": Look(palette=palette)}
    hiding: set[str] = set()
    for styles in book.related("styles"):
        looks |= {str(number): look for number, look in enumerate(_looks(styles, palette))}
        changes = enumerate(styles.iterfind("{*}dxfs/{*}dxf"))
        hiding |= {str(number) for number, change in changes if _hides(change, palette)}
    return looks, frozenset(hiding)


def _looks(styles: ElementTree.Element, palette: Palette) -> Iterator[Look]:
    formats = built_in_formats() | {
        form.get("numFmtId", ""): read_format(form.get("formatCode", "")[:MAX_FORMAT_CODE])
        for form in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = {str(number): font for number, font in enumerate(styles.iterfind("{*}fonts/{*}font"))}
    fills = {str(number): fill for number, fill in enumerate(styles.iterfind("{*}fills/{*}fill"))}
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        font = fonts.get(style.get("fontId", "0"))
        ground = palette.ground(fills.get(style.get("fillId", "0")))
        is_apart = _is_set_apart(font) or not palette.is_seen(font, ground) or _is_repeated(style)
        yield Look(formats.get(style.get("numFmtId", "0"), PLAIN), ground, is_apart, palette)


def _is_set_apart(font: ElementTree.Element | None) -> bool:
    """Return whether words in a font are raised, lowered, struck out or tiny."""
    if font is None:
        return False
    marks = [*font.iterfind("{*}strike"), *font.iterfind("{*}vertAlign")]
    sizes = (size.get("val", "") for size in font.iterfind("{*}sz"))
    is_tiny = any(size.replace(".", "", 1).isdecimal() and float(size) < MIN_SIZE for size in sizes)
    return is_tiny or any(mark.get("val", "1") not in _OFF for mark in marks)


def _is_repeated(style: ElementTree.Element) -> bool:
    """Return whether what is in a cell is shown again and again until the cell is full: 3 as 33333."""
    return any(alignment.get("horizontal") == "fill" for alignment in style.iterfind("{*}alignment"))


def _hides(change: ElementTree.Element, palette: Palette) -> bool:
    """Return whether what a condition changes may hide what is in a cell, or show it as something else."""
    font, fill, code = (change.find(name) for name in ("{*}font", "{*}fill", "{*}numFmt"))
    ground = WHITE if fill is None else _changed_ground(fill, palette)
    shown = PLAIN if code is None else read_format(code.get("formatCode", "")[:MAX_FORMAT_CODE])
    return _is_set_apart(font) or not palette.is_seen(font, ground) or shown != PLAIN


def _changed_ground(fill: ElementTree.Element, palette: Palette) -> Colour:
    """Return the ground that a condition gives a cell: here the colour stands where others have that of the pattern."""
    pattern = fill.find("{*}patternFill")
    return WHITE if pattern is None else palette.colour(pattern.find("{*}bgColor")) or palette.ground(fill)
