"""Suggestions where the form's own arithmetic shows what a figure should have been.

The rows and columns of 三 cover each figure two or three times, like the checks of a parity code. Each identity has a
residual, left minus right; a broken one is not zero. An edit restores the form when it changes every residual that is
not zero to zero and leaves those that are zero alone, which is reckoned from the changed cells alone. Six kinds of
edits are tried: one figure replaced, two neighbouring cells swapped, digits split or swapped between neighbours in a
row, a row moved by one column, a figure wrong together with its totals, and totals that were left at zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from ..template import Edition
from .model import Edit, EditKind
from .residuals import Residuals, code
from .subject import cell_name, within

Changes = dict[int, int]
"""Index of a cell among the cells of the form → the value it would have."""


def single_edits(residuals: Residuals) -> tuple[Edit, ...]:
    """All single edits that restore every identity of 三; none where none is broken."""
    if not residuals.broken:
        return ()
    found: dict[tuple[tuple[int, int], ...], EditKind] = {}
    for kind, changes in _candidates(residuals):
        real = {place: value for place, value in changes.items() if value != residuals.values[place]}
        if real and min(real.values()) >= 0 and residuals.restored_by(real):
            found.setdefault(tuple(sorted(real.items())), "figure" if len(real) == 1 else kind)
    return tuple(_edit(residuals, kind, changes) for changes, kind in found.items())


def _candidates(residuals: Residuals) -> Iterator[tuple[EditKind, Changes]]:
    """Edits that touch every broken identity, of each kind in turn."""
    code, values, width = residuals.code, residuals.values, residuals.code.width
    broken = frozenset(residuals.broken)
    # One of the cells that are edited is in the shortest of the broken identities.
    first = min(residuals.broken, key=lambda number: len(code.terms[number]))
    for place, sign in code.terms[first].items():
        old = values[place]
        if old is not None and broken <= code.numbers[place]:
            yield "figure", {place: old - sign * residuals.known[first]}
    yield from _between_neighbours(residuals, first, broken)
    for row in sorted({place // width for place in code.terms[first]}):
        if broken <= frozenset().union(*code.numbers[row * width : (row + 1) * width]):
            yield from _shifted(values, row * width, width)
    yield from _with_totals(residuals, first, broken)
    yield from _totals_filled(residuals)


def _between_neighbours(residuals: Residuals, first: int, broken: frozenset[int]) -> Iterator[tuple[EditKind, Changes]]:
    """Two neighbours in each other's place, or their digits divided otherwise."""
    code, values = residuals.code, residuals.values
    for a, b in _neighbours(code.terms[first], code.width, len(values)):
        left, right = values[a], values[b]
        if left is None or right is None or left < 0 or right < 0 or not broken <= code.numbers[a] | code.numbers[b]:
            continue
        yield "swap", {a: right, b: left}
        if b == a + 1:
            for new_left, new_right in _redivided(left, right):
                yield "digits", {a: new_left, b: new_right}


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
    digits = a + b
    if len(digits) > 40:
        return
    for cut in range(1, len(digits)):
        if cut != len(a) and _is_number(digits[:cut]) and _is_number(digits[cut:]):
            yield int(digits[:cut]), int(digits[cut:])
    for (i, x), (j, y) in product(enumerate(a), enumerate(b)):
        if x != y:
            yield int(a[:i] + y + a[i + 1 :]), int(b[:j] + x + b[j + 1 :])


def _is_number(digits: str) -> bool:
    return digits[0] != "0" or len(digits) == 1


def _shifted(values: Sequence[int | None], start: int, width: int) -> Iterator[tuple[EditKind, Changes]]:
    """The row moved left, or right, by one column; what was pushed out of it is reckoned from the row's total."""
    row = values[start : start + width]
    left = [value for value in row[1:] if value is not None]
    if len(left) == width - 1:
        yield "shift", {start + index: value for index, value in enumerate([*left, sum(left)])}
    right = [value for value in row[:-1] if value is not None]
    if len(right) == width - 1:
        first = right[-1] - sum(right[:-1])
        yield "shift", {start + index: value for index, value in enumerate([first, *right])}


