"""``parse`` and ``read``: from a source to a report, with or without the problems as values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import BinaryIO

from attrs import field, frozen

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
from ..report import Report
from ..template import FORMS, SectionId, words
from .builder import Built, build
from .document_doubts import AFTER, DocumentCase, any_figures, refusals_of
from .evidence import Evidence, Locations, explain
from .lexer import collect
from .outline import outline
from .tokens import SectionLine

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
        return {} if self._built is None or self.report is None else Locations(self._built, self.report)

    def explain(self, cell_id: str) -> Evidence:
        """How a figure came to its cell: the place, the strategy, heading and label that put it there, and the doubts.

        Raises ``UnknownIdError`` as ``flags`` does.
        """
        _check_id(cell_id)
        return explain(cell_id, self._built, self.locations, self.diagnostics)

    def flags(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch a cell, each once.

        Raises ``UnknownIdError`` for an id that no edition has: a mistyped one must not look like a clean cell. A cell
        that only the other edition's form has is known, and has no flags.
        """
        _check_id(cell_id)
        return tuple(dict.fromkeys(problem.code for problem in self.diagnostics if cell_id in problem.cells))


def _check_id(cell_id: str) -> None:
    if cell_id not in _CELL_IDS:
        raise UnknownIdError(
            f"no form has a cell {cell_id!r}",
            code="unknown-id",
            expected="table.row.column, such as requests.received.total",
            found=str(cell_id),
        )


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
    problem = Diagnostic(error.code, (), place, error.expected, error.found, zh=error.zh)
    return Reading(None, (problem,), error=error, format=format)


def _reading(document: Document, limits: Limits) -> Reading:
    if not document.blocks and not document.links:
        return _refused(document, Diagnostic("empty-source"))
    found = collect(document, limits)
    text = outline(found.lines)
    pages = [line for line in document.aside if words.PAGE_MARK.fullmatch(line.text) or line.text.isdecimal()]
    built = build(found.tokens, found.unknown, [*found.noise, *pages], text.unit_lines)
    if not any_figures(found) and not text.headings:
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
    case = DocumentCase(found, built, text, document.end)
    problems = [
        *refusals_of(case),
        *built.diagnostics,
        *(problem for doubt in AFTER for problem in doubt(case)),
        *text.diagnostics,
        *document.notes,
    ]
    unparsed = sorted([*text.unparsed, *found.noise, *document.aside], key=lambda paragraph: paragraph.line)
    return Reading(
        report, tuple(problems), _first_error(problems), built, document.format, tuple(unparsed), text.section_lines
    )


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
