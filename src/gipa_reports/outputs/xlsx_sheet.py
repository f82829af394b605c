"""A sheet of the workbook: its words, how its cells look, and how rows are written, scrolled, filtered and printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from ..checks import FindingSeverity
from ..errors import LimitError
from ..messages import Words
from ..renderers.xlsx import MAX_HEIGHT, row_height, set_up_page, write_text
from ..report.cells import decimal_text
from ..safe_text import printable
from . import Lang
from .phrases import severity_word

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_LINKS = 65_530
"""Limits of a sheet and a cell; links past the last are left out, the words are there."""

_EXACT = 15
"""Characters; longer numbers lose digits in a workbook, and are written as text."""

_FONT = "Microsoft YaHei"
_FONT_SIZE = 10
_LINE = 15.0
"""Points of a row of one line."""

own_word: Words = Words(
    ("units", "按单位汇总", "Units"),
    ("findings", "问题明细", "Findings"),
    ("rules", "规则说明", "Rules"),
    ("open", "未能检查", "Not checked"),
    ("suppressed", "已抑制", "Suppressed"),
    ("paper", "政府信息公开年度报告校核表", "Check of annual reports"),
    ("no", "序号", "No."),
    ("unit", "单位", "Unit"),
    ("year", "年度", "Year"),
    ("edition", "版式", "Form"),
    ("suggestions", "建议", "Suggestions"),
    ("status", "结论", "Status"),
    ("file", "文件", "File"),
    ("remark", "说明", "Remark"),
    ("code", "规则", "Rule"),
    ("rule", "规则名称", "Name"),
    ("severity", "类别", "Severity"),
    ("where", "位置", "Where"),
    ("sentence", "问题", "Finding"),
    ("figures", "原文及出处", "As written, and where"),
    ("expected", "对照数", "Expected"),
    ("actual", "所填数", "Actual"),
    ("difference", "相差", "Off by"),
    ("advice", "建议", "Suggestion"),
    ("look", "由谁核对", "Who should look"),
    ("opinion", "处理意见", "Your answer"),
    ("times", "项数", "Checks"),
    ("todo", "怎样处理", "What to do"),
    ("cells", "单元格编号", "Cell ids"),
    ("summary", "检查什么", "What it checks"),
    ("count", "问题数", "Findings"),
    ("open-count", "未能检查", "Not checked"),
    ("reason", "理由", "Reason"),
    ("origin", "依据", "Settings"),
    ("look.source", "填报单位：核对报告原文", "the unit: the report itself"),
    ("look.reading", "校核人员：先核对读取是否有误。", "whoever checks: how the file was read. "),
    ("previous", "上年报告", "previous report"),
    ("zeros", "其余{n}个均为0", "{n} more are 0"),
    ("blanks", "其余{n}个为空白", "{n} more are blank"),
    ("more", "另有{n}个，从略", "{n} more are left out"),
    ("cut", "……（过长，已截短）", "… (too long, cut)"),
    ("empty", "（空）", "(empty)"),
    ("quote", "正文：{quote}", "prose: {quote}"),
    ("no-findings", "没有发现问题。", "No findings."),
    ("all-checked", "所用规则均已检查。", "All rules that ran could be checked."),
    ("passed-over", "不是文档（{kind}），未读取", "no document ({kind}), not read"),
    ("stale", "已失效", "stale"),
)


LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "centre": True, "fill": "E3E8EF"},
    "text": {},
    "centre": {"centre": True},
    "number": {"right": True},
    "link": {"color": "0B4A8F", "underline": True},
    "answer": {"fill": "FFFDE7"},
    "ids": {"color": "5F6368", "size": 8, "wrap": False},
    "error": {"bold": True, "centre": True, "color": "8C1710", "fill": "FBE3E0"},
    "warning": {"bold": True, "centre": True, "color": "6B4100", "fill": "FFF0CC"},
    "hint": {"bold": True, "centre": True, "color": "0B4A8F", "fill": "E1EEFC"},
    "good": {"bold": True, "centre": True, "color": "1D6B34", "fill": "E2F3E6"},
}
"""Colours go with words everywhere: a sheet may be printed in black and white."""


def named_style(
    name: str,
    *,
    bold: bool = False,
    underline: bool = False,
    color: str = "000000",
    fill: str | None = None,
    size: int = _FONT_SIZE,
    centre: bool = False,
    right: bool = False,
    wrap: bool = True,
) -> NamedStyle:
    """A style that the workbook knows by its name."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side("thin", "9AA0A6")
    across = "center" if centre else "right" if right else "left"
    return NamedStyle(
        name,
        font=Font(_FONT, bold=bold, underline="single" if underline else None, color=color, size=size),
        border=Border(line, line, line, line),
        fill=PatternFill() if fill is None else PatternFill("solid", fill),
        alignment=Alignment(across, "center" if name == "head" else "top", wrap_text=wrap),
    )


