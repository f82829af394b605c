"""A process beside this one that reads PDF files, one after the other, under limits: no file can then hurt this one.

It is a fresh interpreter, not a fork, so that threads, notebooks and scripts without a main guard don't matter; each
process starts its own with the first PDF file, and it ends with its parent: when its stdin does. It is replaced when it
dies, hangs, or has used its share. Requests and answers are messages with their length before them, in JSON, of which
nothing is executed.

Where no interpreter can be started (an app frozen by PyInstaller, an embedded one), nothing is: see ``can_start``.
"""

from __future__ import annotations

import atexit
import gc
import json
import math
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

from attrs import asdict

from ..diagnostics import Diagnostic, Location
from ..document import Block, Document, Origin, Paragraph, Row, Table
from ..errors import GipaError, LimitError, ReadError
from ..limits import Limits
from ..messages import Phrase, more_than, packed, unpacked

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from gipa_reports.readers import child; child.main()"
_READY = b"gipa-reports"
_LENGTH = struct.Struct(">Q")

PATIENCE = 20
"""Times the processor time that a file may take until a process that does not answer is taken for one that hangs."""
START_SECONDS = 120
"""Time to start in; on a busy machine an interpreter takes a while."""
MAX_FILES = 5000
"""Files after which the process is replaced."""
OUT_OF_MEMORY, OUT_OF_TIME = 77, 78
"""Exit codes of a process that was refused memory, and of one that took too much time where no signal ends it."""

_INTERPRETER = re.compile(r"(?:python|pypy|graalpy)[\d.]*[a-z]*(?:\.exe)?", re.IGNORECASE)
_ERRORS: dict[str, type[GipaError]] = {"ReadError": ReadError, "LimitError": LimitError}


def _signals(*names: str) -> set[int]:
    return {-number for name in names if (number := getattr(signal, name, None)) is not None}


_KILLED_FOR_TIME = _signals("SIGXCPU") | {OUT_OF_TIME}
_REFUSED_MEMORY = _signals("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL") | {OUT_OF_MEMORY}
"""Exit codes of a process that was refused memory: PDFium stops where it stands, or the system ends it."""


# --- in this process -----------------------------------------------------------------------------------------------


def can_start() -> bool:
    """Return whether there is an interpreter to start: ``sys.executable`` of a frozen or embedding app is the app."""
    program = sys.executable
    if getattr(sys, "frozen", False) or not program or not os.path.isfile(program):
        return False
    return _INTERPRETER.fullmatch(os.path.basename(program)) is not None


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a PDF file."""
    return _document(json.loads(_answer({"task": "read"}, content, limits)))


def picture(content: bytes, page: int, box: tuple[float, float, float, float], limits: Limits) -> bytes:
    """A part of a page as a PNG file."""
    return _answer({"task": "picture", "page": page, "box": box}, content, limits)


class _Child:
    """The process, and how much it has done."""

    def __init__(self) -> None:
        # `-I` keeps environment and working directory out of it; the path is the one of this process.
        command = [sys.executable, "-I", "-c", _START, json.dumps([str(path) for path in sys.path])]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self.files = 0
        self._is_stuck = False
        if self._within(START_SECONDS, self._receive) != _READY:
            raise _not_started(f"it ended with {self.end()}")

    def ask(self, request: dict[str, Any], content: bytes, limits: Limits) -> bytes:
        """The answer to a request; raises ``_DeadError`` where there is none."""
        self.files += 1

        def exchange() -> bytes | None:
            assert self._process.stdin is not None
            with suppress(BrokenPipeError):
                _send(self._process.stdin, json.dumps(request).encode())
                _send(self._process.stdin, content)
            return self._receive()

        answer = self._within(None if limits.seconds is None else PATIENCE * limits.seconds, exchange)
        if answer is None:
            raise _DeadError(self.end(), self._is_stuck)
        return answer

    def _receive(self) -> bytes | None:
        assert self._process.stdout is not None
        return _receive(self._process.stdout)

    def _within(self, seconds: float | None, call: Any) -> bytes | None:
        """Return what a call gives; after so many seconds the process is killed, and it gives nothing."""
        timer = threading.Timer(seconds, self._kill_stuck) if seconds is not None else None
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            answer: bytes | None = call()
            return answer
        except BaseException:
            # Ctrl-C among them: half a message is on its way, and the next answer would be that to this request.
            self.end(at_once=True)
            raise
        finally:
            if timer is not None:
                timer.cancel()

    def _kill_stuck(self) -> None:
        self._is_stuck = True
        self._process.kill()

    def end(self, at_once: bool = False) -> int:
        """End the process; how it ended. Does nothing to one that is gone."""
        process = self._process
        if at_once:
            process.kill()
        self._close()
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def forget(self) -> None:
        """Let go of a process that is another's: of the parent of this one, which was forked."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class _DeadError(Exception):
    """The process is gone; with its exit code, and whether it was killed because it hung."""


