"""Every file of a folder is accounted for: read, refused by name, or passed over as no document."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports import FormatName, own_output
from gipa_reports.cli import cli
from gipa_reports.corpus import scan
from gipa_reports.parsing import parse, read
from gipa_reports.readers.kinds import PASSED_OVER, WORDS, Kind, kind_of, kind_of_file
from gipa_reports.renderers import render
from places import SAMPLE

TEXT = SAMPLE.read_text("utf-8")
PAGE = render(parse(TEXT), "html").encode()
LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def package(*parts: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def macros(format: FormatName, main: bytes, with_macros: bytes) -> bytes:
    """A rendered report as the same package that may hold macros."""
    target = io.BytesIO()
    document = render(parse(TEXT), format)
    assert isinstance(document, bytes)
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            archive.writestr(info, source.read(info).replace(main, with_macros))
    return target.getvalue()


DOCM = macros(
    "docx",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
XLSM = macros(
    "xlsx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
)

READ: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "b.shtml": PAGE,
    "c.jsp": PAGE,
    "d.aspx": PAGE,
    "e.xhtml": b'<?xml version="1.0" encoding="utf-8"?>\n' + PAGE,
    "f.htm?id=3": PAGE,
    "no-suffix": TEXT.encode("gb18030"),
    "h.docm": DOCM,
    "i.xlsm": XLSM,
    "k.dat": TEXT.encode("utf-16"),
    "l": PAGE,
}
REFUSED: dict[str, tuple[bytes, str]] = {
    "m.mht": (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mhtml"),
    "n.et": (LEGACY + "Workbook".encode("utf-16-le"), "legacy"),
    "o.doc": (LEGACY, "legacy"),
    "p.ofd": (package(("OFD.xml", b"<ofd/>")), "package"),
    "q.rtf": (b"{\\rtf1\\ansi \\'d0\\'c5}", "rtf"),
    "r.odt": (package(("mimetype", b"application/vnd.oasis.opendocument.text")), "package"),
    "s.rar": (b"Rar!\x1a\x07\x00", "archive"),
    "scanned.docx": (b"\xff\xd8\xff\xe0" + bytes(100), "unknown"),
    "torn.pdf": (b"\x00\x01\x02" * 99, "unknown"),
    "other.html": (b"<html><body><p>hello</p></body></html>", "html"),
    "empty.txt": (b"", "text"),
}
OTHERS: dict[str, tuple[bytes, str]] = {
    "t.png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "u": (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
    "v.svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', "picture"),
    "x.js": (b"document.write('<td>1</td>');", "script"),
    "y.css": (b"td { color: red }", "style-sheet"),
    "z.woff2": (b"wOF2" + bytes(50), "font"),
    "~$a.docx": (b"\x05Lisa" + bytes(157), "lock-file"),
    ".~lock.a.odt#": (b",lisa,host,;", "lock-file"),
    ".DS_Store": (b"\0\0\0\1Bud1" + bytes(50), "system-file"),
    "Thumbs.db": (LEGACY, "system-file"),
    "notes.log": ("今天没有事。\n".encode(), "other-text"),
    "list.json": (b'["a"]', "data"),
    "film.mp4": (b"\0\0\0\x18ftypmp42" + bytes(50), "recording"),
    "setup.exe": (b"MZ\x90\0" + bytes(50), "program"),
    "dump": (b"\x01\x02\x03\x00" * 50, "binary"),
    "nothing": (b"", "empty"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file of each kind, and with outputs of ours."""
    path = tmp_path / "in"
    path.mkdir()
    for name, content in READ.items():
        (path / name).write_bytes(content)
    for name, (content, _) in (REFUSED | OTHERS).items():
        (path / name).write_bytes(content)
    return path


def kinds_in(folder: Path) -> dict[str, str]:
    return {path.name: kind_of_file(str(path)).name for path in folder.iterdir()}


