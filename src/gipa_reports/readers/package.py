"""Packages: what an Office file is, and the parts of a DOCX or XLSX file, unpacked within the limits.

Nothing that a package says about itself is believed: sizes are counted while unpacking, and no part reaches a parser
that builds trees before a document type is ruled out and its depth is known.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import UserDict
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.parsers import expat

from attrs import frozen

from .. import own_output
from ..errors import GipaError, ReadError
from ..limits import Limits
from ..messages import Phrase, more_than

MAX_PARTS = 10_000
"""Entries of a package; a report has some dozens."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CENTRAL_ENTRY = b"PK\x01\x02"
_CHUNK = 64 * 1024
_HEAD = 16 * 1024
_ENCRYPTED = 0x1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = {
    f"http://purl.oclc.org/ooxml/{name}".encode(): f"http://schemas.openxmlformats.org/{usual}".encode()
    for name, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/math", "officeDocument/2006/math"),
    )
}
"""Namespaces of the strict variant of DOCX → those of the usual one."""
_ENCODINGS = ("utf-8", "utf-16", "us-ascii")
_NEVER_XML = (".svg", ".htm", ".html")
"""Pictures and pages inside a package begin like XML, and nobody reads them."""

_SAVE = (
    "; open it in Word, WPS or LibreOffice and save it as {0}, or let LibreOffice convert it: --convert, convert=True",
    "：请用Word、WPS或LibreOffice打开后另存为{0}，或加上 --convert（convert=True）由LibreOffice转换",
)


def saved_as(format: str, en: str, zh: str) -> Phrase:
    """Return what a file is and that it is to be saved in another format, in English and in Chinese."""
    return Phrase(en + _SAVE[0].format(format), zh + _SAVE[1].format(format))


_KINDS = {
    "docx": Phrase("a DOCX document", "DOCX文档"),
    "xlsx": Phrase("an XLSX workbook", "XLSX工作簿"),
    "xlsb": saved_as("xlsx", "an XLSB workbook", "XLSB工作簿"),
    "pptx": Phrase("a PPTX presentation", "PPTX演示文稿"),
    "odt": saved_as("docx", "an ODT document", "ODT文档"),
    "ods": saved_as("xlsx", "an ODS workbook", "ODS工作簿"),
    "ofd": Phrase("an OFD document; export it as PDF", "OFD文档：请导出为PDF"),
    "epub": Phrase("an EPUB book", "EPUB电子书"),
    "zip": Phrase("a ZIP archive; unpack it and pass the files in it", "ZIP压缩包：请解压后指定其中的文件"),
    "doc": saved_as("docx", "a legacy Word or WPS document (.doc, .wps)", "旧版Word或WPS文档（.doc、.wps）"),
    "xls": saved_as("xlsx", "a legacy Excel workbook (.xls, .et)", "旧版Excel或WPS表格（.xls、.et）"),
    "ppt": Phrase("a legacy presentation (.ppt, .dps)", "旧版演示文稿（.ppt、.dps）"),
    "ole": saved_as("docx", "a legacy Office file", "旧版Office文件"),
    "flat-text": saved_as("docx", "a document in a single XML file", "单个XML文件的文档"),
    "flat-sheet": saved_as("xlsx", "a workbook in a single XML file", "单个XML文件的工作簿"),
    "encrypted": Phrase(
        "a file that a password protects; open it with its password and save it without one",
        "有密码保护的文件：请用密码打开后另存为没有密码的文件",
    ),
    "own-output": Phrase(
        "an output of gipa-reports about reports; pass the reports themselves",
        "gipa-reports 输出的校核、比较或汇总结果：请指定报告本身",
    ),
    "broken": Phrase("a ZIP package (DOCX, XLSX …) that can't be opened", "打不开的文件包（DOCX、XLSX等）"),
    "crowded": Phrase(f"a ZIP package with more than {MAX_PARTS} entries", f"条目超过{MAX_PARTS}个的文件包"),
}
"""Name of a kind → what it is, in words, and what to do with it; in English and in Chinese."""

_TEXT = Phrase("text", "文本")
_NO_PACKAGE = Phrase("no package", "不是压缩包")
_CODES = {"own-output": "own-output", "broken": "broken-package", "crowded": "unsafe-package", "encrypted": "encrypted"}
"""Name of a kind → the code of its error, where that is not ``unsupported-format``."""

_OOXML = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsx"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"presentationml.", "pptx"),
)
"""Content type of the main part → kind; the order decides where a package names several."""

_MIME_TYPES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/epub+zip", "epub"),
)
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
"""Name of a stream in a legacy file → kind."""

