"""Meaning of a text to the form: ``look_up`` answers every question about it, each answered when first asked.

Labels are found in whatever spelling they arrive: width, white space, quotes and script are folded, and a bracket at
the end (an explanation someone appended, unless it changes what is counted) and a lost ordinal are overlooked. A text
with white space in it costs what the text without it does, for both lead to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from attrs import frozen

from ..memo import Memo, lazy
from . import forms, words
from .entries import Label, entries
from .forms import TableId
from .numerals import is_figure, is_plain
from .spelling import normalise
from .words import SectionId

LITERAL = "'"
"""Stands before a text in a cell that is to be taken as it is, as in spreadsheets: never a label."""

ESCAPE = "\\"
"""Stands before a line of prose that would otherwise be read as something else."""

MAX_LABEL = 120
"""Characters; nothing longer is compared with a label."""

MAX_LINE = 160
"""Characters; a longer line in no ruled table is prose."""

MAX_HEADING = 400
"""Characters of the longest line of column names."""

MAX_WORDS = 8192
"""Texts that are remembered, none longer than"""
MAX_REMEMBERED = 240
"""characters."""

_BRACKET_END = re.compile(r"(?:\([^()]*\)?)+$")
_NOTE = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(
    rf"^(?:\([{words.ORDINALS}\d]{{1,3}}\)|[{words.ORDINALS}]{{1,2}}[、.,:]|\d{{1,2}}[、.,:)]|、|第[{words.ORDINALS}]部分[、.,:]?)"
)
_PART = re.compile(r"\(.*\)|\d.*")
"""The ordinal of a part of a section; those of sections are words with a mark behind."""

_GLUED = re.compile(r"(.*[^\d\s.,])(\d[\d.]*)")
GOES_ON = re.compile(r"[一-鿿\d，、；：]+。.*[一-鿿]")
"""A text goes on behind a full stop that no bracket comes before; no label and no heading does."""

_UNITS = frozenset(words.UNITS)
_EVERY_TABLE = frozenset(forms.TABLES)
_IN_TWO = ("total", "other")
"""Columns that are in two tables; in a heading they are of the table that it is of."""


@frozen
class SpacedRow:
    """A line of cells parted by spaces: its labels (none where ``words`` may be a piece of one), and its figures."""

    labels: tuple[Label, ...]
    words: str
    figures: tuple[str, ...]


class Word:
    """A text, and what it is to the form. Get it from ``look_up``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Word({self.text!r})"

    # --- names -----------------------------------------------------------------------------------------------------

    @lazy
    def _bare(self) -> Word:
        """The word without white space, which names the same."""
        bare = "".join(self.text.split())
        return self if bare == self.text else look_up(bare)

    @lazy
    def key(self) -> str:
        """The text as labels are compared; see ``normalise``."""
        return normalise(self.text) if self._bare is self else self._bare.key

    @lazy
    def labels(self) -> tuple[Label, ...]:
        """The labels that the text can be, most often none or one; 总计 is a column of 三 and of 四."""
        if len(self.text) > MAX_LABEL or _ends_in_figure(self.text):
            return ()
        if self._bare is not self:
            return self._bare.labels
        return _find(self.key) if self.text and not self.text.startswith(LITERAL) else ()

    @lazy
    def row_label(self) -> Label | None:
        """The one of the labels which stands beside or above figures, if there is one; else the first."""
        found = self.labels
        if len(found) < 2:
            return found[0] if found else None
        return next((label for label in found if label.kind in ("row", "span", "head")), found[0])

    @lazy
    def path(self) -> tuple[Label, ...]:
        """The labels of a row where one text has them all, outermost first: 三、本年度办理结果 / （一）予以公开.

        All but the last are of the groups that the row is in by the form; else it is not said which row is meant.
        """
        *groups, row = (_labels_of(self._pieces) if self._pieces else None) or (None,)
        if row is None or row.kind != "row":
            return ()
        names = tuple(group.name for group in groups if group is not None)
        is_in_them = any(spans[-len(names) :] == names for spans in _groups_of()[row.name])
        return (*filter(None, groups), row) if is_in_them else ()

    @lazy
    def column_path(self) -> tuple[Label, ...]:
        """The name of a column behind those that stand above it in the form: 法人或其他组织 / 商业企业."""
        *above, last = (look_up(piece).labels for piece in self._pieces or ("",))
        captions = [next((label for label in found if label.kind == "caption"), None) for found in above]
        for column in last:
            if captions and column.kind == "column" and all(one and one.table == column.table for one in captions):
                return (*filter(None, captions), column)
        return ()

    @lazy
    def _pieces(self) -> tuple[str, ...]:
        """The pieces of a text that is no label, between marks that may stand between two; none where it has none."""
        if len(self.text) > MAX_LABEL or _ends_in_figure(self.text) or self.labels:
            return ()
        pieces = tuple(filter(None, words.PATH_MARK.split(self.text.strip())))
        return pieces if len(pieces) > 1 else ()

    @lazy
    def section(self) -> SectionId | None:
        """The section that the line is the heading of, with or without its ordinal and marks of Markdown."""
        if len(self.text) > MAX_LABEL or _ends_in_figure(self.text):
            return None
        return self._bare.section if self._bare is not self else _heading(self.text)

    @lazy
    def is_fragment(self) -> bool:
        """Return whether the text is a piece, two characters or more, of some label of the form: labels get split."""
        if len(self.text) > MAX_LABEL or self.text.lstrip().startswith(LITERAL):
            return False
        return len(self.key) >= 2 and self.key in _all_spellings()

    @lazy
    def starts_label(self) -> bool:
        """Return whether the text begins some label without being all of it."""
        return len(self.text) <= MAX_LABEL and len(self.key) >= 2 and _starts(self.key)

    @lazy
    def heading_table(self) -> TableId | None:
        """The table of which the text is a whole line of column names and captions, parted by anything or nothing."""
        return None if _ends_in_figure(self.text) else _heading_table(self.key)

    @lazy
    def names_columns_of(self) -> frozenset[TableId]:
        """The tables of which a loose cell is one more of a heading that was begun; a piece of a name may be of any."""
        if self.opens_block:
            return frozenset()
        if self.labels:
            return _named_by(self.labels)
        alone = len(self.text.split()) == 1 and not self.is_figure and self.glued is None
        return _EVERY_TABLE if alone and self.heading_table is None else frozenset()

    @lazy
    def opens_block(self) -> bool:
        """Return whether a cell is, or a line of cells begins with, the first cell of a heading of 二."""
        return self.key.startswith(forms.INFORMATION.label)

    # --- figures ---------------------------------------------------------------------------------------------------

    @lazy
    def is_figure(self) -> bool:
        """Return whether the text may stand in a cell of figures: a figure, a mark for none, or nothing."""
        return is_figure(self.text)

    @lazy
    def money_units(self) -> tuple[str, ...]:
        """The units of money in the text."""
        return tuple(words.MONEY_UNIT.findall(self.text))

    @lazy
    def glued(self) -> tuple[Label, str] | None:
        """The row label that the text begins with and the digits glued to it (规章555)."""
        text = self.text
        if len(text) > MAX_LINE or (not text[-1:].isspace() and not text[-1:].isdigit() and text[-1:] != "."):
            return None
        match = _GLUED.fullmatch(text.strip())
        label = look_up(match[1]).row_label if match is not None else None
        return (label, match[2]) if match is not None and label is not None and label.kind == "row" else None

    @lazy
    def spaced(self) -> SpacedRow | None:
        """The text as a line of cells parted by spaces: labels, then figures."""
        pieces = self.text.split()
        if len(pieces) < 2:
            return None
        pieces = _with_units(pieces)
        first = len(pieces)
        while first and (is_plain(pieces[first - 1]) or look_up(pieces[first - 1]).is_figure):
            first -= 1
        if not first or first == len(pieces):
            return None
        return SpacedRow(_labels_of(tuple(pieces[:first])) or (), "".join(pieces[:first]), tuple(pieces[first:]))

    @lazy
    def is_tabular(self) -> bool:
        """Return whether a line may belong to a table that lost its marks: label, row of figures, column names."""
        if not 0 < len(self.text) <= MAX_LINE:
            return False
        named = bool(self.labels or self.glued or self.heading_table)
        return named or (self.spaced is not None and bool(self.spaced.labels))

    @lazy
    def is_prose(self) -> bool:
        """Return whether a line that stands in no table is neither a heading nor the first of a table: most are not."""
        if len(self.text) > MAX_LINE or self.text[0] == ESCAPE or GOES_ON.match(self.text):
            return True
        return self.section is None and not self.is_tabular and not self.is_fragment


