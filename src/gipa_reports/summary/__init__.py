"""Summary of a scanned data set in numbers: counted, put into words, and written for the terminal or as a page."""

from __future__ import annotations

from .counting import MEASURES as MEASURES
from .counting import RuleCount as RuleCount
from .counting import Sum as Sum
from .counting import Summary as Summary
from .counting import summarise as summarise
from .page import write_page as write_page
from .sections import Bars as Bars
from .sections import Columns as Columns
from .sections import Section as Section
from .sections import sections as sections
