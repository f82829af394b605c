"""The words of a paragraph as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from attrs import define

from ...diagnostics import Diagnostic
from ...document import Origin
from ...template import labels
from ..colours import WHITE, Colour
from .numbering import Lists
from .styles import PLAIN, Letters, Style, read_shading
from .xml import (
    ALTERNATIVES,
    CONTROL,
    DRAWING,
    FIELD,
    MATH,
    PARAGRAPH,
    RUN,
    TEXT,
    UNREAD,
    VALUE,
    Element,
    W,
    chosen,
    inside,
    is_on,
    value_of,
)

UNREADABLE = "\ufffd"
"""Stands for what is shown and is no text: a formula, a sign of a symbol font, what a field draws."""

SHOWN = "\ufffc"
"""Stands for a picture or a text box in a cell."""

_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}sym": UNREADABLE,
    f"{MATH}oMath": UNREADABLE,
}
"""Elements that stand for characters."""

_BREAK_TYPE, _PAGE_BREAKS = f"{W}type", ("page", "column")
PAGE_BREAK = "\f"
"""Stands for a break to the next page or column; XML has no such character."""

_UNSEEN, _END = "\x0e", "\x0f"
"""Stand before and behind letters that can't be seen; XML has no such characters."""

MAX_NOTE_SIZE = 0.75
"""Of the largest digits of a figure: smaller ones are none of it."""

_PICTURES = frozenset(f"{W}{name}" for name in "drawing pict object".split())
_NOTES = ("NOTEREF", "FOOTNOTEREF", "ENDNOTEREF")
"""Fields that show the mark of a note."""

_ORIGIN = Origin()


@define
class _Field:
    """An open field."""

    instruction: str = ""
    has_result: bool = False
    """True if its result has begun."""

    @property
    def is_note(self) -> bool:
        return self.instruction.split(maxsplit=1)[:1] in [[note] for note in _NOTES]


