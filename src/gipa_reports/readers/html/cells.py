"""The words of a cell, from the markup in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ...template import labels
from .source import APART, PICTURE, SEPARATOR, UNSEEN
from .style import declarations, parts_digits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

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
_TAG = re.compile(r"<!--.*?-->|</?([^\s/>]*)[^>]*>", re.DOTALL)
_PICTURE = re.compile(f"{PICTURE}([^{PICTURE}]*){PICTURE}")
_FIGURE = re.compile(r"[\d.,]+")
_MARKS_AND_BLANKS = f" \t\r\n\xa0{APART}{UNSEEN}"
_LINES = BLOCKS.difference(("div",))


def read_cell(cell: LexborNode) -> str:
    """Return the words of a cell of a table of data, white space as single blanks.

    Words that are no part of the figure beside them are parted from it by ``^``, which also stands before words that
    can't be seen. A cell without words that shows something has ``PICTURE`` and the name of what it shows.
    """
    text = cell.text(separator=SEPARATOR)
    if SEPARATOR not in text and not text.startswith((PICTURE, UNSEEN)):
        return text if text.isdigit() else " ".join(text.split())
    return _without_marks(words_of(cell), cell)


def _without_marks(text: str, cell: LexborNode) -> str:
    """Return the words of a cell for what its marks say of them."""
    picture = _PICTURE.search(text)
    if picture is not None:
        text = _PICTURE.sub("", text)
    is_unseen = UNSEEN in text
    text = text.replace(UNSEEN, "")
    if APART in text:
        text = APART_SHOWN.join(filter(None, map(str.strip, text.split(APART))))
    text = " ".join(text.split())
    if not text:
        return "" if picture is None else PICTURE + picture[1]
    if _FIGURE.fullmatch(text) and _are_digits_apart(cell):
        text = " ".join(cell.text(separator=" ").replace(UNSEEN, "").replace(APART, " ").split())
    if is_unseen and APART_SHOWN not in text and not labels.find(text):
        return APART_SHOWN + text
    return text


def words_of(node: LexborNode) -> str:
    """Return the text in an element as it stands, blocks parted by blanks."""
    pieces = _TAG.split(node.inner_html or "")
    text = "".join([piece if at % 2 == 0 else " " if piece in BLOCKS else "" for at, piece in enumerate(pieces)])
    return unescape(text) if "&" in text else text


def _are_digits_apart(cell: LexborNode) -> bool:
    """Return whether the style of an element in a cell may put its digits apart, or their letters differ in size."""
    for node in cell.css("[style]"):
        is_inline = node.mem_id != cell.mem_id and node.tag not in _LINES
        if is_inline and parts_digits(declarations(node.attributes["style"] or "")):
            return True
    texts = (node for node in cell.traverse(include_text=True) if node.tag == "-text")
    sizes = {_size_of(text, cell) for text in texts if (text.text_content or "").strip(_MARKS_AND_BLANKS)}
    return len(sizes - {""}) > 1


def _size_of(text: LexborNode, cell: LexborNode) -> str:
    """Return the size of its letters as an element in the cell states it; empty where none does."""
    above = text.parent
    while above is not None and above.mem_id != cell.mem_id:
        size = declarations(above.attributes.get("style") or "").get("font-size")
        if size is not None:
            return size
        above = above.parent
    return ""
