"""Files of other formats, converted by LibreOffice where the caller asks for it."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import places
from gipa_reports import LimitError, Limits, ReadError, parse, read, render
from gipa_reports.cli import cli
from gipa_reports.limits import DEFAULT
from gipa_reports.readers import conversion
from gipa_reports.readers.conversion import comparison, office, originals

SAMPLE = parse(places.SAMPLE)
needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
needs_processes = pytest.mark.skipif(sys.platform == "win32", reason="the programs of these tests are shell scripts")
DOCUMENTS = ("doc", "odt", "rtf")
SHEETS = ("xls", "ods")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample as office programs save it, by the ending of the file."""
    program = office.find_office()
    assert program is not None
    folder = tmp_path_factory.mktemp("office")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for source, endings in (("docx", DOCUMENTS), ("xlsx", SHEETS)):
        path = folder / f"report.{source}"
        content = render(SAMPLE, source)  # type: ignore[call-overload]
        path.write_bytes(content)
        for ending in endings:
            subprocess.run(
                [*command, "--convert-to", ending, "--outdir", str(folder), str(path)], check=True, capture_output=True
            )
    shutil.copy(folder / "report.doc", folder / "report.wps")
    shutil.copy(folder / "report.xls", folder / "report.et")
    return {path.suffix[1:]: path for path in folder.glob("report.*")}


# --- what comes out ------------------------------------------------------------------------------------------------


@needs_office
@pytest.mark.parametrize("ending", [*DOCUMENTS, "wps", *SHEETS, "et"])
def test_every_cell_is_right_and_its_place_says_that_it_was_converted(ending: str, made: dict[str, Path]) -> None:
    path = made[ending]
    before = path.read_bytes()
    with pytest.raises(ReadError, match=r"Word, WPS or LibreOffice"):
        parse(path)
    reading = read(path, convert=True)
    assert reading.report == SAMPLE
    kind = {"wps": "doc", "et": "xls"}.get(ending, ending)
    assert len(reading.locations) == 200
    assert {place.converted for place in reading.locations.values()} == {kind}
    assert str(reading.locations["requests.received.total"]).startswith(f"converted from {kind}, ")
    note = "converted" if kind in DOCUMENTS else "conversion-unchecked"
    assert [problem.code for problem in reading.diagnostics] == [note]
    assert path.read_bytes() == before
    assert parse(path, convert=True) == SAMPLE


@needs_office
@pytest.mark.parametrize("ending", DOCUMENTS)
def test_a_conversion_that_changes_a_figure_is_flagged(
    ending: str, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The original says 9, what the program makes of it 8: the cells of that table are marked, no others."""
    text = render(SAMPLE, "text").replace("\t9\t", "\t8\t", 1)
    monkeypatch.setattr(conversion, "convert", lambda *_: render(parse(text), "docx"))
    reading = read(made[ending], convert=True)
    (problem,) = (problem for problem in reading.diagnostics if problem.code == "conversion-differs")
    assert {cell.partition(".")[0] for cell in problem.cells} == {"requests"}
    assert problem.found == "tables 2"


@pytest.mark.parametrize(
    ("original", "tables"),
    [
        (["申请", "1", "2"], set()),
        (["申请", "1", " 2\u200b"], set()),
        (["申请", "1", "3"], {1}),
        (["申请", "12"], {1}),
        (["申请", "1", "2", "3"], {1}),
        (["申请书", "1", "2"], {0}),
        ([], {0, 1}),
    ],
)
def test_what_differs_is_found(original: list[str], tables: set[int]) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("申请")
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "1", "2"
    stream = io.BytesIO()
    document.save(stream)
    assert comparison.differing_tables(original, stream.getvalue(), DEFAULT) == tables


@needs_office
def test_a_damaged_original_is_no_fault_of_ours(made: dict[str, Path]) -> None:
    for kind in DOCUMENTS:
        content = made[kind].read_bytes()
        for size in (*range(8, 2000, 199), *range(2000, len(content), len(content) // 20)):
            found = originals.paragraphs(content[:size], kind, DEFAULT)
            assert found is None or isinstance(found, list)
        broken = bytearray(content)
        for at in range(0, min(len(broken), 4096), 7):
            broken[at] ^= 0xFF
        originals.paragraphs(bytes(broken), kind, DEFAULT)


# --- bounds --------------------------------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in the place of LibreOffice."""

    def put(script: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o700)
        monkeypatch.setenv(office.VARIABLE, str(path))

    return put


RTF = b"{\\rtf1\\ansi 1\\par}"


@needs_processes
def test_all_that_a_hanging_program_started_is_ended(program: Callable[[str], None], tmp_path: Path) -> None:
    program(f"sleep 300 & echo $! > {tmp_path}/pid; wait")
    with pytest.raises(LimitError, match="conversion_seconds") as raised:
        parse(RTF, convert=True, limits=Limits(conversion_seconds=0.5))
    assert (raised.value.code, raised.value.limit) == ("conversion-too-slow", "conversion_seconds")
    child = int((tmp_path / "pid").read_text())
    until = time.monotonic() + 10
    while _is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2:3]
    except OSError:
        return False


