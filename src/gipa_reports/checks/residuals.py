"""The identities of a table as signed sums, and how far each is from holding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from attrs import frozen

from ..template import FORMS, Edition, Form, TableId


@frozen(slots=False)
class Code:
    """The identities of a table in one edition, as signed sums over the cells by index."""

    form: Form

    @cached_property
    def width(self) -> int:
        """Columns of a row; the cell right of ``i`` is ``i + 1``, the one below it ``i + width``."""
        return len(self.form.blocks[0].columns)

    @cached_property
    def sides(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """For each identity: the cells of its left and of its right side, by index."""
        index = {cell_id: place for place, cell_id in enumerate(self.form.cell_ids)}
        return tuple(
            (tuple(index[cell] for cell in identity.left), tuple(index[cell] for cell in identity.right))
            for identity in self.form.identities
        )

    @cached_property
    def terms(self) -> tuple[dict[int, int], ...]:
        """For each identity: index of a cell → its sign."""
        return tuple({**dict.fromkeys(left, 1), **dict.fromkeys(right, -1)} for left, right in self.sides)

    @cached_property
    def touching(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each cell: the identities that it is in, by index, and its sign there."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.form.cell_ids]
        for number, terms in enumerate(self.terms):
            for place, sign in terms.items():
                found[place].append((number, sign))
        return tuple(tuple(pairs) for pairs in found)

    @cached_property
    def numbers(self) -> tuple[frozenset[int], ...]:
        """For each cell: the identities that it is in, by index."""
        return tuple(frozenset(number for number, _ in pairs) for pairs in self.touching)


@cache
def code(edition: Edition, table: TableId = "requests") -> Code:
    """The identities of a table in ``edition``."""
    return Code(FORMS[table, edition])


@frozen(slots=False)
class Residuals:
    """The figures of a table (None where a cell has none) and how far each identity is from holding."""

    code: Code
    values: Sequence[int | None]

    @cached_property
    def sums(self) -> tuple[tuple[int, int], ...]:
        """For each identity: the sums of its left and of its right side, of the cells that have a figure."""
        value_of = [value or 0 for value in self.values].__getitem__
        return tuple((sum(map(value_of, left)), sum(map(value_of, right))) for left, right in self.code.sides)

    @cached_property
    def known(self) -> tuple[int, ...]:
        """For each identity: left minus right, of the cells that have a figure."""
        return tuple(left - right for left, right in self.sums)

    @cached_property
    def open(self) -> tuple[tuple[int, int], ...]:
        """For each identity: how many cells of its left and of its right side have no figure."""
        if None not in self.values:
            return ((0, 0),) * len(self.code.sides)
        value_of = self.values.__getitem__
        return tuple(
            (list(map(value_of, left)).count(None), list(map(value_of, right)).count(None))
            for left, right in self.code.sides
        )

    @cached_property
    def broken(self) -> tuple[int, ...]:
        """The identities that are decided and do not hold."""
        sides = enumerate(zip(self.known, self.open, strict=True))
        return tuple(number for number, (known, open_) in sides if known and open_ == (0, 0))

    @cached_property
    def out_of_reach(self) -> tuple[int, ...]:
        """The identities that are undecided, but can't hold: what is blank is a count, and no count is negative."""
        sides = enumerate(zip(self.known, self.open, strict=True))
        return tuple(number for number, (known, open_) in sides if open_ != (0, 0) and not can_hold(known, *open_))

    def restored_by(self, changes: Mapping[int, int]) -> bool:
        """Return whether after ``changes`` every identity holds, or can hold where it is still undecided."""
        moved: dict[int, int] = {}
        filled: dict[tuple[int, int], int] = {}
        for place, value in changes.items():
            old = self.values[place]
            for number, sign in self.code.touching[place]:
                moved[number] = moved.get(number, 0) + sign * (value - (old or 0))
                filled[number, sign] = filled.get((number, sign), 0) + (old is None)
        for number, change in moved.items():
            left, right = self.open[number]
            left, right = left - filled.get((number, 1), 0), right - filled.get((number, -1), 0)
            if not can_hold(self.known[number] + change, left, right):
                return False
        return all(number in moved for number in (*self.broken, *self.out_of_reach))


def can_hold(known: int, left: int, right: int) -> bool:
    """Return whether counts for ``left`` and ``right`` open cells can bring ``known``, left minus right, to zero."""
    if left and right:
        return True
    return known <= 0 if left else known >= 0 if right else known == 0
