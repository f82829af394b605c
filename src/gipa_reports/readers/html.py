"""HTML pages: tables as grids with their spans expanded, every other block of text a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..document import Block, Document, Origin, Paragraph, Row, Table
from ..limits import Limits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARKUP = re.compile(r"<!doctype html|<(?:html|body|table|td|p|div|h1)\b[^<>]{0,400}>", re.IGNORECASE)
_OPEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = frozenset("script style noscript template head title iframe object svg select textarea button".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header"
    " html li main nav ol p pre section ul caption tr td th".split()
)
_ORIGIN = Origin()


def sniff(head: str) -> bool:
    """Whether the beginning of a source has HTML in it."""
    return (
        "<" in head
        and _MARKUP.search(head) is not None
        and (head.lstrip("\ufeff \t\r\n").startswith("<") or head.count("</td>") > 9)
    )


def read_document(text: str, limits: Limits) -> Document:
    """The blocks of a page."""
    _check_nesting(text, limits)
    # Loaded here, for every source is sniffed at and most texts are no pages.
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text.replace("\0", "\ufffd")).body
    page = _Page(limits)
    if root is not None:
        page.walk(root)
        page.end_paragraph()
    return Document(page.blocks, page.line)


def _check_nesting(text: str, limits: Limits) -> None:
    """The parser is quadratic on depth, so that depth is bounded before it sees the page."""
    depth = 0
    for match in _OPEN.finditer(text):
        name = match[2].lower()
        if match[1]:
            depth = max(0, depth - 1)
        elif name not in _VOID and name not in ("p", "li", "td", "th", "tr", "option", "dd", "dt"):
            depth += 1
            if depth > limits.nesting:
                raise limits.passed("nesting", f"depth {depth} at character {match.start()}")


class _Page:
    """One walk over a page in document order. ``line`` counts blocks: HTML keeps no lines."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tables = 0
        self.blocks: list[Block] = []
        self.line = 0
        self._words: list[str] = []
        self._cells = 0

    def walk(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self._words.append(child.text_content or "")
            elif tag == "br":
                self.end_paragraph()
            elif tag in _SKIPPED or _hidden(child) or tag is None or tag.startswith(("-", "!", "_")):
                continue
            elif tag == "table" and not _is_layout(child):
                self.end_paragraph()
                self._table(child)
            elif _keeps_space(child):
                self.end_paragraph()
                self._add(child.text(deep=True))
            elif tag in _BLOCKS:
                self.end_paragraph()
                self.walk(child)
                self.end_paragraph()
            else:
                self.walk(child)

    def end_paragraph(self) -> None:
        text, self._words = _collapsed("".join(self._words)), []
        self._add(text.strip())

    def _add(self, text: str) -> None:
        if text:
            self.line += 1
            self.blocks.append(Paragraph(text, self.line, origin=_ORIGIN))

    def _table(self, table: LexborNode) -> None:
        rows: list[Row] = []
        held: dict[tuple[int, int], bool] = {}
        self._tables += 1
        for number, tr in enumerate(_own_rows(table)):
            cells: list[str] = []
            for cell in tr.iter():
                if cell.tag not in ("td", "th") or _hidden(cell):
                    continue
                while held.pop((number, len(cells)), False):
                    cells.append("")
                colspan = self._span(cell, "colspan")
                rowspan = self._span(cell, "rowspan")
                at = len(cells)
                cells.append(_cell_text(cell))
                cells.extend([""] * (colspan - 1))
                self._cells += colspan * rowspan
                if self._cells > self._limits.cells:
                    raise self._limits.passed("cells", f"more than {self._limits.cells} cells")
                for below in range(1, rowspan):
                    for beside in range(colspan):
                        held[number + below, at + beside] = True
            while held.pop((number, len(cells)), False):
                cells.append("")
            self.line += 1
            rows.append(Row(cells, self.line, origin=Origin(self._tables, number + 1)))
        self.blocks.append(Table(rows))

    def _span(self, cell: LexborNode, name: str) -> int:
        match = re.match(r"\s*\+?(\d{1,12})", cell.attributes.get(name) or "")
        span = max(int(match[1]), 1) if match else 1
        if span > self._limits.span:
            raise self._limits.passed("span", f"{name}={span}")
        return span


def _is_layout(table: LexborNode) -> bool:
    """A table that holds another lays out the page; the one inside is looked at by itself."""
    return table.css_first("td table, th table") is not None


def _own_rows(table: LexborNode) -> list[LexborNode]:
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child.iter() if row.tag == "tr")
    return [row for row in rows if not _hidden(row)]


def _cell_text(cell: LexborNode) -> str:
    return " ".join((cell.text(deep=True, separator="") or "").split())


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _style(node: LexborNode) -> str:
    return "".join((node.attributes.get("style") or "").lower().split())


def _hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes or "display:none" in _style(node)


def _keeps_space(node: LexborNode) -> bool:
    return "white-space:pre" in _style(node)
