"""The model: what it holds, what it refuses, and how figures are reached."""

from __future__ import annotations

import ast
import copy
import inspect
import pickle
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_type_hints

import pytest
from attrs.exceptions import FrozenInstanceError

import gipa_reports
from gipa_reports import Reading, diagnostics, errors
from gipa_reports.codes import CODES, Severity
from gipa_reports.diagnostics import Diagnostic, Location
from gipa_reports.errors import GipaError, ModelError, UnknownIdError, WrongTypeError
from gipa_reports.report import (
    Cell,
    DecisionsRow2021,
    DeniedRows,
    Disclosure,
    Disclosure2019,
    Disclosure2021,
    DocumentsRow2019,
    DocumentsRow2021,
    FeesRow2019,
    FeesRow2021,
    Figure,
    MeasuresRow2019,
    NotProcessedRows,
    OtherRows2021,
    Period,
    ProceedingRow,
    Proceedings,
    Proceedings2019,
    Proceedings2021,
    ProcurementRow2019,
    Report,
    RequestRow,
    Requests,
    Requests2019,
    Requests2021,
    RowView,
    Section,
    Sections,
    State,
    Table,
    UnavailableRows,
    UnknownRow,
)
from gipa_reports.report.cells import ABSENT, BLANK, MAX_CELL_TEXT, MAX_DIGITS
from gipa_reports.template import EDITIONS, FORMS, HEADINGS, Edition, TableId, form

PACKAGE = Path(gipa_reports.__file__).parent

unchecked = SimpleNamespace(
    Cell=Cell,
    Requests=Requests,
    Requests2021=Requests2021,
    Section=Section,
    Sections=Sections,
    UnknownRow=UnknownRow,
)
"""The same classes without their types: what a type checker would stop must be stopped without one too."""

TABLE_CLASSES: tuple[type[Table], ...] = (Disclosure, Requests, Proceedings)


def report(edition: Edition = "2021", **changes: Any) -> Report:
    """A small report: a few figures of every state, some prose."""
    fees: dict[str, dict[str, Cell]] = {
        "2021": {"fees.amount": Cell.of(Decimal("1.85"), "万元")},
        "2019": {"licensing.change": Cell.of(-2)},
    }
    arguments: dict[str, Any] = {
        "disclosure": Disclosure.of(edition, fees[edition]),
        "requests": Requests.of(
            edition,
            {
                "received.natural_person": 3,
                "received.business": None,
                "received.research": Cell.not_applicable("—"),
                "received.other": Cell.invalid("见附件"),
                "received.total": Cell.of(3, "件"),
            },
        ),
        "proceedings": Proceedings.of(edition, {"reconsideration.total": 0}),
        "sections": Sections(overview=Section(("（一）主动公开", "全年公开十件。"))),
        "title": "云湖市城市管理局2020年政府信息公开工作年度报告",
        "agency": "云湖市城市管理局",
        "year": 2020,
        "period": Period(date(2020, 1, 1), date(2020, 12, 31)),
    }
    return Report(**(arguments | changes))


WRONG_TYPES = """
state is a plain str|bool|float|str|figure with None for a mark|blank with None for a mark|mark is a number
mark is bytes|unit is a number|rows in a list|unknown in a list|unknown is text|cells in a list|a bare figure
decimal for a count|integer for money|text for a figure|unknown row in a list|unknown row that is one text
unknown row that is a number|unknown row with a figure|no table|table in another's place|sections|period
agency is a number|year is text|year is a bool|paragraphs in a list|paragraph is a number|section is text
period with a time
"""
"""What is refused for its type alone, by the ids of the tests below: a ``TypeError``; all else is a ``ValueError``.
"""


def refused(build: Callable[[], object], request: pytest.FixtureRequest) -> GipaError:
    """The error; it has both sentences, and its Chinese one says what was found."""
    with pytest.raises(GipaError) as caught:
        build()
    error = caught.value
    name = re.sub("-bad-[a-z]+-|^bad-[a-z]+-", "", request.node.callspec.id)
    name = name.rpartition("bad-")[2].partition("-")[2] or name if "bad-" in name else name
    is_wrong_type = name in re.split(r"[|\n]", WRONG_TYPES)
    assert isinstance(error, WrongTypeError if is_wrong_type else ModelError), repr(error)
    assert isinstance(error, TypeError if is_wrong_type else ValueError)
    assert error.zh is not None
    assert error.zh.endswith("。")
    assert error.found
    assert isinstance(error.found, str)
    assert error.found in str(error)
    return error


# --- cells -------------------------------------------------------------------------------------------------------


