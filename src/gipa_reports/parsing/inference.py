"""Inference where empty cells were dropped: the places of a row's figures, if the form's identities leave exactly one.

A placement is possible when no identity is broken by it, blanks adding nothing; an identity with an operand that is not
known can't break. Rows are settled one after the other until no more can be. What is settled is flagged all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain, combinations
from math import comb

from ..diagnostics import Diagnostic
from ..report import Cell, State
from ..report.cells import BLANK
from ..report.tables import Cells
from ..template import Form, Identity
from .figures import adds_up, read_figure
from .headings import HeadingColumns

MAX_PLACEMENTS = 6500
"""Placements tried for one row; fifteen cells with seven figures have 6435."""


def infer(
    form: Form,
    rows: list[Cells],
    lost: Mapping[tuple[str, ...], tuple[Sequence[str], HeadingColumns]],
    problems: list[Diagnostic],
) -> list[Cells]:
    """``rows`` with those of ``lost`` settled that can be; the diagnostics of these are replaced.

    ``lost`` maps the cell ids of a row to its figures and the columns of its heading.
    """
    old = list(chain.from_iterable(rows))
    cells: dict[str, Cell | None] = dict(zip(form.cell_ids, old, strict=True))
    open_rows = [
        (tuple(row[index] for index in columns.indexes), list(filter(str.strip, values)))
        for row, (values, columns) in lost.items()
    ]
    for ids, _ in open_rows:
        cells.update(dict.fromkeys(ids))
    while open_rows:
        left = [row for row in open_rows if not _settle(*row, form, cells, problems)]
        if len(left) == len(open_rows):
            break
        open_rows = left
    flat = iter([before if cell is None else cell for before, cell in zip(old, cells.values(), strict=True)])
    return [tuple(next(flat) for _ in row) for row in rows]


def _settle(
    ids: tuple[str, ...],
    values: Sequence[str],
    form: Form,
    cells: dict[str, Cell | None],
    problems: list[Diagnostic],
) -> bool:
    """Set the cells of a row where one placement alone is possible, and say so."""
    placement = _only_placement(values, ids, form, cells)
    if placement is None:
        return False
    cells.update(placement)
    _say_inferred(ids, placement, problems)
    return True


MAX_MOVED = 3
"""Blank cells of a row, at most, for which other places are tried."""


def strays(row: Sequence[Cell], addends: int) -> tuple[int, ...]:
    """Return which figures of a full row may be none of it: all others add up once one cell of the row is blank.

    So many ``addends`` and the figure behind them, their total, are the whole row or recur in it. Of two alike, one
    behind the other, one may be a line that came twice. None where the row adds up as it stands, or in no way.
    """
    figures = [cell.value or 0 for cell in row]
    if not addends or adds_up(figures, addends):
        return ()
    found = [index for index in range(len(figures)) if _may_be_stray(figures, index, addends)]
    return tuple(found) or _broken_in_two(figures, addends)


def _may_be_stray(figures: Sequence[int | Decimal], index: int, addends: int) -> bool:
    """Return whether a figure is that before it again, or all others add up once a cell of the row is blank."""
    if index > 0 and figures[index] == figures[index - 1] != 0:
        return True
    rest = [*figures[:index], *figures[index + 1 :]]
    # No total is blank, for then any figures would do.
    blanks = [blank for blank in range(len(figures)) if blank % (addends + 1) != addends]
    return any(adds_up([*rest[:blank], 0, *rest[blank:]], addends) for blank in blanks)


def _broken_in_two(figures: Sequence[int | Decimal], addends: int) -> tuple[int, ...]:
    """Return which two figures are one if all add up then, once one cell of the row is blank."""
    for index in range(len(figures) - 1):
        if figures[index + 1] < 0:
            # No figure ends in a sign and digits.
            continue
        whole = Decimal(f"{figures[index]}{figures[index + 1]}")
        rest = [*figures[:index], whole, *figures[index + 2 :]]
        if any(adds_up([*rest[:blank], 0, *rest[blank:]], addends) for blank in range(len(figures))):
            return (index, index + 1)
    return ()


def adds_up_moved(row: Sequence[Cell], addends: int) -> bool:
    """Return whether a row of several groups that is blank at its end adds up only with those blanks elsewhere in it.

    Cells were taken out, and what stood behind them moved to the left. As it stands a total contradicts it.
    """
    figures = [cell.value or 0 for cell in row]
    blanks = len(row) - max((at for at, cell in enumerate(row, 1) if cell.state is not State.BLANK), default=0)
    totals = range(addends, len(row), addends + 1)
    if not addends or not 0 < blanks <= MAX_MOVED or len(totals) < 2:
        return False
    if not any(figures[at] and sum(figures[at - addends : at]) != figures[at] for at in totals):
        return False
    moved = (_with_zeros(figures[:-blanks], places) for places in combinations(range(len(row)), blanks))
    return any(adds_up(figures, addends) for figures in moved)


def _with_zeros(figures: Sequence[int | Decimal], places: Sequence[int]) -> list[int | Decimal]:
    """Return ``figures`` with noughts between them, so that these stand at ``places``."""
    found = list(figures)
    for place in places:
        found.insert(place, 0)
    return found


def has_cell_too_many(values: Sequence[str], places: Sequence[int | None], addends: int) -> bool:
    """Return whether a row does not add up where its cells stand, and would if one of the blank ones were not there.

    ``places`` are those of the form's columns among the ``values``; for ``addends`` see ``strays``.
    """

    def is_sum(row: Sequence[str]) -> bool:
        texts = [row[place] if place is not None and place < len(row) else "" for place in places]
        return adds_up([read_figure(text, "count")[0].value or 0 for text in texts], addends)

    return not is_sum(values) and any(
        not value.strip() and is_sum([*values[:at], *values[at + 1 :]]) for at, value in enumerate(values)
    )


def _only_placement(
    values: Sequence[str], ids: tuple[str, ...], form: Form, cells: Mapping[str, Cell | None]
) -> dict[str, Cell] | None:
    figures = [read_figure(value, "count") for value in values]
    if not 0 < len(figures) < len(ids) or any(code or cell.state is not State.VALUE for cell, code in figures):
        return None
    if comb(len(ids), len(figures)) > MAX_PLACEMENTS:
        return None
    identities = _identities_of(form, frozenset(ids))
    if not identities:
        return None
    possible: dict[str, Cell] | None = None
    for places in combinations(range(len(ids)), len(figures)):
        placement = dict.fromkeys(ids, BLANK)
        placement.update((ids[place], cell) for place, (cell, _) in zip(places, figures, strict=True))
        if not any(_broken(identity, placement, cells) for identity in identities):
            if possible is not None:
                return None
            possible = placement
    return possible


def _identities_of(form: Form, ids: frozenset[str]) -> list[Identity]:
    """The identities of the form that touch any of ``ids``."""
    return [identity for identity in form.identities if ids.intersection((*identity.left, *identity.right))]


def _broken(identity: Identity, placement: Mapping[str, Cell], cells: Mapping[str, Cell | None]) -> bool:
    left = _sum(identity.left, placement, cells)
    right = _sum(identity.right, placement, cells)
    return left is not None and right is not None and left != right


def _sum(ids: Iterable[str], placement: Mapping[str, Cell], cells: Mapping[str, Cell | None]) -> int | Decimal | None:
    total: int | Decimal = 0
    some = False
    for cell_id in ids:
        cell = placement.get(cell_id) or cells[cell_id]
        if cell is None or cell.state in (State.INVALID, State.ABSENT):
            return None
        if cell.value is not None:
            total += cell.value
            some = True
    return total if some or len(tuple(ids)) > 1 else None


def _say_inferred(ids: tuple[str, ...], placement: Mapping[str, Cell], problems: list[Diagnostic]) -> None:
    for index, problem in enumerate(problems):
        if problem.code == "position-lost" and problem.cells == ids:
            found = ", ".join(
                f"{cell_id.rpartition('.')[2]}={cell.value}" for cell_id, cell in placement.items() if cell.text
            )
            problems[index] = Diagnostic(
                code="position-inferred", cells=ids, location=problem.location, found=found, table=problem.table
            )
