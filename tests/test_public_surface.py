"""What ``gipa_reports`` shows of itself: its names and nothing else, also where docstrings are left out."""

from __future__ import annotations

import inspect
import subprocess
import sys
from decimal import Decimal
from typing import Any

import attrs
import pytest

import gipa_reports
from gipa_reports import CODES, Cell, Disclosure, Report, Requests, WrongTypeError


def run(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def test_dir_is_the_public_api_and_nothing_else() -> None:
    assert set(dir(gipa_reports)) == set(vars(gipa_reports)["__all__"])
    for name in dir(gipa_reports):
        assert getattr(gipa_reports, name) is not None
    fresh = run("-X", "utf8", "-c", "import gipa_reports; print(*dir(gipa_reports))")
    assert fresh.split() == sorted(dir(gipa_reports))


def test_the_pages_of_rules_are_there_where_docstrings_are_not() -> None:
    code = "from gipa_reports.checks import rules_page; print(rules_page())"
    page = run("-X", "utf8", "-c", code)
    assert run("-X", "utf8", "-OO", "-c", code) == page
    assert "A101" in page


def test_the_list_of_codes_cannot_be_changed() -> None:
    codes: Any = CODES
    with pytest.raises(TypeError):
        codes["figure-invalid"] = None
    with pytest.raises(TypeError):
        del codes["figure-invalid"]


def test_no_private_name_is_matched_by_its_place() -> None:
    private = {
        f"{name}.{matched}"
        for name in dir(gipa_reports)
        if inspect.isclass(found := getattr(gipa_reports, name)) and attrs.has(found)
        for matched in vars(found)["__match_args__"]
        if matched.startswith("_")
    }
    assert private == set()


def test_integers_of_numpy_are_integers() -> None:
    numpy = pytest.importorskip("numpy", reason="numpy is not installed")
    whole, small = numpy.int64(47), numpy.uint8(3)
    for cell in (Cell.of(whole), Cell(gipa_reports.State.VALUE, whole)):
        assert cell == Cell.of(47)
        assert type(cell.value) is int
    requests = Requests.of("2021", {"received.total": whole, "granted.total": small})
    assert [type(requests[cell].value) for cell in ("received.total", "granted.total")] == [int, int]
    fees = Disclosure.of("2021", {"fees.amount": small})
    assert (fees["fees.amount"].value, type(fees["fees.amount"].value)) == (Decimal(3), Decimal)
    report = Report(fees, requests, gipa_reports.Proceedings.all_absent("2021"), year=numpy.int32(2023))
    assert (report.year, type(report.year)) == (2023, int)
    assert gipa_reports.loads(gipa_reports.dumps(report)) == report
    for wrong in (numpy.float64(3), numpy.bool_(True), True):
        with pytest.raises(WrongTypeError):
            Cell.of(wrong)


RECORDS = (
    "Aggregate Cause CellChange CheckResult Code Comparison DataColumn Diagnostic Edit Evidence FieldChange Finding "
    "Limits Location Operand Outcome ParagraphChange Part Passage Progress ScanResult Tables"
)


@pytest.mark.parametrize("name", RECORDS.split())
def test_records_are_made_by_the_names_of_their_fields(name: str) -> None:
    """So that a field can be added; ``Figure``, a row of a table, is the one that is made by their order."""
    record = getattr(gipa_reports, name)
    assert [field.name for field in attrs.fields(record) if not field.kw_only] == []
    assert record.__match_args__ == ()
    assert not any(field.kw_only for field in attrs.fields(gipa_reports.Figure))
