"""Read, check and render Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> import gipa_reports
>>> report = gipa_reports.parse(text)            # doctest: +SKIP
>>> report.requests.received.natural_person      # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Type checkers take a name for public that is imported as itself.
    from .checks import Aggregate as Aggregate
    from .checks import Cause as Cause
    from .checks import CellChange as CellChange
    from .checks import CheckResult as CheckResult
    from .checks import Comparison as Comparison
    from .checks import Edit as Edit
    from .checks import FieldChange as FieldChange
    from .checks import Finding as Finding
    from .checks import FindingSeverity as FindingSeverity
    from .checks import Operand as Operand
    from .checks import Outcome as Outcome
    from .checks import ParagraphChange as ParagraphChange
    from .checks import Part as Part
    from .checks import Passage as Passage
    from .checks import Peers as Peers
    from .checks import Rule as Rule
    from .checks import Status as Status
    from .checks import Subject as Subject
    from .checks import aggregate as aggregate
    from .checks import check as check
    from .checks import compare as compare
    from .codes import CODES as CODES
    from .codes import Code as Code
    from .codes import Severity as Severity
    from .corpus import Progress as Progress
    from .corpus import ScanResult as ScanResult
    from .corpus import read_folder as read_folder
    from .corpus import scan as scan
    from .diagnostics import Diagnostic as Diagnostic
    from .diagnostics import Location as Location
    from .document import FormatName as FormatName
    from .errors import CheckError as CheckError
    from .errors import DoubtfulError as DoubtfulError
    from .errors import GipaError as GipaError
    from .errors import InternalError as InternalError
    from .errors import LimitError as LimitError
    from .errors import MissingExtraError as MissingExtraError
    from .errors import ModelError as ModelError
    from .errors import ParseError as ParseError
    from .errors import ReadError as ReadError
    from .errors import ScanError as ScanError
    from .errors import SerializeError as SerializeError
    from .errors import UnknownFormatError as UnknownFormatError
    from .errors import UnknownIdError as UnknownIdError
    from .errors import WrongTypeError as WrongTypeError
    from .frames import COLUMNS as COLUMNS
    from .frames import DataColumn as DataColumn
    from .frames import Tables as Tables
    from .frames import parse_batch as parse_batch
    from .frames import results_schema as results_schema
    from .frames import to_arrow as to_arrow
    from .frames import to_pandas as to_pandas
    from .frames import to_polars as to_polars
    from .frames import unnest as unnest
    from .limits import Limits as Limits
    from .parsing import Evidence as Evidence
    from .parsing import Reading as Reading
    from .parsing import Source as Source
    from .parsing import parse as parse
    from .parsing import read as read
    from .readers import picture as picture
    from .renderers import render as render
    from .report import AnyDisclosure as AnyDisclosure
    from .report import AnyRequests as AnyRequests
    from .report import AnyTable as AnyTable
    from .report import Cell as Cell
    from .report import DecisionsRow2021 as DecisionsRow2021
    from .report import DeniedRows as DeniedRows
    from .report import Disclosure as Disclosure
    from .report import Disclosure2019 as Disclosure2019
    from .report import Disclosure2021 as Disclosure2021
    from .report import DisclosureRow as DisclosureRow
    from .report import DocumentsRow2019 as DocumentsRow2019
    from .report import DocumentsRow2021 as DocumentsRow2021
    from .report import FeesRow2019 as FeesRow2019
    from .report import FeesRow2021 as FeesRow2021
    from .report import Figure as Figure
    from .report import HasCodes as HasCodes
    from .report import MeasuresRow2019 as MeasuresRow2019
    from .report import NotProcessedRows as NotProcessedRows
    from .report import OtherRows2021 as OtherRows2021
    from .report import Period as Period
    from .report import ProceedingRow as ProceedingRow
    from .report import Proceedings as Proceedings
    from .report import Proceedings2019 as Proceedings2019
    from .report import Proceedings2021 as Proceedings2021
    from .report import ProcurementRow2019 as ProcurementRow2019
    from .report import Report as Report
    from .report import RequestRow as RequestRow
    from .report import Requests as Requests
    from .report import Requests2019 as Requests2019
    from .report import Requests2021 as Requests2021
    from .report import RowView as RowView
    from .report import Section as Section
    from .report import Sections as Sections
    from .report import State as State
    from .report import Subtotal as Subtotal
    from .report import Table as Table
    from .report import UnavailableRows as UnavailableRows
    from .report import UnknownRow as UnknownRow
    from .schema import json_schema as json_schema
    from .serialize import SCHEMA_VERSION as SCHEMA_VERSION
    from .serialize import dumps as dumps
    from .serialize import loads as loads
    from .template import Edition as Edition
    from .template import SectionId as SectionId
    from .template import TableId as TableId

__version__ = "0.1.0"

_HOMES = {
    name: module
    for module, names in {
        "checks": "Aggregate Cause CellChange CheckResult Comparison Edit FieldChange Finding FindingSeverity"
        " Operand Outcome ParagraphChange Part Passage Peers Rule Status Subject aggregate check compare",
        "corpus": "Progress ScanResult read_folder scan",
        "codes": "CODES Code Severity",
        "diagnostics": "Diagnostic Location",
        "document": "FormatName",
        "errors": "CheckError DoubtfulError GipaError InternalError LimitError MissingExtraError ModelError"
        " ParseError ReadError ScanError SerializeError UnknownFormatError UnknownIdError WrongTypeError",
        "frames": "COLUMNS DataColumn Tables parse_batch results_schema to_arrow to_pandas to_polars unnest",
        "limits": "Limits",
        "parsing": "Evidence Reading Source parse read",
        "readers": "picture",
        "renderers": "render",
        "report": "AnyDisclosure AnyRequests AnyTable Cell DecisionsRow2021 DeniedRows Disclosure Disclosure2019"
        " Disclosure2021 DisclosureRow DocumentsRow2019 DocumentsRow2021 FeesRow2019 FeesRow2021 Figure"
        " HasCodes MeasuresRow2019 NotProcessedRows OtherRows2021 Period ProceedingRow Proceedings"
        " Proceedings2019 Proceedings2021 ProcurementRow2019 Report RequestRow Requests Requests2019"
        " Requests2021 RowView Section Sections State Subtotal Table UnavailableRows UnknownRow",
        "schema": "json_schema",
        "serialize": "SCHEMA_VERSION dumps loads",
        "template": "Edition SectionId TableId",
    }.items()
    for name in names.split()
}
"""Public name → the module it is defined in; loaded when the name is first used, so that importing costs nothing."""


if not TYPE_CHECKING:
    # Type checkers know every name from above; to them there is none that is made up here.
    __all__ = sorted(("__version__", *_HOMES))

    def __getattr__(name: str) -> object:
        module = _HOMES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return ["__version__", *_HOMES]