_child: _Child | None = None
_lock = threading.Lock()


def _after_fork() -> None:
    """Start anew in a forked process: the reader and its pipes are the parent's."""
    global _child, _lock
    child, _child, _lock = _child, None, threading.Lock()
    if child is not None:
        child.forget()


def _end() -> None:
    global _child
    child, _child = _child, None
    if child is not None:
        child.end()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
atexit.register(_end)


def _answer(request: dict[str, Any], content: bytes, limits: Limits) -> bytes:
    """The answer to a request. Raises the error that the child had."""
    request["limits"] = asdict(limits)
    with _lock:
        answer = _asked(request, content, limits)
    if answer[:1] == b"E":
        failure = json.loads(answer[1:])
        details: dict[str, Any] = {name: unpacked(value) for name, value in failure["details"].items()}
        raise _ERRORS[failure["name"]](failure["message"], **details)
    return answer[1:]


def _asked(request: dict[str, Any], content: bytes, limits: Limits) -> bytes:
    """Return what the child says; of a process that others have used before, a second one is asked where it dies."""
    global _child
    while True:
        if _child is not None and _child.files >= MAX_FILES:
            _end()
        is_fresh = _child is None
        try:
            if _child is None:
                _child = _Child()
            return _child.ask(request, content, limits)
        except _DeadError as death:
            _child = None
            code, is_stuck = death.args
            if is_fresh or is_stuck or code in _KILLED_FOR_TIME | _REFUSED_MEMORY:
                raise _cause_of(code, is_stuck, limits) from None
        except OSError as error:
            _child = None
            raise _not_started(str(error)) from None
        except BaseException:
            _child = None
            raise


def _cause_of(code: int, is_stuck: bool, limits: Limits) -> GipaError:
    if is_stuck:
        wait = f"{PATIENCE * (limits.seconds or 0):g}"
        found = Phrase(f"no answer in {wait} s by the clock", f"{wait}秒内没有回应")
        return limits.passed("seconds", found)
    if code in _KILLED_FOR_TIME and limits.seconds is not None:
        most = f"{limits.seconds:g}"
        return limits.passed("seconds", Phrase(f"more than {most} s of computing", f"计算超过{most}秒"))
    if code in _REFUSED_MEMORY and limits.memory is not None:
        return limits.passed("memory", more_than(limits.memory, "bytes"))
    found = Phrase(f"its reader ended with {code}", f"读取进程以{code}结束")
    return ReadError(
        f"the PDF file can't be read ({found}): get it again, or open it and save it anew",
        code="broken-file",
        expected=Phrase("a whole PDF file", "完整的PDF文件"),
        found=found,
    )


def _not_started(found: str) -> ReadError:
    return ReadError(
        f"the process that reads PDF files can't be started ({found}): pass Limits(seconds=None, memory=None) to read "
        "in this one, without bounds on time and memory",
        code="reader-not-started",
        expected=Phrase("a Python interpreter that can be started", "可以启动的Python解释器"),
        found=found,
    )


def _document(answer: dict[str, Any]) -> Document:
    blocks: list[Block] = [
        _part(block) if isinstance(block[0], str) else Table(list(map(_part, block))) for block in answer["blocks"]
    ]
    notes = [
        Diagnostic(
            code=code, cells=(), location=Location(line=None, column=None, text=text, page=page), found=unpacked(found)
        )
        for code, text, page, found in answer["notes"]
    ]
    return Document(blocks, answer["end"], notes, aside=list(map(_part, answer["aside"])))


def _part(sent: list[Any]) -> Any:
    """Return the row or, where its words are one text, the paragraph that was sent; see ``_sent``."""
    words, line, (table, row, page, boxes) = sent
    origin = Origin(table, row, page=page, boxes=boxes and [box and tuple(box) for box in boxes])
    return (Paragraph if isinstance(words, str) else Row)(words, line, origin=origin)


