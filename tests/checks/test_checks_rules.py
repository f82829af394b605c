"""Rules C, Y, H and P: a report that breaks each, one that passes, one that leaves it undecided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve, frozen

from gipa_reports import (
    Cell,
    Diagnostic,
    Disclosure,
    Period,
    Proceedings,
    Reading,
    Report,
    Requests,
    Section,
    Sections,
    UnknownRow,
    check,
    read,
    render,
)
from gipa_reports.checks import RULES, CheckResult, Peers
from gipa_reports.template import FORMS, Edition

ZERO = Cell.of(0)
PARTS = (
    "（一）主动公开。发布信息若干条。",
    "（二）依申请公开。按时答复。",
    "（三）政府信息管理。按季核对目录。",
    "（四）平台建设。网站栏目作了调整。",
    "（五）监督保障。每季考核一次。",
)
PROSE = "本机关围绕群众关心的事情做好公开，工作平稳有序。"


def whole(
    edition: Edition = "2021",
    disclosure: Mapping[str, int | Decimal | Cell | None] | None = None,
    requests: Mapping[str, int | Cell | None] | None = None,
    proceedings: Mapping[str, int | Cell | None] | None = None,
    overview: tuple[str, ...] = ("2023年，青山区教育局做好公开工作，平稳有序。", *PARTS),
    problems: tuple[str, ...] = ("一是部分栏目更新不够及时，下一步逐项补充。",),
    agency: str | None = "青山区教育局",
    year: int | None = 2023,
) -> Report:
    """A report of zeros on 2023 with nothing to object to, but for what is given."""
    amounts = {
        f"{row.id}.{column.id}": Decimal(0)
        for row in FORMS["disclosure", edition].rows
        for column in FORMS["disclosure", edition].columns_of[row.id]
        if column.kind == "amount"
    }
    return Report(
        Disclosure.of(edition, {**amounts, **(disclosure or {})}, default=ZERO),
        Requests.of(edition, requests or {}, default=ZERO),
        Proceedings.of(edition, proceedings or {}, default=ZERO),
        Sections(
            Section(overview),
            Section(),
            Section(),
            Section(),
            Section(problems),
            Section(("本年度没有收取信息处理费。",)),
        ),
        title=f"{agency}{year}年政府信息公开工作年度报告" if agency and year else None,
        agency=agency,
        year=year,
    )


GOOD = whole()
NO_TABLE = evolve(GOOD, requests=Requests.all_absent("2021"))


def row(row_id: str, cell: Cell | None, edition: Edition = "2021") -> dict[str, Cell | None]:
    """A row of 三 that is all ``cell``."""
    return {f"{row_id}.{column.id}": cell for column in FORMS["requests", edition].columns_of[row_id]}


def column(column_id: str, cell: Cell | None) -> dict[str, Cell | None]:
    """A column of 三 that is all ``cell``."""
    return {f"{row.id}.{column_id}": cell for row in FORMS["requests", "2021"].rows}


def cut_short() -> Reading:
    """The document ends in the middle of table 三."""
    text = render(GOOD, "text")
    return read(text[: text.index("重复申请")])


@frozen
class Case:
    """A rule with reports that it fails, passes and can't decide; None where it can always be decided, and why."""

    failed: Report | Reading
    passed: Report | Reading
    undecided: Report | Reading | None
    zh: str
    instance: str
    cells: int
    previous: tuple[Report | None, Report | None, Report | None] = (None, None, None)
    children: tuple[Mapping[str, Report | None], ...] = ({}, {}, {})
    peers: tuple[Report, ...] = ()

    def checked(self, code: str, report: Report | Reading, which: int) -> CheckResult:
        peers = Peers.of(self.peers) if self.peers else None
        return check(
            report,
            previous=self.previous[which],
            children=self.children[which],
            select=code,
            peers=peers,
            overview_limit=1000,
        )


SAID = tuple(f"各科室按月核对栏目内容，第{n}季度补充办事指南并公布联系方式。" for n in "一二三四")
UNIT = whole(requests={"received.total": 4}, agency="青山区甲局")
OTHER_UNIT = whole(requests={"received.total": 5}, agency="青山区乙局")
SUM = whole(requests={"received.total": 9})
BOTH = {"甲": UNIT, "乙": OTHER_UNIT}

