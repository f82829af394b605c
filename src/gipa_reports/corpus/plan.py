"""The plan of a scan: the files that its inputs name, in a fixed order, each told by what it is.

It is kept with the output, so that a scan that goes on later reads the same files in the same order.
"""

from __future__ import annotations

import codecs
import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ..errors import MissingExtraError, ScanError
from ..messages import Phrase
from ..readers.kinds import Kind, is_data_set, kind_of_file
from .inputs import Entry, container_of, shown


def list_inputs(inputs: Iterable[str], leave_out: str, lists: tuple[str, ...] = ()) -> Iterator[Entry]:
    """The files that ``inputs`` name, in that order; folders and globs opened and sorted, ``@FILE`` read as a list.

    ``leave_out`` is a folder that is not entered, ``lists`` the list files that lead here. Raises ``ScanError`` where
    nothing is there or nothing matches.
    """
    for name in inputs:
        if name.startswith("@") and not os.path.lexists(name):
            if name in lists:
                raise _wrong_input("list-in-itself", name, "this list names itself", "此清单包含其自身")
            yield from list_inputs(_listed(name[1:]), leave_out, (*lists, name))
        elif os.path.lexists(name):
            yield from _entries(name, leave_out)
        elif _is_pattern(name):
            yield from _matches(name, leave_out)
        else:
            raise _wrong_input("no-such-path", name, "there is no such file or folder", "没有这个文件或文件夹")


def _matches(pattern: str, leave_out: str) -> Iterator[Entry]:
    matches = sorted(glob.iglob(pattern, recursive=True))
    if not matches:
        raise _wrong_input("no-match", pattern, "no file matches", "没有匹配的文件")
    for match in matches:
        # "**" also gives what is inside of the folders that it gives.
        if not os.path.isdir(match):
            yield _entry_of_folder(match, kind_of_file(match))
        elif "**" not in pattern:
            yield from _entries(match, leave_out)


def refuse_output(inputs: Iterable[str], output: str) -> None:
    """Raise ``ScanError`` where the folder ``output`` is an input, or an input lies in it; of a pattern, its folder.

    A folder that holds ``output`` is no such input: what a scan writes is left out where that folder is read.
    """
    if not os.path.isdir(output):
        return
    for name in inputs:
        if name.startswith("@") and not os.path.lexists(name):
            # A list that a list names is told of when it is read.
            refuse_output([name[1:], *(name for name in _listed(name[1:]) if not name.startswith("@"))], output)
        elif _lies_in(name, output):
            where, source = shown(output), shown(name)
            raise ScanError(
                f"the output {where} is the input {source} or holds it; nothing is written, choose another folder",
                code="output-is-input",
                expected=Phrase("a folder that holds no input", "不含输入的文件夹"),
                found=source,
                zh=f"输出文件夹{where}就是输入{source}，或包含该输入；未写入任何内容，请另选文件夹。",
            )


def _lies_in(name: str, output: str) -> bool:
    """Return whether an input is the folder ``output`` or lies in it; of a pattern, the folder that it looks in."""
    while not os.path.lexists(name) and _is_pattern(name):
        name = os.path.dirname(name)
    place = Path(os.path.realpath(name or "."))
    return any(_same(folder, output) for folder in (place, *place.parents))


def _same(folder: Path, output: str) -> bool:
    return folder.exists() and os.path.samefile(folder, output)


def source_files(inputs: Iterable[str], output: str) -> Iterator[str]:
    """The files that a scan of ``inputs`` into ``output`` opens, list files included."""
    inputs = list(inputs)
    yield from (name[1:] for name in inputs if name.startswith("@") and not os.path.lexists(name))
    yield from (entry.path for entry in list_inputs(inputs, real(output)))


