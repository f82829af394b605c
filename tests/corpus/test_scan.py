"""``scan``: everything that is there is read once and accounted for, whatever happens meanwhile."""

from __future__ import annotations

import base64
import errno
import gc
import gzip
import hashlib
import io
import json
import os
import queue
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gipa_reports import Limits, MissingExtraError, Progress, ScanError, render, scan
from gipa_reports.cli import cli
from gipa_reports.corpus import folder as folder_module
from gipa_reports.corpus import inputs
from gipa_reports.corpus.inputs import Item, Part
from gipa_reports.corpus.pool import _Worker
from gipa_reports.corpus.worker import Task
from gipa_reports.frames import parse_batch
from gipa_reports.memo import forget_memos
from gipa_reports.testing.corpus import differences, number_of, sample, truth_of, write_samples
from places import DATA, ROOT

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
dataset = pytest.importorskip("pyarrow.dataset", reason="pyarrow is not installed")

EXAMPLE = (ROOT / "examples" / "subdistrict_2023.txt").read_bytes()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PART_SOURCES", 7)


def table(output: Path, name: str) -> list[dict[str, Any]]:
    if not (output / name).exists():
        return []
    kind = pa.schema([("year", pa.int64())])
    partitioning = dataset.partitioning(kind, flavor="hive")
    rows: list[dict[str, Any]] = dataset.dataset(output / name, partitioning=partitioning).to_table().to_pylist()
    return rows


