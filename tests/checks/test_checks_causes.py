"""One cause, one finding: what is put under what, and that nothing wrong is suggested."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from attrs import evolve

from gipa_reports import Cell, Disclosure, Proceedings, Report, Requests, Section, Sections, check
from gipa_reports.outputs.phrases import groups
from gipa_reports.template import FORMS, Edition

COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_service", "other")
TRUE: dict[str, int] = {}
for _row, _column, _value in (
    ("received", "natural_person", 9), ("received", "business", 3), ("carried_in", "natural_person", 2),
    ("granted", "natural_person", 4), ("granted", "business", 3), ("denied.state_secret", "natural_person", 6),
    ("processed_total", "natural_person", 10), ("processed_total", "business", 3), ("carried_out", "natural_person", 1),
):  # fmt: skip
    for _cell in (f"{_row}.{_column}", f"{_row}.total"):
        TRUE[_cell] = TRUE.get(_cell, 0) + _value


def report(changes: Mapping[str, int | Cell | None], edition: Edition = "2021") -> Report:
    return Report(
        Disclosure.all_absent(edition),
        Requests.of(edition, {**TRUE, **changes}, default=Cell.of(0)),
        Proceedings.of(edition, {}, default=Cell.of(0)),
    )


def test_the_column_of_totals_that_was_forgotten() -> None:
    zeros = dict.fromkeys([cell for cell in TRUE if cell.endswith(".total")], 0)
    (group,) = groups(check(report(zeros), select="A,P").findings)
    assert len(group.findings) == 6
    assert group.message("zh") == "表三“总计”列有6格填了0，而各项之和不是0，可能漏填。"
    assert group.findings[0].suggestion == {f"requests.{cell}": TRUE[cell] for cell in zeros}
    assert group.cause is not None
    assert set(group.cause.cells) == set(group.cells)


def test_the_row_of_totals_that_was_forgotten_with_the_hints_that_follow() -> None:
    zeros = dict.fromkeys([cell for cell in TRUE if cell.startswith("processed_total.")], 0)
    findings = check(report(zeros), select="A,P").findings
    (group,) = groups(findings)
    assert {finding.code for finding in findings} == {"A101", "A102", "P103"}
    assert group.message("zh") == "表三“（七）总计”行有3格填了0，而各项之和不是0，可能漏填。"
    assert group.severity == "error"
    assert findings[0].suggestion == {f"requests.{cell}": TRUE[cell] for cell in zeros}


def test_a_figure_and_its_total_where_only_one_change_will_do() -> None:
    """Too many under （七）总计 and in its total: no other row of its column could be that much less."""
    changes = {"processed_total.business": 5, "processed_total.total": 15}
    (group,) = groups(check(report(changes), select="A").findings)
    assert group.findings[0].suggestion == {
        "requests.processed_total.business": 3,
        "requests.processed_total.total": 13,
    }
    assert group.message("zh") == "“（七）总计·商业企业”、“（七）总计·总计”可能一并有误。"


def test_a_figure_and_its_total_where_others_will_do_as_well() -> None:
    (group,) = groups(check(report({"received.business": 4, "received.total": 13}), select="A").findings)
    assert len(group.edits) > 1
    assert {finding.suggestion for finding in group.findings} == {None}
    assert group.message("zh").startswith("表三的这些不符可能出于同一原因，但有")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_of_a_figure_and_its_total_nothing_wrong_is_suggested(share: float) -> None:
    layout = FORMS["requests", "2021"]
    for number in range(120):
        rng = random.Random(f"{share}-{number}")
        cells: dict[str, int | None] = {cell.partition(".")[2]: 0 for cell in layout.cell_ids}
        cells.update(TRUE)
        cells = {cell: None if not value and rng.random() < share else value for cell, value in cells.items()}
        row = rng.choice([row.id for row in layout.rows if cells[f"{row.id}.total"] is not None])
        column = rng.choice([one for one in COLUMNS if cells[f"{row}.{one}"] is not None] or ["total"])
        changed: dict[str, int | None] = {f"{row}.{one}": (cells[f"{row}.{one}"] or 0) + 1 for one in {column, "total"}}
        findings = check(report(cells | changed), select="A").findings
        right = {f"requests.{cell}": cells[cell] for cell in changed}
        assert [found.suggestion for found in findings if found.suggestion not in (None, right)] == [], number


def test_two_faults_that_blanks_make_look_like_one_are_no_suggestion() -> None:
    """One identity is broken, the others of its cells are undecided."""
    blank = dict.fromkeys([f"denied.state_secret.{column}" for column in COLUMNS[1:]], None)
    found = check(report({**blank, "denied.state_secret.natural_person": 7}), select="A").findings
    assert found
    assert {finding.suggestion for finding in found} == {None}


def test_known_parts_above_two_totals_come_from_the_figure_that_they_share() -> None:
    blanks = {
        cell.partition(".")[2]: None
        for cell in FORMS["requests", "2021"].cell_ids
        if cell.partition(".")[2] not in TRUE
    }
    findings = check(report({**blanks, "granted.natural_person": 7}), select="A").findings
    assert {finding.code for finding in findings} == {"A302", "A303"}
    (group,) = groups(findings)
    assert group.message("zh") == "“予以公开·自然人”与所在的行和列都对不上。"
    assert group.findings[0].suggestion is None


def test_a_figure_of_the_prose_that_the_suggestion_would_make_right_is_no_finding_of_its_own() -> None:
    text = Sections(Section(("（二）依申请公开", "全年收到政府信息公开申请12件。")))
    wrong = evolve(report({"received.total": 21}), sections=text)
    findings = check(wrong, select="A,N").findings
    assert {finding.code for finding in findings} == {"A101", "A103", "N101"}
    (group,) = groups(findings)
    assert group.findings[0].suggestion == {"requests.received.total": 12}
    other = evolve(wrong, sections=Sections(Section(("（二）依申请公开", "全年收到政府信息公开申请50件。"))))
    assert len(groups(check(other, select="A,N").findings)) == 2


def test_a_hint_that_says_nothing_else_is_put_under_the_sum() -> None:
    cases = {"reconsideration.upheld": 5, "reconsideration.total": 3}
    one = evolve(report({}), proceedings=Proceedings.of("2021", cases, default=Cell.of(0)))
    (group,) = groups(check(one, select="A,P").findings)
    assert [finding.code for finding in group.findings] == ["A201", "P103"]
    assert group.message("zh") == group.findings[0].zh
    assert len(groups(check(one, select="P").findings)) == 1
