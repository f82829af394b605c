"""The sheet that an office sends round (校核表): units, findings, rules, what could not be checked; on A4.

Written by openpyxl. All words are written as strings, so that nothing is ever a formula, and the same findings give
the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from attrs import define, frozen

from ..checks import FindingSeverity, Operand, Rule
from ..checks.model import Value
from ..errors import LimitError, MissingExtraError
from ..own_output import marked
from ..renderers.xlsx import A4, CREATED, MAX_HEIGHT, literal, row_height, undated
from ..report import Report
from ..report.cells import MAX_DIGITS, decimal_text
from ..safe_text import printable
from ..suppressions import Suppression
from . import Checked, Lang, PassedOver, Rest
from .phrases import Group, groups, location_text, rules_by_code, severity_word, stale_words, verdict, word
from .undecided import todos
from .wording import (
    Unit,
    cell_place,
    flags_text,
    group_place,
    rule_name,
    rule_summary,
    units_of,
)

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_LINKS = 65_530
"""What a sheet and a cell can hold; links past the last are left out, the words are there."""

MAX_LISTED = 40
"""Figures and candidates that a cell names; it says how many it leaves out."""

MAX_FOLDED = 6
"""Findings of one cause that a cell names."""

_EXACT = 15
"""Characters; longer numbers lose digits in a workbook, and are written as text."""

_COUNTED = ("C105", "C106")
"""Rules whose sides are how many cells there are, which their sentence says; no figure of the form."""

_FONT = "Microsoft YaHei"
_FONT_SIZE = 10
_LINE = 15.0
"""Points of a row of one line."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")

_WORDS: dict[str, dict[Lang, str]] = {
    "units": {"zh": "按单位汇总", "en": "Units"},
    "findings": {"zh": "问题明细", "en": "Findings"},
    "rules": {"zh": "规则说明", "en": "Rules"},
    "open": {"zh": "未能检查", "en": "Not checked"},
    "suppressed": {"zh": "已抑制", "en": "Suppressed"},
    "paper": {"zh": "政府信息公开年度报告校核表", "en": "Check of annual reports"},
    "no": {"zh": "序号", "en": "No."},
    "unit": {"zh": "单位", "en": "Unit"},
    "year": {"zh": "年度", "en": "Year"},
    "edition": {"zh": "版式", "en": "Form"},
    "suggestions": {"zh": "建议", "en": "Suggestions"},
    "status": {"zh": "结论", "en": "Status"},
    "file": {"zh": "文件", "en": "File"},
    "remark": {"zh": "说明", "en": "Remark"},
    "code": {"zh": "规则", "en": "Rule"},
    "rule": {"zh": "规则名称", "en": "Name"},
    "severity": {"zh": "类别", "en": "Severity"},
    "where": {"zh": "位置", "en": "Where"},
    "sentence": {"zh": "问题", "en": "Finding"},
    "figures": {"zh": "原文及出处", "en": "As written, and where"},
    "expected": {"zh": "对照数", "en": "Expected"},
    "actual": {"zh": "所填数", "en": "Actual"},
    "difference": {"zh": "相差", "en": "Off by"},
    "advice": {"zh": "建议", "en": "Suggestion"},
    "look": {"zh": "由谁核对", "en": "Who should look"},
    "opinion": {"zh": "处理意见", "en": "Your answer"},
    "times": {"zh": "项数", "en": "Checks"},
    "todo": {"zh": "怎样处理", "en": "What to do"},
    "cells": {"zh": "单元格编号", "en": "Cell ids"},
    "summary": {"zh": "检查什么", "en": "What it checks"},
    "count": {"zh": "问题数", "en": "Findings"},
    "open-count": {"zh": "未能检查", "en": "Not checked"},
    "reason": {"zh": "理由", "en": "Reason"},
    "origin": {"zh": "依据", "en": "Settings"},
    "look.source": {"zh": "填报单位：核对报告原文", "en": "the unit: the report itself"},
    "look.reading": {"zh": "校核人员：先核对读取是否有误。", "en": "whoever checks: how the file was read. "},
    "previous": {"zh": "上年报告", "en": "previous report"},
    "zeros": {"zh": "其余{n}个均为0", "en": "{n} more are 0"},
    "blanks": {"zh": "其余{n}个为空白", "en": "{n} more are blank"},
    "more": {"zh": "另有{n}个，从略", "en": "{n} more are left out"},
    "cut": {"zh": "……（过长，已截短）", "en": "… (too long, cut)"},
    "empty": {"zh": "（空）", "en": "(empty)"},
    "quote": {"zh": "正文：{quote}", "en": "prose: {quote}"},
    "no-findings": {"zh": "没有发现问题。", "en": "No findings."},
    "all-checked": {"zh": "所用规则均已检查。", "en": "All rules that ran could be checked."},
    "passed-over": {"zh": "不是文档（{kind}），未读取", "en": "no document ({kind}), not read"},
    "stale": {"zh": "已失效", "en": "stale"},
    "comma": {"zh": "、", "en": ", "},
}

