"""Progress of a run: on a terminal at once, in a file a line a minute, in a pipe never."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import click

from ..brief import columns
from ..outputs import Lang
from ..safe_text import printable
from .places import shown_name
from .words import word

MINUTE = 60.0
"""Seconds between two lines where stderr is a file."""

PATIENCE = 1.0
"""Seconds before anything is shown on a terminal."""


def channel() -> Literal["terminal", "file"] | None:
    """Return what stderr is; None where nobody waits for progress there: a pipe, or nothing at all."""
    if sys.stderr.isatty():
        return "terminal"
    try:
        return "file" if stat.S_ISREG(os.fstat(sys.stderr.fileno()).st_mode) else None
    except (OSError, ValueError):
        return None


class EveryMinute:
    """A clock that strikes once a minute."""

    def __init__(self) -> None:
        self._struck = time.monotonic()

    def strikes(self) -> bool:
        """Return whether a minute has gone since it last struck."""
        now = time.monotonic()
        if now - self._struck < MINUTE:
            return False
        self._struck = now
        return True


class Meter:
    """Shows which of ``total`` files is at work. Nothing else is on the line while it is shown."""

    def __init__(self, total: int, lang: Lang, *, quiet: bool = False) -> None:
        self.total = total
        self.lang = lang
        self._channel = None if quiet or total < 2 else channel()
        self._began = time.monotonic()
        self._minute = EveryMinute()

    @contextmanager
    def at(self, done: int, source: str) -> Iterator[None]:
        """Show a file for as long as it is at work."""
        shown = self._channel == "terminal" and time.monotonic() - self._began > PATIENCE
        if shown:
            self._write(f"{done + 1}/{self.total} {shown_name(source)}")
        elif self._channel == "file" and self._minute.strikes():
            click.echo(word("files-done", self.lang, done=done, total=self.total), err=True)
        try:
            yield
        finally:
            if shown:
                self._write("")

    def _write(self, text: str) -> None:
        text = printable(text)
        width = shutil.get_terminal_size().columns - 1
        while columns(text) > width > 0:
            text = text[:-1]
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
