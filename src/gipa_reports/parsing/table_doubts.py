"""Doubts about a block or a table as a whole: ordered tables of doubts, each a named rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from attrs import Factory, define, field

from ..diagnostics import Diagnostic
from ..document import Row
from ..report import Cell, State
from ..template import FIGURES, Form, forms
from ..template.spelling import piece_key
from ..template.vocabulary import all_pieces, look_up
from .doubts import place_of
from .form_lines import NAMES, FormLine, LineBlock, ids_of
from .grammar import Accepted
from .headings import HeadingColumns
from .placement import PlacedRow
from .tokens import LooseRow, RowToken, TableHeading

MIN_ADDING_UP = 5
"""Rows that must add up to show that all do."""

MIN_CROWDED = 3
"""Rows with more figures than columns that show a column more; those of a page or two may have its number."""


Trait = Literal["short heading", "figures before labels", "loose cells", "odd row", "unit"]
"""Rare things that a block may have: columns missing in a heading, figures between it and the first label, rows of
loose cells, a row of which there is something to say, a unit or figures of money.
"""


@define
class BlockCase:
    """The rows of a block with their placements, and the headings that lack columns."""

    block: LineBlock
    accepted: Accepted
    unknown: list[RowToken]
    rows: dict[FormLine, PlacedRow] = Factory(dict)
    short: dict[TableHeading, HeadingColumns] = Factory(dict)
    headings: list[TableHeading] = Factory(list)
    """The headings above the rows, in order."""
    traits: set[Trait] = field()

    @traits.default
    def _traits_of_columns(self) -> set[Trait]:
        return {"unit"} if "amount" in self.block.kinds else set()

    def enter(self, heading: TableHeading, named: HeadingColumns) -> None:
        """Take the heading above the next rows, which names columns."""
        self.headings.append(heading)
        if named.lacking:
            self.short[heading] = named
            self.traits.add("short heading")
        if heading.figures_before:
            self.traits.add("figures before labels")
        if named.units:
            self.traits.add("unit")

    def keep_odd(self, row: PlacedRow) -> None:
        """Take a row of which there may be something to say, or another placement of it."""
        self.rows[row.line] = row
        self.traits.update(("odd row", "loose cells") if isinstance(row.token, LooseRow) else ("odd row",))

    def widths_of_crowded(self) -> frozenset[int]:
        """Widths of the rows that could not be placed since they have more figures than there are columns."""
        recognised = [token.recognised for token, placement, _ in self.rows.values() if placement.places is None]
        count = len(self.block.columns)
        return frozenset(row.width for row in recognised if row is not None and len(row.filled) > count)


@define
class TableCase:
    """A table as the grammar accepted it, and its rows that are none of the form."""

    form: Form
    accepted: Accepted
    unknown: list[RowToken]


# --- blocks --------------------------------------------------------------------------------------------------------


def unknown_columns(token: RowToken, named: HeadingColumns) -> Iterator[Diagnostic]:
    """The heading names a column among the values of a row that the form does not have."""
    assert token.heading is not None, "others are named by a heading"
    for place in sorted(named.others):
        texts = [row[place].strip() for row in token.heading.rows if place < len(row)]
        if place >= token.offset:
            found = " ".join(filter(None, texts))
            yield Diagnostic(
                code="column-unknown", cells=(), location=token.heading.row.at(""), found=found, table=token.table
            )


def missing_columns(case: BlockCase) -> Iterator[Diagnostic]:
    """The headings of a block do not name a column of the form."""
    block = case.block
    touched: dict[int, list[str]] = {}
    places: dict[int, Row] = {}
    for heading, named in case.short.items():
        below = [(line.ids, row.token.spacing) for line, row in case.rows.items() if row.token.heading is heading]
        for index in set(range(len(block.columns))).difference(named.indexes):
            missing = touched.setdefault(index, [])
            places.setdefault(index, heading.row)
            for ids, spacing in below:
                # Words in the heading that can't be read, or empty cells dropped: a short row may seem to fit.
                missing.extend(ids if named.has_unknown or spacing == "dropped" else ids[index : index + 1])
    for index, missing in sorted(touched.items()):
        row = places[index]
        place = row.at((row.source or " ".join(row.cells)).strip()[:200])
        label = block.columns[index].label if block.lines[0].is_labelled else block.lines[0].ids[index]
        yield Diagnostic(code="column-missing", cells=tuple(missing), location=place, expected=label, table=block.table)


def labels_last(case: BlockCase) -> Iterator[Diagnostic]:
    """Figures came between the heading and the first label: each row's may belong to the label after them.

    A blank row too, for its figures may stand above its label. A number or two, and every row full, are the number of
    a page.
    """
    for heading in case.headings:
        if not heading.figures_before:
            continue
        below = [row for row in case.rows.values() if row.token.heading is heading]
        is_full = all(len(row.token.filled) == len(row.placement.columns.indexes) for row in below)
        if not (is_full and len(heading.figures_before) < len(case.block.columns)):
            cells = tuple(cell_id for row in below for cell_id in row.line.ids)
            found = ", ".join(heading.figures_before)[:80]
            yield Diagnostic(
                code="labels-last", cells=cells, location=heading.row.at(""), found=found, table=case.block.table
            )


def blank_unsure(case: BlockCase) -> Iterator[Diagnostic]:
    """A loose cell is blank, and its row alone adds up to less than its total: the line of a figure may be lost."""
    if case.block.addends + 1 != len(case.block.columns):
        return
    short = [row for row in case.rows.values() if isinstance(row.token, LooseRow) and _is_short(row.placement.cells)]
    if not short:
        return
    rest = [_missing_sum(row.placement.cells) for row in case.rows.values() if row not in short]
    if rest.count(0) < MIN_ADDING_UP or any(rest):
        return
    for row in short:
        found = row.placement.cells[-1].text
        yield Diagnostic(
            code="blank-unsure", cells=row.line.ids, location=place_of(row.token), found=found, table=case.block.table
        )


def beside_crowded_rows(case: BlockCase) -> Iterator[Diagnostic]:
    """Rows of loose cells have more figures than there are columns: one is of a column that the form does not have.

    Then a row with as many figures as columns may have one of it, and lack one of its own.
    """
    count = len(case.block.columns)
    loose = [row for row in case.rows.values() if isinstance(row.token, LooseRow)]
    if sum(len(row.token.filled) > count for row in loose) < MIN_CROWDED:
        return
    for row in loose:
        if len(row.token.filled) == count:
            found = ", ".join(row.token.filled)[:80]
            yield Diagnostic(
                code="column-unsure",
                cells=row.line.ids,
                location=place_of(row.token),
                found=found,
                table=case.block.table,
            )


def _is_short(cells: Sequence[Cell]) -> bool:
    """Return whether a row of parts and their total has a blank part, and less than its total."""
    if not any(cell.state is State.BLANK for cell in cells[:-1]):
        return False
    missing = _missing_sum(cells)
    return missing is not None and missing > 0


def _missing_sum(cells: Sequence[Cell]) -> int | None:
    """Return what the parts of a row lack to its total; None where it has none."""
    *parts, total = (int(cell.value or 0) for cell in cells)
    return total - sum(parts) if total else None


def reaching_down(case: BlockCase) -> Iterator[Diagnostic]:
    """The cell of a figure reaches into a row below it."""
    rows = sorted(case.rows.values(), key=lambda row: row.token.row.line)
    above: dict[int, PlacedRow] = {}
    said: set[str] = set()
    for row in rows:
        covered = row.placement.covered
        for index in covered:
            owner = above.get(index)
            if owner is None:
                continue
            cell_id, cell = owner.line.ids[index], owner.placement.cells[index]
            if cell_id not in said and cell.state is State.VALUE:
                said.add(cell_id)
                yield Diagnostic(
                    code="cell-merged",
                    cells=(cell_id,),
                    location=place_of(owner.token),
                    found=cell.text,
                    table=case.block.table,
                )
        above.update({index: row for index in row.placement.columns.indexes if index not in covered})


class BlockDoubt(NamedTuple):
    """A doubt of a block, and the trait without which it has nothing to say."""

    needs: Trait
    ask: Callable[[BlockCase], Iterable[Diagnostic]]


BLOCK_DOUBTS: tuple[BlockDoubt, ...] = (
    BlockDoubt("short heading", missing_columns),
    BlockDoubt("figures before labels", labels_last),
    BlockDoubt("loose cells", blank_unsure),
    BlockDoubt("loose cells", beside_crowded_rows),
    BlockDoubt("odd row", reaching_down),
)


# --- tables --------------------------------------------------------------------------------------------------------


def figures_again(case: TableCase) -> Iterator[Diagnostic]:
    """A second row of figures without a label: an empty row, or one that numbers the columns, may come first."""
    if FIGURES not in case.accepted.rows:
        return
    again = next((row for row in case.unknown if any(look_up(value).is_figure for value in row.filled)), None)
    if again is not None:
        ids = case.form.cell_ids
        yield Diagnostic(
            code="row-repeated", cells=ids, location=place_of(again), found=NAMES[FIGURES], table=case.form.table
        )


def rows_repeated(case: TableCase) -> Iterator[Diagnostic]:
    """A row comes again and says something else; a blank copy says nothing, but for one in the place of the row.

    Where a page or a table ends, a row that goes on is there again. Within one piece of a table it is not: figures
    below a blank row of the same label may be those of another row; nor does a whole table come again but with those
    of another year or organ.
    """
    form = case.form
    is_second = _stands_twice(case.accepted)
    for token in case.accepted.repeated:
        kept = case.accepted.rows[token.type]
        differs = _is_other_row(token, kept) if is_second else _differs(token, case.accepted)
        ids = ids_of(form, token.type) if differs else ()
        yield Diagnostic(
            code="row-repeated", cells=ids, location=place_of(token), found=NAMES.get(token.type), table=form.table
        )


MIN_DIFFERING = 2
"""Rows that come again with other figures, from which on a table is taken to stand there a second time; or"""
MIN_AGAIN = 3
"""rows with figures that come again at all: at the break of a page a row or two do."""


def rows_of_second_table(case: TableCase) -> Iterator[Diagnostic]:
    """A row stands among others that come again with other figures: it may be of the table of another year or organ.

    The row of the first table was not read, or it has none.
    """
    again = [token for token in case.accepted.repeated if token.filled and _differs(token, case.accepted)]
    if len(again) < MIN_DIFFERING:
        return
    begin = min(token.row.line for token in again)
    for token in case.accepted.rows.values():
        ids = ids_of(case.form, token.type)
        if ids and token.row.line > begin:
            yield Diagnostic(
                code="row-repeated",
                cells=ids,
                location=place_of(token),
                found=NAMES.get(token.type),
                table=case.form.table,
            )


def _stands_twice(accepted: Accepted) -> bool:
    """Return whether not a row comes again, but the table."""
    again = [token for token in accepted.repeated if token.filled or accepted.rows[token.type].filled]
    others = sum(bool(token.filled) and _differs(token, accepted) for token in again)
    # The menu of a page may have labels too, and no figures.
    has_figures = any(token.filled and accepted.rows[token.type].filled for token in again)
    return others >= MIN_DIFFERING or (has_figures and len(again) >= MIN_AGAIN)


def _is_other_row(one: RowToken, other: RowToken) -> bool:
    """Return whether two rows hold other figures, or the same in other places of rows as wide."""
    if one.filled != other.filled or len(one.values) != len(other.values):
        return one.filled != other.filled
    return [value.strip() for value in one.values] != [value.strip() for value in other.values]


def _differs(again: RowToken, accepted: Accepted) -> bool:
    """Return whether a row that comes again says something else than the one that is kept."""
    kept = accepted.rows[again.type]
    return again.filled != kept.filled if again.filled else _stands_blank_before(again, kept, accepted)


def _stands_blank_before(token: RowToken, kept: RowToken, accepted: Accepted) -> bool:
    """Return whether a blank row stands before one with figures of the same label, in one piece of a table."""
    if not kept.filled:
        return False
    first, last = token.row.line, kept.row.line
    one, other = token.row.origin, kept.row.origin
    if one is not None and other is not None:
        is_one_piece = (one.table, one.page, one.sheet) == (other.table, other.page, other.sheet)
        return is_one_piece and (one.row or 0, first) < (other.row or 0, last)
    lines = {row.row.line for row in (*accepted.rows.values(), *accepted.repeated)}
    return first < last and all(line in lines for line in range(first, last))


def rows_out_of_order(case: TableCase) -> Iterator[Diagnostic]:
    """A row stands elsewhere than in the form."""
    form = case.form
    for token, expected in case.accepted.misplaced:
        ids, found = ids_of(form, token.type), NAMES.get(token.type)
        expected = NAMES.get(expected, expected)
        yield Diagnostic(
            code="row-out-of-order",
            cells=ids,
            location=place_of(token),
            expected=expected,
            found=found,
            table=form.table,
        )


def rows_cut_in_two(case: TableCase) -> Iterator[Diagnostic]:
    """A row of a grid goes on in the next: figures without a label, or beside the end of the label above.

    So pages and narrow cells cut a row in two. The figures below may be those of the row, or the ends of them; of one
    alone the row knows itself (``figure_wrapped``).
    """
    ends = {line: token for token in case.accepted.rows.values() for line in _lines_of(token)}
    for row in case.unknown:
        above = max((line for line in ends if line < row.row.line), default=None)
        token = None if above is None or isinstance(row, LooseRow) else ends[above]
        if token is not None and token.row.line == above and not token.lone and _goes_on(token, row.row):
            found = " | ".join(filter(None, map(str.strip, row.row.cells)))[:80]
            ids = ids_of(case.form, token.type)
            yield Diagnostic(
                code="figures-broken", cells=ids, location=place_of(token), found=found, table=case.form.table
            )


def _lines_of(token: RowToken) -> tuple[int, ...]:
    """Return the lines of a row and of the heading above it."""
    return (token.row.line,) if token.heading is None else (token.heading.row.line, token.row.line)


def _goes_on(token: RowToken, row: Row) -> bool:
    """Return whether a row has figures, and no words or the rest of those of a label; what is beside several rows may
    be there again.
    """
    filled = [cell for cell in row.cells if cell.strip() and not _is_beside_rows(cell)]
    words = [cell for cell in filled if not look_up(cell).is_figure]
    rest = piece_key("".join(words))
    is_rest = bool(rest) and piece_key(token.label) + rest in all_pieces()
    # The same figures again are a copy.
    return len(filled) > len(words) and (is_rest or not words) and [cell.strip() for cell in filled] != token.filled


def _is_beside_rows(cell: str) -> bool:
    """Return whether a cell is a label beside several rows."""
    label = look_up(cell).row_label
    return label is not None and (label.kind == "span" or label.name == forms.OTHER.terminal)


TABLE_DOUBTS: tuple[Callable[[TableCase], Iterable[Diagnostic]], ...] = (
    figures_again,
    rows_repeated,
    rows_of_second_table,
    rows_out_of_order,
    rows_cut_in_two,
)
