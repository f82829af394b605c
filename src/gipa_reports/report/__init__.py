"""The immutable model of a report."""

from .cells import Cell, Figure, State
from .model import Period, Report, Section, Sections
from .tables import (
    Disclosure,
    DisclosureRow,
    ProceedingRow,
    Proceedings,
    RequestRow,
    Requests,
    RowView,
    Table,
    UnknownRow,
)

__all__ = [
    "Cell",
    "Disclosure",
    "DisclosureRow",
    "Figure",
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
    "UnknownRow",
]
