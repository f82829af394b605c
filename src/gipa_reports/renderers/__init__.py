"""A report in the official layout: ``render(report, format)``.

One module for each format. All write the same blocks (see ``layout``), so that what one format shows the others show.
"""

from __future__ import annotations

from importlib import import_module

from ..errors import UnknownFormatError
from ..report import Report

FORMATS = ("text", "markdown", "html")
"""Names of the formats that can be written."""


def render(report: Report, format: str) -> str:
    r"""``report`` as ``"text"``, ``"markdown"`` or ``"html"``: canonical, in the official layout.

    ``parse(render(report, format), format=format)`` is ``report`` again. A cell that the source did not have shows the
    mark 〔缺〕; a text that would be read as something else has ``\\`` (prose) or ``'`` (cells) before it. Raises
    ``UnknownFormatError``.
    """
    if format not in FORMATS:
        raise UnknownFormatError(
            f"no renderer for {format!r}", code="unknown-format", expected=", ".join(FORMATS), found=str(format)
        )
    text: str = import_module(f"{__name__}.{format}").write(report)
    return text
