"""Writing of data: to stdout, or to a file that changes only when all is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from .bilingual import asked_lang
from .places import STDIN, shown_name
from .words import word

CSV_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
"""Encodings that CSV is written in: spreadsheets take UTF-8 with a mark, or the code page of Chinese Windows."""


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


def write_document(target: str | None, document: str | bytes, encoding: str = "utf-8") -> None:
    """Write a whole document to stdout or to the file ``target``."""
    with open_output(target) as stream:
        stream.write(encode(document, encoding))


def encode(document: str | bytes, encoding: str = "utf-8") -> bytes:
    """Return a document as bytes: a text in ``encoding``, what that does not have as escapes."""
    return document if isinstance(document, bytes) else document.encode(encoding, "backslashreplace")


def csv_encoding(target: str | None, asked: str | None) -> str:
    """The encoding of CSV: what is asked for; else UTF-8, in a file with the mark by which spreadsheets know it."""
    if asked is not None:
        return asked
    to_stream = target is None or target == STDIN or (os.path.exists(target) and not os.path.isfile(target))
    return "utf-8" if to_stream else "utf-8-sig"
