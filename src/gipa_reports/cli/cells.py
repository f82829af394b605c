"""``gipa-reports cells``: every figure of every report, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..outputs.jsonl import plain
from ..parsing import Reading
from ..report import Report
from ..safe_text import csv_text, record_text
from .bilingual import command
from .options import ENCODING, PATHS, formats, takes_reports
from .places import shown_name
from .run import Run, made, read_reports, report_files
from .writing import csv_encoding, encode, open_output

CELL_FIELDS = ("source", "agency", "year", "table", "edition", "cell", "state", "value", "text", "codes")
"""The header of ``cells``."""


@command(
    family="read",
    zh="""列出每份报告的每个数字，表中每格一行。

    text列是原文，flags列是涉及该格的问题代码。CSV中可能被电子表格当作公式的文字前面加撇号。""",
    examples=(
        ("gipa-reports cells reports/ -o cells.csv", "整个文件夹，供表格软件打开", "a folder, for a spreadsheet"),
        ("gipa-reports cells report.docx --format jsonl", "一份报告，供程序读取", "one report, for a program"),
    ),
)
@PATHS
@takes_reports(
    formats("--format format_", ("csv", "jsonl"), "csv"),
    ENCODING,
)
def cells(paths: tuple[str, ...], format_: str, run: Run) -> None:
    """Print every figure of every report, one cell of the form a line.

    The raw words of a cell are in "text", the codes of the diagnostics that touch it in "codes". In CSV, text that a
    spreadsheet would run as a formula has an apostrophe before it.
    """
    files = report_files(run, paths)
    if not files:
        return
    with open_output(run.output) as stream:
        encoding = csv_encoding(run.output, run.encoding) if format_ == "csv" else "utf-8"
        if format_ == "csv":
            stream.write(encode(csv_text([CELL_FIELDS]), encoding))
        for source, reading, report in read_reports(run, files):
            lines = made(run, source, partial(_lines, source, reading, report, format_))
            if lines is not None:
                # The mark of the encoding stands before the header alone.
                stream.write(encode(lines, encoding.removesuffix("-sig")))


def _lines(source: str, reading: Reading, report: Report, format: str) -> str:
    return record_text(_records(source, reading, report), format)


def _records(source: str, reading: Reading, report: Report) -> Iterator[dict[str, str | None]]:
    """The lines of ``cells``, as texts under the names of ``CELL_FIELDS``."""
    for figure in report.cells():
        location = reading.locations.get(figure.id)
        fields = (
            shown_name(source),
            report.agency or "",
            None if report.year is None else str(report.year),
            figure.table,
            figure.edition,
            figure.id,
            figure.state.value,
            None if figure.value is None else str(plain(figure.value)),
            figure.text if location is None else location.text,
            " ".join(reading.codes(figure.id)),
        )
        yield dict(zip(CELL_FIELDS, fields, strict=True))
