"""Rules ``C``: what the form asks for and the document lacks, and whose report of which year it says it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..report import State, Table
from ..report.cells import ABSENT
from ..template import HEADINGS, TABLES, Row, words
from .model import FindingSeverity, Operand, Outcome, Rule
from .subject import Subject, row_name, same_agency, table_name

FIRST_YEAR_OF_2021 = 2021
"""Reports on this year and later ones use the form of 2021."""


def table_states(subject: Subject) -> dict[str, frozenset[State]]:
    """Table id → the states that occur among its cells."""
    return {table.id: frozenset([cell.state for row in table.rows for cell in row]) for table in subject.report.tables}


def is_absent(subject: Subject, table: Table) -> bool:
    """Whether no cell of the table was in the document."""
    return subject.once(table_states)[table.id] == {State.ABSENT}


def _by_table(rule: Rule, subject: Subject, state: State) -> Iterator[tuple[Table, Outcome | None]]:
    """Each table, with its outcome where no cell is in ``state``, or the document lacks the table."""
    states = subject.once(table_states)
    for table in subject.report.tables:
        if states[table.id] == {State.ABSENT}:
            yield table, rule.undecided(table.id, table.form.cell_ids, "the table is absent")
        elif state in states[table.id]:
            yield table, None
        else:
            yield table, rule.passed(table.id)


# --- parts of the form that are missing --------------------------------------------------------------------------


def section_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The report has all six sections.

    **Why.** The form has six, in a fixed order; one that is left out can't be told from one that was forgotten.

    **Example.** 缺少章节“六、其他需要报告的事项”，请核对。

    **Undecided** where the document has all three tables but none of their headings (a tool that took out the text
    dropped the headings), and where the source is known to be cut short.

    **Clause.** The six headings of the form; 政府信息公开条例 第五十条.
    """
    sections = subject.report.sections
    given = {heading.id: sections.get(heading.id) is not None for heading in HEADINGS}
    stripped = not any(given[table] for table in TABLES) and not all(
        is_absent(subject, t) for t in subject.report.tables
    )
    for heading in HEADINGS:
        if given[heading.id]:
            yield rule.passed(heading.id)
        elif stripped or subject.cut_short:
            note = "the document's headings were lost" if stripped else "the document is cut short"
            yield rule.undecided(heading.id, (), note)
        else:
            zh, en = f"缺少章节“{heading.text}”，请核对。", f"The section {heading.text} is missing, please check."
            yield rule.failed(heading.id, (), zh, en)


def table_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The report has all three tables.

    **Why.** A table that is an image or an attachment is not in the data, and must not be counted as zeros.

    **Example.** 缺少表三，可能是图片或附件，请核对。

    **Undecided** where the source is known to be cut short.

    **Clause.** Sections 二, 三 and 四 of the form.
    """
    for table in subject.report.tables:
        if not is_absent(subject, table):
            yield rule.passed(table.id)
        elif subject.cut_short:
            yield rule.undecided(table.id, table.form.cell_ids, "the document is cut short")
        else:
            yield rule.failed(
                table.id,
                table.form.cell_ids,
                f"缺少{table_name(table.id)}，可能是图片或附件，请核对。",
                f"The table {table.id} is missing; it may be an image or an attachment. Please check.",
                flags=subject.flags(table.form.cell_ids),
            )


def row_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Every table has all rows of its form.

    **Why.** Without the row none of the sums that it takes part in can be checked.

    **Example.** 表三缺少“本年新收”行，请核对。

    **Undecided** where the whole table is absent, or the source is known to be cut short.

    **Clause.** The rows of tables 二, 三 and 四.
    """
    for table, decided in _by_table(rule, subject, State.ABSENT):
        if decided is not None:
            yield decided
            continue
        missing = [
            row.id
            for row, cells in zip(table.form.rows, table.rows, strict=True)
            if all(cell.state is State.ABSENT for cell in cells)
        ]
        if not missing:
            yield rule.passed(table.id)
        for row_id in missing:
            cells, instance = table.form.ids_of[row_id], f"{table.id}.{row_id}"
            if subject.cut_short:
                yield rule.undecided(instance, cells, "the document is cut short")
                continue
            name = row_name(table.form, row_id)
            zh = f"{table_name(table.id)}缺少“{name}”行，请核对。"
            en = f"The row {row_id} of table {table.id} is missing, please check."
            yield rule.failed(instance, cells, zh, en, flags=subject.flags(cells))