def test_blank_is_not_zero() -> None:
    """And neither is a cell that is absent or not applicable: each is its own thing."""
    zero, blank, absent, slash = Cell.of(0), Cell.blank(), Cell.absent(), Cell.not_applicable()
    assert len({zero, blank, absent, slash}) == 4
    assert zero.value == 0
    assert [cell.value for cell in (blank, absent, slash)] == [None, None, None]
    assert [cell.state for cell in (zero, blank, absent, slash)] == ["value", "blank", "absent", "not_applicable"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell.of(3), "3"),
        (Cell.of(-2), "-2"),
        (Cell.of(3, "件"), "3件"),
        (Cell.of(Decimal("160.50"), "万元"), "160.50万元"),
        (Cell.of(Decimal("1E+3")), "1000"),
        (Cell.of(Decimal("0.00001")), "0.00001"),
        (Cell.blank(), ""),
        (Cell.absent(), ""),
        (Cell.not_applicable(), "/"),
        (Cell.not_applicable("不适用"), "不适用"),
        (Cell.not_applicable("／"), "／"),
        (Cell.invalid("见附件 2"), "见附件 2"),
    ],
)
def test_text_of_a_cell(cell: Cell, text: str) -> None:
    assert cell.text == text


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: unchecked.Cell("value", 3), id="state is a plain str"),
        pytest.param(lambda: Cell(State.VALUE), id="value without a figure"),
        pytest.param(lambda: Cell.of(True), id="bool"),
        pytest.param(lambda: unchecked.Cell.of(1.5), id="float"),
        pytest.param(lambda: unchecked.Cell.of("3"), id="str"),
        pytest.param(lambda: Cell.of(Decimal("NaN")), id="nan"),
        pytest.param(lambda: Cell.of(Decimal("Infinity")), id="infinity"),
        pytest.param(lambda: Cell.of(Decimal(f"1E+{MAX_DIGITS}")), id="decimal too long"),
        pytest.param(lambda: Cell.of(10 ** (MAX_DIGITS + 1)), id="integer too long"),
        pytest.param(lambda: Cell.of(3, "米"), id="unknown unit"),
        pytest.param(lambda: Cell.of(3, ""), id="empty unit"),
        pytest.param(lambda: Cell(State.VALUE, 3, mark="/"), id="figure with a mark"),
        pytest.param(lambda: Cell(State.BLANK, 0), id="blank with a figure"),
        pytest.param(lambda: Cell(State.BLANK, None, "件"), id="blank with a unit"),
        pytest.param(lambda: Cell(State.BLANK, mark="/"), id="blank with a mark"),
        pytest.param(lambda: Cell(State.ABSENT, mark="x"), id="absent with a mark"),
        pytest.param(lambda: Cell(State.INVALID), id="invalid without a mark"),
        pytest.param(lambda: Cell.invalid(" x"), id="mark with outer white space"),
        pytest.param(lambda: Cell.invalid("a\nb"), id="mark of two lines"),
        pytest.param(lambda: Cell.invalid("a  b"), id="mark with two spaces"),
        pytest.param(lambda: Cell.invalid("a\x00b"), id="mark with a control character"),
        pytest.param(lambda: Cell.invalid("x" * (MAX_CELL_TEXT + 1)), id="mark too long"),
        pytest.param(lambda: Cell.not_applicable(""), id="not applicable without a mark"),
        pytest.param(lambda: Cell.not_applicable("0"), id="not applicable with a figure for a mark"),
        pytest.param(lambda: Cell.not_applicable("没有"), id="not applicable with another word"),
        pytest.param(lambda: unchecked.Cell(State.VALUE, 3, mark=None), id="figure with None for a mark"),
        pytest.param(lambda: unchecked.Cell(State.BLANK, mark=None), id="blank with None for a mark"),
        pytest.param(lambda: unchecked.Cell(State.INVALID, mark=5), id="mark is a number"),
        pytest.param(lambda: unchecked.Cell.invalid(b"x"), id="mark is bytes"),
        pytest.param(lambda: unchecked.Cell.of(3, 5), id="unit is a number"),
    ],
)
def test_cell_refuses(build: Callable[[], Cell], request: pytest.FixtureRequest) -> None:
    assert refused(build, request).code == "bad-cell"


def test_longest_figures_are_held() -> None:
    assert Cell.of(10**MAX_DIGITS - 1).text == "9" * MAX_DIGITS


# --- tables ------------------------------------------------------------------------------------------------------


def test_table_of_figures() -> None:
    table = Disclosure.of("2021", {"regulations.issued": 4, "fees.amount": 2, "licensing.decisions": None})
    assert table["regulations.issued"] == Cell.of(4)
    assert table["fees.amount"] == Cell.of(Decimal(2))
    assert type(table["fees.amount"].value) is Decimal
    assert table["licensing.decisions"] == BLANK
    assert table["coercion.decisions"] == ABSENT


