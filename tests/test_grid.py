"""One grid for all formats: where cells with spans stand, and what stands for them in the places that they cover."""

from __future__ import annotations

import pytest
from attrs import frozen

from gipa_reports.document import COVERED, COVERED_BELOW
from gipa_reports.grid import Grids, covers, lay_out
from gipa_reports.limits import Limits


@frozen
class Wide:
    """A cell of a table that is written."""

    text: str
    colspan: int = 1
    rowspan: int = 1


def test_a_figure_is_marked_where_it_covers_others_and_a_label_leaves_blanks() -> None:
    group = [
        ["规章", "12", "7"],
        ["8"],
        ["总计", "9"],
    ]
    assert list(Grids(Limits(), covers).expand(group, {0: {0: (1, 2), 1: (2, 2)}, 2: {0: (3, 1)}})) == [
        ["规章", "12", COVERED, "7"],
        ["", COVERED_BELOW, COVERED_BELOW, "8"],
        ["总计", "", "", "9"],
    ]


def test_what_goes_on_from_above_goes_on_beside_itself() -> None:
    assert covers(COVERED_BELOW) == (COVERED_BELOW, COVERED_BELOW)
    assert list(Grids(Limits(), covers).expand([[COVERED_BELOW, "1"]], {0: {0: (2, 1)}})) == [
        [COVERED_BELOW, COVERED_BELOW, "1"]
    ]


@pytest.mark.parametrize("figure_first", [True, False])
def test_where_two_cells_reach_down_over_one_place_that_with_a_figure_counts(figure_first: bool) -> None:
    # The second cell of the second row is over two columns, in one of which the third of the first row reaches.
    above, beside = ("5", "规章") if figure_first else ("规章", "5")
    group = [
        ["1", "2", above],
        ["3", beside],
        ["4"],
    ]
    rows = list(Grids(Limits(), covers).expand(group, {0: {2: (1, 3)}, 1: {1: (2, 2)}}))
    assert rows[2][2] == COVERED_BELOW


def test_cells_of_any_kind_are_laid_out() -> None:
    rows = [[Wide("a", 2, 2), Wide("b")], [Wide("c")], [Wide("d"), Wide("e", 2)]]
    assert list(lay_out(rows, lambda cell: cell.text, lambda text: (text.upper(), f"{text}'"))) == [
        ["a", "A", "b"],
        ["a'", "a'", "c"],
        ["d", "e", "E"],
    ]
