"""The three tables of a report, a class for each edition of each.

``report.disclosure`` is ``AnyDisclosure``, ``report.requests`` is ``AnyRequests``: type checkers know what only one
edition has once ``edition`` or the class has been asked for. 四 is alike in both editions.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar, overload

from attrs import frozen

from ..template import Edition, TableId
from .cells import Cell
from .rows import (
    DecisionsRow2021,
    DeniedRows,
    DocumentsRow2019,
    DocumentsRow2021,
    FeesRow2019,
    FeesRow2021,
    MeasuresRow2019,
    NotProcessedRows,
    OtherRows2021,
    ProceedingRow,
    ProcurementRow2019,
    RequestRow,
    UnavailableRows,
)
from .table import Cells as Cells
from .table import Figures, Rows, Table, UnknownRow
from .views import RowView

Of2019 = TypeVar("Of2019", bound="_OfEditions[Any, Any]")
Of2021 = TypeVar("Of2021", bound="_OfEditions[Any, Any]")


class _OfEditions(Table, Generic[Of2019, Of2021]):
    """A table whose editions differ: what ``Table`` does, with the class that comes out of it."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        @classmethod
        def of(cls, edition: Literal["2019"], figures: Figures, *, default: Cell = ...) -> Of2019: ...
        @overload
        @classmethod
        def of(cls, edition: Literal["2021"], figures: Figures, *, default: Cell = ...) -> Of2021: ...
        @overload
        @classmethod
        def of(cls, edition: Edition, figures: Figures, *, default: Cell = ...) -> Of2019 | Of2021: ...
        @classmethod
        def of(cls, edition: Edition, figures: Figures, *, default: Cell = ...) -> Of2019 | Of2021:
            """A table from ``row.column`` → figure, ``Cell``, or None for a blank; see ``Table.of``."""

        @classmethod
        def from_rows(cls, edition: Edition, rows: Rows, unknown: tuple[UnknownRow, ...] = ()) -> Of2019 | Of2021:
            """A table from its cells, row by row; see ``Table.from_rows``."""

        @classmethod
        def all_absent(cls, edition: Edition) -> Of2019 | Of2021:
            """A table that the document does not have."""

        @classmethod
        def _built(cls, edition: Edition, rows: Rows, unknown: tuple[UnknownRow, ...]) -> Of2019 | Of2021: ...


@frozen(repr=False)
class Disclosure(_OfEditions["Disclosure2019", "Disclosure2021"]):
    """二、主动公开政府信息情况: 10 cells in edition 2021, 22 in 2019."""

    id: ClassVar[TableId] = "disclosure"


@frozen(repr=False)
class Disclosure2019(Disclosure):
    """Table 二 of edition 2019: 22 cells."""

    edition: ClassVar[Literal["2019"]] = "2019"
    _views: ClassVar[Mapping[str, type[RowView]]] = {
        "": MeasuresRow2019,
        "regulations": DocumentsRow2019,
        "normative_documents": DocumentsRow2019,
        "fees": FeesRow2019,
        "procurement": ProcurementRow2019,
    }

    regulations: ClassVar[DocumentsRow2019]
    """第二十条第（一）项·规章, in 件."""
    normative_documents: ClassVar[DocumentsRow2019]
    """第二十条第（一）项·规范性文件, in 件."""
    licensing: ClassVar[MeasuresRow2019]
    """第二十条第（五）项·行政许可, in 项 and 件."""
    other_services: ClassVar[MeasuresRow2019]
    """第二十条第（五）项·其他对外管理服务事项, in 项 and 件."""
    penalties: ClassVar[MeasuresRow2019]
    """第二十条第（六）项·行政处罚, in 项 and 件."""
    coercion: ClassVar[MeasuresRow2019]
    """第二十条第（六）项·行政强制, in 项 and 件."""
    fees: ClassVar[FeesRow2019]
    """第二十条第（八）项·行政事业性收费, in 项."""
    procurement: ClassVar[ProcurementRow2019]
    """第二十条第（九）项·政府集中采购, in 项."""


@frozen(repr=False)
class Disclosure2021(Disclosure):
    """Table 二 of edition 2021: 10 cells."""

    edition: ClassVar[Literal["2021"]] = "2021"
    _views: ClassVar[Mapping[str, type[RowView]]] = {
        "": DecisionsRow2021,
        "regulations": DocumentsRow2021,
        "normative_documents": DocumentsRow2021,
        "fees": FeesRow2021,
    }

    regulations: ClassVar[DocumentsRow2021]
    """第二十条第（一）项·规章, in 件."""
    normative_documents: ClassVar[DocumentsRow2021]
    """第二十条第（一）项·行政规范性文件, in 件."""
    licensing: ClassVar[DecisionsRow2021]
    """第二十条第（五）项·行政许可, in 件."""
    penalties: ClassVar[DecisionsRow2021]
    """第二十条第（六）项·行政处罚, in 件."""
    coercion: ClassVar[DecisionsRow2021]
    """第二十条第（六）项·行政强制, in 件."""
    fees: ClassVar[FeesRow2021]
    """第二十条第（八）项·行政事业性收费, in 万元."""