def _named_by(found: tuple[Label, ...]) -> frozenset[TableId]:
    """The tables that labels are names of columns of; of what is one in two tables a piece, every table."""
    first = {label.table: label for label in reversed(found)}
    naming = frozenset(table for table, label in first.items() if label.kind in ("column", "caption"))
    is_of_two = naming and all(label.kind == "column" and label.name in _IN_TWO for label in found)
    return _EVERY_TABLE if is_of_two else naming


_words: Memo[str, Word] = Memo(Word, MAX_WORDS, keeps=lambda text: len(text) <= MAX_REMEMBERED)
look_up: Callable[[str], Word] = _words.__getitem__
"""The word that a text is."""


def all_pieces() -> str:
    """Every spelling of a label as pieces are compared, a line each."""
    return _all_spellings()


def _ends_in_figure(text: str) -> bool:
    """Return whether a text ends in a digit that is no mark of a note, as no label and no heading does."""
    return text[-1:].isdecimal() and "^" not in text


# --- the index -----------------------------------------------------------------------------------------------------


def _find(key: str) -> tuple[Label, ...]:
    index, bare = _index()
    found = index.get(key)
    if found is not None:
        return found
    plain = key
    if "(" in key:
        plain = _BRACKET_END.sub("", key)
        if words.OTHER_MEANING.search(key, len(plain)):
            plain = key
    if "。" in plain:
        return ()
    found = index.get(plain, ()) or bare.get(_ORDINAL.sub("", key), ())
    return found if found == () or plain == key or not words.OF_MONEY.search(key, len(plain)) else _of_money(found)


