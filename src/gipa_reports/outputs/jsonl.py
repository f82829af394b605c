"""One finding a line, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..checks import Finding
from ..checks.model import Value
from ..report.cells import decimal_text
from ..safe_text import record_text
from . import Checked, Lang, PassedOver, Rest
from .phrases import why_unread


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """A line for each record."""
    return record_text(records_of(checked, lang, rest), "jsonl")


def records_of(checked: Sequence[Checked], lang: Lang, rest: Rest) -> list[dict[str, object]]:
    """The findings, then the files that could not be checked and those that are no documents, so that none is missing.

    A suggestion maps cell ids to values, and is null where there is not exactly one edit. ``cause`` is null
    where a finding stands for itself.
    """
    records: list[dict[str, object]] = [
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
    ]
    for one in checked:
        if one.result is None:
            code, why = why_unread(one, lang)
            records.append(_of_file(one.source, code, "error", why))
    return records + [_passed_over(file, lang) for file in rest.passed_over]


def _passed_over(file: PassedOver, lang: Lang) -> dict[str, object]:
    said = {"en": "No document ({kind}), not read.", "zh": "不是文档（{kind}），未读取。"}[lang]
    code = "own-output" if file.kind.name == "own-output" else "passed-over"
    return _of_file(file.source, code, "info", said.format(kind=file.kind.word(lang)))


def _of_file(source: str, code: str, severity: str, message: str) -> dict[str, object]:
    """A line that has the keys of a finding, of a file without one."""
    about: dict[str, object] = {"source": source, "code": code, "severity": severity, "cells": [], "message": message}
    return {**about, "expected": None, "actual": None, "suggestion": None, "cause": None}


def cause(finding: Finding, lang: Lang) -> dict[str, object] | None:
    """Return what the finding comes from: the same for all findings of one cause."""
    found = finding.cause
    return None if found is None else {"key": found.key, "message": found.message(lang), "cells": list(found.cells)}


def plain(value: Value) -> int | str | None:
    """A side of a finding as JSON has it: money as text, so that no digit is lost."""
    return decimal_text(value) if isinstance(value, Decimal) else value
