"""Workbooks: made by hand part by part, by openpyxl, by LibreOffice, and by us."""

from __future__ import annotations

import io
import math
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import python_calamine
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from gipa_reports import (
    Cell,
    Disclosure,
    FormatName,
    GipaError,
    LimitError,
    MissingExtraError,
    Proceedings,
    ReadError,
    Reading,
    Report,
    Requests,
    Section,
    Sections,
    State,
    UnknownRow,
    parse,
    read,
    render,
)
from gipa_reports.document import COVERED, COVERED_BELOW, Document, Paragraph, Table
from gipa_reports.limits import DEFAULT, Limits
from gipa_reports.readers.xlsx import read_document, sniff
from gipa_reports.readers.xlsx.values import number_text
from gipa_reports.renderers.layout import Sheet, lay_out
from gipa_reports.renderers.xlsx import pieces
from gipa_reports.testing import check_right_or_flagged, check_round_trip, consistent_reports, reports
from places import DATA

SAMPLE = parse(DATA / "sample_2021.txt")
EMPTY = Report(Disclosure.all_absent("2021"), Requests.all_absent("2021"), Proceedings.all_absent("2021"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


# --- workbooks by hand -----------------------------------------------------------------------------------------------


def parts(*sheets: str, strings: str = "", styles: str = "", more: str = "", state: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with sheets S1, S2 …; ``more`` stands in the workbook, ``state`` on its last sheet."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"{state if n == len(sheets) else ""}/>' for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="s{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"'
        ' ContentType="application/xml"/><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"{more.partition('|')[0]}<sheets>{names}</sheets>{more.partition('|')[2]}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="u" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
            for n, sheet in zip(numbers, sheets, strict=True)
        },
    }


def packed(contents: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def sheet(*cells: str, before: str = "", after: str = "") -> str:
    """A sheet with these cells in its first row."""
    return f'{before}<sheetData><row r="1">{"".join(cells)}</row></sheetData>{after}'


def grid(document: Document) -> list[list[str]]:
    """The rows of all tables, what merged cells cover as blank."""
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]
    return [[cell.strip(COVERED + COVERED_BELOW) for cell in row.cells] for row in rows]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def words(cell: str, **workbook: str) -> str:
    """What a cell, standing behind a filled one, is read as."""
    content = packed(parts(sheet('<c r="A1" t="str"><v>甲</v></c>', cell, '<c r="C1"><v>1</v></c>'), **workbook))
    [[first, found, last]] = grid(read_document(content, DEFAULT))
    assert (first, last) == ("甲", "1")
    return found


STYLES = (
    "<numFmts>"
    + "".join(
        f'<numFmt numFmtId="{164 + number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in enumerate(
            (
                '0.00"万元md"', "yyyy年m月", "G/通用格式", "[h]:mm", "#,##0_);[Red]\\(#,##0\\)",
                "[DBNum1][$-804]General", "0\\d", "_d0*h", '0"件"',
            )
        )
    )
    + "</numFmts><cellXfs>"
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 9, 14, 31, 57, *range(164, 173)))
    + "</cellXfs>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("<v>3</v>", "3"),
        ("<v>3.0</v>", "3"),
        ("<v>0</v>", "0"),
        ("<v>-0</v>", "0"),
        ("<v>-12</v>", "-12"),
        ("<v>1E2</v>", "100"),
        ("<v>2.6</v>", "2.6"),
        ("<v>160.59639999999999</v>", "160.5964"),
        ("<v>999999999999999</v>", "999999999999999"),
        ("<v>1E-7</v>", "0.0000001"),
        # What sums of amounts come to.
        ("<v>0.30000000000000004</v>", "0.3"),
        ("<v>36.849999999999994</v>", "36.85"),
        ("<v>0.7999999999999999</v>", "0.8"),
        # What a spreadsheet has not kept whole is none of its figures.
        ("<v>0.3333333333333333</v>", "'0.3333333333333333"),
        ("<v>0.7999999999999996</v>", "'0.7999999999999996"),
        ("<v>999999999999999.9</v>", "'999999999999999.9"),
        ("<v>1234567890123456</v>", "'1234567890123456"),
        ("<v>1.23456789012345E+18</v>", "'1.23456789012345E+18"),
        ("<v>3.00000000000000000001</v>", "'3.00000000000000000001"),
        ("<v>1E+400</v>", "'1E+400"),
        ("<v>NaN</v>", "'NaN"),
        ("<v>１２</v>", "'１２"),
        ("<v>1_000</v>", "'1_000"),
        ("<v></v>", ""),
        ("", ""),
    ],
)
def test_numbers(cell: str, found: str) -> None:
    assert words(f'<c r="B1">{cell}</c>') == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c r="B1" t="s"><v>0</v></c>', "规章 甲"),
        ('<c r="B1" t="s"><v>1</v></c>', "第一第二"),
        ('<c r="B1" t="inlineStr"><is><t> 甲 </t></is></c>', "甲"),
        ('<c r="B1" t="inlineStr"/>', ""),
        ('<c r="B1" t="str"><v>a_x005F_x0041_b_x0041__x4e00_</v></c>', "a_x0041_bA一"),
        ('<c r="B1" t="str"><v>_xD83D__xDE00_</v></c>', "\U0001f600"),
        ('<c r="B1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B1" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1" t="d"><v>2024-01-25</v></c>', "2024-01-25"),
        ('<c r="B1"><f>SUM(C1:D1)</f><v>7</v></c>', "7"),
        ('<c r="B1" t="str"><f>A2</f><v></v></c>', ""),
        ('<c r="B1"><f>SUM(C1:D1)</f></c>', "'=SUM(C1:D1)"),
        ('<c r="B1"><f>SUM(C1:D1)</f><v></v></c>', "'=SUM(C1:D1)"),
        ('<c r="B1"><f t="shared" si="0"/><v/></c>', "'="),
    ],
)
def test_texts_errors_and_formulas(cell: str, found: str) -> None:
    strings = (
        '<si><t xml:space="preserve"> 规章\n甲 </t></si>'
        "<si><r><t>第一</t></r><r><rPr/><t>第二</t></r><rPh sb='0' eb='1'><t>dì</t></rPh></si>"
    )
    assert words(cell, strings=strings) == found


def run(text: str, look: str = "") -> str:
    """A run of a cell's rich text."""
    return f'<r>{look and f"<rPr>{look}</rPr>"}<t xml:space="preserve">{text}</t></r>'


