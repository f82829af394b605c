"""From a document to a report: lexer, grammar, builder, and the prose around the tables."""

from .reading import Reading, failed, parse, read, read_safely

__all__ = ["Reading", "failed", "parse", "read", "read_safely"]
