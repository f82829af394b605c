"""Labels of rows that run over several lines, put together by the form's; and the lines with figures that they name."""

from __future__ import annotations

import re
from typing import NamedTuple

from attrs import define

from ...template import forms, labels
from ...template.words import NOT_APPLICABLE_MARKS
from .geometry import Bounds
from .pdfium import LOST
from .words import Line, Word

NEAR = 0.75
"""A label belongs to the row whose baseline is this near, in ems, to the middle of the label's own lines."""
CLEARLY = 0.25
"""Ems by which one label has to be nearer to a row than another, which may be its label too."""
LOOK_BACK = 40
"""Pieces of labels that a word may go on with; on a line there are three at most, and four lines in a label."""

_FIGURE = re.compile(rf"[+-]?[\d{LOST}][\d,{LOST}]*(?:\.\d+)?[^\d\s.,、:：)）]{{0,2}}")


def is_figure(word: Word) -> bool:
    """Return whether a word may be a figure, or stands for one."""
    return _FIGURE.fullmatch(word.text) is not None or word.text in NOT_APPLICABLE_MARKS


def kind_of(text: str) -> str:
    """``"row"``, ``"span"``, or "" for what is no whole label."""
    found = [label for label in labels.find(text) if label.kind in ("row", "span")]
    # In the form of 2019 the last of the spans is a row.
    return "row" if any(label.name == forms.OTHER.terminal for label in found) else found[0].kind if found else ""


@define(eq=False)
class Piece:
    """A label, or as much of it as has come yet: its words with the line of each."""

    words: list[Word]
    lines: list[Line]

    @property
    def text(self) -> str:
        """Its words, put together."""
        return "".join(word.text for word in self.words)

    @property
    def x1(self) -> float:
        """Return where it ends at the right."""
        return max(word.x1 for word in self.words)

    def kind(self) -> str:
        """Return what it is as a whole label; see ``kind_of``."""
        return kind_of(self.text)

    def bounds(self) -> Bounds | None:
        """Return where it is, if on one page."""
        x0, x1 = min(word.x0 for word in self.words), self.x1
        first, last = self.lines[0], self.lines[-1]
        return (x0, first.top, x1, last.top + last.size) if first.page == last.page else None

    def takes(self, word: Word, line: Line) -> bool:
        """Go on with ``word``, if it stands below and that is how a label goes on."""
        below = line is not self.lines[-1] and any(map(word.overlaps, self.words))
        if not below or not goes_on(self.text, word.text):
            return False
        self.words.append(word)
        self.lines.append(line)
        return True

    def spans(self, row: Piece) -> bool:
        """Return whether the label, which may be one over several rows, stands left of that of a row."""
        if all(label.name != forms.OTHER.terminal for label in labels.find(self.text)):
            return False
        near = row.lines[0].page == self.lines[0].page and min(map(self.distance, row.lines)) < 1.2
        return near and min(word.x0 for word in row.words) > self.x1

    def distance(self, row: Line) -> float:
        """Return how far, in ems, the middle of the label is from a line; any line of one that a page break cuts."""
        first, last = self.lines[0], self.lines[-1]
        if first.page == last.page:
            places = [(first.page, (first.baseline + last.baseline) / 2)]
        else:
            places = [(line.page, line.baseline) for line in self.lines]
        return min((abs(row.baseline - y) / row.size for page, y in places if page == row.page), default=NEAR)


def goes_on(text: str, more: str) -> bool:
    """Return whether ``more``, on a line below ``text``, is the next piece of the label that begins there."""
    found, both = labels.find(text), labels.find(text + more)
    if found and (labels.find(more) or (both == found and labels.starts_label(more))):
        # Two labels; behind the first a bracket may be anything, also the number of the second.
        return False
    return bool(both) or labels.starts_label(text + more)


def pieces_of(body: list[Line]) -> list[Piece]:
    """The labels among the words, and the pieces of those that are not whole."""
    pieces: list[Piece] = []
    for line in body:
        for word in line.words:
            if not is_figure(word) and not any(piece.takes(word, line) for piece in reversed(pieces[-LOOK_BACK:])):
                pieces.append(Piece([word], [line]))
    return pieces


class LabelledRow(NamedTuple):
    """A line of a table, its figures, and the label beside it: None in a table without labels."""

    line: Line
    figures: list[Word]
    label: Piece | None


def labelled_rows(body: list[Line], pieces: list[Piece]) -> list[LabelledRow] | None:
    """The rows of a table from the top down, those without a figure too; None where one can't be told from another."""
    figures = [(line, words) for line in body if (words := list(filter(is_figure, line.words)))]
    names = _names(pieces)
    if len(figures) == 1 and not names:
        # The one row of a table without labels.
        return [LabelledRow(*figures[0], None)]
    rows: list[LabelledRow] = []
    used: list[Piece] = []
    for line, words in figures:
        label = _beside(line, names) or _unknown_beside(line, names, pieces)
        if label is None or label in used:
            return None
        used.append(label)
        rows.append(LabelledRow(line, words, label))
    rows += (LabelledRow(piece.lines[0], [], piece) for piece in names if piece not in used)
    return sorted(rows, key=lambda row: (row.line.page, row.line.baseline))


def _names(pieces: list[Piece]) -> list[Piece]:
    """The labels of rows; what spans several of them is none."""
    names = [piece for piece in pieces if piece.kind() == "row"]
    return [piece for piece in names if not any(map(piece.spans, names))]


def _beside(row: Line, names: list[Piece]) -> Piece | None:
    """The label beside the middle of which a line with figures stands.

    None where there is none, or where it may be either of two: then a figure was wrapped, or a label is not whole.
    """
    near = sorted((piece.distance(row), index) for index, piece in enumerate(names))[:2]
    near = [(distance, index) for distance, index in near if distance < NEAR]
    if not near or (len(near) > 1 and near[1][0] - near[0][0] < CLEARLY):
        return None
    return names[near[0][1]]


def _unknown_beside(row: Line, names: list[Piece], pieces: list[Piece]) -> Piece | None:
    """Return what stands beside a line with figures, where no label of the form does: no label, and no piece of one."""
    if any(piece.distance(row) < NEAR for piece in names):
        return None
    others = (piece for piece in pieces if not piece.kind() and piece.distance(row) < NEAR)
    return next((piece for piece in others if not labels.is_fragment(piece.text)), None)
