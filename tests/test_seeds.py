"""Published reports, value by value, as a person read them. Needs the folder ``GIPA_REPORTS_CORPUS``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gipa_reports import FormatName, Reading, Report, parse, read, render

CORPUS = os.environ.get("GIPA_REPORTS_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="GIPA_REPORTS_CORPUS names no folder of published reports")

AGENCIES = {
    "000": ("卫东区北环路街道办事处", 2025),
    "001": ("牧野区卫北街道办事处", 2023),
    "002": ("荣昌区人民政府安富街道办事处", 2025),
    "003": ("卫东区行政审批和政务信息管理局", 2024),
    "004": ("西工区金谷园街道办事处", 2025),
}
NOT_ZERO = {
    "000": {},
    "001": {},
    "002": {
        "disclosure.licensing.decisions": 114,
        "disclosure.penalties.decisions": 6,
        "requests.received.natural_person": 1,
        "requests.received.total": 1,
        "requests.unavailable.not_held.natural_person": 1,
        "requests.unavailable.not_held.total": 1,
        "requests.processed_total.natural_person": 1,
        "requests.processed_total.total": 1,
        "proceedings.reconsideration.corrected": 2,
        "proceedings.reconsideration.total": 2,
    },
    "003": {},
    "004": {
        "requests.received.natural_person": 1,
        "requests.received.total": 1,
        "requests.unavailable.not_held.natural_person": 1,
        "requests.unavailable.not_held.total": 1,
        "requests.processed_total.natural_person": 1,
        "requests.processed_total.total": 1,
    },
}
"""Every figure that is not 0, by cell id."""

THREE_LABELS = ("denied.", "unavailable.", "not_processed.", "other.")
"""Rows of 000 whose figures stand behind three labels: their 总计 is blank."""


def reading_of(seed: str) -> Reading:
    assert CORPUS
    (path,) = Path(CORPUS).glob(f"{seed}_*.txt")
    return read(path)


def report_of(seed: str) -> Report:
    report = reading_of(seed).report
    assert report is not None
    return report


@pytest.mark.parametrize("seed", AGENCIES)
def test_whose_report_it_is(seed: str) -> None:
    report = report_of(seed)
    assert (report.agency, report.year) == AGENCIES[seed]
    assert [table.edition for table in report.tables] == ["2021", "2021", "2021"]


@pytest.mark.parametrize("seed", AGENCIES)
def test_every_cell(seed: str) -> None:
    reading = reading_of(seed)
    report = report_of(seed)
    assert len(report.cells()) == 200
    for figure in report.cells():
        table, _, rest = figure.id.partition(".")
        if seed == "000" and table == "requests" and rest.endswith(".other"):
            assert (figure.state, reading.codes(figure.id)) == ("absent", ("column-missing",)), figure.id
        elif seed == "000" and table == "requests" and rest.startswith(THREE_LABELS) and rest.endswith(".total"):
            assert (figure.state, reading.codes(figure.id)) == ("blank", ()), figure.id
        else:
            expected = NOT_ZERO[seed].get(figure.id, 0)
            assert (figure.state, figure.value, reading.codes(figure.id)) == ("value", expected, ()), figure.id


@pytest.mark.parametrize("seed", AGENCIES)
def test_every_figure_is_traced_to_its_words(seed: str) -> None:
    assert CORPUS
    (path,) = Path(CORPUS).glob(f"{seed}_*.txt")
    lines = path.read_text("utf-8").split("\n")
    reading = read(path)
    for figure in report_of(seed).cells():
        if figure.state == "value":
            place = reading.locations[figure.id]
            assert place.line is not None
            assert place.text == figure.text
            column = place.column or 1
            assert lines[place.line - 1][column - 1 :].strip().startswith(figure.text)


@pytest.mark.parametrize("seed", ["000", "001", "003", "004"])
def test_sections_and_parts(seed: str) -> None:
    sections = report_of(seed).sections
    assert sections.overview is not None
    assert sections.problems is not None
    assert sections.other_matters is not None
    assert list(sections.overview.parts) == [
        "proactive_disclosure",
        "disclosure_on_request",
        "information_management",
        "platform",
        "supervision",
    ]
    counts = {"000": (10, 6, 1), "001": (7, 4, 1), "003": (11, 2, 1), "004": (5, 8, 2)}[seed]
    assert (
        len(sections.overview.paragraphs),
        len(sections.problems.paragraphs),
        len(sections.other_matters.paragraphs),
    ) == counts


def test_a_report_without_title_and_headings() -> None:
    reading = reading_of("002")
    report = report_of("002")
    assert report.title is None
    assert [place.text for place in reading.unparsed] == [
        "国务院部门网站",
        "地方政府网站",
        "市政府部门网站",
        "区(县)政府网站",
        "部门街镇网站",
        "其他网站",
    ]
    assert [problem.code for problem in reading.diagnostics] == [
        "heading-missing",
        "heading-missing",
        "identity-from-prose",
    ]


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("seed", AGENCIES)
def test_round_trip(seed: str, format: FormatName) -> None:
    report = report_of(seed)
    assert parse(render(report, format), format=format) == report
