"""PDF files with a text layer: ruled tables as grids, tables without rules by the places of their words, prose.

A table that goes on over page breaks comes out as one, a row that a page break cut as one row; page numbers and running
heads are set aside. A file is read in a process of its own, under limits on time and memory (see ``child``).
"""

from __future__ import annotations

import logging
import re
import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO
from itertools import islice, pairwise
from typing import Any

from ..diagnostics import Diagnostic
from ..document import Block, Document, Origin, Paragraph, Row, Table
from ..errors import GipaError, MissingExtraError, ReadError
from ..limits import Limits
from ..template import labels
from . import child
from .pdf_columns import Stretch, goes_on, is_figure, with_doubtful
from .pdf_page import CLOSE, SPACE, Box, Grid, Line, Sheet, read_page

MAX_UNMAPPED = 0.05
"""Share of glyphs without a character from which on a file is refused; below it they are shown as what they are."""

MAX_UNSEEN = 0.5
"""Share of glyphs that leave no ink from which on a file is refused; below it their digits are lost."""

MARGIN = 0.12
"""Share of the page's height, above and below, in which page numbers and running heads are looked for."""

_CHECK = "compare the result with the pages and save it as text or in Word"
_PAGE_NUMBER = re.compile(r"[\W_]{0,3}第?\s*(\d{1,4})\s*页?(?:\s*(?:[/／]|[/／，,]?\s*共)\s*\d{1,4}\s*页?)?[\W_]{0,3}")
_FIGURE = re.compile(r"[\d\s.,+\-/—–%]*", re.ASCII)


def sniff(content: bytes) -> bool:
    """Whether the content is a file of this format."""
    return b"%PDF-" in content[:1024]


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file."""
    _check_extra()
    if limits.seconds is None and limits.memory is None:
        return read_here(content, limits)
    return child.read_document(content, limits)


def read_here(content: bytes, limits: Limits) -> Document:
    """As ``read_document``, in this process: bounded by the limits on pages and cells, not on time and memory."""
    try:
        return _Flow(_sheets(content, limits), limits).document()
    except GipaError:
        raise
    except Exception as error:
        # Whatever the library stumbles over, in a damaged file anything, is the file's fault; it wraps some of it.
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, MemoryError):
            raise limits.passed("memory", "more memory than it may take") from None
        if type(cause).__name__ in ("PDFPasswordIncorrect", "PDFEncryptionError"):
            raise ReadError(
                "the PDF file is encrypted: open it with its password and save it without one",
                code="encrypted",
                expected="a PDF file without a password",
                found="a PDF file; open it with its password and save it without one",
            ) from None
        raise _broken(f"{type(cause).__name__}: {cause}"[:200]) from None


def _check_extra() -> None:
    if find_spec("pdfplumber") is None:
        raise MissingExtraError.of("reading PDF files", "pdfplumber", "pdf")


def _broken(found: str) -> ReadError:
    return ReadError(
        f"the PDF file is damaged or cut short ({found}): get it again, or open it and save it anew",
        code="broken-file",
        expected="a whole PDF file",
        found=found,
    )


# --- pages ---------------------------------------------------------------------------------------------------------


def _sheets(content: bytes, limits: Limits) -> list[Sheet]:
    """The content of all pages; refuses what has no text, or text that is no text."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFXRefFallback
    from pdfminer.pdfpage import PDFPage

    from .pdf_ink import Page

    _quiet()
    pdf = pdfplumber.open(BytesIO(content))
    if any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs):
        raise _broken("its table of contents is missing")
    pages = list(islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
    if len(pages) > limits.pages:
        raise limits.passed("pages", f"more than {limits.pages} pages")
    if not pages:
        raise _broken("it has no pages")
    sheets: list[Sheet] = []
    for number, page in enumerate(pages, 1):
        for stream in page.contents:
            _check_whole(stream, limits)
        sheets.append(read_page(Page(pdf, page, number), number, limits))
        _free_prose(sheets[-1])
    _check_text(sheets)
    return sheets


def _quiet() -> None:
    """Keep the libraries' remarks on odd fonts off stderr; a program that wants them sets up logging."""
    for name in ("pdfminer", "pdfplumber"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _check_whole(stream: Any, limits: Limits) -> None:
    """Refuse a compressed page that breaks off: it would be read as far as it goes, and the rest taken for blank."""
    from pdfminer.pdftypes import LITERALS_FLATE_DECODE, resolve1

    stream = resolve1(stream)
    data = getattr(stream, "rawdata", None)
    if data is None or not stream.get_filters() or stream.get_filters()[0][0] not in LITERALS_FLATE_DECODE:
        return
    if stream.decipher:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    # Without the two bytes of the header, and so without the checksum at the end, which many files lack.
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, size = data[2:], 0
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, 2**20))
            rest = unpacker.unconsumed_tail
            if size > limits.unzipped_bytes:
                raise limits.passed("unzipped_bytes", f"a page of more than {limits.unzipped_bytes} bytes")
    except zlib.error as error:
        raise _broken(f"a page can't be unpacked: {error}") from None
    if not unpacker.eof:
        raise _broken("a page breaks off")