def test_table_of_figures_with_another_default() -> None:
    table = Requests.of("2019", {"other.total": 2}, default=BLANK)
    states = [figure.state for figure in table.cells()]
    assert states.count(State.BLANK) == 160
    assert table.other.total == Cell.of(2)


def one_row_changed(edition: Edition, cells: object) -> Requests:
    rows: list[Any] = list(Requests.all_absent(edition).rows)
    rows[0] = cells
    return Requests.from_rows(edition, tuple(rows))


@pytest.mark.parametrize(
    ("build", "code"),
    [
        pytest.param(lambda: unchecked.Requests.from_rows("2020", ()), "bad-table", id="unknown edition"),
        pytest.param(lambda: Requests2021(()), "bad-table", id="no rows"),
        pytest.param(lambda: Requests2021(Requests.all_absent("2019").rows), "bad-table", id="rows of the other form"),
        pytest.param(
            lambda: unchecked.Requests2021(list(Requests.all_absent("2021").rows)), "bad-table", id="rows in a list"
        ),
        pytest.param(
            lambda: unchecked.Requests2021(Requests.all_absent("2021").rows, ["x"]),
            "bad-table",
            id="unknown in a list",
        ),
        pytest.param(
            lambda: unchecked.Requests2021(Requests.all_absent("2021").rows, ("x",)),
            "bad-table",
            id="unknown is text",
        ),
        pytest.param(lambda: one_row_changed("2021", (ABSENT,) * 6), "bad-row", id="six cells"),
        pytest.param(lambda: one_row_changed("2021", [ABSENT] * 7), "bad-row", id="cells in a list"),
        pytest.param(lambda: one_row_changed("2021", (ABSENT,) * 6 + (3,)), "bad-row", id="a bare figure"),
        pytest.param(
            lambda: one_row_changed("2021", (ABSENT,) * 6 + (Cell.of(Decimal(3)),)), "bad-row", id="decimal for a count"
        ),
        pytest.param(
            lambda: Disclosure2021((*Disclosure.all_absent("2021").rows[:-1], (Cell.of(3),))),
            "bad-row",
            id="integer for money",
        ),
        pytest.param(
            lambda: unchecked.Requests.of("2021", {"received.total": "3"}), "bad-cell", id="text for a figure"
        ),
        pytest.param(lambda: unchecked.Requests.of("2020", {}), "bad-table", id="figures of an unknown edition"),
        pytest.param(lambda: unchecked.Requests.all_absent("x"), "bad-table", id="nothing of an unknown edition"),
        pytest.param(lambda: UnknownRow(()), "bad-row", id="unknown row without cells"),
        pytest.param(lambda: unchecked.UnknownRow(["行政检查"]), "bad-row", id="unknown row in a list"),
        pytest.param(lambda: unchecked.UnknownRow("行政检查"), "bad-row", id="unknown row that is one text"),
        pytest.param(lambda: unchecked.UnknownRow(3), "bad-row", id="unknown row that is a number"),
        pytest.param(lambda: UnknownRow(("", "1")), "bad-row", id="unknown row that begins empty"),
        pytest.param(lambda: UnknownRow(("行政检查", "")), "bad-row", id="unknown row that ends empty"),
        pytest.param(lambda: UnknownRow(("行政\n检查", "1")), "bad-row", id="unknown row of two lines"),
        pytest.param(lambda: unchecked.UnknownRow(("行政检查", 1)), "bad-row", id="unknown row with a figure"),
    ],
)
def test_table_refuses(build: Callable[[], object], code: str, request: pytest.FixtureRequest) -> None:
    assert refused(build, request).code == code


def test_all_absent() -> None:
    for cls in TABLE_CLASSES:
        for edition in EDITIONS:
            table = cls.all_absent(edition)
            assert table.is_absent
            assert {figure.state for figure in table.cells()} == {State.ABSENT}
    assert not Requests.of("2021", {"received.total": None}).is_absent
    assert not Requests2021(Requests.all_absent("2021").rows, (UnknownRow(("行政检查", "4")),)).is_absent


