"""check, explain, aggregate and compare on the command line: what is printed, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from gipa_reports.checks import Outcome, Rule, registry
from gipa_reports.checks.subject import Subject
from gipa_reports.cli import cli
from gipa_reports.codes import CODES
from gipa_reports.document import FormatName
from gipa_reports.errors import MissingExtraError
from gipa_reports.memo import forget_memos
from gipa_reports.outputs import FORMATS
from gipa_reports.outputs.rules_zh import RULES_ZH
from gipa_reports.parsing import parse, read
from gipa_reports.renderers import render
from gipa_reports.report import Cell, Disclosure, Proceedings, Report, Requests, Section, Sections, UnknownRow
from gipa_reports.serialize import loads
from places import ROOT

EXAMPLE = ROOT / "examples" / "subdistrict_2023.txt"
ZERO = Cell.of(0)
NOTHING_DISCLOSED = Disclosure.of("2021", {"fees.amount": Decimal(0)}, default=ZERO)
AGENCY = "青山区临江街道办事处"
KEYS = ["source", "code", "severity", "cells", "message", "expected", "actual", "suggestion", "cause"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def findings(*arguments: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("check", *arguments, "--format", "jsonl").stdout.splitlines()]


def codes(*arguments: str | Path) -> list[str]:
    return [finding["code"] for finding in findings(*arguments)]


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current folder of its own, above which there are no settings."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """One figure mistyped: 38 applications of natural persons became 83."""
    lines = EXAMPLE.read_text("utf-8").split("\n")
    lines[48] = lines[48].replace("38", "83")
    path = tmp_path / "draft.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def unit(
    agency: str | None = "甲镇人民政府", year: int | None = 2023, received: int = 3, **others: int | None
) -> Report:
    """A small consistent report."""
    figures = {"received.natural_person": received, "received.total": received}
    figures |= {
        f"{row}.{column}": received for row in ("granted", "processed_total") for column in ("natural_person", "total")
    }
    return Report(
        NOTHING_DISCLOSED,
        Requests.of("2021", figures, default=ZERO),
        Proceedings.of("2021", {}, default=ZERO),
        agency=agency,
        year=year,
    )


def save(path: Path, report: Report) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(report, "markdown"), "utf-8")
    return path


# --- check: findings and exit codes ----------------------------------------------------------------------------------


def test_a_clean_report(clean: Path) -> None:
    result = run("check", clean)
    assert result.exit_code == 0
    # What is clean takes no lines but that of the totals.
    (totals,) = result.stdout.splitlines()
    assert totals.startswith("files 1: errors 0, warnings 0, hints 0,")
    assert "could not be made: 0 of 97" in totals
    assert run("check", clean, "--format", "jsonl").output == ""


def test_findings_as_json_lines(draft: Path) -> None:
    found = findings(draft)
    assert [list(finding) for finding in found] == [KEYS] * 2
    assert found[0] == {
        "source": str(draft),
        "code": "A101",
        "severity": "error",
        "cells": [
            f"requests.{row}.natural_person" for row in ("received", "carried_in", "processed_total", "carried_out")
        ],
        "message": "Column natural_person: received(83)+carried_in(2)=85, processed_total(37)+carried_out(3)=40; "
        "they differ by 45, please check.",
        "expected": 85,
        "actual": 40,
        "suggestion": {"requests.received.natural_person": 38},
        "cause": found[1]["cause"],
    }
    assert run("check", draft).exit_code == 1


def test_messages_in_chinese(draft: Path) -> None:
    (finding,) = findings(draft, "--select", "A101", "--lang", "zh")
    assert finding["message"] == "自然人列：本年新收(83)+上年结转(2)=85，总计(37)+结转(3)=40，相差45，请核对。"


def test_what_is_refused_is_said_in_chinese(tmp_path: Path, draft: Path) -> None:
    settings, accepted, blank = tmp_path / "bad.toml", tmp_path / "bad.jsonl", tmp_path / "blank.txt"
    settings.write_text('selct = ["A"]\n', "utf-8")
    accepted.write_text("not JSON\n", "utf-8")
    blank.write_text(EXAMPLE.read_text("utf-8").replace("\t38\t", "\t\t"), "utf-8")
    for arguments, code, words in (
        (("check", draft, "--select", "ZZ"), "unknown-rule", "没有代码以“ZZ”开头的规则"),
        (("check", draft, "--config", settings), "bad-config", "没有“selct”这个键；.*（第1行）$"),
        (("check", draft, "--baseline", accepted), "bad-baseline", "这一行不是JSON对象；.*（第1行）$"),
        (("check", draft, "--previous", draft), "previous-year", "上年报告应为2022年的，这一份是2023年的。$"),
        (("aggregate", draft, blank), "children-repeated", "有两份报告：.*blank.txt"),
        (("aggregate", blank), "blank-cell", "blank可取zero（空白不计）或propagate（合计留空）。$"),
        (("aggregate", draft, "--title", "a\nb"), "bad-report", "title应为一行文字"),
    ):
        said = run(*arguments, "--lang", "zh").stderr.splitlines()[-1]
        assert re.search(f": error {code} .*{words}", said), said


def test_wrong_options_are_told_in_chinese_wherever_the_language_stands(draft: Path, tmp_path: Path) -> None:
    for option, setting, words in (
        ("--output", str(tmp_path / "none" / "x"), "没有.*none这个文件夹"),
        ("--limit", "rows=0", "rows不能是0，应为大于0"),
        ("--limit", "foo=1", "其中NAME应为bytes, "),
    ):
        for arguments in ((option, setting, "--lang", "zh"), ("--lang", "zh", option, setting)):
            assert re.search(words, run("parse", draft, *arguments).stderr)
    assert "取自标准输入" in run("compare", "-", "-", "--lang", "zh").stderr


def test_hints_alone_are_clean(tmp_path: Path) -> None:
    report = evolve(unit("乙镇人民政府"), disclosure=Disclosure.of("2021", {"regulations.issued": 1}))
    path = save(tmp_path / "hint.md", report)
    result = run("check", path, "--select", "P101", "--format", "concise")
    assert result.exit_code == 0
    assert "P101" in result.stdout


def test_select_and_ignore(draft: Path) -> None:
    assert codes(draft, "--select", "A1") == ["A101", "A103"]
    assert codes(draft, "--select", "A1", "--ignore", "A101") == ["A103"]
    assert codes(draft, "--ignore", "A") == []


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_wrong_use_before_anything_is_read(option: str, draft: Path) -> None:
    result = run("check", draft, option, "A,Q", "--output", draft.parent / "out.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "check: error unknown-rule no rule has a code that begins with 'Q'" in result.stderr
    assert not (draft.parent / "out.txt").exists()


def test_one_bad_file_never_stops_the_others(draft: Path) -> None:
    bad = draft.parent / "bad.txt"
    bad.write_text("两斤苹果，一把葱。", "utf-8")
    result = run("check", bad, draft.parent / "none", draft)
    assert result.exit_code == 2
    assert "none: error no-such-path" in result.stderr
    assert f"{bad}\n  Not checked, it has no report: not-a-report" in result.stdout
    assert "error A101" in result.stdout
    assert run("check", bad).exit_code == 1
    assert "files not checked: 1" in run("check", bad, "--format", "jsonl").stderr


def test_a_file_that_can_not_be_opened_is_not_checked(draft: Path) -> None:
    link = draft.parent / "link.txt"
    link.symlink_to("nowhere.txt")
    result = run("check", link, draft)
    assert result.exit_code == 1
    assert "link.txt: error cannot-read" in result.stderr
    assert "Not checked, it has no report: cannot-read Cannot be read: No such file" in result.stdout


def test_nothing_checked_is_said_and_not_clean(tmp_path: Path) -> None:
    """All of 三 is blank: there is no finding, and no word of praise either."""
    report = evolve(unit(), requests=Requests.of("2021", {}, default=Cell.blank()))
    path = save(tmp_path / "blank.md", report)
    result = run("check", path, "--select", "A101")
    assert result.exit_code == 1
    assert "  Nothing could be checked" in result.stdout
    assert "no findings" not in result.stdout
    assert "could not be checked: 7 of 7" in result.stdout
    for form in ("jsonl", "csv", "concise"):
        result = run("check", path, "--select", "A101", "--format", form)
        assert "warning nothing-checked" in result.stderr
        assert "checks that could not be made: 7 of 7" in result.stderr


def test_nothing_to_check_is_clean(clean: Path) -> None:
    result = run("check", clean, "--select", "Y")
    assert result.exit_code == 0
    assert "info nothing-applies" in result.stderr


def test_output_changes_only_when_all_is_written(draft: Path) -> None:
    target = draft.parent / "out.csv"
    target.write_text("old", "utf-8")
    assert run("check", draft, "--format", "csv", "--output", target, "--previous", draft).exit_code == 2
    assert target.read_text("utf-8") == "old"
    assert run("check", draft, "--format", "csv", "--output", target).exit_code == 1
    assert target.read_text("utf-8-sig").startswith("source,agency,year,code,")
    assert sorted(path.name for path in draft.parent.iterdir()) == ["draft.txt", "out.csv"]


def on_a_terminal(path: Path, **environment: str) -> str:
    """What ``check`` prints to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "gipa_reports", "check", str(path)]
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=kept | environment)
    os.close(theirs)
    parts = []
    with open(ours, "rb", buffering=0) as terminal:
        try:
            while part := terminal.read(4096):
                parts.append(part)
        except OSError:  # how a terminal ends
            pass
    assert done.wait() == 1
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_colours_only_on_a_terminal(draft: Path) -> None:
    plain = run("check", draft).stdout
    assert "\x1b" not in plain
    shown = on_a_terminal(draft)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == plain
    assert re.findall(r"\x1b\[31m\x1b\[1m(\w+)\x1b\[0m (A\d+)", shown) == [("error", "A101")]
    assert on_a_terminal(draft, NO_COLOR="1") == plain


