"""``parse_batch``: sources in, all that was read out of them, one row each. Every engine calls this and nothing else.

A row of the result has the source with its hash, the report as a struct (null where there is none), and two lists of
structs: its cells and its problems. ``unnest`` makes the three tables of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from ..brief import one_line
from ..codes import CODES, Code, Severity, kinds
from ..diagnostics import Diagnostic
from ..errors import ModelError
from ..lazy import Lazy
from ..limits import DEFAULT, ENDED, Limits
from ..messages import Phrase
from ..parsing import Reading, failed, read_safely
from ..parsing.tokens import LooseRow
from ..report import Report
from ..template import HEADINGS
from .arrow import arrow_schema, arrow_type, cell_arrays, offsets, plain, require_pyarrow, strings
from .columns import COLUMNS, DATA_VERSION, DataColumn
from .encoding import Cells

if TYPE_CHECKING:
    import pyarrow
    import pyarrow as pa
    import pyarrow.compute as pc
else:
    pa = pyarrow = Lazy("pyarrow")
    pc = Lazy("pyarrow.compute")

Content = str | bytes | None

PASSED_OVER = "passed-over"
"""Code of a file that is no document, and so neither read nor refused."""

SCAN_CODES = {
    **kinds(
        Severity.ERROR,
        ("no-content", "此行没有内容。", "The row has no content."),
        ("bad-archive", "压缩包无法读取：{found}。", "The archive cannot be read: {found}."),
        ("nested-archive", "压缩包内的压缩包不打开。", "An archive in an archive is not opened."),
        ("bad-row", "该行无法读取：{found}。", "The row cannot be read: {found}."),
        ("crashed", "读取时进程中止：{found}。", "The process that read it ended: {found}."),
    ),
    **kinds(
        Severity.INFO,
        (PASSED_OVER, "不是文档（{found}），未读取。", "No document ({found}), not read."),
        ("duplicate-content", "内容与{found}相同。", "The same content as {found}."),
    ),
}
"""Problems of a source as such, beside the diagnostics of reports."""


@frozen(eq=False)
class Source:
    """One source: its name and content, or why there is no content."""

    name: str | None
    content: Content
    problem: Diagnostic | None = None


def parse_batch(batch: pyarrow.RecordBatch, *, limits: Limits = DEFAULT) -> pyarrow.RecordBatch:
    """Read the sources of ``batch``: one row for each, in the same order, in the schema ``results_schema()``.

    ``batch`` has the columns ``source`` (string, the path or address) and ``content`` (binary or string); others are
    not looked at. A source that can't be read is a row with a problem; nothing is raised for content. Pure: nothing is
    kept, fetched or written. Raises ``ModelError`` where a column is missing or of another type, and
    ``MissingExtraError`` without pyarrow.
    """
    require_pyarrow()
    names, contents = (_column(batch, name) for name in ("source", "content"))
    if not (pa.types.is_string(names.type) or pa.types.is_large_string(names.type) or pa.types.is_null(names.type)):
        raise _bad_batch("source", Phrase("a column of strings", "一列文字"), str(names.type))
    return parse_sources(
        (Source(name.as_py(), content.as_py()) for name, content in zip(names, contents, strict=True)), limits
    )


def _column(batch: pyarrow.RecordBatch, name: str) -> pyarrow.Array:
    if name not in batch.schema.names:
        raise _bad_batch(
            name, Phrase("the columns source and content", "source和content两列"), ", ".join(batch.schema.names)
        )
    column = batch.column(name)
    types = pa.types
    is_text = types.is_string(column.type) or types.is_large_string(column.type)
    if not (is_text or types.is_binary(column.type) or types.is_large_binary(column.type)):
        raise _bad_batch(name, Phrase("a column of strings or of bytes", "一列文字或bytes"), str(column.type))
    return column


def _bad_batch(name: str, expected: Phrase, found: str) -> ModelError:
    return ModelError(
        f"the batch needs {expected}; column {name}",
        code="bad-batch",
        expected=expected,
        found=found,
        zh=f"需要{expected.zh}；列{name}：{found}。",
    )


def parse_sources(sources: Iterable[Source], limits: Limits) -> pyarrow.RecordBatch:
    """As ``parse_batch``, of sources that come one by one."""
    rows = Results()
    for source in sources:
        rows.add(source, limits)
    return rows.finish()


def _read(source: Source, limits: Limits) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """Return what is in a source, and its problems; whatever happens is a value."""
    if source.problem is not None:
        return Reading(None), (source.problem,)
    if source.content is None:
        return Reading(None), (Diagnostic(code="no-content"),)
    reading = read_safely(source.content, limits=limits, name=source.name)
    return reading, reading.diagnostics


def limit_problem(limit: str, limits: Limits) -> Diagnostic:
    """Of a source that went past a limit that only its surroundings could see."""
    error = limits.passed(limit, ENDED)
    return Diagnostic(code=error.code, expected=error.expected, found=error.found)


def code_of(problem: Diagnostic) -> Code:
    """The kind of a problem: of a report, or of a source as such."""
    known = CODES.get(problem.code) or SCAN_CODES.get(problem.code)
    return known or Code(code=problem.code, severity=Severity.ERROR, zh="{found}", en="{found}")


@frozen(eq=False)
class Outcome:
    """Result of reading one source."""

    source: str | None
    sha256: str | None
    reading: Reading
    problems: tuple[Diagnostic, ...]

    @property
    def kind(self) -> Literal["clean", "flagged", "refused", "passed"]:
        """Return whether it has a report, with something to say of it or not; else whether it is a document at all."""
        if any(problem.code == PASSED_OVER for problem in self.problems):
            return "passed"
        if self.reading.report is None:
            return "refused"
        return "flagged" if any(problem.severity is not Severity.INFO for problem in self.problems) else "clean"

    @property
    def is_error(self) -> bool:
        """Return whether it has no report, or one that can't be read without guessing."""
        return self.reading.report is None or any(problem.severity is Severity.ERROR for problem in self.problems)