def read_list(path: str) -> list[str]:
    """The paths in a list file, a line each: in UTF-8, with a mark or without, in UTF-16 with one, or in GBK.

    Bytes that are text in none of these are kept as the system's file names keep them. Raises ``OSError``.
    """
    with open(path, "rb") as file:
        content = file.read()
    encodings = ("utf-16",) if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8", "gb18030")
    content = content.removeprefix(codecs.BOM_UTF8)
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        text = content.decode("utf-8", "surrogateescape")
    return [name for line in text.split("\n") if (name := line.strip())]


def _listed(path: str) -> Iterator[str]:
    try:
        yield from read_list(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise _wrong_input("no-such-path", path, why, f"无法读取：{why}") from error


def _wrong_input(code: str, name: str, why: str, zh: str) -> ScanError:
    name = shown(name)
    expected = Phrase("a file, folder, glob or @list", "文件、文件夹、通配符或@清单")
    return ScanError(f"{name}: {why}", code=code, expected=expected, found=name, zh=f"{name}：{zh}。")


def _entries(path: str, leave_out: str) -> Iterator[Entry]:
    if not os.path.isdir(path):
        yield _entry(path)
        return
    count = 0
    for file, found in walk(path, leave_out):
        if isinstance(found, Kind):
            entry = _entry_of_folder(file, found)
        elif found is None:
            continue
        else:
            entry = Entry("problem", file, found=found.strerror or str(found))
        count += entry.kind != "passed"
        yield entry
    if not count:
        raise _wrong_input("no-report-files", path, "there is no document in this folder", "文件夹中没有文档")


def walk(folder: str, leave_out: str = "", seen: set[str] | None = None) -> Iterator[tuple[str, Kind | OSError | None]]:
    """The files of a folder and its subfolders, sorted, each with what it is; links are followed, each folder once.

    A data set that a scan wrote comes as one thing, a folder that can't be read with the error, and one that was
    ``seen`` before with None. ``leave_out`` is a folder that is not entered.
    """
    seen = set() if seen is None else seen
    place = os.path.realpath(folder)
    if place == leave_out:
        return
    if place in seen:
        yield folder, None
        return
    seen.add(place)
    try:
        with os.scandir(folder) as entries:
            paths = {entry.name: entry.path for entry in entries}
    except OSError as error:
        yield folder, error
        return
    if is_data_set(folder, paths):
        yield folder, Kind("own-output")
        return
    for _, path in sorted(paths.items()):
        if os.path.isdir(path):
            yield from walk(path, leave_out, seen)
        else:
            yield path, kind_of_file(path)


def _entry_of_folder(path: str, kind: Kind) -> Entry:
    may_hold_reports = container_of(path) is not None and kind.name not in ("special", "own-output", "lock-file")
    if kind.passed_over and not may_hold_reports:
        return Entry("passed", path, found=kind.name)
    return _entry(path)


def _entry(path: str) -> Entry:
    try:
        size = os.stat(path).st_size
    except OSError:
        size = 0
    return Entry(container_of(path) or "file", path, size)


def same_inputs(some: list[str], others: list[str]) -> bool:
    """Return whether these name the same, however it is written: ``./crawl/`` is ``crawl``. No link is followed."""
    return [_spelt(name) for name in some] == [_spelt(name) for name in others]


def _spelt(name: str) -> str:
    # To a pattern the slash at its end matters: it asks for folders alone.
    return name if _is_pattern(name) else str(Path(name))


def _is_pattern(name: str) -> bool:
    return any(mark in name for mark in "*?[")


def require_extras(entry: Entry) -> None:
    """Raise ``MissingExtraError`` where a file of the plan can't be opened without an extra that is not installed."""
    if entry.kind == "warc":
        try:
            import warcio  # noqa: F401 - to see whether it is there
        except ModuleNotFoundError as error:
            raise MissingExtraError.of("reading WARC files", "warcio", "warc") from error


def real(path: str | os.PathLike[str]) -> str:
    """``path`` without links."""
    return os.path.realpath(Path(path))