_XML = (b"<?xml", b"\xef\xbb\xbf<?xml")
_PACKED = (_OLE, *_XML, *_ZIP)
_FLAT = (
    (b'progid="Word.Document"', "flat-text"),
    (b'progid="Excel.Sheet"', "flat-sheet"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "flat-text"),
    (b'office:mimetype="application/vnd.oasis.opendocument.text"', "flat-text"),
    (b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"', "flat-sheet"),
)
"""Beginning of a document that is one XML file → kind."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError)
"""Errors that opening a damaged ZIP file raises: offsets below zero, names that can't be decoded, unknown versions …"""


# --- what it is ----------------------------------------------------------------------------------------------------


def kind(content: bytes) -> str | None:
    """Return the kind of a ZIP, legacy or flat Office file: ``"docx"``, ``"xlsx"``, another name, or None.

    Never raises; a package that can't be opened is ``"broken"``.
    """
    if not content.startswith(_PACKED):
        return None
    if content.startswith(_OLE):
        return next((name for stream, name in _STREAMS if stream.encode("utf-16-le") in content), "ole")
    if content.startswith(_XML):
        head = content[:_HEAD]
        return next((name for mark, name in _FLAT if mark in head), None)
    # Counted before the directory is read, for each of its entries becomes an object.
    if content.count(_CENTRAL_ENTRY) > MAX_PARTS:
        return "crowded"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind(archive)
    except _DAMAGE:
        return "broken"


def refuse(content: bytes, expected: str = _TEXT) -> None:
    """Raises ``ReadError`` if ``content`` is a ZIP, legacy or flat Office file, and says what to do with it."""
    if (found := kind(content)) is not None:
        raise _other(found, expected)


def _other(found: str | None, expected: str) -> ReadError:
    what = _NO_PACKAGE if found is None else _KINDS[found]
    return ReadError(
        f"this is {what}", code=_CODES.get(found or "", "unsupported-format"), expected=expected, found=what
    )


def _kind(archive: zipfile.ZipFile) -> str:
    if any(info.flag_bits & _ENCRYPTED for info in archive.infolist()):
        return "encrypted"
    names = set(archive.namelist())
    if own_output.PROPERTIES in names and own_output.command_in_properties(_head(archive, own_output.PROPERTIES)):
        return "own-output"
    if "[Content_Types].xml" in names:
        types = _head(archive, "[Content_Types].xml")
        return next((name for mark, name in _OOXML if mark in types), "zip")
    if "mimetype" in names:
        mime_type = _head(archive, "mimetype")
        return next((name for mark, name in _MIME_TYPES if mime_type.startswith(mark)), "zip")
    return "ofd" if "OFD.xml" in names else "zip"


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.compress_type not in _PLAIN_METHODS:
        return b""
    with archive.open(info) as file:
        return file.read(16 * _CHUNK)


# --- what is in it -------------------------------------------------------------------------------------------------


class _Parts(UserDict[str, bytes]):
    """Name of a part → its XML, in the usual namespaces. A part is checked to its end when it is first asked for: most
    never are.
    """

    def __init__(self, unpacked: Iterator[tuple[str, bytes]], limits: Limits) -> None:
        super().__init__(unpacked)
        self._limits = limits
        self._checked: set[str] = set()

    def __getitem__(self, name: str) -> bytes:
        if name not in self._checked:
            data = self.data[name]
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
            _check_xml(name, data, self._limits)
            self.data[name] = data
            self._checked.add(name)
        return self.data[name]


@frozen
class Package:
    """A DOCX or XLSX file that is safe to read. ``parts`` has those that are XML, by their names; taking out one that
    is not well-formed, or nested too deeply, raises ``ReadError`` or ``LimitError``.
    """

    parts: Mapping[str, bytes]

    def tree(self, name: str) -> ElementTree.Element:
        """Return the tree of a part."""
        return ElementTree.fromstring(self.parts[name])  # noqa: S314 - checked when it was taken out

    def main(self) -> str:
        """The name of the part that the document begins with. Raises ``ReadError`` where there is none."""
        found = self.related("", "officeDocument")
        if not found:
            raise _broken(Phrase("no main part", "没有主部分"))
        return found[0]

    def related(self, source: str, relation: str) -> list[str]:
        """The parts that ``source`` (empty for the package) is related to by ``relation``, as ``"numbering"``."""
        return list(dict.fromkeys(self.targets(source, relation).values()))

    def targets(self, source: str, relation: str) -> dict[str, str]:
        """The same with the id of each relation, by which ``source`` names it."""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for element in self.tree(relations) if relations in self.parts else ():
            inside = element.get("TargetMode", "Internal") == "Internal"
            if inside and element.get("Type", "").rpartition("/")[2] == relation:
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
                if target in self.parts:
                    found[element.get("Id", "")] = target
        return found


def open_package(content: bytes, limits: Limits, expected: str) -> Package:
    """The parts of a package that must be of the kind ``expected``.

    Raises ``ReadError`` for another kind, and for what is damaged, encrypted, or made to do harm; ``LimitError`` past
    ``unzipped_bytes`` in all, or ``characters`` in a part that is XML.
    """
    if (found := kind(content)) != expected:
        raise _other(found, expected)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive)
            return Package(_Parts(_xml_parts(archive, content, limits), limits))
    except GipaError:
        raise
    except _DAMAGE as error:
        raise _broken(Phrase(str(error), "压缩包的目录或内容有误")) from None


