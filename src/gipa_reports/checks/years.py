"""Rules ``Y``: this year against the year before (``previous=``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from ..messages import Phrase
from ..template import Form
from . import notes
from .model import HINT, WARNING, Outcome, Rule
from .peers import bare_sentences, same_prose
from .subject import Subject, cell_name, figures_of, holes, row_names, table_name

NO_PREVIOUS = "no previous report was given"


def _against_previous(
    check: Callable[[Rule, Subject, Subject], Iterable[Outcome]],
) -> Callable[[Rule, Subject], Iterable[Outcome]]:
    """Give a rule the report of the year before; without one it does not apply."""

    @wraps(check)
    def run(rule: Rule, subject: Subject) -> Iterable[Outcome]:
        if subject.previous is None:
            return [rule.not_applicable("", NO_PREVIOUS)]
        return check(rule, subject, subject.previous)

    return run


@_against_previous
def carried_over(rule: Rule, subject: Subject, before: Subject) -> Iterable[Outcome]:
    """Requests carried in are those carried over the year before.

    In each of the seven columns of table 三: 二、上年结转 = 四、结转下年度继续办理 of the previous report.

    **Why.** They are the same applications.

    **Example.** 自然人列：本年报告上年结转(2)，上年报告结转(3)，相差1，请核对。

    **Undecided** where one of the two cells has no figure. **Not applicable** without a previous report.

    **Clause.** Table 三, rows 二 and 四.
    """
    table = subject.report.requests
    names = row_names("requests", table.edition)
    for column in table.form.blocks[0].columns:
        now_id, then_id = f"requests.carried_in.{column.id}", f"requests.carried_out.{column.id}"
        now, then = subject.cell(now_id).value, before.cell(then_id).value
        if now is None or then is None:
            yield rule.undecided(column.id, holes(subject, [now_id]) + holes(before, [then_id]))
        elif now == then:
            yield rule.passed(column.id)
        else:
            said = f"本年报告{names['carried_in']}({now})，上年报告{names['carried_out']}({then})"
            zh = f"{column.label}列：{said}，相差{abs(now - then)}，请核对。"
            said = f"carried_in({now}), carried_out of the previous report({then})"
            en = f"Column {column.id}: {said}; they differ by {abs(now - then)}, please check."
            operands = subject.operand(now_id), before.operand(then_id, "right")
            codes = (*subject.codes_of([now_id]), *before.codes_of([then_id]))
            yield rule.failed(column.id, [now_id], zh, en, expected=then, actual=now, operands=operands, codes=codes)


@_against_previous
def in_force_flow(rule: Rule, subject: Subject, before: Subject) -> Iterable[Outcome]:
    """Documents in force are those of the year before, and those issued, less those repealed.

    For 规章 and 行政规范性文件 of table 二: 现行有效件数 = 现行有效件数 of the previous report + 本年制发件数 −
    本年废止件数.

    A warning, for there are other ends and beginnings: a document lapses when its term is over (失效), is declared to
    go on (继续有效), or comes with a body that was merged into this one.

    **Why.** A document comes into force by being issued and ends by being repealed.

    **Example.** 规章：上年现行有效件数(10)+本年制发件数(2)-本年废止件数(1)=11，本年现行有效件数(12)，相差1；
    如有到期失效、宣布继续有效等情况请说明，否则请核对。

    **Undecided** where one of the four cells has no figure. **Not applicable** without a previous report, or where
    one of the two reports is on the form of 2019, which counts something else.

    **Clause.** Table 二, 第二十条第（一）项, edition 2021.
    """
    table = subject.report.disclosure
    if table.edition != "2021" or before.report.disclosure.edition != "2021":
        yield rule.not_applicable("", "one of the two reports is on the form of 2019")
        return
    block = table.form.blocks[0]
    issued, repealed, in_force = block.columns
    for row in block.rows:
        ids = [f"disclosure.{row.id}.{column.id}" for column in (issued, repealed, in_force)]
        values, then = figures_of(subject, ids), before.cell(ids[2]).value
        if values is None or then is None:
            yield rule.undecided(row.id, holes(subject, ids) + holes(before, ids[2:]))
            continue
        came, went, now = values
        expected = then + came - went
        if expected == now:
            yield rule.passed(row.id)
            continue
        zh = (
            f"{row.short}：上年{in_force.label}({then})+{issued.label}({came})-{repealed.label}({went})={expected}，"
            f"本年{in_force.label}({now})，相差{abs(expected - now)}；"
            "如有到期失效、宣布继续有效等情况请说明，否则请核对。"
        )
        en = (
            f"Row {row.id}: in_force of the previous report({then})+issued({came})-repealed({went})={expected}, "
            f"in_force({now}); they differ by {abs(expected - now)}: "
            "say so where documents lapsed or were declared to go on, else please check."
        )
        operands = (before.operand(ids[2]), *subject.operands(ids[:2], ids[2:]))
        codes = (*subject.codes_of(ids), *before.codes_of(ids[2:]))
        yield rule.failed(row.id, ids, zh, en, expected=expected, actual=now, operands=operands, codes=codes)


@_against_previous
def prose_repeated(rule: Rule, subject: Subject, before: Subject) -> Iterable[Outcome]:
    """The prose is not that of the year before.

    The share of the characters of sections 一 and 五 that stand in sentences of the previous report, figures and
    years left out. Above 50 % there is a hint.

    **Why.** A report tells of its own year; problems that come back word for word were hardly worked on.

    **Example.** 第一、五部分有73%的文字与上年报告相同，请核对是否为本年情况。

    **Undecided** where one of the two reports has no prose. **Not applicable** without a previous report.

    **Clause.** Sections 一 and 五 of the form.
    """
    now, then = list(bare_sentences(subject.report)), {bare for bare, _ in bare_sentences(before.report)}
    if not now or not then:
        yield rule.undecided("prose", (), notes.NO_PROSE_IN_ONE)
        return
    repeated = [(bare, sentence) for bare, sentence in now if bare in then]
    share = sum(len(bare) for bare, _ in repeated) / sum(len(bare) for bare, _ in now)
    _, quote = max(repeated, key=lambda pair: len(pair[0]), default=("", ""))
    whose, tells_of = Phrase("the previous report", "上年报告"), Phrase("this year", "本年")
    yield same_prose(rule, share, quote, whose, tells_of)


JUMP = 5
"""A figure is compared that is more than so many times the other."""

LARGE = 20
"""Figures below this jump by chance; where one year has none, the other has to have as many."""


@_against_previous
def figure_jumped(rule: Rule, subject: Subject, before: Subject) -> Iterable[Outcome]:
    """No total is many times that of the year before.

    The totals of the rows of table 三 and of the groups of table 四, and the decisions of table 二 where both are on
    the form of 2021: more than 5 times as many, or less than a fifth, where the greater is 20 at least; also none
    against 20 or more. One finding a cell.

    **Why.** A digit too many, or a figure left out, shows best against the year before.

    **Example.** 表三“本年新收·总计”上年为31，本年为310，变化较大，请核对。

    **Undecided** where one of the two reports has no figure. **Not applicable** without a previous report.

    **Clause.** Tables 二, 三 and 四.
    """
    for table in subject.report.tables:
        if table.id == "disclosure" and not table.edition == before.report.disclosure.edition == "2021":
            continue
        for row in table.form.rows:
            cell_id = table.form.ids_of[row.id][-1]
            if cell_id.endswith((".total", ".decisions")) and cell_id in before.report:
                yield _jumped(rule, subject, before, table.form, cell_id)


def _jumped(rule: Rule, subject: Subject, before: Subject, form: Form, cell_id: str) -> Outcome:
    now, then = subject.cell(cell_id).value, before.cell(cell_id).value
    if now is None or then is None:
        return rule.undecided(cell_id, holes(subject, [cell_id]) + holes(before, [cell_id]))
    less, more = sorted((now, then))
    if more < LARGE or more <= JUMP * less:
        return rule.passed(cell_id)
    zh = f"{table_name(form.table)}“{cell_name(form, cell_id)}”上年为{then}，本年为{now}，变化较大，请核对。"
    en = f"{cell_id} was {then} the year before and is {now}; please check."
    operands = subject.operand(cell_id), before.operand(cell_id, "right")
    codes = (*subject.codes_of([cell_id]), *before.codes_of([cell_id]))
    return rule.failed(cell_id, [cell_id], zh, en, expected=then, actual=now, operands=operands, codes=codes)


RULES = (
    Rule("Y101", "carried-over", carried_over),
    Rule("Y102", "in-force-flow", in_force_flow, WARNING, editions=("2021",)),
    Rule("Y103", "prose-repeated", prose_repeated, HINT),
    Rule("Y104", "figure-jumped", figure_jumped, HINT),
)
