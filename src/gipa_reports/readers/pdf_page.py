"""One page of a PDF file: its glyphs as lines of words, its rules as grids of cells.

Nothing here knows what a report is. Lengths are points; y runs down the page.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import Factory, define

from ..limits import Limits

if TYPE_CHECKING:
    from pdfplumber.page import Page

Drawn = dict[str, Any]
"""Something on a page as pdfplumber gives it, or no more of it than where it is."""
Glyph = Drawn
"""A character."""

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

LOST = "\ufffd"
"""Stands for what cannot be told: a glyph without a character, two glyphs printed over each other, a torn figure."""

NO_INK = "no ink"
"""Stands for the colour of text that is not painted, or transparent."""

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
FLAT = 0.1
"""What is drawn no thicker or no wider apart than this lies on one straight line."""
MAX_INKED = 1000
"""Coloured shapes of a page, at most, with which each white one is compared."""

BACKGROUND = 1 / 3
"""From this share of a page's height on, a filled rectangle half as wide as the page is what it is printed on."""
MAX_CROSSINGS = 4_000_000
"""Pairs of an upright and a level rule on a page: finding cells takes time for each."""
STRUCK = (0.15, 0.55)
"""A rule this high above the baseline, in ems, goes through a digit."""
TINY = 0.002
"""Share of the page's height below which no one can read a digit."""
ASKEW_GAP = 1.5
"""Glyphs that stand askew and are nearer than this, in ems, are written together."""
WATERMARK = 3.0
"""What stands askew and is higher than this many letters of the line it is on, is no figure of that line."""
SAME_SIZE = 1.15
"""Digits of one number differ in size by no more than this factor; a mark for a footnote is smaller."""
NEARLY = 0.95
"""From this on a part of a colour is as good as full."""
INKS = ("Separation", "DeviceN", "Indexed")
"""Colours of which the parts are amounts of inks, or numbers: what is full is not white."""
TYPED_OVER = ("FreeText", "Stamp", "StrikeOut", "Redact")
"""Annotations that show something of their own, or take away what is there; fields of a form do when filled in."""
HIDDEN = 2 | 32
"""The flags of an annotation that is not shown."""
MAX_FIELDS = 32
"""How deep the fields of a form are looked up in each other."""

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
    """Words on one baseline; ``size`` is the height of its letters.

    ``doubtful`` are the places where there may be a figure that is not among the words, or not as it stands there.
    """

    words: list[Word]
    baseline: float
    top: float
    size: float
    page: int
    doubtful: list[Word] = Factory(list)

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
    """A cell of a grid with the lines in it. ``torn``: it has a figure that cannot be told, as over its border."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line] = Factory(list)
    torn: bool = False

    def has_room(self, area: Drawn) -> bool:
        """Whether the cell is as large as ``area``."""
        wide, high = area["x1"] - area["x0"], area["bottom"] - area["top"]
        return bool(wide <= self.x1 - self.x0 and high <= self.bottom - self.top)

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

    ``unmapped`` of the ``glyphs`` have no character, ``unseen`` of them leave no ink.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = Factory(list)
    grids: list[Grid] = Factory(list)
    aside: list[str] = Factory(list)
    glyphs: int = 0
    unmapped: int = 0
    unseen: int = 0


def read_page(page: Page, number: int, limits: Limits) -> Sheet:
    """The lines and grids of ``page``."""
    sheet = Sheet(number, float(page.width), float(page.height))
    upright, level = _rules(page)
    grids = [_Grid(table.cells, number) for table in _tables(page, upright, level, limits)]
    standing, askew = _turned(page.chars)
    _make_plain(standing, sheet)
    _lose_unsure(standing, level, page)
    for baseline, glyphs in _baselines(standing):
        for owner, run in _runs(glyphs, grids):
            top, size = min(glyph["top"] for glyph in run), max(glyph["size"] for glyph in run)
            line = Line(_words(run), baseline, top, size, number)
            if owner is None:
                sheet.lines.append(line)
            else:
                owner.lines.append(line)
    _mark_turned(askew, grids, sheet)
    _mark_typed_over(page, grids, sheet)
    sheet.grids = [grid.finished() for grid in grids]
    return sheet


def _turned(chars: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs that stand upright, and those that stand askew or on their heads."""
    upright: list[Glyph] = []
    askew: list[Glyph] = []
    for glyph in chars:
        a, b, _, d, _, _ = glyph["matrix"]
        (askew if abs(b) > 0.01 * abs(a) or a <= 0 or d <= 0 else upright).append(glyph)
    return upright, askew


