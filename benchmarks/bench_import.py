"""What ``import gipa_reports`` costs in a new interpreter, in units of ``import attrs``; both less an empty one.

Run ``python benchmarks/bench_import.py [--times N]``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

CODES = ("pass", "import attrs", "import gipa_reports")


def start(code: str) -> float:
    """Seconds that an interpreter takes for ``code``."""
    begin = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return perf_counter() - begin


def main() -> None:
    """Print the medians, and their ratio."""
    parser = argparse.ArgumentParser(description="Cost of the import.")
    parser.add_argument("--times", type=int, default=15, help="starts of each interpreter (default: 15)")
    arguments = parser.parse_args()
    for code in CODES:
        start(code)  # the first one writes bytecode
    # By turns, so that all meet the same machine.
    runs = [[start(code) for code in CODES] for _ in range(max(1, arguments.times))]
    empty, attrs, ours = (median(column) for column in zip(*runs, strict=True))
    print(f"empty {empty * 1000:.0f} ms, attrs {attrs * 1000:.0f} ms, gipa_reports {ours * 1000:.0f} ms")
    print(f"(gipa_reports - empty) / (attrs - empty) = {(ours - empty) / (attrs - empty):.2f}")


if __name__ == "__main__":
    main()
