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
    from .codes import CODES, Code, Severity
    from .corpus import Progress, ScanResult, read_folder, scan
    from .diagnostics import Diagnostic, Location
    from .document import FormatName
    from .errors import (
        CheckError,
        DoubtfulError,
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
        WrongTypeError,
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
    from .parsing import Evidence, Reading, Source, parse, read
    from .readers import picture
    from .renderers import render
    from .report import (
        AnyDisclosure,
        AnyRequests,
        AnyTable,
        Cell,
        DecisionsRow2021,
        DeniedRows,
        Disclosure,
        Disclosure2019,
        Disclosure2021,
        DisclosureRow,
        DocumentsRow2019,
        DocumentsRow2021,
        FeesRow2019,
        FeesRow2021,
        Figure,
        HasCodes,
        MeasuresRow2019,
        NotProcessedRows,
        OtherRows2021,
        Period,
        ProceedingRow,
        Proceedings,
        Proceedings2019,
        Proceedings2021,
        ProcurementRow2019,
        Report,
        RequestRow,
        Requests,
        Requests2019,
        Requests2021,
        RowView,
        Section,
        Sections,
        State,
        Subtotal,
        Table,
        UnavailableRows,
        UnknownRow,
    )
    from .schema import json_schema
    from .serialize import SCHEMA_VERSION, dumps, loads
    from .template import Edition, SectionId, TableId

__version__ = "0.1.0"

__all__ = [
    "CODES",
    "COLUMNS",
    "SCHEMA_VERSION",
    "Aggregate",
    "AnyDisclosure",
    "AnyRequests",
    "AnyTable",
    "Cause",
    "Cell",
    "CellChange",
    "CheckError",
    "CheckResult",
    "Code",
    "Comparison",
    "DataColumn",
    "DecisionsRow2021",
    "DeniedRows",
    "Diagnostic",
    "Disclosure",
    "Disclosure2019",
    "Disclosure2021",
    "DisclosureRow",
    "DocumentsRow2019",
    "DocumentsRow2021",
    "DoubtfulError",
    "Edit",
    "Edition",
    "Evidence",
    "FeesRow2019",
    "FeesRow2021",
    "FieldChange",
    "Figure",
    "Finding",
    "FindingSeverity",
    "FormatName",
    "GipaError",
    "HasCodes",
    "InternalError",
    "LimitError",
    "Limits",
    "Location",
    "MeasuresRow2019",
    "MissingExtraError",
    "ModelError",
    "NotProcessedRows",
    "Operand",
    "OtherRows2021",
    "Outcome",
    "ParagraphChange",
    "ParseError",
    "Part",
    "Passage",
    "Peers",
    "Period",
    "ProceedingRow",
    "Proceedings",
    "Proceedings2019",
    "Proceedings2021",
    "ProcurementRow2019",
    "Progress",
    "ReadError",
    "Reading",
    "Report",
    "RequestRow",
    "Requests",
    "Requests2019",
    "Requests2021",
    "RowView",
    "Rule",
    "ScanError",
    "ScanResult",
    "Section",
    "SectionId",
    "Sections",
    "SerializeError",
    "Severity",
    "Source",
    "State",
    "Status",
    "Subject",
    "Subtotal",
    "Table",
    "TableId",
    "Tables",
    "UnavailableRows",
    "UnknownFormatError",
    "UnknownIdError",
    "UnknownRow",
    "WrongTypeError",
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
    "read_folder",
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
            "Aggregate Cause CellChange CheckResult Comparison Edit FieldChange Finding FindingSeverity Operand "
            "Outcome ParagraphChange Part Passage Peers Rule Status Subject aggregate check compare"
        ),
        "corpus": "Progress ScanResult read_folder scan",
        "codes": "CODES Code Severity",
        "diagnostics": "Diagnostic Location",
        "document": "FormatName",
        "errors": (
            "CheckError DoubtfulError GipaError InternalError LimitError MissingExtraError ModelError ParseError "
            "ReadError ScanError SerializeError UnknownFormatError UnknownIdError WrongTypeError"
        ),
        "frames": "COLUMNS DataColumn Tables parse_batch results_schema to_arrow to_pandas to_polars unnest",
        "limits": "Limits",
        "parsing": "Evidence Reading Source parse read",
        "readers": "picture",
        "renderers": "render",
        "report": (
            "AnyDisclosure AnyRequests AnyTable Cell DecisionsRow2021 DeniedRows Disclosure Disclosure2019 "
            "Disclosure2021 DisclosureRow DocumentsRow2019 DocumentsRow2021 FeesRow2019 FeesRow2021 Figure "
            "HasCodes MeasuresRow2019 NotProcessedRows OtherRows2021 Period ProceedingRow Proceedings "
            "Proceedings2019 Proceedings2021 ProcurementRow2019 Report RequestRow Requests Requests2019 "
            "Requests2021 RowView Section Sections State Subtotal Table UnavailableRows UnknownRow"
        ),
        "schema": "json_schema",
        "serialize": "SCHEMA_VERSION dumps loads",
        "template": "Edition SectionId TableId",
    }.items()
    for name in names.split()
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
    return list(__all__)
