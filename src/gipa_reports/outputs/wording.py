"""Words that the page and the workbook share: names of rules and places, counts, and why something was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from ..checks import Finding, FindingSeverity, Outcome, Rule, Status
from ..checks.subject import column_label, place_names, table_name
from ..messages import COLON, LISTED, SEMICOLON, in_brackets, in_language
from ..report import Report, State
from ..safe_text import printable
from ..template import FORMS, HEADINGS, TABLES, Edition, Form, table_of
from . import Checked, Lang
from .phrases import Group, groups, verdict
from .rules_zh import RULES_ZH

_COLUMNWISE = ("A101", "A102", "A301", "A302", "Y101")
"""Rules whose instances are columns of table 三; in the others an id such as ``other`` is a row."""

MAX_NAMED = 6
"""Cells that a line names one by one."""


FEW = 3
"""Cells that are named rather than counted."""


# --- units -------------------------------------------------------------------------------------------------------


def severities(unit: Checked) -> Counter[FindingSeverity]:
    """Return how many findings there are of each severity; those of one cause count as one."""
    return Counter(group.severity for group in groups(unit.findings))


def suggestions(unit: Checked) -> int:
    """Return how many edits are suggested; findings of one root have one together."""
    return len({finding.edits[0] for finding in unit.findings if len(finding.edits) == 1})


def status(unit: Checked, lang: Lang) -> str:
    """In one or two words: whether anyone has to look."""
    found = severities(unit)
    if found:
        return next(words[lang] for severity, words in _VERDICTS.items() if found[severity])
    if unit.result is None or (unit.unchecked and verdict(unit, lang) is not None):
        return {"zh": "未能检查", "en": "not checked"}[lang]
    if unit.unchecked:
        return {"zh": "部分未能检查", "en": "checked in part"}[lang]
    return {"zh": "未发现问题", "en": "nothing found"}[lang]


_VERDICTS: dict[FindingSeverity, dict[Lang, str]] = {
    FindingSeverity.ERROR: {"zh": "有错误", "en": "errors"},
    FindingSeverity.WARNING: {"zh": "有疑问", "en": "to be clarified"},
    FindingSeverity.HINT: {"zh": "有提示", "en": "hints"},
}


def ranked(checked: Sequence[Checked]) -> list[Checked]:
    """The units, that with most errors first, then most warnings, and so on; the others as they were given."""
    return sorted(checked, key=_rank)


def _rank(unit: Checked) -> tuple[int, ...]:
    found = severities(unit)
    error, warning, hint = (-found[severity] for severity in FindingSeverity)
    return error, -(unit.result is None), warning, hint, -len(unit.unchecked)


# --- rules -------------------------------------------------------------------------------------------------------


def rule_name(code: str, rules: dict[str, Rule], lang: Lang) -> str:
    """Return how people call the rule; that of another package has the name that it gave."""
    if lang == "zh" and code in RULES_ZH:
        return RULES_ZH[code].name
    return rules[code].name if code in rules else code


def rule_summary(code: str, rules: dict[str, Rule], lang: Lang) -> str:
    """Return what the rule checks, in a sentence: the first paragraph of its page."""
    if lang == "zh" and code in RULES_ZH:
        return RULES_ZH[code].what
    return " ".join(rules[code].docs.partition("\n\n")[0].split()) if code in rules else ""


# --- places ------------------------------------------------------------------------------------------------------


def cell_place(report: Report, cell_id: str, lang: Lang) -> str:
    """表三·本年新收·自然人, or the id in English. One of another report has that report's name before it."""
    source, _, own = cell_id.rpartition(":")
    if lang == "en":
        return cell_id
    before = "" if not source else "上年报告 " if source == "previous" else f"{source} "
    try:
        table = report.table(table_of(own))
        return f"{before}{table_name(table.id)}·{_placed(table.form, own)}"
    except (LookupError, StopIteration):  # a cell of another edition's form
        return cell_id


def _placed(form: Form, cell_id: str) -> str:
    """一、本年新收·自然人: the row with its number, so that the row （七）总计 is not taken for the column 总计."""
    row_id = cell_id.partition(".")[2].rpartition(".")[0]
    return f"{place_names(form.table, form.edition)[row_id]}·{column_label(form, cell_id)}"


def cells_place(report: Report, cells: Sequence[str], lang: Lang) -> str:
    """The cells as people would say it: one cell, 表三自然人列, 表三本年新收行, or how many there are."""
    if len(cells) == 1:
        return cell_place(report, cells[0], lang)
    return SEMICOLON[lang].join(_in_one_table(report, ids, lang) for ids in _by_table(cells).values())


def cells_counted(report: Report, cells: Sequence[str], lang: Lang) -> str:
    """The cells table by table: by name where they are few or a whole row, column or table, else how many there are."""
    parts = []
    for table_id, ids in _by_table(cells).items():
        words = _in_one_table(report, ids, lang)
        if len(ids) > FEW and words.count(LISTED[lang]) >= FEW:
            name = table_name(report.table(table_of(table_id)).id)
            words = f"{name}{len(ids)}格" if lang == "zh" else f"{len(ids)} cells of {table_id}"
        parts.append(words)
    return SEMICOLON[lang].join(parts)


