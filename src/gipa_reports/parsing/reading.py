"""``parse`` and ``read``: from a source to a report, with or without the problems as values."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import BinaryIO

from attrs import evolve, field, frozen

from ..diagnostics import Diagnostic, Location, Severity
from ..document import Document, Paragraph
from ..errors import (
    GipaError,
    InternalError,
    LimitError,
    MissingExtraError,
    ParseError,
    ReadError,
    UnknownFormatError,
    UnknownIdError,
)
from ..limits import DEFAULT, Limits
from ..readers import read_document
from ..report import Report, State, Table
from ..template import FIGURES, FORMS, SectionId, form, forms, words
from .builder import Built, build
from .lexer import Lexer, LooseRow, SectionLine
from .outline import Outline, outline

Source = str | bytes | os.PathLike[str] | BinaryIO

_CELL_IDS = frozenset(cell_id for layout in FORMS.values() for cell_id in layout.cell_ids)
"""The cells of both editions."""


@frozen(slots=False, eq=False)
class Reading:
    """What came out of a source.

    ``report`` is None where the source is no report at all. ``diagnostics`` are in the order of the form;
    ``error`` is what ``parse`` would raise. ``format`` is that of the source (``"html"``), None where it could not be
    opened as any. A reading is equal to itself alone, not to its copy: to tell whether two sources say the same,
    compare their reports.
    """

    report: Report | None
    diagnostics: tuple[Diagnostic, ...] = ()
    error: GipaError | None = None
    _built: Built | None = field(default=None, repr=False)
    format: str | None = None
    _around: tuple[Paragraph, ...] = field(default=(), repr=False)
    _headings: tuple[SectionLine, ...] = field(default=(), repr=False)

    @cached_property
    def unparsed(self) -> tuple[Location, ...]:
        """The lines that were taken for the page around the report, in order."""
        return tuple(line.at() for line in self._around)

    @property
    def headings(self) -> tuple[tuple[SectionId, str], ...]:
        """The headings of sections as the source has them, in its order: the section that each opens, and its words."""
        return tuple((line.section, line.text) for line in self._headings)

    @cached_property
    def locations(self) -> Mapping[str, Location]:
        """Cell id → where its figure stood and the words there; cells that the source does not have are not in it."""
        return {} if self._built is None or self.report is None else _Locations(self._built, self.report)

    def flags(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch a cell, each once.

        Raises ``UnknownIdError`` for an id that no edition has: a mistyped one must not look like a clean cell. A cell
        that only the other edition's form has is known, and has no flags.
        """
        if cell_id not in _CELL_IDS:
            raise UnknownIdError(
                f"no form has a cell {cell_id!r}",
                code="unknown-id",
                expected="table.row.column, such as requests.received.total",
                found=str(cell_id),
            )
        return tuple(dict.fromkeys(problem.code for problem in self.diagnostics if cell_id in problem.cells))


def parse(source: Source, *, format: str | None = None, limits: Limits = DEFAULT) -> Report:
    """The report in ``source``.

    ``str`` is always text, a path a file, bytes or a binary file its content. ``format`` is ``"docx"``, ``"xlsx"``,
    ``"pdf"``, ``"html"``, ``"markdown"`` or ``"text"``; None finds out from the content. Raises ``ReadError`` for what
    can't be read, ``ParseError`` for what is no report or can't be read without guessing, ``LimitError`` past one of
    ``limits``, ``UnknownFormatError``, ``MissingExtraError`` where the format needs an extra that is not installed,
    and ``OSError`` for a file that can't be opened. Problems that leave the report readable are
    not raised: see ``read``.
    """
    reading = read(source, format=format, limits=limits)
    if reading.error is not None:
        raise reading.error
    assert reading.report is not None
    return reading.report


