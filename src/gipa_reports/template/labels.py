"""Find a label of the form in whatever spelling it arrives.

``find`` is the only way from words to names. It folds width, white space, quotes and script, then looks the label
up; a bracket at its end (an explanation someone appended, unless it names other days) and a lost ordinal are the only
liberties it takes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from attrs import frozen

from . import forms, words
from .forms import TableId
from .words import SectionId

LITERAL = "'"
"""Stands before a text in a cell that is to be taken as it is, as in spreadsheets: never a label."""

ESCAPE = "\\"
"""Stands before a line of prose that would otherwise be read as something else."""

MAX_LABEL = 120
"""Characters; nothing longer is compared with a label."""

_DROP = re.compile(rf"[{words.UNSEEN}“”„‟\"'‘’「」『』`*]+")
_PINYIN = re.compile(r"\([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_FOOTNOTE = re.compile(r"(?:\^\d{1,2}|[①-⑳¹²³⁴-⁹]|[\[［]\d{1,2}[\]］])(?=\s*(?:[(（。:：;；]|$))")
_BRACKET_END = re.compile(r"(?:\([^()]*\)?)+$")
_ORDINAL = re.compile(rf"^(?:\([{words.ORDINALS}\d]{{1,3}}\)|[{words.ORDINALS}]{{1,2}}[、.,:]|\d{{1,2}}[、.,:)]|、)")
_PART = re.compile(r"\(.*\)|\d.*")
"""The ordinal of a part of a section; those of sections are words with a mark behind."""

_NUMBER = re.compile(r"^\(?(\d{1,2})[、,.:)](?!\d)")
_DASHES = str.maketrans(
    {"〔": "(", "〕": ")", "【": "(", "】": ")", "﹙": "(", "﹚": ")", "／": "/", "．": ".", "﹒": "."}
)


@frozen
class Label:
    """What a label names. ``name`` is a terminal of the grammar, or a column id, or a row id of 四."""

    kind: Literal["row", "span", "head", "column", "caption"]
    table: TableId
    name: str
    text: str


def normalise(text: str) -> str:
    """``text`` as labels are compared: half width, simplified, no white space, no quotes, no mark behind it."""
    folded = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text).translate(_DASHES))
    folded = _PINYIN.sub("", _DROP.sub("", folded)).translate(words.TRADITIONAL)
    for elsewhere, here in words.TAIWANESE:
        folded = folded.replace(elsewhere, here)
    return _NUMBER.sub(r"\1.", folded).rstrip("。:;")


@lru_cache(maxsize=8192)
def _find(text: str) -> tuple[Label, ...]:
    key = normalise(text)
    index, bare = _index()
    plain = _BRACKET_END.sub("", key)
    if words.OTHER_MEANING.search(key, len(plain)):
        plain = key
    return index.get(key) or index.get(plain, ()) or bare.get(_ORDINAL.sub("", key), ())


def find(text: str) -> tuple[Label, ...]:
    """The labels that ``text`` can be, most often none or one; 总计 is a column of 三 and of 四."""
    if len(text) > MAX_LABEL or text.lstrip().startswith(LITERAL):
        return ()
    return _find(text)


def heading(line: str) -> SectionId | None:
    """The section that ``line`` is the heading of: with or without its ordinal and Markdown marks."""
    if len(line) > MAX_LABEL:
        return None
    return _heading(line)


@lru_cache(maxsize=2048)
def _heading(line: str) -> SectionId | None:
    text = line.lstrip("#").strip()
    if text.startswith(LITERAL):
        return None
    key = normalise(text)
    ordinal = _ORDINAL.match(key)
    found = _headings().get(_heading_key(key[ordinal.end() :] if ordinal is not None else key))
    if found is None:
        return None
    own = (found.ordinal, str(words.HEADINGS.index(found) + 1))
    if ordinal is not None and _PART.fullmatch(ordinal[0]) and ordinal[0].strip("().:,") not in own:
        # The first of the parts of section 一 is called as section 二 is.
        return None
    return found.id


def _heading_key(key: str) -> str:
    """What tells a heading from others: without the words that join its parts, of which there are many ways."""
    for elsewhere, here in words.HEADING_WORDS:
        key = key.replace(elsewhere, here)
    return key


def is_fragment(text: str) -> bool:
    """Whether ``text`` is a piece, two characters or more, of some label of the form (labels get split over lines)."""
    return len(text) <= MAX_LABEL and not text.lstrip().startswith(LITERAL) and _is_fragment(text)


@lru_cache(maxsize=2048)
def _is_fragment(text: str) -> bool:
    key = normalise(text)
    return len(key) >= 2 and any(key in whole for whole in _wholes())


def starts_label(text: str) -> bool:
    """Whether ``text`` begins some row label without being all of it."""
    return len(text) <= MAX_LABEL and _starts_label(text)


@lru_cache(maxsize=2048)
def _starts_label(text: str) -> bool:
    key = normalise(text)
    return len(key) >= 2 and any(whole.startswith(key) and whole != key for whole in _wholes())


# --- the index -----------------------------------------------------------------------------------------------------


def _entries() -> Iterator[tuple[Label, tuple[str, ...]]]:
    """Every label of both editions with its spellings."""
    for form in forms.FORMS.values():
        for span in form.spans:
            yield Label("span", form.table, span.terminal, span.label), (span.label, *span.aliases)
        for block in form.blocks:
            if block.head is not None:
                yield Label("head", form.table, block.head.terminal, block.head.label), (block.head.label,)
            for column in block.columns:
                label = Label("column", form.table, column.id, column.label)
                yield label, (column.label, *column.aliases)
            for row in block.rows:
                if form.table == "proceedings":
                    yield Label("caption", form.table, row.id, row.label), (row.label, *row.aliases)
                else:
                    spellings = (row.label, row.label + row.note, *row.aliases)
                    yield Label("row", form.table, row.terminal, row.label), spellings
    captions: tuple[tuple[TableId, forms.Span], ...] = (
        ("disclosure", forms.INFORMATION),
        ("requests", forms.CORNER),
        ("requests", forms.APPLICANTS),
        ("requests", forms.ORGANISATIONS),
        ("proceedings", forms.LITIGATION),
    )
    for table, span in captions:
        yield Label("caption", table, span.terminal, span.label), (span.label, *span.aliases)


@cache
def _index() -> tuple[dict[str, tuple[Label, ...]], dict[str, tuple[Label, ...]]]:
    """Normalised spelling → labels; and the same without ordinals, where that leaves one meaning only."""
    index: dict[str, dict[tuple[str, str, str], Label]] = {}
    for label, spellings in _entries():
        for spelling in spellings:
            identity = (label.table, label.name, "row" if label.kind in ("row", "span") else label.kind)
            index.setdefault(normalise(spelling), {}).setdefault(identity, label)
    full = {key: tuple(found.values()) for key, found in index.items()}
    bare: dict[str, set[Label]] = {}
    for key, found in full.items():
        without = _ORDINAL.sub("", key)
        if without != key:
            bare.setdefault(without, set()).update(found)
    unique = {key: tuple(found) for key, found in bare.items() if len({x.name for x in found}) == 1 and key not in full}
    return full, unique


@cache
def _headings() -> dict[str, words.Heading]:
    return {
        _heading_key(normalise(spelling)): heading
        for heading in words.HEADINGS
        for spelling in (heading.label, *heading.aliases)
    }


@cache
def _wholes() -> tuple[str, ...]:
    wholes = {normalise(spelling) for _, spellings in _entries() for spelling in spellings}
    return tuple(sorted(wholes))


@cache
def heading_spellings(table: TableId) -> tuple[tuple[str, str | None], ...]:
    """Every normalised spelling that may stand in the heading of ``table``, longest first, with its column id.

    The id is empty for a caption (信息内容, 申请人情况) that names no column.
    """
    found: dict[str, str | None] = {}
    for label, spellings in _entries():
        if label.table == table and label.kind in ("column", "caption"):
            for spelling in spellings:
                found.setdefault(normalise(spelling), label.name if label.kind == "column" else "")
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))
