"""One cause, one line: problems of a table that have the same reason are said once. The cells keep their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic
from ..template import FORMS, Row, forms

MANY_ROWS = 3
"""Rows missing in a table that are said to be so in one line."""


def grouped(problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Return ``problems``, of which rows that are missing in one table are one, their labels included."""
    missing: dict[str | None, list[Diagnostic]] = {}
    for problem in problems:
        if problem.code == "row-missing":
            missing.setdefault(problem.table, []).append(problem)
    for problem in problems:
        alike = missing.get(problem.table, [])
        if len(alike) < MANY_ROWS or problem.code not in ("row-missing", "label-missing"):
            yield problem
            continue
        cells = tuple(cell_id for one in alike for cell_id in one.cells)
        if problem is alike[0]:
            expected = "、".join(one.expected or "" for one in alike)
            yield Diagnostic(
                code="row-missing",
                cells=cells,
                location=problem.location,
                expected=expected,
                found=problem.found,
                table=problem.table,
            )
        elif problem.code == "label-missing" and not _labels_only(problem, cells):
            yield problem


def _labels_only(problem: Diagnostic, cells: tuple[str, ...]) -> bool:
    """Return whether the label that is missing stands beside none but rows of ``cells``."""
    layouts = [layout for layout in FORMS.values() if layout.table == problem.table]
    return any(
        all(cell_id in cells for row in rows for cell_id in layout.ids_of[row.id])
        for layout in layouts
        for label, rows in _rows_of_labels(layout)
        if label == problem.expected and layout.ids_of[rows[0].id][0] in cells
    )


def _rows_of_labels(layout: forms.Form) -> Iterator[tuple[str, Sequence[Row]]]:
    """The labels that stand beside or above rows, and those rows."""
    for span in layout.spans:
        yield span.label, [row for row in layout.rows if span.terminal in row.spans]
    for block in layout.blocks:
        if block.head is not None:
            yield block.head.label, block.rows
