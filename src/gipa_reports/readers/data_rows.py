"""Rows of a file of data, which hold all of a document and have no page around them: made its tables and its prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile
from operator import not_

from attrs import evolve

from ..document import Block, Paragraph, Row, Table
from ..template import labels
from .merged_words import MAX_LABEL, names_columns

NOTHING = frozenset(("NaN", "nan", "None", "<NA>", "NULL", "\\n"))
"""Words that programs write in a cell that holds nothing, and no office does."""

MIN_COVERED = 2
"""Rows of a table that begin with an empty cell where spans are laid out: two of the heading, or more below."""

MIN_GRID = 4
"""Rows of one width that are a table by themselves below rows of another; the smallest of the form has as many."""


def blocks_of_rows(rows: Iterable[Row]) -> list[Block]:
    """Return the tables and the prose of ``rows``, which hold all of a document; an empty row ends no table.

    A row without cells does. Each cell is there; where rows differ in width, what spans covered is not, or in part.
    """
    parts = _parts(map(without_nothing, rows))
    return list(chain.from_iterable((part,) if isinstance(part, Paragraph) else _table(part) for part in parts))


def prose_apart(table: Table) -> Iterator[Block]:
    """Yield the parts of a table, and the prose that stands in rows of it by itself."""
    for part in _parts(table.rows):
        yield part if isinstance(part, Paragraph) else Table(part, table.spacing)


def _parts(rows: Iterable[Row]) -> Iterator[Paragraph | list[Row]]:
    """Yield the rows that stand together, and the prose in rows between them; a row without cells parts them too."""
    table: list[Row] = []
    for row in rows:
        prose, cells = _parted(row) if row.cells else ([], None)
        if prose or not row.cells:
            yield table
            table = []
        yield from prose
        if cells is not None:
            table.append(cells)
    yield table


def _parted(row: Row) -> tuple[list[Paragraph], Row | None]:
    """Return the prose in a row that comes before its cells, and the row itself; None where it is prose alone."""
    filled = list(filter(str.strip, row.cells))
    lines = _lines_of(filled[0]) if filled else []
    is_alone = len(filled) == 1
    if _may_be_prose(row, lines, is_alone):
        *prose, last = lines
        if _is_cell(last):
            if not prose or labels.heading(prose[-1]) or len(prose[-1]) > MAX_LABEL:
                return _paragraphs(prose, row), evolve(row, cells=spaced([last, *row.cells[1:]]))
        elif is_alone:
            return _paragraphs(lines, row), None
    return [], evolve(row, cells=spaced(row.cells))


def _paragraphs(lines: Iterable[str], row: Row) -> list[Paragraph]:
    return [Paragraph(line, row.line, origin=row.origin) for line in lines]


def _lines_of(cell: str) -> list[str]:
    return [" ".join(line.split()) for line in cell.splitlines() if line.strip()]


def _may_be_prose(row: Row, lines: Sequence[str], is_alone: bool) -> bool:
    """Return whether ``lines``, in the first cell of a row that holds anything, are no cell of a table of the form.

    One line is prose where it stands alone in the row; several also where they are in the first cell.
    """
    if not lines or _is_cell(" ".join(lines)):
        return False
    return is_alone or (len(lines) > 1 and bool(row.cells[0].strip()))


def _is_cell(text: str) -> bool:
    """Return whether a text that fills a row alone is a cell of a table of the form."""
    if len(text) > MAX_LABEL or labels.heading(text) is not None:
        return False
    return bool(labels.find(text)) or not any(map(str.isalpha, text))


def without_nothing(row: Row) -> Row:
    """Return a row with empty cells in the place of words for nothing."""
    return row if NOTHING.isdisjoint(row.cells) else evolve(row, cells=["" if c in NOTHING else c for c in row.cells])


def spaced(cells: Iterable[str]) -> list[str]:
    """Return the words of cells with one blank between them; one alone where a cell holds nothing but white space."""
    return [" ".join(cell.split()) or (cell[:1] and " ") for cell in cells]


def _filled(row: Row) -> list[int]:
    """Return the places of the cells of a row that hold anything."""
    return [place for place, cell in enumerate(row.cells) if cell.strip()]


def _table(rows: Sequence[Row]) -> Iterator[Table]:
    """Yield the table of ``rows``, without the columns at its ends that are empty throughout.

    Where nothing names its columns, those at the right may be some of the form's.
    """
    filled = list(chain.from_iterable(map(_filled, rows)))
    if not filled:
        return
    rows = _untrimmed(rows)
    is_even = len({len(row.cells) for row in rows}) == 1
    # The blanks at the end of a row alone are all that tells its width.
    if len(rows) > 1:
        # White space is a blank cell: a row in steps ends with them.
        behind = min(map(_empty_at_end, rows))
        first, behind = min(filled) if is_even else 0, behind if any(map(names_columns, rows)) else 0
        rows = [evolve(row, cells=row.cells[first : len(row.cells) - behind]) for row in rows]
    yield Table(list(rows), "grid")


def _empty_at_end(row: Row) -> int:
    """Return how many cells at the end of a row hold nothing, not even white space."""
    return sum(1 for _ in takewhile(not_, reversed(row.cells)))


def _untrimmed(rows: Sequence[Row]) -> Sequence[Row]:
    """Return rows as wide as the widest, if a program took the empty cells at their ends away and kept all others.

    None ends with one, and what a span covers is there: left of a label, and between the captions of the first row.
    """
    first = rows[0].cells
    is_trimmed = all(row.cells and row.cells[-1] for row in rows) and (len(first) == 1 or "" in first)
    if not is_trimmed or sum(not row.cells[0] for row in rows) < MIN_COVERED:
        return rows
    width = max(len(row.cells) for row in rows)
    return [evolve(row, cells=[*row.cells, *[""] * (width - len(row.cells))]) for row in rows]
