"""Types of a check: rules, outcomes, findings and the result that holds them.

An ``Outcome`` says how one instance of a rule went (the column 自然人 of one rule, a row of another); a ``Finding``
is what has to be looked at where it failed. "No findings" is not "all is well": see ``CheckResult.unchecked``.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Literal, overload

from attrs import field, frozen

from ..brief import angled, in_notebook, one_line
from ..diagnostics import Location
from ..lazy import Lazy
from ..memo import remembered
from ..messages import Lang
from ..parsing import Reading
from ..report import Report
from ..template import EDITIONS, Edition, SectionId

if TYPE_CHECKING:
    import pandas
    import polars

    from .subject import Subject
else:
    pandas, polars = Lazy("pandas"), Lazy("polars")

Value = int | Decimal | str | None

EditKind = Literal["figure", "swap", "digits", "shift", "with_totals", "totals"]


class FindingSeverity(StrEnum):
    """``error``: the form's arithmetic is broken, or a part of the form is missing. ``warning``: something does not
    agree, and people have to say which side is right. ``hint``: worth a look, may well be right.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


WARNING, HINT = FindingSeverity.WARNING, FindingSeverity.HINT


class Status(StrEnum):
    """Status of an instance of a rule.

    ``undecided``: a figure that it needs is blank, absent, not applicable or invalid. ``not_applicable``: there is
    nothing to check (no figure in the prose, another edition, no previous year given). ``errored``: the rule itself
    broke.
    """

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"
    ERRORED = "errored"


@frozen(kw_only=True)
class Operand:
    """One figure that takes part in a finding.

    ``text`` is the cell's text, or the source's own words where a ``Reading`` was checked; then ``location`` says where
    they stood. ``side`` is that of the equation. ``source`` is empty for the report that was checked, ``previous`` for
    the year before, else the name of the unit.
    """

    cell: str
    value: int | Decimal | None
    text: str
    location: Location | None = None
    side: Literal["left", "right"] = "left"
    source: str = ""

    __repr__ = one_line


@frozen(kw_only=True)
class Passage:
    """Words of the prose: the characters ``start`` to ``end`` (exclusive, from 0) of a paragraph.

    ``paragraph`` counts from 1 within the section, so that
    ``report.sections.get(section).paragraphs[paragraph - 1][start:end]`` are the words. ``location`` is where the
    paragraph stood in the source, with the words as its text; None for a report that was not read.
    """

    section: SectionId
    paragraph: int
    start: int
    end: int
    location: Location | None = None

    __repr__ = one_line

    def __str__(self) -> str:
        return f"{self.section}.{self.paragraph}"


@frozen(kw_only=True)
class Edit:
    """One change that makes all identities of the table hold.

    ``kind`` is ``figure`` (one figure replaced), ``swap`` (two neighbouring cells change places), ``digits`` (digits
    split or swapped between neighbours), ``shift`` (a row moved by one column), ``with_totals`` (a figure and its
    totals, all by as much) or ``totals`` (totals of zero filled in). ``changes`` are cell ids with the values that they
    would have.
    """

    kind: EditKind
    changes: tuple[tuple[str, int], ...]
    zh: str = field(default="", eq=False)
    en: str = field(default="", eq=False)

    __repr__ = one_line

    def message(self, lang: str = "en") -> str:
        """The edit as a sentence, in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


@frozen(kw_only=True)
class Cause:
    """Common origin of several findings: one figure, a shifted row, totals that were forgotten.

    ``key`` tells one cause of a report from another: the id of the cell that it is about, or of its table. ``cells``
    are all cells of all findings that come from it.
    """

    key: str
    cells: tuple[str, ...]
    zh: str = field(default="", eq=False)
    en: str = field(default="", eq=False)

    __repr__ = one_line

    def message(self, lang: str = "en") -> str:
        """The cause as a sentence, in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


