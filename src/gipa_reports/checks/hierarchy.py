"""Rules ``H``: a report against those of its units (``children=``)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from decimal import Context, Decimal, localcontext

from ..messages import Phrase
from ..report import Cell
from ..report.cells import MAX_DIGITS
from ..report.table import Table
from ..template import Column, table_of
from ..template.words import MONEY
from . import notes
from .model import WARNING, Outcome, Rule
from .subject import Subject, cell_name, holes, table_name

NO_CHILDREN = "no reports of units were given"


def unit_sum(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Every figure is the sum of those of the units.

    For each cell of the three tables, where the report is published as the sum of its units' reports.

    **Why.** What is added up by hand from thirty reports is seldom added up right.

    **Example.** 表三“本年新收·自然人”为10，3个单位之和为9，相差1，请核对。

    **Undecided** where the cell has no figure here or in one of the units, where a unit's report is missing or its
    table is on another form, and where money is not in one unit. **Not applicable** without reports of units.

    **Clause.** 政府信息公开条例 第四十九条.
    """
    if not subject.children:
        yield rule.not_applicable("", NO_CHILDREN)
        return
    for table in subject.report.tables:
        lacking = _lacking(subject, table)
        for cell_id, column in zip(table.form.cell_ids, table.form.columns, strict=True):
            if lacking is None:
                yield _one_sum(rule, subject, cell_id, column)
            else:
                names, why = lacking
                yield rule.undecided(cell_id, [f"{name}:{cell_id}" for name in names], why)


def _units(subject: Subject) -> list[Subject]:
    return [unit for unit in subject.children.values() if unit is not None]


def _lacking(subject: Subject, table: Table) -> tuple[list[str], Phrase] | None:
    """Return the units without which a table can't be added up, and why; None where all are there."""
    missing = [name for name, unit in subject.children.items() if unit is None]
    other = [unit.source for unit in _units(subject) if unit.report.table(table.id).edition != table.edition]
    if not missing and not other:
        return None
    names = [*missing, *other]
    listed = "、".join(names)
    if missing:
        return names, Phrase(f"missing: {listed}", f"缺少报告：{listed}")
    return names, Phrase(f"on another form: {listed}", f"版式不同：{listed}")


def _one_sum(rule: Rule, subject: Subject, cell_id: str, column: Column) -> Outcome:
    """Return how the figure of one cell compares with those of the units."""
    units, own = _units(subject), subject.cell(cell_id).value
    open_cells = [hole for one in (subject, *units) for hole in holes(one, [cell_id])]
    if own is None or open_cells:
        return rule.undecided(cell_id, open_cells)
    if not alike([(one.cell(cell_id), one.unit(cell_id, column)) for one in (subject, *units)], column):
        return rule.undecided(cell_id, [cell_id], notes.SEVERAL_UNITS)
    return _summed(rule, subject, cell_id, own, units)


def alike(figures: Iterable[tuple[Cell, str | None]], column: Column) -> bool:
    """Return whether figures, each with its unit, can be added: money all in one unit, counts in none of money, and
    none in a unit that is not known. Zero is zero in all.
    """
    units = {unit for cell, unit in figures if cell.value}
    if column.kind == "amount":
        return len(units) < 2 and None not in units
    return all(unit is not None and not unit.endswith(MONEY) for unit in units)


def exact() -> AbstractContextManager[Context]:
    """A context in which sums of money are not rounded, however many digits they have."""
    return localcontext(prec=3 * MAX_DIGITS)


def _summed(rule: Rule, subject: Subject, cell_id: str, own: int | Decimal, units: list[Subject]) -> Outcome:
    with exact():
        total = sum(unit.cell(cell_id).value or 0 for unit in units)
        difference = abs(own - total)
    if not difference:
        return rule.passed(cell_id)
    table, number = subject.report.table(table_of(cell_id)), len(units)
    name_zh = f"{table_name(table.id)}“{cell_name(table.form, cell_id)}”"
    zh = f"{name_zh}为{own}，{number}个单位之和为{total}，相差{difference}，请核对。"
    en = f"{cell_id} is {own}, the sum of {number} units {total}; they differ by {difference}, please check."
    operands = (*(unit.operand(cell_id) for unit in units), subject.operand(cell_id, "right"))
    codes = tuple(code for one in (subject, *units) for code in one.codes_of([cell_id]))
    return rule.failed(cell_id, [cell_id], zh, en, expected=total, actual=own, operands=operands, codes=codes)


def unit_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Every unit that is expected has a report.

    Units are expected when ``children`` is a mapping that names them; None says that there is no report.

    **Why.** A sum over the units that happened to be there is no sum over all.

    **Example.** 缺少下属单位的报告：青山区教育局，未能检查汇总数。

    **Not applicable** without reports of units.

    **Clause.** 政府信息公开条例 第四十九条.
    """
    if not subject.children:
        yield rule.not_applicable("", NO_CHILDREN)
    for name, unit in subject.children.items():
        if unit is not None:
            yield rule.passed(name)
        else:
            zh, en = f"缺少下属单位的报告：{name}，未能检查汇总数。", f"The report of the unit {name} is missing."
            yield rule.failed(name, (), zh, f"{en} The sums can't be checked.")


RULES = (
    Rule("H101", "unit-sum", unit_sum),
    Rule("H102", "unit-missing", unit_missing, WARNING),
)
