"""One page of a PDF file: its glyphs as lines of words, its rules as grids of cells.

Nothing here knows what a report is. Lengths are points; y runs down the page.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import Factory, define

from ..limits import Limits

if TYPE_CHECKING:
    from pdfplumber.page import Page

Glyph = dict[str, Any]
"""A character as pdfplumber gives it."""

LOST = "\ufffd"
"""Stands for what cannot be told: a glyph without a character, two glyphs printed over each other, a torn figure."""

SAME_LINE = 0.35
"""Baselines nearer than this, in ems, are one line."""
OVERPRINTED = 0.15
"""Glyphs that begin nearer than this, in ems, stand on one place."""
WORD_GAP = 0.3
"""From this gap on, in ems, two words are apart; less is left between Chinese and figures to set them off."""
LATIN_GAP = 0.2
"""The same between letters or digits of the Latin alphabet, and at a space."""
SPACE = 0.9
"""From this gap on, in ems, two words of Chinese have a space between: it has none, and justified lines have gaps."""
TOUCHING = 0.1
"""Below this gap, in ems, two digits belong to one number."""
CELL_PADDING = 16.0
"""What a cell keeps free at most, left and right together; a line is full where no digit more fits."""
CLOSE = 3.0
"""Rules nearer than this are one, as pdfplumber takes them."""
MAX_CROSSINGS = 4_000_000
"""Pairs of an upright and a level rule on a page: finding cells takes time for each."""

_UNMAPPED = re.compile(r"|\(cid:\d+\)|[\0\ufffd\ue000-\uf8ff]")
_FIGURE_CHARACTERS = frozenset("0123456789.,+-")
_RADICALS = str.maketrans(
    {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {ord("⼾"): "户", ord("⾭"): "青"}  # Unicode has these in their traditional form
    | dict(
        zip(
            map(ord, "⺁⺟⺠⺩⺪⺬⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
            "厂母民王疋示虎西见角贝车辶长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    )
)
"""Radicals that fonts name in place of the characters which look the same."""


@define(eq=False)
class Word:
    """Glyphs without a gap between them. ``spaced``: there is a space before it, or it is of the Latin alphabet."""

    text: str
    x0: float
    x1: float
    spaced: bool = False


@define(eq=False)
class Line:
    """Words on one baseline; ``size`` is the height of its letters."""

    words: list[Word]
    baseline: float
    top: float
    size: float
    page: int

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """Its words, with a space between where there is one in prose."""
        text = ""
        for before, word in pairwise([None, *self.words]):
            assert word is not None
            if before is not None and (word.spaced or word.x0 - before.x1 >= SPACE * self.size):
                text += " "
            text += word.text
        return text


@define(eq=False)
class Box:
    """A cell of a grid with the lines in it. ``torn``: a figure runs over its border, and cannot be told."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line] = Factory(list)
    torn: bool = False

    def text(self, rows: int) -> str:
        """All its words. ``rows`` says how many rows of the grid it spans.

        A figure that was wrapped because the cell is narrow is put together; where it could also be two figures, one
        above the other, a space is left between, which is flagged when the cell is read.
        """
        whole = ""
        for before, line in pairwise([None, *self.lines]):
            assert line is not None
            if before is not None and _joins_with_space(whole, line.text):
                room = self.x1 - self.x0 - (before.x1 - before.x0)
                figure = whole[-1] in _FIGURE_CHARACTERS and line.text[0] in _FIGURE_CHARACTERS
                if not (figure and rows == 1 and room < CELL_PADDING + before.size / 2):
                    whole += " "
            whole += line.text
        return whole + LOST * self.torn


