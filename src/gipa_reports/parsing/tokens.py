"""Tokens handed from the words to the grammar: one for each row of a table, and what a row of cells is by itself.

A token's type is a name of the grammar; its values are the row's cells as written, still to be set against the columns
that the table's heading names (see ``placement``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress
from typing import Any, Literal, NamedTuple

from attrs import Factory, define, field

from ..diagnostics import Location
from ..document import Block, Paragraph, Row, Spacing
from ..memo import Memo
from ..template import SectionId, TableId, forms
from ..template.entries import Label
from ..template.numerals import is_plain
from ..template.vocabulary import look_up

MAX_ROWS = 2048
"""Rows that are remembered, none longer than"""
MAX_REMEMBERED = 400
"""characters."""

MAX_ORDINAL = 5
"""Characters of the longest ordinal in brackets."""

FIGURE_COUNT = len(forms.PROCEEDING_ROWS) * len(forms.OUTCOME_COLUMNS)

UNKNOWN = "UNKNOWN"
"""Type of a row that the form does not have; such rows are kept aside, not given to the grammar."""


@define(eq=False)
class TableHeading:
    """The rows, as written, that name the columns of a block.

    ``figures_before`` are lines of figures that came after it and before the first label of a row.
    """

    rows: list[tuple[str, ...]]
    row: Row
    figures_before: list[str] = Factory(list)

    @property
    def names(self) -> Rows:
        """The rows with each name without white space: headings that differ in that alone are read once."""
        return _known_names[tuple(self.rows)]


def _names_of(rows: Rows) -> Rows:
    return tuple(
        tuple("".join(cell.split()) if cell and look_up(cell).labels else cell for cell in row) for row in rows
    )


Rows = tuple[tuple[str, ...], ...]
"""The rows of a heading."""

_known_names: Memo[Rows, Rows] = Memo(_names_of, 1024)


@define(eq=False)
class RecognisedRow:
    """Recognised row of cells: its labels, outermost first, the words of the last, and the values from ``start`` on.

    Rows alike share one, and nothing changes it (to be frozen would make it four times as dear) but ``below`` and
    ``placement``: the columns of the heading that it was last met below, and where its values stand there.
    """

    kind: Literal["row", "columns", "figures", "other", "empty"]
    labels: tuple[Label, ...] = ()
    label: str = ""
    start: int = 0
    values: tuple[str, ...] = ()
    filled: tuple[int, ...] = ()
    """Places in the row of the values that are not blank."""
    name: str = ""
    table: TableId | None = None
    """Name and table of a row that has one label and nothing special about it."""
    below: object = None
    placement: Any = None

    @property
    def width(self) -> int:
        """Return how many cells the row has."""
        return self.start + len(self.values)


@define(eq=False)
class RowToken:
    """One row of a table. ``type`` is its name in the grammar; ``recognised`` is what a row of a ruled table is."""

    type: str
    table: TableId
    row: Row
    values: Sequence[str] = ()
    heading: TableHeading | None = None
    recognised: RecognisedRow | None = None
    spacing: Spacing = "grid"
    words: str = ""
    is_glued: bool = False
    gaps: Sequence[int] = ()
    """The empty lines before each value, where the layout has any: only a loose row's."""
    rival: Label | None = None
    """Another label of a row in this one: nothing says whose the figures are."""
    lone: Sequence[str] = ()
    """Numbers alone behind the row: of a page, or the end of a figure that was wrapped."""

    @property
    def label(self) -> str:
        """The words of its label, as written."""
        return self.words or (self.recognised.label if self.recognised is not None else "")

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a value with its ``text``, or of the row."""
        return self.row.at(text, None if index is None else self.offset + index)

    @property
    def is_doubtful(self) -> bool:
        """Return whether there is something to say of it, wherever its figures are placed: of most there is not."""
        return self.rival is not None or self.is_glued or bool(self.lone)

    @property
    def offset(self) -> int:
        """The place of the first value in its row."""
        return 0 if self.recognised is None else self.recognised.start

    @property
    def filled(self) -> list[str]:
        """The values that are not blank."""
        return [value.strip() for value in self.values if value.strip()]


@define(eq=False)
class LooseRow(RowToken):
    """A row that was put together from loose cells: each value has its line."""

    values: list[str] = Factory(list)
    lines: list[int] = Factory(list)
    gaps: list[int] = Factory(list)
    is_line: bool = False
    """True if its label and first figures were one line, so that a figure alone on the next is the number of a page."""

    @property
    def is_doubtful(self) -> bool:
        """Return whether there is something to say of it: blanks may be told from empty lines, figures be broken."""
        return super().is_doubtful or bool(self.gaps and max(self.gaps) > 1) or self.is_broken

    @property
    def is_broken(self) -> bool:
        """Return whether its figures stand on several lines of text, some on a line with others."""
        if not self.lines or self.lines[0] == self.lines[-1] or self.row.source is None:
            return False
        if len(set(self.lines)) != len(self.values):
            return True
        return " " in "\t".join(self.values) and any(" " in value.strip() for value in self.values)

    def at(self, text: str, index: int | None = None) -> Location:
        """The place of a value with its ``text``, or of the row."""
        origin = self.row.origin
        if index is None or origin is not None:
            return self.row.at(text)
        return Location(line=self.lines[index], column=None, text=text)


@define(eq=False)
class SectionLine(Paragraph):
    """A line that is the heading of a section."""

    section: SectionId = field(kw_only=True)


def as_heading(line: Paragraph) -> Paragraph:
    """``line`` as the heading of a section, if it is one."""
    section = section_of(line)
    return line if section is None else SectionLine(line.text, line.line, line.gap, line.origin, section=section)


def section_of(block: Block) -> SectionId | None:
    """The section that a line is the heading of."""
    return look_up(block.text).section if isinstance(block, Paragraph) else None


# --- rows of cells -------------------------------------------------------------------------------------------------


def _recognise(cells: tuple[str, ...]) -> RecognisedRow:
    first = _first_figure(cells)
    head = _known_heads[cells[:first]]
    if head is None:
        head = None if any(map(str.strip, cells[:first])) else _head_behind(cells, first + 1)
    elif head.ends_in_number and head.start < len(cells) and not cells[head.start].strip():
        return RecognisedRow("other")
    return _unlabelled_row(cells) if head is None else _labelled_row(cells, head)


_NUMBER_BEHIND = re.compile(r".[(（]\s*\d+\s*[)）]?\s*$")


def _first_figure(cells: tuple[str, ...]) -> int:
    """The place of the first plain figure, or behind the last cell."""
    for index, cell in enumerate(cells):
        if cell.isdigit() and is_plain(cell):
            return index
    return len(cells)


def _unlabelled_row(cells: tuple[str, ...]) -> RecognisedRow:
    filled = [*filter(str.strip, cells)]
    words = [look_up(cell) for cell in filled if not is_plain(cell)]
    figures = len(filled) - len(words) + sum([not word.labels and word.is_figure for word in words])
    if figures == len(filled):
        return RecognisedRow("figures" if filled else "empty")
    # A cell is the name of a column, or names one behind what stands above it.
    named = () if figures else tuple([name for word in words for name in word.labels[:1] or word.column_path[-1:]])
    return RecognisedRow("columns", named) if named else RecognisedRow("other")


def _is_short(cells: tuple[str, ...]) -> bool:
    return len("".join(cells)) <= MAX_REMEMBERED


RECOGNISED: dict[Spacing, Memo[tuple[str, ...], RecognisedRow]] = {
    spacing: Memo(_recognise, MAX_ROWS, _is_short) for spacing in ("grid", "exact", "dropped")
}
"""Recognise a row of a ruled table by its cells alone; how its values are placed differs with the layout."""


_BESIDE = frozenset(("row", "span", "head"))
"""Kinds of labels that stand beside or above figures."""


class _Head(NamedTuple):
    """The labels of a row, outermost first, the words of the last, and the place behind it."""

    labels: tuple[Label, ...]
    words: str
    start: int
    name: str
    """Name and table of the row, where it has one label and nothing special about it."""
    table: TableId | None
    ends_in_number: bool
    """True if a number in brackets ends the words: it may be the first figure, where that is blank."""


def _labelled_row(cells: tuple[str, ...], head: _Head) -> RecognisedRow:
    labels, words, start, name, table, _ = head
    values = cells[start:]
    filled = tuple(compress(range(start, len(cells)), map(str.strip, values)))
    return RecognisedRow("row", labels, words, start, values, filled, name, table)


def _head(cells: tuple[str, ...]) -> _Head | None:
    """The labels that ``cells`` begin with, which are those before the first plain figure: no label comes after one."""
    labels: list[Label] = []
    words, start = "", 0
    for index, cell in enumerate(cells):
        if not cell.strip():
            continue
        own = _labels_of(cell, labels)
        if own is None:
            break
        if own != tuple(labels[-1:]):
            # Some extractors write the words of a wide cell into each column.
            labels.extend(own)
        words, start = cell, index + 1
    if not labels:
        return None
    plain = len(labels) == 1 and labels[0].kind == "row" and labels[0].name != forms.OTHER.terminal
    name, table = (labels[0].name, labels[0].table) if plain else ("", None)
    ends_in_number = _NUMBER_BEHIND.search(words) is not None
    return _Head(tuple(labels), words, _behind_notes(cells, start), name, table, ends_in_number)


def _labels_of(cell: str, before: Sequence[Label]) -> tuple[Label, ...] | None:
    """The labels that a cell adds to those ``before`` it, several where it has a path; None where it is no label."""
    word = look_up(cell)
    label = word.row_label
    if label is None:
        is_row = any(known.kind == "row" for known in before)
        return None if is_row else tuple([one for one in word.path if one.kind in _BESIDE]) or None
    if label.kind in _BESIDE:
        return (label,)
    # Behind the label of a row the name of a column is what somebody wrote into a cell.
    return () if before and before[0].kind == "head" else None


def _behind_notes(cells: tuple[str, ...], start: int) -> int:
    """The place behind an explanation that stands in a cell of its own behind the label, and is part of it.

    An ordinal is no explanation, but (2) may be somebody's way to write a figure.
    """
    while start < len(cells) and cells[start].strip()[:1] in ("（", "(") and look_up(cells[start]).is_fragment:
        if len(cells[start].strip()) <= MAX_ORDINAL:
            break
        start += 1
    return start


def _head_behind(cells: tuple[str, ...], start: int) -> _Head | None:
    """As ``_head``, of a row in which the number of the line stands before the label."""
    stop = next((index for index in range(start, len(cells)) if is_plain(cells[index])), len(cells))
    head = _known_heads[cells[start:stop]]
    return None if head is None else head._replace(start=start + head.start)


_known_heads: Memo[tuple[str, ...], _Head | None] = Memo(_head, MAX_ROWS, _is_short)