@frozen(kw_only=True)
class Finding:
    """Something that does not agree.

    ``cells`` are the ids of all cells of this report that take part; ``expected`` and ``actual`` the two sides.
    ``quote`` is the sentence of the prose that a figure comes from. ``edits`` are all single edits that restore the
    form's arithmetic: exactly one is a suggestion, several are candidates. ``codes`` are the codes of the reader's
    diagnostics that touch one of the cells. ``passages`` are the words of the prose that the finding is about. Findings
    with the same ``cause`` are symptoms of one thing; ``group`` is its key.
    """

    code: str
    severity: FindingSeverity
    instance: str
    cells: tuple[str, ...]
    zh: str
    en: str
    expected: Value = None
    actual: Value = None
    operands: tuple[Operand, ...] = ()
    quote: str | None = None
    edits: tuple[Edit, ...] = ()
    codes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    cause: Cause | None = None

    __repr__ = one_line

    def message(self, lang: str = "en") -> str:
        """A sentence that can be forwarded as it is, in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.message()

    @property
    def group(self) -> str | None:
        """The key of the cause, None where the finding stands for itself."""
        return None if self.cause is None else self.cause.key

    @property
    def suggestion(self) -> dict[str, int] | None:
        """Cell id → value, where exactly one edit restores the form's arithmetic; None otherwise."""
        return dict(self.edits[0].changes) if len(self.edits) == 1 else None

    @property
    def look_at(self) -> Literal["source", "reading"]:
        """Person who looks first: ``reading`` where one of the figures was not plainly in the source (``codes``)."""
        return "reading" if self.codes else "source"


@frozen(kw_only=True)
class Outcome:
    """Outcome of one instance of a rule.

    ``instance`` names it within the rule: a column, a row, a table. ``cells`` are, where it is undecided, the cells
    that stand in the way; one of another report has its name before it (``previous:requests.carried_out.total``).
    ``note`` says why in words where cells can't. ``finding`` is there where it failed.
    """

    code: str
    instance: str
    status: Status
    cells: tuple[str, ...] = ()
    note: str = ""
    finding: Finding | None = None

    __repr__ = one_line


