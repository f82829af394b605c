"""Evidence of where each figure stood in the source, and that it stands in the column that it was read in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ..brief import angled, in_notebook, one_line
from ..diagnostics import Diagnostic, Location
from ..report import Report, State, Table
from .builder import Built


@frozen(kw_only=True)
class Evidence:
    """Account of how a figure came to its cell: what ``Reading.explain`` tells."""

    cell: str
    """The id of the cell."""
    place: Location | None
    """Place of its words; None where the source has no such cell."""
    strategy: str
    """The name of the strategy that placed its row; ``lost`` where none could, ``absent`` where there is no row."""
    row: str
    """The words of the label of its row."""
    heading: tuple[tuple[str, ...], ...]
    """The rows of the heading above it, as written."""
    columns: tuple[str, ...]
    """The ids of the columns that the heading names, in its order."""
    doubts: tuple[Diagnostic, ...]
    """All that is said of the cell."""

    __repr__ = one_line


class Locations(Mapping[str, Location]):
    """Cell id → place, found when first asked for: most callers want a few cells of two hundred."""

    def __init__(self, built: Built, report: Report) -> None:
        self._built = built
        self._tables: dict[str, Table] = {table.id: table for table in report.tables}
        self._known: dict[str, Location] = {}

    def __getitem__(self, cell_id: str) -> Location:
        if not isinstance(cell_id, str):
            raise KeyError(cell_id)
        if cell_id not in self._known:
            table_id, _, rest = cell_id.partition(".")
            table = self._tables.get(table_id)
            place = None if table is None else _location(self._built, table, rest.rpartition(".")[0], cell_id)
            if place is None:
                raise KeyError(cell_id)
            self._known[cell_id] = place
        return self._known[cell_id]

    def __repr__(self) -> str:
        return angled("Locations of", f"{len(self)} cells")

    _repr_html_ = in_notebook

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    def __iter__(self) -> Iterator[str]:
        for table in self._tables.values():
            yield from (cell_id for cell_id in table.form.cell_ids if cell_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _location(built: Built, table: Table, row_id: str, cell_id: str) -> Location | None:
    found = built.places.get(row_id)
    ids = table.form.ids_of.get(row_id, ())
    if found is None or cell_id not in ids:
        return None
    token, placement, line = found
    at, columns = line.ids.index(cell_id), placement.columns
    if at not in columns.indexes:
        return None
    if placement.places is not None:
        place = placement.place_of(at)
        return token.at("") if place is None else token.at(token.values[place].strip(), place)
    cells = [table[cell.partition(".")[2]] for cell in line.ids]
    if cells[at].state is not State.VALUE:
        return token.at(" ".join(" ".join(token.values).split())[:400])
    # It was placed by the form's identities, which keep the figures in their order.
    before = sum(cells[index].state is not State.BLANK for index in columns.indexes[: columns.indexes.index(at)])
    filled = [index for index, value in enumerate(token.values) if value.strip()]
    return token.at(token.values[filled[before]].strip(), filled[before])


def explain(
    cell_id: str, built: Built | None, places: Mapping[str, Location], diagnostics: tuple[Diagnostic, ...]
) -> Evidence:
    """The evidence for a cell."""
    doubts = tuple(problem for problem in diagnostics if cell_id in problem.cells)
    row_id = cell_id.partition(".")[2].rpartition(".")[0]
    found = None if built is None else built.places.get(row_id)
    if found is None or cell_id not in found.line.ids:
        return Evidence(cell=cell_id, place=None, strategy="absent", row="", heading=(), columns=(), doubts=doubts)
    token, placement, line = found
    inferred = placement.places is None and any(problem.code == "position-inferred" for problem in doubts)
    names = tuple(line.ids[index].rpartition(".")[2] for index in placement.columns.indexes)
    heading = () if token.heading is None else tuple(token.heading.rows)
    strategy = "by_identities" if inferred else placement.strategy
    return Evidence(
        cell=cell_id,
        place=places.get(cell_id),
        strategy=strategy,
        row=token.label or line.label,
        heading=heading,
        columns=names,
        doubts=doubts,
    )
