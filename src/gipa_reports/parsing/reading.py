"""``parse`` and ``read``: from a source to a report, with or without the problems as values."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import BinaryIO

from attrs import evolve, field, frozen

from ..brief import angled, in_notebook
from ..codes import Severity
from ..diagnostics import Diagnostic, Location
from ..document import Document, FormatName, Paragraph
from ..errors import (
    DoubtfulError,
    GipaError,
    InternalError,
    LimitError,
    MissingExtraError,
    ParseError,
    ReadError,
    UnknownFormatError,
    UnknownIdError,
    WrongTypeError,
)
from ..limits import DEFAULT, ENDED, Limits
from ..messages import Phrase
from ..readers import read_document
from ..report import Report
from ..template import FORMS, HEADINGS, SectionId, words
from .builder import Built, build
from .causes import grouped
from .collector import Collector
from .contents import contents_in
from .copies import left_out
from .document_doubts import DocumentCase, refusals_of, told_after
from .evidence import Evidence, Locations, explain
from .lexer import collect
from .misprints import misprints
from .named import is_same_name
from .outline import outline
from .pieces import put_together
from .refused import Contents, what_it_is
from .tokens import SectionLine
from .wrapped import whole_headings

Source = str | bytes | os.PathLike[str] | BinaryIO

_CELL_IDS = frozenset(cell_id for form in FORMS.values() for cell_id in form.cell_ids)
"""The cells of both editions."""


@frozen(slots=False, eq=False)
class Reading:
    """Result of reading a source.

    ``report`` is None where the source is no report at all. ``diagnostics`` are in the order of the form;
    ``error`` is what ``parse`` would raise. ``format`` is that of the source (``"html"``), None where it could not be
    opened as any. A reading is equal to itself alone, not to its copy: to tell whether two sources say the same,
    compare their reports.
    """

    __match_args__ = ("report", "diagnostics", "error", "format")

    report: Report | None
    diagnostics: tuple[Diagnostic, ...] = ()
    error: GipaError | None = None
    _built: Built | None = field(default=None, repr=False)
    format: FormatName | None = None
    _around: tuple[Paragraph, ...] = field(default=(), repr=False)
    _headings: tuple[SectionLine, ...] = field(default=(), repr=False)
    _prose: Mapping[SectionId, Sequence[Paragraph]] = field(factory=dict, repr=False)

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

    def paragraph(self, section: SectionId, number: int) -> Location | None:
        """Return where a paragraph of a section stood, counted from 1; None where the source has none.

        A paragraph whose lines were broken at a width stands where its first line does.
        """
        lines = self._prose.get(section, ())
        return lines[number - 1].at() if 0 < number <= len(lines) else None

    def explain(self, cell_id: str) -> Evidence:
        """Explain how a figure came to its cell: place, strategy, heading, label and doubts.

        Raises ``UnknownIdError`` as ``codes`` does.
        """
        _check_id(cell_id)
        return explain(cell_id, self._built, self.locations, self.diagnostics)

    def raise_for_error(self, *, strict: bool = False) -> Report:
        """Return the report; raise what ``parse`` would where it is none or can't be read without guessing.

        With ``strict`` also raise ``DoubtfulError`` where a warning touches a figure.
        """
        if self.error is not None:
            raise self.error
        assert self.report is not None  # a reading has one or the other
        doubts = [one for one in self.diagnostics if one.severity is Severity.WARNING and one.cells] if strict else ()
        if doubts:
            raise _doubtful(doubts)
        return self.report

    def __repr__(self) -> str:
        kinds = Counter(problem.severity for problem in self.diagnostics)
        said = ", ".join(f"{kinds[one]} {one}{'s' * (kinds[one] > 1)}" for one in Severity if kinds[one])
        of = f"Reading of {self.format}:" if self.format is not None else "Reading:"
        what = f"no report ({self.error.code})" if self.report is None and self.error is not None else self._whose()
        return angled(of, f"{what}; {said or 'no diagnostics'}")

    def _whose(self) -> str:
        if self.report is None:
            return "no report"
        named = (self.report.agency, self.report.year)
        return " ".join(str(part)[:50] for part in named if part is not None) or "a report of nobody"

    _repr_html_ = in_notebook

    def codes(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch a cell, each once.

        Raises ``UnknownIdError`` for an id that no edition has: a mistyped one must not look like a clean cell. A cell
        that only the other edition's form has is known, and has none.
        """
        _check_id(cell_id)
        return self._codes_of_cells.get(cell_id, ())

    @cached_property
    def _codes_of_cells(self) -> Mapping[str, tuple[str, ...]]:
        """Cell id → the codes of all diagnostics that touch the cell, of those that any touches."""
        found: dict[str, dict[str, None]] = {}
        for problem in self.diagnostics:
            for cell_id in problem.cells:
                found.setdefault(cell_id, {})[problem.code] = None
        return {cell_id: tuple(codes) for cell_id, codes in found.items()}


def _check_id(cell_id: str) -> None:
    if cell_id not in _CELL_IDS:
        raise UnknownIdError.of(str(cell_id), _CELL_IDS, f"no form has a cell {cell_id!r}", f"没有单元格“{cell_id}”")


