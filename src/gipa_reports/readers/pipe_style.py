"""Style in which a document writes its rows between pipes: with pipes at the ends of lines or not, blanks in place or
dropped.

Some extractors drop blank cells and fill the row with pipes at its end, others leave every cell where it is. Both end a
row with a run of pipes; only the second leaves an empty cell before a figure, in a row as wide as those around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby, pairwise

from ..document import Spacing
from ..template.vocabulary import look_up
from .data_rows import NOTHING
from .pipe_lines import PipeLine

MIN_ROWS = 3
"""Rows of one width, one behind the other, that are a table whose blanks can be in place."""


class PipeStyle:
    """Style of all rows of a document, as its lines with pipes show."""

    def __init__(self, lines: Sequence[PipeLine]) -> None:
        self._lines = lines
        self.is_ruled: bool = any(line.is_rule for line in lines)
        """True if there is a rule below the heading of some table."""

    @cached_property
    def is_open(self) -> bool:
        """Return whether no line begins or ends with a pipe, but where its first or last cell is blank.

        Where there are rules, none of them has a pipe at an end, and a heading above one has none; else most lines. A
        table in a cell of another begins with a pipe, that of the row around it.
        """
        ruled = [(above, rule) for above, rule in pairwise(self._lines) if rule.is_rule] if self.is_ruled else []
        if not ruled:
            return sum([line.is_bare for line in self._lines]) * 2 > len(self._lines)
        return all(rule.is_bare for _, rule in ruled) and any(above.is_bare for above, _ in ruled)

    @cached_property
    def keeps_blanks(self) -> bool:
        """Return whether a blank cell stands in its place; where nothing shows it, it may be moved to the end."""
        if not any(line.has_blank for line in self._lines):
            return False
        cells = (self.cells(line) for line in self._lines if not line.is_rule)
        if self.is_open:
            return any(map(_has_blank_before_figure, cells))
        runs = (list(run) for _, run in groupby(cells, key=len))
        return any(len(run) >= MIN_ROWS and any(map(_has_blank_before_figure, run)) for run in runs)

    @cached_property
    def is_packed(self) -> bool:
        """Return whether rows are filled up at their end, and nothing shows that a blank before it is in its place.

        Where spans are not laid out, rows with a group's label before their own and rows without begin alike, and are
        of one width all the same.
        """
        lines = [line for line in self._lines if line.table == "requests"]
        # Most lines begin with a pipe; where spans are laid out, some of them have an empty cell behind it.
        if any(line.pieces[:2] == ("", "") for line in lines) or self.keeps_blanks:
            return False
        rows = [self.cells(line)[:2] for line in lines]
        # A word for nothing in a cell shows that each cell is in its place.
        if not all(row[0] for row in rows) or any(map(_has_word_for_nothing, self._lines)):
            return False
        found = set(map(_shape, rows))
        return {("span", "row"), ("row", "figure")} <= found

    @property
    def spacing(self) -> Spacing:
        """Return the parts of a row that ruled tables keep."""
        return "dropped" if self.is_packed else "grid"

    def kept(self, line: PipeLine, rule: PipeLine | None) -> tuple[str, ...]:
        """Return the cells of a row of a ruled table whose places mean something: the filled ones of a packed row."""
        return line.filled if self.is_packed else self.cells(line, rule)

    def cells(self, line: PipeLine, rule: PipeLine | None = None) -> tuple[str, ...]:
        """Return the cells between the pipes of a line, with or without pipes at its ends.

        Where the rule of its table has none at an end, a pipe there has an empty cell outside of it.
        """
        pieces = line.pieces
        if self.is_open:
            return pieces
        if rule is not None and len(pieces) == len(rule.pieces):
            led, closed = not rule.pieces[0], not rule.pieces[-1]
            if not (led and closed):
                return pieces[led : len(pieces) - closed]
        end = len(pieces) - (len(pieces) > 1 and not pieces[-1])
        return pieces[end > 1 and not pieces[0] : end]

    def are_even(self, lines: Iterable[PipeLine]) -> bool:
        """Return whether all rows are of one width, so that none of them has lost or won a cell."""
        return len({len(self.cells(line)) for line in lines}) == 1


def _has_word_for_nothing(line: PipeLine) -> bool:
    """Return whether a cell of a line holds what programs write where nothing is."""
    return not NOTHING.isdisjoint(line.filled)


def _shape(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what each cell is: the kind of its label, a figure, or something else."""
    words = map(look_up, cells)
    return tuple("figure" if word.is_figure else word.labels[0].kind if word.labels else "" for word in words)


def _has_blank_before_figure(cells: Sequence[str]) -> bool:
    """Return whether an empty cell stands behind a filled one and before a figure."""
    filled = [place for place, cell in enumerate(cells) if cell]
    return any(place - before > 1 and cells[place].isdecimal() for before, place in pairwise(filled))
