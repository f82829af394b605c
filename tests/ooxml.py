"""DOCX packages made by hand, part by part: what the tests need and no program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/></Types>'
)


def relations(**targets: str) -> str:
    """A part of relations: the last word of each type, and its target."""
    found = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{name}" Target="{target}"/>'
        for number, (name, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def part(name: str, content: str) -> str:
    """A part of a document, ``document``, ``styles`` or ``numbering``, with all namespaces that the tests use."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f' xmlns:r="{_OFFICE}">{content}</w:{name}>'
    )


def parts(body: str, *, styles: str = "", numbering: str = "") -> dict[str, str | bytes]:
    """The parts of a document with this content of its body, styles and lists."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(styles="styles.xml", numbering="numbering.xml"),
        "word/styles.xml": part("styles", styles),
        "word/numbering.xml": part("numbering", numbering),
    }


def packed(contents: Mapping[str, str | bytes]) -> bytes:
    """A package of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(body: str, *, styles: str = "", numbering: str = "") -> bytes:
    """A DOCX file with this content."""
    return packed(parts(body, styles=styles, numbering=numbering))
