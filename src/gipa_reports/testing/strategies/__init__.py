"""Hypothesis strategies for reports: any that can be built, realistic ones, and ones whose figures add up.

``reports()`` leaves nothing out that the model allows, and prefers what is likely to go wrong: cells and paragraphs
that look like rows, headings, labels, marks or markup. ``plain_reports()`` and ``consistent_reports()`` are for tests
of layouts and of checks.
"""

from __future__ import annotations

from .cells import cells as cells
from .layouts import generators as generators
from .layouts import layout_choices as layout_choices
from .layouts import layout_options as layout_options
from .prose import agencies as agencies
from .prose import paragraphs as paragraphs
from .prose import periods as periods
from .prose import plain_sections as plain_sections
from .prose import sections as sections
from .prose import titles as titles
from .reports import PLAIN_STATES as PLAIN_STATES
from .reports import consistent_reports as consistent_reports
from .reports import plain_reports as plain_reports
from .reports import reports as reports
from .tables import disclosures as disclosures
from .tables import proceedings_tables as proceedings_tables
from .tables import requests_tables as requests_tables
from .tables import unknown_rows as unknown_rows
from .texts import cell_texts as cell_texts
