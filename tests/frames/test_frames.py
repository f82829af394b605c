"""Data frames: one schema, exact numbers, the same figures in every shape and through every engine."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import sys
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gipa_reports
from gipa_reports import (
    COLUMNS,
    Cell,
    Disclosure,
    MissingExtraError,
    ModelError,
    Proceedings,
    Reading,
    Report,
    Requests,
    WrongTypeError,
    parse,
    parse_batch,
    read,
    results_schema,
    to_arrow,
    to_pandas,
    to_polars,
    unnest,
)
from gipa_reports.frames import code_book
from gipa_reports.frames.arrow import arrow_schema, frame_schema
from gipa_reports.frames.encoding import exact
from gipa_reports.template import FORMS
from gipa_reports.template.captions import cell_caption
from gipa_reports.testing import (
    LayoutOptions,
    flatten,
    generators,
    layout_choices,
    layout_options,
    plain_reports,
    reports,
)
from places import ROOT

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

EXAMPLES = {path.name: read(path) for path in sorted((ROOT / "examples").glob("*_20*"))}

MORE = settings(max_examples=25, deadline=None)


def empty(edition: Any, **tables: Any) -> Report:
    """A report of blank cells, but for the tables given."""
    blank = {
        "disclosure": Disclosure.of(edition, {}, default=Cell.blank()),
        "requests": Requests.of(edition, {}, default=Cell.blank()),
        "proceedings": Proceedings.of(edition, {}, default=Cell.blank()),
    }
    return Report(**(blank | tables))


def records(one: Report | Reading) -> list[tuple[Any, ...]]:
    """What stands in the long form, found out cell by cell, the slow way."""
    report = one if isinstance(one, Report) else one.report
    assert report is not None
    found: list[tuple[Any, ...]] = []
    for figure in report.cells():
        text = figure.text
        codes: tuple[str, ...] | None = None
        if isinstance(one, Reading):
            place = one.locations.get(figure.id)
            text = figure.text if place is None else place.text
            codes = one.codes(figure.id)
        count, amount = None, None
        if figure.value is not None and exact(figure.value) is None:
            codes = (*(codes or ()), "value-out-of-range")
        elif isinstance(figure.value, Decimal):
            amount = figure.value
        else:
            count = figure.value
        text = text.encode("utf-8", "backslashreplace").decode()
        found.append(
            (
                report.agency,
                report.year,
                figure.table,
                figure.edition,
                figure.id,
                figure.state.value,
                count,
                figure.unit,
                text,
                None if codes is None else " ".join(codes),
                amount,
            )
        )
    return found


def rows(table: Any, leave_out: Iterable[str] = ("source",)) -> list[tuple[Any, ...]]:
    return [tuple(value for name, value in row.items() if name not in leave_out) for row in table.to_pylist()]


# --- long ------------------------------------------------------------------------------------------------------------


def test_figures_of_an_example_checked_by_hand() -> None:
    table = to_arrow({"a.md": EXAMPLES["city_bureau_2020.md"]})
    assert table.num_rows == 198
    assert table.schema == frame_schema()
    found = {row["cell"]: row for row in table.to_pylist()}
    assert found["disclosure.licensing.change"] == {
        "source": "a.md",
        "agency": "云湖市城市管理局",
        "year": 2020,
        "table": "disclosure",
        "edition": "2019",
        "cell": "disclosure.licensing.change",
        "state": "value",
        "value": 2,
        "unit": None,
        "text": "+2",
        "codes": "",
        "amount": None,
    }
    amount = found["disclosure.procurement.amount"]
    assert (amount["value"], amount["amount"]) == (None, Decimal("160.5"))
    assert (amount["unit"], amount["text"]) == ("万元", "160.5万元")
    blank = found["disclosure.other_services.decisions"]
    assert (blank["state"], blank["value"], blank["text"]) == ("blank", None, "")


@MORE
@given(reports())
def test_any_report_comes_out_cell_by_cell(report: Report) -> None:
    assert rows(to_arrow(report)) == records(report)


@MORE
@given(plain_reports(), layout_choices(), layout_options(), generators())
def test_any_reading_comes_out_with_its_words_and_flags(
    report: Report, layout: Any, options: LayoutOptions, rng: random.Random
) -> None:
    reading = read(flatten(report, layout, options=options, rng=rng))
    if reading.report is not None:
        assert rows(to_arrow(reading)) == records(reading)


def test_many_are_one_after_the_other() -> None:
    table = to_arrow(EXAMPLES)
    apart = [row for name, reading in EXAMPLES.items() for row in to_arrow({name: reading}).to_pylist()]
    assert table.to_pylist() == apart
    assert to_arrow(list(EXAMPLES.values())).column("source").null_count == table.num_rows


def test_remembered_rows_do_not_change_what_comes_out() -> None:
    """The same row in reports that differ elsewhere, and more rows than are remembered."""
    sources = [
        empty("2021", requests=Requests.of("2021", {"received.total": number}, default=Cell.of(0)))
        for number in range(300)
    ]
    table = to_arrow(sources)
    assert rows(table) == [row for report in sources for row in records(report)]
    assert rows(to_arrow(sources)) == rows(table)


def test_what_no_column_holds_is_null_and_flagged() -> None:
    figures = {"received.total": 2**63, "received.business": -(2**63), "received.other": 2**63 - 1}
    money = Disclosure.of("2021", {"fees.amount": Decimal("0.1234567")})
    report = empty("2021", requests=Requests.of("2021", figures), disclosure=money)
    found = {row["cell"]: row for row in to_arrow(report).to_pylist()}
    for cell, text in (("requests.received.total", str(2**63)), ("disclosure.fees.amount", "0.1234567")):
        assert (found[cell]["value"], found[cell]["amount"], found[cell]["text"]) == (None, None, text)
        assert (found[cell]["state"], found[cell]["codes"]) == ("value", "value-out-of-range")
    assert found["requests.received.business"]["value"] == -(2**63)
    assert found["requests.received.other"]["value"] == 2**63 - 1
    assert found["requests.granted.total"]["codes"] is None  # a report knows no source

    (wide,) = to_arrow(report, shape="wide").to_pylist()
    assert wide["requests.received.total@2021"] is None
    assert wide["requests.received.business@2021"] == -(2**63)
    assert set(wide["flagged"].split()) == {"requests.received.total", "disclosure.fees.amount"}
    assert wide["codes"] == "value-out-of-range"


@given(st.one_of(st.integers(-(10**40), 10**40), st.decimals(allow_nan=False, allow_infinity=False)))
def test_exact_is_exact_or_nothing(value: int | Decimal) -> None:
    number = exact(value)
    if isinstance(value, int):
        assert number == (value if -(2**63) <= value < 2**63 else None)
        return
    if not -50 < value.adjusted() < 50:
        assert number == (None if value else 0)
        return
    millionths = Fraction(value) * 10**6
    assert number == (value if millionths.denominator == 1 and abs(millionths) < 10**28 else None)
    if number is not None:
        assert pa.scalar(number, pa.decimal128(28, 6)).as_py() == value


def test_no_reports_give_no_rows() -> None:
    assert to_arrow([]).schema == frame_schema()
    assert to_arrow([], shape="wide").schema == arrow_schema("wide")


def test_halves_of_characters_are_written_as_escapes() -> None:
    (row, *_) = to_arrow({"a\udcff.txt": empty("2021")}).to_pylist()
    assert row["source"] == "a\\udcff.txt"


def test_wrong_use_is_told() -> None:
    with pytest.raises(ModelError, match="shape is one of") as shape:
        to_arrow([], shape="square")  # type: ignore[arg-type]
    assert shape.value.code == "bad-shape"
    with pytest.raises(WrongTypeError, match="reports takes Report or Reading, not int"):
        to_arrow([1])  # type: ignore[list-item]


# --- wide ------------------------------------------------------------------------------------------------------------


@MORE
@given(st.lists(reports(), max_size=4))
def test_wide_holds_what_long_holds(sources: list[Report]) -> None:
    wide = to_arrow(sources, shape="wide")
    wide.validate(full=True)
    for row, report in zip(wide.to_pylist(), sources, strict=True):
        figures = {f"{figure.id}@{figure.edition}": figure.value for figure in report.cells()}
        for column in COLUMNS["wide"]:
            if column.edition is None:
                continue
            value = figures.get(column.name)
            if row[column.name] != value:
                assert row[column.name] is None
                assert column.name.partition("@")[0] in row["flagged"].split()
        assert (row["disclosure_edition"], row["year"]) == (report.disclosure.edition, report.year)


def test_wide_has_a_column_for_each_cell_and_edition() -> None:
    names = {column.name for column in COLUMNS["wide"] if column.edition is not None}
    expected = {f"{cell_id}@{layout.edition}" for layout in FORMS.values() for cell_id in layout.cell_ids}
    assert names == expected
    assert len(names) == 200 + 198
    (row,) = to_arrow(EXAMPLES["city_bureau_2020.md"], shape="wide").to_pylist()
    assert [name for name, value in row.items() if name.endswith("@2021") and value is not None] == []
    assert row["disclosure.procurement.amount@2019"] == Decimal("160.5")


def test_what_is_not_known_is_not_what_is_plainly_there() -> None:
    path = ROOT / "examples" / "subdistrict_2023.txt"
    reports: dict[str, Report | Reading] = {"read": read(path), "parsed": parse(path), "again": read(path)}
    table = to_arrow(reports)
    codes = {(row["source"], row["codes"]) for row in table.to_pylist()}
    assert codes == {("read", ""), ("parsed", None), ("again", "")}
    assert table.schema.field("codes").nullable
    wide = to_arrow([read(path), parse(path)], shape="wide").to_pylist()
    assert [(row["codes"], row["flagged"]) for row in wide] == [("", ""), (None, None)]


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_a_source_that_was_refused_does_not_drop_out_unseen(shape: Any) -> None:
    good = read(ROOT / "examples" / "subdistrict_2023.txt")
    with pytest.raises(ModelError, match=r"b\.txt has no report \(not-a-report\)") as caught:
        to_arrow({"a.txt": good, "b.txt": read("两斤苹果，一把葱。")}, shape=shape)
    assert caught.value.code == "no-report"
    with pytest.raises(ModelError, match="a reading has no report"):
        to_arrow([good, Reading(None)], shape=shape)


def test_wide_names_what_is_flagged() -> None:
    text = (ROOT / "examples" / "subdistrict_2023.txt").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.lstrip("\t").startswith("8.属于行政查询事项"))
    reading = read(text.replace(line + "\n", ""))
    (row,) = to_arrow(reading, shape="wide").to_pylist()
    assert row["codes"] == "row-missing"
    assert len(row["flagged"].split()) == 7
    assert row["requests.denied.administrative_inquiry.total@2021"] is None


# --- pandas and polars -----------------------------------------------------------------------------------------------


def test_pandas_keeps_numbers_exact() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    report = empty("2021", requests=Requests.of("2021", {"received.total": 2**60 + 1, "carried_in.total": 3}))
    frame = to_pandas([report, EXAMPLES["subdistrict_2023.txt"]])
    assert len(frame) == 400
    value = frame.loc[frame["cell"] == "requests.received.total", "value"].tolist()
    assert value == [2**60 + 1, 47]
    assert str(frame["cell"].dtype) == "category"
    wide = to_pandas([report], shape="wide")
    assert wide["requests.received.total@2021"].tolist() == [2**60 + 1]


def test_polars_is_the_same() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = to_polars(EXAMPLES)
    assert frame.columns == [column.name for column in COLUMNS["cells"]]
    total = frame.filter(polars.col("cell") == "requests.received.total").select("year", "value").rows()
    assert sorted(total) == [(2020, 79), (2023, 47)]
    assert (frame.schema["year"], frame.schema["value"], frame.schema["amount"]) == (
        polars.Int64,
        polars.Int64,
        polars.Decimal(28, 6),
    )


YEARS = [
    Report(
        Disclosure.of("2021", {"fees.amount": amount}),
        Requests.of("2021", {"received.total": received}),
        Proceedings.all_absent("2021"),
        year=year,
    )
    for year, received, amount in ((2021, 40, Decimal("1.50")), (2022, 50, Decimal("2.25")), (2023, None, None))
]
"""One agency's reports of three years; in the last both figures are blank."""


