"""PDF files: by LibreOffice and Chromium, by hand, and with something wrong with them."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from gipa_reports import (
    GipaError,
    LimitError,
    Location,
    MissingExtraError,
    ReadError,
    Reading,
    parse,
    picture,
    read,
    render,
)
from gipa_reports.cli import cli
from gipa_reports.document import COVERED_BELOW, Paragraph, Table
from gipa_reports.limits import DEFAULT, Limits
from gipa_reports.readers import child
from gipa_reports.readers import pdf as reader
from pdf_files import Page, bomb, pdf, stream, written
from places import DATA, ROOT

pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")

EXAMPLES = ROOT / "examples"
HERE = Limits(seconds=None, memory=None)
"""No child: a second less for each file, and the coverage counts."""

RULED = (DATA / "writer_ruled.pdf").read_bytes()


def blocks(content: bytes) -> list[list[list[str]] | str]:
    """What a reader makes of a file: paragraphs as texts, tables as lists of rows."""
    found: list[list[list[str]] | str] = []
    for block in reader.read_document(content, HERE).blocks:
        if isinstance(block, Table):
            found.append([list(row.cells) for row in block.rows])
        else:
            assert isinstance(block, Paragraph)
            found.append(block.text)
    return found


def here(content: bytes) -> Reading:
    return read(content, limits=HERE)


def figures(reading: Reading, table: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    assert reading.report is not None
    rows: dict[str, list[str]] = {}
    for cell in reading.report.cells():
        if cell.id.startswith(table + "."):
            rows.setdefault(cell.id.rpartition(".")[0], []).append(cell.text)
    return list(rows.values())


def flagged(reading: Reading) -> dict[str, tuple[str, ...]]:
    assert reading.report is not None
    return {cell.id: flags for cell in reading.report.cells() if (flags := reading.codes(cell.id))}


# --- files by other software -------------------------------------------------------------------------------------

# writer_ruled.pdf, made by LibreOffice from a Word document, as it looks on paper: columns so narrow that figures are
# wrapped digit by digit, no heading repeated, rows and headings cut by page breaks, a running head, page numbers.
REQUESTS = """
3746 1208 0 15 304 27 5300
212 36 0 0 8 1 257
2101 640 0 9 177 12 2939
488 131 0 1 40 3 663
0 0 0 0 0 0 0
3 0 . 0 0 0 3
0 0 0 0 0 0 0
64 22 0 0 5 0 91
17 6 0 0 2 0 25
29 11 0 1 3 0 44
8 2 0 0 1 0 11
105 19 0 0 6 2 132
731 240 0 2 44 6 1023
52 20 0 0 7 1 80
11 3 0 0 0 0 14
96 14 0 1 2 0 113
41 8 0 0 1 0 50
/ 0 0 0 0 0 /
6 0 0 0 0 0 6
2 1 0 0 0 0 3
19 7 0 0 2 0 28
0 0 0 0 0 0 0
33 12 0 1 3 1 50
3806 1136 0 15 293 25 5275
152 108 . 0 19 3 282
"""
SPLIT = (
    "requests.unavailable.still_unclear.natural_person",
    "requests.unavailable.still_unclear.total",
    "proceedings.litigation_after_reconsideration.upheld",
    "proceedings.litigation_after_reconsideration.total",
)
"""The figures of which a page break cut the row: put together, and flagged."""


def test_rules_narrow_columns_and_page_breaks() -> None:
    reading = here(RULED)
    digits = [[cell.replace(" ", "") for cell in row] for row in figures(reading, "requests")]
    assert digits == [[cell.strip(".") for cell in line.split()] for line in REQUESTS.strip().split("\n")]
    assert figures(reading, "disclosure") == [
        ["0", "0", "0"], ["13", "", "127"], ["20468"], ["1593"], ["/"], ["47825.63"],
    ]  # fmt: skip
    assert [[cell.replace(" ", "") for cell in row] for row in figures(reading, "proceedings")] == [
        ["41", "5", "2", "3", "51"], ["18", "4", "1", "12", "35"], ["1026", "0", "0", "", "1026"],
    ]  # fmt: skip
    assert flagged(reading) == dict.fromkeys(SPLIT, ("figure-split",))
    assert reading.report is not None
    assert [reading.report[cell_id].value for cell_id in SPLIT] == [11, 14, 1026, 1026]
    assert (reading.report.agency, reading.report.year) == ("云岭县住房和城乡建设局", 2023)


def test_rules_prose_and_page_marks() -> None:
    reading = here(RULED)
    assert reading.report is not None
    assert reading.report.title == "云岭县住房和城乡建设局2023年政府信息公开工作年度报告"
    overview, problems = reading.report.sections.overview, reading.report.sections.problems
    assert overview is not None
    assert problems is not None
    assert overview.paragraphs[0] == "本报告由云岭县住房和城乡建设局编制，统计期限自2023年1月1日起至2023年12月31日止。"
    assert [paragraph[:3] for paragraph in overview.paragraphs[1:]] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
        "（五）",
    ]
    assert problems.paragraphs == (
        "栏目名称与居民的叫法不一致，检索不便。县局已请各社区逐条提出改名建议，并于年底前完成替换。",
    )
    assert [(place.page, place.text) for place in reading.unparsed] == [
        (page, text) for page in (1, 2, 3, 4) for text in ("云岭县住房和城乡建设局信息公开", f"—{page}—")
    ]


def test_rules_places() -> None:
    places = here(RULED).locations
    cells = ("disclosure.licensing.decisions", "requests.granted.business", "requests.carried_out.total")
    assert [str(places[cell]) for cell in cells] == [
        "page 1, table 1, row 7, column 2",
        "page 2, table 2, row 6, column 5",
        "page 3, table 2, row 28, column 10",
    ]
    assert places["requests.granted.business"].text == "640"


def test_chromium() -> None:
    """Borders are rectangles, radicals stand for characters, and each page has the date and the address on it."""
    content = (DATA / "chromium_2019.pdf").read_bytes()
    reading = here(content)
    assert reading.report == parse(EXAMPLES / "city_bureau_2020.md")
    assert flagged(reading) == {}
    assert len(reading.unparsed) == 6
    assert reading.unparsed[-1].text.endswith("3/3")


def test_no_rules() -> None:
    """LibreOffice knows no style of `td`, so that the tables of our page have no rules there; blank cells and all."""
    reading = here((DATA / "writer_no_rules.pdf").read_bytes())
    assert reading.report == parse(DATA / "sample_2021.txt")
    assert flagged(reading) == {}
    assert {problem.code for problem in reading.diagnostics} == {"label-missing"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not on the PATH")
@pytest.mark.parametrize("border", ["0", "1"])
def test_our_page_through_libreoffice(tmp_path: Path, border: str) -> None:
    whole = parse(EXAMPLES / "subdistrict_2023.txt")
    page = tmp_path / "report.html"
    page.write_text(render(whole, "html").replace("<table ", f'<table border="{border}" cellspacing="0" '), "utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(page)], check=True, capture_output=True, timeout=120)
    reading = read(tmp_path / "report.pdf")
    assert reading.report is not None
    wrong = {cell.id for cell in whole.cells() if reading.report[cell.id] != whole[cell.id]}
    assert wrong <= flagged(reading).keys()
    assert not wrong if border == "1" else len(wrong) < 200


# --- grids ---------------------------------------------------------------------------------------------------------

NARROW = [72, 200, 222, 244, 266]
WIDE = [72, 200, 300, 400, 500]
LINE = re.compile(r"(\S+) (\S+) m (\S+) (\S+) l S")
INK = "/ColorSpace<</Separation[/Separation/Black/DeviceGray<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>]>>"
HEAD = ["信息内容", "本年制\n发件数", "本年废\n止件数", "现行有\n效件数"]
COLUMNS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def test_a_figure_wrapped_in_a_narrow_cell_is_one() -> None:
    page = Page()
    page.table(NARROW, 100, [["规章", "374\n6", "0", ""], ["行政规\n范性文件", "1", "12.\n5", "7"]])
    assert blocks(pdf(page)) == [[["规章", "3746", "0", ""], ["行政规范性文件", "1", "12.5", "7"]]]


def test_two_figures_in_a_wide_cell_are_not_one_figure() -> None:
    page = Page()
    page.table(WIDE, 100, [COLUMNS, ["规章", "3\n5", "0", "1"], ["行政规范性文件", "3", "0", "1"]])
    assert blocks(pdf(page)) == [[COLUMNS, ["规章", "3 5", "0", "1"], ["行政规范性文件", "3", "0", "1"]]]
    assert "figure-split" in here(pdf(page)).codes("disclosure.regulations.issued")
    assert "figure-split" not in here(pdf(page)).codes("disclosure.normative_documents.issued")


def test_a_figure_that_runs_over_its_cell_is_no_figure() -> None:
    """Whether 37465 and 0, or 374 and 650, cannot be told: neither is read."""
    page = Page()
    page.table(NARROW, 100, [COLUMNS, ["规章", "37465", "0", "1"]])
    table = blocks(pdf(page))[0]
    assert table[1] == ["规章", "3746\ufffd", "\ufffd\ufffd\ufffd", "1"]


def test_sides_may_be_open() -> None:
    page = Page()
    page.table(WIDE, 100, [COLUMNS, ["规章", "1", "", "3"]], sides=False)
    page.line(72, 50, 500, 50).line(72, 800, 500, 800)
    assert blocks(pdf(page)) == [[COLUMNS, ["规章", "1", "", "3"]]]


def test_a_cell_whose_rules_do_not_close_keeps_its_figure() -> None:
    page = Page()
    for x in WIDE:
        page.line(x, 100, x, 160)
    page.line(72, 100, 500, 100).line(72, 160, 500, 160).line(72, 130, 300, 130).line(400, 130, 500, 130)
    page.text(75, 120, "规章").text(210, 120, "1").text(310, 120, "2").text(410, 120, "3")
    page.text(75, 150, "行政规范性文件").text(210, 150, "4").text(410, 150, "6")
    # The third column has no rule between the rows: one cell over both, and marked so in the second.
    assert blocks(pdf(page)) == [[["规章", "1", "2", "3"], ["行政规范性文件", "4", COVERED_BELOW, "6"]]]


def test_printed_twice_is_bold_and_printed_over_is_no_figure() -> None:
    page = Page()
    page.table(WIDE, 100, [COLUMNS, ["规章", "37", "5", "8"]])
    page.text(203.2, 133, "37").text(303.3, 133, "7")
    assert blocks(pdf(page))[0][1] == ["规章", "37", "\ufffd", "8"]


def test_figures_at_the_foot_of_pages_are_no_running_heads() -> None:
    """Rows of figures alone at one height of two pages, and a figure that is its page's number with words below it."""
    first = Page().text(60, 100, "甲").text(60, 788, "0    0    3").text(60, 812, "1")
    second = Page().text(60, 100, "乙").text(60, 770, "2").text(60, 788, "7    0    0").text(60, 812, "2")
    document = reader.read_document(pdf(first, second), HERE)
    assert [line.text for line in document.aside] == ["1", "2"]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "甲",
        "0 0 3",
        "乙",
        "2",
        "7 0 0",
    ]


