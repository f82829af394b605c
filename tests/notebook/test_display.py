"""What Python and a notebook show of each object: one line of it, and HTML that is escaped, bounded, and has no ids."""

from __future__ import annotations

import inspect
import re
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

import gipa_reports
from chromium import PAINTED, SCHEMES, WIDTHS, contrast, show
from chromium import browser as browser
from gipa_reports import (
    Cell,
    Diagnostic,
    Limits,
    Location,
    Part,
    Passage,
    Peers,
    Period,
    Reading,
    Report,
    Requests,
    Rule,
    Section,
    Sections,
    Subject,
    Table,
    UnknownRow,
    aggregate,
    check,
    compare,
    read,
)
from gipa_reports.brief import WIDTH, cut
from gipa_reports.checks import RULES
from gipa_reports.messages import VARIABLE
from gipa_reports.notebook.words import word
from gipa_reports.testing import reports
from places import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SUBDISTRICT = ROOT / "examples" / "subdistrict_2023.txt"
BUREAU = ROOT / "examples" / "city_bureau_2020.md"
SAMPLES = ROOT / "examples" / "samples"
TEXT = SUBDISTRICT.read_text("utf-8")
MOST = 120
"""Characters of the longest line."""

MOST_HTML = 300_000
"""Characters of the longest display."""


@cache
def doubtful() -> Reading:
    """A reading with something in doubt."""
    return read(TEXT.replace("申请数量\t", "申请数量\t\t", 1).replace("\t38\t", "\t36x\t", 1))


@cache
def objects() -> tuple[object, ...]:
    """At least one object of each public class, with long words in it where it can hold them."""
    found: list[Any] = [read(SUBDISTRICT), read(BUREAU), doubtful(), read("今天下午，文化馆举办书法展览。")]
    for reading in list(found):
        report = reading.report
        found += [reading.locations, *reading.diagnostics, *reading.locations.values()]
        found += [] if reading.error is None else [reading.error]
        if report is None:
            continue
        found += [report, report.sections, *report.sections, *report.tables, *report.cells()]
        found += [getattr(table, row.id.partition(".")[0]) for table in report.tables for row in table.form.rows]
        found += [report.requests.denied, report.requests.denied.state_secret, report.requests.denied.subtotal("total")]
        found += [report[cell.id] for cell in report.cells()]
        found += [reading.explain("requests.received.total"), check(reading), Subject.of(reading)]
    last, this = read(SAMPLES / "澄江区教育局2022.docx"), read(SAMPLES / "澄江区教育局2023.docx")
    changes = compare(last, this)
    found += [changes, *changes.cells, *changes.paragraphs, *changes.fields, last.report and last.report.period]
    added = aggregate({"甲" * 300: this, "乙": last.report and evolve(last.report, year=2023)})
    found += [added, *added.parts("requests.received.total"), Part(unit="甲" * 300, cell=Cell.of(10**3000))]
    result = check(this, previous=last)
    found += [result, *result.outcomes, *result.findings, *RULES.values(), Peers.of([last, this])]
    for finding in result.findings:
        found += [*finding.operands, *finding.edits, *finding.passages, finding.cause]
    found += [
        Limits(),
        Limits(seconds=1),
        Location(line=1, column=2, text="甲\n" * 900),
        Period(date(2023, 1, 1), date.max),
    ]
    found.append(Passage(section="overview", paragraph=1, start=0, end=9))
    found += [Cell.of(10**3000), Cell.of(Decimal("1e-900")), Cell.invalid("甲" * 900), UnknownRow(("甲" * 900, "1"))]
    found += [Section(("甲" * 900,)), Sections(), Report.of("2021", agency="甲" * 900, title="乙" * 900)]
    found += [Diagnostic(code="row-unknown", found="甲" * 900, cells=("requests.received.total",) * 300)]
    found += [
        *gipa_reports.CODES.values(),
        *gipa_reports.COLUMNS["cells"],
        Rule("X" * 200, "甲" * 300, check=lambda *_: ()),
    ]
    return tuple(one for one in found if one is not None)


NOT_MADE_HERE = {"Progress", "ScanResult", "Tables"}
"""Classes whose objects a scan gives: ``test_what_a_scan_gives_is_one_line``."""

ABSTRACT = {"RowView", "DisclosureRow", "Table", "Disclosure", "Requests", "Proceedings"}


def public_classes() -> dict[str, type]:
    named = {name: getattr(gipa_reports, name) for name in dir(gipa_reports)}
    return {name: found for name, found in named.items() if inspect.isclass(found) and name != "HasCodes"}


def test_each_public_class_has_an_object_here() -> None:
    missing = {
        name
        for name, cls in public_classes().items()
        if not any(type(one) is cls for one in objects())
        and not issubclass(cls, str | gipa_reports.GipaError)  # enumerations, and errors: below
    }
    assert missing == NOT_MADE_HERE | ABSTRACT


