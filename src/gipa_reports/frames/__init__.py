"""Reports as data frames: one schema for all of them, tables of one report or many, and the seam for engines."""

from __future__ import annotations

from .batch import Tables as Tables
from .batch import parse_batch as parse_batch
from .batch import results_schema as results_schema
from .batch import unnest as unnest
from .columns import CODE_BOOK_FIELDS as CODE_BOOK_FIELDS
from .columns import COLUMNS as COLUMNS
from .columns import DATA_VERSION as DATA_VERSION
from .columns import DataColumn as DataColumn
from .columns import code_book as code_book
from .findings import findings_frame as findings_frame
from .layout import table_frame as table_frame
from .tables import to_arrow as to_arrow
from .tables import to_pandas as to_pandas
from .tables import to_polars as to_polars
