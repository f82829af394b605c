"""Labels of rows that are misprinted: told by their number and by the rows above and below, and said to be so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from ..diagnostics import Diagnostic
from ..document import Document, Row, Table
from ..template import FORMS
from ..template import Row as FormRow
from ..template.vocabulary import look_up, normalise

LEAST_ALIKE = 0.5
"""Share of a label that must be there, in order, in what is printed for it."""

_NUMBERED = re.compile(r"\d{1,2}\.")


@frozen
class Misprint:
    """A row whose label is to be read as ``label``."""

    row: Row
    cell: int
    label: str
    ids: tuple[str, ...]

    def mend(self) -> Diagnostic:
        """Put the label in the place of the misprint, and say so."""
        found = self.row.cells[self.cell].strip()
        place = self.row.at(found, self.cell)
        cells = list(self.row.cells)
        cells[self.cell] = self.label
        self.row.cells = tuple(cells)
        return Diagnostic(
            code="label-misprinted",
            cells=self.ids,
            location=place,
            expected=self.label,
            found=found,
            table=self.ids[0].partition(".")[0],
        )


def misprints(document: Document, problems: Sequence[Diagnostic]) -> list[Misprint]:
    """Return the misprints that explain why a row is missing and another unknown; none where nothing is missing."""
    codes = {problem.code for problem in problems}
    if not {"row-missing", "row-unknown"} <= codes:
        return []
    missing = {problem.cells for problem in problems if problem.code == "row-missing"}
    tables = [block for block in document.blocks if isinstance(block, Table)]
    found: dict[int, Misprint] = {}
    for above, row, below in _numbered_rows(missing):
        for table in tables:
            misprint = _between(table.rows, above, row, below)
            if misprint is not None:
                found.setdefault(id(misprint.row), misprint)  # both forms may have the row
    return list(found.values())


def _numbered_rows(missing: set[tuple[str, ...]]) -> Iterator[tuple[FormRow, tuple[FormRow, tuple[str, ...]], FormRow]]:
    """The missing rows whose labels have a number, with their cells, each between the rows beside it in the form."""
    for layout in FORMS.values():
        for above, row, below in zip(layout.rows, layout.rows[1:], layout.rows[2:], strict=False):
            ids = layout.ids_of[row.id]
            if tuple(ids) in missing and _NUMBERED.match(normalise(row.label)):
                yield above, (row, tuple(ids)), below


def _between(
    rows: Sequence[Row], above: FormRow, missing: tuple[FormRow, tuple[str, ...]], below: FormRow
) -> Misprint | None:
    row, ids = missing
    key = normalise(row.label)
    for before, here, after in zip(rows, rows[1:], rows[2:], strict=False):
        if not (_has_label(before, above) and _has_label(after, below)):
            continue
        for index, cell in enumerate(here.cells):
            printed = normalise(cell)
            number = _NUMBERED.match(printed)
            if number is None or look_up(cell).labels or not key.startswith(number[0]):
                continue
            if SequenceMatcher(None, printed, key, autojunk=False).ratio() >= LEAST_ALIKE:
                return Misprint(here, index, row.label, ids)
    return None


def _has_label(row: Row, form_row: FormRow) -> bool:
    return any(label.name == form_row.terminal for cell in row.cells for label in look_up(cell).labels)
