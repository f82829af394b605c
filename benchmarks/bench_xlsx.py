"""What reading a workbook costs, each read again and again, against libraries that walk over its cells.

    python benchmarks/bench_xlsx.py [FILES…] [--rounds N]

Without FILES: the example reports as our own workbooks, and the workbook that LibreOffice wrote for the tests. Each
round times one of either, one after the other; the ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import openpyxl
import python_calamine

import gipa_reports

ROOT = Path(__file__).parent.parent


def walk_openpyxl(data: bytes) -> None:
    """Open a workbook and touch every value."""
    for sheet in openpyxl.load_workbook(BytesIO(data), data_only=True):
        for row in sheet.iter_rows(values_only=True):
            for _ in row:
                pass


def walk_calamine(data: bytes) -> None:
    """The same in Rust."""
    book = python_calamine.load_workbook(BytesIO(data))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).iter_rows():
            for _ in row:
                pass


def read(data: bytes) -> None:
    """From the bytes to the report."""
    gipa_reports.parse(data, format="xlsx")


def time_of(function: Callable[[bytes], None], data: bytes) -> int:
    """Nanoseconds of one call."""
    start = perf_counter_ns()
    function(data)
    return perf_counter_ns() - start


def ratio(data: bytes, other: Callable[[bytes], None], rounds: int) -> float:
    """The median of what reading takes in times of what ``other`` takes."""
    return median(time_of(read, data) / time_of(other, data) for _ in range(rounds))


def main() -> None:
    """Print a line for each workbook."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    books = {str(path): path.read_bytes() for path in options.files}
    if not books:
        for path in sorted((ROOT / "examples").glob("*_20*.*")):
            books[f"{path.name} as XLSX"] = gipa_reports.render(gipa_reports.parse(path), "xlsx")
        books["libreoffice.xlsx"] = (ROOT / "tests" / "data" / "libreoffice.xlsx").read_bytes()
    for name, data in books.items():
        read(data)
        shown = [f"{ratio(data, other, options.rounds):.2f} × {what}" for what, other in OTHERS.items()]
        print(f"{name} ({len(data)} bytes): report in {', '.join(shown)}")


OTHERS: dict[str, Callable[[bytes], None]] = {"openpyxl's walk": walk_openpyxl, "calamine's walk": walk_calamine}

if __name__ == "__main__":
    main()
