"""``gipa-reports summary``: what a scanned data set holds, as tables on the terminal and as a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

import click

from ..codes import Severity
from ..corpus.folder import TABLES
from ..errors import MissingExtraError, ScanError
from ..limits import DEFAULT
from ..outputs import Lang
from ..safe_text import printable
from ..summary import Section, Summary, sections, summarise, write_page
from ..summary.sections import word
from .bilingual import LANGUAGE, command, options
from .options import check_output
from .places import shown_name
from .run import Run
from .writing import write_document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


@command(
    family="data",
    zh="""显示数据集的概况；DIR是scan的输出文件夹。

    读取和拒绝的数量及原因，按格式、版面、年度、版式的报告数，各年合计，各规则下有问题的报告比例。合计注明包括多少份
    报告；数字为空或有问题标记的报告不计入。退出码：0 正常，1 网页无法写入或数据集损坏，2 用法有误。""",
    examples=(("gipa-reports summary data/ -o summary.html", "同时写成网页", "as a page too"),),
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@options(
    ("--output -o FILE", "同时写成网页。", "Write an HTML page too.", {"callback": check_output}),
    LANGUAGE,
)
def summary(folder: str, output: str | None, lang: Lang) -> None:
    """Show what a data set holds: DIR is the output of a scan.

    What was read and what was refused and why, reports by format, layout, year and edition, sums over the years, and
    the share of reports with findings by rule. A sum says how many reports are in it: those in which a figure is blank
    or flagged are left out. Exit code: 0, 1 the page can't be written or the data set is damaged, 2 wrong use.
    """
    run = Run(lang, None, DEFAULT, output)
    run.reads(*data_files(folder))
    if output is not None:
        run.writes(output)
    show_summary(run, folder, output)
    run.end()


def show_summary(run: Run, folder: str, page: str | None) -> None:
    """Show on stdout what the data set in ``folder`` holds, and write the HTML page where one is asked for."""
    try:
        tables = StringIO()
        console = _console(tables)
        found = summarise(folder)
    except (ScanError, MissingExtraError) as error:
        run.say(folder, Severity.ERROR, error.code, error.sentence(run.lang))
        run.exit_code = 1 if error.code == "damaged" else 2
        return
    _show(found, console, run.lang)
    write_document(None, tables.getvalue())
    if page is not None:
        write_document(page, write_page(found, run.lang, shown_name(folder)))


def data_files(folder: str) -> Iterator[str]:
    """The files of the data set in ``folder``, as far as there are any; a page beside them is none of them."""
    for part in (*TABLES, "_scan"):
        for place, _, names in os.walk(os.path.join(folder, part)):
            yield from (os.path.join(place, name) for name in names)


def _console(tables: StringIO) -> Console:
    """Return the console of stdout, in colours where that is a terminal. Raises ``MissingExtraError`` without rich."""
    try:
        from rich.console import Console
    except ModuleNotFoundError as error:
        raise MissingExtraError.of("a summary", "rich", "scan") from error
    return Console(file=tables, force_terminal=sys.stdout.isatty() or None, markup=False, highlight=False, emoji=False)


def _show(found: Summary, console: Console, lang: Lang) -> None:
    from rich.text import Text

    if not found.finished:
        console.print(word("unfinished", lang))
    said: set[str] = set()
    for section in sections(found, lang):
        if section.rows:
            console.print(_table(section))
            for note in section.notes:
                if note not in said:
                    console.print(Text(printable(note), "dim"))
            said.update(section.notes)


def _table(section: Section) -> Table:
    """A section as rich shows it, without a second column of words: it explains the first, and there is no room."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    shown = [at for at in range(len(section.head)) if at == 0 or at >= section.text_columns]
    table = Table(box=SIMPLE, title=Text(printable(section.title), "bold"), title_justify="left")
    for at in shown:
        table.add_column(Text(section.head[at]), justify="right" if at else "left")
    for row in section.rows:
        table.add_row(*(Text(printable(row[at])) for at in shown))
    return table
