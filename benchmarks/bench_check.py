"""What checking costs, as a ratio to the cost of parsing the same report, read again and again, from text.

    python benchmarks/bench_check.py [FILE ...] [--rounds N]

Without files the examples are used, and the reports in the folder ``GIPA_REPORTS_CORPUS`` if it is set. All rules of
the families A, C and N run. The ratio that counts is the median of paired runs: a file is parsed, and what came out is
checked. "broken" is the same report in the official layout with one wrong figure. The goal is a ratio of 2 at most;
what parsing costs on documents never met before is told by ``bench_stream``.
"""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from attrs import evolve

from gipa_reports import Cell, Requests, check, parse, read, render

EXAMPLES = Path(__file__).parent.parent / "examples"
FAMILIES = ("A", "C", "N")


def compare(text: str, rounds: int) -> tuple[float, float, list[float]]:
    """The medians of parsing and checking in µs, and the ratio of each round, sorted."""
    parsed: list[int] = []
    checked: list[int] = []
    for _ in range(3):
        check(read(text), select=FAMILIES)
    gc.collect()
    gc.disable()
    try:
        for round_ in range(rounds):
            start = perf_counter_ns()
            reading = read(text)
            parsed.append(perf_counter_ns() - start)
            start = perf_counter_ns()
            check(reading, select=FAMILIES)
            checked.append(perf_counter_ns() - start)
            if round_ % 50 == 49:
                gc.collect()
    finally:
        gc.enable()
    ratios = sorted(ours / base for base, ours in zip(parsed, checked, strict=True))
    return median(parsed) / 1000, median(checked) / 1000, ratios


def broken(text: str) -> str:
    """The report as text, one figure of 三 changed: findings, with suggestions and the places of their figures."""
    report = parse(text)
    table = report.requests
    figures = {cell_id.partition(".")[2]: report[cell_id] for cell_id in table.form.cell_ids}
    changed = Requests.of(table.edition, figures | {"received.natural_person": Cell.of(7919)})
    return str(render(evolve(report, requests=changed), "text"))


def default_paths() -> list[Path]:
    """The examples and the corpus."""
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README")
    corpus = os.environ.get("GIPA_REPORTS_CORPUS")
    return paths + (sorted(path for path in Path(corpus).iterdir() if path.is_file()) if corpus else [])


def main() -> None:
    """A line per file, and one for it with a wrong figure."""
    parser = argparse.ArgumentParser(description="Cost of checking, against parsing the same text.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=300, help="pairs of runs per file (default: 300)")
    arguments = parser.parse_args()
    print(f"{'file':<32} {'parse µs':>9} {'check µs':>9} {'check/parse':>12} {'90 %':>7}")
    for path in arguments.files or default_paths():
        text = path.read_text("utf-8")
        for name, source in ((path.name, text), ("  broken", broken(text))):
            base, ours, ratios = compare(source, max(1, arguments.rounds))
            tenth = ratios[len(ratios) * 9 // 10]
            print(f"{name:<32} {base:9.1f} {ours:9.1f} {median(ratios):12.2f} {tenth:7.2f}")


if __name__ == "__main__":
    main()
