"""The command line: ``parse``, ``cells``, ``render`` and ``schema``.

Data go to stdout, in UTF-8; messages go to stderr, one a line: ``PATH:LINE:COL: severity code message``. The exit code
is 0 where all is clean, 1 where a report has a problem of severity ``error`` or a file cannot be read, 2 for wrong use
(no such path, nothing matches). What is wrong with one path never keeps the others from being read.

In CSV a text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, TAB, CR or a
full-width twin of these) has an apostrophe before it; a lone ``-`` and plain signed numbers stay as they are. JSON
Lines give the same texts without it.
"""

from __future__ import annotations

import csv
import glob
import json
import os
import re
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

import click
from attrs import define

from . import __version__
from .diagnostics import Diagnostic, Severity
from .errors import GipaError
from .parsing import Reading, read
from .readers import FORMATS as INPUT_FORMATS
from .renderers import FORMATS as OUTPUT_FORMATS
from .renderers import render as render_report
from .report import Cell, Report, State, Table
from .report.cells import decimal_text
from .serialize import cell_label, dumps, json_schema
from .template import FORMS, HEADINGS
from .template.words import METADATA

Lang = Literal["en", "zh"]

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".htm", ".html"})
"""Files with these are read from a folder; a file that is named itself may have any."""


STDIN = "-"

CELL_FIELDS = ("source", "agency", "year", "table", "edition", "cell", "state", "value", "text", "flags")
"""The header of ``cells``."""

