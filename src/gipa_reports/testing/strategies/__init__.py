"""Hypothesis strategies for reports: any that can be built, realistic ones, and ones whose figures add up.

``reports()`` leaves nothing out that the model allows, and prefers what is likely to go wrong: cells and paragraphs
that look like rows, headings, labels, marks or markup. ``plain_reports()`` and ``consistent_reports()`` are for tests
of layouts and of checks.
"""

from __future__ import annotations

from .cells import cells
from .layouts import generators, layout_choices, layout_options
from .prose import agencies, paragraphs, periods, plain_sections, sections, titles
from .reports import PLAIN_STATES, consistent_reports, plain_reports, reports
from .tables import disclosures, proceedings_tables, requests_tables, unknown_rows
from .texts import cell_texts

__all__ = [
    "PLAIN_STATES",
    "agencies",
    "cell_texts",
    "cells",
    "consistent_reports",
    "disclosures",
    "generators",
    "layout_choices",
    "layout_options",
    "paragraphs",
    "periods",
    "plain_reports",
    "plain_sections",
    "proceedings_tables",
    "reports",
    "requests_tables",
    "sections",
    "titles",
    "unknown_rows",
]