def _make_plain(glyphs: list[Glyph], sheet: Sheet) -> None:
    """Make the text of glyphs what they are read as, and count them."""
    for glyph in glyphs:
        text = glyph["text"]
        if not text.isspace():
            sheet.glyphs += 1
            sheet.unseen += not _leaves_ink(glyph)
            if _UNMAPPED.fullmatch(text):
                glyph["text"] = LOST
                sheet.unmapped += 1
            elif not text.isascii():
                glyph["text"] = text.translate(_RADICALS)


# --- what can't be told --------------------------------------------------------------------------------------------


def _lose_unsure(glyphs: list[Glyph], level: list[Rule], page: Page) -> None:
    """Lose the digits that may not count: a rule goes through them, or no one can see them."""
    shown = _on_page(page.page_obj.cropbox, page)
    for glyph in glyphs:
        if glyph["text"].isdigit() and (_is_struck(glyph, level) or not _is_seen(glyph, shown, page)):
            glyph["text"] = LOST


def _is_struck(glyph: Glyph, level: list[Rule]) -> bool:
    baseline, size = glyph["bottom"] + glyph["y0"] - glyph["matrix"][5], glyph["size"]
    highest, lowest = baseline - STRUCK[1] * size, baseline - STRUCK[0] * size
    near = level[bisect_left(level, (highest,)) : bisect_right(level, (lowest,))]
    middle, _ = _middle(glyph)
    return any(rule.start < middle < rule.end for rule in near)


def _is_seen(glyph: Glyph, shown: Drawn, page: Page) -> bool:
    """Whether a glyph leaves ink on the part of the page that is shown, and is neither tiny nor white on white."""
    if not _leaves_ink(glyph) or not _is_within(shown, glyph):
        return False
    if not _is_white(glyph):
        return bool(glyph["size"] >= TINY * page.height)
    return any(
        _is_within(shape, glyph)
        for shape in (*page.rects, *page.curves, *page.images)
        if shape.get("fill", True) and not _is_white(shape)
    )


def _is_within(area: Drawn, glyph: Glyph) -> bool:
    """Whether the middle of a glyph is in an area."""
    x, y = _middle(glyph)
    return bool(area["x0"] <= x <= area["x1"] and area["top"] <= y <= area["bottom"])


def _leaves_ink(glyph: Glyph) -> bool:
    return bool(glyph["non_stroking_color"] != (NO_INK,))


def _is_white(drawn: Drawn) -> bool:
    color = drawn.get("non_stroking_color")
    if not isinstance(color, tuple) or not all(isinstance(part, int | float) for part in color):
        return False
    if len(color) == 4:
        return bool(max(color) < 1 - NEARLY)
    return len(color) in (1, 3) and bool(min(color) > NEARLY) and drawn.get("ncs") not in INKS


def _mark_turned(askew: list[Glyph], grids: list[_Grid], sheet: Sheet) -> None:
    """Set askew text aside, and mark the cells and lines with a figure of it. What is larger is a watermark."""
    from pdfplumber.utils.geometry import objects_to_rect

    text = "".join(glyph["text"] for glyph in askew).strip()
    if text:
        sheet.aside.append(text)
    for run in _written_together(askew):
        area = objects_to_rect(run)
        box = _owner(area, grids)
        if not any(glyph["text"].isdigit() for glyph in run):
            continue
        if box is None:
            _mark_lines(area, [line for line in sheet.lines if area["bottom"] - area["top"] < WATERMARK * line.size])
        elif box.has_room(area):
            box.torn = True


def _written_together(askew: list[Glyph]) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in askew:
        last = runs[-1][-1] if runs else None
        if last is not None and last["matrix"][:4] == glyph["matrix"][:4] and _distance(last, glyph) < ASKEW_GAP:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _distance(left: Glyph, right: Glyph) -> float:
    """How far apart two glyphs stand, in ems."""
    (x, y), (to_x, to_y) = _middle(left), _middle(right)
    return max(abs(to_x - x), abs(to_y - y)) / max(float(left["size"]), FLAT)


