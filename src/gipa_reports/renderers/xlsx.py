"""An XLSX workbook: one sheet for each section of the form, so that every table has columns of its own, on A4.

Written by openpyxl, for XlsxWriter takes a text that begins with ``<r>`` and ends with ``</r>`` for markup of its own.
Figures are numbers where a number says all that the cell says, else text; no text is ever a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZipFile

from attrs import define, frozen

from ..brief import columns
from ..errors import MissingExtraError
from ..readers.xlsx.sheet import FULL
from ..readers.xlsx.values import number_text
from ..report import Report, State
from ..template import HEADINGS
from ..template.labels import ESCAPE
from .layout import Box, Line, Sheet, lay_out, places
from .package import undated

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_ESCAPE_SEQUENCE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what stands for another character in a workbook …"""
_UNDERSCORE = "_x005F_"
"""… and what stands for it."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")

_A4 = 9
_CREATED = datetime(2000, 1, 1)
"""One date for all workbooks: the same report gives the same bytes."""

_FONT_SIZE = 11
MAX_HEIGHT = 409.0
"""Points that a row can have."""
_PROSE_WIDTH = 76.0
_WIDTHS = {
    "disclosure": (34.0, 19.0, 19.0, 19.0),
    "requests": (6.0, 13.0, 33.0, *[8.5] * 7),
    "proceedings": (7.5,) * 15,
}
"""Table → widths of its columns in digits; a column beyond these is as wide as the last."""


def write(report: Report) -> bytes:
    """``report`` as a workbook. Raises ``MissingExtraError`` without the extra ``xlsx``."""
    book = new_workbook()
    pen = _Pen(book, _styles())
    for name, blocks in _sections(report):
        pen.write(name, blocks)
    return packed(book)


def new_workbook() -> Workbook:
    """Return a workbook without a sheet. Raises ``MissingExtraError`` without the extra ``xlsx``."""
    try:
        from openpyxl.workbook import Workbook
    except ImportError:
        raise MissingExtraError.of("writing XLSX files", "openpyxl", "xlsx") from None
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _CREATED
    return book


def packed(book: Workbook) -> bytes:
    """Return the file that a workbook is."""
    from openpyxl.writer.excel import ExcelWriter

    file = BytesIO()
    ExcelWriter(book, ZipFile(file, "w")).save()
    return undated(file)


def _sections(report: Report) -> Iterator[tuple[str, list[Line | Sheet]]]:
    """The name and the blocks of each sheet; what stands before the first heading is on the first."""
    opened = {heading.text: heading.id for heading in HEADINGS}
    blocks: dict[str, list[Line | Sheet]] = {heading.id: [] for heading in HEADINGS}
    current = HEADINGS[0].id
    for block in lay_out(report):
        if isinstance(block, Sheet):
            blocks[block.id].append(block)
        else:
            current = opened[block.text] if block.level == 2 else current
            blocks[current].append(block)
    return ((heading.text, blocks[heading.id]) for heading in HEADINGS if blocks[heading.id])


# --- sheets --------------------------------------------------------------------------------------------------------


@define
class _Pen:
    """Writes sheets into ``book``."""

    book: Workbook
    styles: dict[str, _Style]

    def write(self, name: str, blocks: list[Line | Sheet]) -> None:
        from openpyxl.utils import get_column_letter

        sheet: Worksheet = self.book.create_sheet(name)
        widths = _widths(next((block for block in blocks if isinstance(block, Sheet)), None))
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        row = 1
        for block in blocks:
            if isinstance(block, Sheet):
                # An empty row parts prose from table: a row of a table may hold a single cell too.
                row += row > 1
                if block.head:
                    sheet.print_title_rows = f"{row}:{row + block.head - 1}"
                self._table(sheet, row, block, widths)
            else:
                for text in pieces(block.text):
                    self._line(sheet, row, text, block.level, widths)
                    row += 1
        set_up_page(sheet, "portrait")
        sheet.print_options.horizontalCentered = True

    def _line(self, sheet: Worksheet, row: int, text: str, level: int, widths: tuple[float, ...]) -> None:
        """A paragraph over all columns."""
        style = self.styles[("prose", "title", "heading")[level]]
        self._cell(sheet, row, 1, text, style)
        sheet.row_dimensions[row].height = row_height(text, sum(widths), style.font.size)
        if len(widths) > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))

    def _table(self, sheet: Worksheet, top: int, table: Sheet, widths: tuple[float, ...]) -> None:
        for row, boxes in enumerate(places(table), top):
            height = 0.0
            for at, box, begins in boxes:
                if not begins:
                    continue
                style = self.styles[_style(box)]
                self._cell(sheet, row, at + 1, box.text, style, box.state is State.VALUE)
                bottom, right = row + box.rowspan - 1, at + box.colspan
                if bottom > row or right > at + 1:
                    sheet.merge_cells(start_row=row, end_row=bottom, start_column=at + 1, end_column=right)
                if bottom == row:
                    height = max(height, row_height(box.text, sum(widths[at:right]), style.font.size))
            sheet.row_dimensions[row].height = height

    def _cell(self, sheet: Worksheet, row: int, column: int, text: str, style: _Style, is_value: bool = False) -> None:
        cell: Any = sheet.cell(row, column)
        cell.font, cell.alignment, cell.border, cell.fill = style.font, style.alignment, style.border, style.fill
        if not text:
            return
        if is_value and _is_exact(text):
            cell.value = float(text) if "." in text else int(text)
            return
        write_text(cell, text)


def write_text(cell: Any, text: str) -> None:
    """Write ``text`` into a cell, whatever it looks like; no part of it is taken for an escaped character."""
    cell.value = _ESCAPE_SEQUENCE.sub(_UNDERSCORE, text)
    cell.data_type = "s"
    # Text it is; this keeps it so when somebody edits the cell.
    cell.quotePrefix = _FORMULA.match(text) is not None


def set_up_page(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """A4, as wide as the page, with its number below."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text = "&P / &N"


