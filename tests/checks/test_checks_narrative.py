"""Rules N: what a sentence states, and whether the tables agree."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gipa_reports import Cell, Location, Proceedings, Report, Requests, Section, Sections, check, read, render
from gipa_reports.checks.narrative import patterns as patterns_module
from gipa_reports.checks.narrative.patterns import PATTERNS, Pattern, table
from gipa_reports.checks.narrative.prose import read_sentence
from gipa_reports.checks.narrative.tokens import LETTERS, fold, letters, read_han, tokenise
from gipa_reports.checks.registry import RULES
from gipa_reports.report import Disclosure
from gipa_reports.template import narrative as vocabulary
from gipa_reports.testing import LayoutOptions, flatten, reports
from statements import UNSEEN, Statement, read_batch, read_statements

CORPUS = os.environ.get("GIPA_REPORTS_CORPUS")

FIGURES: dict[str, int] = {
    "received.natural_person": 10,
    "received.business": 3,
    "received.total": 13,
    "carried_in.natural_person": 2,
    "carried_in.total": 2,
    "granted.total": 5,
    "partially_granted.total": 1,
    "denied.internal_affairs.total": 2,
    "denied.third_party_rights.total": 1,
    "unavailable.not_held.total": 2,
    "not_processed.duplicate.total": 1,
    "processed_total.total": 12,
    "carried_out.total": 3,
}
CASES: dict[str, int] = {
    "reconsideration.upheld": 2,
    "reconsideration.pending": 1,
    "reconsideration.total": 3,
    "litigation_direct.total": 1,
    "litigation_after_reconsideration.total": 4,
}


def telling(*paragraphs: str, section: str = "overview", changes: Mapping[str, Cell] | None = None) -> Report:
    """A report on 2023 with the figures above, and this prose in the part about applications."""
    requests: dict[str, int | Cell | None] = {**FIGURES}
    proceedings: dict[str, int | Cell | None] = {**CASES}
    for name, cell in (changes or {}).items():
        (proceedings if name in CASES else requests)[name] = cell
    opening = ("（二）依申请公开",) if section == "overview" else ()
    zero = Cell.of(0)
    return Report(
        Disclosure.of("2021", {"fees.amount": Decimal("1.5")}, default=zero.blank()),
        Requests.of("2021", requests, default=zero),
        Proceedings.of("2021", proceedings, default=zero),
        Sections(**{section: Section((*opening, *paragraphs))}),
        agency="青山区教育局",
        year=2023,
    )


def found(*paragraphs: str, section: str = "overview") -> list[tuple[str, object, object]]:
    return [(f.code, f.actual, f.expected) for f in check(telling(*paragraphs, section=section), select="N").findings]


# --- numerals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("〇", 0), ("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99),
        ("一百零五", 105), ("一百一十", 110), ("三千", 3000), ("三千零二十", 3020), ("二〇", 20), ("一万二千", 12000),
        ("十百千万万", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert read_han(text) == value


@given(st.integers(0, 99_999))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert read_han(in_han(value)) == value


def in_han(value: int) -> str:
    """A number as Chinese writes it: 一万零二百, 三十, 五."""
    digits = "零一二三四五六七八九"
    if value == 0:
        return "零"
    if value >= 10_000:
        rest = value % 10_000
        return in_han(value // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (in_han(rest) if rest else "")
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += digits[digit] + name
        elif text and value and not text.endswith("零"):
            text += "零"
    return text


# --- what is read --------------------------------------------------------------------------------------------------


def said(sentence: str, on_request: bool = True) -> list[tuple[str, object]]:
    """What a sentence of a report on 2023 states."""
    return [(claim.quantity, claim.value) for claim in read_sentence(sentence, on_request, 2023).claims]


@pytest.mark.parametrize(
    ("sentence", "quantity", "value"),
    [
        ("全年共收到政府信息公开申请13件。", "received", 13),
        ("全年共收到政府信息公开申请１３件。", "received", 13),
        ("全年共收到政府信息公开申请 13 件，均已答复。", "received", 13),
        ("本年度收到信息公开申请1,213件。", "received", 1213),
        ("我局共收到十三件政府信息公开申请。", "received", 13),
        ("受理政府信息公开申请十三份。", "received", 13),
        ("收到公民、法人和其他组织提交的政府信息公开申请13件。", "received", 13),
        ("新增依申请公开13件。", "new", 13),
        ("收到申请13件（均为公民申请）。", "received", 13),
        ("本年新收政府信息公开申请13件，上年结转2件。", "carried_in", 2),
        ("2022年结转2件。", "carried_in", 2),
        ("全年办结政府信息公开申请12件。", "answered", 12),
        ("已按期答复12件。", "answered", 12),
        ("其中予以公开5件。", "result", 5),
        ("其中，部分公开1件，不予公开3件。", "result", 3),
        ("无法提供2件。", "result", 2),
        ("结转下年度继续办理3件。", "carried_out", 3),
        ("结转至2024年办理3件。", "carried_out", 3),
        ("因政府信息公开被申请行政复议3件。", "cases", 3),
        ("发生3起涉及政府信息公开的行政复议。", "cases", 3),
        ("行政复议案件三起。", "cases", 3),
        ("被提起行政诉讼5件。", "cases", 5),
        ("经复议后提起诉讼4件。", "cases", 4),
        ("行政复议、行政诉讼共8件。", "cases", 8),
        ("全年未收到政府信息公开申请。", "received", 0),
        ("没有收到公民、法人或其他组织的政府信息公开申请。", "received", 0),
        ("无依申请公开事项。", "received", 0),
        ("未发生因政府信息公开引起的行政复议。", "cases", 0),
        ("无行政诉讼案件。", "cases", 0),
        ("无结转下年度办理的申请。", "carried_out", 0),
        ("无下年度结转。", "carried_out", 0),
        ("无上年结转申请。", "carried_in", 0),
        ("全年收到13件。", "received", 13),
        ("全年未收到信息公开申请、未发生行政复议和行政诉讼。", "received", 0),
        ("全年无一起因信息公开引起的行政复议和诉讼。", "cases", 0),
        ("2022年结转2件，办结12件。", "answered", 12),
        ("行政复议维持2件。", "outcome", 2),
        ("政府信息公开申请13件，均已答复。", "carried_out", 0),
        ("收取信息处理费2000元。", "processing_fee", Decimal(2000)),
        ("行政事业性收费金额为1.5万元。", "fees", Decimal(15_000)),
    ],
)  # fmt: skip
def test_claims(sentence: str, quantity: str, value: int | Decimal) -> None:
    assert (quantity, value) in said(sentence)


def test_several_figures_in_a_sentence() -> None:
    text = (
        "2023年共收到申请13件，上年结转2件，办结12件，其中予以公开5件、部分公开1件、不予公开3件、无法提供2件、不予处理1件，"
        "结转下年度继续办理3件；行政复议3件，行政诉讼5件。"
    )
    claims = read_sentence(text, True, 2023).claims
    assert [(claim.quantity, claim.of, claim.value) for claim in claims] == [
        ("received", (), 13),
        ("carried_in", (), 2),
        ("answered", (), 12),
        ("result", ("granted",), 5),
        ("result", ("partially_granted",), 1),
        ("result", ("denied",), 3),
        ("result", ("unavailable",), 2),
        ("result", ("not_processed",), 1),
        ("carried_out", (), 3),
        ("cases", ("reconsideration",), 3),
        ("cases", ("litigation_direct", "litigation_after_reconsideration"), 5),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "申请量较上年增加4件。",
        "比上年减少4件。",
        "全年收到低保申请25件。",
        "办理行政许可申请25件。",
        "收到群众来信25件，热线转办12件。",
        "近300件申请得到妥善办理。",
        "收到申请300余件。",
        "预计收到申请30件。",
        "平均每件申请答复用时5个工作日。",
        "申请答复时限为20个工作日。",
        "上半年收到政府信息公开申请4件。",
        "审理行政复议案件45件。",
        "无行政诉讼败诉案件。",
        "未收到要求减免费用的申请。",
        "没有申请人对答复不满意。",
        "没有未办结的申请。",
        "无法提供的，告知申请人。",
        "无正当理由大量反复申请的，不予处理。",
        "政府信息公开申请 13，按时答复。",
        "收到申请后与科室一起研究。",
        "每一件申请都有专人负责。",
        "第1件申请。",
        "不予受理申请2件。",
        "申请人不服2件。",
        "收到申请十百千万万件。",
        "免收信息处理费50元。",
        "没有严格按照依申请公开流程办理。",
        "部分单位没有建立依申请公开台账。",
        "没有行政复议专职人员。",
        "共受理不动产登记申请300件。",
        "主动予以公开文件5件。",
        "未收到人大代表建议和政协提案。",
        "行政机关向申请人收取信息处理费，不超过10件的不收。",
    ],
)  # fmt: skip
def test_no_claims(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到申请" + "数量" * 400 + "，甲3件。",
        "予以公开" + "总计案件情况" * 150 + "甲3件。",
        "未收到申请" + "案件情况" * 200 + "甲。",
        "收到申请甲3件" * 20_000,
        "无" * 20_000 + "申请",
        "一二三" * 20_000,
        *("没有" + "和甲行政复议" * 300 + "败诉", "费用收取" * 480 + "甲", "2023年1件" * 280, "收到受理" * 480 + "甲"),
        *(
            "其中含" * 600,
            "均全部自然人法人" * 230 + "甲",
            "未收到公民、" * 320 + "甲",
            "上年结转办理" * 320,
            "申请" * 950,
        ),
    ],
    ids=lambda text: text[:8],
)
def test_hostile_prose_is_read_in_time(text: str) -> None:
    """Each of these took years, or hours, with a careless pattern."""
    assert [value for _, value in said(text) if value] == []


def test_a_paragraph_of_a_thousand_statements_is_read_in_time() -> None:
    report = telling("收到申请14件。" * 3_000)
    assert len(check(report, select="N101").findings) == 100


def test_outside_of_its_part_a_sentence_must_name_what_it_is_about() -> None:
    assert said("全年收到申请25件。", on_request=False) == []
    assert said("全年收到政府信息公开申请25件。", on_request=False) == [("received", 25)]


# --- tokens and patterns -------------------------------------------------------------------------------------------


def examples() -> dict[str, str]:
    """Name of a pattern → the example in the comment behind it."""
    source = inspect.getsource(patterns_module)
    return dict(re.findall(r'^    \("([a-z-]+)",(?:(?!^    \(").)*?\),  # ([^\n]+)$', source, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_reads_its_example(pattern: Pattern) -> None:
    expression, patterns = table()
    text, _ = fold(examples()[pattern.name])
    matches = expression.finditer(letters(tokenise(text)))
    assert pattern.name in [patterns[(match.lastindex or 0) - 1].name for match in matches]


def test_names_of_patterns_are_unique() -> None:
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


def test_letters_are_told_apart() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert all(len(letter) == 1 for letter in LETTERS.values())


def test_no_word_is_of_two_kinds() -> None:
    kinds: dict[str, set[str]] = {}
    for kind, by_value in vocabulary.WORDS.items():
        for listed in by_value.values():
            for word in listed:
                kinds.setdefault(word, set()).add(kind)
    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}
    assert set(vocabulary.WORDS) | set(vocabulary.NOUNS) <= {*LETTERS, "FILLER", "OTHER_WORD"}


def test_the_words_of_a_claim_are_marked() -> None:
    report = telling("工作平稳有序。 全年 新增 申请 14 件，均已答复。")
    (finding,) = check(report, select="N101").findings
    (passage,) = finding.passages
    section = report.sections.get(passage.section)
    assert section is not None
    assert section.paragraphs[passage.paragraph - 1][passage.start : passage.end] == "新增 申请 14 件"


@given(
    st.text(
        alphabet="收到申请受理办结答复复议诉讼公开未无均结转上下年度其中含予以部分不13零一十件起，。、（）的 ",
        max_size=120,
    )
)
def test_any_prose_can_be_read(text: str) -> None:
    """Tokens stand in order and do not overlap, and claims are words of the sentence."""
    folded, places = fold(text)
    tokens = tokenise(folded)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert places is None or len(places) == len(folded)
    for claim in read_sentence(text, True, 2023).claims:
        assert 0 <= claim.start < claim.end <= len(folded)


# --- statements, labelled by hand ----------------------------------------------------------------------------------

ALL_STATEMENTS = [*read_statements(), *chain.from_iterable(map(read_batch, sorted(UNSEEN.glob("batch*.txt"))))]


@pytest.mark.parametrize("statement", [s for s in ALL_STATEMENTS if s.agrees], ids=lambda statement: statement.name)
def test_statements_that_agree(statement: Statement) -> None:
    result = statement.checked()
    assert [(finding.code, finding.zh) for finding in result.findings] == []
    assert [outcome.note for outcome in result.outcomes if outcome.status == "errored"] == []


@pytest.mark.parametrize("statement", [s for s in ALL_STATEMENTS if not s.agrees], ids=lambda statement: statement.name)
def test_statements_that_contradict(statement: Statement) -> None:
    result = statement.checked()
    assert statement.found(result) is not statement.unread, [finding.zh for finding in result.findings]
    for finding in result.findings:
        assert finding.quote is None or finding.quote in "".join(sum(statement.sections.values(), ()))


# --- against the tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "收到申请13件。",  # alone
        "受理申请15件。",  # with those carried in
        "收到公民申请10件。",  # one column
        "收到法人申请3件。",
        "办结12件。", "已答复12件。", "办理申请15件。",
        "予以公开5件，不予公开3件，无法提供2件。", "予以公开6件。", "因属于内部事务信息不予公开2件。",
        "收到申请并答复12件。",
        "上年结转2件，结转下年度3件。",
        "行政复议3件，行政诉讼5件。", "未经复议直接起诉1件。", "行政复议、行政诉讼8件。", "已审结行政复议2件。",
        "通过网站收到申请8件，通过信函收到申请5件。",  # parts of a sum
        "2022年收到申请40件，2023年收到申请13件。",  # another year
        "收到申请10件，收到申请3件。",  # a sum
        "收到申请13件。教育科收到申请4件。",  # a part
        "收取信息处理费2000元。",  # part of 1.5 万元
        "行政事业性收费1.5万元。",
    ],
)  # fmt: skip
def test_right_statements(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code", "actual", "expected"),
    [
        ("收到政府信息公开申请14件。", "N101", 14, 13),
        ("收到政府信息公开申请十四件。", "N101", 14, 13),
        ("未收到政府信息公开申请。", "N101", 0, 13),
        ("收到公民申请11件。", "N101", 11, 10),
        ("2022年收到申请40件。", "N501", 2022, 2023),
        ("已答复13件。", "N103", 13, 12),
        ("不予公开2件。", "N104", 2, 3),
        ("行政诉讼1件。", "N202", 1, 5),
        ("行政复议3件，其中维持1件。", "N203", 1, 2),
        ("上年结转1件。", "N102", 1, 2),
        ("办结14件。", "N103", 14, 12),
        ("予以公开4件。", "N104", 4, 5),
        ("部分公开2件。", "N104", 2, 1),
        ("不予公开4件。", "N104", 4, 3),
        ("结转下年度继续办理2件。", "N105", 2, 3),
        ("行政复议1件。", "N201", 1, 3),
        ("未发生行政复议、行政诉讼。", "N201", 0, 3),
        ("行政诉讼2件。", "N202", 2, 5),
        ("行政复议、行政诉讼共7件。", "N202", 7, 8),
        ("收取信息处理费2万元。", "N301", Decimal(2), Decimal("1.5")),
        ("未收取行政事业性收费。", "N301", Decimal(0), Decimal("1.5")),
    ],
)
def test_wrong_statements(text: str, code: str, actual: object, expected: object) -> None:
    assert (code, actual, expected) in found(text)


def test_a_finding_of_a_reading_tells_where_its_words_stand() -> None:
    text = flatten(telling("工作平稳有序。", "全年收到申请14件，按时答复。"), 1, options=LayoutOptions())
    reading = read(text)
    (finding,) = check(reading, select="N101").findings
    (passage,) = finding.passages
    assert (passage.section, passage.location) == (
        "overview",
        Location(line=1 + text.split("\n").index("全年收到申请14件，按时答复。"), column=1, text="收到申请14件"),
    )
    assert reading.paragraph("overview", 99) is None
    assert reading.report is not None
    (bare,) = check(reading.report, select="N101").findings
    assert bare.passages[0].location is None


def test_words_on_a_page_have_the_place_of_their_paragraph() -> None:
    reading = read(render(telling("全年收到申请14件，按时答复。"), "html"), format="html")
    (finding,) = check(reading, select="N101").findings
    assert finding.passages[0].location is not None
    assert finding.passages[0].location.text == "收到申请14件"


def test_a_finding_quotes_its_sentence_and_names_the_cells() -> None:
    report = telling("工作平稳有序。 全年收到申请 14 件，按时答复。")
    (finding,) = check(report, select="N101").findings
    assert finding.quote == "全年收到申请 14 件，按时答复。"
    assert finding.instance == "overview.2"
    assert finding.zh == (
        "正文“全年收到申请 14 件，按时答复。”写的是14件，表中本年新收为13，本年新收与上年结转之和为15，请核对。"
    )
    assert finding.cells == ("requests.received.total", "requests.carried_in.total")
    assert [(o.cell, o.text) for o in finding.operands] == [
        ("requests.received.total", "13"),
        ("requests.carried_in.total", "2"),
    ]
    assert finding.severity == "warning"
    assert finding.suggestion is None


@pytest.mark.parametrize(
    ("text", "code", "cell"),
    [
        ("收到申请14件。", "N101", "received.total"),
        ("上年结转1件。", "N102", "carried_in.total"),
        ("办结14件。", "N103", "processed_total.total"),
        ("予以公开4件。", "N104", "granted.total"),
        ("结转下年度2件。", "N105", "carried_out.total"),
        ("行政复议1件。", "N201", "reconsideration.total"),
        ("行政诉讼6件。", "N202", "litigation_direct.total"),
    ],
)
def test_without_the_figure_it_is_undecided(text: str, code: str, cell: str) -> None:
    report = telling(text, changes={cell: Cell.blank()})
    (outcome,) = [o for o in check(report, select=code).outcomes if o.status == "undecided"]
    assert any(hole.endswith(cell) for hole in outcome.cells)
    assert check(report, select=code).findings == ()


def test_an_amount_in_another_unit_is_not_compared() -> None:
    report = telling("行政事业性收费2万元。")
    table = Disclosure.of("2021", {"fees.amount": Cell.of(Decimal(15000), "元")}, default=Cell.blank())
    (outcome,) = check(evolve(report, disclosure=table), select="N301").outcomes
    assert (outcome.status, outcome.cells) == ("undecided", ("disclosure.fees.amount",))


def test_a_year_carried_in_from_or_compared_with_is_not_that_of_the_figures() -> None:
    text = "2022年结转2件，办结14件，结转至2024年办理3件，较2022年增加1件，行政复议1件。"
    assert [(f.code, f.actual) for f in check(telling(text), select="N").findings] == [("N103", 14), ("N201", 1)]


def test_section_five_tells_what_is_wanting_not_what_there_was() -> None:
    assert found("一是未收到政府信息公开申请，缺少经验。", section="problems") == []
    assert [code for code, _, _ in found("全年收取信息处理费2万元。", section="problems")] == ["N301"]


def test_prose_without_figures_is_not_applicable() -> None:
    result = check(telling("各科室指定联络员，稿件先审后发。"), select="N", ignore="N302")
    assert {str(o.status) for o in result.outcomes} == {"not_applicable"}
    assert {o.code for o in result.outcomes} == set(result.rules)


ZERO = Cell.of(0)


@pytest.mark.parametrize("year", [2023, None])
def test_statements_beside_the_form_of_2019(year: int | None) -> None:
    """Its table 二 counts other things; what it has no cells for is not compared."""
    for statement in ALL_STATEMENTS:
        report = evolve(
            statement.report,
            disclosure=Disclosure.all_absent("2019"),
            requests=Requests.of("2019", {"other.total": 2}, default=ZERO),
            proceedings=Proceedings.of("2019", {}, default=ZERO),
            year=year,
        )
        result = check(report, select="N")
        assert [outcome.note for outcome in result.outcomes if outcome.status == "errored"] == []
        assert result.of("N401").findings == ()


@settings(max_examples=60)
@given(reports())
def test_no_report_breaks_a_rule(report: Report) -> None:
    assert [o.note for o in check(report).outcomes if o.status == "errored"] == []


# --- every rule: a report that breaks it, one that passes it, one that leaves it undecided ---------------------------

BLANK = Cell.blank()
AMOUNT = "disclosure.fees.amount"
RULE_CASES: dict[str, tuple[str, str, tuple[str, Mapping[str, Cell]]]] = {
    "N101": ("收到申请14件。", "收到申请13件。", ("收到申请14件。", {"received.total": BLANK})),
    "N102": ("上年结转1件。", "上年结转2件。", ("上年结转1件。", {"carried_in.total": BLANK})),
    "N103": ("办结14件。", "办结12件。", ("办结14件。", {"processed_total.total": BLANK})),
    "N104": ("不予公开4件。", "不予公开3件。", ("不予公开4件。", {"denied.state_secret.total": BLANK})),
    "N105": ("收到的申请均已办结。", "结转下年度3件。", ("结转下年度2件。", {"carried_out.total": BLANK})),
    "N201": ("行政复议1件。", "行政复议3件。", ("行政复议1件。", {"reconsideration.total": BLANK})),
    "N202": ("未发生行政诉讼。", "行政诉讼5件。", ("行政诉讼6件。", {"litigation_direct.total": BLANK})),
    "N203": (
        "行政复议3件，维持3件。",
        "行政复议3件，维持2件，尚未审结1件。",
        ("行政复议3件，维持3件。", {"reconsideration.upheld": BLANK}),
    ),
    "N301": ("行政事业性收费2万元。", "收取信息处理费2000元。", ("行政事业性收费2万元。", {AMOUNT: BLANK})),
    "N302": ("", "", ("", {AMOUNT: Cell.invalid("详见附件")})),
    "N401": (
        "制定规范性文件3件。",
        "制定规范性文件2件，未废止，现行有效9件。",
        ("制定规范性文件3件。", {"disclosure.normative_documents.issued": BLANK}),
    ),
    "N402": (
        "作出行政许可决定31件。",
        "作出行政许可决定310件、行政处罚决定25件。",
        ("作出行政许可决定31件。", {"disclosure.licensing.decisions": BLANK}),
    ),
    "N501": ("2022年收到政府信息公开申请13件。", "2023年收到政府信息公开申请13件。", ("", {})),
}
FILLED_IN: dict[str, Cell] = {
    AMOUNT: Cell.of(Decimal("1.5")),
    "disclosure.normative_documents.issued": Cell.of(2),
    "disclosure.normative_documents.repealed": Cell.of(0),
    "disclosure.normative_documents.in_force": Cell.of(9),
    "disclosure.licensing.decisions": Cell.of(310),
    "disclosure.penalties.decisions": Cell.of(25),
}


def case_of(text: str, changes: Mapping[str, Cell]) -> Report:
    """The report of the other tests, with table 二 filled in, and some cells changed."""
    rest = {name: cell for name, cell in changes.items() if not name.startswith("disclosure.")}
    amounts = {**FILLED_IN, **{name: cell for name, cell in changes.items() if name.startswith("disclosure.")}}
    table = Disclosure.of(
        "2021", {name.partition(".")[2]: cell for name, cell in amounts.items()}, default=Cell.blank()
    )
    return evolve(telling(text, changes=rest), disclosure=table)


def statuses(report: Report, code: str) -> set[str]:
    return {str(outcome.status) for outcome in check(report, select=code).outcomes}


def test_every_rule_has_its_cases() -> None:
    assert set(RULE_CASES) == {code for code in RULES if code.startswith("N")}


@pytest.mark.parametrize("code", RULE_CASES)
def test_a_report_that_breaks_it(code: str) -> None:
    text = RULE_CASES[code][0]
    report = case_of(text, {AMOUNT: Cell.of(Decimal(18500), "元")} if code == "N302" else {})
    (finding,) = check(report, select=code).findings
    assert finding.severity == "warning"
    assert finding.zh.endswith("，请核对。")
    assert finding.en.endswith("; please check.")
    assert finding.quote == (text or None)
    assert [passage.paragraph for passage in finding.passages] == ([2] if text else [])


@pytest.mark.parametrize("code", RULE_CASES)
def test_a_report_that_passes_it(code: str) -> None:
    assert statuses(case_of(RULE_CASES[code][1], {}), code) == {"passed"}


@pytest.mark.parametrize("code", RULE_CASES)
def test_a_report_that_leaves_it_undecided(code: str) -> None:
    text, changes = RULE_CASES[code][2]
    report = case_of(text, changes)
    if code == "N501":
        report = evolve(case_of(RULE_CASES[code][1], {}), year=None)
    assert statuses(report, code) == {"undecided"}


def test_a_finding_names_the_applicants() -> None:
    (finding,) = check(telling("收到公民申请11件。"), select="N101").findings
    assert "本年新收·自然人为10" in finding.zh
    (finding,) = check(telling("未收到法人和其他组织提出的申请。"), select="N101").findings
    assert "本年新收·法人或其他组织为3" in finding.zh


def test_what_is_known_may_be_too_much_already() -> None:
    """Two lawsuits cannot be right where one of the two groups has four, whatever the other has."""
    report = telling("行政诉讼2件。", changes={"litigation_direct.total": Cell.blank()})
    (finding,) = check(report, select="N202").findings
    assert (finding.actual, finding.expected) == (2, None)
    assert "至少4" in finding.zh


def test_an_amount_in_yuan_is_a_finding_of_its_own() -> None:
    report = case_of("", {AMOUNT: Cell.of(Decimal(18500), "元")})
    (finding,) = check(report, select="N3").findings
    assert (finding.code, finding.cells, finding.expected) == ("N302", (AMOUNT,), Decimal("1.85"))
    assert finding.zh == "表二本年收费金额写的是18500元，该列单位为万元，折合为1.85万元，请核对。"


def test_a_figure_of_last_year_is_no_relic_where_this_year_is_told_too() -> None:
    stale = "2022年收到政府信息公开申请40件。"
    assert [code for code, _, _ in found(stale)] == ["N501"]
    assert found(stale, "全年收到政府信息公开申请13件。") == []
    assert found("2021年收到政府信息公开申请30件，2022年收到政府信息公开申请40件。") == []


def test_yuan_under_ten_thousand_yuan() -> None:
    report = case_of("收取信息处理费2000元。", {AMOUNT: Cell.of(Decimal(2000))})
    (finding,) = check(report, select="N301").findings
    assert finding.cells == (AMOUNT,)


# --- published reports ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(not CORPUS, reason="GIPA_REPORTS_CORPUS names no folder of published reports")
def test_published_reports() -> None:
    """Read by hand: 002 says one review, its table two; the others agree with themselves."""
    assert CORPUS
    said = {}
    for path in sorted(Path(CORPUS).glob("*.txt")):
        reading = read(path)
        findings = check(reading, select=("A", "N", "C2", "C3")).findings
        said[path.name[:3]] = [(f.code, f.actual, f.expected) for f in findings]
        assert {o.code for o in check(reading, select="N1").outcomes if o.status == "passed"} == {"N101"}
    assert said == {"000": [], "001": [], "002": [("N201", 1, 2)], "003": [], "004": []}
