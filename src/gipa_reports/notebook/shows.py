"""One function for each class that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from itertools import islice

from ..checks import Aggregate, CellChange, CheckResult, Comparison, Rule, Status
from ..codes import Severity
from ..diagnostics import Diagnostic
from ..messages import Lang
from ..outputs.phrases import Group, groups, location_text, rules_by_code
from ..outputs.wording import rule_name, why
from ..parsing import Reading
from ..parsing.evidence import Locations
from ..report import Report, RowView, Table
from ..template import HEADINGS
from .tables import Numbers, framed, grid, row_grid
from .words import MAX_LINES, folded, language, listed, severity_word, shown, word

MAX_PROSE = 20_000
"""Characters of prose that are shown."""

MAX_PLACES = 250
"""Cells whose places are shown: all of one report."""


@singledispatch
def html_of(thing: object) -> str:
    """Return what a notebook shows of an object of this package. Raises ``TypeError`` for any other."""
    raise TypeError(f"nothing is shown of {type(thing).__name__}")


@html_of.register
def report_html(report: Report) -> str:
    """Show who reports on which year, and the three tables."""
    lang = language()
    return framed(f"<p><strong>{_whose(report)}</strong></p>{_tables(report, {}, lang)}{_prose(report, lang)}")


@html_of.register
def table_html(table: Table) -> str:
    """One table."""
    return framed(grid(table, {}, language()))


@html_of.register
def row_html(row: RowView) -> str:
    """A row, or a group of rows."""
    return framed(row_grid(row, language()))


@html_of.register
def reading_html(reading: Reading) -> str:
    """Show what is in doubt, each code with its number; the tables with these numbers; the prose folded."""
    lang, report = language(), reading.report
    whose = _whose(report) if report is not None else word("no-report", lang)
    head = f"<p><strong>{whose}</strong> · {shown(reading.format or '?')}</p>"
    by_code: dict[str, list[Diagnostic]] = {}
    for problem in sorted(reading.diagnostics, key=lambda problem: list(Severity).index(problem.severity)):
        by_code.setdefault(problem.code, []).append(problem)
    shown_codes = list(by_code.values())[:MAX_LINES]
    said = [_problems(problems, lang) for problems in shown_codes]
    error = reading.error
    nothing = word("no-diagnostics", lang) if error is None else shown(error.sentence(lang))
    doubts = listed(said, len(by_code), lang, "ol") or f"<p>{nothing}</p>"
    if report is None:
        return framed(head + doubts)
    touched = ([cell_id for problem in problems for cell_id in problem.cells] for problems in shown_codes)
    tables = _tables(report, _numbers(touched), lang)
    return framed(f"{head}{doubts}{tables}{_prose(report, lang)}{_around(reading, lang)}")


def _numbers(touched: Iterable[Iterable[str]]) -> Numbers:
    """Cell id → the numbers, from 1, of the lines of a list that touch it."""
    numbers: dict[str, list[int]] = {}
    for number, cells in enumerate(touched, start=1):
        for cell_id in dict.fromkeys(cells):
            numbers.setdefault(cell_id, []).append(number)
    return numbers


def _problems(problems: list[Diagnostic], lang: Lang) -> str:
    """All problems of one code in a line: how bad, the code, the first sentence, how many cells."""
    first = problems[0]
    cells = len({cell_id for problem in problems for cell_id in problem.cells})
    touched = f" · {word('cells', lang, n=cells)}" if cells else ""
    times = f" ×{len(problems)}" if len(problems) > 1 else ""
    place = location_text(first.location, lang)
    where = f" <small>({shown(place)})</small>" if place else ""
    return (
        f"{_kind(first.severity.value, severity_word(first.severity, lang))} <code>{shown(first.code)}</code>{times} "
        f"{shown(first.message(lang), 240)}{where}{touched}"
    )


@html_of.register
def result_html(result: CheckResult) -> str:
    """The findings, those of one cause in one line, with what is suggested; what could not be checked folded."""
    lang, source = language(), result._report
    report = source.report if isinstance(source, Reading) else source
    found = groups(result.findings)
    counts = result.counts()
    made = counts[Status.PASSED] + counts[Status.FAILED]
    opened, total = len(result.unchecked), made + len(result.unchecked)
    key = "unchecked" if opened else "all-checked"
    whose = "" if report is None else f"<strong>{_whose(report)}</strong> · "
    head = f"<p>{whose}{word('findings', lang, n=len(found))} · {word(key, lang, n=opened, all=total)}</p>"
    rules = rules_by_code([result])
    lines = listed([_finding(group, rules, lang) for group in found[:MAX_LINES]], len(found), lang, "ol")
    open_lines = [
        f"<code>{shown(one.code)}</code> {shown(one.instance)} {shown(why(report, one, lang), 240)}"
        for one in result.unchecked[:MAX_LINES]
    ]
    rest = folded(word("unchecked", lang, n=opened, all=total), listed(open_lines, opened, lang)) if opened else ""
    return framed(head + lines + rest)


def _finding(group: Group, rules: dict[str, Rule], lang: Lang) -> str:
    names = dict.fromkeys(f"{one.code} {rule_name(one.code, rules, lang)}" for one in group.findings)
    line = (
        f"{_kind(group.severity.value, word(group.severity.value, lang))} <code>{shown(', '.join(names))}</code> "
        f"{shown(group.message(lang), 400)}"
    )
    if len(group.edits) == 1:
        line += f"<br>{word('suggestion', lang)}{shown(group.edits[0].message(lang), 240)}"
    elif group.edits:
        line += f"<br>{word('candidates', lang, n=len(group.edits))}"
    codes = dict.fromkeys(code for finding in group.findings for code in finding.codes)
    return line + (f"<br>{word('look', lang)}<code>{shown(', '.join(codes))}</code>" if codes else "")


@html_of.register
def comparison_html(comparison: Comparison) -> str:
    """The cells that differ, before and after; how much of the prose does; the other fields."""
    lang = language()
    if comparison.same and not comparison.flagged:
        return framed(f"<p>{word('same', lang)}</p>")
    parts = [word("same", lang) if comparison.same else word("changed", lang, n=len(comparison.cells))]
    if comparison.flagged:
        parts.append(word("flagged", lang, n=len(comparison.flagged)))
    fields = [
        (change.field, shown(change.before), shown(change.after), "", "") for change in comparison.fields[:MAX_LINES]
    ]
    cells = [_change(change) for change in comparison.cells[:MAX_PLACES]]
    names = [word(key, lang) for key in ("cell", "before", "after", "difference", "codes")]
    body = f"<p>{' · '.join(parts)}</p>{_listing(names, [*fields, *cells], len(comparison.cells) - len(cells), lang)}"
    if comparison.paragraphs:
        lines = [
            f"<code>{shown(change.section)}</code> {shown(' '.join(change.before), 200)} → "
            f"{shown(' '.join(change.after), 200)}"
            for change in comparison.paragraphs[:MAX_LINES]
        ]
        number = len(comparison.paragraphs)
        body += folded(word("paragraphs", lang, n=number), listed(lines, number, lang))
    return framed(body)


def _change(change: CellChange) -> tuple[str, ...]:
    before, after = (
        "—" if cell is None else shown(cell.text or f"({cell.state})", 40) for cell in (change.before, change.after)
    )
    difference = "" if change.difference is None else f"{change.difference:+d}"
    codes = " ".join(dict.fromkeys((*change.before_codes, *change.after_codes)))
    return change.cell, before, after, shown(difference, 40), shown(codes)


@html_of.register
def aggregate_html(aggregate: Aggregate) -> str:
    """The units, the sum in the form's layout, and at its cells what is in doubt in one of the units."""
    lang = language()
    units = [shown(name) for name, _ in aggregate.units[:MAX_LINES]]
    cells_of: dict[str, list[str]] = {}
    for figure in aggregate.report.cells():
        for code in aggregate.codes(figure.id):
            cells_of.setdefault(code, []).append(figure.id)
    codes = list(cells_of)[:MAX_LINES]
    head = f"<p><strong>{_whose(aggregate.report)}</strong></p>"
    if aggregate.unknown:
        head += f"<p>{word('unknown', lang, n=len(aggregate.unknown))}</p>"
    head += listed([f"<code>{shown(code)}</code>" for code in codes], len(codes), lang, "ol")
    names = folded(word("units", lang, n=len(aggregate.units)), listed(units, len(aggregate.units), lang))
    return framed(head + names + _tables(aggregate.report, _numbers(map(cells_of.__getitem__, codes)), lang))


