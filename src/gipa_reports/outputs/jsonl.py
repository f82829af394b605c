"""One finding a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from ..checks import Finding
from ..checks.model import Value
from ..report.cells import decimal_text
from ..suppressions import Suppression
from . import Checked, Lang


def write(checked: Sequence[Checked], lang: Lang, stale: Sequence[Suppression]) -> str:
    """The findings alone; a suggestion maps cell ids to values, and is null where there is not exactly one edit.

    ``cause`` is null where a finding stands for itself.
    """
    records = (
        {
            "source": one.source,
            "code": finding.code,
            "severity": finding.severity.value,
            "cells": list(finding.cells),
            "message": finding.message(lang),
            "expected": plain(finding.expected),
            "actual": plain(finding.actual),
            "suggestion": finding.suggestion,
            "cause": cause(finding, lang),
        }
        for one in checked
        for finding in one.findings
    )
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def cause(finding: Finding, lang: Lang) -> dict[str, object] | None:
    """What the finding comes from: the same for all findings of one cause."""
    found = finding.cause
    return None if found is None else {"key": found.key, "message": found.message(lang), "cells": list(found.cells)}


def plain(value: Value) -> int | str | None:
    """A side of a finding as JSON has it: money as text, so that no digit is lost."""
    return decimal_text(value) if isinstance(value, Decimal) else value