def _middle(area: Drawn) -> tuple[float, float]:
    return (area["x0"] + area["x1"]) / 2, (area["top"] + area["bottom"]) / 2


def _mark_typed_over(page: Page, grids: list[_Grid], sheet: Sheet) -> None:
    """Mark the cells and lines under what is typed over a page, in fields of a form or in notes: it is not read."""
    for area in _typed_over(page):
        _owner(area, grids)
        for grid in grids:
            grid.mark_under(area)
        _mark_lines(area, sheet.lines)


def _mark_lines(area: Drawn, lines: list[Line]) -> None:
    """Mark where an area reaches over lines. Left of them all it is at the margin of the page."""
    _, middle = _middle(area)
    if any(line.x0 < area["x1"] for line in lines):
        for line in lines:
            top, bottom = line.top + CLOSE, line.top + line.size - CLOSE
            if (area["top"] < bottom and top < area["bottom"]) or top - 2 * CLOSE < middle < bottom + 2 * CLOSE:
                line.doubtful.append(Word(LOST, area["x0"], area["x1"]))


def _typed_over(page: Page) -> Iterator[Drawn]:
    """Where annotations show something of their own, or strike out what is there."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import literal_name

    annotations = resolve1(page.page_obj.annots)
    for annotation in map(resolve1, annotations if isinstance(annotations, list) else ()):
        if not isinstance(annotation, dict):
            continue
        kind, flags = literal_name(resolve1(annotation.get("Subtype"))), resolve1(annotation.get("F"))
        hidden = isinstance(flags, int) and flags & HIDDEN
        if not hidden and (kind in TYPED_OVER or (kind == "Widget" and _is_filled_in(annotation))):
            rect = resolve1(annotation.get("Rect"))
            places = [resolve1(place) for place in rect] if isinstance(rect, list) else []
            if len(places) == 4 and all(isinstance(place, int | float) for place in places):
                yield _on_page(places, page)


def _is_filled_in(field: Any) -> bool:
    """Whether a field of a form has a text; what it has not itself it has from the one that it is a part of."""
    from pdfminer.pdftypes import resolve1

    for _ in range(MAX_FIELDS):
        if not isinstance(field, dict) or "V" in field:
            break
        field = resolve1(field.get("Parent"))
    value = resolve1(field.get("V")) if isinstance(field, dict) else None
    # A text may be no more than the mark of its encoding; of several that can be chosen there is a list.
    return bool(value.strip(b"\xfe\xff")) if isinstance(value, bytes) else isinstance(value, list)


def _on_page(places: Sequence[float], page: Page) -> Drawn:
    """The area between two corners, as it lies on the page when that is turned as it says."""
    from pdfminer.utils import apply_matrix_pt

    left, foot, right, head = page.page_obj.mediabox
    turn = {
        90: (0, -1, 1, 0, -foot, right),
        180: (-1, 0, 0, -1, right, head),
        270: (0, 1, -1, 0, head, -left),
    }.get(page.rotation, (1, 0, 0, 1, -left, -foot))
    (x0, y0), (x1, y1) = apply_matrix_pt(turn, (places[0], places[1])), apply_matrix_pt(turn, (places[2], places[3]))
    # Where glyphs are too: pdfplumber counts from the corner of the page that it has as its origin.
    x, top = page.mediabox[0], page.mediabox[1] + page.height
    return {"x0": x + min(x0, x1), "top": top - max(y0, y1), "x1": x + max(x0, x1), "bottom": top - min(y0, y1)}


# --- lines ---------------------------------------------------------------------------------------------------------


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


def _owner(area: Drawn, grids: list[_Grid]) -> Box | None:
    """The cell that has the middle of a glyph, or of anything else."""
    x, y = _middle(area)
    for grid in grids:
        if grid.x0 <= x < grid.x1 and grid.top <= y < grid.bottom:
            return grid.box_at(x, y)
    return None


def _words(run: list[Glyph]) -> list[Word]:
    words: list[Word] = []
    spaced = False
    for before, glyph in pairwise([None, *run]):
        assert glyph is not None
        text = glyph["text"]
        if text.isspace():
            spaced = bool(words)
            continue
        narrow = spaced or bool(words and _is_latin(words[-1].text[-1]) and _is_latin(text[0]))
        if words and glyph["x0"] - words[-1].x1 < (LATIN_GAP if narrow else WORD_GAP) * glyph["size"]:
            words[-1].text += LOST * (before is not None and _is_of_another_size(before, glyph)) + text
            words[-1].x1 = max(words[-1].x1, glyph["x1"])
        else:
            words.append(Word(text, glyph["x0"], glyph["x1"], narrow))
        spaced = False
    return words


def _is_of_another_size(left: Glyph, right: Glyph) -> bool:
    """Whether two digits are hardly of one number: the one is set smaller, as the mark of a footnote is."""
    sizes = left["size"], right["size"]
    return bool(left["text"].isdigit() and right["text"].isdigit() and max(sizes) > SAME_SIZE * min(sizes))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _joins_with_space(left: str, right: str) -> bool:
    return (_is_latin(left[-1]) and _is_latin(right[0])) or (left[-1] in ".," and right[0].isdigit())


# --- grids ---------------------------------------------------------------------------------------------------------


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

    def mark_under(self, area: Drawn) -> None:
        """Mark all cells that an area covers a part of."""
        for box in self._boxes:
            across = area["x0"] < box.x1 - CLOSE and box.x0 + CLOSE < area["x1"]
            if across and area["top"] < box.bottom - CLOSE and box.top + CLOSE < area["bottom"]:
                box.torn = True

    def finished(self) -> Grid:
        return Grid(self._boxes, self._page, self.x0, self.top, self.x1, self.bottom)


def _tables(page: Page, upright: list[Rule], level: list[Rule], limits: Limits) -> list[Any]:
    if len(upright) * len(level) > MAX_CROSSINGS:
        raise limits.passed("cells", f"{len(upright) + len(level)} rules on page {page.page_number}")
    upright = [*upright, *_open_sides(upright, level)]
    level = [*level, *_open_ends(upright, level)]
    if len(upright) < 2 or len(level) < 2:
        return []
    return page.find_tables(
        {
            "vertical_strategy": "explicit",
            "horizontal_strategy": "explicit",
            "explicit_vertical_lines": [_edge("v", at, start, at, end) for at, start, end in upright],
            "explicit_horizontal_lines": [_edge("h", start, at, end, at) for at, start, end in level],
        }
    )


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    """A rule as pdfplumber has it."""
    place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "line_edge", "orientation": orientation, **place}


# --- rules ---------------------------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """A straight line: how far to the right it is, or down the page, and from where to where it goes."""

    at: float
    start: float
    end: float


def _rules(page: Page) -> tuple[list[Rule], list[Rule]]:
    """The upright and the level rules of a page."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for (x0, top, x1, bottom), thickness in _drawn(page):
        if x1 - x0 <= thickness:
            upright.append(Rule(round((x0 + x1) / 2, 1), top, bottom))
        if bottom - top <= thickness:
            level.append(Rule(round((top + bottom) / 2, 1), x0, x1))
    return _joined(upright), _joined(level)


