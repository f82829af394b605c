"""Verdicts on whether each statement of the prose agrees with the tables.

A statement agrees when one of its meanings gives its figure. Otherwise it may be a part: of a list that adds up, of a
whole that is larger, of a unit beside the organ's own figure. What is left contradicts the table, unless a figure that
it would need is not there and those that are leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from ..subject import Subject
from .claims import Claim, Scope
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
    counted = [statement for statement in subject.once(statements_of) if statement.claim.quantity not in MONEY]
    told = {_family(statement) for statement in counted if statement.claim.year in (None, subject.report.year)}
    judged: list[Judged] = []
    for together in _grouped(counted, lambda statement: statement.place):
        for family in _grouped(together, _family):
            judged.extend(_judge_family(subject, family, together, _family(family[0]) in told))
    return tuple(judged)


def statements_of(subject: Subject) -> tuple[Statement, ...]:
    """Return what the prose states, as far as the tables of the report have cells for it."""
    found = statements(subject.report)
    if subject.report.disclosure.edition == "2021":
        return found
    return tuple(statement for statement in found if statement.claim.quantity != "documents")


def _grouped(given: Iterable[Statement], key: Callable[[Statement], object]) -> Iterable[list[Statement]]:
    """Return the statements that have one key together, in the order of the text."""
    groups: dict[object, list[Statement]] = {}
    for statement in given:
        groups.setdefault(key(statement), []).append(statement)
    return groups.values()


def _family(statement: Statement) -> tuple[str, ...]:
    """Return what a statement is about, by which those that may be parts of each other are held together."""
    claim = statement.claim
    quantity = "received" if claim.quantity in RECEIVED else claim.quantity
    return (quantity, *claim.of, *claim.applicants)


# --- one family in one paragraph ---------------------------------------------------------------------------------


def _judge_family(
    subject: Subject, family: Sequence[Statement], together: Sequence[Statement], told: bool
) -> Iterator[Judged]:
    """Yield the verdicts on a family; ``told`` is whether the prose tells of it for the report's own year."""
    year, named = subject.report.year, {statement.claim.year for statement in family}
    this_year = named if year is None and len(named - {None}) == 1 else {None, year}
    own = [statement for statement in family if statement.claim.year in this_year]
    sums = {id(statement): _sums(subject, statement, together) for statement in own}
    right = [statement for statement in own if _agrees(statement.claim.value, sums[id(statement)])]
    beside = Family(tuple(own), tuple(right), together, subject.cell(PROCESSED).value)
    for statement in family:
        found = sums.get(id(statement))
        if found is None:
            left_over = not told and _is_left_over(statement, named - {None}, year)
            yield Judged(statement, (), Verdict.STALE if left_over else Verdict.OTHER_YEAR)
        else:
            yield Judged(statement, found, _verdict(statement, beside, found))


def _is_left_over(statement: Statement, others: set[int | None], year: int | None) -> bool:
    """Return whether a figure of another year is one left from it: nothing is told of this year, nor of a third."""
    return year is not None and year not in statement.years and others in ({year - 1}, {year + 1})


def _verdict(statement: Statement, family: Family, sums: Sequence[Sum]) -> Verdict:
    if statement in family.right or _is_part(statement, family, sums):
        return Verdict.AGREES
    return Verdict.CONTRADICTS if _excluded(statement.claim.value, sums) else Verdict.OPEN


def _sums(subject: Subject, statement: Statement, together: Sequence[Statement]) -> tuple[Sum, ...]:
    beside = [other.claim for other in together if other.sentence is statement.sentence]
    alone = all(claim.of != ("partially_granted",) for claim in beside)
    found = []
    for meaning in meanings(statement.claim, subject.report.requests.edition, alone):
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

    def beside(self, statement: Statement) -> list[Claim]:
        """Return the claims of the same sentence."""
        return [other.claim for other in self.together if other.sentence is statement.sentence]


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
    parts = [claim for claim in family.beside(statement) if claim.of and claim.scope in (Scope.ROW, Scope.PART)]
    return sum(claim.value for claim in parts if _group(claim) == _group(statement.claim))


def _group(claim: Claim) -> str:
    return claim.of[0].partition(".")[0]


def _lists_all(statement: Statement, family: Family) -> bool:
    """Return whether the results of the sentence add up to what it says was received or answered, or to the table's."""
    beside = family.beside(statement)
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
    group, whole = (_group(statement.claim),), sums[-1].total
    claims = [other.claim for other in family.together]
    told = any(claim.of == group and claim.scope is Scope.WHOLE and claim.value == whole for claim in claims)
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
