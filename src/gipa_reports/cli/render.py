"""``gipa-reports render``: a report in the official layout, in another format."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from ..document import FormatName
from ..errors import MissingExtraError
from ..renderers import FORMATS
from ..renderers import render as render_report
from ..report import Report
from .bilingual import command
from .options import FILE_OR_FOLDER, PATHS, formats, is_folder, takes_reports
from .places import STDIN, no_file_to_write, shown_name
from .run import Run, made, read_reports, report_files
from .writing import write_document

SUFFIX_OF = {"text": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "xlsx": ".xlsx"}
"""Format → the ending of a file in it."""


@command(
    family="write",
    zh="""把报告按统一格式输出为另一种文件。

    多份报告时用 -o 指定文件夹，每份报告写成其中一个同名文件，子文件夹保持不变。""",
    examples=(
        ("gipa-reports render report.html -o report.docx", "网页转为文档", "a page as a document"),
        ("gipa-reports render drafts/ --to html -o pages/", "逐份转换整个文件夹", "a folder, file by file"),
    ),
)
@PATHS
@takes_reports(formats("--to", FORMATS, None), output=FILE_OR_FOLDER)
def render(paths: tuple[str, ...], to: FormatName, run: Run) -> None:
    """Print reports in the official layout, in another format.

    Of several reports each is written to a file of its name in the folder that --output names; subfolders stay as they
    are.
    """
    files = report_files(run, paths)
    several = len(files) > 1 or (run.output is not None and is_folder(run.output))
    if several and not _can_be_folder(run.output):
        run.wrong_use(paths[0], "no-output-folder", found=len(files))
    if not files or run.exit_code == 2:
        return
    try:
        if several:
            _render_into(run, files, paths, to)
            return
        for source, _, report in read_reports(run, files):
            _render(run, source, report, to, run.output)
    except MissingExtraError as error:
        run.refuse(files[0], error)


def _can_be_folder(output: str | None) -> bool:
    """Return whether an output is a folder or may become one: not stdout, not a name with an ending."""
    return output not in (None, STDIN) and (is_folder(output) or not os.path.splitext(output)[1])


def _render(run: Run, source: str, report: Report, to: FormatName, target: str | None) -> None:
    rendered: Callable[[], str | bytes] = partial(render_report, report, to)
    document = made(run, source, rendered)
    if document is not None:
        write_document(target, document)


def _render_into(run: Run, files: list[str], paths: tuple[str, ...], to: FormatName) -> None:
    """Write each report to a file in the folder that is the output; what can't be written so is told before any is."""
    assert run.output is not None
    targets: dict[str, str] = {}
    for source in files:
        name = os.path.splitext(_name_in_folder(source, paths))[0] + SUFFIX_OF[to]
        target = os.path.join(run.output, name)
        run.writes(target)
        targets[source] = target
        if (kind := no_file_to_write(target)) is not None:
            run.wrong_use(target, kind, place=shown_name(target))
    if run.exit_code == 2:
        return
    for source, _, report in read_reports(run, files):
        os.makedirs(os.path.dirname(targets[source]), exist_ok=True)
        _render(run, source, report, to, targets[source])


def _name_in_folder(source: str, paths: tuple[str, ...]) -> str:
    """The path of a report in the folder that it was found in, of one that was named itself its name."""
    if source == STDIN:
        return "stdin"
    for path in paths:
        inside = os.path.relpath(source, path) if os.path.isdir(path) else ".."
        if not inside.startswith(".."):
            return inside
    return os.path.basename(source)