def _of_money(found: tuple[Label, ...]) -> tuple[Label, ...]:
    """Those labels that may have a unit of money in brackets behind them: what counts things may not."""
    return tuple(label for label in found if label.name in _AMOUNTS or label.kind not in ("row", "column"))


_AMOUNTS = frozenset(
    name
    for form in forms.FORMS.values()
    for block in form.blocks
    for column in block.columns
    if column.kind == "amount"
    for name in (column.id, *(row.terminal for row in block.rows))
)
"""Columns of money, and the rows that have one."""


@cache
def _groups_of() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Row → the groups that it is in, outermost first, in each edition."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for form in forms.FORMS.values():
        for block in form.blocks:
            for row in block.rows:
                found[row.terminal] = (*found.get(row.terminal, ()), row.spans)
    return found


def begun_with(front: str) -> tuple[Label, ...]:
    """Return the labels that begin with ``front`` and go on, one of each name."""
    key = normalise(front)
    found = (label for spelling, same in _index()[0].items() if spelling.startswith(key) for label in same)
    return tuple({(label.table, label.name): label for label in found}.values())


def _heading(line: str) -> SectionId | None:
    text = line.lstrip("#").strip()
    if text.startswith(LITERAL):
        return None
    key = look_up(text).key
    if "。" in key:
        return None
    ordinal = _ORDINAL.match(key)
    words_alone = _heading_key(key[ordinal.end() :] if ordinal is not None else key)
    found = _headings().get(words_alone)
    if found is None:
        return None
    given = "" if ordinal is None else ordinal[0]
    if words_alone in _short_headings():
        return found.id if given.removeprefix("第").startswith(found.ordinal) else None
    own = (found.ordinal, str(words.HEADINGS.index(found) + 1))
    if _PART.fullmatch(given) and given.strip("().:,") not in own:
        # The first of the parts of section 一 is called as section 二 is.
        return None
    return found.id


