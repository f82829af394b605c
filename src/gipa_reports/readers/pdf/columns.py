"""Tables without rules: rows and columns told by the places of words under the names of the columns.

Figures are put in columns only where their places leave no choice; else there is no table here, and its lines go on as
they are, for the parser to flag what it can't tell. Labels that run over several lines are put together by the form's;
a row with a label and no figure is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from attrs import Factory, define

from ...template import labels
from .geometry import Bounds
from .pdfium import LOST
from .row_labels import LabelledRow, Piece, is_figure, kind_of, labelled_rows, pieces_of
from .tables import TableRow
from .words import Line, Word

SAME_PLACE = 2.0
"""Points that a heading which is repeated on the next page may be away from where it stood."""


def with_doubtful(line: Line) -> list[Word]:
    """The words of a line of figures, with those lost that may not count or are not all that is there."""
    words = line.words
    for place in line.doubtful:
        words = _without_doubtful(words, place, line.size)
    return words


def _without_doubtful(words: list[Word], place: Word, size: float) -> list[Word]:
    """The words of a line with the figures at ``place``, and what else may be one there, as one that is lost."""
    under = list(filter(place.overlaps, words))
    figures = list(filter(is_figure, under))
    left = max([place.x0, *(word.x1 for word in under if word not in figures)])
    if not figures and under and place.x1 - left <= size:
        # Over a label and hardly further there is no figure.
        return words
    x0, x1 = min([left, *(word.x0 for word in figures)]), max([place.x1, *(word.x1 for word in figures)])
    kept = (word for word in words if word not in figures)
    return sorted([Word(LOST, x0, x1), *kept], key=lambda word: word.x0)


@define(eq=False)
class Found:
    """Content of a stretch: the rows of a table, its heading first, a label or "" first in each, and the other lines.

    No rows where the columns can't be told. ``unread`` are the lines where not even the rows can: a figure that was
    wrapped would be taken for two.
    """

    rows: list[TableRow]
    lines: list[Line]
    unread: list[Line] = Factory(list)


class Stretch:
    """Lines from the first name of a column on, as long as they can be of one table."""

    def __init__(self, line: Line) -> None:
        self.lines: list[Line] = [line]
        self._left: float | None = None
        self._see(line)

    def _see(self, line: Line) -> None:
        """Cut the words of a line where one cell ends and the next begins, and see where figures begin."""
        line.words = [piece for word in line.words for piece in _cells(word)]
        for word in line.words:
            if is_figure(word):
                self._left = word.x0 if self._left is None else min(self._left, word.x0)

    @property
    def has_figures(self) -> bool:
        """Return whether it has come to the lines below the names of the columns."""
        return self._left is not None

    @staticmethod
    def opens(line: Line) -> bool:
        """Return whether a table may begin with ``line``: it names a block of rows, a column, or several together."""
        kinds = {label.kind for word in line.words for label in labels.find(word.text)}
        return bool(_head(line)) or not kinds.isdisjoint(("column", "caption"))

    def takes(self, line: Line) -> bool:
        """Add ``line``, if it goes on with the table; one that repeats the heading on the next page is passed over."""
        if _head(line):
            return False
        if line.page != self.lines[-1].page and any(_is_same(line, own) for own in self.lines):
            # None of this page has been added yet.
            return True
        if any(not is_figure(word) and self._ends(word, line.size) for word in line.words):
            return False
        self._see(line)
        self.lines.append(line)
        return True

    def _ends(self, word: Word, size: float) -> bool:
        """Return whether a word is prose, a sentence in the heading or across the columns, or names further columns."""
        if self._left is None:
            return "。" in word.text
        return word.x1 > self._left + 2 * size or any(label.kind == "caption" for label in labels.find(word.text))

    def read(self) -> Found:
        """Return what the lines are; see ``Found``."""
        start = self._end_of_heading()
        if not start:
            return Found([], self.lines)
        body = self.lines[start:]
        pieces = pieces_of(body)
        rows = labelled_rows(body, pieces)
        if rows is None:
            return Found([], [], unread=self.lines)
        left = max((piece.x1 for piece in pieces if piece.kind() == "row"), default=0.0)
        heading = self._heading_columns(start, left, [row.figures for row in rows]) if rows else None
        if heading is None:
            return Found([], self.lines)
        table = [*self._heading_rows(heading), *(_row(row, heading) for row in rows)]
        behind = body[max(body.index(row.line) for row in rows) + 1 :]
        return Found(table, _unused(behind, pieces))

    def _heading_columns(self, start: int, left: float, figures: list[list[Word]]) -> _Heading | None:
        """Return the columns that the lines before ``start`` name; None where figures can't be set below them."""
        lines = self.lines[1:start] if _head(self.lines[0]) else self.lines[:start]
        for words_of in (lambda line: line.words, _cut_if_over_others(lines, figures), _cut):
            columns, caption = _columns([words_of(line) for line in lines], left)
            titles = [column.name() for column in columns]
            places = _places(columns, figures)
            if titles and "" not in titles and places is not None:
                return _Heading(columns, caption, titles, places)
        return None

    def _heading_rows(self, heading: _Heading) -> list[TableRow]:
        """Return the rows of the heading: the title of its block, if it has one, and the names of the columns."""
        first, head = self.lines[0], _head(self.lines[0])
        bounds = [column.bounds(first) for column in heading.columns]
        rows = [TableRow([head, *[""] * len(heading.titles)], first.page, [first.bounds, *bounds])] if head else []
        return [*rows, TableRow([heading.caption, *heading.titles], first.page, [None, *bounds])]

    def _end_of_heading(self) -> int:
        """The first line with a figure, or with the label of a row; 0 where there is none below others."""
        for index, line in enumerate(self.lines):
            if any(is_figure(word) or kind_of(word.text) == "row" for word in line.words):
                return index
            if index and any(labels.starts_label(word.text) and kind_of(word.text) == "" for word in line.words[:1]):
                below = self.lines[index + 1 : index + 3]
                if any(kind_of(line.words[0].text + more.words[0].text) == "row" for more in below):
                    return index
        return 0


