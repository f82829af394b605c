"""Comparison of a converted document with its original: the paragraphs of both, in each table."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from ...limits import Limits
from ..docx.xml import ALTERNATIVES, PARAGRAPH, TEXT, TEXT_BOX, UNREAD, Element, W, blocks, chosen
from ..package import open_package

PROSE = 0
"""Stands for the text outside all tables; these are counted from 1, as places are."""

MAX_COMPARED = 20_000
"""Paragraphs of both documents together in which it is looked for what differs: of more, all does."""

_SIGNS = {f"{W}noBreakHyphen": "-"}


def differing_tables(original: list[str], converted: bytes, limits: Limits) -> frozenset[int]:
    """Return the tables of a converted DOCX file whose paragraphs are not those of the original."""
    package = open_package(converted, limits, "docx")
    root = package.tree(package.main())
    made = [(words, table) for text, table in _paragraphs(root) if (words := squeezed(text))]
    theirs = [words for text in original if (words := squeezed(text))]
    ours = [words for words, _ in made]
    if ours == theirs:
        return frozenset()
    if len(ours) + len(theirs) > MAX_COMPARED:
        return frozenset((PROSE, *(table for _, table in made)))
    if not made:
        return frozenset((PROSE,))
    return frozenset(_tables_around(SequenceMatcher(None, theirs, ours, autojunk=False), [table for _, table in made]))


def _tables_around(changes: SequenceMatcher[str], tables: list[int]) -> Iterator[int]:
    """Yield the tables in which paragraphs differ; what was lost was lost beside what is there."""
    for change, _, _, start, end in changes.get_opcodes():
        if change != "equal":
            yield from tables[start:end] or tables[max(start - 1, 0) : start + 1]


def squeezed(text: str) -> str:
    """Return a text without its white space and without the signs that only say where a line may break."""
    return "".join(text.split()).translate(_NOTHING)


_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\ufffc"))


def _paragraphs(root: Element) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a document with the table that each is in, counted as the reader counts them."""
    tables = 0
    for element in blocks(root):
        if element.tag == PARAGRAPH:
            yield _text(element), PROSE
        else:
            tables += 1
            yield from ((_text(paragraph), tables) for paragraph in element.iter(PARAGRAPH))


def _text(parent: Element) -> str:
    """Return the words of a paragraph, without those of text boxes in it."""
    parts: list[str] = []
    for element in parent:
        if element.tag == TEXT:
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        elif element.tag == ALTERNATIVES:
            parts.append(_text(chosen(element)))
        elif element.tag != TEXT_BOX and element.tag not in UNREAD:
            parts.append(_text(element))
    return "".join(parts)
