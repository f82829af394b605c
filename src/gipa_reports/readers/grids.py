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
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, dropwhile, islice, zip_longest
from operator import not_

from attrs import evolve, frozen

from ..document import COVERED, COVERED_BELOW, Block, Document, Row, Table
from ..template import labels
from .data_rows import NOTHING, prose_apart, without_nothing
from .merged_words import has_filled, is_label, unfilled

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

MAX_WRAPPED = 4
"""Lines of a label in a narrow cell."""

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
    """Changes that a program makes to all tables of a document, as some of them prove."""

    has_words_for_nothing: bool = False
    has_headings: bool = False
    """True if it writes the numbers of the columns above them."""
    counts_rows: bool = False
    """True if it writes the numbers of the rows before them."""


NO_TRACES = Traces()


def tidy(document: Document) -> None:
    """Take the traces of programs out of the tables of ``document``; what one table shows holds for all of them."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if _may_have_traces(tables):
        traces = _tidy_tables(tables)
        _close_steps(tables)
        if traces.has_words_for_nothing:
            # A frame that was printed may have been a whole sheet.
            document.blocks = list(chain.from_iterable(map(_prose_apart, document.blocks)))
    document.blocks = [block for block in document.blocks if not isinstance(block, Table) or block.rows]


def _may_have_traces(tables: Sequence[Table]) -> bool:
    """Return whether any rule may find anything in any table; most documents are written by hand, and none does."""
    rows = [row for table in tables for row in table.rows]
    if _SIGN.search(_text_of(rows)) or has_filled(rows) or _wrapped(rows):
        return True
    return any(_are_counted(table.rows) or _begins_steps(table.rows) for table in tables if table.rows)


def _are_counted(rows: Sequence[Row]) -> bool:
    """Return whether rows have the numbers of their columns above them, or their own before them."""
    return _is_invented_heading(rows, MIN_COUNTED) or _counts_rows(rows, MIN_COUNTED)


def _prose_apart(block: Block) -> Iterable[Block]:
    return prose_apart(block) if isinstance(block, Table) else (block,)


def is_trace(text: str) -> bool:
    """Return whether a text in a cell may be taken for the trace of a program."""
    return _SIGN.search(f"{text}\n") is not None


def _tidy_tables(tables: Sequence[Table]) -> Traces:
    texts = [_text_of(table.rows) for table in tables]
    traces = Traces(
        any(word in text for text in texts for word in NOTHING) and _is_program_word(tables),
        any(_is_invented_heading(table.rows, MIN_COUNTED) for table in tables if table.rows),
        any(_counts_rows(table.rows, MIN_COUNTED) for table in tables),
    )
    for table, text in zip(tables, texts, strict=True):
        if table.spacing == "exact" and has_filled(table.rows):
            # What writes the words of a wide cell in each of its places writes all cells.
            table.spacing = "grid"
        table.rows = tidied(table.rows, traces, text)
    return traces


def _close_steps(tables: Sequence[Table]) -> None:
    """Put the labels and figures of each row side by side where a document has rows in steps."""
    if not any(_begins_steps(table.rows) for table in tables):
        return
    steps = [_steps(table.rows) for table in tables]
    if max(map(len, chain.from_iterable(steps)), default=0) >= MIN_STEPS:
        for table, runs in zip(tables, steps, strict=True):
            table.rows = _without_steps(table.rows, [number for run in runs if len(run) > 1 for number in run])


def _begins_steps(rows: Sequence[Row]) -> bool:
    """Return whether the first row is wider than any of the form."""
    return bool(rows) and len(rows[0].cells) > MIN_STAIRS


def _text_of(rows: Sequence[Row]) -> str:
    """Return all that stands in rows, each cell with a line break behind it: what is not in it no cell has."""
    return "\n".join(["\n".join(row.cells) for row in rows]) + "\n"


def _is_program_word(tables: Sequence[Table]) -> bool:
    """Return whether one of the words for nothing stands often enough to be a program's."""
    words = Counter(cell for table in tables for row in table.rows for cell in row.cells if cell in NOTHING)
    return bool(words) and max(words.values()) >= MIN_NOTHING