def read(source: Source, *, format: str | None = None, limits: Limits = DEFAULT) -> Reading:
    """The report in ``source`` with all that has to be said about it; never raises for content.

    Arguments as for ``parse``. ``UnknownFormatError``, ``MissingExtraError`` and ``OSError`` are raised here too.
    """
    document: Document | None = None
    try:
        document = read_document(source, format, limits)
        return _reading(document, limits)
    except (ReadError, LimitError, ParseError) as error:
        return _of_error(error, None if document is None else document.format)


def read_safely(
    source: Source, *, format: str | None = None, limits: Limits = DEFAULT, name: str | None = None
) -> Reading:
    """As ``read``, for whoever reads many sources: whatever one of them raises is the ``error`` of its reading.

    A file that can't be opened is ``cannot-read``, an extra that is not installed ``missing-extra``, memory that is
    not there ``too-much-memory``, and any other exception, which is a fault of this package, ``internal-error``; each
    is a diagnostic too. ``name`` is what the source is called in the error; None takes the path or the file's name.
    Raises ``UnknownFormatError``, which is no source's fault.
    """
    try:
        return read(source, format=format, limits=limits)
    except UnknownFormatError:
        raise
    except MissingExtraError as error:
        return _of_error(error)
    except OSError as error:
        why = error.strerror or str(error)
        return _of_error(ReadError(why, code="cannot-read", found=why))
    except MemoryError:
        return _of_error(limits.passed("memory", "the reading was ended"))
    except Exception as error:
        return failed(error, _name_of(source) if name is None else name)


def failed(error: Exception, name: str | None = None) -> Reading:
    """The reading of a source that this package failed at, here or later on."""
    return _of_error(InternalError.of(error, name))


def _name_of(source: Source) -> str | None:
    name = source if isinstance(source, os.PathLike) else getattr(source, "name", None)
    return os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else None


def _of_error(error: GipaError, format: str | None = None) -> Reading:
    """The reading of a source that gave an error and no report."""
    place = None if error.line is None else Location(error.line, error.column, "")
    return Reading(None, (Diagnostic(error.code, (), place, error.expected, error.found),), error=error, format=format)


def _reading(document: Document, limits: Limits) -> Reading:
    if not document.blocks and not document.links:
        return _refused(document, Diagnostic("empty-source"))
    lexer = Lexer(document, limits)
    text = outline(lexer.lines)
    built = build(lexer.tokens, lexer.unknown, lexer.noise, text.unit_lines)
    any_table = any(token.values for tokens in lexer.tokens.values() for token in tokens)
    if not any_table and not text.headings:
        return _refused(document, _no_report(document))
    report = Report(
        built.disclosure,
        built.requests,
        built.proceedings,
        text.sections,
        text.title,
        text.agency,
        text.year,
        text.period,
    )
    problems = [
        *_refusals(lexer, built, text, any_table, document.end),
        *built.diagnostics,
        *_elsewhere(built, text),
        *text.diagnostics,
        *document.notes,
    ]
    unparsed = sorted([*text.unparsed, *lexer.noise, *document.aside], key=lambda paragraph: paragraph.line)
    return Reading(
        report, tuple(problems), _first_error(problems), built, document.format, tuple(unparsed), text.section_lines
    )


def _elsewhere(built: Built, text: Outline) -> list[Diagnostic]:
    """The tables that stand below the heading of another section than their own."""
    return [
        Diagnostic("table-elsewhere", _form(built, table).cell_ids, line.at(), table=table, found=line.text[:80])
        for table, line in text.elsewhere.items()
    ]


def _refused(document: Document, problem: Diagnostic) -> Reading:
    return Reading(None, (problem,), error=_first_error([problem]), format=document.format)


def _first_error(problems: list[Diagnostic]) -> GipaError | None:
    for problem in problems:
        if problem.severity is Severity.ERROR:
            place = problem.location
            return ParseError(
                problem.message(),
                code=problem.code,
                line=place.line if place else None,
                column=place.column if place else None,
                expected=problem.expected,
                found=problem.found,
            )
    return None


