"""Commands, options, help and usage errors in two languages.

Each command and option has its words in both; which are shown is asked for with ``--lang``, before or after the
command, else by the variable ``GIPA_REPORTS_LANG``, the settings, and the locale, in this order.
"""

from __future__ import annotations

import locale
import os
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from ..brief import columns
from ..config import find_config, load_config
from ..errors import GipaError
from ..messages import VARIABLE as VARIABLE
from ..messages import Words
from ..outputs import Lang

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_KEY = f"{__name__}.lang"
"""Key of the language in what click keeps of a run."""

_LANGS: tuple[Lang, ...] = ("en", "zh")

say: Words = Words(
    ("usage", "用法：", "Usage: "),
    ("options", "选项", "Options"),
    ("examples", "示例", "Examples"),
    ("default", "  [默认：{default}]", "  [default: {default}]"),
    ("required", "  [必填]", "  [required]"),
    ("help", "显示本帮助。", "Show this message and exit."),
    ("error", "错误：{message}", "Error: {message}"),
    ("try", "输入“{command} --help”查看帮助。", "Try '{command} --help' for help."),
    ("no-command", "没有“{name}”这个命令。", "No such command '{name}'."),
    ("no-option", "没有“{name}”这个选项。", "No such option: {name}"),
    ("near", "是否指{near}？", " Did you mean {near}?"),
    ("missing", "缺少{name}。", "Missing {name}."),
    ("no-value", "选项“{name}”后面缺少内容。", "Option '{name}' requires an argument."),
    ("bad-value", "{name}的值无效：{message}", "Invalid value for {name}: {message}"),
    ("choices", "只能是{choices}之一。", "it is one of {choices}."),
)  # fmt: skip


_COLON: dict[Lang, str] = {"en": ":", "zh": "："}


# --- the language --------------------------------------------------------------------------------------------------


def asked_lang(context: click.Context | None = None) -> Lang:
    """The language that the run was asked for."""
    meta = (context or click.get_current_context()).meta
    if _KEY not in meta:
        meta[_KEY] = _usual_lang()
    lang: Lang = meta[_KEY]
    return lang


def speak(lang: Lang, context: click.Context) -> None:
    """Let a run speak a language."""
    context.meta[_KEY] = lang


def _usual_lang() -> Lang:
    """The language where none is asked for: by the variable, the settings, the locale."""
    for said in (os.environ.get(VARIABLE), _lang_of_settings(), _locale()):
        found = next((lang for lang in _LANGS if said and said.lower().startswith(lang)), None)
        if found is not None:
            return found
    return "en"


def _lang_of_settings() -> str | None:
    try:
        path = find_config(Path.cwd())
        return None if path is None else load_config(path).lang
    except (GipaError, OSError):  # a command that needs the settings says what is wrong with them
        return None


def _locale() -> str:
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    if said is None:
        try:
            said = locale.getlocale()[0] or ""
        except ValueError:
            said = ""
    return "zh" if said.startswith("Chinese") else said


def _heard(arguments: Sequence[str]) -> Lang | None:
    """The language that the words of a command line ask for, wherever it stands: what comes before it heeds it too."""
    found = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            said = value if equals else arguments[at + 1] if at + 1 < len(arguments) else ""
            found = next((lang for lang in _LANGS if lang == said), found)
    return found


def _ask(context: click.Context, parameter: click.Parameter, lang: Lang | None) -> Lang:
    if lang is not None:
        speak(lang, context)
    return asked_lang(context)


