"""Rules ``N``: what the prose says, against the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ...messages import Phrase
from ...report import State
from ...template import FORMS
from ...template.words import POWER_OF_MONEY
from .. import notes
from ..model import WARNING, Outcome, Rule, Value
from ..subject import Subject, holes
from .meanings import meanings
from .prose import MONEY, Statement
from .sentence import RECEIVED
from .verdicts import Judged, Sum, Verdict, judge, statements_of

QUANTITIES: dict[str, str] = {
    **dict.fromkeys(RECEIVED, "N101"),
    "carried_in": "N102",
    "answered": "N103",
    "result": "N104",
    "carried_out": "N105",
    "carried": "N105",
    "cases": "N202",
    "outcome": "N203",
    "documents": "N401",
    "decisions": "N402",
}
"""Quantity → the code of the rule that compares it; reviews alone are N201."""

# --- comparing ---------------------------------------------------------------------------------------------------


def _compared(rule: Rule, subject: Subject) -> Iterator[Outcome]:
    """Yield an outcome for each statement that the rule is for."""
    given = subject.once(_by_code).get(rule.code)
    if given is None:
        yield rule.not_applicable("", "the prose states no such figure")
        return
    for judged in given:
        statement = judged.statement
        if judged.verdict is Verdict.AGREES:
            yield rule.passed(statement.place)
        elif judged.verdict is Verdict.OPEN:
            cells = [cell for found in judged.sums for cell in found.meaning.cells]
            value = statement.claim.value
            note = Phrase(f"the prose says {value}", f"正文写的是{value}")
            yield rule.undecided(statement.place, holes(subject, dict.fromkeys(cells)), note)
        else:
            yield _contradicted(rule, subject, judged)


def _by_code(subject: Subject) -> dict[str, list[Judged]]:
    """Return the statements about the year of the report by the rule that compares them."""
    found: dict[str, list[Judged]] = {}
    for judged in subject.once(judge):
        claim = judged.statement.claim
        if judged.verdict not in (Verdict.OTHER_YEAR, Verdict.STALE):
            code = "N201" if claim.of == ("reconsideration",) else QUANTITIES[claim.quantity]
            found.setdefault(code, []).append(judged)
    return found


def _contradicted(rule: Rule, subject: Subject, judged: Judged) -> Outcome:
    statement, quote = judged.statement, judged.statement.sentence[:200]
    value = statement.claim.value
    shown = list(dict.fromkeys(f"{found.meaning.zh}为{_shown(found)}" for found in judged.sums))[:3]
    english = [f"{'+'.join(found.meaning.cells[:4])}={_shown(found)}" for found in judged.sums][:2]
    zh = f"正文“{quote}”写的是{value}件，表中{'，'.join(shown)}，请核对。"
    en = f"The prose says {value} (“{quote}”), the table {', '.join(english)}; please check."
    cells = _contradicted_cells(subject, judged)
    return _disagrees(rule, subject, statement, cells, zh, en, judged.sums[0].total, value)


def _shown(found: Sum) -> str:
    return str(found.total) if found.total is not None else f"至少{found.at_least}"


def _disagrees(
    rule: Rule,
    subject: Subject,
    statement: Statement,
    cells: tuple[str, ...],
    zh: str,
    en: str,
    expected: Value,
    actual: Value,
) -> Outcome:
    """Return the outcome for a statement that does not agree with these cells, or with the year of the report."""
    return rule.failed(
        statement.place,
        cells,
        zh,
        en,
        expected=expected,
        actual=actual,
        operands=subject.operands((), cells),
        quote=statement.sentence,
        codes=subject.codes_of(cells),
        passages=(subject.placed(statement.passage),),
    )


def _contradicted_cells(subject: Subject, judged: Judged) -> tuple[str, ...]:
    """Return the cells to look at: of a denial those that are not zero, else those of the two plainest meanings."""
    cells = dict.fromkeys(cell for found in judged.sums[:2] for cell in found.meaning.cells)
    claim = judged.statement.claim
    if claim.applicants:
        cells |= _totals_of_one_kind(subject, cells)
    if not claim.value:
        cells = {cell: None for cell in cells if subject.cell(cell).value} or cells
    return tuple(cells)


def _totals_of_one_kind(subject: Subject, cells: Iterable[str]) -> dict[str, None]:
    """Return the totals of the rows in which these cells are all that there is: the figure is theirs too."""
    totals = {cell: f"{cell.rpartition('.')[0]}.total" for cell in cells}
    return {
        total: None
        for cell, total in totals.items()
        if subject.cell(cell).value and subject.cell(cell).value == subject.cell(total).value
    }


# --- the rules ---------------------------------------------------------------------------------------------------


def stated_year(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The figures of the prose are told of the year of the report.

    What is told of the year before or after, and nowhere of the report's own year, was left from another. Several
    years side by side are a comparison.

    **Why.** The prose is often written over that of the year before; the figure may even have been put right.

    **Example.** 2023年的报告，正文写的却是2022年：“2022年，我局共收到政府信息公开申请12件。”，请核对。

    **Undecided** where the year of the report is not known. **Not applicable** where no figure of the prose has one.

    **Clause.** 条例 第五十条: the report is on the year before.
    """
    dated = [judged for judged in subject.once(judge) if judged.statement.claim.year is not None]
    if not dated:
        yield rule.not_applicable("", "no figure of the prose has a year")
        return
    if subject.report.year is None:
        yield rule.undecided("", [], notes.NO_YEAR)
        return
    for judged in dated:
        statement = judged.statement
        if judged.verdict is not Verdict.STALE:
            yield rule.passed(statement.place)
            continue
        year, named, quote = subject.report.year, statement.claim.year, statement.sentence[:200]
        zh = f"{year}年的报告，正文写的却是{named}年：“{quote}”，请核对。"
        en = f"The report is on {year}, its prose tells of {named}: “{quote}”; please check."
        cells = meanings(statement.claim, subject.report.requests.edition)[0].cells
        yield _disagrees(rule, subject, statement, cells, zh, en, year, named)


