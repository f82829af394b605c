"""HTML pages: tables as grids with their spans expanded, every other block of text a paragraph.

Nothing in a page is found by its ids or classes. What a browser would not show is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic
from ..document import Block, Document, Origin, Paragraph, Row, Table
from ..errors import LimitError, ParseError
from ..limits import Limits
from ..template import labels

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_SMALL = 128 * 1024
"""Bytes; the parser's time is quadratic in the attributes of a tag, and a page this small has too few to matter."""

SHORTEST_TAG = 3
"""Bytes."""

MAX_ATTRIBUTES = 1000
"""Attributes of one tag, and"""

MAX_IN_TAGS = 64 * 2**20
"""bytes looked at to count them, in a larger page."""

MAX_CELL = 400
"""Characters; a table without labels in which a cell is longer lays out the page."""

FEW_ROWS = 9
"""Rows; only where no table has more is a page looked at for links to what it may have in place of a report."""

MAX_SHELL = 20
"""Characters; a page that has scripts, and no more text than this (please wait …), is an empty shell."""

MAX_KEPT = 2**20
"""Bytes of the longest page whose tree is kept until the next page is read."""

_MARKUP = re.compile(r"<!doctype html|<(?:html|body|table|td|p|div|h1)\b[^<>]{0,400}>", re.IGNORECASE)

_UNSHOWN = frozenset(
    b"script style noscript template title iframe object svg math select button output datalist audio video"
    b" canvas noembed noframes xml del rt rp".split()
)
"""Elements whose text is not shown, or is none of the document's; ``xml`` is what Word leaves in its pages."""

_FORMATTING = b"b big code em font i nobr s small strike strong tt u".split()
"""Elements that a parser opens again in each block until they are closed: some kilobytes can make gigabytes of them.

A link is one too, but there is never more than one open.
"""

_RENAMED = {name: b"del" if name in (b"s", b"strike") else b"span" for name in _FORMATTING}
"""Such a name → one that means as much to a reader, and nothing to the parser."""


def _either(names: Iterable[bytes]) -> bytes:
    """A pattern for any of ``names``; grouped by their first letters it takes half the time."""
    groups = groupby(sorted(names), key=lambda name: name[:1])
    return b"|".join(first + b"(?:%b)" % b"|".join(name[1:] for name in group) for first, group in groups)


_NAMES = re.compile(rb"</?+(%b)(?=[\s/>])" % _either(_UNSHOWN.union(_FORMATTING)))
_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+"
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){0,%d}+[\s/]*+(>?)"
    % MAX_ATTRIBUTES
)
"""A tag with its attributes, as a parser takes them. It ends with ``>`` unless there are too many, or no more text."""

_DATA = re.compile(r"data:[\w/+.;=-]{0,99}base64,[\w+/=%]*", re.ASCII)
"""A picture or a font inside a saved page."""

_BLOCKS = frozenset(
    (
        "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
        " form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th"
        " thead tr ul"
    ).split()
)
_LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 pre".split())
"""Blocks that most often hold one piece of text and nothing else."""

_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_GRID = frozenset(("table", *_GROUPS, "tr", *_CELLS))
_ATTACHED = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|7z)(?:$|[?#&])", re.IGNORECASE)
_SPAN = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,12})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\0"
"""Stands between two pieces of text; no page has it."""

_ORIGIN = Origin()

_kept: list[LexborHTMLParser] = []
"""The tree of the last page. To give its memory back, and ask for it again, costs more than to read the tables."""