RAISED = '<vertAlign val="superscript"/>'
WHITE = '<color rgb="FFFFFFFF"/>'


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        (run("9", "<strike/>") + run("114"), "[9]114"),
        (run("9", '<strike val="1"/>') + run("114", "<b/>"), "[9]114"),
        (run("9", '<strike val="0"/>') + run("114"), "9114"),
        (run("27") + run("1", RAISED), "27[1]"),
        (run("27") + run("1", '<vertAlign val="subscript"/>'), "27[1]"),
        (run("27") + run("1", '<vertAlign val="baseline"/>'), "271"),
        (run("27") + run("1", WHITE), "27[1]"),
        (run("27", '<color rgb="FFFF0000"/>') + run("1", '<color rgb="00ffffff"/>'), "27[1]"),
        # White alone may be seen: on a dark ground.
        (run("2", WHITE) + run("7", WHITE), "[2][7]"),
        (run("27", '<color theme="0"/>') + run("1", '<color theme="1"/>'), "[27]1"),
        (run("27") + run("", "<strike/>"), "27"),
        (run("27") + run(" ", RAISED), "27"),
    ],
)
@pytest.mark.parametrize("is_shared", [True, False])
def test_words_set_apart_in_a_cell_are_no_part_of_its_figure(runs: str, found: str, is_shared: bool) -> None:
    if is_shared:
        assert words('<c r="B1" t="s"><v>0</v></c>', strings=f"<si>{runs}</si>") == found
    else:
        assert words(f'<c r="B1" t="inlineStr"><is>{runs}</is></c>') == found


