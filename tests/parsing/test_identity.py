"""Agency, year, title and period: labelled openings, and what of them is compared, joined or folded."""

from __future__ import annotations

import unicodedata

import pytest

from gipa_reports import FormatName, Report, Section, Sections, WrongTypeError, parse, read, render
from gipa_reports.parsing.identity import PROSE_RULES
from gipa_reports.parsing.named import HEAD_RULES, named_in, title_in
from gipa_reports.parsing.outline import LOST_HEADINGS
from gipa_reports.parsing.titles import ABOVE
from gipa_reports.parsing.wrapped import RULES
from gipa_reports.template.characters import unify, without_readings
from openings import Opening, openings, verdicts

TUNED = [*openings("titles.txt"), *openings("sentences.txt")]
HELD_OUT = openings("held_out.txt")
ALL = [*TUNED, *HELD_OUT]
GAPS = 0.1
"""How many of the openings may be read as None with a diagnostic."""


@pytest.mark.parametrize("opening", ALL, ids=lambda opening: opening.name.replace(" ", "-"))
def test_an_opening_is_read_rightly_or_not_at_all(opening: Opening) -> None:
    assert {fact: read for fact, read in verdicts(opening).items() if read != "gap"} == {}


@pytest.mark.parametrize("cases", [TUNED, HELD_OUT], ids=["tuned", "held out"])
def test_few_openings_are_not_read(cases: list[Opening]) -> None:
    gaps = [opening.name for opening in cases if verdicts(opening)]
    assert len(gaps) <= GAPS * len(cases), gaps


def test_every_rule_says_what_it_is_for() -> None:
    for rule in (*HEAD_RULES, *PROSE_RULES, *ABOVE, *RULES, *LOST_HEADINGS):
        assert rule.__doc__, rule


@pytest.mark.parametrize("opening", TUNED[::3], ids=lambda opening: opening.name.replace(" ", "-"))
@pytest.mark.parametrize("format", ["text", "html"])
def test_a_report_with_such_an_opening_comes_back_the_same(opening: Opening, format: FormatName) -> None:
    report = opening.reading().report
    assert report is not None
    assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize(
    "line",
    [
        "关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
        "云岭县召开2023年政府信息公开工作年度报告编制会议",
        "一图读懂云岭县2023年政府信息公开工作年度报告",
        "现将2023年度政府信息公开工作报告如下",
        "2023年政府信息公开工作年度报告格式",
        "根据云岭县2023年政府信息公开工作年度报告",
        "我们编制了2023年政府信息公开工作年度报告。",
    ],
)
def test_a_line_that_only_speaks_of_a_report_is_no_title(line: str) -> None:
    assert title_in(line) is None


def test_a_prose_line_that_quotes_a_report_stays_prose() -> None:
    line = "我局编制完成《云岭县财政局2022年政府信息公开工作年度报告》并按时公布。"
    report = read(
        f"云岭县财政局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n{line}\n\n二、主动公开政府信息情况\n"
    ).report
    assert report is None or report.sections.overview == Section((line,))


# --- hints -----------------------------------------------------------------------------------------------------------


def test_what_a_caller_takes_a_report_for_is_compared_and_not_obeyed() -> None:
    source = TUNED[0].source
    plain = read(source)
    assert plain.report is not None
    same = read(source, agency="青石镇人民政府", year=2023)
    assert (same.report, same.diagnostics) == (plain.report, plain.diagnostics)
    other = read(source, agency="石桥乡人民政府", year=2022)
    assert other.report == plain.report
    assert [(d.code, d.expected, d.found) for d in other.diagnostics[len(plain.diagnostics) :]] == [
        ("hint-differs", "石桥乡人民政府", "云岭县青石镇人民政府"),
        ("hint-differs", "2022", "2023"),
    ]
    assert parse(source, agency="石桥乡人民政府", year=2022) == plain.report


def test_what_a_caller_says_fills_no_gap() -> None:
    reading = read("政府信息公开工作年度报告\n\n" + TUNED[0].source.partition("\n")[2], agency="甲局", year=2020)
    assert reading.report is not None
    assert (reading.report.agency, reading.report.year) == (None, None)


def test_a_hint_says_what_an_organ_or_a_year_may_be() -> None:
    source = TUNED[0].source
    assert read(source, agency=" ").diagnostics == read(source).diagnostics
    with pytest.raises(WrongTypeError, match="str"):
        read(source, agency=5)  # type: ignore[arg-type]
    with pytest.raises(WrongTypeError, match="int"):
        parse(source, year="2023")  # type: ignore[arg-type]


# --- characters ------------------------------------------------------------------------------------------------------


def test_every_sign_of_a_radical_has_its_ideograph() -> None:
    signs = [chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), "")]
    left = [sign for sign in signs if unify(sign) == sign]
    assert left == ["\u2e80"]  # for which Unicode names none
    # Where NFKC knows one as well, it is the same.
    compatible = [sign for sign in signs if unicodedata.normalize("NFKC", sign) != sign]
    assert all(unicodedata.normalize("NFKC", sign) == unify(sign) for sign in compatible)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("⼯⾏", "工行"),
        ("⻘⼭区", "青山区"),
        ("⻓沙", "长沙"),
        ("⻔头", "门头"),
        ("金山", "金山"),
        ("⻰⻛", "龙风"),
        ("青山", "青山"),
    ],
)
def test_signs_that_stand_for_an_ideograph(text: str, plain: str) -> None:
    assert unify(text) == plain
    assert unify(plain) == plain


def test_a_report_holds_ideographs_whatever_it_is_made_of() -> None:
    sample = TUNED[0].reading().report
    assert sample is not None
    report = Report(
        sample.disclosure,
        sample.requests,
        sample.proceedings,
        Sections(problems=Section(("⻘⼭常在。",))),
        "⻘⼭区2023年政府信息公开⼯作年度报告",
        "⻘⼭区",
    )
    assert (report.title, report.agency) == ("青山区2023年政府信息公开工作年度报告", "青山区")
    assert report.sections.problems == Section(("青山常在。",))
    for name in ("text", "html", "docx"):
        assert parse(render(report, name), format=name) == report


def test_labels_with_radicals_are_labels() -> None:
    source = TUNED[0].source
    assert (
        read(source.replace("行政", "⾏政").replace("自然人", "⾃然⼈").replace("长", "⻓")).report
        == read(source).report
    )


def test_notes_on_how_characters_are_read() -> None:
    assert without_readings("機(jī)關(guān)事務（wù）") == "機關事務"
    assert without_readings("第（一）项 (abc) 规章(jian)") == "第（一）项 (abc) 规章"


@pytest.mark.parametrize(
    ("title", "agency", "time"),
    [
        ("云岭县2023年1月至6月政府信息公开工作报告", "云岭县", ("2023-01-01", "2023-06-30")),
        ("云岭县2023年第四季度政府信息公开工作报告", "云岭县", ("2023-10-01", "2023-12-31")),
        ("云岭县2024年前三季度政府信息公开工作报告", "云岭县", ("2024-01-01", "2024-09-30")),
        ("云岭县2024年前2个月政府信息公开工作报告", "云岭县", ("2024-01-01", "2024-02-29")),
        ("云岭县2023年度下半年政府信息公开工作报告", "云岭县", ("2023-07-01", "2023-12-31")),
    ],
)
def test_the_days_of_a_part_of_a_year(title: str, agency: str, time: tuple[str, str]) -> None:
    named = named_in(title)
    assert (named.agency, named.year) == (agency, None)
    assert named.span is not None
    assert named.span.period is not None
    assert (named.span.period.start.isoformat(), named.span.period.end.isoformat()) == time