_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "centre": True, "fill": "E3E8EF"},
    "text": {},
    "centre": {"centre": True},
    "number": {"right": True},
    "link": {"color": "0B4A8F", "underline": True},
    "answer": {"fill": "FFFDE7"},
    "ids": {"color": "5F6368", "size": 8, "wrap": False},
    "error": {"bold": True, "centre": True, "color": "8C1710", "fill": "FBE3E0"},
    "warning": {"bold": True, "centre": True, "color": "6B4100", "fill": "FFF0CC"},
    "hint": {"bold": True, "centre": True, "color": "0B4A8F", "fill": "E1EEFC"},
    "good": {"bold": True, "centre": True, "color": "1D6B34", "fill": "E2F3E6"},
}
"""Colours go with words everywhere: a sheet may be printed in black and white."""


def _style(
    name: str,
    *,
    bold: bool = False,
    underline: bool = False,
    color: str = "000000",
    fill: str | None = None,
    size: int = _FONT_SIZE,
    centre: bool = False,
    right: bool = False,
    wrap: bool = True,
) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side("thin", "9AA0A6")
    across = "center" if centre else "right" if right else "left"
    return NamedStyle(
        name,
        font=Font(_FONT, bold=bold, underline="single" if underline else None, color=color, size=size),
        border=Border(line, line, line, line),
        fill=PatternFill() if fill is None else PatternFill("solid", fill),
        alignment=Alignment(across, "center" if name == "head" else "top", wrap_text=wrap),
    )


@frozen
class Column:
    """A column of a sheet: the key of its heading, its width in digits, how its cells look. What is not ``printed``
    stands at the right, for programs.
    """

    name: str
    width: float
    look: str = "text"
    printed: bool = True


@frozen
class Entry:
    """A cell: a text or a number, a look of its own, and the sheet and row that it leads to."""

    value: str | int | Decimal | None
    look: str | None = None
    link: tuple[str, int] | None = None


_UNITS = (
    Column("no", 5, "centre"),
    Column("unit", 30, "link"),
    Column("year", 7, "centre"),
    Column("file", 34),
    Column("edition", 9, "centre"),
    Column(FindingSeverity.ERROR, 7, "number"),
    Column(FindingSeverity.WARNING, 8, "number"),
    Column(FindingSeverity.HINT, 7, "number"),
    Column("suggestions", 11, "number"),
    Column("open-count", 11, "number"),
    Column("status", 15, "centre"),
    Column("remark", 30),
)
_FINDINGS = (
    Column("no", 5, "centre"),
    Column("unit", 15),
    Column("year", 6, "centre"),
    Column("file", 14),
    Column("severity", 7.5, "centre"),
    Column("code", 7, "link"),
    Column("rule", 12),
    Column("where", 14),
    Column("sentence", 36),
    Column("figures", 29),
    Column("expected", 8, "number"),
    Column("actual", 8, "number"),
    Column("difference", 7, "number"),
    Column("advice", 23),
    Column("look", 14),
    Column("opinion", 18, "answer"),
    Column("cells", 40, "ids", printed=False),
)
_RULES = (
    Column("code", 9, "centre"),
    Column("rule", 24),
    Column("severity", 10, "centre"),
    Column("summary", 70),
    Column("count", 10, "number"),
    Column("open-count", 12, "number"),
)
_OPEN = (
    Column("no", 6, "centre"),
    Column("unit", 28),
    Column("year", 7, "centre"),
    Column("file", 30),
    Column("todo", 70),
    Column("times", 8, "number"),
    Column("code", 16, "link"),
    Column("cells", 40, "ids", printed=False),
)
_SUPPRESSED = (
    Column("unit", 28),
    Column("year", 7, "centre"),
    Column("file", 30),
    Column("code", 9, "centre"),
    Column("sentence", 60),
    Column("reason", 36),
    Column("origin", 28),
)


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> bytes:
    """The workbook, with words and messages in ``lang``.

    Raises ``MissingExtraError`` without the extra ``xlsx``, ``LimitError`` where a sheet can't hold all rows.
    """
    try:
        from openpyxl.workbook import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise MissingExtraError.of("writing XLSX files", "openpyxl", "xlsx") from None
    units, rules = units_of(checked), rules_by_code()
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = CREATED
    book.properties.title = _word("paper", lang)
    for name, look in _LOOKS.items():
        book.add_named_style(_style(name, **look))
    pen = Pen(book, lang)
    guide = Guide(rules, {code: row for row, code in enumerate(_codes(units), start=2)}, lang)
    pen.sheet("units", _UNITS, _unit_rows(units, lang))
    pen.sheet("findings", _FINDINGS, _finding_rows(units, guide), "no-findings")
    pen.sheet("rules", _RULES, _rule_rows(units, guide))
    pen.sheet("open", _OPEN, _open_rows(units, rest.passed_over, guide), "all-checked")
    if rest.stale or any(one.suppressed for one in checked):
        pen.sheet("suppressed", _SUPPRESSED, _suppressed_rows(units, rest.stale, lang))
    file = BytesIO()
    ExcelWriter(book, ZipFile(file, "w")).save()
    return marked(undated(file), "check")