def test_a_figure_with_a_struck_out_or_raised_digit_is_flagged() -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "规章")
    active.cell(row, 2).value = CellRichText(TextBlock(InlineFont(strike=True), "9"), "114")
    active.cell(row, 3).value = CellRichText("27", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    reading = read(saved(book))
    assert reading.report is not None
    assert reading.report["disclosure.regulations.issued"].text == "[9]114"
    assert reading.report["disclosure.regulations.repealed"].text == "27[1]"
    for column in ("issued", "repealed"):
        assert reading.codes(f"disclosure.regulations.{column}") == ("figure-invalid",)


@pytest.mark.parametrize(
    ("font", "found"),
    [
        ("<strike/>", "[7]"),
        ('<strike val="true"/>', "[7]"),
        ('<strike val="0"/>', "7"),
        (RAISED, "[7]"),
        ('<vertAlign val="baseline"/>', "7"),
        ("<b/>", "7"),
    ],
)
@pytest.mark.parametrize("cell", ["><v>7", ' t="str"><v>7', ' t="s"><v>0'])
def test_a_cell_in_a_font_that_sets_apart_is_no_figure(cell: str, font: str, found: str) -> None:
    styles = f'<fonts><font/><font>{font}</font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
    look = {"styles": styles, "strings": "<si><t>7</t></si>"}
    assert words(f'<c r="B1" s="1"{cell}</v></c>', **look) == found
    assert words(f'<c r="B1" s="0"{cell}</v></c>', **look) == "7"
    assert words('<c r="B1" s="1" t="str"><v> </v></c>', **look) == " "


@pytest.mark.parametrize(
    ("font", "fill", "found"),
    [
        (WHITE, "", "[7]"),
        (WHITE, 'fillId="0"', "[7]"),
        (WHITE, 'fillId="2"', "7"),
        (WHITE, 'fillId="3"', "[7]"),
        ('<color theme="0"/>', 'fillId="3"', "[7]"),
        ('<color theme="0"/>', 'fillId="2"', "7"),
        ('<color theme="0" tint="-0.15"/>', "", "[7]"),
        ('<color theme="0" tint="-0.5"/>', "", "7"),
        ('<color theme="1"/>', 'fillId="4"', "[7]"),
        ('<color indexed="9"/>', "", "[7]"),
        ('<color indexed="65"/>', "", "[7]"),
        ('<color indexed="64"/>', "", "7"),
        ('<color rgb="FFF8F8F8"/>', "", "[7]"),
        ('<sz val="1"/>', "", "[7]"),
        ('<color rgb="FF000000"/>', 'fillId="0"', "7"),
        ('<color theme="1"/>', "", "7"),
    ],
)
def test_a_figure_that_cannot_be_told_from_its_ground_is_none(font: str, fill: str, found: str) -> None:
    grounds = ('rgb="FF203040"', 'theme="0"', 'rgb="FF000000"')
    fills = "".join(f'<fill><patternFill patternType="solid"><fgColor {x}/></patternFill></fill>' for x in grounds)
    styles = (
        f"<fonts><font/><font>{font}</font></fonts><fills><fill/><fill/>{fills}</fills>"
        f'<cellXfs><xf/><xf fontId="1" {fill}/></cellXfs>'
    )
    assert words('<c r="B1" s="1"><v>7</v></c>', styles=styles) == found


def test_a_figure_that_is_repeated_until_its_cell_is_full_is_none() -> None:
    styles = '<fonts><font/></fonts><cellXfs><xf/><xf><alignment horizontal="fill"/></xf></cellXfs>'
    assert words('<c r="B1" s="1"><v>7</v></c>', styles=styles) == "[7]"


def test_zeros_of_a_sheet_that_shows_none_are_no_figures() -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    active.sheet_view.showZeros = False
    for line in active.iter_rows(max_row=active.max_row // 2):
        for cell in line:
            if cell.value == 0:
                cell.number_format = '0"件"'
    reading = read(saved(book))
    assert reading.report is not None
    zeros = {cell.id for cell in SAMPLE.cells() if cell.value == 0}
    assert {cell.id for cell in reading.report.cells() if cell.state is State.INVALID} == zeros


@pytest.mark.parametrize(
    ("change", "is_flagged"),
    [
        (DifferentialStyle(font=Font(color="FFFFFFFF")), True),
        (DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;")), True),
        (DifferentialStyle(font=Font(color="FFFF0000")), False),
        (DifferentialStyle(font=Font(color="FFFFFFFF"), fill=PatternFill(bgColor="FF203040")), False),
    ],
)
def test_figures_that_a_condition_may_hide_are_flagged(change: DifferentialStyle, is_flagged: bool) -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "规章")
    active.conditional_formatting.add(f"B{row}:C{row}", Rule("expression", dxf=change, formula=["TRUE"]))
    reading = read(saved(book))
    for column in ("issued", "repealed"):
        assert bool(reading.codes(f"disclosure.regulations.{column}")) == is_flagged
    assert not reading.codes("disclosure.regulations.in_force")


def test_a_figure_that_is_struck_out_is_flagged() -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "规章")
    for column in (2, 3):
        active.cell(row, column).font = Font(strike=True)
    active.cell(row, 3).value = None
    reading = read(saved(book))
    assert reading.report is not None
    assert reading.report["disclosure.regulations.issued"].state is State.INVALID
    assert reading.report["disclosure.regulations.repealed"].state is State.BLANK
    assert reading.codes("disclosure.regulations.issued") == ("figure-invalid",)


def test_a_result_that_its_program_asks_to_work_out_again_is_no_result() -> None:
    """Writers that can't calculate put 0 there."""
    cell = '<c r="B1"><f>SUM(C1:D1)</f><v>0</v></c>'
    assert words(cell, more='|<calcPr calcId="1" fullCalcOnLoad="1"/>') == "'=SUM(C1:D1)"
    assert words(cell, more='|<calcPr calcId="1"/>') == "0"


@pytest.mark.parametrize(
    ("style", "found"),
    [
        (0, "45000.5"), (1, "'45000.5"), (2, "2023-03-15 12:00:00"), (3, "2023-03-15 12:00:00"),
        (4, "2023-03-15 12:00:00"), (5, "45000.5万元md"), (6, "2023-03-15 12:00:00"), (7, "45000.5"),
        (8, "2023-03-15 12:00:00"), (9, "45000.5"), (10, "45000.5"), (11, "45000.5d"), (12, "45000.5"),
        (13, "45000.5件"), (99, "'45000.5"),
    ],
)  # fmt: skip
def test_dates_are_told_by_the_number_format(style: int, found: str) -> None:
    assert words(f'<c r="B1" s="{style}"><v>45000.5</v></c>', styles=STYLES) == found


def formatted(code: str) -> str:
    """Styles of which the second has a number format."""
    return (
        f'<numFmts><numFmt numFmtId="164" formatCode="{escape(code, {chr(34): "&quot;"})}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('0.00"元"', "12.5元"),
        ("0.00元", "12.5元"),
        ('0.00\\ "万元"', "12.5万元"),
        ('#,##0.00_ "元";[Red]\\-#,##0.00_ "元"', "12.5元"),
        ("￥#,##0.00", "￥12.5"),
        ("[$¥-804]#,##0.00;[$¥-804]-#,##0.00", "¥12.5"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.5"),
        ("#,##0_);(#,##0)", "12.5"),
        ("0.00E+00", "12.5"),
        ("# ?/?", "'12.5"),
        ("0;-0;;@", "12.5"),
        ("@", "12.5"),
        ("", "12.5"),
        ("[Red]", "12.5"),
        # Nothing is seen.
        (";;;", "'12.5"),
        (";0", "'12.5"),
        (";;;@", "'12.5"),
        (";@", "'12.5"),
        ('""', "'12.5"),
        ('"无"', "'12.5"),
        ('[>9]"";0', "'12.5"),
        # What is seen is another number.
        ("0%", "'12.5"),
        ('0"%"', "'12.5"),
        ("0,", "'12.5"),
        ('0.0,"千"', "'12.5"),
        ("0,.00", "'12.5"),
        ('0!.0,"万元"', "'12.5"),
        ('0\\.0,"万元"', "'12.5"),
        ('0"."0', "'12.5"),
        ('0"00"', "'12.5"),
        ('"1"0', "'12.5"),
        ("0-0", "'12.5"),
        ('[<10000]0;0!.0,"万元"', "'12.5"),
        # What it adds is no part of the number: a sign, digits, a stroke.
        ("-0", "'12.5"),
        ("(0)", "'12.5"),
        ("0/0", "'12.5"),
        ('0"/"0', "'12.5"),
        # In one of its parts there is a unit.
        ('0"元";0', "'12.5"),
    ],
)
def test_the_words_of_a_number_format_stand_beside_the_number(code: str, found: str) -> None:
    assert words('<c r="B1" s="1"><v>12.5</v></c>', styles=formatted(code)) == found


@pytest.mark.parametrize(
    ("code", "zero", "below"),
    [
        ("General", "0", "-3"),
        ("G/通用格式", "0", "-3"),
        ("@", "0", "-3"),
        ("0;@", "0", "-3"),
        ("#,##0;[Red]-#,##0", "0", "-3"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-3"),
        ('0;-0;"-"', "0", "-3"),
        ("0;-0;;@", "'0", "-3"),
        ("0;-0;", "'0", "-3"),
        ('0;-0;""', "'0", "-3"),
        ("0;;;@", "'0", "'-3"),
        ("0;", "0", "'-3"),
        ("#,###", "'0", "-3"),
        ("#;-#", "'0", "-3"),
        ('[=0]"";General', "'0", "'-3"),
        ("[White]0", "'0", "'-3"),
        ("0;[White]-0", "0", "'-3"),
        ("0;0", "0", "'-3"),
        ("0;(0)", "0", "-3"),
    ],
)
def test_a_number_that_its_format_does_not_show_is_no_figure(code: str, zero: str, below: str) -> None:
    assert words('<c r="B1" s="1"><v>0</v></c>', styles=formatted(code)) == zero
    assert words('<c r="B1" s="1"><v>-3</v></c>', styles=formatted(code)) == below


@pytest.mark.parametrize(
    ("code", "found"), [(";;;", "'7"), ("0;0;0;", "'7"), ('0;0;0;"@"', "'7"), (";;;@", "7"), ("0;0;0", "7"), ("0", "7")]
)
@pytest.mark.parametrize("cell", [' t="str"><v>7</v>', ' t="s"><v>0</v>', ' t="inlineStr"><is><t>7</t></is>'])
def test_a_text_that_its_format_does_not_show_is_no_figure(cell: str, code: str, found: str) -> None:
    assert words(f'<c r="B1" s="1"{cell}</c>', styles=formatted(code), strings="<si><t>7</t></si>") == found
    assert words('<c r="B1" s="1" t="str"><v> </v></c>', styles=formatted(code)) == " "


def test_figures_that_are_not_shown_are_flagged() -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "规章")
    for column, value in enumerate((14, 0, None), 2):
        active.cell(row, column).value = value
        active.cell(row, column).number_format = ";;;"
    reading = read(saved(book))
    assert reading.report is not None
    assert [cell.state for cell in reading.report.disclosure.regulations] == [State.INVALID] * 2 + [State.BLANK]
    assert reading.codes("disclosure.regulations.issued") == ("figure-invalid",)
    assert reading.codes("disclosure.regulations.repealed") == ("figure-invalid",)


@pytest.mark.parametrize(("number", "found"), [(7, "¤12.5"), (10, "'12.5"), (44, "¤12.5"), (43, "12.5")])
def test_built_in_formats_of_money_and_percent(number: int, found: str) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
    assert words('<c r="B1" s="1"><v>12.5</v></c>', styles=styles) == found


@pytest.mark.parametrize(
    ("code", "unit", "flag"), [('0.00"元"', "元", "unit-differs"), ('0!.0,"万元"', None, "figure-invalid")]
)
def test_an_amount_in_another_unit_is_flagged(code: str, unit: str | None, flag: str) -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "行政事业性收费")
    active.cell(row, 2).value = 1605000
    active.cell(row, 2).number_format = code
    reading = read(saved(book))
    assert reading.report is not None
    assert reading.report["disclosure.fees.amount"].unit == unit
    assert reading.codes("disclosure.fees.amount") == (flag,)