def _check_text(sheets: list[Sheet]) -> None:
    glyphs = sum(sheet.glyphs for sheet in sheets)
    if not glyphs:
        if any(sheet.aside for sheet in sheets):
            found, advice = "no text but what stands sideways or on its head", "turn its pages and save it anew"
        else:
            found = f"{len(sheets)} pages without any text"
            advice = f"a scan, or drawn letters; run OCR on it, {_CHECK}"
        raise _scanned(found, advice)
    if sum(sheet.unseen for sheet in sheets) > MAX_UNSEEN * glyphs:
        raise _scanned("only text that is not shown, as OCR puts it behind pictures", f"take it out, {_CHECK}")
    unmapped = sum(sheet.unmapped for sheet in sheets)
    if unmapped > MAX_UNMAPPED * glyphs:
        found = f"{unmapped} of {glyphs} characters"
        raise ReadError(
            f"the fonts of the PDF file do not say which characters they show ({found}): run OCR on it instead",
            code="unmapped-text",
            expected="fonts with Unicode mapping",
            found=found,
        )


def _scanned(found: str, advice: str) -> ReadError:
    return ReadError(
        f"the PDF file has {found}: {advice}",
        code="scanned-pdf",
        expected="a PDF file with a text layer",
        found=found,
    )


def _free_prose(sheet: Sheet) -> None:
    """Make lines again of the cells which a border around the whole text makes of what stands between its tables."""
    grids, sheet.grids = sheet.grids, []
    for grid in grids:
        prose: list[Box] = []
        cells: list[Box] = []
        for box in grid.boxes:
            (prose if _is_prose(box, grid) else cells).append(box)
        ends = sorted(box.top for box in prose)
        parts: dict[int, list[Box]] = defaultdict(list)
        for box in cells:
            parts[bisect_right(ends, box.top)].append(box)
        for boxes in parts.values():
            top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
            sheet.grids.append(Grid(boxes, grid.page, grid.x0, top, grid.x1, bottom))
        sheet.lines += (line for box in prose for line in box.lines)
    sheet.lines.sort(key=lambda line: line.baseline)


def _is_prose(box: Box, grid: Grid) -> bool:
    """Whether a box that is as wide as its grid has a heading or a sentence."""
    wide = box.x0 - grid.x0 < CLOSE and grid.x1 - box.x1 < CLOSE
    return wide and any("。" in line.text or labels.heading(line.text) is not None for line in box.lines)


# --- from pages to blocks ------------------------------------------------------------------------------------------


