"""Inputs and outputs of a run: nothing that it writes destroys what it reads."""

from __future__ import annotations

import os
import stat
import sys
from typing import Literal

import click
from attrs import Factory, define

STDIN = "-"
"""The path that stands for stdin, and for stdout where it is an output."""

STDIN_NAME = "<stdin>"
"""Name of stdin where a source is named."""

Kind = Literal["folder", "block-device", "socket"]
Identity = tuple[int, int]


def shown_name(path: str) -> str:
    """``path`` without the bytes that no text can hold; stdin by its name."""
    return STDIN_NAME if path == STDIN else click.format_filename(path)


def no_file_to_write(path: str) -> Kind | None:
    """Return what stands at ``path`` where a file is to be written and would not be one; None where one can be.

    What writing would destroy, or could not replace, is refused: a folder, a block device (a disk), a socket. A pipe
    and a character device (``/dev/null``, ``/dev/stdout``, a terminal) keep nothing that writing could destroy: they
    are written to in place, as every other program does.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISBLK(mode):
        return "block-device"
    return "socket" if stat.S_ISSOCK(mode) else None


@define
class Places:
    """The files that a run reads and writes, told apart by what they are, not by how their paths are spelt.

    Two paths are one file where links, hard links, another spelling or an open stream lead to it. An output that is
    not there yet destroys nothing, and is compared with other outputs alone.
    """

    _read: dict[Identity, str] = Factory(dict)
    _written: dict[Identity, str] = Factory(dict)
    _targets: dict[str, str] = Factory(dict)

    def read(self, path: str) -> str | None:
        """Note that ``path`` is read; return the output that would destroy it."""
        identity = _identity(path, 0)
        if identity is None:
            return None
        self._read.setdefault(identity, path)
        return self._written.get(identity)

    def write(self, path: str) -> str | None:
        """Note that ``path`` is written; return the input that it would destroy, or another output at its place."""
        identity = _identity(path, 1)
        other = None if identity is None else self._read.get(identity, self._written.get(identity))
        if path != STDIN:
            other = other or self._targets.get(os.path.realpath(path))
            self._targets.setdefault(os.path.realpath(path), path)
        if identity is not None:
            self._written.setdefault(identity, path)
        return other

    def is_read(self, path: str) -> bool:
        """Return whether ``path`` is one of the files read so far."""
        return _identity(path, 0) in self._read


def _identity(path: str, stream: int) -> Identity | None:
    """Return what a regular file is to the system, of ``-`` the file that the standard stream is redirected to."""
    try:
        found = os.fstat((sys.stdin, sys.stdout)[stream].fileno()) if path == STDIN else os.stat(path)
    except (OSError, ValueError, AttributeError):  # not there, or a stream without a file
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
