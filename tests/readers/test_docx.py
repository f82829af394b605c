"""DOCX in and out: what a page shows is read, and what we write says the same to an independent reader."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gipa_reports import (
    GipaError,
    LimitError,
    Limits,
    Location,
    MissingExtraError,
    ReadError,
    Report,
    parse,
    read,
    render,
)
from gipa_reports.document import COVERED, COVERED_BELOW, Document, Paragraph, Table
from gipa_reports.readers.docx import read_document
from gipa_reports.renderers.layout import Sheet, lay_out, texts
from gipa_reports.report import Section
from gipa_reports.template import HEADINGS
from gipa_reports.testing import plain_reports, reports
from ooxml import W, docx, packed
from places import DATA

SAMPLE = parse(DATA / "sample_2021.txt")
MADE_BY_OTHERS = sorted(DATA.glob("*.docx"))


# --- what can be said about a small document -------------------------------------------------------------------------


def p(*runs: str, look: str = "") -> str:
    """A paragraph of runs, each text, or markup where it begins with ``<``."""
    properties = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{properties}{''.join(run if run[:1] == '<' else r(run) for run in runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, look: str = "") -> str:
    """A cell with paragraphs, or markup where it begins with ``<``."""
    inside = "".join(text if text[:1] == "<" else p(text) for text in content)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def tr(*cells: str, look: str = "") -> str:
    """A row of cells."""
    shown = "".join(cell if cell[:1] == "<" else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{look}</w:trPr>{shown}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark.format("begin") + instruction + mark.format("separate") + result + mark.format("end")


def drawn(code: str, data: str = "") -> str:
    """A field that has an instruction and no result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    return f"{mark.format('begin', data)}<w:r><w:instrText>{code}</w:instrText></w:r>{mark.format('end', '')}"


def alternatives(choice: str, fallback: str | None) -> str:
    """A run that is shown in one of two ways."""
    other = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="x">{choice}</mc:Choice>{other}</mc:AlternateContent></w:r>'


def document(body: str, *, styles: str = "", numbering: str = "", limits: Limits | None = None) -> Document:
    return read_document(docx(body, styles=styles, numbering=numbering), limits or Limits())


def shown(found: Document) -> list[object]:
    """Paragraphs as text, tables as lists of rows, what merged cells cover as blank."""
    blocks: list[object] = []
    for block in found.blocks:
        if isinstance(block, Table):
            blocks.append([[cell.strip(COVERED + COVERED_BELOW) for cell in row.cells] for row in block.rows])
        else:
            assert isinstance(block, Paragraph)
            blocks.append(block.text)
    return blocks


VANISH = "<w:vanish/>"
RAISED = '<w:vertAlign w:val="superscript"/>'
ENDLESS = "<w:rPr><w:del/></w:rPr>"
"""The properties of a paragraph whose end was deleted."""
CONTENTS = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
BOX = f'<w:pict><v:rect xmlns:v="v"><w:txbxContent>{p("竖排的", "标题")}</w:txbxContent></v:rect></w:pict>'
TEXT_BOX = f"<w:r>{BOX}</w:r>"
DRAWN = alternatives(f"<w:drawing><wp:anchor><w:txbxContent>{p('图注')}</w:txbxContent></wp:anchor></w:drawing>", BOX)
NEW_PAGE = '<w:r><w:br w:type="page"/></w:r>'
GRID = tbl(*[tr("甲", "乙", "丙")] * 3)

