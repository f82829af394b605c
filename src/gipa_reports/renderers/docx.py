"""DOCX: the official tables with merged cells, column widths and repeated headings, on A4; the same bytes each time."""

from __future__ import annotations

import io
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from ..errors import MissingExtraError
from ..report import Report
from .layout import UPRIGHT_FROM, Box, Line, Place, Sheet, lay_out, places
from .package import undated

if TYPE_CHECKING:
    from docx.document import Document

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EPOCH = datetime(2000, 1, 1)

_PAGE = (
    f'<w:sectPr {_NAMESPACE}><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4 with the margins of official documents, in twentieths of a point."""

_WIDTH = 8844
"""Width that they leave for a table."""

_WIDTHS = {"disclosure": (3, 2, 2, 2), "requests": (2, 5, 7), "proceedings": ()}
"""Shares of the width that the first columns of a table have; every column after them has ``_SHARE``."""

_SHARE = 2

_BODY, _LABEL, _CELL = "Normal", "Form Label", "Form Cell"
_HEADINGS = {1: "Title", 2: "Heading 1"}

_STYLES = {
    _BODY: (
        '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
        "仿宋",
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>',
    ),
    _HEADINGS[1]: (
        '<w:spacing w:before="0" w:after="560" w:line="640" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        "宋体",
        '<w:b/><w:color w:val="000000"/><w:sz w:val="44"/><w:szCs w:val="44"/>',
    ),
    _HEADINGS[2]: (
        '<w:keepNext/><w:spacing w:before="280" w:after="140" w:line="560" w:lineRule="exact"/>'
        '<w:outlineLvl w:val="0"/>',
        "黑体",
        '<w:b w:val="0"/><w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/>',
    ),
    _LABEL: (
        '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
        "宋体",
        '<w:sz w:val="18"/><w:szCs w:val="18"/>',
    ),
    _CELL: (
        '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>',
        "宋体",
        '<w:sz w:val="18"/><w:szCs w:val="18"/>',
    ),
}
"""Name of a style → properties of its paragraphs, its font, and the other properties of its letters."""

_LOOK = (
    '<w:tblPr><w:tblW w:w="{0}" w:type="dxa"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
    '<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)


def write(report: Report) -> bytes:
    """``report`` as a DOCX file. Raises ``MissingExtraError`` without the extra ``docx``."""
    try:
        import docx
        from docx.oxml import parse_xml
    except ImportError:
        raise MissingExtraError.of("writing DOCX files", "python-docx", "docx") from None
    document = docx.Document()
    _describe(document, report)
    styles = _restyle(document)
    parts = [_table(block, styles) if isinstance(block, Sheet) else _line(block, styles) for block in lay_out(report)]
    body = parse_xml(f"<w:body {_NAMESPACE}>{''.join(parts)}{_PAGE}</w:body>")
    document.element.replace(document.element.body, body)
    file = io.BytesIO()
    document.save(file)
    return undated(file)


def _describe(document: Document, report: Report) -> None:
    """Properties of the file: no time, no program, so that the same report is the same file."""
    about = document.core_properties
    about.author = about.comments = about.keywords = ""
    about.title = (report.title or report.agency or "")[:255]
    about.language = "zh-CN"
    about.created = about.modified = _EPOCH


def _restyle(document: Document) -> dict[str, str]:
    """Gives the styles of the template our look, and makes those that it lacks. Name of a style → its id."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    ids: dict[str, str] = {}
    for name, (paragraph, font, letters) in _STYLES.items():
        known = name in document.styles
        style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for tag in ("w:pPr", "w:rPr"):
            for old in style.element.findall(qn(tag)):
                style.element.remove(old)
        fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        style.element.append(parse_xml(f"<w:pPr {_NAMESPACE}>{paragraph}</w:pPr>"))
        style.element.append(parse_xml(f"<w:rPr {_NAMESPACE}>{fonts}{letters}</w:rPr>"))
        ids[name] = style.style_id
    return ids


def _line(line: Line, styles: dict[str, str]) -> str:
    return _paragraph(line.text, styles[_HEADINGS.get(line.level, _BODY)])


def _paragraph(text: str, style: str, *, holds_next: bool = False) -> str:
    """A paragraph with one run; a tab is no character of the text but an element.

    One that ``holds_next`` stays on the page of the next one.
    """
    words = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    run = f"<w:r>{words}</w:r>" if words else ""
    holds = "<w:keepNext/>" * holds_next
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{holds}</w:pPr>{run}</w:p>'


def _table(sheet: Sheet, styles: dict[str, str]) -> str:
    widths = _widths(sheet)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows: list[str] = []
    last = len(sheet.rows) - 1
    for number, cells in enumerate(places(sheet)):
        heading = "<w:tblHeader/>" if number < sheet.head else ""
        figures = any(place.box.id for place in cells)
        shown = ""
        # Where a row that the form does not have is wider, the other rows end in empty cells.
        right = cells[-1].column + cells[-1].box.colspan
        for at, box, begins in [*cells, *(Place(column, Box(""), begins=True) for column in range(right, sheet.width))]:
            is_label = figures and not box.id and box.rowspan < UPRIGHT_FROM
            style = styles[_LABEL if is_label else _CELL]
            # Held together row by row, a table that fits on a page is on one, and no label that spans rows is cut.
            shown += _cell(box, sum(widths[at : at + box.colspan]), style, begins=begins, holds_next=number < last)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>{shown}</w:tr>")
    # Without a paragraph between them two tables are one.
    space = _paragraph("", styles[_LABEL])
    return f"<w:tbl>{_LOOK.format(sum(widths))}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>{space}"


def _widths(sheet: Sheet) -> list[int]:
    shares = list(_WIDTHS[sheet.id])
    shares += [_SHARE] * (sheet.width - len(shares))
    whole = sum(shares)
    return [_WIDTH * share // whole for share in shares]


def _cell(box: Box, width: int, style: str, *, begins: bool, holds_next: bool) -> str:
    span = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
    merge = f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>' if box.rowspan > 1 else ""
    down = '<w:textDirection w:val="tbRlV"/>' if box.rowspan >= UPRIGHT_FROM else ""
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{down}<w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{look}{_paragraph(box.text if begins else '', style, holds_next=holds_next)}</w:tc>"
