"""Base of the tables of all editions: their rows of cells, and how a figure is found by its name.

Underneath a table is a tuple of rows in the order of the form, a row a tuple of cells in the order of its columns.
``table.received.total`` finds a cell through the form of the table's edition. What looks names up when they are used is
hidden from type checkers, or every misspelt name would be right to them; the names that they know stand in ``rows`` and
``tables``, and a test holds these to the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar, Literal, Self, SupportsIndex, TypeVar, overload

from attrs import field, frozen

from ..brief import angled, in_notebook, one_line
from ..errors import GipaError, ModelError, UnknownIdError, WrongTypeError
from ..lazy import Lazy
from ..messages import Lang
from ..template import EDITIONS, FORMS, Column, Edition, Form, TableId
from ..template.captions import table_caption
from .cells import ABSENT, BLANK, Cell, Figure, State, is_cell_text
from .subtotal import HasCodes
from .views import RowView

if TYPE_CHECKING:
    import pandas
    import polars
else:
    pandas, polars = Lazy("pandas"), Lazy("polars")

Cells = tuple[Cell, ...]
Rows = tuple[Cells, ...]
Figures = Mapping[str, Cell | SupportsIndex | Decimal | None]
"""``row.column`` → what stands there: a figure, a cell, or None for a blank."""


@frozen
class UnknownRow:
    """A row that the form does not have, as the source gave it: its texts, without empty ones at either end."""

    cells: tuple[str, ...]

    __repr__ = one_line

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.cells, tuple):
            raise WrongTypeError.of("cells", "tuple", self.cells, code="bad-row")
        for text in self.cells:
            if not isinstance(text, str):
                raise WrongTypeError.of("cells", "tuple[str, ...]", text, code="bad-row")
            if not is_cell_text(text):
                en, zh = "a cell text is one line with single spaces", "单元格应为一行文字，中间只有单个空格"
                raise _bad_row(en, zh, repr(text)[:80])
        if not self.cells or not self.cells[0] or not self.cells[-1]:
            en, zh = "an unknown row begins and ends with a text", "行的第一格和最后一格应有文字"
            raise _bad_row(en, zh, repr(self.cells)[:80])


@frozen(repr=False)
class Table:
    """Base of the three tables.

    ``edition`` is the form's, and each edition of a table is a class of its own; ``rows`` holds one tuple of cells for
    each row of that form; ``unknown`` the rows that the form does not have. Raises ``ModelError`` where rows or cells
    do not fit the form: counts are ``int``, money is ``Decimal``.
    """

    id: ClassVar[TableId]
    edition: ClassVar[Edition]
    _views: ClassVar[Mapping[str, type[RowView]]]
    _by_edition: ClassVar[Mapping[Edition, type[Table]]]
    """Edition → the class that tables of it have."""

    rows: Rows = field()
    unknown: tuple[UnknownRow, ...] = ()

    @classmethod
    def _of_edition(cls, edition: Edition) -> type[Self]:
        """The class of the tables of ``edition``. Raises ``ModelError`` for another than a class of one edition has."""
        if edition not in EDITIONS:
            if not isinstance(edition, str):
                raise WrongTypeError.of("edition", "str", edition, code="bad-table")
            raise ModelError.of_choice("edition", EDITIONS, edition, code="bad-table")
        found = cls._by_edition[edition]
        if not issubclass(found, cls):
            raise ModelError(
                f"{cls.__name__} is of edition {cls.edition}",
                code="bad-table",
                expected=cls.edition,
                found=edition,
                zh=f"{cls.__name__}是{cls.edition}年版式，不是{edition}年版式。",
            )
        return found

    @classmethod
    def _built(cls, edition: Edition, rows: Rows, unknown: tuple[UnknownRow, ...]) -> Self:
        """A table of rows that fit the form because they were made from it; they are not checked again."""
        table: Self = object.__new__(cls._by_edition[edition])  # type: ignore[assignment]
        put = object.__setattr__
        put(table, "rows", rows)
        put(table, "unknown", unknown)
        return table

    def __attrs_post_init__(self) -> None:
        if type(self) not in self._by_edition.values():
            name = type(self).__name__
            raise WrongTypeError(
                f"{name} has no edition: use {name}.of, {name}.from_rows, {name}2019 or {name}2021",
                code="bad-table",
                zh=f"{name}没有版式，请用{name}.of、{name}.from_rows、{name}2019或{name}2021。",
            )
        expected = self.form.rows
        if not isinstance(self.unknown, tuple) or not all(isinstance(row, UnknownRow) for row in self.unknown):
            raise WrongTypeError.of("unknown", "tuple[UnknownRow, ...]", self.unknown, code="bad-table")
        if not isinstance(self.rows, tuple):
            raise WrongTypeError.of("rows", "tuple", self.rows, code="bad-table")
        if len(self.rows) != len(expected):
            raise ModelError(
                f"{self.id} of edition {self.edition} has {len(expected)} rows",
                code="bad-table",
                expected=str(len(expected)),
                found=str(len(self.rows)),
                zh=f"{self.edition}年版式的{self.id}有{len(expected)}行，不是{len(self.rows)}行。",
            )
        columns_of = self.form.columns_of
        for row, cells in zip(expected, self.rows, strict=True):
            _check_row(f"{self.id}.{row.id}", cells, columns_of[row.id])

    @classmethod
    def of(cls, edition: Edition, figures: Figures, *, default: Cell = ABSENT) -> Self:
        """A table from ``row.column`` → figure, ``Cell``, or None for a blank; all other cells are ``default``.

        An ``int`` given for a column of money becomes a ``Decimal``. Raises ``UnknownIdError`` for an id the edition
        does not have, ``ModelError`` for what no cell can hold, or an edition that there is not.
        """
        kind = cls._of_edition(edition)
        left, form = dict(figures), FORMS[kind.id, edition]
        cells = [
            _cell(left.pop(cell_id.partition(".")[2], default), column, cell_id)
            for cell_id, column in zip(form.cell_ids, form.columns, strict=True)
        ]
        for unknown in left:
            raise _no_cell(form, unknown)
        return kind(_in_rows(form, cells))

    @classmethod
    def from_rows(cls, edition: Edition, rows: Rows, unknown: tuple[UnknownRow, ...] = ()) -> Self:
        """A table from its cells, row by row. Raises ``ModelError`` where they do not fit the form of ``edition``."""
        return cls._of_edition(edition)(rows, unknown)

    @classmethod
    def all_absent(cls, edition: Edition) -> Self:
        """A table that the document does not have."""
        kind = cls._of_edition(edition)
        form = FORMS[kind.id, edition]
        return kind(_in_rows(form, [ABSENT] * len(form.cell_ids)))

    @property
    def form(self) -> Form:
        """The national form of this table and edition."""
        return FORMS[self.id, self.edition]

    def label(self, lang: Lang = "zh") -> str:
        """Return what the form calls the table; in English the words are ours."""
        return table_caption(self.id, lang)

    @property
    def is_absent(self) -> bool:
        """Return whether the document has nothing of this table."""
        return not self.unknown and all(cell is ABSENT or cell == ABSENT for row in self.rows for cell in row)

    def row(self, row_id: str) -> Cells:
        """The cells of a row, in the order of its columns. Raises ``UnknownIdError``."""
        if not isinstance(row_id, str):
            raise not_an_id(row_id)
        index = self.form.row_index.get(row_id)
        if index is None:
            raise _unknown_id(self.form, row_id, self.form.row_index)
        return self.rows[index]

    def __getitem__(self, cell_id: str) -> Cell:
        """The cell ``row.column`` (``received.total``). Raises ``UnknownIdError``."""
        if not isinstance(cell_id, str):
            raise not_an_id(cell_id)
        row_id, _, column_id = cell_id.rpartition(".")
        for index, column in enumerate(self.form.columns_of.get(row_id, ())):
            if column.id == column_id:
                return self.row(row_id)[index]
        raise _no_cell(self.form, cell_id)

    __iter__: ClassVar[None] = None
    """Python would count from 0 through the ids; what there is to go through are ``rows`` and ``cells()``."""

    def __contains__(self, cell_id: object) -> bool:
        """Return whether there is a cell with this id, ``row.column``."""
        return isinstance(cell_id, str) and f"{self.id}.{cell_id}" in self.form.cell_ids

    def _names(self, prefix: str) -> list[str]:
        """Return what stands below ``prefix`` in the ids of the form: rows, or columns."""
        ids = (cell_id.partition(".")[2] for cell_id in self.form.cell_ids)
        below = (cell_id.removeprefix(prefix) for cell_id in ids if cell_id.startswith(prefix))
        return list(dict.fromkeys(rest.partition(".")[0] for rest in below))

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._names("")]

    def _get(self, path: str) -> Cell | RowView:
        """The row, group of rows, or cell at ``path``."""
        form = self.form
        if path in form.row_index or any(row_id.startswith(path + ".") for row_id in form.row_index):
            return self._views.get(path, self._views[""])(self, path)
        try:
            return self[path]
        except UnknownIdError as error:
            raise AttributeError(error.message, name=path.rpartition(".")[2], obj=self) from None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> RowView:
            if name.startswith("_"):
                raise AttributeError(name)
            return self._get(name)

    def cells(self) -> tuple[Figure, ...]:
        """Every cell of the form as a record, row by row."""
        table, edition = self.id, self.edition
        cells = zip(self.form.cell_ids, chain.from_iterable(self.rows), strict=True)
        return tuple(
            [Figure(cell_id, table, edition, cell.state, cell.value, cell.unit, cell.text) for cell_id, cell in cells]
        )

    def replace(self, figures: Figures) -> Self:
        """This table with other figures in some cells: ``row.column`` → figure, ``Cell``, or None for a blank.

        A plain number takes the unit of the figure that it replaces where that is the form's own or none; where it is
        another, say which is meant: ``Cell.of(12, "元")``. Raises ``UnknownIdError`` for an id the edition does not
        have, ``ModelError`` for what no cell can hold and for a number in a unit that can't be told.
        """
        left, form = dict(figures), self.form
        cells = zip(form.cell_ids, form.columns, chain.from_iterable(self.rows), strict=True)
        replaced = [
            _replaced(left.pop(cell_id.partition(".")[2], cell), cell, column, cell_id)
            for cell_id, column, cell in cells
        ]
        for unknown in left:
            raise _no_cell(form, unknown)
        return type(self)(_in_rows(form, replaced), self.unknown)

    @overload
    def to_frame(
        self, lang: Lang = ..., *, library: Literal["pandas"] = ..., reading: HasCodes | None = ...
    ) -> pandas.DataFrame: ...
    @overload
    def to_frame(
        self, lang: Lang = ..., *, library: Literal["polars"], reading: HasCodes | None = ...
    ) -> polars.DataFrame: ...
    def to_frame(
        self, lang: Lang = "zh", *, library: Literal["pandas", "polars"] = "pandas", reading: HasCodes | None = None
    ) -> pandas.DataFrame | polars.DataFrame:
        """The table as the form lays it out, a row for each of its rows, with the form's labels or English ones.

        Where there is no figure there is no number, whatever else stands in the cell: the last column says in words
        what the numbers don't show, cell by cell: that a cell is blank, absent or marked, a unit other than the form's,
        and, with the ``reading`` that the report comes from, the codes of what is in doubt. In pandas labels that stand
        beside or above others are levels of the index and of the columns; in polars they are columns of their own, and
        joined by ``·``. Counts are ``Int64``; money is ``Decimal``, exact.

        Rows that the form does not have are not in it: see ``unknown``. Raises ``MissingExtraError`` without the
        library.
        """
        from ..frames import table_frame

        return table_frame(self, lang, library, reading)

    _repr_html_ = in_notebook

    def _ipython_key_completions_(self) -> list[str]:
        return [cell_id.partition(".")[2] for cell_id in self.form.cell_ids]

    def __repr__(self) -> str:
        states = [cell.state for row in self.rows for cell in row]
        return angled(f"{type(self).__name__}:", f"{states.count(State.VALUE)} of {len(states)} cells have a value")


def _in_rows(form: Form, cells: Iterable[Cell]) -> Rows:
    """Return the cells of a table, in the order of the form, row by row."""
    following = iter(cells)
    return tuple(tuple(islice(following, len(ids))) for ids in form.ids_of.values())


def _check_row(row_id: str, cells: object, columns: tuple[Column, ...]) -> None:
    if not isinstance(cells, tuple):
        raise WrongTypeError.of(row_id, "tuple[Cell, ...]", cells, code="bad-row")
    if len(cells) != len(columns):
        raise _bad_row(f"{row_id} has {len(columns)} cells", f"{row_id}有{len(columns)}格", str(len(cells)))
    for cell, column in zip(cells, columns, strict=True):
        cell_id = f"{row_id}.{column.id}"
        if type(cell) is not Cell:
            raise _in_cell(cell_id, WrongTypeError.of("Table", "Cell", cell, code="bad-row"))
        value = cell.value
        wanted = Decimal if column.kind == "amount" else int
        if value is not None and type(value) is not wanted:
            raise _in_cell(cell_id, WrongTypeError.of("value", wanted.__name__, value, code="bad-row"))


def _bad_row(en: str, zh: str, found: str) -> ModelError:
    return ModelError(en, code="bad-row", found=found, zh=f"{zh}：{found}。")


E = TypeVar("E", bound=GipaError)


def _in_cell(cell_id: str, error: E) -> E:
    error.cell = cell_id
    return error


def _cell(figure: Cell | SupportsIndex | Decimal | None, column: Column, cell_id: str) -> Cell:
    if figure is None:
        return BLANK
    try:
        cell = figure if isinstance(figure, Cell) else Cell.of(figure)
        is_plain = column.kind == "amount" and type(cell.value) is int
        return Cell.of(Decimal(cell.value), cell.unit) if is_plain and cell.value is not None else cell
    except GipaError as error:
        raise _in_cell(cell_id, error) from None


def _replaced(figure: Cell | SupportsIndex | Decimal | None, cell: Cell, column: Column, cell_id: str) -> Cell:
    """Return what stands in a cell once ``figure`` has taken the place of ``cell``."""
    if figure is cell:
        return cell
    other = _cell(figure, column, cell_id)
    if figure is None or isinstance(figure, Cell) or cell.unit is None:
        return other
    if cell.unit != column.unit:
        # 12 in the place of 12000元 is 12 yuan or 12 of the form's 万元: nobody said which.
        raise ModelError(
            f"{cell_id} is in {cell.unit}: say which unit the number is in, Cell.of({other.text}, {cell.unit!r})",
            code="unit-needed",
            expected=cell.unit,
            found=other.text,
            zh=f"{cell_id}的单位是{cell.unit}，请写明新数字的单位：Cell.of({other.text}, {cell.unit!r})。",
            cell=cell_id,
        )
    return Cell.of(other.value, cell.unit) if other.value is not None else other


def not_an_id(found: object) -> WrongTypeError:
    """The error for an id that is no text."""
    name = type(found).__name__
    return WrongTypeError(
        f"an id is a str such as 'requests.received.total', not {name}",
        code="wrong-type",
        expected="str",
        found=name,
        zh=f"编号应为str，如requests.received.total，不是{name}。",
    )


def _no_cell(form: Form, found: object) -> GipaError:
    """The error for an id that is no cell's: of the table itself, a row or a group of rows, or of nothing."""
    if not isinstance(found, str):
        return not_an_id(found)
    path = f"{form.table}.{found}".rstrip(".")
    inside = next((cell_id for cell_id in form.cell_ids if cell_id.startswith(path + ".")), None)
    if inside is None:
        return _unknown_id(form, found, [cell_id.partition(".")[2] for cell_id in form.cell_ids])
    en, zh = _ROW if found in form.row_index else _GROUP if found else _TABLE
    return UnknownIdError(
        f"{path!r} is a {en}, not a cell; a cell in it is {inside!r}",
        code="unknown-id",
        expected=inside,
        found=path,
        zh=f"“{path}”是{zh}，不是单元格；其中的单元格如“{inside}”。",
    )


_TABLE, _GROUP, _ROW = ("table", "表"), ("group of rows", "几行"), ("row", "一行")


def _unknown_id(form: Form, found: str, known: Iterable[str]) -> UnknownIdError:
    table, edition = form.table, form.edition
    en, zh = f"{table} of edition {edition} has no {found!r}", f"{edition}年版式的{table}没有“{found}”"
    other: Edition = "2019" if edition == "2021" else "2021"
    if f"{table}.{found}" in FORMS[table, other].cell_ids:
        return UnknownIdError(
            f"{en}; edition {other} has it",
            code="unknown-id",
            expected=", ".join(known),
            found=found,
            zh=f"{zh}，{other}年版式才有。",
        )
    return UnknownIdError.of(found, known, en, zh)
