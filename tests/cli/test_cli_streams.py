"""Streams of every kind: encodings without Chinese, terminals, Ctrl-C; and faults of this package."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gipa_reports.cli import cli
from gipa_reports.cli import run as command_line
from gipa_reports.parsing import Reading
from gipa_reports.parsing import reading as reading_module
from places import SAMPLE

COMMANDS = ("parse", "cells", "check", "explain", "aggregate", "compare", "render", "scan", "schema", "summary")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def environment(**extra: str) -> dict[str, str]:
    package = Path(command_line.__file__).parents[2]
    return {**os.environ, "PYTHONPATH": str(package), **extra}


def start(*arguments: str, **extra: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gipa_reports", *arguments], capture_output=True, env=environment(**extra), check=False
    )


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three reports, of which the second is the one to fail."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(SAMPLE.read_text("utf-8").replace("青山区", f"青{name}区"), "utf-8")
    return folder


# --- encodings -----------------------------------------------------------------------------------------------------


WITHOUT_CHINESE: tuple[dict[str, str], ...] = (
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
)


@pytest.mark.parametrize("extra", WITHOUT_CHINESE, ids=lambda extra: next(iter(extra)))
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("parse", "没有.txt", "--lang", "zh"),
        ("parse", str(SAMPLE), "--format", "大", "--lang", "zh"),
        ("explain", "A101", "--lang", "zh"),
        ("check", str(SAMPLE), "--lang", "zh", "--format", "jsonl"),
    ],
    ids=" ".join,
)
def test_no_stream_is_too_poor_for_a_message(arguments: tuple[str, ...], extra: dict[str, str]) -> None:
    done = start(*arguments, **extra)
    assert b"Traceback" not in done.stderr
    assert b"Error" not in done.stderr.replace(b"Error: Invalid value", b"")
    assert done.returncode == (2 if arguments[0] == "parse" else 0)
    if arguments == ("--help",):
        # What says that it takes ASCII alone gets UTF-8 from click: it is a system that was told nothing.
        assert rb"\u653f\u5e9c" in done.stdout or "政府".encode() in done.stdout


# --- terminals -----------------------------------------------------------------------------------------------------


BINARY = (
    ("check", str(SAMPLE), "--format", "xlsx"),
    ("render", str(SAMPLE), "--to", "docx"),
    ("render", str(SAMPLE), "--to", "xlsx", "-o", "-"),
    ("aggregate", str(SAMPLE), "--to", "docx"),
    ("compare", str(SAMPLE), str(SAMPLE), "--format", "xlsx"),
)


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("arguments", BINARY, ids=" ".join)
def test_binary_formats_are_not_written_to_a_terminal(arguments: tuple[str, ...]) -> None:
    import pty

    parent, child = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "gipa_reports", *arguments],
        stdout=child,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(child)
    try:
        shown = os.read(parent, 1)
    except OSError:  # nothing, and nobody is left to write
        shown = b""
    os.close(parent)
    assert shown == b""
    assert done.returncode == 2
    assert b"error binary-to-terminal" in done.stderr
    assert b"--output FILE" in done.stderr


# --- Ctrl-C --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "said"), [("en", "interrupted"), ("zh", "已中断")])
def test_ctrl_c_exits_with_130(monkeypatch: pytest.MonkeyPatch, lang: str, said: str, tmp_path: Path) -> None:
    def stopped(*arguments: Any, **options: Any) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading_module, "read", stopped)
    result = run("cells", SAMPLE, "--lang", lang, "-o", tmp_path / "out.csv")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", f"{said}\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
@pytest.mark.parametrize("command", ["cells", "scan"])
def test_ctrl_c_in_a_terminal(command: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "waits")
    source = tmp_path / "waits" if command == "cells" else tmp_path / "in"
    if command == "scan":
        source.mkdir()
        for number in range(400):
            (source / f"{number}.txt").write_bytes(SAMPLE.read_bytes() * 40)
    more = ("-o", str(tmp_path / "out"), *(("--workers", "2") if command == "scan" else ()))
    with subprocess.Popen(
        [sys.executable, "-m", "gipa_reports", command, str(source), *more],
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        if command == "scan":
            while not list(tmp_path.glob("out/_scan/tmp/worker-*")):
                assert process.poll() is None
        else:
            with open(tmp_path / "waits", "wb"):  # opened for reading by now
                os.killpg(process.pid, signal.SIGINT)
                said = process.stderr.read()
        if command == "scan":
            os.killpg(process.pid, signal.SIGINT)
            said = process.stderr.read()
    assert (process.returncode, said.splitlines()) == (130, [b"interrupted"])


# --- faults of this package ----------------------------------------------------------------------------------------


def fail_at(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, is_it: Any) -> None:
    """Let a function of ``module`` fail where ``is_it`` says so of its arguments."""
    function = getattr(module, name)

    def failing(*arguments: Any, **options: Any) -> Any:
        if is_it(*arguments):
            raise KeyError("a fault")
        return function(*arguments, **options)

    monkeypatch.setattr(module, name, failing)


def is_b(*arguments: Any) -> bool:
    return any(
        str(argument).endswith("b.txt") or "青b区" in str(getattr(argument, "agency", "")) for argument in arguments
    )


@pytest.mark.parametrize("command", ["cells", "parse", "check"])
def test_a_fault_in_reading_is_one_file_s(command: str, monkeypatch: pytest.MonkeyPatch, three: Path) -> None:
    fail_at(monkeypatch, reading_module, "read", is_b)
    result = run(command, three, "--format", "jsonl")
    assert result.exit_code == 1
    assert f"{three / 'b.txt'}: error internal-error A fault of this program: KeyError: 'a fault'" in result.stderr
    assert "a.txt" not in result.stderr
    if command != "check":
        assert "青a区" in result.stdout
        assert "青b区" not in result.stdout
        assert "青c区" in result.stdout


@pytest.mark.parametrize(("command", "name"), [("cells", "_records"), ("parse", "dumps")])
def test_a_fault_in_writing_is_one_file_s(
    command: str, name: str, monkeypatch: pytest.MonkeyPatch, three: Path
) -> None:
    fail_at(monkeypatch, sys.modules[f"gipa_reports.cli.{command}"], name, is_b)
    result = run(command, three, "--format", "jsonl")
    assert result.exit_code == 1
    assert f"{three / 'b.txt'}: error internal-error " in result.stderr
    assert [part for part in "abc" if f"青{part}区" in result.stdout] == ["a", "c"]


def checks_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["gipa_reports.cli.check"]
    fail_at(monkeypatch, module, "check_report", lambda reading: "青b区" in reading.report.agency)


def writing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("html_unit", "xlsx"):
        module = import_module(f"gipa_reports.outputs.{name}")
        fail_at(monkeypatch, module, "verdict", lambda one, lang: is_b(one) and one.result is not None)


@pytest.mark.parametrize("format", ["html", "xlsx"])
@pytest.mark.parametrize("fail", [checks_fail, writing_fails])
def test_the_page_and_the_workbook_are_written_all_the_same(
    fail: Any, format: str, monkeypatch: pytest.MonkeyPatch, three: Path, tmp_path: Path
) -> None:
    fail(monkeypatch)
    target = tmp_path / f"out.{format}"
    result = run("check", three, "--format", format, "--lang", "zh", "-o", target)
    assert result.exit_code == 1
    assert f"{three / 'b.txt'}: error internal-error 程序内部错误：KeyError: 'a fault'" in result.stderr
    if format == "html":
        page = target.read_text("utf-8")
        assert "未能检查，没有读到报告：internal-error 程序内部错误" in page
        assert "青a区" in page
        assert "青c区" in page
    else:
        from openpyxl import load_workbook

        rows = [[cell.value for cell in row] for row in load_workbook(target)["未能检查"].iter_rows()]
        assert any("internal-error" in str(row) and "b.txt" in str(row) for row in rows)


def test_a_fault_of_a_command_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, three: Path) -> None:
    fail_at(monkeypatch, sys.modules["gipa_reports.cli.compare"], "compare_reports", lambda *arguments: True)
    result = run("compare", three / "a.txt", three / "b.txt", "--lang", "zh")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("compare: error internal-error 程序内部错误：KeyError: 'a fault'")
    assert len(result.stderr.splitlines()) == 1


def test_a_sum_without_the_unit_that_failed_is_refused(monkeypatch: pytest.MonkeyPatch, three: Path) -> None:
    fail_at(monkeypatch, reading_module, "read", is_b)
    result = run("aggregate", three)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{three / 'b.txt'}: error internal-error" in result.stderr
    assert "aggregate: error units-missing" in result.stderr


# --- progress ------------------------------------------------------------------------------------------------------


def on_a_terminal(*arguments: str, **extra: str) -> str:
    """What a run shows on stderr where that is a terminal."""
    import pty

    parent, child = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments], stdout=subprocess.DEVNULL, stderr=child, env=environment(**extra)
    ):
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(parent, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    os.close(parent)
    return shown.decode()


SLOW = """
import sys
from gipa_reports.__main__ import main
from gipa_reports.cli import progress
progress.PATIENCE = progress.MINUTE = -1.0
main()
"""
"""The command line of somebody who does not wait for a minute."""


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_taken_away(three: Path) -> None:
    (three / "empty.txt").write_bytes(b"")
    shown = on_a_terminal("cells", str(three), COLUMNS="40", TERM="xterm")
    assert "\r\x1b[K1/4 " in shown
    assert "\r\x1b[K4/4 " in shown
    lines = [line.rpartition("\x1b[K")[2].strip() for line in shown.replace("\r\n", "\n").split("\n")]
    assert f"{three / 'empty.txt'}: " in "".join(lines)  # a message begins on a line of its own
    assert not [line for line in lines if line.startswith(("1/4", "2/4"))]
    assert "/4 " not in on_a_terminal("cells", str(three), "-q", COLUMNS="40", TERM="xterm")


def test_progress_is_a_line_a_minute_in_a_file_and_nothing_in_a_pipe(three: Path, tmp_path: Path) -> None:
    for command, said in (
        (("cells", str(three), "--lang", "zh"), "已完成1个文件，共3个"),
        (("scan", str(three), "-o", str(tmp_path / "out"), "--workers", "1"), "0 of 3 sources done"),
    ):
        words = [sys.executable, "-c", SLOW, *command]
        with open(tmp_path / "log", "wb") as log:
            subprocess.run(words, stdout=subprocess.DEVNULL, stderr=log, env=environment(), check=True)
        assert said in (tmp_path / "log").read_text("utf-8")
        done = subprocess.run(words, capture_output=True, env=environment(), check=True)
        assert said not in done.stderr.decode()