def test_a_watermark_is_set_aside() -> None:
    page = Page()
    page.table(WIDE, 100, [COLUMNS, ["规章", "1", "2", "3"]])
    page.text(180, 180, "内部资料5", 40, "0.7 0.7 -0.7 0.7")
    document = reader.read_document(pdf(page), HERE)
    assert [line.text for line in document.aside] == ["内部资料5"]
    assert blocks(pdf(page)) == [[COLUMNS, ["规章", "1", "2", "3"]]]


def row(page: Page, *cells: str, resources: str = "", entries: str = "") -> list[str]:
    """What is read of a row, drawn from 120 to 140 on a page with more on it."""
    page.table(WIDE, 100, [COLUMNS, ["规章", *cells]])
    table = blocks(pdf(page, resources=resources, entries=entries))[0]
    assert table[0] == COLUMNS
    return list(table[1])


def test_a_digit_with_a_rule_through_it_is_no_figure() -> None:
    page = Page().line(203, 129.5, 208, 129.5).draw("303 712 10 0.6 re f")
    assert row(page, "57", "48", "3") == ["规章", "\ufffd7", "\ufffd\ufffd", "3"]
    underlined = Page().line(203, 134.5, 213, 134.5)
    assert row(underlined, "57", "48", "3") == ["规章", "57", "48", "3"]


def test_a_figure_that_stands_askew_in_a_cell_is_not_read_as_blank() -> None:
    page = Page().text(215, 136, "7", turn="0 1 -1 0").text(303, 133, "86", turn="0.98 0.2 -0.2 0.98")
    assert row(page, "", "", "3") == ["规章", "\ufffd", "\ufffd", "3"]
    assert [line.text for line in reader.read_document(pdf(page), HERE).aside] == ["786"]


def test_a_smaller_digit_beside_a_figure_is_not_a_part_of_it() -> None:
    page = Page().text(208, 134, "2", 6).text(308, 133, "2", 9)
    assert row(page, "7", "7", "3") == ["规章", "7\ufffd2", "72", "3"]


