"""The documents of the extractor suite: reports of our own, each dressed as organs and their programs write them.

A report is made from its number alone. Its number also says how it is dressed: a page as an editor of a content
system, Word or a hand writes it; a workbook with one sheet or several; a PDF file printed by an office program or a
browser, upright or across, in letters of several sizes.
"""

from __future__ import annotations

import io
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from html import escape
from importlib import import_module
from pathlib import Path

from attrs import evolve, frozen

from gipa_reports import Cell, Report, render
from gipa_reports.report import Disclosure, Proceedings, Requests, Section, Sections, Table
from gipa_reports.template import HEADINGS, Edition, form
from gipa_reports.testing import Grid, official_grid

SECONDS = 300
"""How long a program may take for a document."""


@frozen
class Truth:
    """A report, and whether some of its cells are blank."""

    name: str
    report: Report
    has_blanks: bool
    number: int = 0
    """Says how it is dressed."""

    @property
    def cells(self) -> dict[str, str]:
        """Return the figure of each cell as it is written, empty where there is none."""
        return {figure.id: figure.text for figure in self.report.cells()}


# --- reports ----------------------------------------------------------------------------------------------------------

FIGURES: tuple[tuple[Edition, float, int], ...] = (
    ("2021", 0.8, 2),
    ("2019", 0.6, 5),
    ("2021", 0.1, 2),
    ("2021", 0.2, 6),
    ("2019", 0.3, 3),
    ("2021", 0.7, 4),
)
"""Edition of a report, which part of its rows and figures are noughts, and how many digits the largest have."""

_PLACES = ("禾川", "西屏", "洛浦", "岚桥", "柏溪", "鹤岭", "东泽", "沙湾")
_KINDS = ("市人民政府", "县人民政府办公室", "区市场监督管理局", "市水务局", "县林业局", "镇人民政府")
_PROSE = (
    (
        "本机关围绕年度重点工作，及时更新政府信息公开目录，全年通过门户网站公布各类信息{0}条，其中规划计划类{1}条、财政资金类{2}条。",
        "办理依申请公开时做到件件登记、按期答复，办理环节由专人跟踪，未发生逾期情形。",
    ),
    ("制度文件统一编号、统一发布，已失效的文件在网站上逐件标注。",),
    (),
    (),
    (
        "主要问题是：一些栏目更新不够及时，政策说明的形式较为单一；基层工作人员变动较大，业务不熟。",
        "改进办法是：每季度检查一次栏目；对新到岗的人员集中授课{2}次，并编印简明手册。",
    ),
    ("本年度没有收取信息处理费，也没有其他需要报告的事项。",),
)


def report_of(number: int) -> Report:
    """Return the report of a number: names and prose are invented, figures add up, no cell is blank."""
    rng = random.Random(f"extractors:{number}")
    edition, noughts, digits = FIGURES[number % len(FIGURES)]

    def figure() -> int:
        if rng.random() < noughts:
            return 0
        return rng.randint(1, 9) if digits == 1 else rng.randint(0, 10 ** rng.randint(1, digits) - 1)

    agency = f"{rng.choice(_PLACES)}{rng.choice(_KINDS)}"
    year = rng.randint(2019, 2020) if edition == "2019" else rng.randint(2021, 2025)
    return Report(
        Disclosure.from_rows(edition, _disclosure_rows(edition, figure, rng)),
        Requests.from_rows(edition, _request_rows(edition, figure, noughts, rng)),
        Proceedings.from_rows(edition, _proceedings_rows(edition, figure)),
        Sections(
            *(
                Section(tuple(text.format(*(rng.randint(2, 900) for _ in range(3))) for text in texts))
                for texts in _PROSE
            )
        ),
        f"{agency}{year}年政府信息公开工作年度报告",
        agency,
        year,
    )


def _disclosure_rows(edition: Edition, figure: Callable[[], int], rng: random.Random) -> tuple[tuple[Cell, ...], ...]:
    layout = form("disclosure", edition)
    return tuple(
        tuple(
            Cell.of(Decimal(figure()).scaleb(-rng.choice((0, 0, 1, 2))))
            if column.kind == "amount"
            else Cell.of(figure())
            for column in layout.columns_of[row.id]
        )
        for row in layout.rows
    )