@pytest.mark.parametrize("cls", TABLE_CLASSES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_by_attribute_by_id_and_as_record(cls: type[Table], edition: Edition) -> None:
    """Each cell gets a figure of its own; all three ways must lead to it."""
    layout = form(cls.id, edition)
    money = {
        f"{row.id}.{column.id}"
        for row in layout.rows
        for column in layout.columns_of[row.id]
        if column.kind == "amount"
    }
    short = [cell_id.partition(".")[2] for cell_id in layout.cell_ids]
    figures = {cell: Decimal(n) if cell in money else n for n, cell in enumerate(short)}
    table = cls.of(edition, figures)
    records = table.cells()
    assert [record.id for record in records] == list(layout.cell_ids)
    for (cell, value), record in zip(figures.items(), records, strict=True):
        assert table[cell].value == value
        assert record == Figure(f"{cls.id}.{cell}", cls.id, edition, State.VALUE, value, None, str(value))
        found: Any = table
        for name in cell.split("."):
            found = getattr(found, name)
        assert found == Cell.of(value)


def test_rows_are_iterable_and_comparable() -> None:
    table = Requests.of("2021", {"received.natural_person": 1, "received.total": 1})
    assert [cell.text for cell in table.received] == ["1", "", "", "", "", "", "1"]
    assert table.row("received") == tuple(table.received)
    assert table.received == Requests.of("2021", {"received.natural_person": 1, "received.total": 1}).received
    assert table.received != table.carried_in
    assert table.received != "received"
    assert hash(table.received) == hash(copy.copy(table).received)
    assert repr(table.received) == "<requests.received: 1, absent, absent, absent, absent, absent, 1>"
    assert repr(table) == "<Requests2021: 2 of 175 cells have a value>"


def test_other_means_a_row_in_2021_and_columns_in_2019() -> None:
    assert Requests.of("2021", {"other.other.other": 5}).other.other.other == Cell.of(5)
    old = Requests.of("2019", {"other.other": 5, "other.total": 7})
    assert old.other.other == Cell.of(5)
    assert old.other.total == Cell.of(7)
    with pytest.raises(AttributeError):
        _ = old.other.fee_overdue  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        _ = Requests.of("2021", {}).other.total  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(lambda r: r["requests.received.sum"], id="column"),
        pytest.param(lambda r: r["requests.recieved.total"], id="row"),
        pytest.param(lambda r: r["request.received.total"], id="table"),
        pytest.param(lambda r: r["requests"], id="only a table"),
        pytest.param(lambda r: r.sections.get("cells"), id="no such section"),
        pytest.param(lambda r: r["requests.received"], id="only a row"),
        pytest.param(lambda r: r["disclosure.regulations.produced"], id="cell of the other edition"),
        pytest.param(lambda r: r.table("section"), id="no such table"),
        pytest.param(lambda r: r.requests.row("denied"), id="group of rows"),
        pytest.param(lambda r: Requests.of("2021", {"other.total": 1}), id="building with a row of the other edition"),
    ],
)
def test_unknown_ids_are_lookup_errors(find: Callable[[Report], object]) -> None:
    with pytest.raises(LookupError) as caught:
        find(report())
    assert isinstance(caught.value, UnknownIdError)
    assert isinstance(caught.value, KeyError)
    assert caught.value.code == "unknown-id"
    assert caught.value.expected
    assert type(caught.value.found) is str
    assert caught.value.zh is not None


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ("requests", "table"),
        ("requests.denied", "group of rows"),
        ("requests.denied.state_secret", "row"),
        ("requests.received", "row"),
    ],
)
def test_an_id_that_is_no_cell_says_what_it_is_and_names_a_cell_in_it(found: str, kind: str) -> None:
    with pytest.raises(
        UnknownIdError, match=f"'{found}' is a {kind}, not a cell; a cell in it is '{found}\\."
    ) as caught:
        report()[found]
    assert caught.value.expected in report()


@pytest.mark.parametrize("found", [3, None, b"requests.received.total"])
def test_an_id_is_text(found: Any) -> None:
    for one in (report(), report().requests):
        with pytest.raises(TypeError, match=f"not {type(found).__name__}$"):
            one[found]
        assert found not in one
    whole = report()
    lookups: list[Callable[[Any], object]] = [whole.table, whole.requests.row, whole.sections.get]
    for look_up in lookups:
        with pytest.raises(WrongTypeError):
            look_up(found)


@pytest.mark.parametrize(
    ("find", "meant"),
    [
        (lambda r: r["requests.recieved.total"], "received.total"),
        (lambda r: r.requests.row("recieved"), "received"),
        (lambda r: r.table("request"), "requests"),
        (lambda r: r.sections.get("problem"), "problems"),
        (lambda r: Requests.of("2021", {"granted.totals": 1}), "granted.total"),
        (lambda r: Diagnostic(code="row-mising").message(), "row-missing"),
        (lambda r: Reading(r).codes("requests.recieved.total"), "requests.received.total"),
    ],
)
def test_a_misspelt_id_names_the_one_that_is_meant(find: Callable[[Any], object], meant: str) -> None:
    with pytest.raises(KeyError) as caught:
        find(report())
    error = caught.value
    assert isinstance(error, UnknownIdError)
    assert error.expected == meant
    assert f"did you mean '{meant}'?" in str(error)
    assert f"是否应为“{meant}”？" in error.sentence("zh")