@pytest.mark.parametrize("name", sorted(public_classes()))
def test_each_is_shown_in_one_line(name: str) -> None:
    cls = public_classes()[name]
    made = [one for one in objects() if isinstance(one, cls)]
    if issubclass(cls, gipa_reports.GipaError):
        made.append(cls("甲\n" * 900, code="x" * 300, found="乙" * 900))
    if issubclass(cls, Enum):
        made += list(cls)
    shown = [repr(one) for one in made]
    assert [line for line in shown if len(line) > MOST or not line.isprintable()] == []
    assert [line for line in shown if " object at 0x" in line] == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_a_scan_gives_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow

    results: list[Any] = []
    results.append(gipa_reports.scan(SUBDISTRICT, tmp_path / "data", workers=1, progress=results.append))
    batch = gipa_reports.parse_batch(pyarrow.record_batch({"source": ["a"], "content": [TEXT]}))
    results.append(gipa_reports.unnest(batch))
    assert {type(one).__name__ for one in results} == NOT_MADE_HERE
    assert [line for line in map(repr, results) if len(line) > MOST or not line.isprintable()] == []


def test_lines_say_what_one_wants_to_know() -> None:
    reading = read(SUBDISTRICT)
    assert repr(reading) == "<Reading of text: 青山区临江街道办事处 2023; no diagnostics>"
    assert repr(doubtful()) == "<Reading of text: 青山区临江街道办事处 2023; 1 warning>"
    assert repr(read("x")) == "<Reading of text: no report (not-a-report); 1 error>"
    assert repr(reading.report) == "<Report 青山区临江街道办事处 2023: 200 of 200 cells have a value>"
    assert repr(reading.raise_for_error().requests.received) == "<requests.received: 38, 6, 0, 1, 2, 0, 47>"
    assert re.fullmatch(r"<CheckResult: 0 findings; \d+ passed, \d+ not applicable>", repr(check(reading)))
    assert repr(Cell.of(Decimal("1.5"), "元")) == "Cell.of(Decimal('1.5'), '元')"
    assert repr([Cell.blank(), Cell.not_applicable("/")]) == "[Cell.blank(), Cell.not_applicable('/')]"
    assert repr(Limits(seconds=1)) == "<Limits seconds=1>"


def test_cutting_is_on_one_line_and_bounded() -> None:
    assert cut("a\n b\t c") == "a b c"
    assert cut("x" * 500) == "x" * (WIDTH - 1) + "…"
    assert cut(" " * 5000 + "x").endswith("…")
    assert cut("a\x1b[2Jb") == "a�[2Jb"


# --- in a notebook --------------------------------------------------------------------------------------------------


def displays() -> list[object]:
    return [one for one in objects() if hasattr(one, "_repr_html_")]


def test_what_a_notebook_shows() -> None:
    names = {type(one).__name__ for one in displays()}
    assert names >= {
        "Reading",
        "Report",
        "Requests2021",
        "Disclosure2019",
        "Proceedings2021",
        "RequestRow",
        "DeniedRows",
    }
    assert names >= {"CheckResult", "Comparison", "Aggregate", "Locations"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_display_is_bounded_and_keeps_to_itself(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, lang)
    for one in displays():
        page: str = one._repr_html_()  # type: ignore[attr-defined]
        assert len(page) < MOST_HTML, one
        tree = LexborHTMLParser(f"<body>{page}</body>")
        assert tree.css("[id], script, a, img, link") == []
        for rule in re.findall(r"([^{}]+)\{", tree.css("style")[0].text()):
            assert all(selector.strip().startswith(".gipa-report") for selector in rule.split(","))


def test_a_reading_shows_its_codes_and_where_they_are() -> None:
    tree = LexborHTMLParser(doubtful()._repr_html_())
    (item,) = tree.css("ol > li")
    assert "position-lost" in item.text()
    assert "cells: 7" in item.text()
    marked = tree.css("td.doubt")
    assert len(marked) == 7
    assert {cell.attributes["title"] for cell in marked} == set(doubtful().diagnostics[0].cells)
    assert [cell.css("sup")[0].text() for cell in marked] == ["1"] * 7
    assert len(tree.css("details p")) > 10  # the prose, folded
    assert tree.css("details[open]") == []


def test_states_are_told_in_words() -> None:
    report = Report.of("2021", {"requests.received.total": None, "requests.granted.total": Cell.invalid("约三")})
    shown = {cell.attributes["title"]: cell for cell in LexborHTMLParser(report._repr_html_()).css("td[data-state]")}
    assert shown["requests.received.total"].attributes["data-state"] == "blank"
    assert (shown["requests.granted.total"].text(), shown["requests.carried_in.total"].text()) == ("约三", "〔缺〕")
    style = LexborHTMLParser(report._repr_html_()).css("style")[0].text()
    assert '[data-state=blank]::before { content: "〔空〕"' in style
    assert "absent" in Report.of("2021")._repr_html_()  # a table of which the document has nothing


def test_a_draft_with_findings_shows_sentence_and_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "zh")
    result = check(read(TEXT.replace("\t38\t", "\t36\t", 1)))
    text = LexborHTMLParser(result._repr_html_()).text()
    assert "建议：" in text
    assert "36" in text
    assert "发现1处" in text
    assert "A101" in text
    assert "A103" in text


