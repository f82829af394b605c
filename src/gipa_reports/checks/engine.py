"""``check``: a report set against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from ..errors import CheckError
from ..messages import Phrase
from ..parsing import Reading
from ..report import Report
from .causes import fold
from .model import CheckResult, Outcome, Rule, errored
from .peers import Peers
from .registry import broken_plugins, select_with
from .subject import Subject, same_agency

Source = Report | Reading
Children = Iterable[Source] | Mapping[str, Source | None]


def check(
    report: Source,
    *,
    previous: Source | None = None,
    children: Children = (),
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    peers: Peers | None = None,
    overview_limit: int | None = None,
    rules: Rule | Iterable[Rule] = (),
) -> CheckResult:
    """Apply the rules to a report.

    Of a ``Reading`` the findings also carry the source's own words and where they stood. ``previous`` is the report of
    the same agency on the year before; without it the rules ``Y`` do not apply. ``children`` are the reports of the
    units that this report adds up: a mapping from a unit's name to its report, None where it is known to be missing,
    or an iterable of reports; without them the rules ``H`` do not apply. ``peers`` are other reports, for P105;
    ``overview_limit`` is how many characters section 一 may have, for C304.

    ``select`` and ``ignore`` are prefixes of codes (``"A"``, ``("A1", "N101")``); a single string may hold several,
    separated by commas. Without ``select`` all rules run that are on by default. ``rules`` are rules of your own, which
    run after the others and need not be registered; ``select`` and ``ignore`` are about them too. Nothing is changed or
    repaired.

    Raises ``CheckError`` for a reading without a report, an unknown prefix, a previous report of another agency or
    not of the year before, units of another year than the report, a unit given twice, or a rule that has the code of
    another.
    """
    own = (rules,) if isinstance(rules, Rule) else tuple(rules)
    chosen = select_with(own, _prefixes(select), _prefixes(ignore))
    subject = evolve(subject_of(report, previous, children), peers=peers, overview_limit=overview_limit)
    outcomes: list[Outcome] = []
    for rule in chosen:
        outcomes.extend(run(rule, subject))
    if select is None:
        outcomes.extend(broken_plugins())
    codes = tuple([rule.code for rule in chosen])
    return CheckResult(outcomes=tuple(fold(outcomes)), rules=codes, own_rules=own, report=report)


def run(rule: Rule, subject: Subject) -> list[Outcome]:
    """The outcomes of one rule; what it raises is an outcome too, so that no rule can stop the others."""
    outcomes: list[Outcome] = []
    try:
        for outcome in rule.check(rule, subject):
            if not isinstance(outcome, Outcome):
                raise TypeError(f"a rule gives Outcome, not {type(outcome).__name__}")
            outcomes.append(outcome)
    except Exception as error:
        outcomes.append(errored(rule.code, error))
    return outcomes


def _prefixes(given: str | Iterable[str] | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(part.strip() for part in parts)


# --- what comes with the report ----------------------------------------------------------------------------------


def subject_of(report: Source, previous: Source | None = None, children: Children = ()) -> Subject:
    """The report with what came with it. Raises ``CheckError`` where these do not belong together."""
    subject = Subject.of(report)
    before = None if previous is None else Subject.of(previous, "previous")
    if before is not None:
        _check_previous(subject.report, before.report)
    units = {name: None if unit is None else Subject.of(unit, name) for name, unit in named_units(children).items()}
    own = subject.report.year
    for name, unit in units.items():
        year = None if unit is None else unit.report.year
        if year is not None and own not in (None, year):
            raise CheckError(
                f"{name} reports on another year than the report it is to be added up in",
                code="children-year",
                expected=str(own),
                found=str(year),
                zh=f"{name}是{year}年的报告，与要核对的{own}年报告不是同一年。",
            )
    return Subject(subject.report, subject.reading, before, units)


def _check_previous(report: Report, previous: Report) -> None:
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        raise CheckError(
            "the previous report is not of the year before",
            code="previous-year",
            expected=str(report.year - 1),
            found=str(previous.year),
            zh=f"上年报告应为{report.year - 1}年的，这一份是{previous.year}年的。",
        )
    if report.agency and previous.agency and not same_agency(report.agency, previous.agency):
        raise CheckError(
            "the previous report is of another agency",
            code="previous-agency",
            expected=report.agency,
            found=previous.agency,
            zh=f"上年报告的机关是{previous.agency}，不是{report.agency}。",
        )


def named_units(units: Children) -> dict[str, Source | None]:
    """Units by name: as given, else by their agency, else by number. Raises ``CheckError`` for mixed years or a unit
    that comes twice.
    """
    found: dict[str, Source | None] = {}
    if isinstance(units, Mapping):
        found.update(units)
    else:
        for number, unit in enumerate(units, start=1):
            name = Subject.of(unit).report.agency or f"#{number}"
            if name in found:
                raise CheckError(
                    f"{name} comes twice; give a mapping from names to reports if these are two units",
                    code="children-repeated",
                    found=name,
                    zh=f"{name}有两份报告；如果是两个单位，请给出从名称到报告的映射。",
                )
            found[name] = unit
    reports = [Subject.of(unit).report for unit in found.values() if unit is not None]
    years = sorted({report.year for report in reports if report.year is not None})
    if len(years) > 1:
        listed = list(map(str, years))
        raise CheckError(
            "the units report on different years",
            code="children-years",
            expected=Phrase("one year", "同一年度"),
            found=", ".join(listed),
            zh=f"各单位的报告不是同一年的：{'、'.join(listed)}。",
        )
    return found
