"""What reading costs on documents never met before, as ratios that mean something on any machine.

    python benchmarks/bench_stream.py [--documents N] [--only WORD]

Documents are made outside of the timed part, read once each, and compared with the truth after it; what earlier
documents left in memory stays there. Timed are ``read`` and the value of every cell of the tables. For texts the ratio
is to L, a bare pass over the same bytes (decode, split into lines, split these at tabs, pipes or else blanks, ``int``
of what is all digits); for pages to H, a parse by selectolax that touches every ``td``. Each line has the median of the
documents' ratios, with the quartiles, and how many figures came out wrong (flagged or not).

The last line is of the rules: ``check`` with all rules A, C and N over such a report, told in official words beside
paragraphs of real length, as a multiple of its ``read`` from text. Its last column counts findings on these reports,
all of which agree with themselves.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable, Iterator
from statistics import quantiles
from time import thread_time_ns

from attrs import evolve
from check_quality import consistent
from harness import distinct

import gipa_reports
from gipa_reports.report import Report, Section, Sections, State
from gipa_reports.testing import LAYOUTS, LayoutOptions, flatten
from gipa_reports.testing.corpus import truth_of

WARM = 40
"""Documents read before the clock starts."""

WORDS = "公开政务信息机关群众网站平台制度培训审查回应办理流程目录清单规范服务窗口工作落实推进完善加强持续"


def bare_pass(data: bytes) -> int:
    """L: the least that anything must do that reads figures from these bytes."""
    total = 0
    for line in data.decode("utf-8").splitlines():
        for cell in line.split("\t" if "\t" in line else "|" if "|" in line else None):
            text = cell.strip()
            if text.isdecimal():
                total += int(text)
    return total


def bare_parse(data: bytes) -> int:
    """H: a parse of the page that touches every cell."""
    from selectolax.lexbor import LexborHTMLParser

    return sum(len(cell.text()) for cell in LexborHTMLParser(data).css("td"))


def prose(rng: random.Random, length: int) -> str:
    """A paragraph that no document had before."""
    return "".join(rng.choices(WORDS, k=length - 1)) + "。"


def with_prose(report: Report, rng: random.Random) -> Report:
    """``report`` with nine paragraphs of 200 characters."""
    parts = [Section(tuple(prose(rng, 200) for _ in range(count))) for count in (4, 1, 1, 1, 1, 1)]
    return Report(
        report.disclosure,
        report.requests,
        report.proceedings,
        Sections(*parts),
        report.title,
        report.agency,
        report.year,
    )


def stray_blanks(text: str, rng: random.Random) -> str:
    """A text in which labels have a blank somewhere."""
    lines = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1:
            cells = [
                cell[: (cut := rng.randint(1, len(cell) - 1))] + " " + cell[cut:]
                if len(cell) > 3 and not cell.isdigit() and not cell[:3].isdigit()
                else cell
                for cell in cells
            ]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def word_like(page: str, rng: random.Random) -> str:
    """A page as Word saves it: an own style in every cell, a style sheet, hidden parts."""
    out = []
    for piece in page.split("<td"):
        width = f"{rng.uniform(20, 90):.2f}pt"
        out.append(f'<td width="{rng.randint(20, 99)}" style="width:{width};border:solid windowtext 1.0pt;padding:0cm"')
        out.append(piece)
    sheet = "<style>p.MsoNormal{margin:0cm;font-size:10.5pt} .hid{display:none} td p span{font-family:宋体}</style>"
    body = out[1] + "".join(out[2:])
    return body.replace("</head>", sheet + "</head>", 1).replace("</h1>", '</h1><p class="hid">隐藏</p>', 1)


Make = Callable[[int, random.Random], tuple[bytes, Report]]


def strata() -> Iterator[tuple[str, Make, Callable[[bytes], int]]]:
    """Name, maker and yardstick of each stratum."""

    def text(layout: int, *, blanks: bool = False, long: bool = False, large: bool = False) -> Make:
        def make(number: int, rng: random.Random) -> tuple[bytes, Report]:
            truth = truth_of(number, 31)
            if large:
                truth = distinct(truth, rng)
            if long:
                truth = with_prose(truth, rng)
            if layout not in (1, 2, 8, 16):
                truth = without_blanks(truth)
            written = flatten(truth, layout, options=LayoutOptions(), rng=rng)
            return (stray_blanks(written, rng) if blanks else written).encode(), truth

        return make

    def page(dress: Callable[[str, random.Random], str] | None) -> Make:
        def make(number: int, rng: random.Random) -> tuple[bytes, Report]:
            truth = truth_of(number, 31)
            rendered = gipa_reports.render(truth, "html")
            assert isinstance(rendered, str)
            return (dress(rendered, rng) if dress else rendered).encode(), truth

        return make

    yield "short prose", text(1), bare_pass
    yield "labels with stray blanks", text(1, blanks=True), bare_pass
    yield "nine paragraphs of 200", text(1, long=True), bare_pass
    yield "stray blanks and prose", text(1, blanks=True, long=True), bare_pass
    yield "figures fresh and large", text(1, large=True), bare_pass
    for layout in LAYOUTS:
        yield f"layout {layout}", text(layout), bare_pass
    yield "plain pages", page(None), bare_parse
    yield "Word-like pages", page(word_like), bare_parse


def without_blanks(report: Report) -> Report:
    """``report`` with 0 in its blank cells."""
    from decimal import Decimal

    from gipa_reports.report import Cell, Disclosure

    rows = tuple(
        tuple(
            cell if cell.state is State.VALUE else Cell.of(Decimal(0) if column.kind == "amount" else 0)
            for cell, column in zip(cells, report.disclosure.form.columns_of[row.id], strict=True)
        )
        for row, cells in zip(report.disclosure.form.rows, report.disclosure.rows, strict=True)
    )
    return Report(
        Disclosure.from_rows(report.disclosure.edition, rows),
        report.requests,
        report.proceedings,
        report.sections,
        report.title,
        report.agency,
        report.year,
    )


def reading_of(data: bytes) -> tuple[gipa_reports.Reading, int]:
    """What is timed."""
    reading = gipa_reports.read(data)
    total = 0
    if reading.report is not None:
        for table in reading.report.tables:
            for row in table.rows:
                for cell in row:
                    if cell.value is not None:
                        total += 1
    return reading, total


def wrong(reading: gipa_reports.Reading, truth: Report) -> int:
    """How many cells are not as in the truth."""
    if reading.report is None:
        return 200
    found = {cell.id: (cell.state, cell.value) for cell in reading.report.cells()}
    return sum(found.get(cell.id) != (cell.state, cell.value) for cell in truth.cells())


def measure(
    make: Make, bare: Callable[[bytes], int], count: int, first: int
) -> tuple[list[float], list[int], int, int]:
    """Ratios, nanoseconds of the yardstick, wrong cells and documents with one."""
    documents = [make(number, random.Random(f"{first}:{number}")) for number in range(first, first + count + WARM)]
    for data, _ in documents[:WARM]:
        reading_of(data)
        bare(data)
    ratios: list[float] = []
    bases: list[int] = []
    readings = []
    gc.collect()
    gc.disable()
    try:
        for data, _ in documents[WARM:]:
            start = thread_time_ns()
            bare(data)
            middle = thread_time_ns()
            reading, _ = reading_of(data)
            end = thread_time_ns()
            ratios.append((end - middle) / (middle - start))
            bases.append(middle - start)
            readings.append(reading)
    finally:
        gc.enable()
    errors = [wrong(reading, truth) for reading, (_, truth) in zip(readings, documents[WARM:], strict=True)]
    return ratios, bases, sum(errors), sum(map(bool, errors))


def told_officially(number: int) -> bytes:
    """A report whose prose of some 1,500 characters states its figures, as text."""
    rng = random.Random(f"rules:{number}")
    report = consistent(rng).report
    overview = report.sections.overview
    assert overview is not None
    told = [part for paragraph in overview.paragraphs for part in (paragraph, prose(rng, 90))]
    sections = evolve(report.sections, overview=Section(tuple(told)))
    return flatten(evolve(report, sections=sections), 1, options=LayoutOptions(), rng=rng).encode()


def measure_rules(count: int) -> tuple[list[float], list[int], int]:
    """Ratios of checking to reading, nanoseconds of reading, and findings."""
    documents = [told_officially(number) for number in range(count + WARM)]
    for data in documents[:WARM]:
        gipa_reports.check(gipa_reports.read(data), select=("A", "C", "N"))
    ratios: list[float] = []
    bases: list[int] = []
    findings = 0
    gc.collect()
    gc.disable()
    try:
        for data in documents[WARM:]:
            start = thread_time_ns()
            reading = gipa_reports.read(data)
            middle = thread_time_ns()
            result = gipa_reports.check(reading, select=("A", "C", "N"))
            end = thread_time_ns()
            ratios.append((end - middle) / (middle - start))
            bases.append(middle - start)
            findings += len(result.findings)
    finally:
        gc.enable()
    return ratios, bases, findings


def main() -> None:
    """A line for each stratum."""
    parser = argparse.ArgumentParser(description="Cost of reading documents never met before, by stratum.")
    parser.add_argument("--documents", type=int, default=150, help="documents of each stratum (default: 150)")
    parser.add_argument("--only", default="", help="only strata with this word in their names")
    arguments = parser.parse_args()
    print(f"{'stratum':<28} {'base µs':>8}  {'ratio':>6} {'25 %':>6} {'75 %':>6}  wrong cells (documents)")
    first = 0
    for name, make, bare in strata():
        first += arguments.documents + WARM
        if arguments.only not in name:
            continue
        ratios, bases, cells, documents = measure(make, bare, arguments.documents, first)
        low, middle, high = quantiles(ratios, n=4)
        base = quantiles(bases, n=4)[1] / 1000
        print(f"{name:<28} {base:8.1f}  {middle:6.2f} {low:6.2f} {high:6.2f}  {cells} ({documents})")
    if arguments.only in "rules A, C, N":
        ratios, bases, findings = measure_rules(arguments.documents)
        low, middle, high = quantiles(ratios, n=4)
        base = quantiles(bases, n=4)[1] / 1000
        print(f"{'rules A, C, N':<28} {base:8.1f}  {middle:6.2f} {low:6.2f} {high:6.2f}  {findings} findings")


if __name__ == "__main__":
    main()
