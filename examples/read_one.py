"""Read one report: a few figures, where one of them stood, and what is not plainly there.

python examples/read_one.py examples/subdistrict_2023.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

import gipa_reports
from gipa_reports import Cell, State


def in_words(cell: Cell) -> str:
    """The figure; or, where there is none, why. A blank cell is not zero."""
    return cell.text if cell.state is State.VALUE else f"({cell.state})"


def main(path: str) -> int:
    """Print what the report at ``path`` says; 1 if it is no report."""
    reading = gipa_reports.read(Path(path))
    for diagnostic in reading.diagnostics:
        print(f"{diagnostic.severity}: {diagnostic}", file=sys.stderr)
    report = reading.report
    if report is None:
        return 1

    print(f"{report.agency}, {report.year}")
    requests = report.requests
    print(f"requests received: {in_words(requests.received.total)}")
    print(f"  from natural persons: {in_words(requests.received.natural_person)}")
    print(f"  carried in from the year before: {in_words(requests.carried_in.total)}")
    print(f"  granted: {in_words(requests.granted.total)}")
    print(f"  denied, third parties' rights: {in_words(requests.denied.third_party_rights.total)}")
    print(f"penalties decided: {in_words(report.disclosure.penalties.decisions)}")
    print(f"reconsiderations upheld: {in_words(report.proceedings.reconsideration.upheld)}")

    place = reading.locations.get("requests.received.total")
    if place is None:
        print("requests.received.total is not in this report")
    else:
        print(f"requests.received.total stands in line {place.line}, column {place.column}, as {place.text!r}")

    without = [figure.id for figure in report.cells() if figure.state is not State.VALUE]
    print(f"cells without a figure: {len(without)}")
    for cell_id in without:
        print(f"  {cell_id}: {in_words(report[cell_id])}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
