"""From the tokens of the tables to the tables themselves, and to what has to be said about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from attrs import Factory, define, evolve, field

from ..diagnostics import Diagnostic, Location
from ..document import COVERED, COVERED_BELOW, Paragraph, Row, Spacing
from ..report import Cell, Disclosure, Proceedings, Requests, State, UnknownRow
from ..report.cells import ABSENT, BLANK, MAX_CELL_TEXT
from ..report.tables import Cells
from ..template import COLUMNS, FIGURES, Block, Edition, Form, TableId, form, forms, words
from ..template.forms import Column, Kind
from ..template.forms import Row as FormRow
from ..template.labels import LITERAL
from .below import Below, columns_below, form_order, repeated
from .columns import Columns, Fit, fit, read_columns
from .figures import is_figure, one_line, read_counts, read_figure, unit_differs, with_units
from .grammar import Accepted, accept
from .inference import has_cell_too_many, infer, strays
from .lexer import FIGURE_COUNT, Heading, LooseRow, RowToken

MAX_CACHED = 400
"""Characters of the longest row of loose cells that is remembered."""

_EVERY = tuple(range(FIGURE_COUNT))
"""The columns of the widest table in the order of the form; of others, the first of these."""

MAX_PLACEMENTS = 16
"""Headings below which the placement of a row is remembered; nearly all rows are met below one or two."""

_LOSING = frozenset(("position-lost", "position-inferred", "row-without-figures", "too-many-figures"))
"""A document with one of these has lost blanks, or has figures that are none of the form."""

_NAMES = {
    terminal: label
    for layout in forms.FORMS.values()
    for terminal, label in (
        *((span.terminal, span.label) for span in layout.spans),
        *((block.head.terminal, block.head.label) for block in layout.blocks if block.head is not None),
        *((row.terminal, row.label) for row in layout.rows),
    )
} | {COLUMNS: forms.INFORMATION.label, FIGURES: "figures"}
"""Terminal → the words of the form, for people."""


@define(eq=False)
class Placed:
    """A row with its values set against the columns ``named``. ``fit`` is None where that could not be done.

    Shared by rows alike, and changed by nothing.
    """

    named: Columns
    cells: Cells
    fit: Fit | None
    codes: tuple[tuple[int, str], ...] = ()
    plain: bool = False
    """Whether there is nothing to say: all is placed, nothing is odd, no unit is written."""
    by_position: bool = False
    """Whether blanks were told by what stands below which column."""
    width: int = 0
    """How many cells the row has with its label, where that decides which of them is what; else 0."""
    shifted: bool = False
    """Whether the figures, all there, stand elsewhere than the names of their columns."""
    covered: tuple[int, ...] = ()
    """The columns in which a cell from above reaches."""
    stray: tuple[int, ...] = ()
    """The columns whose figures may be none of the row, if a blank has left no trace."""
    quiet: bool = field(init=False)
    """Whether there is nothing to say of how it was done either: most rows."""

    @quiet.default
    def _quiet(self) -> bool:
        return self.plain and not (self.fit is None or self.by_position or self.named.unread or self.stray)


@define
class Built:
    """The three tables of a document."""

    disclosure: Disclosure
    requests: Requests
    proceedings: Proceedings
    diagnostics: list[Diagnostic] = Factory(list)
    places: dict[str, tuple[RowToken, Placed]] = Factory(dict)
    """Row id → where its figures came from; ids of rows are in one table only."""


def build(
    tokens: dict[TableId, list[RowToken]],
    unknown: list[RowToken],
    noise: Sequence[Paragraph],
    lines: Mapping[TableId, list[str]],
) -> Built:
    """The tables, each in the edition that its own labels show.

    ``noise`` is what stands between their cells; ``lines`` are those beside a table that say what it counts in.
    """
    names = {table: tuple([token.type for token in tokens[table]]) for table in forms.TABLES}
    votes = {table: _votes(table, names[table], tokens[table]) for table in forms.TABLES}
    editions = _editions(votes)
    problems: list[Diagnostic] = []
    rows: dict[TableId, list[Cells]] = {}
    strange: dict[TableId, list[RowToken]] = {table: [] for table in forms.TABLES}
    for token in unknown:
        strange[token.table].append(token)
    places: dict[str, tuple[RowToken, Placed]] = {}
    for table in forms.TABLES:
        layout = form(table, editions[table])
        rows[table] = _table(layout, names[table], tokens[table], strange[table], problems, places)
        if strange[table] or table in lines:
            beside = _units_beside(layout, rows[table], places, strange[table], lines.get(table, []))
            problems.extend(_together(beside))
    _assumed(tokens, votes, editions, problems)
    if problems and not noise and not any(problem.code in _LOSING for problem in problems):
        # A sum that is wrong is no reason to doubt where the figures stand.
        problems = [problem for problem in problems if problem.code != "figure-stray"]
    return Built(
        Disclosure._built(
            editions["disclosure"], tuple(rows["disclosure"]), _unknown_rows(strange["disclosure"], problems)
        ),
        Requests._built(editions["requests"], tuple(rows["requests"]), _unknown_rows(strange["requests"], problems)),
        Proceedings._built(
            editions["proceedings"], tuple(rows["proceedings"]), _unknown_rows(strange["proceedings"], problems)
        ),
        problems,
        places,
    )


# --- edition -------------------------------------------------------------------------------------------------------


def _votes(table: TableId, names: tuple[str, ...], tokens: list[RowToken]) -> dict[Edition, int]:
    """How many labels of a table belong to one edition alone; 四 is the same in both. ``names`` are the types of the
    ``tokens``.
    """
    if table == "proceedings":
        return dict.fromkeys(forms.EDITIONS, 0)
    votes = dict(_labels_of(table, names))
    if table == "disclosure":
        headings = [token.heading for token in tokens if token.type == COLUMNS]
        for edition, count in _named(tuple([tuple(heading.rows) for heading in headings if heading])).items():
            votes[edition] += count
    elif forms.OTHER.terminal in names:
        # At the end of a text that was cut off what stands beside （六） may be the begin of a label.
        if any(any(token.values) for token in tokens[:-1] if token.type == forms.OTHER.terminal):
            votes["2019"] += 1
        if not votes["2021"] and "PROCESSED_TOTAL" in names:
            # （六） with nothing below it, and the table goes on: in 2019 it is a row, blank here.
            votes["2019"] += 1
    return votes


@lru_cache(maxsize=256)
def _labels_of(table: TableId, names: tuple[str, ...]) -> dict[Edition, int]:
    """How many of the rows named are in the table of one edition alone."""
    return {edition: len(_only_in(table, edition).intersection(names)) for edition in forms.EDITIONS}


@lru_cache(maxsize=8)
def _only_in(table: TableId, edition: Edition) -> frozenset[str]:
    """The terminals of a table that the other edition does not have."""
    others = {name for other in forms.EDITIONS if other != edition for name in form(table, other).terminals}
    return frozenset(form(table, edition).terminals) - others


@lru_cache(maxsize=256)
def _named(headings: tuple[tuple[tuple[str, ...], ...], ...]) -> dict[Edition, int]:
    """How many columns of each edition the headings of 二 name; the block that knows most of one's counts."""
    found = dict.fromkeys(forms.EDITIONS, 0)
    for edition in forms.EDITIONS:
        for rows in headings:
            named = [read_columns("disclosure", block.columns, rows) for block in form("disclosure", edition).blocks]
            found[edition] += max(0 if columns.unread else len(columns.indexes) for columns in named)
    return found


