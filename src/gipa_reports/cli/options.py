"""The options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NoReturn

import click
from attrs import fields

from ..document import FormatName
from ..errors import CheckError, LimitError, MissingExtraError, ModelError
from ..limits import Limits
from ..outputs import Lang
from ..readers import FORMATS as INPUT_FORMATS
from .bilingual import LANGUAGE, Option, OptionRow, asked_lang, options
from .places import STDIN, no_file_to_write, shown_name
from .run import Run
from .words import word
from .writing import CSV_ENCODINGS

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


class FormatOption(Option):
    """An option whose value is a format; where it is not given, the ending of the output says it, else ``usual``."""

    def __init__(self, *arguments: Any, choices: tuple[str, ...], usual: str | None, **attributes: Any) -> None:
        super().__init__(*arguments, type=click.Choice(choices), show_default=False, **attributes)
        self.choices = choices
        self.usual = usual

    def chosen(self, given: str | None, output: str | None, lang: Lang) -> str:
        """The format that is asked for. Raises ``click.UsageError`` for an output whose format is none of these."""
        if given is not None:
            return given
        suffix = os.path.splitext(output or "")[1].lower()
        known = _FORMATS_OF.get(suffix, ())
        found = next((name for name in known if name in self.choices), self.usual)
        # Anything can stand in a file that is called a text.
        is_wrong = known and not set(known) & set(self.choices) and suffix != ".txt"
        if is_wrong or found is None:
            self._refuse("wrong-suffix" if is_wrong else "no-format", output, lang)
        return found

    def _refuse(self, key: str, output: str | None, lang: Lang) -> NoReturn:
        endings = [ending for ending, formats in _FORMATS_OF.items() if set(formats) & set(self.choices)]
        words = {"output": shown_name(output or ""), "choices": ", ".join(self.choices)}
        raise click.UsageError(word(key, lang, option=self.opts[0], suffixes=", ".join(endings), **words))


_FORMATS_OF: dict[str, tuple[str, ...]] = {
    ".txt": ("text", "full"),
    ".md": ("markdown",),
    ".html": ("html",),
    ".htm": ("html",),
    ".docx": ("docx",),
    ".xlsx": ("xlsx",),
    ".csv": ("csv",),
    ".json": ("json",),
    ".jsonl": ("jsonl",),
    ".sarif": ("sarif",),
}
"""Ending of an output → the formats that it stands for."""


def formats(
    names: str,
    choices: tuple[str, ...],
    usual: str | None,
    zh: str = "输出格式。",
    en: str = "Format of the output.",
) -> OptionRow:
    """``--format`` or ``--to``."""
    chinese = f"{zh}  [默认：按输出文件的扩展名{'，否则为' + usual if usual else ''}]"
    text = f"{en}  [default: by the ending of the output{', else ' + usual if usual else ''}]"
    return names, chinese, text, {"cls": FormatOption, "choices": choices, "usual": usual}


def _named(values: dict[str, Any]) -> Iterator[str]:
    """The paths that the arguments of a command name, folders and patterns unopened."""
    for parameter in click.get_current_context().command.params:
        if isinstance(parameter, click.Argument):
            value = values[parameter.name or ""]
            yield from (value,) if isinstance(value, str) else value


def _formats() -> Iterator[tuple[str, FormatOption]]:
    for parameter in click.get_current_context().command.params:
        if isinstance(parameter, FormatOption):
            yield parameter.name or "", parameter


def is_folder(target: str) -> bool:
    """Return whether an output is a folder: it is one, or its name ends as that of one."""
    return os.path.isdir(target) or target.endswith((os.sep, os.altsep or os.sep))


def check_file_or_folder(context: click.Context, parameter: click.Parameter, target: str | None) -> str | None:
    """The callback of an option that names a file to write, or a folder for several."""
    return target if target is not None and is_folder(target) else check_output(context, parameter, target)


ENCODING: OptionRow = (
    "--encoding", "CSV的编码。  [默认：写入文件为utf-8-sig，便于表格软件打开；标准输出为utf-8]",
    "Encoding of CSV.  [default: utf-8-sig in a file, for spreadsheets; utf-8 on stdout]",
    {"type": click.Choice(CSV_ENCODINGS)},
)  # fmt: skip
"""Of commands that write CSV."""

FILE: OptionRow = (
    "--output -o FILE", "写入文件；全部写好后才替换原文件。", "Write to FILE, which changes only when all is written.",
    {"callback": check_output},
)  # fmt: skip

FILE_OR_FOLDER: OptionRow = (
    "--output -o FILE|DIR", "写入文件，全部写好后才替换原文件；多份报告时写入该文件夹中的多个文件。",
    "Write to FILE, which changes only when all is written; several reports to files in the folder DIR.",
    {"callback": check_file_or_folder},
)  # fmt: skip


def limit(example: str) -> OptionRow:
    """``--limit``, with an example of a limit."""
    return (
        "--limit limits NAME=NUMBER", f"提高或降低对单个文件的限额，例如 {example}。可多次使用。",
        f"Raise or lower a limit on what a file may ask for, such as {example}. Can be given several times.",
        {"multiple": True, "callback": read_limits},
    )  # fmt: skip


_READING: tuple[OptionRow, ...] = (
    ("--from from_", "输入的格式。  [默认：按内容判断]", "Format of the input.  [default: detect]",
     {"type": click.Choice(INPUT_FORMATS)}),
    ("--convert", "用LibreOffice转换 .doc、.wps、.et、.xls、.rtf、.odt、.ods 文件；不加此项则不读取这些文件。",
     "Let LibreOffice convert .doc, .wps, .et, .xls, .rtf, .odt and .ods files, which are else refused."),
    limit("pages=500"),
)  # fmt: skip
_TELLING: tuple[OptionRow, ...] = (
    ("--quiet -q", "只在标准错误上输出错误。", "Say errors alone on stderr."),
    ("--verbose -v", "在标准错误上说明每个文件读成了什么。", "Say of each file on stderr what it was read as."),
    LANGUAGE,
)


Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def takes_reports(*rows: OptionRow, output: OptionRow = FILE) -> Decorator:
    """Give a command ``rows`` and the options that all have that read reports; it gets these as its ``run``."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @options(*rows, *_READING, output, *_TELLING)
        @wraps(command)
        def started(
            *arguments: Any,
            from_: FormatName | None,
            limits: Limits,
            output: str | None,
            lang: Lang,
            quiet: bool,
            verbose: bool,
            convert: bool,
            encoding: str | None = None,
            **others: Any,
        ) -> None:
            run = Run(lang, from_, limits, output, encoding, verbose - quiet, convert)
            run.writes(output)
            run.reads(*_named(others))
            for name, choice in _formats():
                others[name] = choice.chosen(others[name], output, lang)
                run.refuse_terminal(others[name])
            name = click.get_current_context().info_name or ""
            try:
                command(*arguments, run=run, **others)
            except (CheckError, LimitError, MissingExtraError, ModelError) as error:
                run.refuse(name, error)
            if run.exit_code != 2:
                run.account(name)
            run.end()

        return started

    return decorated
