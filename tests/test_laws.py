"""The laws, held by generated reports: round trip, right or flagged, only our errors, fixed points."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import FormatName, Report, State, parse, read, render
from gipa_reports.testing import (
    FORMATS,
    KEEPS_BLANKS,
    LAYOUTS,
    LayoutOptions,
    check_fixed_point,
    check_json_round_trip,
    check_only_gipa_errors,
    check_right_or_flagged,
    check_round_trip,
    consistent_reports,
    flatten,
    generators,
    layout_choices,
    layout_options,
    plain_reports,
    reports,
)

FIGURES = (State.VALUE,)


@pytest.mark.parametrize("format", FORMATS)
@given(report=reports())
def test_any_report_rendered_and_parsed_is_the_same(format: FormatName, report: Report) -> None:
    check_round_trip(report, format)


@pytest.mark.parametrize("format", FORMATS)
@given(report=reports())
def test_the_format_of_what_we_render_is_found_out(format: FormatName, report: Report) -> None:
    rendered = render(report, format)
    assert parse(rendered.encode() if isinstance(rendered, str) else rendered) == report


@given(report=reports())
def test_any_report_in_json_is_the_same(report: Report) -> None:
    check_json_round_trip(report)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(report=plain_reports())
def test_each_layout_is_right_or_flagged(layout: int, report: Report) -> None:
    check_right_or_flagged(report, read(flatten(report, layout)))


@pytest.mark.parametrize("layout", LAYOUTS)
@given(report=plain_reports(states=FIGURES))
def test_each_layout_without_empty_cells_is_right(layout: int, report: Report) -> None:
    """Nothing was lost, so nothing may be flagged and nothing wrong: cells, prose, title, organ and year."""
    reading = read(flatten(report, layout))
    assert reading.report == report
    assert reading.diagnostics == ()


@pytest.mark.parametrize("layout", sorted(KEEPS_BLANKS - {13}))
@given(report=plain_reports())
def test_layouts_that_keep_empty_cells_are_right(layout: int, report: Report) -> None:
    reading = read(flatten(report, layout))
    assert reading.report == report
    assert reading.diagnostics == ()


@given(
    report=plain_reports(),
    layout=layout_choices(),
    options=layout_options(),
    headings=st.booleans(),
    header=st.booleans(),
    rng=generators(),
)
def test_mixed_and_misspelt_layouts_are_right_or_flagged(
    report: Report,
    layout: int,
    options: LayoutOptions,
    headings: bool,
    header: bool,
    rng: random.Random,
) -> None:
    text = flatten(report, layout, headings=headings, header=header, options=options, rng=rng)
    check_right_or_flagged(report, read(text))


@given(report=consistent_reports(), layout=layout_choices())
def test_parsing_again_what_was_parsed_changes_nothing(report: Report, layout: int) -> None:
    check_fixed_point(flatten(report, layout))


@given(source=st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_whatever_the_bytes_only_our_errors_escape(source: bytes | str) -> None:
    check_only_gipa_errors(source)


@given(report=plain_reports(), layout=layout_choices(), data=st.data())
def test_a_cut_document_is_right_or_flagged(report: Report, layout: int, data: st.DataObject) -> None:
    text = flatten(report, layout)
    cut = text[: data.draw(st.integers(0, len(text)))]
    check_right_or_flagged(report, read(cut), allow_refusal=True)


@given(report=plain_reports(), layout=layout_choices(), data=st.data())
def test_a_document_with_a_line_lost_or_doubled_is_right_or_flagged(
    report: Report, layout: int, data: st.DataObject
) -> None:
    lines = flatten(report, layout).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = [lines[at]] * data.draw(st.sampled_from((0, 2)))
    check_only_gipa_errors("\n".join(lines))


@given(report=plain_reports(), layout=layout_choices(), data=st.data())
def test_damage_does_no_more_than_flag(report: Report, layout: int, data: st.DataObject) -> None:
    """Characters lost or changed anywhere: an answer or one of our errors, the same each time."""
    text = list(flatten(report, layout))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(st.sampled_from(["", "|", "\t", "\n", " ", "0", "规章", "\\", "'", "〔缺〕", "〔空〕"]))
    damaged = "".join(text)
    check_only_gipa_errors(damaged)
    assert gipa_reports.read(damaged).diagnostics == gipa_reports.read(damaged).diagnostics