def _editions(votes: dict[TableId, dict[Edition, int]]) -> dict[TableId, Edition]:
    found: dict[TableId, Edition] = {}
    for table, counts in votes.items():
        if counts["2019"] != counts["2021"]:
            found[table] = "2019" if counts["2019"] > counts["2021"] else "2021"
    requests = found.get("requests", found.get("disclosure", "2021"))
    return {"disclosure": found.get("disclosure", requests), "requests": requests, "proceedings": requests}


def _assumed(
    tokens: dict[TableId, list[RowToken]],
    votes: dict[TableId, dict[Edition, int]],
    editions: dict[TableId, Edition],
    problems: list[Diagnostic],
) -> None:
    """Say so where a table has rows and no label that shows its edition."""
    tables: tuple[TableId, ...] = ("disclosure", "requests")
    for table in tables:
        if tokens[table] and votes[table]["2019"] == votes[table]["2021"]:
            ids = form(table, editions[table]).cell_ids
            problems.append(
                Diagnostic("edition-assumed", ids, _place(tokens[table][0]), found=editions[table], table=table)
            )


# --- rows ----------------------------------------------------------------------------------------------------------


def _table(
    layout: Form,
    names: tuple[str, ...],
    tokens: list[RowToken],
    strange: list[RowToken],
    problems: list[Diagnostic],
    places: dict[str, tuple[RowToken, Placed]],
) -> list[Cells]:
    """The rows of one table in the order of the form."""
    table = layout.table
    rows_of_form = _row_terminals(layout)
    if not any(token.values or token.type in rows_of_form for token in tokens):
        problems.append(Diagnostic("table-absent", layout.cell_ids, table=table))
        return [(ABSENT,) * len(layout.columns_of[row.id]) for row in layout.rows]
    accepted = accept(table, layout.edition, names, tokens)
    strange.extend(accepted.foreign)
    if table == "requests" and layout.edition == "2021":
        span = accepted.rows.get(forms.OTHER.terminal)
        if span is not None and any(span.values):
            strange.append(span)
    if accepted.missing:
        problems.extend(
            Diagnostic("label-missing", (), expected=_NAMES[terminal], table=table)
            for terminal in accepted.missing
            if terminal not in rows_of_form and terminal != COLUMNS
        )
    if table == "proceedings":
        return _figures(layout, accepted, strange, problems, places)
    rows: list[Cells] = []
    lost: dict[str, tuple[RowToken, Columns]] = {}
    token_of = accepted.rows.get
    for block in layout.blocks:
        short: dict[Heading, Columns] = {}
        heading: Heading | None = None
        named = columns_below(table, block.columns, heading)
        below: Below | None = None
        shifted: list[tuple[int, FormRow, RowToken, Columns]] = []
        is_covered = False
        for row in block.rows:
            token = token_of(row.terminal)
            if token is None:
                problems.append(Diagnostic("row-missing", layout.ids_of[row.id], expected=row.label, table=table))
                rows.append((ABSENT,) * len(block.columns))
                continue
            if token.heading is not heading:
                heading, below = token.heading, None
                named = repeated(columns_below(table, block.columns, heading), named)
                if named.moved or named.lacking:
                    below = Below(named, heading, accepted, block)
                    named = below.named
                if named.lacking and heading is not None:
                    short[heading] = named
                if named.others:
                    problems.extend(_unknown_columns(token, named))
            shape = token.shape
            placed = shape.placements.get(named) if shape is not None else None
            if placed is None:
                placed = _place_row(token, named, block.kinds)
            is_plain = shape is not None or not (token.glued or token.gaps)
            if placed.quiet and is_plain and placed.width in named.widths:
                # Most rows.
                rows.append(placed.cells)
                places[row.id] = token, placed
                continue
            if placed.by_position or placed.fit is None or placed.width not in named.widths:
                below = below or Below(named, heading, accepted, block)
                placed = _place_like_others(token, below, block.kinds)
            if placed.fit is None and any(map(str.strip, token.values)):
                lost[row.id] = token, placed.named
            elif placed.shifted:
                shifted.append((len(rows), row, token, placed.named))
            if not placed.quiet or token.glued or token.gaps:
                problems.extend(_row_problems(token, placed, block.columns, layout.ids_of[row.id], row.label))
            is_covered = is_covered or bool(placed.covered)
            rows.append(placed.cells)
            places[row.id] = token, placed
        crowded = _crowded(block, lost) if shifted and lost else ()
        for at, row, token, columns in shifted:
            if token.offset + len(token.values) in crowded:
                # The others show a column that is not the form's: a figure of this row may be of that one.
                placed = _lost(tuple(token.values), columns, len(block.kinds))
                rows[at], places[row.id], lost[row.id] = placed.cells, (token, placed), (token, columns)
                problems.extend(_row_problems(token, placed, block.columns, layout.ids_of[row.id], row.label))
        if short:
            _missing_columns(layout, block, accepted, short, problems)
        if is_covered:
            problems.extend(_reaching_down(block, layout, places))
        if "amount" in block.kinds or named.units:
            problems.extend(_together(_units_in_block(layout, block, accepted, rows, places)))
    if lost:
        rows = infer(layout, rows, {row_id: (token.values, named) for row_id, (token, named) in lost.items()}, problems)
    _order_problems(layout, accepted, problems)
    return rows


