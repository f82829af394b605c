"""Rules ``A``: the identities of the form (勾稽关系), as the template has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from attrs import frozen

from ..report import Table
from ..template import Edition, Identity, TableId, form
from .model import Edit, Outcome, Rule
from .subject import Subject, cell_names, row_names, within
from .suggestions import Residuals, code, roots, single_edits


@frozen
class Equation:
    """One identity, ready to be reckoned. ``instance`` is its column (``total``) or its row (``received``)."""

    number: int
    identity: Identity
    instance: str
    left: Callable[[list[Any]], tuple[Any, ...]]
    right: Callable[[list[Any]], tuple[Any, ...]]


@cache
def equations(table: TableId, edition: Edition, name: str) -> tuple[Equation, ...]:
    """The identities of one name, in the order of the form."""
    layout = form(table, edition)
    index = {cell_id: place for place, cell_id in enumerate(layout.cell_ids)}
    return tuple(
        Equation(
            number,
            identity,
            _instance(identity),
            _getter([index[cell] for cell in identity.left]),
            _getter([index[cell] for cell in identity.right]),
        )
        for number, identity in enumerate(layout.identities)
        if identity.name == name
    )


def _getter(places: list[int]) -> Callable[[list[Any]], tuple[Any, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    (place,) = places
    return lambda values: (values[place],)


def _instance(identity: Identity) -> str:
    row, _, column = within(identity.right[0]).rpartition(".")
    return row if identity.name in _ACROSS else column


_ACROSS = frozenset({"applicants_add_up", "outcomes_add_up"})
"""Identities along a row; the others run down a column."""


def values_of(table: Table) -> list[Any]:
    """The figures of a table by index, None where a cell has none."""
    return [cell.value for row in table.rows for cell in row]


def request_values(subject: Subject) -> list[Any]:
    """The figures of 三."""
    return values_of(subject.report.requests)


def proceeding_values(subject: Subject) -> list[Any]:
    """The figures of 四."""
    return values_of(subject.report.proceedings)


# --- the rules ---------------------------------------------------------------------------------------------------


def column_balance(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """What came in equals what was dealt with and what is left.

    In each of the seven columns of table 三: 一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度继续办理.

    **Why.** Every application that an organ had on its desk in the year was either answered or carried over. The form
    prints this identity in the corner of the table itself.

    **Example.** 自然人列：本年新收(3)+上年结转(0)=3，总计(2)+结转(0)=2，相差1，请核对。

    **Clause.** Corner cell of table 三 in both editions:
    （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）.
    """
    return _reckoned(rule, subject, subject.report.requests, "column_balance", subject.once(request_values))


def results_add_up(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The results add up to the total of those dealt with.

    In each of the seven columns of table 三, the rows below 三、本年度办理结果 add up to （七）总计. In edition 2019
    （六）其他处理 is one term, in edition 2021 it is three.

    **Why.** An answer is counted once, under the one result that it had.

    **Example.** 总计列：予以公开(5)+重复申请(1)+其余19项为0=6，总计(7)，相差1，请核对。

    **Clause.** Table 三, 三、本年度办理结果, （七）总计.
    """
    return _reckoned(rule, subject, subject.report.requests, "results_add_up", subject.once(request_values))


