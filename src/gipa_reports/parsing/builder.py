"""From the tokens of the tables to the tables themselves, and to what has to be said about them.

Each row is placed below its heading (``placement``), then doubted (``doubts``, ``table_doubts``); what no strategy
could place is tried by the form's identities (``inference``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from attrs import Factory, define

from ..diagnostics import Diagnostic
from ..document import Paragraph
from ..memo import lazy
from ..report import AnyDisclosure, AnyRequests, Disclosure, Proceedings, Requests, UnknownRow
from ..report.cells import ABSENT
from ..report.tables import Cells
from ..template import FORMS, Edition, Form, TableId, forms
from ..template.numerals import is_plain, one_line
from ..template.vocabulary import LITERAL
from .doubts import RowCase, doubts_of, place_of
from .editions import editions_of
from .figures import texts_add_up
from .form_lines import NAMES, FormLine, LineBlock, blocks_of, is_label, terminals_of
from .grammar import Accepted, Stream, accept, stream_of
from .headings import HeadingColumns, columns_below, form_order, repeated
from .inference import has_cell_too_many, infer
from .neighbours import Neighbours, RowExtents
from .other_columns import OtherColumns
from .placement import PlacedRow, Placement, lost, place, place_like_neighbours
from .strategies import IN_ORDER
from .table_doubts import BLOCK_DOUBTS, TABLE_DOUBTS, BlockCase, BlockDoubt, TableCase, unknown_columns
from .tokens import LooseRow, RecognisedRow, RowToken, TableHeading
from .units import units_beside, units_in_block, words_above

_LOSING = frozenset(("position-lost", "position-inferred", "row-without-figures", "too-many-figures"))
"""A document with one of these has lost blanks, or has figures that are none of the form."""

_BLOCK_DOUBTS = (*BLOCK_DOUBTS, BlockDoubt("unit", units_in_block))


@define
class Built:
    """The three tables of a document."""

    disclosure: AnyDisclosure
    requests: AnyRequests
    proceedings: Proceedings
    diagnostics: list[Diagnostic] = Factory(list)
    places: dict[str, PlacedRow] = Factory(dict)
    """Row id → where its figures came from; ids of rows are in one table only."""

    def form(self, table: TableId) -> Form:
        """The form of a table in its edition."""
        return FORMS[table, self.disclosure.edition if table == "disclosure" else self.requests.edition]


def build(
    tokens: dict[TableId, list[RowToken]],
    unknown: list[RowToken],
    unplaced: Sequence[Paragraph],
    lines: Mapping[TableId, list[str]],
) -> Built:
    """The tables, each in the edition that its own labels show.

    ``unplaced`` is what stands between their cells; ``lines`` are those beside a table that say what it counts in.
    """
    streams = {table: stream_of(table, tokens[table]) for table in forms.TABLES}
    editions, assumed = editions_of(tokens, streams)
    problems: list[Diagnostic] = []
    unknown_in: dict[TableId, list[RowToken]] = {table: [] for table in forms.TABLES}
    for token in unknown:
        unknown_in[token.table].append(token)
    places: dict[str, PlacedRow] = {}
    rows: dict[TableId, list[Cells]] = {}
    numbers = _numbers(unplaced)
    for table in forms.TABLES:
        builder = _TableBuilder(FORMS[table, editions[table]], unknown_in[table], problems, numbers)
        beside = [*lines.get(table, ()), *words_above(table, tokens, unknown)]
        rows[table] = builder.build(tokens[table], streams[table], beside)
        places.update({row.id: placed for line, placed in builder.placed.items() for row in line.rows})
    problems.extend(assumed)
    problems = _without_needless_strays(problems, unplaced)

    def parts(table: TableId) -> tuple[Edition, tuple[Cells, ...], tuple[UnknownRow, ...]]:
        return editions[table], tuple(rows[table]), _unknown_rows(unknown_in[table], problems)

    disclosure, requests = Disclosure._built(*parts("disclosure")), Requests._built(*parts("requests"))
    return Built(disclosure, requests, Proceedings._built(*parts("proceedings")), problems, places)


def _numbers(unplaced: Sequence[Paragraph]) -> tuple[int, ...]:
    """The numbers that stand alone between the cells, in order: of pages, or ends of figures."""
    return tuple([int(line.text) for line in unplaced if line.text.isdecimal() and len(line.text) < 5])


def _without_needless_strays(problems: list[Diagnostic], unplaced: Sequence[Paragraph]) -> list[Diagnostic]:
    """``problems`` without doubts that only a wrong sum is reason for: nothing shows that blanks were lost."""
    if unplaced or any(problem.code in _LOSING for problem in problems):
        return problems
    return [problem for problem in problems if problem.code != "figure-stray"]


class _TableBuilder:
    """Builds one table; ``unknown`` rows and ``problems`` are added to."""

    def __init__(
        self, form: Form, unknown: list[RowToken], problems: list[Diagnostic], numbers: tuple[int, ...]
    ) -> None:
        self._layout = form
        self._unknown = unknown
        self._problems = problems
        self._numbers = numbers
        self._lost: dict[tuple[str, ...], tuple[Sequence[str], HeadingColumns]] = {}
        self.placed: dict[FormLine, PlacedRow] = {}
        """Origin of the figures of each line."""

    def build(self, tokens: list[RowToken], stream: Stream, lines: Sequence[str]) -> list[Cells]:
        """The rows of the table in the order of the form."""
        form = self._layout
        terminals = terminals_of(form.table, form.edition)
        if not any(token.values or token.type in terminals for token in tokens):
            return self._absent()
        accepted = accept(form.table, form.edition, stream)
        self._set_aside(accepted, terminals)
        blocks = blocks_of(form.table, form.edition)
        if not terminals & accepted.rows.keys() and not blocks[0].lines[0].is_labelled:
            return self._absent()
        others = OtherColumns(blocks, accepted, RowExtents(accepted.rows.values()))
        cells = list(chain.from_iterable(self._block(block, accepted, others) for block in blocks))
        return _parted(self._doubt_table(cells, blocks, accepted, lines), form)

    def _doubt_table(
        self, cells: list[Cells], blocks: Sequence[LineBlock], accepted: Accepted, lines: Sequence[str]
    ) -> list[Cells]:
        """Return ``cells`` with what identities and stated units make of them; doubt the table as a whole."""
        if self._lost:
            cells = infer(self._layout, cells, self._lost, self._problems)
        if self._unknown or lines:
            cells, self.placed, differing = units_beside(blocks, cells, self.placed, self._unknown, lines)
            self._problems.extend(differing)
        if self._unknown or accepted.repeated or accepted.misplaced:
            for doubt in TABLE_DOUBTS:
                self._problems.extend(doubt(TableCase(self._layout, accepted, self._unknown)))
        return cells

    def _set_aside(self, accepted: Accepted, terminals: frozenset[str]) -> None:
        """Keep rows that are none of the form, and figures beside a label that has none; say which labels lack."""
        table = self._layout.table
        self._unknown.extend(accepted.foreign)
        span = accepted.rows.get(forms.OTHER.terminal) if forms.OTHER.terminal not in terminals else None
        if span is not None and any(span.values):
            self._unknown.append(span)
        for terminal in accepted.missing:
            if terminal not in terminals and is_label(table, terminal):
                self._problems.append(Diagnostic(code="label-missing", cells=(), expected=NAMES[terminal], table=table))

    def _absent(self) -> list[Cells]:
        form = self._layout
        self._problems.append(Diagnostic(code="table-absent", cells=form.cell_ids, table=form.table))
        return [(ABSENT,) * len(form.columns_of[row.id]) for row in form.rows]

    def _block(self, block: LineBlock, accepted: Accepted, others: OtherColumns) -> list[Cells]:
        case = BlockCase(block, accepted, self._unknown)
        below = _Below(block, accepted, others)
        for line in block.lines:
            token = accepted.rows.get(line.terminal)
            if token is None:
                self._problems.append(
                    Diagnostic(code="row-missing", cells=line.ids, expected=line.label, table=block.table)
                )
                continue
            if token.heading is not below.heading:
                self._problems.extend(below.enter(token, case))
            placement = place(token, below.named, block)
            if placement.is_quiet and below.agrees_with(placement) and not token.is_doubtful:
                # Most rows.
                case.rows[line] = PlacedRow(token, placement, line)
                if token.recognised is None and not placement.is_full:
                    case.traits.add("loose cells")
            else:
                self._keep(token, self._weighed(token, placement, line, below), line, block, case)
        self._doubt_block(block, case)
        self.placed.update(case.rows)
        absent = (ABSENT,) * len(block.columns)
        return [case.rows[line].placement.cells if line in case.rows else absent for line in block.lines]

    def _weighed(self, token: RowToken, placement: Placement, line: FormLine, below: _Below) -> Placement:
        """The placement of a row, or another where the rows beside it show that it stands elsewhere."""
        if below.speaks_against(token, placement):
            return lost(token, below.named, below.block)
        if placement.by_position or placement.places is None or placement.width not in below.named.widths:
            placement = self._by_neighbours(token, placement, line, below.block, below.neighbours)
        if placement.columns.by_others and below.may_hold_another():
            # Full rows do not show where the columns of the form stand.
            return lost(token, below.named, below.block)
        return placement

    def _by_neighbours(
        self, token: RowToken, placement: Placement, line: FormLine, block: LineBlock, neighbours: Neighbours
    ) -> Placement:
        """A row that its own cells don't place: as the rows beside it; that of 四, which has none, by itself."""
        if line.is_labelled:
            return place_like_neighbours(token, neighbours, block)
        named, places = placement.columns, placement.places
        if placement.width not in named.widths and not _has_all_cells(token, named, block):
            return lost(token, named, block)
        is_wider = places is not None and placement.by_position and named.indexes == tuple(range(len(block.columns)))
        if is_wider and places is not None and has_cell_too_many(token.values, places, block.addends):
            # No other row shows in which columns of the grid the figures stand.
            return lost(token, named, block)
        return placement

    def _keep(self, token: RowToken, placement: Placement, line: FormLine, block: LineBlock, case: BlockCase) -> None:
        case.keep_odd(PlacedRow(token, placement, line))
        if placement.places is None and any(map(str.strip, token.values)):
            self._lost[line.ids] = token.values, placement.columns
        if token.is_doubtful or not placement.is_quiet:
            self._problems.extend(doubts_of(RowCase(token, placement, line, block, self._numbers)))

    def _doubt_block(self, block: LineBlock, case: BlockCase) -> None:
        """Doubt rows again for what others of the block show, then the block."""
        if "odd row" in case.traits:
            self._lose_shifted(block, case)
        for trait, doubt in _BLOCK_DOUBTS if case.traits else ():
            if trait in case.traits:
                self._problems.extend(doubt(case))

    def _lose_shifted(self, block: LineBlock, case: BlockCase) -> None:
        """Place shifted rows nowhere where others as wide show a column that is not the form's."""
        shifted = [row for row in case.rows.values() if row.placement.shifted]
        crowded = case.widths_of_crowded() if shifted else ()
        for token, placement, line in shifted:
            if token.offset + len(token.values) in crowded:
                # A figure of this row may be of that column.
                self._keep(token, lost(token, placement.columns, block), line, block, case)


