"""DOCX files: tables as grids with their spans expanded, every other paragraph as the page shows it.

What the page does not show is not read: deleted and hidden text, the instructions of fields, and, as it only repeats
the headings, the table of contents. What it shows and plain text can't say is made visible, so that no figure comes out
changed: a formula, a sign of a symbol font, and in a cell a field that shows more than its result is U+FFFD, a picture
or text box alone in a cell U+FFFC, and words in a cell that are raised, lowered or struck out stand in square brackets.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from attrs import Factory, define, frozen

from ..diagnostics import Diagnostic
from ..document import COVERED, COVERED_BELOW, Block, Document, Origin, Paragraph, Row
from ..errors import MissingExtraError, ReadError
from ..limits import Limits
from ..template import labels
from ..template.words import ORDINALS
from .package import Package, kind, open_package
from .tables import is_prose, parted

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _MATH[1:-1].encode(),
}
"""Namespaces of the strict variant of the format → those of the usual one."""

_MAX_NUMBER = 100
"""Characters of the pattern of an automatic number; a longer one is none."""

_VALUE = f"{_W}val"
_PARAGRAPH, _RUN, _TEXT, _FIELD = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}fldChar"
_TABLE, _ROW, _CELL = f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_CONTROL, _TEXT_BOX = f"{_W}sdt", f"{_W}txbxContent"
_ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"

_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}sym": "\ufffd",
    f"{_MATH}oMath": "\ufffd",
}
"""Elements that stand for characters."""

_BREAK_TYPE, _PAGE_BREAKS = f"{_W}type", ("page", "column")
_PAGE_BREAK = "\f"
"""Stands for a break to the next page or column; XML has no such character."""

_UNREAD = frozenset(
    f"{_W}{name}"
    for name in "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr del moveFrom instrText delText rt".split()
)
"""Elements whose text, if any, is none of the page: properties, what was deleted, instructions, phonetic guides."""

_PICTURES = frozenset(f"{_W}{name}" for name in "drawing pict object".split())
_EMBEDDED = frozenset(f"{_W}{name}" for name in "altChunk subDoc".split())
_DELETED_ENDS = (f"{_W}del", f"{_W}moveFrom")
_SET_APART = tuple(f"{_W}{name}" for name in "vertAlign position strike dstrike".split())
_OFF = ("0", "false", "off", "baseline")
_CONTENTS, _CONTENTS_OF_WPS = "toc ", "目录"
"""How the name of a style of the table of contents begins, and what is in it where WPS had the contents typed."""

_ORIGIN = Origin()


def sniff(content: bytes) -> bool:
    """Whether the content is a file of this format."""
    return kind(content) == "docx"


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file. Raises ``MissingExtraError`` without the extra ``docx``, and what ``open_package`` does."""
    package = open_package(content, limits, "docx")
    main = package.main()
    styles = _styles(package, main)
    root = _parse(package, main)
    _join(root)
    body = _Body(limits, styles, _Lists(package, main), _layouts(root))
    body.walk(root)
    # A package that unpacks is whole: unlike a text, it is not cut off where it ends with a table.
    return Document(body.blocks, body.line + 1, body.notes)


def _parse(package: Package, name: str) -> Element:
    try:
        from docx.oxml import parse_xml
        from lxml.etree import LxmlError
    except ImportError:
        raise MissingExtraError.of("reading DOCX files", "python-docx", "docx") from None
    data = package.parts[name]
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    try:
        root: Element = parse_xml(data)
    except LxmlError as error:
        raise ReadError(str(error), code="broken-package", expected="XML", found=f"the part {name}") from None
    return root


# --- the body ------------------------------------------------------------------------------------------------------


