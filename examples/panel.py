"""Many reports to one CSV table: requests received, one line per report, with the state of the cell and its codes.

    python examples/panel.py examples/subdistrict_2023.txt examples/city_bureau_2020.md

A file that is no report gets a line too, so that nothing drops out of the table unseen.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import gipa_reports

CELL = "requests.received.total"


def row(path: str) -> dict[str, object]:
    """The line for one file."""
    try:
        reading = gipa_reports.read(Path(path))
    except OSError:
        return {"source": path, "state": "unread", "codes": "cannot-read"}
    codes = " ".join(sorted({d.code for d in reading.diagnostics if CELL in d.cells or d.severity == "error"}))
    report = reading.report
    if report is None:
        return {"source": path, "state": "unread", "codes": codes}
    cell = report[CELL]
    return {
        "source": path,
        "agency": report.agency,
        "year": report.year,
        "edition": report.requests.edition,
        "received": cell.value,
        "state": cell.state,
        "codes": codes,
    }


def main(paths: list[str]) -> None:
    """Write the table for ``paths`` to stdout."""
    fields = ["source", "agency", "year", "edition", "received", "state", "codes"]
    table = csv.DictWriter(sys.stdout, fields, lineterminator="\n")
    table.writeheader()
    table.writerows(map(row, paths))


if __name__ == "__main__":
    main(sys.argv[1:])
