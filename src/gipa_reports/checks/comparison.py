"""``compare``: what changed between two reports, two captures of one or two years, cell by cell and paragraph by
paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from attrs import frozen

from ..brief import angled, in_notebook, one_line
from ..report import Cell, Report
from ..template import HEADINGS, SectionId
from .engine import Source
from .subject import Subject, cells_by_id


@frozen(kw_only=True)
class CellChange:
    """A cell that differs. ``before`` or ``after`` is None where that report's edition has no such cell.

    The codes are those of the diagnostics that touch the cell in the readings that were compared.
    """

    cell: str
    before: Cell | None
    after: Cell | None
    before_codes: tuple[str, ...] = ()
    after_codes: tuple[str, ...] = ()

    __repr__ = one_line

    @property
    def difference(self) -> int | None:
        """After less before, where both are counts."""
        before, after = (None if cell is None else cell.value for cell in (self.before, self.after))
        return after - before if isinstance(before, int) and isinstance(after, int) else None


@frozen(kw_only=True)
class ParagraphChange:
    """Paragraphs of a section that were added, removed or rewritten; both are empty where a mere heading came or
    went.
    """

    section: SectionId
    kind: Literal["added", "removed", "changed"]
    before: tuple[str, ...]
    after: tuple[str, ...]

    __repr__ = one_line


@frozen(kw_only=True)
class FieldChange:
    """Another field that differs: ``title``, ``agency``, ``year``, ``period``, or of a table ``edition`` and
    ``unknown`` (``requests.edition``).
    """

    field: str
    before: object
    after: object

    __repr__ = one_line


@frozen(kw_only=True)
class Comparison:
    """Differences from ``a`` to ``b``; the first three are empty where the two reports are equal.

    ``flagged`` are the cells that do not differ and that a diagnostic touches in one of the readings: that they are
    equal may say little.
    """

    cells: tuple[CellChange, ...]
    paragraphs: tuple[ParagraphChange, ...]
    fields: tuple[FieldChange, ...]
    flagged: tuple[CellChange, ...] = ()

    def __repr__(self) -> str:
        numbers = f"{len(self.cells)} cells, {len(self.paragraphs)} places in the prose, {len(self.fields)} fields"
        return angled("Comparison:", f"{numbers} differ; {len(self.flagged)} more are in doubt")

    _repr_html_ = in_notebook

    @property
    def same(self) -> bool:
        """Return whether nothing differs."""
        return not (self.cells or self.paragraphs or self.fields)


def compare(a: Source, b: Source) -> Comparison:
    """Return what changed from ``a`` to ``b``, in the order of the form.

    Two cells differ where their state, value, unit or mark does. Raises ``CheckError`` for a reading without a report.
    """
    one, other = Subject.of(a), Subject.of(b)
    before, after = one.report, other.report
    cells = list(_cells(one, other))
    return Comparison(
        cells=tuple(change for change in cells if change.before != change.after),
        paragraphs=tuple(change for heading in HEADINGS for change in _paragraphs(heading.id, before, after)),
        fields=tuple(_fields(before, after)),
        flagged=tuple(change for change in cells if change.before == change.after),
    )


def _cells(one: Subject, other: Subject) -> Iterator[CellChange]:
    """The cells that differ, or are flagged in one of the two."""
    plain = not (one.codes or other.codes)
    for old, new in zip(one.report.tables, other.report.tables, strict=True):
        if plain and old.edition == new.edition and old.rows == new.rows:
            continue
        was, now = cells_by_id(old), cells_by_id(new)
        for cell_id in was | now:
            before, after = was.get(cell_id), now.get(cell_id)
            codes = one.codes_of((cell_id,)), other.codes_of((cell_id,))
            if before != after or any(codes):
                yield CellChange(cell=cell_id, before=before, after=after, before_codes=codes[0], after_codes=codes[1])


def _paragraphs(section: SectionId, before: Report, after: Report) -> Iterator[ParagraphChange]:
    old, new = before.sections.get(section), after.sections.get(section)
    was, now = (() if one is None else one.paragraphs for one in (old, new))
    if was == now and old != new:
        # A heading that came or went, with nothing below it.
        yield ParagraphChange(section=section, kind="added" if old is None else "removed", before=(), after=())
    start = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    was, now = was[start:], now[start:]
    for kind, i, j, k, m in SequenceMatcher(None, was, now).get_opcodes():
        if kind != "equal":
            yield ParagraphChange(section=section, kind=_KINDS[kind], before=was[i:j], after=now[k:m])


_KINDS: dict[str, Literal["added", "removed", "changed"]] = {
    "insert": "added",
    "delete": "removed",
    "replace": "changed",
}


def _fields(before: Report, after: Report) -> Iterator[FieldChange]:
    for name in ("title", "agency", "year", "period"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield FieldChange(field=name, before=old, after=new)
    for was, now in zip(before.tables, after.tables, strict=True):
        if was.edition != now.edition:
            yield FieldChange(field=f"{was.id}.edition", before=was.edition, after=now.edition)
        if was.unknown != now.unknown:
            yield FieldChange(field=f"{was.id}.unknown", before=was.unknown, after=now.unknown)