def _heading_key(key: str) -> str:
    """Return what tells a heading from others: without the words that join its parts, of which there are many ways."""
    for elsewhere, here in words.HEADING_WORDS:
        key = key.replace(elsewhere, here)
    return key


def _starts(key: str) -> bool:
    return any(spelling.startswith(key) and spelling != key for spelling in _all_spellings().split("\n"))


def _heading_table(key: str) -> TableId | None:
    if 0 < len(key) <= MAX_HEADING and key[0] in _heading_starts():
        for table, pattern in _heading_patterns():
            match = pattern.fullmatch(key)
            if match is not None and match[1] is not None:
                return table
    return None


def _with_units(pieces: list[str]) -> list[str]:
    """``pieces`` with each unit put behind the figure that it stands apart from."""
    if _UNITS.isdisjoint(pieces):
        return pieces
    joined = pieces[:1]
    for piece in pieces[1:]:
        if piece in _UNITS and is_figure(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _labels_of(pieces: tuple[str, ...]) -> tuple[Label, ...] | None:
    """The labels that ``pieces`` are, outermost first: all but the last stand beside several rows."""
    whole = look_up("".join(pieces)).row_label
    if whole is not None:
        return (whole,) if whole.kind in ("row", "span") else None
    for cut in range(1, len(pieces)):
        outer = look_up("".join(pieces[:cut])).row_label
        if outer is not None and (outer.kind == "span" or outer.name == forms.OTHER.terminal):
            inner = _labels_of(pieces[cut:])
            if inner is not None:
                return (outer, *inner)
    return None


@cache
def _index() -> tuple[dict[str, tuple[Label, ...]], dict[str, tuple[Label, ...]]]:
    """Normalised spelling → labels; and the same without ordinals, where that leaves one meaning only."""
    index: dict[str, dict[tuple[str, str, str], Label]] = {}
    for label, spellings in entries():
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
        for spelling in (*heading.short, heading.label, *heading.aliases)
    }


@cache
def _short_headings() -> frozenset[str]:
    return frozenset(_heading_key(normalise(spelling)) for heading in words.HEADINGS for spelling in heading.short)


@cache
def _all_spellings() -> str:
    """Every normalised spelling of a label, a line each: a piece of one is a piece of this."""
    return "\n".join(sorted({normalise(spelling) for _, spellings in entries() for spelling in spellings}))


@cache
def _heading_starts() -> frozenset[str]:
    """Return what a line of a heading can begin with."""
    return frozenset(spelling[0] for table in forms.TABLES for spelling, _ in heading_spellings(table)) | {"("}


@cache
def _heading_patterns() -> tuple[tuple[TableId, re.Pattern[str]], ...]:
    """For each table what a whole line of its heading looks like: names and captions, notes in brackets among them."""
    return tuple(
        (table, re.compile(rf"(?:({names})|{_NOTE.pattern})+"))
        for table in forms.TABLES
        for names in ["|".join(re.escape(spelling) for spelling, _ in heading_spellings(table))]
    )


@cache
def heading_spellings(table: TableId) -> tuple[tuple[str, str | None], ...]:
    """Every normalised spelling that may stand in the heading of ``table``, longest first, with its column id.

    The id is empty for a caption (信息内容, 申请人情况) that names no column.
    """
    found: dict[str, str | None] = {}
    for label, spellings in entries():
        if label.table == table and label.kind in ("column", "caption"):
            for spelling in spellings:
                found.setdefault(normalise(spelling), label.name if label.kind == "column" else "")
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))
