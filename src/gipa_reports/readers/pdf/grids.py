"""Ruled tables: from the rules of a page to grids of cells.

The rules that hang together cut an area into fields; fields without a rule between them are one cell. Where the rules
close no cell, the field itself is one as soon as something stands in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from operator import attrgetter, itemgetter

from attrs import Factory, define

from ...limits import Limits
from ...messages import Phrase
from .geometry import Bounds, grouped
from .pdfium import LOST, THIN, Rule
from .words import Line, are_alike, joined_with_space

CELL_PADDING = 16.0
"""Width that a cell keeps free at most, left and right together; a line is full where no digit more fits."""
MAX_CROSSINGS = 4_000_000
"""Pairs of an upright and a level rule on a page: finding cells takes time for each."""
MAX_FIELDS = 100_000
"""Fields of one grid."""

_FIGURE_CHARACTERS = frozenset("0123456789.,+-")


@define(eq=False)
class Box:
    """A cell with the lines in it. ``torn``: it has a figure that cannot be told, as over its border."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[Line] = Factory(list)
    torn: bool = False

    @property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom."""
        return self.x0, self.top, self.x1, self.bottom

    def has_room(self, area: Bounds) -> bool:
        """Return whether the cell is as large as ``area``."""
        return area[2] - area[0] <= self.x1 - self.x0 and area[3] - area[1] <= self.bottom - self.top

    def text(self, rows: int) -> str:
        """All its words. ``rows`` says how many rows of the grid it spans.

        A figure that was wrapped because the cell is narrow is put together; where it could also be two figures, one
        above the other, a space is left between, which is flagged when the cell is read.
        """
        whole = ""
        for before, line in pairwise([None, *self.lines]):
            assert line is not None
            if before is not None and joined_with_space(whole, line.text):
                room = self.x1 - self.x0 - (before.x1 - before.x0)
                figure = whole[-1] in _FIGURE_CHARACTERS and line.text[0] in _FIGURE_CHARACTERS
                if figure and not _is_next_line(before, line):
                    whole += LOST
                elif not (figure and rows == 1 and room < CELL_PADDING + before.size / 2):
                    whole += " "
            whole += line.text
        return whole + LOST * self.torn


def _is_next_line(line: Line, below: Line) -> bool:
    """Return whether ``below`` may go on with a figure: it is set alike, and a whole line below."""
    return are_alike(line.size, below.size) and below.baseline - line.baseline > 0.6 * line.size


class Grid:
    """Cells that hang together; finds the one at a point. Not all are ruled: some are areas of a colour."""

    def __init__(self, boxes: list[Box], page: int, xs: list[float], ys: list[float]) -> None:
        self.boxes: list[Box] = boxes
        self.page: int = page
        self.is_ruled = True
        self._xs, self._ys = xs, ys
        self.x0: float = xs[0]
        self.x1: float = xs[-1]
        self.top: float = ys[0]
        self.bottom: float = ys[-1]
        self._held: dict[tuple[int, int], Box] = {}
        for box in boxes:
            for row in range(bisect_right(ys, box.top), bisect_right(ys, box.bottom)):
                for column in range(bisect_right(xs, box.x0), bisect_right(xs, box.x1)):
                    self._held[row, column] = box

    def box_at(self, x: float, y: float) -> Box:
        """The cell at a point of the grid."""
        row, column = bisect_right(self._ys, y), bisect_right(self._xs, x)
        box = self._held.get((row, column))
        if box is None:
            box = Box(self._xs[column - 1], self._ys[row - 1], self._xs[column], self._ys[row])
            self._held[row, column] = box
            self.boxes.append(box)
        return box

    def holds(self, other: Grid) -> bool:
        """Return whether it is as wide as another, and begins as high."""
        return self.x0 <= other.x0 and other.x1 <= self.x1 and self.top <= other.top

    def under(self, area: Bounds) -> list[Box]:
        """The cells that an area covers a part of."""
        left, top, right, bottom = area[0] + THIN, area[1] + THIN, area[2] - THIN, area[3] - THIN
        return [box for box in self.boxes if left < box.x1 and box.x0 < right and top < box.bottom and box.top < bottom]

    def parts(self, is_apart: Callable[[Box, Grid], bool]) -> tuple[list[Grid], list[Box]]:
        """The grids that are left when the cells which stand apart are taken out, and those cells."""
        apart = [box for box in self.boxes if is_apart(box, self)]
        if not apart:
            return [self], []
        ends = sorted(box.top for box in apart)
        groups: dict[int, list[Box]] = defaultdict(list)
        for box in self.boxes:
            if box not in apart:
                groups[bisect_right(ends, box.top)].append(box)
        found = []
        for boxes in groups.values():
            ys = sorted({y for box in boxes for y in (box.top, box.bottom)})
            found.append(Grid(boxes, self.page, [self.x0, self.x1], [ys[0], ys[-1]]))
        return found, apart


def owner(x: float, y: float, grids: list[Grid]) -> Box | None:
    """The cell at a point of the page."""
    for grid in grids:
        if grid.x0 <= x < grid.x1 and grid.top <= y < grid.bottom:
            return grid.box_at(x, y)
    return None


def find_grids(upright: list[Rule], level: list[Rule], page: int, limits: Limits) -> list[Grid]:
    """The grids that the rules of a page make."""
    upright, level = joined(upright), joined(level)
    if len(upright) * len(level) > MAX_CROSSINGS:
        rules = len(upright) + len(level)
        raise limits.passed("cells", Phrase(f"{rules} rules on page {page}", f"第{page}页有{rules}条框线"))
    level = sorted([*level, *_open_ends(upright, level)])
    grids = (_grid(*_closed(*rules), page, limits) for rules in _that_hang_together(upright, level))
    return sorted((grid for grid in grids if grid is not None), key=attrgetter("top", "x0"))


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, each in one piece: browsers draw them dash by dash, or cell by cell. What stays short is none."""
    whole: list[Rule] = []
    for rule in sorted(set(rules)):
        if whole and rule.at == whole[-1].at and rule.start <= whole[-1].end + THIN:
            whole[-1] = whole[-1]._replace(end=max(whole[-1].end, rule.end))
        else:
            whole.append(rule)
    return [rule for rule in whole if rule.end - rule.start > THIN]


