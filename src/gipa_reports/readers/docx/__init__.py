"""DOCX files: tables as grids with their spans expanded, every other paragraph as the page shows it.

What the page does not show is not read: deleted and hidden text, the instructions of fields, and, as it only repeats
the headings, the table of contents. What it shows and plain text can't say is made visible, so that no figure comes out
changed: a formula, a sign of a symbol font, and in a cell a field that shows more than its result is U+FFFD, a picture
or text box alone in a cell, or over its words, U+FFFC. Words in a cell that are raised, lowered, struck out, tiny, of
the colour of their ground, the mark of a note or what a control shows until it is filled in stand in square brackets.
"""

from __future__ import annotations

from ...document import Block, Document, Origin, Paragraph, Row
from ...grid import Grids, covers
from ...limits import Limits
from ..package import kind, open_package
from ..tables import is_prose, parted
from .numbering import Lists
from .styles import read_styles
from .text import Words, lines_of
from .xml import (
    CELL,
    PARAGRAPH,
    ROW,
    VALUE,
    Element,
    Parents,
    W,
    blocks,
    inside,
    is_on,
    join_paragraphs,
    number_of,
)

_ORIGIN = Origin()


def sniff(content: bytes) -> bool:
    """Return whether the content is a file of this format."""
    return kind(content) == "docx"


def read_document(content: bytes, limits: Limits) -> Document:
    """Return the blocks of a file. Raises what ``open_package`` does, and ``LimitError`` past ``cells`` or ``span``."""
    package = open_package(content, limits, "docx")
    main = package.main()
    root = package.tree(main)
    join_paragraphs(root, Parents(root))
    words = Words(read_styles(package, main), Lists(package, main))
    body = _Body(limits, words)
    for element in blocks(root):
        body.add(element)
    # A package that unpacks is whole: unlike a text, it is not cut off where it ends with a table.
    return Document(body.blocks, body.line + 1, words.notes)


class _Body:
    """One walk over a document in its order. ``line`` counts blocks: the format keeps no lines."""

    def __init__(self, limits: Limits, words: Words) -> None:
        self._grids = Grids(limits, covers)
        self._words = words
        self.blocks: list[Block] = []
        self.line = 0
        self._tables = 0

    def add(self, element: Element) -> None:
        if element.tag == PARAGRAPH:
            self._prose(self._words.paragraph(element))
        else:
            self._table(element)

    def _prose(self, text: str) -> None:
        for line in lines_of(text):
            if words := line.strip():
                self.line += 1
                self.blocks.append(Paragraph(words, self.line, origin=_ORIGIN))

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        """Add the rows of a table as a grid, or its paragraphs if there is nothing but prose in it."""
        self._tables += 1
        group: list[list[str]] = []
        spans: dict[int, dict[int, tuple[int, int]]] = {}
        paragraphs: list[str] = []
        above: dict[int, str] = {}
        for tr in inside(table, ROW):
            properties = tr.find(f"{W}trPr")
            if not (is_on(properties, "hidden") or is_on(properties, "del")):
                cells, spans[len(group)], above = self._row(tr, properties, above, paragraphs)
                group.append(cells)
        grid = list(self._grids.expand(group, spans))
        if any(paragraphs) and is_prose(grid):
            for text in paragraphs:
                self._prose(text)
            return
        rows = [Row(cells, self.line + at, origin=Origin(self._tables, at)) for at, cells in enumerate(grid, start=1)]
        self.line += len(rows)
        self.blocks += parted(rows)

    def _row(
        self, tr: Element, properties: Element | None, above: dict[int, str], paragraphs: list[str]
    ) -> tuple[list[str], dict[int, tuple[int, int]], dict[int, str]]:
        """Return the cells of a row, their spans, and what stands below those that are merged downwards, by columns.

        A cell that goes on from above has a cell in each row, so it is laid out as several.
        """
        at = number_of(properties, "gridBefore", 0)
        cells, spans = ([""], {0: (at, 1)}) if at else ([], {})
        merged: dict[int, str] = {}
        for tc in inside(tr, CELL):
            look = tc.find(f"{W}tcPr")
            if is_on(look, "cellDel"):
                continue
            down = _merge(look, "vMerge")
            if down == "continue" and at in above:
                text = above[at]
            elif _merge(look, "hMerge") == "continue":
                text = covers("".join(cells[-1:]))[0]
            else:
                text = self._words.cell(tc, paragraphs)
            if down is not None:
                merged[at] = covers(text)[1]
            if (width := number_of(look, "gridSpan", 1)) > 1:
                spans[len(cells)] = (width, 1)
            cells.append(text)
            at += width
        if after := number_of(properties, "gridAfter", 0):
            spans[len(cells)] = (after, 1)
            cells.append("")
        return cells, spans, merged


def _merge(look: Element | None, name: str) -> str | None:
    """Return ``"restart"``, ``"continue"``, or None for a cell that is not merged."""
    element = None if look is None else look.find(f"{W}{name}")
    return None if element is None else element.get(VALUE, "continue")
