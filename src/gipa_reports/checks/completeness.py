"""Rules ``C``: what the form asks for and the document lacks: sections, tables, rows, columns, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import chain

from ..report import State, Table
from ..report.cells import ABSENT
from ..template import HEADINGS, TABLES, words
from . import notes
from .model import HINT, WARNING, Operand, Outcome, Rule
from .subject import Subject, column_label, row_name, table_name


def table_states(subject: Subject) -> dict[str, frozenset[State]]:
    """Table id → the states that occur among its cells."""
    return {table.id: frozenset([cell.state for row in table.rows for cell in row]) for table in subject.report.tables}


def is_absent(subject: Subject, table: Table) -> bool:
    """Return whether no cell of the table was in the document."""
    return subject.once(table_states)[table.id] == {State.ABSENT}


Check = Callable[[Rule, Subject], Iterable[Outcome]]
CheckOfTable = Callable[[Rule, Subject, Table], Iterable[Outcome]]


def _of_tables(*states: State, but: str = "") -> Callable[[CheckOfTable], Check]:
    """Give a rule the tables that have cells in one of ``states``, all ``but`` one.

    A table that the document lacks is undecided, and one without such cells passes.
    """

    def decorate(check: CheckOfTable) -> Check:
        @wraps(check)
        def run(rule: Rule, subject: Subject) -> Iterator[Outcome]:
            for table in subject.report.tables:
                found = subject.once(table_states)[table.id]
                if table.id == but:
                    continue
                if found == {State.ABSENT}:
                    yield rule.undecided(table.id, table.form.cell_ids, notes.TABLE_ABSENT)
                elif found.isdisjoint(states):
                    yield rule.passed(table.id)
                else:
                    yield from check(rule, subject, table)

        return run

    return decorate


# --- parts of the form that are missing --------------------------------------------------------------------------


def section_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The report has all six sections.

    **Why.** The form has six, in a fixed order; one that is left out can't be told from one that was forgotten.

    **Example.** 缺少章节“六、其他需要报告的事项”，请核对。

    A section is there as well where a paragraph reads as a heading of other words, or says what it has to say on the
    heading's line (六、其他需要报告的事项：无).

    **Undecided** where the document has all three tables but none of their headings (a tool that took out the text
    dropped the headings), and where the source is known to be cut short.

    **Clause.** The six headings of the form; 政府信息公开条例 第五十条.
    """
    given = dict(subject.report.sections.items())
    lost = given.keys().isdisjoint(TABLES) and not all(is_absent(subject, table) for table in subject.report.tables)
    note = notes.HEADINGS_LOST if lost else notes.CUT_SHORT if subject.cut_short else ""
    otherwise = _headed_otherwise(subject) if len(given) < len(HEADINGS) else set()
    for heading in HEADINGS:
        if heading.id in given or heading.id in otherwise:
            yield rule.passed(heading.id)
        elif note:
            yield rule.undecided(heading.id, (), note)
        else:
            zh, en = f"缺少章节“{heading.text}”，请核对。", f"The section {heading.text} is missing, please check."
            yield rule.failed(heading.id, (), zh, en)


def _headed_otherwise(subject: Subject) -> set[str]:
    """The sections that a paragraph of another one reads as the heading of."""
    sections = (subject.report.sections.get(heading.id) for heading in HEADINGS)
    paragraphs = (paragraph for section in sections if section is not None for paragraph in section.paragraphs)
    headings = [match[1] for paragraph in paragraphs if (match := words.HEADED.match(paragraph))]
    return {name for name, sign in words.SECTION_SIGNS.items() if any(sign.search(heading) for heading in headings)}


