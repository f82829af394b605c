"""Kind of a file in a folder, told by its first bytes: read as a report, refused as a document, or no document.

A folder of reports holds much else. What can be read is read, and whatever a person would open as a document is tried,
so that the reader refuses it by name; pictures, scripts, what programs leave behind and what this package wrote itself
are passed over. The name of a file decides only where its content can't.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterable

from attrs import frozen

from .. import own_output
from ..messages import Lang
from ..template import FORMS, HEADINGS
from . import html, mhtml
from .package import kind as package_kind

HEAD = 4096
"""Bytes that tell most kinds."""

TEXT_HEAD = 2**20
"""Bytes of a text of no known kind in which the words of a report are looked for."""

MAX_PACKAGE = 64 * 2**20
"""Bytes of a package that is opened to see whose it is."""


WORDS: dict[str, dict[Lang, str]] = {
    "text": {"en": "text", "zh": "文本"},
    "html": {"en": "web page", "zh": "网页"},
    "pdf": {"en": "PDF", "zh": "PDF"},
    "package": {"en": "Office document", "zh": "Office文档"},
    "legacy": {"en": "legacy Office document", "zh": "旧版Office文档"},
    "rtf": {"en": "RTF", "zh": "RTF"},
    "mhtml": {"en": "MHTML", "zh": "MHTML"},
    "archive": {"en": "archive", "zh": "压缩包"},
    "unknown": {"en": "broken document", "zh": "损坏的文档"},
    "other-text": {"en": "other text", "zh": "其他文本"},
    "lock-file": {"en": "lock file", "zh": "锁定文件"},
    "system-file": {"en": "system file", "zh": "系统文件"},
    "own-output": {"en": "output of gipa-reports", "zh": "本工具的输出"},
    "picture": {"en": "picture", "zh": "图片"},
    "recording": {"en": "sound or film", "zh": "音视频"},
    "font": {"en": "font", "zh": "字体"},
    "program": {"en": "program", "zh": "程序"},
    "script": {"en": "script", "zh": "脚本"},
    "style-sheet": {"en": "style sheet", "zh": "样式表"},
    "data": {"en": "data", "zh": "数据"},
    "empty": {"en": "empty file", "zh": "空文件"},
    "binary": {"en": "other binary file", "zh": "其他二进制文件"},
    "special": {"en": "pipe or device", "zh": "管道或设备"},
}
"""Name of a kind → what people call it."""

PASSED_OVER = frozenset(
    "other-text lock-file system-file own-output picture recording font program script style-sheet data empty binary"
    " special".split()
)
"""The kinds that are no documents."""

_SYSTEM_FILES = frozenset((".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory"))
_LOCKS = ("~$", ".~lock.", ".~")

_DOCUMENT_SUFFIXES = frozenset(
    ".txt .md .markdown .htm .html .shtml .shtm .xhtml .jsp .aspx .asp .php .mht .mhtml .pdf .rtf .odt .ods .ofd"
    " .docx .docm .dotx .dotm .doc .dot .wps .wpt .xlsx .xlsm .xltx .xltm .xls .xlsb .et .ett .uof .uot".split()
)
"""Files that their name says to be documents: tried even where the content tells nothing."""

_TEXT_SUFFIXES: dict[str, str] = {
    **dict.fromkeys(".js .mjs .cjs .ts .vbs .py .sh .bat .cmd .ps1 .c .h .java .go .rs .rb .pl .sql".split(), "script"),
    **dict.fromkeys(".css .less .scss .xsl .xslt".split(), "style-sheet"),
    **dict.fromkeys(".json .jsonl .csv .tsv .xml .yaml .yml .toml .ini .map .geojson .parquet".split(), "data"),
    ".svg": "picture",
}
"""Kind of a text that has no words of a report in it, by its suffix."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "package"),
    (b"PK\x05\x06", "package"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "legacy"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"8BPS", "picture"),
    (b"\0\0\1\0", "picture"),
    (b"\0\0\2\0", "picture"),
    (b"ID3", "recording"),
    (b"OggS", "recording"),
    (b"fLaC", "recording"),
    (b"FLV", "recording"),
    (b"\x1aE\xdf\xa3", "recording"),
    (b"\0\0\1\xba", "recording"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO", "font"),
    (b"\0\1\0\0\0", "font"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\0asm", "program"),
    (b"PAR1", "data"),
    (b"SQLite format 3\0", "data"),
    (b"\0\0\0\1Bud1", "system-file"),
    (b"\0\x05\x16\x07", "system-file"),
)
"""Beginnings of the files of a kind; two letters are believed only of a file that is no text."""

_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b", re.DOTALL)
_FLAT_OFFICE = (b"progid=", b"xmlPackage", b"office:mimetype=")

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
"""Characters that no text has."""

_REPORT_WORDS = tuple(
    dict.fromkeys(
        "".join(words.split())
        for words in (
            *(heading.label for heading in HEADINGS),
            *(row.label for form in FORMS.values() if form.table == "requests" for row in form.rows),
        )
        if len(words) > 6
    )
)
_ENOUGH_WORDS = 3
"""Headings and labels of the form that a text of no known kind has, if it is a report."""


@frozen
class Kind:
    """Return what a file is: one of ``WORDS``."""

    name: str

    @property
    def passed_over(self) -> bool:
        """Return whether it is no document, and is not read where a folder holds it."""
        return self.name in PASSED_OVER

    def word(self, lang: Lang) -> str:
        """Return what people call it."""
        return WORDS[self.name][lang]


def kind_of_file(path: str) -> Kind:
    """Return what the file at ``path`` is; what can't be opened is tried as a text, so that it is told of.

    A pipe would keep us waiting for ever: what is there and is no file is passed over.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        return Kind("special")
    try:
        with open(path, "rb") as file:

            def more(size: int) -> bytes:
                file.seek(0)
                return file.read(size)

            return kind_of(os.path.basename(path), more)
    except OSError:
        return Kind("text")


def is_data_set(folder: str, subfolders: Iterable[str]) -> bool:
    """Return whether ``folder`` was written by a scan: all in it is our own, and it counts as one."""
    return "_scan" in subfolders and os.path.exists(os.path.join(folder, "_scan", "plan.jsonl"))


def kind_of(name: str, more: Callable[[int], bytes]) -> Kind:
    """Return what a file called ``name`` is; ``more`` gives so many bytes of its beginning, as often as it is asked."""
    suffix = os.path.splitext(name)[1].lower()
    by_name = _kind_by_name(name)
    if by_name is not None:
        return Kind(by_name)
    head = more(HEAD)
    if not head.strip():
        return Kind("text" if suffix in _DOCUMENT_SUFFIXES else "empty")
    if own_output.is_table(head):
        return Kind("own-output")
    is_text = _is_text(head)
    found = _kind_by_magic(head, is_text)
    if found == "package":
        return Kind("own-output" if _is_own_package(more) else found)
    if found is None:
        found = _kind_of_text(head, suffix, more) if is_text else "binary"
    # What calls itself a document is one to whoever opens it, a picture with the name of one too.
    is_hidden = found in PASSED_OVER and found != "own-output" and suffix in _DOCUMENT_SUFFIXES
    return Kind("unknown" if is_hidden else found)


def _kind_by_name(name: str) -> str | None:
    """Return the kind of what programs leave behind: only its name tells it from a document."""
    if name.lower() in _SYSTEM_FILES:
        return "system-file"
    return "lock-file" if name.startswith(_LOCKS) else None


def _kind_by_magic(head: bytes, is_text: bool) -> str | None:
    if head[4:8] == b"ftyp" or head[:4] == b"RIFF":
        return "picture" if head[8:12] in (b"WEBP", b"heic", b"avif", b"mif1") else "recording"
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic) and not (is_text and len(magic) < 4)), None)
    if found is None and head[257:262] == b"ustar":
        return "archive"
    return found


def _is_text(head: bytes) -> bool:
    """Return whether the bytes are a text: hardly any control characters in UTF-16, or in what has no zero bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" not in head:
        return (len(head) - len(head.translate(None, _CONTROLS))) * 50 <= len(head)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 20 >= max(even, odd):
        return False
    text = head.decode("utf-16-le" if odd > even else "utf-16-be", "ignore")
    return sum(text.count(chr(code)) for code in _CONTROLS) * 50 <= len(text)


def _kind_of_text(head: bytes, suffix: str, more: Callable[[int], bytes]) -> str:
    found = _kind_by_words(head)
    if found not in ("html", "text"):
        return found
    other = _TEXT_SUFFIXES.get(suffix)
    if suffix in _DOCUMENT_SUFFIXES or (other is None and found == "html"):
        return found
    return "text" if _has_report_words(more(TEXT_HEAD)) else other or "other-text"


def _kind_by_words(head: bytes) -> str:
    if mhtml.sniff(head):
        return "mhtml"
    if _SVG.match(head):
        return "picture"
    if head.removeprefix(codecs.BOM_UTF8).startswith(b"<?xml") and any(mark in head for mark in _FLAT_OFFICE):
        return "package"
    text = head.decode("utf-8", "replace")
    found = "html" if html.sniff(text) else "text"
    is_own = any(own_output.command_in_text(text, name) is not None for name in (found, "markdown"))
    return "own-output" if is_own else found


def _has_report_words(content: bytes) -> bool:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030")
    for encoding in encodings:
        text = "".join(content.decode(encoding, "ignore").split())
        if sum(word in text for word in _REPORT_WORDS) >= _ENOUGH_WORDS:
            return True
    return False


def _is_own_package(more: Callable[[int], bytes]) -> bool:
    return package_kind(more(MAX_PACKAGE)) == "own-output"
