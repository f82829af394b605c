"""What a user writes: mypy strict and pyright both take it, and agree on the types that are asserted here.

It is checked, never run (``test_typing`` does it); ``mypy tests`` checks it too.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, assert_type

from attrs import evolve

from gipa_reports import (
    Aggregate,
    AnyDisclosure,
    AnyRequests,
    Cell,
    DeniedRows,
    Disclosure,
    Disclosure2019,
    Disclosure2021,
    Edition,
    Figure,
    FormatName,
    OtherRows2021,
    Proceedings,
    Reading,
    Report,
    RequestRow,
    Requests,
    Requests2019,
    Requests2021,
    SectionId,
    Source,
    Subtotal,
    TableId,
    check,
    parse,
    read,
    read_folder,
    render,
)


def counts_are_integers(report: Report) -> None:
    received: int = report.requests.received.total.value or 0
    assert_type(report.requests.denied, DeniedRows)
    assert_type(report.requests.denied.third_party_rights.total.value, int | None)
    assert_type(report.proceedings.reconsideration.upheld.value, int | None)
    assert_type([cell.value for cell in report.requests.processed_total], list[int | None])
    print(received, sum(cell.value or 0 for cell in report.requests.granted))


def both_editions_have_it(report: Report) -> None:
    assert_type(report.disclosure.licensing.decisions.value, int | None)
    assert_type(report.disclosure.edition, Literal["2019", "2021"])
    assert_type(report.tables, tuple[Disclosure2019 | Disclosure2021, Requests2019 | Requests2021, Proceedings])


def the_edition_tells(report: Report) -> Decimal | None:
    if report.disclosure.edition == "2021":
        assert_type(report.disclosure, Disclosure2021)
        issued: int = report.disclosure.regulations.issued.value or 0
        print(issued)
        return report.disclosure.fees.amount.value
    assert_type(report.disclosure, Disclosure2019)
    assert_type(report.disclosure.regulations.produced.value, int | None)
    assert_type(report.disclosure.fees.change.value, int | None)
    return report.disclosure.procurement.amount.value


def so_does_the_class(disclosure: AnyDisclosure, requests: AnyRequests) -> None:
    if isinstance(disclosure, Disclosure2021):
        assert_type(disclosure.fees.amount.value, Decimal | None)
    match disclosure:
        case Disclosure2019():
            assert_type(disclosure.procurement.items.value, int | None)
        case Disclosure2021():
            assert_type(disclosure.fees.amount, Cell[Decimal])
    if requests.edition == "2019":
        assert_type(requests.other, RequestRow)
        assert_type(requests.other.total.value, int | None)
    else:
        assert_type(requests.other, OtherRows2021)
        assert_type(requests.other.fee_overdue.total.value, int | None)


def what_is_built_has_the_class_of_its_edition(report: Report, edition: Edition) -> Report:
    assert_type(Disclosure.of("2021", {"fees.amount": 2}), Disclosure2021)
    assert_type(Disclosure.of("2019", {"fees.change": -1}), Disclosure2019)
    assert_type(Requests.of("2021", {"received.total": None}), Requests2021)
    assert_type(Disclosure.of(edition, {}), Disclosure2019 | Disclosure2021)
    assert_type(Requests.all_absent(edition), Requests2019 | Requests2021)
    assert_type(Disclosure2021(report.disclosure.rows), Disclosure2021)
    changed = evolve(report, requests=Requests.from_rows(edition, report.requests.rows))
    return evolve(changed, disclosure=Disclosure.of("2021", {}))


def cells(report: Report) -> None:
    assert_type(Cell.of(3), Cell[int])
    assert_type(Cell.of(Decimal("1.5"), "万元"), Cell[Decimal])
    count: Cell[int] = Cell.blank()
    money: Cell[Decimal] = Cell.invalid("见附件")
    either: Cell = report["disclosure.fees.amount"]
    row: tuple[Cell, ...] = (count, money, either, Cell.absent(), Cell.not_applicable("/"))
    assert_type([cell.value for cell in row], list[int | Decimal | None])


def ids(report: Report, figure: Figure, table: TableId, section: SectionId) -> None:
    assert_type(report.table("requests"), Requests2019 | Requests2021)
    assert_type(report.table("proceedings"), Proceedings)
    assert_type(report.table(figure.table), Disclosure2019 | Disclosure2021 | Requests2019 | Requests2021 | Proceedings)
    assert_type(figure.edition, Literal["2019", "2021"])
    print(report.table(table).edition, report.sections.get(section), report.sections.get("problems"))
    print("requests.received.total" in report)


def files(source: Source, format: FormatName) -> Reading:
    report = parse(source, format="pdf")
    assert_type(render(report, "html"), str)
    assert_type(render(report, "docx"), bytes)
    assert_type(render(report, format), str | bytes)
    return read(source, format=format)


def the_first_day(reading: Reading, source: Source) -> None:
    report = reading.raise_for_error()
    assert_type(report, Report)
    assert_type(parse(source, strict=True), Report)
    assert_type(report.requests.received["total"], Cell[int])
    assert_type(dict(report.requests.received), dict[str, Cell[int]])
    assert_type(report.requests.denied.items(), tuple[tuple[str, Cell[int]], ...])
    assert_type(report.requests.denied.subtotal("total", reading).value, int | None)
    assert_type(report.requests.other.subtotal("total"), Subtotal)
    assert_type(report.requests.received.label("en"), str)
    assert_type([section.text for section in report.sections], list[str])
    assert_type(Report.of("2021", {"requests.received.total": 3}, year=2024).replace({"x": None}), Report)
    result = check(reading, rules=[])
    assert_type(report.apply(result.findings[0].suggestion), Report)
    assert_type(report.apply(result.findings[0].edits[0]), Report)
    assert_type(result.to_text("zh"), str)
    for name, one in read_folder("folder"):
        assert_type(name, str)
        assert_type(one, Reading)


def an_aggregate_knows_codes_too(report: Report, added: Aggregate) -> None:
    print(report.requests.denied.subtotal("total", added), report.requests.to_frame("en", reading=added))