def _word(key: str, lang: Lang, **parts: object) -> str:
    return _WORDS[key][lang].format(**parts)


# --- rows --------------------------------------------------------------------------------------------------------


def _unit_rows(units: Sequence[Unit], lang: Lang) -> Iterator[list[Entry]]:
    """Each line leads to the unit's first line on the sheet of findings, which begins in row 2."""
    first = 2
    for unit in units:
        link = ("findings", first) if unit.findings else None
        yield _unit_row(unit, link, lang)
        first += len(groups(unit.findings))


def _unit_row(unit: Unit, link: tuple[str, int] | None, lang: Lang) -> list[Entry]:
    counts = [Entry(count, severity.value if count else None) for severity, count in _counts(unit)]
    numbers = [*counts, Entry(unit.suggestions), Entry(len(unit.unchecked))]
    if unit.checked.result is None:
        # Of what could not be read nobody knows that there is nothing.
        numbers = [Entry("")] * len(numbers)
    return [
        Entry(unit.number),
        Entry(unit.name, "text" if link is None else None, link),
        Entry(unit.checked.year),
        Entry(unit.source),
        Entry(_word("comma", lang).join(unit.editions)),
        *numbers,
        Entry(unit.status(lang), _status_look(unit)),
        Entry(verdict(unit.checked, lang)),
    ]


def _counts(unit: Unit) -> list[tuple[FindingSeverity, int]]:
    return [(severity, unit.count(severity)) for severity in FindingSeverity]


def _status_look(unit: Unit) -> str:
    if unit.checked.result is None:
        return "error"
    found = next((severity for severity, count in _counts(unit) if count), None)
    if found is not None:
        return found.value
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


def _finding_rows(units: Sequence[Unit], guide: Guide) -> Iterator[list[Entry]]:
    numbers = count(1)
    for unit in units:
        report = unit.checked.reading.report
        if report is not None:
            for group in groups(unit.findings):
                yield _finding_row(next(numbers), group, unit, report, guide)


def _finding_row(number: int, group: Group, unit: Unit, report: Report, guide: Guide) -> list[Entry]:
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
        Entry("\n".join(_figures(group, unit.checked, report, lang))),
        _figure(expected),
        _figure(actual),
        Entry(_difference(expected, actual)),
        Entry(_advice(group, lang)),
        Entry(_look(group, unit.checked, lang)),
        Entry(None),
        Entry(" ".join(group.cells)),
    ]


def _whose(unit: Unit) -> list[Entry]:
    """The unit, the year and the file."""
    return [Entry(unit.name), Entry(unit.checked.year), Entry(unit.source)]