# --- money -------------------------------------------------------------------------------------------------------

FEES = "disclosure.fees.amount"


def stated_fees(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Fees that the prose says were charged agree with the money of table 二.

    A figure for 行政事业性收费 is the one of the table; 信息处理费 is one of these fees, so the table shows as much
    or more. 元 are set against 万元 with the decimals that the table has, two at least. The number of 元 under 万元 is
    an error, whatever it is of.

    **Why.** Section 六 reports on fees for disclosure; the table's unit, 万元, is often overlooked.

    **Example.** 正文“收取信息处理费2000元。”折合0.2万元，表二本年收费金额为2000万元，请核对。

    **Undecided** where the amount is blank or not in 万元. **Not applicable** to the form of 2019, which has no amount.

    **Clause.** Section 六; table 二, 第二十条第（八）项; 国办函〔2020〕109号.
    """
    given, table = _stated_money(subject), subject.report.disclosure
    if not given or table.edition != "2021":
        yield rule.not_applicable("", "the prose states no fee" if not given else "the form of 2019 has no amount")
        return
    cell, column = subject.cell(FEES), table.form.columns_of["fees"][0]
    for statement in given:
        if cell.value is None or subject.unit(FEES, column) != column.unit:
            yield rule.undecided(statement.place, [FEES])
        elif _fee_agrees(statement, Decimal(cell.value)):
            yield rule.passed(statement.place)
        else:
            stated, amount = Decimal(statement.claim.value) / 10_000, Decimal(cell.value)
            quote = statement.sentence[:200]
            zh = f"正文“{quote}”折合{stated:f}万元，表二{column.label}为{amount:f}万元，请核对。"
            en = f"The prose says {stated:f} (“{quote}”), table 二 {amount:f}, in units of 10,000 yuan; please check."
            yield _disagrees(rule, subject, statement, (FEES,), zh, en, amount, stated)


def _stated_money(subject: Subject) -> list[Statement]:
    told = [one for one in subject.once(statements_of) if one.claim.year in (None, subject.report.year)]
    return [one for one in told if one.claim.quantity in MONEY]


def _fee_agrees(statement: Statement, amount: Decimal) -> bool:
    yuan = Decimal(statement.claim.value)
    if yuan and yuan == amount:
        return False
    written = -int(amount.as_tuple().exponent)
    tolerance = Decimal(5).scaleb(-1 - max(written, 2))
    over = yuan / 10_000 - amount
    return (abs(over) if statement.claim.quantity == "fees" else over) <= tolerance


def amount_unit(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The amount of table 二 is in the unit of its column, 万元.

    **Why.** Whoever adds reports up takes the number; 18500元 in a column of 万元 becomes 185 million.

    **Example.** 表二本年收费金额写的是18500元，该列单位为万元，折合为1.85万元，请核对。

    **Undecided** where what stands there is no amount. **Not applicable** where it is blank, and to the form of 2019.

    **Clause.** Table 二, 第二十条第（八）项: 本年收费金额（单位：万元）.
    """
    if subject.report.disclosure.edition != "2021" or subject.cell(FEES).state in (State.BLANK, State.ABSENT):
        yield rule.not_applicable("", "table 二 has no amount")
        return
    cell, column = subject.cell(FEES), FORMS["disclosure", "2021"].columns_of["fees"][0]
    unit = subject.unit(FEES, column)
    if cell.value is None or unit not in POWER_OF_MONEY or column.unit is None:
        yield rule.undecided("", [FEES])
        return
    if unit == column.unit or not cell.value:
        yield rule.passed("")
        return
    amount = Decimal(cell.value) * 10 ** POWER_OF_MONEY[unit] / 10 ** POWER_OF_MONEY[column.unit]
    shown = f"{amount.normalize():f}"
    zh = f"表二{column.label}写的是{cell.value}{unit}，该列单位为{column.unit}，折合为{shown}{column.unit}，请核对。"
    en = (
        f"The amount of table 二 is {cell.value} {unit} in a column of {column.unit}, where it would be {shown}; "
        "please check."
    )
    operands, codes = subject.operands((), [FEES]), subject.codes_of([FEES])
    yield rule.failed("", [FEES], zh, en, expected=amount, actual=cell.value, operands=operands, codes=codes)


RULES = (
    Rule("N101", "stated-received", _compared, WARNING, page="""
    The applications that the prose says were received are those of table 三.

    收到 and 受理 may mean 一、本年新收 alone, or together with 二、上年结转 (受理749件 = 713 + 36); 新收 means the
    first, 含上年结转 the second; 办理 also （七）总计. A figure for one kind of applicant is compared with its column.
    未收到……申请, 零申请, 依申请公开为零 are figures of 0.

    What 其中 parts, what came by one channel, or to one unit beside the organ's own figure, has to be no more than the
    whole; a list of parts may add up to it. Each statement is judged by itself.

    **Why.** The prose is written last and often over that of the year before.

    **Example.** 正文“全年收到政府信息公开申请5件。”写的是5件，表中本年新收为3，本年新收与上年结转之和为4，请核对。

    **Undecided** where a figure that it needs is missing and what is there leaves it open. **Not applicable** where the
    prose gives no such figure. Comparisons, estimates and other years are left out.

    **Clause.** Section 一, 依申请公开, against table 三, rows 一 and 二.
    """),
    Rule("N102", "stated-carried-in", _compared, WARNING, page="""
    The applications that the prose says were carried in are those of table 三.

    上年结转 and 结转至本年 are told from what is carried over by the years that the sentence names.

    **Why.** See N101.

    **Example.** 正文“上年结转2件。”写的是2件，表中上年结转为1，请核对。

    **Clause.** Section 一 against table 三, row 二.
    """),
    Rule("N103", "stated-answered", _compared, WARNING, page="""
    The applications that the prose says were answered are those of table 三.

    Right is what agrees with （七）总计, or with the results that were answers: 不予处理 and 其他处理 left out, or
    其他处理 alone.

    **Why.** See N101.

    **Example.** 正文“办结9件。”写的是9件，表中办理结果总计为8，请核对。

    **Clause.** Section 一 against table 三, 三、本年度办理结果.
    """),
    Rule("N104", "stated-results", _compared, WARNING, page="""
    The results that the prose gives are those of table 三.

    Each is compared with its group, several counted together (予以公开及部分公开, 不予公开和无法提供) with their sum;
    予以公开 may include 部分公开 where the sentence does not give that too. A result for one reason, or one row of a
    group, has to be no more than the group.

    **Why.** See N101.

    **Example.** 正文“其中予以公开4件。”写的是4件，表中予以公开为3，请核对。

    **Clause.** Section 一 against table 三, （一） to （六）.
    """),
    Rule("N105", "stated-carried-out", _compared, WARNING, page="""
    The applications that the prose says were carried over are those of table 三.

    结转下年度, 结转至2024年, 尚在办理 and 未办结 are figures of them; 所有申请均已办结 says that there are none.

    **Why.** See N101.

    **Example.** 正文“结转下年度办理1件。”写的是1件，表中结转为0，请核对。

    **Clause.** Section 一 against table 三, row 四.
    """),
    Rule("N201", "stated-reconsideration", _compared, WARNING, page="""
    The reviews (行政复议) that the prose speaks of are those of table 四.

    Reviews on which the organ itself decides (审理, 受理) are left out. 未发生行政复议 denies pending ones too.

    **Why.** See N101.

    **Example.** 正文“涉及政府信息公开的行政复议1件。”写的是1件，表中行政复议总计为2，请核对。

    **Clause.** Section 一 against table 四, 行政复议.
    """),
    Rule("N202", "stated-litigation", _compared, WARNING, page="""
    The lawsuits (行政诉讼) that the prose speaks of are those of table 四.

    行政诉讼 is both groups together, 未经复议直接起诉 and 复议后起诉 each its own; one figure for reviews and lawsuits
    is all three. 未发生行政诉讼 denies both groups; 未发生行政诉讼败诉 denies neither.

    **Why.** See N101.

    **Example.** 正文“发生行政诉讼3件。”写的是3件，表中未经复议直接起诉与复议后起诉总计为2，请核对。

    **Clause.** Section 一 against table 四, 行政诉讼.
    """),
    Rule("N203", "stated-outcomes", _compared, WARNING, page="""
    Outcomes of reviews and lawsuits that the prose tells are those of table 四.

    维持, 纠正 and 尚未审结 are compared, where the sentence says whether of reviews or of lawsuits.

    **Why.** See N101.

    **Example.** 正文“行政复议3件，其中维持3件。”写的是3件，表中行政复议结果维持为2，请核对。

    **Clause.** Section 一 against table 四, the columns of its groups.
    """),
    Rule("N301", "stated-fees", stated_fees, WARNING, editions=("2021",)),
    Rule("N302", "amount-unit", amount_unit, WARNING, editions=("2021",)),
    Rule("N401", "stated-documents", _compared, WARNING, editions=("2021",), page="""
    The normative documents and regulations that the prose counts are those of table 二.

    制发 (制定, 出台, 印发), 废止 and 现行有效 are compared. What was published, checked or kept is something else.

    **Why.** See N101.

    **Example.** 正文“全年制定规范性文件2件。”写的是2件，表中行政规范性文件本年制发件数为12，请核对。

    **Clause.** Section 一 against table 二, 第二十条第（一）项.
    """),
    Rule("N402", "stated-decisions", _compared, WARNING, page="""
    The licences, penalties and acts of coercion that the prose counts are those of table 二.

    Only decisions are compared: 受理 is not yet one, 事项 and 信息 are none.

    **Why.** See N101.

    **Example.** 正文“作出行政许可决定310件。”写的是310件，表中行政许可本年处理决定数量为301，请核对。

    **Clause.** Section 一 against table 二, 第二十条第（五）（六）项.
    """),
    Rule("N501", "stated-year", stated_year, WARNING),
)  # fmt: skip
