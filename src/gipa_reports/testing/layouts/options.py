"""Options that vary within one layout."""

from __future__ import annotations

from attrs import frozen


@frozen
class LayoutOptions:
    """Options that vary within one layout. Where a field names a layout, the others ignore it."""

    noise: float = 0.0
    """Any layout: how likely a label, heading or figure is spelt another way, from 0 to 1."""
    blank_lines: bool = True
    """Any layout: whether a blank line stands between paragraphs, headings and tables."""
    keep_blanks: bool = False
    """7: an empty cell stays behind as a lone pipe inside the row."""
    collapse: float = 0.0
    """13: how likely an empty cell leaves no trace, from 0 to 1."""
    wrap_headers: bool = False
    """13: names of columns are cut in two, as if they were two cells."""
    stack_headers: bool = False
    """15: names of narrow columns come one or two characters a line, as PDF text has them."""
    page_marks: bool = False
    """15: page marks stand between rows of a table."""
    small_tables: bool = False
    """16: every row of figures is a table of its own, under the names of its columns."""
    invented_header: bool = False
    """16: the names of the columns are replaced by 数据1, 数据2 and so on."""