def test_an_id_of_the_other_edition_says_so() -> None:
    with pytest.raises(UnknownIdError, match=r"requests of edition 2021 has no 'other\.total'; edition 2019 has it"):
        report("2021")["requests.other.total"]


def test_reports_and_tables_know_their_cells_and_are_no_lists() -> None:
    for edition in EDITIONS:
        one = report(edition)
        for cell in one.cells():
            assert cell.id in one
            assert cell.id.partition(".")[2] in one.table(cell.table)
    assert "disclosure.licensing.change" not in report("2021")
    assert "requests.received" not in report()
    assert "received" not in report().requests
    for each in (report(), report().requests):
        with pytest.raises(TypeError, match="is not iterable"):
            list(each)  # type: ignore[call-overload]


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_can_be_typed_next_is_listed(edition: Edition) -> None:
    """In a notebook, where the names of the form are what one looks for."""
    one = report(edition)
    for cell_id in (cell.id for cell in one.cells()):
        found: Any = one
        for name in cell_id.split("."):
            assert name in dir(found)
            found = getattr(found, name)
    public = [name for name in dir(one.requests.received) if not name.startswith("_")]
    of_all_rows = ["id", "items", "keys", "label", "labels", "subtotal"]
    assert sorted(public) == sorted([*own_annotations(RequestRow), *of_all_rows])
    assert "fee_overdue" in dir(Requests.all_absent("2021").other)
    assert "fee_overdue" not in dir(Requests.all_absent("2019").other)


@pytest.mark.parametrize(
    "find",
    [
        pytest.param(lambda r: r.requests.recieved, id="row"),
        pytest.param(lambda r: r.requests.received.sum, id="column"),
        pytest.param(lambda r: r.requests.denied.fees, id="row in a group"),
        pytest.param(lambda r: r.disclosure.procurement, id="row of the other edition"),
        pytest.param(lambda r: r.requests._secret, id="private name of a table"),
        pytest.param(lambda r: r.requests.received._secret, id="private name of a row"),
    ],
)
def test_unknown_names_are_attribute_errors(find: Callable[[Any], object]) -> None:
    with pytest.raises(AttributeError):
        find(report())
    assert not hasattr(report().requests, "recieved")


# --- the names that editors and type checkers see ------------------------------------------------------------------


def own_annotations(cls: type) -> set[str]:
    return {name for name in inspect.get_annotations(cls) if not name.startswith("_")}


def children(table: TableId, edition: Edition, prefix: str) -> list[str]:
    """The names below ``prefix`` in the ids of an edition: rows, or columns."""
    start = f"{table}.{prefix}." if prefix else f"{table}."
    ids = [cell_id.removeprefix(start) for cell_id in form(table, edition).cell_ids if cell_id.startswith(start)]
    return list(dict.fromkeys(rest.partition(".")[0] for rest in ids))


@pytest.mark.parametrize("cls", [cls for base in TABLE_CLASSES for cls in base._by_edition.values()])
def test_annotations_of_tables_name_the_rows_of_their_edition(cls: type[Table]) -> None:
    names = own_annotations(cls) | own_annotations(cls.__mro__[1])
    assert names - {"id", "edition"} == set(children(cls.id, cls.edition, ""))


@pytest.mark.parametrize(
    ("view", "table", "edition", "prefixes"),
    [
        (DocumentsRow2019, "disclosure", "2019", "regulations normative_documents"),
        (DocumentsRow2021, "disclosure", "2021", "regulations normative_documents"),
        (MeasuresRow2019, "disclosure", "2019", "licensing other_services penalties coercion"),
        (DecisionsRow2021, "disclosure", "2021", "licensing penalties coercion"),
        (FeesRow2019, "disclosure", "2019", "fees"),
        (FeesRow2021, "disclosure", "2021", "fees"),
        (ProcurementRow2019, "disclosure", "2019", "procurement"),
        (RequestRow, "requests", "2021", "received denied.state_secret"),
        (RequestRow, "requests", "2019", "received other"),
        (DeniedRows, "requests", "2021", "denied"),
        (UnavailableRows, "requests", "2021", "unavailable"),
        (NotProcessedRows, "requests", "2021", "not_processed"),
        (OtherRows2021, "requests", "2021", "other"),
        (ProceedingRow, "proceedings", "2021", "reconsideration litigation_direct litigation_after_reconsideration"),
    ],
)
def test_annotations_of_rows_name_what_is_below(
    view: type[RowView], table: TableId, edition: Edition, prefixes: str
) -> None:
    for prefix in prefixes.split():
        assert list(inspect.get_annotations(view)) == children(table, edition, prefix)