def _drawn(page: Page) -> Iterator[tuple[Bounds, float]]:
    """What may be rules, with how thick one can be: lines, whatever is thin, and the sides of rectangles."""
    for line in page.lines:
        yield _bounds(line), FLAT
    inked = [shape for shape in (*page.rects, *page.curves) if shape["fill"] and not _is_white(shape)]
    for shape in (*page.rects, *page.curves):
        x0, top, x1, bottom = bounds = _bounds(shape)
        if min(x1 - x0, bottom - top) <= CLOSE:
            # Also a dash of a rule, which is drawn by itself.
            yield bounds, CLOSE
        elif shape["object_type"] == "curve":
            for (x, y), (to_x, to_y) in pairwise(shape["pts"]):
                yield (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)), FLAT
        elif not _is_background(shape, page) and not _is_blank(shape, inked):
            yield (x0, top, x1, top), FLAT
            yield (x0, bottom, x1, bottom), FLAT
            yield (x0, top, x0, bottom), FLAT
            yield (x1, top, x1, bottom), FLAT


def _bounds(drawn: Drawn) -> Bounds:
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def _is_background(rect: Drawn, page: Page) -> bool:
    large = rect["height"] > BACKGROUND * page.height and rect["width"] > page.width / 2
    return bool(large and rect["fill"] and not rect["stroke"])


