"""What could not be checked in a report, in few lines: rule by rule, not instance by instance."""

from __future__ import annotations

from attrs import evolve, frozen

from ..checks import Outcome, Status
from . import Checked, Lang
from .wording import why


@frozen
class Open:
    """The instances of one rule that could not be checked for one reason; ``broken`` where that is the rule itself."""

    code: str
    instances: tuple[str, ...]
    why: str
    broken: bool


def unchecked(checked: Checked, lang: Lang) -> list[Open]:
    """What could not be checked in a report, and why."""
    found: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in checked.result.unchecked if checked.result is not None else ():
        found.setdefault((outcome.code, outcome.note), []).append(outcome)
    return [_open(checked, outcomes, lang) for outcomes in found.values()]


def _open(checked: Checked, outcomes: list[Outcome], lang: Lang) -> Open:
    first = outcomes[0]
    cells = dict.fromkeys(cell_id for outcome in outcomes for cell_id in outcome.cells)
    return Open(
        first.code,
        tuple(outcome.instance for outcome in outcomes),
        why(checked.reading.report, evolve(first, cells=tuple(cells)), lang),
        first.status is Status.ERRORED,
    )
