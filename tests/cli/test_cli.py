"""The command line: what stands on stdout, what on stderr, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from gipa_reports.__main__ import main
from gipa_reports.brief import columns
from gipa_reports.cli import cli
from gipa_reports.cli import run as command_line
from gipa_reports.cli.cells import CELL_FIELDS
from gipa_reports.diagnostics import Diagnostic, Location
from gipa_reports.errors import MissingExtraError
from gipa_reports.parsing import read
from gipa_reports.parsing import reading as reading_module
from gipa_reports.report import Cell, Disclosure, Proceedings, Report, Requests
from gipa_reports.schema import json_schema
from gipa_reports.serialize import dumps, loads
from gipa_reports.template import FORMS
from places import SAMPLE

AGENCY = "青山区临江街道办事处"
HEADER = "source,agency,year,table,edition,cell,state,value,text,codes"


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def records(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def cell(result: Result, cell_id: str) -> dict[str, str]:
    return next(record for record in records(result) if record["cell"] == cell_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports in a folder and its subfolder, among other files."""
    content = SAMPLE.read_bytes()
    (tmp_path / "reports" / "a").mkdir(parents=True)
    (tmp_path / "reports" / "b.txt").write_bytes(content)
    (tmp_path / "reports" / "c.TXT").write_bytes(content)
    (tmp_path / "reports" / "notes.log").write_text("not read", "utf-8")
    (tmp_path / "reports" / "a" / "z.markdown").write_bytes(content)
    return tmp_path / "reports"


@pytest.fixture
def not_a_report(tmp_path: Path) -> Path:
    path = tmp_path / "shopping.txt"
    path.write_text("两斤苹果，一把葱。\n", "utf-8")
    return path


@pytest.fixture
def cut_short(tmp_path: Path) -> Path:
    """The sample, ending in the middle of 三."""
    text = SAMPLE.read_text("utf-8")
    path = tmp_path / "cut.txt"
    path.write_text(text[: text.index("\t（四）无法提供")], "utf-8")
    return path


# --- cells ---------------------------------------------------------------------------------------------------------


