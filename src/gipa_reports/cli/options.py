"""The options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click
from attrs import fields

from ..errors import LimitError
from ..limits import Limits
from ..outputs import Lang
from ..readers import FORMATS as INPUT_FORMATS
from .bilingual import Decorated, asked_lang, language_option, option
from .places import STDIN, no_file_to_write
from .run import Run, shown_name
from .words import word

PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)


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


def limit_option(example: str) -> Callable[[Decorated], Decorated]:
    """``--limit``, with an example of a limit."""
    return option(
        "--limit",
        "limits",
        metavar="NAME=NUMBER",
        multiple=True,
        callback=read_limits,
        help=f"Raise or lower a limit on what a file may ask for, such as {example}. Can be given several times.",
        zh=f"提高或降低对单个文件的限额，例如 {example}。可多次使用。",
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
        if run.exit_code != 2:
            run.account(click.get_current_context().info_name or "")
        run.end()

    options = (
        option(
            "--from",
            "from_",
            type=click.Choice(INPUT_FORMATS),
            help="Format of the input.  [default: detect]",
            zh="输入的格式。  [默认：按内容判断]",
        ),
        limit_option("pages=500"),
        option(
            "--output",
            "-o",
            metavar="FILE",
            callback=check_output,
            help="Write to FILE, which changes only when all is written.",
            zh="写入文件；全部写好后才替换原文件。",
        ),
        language_option(),
    )
    return reduce(lambda decorated, option: option(decorated), reversed(options), started)
