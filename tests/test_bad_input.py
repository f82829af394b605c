"""Whatever comes in: a clear error from ``parse``, the same as a diagnostic from ``read``."""

from __future__ import annotations

import io
import pickle
import random
from pathlib import Path

import pytest

import places
from gipa_reports import (
    CODES,
    FormatName,
    GipaError,
    InternalError,
    LimitError,
    Limits,
    MissingExtraError,
    ParseError,
    ReadError,
    UnknownFormatError,
    UnknownIdError,
    parse,
    read,
    render,
)
from gipa_reports.parsing import read_safely

SAMPLE = places.SAMPLE.read_text("utf-8")
LINES = SAMPLE.split("\n")
PAGE = str(render(parse(SAMPLE), "html")).replace("〔", "[").replace("〕", "]")
HEADINGS = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n五、存在的主要问题及改进情况\n"


def up_to(label: str) -> str:
    """The sample cut off before the row with ``label``."""
    return "\n".join(LINES[: next(number for number, line in enumerate(LINES) if label in line)])


def flat(markup: str) -> bytes:
    """The beginning of a document that is one XML file, and the sample in it."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup}<p>{SAMPLE}</p>'.encode()


CASES: dict[str, tuple[str | bytes, type[GipaError], str]] = {
    "empty": (b"", ParseError, "empty-source"),
    "white space": (" \n\t\n\u3000", ParseError, "empty-source"),
    "noise": (random.Random(1).randbytes(50_000), GipaError, ""),
    "zero bytes": (b"\0" * 1000, ReadError, "binary"),
    "news": ("青山区举办年度报告培训\n各单位学习了政府信息公开工作年度报告的编制要求。", ParseError, "not-a-report"),
    "index": ("\n".join(f"第{n}街道2023年政府信息公开工作年度报告" for n in range(30)), ParseError, "not-a-report"),
    "headings without tables": (HEADINGS, ParseError, "no-tables"),
    "three rows": ("规章\t1\t2\t3\n行政规范性文件\t1\t2\t3\n行政许可\t4\t\t", ParseError, "truncated-table"),
    "cut in a table": (up_to("重复申请"), ParseError, "truncated-table"),
    "cut before the last table": (up_to("四、政府信息公开"), ParseError, "truncated-table"),
    "cut in a row": (up_to("重复申请") + "\t\t2.重复申请\t1\t0", ParseError, "truncated-table"),
    "20 MB on one line": ("规章 1 2 3 " * 1_900_000, LimitError, "line-too-long"),
    "a label half a million times": ("规章\n" * 500_000, LimitError, "too-many-rows"),
    "a row half a million times": ("规章\t1\t2\t3\n" * 500_000, LimitError, "too-many-rows"),
    "a row three million times": ("规章\t1\t2\t3\n" * 3_000_000, LimitError, "too-many-lines"),
    "old line ends three million times": ("规章\t1\t2\t3\r" * 3_000_000, LimitError, "too-many-lines"),
    "a piece of a label half a million times": ("信息\n" * 500_000, ParseError, "not-a-report"),
    "two million digits": (SAMPLE.replace("\t9\t", "\t" + "9" * 2_000_000 + "\t", 1), LimitError, "figure-too-long"),
    "too large": (b" " * (64 * 1024 * 1024 + 1), LimitError, "too-large"),
    "undecodable": (SAMPLE.encode()[:500] + b"\xff\xff\xfe" + SAMPLE.encode()[500:], ReadError, "undecodable"),
    "a few bad bytes in a short text": (LINES[0].encode()[:-1] + b"\n" + LINES[2].encode(), ReadError, "undecodable"),
    "page in MHTML": (
        b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E5=B9=B4?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n' + SAMPLE.encode(),
        ReadError,
        "unsupported-format",
    ),
    "Word 2003 XML": (
        flat('<?mso-application progid="Word.Document"?><w:wordDocument/>'),
        ReadError,
        "unsupported-format",
    ),
    "Excel 2003 XML": (flat('<?mso-application progid="Excel.Sheet"?><Workbook/>'), ReadError, "unsupported-format"),
    "flat package": (
        flat('<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'),
        ReadError,
        "unsupported-format",
    ),
    "flat ODT": (
        flat('<office:document office:mimetype="application/vnd.oasis.opendocument.text"/>'),
        ReadError,
        "unsupported-format",
    ),
    "flat ODS": (
        b"\xef\xbb\xbf" + flat('<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'),
        ReadError,
        "unsupported-format",
    ),
    "PDF": (b"%PDF-1.7\n", ReadError, "broken-file"),
    "cut package": (b"PK\x03\x04" + b"x" * 50, ReadError, "broken-package"),
    "address": ("https://example.org/report.html", ReadError, "url"),
    "file name": ("report.txt", ReadError, "file-name"),
    "path": ("../云湖市 2020/年度报告.DOCX\n", ReadError, "file-name"),
    "words and a file name": ("附件\n年度报告.docx", ParseError, "not-a-report"),
    "deep page": ("<html><body>" + "<div>" * 2_000, LimitError, "nesting"),
    "very deep page": ("<html><body>" + "<div>" * 200_000, LimitError, "too-many-elements"),
    "wide cells": ("<table><tr><td colspan=900 rowspan=900>规章</td></tr></table>", LimitError, "too-many-cells"),
    "absurd span": ("<table><tr><td colspan=1000000000>规章</td></tr></table>", LimitError, "span-too-wide"),
    "glued cells": (
        SAMPLE.replace("规章\t", "规章555").replace("规章5550\t0\t0", "规章555"),
        ParseError,
        "glued-cells",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_parse_raises_what_read_says(name: str) -> None:
    source, error, code = CASES[name]
    if name == "PDF":
        pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    with pytest.raises(error) as raised:
        parse(source)
    assert raised.value.code == (code or raised.value.code)
    reading = read(source)
    assert raised.value.code in [problem.code for problem in reading.diagnostics]
    assert raised.value.code in CODES
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), str(again), again.__dict__) == (
        error if code else type(again),
        str(raised.value),
        again.__dict__,
    )


@pytest.mark.parametrize(
    ("name", "target"),
    [("Word 2003 XML", "docx"), ("flat ODT", "docx"), ("Excel 2003 XML", "xlsx"), ("flat ODS", "xlsx")],
)
def test_a_flat_file_is_refused_with_the_way_to_convert_it(name: str, target: str) -> None:
    (problem,) = read(CASES[name][0]).diagnostics
    assert f"save it as {target}, or let LibreOffice convert it: --convert" in problem.message("en")


def test_a_page_that_begins_as_xml_is_read() -> None:
    page = str(render(parse(SAMPLE), "html"))
    assert parse(b'<?xml version="1.0" encoding="UTF-8"?>\n' + page.encode()) == parse(SAMPLE)


def test_a_cut_document_gives_what_it_holds() -> None:
    reading = read(up_to("重复申请"))
    assert reading.report is not None
    whole = parse(SAMPLE)
    assert reading.report.disclosure == whole.disclosure
    assert reading.report.requests.received == whole.requests.received
    assert {str(cell.state) for cell in reading.report.requests.not_processed.duplicate} == {"absent"}
    for figure in reading.report.cells():
        if figure.state == "absent":
            assert reading.codes(figure.id), figure.id


def test_headings_without_tables_are_absent_never_zero() -> None:
    report = read(HEADINGS).report
    assert report is not None
    assert {str(figure.state) for figure in report.cells()} == {"absent"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_encodings(encoding: str) -> None:
    plain = SAMPLE.replace("〔", "[").replace("〕", "]")
    assert parse(plain.encode(encoding)) == parse(plain)


@pytest.mark.parametrize(
    ("encoding", "bad", "name", "count"),
    [
        ("utf-8", "本报告".encode()[:-1], "utf-8", "2"),
        ("utf-8-sig", b"\xff", "utf-8", "1"),
        ("utf-8", "网站".encode("gbk"), "utf-8", "2"),
        ("gbk", b"\xff", "gb18030", "1"),
        ("gbk", b"\x80", "gb18030", "1"),
        ("gbk", b"\xa0", "gb18030", "1"),
        ("gbk", "网站地".encode(), "gb18030", "1"),
    ],
)
def test_a_few_bad_bytes_do_not_spoil_a_long_page(encoding: str, bad: bytes, name: str, count: str) -> None:
    page = PAGE.replace("<title>", '<meta name="keywords" content="首页"><title>', 1).encode(encoding)
    reading = read(page.replace("首页".encode(name), bad, 1))
    assert reading.report == parse(PAGE)
    assert [(problem.code, problem.expected, problem.found) for problem in reading.diagnostics] == [
        ("bytes-replaced", name, count)
    ]


def test_a_bad_byte_in_a_figure_is_flagged() -> None:
    page = PAGE.encode("gbk")
    assert page.count(b">46<") == 1
    reading = read(page.replace(b">46<", b">4\xff6<"))
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions.mark == "4\ufffd6"
    assert reading.codes("disclosure.licensing.decisions") == ("figure-invalid",)


def test_more_bad_bytes_than_a_few_are_refused_in_a_page_of_any_length() -> None:
    page = (PAGE + "<p>地图</p>\n" * 5000).encode()
    assert [problem.code for problem in read(page + b"\xff\n" * 21).diagnostics] == ["undecodable"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_bad_byte_in_a_text_is_refused(encoding: str) -> None:
    plain = SAMPLE.replace("〔", "[").replace("〕", "]").encode(encoding)
    assert [problem.code for problem in read(b"\xff\n" + plain).diagnostics] == ["undecodable"]


def test_sources(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(SAMPLE, "utf-8")
    whole = parse(SAMPLE)
    assert parse(path) == whole
    assert parse(io.BytesIO(SAMPLE.encode())) == whole
    with pytest.raises(FileNotFoundError):
        parse(tmp_path / "none.txt")
    with pytest.raises(UnknownFormatError, match=r"format is one of .*html, .*markdown, .*text.*, not 'odt'"):
        parse(SAMPLE, format="odt")  # type: ignore[arg-type]
    with pytest.raises(UnknownFormatError, match=r"format is one of text, markdown, .*, not 'md'"):
        render(whole, "md")  # type: ignore[call-overload]
    with pytest.raises(ReadError, match="not-bytes"):
        parse(SAMPLE, format="docx")
    with pytest.raises(TypeError):
        parse(io.StringIO(SAMPLE))  # type: ignore[arg-type]
    for wrong in (3, None, [SAMPLE]):
        with pytest.raises(TypeError, match=f"^wrong-type: a source is a str, .*, not {type(wrong).__name__} "):
            parse(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_text_for_a_binary_format_is_a_problem_like_any_other(format: FormatName) -> None:
    (problem,) = read(SAMPLE, format=format).diagnostics
    assert (problem.code, problem.severity) == ("not-bytes", "error")
    assert "应给出bytes或路径" in problem.message("zh")
    assert "bytes or a path" in problem.message("en")


def test_a_source_that_is_too_large_says_how_large_as_far_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"x" * 50)
    found = [read(source, limits=Limits(bytes=10)).diagnostics[0].found for source in (path, b"x" * 50, "x" * 50)]
    assert found == ["more than 10 bytes", "50 bytes", "50 characters"]


def test_lines_removed_by_an_extractor_are_refused_by_name() -> None:
    """All repeated lines gone, as from a text in which each cell is a line."""
    cells = [cell for line in LINES for cell in (line.split("\t") if "\t" in line else [line]) if cell.strip()]
    reading = read("\n".join(dict.fromkeys(cells)))
    assert reading.error is not None
    assert reading.error.code == "deduplicated-lines"
    assert all(reading.codes(cell_id) for cell_id in ("requests.granted.total", "requests.denied.state_secret.total"))
    # The number of a page may fill the place of a line that is gone: no row of such a text is sure.
    assert reading.report is not None
    assert [cell.id for cell in reading.report.cells() if cell.value is not None and not reading.codes(cell.id)] == []


def test_a_glued_figure_is_split_where_there_is_one_way() -> None:
    reading = read(SAMPLE.replace("行政许可\t", "行政许可"))
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions == parse(SAMPLE).disclosure.licensing.decisions
    assert reading.codes("disclosure.licensing.decisions") == ("figure-glued",)


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("46\u200b", 46, ()),
        ("\ufeff46", 46, ()),
        ("4\u00ad6", 46, ()),
        ("\u200e46\u200d", 46, ()),
        ("\u202a46\u202c", 46, ()),
        ("\u206046\u200c", 46, ()),
        ("\u200b", None, ()),
        ("\ufeff", None, ()),
        # What may part two figures, and what shows them from right to left.
        ("4\u200b6", 46, ("figure-split",)),
        ("\u202e64\u202c", None, ("figure-invalid",)),
        ("\u200f5-", None, ("figure-invalid",)),
    ],
)
def test_characters_that_nobody_sees_are_no_part_of_a_figure(
    text: str, value: int | None, flags: tuple[str, ...]
) -> None:
    reading = read(SAMPLE.replace("行政许可\t46", f"行政许可\t{text}"))
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions.value == value
    assert reading.codes("disclosure.licensing.decisions") == flags


def test_characters_that_no_line_can_hold_are_made_visible() -> None:
    """Control characters and lone surrogates, in title, prose, stated facts, cells, and cells that can't be placed."""
    text = "报告机关：甲\x01局\n" + SAMPLE.replace("行政许可\t46", "行政许可\t4\x026").replace("栏目", "栏\x00目\ud800")
    text = text.replace("1\t0\t0\t1\t2\t0", "1 \x03 0 1 2 0 9\t0\t0\t0\t0\t0\t0")
    reading = read(text)
    assert reading.report is not None
    assert reading.report.disclosure.licensing.decisions.mark == "4\ufffd6"
    assert reading.codes("disclosure.licensing.decisions") == ("figure-invalid",)
    assert reading.report.sections.problems is not None
    assert reading.report.sections.problems.paragraphs[0].startswith("栏\ufffd目\ufffd")


