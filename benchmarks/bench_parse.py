"""What parsing costs, as ratios that mean something on any machine.

    python benchmarks/bench_parse.py [FILES…] [--rounds N] [--imports N]

Without FILES: the examples, and the files of the folder ``GIPA_REPORTS_CORPUS`` if that is set.

``parse/L``: ``gipa_reports.parse`` on the bytes of a file, against L, a bare pass over the same bytes (decode, split
into lines, split these at tabs or pipes, ``int`` of what is all digits), in processor time. Each round times one of
either, one after the other, so that both meet the same machine; the ratio is the median of the rounds' ratios. ``new
figures`` has other figures in each round, so that no row has been met before; labels and layout are the same. Real use,
many files that are much alike, lies between the two.

``import``: a new interpreter that imports gipa_reports, against one that imports attrs; both less an empty one.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter_ns, thread_time_ns

import gipa_reports

EXAMPLES = Path(__file__).parent.parent / "examples"


def bare_pass(data: bytes) -> int:
    """L: the least that anything must do that reads figures from these bytes."""
    total = 0
    for line in data.decode("utf-8").splitlines():
        for cell in line.split("\t" if "\t" in line else "|"):
            text = cell.strip()
            if text.isdecimal():
                total += int(text)
    return total


def ignore_errors(data: bytes) -> None:
    """Parse; a report that is refused costs too."""
    try:
        gipa_reports.parse(data)
    except gipa_reports.GipaError:
        return


def time_of(function: Callable[[bytes], object], data: bytes) -> int:
    """Nanoseconds of processor time of one call; what else the machine does counts less in it."""
    start = thread_time_ns()
    function(data)
    return thread_time_ns() - start


_FIGURE = re.compile(rb"(?<=[\t|\n])\d+(?= ?[\t|\r\n])")


def with_new_figures(data: bytes, random: Random) -> bytes:
    """The same report with another figure in place of each, of four digits so that hardly any row comes again."""
    return _FIGURE.sub(lambda _: b"%d" % random.randrange(1000, 10_000), data)


def compare(data: bytes, rounds: int, new_figures: bool = False) -> tuple[float, list[float]]:
    """The median of L in µs, and the ratio parse/L of each round, sorted."""
    random = Random(1)
    ratios: list[float] = []
    bare: list[int] = []
    for _ in range(3):
        ignore_errors(data)
        bare_pass(data)
    gc.collect()
    gc.disable()
    try:
        for round_ in range(rounds):
            if new_figures:
                data = with_new_figures(data, random)
            # By turns, so that neither always runs in the warmth of the other.
            if round_ % 2:
                base, ours = time_of(bare_pass, data), time_of(ignore_errors, data)
            else:
                ours, base = time_of(ignore_errors, data), time_of(bare_pass, data)
            ratios.append(ours / base)
            bare.append(base)
            if round_ % 50 == 49:
                gc.collect()
    finally:
        gc.enable()
    return median(bare) / 1000, sorted(ratios)


def bench_parse(paths: list[Path], rounds: int) -> None:
    """Two lines per file: as it is, and with new figures in each round."""
    print(f"{'file':<32} {'L in µs':>8}  {'parse/L':>8} {'min':>7} {'max':>7}")
    for path in paths:
        data = path.read_bytes()
        for name, new_figures in ((path.name, False), ("  new figures", True)):
            base, ratios = compare(data, rounds, new_figures)
            print(f"{name:<32} {base:8.1f}  {median(ratios):8.2f} {ratios[0]:7.2f} {ratios[-1]:7.2f}")


def start(code: str) -> float:
    """Seconds that an interpreter takes for ``code``."""
    begin = perf_counter_ns()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (perf_counter_ns() - begin) / 1e9


def bench_import(times: int) -> None:
    """The cost of ``import gipa_reports`` in units of ``import attrs``."""
    codes = ("pass", "import attrs", "import gipa_reports")
    for code in codes:
        start(code)  # the first one writes bytecode
    runs: dict[str, list[float]] = {code: [] for code in codes}
    for _ in range(times):
        for code in codes:
            runs[code].append(start(code))
    empty, attrs, ours = (median(runs[code]) for code in codes)
    print(f"import: empty {empty * 1000:.0f} ms, attrs {attrs * 1000:.0f} ms, gipa_reports {ours * 1000:.0f} ms")
    print(f"  (gipa_reports - empty) / (attrs - empty) = {(ours - empty) / (attrs - empty):.2f}")
    print(f"  gipa_reports / attrs = {ours / attrs:.2f}")


def default_paths() -> list[Path]:
    """The examples and the corpus."""
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md"))
    corpus = os.environ.get("GIPA_REPORTS_CORPUS")
    return paths + (sorted(path for path in Path(corpus).iterdir() if path.is_file()) if corpus else [])


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description="Cost of parsing, against a bare pass over the same bytes.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=300, help="pairs of runs per file (default: 300)")
    parser.add_argument("--imports", type=int, default=15, help="starts of each interpreter (default: 15)")
    arguments = parser.parse_args()
    bench_parse(arguments.files or default_paths(), max(1, arguments.rounds))
    bench_import(max(1, arguments.imports))


if __name__ == "__main__":
    main()