# --- rules of other packages -----------------------------------------------------------------------------------------


def _breaks(rule: Rule, subject: Subject) -> Iterator[Outcome]:
    """It breaks after its first outcome."""
    yield rule.passed("")
    raise RuntimeError("no luck")


XBREAKS = Rule("X101", "breaks", _breaks)
XCLASH = Rule("A101", "mine", _breaks)


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    names: list[str] = []
    points = lambda: tuple(EntryPoint(name, f"{__name__}:{name}", registry.GROUP) for name in names)  # noqa: E731

    def forget() -> None:
        registry._plugins.cache_clear()
        forget_memos()

    monkeypatch.setattr(registry, "installed_plugins", points)
    forget()
    yield names
    forget()


def test_a_rule_that_raises_is_told_and_the_rest_goes_on(plugins: list[str], draft: Path) -> None:
    plugins += ["XBREAKS", "XNOT_THERE"]
    result = run("check", draft, "--format", "concise")
    assert result.exit_code == 1
    assert [line.split(": ")[1][:10] for line in result.stdout.splitlines()] == ["A101,A103 "]
    assert "error rule-errored The rule X101 broke: RuntimeError: no luck" in result.stderr
    assert "error rule-errored The rule XNOT_THERE broke: AttributeError" in result.stderr
    full = run("check", draft, "--ignore", "A").stdout
    assert "X101 ×1: the rule itself failed: RuntimeError: no luck" in full


