"""The folder that a scan writes: what is in it is finished, or is not in it.

    cells/year=2023/part-000000.parquet     and so in reports/ and problems/
    _scan/plan.jsonl                        what is read: the first line says how, each other line is a file
    _scan/parts/000000.json                 a part that is finished, its files and sources
    _scan/parts/000000.missing              the extras that this part needed and did not have: it is read once more
    _scan/done.json                         the whole is finished
    _scan/lock, _scan/tmp/                  of the scan that is running

A part is written in ``_scan/tmp``, moved to its place, and then noted in ``_scan/parts``; it counts from that note on.
Files without a note are what a scan left that was killed, and the next one removes them.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

from attrs import asdict, define, field

from .. import __version__
from ..errors import ScanError
from ..frames import DATA_VERSION
from ..limits import Limits
from ..messages import Phrase
from .inputs import Entry, shown
from .plan import same_inputs

TABLES = ("cells", "reports", "problems")

T = TypeVar("T")

Write = Literal["create", "write to"]
_WRITE_ZH: dict[Write, str] = {"create": "创建", "write to": "写入"}


@define
class Folder:
    """One output folder, locked while a scan runs."""

    path: Path
    _lock: int | None = field(default=None, init=False)

    @property
    def state(self) -> Path:
        """The folder of what a scan keeps for itself."""
        return self.path / "_scan"

    @property
    def temporary(self) -> Path:
        """Return where files are written before they count."""
        return self.state / "tmp"

    @property
    def plan(self) -> Path:
        """Return what is read."""
        return self.state / "plan.jsonl"

    # --- opening ---------------------------------------------------------------------------------------------------

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other scan out. Raises ``ScanError`` for a folder that is in use or that is none of a scan."""
        with told("create"):
            if self.path.exists() and not self.state.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                raise ScanError(
                    f"{shown(str(self.path))} holds something else than a scan; choose a new or empty folder",
                    code="not-a-scan",
                    expected=Phrase("a folder that is new, empty or of a scan", "新的、空的或某次扫描的文件夹"),
                    found=shown(str(self.path)),
                    zh=f"{shown(str(self.path))}里有扫描以外的内容；请另选新的或空的文件夹。",
                )
            self.state.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _try_lock(self._lock):
                raise ScanError(
                    f"another scan is writing to {shown(str(self.path))}; wait for it or choose another folder",
                    code="locked",
                    expected=Phrase("a folder that no scan is writing to", "没有扫描正在写入的文件夹"),
                    found=shown(str(self.path)),
                    zh=f"另一次扫描正在写入{shown(str(self.path))}；请等它结束，或另选文件夹。",
                )
            yield
        finally:
            os.close(self._lock)  # ends the lock too
            self._lock = None

    def begin(self, inputs: list[str], limits: Limits, entries: Callable[[], Iterable[Entry]]) -> bool:
        """Write the plan, or find the one that is there; whether it was. Removes what a killed scan left.

        Raises ``ScanError`` where the folder holds a scan of other inputs, other limits, or by another version.
        """
        head = {
            "data_version": DATA_VERSION,
            "version": __version__,
            "inputs": [shown(name) for name in inputs],
            "limits": asdict(limits),
        }
        with told("write to"):
            shutil.rmtree(self.temporary, ignore_errors=True)
            self.temporary.mkdir()
        going_on = self.plan.exists()
        if going_on:
            self._check_plan(head)
        else:
            with told("write to"), replacing(self.plan) as file:
                file.write(json.dumps(head) + "\n")
                for entry in entries():
                    file.write(json.dumps(asdict(entry)) + "\n")
            (self.state / "parts").mkdir(exist_ok=True)
        self._forget_incomplete()
        self._remove_unfinished()
        return going_on

    def _check_plan(self, head: dict[str, Any]) -> None:
        with open(self.plan, encoding="utf-8") as file:
            try:
                begun = json.loads(file.readline())
            except ValueError:
                begun = {}
        if "inputs" in begun and same_inputs(begun["inputs"], head["inputs"]):
            begun["inputs"] = head["inputs"]
        why = {
            "data_version": ("holds tables of another version", "里是另一版本的数据表"),
            "version": ("was begun with another version of gipa-reports", "里的扫描由另一版本的 gipa-reports 开始"),
            "inputs": ("holds a scan of other inputs", "里是另一些输入的扫描"),
            "limits": ("holds a scan with other limits", "里的扫描限额不同"),
        }
        place = shown(str(self.path))
        for key, (en, zh) in why.items():
            if begun.get(key) != head[key] and (key != "version" or not self.done.exists()):
                raise ScanError(
                    f"{place} {en} ({key} {begun.get(key)!r}, not {head[key]!r}); choose another folder",
                    code="other-version" if "version" in key else "other-scan",
                    expected=str(head[key])[:200],
                    found=str(begun.get(key))[:200],
                    zh=f"{place}{zh}（{key}为{begun.get(key)!r}，不是{head[key]!r}）；请另选文件夹。",
                )

    def _forget_incomplete(self) -> None:
        """Parts that lacked an extra are read once more: it may be installed by now."""
        for mark in self._marks():
            mark.with_suffix(".json").unlink(missing_ok=True)
            mark.unlink()

    def _marks(self) -> list[Path]:
        return sorted((self.state / "parts").glob("*.missing"))

    def missing(self) -> tuple[str, ...]:
        """The extras that sources of finished parts needed and that were not installed."""
        return tuple(sorted({extra for mark in self._marks() for extra in mark.read_text("utf-8").split()}))

    def _remove_unfinished(self) -> None:
        finished = self.finished()
        for table in TABLES:
            for file in self.path.glob(f"{table}/year=*/*.parquet"):
                number = file.stem.removeprefix("part-")
                if not (number.isdecimal() and int(number) in finished) and not self.done.exists():
                    file.unlink()

    def entries(self) -> Iterator[Entry]:
        """The lines of the plan."""
        with open(self.plan, encoding="utf-8") as file:
            next(file)
            for line in file:
                yield Entry(**json.loads(line))

    # --- parts -----------------------------------------------------------------------------------------------------

    def finished(self) -> set[int]:
        """The numbers of the parts that are finished."""
        return {int(path.stem) for path in (self.state / "parts").glob("*.json") if path.stem.isdecimal()}

    def note(self, number: int) -> dict[str, Any]:
        """Return what was noted of a finished part."""
        with open(self._note(number), encoding="utf-8") as file:
            found: dict[str, Any] = json.load(file)
        return found

    def _note(self, number: int) -> Path:
        return self.state / "parts" / f"{number:06}.json"

    def keep(self, number: int, written: Path, note: dict[str, Any]) -> None:
        """Move the files of a part from ``written`` to their places and note it as finished."""
        with told("write to"):
            self.move(written)
            if note["missing"]:
                self._note(number).with_suffix(".missing").write_text("\n".join(note["missing"]), "utf-8")
            with replacing(self._note(number)) as file:
                json.dump(note, file)

    def move(self, written: Path) -> None:
        """Move files from ``written``, laid out as here, to their places; each is safe on the disk before it moves."""
        folders = set()
        for file in sorted(written.rglob("*.parquet")):
            target = self.path / file.relative_to(written)
            target.parent.mkdir(parents=True, exist_ok=True)
            _sync(file)
            os.replace(file, target)
            folders.add(target.parent)
        for folder in folders:
            _sync(folder)
        shutil.rmtree(written, ignore_errors=True)

    # --- the end ---------------------------------------------------------------------------------------------------

    @property
    def done(self) -> Path:
        """There once the whole is finished."""
        return self.state / "done.json"

    def finish(self, totals: dict[str, Any]) -> None:
        """Note that the whole is finished."""
        with told("write to"), replacing(self.done) as file:
            json.dump(totals, file)

    def totals(self) -> dict[str, Any] | None:
        """Return what was noted of the whole, None where it is not finished."""
        if not self.done.exists():
            return None
        found: dict[str, Any] = json.loads(self.done.read_text("utf-8"))
        return found


@contextmanager
def told(what: Write) -> Iterator[None]:
    """Turn what the operating system says of the output into a ``ScanError``."""
    try:
        yield
    except OSError as error:
        raise cannot_write(error, what) from error


def cannot_write(error: OSError, what: Write = "write to") -> ScanError:
    """The error for output that can't be written, and what is kept."""
    en = zh = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        en, zh = "the disk is full", "磁盘已满"
    return ScanError(
        f"cannot {what} the output folder: {en}; what is finished is kept, and the same scan goes on from there",
        code="cannot-write",
        found=en,
        zh=f"无法{_WRITE_ZH[what]}输出文件夹：{zh}；已完成的部分保留，再次运行同一扫描即可继续。",
    )


@contextmanager
def replacing(target: Path) -> Iterator[Any]:
    """A text file that takes its place when all of it is safe on the disk, and not at all where something fails."""
    temporary = target.with_name(target.name + ".tmp")
    with open(temporary, "w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are safe on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows can't, and need not
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    """Lock an open file if nobody has; the system ends the lock with the process, however that ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
