"""Bounds that blanks leave: passed on between the rows and columns of a table.

What stands in a blank is not known, but it is a count: zero or more. So each identity bounds each of its blanks by the
others, and these bounds go on into the other identity that the blank is in, until nothing changes. Where a blank would
have to be less than zero, or more than its greatest and less than its least at once, the known figures contradict each
other whatever the blanks mean. All is reckoned in integers, so no contradiction is one of rounding.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from attrs import frozen

from .residuals import Residuals

MAX_VISITS = 4000
"""Number of times that identities are looked at in one go. Bounds can creep by one a round for ever; tables of
reports need fewer than a hundred."""

Crossing = tuple[int, int, int, int, bool]
"""The fields of ``Contradiction`` behind ``numbers``."""

Bounds = tuple[int, int | None]
"""The least and the most that a cell can be; None where there is no most."""


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
    values, code = residuals.values, residuals.code
    bounds: list[Bounds] = [(0, None)] * len(values)
    waiting = deque(numbers)
    for _ in range(MAX_VISITS):
        if not waiting:
            break
        number = waiting.popleft()
        left, right = ([place for place in side if values[place] is None] for side in code.sides[number])
        for place, low, high in _derived(-residuals.known[number], left, right, bounds):
            old, (least, most) = bounds[place], _narrowed(bounds[place], low, high)
            bounds[place] = least, most
            if most is not None and least > most:
                return number, place, least, most, most != old[1]
            if bounds[place] != old:
                touching = code.numbers[place].intersection(numbers) - {number}
                waiting.extend(sorted(touching - set(waiting)))
    return None


def _narrowed(bounds: Bounds, low: int | None, high: int | None) -> Bounds:
    """Return bounds with what is narrower of two others."""
    least, most = bounds
    if low is not None:
        least = max(least, low)
    if high is not None:
        most = high if most is None else min(most, high)
    return least, most


def _derived(
    target: int, left: Sequence[int], right: Sequence[int], bounds: Sequence[Bounds]
) -> list[tuple[int, int | None, int | None]]:
    """For each hole the least and the most it can be, given the others, when left minus right is ``target``."""
    found = []
    for own, other, total in ((left, right, target), (right, left, -target)):
        least_of_own, most_of_own, open_in_own = _sum_of(bounds, own)
        least_of_other, most_of_other, open_in_other = _sum_of(bounds, other)
        for place in own:
            least, most = bounds[place]
            low = None if open_in_own > (most is None) else total + least_of_other - (most_of_own - (most or 0))
            high = None if open_in_other else total + most_of_other - (least_of_own - least)
            found.append((place, low, high))
    return found


def _sum_of(bounds: Sequence[Bounds], places: Sequence[int]) -> tuple[int, int, int]:
    """Return what these cells are in all at least and at most, and how many of them have no most."""
    mosts = [bounds[place][1] for place in places]
    return sum(bounds[place][0] for place in places), sum(most or 0 for most in mosts), mosts.count(None)
