"""From a document to a report: lexer, grammar, builder, and the prose around the tables."""

from .reading import Reading, parse, read

__all__ = ["Reading", "parse", "read"]
