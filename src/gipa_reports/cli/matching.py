"""Reports that come with a report that is checked: that of the year before, and those of its units."""

from __future__ import annotations

import os
from collections.abc import Iterable

from attrs import frozen

from ..checks.subject import same_agency
from ..codes import Severity
from ..corpus.plan import real
from ..errors import CheckError
from ..parsing import Reading
from ..report import Report
from .places import shown_name
from .run import Run, readings, report_files


@frozen(eq=False)
class Found:
    """A file and what was read from it; it holds a report."""

    source: str
    reading: Reading
    report: Report


def found_reports(run: Run, paths: Iterable[str]) -> list[Found]:
    """The reports that ``paths`` name; what has none is told on stderr."""
    return [
        Found(source, reading, reading.report)
        for source, reading in readings(run, report_files(run, paths))
        if reading.report is not None
    ]


@frozen(eq=False)
class Previous:
    """Target of ``--previous``: a folder or glob to look in, or (``given``) the one report that it must be."""

    path: str
    reports: tuple[Found, ...]
    given: bool

    @classmethod
    def of(cls, run: Run, path: str) -> Previous:
        """Read it."""
        return cls(path, tuple(found_reports(run, [path])), os.path.isfile(path))

    def find(self, run: Run, source: str, report: Report) -> Found | None:
        """The report of the year before; where there is none, or more than one, stderr says so.

        It is the one of the same name, but for white space; else the one whose agency's name is shortened.
        """
        if self.given:
            return self.reports[0] if self.reports else None
        if report.year is None or report.agency is None:
            _say(run, source, Severity.WARNING, "previous-unknown")
            return None
        agency, year = report.agency, report.year - 1
        matches, is_alike = self._of(agency, year)
        if not matches:
            folder = shown_name(self.path)
            _say(run, source, Severity.WARNING, "previous-none", agency=agency, year=year, folder=folder)
            return None
        # Two captures that say the same are one report.
        if len({found.report for found in matches}) > 1:
            names = ", ".join(shown_name(found.source) for found in matches)
            _say(run, source, Severity.WARNING, "previous-ambiguous", agency=agency, year=year, found=names)
            return None
        (first, *_) = matches
        if not is_alike:
            name = shown_name(first.source)
            _say(run, source, Severity.INFO, "previous-shortened", agency=first.report.agency, found=name)
        return first

    def _of(self, agency: str, year: int) -> tuple[list[Found], bool]:
        """The reports of an agency on a year, and whether they have its name and not one that is shortened."""
        of_year = [found for found in self.reports if found.report.year == year and found.report.agency]
        alike = [found for found in of_year if _squeezed(found.report.agency) == _squeezed(agency)]
        shortened = [found for found in of_year if same_agency(found.report.agency or "", agency)]
        return alike or shortened, bool(alike)


def named_readings(run: Run, paths: Iterable[str], leave_out: str | None = None) -> dict[str, tuple[str, Reading]]:
    """The reports of units by agency (by path where it is not known), each with its file; the file ``leave_out`` is not
    one of them.

    A file without a report is named by its path. Raises ``CheckError`` for two reports of one agency.
    """
    units: dict[str, tuple[str, Reading]] = {}
    files = [file for file in report_files(run, paths) if leave_out is None or real(file) != real(leave_out)]
    for source, reading in readings(run, files):
        name = (reading.report and reading.report.agency) or shown_name(source)
        if name in units:
            files_of_it = [shown_name(units[name][0]), shown_name(source)]
            raise CheckError(
                f"{name} comes twice: {' and '.join(files_of_it)}; leave one of them out",
                code="children-repeated",
                found=name,
                zh=f"{name}有两份报告：{'、'.join(files_of_it)}；请去掉其中一份。",
            )
        units[name] = source, reading
    return units


def _squeezed(name: str | None) -> str:
    return "".join((name or "").split())


def _say(run: Run, source: str, severity: Severity, code: str, **parts: object) -> None:
    run.say(shown_name(source), severity, code, run.word(code, **parts))
