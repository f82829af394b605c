"""Rows that a program wrote, made the rows of a table of the form: without its inventions, each word in one place.

Programs that keep tables in frames and lists leave traces: a heading of numbers, a column that counts the rows, words
for nothing, and the words of a merged cell in every place that it covered. Each is one named rule here, and each looks
for its own evidence, so that rows without a trace pass through as they are. Figures are never added up or compared
with others: two of them are one only where the heading says that their columns are one.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from attrs import evolve, frozen

from ..document import COVERED, COVERED_BELOW, Block, Document, Paragraph, Row, Table
from ..template import labels
from ..template.words import NOT_APPLICABLE_MARKS

NOTHING = frozenset(("NaN", "nan", "None", "<NA>", "NULL", "\\n"))
"""What programs write in a cell that holds nothing, and no office does."""

MAX_LABEL = 100
"""Characters of the longest words that are looked up as a label; what is longer is prose."""

MIN_GRID = 4
"""Rows of one width that are a table by themselves below rows of another; the smallest of the form has as many."""

MIN_FLOATS = 3
"""Numbers that end with ``.0`` in a table that a program made floats of."""

MIN_NOTHING = 5
"""Times that a word for nothing stands in a document whose program writes it; an office's own NaN is one of few."""

MIN_STAIRS = 16
"""Cells of the widest row of the form, and one; rows in steps are wider."""

MIN_STEPS = 8
"""Rows one behind the other that begin to the right of each other, but not further than where the one above ends."""

MAX_HEADING = 4
"""Rows of a table among which are all that name columns."""

MIN_COUNTED = 3
"""Rows that are counted before the first column is taken for their numbers."""

_UNNAMED = re.compile(r"Unnamed: ?\d+(?:_level_\d+)?|Col\d+")
"""A column that a program had no name for."""

_FLOAT = re.compile(r"\s*\d+\.0\s*")

_INVENTED = re.compile(r"(?:column_?|col_?|c|f|field_?)?(\d+)", re.IGNORECASE)
"""The name of a column that a program counted; only a whole row of them in order is a heading."""

_NUMBERED = re.compile(r"(.{2,100})\.\d{1,2}", re.DOTALL)
"""The name of a column that came before, as a program numbers it."""

_TUPLE = re.compile(r"\('[^']*'(?:, '[^']*')+\)")
"""The names of a column below each other, as a program prints several of them."""


@frozen
class Traces:
    """What a program does to the tables of a document, as some of them prove; all of them are written by it."""

    has_words_for_nothing: bool = False
    has_headings: bool = False
    """Whether it writes the numbers of the columns above them."""
    counts_rows: bool = False
    """Whether it writes the numbers of the rows before them."""


NO_TRACES = Traces()


def tidy(document: Document) -> None:
    """Take the traces of programs out of the tables of ``document``; what one table shows holds for all of them."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    texts = [_text_of(table.rows) for table in tables]
    traces = Traces(
        _is_program_word(tables) if any(word in text for text in texts for word in NOTHING) else False,
        any(_is_invented_heading(table.rows, MIN_COUNTED) for table in tables if table.rows),
        any(_counts_rows(table.rows, MIN_COUNTED) for table in tables),
    )
    for table, text in zip(tables, texts, strict=True):
        table.rows = tidied(table.rows, traces, text)
    is_wide = any(len(row.cells) > MIN_STAIRS for table in tables for row in table.rows[:1])
    steps = [_steps(table.rows) for table in tables] if is_wide else []
    if any(len(run) >= MIN_STEPS for runs in steps for run in runs):
        for table, runs in zip(tables, steps, strict=True):
            table.rows = _without_steps(table.rows, [number for run in runs if len(run) > 1 for number in run])
    document.blocks = [block for block in document.blocks if not isinstance(block, Table) or block.rows]


def _text_of(rows: Sequence[Row]) -> str:
    """Return all that stands in rows: what is not in it needs no looking for in each cell."""
    return "\n".join(chain.from_iterable([row.cells for row in rows]))


def _is_program_word(tables: Sequence[Table]) -> bool:
    """Return whether one of the words for nothing stands often enough to be a program's."""
    words = Counter(cell for table in tables for row in table.rows for cell in row.cells if cell in NOTHING)
    return bool(words) and max(words.values()) >= MIN_NOTHING


