"""Steps that all commands share: which files are read, what is said about them, how data are written."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import click
from attrs import Factory, define

from ..codes import Severity
from ..corpus.plan import read_list, walk
from ..diagnostics import Diagnostic
from ..document import FormatName
from ..errors import CheckError, GipaError, MissingExtraError
from ..limits import Limits
from ..messages import LISTED, in_brackets
from ..outputs import Lang, PassedOver
from ..outputs.phrases import at
from ..parsing import Reading, failed, read_safely
from ..readers import BINARY_FORMATS, URL
from ..readers.kinds import Kind, kind_of_file
from ..report import Report
from ..safe_text import printable
from .places import STDIN, Places, shown_name
from .progress import Meter
from .words import word

Made = TypeVar("Made")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_SHOWN = 150
"""Characters of what was expected and found that a message shows."""


@define
class Run:
    """One run of a command: what its common options say, and the exit code so far."""

    lang: Lang
    source_format: FormatName | None
    limits: Limits
    output: str | None
    encoding: str | None = None
    verbosity: int = 0
    convert: bool = False
    exit_code: int = 0
    places: Places = Factory(Places)
    passed_over: dict[str, PassedOver] = Factory(dict)
    refused: set[str] = Factory(set)
    listed: set[str] = Factory(set)
    _said: set[tuple[str, str, str]] = Factory(set)

    def word(self, key: str, **parts: object) -> str:
        """A word or sentence in the language of this run."""
        return word(key, self.lang, **parts)

    def say(self, place: str, severity: Severity, code: str, message: str) -> None:
        """One line on stderr. Severity and code are the same in every language, for scripts."""
        if self.verbosity < 0 and severity is not Severity.ERROR:
            return
        if (place, code, message) in self._said:  # a file may be read for two purposes
            return
        self._said.add((place, code, message))
        styled = click.style(severity.value, fg=_COLOURS[severity])
        click.echo(f"{printable(place)}: {styled} {code} {printable(message)}", err=True)

    def fail(self) -> None:
        """Note that something was found, or that something can't be read: the exit code is at least 1."""
        self.exit_code = max(self.exit_code, 1)

    def wrong_use(self, place: str, code: str, /, **parts: object) -> None:
        """Say that the command line asks for what cannot be done; the exit code is 2."""
        self.exit_code = 2
        self.say(place, Severity.ERROR, code, self.word(code, **parts))

    def refuse(self, place: str, error: GipaError) -> None:
        """Say that what is asked for does not belong together or is not there; the exit code is 2."""
        self.exit_code = 2
        sentence = error.sentence(self.lang)
        line = "" if error.line is None else self.word("line", line=error.line)
        # A Chinese sentence names these itself: they are in English.
        facts = {} if sentence == error.zh else {"expected": error.expected or "", "found": error.found or ""}
        details = "; ".join(
            f"{name}: {fact if len(fact) <= _SHOWN else fact[:_SHOWN] + '…'}"
            for name, fact in facts.items()
            if fact not in error.message
        )
        self.say(place, Severity.ERROR, error.code, f"{sentence}{line}" + f" [{details}]" * bool(details))

    def unreadable(self, place: str, error: OSError) -> None:
        """Say that a folder cannot be read."""
        self.fail()
        self.say(place, Severity.ERROR, "cannot-read", self.word("cannot-read", found=error.strerror or str(error)))

    def tell(self, source: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Say what is wrong with a report; errors make the exit code at least 1."""
        for diagnostic in diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.fail()
            place = at(shown_name(source), diagnostic.location, self.lang)
            self.say(place, diagnostic.severity, diagnostic.code, diagnostic.message(self.lang))

    def reads(self, *paths: str) -> None:
        """Note what is read; end the run where it is what the run writes."""
        for path in paths:
            if (output := self.places.read(path)) is not None:
                self._refuse_output("output-is-input", output, path)

    def writes(self, *paths: str | None) -> None:
        """Note what is to be written, stdout for None; end the run where that is what it reads or writes already."""
        for path in paths:
            target = STDIN if path is None else path
            if (other := self.places.write(target)) is not None:
                code = "output-is-input" if self.places.is_read(target) else "outputs-collide"
                self._refuse_output(code, target, other)

    def pass_over(self, path: str, kind: Kind) -> None:
        """Note a file of a folder that is no document."""
        self.passed_over[path] = PassedOver(shown_name(path), kind)

    def account(self, command: str) -> None:
        """Say in one line what became of the files in the folders, where any of them was not read."""
        refused = Counter(kind_of_file(path).word(self.lang) for path in self.refused & self.listed)
        passed = Counter(file.kind.word(self.lang) for file in self.passed_over.values())
        if not refused and not passed:
            return
        counts = {"refused": refused.total(), "passed": passed.total()}
        read = len(self.listed) - counts["refused"]
        kinds = {
            f"{name}_kinds": in_brackets(self.listed_counts(found), self.lang)
            for name, found in (("refused", refused), ("passed", passed))
        }
        all_files = len(self.listed) + counts["passed"]
        self.say(command, Severity.INFO, "files", self.word("accounted", all=all_files, read=read, **counts, **kinds))

    def listed_counts(self, counts: Mapping[str, int]) -> str:
        """Return kinds of things with how many there are of each, the most frequent first."""
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return LISTED[self.lang].join(f"{kind} {count}" for kind, count in ordered)

    def refuse_terminal(self, format: str | None) -> None:
        """End the run where a binary format would be written to a terminal."""
        if format in BINARY_FORMATS and self.output in (None, STDIN) and sys.stdout.isatty():
            self.wrong_use("-", "binary-to-terminal", found=format)
            self.end()

    def _refuse_output(self, code: str, output: str, other: str) -> None:
        self.wrong_use(shown_name(output), code, output=shown_name(output), other=shown_name(other))
        self.end()

    def end(self) -> None:
        """Leave with the exit code."""
        click.get_current_context().exit(self.exit_code)


# --- what is read --------------------------------------------------------------------------------------------------


def report_files(run: Run, paths: Iterable[str]) -> list[str]:
    """The files that ``paths`` name, in that order, each once; folders and globs opened."""
    files: dict[str, str] = {}
    for path in _named(run, paths):
        for match in _matches(run, path):
            for file in _files(run, match, path):
                files.setdefault(file if file == STDIN else os.path.abspath(file), file)
    run.reads(*files.values())
    return list(files.values())


def _named(run: Run, paths: Iterable[str]) -> Iterator[str]:
    """The paths, and in the place of ``@FILE`` those that this list has, a line each."""
    for path in paths:
        if not path.startswith("@") or os.path.lexists(path):
            yield path
            continue
        try:
            names = read_list(path[1:])
        except OSError as error:
            run.wrong_use(path, "no-list", found=error.strerror or str(error))
            continue
        run.reads(path[1:])
        yield from names


def _matches(run: Run, path: str) -> list[str]:
    if path == STDIN or os.path.lexists(path):
        return [path]
    if not any(mark in path for mark in "*?["):
        run.wrong_use(path, "url" if URL.fullmatch(path) else "no-such-path")
        return []
    matches = sorted(glob.glob(path, recursive=True))
    if not matches:
        run.wrong_use(path, "no-match")
    return matches


def _files(run: Run, match: str, path: str) -> Iterable[str]:
    """Return what is to be read of a match of ``path``; a file that is named itself is read, whatever it is."""
    if match != STDIN and os.path.isdir(match):
        return _files_in(run, match)
    return [match] if match == path else _documents(run, match, kind_of_file(match))


def _files_in(run: Run, top: str) -> list[str]:
    """The report files of a folder and its subfolders, sorted; what is wrong with a folder goes to stderr."""
    files: list[str] = []
    unreadable = False
    for path, found in walk(top):
        if isinstance(found, Kind):
            files += _documents(run, path, found)
        elif found is None:
            run.say(path, Severity.INFO, "folder-again", run.word("folder-again"))
        else:
            run.unreadable(path, found)
            unreadable = True
    if not files and not unreadable:
        run.wrong_use(top, "no-report-files")
    return files


def _documents(run: Run, path: str, kind: Kind) -> list[str]:
    """A file of a folder or glob, if it is to be read; another is passed over."""
    if kind.passed_over:
        run.pass_over(path, kind)
        return []
    run.listed.add(path)
    return [path]


def readings(run: Run, files: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Each source with what was read from it; its diagnostics, or why it cannot be read, go to stderr.

    Of a file that cannot be read the reading has no report, and the reason as its ``error``.
    """
    files = list(files)
    meter = Meter(len(files), run.lang, quiet=run.verbosity < 0)
    for done, source in enumerate(files):
        content = sys.stdin.buffer if source == STDIN else Path(source)
        with meter.at(done, source):
            reading = read_safely(
                content, format=run.source_format, limits=run.limits, name=shown_name(source), convert=run.convert
            )
        run.tell(source, reading.diagnostics)
        report, none = reading.report, run.word("none")
        agency, year = (None, None) if report is None else (report.agency, report.year)
        if run.verbosity > 0:
            facts = {"format": reading.format or none, "agency": agency or none, "year": year or none}
            run.say(shown_name(source), Severity.INFO, "read", run.word("read-as", **facts))
        if report is None:
            run.refused.add(source)
        yield source, reading


def made(run: Run, source: str, make: Callable[[], Made]) -> Made | None:
    """Return what ``make`` gives for one source; where it fails, stderr says so and the result is None.

    What is asked for in vain of every source, such as a format without its extra, is raised.
    """
    try:
        return make()
    except (CheckError, MissingExtraError):
        raise
    except Exception as error:
        run.tell(source, failed(error, shown_name(source)).diagnostics)
        return None


def read_reports(run: Run, files: Iterable[str]) -> Iterator[tuple[str, Reading, Report]]:
    """Each file that holds a report, with what was read; what is wrong with any goes to stderr."""
    for source, reading in readings(run, files):
        if reading.report is not None:
            yield source, reading, reading.report
