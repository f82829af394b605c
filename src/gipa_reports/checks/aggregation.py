"""``aggregate``: the reports of several units added up to one, and where each figure comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from attrs import field, frozen

from ..brief import angled, in_notebook, one_line
from ..errors import CheckError, WrongTypeError
from ..messages import Phrase
from ..report import Cell, Disclosure, Proceedings, Report, Requests, State
from ..report.cells import BLANK
from ..template import TABLES, Column, Edition, TableId
from ..template.words import POWER_OF_MONEY, SUM_OF_MONEY
from .engine import Children, named_units
from .hierarchy import alike, exact
from .subject import Subject, table_name, within

Blank = Literal["error", "zero", "propagate"]


@frozen(kw_only=True)
class Part:
    """Contribution of one unit to a cell: its name, its cell, and the codes of the diagnostics that touch it."""

    unit: str
    cell: Cell
    codes: tuple[str, ...] = ()

    __repr__ = one_line


@frozen(kw_only=True)
class Aggregate:
    """The sum of reports.

    ``report`` has the added figures, no prose and no title. ``units`` are the names of the units with their reports.
    ``unknown`` are the ids of the cells that could not be added up (only with ``blank="propagate"``): they are blank.
    """

    report: Report
    units: tuple[tuple[str, Report], ...]
    unknown: tuple[str, ...] = ()
    _subjects: tuple[Subject, ...] = field(default=(), eq=False, repr=False)

    def __repr__(self) -> str:
        return angled("Aggregate:", f"{len(self.units)} units, {len(self.unknown)} cells unknown; {self.report!r}")

    _repr_html_ = in_notebook

    def parts(self, cell_id: str) -> tuple[Part, ...]:
        """Return where a figure comes from: the cell of each unit. Raises ``UnknownIdError``."""
        codes_of = [subject.codes_of((cell_id,)) for subject in self._subjects] or [()] * len(self.units)
        return tuple(
            Part(unit=name, cell=report[cell_id], codes=codes)
            for (name, report), codes in zip(self.units, codes_of, strict=True)
        )

    def codes(self, cell_id: str) -> tuple[str, ...]:
        """The codes of all diagnostics that touch the cell in one of the units' readings. Raises ``UnknownIdError``."""
        return tuple(dict.fromkeys(code for part in self.parts(cell_id) for code in part.codes))


def aggregate(
    reports: Children, blank: Blank = "error", *, agency: str | None = None, convert: bool = False
) -> Aggregate:
    """The reports of several units added up, cell by cell.

    ``reports`` is a mapping from a unit's name to its report, or an iterable of reports. ``blank`` says what becomes
    of a cell that has no figure in one of them:

    - ``"error"``: it raises.
    - ``"zero"``: blank and not applicable cells add nothing; absent and invalid ones raise all the same, for nobody
      said that there was nothing to count.
    - ``"propagate"``: the sum is blank, and its id is in ``Aggregate.unknown``.

    Money is added where all of it is in one unit, stated or the form's; with ``convert`` also money in several, which
    is converted to the form's unit, exactly. Anything else, and counts in hundreds, has no sum, as if there were no
    figure. ``agency`` is the name of the aggregated report.

    Raises ``CheckError`` where there is no report or one is missing (None), where years or the editions of a table
    differ, where a unit comes twice, and as ``blank`` says.
    """
    if not isinstance(blank, str):
        raise WrongTypeError.of("blank", "str", blank, code="bad-blank")
    if blank not in ("error", "zero", "propagate"):
        raise CheckError.of_choice("blank", ("error", "zero", "propagate"), blank, code="bad-blank")
    subjects = _all_given(reports)
    unknown: list[str] = []
    disclosure, requests, proceedings = (_added(table, subjects, blank, convert, unknown) for table in TABLES)
    return Aggregate(
        report=Report(
            Disclosure.of(*disclosure),
            Requests.of(*requests),
            Proceedings.of(*proceedings),
            agency=agency,
            year=next((one.report.year for one in subjects.values() if one.report.year is not None), None),
        ),
        units=tuple((name, one.report) for name, one in subjects.items()),
        unknown=tuple(unknown),
        subjects=tuple(subjects.values()),
    )


def _all_given(reports: Children) -> dict[str, Subject]:
    """Return the units by name. Raises ``CheckError`` where one has no report, or there is none."""
    given = named_units(reports)
    missing = [name for name, unit in given.items() if unit is None]
    if missing or not given:
        raise CheckError(
            "there is nothing to add up" if not given else f"reports are missing: {', '.join(missing)}",
            code="units-missing",
            expected=Phrase("a report of each unit", "每个单位一份报告"),
            found=", ".join(missing) or Phrase("none", "没有"),
            zh=f"缺少报告：{'、'.join(missing)}。" if given else "没有可汇总的报告。",
        )
    return {name: Subject.of(unit) for name, unit in given.items() if unit is not None}