class _Flow:
    """One walk over all pages, from the top of the first to the foot of the last. ``line`` counts blocks."""

    def __init__(self, sheets: list[Sheet], limits: Limits) -> None:
        self._sheets = sheets
        self._limits = limits
        self._furniture = _furniture(sheets)
        self._measure = _Measure(sheets, self._furniture)
        self._blocks: list[Block] = []
        self._aside: list[Paragraph] = []
        self._notes: list[Diagnostic] = []
        self._line = 0
        self._tables = 0
        self._cells = 0
        self._prose: list[Line] = []
        self._stretch: Stretch | None = None
        self._grids: list[Grid] = []

    def document(self) -> Document:
        for sheet in self._sheets:
            for text in sheet.aside:
                self._aside.append(Paragraph(text, self._line, origin=Origin(page=sheet.number)))
            items: list[Line | Grid] = [*sheet.lines, *sheet.grids]
            for item in sorted(items, key=lambda item: item.top):
                if isinstance(item, Grid):
                    self._grid(item)
                elif id(item) in self._furniture:
                    self._aside.append(Paragraph(item.text, self._line, origin=Origin(page=sheet.number)))
                else:
                    self._text(item)
        self._end_grids()
        self._end_stretch()
        self._end_prose()
        return Document(self._blocks, self._line, self._notes, aside=self._aside)

    def _text(self, line: Line) -> None:
        self._end_grids()
        in_table = self._stretch is not None and self._stretch.has_figures
        if line.doubtful and (in_table or any(map(is_figure, line.words))):
            line.words = with_doubtful(line)
        heading = labels.heading(line.text) is not None
        if self._stretch is not None:
            if not heading and self._stretch.takes(line):
                return
            self._end_stretch()
        if not heading and Stretch.opens(line):
            self._end_prose()
            self._stretch = Stretch(line)
        else:
            self._prose_line(line)

    def _end_stretch(self) -> None:
        """A table without rules is at its end. Where its columns can't be told, its lines are left as they are."""
        stretch, self._stretch = self._stretch, None
        if stretch is None:
            return
        found = stretch.read()
        if found.rows:
            self._table((row.cells, row.line.page) for row in found.rows)
        for line in found.lines:
            self._paragraph(" ".join(word.text for word in line.words), line.page)
        for line in found.unread:
            self._aside.append(Paragraph(line.text, self._line, origin=Origin(page=line.page)))
        if found.unread:
            place = self._aside[-len(found.unread)].at()
            self._notes.append(Diagnostic("table-unread", (), place, found=f"{len(found.unread)} lines"))

    def _prose_line(self, line: Line) -> None:
        if self._prose and not self._measure.goes_on(self._prose[-1], line):
            self._end_prose()
        self._prose.append(line)

    def _end_prose(self) -> None:
        lines, self._prose = self._prose, []
        if lines:
            self._paragraph(_run_on(lines), lines[0].page)

    def _paragraph(self, text: str, page: int) -> None:
        self._line += 1
        self._blocks.append(Paragraph(text, self._line, origin=Origin(page=page)))

    def _grid(self, grid: Grid) -> None:
        self._end_stretch()
        self._end_prose()
        if self._grids and not _continues(self._grids[-1], grid):
            self._end_grids()
        self._grids.append(grid)

    def _end_grids(self) -> None:
        grids, self._grids = self._grids, []
        if grids:
            self._table(_rows(grids))

    def _table(self, found: Iterable[tuple[list[str], int]]) -> None:
        self._tables += 1
        rows: list[Row] = []
        for number, (cells, page) in enumerate(found, 1):
            self._cells += len(cells)
            if self._cells > self._limits.cells:
                raise self._limits.passed("cells", f"more than {self._limits.cells} cells")
            self._line += 1
            rows.append(Row(cells, self._line, origin=Origin(self._tables, number, page=page)))
        self._blocks.append(Table(rows))


