"""What the commands have in common: formats by the ending of the output, CSV, lists, how much is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gipa_reports.cli import cli
from gipa_reports.corpus import scan
from gipa_reports.parsing import parse
from gipa_reports.serialize import loads
from places import SAMPLE

TEXT = SAMPLE.read_text("utf-8")


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two reports, one of them with a finding and a warning of its reading."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲.txt").write_text(TEXT, "utf-8")
    (folder / "乙.txt").write_text(TEXT.replace("\t9\t", "\t8\t", 1).replace("青山区", "白水区"), "utf-8")
    return folder


# --- formats by the ending of the output ---------------------------------------------------------------------------


BEGINNINGS = {
    "html": b"<!DOCTYPE html>",
    "xlsx": b"PK",
    "docx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "jsonl": b"{",
    "json": b"",
    "md": b"",
    "txt": b"",
    "sarif": b"{",
}


@pytest.mark.parametrize(
    ("command", "suffixes"),
    [
        (("cells", "in"), "csv jsonl"),
        (("check", "in"), "html xlsx csv jsonl sarif txt"),
        (("parse", "in"), "jsonl txt"),
        (("compare", "in/甲.txt", "in/乙.txt"), "html xlsx docx csv jsonl md txt"),
        (("render", "in/甲.txt"), "html xlsx docx md txt"),
        (("aggregate", "in"), "html xlsx docx md txt json"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_the_ending_of_the_output_says_the_format(command: tuple[str, ...], suffixes: str, reports: Path) -> None:
    option = "--to" if command[0] in ("render", "aggregate") else "--format"
    names = {"md": "markdown", "txt": "full" if command[0] == "check" else "text"}
    for suffix in suffixes.split():
        more = ("--blank", "zero") if command[0] == "aggregate" else ()
        inferred, named = Path(f"a.{suffix}"), Path(f"b.{suffix}")
        assert run(*command, *more, "-o", inferred).exit_code in (0, 1)
        assert run(*command, *more, "-o", named, option, names.get(suffix, suffix)).exit_code in (0, 1)
        assert inferred.read_bytes() == named.read_bytes()
        assert inferred.read_bytes().startswith(BEGINNINGS[suffix])


def test_what_is_asked_for_goes_before_the_ending(reports: Path) -> None:
    assert run("cells", reports, "-o", "x.html", "--format", "jsonl").exit_code == 0
    assert Path("x.html").read_bytes().startswith(b"{")
    result = run("cells", reports, "-o", "y.html")
    assert result.exit_code == 2
    assert "does not write the format of y.html; choose one of the endings .csv, .jsonl, or name" in result.stderr
    assert not Path("y.html").exists()
    assert run("cells", reports, "-o", "y.dat").exit_code == 0


# --- CSV -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [("cells", "in"), ("check", "in", "--format", "csv"), ("compare", "in/甲.txt", "in/乙.txt", "--format", "csv")],
)
def test_csv_has_a_mark_in_files_alone(command: tuple[str, ...], reports: Path) -> None:
    stdout = run(*command).stdout_bytes
    assert not stdout.startswith(b"\xef\xbb\xbf")
    run(*command, "-o", "x.csv")
    assert Path("x.csv").read_bytes() == b"\xef\xbb\xbf" + stdout
    for encoding in ("utf-8", "gb18030"):
        run(*command, "-o", "x.csv", "--encoding", encoding)
        assert Path("x.csv").read_bytes().decode(encoding) == stdout.decode()
    assert run(*command, "--encoding", "gb18030").stdout_bytes == stdout.decode().encode("gb18030")


def test_the_provenance_is_for_spreadsheets_too(reports: Path) -> None:
    run("aggregate", reports, "--blank", "zero", "--provenance", "x.csv")
    assert Path("x.csv").read_bytes().startswith(b"\xef\xbb\xbfcell,total,")


# --- lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lists_of_paths_in_the_encodings_of_windows(encoding: str, reports: Path) -> None:
    Path("清单.txt").write_text("in/甲.txt\r\n\r\nin/乙.txt\r\n", encoding)
    result = run("cells", "@清单.txt")
    assert result.exit_code == 0
    sources = {record["source"] for record in csv.DictReader(io.StringIO(result.stdout))}
    assert sources == {"in/甲.txt", "in/乙.txt"}
    assert scan("@清单.txt", "out", workers=1).sources == 2
    assert run("cells", "@清单.txt", "-o", "清单.txt").exit_code == 2


def test_a_list_that_is_not_there_is_told(reports: Path) -> None:
    result = run("cells", "@gone.txt", reports / "甲.txt", "--lang", "zh")
    assert result.exit_code == 2
    assert "@gone.txt: error no-list 无法读取此路径清单" in result.stderr
    assert "青山区" in result.stdout


# --- sources, and how much is said ---------------------------------------------------------------------------------


def test_every_line_names_its_source(reports: Path) -> None:
    lines = run("parse", reports).stdout.splitlines()
    assert {json.loads(line)["source"] for line in lines} == {str(reports / "甲.txt"), str(reports / "乙.txt")}
    assert {loads(line) for line in lines} == {parse(reports / "甲.txt"), parse(reports / "乙.txt")}


def test_quiet_says_errors_alone_and_verbose_what_was_read(reports: Path) -> None:
    (reports / "丙.txt").write_text(TEXT.replace("\t9\t", "\tabc\t", 1), "utf-8")
    (reports / "empty.txt").write_bytes(b"")
    (reports / "x.png").write_bytes(b"\x89PNG")
    usual, quiet, verbose = (run("cells", reports, *more).stderr for more in ((), ("-q",), ("-v",)))
    assert [line.split(": ")[1].split()[0] for line in quiet.splitlines()] == ["error"]
    assert "warning figure-invalid" in usual
    assert "info files" in usual
    assert set(usual.splitlines()) < set(verbose.splitlines())
    assert f"{reports / '甲.txt'}: info read read as text: 青山区临江街道办事处, 2023" in verbose
    assert run("cells", reports, "-q").stdout == run("cells", reports, "-v").stdout


# --- many reports rendered -----------------------------------------------------------------------------------------


def test_a_folder_is_rendered_file_by_file(reports: Path) -> None:
    (reports / "sub").mkdir()
    (reports / "sub" / "甲.txt").write_text(TEXT, "utf-8")
    (reports / "x.png").write_bytes(b"\x89PNG")
    (reports / "bad.txt").write_text("不是报告", "utf-8")
    result = run("render", reports, "--to", "markdown", "-o", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    written = {str(path.relative_to("out")) for path in Path("out").rglob("*.md")}
    assert written == {"甲.md", "乙.md", str(Path("sub") / "甲.md")}
    for name in written:
        assert parse(Path("out") / name) == parse((reports / name).with_suffix(".txt"))
    assert run("render", reports / "甲.txt", "--to", "html", "-o", "one/").exit_code == 0
    assert [path.name for path in Path("one").iterdir()] == ["甲.html"]


def test_no_rendered_report_takes_the_place_of_another_or_of_an_input(reports: Path) -> None:
    before = {path: path.read_bytes() for path in reports.iterdir()}
    result = run("render", reports, "--to", "text", "-o", reports)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error output-is-input The output {reports / '乙.txt'} is {reports / '乙.txt'}" in result.stderr
    assert {path: path.read_bytes() for path in reports.iterdir()} == before
    (reports / "甲.md").write_text(TEXT, "utf-8")
    result = run("render", reports, "--to", "html", "-o", "out/")
    assert result.exit_code == 2
    assert "error outputs-collide" in result.stderr
    assert not Path("out").exists()
    result = run("render", reports / "甲.txt", reports / "乙.txt", "-o", "out/")
    assert result.exit_code == 2
    assert "Missing '--to': name a format" in result.stderr


# --- check: what is counted, sorted, and what the exit code says ---------------------------------------------------


def test_check_as_json_is_the_lines_in_one_document(reports: Path) -> None:
    lines = run("check", reports, "--format", "jsonl").stdout.splitlines()
    assert json.loads(run("check", reports, "-o", "-", "--format", "json").stdout) == [
        json.loads(line) for line in lines
    ]
    assert lines


def test_statistics_count_what_is_listed(reports: Path) -> None:
    findings = [json.loads(line) for line in run("check", reports, "--format", "jsonl").stdout.splitlines()]
    records = json.loads(run("check", reports, "--statistics", "--format", "json").stdout)
    assert {record["code"]: record["findings"] for record in records} == {
        code: sum(finding["code"] == code for finding in findings) for code in {finding["code"] for finding in findings}
    }
    assert [record["findings"] for record in records] == sorted(
        (record["findings"] for record in records), reverse=True
    )
    for format_ in ("jsonl", "csv"):
        assert run("check", reports, "--statistics", "--format", format_).stdout.count("\n") == len(records) + (
            format_ == "csv"
        )
    text = run("check", reports, "--statistics", "--lang", "zh")
    assert text.exit_code == 1
    assert len(text.stdout.splitlines()) == len(records) + 1
    assert text.stdout.startswith("问题  文件  规则")
    result = run("check", reports, "--statistics", "-o", "x.html")
    assert (result.exit_code, Path("x.html").exists()) == (2, False)


def test_exit_zero_is_for_findings_alone(reports: Path) -> None:
    assert run("check", reports).exit_code == 1
    result = run("check", reports, "--exit-zero")
    assert (result.exit_code, result.stdout) == (0, run("check", reports).stdout)
    assert run("check", reports, "gone", "--exit-zero").exit_code == 2


def test_files_are_sorted_as_asked(reports: Path) -> None:
    def order(*more: str) -> list[str]:
        lines = run("check", reports / "甲.txt", reports / "乙.txt", "--select", "A", *more).stdout.splitlines()
        return [line.split("/")[-1][0] for line in lines if line.startswith(str(reports))]

    assert order() == ["甲", "乙"]
    assert order("--sort", "path") == sorted(["甲", "乙"])
    assert order("--sort", "agency") == ["乙", "甲"]  # 白水区 comes before 青山区
    assert order("--sort", "findings") == ["乙", "甲"]


def test_a_list_that_names_itself_is_refused(reports: Path) -> None:
    Path("list").write_text("in\n@list\n", "utf-8")
    result = run("scan", "@list", "-o", "out")
    assert result.exit_code == 2
    assert "error list-in-itself @list: this list names itself" in result.stderr
    assert run("cells", "@list").exit_code == 2


def test_the_shell_completes_commands_and_options() -> None:
    for words, at, expected in (("gipa-reports ch", "1", "check"), ("gipa-reports check --stat", "2", "--statistics")):
        environment = {"_GIPA_REPORTS_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": at}
        result = CliRunner().invoke(cli, env=environment, prog_name="gipa-reports")
        assert expected in result.stdout
