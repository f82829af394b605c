"""The immutable model of a report."""

from .cells import Cell, Figure, State
from .model import Period, Report, Section, Sections, require_report
from .tables import (
    DeniedRows,
    Disclosure,
    DisclosureRow,
    NotProcessedRows,
    OtherRows,
    ProceedingRow,
    Proceedings,
    RequestRow,
    Requests,
    RowView,
    Table,
    UnavailableRows,
    UnknownRow,
)

__all__ = [
    "Cell",
    "DeniedRows",
    "Disclosure",
    "DisclosureRow",
    "Figure",
    "NotProcessedRows",
    "OtherRows",
    "Period",
    "ProceedingRow",
    "Proceedings",
    "Report",
    "RequestRow",
    "Requests",
    "RowView",
    "Section",
    "Sections",
    "State",
    "Table",
    "UnavailableRows",
    "UnknownRow",
    "require_report",
]
