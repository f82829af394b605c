"""Which of the memories between sources pay, on documents never met before, and what all of them hold in the end.

    python benchmarks/bench_caches.py [--documents N] [--only WORD]     what reading costs more without each of them
    python benchmarks/bench_caches.py --memory [--most N]               memory after N documents, and after a tenth of N

Documents are read by turns with all memories and without one of them, each document once, in strata by turns; the cost
is that of the lower quartile against the bare pass of ``bench_stream``, summed over the strata. A memory is a ``Memo``
or ``remembered``; what is bounded by the form itself (``functools.cache``) is none. On a busy machine two runs
differ by some percent: what is below that is nothing.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from time import thread_time_ns
from typing import Any

from bench_stream import Make, bare_pass, reading_of, strata

from gipa_reports.memo import Memo

STRATA = ("short prose", "labels with stray blanks", "figures fresh and large", "layout 2", "layout 9", "layout 13")
"""What is read by turns."""

KIB = 1024


def memories() -> dict[str, list[Any]]:
    """Module and name of each memory."""
    found: dict[str, list[Any]] = {}
    seen: set[int] = set()
    for module_name, module in sorted(sys.modules.items()):
        if not module_name.startswith("gipa_reports."):
            continue
        for name, value in vars(module).items():
            several = value.values() if isinstance(value, dict) and not isinstance(value, Memo) else (value,)
            for one in several:
                bounded = hasattr(one, "cache_parameters") and one.cache_parameters()["maxsize"] is not None
                if (isinstance(one, Memo) or bounded) and id(one) not in seen:
                    seen.add(id(one))
                    found.setdefault(f"{module_name.removeprefix('gipa_reports.')}.{name}", []).append(one)
    return found


def keeps_nothing(key: object) -> bool:
    """Return False for every key."""
    return False


@contextmanager
def without(memory: list[Any]) -> Iterator[None]:
    """Read without a memory."""
    places: list[tuple[dict[str, Any], str, Any]] = []
    kept = [(one, one._keeps, dict(one)) for one in memory if isinstance(one, Memo)]
    for memo, _, _ in kept:
        memo.clear()
        memo._keeps = keeps_nothing
    for one in memory:
        if not isinstance(one, Memo):
            for module in [module for name, module in sys.modules.items() if name.startswith("gipa_reports")]:
                places += [(vars(module), name, one) for name, value in vars(module).items() if value is one]
    for names, name, one in places:
        names[name] = one.__wrapped__
    try:
        yield
    finally:
        for memo, keeps, held in kept:
            memo._keeps = keeps
            memo.update(held)
        for names, name, one in places:
            names[name] = one


def cost_of(makes: list[Make], count: int, first: int, memory: list[Any]) -> tuple[float, float]:
    """What reading costs with all memories, and without one of them."""
    costs: dict[tuple[int, bool], list[float]] = defaultdict(list)
    documents = [
        (at, make(number, random.Random(f"caches:{number}"))[0])
        for number in range(first, first + count)
        for at, make in enumerate(makes)
    ]
    gc.collect()
    gc.disable()
    for start in range(0, len(documents), 2 * len(makes)):
        pair = documents[start : start + 2 * len(makes)]
        for lacks, some in ((False, pair[: len(makes)]), (True, pair[len(makes) :])):
            if lacks:
                with without(memory):
                    timed(some, lacks, costs)
            else:
                timed(some, lacks, costs)
    gc.enable()
    low = {key: quantiles(found, n=4)[0] for key, found in costs.items()}
    return sum(cost for (_, lacks), cost in low.items() if not lacks), sum(c for (_, lacks), c in low.items() if lacks)


def timed(documents: list[tuple[int, bytes]], lacks: bool, costs: dict[tuple[int, bool], list[float]]) -> None:
    """Read documents, and note what each costs."""
    for at, data in documents:
        start = thread_time_ns()
        bare_pass(data)
        middle = thread_time_ns()
        reading_of(data)
        costs[at, lacks].append((thread_time_ns() - middle) / (middle - start))


def table(makes: list[Make], count: int, only: str) -> None:
    """Print a line for each memory, the dearest to lack first."""
    for number in range(40):
        for make in makes:
            reading_of(make(number, random.Random(number))[0])
    print(f"{'memory':<48} {'without it':>10}  {'entries':>8}")
    lines = []
    first = 40
    for name, memory in memories().items():
        if only in name:
            held = sum(len(one) if isinstance(one, Memo) else one.cache_info().currsize for one in memory)
            if held:
                whole, lacking = cost_of(makes, count, first, memory)
                lines.append((lacking / whole - 1, name, held))
                first += count
    for share, name, held in sorted(lines, reverse=True):
        print(f"{name:<48} {share:>+10.1%}  {held:>8}")


def resident() -> int:
    """Return the memory of this process, in KiB."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize() // KIB
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory_after(makes: list[Make], most: int) -> None:
    """Print the memory after a tenth of ``most`` distinct documents and after all of them."""
    before = 0
    for number in range(most):
        make = makes[number % len(makes)]
        reading_of(make(number, random.Random(f"memory:{number}"))[0])
        if number + 1 in (most // 10, most):
            gc.collect()
            now = resident()
            grown = f"{now / before - 1:+.1%}" if before else ""
            print(f"{number + 1:>8} documents: {now / KIB:7.1f} MiB {grown}", flush=True)
            before = before or now


def main() -> None:
    """The table, or the memory."""
    parser = argparse.ArgumentParser(description="What the memories between sources cost and gain.")
    parser.add_argument("--documents", type=int, default=48, help="documents of each stratum and memory (default: 48)")
    parser.add_argument("--only", default="", help="only memories with this word in their names")
    parser.add_argument("--memory", action="store_true", help="measure memory instead")
    parser.add_argument("--most", type=int, default=20_000, help="documents for --memory (default: 20000)")
    arguments = parser.parse_args()
    by_name: dict[str, tuple[Make, Callable[[bytes], int]]] = {name: (make, bare) for name, make, bare in strata()}
    makes = [by_name[name][0] for name in STRATA]
    if arguments.memory:
        memory_after(makes, arguments.most)
    else:
        table(makes, arguments.documents, arguments.only)


if __name__ == "__main__":
    main()
