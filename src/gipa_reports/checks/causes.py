"""One cause, one finding: what the broken identities of a table come from, and which findings say the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, frozen

from ..template import Form, TableId
from .model import Cause, Edit, Finding, Outcome, Value
from .residuals import Residuals, code
from .subject import Subject, cell_name, column_label, parts_of, row_name, table_name, within
from .suggestions import roots, single_edits


def all_residuals(subject: Subject) -> dict[TableId, Residuals]:
    """Return how far each identity of 三 and of 四 is from holding."""
    found: dict[TableId, Residuals] = {}
    for table in (subject.report.requests, subject.report.proceedings):
        counts: list[Any] = [cell.value for row in table.rows for cell in row]  # these tables hold no money
        found[table.id] = Residuals(code(table.edition, table.id), counts)
    return found


# --- causes of broken identities -----------------------------------------------------------------------------------


@frozen
class Fault:
    """Broken identity: the edits that restore all of its table, and what it comes from."""

    edits: tuple[Edit, ...] = ()
    cause: Cause | None = None


UNEXPLAINED = Fault()


def request_faults(subject: Subject) -> dict[int, Fault]:
    """For each identity of 三 that is broken, or out of reach of its blanks, what is known of it.

    The only edit that restores them all is their cause; where there are several, the cause is not known, but one; where
    there is none, an identity comes from the cell that alone explains it and those that go with it. The value of an
    edit that only one broken identity speaks for, the others being undecided, is not suggested: two faults can look so.
    """
    form = subject.report.requests.form
    residuals = subject.once(all_residuals)["requests"]
    faulty = (*residuals.broken, *residuals.out_of_reach)
    edits = single_edits(residuals)
    if edits:
        cause = _cause_of_edits(form, edits, _cells(residuals, faulty))
        weak = len(edits) == len(residuals.broken) == 1
        return dict.fromkeys(faulty, Fault(() if weak else edits, cause))
    by_root: dict[int, list[int]] = {}
    for number, place in roots(residuals).items():
        by_root.setdefault(place, []).append(number)
    if len(faulty) > 1 and not by_root:
        by_root = {place: list(faulty) for place in _common(residuals, faulty)}
    found = dict.fromkeys(faulty, UNEXPLAINED)
    for place, numbers in by_root.items():
        cause = _one_figure(form, form.cell_ids[place], _cells(residuals, numbers))
        found.update(dict.fromkeys(numbers, Fault((), cause)))
    return found


def _common(residuals: Residuals, faulty: Iterable[int]) -> list[int]:
    """The one figure that all these identities share, where they share just one."""
    shared = set.intersection(*(set(residuals.code.terms[number]) for number in faulty))
    places = [place for place in shared if residuals.values[place] is not None]
    return places if len(places) == 1 else []


def _cells(residuals: Residuals, numbers: Iterable[int]) -> tuple[str, ...]:
    """All cells of these identities."""
    identities = [residuals.code.form.identities[number] for number in numbers]
    return tuple(dict.fromkeys(cell for one in identities for cell in (*one.left, *one.right)))


def _cause_of_edits(form: Form, edits: tuple[Edit, ...], cells: tuple[str, ...]) -> Cause:
    if len(edits) > 1:
        number = len(edits)
        zh = f"{table_name(form.table)}的这些不符可能出于同一原因，但有{number}种改法，无法判断是哪一处。"
        each = f"{number} changes of table {form.table} would each do"
        en = f"These may have one cause, but {each}, so it can't be told which."
        return Cause(key=form.table, cells=cells, zh=zh, en=en)
    (edit,) = edits
    changed = [cell_id for cell_id, _ in edit.changes]
    if edit.kind == "figure":
        return _one_figure(form, changed[0], cells)
    row_id = parts_of(changed[0])[0]
    row = row_name(form, row_id)
    named_zh = "、".join(f"“{cell_name(form, cell_id)}”" for cell_id in changed[:4])
    named_en = ", ".join(within(cell_id) for cell_id in changed[:4])
    zh, en = {
        "swap": (f"{named_zh}可能互相填错了位置。", f"{named_en} may have changed places."),
        "digits": (f"{named_zh}的数字可能断错或填串。", f"The digits of {named_en} may be divided wrongly."),
        "shift": (f"“{row}”一行可能整行错了一格。", f"The row {row_id} may be shifted by one column."),
        "with_totals": (f"{named_zh}可能一并有误。", f"{named_en} may be wrong together."),
        "totals": (
            f"{_totals_zh(form, changed)}有{len(changed)}格填了0，而各项之和不是0，可能漏填。",
            f"{len(changed)} totals are 0 where their parts are not; they may have been forgotten.",
        ),
    }[edit.kind]
    return Cause(key=changed[0], cells=cells, zh=zh, en=en)


def _totals_zh(form: Form, changed: Sequence[str]) -> str:
    """Kind of the totals: those of the column, of the row, or of both."""
    rows = {parts_of(cell_id)[0] for cell_id in changed}
    columns = {column_label(form, cell_id) for cell_id in changed}
    where = [f"“{column}”列" for column in columns if len(columns) == 1]
    where += [f"“{row_name(form, row)}”行" for row in rows if len(rows) == 1 and not where]
    return table_name(form.table) + (where[0] if where else "的总计")


def _one_figure(form: Form, cell_id: str, cells: tuple[str, ...]) -> Cause:
    zh = f"“{cell_name(form, cell_id)}”与所在的行和列都对不上。"
    en = f"{within(cell_id)} agrees neither with its row nor with its column."
    return Cause(key=cell_id, cells=cells, zh=zh, en=en)


# --- findings that say the same --------------------------------------------------------------------------------------


def fold(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, those put under the cause of a broken identity that say nothing else.

    That is a hint ``P`` whose cells are all among those of a finding ``A``; and a figure of the prose (``N``) that is
    what the only suggestion would put into a cell.
    """
    identities = [outcome.finding for outcome in outcomes if outcome.finding is not None and outcome.code[0] == "A"]
    if not identities:
        return list(outcomes)
    above = [_above(outcome, identities) for outcome in outcomes]
    causes: dict[Finding | None, Cause] = {
        found: found.cause or Cause(key=f"{found.code}.{found.instance}", cells=found.cells, zh=found.zh, en=found.en)
        for found in above
        if found is not None
    }
    folded = zip(outcomes, above, strict=True)
    return [_under(outcome, causes.get(found or outcome.finding)) for outcome, found in folded]


def _above(outcome: Outcome, identities: Sequence[Finding]) -> Finding | None:
    """The finding of which this outcome's is a symptom."""
    found = outcome.finding
    if found is None or not found.cells:
        return None
    if outcome.code[0] == "P":
        return next((one for one in identities if set(found.cells) <= set(one.cells)), None)
    if outcome.code[0] == "N":
        stated = (found.expected, found.actual)
        return next((one for one in identities if _would_be(one, found.cells, stated)), None)
    return None


def _would_be(finding: Finding, cells: Sequence[str], stated: Sequence[Value]) -> bool:
    """Return whether the suggestion would put what is stated into one of the cells."""
    suggestion = finding.suggestion or {}
    return any(suggestion.get(cell_id, stated) in stated for cell_id in cells)


def _under(outcome: Outcome, cause: Cause | None) -> Outcome:
    if cause is None or outcome.finding is None or outcome.finding.cause is not None:
        return outcome
    return evolve(outcome, finding=evolve(outcome.finding, cause=cause))