def _reaching_down(block: Block, layout: Form, places: dict[str, tuple[RowToken, Placed]]) -> Iterable[Diagnostic]:
    """The figures whose cell reaches into a row below it."""
    rows = [(row, *places[row.id]) for row in block.rows if row.id in places]
    rows.sort(key=lambda found: found[1].row.line)
    above: dict[int, tuple[FormRow, RowToken, Placed]] = {}
    said: set[str] = set()
    for row, token, placed in rows:
        for index in placed.covered:
            if index not in above:
                continue
            owner, owning, owned = above[index]
            cell_id = layout.ids_of[owner.id][index]
            if cell_id not in said and owned.cells[index].state is State.VALUE:
                said.add(cell_id)
                found = owned.cells[index].text
                yield Diagnostic("cell-merged", (cell_id,), _place(owning), found=found, table=layout.table)
        above.update({index: (row, token, placed) for index in placed.named.indexes if index not in placed.covered})


def _crowded(block: Block, lost: dict[str, tuple[RowToken, Columns]]) -> set[int]:
    """How wide those of the rows ``lost`` are that have more figures than there are columns."""
    shapes = [lost[row.id][0].shape for row in block.rows if row.id in lost]
    return {shape.width for shape in shapes if shape is not None and len(shape.filled) > len(block.columns)}


