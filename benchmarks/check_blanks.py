"""What the rules A find where zeros are left blank: one figure of table 三 changed, or a figure and its total.

    python benchmarks/check_blanks.py [--reports N] [--seed N]

Tables are made of cases, each put into a result, a column and their totals, so that they add up and most cells are
zero; then a share of the zeros is left blank, and a figure above zero is replaced by another. "Located" is a finding
whose cells include the changed one. A suggestion is wrong where it is not the change undone.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator

from gipa_reports import Cell, Disclosure, Proceedings, Report, Requests, check
from gipa_reports.template import FORMS, Edition

SIZES = (9, 60, 800)
"""Cases of a small, a middling and a large office, at most."""

SHARES = (0.0, 0.3, 0.7, 1.0)


def figures(rng: random.Random, edition: Edition) -> dict[str, int]:
    """``row.column`` → figure; all identities hold."""
    layout = FORMS["requests", edition]
    applicants = [column.id for column in layout.blocks[0].columns[:-1]]
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    found = {cell_id.partition(".")[2]: 0 for cell_id in layout.cell_ids}
    size = rng.choice(SIZES)
    for _ in range(rng.randint(4, 16)):
        column, value = rng.choice(applicants), rng.randint(1, max(1, size // 6))
        rows = [rng.choice(results), "processed_total", rng.choice(("received",) * 5 + ("carried_in",))]
        if rng.random() < 0.1:
            rows = ["carried_out", "received"]
        for row in rows:
            found[f"{row}.{column}"] += value
            found[f"{row}.total"] += value
    return found


def another(rng: random.Random, value: int) -> int:
    """A figure as it may be mistyped: another first digit, or a digit too many."""
    while True:
        text = str(rng.randint(1, 9)) + str(value)[1:] if rng.random() < 0.5 else str(value) + str(rng.randint(0, 9))
        if int(text) != value:
            return int(text)


def tables(rng: random.Random, number: int, share: float) -> Iterator[tuple[Edition, dict[str, int | None]]]:
    """Tables that add up, with this share of their zeros blank."""
    for _ in range(number):
        edition: Edition = rng.choice(("2019", "2021"))
        yield (
            edition,
            {
                cell: None if value == 0 and rng.random() < share else value
                for cell, value in figures(rng, edition).items()
            },
        )


def judged(edition: Edition, cells: dict[str, int | None], changed: dict[str, int]) -> list[str]:
    """What the findings make of the table with ``changed``."""
    requests = Requests.of(edition, {**cells, **changed})
    nothing = Disclosure.all_absent(edition), Proceedings.of(edition, {}, default=Cell.of(0))
    findings = check(Report(nothing[0], requests, nothing[1]), select="A").findings
    ids = {f"requests.{cell}" for cell in changed}
    said = ["found"] * bool(findings)
    said += ["located"] * any(not ids.isdisjoint(finding.cells) for finding in findings)
    suggestions = {tuple(sorted(one.items())) for finding in findings if (one := finding.suggestion) is not None}
    right = tuple(sorted((f"requests.{cell}", cells[cell]) for cell in changed))
    return said + ["right" if suggestion == right else "wrong" for suggestion in suggestions]


def measured(rng: random.Random, number: int, share: float, *, with_total: bool) -> str:
    """One line: how many faults, and what was made of them."""
    counts: Counter[str] = Counter()
    for edition, cells in tables(rng, number, share):
        if with_total:
            both = [cell for cell in cells if not cell.endswith("total") and cells[cell] is not None]
            cell = rng.choice(both)
            total = cell.rpartition(".")[0] + ".total"
            old, old_total = cells[cell], cells[total]
            if old is None or old_total is None:
                continue
            changed = {cell: old + 1, total: old_total + 1}
        else:
            cell = rng.choice([cell for cell, value in cells.items() if value])
            changed = {cell: another(rng, cells[cell] or 0)}
            counts["false"] += bool(judged(edition, cells, {}))
        counts["faults"] += 1
        counts.update(judged(edition, cells, changed))
    found = f"{counts['found'] / counts['faults']:.1%}"
    name = "a figure and its total, 1 more" if with_total else "one figure"
    return (
        f"| {share:.0%} | {name} | {counts['faults']} | {found} | {counts['located'] / counts['faults']:.1%} "
        f"| {counts['right']} | {counts['wrong']} | {'' if with_total else counts['false']} |"
    )


def main() -> None:
    """A table in Markdown."""
    parser = argparse.ArgumentParser(description="What is found where zeros are left blank.")
    parser.add_argument("--reports", type=int, default=900, help="tables for each line (default: 900)")
    parser.add_argument("--seed", type=int, default=2021)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    print("| zeros blank | changed | faults | found | located | suggested right | suggested wrong | false alarms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for with_total in (False, True):
        for share in SHARES:
            print(measured(rng, arguments.reports, share, with_total=with_total))


if __name__ == "__main__":
    main()