class _Below:
    """The columns of a block below one of its headings after the other."""

    def __init__(self, block: LineBlock, accepted: Accepted, others: OtherColumns) -> None:
        self.block = block
        self._accepted = accepted
        self._others = others
        self._extents = others.extents
        self._neighbours: Neighbours | None = None
        self.heading: TableHeading | None = None
        self.named = form_order(len(block.columns))
        self.is_even = False
        """True if no row below the heading speaks against another."""

    def enter(self, token: RowToken, case: BlockCase) -> Iterable[Diagnostic]:
        """Go on below the heading of another row, and tell which of its columns the form does not have."""
        block, heading = self.block, token.heading
        self.heading, self._neighbours = heading, None
        self.named = repeated(columns_below(block.table, block.columns, heading), self.named)
        if self.named.moved or self.named.lacking:
            self.named = self.neighbours.named
        may_hold_others = bool(self.named.others) or self._others.are_shown
        self.is_even = not may_hold_others and self._extents.are_even(heading, self.named)
        if heading is None:
            return ()
        case.enter(heading, self.named)
        return unknown_columns(token, self.named) if self.named.others else ()

    def agrees_with(self, placement: Placement) -> bool:
        """Return whether no row below the heading can speak against a placement."""
        if not self.is_even or placement.width not in self.named.widths:
            return False
        return not placement.by_position or self._extents.are_exact(self.heading, self.named)

    def speaks_against(self, token: RowToken, placement: Placement) -> bool:
        """Return whether other rows speak against a row that was placed by the number of its cells."""
        if self._ends_before_a_name(token):
            return True
        row = token.recognised
        if row is None or not row.filled or self.is_even:
            return False
        if self.named.others and self._lacks_a_cell_beside(row):
            return True
        if placement.strategy not in IN_ORDER:
            return False
        if self.may_hold_another():
            return True
        return token.spacing != "dropped" and self._may_lack_a_cell(row) and self.neighbours.speak_against(token)

    def _may_lack_a_cell(self, row: RecognisedRow) -> bool:
        """Return whether a row has a blank and may have lost a cell.

        As wide as the widest it has lost none; then only as many figures as columns may have one too many among them.
        """
        counts = (len(self.named.indexes), len(self.block.columns))
        return len(row.filled) < len(row.values) and (len(row.values) < self._widest or len(row.filled) in counts)

    def may_hold_another(self) -> bool:
        """Return whether a figure of a row may be of a column that others show, and that the heading does not place."""
        return not self.named.others and self._others.are_shown

    def _lacks_a_cell_beside(self, row: RecognisedRow) -> bool:
        """Return whether a row ends before a column that is none of the form, and not for its blank end was trimmed.

        Then the last of its cells may be of that column.
        """
        is_short = row.width <= max(self.named.others)
        return is_short and not (is_plain(row.values[-1]) and self._others.ends_are_trimmed)

    def _ends_before_a_name(self, token: RowToken) -> bool:
        """Return whether the only row of a block ends before a column that its heading names, and does not add up.

        Beside a column that is none of the form a cell of either may be missing; no label stands between them.
        """
        named = self.named
        if not named.others or self.block.lines[0].is_labelled:
            return False
        if token.offset + len(token.values) > max(*named.others, *(named.positions or ())):
            return False
        return not texts_add_up(token.values, self.block.addends)

    @lazy
    def _rows(self) -> list[RecognisedRow]:
        """The rows of the block."""
        tokens = (self._accepted.rows.get(line.terminal) for line in self.block.lines)
        return [row for token in tokens if token is not None and (row := token.recognised) is not None]

    @lazy
    def _widest(self) -> int:
        """Return how many cells the widest row has behind its label."""
        return max(len(row.values) for row in self._rows)

    @property
    def neighbours(self) -> Neighbours:
        """The rows below the heading."""
        if self._neighbours is None:
            self._neighbours = Neighbours(self.named, self.heading, list(self._accepted.rows.values()), self.block)
        return self._neighbours


