"""Arrow arrays and tables from what was read; the one place where columns are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from ..errors import MissingExtraError
from ..lazy import Lazy
from ..template import EDITIONS, FORMS, TABLES, Edition
from .columns import COLUMNS, DATA_VERSION, DECIMAL_DIGITS, DECIMAL_PLACES, Kind, TableName
from .encoding import STATES, Cells, tables_of

if TYPE_CHECKING:
    import pyarrow
    import pyarrow as pa
    import pyarrow.compute as pc
else:
    pa = pyarrow = Lazy("pyarrow")
    pc = Lazy("pyarrow.compute")

REPEATED = ("source", "agency", "table", "edition", "cell", "state", "unit", "codes")
"""Columns of texts that recur from cell to cell: in memory each text is kept once."""


def require_pyarrow(purpose: str = "a data frame", extra: str = "arrow") -> None:
    """Raise ``MissingExtraError`` where pyarrow is not installed: ``extra`` brings all that ``purpose`` needs."""
    try:
        import pyarrow  # noqa: F401 - to see whether it is there
    except ModuleNotFoundError as error:
        raise MissingExtraError.of(purpose, "pyarrow", extra) from error


def arrow_type(kind: Kind) -> pyarrow.DataType:
    """The Arrow type of a kind of column."""
    if kind == "decimal":
        return pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES)
    names = {"string": pa.string, "int32": pa.int32, "int64": pa.int64, "date": pa.date32}
    return names[kind]()


@cache
def arrow_schema(table: TableName) -> pyarrow.Schema:
    """The schema of ``table``, with the labels and units of its columns as metadata."""
    fields = []
    for column in COLUMNS[table]:
        metadata = {"zh": column.zh, "en": column.en, "unit": column.unit or "", "edition": column.edition or ""}
        fields.append(
            pa.field(
                column.name,
                arrow_type(column.kind),
                nullable=column.nullable,
                metadata={name: text for name, text in metadata.items() if text},
            )
        )
    return pa.schema(fields, metadata={"gipa_reports.data_version": DATA_VERSION})


@cache
def frame_schema() -> pyarrow.Schema:
    """The schema of the long form in memory: as that of ``cells``, with texts that recur as dictionaries."""
    dictionary = pa.dictionary(pa.int32(), pa.string())
    schema = arrow_schema("cells")
    return pa.schema(
        [field.with_type(dictionary) if field.name in REPEATED else field for field in schema],
        metadata=schema.metadata,
    )


def strings(texts: Sequence[str | None]) -> pyarrow.Array:
    """An array of texts; halves of characters, which UTF-8 does not have, are written as escapes."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if text is None else utf8(text) for text in texts], pa.string())


def utf8(text: str) -> str:
    """``text`` without halves of characters."""
    return text.encode("utf-8", "backslashreplace").decode()


_PARTS = ("table", "edition", "cell")
"""Columns of cells that the forms alone decide."""


@cache
def _names(part: str) -> tuple[str, ...]:
    """Every text that a column of ``_PARTS`` can hold."""
    ids = (cell_id for form in FORMS.values() for cell_id in form.cell_ids)
    return {"table": TABLES, "edition": EDITIONS, "cell": tuple(dict.fromkeys(ids))}[part]


@cache
def _codes(part: str, disclosure: Edition, requests: Edition) -> tuple[int, ...]:
    """A column of ``_PARTS`` for one report with these editions, as indexes into ``_names``."""
    return tuple(
        _names(part).index({"table": table, "edition": edition, "cell": cell_id}[part])
        for table, edition in tables_of(disclosure, requests)
        for cell_id in FORMS[table, edition].cell_ids
    )


def cell_arrays(cells: Cells) -> dict[str, pyarrow.Array]:
    """The columns of cells that are no property of the whole report; texts that recur as dictionaries."""
    columns: dict[str, pyarrow.Array] = {}
    for part in _PARTS:
        codes = chain.from_iterable(_codes(part, *editions) for editions in cells.forms)
        columns[part] = _dictionary(codes, _names(part))
    columns["state"] = _dictionary(cells.states, STATES)
    columns["value"] = pa.array([value if isinstance(value, int) else None for value in cells.values], pa.int64())
    amounts = [value if isinstance(value, Decimal) else None for value in cells.values]
    columns["amount"] = pa.array(amounts, arrow_type("decimal"))
    columns["unit"] = _sparse(len(cells.texts), cells.units, None)
    columns["text"] = strings(cells.texts)
    columns["codes"] = _sparse(len(cells.texts), cells.codes, "", cells.unread)
    return columns


def _dictionary(codes: Iterable[int | None], names: Iterable[str]) -> pyarrow.Array:
    return pa.DictionaryArray.from_arrays(pa.array(list(codes), pa.int32()), strings(list(names)))


def _sparse(
    count: int, found: dict[int, str], default: str | None, unknown: Iterable[tuple[int, int]] = ()
) -> pyarrow.Array:
    """A dictionary array of ``default`` but for what was found at a few places, null at those that are ``unknown``."""
    names = list(dict.fromkeys([*([] if default is None else [default]), *found.values()]))
    code_of = {name: code for code, name in enumerate(names)}
    codes: list[int | None] = [None if default is None else 0] * count
    for start, end in unknown:
        codes[start:end] = [None] * (end - start)
    for index, text in found.items():
        codes[index] = code_of[text]
    return _dictionary(codes, names)


def plain(column: pyarrow.Array) -> pyarrow.Array:
    """``column`` with its texts themselves, where it is a dictionary."""
    return column.dictionary.take(column.indices) if pa.types.is_dictionary(column.type) else column


def offsets(lengths: Iterable[int]) -> pyarrow.Array:
    """Return where each list begins in the values of a list array, and where the last one ends."""
    return pa.array([0, *accumulate(lengths)], pa.int32())