BEFORE = whole(year=2022, requests={"received.total": 31})

CASES: dict[str, Case] = {
    "C101": Case(
        evolve(GOOD, sections=evolve(GOOD.sections, other_matters=None)),
        GOOD,
        evolve(GOOD, sections=Sections(Section((PROSE,)))),
        "缺少章节“六、其他需要报告的事项”，请核对。",
        "other_matters",
        0,
    ),
    "C102": Case(
        evolve(GOOD, requests=Requests.all_absent("2021")),
        GOOD,
        cut_short(),
        "缺少表三，可能是图片或附件，请核对。",
        "requests",
        175,
    ),
    "C103": Case(
        whole(requests=row("received", Cell.absent())),
        GOOD,
        NO_TABLE,
        "表三缺少“本年新收”行，请核对。",
        "requests.received",
        7,
    ),
    "C104": Case(
        whole(requests=column("other", Cell.absent())),
        GOOD,
        NO_TABLE,
        "表三缺少“其他”列，请核对。",
        "requests.received.other",
        25,
    ),
    "C105": Case(
        whole(requests={"granted.total": None, "processed_total.business": None, "denied.state_secret.research": None}),
        GOOD,
        NO_TABLE,
        "表三有2个总计单元格为空白，请补填。",
        "requests",
        2,
    ),
    "C106": Case(
        whole(requests={"granted.total": Cell.invalid("见附件")}),
        GOOD,
        NO_TABLE,
        "表三有1个单元格不是数字，请核对。",
        "requests",
        1,
    ),
    "C107": Case(
        evolve(GOOD, disclosure=evolve(GOOD.disclosure, unknown=(UnknownRow(("行政检查", "4")),))),
        GOOD,
        evolve(GOOD, disclosure=Disclosure.all_absent("2021")),
        "表二有标准表以外的行：行政检查。",
        "disclosure",
        0,
    ),
    "C108": Case(
        whole(disclosure={"licensing.decisions": None, "penalties.decisions": None}),
        whole(disclosure={"licensing.decisions": Cell.not_applicable("/")}),
        evolve(GOOD, disclosure=Disclosure.all_absent("2021")),
        "表二有2个单元格没有数字，没有的请填0。",
        "disclosure",
        2,
    ),
    "C109": Case(
        whole(overview=PARTS[:2]),
        GOOD,
        evolve(GOOD, sections=evolve(GOOD.sections, overview=None)),
        "第一部分没有写到：政府信息管理、平台建设、监督保障。",
        "overview",
        0,
    ),
    "C110": Case(
        whole(overview=(*PARTS[:3], PARTS[4])),
        whole(problems=("（一）部分栏目更新不够及时。", "（二）下一步逐项补充。")),
        None,  # what is not numbered is not applicable
        "第一部分的序号（三）之后是（五），请核对。",
        "overview",
        0,
    ),
    "C111": Case(
        read(str(render(GOOD, "text")).replace("五、存在的主要", "四、存在的主要")),
        read(render(GOOD, "text")),
        None,  # what is not numbered is not applicable
        "章节标题“四、存在的主要问题及改进情况”的序号应为“五”，请核对。",
        "headings",
        0,
    ),
    "C201": Case(
        whole(overview=("2022年，青山区教育局做好公开工作。",)),
        GOOD,
        whole(year=None),
        "报告年度为2023年，正文却写2022年：“2022年，青山区教育局做好公开工作。”，请核对。",
        "year",
        0,
    ),
    "C202": Case(
        whole(overview=("2023年，青山区民政局做好公开工作。",)),
        whole(overview=("2023年，青山区教育局做好公开工作。",)),
        whole(agency=None),
        "标题为“青山区教育局”，正文却写“青山区民政局”，请核对。",
        "agency",
        0,
    ),
    "C301": Case(
        whole(problems=("（一）存在的问题", "无。")),
        GOOD,
        evolve(GOOD, sections=evolve(GOOD.sections, problems=None)),
        "第五部分“存在的主要问题及改进情况”没有内容，请补充。",
        "problems",
        0,
    ),
    "C302": Case(
        whole("2019"), GOOD, whole(year=None), "2023年报告的表二仍使用2019年版式，应使用2021年版式。", "disclosure", 0
    ),
    "C303": Case(
        whole(problems=("一是部分栏目更新不够及时，联络员衔接还不顺畅。",)),
        GOOD,
        evolve(GOOD, sections=evolve(GOOD.sections, problems=None)),
        "第五部分没有写到改进情况，请补充。",
        "problems",
        0,
    ),
    "C304": Case(
        whole(overview=("字" * 1001,)),
        whole(overview=("字" * 1000,)),
        evolve(GOOD, sections=evolve(GOOD.sections, overview=None)),
        "第一部分有1001字，超过1000字。",
        "overview",
        0,
    ),
    "C305": Case(
        evolve(GOOD, sections=evolve(GOOD.sections, other_matters=Section(("无。",)))),
        GOOD,
        evolve(GOOD, sections=evolve(GOOD.sections, other_matters=None)),
        "第六部分没有说明收取信息处理费的情况，请补充。",
        "other_matters",
        0,
    ),
    "Y101": Case(
        whole(requests={"carried_in.natural_person": 2}),
        GOOD,
        whole(requests={"carried_in.natural_person": None}),
        "自然人列：本年报告上年结转(2)，上年报告结转(0)，相差2，请核对。",
        "natural_person",
        1,
        previous=(whole(year=2022), whole(year=2022), whole(year=2022)),
    ),
    "Y102": Case(
        whole(disclosure={"regulations.issued": 2, "regulations.repealed": 1, "regulations.in_force": 12}),
        whole(disclosure={"regulations.issued": 2, "regulations.repealed": 1, "regulations.in_force": 11}),
        GOOD,
        "规章：上年现行有效件数(10)+本年制发件数(2)-本年废止件数(1)=11，本年现行有效件数(12)，相差1；"
        "如有到期失效、宣布继续有效等情况请说明，否则请核对。",
        "regulations",
        3,
        previous=(
            whole(year=2022, disclosure={"regulations.in_force": 10}),
            whole(year=2022, disclosure={"regulations.in_force": 10}),
            whole(year=2022, disclosure={"regulations.in_force": None}),
        ),
    ),
    "Y103": Case(
        whole(overview=SAID),
        whole(
            overview=("办事大厅改造完成，窗口由专人接待来访群众。", *SAID[:1]),
            problems=("人手不足，联络员一年换了两次，衔接不顺。",),
        ),
        whole(overview=(), problems=()),
        "第一、五部分有100%的文字与上年报告相同，请核对是否为本年情况。",
        "prose",
        0,
        previous=(whole(overview=SAID, year=2022), whole(overview=SAID, year=2022), whole(overview=SAID, year=2022)),
    ),
    "Y104": Case(
        whole(requests={"received.total": 310}),
        whole(requests={"received.total": 155}),
        whole(requests={"received.total": None}),
        "表三“本年新收·总计”上年为31，本年为310，变化较大，请核对。",
        "requests.received.total",
        1,
        previous=(BEFORE, BEFORE, BEFORE),
    ),
    "H101": Case(
        whole(requests={"received.total": 10}),
        SUM,
        SUM,
        "表三“本年新收·总计”为10，2个单位之和为9，相差1，请核对。",
        "requests.received.total",
        1,
        children=(BOTH, BOTH, {**BOTH, "丙": None}),
    ),
    "H102": Case(
        SUM,
        SUM,
        None,  # a report is there or it is not
        "缺少下属单位的报告：丙，未能检查汇总数。",
        "丙",
        0,
        children=({**BOTH, "丙": None}, BOTH, {}),
    ),
    "P101": Case(
        whole(agency="青山区北坡镇人民政府", disclosure={"regulations.in_force": 3}),
        whole(agency="青山区北坡镇人民政府"),
        whole(agency="青山区临江街道办事处", disclosure={"regulations.in_force": None}),
        "乡镇、街道没有规章制定权，表二“规章·现行有效件数”为3，请核对。",
        "regulations",
        1,
    ),
    "P102": Case(
        whole("2019", disclosure={"licensing.prior_year_items": 33, "licensing.change": 2, "licensing.decisions": 35}),
        whole("2019", disclosure={"licensing.prior_year_items": 33, "licensing.change": 2, "licensing.decisions": 340}),
        whole("2019", disclosure={"licensing.decisions": None}),
        "行政许可的处理决定数量(35)与项目数量相同，请核对。",
        "licensing",
        3,
    ),
    "P103": Case(
        whole(requests={"granted.total": 5, "processed_total.total": 3}),
        whole(requests={"granted.total": 3, "processed_total.total": 3}),
        whole(requests={"granted.total": 5, "processed_total.total": None}),
        "“予以公开·总计”(5)大于“（七）总计·总计”(3)，请核对。",
        "requests.granted.total",
        2,
    ),
    "P104": Case(
        whole(requests={"granted.natural_person": -1}),
        whole("2019", disclosure={"licensing.change": -1}),
        NO_TABLE,
        "“予以公开·自然人”为-1，数量不应为负，请核对。",
        "requests.granted.natural_person",
        1,
    ),
    "P105": Case(
        whole(overview=SAID),
        whole(
            overview=("办事大厅改造完成，窗口由专人接待来访群众。", *SAID[:1]),
            problems=("人手不足，联络员一年换了两次，衔接不顺。",),
        ),
        whole(overview=(), problems=()),
        "第一、五部分有85%的文字与青山区民政局的报告相同，请核对是否为本单位情况。",
        "prose",
        0,
        peers=(whole(overview=SAID, problems=(), agency="青山区民政局"), whole(overview=SAID, agency="青山区教育局")),
    ),
}


