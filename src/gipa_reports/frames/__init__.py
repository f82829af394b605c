"""Reports as data frames: one schema for all of them, tables of one report or many, and the seam for engines."""

from __future__ import annotations

from .batch import Tables, parse_batch, results_schema, unnest
from .columns import CODE_BOOK_FIELDS, COLUMNS, DATA_VERSION, DataColumn, code_book
from .findings import findings_frame
from .layout import table_frame
from .tables import to_arrow, to_pandas, to_polars

__all__ = [
    "CODE_BOOK_FIELDS",
    "COLUMNS",
    "DATA_VERSION",
    "DataColumn",
    "Tables",
    "code_book",
    "findings_frame",
    "parse_batch",
    "results_schema",
    "table_frame",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "unnest",
]