def _sentences(group: Group, lang: Lang) -> Iterator[str]:
    yield printable(group.message(lang))
    if group.cause is not None:
        yield from (f"· {found.code} {printable(found.message(lang))}" for found in group.findings[:MAX_FOLDED])
        if len(group.findings) > MAX_FOLDED:
            yield _word("more", lang, n=len(group.findings) - MAX_FOLDED)


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
    first, most = group.findings[0], MAX_LISTED if group.cause is None else 2 * MAX_FOLDED
    shown, zeros, blank = group.worth_telling
    for operand in shown[:most]:
        yield _operand(operand, checked, report, lang)
    if len(shown) > most:
        yield _word("more", lang, n=len(shown) - most)
    for key, number in (("zeros", zeros), ("blanks", blank)):
        if number:
            yield _word(key, lang, n=number)
    if first.quote is not None and first.quote not in first.message(lang):
        yield _word("quote", lang, quote=printable(first.quote))


def _operand(operand: Operand, checked: Checked, report: Report, lang: Lang) -> str:
    place = location_text(operand.location, lang)
    whose = ""
    if operand.source:
        whose = f"{_word('previous', lang) if operand.source == 'previous' else operand.source} "
        place = " ".join(filter(None, (dict(checked.others).get(operand.source, ""), place)))
    raw = f"“{operand.text}”" if operand.text else _word("empty", lang)
    where = f"（{place}）" if place and lang == "zh" else f" ({place})" if place else ""
    return printable(f"{whose}{cell_place(report, operand.cell, lang)} {raw}{where}")


def _advice(group: Group, lang: Lang) -> str:
    edits = [printable(edit.message(lang)) for edit in group.edits]
    if len(edits) < 2:
        return "".join(edits)
    more = [_word("more", lang, n=len(edits) - MAX_LISTED)] * (len(edits) > MAX_LISTED)
    return "\n".join([word("several-edits", lang, n=len(edits)), *(f"· {edit}" for edit in edits[:MAX_LISTED]), *more])


def _look(group: Group, checked: Checked, lang: Lang) -> str:
    """Whoever checks, where one of the figures was not plainly in the source, and why; else the unit."""
    flags = dict.fromkeys(text for finding in group.findings for text in flags_text(checked, finding, lang))
    return _word("look.reading" if flags else "look.source", lang) + " ".join(flags)


def _codes(units: Sequence[Unit]) -> list[str]:
    """The rules that ran, and whatever else has something to say: a rule that could not be loaded."""
    found: set[str] = set()
    for unit in units:
        if unit.checked.result is not None:
            found.update(unit.checked.result.rules, (outcome.code for outcome in unit.checked.result.outcomes))
    return sorted(found)


def _rule_rows(units: Sequence[Unit], guide: Guide) -> Iterator[list[Entry]]:
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


def _open_rows(units: Sequence[Unit], passed_over: Sequence[PassedOver], guide: Guide) -> Iterator[list[Entry]]:
    """What is to be done so that all can be checked, a line for each thing; then the files that are no documents."""
    numbers = count(1)
    for unit in units:
        report = unit.checked.reading.report
        if report is None:
            said = verdict(unit.checked, guide.lang)
            yield [Entry(next(numbers)), *_whose(unit), Entry(said), Entry(""), Entry(""), Entry("")]
            continue
        for todo in todos(unit.checked, guide.lang):
            yield [
                Entry(next(numbers)),
                *_whose(unit),
                Entry(todo.words(report, guide.lang)),
                Entry(len(todo.outcomes)),
                guide.entries(list(todo.codes))[0],
                Entry(" ".join(todo.cells)),
            ]
    for file in passed_over:
        said = _word("passed-over", guide.lang, kind=file.kind.word(guide.lang))
        yield [Entry(next(numbers)), Entry(""), Entry(""), Entry(file.source), Entry(said), *[Entry("")] * 3]


def _suppressed_rows(units: Sequence[Unit], stale: Sequence[Suppression], lang: Lang) -> Iterator[list[Entry]]:
    """What is accepted, with the reason; then what no finding needs any more."""
    for unit in units:
        for one in unit.checked.suppressed:
            message = one.finding.message(lang)
            yield [*_whose(unit), *map(Entry, (one.finding.code, message, one.by.reason, _origin(one.by)))]
    for entry in stale:
        named = (_word("stale", lang), entry.year, entry.source or "")
        yield [*map(Entry, (*named, entry.code, stale_words(entry, lang), entry.reason, _origin(entry)))]


