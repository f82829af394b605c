"""Meanings of a claim: the sums of cells that it would be right about."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from ...template import FORMS, Edition, forms
from ..subject import cell_names, column_label, row_names
from .claims import Claim
from .readers import ORGANISATIONS


@frozen
class Meaning:
    """One way to understand a claim: the cells whose sum it would be. ``zh`` names that sum."""

    zh: str
    cells: tuple[str, ...]


def meanings(claim: Claim, edition: Edition, alone: bool = True) -> tuple[Meaning, ...]:
    """Return the sums that a claim may state, the plainest first.

    ``alone`` is whether its sentence gives 予以公开 without 部分公开, which may then be counted with it.
    """
    if claim.quantity == "cases":
        return _of_cases(claim.of, "total")
    if claim.quantity == "outcome":
        return _of_cases(claim.of[1:], claim.of[0])
    if claim.quantity in ("documents", "decisions"):
        return _of_disclosure(claim.of[0])
    if claim.quantity == "result":
        return _results(claim.of, edition, alone)
    return _applications(claim.quantity, claim.applicants, claim.with_carried_in, bool(claim.value), edition)


@cache
def _applications(
    quantity: str, applicants: tuple[str, ...], with_carried_in: bool | None, some: bool, edition: Edition
) -> tuple[Meaning, ...]:
    ways = [applicants or ("total",)]
    if some and applicants == ORGANISATIONS:  # 法人 may also be one kind of them
        ways += [(column,) for column in applicants]
    return tuple(
        Meaning(zh + _of_whom(columns), tuple(f"requests.{row}.{column}" for row in rows for column in columns))
        for columns in ways
        for zh, rows in _rows(quantity, with_carried_in, edition)
    )


def _of_whom(columns: tuple[str, ...]) -> str:
    """Return how a sentence names these columns of 三: nothing where they are the total."""
    if columns == ("total",):
        return ""
    labels = {column.id: column.label for column in FORMS["requests", "2021"].blocks[0].columns}
    return "·" + (forms.ORGANISATIONS.label if columns == ORGANISATIONS else "与".join(labels[c] for c in columns))


@cache
def groups(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return each group of results with its rows; a result that is one row is a group of its own."""
    found: dict[str, list[str]] = {}
    for row in FORMS["requests", edition].rows:
        if row.spans and row.id != "processed_total":
            found.setdefault(row.id.partition(".")[0], []).append(row.id)
    return {group: tuple(rows) for group, rows in found.items()}


@cache
def _rows(quantity: str, with_carried_in: bool | None, edition: Edition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows, names = groups(edition), {row.id: row.short for row in FORMS["requests", edition].rows}
    received = (names["received"], ("received",))
    both = (f"{names['received']}与{names['carried_in']}之和", ("received", "carried_in"))
    processed = (f"办理结果{names['processed_total']}", ("processed_total",))
    carried_in, carried_out = ((names[row], (row,)) for row in ("carried_in", "carried_out"))
    answers = rows["granted"] + rows["partially_granted"] + rows["denied"] + rows["unavailable"]
    return {
        "new": (received,),
        "received": {None: (received, both), True: (both,), False: (received,)}[with_carried_in],
        "handled": {None: (received, both, processed), True: (both, processed), False: (received,)}[with_carried_in],
        "answered": (processed, ("已答复", answers), ("已答复", answers + rows["not_processed"])),
        "carried_in": (carried_in,),
        "carried_out": (carried_out,),
        "carried": (carried_out, carried_in),
    }[quantity]


@cache
def _results(of: tuple[str, ...], edition: Edition, alone: bool) -> tuple[Meaning, ...]:
    found = [_result_rows(of, edition)]
    group, _, row = of[0].partition(".")
    if row:
        found.append(_result_rows((group,), edition))
    if of == ("granted",) and alone:
        found.append(_result_rows(("granted", "partially_granted"), edition))
    return tuple(found)


def _result_rows(of: tuple[str, ...], edition: Edition) -> Meaning:
    rows: list[str] = []
    for name in of:
        of_group = groups(edition)[name.partition(".")[0]]
        # Where the edition has no row of that name, all rows of its group.
        rows += [name] if name in of_group else of_group
    names = row_names("requests", edition)
    zh = "与".join(names[row] for row in rows) if len(rows) <= 2 else "相应办理结果合计"
    return Meaning(zh, tuple(f"requests.{row}.total" for row in rows))


@cache
def _of_cases(rows: tuple[str, ...], column: str) -> tuple[Meaning, ...]:
    form = FORMS["proceedings", "2021"]
    names, label = {row.id: row.label for row in form.rows}, column_label(form, f"proceedings.{rows[0]}.{column}")
    ways = [rows]
    if column != "total" and len(rows) > 1:  # an outcome may be told of one of the groups
        ways += [(row,) for row in rows]
    return tuple(
        Meaning("与".join(names[row] for row in way) + label, tuple(f"proceedings.{row}.{column}" for row in way))
        for way in ways
    )


@cache
def _of_disclosure(name: str) -> tuple[Meaning, ...]:
    cell_id = f"disclosure.{name}"
    return (Meaning("".join(cell_names(FORMS["disclosure", "2021"], cell_id)), (cell_id,)),)
