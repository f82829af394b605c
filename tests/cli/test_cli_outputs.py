"""What is written never destroys what is read, and takes the place of files alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gipa_reports.cli import cli
from gipa_reports.cli import run as command_line
from gipa_reports.cli.places import no_file_to_write
from gipa_reports.corpus import scan
from gipa_reports.errors import ScanError
from places import SAMPLE

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def a(tmp_path: Path) -> Path:
    """A report, the file that each of these commands is told to write."""
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(SAMPLE.read_bytes())
    (path.parent / "b.txt").write_text(SAMPLE.read_text("utf-8").replace("青山区", "白水区"), "utf-8")
    return path


@pytest.fixture
def untouched(a: Path) -> Iterator[None]:
    """Nothing in the folder is written, changed or removed."""
    before = {path: path.read_bytes() for path in a.parent.rglob("*") if path.is_file()}
    yield
    assert {path: path.read_bytes() for path in a.parent.rglob("*") if path.is_file()} == before


COMMANDS = {
    "cells": ("cells", "in/a.txt", "-o"),
    "parse": ("parse", "in", "-o"),
    "render": ("render", "in/a.txt", "--to", "docx", "-o"),
    "check": ("check", "in/b.txt", "in/a.txt", "--format", "html", "-o"),
    "previous": ("check", "in/b.txt", "--previous", "in", "-o"),
    "children": ("check", "in/b.txt", "--children", "in/*.txt", "-o"),
    "aggregate": ("aggregate", "in", "-o"),
    "provenance": ("aggregate", "in", "-o", "sum.json", "--provenance"),
    "compare": ("compare", "in/b.txt", "in/a.txt", "-o"),
    "scan": ("scan", "in", "-o", "out", "--summary"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("untouched")
def test_an_output_that_is_an_input_is_refused(command: str, a: Path, tmp_path: Path) -> None:
    result = run(*COMMANDS[command], a)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{a}: error output-is-input The output {a} is ")
    assert "in/" in line.removeprefix(f"{a}: ")
    assert "a.txt, which this run reads: nothing is written" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
    line = run(*COMMANDS[command], a, "--lang", "zh").stderr
    assert line.startswith(f"{a}: error output-is-input 输出{a}就是本次要读取的")


def spelt_otherwise(a: Path, how: str) -> Path:
    link = a.parent.parent / "link"
    if how == "link":
        link.symlink_to(a)
    elif how == "link of a link":
        (a.parent.parent / "first").symlink_to(a)
        link.symlink_to("first")
    elif how == "hard link":
        os.link(a, link)
    elif how == "link to the folder":
        link.symlink_to(a.parent)
        return link / "a.txt"
    else:
        return a.parent / ".." / "in" / "." / "a.txt"
    return link


@needs_links
@pytest.mark.parametrize("how", ["link", "link of a link", "hard link", "link to the folder", "dots"])
@pytest.mark.usefixtures("untouched")
def test_one_file_is_known_by_all_its_names(how: str, a: Path) -> None:
    other = spelt_otherwise(a, how)
    for arguments in (("cells", "in", "-o", other), ("parse", other, "-o", a)):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "error output-is-input" in result.stderr


@pytest.mark.usefixtures("untouched")
def test_settings_and_baselines_are_inputs_too(a: Path) -> None:
    settings = a.parent / "gipa-reports.toml"
    settings.write_text('baseline = "accepted.txt"\n', "utf-8")
    (a.parent / "accepted.txt").write_text("\n", "utf-8")
    for target in (settings, a.parent / "accepted.txt"):
        result = run("check", "--config", settings, a, "-o", target)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"error output-is-input The output {target} is {target}" in result.stderr
        target.write_bytes(target.read_bytes())
    settings.unlink()
    (a.parent / "accepted.txt").unlink()


def test_a_baseline_is_written_anew_but_over_no_report(a: Path) -> None:
    before = a.read_bytes()
    assert run("check", a, "--reason", "x", "--write-baseline", a).exit_code == 2
    assert a.read_bytes() == before
    Path("b").write_text("\n", "utf-8")
    result = run("check", a, "--baseline", "b", "--write-baseline", "b", "--reason", "x")
    assert "info baseline-written" in result.stderr


@pytest.mark.usefixtures("untouched")
def test_two_outputs_are_two_files(a: Path, tmp_path: Path) -> None:
    for name in ("sum.json", "./sum.json", str(tmp_path / "sum.json")):
        result = run("aggregate", "in", "-o", "sum.json", "--provenance", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"error outputs-collide The outputs {name} and sum.json are one file" in result.stderr
    assert not Path("sum.json").exists()


@pytest.mark.parametrize("option", ["-o", "--provenance"])
@pytest.mark.usefixtures("untouched")
def test_a_folder_is_no_file_to_write(a: Path, option: str) -> None:
    result = run("aggregate", a, option, a.parent)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{a.parent} is a folder, and a file is to be written" in result.stderr
    assert f"{a.parent}是文件夹" in run("aggregate", a, option, a.parent, "--lang", "zh").stderr


@pytest.mark.usefixtures("untouched")
def test_a_folder_in_the_place_of_one_of_several_outputs_is_told_before_any_is_written(a: Path) -> None:
    Path("out", "b.html").mkdir(parents=True)
    result = run("render", a.parent, "--to", "html", "-o", "out")
    place = os.path.join("out", "b.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{place}: error folder {place} is a folder, and a file is to be written" in result.stderr
    assert os.listdir("out") == ["b.html"]


def test_of_devices_those_that_keep_something_are_refused(
    monkeypatch: pytest.MonkeyPatch, a: Path, tmp_path: Path
) -> None:
    kinds = {stat.S_IFBLK: "block-device", stat.S_IFSOCK: "socket", stat.S_IFDIR: "folder"}
    kept = (stat.S_IFCHR, stat.S_IFIFO, stat.S_IFREG)
    for mode, kind in (*kinds.items(), *((mode, None) for mode in kept)):
        with monkeypatch.context() as patched:
            patched.setattr(os, "stat", lambda path, mode=mode: os.stat_result((mode, *[0] * 9)))
            assert no_file_to_write("x") == kind
    assert no_file_to_write(str(tmp_path / "gone")) is None
    assert run("cells", a, "-o", os.devnull).exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="needs a Unix shell")
@pytest.mark.parametrize(
    "line",
    ['"$@" cells - -o a.txt < a.txt', '"$@" cells a.txt >> a.txt', '"$@" parse - < a.txt >> a.txt'],
)
@pytest.mark.usefixtures("untouched")
def test_a_stream_is_the_file_that_it_is_redirected_to(line: str, a: Path) -> None:
    package = Path(command_line.__file__).parents[2]
    done = subprocess.run(
        ["/bin/sh", "-c", line, "sh", sys.executable, "-m", "gipa_reports"],
        capture_output=True,
        cwd=a.parent,
        env={**os.environ, "PYTHONPATH": str(package)},
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"error output-is-input" in done.stderr


# --- data sets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inputs", [["in"], ["in/a.txt"], ["in/*.txt"], ["in/../in/"], ["in/sub"], ["@list"]])
@pytest.mark.usefixtures("untouched")
def test_a_scan_into_its_input_is_refused(inputs: list[str], a: Path) -> None:
    (a.parent / "sub").mkdir()
    Path("list").write_text("in/b.txt\n", "utf-8")
    result = run("scan", *inputs, "-o", "in")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("in: error output-is-input the output in is the input ")
    with pytest.raises(ScanError, match="output-is-input"):
        scan(inputs, a.parent)
    assert "输出文件夹in就是输入" in run("scan", *inputs, "-o", "in", "--lang", "zh").stderr


@needs_links
@pytest.mark.usefixtures("untouched")
def test_a_scan_into_its_input_by_another_name_is_refused(a: Path) -> None:
    Path("link").symlink_to("in")
    for inputs, output in (("in", "link"), ("link", "in"), ("link/a.txt", "in"), ("in/a.txt", "link")):
        assert run("scan", inputs, "-o", output).exit_code == 2


def test_a_scan_into_a_folder_in_its_input_leaves_that_out(a: Path) -> None:
    for _ in range(2):
        assert run("scan", "in", "-o", "in/out", "--workers", "1").exit_code == 0


def test_a_summary_leaves_its_data_set_as_it_is(a: Path) -> None:
    assert run("scan", "in", "-o", "out", "--workers", "1").exit_code == 0
    part = next(Path("out").glob("reports/*/*.parquet"))
    before = part.read_bytes()
    for arguments in (("summary", "out", "-o", part), ("scan", "in", "-o", "out", "--summary", part)):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "error output-is-input" in result.stderr
    assert part.read_bytes() == before
    assert run("summary", "out", "-o", "out/page.html").exit_code == 0
    assert run("summary", "out", "-o", "out/page.html").exit_code == 0
    Path("list").write_text("in/b.txt\n", "utf-8")
    result = run("scan", "@list", "-o", "more", "--summary", "list")
    assert (result.exit_code, Path("more").exists()) == (2, False)