def test_cells_prints_every_cell_of_the_form() -> None:
    result = run("cells", SAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(HEADER + "\n")
    assert "\r" not in result.stdout
    assert HEADER.split(",") == list(CELL_FIELDS)
    ids = [cell_id for form in FORMS.values() if form.edition == "2021" for cell_id in form.cell_ids]
    assert [record["cell"] for record in records(result)] == ids
    assert len(ids) == 200
    for record in records(result):
        assert record["source"] == str(SAMPLE)
        assert (record["agency"], record["year"], record["edition"]) == (AGENCY, "2023", "2021")
        assert record["cell"].startswith(record["table"] + ".")


@pytest.mark.parametrize(
    ("cell_id", "state", "value", "text"),
    [
        ("requests.received.total", "value", "13", "13"),
        ("requests.processed_total.natural_person", "value", "10", "10"),
        ("requests.unavailable.not_held.legal_service", "value", "1", "1"),
        ("requests.denied.state_secret.research", "blank", "", ""),
        ("disclosure.normative_documents.repealed", "blank", "", ""),
        ("disclosure.normative_documents.in_force", "value", "12", "12"),
        ("disclosure.fees.amount", "value", "160.50", "160.50"),
        ("proceedings.litigation_after_reconsideration.pending", "blank", "", ""),
        ("proceedings.reconsideration.total", "value", "2", "2"),
    ],
)
def test_cells_prints_the_figures(cell_id: str, state: str, value: str, text: str) -> None:
    record = cell(run("cells", SAMPLE), cell_id)
    assert (record["state"], record["value"], record["text"], record["codes"]) == (state, value, text, "")


def test_cells_as_json_lines_has_the_same_texts() -> None:
    from_csv = records(run("cells", SAMPLE))
    from_lines = [json.loads(line) for line in run("cells", "--format", "jsonl", SAMPLE).stdout.splitlines()]
    assert [list(record) for record in from_lines] == [list(CELL_FIELDS)] * 200
    assert [{key: text or "" for key, text in record.items()} for record in from_lines] == from_csv
    assert {record["value"] for record in from_lines if record["state"] == "blank"} == {None}
    assert not [record for record in from_lines if record["value"] == ""]


def test_the_header_comes_once_for_many_files(folder: Path) -> None:
    result = run("cells", folder)
    assert result.stdout.count(HEADER) == 1
    assert len(records(result)) == 600


def test_a_report_cut_short_still_prints_its_cells(cut_short: Path) -> None:
    result = run("cells", cut_short)
    assert result.exit_code == 1
    assert len(records(result)) == 200
    assert cell(result, "requests.received.total")["value"] == "13"
    lost = cell(result, "requests.carried_out.total")
    assert lost["state"] == "absent"
    assert "truncated-table" in lost["codes"].split()
    assert "error truncated-table" in result.stderr


def test_a_text_without_report_gives_the_header_alone(not_a_report: Path) -> None:
    result = run("cells", not_a_report)
    assert result.exit_code == 1
    assert result.stdout == HEADER + "\n"
    assert result.stderr.startswith(f"{not_a_report}: error not-a-report ")


def fake_read(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """Let every source be read as this."""
    reading = SimpleNamespace(
        **{"report": None, "diagnostics": (), "locations": {}, "codes": lambda cell_id: (), **fields}
    )
    monkeypatch.setattr(reading_module, "read", lambda source, **options: reading)


def small_report(**figures: Cell) -> Report:
    return Report(
        Disclosure.of("2021", {key.replace("__", "."): figure for key, figure in figures.items()}),
        Requests.all_absent("2019"),
        Proceedings.all_absent("2019"),
    )


def test_the_words_of_the_source_come_before_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_read(
        monkeypatch,
        report=small_report(licensing__decisions=Cell.of(1234), penalties__decisions=Cell.not_applicable("—")),
        locations={"disclosure.licensing.decisions": Location(line=3, column=1, text="1,234 件")},
    )
    result = run("cells", SAMPLE)
    assert cell(result, "disclosure.licensing.decisions")["text"] == "1,234 件"
    assert cell(result, "disclosure.licensing.decisions")["value"] == "1234"
    assert cell(result, "disclosure.penalties.decisions")["text"] == "—"
    assert {record["year"] + record["agency"] for record in records(result)} == {""}
    assert len(records(result)) == 10 + 161 + 15
    lines = run("cells", SAMPLE, "--format", "jsonl").stdout.splitlines()
    assert (json.loads(lines[0])["year"], json.loads(lines[0])["agency"]) == (None, "")


def test_flags_stand_in_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    flags = {"disclosure.licensing.decisions": ("figure-split", "unit-differs")}
    fake_read(monkeypatch, report=small_report(), codes=lambda cell_id: flags.get(cell_id, ()))
    flagged = {record["cell"]: record["codes"] for record in records(run("cells", SAMPLE)) if record["codes"]}
    assert flagged == {"disclosure.licensing.decisions": "figure-split unit-differs"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-a", "'-a"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("＋a", "'＋a"),
        ("－a", "'－a"),
        ("＠x", "'＠x"),
        ("--", "'--"),
        ("+", "'+"),
        ("-1-1", "'-1-1"),
        ("-1\n=2", "'-1\n=2"),
        ("-", "-"),
        ("－", "－"),
        ("+1", "+1"),
        ("-2.50", "-2.50"),
        ("－２", "－２"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ('a,"b"', 'a,"b"'),
    ],
)
def test_no_text_is_a_formula_in_csv(monkeypatch: pytest.MonkeyPatch, text: str, written: str) -> None:
    fake_read(
        monkeypatch,
        report=small_report(),
        locations={"disclosure.licensing.decisions": Location(line=None, column=None, text=text)},
    )
    stdout = run("cells", SAMPLE).stdout_bytes.decode()
    texts = [record["text"] for record in csv.DictReader(io.StringIO(stdout, newline="")) if record["text"]]
    assert texts == [written]
    lines = [json.loads(line)["text"] for line in run("cells", SAMPLE, "--format", "jsonl").stdout.splitlines()]
    assert list(filter(None, lines)) == [text]


def test_values_have_no_exponent_and_no_apostrophe(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(
        Disclosure.of("2019", {"licensing.change": -12, "procurement.amount": Decimal("1E+6")}),
        Requests.all_absent("2019"),
        Proceedings.all_absent("2019"),
    )
    fake_read(monkeypatch, report=report)
    values = {record["cell"]: record["value"] for record in records(run("cells", SAMPLE)) if record["value"]}
    assert values == {"disclosure.licensing.change": "-12", "disclosure.procurement.amount": "1000000"}


# --- parse ---------------------------------------------------------------------------------------------------------


def test_parse_prints_one_report_indented() -> None:
    result = run("parse", SAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    report = loads(result.stdout)
    assert (report.agency, report.year) == (AGENCY, 2023)
    assert result.stdout == dumps(report, indent=2) + "\n"


def test_parse_prints_many_reports_a_line_each(folder: Path) -> None:
    result = run("parse", folder)
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert {loads(line) for line in lines} == {loads(run("parse", SAMPLE).stdout)}


def test_parse_prints_one_report_on_a_line_where_asked() -> None:
    result = run("parse", "--format", "jsonl", SAMPLE)
    assert json.loads(result.stdout) == {"source": str(SAMPLE), **json.loads(dumps(loads(result.stdout)))}
    assert result.stdout.startswith('{"source": ')
    assert not list(Draft202012Validator(json_schema()).iter_errors(json.loads(result.stdout)))


def test_stdin_has_a_name() -> None:
    text = SAMPLE.read_bytes()
    assert json.loads(run("parse", "-", "--format", "jsonl", stdin=text).stdout)["source"] == "<stdin>"
    assert {record["source"] for record in records(run("cells", "-", stdin=text))} == {"<stdin>"}
    assert run("cells", "-").stderr.startswith("<stdin>: error empty-source")


def test_parse_reads_stdin() -> None:
    assert run("parse", "-", stdin=SAMPLE.read_bytes()).stdout == run("parse", SAMPLE).stdout


def test_parse_prints_a_summary() -> None:
    result = run("parse", "--format", "text", SAMPLE)
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[:5] == [
        str(SAMPLE),
        f"title: {AGENCY}2023年政府信息公开工作年度报告",
        f"agency: {AGENCY}",
        "year: 2023",
        "period: 2023-01-01 – 2023-12-31",
    ]
    assert "requests · edition 2021 · 174 value, 1 blank" in lines
    assert "natural_person business research public_interest legal_service other total" in lines
    assert "received 9 3 0 0 1 0 13" in lines
    assert "processed_total 10 3 0 0 1 0 14" in lines
    assert "normative_documents 3 (blank) 12" in lines
    assert "litigation_after_reconsideration 1 0 0 (blank) 1" in lines
    assert lines[-2:] == ["diagnostics: none", ""]


def test_the_columns_of_a_summary_end_at_one_place_in_both_languages() -> None:
    for lang, row, total in (("en", "received", "total"), ("zh", "一、本年新收", "总计")):
        lines = run("parse", "--format", "text", "--lang", lang, SAMPLE).stdout.splitlines()
        index = next(index for index, line in enumerate(lines) if line.strip().startswith(row))
        header = lines[index - 1]
        assert header.endswith(total)
        widths = {columns(line) for line in lines[index - 1 : index + 4]}
        assert len(widths) == 1


def test_a_summary_in_chinese_has_the_labels_of_the_form() -> None:
    stdout = run("parse", "--format", "text", "--lang", "zh", SAMPLE).stdout
    for words in (f"报告机关: {AGENCY}", "三、收到和处理政府信息公开申请情况 · 版式 2021", "(空白)", "问题: 无"):
        assert words in stdout
    assert "received" not in stdout


def test_a_summary_counts_diagnostics_and_shortens_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_read(
        monkeypatch,
        report=small_report(licensing__decisions=Cell.of(10**3000)),
        diagnostics=(Diagnostic(code="row-unknown"), Diagnostic(code="agency-unknown"), Diagnostic(code="row-unknown")),
    )
    stdout = run("parse", "--format", "text", SAMPLE).stdout
    assert "diagnostics: warning row-unknown × 2, info agency-unknown × 1" in stdout
    assert "agency: ?" in stdout
    assert max(map(len, stdout.splitlines())) < 200


# --- messages ------------------------------------------------------------------------------------------------------


def test_diagnostics_stand_on_stderr_with_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_read(
        monkeypatch,
        report=small_report(),
        diagnostics=(
            Diagnostic(code="figure-split", location=Location(line=12, column=3, text=""), found="1 2"),
            Diagnostic(code="row-unknown", location=Location(line=13, column=None, text=""), found="某行"),
            Diagnostic(code="agency-unknown"),
        ),
    )
    result = run("parse", SAMPLE)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{SAMPLE}:12:3: warning figure-split White space inside a figure was joined: 1 2.",
        f"{SAMPLE}:13: warning row-unknown The form has no such row: 某行.",
        f"{SAMPLE}: info agency-unknown The reporting organ's name was not found.",
    ]
    chinese = run("parse", "--lang", "zh", SAMPLE).stderr.splitlines()
    assert chinese[0] == f"{SAMPLE}:12:3: warning figure-split 数字中间有空白，已合并：1 2。"


def test_words_of_strangers_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_read(monkeypatch, diagnostics=(Diagnostic(code="row-unknown", found="\x1b[2J\nx: error\u202e"),))
    result = run("parse", SAMPLE)
    assert result.stderr == f"{SAMPLE}: warning row-unknown The form has no such row: \\x1b[2J\\nx: error\\u202e.\n"


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_read(monkeypatch, diagnostics=(Diagnostic(code="row-unknown"),))
    assert "\x1b" not in run("parse", SAMPLE).stderr
    coloured = CliRunner().invoke(cli, ["parse", str(SAMPLE)], color=True).stderr
    assert f"{SAMPLE}: \x1b[33mwarning\x1b[0m row-unknown" in coloured


def test_an_error_of_ours_does_not_stop_the_batch(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def read_no_markdown(source: Path, **options: Any) -> Any:
        if source.suffix == ".markdown":
            raise MissingExtraError.of("paper", "quill", "pen")
        return read(source, **options)

    monkeypatch.setattr(reading_module, "read", read_no_markdown)
    result = run("parse", folder)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "z.markdown: error missing-extra It needs quill, which is not installed: " in result.stderr
    assert "pip install 'gipa-reports[pen]'" in result.stderr


# --- paths ---------------------------------------------------------------------------------------------------------


def sources(result: Result) -> list[str]:
    return list(dict.fromkeys(record["source"] for record in records(result)))


def test_a_folder_is_read_with_its_subfolders_in_order(folder: Path) -> None:
    result = run("cells", folder)
    assert result.exit_code == 0
    assert sources(result) == [str(folder / name) for name in ("a/z.markdown", "b.txt", "c.TXT")]


def test_a_glob_is_opened(folder: Path) -> None:
    assert sources(run("cells", folder / "**" / "*.[tm]*")) == [
        str(folder / "a" / "z.markdown"),
        str(folder / "b.txt"),
    ]
    assert sources(run("cells", folder / "?.txt")) == [str(folder / "b.txt")]
    result = run("cells", folder / "*.*")
    assert (result.exit_code, sources(result)) == (0, [str(folder / "b.txt"), str(folder / "c.TXT")])
    assert "1 passed over (other text 1)" in result.stderr


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    path = tmp_path / "report[1].txt"
    path.write_bytes(SAMPLE.read_bytes())
    assert sources(run("cells", path)) == [str(path)]


def test_each_file_is_read_once_in_the_order_given(folder: Path) -> None:
    result = run("cells", folder / "c.TXT", folder, folder / "a" / ".." / "b.txt")
    assert sources(result) == [str(folder / name) for name in ("c.TXT", "a/z.markdown", "b.txt")]


def test_any_suffix_will_do_for_a_file_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "report.dat"
    path.write_bytes(SAMPLE.read_bytes())
    assert run("cells", path).exit_code == 0


@pytest.mark.parametrize("command", ["parse", "cells"])
def test_a_path_that_is_not_there_is_wrong_use_and_stops_nothing(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "gone.txt", SAMPLE)
    assert result.exit_code == 2
    assert result.stderr == (
        f"{tmp_path / 'gone.txt'}: error no-such-path There is no such file or folder: check the spelling, and put a "
        "path with spaces in quotes.\n"
    )
    assert AGENCY in result.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_address_is_told_that_nothing_is_fetched(lang: str) -> None:
    result = run("parse", "https://example.org/report.html", "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    sentence = {"en": "This is an address, and nothing is fetched", "zh": "这是网址，不会下载"}[lang]
    assert result.stderr.startswith(f"https://example.org/report.html: error url {sentence}")


@pytest.mark.parametrize("command", ["parse", "cells"])
def test_nothing_to_read_prints_nothing(command: str, tmp_path: Path) -> None:
    for path, code in (("*.txt", "no-match"), ("gone", "no-such-path"), ("", "no-report-files")):
        result = run(command, tmp_path / path, "--lang", "zh")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{tmp_path / path}: error {code} ")


def test_wrong_use_is_not_hidden_by_a_bad_report(not_a_report: Path, tmp_path: Path) -> None:
    assert run("parse", not_a_report, tmp_path / "gone.txt").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("parse",),
        ("parse", SAMPLE, "--format", "yaml"),
        ("parse", SAMPLE, "--from", "papyrus"),
        ("parse", SAMPLE, "--lang", "fr"),
        ("parse", SAMPLE, "--output", SAMPLE.parent),
        ("parse", SAMPLE, "--output", SAMPLE / "x"),
        ("cells", SAMPLE, "--format", "json"),
        ("render", SAMPLE),
        ("render", SAMPLE, "--to", "papyrus"),
        ("compare", "-", "-"),
        ("nonsense",),
    ],
)
def test_wrong_use_exits_with_2(arguments: tuple[str | Path, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@needs_links
def test_a_folder_that_holds_itself_is_read_once(folder: Path) -> None:
    (folder / "a" / "again").symlink_to(folder)
    result = run("cells", folder)
    assert result.exit_code == 0
    assert len(sources(result)) == 3
    assert f"{folder / 'a' / 'again'}: info folder-again" in result.stderr


@needs_links
def test_a_link_to_a_folder_elsewhere_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "link").symlink_to(folder)
    assert len(sources(run("cells", tmp_path / "start"))) == 3


@needs_links
def test_a_broken_link_is_told_and_the_rest_is_read(folder: Path) -> None:
    (folder / "a" / "broken.txt").symlink_to(folder / "gone")
    result = run("cells", folder)
    assert result.exit_code == 1
    assert len(sources(result)) == 3
    assert f"{folder / 'a' / 'broken.txt'}: error cannot-read Cannot be read: No such file" in result.stderr


@needs_links
def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert len(sources(run("cells", folder))) == 3


def test_a_file_that_cannot_be_opened_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def guarded(source: Path, **options: Any) -> Any:
        if source.name == "b.txt":
            raise PermissionError(13, "Permission denied", str(source))
        return read(source, **options)

    monkeypatch.setattr(reading_module, "read", guarded)
    result = run("parse", folder)
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert result.stderr.splitlines() == [
        f"{folder / 'b.txt'}: error cannot-read Cannot be read: Permission denied.",
        "parse: info files 4 files in folders: 2 read, 1 refused (text 1), 1 passed over (other text 1)",
    ]


def test_a_folder_that_cannot_be_listed_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    scandir = os.scandir

    def guarded(path: str) -> Any:
        if os.path.basename(path) == "a":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = run("parse", folder)
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 2)
    assert result.stderr.startswith(f"{folder / 'a'}: error cannot-read Cannot be read: Permission denied.\n")
    assert run("parse", folder / "a").exit_code == 1


# --- render and --output -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_what_is_rendered_reads_as_the_same_report(name: str, tmp_path: Path) -> None:
    result = run("render", SAMPLE, "--to", name, "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "out").read_bytes() == run("render", SAMPLE, "--to", name).stdout_bytes
    again = run("parse", "--from", name, tmp_path / "out")
    assert again.stdout == run("parse", SAMPLE).stdout


def test_several_reports_are_rendered_into_a_folder_alone(folder: Path) -> None:
    for output in ((), ("-o", "-"), ("-o", folder.parent / "x.txt")):
        result = run("render", folder, "--to", "text", *output)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"{folder}: error no-output-folder There are 3 reports here: name a folder for them, such as "
            "--output DIR/.\n"
        )
    assert not (folder.parent / "x.txt").exists()


def test_render_says_what_it_cannot_read(not_a_report: Path) -> None:
    result = run("render", not_a_report, "--to", "text")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error not-a-report" in result.stderr


def test_output_replaces_a_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    mode = target.stat().st_mode
    assert run("parse", SAMPLE, "-o", target).exit_code == 0
    assert loads(target.read_bytes()).agency == AGENCY
    assert target.stat().st_mode == mode
    assert list(tmp_path.iterdir()) == [target]


@needs_links
def test_output_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", "utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("cells", SAMPLE, "--output", tmp_path / "link.csv").exit_code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8-sig").startswith(HEADER)


def test_output_stays_as_it_was_where_nothing_can_be_read(tmp_path: Path, not_a_report: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old", "utf-8")
    assert run("render", not_a_report, "--to", "markdown", "--output", target).exit_code == 1
    assert target.read_text("utf-8") == "old"
    assert set(tmp_path.iterdir()) == {target, not_a_report}


def test_output_stays_as_it_was_where_writing_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.json"
    target.write_text("old", "utf-8")
    monkeypatch.setattr(os, "replace", full)
    result = run("parse", SAMPLE, "--output", target)
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_output_to_a_device_does_not_replace_it() -> None:
    assert run("parse", SAMPLE, "--output", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_output_of_a_hyphen_is_stdout() -> None:
    assert run("parse", SAMPLE, "--output", "-").stdout == run("parse", SAMPLE).stdout


# --- schema --------------------------------------------------------------------------------------------------------


def test_schema_prints_the_schema() -> None:
    result = run("schema")
    assert (result.exit_code, json.loads(result.stdout)) == (0, json_schema())


def test_schema_prints_every_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(run("schema", "--cells").stdout)))
    assert [row["cell"] for row in rows] == [cell_id for form in FORMS.values() for cell_id in form.cell_ids]
    by_id = {(row["cell"], row["edition"]): (row["label"], row["unit"]) for row in rows}
    assert len(by_id) == len(rows) == 200 + 198
    assert by_id["requests.received.total", "2021"] == ("一、本年新收政府信息公开申请数量·总计", "件")
    assert by_id["requests.denied.state_secret.business", "2019"] == (
        "三、本年度办理结果·（三）不予公开·1.属于国家秘密·法人或其他组织·商业企业",
        "件",
    )
    assert by_id["disclosure.fees.amount", "2021"] == (
        "第二十条第（八）项·行政事业性收费·本年收费金额（单位：万元）",
        "万元",
    )
    assert by_id["disclosure.procurement.amount", "2019"] == ("第二十条第（九）项·政府集中采购·采购总金额", "")
    assert by_id["proceedings.litigation_direct.pending", "2021"] == ("行政诉讼·未经复议直接起诉·尚未审结", "件")


# --- as a process --------------------------------------------------------------------------------------------------


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    package = Path(command_line.__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-m", "gipa_reports", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(package), **environment},
        check=False,
    )


def test_the_module_can_be_run() -> None:
    done = start("parse", str(SAMPLE))
    assert done.returncode == 0
    assert loads(done.stdout).agency == AGENCY


def test_data_are_utf_8_whatever_the_terminal_says() -> None:
    done = start("cells", str(SAMPLE), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert AGENCY in done.stdout.decode()


CLOSED = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-"}
needs_sh = pytest.mark.skipif(os.name == "nt", reason="closing a stream needs a Unix shell")


def start_without(stream: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A run that finds one of its standard streams closed."""
    package = Path(command_line.__file__).parents[2]
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {CLOSED[stream]}', "sh", sys.executable, "-m", "gipa_reports", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(package)},
        check=False,
    )


@needs_sh
@pytest.mark.parametrize(
    "arguments", [("cells", str(SAMPLE)), ("check", str(SAMPLE)), ("explain", "A101"), ("--help",)]
)
def test_a_stdout_that_is_closed_or_full_is_told(arguments: tuple[str, ...]) -> None:
    done = start_without("stdout", *arguments)
    assert done.returncode == 1
    assert re.fullmatch(rb"(Error|gipa-reports): cannot write.*: Bad file descriptor\r?\n", done.stderr)
    if os.path.exists("/dev/full"):
        package = Path(command_line.__file__).parents[2]
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "gipa_reports", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(package)},
                check=False,
            )
        assert done.returncode == 1
        assert re.fullmatch(rb"(Error|gipa-reports): cannot write.*: No space left on device\r?\n", done.stderr)


@needs_sh
def test_a_stdin_that_is_closed_can_not_be_read() -> None:
    done = start_without("stdin", "parse", "-")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"<stdin>: error cannot-read Cannot be read: Bad file descriptor.\n"


@needs_sh
def test_a_stderr_that_is_closed_loses_messages_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SAMPLE.read_text("utf-8").replace("\t9\t", "\tabc\t", 1), "utf-8")
    done = start_without("stderr", "cells", str(path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"figure-invalid" in done.stdout


@pytest.fixture
def not_yet_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("gipa_reports.cli")]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.usefixtures("not_yet_imported")
def test_without_click_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr() == (
        "",
        "gipa-reports: the command line needs click, which is not installed: "
        f"{sys.executable} -m pip install 'gipa-reports[cli]'\n",
    )


@pytest.mark.usefixtures("not_yet_imported")
def test_another_missing_module_is_not_taken_for_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gipa_reports.serialize", None)
    with pytest.raises(ModuleNotFoundError, match="serialize"):
        main()


def test_main_leaves_with_the_exit_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["gipa-reports", "parse", str(tmp_path / "gone")])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way on Windows")
def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    content = SAMPLE.read_bytes()
    for number in range(20):  # more than a pipe holds
        (folder / f"{number}.txt").write_bytes(content)
    package = Path(command_line.__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "gipa_reports", "cells", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(package)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


# --- limits --------------------------------------------------------------------------------------------------------


def test_a_limit_is_named_and_can_be_raised_or_lowered() -> None:
    result = run("parse", "--limit", "rows=20", SAMPLE)
    assert result.exit_code == 1
    assert "error too-many-rows There are too many rows: more than 20 rows; the limit is 20." in result.stderr
    assert run("parse", "--limit", "rows=20", "--limit", "rows=60", SAMPLE).exit_code == 0


@pytest.mark.parametrize(
    "setting",
    ["rows", "rows=many", "rows=0", "rows=none", "words=3", "bytes=-1", "seconds=1.0e300", f"memory={10**30}"],
)
def test_a_wrong_limit_is_wrong_use(setting: str) -> None:
    result = run("parse", "--limit", setting, SAMPLE)
    assert result.exit_code == 2
    assert "NAME=NUMBER" in result.stderr


def test_the_place_of_a_cell_without_lines_is_told_in_words(tmp_path: Path) -> None:
    page = run("render", SAMPLE, "--to", "html").stdout
    path = tmp_path / "page.html"
    path.write_text(page.replace(">9</td>", ">abc</td>", 1), "utf-8")
    message = run("cells", path).stderr
    assert re.search(r"page\.html: table 2, row \d+, column \d+: warning figure-invalid Not a figure: abc\.", message)
    message = run("cells", path, "--lang", "zh").stderr
    assert re.search(r"page\.html: 第2个表格第\d+行第\d+列: warning figure-invalid 不是数字：abc。", message)


def test_a_format_without_its_extra_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    target = tmp_path / "report.docx"
    result = run("render", SAMPLE, "--to", "docx", "--output", target)
    assert result.exit_code == 2
    assert "gipa-reports[docx]" in result.stderr
    assert not target.exists()
