"""Tables without rules: rows and columns told by the places of words under the names of the columns.

Figures are put in columns only where their places leave no choice; else there is no table here, and its lines go on as
they are, for the parser to flag what it can't tell. Labels that run over several lines are put together by the form's.
"""

from __future__ import annotations

import re

from attrs import Factory, define

from ...template import forms, labels
from ...template.words import NOT_APPLICABLE_MARKS
from .pdfium import LOST, Bounds
from .words import Line, Word

NEAR = 0.75
"""A label belongs to the row whose baseline is this near, in ems, to the middle of the label's own lines."""

LOOK_BACK = 40
"""Pieces of labels that a word may go on with; on a line there are three at most, and four lines in a label."""

_FIGURE = re.compile(rf"[+-]?[\d{LOST}][\d,{LOST}]*(?:\.\d+)?[^\d\s.,、:：)）]{{0,2}}")


def is_figure(word: Word) -> bool:
    """Whether a word may be a figure, or stands for one."""
    return _FIGURE.fullmatch(word.text) is not None or word.text in NOT_APPLICABLE_MARKS


def with_doubtful(line: Line) -> list[Word]:
    """The words of a line of figures, with those lost that may not count or are not all that is there."""
    words = line.words
    for place in line.doubtful:
        under = [word for word in words if word.x0 < place.x1 and place.x0 < word.x1]
        figures = [word for word in under if is_figure(word)]
        left = max([place.x0, *(word.x1 for word in under if word not in figures)])
        # Over a label and hardly further there is no figure.
        if figures or not under or place.x1 - left > line.size:
            all_there = [*figures, Word(LOST, left, place.x1)]
            lost = Word(LOST, min(word.x0 for word in all_there), max(word.x1 for word in all_there))
            words = sorted([lost, *(word for word in words if word not in figures)], key=lambda word: word.x0)
    return words


@define(eq=False)
class Row:
    """Cells with the line that they stand on, the label or "" first."""

    cells: list[str]
    line: Line

    @property
    def boxes(self) -> list[Bounds | None]:
        """Where the row stands, for each of its cells."""
        return [self.line.bounds] * len(self.cells)


@define(eq=False)
class Found:
    """What a stretch is: the rows of a table, its heading first, and the lines that are not of it.

    No rows where the columns can't be told. ``unread`` are the lines where not even the rows can: a figure that was
    wrapped would be taken for two.
    """

    rows: list[Row]
    lines: list[Line]
    unread: list[Line] = Factory(list)


class Stretch:
    """Lines from the first name of a column on, as long as they can be of one table."""

    def __init__(self, line: Line) -> None:
        self.lines = [line]
        self._left = min((word.x0 for word in line.words if is_figure(word)), default=None)

    @property
    def has_figures(self) -> bool:
        """Whether it has come to the lines below the names of the columns."""
        return self._left is not None

    @staticmethod
    def opens(line: Line) -> bool:
        """Whether a table may begin with ``line``: it names a block of rows, a column, or several columns together."""
        kinds = {label.kind for word in line.words for label in labels.find(word.text)}
        return bool(_head(line)) or not kinds.isdisjoint(("column", "caption"))

    def takes(self, line: Line) -> bool:
        """Add ``line``, if it goes on with the table."""
        if _head(line):
            return False
        for word in line.words:
            if is_figure(word):
                self._left = word.x0 if self._left is None else min(self._left, word.x0)
            elif self._ends(word, line.size):
                return False
        self.lines.append(line)
        return True

    def _ends(self, word: Word, size: float) -> bool:
        """Whether a word is prose: a sentence in the heading, or across the columns; or the name of further columns."""
        if self._left is None:
            return "。" in word.text
        return word.x1 > self._left + 2 * size or any(label.kind == "caption" for label in labels.find(word.text))

    def read(self) -> Found:
        """What the lines are; see ``Found``."""
        first = next((index for index, line in enumerate(self.lines) if any(map(is_figure, line.words))), None)
        if not first or self._left is None:
            return Found([], self.lines)
        body = self.lines[first:]
        figures = [(line, [word for word in line.words if is_figure(word)]) for line in body]
        figures = [(line, words) for line, words in figures if words]
        labelled, used = _labels(body, [line for line, _ in figures])
        if labelled is None:
            return Found([], [], unread=self.lines)
        head = _head(self.lines[0])
        columns, caption = _columns(self.lines[bool(head) : first], self._left)
        names = [column.name() for column in columns]
        places = _places(columns, [words for _, words in figures])
        if not names or "" in names or places is None:
            return Found([], self.lines)
        rows = [Row([head, *[""] * len(names)], self.lines[0])] if head else []
        rows.append(Row([caption, *names], self.lines[0]))
        for line, words in figures:
            cells = dict(zip((places[id(word)] for word in words), (word.text for word in words), strict=True))
            rows.append(Row([labelled[id(line)], *(cells.get(at, "") for at in range(len(names)))], line))
        last = body.index(figures[-1][0])
        return Found(rows, [line for line in body[last + 1 :] if id(line) not in used])


def _head(line: Line) -> str:
    """The words of a line that stands above a block of rows and names it; empty where the line does not."""
    text = "".join(word.text for word in line.words)
    return text if any(label.kind == "head" for label in labels.find(text)) else ""


# --- columns -------------------------------------------------------------------------------------------------------


