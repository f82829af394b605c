"""Glyphs as words and lines."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

from attrs import Factory, define

from .geometry import Bounds, grouped
from .pdfium import LOST, Glyph

SAME_LINE = 0.35
"""Baselines nearer than this, in ems, are one line."""
WORD_GAP = 0.3
"""From this gap on, in ems, two words are apart; less is left between Chinese and figures to set them off."""
LATIN_GAP = 0.2
"""The same between letters or digits of the Latin alphabet, and at a space."""
CUT = 0.12
"""From this gap on, in ems, one cell may end and the next begin, where no rules part them."""
SPACE = 0.9
"""From this gap on, in ems, two words of Chinese have a space between: it has none, and justified lines have gaps."""
SAME_SIZE = 1.15
"""Digits of one number differ in size by no more than this factor; a mark for a footnote is smaller."""


@define(eq=False)
class Word:
    """Glyphs without a gap between them. ``spaced``: there is a space before it, or it is of the Latin alphabet.

    ``cuts`` are the narrow gaps in it: the number of characters before each, where they end, and where the next begins.
    """

    text: str
    x0: float
    x1: float
    spaced: bool = False
    cuts: list[tuple[int, float, float]] = Factory(list)

    def overlaps(self, other: Word) -> bool:
        """Return whether a word on another line stands above or below a part of it."""
        return self.x0 < other.x1 and other.x0 < self.x1

    def pieces(self) -> list[Word]:
        """The word, cut at each narrow gap."""
        found: list[Word] = []
        start, x0 = 0, self.x0
        for at, x1, following in [*self.cuts, (len(self.text), self.x1, self.x1)]:
            found.append(Word(self.text[start:at], x0, x1))
            start, x0 = at, following
        return found


@define(eq=False)
class Line:
    """Words on one baseline; ``size`` is the height of its letters.

    ``doubtful`` are the places where there may be a figure that is not among the words, or not as it stands there.
    """

    words: list[Word]
    baseline: float
    size: float
    page: int
    doubtful: list[Word] = Factory(list)

    @property
    def x0(self) -> float:
        """Return where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return where it ends."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Return where its letters begin, seen from above."""
        return self.baseline - ASCENT * self.size

    @property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom."""
        return self.part(self.x0, self.x1)

    def part(self, x0: float, x1: float) -> Bounds:
        """Return the box of what stands on it from one place to another."""
        return x0, self.top, x1, self.top + self.size

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


ASCENT = 0.86
"""Height of letters above the baseline, in ems."""


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline, from the top of the page down."""
    from_top = sorted(glyphs, key=attrgetter("baseline"))
    return grouped(from_top, lambda line, glyph: glyph.baseline - line[0].baseline <= SAME_LINE * glyph.size)


def line_of(run: list[Glyph], page: int) -> Line:
    """A line of glyphs that stand from left to right."""
    words: list[Word] = []
    spaced = False
    before: Glyph | None = None
    for glyph in run:
        text = glyph.text
        if text == " ":
            spaced = bool(words)
            continue
        narrow = spaced or (before is not None and is_latin(before.text) and is_latin(text))
        if before is not None and glyph.x0 - words[-1].x1 < (LATIN_GAP if narrow else WORD_GAP) * glyph.size:
            word = words[-1]
            if glyph.x0 - word.x1 > CUT * glyph.size:
                word.cuts.append((len(word.text), word.x1, glyph.x0))
            word.text += LOST * _is_of_another_size(before, glyph) + text
            word.x1 = max(word.x1, glyph.x1)
        else:
            words.append(Word(text, glyph.x0, glyph.x1, narrow))
        spaced = False
        before = glyph
    return Line(words, run[0].baseline, max(glyph.size for glyph in run), page)


def _is_of_another_size(left: Glyph, right: Glyph) -> bool:
    """Return whether two digits are hardly of one number: one is smaller or raised, as the mark of a footnote is."""
    if not (left.text.isdigit() and right.text.isdigit()):
        return False
    is_raised = abs(left.baseline - right.baseline) > 0.15 * max(left.size, right.size)
    return is_raised or not are_alike(left.size, right.size)


def are_alike(size: float, other: float) -> bool:
    """Return whether digits of these sizes may be of one number."""
    return max(size, other) <= SAME_SIZE * min(size, other)


def is_latin(text: str) -> bool:
    """Return whether a character is a letter or digit of the Latin alphabet."""
    return text.isascii() and text.isalnum()


def joined_with_space(left: str, right: str) -> bool:
    """Return whether what follows on the next line is a word of its own."""
    return (is_latin(left[-1]) and is_latin(right[0])) or (left[-1] in ".," and right[0].isdigit())