def _request_rows(
    edition: Edition, figure: Callable[[], int], noughts: float, rng: random.Random
) -> tuple[tuple[Cell, ...], ...]:
    """Rows that add up in both directions."""
    layout = form("requests", edition)
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    figures = {row_id: [0 if rng.random() < noughts / 2 else figure() for _ in range(6)] for row_id in results}
    processed = [sum(column) for column in zip(*figures.values(), strict=True)]
    out = [figure() // 10 for _ in range(6)]
    before = [rng.randint(0, done + left) // 4 for done, left in zip(processed, out, strict=True)]
    figures |= {"processed_total": processed, "carried_out": out, "carried_in": before}
    figures["received"] = [done + left - was for done, left, was in zip(processed, out, before, strict=True)]
    return tuple(tuple(map(Cell.of, (*figures[row.id], sum(figures[row.id])))) for row in layout.rows)


def _proceedings_rows(edition: Edition, figure: Callable[[], int]) -> tuple[tuple[Cell, ...], ...]:
    rows = [[figure() // 20 for _ in range(4)] for _ in form("proceedings", edition).rows]
    return tuple(tuple(map(Cell.of, (*row, sum(row)))) for row in rows)


def with_blanks(report: Report, number: int) -> Report:
    """Return a report with about half of its noughts left out, and now and then all figures of a row."""
    rng = random.Random(f"blanks:{number}")
    left_out = {f.id: Cell.blank() for f in report.cells() if f.value == 0 and rng.random() < 0.5}
    if number % 2:
        form = report.requests.form
        for row in rng.sample(form.rows, 3):
            left_out.update((cell_id, Cell.blank()) for cell_id in form.ids_of[row.id])
    return changed(report, left_out)


def changed(report: Report, changes: Mapping[str, Cell]) -> Report:
    """Return a report with other cells."""
    disclosure, requests, proceedings = (_changed_rows(table, changes) for table in report.tables)
    return evolve(
        report,
        disclosure=Disclosure.from_rows(report.disclosure.edition, disclosure),
        requests=Requests.from_rows(report.requests.edition, requests),
        proceedings=Proceedings.from_rows(report.proceedings.edition, proceedings),
    )


def _changed_rows(table: Table, changes: Mapping[str, Cell]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(changes.get(cell_id, cell) for cell_id, cell in zip(table.form.ids_of[known.id], row, strict=True))
        for known, row in zip(table.form.rows, table.rows, strict=True)
    )


# --- pages ------------------------------------------------------------------------------------------------------------


@frozen
class Dress:
    """How the parts of a page are written: each field has ``{}`` where the words go."""

    top: str
    """What stands above the title; ``{}`` is the title."""
    bottom: str
    title: str
    heading: str
    paragraph: str
    table: str
    cell: str
    attributes: str
    """Of a cell with words, behind its spans."""


_PLAIN = Dress(
    "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>{}</title></head>\n<body>\n"
    "<div class='nav'><a href='/'>首页</a> <a href='/zwgk/'>政务公开</a></div>\n<div class='article'>",
    "</div>\n<div class='footer'>联系我们</div>\n</body></html>",
    "<h1>{}</h1>",
    "<p><strong>{}</strong></p>",
    "<p>{}</p>",
    "<table border='1' cellspacing='0'>\n{}\n</table>",
    "<p align='center'>{}</p>",
    "",
)
"""Written by hand: a paragraph in each cell, no style."""

_WORD = Dress(
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'>\n<head><meta charset='utf-8'><title>{}</title>\n<style>\n"
    "<!-- p.MsoNormal {{margin:0cm; font-size:10.5pt;}} -->\n</style></head>\n"
    "<body lang=ZH-CN>\n<div class=WordSection1>",
    "</div></body></html>",
    "<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>{}<o:p></o:p></span></b></p>",
    "<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:黑体'>{}<o:p></o:p></span></p>",
    "<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>{}<o:p></o:p></span></p>",
    "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>\n{}\n</table>",
    "<p class=MsoNormal align=center style='margin:0cm'><span lang=EN-US style='font-size:9.0pt;font-family:宋体'>{}"
    "<o:p></o:p></span></p>",
    " valign=top style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'",
)
"""Saved by Word: a style and a wrapper around everything."""

_SYSTEM = Dress(
    "<!DOCTYPE html>\n<html lang='zh'><head><meta charset='utf-8'><title>{}_某某网</title></head>\n<body>\n"
    "<div class='top'><ul><li><a href='/'>首页</a></li><li><a href='/xxgk'>信息公开</a></li></ul></div>\n"
    "<div class='crumbs'>当前位置：首页 &gt; 信息公开 &gt; 年度报告</div>\n<table class='frame' width='100%'><tr><td>\n"
    "<div id='zoom' class='TRS_Editor'>",
    "</div>\n<div class='share'>扫一扫在手机打开当前页</div></td></tr></table>\n<div class='foot'>网站地图</div>\n"
    "</body></html>",
    "<div class='title'><span>{}</span></div>",
    "<div style='text-indent:2em'><span style='font-size:16px'><strong>{}</strong></span></div>",
    "<p style='text-indent:2em'><span style='font-size:16px'>　　{}</span></p>",
    "<div align='center'><table style='width:600px'><tbody>\n{}\n</tbody></table></div>",
    "<div><span style='font-size:14px'>{}</span></div>",
    " style='border:1px solid #000;text-align:center'",
)
"""Put into a content system: in a table of the page, a wrapper around everything."""

DRESSES = (_PLAIN, _WORD, _SYSTEM)


def page(report: Report, number: int = 0) -> str:
    """Return a report as a web page."""
    dress = DRESSES[number % len(DRESSES)]
    lines = [dress.top.format(escape(report.title or "")), dress.title.format(escape(report.title or ""))]
    for heading, texts, grids in _parts(report):
        lines.append(dress.heading.format(heading))
        lines += (dress.paragraph.format(escape(text)) for text in texts)
        lines += (_html_table(grid, dress) for grid in grids)
    return "\n".join([*lines, dress.bottom]) + "\n"


def _parts(report: Report) -> Iterator[tuple[str, tuple[str, ...], list[Grid]]]:
    """Yield each section: its heading, its paragraphs and its tables."""
    for heading in HEADINGS:
        texts = (report.sections.get(heading.id) or Section()).paragraphs
        yield heading.text, texts, [official_grid(table) for table in report.tables if table.id == heading.id]


def _html_table(grid: Grid, dress: Dress) -> str:
    rows = []
    for row in grid:
        cells = (
            f"<td colspan='{cell.colspan}' rowspan='{cell.rowspan}'{dress.attributes}>"
            f"{dress.cell.format(escape(cell.text) or '&nbsp;')}</td>"
            for cell in row
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return dress.table.format("\n".join(rows))


# --- workbooks --------------------------------------------------------------------------------------------------------


def workbook(report: Report, number: int) -> bytes:
    """Return a report as a workbook: as this library writes it, on one sheet, or on a sheet a section."""
    if number % 3 == 0:
        found = render(report, "xlsx")
        assert isinstance(found, bytes)
        return found
    book = import_module("openpyxl").Workbook()
    sheet = book.active
    sheet.append([report.title])
    for at, (heading, texts, grids) in enumerate(_parts(report)):
        if number % 3 == 2 and at:
            sheet = book.create_sheet(f"第{at + 1}部分")
        for text in (heading, *texts):
            sheet.append([text])
        for grid in grids:
            _put_grid(sheet, grid, sheet.max_row + 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _put_grid(sheet: object, grid: Grid, top: int) -> None:
    """Write a table into a sheet from a row on, figures as numbers, spans as merged cells."""
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(grid, top):
        x = 1
        for cell in row:
            while (y, x) in covered:
                x += 1
            is_count = cell.role == "figure" and cell.text.isdecimal()
            sheet.cell(y, x, int(cell.text) if is_count else cell.text or None)  # type: ignore[attr-defined]
            covered.update((y + down, x + right) for down in range(cell.rowspan) for right in range(cell.colspan))
            if cell.rowspan > 1 or cell.colspan > 1:
                end = {"end_row": y + cell.rowspan - 1, "end_column": x + cell.colspan - 1}
                sheet.merge_cells(start_row=y, start_column=x, **end)  # type: ignore[attr-defined]


# --- PDF files --------------------------------------------------------------------------------------------------------

PAPERS = ("office", "a4 portrait;14px", "a4 landscape;16px", "a3 portrait;16px", "a4 portrait;11px")
"""How a PDF file is printed: by LibreOffice from the Word document, else by a browser on this paper with this size."""


def paper(report: Report, number: int, document: Path) -> bytes:
    """Return a report as a PDF file."""
    kind = PAPERS[number % len(PAPERS)]
    if kind == "office":
        return office(document, "pdf")
    size, _, letters = kind.partition(";")
    style = (
        f"<style>@page {{size: {size}; margin: 18mm}} body {{font-family: 'Noto Serif CJK SC'}} "
        f"table {{border-collapse: collapse; width: 100%}} td {{border: 1px solid #000; padding: 2px}} "
        f"td, td * {{font-size: {letters} !important}} td p {{margin: 0}}</style></head>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page(report, 0).replace("</head>", style, 1), "utf-8")
        target = Path(folder, "page.pdf")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        return target.read_bytes()


def office(path: Path, kind: str) -> bytes:
    """Return what LibreOffice makes of a document; ``kind`` is an ending, with a filter behind a colon or not.

    Of a workbook whose sheets become a file each, all of them, an empty line between them.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/home", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=SECONDS)
        written = sorted(Path(folder).glob(f"{path.stem}*"), key=lambda file: file.stat().st_mtime_ns)
        return b"\r\n".join(file.read_bytes() for file in written)
