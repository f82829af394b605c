"""``parse`` and ``read``: from a source to a report, with or without the problems as values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import BinaryIO

from attrs import evolve, field, frozen

from ..diagnostics import Diagnostic, Location, Severity
from ..document import Document, Paragraph
from ..errors import GipaError, LimitError, ParseError, ReadError
from ..limits import DEFAULT, Limits
from ..readers import read_document
from ..report import Report
from ..template import FIGURES, form, forms, words
from .builder import Built, build
from .lexer import Lexer, RowToken
from .outline import Outline, outline

Source = str | bytes | os.PathLike[str] | BinaryIO


@frozen(slots=False, eq=False)
class Reading:
    """What came out of a source.

    ``report`` is None where the source is no report at all. ``diagnostics`` are in the order of the form;
    ``unparsed`` are the lines that belong to the page around the report. ``error`` is what ``parse`` would raise.
    """

    report: Report | None
    diagnostics: tuple[Diagnostic, ...] = ()
    unparsed: tuple[Location, ...] = ()
    error: GipaError | None = None
    _built: Built | None = field(default=None, repr=False)

    @cached_property
    def locations(self) -> Mapping[str, Location]:
        """Cell id → where its figure stood and the words there; cells that the source does not have are not in it."""
        return {} if self._built is None or self.report is None else _locations(self._built, self.report)

    def flags(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch a cell, each once."""
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
    try:
        return _reading(read_document(source, format, limits), limits)
    except (ReadError, LimitError, ParseError) as error:
        place = None if error.line is None else Location(error.line, error.column, "")
        problem = Diagnostic(error.code, (), place, error.expected, error.found)
        return Reading(None, (problem,), error=error)


def _reading(document: Document, limits: Limits) -> Reading:
    if not document.blocks:
        return _refused(Diagnostic("empty-source"))
    lexer = Lexer(document, limits)
    text = outline(lexer.lines)
    built = build(lexer.tokens, lexer.unknown)
    present = [table for table in forms.TABLES if any(token.values for token in lexer.tokens[table])]
    if not present and not text.headings:
        return _refused(Diagnostic("not-a-report", found=_hint(document)))
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
    problems = [*_refusals(lexer, built, text, bool(present), document.end), *built.diagnostics, *text.diagnostics]
    unparsed = sorted([*text.unparsed, *lexer.noise], key=lambda paragraph: paragraph.line)
    return Reading(report, tuple(problems), tuple(line.at() for line in unparsed), _first_error(problems), built)


def _refused(problem: Diagnostic) -> Reading:
    return Reading(None, (problem,), error=_first_error([problem]))


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


def _hint(document: Document) -> str:
    """What a source that has neither tables nor headings seems to be."""
    head = "\n".join(block.text[:200] for block in document.blocks[:50] if isinstance(block, Paragraph))
    titles = sum(1 for block in document.blocks if isinstance(block, Paragraph) and words.TITLE.search(block.text))
    if titles > 5:
        return f"an index of reports ({titles} titles)"
    for word, meaning in words.NOT_A_REPORT_HINTS:
        if word in head:
            return meaning
    return "text about reports, with no section and no table of one" if titles else "no section and no table of one"


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
    for table in forms.TABLES:
        layout = _form(built, table)
        rows = sum(1 for row in layout.rows if row.id in built.places)
        if table != "proceedings" and 0 < rows < len(layout.rows) / 2:
            found.append(Diagnostic("few-rows", layout.cell_ids, None, str(len(layout.rows)), str(rows), table))
    return found


def _form(built: Built, table: forms.TableId) -> forms.Form:
    edition = built.disclosure.edition if table == "disclosure" else built.requests.edition
    return form(table, edition)


def _truncated(lexer: Lexer, built: Built, text: Outline, end: int) -> Diagnostic | None:
    """The document ends with a table of which rows, or cells of the last row, or the tables after it are missing."""
    if not text.ends_in_table:
        return None
    last = max(
        (token for tokens in lexer.tokens.values() for token in tokens), key=lambda token: token.row.line, default=None
    )
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
        cut = end == (last.loose.lines[-1] if last.loose is not None and last.loose.lines else last.row.line)
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


def _deduplicated(lexer: Lexer) -> Diagnostic | None:
    """Whether an extractor took repeated lines out: most rows lack figures, and no figure is there twice."""
    rows: list[RowToken] = []
    short: list[RowToken] = []
    for tokens in lexer.tokens.values():
        for token in tokens:
            if token.loose is None or token.heading is None:
                continue
            arity = {"disclosure": 1, "requests": 7, "proceedings": 15}[token.table]
            rows.append(token)
            if len(token.values) < arity:
                short.append(token)
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


def _locations(built: Built, report: Report) -> dict[str, Location]:
    places: dict[str, Location] = {}
    for table in report.tables:
        start = 0
        for row in table.form.rows:
            columns = table.form.columns_of[row.id]
            found = built.places.get(row.id)
            if found is None:
                continue
            token, placed = found
            named = placed.named
            where = dict(zip(named.indexes, placed.fit, strict=True)) if placed.fit is not None else None
            for index, column in enumerate(columns):
                at = index + start
                cell_id = f"{table.id}.{row.id}.{column.id}"
                if where is None and at in named.indexes:
                    places[cell_id] = token.at(" ".join(" ".join(token.values).split())[:400])
                elif where is not None and at in where:
                    place = where[at]
                    if place is None:
                        places[cell_id] = token.at("")
                    else:
                        places[cell_id] = token.at(token.values[place].strip(), place)
            if table.id == "proceedings":
                start += len(columns)
    return places
