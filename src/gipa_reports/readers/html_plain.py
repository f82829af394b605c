"""Tables of a page that are read from their markup alone.

In most tables of a report every row and cell is closed, and in a cell is text in paragraphs and spans: there is nothing
for a parser to decide. They are most of a page, and to have them parsed, and to ask a tree for each cell, takes longer
than all else does. So what is in them is taken out before the page is parsed, which leaves the table itself in its
place, empty but for the cells that are less simple. Whatever here is not sure is left to the parser, and
``NotPlainError`` says that the page turned out to be one that has to be read without this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape

from attrs import define, frozen

from ..template import labels
from .html_grid import GridCell, GridRow, span
from .html_style import COMBINATOR, effect

MARK = "gipa-plain"
"""The attribute of a table that was emptied; its value is the place of the table's rows in a list."""
_MARK = MARK.encode()

_END = b"</table>"

MIN_CELLS = 16
"""Cells of the smallest table that is worth it; and the parser may be left no more than half of them."""

MAX_WANTED = 40
"""Classes, ids and elements looked for in what was taken out; a page with rules for more is read in a tree."""

MAX_REMEMBERED = 2000
"""Bytes of the longest markup of a cell that is remembered, and"""

MAX_REMEMBERED_ROW = 16_000
"""of a row."""

_SPACE = rb"[ \t\r\n\f]"
_ATTRIBUTE = rb"""([^\s"'<>/=]++)(?:%b*+=%b*+(?:"([^"<>]*+)"|'([^'<>]*+)'|([^\s"'<>=`]++)))?+""" % (_SPACE, _SPACE)
_ATTRIBUTES = rb"(?:%b++%b)*+%b*+" % (_SPACE, re.sub(rb"\((?!\?)", rb"(?:", _ATTRIBUTE), _SPACE)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_AROUND = rb"p|span|div|center|font|b|strong|i|em|u|big|small|o:p"
"""Elements that leave a piece of text in them what it is."""
_ELEMENT = re.compile(r"[\w:-]+")
_COMMENT = re.compile(rb"(?<=>)%b*+<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+-->" % _SPACE)
"""A comment behind a tag; elsewhere it may stand within one."""
_NAMED = re.compile(r"[.#]([\w-]+)")
_ID = re.compile(rb"""\bid%b*+=%b*+["']?+([^\s"'>]++)""" % (_SPACE, _SPACE), re.IGNORECASE)
_PARTS = {b"s": _SPACE, b"a": _ATTRIBUTES, b"n": _AROUND}
_TAG = re.compile(rb"<([a-z\d:]++)(%(a)b)/?+>" % _PARTS)
_TABLE = re.compile(rb"<table%(a)b>" % _PARTS)
_BEFORE = re.compile(
    rb"%(s)b*+(?:<col%(a)b/?+>%(s)b*+|<colgroup%(a)b>%(s)b*+(?:<col%(a)b/?+>%(s)b*+)*+</colgroup>%(s)b*+)*+"
    rb"(<t(?:head|body)%(a)b>)?+%(s)b*+" % _PARTS
)
"""What may stand in a table before its first row."""
_BETWEEN = re.compile(rb"%(s)b*+</t(?:head|body)>%(s)b*+(<t(?:body|foot)%(a)b>)%(s)b*+" % _PARTS)
"""What stands between two groups of rows."""
_OPENED = re.compile(rb"%(s)b*+(<t[dh]%(a)b>)(?:%(s)b*+<(?:%(n)b)%(a)b>)*+" % _PARTS)
"""What stands in a cell before its text, and"""
_CLOSED = re.compile(rb"(?:</(?:%(n)b)>%(s)b*+)*+" % _PARTS)
"""behind it."""
_CELL = re.compile(rb"%(s)b*+(<t[dh]%(a)b>)" % _PARTS)
_PIECE = re.compile(rb"<(/?+)((?:%(n)b|br)(?![^ \t\r\n\f/>]))%(a)b/?+>" % _PARTS)
_BLOCKS = frozenset((b"p", b"div", b"center", b"br"))
"""Those of them that part what stands in them from what is around it."""
_ALONE = re.compile(
    rb"%(s)b*+<t[dh]%(a)b>(?:[^<>]++|<(?:%(n)b|br|sup|sub|a)%(a)b/?+>|</(?:%(n)b|sup|sub|a)>)*+" % _PARTS
)
"""A cell that does nothing to what stands around it, whatever a parser makes of it."""


class NotPlainError(Exception):
    """What is in the plain tables of a page, or is done to them, has to be seen in a tree."""


