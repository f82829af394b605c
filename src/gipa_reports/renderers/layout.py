"""A report laid out as the form prints it: paragraphs, headings, and tables whose cells have their spans.

The inverse of parsing, for all formats at once: what a format adds is only how it writes a paragraph and a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from attrs import evolve, frozen

from .. import grid
from ..parsing.figures import read_figure, with_units
from ..parsing.identity import identify
from ..parsing.named import Named, is_title, named_in
from ..parsing.outline import counted_table, first_paragraphs, is_structural
from ..readers.grids import is_trace
from ..report import Cell, Report, State, UnknownRow
from ..report.table import Table
from ..template import HEADINGS, Column, Form, FormRow, TableId, forms, words
from ..template.vocabulary import ESCAPE, LITERAL, look_up


@frozen
class Line:
    """A paragraph (level 0), or the title (1), or a section heading (2)."""

    text: str
    level: int = 0


UPRIGHT_FROM = 10
"""Rows that a label spans whose characters stand below each other, as the form prints 三."""


@frozen
class Box:
    """A cell of a table as printed. ``id`` is the cell id of a figure, empty for a label."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    id: str = ""
    state: State | None = None

    @property
    def spans(self) -> str:
        """Return what it spans as attributes of HTML."""
        return f' colspan="{self.colspan}"' * (self.colspan > 1) + f' rowspan="{self.rowspan}"' * (self.rowspan > 1)


@frozen
class Sheet:
    """A table as printed: rows of boxes, a box only where it begins."""

    id: str
    width: int
    rows: tuple[tuple[Box, ...], ...]
    head: int
    """Number of rows at the top that are its heading."""


Figure = Callable[[str, Column, Cell], Box]
"""Makes the box of a figure, of the id of its row, its column and its cell."""


class Place(NamedTuple):
    """A box where it stands in a row."""

    column: int
    box: Box
    begins: bool
    """True if the box begins in the row; else it reaches into it from above."""


def places(sheet: Sheet) -> Iterator[list[Place]]:
    """Yield the boxes of each row from left to right, those too that began above."""
    for row in grid.lay_out(sheet.rows, _begun, _held):
        found = [(column, cell) for column, cell in enumerate(row) if cell is not None]
        # A box over several columns reaches down in each of them.
        yield [Place(column, *cell) for column, cell in found if not column or cell is not row[column - 1]]


def _begun(box: Box) -> tuple[Box, bool] | None:
    return box, True


def _held(cell: tuple[Box, bool] | None) -> tuple[None, tuple[Box, bool] | None]:
    return None, cell and (cell[0], False)


def texts(sheet: Sheet) -> Iterator[list[str]]:
    """Yield the words of each row in their places, as many as the table has columns; a span fills its first place."""
    for row in grid.lay_out(sheet.rows, lambda box: box.text, lambda text: ("", "")):
        yield row + [""] * (sheet.width - len(row))


def lay_out(report: Report) -> Iterator[Line | Sheet]:
    """The blocks of ``report`` in the order of the form."""
    yield from _identity(report)
    tables: dict[str, Table] = {table.id: table for table in report.tables}
    for heading in HEADINGS:
        section = report.sections.get(heading.id)
        if section is not None:
            yield Line(heading.text, 2)
            for paragraph in section.paragraphs:
                counted = counted_table(paragraph, heading.id)
                escaped = is_structural(paragraph, heading.id) or (
                    counted is not None and _restates(tables[counted], words.stated_units(paragraph))
                )
                yield Line(ESCAPE + paragraph if escaped else paragraph)
        if heading.id in tables:
            yield sheet(tables[heading.id])


def _identity(report: Report) -> Iterator[Line]:
    """The title, and a line for each fact of the report that its text does not show, or shows otherwise."""
    title = report.title
    if title is not None:
        yield Line(title, 1) if _reads_as_title(title) else _stated("title", title)
    who = identify(Named() if title is None else named_in(title), first_paragraphs(report.sections))
    if report.agency != who.agency:
        yield _stated("agency", report.agency or "")
    if report.year != who.year:
        yield _stated("year", "" if report.year is None else str(report.year))
    if report.period != who.period:
        period = report.period
        yield _stated("period", "" if period is None else f"{period.start.isoformat()}/{period.end.isoformat()}")


def _reads_as_title(title: str) -> bool:
    """Return whether the title alone, on a line, is taken as it is."""
    plain = title == title.lstrip("#").strip() and "\t" not in title and "|" not in title
    return (
        plain
        and is_title(title)
        and look_up(title).section is None
        and not title.startswith(("<", ESCAPE, *words.METADATA.values()))
    )


def _stated(name: str, text: str) -> Line:
    return Line(f"{words.METADATA[name]}：{text}")


# --- tables --------------------------------------------------------------------------------------------------------


def sheet(table: Table) -> Sheet:
    """``table`` as the form prints it, rows that the form does not have at its end."""
    rows = printed(table, _cell_text)
    if all(cell.state is State.BLANK for cells in table.rows for cell in cells):
        rows = [[_marked(box) for box in boxes] for boxes in rows]
    unknown = [_unknown(table, row) for row in table.unknown]
    width = max([sum(box.colspan for box in rows[0]), *map(len, unknown)])
    padded = [[*row, *([Box("")] * (width - len(row)))] for row in unknown]
    return Sheet(table.id, width, tuple(map(tuple, [*rows, *padded])), _HEADS[table.id])