def table_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The report has all three tables.

    **Why.** A table that is an image or an attachment is not in the data, and must not be counted as zeros.

    **Example.** 缺少表三，可能是图片或附件，请核对。

    **Undecided** where the source is known to be cut short, or has a table that could not be made out.

    **Clause.** Sections 二, 三 and 四 of the form.
    """
    for table in subject.report.tables:
        if not is_absent(subject, table):
            yield rule.passed(table.id)
        elif subject.cut_short:
            yield rule.undecided(table.id, table.form.cell_ids, notes.CUT_SHORT)
        elif "table-unread" in subject.codes:
            yield rule.undecided(table.id, table.form.cell_ids, notes.TABLE_UNREAD)
        else:
            zh = f"缺少{table_name(table.id)}，可能是图片或附件，请核对。"
            en = f"The table {table.id} is missing; it may be an image or an attachment. Please check."
            yield rule.failed(table.id, table.form.cell_ids, zh, en, codes=subject.codes_of(table.form.cell_ids))


@_of_tables(State.ABSENT)
def row_missing(rule: Rule, subject: Subject, table: Table) -> Iterable[Outcome]:
    """Every table has all rows of its form.

    **Why.** Without the row none of the sums that it takes part in can be checked.

    **Example.** 表三缺少“本年新收”行，请核对。

    **Undecided** where the whole table is absent, the source is known to be cut short, or the table has a row of
    another name, which may be this one with its label misprinted, or an edition that was only assumed.

    **Clause.** The rows of tables 二, 三 and 四.
    """
    rows = zip(table.form.rows, table.rows, strict=True)
    missing = [row.id for row, cells in rows if all(cell.state is State.ABSENT for cell in cells)]
    if not missing:
        yield rule.passed(table.id)
    doubt = notes.MISPRINTED if table.unknown or subject.told("edition-assumed", table.id) else ""
    for row_id in missing:
        zh, en = f"“{row_name(table.form, row_id)}”行", f"row {row_id}"
        yield _lacking(rule, subject, table, f"{table.id}.{row_id}", table.form.ids_of[row_id], zh, en, doubt)


@_of_tables(State.ABSENT)
def column_missing(rule: Rule, subject: Subject, table: Table) -> Iterable[Outcome]:
    """Every table has all columns of its form.

    **Why.** A table that lacks a column (其他 among the applicants is the one most often left out) can't be added up
    across; its figures may also have been put under the wrong heading.

    **Example.** 表三缺少“其他”列，请核对。

    **Undecided** where the whole table is absent, or the source is known to be cut short.

    **Clause.** The columns of tables 二, 三 and 四.
    """
    missing = list(_missing_columns(table))
    if not missing:
        yield rule.passed(table.id)
    for label, cells in missing:
        en = f"column {cells[0].rpartition('.')[2]}"
        yield _lacking(rule, subject, table, cells[0], cells, f"“{label}”列", en)


def _lacking(
    rule: Rule, subject: Subject, table: Table, instance: str, cells: tuple[str, ...], zh: str, en: str, doubt: str = ""
) -> Outcome:
    """The outcome for a part of a table that is not there; ``doubt`` says why it may be after all."""
    note = notes.CUT_SHORT if subject.cut_short else doubt
    if note:
        return rule.undecided(instance, cells, note)
    zh, en = f"{table_name(table.id)}缺少{zh}，请核对。", f"The {en} of table {table.id} is missing, please check."
    return rule.failed(instance, cells, zh, en, codes=subject.codes_of(cells))


def _missing_columns(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The label and the cells of each column that is absent in all rows of its block that are there."""
    row_index, ids_of = table.form.row_index, table.form.ids_of
    for block in table.form.blocks:
        rows = {row.id: table.rows[row_index[row.id]] for row in block.rows}
        there = [row_id for row_id, cells in rows.items() if cells.count(ABSENT) < len(cells)]
        for index, column in enumerate(block.columns):
            if there and all(cells[index].state is State.ABSENT for cells in rows.values()):
                yield column.label, tuple(ids_of[row_id][index] for row_id in there)


@_of_tables(State.BLANK, but="disclosure")
def total_blank(rule: Rule, subject: Subject, table: Table) -> Iterable[Outcome]:
    """No total is left blank.

    **Why.** Whoever adds up reports uses the totals. A blank is not zero, and nothing says that it is what the parts
    add up to. One finding a table names all its blank totals; a column that is blank throughout is said to be so.

    **Example.** 表三有2个总计单元格为空白，请补填。

    **Undecided** where the table is absent.

    **Clause.** Column 总计 and row （七）总计 of table 三, column 总计 of table 四.
    """
    totals = _totals(table)
    cells = [cell_id for cell_id in _in_state(table, State.BLANK) if cell_id in totals]
    column = [table.form.ids_of[row.id][-1] for row in table.form.rows]
    zh, en = "个总计单元格为空白，请补填。", "totals are blank, please fill them in."
    if table.id == "requests" and set(column) <= set(cells):
        zh = f"个总计单元格为空白，其中“{column_label(table.form, column[0])}”列全部空白，请补填。"
        en = "totals are blank, the whole column among them, please fill them in."
    yield _listed(rule, subject, table, cells, zh, en)


