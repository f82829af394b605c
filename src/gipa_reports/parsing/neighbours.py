"""Evidence of the full rows below a heading of where its columns stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..memo import lazy
from .form_lines import LineBlock
from .headings import HeadingColumns, form_order, standing, unbound, unproven
from .ragged import covered, label_covers, stands_together
from .tokens import RecognisedRow, RowToken, TableHeading

MIN_SHORT = 3
"""Rows with short labels that show together that what is behind these is part of them."""

MIN_ALIKE = 3
"""Other rows with such labels, all narrower, beside which a row has a cell too many."""


class RowExtents:
    """Extents of rows: where labels end, how many cells come behind, and which are filled, below each heading.

    In most tables all rows are as wide, and then none speaks against another.
    """

    def __init__(self, tokens: Iterable[RowToken]) -> None:
        self._below: dict[TableHeading | None, set[tuple[int, int, tuple[int, ...]]]] = {}
        for token in tokens:
            row = token.recognised
            if row is not None:
                self._below.setdefault(token.heading, set()).add((row.start, len(row.values), row.filled))

    def are_even(self, heading: TableHeading | None, named: HeadingColumns) -> bool:
        """Return whether all rows below a heading are full, or as wide with no label that reaches below the first name.

        Then no row can have lost a cell, and none begins behind one that the others do not have. Loose rows have no
        width.
        """
        extents, positions = self._below.get(heading, ()), named.positions
        if all(len(filled) in (0, count) for _, count, filled in extents):
            return True
        if positions is None:
            return False
        widths = {start + count for start, count, _ in extents}
        return len(widths) == 1 and all(start <= positions[0] for start, _, _ in extents)

    def are_exact(self, heading: TableHeading | None, named: HeadingColumns) -> bool:
        """Return whether rows that are even have all labels in one place, and all figures below the names or none."""
        extents = self._below.get(heading, ())
        return len({start for start, _, _ in extents}) == 1 and all(
            not filled or filled == named.positions for _, _, filled in extents
        )

    def reach_beyond(self, heading: TableHeading | None, columns: int, positions: tuple[int, ...] | None) -> bool:
        """Return whether a row has more cells than there are columns, and the last that is filled beyond the names."""
        return any(
            count > columns and filled and (positions is None or filled[-1] > positions[-1])
            for _, count, filled in self._below.get(heading, ())
        )


class Neighbours:
    """The rows below one heading of a block, and the columns there.

    A heading that names fewer columns than the form, or in another order, is read as if it were not there if a row of
    cells speaks against it.
    """

    def __init__(
        self, named: HeadingColumns, heading: TableHeading | None, tokens: Sequence[RowToken], block: LineBlock
    ) -> None:
        self._count = len(block.columns)
        self._block = block
        self._heading = heading
        self._tokens = tokens
        self._named = named
        self.named: HeadingColumns = named
        if self._is_contradicted():
            self.named = form_order(self._count)
        elif self._is_overlapped():
            self.named = unbound(named)

    def _is_contradicted(self) -> bool:
        """Return whether a full row does not stand below names that are fewer than the form's, or in another order."""
        named = self._named
        if named.moved or named.lacking:
            count, positions = len(named.indexes), named.positions
            for token in self._tokens:
                # Nearly all full rows stand where the names do.
                row = token.recognised
                if row is not None and len(row.filled) >= count and row.filled != positions:
                    return any(filled != positions for _, _, filled in self._full)
        return False

    def _is_overlapped(self) -> bool:
        """Return whether most rows have labels where the heading has names: it lost the cells over the labels."""
        positions = self._named.positions
        if positions is None:
            return False
        offsets = [token.offset for token, _ in self._rows]
        return sum(offset > positions[0] for offset in offsets) * 2 > len(offsets)

    @lazy
    def _rows(self) -> list[tuple[RowToken, RecognisedRow]]:
        return [
            (token, row)
            for token in self._tokens
            if token.heading is self._heading and (row := token.recognised) is not None and token.spacing == "grid"
        ]

    @lazy
    def _full(self) -> list[tuple[RowToken, RecognisedRow, tuple[int, ...]]]:
        """The rows with a figure for each of the columns, and where these stand."""
        return [
            (token, row, filled)
            for token, row in self._rows
            if len(filled := _beside(row.filled, self._named.others)) >= len(self._named.indexes)
        ]

    def _indent(self, token: RowToken) -> int:
        """Return where the values of a row begin, less the labels that the form has to the left of its own."""
        return token.offset - self._block.depths.get(token.type, 0)

    @lazy
    def _usual(self) -> int:
        """The indent of most rows."""
        return Counter(self._indent(token) for token, _ in self._rows).most_common(1)[0][0]

    def _begins_by_itself(self, token: RowToken, row: RecognisedRow) -> int | None:
        """Return where the figures of a row begin by what it is alone, wherever names and other rows stand."""
        count = len(self.named.indexes)
        if self.named.others:
            return None
        if self._label_covers is not None:
            return token.offset + (covered(token, self._block) if self._label_covers else 0)
        return stands_together(row, count, self._named.positions)

    @lazy
    def _label_covers(self) -> bool | None:
        """Return whether labels cover what they do in the form, in a table whose rows all end with their figures."""
        return label_covers(self._rows, len(self.named.indexes), self._block)

    @lazy
    def _crowded(self) -> frozenset[int]:
        """Return how wide the rows are that have more figures than there are columns."""
        return frozenset(row.width for _, row, filled in self._full if len(filled) > self._count)

    @lazy
    def _most(self) -> dict[int, int]:
        """Return how many cells there are behind the labels of the widest row, by how many these cover in the form.

        Rows of one width have all lost what one of them lost, or none. A figure too many in one row alone says nothing
        of the width of others.
        """
        rows = [
            (covered(token, self._block), row)
            for token in self._tokens
            if (row := token.recognised) is not None and token.heading is self._heading and token.spacing != "dropped"
        ]
        if len({row.width for _, row in rows}) < 2:
            return {}
        widths = [(cells, len(row.values)) for cells, row in rows if len(row.filled) <= self._count]
        if len(widths) + 1 < len(rows):
            widths = [(cells, len(row.values)) for cells, row in rows]
        # The widest of each comes last.
        return dict(sorted(widths))

    def _lacks_a_cell(self, token: RowToken) -> bool:
        """Return whether a row with a blank is narrower than others with such labels, and not for its end was trimmed.

        A row that was trimmed ends with a figure, and has its first cell below the first name or fewer than there are
        columns; in another, what stands behind the cell that is missing is one place too far to the left.
        """
        row, count, positions = token.recognised, len(self.named.indexes), self.named.positions
        if row is None or not 0 < len(row.filled) < count:
            return False
        is_below = positions is not None and positions[0] > token.offset
        if row.values[-1] and (is_below or len(row.values) != count):
            return False
        return len(row.values) < self._most.get(covered(token, self._block), 0)

    def speak_against(self, token: RowToken) -> bool:
        """Return whether a row with a blank has lost a cell, or begins behind one that the others do not have."""
        assert token.recognised is not None, "what stands beside other rows is recognised"
        if self._has_a_cell_too_many(token, token.recognised):
            return True
        if not any(against(token) for against in (self._lacks_a_cell, self._begins_behind_a_blank, self._may_cover)):
            return False
        return self._begins_by_itself(token, token.recognised) is None

    @lazy
    def _counts(self) -> dict[int, Counter[int]]:
        """Return how many rows have how many cells behind their labels, by how many these cover in the form."""
        counts: dict[int, Counter[int]] = {}
        for token, row in self._rows:
            counts.setdefault(covered(token, self._block), Counter())[len(row.values)] += 1
        return counts

    def _has_a_cell_too_many(self, token: RowToken, row: RecognisedRow) -> bool:
        """Return whether a row with a figure for each column has a blank at its end for which no such row has room.

        One of its figures may be two pieces of one; not where a blank before them gives the row the place.
        """
        own, cells = len(row.values), covered(token, self._block)
        if len(row.filled) != self._count or row.values[-1] or row.filled[0] - row.start > cells:
            return False
        counts = self._counts.get(cells, Counter())
        return counts[own] == 1 and max(counts) == own and counts.total() > MIN_ALIKE

    def _may_cover(self, token: RowToken) -> bool:
        """Return whether the blank cells behind a label may be covered by it, in a table whose rows are of one width.

        They may where all that the label covers in the form is blank, and so it is behind each label like it.
        """
        row, cells = token.recognised, covered(token, self._block)
        if row is None or self.named.positions is not None or not cells or not row.filled or self._most:
            return False
        return row.filled[0] - row.start >= cells and self._wide_begin >= 0

    @lazy
    def _wide_begin(self) -> int:
        """Return how far behind what their labels cover the first figure of those rows stands that have wide labels."""
        begun = [
            row.filled[0] - row.start - cells
            for token, row in self._rows
            if (cells := covered(token, self._block)) and row.filled
        ]
        return min(begun, default=0)

    @lazy
    def _nearest(self) -> int | None:
        """Return how many cells stand at least between a label, with what it covers, and its first figure."""
        full = [row.filled[0] - row.start - covered(token, self._block) for token, row, _ in self._full]
        return min(full, default=None)

    def _begins_behind_a_blank(self, token: RowToken) -> bool:
        """Return whether a row has as many figures as columns, and a blank before them that others do not have.

        Where no name says in which column the first of them stands, the last may be none of the form.
        """
        row = token.recognised
        if row is None or self.named.positions is not None or len(row.filled) != len(self.named.indexes):
            return False
        gap = row.filled[0] - row.start - covered(token, self._block)
        # A label that stands further left than those of its depth may reach over the blank.
        own = max(0, self._usual - self._indent(token))
        return gap > own and self._nearest is not None and self._nearest <= 0

    def columns_of(self, token: RowToken) -> HeadingColumns | None:
        """The columns of a row by the full rows with as many labels and cells; by the heading where there are none.

        None for a row that stands as nothing else does: a cell is missing or one too many, and nothing says which.
        """
        assert token.recognised is not None, "a row of a grid is recognised"
        width, own, named = token.recognised.width, self._indent(token), self.named
        if width in self._crowded:
            # One column there is not the form's.
            return None
        first = self._begins_by_itself(token, token.recognised)
        if first is not None:
            own_places = tuple(range(first, first + len(named.indexes)))
            return named if own_places == named.positions else standing(named, frozenset((own_places,)))
        if self.speak_against(token):
            return None
        places = self._places_beside(token, token.recognised)
        is_wide = width in named.widths
        if not places:
            if not is_wide or own != self._usual:
                return None
            return named if self._reaches(token) else unproven(named)
        if places == {named.positions}:
            return named
        if named.positions is not None and _has_stray(places, named.positions, own, is_wide):
            return None
        return standing(named, places)

    def _places_beside(self, token: RowToken, own: RecognisedRow) -> frozenset[tuple[int, ...]]:
        """Return where the figures of full rows as wide as a row stand, of those with its indent.

        A row with a blank stands as those with as many labels do: where spans were lost, others stand elsewhere.
        """
        is_full = len(own.filled) >= self._count
        return frozenset(
            filled
            for other, row, filled in self._full
            if row is not own and row.width == own.width and len(filled) == self._count
            if (is_full or other.offset == token.offset) and self._indent(other) == self._indent(token)
        )

    def _reaches(self, token: RowToken) -> bool:
        """Return whether the cells between a label and the first name are part of the label.

        They are where rows of the source are as wide as it says; where a row with as many labels has a figure below the
        last name, as none could that lost but one of these cells; and where all rows have nothing there, and some a
        figure behind it.
        """
        positions = self.named.positions
        if positions is None or positions[0] <= token.offset or _tells_spans(token):
            return True
        first, end = positions[0], positions[-1]
        short = [(other.offset, row.filled) for other, row in self._rows if row.filled and other.offset < first]
        if any(offset == token.offset and filled[-1] >= end for offset, filled in short):
            return True
        begins = [filled[0] for _, filled in short]
        return min(begins, default=0) == first and begins.count(first) >= MIN_SHORT


def _tells_spans(token: RowToken) -> bool:
    """Return whether the source of a row says how wide each cell is."""
    origin = token.row.origin
    return origin is not None and origin.sheet is None and origin.page is None and origin.tells_spans


def _has_stray(places: frozenset[tuple[int, ...]], positions: tuple[int, ...], own: int, is_wide: bool) -> bool:
    """Return whether one of several rows has a blank, and in its place a figure of a column that nothing names."""
    is_late = min(places)[0] > positions[0] >= own
    return is_late or (is_wide and not all(_is_parallel(filled, positions) for filled in places))


def _is_parallel(filled: tuple[int, ...], positions: tuple[int, ...]) -> bool:
    """Return whether figures stand as far from each other as the names of their columns."""
    return len({place - position for place, position in zip(filled, positions, strict=False)}) == 1


def _beside(filled: tuple[int, ...], others: frozenset[int]) -> tuple[int, ...]:
    return tuple([place for place in filled if place not in others]) if others else filled
