"""The tools of the extractor suite: how each is called, what it is given, and what its output loses.

Each takes the path of a document and returns what a person would save of it. Libraries are imported by name when they
are called, so that those that are not installed are passed over.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from attrs import frozen
from extractor_sources import SECONDS, office

Source = Literal["page", "docx", "xlsx", "pdf"]
"""What a tool is given: a web page as organs publish them, or a file of an office program."""


@frozen
class Tool:
    """One way to make text of a document."""

    name: str
    source: Source
    suffix: str
    """The ending of what it writes."""
    needs: str
    """The distribution or the program that must be there; empty for none."""
    run: Callable[[Path], str | bytes]
    loses: str
    """What of a report is gone, in words."""
    is_program: bool = False

    @property
    def is_there(self) -> bool:
        """Return whether the tool can be run here."""
        if not self.needs:
            return True
        if self.is_program:
            return shutil.which(self.needs) is not None
        try:
            version(self.needs)
        except PackageNotFoundError:
            return False
        return True

    @property
    def version(self) -> str:
        """Return the version of its library; empty for a program."""
        return version(self.needs) if self.needs and not self.is_program else ""


def _as_is(path: Path) -> bytes:
    return path.read_bytes()


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _written(tables: Iterable[list[list[str]]], delimiter: str = ",") -> str:
    """Return tables as CSV, an empty line between them."""
    target = io.StringIO()
    for table in tables:
        csv.writer(target, delimiter=delimiter).writerows(table)
        target.write("\r\n")
    return target.getvalue()


def _program(*command: str) -> Callable[[Path], bytes]:
    """A program that writes to its standard output; ``{}`` is the path of the document."""

    def run(path: Path) -> bytes:
        arguments = [part.replace("{}", str(path)) for part in command]
        return subprocess.run(arguments, check=True, capture_output=True, timeout=SECONDS).stdout

    return run


# --- web pages --------------------------------------------------------------------------------------------------------


def _soup(path: Path) -> Any:
    return import_module("bs4").BeautifulSoup(_text(path), "lxml")


def _soup_rows(path: Path) -> list[list[list[str]]]:
    """Return the cells of each row of each table that has no table in it."""
    tables = [table for table in _soup(path).find_all("table") if not table.find("table")]
    return [
        [[cell.get_text(strip=True) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        for table in tables
    ]


def _read_html(kind: str) -> Callable[[Path], str]:
    """What pandas.read_html makes of a page, written by ``DataFrame.to_…``."""

    def run(path: Path) -> str:
        frames = import_module("pandas").read_html(io.StringIO(_text(path)), header=None)
        options = {"to_csv": {"index": False, "header": False}, "to_markdown": {"index": False}}.get(kind, {})
        return "\n\n".join(str(getattr(frame, kind)(**options)) for frame in frames)

    return run


def _trafilatura(kind: str) -> Callable[[Path], str]:
    def run(path: Path) -> str:
        found = import_module("trafilatura").extract(_text(path), output_format=kind, include_tables=True)
        return str(found or "")

    return run


def _markitdown(path: Path) -> str:
    return str(import_module("markitdown").MarkItDown().convert(str(path)).text_content)


def _readability(path: Path) -> str:
    return str(import_module("readability").Document(_text(path)).summary())


def _resiliparse(path: Path) -> str:
    return str(import_module("resiliparse.extract.html2text").extract_plain_text(_text(path), main_content=False))


def _inscriptis(path: Path) -> str:
    return str(import_module("inscriptis").get_text(_text(path)))


def _html_to_markdown(path: Path) -> str:
    found = import_module("html_to_markdown").convert(_text(path))
    return found if isinstance(found, str) else str(getattr(found, "content", found))


def _tabulated(style: str) -> Callable[[Path], str]:
    def run(path: Path) -> str:
        tabulate = import_module("tabulate").tabulate
        return "\n\n".join(str(tabulate(table, tablefmt=style, disable_numparse=True)) for table in _expanded(path))

    return run


def _expanded(path: Path) -> list[list[list[str]]]:
    """Return the tables of a page with an empty cell in every place that a span covers."""
    tables = []
    for table in (table for table in _soup(path).find_all("table") if not table.find("table")):
        rows: list[list[str | None]] = [[] for _ in table.find_all("tr")]
        for y, row in enumerate(table.find_all("tr")):
            for cell in row.find_all(["td", "th"]):
                x = next((x for x, text in enumerate(rows[y]) if text is None), len(rows[y]))
                for down in range(int(cell.get("rowspan", 1))):
                    for right in range(int(cell.get("colspan", 1))):
                        _put(rows[y + down], x + right, "" if down or right else cell.get_text(strip=True))
        tables.append([[text or "" for text in texts] for texts in rows])
    return tables


def _put(row: list[str | None], x: int, text: str) -> None:
    row.extend([None] * (x + 1 - len(row)))
    row[x] = text


def _polars(path: Path) -> str:
    polars = import_module("polars")
    config = polars.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=500, tbl_width_chars=2000)
    with config:
        return "\n\n".join(str(polars.DataFrame(table, orient="row", strict=False)) for table in _expanded(path))


def _rich(path: Path) -> str:
    console = import_module("rich.console").Console(file=io.StringIO(), width=400)
    for table in _expanded(path):
        drawn = import_module("rich.table").Table(show_header=False, show_lines=True)
        for row in table:
            drawn.add_row(*row)
        console.print(drawn)
    return str(console.file.getvalue())


# --- office files -----------------------------------------------------------------------------------------------------


def _docx_rows(path: Path) -> str:
    """Return paragraphs and tables in order, as a walk over ``row.cells`` has them: merged words in every place."""
    docx = import_module("docx")
    lines: list[str] = []
    for part in docx.Document(str(path)).iter_inner_content():
        if hasattr(part, "rows"):
            lines += ["\t".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(lines)


def _docx2txt(path: Path) -> str:
    return str(import_module("docx2txt").process(str(path)))


def _docx2python(path: Path) -> str:
    with import_module("docx2python").docx2python(str(path)) as found:
        return json.dumps(found.body, ensure_ascii=False)


def _mammoth(way: str) -> Callable[[Path], str]:
    def run(path: Path) -> str:
        with path.open("rb") as file:
            return str(getattr(import_module("mammoth"), way)(file).value)

    return run


def _sheets(path: Path) -> list[list[list[str]]]:
    book = import_module("openpyxl").load_workbook(path)
    return [
        [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    ]


def _excel_markdown(path: Path) -> str:
    frames = import_module("pandas").read_excel(path, sheet_name=None, dtype=object).values()
    return "\n\n".join(str(frame.to_markdown(index=False)) for frame in frames)


# --- PDF files --------------------------------------------------------------------------------------------------------


def _pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in import_module("pypdf").PdfReader(path).pages)


def _pypdfium2(path: Path) -> str:
    document = import_module("pypdfium2").PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _pdfminer(path: Path) -> str:
    return str(import_module("pdfminer.high_level").extract_text(path))


def _pdfplumber_text(path: Path) -> str:
    with import_module("pdfplumber").open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pdfplumber_tables(path: Path) -> str:
    with import_module("pdfplumber").open(path) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return "\n\n".join("\n".join("\t".join(cell or "" for cell in row) for row in table) for table in tables)


def _pdfplumber_both(path: Path) -> str:
    """The text of each page, and its tables behind it."""
    with import_module("pdfplumber").open(path) as document:
        parts = [
            part
            for page in document.pages
            for part in (page.extract_text() or "", *map(_tabbed, page.extract_tables()))
        ]
    return "\n\n".join(parts)


def _tabbed(table: list[list[str | None]]) -> str:
    """Return a table with its rows on a line each."""
    return "\n".join("\t".join((cell or "").replace("\n", "") for cell in row) for row in table)


NOTHING = "nothing"
BLANKS = "the places of empty cells"
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://{}")

TOOLS: tuple[Tool, ...] = (
    Tool("the page itself", "page", ".html", "", _as_is, NOTHING),
    Tool("chromium --dump-dom", "page", ".html", "chromium", _program(*CHROMIUM), NOTHING, is_program=True),
    Tool("pandoc -t gfm", "page", ".md", "pandoc", _program("pandoc", "-f", "html", "-t", "gfm", "{}"), NOTHING, True),
    Tool(
        "pandoc -t plain",
        "page",
        ".txt",
        "pandoc",
        _program("pandoc", "-f", "html", "-t", "plain", "--wrap=none", "{}"),
        "tables in the cells of a page, but for small ones",
        True,
    ),
    Tool(
        "w3m -dump",
        "page",
        ".txt",
        "w3m",
        _program("w3m", "-dump", "-cols", "200", "-T", "text/html", "{}"),
        BLANKS,
        True,
    ),
    Tool("trafilatura, text", "page", ".txt", "trafilatura", _trafilatura("txt"), "spans"),
    Tool("trafilatura, Markdown", "page", ".md", "trafilatura", _trafilatura("markdown"), "spans"),
    Tool("trafilatura, XML", "page", ".xml", "trafilatura", _trafilatura("xml"), "spans; where the tables stood"),
    Tool("trafilatura, HTML", "page", ".html", "trafilatura", _trafilatura("html"), "spans; where the tables stood"),
    Tool("readability-lxml", "page", ".html", "readability-lxml", _readability, "sometimes a table, taken for no text"),
    Tool(
        "markdownify",
        "page",
        ".md",
        "markdownify",
        lambda path: str(import_module("markdownify").markdownify(_text(path))),
        "rowspans",
    ),
    Tool("markitdown", "page", ".md", "markitdown", _markitdown, "rowspans"),
    Tool("html-to-markdown", "page", ".md", "html-to-markdown", _html_to_markdown, "rowspans"),
    Tool("inscriptis", "page", ".txt", "inscriptis", _inscriptis, BLANKS),
    Tool("resiliparse", "page", ".txt", "resiliparse", _resiliparse, BLANKS),
    Tool(
        "BeautifulSoup get_text, by lines",
        "page",
        ".txt",
        "beautifulsoup4",
        lambda path: str(_soup(path).get_text("\n", strip=True)),
        BLANKS,
    ),
    Tool(
        "BeautifulSoup get_text, by spaces",
        "page",
        ".txt",
        "beautifulsoup4",
        lambda path: str(_soup(path).get_text(" ", strip=True)),
        f"{BLANKS}, and all lines",
    ),
    Tool(
        "BeautifulSoup, a row a line, by tabs",
        "page",
        ".txt",
        "beautifulsoup4",
        lambda path: _written(_soup_rows(path), "\t"),
        "spans, and all but the tables",
    ),
    Tool(
        "BeautifulSoup, CSV",
        "page",
        ".csv",
        "beautifulsoup4",
        lambda path: _written(_soup_rows(path)),
        "spans, and all but the tables",
    ),
    Tool(
        "BeautifulSoup, JSON",
        "page",
        ".json",
        "beautifulsoup4",
        lambda path: json.dumps(_soup_rows(path), ensure_ascii=False),
        "spans, and all but the tables",
    ),
    Tool(
        "lxml text_content",
        "page",
        ".txt",
        "lxml",
        lambda path: str(import_module("lxml.html").fromstring(_text(path)).text_content()),
        BLANKS,
    ),
    Tool("tabulate, grid", "page", ".txt", "tabulate", _tabulated("grid"), "all but the tables"),
    Tool("tabulate, psql", "page", ".txt", "tabulate", _tabulated("psql"), "all but the tables"),
    Tool(
        "pandas read_html, CSV",
        "page",
        ".csv",
        "pandas",
        _read_html("to_csv"),
        "blanks among figures become floats; merged words everywhere; prose",
    ),
    Tool(
        "pandas read_html, Markdown", "page", ".md", "pandas", _read_html("to_markdown"), "as above, `nan` for nothing"
    ),
    Tool("pandas read_html, HTML", "page", ".html", "pandas", _read_html("to_html"), "as above"),
    Tool("polars, printed", "page", ".txt", "polars", _polars, "all but the tables"),
    Tool("rich, printed", "page", ".txt", "rich", _rich, "all but the tables"),
    Tool("the document itself", "docx", ".docx", "", _as_is, NOTHING),
    Tool(
        "python-docx, row.cells",
        "docx",
        ".txt",
        "python-docx",
        _docx_rows,
        "what is merged: its words stand in every place",
    ),
    Tool("docx2txt", "docx", ".txt", "docx2txt", _docx2txt, BLANKS),
    Tool("docx2python", "docx", ".json", "docx2python", _docx2python, "what is merged: its words stand in every place"),
    Tool("mammoth, HTML", "docx", ".html", "mammoth", _mammoth("convert_to_html"), NOTHING),
    Tool("mammoth, Markdown", "docx", ".md", "mammoth", _mammoth("convert_to_markdown"), BLANKS),
    Tool("markitdown", "docx", ".md", "markitdown", _markitdown, "rowspans"),
    Tool("pandoc -t gfm", "docx", ".md", "pandoc", _program("pandoc", "-t", "gfm", "{}"), NOTHING, True),
    Tool(
        "pandoc -t plain",
        "docx",
        ".txt",
        "pandoc",
        _program("pandoc", "-t", "plain", "--wrap=none", "{}"),
        "where the words of merged cells end",
        True,
    ),
    Tool(
        "LibreOffice, text",
        "docx",
        ".txt",
        "soffice",
        lambda path: office(path, "txt:Text (encoded):UTF8"),
        BLANKS,
        True,
    ),
    Tool("LibreOffice, HTML", "docx", ".html", "soffice", lambda path: office(path, "html"), NOTHING, True),
    Tool("the workbook itself", "xlsx", ".xlsx", "", _as_is, NOTHING),
    Tool("openpyxl, CSV", "xlsx", ".csv", "openpyxl", lambda path: _written(_sheets(path)), "spans"),
    Tool(
        "openpyxl, by tabs",
        "xlsx",
        ".txt",
        "openpyxl",
        lambda path: "\n".join("\t".join(row) for sheet in _sheets(path) for row in sheet),
        "spans",
    ),
    Tool(
        "pandas read_excel, Markdown",
        "xlsx",
        ".md",
        "pandas",
        _excel_markdown,
        "spans; floats for counts; `nan` for nothing",
    ),
    Tool("markitdown", "xlsx", ".md", "markitdown", _markitdown, "spans; `NaN` for nothing"),
    Tool(
        "LibreOffice, CSV",
        "xlsx",
        ".csv",
        "soffice",
        lambda path: office(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"),
        "spans",
        True,
    ),
    Tool("the file itself", "pdf", ".pdf", "", _as_is, NOTHING),
    Tool(
        "pdftotext",
        "pdf",
        ".txt",
        "pdftotext",
        _program("pdftotext", "{}", "-"),
        "the order: figures stand apart from labels",
        True,
    ),
    Tool(
        "pdftotext -layout",
        "pdf",
        ".txt",
        "pdftotext",
        _program("pdftotext", "-layout", "{}", "-"),
        f"{BLANKS}; wrapped labels and heads",
        True,
    ),
    Tool(
        "pdftotext -raw",
        "pdf",
        ".txt",
        "pdftotext",
        _program("pdftotext", "-raw", "{}", "-"),
        f"{BLANKS}; wrapped figures",
        True,
    ),
    Tool("pypdf", "pdf", ".txt", "pypdf", _pypdf, f"{BLANKS}; wrapped figures"),
    Tool("pypdfium2, text", "pdf", ".txt", "pypdfium2", _pypdfium2, f"{BLANKS}; wrapped figures"),
    Tool("pdfminer.six", "pdf", ".txt", "pdfminer.six", _pdfminer, "the order: figures stand apart from labels"),
    Tool("pdfplumber, text", "pdf", ".txt", "pdfplumber", _pdfplumber_text, f"{BLANKS}; wrapped labels and heads"),
    Tool(
        "pdfplumber, tables by tabs", "pdf", ".txt", "pdfplumber", _pdfplumber_tables, "spans, and all but the tables"
    ),
    Tool(
        "pdfplumber, text and tables",
        "pdf",
        ".txt",
        "pdfplumber",
        _pdfplumber_both,
        "spans; rows at the break of a page",
    ),
    Tool("markitdown", "pdf", ".md", "markitdown", _markitdown, "the order: figures stand apart from labels"),
)
"""All tools, by what they are given."""

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The Python that ran them."""
