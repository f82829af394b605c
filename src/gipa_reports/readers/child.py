"""Reading in a process of its own, under limits on time and memory: no file can then hurt this one.

The child is a fresh interpreter, not a fork, so that threads, notebooks and scripts without a main guard don't matter.
It finds modules where this process does. Limits and content go to its stdin; blocks or an error come back as JSON, of
which nothing is executed.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from typing import Any

from attrs import asdict

from ..diagnostics import Diagnostic, Location
from ..document import Block, Document, Origin, Paragraph, Row, Spacing, Table
from ..errors import GipaError, LimitError, ReadError
from ..limits import Limits

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from gipa_reports.readers import child; child.main()"

OUT_OF_MEMORY = 77
"""Exit code of a child that was refused memory."""

_KILLED_FOR_TIME = {-number for name in ("SIGXCPU", "SIGKILL") if (number := getattr(signal, name, None)) is not None}
_ERRORS: dict[str, type[GipaError]] = {"ReadError": ReadError, "LimitError": LimitError}


# --- in this process -----------------------------------------------------------------------------------------------


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a PDF file, read in a process that is gone when this returns or raises."""
    # `-I` keeps environment and working directory out of it; the path is the one of this process.
    command = [sys.executable, "-I", "-c", _START, json.dumps([str(path) for path in sys.path])]
    request = json.dumps(asdict(limits)).encode() + b"\n" + content
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
            command,
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise limits.passed("seconds", f"more than {limits.seconds} s") from None
    if done.returncode in _KILLED_FOR_TIME:
        raise limits.passed("seconds", f"more than {limits.seconds} s of computing")
    if done.returncode == OUT_OF_MEMORY:
        raise limits.passed("memory", f"more than {limits.memory} bytes")
    try:
        answer = json.loads(done.stdout)
        if "error" not in answer:
            return _document(answer)
        error = _error(**answer["error"])
    except (ValueError, TypeError, KeyError, AttributeError):
        found = f"its reader ended with {done.returncode}"
        raise ReadError(
            f"the PDF file can't be read ({found}): get it again, or open it and save it anew",
            code="broken-file",
            expected="a whole PDF file",
            found=found,
        ) from None
    raise error


def _error(name: str, message: str, details: dict[str, Any]) -> GipaError:
    return _ERRORS[name](message, **details)


def _document(answer: dict[str, Any]) -> Document:
    blocks: list[Block] = [_table(**block) if "rows" in block else _paragraph(**block) for block in answer["blocks"]]
    aside = [_paragraph(**line) for line in answer["aside"]]
    return Document(blocks, answer["end"], [_note(**note) for note in answer["notes"]], aside=aside)


def _paragraph(text: str, line: int, gap: int, origin: dict[str, Any]) -> Paragraph:
    return Paragraph(text, line, gap, Origin(**origin))


def _table(rows: list[dict[str, Any]], spacing: Spacing) -> Table:
    return Table([Row(row["cells"], row["line"], origin=Origin(**row["origin"])) for row in rows], spacing)


def _note(code: str, cells: list[str], location: dict[str, Any], **details: str | None) -> Diagnostic:
    return Diagnostic(code, tuple(cells), Location(**location), **details)


# --- in the child --------------------------------------------------------------------------------------------------


def main() -> None:
    """Read the file that comes in by stdin, and write its blocks, or the error, to stdout."""
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    _limit(limits)
    try:
        sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), limits)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _answer(content: bytes, limits: Limits) -> dict[str, Any]:
    from .pdf import read_here

    try:
        document = read_here(content, limits)
    except (ReadError, LimitError) as error:
        details = {name: value for name, value in vars(error).items() if name != "message" and value is not None}
        return {"error": {"name": type(error).__name__, "message": error.message, "details": details}}
    return {
        "blocks": [asdict(block) for block in document.blocks],
        "end": document.end,
        "notes": [asdict(note) for note in document.notes],
        "aside": [asdict(line) for line in document.aside],
    }


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Not on every system; the clock of the parent is then the one limit.
        return
    if limits.memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if limits.seconds is not None:
        seconds = math.ceil(limits.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
