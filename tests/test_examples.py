"""The examples say what they should. All figures here were read off the files by eye."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import gipa_reports
from gipa_reports import Cell, Period, State
from gipa_reports.template import words
from places import ROOT

EXAMPLES = ROOT / "examples"
SUBDISTRICT = EXAMPLES / "subdistrict_2023.txt"
BUREAU = EXAMPLES / "city_bureau_2020.md"


def run(script: str, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / script), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == status, done.stderr
    return done


def test_read_one_says_the_figures_of_the_subdistrict() -> None:
    done = run("read_one.py", SUBDISTRICT)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "青山区临江街道办事处, 2023",
        "requests received: 47",
        "  from natural persons: 38",
        "  carried in from the year before: 3",
        "  granted: 18",
        "  denied, third parties' rights: 3",
        "penalties decided: 27",
        "reconsiderations upheld: 2",
        "requests.received.total stands in line 49, column 33, as '47'",
        "cells without a figure: 0",
    ]


def test_read_one_says_so_where_a_table_is_not_there(tmp_path: Path) -> None:
    text = SUBDISTRICT.read_text("utf-8")
    without = tmp_path / "report.txt"
    without.write_text(text[: text.index("三、收到和处理")] + text[text.index("四、") :], "utf-8")
    lines = run("read_one.py", without).stdout.splitlines()
    assert "requests received: (absent)" in lines
    assert "requests.received.total is not in this report" in lines
    assert "reconsiderations upheld: 2" in lines


def test_read_one_says_the_figures_of_the_bureau() -> None:
    done = run("read_one.py", BUREAU)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "云湖市城市管理局, 2020",
        "requests received: 79",
        "  from natural persons: 63",
        "  carried in from the year before: 5",
        "  granted: 29",
        "  denied, third parties' rights: 4",
        "penalties decided: 128",
        "reconsiderations upheld: 5",
        "requests.received.total stands in line 45, column 53, as '79'",
        "cells without a figure: 4",
        "  disclosure.regulations.produced: (not_applicable)",
        "  disclosure.regulations.newly_disclosed: (not_applicable)",
        "  disclosure.regulations.total_disclosed: (not_applicable)",
        "  disclosure.other_services.decisions: (blank)",
    ]


def test_read_one_refuses_what_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("今天下午，文化馆举办书法展览。\n", "utf-8")
    done = run("read_one.py", path, status=1)
    assert done.stdout == ""
    assert "not-a-report" in done.stderr


def test_panel_has_a_line_for_every_file(tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("今天下午，文化馆举办书法展览。\n", "utf-8")
    rows = list(csv.DictReader(io.StringIO(run("panel.py", SUBDISTRICT, BUREAU, news, tmp_path / "none").stdout)))
    assert [list(row.values())[1:] for row in rows] == [
        ["青山区临江街道办事处", "2023", "2021", "47", "value", ""],
        ["云湖市城市管理局", "2020", "2019", "79", "value", ""],
        ["", "", "", "", "unread", "not-a-report"],
        ["", "", "", "", "unread", "cannot-read"],
    ]


def test_subdistrict_is_read_whole() -> None:
    reading = gipa_reports.read(SUBDISTRICT)
    report = reading.report
    assert report is not None
    assert reading.diagnostics == ()
    assert report.title == "青山区临江街道办事处2023年政府信息公开工作年度报告"
    assert report.period == Period(date(2023, 1, 1), date(2023, 12, 31))
    assert {table.edition for table in report.tables} == {"2021"}
    assert [cell.value for cell in report.disclosure.normative_documents] == [3, 1, 12]
    assert report["disclosure.fees.amount"] == Cell.of(Decimal("1.85"))
    assert [cell.value for cell in report.requests.unavailable.not_held] == [6, 1, 0, 0, 1, 0, 8]
    assert [cell.value for cell in report.requests.processed_total] == [37, 6, 0, 1, 2, 0, 46]
    assert [cell.value for cell in report.requests.carried_out] == [3, 1, 0, 0, 0, 0, 4]
    assert [cell.value for cell in report.proceedings.reconsideration] == [2, 1, 0, 1, 4]
    assert [cell.value for cell in report.proceedings.litigation_direct] == [1, 0, 0, 0, 1]
    assert [cell.value for cell in report.proceedings.litigation_after_reconsideration] == [1, 0, 0, 1, 2]
    assert report.sections.overview is not None
    assert list(report.sections.overview.parts) == list(words.PARTS)
    assert report.sections.other_matters is not None
    assert report.sections.other_matters.paragraphs == ("2023年度，街道未收取政府信息公开信息处理费。",)


def test_bureau_is_read_whole() -> None:
    reading = gipa_reports.read(BUREAU)
    report = reading.report
    assert report is not None
    assert reading.diagnostics == ()
    assert {table.edition for table in report.tables} == {"2019"}
    disclosure = report.disclosure
    assert disclosure.edition == "2019"
    assert [cell.state for cell in disclosure.regulations] == [State.NOT_APPLICABLE] * 3
    assert [cell.value for cell in disclosure.normative_documents] == [2, 2, 17]
    assert [cell.value for cell in disclosure.licensing] == [12, 2, 356]
    assert list(disclosure.other_services) == [Cell.of(8), Cell.of(0), Cell.blank()]
    assert [cell.value for cell in disclosure.penalties] == [45, -1, 128]
    assert [cell.value for cell in disclosure.fees] == [2, -1]
    assert list(disclosure.procurement) == [Cell.of(14), Cell.of(Decimal("160.5"), "万元")]
    assert [cell.value for cell in report.requests.other] == [2, 0, 0, 0, 1, 0, 3]
    assert [cell.value for cell in report.requests.processed_total] == [64, 9, 1, 0, 4, 2, 80]
    assert [cell.value for cell in report.proceedings.reconsideration] == [5, 1, 0, 2, 8]
    assert reading.locations["disclosure.licensing.change"].text == "+2"


@pytest.mark.parametrize("path", [SUBDISTRICT, BUREAU], ids=lambda path: path.name)
def test_examples_are_consistent(path: Path) -> None:
    """All identities of the forms hold, so the examples can serve as clean reports."""
    report = gipa_reports.parse(path)
    for table in report.tables:
        for identity in table.form.identities:
            left, right = (sum(report[cell].value or 0 for cell in side) for side in (identity.left, identity.right))
            assert left == right, identity