@frozen
class PlainTable:
    """The groups of rows of a table; those of its cells that were left in the page stand in one row there."""

    markup: bytes
    """The rows as written."""
    groups: list[list[PlainRow]]
    left: int
    """How many cells were left."""

    def count_labels(self) -> int:
        """How many of the cells that were not left are a label of the form."""
        return sum(row.count_labels() for rows in self.groups for row in rows)

    def filled(self, groups: Sequence[Sequence[Iterable[GridCell]]]) -> list[list[GridRow | list[GridCell]]]:
        """The groups with the cells that were left, which are all that the tree has in their place."""
        found = [list(row) for rows in groups for row in rows]
        if len(groups) != 1 or list(map(len, found)) != [self.left]:
            raise NotPlainError
        left = iter(found[0])
        return [[row.row or [cell or next(left) for cell in row.cells] for row in rows] for rows in self.groups]


@define(eq=False)
class PlainRow:
    """A row of which None are the cells that were left in the page; their markup is ``left``.

    Nobody changes it; to be frozen would make it much dearer.
    """

    cells: Sequence[GridCell | None]
    left: Sequence[bytes] = ()
    row: GridRow | None = None
    """The same if none was left."""
    _labels: int | None = None

    def count_labels(self) -> int:
        """How many of the cells that were not left are a label of the form."""
        if self._labels is None:
            self._labels = sum(bool(labels.find(cell[0])) for cell in self.cells if cell is not None)
        return self._labels


@frozen
class Emptied:
    """A page with its plain tables emptied, and these, from the last to the first."""

    page: bytes
    tables: list[PlainTable]

    def concerned(self, selectors: Iterable[str]) -> bool:
        """Whether one of the rules with these selectors may hold for what was in the tables, or because of it."""
        wanted: set[str] = set()
        for selector in selectors:
            last = COMBINATOR.split(selector)[-1]
            names = _NAMED.findall(last) if set(last).isdisjoint(":[*") else []
            element = _ELEMENT.match(last)
            if names:
                wanted.update(names)
            elif element is not None:
                wanted.add(f"<{element[0].lower()}")
            else:
                return True
        return len(wanted) > MAX_WANTED or any(
            words.encode() in table.markup for words in wanted for table in self.tables
        )

    def ids(self) -> set[str]:
        """The ids that what was in the tables may have."""
        return {name.decode() for table in self.tables for name in _ID.findall(table.markup)}


def without_plain_tables(source: bytes) -> Emptied:
    """A page with its plain tables emptied."""
    tables: list[PlainTable] = []
    pieces: list[bytes] = []
    done = len(source)
    start = end = source.rfind(_END)
    while end >= 0:
        # All is looked for from behind, which takes half the time.
        if start >= end:
            start = source.rfind(b"<table", 0, end)
        before = source.rfind(_END, 0, end)
        opened = _TABLE.match(source, start, end) if start > before else None
        if opened is not None and len(opened[0]) <= MAX_REMEMBERED and _is_harmless(opened[0]):
            found = _table(source, opened.end(), end)
            if found is not None:
                table, head, left = found
                name = b'<table %b="%d"' % (_MARK, len(tables))
                pieces += source[end:done], b"</tr>", *reversed(left), b"<tr>", head, opened[0][len("<table") :], name
                done = start
                tables.append(table)
        end = before
    pieces.append(source[:done])
    emptied = b"".join(reversed(pieces))
    # A page that has the mark itself could pass other tables off as these.
    return Emptied(emptied, tables) if emptied.count(_MARK) == len(tables) else Emptied(source, [])


def _table(source: bytes, start: int, end: int) -> tuple[PlainTable, bytes, list[bytes]] | None:
    """What is in a table between its tags, and of that what stands before the rows and the cells left to the parser."""
    before = _BEFORE.match(source, start, end)
    if before is None or len(before[0]) > MAX_REMEMBERED or (before[1] and not _is_harmless(before[1])):
        return None
    markup = source[before.end() : end]
    if b"!" in markup:
        markup = _COMMENT.sub(b"", markup)
    *written, behind = markup.rsplit(b"</tr>")
    if behind.strip() not in (b"", b"</tbody>", b"</tfoot>"):
        return None
    groups: list[list[PlainRow]] = [[]]
    left: list[bytes] = []
    count = 0
    for written_row in written:
        row = _read_row(written_row)
        between = _BETWEEN.match(written_row) if row is None else None
        if between is not None and len(between[0]) <= MAX_REMEMBERED and _is_harmless(between[1]):
            groups.append([])
            row = _read_row(written_row[between.end() :])
        if row is None:
            return None
        groups[-1].append(row)
        left += row.left
        count += len(row.cells)
    if count < MIN_CELLS or len(left) * 2 > count:
        return None
    return PlainTable(markup, groups, len(left)), before[0], left


def _read_row(markup: bytes) -> PlainRow | None:
    """A row, written without its end tag, if it is plain."""
    return (_known_row if len(markup) <= MAX_REMEMBERED_ROW else _row)(markup)


