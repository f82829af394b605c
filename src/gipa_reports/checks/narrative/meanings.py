"""Meanings of a claim: the sums of cells that it would be right about."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from ...template import Edition, form, forms
from ..subject import row_names
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
        return _cases(claim.of)
    if claim.quantity == "outcome":
        return _outcome(claim.of[0], claim.of[1:])
    if claim.quantity in ("documents", "decisions"):
        return _of_disclosure(claim.of[0])
    if claim.quantity == "result":
        return _results(claim.of, edition, alone)
    return _applications(claim.quantity, claim.applicants, claim.with_carried_in, bool(claim.value), edition)


@cache
def _applications(
    quantity: str, applicants: tuple[str, ...], with_carried_in: bool | None, some: bool, edition: Edition
) -> tuple[Meaning, ...]:
    columns = applicants or ("total",)
    return tuple(
        Meaning(zh + _of_whom(columns), tuple(f"requests.{row}.{column}" for row in rows for column in columns))
        for columns in (_column_groups(columns) if some else [columns])
        for zh, rows in _rows(quantity, with_carried_in, edition)
    )


def _of_whom(columns: tuple[str, ...]) -> str:
    """Return how a sentence names these columns of 三: nothing where they are the total."""
    if columns == ("total",):
        return ""
    labels = {column.id: column.label for column in form("requests", "2021").blocks[0].columns}
    return "·" + (forms.ORGANISATIONS.label if columns == ORGANISATIONS else "与".join(labels[c] for c in columns))


def _column_groups(columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the columns together; organisations (法人) may also be one kind of them."""
    return [columns, *((column,) for column in columns)] if columns == ORGANISATIONS else [columns]


@cache
def _names(edition: Edition) -> dict[str, str]:
    return {row.id: row.short for row in form("requests", edition).rows}


@cache
def groups(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return each group of results with its rows; a result that is one row is a group of its own."""
    found: dict[str, list[str]] = {}
    for row in form("requests", edition).rows:
        if row.spans and row.id != "processed_total":
            found.setdefault(row.id.partition(".")[0], []).append(row.id)
    return {group: tuple(rows) for group, rows in found.items()}


@cache
def _rows(quantity: str, with_carried_in: bool | None, edition: Edition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names, rows = _names(edition), groups(edition)
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
    by_group = groups(edition)
    rows = tuple(row for name in of for row in (by_group[name] if name in by_group else _row(name, by_group)))
    names = row_names("requests", edition)
    zh = "与".join(names[row] for row in rows) if len(rows) <= 2 else "相应办理结果合计"
    return Meaning(zh, tuple(f"requests.{row}.total" for row in rows))


def _row(name: str, by_group: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return one row; where the edition has none of that name, all rows of its group."""
    rows = by_group[name.partition(".")[0]]
    return (name,) if name in rows else rows


@cache
def _cases(of: tuple[str, ...]) -> tuple[Meaning, ...]:
    layout = form("proceedings", "2021")
    total = layout.blocks[0].columns[-1].label
    names = {row.id: row.label for row in layout.rows}
    return (Meaning("与".join(names[row] for row in of) + total, tuple(f"proceedings.{row}.total" for row in of)),)


@cache
def _outcome(outcome: str, rows: tuple[str, ...]) -> tuple[Meaning, ...]:
    layout = form("proceedings", "2021")
    label = next(column.label for column in layout.blocks[0].columns if column.id == outcome)
    names = {row.id: row.label for row in layout.rows}
    ways = [rows, *((row,) for row in rows)] if len(rows) > 1 else [rows]
    return tuple(
        Meaning("与".join(names[row] for row in way) + label, tuple(f"proceedings.{row}.{outcome}" for row in way))
        for way in ways
    )


@cache
def _of_disclosure(name: str) -> tuple[Meaning, ...]:
    layout = form("disclosure", "2021")
    row, _, column = name.partition(".")
    label = next(c.label for c in layout.columns_of[row] if c.id == column)
    return (Meaning(f"{row_names('disclosure', '2021')[row]}{label}", (f"disclosure.{name}",)),)