@needs_processes
def test_a_program_that_writes_too_much_is_ended(program: Callable[[str], None]) -> None:
    program("head -c 3000000 /dev/zero > big; sleep 300")
    with pytest.raises(LimitError) as raised:
        parse(RTF, convert=True, limits=Limits(bytes=1_000_000, unzipped_bytes=1_000_000))
    assert raised.value.code == "too-large"


@needs_processes
@pytest.mark.parametrize(("script", "found"), [("exit 0", "it wrote no file"), ("exit 3", "it ended with 3")])
def test_a_program_that_makes_nothing_is_told(script: str, found: str, program: Callable[[str], None]) -> None:
    program(script)
    reading = read(RTF, convert=True)
    assert reading.error is not None
    assert (reading.error.code, reading.error.found) == ("not-converted", found)


def test_that_there_is_no_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.VARIABLE, "no-such-program")
    reading = read(RTF, convert=True)
    assert reading.error is not None
    assert reading.error.code == "no-converter"
    for lang in ("en", "zh"):
        assert office.VARIABLE in reading.error.sentence(lang)


def test_the_program_is_found_in_its_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", (str(tmp_path / "opt*" / "soffice"),))
    for name in office._FOLDERS_OF_WINDOWS:
        monkeypatch.delenv(name, raising=False)
    assert office.find_office() is None
    on_mac = tmp_path / "opt7" / "soffice"
    on_windows = tmp_path / "Programs" / "LibreOffice" / "program" / "soffice.exe"
    for path in (on_mac, on_windows):
        path.parent.mkdir(parents=True)
        path.touch()
    assert office.find_office() == str(on_mac)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "Programs"))
    assert office.find_office() == str(on_windows)


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A web server: its port, and the paths that it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that the server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)  # noqa: S104 - so that every name of it is tried
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], paths
    server.shutdown()
    server.server_close()
    thread.join()


@needs_office
def test_nothing_is_fetched(asked: tuple[int, list[str]], made: dict[str, Path]) -> None:
    """A picture that the document only links to is asked for by LibreOffice as it is set up usually."""
    port, paths = asked
    address = f"http://{socket.gethostname()}:{port}/picture.png"
    picture = f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}"/></draw:frame>'
    stream = io.BytesIO()
    with zipfile.ZipFile(made["odt"]) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"</office:text>", f"{picture}</text:p></office:text>".encode()))
    assert read(stream.getvalue(), convert=True).report == SAMPLE
    assert paths == []


# --- the command line ----------------------------------------------------------------------------------------------


@needs_office
def test_one_bad_file_ends_no_batch(made: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    shutil.copy(made["doc"], folder / "好.doc")
    (folder / "坏.doc").write_bytes(made["doc"].read_bytes()[:5000])
    shutil.copy(made["et"], folder / "表.et")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    plain = CliRunner().invoke(cli, ["cells", str(folder), "--lang", "zh"])
    assert (plain.exit_code, plain.stdout.count("\n")) == (1, 1)
    assert plain.stderr.count("--convert") == 3
    result = CliRunner().invoke(cli, ["cells", str(folder), "--convert", "--lang", "zh"])
    assert result.exit_code == 1
    assert result.stdout.count("requests.received.total") == 2
    assert "坏.doc: error " in result.stderr
    assert "好.doc: info converted 文件由LibreOffice从doc转换为docx后读取" in result.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