_WORDS: dict[str, dict[Lang, str]] = {
    "no-such-path": {"en": "There is no such file or folder.", "zh": "没有这个文件或文件夹。"},
    "no-match": {"en": "No file matches.", "zh": "没有匹配的文件。"},
    "no-report-files": {
        "en": f"No file in this folder ends in {', '.join(sorted(SUFFIXES))}.",
        "zh": f"文件夹中没有以 {'、'.join(sorted(SUFFIXES))} 结尾的文件。",
    },
    "one-file": {"en": "This command takes one file, not {found}.", "zh": "此命令只处理一个文件，这里有{found}个。"},
    "cannot-read": {"en": "Cannot be read: {found}.", "zh": "无法读取：{found}。"},
    "folder-again": {
        "en": "The folder links back to one that is read already; skipped.",
        "zh": "文件夹是指向已读取文件夹的链接，已跳过。",
    },
    "edition": {"en": "edition", "zh": "版式"},
    "diagnostics": {"en": "diagnostics", "zh": "问题"},
    "none": {"en": "none", "zh": "无"},
    State.VALUE: {"en": "value", "zh": "数字"},
    State.BLANK: {"en": "blank", "zh": "空白"},
    State.NOT_APPLICABLE: {"en": "not applicable", "zh": "不适用"},
    State.ABSENT: {"en": "absent", "zh": "缺"},
    State.INVALID: {"en": "invalid", "zh": "无法辨认"},
    Severity.ERROR: {"en": "error", "zh": "错误"},
    Severity.WARNING: {"en": "warning", "zh": "警告"},
    Severity.INFO: {"en": "info", "zh": "提示"},
}

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@define
class Run:
    """One run of a command: the language it speaks and the exit code so far."""

    lang: Lang
    exit_code: int = 0

    def word(self, key: str, found: str = "") -> str:
        """A word or sentence in the language of this run."""
        return _WORDS[key][self.lang].format(found=found)

    def say(self, place: str, severity: Severity, code: str, message: str) -> None:
        """One line on stderr. Severity and code are the same in every language, for scripts."""
        styled = click.style(severity.value, fg=_COLOURS[severity])
        click.echo(f"{_printable(place)}: {styled} {code} {_printable(message)}", err=True)

    def wrong_use(self, place: str, code: str, found: str = "") -> None:
        """Say that the command line asks for what cannot be done; the exit code is 2."""
        self.exit_code = 2
        self.say(place, Severity.ERROR, code, self.word(code, found))

    def unreadable(self, place: str, error: OSError | GipaError) -> None:
        """Say that a file or folder cannot be read; the exit code is at least 1."""
        self.exit_code = max(self.exit_code, 1)
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        self.say(place, Severity.ERROR, "cannot-read", self.word("cannot-read", why))

    def tell(self, source: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Say what is wrong with a report; errors make the exit code at least 1."""
        for diagnostic in diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.exit_code = max(self.exit_code, 1)
            self.say(_place(source, diagnostic), diagnostic.severity, diagnostic.code, diagnostic.message(self.lang))

    def end(self) -> None:
        """Leave with the exit code."""
        click.get_current_context().exit(self.exit_code)


def _place(source: str, diagnostic: Diagnostic) -> str:
    """``PATH:LINE:COL``, as far as they are known."""
    location = diagnostic.location
    numbers = () if location is None else (location.line, location.column)
    return ":".join([_name(source), *(str(number) for number in numbers if number is not None)])


def _name(path: str) -> str:
    """``path`` without the bytes that no text can hold."""
    return click.format_filename(path)


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _printable(text: str) -> str:
    """``text`` without what would steer a terminal or break the line: names and words come from strangers."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


# --- what is read --------------------------------------------------------------------------------------------------


def _sources(run: Run, paths: Iterable[str]) -> list[str]:
    """The files that ``paths`` name, in that order, each once; folders and globs opened."""
    files: dict[str, str] = {}
    for path in paths:
        for match in _matches(run, path):
            for file in _files(run, match):
                files.setdefault(file if file == STDIN else os.path.abspath(file), file)
    return list(files.values())


def _matches(run: Run, path: str) -> list[str]:
    if path == STDIN or os.path.lexists(path):
        return [path]
    if not any(mark in path for mark in "*?["):
        run.wrong_use(path, "no-such-path")
        return []
    matches = sorted(glob.glob(path, recursive=True))
    if not matches:
        run.wrong_use(path, "no-match")
    return matches


def _files(run: Run, path: str) -> list[str]:
    if path == STDIN or not os.path.isdir(path):
        return [path]
    return _files_in(run, path)


def _files_in(run: Run, top: str) -> list[str]:
    """The report files of a folder and its subfolders, sorted; links to folders are followed, each folder once."""
    files: list[str] = []
    errors: list[OSError] = []
    seen: set[str] = set()
    for folder, subfolders, names in os.walk(top, followlinks=True, onerror=errors.append):
        place = os.path.realpath(folder)
        if place in seen:
            run.say(folder, Severity.INFO, "folder-again", run.word("folder-again"))
            subfolders.clear()
            continue
        seen.add(place)
        subfolders.sort()
        files += (os.path.join(folder, name) for name in names if _is_report_file(folder, name))
    for error in errors:
        run.unreadable(error.filename, error)
    if not files and not errors:
        run.wrong_use(top, "no-report-files")
    return sorted(files, key=lambda file: Path(file).parts)


def _is_report_file(folder: str, name: str) -> bool:
    path = os.path.join(folder, name)
    # A broken link is tried, so that it is reported; a pipe in a folder would keep us waiting for ever.
    return os.path.splitext(name)[1].lower() in SUFFIXES and (os.path.isfile(path) or not os.path.exists(path))


def _readings(run: Run, sources: Iterable[str], source_format: str | None) -> Iterator[tuple[str, Reading]]:
    """Each source with what was read from it; its diagnostics, or why it cannot be read, go to stderr."""
    for source in sources:
        try:
            content = sys.stdin.buffer if source == STDIN else Path(source)
            reading = read(content, format=source_format)
        except (OSError, GipaError) as error:
            run.unreadable(source, error)
            continue
        run.tell(source, reading.diagnostics)
        yield source, reading


def _reports(run: Run, sources: Iterable[str], source_format: str | None) -> Iterator[tuple[str, Reading, Report]]:
    for source, reading in _readings(run, sources, source_format):
        if reading.report is not None:
            yield source, reading, reading.report


# --- what is written -----------------------------------------------------------------------------------------------


@contextmanager
def _output(target: str | None) -> Iterator[BinaryIO]:
    """Stdout, or the file ``target``: it changes only when all is written, and not at all where nothing is."""
    try:
        if target is None or target == STDIN:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif os.path.exists(target) and not os.path.isfile(target):  # a pipe or device, such as /dev/null
            with open(target, "wb") as device:
                yield device
        else:
            with _replacing(os.path.realpath(target)) as file:
                yield file
    except BrokenPipeError:  # whoever read stdout has seen enough; click leaves quietly
        raise
    except OSError as error:
        raise click.FileError(target or "stdout", error.strerror) from error


@contextmanager
def _replacing(target: str) -> Iterator[BinaryIO]:
    temporary = f"{target}.{os.getpid()}.tmp"
    try:
        with open(temporary, "xb") as file:
            yield file
            empty = file.tell() == 0
        if not empty:
            if os.path.exists(target):
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    lines = _Lines()
    csv.writer(lines, lineterminator=_Lines.END).writerows(map(_no_formula, row) for row in rows)
    return _encode("".join(lines))


class _Lines(list[str]):
    """Takes the lines of a CSV writer and ends them in LF.

    The writer itself is told CR LF: given LF alone, it leaves a CR within a text without quotes, where readers take it
    for the end of the line.
    """

    END = "\r\n"

    def write(self, line: str) -> None:
        self.append(line.removesuffix(self.END) + "\n")


_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_HARMLESS = re.compile(r"[-－]|[+\-＋－][0-9０-９]+(?:[.．][0-9０-９]+)?")


def _no_formula(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


# --- options -------------------------------------------------------------------------------------------------------

F = TypeVar("F", bound=Callable[..., Any])


def _check_output(context: click.Context, parameter: click.Parameter, target: str | None) -> str | None:
    if target is not None and not os.path.isdir(os.path.dirname(target) or "."):
        raise click.BadParameter(f"there is no folder {_name(os.path.dirname(target))}")
    return target


def _options(function: F) -> F:
    """What all commands that read reports have in common."""
    options = (
        click.option(
            "--from", "from_", type=click.Choice(INPUT_FORMATS), help="Format of the input.  [default: detect]"
        ),
        click.option(
            "--output",
            "-o",
            metavar="FILE",
            type=click.Path(dir_okay=False, allow_dash=True),
            callback=_check_output,
            help="Write to FILE, which changes only when all is written.",
        ),
        click.option(
            "--lang",
            type=click.Choice(["en", "zh"]),
            default="en",
            show_default=True,
            help="Language of messages.",
        ),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), function)


_PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gipa-reports")
def cli() -> None:
    """Read Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

    PATH is a file, a folder (read with its subfolders), a glob such as "reports/**/*.html", or - for stdin.
    Data go to stdout, messages to stderr. Exit code: 0 clean, 1 problems in a report or unreadable files, 2 wrong use.
    """


# --- parse ---------------------------------------------------------------------------------------------------------


@cli.command()
@_PATHS
@click.option(
    "--format",
    "format_",
    type=click.Choice(["json", "jsonl", "text"]),
    default="json",
    show_default=True,
    help="json: indented for one file, else as jsonl. jsonl: one report a line. text: a summary for people.",
)
@_options
def parse(paths: tuple[str, ...], format_: str, from_: str | None, output: str | None, lang: Lang) -> None:
    """Print whole reports as JSON, or a summary of them."""
    run = Run(lang)
    sources = _sources(run, paths)
    indent = 2 if format_ == "json" and len(sources) == 1 else None
    with _output(output) as stream:
        for source, reading, report in _reports(run, sources, from_):
            text = _summary(run, source, reading, report) if format_ == "text" else dumps(report, indent=indent)
            stream.write(_encode(text + "\n"))
    run.end()


_KEY_ROWS = ("received", "carried_in", "processed_total", "carried_out")
"""The rows of 三 that a summary shows."""


def _summary(run: Run, source: str, reading: Reading, report: Report) -> str:
    period = report.period and f"{report.period.start} – {report.period.end}"
    facts = {"title": report.title, "agency": report.agency, "year": report.year, "period": period}
    lines = [_name(source)]
    for name, fact in facts.items():
        lines.append(f"  {METADATA[name] if run.lang == 'zh' else name}: {'?' if fact is None else fact}")
    for table in report.tables:
        lines += ["", f"  {_table_line(run, table)}", *(f"    {line}" for line in _table_grid(run, table))]
    lines += ["", f"  {run.word('diagnostics')}: {_diagnostics_line(run, reading.diagnostics)}", ""]
    return "\n".join(map(_printable, lines))


def _table_line(run: Run, table: Table) -> str:
    heading = next(heading.text for heading in HEADINGS if heading.id == table.id)
    states = Counter(cell.state for row in table.rows for cell in row)
    counts = ", ".join(f"{states[state]} {run.word(state)}" for state in State if states[state])
    return f"{heading if run.lang == 'zh' else table.id} · {run.word('edition')} {table.edition} · {counts}"


def _table_grid(run: Run, table: Table) -> list[str]:
    """Figures in columns: all rows of 二 and 四, the key rows of 三; names in the language of the run."""
    layout = table.form
    grid: list[list[str]] = []
    names: list[str] = []
    for row, cells in zip(layout.rows, table.rows, strict=True):
        if table.id == "requests" and row.id not in _KEY_ROWS:
            continue
        columns = layout.columns_of[row.id]
        row_names = [column.label if run.lang == "zh" else column.id for column in columns]
        if row_names != names:
            names = row_names
            grid.append(["", *names])
        grid.append([row.label if run.lang == "zh" else row.id, *(_short(run, cell) for cell in cells)])
    return _aligned(grid)


def _short(run: Run, cell: Cell) -> str:
    text = cell.text or f"({run.word(cell.state)})"
    return text if len(text) <= 24 else f"{text[:23]}…"


def _aligned(grid: list[list[str]]) -> list[str]:
    """The first column to the left, the others to the right; a wide character takes two places."""
    widths = [max(_width(row[index]) for row in grid if index < len(row)) for index in range(max(map(len, grid)))]
    return [
        row[0]
        + " " * (widths[0] - _width(row[0]))
        + "".join(" " * (2 + width - _width(text)) + text for text, width in zip(row[1:], widths[1:], strict=False))
        for row in grid
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _diagnostics_line(run: Run, diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter((diagnostic.severity, diagnostic.code) for diagnostic in diagnostics)
    found = (f"{run.word(severity)} {code} × {count}" for (severity, code), count in counts.items())
    return ", ".join(found) or run.word("none")


# --- cells ---------------------------------------------------------------------------------------------------------


@cli.command()
@_PATHS
@click.option("--format", "format_", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@_options
def cells(paths: tuple[str, ...], format_: str, from_: str | None, output: str | None, lang: Lang) -> None:
    """Print every figure of every report, one cell of the form a line.

    The raw words of a cell are in "text", the codes of the diagnostics that touch it in "flags". In CSV, text that a
    spreadsheet would run as a formula has an apostrophe before it.
    """
    run = Run(lang)
    sources = _sources(run, paths)
    if not sources:
        run.end()
    with _output(output) as stream:
        if format_ == "csv":
            stream.write(_csv([CELL_FIELDS]))
        for source, reading, report in _reports(run, sources, from_):
            records = _records(source, reading, report)
            stream.write(_csv(record.values() for record in records) if format_ == "csv" else _json_lines(records))
    run.end()


def _records(source: str, reading: Reading, report: Report) -> Iterator[dict[str, str]]:
    """The lines of ``cells``, as texts under the names of ``CELL_FIELDS``."""
    for figure in report.cells():
        location = reading.locations.get(figure.id)
        fields = (
            _name(source),
            report.agency or "",
            "" if report.year is None else str(report.year),
            figure.table,
            figure.edition,
            figure.id,
            figure.state.value,
            _plain(figure.value),
            figure.text if location is None else location.text,
            " ".join(reading.flags(figure.id)),
        )
        yield dict(zip(CELL_FIELDS, fields, strict=True))


def _plain(value: int | Decimal | None) -> str:
    if value is None:
        return ""
    return decimal_text(value) if isinstance(value, Decimal) else str(value)


def _json_lines(records: Iterable[dict[str, str]]) -> bytes:
    lines = (
        json.dumps({**record, "year": record["year"] or None, "value": record["value"] or None}, ensure_ascii=False)
        for record in records
    )
    return _encode("".join(f"{line}\n" for line in lines))


# --- render --------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("path", metavar="PATH")
@click.option("--to", required=True, type=click.Choice(OUTPUT_FORMATS), help="Format of the output.")
@_options
def render(path: str, to: str, from_: str | None, output: str | None, lang: Lang) -> None:
    """Print one report in the official layout, in another format."""
    run = Run(lang)
    sources = _sources(run, [path])
    if len(sources) > 1:
        run.wrong_use(path, "one-file", str(len(sources)))
        run.end()
    with _output(output) as stream:
        for _, _, report in _reports(run, sources, from_):
            stream.write(_encode(render_report(report, to)))
    run.end()


# --- schema --------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--cells", "list_cells", is_flag=True, help="CSV of every cell id, with edition, Chinese label and unit.")
def schema(list_cells: bool) -> None:
    """Print the JSON Schema of what "parse" prints."""
    text = _cell_list() if list_cells else _encode(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
    with _output(None) as stream:
        stream.write(text)


def _cell_list() -> bytes:
    rows = (
        (f"{layout.table}.{row.id}.{column.id}", layout.edition, cell_label(layout, row, column), column.unit or "")
        for layout in FORMS.values()
        for row in layout.rows
        for column in layout.columns_of[row.id]
    )
    return _csv([("cell", "edition", "label", "unit"), *rows])
