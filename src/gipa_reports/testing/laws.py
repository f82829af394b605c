"""Laws that hold of any reader, renderer and report, as plain functions that raise ``AssertionError``.

Use them with the strategies of this package, or with documents of your own.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..document import FormatName
from ..parsing import Reading
from ..report import Cell, Figure, Report

FORMATS: tuple[FormatName, ...] = ("text", "markdown", "html", "docx", "xlsx")
"""The formats that can be both rendered and parsed."""

MOST_SHOWN = 40
"""Differences between two reports that are told."""


def check_round_trip(report: Report, format: FormatName) -> None:
    """``report`` rendered in ``format`` and parsed again is the same report."""
    from .. import parse, render

    again = parse(render(report, format), format=format)
    assert again == report, f"{format}: {_difference(report, again)}"


def check_json_round_trip(report: Report) -> None:
    """``report`` as our JSON and back is the same report, also cell for cell in type and exponent."""
    from .. import dumps, loads

    again = loads(dumps(report))
    assert again == report, f"JSON: {_difference(report, again)}"
    for ours, theirs in zip(report.cells(), again.cells(), strict=True):
        assert (type(ours.value), ours.text) == (type(theirs.value), theirs.text), f"JSON: {ours} became {theirs}"


def check_fixed_point(
    source: str | bytes, *, format: FormatName | None = None, formats: Iterable[FormatName] = FORMATS
) -> None:
    """Assert that what ``source`` parses to stays the same rendered and parsed again in each of ``formats``.

    ``source`` must be a report; parsing it twice gives the same, and rendering twice gives the same text.
    """
    from .. import parse, render

    report = parse(source, format=format)
    assert parse(source, format=format) == report, "parsing the same source twice gives two reports"
    for name in formats:
        rendered = render(report, name)
        again = parse(rendered, format=name)
        assert again == report, f"{name}: {_difference(report, again)}"
        if isinstance(rendered, str):
            assert render(again, name) == rendered, f"{name}: rendering again gives another text"


def check_right_or_flagged(report: Report, reading: Reading, *, allow_refusal: bool = False) -> None:
    """Each cell of ``report``, the truth, came out the same in ``reading``, or a diagnostic names it.

    A table read as of the other edition has other cells; those that it lacks count as flagged where the diagnostic
    ``edition-assumed`` or ``table-absent`` says of that table that its edition is a guess. A refused source has no
    report: that is wrong
    unless ``allow_refusal``, and then an error must say why.
    """
    if reading.report is None:
        assert allow_refusal, f"refused: {_codes(reading)}"
        assert reading.diagnostics, "refused without a reason"
        return
    found = {figure.id: figure for figure in reading.report.cells()}
    wrong = [
        f"{cell_id}: {_shown(report[cell_id])} was read as {_shown(found.get(cell_id))}"
        for cell_id in tally(report, reading).silent
    ]
    assert not wrong, f"{len(wrong)} cells are silently wrong (diagnostics: {_codes(reading)}):\n" + "\n".join(wrong)


@frozen
class Tally:
    """The cells of a report by how they came out of a reading."""

    right: tuple[str, ...]
    """Ids of those that are the same, and that no diagnostic names."""
    flagged: tuple[str, ...]
    """Ids of those that a diagnostic names, or whose table or whole report was refused with a reason."""
    silent: tuple[str, ...]
    """Ids of those that are not the same, and that nothing flags."""

    @property
    def share_right(self) -> float:
        """Return how many of all cells are right without a flag, from 0 to 1."""
        return len(self.right) / max(1, len(self.right) + len(self.flagged) + len(self.silent))


def tally(report: Report, reading: Reading) -> Tally:
    """Compare each cell of ``report``, the truth, with ``reading``.

    What ``check_right_or_flagged`` lets pass is right or flagged here. A reader that flags everything passes that law;
    how large ``share_right`` must be is up to the test.
    """
    if reading.report is None:
        return Tally((), tuple(figure.id for figure in report.cells()), ())
    touched = {cell_id for diagnostic in reading.diagnostics for cell_id in diagnostic.cells}
    guessed = {problem.table for problem in reading.diagnostics if problem.code in ("edition-assumed", "table-absent")}
    found = {figure.id for figure in reading.report.cells()}
    right: list[str] = []
    flagged: list[str] = []
    silent: list[str] = []
    for truth in report.cells():
        is_right = truth.id in found and reading.report[truth.id] == report[truth.id]
        if truth.id in touched or (truth.id not in found and truth.table in guessed):
            flagged.append(truth.id)
        else:
            (right if is_right else silent).append(truth.id)
    return Tally(tuple(right), tuple(flagged), tuple(silent))


def check_only_gipa_errors(source: str | bytes, *, format: FormatName | None = None) -> None:
    """Whatever ``source`` holds, ``read`` raises nothing and ``parse`` nothing but ``GipaError``."""
    from .. import GipaError, parse, read

    try:
        read(source, format=format)
    except Exception as error:
        raise AssertionError(f"read raised {type(error).__name__}: {error}") from error
    try:
        parse(source, format=format)
    except GipaError:
        pass
    except Exception as error:
        raise AssertionError(f"parse raised {type(error).__name__}: {error}") from error


def _codes(reading: Reading) -> str:
    return ", ".join(sorted({diagnostic.code for diagnostic in reading.diagnostics})) or "none"


def _shown(cell: Figure | Cell | None) -> str:
    return "nothing" if cell is None else f"{cell.state} {cell.text[:40]!r}"


def _difference(ours: Report, theirs: Report) -> str:
    """The first differences, in words: two long ``repr`` side by side tell nobody anything."""
    from ..checks import compare

    found = compare(ours, theirs)
    parts = [
        *(f"{one.field}: {one.before!r} became {one.after!r}" for one in found.fields),
        *(f"prose: {one.section}: {one.before} became {one.after}" for one in found.paragraphs),
        *(f"{one.cell}: {_shown(one.before)} became {_shown(one.after)}" for one in found.cells if one.before),
    ]
    return "\n".join(parts[:MOST_SHOWN])
