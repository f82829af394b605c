"""Rules ``N``: what the prose says, against the tables.

How a sentence is read is told in ``sentences``. A figure of the prose is right when it agrees with any of the
readings that its words allow; only when none agrees there is a finding, and it quotes the sentence. Where a sentence
gives several figures of one kind, their sum is tried too; where another sentence agrees, a smaller figure is taken as
a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from attrs import frozen

from ..template import Edition, form
from .model import FindingSeverity, Outcome, Rule
from .sentences import ON_REQUEST, RELEVANT, Claim, claims
from .subject import Subject


@frozen
class Statement:
    """The claims of one kind in one sentence. ``place`` is its section and paragraph: ``overview.3``."""

    kind: str
    place: str
    claims: tuple[Claim, ...]

    @property
    def sentence(self) -> str:
        """The sentence, as it was read."""
        return self.claims[0].sentence


@frozen
class Meaning:
    """One way to understand a kind of claim: the cells whose sum it would be. ``zh`` names that sum."""

    zh: str
    cells: tuple[str, ...]


SECTIONS = ("overview", "requests", "proceedings", "problems", "other_matters")


def statements(subject: Subject) -> dict[str, list[Statement]]:
    """Kind → what the prose states of it about the year of the report, in the order of the text."""
    found: dict[str, list[Statement]] = {}
    report = subject.report
    for section_id in SECTIONS:
        section = getattr(report.sections, section_id)
        if section is None:
            continue
        on_request = section_id == "requests"
        for number, paragraph in enumerate(section.paragraphs, start=1):
            if section_id == "overview" and paragraph[:1] in ("（", "("):
                on_request = ON_REQUEST in paragraph[:16]
            if RELEVANT.search(paragraph) is None:
                continue
            by_sentence: dict[tuple[str, str], list[Claim]] = {}
            for claim in claims(paragraph, on_request):
                if section_id == "problems" and not claim.kind.endswith(("fees", "fee")):
                    continue  # it tells what is not done well, which reads like a denial: 没有……申请
                if claim.year is None or report.year is None or claim.year == report.year:
                    by_sentence.setdefault((claim.kind, claim.sentence), []).append(claim)
            for (kind, _), group in by_sentence.items():
                found.setdefault(kind, []).append(Statement(kind, f"{section_id}.{number}", tuple(group)))
    return found


# --- what a claim may mean ---------------------------------------------------------------------------------------


@cache
def meanings(kind: str, edition: Edition, applicants: bool, answers: bool) -> tuple[Meaning, ...]:
    """The sums of cells that a claim may state, the plainest first."""
    layout = form("requests", edition)
    *columns, total = [column.id for column in layout.blocks[0].columns]
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    names = {row.id: row.short for row in layout.rows}
    for_all = _rows_of(kind, answers, names, results)
    if kind in ("reconsideration", "litigation", "proceedings"):
        return _cases(kind)
    if not applicants:
        return tuple(Meaning(zh, tuple(f"requests.{row}.{total}" for row in rows)) for zh, rows in for_all)
    groups = [(total,), *((column,) for column in columns), tuple(columns[1:])]
    return tuple(
        Meaning(zh, tuple(f"requests.{row}.{column}" for row in rows for column in group))
        for group in groups
        for zh, rows in for_all
    )


def _rows_of(kind: str, answers: bool, names: dict[str, str], results: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    received = (names["received"], ("received",))
    both = (f"{names['received']}与{names['carried_in']}之和", ("received", "carried_in"))
    processed = (f"办理结果{names['processed_total']}", ("processed_total",))
    answered = [row for row in results if not row.startswith(("other", "not_processed"))]
    in_form = [row for row in results if not row.startswith("other")]
    if kind == "received":
        return [received, both, processed] if answers else [received, both]
    if kind == "answered":
        return [processed, received, both, ("已答复", tuple(in_form)), ("已答复", tuple(answered))]
    if kind in names:
        with_part = [("公开与部分公开", ("granted", "partially_granted"))] if kind == "granted" else []
        return [(names[kind], (kind,)), *with_part]
    group = [row for row in results if row.startswith(kind)]
    each: list[tuple[str, tuple[str, ...]]] = [(names[row], (row,)) for row in group]
    return [("该类结果合计", tuple(group)), *each]


def _cases(kind: str) -> tuple[Meaning, ...]:
    layout = form("proceedings", "2021")
    reviews, direct, after = layout.rows
    total = layout.blocks[0].columns[-1].label
    outcomes = ("upheld", "corrected", "other")
    lawsuits = (f"proceedings.{direct.id}.total", f"proceedings.{after.id}.total")
    review = (f"proceedings.{reviews.id}.total",)
    if kind == "reconsideration":
        closed = tuple(f"proceedings.{reviews.id}.{outcome}" for outcome in outcomes)
        return Meaning(f"{reviews.label}{total}", review), Meaning(f"{reviews.label}已审结", closed)
    one_by_one = (Meaning(f"{direct.label}{total}", lawsuits[:1]), Meaning(f"{after.label}{total}", lawsuits[1:]))
    closed = tuple(f"proceedings.{row.id}.{outcome}" for row in (direct, after) for outcome in outcomes)
    of_lawsuits = (Meaning(f"诉讼{total}", lawsuits), *one_by_one, Meaning("诉讼已审结", closed))
    if kind == "litigation":
        return of_lawsuits
    return Meaning(f"复议与诉讼{total}", review + lawsuits), *of_lawsuits, Meaning(f"{reviews.label}{total}", review)


def _sums(subject: Subject, possible: Sequence[Meaning]) -> list[int | Decimal | None]:
    """What each reading adds up to; None where one of its cells has no figure."""
    found: list[int | Decimal | None] = []
    for reading in possible:
        values = [subject.cell(cell_id).value for cell_id in reading.cells]
        known = [value for value in values if value is not None]
        found.append(sum(known) if len(known) == len(values) else None)
    return found


# --- the check ---------------------------------------------------------------------------------------------------


def _stated(rule: Rule, subject: Subject, kinds: tuple[str, ...]) -> Iterator[Outcome]:
    known = subject.once(statements)
    nothing = True
    for kind in kinds:
        given = [
            (statement, [claim for claim in statement.claims if not claim.part]) for statement in known.get(kind, ())
        ]
        given = [(statement, own) for statement, own in given if own]
        if given:
            nothing = False
            yield from _compared(rule, subject, given)
    if nothing:
        yield rule.not_applicable("", "the prose states no such figure")


def _compared(rule: Rule, subject: Subject, given: list[tuple[Statement, list[Claim]]]) -> Iterator[Outcome]:
    judged = []
    for statement, own in given:
        possible = meanings(
            statement.kind,
            subject.report.requests.edition,
            any(claim.applicants for claim in own),
            any(claim.answers for claim in own),
        )
        sums = _sums(subject, possible)
        values = {claim.value for claim in own} | {sum(claim.value for claim in own)}
        judged.append((statement, own, possible, sums, not values.isdisjoint(sums)))
    highest = max((max(claim.value for claim in own) for _, own, _, _, right in judged if right), default=None)
    in_all = sum(claim.value for _, own, _, _, _ in judged for claim in own)
    for statement, own, possible, sums, right in judged:
        part = highest is not None and all(0 < claim.value < highest for claim in own)
        if right or part or (len(judged) > 1 and in_all in sums):
            yield rule.passed(statement.place)
        elif None in sums:
            holes = [cell for reading in possible for cell in reading.cells if subject.cell(cell).value is None]
            yield rule.undecided(statement.place, dict.fromkeys(holes), f"the prose says {own[0].value}")
        else:
            yield _contradicted(rule, subject, statement, own, possible, sums)


def _contradicted(
    rule: Rule,
    subject: Subject,
    statement: Statement,
    own: list[Claim],
    possible: Sequence[Meaning],
    sums: Sequence[int | Decimal | None],
) -> Outcome:
    stated = "、".join(str(claim.value) for claim in own)
    shown = list(dict.fromkeys(f"{reading.zh}为{value}" for reading, value in zip(possible, sums, strict=True)))[:3]
    english = [f"{'+'.join(reading.cells[:4])}={value}" for reading, value in zip(possible, sums, strict=True)][:2]
    cells = tuple(dict.fromkeys(cell for reading in possible[:2] for cell in reading.cells))
    quote = statement.sentence[:200]
    return rule.failed(
        statement.place,
        cells,
        f"正文“{quote}”写的是{stated}件，表中{'，'.join(shown)}，请核对。",
        f"The prose says {stated} (“{quote}”), the table {', '.join(english)}; please check.",
        expected=sums[0],
        actual=own[0].value,
        operands=subject.operands((), cells),
        quote=statement.sentence,
        flags=subject.flags(cells),
    )


# --- the rules ---------------------------------------------------------------------------------------------------


def stated_received(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The applications that the prose says were received are those of table 三.

    Two readings are right: 一、本年新收 alone, and together with 二、上年结转 (受理749件 = 713 + 36). A figure for
    one kind of applicant is compared with the columns of table 三. 未收到……申请 is a figure of 0.

    **Why.** The prose is written last and often over that of the year before.

    **Example.** 正文“全年收到政府信息公开申请5件。”写的是5件，表中本年新收为3，本年新收与上年结转之和为4，请核对。

    **Not applicable** where the prose gives no such figure. Parts (其中), comparisons, estimates and other years are
    left out.

    **Clause.** Section 一, 依申请公开, against table 三, rows 一 and 二.
    """
    return _stated(rule, subject, ("received",))


