"""What a data set costs, as ratios that mean something on any machine.

    python benchmarks/bench_scan.py [cost] [workers] [memory] [verify] [spark] [--reports N] [--rounds N] [--seed N]

Without a name: cost, workers and memory. The reports are synthetic (``gipa_reports.testing.corpus``), text alone.

``cost``: one worker's work on a part (open, hash, read, Arrow, Parquet) against ``read`` alone, on as many other
reports of the same kind, and the share of Arrow building. They run by turns; CPU time, the median of the rounds'
ratios.

``workers``: ``scan`` with one worker and with two, by turns; time on the clock.

``memory``: peak memory of all processes of a scan, and its time, for N/100, N/10 and N reports.

``verify``: N reports made, scanned, and compared with their truth cell by cell.

``spark``: Spark on ``local[2]`` against the process pool on N reports, start-up of either aside.
"""

from __future__ import annotations

import argparse
import gc
import json
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet

import gipa_reports
from gipa_reports.corpus.inputs import Item, Part
from gipa_reports.corpus.worker import TICKS, Task, run
from gipa_reports.frames.arrow import cell_arrays
from gipa_reports.frames.encoding import Cells
from gipa_reports.limits import DEFAULT
from gipa_reports.testing.corpus import Sample, differences, number_of, sample, truth_of


def text_samples(count: int, seed: int, start: int = 0) -> list[Sample]:
    """The first samples from ``start`` on that are text."""
    found: list[Sample] = []
    number = start
    while len(found) < count:
        one = sample(number, seed)
        if one.format == "text":
            found.append(one)
        number += 1
    return found


def write_files(folder: Path, many: Iterable[Sample]) -> None:
    """The samples as files, a thousand in a subfolder."""
    for index, one in enumerate(many):
        path = folder / f"{index // 1000:04}" / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)


