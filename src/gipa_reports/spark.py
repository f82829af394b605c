"""Apache Spark: the same reading on a cluster. Needs the extra ``spark``, and Java.

>>> from gipa_reports import spark
>>> results = spark.scan(frame)                  # doctest: +SKIP
>>> spark.cells(results).groupBy("year", "cell").sum("value")  # doctest: +SKIP

The package must be installed where Spark's workers run; nothing else is asked of the cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .errors import MissingExtraError
from .frames import COLUMNS, parse_batch, results_schema
from .limits import DEFAULT, Limits

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import Column, DataFrame

_ROWS = 200
"""Sources that are parsed into one batch: Spark's own batches would hold the cells of ten thousand at a time."""


def scan(frame: DataFrame, *, limits: Limits = DEFAULT) -> DataFrame:
    """Yield what is in the sources of ``frame``, one row each, as ``gipa_reports.parse_batch`` gives it.

    ``frame`` has the columns ``source`` (string) and ``content`` (string or binary). Nothing is computed before the
    result is asked for; keep it (``persist``, or write it) before making more than one table of it. ``limits.seconds``
    and ``limits.memory`` bound the reading of PDF files alone: what a task may take is Spark's business.

    Raises ``MissingExtraError`` without pyspark.
    """
    _functions()
    from pyspark.sql.pandas.types import from_arrow_schema

    def parse(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, _ROWS):
                yield parse_batch(batch.slice(start, _ROWS), limits=limits)

    return frame.select("source", "content").mapInArrow(parse, from_arrow_schema(results_schema()))


def cells(results: DataFrame) -> DataFrame:
    """The table ``cells`` of what ``scan`` gave: a row for each cell of each report."""
    return _unnested(results, "cells")


def problems(results: DataFrame) -> DataFrame:
    """The table ``problems`` of what ``scan`` gave."""
    return _unnested(results, "problems")


def reports(results: DataFrame) -> DataFrame:
    """The table ``reports`` of what ``scan`` gave: a row for each source that is a report."""
    functions = _functions()
    columns = [_column(results, column.name, functions) for column in COLUMNS["reports"]]
    return results.where(functions.col("report").isNotNull()).select(*columns)


def _unnested(results: DataFrame, table: str) -> DataFrame:
    functions = _functions()
    names = [column.name for column in COLUMNS["cells" if table == "cells" else "problems"]]
    inside = {field.name for field in results_schema().field(table).type.value_type}
    kept = [_column(results, name, functions) for name in names if name not in inside]
    rows = results.select(*kept, functions.explode(table).alias("item"))
    return rows.select(*(functions.col(f"item.{name}" if name in inside else name) for name in names))


def _column(results: DataFrame, name: str, functions: Any) -> Column:
    """A property of the source, or of its report."""
    column: Column = functions.col(name if name in results.columns else f"report.{name}")
    return column.alias(name)


def _functions() -> Any:
    try:
        from pyspark.sql import functions
    except ModuleNotFoundError as error:
        raise MissingExtraError.of("gipa_reports.spark", "pyspark", "spark") from error
    return functions
