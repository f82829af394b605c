"""The summary of a data set: counts that are those of the sources, in the terminal and on the page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from chromium import SCHEMES, WIDTHS, browser, contrast, show
from gipa_reports import Cell, Report, Requests, ScanError, __version__, check, read, render, scan
from gipa_reports.checks import Status
from gipa_reports.cli import cli
from gipa_reports.corpus import inputs as inputs_module
from gipa_reports.outputs.written import written
from gipa_reports.summary import MEASURES, Bars, Columns, Summary, sections, summarise, write_page
from gipa_reports.summary.counting import FAMILIES, UNSEEN_RULES, RuleCount, Sum
from gipa_reports.summary.page import MAX_COLUMNS, compact
from gipa_reports.summary.sections import MAX_ROWS
from gipa_reports.testing.corpus import sample, samples
from places import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("rich", reason="rich is not installed")

__all__ = ["browser"]

EXAMPLE = (ROOT / "examples" / "subdistrict_2023.txt").read_text("utf-8")
JUNK = 4


def changed(report: Report, changes: dict[str, Cell]) -> Report:
    """``report`` with some cells of 三 changed."""
    layout = report.requests.form
    rows = tuple(
        tuple(
            changes.get(f"{row.id}.{column.id}", cell)
            for column, cell in zip(layout.columns_of[row.id], cells, strict=True)
        )
        for row, cells in zip(layout.rows, report.requests.rows, strict=True)
    )
    return evolve(report, requests=Requests.from_rows(report.requests.edition, rows))


CHANGES: dict[str, dict[str, Cell]] = {
    "wrong": {"received.total": Cell.of(123_456)},
    "blank": {"received.total": Cell.blank(), "denied.state_secret.total": Cell.not_applicable("/")},
    "invalid": {"granted.total": Cell.invalid("约3")},
    "unit": {"granted.total": Cell.of(3, "件")},
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of all layouts, wrong and blank ones, one that is cut short, copies, and what is no report."""
    folder = tmp_path_factory.mktemp("summary") / "in"
    folder.mkdir()
    for one in samples(60):
        (folder / one.name).write_bytes(one.content)
    for number, (name, cells) in enumerate(CHANGES.items(), start=100):
        (folder / f"{name}.html").write_text(str(render(changed(sample(number).truth, cells), "html")), "utf-8")
    (folder / "example.txt").write_text(EXAMPLE, "utf-8")
    (folder / "cut.txt").write_text(EXAMPLE[: EXAMPLE.index("（五）不予处理")], "utf-8")
    (folder / "split.txt").write_text(EXAMPLE.replace("\t47\n二、", "\t4 7\n二、"), "utf-8")
    (folder / "no-year.txt").write_text(EXAMPLE.replace("2023", ""), "utf-8")
    for number in range(5):
        one = sample(number)
        (folder / f"copy-{one.name}").write_bytes(one.content)
    for number in range(JUNK - 1):
        (folder / f"junk-{number}.txt").write_text("没有表" * (number + 1), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def data(sources: Path) -> Path:
    output = sources.parent / "data"
    scan(sources, output, workers=1)
    return output


@pytest.fixture(scope="module")
def summary(data: Path) -> Summary:
    return summarise(data)


def contents(sources: Path) -> dict[bytes, str]:
    """Each content once, with the first of its names."""
    found: dict[bytes, str] = {}
    for path in sorted(sources.iterdir()):
        found.setdefault(path.read_bytes(), path.name)
    return found


# --- the counts are those of the sources ----------------------------------------------------------------------------


def test_every_source_is_counted(sources: Path, summary: Summary) -> None:
    readings = [read(path.read_bytes()) for path in sources.iterdir()]
    reports = [reading for reading in readings if reading.report is not None]
    assert summary.finished
    assert (summary.sources, summary.refused, summary.duplicates) == (60 + 4 + 4 + 5 + JUNK, JUNK, 5)
    assert summary.refusals == Counter({"not-a-report": JUNK - 1, "empty-source": 1})
    formats = Counter(reading.format for reading in reports)
    assert {name: sum(found) for name, found in summary.formats.items()} == formats
    assert sum(sum(found) for found in summary.layouts.values()) == summary.clean + summary.flagged == len(reports)
    assert summary.flagged == sum(found[1] for found in summary.formats.values()) > 1


def test_years_and_sums_are_those_of_the_reports(sources: Path, summary: Summary) -> None:
    years: Counter[tuple[int | None, str]] = Counter()
    sums: dict[tuple[str, int | None], Sum] = {}
    for content in contents(sources):
        reading = read(content)
        report = reading.report
        if report is None:
            continue
        years[report.year, report.requests.edition] += 1
        for measure, ids in MEASURES.items():
            added = sums.setdefault((measure, report.year), Sum())
            values = [report[cell_id].value for cell_id in ids]
            if None in values:
                added.missing += 1
            elif any(reading.codes(cell_id) for cell_id in ids):
                added.flagged += 1
            else:
                added.reports += 1
                added.total += sum(int(value) for value in values if value is not None)
    found = {(year, edition): count for year, one in summary.years.items() for edition, count in one.items()}
    assert found == years
    assert (None, "2021") in years
    assert summary.sums == sums
    assert sum(one.missing for (name, _), one in sums.items() if name == "received") >= 1
    assert {name for (name, _), one in sums.items() if one.missing} >= {"received", "granted", "denied"}
    assert sums["received", 2023].flagged >= 1


def test_measures_are_rows_of_both_editions() -> None:
    assert {name: len(ids) for name, ids in MEASURES.items()} == {
        "received": 1,
        "granted": 1,
        "partially_granted": 1,
        "denied": 8,
        "litigated": 2,
    }
    reports = {one.truth.requests.edition: one.truth for one in samples(20)}
    for report in (reports["2019"], reports["2021"]):
        for cell_id in (cell_id for ids in MEASURES.values() for cell_id in ids):
            assert report[cell_id].value is not None


def test_rules_find_what_they_find_in_the_sources(sources: Path, summary: Summary) -> None:
    """The reports are put together again from the tables; a check of the sources themselves says the same."""
    rules: dict[str, RuleCount] = {}
    checked = 0
    for content in contents(sources):
        reading = read(content)
        if reading.report is None:
            continue
        checked += 1
        result = check(reading, select=FAMILIES, ignore=UNSEEN_RULES)
        for code in result.rules:
            rule = rules.setdefault(code, RuleCount())
            findings = [finding for finding in result.findings if finding.code == code]
            rule.failed += bool(findings)
            rule.only_flagged += bool(findings) and all(finding.look_at == "reading" for finding in findings)
            open_ones = [one for one in result.outcomes if one.code == code and one.status is Status.UNDECIDED]
            rule.undecided += bool(open_ones) and not findings
    assert summary.rules == rules
    assert (summary.checked, summary.unchecked) == (checked, 0)
    assert rules["A101"].failed >= 1
    assert rules["A101"].undecided >= 1
    assert any(rule.only_flagged for rule in rules.values())


def test_a_report_with_a_figure_that_no_column_holds_is_not_checked(tmp_path: Path) -> None:
    long = changed(sample(0).truth, {"received.total": Cell.of(10**33)})
    (tmp_path / "long.html").write_text(str(render(long, "html")), "utf-8")
    scan(tmp_path / "long.html", tmp_path / "out", workers=1)
    summary = summarise(tmp_path / "out")
    assert (summary.checked, summary.unchecked) == (0, 1)
    assert summary.sums["received", long.year] == Sum(missing=1)
    assert "1 reports were not checked" in " ".join([*sections(summary, "en")][-1].notes)


def test_each_content_counts_once(tmp_path: Path) -> None:
    """An address that was saved twice with one content, another name for it, and an address that had changed."""
    other = EXAMPLE.replace("2023", "2022")
    rows = [("a", EXAMPLE), ("a", EXAMPLE), ("b", EXAMPLE), ("c", other), ("c", EXAMPLE)]
    lines = [json.dumps({"url": url, "text": text}) for url, text in rows]
    (tmp_path / "crawl.jsonl").write_text("\n".join(lines), "utf-8")
    scan(tmp_path / "crawl.jsonl", tmp_path / "out", workers=1)
    summary = summarise(tmp_path / "out")
    assert (summary.sources, summary.duplicates) == (5, 3)
    assert {year: found.total() for year, found in summary.years.items()} == {2022: 1, 2023: 1}
    assert summary.sums["received", 2023] == Sum(total=47, reports=1)


# --- folders that are not as they should be -------------------------------------------------------------------------


def run(*args: str | Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli, ["summary", *map(str, args)], env=env)


def test_of_a_scan_that_is_not_finished_the_finished_parts_count(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs_module, "PART_SOURCES", 30)
    output = tmp_path / "out"
    scan(sources, output, workers=1)
    whole = summarise(output)
    (output / "_scan" / "done.json").unlink()
    (output / "_scan" / "parts" / "000001.json").unlink()
    part = summarise(output)
    assert (whole.finished, part.finished) == (True, False)
    assert part.sources == whole.sources - 30
    result = run(output)
    assert result.exit_code == 0
    assert result.stdout.startswith("The scan is not finished")


def test_what_is_no_scan_is_refused(tmp_path: Path, data: Path) -> None:
    for folder in (tmp_path / "nothing", tmp_path):
        with pytest.raises(ScanError) as caught:
            summarise(folder)
        assert caught.value.code == "not-a-scan"
        result = run(folder)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "error not-a-scan" in result.stderr
        chinese = CliRunner().invoke(cli, ["summary", str(folder), "--lang", "zh"])
        assert "error not-a-scan 文件夹中没有扫描的输出。" in chinese.stderr
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    plan = copy / "_scan" / "plan.jsonl"
    head = json.loads(plan.read_text("utf-8").splitlines()[0])
    plan.write_text(json.dumps(head | {"data_version": "0"}), "utf-8")
    result = run(copy)
    assert result.exit_code == 2
    assert "error other-version" in result.stderr


@pytest.mark.parametrize(
    ("table", "how"),
    [
        ("cells", "cut"),
        ("cells", "gone"),
        ("cells", "other"),
        ("reports", "cut"),
        ("reports", "other"),
        ("problems", "cut"),
    ],
)
def test_a_damaged_table_is_told(data: Path, tmp_path: Path, table: str, how: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    paths = sorted((copy / table).rglob("part-*.parquet"))
    if how == "cut":
        paths[0].write_bytes(paths[0].read_bytes()[:-20])
    elif how == "gone":
        paths[0].unlink()
    else:
        paths[0].write_bytes(paths[1].read_bytes())
    result = run(copy)
    assert result.exit_code == 1
    assert "error damaged" in result.stderr


# --- terminal -------------------------------------------------------------------------------------------------------


def test_the_terminal_shows_the_tables(data: Path, summary: Summary) -> None:
    result = run(data)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    total = summary.sources
    assert ["refused", str(JUNK), f"{100 * JUNK / total:.1f}%"] in lines
    assert ["not-a-report", str(JUNK - 1), "75.0%"] in lines
    received = summary.sums["received", 2023]
    assert ["2023", f"{received.total:,}", *map(str, (received.reports, received.missing, received.flagged))] in lines
    a101 = summary.rules["A101"]
    assert ["A101", "column-balance", str(a101.failed)] in [line[:3] for line in lines]
    assert " ".join(result.stdout.split()).count("a blank is not zero") == 1


def test_a_scan_can_end_in_its_summary(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(render(sample(number).truth, "text"), "utf-8")
    page = tmp_path / "page.html"
    files = [str(tmp_path / "0.txt"), str(tmp_path / "1.txt")]
    scan_command = ["scan", *files, "--output", str(tmp_path / "data")]
    assert CliRunner().invoke(cli, scan_command).stdout == "", "no terminal, no summary"
    scanned = CliRunner().invoke(cli, [*scan_command, "--summary", str(page)])
    alone = run(tmp_path / "data", "--output", tmp_path / "again.html")
    assert "clean" in scanned.stdout
    assert scanned.stdout == alone.stdout
    assert page.read_bytes() == (tmp_path / "again.html").read_bytes()


def test_the_tables_are_utf_8_whatever_the_terminal_says(data: Path) -> None:
    command = [sys.executable, "-m", "gipa_reports", "summary", str(data), "--lang", "zh"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == run(data, "--lang", "zh").stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is full")
def test_a_stdout_that_is_full_is_told(data: Path) -> None:
    command = [sys.executable, "-m", "gipa_reports", "summary", str(data)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, b"Error: cannot write to stdout: No space left on device\n")


def test_without_rich_the_extra_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    result = run(data)
    assert (result.exit_code, result.stdout) == (2, "")
    command = f"{sys.executable} -m pip install 'gipa-reports[scan]'"
    assert f"error missing-extra a summary needs rich, which is not installed: {command}" in result.stderr


def test_both_languages_show_the_same_numbers(summary: Summary) -> None:
    for zh, en in zip(sections(summary, "zh"), sections(summary, "en"), strict=True):
        assert zh.id == en.id
        assert zh.title != en.title
        assert len(zh.head) == len(en.head)
        assert [row[zh.text_columns :] for row in zh.rows] == [row[en.text_columns :] for row in en.rows]


def test_an_empty_data_set_has_a_summary(tmp_path: Path) -> None:
    (tmp_path / "junk.txt").write_bytes(b"junk")
    scan(tmp_path / "junk.txt", tmp_path / "out", workers=1)
    result = run(tmp_path / "out", "--output", tmp_path / "page.html")
    assert result.exit_code == 0
    assert (tmp_path / "page.html").read_text("utf-8").count("<section") == 11


def test_a_page_that_cannot_be_written_is_told(data: Path, tmp_path: Path) -> None:
    result = run(data, "--output", tmp_path / "no" / "page.html")
    assert result.exit_code == 2
    assert f"there is no folder {tmp_path / 'no'}" in result.stderr
    if os.path.exists("/dev/full"):
        result = run(data, "--output", "/dev/full")
        assert (result.exit_code, result.stderr) == (1, "Error: cannot write to /dev/full: No space left on device\n")


def test_small_kinds_share_a_row() -> None:
    summary = Summary(True, refused=1000)
    summary.refusals.update({f"code-{number:02}": 100 - number for number in range(MAX_ROWS + 3)})
    refusals = next(section for section in sections(summary, "en") if section.id == "refusals")
    assert len(refusals.rows) == MAX_ROWS + 1
    assert refusals.rows[0][0] == "code-00"
    assert refusals.rows[-1][0] == "all others"
    assert refusals.rows[-1][2] == str(sum(100 - number for number in range(MAX_ROWS, MAX_ROWS + 3)))


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1k", "1000"),
        (12_345, "12.3k", "1.23万"),
        (12_935_706, "12.9M", "1,294万"),
        (5 * 10**12, "5,000G", "50,000亿"),
    ],
)
def test_numbers_in_charts_are_short(value: int, en: str, zh: str) -> None:
    assert (compact(value, "en"), compact(value, "zh")) == (en, zh)


# --- page -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(summary: Summary, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(write_page(summary, "en", "data"), "utf-8")
    return path.as_uri()


def test_the_page_stands_alone(summary: Summary) -> None:
    for lang in ("en", "zh"):
        text = write_page(summary, "en" if lang == "en" else "zh", "data")
        assert "<script" not in text
        assert "http:" not in text
        assert "https:" not in text
        assert "default-src 'none'" in text


def test_many_years_are_cut_in_the_chart_and_told(tmp_path: Path) -> None:
    summary = Summary(True)
    for year in range(2000, 2000 + MAX_COLUMNS + 1):
        summary.years[year]["2019"] += 1
        summary.sums["received", year] = Sum(year, 1)
    text = write_page(summary, "en", "data")
    received = text.partition('id="received"')[2].partition("</section>")[0]
    chart, _, table = received.partition("</svg>")
    assert f"The chart shows the last {MAX_COLUMNS} years." in chart
    assert ("2000" in chart.partition("<svg")[2], "2000" in table) == (False, True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_fits_and_can_be_read(browser: Chrome, page: str, width: int, scheme: str) -> None:
    show(browser, page, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (contrast(paper, "rgb(255, 255, 255)") < 1.1) == (scheme == "light")
    seen = browser.execute_script(
        """return [...document.querySelectorAll("main :is(h2, p, li, td, th), svg text")].map(node => {
             const style = getComputedStyle(node);
             return [node.tagName, node.tagName === "text" ? style.fill : style.color,
               node.closest("thead") ? getComputedStyle(node).backgroundColor : null];
           });"""
    )
    assert len(seen) > 200
    assert [one for one in seen if contrast(one[1], one[2] or paper) < 4.5] == []
    fills = browser.execute_script(
        """return [...document.querySelectorAll("rect.s0, rect.s2")].map(node => getComputedStyle(node).fill)"""
    )
    assert fills
    assert [fill for fill in set(fills) if contrast(fill, paper) < 3] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_charts_draw_the_numbers_of_their_tables(browser: Chrome, page: str, summary: Summary, width: int) -> None:
    show(browser, page, width=width)
    for section in sections(summary, "en"):
        chart = section.chart
        drawn = browser.execute_script(
            """const chart = document.querySelector(`#${arguments[0]} figure > svg`);
            return [chart.ariaLabel, chart.getBoundingClientRect().width,
              [...chart.querySelectorAll("rect:not(.track)")].map(bar => {
                const box = bar.getBoundingClientRect(); return [box.width, box.height]; }),
              [...chart.querySelectorAll("text")].map(text => {
                const box = text.getBoundingClientRect(); return [text.textContent, box.left, box.right, box.top]; })];
            """,
            section.id,
        )
        label, room, bars, texts = drawn
        assert label.startswith(f"{section.title}: ")
        if isinstance(chart, Bars):
            counts = [count for _, found in chart.bars for count in found if count]
            full = chart.whole or max(sum(found) for _, found in chart.bars)
            assert [width for width, _ in bars] == pytest.approx([room * count / full for count in counts], abs=0.1)
        else:
            assert isinstance(chart, Columns)
            totals = [total or 0 for _, total, _ in chart.columns]
            assert [height for _, height in bars] == pytest.approx(
                [145 * total / max(totals) for total in totals], abs=0.1
            )
        ordered = sorted(texts, key=lambda text: (round(text[3]), text[1]))
        for one, other in pairwise(ordered):
            assert round(one[3]) != round(other[3]) or one[2] <= other[1], (one, other)


def test_the_table_says_what_the_section_says(browser: Chrome, page: str, summary: Summary) -> None:
    show(browser, page)
    for section in sections(summary, "en"):
        rows = browser.execute_script(
            """return [...document.querySelectorAll(`#${arguments[0]} tbody tr`)]
                 .map(row => [...row.cells].map(cell => cell.textContent))""",
            section.id,
        )
        assert [tuple(row) for row in rows] == list(section.rows)


def test_nothing_is_printed_in_dark(browser: Chrome, page: str) -> None:
    show(browser, page, scheme="dark", media="print")
    colours = browser.execute_script(
        "const style = getComputedStyle(document.body); return [style.color, style.backgroundColor]"
    )
    assert colours == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]


def test_the_page_says_when_from_what_and_by_which_version(data: Path, tmp_path: Path) -> None:
    for lang, words in (
        ("en", f"Written by gipa-reports {__version__} on 2023-11-14 22:13 UTC from {data}"),
        ("zh", f"gipa-reports {__version__} 于2023-11-14 22:13 UTC根据 {data} 生成"),
    ):
        pages = []
        for _ in range(2):
            told = run(data, "-o", tmp_path / "s.html", "--lang", lang, env={"SOURCE_DATE_EPOCH": "1700000000"})
            assert told.exit_code == 0
            pages.append((tmp_path / "s.html").read_text("utf-8"))
        assert f'<p class="note">{words}</p>' in pages[0]
        assert pages[0] == pages[1]
    assert written("x", "en") != written("y", "en")