def printed(table: Table, write: Callable[[Cell, Column], str]) -> list[list[Box]]:
    """Return the rows of ``table`` as the form prints them, the words of each figure as ``write`` has them."""
    return list(_PRINTED[table.id](table, partial(_figure, table.id, write)))


def _marked(box: Box) -> Box:
    """A blank cell that says so: a table of nothing else is taken for a form that was not filled in."""
    return evolve(box, text=words.BLANK_MARK) if box.id else box


def _disclosure(table: Table, figure: Figure) -> Iterator[list[Box]]:
    for block in table.form.blocks:
        assert block.head is not None
        yield [Box(block.head.label, colspan=4)]
        yield _widened([Box(forms.INFORMATION.label), *(Box(column.label + column.note) for column in block.columns)])
        for row in block.rows:
            yield _widened([Box(row.label), *map(partial(figure, row.id), block.columns, table.row(row.id))])


def _widened(boxes: list[Box]) -> list[Box]:
    """Return a row over four columns: the last of its boxes takes what is left."""
    return [*boxes[:-1], evolve(boxes[-1], colspan=5 - len(boxes))]


def _requests(table: Table, figure: Figure) -> Iterator[list[Box]]:
    columns = table.form.blocks[0].columns
    person, *organisations, total = (Box(column.label) for column in columns)
    yield [Box(forms.CORNER.label, 3, 3), Box(forms.APPLICANTS.label, len(columns))]
    yield [
        evolve(person, rowspan=2),
        Box(forms.ORGANISATIONS.label, len(organisations)),
        evolve(total, rowspan=2),
    ]
    yield organisations
    above: tuple[str, ...] = ()
    for row, cells in zip(table.form.rows, table.rows, strict=True):
        yield [*_labels(table.form, row, above), *map(partial(figure, row.id), columns, cells)]
        above = row.spans


def _labels(form: Form, row: FormRow, above: tuple[str, ...]) -> Iterator[Box]:
    """Yield the labels of a row of 三: the spans that begin there, then its own over the columns that are left."""
    words_of = {span.terminal: span.label for span in form.spans}
    for name in row.spans:
        if name not in above:
            yield Box(words_of[name], rowspan=sum(name in other.spans for other in form.rows))
    yield Box(row.label + row.note, colspan=3 - len(row.spans))


def _proceedings(table: Table, figure: Figure) -> Iterator[list[Box]]:
    first, *courts = table.form.rows
    columns = table.form.blocks[0].columns
    count = len(columns)
    yield [Box(first.label, count), Box(forms.LITIGATION.label, count * len(courts))]
    yield [*(Box(column.label, rowspan=2) for column in columns), *(Box(row.label, count) for row in courts)]
    yield [Box(column.label) for _ in courts for column in columns]
    rows = zip(table.form.rows, table.rows, strict=True)
    yield [box for row, cells in rows for box in map(partial(figure, row.id), columns, cells)]


_PRINTED: dict[TableId, Callable[[Table, Figure], Iterator[list[Box]]]] = {
    "disclosure": _disclosure,
    "requests": _requests,
    "proceedings": _proceedings,
}

_HEADS: dict[TableId, int] = {"disclosure": 0, "requests": 3, "proceedings": 3}
"""Number of rows at the top of a table that are its heading."""


def _figure(table: TableId, write: Callable[[Cell, Column], str], row: str, column: Column, cell: Cell) -> Box:
    return Box(write(cell, column), id=f"{table}.{row}.{column.id}", state=cell.state)


def _cell_text(cell: Cell, column: Column) -> str:
    """The words of a cell, such that they are read as the same cell again."""
    if cell.state is State.ABSENT:
        return words.ABSENT_MARK
    text = cell.text
    if cell.state is State.INVALID and (_is_read_otherwise(text) or read_figure(text, column.kind)[0] != cell):
        return LITERAL + text
    return text


def _restates(table: Table, stated: Sequence[str]) -> bool:
    """Return whether units stated beside ``table`` would give one of its figures a unit that the report has not."""
    columns = table.form.columns_of
    rows = zip(table.form.rows, table.rows, strict=True) if stated else ()
    return any(with_units(cells, columns[row.id], stated)[0] != cells for row, cells in rows)


def _unknown(table: Table, row: UnknownRow) -> list[Box]:
    """Return the boxes of an unknown row, behind an empty one: it is no row of the form."""
    # It is a note where it would do so, or a part of it where the rest is literal.
    texts = (" ".join(row.cells), *row.cells)
    is_note = any(_restates(table, (unit,)) for text in texts for unit in words.stated_units(text))
    # A row without a letter may be figures of the row above, or a rule between rows.
    is_bare = not any(map(str.isalpha, "".join(row.cells)))
    return [Box(""), *(Box(_unknown_text(text, is_note or is_bare)) for text in row.cells)]


def _unknown_text(text: str, is_literal: bool) -> str:
    """A cell of an unknown row: what could be a label, a mark or a unit of others is written as a literal."""
    if not text:
        return text
    is_literal = is_literal or text.startswith(LITERAL) or not any(map(str.isalnum, text))
    return LITERAL + text if is_literal or _is_read_otherwise(text) else text


def _is_read_otherwise(text: str) -> bool:
    """Return whether a text would be read as a label, or as what a program wrote."""
    word = look_up(text)
    named = bool(word.labels) or word.section is not None or word.is_fragment
    return named or word.glued is not None or word.spaced is not None or is_trace(text)
