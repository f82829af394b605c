"""Settings and suppressions: what a file may say, where it is found, and what is refused."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports.checks import CheckResult, Edit, Finding, FindingSeverity, Operand, Outcome, Status
from gipa_reports.cli import cli
from gipa_reports.config import KEYS, SUPPRESS_KEYS, Config, find_config, load_config
from gipa_reports.diagnostics import Location
from gipa_reports.errors import CheckError
from gipa_reports.report import Disclosure, Proceedings, Report, Requests
from gipa_reports.suppressions import Ledger, Suppression, fingerprint, path_fits
from places import ROOT

EXAMPLE = ROOT / "examples" / "subdistrict_2023.txt"
REPORT = Report(
    Disclosure.of("2021", {}),
    Requests.of("2021", {}),
    Proceedings.of("2021", {}),
    agency="甲镇人民政府",
    year=2023,
)
FINDING = Finding(
    code="A101",
    severity=FindingSeverity.ERROR,
    instance="total",
    cells=("requests.received.total", "requests.carried_in.total"),
    zh="不等。",
    en="Not equal.",
    expected=3,
    actual=4,
)


def result_of(*findings: Finding) -> CheckResult:
    return CheckResult(
        outcomes=tuple(
            Outcome(code=f.code, instance=f.instance, status=Status.FAILED, cells=f.cells, note="", finding=f)
            for f in findings
        ),
        rules=tuple(sorted({f.code for f in findings})),
    )


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    lines = EXAMPLE.read_text("utf-8").split("\n")
    lines[48] = lines[48].replace("38", "83")
    return write(tmp_path / "2023" / "draft.txt", "\n".join(lines))


# --- what a file says ------------------------------------------------------------------------------------------------


def test_every_key(tmp_path: Path) -> None:
    path = write(
        tmp_path / "gipa-reports.toml",
        """
select = ["A", "N101"]
ignore = ["A201"]
baseline = "sub/base.jsonl"

[[suppress]]
code = "A1"
source = "2023/*.txt"
agency = "甲镇人民政府"
year = 2023
cells = ["requests.received.total"]
reason = " agreed "

