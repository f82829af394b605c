"""Tables put together from pieces of both editions, shuffled, doubled, cut, shifted: only our errors escape."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports import Report, State, parse, read
from gipa_reports.template import EDITIONS, TABLES, Edition, TableId, form
from gipa_reports.testing import check_only_gipa_errors
from gipa_reports.testing.layouts import expand, official_grid
from places import ROOT

EXAMPLES: dict[Edition, str] = {"2021": "subdistrict_2023.txt", "2019": "city_bureau_2020.md"}
STRANGE = "备注"

Rows = list[list[str]]


@cache
def example(edition: Edition) -> Report:
    return parse(ROOT / "examples" / EXAMPLES[edition])


@cache
def grid(edition: Edition, table: TableId) -> tuple[tuple[str, ...], ...]:
    """The rows of a table as a person sees them, spans expanded."""
    return tuple(map(tuple, expand(official_grid(example(edition).table(table)))))


@st.composite
def pieces(draw: st.DrawFn) -> Rows:
    """Some of the rows of a table: cut, moved to the right, shuffled, with a column or a figure more."""
    rows = grid(draw(st.sampled_from(EDITIONS)), draw(st.sampled_from(TABLES)))
    first = draw(st.integers(0, len(rows) - 1))
    found = [list(row) for row in rows[first : first + draw(st.integers(1, 12))]]
    if draw(st.booleans()):
        found = draw(st.permutations(found))
    shift, behind = draw(st.sampled_from((0, 0, 0, 1, 2, 9))), draw(st.sampled_from((None, None, STRANGE, "7", "")))
    for row in found:
        row[:0] = [""] * shift
        if behind is not None:
            row.append(behind)
    for _ in range(draw(st.integers(0, 3))):
        row = found[draw(st.integers(0, len(found) - 1))]
        at = draw(st.integers(0, len(row)))
        row[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(("", "3", "/", STRANGE)), max_size=2))
    return found


@st.composite
def mixed_tables(draw: st.DrawFn) -> Rows:
    return [row for piece in draw(st.lists(pieces(), min_size=1, max_size=5)) for row in piece]


def as_text(rows: Rows) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def as_markdown(rows: Rows) -> str:
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |\n" for row in rows]
    return "".join([lines[0], "|---" * width + "|\n", *lines[1:]])


def as_html(rows: Rows) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


WRITERS = {"text": as_text, "markdown": as_markdown, "html": as_html}


@pytest.mark.parametrize("format", WRITERS)
@given(rows=mixed_tables())
def test_whatever_the_rows_only_our_errors_escape(format: str, rows: Rows) -> None:
    check_only_gipa_errors(WRITERS[format](rows))


def test_the_pieces_are_of_every_table() -> None:
    assert {len(grid(edition, table)) > 2 for edition, table in product(EDITIONS, TABLES)} == {True}


@pytest.mark.parametrize("write", [as_text, as_markdown, as_html])
def test_a_row_of_the_other_edition_that_comes_twice_is_unknown_twice(write: Callable[[Rows], str]) -> None:
    rows = [list(row) for row in grid("2021", "disclosure")]
    at = next(number for number, row in enumerate(rows) if row[0] == "行政许可") + 1
    twice = [["其他对外管理服务事项", figure, "", ""] for figure in "56"]
    reading = read(write([*rows[:at], *twice, *rows[at:]]))
    assert reading.report is not None
    assert reading.report.disclosure.rows == example("2021").disclosure.rows
    assert [row.cells for row in reading.report.disclosure.unknown] == [
        ("其他对外管理服务事项", "5"),
        ("其他对外管理服务事项", "6"),
    ]
    problems = [problem for problem in reading.diagnostics if problem.code == "row-unknown"]
    assert [problem.found for problem in problems] == ["其他对外管理服务事项 | 5", "其他对外管理服务事项 | 6"]
    assert "row-repeated" not in {problem.code for problem in reading.diagnostics}


def test_a_heading_that_comes_again_elsewhere_beside_a_strange_column_places_no_figure() -> None:
    """Nothing tells whether the last of eight figures stands below 总计 or below the column that nobody knows."""
    columns = [column.label for column in form("requests", "2021").blocks[0].columns]
    labels = [row.label for row in form("requests", "2021").rows[:2]]
    rows = [
        ["", "", "", *columns, STRANGE],
        [labels[0], "", "", "4", "1", "0", "0", "0", "0", "5", "8"],
        ["", *columns, STRANGE],
        [labels[1], "3", "", "0", "0", "0", "0", "3", "9"],
    ]
    reading = read(as_text(rows))
    assert reading.report is not None
    assert [cell.value for cell in reading.report.requests.received] == [4, 1, 0, 0, 0, 0, 5]
    ids = form("requests", "2021").ids_of["carried_in"]
    assert {cell.state for cell in reading.report.requests.carried_in} == {State.INVALID}
    assert all("position-lost" in reading.codes(cell_id) for cell_id in ids)
