"""Subject of a check: a report with what came with it, and the words that messages name its cells by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain
from typing import Literal, TypeVar, cast

from attrs import evolve, field, frozen

from ..brief import one_line
from ..diagnostics import Location
from ..errors import CheckError, WrongTypeError
from ..parsing import Reading
from ..report import Cell, Report, Table
from ..template import FORMS, Column, Edition, Form, TableId, words
from .model import Operand, Passage
from .peers import Peers

T = TypeVar("T")

CUT_SHORT = frozenset({"truncated-table", "truncated-text", "deduplicated-lines", "few-rows", "ends-in-table"})
"""Diagnostics of a source that does not hold all of its report."""


@frozen(slots=False, eq=False)
class Subject:
    """A report, where it was read from, the year before, and the units below.

    ``children`` maps the name of a unit to its report, or to None where the report is missing. ``overview_limit`` is
    how many characters section 一 may have, None where nobody said. ``peers`` are the other reports of the
    same run. ``source`` is what findings call it: ``previous``, the name of the unit, or nothing where it is what is
    checked.
    """

    report: Report
    reading: Reading | None = None
    previous: Subject | None = None
    children: Mapping[str, Subject | None] = field(factory=dict)
    overview_limit: int | None = None
    peers: Peers | None = None
    source: str = ""
    _known: dict[Callable[[Subject], object], object] = field(factory=dict, init=False, repr=False)

    __repr__ = one_line

    @classmethod
    def of(cls, source: Report | Reading, name: str = "") -> Subject:
        """A report, or a reading of one, alone. Raises ``CheckError`` for a reading without a report."""
        if isinstance(source, Report):
            return cls(source, source=name)
        if not isinstance(source, Reading):
            raise WrongTypeError(
                "check takes a Report or a Reading; use parse() or read() first",
                code="not-a-report",
                expected="Report, Reading",
                found=type(source).__name__,
                zh=f"只能核对Report或Reading，不能核对{type(source).__name__}；请先用parse()或read()读取。",
            )
        if source.report is None:
            raise CheckError(
                "the source has no report to check; see Reading.error",
                code="no-report",
                found=source.error.code if source.error is not None else None,
                zh="没有读到可核对的报告，原因见Reading.error。",
            )
        return cls(source.report, source, source=name)

    def once(self, make: Callable[[Subject], T]) -> T:
        """Return what ``make`` gives for this subject, made when first asked for: several rules can share it."""
        if make not in self._known:
            self._known[make] = make(self)
        return cast(T, self._known[make])

    def placed(self, passage: Passage) -> Passage:
        """Return words of the prose with the place of their paragraph, where it is known."""
        place = None if self.reading is None else self.reading.paragraph(passage.section, passage.paragraph)
        section = self.report.sections.get(passage.section)
        if place is None or section is None:
            return passage
        words_of_it = section.paragraphs[passage.paragraph - 1][passage.start : passage.end]
        return evolve(passage, location=evolve(place, text=words_of_it))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all diagnostics of the reading."""
        return frozenset(problem.code for problem in self.reading.diagnostics) if self.reading else frozenset()

    @property
    def cut_short(self) -> bool:
        """Return whether the source is known to lack a part of the report, so that nothing can be called missing."""
        return not CUT_SHORT.isdisjoint(self.codes)

    def told(self, code: str, table: str) -> bool:
        """Return whether the reading has a diagnostic of this code for this table."""
        if code not in self.codes or self.reading is None:
            return False
        return any(
            problem.table == table or any(cell_id.startswith(f"{table}.") for cell_id in problem.cells)
            for problem in self.reading.diagnostics
            if problem.code == code
        )

    def codes_of(self, cells: Iterable[str]) -> tuple[str, ...]:
        """The codes of all diagnostics that touch one of ``cells``."""
        if self.reading is None or not self.reading.diagnostics:
            return ()
        known = self.reading._codes_of_cells
        return tuple(dict.fromkeys(code for cell_id in cells for code in known.get(cell_id, ())))

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        return {cell_id: cell for table in self.report.tables for cell_id, cell in cells_by_id(table).items()}

    def cell(self, cell_id: str) -> Cell:
        """The cell with this id. Raises ``UnknownIdError``."""
        return self._cells.get(cell_id) or self.report[cell_id]

    def unit(self, cell_id: str, column: Column) -> str | None:
        """The unit of a figure: its own, else the form's; None where nothing says it, or the source says another that
        no cell has.
        """
        own = self.cell(cell_id).unit
        if own is None and "unit-differs" in self.codes_of((cell_id,)):
            return None
        return own or column.unit

    def operand(self, cell_id: str, side: Literal["left", "right"] = "left") -> Operand:
        """The cell as it takes part in a finding, with its own words and their place where they are known."""
        cell = self.cell(cell_id)
        place: Location | None = self.reading.locations.get(cell_id) if self.reading is not None else None
        return Operand(
            cell=cell_id,
            value=cell.value,
            text=cell.text if place is None else place.text,
            location=place,
            side=side,
            source=self.source,
        )

    def operands(self, left: Iterable[str], right: Iterable[str] = ()) -> tuple[Operand, ...]:
        """The cells of both sides of an equation."""
        return (*(self.operand(cell) for cell in left), *(self.operand(cell, "right") for cell in right))