def applicants_add_up(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The six kinds of applicants add up to the total of the row.

    In each row of table 三: 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计.

    **Why.** Every applicant is of one kind.

    **Example.** 本年新收行：自然人(3)+其余5项为0=3，总计(2)，相差1，请核对。

    **Clause.** Table 三, column 总计.
    """
    return _reckoned(rule, subject, subject.report.requests, "applicants_add_up", subject.once(request_values))


def outcomes_add_up(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The outcomes of reviews and lawsuits add up to the total of their group.

    In each of the three groups of table 四: 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.

    **Why.** A case has one outcome, or none yet. A group has one sum, so nothing shows which of its figures is
    wrong, and none is suggested.

    **Example.** 行政复议：结果维持(1)+其余3项为0=1，总计(2)，相差1，请核对。

    **Clause.** Table 四, column 总计 of each group, both editions.
    """
    return _reckoned(rule, subject, subject.report.proceedings, "outcomes_add_up", subject.once(proceeding_values))


def _reckoned(rule: Rule, subject: Subject, table: Table, name: str, values: list[Any]) -> Iterator[Outcome]:
    for equation in equations(table.id, table.edition, name):
        try:
            left, right = sum(equation.left(values)), sum(equation.right(values))
        except TypeError:  # a None among them; asking each of 400 operands first would cost more than the sums
            ids = (*equation.identity.left, *equation.identity.right)
            holes = zip(ids, (*equation.left(values), *equation.right(values)), strict=True)
            yield rule.undecided(equation.instance, [cell_id for cell_id, value in holes if value is None])
            continue
        if left == right:
            yield rule.passed(equation.instance)
        else:
            yield _broken(rule, subject, table, equation, left, right)


def _broken(rule: Rule, subject: Subject, table: Table, equation: Equation, left: int, right: int) -> Outcome:
    identity = equation.identity
    edits, group = subject.once(request_faults)[equation.number] if table.id == "requests" else ((), None)
    across = identity.name in _ACROSS
    zh_left, en_left = _side(identity.left, across, subject, left)
    zh_right, en_right = _side(identity.right, across, subject, right)
    zh_name, en_name = _name(table, equation)
    cells = (*identity.left, *identity.right)
    return rule.failed(
        equation.instance,
        cells,
        f"{zh_name}：{zh_left}，{zh_right}，相差{abs(left - right)}，请核对。",
        f"{en_name}: {en_left}, {en_right}; they differ by {abs(left - right)}, please check.",
        expected=left,
        actual=right,
        operands=subject.operands(identity.left, identity.right),
        edits=edits,
        group=group,
        flags=subject.flags(cells),
    )


def _name(table: Table, equation: Equation) -> tuple[str, str]:
    if equation.identity.name not in _ACROSS:
        column = next(column for column in table.form.blocks[0].columns if column.id == equation.instance)
        return f"{column.label}列", f"Column {column.id}"
    name = row_names(table.id, table.edition)[equation.instance]
    return (f"{name}行" if table.id == "requests" else name), f"Row {equation.instance}"


def _side(ids: tuple[str, ...], across: bool, subject: Subject, total: int) -> tuple[str, str]:
    """One side of an equation in words, its terms named by column or by row. Of a long sum zeros are only counted."""
    terms = [(cell_id, subject.cell(cell_id).value) for cell_id in ids]
    shown = [(cell_id, value) for cell_id, value in terms if value or len(terms) <= 2]
    zh, en = [], []
    for cell_id, value in shown:
        row_zh, column_zh = cell_names(subject.report, cell_id)
        row_id, _, column_id = within(cell_id).rpartition(".")
        zh.append(f"{column_zh if across else row_zh}({value})")
        en.append(f"{column_id if across else row_id}({value})")
    if not shown:
        return f"{len(terms)}项均为0", f"{len(terms)} figures, all 0"
    if len(terms) > len(shown):
        zh.append(f"其余{len(terms) - len(shown)}项为0")
        en.append(f"{len(terms) - len(shown)} others(0)")
    if len(terms) == 1:
        return zh[0], en[0]
    return f"{'+'.join(zh)}={total}", f"{'+'.join(en)}={total}"


def request_faults(subject: Subject) -> dict[int, tuple[tuple[Edit, ...], str | None]]:
    """For each broken identity of 三: the single edits that restore all of them, and the name of their common root.

    The root is the cell, or the first cell, of the only edit; the table where there are several; where there is none,
    the cell that alone explains this identity and those that go with it.
    """
    table = subject.report.requests
    residuals = Residuals(code(table.edition), subject.once(request_values))
    edits = single_edits(residuals)
    if edits:
        group = edits[0].changes[0][0] if len(edits) == 1 else table.id
        return dict.fromkeys(residuals.broken, (edits, group))
    ids = table.form.cell_ids
    own = roots(residuals)
    return {number: ((), ids[own[number]] if number in own else None) for number in residuals.broken}


RULES = (
    Rule("A101", "column-balance", column_balance),
    Rule("A102", "results-add-up", results_add_up),
    Rule("A103", "applicants-add-up", applicants_add_up),
    Rule("A201", "outcomes-add-up", outcomes_add_up),
)
