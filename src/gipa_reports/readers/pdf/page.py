"""One page of a PDF file: its glyphs as lines of words, its rules as grids of cells, and what cannot be told.

Nothing here knows what a report is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from operator import attrgetter

from attrs import Factory, define

from ...limits import Limits
from .geometry import Bounds, crosses, grouped, hull, inner, is_within, meets, middle, overlap
from .grids import Box, Grid, find_grids, joined, owner
from .pdfium import LOST, THIN, Drawn, Glyph, Page, Rule
from .picture import BLUR, SHARP, Picture
from .words import Line, Word, line_of, lines_of

OVERPRINTED = 0.15
"""Glyphs that begin nearer than this, in ems, stand on one place."""
OVERLAP = 0.25
"""From this share of ink on that lies on other ink, two glyphs are printed over each other."""
TOUCHING = 0.1
"""Below this gap, in ems, two digits belong to one number."""
BACKGROUND = 1 / 3
"""From this share of a page's height on, a filled rectangle half as wide as the page is what it is printed on."""
STRUCK = (0.15, 0.55)
"""A rule this high above the baseline, in ems, goes through a digit."""
ASKEW_GAP = 1.5
"""Glyphs that stand askew and are nearer than this, in ems, are written together."""
WATERMARK = 3.0
"""Height, in letters of its line, above which text that stands askew is no figure of that line."""
FEW = 4
"""Cells below which rules may be no more than a frame around cells that colours show."""
BORDER = 2.2
"""Width by which the ink of a cell's border reaches into it."""
MAX_CLOSER = 2000
"""Places of a page, at most, that are looked at closely."""
BUCKET = 20.0
"""Height of the strips of a page in which strokes are looked up."""
MARKS = frozenset(".,:;、。，：；．·'\"-—–()（）“”‘’")
"""Too small for a contrast that can be relied on; they are never missed by a reader."""


