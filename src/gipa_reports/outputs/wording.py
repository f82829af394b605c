"""Words that the page and the workbook share: names of rules and places, counts, and why something was not checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import PurePath

from attrs import evolve, frozen

from ..checks import Finding, FindingSeverity, Outcome, Rule, Status
from ..checks.subject import column_label, place_names, table_name
from ..report import Report, State
from ..safe_text import printable
from ..template import HEADINGS, TABLES, Edition, Form, form, table_of
from . import Checked, Lang
from .phrases import Group, groups, verdict

RULES_ZH: dict[str, tuple[str, str]] = {
    "A101": ("收支平衡", "表三每一列：本年新收＋上年结转＝办理结果合计＋结转下年度。"),
    "A102": ("结果之和", "表三每一列：各项办理结果之和＝（七）的合计。"),
    "A103": ("申请人之和", "表三每一行：六类申请人之和＝该行合计。"),
    "A201": ("案件结果之和", "表四每一组：各种结果（含未审结）之和＝该组合计。"),
    "A301": ("收支平衡（有空白）", "表三每一列：已填的数不能使收支的一边已经大于另一边，空白处不会是负数。"),
    "A302": ("结果大于合计（有空白）", "表三每一列：已填的办理结果之和不应大于（七）的合计。"),
    "A303": ("申请人大于合计（有空白）", "表三每一行：已填的各类申请人之和不应大于该行合计。"),
    "A304": ("案件结果大于合计（有空白）", "表四每一组：已填的各种结果之和不应大于该组合计。"),
    "A305": ("行列互相矛盾（有空白）", "表三各行各列的已填数字合在一起，应当至少有一种填法能使全部平衡。"),
    "C101": ("章节齐全", "报告应有六个部分，缺少的部分无法与遗漏区分。"),
    "C102": ("表格齐全", "报告应有三张表；图片或附件中的表格不在数据之内，也不能算作零。"),
    "C103": ("行齐全", "每张表应有标准表的全部行。"),
    "C104": ("列齐全", "每张表应有标准表的全部列。"),
    "C105": ("合计未填", "表三、表四的合计不应空白；空白不等于零。"),
    "C106": ("不是数字", "填写了内容的单元格应当是数字，或“不适用”一类的标记。"),
    "C107": ("标准表以外的行", "自行增加的行不在任何单元格之内，他人汇总时会漏掉。"),
    "C201": ("正文年度", "正文所说的年度应与报告年度一致。"),
    "C202": ("正文机关", "正文所说的机关应与标题一致。"),
    "C301": ("第五部分为空", "第五部分应写明主要问题和改进情况。"),
    "C302": ("版式过期", "2021年及以后的报告应使用2021年版式。"),
    "C108": ("数字未填", "表二每一格都应填写数字，表三、表四未填的格不应过多；没有的填0。"),
    "C109": ("第一部分的五个方面", "第一部分应写到主动公开、依申请公开、政府信息管理、平台建设、监督保障。"),
    "C110": ("序号", "各部分内的序号应当连续。"),
    "C111": ("章节序号和次序", "六个部分的序号和次序应与标准格式一致。"),
    "C303": ("未写改进情况", "第五部分除主要问题外，还应写明改进情况。"),
    "C304": ("第一部分过长", "第一部分的字数不应超过所设的上限；没有设上限时不检查。"),
    "C305": ("收费说明", "第六部分应说明收取信息处理费的情况，没有收取的也应说明。"),
    "N101": ("正文与表：收到", "正文所说收到的申请数应与表三一致（单独新收，或新收加上年结转）。"),
    "N102": ("正文与表：上年结转", "正文所说上年转来的申请数应与表三一致。"),
    "N103": ("正文与表：办结", "正文所说办结、答复的申请数应与表三一致。"),
    "N104": ("正文与表：办理结果", "正文所说各种办理结果的件数应与表三一致。"),
    "N105": ("正文与表：转下年", "正文所说转入下年度的申请数应与表三一致。"),
    "N201": ("正文与表：复议", "正文所说的复议件数应与表四一致。"),
    "N202": ("正文与表：诉讼", "正文所说的诉讼件数应与表四一致。"),
    "N203": ("正文与表：复议诉讼结果", "正文所说复议、诉讼的结果应与表四一致。"),
    "N301": ("正文与表：收费", "正文所说的收费应与表二金额一致（元与万元已折算比较）。"),
    "N302": ("收费的单位", "表二的金额应按该列的单位填写。"),
    "N401": ("正文与表：文件", "正文所说制发、废止、有效的文件件数应与表二一致。"),
    "N402": ("正文与表：决定", "正文所说许可、处罚、强制的决定数应与表二一致。"),
    "N501": ("正文数字的年度", "正文的数字应是报告年度的，不应是上一年或下一年的。"),
    "Y101": ("与上年衔接：结转", "本年报告的上年结转应等于上年报告的结转下年度，七列逐一比较。"),
    "Y102": ("与上年衔接：有效件数", "上年有效＋本年制发－本年废止＝本年有效（2021年版式）；到期失效等应说明。"),
    "Y103": ("与上年文字重复", "第一、五部分与上年报告相同的文字不应超过一半。"),
    "Y104": ("与上年相比变化较大", "各项合计与上年相差五倍以上（较大的一年不少于20）时提示核对。"),
    "H101": ("与下属单位之和", "汇总报告的每一格应等于各单位之和。"),
    "H102": ("下属单位缺报", "应汇总的单位都应有报告。"),
    "P101": ("无规章制定权", "乡镇、街道，县、区、旗及其部门，地区的部门，都没有规章制定权。"),
    "P102": ("决定数与项目数相同", "2019年版式中，决定的件数不应照抄项目数。"),
    "P103": ("部分大于合计", "任何一种结果都不应多于合计。"),
    "P104": ("负数", "数量不应为负。"),
    "P105": ("与其他单位文字雷同", "第一、五部分与同批另一单位的报告相同的文字不应超过一半。"),
}
"""Code → name and what the rule checks, in Chinese; the English ones are the rule's own."""