def parse(
    source: Source,
    *,
    format: FormatName | None = None,
    limits: Limits = DEFAULT,
    agency: str | None = None,
    year: int | None = None,
    convert: bool = False,
    strict: bool = False,
) -> Report:
    """The report in ``source``.

    ``str`` is always text, a path a file, bytes or a binary file its content. ``format`` is ``"docx"``, ``"xlsx"``,
    ``"pdf"``, ``"html"``, ``"markdown"`` or ``"text"``; None finds out from the content. Raises ``ReadError`` for what
    can't be read, ``ParseError`` for what is no report or can't be read without guessing, ``LimitError`` past one of
    ``limits``, ``UnknownFormatError``, ``MissingExtraError`` where the format needs an extra that is not installed,
    and ``OSError`` for a file that can't be opened.

    Problems that leave the report readable are not raised: a figure may come out that was not plainly there. With
    ``strict`` these are raised too, as a ``DoubtfulError``: then every figure that comes out was plainly in the source.
    To go on with a report and its flags use ``read``, which also says whether the report is another than that of the
    ``agency`` and ``year`` for which the caller takes it. With ``convert`` a file of a kind that is refused by name
    (``.doc``, ``.wps``, ``.et``, ``.xls``, ``.rtf``, ``.odt``, ``.ods``) is converted by LibreOffice, where that is
    installed; each place says so.
    """
    reading = read(source, format=format, limits=limits, agency=agency, year=year, convert=convert)
    return reading.raise_for_error(strict=strict)


def read(
    source: Source,
    *,
    format: FormatName | None = None,
    limits: Limits = DEFAULT,
    agency: str | None = None,
    year: int | None = None,
    convert: bool = False,
) -> Reading:
    """The report in ``source`` with all that has to be said about it; never raises for content.

    Arguments as for ``parse``. ``agency`` and ``year`` are what the caller takes the report for, from a list or the
    name of a file: they are compared with what the source says, never put in its place. ``UnknownFormatError``,
    ``MissingExtraError`` and ``OSError`` are raised here too.
    """
    _check_hints(agency, year)
    document: Document | None = None
    try:
        document = read_document(source, format, limits, convert=convert)
        return _compared(_converted(_reading(document, limits), document), agency, year)
    except (ReadError, LimitError, ParseError) as error:
        return _of_error(error, None if document is None else document.format)


def read_safely(
    source: Source,
    *,
    format: FormatName | None = None,
    limits: Limits = DEFAULT,
    name: str | None = None,
    convert: bool = False,
) -> Reading:
    """As ``read``, for whoever reads many sources: whatever one of them raises is the ``error`` of its reading.

    A file that can't be opened is ``cannot-read``, an extra that is not installed ``missing-extra``, memory that is
    not there ``too-much-memory``, and any other exception, which is a fault of this package, ``internal-error``; each
    is a diagnostic too. ``name`` is what the source is called in the error; None takes the path or the file's name.
    Raises ``UnknownFormatError``, which is no source's fault.
    """
    try:
        return read(source, format=format, limits=limits, convert=convert)
    except UnknownFormatError:
        raise
    except MissingExtraError as error:
        return _of_error(error)
    except OSError as error:
        why = error.strerror or str(error)
        return _of_error(ReadError(why, code="cannot-read", found=why))
    except MemoryError:
        return _of_error(limits.passed("memory", ENDED))
    except Exception as error:
        return failed(error, _name_of(source) if name is None else name)


def failed(error: Exception, name: str | None = None) -> Reading:
    """The reading of a source that this package failed at, here or later on."""
    return _of_error(InternalError.of(error, name))


def _name_of(source: Source) -> str | None:
    name = source if isinstance(source, os.PathLike) else getattr(source, "name", None)
    return os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else None


def _of_error(error: GipaError, format: FormatName | None = None) -> Reading:
    """The reading of a source that gave an error and no report."""
    place = None if error.line is None else Location(line=error.line, column=error.column, text="")
    problem = Diagnostic(code=error.code, cells=(), location=place, expected=error.expected, found=error.found)
    return Reading(None, (problem,), error=error, format=format)


def _reading(document: Document, limits: Limits) -> Reading:
    if not document.blocks and not document.links:
        return _refused(document, Diagnostic(code="empty-source"))
    found = collect(document, limits)
    aside = _set_in_order(found)
    text = outline(found.lines, document.titles)
    pages = [line for line in document.aside if words.PAGE_MARK.fullmatch(line.text) or line.text.isdecimal()]
    built = build(found.tokens, found.unknown, [*found.unplaced, *pages], text.unit_lines)
    kind = what_it_is(Contents(document, found, text))
    if kind is not None and kind.code != "form-not-filled":
        return _refused(document, kind)
    if _mended(document, built.diagnostics, limits):
        return _reading(document, limits)
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
    problems = _problems(DocumentCase(found, built, text, document.end), report, kind, document.notes)
    unparsed = sorted([*text.unparsed, *found.unplaced, *aside, *document.aside], key=lambda paragraph: paragraph.line)
    return Reading(
        report,
        tuple(problems),
        _first_error(problems),
        built,
        document.format,
        tuple(unparsed),
        text.section_lines,
        text.prose,
    )


