"""Every column of every data frame, once: from here come the Arrow schemas, the code book and ``docs/data.md``.

``COLUMNS`` maps the name of a table to its columns. ``cells``, ``reports`` and ``problems`` are what a scan writes;
``cells`` is the long form and ``wide`` the wide form of the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, product, starmap
from types import MappingProxyType
from typing import Literal

from attrs import frozen

from ..brief import one_line
from ..template import EDITIONS, FORMS, HEADINGS, TABLES, Edition, TableId
from ..template.captions import cell_caption, in_english
from ..template.words import METADATA

DATA_VERSION = "1"
"""Of the tables that a scan writes; a folder of another version is refused."""

TableName = Literal["cells", "reports", "problems", "wide"]
Kind = Literal["string", "int32", "int64", "date", "decimal"]

DECIMAL_DIGITS = 28
DECIMAL_PLACES = 6
"""Money is a decimal of 28 digits, six of them behind the point: 万元 down to the fen. Arrow's decimals have 38 at
most, and a difference has a digit more than its terms.
"""

OUT_OF_RANGE = "value-out-of-range"
"""Code of a figure that its column of numbers can't hold exactly: the number is null, its words are in ``text``."""


@frozen(kw_only=True)
class DataColumn:
    """One column of a table.

    ``unit`` and ``edition`` are those of the form, None where a column has none; ``nullable`` tells whether a value
    can be missing.
    """

    table: TableName
    name: str
    kind: Kind
    zh: str
    en: str
    unit: str | None = None
    edition: Edition | None = None
    nullable: bool = False

    __repr__ = one_line

    @property
    def type(self) -> str:
        """The type, as Arrow writes it."""
        if self.kind == "decimal":
            return f"decimal128({DECIMAL_DIGITS}, {DECIMAL_PLACES})"
        return "date32" if self.kind == "date" else self.kind


def wide_name(cell_id: str, edition: Edition) -> str:
    """The name of a cell's column in the wide form: ``requests.received.total@2021``."""
    return f"{cell_id}@{edition}"


def _columns(table: TableName, *rows: tuple[str, Kind, str, str]) -> tuple[DataColumn, ...]:
    """Columns from name, kind (with ``?`` behind the name where a value can be missing), Chinese and English label."""
    return tuple(
        DataColumn(table=table, name=name.removesuffix("?"), kind=kind, zh=zh, en=en, nullable=name.endswith("?"))
        for name, kind, zh, en in rows
    )


_Definition = tuple[str, Kind, str, str]

_YEAR: _Definition = ("year?", "int64", METADATA["year"], "The year reported on; null where the document does not say")
_AGENCY: _Definition = (
    "agency?", "string", METADATA["agency"], "The organ that reports; null where the document does not say"
)  # fmt: skip
_SOURCE_HASH: _Definition = (
    "sha256?", "string", "原文哈希", "SHA-256 of the source; null where it could not be opened"
)  # fmt: skip

_CELLS = _columns(
    "cells",
    ("source?", "string", "来源", "Path or address of the report; null where none was given"),
    _AGENCY,
    _YEAR,
    ("table", "string", "表", "disclosure, requests or proceedings"),
    ("edition", "string", "版式", "2019 or 2021: the national form that the table follows, by its own labels"),
    ("cell", "string", "单元格", "Id of the cell, table.row.column"),
    ("state", "string", "状态", "value, blank, not_applicable, absent or invalid; a blank is not zero"),
    ("value?", "int64", "数值", "The number of a count; null in every other state, and where out of range (see codes)"),
    ("unit?", "string", "原文单位",
     "The unit behind the figure, or stated around it where it is not the form's; nothing is converted"),
    ("text", "string", "原文", "The words in the cell, as the document has them; empty where there are none"),
    ("codes?", "string", "代码",
     "Codes of all diagnostics that touch the cell, space-separated; empty: plainly there; null: not known"),
    ("amount?", "decimal", "金额", "The number of an amount of money; null where value would be, and for every count"),
)  # fmt: skip

_EDITIONS_OF_TABLES: tuple[_Definition, ...] = tuple(
    (f"{table}_edition", "string", f"{heading.ordinal}的版式", f"Edition of the table {table}")
    for table in TABLES
    for heading in HEADINGS
    if heading.id == table
)

_PROSE: tuple[_Definition, ...] = tuple(
    (f"prose_{heading.id}?", "string", f"{heading.ordinal}的正文", f"Prose of section {heading.id}, a line a paragraph")
    for heading in HEADINGS
)

