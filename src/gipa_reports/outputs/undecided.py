"""Summary of what could not be checked in a report, in few lines: by what is to be done about it, not instance by
instance.
"""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from ..checks import Outcome, Status
from ..messages import COLON
from ..report import Report, State
from . import Checked, Lang
from .wording import cells_counted, why


@frozen
class Todo:
    """Something to be done, after which ``outcomes`` can be checked: fill in the ``cells`` that are blank, say.

    Where cells can't help, ``cells`` is empty and ``todo`` says why the outcomes are open.
    """

    todo: str
    cells: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    def line(self, report: Report | None, lang: Lang) -> str:
        """The rules that wait for it, and what it is: ``A101 ×1, A103 ×1: fill in …``."""
        codes = ", ".join(f"{code} ×{count}" for code, count in self.codes.items())
        return f"{codes}: {self.words(report, lang)}"

    @property
    def codes(self) -> dict[str, int]:
        """The rules that are open for it → how many of their instances."""
        return Counter(outcome.code for outcome in self.outcomes)

    @property
    def broken(self) -> bool:
        """Return whether the rule itself broke."""
        return self.outcomes[0].status is Status.ERRORED

    def words(self, report: Report | None, lang: Lang) -> str:
        """Return what to do, and where."""
        if not self.cells or report is None:
            return self.todo
        return f"{self.todo}{COLON[lang]}{cells_counted(report, self.cells, lang)}"


_TODO: dict[State, dict[Lang, str]] = {
    State.ABSENT: {"zh": "缺少的表、行、列请补上", "en": "add the table, row or column that is missing"},
    State.INVALID: {"zh": "不是数字的请改填数字", "en": "put a figure in place of what is none"},
    State.BLANK: {"zh": "空白请填0或应填的数", "en": "fill in what is blank: 0 where there was nothing"},
    State.NOT_APPLICABLE: {
        "zh": "“/”等请改填数字，没有的填0",
        "en": "put a figure in place of '/': 0 where there was nothing",
    },
}
"""Things that a cell without a figure asks for, the first to be done standing first."""


def todos(checked: Checked, lang: Lang) -> list[Todo]:
    """Return what is to be done so that all can be checked, each thing once."""
    report = checked.report
    states = {} if report is None else {figure.id: figure.state for figure in report.cells()}
    by_state: dict[State, list[Outcome]] = {state: [] for state in _TODO}
    others: dict[str, list[Outcome]] = {}
    for outcome in checked.unchecked:
        state = _first_to_fill_in(outcome, states)
        waiting = others.setdefault(why(report, outcome, lang), []) if state is None else by_state[state]
        waiting.append(outcome)
    found = [_to_fill_in(state, states, outcomes, lang) for state, outcomes in by_state.items() if outcomes]
    return found + [Todo(reason, (), tuple(outcomes)) for reason, outcomes in others.items()]


def _to_fill_in(state: State, states: dict[str, State], outcomes: list[Outcome], lang: Lang) -> Todo:
    cells = dict.fromkeys(cell for outcome in outcomes for cell in outcome.cells if states.get(cell) is state)
    return Todo(_TODO[state][lang], tuple(cells), tuple(outcomes))


def _first_to_fill_in(outcome: Outcome, states: dict[str, State]) -> State | None:
    """Return what is to be mended first among the cells that an outcome waits for; None where it waits for none."""
    own = {states.get(cell_id) for cell_id in outcome.cells} if outcome.status is not Status.ERRORED else set()
    return next((state for state in _TODO if state in own), None)
