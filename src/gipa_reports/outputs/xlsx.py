"""The sheet that an office sends round (校核表): units, findings, rules, what could not be checked; on A4.

Written by openpyxl. All words are written as strings, so that nothing is ever a formula, and the same findings give
the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import count

from attrs import frozen

from ..checks import FindingSeverity, Operand, Rule
from ..checks.model import Value
from ..messages import LISTED, in_brackets
from ..own_output import marked
from ..renderers.xlsx import new_workbook, packed
from ..report import Report
from ..report.cells import MAX_DIGITS
from ..safe_text import printable
from ..suppressions import Suppression
from . import Checked, Lang, PassedOver, Rest
from .phrases import Group, advice, groups, location_text, rules_by_code, severity_word, stale_words, verdict
from .undecided import todos
from .wording import (
    cell_place,
    flags_text,
    group_place,
    ranked,
    rule_name,
    rule_summary,
    severities,
    status,
    suggestions,
)
from .xlsx_sheet import LOOKS, Column, Entry, Pen, named_style, own_word

MAX_LISTED = 40
"""Figures and candidates that a cell names; it says how many it leaves out."""

MAX_FOLDED = 6
"""Findings of one cause that a cell names."""

_COUNTED = ("C105", "C106")
"""Rules whose sides are how many cells there are, which their sentence says; no figure of the form."""

_UNITS = (
    Column("no", 5, "centre"), Column("unit", 30, "link"), Column("year", 7, "centre"), Column("file", 34),
    Column("edition", 9, "centre"), Column(FindingSeverity.ERROR, 7, "number"),
    Column(FindingSeverity.WARNING, 8, "number"), Column(FindingSeverity.HINT, 7, "number"),
    Column("suggestions", 11, "number"), Column("open-count", 11, "number"), Column("status", 15, "centre"),
    Column("remark", 30),
)  # fmt: skip
_FINDINGS = (
    Column("no", 5, "centre"), Column("unit", 15), Column("year", 6, "centre"), Column("file", 14),
    Column("severity", 7.5, "centre"), Column("code", 7, "link"), Column("rule", 12), Column("where", 14),
    Column("sentence", 36), Column("figures", 29), Column("expected", 8, "number"), Column("actual", 8, "number"),
    Column("difference", 7, "number"), Column("advice", 23), Column("look", 14), Column("opinion", 18, "answer"),
    Column("cells", 40, "ids", printed=False),
)  # fmt: skip
_RULES = (
    Column("code", 9, "centre"), Column("rule", 24), Column("severity", 10, "centre"), Column("summary", 70),
    Column("count", 10, "number"), Column("open-count", 12, "number"),
)  # fmt: skip
_OPEN = (
    Column("no", 6, "centre"), Column("unit", 28), Column("year", 7, "centre"), Column("file", 30),
    Column("todo", 70), Column("times", 8, "number"), Column("code", 16, "link"),
    Column("cells", 40, "ids", printed=False),
)  # fmt: skip
_SUPPRESSED = (
    Column("unit", 28), Column("year", 7, "centre"), Column("file", 30), Column("code", 9, "centre"),
    Column("sentence", 60), Column("reason", 36), Column("origin", 28),
)  # fmt: skip


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> bytes:
    """The workbook, with words and messages in ``lang``.

    Raises ``MissingExtraError`` without the extra ``xlsx``, ``LimitError`` where a sheet can't hold all rows.
    """
    units, rules = ranked(checked), rules_by_code()
    book = new_workbook()
    book.properties.title = own_word("paper", lang)
    for name, look in LOOKS.items():
        book.add_named_style(named_style(name, **look))
    pen = Pen(book, lang)
    guide = Guide(rules, {code: row for row, code in enumerate(_codes(units), start=2)}, lang)
    pen.sheet("units", _UNITS, _unit_rows(units, lang))
    pen.sheet("findings", _FINDINGS, _finding_rows(units, guide), "no-findings")
    pen.sheet("rules", _RULES, _rule_rows(units, guide))
    pen.sheet("open", _OPEN, _open_rows(units, rest.passed_over, guide), "all-checked")
    if rest.stale or any(one.suppressed for one in checked):
        pen.sheet("suppressed", _SUPPRESSED, _suppressed_rows(units, rest.stale, lang))
    return marked(packed(book), "check")


# --- rows --------------------------------------------------------------------------------------------------------


def _unit_rows(units: Sequence[Checked], lang: Lang) -> Iterator[list[Entry]]:
    """Each line leads to the unit's first line on the sheet of findings, which begins in row 2."""
    first = 2
    for number, unit in enumerate(units, start=1):
        link = ("findings", first) if unit.findings else None
        yield [Entry(number), *_unit_row(unit, link, lang)]
        first += len(groups(unit.findings))