def _is_exact(text: str) -> bool:
    """Return whether the figure ``text`` comes back from a number as the same text."""
    return len(text) <= 17 and _NUMBER.fullmatch(text) is not None and number_text(text) == text


def pieces(text: str) -> list[str]:
    """``text`` cut into what a cell can hold; see ``readers.xlsx.FULL`` for how it comes together again."""
    found = []
    while len(text) >= FULL:
        found.append(text[:FULL])
        text = ESCAPE + text[FULL:]
    return [*found, text]


# --- looks ---------------------------------------------------------------------------------------------------------


@frozen
class _Style:
    """Look of a cell."""

    font: Font
    alignment: Alignment
    border: Border
    fill: PatternFill


def _styles() -> dict[str, _Style]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side("thin")
    grid = Border(line, line, line, line)
    middle = Alignment("center", "center", wrap_text=True)
    plain = Font(size=_FONT_SIZE)
    return {
        "title": _Style(Font(size=16, bold=True), middle, Border(), PatternFill()),
        "heading": _Style(
            Font(size=12, bold=True), Alignment(vertical="center", wrap_text=True), Border(), PatternFill()
        ),
        "prose": _Style(plain, Alignment(vertical="top", wrap_text=True), Border(), PatternFill()),
        "label": _Style(plain, middle, grid, PatternFill("solid", "F2F2F2")),
        "figure": _Style(plain, middle, grid, PatternFill()),
        "none": _Style(Font(size=_FONT_SIZE, color="808080"), middle, grid, PatternFill()),
        "invalid": _Style(Font(size=_FONT_SIZE, color="B3261E"), middle, grid, PatternFill("solid", "FBE9E7")),
    }


def _style(box: Box) -> str:
    """The name of the style of a box."""
    if not box.id:
        return "label"
    if box.state is State.INVALID:
        return "invalid"
    return "none" if box.state in (State.ABSENT, State.NOT_APPLICABLE) else "figure"


def _widths(table: Sheet | None) -> tuple[float, ...]:
    if table is None:
        return (_PROSE_WIDTH,)
    widths = _WIDTHS[table.id]
    return widths + (widths[-1],) * (table.width - len(widths))


def row_height(text: str, width: float, font_size: float) -> float:
    """The height in points of a row in which ``text`` is wrapped: not all programs work it out themselves."""
    lines = max(1, -int(-columns(text) * 1.1 * font_size / _FONT_SIZE // width))
    return min(MAX_HEIGHT, lines * 1.5 * font_size)