AnyDisclosure: TypeAlias = Disclosure2019 | Disclosure2021
"""Table 二 of either edition. ``Disclosure`` is a base class and no union: its edition tells type checkers nothing."""

Disclosure._by_edition = MappingProxyType({"2019": Disclosure2019, "2021": Disclosure2021})


@frozen(repr=False)
class Requests(_OfEditions["Requests2019", "Requests2021"]):
    """三、收到和处理政府信息公开申请情况: 25 rows of 7 cells in edition 2021, 23 in 2019.

    Only ``other`` differs: in 2021 it is a group of three rows, in 2019 one row.
    """

    id: ClassVar[TableId] = "requests"
    _views: ClassVar[Mapping[str, type[RowView]]] = {
        "": RequestRow,
        "denied": DeniedRows,
        "unavailable": UnavailableRows,
        "not_processed": NotProcessedRows,
    }

    received: ClassVar[RequestRow]
    """一、本年新收政府信息公开申请数量, in 件."""
    carried_in: ClassVar[RequestRow]
    """二、上年结转政府信息公开申请数量, in 件."""
    granted: ClassVar[RequestRow]
    """三、本年度办理结果·（一）予以公开, in 件."""
    partially_granted: ClassVar[RequestRow]
    """三、本年度办理结果·（二）部分公开（区分处理的，只计这一情形，不计其他情形）, in 件."""
    denied: ClassVar[DeniedRows]
    """三、本年度办理结果·（三）不予公开, in 件."""
    unavailable: ClassVar[UnavailableRows]
    """三、本年度办理结果·（四）无法提供, in 件."""
    not_processed: ClassVar[NotProcessedRows]
    """三、本年度办理结果·（五）不予处理, in 件."""
    processed_total: ClassVar[RequestRow]
    """三、本年度办理结果·（七）总计, in 件."""
    carried_out: ClassVar[RequestRow]
    """四、结转下年度继续办理, in 件."""


@frozen(repr=False)
class Requests2019(Requests):
    """Table 三 of edition 2019: 161 cells."""

    edition: ClassVar[Literal["2019"]] = "2019"

    other: ClassVar[RequestRow]
    """三、本年度办理结果·（六）其他处理, in 件."""


@frozen(repr=False)
class Requests2021(Requests):
    """Table 三 of edition 2021: 175 cells."""

    edition: ClassVar[Literal["2021"]] = "2021"
    _views: ClassVar[Mapping[str, type[RowView]]] = {**Requests._views, "other": OtherRows2021}

    other: ClassVar[OtherRows2021]
    """三、本年度办理结果·（六）其他处理, in 件."""


AnyRequests: TypeAlias = Requests2019 | Requests2021
"""Table 三 of either edition."""

Requests._by_edition = MappingProxyType({"2019": Requests2019, "2021": Requests2021})


@frozen(repr=False)
class Proceedings(Table):
    """四、政府信息公开行政复议、行政诉讼情况: three groups of 5 cells, alike in both editions."""

    id: ClassVar[TableId] = "proceedings"
    _views: ClassVar[Mapping[str, type[RowView]]] = {"": ProceedingRow}

    reconsideration: ClassVar[ProceedingRow]
    """行政复议, in 件."""
    litigation_direct: ClassVar[ProceedingRow]
    """行政诉讼·未经复议直接起诉, in 件."""
    litigation_after_reconsideration: ClassVar[ProceedingRow]
    """行政诉讼·复议后起诉, in 件."""


@frozen(repr=False)
class Proceedings2019(Proceedings):
    """Table 四 beside a table 三 of edition 2019."""

    edition: ClassVar[Literal["2019"]] = "2019"


@frozen(repr=False)
class Proceedings2021(Proceedings):
    """Table 四 beside a table 三 of edition 2021."""

    edition: ClassVar[Literal["2021"]] = "2021"


Proceedings._by_edition = MappingProxyType({"2019": Proceedings2019, "2021": Proceedings2021})

AnyTable: TypeAlias = AnyDisclosure | AnyRequests | Proceedings
"""A table of a report."""
