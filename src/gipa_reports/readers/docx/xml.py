"""The XML of a document: names, properties, and what stands where in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree

from ...errors import ReadError
from ...messages import Phrase

Element = ElementTree.Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VALUE = f"{W}val"
PARAGRAPH, RUN, TEXT, FIELD = f"{W}p", f"{W}r", f"{W}t", f"{W}fldChar"
TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
CONTROL, TEXT_BOX = f"{W}sdt", f"{W}txbxContent"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"

UNREAD = frozenset(
    f"{W}{name}"
    for name in "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr del moveFrom instrText delText rt".split()
)
"""Elements whose text, if any, is none of the page: properties, what was deleted, instructions, phonetic guides."""

MAX_DEPTH = 250
"""Elements of a document that stand in each other, at most."""

_EMBEDDED = frozenset(f"{W}{name}" for name in "altChunk subDoc".split())
_DELETED_ENDS = (f"{W}del", f"{W}moveFrom")
_OFF = ("0", "false", "off", "baseline")


def is_on(properties: Element | None, name: str) -> bool:
    """Return whether a property is there and not switched off."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return element is not None and is_set(element)


def is_set(element: Element) -> bool:
    """Return whether a property that is there is not switched off."""
    return element.get(VALUE, "1") not in _OFF


def value_of(properties: Element | None, name: str) -> str:
    """Return the value of a property; empty where there is none."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return "" if element is None else element.get(VALUE, "")


def number_of(properties: Element | None, name: str, default: int) -> int:
    """Return the value of a property as a number, at least the default."""
    match = re.fullmatch(r"\s*\+?(\d{1,12})\s*", value_of(properties, name), re.ASCII)
    return default if match is None else max(int(match[1]), default)


def inside(parent: Element, *tags: str) -> Iterator[Element]:
    """Yield the nearest elements with one of ``tags`` in ``parent``, through content controls and tracked insertions.

    Raises ``ReadError`` where another file stands in the place of the text.
    """
    open_elements = [iter(parent)]
    while open_elements:
        for element in open_elements[-1]:
            tag = element.tag
            if tag in tags:
                yield element
            elif tag in _EMBEDDED:
                raise _embedded()
            elif tag != PARAGRAPH and tag not in UNREAD and not _is_contents(element):
                open_elements.append(iter(chosen(element) if tag == ALTERNATIVES else element))
                break
        else:
            open_elements.pop()


def _embedded() -> ReadError:
    found = Phrase(
        "a DOCX file that holds another file in place of its text; open it in Word or WPS and save it again",
        "正文由另一个文件代替的DOCX文件，请用Word或WPS打开并重新保存",
    )
    expected = Phrase("the text itself", "正文本身")
    return ReadError(f"this is {found}", code="unsupported-format", expected=expected, found=found)


def _is_contents(element: Element) -> bool:
    """Return whether an element is the content control that holds the table of contents, as Word inserts it."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if element.tag == CONTROL else None
    return gallery is not None and gallery.get(VALUE) == "Table of Contents"


def chosen(alternatives: Element) -> Element:
    """Return, of several ways to show the same, the one for the simplest program."""
    for name in ("Fallback", "Choice"):
        found = alternatives.find(f"{_COMPATIBILITY}{name}")
        if found is not None:
            return found
    return alternatives


class Parents:
    """Knows what each element of a tree stands in. Raises ``ReadError`` where they stand in each other too deep."""

    def __init__(self, root: Element) -> None:
        self._parents: dict[Element, Element] = {}
        depths = {root: 0}
        for parent in root.iter():
            depth = depths.pop(parent) + 1
            for child in parent:
                self._parents[child] = parent
                depths[child] = depth
            if depth > MAX_DEPTH:
                found = Phrase(f"more than {MAX_DEPTH} elements in each other", f"元素嵌套超过{MAX_DEPTH}层")
                expected = Phrase("a document", "文档")
                raise ReadError(f"the document has {found}", code="broken-package", expected=expected, found=found)

    def above(self, element: Element) -> Iterator[Element]:
        """Yield what an element stands in, from the inside."""
        parent = self._parents.get(element)
        while parent is not None:
            yield parent
            parent = self._parents.get(parent)


def join_paragraphs(root: Element, parents: Parents) -> None:
    """Put each paragraph whose end was deleted, or moved away, before the words of the next one, as it is shown."""
    marks = [element for element in root.iter() if element.tag in _DELETED_ENDS]
    for mark in reversed(marks):
        above = [*islice(parents.above(mark), 4)]
        if [element.tag for element in above[:3]] == [f"{W}rPr", f"{W}pPr", PARAGRAPH] and len(above) == 4:
            _join_to_next(*above[1:])


def _join_to_next(properties: Element, paragraph: Element, parent: Element) -> None:
    """Put the words of a paragraph before those of the next one, if a paragraph is next."""
    following = next(iter(list(parent)[list(parent).index(paragraph) + 1 :]), None)
    if following is not None and following.tag == PARAGRAPH:
        # Properties come first.
        start = 1 if len(following) and following[0].tag == properties.tag else 0
        following[start:start] = [child for child in paragraph if child is not properties]
        parent.remove(paragraph)


def blocks(root: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a document in their order; of a table that lays out the page what is in it."""
    return _blocks_in(root, _layout_tables(root, Parents(root)))


def _blocks_in(parent: Element, layouts: set[Element]) -> Iterator[Element]:
    for element in inside(parent, PARAGRAPH, TABLE):
        if element not in layouts:
            yield element
            continue
        for cell in inside(element, CELL):
            yield from _blocks_in(cell, layouts)


def _layout_tables(root: Element, parents: Parents) -> set[Element]:
    """Return the tables that lay out the page: those with a table of three rows of three cells, or more, in a cell."""
    found: set[Element] = set()
    for table in root.iter(TABLE):
        if not _is_grid(table):
            continue
        for outer in parents.above(table):
            if outer in found or outer.tag == TEXT_BOX:
                break
            if outer.tag == TABLE:
                found.add(outer)
    return found


def _is_grid(table: Element) -> bool:
    wide = (row for row in inside(table, ROW) if len(list(islice(inside(row, CELL), 3))) == 3)
    return len(list(islice(wide, 3))) == 3