def _unit_row(unit: Checked, link: tuple[str, int] | None, lang: Lang) -> list[Entry]:
    found = severities(unit)
    counts = [Entry(found[severity], severity.value if found[severity] else None) for severity in FindingSeverity]
    numbers = [*counts, Entry(suggestions(unit)), Entry(len(unit.unchecked))]
    if unit.result is None:
        # Of what could not be read nobody knows that there is nothing.
        numbers = [Entry("")] * len(numbers)
    return [
        Entry(unit.name, "text" if link is None else None, link),
        Entry(unit.year),
        Entry(unit.source),
        Entry(LISTED[lang].join(unit.editions)),
        *numbers,
        Entry(status(unit, lang), _status_look(unit)),
        Entry(verdict(unit, lang)),
    ]


def _status_look(unit: Checked) -> str:
    if unit.result is None:
        return "error"
    found = severities(unit)
    if found:
        return min(found, key=list(FindingSeverity).index).value
    return "warning" if unit.unchecked else "good"


@frozen
class Guide:
    """The rules by code, the row of each on its sheet, and the language."""

    rules: dict[str, Rule]
    rows: dict[str, int]
    lang: Lang

    def entries(self, codes: Sequence[str]) -> tuple[Entry, Entry]:
        """The codes, where it is one with a link to what the rule checks, and the names of the rules."""
        once = list(dict.fromkeys(codes))
        names = [rule_name(code, self.rules, self.lang) for code in once]
        # Not all programs break the lines of a link.
        link = ("rules", self.rows[once[0]]) if len(once) == 1 else None
        return Entry(" ".join(once), None if link else "text", link), Entry("\n".join(names))


def _finding_rows(units: Sequence[Checked], guide: Guide) -> Iterator[list[Entry]]:
    numbers = count(1)
    for unit in units:
        report = unit.report
        if report is not None:
            for group in groups(unit.findings):
                yield _finding_row(next(numbers), group, unit, report, guide)


def _finding_row(number: int, group: Group, unit: Checked, report: Report, guide: Guide) -> list[Entry]:
    """A finding, or several of one cause in one line: a sentence for all, then each."""
    lang, first = guide.lang, group.findings[0]
    sides = group.cause is None and first.code not in _COUNTED
    expected, actual = (first.expected, first.actual) if sides else (None, None)
    return [
        Entry(number),
        *_whose(unit),
        Entry(severity_word(group.severity, lang), group.severity.value),
        *guide.entries([finding.code for finding in group.findings]),
        Entry(group_place(report, group, lang)),
        Entry("\n".join(_sentences(group, lang))),
        Entry("\n".join(_figures(group, unit, report, lang))),
        _figure(expected),
        _figure(actual),
        Entry(_difference(expected, actual)),
        Entry("\n".join(map(printable, advice(group, lang)))),
        Entry(_look(group, unit, lang)),
        Entry(None),
        Entry(" ".join(group.cells)),
    ]


def _whose(unit: Checked) -> list[Entry]:
    """The unit, the year and the file."""
    return [Entry(unit.name), Entry(unit.year), Entry(unit.source)]


def _sentences(group: Group, lang: Lang) -> Iterator[str]:
    yield printable(group.message(lang))
    if group.cause is not None:
        yield from (f"· {found.code} {printable(found.message(lang))}" for found in group.findings[:MAX_FOLDED])
        if len(group.findings) > MAX_FOLDED:
            yield own_word("more", lang, n=len(group.findings) - MAX_FOLDED)


def _figure(value: Value) -> Entry:
    """A side of an equation: a number where it is one, else the rule's own words, such as a year or an agency."""
    return Entry(value) if not isinstance(value, str) else Entry(value, "text")


def _difference(expected: Value, actual: Value) -> Decimal | None:
    if isinstance(expected, str) or isinstance(actual, str) or expected is None or actual is None:
        return None
    with localcontext(prec=2 * MAX_DIGITS):
        return abs(Decimal(expected) - Decimal(actual))