def _moved_together(edition: Edition) -> tuple[tuple[int, ...], ...]:
    """The cells of 三 that a wrong figure goes into when it is added up by hand: it and its totals.

    A figure with the total of its row; one of the results with （七）总计 of its column; or with both, and their own.
    """
    form = code(edition).form
    width = code(edition).width
    last = width - 1
    total = form.row_index["processed_total"] * width
    results = {cell for one in form.identities if one.name == "results_add_up" for cell in one.left}
    groups: list[tuple[int, ...]] = []
    for row_id, number in form.row_index.items():
        start, is_result = number * width, f"requests.{row_id}.total" in results
        for column in range(width):
            if column < last:
                groups.append((start + column, start + last))
            if is_result:
                groups.append((start + column, total + column))
            if is_result and column < last:
                groups.append((start + column, start + last, total + column, total + last))
    return tuple(groups)


@cache
def _compounds(edition: Edition) -> tuple[tuple[tuple[tuple[int, ...], int, frozenset[int]], ...], ...]:
    """For each identity of 三: the cells that are moved together and move it, by how much, and all identities moved."""
    layout_code = code(edition)
    found: list[list[tuple[tuple[int, ...], int, frozenset[int]]]] = [[] for _ in layout_code.terms]
    for places in _moved_together(edition):
        net: dict[int, int] = {}
        for place in places:
            for number, sign in layout_code.touching[place]:
                net[number] = net.get(number, 0) + sign
        moved = frozenset(number for number, sign in net.items() if sign)
        for number in moved:
            found[number].append((places, net[number], moved))
    return tuple(map(tuple, found))


def _with_totals(residuals: Residuals, first: int, broken: frozenset[int]) -> Iterator[tuple[EditKind, Changes]]:
    """A figure and its totals, all changed by what the broken identity ``first`` is off by."""
    values, off = residuals.values, residuals.known[first]
    for places, sign, moved in _compounds(residuals.code.form.edition)[first]:
        if not broken <= moved:
            continue
        olds = [values[place] for place in places]
        if None not in olds:
            yield "with_totals", {place: (old or 0) - off // sign for place, old in zip(places, olds, strict=True)}


def _totals_filled(residuals: Residuals) -> Iterator[tuple[EditKind, Changes]]:
    """Totals that are zero where their parts are not, filled in: column 总计, row （七）总计, or both."""
    form = residuals.code.form
    downwards = [number for number, one in enumerate(form.identities) if one.name == "results_add_up"]
    across = [number for number, one in enumerate(form.identities) if one.name == "applicants_add_up"]
    for numbers in (across, downwards, (*downwards, *across)):
        yield "totals", _filled(residuals, numbers)


def _filled(residuals: Residuals, numbers: Sequence[int]) -> Changes:
    filled: Changes = {}
    for number in numbers:
        parts, (total,) = residuals.code.sides[number]
        if residuals.values[total] == 0:
            values = [filled.get(place, residuals.values[place]) for place in parts]
            if any(values) and None not in values:
                filled[total] = sum(value or 0 for value in values)
    return filled


def _edit(residuals: Residuals, kind: EditKind, changes: tuple[tuple[int, int], ...]) -> Edit:
    form = residuals.code.form
    zh, en, named = [], [], []
    for place, value in changes:
        cell_id, old = form.cell_ids[place], residuals.values[place]
        named.append((cell_id, value))
        zh.append(f"“{cell_name(form, cell_id)}”由{'空白' if old is None else old}改为{value}")
        en.append(f"{within(cell_id)} from {'blank' if old is None else old} to {value}")
    return Edit(
        kind=kind,
        changes=tuple(named),
        zh=f"{'，'.join(zh)}，表内勾稽关系即全部成立。",
        en=f"Changing {', '.join(en)} makes all identities of the table hold.",
    )


def _mended_by(residuals: Residuals, place: int) -> list[int]:
    """Return the identities that one change of a cell mends, where it mends all that it is in; else nothing."""
    touched = [(number, sign) for number, sign in residuals.code.touching[place] if residuals.open[number] == (0, 0)]
    changes = {-sign * residuals.known[number] for number, sign in touched}
    # One identity alone is no evidence: any of its cells mends it.
    plain = len(touched) > 1 and len(changes) == 1 and changes != {0}
    return [number for number, _ in touched] if plain else []


def roots(residuals: Residuals) -> dict[int, int]:
    """For each broken identity the cell that alone explains it and all others it is in, where that is plain.

    For tables with several independent faults: a cell is a root when changing it mends every identity that it is in,
    and no other such cell is in one of them. No value is suggested from this.
    """
    places = set().union(*(residuals.code.terms[number] for number in residuals.broken))
    explains = {place: _mended_by(residuals, place) for place in places}
    owners = Counter(number for numbers in explains.values() for number in numbers)
    plain = {place: numbers for place, numbers in explains.items() if all(owners[number] == 1 for number in numbers)}
    return {number: place for place, numbers in plain.items() for number in numbers}
