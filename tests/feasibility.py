"""Whether counts can stand in the blanks of a table: an exact linear program, as an oracle for the rules on blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from gipa_reports.template import Form


def can_be_filled(layout: Form, values: Mapping[str, int | None]) -> bool:
    """Whether all identities of ``layout`` can hold with numbers of zero or more for None."""
    blanks = {cell: place for place, cell in enumerate(cell for cell in values if values[cell] is None)}
    rows = []
    for identity in layout.identities:
        row = [0] * (len(blanks) + 1)
        for cells, sign in ((identity.left, 1), (identity.right, -1)):
            for cell in cells:
                value = values[cell]
                if value is None:
                    row[blanks[cell]] += sign
                else:
                    row[-1] -= sign * value
        rows.append(row if row[-1] >= 0 else [-entry for entry in row])
    return _least_excess(rows) == 0


def _least_excess(rows: Sequence[Sequence[int]]) -> Fraction:
    """The first phase of the simplex method, by Bland's rule: how far the equations are from a solution."""
    table = [[Fraction(entry) for entry in row] for row in rows]
    goal = [sum(column, Fraction(0)) for column in zip(*table, strict=True)]
    free = len(goal) - 1
    basis: list[int | None] = [None] * len(table)
    while True:
        entering = next((place for place in range(free) if goal[place] > 0 and place not in basis), None)
        if entering is None:
            return goal[-1]
        ratios = [
            (row[-1] / row[entering], -1 if basis[number] is None else basis[number], number)
            for number, row in enumerate(table)
            if row[entering] > 0
        ]
        _, _, leaving = min(ratios, key=lambda ratio: (ratio[0], ratio[1] or 0, ratio[2]))
        pivot = table[leaving][entering]
        table[leaving] = [entry / pivot for entry in table[leaving]]
        for row in (*(row for number, row in enumerate(table) if number != leaving), goal):
            factor = row[entering]
            if factor:
                row[:] = [entry - factor * other for entry, other in zip(row, table[leaving], strict=True)]
        basis[leaving] = entering
