"""Where the form's own arithmetic shows what a figure should have been.

The rows and columns of 三 cover each figure two or three times, like the checks of a parity code. Each identity has a
residual, left minus right; a broken one is not zero. An edit restores the form when it changes every residual that is
not zero to zero and leaves those that are zero alone, which is reckoned from the changed cells alone. Four kinds of
edits are tried: one figure replaced, two neighbouring cells swapped, digits split or swapped between neighbours in a
row, and a row moved by one column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal

from attrs import frozen

from ..template import Edition, Form, form
from .model import Edit
from .subject import cell_name

Kind = Literal["figure", "swap", "digits", "shift"]
Changes = dict[int, int]
"""Index of a cell among the cells of the form → the value it would have."""


@frozen(slots=False)
class Code:
    """The identities of 三 in one edition, as signed sums over the cells by index."""

    layout: Form

    @cached_property
    def width(self) -> int:
        """Columns of a row; the cell right of ``i`` is ``i + 1``, the one below it ``i + width``."""
        return len(self.layout.blocks[0].columns)

    @cached_property
    def sides(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """For each identity: the cells of its left and of its right side, by index."""
        index = {cell_id: place for place, cell_id in enumerate(self.layout.cell_ids)}
        return tuple(
            (tuple(index[cell] for cell in identity.left), tuple(index[cell] for cell in identity.right))
            for identity in self.layout.identities
        )

    @cached_property
    def terms(self) -> tuple[dict[int, int], ...]:
        """For each identity: index of a cell → its sign."""
        return tuple({**dict.fromkeys(left, 1), **dict.fromkeys(right, -1)} for left, right in self.sides)

    @cached_property
    def touching(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each cell: the identities that it is in, by index, and its sign there."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.layout.cell_ids]
        for number, terms in enumerate(self.terms):
            for place, sign in terms.items():
                found[place].append((number, sign))
        return tuple(tuple(pairs) for pairs in found)

    @cached_property
    def numbers(self) -> tuple[frozenset[int], ...]:
        """For each cell: the identities that it is in, by index."""
        return tuple(frozenset(number for number, _ in pairs) for pairs in self.touching)


@cache
def code(edition: Edition) -> Code:
    """The identities of 三 in ``edition``."""
    return Code(form("requests", edition))


@frozen(slots=False)
class Residuals:
    """The figures of 三 (None where a cell has none) and how far each identity is from holding."""

    code: Code
    values: Sequence[int | None]

    @cached_property
    def known(self) -> tuple[int, ...]:
        """For each identity: left minus right, of the cells that have a figure."""
        values = [value or 0 for value in self.values]
        return tuple(
            sum([values[place] for place in left]) - sum([values[place] for place in right])
            for left, right in self.code.sides
        )

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """For each identity: how many of its cells have no figure. It is decided where there are none."""
        if None not in self.values:
            return (0,) * len(self.code.terms)
        return tuple(sum(self.values[place] is None for place in terms) for terms in self.code.terms)

    @cached_property
    def broken(self) -> tuple[int, ...]:
        """The identities that are decided and do not hold."""
        return tuple(
            number
            for number, (known, missing) in enumerate(zip(self.known, self.missing, strict=True))
            if known and not missing
        )

    def restored_by(self, changes: Mapping[int, int]) -> bool:
        """Whether after ``changes`` every identity holds that is decided then."""
        moved: dict[int, int] = {}
        filled: dict[int, int] = {}
        for place, value in changes.items():
            old = self.values[place]
            for number, sign in self.code.touching[place]:
                moved[number] = moved.get(number, 0) + sign * (value - (old or 0))
                filled[number] = filled.get(number, 0) + (old is None)
        for number, change in moved.items():
            if self.missing[number] == filled[number] and self.known[number] + change:
                return False
        return all(number in moved for number in self.broken)


def single_edits(residuals: Residuals) -> tuple[Edit, ...]:
    """All single edits that restore every identity of 三; none where none is broken."""
    if not residuals.broken:
        return ()
    found: dict[tuple[tuple[int, int], ...], Kind] = {}
    for kind, changes in _candidates(residuals):
        real = {place: value for place, value in changes.items() if value != residuals.values[place]}
        if real and min(real.values()) >= 0 and residuals.restored_by(real):
            found.setdefault(tuple(sorted(real.items())), "figure" if len(real) == 1 else kind)
    return tuple(_edit(residuals, kind, changes) for changes, kind in found.items())


def _candidates(residuals: Residuals) -> Iterator[tuple[Kind, Changes]]:
    """Edits that touch every broken identity, of each kind in turn."""
    code, values, width = residuals.code, residuals.values, residuals.code.width
    broken = frozenset(residuals.broken)
    # One of the cells that are edited is in the shortest of the broken identities.
    first = min(residuals.broken, key=lambda number: len(code.terms[number]))
    for place, sign in code.terms[first].items():
        old = values[place]
        if old is not None and broken <= code.numbers[place]:
            yield "figure", {place: old - sign * residuals.known[first]}
    for a, b in _neighbours(code.terms[first], width, len(values)):
        left, right = values[a], values[b]
        if left is None or right is None or left < 0 or right < 0 or not broken <= code.numbers[a] | code.numbers[b]:
            continue
        yield "swap", {a: right, b: left}
        if b == a + 1:
            for new_left, new_right in _redivided(left, right):
                yield "digits", {a: new_left, b: new_right}
    for row in sorted({place // width for place in code.terms[first]}):
        if broken <= frozenset().union(*code.numbers[row * width : (row + 1) * width]):
            yield from _shifted(values, row * width, width)


def _neighbours(terms: Mapping[int, int], width: int, count: int) -> Iterator[tuple[int, int]]:
    """Cells side by side, or one above the other, of which one at least is among ``terms``."""
    pairs: dict[tuple[int, int], None] = {}
    for place in terms:
        column = place % width
        if column:
            pairs[place - 1, place] = None
        if column + 1 < width:
            pairs[place, place + 1] = None
        if place >= width:
            pairs[place - width, place] = None
        if place + width < count:
            pairs[place, place + width] = None
    return iter(pairs)


def _redivided(left: int, right: int) -> Iterator[tuple[int, int]]:
    """The digits of two neighbours divided at another place, or one digit of each changed for the other."""
    a, b = str(left), str(right)
    if len(a) + len(b) > 40:
        return
    digits = a + b
    for cut in range(1, len(digits)):
        if cut != len(a) and (digits[0] != "0" or cut == 1) and (digits[cut] != "0" or cut == len(digits) - 1):
            yield int(digits[:cut]), int(digits[cut:])
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if x != y:
                yield int(a[:i] + y + a[i + 1 :]), int(b[:j] + x + b[j + 1 :])


def _shifted(values: Sequence[int | None], start: int, width: int) -> Iterator[tuple[Kind, Changes]]:
    """The row moved left, or right, by one column; what was pushed out of it is reckoned from the row's total."""
    row = values[start : start + width]
    left = [value for value in row[1:] if value is not None]
    if len(left) == width - 1:
        yield "shift", {start + index: value for index, value in enumerate([*left, sum(left)])}
    right = [value for value in row[:-1] if value is not None]
    if len(right) == width - 1:
        first = right[-1] - sum(right[:-1])
        yield "shift", {start + index: value for index, value in enumerate([first, *right])}