def tidied(rows: list[Row], traces: Traces = NO_TRACES, text: str | None = None) -> list[Row]:
    """Return ``rows`` without what a program added to them; the same list where none did. ``text`` is all in them."""
    text = _text_of(rows) if text is None else text
    if rows and rows[0].cells and any(map(_TUPLE.fullmatch, rows[0].cells)):
        rows = [*_heads_in_tuples(rows[0]), *rows[1:]]
    rows = _unwrapped(rows)
    if "…" in text or "..." in text:
        rows = [evolve(row, cells=list(map(labels.uncut, row.cells))) for row in rows]
    has_nothing = any(word in text for word in NOTHING) and any(not NOTHING.isdisjoint(row.cells) for row in rows)
    if has_nothing and (traces.has_words_for_nothing or _has_words_for_nothing(rows)):
        rows = [_without_nothing(_with_white_space(row)) for row in rows]
    if ".0" in text:
        rows = without_points(rows)
    if _counts_rows(rows, 1 if traces.counts_rows else MIN_COUNTED):
        rows = [evolve(row, cells=["", *row.cells[1:]]) for row in rows]
    if rows and _is_invented_heading(rows, 1 if traces.has_headings else MIN_COUNTED):
        rows = rows[1:]
    elif rows and any(map(_UNNAMED.fullmatch, rows[0].cells)):
        named = ["" if _UNNAMED.fullmatch(cell) else cell for cell in rows[0].cells]
        rows = [evolve(rows[0], cells=named), *rows[1:]]
    if ".1" in text:
        rows = _unnumbered(rows)
    return _unfilled(rows) if any(map(_is_filled, rows)) else rows


def _unnumbered(rows: list[Row]) -> list[Row]:
    """Return ``rows`` with the names of columns as they were before a program numbered those that come again."""
    for number, row in enumerate(rows[:MAX_HEADING]):
        names = ["" if match is None else match[1] for match in map(_NUMBERED.fullmatch, row.cells)]
        if any(name in row.cells and _is_label(name) for name in names):
            cells = [name if name and name in row.cells else cell for name, cell in zip(names, row.cells, strict=True)]
            rows = [*rows[:number], evolve(row, cells=cells), *rows[number + 1 :]]
    return rows


def _unwrapped(rows: list[Row]) -> list[Row]:
    """Return ``rows`` with the words of wrapped cells as one: a row that holds the ends of labels of the row above it.

    Each word in it ends a label that begins in the same column, and none is a label; figures are never joined.
    """
    are_words = ["".join(row.cells).isalpha() for row in rows]
    pairs = [
        number
        for number in range(1, len(rows))
        if are_words[number] and _ends_labels(rows[number].cells, rows[number - 1].cells)
    ]
    if not pairs:
        return rows
    found = list(rows)
    for number in pairs:
        above, row = rows[number - 1], rows[number]
        cells = [one + other for one, other in zip(above.cells, row.cells, strict=True)]
        found[number - 1] = evolve(above, cells=cells, source=None)
    return [row for number, row in enumerate(found) if number not in pairs]