# --- messages ------------------------------------------------------------------------------------------------------


def _send(pipe: Any, message: bytes) -> None:
    for part in (_LENGTH.pack(len(message)), message):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) :]


def _receive(pipe: BinaryIO | Any) -> bytes | None:
    """A message; None where the other side is gone."""
    head = _exactly(pipe, _LENGTH.size)
    return None if head is None else _exactly(pipe, _LENGTH.unpack(head)[0])


def _exactly(pipe: Any, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = pipe.read(min(size, 2**20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


# --- in the child --------------------------------------------------------------------------------------------------


def main() -> None:
    """Answer requests from stdin on stdout until there are no more: the parent is gone, or wants no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer.
    from .pdf import read_here

    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # What a library prints is no answer.
    requests = sys.stdin.buffer
    watch = _Watch()
    # Between files, while the parent is at work, is the time to look for what is no longer used.
    gc.freeze()
    gc.disable()
    _send(answers, _READY)
    while (head := _receive(requests)) is not None and (content := _receive(requests)) is not None:
        request = json.loads(head)
        limits = Limits(**request["limits"])
        watch.begin(limits)
        try:
            mark, answer = b" ", _done(request, content, limits, read_here)
        except (ReadError, LimitError) as error:
            mark, answer = b"E", json.dumps(_failure(error)).encode()
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        watch.end()
        _send(answers, mark + answer)
        if limits.memory is not None and _size(1) > limits.memory // 2:
            return  # What this file took is not given back; the parent starts another.
        del head, content, answer
        gc.collect()


def _failure(error: GipaError) -> dict[str, Any]:
    """Return what the parent makes the same error of."""
    told = {name: value for name, value in vars(error).items() if name != "message" and value is not None}
    details = {name: packed(value) for name, value in told.items()}
    return {"name": type(error).__name__, "message": error.message, "details": details}


def _done(request: dict[str, Any], content: bytes, limits: Limits, read_here: Any) -> bytes:
    if request["task"] == "picture":
        from .pdf import picture_here

        return picture_here(content, request["page"], request["box"])
    document = read_here(content, limits)
    blocks = [list(map(_sent, block.rows)) if isinstance(block, Table) else _sent(block) for block in document.blocks]
    notes = [
        (note.code, note.location and note.location.text, note.location and note.location.page, packed(note.found))
        for note in document.notes
    ]
    aside = list(map(_sent, document.aside))
    return json.dumps({"blocks": blocks, "end": document.end, "notes": notes, "aside": aside}).encode()


def _sent(part: Row | Paragraph) -> tuple[Any, ...]:
    """Return a row or a paragraph as it is sent: its words, the line, and the place."""
    place = part.origin or Origin()
    words = part.cells if isinstance(part, Row) else part.text
    return words, part.line, (place.table, place.row, place.page, place.boxes)


class _Watch:
    """The limits on processor time and memory of one file after the other."""

    def __init__(self) -> None:
        self._until = math.inf
        try:
            import resource
        except ImportError:  # Not on every system; there is then no bound on memory.
            threading.Thread(target=self._look, daemon=True).start()
        else:
            self._system: Any = resource

    def begin(self, limits: Limits) -> None:
        """Set the limits for a file: what was used before it does not count."""
        self._until = math.inf if limits.seconds is None else time.process_time() + limits.seconds
        if not hasattr(self, "_system"):
            return
        most = self._system.RLIM_INFINITY
        seconds = most if self._until == math.inf else math.ceil(self._until)
        self._set(self._system.RLIMIT_CPU, seconds)
        self._set(self._system.RLIMIT_AS, most if limits.memory is None else limits.memory)
        if limits.memory is not None and _size() > limits.memory:
            os._exit(OUT_OF_MEMORY)

    def _set(self, name: int, value: int) -> None:
        _, most = self._system.getrlimit(name)
        if most != self._system.RLIM_INFINITY:
            value = most if value == self._system.RLIM_INFINITY else min(value, most)
        self._system.setrlimit(name, (value, most))

    def end(self) -> None:
        """Set no limit between files."""
        self._until = math.inf

    def _look(self) -> None:
        while True:
            time.sleep(0.2)
            if time.process_time() > self._until:
                os._exit(OUT_OF_TIME)


def _size(field: int = 0) -> int:
    """Bytes of memory that this process has asked for, or (1) uses; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