PARAGRAPHS: dict[str, tuple[str, list[object]]] = {
    "runs split anywhere": (p("全年新", "收", "申请1", "3件。"), ["全年新收申请13件。"]),
    "space at the ends": (p("　　甲 ", " 乙 "), ["甲  乙"]),
    "tab": (p("甲", "<w:r><w:tab/></w:r>", "乙"), ["甲\t乙"]),
    "line break": (p("甲", "<w:r><w:br/></w:r>", "乙", "<w:r><w:cr/></w:r>"), ["甲", "乙"]),
    "page break in a sentence": (p("全年，收到", NEW_PAGE, "申请1", NEW_PAGE, "3件。"), ["全年，收到申请13件。"]),
    "column break in a sentence": (p("全年，收到", NEW_PAGE.replace("page", "column"), "3件。"), ["全年，收到3件。"]),
    "page break that a program remembers": (p("甲", "<w:r><w:lastRenderedPageBreak/></w:r>", "乙"), ["甲乙"]),
    "page break behind a sentence": (p("全年，收到3件。", NEW_PAGE, "都已答复。"), ["全年，收到3件。", "都已答复。"]),
    "page break behind a title": (p("年度报告", NEW_PAGE, "根据条例，编制。"), ["年度报告", "根据条例，编制。"]),
    "page break before a heading": (p(NEW_PAGE, "甲，乙", NEW_PAGE, "一、总体情况"), ["甲，乙", "一、总体情况"]),
    "line end in the markup": (p("甲\n乙"), ["甲 乙"]),
    "hyphens": (p("甲", "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", "乙"), ["甲-乙"]),
    "inserted": (p("<w:ins>" + r("甲") + "</w:ins>", "乙"), ["甲乙"]),
    "deleted": (p("<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>", "乙"), ["乙"]),
    "moved": (p("<w:moveFrom>" + r("甲") + "</w:moveFrom>", "乙", "<w:moveTo>" + r("甲") + "</w:moveTo>"), ["乙甲"]),
    "end deleted": (p("共", look=ENDLESS) + p("3", look=ENDLESS) + p("件", look="<w:jc/>") + p("乙"), ["共3件", "乙"]),
    "end moved": (p("甲", look="<w:rPr><w:moveFrom/></w:rPr>") + p("乙"), ["甲乙"]),
    "end deleted before a table": (p("甲", look=ENDLESS) + tbl(tr("1", "2")), ["甲", [["1", "2"]]]),
    "run deleted at the end": (p("甲", "<w:r><w:rPr><w:del/></w:rPr></w:r>") + p("乙"), ["甲", "乙"]),
    "hidden": (p(r("甲", VANISH), "乙", r("丙", '<w:vanish w:val="0"/>')), ["乙丙"]),
    "link": (p("<w:hyperlink>" + r("甲") + "</w:hyperlink>", "乙"), ["甲乙"]),
    "phonetic guide": (
        p(f"<w:r><w:ruby><w:rt>{r('jia')}</w:rt><w:rubyBase>{r('甲')}</w:rubyBase></w:ruby></w:r>"),
        ["甲"],
    ),
    "simple field": (p('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>"), ["3"]),
    "field": (p("共", field(" =1+1 ", r("2")), "件"), ["共2件"]),
    "field in an instruction": (p(field(field(" X ", r("9")), r("2"))), ["2"]),
    "field without a result": (p("共", drawn(" EQ 2 "), "件"), ["共件"]),
    "field that never ends": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "甲") + p("乙"), ["甲", "乙"]),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>{p('乙')}", ["甲", "乙"]),
    "table of contents": (
        f"<w:sdt>{CONTENTS}<w:sdtContent>{p('目录')}{p('一、甲 1')}</w:sdtContent></w:sdt>{p('乙')}",
        ["乙"],
    ),
    "another part in a control": (
        f"<w:sdt>{CONTENTS.replace('Table of Contents', 'Cover Pages')}<w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>",
        ["甲"],
    ),
    "content control in a line": (p("<w:sdt><w:sdtContent>" + r("甲") + "</w:sdtContent></w:sdt>", "乙"), ["甲乙"]),
    "two ways to show it": (p(alternatives("<w:t>A</w:t>", "<w:t>甲</w:t>")), ["甲"]),
    "one way to show it": (p(alternatives("<w:t>甲</w:t>", None)), ["甲"]),
    "no way to show it": (p("甲", "<w:r><mc:AlternateContent/></w:r>"), ["甲"]),
    "symbol": (p('<w:r><w:sym w:char="F0D8"/></w:r>', "甲"), ["\ufffd甲"]),
    "formula": (p("甲", "<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>"), ["甲\ufffd"]),
    "raised words": (p("5", r("2", '<w:vertAlign w:val="superscript"/>')), ["52"]),
    "footnote": (p("甲", "<w:r><w:footnoteReference w:id='1'/></w:r>"), ["甲"]),
    "comment in the markup": (p("<!-- 注 -->", "甲"), ["甲"]),
    "text box": (p("甲", TEXT_BOX, "乙"), ["甲乙"]),
    "a table in a text box lays out nothing": (
        tbl(tr(tc("甲", p(f"<w:r><w:pict><w:txbxContent>{GRID}</w:txbxContent></w:pict></w:r>")), "乙")),
        [[["甲", "乙"]]],
    ),
    "table with a heading between rows": (
        tbl(tr("规章", "1"), tr(tc("一、总体情况"), ""), tr("行政许可", "2")),
        [[["规章", "1"]], "一、总体情况", [["行政许可", "2"]]],
    ),
    "table around prose": (tbl(tr(tc("一、总体情况", p("甲，", NEW_PAGE, "乙。")))), ["一、总体情况", "甲，乙。"]),
    "table of one figure": (tbl(tr("", "3", "")), [[["", "3", ""]]]),
    "table of blanks": (tbl(tr("", "")), [[["", ""]]]),
    "layout table": (tbl(tr(tc(GRID), "丁")), [[["甲", "乙", "丙"]] * 3, "丁"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str) -> None:
    body, expected = PARAGRAPHS[name]
    assert shown(document(body)) == expected


CHOICE = (
    "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='0'/><w:listEntry w:val='7'/></w:ddList></w:ffData>"
)
CELLS: dict[str, tuple[str, str]] = {
    "paragraphs": (tc("商业", "企业"), "商业 企业"),
    "two figures in two paragraphs": (tc("37", "46"), "37 46"),
    "tabs and breaks": (tc(p("甲", "<w:r><w:tab/><w:br/></w:r>", "乙")), "甲 乙"),
    "page break between two figures": (tc(p("37", NEW_PAGE, "46")), "37 46"),
    "small table inside": (tc(tbl(tr("3", "件"))), "3 件"),
    "raised": (tc(p("13", r("1", '<w:vertAlign w:val="superscript"/>'))), "13[1]"),
    "raised by hand": (tc(p("13", r("1", '<w:position w:val="12"/>'))), "13[1]"),
    "not raised by hand": (tc(p("13", r("1", '<w:position w:val="0"/>'))), "131"),
    "on the line": (tc(p("13", r("1", '<w:vertAlign w:val="baseline"/>'))), "131"),
    "struck out": (tc(p(r("5", "<w:strike/>"), "7")), "[5]7"),
    "hidden and struck out": (tc(p(r("5", f"{VANISH}<w:strike/>"), "7")), "7"),
    "picture": (tc(p("<w:r><w:drawing><wp:inline/></w:drawing></w:r>")), "\ufffc"),
    "picture above the page": (tc(p("<w:r><w:drawing><wp:anchor/></w:drawing></w:r>")), "\ufffc"),
    "text box": (tc(p(TEXT_BOX)), "\ufffc"),
    "text box beside words": (tc(p(TEXT_BOX, "甲")), "甲"),
    "text box over a figure": (tc(p(TEXT_BOX, "3")), "3\ufffc"),
    "end deleted": (tc(p("1", look=ENDLESS), "2"), "12"),
    "field": (tc(p(field(" =1+1 ", r("2")))), "2"),
    "white letters": (tc(p("5", r("8", '<w:color w:val="FFFFFF"/>'))), "5[8]"),
    "letters white by the theme": (tc(p(r("8", '<w:color w:themeColor="background1"/>'))), "[8]"),
    "letters darkened by the theme": (
        tc(p(r("8", '<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="7F"/>'))),
        "8",
    ),
    "white letters on a dark ground": (
        tc(p(r("8", '<w:color w:val="FFFFFF"/>')), look='<w:shd w:val="clear" w:fill="1F3864"/>'),
        "8",
    ),
    "letters of the colour of their ground": (
        tc(p(r("8", '<w:color w:val="1F3864"/>')), look='<w:shd w:val="clear" w:fill="203864"/>'),
        "[8]",
    ),
    "white letters in a dark mark": (tc(p(r("8", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'))), "8"),
    "a label in white": (tc(p(r("规章", '<w:color w:val="FFFFFF"/>'))), "规章"),
    "letters without a fill": (
        tc(
            p(
                "5",
                r(
                    "8",
                    '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>',
                ),
            )
        ),
        "5[8]",
    ),
    "letters squeezed to a line": (tc(p("5", r("8", '<w:w w:val="1"/>'))), "5[8]"),
    "narrow letters": (tc(p("5", r("8", '<w:w w:val="66"/>'))), "58"),
    "tiny letters": (tc(p("5", r("8", '<w:sz w:val="2"/>'))), "5[8]"),
    "small digits beside large ones": (tc(p(r("31", '<w:sz w:val="24"/>'), r("0", '<w:sz w:val="10"/>'))), "[310]"),
    "digits nearly as large": (tc(p(r("31", '<w:sz w:val="24"/>'), r("0", '<w:sz w:val="21"/>'))), "310"),
    "letters hidden on the web": (tc(p("5", r("8", "<w:webHidden/>"))), "5[8]"),
    "signs in the place of digits": (tc(p(r("8", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))), "\ufffd"),
    "letters far apart": (tc(p(r("3", '<w:spacing w:val="600"/>'), "7")), "3 7"),
    "letters a little apart": (tc(p(r("3", '<w:spacing w:val="20"/>'), "7")), "37"),
    "digits from the right to the left": (tc(p(f'<w:bdo w:val="rtl">{r("12")}</w:bdo>')), "[12]"),
    "a control not filled in": (
        tc(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('5')}</w:sdtContent></w:sdt>"),
        "[5]",
    ),
    "a control in a paragraph not filled in": (
        tc(p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('5')}</w:sdtContent></w:sdt>")),
        "[5]",
    ),
    "the mark of a note": (tc(p("5", field(" NOTEREF _Ref1 ", r("1")))), "5[1]"),
    "the mark of a note in one piece": (
        tc(p("5", f'<w:fldSimple w:instr=" NOTEREF _Ref1 ">{r("1")}</w:fldSimple>')),
        "5[1]",
    ),
    "field that draws": (tc(p(drawn(" EQ \\o(7) "))), "\ufffd"),
    "field that draws beside words": (tc(p("1", drawn(" EQ \\o(7) "))), "1\ufffd"),
    "field that draws in an instruction": (tc(p(field(drawn(" EQ \\o(7) "), r("2")))), "2"),
    "list to choose from": (tc(p(drawn(" FORMDROPDOWN ", CHOICE))), "\ufffd\ufffd"),
    "list with an empty result": (
        tc(p(field(" FORMDROPDOWN ", "").replace('"begin"/>', f'"begin">{CHOICE}</w:fldChar>'))),
        "\ufffd",
    ),
    "picture beside words": (tc(p("<w:r><w:pict/></w:r>", "3")), "3"),
    "content control": (f"<w:sdt><w:sdtContent>{tc('3')}</w:sdtContent></w:sdt>", "3"),
    "content control inside": (tc(f"<w:sdt><w:sdtContent>{p('3')}</w:sdtContent></w:sdt>"), "3"),
    "deleted": (tc(p("<w:del><w:r><w:delText>4</w:delText></w:r></w:del>", "<w:ins>" + r("3") + "</w:ins>")), "3"),
}


@pytest.mark.parametrize("name", CELLS)
def test_cells(name: str) -> None:
    cell, expected = CELLS[name]
    assert shown(document(tbl(tr(cell, "|")))) == [[[expected, "|"]]]


def span(number: object) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


DOWN, MORE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

GRIDS: dict[str, tuple[str, list[list[str]]]] = {
    "columns spanned": (tbl(tr(tc("甲", look=span(3)), "乙")), [["甲", "", "", "乙"]]),
    "no number for a span": (tbl(tr(tc("甲", look=span("x")), tc("乙", look=span(-2)), "丙")), [["甲", "乙", "丙"]]),
    "rows spanned": (
        tbl(tr(tc("甲", look=DOWN), "1"), tr(tc("乙", look=MORE), "2"), tr("丙", "3")),
        [["甲", "1"], ["", "2"], ["丙", "3"]],
    ),
    "rows and columns spanned": (
        tbl(tr(tc("甲", look=span(2) + DOWN), "1"), tr(tc(look=span(2) + MORE), "2")),
        [["甲", "", "1"], ["", "", "2"]],
    ),
    "goes on where nothing began": (tbl(tr("1", "甲"), tr(tc("乙", look=MORE), "2")), [["1", "甲"], ["乙", "2"]]),
    "merged sideways, the old way": (
        tbl(tr(tc("甲", look='<w:hMerge w:val="restart"/>'), tc("乙", look="<w:hMerge/>"), "1")),
        [["甲", "", "1"]],
    ),
    "places left out": (
        tbl(tr("甲", look='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'), tr("1", "2", "3", "4")),
        [["", "", "甲", ""], ["1", "2", "3", "4"]],
    ),
    "rows deleted and hidden": (tbl(tr("1", look="<w:del/>"), tr("2", look="<w:hidden/>"), tr("3")), [["3"]]),
    "rows inserted and heading": (tbl(tr("1", look="<w:ins/>"), tr("2", look="<w:tblHeader/>")), [["1"], ["2"]]),
    "cell deleted": (tbl(tr(tc("1", look="<w:cellDel/>"), tc("2", look="<w:cellIns/>"))), [["2"]]),
    "row in a content control": (tbl(f"<w:sdt><w:sdtContent>{tr('1')}</w:sdtContent></w:sdt>"), [["1"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", GRIDS)
def test_grids(name: str) -> None:
    table, expected = GRIDS[name]
    assert shown(document(table)) == [expected]


def with_main(change: Callable[[str], str]) -> bytes:
    """The sample with its main part changed."""
    with zipfile.ZipFile(io.BytesIO(render(SAMPLE, "docx"))) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    main = contents["word/document.xml"].decode()
    assert change(main) != main
    return packed({**contents, "word/document.xml": change(main)})


COVERING: dict[str, tuple[str, list[list[str]]]] = {
    "beside a figure": (tbl(tr("规章", tc("7", look=span(3)))), [["规章", "7", COVERED, COVERED]]),
    "below figures": (
        tbl(tr(tc("7", look=DOWN), tc("/", look=span(2) + DOWN)), tr(tc(look=MORE), tc(look=span(2) + MORE))),
        [["7", "/", COVERED], [COVERED_BELOW] * 3],
    ),
    "further below": (tbl(tr(tc("7", look=DOWN)), *[tr(tc(look=MORE))] * 2), [["7"], [COVERED_BELOW], [COVERED_BELOW]]),
    "merged sideways, the old way": (
        tbl(tr(tc("7", look='<w:hMerge w:val="restart"/>'), *[tc(look="<w:hMerge/>")] * 2)),
        [["7", COVERED, COVERED]],
    ),
    "beside and below a label": (
        tbl(tr(tc("规章", look=span(2) + DOWN), "1"), tr(tc(look=span(2) + MORE), "2")),
        [["规章", "", "1"], ["", "", "2"]],
    ),
    "beside and below a blank": (
        tbl(tr(tc(look=span(2) + DOWN), "1"), tr(tc(look=span(2) + MORE), "2")),
        [["", "", "1"], ["", "", "2"]],
    ),
    "the first cell of a row goes on": (tbl(tr(tc(look="<w:hMerge/>"), tc("1"))), [["", "1"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", COVERING)
def test_what_a_cell_with_a_figure_covers_is_no_blank(name: str) -> None:
    table, expected = COVERING[name]
    [block] = document(table).blocks
    assert isinstance(block, Table)
    assert [list(row.cells) for row in block.rows] == expected


def test_a_figure_in_a_merged_cell_is_flagged_in_each_place() -> None:
    def merged(main: str) -> str:
        row = next(row for row in re.findall(r"<w:tr>.*?</w:tr>", main) if ">规章<" in row)
        label = row[: row.index("</w:tc>")] + "</w:tc>"
        return main.replace(row, label + tc("7", look=span(3)) + "</w:tr>")

    reading = read(with_main(merged))
    for column in ("issued", "repealed", "in_force"):
        assert reading.codes(f"disclosure.regulations.{column}") == ("cell-merged",)


def test_a_table_around_the_whole_report_is_read_as_the_tables_in_it() -> None:
    def in_one_table(main: str) -> str:
        root = ElementTree.fromstring(main)  # noqa: S314 - our own
        body = root[0]
        table = ElementTree.Element(f"{{{W}}}tbl")
        for block in [block for block in body if block.tag != f"{{{W}}}sectPr"]:
            body.remove(block)
            if block.tag == f"{{{W}}}tbl":
                table.extend(block.findall(f"{{{W}}}tr"))
            else:
                row = ElementTree.SubElement(table, f"{{{W}}}tr")
                ElementTree.SubElement(row, f"{{{W}}}tc").append(block)
        body.insert(0, table)
        return ElementTree.tostring(root, "unicode")

    reading = read(with_main(in_one_table))
    assert reading.report == SAMPLE
    assert reading.diagnostics == ()


def test_text_boxes_are_noted_once() -> None:
    found = document(p("甲", TEXT_BOX) + tbl(tr(tc(p("3", DRAWN)))) + p("<w:r><w:pict><w:txbxContent/></w:pict></w:r>"))
    assert shown(found) == ["甲", [["3\ufffc"]]]
    assert [(note.code, note.found) for note in found.notes] == [("text-box-ignored", "竖排的标题")] * 2


def test_the_note_of_a_text_box_reaches_the_reader() -> None:
    reading = read(with_main(lambda main: main.replace("<w:body>", "<w:body>" + p(TEXT_BOX), 1)))
    assert reading.report == SAMPLE
    assert [str(problem) for problem in reading.diagnostics] == [
        "text-box-ignored: The words of a text box were not read: 竖排的标题."
    ]
    assert reading.diagnostics[0].severity == "info"


@pytest.mark.parametrize("element", ["altChunk", "subDoc"])
def test_a_document_that_only_holds_another_is_refused(element: str) -> None:
    with pytest.raises(ReadError, match="holds another file") as raised:
        document(p("甲") + f"<w:{element}/>")
    assert raised.value.code == "unsupported-format"


# --- styles and lists ------------------------------------------------------------------------------------------------


def style(name: str, content: str, based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:styleId="{name}"><w:name w:val="{name}"/>{base}{content}</w:style>'


def in_style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_styles_hide_text_and_make_the_table_of_contents() -> None:
    styles = (
        style("Hidden", f"<w:rPr>{VANISH}</w:rPr>")
        + style("Child", "", "Hidden")
        + style("Seen", '<w:rPr><w:vanish w:val="false"/></w:rPr>', "Child")
        + style("toc 1", "")
        + style("Round", "", "About")
        + style("About", f"<w:rPr>{VANISH}</w:rPr>", "Round")
    )
    body = (
        p("甲", look=in_style("Child"))
        + p("乙", look=in_style("Seen"))
        + p("丙", r("丁", '<w:rStyle w:val="Hidden"/>'), r("戊", '<w:rStyle w:val="Hidden"/><w:vanish w:val="0"/>'))
        + p("一、总体情况", "<w:r><w:tab/></w:r>", "1", look=in_style("toc 1"))
        + p("己", look=in_style("About"))
        + p("庚", look=in_style("Nothing"))
    )
    assert shown(document(body, styles=styles)) == ["乙", "丙戊", "庚"]


def test_the_table_of_contents_of_wps_is_known_by_its_styles() -> None:
    styles = style("WPSOffice手动目录 1", "")
    body = p("一、总体情况 1", look=in_style("WPSOffice手动目录 1")) + p("甲")
    assert shown(document(body, styles=styles)) == ["甲"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (("7", r("1", '<w:rStyle w:val="Note"/>')), "7[1]"),
        (("7", r("1", '<w:rStyle w:val="Child"/>')), "7[1]"),
        (("7", r("1", '<w:rStyle w:val="Plain"/>')), "71"),
        (("7", r("1", '<w:rStyle w:val="Note"/><w:vertAlign w:val="baseline"/>')), "71"),
        ((r("5", '<w:rStyle w:val="Struck"/>'), "7"), "[5]7"),
        ((r("5", '<w:rStyle w:val="Struck"/><w:vertAlign w:val="baseline"/>'), "7"), "[5]7"),
        ((r("5", '<w:rStyle w:val="Nothing"/>'), "7"), "57"),
    ],
)
def test_words_are_set_apart_by_a_style(runs: tuple[str, ...], expected: str) -> None:
    styles = (
        style("Note", f"<w:rPr>{RAISED}</w:rPr>")
        + style("Child", "", "Note")
        + style("Plain", '<w:rPr><w:vertAlign w:val="baseline"/></w:rPr>', "Note")
        + style("Struck", "<w:rPr><w:strike/></w:rPr>")
    )
    assert shown(document(tbl(tr(tc(p(*runs)), "|")), styles=styles)) == [[[expected, "|"]]]
    assert shown(document(p(*runs), styles=styles)) == [expected.translate({91: "", 93: ""})]


def test_words_are_set_apart_by_the_style_of_their_paragraph() -> None:
    cell = tc(p("5", r("6", '<w:strike w:val="0"/>'), look=in_style("Struck")), p("7"))
    found = document(tbl(tr(cell, "|")), styles=style("Struck", "<w:rPr><w:strike/></w:rPr>"))
    assert shown(found) == [[["[5]6 7", "|"]]]


def level(index: int, format: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*kinds: str) -> str:
    """Lists 1, 2 … with these levels."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{at}">{kind}</w:abstractNum>' for at, kind in enumerate(kinds, 1))
    used = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at, _ in enumerate(kinds, 1))
    return made + used


def in_list(number: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.mark.parametrize(
    ("format", "text", "start", "expected"),
    [
        ("chineseCounting", "%1、", 1, "一、"),
        ("chineseCountingThousand", "（%1）", 10, "（十）"),
        ("japaneseCounting", "第%1条", 11, "第十一条"),
        ("taiwaneseCounting", "%1、", 20, "二十、"),
        ("chineseCounting", "%1、", 99, "九十九、"),
        ("chineseCounting", "%1、", 100, ""),
        ("ideographTraditional", "%1、", 3, "丙、"),
        ("ideographTraditional", "%1、", 11, ""),
        ("ideographDigital", "%1、", 2, "二、"),
        ("decimal", "%1.", 12, "12."),
        ("decimalEnclosedCircle", "%1", 20, "⑳"),
        ("lowerLetter", "%1)", 2, "b)"),
        ("upperLetter", "%1)", 27, ""),
        ("none", "注：", 1, "注："),
        ("none", "%1注：", 1, "注："),
        ("bullet", "\uf0b7", 1, ""),
        ("hebrew1", "%1.", 1, ""),
        ("decimal", "100%", 1, "100%"),
        ("decimal", "%1.%9", 1, ""),
    ],
)
def test_automatic_numbers(format: str, text: str, start: int, expected: str) -> None:
    found = document(p("甲", look=in_list(1)), numbering=lists(level(0, format, text, start)))
    assert shown(found) == [expected + "甲"]


def test_lists_count_on_and_begin_again() -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2 ") + level(2, "decimal", "%3)", start=4),
        level(0, "decimal", "%1."),
    ) + (
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
        + level(0, "decimal", "[%1]")
        + '</w:lvlOverride></w:num><w:num w:numId="5"><w:abstractNumId w:val="9"/></w:num>'
    )
    styles = style("Heading", f"<w:pPr>{in_list(1)}</w:pPr>") + style("Child", "", "Heading")
    order = [in_list(1), in_list(1, 1), in_list(1, 1), in_list(2), in_style("Child"), in_list(1, 1), in_list(1, 2)]
    order += [in_list(3), in_list(3), in_list(4), in_list(5), in_list(0), in_list(1, 7), in_style("Child") + in_list(0)]
    found = document("".join(p("甲", look=look) for look in order), styles=styles, numbering=numbering)
    numbers = "一、|一.1 |一.2 |1.|二、|二.1 |4)|七、|八、|[2]|||||"
    assert shown(found) == [number + "甲" for number in numbers.split("|")[:-1]]


def test_a_paragraph_that_was_deleted_with_its_end_has_no_number() -> None:
    deleted = "<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>"
    body = p(deleted, look=in_list(1) + ENDLESS) + p("乙", look=in_list(1))
    assert shown(document(body, numbering=lists(level(0, "decimal", "%1.")))) == ["1.乙"]


def test_a_number_and_a_figure_stay_two() -> None:
    numbering = lists(level(0, "decimal", "%1."))
    table = tbl(tr(tc(p("5", look=in_list(1))), tc(p("规章", look=in_list(1))), tc(p(look=in_list(1)))))
    found = document(p(look=in_list(1)) + p("  ", look=in_list(1)) + table, numbering=numbering)
    assert shown(found) == [[["3. 5", "4.规章", "5."]]]


def test_headings_with_automatic_numbers_are_headings() -> None:
    headings = ["总体情况", "主动公开政府信息情况", "存在的主要问题及改进情况"]
    body = "".join(p(text, look=in_list(1)) + p("本年度无。") for text in headings)
    content = docx(p("甲局2023年政府信息公开工作年度报告") + body, numbering=lists(level(0, "chineseCounting", "%1、")))
    reading = read(content)
    assert reading.report is not None
    sections = reading.report.sections
    for section in (sections.overview, sections.disclosure, sections.problems):
        assert section is not None
        assert section.paragraphs == ("本年度无。",)


# --- documents made by other software, every cell checked by hand ----------------------------------------------------

DISCLOSURE = "0 0 0  3 _ 12  46  7  2  160.50"
REQUESTS = """
9 3 0 0 1 0 13
2 0 0 0 0 0 2
4 1 0 0 0 0 5
1 1 0 0 0 0 2
0 0 _ 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
1 0 0 0 0 0 1
0 0 0 0 0 0 0
0 1 0 0 0 0 1
0 0 0 0 0 0 0
0 0 0 0 0 0 0
3 0 0 0 1 0 4
0 0 0 0 0 0 0
0 0 0 0 0 0 0
1 0 0 0 0 0 1
0 0 0 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
0 0 0 0 0 0 0
10 3 0 0 1 0 14
1 0 0 0 0 0 1
"""
PROCEEDINGS = "1 0 0 1 2  0 0 1 0 1  1 0 0 _ 1"
"""The figures of the sample in the order of the form, copied by hand; ``_`` is a blank cell."""


def check_sample(report: Report) -> None:
    figures = {
        table: [figure.text or "_" for figure in report.cells() if figure.table == table]
        for table in ("disclosure", "requests", "proceedings")
    }
    assert figures == {
        "disclosure": DISCLOSURE.split(),
        "requests": REQUESTS.split(),
        "proceedings": PROCEEDINGS.split(),
    }
    assert report["disclosure.fees.amount"].value == Decimal("160.50")
    assert {figure.state for figure in report.cells()} == {"value", "blank"}
    assert (report.agency, report.year) == ("青山区临江街道办事处", 2023)
    assert report.title == "青山区临江街道办事处2023年政府信息公开工作年度报告"
    found = {heading.id: report.sections.get(heading.id) for heading in HEADINGS}
    assert {name: len(section.paragraphs) for name, section in found.items() if section is not None} == {
        "overview": 6, "disclosure": 0, "requests": 0, "proceedings": 0, "problems": 1, "other_matters": 1
    }  # fmt: skip
    assert report.sections.other_matters == Section(("本年度没有收取信息处理费。",))


@pytest.mark.parametrize("path", MADE_BY_OTHERS, ids=lambda path: path.stem)
def test_documents_made_by_other_software(path: Path) -> None:
    reading = read(path)
    assert reading.diagnostics == ()
    assert reading.unparsed == ()
    assert reading.report is not None
    check_sample(reading.report)
    assert reading.report == SAMPLE
    assert reading.locations["requests.received.natural_person"] == Location(
        line=None, column=4, text="9", table=2, row=4
    )
    assert reading.locations["disclosure.fees.amount"] == Location(line=None, column=2, text="160.50", table=1, row=14)
    # One of the two conversions cuts a column of 四 in two, which all of its cells but one span.
    last = Location(line=None, column=16 if path.stem == "libreoffice_from_doc" else 15, text="1", table=3, row=4)
    assert reading.locations["proceedings.litigation_after_reconsideration.total"] == last
    with zipfile.ZipFile(path) as archive:
        assert b"<Application>LibreOffice/" in archive.read("docProps/app.xml")


def test_there_are_documents_made_by_other_software() -> None:
    assert [path.stem for path in MADE_BY_OTHERS] == ["libreoffice_from_doc", "libreoffice_from_html"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed")
@pytest.mark.parametrize("way", [("html", "docx"), ("docx", "doc", "docx"), ("docx", "odt", "docx")], ids="-".join)
def test_libreoffice_converts_what_we_write(way: tuple[str, ...], tmp_path: Path) -> None:
    rendered = render(SAMPLE, "html" if way[0] == "html" else "docx")
    path = tmp_path / f"report.{way[0]}"
    path.write_bytes(rendered.encode() if isinstance(rendered, str) else rendered)
    for step, suffix in enumerate(way[1:]):
        folder = tmp_path / f"{step}"
        reads = ["--infilter=HTML (StarWriter)"] if path.suffix == ".html" else []
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", *reads]
        subprocess.run(
            [*command, "--convert-to", suffix, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        path = folder / f"report.{suffix}"
        if suffix == "doc":
            with pytest.raises(ReadError, match="save it as docx"):
                parse(path)
    reading = read(path)
    assert reading.diagnostics == ()
    assert reading.report is not None
    check_sample(reading.report)


@pytest.mark.skipif(
    None in (shutil.which("soffice"), shutil.which("pdftotext")), reason="soffice or pdftotext is not installed"
)
def test_table_three_stands_on_one_page(tmp_path: Path) -> None:
    """However much prose there is before it; so no label that spans rows is cut, and none is lost."""
    pdftotext = shutil.which("pdftotext") or ""
    soffice = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    text = (DATA / "sample_2021.txt").read_text("utf-8")
    for lines in (0, 9, 16):
        prose = "\n".join(["本机关认真办理每一件申请。"] * lines)
        (tmp_path / "a.docx").write_bytes(
            render(parse(text.replace("二、主动公开", f"{prose}\n二、主动公开", 1)), "docx")
        )
        command = [*soffice, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        told = subprocess.run([pdftotext, str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True)
        pages = ["".join(page.split()) for page in told.stdout.decode().split("\f")]
        ends = ["三、收到和处理", "一、本年新收", "属于国家秘密", "（七）总计", "四、结转下年度继续办理"]
        assert [page for page in pages if any(end in page for end in ends)] == [
            page for page in pages if all(end in page for end in ends)
        ]


def test_only_the_last_row_of_a_table_lets_go_of_the_next_page() -> None:
    for table in raw(render(SAMPLE, "docx")).iter(named("tbl")):
        rows = list(table.iter(named("tr")))
        held = [all(p.find(f".//{named('keepNext')}") is not None for p in row.iter(named("p"))) for row in rows]
        assert held == [True] * (len(rows) - 1) + [False]
        upright = [cell for cell in table.iter(named("tc")) if cell.find(f".//{named('textDirection')}") is not None]
        labels = ["".join(cell.itertext()) for cell in upright]
        assert [label for label in labels if label] == ["三、本年度办理结果"] * bool(labels)


# --- an independent reader -------------------------------------------------------------------------------------------


def named(name: str) -> str:
    return f"{{{W}}}{name}"


def raw(content: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 - written by the test
    body = root.find(named("body"))
    assert body is not None
    return body


def raw_text(element: ElementTree.Element) -> str:
    found = {named("t"): "", named("tab"): "\t"}
    return "".join(found[node.tag] or node.text or "" for node in element.iter() if node.tag in found)


def raw_grid(table: ElementTree.Element) -> list[list[str]]:
    """The grid of a plain table as the standard defines it: each cell at the sum of the spans before it."""
    rows: list[list[str]] = []
    for row in table.findall(named("tr")):
        cells: dict[int, str] = {}
        at = 0
        for cell in row.findall(named("tc")):
            wide = cell.find(f"{named('tcPr')}/{named('gridSpan')}")
            merge = cell.find(f"{named('tcPr')}/{named('vMerge')}")
            goes_on = merge is not None and merge.get(named("val"), "continue") == "continue"
            cells[at] = "" if goes_on else " ".join(raw_text(cell).split())
            at += 1 if wide is None else int(wide.attrib[named("val")])
        rows.append([cells.get(index, "") for index in range(at)])
    return rows


def raw_blocks(content: bytes) -> list[object]:
    blocks: list[object] = []
    for element in raw(content):
        if element.tag == named("tbl"):
            blocks.append(raw_grid(element))
        elif element.tag == named("p") and raw_text(element).strip():
            blocks.append(raw_text(element).strip())
    return blocks


def laid_out(report: Report) -> list[object]:
    return [list(texts(block)) if isinstance(block, Sheet) else block.text for block in lay_out(report)]


@settings(max_examples=15)
@given(report=reports())
def test_an_independent_reader_finds_what_we_write(report: Report) -> None:
    content = render(report, "docx")
    assert raw_blocks(content) == [block for block in laid_out(report) if block]


@settings(max_examples=15)
@given(report=plain_reports())
def test_our_reader_and_an_independent_one_agree(report: Report) -> None:
    content = render(report, "docx")
    assert shown(read_document(content, Limits())) == raw_blocks(content)


@pytest.mark.parametrize("path", MADE_BY_OTHERS, ids=lambda path: path.stem)
def test_our_reader_and_an_independent_one_agree_on_other_software(path: Path) -> None:
    content = path.read_bytes()
    assert shown(read_document(content, Limits())) == raw_blocks(content)


class Spans(NamedTuple):
    """A cell of a generated table."""

    text: str
    wide: int
    merge: str


WORDS = st.text(st.sampled_from("甲乙12 &<"), max_size=4)
SPANNED = st.builds(Spans, WORDS, st.integers(1, 4), st.sampled_from(["", "", DOWN, MORE]))


@given(rows=st.lists(st.lists(SPANNED, max_size=5), max_size=6))
def test_any_spans_come_out_as_an_independent_reader_has_them(rows: list[list[Spans]]) -> None:
    """Our reader shows the words of a cell that goes on where nothing began; such cells are empty here."""
    lines = [tr("1", "2")]
    above: set[int] = set()
    for row in rows:
        at, merged, cells = 0, set(), []
        for cell in row:
            goes_on = cell.merge == MORE and at not in above
            text = "" if goes_on else cell.text.replace("&", "&amp;").replace("<", "&lt;")
            cells.append(tc(p(r(text)), look=span(cell.wide) + cell.merge))
            if cell.merge:
                merged.add(at)
            at += cell.wide
        above = merged
        lines.append(tr(*cells))
    content = docx(tbl(*lines))
    assert shown(read_document(content, Limits())) == raw_blocks(content)


# --- writing ---------------------------------------------------------------------------------------------------------


def test_the_same_report_is_the_same_file() -> None:
    content = render(SAMPLE, "docx")
    assert content == render(parse(content), "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert "2000-01-01T00:00:00Z" in about
    assert "python" not in about


def test_the_layout_is_the_official_one() -> None:
    body = raw(render(SAMPLE, "docx"))
    disclosure, requests, proceedings = body.findall(named("tbl"))
    assert [len(raw_grid(table)) for table in (disclosure, requests, proceedings)] == [14, 28, 4]
    assert {len(row) for row in raw_grid(requests)} == {10}
    corner = requests.find(f"{named('tr')}/{named('tc')}/{named('tcPr')}")
    assert corner is not None
    assert [(child.tag, child.get(named("val"))) for child in corner][1:3] == [
        (named("gridSpan"), "3"),
        (named("vMerge"), "restart"),
    ]
    for table, heads in ((disclosure, 0), (requests, 3), (proceedings, 3)):
        marked = [row.find(f"{named('trPr')}/{named('tblHeader')}") is not None for row in table.findall(named("tr"))]
        assert marked == [True] * heads + [False] * (len(marked) - heads)
        assert all(row.find(f"{named('trPr')}/{named('cantSplit')}") is not None for row in table.findall(named("tr")))
        widths = [int(column.attrib[named("w")]) for column in table.iter(named("gridCol"))]
        assert 8800 <= sum(widths) <= 8844
        assert min(widths) >= 580
    down = [
        sum(1 for row in requests.findall(named("tr")) if merged(row, at)) for at in (0, 1)
    ]  # fmt: skip
    assert down == [2 + 21, 7 + 2 + 4 + 2]
    size = body.find(f"{named('sectPr')}/{named('pgSz')}")
    assert size is not None
    assert (size.get(named("w")), size.get(named("h"))) == ("11906", "16838")


def merged(row: ElementTree.Element, column: int) -> bool:
    """Whether the cell at a column of the grid goes on from the row above."""
    at = 0
    for cell in row.findall(named("tc")):
        wide = cell.find(f"{named('tcPr')}/{named('gridSpan')}")
        down = cell.find(f"{named('tcPr')}/{named('vMerge')}")
        if at == column:
            return down is not None and down.get(named("val")) == "continue"
        at += 1 if wide is None else int(wide.attrib[named("val")])
    return False


# --- bad input -------------------------------------------------------------------------------------------------------

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
TINY = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
ROW = "<w:tr><w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc></w:tr>"
HOSTILE: dict[str, tuple[Callable[[], str], type[GipaError], str]] = {
    "gridSpan=300000000": (lambda: tbl(tr(tc("规章", look=span(300_000_000)), "1")), LimitError, "span-too-wide"),
    "gridBefore=300000000": (
        lambda: tbl(tr("规章", look='<w:gridBefore w:val="300000000"/>')),
        LimitError,
        "span-too-wide",
    ),
    "a span of a thousand digits": (lambda: tbl(tr(tc("规章", look=span("9" * 1000)))), GipaError, "not-a-report"),
    "many wide cells": (lambda: tbl(tr(*[tc(look=span(1000))] * 201)), LimitError, "too-many-cells"),
    "100,000 tables": (lambda: TINY * 100_000, LimitError, "line-too-long"),
    "80,000 tables": (lambda: TINY * 80_000, GipaError, "not-a-report"),
    "1,000,000 rows": (lambda: tbl(tr(*["规章"] * 4) * 1_000_000), LimitError, "line-too-long"),
    "50,000 rows": (lambda: f"<w:tbl>{ROW * 50_000}</w:tbl>", LimitError, "too-many-rows"),
    "60 nested tables": (lambda: "<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60, GipaError, "not-a-report"),
    "690,000 empty paragraphs": (lambda: "<w:p/>" * 690_000, GipaError, "empty-source"),
    "40,000 fields in each other": (lambda: p(BEGIN * 40_000 + r("1") * 40_000), GipaError, "empty-source"),
    "content controls around everything": (
        lambda: "<w:sdt>" * 200 + p("1") * 50_000 + "</w:sdt>" * 200,
        GipaError,
        "not-a-report",
    ),
    "40,000 paragraphs that go on in the next": (
        lambda: p("规章", look=ENDLESS) * 40_000 + "<w:p/>",
        GipaError,
        "not-a-report",
    ),
    "300 nested content controls": (lambda: "<w:sdt>" * 300 + "</w:sdt>" * 300, ReadError, "broken-package"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_answered(name: str) -> None:
    build, error, code = HOSTILE[name]
    with pytest.raises(error) as raised:
        parse(docx(build()))
    assert raised.value.code == code


def test_a_chain_of_styles_and_a_long_pattern_cost_little() -> None:
    chain = "".join(style(f"S{at}", "", f"S{at + 1}") for at in range(30_000))
    pattern = lists(level(0, "decimal", "%1" * 50_000))
    body = p("甲", look=in_style("S0") + in_list(1)) * 10_000
    assert shown(document(body, styles=chain, numbering=pattern)) == ["甲"] * 10_000


def test_an_empty_document_is_said_to_be_empty() -> None:
    assert [problem.code for problem in read(docx("<w:p/><w:sectPr/>")).diagnostics] == ["empty-source"]


def test_only_writing_needs_the_extra_and_says_its_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(render(SAMPLE, "docx"))
    code = """
import sys
sys.modules["docx"] = sys.modules["lxml"] = None
from gipa_reports import MissingExtraError, parse, render
report = parse(open("a", "rb"))
try:
    render(report, "docx")
except MissingExtraError as error:
    print(error.code, error.expected)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["missing-extra", "gipa-reports[docx]"]


def test_the_error_is_an_import_error() -> None:
    assert issubclass(MissingExtraError, ImportError)
