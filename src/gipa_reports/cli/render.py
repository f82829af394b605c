"""``gipa-reports render``: a report in the official layout, in another format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from ..errors import MissingExtraError
from ..renderers import FORMATS
from ..renderers import render as render_report
from .run import Run, encode, made, open_output, read_reports, report_files, takes_reports


@click.command()
@click.argument("path", metavar="PATH")
@click.option("--to", required=True, type=click.Choice(FORMATS), help="Format of the output.")
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