@define(eq=False)
class Grid:
    """Cells that hang together."""

    boxes: list[Box]
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@define(eq=False)
class Sheet:
    """What is on a page: grids, and the lines outside of them. ``aside`` is text that stands askew, as watermarks do.

    ``unmapped`` of the ``glyphs`` have no character.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = Factory(list)
    grids: list[Grid] = Factory(list)
    aside: list[str] = Factory(list)
    glyphs: int = 0
    unmapped: int = 0


def read_page(page: Page, number: int, limits: Limits) -> Sheet:
    """The lines and grids of ``page``."""
    sheet = Sheet(number, float(page.width), float(page.height))
    upright = _upright(page.chars, sheet)
    grids = [_Grid(table.cells, number) for table in _tables(page, limits)]
    for baseline, glyphs in _baselines(upright):
        for owner, run in _runs(glyphs, grids):
            top, size = min(glyph["top"] for glyph in run), max(glyph["size"] for glyph in run)
            line = Line(_words(run), baseline, top, size, number)
            if owner is None:
                sheet.lines.append(line)
            else:
                owner.lines.append(line)
    sheet.grids = [grid.finished() for grid in grids]
    return sheet


def _upright(chars: list[Glyph], sheet: Sheet) -> list[Glyph]:
    """The glyphs that stand upright, their text made plain."""
    kept: list[Glyph] = []
    askew: list[str] = []
    for glyph in chars:
        text = glyph["text"]
        a, b, _, d, _, _ = glyph["matrix"]
        if abs(b) > 0.01 * abs(a) or a * d <= 0:
            askew.append(text)
            continue
        if not text.isspace():
            sheet.glyphs += 1
            if _UNMAPPED.fullmatch(text):
                glyph["text"] = LOST
                sheet.unmapped += 1
            elif not text.isascii():
                glyph["text"] = text.translate(_RADICALS)
        kept.append(glyph)
    if askew:
        sheet.aside.append("".join(askew).strip())
    return kept


def _baselines(glyphs: list[Glyph]) -> list[tuple[float, list[Glyph]]]:
    """Glyphs by line, from the top of the page down."""
    lines: list[tuple[float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=_baseline):
        at = _baseline(glyph)
        if not lines or at - lines[-1][0] > SAME_LINE * glyph["size"]:
            lines.append((at, []))
        lines[-1][1].append(glyph)
    return lines


def _baseline(glyph: Glyph) -> float:
    # `matrix` counts from the foot of the page; glyphs of two fonts on one line agree in nothing else.
    return -float(glyph["matrix"][5])


def _runs(glyphs: list[Glyph], grids: list[_Grid]) -> list[tuple[Box | None, list[Glyph]]]:
    """The glyphs of a line from left to right, parted where one cell ends and another begins."""
    runs: list[tuple[Box | None, list[Glyph]]] = []
    last: Glyph | None = None
    for glyph in sorted(glyphs, key=_left):
        if last is not None and glyph["x0"] - last["x0"] < OVERPRINTED * glyph["size"] and not glyph["text"].isspace():
            # Bold is often made by printing twice; two different glyphs on one place are a correction, or a mess.
            if glyph["text"] != last["text"] and not last["text"].isspace():
                last["text"] = LOST
                continue
            if glyph["text"] == last["text"]:
                continue
        owner = _owner(glyph, grids)
        if last is not None and owner is runs[-1][0]:
            runs[-1][1].append(glyph)
        else:
            if last is not None and _is_torn(last, glyph):
                for box in (runs[-1][0], owner):
                    if box is not None:
                        box.torn = True
            runs.append((owner, [glyph]))
        last = glyph
    return [(owner, run) for owner, run in runs if any(not glyph["text"].isspace() for glyph in run)]


def _left(glyph: Glyph) -> float:
    return float(glyph["x0"])


def _is_torn(left: Glyph, right: Glyph) -> bool:
    digits = left["text"].isdigit() and right["text"].isdigit()
    return bool(digits and right["x0"] - left["x1"] < TOUCHING * right["size"])


def _owner(glyph: Glyph, grids: list[_Grid]) -> Box | None:
    x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    for grid in grids:
        if grid.x0 <= x < grid.x1 and grid.top <= y < grid.bottom:
            return grid.box_at(x, y)
    return None


def _words(run: list[Glyph]) -> list[Word]:
    words: list[Word] = []
    spaced = False
    for glyph in run:
        text = glyph["text"]
        if text.isspace():
            spaced = bool(words)
            continue
        narrow = spaced or bool(words and _is_latin(words[-1].text[-1]) and _is_latin(text[0]))
        if words and glyph["x0"] - words[-1].x1 < (LATIN_GAP if narrow else WORD_GAP) * glyph["size"]:
            words[-1].text += text
            words[-1].x1 = max(words[-1].x1, glyph["x1"])
        else:
            words.append(Word(text, glyph["x0"], glyph["x1"], narrow))
        spaced = False
    return words


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _joins_with_space(left: str, right: str) -> bool:
    return (_is_latin(left[-1]) and _is_latin(right[0])) or (left[-1] in ".," and right[0].isdigit())


# --- grids ---------------------------------------------------------------------------------------------------------

Bounds = tuple[float, float, float, float]


class _Grid:
    """Finds the cell at a point. Where the rules close no cell, one is made of the space between the nearest rules."""

    def __init__(self, cells: list[Bounds], page: int) -> None:
        self._page = page
        self._xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
        self._ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
        self.x0, self.x1 = self._xs[0], self._xs[-1]
        self.top, self.bottom = self._ys[0], self._ys[-1]
        self._boxes = [Box(*cell) for cell in cells]
        self._held: dict[tuple[int, int], Box] = {}
        for box in self._boxes:
            for row in range(bisect_right(self._ys, box.top), bisect_right(self._ys, box.bottom)):
                for column in range(bisect_right(self._xs, box.x0), bisect_right(self._xs, box.x1)):
                    self._held.setdefault((row, column), box)

    def box_at(self, x: float, y: float) -> Box:
        row, column = bisect_right(self._ys, y), bisect_right(self._xs, x)
        box = self._held.get((row, column))
        if box is None:
            box = Box(self._xs[column - 1], self._ys[row - 1], self._xs[column], self._ys[row])
            self._held[row, column] = box
            self._boxes.append(box)
        return box

    def finished(self) -> Grid:
        return Grid(self._boxes, self._page, self.x0, self.top, self.x1, self.bottom)


def _tables(page: Page, limits: Limits) -> list[Any]:
    edges = page.edges
    upright = sum(1 for edge in edges if edge["orientation"] == "v")
    if upright * (len(edges) - upright) > MAX_CROSSINGS:
        raise limits.passed("cells", f"{len(edges)} rules on page {page.page_number}")
    if not edges:
        return []
    return page.find_tables({"explicit_vertical_lines": _open_sides(edges)})


def _open_sides(edges: list[Glyph]) -> list[Glyph]:
    """Upright rules where a table has none at its sides, only level ones that end there."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    at: dict[int, list[Glyph]] = defaultdict(list)
    for edge in upright:
        at[round(edge["x0"] / CLOSE)].append(edge)
    ends: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for edge in edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 4 * CLOSE:
            for side in ("x0", "x1"):
                ends[side, round(edge[side] / CLOSE)].append(edge)
    missing: list[Glyph] = []
    for (side, place), group in ends.items():
        near = [edge for x in (place - 1, place, place + 1) for edge in at.get(x, ())]
        if any(_crosses(edge, level) for edge in near for level in group):
            continue
        # Rules above and below the text of a page touch no table.
        level = [edge for edge in group if any(_crosses(other, edge) for other in upright)]
        top, bottom = min((e["top"] for e in level), default=0), max((e["top"] for e in level), default=0)
        if bottom - top > 2 * CLOSE:
            x = level[0][side]
            missing.append(
                {"object_type": "line", "x0": x, "x1": x, "top": top, "bottom": bottom, "height": bottom - top}
            )
    return missing


def _crosses(upright: Glyph, level: Glyph) -> bool:
    return bool(
        level["x0"] - CLOSE <= upright["x0"] <= level["x1"] + CLOSE
        and upright["top"] - CLOSE <= level["top"] <= upright["bottom"] + CLOSE
    )
