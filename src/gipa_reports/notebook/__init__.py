"""Displays of an object that is the last line of a notebook cell: HTML that is escaped, bounded, and loads nothing.

Each class has a method ``_repr_html_``, which hands itself on to here. The words are English, or Chinese where the
variable ``GIPA_REPORTS_LANG`` says so; what the form and the report say stays as it is.
"""

from __future__ import annotations

from .shows import aggregate_html as aggregate_html
from .shows import comparison_html as comparison_html
from .shows import locations_html as locations_html
from .shows import reading_html as reading_html
from .shows import report_html as report_html
from .shows import result_html as result_html
from .shows import row_html as row_html
from .shows import table_html as table_html
