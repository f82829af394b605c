"""From a document to a report: rows, grammar, placement, doubts, and the prose around the tables."""

from .evidence import Evidence
from .reading import Reading, Source, failed, parse, read, read_safely

__all__ = ["Evidence", "Reading", "Source", "failed", "parse", "read", "read_safely"]
