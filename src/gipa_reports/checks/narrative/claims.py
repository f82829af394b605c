"""Claims: a quantity, its value, of whom and of which year, and the words that state it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen


class Scope(StrEnum):
    """Share of the whole that a claim is about.

    ``part``: of what stands before it (其中), of one channel or subject; ``row``: of one row of a group of results.
    ``unit``: of one unit of the organ (本级, 部门); ``below``: of units that are never the organ (二级单位);
    ``office``: of the office of a government, whose report is often that of all its organs. ``wider``: of more than
    the organ (全市).
    """

    WHOLE = "whole"
    PART = "part"
    ROW = "row"
    UNIT = "unit"
    BELOW = "below"
    OFFICE = "office"
    WIDER = "wider"


@frozen(slots=True)
class Claim:
    """One figure that a sentence states.

    ``quantity`` is what is counted (``received``, ``result``, ``review`` …: see ``meanings``), ``of`` the rows, groups
    or columns that it is about. ``applicants`` are the columns of 三 where it counts some applicants only. ``year`` is
    the one named before the figure. ``with_carried_in`` says whether what was carried in is counted too, None where the
    sentence leaves it open. ``start`` and ``end`` are the characters of the sentence.
    """

    quantity: str
    value: int | Decimal
    start: int
    end: int
    of: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    scope: Scope = Scope.WHOLE
    year: int | None = None
    with_carried_in: bool | None = None
