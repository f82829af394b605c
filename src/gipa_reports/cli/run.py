"""What all commands share: which files are read, what is said about them, how data are written."""

from __future__ import annotations

import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce, wraps
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

import click
from attrs import Factory, define, fields

from ..diagnostics import Diagnostic, Severity
from ..errors import CheckError, GipaError, LimitError, MissingExtraError
from ..limits import Limits
from ..outputs.phrases import at
from ..parsing import Reading, failed, read_safely
from ..readers import BINARY_FORMATS, SUFFIXES, URL
from ..readers import FORMATS as INPUT_FORMATS
from ..report import Report
from ..safe_text import csv_text, printable
from .places import STDIN, Places, no_file_to_write

Lang = Literal["en", "zh"]
Command = TypeVar("Command", bound=Callable[..., Any])
Made = TypeVar("Made")

_WORDS: dict[str, dict[Lang, str]] = {
    "no-such-path": {"en": "There is no such file or folder.", "zh": "没有这个文件或文件夹。"},
    "url": {
        "en": "This is an address, and nothing is fetched: save the page and pass its path.",
        "zh": "这是网址，不会下载：请保存网页，再给出文件的路径。",
    },
    "interrupted": {"en": "interrupted", "zh": "已中断"},
    "binary-to-terminal": {
        "en": "{found} is a binary format, which a terminal can't show: name a file with --output FILE.",
        "zh": "{found}是二进制格式，终端无法显示：请用 --output FILE 指定文件。",
    },
    "no-match": {"en": "No file matches.", "zh": "没有匹配的文件。"},
    "no-report-files": {
        "en": f"No file in this folder ends in {', '.join(sorted(SUFFIXES))}.",
        "zh": f"文件夹中没有以 {'、'.join(sorted(SUFFIXES))} 结尾的文件。",
    },
    "one-file": {"en": "This command takes one file, not {found}.", "zh": "此命令只处理一个文件，这里有{found}个。"},
    "cannot-read": {"en": "Cannot be read: {found}.", "zh": "无法读取：{found}。"},
    "cannot-write": {"en": "cannot write to {place}: {found}", "zh": "无法写入{place}：{found}"},
    "output-is-input": {
        "en": "The output {output} is {other}, which this run reads: nothing is written; choose another output.",
        "zh": "输出{output}就是本次要读取的{other}：未写入任何内容，请另选输出文件。",
    },
    "outputs-collide": {
        "en": "The outputs {output} and {other} are one file: nothing is written; choose another for one of them.",
        "zh": "输出{output}与{other}是同一个文件：未写入任何内容，请将其中一个另选文件。",
    },
    "folder": {
        "en": "{place} is a folder, and a file is to be written: nothing is written; name a file in it",
        "zh": "{place}是文件夹，而这里要写入文件：未写入任何内容，请指定其中的文件名",
    },
    "block-device": {
        "en": "{place} is a block device, which writing would destroy: nothing is written; choose a file",
        "zh": "{place}是块设备，写入会破坏其内容：未写入任何内容，请另选文件",
    },
    "socket": {
        "en": "{place} is a socket, not a file: nothing is written; choose a file",
        "zh": "{place}是套接字，不是文件：未写入任何内容，请另选文件",
    },
    "no-folder": {"en": "there is no folder {place}", "zh": "没有{place}这个文件夹"},
    "bad-limit": {"en": "{setting!r} is not NAME=NUMBER: {found}", "zh": "{setting!r}不是NAME=NUMBER：{found}"},
    "no-such-limit": {
        "en": "{setting!r} is not NAME=NUMBER with a name of {names}",
        "zh": "{setting!r}不是NAME=NUMBER，其中NAME应为{names}之一",
    },
    "line": {"en": " (line {line})", "zh": "（第{line}行）"},
    "folder-again": {
        "en": "The folder links back to one that is read already; skipped.",
        "zh": "文件夹是指向已读取文件夹的链接，已跳过。",
    },
    "edition": {"en": "edition", "zh": "版式"},
    "diagnostics": {"en": "diagnostics", "zh": "问题"},
    "none": {"en": "none", "zh": "无"},
    Severity.ERROR: {"en": "error", "zh": "错误"},
    Severity.WARNING: {"en": "warning", "zh": "警告"},
    Severity.INFO: {"en": "info", "zh": "提示"},
}

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_LANG = f"{__name__}.lang"
"""Key of the language in what click keeps of a run."""