def test_two_rules_with_one_code_are_wrong_use(plugins: list[str], draft: Path) -> None:
    plugins.append("XCLASH")
    for command in (("check", draft), ("explain",), ("explain", "A101")):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{command[0]}: error rule-clash the rule mine of " in result.stderr


def test_a_missing_extra_is_named(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*arguments: object) -> str:
        raise MissingExtraError("writing XLSX needs the extra xlsx", code="missing-extra")

    monkeypatch.setattr(sys.modules["gipa_reports.cli.check"], "write_findings", missing)
    monkeypatch.setattr(sys.modules["gipa_reports.cli.compare"], "render", missing)
    monkeypatch.setattr(sys.modules["gipa_reports.cli.aggregate"], "render", missing)
    for command in (
        ("check", draft, "--format", "xlsx"),
        ("compare", draft, draft, "--format", "xlsx"),
        ("aggregate", draft, "--to", "xlsx"),
    ):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{command[0]}: error missing-extra writing XLSX needs the extra xlsx" in result.stderr


# --- the year before -------------------------------------------------------------------------------------------------


@pytest.fixture
def years(tmp_path: Path) -> tuple[Path, Path]:
    """A report that carried 2 in, and a folder with its previous year that carried 3 over, among others."""
    now = unit("临河区教育局", 2023)
    now = evolve(now, requests=Requests.of("2021", {"carried_in.total": 2}, default=ZERO))
    before = unit("临河区教育局", 2022)
    before = evolve(before, requests=Requests.of("2021", {"carried_out.total": 3}, default=ZERO))
    folder = tmp_path / "before"
    save(folder / "education.md", before)
    save(folder / "health.md", unit("临河区卫生健康局", 2022))
    save(folder / "older.md", unit("临河区教育局", 2021))
    return save(tmp_path / "now.md", now), folder


def test_the_previous_report_is_found_in_a_folder(years: tuple[Path, Path]) -> None:
    now, folder = years
    (finding,) = findings(now, "--previous", folder, "--select", "Y101")
    assert (finding["expected"], finding["actual"], finding["cells"]) == (3, 2, ["requests.carried_in.total"])
    full = run("check", now, "--previous", folder, "--select", "Y101").stdout
    assert re.search(
        rf"{re.escape(str(folder))}/education\.md: table \d+, row \d+, column \d+ \| requests.carried_out", full
    ) or (f"{folder}/education.md:" in full)


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ([], "previous-none"),
        ([unit("临河区卫生健康局", 2022)], "previous-none"),
        ([unit("临河区教育局", 2021), unit("临河区教育局", 2023)], "previous-none"),
        ([unit("临河区教育局", 2022), unit("临河区 教育局", 2022, received=4)], "previous-ambiguous"),
        ([unit("教育局", 2022), unit("临河教育局", 2022)], "previous-ambiguous"),
    ],
)
def test_without_one_previous_report_a_message_says_so(tmp_path: Path, others: list[Report], code: str) -> None:
    now = save(tmp_path / "now.md", unit("临河区教育局", 2023))
    save(tmp_path / "before" / "x.md", unit("别处", 2020))
    for number, report in enumerate(others):
        save(tmp_path / "before" / f"{number}.md", report)
    result = run("check", now, "--previous", tmp_path / "before", "--select", "Y")
    assert result.exit_code == 0
    assert f"now.md: warning {code} " in result.stderr
    assert "临河区教育局" in result.stderr


def test_a_shortened_name_is_taken_and_told(tmp_path: Path) -> None:
    now = save(tmp_path / "now.md", unit("临河区教育局", 2023))
    save(tmp_path / "before" / "x.md", unit("教育局", 2022))
    result = run("check", now, "--previous", tmp_path / "before", "--select", "Y101")
    assert "info previous-shortened" in result.stderr
    assert result.stdout.startswith("files 1: errors 0, ")
    assert "could not be made: 0 of 7;" in result.stdout