def files(output: Path) -> dict[str, str]:
    """The data files with their hashes."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*.parquet"))
    }


def check_against_truth(output: Path, numbers: range) -> None:
    """Every sample is there once, and each of its cells is right or flagged."""
    found: dict[int, list[tuple[str, str, int | Decimal | None, str]]] = {}
    for row in table(output, "cells"):
        value = row["amount"] if row["value"] is None else row["value"]
        cell = (row["cell"], row["state"], value, row["codes"])
        found.setdefault(number_of(row["source"]), []).append(cell)
    assert found.keys() == set(numbers)
    for number, cells in found.items():
        truth = truth_of(number)
        assert Counter(cell[0] for cell in cells) == Counter(figure.id for figure in truth.cells())
        assert differences(truth, cells) == []
    sources = [row["source"] for row in table(output, "reports")]
    assert sorted(map(number_of, sources)) == list(numbers)


def wrong(problems: list[dict[str, Any]], kind: str = "refusal") -> dict[str, str]:
    return {problem["source"]: problem["code"] for problem in problems if problem["kind"] == kind}


# --- what comes out --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_parts")
def test_a_folder_is_read_cell_by_cell(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(40))
    (tmp_path / "in" / "junk.txt").write_text("没有表", "utf-8")
    seen: list[Progress] = []
    result = scan(tmp_path / "in", tmp_path / "out", workers=2, progress=seen.append)
    assert (result.sources, result.refused, result.errors, result.duplicates, result.resumed) == (41, 1, 1, 0, 0)
    assert result.clean + result.flagged == 40
    check_against_truth(tmp_path / "out", range(40))
    assert wrong(table(tmp_path / "out", "problems")) == {str(tmp_path / "in" / "junk.txt"): "not-a-report"}
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 41, 41)

    for row in table(tmp_path / "out", "reports"):
        one = sample(number_of(row["source"]))
        assert (row["agency"], row["year"], row["sha256"], row["bytes"]) == (
            one.truth.agency,
            one.truth.year,
            hashlib.sha256(one.content).hexdigest(),
            len(one.content),
        )
        assert row["disclosure_edition"] == one.truth.disclosure.edition


@pytest.mark.usefixtures("small_parts")
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(60))
    for workers in (1, 2, 5):
        scan(tmp_path / "in", tmp_path / str(workers), workers=workers)
    assert len(files(tmp_path / "1")) > 30
    assert files(tmp_path / "1") == files(tmp_path / "2") == files(tmp_path / "5")


def test_a_worker_forgets_what_it_read() -> None:
    """Nothing in the modules of the package grows from part to part, but for what the forms alone decide."""

    def remembered() -> dict[str, int]:
        held = {
            f"{module_name}.{name}": len(value)
            for module_name, module in list(sys.modules.items())
            if module_name.startswith("gipa_reports.")
            for name, value in vars(module).items()
            if isinstance(value, dict | list | set)
        }
        return held | {
            f"{found.__module__}.{found.__qualname__}": found.cache_info().currsize
            for found in gc.get_objects()
            if isinstance(found, _lru_cache_wrapper)
            and found.__module__.startswith("gipa_reports.")
            and found.cache_parameters()["maxsize"] is not None
        }

    contents = pa.array([sample(number).content for number in range(20)], pa.binary())
    batch = pa.record_batch({"source": pa.array(map(str, range(20)), pa.string()), "content": contents})
    parse_batch(batch)  # loads what is loaded late
    forget_memos()
    before = remembered()
    parse_batch(batch)
    assert sum(remembered().values()) - sum(before.values()) > 2000
    forget_memos()
    assert remembered() == before


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_ctrl_c_does_not_reach_a_worker_that_starts(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answers: queue.Queue[Any] = queue.Queue()
    worker = _Worker(0, tmp_path, Limits(), answers)
    worker.start()
    try:
        os.kill(worker.process.pid, signal.SIGINT)
        worker.give(Task(Part(0, [Item("a", content=b"a")]), tmp_path / "part", {}))
        _, _, answer = answers.get(timeout=60)
    finally:
        worker.end()
    assert answer is not None  # it was not ended
    assert capfd.readouterr().err == ""
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_years_are_folders_and_no_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "b.txt").write_bytes(EXAMPLE.replace(b"2023", b""))
    scan(tmp_path / "*.txt", tmp_path / "out", workers=1)
    reports = sorted(path.parent.name for path in (tmp_path / "out" / "reports").rglob("*.parquet"))
    assert reports == ["year=2023", "year=__HIVE_DEFAULT_PARTITION__"]
    path = tmp_path / "out" / "cells" / "year=2023" / "part-000000.parquet"
    parquet = pytest.importorskip("pyarrow.parquet")
    assert "year" not in parquet.read_schema(path).names
    assert parquet.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
    assert {row["source"]: row["year"] for row in table(tmp_path / "out", "reports")} == {
        str(tmp_path / "a.txt"): 2023,
        str(tmp_path / "b.txt"): None,
    }


def test_duckdb_opens_it_in_one_line(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "junk.txt").write_bytes(b"junk")
    scan(tmp_path, tmp_path / "out", workers=1)
    for name, count in (("cells", 200), ("reports", 1), ("problems", 1)):
        view = f"FROM read_parquet('{tmp_path}/out/{name}/**/*.parquet', hive_partitioning = true)"
        assert duckdb.sql(f"SELECT count(*), max(year) {view}").fetchall() == [
            (count, 2023 if count > 1 or name == "reports" else None)
        ]


@pytest.mark.usefixtures("small_parts")
def test_duplicates_name_the_first(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(9))
    for name in ("again-1.txt", "again-2.txt", "zz.txt"):
        (tmp_path / "in" / name).write_bytes(EXAMPLE)
    (tmp_path / "in" / "junk-1.txt").write_bytes(b"junk")
    (tmp_path / "in" / "junk-2.txt").write_bytes(b"junk")
    result = scan(tmp_path / "in", tmp_path / "out", workers=2)
    assert result.duplicates == 3
    problems = [problem for problem in table(tmp_path / "out", "problems") if problem["kind"] == "duplicate"]
    at = str(tmp_path / "in") + os.sep
    assert {(row["source"], row["found"], row["year"]) for row in problems} == {
        (f"{at}again-2.txt", f"{at}again-1.txt", 2023),
        (f"{at}zz.txt", f"{at}again-1.txt", 2023),
        (f"{at}junk-2.txt", f"{at}junk-1.txt", None),
    }
    assert Counter(row["severity"] for row in problems) == {"info": 3}


# --- inputs ----------------------------------------------------------------------------------------------------------


def archive_members() -> dict[str, bytes]:
    return {
        "甲/a.txt": EXAMPLE,
        "b.html": b"<p>junk",
        "../../escape.txt": EXAMPLE + b"\n1",
        "image.png": b"\x89PNG",
        "inner.zip": b"PK",
    }


def make_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in archive_members().items():
            archive.writestr(name, content)


def make_tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in archive_members().items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)


@pytest.mark.parametrize(("name", "make"), [("x.zip", make_zip), ("x.tar.gz", make_tar)])
def test_archives_are_read_and_never_unpacked(name: str, make: Any, tmp_path: Path) -> None:
    make(tmp_path / name)
    before = {path for path in tmp_path.parent.rglob("*") if "out" not in path.parts}
    result = scan(tmp_path / name, tmp_path / "out", workers=1)
    assert {path for path in tmp_path.parent.rglob("*") if "out" not in path.relative_to(tmp_path.parent).parts} == (
        before
    )
    at = f"{tmp_path / name}/"
    assert {row["source"] for row in table(tmp_path / "out", "reports")} == {
        f"{at}甲/a.txt",
        f"{at}../../escape.txt",
    }
    assert wrong(table(tmp_path / "out", "problems")) == {
        f"{at}b.html": "not-a-report",
        f"{at}inner.zip": "nested-archive",
    }
    assert result.sources == 4


def test_damaged_archives_are_told_and_stop_nothing(tmp_path: Path) -> None:
    make_zip(tmp_path / "whole.zip")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:-30])
    make_tar(tmp_path / "whole.tgz")
    whole = (tmp_path / "whole.tgz").read_bytes()
    (tmp_path / "cut.tgz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty.tar").write_bytes(b"")
    (tmp_path / "no.parquet").write_bytes(b"PAR1")
    (tmp_path / "no.jsonl.gz").write_bytes(b"no gzip")
    data = bytearray((tmp_path / "whole.zip").read_bytes())
    data[60:90] = bytes(30)
    (tmp_path / "spoilt.zip").write_bytes(data)
    result = scan(tmp_path, tmp_path / "out", workers=1)
    refused = wrong(table(tmp_path / "out", "problems"))
    for name in ("cut.zip", "cut.tgz", "no.parquet", "no.jsonl.gz", "empty.tar"):
        assert refused[str(tmp_path / name)] == "bad-archive", name
    assert refused[f"{tmp_path / 'spoilt.zip'}/甲/a.txt"] == "bad-archive"
    assert result.sources - result.refused >= 5


def test_member_names_in_the_chinese_code_page(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("AAAA.txt", EXAMPLE)
    data = (tmp_path / "x.zip").read_bytes().replace(b"AAAA.txt", "报告".encode("gb18030") + b".txt")
    (tmp_path / "x.zip").write_bytes(data)
    scan(tmp_path / "x.zip", tmp_path / "out", workers=1)
    assert [row["source"] for row in table(tmp_path / "out", "reports")] == [f"{tmp_path / 'x.zip'}/报告.txt"]


def test_tables_of_sources(tmp_path: Path) -> None:
    text = EXAMPLE.decode()
    rows: list[Any] = [
        {"url": "https://a.example/1", "text": text},
        {"url": "https://a.example/2", "bytes": base64.b64encode(EXAMPLE + b"\n2").decode()},
        {"html": "<p>junk"},
        {"url": "https://a.example/4"},
        ["no", "object"],
        {"url": "https://a.example/6", "bytes": "no base64!"},
    ]
    lines = [json.dumps(row).encode() for row in rows] + [b"{broken", b"", b"[" * 100_000]
    (tmp_path / "t.jsonl").write_bytes(b"\n".join(lines))
    with gzip.open(tmp_path / "u.jsonl.gz", "wb") as file:
        file.write(json.dumps({"source": "zipped", "content": text + "\n3"}).encode())
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(
        pa.table({"url": ["https://a.example/p", None], "bytes": [EXAMPLE + b"\n4", None], "other": [1, 2]}),
        tmp_path / "v.parquet",
    )
    scan(tmp_path, tmp_path / "out", workers=1)
    assert {row["source"] for row in table(tmp_path / "out", "reports")} == {
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/p",
        "zipped",
    }
    at = tmp_path / "t.jsonl"
    assert wrong(table(tmp_path / "out", "problems")) == {
        f"{at}:3": "not-a-report",
        "https://a.example/4": "bad-row",
        f"{at}:5": "bad-row",
        "https://a.example/6": "bad-row",
        f"{at}:7": "bad-row",
        f"{at}:9": "bad-row",
        f"{tmp_path / 'v.parquet'}:2": "bad-row",
    }


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio's writer leaves files open
def test_warc_files(tmp_path: Path) -> None:
    warcwriter = pytest.importorskip("warcio.warcwriter", reason="warcio is not installed")
    from warcio.statusandheaders import StatusAndHeaders

    with open(tmp_path / "x.warc.gz", "wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=True)
        for url, status, kind in (
            ("https://a.example/r", "200 OK", "text/plain"),
            ("https://a.example/gone", "404 Not Found", "text/html"),
            ("https://a.example/i.png", "200 OK", "image/png"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(EXAMPLE), http_headers=headers))
    result = scan(tmp_path / "x.warc.gz", tmp_path / "out", workers=1)
    assert result.sources == 1
    assert [row["source"] for row in table(tmp_path / "out", "reports")] == ["https://a.example/r"]


def test_without_pyarrow_the_extra_that_a_scan_needs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"^missing-extra: a scan needs pyarrow, .*'gipa-reports\[scan\]'$"):
        scan(tmp_path, tmp_path / "out")


def test_without_warcio_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.warc").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(MissingExtraError, match=r"gipa-reports\[warc\]"):
        scan(tmp_path / "x.warc", tmp_path / "out")


def test_lists_globs_and_overlaps_give_each_file_once(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(5))
    (tmp_path / "list.txt").write_text(f"{tmp_path / 'in'}\n\n{tmp_path}/in/0000/*.txt\n", "utf-8")
    result = scan(
        [f"@{tmp_path / 'list.txt'}", tmp_path / "in", f"{tmp_path}/in/**/*.*", f"{tmp_path}/in/**"],
        tmp_path / "out",
        workers=1,
    )
    assert result.sources == 5
    check_against_truth(tmp_path / "out", range(5))


def test_the_output_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    assert scan(tmp_path, tmp_path / "out", workers=1).sources == 1
    second = scan(tmp_path, tmp_path / "out" / ".." / "second", workers=1)
    assert (second.sources, second.passed_over) == (1, {"own-output": 1})


@pytest.mark.parametrize(
    ("name", "code"), [("nothing.txt", "no-such-path"), ("*.nothing", "no-match"), ("@nothing", "no-such-path")]
)
def test_inputs_that_are_not_there(name: str, code: str, tmp_path: Path) -> None:
    place = f"@{tmp_path / name[1:]}" if name.startswith("@") else str(tmp_path / name)
    with pytest.raises(ScanError) as caught:
        scan(place, tmp_path / "out")
    assert caught.value.code == code
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScanError, match="no-report-files"):
        scan(tmp_path / "empty", tmp_path / "out")
    with pytest.raises(ScanError, match="no-input"):
        scan([], tmp_path / "out")
    with pytest.raises(ScanError, match="bad-workers"):
        scan(".", tmp_path / "out", workers=0)


@pytest.mark.skipif(os.name == "nt", reason="names of bytes are a matter of POSIX")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path / "in") + b"/\xff\xfe.txt"
    (tmp_path / "in").mkdir()
    with open(name, "wb") as file:
        file.write(EXAMPLE)
    scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert [row["source"] for row in table(tmp_path / "out", "reports")] == [f"{tmp_path / 'in'}/\\udcff\\udcfe.txt"]


# --- bad inputs ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_parts")
def test_a_third_is_junk_and_some_of_it_vanishes(tmp_path: Path) -> None:
    """What is listed and gone when its turn comes is told; the reports all come out."""
    write_samples(tmp_path / "in", range(60))
    rng = random.Random(5)
    junk: dict[str, Callable[[], bytes]] = {
        "binary": lambda: rng.randbytes(3000),
        "empty": lambda: b"",
        "nested": lambda: b"<div>" * 50_000,
        "spans": lambda: b"<table><tr><td colspan=500000 rowspan=60000>1</table>" * 50,
        "pdf": lambda: b"%PDF-1.7\n" + rng.randbytes(500),
        "zip": lambda: b"PK\x03\x04" + rng.randbytes(500),
        "long": lambda: b"a" * 5_000_000,
    }
    endings = (".txt", ".html", ".docx", ".xlsx")
    for number in range(30):
        kind = rng.choice(sorted(junk))
        (tmp_path / "in" / f"{kind}-{number}{rng.choice(endings)}").write_bytes(junk[kind]())
    os.symlink(tmp_path / "nowhere", tmp_path / "in" / "broken-link.txt")
    vanish = tmp_path / "in" / "zzz.txt"
    vanish.write_bytes(EXAMPLE)

    def watch(progress: Progress) -> None:
        vanish.unlink(missing_ok=True)

    result = scan(tmp_path / "in", tmp_path / "out", workers=2, progress=watch)
    assert result.sources == 60 + 30 + 2
    assert result.refused == 32
    check_against_truth(tmp_path / "out", range(60))
    refused = wrong(table(tmp_path / "out", "problems"))
    assert refused[str(vanish)] == refused[str(tmp_path / "in" / "broken-link.txt")] == "cannot-read"
    assert len(refused) == 32
    assert "internal-error" not in refused.values()
    assert "crashed" not in refused.values()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "large.txt").write_bytes(b"x" * 100_001)
    scan(tmp_path / "*.txt", tmp_path / "out", workers=1, limits=Limits(bytes=100_000))
    (problem,) = table(tmp_path / "out", "problems")
    assert (problem["code"], problem["sha256"]) == ("too-large", None)
    assert "100001 bytes" in problem["found"]


HANGS = """
import sys, time, os
from gipa_reports.parsing import reading as module
read = module.read
def reading(content, **kwargs):
    if content.startswith(b"hang"):
        time.sleep(600)
    if content.startswith(b"die"):
        os._exit(7)
    if content.startswith(b"eat"):
        list(range(10 ** 10))
    return read(content, **kwargs)
