"""Labels of rows that are misprinted: told by their number and by the rows above and below, and said to be so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import product

from attrs import frozen

from ..diagnostics import Diagnostic, Location
from ..document import Document, Paragraph, Row, Table
from ..template import FORMS, FormRow
from ..template.entries import Label
from ..template.spelling import normalise
from ..template.vocabulary import look_up

LEAST_ALIKE = 0.5
"""Share of a label that must be there, in order, in what is printed for it."""

_NUMBERED = re.compile(r"\d{1,2}\.")


@frozen
class Printed:
    """A text that may be the label of a row, and what puts another in its place."""

    text: str
    place: Callable[[], Location]
    put: Callable[[str], None]


@frozen
class PrintedRow:
    """The rows of the form whose labels a line has, and its texts that may be labels."""

    names: frozenset[str]
    texts: tuple[Printed, ...]


@frozen
class Misprint:
    """A text that is to be read as ``label``."""

    printed: Printed
    label: str
    ids: tuple[str, ...]

    def mend(self) -> Diagnostic:
        """Put the label in the place of the misprint, and say so."""
        place = self.printed.place()
        self.printed.put(self.label)
        return Diagnostic(
            code="label-misprinted",
            cells=self.ids,
            location=place,
            expected=self.label,
            found=self.printed.text,
            table=self.ids[0].partition(".")[0],
        )


def misprints(document: Document, problems: Sequence[Diagnostic]) -> list[Misprint]:
    """Return the misprints that explain why a row is missing; none where nothing is missing."""
    missing = {problem.cells for problem in problems if problem.code == "row-missing"}
    lacking = list(_numbered_rows(missing)) if missing else []
    parts = _parts_of(document) if lacking else []
    found: dict[int, Misprint] = {}
    for (above, row, below), rows in product(lacking, parts):
        misprint = _between(rows, above, row, below)
        if misprint is not None:
            found.setdefault(id(misprint.printed), misprint)  # both forms may have the row
    return list(found.values())


def _parts_of(document: Document) -> list[list[PrintedRow]]:
    """Return the rows of each table of a document, and those that its lines are."""
    parts = [[_of_row(row) for row in block.rows] for block in document.blocks if isinstance(block, Table)]
    return [*parts, _of_lines([block for block in document.blocks if isinstance(block, Paragraph)])]


def _of_row(row: Row) -> PrintedRow:
    """A row of a table: any of its cells may be a label."""
    names = frozenset(label.name for cell in row.cells for label in look_up(cell).labels)
    texts = tuple(
        Printed(cell.strip(), partial(row.at, cell.strip(), index), partial(_put_cell, row, index))
        for index, cell in enumerate(row.cells)
        if not look_up(cell).labels
    )
    return PrintedRow(names, texts)


def _put_cell(row: Row, index: int, label: str) -> None:
    row.cells = (*row.cells[:index], label, *row.cells[index + 1 :])


def _of_lines(lines: Sequence[Paragraph]) -> list[PrintedRow]:
    """The lines of a layout without marks that are no figures: a label alone, or one with its figures behind it."""
    return [_of_line(line) for line in lines if line.text and not look_up(line.text).is_figure]


def _of_line(line: Paragraph) -> PrintedRow:
    word = look_up(line.text)
    spaced = None if word.labels else word.spaced
    labels: tuple[Label, ...] = word.labels if spaced is None else spaced.labels
    names = frozenset(label.name for label in labels)
    figures = () if spaced is None else spaced.figures
    text = line.text if spaced is None else spaced.words
    return PrintedRow(names, () if labels else (Printed(text, line.at, partial(_put_label, line, figures)),))


def _put_label(line: Paragraph, figures: Sequence[str], label: str) -> None:
    line.text = " ".join((label, *figures))


def _numbered_rows(missing: set[tuple[str, ...]]) -> Iterator[tuple[FormRow, tuple[FormRow, tuple[str, ...]], FormRow]]:
    """The missing rows whose labels have a number, with their cells, each between the rows beside it in the form."""
    for form in FORMS.values():
        for above, row, below in zip(form.rows, form.rows[1:], form.rows[2:], strict=False):
            ids = form.ids_of[row.id]
            if tuple(ids) in missing and _NUMBERED.match(normalise(row.label)):
                yield above, (row, tuple(ids)), below


def _between(
    rows: Sequence[PrintedRow], above: FormRow, missing: tuple[FormRow, tuple[str, ...]], below: FormRow
) -> Misprint | None:
    """The misprint of a missing row in a line between those of the rows above and below it in the form."""
    row, ids = missing
    key = normalise(row.label)
    for before, here, after in zip(rows, rows[1:], rows[2:], strict=False):
        if above.terminal not in before.names or below.terminal not in after.names:
            continue
        for printed in here.texts:
            text = normalise(printed.text)
            number = _NUMBERED.match(text)
            if number is None or not key.startswith(number[0]):
                continue
            if SequenceMatcher(None, text, key, autojunk=False).ratio() >= LEAST_ALIKE:
                return Misprint(printed, row.label, ids)
    return None