def test_views_are_of_the_annotated_class() -> None:
    for base in TABLE_CLASSES:
        for edition, cls in base._by_edition.items():
            hints = get_type_hints(cls)
            table = base.all_absent(edition)
            assert type(table) is cls
            for name in {row.id.partition(".")[0] for row in table.form.rows}:
                assert hints[name].__args__ == (type(getattr(table, name)),), name


def test_annotations_of_cells_are_of_the_column() -> None:
    """``Cell[Decimal]`` where the form counts money, ``Cell[int]`` elsewhere."""
    for layout in FORMS.values():
        table: Any = {base.id: base for base in TABLE_CLASSES}[layout.table].all_absent(layout.edition)
        for row in layout.rows:
            view = table
            for name in row.id.split("."):
                view = getattr(view, name)
            hints = get_type_hints(type(view))
            for column in layout.columns_of[row.id]:
                assert hints[column.id] == (Cell[Decimal] if column.kind == "amount" else Cell[int]), (row.id, column)


def test_each_edition_has_its_class() -> None:
    classes = (Disclosure2019, Disclosure2021, Requests2019, Requests2021, Proceedings2019, Proceedings2021)
    for cls in classes:
        base = next(base for base in TABLE_CLASSES if issubclass(cls, base))
        other: Edition = "2019" if cls.edition == "2021" else "2021"
        for make in (base.of(cls.edition, {}), cls.of(cls.edition, {}), cls.all_absent(cls.edition)):
            assert type(make) is cls
            assert make.edition == cls.edition
            assert base.from_rows(cls.edition, make.rows) == cls(make.rows) == make
            assert type(base._built(cls.edition, make.rows, ())) is cls
        with pytest.raises(ModelError, match=f"{cls.__name__} is of edition {cls.edition}"):
            cls.of(other, {})
        with pytest.raises(TypeError, match=f"{base.__name__} has no edition: use {base.__name__}.of,"):
            base(())


# --- reports -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "count"), [("2021", 200), ("2019", 198)])
def test_cells_of_a_report(edition: Edition, count: int) -> None:
    cells = report(edition).cells()
    assert len(cells) == count
    assert [cell.table for cell in cells] == sorted(
        (cell.table for cell in cells), key=lambda t: "drp".index(t[0]) if t[0] != "r" else 1
    )
    assert {cell.edition for cell in cells} == {edition}


def test_a_report_may_hold_a_table_of_each_edition() -> None:
    mixed = report("2021", disclosure=Disclosure.all_absent("2019"))
    assert len(mixed.cells()) == 22 + 175 + 15


def test_figures_by_id() -> None:
    assert report()["requests.received.total"] == Cell.of(3, "件")
    assert report()["requests.received.business"] == BLANK
    assert report()["disclosure.fees.amount"].value == Decimal("1.85")
    assert report().table("proceedings") == report().proceedings


@pytest.mark.parametrize(
    ("build", "code"),
    [
        pytest.param(lambda: report(disclosure=None), "bad-report", id="no table"),
        pytest.param(
            lambda: report(requests=Disclosure.all_absent("2021")), "bad-report", id="table in another's place"
        ),
        pytest.param(lambda: report(proceedings=Proceedings.all_absent("2019")), "bad-report", id="edition of 四"),
        pytest.param(lambda: report(sections=()), "bad-report", id="sections"),
        pytest.param(lambda: report(period=(2020, 2021)), "bad-report", id="period"),
        pytest.param(lambda: report(title=""), "bad-report", id="empty title"),
        pytest.param(lambda: report(title="两\n行"), "bad-report", id="title of two lines"),
        pytest.param(lambda: report(agency=" 局"), "bad-report", id="agency with white space"),
        pytest.param(lambda: report(agency=3), "bad-report", id="agency is a number"),
        pytest.param(lambda: report(year="2020"), "bad-report", id="year is text"),
        pytest.param(lambda: report(year=True), "bad-report", id="year is a bool"),
        pytest.param(lambda: report(year=20), "bad-report", id="year of two digits"),
        pytest.param(lambda: unchecked.Section(["a"]), "bad-prose", id="paragraphs in a list"),
        pytest.param(lambda: unchecked.Section((3,)), "bad-prose", id="paragraph is a number"),
        pytest.param(lambda: Section(("a\nb",)), "bad-prose", id="paragraph of two lines"),
        pytest.param(lambda: Section((" a",)), "bad-prose", id="paragraph with white space"),
        pytest.param(lambda: Section(("a\u2028b",)), "bad-prose", id="paragraph with a line separator"),
        pytest.param(lambda: Section(("a\x07b",)), "bad-prose", id="paragraph with a control character"),
        pytest.param(lambda: Section(("\ud800",)), "bad-prose", id="paragraph with half a surrogate"),
        pytest.param(lambda: Section(("a\ufffeb",)), "bad-prose", id="paragraph with U+FFFE"),
        pytest.param(lambda: report(title="a\uffffb"), "bad-report", id="title with U+FFFF"),
        pytest.param(lambda: unchecked.Sections(overview="a"), "bad-prose", id="section is text"),
        pytest.param(lambda: Period(date(2020, 12, 31), date(2020, 1, 1)), "bad-period", id="period backwards"),
        pytest.param(lambda: Period(datetime(2020, 1, 1), date(2020, 1, 2)), "bad-period", id="period with a time"),
    ],
)
def test_report_refuses(build: Callable[[], object], code: str, request: pytest.FixtureRequest) -> None:
    assert refused(build, request).code == code