def column_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Every table has all columns of its form.

    **Why.** A table that lacks a column (其他 among the applicants is the one most often left out) can't be added up
    across; its figures may also have been put under the wrong heading.

    **Example.** 表三缺少“其他”列，请核对。

    **Undecided** where the whole table is absent, or the source is known to be cut short.

    **Clause.** The columns of tables 二, 三 and 四.
    """
    for table, decided in _by_table(rule, subject, State.ABSENT):
        if decided is not None:
            yield decided
            continue
        missing = list(_missing_columns(table))
        if not missing:
            yield rule.passed(table.id)
        for label, cells in missing:
            if subject.cut_short:
                yield rule.undecided(cells[0], cells, "the document is cut short")
                continue
            zh = f"{table_name(table.id)}缺少“{label}”列，请核对。"
            en = f"The column {cells[0].rpartition('.')[2]} of table {table.id} is missing, please check."
            yield rule.failed(cells[0], cells, zh, en, flags=subject.flags(cells))


def _missing_columns(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The label and the cells of each column that is absent in all rows of its block that are there."""
    start = 0
    for block in table.form.blocks:
        rows = table.rows[start : start + len(block.rows)]
        start += len(block.rows)
        absent = [all(cell.state is State.ABSENT for cell in column) for column in zip(*rows, strict=True)]
        if not any(absent) or all(absent):
            continue
        there = [row.id for row, cells in zip(block.rows, rows, strict=True) if cells.count(ABSENT) < len(cells)]
        for index, column in enumerate(block.columns):
            if absent[index]:
                yield column.label, tuple(table.form.ids_of[row_id][index] for row_id in there)


