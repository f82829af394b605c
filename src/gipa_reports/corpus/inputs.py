"""Sources that a scan reads: the files of its plan, archives and tables, as one stream of sources in a fixed order.

The plan is read as parts: files by name, to be opened by whoever parses them; what is inside of archives and tables
with its content. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import json
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from attrs import define, frozen

from ..diagnostics import Diagnostic
from ..frames.arrow import utf8
from ..frames.batch import Source
from ..limits import Limits
from ..messages import Phrase, more_than
from ..readers.kinds import kind_of

CONTAINERS = {
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tar.gz": "tar",
    ".tar.bz2": "tar",
    ".tar.xz": "tar",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
}
"""Ending of a file → what it holds many sources as."""

PART_SOURCES = 500
PART_BYTES = 32 * 2**20
"""A part of a scan ends with so many sources, or with the source that brings it past so many bytes."""

_CORRUPT = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error, lzma.LZMAError)
"""Errors that the readers of archives raise for archives that are damaged, encrypted or of an unknown kind."""


@frozen
class Entry:
    """A line of the plan: a file, what kind it is, and its size; a place that could not be listed, and why; or a file
    that is no document, and what it is.
    """

    kind: str
    path: str
    size: int = 0
    found: str | None = None


@frozen
class Item:
    """A source: the file to open, or the content, or why there is none. ``size`` in bytes, as far as it is known.

    Content that is text waits as UTF-8, which ``is_text`` says: a ``str`` that was sent to a worker keeps its UTF-8
    beside it, and takes more than twice the room.
    """

    source: str
    path: str | None = None
    content: bytes | None = None
    problem: Diagnostic | None = None
    size: int = 0
    is_text: bool = False

    def load(self, limits: Limits) -> Source:
        """With its content, or the problem that kept it from being read."""
        if self.path is None:
            if self.is_text and self.content is not None:
                return Source(self.source, self.content.decode("utf-8", "surrogatepass"))
            return Source(self.source, self.content, self.problem)
        try:
            with open(self.path, "rb") as file:
                content = file.read(limits.bytes + 1)
                size = os.fstat(file.fileno()).st_size
        except OSError as error:
            return Source(self.source, None, Diagnostic(code="cannot-read", found=error.strerror or str(error)))
        return Source(self.source, *_within(content, size, limits))


@define
class Part:
    """Sources that are read, written and kept together."""

    number: int
    items: list[Item]


def _within(content: bytes, size: int, limits: Limits) -> tuple[bytes | None, Diagnostic | None]:
    """The content, or the problem that it is too large: a piece of it is not the source."""
    if len(content) <= limits.bytes:
        return content, None
    error = limits.passed("bytes", f"{max(size, len(content))} bytes")
    return None, Diagnostic(code=error.code, expected=error.expected, found=error.found)


def shown(path: str) -> str:
    """``path`` as text; bytes that are no text are written as escapes."""
    return utf8(path)


def container_of(name: str) -> str | None:
    """Return what a file of this name holds many sources as; None where it is one source itself."""
    low = name.lower()
    return next((kind for ending, kind in CONTAINERS.items() if low.endswith(ending)), None)


# --- from the plan to parts ----------------------------------------------------------------------------------------


def parts(entries: Iterable[Entry], limits: Limits) -> Iterator[Part]:
    """The sources of a plan in parts; where one ends depends on the sources alone."""
    part = Part(0, [])
    size = 0
    for entry in entries:
        for item in items(entry, limits):
            part.items.append(item)
            size += item.size
            if len(part.items) >= PART_SOURCES or size >= PART_BYTES:
                yield part
                part, size = Part(part.number + 1, []), 0
    if part.items:
        yield part


def items(entry: Entry, limits: Limits) -> Iterator[Item]:
    """The sources in one file."""
    name = shown(entry.path)
    if entry.kind == "problem":
        yield _refused(name, "cannot-read", entry.found)
    elif entry.kind == "passed":
        yield _refused(name, "passed-over", entry.found)
    elif entry.kind == "file":
        yield Item(name, entry.path, size=min(entry.size, limits.bytes))
    else:
        try:
            yield from _READERS[entry.kind](entry.path, name, limits)
        except FileNotFoundError as error:
            yield _refused(name, "cannot-read", error.strerror)
        except (*_CORRUPT, zipfile.BadZipFile, tarfile.TarError) as error:
            yield _refused(name, "bad-archive", _why(error))


def _why(error: BaseException) -> str:
    if error.args and isinstance(error.args[0], Phrase):
        return error.args[0]
    return str(error)[:200] or type(error).__name__


def _member(name: str, content: bytes, size: int, limits: Limits) -> Item:
    return Item(name, None, *_within(content, size, limits), len(content))


def _refused(name: str, code: str, found: str | None = None) -> Item:
    return Item(name, problem=Diagnostic(code=code, found=found))


class _Beginning:
    """Content of an archive at one place, read no further than is asked for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._read = b""

    def first(self, size: int) -> bytes:
        """So many bytes from its beginning."""
        if len(self._read) < size:
            self._read += self._file.read(size - len(self._read))
        return self._read[:size]


def _item_of_member(name: str, file: IO[bytes], size: int, limits: Limits) -> Item:
    """A member as a source, or as what it is where it is no document."""
    if container_of(name) is not None:
        return _refused(name, "nested-archive")
    content = _Beginning(file)
    kind = kind_of(name.rpartition("/")[2], content.first)
    if kind.passed_over:
        return _refused(name, "passed-over", kind.name)
    return _member(name, content.first(limits.bytes + 1), size, limits)


