"""How large a source may be. Past any of these a ``LimitError`` says so, before time or memory is gone."""

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of a source."""

MAX_LINE = 4 * 1024 * 1024
"""Characters of one line."""

MAX_ROWS = 5000
"""Rows of all tables together; a report has about fifty."""

MAX_CELLS = 200_000
"""Cells of all tables together, spans expanded."""

MAX_NESTING = 400
"""Depth of elements in an HTML page."""
