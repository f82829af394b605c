"""A report laid out as the form prints it: paragraphs, headings, and tables whose cells have their spans.

The inverse of parsing, for all formats at once: what a format adds is only how it writes a paragraph and a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from .. import grid
from ..parsing.figures import read_figure, with_units
from ..parsing.identity import identify, is_title
from ..parsing.outline import counted_table, first_paragraphs, is_structural
from ..report import Cell, Report, State, UnknownRow
from ..report.table import Table
from ..template import HEADINGS, Column, forms, words
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


@frozen
class Sheet:
    """A table as printed: rows of boxes, a box only where it begins."""

    id: str
    width: int
    rows: tuple[tuple[Box, ...], ...]
    head: int
    """Number of rows at the top that are its heading."""


class Place(NamedTuple):
    """A box where it stands in a row."""

    column: int
    box: Box
    begins: bool
    """Whether the box begins in the row; else it reaches into it from above."""


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
    shown = report.title if report.title is not None and _reads_as_title(report.title) else None
    if shown is not None:
        yield Line(shown, 1)
    elif report.title is not None:
        yield _stated("title", report.title)
    who = identify(report.title, first_paragraphs(report.sections))
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
    if table.id == "disclosure":
        width, head, rows = 4, 0, _disclosure(table)
    elif table.id == "requests":
        width, head, rows = 10, 3, _requests(table)
    else:
        width, head, rows = 15, 3, _proceedings(table)
    if all(cell.state is State.BLANK for cells in table.rows for cell in cells):
        rows = [[_marked(box) for box in boxes] for boxes in rows]
    unknown = [
        [Box(""), *(Box(_unknown_text(text, is_note)) for text in row.cells)]
        for row, is_note in ((row, _is_note(table, row)) for row in table.unknown)
    ]
    width = max([width, *(len(row) for row in unknown)])
    padded = [[*row, *([Box("")] * (width - len(row)))] for row in unknown]
    return Sheet(table.id, width, tuple(tuple(row) for row in [*rows, *padded]), head)


def _marked(box: Box) -> Box:
    """A blank cell that says so: a table of nothing else is taken for a form that was not filled in."""
    return evolve(box, text=words.BLANK_MARK) if box.id else box


def _disclosure(table: Table) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for block in table.form.blocks:
        assert block.head is not None
        spans = _spread(3, len(block.columns))
        rows.append([Box(block.head.label, colspan=4)])
        rows.append(
            [Box(forms.INFORMATION.label)]
            + [Box(c.label + c.note, colspan=span) for c, span in zip(block.columns, spans, strict=True)]
        )
        for row in block.rows:
            cells = table.row(row.id)
            figures = [
                _figure(table, row.id, column, cell, span)
                for column, cell, span in zip(block.columns, cells, spans, strict=True)
            ]
            rows.append([Box(row.label), *figures])
    return rows


def _spread(width: int, count: int) -> list[int]:
    """``width`` grid columns given to ``count`` columns, the last taking what is left."""
    return [1] * (count - 1) + [width - count + 1]


def _requests(table: Table) -> list[list[Box]]:
    columns = table.form.blocks[0].columns
    inner = [column for column in columns if column.span]
    outer = [column for column in columns if not column.span]
    rows = [
        [Box(forms.CORNER.label, 3, 3), Box(forms.APPLICANTS.label, len(columns))],
        [
            Box(outer[0].label, rowspan=2),
            Box(forms.ORGANISATIONS.label, len(inner)),
            Box(outer[1].label, rowspan=2),
        ],
        [Box(column.label) for column in inner],
    ]
    spans = {span.terminal: span for span in table.form.spans}
    heights = _heights(table)
    open_spans: tuple[str, ...] = ()
    for row, cells in zip(table.form.rows, table.rows, strict=True):
        new = [span for span in row.spans if span not in open_spans]
        open_spans = row.spans
        boxes = [Box(spans[name].label, rowspan=heights[name]) for name in new]
        boxes.append(Box(row.label + row.note, colspan=3 - len(row.spans)))
        boxes.extend(_figure(table, row.id, column, cell) for column, cell in zip(columns, cells, strict=True))
        rows.append(boxes)
    return rows


def _heights(table: Table) -> dict[str, int]:
    heights: dict[str, int] = {}
    for row in table.form.rows:
        for span in row.spans:
            heights[span] = heights.get(span, 0) + 1
    return heights


def _proceedings(table: Table) -> list[list[Box]]:
    first, *courts = table.form.rows
    columns = table.form.blocks[0].columns
    count = len(columns)
    return [
        [Box(first.label, count), Box(forms.LITIGATION.label, count * len(courts))],
        [*(Box(column.label, rowspan=2) for column in columns), *(Box(row.label, count) for row in courts)],
        [Box(column.label) for _ in courts for column in columns],
        [
            _figure(table, row.id, column, cell)
            for row, cells in zip(table.form.rows, table.rows, strict=True)
            for column, cell in zip(columns, cells, strict=True)
        ],
    ]


def _figure(table: Table, row_id: str, column: Column, cell: Cell, colspan: int = 1) -> Box:
    return Box(_cell_text(cell, column), colspan, id=f"{table.id}.{row_id}.{column.id}", state=cell.state)


def _cell_text(cell: Cell, column: Column) -> str:
    """The words of a cell, such that they are read as the same cell again."""
    if cell.state is State.ABSENT:
        return words.ABSENT_MARK
    text = cell.text
    if cell.state is State.INVALID and (_is_label(text) or read_figure(text, column.kind)[0] != cell):
        return LITERAL + text
    return text


def _restates(table: Table, stated: Sequence[str]) -> bool:
    """Return whether units stated beside ``table`` would give one of its figures a unit that the report has not."""
    columns = table.form.columns_of
    rows = zip(table.form.rows, table.rows, strict=True) if stated else ()
    return any(with_units(cells, columns[row.id], stated)[0] != cells for row, cells in rows)


def _is_note(table: Table, row: UnknownRow) -> bool:
    """Return whether an unknown row would do so, or a part of it where the rest is literal."""
    texts = (" ".join(row.cells), *row.cells)
    return any(_restates(table, (unit,)) for text in texts for unit in words.stated_units(text))


def _unknown_text(text: str, is_note: bool) -> str:
    """A cell of an unknown row: what could be a label, a mark or a unit of others is written as a literal."""
    if not text:
        return text
    is_mark = is_note or text in (words.ABSENT_MARK, words.BLANK_MARK)
    return LITERAL + text if is_mark or text.startswith(LITERAL) or _is_label(text) else text


def _is_label(text: str) -> bool:
    word = look_up(text)
    named = bool(word.labels) or word.section is not None or word.is_fragment
    return named or word.glued is not None or word.spaced is not None