class Results:
    """Results as columns, put together row by row."""

    def __init__(self) -> None:
        self.sources: list[tuple[object, ...]] = []
        self.reports: list[tuple[object, ...]] = []
        self.cells: Cells = Cells()
        self.problems: list[tuple[object, ...]] = []
        self.problem_counts: list[int] = []

    def add(self, source: Source, limits: Limits) -> Outcome:
        """Read a source; its row is there whatever comes of it."""
        reading, problems = _read(source, limits)
        report = _NO_REPORT
        try:
            if reading.report is not None:
                report = _report_row(reading, reading.report)
                self.cells.add(reading.report, reading)
        except Exception as error:
            reading, report = failed(error, source.name), _NO_REPORT
            problems = reading.diagnostics
        if reading.report is None:
            self.cells.add_nothing()
        digest, size = _digest_and_size(source.content)
        outcome = Outcome(source.name, digest, reading, problems)
        kind = {"refused": "refusal", "passed": "passed"}.get(outcome.kind, "diagnostic")
        self.sources.append((source.name, digest, size, reading.format))
        self.reports.append(report)
        self.problems += [problem_row(problem, kind) for problem in problems]
        self.problem_counts.append(len(problems))
        return outcome

    def finish(self) -> pyarrow.RecordBatch:
        """Return the rows."""
        schema = results_schema()
        readable = pa.array([row is _NO_REPORT for row in self.reports], pa.bool_())
        report = pa.StructArray.from_arrays(
            _arrays(_REPORT, self.reports), fields=list(schema.field("report").type), mask=readable
        )
        cells = cell_arrays(self.cells)
        cell_fields = list(schema.field("cells").type.value_type)
        cell_structs = pa.StructArray.from_arrays(
            [plain(cells[field.name]) for field in cell_fields], fields=cell_fields
        )
        problem_fields = list(schema.field("problems").type.value_type)
        problem_structs = pa.StructArray.from_arrays(_arrays(PROBLEM, self.problems), fields=problem_fields)
        return pa.RecordBatch.from_arrays(
            [
                *_arrays(_SOURCE, self.sources),
                report,
                pa.ListArray.from_arrays(offsets(self.cells.lengths), cell_structs, type=schema.field("cells").type),
                pa.ListArray.from_arrays(
                    offsets(self.problem_counts), problem_structs, type=schema.field("problems").type
                ),
            ],
            schema=schema,
        )


def _digest_and_size(content: Content) -> tuple[str | None, int | None]:
    if content is None:
        return None, None
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(encoded).hexdigest(), len(encoded)


def _arrays(columns: tuple[DataColumn, ...], rows: list[tuple[object, ...]]) -> list[pyarrow.Array]:
    by_column: Iterable[Iterable[Any]] = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return [
        strings(list(values)) if column.kind == "string" else pa.array(list(values), arrow_type(column.kind))
        for column, values in zip(columns, by_column, strict=True)
    ]


_SOURCE = COLUMNS["reports"][:4]
_REPORT = COLUMNS["reports"][4:]
_OF_THE_REPORT = ("source", "sha256", "agency", "year")
"""Columns of cells and problems that are the report's or the source's."""
_CELL = tuple(column for column in COLUMNS["cells"] if column.name not in _OF_THE_REPORT)
PROBLEM = tuple(column for column in COLUMNS["problems"] if column.name not in _OF_THE_REPORT)
_NO_REPORT: tuple[object, ...] = (None,) * len(_REPORT)


