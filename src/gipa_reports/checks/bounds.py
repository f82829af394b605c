"""Bounds that blanks leave: passed on between the rows and columns of a table.

What stands in a blank is not known, but it is a count: zero or more. So each identity bounds each of its blanks by the
others, and these bounds go on into the other identity that the blank is in, until nothing changes. Where a blank would
have to be less than zero, or more than its greatest and less than its least at once, the known figures contradict each
other whatever the blanks mean. All is reckoned in integers, so no contradiction is one of rounding.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import frozen

from .residuals import Residuals

MAX_VISITS = 4000
"""Number of times that identities are looked at in one go. Bounds can creep by one a round for ever; tables of
reports need fewer than a hundred."""

Crossing = tuple[int, int, int, int, bool]
"""The fields of ``Contradiction`` behind ``numbers``."""

Hole = tuple[int, int]
"""A cell without a figure, by index, and its sign in the identity."""


@frozen
class Contradiction:
    """Identities that can't hold together.

    ``numbers`` are the identities; no one of them can be left out. By the identity ``number`` the cell ``place``
    would be at most ``upper`` where ``below``, else at least ``lower``; by the others, the other.
    """

    numbers: tuple[int, ...]
    number: int
    place: int
    lower: int
    upper: int
    below: bool


def contradiction(residuals: Residuals) -> Contradiction | None:
    """The identities of a table with blanks that contradict each other, though each can hold by itself.

    None where there are none, and where one does not hold by itself: bounds that follow from it would say nothing.
    """
    if residuals.broken or residuals.out_of_reach or not any(residuals.known):
        # With all known sums level, zero in every blank is a way for all to hold.
        return None
    numbers = [number for number, open_ in enumerate(residuals.open) if open_ != (0, 0)]
    found = _crossing(residuals, numbers)
    if found is None:
        return None
    return _smallest(residuals, numbers, found)


def _smallest(residuals: Residuals, numbers: list[int], found: Crossing) -> Contradiction:
    """Leave out each identity without which bounds cross all the same."""
    for number in tuple(numbers):
        fewer = [other for other in numbers if other != number]
        without = _crossing(residuals, fewer)
        if without is not None:
            numbers, found = fewer, without
    return Contradiction(tuple(numbers), *found)


def _crossing(residuals: Residuals, numbers: Sequence[int]) -> Crossing | None:
    """The first cell whose bounds cross when those of ``numbers`` are passed on, and the identity that made them."""
    bounds = _Bounds([0] * len(residuals.values), {})
    holes = {number: _holes(residuals, number) for number in numbers}
    waiting = deque(numbers)
    for _ in range(MAX_VISITS):
        if not waiting:
            break
        number = waiting.popleft()
        for place, fell in bounds.narrowed(-residuals.known[number], holes[number]):
            if place in bounds.upper and bounds.lower[place] > bounds.upper[place]:
                return number, place, bounds.lower[place], bounds.upper[place], fell
            touching = holes.keys() & residuals.code.numbers[place] - {number}
            waiting.extend(sorted(touching - set(waiting)))
    return None


class _Bounds(NamedTuple):
    """The least and the most that each cell can be; a cell that is not in ``upper`` has no most."""

    lower: list[int]
    upper: dict[int, int]

    def narrowed(self, target: int, holes: Sequence[Hole]) -> Iterator[tuple[int, bool]]:
        """Narrow the bounds of holes whose signed sum is ``target``: yield each that moves, and whether its most fell.

        All are reckoned of the bounds as they were before.
        """
        for place, least, most in _derived(target, holes, self.lower, self.upper):
            rose, fell = self._narrow(place, least, most)
            if rose or fell:
                yield place, fell

    def _narrow(self, place: int, least: int | None, most: int | None) -> tuple[bool, bool]:
        """Take over what is narrower, and return whether the least rose and the most fell."""
        rises = least is not None and least > self.lower[place]
        falls = most is not None and (place not in self.upper or most < self.upper[place])
        if rises and least is not None:
            self.lower[place] = least
        if falls and most is not None:
            self.upper[place] = most
        return rises, falls


def _holes(residuals: Residuals, number: int) -> tuple[Hole, ...]:
    values = residuals.values
    return tuple((place, sign) for place, sign in residuals.code.terms[number].items() if values[place] is None)


def _derived(
    target: int, holes: Sequence[Hole], lower: Sequence[int], upper: dict[int, int]
) -> Iterator[tuple[int, int | None, int | None]]:
    """For each hole the least and the most it can be, given the others, when their signed sum is ``target``.

    None is no bound.
    """
    # What a hole adds lies between these two; a minus turns them round.
    ends = [_turned(lower[place], upper.get(place), sign) for place, sign in holes]
    low_sum, low_open = _sum_of([low for low, _ in ends])
    high_sum, high_open = _sum_of([high for _, high in ends])
    for (place, sign), (low, high) in zip(holes, ends, strict=True):
        least = None if high_open > (high is None) else target - high_sum + (high or 0)
        most = None if low_open > (low is None) else target - low_sum + (low or 0)
        yield (place, least, most) if sign > 0 else (place, _minus(most), _minus(least))


def _sum_of(bounds: Sequence[int | None]) -> tuple[int, int]:
    """Return the sum of bounds, and how many of them are none."""
    return sum([bound or 0 for bound in bounds]), bounds.count(None)


def _turned(least: int | None, most: int | None, sign: int) -> tuple[int | None, int | None]:
    """Return two bounds, or with a minus those of the negative."""
    return (least, most) if sign > 0 else (_minus(most), _minus(least))


def _minus(value: int | None) -> int | None:
    return None if value is None else -value