def outcomes(code: str, report: Report | Reading, case: Case, which: int) -> dict[str, str]:
    result = case.checked(code, report, which)
    assert result.rules == (code,)
    return {outcome.instance: str(outcome.status) for outcome in result.outcomes}


def test_every_rule_has_its_cases() -> None:
    """A is in test_checks_arithmetic.py, N in test_checks_narrative.py."""
    assert set(CASES) == {code for code in RULES if code[0] not in "AN"}


@pytest.mark.parametrize("code", CASES)
def test_a_report_that_breaks_it(code: str) -> None:
    case = CASES[code]
    result = case.checked(code, case.failed, 0)
    finding = result.findings[0]
    assert (finding.code, finding.severity) == (code, RULES[code].severity)
    assert (finding.zh, finding.instance, len(finding.cells)) == (case.zh, case.instance, case.cells)
    assert finding.en.endswith((".", "checked."))
    assert outcomes(code, case.failed, case, 0)[case.instance] == "failed"


@pytest.mark.parametrize("code", CASES)
def test_a_report_that_passes_it(code: str) -> None:
    case = CASES[code]
    found = set(outcomes(code, case.passed, case, 1).values())
    assert found == {"passed"}


@pytest.mark.parametrize("code", [code for code, case in CASES.items() if case.undecided is not None])
def test_a_report_that_leaves_it_undecided(code: str) -> None:
    case = CASES[code]
    assert case.undecided is not None
    found = set(outcomes(code, case.undecided, case, 2).values())
    assert "undecided" in found
    assert "failed" not in found