@html_of.register
def locations_html(locations: Locations) -> str:
    """Cell by cell: the words that stood there, and where."""
    lang = language()
    lines = [
        (cell_id, shown(place.text, 60), shown(location_text(place, lang)))
        for cell_id, place in islice(locations.items(), MAX_PLACES)
    ]
    names = [word(key, lang) for key in ("cell", "text", "place")]
    head = word("places", lang, n=len(locations))
    return framed(folded(head, _listing(names, lines, len(locations) - len(lines), lang)))


# --- parts ---------------------------------------------------------------------------------------------------------


def _whose(report: Report) -> str:
    parts = (report.title or report.agency, report.year)
    return " · ".join(shown(part) for part in parts if part is not None) or "?"


def _kind(name: str, words: str) -> str:
    return f'<span class="kind {name}">{words}</span>'


def _tables(report: Report, numbers: Numbers, lang: Lang) -> str:
    return "".join(grid(table, numbers, lang) for table in report.tables)


def _prose(report: Report, lang: Lang) -> str:
    """The sections under their headings, folded; no more than ``MAX_PROSE`` characters of them."""
    headings = {heading.id: heading.text for heading in HEADINGS}
    number = sum(len(section.paragraphs) for section in report.sections)
    if not number:
        return ""
    body, left = "", MAX_PROSE
    for section_id, section in report.sections.items():
        body += f"<p><strong>{headings[section_id]}</strong></p>"
        for paragraph in _within(section.paragraphs, left):
            body += f"<p>{shown(paragraph, MAX_PROSE)}</p>"
            left -= len(paragraph) + 1
    return f'<div lang="zh-CN">{folded(word("prose", lang, n=number), body)}</div>'


def _within(paragraphs: Iterable[str], left: int) -> Iterator[str]:
    """``paragraphs``, until there are as many characters as ``left``."""
    for paragraph in paragraphs:
        if left <= 0:
            yield "…"
            return
        yield paragraph[:left]
        left -= len(paragraph) + 1


def _around(reading: Reading, lang: Lang) -> str:
    number = len(reading.unparsed)
    lines = [shown(line.text) for line in reading.unparsed[:MAX_LINES]]
    return folded(word("unparsed", lang, n=number), listed(lines, number, lang)) if number else ""


def _listing(names: Sequence[str], lines: Sequence[tuple[str, ...]], more: int, lang: Lang) -> str:
    """A plain table; the first of a line is an id, the others are marked up already."""
    if not lines:
        return ""
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = "".join(
        f'<tr><th class="left"><code>{shown(first)}</code></th>{"".join(f"<td>{one}</td>" for one in rest)}</tr>'
        for first, *rest in lines
    )
    rest = f"<p>{word('more', lang, n=more)}</p>" if more > 0 else ""
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{rest}'