def _check_entries(archive: zipfile.ZipFile) -> None:
    """Check that the directory describes a plain package: safe names, each once, packed as usual, nothing shared."""
    names: set[str] = set()
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        name = info.filename
        shown = repr(info.orig_filename[:80])
        if name != info.orig_filename or "\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/"):
            raise _unsafe(Phrase(f"an entry named {shown}", f"条目名称{shown}"))
        if name.casefold() in names:
            raise _unsafe(Phrase(f"two entries named {shown}", f"两个条目名称相同：{shown}"))
        if info.compress_type not in _PLAIN_METHODS:
            raise _unsafe(
                Phrase(f"{shown} packed by method {info.compress_type}", f"{shown}的压缩方法为{info.compress_type}")
            )
        if info.header_offset < end:
            raise _unsafe(Phrase(f"{shown} overlapping another entry", f"{shown}与另一条目重叠"))
        names.add(name.casefold())
        end = info.header_offset + 30 + info.compress_size


def _xml_parts(archive: zipfile.ZipFile, content: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Unpacks every entry, and yields those that are XML."""
    total = 0
    for info in archive.infolist():
        name = info.filename
        kept: list[bytes] | None = None
        size = check = 0
        for chunk in _unpacked(archive, content, info):
            if not size and _is_xml(name, chunk):
                kept = []
            size += len(chunk)
            total += len(chunk)
            check = zlib.crc32(chunk, check)
            if total > limits.unzipped_bytes:
                raise limits.passed("unzipped_bytes", more_than(limits.unzipped_bytes, "bytes", "unpacked", "解压后"))
            if kept is not None:
                if size > limits.characters:
                    raise limits.passed(
                        "characters", more_than(limits.characters, "bytes", f"in the part {name}", f"部分{name}")
                    )
                kept.append(chunk)
        if (size, check) != (info.file_size, info.CRC):
            raise _broken(Phrase(f"{name} is not what the directory says", f"{name}与目录不符"))
        if kept is not None:
            data = b"".join(kept)
            if any(mark in data for mark in _DOCUMENT_TYPE):
                raise _unsafe(Phrase(f"a document type in the part {name}", f"部分{name}带有DOCTYPE"))
            yield name, data


def _unpacked(archive: zipfile.ZipFile, content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of an entry to its real end, wherever the directory says that it ends, in pieces."""
    archive.open(info).close()  # raises where the entry's own header contradicts the directory
    name, extra = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    end = start + info.compress_size
    if info.compress_type == zipfile.ZIP_STORED:
        yield from (content[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(start, end, _CHUNK):
        rest = content[at : min(at + _CHUNK, end)]
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _CHUNK)
            rest = inflate.unconsumed_tail
    # What a full piece left waiting inside.
    while not inflate.eof and (chunk := inflate.decompress(b"", _CHUNK)):
        yield chunk
    if not inflate.eof:
        raise _broken(Phrase(f"{info.filename} is cut off", f"{info.filename}不完整"))


def _is_xml(name: str, head: bytes) -> bool:
    """Return whether a part that begins with ``head`` may be read as XML by somebody, in UTF-8 or UTF-16."""
    lower = name.lower()
    if lower.endswith((".xml", ".rels")):
        return True
    return not lower.endswith(_NEVER_XML) and head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _check_xml(name: str, data: bytes, limits: Limits) -> None:
    """Raises ``ReadError`` for what is not well-formed, or is in another encoding than packages are."""
    depth = 0

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise _unsafe(
                Phrase(f"the encoding {encoding[:40]} in the part {name}", f"部分{name}的编码为{encoding[:40]}")
            )

    def start(tag: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.nesting:
            raise limits.passed("nesting", Phrase(f"depth {depth} in the part {name}", f"部分{name}嵌套{depth}层"))

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator="}")
    parser.ordered_attributes = True
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _broken(Phrase(f"{name} is no XML: {error}", f"{name}不是XML")) from None


def _broken(found: Phrase) -> ReadError:
    return ReadError(
        f"the package is cut off or damaged: {found}",
        code="broken-package",
        expected=Phrase("a whole package", "完整的压缩包"),
        found=found,
    )


def _unsafe(found: Phrase) -> ReadError:
    return ReadError(
        f"the package is made in a way that no Office program makes it: {found}",
        code="unsafe-package",
        expected=Phrase("a plain package", "普通的压缩包"),
        found=found,
    )
