"""PDF files with a text layer: ruled tables as grids, tables without rules by the places of their words, prose.

``pdfium`` opens a file and says what is on a page, ``picture`` what a person sees of it; ``page`` puts both together as
lines and cells (``words``, ``grids``). ``tables`` and ``columns`` make rows of them, ``prose`` paragraphs, ``flow`` a
document. A file is read in a process beside this one, under limits on time and memory (see ``readers.child``).
"""

from __future__ import annotations

import time
import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...diagnostics import Diagnostic, Location
from ...document import Document
from ...errors import MissingExtraError, ReadError
from ...limits import Limits
from ...messages import Phrase, more_than
from .. import child

if TYPE_CHECKING:
    from .geometry import Bounds
    from .page import Sheet

MAX_UNMAPPED = 0.05
"""Share of glyphs without a character from which on a file is refused; below it they are shown as what they are."""
MAX_UNSEEN = 0.5
"""Share of glyphs that leave no ink from which on a file is refused; below it their digits are lost."""
AROUND = 6.0
"""Points above and below a cell that its picture shows."""
PICTURE_SCALE = 2.0
"""Dots to a point of such a picture."""
HEAD = 2000
"""Bytes before a stream in which its dictionary is looked for."""

_CHECK = "compare the result with the pages and save it as text or in Word"


