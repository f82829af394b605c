"""Labels of the forms, each with its spellings as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from . import forms
from .forms import TableId


@frozen
class Label:
    """Meaning of a label. ``name`` is a terminal of the grammar, or a column id, or a row id of 四."""

    kind: Literal["row", "span", "head", "column", "caption"]
    table: TableId
    name: str
    text: str


def entries() -> Iterator[tuple[Label, tuple[str, ...]]]:
    """Every label of both editions with its spellings."""
    for form in forms.FORMS.values():
        for span in form.spans:
            yield Label("span", form.table, span.terminal, span.label), (span.label, *span.aliases)
        for block in form.blocks:
            if block.head is not None:
                yield Label("head", form.table, block.head.terminal, block.head.label), (block.head.label,)
            for column in block.columns:
                label = Label("column", form.table, column.id, column.label)
                yield label, (column.label, *column.aliases)
            for row in block.rows:
                if form.table == "proceedings":
                    yield Label("caption", form.table, row.id, row.label), (row.label, *row.aliases)
                else:
                    spellings = (row.label, row.label + row.note, *row.aliases)
                    yield Label("row", form.table, row.terminal, row.label), spellings
    captions: tuple[tuple[TableId, forms.Span], ...] = (
        ("disclosure", forms.INFORMATION),
        ("requests", forms.CORNER),
        ("requests", forms.APPLICANTS),
        ("requests", forms.ORGANISATIONS),
        ("proceedings", forms.LITIGATION),
    )
    for table, span in captions:
        yield Label("caption", table, span.terminal, span.label), (span.label, *span.aliases)