# --- commands and options ------------------------------------------------------------------------------------------


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *arguments: Any, zh: str = "", **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.zh = zh

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The names of the option and its help."""
        record = super().get_help_record(ctx)
        if record is None or asked_lang(ctx) == "en":
            return record
        text = self.zh
        if self.show_default and self.default is not None:
            text += say("default", "zh", default=self.default)
        return record[0], text + say("required", "zh") * self.required


OptionRow = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]
"""An option: its names and what it takes, as the help shows them (``--output -o FILE``), the help in Chinese and in
English, and what else click is told of it. One of which no more is told than that it takes nothing is a flag."""


def options(*rows: OptionRow) -> Callable[[Decorated], Decorated]:
    """Give a command options, in the order in which its help lists them."""

    def decorated(command: Decorated) -> Decorated:
        for names, zh, en, *more in reversed(rows):
            *named, last = names.split()
            takes = last if last.isupper() else None
            attributes: dict[str, Any] = {"cls": Option, "zh": zh, "help": en, "metavar": takes}
            attributes.update(*more or [{"is_flag": takes is None}])
            command = click.option(*named, *([] if takes else [last]), **attributes)(command)
        return command

    return decorated


LANGUAGE: OptionRow = (
    "--lang", f"语言。  [默认：依次取 {VARIABLE}、设置文件、系统语言]",
    f"Language of all words.  [default: {VARIABLE}, the settings, the locale]",
    {"type": click.Choice(_LANGS), "is_eager": True, "callback": _ask},
)  # fmt: skip
"""It is read before all others, so that what is wrong with these is said in this language."""


class _Bilingual(click.Command):
    """Base of commands and of the group of all commands."""

    zh: str = ""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, with its help in both languages."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("help", asked_lang(ctx))
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line; hear first in which language."""
        lang = _heard(args)
        if lang is not None:
            speak(lang, ctx)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            _refuse(error, ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage", asked_lang(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        text = self.zh if asked_lang(ctx) == "zh" else _docs(self)
        formatter.write_paragraph()
        with formatter.indentation():
            _write_text(formatter, text)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option))
        records = [record for one in options if (record := one.get_help_record(ctx)) is not None]
        lang = asked_lang(ctx)
        _write_list(formatter, say("options", lang), records, lang)


class Command(_Bilingual):
    """A command with its help in both languages, and with examples: a line, and what it does in Chinese and in English.

    ``family`` is the heading that it is listed at.
    """

    def __init__(
        self, *arguments: Any, zh: str, family: str, examples: Sequence[tuple[str, str, str]], **attributes: Any
    ) -> None:
        super().__init__(*arguments, **attributes)
        self.zh = zh
        self.family = family
        self.examples = examples

    def short(self, lang: Lang) -> str:
        """Return what it does, in one sentence."""
        text = self.zh if lang == "zh" else _docs(self)
        first = " ".join(text.partition("\n\n")[0].split())
        return first.partition("。")[0] if lang == "zh" else first.partition(". ")[0].removesuffix(".")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        lang = asked_lang(ctx)
        if self.examples:
            formatter.write(f"\n{say('examples', lang)}{_COLON[lang]}\n")
        for line, zh, en in self.examples:
            formatter.write(f"  # {zh if lang == 'zh' else en}\n  {line}\n")


command: Callable[..., Callable[[Callable[..., Any]], Command]] = partial(click.command, cls=Command)
"""Make a function a command; what it takes besides is what ``Command`` does."""