def _edit(residuals: Residuals, kind: Kind, changes: tuple[tuple[int, int], ...]) -> Edit:
    layout = residuals.code.layout
    zh, en, named = [], [], []
    for place, value in changes:
        cell_id, old = layout.cell_ids[place], residuals.values[place]
        named.append((cell_id, value))
        zh.append(f"“{cell_name(layout, cell_id)}”由{'空白' if old is None else old}改为{value}")
        en.append(f"{cell_id.partition('.')[2]} from {'blank' if old is None else old} to {value}")
    return Edit(
        kind,
        tuple(named),
        f"{'，'.join(zh)}，表内勾稽关系即全部成立。",
        f"Changing {', '.join(en)} makes all identities of the table hold.",
    )


def roots(residuals: Residuals) -> dict[int, int]:
    """For each broken identity the cell that alone explains it and all others it is in, where that is plain.

    For tables with several independent faults: a cell is a root when changing it mends every identity that it is in,
    and no other such cell is in one of them. No value is suggested from this.
    """
    broken = set(residuals.broken)
    explains: dict[int, list[int]] = {}
    for place in {place for number in broken for place in residuals.code.terms[number]}:
        touched = [(number, sign) for number, sign in residuals.code.touching[place] if not residuals.missing[number]]
        changes = {-sign * residuals.known[number] for number, sign in touched}
        # One identity alone is no evidence: any of its cells mends it.
        if len(touched) > 1 and len(changes) == 1 and changes != {0}:
            explains[place] = [number for number, _ in touched]
    owners: dict[int, list[int]] = {}
    for place, numbers in explains.items():
        for number in numbers:
            owners.setdefault(number, []).append(place)
    return {
        number: place
        for place, numbers in explains.items()
        if all(owners[number] == [place] for number in numbers)
        for number in numbers
    }