@define(eq=False)
class Sheet:
    """Content of a page: grids, and the lines outside of them. ``aside`` is text that stands askew, or is not seen.

    ``unmapped`` of the ``glyphs`` have no character, ``unseen`` of them leave no ink. ``is_picture``: there is
    something to see, and none of it is text.
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
    is_picture: bool = False


def read_page(page: Page, number: int, limits: Limits) -> Sheet:
    """The lines and grids of ``page``."""
    return _Reader(page, number, limits).sheet()


class _Reader:
    """One walk over a page; what is read is told from what is shown as it goes."""

    def __init__(self, page: Page, number: int, limits: Limits) -> None:
        self._page = page
        self._sheet = Sheet(number, page.width, page.height)
        self._glyphs, self._askew, self._sheet.unmapped = page.glyphs(limits)
        self._drawn = page.drawn()
        self._picture = page.picture()
        self._closer = 0
        self._grids = self._find_grids(limits)
        self._level = joined(self._drawn.level)
        self._strokes = _by_height(self._drawn)
        self._held: dict[int, list[Glyph]] = defaultdict(list)

    def sheet(self) -> Sheet:
        sheet = self._sheet
        shown: list[Glyph] = []
        for glyphs in lines_of(self._glyphs):
            for box, run in self._runs(self._printed_once(glyphs)):
                if not self._is_seen(run, box):
                    continue
                line = line_of(run, sheet.number)
                (sheet.lines if box is None else box.lines).append(line)
                self._held[id(box)] += run
                shown += run
        sheet.glyphs += len(_inked(self._glyphs))
        sheet.is_picture = sheet.glyphs == sheet.unseen and not self._askew and not self._picture.is_blank()
        self._mark_turned()
        self._mark_typed_over()
        self._mark_stray_ink(shown)
        sheet.grids = self._grids
        return sheet

    # --- grids

    def _find_grids(self, limits: Limits) -> list[Grid]:
        """The grids of the rules, and of the sides of filled areas where those alone show the cells."""
        drawn, number = self._drawn, self._sheet.number
        ruled = find_grids(drawn.upright, drawn.level, number, limits)
        fills = [fill for fill in drawn.fills if not self._is_background(fill) and not _is_within_a_cell(fill, ruled)]
        if not fills:
            return ruled
        sides = list(map(self._sides_seen, fills))
        upright = [*drawn.upright, *(rule for rules, _ in sides for rule in rules)]
        level = [*drawn.level, *(rule for _, rules in sides for rule in rules)]
        grids = find_grids(upright, level, number, limits)
        for grid in grids:
            grid.is_ruled = any(map(grid.holds, ruled))
        return grids

    def _sides_seen(self, area: Bounds) -> tuple[list[Rule], list[Rule]]:
        """The sides of a filled area that are seen: the upright and the level ones."""
        x0, top, x1, bottom = area
        has_edge = self._picture.has_edge
        upright = [Rule(round(x, 1), top, bottom) for x in (x0, x1) if has_edge(x, top, x, bottom)]
        return upright, [Rule(round(y, 1), x0, x1) for y in (top, bottom) if has_edge(x0, y, x1, y)]

    def _is_background(self, area: Bounds) -> bool:
        wide, high = area[2] - area[0], area[3] - area[1]
        return high > BACKGROUND * self._page.height and wide > self._page.width / 2

    # --- glyphs to runs

    def _printed_once(self, glyphs: list[Glyph]) -> list[Glyph]:
        """The glyphs of a line from left to right. Bold is often made by printing twice; of two different glyphs on one
        place, a correction or a mess, neither is told.
        """
        found: list[Glyph] = []
        for glyph in sorted(glyphs, key=attrgetter("x0")):
            last = found[-1] if found else None
            is_beside = last is None or " " in (glyph.text, last.text) or glyph.x0 >= last.x1 - 0.1 * glyph.size
            if last is None or is_beside or self._is_one_more(last, glyph):
                found.append(glyph)
        return found

    def _is_one_more(self, last: Glyph, glyph: Glyph) -> bool:
        """Return whether a glyph that begins within another is to be read too; digits that lie on others are lost."""
        is_on_it = glyph.x0 - last.x0 < OVERPRINTED * glyph.size
        if glyph.text == last.text and is_on_it:
            return False
        if overlap(self._page.ink(last.index), self._page.ink(glyph.index)) > OVERLAP:
            for one in (last, glyph):
                one.text = LOST if one.text.isdigit() else one.text
        return not (is_on_it and last.text == LOST)

    def _runs(self, glyphs: list[Glyph]) -> list[tuple[Box | None, list[Glyph]]]:
        """The glyphs of a line, parted where one cell ends and another begins."""
        runs: list[tuple[Box | None, list[Glyph]]] = []
        last: Glyph | None = None
        middle, box = 0.0, None
        for glyph in glyphs:
            at = (glyph.x0 + glyph.x1) / 2
            if box is None or not middle <= at < box.x1:
                box = owner(at, glyph.baseline - 0.35 * glyph.size, self._grids)
                middle = at
            if last is None or box is not runs[-1][0]:
                _mark_torn(last, glyph, [runs[-1][0], box] if runs else [])
                runs.append((box, []))
            runs[-1][1].append(glyph)
            last = glyph
        return [(box, run) for box, run in runs if _inked(run)]

    # --- what is seen

    def _is_seen(self, run: list[Glyph], box: Box | None) -> bool:
        """Return whether a run stays: what no one sees is set aside, and its digits, or those struck out, are lost."""
        glyphs = _inked(run)
        size, baseline = max(glyph.size for glyph in glyphs), glyphs[0].baseline
        area = (glyphs[0].x0, baseline - 0.75 * size, glyphs[-1].x1, baseline + 0.15 * size)
        around = _shrunk(box) if box is not None else (area[0] - 1, area[1] - 1, area[2] + 1, area[3] + 2)
        if self._lose_unseen([glyph for glyph in glyphs if glyph.text.isdigit()], around):
            return True
        text = "".join(glyph.text for glyph in glyphs)
        if MARKS.issuperset(text) or self._on_picture(area, lambda picture: picture.has_contrast(area)):
            return True
        self._sheet.unseen += len(glyphs)
        if LOST not in text:
            self._sheet.aside.append(text)
        return LOST in text

    def _lose_unseen(self, digits: list[Glyph], around: Bounds) -> bool:
        """Make those digits lost that are not seen or are struck out; return whether any is left."""
        background = self._picture.background(around) if digits else 0
        for glyph in digits:
            ink = self._page.ink(glyph.index)
            if self._is_struck(glyph, ink) or not self._shows(ink, background):
                glyph.text = LOST
        return any(glyph.text != LOST for glyph in digits)

    def _shows(self, ink: Bounds, background: int) -> bool:
        shows = self._picture.shows(ink, background)
        return (shows or self._on_picture(ink, lambda picture: picture.shows(ink, background))) and not (
            self._picture.is_tiny(ink)
        )

    def _on_picture(self, area: Bounds, holds: Callable[[Picture], bool]) -> bool:
        """Return whether something holds in the picture of the page, or in a sharper one of an area of it."""
        if holds(self._picture):
            return True
        if self._closer > MAX_CLOSER:
            return False
        self._closer += 1
        part = (area[0] - 2, area[1] - 2, area[2] + 2, area[3] + 2)
        return holds(self._page.picture(SHARP, part))

    def _is_struck(self, glyph: Glyph, ink: Bounds) -> bool:
        middle = (glyph.x0 + glyph.x1) / 2
        highest, lowest = glyph.baseline - STRUCK[1] * glyph.size, glyph.baseline - STRUCK[0] * glyph.size
        for rule in self._level[bisect_left(self._level, (highest,)) :]:
            if rule.at > lowest:
                break
            if rule.start < middle < rule.end:
                return True
        strokes = self._strokes.get(int(ink[1] / BUCKET), ())
        return any(crosses(stroke, inner(ink)) for stroke in strokes)

    def _mark_stray_ink(self, shown: list[Glyph]) -> None:
        """Mark the cells of figures, and the empty ones, in which there is ink that is no glyph and no rule."""
        inked = [(box, grid) for grid in self._grids for box in grid.boxes if self._has_ink_of_its_own(box)]
        if not inked:
            return
        all_known = self._inks([*shown, *self._askew])
        all_known += ((rule.at, rule.start, rule.at, rule.end) for rule in self._drawn.upright)
        all_known += ((rule.start, rule.at, rule.end, rule.at) for rule in self._drawn.level)
        for box, grid in inked:
            area = _shrunk(box)
            around = [known for known in all_known if meets(known, area, BLUR)]
            box.torn = not self._is_clean(area, around) and not self._is_beside_label(box, grid)

    def _has_ink_of_its_own(self, box: Box) -> bool:
        """Return whether there is ink beside that of its glyphs in a cell without words that is not yet marked."""
        glyphs = self._held.get(id(box), [])
        if box.torn or any(glyph.text > "⺀" and glyph.text != LOST for glyph in glyphs):
            return False
        return self._picture.has_ink(_shrunk(box), self._inks(glyphs))

    def _inks(self, glyphs: list[Glyph]) -> list[Bounds]:
        return [self._page.ink(glyph.index) for glyph in _inked(glyphs)]

    def _is_beside_label(self, box: Box, grid: Grid) -> bool:
        """Return whether a cell stands left of one with words: no figure is looked for there."""
        worded = (other for other in grid.boxes if other.x0 >= box.x1 - THIN and other.lines)
        return any(
            other.top < box.bottom - THIN and box.top + THIN < other.bottom and any(map(_is_word, other.lines))
            for other in worded
        )

    def _is_clean(self, area: Bounds, known: list[Bounds]) -> bool:
        return self._on_picture(area, lambda picture: not picture.has_ink(area, known))

    # --- what is typed over, and what stands askew

    def _mark_typed_over(self) -> None:
        for area in self._page.typed_over:
            owner(*middle(area), self._grids)  # A cell that no rules close is one as soon as something is in it.
            for box in (box for grid in self._grids for box in grid.under(area)):
                box.torn = True
            self._mark_lines(area, self._sheet.lines)

    def _mark_turned(self) -> None:
        """Set askew text aside, and mark the cells and lines with a figure of it. What is larger is a watermark."""
        text = "".join(glyph.text for glyph in self._askew).strip()
        self._sheet.aside += [text] * bool(text)
        for run in grouped(_inked(self._askew), lambda run, glyph: _distance(run[-1], glyph) < ASKEW_GAP):
            if not any(glyph.text.isdigit() for glyph in run):
                continue
            area = hull(corner for ink in self._inks(run) for corner in (ink[:2], ink[2:]))
            box = owner(*middle(area), self._grids)
            if box is None:
                lines = [line for line in self._sheet.lines if area[3] - area[1] < WATERMARK * line.size]
                self._mark_lines(area, lines)
            elif box.has_room(area):
                box.torn = True

    def _mark_lines(self, area: Bounds, lines: list[Line]) -> None:
        """Mark where an area reaches over lines. Left of them all it is at the margin of the page."""
        middle = (area[1] + area[3]) / 2
        if any(line.x0 < area[2] for line in lines):
            for line in lines:
                top, bottom = line.top + THIN, line.top + line.size - THIN
                if (area[1] < bottom and top < area[3]) or top - 2 * THIN < middle < bottom + 2 * THIN:
                    line.doubtful.append(Word(LOST, area[0], area[2]))


def _by_height(drawn: Drawn) -> dict[int, list[tuple[float, float, float, float]]]:
    """The strokes of a page by the strips of it through which they go."""
    found: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
    for stroke in drawn.strokes:
        low, high = sorted((stroke[1], stroke[3]))
        for strip in range(int(low / BUCKET) - 1, min(int(high / BUCKET), int(low / BUCKET) + 500) + 1):
            found[strip].append(stroke)
    return found


def _is_within_a_cell(area: Bounds, grids: list[Grid]) -> bool:
    """Return whether an area shows no cell of its own: it is in one, or behind several that rules show."""
    x, y = middle(area)
    for grid in grids:
        if grid.x0 - THIN <= x <= grid.x1 + THIN and grid.top - THIN <= y <= grid.bottom + THIN:
            return len(grid.boxes) >= FEW or any(is_within(area, box.bounds, THIN) for box in grid.boxes)
    return False


def _is_word(line: Line) -> bool:
    return any("⺀" < char != LOST for word in line.words for char in word.text)


def _inked(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs but for spaces."""
    return [glyph for glyph in glyphs if glyph.text != " "]


def _mark_torn(left: Glyph | None, right: Glyph, boxes: list[Box | None]) -> None:
    """Mark the cells of two digits that belong to one number."""
    digits = left is not None and all(glyph.text.isdigit() or glyph.text == LOST for glyph in (left, right))
    if left is not None and digits and right.x0 - left.x1 < TOUCHING * right.size:
        for box in boxes:
            if box is not None:
                box.torn = True


def _shrunk(box: Box) -> Bounds:
    """The inside of a cell."""
    return box.x0 + BORDER, box.top + BORDER, box.x1 - BORDER, box.bottom - BORDER


def _distance(left: Glyph, right: Glyph) -> float:
    """Return how far apart two glyphs stand, in ems."""
    across, down = right.x0 - left.x0, right.baseline - left.baseline
    return max(abs(across), abs(down)) / max(left.size, 0.1)