def _run_on(lines: Iterable[Line]) -> str:
    """The text of lines that are one paragraph."""
    text = ""
    for line in lines:
        last, first = text[-1:], line.text[0]
        latin = last.isascii() and last.isalnum() and first.isascii() and first.isalnum()
        # Two figures have something between them; it is one that is cut.
        text += " " * (latin and not (last.isdigit() and first.isdigit())) + line.text
    return text


# --- page numbers and running heads --------------------------------------------------------------------------------


def _furniture(sheets: list[Sheet]) -> set[int]:
    """The lines (by ``id``) near the edges of pages that are page numbers, or come again on another page."""
    alike: dict[tuple[str, int], list[Line]] = defaultdict(list)
    numbers: dict[int, list[Line]] = defaultdict(list)
    found: set[int] = set()
    for sheet in sheets:
        headed = False
        for line in sheet.lines:
            if MARGIN * sheet.height < line.top < (1 - MARGIN) * sheet.height - line.size:
                continue
            headed = headed or labels.heading(line.text) is not None
            number = _PAGE_NUMBER.fullmatch(line.text)
            if number is not None:
                numbers[int(number[1]) - sheet.number].append(line)
                if int(number[1]) == sheet.number:
                    found.add(id(line))
            elif headed and line.top <= MARGIN * sheet.height:
                continue  # Sections may begin alike; no running head stands below a heading.
            elif not any(labels.find(word.text) or labels.is_fragment(word.text) for word in line.words):
                alike[re.sub(r"\d+", "#", "".join(line.text.split())), round(line.top / CLOSE)].append(line)
    for group in (*numbers.values(), *alike.values()):
        if len({line.page for line in group}) > 1:
            found.update(map(id, group))
    return found


# --- lines to paragraphs -------------------------------------------------------------------------------------------


class _Measure:
    """How the text of a document is set: where its lines begin and end, how high they are and how far apart."""

    def __init__(self, sheets: list[Sheet], furniture: set[int]) -> None:
        pages = [[line for line in sheet.lines if id(line) not in furniture] for sheet in sheets]
        long = [[line for line in lines if _is_long(line, sheet)] for sheet, lines in zip(sheets, pages, strict=True)]
        self._margins = _margins(sheets, long)
        sizes: Counter[float] = Counter()
        for line in (line for lines in (long if any(long) else pages) for line in lines):
            sizes[round(line.size, 1)] += len(line.text)
        self._size = max(sizes, key=sizes.__getitem__, default=0.0)
        # A full line and the one below it are nearest within a paragraph.
        pitches = [
            (below.baseline - line.baseline) / self._size
            for lines in pages
            for line, below in pairwise(lines)
            if round(line.size, 1) == round(below.size, 1) == self._size and self._is_full(line)
        ]
        self._pitch = max(1.5, min((pitch for pitch in pitches if pitch >= 1), default=1.5))

    def goes_on(self, line: Line, below: Line) -> bool:
        """Whether ``below`` is of the same paragraph as ``line``."""
        size = line.size
        if abs(below.size - size) > 0.1 * size or _is_row(line) or _is_row(below):
            return False
        if labels.heading(line.text) is not None or labels.heading(below.text) is not None:
            return False
        pitch = below.baseline - line.baseline if below.page == line.page else 0.0
        if size > 1.2 * self._size:
            # A title, which may be set wide.
            centred = self._is_centred(line) and self._is_centred(below)
            wrapped = self._is_full(line) and abs(below.x0 - line.x0) < CLOSE
            return (centred or wrapped) and pitch < 3 * size
        left, _ = self._margins[below.page]
        return self._is_full(line) and below.x0 < left + size and pitch < 1.2 * self._pitch * size

    def _is_full(self, line: Line) -> bool:
        return line.x1 > self._margins[line.page][1] - 2 * line.size

    def _is_centred(self, line: Line) -> bool:
        return abs(line.x0 + line.x1 - sum(self._margins[line.page])) < 2 * line.size


