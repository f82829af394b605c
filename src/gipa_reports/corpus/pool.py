"""Workers in processes of their own: each gets a part at a time, and is ended where one source takes too long.

A process pool of the standard library can't end one worker that hangs, so these are plain processes with pipes; each
has a thread that waits for its answers. Nothing depends on how processes are forked, so it is alike on all systems.
"""

from __future__ import annotations

import mmap
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from ..diagnostics import Diagnostic
from ..errors import ScanError
from ..frames.batch import limit_problem
from ..limits import Limits
from ..messages import Phrase, in_language
from .inputs import Part
from .worker import TICKS, Task

GRACE = 2.0
"""Seconds that a source has beyond its limit: readers that bound their own time should be the first to say so."""

_LOOK = 0.1
"""Seconds between two looks at what the workers are at."""


@define(eq=False)
class _Worker:
    """A process, what it is at, and since when."""

    number: int
    folder: Path
    limits: Limits
    answers: queue.Queue[tuple[_Worker, int, Any]]
    process: subprocess.Popen[bytes] = field(init=False)
    listener: threading.Thread = field(init=False)
    ticks: mmap.mmap = field(init=False)
    life: int = field(init=False, default=0)
    task: Task | None = field(init=False, default=None)
    at: int = field(init=False, default=-1)
    since: float = field(init=False, default=0.0)

    def start(self) -> None:
        """Start the process, or start it again."""
        self.life += 1
        path = self.folder / f"worker-{self.number}-{self.life}"
        path.write_bytes(TICKS.pack(-1, 0, 0, 0))
        with open(path, "r+b") as file:
            self.ticks = mmap.mmap(file.fileno(), TICKS.size)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve more addresses than a bound on memory allows
        }
        command = [sys.executable, "-c", f"from {__package__}.worker import main; main()"]
        with _without_interrupts():
            self.process = subprocess.Popen(  # noqa: S603 - this interpreter, a fixed command
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        self.listener = threading.Thread(target=self._listen, args=(self.process, self.life), daemon=True)
        self.listener.start()
        self._say((self.limits, os.fspath(path)))

    def _listen(self, process: subprocess.Popen[bytes], life: int) -> None:
        """Pass on what the process answers, and None when it has ended."""
        assert process.stdout is not None
        with process.stdout as stream, suppress(EOFError, pickle.UnpicklingError, OSError, ValueError):
            while True:
                self.answers.put((self, life, pickle.load(stream)))  # noqa: S301 - from the process started here
        self.answers.put((self, life, None))

    def _say(self, message: object) -> None:
        assert self.process.stdin is not None
        try:
            pickle.dump(message, self.process.stdin, pickle.HIGHEST_PROTOCOL)
            self.process.stdin.flush()
        except OSError:  # it has ended; the thread that listens says so
            return

    def give(self, task: Task) -> None:
        """Let it read a part."""
        self.task = task
        self.ticks[:] = TICKS.pack(-1, 0, 0, 0)
        self.at, self.since = -1, time.monotonic()
        self._say(task)

    def look(self) -> tuple[int, int, int]:
        """Return how many sources of its part came out clean, flagged and refused; notes what it is at."""
        at, *counts = TICKS.unpack(self.ticks[:])
        if at != self.at:
            self.at, self.since = at, time.monotonic()
        clean, flagged, refused = counts
        return clean, flagged, refused

    def is_stuck(self) -> bool:
        """Return whether its source has taken too long."""
        allowed, spent = self.limits.seconds, time.monotonic() - self.since
        return self.task is not None and self.at >= 0 and allowed is not None and spent > allowed + GRACE

    def end(self) -> None:
        """End the process and free what it holds."""
        self.process.kill()
        self.process.wait()
        self.listener.join()
        assert self.process.stdin is not None
        with suppress(OSError):  # what was left to say can't be said any more
            self.process.stdin.close()
        self.ticks.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile: a process that is started now never gets it, not even while Python starts in it."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


Written = tuple[int, Path, dict[str, Any]]
"""The number of a part, the folder its files were written to, and what is to be noted of it."""


def run_parts(
    parts: Iterator[Part],
    count: int,
    folder: Path,
    limits: Limits,
    look: Callable[[int, int, int], None],
) -> Iterator[Written]:
    """Each part as it is written, by up to ``count`` workers that write below ``folder``.

    ``look`` is called now and then with how many sources of the parts at work came out clean, flagged and refused.
    Raises ``ScanError`` where a worker can't write, or can't be started at all.
    """
    answers: queue.Queue[tuple[_Worker, int, Any]] = queue.Queue()
    workers: list[_Worker] = []
    idle: list[_Worker] = []
    part = next(parts, None)

    def feed() -> None:
        """Give a part to each worker that has none; the next part is read while they are busy."""
        nonlocal part
        while part is not None and (idle or len(workers) < count):
            worker = idle.pop() if idle else _started(workers, folder, limits, answers)
            worker.give(Task(part, folder / f"part-{part.number:06}", {}))
            part = next(parts, None)

    try:
        feed()
        while any(worker.task is not None for worker in workers):
            written = _wait(workers, answers, look)
            if written is not None:
                worker, result = written
                idle.append(worker)
                feed()  # before what was written is kept, so that no worker waits for that
                yield result
    finally:
        for worker in workers:
            worker.end()


def _started(workers: list[_Worker], folder: Path, limits: Limits, answers: queue.Queue[Any]) -> _Worker:
    worker = _Worker(len(workers), folder, limits, answers)
    worker.start()
    workers.append(worker)
    return worker


def _wait(
    workers: list[_Worker], answers: queue.Queue[tuple[_Worker, int, Any]], look: Callable[[int, int, int], None]
) -> tuple[_Worker, Written] | None:
    """The next part that is written, or None after a while; workers that hang or have ended are started again."""
    try:
        worker, life, answer = answers.get(timeout=_LOOK)
    except queue.Empty:
        _look_at_all(workers, look)
        return None
    task = worker.task
    if life != worker.life or task is None:  # of a process that was ended
        return None
    if isinstance(answer, ScanError):
        raise answer
    if answer is None:
        worker.look()
        code = worker.process.wait()
        _give_up(worker, Diagnostic(code="crashed", found=Phrase(f"exit code {code}", f"退出码{code}")))
        return None
    worker.task = None
    return worker, (task.part.number, task.target, answer)


def _look_at_all(workers: list[_Worker], look: Callable[[int, int, int], None]) -> None:
    """Tell how far the workers are, and start those again that hang."""
    counts = [worker.look() for worker in workers if worker.task is not None]
    look(*(sum(column) for column in zip(*counts, strict=True)))
    for worker in workers:
        if worker.is_stuck():
            _give_up(worker, limit_problem("seconds", worker.limits))


def _give_up(worker: _Worker, problem: Diagnostic) -> None:
    """Start the worker again, on the same part without the source that it was at."""
    task, at = worker.task, worker.at
    assert task is not None
    if at < 0 or at in task.given_up:
        raise ScanError(
            f"a worker ended before it read anything ({problem.found})",
            code="worker-failed",
            found=problem.found,
            zh=f"工作进程没有读取任何内容就结束了（{in_language(problem.found, 'zh')}）。",
        )
    worker.end()
    worker.start()
    worker.give(evolve(task, given_up={**task.given_up, at: problem}))
