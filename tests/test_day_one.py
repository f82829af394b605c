"""The programs of a first day: each does what its docstring says in five lines, and type checkers take it as it is."""

from __future__ import annotations

import ast
import runpy
import shutil
from pathlib import Path

import pytest

import gipa_reports
from gipa_reports import Cell
from places import ROOT, TESTS
from test_typing import CHECKERS, Errors

FOLDER = TESTS / "day_one"
PROGRAMS = sorted(FOLDER.glob("*.py"))
MOST_LINES = 5

SAID = {
    "read_a_report": ["青山区临江街道办事处 2023 47 一、本年新收政府信息公开申请数量", "line 49, column 33"],
    "only_sure_figures": ["'natural_person': 63", "'total': 79"],
    "how_many_denied": ["7 7 () ()"],
    "table_in_a_spreadsheet": [],
    "check_a_draft": ["澄江区教育局 2023", "A102", "建议："],
    "mend_a_draft": [],
    "rule_of_my_own": ["no findings, 1 checks made"],
    "report_by_hand": ["一、本年新收政府信息公开申请数量\t\t\t48\t〔缺〕"],
    "folder_of_drafts": ["澄江区人民政府2023.txt", "not-a-report", "<Finding code='A102'"],
    "one_data_frame": ["2021", "澄江区教育局"],
}
"""Program → what is among its output."""


def test_there_are_ten() -> None:
    assert [path.stem for path in PROGRAMS] == sorted(SAID)
    assert len(PROGRAMS) == 10


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_each_fits_in_five_lines(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    docstring, *statements = tree.body
    assert isinstance(docstring, ast.Expr)
    lines = {n for one in statements for n in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_each_does_what_it_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "examples" / "samples" / "说明.txt").write_text("各单位草稿，请于月底前核对。", "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(path))
    output = capsys.readouterr().out
    assert [words for words in SAID[path.stem] if words not in output] == []
    if path.stem == "mend_a_draft":
        mended = gipa_reports.parse(Path("mended.docx"))
        assert mended["requests.granted.total"] == Cell.of(11)
        assert [one.code for one in gipa_reports.check(mended).findings] == []
    if path.stem == "table_in_a_spreadsheet":
        lines = Path("table.csv").read_text("utf-8-sig").splitlines()
        assert lines[0].startswith("申请人或类别,,,自然人,法人或其他组织,")
        assert "三、本年度办理结果,（一）予以公开,,13,3,0,1,1,0,18," in lines
    if path.stem == "check_a_draft":
        assert "澄江区教育局" in Path("checked.html").read_text("utf-8")


@CHECKERS
def test_each_is_right_to_type_checkers(checker: object) -> None:
    assert callable(checker)
    found: Errors = checker(*PROGRAMS)
    assert found == set()
