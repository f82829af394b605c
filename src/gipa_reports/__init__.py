"""Read, check and render Chinese government-information-disclosure annual reports (政府信息公开工作年度报告).

>>> import gipa_reports
>>> report = gipa_reports.parse(text)            # doctest: +SKIP
>>> report.requests.received.natural_person      # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from .limits import Limits
    from .parsing import Reading, parse, read
    from .renderers import render
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
    "Limits",
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

_HOMES = {
    name: module
    for module, names in {
        "diagnostics": ("CODES", "Code", "Diagnostic", "Location", "Severity"),
        "errors": (
            "GipaError",
            "LimitError",
            "MissingExtraError",
            "ModelError",
            "ParseError",
            "ReadError",
            "SerializeError",
            "UnknownFormatError",
            "UnknownIdError",
        ),
        "limits": ("Limits",),
        "parsing": ("Reading", "parse", "read"),
        "renderers": ("render",),
        "report": (
            "Cell",
            "Disclosure",
            "Figure",
            "Period",
            "Proceedings",
            "Report",
            "Requests",
            "Section",
            "Sections",
            "State",
            "UnknownRow",
        ),
        "serialize": ("SCHEMA_VERSION", "dumps", "json_schema", "loads"),
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