def _mended(document: Document, problems: Sequence[Diagnostic], limits: Limits) -> bool:
    """Mend ``document``, so that more of it can be read; return whether there was something to mend."""
    misprinted = misprints(document, problems)
    document.notes.extend(misprint.mend() for misprint in misprinted)
    if misprinted or left_out(document, problems, lambda part: _read_alone(part, limits)):
        return True
    return put_together(document, problems)


def _read_alone(part: Document, limits: Limits) -> tuple[Sequence[Diagnostic], Built | None]:
    """Return what is said of a part of a document, and its tables; None where it is no report."""
    reading = _reading(part, limits)
    return reading.diagnostics, None if reading.report is None else reading._built


def _problems(
    case: DocumentCase, report: Report, unfilled: Diagnostic | None, notes: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return all that is doubtful in a document; ``unfilled`` says that its form holds no figures."""
    if unfilled is not None:
        # That nothing is there says all that there is to say of the tables.
        ids = tuple(cell_id for table in report.tables for cell_id in table.form.cell_ids)
        of_tables = [evolve(unfilled, cells=ids)]
    else:
        of_tables = [*refusals_of(case), *grouped(case.built.diagnostics)]
    return [*of_tables, *told_after(case), *case.text.diagnostics, *notes]


def _converted(reading: Reading, document: Document) -> Reading:
    """``reading`` with what a conversion did to the words of its source: the cells of tables that differ are marked."""
    made = document.conversion
    if made is None:
        return reading
    if made.differing is None:
        note = Diagnostic(code="conversion-unchecked", expected=made.format, found=made.suffix)
    elif made.differing:
        tables = sorted(made.differing)
        cells = tuple(cell for cell, place in reading.locations.items() if place.table in made.differing)
        numbers = ", ".join(str(number) for number in tables if number)
        found = Phrase(f"tables {numbers}", f"第{numbers}个表格") if numbers else Phrase("the prose", "正文")
        note = Diagnostic(code="conversion-differs", cells=cells, expected=made.suffix, found=found)
    else:
        note = Diagnostic(code="converted", expected=made.format, found=made.suffix)
    return evolve(reading, diagnostics=(*reading.diagnostics, note))


def _check_hints(agency: object, year: object) -> None:
    """Raise ``WrongTypeError`` for what can be the name of no organ, or no year."""
    if agency is not None and not isinstance(agency, str):
        raise WrongTypeError.of("agency", "str | None", agency)
    if year is not None and (isinstance(year, bool) or not hasattr(year, "__index__")):
        raise WrongTypeError.of("year", "int | None", year)


def _compared(reading: Reading, agency: str | None, year: int | None) -> Reading:
    """``reading`` with what it says otherwise than the caller, who named the organ or the year."""
    report = reading.report
    if report is None or (agency is None and year is None):
        return reading
    found: list[Diagnostic] = []
    if agency and agency.strip() and report.agency is not None and not is_same_name(agency, report.agency):
        found.append(Diagnostic(code="hint-differs", cells=(), expected=agency, found=report.agency))
    if year is not None and report.year is not None and year != report.year:
        found.append(Diagnostic(code="hint-differs", cells=(), expected=str(year), found=str(report.year)))
    return evolve(reading, diagnostics=(*reading.diagnostics, *found)) if found else reading


def _set_in_order(found: Collector) -> list[Paragraph]:
    """Put headings that are broken over lines together, and take out the page of contents; return its lines."""
    headings = [at for at, line in enumerate(found.lines) if type(line) is SectionLine]
    if len(headings) < len(HEADINGS):
        found.lines = whole_headings(found.lines)
        headings = [at for at, line in enumerate(found.lines) if type(line) is SectionLine]
    contents = contents_in(found.lines, headings)
    aside = [line for line in found.lines[contents.start : contents.stop] if not isinstance(line, str)]
    if contents:
        del found.lines[contents.start : contents.stop]
    return aside


def _refused(document: Document, problem: Diagnostic) -> Reading:
    return Reading(None, (problem,), error=_first_error([problem]), format=document.format)


def _doubtful(doubts: list[Diagnostic]) -> DoubtfulError:
    """The error for a report in which figures are in doubt; its place is that of the first."""
    codes = tuple(dict.fromkeys(problem.code for problem in doubts))
    cells = tuple(dict.fromkeys(cell_id for problem in doubts for cell_id in problem.cells))
    place = next((problem.location for problem in doubts if problem.location is not None), None)
    first = doubts[0]
    return DoubtfulError(
        f"{len(cells)} figures are in doubt ({', '.join(codes)}): {first.message()}",
        code="doubtful-figures",
        line=place.line if place else None,
        column=place.column if place else None,
        found=Phrase(f"{len(cells)} cells", f"{len(cells)}格"),
        zh=f"有{len(cells)}格的数字存疑（{'、'.join(codes)}）：{first.message('zh')}",
        codes=codes,
        cells=cells,
    )


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
