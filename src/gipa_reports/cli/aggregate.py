"""``gipa-reports aggregate``: the reports of several units added up to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import click
from attrs import evolve

from ..checks import Aggregate
from ..checks import aggregate as add_up
from ..checks.aggregation import Blank
from ..codes import Severity
from ..document import FormatName
from ..errors import CheckError
from ..outputs.jsonl import plain
from ..parsing import Reading
from ..renderers import FORMATS, render
from ..safe_text import csv_text
from ..serialize import dumps
from .bilingual import command
from .flags import with_flags
from .matching import named_readings
from .options import ENCODING, PATHS, check_output, formats, takes_reports
from .places import shown_name
from .run import Run
from .writing import csv_encoding, write_document

PROVENANCE_FIELDS = ("cell", "total", "unit", "source", "state", "value", "text", "codes")
"""The header of ``--provenance``: one line for each cell and unit."""

_IN_THE_DATA = ("blank-cell", "mixed-units", "mixed-editions", "units-missing")
"""Exit code of obstacles to adding up that lie in the reports, not in what was asked for: 1."""

_SHOWN = 5


@command(
    family="write",
    zh="""把各单位的报告汇总为一份，按统一格式或JSON输出。

    每个文件都必须是报告，缺少任何一个单位都不汇总。退出码：0 已汇总，1 有文件没有报告或有的格无法汇总，
    2 用法有误，例如年度不同或同一单位有两份报告。""",
    examples=(
        ("gipa-reports aggregate units/ --to docx -o sum.docx", "汇总文件夹中的各单位", "units of a folder"),
        ("gipa-reports aggregate units/ --provenance parts.csv", "各单位的数字明细", "what each unit adds"),
    ),
)
@PATHS
@takes_reports(
    ("--blank", "某单位的格中没有数字时：拒绝汇总、按不加处理，或把合计留空。",
     "A cell without a figure in one unit: refuse to add up, add nothing, or leave the sum blank.",
     {"type": click.Choice(["error", "zero", "propagate"]), "default": "error", "show_default": True}),
    ("--convert-units", "金额单位不一致时，换算成统一格式的单位再汇总。",
     "Add money that is in several units, converted to the form's."),
    formats("--to", ("json", *FORMATS), "json"),
    ("--title TEXT", "汇总报告的标题。", "Title of the report."),
    ("--agency TEXT", "汇总报告的机关名称。", "Organ that reports."),
    ("--year YEAR", "汇总报告的年度。  [默认：各单位的年度]", "Year reported on.  [default: that of the units]",
     {"type": int}),
    ("--provenance FILE", "把各单位对每一格的数字写成CSV文件。", "Write as CSV what each unit adds to each cell.",
     {"callback": check_output}),
    ENCODING,
)  # fmt: skip
def aggregate(
    paths: tuple[str, ...],
    blank: Blank,
    convert_units: bool,
    to: Literal[FormatName, "json"],
    title: str | None,
    agency: str | None,
    year: int | None,
    provenance: str | None,
    run: Run,
) -> None:
    """Add the reports of units up to one report, in the official layout or as JSON.

    What is in doubt in the reports of the units stands in the last section of the sum, a line for each code.

    Every file must hold a report: a sum without one of its units is refused. Exit code: 0 added up, 1 a file has no
    report or a cell can't be added up, 2 wrong use, such as units of different years or a unit that comes twice.
    """
    if provenance is not None:
        run.writes(provenance)
    try:
        units = named_readings(run, paths)
        if run.exit_code == 2:
            return
        by_name = {name: reading for name, (_, reading) in units.items()}
        total = add_up(_reports(by_name), blank, agency=agency, convert=convert_units)
        report = evolve(total.report, title=title, year=total.report.year if year is None else year)
        report = with_flags(report, by_name.items())
        document: str | bytes = dumps(report, indent=2) + "\n" if to == "json" else render(report, to)
    except CheckError as error:
        if error.code not in _IN_THE_DATA:
            raise
        before = run.exit_code
        run.refuse("aggregate", error)
        run.exit_code = max(before, 1)
        return
    _tell_unknown(run, total.unknown)
    if provenance is not None:
        rows = [PROVENANCE_FIELDS, *_provenance(total, units)]
        write_document(provenance, csv_text(rows), csv_encoding(provenance, run.encoding))
    write_document(run.output, document)


def _reports(units: dict[str, Reading]) -> dict[str, Reading | None]:
    """The readings of units, None for one that has no report."""
    return {name: None if reading.report is None else reading for name, reading in units.items()}


def _tell_unknown(run: Run, cells: Sequence[str]) -> None:
    if cells:
        named = ", ".join(cells[:_SHOWN]) + ", …" * (len(cells) > _SHOWN)
        message = run.word("not-added-up", n=len(cells), cells=named)
        run.say("aggregate", Severity.WARNING, "not-added-up", message)


def _provenance(total: Aggregate, units: dict[str, tuple[str, Reading]]) -> Iterator[tuple[str, ...]]:
    for figure in total.report.cells():
        for part in total.parts(figure.id):
            source, reading = units[part.unit]
            location = reading.locations.get(figure.id)
            yield (
                figure.id,
                figure.text,
                part.unit,
                shown_name(source),
                part.cell.state.value,
                "" if part.cell.value is None else str(plain(part.cell.value)),
                part.cell.text if location is None else location.text,
                " ".join(reading.codes(figure.id)),
            )