def _is_long(line: Line, sheet: Sheet) -> bool:
    """Whether a line can only be one of prose: it has no gaps, and is not short."""
    return 1.1 * sum(word.x1 - word.x0 for word in line.words) > max(line.x1 - line.x0, sheet.width / 3)


def _margins(sheets: list[Sheet], long: list[list[Line]]) -> dict[int, tuple[float, float]]:
    """Page → where its text begins and ends: as do the ``long`` lines of all pages that are as wide."""
    found: dict[int, tuple[float, float]] = {}
    for sheet, lines in zip(sheets, long, strict=True):
        width = round(sheet.width)
        for line in lines:
            left, right = found.get(width, (line.x0, line.x1))
            found[width] = min(left, line.x0), max(right, line.x1)
    return {sheet.number: found.get(round(sheet.width), (0.0, sheet.width)) for sheet in sheets}


def _is_row(line: Line) -> bool:
    """Whether a line seems to be one of a table without rules: words apart, the last a figure."""
    if len(line.words) < 2 or _FIGURE.fullmatch(line.words[-1].text) is None:
        return False
    return line.words[-1].x0 - line.words[-2].x1 >= SPACE * line.size


# --- grids to rows -------------------------------------------------------------------------------------------------


def _continues(grid: Grid, following: Grid) -> bool:
    """Whether ``following`` is the rest of ``grid``, which a page break cut."""
    same = abs(grid.x0 - following.x0) < 2 * CLOSE and abs(grid.x1 - following.x1) < 2 * CLOSE
    return same and following.page == grid.page + 1


def _rows(grids: list[Grid]) -> list[tuple[list[str], int]]:
    """The rows of a table with their pages, all on one set of columns; a span fills its first place."""
    columns = _columns(grids)
    rows: list[tuple[list[str], int]] = []
    for grid in grids:
        tops = sorted({box.top for box in grid.boxes})
        part = [([""] * len(columns), grid.page) for _ in tops]
        for box in grid.boxes:
            column = max(index for index, x in enumerate(columns) if x <= box.x0 + CLOSE)
            spanned = sum(1 for top in tops if box.top <= top < box.bottom)
            part[tops.index(box.top)][0][column] += box.text(spanned)
        if rows:
            _mend(rows, part)
        rows.extend(part)
    return rows


def _columns(grids: list[Grid]) -> list[float]:
    """Where the columns begin."""
    columns: list[float] = []
    for x in sorted(box.x0 for grid in grids for box in grid.boxes):
        if not columns or x > columns[-1] + CLOSE:
            columns.append(x)
    return columns


def _mend(rows: list[tuple[list[str], int]], part: list[tuple[list[str], int]]) -> None:
    """Put together what the page break between ``rows`` and ``part`` cut: the first row of ``part``, and labels
    that span rows.

    A piece of a label is told by this: both pieces together are one, and not each by itself. Figures of a row whose
    label was cut, or that has none, are the rest of the row above; two pieces of a figure are put together with a space
    between, which is flagged when the cell is read.
    """
    first = next((index for index, (cells, _) in enumerate(part) if not _is_heading(cells)), None)
    if first is None:
        return
    cells, last = part[first][0], rows[-1][0]
    for column, text in enumerate(cells):
        if not text or _FIGURE.fullmatch(text):
            continue
        above = next((row for row, _ in reversed(rows) if row[column]), None)
        if above is not None and goes_on(above[column], text) and labels.find(above[column] + text):
            above[column] += text
            cells[column] = ""
    if not any(cells):
        del part[first]
    if any(text and not _FIGURE.fullmatch(text) for text in cells) or not any(cells) or _is_heading(last):
        return
    for column, text in enumerate(cells):
        last[column] += " " * bool(text and last[column]) + text
    del part[first]


def _is_heading(cells: list[str]) -> bool:
    """Whether a row names columns."""
    filled = [labels.find(text) for text in cells if text]
    return bool(filled) and all(found and found[0].kind in ("column", "caption") for found in filled)
