"""Verdicts on whether each statement of the prose agrees with the tables.

A statement agrees when one of its meanings gives its figure. Otherwise it may be a part: of a list that adds up, of a
whole that is larger, of a unit beside the organ's own figure. What is left contradicts the table, unless a figure that
it would need is not there and those that are leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from ..subject import Subject
from .claims import Scope
from .meanings import Meaning, meanings
from .prose import MONEY, Statement, statements
from .sentence import RECEIVED

Value = int | Decimal
UNITS = (Scope.UNIT, Scope.BELOW, Scope.OFFICE)
PROCESSED = "requests.processed_total.total"


class Verdict(StrEnum):
    """Result of comparing."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    OPEN = "open"
    OTHER_YEAR = "other_year"
    STALE = "stale"


@frozen
class Sum:
    """Sum of one meaning: all of it, None where a figure is missing, and what is known of it at least."""

    meaning: Meaning
    total: Value | None
    at_least: Value


@frozen
class Judged:
    """A statement, the sums that it was compared with, and what came of it."""

    statement: Statement
    sums: tuple[Sum, ...]
    verdict: Verdict


def judge(subject: Subject) -> tuple[Judged, ...]:
    """Return the verdict on every statement of the prose but those about money."""
    judged: list[Judged] = []
    by_paragraph: dict[str, list[Statement]] = {}
    told: set[tuple[str, ...]] = set()
    for statement in statements_of(subject):
        if statement.claim.quantity not in MONEY:
            by_paragraph.setdefault(statement.place, []).append(statement)
            if statement.claim.year in (None, subject.report.year):
                told.add(_family(statement))
    for together in by_paragraph.values():
        judged.extend(_paragraph(subject, together, told))
    return tuple(judged)


def statements_of(subject: Subject) -> tuple[Statement, ...]:
    """Return what the prose states, as far as the tables of the report have cells for it."""
    return subject.once(_statements)


def _statements(subject: Subject) -> tuple[Statement, ...]:
    found = statements(subject.report)
    if subject.report.disclosure.edition == "2021":
        return found
    return tuple(statement for statement in found if statement.claim.quantity != "documents")


# --- one paragraph -----------------------------------------------------------------------------------------------


def _family(statement: Statement) -> tuple[str, ...]:
    claim = statement.claim
    quantity = "received" if claim.quantity in RECEIVED else claim.quantity
    return (quantity, *claim.of, *claim.applicants)


def _paragraph(subject: Subject, together: Sequence[Statement], told: set[tuple[str, ...]]) -> Iterable[Judged]:
    """Yield the verdicts on a paragraph; ``told`` are the families that the prose tells of the report's own year."""
    families: dict[tuple[str, ...], list[Statement]] = {}
    for statement in together:
        families.setdefault(_family(statement), []).append(statement)
    for name, family in families.items():
        yield from _judge_family(subject, family, together, name in told)


def _judge_family(
    subject: Subject, family: Sequence[Statement], together: Sequence[Statement], told: bool
) -> Iterable[Judged]:
    years = {statement.claim.year for statement in family}
    own = [statement for statement in family if _of_this_year(subject, statement, years)]
    sums = {id(statement): _sums(subject, statement, together) for statement in own}
    right = [statement for statement in own if _agrees(statement.claim.value, sums[id(statement)])]
    beside = Family(tuple(own), tuple(right), together, subject.cell(PROCESSED).value)
    for statement in family:
        if statement in own:
            found = sums[id(statement)]
            yield Judged(statement, found, _verdict_on_figure(statement, beside, found))
        else:
            yield Judged(statement, (), _verdict_on_year(subject, statement, years, told))


def _of_this_year(subject: Subject, statement: Statement, years: set[int | None]) -> bool:
    named, year = statement.claim.year, subject.report.year
    return named is None or named == year or (year is None and len(years - {None}) == 1)


def _verdict_on_figure(statement: Statement, family: Family, sums: Sequence[Sum]) -> Verdict:
    if statement in family.right or _is_part(statement, family, sums):
        return Verdict.AGREES
    return Verdict.CONTRADICTS if _excluded(statement.claim.value, sums) else Verdict.OPEN


def _verdict_on_year(subject: Subject, statement: Statement, years: set[int | None], told: bool) -> Verdict:
    """Return whether a figure of another year is one left from it: nothing is told of this year, nor of a third."""
    year = subject.report.year
    others = years - {None}
    alone = year not in statement.years and not told and len(others) == 1
    stale = alone and year is not None and others <= {year - 1, year + 1}
    return Verdict.STALE if stale else Verdict.OTHER_YEAR


