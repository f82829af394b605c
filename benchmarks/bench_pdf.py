"""What reading PDF files costs, against PDFium's bare text and pdfplumber's tables of the same files.

    python benchmarks/bench_pdf.py [FILES…] [--files N] [--many N]

Without FILES: N reports (default 40), each unlike the others and read once, as reportlab makes them, with and without
rules, and those of the tests. One file is read before, for the start of the reader's process and of the parser.

``read`` is the way of a user: from bytes to a reading, wall clock, the reader's process included. ``text`` is that of
all pages by PDFium and nothing else, ``tables`` is ``extract_tables`` of pdfplumber on each page. Sums over all files,
taken by turns. ``--many N`` reads N files instead and shows the memory of the reader's process as it goes.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pdfplumber
import pypdfium2

from gipa_reports import read
from gipa_reports.readers import child
from gipa_reports.testing.corpus import truth_of

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from pdf_makers import by_reportlab  # noqa: E402 - the tests are no package


def text(content: bytes) -> None:
    """The text of all pages by PDFium."""
    file = pypdfium2.PdfDocument(content)
    for page in file:
        page.get_textpage().get_text_range()
    file.close()


def tables(content: bytes) -> None:
    """What pdfplumber itself makes of the tables."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        for page in file.pages:
            page.extract_tables()


def seconds(function: Callable[[bytes], object], content: bytes) -> float:
    """Time of one call."""
    start = perf_counter()
    function(content)
    return perf_counter() - start


def contents(paths: list[Path], count: int) -> list[bytes]:
    """The files to read."""
    if paths:
        return [path.read_bytes() for path in paths]
    made = [by_reportlab(truth_of(number), ("grid", "none", "level")[number % 3]) for number in range(count)]
    return made + [path.read_bytes() for path in sorted(TESTS.glob("data/*.pdf")) if path.stem != "encrypted"]


def compare(files: list[bytes]) -> None:
    """Print the costs of all files and their ratios."""
    read(by_reportlab(truth_of(10**6)))
    costs = [[seconds(function, content) for function in (text, read, tables)] for content in files]
    bare, ours, theirs = (sum(column) for column in zip(*costs, strict=True))
    each = sorted(cost[1] / cost[0] for cost in costs)
    for name, value in (("text", bare), ("read", ours), ("tables", theirs)):
        print(f"{name:8} {1e3 * value / len(files):8.1f} ms a file")
    print(f"read/text   {ours / bare:6.2f}  (of single files: median {each[len(each) // 2]:.1f}, most {each[-1]:.1f})")
    print(f"tables/read {theirs / ours:6.2f}")


def keep_reading(files: list[bytes], count: int) -> None:
    """Print the memory of the reader's process after every eighth part of so many files."""
    start = perf_counter()
    for number in range(count):
        read(files[number % len(files)])
        if number % max(1, count // 8) == 0 and child._child is not None:
            status = Path(f"/proc/{child._child._process.pid}/status").read_text()
            memory = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            print(f"{number + 1:6} files  {perf_counter() - start:6.1f} s  {memory}")


def main() -> None:
    """Bench all files."""
    parser = argparse.ArgumentParser(description="PDF reading against PDFium's text and pdfplumber's tables.")
    parser.add_argument("paths", nargs="*", type=Path, help="PDF files (default: made, and those of the tests)")
    parser.add_argument("--files", type=int, default=40, help="how many to make (default: 40)")
    parser.add_argument("--many", type=int, default=0, help="read so many, and show the memory")
    arguments = parser.parse_args()
    files = contents(arguments.paths, arguments.files)
    if arguments.many:
        keep_reading(files, arguments.many)
    else:
        compare(files)


if __name__ == "__main__":
    main()
