"""The command line, a module for each command; what they share is in ``run``.

Data go to stdout, in UTF-8; messages go to stderr, one a line: ``PATH:LINE:COL: severity code message``. The exit code
is 0 where all is clean, 1 where a report has a problem of severity ``error`` or a file cannot be read, 2 for wrong use
(no such path, nothing matches). What is wrong with one path never keeps the others from being read.

In CSV a text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, TAB, CR or a
full-width twin of these) has an apostrophe before it; a lone ``-`` and plain signed numbers stay as they are. JSON
Lines give the same texts without it.
"""

from __future__ import annotations

from typing import Any

import click

from .. import __version__
from ..diagnostics import Diagnostic
from ..errors import InternalError
from ..outputs import Lang
from ..safe_text import printable
from .aggregate import aggregate
from .bilingual import LANGUAGE, Group, Option, asked_lang, options
from .cells import cells
from .check import check
from .compare import compare
from .explain import explain
from .parse import parse
from .render import render
from .scan import scan
from .schema import schema
from .summary import summary
from .words import word

INTERRUPTED = 130
"""Exit code where the user stopped the run (Ctrl-C), as shells have it."""


FAMILIES: dict[str, dict[Lang, str]] = {
    "read": {"en": "Read", "zh": "读取"},
    "check": {"en": "Check", "zh": "校核"},
    "write": {"en": "Write", "zh": "输出"},
    "data": {"en": "Data sets", "zh": "数据集"},
}


class Commands(Group):
    """The commands; what ends one of them unforeseen is told in one line, never as a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(word("interrupted", asked_lang(context)), err=True)
            context.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.filename is None:  # stdout can't be written to
                raise
            found = InternalError.of(error).found
            message = Diagnostic(code="internal-error", found=found).message(asked_lang(context))
            click.echo(f"{context.invoked_subcommand}: error internal-error {printable(message)}", err=True)
            context.exit(1)


@click.group(
    cls=Commands,
    families=FAMILIES,
    context_settings={"help_option_names": ["-h", "--help"]},
    zh="""读取、校核、输出政府信息公开工作年度报告。

    PATH可以是文件、文件夹（含子文件夹）、通配符（如"reports/**/*.html"），或 -（标准输入）。结果写到标准输出，
    消息写到标准错误。退出码：0 正常，1 报告有问题或文件无法读取，2 用法有误。""",
)
@click.version_option(__version__, "-V", "--version", prog_name="gipa-reports", cls=Option, zh="显示版本。")
@options(LANGUAGE)
def cli(lang: Lang) -> None:
    """Read Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

    PATH is a file, a folder (read with its subfolders), a glob such as "reports/**/*.html", or - for stdin. Data go to
    stdout, messages to stderr. Exit code: 0 clean, 1 problems in a report or unreadable files, 2 wrong use.
    """


for _command in (parse, cells, check, explain, aggregate, compare, render, scan, schema, summary):
    cli.add_command(_command)
