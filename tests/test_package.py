"""What a package may be made of, and what is refused before any parser sees it."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports import CODES, GipaError, LimitError, Limits, ReadError, parse, read, render
from gipa_reports.readers.package import MAX_PARTS, kind, open_package
from gipa_reports.testing import check_only_gipa_errors
from ooxml import docx, packed, part, parts, relations
from places import SAMPLE

REPORT = parse(SAMPLE)
WHOLE = render(REPORT, "docx")
PLAIN = parts("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
MAIN = "word/document.xml"


def with_part(name: str, content: str | bytes) -> bytes:
    """The plain document with one more part, or another content of one."""
    return packed({**PLAIN, name: content})


def with_type(content_type: str) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{content_type}"/></Types>'
    return packed({"[Content_Types].xml": types})


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def encrypted_entry() -> bytes:
    """The last entry marked as encrypted, in its header and in the directory."""
    content = bytearray(packed(PLAIN))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(signature) + place] |= 1
    return bytes(content)


def other_method(name: str, others: Mapping[str, str | bytes]) -> bytes:
    """A package with one entry packed as Office never does."""
    file = io.BytesIO(packed(others))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "甲" * 100, zipfile.ZIP_LZMA)
    return file.getvalue()


KINDS: dict[str, tuple[bytes, str | None]] = {
    "a document": (WHOLE, "docx"),
    "a document with macros": (with_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
    "a template": (
        with_type("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        "docx",
    ),
    "a workbook": (
        with_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "xlsx",
    ),
    "a binary workbook": (with_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "xlsb"),
    "a presentation": (
        with_type("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
        "pptx",
    ),
    "content types packed in another way": (other_method("[Content_Types].xml", {}), "zip"),
    "a protected document": (encrypted_entry(), "encrypted"),
    "an unknown package": (with_type("application/xml"), "zip"),
    "an ODT document": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
    "an ODS workbook": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
    "a book": (packed({"mimetype": "application/epub+zip"}), "epub"),
    "an OFD document": (packed({"OFD.xml": "<OFD/>"}), "ofd"),
    "a ZIP archive": (packed({"report.txt": "甲"}), "zip"),
    "an empty ZIP archive": (packed({}), "zip"),
    "a legacy document": (ole("WordDocument"), "doc"),
    "a legacy workbook": (ole("Workbook"), "xls"),
    "a legacy presentation": (ole("PowerPoint Document"), "ppt"),
    "a legacy file": (ole("Nothing"), "ole"),
    "a document with a password": (ole("EncryptedPackage"), "encrypted"),
    "a document that is cut off": (WHOLE[:-100], "broken"),
    "too many entries": (b"PK\x03\x04" + b"PK\x01\x02" * (MAX_PARTS + 1), "crowded"),
    "text": ("规章\t1\t2\t3".encode(), None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("name", KINDS)
def test_kind_is_told_by_content(name: str) -> None:
    content, expected = KINDS[name]
    assert kind(content) == expected


@pytest.mark.parametrize("name", [name for name, (_, found) in KINDS.items() if found not in ("docx", "xlsx", None)])
def test_what_no_reader_takes_is_refused_by_its_name(name: str) -> None:
    content, found = KINDS[name]
    code = {"broken": "broken-package", "crowded": "unsafe-package", "encrypted": "encrypted"}
    with pytest.raises(ReadError) as raised:
        parse(content)
    assert raised.value.code == code.get(found or "", "unsupported-format")
    with pytest.raises(ReadError) as again:
        parse(content, format="docx")
    assert (again.value.code, again.value.found) == (raised.value.code, raised.value.found)
    assert again.value.expected == "docx"


def test_that_a_package_is_damaged_is_said_once() -> None:
    (problem,) = read(WHOLE[:-100]).diagnostics
    assert problem.message().count("damaged") == 1


@pytest.mark.parametrize("stream", ["WordDocument", "Workbook"])
def test_a_legacy_file_is_refused_with_the_way_to_convert_it(stream: str) -> None:
    (problem,) = read(ole(stream)).diagnostics
    target = {"WordDocument": "docx", "Workbook": "xlsx"}[stream]
    for lang in ("zh", "en"):
        assert "--convert" in problem.message(lang)
    assert f"save it as {target}" in problem.message("en")
    assert f"另存为{target}" in problem.message("zh")


def test_a_renamed_file_is_refused_where_its_format_is_said() -> None:
    workbook, _ = KINDS["a workbook"]
    with pytest.raises(ReadError, match="this is an XLSX workbook") as raised:
        parse(workbook, format="docx")
    assert raised.value.code == "unsupported-format"
    with pytest.raises(ReadError, match="this is no package"):
        parse("规章".encode(), format="docx")


def changed(old: bytes, new: bytes, content: bytes = WHOLE) -> bytes:
    assert len(old) == len(new)
    assert old in content
    return content.replace(old, new)


def entry_names(*names: str) -> bytes:
    """A document with more entries of these names, as they are, one after the other."""
    file = io.BytesIO(packed(PLAIN))
    with zipfile.ZipFile(file, "a") as archive:
        for number, _ in enumerate(names):
            archive.writestr(f"{number}" * 30, "甲")
    content = file.getvalue()
    for number, name in enumerate(names):
        raw = name.encode()
        old = f"{number}".encode() * 30
        assert content.count(old) == 2
        content = content.replace(old, raw + b"x" * (30 - len(raw)))
    return content


def lying_size(size: int) -> bytes:
    """A document whose directory and headers say that its main part is only ``size`` bytes long."""
    content = packed(PLAIN)
    main = PLAIN[MAIN]
    assert isinstance(main, str)
    data = main.encode()
    real = struct.pack("<I", zlib.crc32(data)), struct.pack("<I", len(data))
    said = struct.pack("<I", zlib.crc32(data[:size])), struct.pack("<I", size)
    for old, new in zip(real, said, strict=True):
        assert content.count(old) == 2
        content = content.replace(old, new)
    return content


def overlapping() -> bytes:
    """Two names for the same bytes, as in bombs without recursion."""
    content = with_part("word/a.xml", "<a/>")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.getinfo(MAIN).header_offset
    entry = content.rindex(b"word/a.xml") - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    return content[: entry + 42] + struct.pack("<I", first) + content[entry + 46 :]


def short_entry() -> bytes:
    """A document whose directory says that the packed bytes of its main part are fewer than they are."""
    content = packed(PLAIN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(MAIN).compress_size
    entry = content.rindex(MAIN.encode()) - 46
    return content[: entry + 20] + struct.pack("<I", size - 10) + content[entry + 24 :]


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "&b;"}">' for n in range(9))
    + "]>"
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
BODY = "<w:p><w:r><w:t>&b8;</w:t></w:r></w:p>"

BOMB = 240 * 2**20


def document_type(declaration: str) -> str:
    main = part("document", f"<w:body>{BODY}</w:body>")
    return main.replace("?>", "?>" + declaration, 1)


def bomb(name: str) -> bytes:
    file = io.BytesIO(packed(PLAIN) if name != MAIN else packed({k: v for k, v in PLAIN.items() if k != MAIN}))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as target:
        target.write(f'<w:document xmlns:w="{"w"}"><w:body>'.encode() if name == MAIN else b"\x89PNG")
        for _ in range(BOMB // 2**20):
            target.write(b" " * 2**20)
    return file.getvalue()


NESTED = part("document", "<w:body>" + "<w:p>" * 200_000 + "</w:p>" * 200_000 + "</w:body>")

REFUSED: dict[str, tuple[Callable[[], bytes], type[GipaError], str]] = {
    "cut off": (lambda: WHOLE[:-500], ReadError, "broken-package"),
    "cut in half": (lambda: WHOLE[: len(WHOLE) // 2], ReadError, "broken-package"),
    "bytes changed": (lambda: WHOLE[:500] + bytes(500) + WHOLE[1000:], ReadError, "broken-package"),
    "encrypted entry": (encrypted_entry, ReadError, "encrypted"),
    "path out of the package": (lambda: entry_names("../../etc/"), ReadError, "unsafe-package"),
    "path in the middle": (lambda: entry_names("word/../../a/"), ReadError, "unsafe-package"),
    "absolute path": (lambda: entry_names("/etc/passwd"), ReadError, "unsafe-package"),
    "drive": (lambda: entry_names("C:/a"), ReadError, "unsafe-package"),
    "backslash": (lambda: entry_names("word\\a"), ReadError, "unsafe-package"),
    "name with a zero byte": (lambda: entry_names("word/a\0"), ReadError, "unsafe-package"),
    "two entries of a name": (lambda: entry_names("word/a", "word/a"), ReadError, "unsafe-package"),
    "two entries but for case": (lambda: entry_names("word/a", "Word/A"), ReadError, "unsafe-package"),
    "entries that overlap": (overlapping, ReadError, "unsafe-package"),
    "another compression": (lambda: other_method("a.bin", PLAIN), ReadError, "unsafe-package"),
    "packed bytes of a beginning": (short_entry, ReadError, "broken-package"),
    "size and sum of a beginning": (lambda: lying_size(400), ReadError, "broken-package"),
    "no main part": (lambda: with_part("_rels/.rels", relations()), ReadError, "broken-package"),
    "relation to nothing": (
        lambda: with_part("_rels/.rels", relations(officeDocument="a.xml")),
        ReadError,
        "broken-package",
    ),
    "main part is no XML": (lambda: with_part(MAIN, "<w:document>"), ReadError, "broken-package"),
    "unknown prefix": (lambda: with_part(MAIN, "<w:document/>"), ReadError, "broken-package"),
    "billion laughs": (lambda: with_part(MAIN, document_type(LAUGHS)), ReadError, "unsafe-package"),
    "billion laughs elsewhere": (
        lambda: with_part("docProps/a.xml", LAUGHS + "<a>&b8;</a>"),
        ReadError,
        "unsafe-package",
    ),
    "billion laughs under another name": (
        lambda: with_part("a.bin", LAUGHS + "<a>&b8;</a>"),
        ReadError,
        "unsafe-package",
    ),
    "billion laughs in UTF-16": (
        lambda: with_part(MAIN, document_type(LAUGHS).replace("UTF-8", "UTF-16").encode("utf-16")),
        ReadError,
        "unsafe-package",
    ),
    "external entity": (lambda: with_part(MAIN, document_type(EXTERNAL)), ReadError, "unsafe-package"),
    "external entity in relations": (
        lambda: with_part("_rels/.rels", EXTERNAL + relations(officeDocument=MAIN)),
        ReadError,
        "unsafe-package",
    ),
    "another encoding": (
        lambda: with_part(MAIN, document_type("").replace("UTF-8", "GB18030").encode("gb18030")),
        ReadError,
        "unsafe-package",
    ),
    "200,000 nested elements": (lambda: with_part(MAIN, NESTED), LimitError, "nesting"),
    "bomb in the text": (lambda: bomb(MAIN), LimitError, "line-too-long"),
    "bomb in a picture": (lambda: bomb("word/media/image1.png"), LimitError, "unzipped-too-large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_office_program_writes_is_refused(name: str) -> None:
    build, error, code = REFUSED[name]
    content = build()
    with pytest.raises(error) as raised:
        parse(content)
    assert raised.value.code == code
    assert code in CODES
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), str(again)) == (type(raised.value), str(raised.value))
    assert [problem.code for problem in read(content).diagnostics] == [code]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/media/image1.svg", EXTERNAL + "<svg/>"),
        ("word/media/", b""),
        ("customXml/item1.xml", "<not><well></formed>"),
        ("customXml/item1.xml", b""),
    ],
)
def test_parts_that_nobody_reads_may_be_anything(name: str, content: str | bytes) -> None:
    package = open_package(with_part(name, content), Limits(), "docx")
    assert set(package.parts) - {"customXml/item1.xml"} == set(PLAIN)
    assert len(package.parts) == len(set(package.parts))
    if name in package.parts:
        with pytest.raises(ReadError, match="is no XML") as raised:
            package.parts[name]
        assert raised.value.code == "broken-package"


@pytest.mark.parametrize("name", ["_rels/.rels", MAIN])
def test_a_prefix_without_a_namespace_is_no_xml(name: str) -> None:
    content = packed({**PLAIN, name: "<w:x/>"})
    with pytest.raises(ReadError, match="unbound prefix") as raised:
        parse(content)
    assert raised.value.code == "broken-package"


def test_limits_can_be_raised() -> None:
    content = with_part("word/media/image1.png", bytes(3 * 2**20))
    assert open_package(content, Limits(), "docx").main() == MAIN
    with pytest.raises(LimitError, match=r"Limits\(unzipped_bytes=…\)") as raised:
        open_package(content, Limits(unzipped_bytes=2**20), "docx")
    assert (raised.value.limit, raised.value.expected) == ("unzipped_bytes", str(2**20))
    deep = with_part("a.xml", "<a>" * 500 + "</a>" * 500)
    with pytest.raises(LimitError, match=r"Limits\(nesting=…\)"):
        open_package(deep, Limits(), "docx").parts["a.xml"]
    assert open_package(deep, Limits(nesting=500), "docx").parts["a.xml"].count(b"<a>") == 500


CONTENTS = st.dictionaries(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).map("word/{}.xml".format),
    st.binary(max_size=300_000 // 3).map(lambda data: b"<a><!--" + data.hex().encode() + b"--></a>"),
    max_size=4,
)


@given(contents=CONTENTS, stored=st.booleans())
def test_parts_come_out_as_they_went_in(contents: Mapping[str, bytes], stored: bool) -> None:
    """Against the standard library's own way to unpack; names that differ in case alone are one to Office."""
    names = {name.casefold(): name for name in contents}
    file = io.BytesIO(packed(PLAIN))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name in names.values():
            archive.writestr(name, contents[name])
    with zipfile.ZipFile(file) as archive:
        expected = {name: archive.read(name) for name in archive.namelist()}
    assert dict(open_package(file.getvalue(), Limits(), "docx").parts) == expected


