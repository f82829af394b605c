"""Read a report of which every figure was plainly in the source, or stop."""

from pathlib import Path

from gipa_reports import parse

report = parse(Path("examples/city_bureau_2020.md"), strict=True)
print({column: cell.value for column, cell in report.requests.received.items()})