def timed(function: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of one call."""
    begin = clock()
    function()
    return clock() - begin


# --- cost ------------------------------------------------------------------------------------------------------------


def bench_cost(folder: Path, rounds: int, seed: int) -> None:
    """A worker's whole work, and Arrow building, against parsing."""
    totals: list[float] = []
    arrows: list[float] = []
    for round_ in range(rounds + 1):
        # Other reports for either, and new ones each time: what is remembered of the last must not make these cheap.
        parsed, built, worked = (text_samples(500, seed, start=round_ * 3000 + 1000 * part) for part in range(3))
        source = folder / f"cost-{round_}"
        write_files(source, worked)
        items = [Item(str(path), str(path)) for path in sorted(source.rglob("*.txt"))]
        whole = parse = 0.0
        for turn in (0, 1):
            gc.collect()
            if turn == round_ % 2:
                parse = timed(lambda: read_all(parsed))  # noqa: B023 - called at once
            else:
                whole = timed(lambda: work(items, folder / f"out-{round_}"))  # noqa: B023 - called at once
        readings = [gipa_reports.read(one.content) for one in built]
        gc.collect()
        arrow = timed(lambda: build_arrow(readings))  # noqa: B023 - called at once
        if round_:  # the first warms up
            totals.append(whole / parse)
            arrows.append(arrow / parse)
        shutil.rmtree(source)
    print(f"cost: whole work of a worker / parse = {median(totals):.2f} ({min(totals):.2f} to {max(totals):.2f})")
    print(f"cost: building Arrow / parse = {median(arrows):.3f} ({min(arrows):.3f} to {max(arrows):.3f})")


def read_all(many: list[Sample]) -> None:
    """Parsing alone."""
    for one in many:
        gipa_reports.read(one.content)


def work(items: list[Item], output: Path) -> None:
    """What a worker does with a part."""
    with tempfile.TemporaryFile() as file:
        file.write(bytes(TICKS.size))
        file.flush()
        with mmap.mmap(file.fileno(), TICKS.size) as ticks:
            run(Task(Part(0, items), output, {}), DEFAULT, ticks)


def build_arrow(readings: list[gipa_reports.Reading]) -> None:
    """The columns of the cells of all reports."""
    cells = Cells()
    for reading in readings:
        if reading.report is not None:
            cells.add(reading.report, reading)
    cell_arrays(cells)


# --- workers ---------------------------------------------------------------------------------------------------------


def bench_workers(folder: Path, count: int, rounds: int, seed: int) -> None:
    """Two workers against one."""
    source = folder / "workers"
    write_files(source, text_samples(count, seed))
    ratios = []
    for round_ in range(rounds):
        times = {}
        for workers in (1, 2) if round_ % 2 else (2, 1):
            output = folder / f"workers-{round_}-{workers}"
            begin = time.perf_counter()
            gipa_reports.scan(source, output, workers=workers)
            times[workers] = time.perf_counter() - begin
            shutil.rmtree(output)
        ratios.append(times[1] / times[2])
        print(f"workers: one {times[1]:.1f} s, two {times[2]:.1f} s, {count / times[2]:.0f} reports/s")
    print(f"workers: two are {median(ratios):.2f} times as fast as one ({min(ratios):.2f} to {max(ratios):.2f})")


# --- memory and slope ------------------------------------------------------------------------------------------------

SCAN = "import sys, gipa_reports; gipa_reports.scan(sys.argv[1], sys.argv[2], workers=2)"


def bench_memory(folder: Path, count: int, seed: int) -> None:
    """Peak memory and time of scans of growing size; each of the reports is another one."""
    rows = []
    for size in (count // 100, count // 10, count):
        source = folder / f"memory-{size}.jsonl"
        with open(source, "w", encoding="utf-8") as file:
            for number in range(size):
                content = sample(number, seed).content
                try:
                    text = content.decode()
                except UnicodeDecodeError:
                    text = content.decode("gb18030")
                file.write(json.dumps({"url": f"report-{number:07}", "text": text}, ensure_ascii=False) + "\n")
        output = folder / f"memory-{size}"
        begin = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", SCAN, str(source), str(output)])
        peak = peak_memory(process)
        seconds = time.perf_counter() - begin
        rows.append((size, peak, seconds))
        print(f"memory: {size} reports, peak {peak / 2**20:.0f} MiB in all, {seconds:.1f} s", flush=True)
        source.unlink()
        shutil.rmtree(output)
    (small, low, _), (middle, _, some), (large, high, all_) = rows
    print(f"memory: growth from {small} to {large} reports = {high / low - 1:+.1%}")
    slope = (all_ - some) / (large - middle) / (some / middle)
    print(f"memory: slope, seconds a report from {middle} to {large} / up to {middle} = {slope:.2f}")


def peak_memory(process: subprocess.Popen[bytes]) -> int:
    """The highest sum of resident memory of a process and its children, looked at twenty times a second."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(resident, [process.pid, *children(process.pid)])))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit("the scan failed")
    return peak


def children(pid: int) -> list[int]:
    """The children of a process (Linux)."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        return [
            int(child)
            for thread in threads
            for child in Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
        ]
    except OSError:
        return []


def resident(pid: int) -> int:
    """Bytes in memory, shared ones counted in each process (Linux)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


# --- verify ----------------------------------------------------------------------------------------------------------


def verify(folder: Path, count: int, seed: int) -> None:
    """Every cell of every report, against the truth."""
    source = folder / "verify"
    begin = time.perf_counter()
    for number in range(count):
        one = sample(number, seed)
        path = source / f"{number // 1000:04}" / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    made = time.perf_counter()
    result = gipa_reports.scan(source, folder / "verified")
    scanned = time.perf_counter()
    seen = wrong = cells = 0
    for path in sorted((folder / "verified" / "cells").rglob("*.parquet")):
        names = ["source", "cell", "state", "value", "amount", "codes"]
        table = pa.parquet.read_table(path, columns=names, partitioning=None)
        found: dict[str, list[tuple[str, str, int | Decimal | None, str]]] = {}
        columns = (table.column(name).to_pylist() for name in names)
        for name, cell, state, count_, amount, codes in zip(*columns, strict=True):
            found.setdefault(name, []).append((cell, state, amount if count_ is None else count_, codes))
        for name, rows in found.items():
            truth = truth_of(number_of(name), seed)
            wrong += len(differences(truth, rows))
            wrong += len(rows) != len(truth.cells())
            cells += len(rows)
        seen += len(found)
    print(f"verify: made in {made - begin:.0f} s, scanned in {scanned - made:.0f} s: {result}")
    print(f"verify: {seen} of {count} reports, {cells} cells, {wrong} wrong without a flag")


# --- spark -----------------------------------------------------------------------------------------------------------


def bench_spark(folder: Path, count: int, seed: int) -> None:
    """Spark against the pool on the same Parquet file of texts; both write their result."""
    from pyspark.sql import SparkSession

    from gipa_reports import spark

    distinct = text_samples(min(count, 2000), seed)
    rows = [(f"report-{index:07}", distinct[index % len(distinct)].content) for index in range(count)]
    source = folder / "spark.parquet"
    names, contents = zip(*rows, strict=True)
    pa.parquet.write_table(pa.table({"source": names, "content": contents}), source, row_group_size=2000)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.maxPartitionBytes", str(32 * 2**20))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    frame = session.read.parquet(str(source))
    spark.scan(frame.limit(20)).count()  # starts Java and Python
    cluster = timed(
        lambda: spark.scan(frame).write.mode("overwrite").parquet(str(folder / "spark-out")), time.perf_counter
    )
    begun = threading.Event()
    begin = time.perf_counter()

    def first(progress: gipa_reports.Progress) -> None:
        nonlocal begin
        if progress.done and not begun.is_set():  # the workers are up
            begun.set()
            begin = time.perf_counter()
            first_done.append(progress.done)

    first_done: list[int] = []
    gipa_reports.scan(source, folder / "pool", workers=2, progress=first)
    pool = (time.perf_counter() - begin) * count / (count - first_done[0])
    print(f"spark: {count / cluster:.0f} reports/s, pool {count / pool:.0f} reports/s, ratio {pool / cluster:.2f}")
    session.stop()


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description="Cost of data sets, as ratios.")
    parser.add_argument("what", nargs="*", metavar="cost|workers|memory|verify|spark")
    parser.add_argument("--reports", type=int, default=10_000, help="reports (default: 10000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of what is compared (default: 5)")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    what = arguments.what or ["cost", "workers", "memory"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "cost" in what:
            bench_cost(folder, arguments.rounds, arguments.seed)
        if "workers" in what:
            bench_workers(folder, arguments.reports, arguments.rounds, arguments.seed)
        if "memory" in what:
            bench_memory(folder, arguments.reports, arguments.seed)
        if "verify" in what:
            verify(folder, arguments.reports, arguments.seed)
        if "spark" in what:
            bench_spark(folder, arguments.reports, arguments.seed)


if __name__ == "__main__":
    main()