@lru_cache(maxsize=8)
def _terminals(table: TableId, edition: Edition) -> frozenset[str]:
    return frozenset(row.terminal for row in form(table, edition).rows) | {FIGURES}


def _row_terminals(layout: Form) -> frozenset[str]:
    return _terminals(layout.table, layout.edition)


def _place_row(token: RowToken, named: Columns, kinds: tuple[Kind, ...]) -> Placed:
    """The values of a row in their columns; in the form's order where the heading could not be read in full."""
    if token.shape is None:
        return _placed_below(token, named, kinds)
    remembered = token.shape.placements
    found: Placed | None = remembered.get(named)
    if found is None:
        if len(remembered) >= MAX_PLACEMENTS:
            remembered.clear()
        found = remembered[named] = _placed_below(token, named, kinds)
    return found


def _place_like_others(token: RowToken, below: Below, kinds: tuple[Kind, ...]) -> Placed:
    """A row whose own cells don't say which of them is blank: by the full rows as wide as it is."""
    if token.shape is None or token.spacing != "grid" or below.named.unread:
        return _place_row(token, below.named, kinds)
    named = below.columns_of(token)
    return _lost(tuple(token.values), below.named, len(kinds)) if named is None else _place_row(token, named, kinds)


def _placed_below(token: RowToken, named: Columns, kinds: tuple[Kind, ...]) -> Placed:
    values = tuple(token.values)
    if token.glued and (len(named.indexes) > 1 or len(values) != 1):
        return _lost(values, named, len(kinds))
    short = isinstance(token, LooseRow) and len("".join(values)) <= MAX_CACHED
    placed = (_cached_placed if short else _placed)(values, named, token.spacing, token.offset, kinds)
    if placed.plain:
        return placed
    if placed.fit is None and named.strange and len(named.indexes) < len(kinds):
        again = _placed(values, form_order(len(kinds), strange=True), token.spacing, token.offset, kinds)
        if again.fit is not None:
            return again
    if placed.fit is None and token.gaps:
        spread = _spread(token.gaps, len(named.indexes))
        if spread is not None:
            return _with_fit(values, named, spread, kinds)
    return placed