def _no_report(document: Document) -> Diagnostic:
    """What a source that has neither tables nor headings seems to be."""
    head = "\n".join(block.text[:200] for block in document.blocks[:50] if isinstance(block, Paragraph))
    titles = sum(1 for block in document.blocks if isinstance(block, Paragraph) and words.TITLE.search(block.text))
    hint = next((meaning for word, meaning in words.NOT_A_REPORT_HINTS if word in head), None)
    if titles > 5:
        hint = f"an index of reports ({titles} titles)"
    elif hint is None and document.links:
        return Diagnostic("attachment-only", found=", ".join(document.links)[:400])
    elif hint is None:
        hint = "no section and no table of one"
        if titles:
            hint = f"text about reports, with {hint}"
    return Diagnostic("not-a-report", found=hint)


# --- what can't be read without guessing ---------------------------------------------------------------------------


def _refusals(lexer: Lexer, built: Built, text: Outline, any_table: bool, end: int) -> list[Diagnostic]:
    if not any_table:
        ids = tuple(cell_id for table in forms.TABLES for cell_id in _form(built, table).cell_ids)
        return [Diagnostic("no-tables", ids)]
    found: list[Diagnostic] = []
    deduplicated = _deduplicated(lexer)
    if deduplicated is not None:
        found.append(deduplicated)
    truncated = _truncated(lexer, built, text, end)
    if truncated is not None:
        found.append(truncated)
    if any(problem.code == "row-missing" for problem in built.diagnostics):
        for layout in (built.disclosure.form, built.requests.form):
            rows = len(layout.row_index.keys() & built.places.keys())
            if 0 < rows < len(layout.rows) / 2:
                expected = str(len(layout.rows))
                found.append(Diagnostic("few-rows", layout.cell_ids, None, expected, str(rows), layout.table))
    return found


def _form(built: Built, table: forms.TableId) -> forms.Form:
    edition = built.disclosure.edition if table == "disclosure" else built.requests.edition
    return form(table, edition)


def _truncated(lexer: Lexer, built: Built, text: Outline, end: int) -> Diagnostic | None:
    """The document ends with a table of which rows, or cells of the last row, or the tables after it are missing."""
    if not text.ends_in_table:
        return None
    ends = [tokens[-1] for tokens in lexer.tokens.values() if tokens]
    last = max(ends, key=lambda token: token.row.line, default=None)
    if last is None:
        return None
    absent = [problem for problem in built.diagnostics if problem.code in ("row-missing", "table-absent")]
    tail: list[str] = []
    expected = ""
    for table in forms.TABLES[forms.TABLES.index(last.table) :]:
        for problem in absent:
            if problem.table == table:
                after = problem.code == "table-absent" or _is_tail(_form(built, table), problem.cells, built)
                if after:
                    tail.extend(problem.cells)
                    expected = expected or problem.expected or table
    short = [
        problem
        for problem in built.diagnostics
        if problem.code == "position-lost" and problem.location and _same_row(problem.location, last.at(""))
    ]
    for problem in short:
        tail.extend(problem.cells)
        expected = expected or "more figures"
    place = last.at((last.row.source or last.label).strip()[:200])
    # The last figure that was read may be a piece of what stood there.
    layout = _form(built, last.table)
    last_row = layout.cell_ids if last.type == FIGURES else _row_ids(layout, last.type)
    if not tail:
        cut = end == (last.lines[-1] if isinstance(last, LooseRow) and last.lines else last.row.line)
        return Diagnostic("ends-in-table", last_row, place, table=last.table) if cut else None
    tail.extend(last_row)
    return Diagnostic("truncated-table", tuple(tail), place, expected, last.label or last.type, last.table)


def _same_row(one: Location, other: Location) -> bool:
    return evolve(one, column=None, text="") == evolve(other, column=None, text="")


def _row_ids(layout: forms.Form, terminal: str) -> tuple[str, ...]:
    return tuple(cell_id for row in layout.rows if row.terminal == terminal for cell_id in layout.ids_of[row.id])


