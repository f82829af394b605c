"""The flags of readings in words: what is made of a reading says which of its cells were in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ..parsing import Reading
from ..report import Report, Section
from ..safe_text import printable


def flag_lines(readings: Iterable[tuple[str, Reading]]) -> Iterator[str]:
    """A line for each code of each reading, with the cells that it touches: what is in doubt, by the reading's name."""
    for name, reading in readings:
        cells: dict[str, dict[str, None]] = {}
        for problem in reading.diagnostics:
            if problem.cells:
                cells.setdefault(problem.code, {}).update(dict.fromkeys(problem.cells))
        for code, ids in cells.items():
            yield printable(f"{name}: {code}: {', '.join(ids)}")


def with_flags(report: Report, readings: Iterable[tuple[str, Reading]]) -> Report:
    """``report``, which was made of ``readings``, with their flags as paragraphs of its last section."""
    lines = [" ".join(line.split()) for line in flag_lines(readings)]
    if not lines:
        return report
    last = report.sections.other_matters or Section(())
    matters = evolve(last, paragraphs=(*last.paragraphs, *lines))
    return evolve(report, sections=evolve(report.sections, other_matters=matters))
