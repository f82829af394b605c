"""The synthetic corpus: seeded, mixed, and true."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

from gipa_reports import State, read
from gipa_reports.testing import check_right_or_flagged
from gipa_reports.testing.corpus import differences, number_of, sample, samples, truth_of, write_samples


def test_a_sample_is_the_same_whenever_it_is_asked_for() -> None:
    first = list(samples(40, seed=3))
    assert first == [sample(number, seed=3) for number in range(40)]
    assert [one.truth for one in first] == [truth_of(number, seed=3) for number in range(40)]
    assert first != list(samples(40, seed=4))
    assert len({one.content for one in first}) == 40
    assert [number_of(f"a/{one.name}") for one in first] == list(range(40))


def test_all_layouts_formats_years_and_editions_occur() -> None:
    many = list(samples(400))
    assert {one.layout for one in many} == {None, *range(1, 17)}
    assert {one.format for one in many} == {"text", "markdown", "html"}
    assert {one.truth.year for one in many} == set(range(2019, 2026))
    assert Counter(one.truth.requests.edition for one in many).keys() == {"2019", "2021"}
    states = Counter(figure.state for one in many for figure in one.truth.cells())
    assert states.keys() == {State.VALUE, State.BLANK}


def test_figures_add_up() -> None:
    for one in samples(60):
        for table in one.truth.tables:
            for identity in table.form.identities:
                left, right = (
                    sum(one.truth[cell].value or 0 for cell in side) for side in (identity.left, identity.right)
                )
                assert left == right, (one.number, identity)


def test_samples_are_read_right_or_flagged() -> None:
    for one in samples(150, seed=1):
        reading = read(one.content)
        check_right_or_flagged(one.truth, reading)
        assert reading.report is not None
        cells = [
            (figure.id, figure.state.value, figure.value, " ".join(reading.codes(figure.id)))
            for figure in reading.report.cells()
        ]
        assert differences(one.truth, cells) == []


def test_differences_are_seen() -> None:
    truth = truth_of(0)
    right: list[tuple[str, str, Decimal | int | None, str]] = [
        (figure.id, figure.state.value, figure.value, "") for figure in truth.cells()
    ]
    assert differences(truth, right) == []
    cell_id, state, value, _ = right[50]
    assert value is not None
    assert differences(truth, [*right[:50], (cell_id, state, value + 1, ""), *right[51:]]) == [cell_id]
    assert differences(truth, [*right[:50], (cell_id, state, value + 1, "figure-split"), *right[51:]]) == []
    assert differences(truth, right[:50] + right[51:]) == [cell_id]


def test_samples_are_written_as_files(tmp_path: Path) -> None:
    write_samples(tmp_path, (0, 1, 1000))
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert written == {f"{number // 1000:04}/{sample(number).name}": sample(number).content for number in (0, 1, 1000)}