def test_a_file_that_is_read_twice_is_refused_once(years: tuple[Path, Path]) -> None:
    (years[0].parent / "empty.txt").write_bytes(b"")
    result = run("check", years[0].parent, "--previous", years[0].parent)
    assert result.stderr.count("error empty-source") == 1


def test_two_captures_of_one_report_are_one(years: tuple[Path, Path]) -> None:
    now, folder = years
    (folder / "again.md").write_bytes((folder / "education.md").read_bytes())
    assert codes(now, "--previous", folder, "--select", "Y101") == ["Y101"]


def test_a_report_of_no_known_organ_has_no_previous_one(tmp_path: Path, years: tuple[Path, Path]) -> None:
    unknown = save(tmp_path / "unknown.md", unit(None, 2023))
    result = run("check", unknown, "--previous", years[1], "--select", "Y")
    assert "warning previous-unknown" in result.stderr


@pytest.mark.parametrize(
    ("agency", "year", "code"),
    [("临河区卫生健康局", 2022, "previous-agency"), ("临河区教育局", 2023, "previous-year")],
)
def test_a_file_that_is_not_the_previous_report_is_wrong_use(
    years: tuple[Path, Path], tmp_path: Path, agency: str, year: int, code: str
) -> None:
    other = save(tmp_path / "other.md", unit(agency, year))
    result = run("check", years[0], "--previous", other)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"now.md: error {code} " in result.stderr


def test_a_previous_path_that_is_not_there_is_wrong_use(clean: Path) -> None:
    result = run("check", clean, "--previous", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere: error no-such-path" in result.stderr


# --- units -----------------------------------------------------------------------------------------------------------


def test_a_parent_against_its_units(tmp_path: Path) -> None:
    parent = save(tmp_path / "all" / "parent.md", unit("甲区人民政府", received=8))
    save(tmp_path / "all" / "a.md", unit("乙镇人民政府", received=3))
    save(tmp_path / "all" / "b.md", unit("丙镇人民政府", received=4))
    found = findings(parent, "--children", tmp_path / "all", "--select", "H")
    assert {finding["cells"][0] for finding in found} == {
        f"requests.{row}.{column}"
        for row in ("received", "granted", "processed_total")
        for column in ("natural_person", "total")
    }
    assert {(finding["expected"], finding["actual"]) for finding in found} == {(7, 8)}


def test_a_unit_that_can_not_be_read_is_missing(tmp_path: Path) -> None:
    parent = save(tmp_path / "parent.md", unit("甲区人民政府"))
    save(tmp_path / "units" / "a.md", unit("乙镇人民政府"))
    (tmp_path / "units" / "b.txt").write_text("两斤苹果，一把葱。", "utf-8")
    (finding,) = findings(parent, "--children", tmp_path / "units", "--select", "H")
    assert finding["code"] == "H102"
    assert "b.txt" in finding["message"]


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ([unit("乙镇人民政府", 2022), unit("丙镇人民政府", 2023)], "children-years"),
        ([unit("乙镇人民政府", 2022)], "children-year"),
        ([unit("乙镇人民政府"), unit("乙镇人民政府", received=9)], "children-repeated"),
    ],
)
def test_units_that_do_not_belong_are_wrong_use(tmp_path: Path, units: list[Report], code: str) -> None:
    parent = save(tmp_path / "parent.md", unit("甲区人民政府"))
    for number, report in enumerate(units):
        save(tmp_path / "units" / f"{number}.md", report)
    result = run("check", parent, "--children", tmp_path / "units")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error {code} " in result.stderr


def test_units_are_those_of_one_report(tmp_path: Path) -> None:
    parent = save(tmp_path / "parent.md", unit("甲区人民政府"))
    other = save(tmp_path / "units" / "a.md", unit("乙镇人民政府"))
    assert "error one-parent" in run("check", parent, other, "--children", tmp_path / "units").stderr
    result = run("check", parent, "--children", parent)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error no-match" in result.stderr


# --- baseline --------------------------------------------------------------------------------------------------------


def test_a_baseline_accepts_what_is_there(draft: Path) -> None:
    base = draft.parent / "base.jsonl"
    result = run("check", draft, "--write-baseline", base, "--reason", "known")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 findings accepted, 0 kept from before, 0 stale ones dropped" in result.stderr
    entries = [json.loads(line) for line in base.read_text("utf-8").splitlines()]
    assert [(e["code"], e["agency"], e["year"], e["reason"]) for e in entries] == [
        ("A101", AGENCY, 2023, "known"),
        ("A103", AGENCY, 2023, "known"),
    ]
    result = run("check", draft, "--baseline", base)
    assert result.exit_code == 0
    assert "suppressed: 2" in result.stdout
    assert "(known)" in result.stdout
    assert codes(draft, "--baseline", base) == []


def test_a_baseline_knows_no_lines_but_knows_figures(draft: Path) -> None:
    base = draft.parent / "base.jsonl"
    run("check", draft, "--write-baseline", base, "--reason", "known")
    text = draft.read_text("utf-8")
    draft.write_text("\n\n\n" + text, "utf-8")
    assert codes(draft, "--baseline", base) == []
    draft.write_text(text.replace("\t83\t", "\t84\t"), "utf-8")
    assert codes(draft, "--baseline", base) == ["A101", "A103"]


