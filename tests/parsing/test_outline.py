"""What stands around the tables: title, organ, year, period, and what belongs to the page and not to the report."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import places
from gipa_reports import FormatName, Period, Reading, Report, Section, Sections, parse, read, render
from gipa_reports.template import HEADINGS

SAMPLE = places.SAMPLE.read_text("utf-8")
WHOLE = parse(SAMPLE)
ORGAN = "青山区临江街道办事处"
TITLE = f"{ORGAN}2023年政府信息公开工作年度报告"
STATED = "2023年1月1日起至2023年12月31日"
CALENDAR_YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
FORMATS: tuple[FormatName, ...] = ("text", "markdown", "html", "docx", "xlsx")


def headed(head: str, *, period: str = STATED) -> Reading:
    """The sample with other lines in the place of its title, and another statement of its period."""
    assert SAMPLE.startswith(TITLE)
    assert STATED in SAMPLE
    return read(head + SAMPLE.removeprefix(TITLE).replace(STATED, period))


def report_of(reading: Reading) -> Report:
    assert reading.report is not None
    return reading.report


def facts(reading: Reading) -> tuple[str | None, str | None, int | None]:
    report = report_of(reading)
    return report.title, report.agency, report.year


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.diagnostics]


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        f"{ORGAN}二O二三年政府信息公开工作年度报告",
        f"{ORGAN}二Ｏ二三年政府信息公开工作年度报告",
        f"{ORGAN}２０２３年政府信息公开工作年度报告",
        f"{ORGAN}2023年政府信\u200b息公开工作年度报告",
        "青山区临江街道\u200b办事处2023年政府信息公开工作年度报告",
        f"{ORGAN}：2023年政府信息公开工作年度报告",
        f"【年报】{ORGAN}2023年政府信息公开工作年度报告",
    ],
)
def test_a_title_in_another_spelling_is_kept_and_names_organ_and_year(title: str) -> None:
    reading = headed(title)
    assert facts(reading) == (title, ORGAN, 2023)
    assert reading.diagnostics == ()
    for name in FORMATS:
        assert parse(render(report_of(reading), name), format=name) == reading.report


@pytest.mark.parametrize(
    "line",
    [
        f"2024-01-23 {TITLE}",
        f"2024-01-23{TITLE}",
        f"[2024-01-23] {TITLE}",
        f"{TITLE} 2024-01-23",
        f"{TITLE}（2024年1月23日）",
        f"{TITLE} 发布时间：2024-01-23 来源：区政府办",
        f"名称 {TITLE}",
    ],
)
def test_what_a_page_writes_around_a_title_is_none_of_it(line: str) -> None:
    reading = headed(line)
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert report_of(reading).sections == WHOLE.sections


def test_the_day_of_publication_is_not_the_year_of_the_report() -> None:
    reading = headed(f"{ORGAN}政府信息公开工作年度报告 2024年1月23日")
    assert facts(reading) == (f"{ORGAN}政府信息公开工作年度报告", ORGAN, 2023)
    assert codes(reading) == ["identity-from-prose"]


@pytest.mark.parametrize(
    "lines",
    [
        (f"{ORGAN}2023年", "政府信息公开工作年度报告"),
        (ORGAN, "2023年", "政府信息公开工作年度报告"),
        (ORGAN, "2023年政府信息公开", "工作年度报告"),
        (f"{ORGAN}2023年政府信息公", "开工作年度报告"),
        ("青山区临江街道办", "事处2023年政府信息公", "开工作年度报告"),
        ("青山区临江街道", "办事处2023年政府信息公开工作年度报告"),
    ],
)
def test_a_title_over_several_lines(lines: tuple[str, ...]) -> None:
    reading = headed("\n".join(("区政府门户", *lines)))
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert [line.text for line in reading.unparsed] == ["区政府门户"]
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        (f"青山区人民政府办公室关于印发{TITLE}的通知", ORGAN, 2023),
        (f"{ORGAN}关于公布2023年政府信息公开工作年度报告的公告", ORGAN, 2023),
        (TITLE.replace("2023", "23"), ORGAN, 2023),
    ],
)
def test_a_title_that_issues_a_report_or_cuts_its_year(title: str, organ: str, year: int) -> None:
    assert facts(headed(title))[1:] == (organ, year)


def test_links_to_the_reports_of_others_below_the_title() -> None:
    others = "青山区财政局2022年政府信息公开工作年度报告\n青山区民政局2021年政府信息公开工作年度报告"
    start = SAMPLE.index("一、总体情况")
    reading = read(f"{TITLE}\n{others}\n{STATED}。\n\n{SAMPLE[start:].replace(STATED, '')}")
    assert facts(reading) == (TITLE, ORGAN, 2023)


def test_what_an_organ_calls_itself_is_no_name() -> None:
    text = SAMPLE.removeprefix(TITLE)
    for sentence in ("现公布我局2023年政府信息公开工作年度报告。", "2023年，我局通过区管委会网站公开信息。"):
        reading = read(text.replace("一、总体情况\n", f"一、总体情况\n\n{sentence}\n", 1))
        assert facts(reading) == (None, None, 2023)
    named = read(
        text.replace("一、总体情况\n", "一、总体情况\n\n2023年，本溪市民政局认真公开。\n", 1).replace(
            "由临江街道办事处", ""
        )
    )
    assert facts(named) == (None, "本溪市民政局", 2023)


def test_a_title_with_a_word_more_below_its_organ() -> None:
    reading = headed(f"{ORGAN}\n关于2023年度政府信息公开工作的年度报告")
    assert facts(reading)[1:] == (ORGAN, 2023)


def moved(table: str, before: str) -> str:
    """The sample with what stands between a heading and the next put before another."""
    start = SAMPLE.index("\n", SAMPLE.index(table)) + 1
    end = re.compile(r"^[三四五]、", re.MULTILINE).search(SAMPLE, start)
    assert end is not None
    text = SAMPLE[:start] + SAMPLE[end.start() :]
    return text.replace(before, SAMPLE[start : end.start()] + before)


def test_a_table_in_a_section_that_is_not_its_own() -> None:
    reading = read(moved("二、主动公开政府信息情况", "六、其他需要报告的事项"))
    assert codes(reading) == ["table-elsewhere"]
    assert len(reading.diagnostics[0].cells) == 10
    assert reading.diagnostics[0].found == "五、存在的主要问题及改进情况"


def test_words_of_a_table_below_the_report_leave_no_doubt_about_it() -> None:
    reading = read(SAMPLE + "\n\n行政许可\n\n行政处罚\n\n友情链接\n")
    assert {cell_id for problem in reading.diagnostics for cell_id in problem.cells} == set()


def test_a_date_below_a_title_is_no_part_of_it() -> None:
    assert facts(headed(f"{ORGAN}政府信息公开工作年度报告\n2024年1月23日")) == (
        f"{ORGAN}政府信息公开工作年度报告",
        ORGAN,
        2023,
    )


def test_entries_of_a_menu_make_no_title() -> None:
    reading = headed(f"政府信息公开\n年报\n{TITLE}")
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert facts(headed("政府信息公开\n年报"))[0] is None


def test_half_a_name_is_no_organ() -> None:
    title = "办事处2023年政府信息公开工作年度报告"
    reading = headed(title)
    assert facts(reading) == (title, "临江街道办事处", 2023)  # its first sentence names it
    assert codes(reading) == ["identity-from-prose"]
    reading = read(SAMPLE.replace(TITLE, title, 1).replace("由临江街道办事处", ""))
    assert (report_of(reading).agency, report_of(reading).year) == (None, 2023)
    assert codes(reading) == ["agency-unknown"]


OTHER_YEARS = [f"{ORGAN}{year}年政府信息公开工作年度报告" for year in (2022, 2021, 2020)]


@pytest.mark.parametrize(
    "head", [[TITLE, *OTHER_YEARS], [*OTHER_YEARS, TITLE], [OTHER_YEARS[0], TITLE, OTHER_YEARS[1]]]
)
def test_among_the_titles_of_several_years_the_period_decides(head: list[str]) -> None:
    reading = headed("\n".join(head))
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert [line.text for line in reading.unparsed] == [line for line in head if line != TITLE]
    assert report_of(reading).sections == WHOLE.sections
    assert reading.diagnostics == ()


def test_among_the_titles_of_several_years_none_is_taken_at_will() -> None:
    reading = headed("\n".join((TITLE, *OTHER_YEARS)), period="年初起至年末")
    assert facts(reading) == (None, "临江街道办事处", None)  # from its first sentence
    assert codes(reading) == ["identity-from-prose", "year-unknown"]


def test_a_title_that_names_organ_and_year_goes_before_names_of_columns() -> None:
    reading = headed(f"{TITLE}\n2022年政府信息公开年报\n2021年政府信息公开年报\n政府信息公开年报")
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert report_of(reading).sections == WHOLE.sections


def test_an_index_table_below_the_title() -> None:
    reading = headed(f"{TITLE}\n索引号\tA1-2024\n名称\t{TITLE}\n发布机构\t区政府办\n发布日期\t2024-01-23")
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert report_of(reading).sections == WHOLE.sections


def test_a_year_that_the_period_contradicts_is_flagged() -> None:
    reading = headed(TITLE, period="2022年1月1日起至2022年12月31日")
    assert report_of(reading).year == 2023
    (problem,) = reading.diagnostics
    assert (problem.code, problem.found, problem.expected) == ("year-differs", "2023", "2022-01-01 – 2022-12-31")
    assert headed(TITLE, period="2022年12月26日起至2023年12月25日").diagnostics == ()


@pytest.mark.parametrize(
    "menu",
    [
        "<ul><li>行政许可</li><li>行政处罚</li><li>行政强制</li></ul>",
        "<table><tr><td>年度</td><td>2021</td><td>2022</td></tr><tr><td>行政许可</td><td>1</td><td>2</td></tr></table>",
    ],
)
def test_words_of_the_form_above_the_title_do_not_hide_it(menu: str) -> None:
    reading = read(render(WHOLE, "html").replace("<h1>", f"{menu}<h1>"))
    assert facts(reading) == (TITLE, ORGAN, 2023)
    assert report_of(reading).sections == WHOLE.sections


def test_a_title_below_prose_and_a_table_is_not_the_reports_own() -> None:
    head, table = SAMPLE.removeprefix(TITLE).split("二、主动公开政府信息情况", 1)
    head = head.replace("一、总体情况", "")
    reading = read(f"{head}{table}".replace("三、收到", f"{TITLE}\n\n三、收到", 1))
    assert report_of(reading).title is None
    overview = report_of(reading).sections.overview
    assert overview is not None
    assert overview.paragraphs[0].startswith("本报告由")


@pytest.mark.parametrize(
    "title", ["青山區臨江街道辦事處2023年政府信息公開工作年度報告", "青山區財政局2023年政府資訊公開年報"]
)
def test_a_title_in_traditional_characters_is_kept_as_it_is(title: str) -> None:
    reading = headed(title)
    assert facts(reading) == (title, title[: title.index("2023")], 2023)
    assert reading.diagnostics == ()


# --- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "2023年1月1日——2023年12月31日",
        "2023年1月1日 － 12月31日",
        "2023年1月1日 至 12月31日",
        "2023年1月1日～12月31日",
        "2023年1月1日一12月31日",
        "2023年1月1日起，至2023年12月31日",
        "2023年1月1日\u200b至12月31日",
        "２０２３年１月１日至１２月３１日",
        "二〇二三年一月一日至十二月三十一日",
        "二O二三年一月一日起至二O二三年十二月三十一日",
        "2023.1.1-2023.12.31",
        "2023.01.01—12.31",
        "2023-01-01至2023-12-31",
    ],
)
def test_a_period_in_any_spelling(words: str) -> None:
    reading = headed(TITLE, period=words)
    assert report_of(reading).period == CALENDAR_YEAR
    assert reading.diagnostics == ()


@pytest.mark.parametrize(
    "words", ["2023年13月1日至12月31日", "2023.1.1-2023.12.311", "12023.1.1-2023.12.31", "每日一31"]
)
def test_what_is_no_period(words: str) -> None:
    assert report_of(headed(TITLE, period=words)).period is None


# --- the page around the report --------------------------------------------------------------------------------------

FURNITURE = [
    "责任编辑：王小小",
    "责编：王小小",
    "审核：李大大",
    "Copyright © 2024 青山区人民政府",
    "地址：青山区临江路1号",
    "邮编：430080",
    "联系电话：027-88880000",
    "稿件来源：区政府办",
    "文章来源：区政府办",
    "点击数：123",
    "[打印]",
    "[关闭窗口]",
    "相关附件",
    "2023年年报.docx",
    "友情链接",
    "相关阅读",
    "政务微信",
    "手机版",
    "登录",
    "注册",
    "登录 | 注册",
    "中国政府网",
    "微信扫一扫",
    "听全文",
    "您是第12345位访问者",
    "本网站支持IPv6",
    "关于我们 | 网站地图 | 联系我们",
    "日期：2024-01-23",
    "字体：大 中 小",
    "【字体：大 中 小】",
    "浏览：123次",
    "2024-01-23 10:20 来源：区政府办 浏览：123次 字体：大 中 小",
    "发布机构 区政府办",
]
PROSE = [
    "如有疑问，请拨打电话：027-88880000。",
    "审核：严格落实三审三校制度，确保准确。",
    "（四）政务微信",
    "登录人数增加",
    "2024年1月23日",
    "政府信息公开年报编制",
    "地址和电话均已公布",
    "来源 广泛",
    "另一街道办事处2023年政府信息公开工作年度报告",
]


def with_matters(*paragraphs: str) -> str:
    return SAMPLE + "".join(f"\n{paragraph}\n" for paragraph in paragraphs)


@pytest.mark.parametrize("line", [*FURNITURE, *OTHER_YEARS])
def test_lines_of_the_page_are_no_prose(line: str) -> None:
    for source in (with_matters(line), below_title(line)):
        reading = read(source)
        assert report_of(reading).sections == WHOLE.sections
        assert [kept.text for kept in reading.unparsed] == [line]


def below_title(line: str) -> str:
    return SAMPLE.replace(TITLE, f"{TITLE}\n\n{line}", 1)


@pytest.mark.parametrize("line", PROSE)
def test_lines_that_may_be_prose_stay_prose(line: str) -> None:
    reading = read(with_matters(line))
    matters = report_of(reading).sections.other_matters
    assert matters is not None
    assert matters.paragraphs[-1] == line
    assert reading.unparsed == ()


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_with_such_lines_in_its_prose_comes_back_the_same(format: FormatName) -> None:
    lines = Section((*FURNITURE, *PROSE, TITLE, *OTHER_YEARS, f"2024-01-23 {TITLE}", f"{TITLE} 来源：区政府办"))
    for sections in (Sections(overview=lines, other_matters=lines), Sections(problems=lines)):
        report = evolve(WHOLE, sections=sections)
        assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("agency", [None, ORGAN])
def test_a_title_that_would_be_read_otherwise_comes_back_the_same(format: FormatName, agency: str | None) -> None:
    for title in (
        f"2024-01-23 {TITLE}",
        f"名称 {TITLE}",
        f"{TITLE} 来源：区政府办",
        "政府信息公开年报",
        f"{TITLE} 2024-01-23",
    ):
        report = evolve(WHOLE, title=title, agency=agency, sections=Sections(problems=Section(("甲",))))
        assert parse(render(report, format), format=format) == report


# --- what is lost, cut or broken -------------------------------------------------------------------------------------

SECTION_5 = "五、存在的主要问题及改进情况"


def test_a_part_of_section_5_tells_its_heading_was_lost() -> None:
    """Also where the table of 四 is not right above it."""
    assert SECTION_5 in SAMPLE
    whole = SAMPLE.replace(SECTION_5, f"{SECTION_5}\n\n（一）存在的主要问题。栏目不全。\n\n（二）改进情况。正在补充。")
    lost = whole.replace(f"{SECTION_5}\n", "")
    reading = read(lost)
    assert codes(reading) == ["heading-missing"]
    assert reading.diagnostics[0].expected == SECTION_5
    assert report_of(reading).sections == parse(whole).sections
    table = SAMPLE[SAMPLE.index("四、") : SAMPLE.index(SECTION_5)]
    without = report_of(read(lost.replace(table, "四、政府信息公开行政复议、行政诉讼情况\n\n未发生。\n\n")))
    assert without.sections.proceedings == Section(("未发生。",))
    assert without.sections.problems == parse(whole).sections.problems


@pytest.mark.parametrize(
    ("heading", "broken"),
    [
        (SECTION_5, "五、存在的主要问题\n及改进情况"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开\n申请情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议、行政诉\n\n讼情况"),
        (SECTION_5, "第五部分 存在的主要问题及改进情况"),
        ("二、主动公开政府信息情况", "二、主动公开情况"),
        ("三、收到和处理政府信息公开申请情况", "第三部分：依申请公开情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、行政复议和诉讼情况"),
    ],
)
def test_a_heading_broken_over_lines_or_in_other_words(heading: str, broken: str) -> None:
    reading = read(SAMPLE.replace(f"{heading}\n", f"{broken}\n"))
    assert codes(reading) == []
    assert report_of(reading).sections == report_of(read(SAMPLE)).sections


def test_what_a_part_is_called_is_no_heading_without_its_ordinal() -> None:
    lines = ("（一）主动公开情况", "主动公开情况", "一、主动公开情况", "（二）主动公开情况", "3、依申请公开情况")
    source = SAMPLE.replace("一、总体情况\n", "一、总体情况\n\n" + "\n\n".join(lines) + "\n", 1)
    overview = report_of(read(source)).sections.overview
    assert overview is not None
    assert overview.paragraphs[: len(lines)] == lines


ENTRIES = tuple(heading.text for heading in HEADINGS)


@pytest.mark.parametrize(
    "contents",
    [
        ("目　录", *ENTRIES),
        ("目录", *(f"{entry}……{number}" for number, entry in enumerate(ENTRIES, 1))),
        ("目 次", *(f"{entry} {number}" for number, entry in enumerate(ENTRIES, 1))),
        ("# 目录", *(f"- [{entry}](#{number})" for number, entry in enumerate(ENTRIES))),
        ("目录", *(line for entry in ENTRIES for line in (entry, "3"))),
        ("目录", ENTRIES[0], "（一）主动公开", "（二）依申请公开", *ENTRIES[1:]),
        ("目录", *ENTRIES[:2]),
        ENTRIES,
    ],
    ids=lambda lines: lines[1],
)
def test_a_page_of_contents_is_none_of_the_report(contents: tuple[str, ...]) -> None:
    body = SAMPLE[SAMPLE.index("一、总体情况") :]
    plain = read(f"{TITLE}\n\n{body}")
    for source in ("\n".join((TITLE, *contents, body)), "\n".join((*contents, TITLE, body))):
        reading = read(source)
        assert codes(reading) == codes(plain)
        assert reading.report == plain.report
        assert [line.text for line in reading.unparsed][: len(contents)] == list(contents)


def test_headings_that_do_not_come_again_are_no_contents() -> None:
    """Also where the word is there, which may be prose."""
    reading = read(SAMPLE.replace("一、总体情况\n", "一、总体情况\n\n目录\n", 1))
    overview = report_of(reading).sections.overview
    assert overview is not None
    assert overview.paragraphs[0] == "目录"
    twice = read(SAMPLE[SAMPLE.index("一、总体情况") :] + "\n" + SAMPLE)
    assert "heading-repeated" in codes(twice)


def test_text_goes_on_below_a_heading_that_lost_its_end() -> None:
    reading = read(SAMPLE.replace(f"{SECTION_5}\n", f"{SECTION_5[:-2]}\n"))
    assert codes(reading) == ["heading-missing"]
    assert reading.diagnostics[0].expected == SECTION_5
    assert report_of(reading).sections.problems == report_of(read(SAMPLE)).sections.problems


@pytest.mark.parametrize("format", FORMATS)
def test_such_a_part_in_another_section_comes_back(format: FormatName) -> None:
    lines = Section(("（一）存在的主要问题。栏目不全。", "（二）改进情况。", "五、存在", "三、收到和处理"))
    for sections in (Sections(requests=lines), Sections(proceedings=lines), Sections(overview=lines, problems=lines)):
        report = evolve(WHOLE, sections=sections)
        assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize(
    ("mark", "kept", "expected"),
    [
        ("四、政府信息公开", 10, "四、政府信息公开行政复议、行政诉讼情况"),
        ("三、收到和处理", 6, "三、收到和处理政府信息公开申请情况"),
        (SECTION_5, 5, SECTION_5),
        (SECTION_5, 2, SECTION_5),
        ("六、其他需要", 4, "六、其他需要报告的事项"),
    ],
)
def test_a_cut_inside_a_heading_is_noticed(mark: str, kept: int, expected: str) -> None:
    reading = read(SAMPLE[: SAMPLE.index(mark) + kept])
    assert reading.error is not None
    assert (reading.error.code, reading.error.expected) == ("truncated-text", expected)
    assert reading.report is not None
    missing = [problem.cells for problem in reading.diagnostics if problem.code == "table-absent"]
    assert reading.diagnostics[0].cells == tuple(cell for cells in missing for cell in cells)
    assert "heading-missing" not in codes(reading)


def test_a_cut_below_the_heading_of_a_table_is_noticed() -> None:
    end = SAMPLE.index("\n", SAMPLE.index("四、政府信息公开"))
    reading = read(SAMPLE[:end])
    assert reading.error is not None
    assert reading.error.code == "truncated-text"


def test_rows_missing_in_one_table_are_one_line() -> None:
    start, end = SAMPLE.index("第二十条第（五）项"), SAMPLE.index("三、收到")
    reading = read(SAMPLE[:start] + SAMPLE[end:])
    assert codes(reading) == ["few-rows", "row-missing"]
    missing = reading.diagnostics[1]
    assert missing.expected == "行政许可、行政处罚、行政强制、行政事业性收费"
    assert len(missing.cells) == 4
    assert reading.codes("disclosure.fees.amount") == ("few-rows", "row-missing")


WRAPPED = """一、总体情况

