"""XLSX files: what a person sees on the sheets, tables as grids with merged cells, every other line a paragraph.

The parts are read as they are: python-calamine ends the process on two filled cells far apart and gives errors and
formulas never calculated as empty cells, openpyxl takes 17 seconds for a file of 10 KB; both are asked in the tests.

Not read, but noted, is what is hidden: sheets, rows and columns. A number is what the file holds, with the words that
its format shows beside it, such as a unit (``formats``). What is a number and no figure comes marked as a literal text,
so that it is never taken for one: more than 15 significant digits, which no spreadsheet keeps, formulas without a
result, zeros on a sheet that shows none, and what a format shows as another number, thousands or percent, or not at
all. Words in a cell that are no part of a figure, or not seen, stand in square brackets (``looks``).
"""

from __future__ import annotations

from itertools import islice

from attrs import Factory, define, evolve

from ...diagnostics import Diagnostic
from ...document import Block, Document, Origin, Paragraph, Row, Table
from ...limits import Limits
from ...messages import Phrase
from ...template import labels
from ...template.labels import LITERAL
from ..data_rows import spaced
from ..encoding import split_lines
from ..grids import MIN_STAIRS
from ..package import kind, open_package
from .parts import Workbook, broken
from .sheet import COLUMNS, Counts, Line, Sheet
from .values import read_values

MAX_ASIDE = 40
"""Characters of a line between the rows of a table that may be a row of it; a longer one is prose."""


def sniff(content: bytes) -> bool:
    """Return whether the content is a file of this format."""
    return kind(content) == "xlsx"


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file. Raises what ``open_package`` does, and ``LimitError`` past ``cells``."""
    workbook = Workbook(open_package(content, limits, "xlsx"))
    parts = workbook.targets("worksheet")
    others = workbook.targets("chartsheet") | workbook.targets("dialogsheet")
    values = read_values(workbook)
    book = _Blocks(limits, Counts(limits))
    for sheet in workbook.root.iterfind("{*}sheets/{*}sheet"):
        name = sheet.get("name", "")
        target = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        if target in others:
            continue
        if target not in parts:
            shown = repr(name[:40])
            raise broken(Phrase(f"the sheet {shown} is missing or damaged", f"工作表{shown}缺失或损坏"))
        if sheet.get("state", "visible") != "visible":
            book.note(name)
            continue
        book.counts.count_tags(workbook.package.parts[parts[target]].count(b"<"))
        grid = Sheet(workbook.package.tree(parts[target]), values, book.counts)
        book.add(name, grid.lines(), grid.hidden_columns)
        if unseen := ", ".join(islice(grid.hidden(), 10)):
            book.note(f"{name}!{unseen}")
    # A package that unpacks is whole: unlike a text, it is not cut off where it ends with a table.
    return Document(book.blocks, book.line + 1, book.notes)


@define
class _Rows:
    """Lines that stand together and are rows, and the columns that they fill."""

    lines: list[Line] = Factory(list)
    left: int = COLUMNS
    right: int = 0
    white: int = 0
    """The last column with white space in it."""

    def append(self, line: Line) -> None:
        self.lines.append(line)
        self.white = max(self.white, *line.white, 0)
        if line.cells:
            self.left = min(self.left, line.left)
            self.right = max(self.right, line.right)

    @property
    def columns(self) -> range:
        """The columns of the table; of rows in steps, wider than any of the form, the last cell may be white space."""
        is_wide = self.right - self.left >= MIN_STAIRS
        return range(self.left, (max(self.right, self.white) if is_wide else self.right) + 1)


@define
class _Blocks:
    """The blocks of all sheets. ``line`` counts blocks: each sheet has rows of its own."""

    limits: Limits
    counts: Counts
    blocks: list[Block] = Factory(list)
    notes: list[Diagnostic] = Factory(list)
    line: int = 0

    def note(self, what: str) -> None:
        """Say that something with words in it is hidden and was not read."""
        self.notes.append(Diagnostic(code="hidden-not-read", found=what))

    def add(self, sheet: str, lines: list[Line], hidden: set[int]) -> None:
        """The blocks of a sheet. Lines that stand together and are rows are a table."""
        table = _Rows()
        for line in lines:
            heading = _heading_above(line)
            if heading or not line.is_adjacent:
                self._table(sheet, table, hidden)
                table = _Rows()
            if heading:
                self._prose(sheet, evolve(line, cells={line.left: heading}))
                line.cells[line.left] = line.first.removeprefix(heading).strip()
            if _is_row(line, table):
                table.append(line)
                continue
            self._table(sheet, table, hidden)
            table = _Rows()
            self._prose(sheet, line)
        self._table(sheet, table, hidden)

    def _prose(self, sheet: str, line: Line) -> None:
        for column, text in sorted(line.cells.items()):
            for part in split_lines(text, self.limits):
                if words := part.strip():
                    self.line += 1
                    self.blocks.append(
                        Paragraph(words, self.line, origin=Origin(None, line.number, column, None, sheet))
                    )

    def _table(self, sheet: str, table: _Rows, hidden: set[int]) -> None:
        if not table.lines:
            return
        columns = [column for column in table.columns if column not in hidden]
        self.counts.count(len(columns) * len(table.lines))
        rows: list[Row] = []
        for line in table.lines:
            self.line += 1
            cells = spaced(line.cells.get(column, " " if column in line.white else "") for column in columns)
            if line.covered:
                places = zip(columns, cells, strict=True)
                cells = [cell or line.covered.get(column, "") for column, cell in places]
            rows.append(Row(cells, self.line, origin=Origin(None, line.number, table.left, None, sheet, columns)))
        self.blocks.append(Table(rows))


def _heading_above(line: Line) -> str:
    """Return the lines of the first cell of a row that end with a heading, if a label stands below them in the cell.

    That is how the cell of a page around a table comes out of programs that make workbooks of pages.
    """
    text = line.first if line.cells and not line.is_single else ""
    above, _, label = text.rstrip().rpartition("\n")
    heading = above.rstrip().rpartition("\n")[2]
    return above if above and labels.find(label.strip()) and labels.heading(heading.strip()) is not None else ""


def _is_row(line: Line, table: _Rows) -> bool:
    """Return whether ``line`` is a row of a table, of ``table`` above it if there is one; else it is prose."""
    above, below = bool(table.lines), line.below
    is_drawn = above and line.right < line.drawn and line.drawn >= table.right
    if not line.cells:
        # The figures of 四 have no label: where all are blank, their row is drawn and empty.
        return is_drawn and (below is None or below.is_single or below.left > table.left)
    if above and line.left > table.left:
        return True
    if labels.heading(line.first) is not None and not line.first.startswith(LITERAL):
        return False
    return not line.is_single or _is_row_of_one(line, above, is_drawn)


def _is_row_of_one(line: Line, above: bool, is_drawn: bool) -> bool:
    """Return whether a line with one cell is a row: of the form, or drawn as one, or a short one between others."""
    is_above_row = line.below is not None and not line.below.is_single
    if labels.find(line.first):
        return above or is_above_row
    is_between = above and is_above_row and line.below is not None and line.below.is_adjacent
    return is_drawn or (is_between and len(line.first) <= MAX_ASIDE)