def _placed(values: tuple[str, ...], named: Columns, spacing: Spacing, offset: int, kinds: tuple[Kind, ...]) -> Placed:
    every = _EVERY[: len(values)]
    if every == named.indexes and len(values) == len(kinds) and "amount" not in kinds:
        counts = read_counts(values)
        if counts is not None:
            # Most rows: each cell is there, and holds a number.
            stray = strays(counts, _addends(len(kinds))) if spacing == "dropped" else ()
            return Placed(named, counts, every, plain=True, stray=stray)
    places = fit(values, named, spacing, offset)
    if places is None or (named.unread and not _whole(values, places) and spacing == "dropped" and any(values)):
        return _lost(values, named, len(kinds))
    whole = _whole(values, places)
    if spacing != "grid" or named.unread or (whole and len(values) == len(places) == len(kinds)):
        placed = _with_fit(values, named, places, kinds)
        if spacing == "dropped" and whole and every == named.indexes and len(values) == len(kinds):
            placed.stray = strays(placed.cells, _addends(len(kinds)))
            placed.quiet = placed.quiet and not placed.stray
        return placed
    by_position = not whole and len(values) != len(places)
    placed = _with_fit(values, named, places, kinds, by_position, offset + len(values))
    standing = tuple([offset + place for place in places if place is not None])
    if whole and named.positions not in (None, standing):
        placed.shifted, placed.quiet = True, False
    return placed


_cached_placed = lru_cache(maxsize=8192)(_placed)


def _addends(columns: int) -> int:
    """How many figures of a row with so many columns add up to the one behind them; 0 where none do."""
    groups = (forms.APPLICANT_COLUMNS, forms.OUTCOME_COLUMNS)
    return next((len(group) - 1 for group in groups if columns % len(group) == 0), 0)


def _whole(values: Sequence[str], places: Fit) -> bool:
    """Whether no column is blank."""
    return all(place is not None and values[place].strip() for place in places)


def _with_fit(
    values: tuple[str, ...],
    named: Columns,
    places: Fit,
    kinds: tuple[Kind, ...],
    by_position: bool = False,
    width: int = 0,
) -> Placed:
    cells = [ABSENT] * len(kinds)
    codes: list[tuple[int, str]] = []
    for index, place in zip(named.indexes, places, strict=True):
        if place is None:
            cells[index] = BLANK
            continue
        cells[index], code = read_figure(values[place], kinds[index])
        if code is not None:
            codes.append((index, code))
    covered: list[int] = []
    if COVERED in values or COVERED_BELOW in values:
        merged = _spread_over(values, cells, [*zip(named.indexes, places, strict=True)], covered)
        codes.extend((index, "cell-merged") for index in merged)
    plain = not codes and not any(cell.unit for cell in cells) and any(values)
    return Placed(named, tuple(cells), places, tuple(codes), plain, by_position, width, covered=tuple(covered))


def _spread_over(
    values: tuple[str, ...], cells: list[Cell], where: list[tuple[int, int | None]], covered: list[int]
) -> Iterable[int]:
    """Set the cells in which another cell reaches, and tell which these are, and it; ``covered`` takes those below it.

    A mark that there is no figure counts for all columns that it covers. A figure does not.
    """
    index_at = {place: index for index, place in where}
    found: dict[int, None] = {}
    for index, place in where:
        if (COVERED_BELOW in values) if place is None else values[place] == COVERED_BELOW:
            found[index] = None
            covered.append(index)
        if place is None or values[place] != COVERED:
            continue
        first = next((at for at in range(place, -1, -1) if values[at] != COVERED), None)
        source = index_at.get(first) if first is not None and values[first].strip() else None
        if source is not None and cells[source].state is State.NOT_APPLICABLE:
            cells[index] = cells[source]
            continue
        if source is not None:
            cells[index] = Cell.invalid(cells[source].text)
            found[source] = None
        found[index] = None
    return found


