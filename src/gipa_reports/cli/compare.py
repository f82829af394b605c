"""``gipa-reports compare``: what changed from one report to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeVar

import click
from attrs import asdict, evolve, frozen

from ..checks import CellChange, Comparison
from ..checks import compare as compare_reports
from ..document import FormatName
from ..outputs import Lang
from ..outputs.wording import cell_place
from ..outputs.written import written
from ..own_output import marked
from ..parsing import Reading
from ..renderers import FORMATS as LAYOUTS
from ..renderers import render
from ..renderers.html import write_comparison
from ..report import Cell, Period, Report, Section, Sections, State, Table
from ..report.cells import MAX_CELL_TEXT
from ..safe_text import printable, record_text
from ..template import HEADINGS
from .bilingual import command
from .flags import flag_lines, with_flags
from .matching import Found, found_reports
from .options import ENCODING, formats, takes_reports
from .places import STDIN, shown_name
from .run import Run
from .words import word
from .writing import csv_encoding, write_document

T = TypeVar("T", bound=Table)
Format = Literal[FormatName, "csv", "jsonl"]

CHANGE_FIELDS = ("kind", "where", "change", "before", "after", "difference", "before_codes", "after_codes")
"""The keys of ``--format jsonl`` and the header of ``--format csv``; see ``Change``."""


@frozen
class Change:
    """One difference in words.

    ``kind`` is ``cell``, ``paragraph``, ``field``, or ``flag`` for a cell that is in doubt and does not differ;
    ``where`` the id of the cell, the section or the field. A cell shows its words, or its state where it has none; it
    is None where that report's form has no such cell. The flags of a cell are parted by spaces.
    """

    kind: str
    where: str
    change: str
    before: str | None
    after: str | None
    difference: int | None = None
    before_codes: str = ""
    after_codes: str = ""

    @classmethod
    def of_cell(cls, kind: str, change: str, cell: CellChange) -> Change:
        """Of a cell."""
        sides = _shown(cell.before), _shown(cell.after)
        flags = " ".join(cell.before_codes), " ".join(cell.after_codes)
        return cls(kind, cell.cell, change, *sides, cell.difference, *flags)


@command(
    family="check",
    zh="""列出报告A到报告B的变化：同一报告的两个版本，或前后两年。

    退出码：0 没有差异，1 有差异或文件中没有报告，2 用法有误。""",
    examples=(
        ("gipa-reports compare old.html new.html", "同一报告的两个版本", "two captures of one report"),
        ("gipa-reports compare 2022.docx 2023.docx --format html -o changes.html", "前后两年", "two years"),
    ),
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@takes_reports(
    formats("--format format_", ("text", "jsonl", "csv", *(name for name in LAYOUTS if name != "text")), "text",
            "变化清单；或按统一格式输出报告B的表，有变化的格写作〔3 → 5〕。",
            "A list of the changes; or, in the official layout, the form of B in which changed cells read 〔3 → 5〕."),
    ENCODING,
)  # fmt: skip
def compare(a: str, b: str, format_: Format, run: Run) -> None:
    """Tell what changed from report A to report B: two captures, or two years.

    Exit code: 0 nothing differs, 1 something does or a file has no report, 2 wrong use.
    """
    if a == b == STDIN:
        raise click.UsageError(run.word("stdin-twice"))
    before, after = (_one_report(run, path) for path in (a, b))
    if before is None or after is None:
        return
    comparison = compare_reports(before.reading, after.reading)
    if not comparison.same:
        run.fail()
    readings = [(shown_name(one.source), one.reading) for one in (before, after)]
    encoding = csv_encoding(run.output, run.encoding) if format_ == "csv" else "utf-8"
    write_document(run.output, _document(run, format_, comparison, after.report, readings), encoding)


def _one_report(run: Run, path: str) -> Found | None:
    """The one report that ``path`` names; where there is none, or are several, stderr says so."""
    found = found_reports(run, [path])
    if len(found) > 1:
        run.wrong_use(path, "one-file", found=len(found))
    elif not found:
        run.fail()  # what is wrong with it has been told
    return found[0] if len(found) == 1 else None


def _document(
    run: Run, format: Format, comparison: Comparison, after: Report, readings: list[tuple[str, Reading]]
) -> str | bytes:
    changes, names = list(_changes(comparison)), [name for name, _ in readings]
    if format == "text":
        lines = [*_lines(changes, after, names, run.lang), *_flagged(readings, run.lang)]
        return "".join(f"{printable(line)}\n" for line in lines)
    if format == "csv" or format == "jsonl":
        return record_text(map(asdict, changes), format, CHANGE_FIELDS)
    shown = with_flags(_marked(comparison, after, names, run.lang), readings)
    if format != "html":
        return marked(render(shown, format), "compare")
    head = [run.word("compare.title"), written(" → ".join(names), run.lang), run.word("compare.marks")]
    changed = {change.cell for change in comparison.cells if change.after is not None}
    return marked(write_comparison(shown, head, changed, run.lang), "compare")


def _changes(comparison: Comparison) -> Iterator[Change]:
    for cell in comparison.cells:
        kind = "added" if cell.before is None else "removed" if cell.after is None else "changed"
        yield Change.of_cell("cell", kind, cell)
    for part in comparison.paragraphs:
        yield Change("paragraph", part.section, part.kind, "\n".join(part.before), "\n".join(part.after))
    for field in comparison.fields:
        yield Change("field", field.field, "changed", _words(field.before), _words(field.after))
    for cell in comparison.flagged:
        yield Change.of_cell("flag", "same", cell)


def _shown(cell: Cell | None) -> str | None:
    return None if cell is None else cell.text or f"({cell.state.value})"


def _words(value: object) -> str | None:
    """The value of a field: a text, a number, a period, or unknown rows."""
    if isinstance(value, Period):
        return f"{value.start}/{value.end}"
    if isinstance(value, tuple):
        return "\n".join(" | ".join(row.cells) for row in value) or None
    return None if value is None else str(value)


# --- for people --------------------------------------------------------------------------------------------------


def _lines(changes: list[Change], after: Report, names: list[str], lang: Lang) -> Iterator[str]:
    yield " → ".join(names)
    if all(change.kind == "flag" for change in changes):
        yield f"  {word('compare.same', lang)}"
    for kind in ("cell", "paragraph", "field"):
        own = [change for change in changes if change.kind == kind]
        if own:
            yield f"  {word(f'compare.{kind}', lang)}: {len(own)}"
        for change in own:
            yield from _paragraph(change, lang) if kind == "paragraph" else [_line(change, after, lang)]


def _flagged(readings: list[tuple[str, Reading]], lang: Lang) -> Iterator[str]:
    """Yield what is in doubt in either report, whether it differs or not."""
    lines = list(flag_lines(readings))
    if lines:
        yield f"  {word('compare.flag', lang)}: {len(lines)}"
    yield from (f"    {line}" for line in lines)


def _line(change: Change, after: Report, lang: Lang) -> str:
    where = cell_place(after, change.where, lang) if change.kind == "cell" else change.where
    sides = [word("compare.no-cell", lang) if side is None else side for side in (change.before, change.after)]
    if change.kind == "field":
        sides = ["?" if side is None else side for side in (change.before, change.after)]
    difference = "" if change.difference is None else f" ({change.difference:+d})"
    flags = " → ".join(dict.fromkeys((change.before_codes or "-", change.after_codes or "-")))
    return f"    {where}: {' → '.join(sides)}{difference}" + f" [{flags}]" * (flags != "-")


def _paragraph(change: Change, lang: Lang) -> Iterator[str]:
    ordinal = next(heading.text for heading in HEADINGS if heading.id == change.where)
    yield f"    {ordinal if lang == 'zh' else change.where}: {word(f'compare.{change.change}', lang)}"
    yield from (f"    - {line}" for line in (change.before or "").split("\n") if change.before)
    yield from (f"    + {line}" for line in (change.after or "").split("\n") if change.after)


# --- in the official layout --------------------------------------------------------------------------------------


def _marked(comparison: Comparison, after: Report, names: list[str], lang: Lang) -> Report:
    """The form of ``after`` in which changed cells read ``〔3 → 5〕``, and the prose is what was removed and added.

    It is a sheet for people to look at: its cells are no figures, and reading it back gives none.
    """
    marks: dict[str, Cell] = {
        # In brackets: no reader takes it for a figure.
        change.cell: Cell.invalid(
            f"〔{_side(change.before, lang)} → {_side(change.after, lang)}"[: MAX_CELL_TEXT - 1] + "〕"
        )
        for change in comparison.cells
        if change.after is not None
    }
    prose = {heading.id: list[str]() for heading in HEADINGS}
    for part in comparison.paragraphs:
        prose[part.section] += [f"－ {line}".strip() for line in part.before]
        prose[part.section] += [f"＋ {line}".strip() for line in part.after]
    return evolve(
        after,
        disclosure=_marked_table(after.disclosure, marks),
        requests=_marked_table(after.requests, marks),
        proceedings=_marked_table(after.proceedings, marks),
        sections=Sections(**{section: Section(tuple(lines)) for section, lines in prose.items()}),
        title=" ".join(printable(" → ".join(names)).split()),
    )


def _marked_table(table: T, marks: dict[str, Cell]) -> T:
    ids = iter(table.form.cell_ids)
    return evolve(table, rows=tuple(tuple(marks.get(next(ids), cell) for cell in row) for row in table.rows))


def _side(cell: Cell | None, lang: Lang) -> str:
    if cell is None:
        return word("compare.no-cell", lang)
    if cell.state in (State.BLANK, State.ABSENT):
        return cell.state.label(lang)
    return cell.text