_WHY_ZH = {
    "the table is absent": "报告中没有这张表",
    "the document is cut short": "文件不完整",
    "the document's headings were lost": "文件中没有章节标题",
    "the year of the report is not known": "报告年度不明",
    "the agency is not known": "报告机关不明",
    "the section is missing": "缺少这一部分",
    "the amounts are not in one unit": "金额单位不一致",
    "one of the two reports has no prose": "两份报告中有一份没有正文",
    "the report has no prose": "报告没有正文",
    "the labels do not show the edition": "表中的标签不足以区分版式",
    "the label may be misprinted": "表中另有名称不符的行，可能是标签印错",
    "a table could not be made out": "文件中有辨认不出的表格",
}
_WHY_STARTS_ZH = {
    "the prose says ": "正文写的是",
    "missing: ": "缺少报告：",
    "on another form: ": "版式不同：",
}

_COLUMNWISE = ("A101", "A102", "A301", "A302", "Y101")
"""Rules whose instances are columns of table 三; in the others an id such as ``other`` is a row."""

MAX_NAMED = 6
"""Cells that a line names one by one."""


FEW = 3
"""Cells that are named rather than counted."""


# --- units -------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Unit:
    """One line of the list of units: a file, its findings counted. ``number`` counts from 1."""

    number: int
    checked: Checked

    @property
    def name(self) -> str:
        """The agency, or the name of the file where it is not known."""
        return printable(self.checked.agency or PurePath(self.checked.source).name or self.checked.source)

    @property
    def source(self) -> str:
        """The path as it was named."""
        return printable(self.checked.source)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not suppressed."""
        return self.checked.findings

    @property
    def unchecked(self) -> tuple[Outcome, ...]:
        """Return what could not be checked."""
        return self.checked.result.unchecked if self.checked.result is not None else ()

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions of tables 二 and 三, each once."""
        report = self.checked.reading.report
        return () if report is None else tuple(dict.fromkeys(table.edition for table in report.tables))

    def count(self, severity: FindingSeverity) -> int:
        """Return how many findings have this severity; those of one cause count as one."""
        return sum(1 for group in groups(self.findings) if group.severity is severity)

    @property
    def suggestions(self) -> int:
        """Return how many edits are suggested; findings of one root have one together."""
        return len({finding.edits[0] for finding in self.findings if len(finding.edits) == 1})

    def status(self, lang: Lang) -> str:
        """In one or two words: whether anyone has to look."""
        if self.checked.result is None:
            return {"zh": "未能检查", "en": "not checked"}[lang]
        for severity, words in _VERDICTS.items():
            if self.count(severity):
                return words[lang]
        if self.unchecked:
            nothing = verdict(self.checked, lang) is not None
            return {
                "zh": "未能检查" if nothing else "部分未能检查",
                "en": "not checked" if nothing else "checked in part",
            }[lang]
        return {"zh": "未发现问题", "en": "nothing found"}[lang]