def test_pandas_computes_with_the_columns() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = to_pandas(YEARS)
    assert frame.columns.tolist() == [column.name for column in COLUMNS["cells"]]
    assert [str(frame[name].dtype) for name in ("year", "value", "amount")] == ["Int64", "Int64", "object"]
    received = frame[frame["cell"] == "requests.received.total"].set_index("year")["value"]
    assert received.diff().tolist() == [pandas.NA, 10, pandas.NA]
    assert received.cumsum().tolist() == [40, 90, pandas.NA]
    assert received.pct_change().tolist() == [pandas.NA, 0.25, pandas.NA]
    assert received.describe()[["count", "mean", "max"]].tolist() == [2, 45, 50]
    fees = frame[frame["cell"] == "disclosure.fees.amount"]["amount"]
    assert fees.tolist() == [Decimal("1.5"), Decimal("2.25"), pandas.NA]
    assert [fees.sum(), fees.mean(), fees.max()] == [Decimal("3.75"), 1.875, Decimal("2.25")]
    assert fees.diff().iloc[1] == Decimal("0.75")
    assert fees.dropna().cumsum().tolist() == [Decimal("1.5"), Decimal("3.75")]
    assert fees.pct_change(fill_method=None).iloc[1] == Decimal("0.5")
    assert fees.astype("Float64").cumsum().tolist() == [1.5, 3.75, pandas.NA]
    assert frame.describe()["value"]["count"] == 2
    wide = to_pandas(YEARS, shape="wide")
    assert wide["requests.received.total@2021"].pct_change().tolist() == [pandas.NA, 0.25, pandas.NA]
    assert str(wide["disclosure.fees.amount@2021"].dtype) == "object"


