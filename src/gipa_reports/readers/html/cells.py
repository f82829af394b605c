"""The cells of a table of data: their words, and what they span."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from operator import attrgetter
from typing import TYPE_CHECKING

from ...grid import Spans
from ...template import labels
from .source import APART, PICTURE, SEPARATOR, UNSEEN
from .style import declarations, parts_digits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS = frozenset(
    (
        "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p pre search section"
        " summary table tbody td tfoot th thead tr ul xmp"
    ).split()
)
"""Elements that part what stands in them from what is around it."""

APART_SHOWN = "^"
"""Stands in the text of a cell before and behind words that are raised, lowered, or may not be seen."""

_SEVERAL = re.compile(f"[{SEPARATOR}{APART}{UNSEEN}{PICTURE}]")
"""Stands in the text of a cell that has several pieces, or a mark."""
# The parser writes < and > in texts and values of attributes as entities: what is between two of them is a tag.
_ATTRIBUTE = re.compile(r' ([^\s=]+)="([^"]*)"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?([^\s/>]*)[^>]*>")
_PIECE = re.compile(r"<(/?)([^\s/>]*)([^>]*)>|([^<]+)")
_VOID = frozenset(
    ("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr").split()
)
_SPAN = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,12})")
_PICTURE = re.compile(f"{PICTURE}([^{PICTURE}]*){PICTURE}")
_FIGURE = re.compile(r"[\d.,]+")
_MARKS_AND_BLANKS = f" \t\r\n\xa0{APART}{UNSEEN}"
_LINES = BLOCKS.difference(("div",))
_IS_CELL = attrgetter("is_element_node")
"""Comments may stand in a row beside its cells."""


class Cells:
    """The cells of an edited page: what they span, and their words.

    ``have_pieces`` says that elements stand in some.
    """

    def __init__(self, parser: LexborHTMLParser, *, have_pieces: bool) -> None:
        self._have_pieces = have_pieces
        self._spans: dict[int, tuple[int, int]] = {}
        """Cell that spans more than its own place → columns and rows."""
        for cell in parser.css("[colspan], [rowspan]"):
            stated = cell.attributes
            self._spans[cell.mem_id] = span(stated.get("colspan")), span(stated.get("rowspan"))

    def rows_of(self, group: LexborNode) -> tuple[list[list[str]], Spans]:
        """Return the rows of a group of rows: their words, and what they span.

        White space in words is single blanks. Words that are no part of the figure beside them are parted from it by
        ``^``, which also stands before words that can't be seen. A cell without words that shows something has
        ``PICTURE`` and the name of what it shows.
        """
        rows: list[list[str]] = []
        spans: dict[int, Mapping[int, tuple[int, int]]] = {}
        for row in group.iter():
            if row.tag == "tr":
                texts, stated = self._texts_in(row)
                if stated:
                    spans[len(rows)] = stated
                rows.append(_words_in(row, texts))
        return rows, spans

    def _texts_in(self, row: LexborNode) -> tuple[list[str], Mapping[int, tuple[int, int]]]:
        """Return the text of each cell of a row, its pieces parted by ``SEPARATOR``; and what cells span, by place."""
        texts: list[str] = []
        stated: dict[int, tuple[int, int]] = {}
        spans, have_pieces = self._spans, self._have_pieces
        # A node is let go before the next is asked for: many at a time cost twice as much.
        for cell in filter(_IS_CELL, row.iter()):
            if cell.mem_id in spans:
                stated[len(texts)] = spans[cell.mem_id]
            texts.append(cell.text(separator=SEPARATOR, skip_empty=True) if have_pieces else cell.text_lexbor())
        return texts, stated


def _words_in(row: LexborNode, texts: list[str]) -> list[str]:
    """Return the words of each cell of a row, whose ``texts`` may have several pieces."""
    together = "".join(texts)
    is_printable = together.isprintable()
    # Most rows hold neither white space nor marks, and need no look at each cell.
    if not is_printable and _SEVERAL.search(together) is not None:
        return list(map(_words, texts, filter(_IS_CELL, row.iter())))
    return texts if is_printable and " " not in together else [" ".join(text.split()) for text in texts]


def _words(text: str, cell: LexborNode) -> str:
    """Return the words of a cell whose pieces of text are in ``text``: one, unless ``SEPARATOR`` parts them."""
    return _words_of_pieces(cell) if _SEVERAL.search(text) else " ".join(text.split())


def span(text: str | None) -> int:
    """Return the number that a browser reads in ``colspan`` or ``rowspan``; 1 where there is none."""
    match = None if text is None else _SPAN.match(text)
    return 1 if match is None else int(match[1])


def words_of(markup: str) -> str:
    """Return the text in some markup as it stands, blocks parted by blanks."""
    if "<" in markup:
        pieces = _TAG.split(markup)
        pieces[1::2] = [" " if name in BLOCKS else "" for name in pieces[1::2]]
        markup = "".join(pieces)
    return unescape(markup) if "&" in markup else markup


def _words_of_pieces(cell: LexborNode) -> str:
    """Return the words of a cell for what the marks and the tags in it say of them."""
    body = _COMMENT.sub("", cell.inner_html or "")
    picture = _PICTURE.search(body)
    is_unseen = UNSEEN in body
    body = _PICTURE.sub("", body).replace(UNSEEN, "")
    pieces = map(str.strip, words_of(body).split(APART))
    text = " ".join(APART_SHOWN.join(filter(None, pieces)).split())
    if "style=" in body and _FIGURE.fullmatch(text) and _are_digits_apart(body):
        text = " ".join(unescape(_TAG.sub(" ", body)).replace(APART, " ").split())
    if not text:
        return "" if picture is None else PICTURE + picture[1]
    if is_unseen and APART_SHOWN not in text and not labels.find(text):
        return APART_SHOWN + text
    return text


def _are_digits_apart(body: str) -> bool:
    """Return whether the style of an element in a cell may put its digits apart, or their letters differ in size."""
    sizes: set[str] = set()
    around = [""]
    """The size of letters that the element, and each around it, states."""
    for end, name, head, text in _PIECE.findall(body):
        if text:
            if text.replace("&nbsp;", "").strip(_MARKS_AND_BLANKS):
                sizes.add(around[-1])
        elif end:
            # What the parser keeps as it stands, as the text of a script, may have ends without a beginning.
            del around[max(1, len(around) - 1) :]
        else:
            style = declarations(unescape(dict(_ATTRIBUTE.findall(head)).get("style", "")))
            if name not in _LINES and parts_digits(style):
                return True
            if name not in _VOID:
                around.append(style.get("font-size", around[-1]))
    return len(sizes - {""}) > 1
