"""A worker: a process that reads parts and writes them as Parquet files, told what to do on stdin.

It speaks pickles on stdin and stdout, and says in a few shared bytes which source it is at, so that whoever started it
can see a source that takes too long and end the process.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import struct
import sys
from collections import Counter
from pathlib import Path
from typing import IO, Any

from attrs import frozen

from ..diagnostics import Diagnostic
from ..errors import ScanError
from ..frames.batch import Results, Source, parse_sources, unnest
from ..limits import Limits
from ..memo import forget_memos
from ..template import HEADINGS
from .folder import cannot_write
from .inputs import Item, Part

CHUNK = 100
"""Sources that are parsed into one batch of columns."""

TICKS = struct.Struct("=qqqq")
"""The shared bytes: which source of the part is read (-1 before the first), and how many of the part came out clean,
flagged and refused."""

NULL_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""Name of the folder for what has no year, as Hive and all after it call it."""


@frozen
class Task:
    """A part to be read, where its files are to be written, and the sources in it that are given up."""

    part: Part
    target: Path
    given_up: dict[int, Diagnostic]


def main() -> None:
    """Read parts until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it; see pool for what comes before
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        limits, ticks_path = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    except EOFError:  # whoever started it was ended meanwhile
        return
    parse_sources([Source(None, HEADINGS[0].text)], limits)  # the first source must not pay for what is loaded late
    with open(ticks_path, "r+b") as file, mmap.mmap(file.fileno(), TICKS.size) as ticks:
        bound_memory(limits.memory)
        while _answer_next(limits, ticks, answers):
            # No part takes more memory than the first; a part has enough sources to be worth remembering by itself.
            forget_memos()


def _answer_next(limits: Limits, ticks: mmap.mmap, answers: IO[bytes]) -> bool:
    """Read the next part, if there is one; nothing of it is kept while the one after it comes in."""
    try:
        task = pickle.load(sys.stdin.buffer)  # noqa: S301
    except EOFError:
        return False
    answer: dict[str, Any] | ScanError
    try:
        answer = run(task, limits, ticks)
    except OSError as error:
        answer = cannot_write(error)
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()
    return True


def bound_memory(budget: int | None) -> None:
    """Let this process have ``budget`` bytes more than it has now, where the system can tell and hold it to that."""
    statm = Path("/proc/self/statm")
    if budget is None or not statm.exists():
        return
    import resource

    taken = int(statm.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = taken + budget if hard == resource.RLIM_INFINITY else min(taken + budget, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def run(task: Task, limits: Limits, ticks: mmap.mmap) -> dict[str, Any]:
    """Read a part and write its files; what is to be noted of it."""
    import pyarrow as pa

    counts = dict.fromkeys(("clean", "flagged", "refused", "errors"), 0)
    kinds: dict[str, Counter[str | None]] = {"passed_over": Counter(), "refusals": Counter()}
    missing: set[str | None] = set()
    sources: list[tuple[str | None, str | None, int | None]] = []
    batches, results = [], Results()
    for at, item in enumerate(task.part.items):
        ticks[:] = TICKS.pack(at, counts["clean"], counts["flagged"], counts["refused"])
        loaded = item.load(limits)
        problem = task.given_up.get(at, loaded.problem)
        outcome = results.add(Source(loaded.name, loaded.content, problem), limits)
        if outcome.kind == "passed":
            kinds["passed_over"][outcome.problems[0].found] += 1
        else:
            counts[outcome.kind] += 1
            counts["errors"] += outcome.is_error
        if outcome.kind == "refused":
            kinds["refusals"][outcome.problems[0].code] += 1
        missing.update(problem.expected for problem in outcome.problems if problem.code == "missing-extra")
        report = outcome.reading.report
        sources.append((outcome.source, outcome.sha256, None if report is None else report.year))
        if len(results.sources) == CHUNK or at == len(task.part.items) - 1:
            batches.append(results.finish())
            results = Results()
    write(pa.Table.from_batches(batches), task.part.number, task.target)
    return {"digest": digest(task.part.items), **counts, **kinds, "missing": sorted(missing), "sources": sources}


def digest(items: list[Item]) -> str:
    """A short name for the list of sources in a part."""
    import hashlib

    return hashlib.sha256("\n".join(item.source for item in items).encode()).hexdigest()[:32]


def write(results: Any, number: int, target: Path) -> None:
    """The three tables of ``results`` as files, a folder for each year."""
    import pyarrow.compute as pc

    years = pc.struct_field(results.column("report"), "year")
    for year in sorted(set(years.to_pylist()), key=lambda year: (year is None, year)):
        mask = pc.is_null(years) if year is None else pc.fill_null(pc.equal(years, year), False)
        for name, table in unnest(results.filter(mask)):
            if table.num_rows:
                write_table(table, target / name / f"year={NULL_YEAR if year is None else year}", f"part-{number:06}")


def write_table(table: Any, folder: Path, name: str) -> None:
    """A table of one year as a file; the year is the folder's name, and the labels stand in the code book."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = table.drop_columns(["year"])
    bare = pa.schema([field.remove_metadata() for field in table.schema], metadata=table.schema.metadata)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.cast(bare), folder / f"{name}.parquet", compression="zstd")
