"""The rows of a table, and groups of rows: by attribute, by name, one after the other, and in sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic

from ..brief import angled, in_notebook
from ..messages import Lang
from ..template import FormRow, captions
from .cells import Cell, V_co
from .subtotal import HasCodes, Subtotal, subtotal

if TYPE_CHECKING:
    from .table import Table


class RowView(Generic[V_co]):
    """One row of a table, or a group of rows (``denied``): an attribute for each column, or row, below it.

    It is also a mapping: ``row["total"]``, of a group ``group["state_secret.total"]``; ``dict(row)``. Going through it
    gives its cells. ``V_co`` is what its figures are: ``int``, ``Decimal``, or either.
    """

    __slots__ = ("_path", "_table")

    def __init__(self, table: Table, path: str) -> None:
        self._table = table
        self._path = path

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Cell | RowView:
            if name.startswith("_"):
                raise AttributeError(name)
            return self._table._get(f"{self._path}.{name}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._table._names(f"{self._path}.")]

    @property
    def id(self) -> str:
        """The id of the row or group: ``requests.denied``."""
        return f"{self._table.id}.{self._path}"

    def label(self, lang: Lang = "zh") -> str:
        """Return what the form calls it, what stands above it first: ``三、本年度办理结果·（一）予以公开``."""
        form = self._table.form
        index = form.row_index.get(self._path)
        if index is None:
            return captions.SEPARATOR.join(captions.group_caption(form, self._path, lang))
        return captions.SEPARATOR.join(captions.row_caption(form, form.rows[index], lang))

    def labels(self, lang: Lang = "zh") -> dict[str, str]:
        """Column → what the form calls it; of a group of rows, row → what it calls that."""
        form = self._table.form
        columns = form.columns_of.get(self._path)
        if columns is not None:
            words = {column.id: captions.column_caption(form, column, lang) for column in columns}
            return {name: captions.SEPARATOR.join(caption) for name, caption in words.items()}
        below = self._path + "."
        rows = [row for row in form.rows if row.id.startswith(below)]
        return {row.id.removeprefix(below): captions.row_label(form, row, lang) for row in rows}

    def keys(self) -> tuple[str, ...]:
        """The names of its cells: columns, of a group ``row.column``."""
        prefix = f"{self.id}."
        return tuple(
            cell_id.removeprefix(prefix) for cell_id in self._table.form.cell_ids if cell_id.startswith(prefix)
        )

    def __getitem__(self, name: str) -> Cell[V_co]:
        """The cell of a column, of a group that of ``row.column``. Raises ``UnknownIdError``."""
        cell: Any = self._table[f"{self._path}.{name}" if isinstance(name, str) else name]
        return cell  # type: ignore[no-any-return]  # what its figures are is known to the form alone

    def __iter__(self) -> Iterator[Cell[V_co]]:
        """The cells of this row, in the order of the columns; of a group, those of all its rows."""
        table, path = self._table, self._path
        rows: Iterator[tuple[FormRow, Any]] = zip(table.form.rows, table.rows, strict=True)
        for row, cells in rows:
            if row.id == path or row.id.startswith(path + "."):
                yield from cells

    def __contains__(self, name: object) -> bool:
        """Return whether it has a cell of this name (``"total" in row``); of a cell, whether one is equal to it."""
        return name in self.keys() if isinstance(name, str) else any(cell == name for cell in self)

    def __len__(self) -> int:
        """Return how many cells it has."""
        return len(self.keys())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RowView):
            return NotImplemented
        return self._path == other._path and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self._path, tuple(self)))

    def __repr__(self) -> str:
        return angled(f"{self.id}:", ", ".join(cell.text or str(cell.state) for cell in self))

    _repr_html_ = in_notebook

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.keys())


class RowItems(RowView[V_co]):
    """A row or group with ``items()``: any but that of 采购 in edition 2019, which has a column of this name.

    ``dict(row)`` works for all.
    """

    __slots__ = ()

    def items(self) -> tuple[tuple[str, Cell[V_co]], ...]:
        """Its cells, each with its name: ``for column, cell in row.items()``."""
        return tuple(zip(self.keys(), self, strict=True))


class RequestRows(RowItems[int]):
    """A row of 三, or a group of its rows."""

    __slots__ = ()

    def subtotal(self, column: str, reading: HasCodes | None = None) -> Subtotal:
        """The sum of a column over the rows of the group; of a row, its cell.

        ``report.requests.denied.subtotal("total").value`` is how many requests were denied, and None where one of the
        cells has no figure: a blank is not a zero. With the ``reading`` (or ``Aggregate``) that the report comes from,
        the sum also has the ``codes`` of what is in doubt in its cells. Raises ``UnknownIdError``.
        """
        table = self._table
        rows = [row.id for row in table.form.rows if row.id == self._path or row.id.startswith(f"{self._path}.")]
        wanted = {f"{row}.{column}" for row in rows if table[f"{row}.{column}"] is not None}
        figures = [figure for figure in table.cells() if figure.id.partition(".")[2] in wanted]
        units = {one.id: one.unit for one in table.form.columns_of[rows[0]]}
        return subtotal(figures, units[column], reading)