[[suppress]]
code = "C301"
reason = "none"
""",
    )
    config = load_config(path)
    assert (config.path, config.select, config.ignore) == (path, ("A", "N101"), ("A201",))
    assert config.baseline == tmp_path / "sub" / "base.jsonl"
    assert config.suppressions == (
        Suppression(
            "A1",
            "agreed",
            "2023/*.txt",
            "甲镇人民政府",
            2023,
            ("requests.received.total",),
            None,
            str(path),
            6,
        ),
        Suppression("C301", "none", origin=str(path), line=14),
    )


def test_the_guide_has_every_key_and_is_read(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "docs" / "checking.md").read_text("utf-8"), re.M | re.S)
    config = load_config(write(tmp_path / "gipa-reports.toml", block))
    assert set(tomllib.loads(block)) == set(KEYS)
    assert {key for table in tomllib.loads(block)["suppress"] for key in table} == set(SUPPRESS_KEYS) - {"source"}
    assert len(config.suppressions) == 1


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "gipa-reports.toml", "")
    assert load_config(path) == Config(path)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load_config(write(tmp_path / "gipa-reports.toml", '\ufeffselect = ["A"]')).select == ("A",)


def test_pyproject(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pyproject.toml",
        '[project]\nname = "x"\n[tool.gipa-reports]\nselect = ["A"]\n'
        '[[tool.gipa-reports.suppress]]\ncode = "A1"\nreason = "x"\n',
    )
    config = load_config(path)
    assert (config.select, [entry.line for entry in config.suppressions]) == (("A",), [5])


# --- where it is found -----------------------------------------------------------------------------------------------


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = write(tmp_path / "gipa-reports.toml", "")
    write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "x"\n')
    assert find_config(inner) == outer
    near = write(tmp_path / "a" / "pyproject.toml", "[tool.gipa-reports]\n")
    assert find_config(inner) == near
    nearer = write(tmp_path / "a" / "gipa-reports.toml", "")
    assert find_config(inner) == nearer


def test_without_a_file_there_are_no_settings(tmp_path: Path) -> None:
    found = find_config(tmp_path)
    assert found is None or tmp_path not in found.parents


def test_a_broken_pyproject_on_the_way_is_told(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool\n")
    with pytest.raises(CheckError, match=r"pyproject\.toml is broken: this is no TOML"):
        find_config(tmp_path)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('\nselect = ["A"', 2, "this is no TOML: Unclosed array"),
        ("\nselect == 1", 2, "this is no TOML: Invalid value"),
        ("\n\nselct = []", 3, "there is no key 'selct'; known are select, ignore"),
        ('\nselect = "A"', 2, "select is a list of codes"),
        ("ignore = [1]", 1, "ignore is a list of codes"),
        ('ignore = ["Q1"]', 1, "no rule has a code that begins with 'Q1'; families are A, C, N, Y, H, P"),
        ('ignore = [""]', 1, "no rule has a code that begins with ''"),
        ("baseline = 7", 1, "baseline is the path of a file"),
        ('baseline = ""', 1, "baseline is the path of a file"),
        ("suppress = 1", 1, "suppress is a list of tables"),
        ("[suppress]\ncode = 'A'", 1, "suppress is a list of tables"),
        ("suppress = [1]", 1, "suppress is a list of tables"),
        ("[[suppress]]\ncode='A'\nreason='x'\n[[suppress]]\ncode='A'\n", 4, "a [[suppress]] needs a reason"),
        ("[[suppress]]\ncode='A'\nreason=' '", 1, "a [[suppress]] needs a reason"),
        ("[[suppress]]\nreason='x'", 1, "a [[suppress]] needs a code"),
        ("[[suppress]]\ncode='Q'\nreason='x'", 1, "no rule has a code that begins with 'Q'"),
        ("[[suppress]]\ncode='A'\nreason='x'\nwhy=1", 1, "there is no key 'why'; known are code, source"),
        ("[[suppress]]\ncode='A'\nreason='x'\nyear='2023'", 1, "year of a [[suppress]] is a number"),
        ("[[suppress]]\ncode='A'\nreason='x'\nyear=true", 1, "year of a [[suppress]] is a number"),
        ("[[suppress]]\ncode='A'\nreason='x'\nagency=''", 1, "agency of a [[suppress]] is a text"),
        ("[[suppress]]\ncode='A'\nreason='x'\ncells='a'", 1, "cells of a [[suppress]] is a list"),
        ("suppress = [{code='A'}]", 1, "a [[suppress]] needs a reason"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, draft: Path, text: str, line: int, why: str) -> None:
    path = write(tmp_path / "gipa-reports.toml", text)
    with pytest.raises(CheckError, match=re.escape(f"the settings file {path} is broken: {why}")) as caught:
        load_config(path)
    assert (caught.value.code, caught.value.line) == ("bad-config", line)
    result = check(draft, "--output", "out.txt")
    assert (result.exit_code, result.stdout, (tmp_path / "out.txt").exists()) == (2, "", False)
    assert f"check: error bad-config the settings file {path} is broken: {why}" in result.stderr
    assert f"(line {line})" in result.stderr


@pytest.mark.parametrize("text", ["[tool]\n", "[tool.other]\n", "tool = 1\n"])
def test_a_pyproject_without_the_table_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "pyproject.toml", text)
    with pytest.raises(CheckError, match=r"it has no table \[tool\.gipa-reports\]"):
        load_config(path)


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool]\ngipa-reports = 1\n")
    with pytest.raises(CheckError, match=r"tool\.gipa-reports is not a table"):
        load_config(path)


def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="can't be read: No such file"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes('reason = "理由"'.encode("gbk"))
    with pytest.raises(CheckError, match="can't be read: it is not UTF-8"):
        load_config(tmp_path / "gbk.toml")
    with pytest.raises(CheckError, match="this is no TOML"):
        load_config(write(tmp_path / "deep.toml", f"a = {'[' * 100_000}"))


# --- what it does ----------------------------------------------------------------------------------------------------


def test_settings_choose_the_rules(tmp_path: Path, draft: Path) -> None:
    write(tmp_path / "gipa-reports.toml", 'select = ["A"]\nignore = ["A103"]\n')
    assert [line[:4] for line in codes_of(draft)] == ["A101"]
    assert codes_of(draft, "--select", "A1") == ["A101"]
    assert codes_of(draft, "--ignore", "A101") == []
    other = write(tmp_path / "other.toml", "")
    assert codes_of(draft, "--config", other) == ["A101", "A103"]


def test_settings_suppress_with_a_reason(tmp_path: Path, draft: Path) -> None:
    write(
        tmp_path / "gipa-reports.toml",
        '[[suppress]]\ncode = "A1"\nsource = "2023/*"\nreason = "asked; they stand by it"\n'
        '[[suppress]]\ncode = "C"\nreason = "nothing any more"\n',
    )
    result = check(draft)
    assert result.exit_code == 0
    assert result.stdout.count("(asked; they stand by it)") == 2
    stale = f"{tmp_path / 'gipa-reports.toml'}:5: no finding needs the suppression C any more; remove it"
    assert stale in result.stdout
    assert codes_of(draft) == []


def test_the_baseline_of_the_settings_is_used(tmp_path: Path, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(draft, "--write-baseline", tmp_path / "base.jsonl", "--reason", "known")
    write(tmp_path / "gipa-reports.toml", 'baseline = "base.jsonl"\n')
    monkeypatch.chdir(draft.parent)
    assert codes_of(draft) == []
    assert codes_of(draft, "--baseline", write(tmp_path / "empty.jsonl", "")) == ["A101", "A103"]


def codes_of(*arguments: str | Path) -> list[str]:
    return [json.loads(line)["code"] for line in check(*arguments, "--format", "jsonl").stdout.splitlines()]


# --- suppressions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({}, True),
        ({"code": "A"}, True),
        ({"code": "A2"}, False),
        ({"agency": "甲镇人民政府"}, True),
        ({"agency": "乙镇人民政府"}, False),
        ({"year": 2023}, True),
        ({"year": 2022}, False),
        ({"cells": ("requests.carried_in.total", "requests.granted.total")}, True),
        ({"cells": ("requests.granted.total",)}, False),
        ({"source": "2023/*"}, True),
        ({"source": "2022/*"}, False),
        ({"fingerprint": fingerprint("2023/a.txt", REPORT, FINDING)}, True),
        ({"fingerprint": "0123456789abcdef"}, False),
        ({"agency": "甲镇人民政府", "year": 2022}, False),
    ],
)
def test_a_suppression_fits_when_all_of_it_does(given: dict[str, Any], fits: bool) -> None:
    entry = evolve(Suppression("A101", "why"), **given)
    ledger = Ledger((entry,))
    result, suppressed = ledger.apply("2023/a.txt", REPORT, result_of(FINDING))
    assert [one.finding for one in suppressed] == [FINDING] * fits
    assert result.findings == (FINDING,) * (not fits)
    assert len(result.outcomes) == 1 - fits


def test_two_that_fit_are_both_needed() -> None:
    entries = (Suppression("A", "first"), Suppression("A101", "second"))
    ledger = Ledger(entries)
    _, suppressed = ledger.apply("a.txt", REPORT, result_of(FINDING))
    assert [one.by for one in suppressed] == [entries[0]]
    assert ledger.stale == ()


def test_stale_is_what_was_looked_at_and_not_needed() -> None:
    here, elsewhere, other_rule = (
        Suppression("A101", "x", cells=("requests.granted.total",)),
        Suppression("A101", "x", agency="乙镇人民政府"),
        Suppression("C101", "x"),
    )
    ledger = Ledger((here, elsewhere, other_rule))
    assert not ledger.stale
    ledger.apply("a.txt", REPORT, result_of(FINDING))
    assert ledger.stale == (here,)


def test_a_fingerprint_is_that_of_the_finding_alone() -> None:
    own = fingerprint("2023/a.txt", REPORT, FINDING)
    assert re.fullmatch("[0-9a-f]{16}", own)
    place = Operand(cell="requests.received.total", value=3, text="3", location=Location(line=7, column=1, text="3"))
    same = evolve(
        FINDING,
        zh="别的话。",
        en="Other words.",
        operands=(place,),
        edits=(Edit(kind="figure", changes=()),),
        codes=("x",),
    )
    assert fingerprint("elsewhere/b.txt", REPORT, same) == own
    changes: list[dict[str, Any]] = [
        {"code": "A102"},
        {"instance": "other"},
        {"cells": ("requests.received.total",)},
        {"expected": 5},
        {"actual": None},
    ]
    others = {fingerprint("2023/a.txt", REPORT, evolve(FINDING, **change)) for change in changes}
    others |= {fingerprint("2023/a.txt", evolve(REPORT, year=year), FINDING) for year in (2022, None)}
    others |= {fingerprint("2023/b.txt", evolve(REPORT, agency=None), FINDING)}
    assert len(others | {own}) == 9


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_fingerprint_parts_what_stands_side_by_side(a: str, b: str) -> None:
    """Where one part ends and the next begins is part of it."""
    one = fingerprint("x", REPORT, evolve(FINDING, code=a, instance=b))
    two = fingerprint("x", REPORT, evolve(FINDING, code=a + b, instance=""))
    assert (one == two) == (b == "")


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("reports/2023/a.txt", "reports/2023/a.txt", True),
        ("reports/2023/a.txt", "reports/*", True),
        ("reports/2023/a.txt", "a.txt", True),
        ("reports/2023/a.txt", "*.txt", True),
        ("reports/2023/a.txt", "2023/*", False),
        ("reports/2023/a.txt", "*/2023/?.txt", True),
        ("../a.txt", "../a.txt", True),
        ("reports/2023/A.txt", "a.txt", False),
        ("reports/[1].txt", "[[]1].txt", True),
    ],
)
def test_patterns_of_paths(path: str, pattern: str, fits: bool, tmp_path: Path) -> None:
    assert path_fits(path, pattern, "") is fits
    assert path_fits(str(tmp_path / path), pattern, str(tmp_path)) is fits