_VERDICTS: dict[FindingSeverity, dict[Lang, str]] = {
    FindingSeverity.ERROR: {"zh": "有错误", "en": "errors"},
    FindingSeverity.WARNING: {"zh": "有疑问", "en": "to be clarified"},
    FindingSeverity.HINT: {"zh": "有提示", "en": "hints"},
}


def units_of(checked: Sequence[Checked]) -> list[Unit]:
    """The units, that with most errors first, then most warnings, and so on; the others as they were given."""
    ordered = sorted((Unit(0, one) for one in checked), key=_rank)
    return [evolve(unit, number=number) for number, unit in enumerate(ordered, start=1)]


def _rank(unit: Unit) -> tuple[int, ...]:
    error, warning, hint = (-unit.count(severity) for severity in FindingSeverity)
    return error, -(unit.checked.result is None), warning, hint, -len(unit.unchecked)


# --- rules -------------------------------------------------------------------------------------------------------


def rule_name(code: str, rules: dict[str, Rule], lang: Lang) -> str:
    """Return how people call the rule; that of another package has the name that it gave."""
    if lang == "zh" and code in RULES_ZH:
        return RULES_ZH[code][0]
    return rules[code].name if code in rules else code


def rule_summary(code: str, rules: dict[str, Rule], lang: Lang) -> str:
    """Return what the rule checks, in a sentence: the first paragraph of its page."""
    if lang == "zh" and code in RULES_ZH:
        return RULES_ZH[code][1]
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


def _placed(layout: Form, cell_id: str) -> str:
    """一、本年新收·自然人: the row with its number, so that the row （七）总计 is not taken for the column 总计."""
    row_id = cell_id.partition(".")[2].rpartition(".")[0]
    return f"{place_names(layout.table, layout.edition)[row_id]}·{column_label(layout, cell_id)}"


def cells_place(report: Report, cells: Sequence[str], lang: Lang) -> str:
    """The cells as people would say it: one cell, 表三自然人列, 表三本年新收行, or how many there are."""
    if len(cells) == 1:
        return cell_place(report, cells[0], lang)
    by_table: dict[str, list[str]] = {}
    for cell_id in cells:
        by_table.setdefault(cell_id.partition(".")[0], []).append(cell_id)
    return ("；" if lang == "zh" else "; ").join(_in_one_table(report, ids, lang) for ids in by_table.values())


def cells_counted(report: Report, cells: Sequence[str], lang: Lang) -> str:
    """The cells table by table: by name where they are few or a whole row, column or table, else how many there are."""
    by_table: dict[str, list[str]] = {}
    for cell_id in cells:
        by_table.setdefault(cell_id.partition(".")[0], []).append(cell_id)
    parts = []
    for table_id, ids in by_table.items():
        words = _in_one_table(report, ids, lang)
        if len(ids) > FEW and words.count("、" if lang == "zh" else ", ") >= FEW:
            name = table_name(report.table(table_of(table_id)).id)
            words = f"{name}{len(ids)}格" if lang == "zh" else f"{len(ids)} cells of {table_id}"
        parts.append(words)
    return ("；" if lang == "zh" else "; ").join(parts)


