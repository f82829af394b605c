"""Repairs of a text's lines, and lines with pipes by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports import read
from gipa_reports.document import Loose
from gipa_reports.limits import DEFAULT
from gipa_reports.readers.pipe_lines import LOOSE, PIPE_LINES, PIPED
from gipa_reports.readers.repairs import REPAIRS, Repair, repaired
from gipa_reports.readers.text import read_document
from written import WRITTEN, decoded

PIECES = (
    "-",
    "--",
    "---",
    " ",
    "   ",
    "\t",
    "\t\t",
    "|",
    "+",
    "─",
    "━═",
    "│",
    "├",
    "┌",
    "1",
    "12",
    "规章",
    "\n",
    "\n\n",
)

MENDED: dict[str, list[list[str]]] = {
    "with_columns": [["---- ---", "规章 1", "合计 2", "---- ---"], [" ----  ----"]],
    "unbracketed": [['[规章]{lang="zh-CN"} 1']],
    "unboxed": [["+----+---+", "| 规章 | 1 |", "+----+---+"], ["│ 规章 ├──┤ 1 │"]],
    "wide_lines": [["规章" + " " * 200 + "1"]],
    "whole_rows": [
        [
            "二、主动公开政府信息情况",
            "第二十条第（一）项\t二、主动公开政府信息情况",
            "第二十条第（一）项\t规章" + "\t" * 11,
        ],
        [
            *["规章" + "\t" * 14] * 3,
            "行政复议" + "\t" * 11 + "五、存在的主要问题及改进情况",
            "扫一扫" + "\t" * 3,
        ],
    ],
    "pairs_of_tabs": [["规章\t\t1"] * 40],
    "joined_at_tabs": [["规章", "", "\t", "", "1", "", "", ""] * 10],
}
"""For each repair the smallest lines that it mends, for each kind of them."""


@pytest.mark.parametrize(("signs", "repair"), REPAIRS)
def test_a_repair_mends_nothing_where_its_signs_are_not(signs: tuple[str, ...], repair: Repair) -> None:
    @given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.integers(1, 40))
    def hold(text: str, times: int) -> None:
        lines = (text + "\n") * times
        if not any(sign in lines for sign in signs):
            assert repair(lines.split("\n")) == lines.split("\n")

    hold()


@pytest.mark.parametrize(("signs", "repair"), REPAIRS)
def test_each_repair_is_made(signs: tuple[str, ...], repair: Repair) -> None:
    for lines in MENDED[repair.__name__]:
        mended = repair(lines)
        assert mended != lines
        assert len(mended) == len(lines) == len(repaired(lines))
        assert any(sign in "\n".join(lines) for sign in signs)
        assert repaired(lines) != lines


def test_a_text_without_a_sign_is_left_as_it_is() -> None:
    lines = ["规章\t1\t2", "", "本年度共公开3件。"]
    assert repaired(lines) is lines


def test_a_line_with_pipes_is_known_by_itself() -> None:
    row, gap, bare = (PIPE_LINES[line] for line in ("规章 | 1 | 2 | ||", "| 规章 | | 2 |", "规章 | 1"))
    assert (row.kind, row.filled, row.has_blank, row.is_bare, row.table) == (
        PIPED,
        ("规章", "1", "2"),
        False,
        False,
        "disclosure",
    )
    assert (gap.pieces, gap.has_blank, gap.is_bare) == (("", "规章", "", "2", ""), True, False)
    assert (bare.is_bare, bare.is_plain, bare.cell) == (True, True, "")
    assert PIPE_LINES["规章 |"].cell == PIPE_LINES["\t\t规章  |"].cell == "规章"
    assert PIPE_LINES["|:---|---|"].is_rule
    number, heading = PIPE_LINES["- 3 -"], PIPE_LINES["一、总体情况"]
    assert (number.kind, number.is_page_number, number.ends_run) == (LOOSE, True, False)
    assert (heading.is_page_number, heading.ends_run) == (False, True)
    assert PIPE_LINES["**规章** | 1"].is_plain is False


def test_an_ideographic_blank_beside_a_pipe_is_no_text() -> None:
    text = decoded(WRITTEN[8]) + "\n三、收到和处理政府信息公开申请情况\n"
    blanked = text.replace("\n|\n", "\n\u3000|\n", 1)
    assert blanked != text
    assert read(blanked).report == read(text).report


def test_a_label_on_two_lines_is_no_figure_that_a_blank_stands_before() -> None:
    lines = ["1.属于国家秘密 |", "1 |", "|", "2.", "其他法律行政法规禁止公开 |", "3 |"]
    (block,) = read_document("\n".join(lines), DEFAULT).blocks
    assert isinstance(block, Loose)
    assert block.cells == ["1.属于国家秘密", "1", "2.其他法律行政法规禁止公开", "3"]
