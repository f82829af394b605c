"""Points, boxes and straight lines of a page: where they are, what of them meets, and what stands together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Matrix = tuple[float, float, float, float, float, float]


def through(matrix: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does what ``first`` does and ``then`` the other."""
    a, b, c, d, e, f = first
    (m, n), (o, p) = through((*then[:4], 0, 0), a, b), through((*then[:4], 0, 0), c, d)
    return m, n, o, p, *through(then, e, f)


def box_through(matrix: Matrix, box: Bounds) -> Bounds:
    """Return where a matrix puts a box."""
    x0, y0 = through(matrix, box[0], box[1])
    x1, y1 = through(matrix, box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def hull(points: Iterable[Point]) -> Bounds:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def along(start: Point, bend: list[Point], step: float) -> Point:
    """The point of a Bézier curve at ``step`` of its way."""
    rest = 1 - step
    weights = (rest**3, 3 * rest * rest * step, 3 * rest * step * step, step**3)
    corners = (start, *bend)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, corners, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, corners, strict=True)),
    )


def grouped(items: Iterable[Item], goes_on: Callable[[list[Item], Item], bool]) -> list[list[Item]]:
    """Return items in their order as groups: each goes on with the group before it, or begins the next."""
    groups: list[list[Item]] = []
    for item in items:
        if groups and goes_on(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def meets(first: Bounds, second: Bounds, near: float) -> bool:
    """Return whether two boxes have a point in common, or are this near."""
    across = first[0] <= second[2] + near and second[0] <= first[2] + near
    return across and first[1] <= second[3] + near and second[1] <= first[3] + near


def middle(area: Bounds) -> Point:
    """Return the point in the middle of a box."""
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2


def is_within(box: Bounds, other: Bounds, near: float) -> bool:
    """Return whether a box lies in another, or comes this little out of it."""
    across = other[0] - near <= box[0] and box[2] <= other[2] + near
    return across and other[1] - near <= box[1] and box[3] <= other[3] + near


def overlap(first: Bounds, second: Bounds) -> float:
    """The share of the smaller of two boxes that the other covers."""
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    if wide <= 0 or high <= 0:
        return 0.0
    sizes = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    return wide * high / max(min(sizes), 1e-6)


def crosses(stroke: tuple[float, float, float, float], box: Bounds) -> bool:
    """Return whether a straight line has a point in a box."""
    x0, y0, x1, y1 = stroke
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((x0, x1 - x0, box[0], box[2]), (y0, y1 - y0, box[1], box[3])):
        if way == 0:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / way, (high - start) / way))
        enter, leave = max(enter, near), min(leave, far)
    return enter <= leave


def inner(box: Bounds, share: float = 0.2) -> Bounds:
    """The box without a margin of this share on each side."""
    across, down = share * (box[2] - box[0]), share * (box[3] - box[1])
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down