class _Body:
    """One walk over a document in its order. ``line`` counts blocks: the format keeps no lines."""

    def __init__(self, limits: Limits, styles: Mapping[str, _Style], lists: _Lists, layouts: set[Element]) -> None:
        self._limits = limits
        self._styles = styles
        self._lists = lists
        self._layouts = layouts
        self.blocks: list[Block] = []
        self.notes: list[Diagnostic] = []
        self.line = 0
        self._tables = 0
        self._cells = 0
        self._pictures = 0
        self._in_cell = False
        self._fields: list[bool] = []
        self._instructions = 0
        self._apart: frozenset[str] = frozenset()

    def walk(self, parent: Element) -> None:
        for element in _inside(parent, _PARAGRAPH, _TABLE):
            if element.tag == _PARAGRAPH:
                self._prose(self._paragraph(element))
            elif element in self._layouts:
                for cell in _inside(element, _CELL):
                    self.walk(cell)
            else:
                self._table(element)

    def _prose(self, text: str) -> None:
        for line in _lines(text):
            if words := line.strip():
                self.line += 1
                self.blocks.append(Paragraph(words, self.line, origin=_ORIGIN))

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        """Add the rows of a table as a grid, or its paragraphs if there is nothing but prose in it."""
        self._tables += 1
        rows: list[Row] = []
        paragraphs: list[str] = []
        above: dict[int, str] = {}
        for tr in _inside(table, _ROW):
            properties = tr.find(f"{_W}trPr")
            if _is_on(properties, "hidden") or _is_on(properties, "del"):
                continue
            cells = self._places(_number(properties, "gridBefore", 0))
            merged: dict[int, str] = {}
            for tc in _inside(tr, _CELL):
                look = tc.find(f"{_W}tcPr")
                if _is_on(look, "cellDel"):
                    continue
                at = len(cells)
                cells += self._places(_number(look, "gridSpan", 1))
                down = _merge(look, "vMerge")
                if down == "continue" and at in above:
                    beside = cells[at] = above[at]
                elif _merge(look, "hMerge") == "continue":
                    beside = cells[at] = _beside(cells[at - 1]) if at else ""
                else:
                    cells[at] = self._cell_text(tc, paragraphs)
                    beside = _beside(cells[at])
                cells[at + 1 :] = [beside] * (len(cells) - at - 1)
                if down is not None:
                    merged[at] = COVERED_BELOW if beside else ""
            cells += self._places(_number(properties, "gridAfter", 0))
            above = merged
            rows.append(Row(cells, self.line + len(rows) + 1, origin=Origin(self._tables, len(rows) + 1)))
        if any(paragraphs) and is_prose([row.cells for row in rows]):
            for text in paragraphs:
                self._prose(text)
        else:
            self.line += len(rows)
            self.blocks += parted(rows)

    def _places(self, span: int) -> list[str]:
        """``span`` places of the grid, all empty."""
        if span > self._limits.span:
            raise self._limits.passed("span", f"{span} columns in table {self._tables}")
        self._cells += span
        if self._cells > self._limits.cells:
            raise self._limits.passed("cells", f"more than {self._limits.cells} cells")
        return [""] * span

    def _cell_text(self, cell: Element, paragraphs: list[str]) -> str:
        """All words in a cell, those of a small table in it too; ``paragraphs`` takes them one by one."""
        pictures, self._in_cell = self._pictures, True
        inside = [self._paragraph(element) for element in _inside(cell, _PARAGRAPH)]
        self._in_cell = False
        paragraphs += inside
        text = " ".join(" ".join(inside).split())
        return "\ufffc" if not text and self._pictures > pictures else text

    # --- paragraphs ----------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Element) -> str:
        """What the page shows of a paragraph, its automatic number too; a line break is a line end, see ``_lines``."""
        if not len(paragraph):
            return ""
        properties = paragraph.find(f"{_W}pPr")
        style = _PLAIN if properties is None else self._styles.get(_value(properties, "pStyle"), _PLAIN)
        if style.hidden or style.contents:
            return ""
        self._fields, self._instructions, self._apart = [], 0, style.apart
        words: list[str] = []
        self._words(paragraph, words)
        text = "".join(words)
        number = self._lists.number(properties, style)
        if not number or not (text.strip() or self._in_cell):
            return text
        # A number and the figure behind it are two, and must not become one.
        return f"{number} {text}" if text[:1].isdigit() else number + text

    def _words(self, parent: Element, words: list[str]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                self._run(element, words)
            elif tag == _TEXT:
                # The result of a field within the instruction of another is not shown.
                if self._instructions <= (bool(self._fields) and not self._fields[-1]):
                    words.append((element.text or "").replace("\n", " ").replace("\r", " "))
            elif tag in _SIGNS:
                words.append(_PAGE_BREAK if element.get(_BREAK_TYPE) in _PAGE_BREAKS else _SIGNS[tag])
            elif tag == _FIELD:
                self._field(element, words)
            elif tag in _PICTURES:
                self._picture(element)
            elif tag == _ALTERNATIVES:
                self._words(_chosen(element), words)
            elif tag not in _UNREAD:
                self._words(element, words)

    def _run(self, run: Element, words: list[str]) -> None:
        properties = run.find(f"{_W}rPr")
        if properties is None and not self._apart:
            self._words(run, words)
            return
        inner: list[str] = []
        self._words(run, inner)
        text = "".join(inner)
        if not text:
            return
        style = _PLAIN if properties is None else self._styles.get(_value(properties, "rStyle"), _PLAIN)
        if not _is_hidden(properties, style.hidden):
            apart = self._in_cell and _apart(properties, self._apart | style.apart)
            words.append(f"[{text}]" if apart else text)

    def _field(self, element: Element, words: list[str]) -> None:
        """``_fields`` has for each open field whether its result has begun; ``_instructions`` counts those others.

        What a list offers is no text, nor is what a field without a result draws.
        """
        mark = element.get(f"{_W}fldCharType")
        is_drawn = False
        if mark == "begin":
            self._fields.append(False)
            self._instructions += 1
            is_drawn = element.find(f"{_W}ffData/{_W}ddList") is not None
        elif self._fields and mark == "separate":
            self._instructions -= not self._fields[-1]
            self._fields[-1] = True
        elif self._fields and mark == "end" and not self._fields.pop():
            self._instructions -= 1
            is_drawn = not self._instructions
        if is_drawn and self._in_cell:
            words.append("\ufffd")

    def _picture(self, picture: Element) -> None:
        self._pictures += 1
        if words := "".join(text.text or "" for text in picture.iter(_TEXT)).strip():
            self.notes.append(Diagnostic("text-box-ignored", (), _ORIGIN.at(words[:400]), found=words[:80]))


# --- reading elements ----------------------------------------------------------------------------------------------


def _inside(parent: Element, *tags: str) -> Iterator[Element]:
    """The nearest elements with one of ``tags`` inside ``parent``, through content controls and tracked insertions."""
    open_elements = [iter(parent)]
    while open_elements:
        for element in open_elements[-1]:
            tag = element.tag
            if tag in tags:
                yield element
            elif tag in _EMBEDDED:
                raise _embedded()
            elif tag not in _UNREAD and tag != _PARAGRAPH and not (tag == _CONTROL and _is_contents(element)):
                open_elements.append(iter(_chosen(element) if tag == _ALTERNATIVES else element))
                break
        else:
            open_elements.pop()


def _embedded() -> ReadError:
    found = "a DOCX file that holds another file in place of its text; open it in Word or WPS and save it again"
    return ReadError(f"this is {found}", code="unsupported-format", expected="the text itself", found=found)


def _is_contents(control: Element) -> bool:
    """Whether a content control is the table of contents, as Word inserts it."""
    gallery = control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(_VALUE) == "Table of Contents"


def _chosen(alternatives: Element) -> Element:
    """Of several ways to show the same, the one for the simplest program."""
    for name in ("Fallback", "Choice"):
        found = alternatives.find(f"{_COMPATIBILITY}{name}")
        if found is not None:
            return found
    return alternatives


def _lines(text: str) -> Iterator[str]:
    """The lines of a paragraph; a page break within a sentence ends none."""
    for line in text.split("\n"):
        words, *pieces = line.split(_PAGE_BREAK)
        for piece in pieces:
            goes_on = _ends_in_sentence(words.rstrip()) and labels.heading(piece.strip()) is None
            if not goes_on:
                yield words
            words = words + piece if goes_on else piece
        yield words


def _ends_in_sentence(words: str) -> bool:
    """Whether words are of prose, unlike a title or a heading, and end before their sentence does."""
    return any(mark in words for mark in "，；。") and words[-1] not in "。！？：；"


def _join(root: Element) -> None:
    """Put each paragraph whose end was deleted, or moved away, before the words of the next one, as it is shown."""
    for mark in reversed([*root.iter(*_DELETED_ENDS)]):
        above = [*islice(mark.iterancestors(), 4)]
        if [element.tag for element in above[:3]] != [f"{_W}rPr", f"{_W}pPr", _PARAGRAPH] or len(above) < 4:
            continue
        _, properties, paragraph, parent = above
        following = paragraph.getnext()
        if following is not None and following.tag == _PARAGRAPH:
            # Properties come first; to search for them would go through all that was put there before.
            first = next(iter(following), None)
            at = 0 if first is None or first.tag != properties.tag else 1
            for child in reversed(paragraph):
                if child is not properties:
                    following.insert(at, child)
            parent.remove(paragraph)


def _layouts(root: Element) -> set[Element]:
    """The tables that lay out the page: those with a real table, three rows of three cells or more, in a cell."""
    found: set[Element] = set()
    for table in root.iter(_TABLE):
        if _is_grid(table):
            for outer in table.iterancestors(_TABLE, _TEXT_BOX):
                if outer in found or outer.tag == _TEXT_BOX:
                    break
                found.add(outer)
    return found


def _is_grid(table: Element) -> bool:
    wide = (row for row in _inside(table, _ROW) if len(list(islice(_inside(row, _CELL), 3))) == 3)
    return len(list(islice(wide, 3))) == 3


def _is_on(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    element = None if properties is None else properties.find(f"{_W}{name}")
    return element is not None and element.get(_VALUE, "1") not in _OFF


def _value(properties: Element, name: str) -> str:
    element = properties.find(f"{_W}{name}")
    return "" if element is None else element.get(_VALUE, "")


def _is_hidden(properties: Element | None, by_style: bool) -> bool:
    own = properties is not None and properties.find(f"{_W}vanish") is not None
    return _is_on(properties, "vanish") if own else by_style


def _apart(properties: Element | None, by_style: frozenset[str]) -> frozenset[str]:
    """How words with these properties are set apart from the line that they stand in."""
    found = by_style
    for element in () if properties is None else properties.iterchildren(*_SET_APART):
        found = found - {element.tag} if element.get(_VALUE) in _OFF else found | {element.tag}
    return found


def _number(properties: Element | None, name: str, default: int) -> int:
    match = None if properties is None else re.fullmatch(r"\s*\+?(\d{1,12})\s*", _value(properties, name), re.ASCII)
    return default if match is None else max(int(match[1]), default)


def _merge(look: Element | None, name: str) -> str | None:
    """``"restart"``, ``"continue"``, or None for a cell that is not merged."""
    element = None if look is None else look.find(f"{_W}{name}")
    return None if element is None else element.get(_VALUE, "continue")


def _beside(text: str) -> str:
    """What stands in the other places of a merged cell with this text."""
    return COVERED if text and not labels.find(text) else ""


# --- styles and automatic numbers ----------------------------------------------------------------------------------


@frozen
class _Style:
    """What matters of a style: if its text is hidden, the table of contents, or set apart; and its automatic number."""

    hidden: bool = False
    contents: bool = False
    apart: frozenset[str] = frozenset()
    list: str = ""
    level: int = 0


_PLAIN = _Style()


def _styles(package: Package, main: str) -> dict[str, _Style]:
    """Style id → style, with what it takes from the style that it is based on."""
    elements: dict[str, Element] = {}
    for name in package.related(main, "styles")[:1]:
        elements.update({element.get(f"{_W}styleId", ""): element for element in _parse(package, name)})
    found: dict[str, _Style] = {}
    for style_id in elements:
        # From the style up to its base, then down again, each once: a circle of styles ends where it closes.
        line: dict[str, None] = {}
        at = style_id
        while at in elements and at not in line and at not in found:
            line[at] = None
            at = _value(elements[at], "basedOn")
        base = found.get(at, _PLAIN)
        for at in reversed(line):
            base = found[at] = _style(elements[at], base)
    return found


def _style(element: Element, base: _Style) -> _Style:
    words, paragraph = element.find(f"{_W}rPr"), element.find(f"{_W}pPr")
    hidden = _is_hidden(words, base.hidden)
    apart = _apart(words, base.apart)
    name = _value(element, "name").lower()
    contents = name.startswith(_CONTENTS) or _CONTENTS_OF_WPS in name
    numbered = None if paragraph is None else paragraph.find(f"{_W}numPr")
    if numbered is None:
        return _Style(hidden, contents, apart, base.list, base.level)
    return _Style(hidden, contents, apart, _value(numbered, "numId") or base.list, _number(numbered, "ilvl", 0))


@frozen
class _Level:
    """How a level of a list is numbered; ``text`` has ``%1`` for the number of the outermost level, and so on."""

    start: int
    format: str
    text: str


@define
class _List:
    """A list as paragraphs refer to it. ``counts`` is shared by all lists of the same making; it has, for each level,
    the number that was last given.
    """

    levels: dict[int, _Level]
    counts: dict[int, int]
    restarts: dict[int, int] = Factory(dict)
    """Levels that begin anew, once, where this list is first used."""


class _Lists:
    """The automatic numbers of a document, which are in no run of its text."""

    def __init__(self, package: Package, main: str) -> None:
        self._lists: dict[str, _List] = {}
        for name in package.related(main, "numbering")[:1]:
            root = _parse(package, name)
            made = {
                element.get(f"{_W}abstractNumId", ""): _List(_levels(element), {})
                for element in root.findall(f"{_W}abstractNum")
            }
            for element in root.findall(f"{_W}num"):
                pattern = made.get(_value(element, "abstractNumId"))
                if pattern is not None:
                    self._lists[element.get(f"{_W}numId", "")] = _own_list(element, pattern)

    def number(self, properties: Element | None, style: _Style) -> str:
        """The number of the next paragraph with these properties, as it is shown; empty for one without.

        Also empty for bullets, and where the way of numbering is none of those known here.
        """
        numbered = None if properties is None else properties.find(f"{_W}numPr")
        name, at = style.list, style.level
        if numbered is not None:
            name = _value(numbered, "numId") or name
            at = _number(numbered, "ilvl", at)
        found = self._lists.get(name)
        if found is None or at not in found.levels:
            return ""
        counts = found.counts
        if found.restarts:
            counts.update({level: start - 1 for level, start in found.restarts.items()})
            found.restarts = {}
        counts[at] = counts.get(at, found.levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        return _shown(found, at)


def _levels(parent: Element) -> dict[int, _Level]:
    return {
        _index(level): _Level(_number(level, "start", 0), _value(level, "numFmt"), _value(level, "lvlText"))
        for level in parent.findall(f"{_W}lvl")
    }


def _index(element: Element) -> int:
    index = element.get(f"{_W}ilvl", "")
    return int(index) if len(index) == 1 and index in "012345678" else -1


def _own_list(element: Element, pattern: _List) -> _List:
    """A list of its own after ``pattern``, with the levels that it does otherwise."""
    levels = dict(pattern.levels)
    restarts: dict[int, int] = {}
    for override in element.findall(f"{_W}lvlOverride"):
        levels.update(_levels(override))
        if override.find(f"{_W}startOverride") is not None:
            restarts[_index(override)] = _number(override, "startOverride", 0)
    return _List(levels, pattern.counts, restarts)


def _shown(found: _List, at: int) -> str:
    """The number of a paragraph at level ``at`` with the words around it, as 第%1条."""
    if found.levels[at].format == "bullet" or len(found.levels[at].text) > _MAX_NUMBER:
        return ""
    parts: list[str] = []
    for words, place in re.findall(r"(.*?)(?:%([1-9])|$)", found.levels[at].text, re.DOTALL):
        parts.append(words)
        if place:
            level = found.levels.get(int(place) - 1)
            number = None if level is None else _numeral(found.counts.get(int(place) - 1, level.start), level.format)
            if number is None:
                return ""
            parts.append(number)
    return "".join(parts)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _numeral(count: int, format: str) -> str | None:
    """``count`` in the way that the form of numbering names; None for one not known here."""
    if format in ("", "decimal"):
        return str(count)
    if format == "none":
        return ""
    if format in _COUNTING and 0 < count < 100:
        tens, ones = divmod(count, 10)
        ten = (ORDINALS[tens - 1] if tens > 1 else "") + ORDINALS[9] if tens else ""
        return ten + (ORDINALS[ones - 1] if ones else "")
    row = _ROWS.get(format, "")
    return row[count - 1] if 0 < count <= len(row) else None


_COUNTING = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand".split()
)
_ROWS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographDigital": ORDINALS[:9],
    "japaneseDigitalTenThousand": ORDINALS[:9],
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "upperLetter": string.ascii_uppercase,
    "lowerLetter": string.ascii_lowercase,
}
"""Form of numbering → its numbers from 1 on, where each is one character."""
