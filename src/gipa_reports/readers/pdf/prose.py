"""Lines of prose as paragraphs; page numbers and running heads told from the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...template import labels
from .page import Sheet
from .pdfium import THIN
from .words import SPACE, Line, is_latin

MARGIN = 0.12
"""Share of the page's height, above and below, in which page numbers and running heads are looked for."""

_PAGE_NUMBER = re.compile(r"[\W_]{0,3}第?\s*(\d{1,4})\s*页?(?:\s*(?:[/／]|[/／，,]?\s*共)\s*\d{1,4}\s*页?)?[\W_]{0,3}")
FIGURE = re.compile(r"[\d\s.,+\-/—–%]*", re.ASCII)
"""Text that may be a figure, or stand for one."""


def run_on(lines: Iterable[Line]) -> str:
    """The text of lines that are one paragraph."""
    text = ""
    for line in lines:
        last, first = text[-1:], line.text[0]
        # Two figures have something between them; it is one that is cut.
        is_cut = last.isdigit() and first.isdigit()
        text += " " * (is_latin(last) and is_latin(first) and not is_cut) + line.text
    return text


def furniture(sheets: list[Sheet]) -> set[int]:
    """The lines (by ``id``) near the edges of pages that are page numbers, or come again on another page."""
    heads = {id(line) for line in _running_heads(sheets)}
    return heads | {id(line) for line in _page_numbers(sheets, heads)}


def _running_heads(sheets: list[Sheet]) -> Iterator[Line]:
    """The lines near the edges of pages that come again on another page, but for the numbers in them."""
    alike: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for sheet in sheets:
        for line in _near_edges(sheet):
            alike[re.sub(r"\d+", "#", "".join(line.text.split())), round(line.top / THIN)].append(line)
    return (line for group in alike.values() if _is_on_several_pages(group) for line in group)


def _page_numbers(sheets: list[Sheet], heads: set[int]) -> Iterator[Line]:
    """The first or last lines of pages, running ``heads`` aside, that are the page's number, or count as others do."""
    numbers: dict[int, list[Line]] = defaultdict(list)
    for sheet in sheets:
        rest = [line for line in sheet.lines if id(line) not in heads]
        for line in (*rest[:1], *rest[1:][-1:]):
            number = _PAGE_NUMBER.fullmatch(line.text) if _is_near_edge(line, sheet) else None
            if number is not None:
                numbers[int(number[1]) - sheet.number].append(line)
    same = (group for away, group in numbers.items() if away == 0 or _is_on_several_pages(group))
    return (line for group in same for line in group)


def _near_edges(sheet: Sheet) -> Iterator[Line]:
    """The lines of a page that may be running heads; below the heading of a section at its top there is none."""
    headed = False
    for line in sheet.lines:
        if _is_near_edge(line, sheet):
            headed = headed or labels.heading(line.text) is not None
            is_text = _PAGE_NUMBER.fullmatch(line.text) is None and not _is_of_a_table(line)
            if is_text and not (headed and line.top <= MARGIN * sheet.height):
                yield line


def _is_near_edge(line: Line, sheet: Sheet) -> bool:
    return not MARGIN * sheet.height < line.top < (1 - MARGIN) * sheet.height - line.size


def _is_on_several_pages(group: list[Line]) -> bool:
    return len({line.page for line in group}) > 1


def _is_of_a_table(line: Line) -> bool:
    """Return whether a line has a label or a piece of one, or nothing but several figures."""
    if any(labels.find(word.text) or labels.is_fragment(word.text) for word in line.words):
        return True
    return len(line.words) > 1 and all(FIGURE.fullmatch(word.text) for word in line.words)


class Measure:
    """Setting of the text of a document: where its lines begin and end, how high they are and how far apart."""

    def __init__(self, sheets: list[Sheet], furniture: set[int]) -> None:
        pages = [[line for line in sheet.lines if id(line) not in furniture] for sheet in sheets]
        long = [[line for line in lines if _is_long(line, sheet)] for sheet, lines in zip(sheets, pages, strict=True)]
        self._margins = _margins(sheets, long)
        self._size = _most_common_size(long if any(long) else pages)
        self._pitch = self._nearest_lines(pages)

    def _nearest_lines(self, pages: list[list[Line]]) -> float:
        """Return how far apart lines are, in ems: a full line and the one below it are nearest within a paragraph."""
        pairs = [(line, below) for lines in pages for line, below in pairwise(lines) if self._is_full(line)]
        sized = [pair for pair in pairs if all(round(line.size, 1) == self._size for line in pair)]
        pitches = [(below.baseline - line.baseline) / self._size for line, below in sized]
        return max(1.5, min((pitch for pitch in pitches if pitch >= 1), default=1.5))

    def goes_on(self, line: Line, below: Line) -> bool:
        """Return whether ``below`` is of the same paragraph as ``line``."""
        size = line.size
        if abs(below.size - size) > 0.1 * size or not all(map(_is_of_prose, (line, below))):
            return False
        pitch = below.baseline - line.baseline if below.page == line.page else 0.0
        if size > 1.2 * self._size:
            return self._is_one_title(line, below) and pitch < 3 * size
        left, _ = self._margins[below.page]
        return self._is_full(line) and below.x0 < left + size and pitch < 1.2 * self._pitch * size

    def _is_one_title(self, line: Line, below: Line) -> bool:
        """Return whether two lines of a title, which may be set wide, are one."""
        wrapped = self._is_full(line) and abs(below.x0 - line.x0) < THIN
        return wrapped or (self._is_centred(line) and self._is_centred(below))

    def _is_full(self, line: Line) -> bool:
        return line.x1 > self._margins[line.page][1] - 2 * line.size

    def _is_centred(self, line: Line) -> bool:
        return abs(line.x0 + line.x1 - sum(self._margins[line.page])) < 2 * line.size


def _is_long(line: Line, sheet: Sheet) -> bool:
    """Return whether a line can only be one of prose: it has no gaps, and is not short."""
    return 1.1 * sum(word.x1 - word.x0 for word in line.words) > max(line.x1 - line.x0, sheet.width / 3)


def _margins(sheets: list[Sheet], long: list[list[Line]]) -> dict[int, tuple[float, float]]:
    """Page → where its text begins and ends: as do the ``long`` lines of all pages that are as wide."""
    found: dict[int, tuple[float, float]] = {}
    for sheet, lines in zip(sheets, long, strict=True):
        width = round(sheet.width)
        for line in lines:
            left, right = found.get(width, (line.x0, line.x1))
            found[width] = min(left, line.x0), max(right, line.x1)
    return {sheet.number: found.get(round(sheet.width), (0.0, sheet.width)) for sheet in sheets}


def _most_common_size(pages: list[list[Line]]) -> float:
    """The size of most letters; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _is_of_prose(line: Line) -> bool:
    return not _is_row(line) and labels.heading(line.text) is None


def _is_row(line: Line) -> bool:
    """Return whether a line seems to be one of a table without rules: words apart, the last a figure."""
    if len(line.words) < 2 or FIGURE.fullmatch(line.words[-1].text) is None:
        return False
    return line.words[-1].x0 - line.words[-2].x1 >= SPACE * line.size
