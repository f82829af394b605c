"""Odd documents, each with the cells and codes that it must give: adding one needs no Python.

Every file of the folder ``odd`` has the cases of one rule, each three parts that a line of dots ends: what it is about;
the document, in which ⇥ is a tab, ␣ a blank that matters and ⏎ a line break inside of a line; and the rows that are
expected, as ``table.row: cells  codes``. A cell is its figure, ``_`` if blank, ``∅`` if the document has none of it,
``?`` if what is there can't be told to be a figure of it; ``!`` behind it says that a code touches it. Codes that say
only that the rest of the form is not there are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import gipa_reports
from gipa_reports.parsing.doubts import AGAINST, PLACED
from gipa_reports.report import Cell, State
from places import TESTS

ODD = TESTS / "parsing" / "odd"
NOT_THERE = {"few-rows", "row-missing", "table-absent", "edition-assumed", "truncated-table", "ends-in-table"}
SHOWN = {State.BLANK: "_", State.ABSENT: "∅", State.INVALID: "?"}


def cases() -> Iterator[tuple[str, str, str]]:
    """Name, document and expected rows of each case."""
    for path in sorted(ODD.glob("*.txt")):
        parts = [part.strip("\n") for part in re.split(r"^\.$", path.read_text("utf-8"), flags=re.MULTILINE)]
        assert len(parts) % 3 == 1, f"{path.name}: a case has three parts, each ended by a line with a dot"
        for name, document, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            yield f"{path.stem}: {name}", document, expected


def shown(cell: Cell, codes: set[str]) -> str:
    """A cell as the files have it."""
    return SHOWN.get(cell.state, cell.text) + "!" * bool(codes)


def row_of(reading: gipa_reports.Reading, row: str) -> str:
    """A row of a reading as the files have it."""
    assert reading.report is not None
    table = next(table for table in reading.report.tables if row.startswith(table.id + "."))
    ids = table.form.ids_of[row.removeprefix(table.id + ".")]
    codes = {cell_id: set(reading.codes(cell_id)) - NOT_THERE for cell_id in ids}
    cells = " ".join(shown(reading.report[cell_id], codes[cell_id]) for cell_id in ids)
    return f"{row}: {cells}  {' '.join(sorted(set().union(*codes.values())))}".strip()


CASES = list(cases())


@pytest.mark.parametrize(("document", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_odd_document(document: str, expected: str) -> None:
    source = document.replace("⇥", "\t").replace("␣", " ").replace("⏎", "\n")
    reading = gipa_reports.read(source)
    rows = expected.splitlines()
    assert [row_of(reading, row.partition(":")[0]) for row in rows] == rows


def test_each_doubt_of_a_row_is_a_named_rule() -> None:
    names = [doubt.__name__ for doubt in (*PLACED, *AGAINST)]
    assert len(set(names)) == len(names)
    assert all(doubt.__doc__ for doubt in (*PLACED, *AGAINST))