@pytest.mark.parametrize(
    ("days", "more", "found"),
    [
        ("45000", "", "2023-03-15"),
        ("0.25", "", "06:00:00"),
        ("45000", '<workbookPr date1904="1"/>', "2027-03-16"),
        ("1E+14", "", "'1E+14"),
    ],
)
def test_dates(days: str, more: str, found: str) -> None:
    assert words(f'<c r="B1" s="2"><v>{days}</v></c>', styles=STYLES, more=more) == found


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_given_as_exactly_as_sums_are_or_not_at_all(number: float) -> None:
    text = number_text(repr(number))
    if text is not None:
        assert abs(float(text) - number) <= 2 * math.ulp(number)
        assert abs(Decimal(text)) < 10**15


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_what_was_typed_is_what_is_read(typed: Decimal) -> None:
    """Spreadsheets write 17 digits."""
    text = number_text(f"{float(typed):.17g}")
    assert text is not None
    assert Decimal(text) == typed


def test_cells_without_names_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>"
    assert grid(read_document(packed(parts(f"<sheetData>{rows}</sheetData>")), DEFAULT)) == [["1", "2"], ["3", "4"]]


def test_namespaces_may_have_prefixes() -> None:
    contents = parts("")
    contents["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        "<x:c r='B1'><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert grid(read_document(packed(contents), DEFAULT)) == [["1", "2"]]


# --- what is seen ----------------------------------------------------------------------------------------------------


def fill(place: Worksheet, report: Report, *, top: int = 1, left: int = 1, gap: int = 0, merged: bool = True) -> None:
    """The form as somebody fills it in, everything on one sheet: figures that are digits are numbers."""
    row = top
    for block in lay_out(report):
        if not isinstance(block, Sheet):
            place.cell(row, left, block.text)
            if merged:
                place.merge_cells(start_row=row, end_row=row, start_column=left, end_column=left + 14)
            row += 1
            continue
        row += gap
        taken: set[tuple[int, int]] = set()
        for boxes in block.rows:
            column = left
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                if box.text:
                    place.cell(row, column, int(box.text) if box.text.isdecimal() else box.text)
                taken.update((row + i, column + j) for i in range(box.rowspan) for j in range(box.colspan))
                if box.rowspan * box.colspan > 1:
                    place.merge_cells(None, row, column, row + box.rowspan - 1, column + box.colspan - 1)
                column += box.colspan
            row += 1
        row += gap


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*arguments: object) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    active = book.active
    assert isinstance(active, Worksheet)
    return book, active


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("top", "left"), [(1, 1), (9, 4)])
def test_the_form_filled_in_on_one_sheet(top: int, left: int, gap: int, merged: bool) -> None:
    book, active = workbook()
    fill(active, SAMPLE, top=top, left=left, gap=gap, merged=merged)
    reading = read(saved(book))
    assert reading.report == SAMPLE
    assert reading.diagnostics == ()


def test_a_figure_is_found_where_it_stands() -> None:
    book, active = workbook()
    active.title = "情况表"
    fill(active, SAMPLE, top=4, left=3)
    reading = read(saved(book))
    for cell_id, place in reading.locations.items():
        assert place.sheet == "情况表"
        if place.text:
            assert place.row is not None
            assert place.column is not None
            assert place.text == str(active.cell(place.row, place.column).value), cell_id
    assert sum(place.text != "" for place in reading.locations.values()) == 197


def test_hidden_columns_rows_and_sheets_are_not_read() -> None:
    book, active = workbook()
    fill(active, SAMPLE, top=3, left=2)
    shift(active, column=4, row=9)
    secret = book.create_sheet("旧表")
    fill(secret, SAMPLE)
    secret.sheet_state = "hidden"
    reading = read(saved(book))
    assert reading.report == SAMPLE
    assert [(problem.code, problem.found) for problem in reading.diagnostics] == [
        ("hidden-not-read", "Sheet!9:9, D:D"),
        ("hidden-not-read", "旧表"),
    ]
    # The figure behind the hidden column is still found in the sheet's own column.
    place = reading.locations["disclosure.regulations.repealed"]
    assert place.row is not None
    assert (place.column, str(active.cell(place.row, 5).value)) == (5, place.text)


def shift(place: Worksheet, *, column: int, row: int) -> None:
    """Make room for a hidden column and a hidden row, both filled, merged cells as wide and high as that makes them."""
    areas = [area.bounds for area in place.merged_cells.ranges]
    for area in list(place.merged_cells.ranges):
        place.unmerge_cells(str(area))
    place.insert_cols(column)
    place.insert_rows(row)
    for left, top, right, bottom in areas:
        place.merge_cells(
            None, top + (top >= row), left + (left >= column), bottom + (bottom >= row), right + (right >= column)
        )
    for number in range(1, place.max_row + 1):
        if not any((number, column) in cells for cells in map(places_of, place.merged_cells.ranges)):
            place.cell(number, column, 77)
    for number in range(1, 12):
        place.cell(row, number).value = 88
    place.column_dimensions[get_column_letter(column)].hidden = True
    place.row_dimensions[row].hidden = True


