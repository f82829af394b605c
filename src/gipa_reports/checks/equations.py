"""The identities of the form by name, and the words that messages give them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import frozen

from ..report import Report, Table
from ..template import FORMS, Edition, Form, Identity, TableId
from .subject import Subject, cell_names, parts_of, row_name


@frozen
class Equation:
    """One identity of a form: along a row (``across``), or down a column; ``instance`` is that row or column."""

    form: Form
    number: int
    identity: Identity
    across: bool
    instance: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The ids of the cells of both sides."""
        return (*self.identity.left, *self.identity.right)

    def term(self, cell_id: str, value: object) -> tuple[str, str]:
        """A figure with its name, in Chinese and in English: by its column along a row, by its row down a column."""
        named_by = 1 if self.across else 0
        return f"{cell_names(self.form, cell_id)[named_by]}({value})", f"{parts_of(cell_id)[named_by]}({value})"


@cache
def all_equations(table: TableId, edition: Edition) -> tuple[Equation, ...]:
    """The identities of a table, in the order of the form."""
    form = FORMS[table, edition]
    found = []
    for number, identity in enumerate(form.identities):
        across = identity.name in ("applicants_add_up", "outcomes_add_up")
        row, column = parts_of(identity.right[0])
        found.append(Equation(form, number, identity, across, row if across else column))
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
    form = equation.form
    if not equation.across:
        column = next(column for column in form.blocks[0].columns if column.id == equation.instance)
        return f"{column.label}列", f"Column {column.id}"
    name = row_name(form, equation.instance)
    return (f"{name}行" if form.table == "requests" else name), f"Row {equation.instance}"


def side_words(ids: tuple[str, ...], equation: Equation, subject: Subject, total: int) -> tuple[str, str]:
    """One side of an identity in words, its terms named by column or by row.

    Of a long sum zeros are only counted, and so are the cells that have no figure.
    """
    values = {cell_id: subject.cell(cell_id).value for cell_id in ids}
    counted = (None, 0) if len(ids) > 2 else (None,)
    shown = {cell: value for cell, value in values.items() if value not in counted}
    holes = list(values.values()).count(None)
    zeros = len(ids) - len(shown) - holes
    if zeros == len(ids):
        return f"{zeros}项均为0", f"{zeros} figures, all 0"
    terms = [equation.term(cell_id, value) for cell_id, value in shown.items()]
    if zeros:
        terms.append((f"其余{zeros}项为0", f"{zeros} others(0)"))
    if holes:
        terms.append((f"{holes}处空白", f"{holes} without a figure"))
    zh, en = zip(*terms, strict=True)
    equals = "" if holes or len(ids) == 1 else f"={total}"
    return "+".join(zh) + equals, "+".join(en) + equals