def test_a_report_in_order_has_no_finding_at_all() -> None:
    previous = whole(year=2022, overview=("一年来，我们做了许多事情，此处从略。",), problems=())
    result = check(GOOD, previous=previous, children={"甲": GOOD}, select=tuple("ACNYHP"))
    assert result.findings == ()
    assert result.complete


# --- C: what is not obvious ----------------------------------------------------------------------------------------


def test_a_document_cut_short_lacks_nothing_for_certain() -> None:
    result = check(cut_short(), select=("C101", "C102", "C103", "C104"))
    assert result.findings == ()
    assert result.unchecked != ()


def test_a_column_may_have_been_lost_with_the_end() -> None:
    report = whole(requests=column("other", Cell.absent()))
    reading = Reading(report, (Diagnostic(code="truncated-table"),))
    assert [str(o.status) for o in check(reading, select="C104").outcomes] == ["passed", "undecided", "passed"]


def test_a_column_that_one_block_lacks() -> None:
    report = whole("2019", disclosure={"penalties.change": Cell.absent(), "coercion.change": Cell.absent()})
    (finding,) = check(report, select="C104").findings
    assert finding.cells == ("disclosure.penalties.change", "disclosure.coercion.change")


@pytest.mark.parametrize(
    "overview",
    [
        ("2023年，我局做好公开工作。", "2022年，我局曾经试点。"),
        ("我局做好公开工作，较2022年有进步。",),
        ("2019年5月15日起施行的条例得到落实。", "2024年将继续努力。"),
        ("我局做好公开工作。",),
    ],
)
def test_years_that_the_text_may_name(overview: tuple[str, ...]) -> None:
    assert check(whole(overview=overview), select="C201").findings == ()