def _sums(subject: Subject, statement: Statement, together: Sequence[Statement]) -> tuple[Sum, ...]:
    edition = subject.report.requests.edition
    alone = not any(
        other.claim.of == ("partially_granted",) and other.sentence is statement.sentence for other in together
    )
    found = []
    for meaning in meanings(statement.claim, edition, alone):
        values = [subject.cell(cell_id).value for cell_id in meaning.cells]
        known = [value for value in values if value is not None]
        least = sum(known)
        found.append(Sum(meaning, least if len(known) == len(values) else None, least))
    return tuple(found)


def _agrees(value: Value, sums: Sequence[Sum]) -> bool:
    return any(value == found.total for found in sums)


def _excluded(value: Value, sums: Sequence[Sum]) -> bool:
    """Return whether no meaning can be right, whatever the missing figures are: counts are not negative."""
    return all(value != found.total if found.total is not None else value < found.at_least for found in sums)


# --- parts -------------------------------------------------------------------------------------------------------


@frozen
class Family:
    """The statements of a paragraph about one quantity and this year, those of them that are right, and all of it.

    ``processed`` is the table's total of results.
    """

    own: tuple[Statement, ...]
    right: tuple[Statement, ...]
    together: Sequence[Statement]
    processed: Value | None


def _is_part(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the figure is a part of a list that adds up, or of a larger figure that is right."""
    if not statement.claim.value and statement.claim.scope is not Scope.PART:
        return False
    of_its_scope = _PARTS.get(statement.claim.scope)
    return _in_a_list(statement, family, sums) or (of_its_scope is not None and of_its_scope(statement, family, sums))


def _in_a_list(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the figures of its sentence add up to a sum, where none of them is one."""
    listed = [other.claim.value for other in family.own if other.sentence is statement.sentence and other.claim.value]
    apart = len(listed) > 1 and not any(other.sentence is statement.sentence for other in family.right)
    return apart and _agrees(sum(listed), sums)


def _of_a_whole(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the whole is as large as its part, or as the parts of a group of results in the sentence.

    Where the sentence lists all results, the parts of a group are the group.
    """
    if statement.claim.quantity != "result" or statement.claim.scope is not Scope.PART:
        return _holds(statement.claim.value, sums)
    listed = _parts_of_the_group(statement, family)
    return _agrees(listed, sums) or (not _lists_all(statement, family) and _holds(listed, sums))


def _holds(value: Value, sums: Sequence[Sum]) -> bool:
    return any(found.total is None or value <= found.total for found in sums)


def _parts_of_the_group(statement: Statement, family: Family) -> Value:
    """Return what the sentence gives of one group of results, reason by reason."""
    group = statement.claim.of[0].partition(".")[0]
    return sum(
        other.claim.value
        for other in family.together
        if other.sentence is statement.sentence
        and other.claim.scope in (Scope.ROW, Scope.PART)
        and other.claim.of
        and other.claim.of[0].partition(".")[0] == group
    )


def _lists_all(statement: Statement, family: Family) -> bool:
    """Return whether the results of the sentence add up to what it says was received or answered, or to the table's."""
    beside = [other.claim for other in family.together if other.sentence is statement.sentence]
    listed = [claim.value for claim in beside if claim.quantity == "result"]
    wholes = [claim.value for claim in beside if claim.quantity in (*RECEIVED, "answered")]
    return len(listed) > 1 and sum(listed) in (*wholes, family.processed)


def _of_a_unit(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the units of the paragraph add up, or the organ's own figure is larger and right."""
    units = sum(other.claim.value for other in family.own if other.claim.scope in UNITS)
    return _agrees(units, sums) or any(other.claim.value >= statement.claim.value for other in family.right)


def _below_the_organ(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the organ's figure is as large, or the units add up."""
    return _holds(statement.claim.value, sums) or _of_a_unit(statement, family, sums)


def _around_the_organ(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the organ's own figure is right, and no larger."""
    return any(other.claim.value <= statement.claim.value for other in family.right)


def _of_a_group(statement: Statement, family: Family, sums: Sequence[Sum]) -> bool:
    """Return whether the rows that the sentence lists add up to their group, or the group's own figure is right.

    What a reason is counted under is at times another row of the group; the group tells whether all are there.
    """
    group, whole = statement.claim.of[0].partition(".")[0], sums[-1].total
    told = any(
        other.claim.of == (group,) and other.claim.scope is Scope.WHOLE and other.claim.value == whole
        for other in family.together
    )
    return _parts_of_the_group(statement, family) == whole or (told and _holds(statement.claim.value, sums))


_PARTS: dict[Scope, Callable[[Statement, Family, Sequence[Sum]], bool]] = {
    Scope.PART: _of_a_whole,
    Scope.ROW: _of_a_group,
    Scope.OFFICE: _of_a_whole,
    Scope.UNIT: _of_a_unit,
    Scope.BELOW: _below_the_organ,
    Scope.WIDER: _around_the_organ,
}
"""Scope → when a figure that is not the table's is no contradiction."""