2023年，街道在社区公告栏和区门户网站同步公开信息，全
年更新栏目九个，其中养老服务、河堤维护两个栏目由居
民点单设立，社区每月收集一次意见并在栏目中答复。
第二段另起一行，由三名居民代表担任公开监督员，按
月反馈意见。
（一）主动公开情况。
公文在拟稿时标明公开属性。
"""


def test_rows_of_a_table_that_has_lost_its_heading_are_doubted_in_one_line() -> None:
    lines = SAMPLE.split("\n")
    top = next(number for number, line in enumerate(lines) if "申请人情况" in line)
    reading = read("\n".join([*lines[:top], *lines[top + 3 :]]))
    (problem,) = (problem for problem in reading.diagnostics if problem.code == "columns-unread")
    assert len(problem.cells) == 175
    assert all("columns-unread" in reading.codes(cell_id) for cell_id in problem.cells)


def test_rows_that_come_again_are_named_in_one_line() -> None:
    start, end = SAMPLE.index("一、本年新收"), SAMPLE.index("三、本年度办理结果")
    rows = SAMPLE[start:end] + SAMPLE[SAMPLE.index("四、结转下年度") :].partition("\n")[0] + "\n"
    below = SAMPLE.index("四、政府信息公开行政复议")
    reading = read(SAMPLE[:below] + rows + SAMPLE[below:])
    (problem,) = (problem for problem in reading.diagnostics if problem.code == "row-repeated")
    assert str(problem.found).count("、") >= 2


def test_prose_that_was_broken_at_a_width_is_joined() -> None:
    start = SAMPLE.index("二、主动公开政府信息情况")
    report = report_of(read(f"{TITLE}\n\n{WRAPPED}\n{SAMPLE[start:]}"))
    assert report.sections.overview == Section(
        (
            "2023年，街道在社区公告栏和区门户网站同步公开信息，全年更新栏目九个，其中养老服务、河堤维护两个栏目由居"
            "民点单设立，社区每月收集一次意见并在栏目中答复。",
            "第二段另起一行，由三名居民代表担任公开监督员，按月反馈意见。",
            "（一）主动公开情况。",
            "公文在拟稿时标明公开属性。",
        )
    )


@pytest.mark.parametrize("mark", ["- 3 -", "第3页", "\n- 3 -\n", "- 3 -\n\f"])
def test_a_paragraph_goes_on_below_the_mark_of_a_page(mark: str) -> None:
    start = SAMPLE.index("二、主动公开政府信息情况")
    lines = WRAPPED.split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("2023年")) + 1
    broken = "\n".join((*lines[:at], mark, *lines[at:]))
    whole = report_of(read(f"{TITLE}\n\n{WRAPPED}\n{SAMPLE[start:]}"))
    assert report_of(read(f"{TITLE}\n\n{broken}\n{SAMPLE[start:]}")).sections.overview == whole.sections.overview


def test_what_stands_far_below_the_mark_of_a_page_begins_anew() -> None:
    start = SAMPLE.index("二、主动公开政府信息情况")
    body = "一、总体情况\n按月反馈意见，\n- 3 -\n\n\n\n公文在拟稿时标明公开属性"
    report = report_of(read(f"{TITLE}\n\n{body}\n{SAMPLE[start:]}"))
    assert report.sections.overview == Section(("按月反馈意见，", "公文在拟稿时标明公开属性"))


def test_the_last_words_of_a_paragraph_may_be_a_piece_of_a_label() -> None:
    start = SAMPLE.index("二、主动公开政府信息情况")
    body = "一、总体情况\n除此之外，街道没有其他需要报告的\n事项。"
    body += "\n\n养老服务和河堤维护由居民点单设立\n按月更新。\n\n三名居民代表按月反馈意见并记录在\n册。"
    report = report_of(read(f"{TITLE}\n\n{body}\n{SAMPLE[start:]}"))
    assert report.sections.overview is not None
    assert report.sections.overview.paragraphs[0] == "除此之外，街道没有其他需要报告的事项。"


def test_lines_that_only_follow_each_other_are_not_joined() -> None:
    lines = ("按月反馈意见", "公文在拟稿时标明公开属性", "便民大厅设自助查询机一台，由值班人员协助老年人使用", "共九条")
    start = SAMPLE.index("二、主动公开政府信息情况")
    report = report_of(read(f"{TITLE}\n\n一、总体情况\n" + "\n".join(lines) + f"\n{SAMPLE[start:]}"))
    assert report.sections.overview == Section(lines)


# --- labels that are misprinted, rows that nobody knows --------------------------------------------------------------


@pytest.mark.parametrize("format", [None, "text", "markdown", "html"])
def test_a_misprinted_label_is_told_by_its_number_and_the_rows_beside_it(format: FormatName | None) -> None:
    label, slip = "2.其他法律行政法规禁止公开", "2.其他法律行政止公开"
    source = SAMPLE if format is None else render(WHOLE, format)
    assert isinstance(source, str)
    assert source.count(label) == 1
    reading = read(source.replace(label, slip))
    assert reading.report == WHOLE
    (problem,) = reading.diagnostics
    assert (problem.code, problem.found, problem.expected) == ("label-misprinted", slip, label)
    assert len(problem.cells) == 7
    assert problem.location is not None
    assert reading.codes(problem.cells[0]) == ("label-misprinted",)


def one_cell_a_line(text: str) -> str:
    """The sample with each cell of its tables on a line of its own."""
    return "\n".join(cell for line in text.split("\n") for cell in line.split("\t") if cell)


def cells_by_blanks(text: str) -> str:
    """The sample with blanks between the cells of its tables."""
    return re.sub("\t+", " ", text)


@pytest.mark.parametrize("layout", [one_cell_a_line, cells_by_blanks])
def test_a_misprinted_label_is_told_where_no_line_is_ruled(layout: Callable[[str], str]) -> None:
    label, slip = "2.其他法律行政法规禁止公开", "2.其他法律行政止公开"
    plain, reading = read(layout(SAMPLE)), read(layout(SAMPLE.replace(label, slip)))
    assert reading.report == plain.report
    (problem,) = (problem for problem in reading.diagnostics if problem not in plain.diagnostics)
    assert (problem.code, problem.found, problem.expected) == ("label-misprinted", slip, label)
    assert (len(problem.cells), problem.location is not None) == (7, True)


@pytest.mark.parametrize("layout", [str, one_cell_a_line, cells_by_blanks])
@pytest.mark.parametrize("slip", ["2.其他", "3.其他法律行政止公开", "其他法律行政止公开", "2.本年度新增加的一行数据"])
def test_what_is_no_misprint(slip: str, layout: Callable[[str], str]) -> None:
    reading = read(layout(SAMPLE.replace("2.其他法律行政法规禁止公开", slip)))
    assert "label-misprinted" not in codes(reading)
    assert reading.codes("requests.denied.prohibited_by_law.total")


@pytest.mark.parametrize(
    "row", ["| 其他主动公开文件 | 12 |\n|---|---|", "| 项目 | 数量 |\n|---|---|\n| 其他主动公开文件 | 12 |"]
)
def test_a_row_of_a_markdown_table_without_a_label_is_kept(row: str) -> None:
    text = render(WHOLE, "markdown")
    assert isinstance(text, str)
    reading = read(text.replace("## 三、", f"{row}\n\n## 三、", 1))
    assert codes(reading) == ["row-unknown"]
    assert [unknown.cells for unknown in report_of(reading).disclosure.unknown] == [("其他主动公开文件", "12")]
