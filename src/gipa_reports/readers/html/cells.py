"""The cells of a table of data, from the markup that the parser writes of it: their words and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ...grid import GridRow
from ...template import labels
from .source import APART, PICTURE, UNSEEN
from .style import declarations, parts_digits

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

# The parser writes < and > in texts and values of attributes as entities: what is between two of them is a tag.
_ROW = re.compile(r"<tr(?=[ >])")
_BODY = re.compile(r"<t[dh][^>]*+>([^<]*+(?:<(?!/t[dh]>)[^<]*+)*+)")
"""Content of a cell, and"""
_HEAD = re.compile(r"<t[dh]([^>]*+)>[^<]*+(?:<(?!/t[dh]>)[^<]*+)*+")
"""its attributes."""
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


def rows_of(markup: str) -> Iterator[GridRow]:
    """Yield the rows of a group of rows as the parser writes it: their words, and what they span.

    White space in words is single blanks. Words that are no part of the figure beside them are parted from it by
    ``^``, which also stands before words that can't be seen. A cell without words that shows something has ``PICTURE``
    and the name of what it shows.
    """
    if "<!--" in markup:
        markup = _COMMENT.sub("", markup)
    read = _read_marked if any(mark in markup for mark in (APART, UNSEEN, PICTURE)) else _read
    for row in _ROW.split(markup)[1:]:
        texts = [body if body.isdigit() else read(body) for body in _BODY.findall(row)]
        if "span=" in row:
            yield GridRow(texts, {at: _spans(head) for at, head in enumerate(_HEAD.findall(row)) if "span=" in head})
        else:
            yield GridRow(texts)


def _spans(head: str) -> tuple[int, int]:
    marks = dict(_ATTRIBUTE.findall(head))
    return span(marks.get("colspan")), span(marks.get("rowspan"))


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


def _read(body: str) -> str:
    """Return the words of a cell in which nothing is marked."""
    text = " ".join(words_of(body).split())
    if "style=" in body and _FIGURE.fullmatch(text) and _are_digits_apart(body):
        return " ".join(unescape(_TAG.sub(" ", body)).split())
    return text


def _read_marked(body: str) -> str:
    """Return the words of a cell for what the marks in it say of them."""
    picture = _PICTURE.search(body)
    if picture is not None:
        body = _PICTURE.sub("", body)
    is_unseen = UNSEEN in body
    body = body.replace(UNSEEN, "")
    if APART not in body:
        text = _read(body)
    else:
        pieces = map(str.strip, words_of(body).split(APART))
        text = " ".join(APART_SHOWN.join(filter(None, pieces)).split())
        if _FIGURE.fullmatch(text) and _are_digits_apart(body):
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
