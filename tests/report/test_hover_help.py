"""What an editor shows of a row or column: its Chinese label and its unit, in the words of the template.

To add a row or a column, write its name and its type; where its words are wrong the test says which are right.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

from gipa_reports.report import rows, tables
from gipa_reports.report.table import Table
from gipa_reports.report.tables import Disclosure, Proceedings, Requests
from gipa_reports.report.views import RowView
from gipa_reports.template import FORMS, Block, Column, Form, FormRow

TABLES: tuple[type[Table], ...] = (Disclosure, Requests, Proceedings)


def in_units(names: list[str], columns: tuple[Column, ...]) -> str:
    units = list(dict.fromkeys(column.unit for column in columns if column.unit is not None))
    return "·".join(names) + (f", in {' and '.join(units)}." if units else "; the form names no unit.")


def of_row(layout: Form, block: Block, row: FormRow) -> str:
    """All that the form says of a row, outermost first."""
    head = [] if block.head is None else [block.head.label]
    return in_units([*head, *spans(layout, row), row.label + row.note], block.columns)


def spans(layout: Form, row: FormRow) -> list[str]:
    labels = {span.terminal: span.label for span in layout.spans}
    return [labels.get(span, span) for span in row.spans]


def expected() -> Iterator[tuple[type, str, str]]:
    """Class, attribute and words, for each row and column of each edition."""
    for layout in FORMS.values():
        table: type[Table] = next(base for base in TABLES if base.id == layout.table)._by_edition[layout.edition]
        for block in layout.blocks:
            for row in block.rows:
                outer, _, inner = row.id.partition(".")
                view = class_of(table, outer)
                if inner:
                    yield table, outer, in_units(spans(layout, row), block.columns)
                    yield view, inner, of_row(layout, block, row)
                    view = class_of(view, inner)
                else:
                    yield table, outer, of_row(layout, block, row)
                for column in block.columns:
                    yield view, column.id, in_units([*filter(None, [column.span]), column.label], (column,))


def class_of(owner: type, name: str) -> type[RowView]:
    hint: Any = get_type_hints(owner)[name]
    found: type[RowView] = get_args(hint)[0] if get_args(hint) else hint
    return found


def words_of(cls: type) -> dict[str, str]:
    """Attribute → the literal below it, as editors show it, of a class and of what it inherits."""
    found: dict[str, str] = {}
    for each in reversed(cls.__mro__):
        if each.__module__ in (rows.__name__, tables.__name__):
            (definition,) = ast.parse(inspect.getsource(each)).body
            assert isinstance(definition, ast.ClassDef)
            for line, after in zip(definition.body, definition.body[1:], strict=False):
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    words = after.value if isinstance(after, ast.Expr) else None
                    found[line.target.id] = words.value if isinstance(words, ast.Constant) else ""  # type: ignore[assignment]
    return found


@pytest.mark.parametrize("cls", sorted({cls for cls, _, _ in expected()}, key=repr))
def test_every_name_shows_label_and_unit(cls: type) -> None:
    shown = words_of(cls)
    wanted: dict[str, set[str]] = {}
    for owner, name, words in expected():
        if owner is cls:
            wanted.setdefault(name, set()).add(words)
    assert {name: {shown.get(name, "")} for name in wanted} == wanted


def test_words_are_those_that_a_person_expects() -> None:
    assert words_of(tables.Disclosure2021)["fees"] == "第二十条第（八）项·行政事业性收费, in 万元."
    assert words_of(tables.Requests2019)["received"] == "一、本年新收政府信息公开申请数量, in 件."
    assert words_of(rows.RequestRow)["business"] == "法人或其他组织·商业企业, in 件."
    assert words_of(rows.ProcurementRow2019)["amount"] == "采购总金额; the form names no unit."