@frozen
class Column:
    """A column of a sheet: the key of its heading, its width in digits, how its cells look. What is not ``printed``
    stands at the right, for programs.
    """

    name: str
    width: float
    look: str = "text"
    printed: bool = True


@frozen
class Entry:
    """A cell: a text or a number, a look of its own, and the sheet and row that it leads to."""

    value: str | int | Decimal | None
    look: str | None = None
    link: tuple[str, int] | None = None


@define
class Pen:
    """Writes sheets into ``book``."""

    book: Workbook
    lang: Lang

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[list[Entry]], empty: str = "") -> None:
        """A sheet with a heading that stays in sight; ``empty`` is what it says where there is no row."""
        sheet: Worksheet = self.book.create_sheet(own_word(name, self.lang))
        self._line(sheet, 1, [Entry(self._heading(column), "head") for column in columns], columns, links=False)
        sheet.row_dimensions[1].height = 2 * _LINE
        row, links = 1, 0
        for row, entries in enumerate(rows, start=2):
            if row > MAX_ROWS:
                raise LimitError(
                    f"the sheet {name} can't hold all rows; check fewer files at once, or use csv or jsonl",
                    code="too-many-rows",
                    expected=str(MAX_ROWS),
                    zh=f"工作表“{own_word(name, 'zh')}”放不下所有行；请一次少核对一些文件，或改用 csv、jsonl 格式。",
                )
            self._line(sheet, row, entries, columns, links=links < MAX_LINKS)
            links += sum(entry.link is not None for entry in entries)
        if row == 1 and empty:
            sheet.cell(2, 1, own_word(empty, self.lang))
        self._page(sheet, name, columns, row)

    def _heading(self, column: Column) -> str:
        if column.name in tuple(FindingSeverity):
            return severity_word(FindingSeverity(column.name), self.lang)
        return own_word(column.name, self.lang)

    def _line(
        self, sheet: Worksheet, row: int, entries: Sequence[Entry], columns: Sequence[Column], *, links: bool
    ) -> None:
        heights = [_LINE]
        for place, (entry, column) in enumerate(zip(entries, columns, strict=True), start=1):
            text = self._cell(sheet.cell(row, place), entry, entry.look or column.look, links=links)
            if column.printed:
                heights.append(sum(row_height(line, column.width, _FONT_SIZE) for line in text.split("\n")))
        # Not all programs work out themselves how high a row has to be.
        sheet.row_dimensions[row].height = min(MAX_HEIGHT, max(heights))

    def _cell(self, cell: Any, entry: Entry, look: str, *, links: bool) -> str:
        """Write a cell; gives its text."""
        cell.style = look
        value = entry.value
        if isinstance(value, int | Decimal):
            text = decimal_text(value) if isinstance(value, Decimal) else str(value)
            if len(text) <= _EXACT:
                cell.value = value
                return text
        else:
            text = self._fit("\n".join(map(printable, (value or "").split("\n"))))
        if text:
            write_text(cell, text)
            if links and entry.link is not None:
                cell.hyperlink = self._link(*entry.link)
        return text

    def _link(self, name: str, row: int) -> Any:
        from openpyxl.worksheet.hyperlink import Hyperlink

        return Hyperlink(ref="", location=f"'{own_word(name, self.lang)}'!A{row}")

    def _fit(self, text: str) -> str:
        """``text`` as far as a cell can hold it, which counts in UTF-16."""
        if len(text) <= MAX_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
            return text
        end = own_word("cut", self.lang)
        kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(end))].decode("utf-16-le", "ignore")
        return kept + end

    def _page(self, sheet: Worksheet, name: str, columns: Sequence[Column], last: int) -> None:
        """Set how the sheet scrolls, filters and prints."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.page import PageMargins

        for place, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        printed = get_column_letter(sum(column.printed for column in columns))
        sheet.freeze_panes = "C2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
        sheet.print_area = f"A1:{printed}{max(last, 2)}"
        sheet.print_title_rows = "1:1"
        set_up_page(sheet, "landscape")
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.6, header=0.35, footer=0.3)
        header = sheet.oddHeader
        assert header is not None
        assert header.center is not None
        header.center.text = f"{own_word('paper', self.lang)}　{own_word(name, self.lang)}"
        header.center.size = 12