def test_polars_and_arrow_compute_with_the_columns() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = to_polars(YEARS)
    received = frame.filter(polars.col("cell") == "requests.received.total")["value"]
    fees = frame.filter(polars.col("cell") == "disclosure.fees.amount")["amount"]
    assert received.diff().to_list() == [None, 10, None]
    assert received.cum_sum().to_list() == [40, 90, None]
    assert received.pct_change().to_list()[1] == 0.25
    assert fees.diff().to_list() == [None, Decimal("0.75"), None]
    assert fees.cum_sum().to_list() == [Decimal("1.5"), Decimal("3.75"), None]
    assert fees.pct_change().to_list()[1] == 0.5
    assert frame.describe().height > 0
    table = to_arrow(YEARS)
    chosen = table.filter(pa.compute.equal(table["cell"], "requests.received.total"))["value"].combine_chunks()
    assert pa.compute.pairwise_diff(chosen).to_pylist() == [None, 10, None]
    assert pa.compute.cumulative_sum(chosen, skip_nulls=True).to_pylist() == [40, 90, None]
    money = table.filter(pa.compute.equal(table["cell"], "disclosure.fees.amount"))["amount"].combine_chunks()
    assert pa.compute.pairwise_diff(money).to_pylist() == [None, Decimal("0.75"), None]
    assert pa.compute.sum(money).as_py() == Decimal("3.75")


