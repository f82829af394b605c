"""CSV and TSV: what spreadsheets, frames and scripts write of the tables, in quotes or not, parted by ``,`` ``;`` tab.

An empty line ends a table. A line of one cell that is no label is prose. Blanks and spans are empty cells where all
lines of a table are as long; where they are not, what spans covered is there in part, or not at all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from ..document import Document, Row
from ..errors import ReadError
from ..limits import Limits
from ..messages import Phrase, more_than
from ..template import labels
from .data_rows import blocks_of_rows
from .encoding import split_lines
from .merged_words import MAX_LABEL

DELIMITERS = ",;\t"
"""Separators of cells, in the order in which they are tried."""

MIN_ROWS = 3
"""Labels of the form with cells beside them that make a text CSV."""

MIN_DELIMITERS = 10
"""Of a text with fewer no rows are made to see whether it is CSV: the smallest table has more."""

_QUOTED_BREAK = '\t"\n"'
"""A cell that holds a line break alone, and the end of the quotes around it."""

_QUOTED = re.compile(r'(?:^|[,;\t])"[^"]*(?:""[^"]*)*"(?=[,;\t\r\n]|$)', re.MULTILINE)


def sniff(head: str) -> bool:
    """Return whether the beginning of a source is rows of the form as CSV.

    Rows parted by tabs are a text's, unless labels or blank cells stand in quotes: a cell or two of a text may do so.
    """
    delimiter = _delimiter(head, DELIMITERS[:2])
    is_quoted = '"' in head and "\t" in head and (head.count(_QUOTED_BREAK) >= MIN_ROWS or _has_quoted_labels(head))
    if delimiter is None and is_quoted:
        delimiter = _delimiter(head, "\t")
    return delimiter is not None


def _has_quoted_labels(head: str) -> bool:
    quoted = (found[0].strip(' ,;\t"') for found in _QUOTED.finditer(head))
    return sum(len(cell) <= MAX_LABEL and bool(labels.find(cell)) for cell in quoted) >= MIN_ROWS


def read_document(text: str, limits: Limits) -> Document:
    """Return the blocks of a text in CSV. Raises ``ReadError`` where a quote is opened and never closed."""
    text = text.removeprefix("\ufeff")
    lines = split_lines(text, limits)
    delimiter = _delimiter(text[:200_000], DELIMITERS) or max(DELIMITERS, key=text.count)
    rows: list[Row] = []
    cells = 0
    for row in _records(text, delimiter):
        cells += len(row.cells)
        if cells > limits.cells:
            raise limits.passed("cells", more_than(limits.cells, "cells"))
        rows.append(row)
    return Document(blocks_of_rows(rows), len(lines))


def _delimiter(text: str, delimiters: str) -> str | None:
    """Return what parts the cells: that which leaves most labels of the form in cells of their own."""
    likely = [delimiter for delimiter in delimiters if text.count(delimiter) >= MIN_DELIMITERS]
    found = {delimiter: _labelled(text, delimiter) for delimiter in likely}
    best = max(found, key=lambda delimiter: found[delimiter], default=None)
    return best if best is not None and found[best] >= MIN_ROWS else None


def _labelled(text: str, delimiter: str) -> int:
    """Return how many rows have a label of the form in a cell of its own, and other cells."""
    count = 0
    try:
        for row in _records(text, delimiter):
            texts = [cell.strip() for cell in row.cells[:4]]
            if len(texts) > 1 and any(len(cell) <= MAX_LABEL and labels.find(cell) for cell in texts if cell):
                count += 1
    except ReadError:
        # The beginning of a text may be cut within quotes.
        pass
    return count


def _records(text: str, delimiter: str) -> Iterator[Row]:
    """Yield a row for each record, with the number of its last line; one without cells for an empty line."""
    # A field may be as long as the text, which is within the limits already.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield Row(cells, reader.line_num)
    except csv.Error as error:
        raise ReadError(
            f"a quote in line {reader.line_num} is not closed, or text follows it",
            code="broken-file",
            line=reader.line_num,
            expected=Phrase("quotes around whole cells", "引号应包住整个单元格"),
            found=Phrase(str(error)[:80], "引号不成对"),
        ) from None
