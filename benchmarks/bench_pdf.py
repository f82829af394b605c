"""What reading a PDF file costs, against pdfplumber's own table extraction on the same file.

    python benchmarks/bench_pdf.py [FILES…] [--rounds N]

Without FILES: the PDF files of the tests that have text.

``read/tables``: from bytes to blocks in this process, against ``page.extract_tables()`` on each page, which gives no
prose. Each round times one of either, by turns; the ratio is the median of the rounds' ratios. ``child`` is what the
process of its own adds, in milliseconds: start, imports, and the way of the blocks back.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import pdfplumber

from gipa_reports.limits import DEFAULT, Limits
from gipa_reports.readers import pdf

DATA = Path(__file__).parent.parent / "tests" / "data"
HERE = Limits(seconds=None, memory=None)


def tables(content: bytes) -> None:
    """What pdfplumber itself makes of the tables."""
    with pdfplumber.open(BytesIO(content)) as file:
        for page in file.pages:
            page.extract_tables()


def seconds(function: Callable[[], object]) -> float:
    """Time of one call."""
    start = perf_counter()
    function()
    return perf_counter() - start


def bench(path: Path, rounds: int) -> float:
    """Print the figures of a file; returns its ratio."""
    content = path.read_bytes()
    ratios: list[float] = []
    own: list[float] = []
    child: list[float] = []
    tables(content)
    for round_ in range(rounds):
        pair: list[Callable[[], object]] = [lambda: pdf.read_document(content, HERE), lambda: tables(content)]
        times = [seconds(function) for function in (pair if round_ % 2 else reversed(pair))]
        ours, theirs = times if round_ % 2 else reversed(times)
        ratios.append(ours / theirs)
        own.append(ours)
        if round_ < 5:
            child.append(seconds(lambda: pdf.read_document(content, DEFAULT)) - ours)
    ratio = median(ratios)
    print(f"{path.name:24} {median(own) * 1e3:7.1f} ms  read/tables {ratio:.2f}  child +{median(child) * 1e3:.0f} ms")
    return ratio


def main() -> None:
    """Bench all files."""
    parser = argparse.ArgumentParser(description="PDF reading against pdfplumber's own table extraction.")
    parser.add_argument("files", nargs="*", type=Path, help="PDF files (default: those of the tests)")
    parser.add_argument("--rounds", type=int, default=15, help="rounds for each file (default: 15)")
    arguments = parser.parse_args()
    paths = arguments.files or [path for path in sorted(DATA.glob("*.pdf")) if path.stem != "encrypted"]
    ratios = [bench(path, max(1, arguments.rounds)) for path in paths]
    print(f"{'all':24} {'':7}     read/tables {median(ratios):.2f} (median of the files)")


if __name__ == "__main__":
    main()