# --- the fields between rules --------------------------------------------------------------------------------------


def _that_hang_together(upright: list[Rule], level: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules by the table that they are of: each meets another of it."""
    parents: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(name: tuple[bool, int]) -> tuple[bool, int]:
        while parents.setdefault(name, name) != name:
            parents[name] = name = parents[parents[name]]
        return name

    for number, rule in enumerate(upright):
        first = bisect_left(level, (rule.start - THIN,))
        for other in range(first, bisect_right(level, (rule.end + THIN, float("inf")))):
            if crosses(rule, level[other]):
                parents[root((True, number))] = root((False, other))
    groups: dict[tuple[bool, int], tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for is_upright, number in list(parents):
        group = groups[root((is_upright, number))]
        group[not is_upright].append((upright if is_upright else level)[number])
    return list(groups.values())


def crosses(upright: Rule, level: Rule) -> bool:
    """Return whether two rules meet."""
    return (
        level.start - THIN <= upright.at <= level.end + THIN and upright.start - THIN <= level.at <= upright.end + THIN
    )


def _places(rules: list[Rule]) -> list[float]:
    """Return where rules are; those that are as good as one have one place."""
    groups = grouped(sorted({rule.at for rule in rules}), lambda group, at: at - group[-1] <= THIN)
    return [(group[0] + group[-1]) / 2 for group in groups]


def _walls(rules: list[Rule], places: list[float], across: list[float]) -> list[bytearray]:
    """For each place of a rule, whether there is one beside each of the fields along it."""
    groups: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        groups[min(range(len(places)), key=lambda index: abs(places[index] - rule.at))].append(rule)
    walls = [bytearray(len(across) - 1) for _ in places]
    for wall, group in zip(walls, groups, strict=True):
        for rule in joined(Rule(0, rule.start, rule.end) for rule in group):
            first, end = bisect_left(across, rule.start - THIN), bisect_right(across, rule.end + THIN)
            for index in range(first, end - 1):
                wall[index] = 1
    return walls


def _grid(upright: list[Rule], level: list[Rule], page: int, limits: Limits) -> Grid | None:
    """The grid of rules that hang together: fields without a rule between them are one cell."""
    xs, ys = _places(upright), _places(level)
    across, down = len(xs) - 1, len(ys) - 1
    if across < 1 or down < 1:
        return None
    if across * down > MAX_FIELDS:
        count = across * down
        raise limits.passed("cells", Phrase(f"{count} fields on page {page}", f"第{page}页有{count}格"))
    sides, ends = _walls(upright, xs, ys), _walls(level, ys, xs)
    cells: list[int] = [-1] * (across * down)
    boxes: list[Box] = []
    for start in range(across * down):
        if cells[start] >= 0:
            continue
        fields, is_closed = _cell(start, cells, sides, ends)
        rows, columns = sorted({at // across for at in fields}), sorted({at % across for at in fields})
        if is_closed and len(rows) * len(columns) == len(fields):
            boxes.append(Box(xs[columns[0]], ys[rows[0]], xs[columns[-1] + 1], ys[rows[-1] + 1]))
    return Grid(boxes, page, xs, ys) if boxes else None


def _cell(start: int, cells: list[int], sides: list[bytearray], ends: list[bytearray]) -> tuple[list[int], bool]:
    """The fields that no rule parts from ``start``, and whether rules close them in."""
    across, down = len(sides) - 1, len(ends) - 1
    fields, waiting, is_closed = [start], [start], True
    cells[start] = start
    while waiting:
        at = waiting.pop()
        row, column = divmod(at, across)
        for is_open, inside, other in (
            (not sides[column][row], column > 0, at - 1),
            (not sides[column + 1][row], column < across - 1, at + 1),
            (not ends[row][column], row > 0, at - across),
            (not ends[row + 1][column], row < down - 1, at + across),
        ):
            if not is_open:
                continue
            if not inside:
                is_closed = False
            elif cells[other] < 0:
                cells[other] = start
                fields.append(other)
                waiting.append(other)
    return fields, is_closed


# --- rules that are left out ---------------------------------------------------------------------------------------


def _closed(upright: list[Rule], level: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules of a table with those that it leaves out at its sides and ends."""
    upright, level = sorted(upright), sorted(level)
    upright = sorted([*upright, *_open_sides(upright, level)])
    return upright, sorted([*level, *_open_ends(upright, level)])


def _open_sides(upright: list[Rule], level: list[Rule]) -> list[Rule]:
    """Upright rules where a table has none at its sides, only level ones that end there."""
    missing: list[Rule] = []
    top, foot = min(rule.start for rule in upright), max(rule.end for rule in upright)
    for side in (1, 2):
        ends: dict[int, list[Rule]] = defaultdict(list)
        for rule in level:
            if rule.end - rule.start > 4 * THIN:
                ends[round(rule[side] / THIN)].append(rule)
        for group in ends.values():
            x = group[0][side]
            if group[-1].at - group[0].at > 2 * THIN and not any(abs(rule.at - x) <= 2 * THIN for rule in upright):
                missing.append(Rule(x, min(top, group[0].at), max(foot, group[-1].at)))
    return missing


def _open_ends(upright: list[Rule], level: list[Rule]) -> list[Rule]:
    """Level rules where upright ones side by side end and there is none: at a page break a browser closes no cell."""
    missing: list[Rule] = []
    for side in (itemgetter(1), itemgetter(2)):
        for group in _near(upright, side):
            beside = pairwise(sorted({rule.at for rule in group}))
            gaps = [Rule(side(group[0]), left, right) for left, right in beside if right - left > 4 * THIN]
            missing += (gap for gap in gaps if _is_open(gap, upright, level))
    return missing


def _near(rules: list[Rule], side: Callable[[Rule], float]) -> list[list[Rule]]:
    """Rules with this ``side`` in one place."""
    return grouped(sorted(rules, key=side), lambda near, rule: side(rule) - side(near[0]) <= THIN)


def _is_open(gap: Rule, upright: list[Rule], level: list[Rule]) -> bool:
    """Return whether no rule closes a gap, and none goes through it."""
    around = level[bisect_left(level, (gap.at - 2 * THIN,)) : bisect_right(level, (gap.at + 2 * THIN, float("inf")))]
    if any(rule.start <= gap.start + THIN and gap.end - THIN <= rule.end for rule in around):
        return False
    inside = upright[bisect_right(upright, (gap.start + THIN, float("inf"))) : bisect_left(upright, (gap.end - THIN,))]
    return not any(rule.start + THIN < gap.at < rule.end - THIN for rule in inside)
