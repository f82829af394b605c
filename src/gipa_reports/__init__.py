"""Read, check and render Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> import gipa_reports
>>> report = gipa_reports.parse(text)            # doctest: +SKIP
>>> report.requests.received.natural_person      # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checks import (
        Aggregate,
        Cause,
        CellChange,
        CheckResult,
        Comparison,
        Edit,
        FieldChange,
        Finding,
        FindingSeverity,
        Operand,
        Outcome,
        ParagraphChange,
        Part,
        Passage,
        Peers,
        Rule,
        Status,
        Subject,
        aggregate,
        check,
        compare,
    )
    from .corpus import Progress, ScanResult, scan
    from .diagnostics import CODES, Code, Diagnostic, Location, Severity
    from .errors import (
        CheckError,
        GipaError,
        InternalError,
        LimitError,
        MissingExtraError,
        ModelError,
        ParseError,
        ReadError,
        ScanError,
        SerializeError,
        UnknownFormatError,
        UnknownIdError,
    )
    from .frames import (
        COLUMNS,
        DataColumn,
        Tables,
        parse_batch,
        results_schema,
        to_arrow,
        to_pandas,
        to_polars,
        unnest,
    )
    from .limits import Limits
    from .parsing import Evidence, Reading, parse, read
    from .readers import picture
    from .renderers import render
    from .report import (
        Cell,
        DeniedRows,
        Disclosure,
        DisclosureRow,
        Figure,
        NotProcessedRows,
        OtherRows,
        Period,
        ProceedingRow,
        Proceedings,
        Report,
        RequestRow,
        Requests,
        RowView,
        Section,
        Sections,
        State,
        Table,
        UnavailableRows,
        UnknownRow,
    )
    from .serialize import SCHEMA_VERSION, dumps, json_schema, loads
    from .template import Edition

__version__ = "0.1.0"

__all__ = [
    "CODES",
    "COLUMNS",
    "SCHEMA_VERSION",
    "Aggregate",
    "Cause",
    "Cell",
    "CellChange",
    "CheckError",
    "CheckResult",
    "Code",
    "Comparison",
    "DataColumn",
    "DeniedRows",
    "Diagnostic",
    "Disclosure",
    "DisclosureRow",
    "Edit",
    "Edition",
    "Evidence",
    "FieldChange",
    "Figure",
    "Finding",
    "FindingSeverity",
    "GipaError",
    "InternalError",
    "LimitError",
    "Limits",
    "Location",
    "MissingExtraError",
    "ModelError",
    "NotProcessedRows",
    "Operand",
    "OtherRows",
    "Outcome",
    "ParagraphChange",
    "ParseError",
    "Part",
    "Passage",
    "Peers",
    "Period",
    "ProceedingRow",
    "Proceedings",
    "Progress",
    "ReadError",
    "Reading",
    "Report",
    "RequestRow",
    "Requests",
    "RowView",
    "Rule",
    "ScanError",
    "ScanResult",
    "Section",
    "Sections",
    "SerializeError",
    "Severity",
    "State",
    "Status",
    "Subject",
    "Table",
    "Tables",
    "UnavailableRows",
    "UnknownFormatError",
    "UnknownIdError",
    "UnknownRow",
    "__version__",
    "aggregate",
    "check",
    "compare",
    "dumps",
    "json_schema",
    "loads",
    "parse",
    "parse_batch",
    "picture",
    "read",
    "render",
    "results_schema",
    "scan",
    "to_arrow",
    "to_pandas",
    "to_polars",
    "unnest",
]

_HOMES = {
    name: module
    for module, names in {
        "checks": (
            "Aggregate",
            "Cause",
            "CellChange",
            "CheckResult",
            "Comparison",
            "Edit",
            "FieldChange",
            "Finding",
            "FindingSeverity",
            "Operand",
            "Outcome",
            "ParagraphChange",
            "Part",
            "Passage",
            "Peers",
            "Rule",
            "Status",
            "Subject",
            "aggregate",
            "check",
            "compare",
        ),
        "corpus": ("Progress", "ScanResult", "scan"),
        "diagnostics": ("CODES", "Code", "Diagnostic", "Location", "Severity"),
        "errors": (
            "CheckError",
            "GipaError",
            "InternalError",
            "LimitError",
            "MissingExtraError",
            "ModelError",
            "ParseError",
            "ReadError",
            "ScanError",
            "SerializeError",
            "UnknownFormatError",
            "UnknownIdError",
        ),
        "frames": (
            "COLUMNS",
            "DataColumn",
            "Tables",
            "parse_batch",
            "results_schema",
            "to_arrow",
            "to_pandas",
            "to_polars",
            "unnest",
        ),
        "limits": ("Limits",),
        "parsing": ("Evidence", "Reading", "parse", "read"),
        "readers": ("picture",),
        "renderers": ("render",),
        "report": (
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
        ),
        "serialize": ("SCHEMA_VERSION", "dumps", "json_schema", "loads"),
        "template": ("Edition",),
    }.items()
    for name in names
}
"""Public name → the module it is defined in; loaded when the name is first used, so that importing costs nothing."""


if not TYPE_CHECKING:
    # Type checkers know every name from above; to them there is none that is made up here.
    def __getattr__(name: str) -> object:
        module = _HOMES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
