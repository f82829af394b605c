"""One unit on the page: what is to be said of it, in sentences, then the form with the numbers of the findings."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape

from attrs import frozen

from ..checks import FindingSeverity, Operand, Outcome, Passage, Rule, Status
from ..messages import COLON, LISTED, in_brackets
from ..renderers.html import Mark, table
from ..renderers.layout import sheet
from ..report import Report
from ..safe_text import printable
from ..template import HEADINGS
from . import Checked, Lang
from .html_words import counted, in_chinese, own_word, shown
from .phrases import Group, groups, location_text, severity_word, verdict, word
from .undecided import Todo, todos
from .wording import cell_place, flags_text, group_place, instance_name, rule_name, severities, status, suggestions

MAX_EDITS = 20
"""Candidates that are named; there can be hundreds, and then none is of use."""

MAX_OPEN = 8
"""Figures, or things that could not be checked, that are shown at once; longer lists are folded."""

MAX_CELLS = 25
"""Cells that are named one by one: a column of the longest table."""

AROUND = 60
"""Characters of a paragraph that are shown before and after the words that are marked."""


def year_words(unit: Checked, lang: Lang) -> str:
    """The year behind the name of the unit, where it is known."""
    return "" if unit.year is None else f" {own_word('year', lang, found=unit.year)}"


def counts(unit: Checked, lang: Lang) -> str:
    """The verdict and the counts that are not nought; each with its word, for no count may be told by its colour."""
    found = severities(unit)
    parts = [
        f'<span class="{severity.value}">{severity_word(severity, lang)} {found[severity]}</span>'
        for severity in FindingSeverity
        if found[severity]
    ]
    if not parts:
        clean = unit.result is not None and not unit.unchecked
        parts.append(f'<span class="{"none" if clean else "warning"}">{status(unit, lang)}</span>')
    if unit.unchecked:
        parts.append(f"<span>{own_word('unchecked', lang)} {len(unit.unchecked)}</span>")
    if suggestions(unit):
        parts.append(f"<span>{own_word('suggestions', lang)} {suggestions(unit)}</span>")
    return " · ".join(parts)


@frozen(slots=False, eq=False)
class Page:
    """A unit, as the page shows it; ``number`` counts from 1."""

    number: int
    unit: Checked
    rules: dict[str, Rule]
    lang: Lang

    @property
    def prefix(self) -> str:
        """The id of the article; those of what is in it begin so."""
        return f"u{self.number}"

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The findings, those of one cause together, the worst first."""
        order = list(FindingSeverity)
        return tuple(sorted(groups(self.unit.findings), key=lambda group: order.index(group.severity)))

    @cached_property
    def todos(self) -> list[Todo]:
        """Return what is to be done so that all can be checked."""
        return todos(self.unit, self.lang)

    # --- the lines of the overview

    def lines(self) -> str:
        """The unit in the overview: a line for each finding, and for what could not be checked."""
        items = "".join(self._line(number, group) for number, group in enumerate(self.groups, start=1))
        items += "".join(self._open_line(number, todo) for number, todo in enumerate(self.todos, start=1))
        said = verdict(self.unit, self.lang)
        if said is not None and not items:
            items = f'<li data-codes="" data-kind="unchecked"><a href="#{self.prefix}">{shown(said)}</a></li>\n'
        if not items:
            return ""
        return (
            f'<section data-unit="{self.prefix}"><h3><a href="#{self.prefix}">{in_chinese(self.unit.name)}'
            f"{year_words(self.unit, self.lang)}</a></h3>\n<ol>\n{items}</ol></section>\n"
        )

    def _line(self, number: int, group: Group) -> str:
        return (
            f'<li data-codes="{_codes(group)}" data-kind="{group.severity}">'
            f'<a href="#{self.prefix}-f{number}">{_badge(group, self.lang)} '
            f"{shown(group.message(self.lang))}</a></li>\n"
        )

    def _open_line(self, number: int, todo: Todo) -> str:
        return (
            f'<li data-codes="{shown(" ".join(todo.codes))}" data-kind="unchecked">'
            f'<a href="#{self.prefix}-o{number}"><span class="mark">?</span> {own_word("unchecked", self.lang)} '
            f"{own_word('times', self.lang, n=len(todo.outcomes))}{COLON[self.lang]}"
            f"{shown(todo.words(self.unit.report, self.lang))}</a></li>\n"
        )

    # --- the article

    def article(self, units: int) -> str:
        """The unit by itself: who it is, the sentences, the form."""
        unit, lang, prefix = self.unit, self.lang, self.prefix
        said = verdict(unit, lang)
        body = "" if self.unit.report is None else self._body(self.unit.report)
        return (
            f'<article class="unit" id="{prefix}" aria-labelledby="{prefix}-name">\n{self._turn(units)}'
            f'<h2 id="{prefix}-name">{in_chinese(unit.name)}{year_words(unit, lang)}</h2>\n{self._facts()}'
            f'<p class="verdict">{counts(unit, lang)}</p>\n'
            f"{'' if said is None else f'<p>{shown(said)}</p>'}"
            f"{body}</article>"
        )

    def _turn(self, units: int) -> str:
        number, lang = self.number, self.lang
        before = f'<a href="#u{number - 1}">← {own_word("previous", lang)}</a>' if number > 1 else "<span></span>"
        after = f'<a href="#u{number + 1}">{own_word("next", lang)} →</a>' if number < units else ""
        return f'<p class="turn">{before}{after}</p>\n'

    def _facts(self) -> str:
        unit, lang = self.unit, self.lang
        facts = [f"{own_word('file', lang)}{COLON[lang]}{shown(unit.source)}"]
        facts += [own_word("edition", lang, found=edition) for edition in unit.editions]
        if unit.result is not None:
            found = unit.result.counts()
            passed, failed, na = found[Status.PASSED], found[Status.FAILED], found[Status.NOT_APPLICABLE]
            facts.append(own_word("counts", lang, passed=passed, failed=failed, open=len(unit.unchecked), na=na))
        return f'<p class="facts">{" · ".join(facts)}</p>\n'

    def _body(self, report: Report) -> str:
        marks = self._marks()
        sentences = self._sentences(report)
        if not marks:
            return sentences
        headings = {heading.id: heading.text for heading in HEADINGS}
        tables = "".join(
            f"<h3>{headings[one.id]}</h3>\n{table(sheet(one), marks, f'{self.prefix}-')}\n"
            for one in report.tables
            if any(cell_id.startswith(f"{one.id}.") for cell_id in marks)
        )
        return (
            f'<div class="sides">\n<div class="notes-side">\n{sentences}</div>\n'
            f'<section aria-label="{own_word("form", self.lang)}" lang="zh-CN">\n{tables}</section>\n</div>\n'
        )

    def _sentences(self, report: Report) -> str:
        found = "\n".join(
            _Item(self, report, group, number).html() for number, group in enumerate(self.groups, start=1)
        )
        parts = [self._unchecked(report), self._suppressed()]
        if self.groups:
            heading = f'<h3 id="{self.prefix}-notes">{counted("findings", len(self.groups), self.lang)}</h3>'
            found = f'<section aria-labelledby="{self.prefix}-notes">{heading}\n{found}</section>\n'
        return found + "".join(parts)

    def _marks(self) -> dict[str, list[Mark]]:
        """Cell id → the numbers of the findings that it takes part in."""
        marks: dict[str, list[Mark]] = {}
        for number, group in enumerate(self.groups, start=1):
            label = own_word("number", self.lang, n=number)
            mark = Mark(f"{self.prefix}-f{number}", label, str(number), group.severity.value)
            for cell_id in group.cells:
                marks.setdefault(cell_id, []).append(mark)
        return marks

    def _unchecked(self, report: Report) -> str:
        """Return what could not be checked, by what is to be done about it."""
        if not self.todos:
            return ""
        parts = "\n".join(self._todo(report, number, todo) for number, todo in enumerate(self.todos, start=1))
        heading = f"{self.prefix}-open"
        name = counted("unchecked", len(self.unit.unchecked), self.lang)
        head = f'<h3 id="{heading}">{name}</h3>'
        return f'<section class="unchecked" aria-labelledby="{heading}">{head}\n{parts}</section>\n'

    def _todo(self, report: Report, number: int, todo: Todo) -> str:
        lang = self.lang
        comma, colon = LISTED[lang], COLON[lang]
        by_code: dict[str, list[Outcome]] = {}
        for outcome in todo.outcomes:
            by_code.setdefault(outcome.code, []).append(outcome)
        items = ""
        for code, outcomes in by_code.items():
            names = [instance_name(report, code, outcome.instance, lang) for outcome in outcomes if outcome.instance]
            listed = colon + comma.join(dict.fromkeys(names)) if names else ""
            items += f"<li>{shown(f'{code} {rule_name(code, self.rules, lang)}{listed}')}</li>\n"
        return (
            f'<details id="{self.prefix}-o{number}" data-codes="{shown(" ".join(todo.codes))}" data-kind="unchecked">'
            f'<summary><span class="mark">?</span> {shown(todo.words(report, lang))} · '
            f"{own_word('times', lang, n=len(todo.outcomes))}</summary>\n<ul>{items}</ul></details>"
        )

    def _suppressed(self) -> str:
        suppressed, lang = self.unit.suppressed, self.lang
        if not suppressed:
            return ""
        items = "".join(
            f"<li>{shown(one.finding.code)} {shown(one.finding.message(lang))}"
            f" · {own_word('reason', lang)}{shown(one.by.reason)}</li>"
            for one in suppressed
        )
        name = counted("suppressed", len(suppressed), lang)
        return f'<section class="suppressed"><h3>{name}</h3><ul>{items}</ul></section>\n'