@define(eq=False)
class _Column:
    """The words one above the other that name a column, from the top down."""

    words: list[Word]

    def overlaps(self, word: Word) -> bool:
        return any(word.x0 < own.x1 and own.x0 < word.x1 for own in self.words)

    @property
    def middle(self) -> float:
        return (self.words[-1].x0 + self.words[-1].x1) / 2

    def name(self) -> str:
        """Its name; the words at the top may be those of a name for several columns. Empty where it is unknown."""
        for start in range(len(self.words)):
            text = "".join(word.text for word in self.words[start:])
            if any(label.kind == "column" for label in labels.find(text)):
                return text
        return ""


def _columns(heading: list[Line], left: float) -> tuple[list[_Column], str]:
    """The columns that the lines above the first figure name, and what stands above the labels.

    From the bottom up, for a name is right above its column; a word above several columns names none.
    """
    columns: list[_Column] = []
    caption = ""
    for line in reversed(heading):
        for word in line.words:
            if word.x1 <= left and not any(label.kind == "column" for label in labels.find(word.text)):
                caption = word.text if labels.find(word.text) else caption
                continue
            over = [column for column in columns if column.overlaps(word)]
            if not over:
                columns.append(_Column([word]))
            elif len(over) == 1:
                over[0].words.insert(0, word)
    return sorted(columns, key=lambda column: column.words[-1].x0), caption


def _places(columns: list[_Column], rows: list[list[Word]]) -> dict[int, int] | None:
    """Each figure's (``id``) column: the one whose name it stands under, or, where there are as many stacks of figures
    as columns, the one in the same order, if it is also the nearest.
    """
    stacks: list[list[Word]] = []
    end = 0.0
    for word in sorted((word for row in rows for word in row), key=lambda word: word.x0):
        if stacks and word.x0 < end:
            stacks[-1].append(word)
        else:
            stacks.append([word])
        end = max(end, word.x1)
    places: dict[int, int] = {}
    for index, stack in enumerate(stacks):
        under = {place for place, column in enumerate(columns) if any(map(column.overlaps, stack))}
        if not under and len(stacks) == len(columns) and _nearest(stack, columns) == index:
            under = {index}
        if len(under) != 1 or not under.isdisjoint(places.values()):
            return None
        places.update((id(word), place) for word in stack for place in under)
    if any(len({places[id(word)] for word in row}) < len(row) for row in rows):
        return None
    return places


def _nearest(stack: list[Word], columns: list[_Column]) -> int:
    middle = (min(word.x0 for word in stack) + max(word.x1 for word in stack)) / 2
    return min(range(len(columns)), key=lambda index: abs(columns[index].middle - middle))


# --- labels --------------------------------------------------------------------------------------------------------


@define(eq=False)
class _Piece:
    """A label, or as much of it as has come yet: its words with the line of each."""

    words: list[Word]
    lines: list[Line]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    def kind(self) -> str:
        """``"row"``, ``"span"``, or "" for what is no whole label."""
        found = [label for label in labels.find(self.text) if label.kind in ("row", "span")]
        # In the form of 2019 the last of the spans is a row.
        return "row" if any(label.name == forms.OTHER.terminal for label in found) else found[0].kind if found else ""

    def takes(self, word: Word, line: Line) -> bool:
        """Go on with ``word``, if it stands below and that is how a label goes on."""
        below = line is not self.lines[-1] and any(word.x0 < own.x1 and own.x0 < word.x1 for own in self.words)
        if not below or not goes_on(self.text, word.text):
            return False
        self.words.append(word)
        self.lines.append(line)
        return True


def goes_on(text: str, more: str) -> bool:
    """Whether ``more``, on a line below ``text``, is the next piece of the label that begins there."""
    found, both = labels.find(text), labels.find(text + more)
    if found and (labels.find(more) or (both == found and labels.starts_label(more))):
        # Two labels; behind the first a bracket may be anything, also the number of the second.
        return False
    return bool(both) or labels.starts_label(text + more)


def _labels(body: list[Line], rows: list[Line]) -> tuple[dict[int, str] | None, set[int]]:
    """The label of each of ``rows``, the lines with figures (by ``id``), and all lines that have labels on them.

    None for the labels, if a row has none, or a piece of one: then a figure was wrapped, or a label is not whole. The
    one row of a table without labels has the label "".
    """
    pieces: list[_Piece] = []
    for line in body:
        for word in line.words:
            if not is_figure(word) and not any(piece.takes(word, line) for piece in reversed(pieces[-LOOK_BACK:])):
                pieces.append(_Piece([word], [line]))
    used = {id(line) for piece in pieces if piece.kind() for line in piece.lines}
    if len(rows) == 1 and not any(piece.kind() == "row" for piece in pieces):
        return {id(rows[0]): ""}, used
    found: dict[int, str] = {}
    for piece in sorted(pieces, key=lambda piece: ("row", "span", "").index(piece.kind())):
        row = _row_beside(piece, rows)
        if row is not None and (piece.kind() == "row" or not labels.is_fragment(piece.text)):
            found.setdefault(id(row), piece.text)
    return (found if len(found) == len(rows) else None), used


def _row_beside(piece: _Piece, rows: list[Line]) -> Line | None:
    """The line of figures that stands beside the middle of a label; beside any line of one that a page break cuts."""
    first, last = piece.lines[0], piece.lines[-1]
    if first.page == last.page:
        places = [(first.page, (first.baseline + last.baseline) / 2)]
    else:
        places = [(line.page, line.baseline) for line in piece.lines]
    near = [
        row for row in rows if any(row.page == page and abs(row.baseline - y) < NEAR * row.size for page, y in places)
    ]
    return near[0] if len(near) == 1 else None
