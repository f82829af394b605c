"""A report in the official layout: ``render(report, format)``.

One module for each format. All write the same blocks (see ``layout``), so that what one format shows the others show.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Literal, overload

from ..document import FormatName
from ..errors import UnknownFormatError, WrongTypeError
from ..report import Report, require_report

FORMATS: tuple[FormatName, ...] = ("text", "markdown", "html", "docx", "xlsx")
"""Names of the formats that can be written."""

_NOTED = ("html",)
"""The formats that can show notes."""


@overload
def render(
    report: Report, format: Literal["text", "markdown", "html"], *, notes: Mapping[str, str] | None = None
) -> str: ...
@overload
def render(report: Report, format: Literal["docx", "xlsx"], *, notes: Mapping[str, str] | None = None) -> bytes: ...
@overload
def render(report: Report, format: FormatName, *, notes: Mapping[str, str] | None = None) -> str | bytes: ...
def render(report: Report, format: FormatName, *, notes: Mapping[str, str] | None = None) -> str | bytes:
    r"""``report`` in ``format``, canonical and in the official layout: ``"text"``, ``"markdown"`` and ``"html"`` as
    ``str``, ``"docx"`` and ``"xlsx"`` as ``bytes``.

    ``parse(render(report, format), format=format)`` is ``report`` again. A cell that the source did not have shows the
    mark 〔缺〕; a text that would be read as something else has ``\\`` (prose) or ``'`` (cells) before it.

    ``notes`` is for ``"html"`` alone: cell id → words that are shown with the cell, which is marked and numbered.

    Raises ``UnknownFormatError`` for a format that is not there or can't show notes, ``UnknownIdError`` for a note to a
    cell that the report does not have, ``MissingExtraError`` where ``"docx"`` or ``"xlsx"`` lacks its extra.
    """
    require_report(report, "render")
    if not isinstance(format, str):
        raise WrongTypeError.of("format", "str", format)
    if format not in FORMATS:
        raise UnknownFormatError.of_choice("format", FORMATS, format, code="unknown-format")
    if notes and format not in _NOTED:
        raise UnknownFormatError(
            f"{format!r} can't show notes, only {', '.join(_NOTED)} can",
            code="no-notes",
            expected=", ".join(_NOTED),
            found=format,
            zh=f"“{format}”格式不能显示注释；能显示的有{'、'.join(_NOTED)}。",
        )
    module = import_module(f"{__name__}.{format}")
    document: str | bytes = module.write(report, notes) if format in _NOTED else module.write(report)
    return document
