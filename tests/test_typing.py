"""What a type checker sees: right names pass, and misspelt ones are errors where they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="mypy is not installed")

ROOT = Path(__file__).parent.parent

PROGRAM = """
from gipa_reports import Cell, Report, RequestRow, parse

report: Report = parse("")
row: RequestRow = report.requests.received
cell: Cell = report.requests.denied.third_party_rights.total
amount: Cell = report.disclosure.fees.amount
outcome: Cell = report.proceedings.reconsideration.upheld
figures = [cell.value for cell in report.requests.processed_total]
known = "requests.received.total" in report
report.requests.recieved  # wrong
report.requests.received.natural_persn  # wrong
report.requests.denied.total  # wrong
report.requests.denied.third_party_rights.totals  # wrong
report.disclosure.regulations.foo  # wrong
report.proceedings.litigation  # wrong
report.table("requests").received  # wrong
report[3]  # wrong
list(report)  # wrong
list(report.requests)  # wrong
"""


def test_misspelt_names_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = {int(number) for number in re.findall(r"program\.py:(\d+): error", done.stdout)}
    lines = enumerate(PROGRAM.splitlines(), start=1)
    assert found == {number for number, line in lines if line.endswith("# wrong")}, done.stdout + done.stderr
