"""What a reading knows stays visible in what is made of it: sums, comparisons, frames, on the command line too."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner, Result

import places
from gipa_reports import FormatName, ReadError, Reading, Report, aggregate, compare, loads, own_output, parse, read
from gipa_reports.cli import cli

SAMPLE = places.SAMPLE.read_text("utf-8")
SPLIT = SAMPLE.replace("行政许可\t46", "行政许可\t4 6")
YUAN = SAMPLE.replace("（单位：万元）", "（单位：元）")
LICENSING, FEES = "disclosure.licensing.decisions", "disclosure.fees.amount"
CODES = {LICENSING: "figure-split", FEES: "unit-differs"}
"""The flag that each of the two texts has, and where."""


def named(text: str, agency: str) -> str:
    old = str(parse(SAMPLE).agency)
    assert old in text
    return text.replace(old, agency)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A folder with the reports of two units, one of which has a figure in doubt."""
    for name, text in (("甲市民政局", SPLIT), ("乙市民政局", SAMPLE)):
        (tmp_path / f"{name}.txt").write_text(named(text, name), "utf-8")
    return tmp_path


# --- added up --------------------------------------------------------------------------------------------------------


def test_a_sum_has_the_flags_of_its_parts() -> None:
    units: dict[str, Reading | Report] = {"甲": read(SPLIT), "乙": read(YUAN), "丙": parse(SPLIT)}
    total = aggregate(units, "propagate")
    assert [part.codes for part in total.parts(LICENSING)] == [("figure-split",), (), ()]
    assert total.codes(LICENSING) == ("figure-split",)
    assert total.codes(FEES) == ("unit-differs",)
    assert total.codes("requests.received.total") == ()


@pytest.mark.parametrize("format", ["json", "text", "markdown", "html", "docx", "xlsx"])
def test_the_sum_that_is_written_says_what_is_in_doubt(units: Path, format: FormatName | Literal["json"]) -> None:
    target = units / "sum.out"
    assert run("aggregate", units, "--blank", "zero", "--to", format, "--output", target).exit_code == 0
    total = loads(target.read_text("utf-8")) if format == "json" else parse(target, format=format)
    assert total[LICENSING].value == 92
    assert total.sections.other_matters is not None
    assert total.sections.other_matters.paragraphs == (f"甲市民政局: figure-split: {LICENSING}",)


def test_a_sum_of_what_is_plainly_there_says_nothing(units: Path) -> None:
    (units / "甲市民政局.txt").write_text(named(SAMPLE, "甲市民政局"), "utf-8")
    assert loads(run("aggregate", units, "--blank", "zero").stdout).sections.other_matters is None


def test_money_is_converted_on_the_command_line(units: Path) -> None:
    (units / "甲市民政局.txt").write_text(named(YUAN.replace("160.50", "18500"), "甲市民政局"), "utf-8")
    (units / "乙市民政局.txt").write_text(named(SAMPLE.replace("160.50", "1.85"), "乙市民政局"), "utf-8")
    refused = run("aggregate", units, "--blank", "zero")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "error mixed-units disclosure.fees.amount is in different units" in refused.stderr
    converted = run("aggregate", units, "--blank", "zero", "--convert-units")
    assert (converted.exit_code, "warning unit-differs" in converted.stderr) == (0, True)
    assert str(loads(converted.stdout)[FEES].value) == "3.7000"


# --- compared --------------------------------------------------------------------------------------------------------


def test_a_comparison_has_the_flags_of_both_sides() -> None:
    (change,) = compare(read(SAMPLE), read(YUAN)).cells
    assert (change.cell, change.before_codes, change.after_codes) == (FEES, (), ("unit-differs",))
    found = compare(read(SPLIT), read(SAMPLE))
    assert found.same
    (flagged,) = found.flagged
    assert (flagged.cell, flagged.before, flagged.after) == (LICENSING, *[parse(SAMPLE)[LICENSING]] * 2)
    assert (flagged.before_codes, flagged.after_codes) == (("figure-split",), ())
    assert compare(read(SAMPLE), read(SAMPLE)).flagged == ()


def test_the_comparison_that_is_written_says_what_is_in_doubt(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text(SPLIT, "utf-8")
    b.write_text(YUAN, "utf-8")
    assert run("compare", a, b).stdout.splitlines() == [
        f"{a} → {b}",
        "  cells: 1",
        f"    {FEES}: 160.50 → 160.50元 [- → unit-differs]",
        "  flags: 2",
        f"    {a}: figure-split: {LICENSING}",
        f"    {b}: unit-differs: {FEES}",
    ]
    rows = [json.loads(line) for line in run("compare", a, b, "--format", "jsonl").stdout.splitlines()]
    assert [tuple(row.values()) for row in rows] == [
        ("cell", FEES, "changed", "160.50", "160.50元", None, "", "unit-differs"),
        ("flag", LICENSING, "same", "46", "46", 0, "figure-split", ""),
    ]
    table = list(csv.reader(run("compare", a, b, "--format", "csv").stdout.splitlines()))
    assert [row[-2:] for row in table] == [["before_codes", "after_codes"], ["", "unit-differs"], ["figure-split", ""]]


@pytest.mark.parametrize("format", ["markdown", "html", "docx", "xlsx"])
def test_a_comparison_in_the_official_layout_says_what_is_in_doubt(
    tmp_path: Path, format: FormatName, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(SPLIT, "utf-8")
    (tmp_path / "b.txt").write_text(SAMPLE, "utf-8")
    target = tmp_path / "out"
    assert run("compare", tmp_path / "a.txt", tmp_path / "b.txt", "--format", format, "-o", target).exit_code == 0
    with pytest.raises(ReadError, match="own-output"):
        parse(target, format=format)
    # But for its mark it is a report in the official layout.
    for name in ("command_in_text", "command_in_properties"):
        monkeypatch.setattr(own_output, name, lambda *_: None)
    matters = parse(target, format=format).sections.other_matters
    assert matters is not None
    assert matters.paragraphs[-1] == f"{tmp_path / 'a.txt'}: figure-split: {LICENSING}"


def test_two_reports_that_are_equal_and_in_doubt(tmp_path: Path) -> None:
    for name, text in (("a.txt", SPLIT), ("b.txt", SAMPLE)):
        (tmp_path / name).write_text(text, "utf-8")
    result = run("compare", tmp_path / "a.txt", tmp_path / "b.txt")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:3] == ["  nothing differs", "  flags: 1"]
