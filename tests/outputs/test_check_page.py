"""The page of a check: what it says without a browser, and how it works in one.

The tests with a browser run where chromium, chromedriver and selenium are installed, and are skipped elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser, LexborNode

import places
from chromium import A4_WIDTH, PAINTED, SCHEMES, browser, contrast, show
from gipa_reports import Cell, Report, check, parse, read, render
from gipa_reports.checks import RULES, Finding, FindingSeverity, Outcome, Passage, Rule, Status
from gipa_reports.checks import notes as reasons
from gipa_reports.messages import Phrase
from gipa_reports.outputs import Checked, write_findings
from gipa_reports.outputs.phrases import groups, location_text
from gipa_reports.outputs.rules_zh import RULES_ZH
from gipa_reports.outputs.wording import finding_place, instance_name, status, why
from gipa_reports.suppressions import Suppressed, Suppression
from gipa_reports.testing import reports

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser"]  # a fixture, asked for by its name

SAMPLE = places.SAMPLE.read_text("utf-8")
FAULTS = (
    ("一、本年新收政府信息公开申请数量\t\t\t9\t3", "一、本年新收政府信息公开申请数量\t\t\t8\t3"),
    ("加上年结转2件", "加上年结转5件"),
    ("1\t0\t0\t1\t2\t0\t0\t1\t0\t1", "1\t0\t0\t1\t2\t0\t0\t1\t0\t3"),
)
"""本年新收·自然人 8 instead of 9 (two identities, one root); the prose says 5 carried in, the table 2; one lawsuit, in
total 3."""
HOSTILE = "</title></style></script><script>window.broken = 1</script><img src=x onerror='window.broken = 1'>"
STALE = (Suppression("A101", "旧的理由 <b>", origin="gipa-reports.toml", line=4),)


def faulty(text: str = SAMPLE) -> str:
    for right, wrong in FAULTS:
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    return text


def checked(source: str, text: str | Report, **options: Any) -> Checked:
    reading = read(text if isinstance(text, str) else render(text, "text"))
    result = None if reading.report is None else check(reading, **{"ignore": "C108", **options})
    return Checked(source, reading, result)


def hostile() -> Checked:
    """A report in which all that a stranger may write is markup, and which has a finding about it."""
    plain = checked("2023/c.txt", SAMPLE)
    assert plain.reading.report is not None
    report = evolve(plain.reading.report, agency=HOSTILE, title=HOSTILE)
    cell = "requests.received.total"
    finding = Finding(
        code="<X1>",
        severity=FindingSeverity.HINT,
        instance=HOSTILE,
        cells=(cell,),
        zh=HOSTILE,
        en=HOSTILE,
        quote=f"甲{HOSTILE}",
    )
    outcomes = (
        Outcome(code="<X1>", instance=HOSTILE, status=Status.FAILED, cells=(cell,), note="", finding=finding),
        Outcome(code="<X2>", instance=HOSTILE, status=Status.ERRORED, cells=(), note=HOSTILE),
        Outcome(code="<X3>", instance="", status=Status.UNDECIDED, cells=(HOSTILE,)),
    )
    assert plain.result is not None
    return Checked(HOSTILE, evolve(plain.reading, report=report), evolve(plain.result, outcomes=outcomes))


@pytest.fixture(scope="module")
def run() -> list[Checked]:
    """A faulty report; a clean one; one of markup; no report; one with a previous year and a suppressed finding."""
    clean = SAMPLE
    for row in ("属于国家秘密\t0\t0\t\t", "1\t0\t0\t\t1"):
        assert row in clean
        clean = clean.replace(row, row.replace("\t\t", "\t0\t"))
    previous = SAMPLE.replace("2023", "2022").replace("四、结转下年度继续办理\t\t\t1", "四、结转下年度继续办理\t\t\t4")
    later = checked("2023/e.txt", SAMPLE.replace("临江", "白石"), previous=read(previous.replace("临江", "白石")))
    assert later.result is not None
    accepted = next(outcome for outcome in later.result.outcomes if outcome.code == "Y103")
    rest = tuple(outcome for outcome in later.result.outcomes if outcome is not accepted)
    assert accepted.finding is not None
    suppressed = Suppressed(accepted.finding, Suppression("Y103", "已请示 <i>", origin="a.toml"))
    result = evolve(later.result, outcomes=rest)
    return [
        checked("2023/a.txt", faulty()),
        checked("2023/b.txt", clean.replace("临江", "望海")),
        hostile(),
        checked("2023/d.txt", ""),
        evolve(
            later,
            result=result,
            suppressed=(suppressed,),
            others=(("previous", "去年.txt"),),
        ),
    ]


@pytest.fixture(scope="module")
def text(run: list[Checked]) -> str:
    page = write_findings(run, "html", "zh", STALE)
    assert isinstance(page, str)
    return page


@pytest.fixture(scope="module")
def page(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (node,) = tree.css(selector)
    return node


# --- what stands on the page ---------------------------------------------------------------------------------------


def test_every_unit_has_its_line_and_its_article(page: LexborHTMLParser) -> None:
    """The worst first: by errors (of one cause one), what could not be read, warnings, hints."""
    lines = [re.sub(r"\s+", " ", link.text()) for link in page.css("nav.units li a")]
    assert lines[0] == "青山区临江街道办事处 2023年错误 2 · 警告 1 · 未能检查 3 · 建议 1"
    assert lines[1].startswith("青山区白石街道办事处 2023年错误 2")
    assert lines[2] == "d.txt未能检查"
    assert lines[3].startswith(HOSTILE)
    assert lines[4] == "青山区望海街道办事处 2023年未发现问题"
    articles = page.css("main > article.unit")
    assert [f"#{article.id}" for article in articles] == [
        link.attributes["href"] for link in page.css("nav.units li a")
    ]
    assert "empty-source 文件没有内容。" in articles[2].text()
    assert articles[2].css("table") == []


def test_all_findings_stand_first_the_worst_unit_at_the_top(page: LexborHTMLParser) -> None:
    overview = only(page, "main > #all")
    assert overview.next is not None
    assert [part.attributes["data-unit"] for part in overview.css("section[data-unit]")] == ["u1", "u2", "u3", "u4"]
    lines = [re.sub(r"\s+", " ", line.text()).strip() for line in overview.css("[data-unit=u1] li")]
    assert lines[0] == "错误 “本年新收·自然人”与所在的行和列都对不上。"
    assert lines[-1].startswith("? 未能检查 3项：空白请填0或应填的数：")
    assert overview.css("[data-unit=u1] li a")[0].attributes["href"] == "#u1-f1"
    assert only(page, "#all h2").text() == "全部问题（6）"
    assert page.html is not None
    assert page.html.count("请核对报告原文") == 1


def test_a_unit_that_nothing_is_said_of_has_no_form(page: LexborHTMLParser, run: list[Checked]) -> None:
    assert page.css("#u5 table") == []
    clean = run[1]
    size = len(str(write_findings([clean] * 1500, "html", "zh")).encode())
    assert size < 2_000_000, "1,500 clean reports"


def test_each_cell_that_takes_part_is_marked_with_the_number_of_its_finding(
    run: list[Checked], page: LexborHTMLParser
) -> None:
    unit = page.css("article.unit")[0]
    numbered = {finding.id: finding for finding in unit.css(".finding")}
    assert list(numbered) == ["u1-f1", "u1-f2", "u1-f3"]
    codes = {key: (finding.attributes["data-codes"] or "").split() for key, finding in numbered.items()}
    assert codes == {"u1-f1": ["A101", "A103"], "u1-f2": ["A201"], "u1-f3": ["N102"]}
    by_code = {code: key for key, several in codes.items() for code in several}
    wanted = {(cell_id, by_code[finding.code]) for finding in run[0].findings for cell_id in finding.cells}
    marked = set()
    for cell in unit.css("td.noted"):
        described = (cell.attributes["aria-describedby"] or "").split()
        links = [(link.attributes["href"] or "").removeprefix("#") for link in cell.css("a")]
        assert described == links
        assert [link.text() for link in cell.css("a")] == [key.rpartition("f")[2] for key in links]
        marked |= {((cell.id or "").removeprefix("u1-"), key) for key in links}
    assert marked == wanted
    assert len(marked) == 4 + 6 + 5 + 1


def test_a_suggestion_is_made_once_for_its_group(page: LexborHTMLParser) -> None:
    groups = page.css("article.unit")[0].css(".finding")
    assert [len(group.css(".symptoms li")) for group in groups] == [2, 0, 0]
    assert only(groups[0], ".suggestion").text() == "建议：“本年新收·自然人”由8改为9，表内勾稽关系即全部成立。"
    assert only(groups[0], ".sentence").text() == "“本年新收·自然人”与所在的行和列都对不上。"
    assert only(groups[0], ".symptoms summary").text() == "由此而来的不符（2处）"
    assert [group.css(".suggestion, .candidates") for group in groups[1:]] == [[], []]


def test_several_candidates_are_listed_and_none_is_suggested() -> None:
    """A figure and the total of its row, both 1 too few: another figure and its total may be 1 too many."""
    one = checked("a.txt", SAMPLE.replace("\t9\t3\t0\t0\t1\t0\t13", "\t8\t3\t0\t0\t1\t0\t12"))
    edits = next(finding.edits for finding in one.findings if finding.code == "A101")
    assert len(edits) == 8
    tree = LexborHTMLParser(str(write_findings([one], "html", "zh")))
    assert tree.css(".suggestion") == []
    assert [item.text() for item in tree.css(".candidates li")] == [edit.zh for edit in edits]
    assert "有8种" in only(tree, ".candidates").text()


def test_operands_show_the_words_of_the_source_and_their_place(page: LexborHTMLParser) -> None:
    rows = only(page, "#u1-f1").css(".operands tbody tr")
    assert [[cell.text() for cell in row.css("td")] for row in rows[:5]] == [
        ["表三·一、本年新收·自然人", "8", "第39行第20字"],
        ["表三·二、上年结转·自然人", "2", "第40行第20字"],
        ["表三·（七）总计·自然人", "10", "第62行第9字"],
        ["表三·四、结转·自然人", "1", "第63行第15字"],
        ["表三·一、本年新收·商业企业", "3", "第39行第22字"],
    ]
    assert len(rows) == 10
    sides = [row.css("td")[0].text() for row in only(page, "#u1-f2").css(".operands tbody tr")]
    assert sides == ["左边"] * 4 + ["右边"]
    assert SAMPLE.splitlines()[38].startswith("一、本年新收政府信息公开申请数量")
    assert SAMPLE.splitlines()[38][19] == "9"
    assert rows[0].css("a")[0].attributes["href"] == "#u1-requests.received.natural_person"


def test_an_operand_of_the_year_before_names_its_file(page: LexborHTMLParser) -> None:
    rows = [row.text(separator="|") for row in page.css("#u2 .operands tr")]
    assert "右边|上年报告 表三·四、结转·自然人|4|去年.txt 第63行第15字" in rows


def test_what_could_not_be_checked_is_shown_as_such(page: LexborHTMLParser) -> None:
    section = only(page, "#u1 .unchecked")
    assert only(section, "h3").text() == "未能检查（3）"
    assert [part.attributes["data-codes"] for part in section.css("details")] == ["A102 A103 A201"]
    assert only(section, "summary").text() == (
        "? 空白请填0或应填的数：表三·不予公开·属于国家秘密·科研机构；表四·复议后起诉·尚未审结 · 3项"
    )
    assert [item.text() for item in section.css("li")] == [
        "A102 结果之和：科研机构列",
        "A103 申请人之和：不予公开·属于国家秘密行",
        "A201 案件结果之和：复议后起诉",
    ]
    assert page.css("#u5 .unchecked") == []


def test_words_of_the_prose_are_marked_in_their_paragraph(run: list[Checked]) -> None:
    one = run[0]
    assert one.reading.report is not None
    assert one.result is not None
    overview = one.reading.report.sections.overview
    assert overview is not None
    paragraph = next(number for number, text in enumerate(overview.paragraphs, start=1) if "加上年结转5件" in text)
    text = overview.paragraphs[paragraph - 1]
    start = text.index("上年结转5件")
    passages = (
        Passage(section="overview", paragraph=paragraph, start=start, end=start + 6),
        Passage(section="overview", paragraph=paragraph, start=0, end=2),
    )
    finding = evolve(next(found for found in one.findings if found.code == "N102"), passages=passages)
    outcome = Outcome(
        code="N102", instance=finding.instance, status=Status.FAILED, cells=finding.cells, note="", finding=finding
    )
    only_this = evolve(one, result=evolve(one.result, outcomes=(outcome,)))
    tree = LexborHTMLParser(str(write_findings([only_this], "html", "zh")))
    quote = only(tree, ".finding blockquote.prose")
    assert [mark.text() for mark in quote.css("mark")] == [text[:2], "上年结转5件"]
    assert quote.text() == f"第一部分第{paragraph}段：{text[: start + 6 + 60]}" + "……" * (len(text) > start + 66)
    gone = evolve(finding, passages=(Passage(section="problems", paragraph=99, start=0, end=4),))
    outcome = evolve(outcome, finding=gone)
    only_this = evolve(one, result=evolve(one.result, outcomes=(outcome,)))
    tree = LexborHTMLParser(str(write_findings([only_this], "html", "zh")))
    assert tree.css("mark") == []


def test_suppressed_findings_stand_apart_with_their_reason(page: LexborHTMLParser) -> None:
    assert [finding.attributes["data-codes"] for finding in page.css("#u2 .finding")] == ["Y101", "Y101"]
    assert only(page, "#u2 .suppressed li").text().endswith("理由：已请示 <i>")
    assert only(page, ".stale li").text().startswith("gipa-reports.toml ")


def test_every_link_has_its_end_and_every_id_is_one(page: LexborHTMLParser) -> None:
    ids = [node.id for node in page.css("[id]")]
    assert len(set(ids)) == len(ids)
    assert {(link.attributes["href"] or "")[1:] for link in page.css("a")} <= set(ids)
    described = [node.attributes["aria-describedby"] or "" for node in page.css("[aria-describedby]")]
    assert {one for several in described for one in several.split()} <= set(ids)


def test_english_and_the_same_bytes_each_time(run: list[Checked], text: str) -> None:
    assert write_findings(run, "html", "zh", STALE) == text
    english = LexborHTMLParser(str(write_findings(run, "html", "en", STALE)))
    assert only(english, "html").attributes["lang"] == "en"
    first = only(english, "#u1-f1")
    assert only(first, ".head").text() == (
        "1 error A101 column-balance, A103 applicants-add-up · requests.received.natural_person"
    )
    assert only(first, ".sentence").text() == (
        "received.natural_person agrees neither with its row nor with its column."
    )
    assert run[0].findings[0].en in only(first, ".symptoms").text()
    own = [node.text() for node in english.css("header, nav, .notes-side") if node.id != "x"]
    assert [word for word in own if "问题" in word or "建议" in word] == []


# --- words of strangers --------------------------------------------------------------------------------------------


def test_markup_is_shown_as_words(text: str, page: LexborHTMLParser) -> None:
    assert len(page.css("script")) == len(page.css("style")) == len(page.css("title")) == 1
    assert page.css("img, b, i") == []
    unit = page.css("article.unit")[3]
    assert only(unit, "h2").text().startswith(HOSTILE)
    assert HOSTILE in only(unit, ".facts").text()
    assert only(unit, ".sentence").text() == HOSTILE
    assert only(unit, "blockquote").text().endswith(f"甲{HOSTILE}")
    assert HOSTILE in only(unit, ".unchecked").text()
    assert text.count("<script") == text.count("</script") == 1


def test_the_page_asks_for_nothing_and_runs_one_script(page: LexborHTMLParser) -> None:
    assert page.css("link, img, iframe, object, form, [src], [onclick], [onload]") == []
    assert [a for a in page.css("[href]") if not (a.attributes["href"] or "").startswith("#")] == []
    assert not re.search(r"url\(|@import|@font-face", only(page, "style").text())
    script = only(page, "script").text()
    assert not re.search(r"eval|innerHTML|document\.write|fetch|Function\(|import\(", script)
    policy = only(page, "meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.split("; ")[0] == "default-src 'none'"
    assert f"script-src 'sha256-{digest}'" in policy.split("; ")


@given(report=reports())
def test_any_report_can_be_shown(report: Report) -> None:
    """Reports of hostile prose and cells: one article, one script, every cell of a table with a mark once."""
    result = check(report, select="A,C,N,P")
    one = Checked("\udcff.txt", read(""), None)
    one = evolve(one, reading=evolve(one.reading, report=report), result=result)
    page = str(write_findings([one], "html", "zh"))
    page.encode()
    tree = LexborHTMLParser(page)
    assert len(tree.css("article.unit")) == len(tree.css("script")) == 1
    marked = {cell_id.partition(".")[0] for finding in result.findings for cell_id in finding.cells}
    assert [(cell.id or "").removeprefix("u1-") for cell in tree.css("td[data-state]")] == [
        figure.id for figure in report.cells() if figure.table in marked
    ]
    assert len(tree.css(".finding")) == len(groups(result.findings))


# --- words of ours -------------------------------------------------------------------------------------------------


def test_every_rule_has_its_chinese_words() -> None:
    assert RULES_ZH.keys() == RULES.keys()
    for rule in RULES_ZH.values():
        said = f"{rule.name}{rule.what}{rule.why}{rule.undecided}{rule.basis}".replace("overview-limit", "")
        assert re.search("[a-z]", said) is None
        assert all(text.endswith(("。", "；")) for text in (rule.what, rule.why, rule.undecided, rule.basis))


def notes_of_the_rules() -> set[str]:
    """The reasons that our rules give, from reports that lack what they need."""
    blank = parse(SAMPLE)
    unknown = evolve(blank, agency=None, year=None, period=None)
    no_prose = evolve(blank, sections=type(blank.sections)())
    empty = evolve(blank, requests=type(blank.requests).of("2021", {}, default=Cell.absent()))
    results = [
        check(unknown, select="A,C,N,P"),
        check(no_prose, select="C,P"),
        check(empty, select="A,C,P", children={"甲": None}),
        check(empty, select="H", children={"甲": None}),
        check(no_prose, previous=evolve(blank, year=2022), select="Y"),
        check(read(SAMPLE[: SAMPLE.index("（四）无法提供")])),
    ]
    return {outcome.note for result in results for outcome in result.unchecked}


def test_reasons_are_told_in_chinese() -> None:
    known = {note for note in vars(reasons).values() if isinstance(note, Phrase)}
    notes = notes_of_the_rules()
    assert len(notes & known) >= 5
    report = parse(SAMPLE)
    for note in notes | known:
        said = why(report, Outcome(code="A101", instance="total", status=Status.UNDECIDED, cells=(), note=note), "zh")
        assert re.search("[a-z]", said) is None, note


@pytest.mark.parametrize(
    ("code", "instance", "name"),
    [
        ("A101", "other", "其他列"),
        ("A103", "other.other", "其他处理·其他行"),
        ("A201", "reconsideration", "行政复议"),
        ("C103", "requests.received", "表三一、本年新收行"),
        ("A103", "processed_total", "（七）总计行"),
        ("C102", "requests", "表三"),
        ("C101", "problems", "第五部分"),
        ("N101", "overview.3", "第一部分第3段"),
        ("H101", "requests.received.total", "表三·一、本年新收·总计"),
        ("C201", "year", "报告年度"),
        ("X900", "something else", "something else"),
    ],
)
def test_instances_have_names(code: str, instance: str, name: str) -> None:
    assert instance_name(parse(SAMPLE), code, instance, "zh") == name
    assert instance_name(parse(SAMPLE), code, instance, "en") == instance


def test_places_are_told_in_words(run: list[Checked]) -> None:
    report = run[0].reading.report
    assert report is not None
    assert {finding.code: finding_place(report, finding, "zh") for finding in run[0].findings} == {
        "A101": "表三自然人列",
        "A103": "表三一、本年新收行",
        "A201": "表四未经复议直接起诉",
        "N102": "表三·二、上年结转·总计",
    }
    location = run[0].reading.locations["requests.received.total"]
    assert (
        location_text(evolve(location, line=None, table=2, row=4, column=7, page=3), "zh") == "第3页第2个表格第4行第7列"
    )
    assert location_text(evolve(location, line=None, sheet="表", row=4), "zh").startswith("工作表“表”第4行")
    assert location_text(None, "zh") == location_text(None, "en") == ""


def test_a_rule_of_another_package_is_called_as_it_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule("X900", "never-monday", lambda rule, subject: [rule.failed("day", ["made.up.cell"], "周一", "Monday")])
    assert rule.code not in RULES_ZH
    reading = read(SAMPLE)
    assert reading.report is not None
    outcomes = tuple(rule.check(rule, None))  # type: ignore[arg-type]
    result = evolve(check(reading), outcomes=outcomes, rules=("X900",))
    tree = LexborHTMLParser(str(write_findings([Checked("a", reading, result)], "html", "zh")))
    assert only(tree, ".sentence").text() == "周一"
    assert "X900" in only(tree, ".head").text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (faulty, "有错误"),
        (lambda text: text.replace("加上年结转2件", "加上年结转5件"), "有疑问"),
        (lambda text: text, "部分未能检查"),
        (lambda text: "", "未能检查"),
    ],
)
def test_a_status_says_whether_anyone_has_to_look(change: Callable[[str], str], said: str) -> None:
    assert status(checked("a.txt", change(SAMPLE)), "zh") == said


# --- in a browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(text: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(text, "utf-8")
    return path.as_uri()


def seen(browser: Chrome, selector: str) -> list[str]:
    """The ids of the elements that are shown."""
    found = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(one => one.checkVisibility()).map(one => one.id)",
        selector,
    )
    assert isinstance(found, list)
    return found


def press(browser: Chrome, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def click(browser: Chrome, selector: str) -> None:
    from selenium.webdriver.common.by import By

    browser.find_element(By.CSS_SELECTOR, selector).click()


def follow(browser: Chrome, act: Callable[[], None]) -> str:
    """Do what leads along a link; gives the id of what has the focus once the page has followed it."""
    from selenium.webdriver.support.wait import WebDriverWait

    browser.execute_script("window.followed = false; addEventListener('hashchange', () => window.followed = true)")
    act()
    WebDriverWait(browser, 10).until(lambda _: browser.execute_script("return window.followed"))
    return str(browser.execute_script("return document.activeElement.id"))


def live(browser: Chrome) -> str:
    return str(browser.execute_script("return document.getElementById('live').textContent"))


def test_a_click_on_a_unit_shows_it_alone(browser: Chrome, address: str) -> None:
    show(browser, address)
    assert (seen(browser, ".unit"), seen(browser, "#all")) == ([], ["all"])
    assert follow(browser, lambda: click(browser, "nav.units a[href='#u5']")) == "u5-name"
    assert (seen(browser, ".unit"), seen(browser, "#all")) == (["u5"], [])
    current = "return [...document.querySelectorAll('[aria-current]')].map(link => link.hash)"
    assert browser.execute_script(current) == ["#u5"]
    assert follow(browser, lambda: click(browser, "#u5 .turn a")) == "u4-name"
    assert seen(browser, ".unit") == ["u4"]
    click(browser, "#everything")
    assert seen(browser, ".unit") == ["u1", "u2", "u3", "u4", "u5"]
    click(browser, "#everything")
    assert follow(browser, lambda: click(browser, "nav.units a[href='#all']")) == "all-name"
    assert (seen(browser, ".unit"), seen(browser, "#all")) == ([], ["all"])
    assert follow(browser, lambda: click(browser, "#all a[href='#u1-f2']")) == "u1-f2"
    assert seen(browser, ".unit") == ["u1"]


def test_an_address_with_a_finding_leads_to_it(browser: Chrome, address: str) -> None:
    show(browser, f"{address}#u2-f1")
    assert seen(browser, ".unit") == ["u2"]
    top, bottom = browser.execute_script("""
        const frame = document.getElementById("u2-f1").getBoundingClientRect();
        return [frame.top, frame.bottom];
    """)
    assert 0 <= top < bottom <= 900


def test_the_filter_by_rule_hides_all_else(browser: Chrome, address: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.select import Select

    show(browser, address)
    assert live(browser) == "显示6处问题（共6处），5个单位（共5个）"
    rule = Select(browser.find_element(By.ID, "rule"))
    assert "A101 收支平衡" in [option.text for option in rule.options]
    rule.select_by_value("A103")
    assert live(browser) == "显示1处问题（共6处），2个单位（共5个）"
    lines = (
        "return [...document.querySelectorAll('#all li a')].filter(one => one.checkVisibility()).map(one => one.hash)"
    )
    # A unit of which the rule could not be checked in part is on the list as well.
    assert browser.execute_script(lines) == ["#u1-f1", "#u1-o1", "#u2-o1"]
    follow(browser, lambda: click(browser, "nav.units a[href='#u1']"))
    assert seen(browser, ".finding") == ["u1-f1"]
    assert live(browser) == "本单位显示1处；全部：显示1处问题（共6处），2个单位（共5个）"
    shown = browser.execute_script("""
        const shown = one => one.checkVisibility();
        return [[...document.querySelectorAll("#u1 td a")].filter(shown).map(link => link.hash),
                [...document.querySelectorAll("nav.units li a")].filter(shown).map(link => link.hash)];
    """)
    marks = [link for link in shown[0] if link.startswith("#u1-f")]
    assert marks == ["#u1-f1"] * 10
    assert shown[1] == ["#u1", "#u2"]
    background = "return getComputedStyle(document.getElementById('u1-requests.carried_in.total')).boxShadow"
    assert browser.execute_script(background) == "none"
    rule.select_by_value("")
    assert seen(browser, ".finding") == ["u1-f1", "u1-f2", "u1-f3"]
    assert browser.execute_script(background) != "none"


def test_a_filter_never_leaves_a_unit_open_that_it_leaves_out(browser: Chrome, address: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.select import Select

    show(browser, f"{address}#u1")
    Select(browser.find_element(By.ID, "rule")).select_by_value("Y101")
    assert (seen(browser, ".unit"), seen(browser, "#all")) == ([], ["all"])
    assert live(browser) == "显示2处问题（共6处），1个单位（共5个）"
    lines = "return [...document.querySelectorAll('#all li')].filter(one => one.checkVisibility()).length"
    assert browser.execute_script(lines) == 2
    show(browser, f"{address}#u1")
    click(browser, "#search")
    press(browser, "白石")
    assert (seen(browser, ".unit"), seen(browser, "#all")) == ([], ["all"])
    assert live(browser) == "显示2处问题（共6处），1个单位（共5个）"


def test_the_filter_by_kind_and_the_search(browser: Chrome, address: str) -> None:
    show(browser, address)
    click(browser, ".filters input[value=error]")
    click(browser, ".filters input[value=unchecked]")
    assert live(browser) == "显示2处问题（共6处），2个单位（共5个）"
    lines = (
        "return [...document.querySelectorAll('#all li a')].filter(one => one.checkVisibility()).map(one => one.hash)"
    )
    assert browser.execute_script(lines) == ["#u1-f3", "#u4-f1"]
    follow(browser, lambda: click(browser, "nav.units a[href='#u1']"))
    assert seen(browser, "section.unchecked") == []
    follow(browser, lambda: click(browser, "nav.units a[href='#u4']"))
    click(browser, ".filters input[value=hint]")
    assert seen(browser, "#all") == ["all"]
    click(browser, ".filters input[value=warning]")
    assert browser.execute_script("return document.querySelector('#all .nothing').checkVisibility()")
    assert live(browser) == "显示0处问题（共6处），0个单位（共5个）"


def test_marks_and_findings_lead_to_each_other(browser: Chrome, address: str) -> None:
    show(browser, f"{address}#u1")
    mark = "[id='u1-requests.carried_out.natural_person'] a"
    assert follow(browser, lambda: click(browser, mark)) == "u1-f1"
    lit = "return [...document.querySelectorAll('.lit')].map(cell => cell.id)"
    lit_cells = browser.execute_script(lit)
    assert len(lit_cells) == 10
    assert {f"u1-requests.{row}.natural_person" for row in ("received", "carried_in", "carried_out")} < set(lit_cells)
    browser.execute_script("document.querySelectorAll('#u1-f1 details').forEach(part => part.open = true)")
    cell_id = "u1-requests.received.natural_person"
    assert follow(browser, lambda: click(browser, "#u1-f1 .operands a")) == cell_id
    top, bottom = browser.execute_script("""
        const frame = document.getElementById("u1-requests.received.natural_person").getBoundingClientRect();
        return [frame.top, frame.bottom];
    """)
    assert 0 <= top < bottom <= 900


def test_the_keyboard_alone_is_enough(browser: Chrome, address: str) -> None:
    """From the top of the page to a unit, to its first mark, to the finding, and back to the cell."""
    from selenium.webdriver.common.keys import Keys

    show(browser, address)
    where = """
        const one = document.activeElement, style = getComputedStyle(one);
        return [one.id || one.hash || one.value, style.outlineStyle === "solid" || style.outlineStyle === "auto"];
    """
    reached = []
    for _ in range(10):
        press(browser, Keys.TAB)
        reached.append(browser.execute_script(where))
    kinds = ["error", "warning", "hint", "unchecked"]
    assert [name for name, _ in reached] == ["#main", "rule", *kinds, "everything", "#all", "search", "#u1"]
    assert [name for name, outlined in reached if not outlined] == []
    press(browser, Keys.TAB)
    assert follow(browser, lambda: press(browser, Keys.ENTER)) == "u2-name"
    assert seen(browser, ".unit") == ["u2"]
    for _ in range(60):
        press(browser, Keys.TAB)
        name = browser.execute_script("return document.activeElement.hash ?? ''")
        if name.startswith("#u2-f") and browser.execute_script("return document.activeElement.closest('td') !== null"):
            break
    assert name == "#u2-f1"
    assert follow(browser, lambda: press(browser, Keys.ENTER)) == "u2-f1"
    press(browser, Keys.TAB, Keys.TAB)
    cell_id = "u2-requests.carried_in.natural_person"
    assert follow(browser, lambda: press(browser, Keys.ENTER)) == cell_id


def test_who_listens_finds_the_parts_and_hears_the_counts(browser: Chrome, address: str) -> None:
    show(browser, f"{address}#u1")

    def heard(selector: str) -> tuple[str, str]:
        root = browser.execute_cdp_cmd("DOM.getDocument", {})["root"]["nodeId"]
        node = browser.execute_cdp_cmd("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        tree = browser.execute_cdp_cmd("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})
        found = tree["nodes"][0]
        return found["role"]["value"], found.get("name", {}).get("value", "")

    browser.execute_cdp_cmd("DOM.enable", {})
    browser.execute_cdp_cmd("Accessibility.enable", {})
    assert heard("nav.units") == ("navigation", "单位（5）")
    assert heard("main")[0] == "main"
    assert heard("header")[0] == "banner"
    assert heard(".filters") == ("search", "筛选问题")
    assert heard("#live")[0] == "status"
    assert heard("#search") == ("searchbox", "查找单位")
    assert heard("#u1") == ("article", "青山区临江街道办事处 2023年")
    assert heard("[id='u1-requests.received.natural_person'] a") == ("link", "问题1")
    assert heard("#u1-f1") == ("group", "问题1")
    headings = browser.execute_script(
        "return [...document.querySelectorAll('h1, #u1 :is(h2, h3, h4)')].map(h => h.tagName)"
    )
    assert headings[:2] == ["H1", "H2"]
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(headings))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_that_is_written_can_be_read(browser: Chrome, address: str, scheme: str) -> None:
    show(browser, f"{address}#u1", scheme=scheme)
    click(browser, "#everything")
    browser.execute_script("document.getElementById('u1-f1').focus()")
    painted = browser.execute_script(PAINTED)
    names = {name for name, _, _ in painted}
    assert names >= {"SPAN severity error", "SPAN severity warning", "A error", "SPAN n error", "SUMMARY ", "SPAN none"}
    pale = {name: contrast(colour, behind) for name, colour, behind in painted if contrast(colour, behind) < 4.5}
    assert pale == {}


@pytest.mark.parametrize("width", [400, 960, 1400, 1920])
@pytest.mark.parametrize("unit", ["all", "u1", "u2", "u4"])
def test_the_page_never_scrolls_sideways(browser: Chrome, address: str, width: int, unit: str) -> None:
    show(browser, f"{address}#{unit}", width=width)
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert inner == width
    assert whole <= width


def test_without_its_script_it_is_a_page_to_read(browser: Chrome, text: str, tmp_path: Path) -> None:
    path = tmp_path / "plain.html"
    path.write_text(re.sub("<script>.*?</script>", "", text, flags=re.DOTALL), "utf-8")
    show(browser, path.as_uri())
    assert seen(browser, ".unit") == ["u1", "u2", "u3", "u4", "u5"]
    assert seen(browser, ".filters, #search, #everything") == []
    assert seen(browser, "#u1 .finding") == ["u1-f1", "u1-f2", "u1-f3"]


def test_no_script_of_a_report_runs_and_ours_has_no_error(browser: Chrome, address: str) -> None:
    show(browser, f"{address}#u4")
    assert browser.execute_script("return [window.broken ?? null, document.images.length]") == [None, 0]
    assert seen(browser, ".unit") == ["u4"]
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_what_is_printed_is_the_unit_and_all_of_it(browser: Chrome, address: str) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    show(browser, f"{address}#u1", media="", scheme="dark")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    with pdfplumber.open(io.BytesIO(base64.b64decode(printed["data"]))) as pdf:
        assert {(round(page.width), round(page.height)) for page in pdf.pages} == {(595, 842)}
        words = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    # Whole words can't be compared: in the text of a PDF file some characters are radicals.
    assert re.search(r"\(8\)\+.{4}\(2\)=10，.{2}\(10\)\+.{2}\(1\)=11，", words)
    assert re.search(r"39.{2}20.", words)
    assert "2023/a.txt" in words
    assert "b.txt" not in words


def test_what_is_folded_on_the_screen_is_printed(browser: Chrome, tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    one = checked("a.txt", SAMPLE.replace("（七）总计\t\t10", "（七）总计\t\t11"))
    path.write_text(str(write_findings([one], "html", "zh")), "utf-8")
    show(browser, path.as_uri())
    folded = "return [...document.querySelectorAll('.finding details')].map(part => part.open)"
    assert browser.execute_script(folded) == [False, False]
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script(folded) == [True, True]


def test_paper_is_wide_enough(browser: Chrome, address: str) -> None:
    show(browser, f"{address}#u1", width=A4_WIDTH, media="print", scheme="dark")
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert whole <= inner == A4_WIDTH
    overflowing = browser.execute_script("""
        return [...document.querySelectorAll("#u1 :is(.table, table, td, th, p, .finding)")].filter(
            node => node.scrollWidth > node.clientWidth + 1).map(node => node.outerHTML.slice(0, 80));
    """)
    assert overflowing == []
    painted = browser.execute_script(PAINTED)
    assert [name for name, colour, _ in painted if contrast(colour, "rgb(255, 255, 255)") < 4.5] == []