def _cells(word: Word) -> list[Word]:
    """The words that a word is where narrow gaps part cells: what is no piece of one label, and no figure set wide."""
    if not word.cuts or kind_of(word.text) or labels.is_fragment(word.text):
        return [word]
    return word.pieces()


def _cut(line: Line) -> list[Word]:
    """The words of a heading, cut at each narrow gap: there may be two names, or a name set wide."""
    return [piece for word in line.words for piece in word.pieces()]


def _cut_if_over_others(heading: list[Line], figures: list[list[Word]]) -> Callable[[Line], list[Word]]:
    """As ``_cut``, for the words that are over several others."""
    others = [[piece for word in line.words for piece in word.pieces()] for line in heading] + figures

    def is_over_several(word: Word) -> bool:
        return any(sum(map(word.overlaps, row)) > 1 for row in figures) or any(
            sum(map(word.overlaps, row)) == len(word.pieces()) > 1
            for row in others
            if word.text not in "".join(other.text for other in row)
        )

    return lambda line: [piece for word in line.words for piece in (word.pieces() if is_over_several(word) else [word])]


def _is_same(line: Line, other: Line) -> bool:
    return line.text == other.text and abs(line.x0 - other.x0) < SAME_PLACE and not any(map(is_figure, line.words))


def _head(line: Line) -> str:
    """The words of a line that stands above a block of rows and names it; empty where the line does not."""
    text = "".join(word.text for word in line.words)
    return text if any(label.kind == "head" for label in labels.find(text)) else ""


def _unused(lines: list[Line], pieces: list[Piece]) -> list[Line]:
    """The lines of which no label has a part."""
    used = [line for piece in pieces if piece.kind() for line in piece.lines]
    return [line for line in lines if line not in used]


def _row(found: LabelledRow, heading: _Heading) -> TableRow:
    line, label, columns = found.line, found.label, heading.columns
    cells = [label.text if label is not None else "", *[""] * len(columns)]
    boxes: list[Bounds | None] = [
        label.bounds() if label is not None else None,
        *(column.bounds(line) for column in columns),
    ]
    for word in found.figures:
        place = heading.places[id(word)] + 1
        cells[place] = word.text
        boxes[place] = line.part(word.x0, word.x1)
    return TableRow(cells, line.page, boxes)


# --- columns -------------------------------------------------------------------------------------------------------


@define(eq=False)
class _Column:
    """The words one above the other that name a column, from the top down."""

    words: list[Word]

    def overlaps(self, word: Word) -> bool:
        return any(map(word.overlaps, self.words))

    @property
    def middle(self) -> float:
        return (self.words[-1].x0 + self.words[-1].x1) / 2

    def bounds(self, line: Line) -> Bounds:
        """Return where it meets a line."""
        return line.part(min(word.x0 for word in self.words), max(word.x1 for word in self.words))

    def name(self) -> str:
        """Its name; the words at the top may be those of a name for several columns. Empty where it is unknown."""
        for start in range(len(self.words)):
            text = "".join(word.text for word in self.words[start:])
            if any(label.kind == "column" for label in labels.find(text)):
                return text
        return ""


class _Heading(NamedTuple):
    """The columns that a heading names, and where each word of a row below it stands."""

    columns: list[_Column]
    caption: str
    titles: list[str]
    places: dict[int, int]


def _columns(heading: list[list[Word]], left: float) -> tuple[list[_Column], str]:
    """The columns that the lines above the rows name, and what stands above the labels, which end at ``left``.

    From the bottom up, for a name is right above its column; a word above several columns names none.
    """
    columns: list[_Column] = []
    caption = ""
    for words in reversed(heading):
        for word in words:
            if (word.x0 + word.x1) / 2 < left and not any(label.kind == "column" for label in labels.find(word.text)):
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
    stacks = _stacks(word for row in rows for word in row)
    places: dict[int, int] = {}
    taken: set[int] = set()
    for index, stack in enumerate(stacks):
        under = {place for place, column in enumerate(columns) if any(map(column.overlaps, stack))}
        if not under and len(stacks) == len(columns):
            under = {_nearest(stack, columns)} & {index}
        if len(under) != 1 or under & taken:
            return None
        taken |= under
        (column,) = under
        places.update(dict.fromkeys(map(id, stack), column))
    in_rows = ([places[id(word)] for word in row] for row in rows)
    return places if all(len(set(row)) == len(row) for row in in_rows) else None


def _stacks(words: Iterable[Word]) -> list[list[Word]]:
    """Words of several lines as the stacks that they make, from left to right."""
    stacks: list[list[Word]] = []
    end = 0.0
    for word in sorted(words, key=lambda word: word.x0):
        if stacks and word.x0 < end:
            stacks[-1].append(word)
        else:
            stacks.append([word])
        end = max(end, word.x1)
    return stacks


def _nearest(stack: list[Word], columns: list[_Column]) -> int:
    middle = (min(word.x0 for word in stack) + max(word.x1 for word in stack)) / 2
    return min(range(len(columns)), key=lambda index: abs(columns[index].middle - middle))