def _in_state(table: Table, *states: State) -> list[str]:
    """The ids of the cells that are in one of these states."""
    cells = chain.from_iterable(table.rows)
    return [cell_id for cell_id, cell in zip(table.form.cell_ids, cells, strict=True) if cell.state in states]


def _totals(table: Table) -> set[str]:
    """The ids of the totals of 三 or 四: the last cell of each row, and all of the row of totals. 二 has none."""
    if table.id == "disclosure":
        return set()
    every = table.form.ids_of.get("processed_total", ())
    return {*every, *(ids[-1] for ids in table.form.ids_of.values())}


MAX_OPEN = {"requests": 10, "proceedings": 5}
"""Cells of 三 and 四, besides totals, that may be blank or marked '/'; what they leave undecided is said anyway."""


@_of_tables(State.BLANK, State.NOT_APPLICABLE)
def cells_blank(rule: Rule, subject: Subject, table: Table) -> Iterable[Outcome]:
    """Figures are filled in, in table 二 as in the parts of 三 and 四.

    No cell of table 二 is blank; and of the parts of table 三 at most 10 are blank or marked as not applicable (``/``),
    of table 四 at most 5. Totals are those of C105. One finding a table.

    **Why.** The form asks for a figure in every cell: 0 where there was nothing.

    **Example.** 表二有3个单元格没有数字，没有的请填0。

    **Undecided** where the table is absent.

    **Clause.** Tables 二, 三 and 四.
    """
    wanted = (State.BLANK,) if table.id == "disclosure" else (State.BLANK, State.NOT_APPLICABLE)
    totals = _totals(table)
    cells = [cell_id for cell_id in _in_state(table, *wanted) if cell_id not in totals]
    few = len(cells) <= MAX_OPEN.get(table.id, 0)
    zh, en = "个单元格没有数字，没有的请填0。", "cells have no figure, please fill in 0 where there was nothing."
    yield _listed(rule, subject, table, [] if few else cells, zh, en)


@_of_tables(State.INVALID)
def not_a_figure(rule: Rule, subject: Subject, table: Table) -> Iterable[Outcome]:
    """Every cell that is filled in holds a figure, or a mark for 'not applicable'.

    **Why.** A text in a cell, or a row whose figures can't be put under their columns, is missing from every sum.

    **Example.** 表三有1个单元格不是数字，请核对。

    **Undecided** where the table is absent.

    **Clause.** Tables 二, 三 and 四; their unit is 件, that of 收费金额 is 万元.
    """
    cells = _in_state(table, State.INVALID)
    zh, en = "个单元格不是数字，请核对。", "cells hold no figure, please check."
    yield _listed(rule, subject, table, cells, zh, en, subject.operands(cells))


def _listed(
    rule: Rule, subject: Subject, table: Table, cells: list[str], zh: str, en: str, operands: tuple[Operand, ...] = ()
) -> Outcome:
    if not cells:
        return rule.passed(table.id)
    number, codes = len(cells), subject.codes_of(cells)
    zh, en = f"{table_name(table.id)}有{number}{zh}", f"In table {table.id}, {number} {en}"
    return rule.failed(table.id, cells, zh, en, expected=0, actual=number, operands=operands, codes=codes)


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
            yield rule.undecided(table.id, table.form.cell_ids, notes.TABLE_ABSENT)
        else:
            yield rule.passed(table.id)


RULES = (
    Rule("C101", "section-missing", section_missing, WARNING),
    Rule("C102", "table-missing", table_missing),
    Rule("C103", "row-missing", row_missing),
    Rule("C104", "column-missing", column_missing),
    Rule("C105", "total-blank", total_blank, WARNING),
    Rule("C106", "not-a-figure", not_a_figure, WARNING),
    Rule("C107", "row-unknown", row_unknown, HINT),
    Rule("C108", "cells-blank", cells_blank, HINT),
)