def test_days_of_another_year() -> None:
    report = evolve(GOOD, period=Period(date(2022, 1, 1), date(2022, 12, 31)))
    (finding,) = check(report, select="C201").findings
    assert (finding.expected, finding.actual) == (2023, 2022)
    days_into_the_year = evolve(GOOD, period=Period(date(2022, 12, 26), date(2023, 12, 25)))
    assert check(days_into_the_year, select="C201").findings == ()


@pytest.mark.parametrize(
    ("agency", "sentence"),
    [
        ("青山区教育局", "2023年，区教育局做好公开工作。"),
        ("青山区发展和改革委员会", "2023年青山区发改委员会做好公开工作。"),
        ("青山区教育局", "2023年，在青山区人民政府的领导下，我局做好公开工作。"),
        ("青山区教育局", "2023年，全区上下奋力开创新局，公开工作有进步。"),
        ("青山区教育局", "根据青山区人民政府办公室的要求，现将情况报告如下。"),
        ("青山区教育局", "现公布青山区教育局2023年政府信息公开工作年度报告。"),
        ("青山市白石区住房和城乡建设局", "2023年，白石区住建局做好公开工作。"),
        ("白石区住房和城乡建设局", "2023年，青山市白石区住建局做好公开工作。"),
        ("青山区教育局", "2023年，青山区认真贯彻落实条例要求，推进各乡镇人民政府做好公开工作。"),
        ("青山区教育局", "2023年，青山区教局育做好公开工作。"),
    ],
)
def test_agencies_that_the_text_may_name(agency: str, sentence: str) -> None:
    assert check(whole(agency=agency, overview=(sentence,)), select="C202").findings == ()


def test_another_agency_publishes() -> None:
    report = whole(overview=("现公布青山区民政局2023年政府信息公开工作年度报告。",))
    assert [f.actual for f in check(report, select="C202").findings] == ["青山区民政局"]


# --- Y and H -------------------------------------------------------------------------------------------------------


def test_without_a_previous_report_nothing_applies() -> None:
    assert {(str(o.status), o.note) for o in check(GOOD, select="Y").outcomes} == {
        ("not_applicable", "no previous report was given")
    }


def test_what_was_carried_over_in_all_seven_columns() -> None:
    previous = whole(year=2022, requests=row("carried_out", Cell.of(2)))
    result = check(GOOD, previous=previous, select="Y101")
    assert [f.instance for f in result.findings] == [
        "natural_person", "business", "research", "public_interest", "legal_service", "other", "total",
    ]  # fmt: skip
    operand = result.findings[0].operands[1]
    assert (operand.cell, operand.value, operand.source, operand.side) == (
        "requests.carried_out.natural_person", 2, "previous", "right",
    )  # fmt: skip


def test_an_undecided_year_names_the_cell_and_its_report() -> None:
    previous = whole(year=2022, requests={"carried_out.total": None})
    (outcome,) = check(GOOD, previous=previous, select="Y101").unchecked
    assert outcome.cells == ("previous:requests.carried_out.total",)


def test_documents_in_force_are_counted_in_edition_2021_alone() -> None:
    for now, then in ((GOOD, whole("2019", year=2022)), (whole("2019"), whole(year=2022))):
        (outcome,) = check(now, previous=then, select="Y102").outcomes
        assert outcome.status == "not_applicable"


def test_half_of_the_prose_repeated_is_not_yet_a_hint() -> None:
    now = whole(overview=("甲" * 20, "乙" * 20), problems=())
    then = whole(overview=("甲" * 20,), problems=(), year=2022)
    assert check(now, previous=then, select="Y103").findings == ()
    more = whole(overview=("甲" * 21, "乙" * 20), problems=())
    assert check(more, previous=evolve(then, sections=more.sections), select="Y103").findings[0].actual == "100%"


