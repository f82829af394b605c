"""One table of a report as a data frame in the form's own layout, with its labels."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from ..errors import ModelError
from ..messages import COLON, LISTED, SEMICOLON, Lang
from ..report import Cell, HasCodes, State, Table
from ..template import Column, FormRow
from ..template.captions import SEPARATOR, column_caption, row_label, span_captions
from .columns import OUT_OF_RANGE
from .encoding import exact
from .tables import require_library

if TYPE_CHECKING:
    import pandas
    import polars

Value = int | Decimal | None

NOTES: dict[Lang, str] = {"zh": "备注", "en": "notes"}
"""The name of the last column: what the numbers of the row don't show."""

_LEVELS: dict[Lang, tuple[str, str]] = {"zh": ("项目", "申请人或类别"), "en": ("row", "column")}


@frozen
class _Layout:
    """A table, ready to be put into a frame: labels of rows and columns as paths, outermost first."""

    rows: list[tuple[str, ...]]
    columns: list[tuple[str, ...]]
    values: list[list[Value]]
    """Column by column."""
    notes: list[str]
    is_money: list[bool]


def table_frame(
    table: Table, lang: Lang, library: Literal["pandas", "polars"], reading: HasCodes | None
) -> pandas.DataFrame | polars.DataFrame:
    """The table in a data frame of ``library``; what ``Table.to_frame`` gives."""
    if library not in ("pandas", "polars"):
        raise ModelError.of_choice("library", ("pandas", "polars"), library, code="bad-library")
    require_library(library)
    return (_polars if library == "polars" else _pandas)(_laid_out(table, lang, reading), lang)


def _laid_out(table: Table, lang: Lang, reading: HasCodes | None) -> _Layout:
    form = table.form
    columns: dict[str, Column] = {column.id: column for block in form.blocks for column in block.columns}
    rows: list[dict[str, Cell]] = []
    notes = []
    for row, cells in zip(form.rows, table.rows, strict=True):
        said = map(partial(_note, table, row, lang, reading), form.columns_of[row.id], cells)
        notes.append(SEMICOLON[lang].join(filter(None, said)))
        rows.append({column.id: cell for column, cell in zip(form.columns_of[row.id], cells, strict=True)})
    return _Layout(
        [(*span_captions(form, row, lang), row_label(form, row, lang)) for row in form.rows],
        [column_caption(form, column, lang) for column in columns.values()],
        # Where the form has no such cell there is none, and no note of it.
        [[_held(cells.get(name)) for cells in rows] for name in columns],
        notes,
        [column.kind == "amount" for column in columns.values()],
    )


def _held(cell: Cell | None) -> Value:
    """Return the number of a cell, None where there is none or a column can't hold it."""
    return None if cell is None or cell.value is None or exact(cell.value) is None else cell.value


def _note(table: Table, row: FormRow, lang: Lang, reading: HasCodes | None, column: Column, cell: Cell) -> str:
    """Return what the number of a cell doesn't show; empty where it shows all."""
    words = list(_words(cell, column, lang))
    words += reading.codes(f"{table.id}.{row.id}.{column.id}") if reading is not None else ()
    caption = column_caption(table.form, column, lang)[-1]
    return f"{caption}{COLON[lang]}{LISTED[lang].join(words)}" if words else ""


def _words(cell: Cell, column: Column, lang: Lang) -> Iterator[str]:
    if cell.state is not State.VALUE:
        yield cell.state.label(lang) + (f" {cell.mark}" if cell.mark else "")
    elif cell.unit is not None and cell.unit != column.unit:
        yield cell.text
    if cell.value is not None and exact(cell.value) is None:
        yield OUT_OF_RANGE


def _paths(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """``paths`` all as long as the longest, with empty labels behind."""
    longest = max(map(len, paths))
    return [path + ("",) * (longest - len(path)) for path in paths]


def _pandas(laid: _Layout, lang: Lang) -> pandas.DataFrame:
    import pandas

    made: Any = pandas.array  # its types know no column of counts in which some are missing
    row_name, column_name = _LEVELS[lang]
    columns = _paths([*laid.columns, (NOTES[lang],)])
    data: dict[int, Any] = {
        place: pandas.Series([pandas.NA if value is None else value for value in values], dtype=object)
        if is_money
        else made(values, dtype="Int64")
        for place, (values, is_money) in enumerate(zip(laid.values, laid.is_money, strict=True))
    }
    data[len(data)] = made(laid.notes, dtype="string")
    frame = pandas.DataFrame(data)
    frame.index = _index(pandas, _paths(laid.rows), row_name)
    frame.columns = _index(pandas, columns, column_name)
    return frame


def _index(pandas: Any, paths: list[tuple[str, ...]], name: str) -> Any:
    """An index with a level for each label of a path."""
    depth = len(paths[0])
    if depth == 1:
        return pandas.Index([path[0] for path in paths], name=name)
    return pandas.MultiIndex.from_tuples(paths, names=[name, *[f"{name}{level}" for level in range(2, depth + 1)]])


def _polars(laid: _Layout, lang: Lang) -> polars.DataFrame:
    import polars

    row_name = _LEVELS[lang][0]
    series = []
    for level, labels in enumerate(zip(*_paths(laid.rows), strict=True), start=1):
        series.append(polars.Series(row_name if level == 1 else f"{row_name}{level}", labels, polars.String))
    for caption, values, is_money in zip(laid.columns, laid.values, laid.is_money, strict=True):
        kind = polars.Decimal(38, 6) if is_money else polars.Int64
        series.append(polars.Series(SEPARATOR.join(caption), values, kind))
    return polars.DataFrame([*series, polars.Series(NOTES[lang], laid.notes, polars.String)])
