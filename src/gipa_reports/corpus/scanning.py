"""``scan``: from inputs to a folder of tables."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from attrs import Factory, define, frozen

from ..brief import one_line
from ..diagnostics import Diagnostic
from ..errors import ScanError
from ..limits import DEFAULT, Limits
from ..messages import Phrase
from .folder import Folder, told
from .inputs import Entry, Part, parts
from .plan import list_inputs, real, refuse_output, require_extras
from .pool import run_parts

DUPLICATES_PER_FILE = 10_000

_TOTALS = ("sources", "clean", "flagged", "refused", "errors", "duplicates")
_KINDS = ("passed_over", "refusals")


@frozen(kw_only=True)
class Progress:
    """Progress of a scan: sources done and in all (None where it is not known yet), and what came of those done."""

    done: int
    total: int | None
    clean: int
    flagged: int
    refused: int

    __repr__ = one_line


@frozen(kw_only=True)
class ScanResult:
    """Files and numbers that a scan wrote.

    ``sources`` counts all inputs; each is ``clean``, ``flagged`` (a report with warnings or errors) or ``refused``
    (no report; why is in the table ``problems``). ``errors`` counts the refused and the reports with an error,
    ``duplicates`` the sources whose content another one had before, ``resumed`` the sources that were done when this
    scan began. ``missing`` are the extras that sources were refused for want of, such as ``gipa-reports[docx]``: with
    these installed, the same scan started again reads what it needs them for. ``passed_over`` counts by kind
    (``"picture"``) the files that are no documents and so no sources, ``refusals`` by code the sources refused.
    """

    output: Path
    sources: int
    clean: int
    flagged: int
    refused: int
    errors: int
    duplicates: int
    resumed: int
    missing: tuple[str, ...]
    passed_over: Mapping[str, int] = Factory(dict)
    refusals: Mapping[str, int] = Factory(dict)

    __repr__ = one_line


def scan(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    workers: int | None = None,
    limits: Limits = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
) -> ScanResult:
    """Read all of ``inputs`` into the tables ``cells``, ``reports`` and ``problems`` in the folder ``output``.

    An input is a file, a folder (with its subfolders), a glob, ``@FILE`` for a list of these, a zip or tar archive, or
    a table of sources as Parquet, JSON Lines (``url`` and one of ``text``, ``html``, ``bytes``) or WARC. The tables are
    Parquet files, ``output/cells/year=2023/part-000000.parquet`` and so on, with the columns of ``COLUMNS``; they are
    the same for any number of ``workers``, which is by default that of the processors.

    A source that can't be read, takes longer than ``limits.seconds`` or more than ``limits.memory`` is a row of
    ``problems`` and stops nothing. A scan that was stopped, in whatever way, goes on when it is started again with the
    same inputs and limits: it reads the files that were listed when it began. A scan that is finished is not repeated;
    one in which a source lacked an extra is not finished.
    ``progress`` is called several times a second.

    Raises ``ScanError`` where an input is not there or lies in the folder ``output``, the folder is in use, holds
    another scan or none, or can't be written to (what is finished is kept), and ``MissingExtraError`` without pyarrow.
    """
    from ..frames.arrow import require_pyarrow

    require_pyarrow("a scan", "scan")
    names = [os.fspath(inputs)] if isinstance(inputs, str | os.PathLike) else [os.fspath(name) for name in inputs]
    if not names:
        expected = Phrase("a file, folder, glob or @list", "文件、文件夹、通配符或@清单")
        raise ScanError("there is no input", code="no-input", expected=expected, zh="没有输入。")
    if workers is not None and workers < 1:
        raise ScanError(
            "workers can't be below 1",
            code="bad-workers",
            expected=Phrase("1 or more", "1或以上"),
            found=str(workers),
            zh=f"进程数不能小于1，这里是{workers}。",
        )
    refuse_output(names, os.fspath(output))
    folder = Folder(Path(output))
    with folder.locked():
        folder.begin(names, limits, lambda: _listed(names, real(output)))
        totals = folder.totals()
        if totals is not None:
            return ScanResult(output=folder.path, **totals, resumed=totals["sources"], missing=())
        return _Scan(folder, limits, progress).run(workers or _processors())


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _listed(names: list[str], output: str) -> Iterator[Entry]:
    """Yield what the inputs name, each file once."""
    with closing(_Seen()) as seen:
        for entry in list_inputs(names, output):
            if seen.first(os.fsencode(os.path.abspath(entry.path)), "") is None:
                require_extras(entry)
                yield entry


class _Seen:
    """Everything met before, however much it is: kept on disk, in a file that the system removes."""

    def __init__(self) -> None:
        self._data = sqlite3.connect("", isolation_level=None)
        self._data.execute("PRAGMA journal_mode = OFF")
        self._data.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._data.execute("BEGIN")

    def first(self, key: bytes, value: str) -> str | None:
        """The value that the key was first met with; None where this is the first time."""
        if self._data.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, value)).rowcount:
            return None
        found: tuple[str] = self._data.execute("SELECT value FROM seen WHERE key = ?", (key,)).fetchone()
        return found[0]

    def close(self) -> None:
        self._data.close()


@define
class _Scan:
    folder: Folder
    limits: Limits
    progress: Callable[[Progress], None] | None
    totals: dict[str, int] = Factory(dict)
    kinds: dict[str, Counter[str]] = Factory(lambda: {name: Counter() for name in _KINDS})
    total: int | None = None

    def run(self, workers: int) -> ScanResult:
        """Read what is not finished, note the duplicates, and say that all is done."""
        self.totals = dict.fromkeys(_TOTALS, 0)
        finished = self.folder.finished()
        for number in finished:
            self._count(self.folder.note(number))
        resumed = self.totals["sources"]
        self.total = self._known_total()
        self._tell(0, 0, 0)
        left = self._parts_left(finished)
        for number, written, note in run_parts(left, workers, self.folder.temporary, self.limits, self._tell):
            self.folder.keep(number, written, note)
            self._count(note)
            self._tell(0, 0, 0)
        self.totals["duplicates"] = self._note_duplicates()
        missing = self.folder.missing()
        counts: dict[str, Any] = {**self.totals, **self.kinds}
        if not missing:
            self.folder.finish(counts)
        return ScanResult(output=self.folder.path, resumed=resumed, missing=missing, **counts)

    def _known_total(self) -> int | None:
        """The number of sources, where all are files."""
        count = 0
        for entry in self.folder.entries():
            if entry.kind not in ("file", "problem", "passed"):
                return None
            count += entry.kind != "passed"
        return count

    def _parts_left(self, finished: set[int]) -> Iterator[Part]:
        from .worker import digest

        for part in parts(self.folder.entries(), self.limits):
            if part.number not in finished:
                yield part
            elif self.folder.note(part.number)["digest"] != digest(part.items):
                raise ScanError(
                    "an archive or table among the inputs has changed since this scan began; choose another folder",
                    code="inputs-changed",
                    expected=Phrase("the inputs as they were", "未改动的输入"),
                    found=part.items[0].source,
                    zh="开始扫描之后，输入中的压缩包或数据表有改动；请另选输出文件夹。",
                )

    def _count(self, note: dict[str, Any]) -> None:
        self.totals["sources"] += len(note["sources"]) - sum(note["passed_over"].values())
        for name in _KINDS:
            self.kinds[name].update(note[name])
        for name in ("clean", "flagged", "refused", "errors"):
            self.totals[name] += note[name]

    def _tell(self, clean: int, flagged: int, refused: int) -> None:
        """Report progress: what is finished, and so many sources of the parts that are not."""
        if self.progress is not None:
            under_way = {"clean": clean, "flagged": flagged, "refused": refused}
            counts = {name: self.totals[name] + number for name, number in under_way.items()}
            self.progress(Progress(done=sum(counts.values()), total=self.total, **counts))

    # --- duplicates ------------------------------------------------------------------------------------------------

    def _note_duplicates(self) -> int:
        """Write a problem for each source whose content came before, in the order of the inputs."""
        count = files = 0
        rows: list[tuple[str, str, int | None, str]] = []
        target = self.folder.temporary / "duplicates"
        with closing(_Seen()) as seen, told("write to"):
            for number in sorted(self.folder.finished()):
                for source, digest, year in self.folder.note(number)["sources"]:
                    first = None if digest is None else seen.first(bytes.fromhex(digest), source)
                    if first is not None:
                        rows.append((source, digest, year, first))
                        count += 1
                    if len(rows) >= DUPLICATES_PER_FILE:
                        _write_duplicates(rows, target, files)
                        rows, files = [], files + 1
            if rows:
                _write_duplicates(rows, target, files)
            if count:
                self.folder.move(target)
        return count


def _write_duplicates(rows: list[tuple[str, str, int | None, str]], target: Path, number: int) -> None:
    from .worker import NULL_YEAR, write_table

    for year in sorted({year for _, _, year, _ in rows}, key=lambda year: (year is None, year)):
        table = _duplicate_table([row for row in rows if row[2] == year])
        folder = target / "problems" / f"year={NULL_YEAR if year is None else year}"
        write_table(table, folder, f"duplicates-{number:06}")


def _duplicate_table(rows: list[tuple[str, str, int | None, str]]) -> Any:
    import pyarrow as pa

    from ..frames.arrow import arrow_schema
    from ..frames.batch import PROBLEM, problem_row

    names = ("source", "sha256", "year", *(column.name for column in PROBLEM))
    problems = (
        (source, digest, year, *problem_row(Diagnostic(code="duplicate-content", found=first), "duplicate"))
        for source, digest, year, first in rows
    )
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in problems], arrow_schema("problems"))