def test_a_digit_that_no_one_sees_is_no_figure() -> None:
    page = Page().draw("1 1 1 rg").text(208, 133, "8").draw("0 0 0 0 k").text(308, 133, "8").draw("0 g")
    page.text(408.3, 133, "8", 1)
    assert row(page, "7", "7", "7") == ["规章", "7\ufffd", "7\ufffd", "7\ufffd"]


CLEAR = "/ExtGState<</C<</ca 0/CA 0>>/S<</CA 0>>/N<</ca 1/CA 1>>/X 7>>"
UNSEEN: dict[str, tuple[str, bool]] = {
    "painted in no way": ("3 Tr", True),
    "only a border of others": ("7 Tr", True),
    "transparent": ("/C gs", True),
    "transparent, then something else": ("/C gs /X gs /Y gs", True),
    "in a place where it is transparent": ("/N gs q /C gs", True),
    "transparent and stroked": ("/S gs 1 Tr", True),
    "stroked": ("1 Tr", False),
    "filled, its stroke transparent": ("/S gs 2 Tr", False),
    "opaque again": ("/C gs /N gs", False),
    "behind a place where it was transparent": ("q /C gs 3 Tr Q Q", False),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_a_digit_that_is_not_painted_is_no_figure(name: str) -> None:
    before, unseen = UNSEEN[name]
    found = row(Page().draw(f"q {before}").text(208, 133, "8").draw("Q 0 Tr"), "7", "7", "7", resources=CLEAR)
    assert found == ["规章", "7\ufffd" if unseen else "78", "7", "7"]


@pytest.mark.parametrize(
    ("before", "inside", "unseen"),
    [
        ("", "", False),
        ("/C gs", "/N gs", False),
        ("/C gs", "", True),
        ("3 Tr", "", True),
        ("3 Tr", "0 Tr", False),
        ("", "/C gs", True),
    ],
)
def test_a_form_is_painted_as_the_page_says(before: str, inside: str, unseen: bool) -> None:
    page = Page().draw(f"q {before} /X Do Q")
    page.table(WIDE, 100, [COLUMNS, ["规章", "7", "7", "7"]])
    drawn = Page().draw(inside).text(208, 133, "8").content()
    inner = f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>{CLEAR}>>"
    content = pdf(page, more={5: stream(zlib.compress(drawn), inner)}, resources="/XObject<</X 5 0 R>>" + CLEAR)
    assert blocks(content) == [[COLUMNS, ["规章", "7\ufffd" if unseen else "78", "7", "7"]]]


@pytest.mark.parametrize(
    ("matrix", "entries"),
    [
        ("1 0 0 1 0 0", "/CropBox[0 0 350 842]"),
        ("0 1 -1 0 942 50", "/Rotate 90/MediaBox[100 50 942 645]/CropBox[100 50 942 400]"),
    ],
)
def test_a_digit_that_is_cut_off_from_the_page_is_no_figure(matrix: str, entries: str) -> None:
    page = Page().draw(f"{matrix} cm")
    page.table(WIDE, 100, [COLUMNS, ["规章", "1", "2", "3"]])
    assert blocks(pdf(page, entries=entries)) == [[[*COLUMNS[:3], ""], ["规章", "1", "2", "\ufffd"]]]


def test_white_digits_on_a_colour_are_seen() -> None:
    page = Page().draw("0.2 0.5 0.8 rg 200 702 300 20 re f 1 1 1 rg").text(208, 133, "8").draw("0 g")
    page.draw("/Separation cs 1 sc").text(308, 133, "8").draw("0 g")
    assert row(page, "7", "7", "7", resources=INK) == ["规章", "78", "78", "7"]


FIELD = "/Subtype/Widget/FT/Tx/Rect[210 705 240 719]"
TYPED = {
    "field": (FIELD + "/V(57)", True),
    "choice": (FIELD + "/V[(57)]", True),
    "field of a field": (FIELD + "/Parent<</V(57)>>", True),
    "note": ("/Subtype/FreeText/Rect[210 705 240 719]/Contents(57)", True),
    "note whose corners are the other two": ("/Subtype/FreeText/Rect[240 719 210 705]", True),
    "empty field": (FIELD + "/V<FEFF>", False),
    "field without a text": (FIELD, False),
    "signature": (FIELD + "/V<</Type/Sig>>", False),
    "hidden field": (FIELD + "/V(57)/F 2", False),
    "link": ("/Subtype/Link/Rect[210 705 240 719]", False),
    "note that touches the cell": ("/Subtype/FreeText/Rect[210 690 240 704]", False),
    "note without a place": ("/Subtype/FreeText", False),
    "note at no place": ("/Subtype/FreeText/Rect[210 705 240 null]", False),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_cell_with_something_typed_over_it_is_not_read_as_blank(name: str) -> None:
    entries, marked = TYPED[name]
    assert row(Page(), "", "2", "3", entries=f"/Annots[<<{entries}>> null]") == ["规章", "\ufffd" * marked, "2", "3"]


@pytest.mark.parametrize("entries", ["/Annots 7", "/Annots[7 (text)]"])
def test_what_is_no_annotation_is_passed_over(entries: str) -> None:
    assert row(Page(), "", "2", "3", entries=entries) == ["规章", "", "2", "3"]


TURNS: dict[str, tuple[str, str, str]] = {
    "upright": ("1 0 0 1 100 50", "/Rotate 0/MediaBox[100 50 695 892]", "315 755 340 769"),
    "to the right": ("0 1 -1 0 842 0", "/Rotate 90/MediaBox[0 0 842 595]", "137 215 123 240"),
    "to the right, from another corner": ("0 1 -1 0 942 50", "/Rotate 90/MediaBox[100 50 942 645]", "237 265 223 290"),
    "on its head": ("-1 0 0 -1 695 892", "/Rotate -180/MediaBox[100 50 695 892]", "480 187 455 173"),
    "to the left": ("0 -1 1 0 100 645", "/Rotate 270/MediaBox[100 50 942 645]", "805 430 819 405"),
}
"""How the content stands in the file, what the page says, and where a note is over the first figure."""


@pytest.mark.parametrize("name", TURNS)
def test_a_page_is_read_as_it_is_shown(name: str) -> None:
    matrix, entries, place = TURNS[name]
    turned = Page().draw(f"{matrix} cm")
    turned.table(WIDE, 100, [COLUMNS, ["规章", "", "", "30"], ["行政规范性文件", "42", "5", ""]])
    rows = [COLUMNS, ["规章", "", "", "30"], ["行政规范性文件", "42", "5", ""]]
    assert blocks(pdf(turned, entries=entries)) == [rows]
    note = f"/Annots[<</Subtype/FreeText/Rect[{place}]>>]"
    assert blocks(pdf(turned, entries=entries + note)) == [[COLUMNS, ["规章", "\ufffd", "", "30"], rows[2]]]


def test_a_page_that_lies_on_its_side_is_refused_with_what_to_do() -> None:
    page = Page()
    page.table(WIDE, 100, [COLUMNS, ["规章", "1", "2", "3"]])
    for turn in (90, 180, 270):
        with pytest.raises(ReadError, match="turn its pages") as raised:
            blocks(pdf(page, entries=f"/Rotate {turn}"))
        assert raised.value.code == "scanned-pdf"


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    first, second = Page(), Page()
    first.table(WIDE, 700, [COLUMNS, ["规章", "1", "2", "3"], ["行政规范", "374", "", ""]])
    second.table(WIDE, 60, [COLUMNS, ["性文件", "6", "8", ""]])
    assert blocks(pdf(first, second)) == [
        [COLUMNS, ["规章", "1", "2", "3"], ["行政规范性文件", "374 6", "8", ""], COLUMNS]
    ]


def test_a_row_after_a_page_break_is_a_row_of_its_own() -> None:
    first, second = Page(), Page()
    first.table(WIDE, 700, [COLUMNS, ["规章", "1", "2", "3"]])
    second.table(WIDE, 60, [["行政规范性文件", "6", "8", ""], ["局内规定", "1", "1", "1"]])
    rows = [COLUMNS, ["规章", "1", "2", "3"], ["行政规范性文件", "6", "8", ""], ["局内规定", "1", "1", "1"]]
    assert blocks(pdf(first, second)) == [rows]


def test_the_row_below_a_heading_is_no_rest_of_it() -> None:
    """The figures of 四 have no label: after a page break they are figures, not the end of the column names."""
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
    first, second = Page(), Page()
    first.table(WIDE, 700, [names])
    first.text(297, 800, "1")
    second.table(WIDE, 60, [["4", "", "0", "1"]])
    second.text(297, 800, "2")
    assert blocks(pdf(first, second)) == [[names, ["4", "", "0", "1"]]]
    document = reader.read_document(pdf(first, second), HERE)
    assert [line.text for line in document.aside] == ["1", "2"]


def test_figures_below_the_heading_of_another_table_are_no_rest_of_the_row_above() -> None:
    """A heading that is not that of the page before begins a table: so do those of 四 where all tables are one."""
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
    first, second = Page(), Page()
    first.table(WIDE, 700, [COLUMNS, ["规章", "1", "2", "3"]])
    second.table(WIDE, 60, [names, ["4", "", "0", "1"]])
    assert blocks(pdf(first, second)) == [[COLUMNS, ["规章", "1", "2", "3"], names, ["4", "", "0", "1"]]]


def test_a_table_goes_on_where_the_label_of_a_group_has_no_rule_at_its_left() -> None:
    """Word draws the left side of the table alone; of the cells of a group only those beside them have rules."""
    first, second = Page(), Page()
    first.table(WIDE, 700, [["（六）其他处理", "3.其他", "5", "6"], ["（七）总计", "1.信访举报", "7", "8"]])
    second.table(WIDE[1:], 60, [["投诉类申请", "", ""], ["2.重复申请", "1", "2"]])
    assert blocks(pdf(first, second)) == [
        [
            ["（六）其他处理", "3.其他", "5", "6"],
            ["（七）总计", "1.信访举报投诉类申请", "7", "8"],
            ["", "2.重复申请", "1", "2"],
        ]
    ]


def test_the_label_of_a_group_without_a_rule_at_its_left_stands_beside_its_rows() -> None:
    """It spans all rows of a page: nothing but the rule at its right is drawn there."""
    first, second, third = Page(), Page(), Page()
    first.table(WIDE, 700, [["总计", "", "5", "6"]])
    second.table(WIDE[1:], 60, [["（一）予以公开", "1", "2"], ["（二）部分公开", "3", "4"]])
    second.text(75, 75, "三、本年度").text(75, 88, "办理结果")
    third.table(WIDE, 60, [["", "（七）总计", "7", "8"]])
    assert blocks(pdf(first, second, third)) == [
        [
            ["总计", "", "5", "6"],
            ["三、本年度办理结果", "（一）予以公开", "1", "2"],
            ["", "（二）部分公开", "3", "4"],
            ["", "（七）总计", "7", "8"],
        ]
    ]
    second.text(75, 101, "说明")
    assert "说明" in "".join(part for part in blocks(pdf(first, second, third)) if isinstance(part, str))


def test_a_table_that_a_page_break_leaves_open_is_closed() -> None:
    """Browsers draw no rule at the foot of the one page, and none at the head of the next."""
    first, second = Page(), Page()
    end = first.table(WIDE, 700, [COLUMNS, ["规章", "1", "2", "3"]])
    for x, cell in zip(WIDE, ["行政规范", "4", "", "6"], strict=False):
        first.line(x, end, x, end + 30).text(x + 3, end + 13, cell)
        second.line(x, 60, x, 90)
    first.line(500, end, 500, end + 30)
    second.line(500, 60, 500, 90).text(75, 73, "性文件").table(WIDE, 90, [["局内规定", "", "8", "9"]])
    rows = [COLUMNS, ["规章", "1", "2", "3"], ["行政规范性文件", "4", "", "6"], ["局内规定", "", "8", "9"]]
    assert blocks(pdf(first, second)) == [rows]


def test_no_rule_is_added_across_one_that_goes_on() -> None:
    page = Page().line(72, 100, 500, 100).line(200, 160, 400, 160).line(72, 100, 72, 130).line(500, 100, 500, 130)
    for x in (200, 300, 400):
        page.line(x, 100, x, 160)
    page.text(210, 120, "规章").text(310, 120, "1").text(310, 150, "2")
    assert blocks(pdf(page)) == [[["规章", "1 2"]]]


def test_dotted_rules_are_rules() -> None:
    """Browsers draw each dot by itself, thousands on a page."""
    solid, dotted = Page(), Page()
    rows = [COLUMNS, ["规章", "1", "", "3"], ["行政规范性文件", "4", "", "6"]]
    solid.table(WIDE, 100, rows)
    for x, y, to_x, to_y in LINE.findall(solid.content().decode()):
        for along in range(0, 430, 2):
            if float(x) + along <= float(to_x) and y == to_y:
                dotted.draw(f"{float(x) + along} {y} 1 1 re f")
            if float(y) - along >= float(to_y) and x == to_x:
                dotted.draw(f"{x} {float(y) - along} 1 1 re f")
    for x, cells in zip(WIDE, zip(*rows, strict=True), strict=False):
        for number, cell in enumerate(cells):
            dotted.text(x + 3, 113 + 20 * number, cell)
    assert blocks(pdf(dotted)) == [rows]


def test_rules_that_are_hardly_askew_are_straight() -> None:
    """What a page was turned by leaves a trace in the last digits."""
    page = Page().draw("1 0.0000001 -0.0000001 1 0 0 cm")
    page.table(NARROW, 100, [["规章", "374\n6", "0", ""], ["行政规范性文件", "1", "", "7"]])
    assert blocks(pdf(page)) == [[["规章", "3746", "0", ""], ["行政规范性文件", "1", "", "7"]]]


@pytest.mark.parametrize("drawn", ["1 g 72 20 428 802 re f 0 g", "0.5 G 72 20 428 802 re S 0 G"])
def test_what_is_around_the_whole_text_makes_no_cells(drawn: str) -> None:
    """A background or a border as wide as the tables."""
    page = Page().draw(drawn)
    page.text(72, 60, "云岭县统计局2023年政府信息公开工作年度报告", 16).text(72, 90, "二、主动公开政府信息情况", 14)
    page.table(WIDE, 110, [COLUMNS, ["规章", "1", "2", "3"]])
    page.text(72, 170, "三、收到和处理政府信息公开申请情况", 14).text(72, 190, "收到的申请都已答复。")
    page.table(WIDE, 210, [["行政许可", "6", "", ""]])
    page.text(72, 260, "四、政府信息公开行政复议、行政诉讼情况", 14)
    assert blocks(pdf(page)) == [
        "云岭县统计局2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        [COLUMNS, ["规章", "1", "2", "3"]],
        "三、收到和处理政府信息公开申请情况",
        "收到的申请都已答复。",
        [["行政许可", "6", "", ""]],
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_what_is_white_behind_the_lines_of_a_paragraph_makes_no_cells() -> None:
    """As behind what is pasted into Word from a web page."""
    page = Page().draw("1 1 1 rg 72 738 400 15 re f 72 723 400 15 re f 0 g")
    page.text(92, 100, FULL[2:]).text(72, 115, "到此为止。")
    assert blocks(pdf(page)) == [FULL[2:] + "到此为止。"]


def test_white_cells_on_black_are_a_table() -> None:
    page = Page().draw("0 g 72 700 420 42 re f 1 g")
    for number, row in enumerate((COLUMNS, ["规章", "1", "2", "3"])):
        for x, cell in zip((73, 178, 283, 388), row, strict=True):
            page.draw(f"1 g {x} {722 - 21 * number} 103 19 re f 0 g").text(x + 3, 114 + 21 * number, cell)
    assert blocks(pdf(page)) == [[COLUMNS, ["规章", "1", "2", "3"]]]


def test_tables_on_two_pages_with_prose_between_are_two() -> None:
    first, second = Page(), Page()
    first.table(WIDE, 700, [COLUMNS, ["规章", "1", "2", "3"]])
    second.text(72, 50, "三、收到和处理政府信息公开申请情况").table(WIDE, 60, [["行政许可", "6"]])
    assert [type(block) for block in blocks(pdf(first, second))] == [list, str, list]


# --- no rules ------------------------------------------------------------------------------------------------------


def unruled(
    *lines: str,
    xs: tuple[int, ...] = (72, 220, 320, 420),
    pitch: float = 20,
    more: Page | None = None,
    entries: str = "",
) -> bytes:
    """Lines of cells parted by bars, at these places, on a page with ``more`` on it."""
    page = (more or Page()).text(72, 60, "二、主动公开政府信息情况", 14)
    for number, line in enumerate(lines):
        for x, cell in zip(xs, line.split("|"), strict=False):
            if cell:
                page.text(x, 90 + pitch * number, cell)
    return pdf(page, entries=entries)


HEADED = ("|第二十条第（一）项", "信息内容|本年制发件数|本年废止件数|现行有效件数")


def test_words_stand_in_the_columns_above_them() -> None:
    content = unruled(*HEADED, "规章|1||12", "行政规范性文件||7|不适用")
    assert blocks(content)[1:] == [
        [["第二十条第（一）项", "", "", ""], COLUMNS, ["规章", "1", "", "12"], ["行政规范性文件", "", "7", "不适用"]]
    ]


def test_labels_over_several_lines_stand_beside_their_figures() -> None:
    content = unruled(*HEADED, "规章|1|0|12", "行政规范", "|374|7|5", "性文件", pitch=9)
    assert blocks(content)[1][3] == ["行政规范性文件", "374", "7", "5"]


def test_a_figure_wrapped_without_rules_is_not_read() -> None:
    """374 over 6 are two lines of figures; whose, only a rule could show."""
    reading = here(unruled(*HEADED, "规章|374|0|12", "|6", "行政规范性文件|1|7|5"))
    assert [problem.code for problem in reading.diagnostics if problem.code == "table-unread"] == ["table-unread"]
    assert reading.report is not None
    assert {str(cell.state) for cell in reading.report.disclosure.regulations} == {"absent"}
    assert "374" in " ".join(place.text for place in reading.unparsed)


ROWS = (*HEADED, "规章|1||12", "行政规范性文件|5|7|8")
"""The first row of figures stands from 120 to 130, 712 to 722 from the foot."""


@pytest.mark.parametrize(
    ("rect", "cells"),
    [
        ("318 710 340 724", ["1", "\ufffd", "12"]),
        ("218 710 240 724", ["\ufffd", "", "12"]),
        ("222 710 224 724", ["\ufffd", "", "12"]),
        ("70 710 94 724", ["1", "", "12"]),
        ("20 710 60 724", ["1", "", "12"]),
        ("218 740 240 750", ["1", "", "12"]),
        ("318 730 340 740", ["1", "", "12"]),
    ],
)
def test_what_is_typed_over_a_table_without_rules_is_no_figure(rect: str, cells: list[str]) -> None:
    table = blocks(unruled(*ROWS, entries=f"/Annots[<</Subtype/StrikeOut/Rect[{rect}]>>]"))[1]
    assert table[2:] == [["规章", *cells], ["行政规范性文件", "5", "7", "8"]]


def test_what_is_typed_over_two_columns_leaves_neither_unflagged() -> None:
    reading = here(unruled(*ROWS, entries="/Annots[<</Subtype/FreeText/Rect[218 710 340 724]>>]"))
    for column in ("issued", "repealed"):
        assert reading.codes(f"disclosure.regulations.{column}")


def test_a_figure_that_stands_askew_in_a_table_without_rules_is_not_read_as_blank() -> None:
    page = Page().text(325, 133, "7", turn="0 1 -1 0").text(180, 300, "内部资料5", 40, "0.7 0.7 -0.7 0.7")
    assert blocks(unruled(*ROWS, more=page))[1][2:] == [
        ["规章", "1", "\ufffd", "12"],
        ["行政规范性文件", "5", "7", "8"],
    ]


def test_what_is_stamped_on_prose_takes_no_word_of_it() -> None:
    page = Page().text(72, 60, "云岭县统计局，2024年1月12日")
    assert blocks(pdf(page, entries="/Annots[<</Subtype/Stamp/Rect[150 760 400 800]>>]")) == [
        "云岭县统计局，2024年1月12日"
    ]


def test_figures_under_no_column_are_left_to_the_labels() -> None:
    """Two stacks of figures stand between the names of three columns: in which they are cannot be told."""
    page = Page().text(72, 60, "信息内容").text(220, 60, "本年制发件数").text(320, 60, "本年废止件数")
    page.text(420, 60, "现行有效件数").text(72, 80, "规章").text(295, 80, "3").text(395, 80, "40")
    page.text(72, 100, "行政规范性文件").text(295, 100, "5").text(395, 100, "6")
    assert blocks(pdf(page)) == [" ".join(COLUMNS), "规章 3 40", "行政规范性文件 5 6"]
    reading = here(pdf(page))
    assert reading.report is not None
    assert [cell.value for cell in reading.report.disclosure.regulations] == [None, None, None]
    assert "position-lost" in reading.codes("disclosure.regulations.issued")


# --- prose ---------------------------------------------------------------------------------------------------------


FULL = "一二三四五六七八九十" * 4


def test_lines_of_a_paragraph_are_put_together_also_over_pages() -> None:
    first, second = Page(), Page()
    first.text(92, 700, FULL[2:]).text(72, 715, FULL).text(72, 730, "到此为止。").text(92, 745, FULL[2:])
    first.text(72, 760, FULL).text(290, 800, "- 1 -")
    second.text(72, 72, "下一页接着说 IPv6").text(92, 87, "新的一段。").text(290, 800, "- 2 -")
    assert blocks(pdf(first, second)) == [
        FULL[2:] + FULL + "到此为止。",
        FULL[2:] + FULL + "下一页接着说 IPv6",
        "新的一段。",
    ]


def test_a_figure_at_the_end_of_a_line_of_prose_makes_no_row_of_it() -> None:
    """Figures are set off a little from the words beside them."""
    page = Page().text(92, 100, FULL[2:]).text(72, 115, FULL[:39]).text(465, 115, "48").text(72, 130, "件。")
    assert blocks(pdf(page)) == [FULL[2:] + FULL[:39] + "48件。"]


def test_a_figure_that_is_cut_at_the_end_of_a_line_is_one() -> None:
    page = Page().text(72, 100, FULL[:38] + "公开20").text(72, 115, "23件。")
    assert blocks(pdf(page)) == [FULL[:38] + "公开2023件。"]


def test_the_type_of_tables_without_rules_is_not_that_of_the_text() -> None:
    page = Page().text(72, 60, FULL[:28], 16).text(72, 86, "到此为止。", 16)
    for number, name in enumerate(("规章", "行政规范性文件", "局内规定的名称") * 8):
        page.text(72, 120 + 20 * number, name).text(300, 120 + 20 * number, "1").text(400, 120 + 20 * number, "12")
    assert blocks(pdf(page))[0] == FULL[:28] + "到此为止。"


def test_lines_far_apart_whose_sizes_differ_by_a_trace_are_one_paragraph() -> None:
    page = Page()
    for number, size in enumerate((10, 9.9999995, 10)):
        page.text(72, 100 + 24 * number, FULL, size)
    assert blocks(pdf(page)) == [FULL * 3]


def test_a_title_on_the_left_may_be_wrapped() -> None:
    title = "云岭县住房和城乡建设局2023年政府信息公开工作年度报告"
    page = Page().text(72, 60, title[:22], 20).text(72, 86, title[22:], 20).text(72, 120, FULL)
    assert blocks(pdf(page)) == [title, FULL]


@pytest.mark.parametrize("mark", ["{} / 2", "第{}页共2页", "第 {} 页，共 2 页", "—{}/共2页—", "{}"])
def test_page_marks(mark: str) -> None:
    first, second = Page().text(72, 700, FULL), Page().text(72, 72, "到此为止。")
    first.text(290, 800, mark.format(1))
    second.text(290, 780, mark.format(2))
    assert blocks(pdf(first, second)) == [FULL + "到此为止。"]


def test_sections_that_begin_alike_at_the_top_of_pages_are_prose() -> None:
    first, second = Page().text(72, 60, "云岭县统计局"), Page().text(72, 60, "云岭县统计局")
    first.text(72, 80, "五、存在的主要问题及改进情况").text(72, 95, "本年没有3项。")
    second.text(72, 80, "六、其他需要报告的事项").text(72, 95, "本年没有4项。")
    assert blocks(pdf(first, second)) == [
        "五、存在的主要问题及改进情况",
        "本年没有3项。",
        "六、其他需要报告的事项",
        "本年没有4项。",
    ]


def test_headings_stand_alone() -> None:
    page = Page().text(72, 100, FULL).text(72, 115, "五、存在的主要问题及改进情况").text(72, 130, FULL)
    assert blocks(pdf(page)) == [FULL, "五、存在的主要问题及改进情况", FULL]


# --- refused -------------------------------------------------------------------------------------------------------

FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


def of_objects(**entries: str) -> bytes:
    """A file with a catalogue, and these objects (their numbers behind an o)."""
    objects = {int(name[1:]): text.encode() for name, text in entries.items()}
    return written({1: b"<</Type/Catalog/Pages 2 0 R>>", **objects})


MANY = {f"o{number}": "<</Type/Page/MediaBox[0 0 9 9]>>" for number in range(3, 400)}
BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "broken-file"),
    "header": (b"%PDF-1.7\n", "broken-file"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 20, "broken-file"),
    "no text": (pdf(Page().line(0, 0, 500, 500)), "scanned-pdf"),
    "text on its head": (pdf(Page().text(72, 100, "规章", turn="-1 0 0 -1")), "scanned-pdf"),
    "text on its side": (pdf(Page().text(72, 100, "规章", turn="0 1 -1 0")), "scanned-pdf"),
    "text behind a picture": (
        pdf(Page().draw("3 Tr").text(72, 100, "规章").text(72, 120, "行政规范性文件")),
        "scanned-pdf",
    ),
    "no characters": (
        pdf(Page().text(72, 100, "规章")).replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"(GB1)", b"(Any)"),
        "unmapped-text",
    ),
    "password": ((DATA / "encrypted.pdf").read_bytes(), "encrypted"),
    "cut at its end": (RULED[:-40], "broken-file"),
    "hole": (RULED[:4000] + bytes(2000) + RULED[6000:], "broken-file"),
    "page broken off": (pdf(zlib.compress(Page().text(72, 99, "规章" * 99).content())[:-20]), "broken-file"),
    "huge page": (pdf(bomb(100)), "unzipped-too-large"),
    "pages in a circle": (
        of_objects(o2="<</Type/Pages/Kids[3 0 R]>>", o3="<</Type/Pages/Kids[2 0 R 3 0 R]>>"),
        "broken-file",
    ),
    "pages": (
        of_objects(o2=f"<</Type/Pages/Kids[{'0 R '.join(name[1:] + ' ' for name in MANY)}0 R]>>", **MANY),
        "too-many-pages",
    ),
    "no width": (
        of_objects(o2="<</Type/Pages/Kids[3 0 R]>>", o3="<</Type/Page/MediaBox[0 0 1e30 9]>>"),
        "scanned-pdf",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused(name: str) -> None:
    content, code = BAD[name]
    for limits in (HERE, DEFAULT):
        with pytest.raises(GipaError) as raised:
            parse(content, format="pdf", limits=limits)
        assert raised.value.code == code
        assert read(content, format="pdf", limits=limits).diagnostics[0].code == code


def test_a_file_cut_anywhere_is_refused() -> None:
    for part in range(1, 20):
        with pytest.raises(ReadError) as raised:
            reader.read_document(RULED[: len(RULED) * part // 20], HERE)
        assert raised.value.code == "broken-file"


def test_sniff() -> None:
    assert reader.sniff(RULED)
    assert reader.sniff(b"\n\n  %PDF-1.4")
    assert not reader.sniff(b"<html>%PDF" + b" " * 2000 + b"%PDF-1.4")


def test_rules_without_end() -> None:
    page = Page().text(72, 50, "规章")
    for number in range(2100):
        page.line(number / 4, 0, number / 4, 800).line(0, number / 4, 500, number / 4)
    with pytest.raises(LimitError) as raised:
        reader.read_document(pdf(page), HERE)
    assert (raised.value.code, raised.value.limit) == ("too-many-cells", "cells")


def test_cells_are_counted() -> None:
    with pytest.raises(LimitError) as raised:
        reader.read_document(RULED, Limits(cells=100, seconds=None, memory=None))
    assert raised.value.code == "too-many-cells"


def test_a_form_that_draws_itself() -> None:
    loop = {5: stream(zlib.compress(b"/X Do"), FORM + "/Resources<</XObject<</X 5 0 R>>>>")}
    content = pdf(
        zlib.compress(Page().text(72, 50, "规章").content() + b" /X Do"), more=loop, resources="/XObject<</X 5 0 R>>"
    )
    assert blocks(content) == ["规章"]


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"gipa-reports\[pdf\]") as raised:
        parse(RULED)
    assert raised.value.code == "missing-extra"


# --- the child -----------------------------------------------------------------------------------------------------


def test_the_child_says_what_the_parent_would() -> None:
    for name in ("writer_ruled.pdf", "writer_no_rules.pdf"):
        content = (DATA / name).read_bytes()
        assert str(reader.read_document(content, DEFAULT)) == str(reader.read_document(content, HERE))
    unread = unruled(*HEADED, "规章|374|0|12", "|6")
    assert str(reader.read_document(unread, DEFAULT)) == str(reader.read_document(unread, HERE))


def many_forms() -> bytes:
    """Ten forms, each drawing the next ten times."""
    forms = {
        number: stream(zlib.compress(b"/X Do " * 10), FORM + f"/Resources<</XObject<</X {number + 1} 0 R>>>>")
        for number in range(5, 15)
    }
    forms[15] = stream(zlib.compress(b"q Q"), FORM)
    return pdf(zlib.compress(b"/X Do"), more=forms, resources="/XObject<</X 5 0 R>>")


def test_time_is_limited() -> None:
    with pytest.raises(LimitError) as raised:
        reader.read_document(many_forms(), Limits(seconds=0.3))
    assert (raised.value.code, raised.value.limit) == ("too-slow", "seconds")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_memory_is_limited() -> None:
    """A form, not the page itself: 600 MB out of 600 kB."""
    content = pdf(zlib.compress(b"/X Do"), more={5: stream(bomb(600), FORM)}, resources="/XObject<</X 5 0 R>>")
    with pytest.raises(LimitError) as raised:
        reader.read_document(content, Limits(memory=200 * 2**20, seconds=60, unzipped_bytes=2**40))
    assert (raised.value.code, raised.value.limit) == ("too-much-memory", "memory")
    with pytest.raises(LimitError) as raised:
        reader.read_document(RULED, Limits(memory=20 * 2**20))
    assert raised.value.code == "too-much-memory"


@pytest.fixture
def fresh() -> Iterator[None]:
    """No reader process before the test, and none after it."""
    child._end()
    yield
    child._end()


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print('not a message')", "import os; os.abort()"])
def test_a_child_that_does_not_start_is_not_the_fault_of_the_file(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(child, "_START", code)
    with pytest.raises(ReadError, match=r"Limits\(seconds=None, memory=None\)") as raised:
        reader.read_document(RULED, DEFAULT)
    assert raised.value.code == "reader-not-started"


STARTED = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from gipa_reports.readers import child; "
BROKEN = {
    "ends": ("child._done = lambda *_: sys.exit(3)", "broken-file"),
    "crashes": ("import os, signal; child._done = lambda *_: os.kill(os.getpid(), signal.SIGSEGV)", "broken-file"),
    "is refused memory": ("import os; child._done = lambda *_: os.abort()", "too-much-memory"),
    "never answers": ("import time; child._done = lambda *_: time.sleep(60)", "too-slow"),
}


@pytest.mark.usefixtures("fresh")
@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("name", BROKEN)
def test_a_child_that_breaks_down(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    code, expected = BROKEN[name]
    monkeypatch.setattr(child, "_START", f"{STARTED}{code}; child.main()")
    with pytest.raises(GipaError) as raised:
        reader.read_document(RULED, Limits(seconds=0.1) if expected == "too-slow" else DEFAULT)
    assert raised.value.code == expected
    monkeypatch.undo()
    assert reader.read_document(RULED, DEFAULT).blocks


@pytest.mark.usefixtures("fresh")
def test_one_child_reads_many_files_and_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_FILES", 2)
    seen = []
    for _ in range(3):
        reader.read_document(RULED, DEFAULT)
        assert child._child is not None
        seen.append(child._child._process.pid)
    assert seen[0] == seen[1] != seen[2]


@pytest.mark.usefixtures("fresh")
def test_a_child_that_died_between_two_files_is_replaced() -> None:
    reader.read_document(RULED, DEFAULT)
    assert child._child is not None
    child._child._process.terminate()
    child._child._process.wait()
    assert reader.read_document(RULED, DEFAULT).blocks


@pytest.mark.usefixtures("fresh")
def test_the_limits_are_those_of_each_file() -> None:
    for limits, is_read in ((DEFAULT, True), (Limits(pages=2), False), (Limits(memory=2**20), False), (DEFAULT, True)):
        if is_read:
            assert reader.read_document(RULED, limits).blocks
        else:
            with pytest.raises(LimitError):
                reader.read_document(RULED, limits)


@pytest.mark.usefixtures("fresh")
def test_an_interrupt_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    reader.read_document(RULED, DEFAULT)
    assert child._child is not None
    process = child._child._process

    def interrupted(pipe: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(child, "_receive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reader.read_document(RULED, DEFAULT)
    assert process.poll() is not None
    monkeypatch.undo()
    assert reader.read_document(RULED, DEFAULT).blocks


@pytest.mark.usefixtures("fresh")
def test_threads_share_the_child() -> None:
    contents = [RULED, (DATA / "chromium_2019.pdf").read_bytes()] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda content: str(reader.read_document(content, DEFAULT)), contents))
    assert found == [str(reader.read_document(content, HERE)) for content in contents]


@pytest.mark.usefixtures("fresh")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_starts_its_own_and_leaves_that_of_its_parent() -> None:
    reader.read_document(RULED, DEFAULT)
    assert child._child is not None
    parents = child._child._process.pid
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(_read_and_say_who) not in (0, parents)
    assert reader.read_document(RULED, DEFAULT).blocks
    assert child._child._process.pid == parents


def _read_and_say_who() -> int:
    """The process that reads for this one; 0 where it can't."""
    assert child._child is None
    reader.read_document(RULED, DEFAULT)
    return 0 if child._child is None else child._child._process.pid


@pytest.mark.usefixtures("fresh")
def test_a_spawned_process_and_an_event_loop_read_too() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_read_and_say_who)

    async def both() -> list[Reading]:
        return await asyncio.gather(*(asyncio.to_thread(read, RULED) for _ in range(2)))

    assert [reading.report is not None for reading in asyncio.run(both())] == [True, True]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_the_child_ends_with_its_parent() -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; import gipa_reports\n"
        "from gipa_reports.readers import child\n"
        "gipa_reports.parse(Path(sys.argv[1])); print(child._child._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(DATA / "writer_ruled.pdf")], capture_output=True, text=True)
    place = Path("/proc", done.stdout.strip())
    for _ in range(100):
        if not place.exists() or "\nState:\tZ" in (place / "status").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the reader lives on")


def test_time_is_that_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that waits for a busy machine is not too slow; the clock is for a process that hangs."""
    child._end()
    waits = "import time; done = child._done; child._done = lambda *a: [time.sleep(1.5), done(*a)][1]"
    monkeypatch.setattr(child, "_START", f"{STARTED}{waits}; child.main()")
    assert reader.read_document(RULED, Limits(seconds=1)).blocks
    child._end()


APPS = {"frozen": ("frozen", True), "none": ("executable", None), "empty": ("executable", ""),
        "no file": ("executable", "/no/python3"), "app": ("executable", __file__)}  # fmt: skip


@pytest.mark.parametrize("name", APPS)
def test_an_app_that_is_no_interpreter_is_not_started(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def start(*_: object, **__: object) -> None:
        pytest.fail("a process was started")

    attribute, value = APPS[name]
    monkeypatch.setattr(sys, attribute, value, raising=False)
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(child, "_child", None)
    assert str(reader.read_document(RULED, DEFAULT)) == str(reader.read_document(RULED, HERE))
    with pytest.raises(LimitError):
        reader.read_document(RULED, Limits(seconds=1e-6))


def test_a_script_without_a_main_guard(tmp_path: Path) -> None:
    """The child does not run the script again, and finds the package where the parent did, whatever the folder."""
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; from pathlib import Path; import gipa_reports\n"
        "print('once', gipa_reports.parse(Path(sys.argv[1])).year)\n",
        "utf-8",
    )
    source = str(Path(reader.__file__).parents[2])
    (tmp_path / "json.py").write_text("raise RuntimeError('not the library')", "utf-8")
    done = subprocess.run(
        [sys.executable, "-P", str(script), str(DATA / "writer_ruled.pdf")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.split(), done.stderr) == (["once", "2023"], "")


# --- pictures ------------------------------------------------------------------------------------------------------


def test_a_place_has_its_page_and_box_and_can_be_shown() -> None:
    pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")
    places = here(RULED).locations
    place = places["requests.granted.business"]
    assert place.page == 2
    assert place.box is not None
    with pdfplumber.open(BytesIO(RULED)) as file:
        words = "".join(word["text"] for word in file.pages[1].crop(place.box).extract_words())
    assert words == place.text == "640"
    for limits in (HERE, DEFAULT):
        image = Image.open(BytesIO(picture(RULED, place, limits=limits)))
        assert image.width == pytest.approx(2 * 595, abs=3)
        assert image.height == pytest.approx(2 * (place.box[3] - place.box[1] + 12), abs=3)
        assert image.convert("L").getextrema() == (0, 255)


def test_a_table_without_rules_has_boxes_too() -> None:
    place = here((DATA / "writer_no_rules.pdf").read_bytes()).locations["requests.received.total"]
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 0 < right - left < 60
    assert 0 < bottom - top < 30


def test_only_a_place_in_a_pdf_file_has_a_picture() -> None:
    with pytest.raises(ReadError) as raised:
        picture(RULED, Location(line=1, column=1, text="规章"))
    assert raised.value.code == "no-picture"
    with pytest.raises(ReadError) as raised:
        picture(RULED, Location(line=None, column=1, text="规章", page=9, box=(0, 0, 9, 9)), limits=HERE)
    assert raised.value.code == "broken-file"


def test_the_check_page_shows_what_is_printed_if_asked(tmp_path: Path) -> None:
    page = (
        Page()
        .text(72, 40, "云岭县统计局2023年政府信息公开工作年度报告", 16)
        .text(72, 80, "二、主动公开政府信息情况", 14)
    )
    page.table(WIDE, 100, [COLUMNS, ["规章", "1", "2", "3"], ["行政规范性文件", "3", "0", "x"]])
    source = tmp_path / "report.pdf"
    source.write_bytes(pdf(page))
    plain = CliRunner().invoke(cli, ["check", str(source), "--format", "html", "--lang", "en"])
    shown = CliRunner().invoke(cli, ["check", str(source), "--format", "html", "--lang", "en", "--pictures"])
    assert "data:image/png" not in plain.stdout
    assert "data:image/png;base64," in shown.stdout