def _figures(group: Group, checked: Checked, report: Report, lang: Lang) -> Iterator[str]:
    """The figures that take part with their own words and places, a line for each; plain zeros are only counted."""
    first = group.findings[0]
    listed, rest = group.figures(MAX_LISTED if group.cause is None else 2 * MAX_FOLDED)
    yield from (_operand(operand, checked, report, lang) for operand in listed)
    yield from (own_word(key, lang, n=number) for key, number in rest)
    if first.quote is not None and first.quote not in first.message(lang):
        yield own_word("quote", lang, quote=printable(first.quote))


def _operand(operand: Operand, checked: Checked, report: Report, lang: Lang) -> str:
    place = location_text(operand.location, lang)
    whose = ""
    if operand.source:
        whose = f"{own_word('previous', lang) if operand.source == 'previous' else operand.source} "
        place = " ".join(filter(None, (dict(checked.others).get(operand.source, ""), place)))
    raw = f"“{operand.text}”" if operand.text else own_word("empty", lang)
    return printable(f"{whose}{cell_place(report, operand.cell, lang)} {raw}{in_brackets(place, lang)}")


def _look(group: Group, checked: Checked, lang: Lang) -> str:
    """Whoever checks, where one of the figures was not plainly in the source, and why; else the unit."""
    flags = dict.fromkeys(text for finding in group.findings for text in flags_text(checked, finding, lang))
    return own_word("look.reading" if flags else "look.source", lang) + " ".join(flags)


def _codes(units: Sequence[Checked]) -> list[str]:
    """The rules that ran, and whatever else has something to say: a rule that could not be loaded."""
    found: set[str] = set()
    for unit in units:
        if unit.result is not None:
            found.update(unit.result.rules, (outcome.code for outcome in unit.result.outcomes))
    return sorted(found)


def _rule_rows(units: Sequence[Checked], guide: Guide) -> Iterator[list[Entry]]:
    found = Counter(finding.code for unit in units for finding in unit.findings)
    open_ = Counter(outcome.code for unit in units for outcome in unit.unchecked)
    for code in guide.rows:
        severity = guide.rules[code].severity if code in guide.rules else None
        yield [
            Entry(code),
            Entry(rule_name(code, guide.rules, guide.lang)),
            Entry("") if severity is None else Entry(severity_word(severity, guide.lang), severity.value),
            Entry(rule_summary(code, guide.rules, guide.lang)),
            Entry(found[code]),
            Entry(open_[code]),
        ]


def _open_rows(units: Sequence[Checked], passed_over: Sequence[PassedOver], guide: Guide) -> Iterator[list[Entry]]:
    """Write what is to be done so that all can be checked, a line for each; then the files that are no documents."""
    numbers = count(1)
    for unit in units:
        report = unit.report
        if report is None:
            said = verdict(unit, guide.lang)
            yield [Entry(next(numbers)), *_whose(unit), Entry(said), Entry(""), Entry(""), Entry("")]
            continue
        for todo in todos(unit, guide.lang):
            yield [
                Entry(next(numbers)),
                *_whose(unit),
                Entry(todo.words(report, guide.lang)),
                Entry(len(todo.outcomes)),
                guide.entries(list(todo.codes))[0],
                Entry(" ".join(todo.cells)),
            ]
    for file in passed_over:
        said = own_word("passed-over", guide.lang, kind=file.kind.word(guide.lang))
        yield [Entry(next(numbers)), Entry(""), Entry(""), Entry(file.source), Entry(said), *[Entry("")] * 3]


def _suppressed_rows(units: Sequence[Checked], stale: Sequence[Suppression], lang: Lang) -> Iterator[list[Entry]]:
    """Yield what is accepted, with the reason; then what no finding needs any more."""
    for unit in units:
        for one in unit.suppressed:
            message = one.finding.message(lang)
            yield [*_whose(unit), *map(Entry, (one.finding.code, message, one.by.reason, _origin(one.by)))]
    for entry in stale:
        named = (own_word("stale", lang), entry.year, entry.source or "")
        yield [*map(Entry, (*named, entry.code, stale_words(entry, lang), entry.reason, _origin(entry)))]


def _origin(entry: Suppression) -> str:
    return f"{entry.origin}:{entry.line}" if entry.line is not None else entry.origin
