"""Write a report the way it is met in the wild: text layouts, what popular tools make of it, how spelling varies.

The writers start from the official form as a grid of cells with spans, never from anything that a reader knows, so
they can stand as the other side of a reader's tests. Every figure of a report is in its text; where a layout loses the
place of an empty cell, the text has lost it too (see ``KEEPS_BLANKS``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from ...report import Report, Section
from ...template import HEADINGS, TABLES, TableId
from .grid import Grid as Grid
from .grid import GridCell as GridCell
from .grid import GridRow as GridRow
from .grid import Role as Role
from .grid import expand as expand
from .grid import filled as filled
from .grid import grid_width as grid_width
from .grid import official_grid as official_grid
from .options import LayoutOptions as LayoutOptions
from .published import KEEPS_BLANKS as KEEPS_BLANKS
from .published import LAYOUTS as LAYOUTS
from .published import WRITERS
from .spelling import figure_noise as figure_noise
from .spelling import heading_noise as heading_noise
from .spelling import maybe, respell
from .spelling import noise as noise
from .tools import TOOL_LAYOUTS as TOOL_LAYOUTS
from .tools import Loss as Loss
from .tools import ToolLayout as ToolLayout
from .tools import check_publishable
from .tools import write_as_tool as write_as_tool


def flatten(
    report: Report,
    layout: int | Mapping[TableId, int],
    *,
    headings: bool = True,
    header: bool | str = True,
    options: LayoutOptions | None = None,
    rng: random.Random | None = None,
) -> str:
    """``report`` as text whose tables are in ``layout``: one number of ``LAYOUTS`` for all, or one for each table id.

    ``headings`` says whether the six section headings are written. ``header`` is what comes first: the report's title
    (True), nothing (False), or the text given. The prose of a section with a table stands before the table. The same
    arguments, with ``rng`` in the same state, give the same text; without ``rng`` the choices are fixed.

    Raises ``ValueError`` for an unknown layout, and for a report with absent or invalid cells or with rows that the
    form does not have: a published form has none of these to begin with.
    """
    options, rng = options or LayoutOptions(), rng or random.Random(0)
    layouts = dict.fromkeys(TABLES, layout) if isinstance(layout, int) else layout
    _check_flattens(report, layouts)

    title = report.title if header is True else header
    blocks = [*([title] if title else []), *_sections(report, layouts, headings, options, rng)]
    return ("\n\n" if options.blank_lines else "\n").join(blocks) + "\n"


def _sections(
    report: Report, layouts: Mapping[TableId, int], headings: bool, options: LayoutOptions, rng: random.Random
) -> Iterator[str]:
    """Yield heading, paragraphs and table of each section."""
    for heading in HEADINGS:
        if headings:
            yield maybe(heading_noise, heading.text, options, rng)
        yield from (report.sections.get(heading.id) or Section()).paragraphs
        for table in report.tables:
            if table.id == heading.id:
                yield write_grid(official_grid(table), layouts[table.id], options=options, rng=rng)


def _check_flattens(report: Report, layouts: Mapping[TableId, int]) -> None:
    for table in report.tables:
        if layouts.get(table.id) not in LAYOUTS:
            raise ValueError(f"no layout {layouts.get(table.id)!r} for {table.id}; there are 1 to {max(LAYOUTS)}")
    check_publishable(report)


def write_grid(
    grid: Grid, layout: int, *, options: LayoutOptions | None = None, rng: random.Random | None = None
) -> str:
    """One table in one layout, without a line break at its end (11 ends with one, as it is met)."""
    options = options or LayoutOptions()
    rng = rng or random.Random(0)
    return WRITERS[layout](respell(grid, options, rng), options, rng)