def _has_all_cells(token: RowToken, named: HeadingColumns, block: LineBlock) -> bool:
    """Return whether a row has a cell for each column, below a heading that names them all.

    Beside others that the form does not have, only a row whose blank end was trimmed, and all of theirs, has lost none.
    """
    if named.lacking or len(token.values) != len(block.columns):
        return False
    return not named.others or (is_plain(token.values[-1]) and min(named.others) >= len(token.values))


def _parted(cells: list[Cells], form: Form) -> list[Cells]:
    """``cells`` of lines as those of the rows of the form: 四 has three in one line."""
    if len(cells) == len(form.rows):
        return cells
    flat = iter([cell for line in cells for cell in line])
    return [tuple([next(flat) for _ in form.columns_of[row.id]]) for row in form.rows]


def _unknown_rows(tokens: list[RowToken], problems: list[Diagnostic]) -> tuple[UnknownRow, ...]:
    rows: list[UnknownRow] = []
    for token in tokens:
        texts = [token.label, *token.values] if isinstance(token, LooseRow) else token.row.cells
        cells = [_literal(text) for text in texts]
        while cells and not cells[-1]:
            cells.pop()
        while cells and not cells[0]:
            cells.pop(0)
        if cells:
            rows.append(UnknownRow(tuple(cells)))
            found = " | ".join(cells)[:120]
            problems.append(
                Diagnostic(code="row-unknown", cells=(), location=place_of(token), found=found, table=token.table)
            )
    return tuple(rows)


def _literal(text: str) -> str:
    """A cell of an unknown row as it is kept."""
    words = one_line(text)
    return words[1:].lstrip() if words.startswith(LITERAL) and len(words) > 1 else words