def sniff(head: str) -> bool:
    """Whether the beginning of a source has HTML in it."""
    return (
        "<" in head
        and _MARKUP.search(head) is not None
        and (head.lstrip("\ufeff \t\r\n").startswith("<") or head.count("</td>") > 9)
    )


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a page. Raises ``ParseError`` for one that has a script or a frame in the place of its text."""
    # Loaded here, for every source is sniffed at and most texts are no pages.
    from selectolax.lexbor import LexborHTMLParser

    source = _bounded(text, limits)
    lower = source.lower()
    source, names = _without_formatting(source, lower)
    parser = LexborHTMLParser(source)
    _kept[:] = [parser] if len(source) <= MAX_KEPT else []
    page = _Page(parser, limits)
    page.find_layout()
    page.remove_unshown(lower, names)
    page.read()
    document = Document(page.blocks, page.line, notes=page.notes)
    tables = [block for block in page.blocks if isinstance(block, Table)]
    if all(len(table.rows) <= FEW_ROWS for table in tables):
        document.links = page.attachments()
    if not tables and not document.links and (page.frames or b"script" in names):
        words = "".join(block.text for block in page.blocks if isinstance(block, Paragraph))
        if len(words) <= MAX_SHELL:
            raise ParseError(
                "the page is an empty shell that a script or a frame fills: save what a browser shows in it",
                code="empty-shell",
                expected="text",
                found=", ".join(filter(None, [*page.frames, words])) or "scripts and no text",
            )
    return document


# --- before the parser ---------------------------------------------------------------------------------------------


def _bounded(text: str, limits: Limits) -> bytes:
    """The page as bytes, if it is within the limits on what takes the parser time and memory."""
    if len(text) > limits.characters:
        # Only where it is short enough is a copy made of it.
        _check_tags(text.count("<"), limits)
        text = _DATA.sub("", text)
        if len(text) > limits.characters:
            raise limits.passed("characters", f"{len(text)} characters in a page")
    source = text.encode("utf-8", "replace").replace(b"\0", b"\xef\xbf\xbd")
    if len(source) > SHORTEST_TAG * limits.elements:
        _check_tags(source.count(b"<"), limits)
    if len(source) > MAX_SMALL:
        _check_attributes(source, limits)
    return source


def _check_tags(tags: int, limits: Limits) -> None:
    if tags > limits.elements:
        raise limits.passed("elements", f"{tags} tags")


def _check_attributes(source: bytes, limits: Limits) -> None:
    """Whatever may be a tag is looked at, in comments and scripts too, for only a parser knows which of them are."""
    seen = 0
    at = source.find(b"<")
    while at >= 0:
        tag = _TAG.match(source, at)
        if tag is not None:
            seen += tag.end() - at
            if seen > MAX_IN_TAGS or not (tag[1] or tag.end() == len(source)):
                raise limits.passed("elements", f"more than {MAX_ATTRIBUTES} attributes in the tag at byte {at}")
        at = source.find(b"<", at + 1)


def _without_formatting(source: bytes, lower: bytes) -> tuple[bytes, set[bytes]]:
    """The page with its formatting elements renamed, and which names of those not shown are in it."""
    names: set[bytes] = set()
    pieces: list[bytes] = []
    end = 0
    for match in _NAMES.finditer(lower):
        name = match[1]
        if name in _RENAMED:
            start, stop = match.span(1)
            name = _RENAMED[name]
            pieces += source[end:start], name
            end = stop
        names.add(name)
    pieces.append(source[end:])
    return b"".join(pieces), names & _UNSHOWN


# --- the page ------------------------------------------------------------------------------------------------------


class _Page:
    """What is read of one page. ``line`` counts blocks, for HTML keeps no lines."""

    def __init__(self, parser: LexborHTMLParser, limits: Limits) -> None:
        self._parser = parser
        self._limits = limits
        self._hidden: set[int] = set()
        self._tables: dict[int, int] = {}
        """Table → its number in the page."""
        self._layout: set[int] = set()
        self._cells = 0
        self.frames: list[str] = []
        self.notes: list[Diagnostic] = []
        self.blocks: list[Block] = []
        self.line = 0

    # --- what a browser does not show --------------------------------------------------------------------------------

    def remove_unshown(self, lower: bytes, names: set[bytes]) -> None:
        """Take out the elements that are not shown; ``names`` are those of ``_UNSHOWN`` that the page has."""
        for name in names:
            for node in self._parser.tags(name.decode()):
                if name in (b"iframe", b"object"):
                    self.frames.extend(filter(None, [node.attributes.get("src") or node.attributes.get("data")]))
                node.decompose()
        if (b"display" in lower and b"none" in lower) or b"visibility" in lower or b"hidden" in lower:
            marked = self._parser.css('[hidden], [style*="display" i], [style*="visibility" i]')
            for node in {node.mem_id: node for node in marked}.values():
                self._hide(node)

    def _hide(self, node: LexborNode) -> None:
        """Take ``node`` out if it is hidden; a cell that only can't be seen keeps its place."""
        style = _style(node)
        gone = "hidden" in node.attributes or style.get("display") == "none"
        unseen = style.get("visibility") in ("hidden", "collapse")
        if not (gone or unseen) or node.tag in ("html", "body"):
            # Whole pages are hidden until a script shows them.
            return
        if node.tag in ("col", "colgroup"):
            self._hidden.add(node.mem_id)
            return
        if node.tag in _GRID:
            self._note_hidden(node.text(separator=" "))
        if gone or node.tag not in _GRID:
            node.decompose()
        else:
            for cell in node.css("td, th"):
                for child in list(cell.iter(include_text=True)):
                    child.decompose()

    def _note_hidden(self, text: str) -> None:
        words = " ".join(text.split())[:80]
        if words and not self.notes:
            self.notes.append(Diagnostic("hidden-not-read", found=words))

    # --- which tables lay out the page -------------------------------------------------------------------------------

    def find_layout(self) -> None:
        """Number the tables, and tell which lay out the page: those in them have as many labels of the form, or more.

        A table of the form may hold a small table in one of its cells.
        """
        tables = self._parser.tags("table")
        outer: dict[int, int] = {}
        holders: set[int] = set()
        for number, table in enumerate(tables, start=1):
            self._tables[table.mem_id] = number
            above = table.parent
            depth = 0
            while above is not None and above.tag != "table":
                if above.tag in _CELLS:
                    holders.add(above.mem_id)
                above = above.parent
                depth += 1
                if depth > self._limits.nesting:
                    raise self._too_deep()
            if above is not None:
                outer[table.mem_id] = above.mem_id
        if not outer:
            return
        own = {
            table.mem_id: sum(
                cell.mem_id not in holders and bool(labels.find(cell.text().strip()))
                for part in table.iter()
                if part.tag in _GROUPS
                for tr in part.iter()
                for cell in tr.iter()
            )
            for table in tables
        }
        inner = dict.fromkeys(own, 0)
        for nested, around in reversed(outer.items()):
            inner[around] += own[nested] + inner[nested]
        self._layout = {around for around in outer.values() if own[around] <= inner[around]}

    # --- text --------------------------------------------------------------------------------------------------------

    def read(self, root: LexborNode | None = None) -> None:
        """Add the blocks in ``root``, which is the whole page unless given."""
        root = root or self._parser.body
        for item in self._lines(root) if root is not None else ():
            if not item:
                continue
            if isinstance(item, str):
                self.line += 1
                self.blocks.append(Paragraph(item, self.line, origin=_ORIGIN))
            else:
                self._table(item)

    def _lines(self, root: LexborNode, in_cell: bool = False) -> Iterator[str | LexborNode]:
        """The lines of text in ``root`` and, among them, the tables that may be data; within a cell all is text."""
        words: list[str] = []
        path = [(root.iter(include_text=True), True)]
        while path:
            for node in path[-1][0]:
                tag = node.tag
                if tag == "-text":
                    text = node.text_content or ""
                    if words or not text.isspace():
                        words.append(text)
                    continue
                if tag is None or tag[0] in "-!_":
                    continue
                is_block = tag in _BLOCKS
                if is_block and words:
                    yield from _line(words)
                if tag in _LEAVES and _BREAK not in (text := node.text(separator=_BREAK)):
                    # Most paragraphs: one piece of text, in whatever elements.
                    if not _is_spaced(text):
                        yield text.strip()
                    else:
                        yield from text.split("\n") if _keeps_space(node) else _line([text])
                    continue
                if tag == "table" and not in_cell and node.mem_id not in self._layout:
                    yield node
                    continue
                if in_cell and tag in ("sup", "sub") and any(map(str.strip, words)):
                    # 5 with a small 1 behind it is not 51.
                    words.append("^")
                path.append((node.iter(include_text=True), is_block))
                if len(path) > self._limits.nesting:
                    raise self._too_deep()
                break
            else:
                if path.pop()[1] and words:
                    yield from _line(words)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: LexborNode) -> None:
        """Add the rows of ``table`` itself as a grid, or what is in it if it lays out the page after all."""
        parts = list(table.iter())
        unseen = self._unseen(parts) if self._hidden else frozenset()
        rows = [cells for part in parts if part.tag in _GROUPS for cells in self._group(part, unseen)]
        if _is_prose(rows):
            self.read(table)
            return
        for part in parts:
            if part.tag == "caption":
                self.read(part)
        seen: list[int] | None = None
        if unseen:
            rows, seen = self._without(rows, unseen)
        number = self._tables[table.mem_id]
        block = Table([])
        for at, cells in enumerate(rows, start=1):
            origin = Origin(number, at, columns=seen)
            self.line += 1
            if len(cells) - cells.count("") == 1 and cells[0] and labels.heading(cells[0]):
                # One table that holds two of the form, with a heading between them.
                self.blocks.append(Paragraph(cells[0], self.line, origin=origin))
                block = Table([])
                continue
            if not block.rows:
                self.blocks.append(block)
            block.rows.append(Row(cells, self.line, origin=origin))

    def _group(self, group: LexborNode, unseen: frozenset[int]) -> Iterator[list[str]]:
        """The rows of a group, each cell where a browser shows it, with its words in the first place that it spans.

        No cell reaches beyond its group. Of columns ``unseen`` it is the first other that has the words.
        """
        trs = [tr for tr in group.iter() if tr.tag == "tr"]
        covered: dict[int, int] = {}
        """Column → the number of the last row, from 1, in which a cell from above is there."""
        for number, tr in enumerate(trs, start=1):
            cells: list[str] = []
            spans: dict[int, int] = {}
            plain = 0
            for cell in tr.iter():
                text = cell.text(separator=_BREAK)
                if not text.isdigit():
                    text = _tidy(text) if _BREAK not in text else self._text(cell)
                while len(cells) in covered:
                    cells.append("")
                at = len(cells)
                cells.append(text)
                marks = cell.attributes
                if "colspan" not in marks and "rowspan" not in marks:
                    plain += 1
                    continue
                width = self._span(marks.get("colspan")) or 1
                height = self._span(marks.get("rowspan")) or len(trs) - number + 1
                self._count(width * height)
                cells.extend([""] * (width - 1))
                if height > 1:
                    spans.update(dict.fromkeys(range(at, at + width), number + height - 1))
                if at in unseen:
                    seen = next((column for column in range(at, at + width) if column not in unseen), at)
                    cells[at], cells[seen] = "", text
            self._count(plain)
            while len(cells) in covered:
                cells.append("")
            for column, last in spans.items():
                covered[column] = max(last, covered.get(column, 0))
            if covered:
                covered = {column: last for column, last in covered.items() if last > number}
            yield cells

    def _text(self, cell: LexborNode) -> str:
        """The words of a cell that has more than one piece of text."""
        return _tidy(" ".join(line for line in self._lines(cell, in_cell=True) if isinstance(line, str)))

    def _span(self, text: str | None) -> int:
        """The number that a browser reads in ``colspan`` or ``rowspan``; 1 where there is none."""
        span = _number(text)
        if span > self._limits.span:
            raise self._limits.passed("span", f"a cell over {span} columns or rows")
        return span

    def _count(self, cells: int) -> None:
        """Take so many more cells into account."""
        self._cells += cells
        if self._cells > self._limits.cells:
            raise self._limits.passed("cells", f"more than {self._limits.cells} cells")

    def _unseen(self, parts: list[LexborNode]) -> frozenset[int]:
        """The columns, from 0, that the ``col`` and ``colgroup`` of a table hide."""
        hidden: list[bool] = []
        for group in parts:
            if group.tag == "colgroup":
                for col in [part for part in group.iter() if part.tag == "col"] or [group]:
                    span = self._span(col.attributes.get("span")) or 1
                    self._count(span)
                    hidden.extend([col.mem_id in self._hidden or group.mem_id in self._hidden] * span)
        return frozenset(column for column, is_hidden in enumerate(hidden) if is_hidden)

    def _without(self, rows: list[list[str]], unseen: frozenset[int]) -> tuple[list[list[str]], list[int]]:
        """``rows`` without the columns ``unseen``, and the numbers of the others."""
        width = max(map(len, rows))
        seen = [column for column in range(width) if column not in unseen]
        self._note_hidden(" ".join(cells[column] for cells in rows for column in unseen if column < len(cells)))
        shown = [[cells[column] for column in seen if column < len(cells)] for cells in rows]
        return shown, [column + 1 for column in seen]

    def _too_deep(self) -> LimitError:
        return self._limits.passed("nesting", f"more than {self._limits.nesting} elements in each other")

    # --- links -------------------------------------------------------------------------------------------------------

    def attachments(self) -> list[str]:
        """The addresses, as written, of documents that the page links to or shows in a frame; each once."""
        links = [node.attributes.get("href") or "" for node in self._parser.css("[href]")]
        embedded = [node.attributes.get("src") or "" for node in self._parser.css("embed")]
        found = (link.strip() for link in (*links, *embedded, *self.frames))
        return list(dict.fromkeys(link for link in found if _ATTACHED.search(link)))