def stated_carried_in(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The applications that the prose says were carried in are those of table 三.

    **Why.** See N101.

    **Example.** 正文“上年结转2件。”写的是2件，表中上年结转为1，请核对。

    **Clause.** Section 一 against table 三, row 二.
    """
    return _stated(rule, subject, ("carried_in",))


def stated_answered(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The applications that the prose says were answered or dealt with are those of table 三.

    Right is what agrees with （七）总计, with the applications received, with these and those carried in, or with the
    results that were answers, 不予处理 and 其他处理 left out.

    **Why.** See N101.

    **Example.** 正文“办结9件。”写的是9件，表中办理结果总计为8，本年新收为8，……，请核对。

    **Clause.** Section 一 against table 三, 三、本年度办理结果.
    """
    return _stated(rule, subject, ("answered",))


def stated_results(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The results that the prose gives are those of table 三.

    予以公开 may include 部分公开; 不予公开, 无法提供, 不予处理 and 其他处理 may be the whole group or one of its rows.

    **Why.** See N101.

    **Example.** 正文“其中予以公开4件。”写的是4件，表中予以公开为3，公开与部分公开为3，请核对。

    **Clause.** Section 一 against table 三, （一） to （六）.
    """
    kinds = ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other")
    return _stated(rule, subject, kinds)


def stated_carried_out(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The applications that the prose says were carried over are those of table 三.

    **Why.** See N101.

    **Example.** 正文“结转下年度办理1件。”写的是1件，表中结转为0，请核对。

    **Clause.** Section 一 against table 三, row 四.
    """
    return _stated(rule, subject, ("carried_out",))


def stated_reconsideration(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The reviews (行政复议) that the prose speaks of are those of table 四.

    Right is the total of the group, or what was closed of it. Reviews on which the organ itself decides (审理, 受理)
    are left out, and so are the outcomes.

    **Why.** See N101.

    **Example.** 正文“涉及政府信息公开的行政复议1件。”写的是1件，表中行政复议总计为2，行政复议已审结为2，请核对。

    **Clause.** Section 一 against table 四, 行政复议.
    """
    return _stated(rule, subject, ("reconsideration",))


def stated_litigation(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The lawsuits (行政诉讼) that the prose speaks of are those of table 四.

    Right is the total of either group, of both together, or what was closed. One figure for reviews and lawsuits is
    compared with the sum of all three groups too.

    **Why.** See N101.

    **Example.** 正文“发生行政诉讼3件。”写的是3件，表中诉讼总计为2，未经复议直接起诉总计为1，……，请核对。

    **Clause.** Section 一 against table 四, 行政诉讼.
    """
    return _stated(rule, subject, ("litigation", "proceedings"))


def stated_fees(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """What the prose says was charged agrees with the money of table 二.

    A figure for 行政事业性收费 is the one of the table; 信息处理费 is one of these fees, so the table shows as much
    or more. 元 are set against 万元 with the decimals that the table has, two at least.

    **Why.** Section 六 reports on fees for disclosure; the table's unit, 万元, is often overlooked.

    **Example.** 正文“收取信息处理费2000元。”折合0.2万元，表二本年收费金额为0万元，请核对。

    **Undecided** where the amount is blank or not in 万元. **Not applicable** to the form of 2019, which has no amount.

    **Clause.** Section 六; table 二, 第二十条第（八）项; 国办函〔2020〕109号.
    """
    known = subject.once(statements)
    given = [*known.get("fees", ()), *known.get("processing_fee", ())]
    table = subject.report.disclosure
    if not given or table.edition != "2021":
        yield rule.not_applicable("", "the prose states no fee" if not given else "the form of 2019 has no amount")
        return
    cell_id = "disclosure.fees.amount"
    cell, column = subject.cell(cell_id), table.form.columns_of["fees"][0]
    for statement in given:
        if cell.value is None or subject.unit(cell_id, column) != column.unit:
            yield rule.undecided(statement.place, [cell_id])
            continue
        written = -int(Decimal(cell.value).as_tuple().exponent)
        tolerance = Decimal(5).scaleb(-1 - max(written, 2))
        stated, amount = Decimal(statement.claims[0].value), Decimal(cell.value)
        too_little = stated - amount > tolerance
        if too_little or (statement.kind == "fees" and amount - stated > tolerance):
            yield rule.failed(
                statement.place,
                [cell_id],
                f"正文“{statement.sentence[:200]}”折合{stated:f}万元，表二{column.label}为{amount:f}万元，请核对。",
                f"The prose says {stated:f} (“{statement.sentence[:200]}”), table 二 {amount:f}, "
                "in units of 10,000 yuan; please check.",
                expected=amount,
                actual=stated,
                operands=subject.operands((), [cell_id]),
                quote=statement.sentence,
                flags=subject.flags([cell_id]),
            )
        else:
            yield rule.passed(statement.place)


WARNING = FindingSeverity.WARNING

RULES = (
    Rule("N101", "stated-received", stated_received, WARNING, status="preview"),
    Rule("N102", "stated-carried-in", stated_carried_in, WARNING, status="preview"),
    Rule("N103", "stated-answered", stated_answered, WARNING, status="preview"),
    Rule("N104", "stated-results", stated_results, WARNING, status="preview"),
    Rule("N105", "stated-carried-out", stated_carried_out, WARNING, status="preview"),
    Rule("N201", "stated-reconsideration", stated_reconsideration, WARNING, status="preview"),
    Rule("N202", "stated-litigation", stated_litigation, WARNING, status="preview"),
    Rule("N301", "stated-fees", stated_fees, WARNING, status="preview", editions=("2021",)),
)