def test_prose_may_hold_tabs_empty_lines_and_what_looks_like_a_table() -> None:
    paragraphs = ("甲\t乙", "", "| 规章 | 3 |", "三、收到和处理政府信息公开申请情况", "〔缺〕")
    assert Section(paragraphs).paragraphs == paragraphs


def test_parts_of_a_section() -> None:
    section = Section(
        (
            "本年工作如下。",
            "（一）主动公开",
            "公开十件。",
            "(二) 依申请公开情况。收到一件。",
            "三是别的事。",
            "（三）政府信息管理",
            "（四）公开平台建设",
            "（五）监督保障。",
            "培训两次。",
        )
    )
    assert section.parts == {
        "proactive_disclosure": ("（一）主动公开", "公开十件。"),
        "disclosure_on_request": ("(二) 依申请公开情况。收到一件。", "三是别的事。"),
        "information_management": ("（三）政府信息管理",),
        "platform": ("（四）公开平台建设",),
        "supervision": ("（五）监督保障。", "培训两次。"),
    }
    assert Section().parts == {}
    assert Section(("主动公开是基本要求。",)).parts == {}


def test_sections_by_id() -> None:
    sections = Sections(problems=Section(("没有。",)))
    assert sections.get("problems") == Section(("没有。",))
    assert sections.get("overview") is None
    assert [sections.get(heading.id) for heading in HEADINGS].count(None) == 5


@pytest.mark.parametrize("edition", EDITIONS)
def test_equal_by_data_and_hashable(edition: Edition) -> None:
    one, two = report(edition), report(edition)
    assert one is not two
    assert one == two
    assert hash(one) == hash(two)
    assert one != report(edition, year=2021)
    assert one != report(edition, requests=Requests.of(edition, {"received.total": 3}))
    assert len({one, two, report(edition, title=None)}) == 2