def _from_zip(path: str, name: str, limits: Limits) -> Iterator[Item]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            member = f"{name}/{_zip_name(info)}"
            if info.is_dir():
                continue
            try:
                with archive.open(info) as file:
                    item = _item_of_member(member, file, info.file_size, limits)
            except (*_CORRUPT, zipfile.BadZipFile) as error:
                item = _refused(member, "bad-archive", _why(error))
            yield item


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; without the mark for UTF-8 it is most likely in the code page of Chinese Windows."""
    if info.flag_bits & 0x800:
        return shown(info.filename)
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return shown(info.filename)


def _from_tar(path: str, name: str, limits: Limits) -> Iterator[Item]:
    with _decompressed(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined] # or it keeps all of them
            member = f"{name}/{shown(info.name)}"
            if not info.isreg():
                continue
            file = archive.extractfile(info)
            assert file is not None  # it is a regular file
            yield _item_of_member(member, file, info.size, limits)


def _decompressed(path: str) -> IO[bytes]:
    """A tar file's own bytes. Unlike tarfile's streams, these notice that a compressed file was cut short."""
    with open(path, "rb") as file:
        head = file.read(6)
    openers = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
    opener = next((opener for mark, opener in openers.items() if head.startswith(mark)), open)
    stream: IO[bytes] = opener(path, "rb")  # type: ignore[operator]
    return stream


_NAMES = ("url", "source")
_CONTENTS = ("text", "html", "bytes", "content")


def _from_jsonl(path: str, name: str, limits: Limits) -> Iterator[Item]:
    longest = 8 * limits.bytes + 2**16  # a character may take six bytes in JSON
    opened: Callable[[str, str], IO[bytes]] = gzip.open if path.lower().endswith(".gz") else open  # type: ignore[assignment]
    with opened(path, "rb") as file:
        number = 0
        while line := file.readline(longest):
            number += 1
            here = f"{name}:{number}"
            if not line.strip():
                continue
            if len(line) == longest and not line.endswith(b"\n"):
                while (rest := file.readline(longest)) and not rest.endswith(b"\n"):
                    pass
                yield _refused(here, "bad-row", more_than(longest, "bytes", "in a line", "一行"))
                continue
            yield _json_row(line, here)


def _json_row(line: bytes, here: str) -> Item:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError(Phrase("not an object", "不是对象"))
        return _table_row(row, here, decoded=False)
    except (ValueError, RecursionError) as error:
        return _refused(here, "bad-row", _why(error))


def _table_row(row: dict[str, Any], here: str, *, decoded: bool) -> Item:
    """A source from a row of a table. ``bytes`` are base64 unless they are ``decoded``."""
    name = next((row[key] for key in _NAMES if isinstance(row.get(key), str)), "")
    source = utf8(name) or here
    try:
        content = _content(row, decoded=decoded)
    except binascii.Error as error:
        return _refused(source, "bad-row", Phrase(f"bytes: {error}", "bytes不是base64"))
    if isinstance(content, str):
        text = content.encode("utf-8", "surrogatepass")
        return Item(source, content=text, size=len(text), is_text=True)
    if isinstance(content, bytes):
        return Item(source, content=content, size=len(content))
    en, zh = ", ".join(_CONTENTS), "、".join(_CONTENTS)
    return _refused(source, "bad-row", Phrase(f"no column of {en} with text or bytes", f"{zh}各列中没有文本或bytes"))


def _content(row: dict[str, Any], *, decoded: bool) -> object:
    column = next((key for key in _CONTENTS if row.get(key) is not None), "")
    content = row.get(column)
    is_encoded = column == "bytes" and not decoded and isinstance(content, str)
    return base64.b64decode(str(content), validate=True) if is_encoded else content


def _from_parquet(path: str, name: str, limits: Limits) -> Iterator[Item]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        columns = [column for column in file.schema_arrow.names if column in (*_NAMES, *_CONTENTS)]
        if not set(columns) & set(_CONTENTS):
            raise ValueError(f"no column is called {', '.join(_CONTENTS)}")
        number = 0
        for batch in file.iter_batches(batch_size=256, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield _table_row(row, f"{name}:{number}", decoded=True)


_NOT_TEXT = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")


def _from_warc(path: str, name: str, limits: Limits) -> Iterator[Item]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with open(path, "rb") as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type not in ("response", "resource"):
                    continue
                headers = record.http_headers
                if headers is not None and headers.get_statuscode() != "200":
                    continue
                kind = (headers or record.rec_headers).get_header("Content-Type") or ""
                if kind.lower().startswith(_NOT_TEXT):
                    continue
                source = record.rec_headers.get_header("WARC-Target-URI") or name
                content = record.content_stream().read(limits.bytes + 1)
                yield _member(shown(source), content, len(content), limits)
        except ArchiveLoadFailed as error:
            yield _refused(name, "bad-archive", _why(error))


_READERS: dict[str, Callable[[str, str, Limits], Iterator[Item]]] = {
    "zip": _from_zip,
    "tar": _from_tar,
    "jsonl": _from_jsonl,
    "parquet": _from_parquet,
    "warc": _from_warc,
}
