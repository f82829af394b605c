"""HTML pages: tables as grids with their spans expanded, every other block of text a paragraph.

A page is parsed once. What a browser would not show is taken out of its tree, what may not be seen is marked in it
(``visible``); then its lines of text and its tables are read from what is left. Nothing is found by its id or class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ...document import Block, Document, Origin, Paragraph, Row, Table
from ...errors import ParseError
from ...grid import Grids, covers
from ...limits import Limits
from ...messages import Phrase
from ...template import labels
from ...template.words import NOT_APPLICABLE_MARKS
from ..markdown import as_page
from ..tables import is_prose, parted
from .cells import Cells, span
from .head import titles
from .lines import lines_in
from .source import PICTURE, UNSHOWN, bounded, without_formatting
from .tree import GROUPS, Tree, elements
from .visible import Visible

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FEW_ROWS = 9
"""Rows; only where no table has more is a page looked at for links to what it may have in place of a report."""

MAX_SHELL = 20
"""Characters; a page that has scripts, and no more text than this (please wait …), is an empty shell."""

MAX_KEPT = 2**20
"""Bytes of the longest page whose tree is kept until the next page is read."""

_MARKUP = re.compile(r"<!doctype html|<(?:html|body|table|td|p|div|h1)\b[^<>]{0,400}>", re.IGNORECASE)
_ATTACHED = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|7z)(?:$|[?#&])", re.IGNORECASE)
_ORIGIN = Origin()

_kept: list[LexborHTMLParser] = []
"""The tree of the last page. To give its memory back, and ask for it again, costs more than to read the tables."""


def sniff(head: str) -> bool:
    """Return whether the beginning of a source has HTML in it."""
    return (
        "<" in head
        and _MARKUP.search(head) is not None
        and (head.lstrip("\ufeff \t\r\n").startswith("<") or head.lower().count("</td>") > 9)
    )


def read_document(content: str | bytes, limits: Limits) -> Document:
    """Return the blocks of a page, given as a text or in UTF-8.

    Raises ``ParseError`` for one that has a script or a frame in the place of its text.
    """
    # Loaded here, for every source is sniffed at and most texts are no pages.
    from selectolax.lexbor import LexborHTMLParser

    given = bounded(content, limits)
    page = source = as_page(given)
    lower = source.lower()
    source, names = without_formatting(source, lower)
    parser = LexborHTMLParser(source)
    _kept[:] = [parser] if len(source) <= MAX_KEPT else []
    found = elements(parser, {"table", "meta", "title", *(names & UNSHOWN)})
    named = titles(found.get("meta", ()), found.get("title", ()))
    tree = Tree(parser, found.get("table", []), limits)
    has_pieces = parser.css_first("td > *, th > *") is not None
    visible = Visible(tree, has_pieces=has_pieces)
    visible.edit(lower, names, found)
    blocks = _Blocks(tree, visible, Cells(parser, have_pieces=has_pieces), limits)
    blocks.read(parser.body)
    document = Document(blocks.blocks, blocks.line + _is_closed(lower), notes=visible.notes, titles=named)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if page is not given and page.count(b"<table") > given.lower().count(b"<table"):
        _forget_spans(tables)
    if all(len(table.rows) <= FEW_ROWS for table in tables):
        document.links = _attachments(parser, visible.frames)
    if not tables and (visible.frames or "script" in names):
        _refuse_shell(document, visible.frames)
    return document


def _forget_spans(tables: list[Table]) -> None:
    """Say of rows that what their cells span is not told: those of Markdown."""
    for row in chain.from_iterable(table.rows for table in tables):
        assert row.origin is not None, "rows of a page have an origin"
        row.origin.tells_spans = False


def _is_closed(lower: bytes) -> bool:
    """Return whether the end of the last table is in the source: nothing behind its last cell was cut off."""
    return lower.rfind(b"</table") > max(lower.rfind(b"<td"), lower.rfind(b"<th"))


_SCRIPTS = Phrase("scripts and no text", "只有脚本，没有文字")


def _refuse_shell(document: Document, frames: list[str]) -> None:
    words = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    if len(words) <= MAX_SHELL and not document.links:
        raise ParseError(
            "the page is an empty shell that a script or a frame fills: save what a browser shows in it",
            code="empty-shell",
            expected=Phrase("text", "文本"),
            found=", ".join(filter(None, [*frames, words])) or _SCRIPTS,
        )


def _attachments(parser: LexborHTMLParser, frames: list[str]) -> list[str]:
    """Return the addresses, as written, of documents that the page links to or shows in a frame; each once."""
    links = [node.attributes.get("href") or "" for node in parser.css("[href]")]
    embedded = [node.attributes.get("src") or "" for node in parser.css("embed")]
    found = (link.strip() for link in (*links, *embedded, *frames))
    return list(dict.fromkeys(link for link in found if _ATTACHED.search(link)))


class _Blocks:
    """The blocks of a page. ``line`` counts them, for HTML keeps no lines."""

    def __init__(self, tree: Tree, visible: Visible, cells: Cells, limits: Limits) -> None:
        self._tree = tree
        self._visible = visible
        self._grids = Grids(limits, covers)
        self._cells = cells
        self.blocks: list[Block] = []
        self.line = 0

    def read(self, root: LexborNode | None) -> None:
        """Add the blocks in ``root``."""
        for item in lines_in(self._tree, root) if root is not None else ():
            if not isinstance(item, str):
                self._table(item)
            elif item:
                self.line += 1
                self.blocks.append(Paragraph(item, self.line, 0, _ORIGIN))

    def _table(self, table: LexborNode) -> None:
        """Add the rows of a table as a grid, or what is in it if it lays out the page after all."""
        parts = list(table.iter())
        unseen = self._unseen_columns(parts) if self._visible.hidden_columns else frozenset()
        rows: list[Sequence[str]] = []
        for part in parts:
            if part.tag in GROUPS:
                rows.extend(self._grids.expand(*self._cells.rows_of(part), unseen))
        if rows and self._visible.has_pictures:
            rows = _with_pictures(rows)
        if is_prose(rows):
            self._tree.layout.add(table.mem_id)
            self.read(table)
            return
        for part in parts:
            if part.tag == "caption":
                self.read(part)
        self._add(rows, self._tree.numbers[table.mem_id], unseen)

    def _add(self, rows: list[Sequence[str]], number: int, unseen: frozenset[int]) -> None:
        """Add the rows of the table of this number, without its columns ``unseen``."""
        columns = None
        if unseen:
            rows, columns = self._without(rows, unseen)
        self.blocks += parted(
            [
                Row(cells, self.line + at, None, False, Origin(number, at, columns=columns))
                for at, cells in enumerate(rows, start=1)
            ]
        )
        self.line += len(rows)

    def _unseen_columns(self, parts: list[LexborNode]) -> frozenset[int]:
        """Return the columns, from 0, that the ``col`` and ``colgroup`` of a table hide."""
        hidden: list[bool] = []
        for group in parts:
            if group.tag == "colgroup":
                for col in [part for part in group.iter() if part.tag == "col"] or [group]:
                    width = span(col.attributes.get("span")) or 1
                    self._grids.check_span(width)
                    self._grids.count(width)
                    is_hidden = not self._visible.hidden_columns.isdisjoint((col.mem_id, group.mem_id))
                    hidden.extend([is_hidden] * width)
        return frozenset(column for column, is_hidden in enumerate(hidden) if is_hidden)

    def _without(self, rows: list[Sequence[str]], unseen: frozenset[int]) -> tuple[list[Sequence[str]], list[int]]:
        """Return ``rows`` without the columns ``unseen``, and the numbers of the others."""
        width = max(map(len, rows))
        seen = [column for column in range(width) if column not in unseen]
        self._visible.note_hidden(" ".join(cells[column] for cells in rows for column in unseen if column < len(cells)))
        shown: list[Sequence[str]] = [[cells[column] for column in seen if column < len(cells)] for cells in rows]
        return shown, [column + 1 for column in seen]


def _with_pictures(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return ``rows`` with what their pictures show where a figure may stand, and nothing elsewhere."""
    words = [cell for cells in rows for cell in cells if cell and not cell.startswith(PICTURE)]
    few = max(1, max(map(len, rows)) // 2)
    # An icon among the figures of a table is no row of it. Where it has none, what it shows may be all of them.
    is_bare = any(map(labels.find, words)) and not any(map(_is_figure, words))
    return [list(_shown(cells, few, is_bare)) for cells in rows]


def _shown(cells: Sequence[str], few: int, is_bare: bool) -> Iterator[str]:
    pictures = sum(cell.startswith(PICTURE) for cell in cells)
    is_wordless = all(cell.startswith(PICTURE) or not cell.strip() for cell in cells)
    are_figures = is_wordless and (pictures > few or is_bare)
    for at, cell in enumerate(cells):
        if not cell.startswith(PICTURE):
            yield cell
        else:
            yield f"<{cell.removeprefix(PICTURE)}>" if are_figures or _takes_figure(cells, at) else ""


def _takes_figure(cells: Sequence[str], at: int) -> bool:
    """Return whether a figure may stand at a place in a row: behind all its labels, in a row of the form or figures."""
    if any(map(labels.find, cells[at:])):
        return False
    words = [cell for cell in chain(cells[:at], cells[at:]) if not cell.startswith(PICTURE)]
    return any(map(_is_figure, words)) or any(label.kind == "row" for cell in words for label in labels.find(cell))


def _is_figure(text: str) -> bool:
    return text.isdigit() or text in NOT_APPLICABLE_MARKS