def test_every_kind_is_told_by_its_content(folder: Path) -> None:
    found = kinds_in(folder)
    assert {name: kind for name, kind in found.items() if name not in READ} == {
        name: kind for name, (_, kind) in (REFUSED | OTHERS).items()
    }
    assert not {found[name] for name in READ} & PASSED_OVER
    assert WORDS.keys() > PASSED_OVER
    assert {kind for _, kind in OTHERS.values()} | {"own-output", "special"} == PASSED_OVER


def test_a_folder_is_accounted_for(folder: Path) -> None:
    result = run("cells", folder)
    assert result.exit_code == 1
    sources = Counter(record["source"] for record in csv.DictReader(io.StringIO(result.stdout)))
    assert sources == {str(folder / name): 200 for name in READ}
    told = {line.partition(": error ")[0] for line in result.stderr.splitlines() if ": error " in line}
    assert told == {str(folder / name) for name in REFUSED}
    assert result.stderr.splitlines()[-1] == (
        f"cells: info files {len(READ) + len(REFUSED) + len(OTHERS)} files in folders: {len(READ)} read, "
        f"{len(REFUSED)} refused (Office document 2, broken document 2, legacy Office document 2, MHTML 1, RTF 1, "
        f"archive 1, text 1, web page 1), {len(OTHERS)} passed over (picture 3, lock file 2, system file 2, data 1, "
        "empty file 1, font 1, other binary file 1, other text 1, program 1, script 1, sound or film 1, style sheet 1)"
    )
    chinese = run("cells", folder, "--lang", "zh").stderr.splitlines()
    assert any(
        "n.et" in line and "不支持这种文件：旧版Excel或WPS表格（.xls、.et）：请用Word、WPS" in line for line in chinese
    )
    assert not [line for line in chinese if "unsupported-format" in line and " open it " in line]
    for name, remedy in (("n.et", "xlsx"), ("o.doc", "docx"), ("p.ofd", "PDF"), ("q.rtf", "docx"), ("r.odt", "docx")):
        assert any(name in line and remedy in line for line in result.stderr.splitlines()), name


def test_what_is_no_document_leaves_the_exit_code_alone(folder: Path) -> None:
    for name in REFUSED:
        (folder / name).unlink()
    for command in (("cells",), ("parse",), ("check", "--select", "A101")):
        result = run(*command, folder)
        assert result.exit_code == 0
        assert f"{len(OTHERS)} passed over" in result.stderr
    assert run("cells", folder / "t.png").exit_code == 1
    assert run("cells", f"{folder}/*").exit_code == 0
    only = folder / "only"
    only.mkdir()
    (only / "t.png").write_bytes(b"\x89PNG")
    assert run("cells", only).exit_code == 2


def test_a_huge_file_that_is_no_document_is_not_read() -> None:
    asked: list[int] = []

    def more(size: int) -> bytes:
        asked.append(size)
        return (b"\x89PNG\r\n\x1a\n" + bytes(size))[:size]

    assert kind_of("huge.png", more) == Kind("picture")
    assert asked == [4096]


@given(
    st.text(max_size=12), st.binary(max_size=300), st.sampled_from([b"", *(content[:200] for content in READ.values())])
)
def test_whatever_the_bytes_a_file_is_of_one_kind(name: str, content: bytes, head: bytes) -> None:
    found = kind_of(name, lambda size: (head + content)[:size])
    assert found.name in WORDS
    assert found == kind_of(name, lambda size: (head + content)[:size])
    assert found.word("zh")


@given(st.binary(max_size=300), st.sampled_from([".txt", ".docx", ".PDF", ".wps", ".html"]))
def test_what_calls_itself_a_document_is_never_passed_over_but_as_ours(content: bytes, suffix: str) -> None:
    assert kind_of(f"report{suffix}", lambda size: content[:size]).name in {*WORDS} - PASSED_OVER | {"own-output"}


