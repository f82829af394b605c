"""The identities of the form by name, and the words that messages give them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from attrs import frozen

from ..report import Report, Table
from ..template import Edition, Form, Identity, TableId, form
from .subject import Subject, cell_names, row_name, within


@frozen
class Equation:
    """One identity. ``instance`` is its column (``total``) or its row (``received``)."""

    number: int
    identity: Identity
    instance: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The ids of the cells of both sides."""
        return (*self.identity.left, *self.identity.right)


@cache
def all_equations(table: TableId, edition: Edition) -> tuple[Equation, ...]:
    """The identities of a table, in the order of the form."""
    return tuple(
        Equation(number, identity, _instance(identity))
        for number, identity in enumerate(form(table, edition).identities)
    )


def equations(report: Report, name: str) -> Iterator[tuple[Table, Equation]]:
    """The identities of one name, in the order of the form, each with its table."""
    for table in (report.requests, report.proceedings):
        for equation in all_equations(table.id, table.edition):
            if equation.identity.name == name:
                yield table, equation


def _instance(identity: Identity) -> str:
    row, _, column = within(identity.right[0]).rpartition(".")
    return row if identity.name in _ACROSS else column


_ACROSS = frozenset({"applicants_add_up", "outcomes_add_up"})
"""Identities along a row; the others run down a column."""


# --- words for messages ------------------------------------------------------------------------------------------


def equation_name(layout: Form, equation: Equation) -> tuple[str, str]:
    """Name of an identity in a sentence, in Chinese and in English: by its column or its row."""
    if equation.identity.name not in _ACROSS:
        column = next(column for column in layout.blocks[0].columns if column.id == equation.instance)
        return f"{column.label}列", f"Column {column.id}"
    name = row_name(layout, equation.instance)
    return (f"{name}行" if layout.table == "requests" else name), f"Row {equation.instance}"


def _term_words(cell_id: str, value: int | Decimal | None, equation: Equation, subject: Subject) -> tuple[str, str]:
    """A figure with its name: by its column in an identity of a row, by its row in one of a column."""
    row_zh, column_zh = cell_names(subject.report, cell_id)
    row_id, _, column_id = within(cell_id).rpartition(".")
    across = equation.identity.name in _ACROSS
    return f"{column_zh if across else row_zh}({value})", f"{column_id if across else row_id}({value})"


def _is_shown(value: int | Decimal | None, count: int) -> bool:
    """Return whether a sum of ``count`` terms shows one with this value by itself."""
    return bool(value) or (count <= 2 and value is not None)


def side_words(ids: tuple[str, ...], equation: Equation, subject: Subject, total: int) -> tuple[str, str]:
    """One side of an identity in words, its terms named by column or by row.

    Of a long sum zeros are only counted, and so are the cells that have no figure.
    """
    values = {cell_id: subject.cell(cell_id).value for cell_id in ids}
    shown = [cell_id for cell_id, value in values.items() if _is_shown(value, len(ids))]
    holes = list(values.values()).count(None)
    zeros = len(ids) - len(shown) - holes
    if zeros == len(ids):
        return f"{zeros}项均为0", f"{zeros} figures, all 0"
    terms = [_term_words(cell_id, values[cell_id], equation, subject) for cell_id in shown]
    if zeros:
        terms.append((f"其余{zeros}项为0", f"{zeros} others(0)"))
    if holes:
        terms.append((f"{holes}处空白", f"{holes} without a figure"))
    equals = "" if holes or len(ids) == 1 else f"={total}"
    zh, en = zip(*terms, strict=True)
    return "+".join(zh) + equals, "+".join(en) + equals