def _added(
    table_id: TableId, subjects: dict[str, Subject], blank: Blank, convert: bool, unknown: list[str]
) -> tuple[Edition, dict[str, Cell]]:
    """The edition of the table in all reports, and its figures added up."""
    tables = {name: subject.report.table(table_id) for name, subject in subjects.items()}
    if len({table.edition for table in tables.values()}) > 1:
        found = ", ".join(f"{name}: {table.edition}" for name, table in tables.items())[:400]
        raise CheckError(
            f"table {table_id} is on the form of 2019 in some reports and on that of 2021 in others; nothing is mapped",
            code="mixed-editions",
            expected=Phrase("one edition", "同一版式"),
            found=found,
            zh=f"{table_name(table_id)}有的用2019年版式，有的用2021年版式，不作换算：{found}。",
        )
    form = next(iter(tables.values())).form
    figures: dict[str, Cell] = {}
    for cell_id, column in zip(form.cell_ids, form.columns, strict=True):
        addends = [_Addend(name, one.cell(cell_id), one.unit(cell_id, column)) for name, one in subjects.items()]
        added = _sum(cell_id, addends, column, blank, convert)
        if added is None:
            unknown.append(cell_id)
        figures[within(cell_id)] = BLANK if added is None else added
    return form.edition, figures


class _Addend(NamedTuple):
    """The cell of a unit, and what its figure counts in; None where that is not known."""

    name: str
    cell: Cell
    unit: str | None


def _sum(cell_id: str, addends: list[_Addend], column: Column, blank: Blank, convert: bool) -> Cell | None:
    """The sum; None where it can't be known and ``blank`` lets that pass."""
    nothing = (State.BLANK, State.NOT_APPLICABLE) if blank == "zero" else ()
    holes = [one for one in addends if one.cell.value is None and one.cell.state not in nothing]
    total = None if holes else _total(addends, column, convert)
    if total is not None or blank == "propagate":
        return total
    raise _no_figure(cell_id, addends, holes) if holes else _several_units(cell_id, addends)


def _no_figure(cell_id: str, addends: list[_Addend], holes: list[_Addend]) -> CheckError:
    first, names = holes[0], ", ".join(one.name for one in holes)
    return CheckError(
        f"{cell_id} of {first.name} is {first.cell.state}, which is not zero; blank can be zero, which adds blank "
        "cells as nothing, or propagate, which leaves the sum blank",
        code="blank-cell",
        expected=Phrase("a figure", "数字"),
        found=Phrase(f"{len(holes)} of {len(addends)} units", f"{len(addends)}个单位中的{len(holes)}个"),
        zh=f"{cell_id}在{len(addends)}个单位中有{len(holes)}个没有数字，不能当作零：{names[:400]}；"
        "blank可取zero（空白不计）或propagate（合计留空）。",
    )


def _several_units(cell_id: str, addends: list[_Addend]) -> CheckError:
    found = ", ".join(f"{one.name}: {one.cell.text}" for one in addends)[:400]
    return CheckError(
        f"{cell_id} is in different units, or in one that is not known; money in different units is added where "
        "conversion is asked for",
        code="mixed-units",
        expected=Phrase("one unit", "同一单位"),
        found=found,
        zh=f"{cell_id}的单位不一致或不明，不作换算：{found}；金额单位不同的，可要求换算后汇总。",
    )


def _total(addends: list[_Addend], column: Column, convert: bool) -> Cell | None:
    """The figures added up; None where they are not in one unit and can't be converted to one."""
    with exact():
        is_money = column.kind == "amount"
        if not alike([(one.cell, one.unit) for one in addends], column):
            return _converted(addends, column) if convert and is_money else None
        total = sum(one.cell.value or 0 for one in addends)
        units = {one.cell.unit for one in addends if one.cell.value}
        unit = units.pop() if len(units) == 1 else None  # some may state the form's, and some none
        return Cell.of(Decimal(total), unit) if is_money else Cell.of(int(total))


def _converted(addends: list[_Addend], column: Column) -> Cell | None:
    """Return money in several units in that of the form; None where one of the units is not known."""
    powers = [(Decimal(one.cell.value), POWER_OF_MONEY.get(one.unit or "")) for one in addends if one.cell.value]
    known = [(value, power) for value, power in powers if power is not None]
    if len(known) < len(powers):
        return None
    target = column.unit or SUM_OF_MONEY
    total = sum((value.scaleb(power - POWER_OF_MONEY[target]) for value, power in known), Decimal())
    return Cell.of(total, target if column.unit is None else None)
