"""Recipes do what they say: the questions in docs/questions.md, and the other engines in docs/recipes.md.

SQL, pandas and polars give the answers that plain Python gives; Dask, polars and DuckDB read what ``read`` reads.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from documents import QUESTIONS, fenced, section
from gipa_reports import Cell, Report, Requests, read, render, scan, to_arrow
from gipa_reports.testing.corpus import sample, samples
from places import ROOT

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pandas", reason="pandas is not installed")
pytest.importorskip("polars", reason="polars is not installed")

BLOCKS = fenced(QUESTIONS)
RECIPES = (ROOT / "docs" / "recipes.md").read_text("utf-8")
ENGINES = ("sql", "pandas", "polars")
Row = tuple[Any, ...]


def with_requests(report: Report, changes: dict[str, Cell]) -> Report:
    """``report`` with some cells of 三 changed."""
    layout = report.requests.form
    rows = tuple(
        tuple(
            changes.get(f"{row.id}.{column.id}", cell)
            for column, cell in zip(layout.columns_of[row.id], cells, strict=True)
        )
        for row, cells in zip(layout.rows, report.requests.rows, strict=True)
    )
    return evolve(report, requests=Requests.from_rows(report.requests.edition, rows))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports that add up, some that don't, blanks, flags, copies, no year and no agency; scanned."""
    folder = tmp_path_factory.mktemp("recipes")
    inputs = folder / "in"
    inputs.mkdir()
    for one in samples(40):
        (inputs / one.name).write_bytes(one.content)
        if one.number % 10 == 3:
            (inputs / f"copy-{one.name}").write_bytes(one.content)
    changes: dict[str, dict[str, Cell]] = {
        "wrong": {"received.total": Cell.of(123_456)},
        "wrong-twice": {"received.total": Cell.of(7), "carried_out.business": Cell.of(99_999)},
        "undecided": {"received.total": Cell.of(123_456), "carried_in.other": Cell.blank()},
        "blank": {"granted.total": Cell.blank(), "denied.state_secret.total": Cell.not_applicable("/")},
        "flagged": {"processed_total.total": Cell.invalid("约3"), "denied.state_secret.total": Cell.invalid("？")},
        "long": {"denied.enforcement_files.total": Cell.of(10**30), "received.total": Cell.of(10**12)},
    }
    for number, (name, cells) in enumerate(changes.items(), start=100):
        report = with_requests(sample(number).truth, cells)
        (inputs / f"{name}.html").write_text(str(render(report, "html")), "utf-8")
    nameless = evolve(with_requests(sample(110).truth, changes["wrong"]), agency=None, year=None, title=None)
    (inputs / "nameless.html").write_text(str(render(nameless, "html")), "utf-8")
    only_blank = evolve(with_requests(sample(111).truth, changes["blank"]), year=2018, title=None)
    (inputs / "only-blank.html").write_text(str(render(only_blank, "html")).replace("2021", "2018"), "utf-8")
    example = (ROOT / "examples" / "subdistrict_2023.txt").read_text("utf-8")
    split = example.replace(
        "一、本年新收政府信息公开申请数量\t\t\t38\t6", "一、本年新收政府信息公开申请数量\t\t\t3 8\t7"
    )
    (inputs / "split.txt").write_text(split, "utf-8")
    scan(inputs, folder / "data", workers=1)
    return folder


# --- three questions to a data set -----------------------------------------------------------------------------------


def answers(engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[Row]]:
    """What an engine answers to the three questions."""
    monkeypatch.chdir(folder)
    blocks = [text for _, text in BLOCKS[ENGINES.index(engine) :: 3]]
    if engine == "sql":
        with duckdb.connect() as connection:
            connection.execute(blocks[0])
            tables = [connection.execute(text).fetchall() for text in blocks[1:]]
        return [[tuple(map(plain, row)) for row in rows] for rows in tables]
    found = []
    names: dict[str, Any] = {}
    exec(blocks[0], names)  # noqa: S102 - the document under test
    for text in blocks[1:]:
        exec(text, names)  # noqa: S102
        answer = names["answer"]
        rows = answer.rows() if engine == "polars" else answer.itertuples(index=False, name=None)
        found.append([tuple(map(plain, row)) for row in rows])
    return found


def plain(value: Any) -> Any:
    """A value as Python has it: of numpy, or one of the many ways to say that there is none."""
    if type(value).__name__ == "NAType":
        return None
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value


def figures(folder: Path) -> Iterator[tuple[str, Report, dict[str, int | None]]]:
    """Source, report, and the figures of 三 that are plainly there; each content once, read without any table."""
    seen = set()
    for path in sorted((folder / "in").iterdir()):
        content = path.read_bytes()
        if content not in seen:
            seen.add(content)
            reading = read(content)
            assert reading.report is not None
            flagged = {cell_id for problem in reading.diagnostics for cell_id in problem.cells}
            values: dict[str, int | None] = {}
            for figure in reading.report.requests.cells():
                value = figure.value
                assert not isinstance(value, Decimal)
                is_plain = value is not None and figure.id not in flagged and value < 10**12
                values[figure.id] = value if is_plain else None
            yield str(path), reading.report, values


