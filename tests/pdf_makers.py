"""PDF files of whole reports by other software, for the tests and the benchmark."""

from __future__ import annotations

import html
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from gipa_reports import Report
from gipa_reports.testing import Grid, official_grid

SECTIONS = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "proceedings": "四、政府信息公开行政复议、行政诉讼情况",
}
LAST = (("五、存在的主要问题及改进情况", "目录不够清楚。"), ("六、其他需要报告的事项", "无其他事项。"))
WIDTHS = {"disclosure": [34, 22, 22, 22], "requests": [6, 9, 30, *[8] * 7], "proceedings": [1] * 15}
CSS = {
    "ruled": "table{border-collapse:collapse}td{border:1px solid #000}",
    "boxes": "td{border:1px solid #888}",
    "no rules": "",
    "level rules": "table{border-collapse:collapse}td{border-bottom:1px solid #ccc}",
    "stripes": "tr:nth-child(odd){background:#eef}td{padding:6px 2px}",
    "upright rules": "table{border-collapse:collapse}td{border-left:1px solid #000;border-right:1px solid #000}",
    "double rules": "table{border:3px double #000}td{border:1px solid #000}",
    "white on dark": "table{border-collapse:collapse}td{border:1px solid #fff;background:#246;color:#fff}",
}
"""How a browser is told to draw the tables."""


def tables(report: Report) -> Iterator[tuple[str, Grid]]:
    """The tables that a report has, with the section of each."""
    for name in SECTIONS:
        table = getattr(report, name)
        if table is not None:
            yield name, official_grid(table)


def placed(grid: Grid) -> tuple[dict[tuple[int, int], tuple[str, int, int]], int, int]:
    """Row and column of each cell with its text and how many rows and columns it is over; the size of the grid."""
    found: dict[tuple[int, int], tuple[str, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            found[y, x] = cell.text, cell.rowspan, cell.colspan
            taken |= {(y + down, x + across) for down in range(cell.rowspan) for across in range(cell.colspan)}
    return found, max(y for y, _ in taken) + 1, max(x for _, x in taken) + 1


def page(report: Report, css: str, attributes: str = "") -> str:
    """The report as a web page."""
    parts = [
        f"<!DOCTYPE html><meta charset=utf-8><style>table{{width:100%}}td{{padding:2px;font-size:11px}}{css}</style>",
        f"<h1>{report.agency}{report.year}年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>本年按规定公开。</p>",
    ]
    for name, grid in tables(report):
        parts.append(f"<h2>{SECTIONS[name]}</h2><table {attributes}>")
        for row in grid:
            cells = (f"<td rowspan={c.rowspan} colspan={c.colspan}>{html.escape(c.text)}</td>" for c in row)
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    parts += [f"<h2>{heading}</h2><p>{text}</p>" for heading, text in LAST]
    return "".join(parts)


def by_chromium(source: str, folder: Path) -> bytes:
    """A web page as Chromium prints it."""
    (folder / "page.html").write_text(source, "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={folder}/page.pdf", str(folder / "page.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "page.pdf").read_bytes()


def by_writer(source: str | bytes, folder: Path) -> bytes:
    """A web page, or a Word document, as LibreOffice exports it."""
    path = folder / ("source.html" if isinstance(source, str) else "source.docx")
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--infilter=HTML (StarWriter)"] * isinstance(source, str)
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf").read_bytes()


def by_reportlab(report: Report, rules: str = "grid", size: float = 8, striped: bool = False) -> bytes:
    """The report by reportlab; ``rules`` are ``grid``, ``inner``, ``level`` or ``none``."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    text = ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.25, wordWrap="CJK")
    head = ParagraphStyle("head", parent=text, fontSize=14, leading=20)
    parts = [Paragraph(f"{report.agency}{report.year}年政府信息公开工作年度报告", head)]
    parts += [Paragraph("一、总体情况", head), Paragraph("本年按规定公开。", text)]
    for name, grid in tables(report):
        cells, rows, columns = placed(grid)
        data: list[list[object]] = [[""] * columns for _ in range(rows)]
        style: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        style += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT")]
        for (y, x), (content, high, wide) in cells.items():
            data[y][x] = Paragraph(html.escape(content), text) if content else ""
            style.append(("SPAN", (x, y), (x + wide - 1, y + high - 1)))
        style += {
            "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
            "inner": [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)],
            "level": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
            "none": [],
        }[rules]
        if striped:
            style.append(("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor(0xEEEEEE)]))
        shares = WIDTHS[name] if len(WIDTHS[name]) == columns else [1] * columns
        widths = [515 * share / sum(shares) for share in shares]
        parts += [Paragraph(SECTIONS[name], head), Table(data, widths, style=style, repeatRows=3 * (columns == 10))]
    parts += [part for heading, prose in LAST for part in (Paragraph(heading, head), Paragraph(prose, text))]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=40, rightMargin=40, invariant=1).build(parts)
    return file.getvalue()


def by_fpdf2(rows: list[list[str]], borders: str = "ALL", spans: dict[tuple[int, int], int] | None = None) -> bytes:
    """A table by fpdf2, of ASCII alone: it brings no font for Chinese. ``spans``: row and column to columns."""
    from fpdf import FPDF

    file = FPDF()
    file.add_page()
    file.set_font("Helvetica", size=8)
    with file.table(borders_layout=borders, first_row_as_headings=False, text_align="LEFT") as table:
        for y, cells in enumerate(rows):
            row = table.row()
            for x, cell in enumerate(cells):
                row.cell(cell, colspan=(spans or {}).get((y, x), 1))
    return bytes(file.output())


def wrong_or_flagged(report: Report, content: bytes) -> tuple[list[str], list[str]]:
    """The cells that are read wrong with no flag, and those with one."""
    from gipa_reports import read
    from gipa_reports.limits import Limits

    reading = read(content, limits=Limits(seconds=None, memory=None))
    assert reading.report is not None, reading.diagnostics
    got = {cell.id: cell for cell in reading.report.cells()}
    wrong = [
        cell.id
        for cell in report.cells()
        if not reading.codes(cell.id)
        and (cell.id not in got or (got[cell.id].state, got[cell.id].value) != (cell.state, cell.value))
    ]
    return wrong, [cell.id for cell in report.cells() if reading.codes(cell.id)]
