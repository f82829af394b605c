"""The identities of the form by name, and the words that messages give them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import frozen

from ..report import Report, Table
from ..template import Edition, Form, Identity, TableId, form
from .subject import Subject, cell_names, parts_of, row_name


@frozen
class Equation:
    """One identity of a form: along a row (``across``), or down a column; ``instance`` is that row or column."""

    layout: Form
    number: int
    identity: Identity
    across: bool
    instance: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The ids of the cells of both sides."""
        return (*self.identity.left, *self.identity.right)


@cache
def all_equations(table: TableId, edition: Edition) -> tuple[Equation, ...]:
    """The identities of a table, in the order of the form."""
    layout = form(table, edition)
    found = []
    for number, identity in enumerate(layout.identities):
        across = identity.name in ("applicants_add_up", "outcomes_add_up")
        row, column = parts_of(identity.right[0])
        found.append(Equation(layout, number, identity, across, row if across else column))
    return tuple(found)


def equations(report: Report, name: str) -> Iterator[tuple[Table, Equation]]:
    """The identities of one name, in the order of the form, each with its table."""
    for table in (report.requests, report.proceedings):
        for equation in all_equations(table.id, table.edition):
            if equation.identity.name == name:
                yield table, equation


# --- words for messages ------------------------------------------------------------------------------------------


def equation_name(equation: Equation) -> tuple[str, str]:
    """Name of an identity in a sentence, in Chinese and in English: by its column or its row."""
    layout = equation.layout
    if not equation.across:
        column = next(column for column in layout.blocks[0].columns if column.id == equation.instance)
        return f"{column.label}列", f"Column {column.id}"
    name = row_name(layout, equation.instance)
    return (f"{name}行" if layout.table == "requests" else name), f"Row {equation.instance}"


def side_words(ids: tuple[str, ...], equation: Equation, subject: Subject, total: int) -> tuple[str, str]:
    """One side of an identity in words, its terms named by column or by row.

    Of a long sum zeros are only counted, and so are the cells that have no figure.
    """
    values = {cell_id: subject.cell(cell_id).value for cell_id in ids}
    shown = {cell: value for cell, value in values.items() if value or (len(ids) <= 2 and value is not None)}
    holes = list(values.values()).count(None)
    zeros = len(ids) - len(shown) - holes
    if zeros == len(ids):
        return f"{zeros}项均为0", f"{zeros} figures, all 0"
    named_by = 1 if equation.across else 0  # the column of a cell, or its row
    zh = [f"{cell_names(equation.layout, cell)[named_by]}({value})" for cell, value in shown.items()]
    en = [f"{parts_of(cell)[named_by]}({value})" for cell, value in shown.items()]
    if zeros:
        zh.append(f"其余{zeros}项为0")
        en.append(f"{zeros} others(0)")
    if holes:
        zh.append(f"{holes}处空白")
        en.append(f"{holes} without a figure")
    equals = "" if holes or len(ids) == 1 else f"={total}"
    return "+".join(zh) + equals, "+".join(en) + equals
