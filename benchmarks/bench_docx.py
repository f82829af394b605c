"""What reading a DOCX file costs, each read again and again, against python-docx walking over it.

    python benchmarks/bench_docx.py [FILES…] [--rounds N]

``parse/W``: ``gipa_reports.parse`` on the bytes of a file, against W, python-docx merely opening the same bytes and
walking over their paragraphs and cells. Each round times one of either, by turns, so that both meet the same machine;
the ratio is the median of the rounds' ratios. Without FILES: the examples, rendered as DOCX, and the test data.
"""

from __future__ import annotations

import argparse
import gc
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import docx

import gipa_reports

ROOT = Path(__file__).parent.parent


def walk(data: bytes) -> int:
    """W: the least that a program does that reads this file with python-docx."""
    document = docx.Document(io.BytesIO(data))
    length = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            length += sum(len(cell.text) for cell in row.cells)
    return length


def time_of(function: Callable[[bytes], object], data: bytes) -> int:
    """Nanoseconds of one call."""
    start = perf_counter_ns()
    function(data)
    return perf_counter_ns() - start


def compare(data: bytes, rounds: int) -> tuple[float, list[float]]:
    """The median of W in ms, and the ratio of each round, sorted."""
    for _ in range(2):
        gipa_reports.parse(data)
        walk(data)
    ratios: list[float] = []
    bare: list[int] = []
    for round_ in range(rounds):
        gc.collect()
        if round_ % 2:
            base, ours = time_of(walk, data), time_of(gipa_reports.parse, data)
        else:
            ours, base = time_of(gipa_reports.parse, data), time_of(walk, data)
        ratios.append(ours / base)
        bare.append(base)
    return median(bare) / 1e6, sorted(ratios)


def sources(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file."""
    for path in paths:
        yield path.name, path.read_bytes()
    if not paths:
        for path in sorted((ROOT / "tests" / "data").glob("*.docx")):
            yield path.name, path.read_bytes()
        for path in sorted(
            path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".md") and path.stem != "README"
        ):
            rendered = gipa_reports.render(gipa_reports.parse(path), "docx")
            yield f"{path.stem}, rendered", rendered


def main() -> None:
    """Print a line per file."""
    parser = argparse.ArgumentParser(description="Cost of reading DOCX, against python-docx walking over the file.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=30, help="pairs of runs per file (default: 30)")
    arguments = parser.parse_args()
    print(f"{'file':<32} {'W in ms':>8}  {'parse/W':>8} {'min':>7} {'max':>7}")
    for name, data in sources(arguments.files):
        base, ratios = compare(data, max(1, arguments.rounds))
        print(f"{name:<32} {base:8.1f}  {median(ratios):8.2f} {ratios[0]:7.2f} {ratios[-1]:7.2f}")


if __name__ == "__main__":
    main()
