"""``to_arrow``, ``to_pandas`` and ``to_polars``: the figures of one report or many as one data frame."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from ..errors import MissingExtraError, ModelError, WrongTypeError
from ..lazy import Lazy
from ..messages import Phrase
from ..parsing import Reading
from ..report import Report
from ..template import EDITIONS, TABLES, Edition, TableId
from .arrow import arrow_schema, arrow_type, cell_arrays, frame_schema, offsets, require_pyarrow, strings, utf8
from .columns import COLUMNS, OUT_OF_RANGE, Kind, wide_figures
from .encoding import Cells, exact

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    import pyarrow as pa
    import pyarrow.compute as pc
else:
    pandas, polars, pa = Lazy("pandas"), Lazy("polars"), Lazy("pyarrow")
    pyarrow, pc = pa, Lazy("pyarrow.compute")

Shape = Literal["long", "wide"]
One = Report | Reading
Reports = One | Iterable[One] | Mapping[str, One]


@frozen(eq=False)
class _Entry:
    source: str | None
    report: Report
    reading: Reading | None


def to_arrow(reports: Reports, *, shape: Shape = "long") -> pyarrow.Table:
    """The figures of ``reports`` as an Arrow table.

    ``reports`` is a ``Report`` or ``Reading``, an iterable of them, or a mapping from the source's name to either. A
    reading has codes and the words of the source; of a report these are not known: ``codes`` is null, and ``text`` the
    figure as it is rendered.

    ``"long"`` has a row for each cell, the columns of ``COLUMNS["cells"]``; ``"wide"`` a row for each report, with a
    column for each cell id and edition (``requests.received.total@2021``), those of ``COLUMNS["wide"]``. There a
    number stands only where the state is ``value``; counts are ``int64``, money is decimal. A number that its column
    can't hold exactly is null and has the code ``value-out-of-range``, never rounded.

    Raises ``ModelError`` for another shape, for anything that is no report, and for a reading without one, so that no
    source drops out unseen; ``MissingExtraError`` without pyarrow.
    """
    if shape not in ("long", "wide"):
        raise ModelError.of_choice("shape", ("long", "wide"), shape, code="bad-shape")
    require_pyarrow()
    entries = list(_entries(reports))
    return _long(entries) if shape == "long" else _wide(entries)


def to_pandas(reports: Reports, *, shape: Shape = "long") -> pandas.DataFrame:
    """As ``to_arrow``, as a pandas data frame.

    Integers are ``Int64``, which has null among its values; money is Python's ``Decimal``, exact, for pandas can't
    compute with Arrow's: ``astype("Float64")`` makes floats of it. Texts that recur are categories.

    Raises what ``to_arrow`` does, ``MissingExtraError`` without pandas too.
    """
    require_library("pandas")
    return as_pandas(to_arrow(reports, shape=shape))


def require_library(name: Literal["pandas", "polars"]) -> None:
    """Raise ``MissingExtraError`` where a library of data frames, or what it is fed with, is not installed."""
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError.of("this data frame", name, name) from error
    require_pyarrow("this data frame", name)


def as_pandas(table: pyarrow.Table) -> pandas.DataFrame:
    """An Arrow table in pandas, nothing rounded and nothing taken for a number that is none."""
    import pandas

    def dtype(kind: pyarrow.DataType) -> Any:
        if pa.types.is_dictionary(kind) or pa.types.is_decimal(kind):
            return None
        return pandas.Int64Dtype() if pa.types.is_integer(kind) else pandas.ArrowDtype(kind)

    frame: pandas.DataFrame = table.to_pandas(types_mapper=dtype)
    for field in table.schema:
        if pa.types.is_decimal(field.type):
            frame[field.name] = frame[field.name].where(frame[field.name].notna(), pandas.NA)
    return frame


def to_polars(reports: Reports, *, shape: Shape = "long") -> polars.DataFrame:
    """As ``to_arrow``, as a polars data frame; texts that recur are categories.

    Raises what ``to_arrow`` does, ``MissingExtraError`` without polars too.
    """
    require_library("polars")
    return as_polars(to_arrow(reports, shape=shape))


def as_polars(table: pyarrow.Table) -> polars.DataFrame:
    """An Arrow table in polars."""
    import polars

    frame = polars.from_arrow(table)
    assert isinstance(frame, polars.DataFrame)
    return frame


def _entries(reports: Reports) -> Iterator[_Entry]:
    named: Iterable[tuple[object, object]]
    if isinstance(reports, Report | Reading):
        named = [(None, reports)]
    elif isinstance(reports, Mapping):
        named = reports.items()
    else:
        named = ((None, report) for report in reports)
    for name, one in named:
        source = None if name is None else utf8(os.fspath(name) if isinstance(name, os.PathLike) else str(name))
        if isinstance(one, Report):
            yield _Entry(source, one, None)
        elif not isinstance(one, Reading):
            raise WrongTypeError.of("reports", "Report | Reading", one, code="bad-report")
        elif one.report is None:
            raise _without_report(source, one)
        else:
            yield _Entry(source, one.report, one)


def _without_report(source: str | None, reading: Reading) -> ModelError:
    """The error for a source that was refused: it would be missing from every sum, and nothing would say so."""
    name, name_zh = ("a reading", "一份Reading") if source is None else (source, source)
    why = "" if reading.error is None else f" ({reading.error.code})"
    return ModelError(
        f"{name} has no report{why}: leave it out, or use parse_batch, which has a table of problems",
        code="no-report",
        expected=Phrase("readings of reports", "读到报告的Reading"),
        found=None if reading.error is None else str(reading.error)[:200],
        zh=f"{name_zh}没有报告{why}：请去掉，或用parse_batch，它另有问题表。",
    )


def _of_reports(entries: list[_Entry]) -> dict[str, pyarrow.Array]:
    """The columns that are those of a report as such, a line for each."""
    return {
        "source": strings([entry.source for entry in entries]),
        "agency": strings([entry.report.agency for entry in entries]),
        "year": pa.array([entry.report.year for entry in entries], pa.int64()),
    }


# --- long ----------------------------------------------------------------------------------------------------------


def _long(entries: list[_Entry]) -> pyarrow.Table:
    cells = Cells()
    for entry in entries:
        cells.add(entry.report, entry.reading)
    arrays = cell_arrays(cells)
    lists = pa.ListArray.from_arrays(offsets(cells.lengths), pa.nulls(len(cells.texts)))
    parent = pc.list_parent_indices(lists)
    of_report = _of_reports(entries)
    schema = frame_schema()
    columns = []
    for field in schema:
        if field.name not in of_report:
            columns.append(arrays[field.name])
        elif pa.types.is_dictionary(field.type):
            words = of_report[field.name].dictionary_encode()
            columns.append(pa.DictionaryArray.from_arrays(words.indices.take(parent), words.dictionary))
        else:
            columns.append(of_report[field.name].take(parent))
    return pa.table(columns, schema)


# --- wide ----------------------------------------------------------------------------------------------------------


def _wide(entries: list[_Entry]) -> pyarrow.Table:
    columns = _of_reports(entries)
    doubts = [_doubts(entry) for entry in entries]
    codes, cells = [own for own, _ in doubts], [own for _, own in doubts]
    for index, table in enumerate(TABLES):
        columns[f"{table}_edition"] = strings([entry.report.tables[index].edition for entry in entries])
        for edition in EDITIONS:
            for name, numbers, lost in _figures(table, index, edition, entries):
                columns[name] = numbers
                for row in lost:
                    codes[row][OUT_OF_RANGE] = cells[row][name.partition("@")[0]] = None
    columns["codes"] = strings(list(map(_known, entries, codes)))
    columns["flagged"] = strings(list(map(_known, entries, cells)))
    return pa.table([columns[column.name] for column in COLUMNS["wide"]], arrow_schema("wide"))


_Once = dict[str, None]


def _doubts(entry: _Entry) -> tuple[_Once, _Once]:
    """Return the codes that touch cells of a report, and these cells, each once and in order."""
    diagnostics = () if entry.reading is None else entry.reading.diagnostics
    touching = [problem for problem in diagnostics if problem.cells]
    codes = dict.fromkeys(problem.code for problem in touching)
    return codes, dict.fromkeys(cell_id for problem in touching for cell_id in problem.cells)


def _known(entry: _Entry, found: Iterable[str]) -> str | None:
    """Return what was found, parted by spaces; None where nothing was, and none could be, for there is no reading."""
    words = " ".join(found)
    return words if words or entry.reading is not None else None


def _figures(
    table: TableId, index: int, edition: Edition, entries: list[_Entry]
) -> Iterator[tuple[str, pyarrow.Array, list[int]]]:
    """Each cell of a table and edition as a column over all reports, and the reports whose number it can't hold."""
    tables = [entry.report.tables[index] for entry in entries]
    having = [place for place, one in enumerate(tables) if one.edition == edition]
    values = [cell.value for place in having for cells in tables[place].rows for cell in cells]
    rows = dict(zip(having, range(len(having)), strict=True))
    spread = pa.array([rows.get(place) for place in range(len(entries))], pa.int32())
    columns = wide_figures(table, edition)
    for at, column in enumerate(columns):
        numbers, lost = _numbers(values[at :: len(columns)], column.kind)
        yield column.name, numbers.take(spread), [having[row] for row in lost]


def _numbers(values: list[int | Decimal | None], kind: Kind) -> tuple[pyarrow.Array, list[int]]:
    """The numbers as an array, null where it can't hold one; and the places of these."""
    held = list(map(exact, values))
    lost = [place for place, value in enumerate(values) if value is not None and held[place] is None]
    return pa.array(held, arrow_type(kind)), lost