def test_figures_in_repeated_prose_do_not_hide_it() -> None:
    now = whole(overview=("全年发布信息 130 条，举办培训 4 次。",), problems=())
    then = whole(overview=("全年发布信息98条，举办培训3次。",), problems=(), year=2022)
    (finding,) = check(now, previous=then, select="Y103").findings
    assert finding.severity == "hint"
    assert finding.quote == "全年发布信息 130 条，举办培训 4 次", "as it stands in the report"


def test_every_cell_is_summed() -> None:
    result = check(SUM, children=BOTH, select="H101")
    assert len(result.outcomes) == 200


def test_units_by_their_agency() -> None:
    finding = check(GOOD, children=[UNIT, OTHER_UNIT], select="H101").findings[0]
    assert [(o.source, o.value) for o in finding.operands] == [("青山区甲局", 4), ("青山区乙局", 5), ("", 0)]


@pytest.mark.parametrize(
    ("units", "named"),
    [
        ({**BOTH, "丙": None}, "丙:requests.received.total"),
        ({**BOTH, "丙": whole(requests={"received.total": None})}, "丙:requests.received.total"),
        ({**BOTH, "丙": whole("2019")}, "丙:requests.received.total"),
    ],
    ids=["missing", "blank", "another form"],
)
def test_a_sum_that_can_not_be_told_names_the_unit(units: dict[str, Report | None], named: str) -> None:
    outcomes = {o.instance: o for o in check(SUM, children=units, select="H101").outcomes}
    assert outcomes["requests.received.total"].status == "undecided"
    assert outcomes["requests.received.total"].cells == (named,)


def test_money_in_different_units_is_not_added() -> None:
    units = {
        "甲": whole(disclosure={"fees.amount": Cell.of(Decimal(3), "万元")}),
        "乙": whole(disclosure={"fees.amount": Cell.of(Decimal(5000), "元")}),
    }
    outcomes = {o.instance: o for o in check(GOOD, children=units, select="H101").outcomes}
    assert outcomes["disclosure.fees.amount"].status == "undecided"
    in_the_forms_unit = {**units, "乙": whole(disclosure={"fees.amount": Decimal("0.5")})}
    total = whole(disclosure={"fees.amount": Decimal("3.5")})
    assert check(total, children=in_the_forms_unit, select="H101").findings == ()


# --- P -------------------------------------------------------------------------------------------------------------


def test_plausibility_is_on_and_a_negative_count_a_hint() -> None:
    found = {f.code: f for f in check(CASES["P104"].failed).findings}
    assert found["P104"].severity == "hint"
    # It says nothing that the sums that it breaks do not say.
    assert found["P104"].cause == found["A102"].cause


@pytest.mark.parametrize(
    ("agency", "may"),
    [
        ("青山市教育局", True),
        ("青山市人民政府", True),
        ("白鹭省人民政府", True),
        ("白鹭自治区教育厅", True),
        ("青山省白鹭自治州人民政府", True),
        ("国家某某局", True),
        ("青山市新江新区管理委员会", True),
        ("青山区教育局", False),
        ("青山市临江区人民政府", False),
        ("白鹭县人民政府", False),
        ("白鹭自治区青山市白石县市场监督管理局", False),
        ("白鹭旗民政局", False),
        ("白鹭地区行政公署", False),
        ("青山市临江区白石街道办事处", False),
        ("白鹭旗青山苏木人民政府", False),
        ("青山乡人民政府", False),
    ],
)
def test_who_may_make_regulations(agency: str, may: bool) -> None:
    report = whole(agency=agency, disclosure={"regulations.in_force": 3})
    assert [str(o.status) for o in check(report, select="P101").outcomes] == ["not_applicable" if may else "failed"]


# --- C: the form and its words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "paragraph"),
    [
        ("other_matters", "六、其他需要报告的事项：无。"),
        ("other_matters", "六、其他需报告事项"),
        ("disclosure", "二、主动公开情况"),
        ("problems", "五、存在的不足及改进措施"),
    ],
)
def test_a_section_is_there_under_another_heading(section: str, paragraph: str) -> None:
    sections = evolve(GOOD.sections, **{section: None})
    where = "proceedings" if section == "problems" else "problems" if section == "other_matters" else "overview"
    others = getattr(sections, where).paragraphs
    report = evolve(GOOD, sections=evolve(sections, **{where: Section((*others, paragraph))}))
    assert check(report, select="C101").findings == ()