def figures_of(subject: Subject, cells: Iterable[str]) -> tuple[int | Decimal, ...] | None:
    """The figures of cells; None where one of them has none."""
    values = [subject.cell(cell_id).value for cell_id in cells]
    return None if None in values else tuple(value for value in values if value is not None)


def holes(subject: Subject, cells: Iterable[str]) -> list[str]:
    """Those of the cells that have no figure; of another report with its name before them."""
    whose = f"{subject.source}:" if subject.source else ""
    return [whose + cell_id for cell_id in cells if subject.cell(cell_id).value is None]


def cells_by_id(table: Table) -> dict[str, Cell]:
    """Cell id → cell, of one table."""
    return dict(zip(table.form.cell_ids, chain.from_iterable(table.rows), strict=True))


def same_agency(a: str, b: str) -> bool:
    """Return whether two names can be of one agency: alike but for white space, one the other shortened, or mistyped.

    Shortened is what keeps its characters in their order (市发改委 of 某市发展和改革委员会, 教育局 of 某县教育局); so
    may the region be in one name and the organ in the other. Mistyped is what has the same characters in another order.
    """
    one, other = "".join(a.split()), "".join(b.split())
    if _shortened(one, other) or sorted(one) == sorted(other):
        return True
    regions = [match[0] if (match := words.REGION.match(name)) else "" for name in (one, other)]
    organs = one[len(regions[0]) :], other[len(regions[1]) :]
    return all((*regions, *organs)) and _shortened(*regions) and _shortened(*organs)


def _shortened(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


# --- words for messages ------------------------------------------------------------------------------------------


@cache
def row_names(table: TableId, edition: Edition) -> dict[str, str]:
    """Row id → how a Chinese sentence names the row; one below a label of its own is named together with it."""
    form = FORMS[table, edition]
    spans = {span.terminal: span.short for span in form.spans}
    return {
        row.id: "·".join([*(spans[span] for span in row.spans[1:] if span in spans), row.short]) for row in form.rows
    }


_TOP = re.compile("^[一二三四]、|^（七）")
"""Numbers of the rows of 三 that are no results."""


@cache
def place_names(table: TableId, edition: Edition) -> dict[str, str]:
    """Row id → how the row is named where it stands by itself, with the form's own number: 一、本年新收, （七）总计."""
    names = row_names(table, edition)
    return {row.id: "".join(_TOP.findall(row.label)[:1]) + names[row.id] for row in FORMS[table, edition].rows}


def row_name(form: Form, row_id: str) -> str:
    """Name of a row in a sentence: with its number where a column has the same name (总计)."""
    name = row_names(form.table, form.edition)[row_id]
    if any(column.label == name for column in form.columns_of[row_id]):
        return place_names(form.table, form.edition)[row_id]
    return name


def column_label(form: Form, cell_id: str) -> str:
    """The label of the column of a cell."""
    row_id, column_id = parts_of(cell_id)
    return next(column for column in form.columns_of[row_id] if column.id == column_id).label


def cell_name(form: Form, cell_id: str) -> str:
    """Name of a cell in a Chinese sentence: 本年新收·自然人."""
    return f"{row_name(form, parts_of(cell_id)[0])}·{column_label(form, cell_id)}"


def cell_names(form: Form, cell_id: str) -> tuple[str, str]:
    """Name of a term of a sum: the row and the column of a cell, without numbers."""
    return row_names(form.table, form.edition)[parts_of(cell_id)[0]], column_label(form, cell_id)


def table_name(table: TableId) -> str:
    """Name of a table in a Chinese sentence: 表二, 表三, 表四."""
    return {"disclosure": "表二", "requests": "表三", "proceedings": "表四"}[table]


def parts_of(cell_id: str) -> tuple[str, str]:
    """The row and the column of a cell id."""
    row_id, _, column_id = within(cell_id).rpartition(".")
    return row_id, column_id


def within(cell_id: str) -> str:
    """A cell id without its table: what English messages name a cell by."""
    return cell_id.partition(".")[2]