# --- our own outputs -----------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """What the commands write, each format."""
    path = tmp_path / "own"
    path.mkdir()
    (path / "a.txt").write_text(TEXT, "utf-8")
    (path / "b.txt").write_text(TEXT.replace("\t9\t", "\t8\t", 1), "utf-8")
    both = (path / "a.txt", path / "b.txt")
    for name in ("html", "xlsx"):
        run("check", *both, "--format", name, "-o", path / f"check.{name}")
    for name in ("html", "docx", "xlsx", "markdown"):
        run("compare", *both, "--format", name, "-o", path / f"compare.{name}")
    run("cells", *both, "-o", path / "cells.csv")
    run("check", *both, "--format", "jsonl", "-o", path / "check.jsonl")
    run("check", *both, "--format", "csv", "-o", path / "check.csv")
    run("parse", both[0], "-o", path / "report.json")
    run("parse", *both, "-o", path / "reports.jsonl")
    run("aggregate", both[0], "-o", path / "sum.json", "--provenance", path / "parts.csv")
    run("scan", *both, "-o", path / "data", "--workers", "1", "--summary", path / "summary.html")
    return path


def test_our_own_outputs_are_passed_over(own: Path) -> None:
    result = run("cells", own)
    sources = {record["source"] for record in csv.DictReader(io.StringIO(result.stdout))}
    assert (result.exit_code, sources) == (0, {str(own / "a.txt"), str(own / "b.txt")})
    passed = len(list(own.iterdir())) - 2
    assert f"2 read, 0 refused, {passed} passed over (output of gipa-reports {passed})" in result.stderr
    # A second run over the same folder may write to the same page.
    assert "output-is-input" not in run("check", own, "--format", "html", "-o", own / "check.html").stderr


@pytest.mark.parametrize(
    "name", ["check.html", "check.xlsx", "compare.html", "compare.docx", "compare.xlsx", "compare.markdown"]
)
def test_our_own_outputs_are_refused_by_name(own: Path, name: str) -> None:
    reading = read(own / name)
    assert reading.report is None
    assert reading.error is not None
    assert reading.error.code == "own-output"
    result = run("check", own / name, "--lang", "zh")
    assert result.exit_code == 1
    assert f"{own / name}: error own-output 这是 gipa-reports 输出的" in result.stderr
    suffix = name.rpartition(".")[2]
    own_format: Any = suffix
    assert read((own / name).read_bytes(), format=own_format).diagnostics[0].code == "own-output"


@pytest.mark.parametrize("format", ["text", "markdown", "html", "docx", "xlsx"])
def test_a_rendered_report_is_a_report(format: FormatName) -> None:
    report = parse(TEXT)
    assert parse(render(report, format), format=format) == report


def test_a_report_may_say_what_a_mark_says() -> None:
    mark = '<meta name="generator" content="gipa-reports check">'
    text = TEXT.replace("\n", f"\n{mark}\n<!-- gipa-reports check -->\n", 1)
    assert read(text).report is not None
    report = parse(TEXT.replace("2023年政府", f"{mark}2023年政府", 1), format="text")
    for name in ("text", "markdown", "html", "docx", "xlsx"):
        assert read(render(report, name), format=name).report is not None


