"""Rules ``A``: the identities of the form (勾稽关系), as the template has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..report import Table
from .causes import UNEXPLAINED, all_residuals, request_faults
from .equations import Equation, equation_name, equations, side_words
from .model import Outcome, Rule
from .subject import Subject, holes


def _holds(name: str, rule: Rule, subject: Subject) -> Iterator[Outcome]:
    """Check each identity of one name."""
    for table, equation in equations(subject.report, name):
        residuals = subject.once(all_residuals)[table.id]
        difference = abs(residuals.known[equation.number])
        if residuals.open[equation.number] != (0, 0):
            yield rule.undecided(equation.instance, holes(subject, equation.cells))
        elif not difference:
            yield rule.passed(equation.instance)
        else:
            yield broken(rule, subject, table, equation, f"相差{difference}", f"they differ by {difference}")


def broken(rule: Rule, subject: Subject, table: Table, equation: Equation, zh: str, en: str) -> Outcome:
    """Return the outcome for an identity that can't be right: both its sides in words, then ``zh`` and ``en``."""
    identity = equation.identity
    left, right = subject.once(all_residuals)[table.id].sums[equation.number]
    fault = subject.once(request_faults)[equation.number] if table.id == "requests" else UNEXPLAINED
    zh_left, en_left = side_words(identity.left, equation, subject, left)
    zh_right, en_right = side_words(identity.right, equation, subject, right)
    zh_name, en_name = equation_name(equation)
    return rule.failed(
        equation.instance,
        equation.cells,
        f"{zh_name}：{zh_left}，{zh_right}，{zh}，请核对。",
        f"{en_name}: {en_left}, {en_right}; {en}, please check.",
        expected=left,
        actual=right,
        operands=subject.operands(identity.left, identity.right),
        edits=fault.edits,
        codes=subject.codes_of(equation.cells),
        cause=fault.cause,
    )


RULES = (
    Rule("A101", "column-balance", partial(_holds, "column_balance"), page="""
    Requests received and carried in equal those dealt with and carried over.

    In each of the seven columns of table 三: 一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度继续办理.

    **Why.** Every application that an organ had on its desk in the year was either answered or carried over. The form
    prints this identity in the corner of the table itself.

    **Example.** 自然人列：本年新收(3)+上年结转(0)=3，总计(2)+结转(0)=2，相差1，请核对。

    **Clause.** Corner cell of table 三 in both editions:
    （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）.
    """),
    Rule("A102", "results-add-up", partial(_holds, "results_add_up"), page="""
    The results add up to the total of those dealt with.

    In each of the seven columns of table 三, the rows below 三、本年度办理结果 add up to （七）总计. In edition 2019
    （六）其他处理 is one term, in edition 2021 it is three.

    **Why.** An answer is counted once, under the one result that it had.

    **Example.** 总计列：予以公开(5)+重复申请(1)+其余19项为0=6，总计(7)，相差1，请核对。

    **Clause.** Table 三, 三、本年度办理结果, （七）总计.
    """),
    Rule("A103", "applicants-add-up", partial(_holds, "applicants_add_up"), page="""
    The six kinds of applicants add up to the total of the row.

    In each row of table 三: 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计.

    **Why.** Every applicant is of one kind.

    **Example.** 本年新收行：自然人(3)+其余5项为0=3，总计(2)，相差1，请核对。

    **Clause.** Table 三, column 总计.
    """),
    Rule("A201", "outcomes-add-up", partial(_holds, "outcomes_add_up"), page="""
    The outcomes of reviews and lawsuits add up to the total of their group.

    In each of the three groups of table 四: 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.

    **Why.** A case has one outcome, or none yet. A group has one sum, so nothing shows which of its figures is
    wrong, and none is suggested.

    **Example.** 行政复议：结果维持(1)+其余3项为0=1，总计(2)，相差1，请核对。

    **Clause.** Table 四, column 总计 of each group, both editions.
    """),
)  # fmt: skip
