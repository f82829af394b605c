"""Output of a check of many files, in the formats of people, spreadsheets and build servers.

One module for each format, each with one function ``write``. All show the same findings; what is suppressed is shown
as such or not at all, never among the findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import PurePath
from typing import Literal

from attrs import frozen

from ..checks import CheckResult, Finding, Outcome
from ..errors import CheckError, UnknownFormatError
from ..messages import Lang as Lang
from ..parsing import Reading
from ..readers.kinds import Kind
from ..report import Report
from ..safe_text import printable
from ..suppressions import Suppressed, Suppression
from ..template import Edition

FORMATS = ("full", "concise", "jsonl", "json", "csv", "xlsx", "sarif", "html")
"""Names of the formats; ``xlsx`` is bytes, the others are text."""


@frozen(eq=False)
class Checked:
    """One file that was to be checked.

    ``source`` is its path as it was named. ``reading`` is what was read: where it has no report, its ``error`` says why
    and ``result`` is None. ``result`` holds all outcomes but the suppressed ones; their findings are in ``suppressed``,
    each with what suppresses it. ``others`` are the files that came with it: the name of an operand's ``source``
    (``previous``, a unit) → the path. ``pictures`` are PNG files of cells in a PDF file, for the page.
    """

    source: str
    reading: Reading
    result: CheckResult | None
    suppressed: tuple[Suppressed, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()

    @property
    def report(self) -> Report | None:
        """The report, where there is one."""
        return self.reading.report

    @property
    def agency(self) -> str | None:
        """The organ that reports, where it is known."""
        return None if self.report is None else self.report.agency

    @property
    def year(self) -> int | None:
        """The year reported on, where it is known."""
        return None if self.report is None else self.report.year

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions of tables 二 and 三, each once."""
        return () if self.report is None else tuple(dict.fromkeys(table.edition for table in self.report.tables))

    @property
    def name(self) -> str:
        """The agency, or the name of the file where it is not known."""
        return printable(self.agency or PurePath(self.source).name or self.source)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are not suppressed."""
        return () if self.result is None else self.result.findings

    @property
    def unchecked(self) -> tuple[Outcome, ...]:
        """Return what could not be checked."""
        return () if self.result is None else self.result.unchecked


@frozen
class PassedOver:
    """A file of a folder that is no document: its path, and what it is instead."""

    source: str
    kind: Kind


@frozen
class Rest:
    """Notes besides the files: suppressions that are stale, files that are no documents."""

    stale: tuple[Suppression, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def result_as(
    format: Literal["full", "html"], result: CheckResult, report: Report | Reading | None, lang: Lang, source: str
) -> str:
    """The result of one check, as it would be told of a file that is called ``source``.

    Raises ``CheckError`` where the report is not known, because the result was not made by ``check``.
    """
    if report is None:
        raise CheckError(
            "the result was not made by check: its report is not known",
            code="no-report",
            zh="这个结果不是由check得出的，没有对应的报告。",
        )
    reading = report if isinstance(report, Reading) else Reading(report)
    document = write_findings([Checked(source, reading, result)], format, lang)
    assert isinstance(document, str)
    if format == "full" and not result.findings and result.complete:
        from .full import clean_words

        return f"{clean_words(result, lang)}\n{document}"
    return document


def write_findings(
    checked: Sequence[Checked],
    format: str,
    lang: Lang = "en",
    stale: Sequence[Suppression] = (),
    passed_over: Sequence[PassedOver] = (),
) -> str | bytes:
    """The findings of all files in ``format``, with messages in ``lang``.

    ``stale`` are the suppressions that no finding needs any more, ``passed_over`` the files that are no documents; the
    formats that have a place for these name them. Raises ``UnknownFormatError``, and ``MissingExtraError`` where
    ``"xlsx"`` lacks its extra.
    """
    if format not in FORMATS:
        raise UnknownFormatError.of_choice("format", FORMATS, format, code="unknown-format")
    rest = Rest(tuple(stale), tuple(passed_over))
    document: str | bytes = import_module(f"{__name__}.{format}").write(checked, lang, rest)
    return document