_REPORTS = _columns(
    "reports",
    ("source?", "string", "来源", "Path or address of the report; null where none was given"),
    _SOURCE_HASH,
    ("bytes?", "int64", "原文字节数", "Size of the source; of a text that was given as such, in UTF-8"),
    ("format?", "string", "格式", "text, markdown, html, docx, xlsx or pdf"),
    ("layout", "string", "表格排布", "How each table was laid out, in the order of the form; see docs/data.md"),
    ("title?", "string", METADATA["title"], "The title as written; null where there is none"),
    _AGENCY,
    _YEAR,
    ("period_start?", "date", "统计期间起", "First day that the figures cover; null where the document does not say"),
    ("period_end?", "date", "统计期间止", "Last day that the figures cover; null where the document does not say"),
    *_EDITIONS_OF_TABLES,
    ("errors", "int32", "错误数", "Diagnostics of severity error: the source can't be read without guessing"),
    ("warnings", "int32", "警告数", "Diagnostics of severity warning: figures that were not plainly there"),
    ("codes", "string", "代码", "Codes of all diagnostics of the report, each once, space-separated"),
    *_PROSE,
)  # fmt: skip

_PROBLEMS = _columns(
    "problems",
    ("source?", "string", "来源", "Path or address of the report; null where none was given"),
    _SOURCE_HASH,
    _AGENCY,
    _YEAR,
    ("kind", "string", "类别", "refusal (no report), diagnostic (of a report), duplicate, passed (no document)"),
    ("code", "string", "代码", "Stable code of the problem"),
    ("severity", "string", "严重程度", "error, warning or info"),
    ("table?", "string", "表", "The table that the problem is in; null where it is in none"),
    ("cells", "string", "涉及单元格", "Ids of the cells that the problem touches, space-separated"),
    ("line?", "int32", "行", "Line of the source, from 1; null where it has none"),
    ("column?", "int32", "列", "Column in that line or in the grid, from 1"),
    ("place", "string", "位置", "The place in words, for all formats: line, page, sheet, row, column"),
    ("text", "string", "原文", "The words at that place"),
    ("expected?", "string", "应有", "What was expected there"),
    ("found?", "string", "实有", "What was found; of a duplicate, the source that has the content first"),
    ("message_zh", "string", "说明（中文）", "The problem as a sentence in Chinese"),
    ("message_en", "string", "说明（英文）", "The problem as a sentence in English"),
)  # fmt: skip

_WIDE_HEAD = _columns(
    "wide",
    ("source?", "string", "来源", "Path or address of the report; null where none was given"),
    _AGENCY,
    _YEAR,
    *_EDITIONS_OF_TABLES,
    ("codes?", "string", "代码",
     "Codes of all diagnostics that touch a cell of the report, each once, space-separated; null: not known"),
    ("flagged?", "string", "有代码的单元格", "Ids of the cells that have a code, space-separated; null as codes are"),
)  # fmt: skip


@cache
def wide_figures(table: TableId, edition: Edition) -> tuple[DataColumn, ...]:
    """The columns of a table and edition in the wide form, in the order of its cells."""
    form = FORMS[table, edition]
    return tuple(
        DataColumn(
            table="wide",
            name=wide_name(f"{table}.{row.id}.{column.id}", edition),
            kind="decimal" if column.kind == "amount" else "int64",
            zh=cell_caption(form, row, column),
            en=f"{in_english(row.id)}: {in_english(column.id)}",
            unit=column.unit,
            edition=edition,
            nullable=True,
        )
        for row in form.rows
        for column in form.columns_of[row.id]
    )


COLUMNS: Mapping[TableName, tuple[DataColumn, ...]] = MappingProxyType(
    {
        "cells": _CELLS,
        "reports": _REPORTS,
        "problems": _PROBLEMS,
        "wide": (*_WIDE_HEAD, *chain.from_iterable(starmap(wide_figures, product(TABLES, EDITIONS)))),
    }
)
"""Table → its columns, in order. In a scan's folder ``year`` is the name of a subfolder and no column of the files."""

CODE_BOOK_FIELDS = ("table", "column", "type", "label_zh", "label_en", "unit", "edition", "nullable")


def code_book() -> Iterator[tuple[str, ...]]:
    """Every column as texts under ``CODE_BOOK_FIELDS``."""
    for columns in COLUMNS.values():
        for column in columns:
            yield (
                column.table,
                column.name,
                column.type,
                column.zh,
                column.en,
                column.unit or "",
                column.edition or "",
                "yes" if column.nullable else "no",
            )
