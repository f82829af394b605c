"""Displays of an object that is the last line of a notebook cell: HTML that is escaped, bounded, and loads nothing.

Each class has a method ``_repr_html_``, which hands itself on to here. The words are English, or Chinese where the
variable ``GIPA_REPORTS_LANG`` says so; what the form and the report say stays as it is.
"""

from __future__ import annotations

from .shows import (
    aggregate_html,
    comparison_html,
    locations_html,
    reading_html,
    report_html,
    result_html,
    row_html,
    table_html,
)

__all__ = [
    "aggregate_html",
    "comparison_html",
    "locations_html",
    "reading_html",
    "report_html",
    "result_html",
    "row_html",
    "table_html",
]