def test_the_language_is_that_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "zh_CN.UTF-8")
    assert "警告" in doubtful()._repr_html_()
    monkeypatch.delenv(VARIABLE)
    assert "warning" in doubtful()._repr_html_()
    assert all(set(words) == {"en", "zh"} for words in word.sentences.values())


HOSTILE = "<img src=x onerror=alert(1)>"


def test_words_of_strangers_are_text() -> None:
    row = UnknownRow((HOSTILE, "1"))
    requests = evolve(Requests.of("2021", {"received.total": Cell.invalid(HOSTILE)}), unknown=(row,))
    prose = Sections(overview=Section((HOSTILE,)))
    report = evolve(Report.of("2021", title=HOSTILE, agency=HOSTILE, sections=prose), requests=requests)
    reading = Reading(report, (Diagnostic(code="row-unknown", found=HOSTILE, cells=("requests.received.total",)),))
    added = aggregate({HOSTILE: report}, "propagate", agency=HOSTILE)
    shown: list[Any] = [
        report,
        reading,
        requests,
        requests.received,
        check(reading),
        added,
        compare(report, Report.of("2021")),
    ]
    for one in shown:
        tree = LexborHTMLParser(one._repr_html_())
        assert tree.css("img") == [], one
        assert "onerror" in tree.text(), one


def test_a_hostile_report_does_not_fill_the_notebook() -> None:
    rows = tuple(UnknownRow(("甲" * 2000, "1")) for _ in range(3000))
    prose = Sections(**dict.fromkeys(("overview", "problems"), Section(("甲" * 5000,) * 300)))
    report = Report.of("2021", {"requests.received.total": Cell.invalid("甲" * 2000)}, sections=prose)
    report = evolve(report, requests=evolve(report.requests, unknown=rows))
    problems = tuple(Diagnostic(code=code, found="甲" * 900) for code in gipa_reports.CODES) * 50
    reading = Reading(report, problems)
    for one in (report, reading, report.requests, check(reading), compare(report, Report.of("2021"))):
        assert len(one._repr_html_()) < MOST_HTML
    assert "more rows" in report._repr_html_()
    assert "and" in reading._repr_html_()


@given(reports())
def test_any_report_can_be_shown(report: Report) -> None:
    for one in (report, Reading(report), check(report), *report.tables):
        assert len(repr(one)) <= MOST
        assert one._repr_html_().count("<td") <= 400


def test_rows_of_every_table_can_be_shown() -> None:
    for path in (SUBDISTRICT, BUREAU):
        for table in gipa_reports.parse(path).tables:
            assert isinstance(table, Table)
            for row in table.form.rows:
                view: Any = getattr(table, row.id.partition(".")[0])
                cells = [cell.text() for cell in LexborHTMLParser(view._repr_html_()).css("td")]
                assert cells == [cell.text for cell in view]


# --- in a browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with one display after the other, on the ground of a notebook in its light and its dark theme."""
    style = (
        "body { color: #111; background: #fff; } @media (prefers-color-scheme: dark) "
        "{ body { color: #ddd; background: #111; } }"
    )
    last, this = read(SAMPLES / "澄江区教育局2022.docx"), read(SAMPLES / "澄江区教育局2023.docx")
    shown: list[Any] = [doubtful(), check(doubtful()), compare(last, this), aggregate([this]), this.locations]
    shown += [read(BUREAU), gipa_reports.parse(BUREAU).requests.denied]
    body = "".join(one._repr_html_().replace("<details>", "<details open>") for one in shown)
    path = tmp_path_factory.mktemp("display") / "page.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style><body>{body}", "utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_can_be_read_in_light_and_in_dark(browser: Chrome, address: str, scheme: str) -> None:
    show(browser, address, scheme=scheme)
    ground = {"light": (255, 255, 255), "dark": (17, 17, 17)}[scheme]
    pale = []
    for name, colour, behind in browser.execute_script(PAINTED):
        ratio = contrast(_opaque(colour, ground), _opaque(behind, ground))
        if ratio < 4.5:
            pale.append((name, colour, behind, ratio))
    assert pale == []


def _opaque(colour: str, ground: tuple[int, int, int]) -> str:
    """What a colour that lets the ground through looks like on it."""
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    alpha = parts[3] if len(parts) > 3 else 1.0
    mixed = [round(part * alpha + under * (1 - alpha)) for part, under in zip(parts[:3], ground, strict=True)]
    return "rgb({}, {}, {})".format(*mixed)


@pytest.mark.parametrize("width", WIDTHS)
def test_tables_scroll_within_the_page(browser: Chrome, address: str, width: int) -> None:
    show(browser, address, width=width)
    wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
