"""``gipa-reports scan``: many files → one data set."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from attrs import asdict

from ..codes import Severity
from ..corpus import Progress, ScanResult
from ..corpus import scan as scan_inputs
from ..corpus.plan import source_files
from ..errors import MissingExtraError, ScanError, install_command
from ..limits import Limits
from ..messages import COLON, SEMICOLON
from ..outputs import Lang
from ..readers.kinds import Kind
from .bilingual import LANGUAGE, command, options
from .options import check_output, limit
from .progress import EveryMinute, channel
from .run import Run
from .summary import data_files, show_summary
from .words import word

_FAILED = ("cannot-write", "worker-failed", "inputs-changed")
"""Errors that are no wrong use: the exit code is 1."""


@command(
    family="data",
    zh="""把大量文件读成一个数据集：DIR中的cells、reports、problems三张Parquet表。

    输入可以是文件、文件夹（含子文件夹）、通配符、@清单文件、zip或tar压缩包，或数据表：Parquet、JSON Lines（url和text、
    html、bytes之一）、WARC。中断后用相同输入再次运行即可继续。在终端上运行时最后显示概况。退出码：0 全部正常或有标记，
    1 有文件无法采用或报告有错误，2 用法有误。""",
    examples=(
        ("gipa-reports scan crawl/ -o data/", "一个文件夹的网页", "a folder of pages"),
        ("gipa-reports scan @list.txt old.zip -o data/", "文件清单和压缩包", "a list of files and an archive"),
    ),
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@options(
    ("--output -o DIR", "要写入的文件夹。", "Folder to write.",
     {"required": True, "type": click.Path(file_okay=False)}),
    ("--workers N", "进程数。  [默认：每个处理器一个]", "Processes.  [default: one per processor]",
     {"type": click.IntRange(min=1)}),
    limit("seconds=20"),
    ("--summary page FILE", "显示数据集的概况并写成网页，与gipa-reports summary相同。",
     'Show what the data set holds and write it as an HTML page, as "gipa-reports summary" does.',
     {"callback": check_output}),
    LANGUAGE,
)  # fmt: skip
def scan(
    inputs: tuple[str, ...], output: str, workers: int | None, limits: Limits, page: str | None, lang: Lang
) -> None:
    """Read many files into one data set: the tables cells, reports and problems as Parquet in DIR.

    INPUT is a file, a folder (read with its subfolders), a glob, @FILE for a list of these, a zip or tar archive, or a
    table of sources: Parquet, JSON Lines (url and one of text, html, bytes) or WARC. Started again with the same
    inputs, a scan that was stopped goes on. On a terminal a summary of the data set follows. Exit code: 0 all clean or
    flagged, 1 a source was refused or a report has an error, 2 wrong use.
    """
    run = Run(lang, None, limits, None)
    try:
        if page is not None:
            run.writes(page)
            # What is not there yet can't be an input.
            run.reads(*(source_files(inputs, output) if os.path.exists(page) else ()), *data_files(output))
        with _bar(lang) as show:
            result = scan_inputs(inputs, output, workers=workers, limits=limits, progress=show)
    except (ScanError, MissingExtraError) as error:
        run.say(output, Severity.ERROR, error.code, error.sentence(lang))
        run.exit_code = 1 if error.code in _FAILED else 2
    else:
        _tell(run, result)
        run.exit_code = 1 if result.errors else 0
        if page is not None or sys.stdout.isatty():
            show_summary(run, output, page)
    run.end()


def _tell(run: Run, result: ScanResult) -> None:
    text = run.word("scanned", **asdict(result))
    click.echo(text + (run.word("resumed", resumed=result.resumed) if result.resumed else ""), err=True)
    if result.passed_over or result.refusals:
        run.say(str(result.output), Severity.INFO, "files", _kinds(run, result))
    if result.missing:
        said = run.word("missing-extras", command=install_command(*result.missing))
        run.say(str(result.output), Severity.ERROR, "missing-extra", said)


def _kinds(run: Run, result: ScanResult) -> str:
    """Return what was refused, by code, and what was passed over, by kind, in one line."""
    passed_over = {Kind(kind).word(run.lang): count for kind, count in result.passed_over.items()}
    counted = {"scan-refused": result.refusals, "scan-passed": passed_over}
    return SEMICOLON[run.lang].join(
        run.word(key, n=sum(counts.values()), kinds=COLON[run.lang] + run.listed_counts(counts) if counts else "")
        for key, counts in counted.items()
    )


def _line_a_minute(lang: Lang) -> Callable[[Progress], None]:
    minute = EveryMinute()

    def show(progress: Progress) -> None:
        if minute.strikes():
            numbers = asdict(progress) | {"total": "?" if progress.total is None else progress.total}
            click.echo(word("scanned-so-far", lang, **numbers), err=True)

    return show


@contextmanager
def _bar(lang: Lang) -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar on stderr where that is a terminal, a line a minute where it is a file; what is to be told."""
    where = channel()
    if where != "terminal":
        yield None if where is None else _line_a_minute(lang)
        return
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar
    except ModuleNotFoundError:
        yield None
        return
    fields = {name: f"{{task.fields[{name}]}}" for name in ("clean", "flagged", "refused")}
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        TextColumn(word("scan-counts", lang, **fields)),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="?", clean=0, flagged=0, refused=0)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, rate=f"{bar.tasks[0].speed or 0:.0f}", **asdict(progress))

        yield show
