"""``aggregate``: the reports of several units added up to one, and where each figure comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeVar

from attrs import frozen

from ..errors import CheckError
from ..report import Cell, Disclosure, Proceedings, Report, Requests, State, Table
from ..report.cells import BLANK
from ..template import Column
from .engine import Children, named_units
from .hierarchy import alike, exact
from .subject import Subject, table_name

T = TypeVar("T", bound=Table)

Blank = Literal["error", "zero", "propagate"]


@frozen
class Part:
    """What one unit adds to a cell: its name, and its cell as it is."""

    unit: str
    cell: Cell


@frozen
class Aggregate:
    """The sum of reports.

    ``report`` has the added figures, no prose and no title. ``units`` are the names of the units with their reports.
    ``unknown`` are the ids of the cells that could not be added up (only with ``blank="propagate"``): they are blank.
    """

    report: Report
    units: tuple[tuple[str, Report], ...]
    unknown: tuple[str, ...] = ()

    def parts(self, cell_id: str) -> tuple[Part, ...]:
        """Where a figure comes from: the cell of each unit. Raises ``UnknownIdError``."""
        return tuple(Part(name, report[cell_id]) for name, report in self.units)


def aggregate(reports: Children, blank: Blank = "error", *, agency: str | None = None) -> Aggregate:
    """The reports of several units added up, cell by cell.

    ``reports`` is a mapping from a unit's name to its report, or an iterable of reports. ``blank`` says what becomes
    of a cell that has no figure in one of them:

    - ``"error"``: it raises.
    - ``"zero"``: blank and not applicable cells add nothing; absent and invalid ones raise all the same, for nobody
      said that there was nothing to count.
    - ``"propagate"``: the sum is blank, and its id is in ``Aggregate.unknown``.

    Money is added where all of it is in one unit, written or the form's; anything else counts as having no figure.
    ``agency`` is the name of the aggregated report.

    Raises ``CheckError`` where there is no report or one is missing (None), where years or the editions of a table
    differ, where a unit comes twice, and as ``blank`` says.
    """
    if blank not in ("error", "zero", "propagate"):
        raise CheckError(
            "blank is one of error, zero, propagate",
            code="bad-blank",
            expected="error, zero, propagate",
            found=repr(blank),
            zh=f"blank只能是error、zero或propagate，不能是{blank!r}。",
        )
    given = named_units(reports)
    missing = [name for name, unit in given.items() if unit is None]
    if missing or not given:
        raise CheckError(
            "there is nothing to add up" if not given else f"reports are missing: {', '.join(missing)}",
            code="units-missing",
            expected="a report of each unit",
            found=", ".join(missing) or "none",
            zh=f"缺少报告：{'、'.join(missing)}。" if given else "没有可汇总的报告。",
        )
    units = tuple((name, Subject.of(unit).report) for name, unit in given.items() if unit is not None)
    first = units[0][1]
    unknown: list[str] = []
    disclosure = _added(Disclosure, [(name, report.disclosure) for name, report in units], blank, unknown)
    requests = _added(Requests, [(name, report.requests) for name, report in units], blank, unknown)
    proceedings = _added(Proceedings, [(name, report.proceedings) for name, report in units], blank, unknown)
    year = next((report.year for _, report in units if report.year is not None), first.year)
    return Aggregate(
        Report(disclosure, requests, proceedings, agency=agency, year=year),
        units,
        tuple(unknown),
    )


def _added(kind: type[T], tables: list[tuple[str, T]], blank: Blank, unknown: list[str]) -> T:
    editions = {table.edition for _, table in tables}
    if len(editions) > 1:
        found = ", ".join(f"{name}: {table.edition}" for name, table in tables)[:400]
        raise CheckError(
            f"table {kind.id} is on the form of 2019 in some reports and on that of 2021 in others; nothing is mapped",
            code="mixed-editions",
            expected="one edition",
            found=found,
            zh=f"{table_name(kind.id)}有的用2019年版式，有的用2021年版式，不作换算：{found}。",
        )
    layout = tables[0][1].form
    figures: dict[str, Cell] = {}
    for number, row in enumerate(layout.rows):
        for index, column in enumerate(layout.columns_of[row.id]):
            cell_id = layout.ids_of[row.id][index]
            parts = [(name, table.rows[number][index]) for name, table in tables]
            added = _sum(cell_id, parts, column, blank)
            if added is None:
                unknown.append(cell_id)
            figures[f"{row.id}.{column.id}"] = BLANK if added is None else added
    return kind.of(layout.edition, figures)


def _sum(cell_id: str, parts: list[tuple[str, Cell]], column: Column, blank: Blank) -> Cell | None:
    """The sum; None where it can't be known and ``blank`` lets that pass."""
    nothing = (State.BLANK, State.NOT_APPLICABLE) if blank == "zero" else ()
    holes = [(name, cell) for name, cell in parts if cell.value is None and cell.state not in nothing]
    cells = [cell for _, cell in parts]
    if not holes and alike(cells, column):
        units = {cell.unit for cell in cells if cell.value}
        unit = units.pop() if column.kind == "amount" and len(units) == 1 else None
        with exact():
            total = sum(cell.value for cell in cells if cell.value is not None)
        return Cell.of(Decimal(total) if column.kind == "amount" else total, unit)
    if blank == "propagate":
        return None
    if holes:
        name, cell = holes[0]
        names = ", ".join(name for name, _ in holes)
        raise CheckError(
            f"{cell_id} of {name} is {cell.state}, which is not zero; blank can be zero, which adds blank cells as "
            "nothing, or propagate, which leaves the sum blank",
            code="blank-cell",
            expected="a figure",
            found=f"{len(holes)} of {len(parts)} units: {names}"[:400],
            zh=f"{cell_id}在{len(parts)}个单位中有{len(holes)}个没有数字，不能当作零：{names[:400]}；"
            "blank可取zero（空白不计）或propagate（合计留空）。",
        )
    found = ", ".join(f"{name}: {cell.text}" for name, cell in parts)[:400]
    raise CheckError(
        f"{cell_id} is money in different units, or in one that is not known; nothing is converted",
        code="mixed-units",
        expected="one unit",
        found=found,
        zh=f"{cell_id}的金额单位不一致或不明，不作换算：{found}。",
    )