@cache
def _page_in_source(check: Callable[[Rule, Subject], Iterable[Outcome]]) -> str:
    """The docstring of a function, from its source: ``python -OO`` keeps none. Empty where there is no source."""
    try:
        (function,) = ast.parse(textwrap.dedent(inspect.getsource(check))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return ""
    return (isinstance(function, ast.FunctionDef) and ast.get_docstring(function)) or ""


def errored(code: str, error: BaseException) -> Outcome:
    """The outcome where a rule, or what brings it, raised an error."""
    return Outcome(code=code, instance="", status=Status.ERRORED, note=f"{type(error).__name__}: {error}")


@remembered(4096)
def _passed(code: str, instance: str) -> Outcome:
    return Outcome(code=code, instance=instance, status=Status.PASSED)


@frozen
class Rule:
    """One rule: a stable ``code``, a ``name``, and the function that checks a report by it.

    ``check`` takes the rule and the subject and gives an outcome for each instance. Its docstring is the rule's page,
    unless the rule has a ``page`` of its own, as it has where one function serves several.
    ``since`` is the version that brought the rule, ``status`` is ``stable`` or ``preview`` (its findings may still
    change), ``editions`` the editions of the form that it is for, ``default`` whether it runs without being selected.
    """

    code: str
    name: str
    check: Callable[[Rule, Subject], Iterable[Outcome]] = field(eq=False, repr=False)
    severity: FindingSeverity = FindingSeverity.ERROR
    since: str = "0.1"
    status: Literal["stable", "preview"] = "stable"
    editions: tuple[Edition, ...] = EDITIONS
    default: bool = True
    page: str = field(default="", eq=False, repr=False, kw_only=True)

    __repr__ = one_line

    @property
    def docs(self) -> str:
        """The rule's page: what it checks, why, an example, and the clause of the form, in Markdown."""
        return inspect.cleandoc(self.page) or inspect.getdoc(self.check) or _page_in_source(self.check)

    def passed(self, instance: str) -> Outcome:
        """It holds."""
        return _passed(self.code, instance)

    def undecided(self, instance: str, cells: Iterable[str], note: str = "") -> Outcome:
        """It can't be told, because of these cells."""
        return Outcome(code=self.code, instance=instance, status=Status.UNDECIDED, cells=tuple(cells), note=note)

    def not_applicable(self, instance: str = "", note: str = "") -> Outcome:
        """There is nothing to check."""
        return Outcome(code=self.code, instance=instance, status=Status.NOT_APPLICABLE, cells=(), note=note)

    def failed(
        self,
        instance: str,
        cells: Iterable[str],
        zh: str,
        en: str,
        *,
        expected: Value = None,
        actual: Value = None,
        operands: tuple[Operand, ...] = (),
        quote: str | None = None,
        edits: tuple[Edit, ...] = (),
        codes: tuple[str, ...] = (),
        passages: tuple[Passage, ...] = (),
        cause: Cause | None = None,
    ) -> Outcome:
        """It does not hold."""
        finding = Finding(
            code=self.code,
            severity=self.severity,
            instance=instance,
            cells=tuple(cells),
            zh=zh,
            en=en,
            expected=expected,
            actual=actual,
            operands=operands,
            quote=quote,
            edits=edits,
            codes=codes,
            passages=passages,
            cause=cause,
        )
        return Outcome(
            code=self.code, instance=instance, status=Status.FAILED, cells=finding.cells, note="", finding=finding
        )


@frozen(slots=False, kw_only=True)
class CheckResult:
    """The outcomes of all rules that ran, in the order of their codes; ``rules`` are these codes.

    ``findings`` is empty both for a report in which all agrees and for one in which nothing could be checked:
    ``unchecked`` tells them apart, and ``complete`` is whether it is empty. A result keeps what was checked, which it
    needs to be shown: where you hold on to many thousands, hold on to their ``findings``.
    """

    outcomes: tuple[Outcome, ...] = ()
    rules: tuple[str, ...] = ()
    own_rules: tuple[Rule, ...] = field(default=(), eq=False, repr=False)
    """The rules that ``check`` was given beside those that are installed."""
    _report: Report | Reading | None = field(default=None, eq=False, repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the outcomes."""
        return tuple([outcome.finding for outcome in self.outcomes if outcome.finding is not None])

    @property
    def unchecked(self) -> tuple[Outcome, ...]:
        """Return what could not be checked: undecided and errored outcomes."""
        return tuple(outcome for outcome in self.outcomes if outcome.status in (Status.UNDECIDED, Status.ERRORED))

    @property
    def complete(self) -> bool:
        """Return whether every instance of every rule that applies was decided."""
        return not self.unchecked

    def of(self, prefix: str) -> CheckResult:
        """The part that concerns the rules whose code begins with ``prefix``."""
        return CheckResult(
            outcomes=tuple(outcome for outcome in self.outcomes if outcome.code.startswith(prefix)),
            rules=tuple(code for code in self.rules if code.startswith(prefix)),
            own_rules=self.own_rules,
            report=self._report,
        )

    def to_text(self, lang: Lang = "en", *, source: str = "<report>") -> str:
        """Return each finding with its figures, and what could not be checked, as text; ``str(result)`` too.

        ``source`` is what the report is called. Raises ``CheckError`` for a result that ``check`` did not make.
        """
        from ..outputs import result_as

        return result_as("full", self, self._report, lang, source)

    def to_html(self, lang: Lang = "en", *, source: str = "<report>") -> str:
        """The page of ``gipa-reports check -o checked.html``; arguments and errors as for ``to_text``."""
        from ..outputs import result_as

        return result_as("html", self, self._report, lang, source)

    @overload
    def to_frame(self, lang: Lang = ..., *, library: Literal["pandas"] = ...) -> pandas.DataFrame: ...
    @overload
    def to_frame(self, lang: Lang = ..., *, library: Literal["polars"]) -> polars.DataFrame: ...
    def to_frame(
        self, lang: Lang = "en", *, library: Literal["pandas", "polars"] = "pandas"
    ) -> pandas.DataFrame | polars.DataFrame:
        """The findings as a data frame, one a row.

        The columns are ``code``, ``severity``, ``instance``, ``cells``, ``message``, ``expected``, ``actual``,
        ``suggestion``, ``codes``, ``cause`` and ``quote``, all of them texts; ``cells`` and ``codes`` are parted by
        spaces, ``suggestion`` is ``cell=value``. No rows means no findings, and not that all is well: see
        ``unchecked``. Raises ``MissingExtraError`` without the library.
        """
        from ..frames import findings_frame

        return findings_frame(self.findings, lang, library)

    def __str__(self) -> str:
        return repr(self) if self._report is None else self.to_text()

    def __repr__(self) -> str:
        counts = self.counts()
        said = ", ".join(f"{counts[status]} {status.replace('_', ' ')}" for status in Status if counts[status])
        number = len(self.findings)
        return angled("CheckResult:", f"{number} finding{'s' * (number != 1)}; {said or 'nothing checked'}")

    _repr_html_ = in_notebook

    def counts(self) -> dict[Status, int]:
        """Number of outcomes of each status."""
        found = dict.fromkeys(Status, 0)
        for outcome in self.outcomes:
            found[outcome.status] += 1
        return found

    def groups(self) -> dict[str, tuple[Finding, ...]]:
        """Findings by the key of their cause; those that stand for themselves are not in it."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.group is not None:
                found.setdefault(finding.group, []).append(finding)
        return {group: tuple(findings) for group, findings in found.items()}