class Group(click.Group, _Bilingual):
    """The commands, listed family by family. ``families`` are the headings, in order."""

    def __init__(self, *arguments: Any, zh: str, families: dict[str, dict[Lang, str]], **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.zh = zh
        self.families = families

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a name that is none is told with those that are near."""
        lang = asked_lang(ctx)
        name = str(args[0])
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise Refused(say("no-command", lang, name=name) + _near(name, self.commands, lang), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _refuse(error, error.ctx or ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        _Bilingual.format_options(self, ctx, formatter)
        lang = asked_lang(ctx)
        commands = [command for command in self.commands.values() if isinstance(command, Command)]
        for family, heading in self.families.items():
            records = [(command.name or "", command.short(lang)) for command in commands if command.family == family]
            _write_list(formatter, heading[lang], records, lang)


def _docs(command: click.Command) -> str:
    return (command.help or "").strip()


# --- usage errors --------------------------------------------------------------------------------------------------


class Refused(click.UsageError):
    """Wrong use, said in the language that was asked for."""

    def show(self, file: Any = None) -> None:
        """Say on stderr how the command is used and what is wrong."""
        lines = []
        lang: Lang = "en"
        if self.ctx is not None:
            lang = asked_lang(self.ctx)
            lines = [self.ctx.get_usage(), say("try", lang, command=self.ctx.command_path), ""]
        click.echo("\n".join([*lines, say("error", lang, message=self.message)]), file=file, err=file is None)


def _refuse(error: click.UsageError, context: click.Context) -> NoReturn:
    if isinstance(error, Refused):
        raise error
    raise Refused(_sentence(error, context, asked_lang(context)), error.ctx or context) from error


def _sentence(error: click.UsageError, context: click.Context, lang: Lang) -> str:
    """Return what is wrong, of the errors that click raises."""
    if isinstance(error, click.NoSuchOption):
        near = _near(error.option_name, error.possibilities or (), lang)
        return say("no-option", lang, name=error.option_name) + near
    if isinstance(error, click.MissingParameter):
        return say("missing", lang, name=_name(error, context))
    if isinstance(error, click.BadOptionUsage):
        return say("no-value", lang, name=error.option_name)
    if isinstance(error, click.BadParameter):
        message = error.message
        if lang == "zh" and error.param is not None and isinstance(error.param.type, click.Choice):
            message = say("choices", lang, choices=", ".join(map(str, error.param.type.choices)))
        return say("bad-value", lang, name=_name(error, context), message=message)
    return error.message


def _name(error: click.BadParameter, context: click.Context) -> str:
    return "" if error.param is None else error.param.get_error_hint(context)


def _near(name: str, known: Iterable[str], lang: Lang) -> str:
    near = get_close_matches(name, list(known))
    return say("near", lang, near=", ".join(near)) if near else ""


# --- layout --------------------------------------------------------------------------------------------------------


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` with spaces, so that it takes so many columns; it stands at their left, or at their right."""
    space = " " * (width - columns(text))
    return space + text if right else text + space


def in_columns(rows: Sequence[Sequence[str]], right: Container[int] = ()) -> list[str]:
    """Return ``rows`` as lines whose columns are aligned; those whose numbers are in ``right`` stand at the right."""
    widths = [max(map(columns, column)) for column in zip_longest(*rows, fillvalue="")]
    return [
        "  ".join(padded(text, widths[at], right=at in right) for at, text in enumerate(row)).rstrip() for row in rows
    ]


_BREAK_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n *(?=[\u3000-\u9fff\uff00-\uffef])")


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a paragraph that is at most ``width`` columns wide; it may break behind any wide character."""
    line = ""
    for piece in _pieces(" ".join(_BREAK_IN_CHINESE.sub("", text).split())):
        if line.strip() and columns((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The pieces between which a line may break: words with the space behind them, and wide characters with the mark
    behind them, which must not begin a line.
    """
    piece = ""
    for at, char in enumerate(text):
        piece += char
        after = text[at + 1 : at + 2]
        ends_word = char == " " or unicodedata.east_asian_width(char) in "WF" or _is_letter(after)
        if ends_word and after not in tuple("，。、；：！？）”』】]") and char not in tuple("（“『【"):
            yield piece
            piece = ""
    yield piece


def _is_letter(char: str) -> bool:
    return char != "" and unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char).startswith("L")


def _write_text(formatter: click.HelpFormatter, text: str) -> None:
    indent = " " * formatter.current_indent
    paragraphs = (
        "".join(f"{indent}{line}\n" for line in wrapped(part, formatter.width - len(indent)))
        for part in text.split("\n\n")
    )
    formatter.write("\n".join(paragraphs))


def _write_list(formatter: click.HelpFormatter, heading: str, records: Sequence[tuple[str, str]], lang: Lang) -> None:
    """Write names and what they are, in two columns; a name that is too long stands alone on its line."""
    if not records:
        return
    formatter.write(f"\n{heading}{_COLON[lang]}\n")
    first = min(30, max(columns(name) for name, _ in records)) + 4
    for name, text in records:
        lines = list(wrapped(text, formatter.width - first)) or [""]
        if columns(name) + 4 > first:
            formatter.write(f"  {name}\n")
            name = ""
        formatter.write(f"  {padded(name, first - 2)}{lines[0]}".rstrip() + "\n")
        for line in lines[1:]:
            formatter.write(f"{' ' * first}{line}\n")