def _is_prose(rows: list[list[str]]) -> bool:
    """Whether a table has no label of the form, and one cell or one too long to be of the form: an article laid out."""
    if any(labels.find(cell) for cells in rows for cell in cells if cell):
        return False
    filled = [cell for cells in rows for cell in cells if cell]
    return len(filled) < 2 or max(map(len, filled)) > MAX_CELL


def _line(words: list[str]) -> list[str]:
    """The line that ``words`` make, which may be empty; they are used up."""
    text = "".join(words)
    words.clear()
    return [(_SPACES.sub(" ", text) if _is_spaced(text) else text).strip()]


def _is_spaced(text: str) -> bool:
    """Whether a browser shows the white space of a text otherwise than it stands."""
    return "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text


def _keeps_space(node: LexborNode) -> bool:
    return node.tag == "pre" or _style(node).get("white-space", "").startswith("pre")


@lru_cache(maxsize=256)
def _number(text: str | None) -> int:
    match = _SPAN.match(text or "")
    return int(match[1]) if match else 1


@lru_cache(maxsize=4096)
def _tidy(text: str) -> str:
    """The words of a cell; white space stays visible as one space, for it may be all that parts two figures."""
    return " ".join(text.split())


def _style(node: LexborNode) -> dict[str, str]:
    """The declarations in the ``style`` of an element; the last one of a property holds."""
    style: dict[str, str] = {}
    for declaration in (node.attributes.get("style") or "").lower().split(";"):
        name, _, value = declaration.partition(":")
        style[name.strip()] = value.partition("!")[0].strip()
    return style