def test_stale_entries_are_reported_and_leave_the_file(draft: Path, clean: Path) -> None:
    base = draft.parent / "base.jsonl"
    run("check", draft, "--write-baseline", base, "--reason", "known")
    result = run("check", clean, "--baseline", base, "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [f"{base}:1", f"{base}:2"]
    assert result.stderr.count("warning stale-suppression") == 2
    assert "stale suppressions: 2" in run("check", clean, "--baseline", base).stdout
    # Of a rule that did not run, or a file of another organ, nothing can be said.
    assert "suppression" not in run("check", clean, "--baseline", base, "--select", "C").output
    other = save(draft.parent / "other.md", unit())
    assert "suppression" not in run("check", other, "--baseline", base).output
    result = run("check", other, "--write-baseline", base, "--reason", "known")
    assert "2 kept from before, 0 stale" in result.stderr
    result = run("check", clean, "--write-baseline", base)
    assert "0 kept from before, 2 stale ones dropped" in result.stderr
    assert base.read_text("utf-8").split() == []


def test_a_baseline_needs_a_reason_and_keeps_the_old_ones(draft: Path) -> None:
    base = draft.parent / "base.jsonl"
    for reason in ([], ["--reason", "  "]):
        result = run("check", draft, "--write-baseline", base, *reason)
        assert result.exit_code == 2
        assert "error no-reason" in result.stderr
        assert not base.exists()
    run("check", draft, "--select", "A101", "--write-baseline", base, "--reason", "first")
    run("check", draft, "--write-baseline", base, "--reason", "second")
    entries = [json.loads(line) for line in base.read_text("utf-8").splitlines()]
    assert [(entry["code"], entry["reason"]) for entry in entries] == [("A101", "first"), ("A103", "second")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "this line is no JSON object"),
        ("[]", "this line is no JSON object"),
        ("[" * 100_000, "this line is no JSON object"),
        ('{"fingerprint": "x", "code": "A1"}', "the reason is missing"),
        ('{"fingerprint": "x", "code": "A1", "reason": " "}', "the reason is missing"),
        ('{"fingerprint": "x", "reason": "x"}', "the code is missing"),
        ('{"code": "A1", "reason": "x"}', "the fingerprint is missing"),
        ('{"fingerprint": "x", "code": "A1", "reason": "x", "why": 1}', "there is no key 'why'"),
        ('{"fingerprint": "x", "code": "A1", "reason": "x", "year": "2023"}', "source and agency are texts, year is"),
        ('{"fingerprint": "x", "code": "A1", "reason": "x", "agency": 7}', "source and agency are texts"),
    ],
)
def test_a_broken_baseline_is_refused_with_its_line(draft: Path, line: str, why: str) -> None:
    base = draft.parent / "base.jsonl"
    base.write_text(f"\n{line}\n", "utf-8")
    for option in ("--baseline", "--write-baseline"):
        result = run("check", draft, option, base, "--reason", "x")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"error bad-baseline the baseline file {base} is broken: {why}" in result.stderr
        assert "(line 2)" in result.stderr
        assert base.read_text("utf-8") == f"\n{line}\n"