def _row(markup: bytes) -> PlainRow | None:
    tag, _, inner = markup.partition(b">")
    if b"</th>" in inner:
        inner = inner.replace(b"</th>", b"</td>")
    if b"<o:p>" in inner:
        # Word writes it at the end of each paragraph. Elsewhere it may stand within a tag.
        inner = inner.replace(b"<o:p></o:p></", b"</")
    *cells, end = inner.split(b"</td>")
    if len(tag) > MAX_REMEMBERED or not _opens_row(tag) or end.strip():
        return None
    found = [_cell(cell) if len(cell) <= MAX_REMEMBERED else _read_cell(cell) for cell in cells]
    whole = [cell for cell in found if cell is not None]
    if len(whole) == len(found):
        return PlainRow(found, row=GridRow(whole))
    left = [cell for cell, read in zip(cells, found, strict=True) if read is None]
    if any(len(cell) > MAX_REMEMBERED or not _stands_alone(cell) for cell in left):
        return None
    return PlainRow(found, left)


_known_row = lru_cache(maxsize=1024)(_row)


def _read_cell(markup: bytes) -> GridCell | None:
    """A cell, written without its end tag; None if its words are not plain."""
    opened, _, closed = markup.partition(b"</")
    tags, _, text = opened.rpartition(b">")
    spans = _spans(tags, closed) if len(markup) - len(text) <= MAX_REMEMBERED else None
    if spans is None or b"<" in text:
        # It is not one piece of text.
        tag = _CELL.match(markup) if len(markup) <= MAX_REMEMBERED else None
        pieces = None if tag is None else _joined(markup[tag.end() :])
        if tag is None or pieces is None or not _is_harmless(tag[1]):
            return None
        text, spans = pieces, _spans_of(tag[1])
    words = " ".join(text.decode().replace("&nbsp;", " ").split())
    return None if "&" in words else (words, *spans, "")


_cell = lru_cache(maxsize=4096)(_read_cell)


@lru_cache(maxsize=4096)
def _spans(tags: bytes, closed: bytes) -> tuple[int, int] | None:
    """Over how many columns and rows a cell is, if what stands before and behind its text leaves that what it is."""
    opening = _OPENED.fullmatch(tags + b">")
    if opening is None or _CLOSED.fullmatch(b"</" + closed if closed else b"") is None:
        return None
    is_harmless = all(_is_harmless(tag[0]) for tag in _TAG.finditer(opening[0]))
    return _spans_of(opening[1]) if is_harmless else None


def _spans_of(tag: bytes) -> tuple[int, int]:
    marks = _attributes(tag)
    return span(marks.get("colspan")), span(marks.get("rowspan"))


def _joined(markup: bytes) -> bytes | None:
    """The pieces of text in a cell, those in blocks apart; None if a tag is not closed, or does something to words."""
    pieces: list[bytes] = []
    around: list[bytes] = []
    at = 0
    for tag in _PIECE.finditer(markup):
        name = tag[2]
        if tag[1]:
            if not around or around.pop() != name:
                return None
        elif not _is_harmless(tag[0]) or b"display" in tag[0].lower():
            return None
        elif name != b"br":
            around.append(name)
        pieces += markup[at : tag.start()], b" " * (name in _BLOCKS)
        at = tag.end()
    text = b"".join((*pieces, markup[at:]))
    return None if around or b"<" in text or b">" in text else text


@lru_cache(maxsize=1024)
def _opens_row(tag: bytes) -> bool:
    """Whether a tag, written without its end, begins a row of which all is shown."""
    written = tag.strip() + b">"
    return written.startswith((b"<tr>", b"<tr ")) and _is_harmless(written)


@lru_cache(maxsize=2048)
def _stands_alone(markup: bytes) -> bool:
    """Whether a cell does nothing to what stands around it, and its own style nothing to its words."""
    return _ALONE.fullmatch(markup) is not None and all(_is_harmless(tag[0]) for tag in _TAG.finditer(markup))


@lru_cache(maxsize=1024)
def _is_harmless(tag: bytes) -> bool:
    """Whether a tag does nothing to the words behind it."""
    if _TAG.fullmatch(tag) is None:
        return False
    marks = _attributes(tag)
    # Names are looked for as they are written.
    is_written_out = b"&" not in tag or marks.keys().isdisjoint(("class", "id"))
    return is_written_out and "hidden" not in marks and not effect(marks.get("style", ""))


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag that is one; of those given twice the first counts."""
    found: dict[str, str] = {}
    match = _TAG.fullmatch(tag)
    for name, *values in _ONE_ATTRIBUTE.findall(match[2] if match is not None else b""):
        found.setdefault(name.decode().lower(), unescape(b"".join(values).decode()))
    return found