_SHOWN = 150
"""Characters of what was expected and found that a message shows."""


def word(key: str, lang: Lang, **parts: object) -> str:
    """A word or sentence."""
    return _WORDS[key][lang].format(**parts)


@define
class Run:
    """One run of a command: what its common options say, and the exit code so far."""

    lang: Lang
    source_format: str | None
    limits: Limits
    output: str | None
    exit_code: int = 0
    places: Places = Factory(Places)

    def word(self, key: str, **parts: object) -> str:
        """A word or sentence in the language of this run."""
        return word(key, self.lang, **parts)

    def say(self, place: str, severity: Severity, code: str, message: str) -> None:
        """One line on stderr. Severity and code are the same in every language, for scripts."""
        styled = click.style(severity.value, fg=_COLOURS[severity])
        click.echo(f"{printable(place)}: {styled} {code} {printable(message)}", err=True)

    def wrong_use(self, place: str, code: str, found: str = "") -> None:
        """Say that the command line asks for what cannot be done; the exit code is 2."""
        self.exit_code = 2
        self.say(place, Severity.ERROR, code, self.word(code, found=found))

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
        """Say that a folder cannot be read; the exit code is at least 1."""
        self.exit_code = max(self.exit_code, 1)
        self.say(place, Severity.ERROR, "cannot-read", self.word("cannot-read", found=error.strerror or str(error)))

    def tell(self, source: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Say what is wrong with a report; errors make the exit code at least 1."""
        for diagnostic in diagnostics:
            if diagnostic.severity is Severity.ERROR:
                self.exit_code = max(self.exit_code, 1)
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

    def refuse_terminal(self, format: str | None) -> None:
        """End the run where a binary format would be written to a terminal."""
        if format in BINARY_FORMATS and self.output in (None, STDIN) and sys.stdout.isatty():
            self.wrong_use("-", "binary-to-terminal", format)
            self.end()

    def _refuse_output(self, code: str, output: str, other: str) -> None:
        self.exit_code = 2
        names = {"output": shown_name(output), "other": shown_name(other)}
        self.say(names["output"], Severity.ERROR, code, self.word(code, **names))
        self.end()

    def end(self) -> None:
        """Leave with the exit code."""
        click.get_current_context().exit(self.exit_code)


def shown_name(path: str) -> str:
    """``path`` without the bytes that no text can hold."""
    return click.format_filename(path)


# --- what is read --------------------------------------------------------------------------------------------------


def report_files(run: Run, paths: Iterable[str]) -> list[str]:
    """The files that ``paths`` name, in that order, each once; folders and globs opened."""
    files: dict[str, str] = {}
    for path in paths:
        for match in _matches(run, path):
            for file in _files(run, match):
                files.setdefault(file if file == STDIN else os.path.abspath(file), file)
    run.reads(*files.values())
    return list(files.values())


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


def readings(run: Run, files: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Each source with what was read from it; its diagnostics, or why it cannot be read, go to stderr.

    Of a file that cannot be read the reading has no report, and the reason as its ``error``.
    """
    for source in files:
        content = sys.stdin.buffer if source == STDIN else Path(source)
        reading = read_safely(content, format=run.source_format, limits=run.limits, name=shown_name(source))
        run.tell(source, reading.diagnostics)
        yield source, reading


def made(run: Run, source: str, make: Callable[[], Made]) -> Made | None:
    """What ``make`` gives for one source; where it fails, stderr says so and the result is None.

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


# --- what is written -----------------------------------------------------------------------------------------------


@contextmanager
def open_output(target: str | None) -> Iterator[BinaryIO]:
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
        where = "stdout" if target is None or target == STDIN else shown_name(target)
        why = error.strerror or str(error)
        raise click.ClickException(word("cannot-write", asked_lang(), place=where, found=why)) from error


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


def encode(text: str) -> bytes:
    """``text`` in UTF-8, what UTF-8 does not have as escapes."""
    return text.encode("utf-8", "backslashreplace")


def csv_lines(rows: Iterable[Iterable[str]]) -> bytes:
    """``rows`` as CSV in UTF-8, safe to open in a spreadsheet."""
    return encode(csv_text(rows))


def asked_lang(context: click.Context | None = None) -> Lang:
    """The language that the run was asked for."""
    lang: Lang = (context or click.get_current_context()).meta.get(_LANG, "en")
    return lang


def _ask_lang(context: click.Context, parameter: click.Parameter, lang: Lang) -> Lang:
    context.meta[_LANG] = lang
    return lang


# --- options -------------------------------------------------------------------------------------------------------


def check_output(context: click.Context, parameter: click.Parameter, target: str | None) -> str | None:
    """The callback of an option that names a file to write: its folder is there, and nothing of another kind is."""
    if target is None or target == STDIN:
        return target
    if (kind := no_file_to_write(target)) is not None:
        raise click.BadParameter(word(kind, asked_lang(), place=shown_name(target)))
    if not os.path.isdir(os.path.dirname(target) or "."):
        raise click.BadParameter(word("no-folder", asked_lang(), place=shown_name(os.path.dirname(target))))
    return target


def read_limits(context: click.Context, parameter: click.Parameter, settings: tuple[str, ...]) -> Limits:
    """The callback of an option whose values are ``NAME=NUMBER``."""
    numbers: dict[str, Any] = {}
    for setting in settings:
        name, _, number = setting.partition("=")
        try:
            numbers[name] = _number(number)
            Limits(**{name: numbers[name]})
        except LimitError as error:
            lang = asked_lang()
            raise click.BadParameter(word("bad-limit", lang, setting=setting, found=error.sentence(lang))) from None
        except (TypeError, ValueError):
            names = ", ".join(field.name for field in fields(Limits))
            raise click.BadParameter(word("no-such-limit", asked_lang(), setting=setting, names=names)) from None
    return Limits(**numbers)


def _number(text: str) -> int | float | None:
    if text == "none":
        return None
    return float(text) if "." in text else int(text)


def language_option(help: str = "Language of messages.") -> Callable[[Command], Command]:
    """``--lang``; it is read before all others, so that what is wrong with these is said in this language."""
    choice = click.Choice(["en", "zh"])
    return click.option(
        "--lang", type=choice, default="en", show_default=True, is_eager=True, callback=_ask_lang, help=help
    )


def takes_reports(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all commands have that read reports; the command gets them as its ``run``."""

    @wraps(command)
    def started(
        *arguments: Any, from_: str | None, limits: Limits, output: str | None, lang: Lang, **others: Any
    ) -> None:
        run = Run(lang, from_, limits, output)
        run.writes(output)
        run.refuse_terminal(others.get("to") or others.get("format_"))
        command(*arguments, run=run, **others)
        run.end()

    options = (
        click.option(
            "--from", "from_", type=click.Choice(INPUT_FORMATS), help="Format of the input.  [default: detect]"
        ),
        click.option(
            "--limit",
            "limits",
            metavar="NAME=NUMBER",
            multiple=True,
            callback=read_limits,
            help="Raise or lower a limit on what a file may ask for, such as pages=500. Can be given several times.",
        ),
        click.option(
            "--output",
            "-o",
            metavar="FILE",
            callback=check_output,
            help="Write to FILE, which changes only when all is written.",
        ),
        language_option(),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), started)


PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
