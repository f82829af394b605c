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
    from .strategies.cells import cells as cells
    from .strategies.layouts import generators as generators
    from .strategies.layouts import layout_choices as layout_choices
    from .strategies.layouts import layout_options as layout_options
    from .strategies.prose import agencies as agencies
    from .strategies.prose import paragraphs as paragraphs
    from .strategies.prose import periods as periods
    from .strategies.prose import plain_sections as plain_sections
    from .strategies.prose import sections as sections
    from .strategies.prose import titles as titles
    from .strategies.reports import PLAIN_STATES as PLAIN_STATES
    from .strategies.reports import consistent_reports as consistent_reports
    from .strategies.reports import plain_reports as plain_reports
    from .strategies.reports import reports as reports
    from .strategies.tables import disclosures as disclosures
    from .strategies.tables import proceedings_tables as proceedings_tables
    from .strategies.tables import requests_tables as requests_tables
    from .strategies.tables import unknown_rows as unknown_rows
    from .strategies.texts import cell_texts as cell_texts
except ModuleNotFoundError as _error:
    if _error.name != "hypothesis":
        raise
    raise MissingExtraError.of("gipa_reports.testing", "hypothesis", "testing") from _error

from .laws import FORMATS as FORMATS
from .laws import Tally as Tally
from .laws import check_fixed_point as check_fixed_point
from .laws import check_json_round_trip as check_json_round_trip
from .laws import check_only_gipa_errors as check_only_gipa_errors
from .laws import check_right_or_flagged as check_right_or_flagged
from .laws import check_round_trip as check_round_trip
from .laws import tally as tally
from .layouts import KEEPS_BLANKS as KEEPS_BLANKS
from .layouts import LAYOUTS as LAYOUTS
from .layouts import TOOL_LAYOUTS as TOOL_LAYOUTS
from .layouts import Grid as Grid
from .layouts import GridCell as GridCell
from .layouts import LayoutOptions as LayoutOptions
from .layouts import Loss as Loss
from .layouts import ToolLayout as ToolLayout
from .layouts import expand as expand
from .layouts import figure_noise as figure_noise
from .layouts import flatten as flatten
from .layouts import grid_width as grid_width
from .layouts import heading_noise as heading_noise
from .layouts import noise as noise
from .layouts import official_grid as official_grid
from .layouts import write_as_tool as write_as_tool
from .layouts import write_grid as write_grid
