"""Read, check and render Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> import gipa_reports
>>> report = gipa_reports.parse(text)            # doctest: +SKIP
>>> report.requests.received.natural_person      # doctest: +SKIP
"""

from __future__ import annotations

from .diagnostics import CODES, Code, Diagnostic, Location, Severity
from .errors import (
    GipaError,
    LimitError,
    MissingExtraError,
    ModelError,
    ParseError,
    ReadError,
    SerializeError,
    UnknownFormatError,
    UnknownIdError,
)
from .parsing import Reading, parse, read
from .render import render
from .report import (
    Cell,
    Disclosure,
    Figure,
    Period,
    Proceedings,
    Report,
    Requests,
    Section,
    Sections,
    State,
    UnknownRow,
)
from .serialize import SCHEMA_VERSION, dumps, json_schema, loads

__version__ = "0.1.0"

__all__ = [
    "CODES",
    "SCHEMA_VERSION",
    "Cell",
    "Code",
    "Diagnostic",
    "Disclosure",
    "Figure",
    "GipaError",
    "LimitError",
    "Location",
    "MissingExtraError",
    "ModelError",
    "ParseError",
    "Period",
    "Proceedings",
    "ReadError",
    "Reading",
    "Report",
    "Requests",
    "Section",
    "Sections",
    "SerializeError",
    "Severity",
    "State",
    "UnknownFormatError",
    "UnknownIdError",
    "UnknownRow",
    "__version__",
    "dumps",
    "json_schema",
    "loads",
    "parse",
    "read",
    "render",
]
