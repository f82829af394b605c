"""``gipa-reports render``: a report in the official layout, in another format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from ..errors import MissingExtraError
from ..renderers import FORMATS
from ..renderers import render as render_report
from .bilingual import Command, Example
from .options import format_option, takes_reports
from .run import Run, made, read_reports, report_files
from .writing import encode, open_output


@click.command(
    cls=Command,
    family="write",
    zh="把一份报告按统一格式输出为另一种文件。",
    examples=[
        Example("gipa-reports render report.html --to docx -o report.docx", "a page as a document", "网页转为文档"),
        Example("gipa-reports render report.txt --to html -o report.html", "a text as a page", "文本转为网页"),
    ],
)
@click.argument("path", metavar="PATH")
@format_option("--to", choices=FORMATS, usual=None)
@takes_reports
def render(path: str, to: str, run: Run) -> None:
    """Print one report in the official layout, in another format."""
    files = report_files(run, [path])
    if len(files) > 1:
        run.wrong_use(path, "one-file", str(len(files)))
        return
    with open_output(run.output) as stream:
        for source, _, report in read_reports(run, files):
            rendered: Callable[[], str | bytes] = partial(render_report, report, to)
            try:
                document = made(run, source, rendered)
            except MissingExtraError as error:
                run.refuse(source, error)
                return
            if document is not None:
                stream.write(document if isinstance(document, bytes) else encode(document))