def test_no_column_has_the_name_of_something_that_a_frame_has() -> None:
    """``frame.flags`` would be pandas's own, and ``frame[frame.flags == ""]`` silently empty."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    assert [
        column.name for columns in COLUMNS.values() for column in columns if hasattr(pandas.DataFrame, column.name)
    ] == []
    frame = to_pandas(EXAMPLES["subdistrict_2023.txt"])
    assert len(frame[frame.codes == ""]) == 200
    assert to_pandas(YEARS[:1])["codes"].isna().all()


@pytest.mark.parametrize(
    ("call", "package", "extra"),
    [(to_arrow, "pyarrow", "arrow"), (to_pandas, "pandas", "pandas"), (to_polars, "polars", "polars")],
)
def test_an_extra_that_is_missing_is_named(
    call: Any, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"gipa-reports\[{extra}\]") as caught:
        call([])
    assert caught.value.found == package
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=rf"gipa-reports\[{extra}\]"):  # it brings both
        call([])


# --- the seam --------------------------------------------------------------------------------------------------------


def batch(*sources: tuple[str | None, Any]) -> Any:
    kind = pa.string() if any(isinstance(content, str) for _, content in sources) else pa.binary()
    names, contents = zip(*sources, strict=True) if sources else ((), ())
    return pa.record_batch({"source": pa.array(names, pa.string()), "content": pa.array(contents, kind)})


SOURCES = [(path.name, path.read_bytes()) for path in sorted((ROOT / "examples").glob("*_20*"))]


def test_parse_batch_gives_a_row_for_each_source() -> None:
    results = parse_batch(batch(*SOURCES, ("junk", b"\x00\x01\x02"), (None, b""), ("nothing", None)))
    results.validate(full=True)
    assert results.schema == results_schema()
    found = results.to_pylist()
    assert [row["source"] for row in found] == [*EXAMPLES, "junk", None, "nothing"]
    assert [len(row["cells"]) for row in found] == [198, 200, 0, 0, 0]
    assert [row["report"] is None for row in found] == [False, False, True, True, True]
    assert [problem["code"] for row in found[2:] for problem in row["problems"]] == [
        "binary",
        "empty-source",
        "no-content",
    ]
    assert found[1]["sha256"] == hashlib.sha256(SOURCES[1][1]).hexdigest()


def test_parse_batch_reads_what_read_reads() -> None:
    tables = unnest(parse_batch(batch(*SOURCES)))
    expected = [record for reading in EXAMPLES.values() for record in records(reading)]
    assert rows(tables.cells) == expected
    assert tables.cells.schema == arrow_schema("cells")
    for row, reading in zip(tables.reports.to_pylist(), EXAMPLES.values(), strict=True):
        report = reading.report
        assert report is not None
        assert row["prose_overview"] == "\n".join(report.sections.overview.paragraphs)  # type: ignore[union-attr]
        assert (row["agency"], row["title"], row["requests_edition"]) == (
            report.agency,
            report.title,
            report.requests.edition,
        )
        assert row["format"] == reading.format


def test_texts_and_bytes_read_alike() -> None:
    texts = [(name, content.decode()) for name, content in SOURCES]
    assert parse_batch(batch(*texts)).equals(parse_batch(batch(*SOURCES)))


def test_an_empty_batch_has_the_schema() -> None:
    results = parse_batch(batch())
    assert (results.num_rows, results.schema) == (0, results_schema())
    assert unnest(results).cells.schema == arrow_schema("cells")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=200), plain_reports().map(lambda r: flatten(r, 1).encode())), max_size=4))
def test_batches_are_cut_as_one_likes(contents: list[bytes]) -> None:
    whole = parse_batch(batch(*(("s", content) for content in contents)))
    pieces = [parse_batch(batch(("s", content))) for content in contents]
    assert pa.Table.from_batches([whole]).equals(pa.Table.from_batches(pieces, results_schema()))


def test_problems_have_their_place_and_words() -> None:
    text = SOURCES[1][1].decode().replace("1.属于国家秘密\t0", "1.属于国家秘密\t零个")
    (problem,) = unnest(parse_batch(batch(("x", text)))).problems.to_pylist()
    assert (problem["kind"], problem["code"], problem["severity"]) == ("diagnostic", "figure-invalid", "warning")
    assert problem["cells"] == "requests.denied.state_secret.natural_person"
    assert problem["text"] == "零个"
    assert text.splitlines()[problem["line"] - 1][problem["column"] - 1 :].startswith("零个")
    assert problem["message_en"] == "Not a figure: 零个."


@pytest.mark.parametrize(
    "columns", [{"source": ["a"]}, {"source": ["a"], "content": [1]}, {"source": [1], "content": ["a"]}]
)
def test_a_batch_of_another_shape_is_refused(columns: dict[str, list[Any]]) -> None:
    with pytest.raises(ModelError) as caught:
        parse_batch(pa.record_batch(columns))
    assert caught.value.code == "bad-batch"


def test_a_bug_in_a_reader_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("gipa_reports.parsing.reading.read", broken)
    (problem,) = unnest(parse_batch(batch(("x", b"y")))).problems.to_pylist()
    assert (problem["kind"], problem["code"], problem["source"]) == ("refusal", "internal-error", "x")
    assert problem["found"].startswith("ZeroDivisionError: a bug (")


@pytest.mark.parametrize("step", ["_report_row", "Cells.add"])
def test_a_bug_behind_the_readers_stops_nothing_either(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    good = SOURCES[1][1]

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(f"gipa_reports.frames.batch.{step}", broken)
        tables = unnest(parse_batch(batch(("x", good), ("y", b""))))
    assert [problem["code"] for problem in tables.problems.to_pylist()] == ["internal-error", "empty-source"]
    assert (tables.reports.num_rows, tables.cells.num_rows) == (0, 0)


# --- the schema ------------------------------------------------------------------------------------------------------


def test_every_column_is_documented() -> None:
    for table, columns in COLUMNS.items():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names), table
        for column in columns:
            assert column.zh.strip()
            assert column.en.strip()
            assert column.table == table


def test_the_arrow_schemas_come_from_the_columns() -> None:
    for table, columns in COLUMNS.items():
        schema = arrow_schema(table)
        assert schema.names == [column.name for column in columns]
        assert [str(kind) for kind in schema.types] == [
            {"date32": "date32[day]"}.get(column.type, column.type) for column in columns
        ]
        assert [field.nullable for field in schema] == [column.nullable for column in columns]


def test_figures_have_the_labels_and_units_of_the_form() -> None:
    named = {column.name: column for column in COLUMNS["wide"]}
    for layout in FORMS.values():
        for row in layout.rows:
            for column in layout.columns_of[row.id]:
                found = named[f"{layout.table}.{row.id}.{column.id}@{layout.edition}"]
                assert (found.unit, found.edition) == (column.unit, layout.edition)
                assert found.zh == cell_caption(layout, row, column)
                assert found.kind == ("decimal" if column.kind == "amount" else "int64")


def test_the_code_book_is_printed() -> None:
    from click.testing import CliRunner

    from gipa_reports.cli import cli

    done = CliRunner().invoke(cli, ["schema", "--columns"])
    assert done.exit_code == 0
    header, *lines = csv.reader(io.StringIO(done.stdout))
    assert header == ["table", "column", "type", "label_zh", "label_en", "unit", "edition", "nullable"]
    assert [tuple(line) for line in lines] == list(code_book())
    assert CliRunner().invoke(cli, ["schema", "--columns", "--cells"]).exit_code == 2


def test_the_documentation_lists_the_columns() -> None:
    page = (ROOT / "docs" / "data.md").read_text("utf-8")
    for table in ("cells", "reports", "problems"):
        lines = [f"| `{column.name}` | {column.type} | {column.zh} | {column.en} |" for column in COLUMNS[table]]
        assert "\n".join(lines) in page, table
    for column in COLUMNS["wide"]:
        if column.edition is None:
            assert f"| `{column.name}` | {column.type} | {column.zh} | {column.en} |" in page


def test_parse_gives_what_the_frames_hold() -> None:
    report = parse(ROOT / "examples" / "subdistrict_2023.txt")
    assert to_arrow(report).filter(pa.compute.field("state") == "value").num_rows == sum(
        figure.value is not None for figure in report.cells()
    )
    assert gipa_reports.to_arrow is to_arrow
