"""What programs write into tables and draw around them may stand in a report: it is written so that it comes back.

A report has it where a source was a program's output that could be read in part only.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from gipa_reports import FormatName, parse, render
from gipa_reports.report import Cell, Disclosure, Section, Sections, UnknownRow
from gipa_reports.template import HEADINGS
from gipa_reports.testing.corpus import truth_of
from gipa_reports.testing.strategies.texts import TRACES

FORMATS: tuple[FormatName, ...] = ("text", "markdown", "html", "docx", "xlsx")

JOINED = ("长" * 1000, *(heading.text for heading in HEADINGS[:3]))
"""Words and three headings, as programs join lines."""

PARAGRAPHS = (
    *TRACES,
    *(mark.join(JOINED) for mark in (" ", "|", ";", "；", "\t")),
    f"甲{' ' * 200}乙",
    "| | |",
    "---\t---\t---",
    "│ 甲 ━━ 乙",
)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("paragraph", PARAGRAPHS, ids=lambda text: text[:20])
def test_paragraphs_come_back(paragraph: str, format: FormatName) -> None:
    report = evolve(truth_of(1, 5), sections=Sections(problems=Section((paragraph, paragraph, "甲。", paragraph))))
    assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize("format", FORMATS)
def test_titles_come_back(format: FormatName) -> None:
    report = evolve(truth_of(1, 5), title=" ".join(JOINED))
    assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", TRACES)
def test_cells_come_back(text: str, format: FormatName) -> None:
    """Each row of a column holds it, so that a program might have written them all."""
    report = truth_of(1, 5)
    rows = tuple((Cell.invalid(text), *cells[1:]) for cells in report.disclosure.rows)
    unknown = (UnknownRow((text,)), UnknownRow((text, text)), UnknownRow((text, "", text)), UnknownRow(("1", text)))
    report = evolve(report, disclosure=Disclosure.from_rows(report.disclosure.edition, rows, unknown))
    assert parse(render(report, format), format=format) == report


@pytest.mark.parametrize("format", FORMATS)
def test_rows_without_words_come_back(format: FormatName) -> None:
    """They may be the rest of the row above, or figures of no row."""
    report = truth_of(1, 5)
    unknown = tuple(UnknownRow(cells) for cells in (("5",), ("5", "6"), ("|",), ("+---+",), ("0", "1", "2", "3")))
    report = evolve(report, disclosure=Disclosure.from_rows(report.disclosure.edition, report.disclosure.rows, unknown))
    assert parse(render(report, format), format=format) == report


def test_a_figure_that_no_count_has_is_not_made_one() -> None:
    """37.0 thrice in a column would be 37 where a program had made floats of it; read as it stood, it is no figure."""
    report = truth_of(1, 5)
    rows = tuple((Cell.invalid("37.0"), *cells[1:]) for cells in report.disclosure.rows)
    report = evolve(report, disclosure=Disclosure.from_rows(report.disclosure.edition, rows))
    again = parse(render(report, "text"))
    assert [cells[0].text for cells in again.disclosure.rows] == ["37.0"] * len(rows)
