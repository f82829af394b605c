"""Office files of other formats than DOCX and XLSX, converted by LibreOffice where the caller asks for it.

What was converted is never taken for the original: every place says so, and what both say is compared paragraph by
paragraph, in each table, where the original's own words can be read here.
"""

from __future__ import annotations

from types import ModuleType

from attrs import evolve

from ...document import Block, Conversion, Document, FormatName, Origin, Table
from ...limits import Limits
from .. import docx, xlsx
from ..package import kind as package_kind
from .comparison import differing_tables
from .office import convert
from .originals import paragraphs

_TARGETS: dict[str, FormatName] = {
    "doc": "docx",
    "odt": "docx",
    "rtf": "docx",
    "flat-text": "docx",
    "xls": "xlsx",
    "ods": "xlsx",
    "xlsb": "xlsx",
    "flat-sheet": "xlsx",
}
"""Kind of file, as ``package.kind`` names it → the format that it is converted into."""

_SUFFIXES = {"flat-text": "xml", "flat-sheet": "xml"}
"""Kind → the ending of such a file, where it is another: what LibreOffice is given has the name of its content."""

_READERS: dict[FormatName, ModuleType] = {"docx": docx, "xlsx": xlsx}


def kind(content: bytes) -> str | None:
    """Return what a file is that has to be converted before it can be read; None for any other."""
    found = "rtf" if content.startswith(b"{\\rtf") else package_kind(content)
    return found if found in _TARGETS else None


def read_document(content: bytes, kind: str, limits: Limits) -> Document:
    """Return the blocks of what LibreOffice makes of a file.

    Raises ``ReadError`` where there is no LibreOffice (``no-converter``) or it makes nothing of it (``not-converted``),
    ``LimitError`` past ``conversion_seconds`` or ``bytes``, and what the reader of the converted file raises.
    """
    target = _TARGETS[kind]
    suffix = _SUFFIXES.get(kind, kind)
    converted = convert(content, suffix, target, limits)
    document: Document = _READERS[target].read_document(converted, limits)
    for block in document.blocks:
        _mark(block, suffix)
    document.format = target
    original = paragraphs(content, kind, limits)
    differing = None if original is None else differing_tables(original, converted, limits)
    document.conversion = Conversion(suffix, target, differing)
    return document


def _mark(block: Block, suffix: str) -> None:
    """Note at each place of a block that it is one of a converted file."""
    for part in block.rows if isinstance(block, Table) else [block]:
        part.origin = evolve(getattr(part, "origin", None) or Origin(), converted=suffix)  # type: ignore[union-attr]
