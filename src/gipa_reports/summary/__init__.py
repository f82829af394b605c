"""Summary of a scanned data set in numbers: counted, put into words, and written for the terminal or as a page."""

from __future__ import annotations

from .counting import MEASURES, RuleCount, Sum, Summary, summarise
from .page import write_page
from .sections import Bars, Columns, Section, sections

__all__ = [
    "MEASURES",
    "Bars",
    "Columns",
    "RuleCount",
    "Section",
    "Sum",
    "Summary",
    "sections",
    "summarise",
    "write_page",
]
