"""The national forms as frozen data: tables, rows, columns, spans, units, identities, and every Chinese label."""

from .forms import (
    COLUMNS,
    EDITIONS,
    FIGURES,
    FORMS,
    TABLES,
    Block,
    Column,
    Edition,
    Form,
    Identity,
    Row,
    Span,
    TableId,
    form,
    table_of,
)
from .words import HEADINGS, Heading, SectionId

__all__ = [
    "COLUMNS",
    "EDITIONS",
    "FIGURES",
    "FORMS",
    "HEADINGS",
    "TABLES",
    "Block",
    "Column",
    "Edition",
    "Form",
    "Heading",
    "Identity",
    "Row",
    "SectionId",
    "Span",
    "TableId",
    "form",
    "table_of",
]