@pytest.mark.parametrize("command", [("check", "--write-baseline"), ("aggregate", "--provenance")])
def test_a_folder_that_is_not_there_is_wrong_use(clean: Path, command: tuple[str, str]) -> None:
    result = run(command[0], clean, command[1], clean.parent / "none" / "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no folder" in result.stderr


def test_a_baseline_that_is_not_there_is_refused(draft: Path) -> None:
    result = run("check", draft, "--baseline", "none.jsonl")
    assert result.exit_code == 2
    assert "the baseline file none.jsonl can't be read: No such file" in result.stderr
    (draft.parent / "gbk.jsonl").write_bytes("理由".encode("gbk"))
    assert "it is not UTF-8" in run("check", draft, "--baseline", "gbk.jsonl").stderr


def test_a_report_of_no_known_organ_is_known_by_its_name(tmp_path: Path) -> None:
    report = evolve(unit(None, None), requests=Requests.of("2021", {"received.total": 1}, default=ZERO))
    path = save(tmp_path / "[1].md", report)
    base = tmp_path / "base.jsonl"
    run("check", path, "--select", "A", "--write-baseline", base, "--reason", "known")
    assert {json.loads(line)["source"] for line in base.read_text("utf-8").splitlines()} == {"[[]1].md"}
    assert codes(path, "--select", "A", "--baseline", base) == []
    other = save(tmp_path / "2.md", report)
    assert codes(other, "--select", "A", "--baseline", base) == ["A101", "A103"]


# --- explain ---------------------------------------------------------------------------------------------------------


def test_explain_lists_every_rule() -> None:
    text = run("explain").stdout
    for rule in registry.RULES.values():
        assert f"  {rule.code}  {rule.name} " in text
    markdown = run("explain", "--format", "markdown").stdout
    assert [line.split("`")[1] for line in markdown.splitlines()[2:]] == list(registry.RULES)


def test_explain_a_rule_by_code_name_or_beginning() -> None:
    page = run("explain", "A101").stdout
    assert page.startswith("A101 column-balance\n\nseverity error · since 0.1 · stable")
    assert "Why. Every application" in page
    assert not re.search(r"[*`#]", page)
    assert run("explain", "column-balance").stdout == run("explain", "a101").stdout == page
    assert run("explain", "A101", "A101").stdout == page
    assert run("explain", "A1").stdout.count("severity error") == 3
    assert run("explain", "A101", "--format", "markdown").stdout == registry.rule_page(registry.RULES["A101"])


def test_explain_a_diagnostic() -> None:
    for code in CODES.values():
        text = run("explain", code.code).stdout
        assert f"{code.code}\n\ndiagnostic · severity {code.severity}\n\n{code.en}\n\n{code.zh}\n" in text


def test_explain_says_in_chinese_what_a_rule_checks() -> None:
    pages, text = run("explain", *RULES_ZH, "--lang", "zh").stdout, run("explain", "--lang", "zh").stdout
    in_english = run("explain", *RULES_ZH).stdout
    for code, rule in RULES_ZH.items():
        assert f"{code} {rule.name} " in pages
        for part in (rule.what, f"理由。 {rule.why}", f"依据。 {rule.basis}"):
            assert f"\n\n{part}\n" in pages
        assert rule.what in text
        assert rule.what not in in_english
    assert pages.count("示例。 ") == len(RULES_ZH)
    assert "英文说明" not in pages
    assert not [line for line in text.splitlines() if re.search(r"\b(the|error|warning|default)\b", line)]
    assert run("explain", "--lang", "zh", "--format", "markdown").stdout.startswith("| 代码 | 名称 |")
    assert "读取时的问题 · 错误" in run("explain", "empty-source", "--lang", "zh").stdout


@pytest.mark.parametrize("code", ["cannot-read", "missing-extra", "crashed"])
def test_explain_a_problem_of_a_source(code: str) -> None:
    assert run("explain", code).stdout.startswith(f"{code}\n\ndiagnostic · severity error\n\n")


def test_select_takes_what_explain_takes(draft: Path) -> None:
    expected = run("check", draft, "--select", "A101").stdout
    assert "A101" in expected
    for names in ("a101", "column-balance", "column-balance, a101"):
        assert run("check", draft, "--select", names).stdout == expected
    without = run("check", draft, "--ignore", "A101").stdout
    assert "A101" not in without
    assert run("check", draft, "--ignore", "column-balance").stdout == without


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("codes", ["", " ", "A,", "Q"])
def test_codes_that_no_rule_has_are_wrong_use(draft: Path, option: str, codes: str) -> None:
    result = run("check", draft, option, codes)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "check: error unknown-rule no rule has a code that begins with" in result.stderr


def test_an_unknown_code_has_near_matches() -> None:
    result = run("explain", "A101", "colum-balance", "A1O1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "colum-balance: error unknown-code There is no such code. Do you mean column-balance?" in result.stderr
    assert "A1O1: error unknown-code There is no such code. Do you mean A101" in result.stderr
    assert "没有这个代码。是否指column-balance？" in run("explain", "colum-balance", "--lang", "zh").stderr
    assert run("explain", "").exit_code == 2


# --- aggregate -------------------------------------------------------------------------------------------------------


@pytest.fixture
def units(tmp_path: Path) -> Path:
    save(tmp_path / "units" / "a.md", unit("乙镇人民政府", received=3))
    save(tmp_path / "units" / "b.md", unit("丙镇人民政府", received=4))
    return tmp_path / "units"


def test_aggregate_adds_up(units: Path) -> None:
    result = run("aggregate", units, "--title", "汇总", "--agency", "甲区人民政府")
    assert (result.exit_code, result.stderr) == (0, "")
    report = loads(result.stdout)
    assert (report.title, report.agency, report.year) == ("汇总", "甲区人民政府", 2023)
    assert report["requests.received.total"].value == 7
    assert loads(run("aggregate", units, "--year", "2024").stdout).year == 2024


@pytest.mark.parametrize("format", ["text", "markdown", "html", "docx", "xlsx"])
def test_aggregate_in_the_official_layout(units: Path, format: FormatName) -> None:
    target = units.parent / f"sum.{format}"
    assert run("aggregate", units, "--to", format, "--agency", "甲区人民政府", "--output", target).exit_code == 0
    expected = loads(run("aggregate", units, "--agency", "甲区人民政府").stdout)
    assert parse(target.read_bytes(), format=format) == expected


def test_provenance_names_every_part(units: Path) -> None:
    target = units.parent / "parts.csv"
    run("aggregate", units, "--provenance", target)
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert len(rows) == 2 * 200
    own = [row for row in rows if row["cell"] == "requests.received.total"]
    assert [(row["unit"], row["total"], row["value"], Path(row["source"]).name) for row in own] == [
        ("乙镇人民政府", "7", "3", "a.md"),
        ("丙镇人民政府", "7", "4", "b.md"),
    ]


def test_a_blank_cell_stops_the_sum_unless_told(units: Path) -> None:
    blank = evolve(unit("丁镇人民政府"), proceedings=Proceedings.of("2021", {}, default=Cell.blank()))
    save(units / "c.md", blank)
    target = units.parent / "sum.json"
    result = run("aggregate", units, "--output", target, "--provenance", units.parent / "parts.csv")
    assert (result.exit_code, target.exists(), (units.parent / "parts.csv").exists()) == (1, False, False)
    assert "aggregate: error blank-cell proceedings." in result.stderr
    assert loads(run("aggregate", units, "--blank", "zero").stdout)["proceedings.reconsideration.total"].value == 0
    result = run("aggregate", units, "--blank", "propagate")
    assert result.exit_code == 0
    assert loads(result.stdout)["proceedings.reconsideration.total"].state == "blank"
    assert "warning not-added-up 15 cells could not be added up" in result.stderr


def test_a_sum_without_one_of_its_units_is_refused(units: Path) -> None:
    (units / "c.txt").write_text("两斤苹果，一把葱。", "utf-8")
    result = run("aggregate", units, "--blank", "propagate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error units-missing" in result.stderr
    assert "c.txt" in result.stderr


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (unit("丁镇人民政府", 2022), "children-years"),
        (unit("乙镇人民政府", received=9), "children-repeated"),
    ],
)
def test_units_that_do_not_belong_are_not_added_up(units: Path, report: Report, code: str) -> None:
    save(units / "c.md", report)
    result = run("aggregate", units)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error {code} " in result.stderr


def test_a_path_that_is_not_there_adds_nothing_up(units: Path) -> None:
    result = run("aggregate", units, "nowhere.txt")
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_title_of_two_lines_is_wrong_use(units: Path) -> None:
    result = run("aggregate", units, "--title", "a\nb")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error bad-report" in result.stderr


# --- compare ---------------------------------------------------------------------------------------------------------


def test_compare_says_what_changed(clean: Path, draft: Path) -> None:
    result = run("compare", clean, draft)
    assert result.exit_code == 1
    assert result.stdout == (f"{clean} → {draft}\n  cells: 1\n    requests.received.natural_person: 38 → 83 (+45)\n")
    assert "表三·一、本年新收·自然人: 38 → 83 (+45)" in run("compare", clean, draft, "--lang", "zh").stdout
    assert [json.loads(line) for line in run("compare", clean, draft, "--format", "jsonl").stdout.splitlines()] == [
        {
            "kind": "cell",
            "where": "requests.received.natural_person",
            "change": "changed",
            "before": "38",
            "after": "83",
            "difference": 45,
            "before_codes": "",
            "after_codes": "",
        }
    ]
    assert run("compare", clean, draft, "--format", "csv").stdout.splitlines() == [
        "kind,where,change,before,after,difference,before_codes,after_codes",
        "cell,requests.received.natural_person,changed,38,83,45,,",
    ]


def test_compare_says_that_nothing_did(clean: Path) -> None:
    result = run("compare", clean, clean)
    assert (result.exit_code, result.stdout) == (0, f"{clean} → {clean}\n  nothing differs\n")
    assert run("compare", clean, clean, "--format", "jsonl").output == ""


def test_compare_prose_and_fields(clean: Path) -> None:
    other = clean.parent / "other.txt"
    text = clean.read_text("utf-8")
    other.write_text(text.replace("2023年政府信息", "2024年政府信息").replace("集中在房屋征收", "集中在征地"), "utf-8")
    lines = run("compare", clean, other).stdout.splitlines()
    assert "  prose: 1" in lines
    assert "    overview: changed" in lines
    assert [line[:6] for line in lines if "集中在" in line] == ["    - ", "    + "]
    assert "    year: 2023 → 2024" in lines


def test_compare_across_editions(tmp_path: Path) -> None:
    old = Report(
        Disclosure.of("2019", {}),
        Requests.of("2019", {}, default=ZERO),
        Proceedings.of("2019", {}, default=ZERO),
    )
    a, b = save(tmp_path / "a.md", old), save(tmp_path / "b.md", unit(None, None, 0))
    lines = run("compare", a, b).stdout.splitlines()
    assert "    disclosure.regulations.produced: (absent) → not on this form" in lines
    assert "    disclosure.regulations.issued: not on this form → 0" in lines
    assert "    requests.edition: 2019 → 2021" in lines
    records = [json.loads(line) for line in run("compare", a, b, "--format", "jsonl").stdout.splitlines()]
    assert {record["change"] for record in records} == {"added", "removed", "changed"}


def unmarked(document: bytes) -> bytes:
    """The document without the mark that keeps it from being read."""
    if not document.startswith(b"PK"):
        return document.replace(b"gipa-reports compare", b"somebody")
    target = BytesIO()
    with ZipFile(BytesIO(document)) as source, ZipFile(target, "w") as archive:
        for info in source.infolist():
            archive.writestr(info, source.read(info).replace(b"gipa-reports compare", b"somebody"))
    return target.getvalue()


@pytest.mark.parametrize("format", ["markdown", "html", "docx", "xlsx"])
def test_compare_in_the_official_layout(clean: Path, draft: Path, format: FormatName) -> None:
    target = clean.parent / f"changes.{format}"
    run("compare", clean, draft, "--format", format, "--output", target)
    assert read(target).diagnostics[0].code == "own-output"
    shown = parse(unmarked(target.read_bytes()), format=format)
    cell = shown["requests.received.natural_person"]
    assert (cell.state, cell.text) == ("invalid", "〔38 → 83〕")
    assert shown["requests.carried_in.natural_person"].value == 2
    if format != "html":
        assert shown.title is not None
        assert "clean.txt → " in shown.title


def test_a_change_on_the_page_is_no_doubt(clean: Path, draft: Path) -> None:
    """The page says what it is, of which files and when; a changed cell is marked as one that changed."""
    for lang, title in (("en", "What changed"), ("zh", "两份报告的比较")):
        command = ["compare", str(clean), str(draft), "--format", "html", "--lang", lang]
        pages = {CliRunner().invoke(cli, command, env={"SOURCE_DATE_EPOCH": "1700000000"}).stdout for _ in range(2)}
        (page,) = pages
        assert f"<h1>{title}</h1>" in page
        assert f"{clean} → {draft}" in page
        assert "2023-11-14 22:13 UTC" in page
        assert 'data-state="changed" id="requests.received.natural_person">〔38 → 83〕' in page
        assert 'data-state="invalid"' not in page
        assert 'data-key="invalid"' not in page


def test_compare_in_the_official_layout_shows_prose_and_what_is_on_no_form(clean: Path, tmp_path: Path) -> None:
    old = Report(
        Disclosure.of("2019", {}),
        Requests.of("2021", {"received.total": Cell.blank()}, default=ZERO),
        Proceedings.of("2021", {}, default=ZERO),
        sections=Sections(overview=Section(("去年的话。",))),
    )
    new = evolve(unit(received=1), sections=Sections(overview=Section(("今年的话。",))))
    a, b = save(tmp_path / "old.md", old), save(tmp_path / "new.md", new)
    shown = parse(unmarked(run("compare", a, b, "--format", "markdown").stdout_bytes), format="markdown")
    assert shown.sections.overview == Section(("－ 去年的话。", "＋ 今年的话。"))
    assert shown["requests.received.total"].text == "〔blank → 1〕"
    assert shown["disclosure.regulations.issued"].text == "〔not on this form → 0〕"
    chinese = run("compare", a, b, "--format", "markdown", "--lang", "zh").stdout_bytes
    shown = parse(unmarked(chinese), format="markdown")
    assert shown["requests.received.total"].text == "〔空白 → 1〕"


def test_compare_periods_and_rows_that_the_form_does_not_have(clean: Path) -> None:
    report = parse(clean)
    rows = (UnknownRow(("五、另计", "3")),)
    changed = evolve(report, period=None, requests=evolve(report.requests, unknown=rows))
    other = save(clean.parent / "other.md", changed)
    lines = run("compare", other, clean).stdout.splitlines()
    assert "    requests.unknown: 五、另计 | 3 → ?" in lines
    assert "    period: ? → 2023-01-01/2023-12-31" in lines


def test_compare_takes_one_report_on_each_side(clean: Path, draft: Path) -> None:
    result = run("compare", clean, clean.parent)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error one-file This command takes one file, not 2" in result.stderr
    draft.write_text("两斤苹果，一把葱。", "utf-8")
    result = run("compare", clean, draft)
    assert (result.exit_code, result.stdout) == (1, "")
    assert run("compare", clean, "nowhere.txt").exit_code == 2


# --- the guide -------------------------------------------------------------------------------------------------------


def test_the_guide_shows_what_is_printed(tmp_path: Path) -> None:
    """Every console block of docs/checking.md, command by command, against what stands below each."""
    blocks = re.findall(r"^```console\n(.*?)^```$", (ROOT / "docs" / "checking.md").read_text("utf-8"), re.M | re.S)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    checked = 0
    for block in blocks:
        for entry in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, expected = entry.partition("\n")
            words = shlex.split(command)
            if words[0] == "sed":
                _sed(words)
            else:
                assert words[0] == "gipa-reports"
                assert run(*words[1:]).stdout == expected, command
                checked += 1
    assert checked == 5


def _sed(words: list[str]) -> None:
    _, script, source, arrow, target = words
    found = re.fullmatch(r"(\d+)s/(\d+)/(\d+)/", script)
    assert found is not None
    assert arrow == ">"
    lines = Path(source).read_text("utf-8").split("\n")
    number = int(found[1]) - 1
    lines[number] = lines[number].replace(found[2], found[3], 1)
    Path(target).write_text("\n".join(lines), "utf-8")


def test_the_guide_names_every_option_and_format() -> None:
    guide = (ROOT / "docs" / "checking.md").read_text("utf-8")
    command = cli.commands["check"]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    shared = {"--from", "--limit", "--output"}
    assert sorted(name for name in options - shared if f"`{name}" not in guide and f" {name}" not in guide) == []
    rows = re.findall(r"^\| `(\w+)` \|", guide.partition("## Formats")[2].partition("\n## ")[0], re.M)
    assert set(rows) == set(FORMATS)