def _codes(group: Group) -> str:
    return shown(" ".join(dict.fromkeys(finding.code for finding in group.findings)))


def _badge(group: Group, lang: Lang) -> str:
    return f'<span class="severity {group.severity}">{severity_word(group.severity, lang)}</span>'


# --- a finding, or several of one cause ----------------------------------------------------------------------------


@frozen
class _Item:
    """A finding on the page of its unit, with its number."""

    page: Page
    report: Report
    group: Group
    number: int

    @property
    def lang(self) -> Lang:
        return self.page.lang

    def html(self) -> str:
        """The head, the sentence, the suggestion; then what it rests on."""
        group, lang, identifier = self.group, self.lang, f"{self.page.prefix}-f{self.number}"
        names = dict.fromkeys(
            f"{finding.code} {rule_name(finding.code, self.page.rules, lang)}" for finding in group.findings
        )
        return (
            f'<div class="finding" id="{identifier}" role="group" tabindex="-1" '
            f'aria-label="{own_word("number", lang, n=self.number)}" data-codes="{_codes(group)}" '
            f'data-kind="{group.severity}">\n'
            f'<p class="head"><span class="n {group.severity}">{self.number}</span> {_badge(group, lang)} '
            f"{shown(own_word('comma', lang).join(names))} · {shown(group_place(self.report, group, lang))}</p>\n"
            f'<p class="sentence">{escape(printable(group.message(lang)))}</p>\n{self._advice()}{self._quote()}'
            f"{self._symptoms()}{self._look()}{self._pictures()}{self._operands()}</div>"
        )

    def _advice(self) -> str:
        edits, lang = self.group.edits, self.lang
        if not edits:
            return ""
        if len(edits) == 1:
            head = f"<strong>{own_word('suggestion', lang)}</strong>{COLON[lang]}"
            return f'<p class="suggestion">{head}{shown(edits[0].message(lang))}</p>\n'
        items = [shown(edit.message(lang)) for edit in edits[:MAX_EDITS]]
        if len(edits) > MAX_EDITS:
            items.append(own_word("more-edits", lang, n=len(edits) - MAX_EDITS))
        listed = "".join(f"<li>{item}</li>" for item in items)
        summary = f"<summary>{word('several-edits', lang, n=len(edits))}</summary>"
        return f'<details class="candidates">{summary}<ul>{listed}</ul></details>\n'

    def _symptoms(self) -> str:
        """The findings that come from the cause, folded."""
        if self.group.cause is None:
            return ""
        items = "".join(
            f"<li>{shown(finding.code)} {shown(finding.message(self.lang))}</li>" for finding in self.group.findings
        )
        summary = own_word("symptoms", self.lang, n=len(self.group.findings))
        return f'<details class="symptoms"><summary>{summary}</summary><ul>{items}</ul></details>\n'

    def _quote(self) -> str:
        """The words of the prose: in their paragraph and marked, or else the sentence, if it is not said already."""
        first, lang = self.group.findings[0], self.lang
        marked = "".join(self._passages(finding.passages) for finding in self.group.findings)
        if marked:
            return marked
        if first.quote is None or printable(first.quote) in printable(first.message(lang)):
            return ""
        return f"<blockquote>{own_word('quote', lang)}{COLON[lang]}{in_chinese(first.quote)}</blockquote>\n"

    def _passages(self, passages: Sequence[Passage]) -> str:
        places: dict[str, list[Passage]] = {}
        for passage in passages:
            places.setdefault(str(passage), []).append(passage)
        return "".join(self._paragraph(several) for several in places.values())

    def _paragraph(self, passages: list[Passage]) -> str:
        section = self.report.sections.get(passages[0].section)
        if section is None or not 0 < passages[0].paragraph <= len(section.paragraphs):
            return ""
        text = section.paragraphs[passages[0].paragraph - 1]
        ordinal = next(heading.ordinal for heading in HEADINGS if heading.id == passages[0].section)
        place = own_word("passage", self.lang, ordinal=ordinal, n=passages[0].paragraph)
        place += in_brackets(location_text(passages[0].location, self.lang), self.lang)
        marked = "".join(_marked(text, sorted(passages, key=lambda passage: passage.start)))
        colon = COLON[self.lang]
        return f'<blockquote class="prose">{shown(place)}{colon}<span lang="zh-CN">{marked}</span></blockquote>\n'

    def _look(self) -> str:
        """Say, where the reading is in doubt, that it has to be looked at first; that else the report has, once."""
        flagged = [finding for finding in self.group.findings if finding.codes]
        if not flagged:
            return ""
        said = dict.fromkeys(text for finding in flagged for text in flags_text(self.page.unit, finding, self.lang))
        return f'<p class="look">{shown(own_word("look", self.lang) + " ".join(said))}</p>\n'

    def _pictures(self) -> str:
        """The cells as they are printed, where the file is a PDF file and pictures were asked for."""
        pictures = dict(self.page.unit.pictures)
        return "".join(
            f'<img class="printed" alt="{shown(cell_place(self.report, cell, self.lang))}" '
            f'src="data:image/png;base64,{b64encode(pictures[cell]).decode()}">\n'
            for cell in self.group.cells
            if cell in pictures
        )

    def _operands(self) -> str:
        """The figures with their own words and places; where a rule gives none, the cells."""
        operands, lang = self.group.operands, self.lang
        if not operands:
            return self._cells(self.group.cells)
        keys = ("side", "cell", "raw", "place") if self.group.cause is None else ("cell", "raw", "place")
        names = "".join(f'<th scope="col">{own_word(key, lang)}</th>' for key in keys)
        rows = "\n".join(self._operand(operand) for operand in operands)
        return (
            f"<details{' open' * (len(operands) <= MAX_OPEN)}><summary>"
            f"{own_word('figures', lang, n=len(operands))}</summary>\n"
            f'<table class="operands"><thead><tr>{names}</tr></thead>\n<tbody>{rows}</tbody></table></details>\n'
        )

    def _operand(self, operand: Operand) -> str:
        lang, prefix = self.lang, self.page.prefix
        raw = in_chinese(operand.text) if operand.text else own_word("empty", lang)
        place = location_text(operand.location, lang)
        name = shown(cell_place(self.report, operand.cell, lang))
        if operand.source:
            whose = own_word("whose.previous", lang) if operand.source == "previous" else operand.source
            name = f"{shown(whose)} {name}"
            file = dict(self.page.unit.others).get(operand.source)
            place = f"{file} {place}" if file else place
        elif operand.cell in self.group.cells:
            name = f'<a href="#{prefix}-{shown(operand.cell)}">{name}</a>'
        # In the equations of one cause a figure can stand on either side.
        side = "" if self.group.cause is not None else f"<td>{own_word(operand.side, lang)}</td>"
        return f'<tr>{side}<td>{name}</td><td class="raw">{raw}</td><td>{shown(place)}</td></tr>'

    def _cells(self, cells: Sequence[str]) -> str:
        """The cells by name, unless they are many: they are marked in the table."""
        if not 0 < len(cells) <= MAX_CELLS:
            return ""
        links = [
            f'<a href="#{self.page.prefix}-{shown(cell_id)}">{shown(cell_place(self.report, cell_id, self.lang))}</a>'
            for cell_id in cells
        ]
        open_ = " open" * (len(cells) <= MAX_OPEN)
        summary = f"<summary>{own_word('cells', self.lang)}{len(cells)}</summary>"
        return f"<details{open_}>{summary}{own_word('comma', self.lang).join(links)}</details>\n"


def _marked(text: str, passages: Sequence[Passage]) -> Iterator[str]:
    """The paragraph around the words, these marked; what is far from them is left out."""
    first, last = max(0, passages[0].start - AROUND), min(len(text), max(one.end for one in passages) + AROUND)
    at = first
    yield "……" if first else ""
    for passage in passages:
        start = max(at, passage.start)
        yield shown(text[at:start])
        if passage.end > start:
            yield f"<mark>{shown(text[start : passage.end])}</mark>"
        at = max(at, passage.end)
    yield shown(text[at:last])
    yield "……" if last < len(text) else ""
