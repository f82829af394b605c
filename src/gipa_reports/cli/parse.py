"""``gipa-reports parse``: whole reports as JSON, or a summary of them for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial

from ..diagnostics import Diagnostic
from ..parsing import Reading
from ..report import Cell, Report, State, Table
from ..safe_text import printable
from ..serialize import dumps
from ..template import HEADINGS
from ..template.words import METADATA
from .bilingual import command, in_columns
from .options import PATHS, formats, takes_reports
from .places import shown_name
from .run import Run, made, read_reports, report_files
from .writing import encode, open_output


@command(
    family="read",
    zh="""把整份报告输出为JSON，或输出便于阅读的摘要。

    JSON与程序接口相同，按行输出时另有来源；cells和scan的输出带有问题代码。""",
    examples=(
        ("gipa-reports parse report.docx --format text", "查看摘要", "a summary to look at"),
        ("gipa-reports parse reports/ -o all.jsonl", "整个文件夹，每行一份报告", "a folder, one report a line"),
    ),
)
@PATHS
@takes_reports(
    formats("--format format_", ("json", "jsonl", "text"), "json",
            "json：一份报告时带缩进，多份时同jsonl。jsonl：每行一份报告，带来源。text：摘要。",
            "json: indented for one file, else as jsonl. jsonl: one report a line, with its source. text: a summary."),
)  # fmt: skip
def parse(paths: tuple[str, ...], format_: str, run: Run) -> None:
    """Print whole reports as JSON, or a summary of them.

    The JSON is that of the API; a line names its source too. "cells" and "scan" give figures with their codes.
    """
    files = report_files(run, paths)
    alone = format_ == "json" and len(files) == 1
    with open_output(run.output) as stream:
        for source, reading, report in read_reports(run, files):
            summary = partial(_summary, run, source, reading, report)
            document = partial(dumps, report, indent=2) if alone else partial(_line, source, report)
            text = made(run, source, summary if format_ == "text" else document)
            if text is not None:
                stream.write(encode(text + "\n"))


def _line(source: str, report: Report) -> str:
    """A report as one line of JSON that begins with the name of its source; ``loads`` reads it."""
    return f'{{"source": {json.dumps(shown_name(source), ensure_ascii=False)}, {dumps(report).removeprefix("{")}'


_KEY_ROWS = ("received", "carried_in", "processed_total", "carried_out")
"""The rows of 三 that a summary shows."""


def _summary(run: Run, source: str, reading: Reading, report: Report) -> str:
    period = report.period and f"{report.period.start} – {report.period.end}"
    facts = {"title": report.title, "agency": report.agency, "year": report.year, "period": period}
    lines = [shown_name(source)]
    for name, fact in facts.items():
        lines.append(f"  {METADATA[name] if run.lang == 'zh' else name}: {'?' if fact is None else fact}")
    for table in report.tables:
        lines += ["", f"  {_table_line(run, table)}", *(f"    {line}" for line in _table_grid(run, table))]
    lines += ["", f"  {run.word('diagnostics')}: {_diagnostics_line(run, reading.diagnostics)}", ""]
    return "\n".join(map(printable, lines))


def _table_line(run: Run, table: Table) -> str:
    heading = next(heading.text for heading in HEADINGS if heading.id == table.id)
    states = Counter(cell.state for row in table.rows for cell in row)
    counts = ", ".join(f"{states[state]} {state.label(run.lang)}" for state in State if states[state])
    return f"{heading if run.lang == 'zh' else table.id} · {run.word('edition')} {table.edition} · {counts}"


def _table_grid(run: Run, table: Table) -> list[str]:
    """Figures in columns: all rows of 二 and 四, the key rows of 三; names in the language of the run."""
    layout = table.form
    grid: list[list[str]] = []
    names: list[str] = []
    for row, cells in zip(layout.rows, table.rows, strict=True):
        if table.id == "requests" and row.id not in _KEY_ROWS:
            continue
        columns = layout.columns_of[row.id]
        row_names = [column.label if run.lang == "zh" else column.id for column in columns]
        if row_names != names:
            names = row_names
            grid.append(["", *names])
        grid.append([row.label if run.lang == "zh" else row.id, *(_short(run, cell) for cell in cells)])
    return in_columns(grid, range(1, len(grid[0])))


def _short(run: Run, cell: Cell) -> str:
    text = cell.text or f"({cell.state.label(run.lang)})"
    return text if len(text) <= 24 else f"{text[:23]}…"


def _diagnostics_line(run: Run, diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter((diagnostic.severity, diagnostic.code) for diagnostic in diagnostics)
    found = (f"{run.word(severity)} {code} × {count}" for (severity, code), count in counts.items())
    return ", ".join(found) or run.word("none")