@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(WHOLE)))
def test_damage_gives_the_same_report_or_one_of_our_errors(at: int, byte: int, cut: int) -> None:
    content = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    check_only_gipa_errors(content)
    reading = read(content)
    if reading.report is not None:
        # Nothing but names, times and sums outside of the parts that are read can change unnoticed.
        assert reading.report == REPORT
    if cut < len(WHOLE):
        with pytest.raises(GipaError):
            parse(WHOLE[:cut], format="docx")


def test_the_main_part_may_be_anywhere() -> None:
    main = PLAIN[MAIN]
    moved = {name: content for name, content in PLAIN.items() if name != MAIN}
    for target, name in (("/a/b.xml", "a/b.xml"), ("./a/../c.xml", "c.xml")):
        content = packed({**moved, "_rels/.rels": relations(officeDocument=target), name: main})
        package = open_package(content, Limits(), "docx")
        assert package.main() == name


@pytest.mark.parametrize("level", [0, 9])
def test_parts_of_any_size_come_out_whole(level: int) -> None:
    """Just above the size of a piece all input may be taken while some output, or the end, still waits."""
    for size in range(2**16, 2**16 + 300):
        file = io.BytesIO(packed(PLAIN))
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("a.bin", bytes(size), zipfile.ZIP_DEFLATED, level)
        assert set(open_package(file.getvalue(), Limits(), "docx").parts) == set(PLAIN)


def test_a_document_needs_nothing_but_its_text() -> None:
    needed = ("[Content_Types].xml", "_rels/.rels", MAIN)
    content = packed({name: PLAIN[name] for name in needed})
    assert open_package(content, Limits(), "docx").related(MAIN, "styles") == []
    assert [problem.code for problem in read(content).diagnostics] == ["not-a-report"]


def test_docx_made_by_hand_is_read() -> None:
    """Lest the packages above be refused for another reason."""
    assert [problem.code for problem in read(docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")).diagnostics] == [
        "not-a-report"
    ]
    assert open_package(packed(PLAIN), Limits(), "docx").related(MAIN, "styles") == ["word/styles.xml"]