def places_of(area: object) -> set[tuple[int, int]]:
    left, top, right, bottom = area.bounds  # type: ignore[attr-defined]
    return {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def test_a_merged_cell_is_seen_where_its_first_place_is_hidden() -> None:
    cells = ('<c r="A1" t="str"><v>甲</v></c>', '<c r="C1"><v>1</v></c>', '<c r="D1"><v>2</v></c>')
    hidden = '<cols><col min="1" max="1" hidden="1"/></cols>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    document = read_document(packed(parts(sheet(*cells, before=hidden, after=merged))), DEFAULT)
    assert grid(document) == [["甲", "1", "2"]]
    assert document.notes == []


def test_what_stands_under_a_merged_cell_is_not_seen() -> None:
    cells = ('<c r="A1"><v>1</v></c>', '<c r="B1"><v>9</v></c>', '<c r="C1"><v>2</v></c>')
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    document = read_document(packed(parts(sheet(*cells, after=merged))), DEFAULT)
    assert grid(document) == [["1", "", "2"]]
    assert [note.found for note in document.notes] == ["S1!B1"]


@pytest.mark.parametrize(("value", "covered"), [('t="str"><v>规章', ""), ("><v>7", COVERED), ('t="str"><v>/', COVERED)])
def test_what_a_merged_cell_with_a_figure_covers_is_no_blank(value: str, covered: str) -> None:
    first = f'<row r="1"><c r="A1" {value}</v></c><c r="C1"><v>1</v></c></row>'
    second = '<row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>2</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    [block] = read_document(packed(parts(data(first, second, after=merged))), DEFAULT).blocks
    assert isinstance(block, Table)
    below = COVERED_BELOW if covered else ""
    assert [row.cells[1] for row in block.rows] == [covered, below]
    assert block.rows[1].cells[0] == below


def test_a_figure_in_a_merged_cell_is_flagged_in_each_place() -> None:
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(cell.row for line in active.iter_rows() for cell in line if cell.value == "规章")
    active.merge_cells(None, row, 2, row, 4)
    reading = read(saved(book))
    for column in ("issued", "repealed", "in_force"):
        assert reading.codes(f"disclosure.regulations.{column}") == ("cell-merged",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_noted(state: str) -> None:
    cell = sheet('<c r="A1"><v>1</v></c>')
    document = read_document(packed(parts(cell, cell, state=f' state="{state}"')), DEFAULT)
    assert lines(document) == ["1"]
    assert [str(note) for note in document.notes] == ["hidden-not-read: What is hidden was not read: S2."]


def test_no_cell_is_blank_or_zero_by_mistake() -> None:
    """Errors, dates, formulas never calculated and text stay what they are, and a blank is no zero."""
    book, active = workbook()
    fill(active, SAMPLE)
    row = next(
        cell.row for line in active.iter_rows() for cell in line if cell.value == "一、本年新收政府信息公开申请数量"
    )
    wrong = ["#REF!", date(2024, 1, 5), "=SUM(D1:D3)", None, 2.6, "007", "３件"]
    for column, value in enumerate(wrong, 4):
        active.cell(row, column).value = value  # type: ignore[assignment]
    reading = read(saved(book))
    assert reading.report is not None
    found = list(reading.report.requests.received)
    assert [(cell.state, cell.text) for cell in found] == [
        (State.INVALID, "#REF!"),
        (State.INVALID, "2024-01-05"),
        (State.INVALID, "=SUM(D1:D3)"),
        (State.BLANK, ""),
        (State.INVALID, "2.6"),
        (State.INVALID, "007"),
        (State.VALUE, "3件"),
    ]
    flagged = {cell_id for problem in reading.diagnostics for cell_id in problem.cells}
    assert flagged == {
        f"requests.received.{name}" for name in "natural_person business research legal_service other".split()
    }


def test_prose_in_cells() -> None:
    """Lines of a cell are paragraphs; a heading may stand beside its text; sheets come in their order."""
    book, active = workbook()
    active.title = "Sheet9"
    active["B2"] = "青山区教育局2023年政府信息公开工作年度报告"
    active.merge_cells("B2:L2")
    active["B3"] = "一、总体情况"
    active["C3"] = "第一段。\n\n  第二段  有空格。\r\n第三段。"
    tables = book.create_sheet("附件1")
    fill(tables, Report(SAMPLE.disclosure, SAMPLE.requests, SAMPLE.proceedings))
    last = book.create_sheet("2")
    last["A1"] = "五、存在的主要问题及改进情况\n栏目少。\n六、其他需要报告的事项\n无其他事项。"
    report = parse(saved(book))
    assert report == Report(
        SAMPLE.disclosure,
        SAMPLE.requests,
        SAMPLE.proceedings,
        Sections(
            overview=Section(("第一段。", "第二段  有空格。", "第三段。")),
            problems=Section(("栏目少。",)),
            other_matters=Section(("无其他事项。",)),
        ),
        "青山区教育局2023年政府信息公开工作年度报告",
        "青山区教育局",
        2023,
    )


def test_a_text_pasted_into_one_column() -> None:
    book, active = workbook()
    for number, line in enumerate(render(SAMPLE, "text").split("\n"), 1):
        for piece in line.split("\t"):
            if piece:
                active.cell(active.max_row + 1 if number > 1 else 1, 1, piece)
    check_right_or_flagged(SAMPLE, read(saved(book)))


# --- against other readers -------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """A grid of values with no empty row, and areas of it that don't touch."""
    width = draw(st.integers(2, 8))
    value = st.one_of(
        st.none(),
        st.integers(-(10**14), 10**14),
        st.decimals(-(10**6), 10**6, places=2).map(float),
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=5
        ),
        st.sampled_from(["规章", "_x0041_", "=1+1", "'3", " 3 ", "1,234", "007", "\\", "a\nb"]),
        st.booleans(),
        st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    )
    rows = draw(st.lists(st.lists(value, min_size=width, max_size=width), min_size=1, max_size=6))
    for row in rows:
        row[0], row[-1] = "甲", "乙"
    areas = []
    for top in range(1, len(rows), 2):
        left = draw(st.integers(1, width - 1))
        areas.append((top, left, draw(st.integers(top, top + 1)), draw(st.integers(left, width - 1))))
    return rows, [area for area in areas if area[2] <= len(rows)]


def shown(value: object) -> str:
    """A value of another reader in our words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    return " ".join(str(value).split())


@given(tables(), st.integers(1, 30), st.integers(1, 30))
def test_the_grid_is_that_of_other_readers(
    table: tuple[list[list[object]], list[tuple[int, int, int, int]]], top: int, left: int
) -> None:
    """openpyxl writes the workbook; openpyxl and calamine read it."""
    rows, areas = table
    book, active = workbook()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = active.cell(top + number, left + column)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
    for first, start, last, end in areas:
        active.merge_cells(None, top + first - 1, left + start - 1, top + last - 1, left + end - 1)
    content = saved(book)

    again = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    assert isinstance(again, Worksheet)
    theirs = [[unescape(shown(v)) for v in row] for row in again.iter_rows(top, None, left, None, True)]
    rust = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    others = [[shown(value) for value in row] for row in rust.to_python()]

    document = read_document(content, DEFAULT)
    ours = [
        (row.origin.row, [cell.strip(COVERED + COVERED_BELOW) for cell in row.cells])
        for b in document.blocks
        if isinstance(b, Table)
        for row in b.rows
        if row.origin
    ]
    assert [number for number, _ in ours] == list(range(top, top + len(rows)))
    assert [cells for _, cells in ours] == theirs
    assert theirs == others


# --- other software --------------------------------------------------------------------------------------------------

REQUESTS = """
    31 4 1 2 3 0 41 | 3 1 0 0 0 0 4 | 12 2 0 1 1 0 16 | 5 0 0 0 1 0 6 | 0 0 0 0 0 0 0 | 1 0 0 0 0 0 1 | 0 0 0 0 0 0 0
    2 1 0 0 0 0 3 | 1 0 0 0 0 0 1 | 0 0 1 0 0 0 1 | 1 0 0 0 0 0 1 | 0 0 0 0 0 0 0 | 6 1 0 1 0 0 8 | 1 0 0 0 0 0 1
    0 0 0 0 1 0 1 | 2 0 0 0 0 0 2 | 1 0 0 0 0 0 1 | - / 0 0 0 0 0 | 0 0 0 0 0 0 0 | 0 0 0 0 0 0 0 | . . . . . . .
    0 0 0 0 0 0 0 | 0 0 0 0 0 0 0 | 32 4 1 2 3 0 42 | 2 1 0 0 0 0 3
"""
"""Row for row what stands in the workbook; a dot is a blank cell."""


def test_a_workbook_of_libreoffice() -> None:
    """Made of a page by LibreOffice 24, by way of ODS: one sheet of 27 columns, nearly every cell merged."""
    reading = read(DATA / "libreoffice.xlsx")
    assert reading.report is not None
    assert reading.diagnostics == ()
    disclosure, requests, proceedings = reading.report.tables
    assert [cell.text for cell in disclosure.cells()] == "2 0 14 5 1 63 208 37 4 12.5".split()
    assert [cell.text or "." for cell in requests.cells()] == REQUESTS.replace("|", " ").split()
    assert [cell.text for cell in proceedings.cells()] == "2 0 1 0 3 1 0 0 1 2 0 0 0 0 0".split()
    assert reading.report["disclosure.fees.amount"].value == Decimal("12.5")
    states = {figure.id: figure.state for figure in reading.report.cells() if figure.state is not State.VALUE}
    assert states == {
        "requests.not_processed.publication.natural_person": State.NOT_APPLICABLE,
        "requests.not_processed.publication.business": State.NOT_APPLICABLE,
        **{
            f"requests.other.correction_overdue.{name}": State.BLANK
            for name in "natural_person business research public_interest legal_service other total".split()
        },
    }
    assert reading.report.title == "柳河市东林区教育局2024年政府信息公开工作年度报告"
    assert reading.report.sections.overview is not None
    assert [len(paragraph) for paragraph in reading.report.sections.overview.paragraphs] == [41, 41, 30]
    assert str(reading.locations["requests.received.total"]) == "sheet Sheet1, row 25, column 25"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("format", ["html", "xlsx"])
def test_libreoffice_converts_what_we_write(format: FormatName, tmp_path: Path) -> None:
    source = tmp_path / f"report.{format}"
    content = render(SAMPLE, format)
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    convert(source, "ods", tmp_path, *["--infilter=HTML (StarCalc)"] * (format == "html"))
    convert(tmp_path / "report.ods", "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    reading = read(tmp_path / "out" / "report.xlsx")
    assert reading.report == SAMPLE
    assert reading.diagnostics == ()


def convert(source: Path, to: str, folder: Path, *options: str) -> None:
    program = shutil.which("soffice")
    assert program is not None
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", *options, "--convert-to", to, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


# --- our own ---------------------------------------------------------------------------------------------------------


@given(reports())
def test_round_trip(report: Report) -> None:
    check_round_trip(report, "xlsx")


@given(consistent_reports())
def test_figures_are_numbers_to_a_spreadsheet(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    for cell_id, place in read(render(report, "xlsx")).locations.items():
        assert place.sheet is not None
        assert place.row is not None
        value = report[cell_id].value
        if isinstance(value, int) and report[cell_id].unit is None:
            assert place.column is not None
            cell = book[place.sheet].cell(place.row, place.column)
            assert (cell.data_type, cell.value) == ("n", value), cell_id


def with_received(*cells: Cell) -> Report:
    figures = dict(
        zip((f"received.{column.id}" for column in SAMPLE.requests.form.columns_of["received"]), cells, strict=False)
    )
    return evolve(EMPTY, requests=Requests.of("2021", figures))


def stored(report: Report) -> list[tuple[object, str]]:
    """What a spreadsheet holds in the first row of figures of 三: value and type."""
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    found = book["三、收到和处理政府信息公开申请情况"]
    row = next(
        cell.row for line in found.iter_rows() for cell in line if cell.value == "一、本年新收政府信息公开申请数量"
    )
    return [(found.cell(row, column).value, found.cell(row, column).data_type) for column in range(4, 11)]


def test_a_figure_is_a_number_where_that_says_all() -> None:
    report = with_received(
        Cell.of(12),
        Cell.of(-3),
        Cell.of(12, "件"),
        Cell.of(10**15 - 1),
        Cell.of(10**15),
        Cell.invalid("007"),
        Cell.blank(),
    )
    assert stored(report) == [
        (12, "n"), (-3, "n"), ("12件", "s"), (10**15 - 1, "n"), (str(10**15), "s"), ("007", "s"), (None, "n"),
    ]  # fmt: skip
    check_round_trip(report, "xlsx")


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "＝1", "{=1}"])
def test_text_is_never_a_formula(text: str) -> None:
    report = evolve(with_received(Cell.invalid(text)), sections=Sections(overview=Section((text,))))
    assert stored(report)[0] == (text, "s")
    content = render(report, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type != "f" for place in book for row in place.iter_rows() for cell in row)
    assert b"<f>" not in b"".join(part for name, part in unpacked(content) if "sheet" in name)
    quoted = [cell.quotePrefix for place in book for row in place.iter_rows() for cell in row if cell.value == text]
    assert quoted == [text[0] in "=+-@＝"] * 2
    check_round_trip(report, "xlsx")


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize("length", [3_998, 3_999, 4_000, 4_001, 7_999, 8_000, 100_000])
@pytest.mark.parametrize("letter", ["长", "\\", "\U0001f600", " a", "_x0041"])
def test_a_paragraph_longer_than_a_cell(letter: str, length: int) -> None:
    text = ("x" + letter * length)[:length].strip()
    assert max(map(len, pieces(text))) <= 4000
    report = evolve(EMPTY, sections=Sections(overview=Section((text, "\\规章", text, "规章"))))
    check_round_trip(report, "xlsx")
    for place in openpyxl.load_workbook(io.BytesIO(render(report, "xlsx"))):
        assert all(len(str(cell.value)) < 32_767 for row in place.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "text",
    [
        "123",
        "007",
        "1,234",
        "_x0009_",
        "_x005F_x0009_",
        "a\tb",
        "a  b",
        "\ufeff甲",
        "规章",
        "\\规章",
        "2024-01-05",
        "TRUE",
        "'3",
    ],
)
def test_prose_comes_back(text: str) -> None:
    check_round_trip(evolve(EMPTY, sections=Sections(overview=Section((text, "一", text)))), "xlsx")


def test_rows_that_look_like_something_else_come_back() -> None:
    heading = "三、收到和处理政府信息公开申请情况"
    unknown = (UnknownRow((heading,)), UnknownRow(("甲",)), UnknownRow(("乙", "", "3")), UnknownRow((heading, "1")))
    for name in ("disclosure", "requests", "proceedings"):
        table = getattr(SAMPLE, name)
        blank = dict.fromkeys((cell_id.partition(".")[2] for cell_id in table.form.cell_ids), Cell.blank())
        first = next(iter(blank))
        for figures in (blank, {**blank, first: Cell.invalid(heading)}):
            changed = evolve(type(table).of(table.edition, figures), unknown=unknown)
            check_round_trip(evolve(EMPTY, **{name: changed}), "xlsx")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(SAMPLE, "xlsx") == render(SAMPLE, "xlsx")


def test_the_layout_is_that_of_the_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(SAMPLE, "xlsx")))
    assert book.sheetnames == [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ]  # fmt: skip
    requests = book["三、收到和处理政府信息公开申请情况"]
    merged = {str(area) for area in requests.merged_cells.ranges}
    # Heading, corner, names above columns, 三 over 22 rows, （三） over 8, （七）总计 over two columns.
    assert {"A1:J1", "A3:C5", "D3:J3", "E4:I4", "D4:D5", "A8:A29", "B10:B17", "B29:C29", "A30:C30"} <= merged
    assert requests.print_title_rows == "$3:$5"
    for place in book:
        assert (place.page_setup.paperSize, place.page_setup.orientation) == (9, "portrait")
        assert place.sheet_properties.pageSetUpPr is not None
        assert place.sheet_properties.pageSetUpPr.fitToPage
    assert requests["D6"].border.left.style == "thin"
    assert requests["A6"].alignment.wrap_text


# --- bad input -------------------------------------------------------------------------------------------------------

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MERGED_ALL = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'


def data(*rows: str, after: str = "") -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>{after}"


def replaced(name: str, content: bytes) -> bytes:
    return packed({**parts(data(ONE)), name: content})


def crowded(name: str, content: str) -> bytes:
    return packed({**parts(data(ONE)), name: content})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb in a sheet": (lambda: replaced("xl/worksheets/sheet1.xml", b"<a>" + b" " * (240 << 20)), "line-too-long"),
    "a million empty cells": (lambda: packed(parts(data(f"<row>{'<c/>' * 950_000}</row>"))), "too-many-cells"),
    "a million elements in each of ten sheets": (
        lambda: packed(parts(*["<a/>" * 1_000_000] * 10)),
        "too-many-cells",
    ),
    "dimension claim": (lambda: packed(parts('<dimension ref="A1:XFD1048576"/>' + data(ONE))), "not-a-report"),
    "cell at XFD1048576": (lambda: packed(parts(data(ONE, FAR))), "not-a-report"),
    "rows from A to XFD": (
        lambda: packed(
            parts(
                data(*(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 40)))
            )
        ),
        "too-many-cells",
    ),
    "60,000 rows that are no report": (
        lambda: packed(parts(data("<row><c><v>1</v></c><c><v>2</v></c></row>" * 60_000), data(ONE))),
        "too-many-cells",
    ),
    "48,000 rows that are no report": (
        lambda: packed(parts(data("<row><c><v>1</v></c><c><v>2</v></c></row>" * 48_000))),
        "not-a-report",
    ),
    "cell ZZZZZ1": (lambda: packed(parts(data('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'))), "broken-package"),
    "cell twice": (lambda: packed(parts(data(ONE, ONE))), "broken-package"),
    "row 0": (lambda: packed(parts(data('<row r="0"/>'))), "broken-package"),
    "100,000 merged areas": (
        lambda: packed(
            parts(
                data(ONE, '<row r="400000"><c r="D400000"><v>1</v></c></row>')
                + "<mergeCells>"
                + "".join(f'<mergeCell ref="A{2 * n}:B{2 * n + 1}"/>' for n in range(1, 100_001))
                + "</mergeCells>"
            )
        ),
        "too-many-cells",
    ),
    "all merged": (lambda: packed(parts(data(ONE, after=MERGED_ALL))), "not-a-report"),
    "all merged, both ends filled": (lambda: packed(parts(data(ONE, FAR, after=MERGED_ALL))), "too-many-cells"),
    "merged nonsense": (
        lambda: packed(parts(data(ONE, after='<mergeCells><mergeCell ref="A1:"/><mergeCell ref="?"/></mergeCells>'))),
        "broken-package",
    ),
    "one long text in 100,000 cells": (
        lambda: packed(
            parts(
                data("<row>" + '<c t="s"><v>0</v></c>' * 100_000 + "</row>"), strings=f"<si><t>{'长' * 10**6}</t></si>"
            )
        ),
        "unzipped-too-large",
    ),
    "a text that is not there": (lambda: packed(parts(data('<row><c t="s"><v>7</v></c></row>'))), "broken-package"),
    "800,000 texts": (lambda: packed(parts(data(ONE), strings="<si/>" * 800_000)), "not-a-report"),
    "550,000 fonts": (lambda: packed(parts(data(ONE), styles=f"<fonts>{'<font/>' * 550_000}</fonts>")), "not-a-report"),
    "a number format of 4 MB": (
        lambda: packed(
            parts(data(ONE), styles=f'<numFmts><numFmt numFmtId="164" formatCode="{"[" * 4_000_000}"/></numFmts>')
        ),
        "not-a-report",
    ),
    "80,000 times all columns": (
        lambda: packed(parts("<cols>" + '<col min="1" max="16384" hidden="1"/>' * 80_000 + "</cols>" + data(ONE))),
        "broken-package",
    ),
    "100,000 hidden rows": (
        lambda: packed(parts(data(*(f'<row r="{n}" hidden="1"/>' for n in range(1, 100_001))))),
        "empty-source",
    ),
    "three million digits": (
        lambda: packed(parts(data(f"<row><c><v>{'9' * 3_000_000}</v></c></row>"))),
        "not-a-report",
    ),
    "billion laughs": (
        lambda: replaced(
            "xl/worksheets/sheet1.xml",
            b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>',
        ),
        "unsafe-package",
    ),
    "external entity": (
        lambda: replaced("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'),
        "unsafe-package",
    ),
    "path traversal": (lambda: crowded("../../tmp/x.xml", "<a/>"), "unsafe-package"),
    "a sheet that is no XML": (lambda: crowded("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"), "broken-package"),
    "no sheet": (lambda: packed({**parts(), "xl/worksheets/sheet1.xml": "<a/>"}), "empty-source"),
    "cut": (lambda: packed(parts(data(ONE)))[:700], "broken-package"),
    "empty": (lambda: b"", "unsupported-format"),
    "a renamed text": (lambda: "规章\t1\t0\t12".encode(), "unsupported-format"),
    "encrypted": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_input_is_refused_with_a_reason(name: str) -> None:
    make, code = HOSTILE[name]
    reading = read(make(), format="xlsx")
    assert reading.report is None
    assert isinstance(reading.error, GipaError)
    assert reading.error.code == code


@pytest.mark.skipif(sys.platform == "win32", reason="there is no measure of memory")
def test_bad_input_costs_little_memory(tmp_path: Path) -> None:
    """All of it, one after the other in one process that may not have more than 600 MB."""
    import resource

    for number, name in enumerate(HOSTILE):
        (tmp_path / f"{number:03}").write_bytes(HOSTILE[name][0]())
    script = (
        "import pathlib, sys\nfrom gipa_reports import read\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    assert read(path.read_bytes(), format='xlsx').report is None\n"
    )
    limit = 600 * 2**20
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
@given(data=st.data())
def test_damage_is_an_error_of_ours(name: str, data: st.DataObject) -> None:
    contents = {part: bytes(content) for part, content in unpacked((DATA / "libreoffice.xlsx").read_bytes())}
    at = data.draw(st.integers(0, len(contents[name]) - 1))
    end = data.draw(st.integers(at, min(at + 40, len(contents[name]))))
    contents[name] = contents[name][:at] + data.draw(st.binary(max_size=6)) + contents[name][end:]
    reading = read(packed(dict(contents)))
    assert reading.report is not None or isinstance(reading.error, ReadError | LimitError)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_prefix_that_is_declared_nowhere_is_damage(name: str) -> None:
    contents = dict(unpacked((DATA / "libreoffice.xlsx").read_bytes()))
    contents[name] = re.sub(rb"(<\w+) ", rb"\1 nowhere:is='1' ", contents[name], count=1)
    with pytest.raises(ReadError, match=f"{name} is no XML"):
        parse(packed({**contents}))


def test_a_limit_on_cells_is_named() -> None:
    with pytest.raises(LimitError, match="limit cells is 50, pass Limits"):
        parse(render(SAMPLE, "xlsx"), limits=Limits(cells=50))


def test_other_packages_are_no_workbooks() -> None:
    assert sniff(render(SAMPLE, "xlsx"))
    assert not sniff(b"PK\x03\x04")
    assert not sniff("规章".encode())
    with pytest.raises(ReadError, match="DOCX"):
        parse((DATA / "libreoffice_from_html.docx").read_bytes(), format="xlsx")


def test_a_workbook_is_known_by_its_content() -> None:
    reading: Reading = read(render(SAMPLE, "xlsx"))
    assert reading.format == "xlsx"
    assert reading.report == SAMPLE


def test_writing_without_the_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl.workbook", None)
    with pytest.raises(MissingExtraError, match=r"gipa-reports\[xlsx\]"):
        render(SAMPLE, "xlsx")


def test_rows_that_begin_where_the_one_above_ends_are_read_side_by_side() -> None:
    """So does an office suite write a table within the table that lays out a page; a blank holds white space."""
    white = "\xa0"
    rows = [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", white, "12"],
        ["行政规范性文件", white, "4", white],
        ["第二十条第（五）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "36"],
        ["第二十条第（六）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政处罚", "8"],
        ["行政强制", white],
        ["第二十条第（八）项"],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", "0.5"],
    ]
    book, active = workbook()
    active.append(["石桥镇人民政府2023年政府信息公开工作年度报告"])
    column = 9
    for number, (label, *body) in enumerate(rows, 2):
        active.cell(number, 1, label)
        for text in body:
            active.cell(number, column, text)
            column += 1
    reading = read(saved(book))
    assert reading.report is not None
    disclosure = reading.report.disclosure
    found = dict(
        zip([row.id for row in disclosure.form.rows], [[c.text for c in row] for row in disclosure.rows], strict=True)
    )
    assert found == {
        "regulations": ["1", "", "12"],
        "normative_documents": ["", "4", ""],
        "licensing": ["36"],
        "penalties": ["8"],
        "coercion": [""],
        "fees": ["0.5"],
    }
    assert not [code for cell in disclosure.form.cell_ids for code in reading.codes(cell) if code != "truncated-table"]
    place = reading.locations["disclosure.normative_documents.repealed"]
    assert (place.row, active.cell(place.row or 0, place.column or 0).value) == (5, "4")


def with_rows(rows: list[list[str]]) -> bytes:
    """A workbook with texts, white space too, and nothing where there is none."""
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    for y, row in enumerate(rows, 1):
        for x, text in enumerate(row, 1):
            if text:
                book.active.cell(y, x, text)
    return saved(book)


def test_a_heading_above_a_label_in_one_cell_is_apart() -> None:
    cells = ["四、政府信息公开行政复议、行政诉讼情况\n行政复议", *[""] * 4, "行政诉讼"]
    document = read_document(with_rows([cells, ["结果维持", "结果纠正"]]), DEFAULT)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "四、政府信息公开行政复议、行政诉讼情况"
    ]
    assert grid(document) == [["行政复议", "", "", "", "", "行政诉讼"], ["结果维持", "结果纠正", "", "", "", ""]]
    other = read_document(with_rows([["说明文字\n行政复议", "行政诉讼"]]), DEFAULT)
    assert grid(other) == [["说明文字 行政复议", "行政诉讼"]]


def test_the_last_cell_of_rows_in_steps_may_be_white_space() -> None:
    rows = [[f"甲{number}", *[""] * (number * 2), "1", "2"] for number in range(12)]
    rows.append(["乙", *[""] * 24, "3", " "])
    assert grid(read_document(with_rows(rows), DEFAULT))[-1] == ["乙", *[""] * 24, "3", " "]
