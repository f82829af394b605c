"""Doubts about a row's figures: an ordered table of doubts, each a named rule.

A doubt looks at one row with all the evidence of where its figures stand, and yields a diagnostic for the cells that
it touches. ``columns_unread`` to ``position_lost`` say how a row was placed, the others what speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import define

from ..diagnostics import Diagnostic, Location
from ..report import Cell
from .figures import adds_up, unit_differs
from .form_lines import FormLine, LineBlock
from .placement import Placement, is_whole
from .tokens import LooseRow, RowToken

MAX_FOUND = 80
"""Characters of what was found, in a sentence."""


@define
class RowCase:
    """A row, and where its figures were placed."""

    token: RowToken
    placement: Placement
    line: FormLine
    block: LineBlock
    numbers: tuple[int, ...] = ()
    """The numbers that stand alone on lines of the document, in order: of pages, or ends of figures."""

    @property
    def touched(self) -> tuple[str, ...]:
        """The cells of the columns that the heading names."""
        return tuple(self.line.ids[index] for index in self.placement.columns.indexes)

    @property
    def found(self) -> str:
        """The row as it stands in the source."""
        return (self.token.row.source or self.line.label)[:MAX_FOUND]

    def say(
        self, code: str, cells: tuple[str, ...] | None = None, found: str | None = None, expected: str | None = None
    ) -> Diagnostic:
        """The diagnostic ``code`` for this row, of all cells that its heading names unless ``cells`` are given."""
        cells = self.touched if cells is None else cells
        return Diagnostic(
            code=code,
            cells=cells,
            location=place_of(self.token),
            expected=expected,
            found=found,
            table=self.block.table,
        )


def place_of(token: RowToken, index: int | None = None) -> Location:
    """Return where a row stands, or one of its values, with its words."""
    if index is None:
        return token.at((token.row.source or token.label or " ".join(token.row.cells)).strip()[:200])
    return token.at(token.values[index].strip()[:200], index)


# --- how it was placed ---------------------------------------------------------------------------------------------


def columns_unread(case: RowCase) -> Iterator[Diagnostic]:
    """The heading could not be read; the figures are in the order of the form."""
    if case.placement.columns.unread and any(case.token.values):
        yield case.say("columns-unread")


def row_without_figures(case: RowCase) -> Iterator[Diagnostic]:
    """There is a label, no figure, and not all cells of a row."""
    placement, token = case.placement, case.token
    if not token.filled and (placement.places is None or token.spacing == "dropped"):
        yield case.say("row-without-figures", found=case.line.label)


def position_lost(case: RowCase) -> Iterator[Diagnostic]:
    """No strategy could place the figures: too few, too many, or glued to their label."""
    filled = len(case.token.filled)
    if case.placement.places is not None or not filled:
        return
    expected = len(case.placement.columns.indexes)
    if case.token.is_glued:
        yield case.say("glued-cells", found=case.found, expected=str(expected))
    else:
        code = "position-lost" if filled <= expected else "too-many-figures"
        yield case.say(code, found=str(filled), expected=str(expected))


# --- what speaks against it ----------------------------------------------------------------------------------------


def figure_stray(case: RowCase) -> Iterator[Diagnostic]:
    """One figure may be the number of a page or line: the others add up once a blank is put where none is seen."""
    placement, token = case.placement, case.token
    is_line = token.is_line if isinstance(token, LooseRow) else case.line.is_labelled
    if placement.stray and not is_line:
        found = ", ".join(dict.fromkeys(placement.cells[index].text for index in placement.stray))
        yield case.say("figure-stray", found=found)


def two_labels(case: RowCase) -> Iterator[Diagnostic]:
    """Two labels of rows stand in one; the figures may be of either."""
    rival = case.token.rival
    if rival is not None:
        other = next((line for line in case.block.lines if line.terminal == rival.name), None)
        cells = (*case.line.ids, *(other.ids if other is not None else ()))
        yield case.say("two-labels", cells, f"{rival.text} | {case.line.label}")


def figure_wrapped(case: RowCase) -> Iterator[Diagnostic]:
    """A number alone behind a row is the end of a figure of it, unless pages are numbered there and the row adds up."""
    token = case.token
    if not token.lone:
        return
    if not (_numbers_pages(token.lone, case.numbers) and _may_add_up(case.placement.cells, case.block.addends)):
        yield case.say("figure-wrapped", found=", ".join(token.lone)[:MAX_FOUND])


def figures_broken(case: RowCase) -> Iterator[Diagnostic]:
    """The figures of a row stand on several lines, not one on each: a line may have ended within a figure."""
    token = case.token
    if isinstance(token, LooseRow) and token.is_broken:
        yield case.say("figures-broken", found=" ".join(token.filled)[:MAX_FOUND])


def _numbers_pages(lone: Sequence[str], numbers: tuple[int, ...]) -> bool:
    """Return whether numbers alone on lines count up by one through the document, and one such is behind a row."""
    return len(lone) == 1 and len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))


def _may_add_up(cells: Iterable[Cell], addends: int) -> bool:
    """Return whether the figures of a row add up, or nothing says what they should add up to."""
    return not addends or adds_up([int(cell.value or 0) for cell in cells], addends)


def figure_signed(case: RowCase) -> Iterator[Diagnostic]:
    """A figure has a sign, and stands in no column of changes: loose figures of a row may be in another order."""
    signed = case.placement.signed
    if signed:
        found = ", ".join(case.placement.cells[index].text for index in signed)
        is_loose = isinstance(case.token, LooseRow)
        yield case.say("figure-signed", None if is_loose else tuple(case.line.ids[index] for index in signed), found)


def column_unsure(case: RowCase) -> Iterator[Diagnostic]:
    """Nothing but the heading says where the figures stand, and rows with so many labels may stand elsewhere; a figure
    stands in a column without a name of the form beside a blank one with such a name; or the only row of a table does
    not stand below the names, and its first figure may be the number of the line; or it adds up only with the blanks at
    its end elsewhere.
    """
    placement, filled = case.placement, case.token.filled
    is_proven = not placement.columns.unproven or not (placement.by_position and filled)
    is_beside = placement.shifted and not case.line.is_labelled
    if placement.unsure or is_beside or not is_proven:
        yield case.say("column-unsure", found=", ".join(filled)[:MAX_FOUND])


def figure_glued(case: RowCase) -> Iterator[Diagnostic]:
    """The label and the figure are one cell; there is one way to part them."""
    if case.token.is_glued:
        yield case.say("figure-glued", found=case.found)


def blank_from_spacing(case: RowCase) -> Iterator[Diagnostic]:
    """Blank cells were told from empty lines."""
    places = case.placement.places
    if places is not None and max(case.token.gaps, default=0) > 1 and not is_whole(case.token.values, places):
        yield case.say("blank-from-spacing")


def cell_codes(case: RowCase) -> Iterator[Diagnostic]:
    """A cell holds no figure, one with white space in it, or one that reaches into others.

    Words may be no cell of the form at all, and then figures that don't stand below their names are shifted, and those
    beside another column may be. Digits with white space among them may be two figures in a text or a CSV
    file, which have no cells of their own, if the row has a blank to make room for one more.
    """
    token, placement, columns = case.token, case.placement, case.placement.columns
    is_unsure = token.spacing == "dropped" or placement.shifted or columns.by_others or columns.others
    unsure = {"figure-invalid"} if is_unsure else set()
    if token.row.origin is None and placement.places is not None and not is_whole(token.values, placement.places):
        unsure.add("figure-split")
    for index, code in placement.codes:
        place = placement.place_of(index)
        found = "" if place is None else token.values[place].strip()[:MAX_FOUND]
        cells = case.touched if code in unsure else (case.line.ids[index],)
        yield Diagnostic(code=code, cells=cells, location=place_of(token, place), found=found, table=case.block.table)


def unit_written(case: RowCase) -> Iterator[Diagnostic]:
    """A unit is written behind a figure that is not the form's."""
    for cell, column, cell_id in zip(case.placement.cells, case.block.columns, case.line.ids, strict=True):
        if cell.unit and unit_differs(cell, column):
            yield case.say("unit-differs", (cell_id,), cell.unit, column.unit)


Doubt = Callable[[RowCase], Iterator[Diagnostic]]

PLACED: tuple[Doubt, ...] = (columns_unread, row_without_figures, position_lost)
"""Doubts about how a row was placed; of one that could not be, nothing more is told than this and"""

AGAINST: tuple[Doubt, ...] = (
    two_labels,
    figure_wrapped,
    figures_broken,
    figure_stray,
    figure_signed,
    column_unsure,
    figure_glued,
    blank_from_spacing,
    cell_codes,
    unit_written,
)
"""what speaks against where the figures were placed."""


def doubts_of(case: RowCase) -> Iterator[Diagnostic]:
    """All that is to be said of a row, in order."""
    for doubt in PLACED:
        yield from doubt(case)
    for doubt in AGAINST if case.placement.places is not None else (two_labels,):
        yield from doubt(case)
