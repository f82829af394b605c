"""The rows of the form as they stand in a document: one of each, and all three of 四 in one."""

from __future__ import annotations

from functools import cache, cached_property

from attrs import frozen

from ..template import FIGURES, FORMS, Column, Edition, Form, TableId, forms
from ..template.forms import FormRow, Kind, Span


@frozen(eq=False)
class FormLine:
    """A row of figures as documents have it, of one or more ``rows`` of the form, whose cells are ``ids``."""

    terminal: str
    label: str
    rows: tuple[FormRow, ...]
    ids: tuple[str, ...]
    is_labelled: bool = True
    """True if it has words of its own; the row of figures of 四 has none."""


@frozen(slots=False, eq=False)
class LineBlock:
    """Lines below one heading, with the columns of each."""

    table: TableId
    columns: tuple[Column, ...]
    lines: tuple[FormLine, ...]
    head: Span | None = None

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the columns."""
        return tuple(column.kind for column in self.columns)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The indexes of all columns, in the order of the form."""
        return tuple(range(len(self.columns)))

    @cached_property
    def depths(self) -> dict[str, int]:
        """Terminal of a line → how many labels the form has to the left of its own."""
        return {line.terminal: len(line.rows[0].spans) for line in self.lines if line.is_labelled}

    @cached_property
    def addends(self) -> int:
        """Return how many figures of a line add up to the one behind them; 0 where none do."""
        groups = (forms.APPLICANT_COLUMNS, forms.OUTCOME_COLUMNS)
        return next((len(group) - 1 for group in groups if len(self.columns) % len(group) == 0), 0)


@cache
def blocks_of(table: TableId, edition: Edition) -> tuple[LineBlock, ...]:
    """The blocks of a table, in the order of the form."""
    form = FORMS[table, edition]
    if table == "proceedings":
        (block,) = form.blocks
        line = FormLine(FIGURES, table, block.rows, form.cell_ids, is_labelled=False)
        return (LineBlock(table, block.columns * len(block.rows), (line,)),)
    return tuple(
        LineBlock(
            table,
            block.columns,
            tuple(FormLine(row.terminal, row.label, (row,), form.ids_of[row.id]) for row in block.rows),
            block.head,
        )
        for block in form.blocks
    )


@cache
def terminals_of(table: TableId, edition: Edition) -> frozenset[str]:
    """The names of all lines of a table."""
    return frozenset(line.terminal for block in blocks_of(table, edition) for line in block.lines)


@cache
def line_of(table: TableId, edition: Edition, terminal: str) -> FormLine | None:
    """The line that a terminal of the grammar is, None for a label or heading."""
    lines = (line for block in blocks_of(table, edition) for line in block.lines)
    return next((line for line in lines if line.terminal == terminal), None)


def ids_of(form: Form, terminal: str) -> tuple[str, ...]:
    """The cells of the line of a terminal; none for a label."""
    line = line_of(form.table, form.edition, terminal)
    return () if line is None else line.ids


NAMES = {
    terminal: label
    for form in FORMS.values()
    for terminal, label in (
        *((span.terminal, span.label) for span in form.spans),
        *((block.head.terminal, block.head.label) for block in form.blocks if block.head is not None),
        *((row.terminal, row.label) for row in form.rows),
    )
} | {FIGURES: "figures"}
"""Terminal → the words of the form, for people."""


@cache
def is_row(table: TableId, terminal: str) -> bool:
    """Return whether a name of the grammar is a row, or a label beside or above rows, and not in a heading."""
    return terminal in _labels_of(table) or any(line_of(table, edition, terminal) for edition in forms.EDITIONS)


@cache
def is_label(table: TableId, terminal: str) -> bool:
    """Return whether a name of the grammar is a label that has no figures of its own."""
    return terminal in _labels_of(table)


@cache
def _labels_of(table: TableId) -> frozenset[str]:
    layouts = [FORMS[table, edition] for edition in forms.EDITIONS]
    heads = (block.head for form in layouts for block in form.blocks if block.head is not None)
    return frozenset(span.terminal for span in (*heads, *(span for form in layouts for span in form.spans)))
