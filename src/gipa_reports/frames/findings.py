"""The findings of a check as a data frame: one a row, every column a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from ..checks.model import Finding
from ..messages import Lang
from .tables import as_pandas, as_polars, require_library

if TYPE_CHECKING:
    import pandas
    import polars

_COLUMNS = "code severity instance cells message expected actual suggestion codes cause quote".split()


def findings_frame(
    findings: Iterable[Finding], lang: Lang, library: Literal["pandas", "polars"]
) -> pandas.DataFrame | polars.DataFrame:
    """The findings in a data frame of ``library``; what ``CheckResult.to_frame`` gives."""
    require_library(library)
    import pyarrow as pa

    rows = [_row(finding, lang) for finding in findings]
    table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in _COLUMNS})
    return as_polars(table) if library == "polars" else as_pandas(table)


def _row(finding: Finding, lang: Lang) -> dict[str, str | None]:
    suggestion = finding.suggestion
    return {
        "code": finding.code,
        "severity": str(finding.severity.value),
        "instance": finding.instance,
        "cells": " ".join(finding.cells),
        "message": finding.message(lang),
        "expected": None if finding.expected is None else str(finding.expected),
        "actual": None if finding.actual is None else str(finding.actual),
        "suggestion": None if suggestion is None else " ".join(f"{cell}={value}" for cell, value in suggestion.items()),
        "codes": " ".join(finding.codes),
        "cause": None if finding.cause is None else finding.cause.message(lang),
        "quote": finding.quote,
    }