def _origin(entry: Suppression) -> str:
    return f"{entry.origin}:{entry.line}" if entry.line is not None else entry.origin


# --- sheets ------------------------------------------------------------------------------------------------------


@define
class Pen:
    """Writes sheets into ``book``."""

    book: Workbook
    lang: Lang

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[list[Entry]], empty: str = "") -> None:
        """A sheet with a heading that stays in sight; ``empty`` is what it says where there is no row."""
        sheet: Worksheet = self.book.create_sheet(_word(name, self.lang))
        self._line(sheet, 1, [Entry(self._heading(column), "head") for column in columns], columns, links=False)
        sheet.row_dimensions[1].height = 2 * _LINE
        row, links = 1, 0
        for row, entries in enumerate(rows, start=2):
            if row > MAX_ROWS:
                raise LimitError(
                    f"the sheet {name} can't hold all rows; check fewer files at once, or use csv or jsonl",
                    code="too-many-rows",
                    expected=str(MAX_ROWS),
                    zh=f"工作表“{_word(name, 'zh')}”放不下所有行；请一次少核对一些文件，或改用 csv、jsonl 格式。",
                )
            self._line(sheet, row, entries, columns, links=links < MAX_LINKS)
            links += sum(entry.link is not None for entry in entries)
        if row == 1 and empty:
            sheet.cell(2, 1, _word(empty, self.lang))
        self._page(sheet, name, columns, row)

    def _heading(self, column: Column) -> str:
        if column.name in tuple(FindingSeverity):
            return severity_word(FindingSeverity(column.name), self.lang)
        return _word(column.name, self.lang)

    def _line(
        self, sheet: Worksheet, row: int, entries: Sequence[Entry], columns: Sequence[Column], *, links: bool
    ) -> None:
        heights = [_LINE]
        for place, (entry, column) in enumerate(zip(entries, columns, strict=True), start=1):
            text = self._cell(sheet.cell(row, place), entry, entry.look or column.look, links=links)
            if column.printed:
                heights.append(sum(row_height(line, column.width, _FONT_SIZE) for line in text.split("\n")))
        # Not all programs work out themselves how high a row has to be.
        sheet.row_dimensions[row].height = min(MAX_HEIGHT, max(heights))

    def _cell(self, cell: Any, entry: Entry, look: str, *, links: bool) -> str:
        """Write a cell; gives its text."""
        cell.style = look
        value = entry.value
        if isinstance(value, int | Decimal):
            text = decimal_text(value) if isinstance(value, Decimal) else str(value)
            if len(text) <= _EXACT:
                cell.value = value
                return text
        else:
            text = self._fit("\n".join(map(printable, (value or "").split("\n"))))
        if text:
            cell.value = literal(text)
            cell.data_type = "s"
            # Text it is; this keeps it so when somebody edits the cell.
            cell.quotePrefix = _FORMULA.match(text) is not None
        if text and links and entry.link is not None:
            cell.hyperlink = self._link(*entry.link)
        return text

    def _link(self, name: str, row: int) -> Any:
        from openpyxl.worksheet.hyperlink import Hyperlink

        return Hyperlink(ref="", location=f"'{_word(name, self.lang)}'!A{row}")

    def _fit(self, text: str) -> str:
        """``text`` as far as a cell can hold it, which counts in UTF-16."""
        if len(text) <= MAX_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
            return text
        end = _word("cut", self.lang)
        kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(end))].decode("utf-16-le", "ignore")
        return kept + end

    def _page(self, sheet: Worksheet, name: str, columns: Sequence[Column], last: int) -> None:
        """How the sheet scrolls, filters and prints."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.page import PageMargins
        from openpyxl.worksheet.properties import PageSetupProperties

        for place, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        printed = get_column_letter(sum(column.printed for column in columns))
        sheet.freeze_panes = "C2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
        sheet.print_area = f"A1:{printed}{max(last, 2)}"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.6, header=0.35, footer=0.3)
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None
        assert footer is not None
        assert header.center is not None
        assert footer.center is not None
        header.center.text = f"{_word('paper', self.lang)}　{_word(name, self.lang)}"
        header.center.size = 12
        footer.center.text = "&P / &N"