def _is_tail(layout: forms.Form, ids: tuple[str, ...], built: Built) -> bool:
    """Whether no row of the form after the row of ``ids`` was read."""
    row_id = ids[0].removeprefix(layout.table + ".").rpartition(".")[0]
    rest = layout.rows[layout.row_index[row_id] + 1 :]
    return not any(row.id in built.places for row in rest)


_ARITIES: dict[forms.TableId, int] = {"disclosure": 1, "requests": 7, "proceedings": 15}
"""How many figures a row of a table has at least."""


def _deduplicated(lexer: Lexer) -> Diagnostic | None:
    """Whether an extractor took repeated lines out: most rows lack figures, and no figure is there twice."""
    rows = [token for token in lexer.loose if token.heading is not None]
    short = [token for token in rows if len(token.values) < _ARITIES[token.table]]
    if len(rows) < 10 or len(short) * 2 < len(rows):
        return None
    figures = [value for token in rows for value in token.values if value]
    never_twice = len(figures) == len(set(figures))
    never_in_a_row = not any(a == b for token in rows for a, b in zip(token.values, token.values[1:], strict=False))
    some = sum(1 for token in short if token.values)
    if not figures or not (never_twice or (never_in_a_row and some * 3 > len(rows) * 2)):
        return None
    ids: list[str] = []
    for token in short:
        for edition in forms.EDITIONS:
            layout = form(token.table, edition)
            for row in layout.rows:
                if token.table == "proceedings" or row.terminal == token.type:
                    ids.extend(f"{token.table}.{row.id}.{column.id}" for column in layout.columns_of[row.id])
    found = f"{len(short)} of {len(rows)} rows lack figures"
    return Diagnostic("deduplicated-lines", tuple(dict.fromkeys(ids)), found=found)


# --- places --------------------------------------------------------------------------------------------------------


class _Locations(Mapping[str, Location]):
    """Cell id → place, found when first asked for: most callers want a few cells of two hundred."""

    def __init__(self, built: Built, report: Report) -> None:
        self._built = built
        self._tables: dict[str, Table] = {table.id: table for table in report.tables}
        self._known: dict[str, Location] = {}

    def __getitem__(self, cell_id: str) -> Location:
        if not isinstance(cell_id, str):
            raise KeyError(cell_id)
        if cell_id not in self._known:
            table_id, _, rest = cell_id.partition(".")
            table = self._tables.get(table_id)
            place = None if table is None else _location(self._built, table, rest.rpartition(".")[0], cell_id)
            if place is None:
                raise KeyError(cell_id)
            self._known[cell_id] = place
        return self._known[cell_id]

    def __iter__(self) -> Iterator[str]:
        for table in self._tables.values():
            yield from (cell_id for cell_id in table.form.cell_ids if cell_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _location(built: Built, table: Table, row_id: str, cell_id: str) -> Location | None:
    found = built.places.get(row_id)
    ids = table.form.ids_of.get(row_id, ())
    if found is None or cell_id not in ids:
        return None
    token, placed = found
    named = placed.named
    # The three groups of 四 are one row of the source.
    first = table.form.row_index[row_id] * len(ids) if table.id == "proceedings" else 0
    at = first + ids.index(cell_id)
    if at not in named.indexes:
        return None
    if placed.fit is None:
        cells = [cell for cells in table.rows for cell in cells] if table.id == "proceedings" else table.row(row_id)
        if cells[at].state is not State.VALUE:
            return token.at(" ".join(" ".join(token.values).split())[:400])
        # It was placed by the form's identities, which keep the figures in their order.
        before = sum(cells[index].state is not State.BLANK for index in named.indexes[: named.indexes.index(at)])
        filled = [index for index, value in enumerate(token.values) if value.strip()]
        return token.at(token.values[filled[before]].strip(), filled[before])
    place = dict(zip(named.indexes, placed.fit, strict=True))[at]
    return token.at("") if place is None else token.at(token.values[place].strip(), place)
