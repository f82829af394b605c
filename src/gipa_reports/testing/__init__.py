"""Strategies, layouts and laws for testing with reports. Needs the extra ``testing``.

``strategies`` builds reports, ``layouts`` writes them the way they are met in the wild, ``laws`` says what must hold:

>>> from hypothesis import given
>>> from gipa_reports import read
>>> from gipa_reports.testing import check_right_or_flagged, flatten, plain_reports
>>> @given(plain_reports())
... def test_tab_grid(report):
...     check_right_or_flagged(report, read(flatten(report, 1)))
"""

from __future__ import annotations

from ..errors import MissingExtraError

try:
    from .strategies import (
        PLAIN_STATES,
        agencies,
        cell_texts,
        cells,
        consistent_reports,
        disclosures,
        generators,
        layout_choices,
        layout_options,
        paragraphs,
        periods,
        plain_reports,
        plain_sections,
        proceedings_tables,
        reports,
        requests_tables,
        sections,
        titles,
        unknown_rows,
    )
except ModuleNotFoundError as _error:
    if _error.name != "hypothesis":
        raise
    raise MissingExtraError.of("gipa_reports.testing", "hypothesis", "testing") from _error

from .laws import (
    FORMATS,
    Tally,
    check_fixed_point,
    check_json_round_trip,
    check_only_gipa_errors,
    check_right_or_flagged,
    check_round_trip,
    tally,
)
from .layouts import (
    KEEPS_BLANKS,
    LAYOUTS,
    TOOL_LAYOUTS,
    Grid,
    GridCell,
    LayoutOptions,
    Loss,
    ToolLayout,
    expand,
    figure_noise,
    flatten,
    grid_width,
    heading_noise,
    noise,
    official_grid,
    write_as_tool,
    write_grid,
)

__all__ = [
    "FORMATS",
    "KEEPS_BLANKS",
    "LAYOUTS",
    "PLAIN_STATES",
    "TOOL_LAYOUTS",
    "Grid",
    "GridCell",
    "LayoutOptions",
    "Loss",
    "Tally",
    "ToolLayout",
    "agencies",
    "cell_texts",
    "cells",
    "check_fixed_point",
    "check_json_round_trip",
    "check_only_gipa_errors",
    "check_right_or_flagged",
    "check_round_trip",
    "consistent_reports",
    "disclosures",
    "expand",
    "figure_noise",
    "flatten",
    "generators",
    "grid_width",
    "heading_noise",
    "layout_choices",
    "layout_options",
    "noise",
    "official_grid",
    "paragraphs",
    "periods",
    "plain_reports",
    "plain_sections",
    "proceedings_tables",
    "reports",
    "requests_tables",
    "sections",
    "tally",
    "titles",
    "unknown_rows",
    "write_as_tool",
    "write_grid",
]