def _is_blank(rect: Drawn, inked: list[Drawn]) -> bool:
    """Whether a rectangle is white on the white of the page, as what is pasted into Word from a web page has behind it;
    on one of the ``inked`` shapes it has sides: some tables are made of white cells on black.
    """
    if rect["stroke"] or not rect["fill"] or not _is_white(rect) or len(inked) > MAX_INKED:
        return False
    return not any(
        shape["x0"] < rect["x1"]
        and rect["x0"] < shape["x1"]
        and shape["top"] < rect["bottom"]
        and rect["top"] < shape["bottom"]
        for shape in inked
    )


def _joined(rules: list[Rule]) -> list[Rule]:
    """The rules, each in one piece: browsers draw them dash by dash, or cell by cell. What stays short is none."""
    whole: list[Rule] = []
    for rule in sorted(set(rules)):
        if whole and rule.at == whole[-1].at and rule.start <= whole[-1].end + CLOSE:
            whole[-1] = whole[-1]._replace(end=max(whole[-1].end, rule.end))
        else:
            whole.append(rule)
    return [rule for rule in whole if rule.end - rule.start > CLOSE]


def _open_sides(upright: list[Rule], level: list[Rule]) -> list[Rule]:
    """Upright rules where a table has none at its sides, only level ones that end there."""
    at: dict[int, list[Rule]] = defaultdict(list)
    for rule in upright:
        at[round(rule.at / CLOSE)].append(rule)
    ends: dict[tuple[bool, int], list[Rule]] = defaultdict(list)
    for rule in level:
        if rule.end - rule.start > 4 * CLOSE:
            ends[False, round(rule.start / CLOSE)].append(rule)
            ends[True, round(rule.end / CLOSE)].append(rule)
    missing: list[Rule] = []
    for (right, place), group in ends.items():
        near = [rule for x in (place - 1, place, place + 1) for rule in at.get(x, ())]
        if any(_crosses(rule, other) for rule in near for other in group):
            continue
        # Rules above and below the text of a page touch no table.
        table = [rule for rule in group if any(_crosses(other, rule) for other in upright)]
        if table and table[-1].at - table[0].at > 2 * CLOSE:
            x = table[0].end if right else table[0].start
            missing.append(Rule(x, table[0].at, table[-1].at))
    return missing


def _crosses(upright: Rule, level: Rule) -> bool:
    return (
        level.start - CLOSE <= upright.at <= level.end + CLOSE
        and upright.start - CLOSE <= level.at <= upright.end + CLOSE
    )


def _open_ends(upright: list[Rule], level: list[Rule]) -> list[Rule]:
    """Level rules where upright ones side by side end and there is none: at a page break a browser closes no cell."""
    missing: list[Rule] = []
    for side in (itemgetter(1), itemgetter(2)):
        for group in _near(upright, side):
            beside = pairwise(sorted({rule.at for rule in group}))
            gaps = [Rule(side(group[0]), left, right) for left, right in beside if right - left > 4 * CLOSE]
            missing += (gap for gap in gaps if _is_open(gap, upright, level))
    return missing


def _is_open(gap: Rule, upright: list[Rule], level: list[Rule]) -> bool:
    """Whether no rule closes a gap, and none goes through it."""
    return not any(_covers(rule, gap) for rule in level) and not any(_goes_through(rule, gap) for rule in upright)


def _near(rules: list[Rule], side: Callable[[Rule], float]) -> list[list[Rule]]:
    """Rules with this ``side`` in one place."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=side):
        if not groups or side(rule) - side(groups[-1][0]) > CLOSE:
            groups.append([])
        groups[-1].append(rule)
    return groups


def _covers(level: Rule, gap: Rule) -> bool:
    near = abs(level.at - gap.at) <= 2 * CLOSE
    return near and level.start <= gap.start + CLOSE and gap.end - CLOSE <= level.end


def _goes_through(upright: Rule, gap: Rule) -> bool:
    inside = gap.start + CLOSE < upright.at < gap.end - CLOSE
    return inside and upright.start + CLOSE < gap.at < upright.end - CLOSE