def test_prose_that_speaks_of_other_matters_is_no_heading() -> None:
    problems = Section(("一是其他需要报告的事项较多，写得不细，下一步逐项补充。",))
    report = evolve(GOOD, sections=evolve(GOOD.sections, other_matters=None, problems=problems))
    assert [finding.instance for finding in check(report, select="C101").findings] == ["other_matters"]


@pytest.mark.parametrize(
    ("problems", "content"),
    [
        (("人手不足。将加强培训。",), True),
        (("（一）存在的问题", "人手不足，培训不够。"), True),
        (("（一）存在的问题", "暂无", "（二）改进情况", "无。"), False),
        (("不存在问题。",), False),
        (("主要问题及改进情况",), False),
    ],
)
def test_two_short_sentences_are_content(problems: tuple[str, ...], content: bool) -> None:
    assert (check(whole(problems=problems), select="C301").findings == ()) is content


def test_a_column_of_totals_that_is_blank_throughout_is_said_so() -> None:
    (finding,) = check(whole(requests=column("total", None)), select="C105").findings
    assert finding.zh == "表三有25个总计单元格为空白，其中“总计”列全部空白，请补填。"


@pytest.mark.parametrize(("number", "found"), [(10, 0), (11, 1)])
def test_a_few_blanks_among_the_parts_are_told_by_what_they_leave_undecided(number: int, found: int) -> None:
    cells = [cell.partition(".")[2] for cell in GOOD.requests.form.cell_ids if not cell.endswith("total")][14:]
    report = whole(requests=dict.fromkeys(cells[:number], Cell.not_applicable("/")))
    assert len(check(report, select="C108").findings) == found


def test_what_the_reading_only_assumed_is_no_fault_of_the_report() -> None:
    old = whole("2019")
    assumed = Reading(old, (Diagnostic(code="edition-assumed", found="2019", table="disclosure"),))
    assert [str(o.status) for o in check(assumed, select="C302").outcomes] == ["undecided", "failed"]
    misprinted = evolve(
        whole(requests=row("received", Cell.absent())).requests, unknown=(UnknownRow(("一、本年薪收", "4")),)
    )
    report = evolve(GOOD, requests=misprinted)
    assert [str(o.status) for o in check(report, select="C103").outcomes] == ["passed", "undecided", "passed"]
    unread = Reading(NO_TABLE, (Diagnostic(code="table-unread", found="x"),))
    assert [str(o.status) for o in check(unread, select="C102").outcomes] == ["passed", "undecided", "passed"]


@pytest.mark.parametrize(
    "overview",
    [
        ("（一）主动公开。", "（二）依申请公开。", "（一）制度。", "（二）队伍。"),
        ("没有序号。",),
        ("（十）甲。", "（十一）乙。"),
    ],
)
def test_numbers_that_go_on(overview: tuple[str, ...]) -> None:
    expected = list(overview[:1]) == ["（十）甲。"]
    assert bool(check(whole(overview=overview), select="C110").findings) is expected


def test_two_sections_in_each_others_place() -> None:
    text = str(render(GOOD, "text"))
    start = text.index("五、存在的主要")
    other = text.index("六、其他需要报告的事项")
    swapped = text[:start] + text[other:].rstrip("\n") + "\n\n" + text[start:other]
    (finding,) = check(read(swapped), select="C111").findings
    assert finding.zh == "章节标题“五、存在的主要问题及改进情况”的位置与标准格式不符，请核对。"
    renumbered = swapped.replace("六、", "五、").replace("五、存在", "六、存在")
    assert check(read(renumbered), select="C111").findings[0].actual == "五"
    assert [str(o.status) for o in check(GOOD, select="C111").outcomes] == ["not_applicable"]


def test_no_limit_is_not_applicable() -> None:
    long = whole(overview=("字" * 5000,))
    assert [str(o.status) for o in check(long, select="C304").outcomes] == ["not_applicable"]


def test_the_same_agency_of_another_year_is_no_other_unit() -> None:
    peers = Peers.of([whole(overview=SAID, year=2022)])
    assert check(whole(overview=SAID), select="P105", peers=peers).findings == ()