def _in_one_table(report: Report, cells: list[str], lang: Lang) -> str:
    if len(cells) == 1 or any(":" in cell_id for cell_id in cells):
        named = [cell_place(report, cell_id, lang) for cell_id in cells[:MAX_NAMED]]
        return _and_more(named, len(cells), lang)
    table = report.table(table_of(cells[0]))
    split = [cell_id.partition(".")[2].rpartition(".") for cell_id in cells]
    rows, columns = {row for row, _, _ in split}, {column for _, _, column in split}
    (row_id, _, column_id), is_requests = split[0], table.id == "requests"
    row, _, column = _placed(table.form, cells[0]).rpartition("·")
    if len(rows) == 1:
        zh, en = f"{row}{'行' * is_requests}", f"row {row_id}"
    elif len(columns) == 1 and is_requests:
        zh, en = f"{column}列", f"column {column_id}"
    elif len(cells) == len(table.form.cell_ids):
        zh, en = "全表", "all cells"
    else:
        return _and_more([cell_place(report, cell_id, lang) for cell_id in cells[:MAX_NAMED]], len(cells), lang)
    return f"{table_name(table.id)}{zh}" if lang == "zh" else f"{table.id}, {en}"


def _and_more(named: list[str], count: int, lang: Lang) -> str:
    text = "、".join(named) if lang == "zh" else ", ".join(named)
    if count > len(named):
        text += f"等{count}格" if lang == "zh" else f" and {count - len(named)} more"
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
        layout = form(table, disclosure if table == "disclosure" else requests)
        # A table has the id of its section; the rules speak of the table.
        names[layout.table] = table_name(layout.table)
        suffix = "行" if table == "requests" else ""
        for row_id, name in place_names(layout.table, layout.edition).items():
            names[f"{table}.{row_id}"] = f"{table_name(layout.table)}{name}{suffix}"
            names.setdefault(row_id, f"{name}{suffix}")
        if table == "requests":
            names.update({f"column:{column.id}": f"{column.label}列" for column in layout.blocks[0].columns})
    return names | {"headings": "章节标题", "year": "报告年度", "agency": "报告机关", "prose": "正文"}


def flags_text(checked: Checked, finding: Finding, lang: Lang) -> list[str]:
    """What the reader said of the cells of a finding, a sentence for each flag; of another report only the code."""
    known: dict[str, str] = {}
    for problem in checked.reading.diagnostics:
        if problem.code in finding.codes and not set(problem.cells).isdisjoint(finding.cells):
            known.setdefault(problem.code, printable(problem.message(lang)))
    return [known.get(code, code) for code in dict.fromkeys(finding.codes)]


# --- what could not be checked -----------------------------------------------------------------------------------


def why(report: Report | None, outcome: Outcome, lang: Lang) -> str:
    """Why an instance could not be checked, in words: the note, and the cells that stand in the way."""
    note = _note(outcome, lang)
    if report is None or not outcome.cells:
        return note
    if len(outcome.cells) > MAX_NAMED:
        cells = cells_place(report, outcome.cells, lang)
    else:
        named = [_with_state(report, cell_id, lang) for cell_id in outcome.cells]
        cells = "、".join(named) if lang == "zh" else ", ".join(named)
    return f"{note}{'：' if lang == 'zh' else ': '}{printable(cells)}" if note else printable(cells)


def _note(outcome: Outcome, lang: Lang) -> str:
    note = printable(outcome.note)
    if outcome.status is Status.ERRORED:
        return f"规则本身出错：{note}" if lang == "zh" else f"the rule itself failed: {note}"
    if lang == "zh":
        for start, words in _WHY_STARTS_ZH.items():
            if note.startswith(start):
                return words + note.removeprefix(start)
        return _WHY_ZH.get(note, note) or "缺少数字"
    return note or "no figure in"


def _with_state(report: Report, cell_id: str, lang: Lang) -> str:
    place = cell_place(report, cell_id, lang)
    if ":" in cell_id:
        return place
    try:
        state = report[cell_id].state
    except LookupError:
        return place
    if state is State.VALUE:
        return place
    return f"{place}（{state.label(lang)}）" if lang == "zh" else f"{place} ({state.label(lang)})"