def _by_table(cells: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cell_id in cells:
        found.setdefault(cell_id.partition(".")[0], []).append(cell_id)
    return found


def _in_one_table(report: Report, cells: list[str], lang: Lang) -> str:
    if len(cells) > 1 and not any(":" in cell_id for cell_id in cells):
        table = report.table(table_of(cells[0]))
        together = _together(table.form, cells)
        if together is not None:
            zh, en = together
            return f"{table_name(table.id)}{zh}" if lang == "zh" else f"{table.id}, {en}"
    return _named(report, cells, lang)


def _together(form: Form, cells: list[str]) -> tuple[str, str] | None:
    """Return what cells are together, in Chinese and in English: a row, a column or all of a table; else None."""
    split = [cell_id.partition(".")[2].rpartition(".") for cell_id in cells]
    (row_id, _, column_id), is_requests = split[0], form.table == "requests"
    row, _, column = _placed(form, cells[0]).rpartition("·")
    if len({row for row, _, _ in split}) == 1:
        return f"{row}{'行' * is_requests}", f"row {row_id}"
    if is_requests and len({column for _, _, column in split}) == 1:
        return f"{column}列", f"column {column_id}"
    return ("全表", "all cells") if len(cells) == len(form.cell_ids) else None


def _named(report: Report, cells: list[str], lang: Lang) -> str:
    text = LISTED[lang].join(cell_place(report, cell_id, lang) for cell_id in cells[:MAX_NAMED])
    if len(cells) > MAX_NAMED:
        text += f"等{len(cells)}格" if lang == "zh" else f" and {len(cells) - MAX_NAMED} more"
    return text


def finding_place(report: Report, finding: Finding, lang: Lang) -> str:
    """Return where to look: the cells that take part, or what the instance names."""
    if finding.cells:
        return printable(cells_counted(report, finding.cells, lang))
    return instance_name(report, finding.code, finding.instance, lang)


def group_place(report: Report, group: Group, lang: Lang) -> str:
    """Return where to look: of several findings the cell that the cause is about, where it is about one."""
    key = "" if group.cause is None else group.cause.key
    if key in group.cells:
        return cell_place(report, key, lang)
    return finding_place(report, group.findings[0], lang)


def instance_name(report: Report, code: str, instance: str, lang: Lang) -> str:
    """Return what an instance of a rule is called: 自然人列, 本年新收行, 表三, or as the rule named it."""
    if lang == "en":
        return printable(instance)
    editions = report.disclosure.edition, report.requests.edition
    names = _instances(*editions)
    key = f"column:{instance}" if code.startswith(_COLUMNWISE) else instance
    if key in names:
        return names[key]
    section, _, paragraph = instance.rpartition(".")
    heading = next((heading for heading in HEADINGS if heading.id == section), None)
    if heading is not None and paragraph.isdigit():
        return f"第{heading.ordinal}部分第{paragraph}段"
    return printable(cell_place(report, instance, lang))


@cache
def _instances(disclosure: Edition, requests: Edition) -> dict[str, str]:
    """The ids that an instance can be → their names."""
    names: dict[str, str] = {heading.id: f"第{heading.ordinal}部分" for heading in HEADINGS}
    for table in TABLES:
        form = FORMS[table, disclosure if table == "disclosure" else requests]
        # A table has the id of its section; the rules speak of the table.
        names[form.table] = table_name(form.table)
        suffix = "行" if table == "requests" else ""
        for row_id, name in place_names(form.table, form.edition).items():
            names[f"{table}.{row_id}"] = f"{table_name(form.table)}{name}{suffix}"
            names.setdefault(row_id, f"{name}{suffix}")
        if table == "requests":
            names.update({f"column:{column.id}": f"{column.label}列" for column in form.blocks[0].columns})
    return names | {"headings": "章节标题", "year": "报告年度", "agency": "报告机关", "prose": "正文"}


def flags_text(checked: Checked, finding: Finding, lang: Lang) -> list[str]:
    """Return what the reader said of the cells of a finding, a sentence for each code."""
    known: dict[str, str] = {}
    for problem in checked.reading.diagnostics:
        if problem.code in finding.codes and not set(problem.cells).isdisjoint(finding.cells):
            known.setdefault(problem.code, printable(problem.message(lang)))
    return [known.get(code, code) for code in dict.fromkeys(finding.codes)]


# --- what could not be checked -----------------------------------------------------------------------------------


def why(report: Report | None, outcome: Outcome, lang: Lang) -> str:
    """Return why an instance could not be checked, in words: the note, and the cells that stand in the way."""
    note = _note(outcome, lang)
    if report is None or not outcome.cells:
        return note
    if len(outcome.cells) > MAX_NAMED:
        cells = cells_place(report, outcome.cells, lang)
    else:
        cells = LISTED[lang].join(_with_state(report, cell_id, lang) for cell_id in outcome.cells)
    return f"{note}{COLON[lang]}{printable(cells)}" if note else printable(cells)


def _note(outcome: Outcome, lang: Lang) -> str:
    note = printable(in_language(outcome.note, lang))
    if outcome.status is Status.ERRORED:
        return f"规则本身出错：{note}" if lang == "zh" else f"the rule itself failed: {note}"
    return note or {"zh": "缺少数字", "en": "no figure in"}[lang]


def _with_state(report: Report, cell_id: str, lang: Lang) -> str:
    place = cell_place(report, cell_id, lang)
    state = report[cell_id].state if cell_id in report else State.VALUE  # one of another report is not looked up
    return place if state is State.VALUE else place + in_brackets(state.label(lang), lang)
