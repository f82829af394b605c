"""One cause, one line: problems of a table that have the same reason are said once. The cells keep their codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..diagnostics import Diagnostic
from ..template import FORMS, FormRow, forms

MANY_ROWS = 3
"""Rows of a table with the same to be said of them that are named in one line."""

_ROWS: dict[str, Callable[[Diagnostic], str | None]] = {
    "row-missing": lambda problem: problem.expected,
    "row-repeated": lambda problem: problem.found,
    "row-without-figures": lambda problem: problem.found,
    "columns-unread": lambda problem: None,
}
"""Codes that have one cause in all rows of a table → what names the row."""


def grouped(problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Return ``problems``, of which those with one cause in many rows of a table are one, which names the rows."""
    groups = _groups(problems)
    missing = {table: _cells(alike) for (code, table, _), alike in groups.items() if code == "row-missing"}
    for problem in problems:
        alike = groups.get(_cause(problem), [])
        if problem.code == "label-missing" and _labels_only(problem, missing.get(problem.table, ())):
            continue
        if not alike:
            yield problem
        elif problem is alike[0]:
            yield _one_of(alike)


def _groups(problems: list[Diagnostic]) -> dict[tuple[str, str | None, bool], list[Diagnostic]]:
    """The problems of many rows with one cause, by it."""
    groups: dict[tuple[str, str | None, bool], list[Diagnostic]] = {}
    for problem in problems:
        if problem.code in _ROWS:
            groups.setdefault(_cause(problem), []).append(problem)
    return {cause: alike for cause, alike in groups.items() if len(alike) >= MANY_ROWS}


def _cause(problem: Diagnostic) -> tuple[str, str | None, bool]:
    return problem.code, problem.table, bool(problem.cells)


def _cells(alike: Sequence[Diagnostic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell_id for one in alike for cell_id in one.cells))


def _one_of(alike: Sequence[Diagnostic]) -> Diagnostic:
    """Return one problem for some, with all their cells and the names of all their rows."""
    first = alike[0]
    names = "、".join(filter(None, map(_ROWS[first.code], alike)))
    is_found = first.found is not None and _ROWS[first.code](first) == first.found
    return Diagnostic(
        code=first.code,
        cells=_cells(alike),
        location=first.location,
        expected=first.expected if is_found or not names else names,
        found=names if is_found else first.found,
        table=first.table,
    )


def _labels_only(problem: Diagnostic, cells: tuple[str, ...]) -> bool:
    """Return whether the label that is missing stands beside none but rows of ``cells``."""
    layouts = [form for form in FORMS.values() if form.table == problem.table]
    return any(
        all(cell_id in cells for row in rows for cell_id in form.ids_of[row.id])
        for form in layouts
        for label, rows in _rows_of_labels(form)
        if label == problem.expected and form.ids_of[rows[0].id][0] in cells
    )


def _rows_of_labels(form: forms.Form) -> Iterator[tuple[str, Sequence[FormRow]]]:
    """The labels that stand beside or above rows, and those rows."""
    for span in form.spans:
        yield span.label, [row for row in form.rows if span.terminal in row.spans]
    for block in form.blocks:
        if block.head is not None:
            yield block.head.label, block.rows