def _lost(values: tuple[str, ...], named: Columns, count: int) -> Placed:
    """Figures are there and can't be told apart: each cell holds all of the row's words, and is no figure."""
    words = one_line(" ".join(values))[:MAX_CELL_TEXT].strip()
    cells = [ABSENT] * count
    for index in named.indexes:
        cells[index] = Cell.invalid(words) if words else BLANK
    return Placed(named, tuple(cells), None)


def _spread(gaps: Sequence[int], count: int) -> Fit | None:
    """Layout 13: an empty cell is one more empty line, or two; taken only where that fills the row exactly.

    ``gaps`` holds the empty lines before each value. The last value's following gap is not known, so a row whose last
    cells are empty stays undecided.
    """
    for step in (2, 1):
        places: list[int | None] = []
        for index, gap in enumerate(gaps):
            if gap < 1 or (gap - 1) % step:
                break
            places.extend([None] * ((gap - 1) // step))
            places.append(index)
        else:
            if len(places) == count and any(gap > 1 for gap in gaps):
                return tuple(places)
    return None


# --- 四 ------------------------------------------------------------------------------------------------------------


def _figures(
    layout: Form,
    accepted: Accepted,
    strange: list[RowToken],
    problems: list[Diagnostic],
    places: dict[str, tuple[RowToken, Placed]],
) -> list[Cells]:
    """The one row of 四, cut into its three groups."""
    block = layout.blocks[0]
    columns = block.columns
    fifteen = columns * len(layout.rows)
    ids = layout.cell_ids
    token = accepted.rows.get(FIGURES)
    if token is None:
        problems.append(Diagnostic("table-absent", ids, table=layout.table))
        return [(ABSENT,) * len(columns) for _ in layout.rows]
    named = columns_below("proceedings", columns, token.heading)
    placed = _place_row(token, named, block.kinds * len(layout.rows))
    if (named.lacking or len(token.values) != len(fifteen)) and placed.width not in named.widths:
        placed = _lost(tuple(token.values), placed.named, len(fifteen))
    fit_to_wider = placed.fit if placed.by_position and placed.named.indexes == _EVERY else None
    if fit_to_wider is not None and has_cell_too_many(token.values, fit_to_wider, _addends(len(fifteen))):
        # No other row shows in which columns of the grid the figures stand.
        placed = _lost(tuple(token.values), placed.named, len(fifteen))
    named = placed.named
    lost = {"": (token.values, named)} if placed.fit is None else {}
    if not placed.quiet or token.gaps:
        problems.extend(_row_problems(token, placed, fifteen, ids, layout.table))
    rows = [placed.cells[start : start + len(columns)] for start in range(0, len(fifteen), len(columns))]
    for row in layout.rows:
        places[row.id] = token, placed
    again = next((row for row in strange if any(value.strip() and is_figure(value) for value in row.values)), None)
    if again is not None:
        # An empty row, or one that numbers the columns, may stand where the figures were expected.
        problems.append(Diagnostic("row-repeated", ids, _place(again), found=_NAMES[FIGURES], table=layout.table))
    if len(named.indexes) < len(fifteen):
        missing = [ids[index] for index in range(len(fifteen)) if index not in named.indexes]
        touched = ids if token.spacing == "dropped" else tuple(missing)
        problems.append(Diagnostic("column-missing", touched, expected=", ".join(missing), table="proceedings"))
    if lost:
        rows = infer(layout, rows, lost, problems)
    _order_problems(layout, accepted, problems)
    return rows


# --- what has to be said -------------------------------------------------------------------------------------------


def _place(token: RowToken, index: int | None = None) -> Location:
    text = token.row.source or token.label or " ".join(token.row.cells)
    if index is None:
        return token.at(text.strip()[:200])
    return token.at(token.values[index].strip()[:200], index)


def _row_problems(
    token: RowToken, placed: Placed, columns: tuple[Column, ...], ids: tuple[str, ...], label: str
) -> Iterable[Diagnostic]:
    table, named = token.table, placed.named
    touched = tuple(ids[index] for index in named.indexes)
    if named.unread and any(token.values):
        yield Diagnostic("columns-unread", touched, _place(token), table=table)
    filled = sum(1 for value in token.values if value.strip())
    if not filled and (placed.fit is None or token.spacing == "dropped"):
        yield Diagnostic("row-without-figures", touched, _place(token), found=label, table=table)
    elif placed.fit is None:
        code = "position-lost" if filled <= len(named.indexes) else "too-many-figures"
        if token.glued:
            code = "glued-cells"
        found = str(filled) if code != "glued-cells" else (token.row.source or label)[:80]
        yield Diagnostic(code, touched, _place(token), str(len(named.indexes)), found, table)
    if placed.fit is None:
        return
    if placed.stray and isinstance(token, LooseRow) and not token.is_line:
        found = ", ".join(dict.fromkeys(placed.cells[index].text for index in placed.stray))
        yield Diagnostic("figure-stray", touched, _place(token), found=found, table=table)
    if token.glued:
        yield Diagnostic("figure-glued", touched, _place(token), found=(token.row.source or label)[:80], table=table)
    if max(token.gaps, default=0) > 1 and not _whole(token.values, placed.fit):
        yield Diagnostic("blank-from-spacing", touched, _place(token), table=table)
    where = dict(zip(named.indexes, placed.fit, strict=True))
    for index, code in placed.codes:
        place = where[index]
        found = "" if place is None else token.values[place].strip()[:80]
        # Words may be no cell of the form at all, and then figures that don't stand below their names are shifted.
        dropped = isinstance(token, LooseRow) and token.spacing == "dropped"
        unsure = dropped or placed.shifted or named.by_others
        stray = code == "figure-invalid" and unsure
        yield Diagnostic(code, touched if stray else (ids[index],), _place(token, place), found=found, table=table)
    if any(cell.unit for cell in placed.cells):
        yield from _units(token, placed.cells, columns, ids)


def _units(token: RowToken, cells: Cells, columns: tuple[Column, ...], ids: tuple[str, ...]) -> Iterable[Diagnostic]:
    for cell, column, cell_id in zip(cells, columns, ids, strict=True):
        if unit_differs(cell, column):
            yield Diagnostic("unit-differs", (cell_id,), _place(token), column.unit, cell.unit, token.table)


def _unknown_columns(token: RowToken, named: Columns) -> Iterable[Diagnostic]:
    """The columns among the values of a row that the form does not have, as its heading names them."""
    assert token.heading is not None, "others are named by a heading"
    for place in sorted(named.others):
        texts = [row[place].strip() for row in token.heading.rows if place < len(row)]
        if place >= token.offset:
            found = " ".join(filter(None, texts))
            yield Diagnostic("column-unknown", (), token.heading.row.at(""), found=found, table=token.table)


def _units_in_block(
    layout: Form, block: Block, accepted: Accepted, rows: list[Cells], places: dict[str, tuple[RowToken, Placed]]
) -> Iterable[Diagnostic]:
    """Give the figures of a block the unit that their heading or label states; those not in the form's are told."""
    head = accepted.rows.get(block.head.terminal) if block.head is not None else None
    above = () if head is None else _money_units(" ".join(head.row.cells))
    for row in block.rows:
        token = accepted.rows.get(row.terminal)
        if token is not None:
            named = columns_below(layout.table, block.columns, token.heading)
            yield from _units_of_row(layout, row, rows, places, [*_money_units(token.label), *named.units, *above])


def _units_beside(
    layout: Form, rows: list[Cells], places: dict[str, tuple[RowToken, Placed]], notes: list[RowToken], lines: list[str]
) -> Iterable[Diagnostic]:
    """The same for all figures of a table, of the units that its notes and the lines beside it state."""
    literal = (
        " ".join(["_" * len(cell) if cell.startswith(LITERAL) else cell for cell in note.row.cells])
        for note in notes
        if not any(is_figure(cell) for cell in note.row.cells if cell.strip())
    )
    stated = [unit for text in (*literal, *lines) for unit in words.stated_units(text)]
    for row in layout.rows if stated else ():
        yield from _units_of_row(layout, row, rows, places, stated)


def _together(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Of problems that say the same one, with the cells of all, where the first stands."""
    found: dict[tuple[str | None, str | None], list[Diagnostic]] = {}
    for problem in problems:
        found.setdefault((problem.expected, problem.found), []).append(problem)
    for alike in found.values():
        yield evolve(alike[0], cells=tuple(cell_id for problem in alike for cell_id in problem.cells))


def _units_of_row(
    layout: Form, row: FormRow, rows: list[Cells], places: dict[str, tuple[RowToken, Placed]], stated: Sequence[str]
) -> Iterable[Diagnostic]:
    if not stated or row.id not in places:
        return
    at = layout.row_index[row.id]
    cells, others = with_units(rows[at], layout.columns_of[row.id], stated)
    token, placed = places[row.id]
    if cells != rows[at]:
        rows[at] = cells
        # The one that is remembered is shared by rows alike in other documents.
        places[row.id] = token, evolve(placed, cells=cells, plain=False)
    for index, expected, found in others:
        yield Diagnostic("unit-differs", (layout.ids_of[row.id][index],), _place(token), expected, found, layout.table)


@lru_cache(maxsize=256)
def _money_units(text: str) -> tuple[str, ...]:
    return tuple(words.MONEY_UNIT.findall(text))


def _missing_columns(
    layout: Form, block: Block, accepted: Accepted, short: dict[Heading, Columns], problems: list[Diagnostic]
) -> None:
    """Columns of a block that its headings did not name, each once; ``short`` are such headings."""
    touched: dict[int, list[str]] = {}
    places: dict[int, Row] = {}
    for heading, named in short.items():
        below = [
            (layout.ids_of[row.id], token.spacing)
            for row in block.rows
            if (token := accepted.rows.get(row.terminal)) is not None and token.heading is heading
        ]
        for index in set(range(len(block.columns))).difference(named.indexes):
            missing = touched.setdefault(index, [])
            places.setdefault(index, heading.row)
            for ids, spacing in below:
                if named.strange or spacing == "dropped":
                    # Words in the heading that can't be read, or empty cells dropped: a short row may seem to fit.
                    missing.extend(ids)
                else:
                    missing.append(ids[index])
    for index, missing in sorted(touched.items()):
        row = places[index]
        place = row.at((row.source or " ".join(row.cells)).strip()[:200])
        label = block.columns[index].label
        problems.append(Diagnostic("column-missing", tuple(missing), place, label, table=layout.table))


def _order_problems(layout: Form, accepted: Accepted, problems: list[Diagnostic]) -> None:
    for token in accepted.repeated:
        figures = _filled(token)
        # What says the same, or nothing, leaves no doubt about the figures.
        ids = _ids(layout, token.type) if figures and figures != _filled(accepted.rows[token.type]) else ()
        problems.append(
            Diagnostic("row-repeated", ids, _place(token), found=_NAMES.get(token.type), table=layout.table)
        )
    for token, expected in accepted.misplaced:
        problems.append(
            Diagnostic(
                "row-out-of-order",
                _ids(layout, token.type),
                _place(token),
                _NAMES.get(expected, expected),
                _NAMES.get(token.type),
                layout.table,
            )
        )


def _filled(token: RowToken) -> list[str]:
    return [value.strip() for value in token.values if value.strip()]


def _ids(layout: Form, terminal: str) -> tuple[str, ...]:
    if terminal == FIGURES:
        return layout.cell_ids
    return tuple(
        f"{layout.table}.{row.id}.{column.id}"
        for row in layout.rows
        if row.terminal == terminal
        for column in layout.columns_of[row.id]
    )


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
            problems.append(Diagnostic("row-unknown", (), _place(token), found=found, table=token.table))
    return tuple(rows)


def _literal(text: str) -> str:
    """A cell of an unknown row as it is kept."""
    words = one_line(text)
    return words[1:].lstrip() if words.startswith(LITERAL) and len(words) > 1 else words