@pytest.mark.parametrize(
    "value",
    [
        report(),
        report("2019"),
        report().disclosure,
        report().requests,
        report().proceedings,
        report().sections,
        report().cells()[0],
        Cell.of(3),
        UnknownRow(("行政检查", "4")),
        Period(date(2020, 1, 1), date(2020, 12, 31)),
        Diagnostic(
            code="row-missing",
            cells=("requests.received.total",),
            location=Location(line=3, column=None, text="x"),
            expected="a",
            found="b",
            table="requests",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_frozen_slotted_and_pickle(value: Any) -> None:
    first = type(value).__attrs_attrs__[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, first, None)
    with pytest.raises((FrozenInstanceError, AttributeError)):
        value.surprise = 1
    assert not hasattr(value, "__dict__")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.deepcopy(value) == value
    assert hash(copy.deepcopy(value)) == hash(value)


def test_row_views_pickle() -> None:
    assert pickle.loads(pickle.dumps(report().requests.received)) == report().requests.received


# --- errors and diagnostics --------------------------------------------------------------------------------------

BUILTINS = {
    "ReadError": ValueError,
    "ParseError": ValueError,
    "DoubtfulError": ValueError,
    "LimitError": ValueError,
    "ModelError": ValueError,
    "SerializeError": ValueError,
    "CheckError": ValueError,
    "ScanError": RuntimeError,
    "InternalError": RuntimeError,
    "UnknownIdError": KeyError,
    "WrongTypeError": TypeError,
    "UnknownFormatError": LookupError,
    "MissingExtraError": ImportError,
}


def test_the_error_tree() -> None:
    found = {name: cls for name, cls in vars(errors).items() if isinstance(cls, type) and issubclass(cls, GipaError)}
    assert found.keys() == BUILTINS.keys() | {"GipaError"}
    for name, builtin in BUILTINS.items():
        assert issubclass(found[name], builtin)


@pytest.mark.parametrize("name", ["GipaError", *BUILTINS])
def test_errors_pickle_with_all_they_carry(name: str) -> None:
    cls: type[GipaError] = getattr(errors, name)
    error = cls("cut short", code="truncated-table", line=7, column=2, expected="四", found="三")
    error.add_note("seen in a test")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cls
    assert vars(again) == vars(error)
    assert (again.message, again.code, again.line, again.column, again.expected, again.found) == (
        "cut short",
        "truncated-table",
        7,
        2,
        "四",
        "三",
    )
    assert again.args == error.args
    assert str(again) == str(error) == "truncated-table: cut short (line 7, column 2; expected 四, found 三)"


def test_error_without_a_place() -> None:
    assert str(ModelError("no", code="bad-cell")) == "bad-cell: no"
    assert str(ModelError("no", code="bad-cell", line=3)) == "bad-cell: no (line 3)"


def test_unknown_id_error_reads_as_a_sentence() -> None:
    """``KeyError`` alone would print the repr of its message."""
    with pytest.raises(UnknownIdError, match=r"^unknown-id: requests of edition 2021 has no 'received\.sum'; did you"):
        report()["requests.received.sum"]


def test_every_code_that_reading_gives_is_in_the_list() -> None:
    """Each text that stands where a code does: in a diagnostic, or as the code of an error."""
    raised = {
        "UnknownFormatError",
        "UnknownIdError",
        "WrongTypeError",
        "DoubtfulError",
    }  # by ``read`` and ``flags`` too: they become no diagnostic
    own = {"no-picture"}  # of ``picture``, which reads nothing
    unlisted = []
    for path in [*(PACKAGE / "readers").rglob("*.py"), *(PACKAGE / "parsing").rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id in raised:
                continue
            codes = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            codes += call.args[:1] if call.func.id == "Diagnostic" else []
            texts = {node.value for code in codes for node in ast.walk(code) if isinstance(node, ast.Constant)}
            unlisted += [f"{path.name}:{call.lineno}: {text!r}" for text in texts - CODES.keys() - {"", *own}]
    assert unlisted == []


def test_what_the_command_line_refuses_has_a_chinese_sentence() -> None:
    silent = []
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) not in ("CheckError", "ScanError"):
                continue
            if "zh" not in [keyword.arg for keyword in call.keywords]:
                silent.append(f"{path.name}:{call.lineno}")
    assert silent == []


def test_an_error_speaks_english_where_it_has_no_chinese() -> None:
    error = GipaError("no", code="x", zh="不")
    assert (error.sentence("zh"), error.sentence()) == ("不", "no")
    assert pickle.loads(pickle.dumps(error)).sentence("zh") == "不"
    assert GipaError("no", code="x").sentence("zh") == "no"


def test_a_code_that_there_is_not_is_named() -> None:
    questions: list[Callable[[Diagnostic], str]] = [lambda problem: problem.severity, Diagnostic.message, str]
    for ask in questions:
        with pytest.raises(UnknownIdError, match="no diagnostic has the code 'nope'"):
            ask(Diagnostic(code="nope"))


def test_codes_are_keyed_by_themselves() -> None:
    assert all(key == code.code for key, code in CODES.items())
    assert {code.severity for code in CODES.values()} == set(Severity)


@pytest.mark.parametrize("code", list(CODES))
def test_messages_fill_in_both_languages(code: str) -> None:
    diagnostic = Diagnostic(code=code, expected="EXPECTED", found="FOUND")
    zh, en = diagnostic.message("zh"), diagnostic.message()
    assert "{" not in zh + en
    # A command stands last, and without a full stop, so that it can be copied.
    assert code == "missing-extra" or (zh[-1], en[-1]) == ("。", ".")
    assert ("FOUND" in zh, "EXPECTED" in zh) == ("FOUND" in en, "EXPECTED" in en), "both sentences say as much"
    assert diagnostic.severity is CODES[code].severity


def test_diagnostic_in_words() -> None:
    diagnostic = Diagnostic(
        code="figure-invalid",
        cells=("requests.received.total",),
        location=Location(line=12, column=4, text="若干"),
        found="若干",
    )
    assert str(diagnostic) == "figure-invalid: Not a figure: 若干. (line 12, column 4)"
    assert str(Diagnostic(code="table-absent")) == "table-absent: The document does not have this table."
    assert diagnostics.Diagnostic(code="row-missing").message() == "The row ? is missing."