def sniff(content: bytes) -> bool:
    """Return whether the content is a file of this format."""
    return b"%PDF-" in content[:1024]


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file."""
    return child.read_document(content, limits) if _is_bounded(limits) else read_here(content, limits)


def read_here(content: bytes, limits: Limits) -> Document:
    """As ``read_document``, in this process: no bound on memory, and time looked at between pages."""
    from .flow import Flow
    from .page import read_page
    from .pdfium import File, broken

    start = content.find(b"%PDF-", 0, 1024)
    if start < 0:
        raise broken(Phrase("it does not begin as one", "开头不是PDF"))
    content = content[start:]
    _check_whole(content, limits)
    begun = time.process_time()
    sheets: list[Sheet] = []
    try:
        with File(content) as file:
            if len(file) > limits.pages:
                raise limits.passed("pages", more_than(limits.pages, "pages"))
            if not len(file):
                raise broken(Phrase("it has no pages", "没有页"))
            for number in range(1, len(file) + 1):
                with file.page(number) as page:
                    sheets.append(read_page(page, number, limits))
                if limits.seconds is not None and time.process_time() - begun > limits.seconds:
                    found = Phrase(f"more than {limits.seconds} s of computing", f"计算超过{limits.seconds}秒")
                    raise limits.passed("seconds", found)
    except MemoryError:
        raise limits.passed("memory", Phrase("more memory than it may take", "内存超出限额")) from None
    pictures = _check_text(sheets)
    document = Flow(sheets, limits).document()
    if pictures:
        place = Location(line=None, column=None, text="", page=pictures[0])
        document.notes.append(
            Diagnostic(code="page-is-picture", cells=(), location=place, found=", ".join(map(str, pictures)))
        )
    return document


def picture_of(content: bytes, page: int, box: Bounds, limits: Limits) -> bytes:
    """A cell with its row as a PNG file, read as ``read_document`` reads."""
    return child.picture(content, page, box, limits) if _is_bounded(limits) else picture_here(content, page, box)


def picture_here(content: bytes, page: int, box: Bounds) -> bytes:
    """A cell with its row as a PNG file: the whole width of the page, and a frame around the cell."""
    from .pdfium import File, broken

    with File(content[max(0, content.find(b"%PDF-")) :]) as file:
        if not 1 <= page <= len(file):
            raise broken(Phrase(f"it has no page {page}", f"没有第{page}页"))
        with file.page(page) as opened:
            _, top, _, bottom = box
            part = (0.0, top - AROUND, opened.width, bottom + AROUND)
            return opened.picture(PICTURE_SCALE, part).png(part, box)


def _is_bounded(limits: Limits) -> bool:
    """Return whether a file is read in a process beside this one. Raises ``MissingExtraError`` without the library."""
    if find_spec("pypdfium2") is None:
        raise MissingExtraError.of("reading PDF files", "pypdfium2", "pdf")
    return (limits.seconds is not None or limits.memory is not None) and child.can_start()


def _check_whole(content: bytes, limits: Limits) -> None:
    """Refuse a file that was cut, and one with a page that breaks off: PDFium mends what it can and reads on, and the
    rest would be taken for blank.
    """
    from .pdfium import broken

    if not _has_table_of_contents(content):
        raise broken(Phrase("its table of contents is missing", "缺少目录表"))
    if b"/Encrypt" in content:
        return
    at = content.find(b"stream")
    while at >= 0:
        head = content[max(0, at - HEAD) : at]
        if head.rstrip().endswith(b">>") and (content[at + 6 : at + 7] in (b"\r", b"\n")):
            head = head[head.rfind(b" obj") :]
            if _is_unpacked_first(head):
                _check_stream(content, at + 6 + (2 if content[at + 6 : at + 8] == b"\r\n" else 1), limits)
        at = content.find(b"stream", at + 6)


def _has_table_of_contents(content: bytes) -> bool:
    """Return whether the file ends with the place of its table of contents, and that is there."""
    end = content.rfind(b"startxref")
    digits = content[end + 9 : end + 40].split()[:1] if end >= 0 else []
    if not digits or not digits[0].isdigit() or int(digits[0]) >= len(content) or b"%%EOF" not in content[end:]:
        return False
    table = content[int(digits[0]) : int(digits[0]) + 40].split()
    return bool(table) and (table[0] == b"xref" or table[0].isdigit())


def _is_unpacked_first(head: bytes) -> bool:
    """Return whether the stream behind this dictionary is compressed, and no font or picture."""
    _, mark, filters = head.partition(b"/Filter")
    if not mark or not filters.lstrip(b" \r\n[").startswith((b"/FlateDecode", b"/Fl ", b"/Fl]")):
        return False
    return b"/Image" not in head and b"/Length1" not in head and b"/FontFile" not in head


def _check_stream(content: bytes, at: int, limits: Limits) -> None:
    from .pdfium import broken

    # Without the two bytes of the header, and so without the checksum at the end, which many files lack.
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    at, size = at + 2, 0
    try:
        while at < len(content) and not unpacker.eof:
            piece = content[at : at + 2**16]
            at += len(piece)
            while piece and not unpacker.eof:
                size += len(unpacker.decompress(piece, 2**20))
                piece = unpacker.unconsumed_tail
                if size > limits.unzipped_bytes:
                    most = limits.unzipped_bytes
                    found = Phrase(f"a page of more than {most} bytes", f"一页超过{most}字节")
                    raise limits.passed("unzipped_bytes", found)
    except zlib.error as error:
        raise broken(Phrase(f"a page can't be unpacked: {error}", "有一页不能解压")) from None
    if not unpacker.eof:
        raise broken(Phrase("a page breaks off", "有一页不完整"))


def _check_text(sheets: list[Sheet]) -> list[int]:
    """Refuse what has no text, or text that is no text; the pages that are pictures, where others are not."""
    glyphs = sum(sheet.glyphs for sheet in sheets)
    pictures = [sheet.number for sheet in sheets if sheet.is_picture]
    named = _named(pictures)
    if not glyphs and any(sheet.aside for sheet in sheets):
        found = Phrase("no text but what stands sideways or on its head", "文字全部横放或倒置")
        raise _scanned(found, "turn its pages and save it anew")
    if not glyphs:
        found = Phrase(f"{len(sheets)} pages without any text{named}", f"{len(sheets)}页没有任何文字{named}")
        raise _scanned(found, f"a scan, or drawn letters; run OCR on it, {_CHECK}")
    unmapped = sum(sheet.unmapped for sheet in sheets)
    if unmapped > MAX_UNMAPPED * glyphs:
        found = Phrase(f"{unmapped} of {glyphs} characters", f"{glyphs}个字符中有{unmapped}个")
        raise ReadError(
            f"the fonts of the PDF file do not say which characters they show ({found}): run OCR on it instead",
            code="unmapped-text",
            expected=Phrase("fonts with Unicode mapping", "带Unicode对照的字体"),
            found=found,
        )
    if sum(sheet.unseen for sheet in sheets) > MAX_UNSEEN * glyphs:
        found = Phrase(
            f"only text that is not shown, as OCR puts it behind pictures{named}",
            f"只有不显示的文字（OCR放在图片之后的）{named}",
        )
        raise _scanned(found, f"take it out, {_CHECK}")
    return pictures


def _named(pages: list[int]) -> str:
    return f" ({', '.join(map(str, pages[:20]))}{', …' * (len(pages) > 20)})" if pages else ""


def _scanned(found: Phrase, advice: str) -> ReadError:
    return ReadError(
        f"the PDF file has {found}: {advice}",
        code="scanned-pdf",
        expected=Phrase("a PDF file with a text layer", "有文字层的PDF文件"),
        found=found,
    )
