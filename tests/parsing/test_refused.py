"""Sources that are no report are refused as what they are."""

from __future__ import annotations

import re

import pytest

from gipa_reports import FormatName, ParseError, Reading, parse, read, render
from gipa_reports.parsing.refused import RULES
from openings import FOLDER, TABLES, Opening, cases

OTHERS = cases(FOLDER.parent / "others.txt")
_FORM = re.sub(r"(?<![^\t\n])[\d.]+(?=[\t\n])", "", TABLES)
_PAGE_FORM = re.sub(r">[\d.]+</td>", "></td>", render(parse(f"一、总体情况\n\n{TABLES}"), "html"))


def reading_of(other: Opening) -> Reading:
    form = _PAGE_FORM[_PAGE_FORM.index("<body") :] if other.facts.get("format") == "html" else _FORM
    spaced = re.sub(r"(?<=\t)(?=[\t\n])", " ", form)
    return read(other.text.replace("@FORM@", form).replace("@SPACED@", spaced).replace("@TABLES@", TABLES))


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.name.replace(" ", "-"))
def test_a_source_is_refused_as_what_it_is(other: Opening) -> None:
    reading = reading_of(other)
    assert isinstance(reading.error, ParseError)
    assert reading.error.code == other.facts["code"], reading.error
    for word in other.facts.get("found", "").split(", "):
        assert word in str(reading.error.found or "")


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize("format", ["text", "markdown", "html", "docx", "xlsx"])
def test_a_report_of_ours_that_is_blank_throughout_comes_back(format: FormatName) -> None:
    report = parse(re.sub(r"(?<![^\t\n])[\d.]+(?=[\t\n])", "〔空〕", f"一、总体情况\n\n{TABLES}"))
    assert {figure.state.value for figure in report.cells()} == {"blank"}
    assert parse(render(report, format), format=format) == report