def tidied(rows: list[Row], traces: Traces = NO_TRACES, text: str | None = None) -> list[Row]:
    """Return ``rows`` without what a program added to them; the same list where none did. ``text`` is all in them."""
    text = _text_of(rows) if text is None else text
    for signs, rule in RULES:
        if not rows:
            break
        if not signs or any(sign in text for sign in signs):
            rows = rule(rows, traces)
    return rows


# --- rules ----------------------------------------------------------------------------------------------------------


def _without_tuples(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with a heading whose names are printed as tuples in as many rows as these have names."""
    return [*_heads_in_tuples(rows[0]), *rows[1:]] if any(map(_TUPLE.fullmatch, rows[0].cells)) else rows


def _uncut(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with the labels whole that a program cut to the width of their column."""
    return [evolve(row, cells=list(map(labels.uncut, row.cells))) for row in rows]


def _with_nothing_empty(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with empty cells in the place of words for nothing, if a program wrote these."""
    if all(NOTHING.isdisjoint(row.cells) for row in rows):
        return rows
    if not (traces.has_words_for_nothing or _has_words_for_nothing(rows)):
        return rows
    return [without_nothing(_with_white_space(row)) for row in rows]


def _with_counts_whole(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with the numbers of whole columns of floats as integers."""
    return without_points(rows)


def _uncounted(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` without the numbers that a program wrote before them."""
    counts = _counts_rows(rows, 1 if traces.counts_rows else MIN_COUNTED)
    return [evolve(row, cells=["", *row.cells[1:]]) for row in rows] if counts else rows


def _without_invented_names(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` without a heading that counts the columns, or with no name where a program had none."""
    if _is_invented_heading(rows, 1 if traces.has_headings else MIN_COUNTED):
        return rows[1:]
    if not any(map(_UNNAMED.fullmatch, rows[0].cells)):
        return rows
    named = ["" if _UNNAMED.fullmatch(cell) else cell for cell in rows[0].cells]
    return [evolve(rows[0], cells=named), *rows[1:]]


def _unnumbered(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with the names of columns as they were before a program numbered those that come again."""
    for number, row in enumerate(rows[:MAX_HEADING]):
        names = ["" if match is None else match[1] for match in map(_NUMBERED.fullmatch, row.cells)]
        if any(name in row.cells and is_label(name) for name in names):
            cells = [name if name and name in row.cells else cell for name, cell in zip(names, row.cells, strict=True)]
            rows = [*rows[:number], evolve(row, cells=cells), *rows[number + 1 :]]
    return rows


def _unwrapped(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with the words of wrapped cells as one: rows that hold the ends of labels of the row above them.

    The words in them end labels that begin in the same columns, and none is a label; figures are never joined.
    """
    runs = _wrapped([evolve(row, cells=list(map(str.strip, row.cells))) for row in rows])
    found = rows[:] if runs else rows
    for run in reversed(runs):
        cells = ["".join(map(str.strip, column)) for column in zip(*(rows[at].cells for at in run), strict=True)]
        found[run.start : run.stop] = [evolve(rows[run.start], cells=cells, source=None)]
    return found


def _wrapped(rows: Sequence[Row]) -> list[range]:
    """Return the runs of rows of which all but the first hold words alone, ends of labels that begin in the first."""
    cells = [row.cells for row in rows]
    words = [at for at, row in enumerate(cells) if row and not row[-1].isdecimal() and "".join(row).isalpha()]
    runs: list[range] = []
    for at in words:
        end = runs[-1].stop if runs else 0
        if at >= max(end, 1) and _may_end_labels(cells[at - 1], cells[at]):
            before = cells[at - 2] if end < at - 1 else ()
            runs += islice(_runs_from(rows, at - 1, before), 1)
    return runs


def _may_end_labels(above: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether a row of words may hold the ends of labels of the row above it: a label by itself ends none."""
    return len(words) == len(above) and not is_label(next(filter(None, words)))


def _runs_from(rows: Sequence[Row], first: int, above: Sequence[str]) -> Iterator[range]:
    """Yield the rows from the first on that are one, the fewest first: words behind one end its labels.

    Where a text that is no label stands in the row ``above`` such a label, it may be the beginning of it.
    """
    for end in range(first + 2, min(len(rows), first + MAX_WRAPPED) + 1):
        cells = rows[end - 1].cells
        if len(cells) != len(rows[first].cells) or not "".join(cells).isalpha():
            return
        columns = zip_longest(above[: len(cells)], *(row.cells for row in rows[first:end]), fillvalue="")
        if all(map(_is_wrapped_label, (column for column in columns if any(column[2:])))):
            yield range(first, end)


def _is_wrapped_label(column: Sequence[str]) -> bool:
    """Return whether the pieces of a cell are a label together, below one or nothing, and only the first may be one."""
    above, *pieces = map(str.strip, column)
    return (not above or is_label(above)) and is_label("".join(pieces)) and not any(map(is_label, pieces[1:]))


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
    if sum(_FLOAT.fullmatch(cell) is not None for row in rows for cell in row.cells) < MIN_FLOATS:
        return rows
    floats = list(map(_are_floats, zip_longest(*(row.cells for row in rows), fillvalue="")))
    return [evolve(row, cells=_integers(row.cells, floats)) for row in rows]


def _are_floats(column: Sequence[str]) -> bool:
    """Return whether a program made floats of the numbers in a column: some have a point and none has none."""
    return any(map(_FLOAT.fullmatch, column)) and not any(map(_is_whole, column))


def _integers(cells: Sequence[str], floats: Sequence[bool]) -> list[str]:
    """Return cells with those as integers whose columns were made floats."""
    return [_integer(cell) if is_float else cell for cell, is_float in zip(cells, floats, strict=False)]


def _is_whole(cell: str) -> bool:
    return cell.strip().isdecimal()


def _integer(cell: str) -> str:
    return cell.strip()[:-2] if _FLOAT.fullmatch(cell) else cell


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
    last = rows[-1].cells if rows else ()
    if not (last and last[0].strip().isdecimal()):
        return False
    firsts = [row.cells[0].strip() for row in rows if row.cells]
    if firsts[0] and len(firsts) < MIN_COUNTED:
        return False
    counted = list(dropwhile(not_, firsts))
    return len(counted) >= least and counted == list(map(str, range(len(counted))))


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


# --- the table ------------------------------------------------------------------------------------------------------


def _once_each(rows: list[Row], traces: Traces) -> list[Row]:
    """Return ``rows`` with the words of merged cells in their first place alone, if they stand in each place."""
    return unfilled(rows) if has_filled(rows) else rows


Rule = Callable[[list[Row], Traces], list[Row]]
"""Takes one trace of a program out of the rows of a table; the same list where it finds none."""

RULES: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("('",), _without_tuples),
    (("…", "..."), _uncut),
    (tuple(sorted(NOTHING)), _with_nothing_empty),
    ((), _unwrapped),
    ((".0\n", ".0 "), _with_counts_whole),
    ((), _uncounted),
    ((), _without_invented_names),
    ((".1\n", ".1'"), _unnumbered),
    ((), _once_each),
)
"""The rules in the order in which they are followed, each with the texts of which one stands in its trace, if any.

These are looked for in all cells, each with a line break behind it.
"""

_SIGN = re.compile("|".join(map(re.escape, ("Unnamed", "Col", *(sign for signs, _ in RULES for sign in signs)))))
"""Mark in the text of tables where most rules find something."""