def _ends_labels(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Return whether each word of a row ends a label that begins in the row above it."""
    return len(cells) == len(above) and all(
        _is_label(one + other) and not _is_label(other) for one, other in zip(above, cells, strict=True) if other
    )


def _heads_in_tuples(row: Row) -> Iterator[Row]:
    """Yield the rows of a heading that stands in one: the names of each column printed as a tuple."""
    names = [ast.literal_eval(cell) if _TUPLE.fullmatch(cell) else (cell,) for cell in row.cells]
    for level in range(max(map(len, names))):
        yield evolve(row, cells=[name[level] if level < len(name) else "" for name in names])


def _has_words_for_nothing(rows: Sequence[Row]) -> bool:
    """Return whether words for nothing stand in the place of most empty cells: an office's own NaN is one of few."""
    cells = [cell.strip() for row in rows for cell in row.cells]
    return sum(cell in NOTHING for cell in cells) > cells.count("")


def _with_white_space(row: Row) -> Row:
    """Return a row with a blank in each cell without a word for nothing: it was there, and held white space.

    Where spans are laid out, the places that they cover are empty too.
    """
    return (
        row if "" not in row.cells or row.origin is not None else evolve(row, cells=[cell or " " for cell in row.cells])
    )


def without_points(rows: list[Row]) -> list[Row]:
    """Return ``rows`` with the numbers of whole columns of floats as integers: ``68.0`` is 68 to whoever counted it.

    A program makes all numbers of a column floats once one of them is missing; nobody writes all counts so.
    """
    if sum(cell.endswith(".0") for row in rows for cell in row.cells) < MIN_FLOATS:
        return rows
    width = max(len(row.cells) for row in rows)
    columns = [[row.cells[place] for row in rows if place < len(row.cells)] for place in range(width)]
    floats = [any(map(_FLOAT.fullmatch, cells)) and not any(map(_is_whole, cells)) for cells in columns]
    return [
        evolve(
            row, cells=[_integer(cell) if is_float else cell for cell, is_float in zip(row.cells, floats, strict=False)]
        )
        for row in rows
    ]


def _is_whole(cell: str) -> bool:
    return cell.strip().isdecimal()


def _integer(cell: str) -> str:
    return cell.strip()[:-2] if _FLOAT.fullmatch(cell) else cell


def _without_nothing(row: Row) -> Row:
    return row if NOTHING.isdisjoint(row.cells) else evolve(row, cells=["" if c in NOTHING else c for c in row.cells])


def _is_invented_heading(rows: Sequence[Row], least: int) -> bool:
    """Return whether the first row counts its columns, ``least`` or more, from 0 or 1, and does nothing else."""
    if not rows[0].cells or not rows[0].cells[-1].strip()[-1:].isdecimal():
        return False
    cells = [cell.strip() for cell in rows[0].cells]
    if cells and not cells[0]:
        cells = cells[1:]
    numbers = [match and int(match[1]) for match in map(_INVENTED.fullmatch, cells)]
    if len(numbers) < least or len(rows) == 1:
        return False
    return numbers in (list(range(len(numbers))), list(range(1, len(numbers) + 1)))


def _counts_rows(rows: Sequence[Row], least: int) -> bool:
    """Return whether the first column numbers ``least`` rows or more from 0, below an empty heading or none.

    What numbers a few rows alone has the empty heading.
    """
    if not rows or not rows[-1].cells or not rows[-1].cells[0].strip().isdecimal():
        return False
    firsts = [row.cells[0].strip() for row in rows if row.cells]
    if not firsts or (len(firsts) < MIN_COUNTED and firsts[0]):
        return False
    while firsts and not firsts[0]:
        del firsts[0]
    return len(firsts) >= least and all(first == str(number) for number, first in enumerate(firsts))


def _steps(rows: Sequence[Row]) -> list[list[int]]:
    """Return the runs of rows that begin each to the right of the one above, and not further than where that ends."""
    runs: list[list[int]] = [[]]
    last = range(0)
    for number, row in enumerate(rows):
        body = _body(row.cells)
        if not body:
            continue
        if last.start < body.start <= last.stop:
            runs[-1].append(number)
        else:
            runs.append([number])
        last = body
    return runs


def _without_steps(rows: list[Row], steps: Sequence[int]) -> list[Row]:
    """Return the rows without the empty cells before what those in ``steps`` hold.

    A program that takes the page around a table for columns of it writes each row where the one above ends. Its labels
    and figures are side by side all the same; a blank one holds white space.
    """
    found = list(rows)
    for number in steps:
        row = rows[number]
        places = [*([0] if row.cells[0] else []), *_body(row.cells)]
        origin = row.origin
        if origin is not None:
            columns = [origin.column + place if origin.columns is None else origin.columns[place] for place in places]
            origin = evolve(origin, columns=columns, boxes=None)
        found[number] = evolve(row, cells=[row.cells[place] for place in places], source=None, origin=origin)
    return found


def _body(cells: Sequence[str]) -> range:
    """Return where the cells of a row stand that hold anything, but the first, if all are side by side."""
    places = [place for place, cell in enumerate(cells[1:], 1) if cell and cell not in (COVERED, COVERED_BELOW)]
    return range(places[0], places[-1] + 1) if places and places[-1] - places[0] == len(places) - 1 else range(0)


# --- words of merged cells in each place --------------------------------------------------------------------------


def _is_filled(row: Row) -> bool:
    """Return whether a label of the form stands twice side by side, which none does in the form."""
    one, other, third = (*row.cells[:3], "", "", "")[:3]
    return (one == other and _is_label(one)) or (other == third and _is_label(other))


def _is_label(text: str) -> bool:
    return text != "" and len(text) <= MAX_LABEL and bool(labels.find(text))


def _unfilled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the words of each merged cell in its first place alone."""
    found: list[Row] = []
    above: Sequence[str] = ()
    columns: list[range] = []
    for row in rows:
        names = [cell for cell, _ in groupby(cell for cell in row.cells if _is_words(cell))]
        has_figures = any(cell.strip() and not _is_words(cell) for cell in row.cells)
        if not has_figures and len(names) > 1:
            columns = list(_named_columns(row.cells))
        cells = _once(row.cells, above, has_figures)
        for places in columns if has_figures else ():
            _once_under_one_head(cells, places)
        found.append(evolve(row, cells=cells))
        above = row.cells
    return found


def _named_columns(cells: Sequence[str]) -> Iterator[range]:
    """Yield the places of the columns that one name of a heading stands over more than once."""
    place = 0
    for name, same in groupby(cells):
        width = len(list(same))
        if width > 1 and _is_words(name):
            yield range(place, place + width)
        place += width


def _once(cells: Sequence[str], above: Sequence[str], has_figures: bool) -> list[str]:
    """Return the cells without the words that stand left of them or above them too.

    Beside figures a label goes on from above only where another label follows: the last one is the row's own.
    """
    found = list(cells)
    last = max((place for place, cell in enumerate(cells) if _is_words(cell)), default=0)
    own = cells[last] if cells else ""
    for place, cell in enumerate(cells):
        if not _is_words(cell):
            continue
        is_beside = place > 0 and cells[place - 1] == cell
        is_below = place < len(above) and above[place] == cell and (not has_figures or cell != own)
        if is_beside or is_below:
            found[place] = ""
    return found


def _once_under_one_head(cells: list[str], places: range) -> None:
    """Cover the repeats of a figure that stands in each of the ``places`` below one name; leave figures that differ."""
    first = cells[places[0]] if places[-1] < len(cells) else ""
    if first.strip() and not _is_words(first) and all(cells[place] == first for place in places):
        cells[places[1] : places[-1] + 1] = [COVERED] * (len(places) - 1)


def _is_words(cell: str) -> bool:
    """Return whether a cell holds words and no figure, nor what stands in the place of one."""
    if not cell or cell in NOT_APPLICABLE_MARKS or len(cell) > MAX_LABEL:
        return False
    return bool(labels.find(cell)) or (len(cell) > 2 and not any(c.isdigit() for c in cell) and cell.isprintable())


# --- rows without a page around them --------------------------------------------------------------------------------


def blocks_of_rows(rows: Iterable[Row]) -> list[Block]:
    """Return the tables and the prose of ``rows``, which hold all of a document; an empty row ends no table.

    A row without cells does. Rows of one width are a grid; where they differ, each cell is there and spans are lost.
    """
    blocks: list[Block] = []
    table: list[Row] = []
    for row in map(_without_nothing, rows):
        if not row.cells:
            blocks.extend(_table(table))
            table = []
            continue
        *prose, cells = _parted(row)
        if prose:
            blocks.extend(_table(table))
            table = []
            blocks.extend(evolve(line) for line in prose if isinstance(line, Paragraph))
        if isinstance(cells, Row):
            table.append(cells)
    blocks.extend(_table(table))
    return blocks


def _parted(row: Row) -> list[Paragraph | Row | None]:
    """Return the prose in a row that comes before its cells, and the row itself; None where it is prose alone."""
    filled = [cell for cell in row.cells if cell.strip()]
    lines = [" ".join(line.split()) for line in filled[0].splitlines() if line.strip()] if filled else []
    first = row.cells[0].strip() and bool(lines)
    is_alone = len(filled) == 1
    whole = " ".join(lines)
    if lines and (first or is_alone) and not _is_cell(whole) and (len(lines) > 1 or is_alone):
        rest = lines.pop() if _is_cell(lines[-1]) else None
        prose: list[Paragraph | Row | None] = [Paragraph(line, row.line, origin=row.origin) for line in lines]
        if rest is None and is_alone:
            return [*prose, None]
        if rest is not None and all(labels.heading(line) or len(line) > MAX_LABEL for line in lines[-1:]):
            return [*prose, evolve(row, cells=spaced([rest, *row.cells[1:]]))]
    return [evolve(row, cells=spaced(row.cells))]


def _is_cell(text: str) -> bool:
    """Return whether a text that fills a row alone is a cell of a table of the form."""
    if len(text) > MAX_LABEL or labels.heading(text) is not None:
        return False
    return bool(labels.find(text)) or not any(map(str.isalpha, text))


def spaced(cells: Iterable[str]) -> list[str]:
    """Return the words of cells with one blank between them; one alone where a cell holds nothing but white space."""
    return [" ".join(cell.split()) or (cell[:1] and " ") for cell in cells]


def _names_columns(row: Row) -> bool:
    return any(label.kind == "column" for cell in row.cells if _is_label(cell) for label in labels.find(cell))


def _table(rows: Sequence[Row]) -> Iterator[Table]:
    """Yield the table of ``rows``, without the columns at its ends that are empty throughout.

    Where nothing names its columns, those at the right may be some of the form's.
    """
    if not any(cell.strip() for row in rows for cell in row.cells):
        return
    is_grid = len({len(row.cells) for row in rows}) == 1
    # The blanks at the end of a row alone are all that tells its width.
    if is_grid and len(rows) > 1:
        filled = [place for row in rows for place, cell in enumerate(row.cells) if cell.strip()]
        first, last = min(filled), max(filled) if any(map(_names_columns, rows)) else len(rows[0].cells)
        rows = [evolve(row, cells=row.cells[first : last + 1]) for row in rows]
    yield Table(list(rows), "grid" if is_grid else "exact")
