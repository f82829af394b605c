"""The part of the pages on the command line that the commands say themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..outputs import Lang
from . import FAMILIES, cli
from .bilingual import Command, speak


def renewed(text: str, lang: Lang) -> str:
    """Return a page of documentation whose sections are what the commands say; what stands before them is kept."""
    return "\n".join([text.partition("\n## ")[0].rstrip("\n") + "\n", *_commands(lang)])


def _commands(lang: Lang) -> Iterator[str]:
    for family, heading in FAMILIES.items():
        yield f"## {heading[lang]}\n"
        for command in cli.commands.values():
            if isinstance(command, Command) and command.family == family:
                yield f"### {command.name}\n\n```text\n{_help(command, lang)}```\n"


def _help(command: Command, lang: Lang) -> str:
    """Return what ``--help`` prints, at the width of the page."""
    parent = click.Context(cli, info_name="gipa-reports", **cli.context_settings)
    with click.Context(command, parent, command.name, terminal_width=100, max_content_width=100) as context:
        speak(lang, context)
        return command.get_help(context).rstrip() + "\n"
