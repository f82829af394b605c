"""Rules ``A``, where cells are blank: what can't be right whatever the blanks mean.

A blank is not zero, and an identity with one is undecided. But what it stands for is a count, zero or more, and that is
enough to tell that known parts are more than their known total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from ..report import Table
from .arithmetic import broken
from .bounds import Contradiction, contradiction
from .causes import all_residuals
from .equations import all_equations, equation_name, equations
from .model import Outcome, Rule
from .residuals import can_hold
from .subject import Subject, cell_name, table_name, within

MAX_NAMED = 4
"""Identities that a sentence names one by one."""


def _can_hold(name: str, rule: Rule, subject: Subject) -> Iterator[Outcome]:
    """Check each identity of one name that has blanks, all on one side."""
    for table, equation in equations(subject.report, name):
        residuals = subject.once(all_residuals)[table.id]
        known, (left, right) = residuals.known[equation.number], residuals.open[equation.number]
        blank, side = (left, equation.identity.left) if left else (right, equation.identity.right)
        if (left and right) or not 0 < blank < len(side):
            continue
        if can_hold(known, left, right):
            yield rule.passed(equation.instance)
        else:
            zh = f"空白即使{'是' if blank == 1 else '都是'}0也多出{abs(known)}"
            en = f"even with nothing in what is blank it is {abs(known)} too many"
            yield broken(rule, subject, table, equation, zh, en)


# --- all identities of a table together ----------------------------------------------------------------------------


def bounds_agree(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The identities of table 三 can hold all at once, whatever the blanks stand for.

    Each identity bounds its blanks from below and from above; a blank is in two of them, by its row and by its column,
    and the bounds have to meet. Looked at where each identity can hold by itself.

    **Why.** A row may have room for a figure, and the column of the same cell none.

    **Example.** 表三的空白无论填什么数，都不能使“予以公开行”“自然人列”“总计列”同时成立：按自然人列，
    “予以公开·自然人”至少为3，按其余各式至多为0，请核对。

    There is no outcome where nothing is blank, and where an identity can't hold by itself: A101 to A303 have it then.

    **Clause.** Table 三: the balance in its corner, （七）总计, column 总计.
    """
    table = subject.report.requests
    residuals = subject.once(all_residuals)[table.id]
    known = len(residuals.values) - residuals.values.count(None)
    if 0 < known < len(residuals.values) and not residuals.broken and not residuals.out_of_reach:
        found = contradiction(residuals)
        yield rule.passed(table.id) if found is None else _crossed(rule, subject, table, found)


def _crossed(rule: Rule, subject: Subject, table: Table, found: Contradiction) -> Outcome:
    by_number = all_equations(table.id, table.edition)
    names = [equation_name(by_number[number]) for number in found.numbers]
    more = len(names) - MAX_NAMED
    zh_named = "".join(f"“{zh}”" for zh, _ in names[:MAX_NAMED]) + (f"等{len(names)}式" if more > 0 else "")
    en_named = ", ".join(en for _, en in names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
    zh_last, en_last = equation_name(by_number[found.number])
    zh_this, zh_others, en_this, en_others = _bound_words(found)
    cell_id = table.form.cell_ids[found.place]
    cells = tuple(dict.fromkeys(cell for number in found.numbers for cell in by_number[number].cells))
    zh = (
        f"{table_name(table.id)}的空白无论填什么数，都不能使{zh_named}同时成立："
        f"按{zh_last}，“{cell_name(table.form, cell_id)}”{zh_this}，{zh_others}，请核对。"
    )
    en = (
        f"Whatever the blanks of table {table.id} stand for, {en_named} can't hold all at once: "
        f"by {en_last[0].lower()}{en_last[1:]}, {within(cell_id)} is {en_this}, {en_others}; please check."
    )
    operands = subject.operands(cell for cell in cells if subject.cell(cell).value is not None)
    return rule.failed(table.id, cells, zh, en, operands=operands, codes=subject.codes_of(cells))


def _bound_words(found: Contradiction) -> tuple[str, str, str, str]:
    """Value of the cell by the last identity and by the others, in Chinese and in English."""
    most, least = (
        (f"至多为{found.upper}", f"at most {found.upper}"),
        (f"至少为{found.lower}", f"at least {found.lower}"),
    )
    this, other = (most, least) if found.below else (least, most)
    if found.below and found.lower == 0:
        return this[0], "而数量不能为负", this[1], "and no count is negative"
    return this[0], f"按其余各式{other[0]}", this[1], f"{other[1]} by the others"


RULES = (
    Rule("A301", "balance-within-reach", partial(_can_hold, "column_balance"), page="""
    Requests received and carried in can equal those dealt with and carried over, whatever blanks stand for.

    Where cells of A101 are blank, and all on one side: the other side is not less than what is known of it.

    **Why.** Counts are not negative. So a blank can bring the balance up to a greater sum, never down to a smaller one.

    **Example.** 自然人列：本年新收(9)+1处空白，总计(3)+结转(0)=3，空白即使是0也多出6，请核对。

    There is no outcome where no cell is blank, or all of a side is, or some of both: A101 is undecided then.

    **Clause.** Corner cell of table 三.
    """),
    Rule("A302", "results-within-total", partial(_can_hold, "results_add_up"), page="""
    The results that are known are not more than the known total of those dealt with.

    Where cells of A102 are blank.

    **Why.** Counts are not negative, so no blank can make the sum smaller.

    **Example.** 总计列：予以公开(5)+20处空白，总计(3)，空白即使都是0也多出2，请核对。

    There is no outcome where no result is blank, or all of them are, or the total is: A102 is undecided then.

    **Clause.** Table 三, 三、本年度办理结果, （七）总计.
    """),
    Rule("A303", "applicants-within-total", partial(_can_hold, "applicants_add_up"), page="""
    The applicants that are known are not more than the known total of the row.

    Where cells of A103 are blank.

    **Why.** Counts are not negative, so no blank can make the sum smaller.

    **Example.** 本年新收行：自然人(5)+5处空白，总计(3)，空白即使都是0也多出2，请核对。

    There is no outcome where no applicant is blank, or all of them are, or the total is: A103 is undecided then.

    **Clause.** Table 三, column 总计.
    """),
    Rule("A304", "outcomes-within-total", partial(_can_hold, "outcomes_add_up"), page="""
    The outcomes that are known are not more than the known total of their group.

    Where cells of A201 are blank.

    **Why.** Counts are not negative, so no blank can make the sum smaller.

    **Example.** 行政复议：结果维持(5)+3处空白，总计(3)，空白即使都是0也多出2，请核对。

    There is no outcome where no outcome is blank, or all of them are, or the total is: A201 is undecided then.

    **Clause.** Table 四, column 总计 of each group.
    """),
    Rule("A305", "bounds-agree", bounds_agree),
)  # fmt: skip
