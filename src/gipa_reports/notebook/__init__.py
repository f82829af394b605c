"""Displays of an object that is the last line of a notebook cell: HTML that is escaped, bounded, and loads nothing.

The ``_repr_html_`` of each class hands the object on to ``html_of``. The words are English, or Chinese where the
variable ``GIPA_REPORTS_LANG`` says so; what the form and the report say stays as it is.
"""

from __future__ import annotations

from .shows import html_of as html_of