def test_a_mark_is_kept_by_who_saves_the_page_or_the_workbook(own: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(own / "check.xlsx")
    book.save(own / "saved.xlsx")
    assert read(own / "saved.xlsx").diagnostics[0].code == "own-output"
    page = (own / "check.html").read_text("utf-8").replace('<meta name="generator"', '<META id="x" name=generator')
    assert read(f"<!-- saved from url -->\n{page}").diagnostics[0].code == "own-output"


def test_marking_changes_nothing_else(own: Path) -> None:
    document = render(parse(TEXT), "docx")
    assert own_output.marked(document, "compare") == own_output.marked(document, "compare")
    changed = own_output.marked(document, "check")
    with zipfile.ZipFile(io.BytesIO(document)) as a, zipfile.ZipFile(io.BytesIO(changed)) as b:
        assert a.namelist() == b.namelist()
        assert {name for name in a.namelist() if a.read(name) != b.read(name)} == {own_output.PROPERTIES}


# --- named in what a check says ------------------------------------------------------------------------------------


def test_json_lines_name_every_file(folder: Path) -> None:
    lines = [json.loads(line) for line in run("check", folder, "--format", "jsonl").stdout.splitlines()]
    of_files = {line["source"]: line for line in lines if line["code"] == "passed-over"}
    assert of_files.keys() == {str(folder / name) for name in OTHERS}
    assert of_files[str(folder / "t.png")]["message"] == "No document (picture), not read."
    assert {line["severity"] for line in of_files.values()} == {"info"}
    refused = {line["source"] for line in lines if line["code"] in ("unsupported-format", "empty-source", "binary")}
    assert {str(folder / name) for name in ("m.mht", "n.et", "q.rtf", "empty.txt")} <= refused


def test_page_and_workbook_name_every_file(folder: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for name in ("html", "xlsx"):
        run("check", folder, "--format", name, "--lang", "zh", "-o", tmp_path / f"out.{name}")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert f"不是文档而未读取的文件（{len(OTHERS)}）" in page
    rows = [[str(cell.value or "") for cell in row] for row in load_workbook(tmp_path / "out.xlsx")["未能检查"].rows]
    for name, (_, kind) in OTHERS.items():
        assert f"<li>{folder / name} <em>{WORDS[kind]['zh']}</em></li>" in page
        assert [row for row in rows if row[3] == str(folder / name) and f"（{WORDS[kind]['zh']}）" in "".join(row)]
    for name in REFUSED:
        assert [row for row in rows if row[3] == str(folder / name)], name


# --- data sets -----------------------------------------------------------------------------------------------------


def problems(output: Path) -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    rows: list[dict[str, Any]] = ds.dataset(output / "problems", partitioning="hive").to_table().to_pylist()
    return rows


def test_a_scan_accounts_for_every_file(folder: Path, tmp_path: Path) -> None:
    result = scan(folder, tmp_path / "out", workers=1)
    assert (result.sources, result.refused) == (len(READ) + len(REFUSED), len(REFUSED))
    assert result.passed_over == Counter(kind for _, kind in OTHERS.values())
    assert sum(result.refusals.values()) == len(REFUSED)
    rows = [row for row in problems(tmp_path / "out") if row["kind"] == "passed"]
    assert {row["source"]: row["found"] for row in rows} == {
        str(folder / name): kind for name, (_, kind) in OTHERS.items()
    }
    assert {(row["code"], row["severity"]) for row in rows} == {("passed-over", "info")}
    again = scan(folder, tmp_path / "out", workers=1)
    assert (again.passed_over, again.refusals) == (result.passed_over, result.refusals)


def test_the_command_says_it_in_one_line(folder: Path, tmp_path: Path) -> None:
    result = run("scan", folder, "-o", tmp_path / "out", "--workers", "1", "--lang", "zh")
    assert result.exit_code == 1
    (line,) = (line for line in result.stderr.splitlines() if "info files" in line)
    assert f"无法采用{len(REFUSED)}份" in line
    assert f"略过不是文档的文件{len(OTHERS)}个：图片 3、" in line
    for name in REFUSED:
        (folder / name).unlink()
    assert run("scan", folder, "-o", tmp_path / "clean", "--workers", "1").exit_code == 0


@pytest.mark.parametrize("name", ["x.zip", "x.tar"])
def test_members_of_archives_are_accounted_for(name: str, tmp_path: Path) -> None:
    members = READ | {name: content for name, (content, _) in OTHERS.items()}
    if name == "x.zip":
        (tmp_path / name).write_bytes(package(*members.items()))
    else:
        with tarfile.open(tmp_path / name, "w") as archive:
            for member, content in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    result = scan(tmp_path / name, tmp_path / "out", workers=1)
    assert (result.sources, result.refused) == (len(READ), 0)
    assert result.passed_over == Counter(kind for _, kind in OTHERS.values())


def test_a_pattern_accounts_for_what_it_matches(folder: Path, tmp_path: Path) -> None:
    result = scan(f"{folder}/*", tmp_path / "out", workers=1)
    assert (result.sources, result.refused) == (len(READ) + len(REFUSED), len(REFUSED))
    assert sum(result.passed_over.values()) == len([name for name in OTHERS if not name.startswith(".")])