def total_blank(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """No total is left blank.

    **Why.** Whoever adds up reports uses the totals. A blank is not zero, and nothing says that it is what the parts
    add up to. One finding a table names all its blank totals.

    **Example.** 表三有2个总计单元格为空白，请补填。

    **Undecided** where the table is absent.

    **Clause.** Column 总计 and row （七）总计 of table 三, column 总计 of table 四.
    """
    for table, decided in _by_table(rule, subject, State.BLANK):
        if table.id == "disclosure":
            continue
        if decided is not None:
            yield decided
            continue
        cells = [
            cell_id
            for row, cells in zip(table.form.rows, table.rows, strict=True)
            for cell_id, cell in zip(table.form.ids_of[row.id][_totals(row)], cells[_totals(row)], strict=True)
            if cell.state is State.BLANK
        ]
        yield _listed(
            rule, subject, table, cells, "个总计单元格为空白，请补填。", "totals are blank, please fill them in."
        )


def _totals(row: Row) -> slice:
    """Which cells of a row of 三 or 四 are totals: the last one, but of the row of totals all."""
    return slice(None) if row.id == "processed_total" else slice(-1, None)


def not_a_figure(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Every cell that is filled in holds a figure, or a mark for 'not applicable'.

    **Why.** A text in a cell, or a row whose figures can't be put under their columns, is missing from every sum.

    **Example.** 表三有1个单元格不是数字，请核对。

    **Undecided** where the table is absent.

    **Clause.** Tables 二, 三 and 四; their unit is 件, that of 收费金额 is 万元.
    """
    for table, decided in _by_table(rule, subject, State.INVALID):
        if decided is not None:
            yield decided
            continue
        cells = [figure.id for figure in table.cells() if figure.state is State.INVALID]
        yield _listed(
            rule,
            subject,
            table,
            cells,
            "个单元格不是数字，请核对。",
            "cells hold no figure, please check.",
            subject.operands(cells),
        )


def _listed(
    rule: Rule, subject: Subject, table: Table, cells: list[str], zh: str, en: str, operands: tuple[Operand, ...] = ()
) -> Outcome:
    if not cells:
        return rule.passed(table.id)
    return rule.failed(
        table.id,
        cells,
        f"{table_name(table.id)}有{len(cells)}{zh}",
        f"In table {table.id}, {len(cells)} {en}",
        expected=0,
        actual=len(cells),
        operands=operands,
        flags=subject.flags(cells),
    )


def row_unknown(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """No table has a row that the form does not have.

    **Why.** What is counted in a row of one's own is in no cell of the form, and is missing where others add up.

    **Example.** 表二有标准表以外的行：行政检查。

    **Undecided** where the table is absent.

    **Clause.** The rows of tables 二, 三 and 四.
    """
    for table in subject.report.tables:
        if table.unknown:
            named = "、".join(row.cells[0][:40] for row in table.unknown)
            zh = f"{table_name(table.id)}有标准表以外的行：{named}。"
            yield rule.failed(table.id, (), zh, f"Table {table.id} has rows that the form does not have: {named}.")
        elif is_absent(subject, table):
            yield rule.undecided(table.id, table.form.cell_ids, "the table is absent")
        else:
            yield rule.passed(table.id)


# --- whose report, of which year ---------------------------------------------------------------------------------

_SENTENCE_YEAR = re.compile(r"(?:^|[。；;！!])\s*((?:19|20)\d\d)\s*年\s*(?:度|[,，]|我|本|全)")
"""A year that opens a sentence, as the year that is reported on does."""

_ANY_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")


def year_in_body(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The text speaks of the year that the title names.

    Found where section 一 never names the year of the report, but begins a sentence with another year; and where the
    days that the text says are covered are all in another year.

    **Why.** A report written over last year's often keeps its year.

    **Example.** 报告年度为2023年，正文却写2022年：“2022年，我局……”，请核对。

    **Undecided** where the year of the report is not known. **Not applicable** where the text names no year.

    **Clause.** 政府信息公开条例 第五十条: the report is on the year before.
    """
    report = subject.report
    if report.year is None:
        yield rule.undecided("year", (), "the year of the report is not known")
        return
    period = report.period
    if period is not None and report.year not in (period.start.year, period.end.year):
        found = f"{period.start:%Y-%m-%d}—{period.end:%Y-%m-%d}"
        yield _other_year(rule, report.year, period.end.year, found)
        return
    paragraphs = report.sections.overview.paragraphs if report.sections.overview is not None else ()
    named = False
    opening: tuple[int, str] | None = None
    for paragraph in paragraphs:
        if "年" not in paragraph:
            continue
        years = {int(year) for year in _ANY_YEAR.findall(paragraph)}
        if report.year in years:
            yield rule.passed("year")
            return
        named = named or bool(years)
        if opening is None and (match := _SENTENCE_YEAR.search(paragraph)) is not None:
            opening = int(match[1]), paragraph[match.start(1) : match.start(1) + 60]
    if opening is not None:
        yield _other_year(rule, report.year, *opening)
    elif named:
        yield rule.passed("year")
    else:
        yield rule.not_applicable("year", "the text names no year")


def _other_year(rule: Rule, year: int, other: int, quote: str) -> Outcome:
    return rule.failed(
        "year",
        (),
        f"报告年度为{year}年，正文却写{other}年：“{quote}”，请核对。",
        f"The report is on {year}, but its text speaks of {other}: “{quote}”. Please check.",
        expected=year,
        actual=other,
        quote=quote,
    )


def agency_in_body(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The text names the agency that the title names.

    Looked for in the first sentences that say whose report this is (2023年，某某局…… or
    现公布某某局2023年政府信息公开工作年度报告). A name that can be the other one shortened is taken as the same.

    **Why.** A report written over that of another agency often keeps its name.

    **Example.** 标题为“青山区教育局”，正文却写“青山区民政局”，请核对。

    **Undecided** where the agency is not known. **Not applicable** where the first sentences name none.

    **Clause.** 政府信息公开条例 第五十条: each organ reports for itself.
    """
    report = subject.report
    if report.agency is None:
        yield rule.undecided("agency", (), "the agency is not known")
        return
    paragraphs = report.sections.overview.paragraphs if report.sections.overview is not None else ()
    for paragraph in paragraphs[:3]:
        named = agency_named(paragraph)
        if named is None:
            continue
        if same_agency(named, report.agency):
            yield rule.passed("agency")
        else:
            yield rule.failed(
                "agency",
                (),
                f"标题为“{report.agency}”，正文却写“{named}”，请核对。",
                f"The title names {report.agency}, the text {named}. Please check.",
                expected=report.agency,
                actual=named,
                quote=paragraph[:60],
            )
        return
    yield rule.not_applicable("agency", "the first sentences name no agency")


_NO_NAME = re.compile(r"^[在按根我本全各围认依为以坚对是把将]|[本我]|上下|工作")
_REGION = re.compile(r"[省市县区旗州镇乡道]")


@lru_cache(maxsize=256)
def agency_named(paragraph: str) -> str | None:
    """The agency that a first sentence says the report is of; None where it says none plainly."""
    text = "".join(paragraph[:200].split())
    match = words.FIRST_SENTENCE.match(text)
    name = match[2] if match is not None else None
    if name is None and (match := words.PUBLISHES.search(text)) is not None:
        name = match[1]
    if name is None or not 4 <= len(name) <= 30 or not name.endswith(words.AGENCY_ENDINGS):
        return None
    return None if _NO_NAME.search(name) or not _REGION.search(name) else name


# --- what stands in the parts ------------------------------------------------------------------------------------


def problems_empty(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 五 says something.

    **Why.** The form asks for the main problems of the year and what is done about them; a heading with nothing below
    it, or 无, is no answer.

    **Example.** 第五部分“存在的主要问题及改进情况”没有内容，请补充。

    **Undecided** where the section is missing: see C101.

    **Clause.** Section 五 of the form.
    """
    section = subject.report.sections.problems
    if section is None:
        yield rule.undecided("problems", (), "the section is missing")
    elif any(len(paragraph) >= 16 for paragraph in section.paragraphs):
        yield rule.passed("problems")
    else:
        heading = next(heading for heading in HEADINGS if heading.id == "problems")
        yield rule.failed(
            "problems",
            (),
            f"第{heading.ordinal}部分“{heading.label}”没有内容，请补充。",
            f"Section {heading.ordinal} ({heading.label}) says nothing, please add to it.",
            quote=" ".join(section.paragraphs)[:60] or None,
        )


def edition_out_of_date(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """A report on 2021 or later uses the form of 2021.

    **Why.** The two forms of table 二 measure different things (对外公开总数量 is not 现行有效件数), so a table on
    the old form can't be added to the others. Table 四 is alike in both.

    **Example.** 2022年报告的表二仍使用2019年版式，应使用2021年版式。

    **Undecided** where the year is not known or the table is absent.

    **Clause.** 国办公开办函〔2021〕30号.
    """
    year = subject.report.year
    for table in (subject.report.disclosure, subject.report.requests):
        if year is None or is_absent(subject, table):
            note = "the year of the report is not known" if year is None else "the table is absent"
            yield rule.undecided(table.id, (), note)
        elif year >= FIRST_YEAR_OF_2021 and table.edition == "2019":
            yield rule.failed(
                table.id,
                (),
                f"{year}年报告的{table_name(table.id)}仍使用2019年版式，应使用2021年版式。",
                f"Table {table.id} of a report on {year} uses the form of 2019; that of 2021 is in force.",
                expected="2021",
                actual="2019",
            )
        else:
            yield rule.passed(table.id)


WARNING, HINT = FindingSeverity.WARNING, FindingSeverity.HINT

RULES = (
    Rule("C101", "section-missing", section_missing, WARNING),
    Rule("C102", "table-missing", table_missing),
    Rule("C103", "row-missing", row_missing),
    Rule("C104", "column-missing", column_missing),
    Rule("C105", "total-blank", total_blank, WARNING),
    Rule("C106", "not-a-figure", not_a_figure, WARNING),
    Rule("C107", "row-unknown", row_unknown, HINT),
    Rule("C201", "year-in-body", year_in_body, WARNING),
    Rule("C202", "agency-in-body", agency_in_body, WARNING),
    Rule("C301", "problems-empty", problems_empty, WARNING),
    Rule("C302", "edition-out-of-date", edition_out_of_date, WARNING),
)