module.read = reading
"""
"""What a worker runs first, to have readers that hang, die and eat all memory."""


@pytest.mark.usefixtures("small_parts")
def test_one_file_can_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(HANGS, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr("gipa_reports.corpus.pool.GRACE", 0.2)
    write_samples(tmp_path / "in", range(20))
    for name in ("hang-1", "hang-2", "die", "eat"):
        (tmp_path / "in" / "0000" / f"report-0000001-{name}.txt").write_bytes(name.encode())
    # A limit on memory holds on Linux only.
    eats = sys.platform == "linux"
    if not eats:
        (tmp_path / "in" / "0000" / "report-0000001-eat.txt").unlink()
    result = scan(tmp_path / "in", tmp_path / "out", workers=2, limits=Limits(seconds=4))
    refused = {Path(source).stem: code for source, code in wrong(table(tmp_path / "out", "problems")).items()}
    expected = {"hang-1": "too-slow", "hang-2": "too-slow", "die": "crashed"} | (
        {"eat": "too-much-memory"} if eats else {}
    )
    assert refused == {f"report-0000001-{name}": code for name, code in expected.items()}
    assert result.sources == 20 + len(refused)
    check_against_truth(tmp_path / "out", range(20))


def test_what_lacked_an_extra_is_read_once_the_extra_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    (tmp_path / "in").mkdir()
    shutil.copy(DATA / "chromium_2019.pdf", tmp_path / "in" / "a.pdf")
    for number in range(2, 8):
        (tmp_path / "in" / f"{number}.txt").write_text(render(sample(number).truth, "text"), "utf-8")
    monkeypatch.setattr(inputs, "PART_SOURCES", 5)
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text('import sys; sys.modules["pypdfium2"] = None', "utf-8")
    arguments = ["scan", str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--workers", "1"]
    with monkeypatch.context() as without:
        without.syspath_prepend(str(site))
        for resumed in (0, 5):  # the first part, which has no such document, is finished
            result = scan(tmp_path / "in", tmp_path / "out", workers=1)
            assert (result.clean, result.refused, result.resumed) == (6, 1, resumed)
            assert result.missing == ("gipa-reports[pdf]",)
        told = CliRunner().invoke(cli, [*arguments])
        assert told.exit_code == 1
        assert "error missing-extra" in told.stderr
        assert told.stderr.endswith("pip install 'gipa-reports[pdf]'\n")
        assert "gipa-reports[pdf]" in CliRunner().invoke(cli, [*arguments, "--lang", "zh"]).stderr
    result = scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert (result.clean, result.refused, result.resumed, result.missing) == (7, 0, 5, ())
    assert table(tmp_path / "out", "problems") == []
    scan(tmp_path / "in", tmp_path / "whole", workers=1)
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert scan(tmp_path / "in", tmp_path / "out", workers=1).resumed == 7


# --- stopping and going on -------------------------------------------------------------------------------------------

START = """
import sys
from gipa_reports.corpus import inputs
inputs.PART_SOURCES = 5
from gipa_reports import scan
result = scan(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
"""


def start(source: Path, output: Path, workers: int = 2) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(source), str(output), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a matter of POSIX")
@pytest.mark.usefixtures("small_parts")
def test_killed_at_any_moment_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost, nothing is doubled, and the files are those of a scan that was never stopped."""
    monkeypatch.setattr(inputs, "PART_SOURCES", 5)
    write_samples(tmp_path / "in", range(150))
    scan(tmp_path / "in", tmp_path / "whole", workers=2)
    rng = random.Random(1)
    output = tmp_path / "out"
    notes: list[int] = []
    for kill in range(8):
        notes.append(len(list(output.glob("_scan/parts/*.json"))))
        process = start(tmp_path / "in", output)
        wanted = notes[-1] + rng.randint(1, 3)  # parts to be seen finished before the kill
        if kill == 0:
            time.sleep(rng.random())  # while it starts
        while kill and process.poll() is None and len(list(output.glob("_scan/parts/*.json"))) < wanted:
            time.sleep(rng.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert notes == sorted(notes)
    assert 5 < notes[-1] < 30
    result = scan(tmp_path / "in", output, workers=2)
    assert result.sources == 150
    assert result.resumed >= 5 * notes[-1]
    assert files(output) == files(tmp_path / "whole")
    check_against_truth(output, range(150))


@pytest.mark.usefixtures("small_parts")
def test_a_finished_scan_is_not_repeated(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(10))
    first = scan(tmp_path / "in", tmp_path / "out", workers=1)
    before = files(tmp_path / "out")
    again = scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert (again.sources, again.resumed, again.clean) == (10, 10, first.clean)
    assert files(tmp_path / "out") == before


@pytest.mark.usefixtures("small_parts")
def test_parts_without_a_note_are_done_again(tmp_path: Path) -> None:
    """What a kill between moving a part's files and noting it leaves behind."""
    write_samples(tmp_path / "in", range(30))
    scan(tmp_path / "in", tmp_path / "out", workers=1)
    before = files(tmp_path / "out")
    (tmp_path / "out" / "_scan" / "done.json").unlink()
    (tmp_path / "out" / "_scan" / "parts" / "000002.json").unlink()
    stray = tmp_path / "out" / "cells" / "year=1999" / "part-000002.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"of a part that came out otherwise")
    result = scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert (result.sources, result.resumed) == (30, 23)
    assert files(tmp_path / "out") == before


@pytest.mark.usefixtures("small_parts")
def test_files_added_or_gone_do_not_shift_what_is_done(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(30))
    scan(tmp_path / "in", tmp_path / "out", workers=1)
    (tmp_path / "out" / "_scan" / "done.json").unlink()
    for number in ("000001", "000003"):
        (tmp_path / "out" / "_scan" / "parts" / f"{number}.json").unlink()
    (tmp_path / "in" / "0000" / "new.txt").write_bytes(EXAMPLE)
    gone = next((tmp_path / "in" / "0000").glob("report-0000000.*"))
    gone.unlink()
    assert scan(tmp_path / "in", tmp_path / "out", workers=1).sources == 30
    check_against_truth(tmp_path / "out", range(30))


def test_an_archive_that_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PART_SOURCES", 2)
    make_zip(tmp_path / "x.zip")
    scan(tmp_path / "x.zip", tmp_path / "out", workers=1)
    (tmp_path / "out" / "_scan" / "done.json").unlink()
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("other.txt", EXAMPLE)
        archive.writestr("another.txt", EXAMPLE)
    with pytest.raises(ScanError, match="has changed") as caught:
        scan(tmp_path / "x.zip", tmp_path / "out", workers=1)
    assert caught.value.code == "inputs-changed"


# --- the output folder -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_parts")
def test_two_scans_at_once(tmp_path: Path) -> None:
    write_samples(tmp_path / "in", range(60))
    refused: list[ScanError] = []

    def second(_: Progress) -> None:
        if not refused:
            with pytest.raises(ScanError) as caught:
                scan(tmp_path / "in", tmp_path / "out")
            refused.append(caught.value)

    assert scan(tmp_path / "in", tmp_path / "out", workers=1, progress=second).sources == 60
    assert refused[0].code == "locked"
    assert "another scan" in refused[0].message
    check_against_truth(tmp_path / "out", range(60))


def test_folders_that_are_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(ScanError) as caught:
        scan(tmp_path / "a.txt", tmp_path / "mine")
    assert caught.value.code == "not-a-scan"
    with pytest.raises(ScanError, match="not-a-scan"):
        scan(tmp_path / "a.txt", tmp_path / "a.txt")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.doc"]


def test_an_input_is_the_same_however_its_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("crawl", "old").mkdir(parents=True)
    Path("crawl", "a.txt").write_bytes(EXAMPLE)
    scan("crawl/", "out", workers=1)
    for same in ("crawl", "./crawl/", "crawl//", Path("crawl")):
        assert scan(same, "out").resumed == 1
    for other in ("crawl/old/..", "crawl/a.txt", "crawl/*", "crawl/*/"):
        with pytest.raises(ScanError, match="other inputs"):
            scan(other, "out")


def change_plan(output: Path, **changes: str) -> None:
    head, _, rest = (output / "_scan" / "plan.jsonl").read_text("utf-8").partition("\n")
    (output / "_scan" / "plan.jsonl").write_text(json.dumps(json.loads(head) | changes) + "\n" + rest, "utf-8")


def test_another_version_or_another_scan(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "b.txt").write_bytes(EXAMPLE)
    scan(tmp_path / "a.txt", tmp_path / "out", workers=1)
    for arguments, code in (
        ({"inputs": tmp_path / "b.txt"}, "other-scan"),
        ({"inputs": tmp_path / "a.txt", "limits": Limits(bytes=10**6)}, "other-scan"),
    ):
        with pytest.raises(ScanError) as caught:
            scan(**arguments, output=tmp_path / "out")
        assert caught.value.code == code
    change_plan(tmp_path / "out", version="0.0.1")
    assert scan(tmp_path / "a.txt", tmp_path / "out").resumed == 1  # finished: nothing is mixed
    (tmp_path / "out" / "_scan" / "done.json").unlink()
    with pytest.raises(ScanError, match="another version of gipa-reports"):
        scan(tmp_path / "a.txt", tmp_path / "out")
    change_plan(tmp_path / "out", data_version="0")
    with pytest.raises(ScanError, match="tables of another version") as other:
        scan(tmp_path / "a.txt", tmp_path / "out")
    assert other.value.code == "other-version"


@pytest.mark.usefixtures("small_parts")
def test_a_full_disk_is_told_and_what_is_done_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_samples(tmp_path / "in", range(40))
    kept = folder_module.Folder.move

    def full(self: folder_module.Folder, written: Path) -> None:
        if "part-000003" in written.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(self, written)

    monkeypatch.setattr(folder_module.Folder, "move", full)
    with pytest.raises(ScanError, match="the disk is full") as caught:
        scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert caught.value.code == "cannot-write"
    monkeypatch.undo()
    monkeypatch.setattr(inputs, "PART_SOURCES", 7)
    result = scan(tmp_path / "in", tmp_path / "out", workers=1)
    assert result.resumed == 21
    check_against_truth(tmp_path / "out", range(40))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip("a small disk can be mounted by root alone")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def test_a_disk_that_is_really_full(tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "PART_SOURCES", 20)
    write_samples(tmp_path / "in", range(300))
    done = CliRunner().invoke(cli, ["scan", str(tmp_path / "in"), "-o", str(small_disk / "out"), "--workers", "2"])
    assert done.exit_code == 1, done.output
    assert "cannot-write" in done.stderr
    assert "the disk is full" in done.stderr
    kept = {number_of(row["source"]) for row in table(small_disk / "out", "reports")}
    assert 0 < len(kept) < 300
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)  # noqa: S607
    result = scan(str(tmp_path / "in"), small_disk / "out", workers=2)
    assert result.resumed == len(kept)
    check_against_truth(small_disk / "out", range(300))


# --- the command line ------------------------------------------------------------------------------------------------


def test_what_is_refused_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_bytes(EXAMPLE)
    scan(tmp_path / "in", tmp_path / "data", workers=1)
    for given, output, words in (
        ("nothing", "new", "no-such-path .*nothing：没有这个文件或文件夹。"),
        ("*.nothing", "new", "no-match .*：没有匹配的文件。"),
        ("@nothing", "new", "no-such-path nothing：无法读取：No such file or directory。"),
        ("empty", "new", "no-report-files .*：文件夹中没有文档。"),
        ("in", "in", "output-is-input 输出文件夹.*就是输入.*，或包含该输入；"),
        ("in", "other", "not-a-scan .*里有扫描以外的内容；请另选新的或空的文件夹。"),
        ("in/a.txt", "data", "other-scan .*里是另一些输入的扫描"),
    ):
        name = given if given.startswith("@") else f"{tmp_path}/{given}"
        done = CliRunner().invoke(cli, ["scan", name, "-o", str(tmp_path / output), "--lang", "zh"])
        assert (done.exit_code, bool(re.search(f": error {words}", done.stderr))) == (2, True), done.stderr


def test_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE)
    (tmp_path / "junk.txt").write_bytes(b"junk")
    clean = CliRunner().invoke(cli, ["scan", str(tmp_path / "a.txt"), "--output", str(tmp_path / "1")])
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert "1 sources: 1 clean, 0 flagged, 0 refused" in clean.stderr
    refused = CliRunner().invoke(cli, ["scan", f"{tmp_path}/*.txt", "-o", str(tmp_path / "2"), "--lang", "zh"])
    assert refused.exit_code == 1
    assert "共2份：正常1份，有标记0份，无法采用1份" in refused.stderr
    again = CliRunner().invoke(cli, ["scan", f"{tmp_path}/*.txt", "-o", str(tmp_path / "2")])
    assert again.exit_code == 1
    assert "2 of them were done before" in again.stderr
    nothing = CliRunner().invoke(cli, ["scan", str(tmp_path / "nothing"), "-o", str(tmp_path / "3")])
    assert nothing.exit_code == 2
    assert "no-such-path" in nothing.stderr
    assert not (tmp_path / "3" / "cells").exists()


def test_the_bar_is_for_terminals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rich", reason="rich is not installed")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    module = import_module("gipa_reports.cli.scan")
    for lang, words in (("en", "1 clean, 1 flagged, 1 refused"), ("zh", "正常1份，有标记1份，无法采用1份")):
        with module._bar(lang) as show:
            assert show is not None
            show(Progress(done=3, total=10, clean=1, flagged=1, refused=1))
        assert words in terminal.getvalue()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with module._bar("en") as show:
        assert show is None