def _report_row(reading: Reading, report: Report) -> tuple[object, ...]:
    severities = [problem.severity for problem in reading.diagnostics]
    period = report.period
    return (
        _layout(reading),
        report.title,
        report.agency,
        report.year,
        period and period.start,
        period and period.end,
        *(table.edition for table in report.tables),
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        " ".join(dict.fromkeys(problem.code for problem in reading.diagnostics)),
        *(
            None if section is None else "\n".join(section.paragraphs)
            for section in (report.sections.get(heading.id) for heading in HEADINGS)
        ),
    )


def _layout(reading: Reading) -> str:
    """Return how each table was laid out: what its layout keeps of a row, and whether its cells stood one a line."""
    assert reading._built is not None
    assert reading.report is not None
    found = []
    for table in reading.report.tables:
        places = (reading._built.places.get(row.id) for row in table.form.rows)
        token = next((place.token for place in places if place is not None), None)
        how = "absent" if token is None else token.spacing
        found.append(f"loose-{how}" if isinstance(token, LooseRow) else how)
    return " ".join(found)


def problem_row(problem: Diagnostic, kind: str) -> tuple[object, ...]:
    """A problem in the columns of ``problems`` that are its own."""
    code = code_of(problem)
    place = problem.location
    return (
        kind,
        problem.code,
        code.severity.value,
        problem.table,
        " ".join(problem.cells),
        None if place is None else place.line,
        None if place is None else place.column,
        "" if place is None else str(place),
        "" if place is None else place.text,
        problem.expected,
        problem.found,
        code.sentence(problem, "zh"),
        code.sentence(problem, "en"),
    )


# --- the schema of results, and the tables in them -----------------------------------------------------------------


@cache
def results_schema() -> pyarrow.Schema:
    """The schema of what ``parse_batch`` gives. Fixed within a ``DATA_VERSION``."""
    require_pyarrow()

    def fields(columns: tuple[DataColumn, ...]) -> list[pyarrow.Field]:
        return [pa.field(column.name, arrow_type(column.kind), nullable=True) for column in columns]

    return pa.schema(
        [
            *fields(_SOURCE),
            pa.field("report", pa.struct(fields(_REPORT))),
            pa.field("cells", pa.list_(pa.field("item", pa.struct(fields(_CELL))))),
            pa.field("problems", pa.list_(pa.field("item", pa.struct(fields(PROBLEM))))),
        ],
        metadata={"gipa_reports.data_version": DATA_VERSION},
    )


@frozen(eq=False, kw_only=True)
class Tables:
    """The three tables of a data set; see ``COLUMNS``."""

    cells: pyarrow.Table
    reports: pyarrow.Table
    problems: pyarrow.Table

    __repr__ = one_line

    def __iter__(self) -> Iterator[tuple[str, pyarrow.Table]]:
        """Name and table of each."""
        return iter((("cells", self.cells), ("reports", self.reports), ("problems", self.problems)))


def unnest(results: pyarrow.RecordBatch | pyarrow.Table) -> Tables:
    """The tables ``cells``, ``reports`` and ``problems`` in what ``parse_batch`` gave, one batch or a table of many."""
    require_pyarrow()
    table = results if isinstance(results, pa.Table) else pa.Table.from_batches([results])
    batch = table.combine_chunks().to_batches()
    return _unnest(batch[0] if batch else pa.RecordBatch.from_pylist([], results_schema()))


def _unnest(batch: pyarrow.RecordBatch) -> Tables:
    report = batch.column("report")
    known = {name: batch.column(name) for name in ("source", "sha256", "bytes", "format")}
    known |= {field.name: report.field(index) for index, field in enumerate(report.type)}
    read = report.is_valid()
    reports = pa.table([known[field.name].filter(read) for field in arrow_schema("reports")], arrow_schema("reports"))
    return Tables(cells=_unnested("cells", batch, known), reports=reports, problems=_unnested("problems", batch, known))


def _unnested(name: str, batch: pyarrow.RecordBatch, known: dict[str, pyarrow.Array]) -> pyarrow.Table:
    lists = batch.column(name)
    items = lists.flatten()
    parent = pc.list_parent_indices(lists)
    columns = {field.name: items.field(index) for index, field in enumerate(items.type)}
    schema = arrow_schema("cells" if name == "cells" else "problems")
    return pa.table(
        [columns[field.name] if field.name in columns else known[field.name].take(parent) for field in schema], schema
    )