class Words:
    """Reads the paragraphs of one document in their order."""

    def __init__(self, styles: Mapping[str, Style], lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self.notes: list[Diagnostic] = []
        self._pictures = 0
        self._anchored = 0
        """Pictures and text boxes that lie over or under the text of a cell."""
        self._in_cell = False
        self._ground: Colour = WHITE
        self._fields: list[_Field] = []
        self._letters = Letters()
        self._sizes: set[int] = set()
        """The sizes that digits in a cell are stated to have."""

    # --- cells -------------------------------------------------------------------------------------------------------

    def cell(self, cell: Element, paragraphs: list[str]) -> str:
        """Return all words in a cell, those of a small table in it too; ``paragraphs`` takes them one by one."""
        pictures, anchored = self._pictures, self._anchored
        found = self._paragraphs_of(cell)
        plain = [words.replace(_UNSEEN, "").replace(_END, "") for words in found]
        text = " ".join(" ".join(plain).split())
        paragraphs += plain
        if not text:
            return SHOWN if self._pictures > pictures else ""
        if labels.find(text):
            return text
        if _UNSEEN in "".join(found):
            text = " ".join(" ".join(found).replace(_UNSEEN, "[").replace(_END, "]").split())
        if text.isdigit() and self._has_note():
            return f"[{text}]"
        is_covered = self._anchored > anchored and any(map(str.isdigit, text))
        return text + SHOWN if is_covered else text

    def _has_note(self) -> bool:
        """Return whether small digits stand beside large ones, as the mark of a note does."""
        return bool(self._sizes) and min(self._sizes) < MAX_NOTE_SIZE * max(self._sizes)

    def _paragraphs_of(self, cell: Element) -> list[str]:
        """The words of the paragraphs in a cell; what shows only until a form is filled in is in brackets."""
        properties = cell.find(f"{W}tcPr")
        shading = None if properties is None else properties.find(f"{W}shd")
        self._in_cell, self._ground = True, read_shading(shading) or WHITE
        self._sizes.clear()
        unfilled = _unfilled_paragraphs(cell)
        found = [self.paragraph(element) for element in inside(cell, PARAGRAPH) if element not in unfilled]
        found += [f"[{words}]" for words in map(self.paragraph, unfilled) if words.strip()]
        self._in_cell, self._ground = False, WHITE
        return found

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def paragraph(self, paragraph: Element) -> str:
        """Return what the page shows of a paragraph, its automatic number too; see ``lines_of`` for line ends."""
        if not len(paragraph):
            return ""
        properties = paragraph.find(f"{W}pPr")
        style = PLAIN if properties is None else self._styles.get(value_of(properties, "pStyle"), PLAIN)
        if style.letters.hidden or style.contents:
            return ""
        self._fields, self._letters = [], style.letters
        text = self._inside(paragraph)
        number = self._lists.number(properties, style)
        if not number or not (text.strip() or self._in_cell):
            return text
        # A number and the figure behind it are two, and must not become one.
        return f"{number} {text}" if text[:1].isdigit() else number + text

    def _inside(self, parent: Element) -> str:
        words: list[str] = []
        self._read(parent, words)
        return "".join(words)

    def _read(self, parent: Element, words: list[str]) -> None:
        for element in parent:
            reader = _READERS.get(element.tag)
            if reader is not None:
                reader(self, element, words)
            elif element.tag not in UNREAD:
                self._read(element, words)

    def _text(self, element: Element, words: list[str]) -> None:
        if self._shows_text():
            words.append((element.text or "").replace("\n", " ").replace("\r", " "))

    def _sign(self, element: Element, words: list[str]) -> None:
        words.append(PAGE_BREAK if element.get(_BREAK_TYPE) in _PAGE_BREAKS else _SIGNS[element.tag])

    def _shows_text(self) -> bool:
        """Return whether text is shown: the result of a field within the instruction of another is not."""
        unfinished = sum(not field.has_result for field in self._fields)
        return unfinished <= (bool(self._fields) and not self._fields[-1].has_result)

    def _run(self, run: Element, words: list[str]) -> None:
        properties = run.find(f"{W}rPr")
        text = self._inside(run)
        if not text:
            return
        letters = self._letters
        if properties is not None:
            named = self._styles.get(value_of(properties, "rStyle"))
            letters = (letters if named is None else _merged(letters, named.letters)).with_properties(properties)
        if letters.hidden:
            return
        words.append(self._in_its_letters(text, letters) if self._in_cell else text)

    def _in_its_letters(self, text: str, letters: Letters) -> str:
        """Return the text of a run in a cell as its letters show it."""
        if letters.apart or any(map(attrgetter("is_note"), self._fields)):
            return f"[{text}]"
        if letters.size is not None and any(map(str.isdigit, text)):
            self._sizes.add(letters.size)
        if not text.strip():
            return text
        if letters.is_symbol:
            return UNREADABLE
        if not letters.are_seen(self._ground):
            return f"{_UNSEEN}{text}{_END}"
        return " ".join(text) + " " if letters.is_spaced and text.strip().isdigit() else text

    # --- what is no run ----------------------------------------------------------------------------------------------

    def _alternatives(self, element: Element, words: list[str]) -> None:
        self._read(chosen(element), words)

    def _reversed(self, element: Element, words: list[str]) -> None:
        """Read what is written from the right to the left, whatever it is: its digits come in another order."""
        text = self._inside(element)
        is_changed = self._in_cell and element.get(VALUE) == "rtl" and len(text.strip()) > 1
        words.append(f"[{text}]" if is_changed else text)

    def _control(self, element: Element, words: list[str]) -> None:
        """Read a content control; what it shows until somebody fills it in is no figure."""
        text = self._inside(element)
        is_unfilled = self._in_cell and is_on(element.find(f"{W}sdtPr"), "showingPlcHdr") and text.strip()
        words.append(f"[{text}]" if is_unfilled else text)

    def _simple_field(self, element: Element, words: list[str]) -> None:
        self._fields.append(_Field(element.get(f"{W}instr", ""), has_result=True))
        self._read(element, words)
        self._fields.pop()

    def _instruction(self, element: Element, words: list[str]) -> None:
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction += element.text or ""

    def _field(self, element: Element, words: list[str]) -> None:
        """Read the begin, the middle or the end of a field.

        What a list offers is no text, nor is what a field without a result draws.
        """
        mark = element.get(f"{W}fldCharType")
        is_drawn = False
        if mark == "begin":
            self._fields.append(_Field())
            is_drawn = element.find(f"{W}ffData/{W}ddList") is not None
        elif self._fields and mark == "separate":
            self._fields[-1].has_result = True
        elif self._fields and mark == "end" and not self._fields.pop().has_result:
            is_drawn = all(field.has_result for field in self._fields)
        if is_drawn and self._in_cell:
            words.append(UNREADABLE)

    def _picture(self, picture: Element, words: list[str]) -> None:
        self._pictures += 1
        inner = "".join(text.text or "" for text in picture.iter(TEXT)).strip()
        if inner:
            self.notes.append(
                Diagnostic(code="text-box-ignored", cells=(), location=_ORIGIN.at(inner[:400]), found=inner[:80])
            )
        if self._in_cell and (inner or picture.find(f"{DRAWING}anchor") is not None):
            self._anchored += 1


_READERS: dict[str, Callable[[Words, Element, list[str]], None]] = {
    RUN: Words._run,
    TEXT: Words._text,
    **dict.fromkeys(_SIGNS, Words._sign),
    **dict.fromkeys(_PICTURES, Words._picture),
    ALTERNATIVES: Words._alternatives,
    CONTROL: Words._control,
    FIELD: Words._field,
    f"{W}bdo": Words._reversed,
    f"{W}fldSimple": Words._simple_field,
    f"{W}instrText": Words._instruction,
}
"""Element that is more than what stands in it → how it is read."""


def _unfilled_paragraphs(cell: Element) -> dict[Element, None]:
    """Return the paragraphs, each once, that a content control around them shows until somebody fills it in."""
    unfilled = (control for control in cell.iter(CONTROL) if is_on(control.find(f"{W}sdtPr"), "showingPlcHdr"))
    return {paragraph: None for control in unfilled for paragraph in control.iter(PARAGRAPH)}


def _merged(letters: Letters, named: Letters) -> Letters:
    """Return the letters of a paragraph in a style of their own."""
    return Letters(
        letters.hidden or named.hidden,
        letters.apart | named.apart,
        named.colour or letters.colour,
        named.ground or letters.ground,
        named.size or letters.size,
        letters.is_symbol or named.is_symbol,
        letters.is_spaced or named.is_spaced,
    )


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph; a page break within a sentence ends none."""
    for line in text.split("\n"):
        words, *pieces = line.split(PAGE_BREAK)
        for piece in pieces:
            goes_on = _ends_in_sentence(words.rstrip()) and labels.heading(piece.strip()) is None
            if not goes_on:
                yield words
            words = words + piece if goes_on else piece
        yield words


def _ends_in_sentence(words: str) -> bool:
    """Return whether words are of prose, unlike a title or a heading, and end before their sentence does."""
    return any(mark in words for mark in "，；。") and words[-1] not in "。！？：；"