def by_hand(folder: Path) -> list[list[Row]]:
    """The three answers in plain Python."""
    rates: dict[Any, list[list[int | None]]] = defaultdict(list)
    reasons: dict[str, list[int | None]] = defaultdict(list)
    wrong: list[Row] = []
    for source, report, values in figures(folder):
        total = ("granted", "partially_granted", "processed_total")
        rates[report.year].append([values[f"requests.{row}.total"] for row in total])
        for cell_id, value in values.items():
            if cell_id.startswith("requests.denied.") and cell_id.endswith(".total"):
                reasons[cell_id.split(".")[2]].append(value)
        balances = []
        for column in ("natural_person", "business", "research", "public_interest", "legal_service", "other", "total"):
            rows = ("received", "carried_in", "processed_total", "carried_out")
            terms = [values[f"requests.{row}.{column}"] for row in rows]
            known = [term for term in terms if term is not None]
            balances.append(None if None in terms else known[0] + known[1] == known[2] + known[3])
        if False in balances:
            wrong.append((report.agency, report.year, source, balances.count(False), balances.count(None)))
    return [
        [(year, *rate(found)) for year, found in sorted(rates.items(), key=lambda item: (item[0] is None, item[0]))],
        sorted(
            (
                (reason, len(found), len(found) - found.count(None), sum(value or 0 for value in found))
                for reason, found in reasons.items()
            ),
            key=lambda row: (-row[3], row[0]),
        ),
        wrong,
    ]


def rate(found: list[list[int | None]]) -> Row:
    counted = [[value or 0 for value in values] for values in found if None not in values]
    granted, in_part, processed = (sum(values[at] for values in counted) for at in range(3))
    return len(found), len(counted), (granted + in_part) / processed if processed else None


def test_there_are_three_engines_for_each_question() -> None:
    assert [language for language, _ in BLOCKS] == ["sql", "python", "python"] * 4


def test_the_data_have_what_makes_the_questions_hard(folder: Path) -> None:
    rates, reasons, wrong = by_hand(folder)
    assert [name.rpartition("/")[2] for _, _, name, *_ in wrong] == [
        "nameless.html",
        "split.txt",
        "undecided.html",
        "wrong-twice.html",
        "wrong.html",
    ]
    assert [row[3:] for row in wrong] == [(1, 0), (1, 1), (1, 1), (2, 0), (1, 0)]
    assert rates[-1][0] is None
    assert (2018, 1, 0, None) in rates
    assert sum(row[1] for row in rates) == 49
    assert sum(row[2] for row in rates) < 47
    assert {row[2] for row in reasons} == {49, 48, 46}
    assert len(list((folder / "in").iterdir())) == 53


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_answers_what_plain_python_answers(
    engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = by_hand(folder)
    found = answers(engine, folder, monkeypatch)
    assert found[0] == expected[0]
    assert found[1] == expected[1]
    assert found[2] == expected[2]


def test_plain_figures_are_the_truth(folder: Path) -> None:
    """What the answers are made of is what the reports were made from."""
    checked = 0
    for source, _, values in figures(folder):
        name = Path(source).name
        if name.startswith("report-"):
            truth = sample(int(Path(name).stem.removeprefix("report-"))).truth
            for cell_id, value in values.items():
                assert value is None or value == truth[cell_id].value
                checked += value is not None
    assert checked > 6000


# --- reading inside of other engines ---------------------------------------------------------------------------------


def run(engine: str, names: dict[str, Any]) -> Any:
    """What ``cells`` is after the block of an engine, begun with ``names``."""
    ((language, code),) = fenced(section(RECIPES, engine))
    assert language == "python"
    exec(code, names)  # noqa: S102 - the document under test
    return names["cells"]


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Path → content of reports, one in a subfolder, and of something else; the working folder is above them."""
    found = {f"reports/{one.name}": one.content for one in samples(6)}
    found |= {"reports/more/7.txt": sample(7).content, "reports/none.txt": "没有表".encode()}
    for path, content in found.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return found


def rows_read(sources: dict[str, bytes]) -> list[Row]:
    """Source, year, cell, value and codes of all cells, without any engine."""
    readings = {path: read(content) for path, content in sources.items()}
    table = to_arrow({path: reading for path, reading in readings.items() if reading.report is not None})
    return sorted(tuple(row.values()) for row in table.select(COLUMNS).to_pylist())


COLUMNS = ["source", "year", "cell", "value", "codes"]


def test_dask_reads_what_read_reads(sources: dict[str, bytes]) -> None:
    dataframe = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    pandas = pytest.importorskip("pandas")
    data = pandas.DataFrame({"source": list(sources), "content": list(sources.values())})
    cells = run("Dask", {"frame": dataframe.from_pandas(data, npartitions=3)}).compute(scheduler="synchronous")
    found = [tuple(map(plain, row)) for row in cells[COLUMNS].itertuples(index=False, name=None)]
    assert sorted(found) == rows_read(sources)


def test_polars_reads_what_read_reads(sources: dict[str, bytes]) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"source": list(sources), "content": list(sources.values())})
    assert sorted(run("polars", {"frame": frame}).select(COLUMNS).collect().rows()) == rows_read(sources)
    assert run("polars", {"frame": frame.clear()}).collect().height == 0


def test_duckdb_reads_what_read_reads(sources: dict[str, bytes]) -> None:
    try:
        cells = run("DuckDB", {})
        assert sorted(cells.select(*COLUMNS).fetchall()) == rows_read(sources)
    finally:
        duckdb.default_connection().execute("DROP TABLE IF EXISTS results")