def test_flags_of_an_id_that_no_form_has_are_an_error() -> None:
    reading = read(SAMPLE)
    assert reading.codes("requests.received.total") == ()
    assert reading.codes("disclosure.procurement.amount") == ()  # of the other edition's form
    for nothing in ("requests.recieved.total", "requests.received", "requests", ""):
        with pytest.raises(UnknownIdError) as caught:
            reading.codes(nothing)
        assert (caught.value.code, caught.value.found) == ("unknown-id", nothing)
        with pytest.raises(UnknownIdError):
            read("两斤苹果，一把葱。").codes(nothing)


# --- many sources ----------------------------------------------------------------------------------------------------


def test_reading_safely_is_reading() -> None:
    assert read_safely(SAMPLE).report == parse(SAMPLE)
    reading = read_safely(b"")
    assert (reading.report, reading.diagnostics) == (None, read(b"").diagnostics)


@pytest.mark.parametrize(
    ("raised", "kind", "code", "found"),
    [
        (KeyError("a row"), InternalError, "internal-error", "KeyError: 'a row' ("),
        (RecursionError("too deep"), InternalError, "internal-error", "RecursionError: too deep ("),
        (MemoryError(), LimitError, "too-much-memory", "the reading was ended"),
        (PermissionError(13, "Permission denied"), ReadError, "cannot-read", "Permission denied"),
        (MissingExtraError.of("PDF", "paper", "pdf"), MissingExtraError, "missing-extra", "paper"),
    ],
)
def test_whatever_a_source_raises_is_its_error(
    raised: Exception, kind: type[GipaError], code: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("gipa_reports.parsing.reading.read_document", broken)
    with pytest.raises(type(raised)):
        read(SAMPLE)
    reading = read_safely(SAMPLE, name="a.txt")
    (problem,) = reading.diagnostics
    assert reading.report is None
    assert type(reading.error) is kind
    assert reading.error.code == problem.code == code
    assert problem.found is not None
    assert problem.found.startswith(found)
    for lang in ("en", "zh"):
        assert "?" not in problem.message(lang)
    assert problem.found in problem.message()
    again = pickle.loads(pickle.dumps(reading.error))
    assert (type(again), again.__dict__) == (kind, reading.error.__dict__)


def test_an_internal_error_names_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a row")

    monkeypatch.setattr("gipa_reports.parsing.reading.read_document", broken)
    path = tmp_path / "report.txt"
    path.write_text(SAMPLE, "utf-8")
    with path.open("rb") as file:
        for source, name in ((path, str(path)), (file, str(path)), (SAMPLE, None), (io.BytesIO(b"x"), None)):
            error = read_safely(source).error
            assert isinstance(error, InternalError)
            assert error.source == name
            assert name is None or str(error).startswith(f"internal-error: {name}: ")


def test_a_format_that_there_is_not_is_no_fault_of_a_source() -> None:
    with pytest.raises(UnknownFormatError):
        read_safely(SAMPLE, format="papyrus")  # type: ignore[arg-type]
