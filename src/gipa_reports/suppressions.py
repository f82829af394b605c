"""Findings that are known and accepted: each with a reason, none hidden without a trace.

A suppression comes from the settings (``[[suppress]]``, see ``config``) or from a baseline file, which has one JSON
object a line. One that no finding needs any more is stale, and said to be.
"""

from __future__ import annotations

import json
import os
from fnmatch import fnmatchcase
from glob import escape
from hashlib import sha256
from pathlib import Path, PurePath
from types import NoneType
from typing import Any

from attrs import define, evolve, field, frozen

from .checks import CheckResult, Finding
from .errors import CheckError
from .report import Report


@frozen
class Suppression:
    """Accepted findings, with the reason of each.

    A finding is meant when all that is given here fits: ``code`` (or its beginning), ``source`` (a pattern, see
    ``path_fits``), ``agency``, ``year``, ``cells`` (one of them takes part), ``fingerprint`` (see ``fingerprint``).
    ``origin`` is the file that says so, ``line`` its line where it is known.
    """

    code: str
    reason: str
    source: str | None = None
    agency: str | None = None
    year: int | None = None
    cells: tuple[str, ...] = ()
    fingerprint: str | None = None
    origin: str = ""
    line: int | None = None

    def concerns(self, source: str, report: Report) -> bool:
        """Return whether it is about this file."""
        return (
            (self.source is None or path_fits(source, self.source, os.path.dirname(self.origin)))
            and (self.agency is None or self.agency == report.agency)
            and (self.year is None or self.year == report.year)
        )

    def fits(self, source: str, report: Report, finding: Finding) -> bool:
        """Return whether it is about this finding of this file."""
        return (
            finding.code.startswith(self.code)
            and (not self.cells or not set(self.cells).isdisjoint(finding.cells))
            and (self.fingerprint is None or self.fingerprint == fingerprint(source, report, finding))
            and self.concerns(source, report)
        )

    def __str__(self) -> str:
        given = {name: getattr(self, name) for name in ("source", "agency", "year", "cells", "fingerprint")}
        given["cells"] = ", ".join(self.cells)
        return " ".join([self.code, *(f"{name}={part}" for name, part in given.items() if part)])


@frozen
class Suppressed:
    """A finding that is not shown among the others, and what it is suppressed by."""

    finding: Finding
    by: Suppression


@define
class Ledger:
    """The suppressions of one run, and which of them were needed."""

    entries: tuple[Suppression, ...] = ()
    _concerned: set[Suppression] = field(factory=set, init=False)
    _needed: set[Suppression] = field(factory=set, init=False)

    def apply(self, source: str, report: Report, result: CheckResult) -> tuple[CheckResult, tuple[Suppressed, ...]]:
        """``result`` without what is suppressed, and what is."""
        entries = [entry for entry in self.entries if entry.concerns(source, report)]
        # A rule that did not run says nothing of what it would have found.
        self._concerned.update(entry for entry in entries if any(code.startswith(entry.code) for code in result.rules))
        by: dict[Finding | None, list[Suppression]] = {
            found: [entry for entry in entries if entry.fits(source, report, found)] for found in result.findings
        }
        self._needed.update(*by.values())
        suppressed = tuple(Suppressed(found, by[found][0]) for found in result.findings if by[found])
        kept = tuple(outcome for outcome in result.outcomes if not by.get(outcome.finding))
        return evolve(result, outcomes=kept), suppressed

    @property
    def stale(self) -> tuple[Suppression, ...]:
        """Those about a file and a rule that were checked, which no finding needed."""
        return tuple(entry for entry in self.entries if entry in self._concerned and entry not in self._needed)


def path_fits(path: str, pattern: str, folder: str) -> bool:
    """Return whether ``path`` fits ``pattern``: a path from ``folder`` on, or a name alone, in which ``*`` stands for
    anything (``/`` too), ``?`` for one character and ``[…]`` for one of these.
    """
    whole = os.path.abspath(path)
    try:
        inside = os.path.relpath(whole, folder or ".")
    except ValueError:  # on another drive
        inside = whole
    return any(fnmatchcase(PurePath(name).as_posix(), pattern) for name in (inside, os.path.basename(whole)))


def fingerprint(source: str, report: Report, finding: Finding) -> str:
    """Return what tells a finding from all others, whatever the line it stands on and the language of its message.

    It is made of the organ and the year (of the file's name where one is unknown), the rule, its instance, the cells
    and both sides: when a figure changes, a finding that was accepted is a new one.
    """
    known = report.agency is not None and report.year is not None
    whose = (report.agency, report.year) if known else ("", os.path.basename(source))
    sides = [None if side is None else str(side) for side in (finding.expected, finding.actual)]
    parts = [*whose, finding.code, finding.instance, finding.cells, *sides]
    return sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:16]


# --- the baseline file -------------------------------------------------------------------------------------------

_TEXTS = ("fingerprint", "code", "reason")
_KINDS: dict[str, tuple[type, ...]] = {"source": (str,), "agency": (str,), "year": (int, NoneType)}
_KEYS = (*_TEXTS, *_KINDS, "cells", "message")


def new_entry(source: str, report: Report, finding: Finding, reason: str) -> Suppression:
    """The suppression of one finding alone."""
    known = report.agency is not None and report.year is not None
    name = None if known else escape(os.path.basename(source))
    told = fingerprint(source, report, finding)
    return Suppression(finding.code, reason, name, report.agency, report.year, fingerprint=told)


def baseline_line(entry: Suppression, finding: Finding) -> str:
    """One line of a baseline file; cells and message are there for people."""
    given = {key: getattr(entry, key) for key in ("fingerprint", "code", "source", "agency", "year")}
    fields = {**given, "cells": list(finding.cells), "message": finding.zh, "reason": entry.reason}
    return json.dumps({key: value for key, value in fields.items() if value is not None}, ensure_ascii=False) + "\n"


def read_baseline(path: str | os.PathLike[str]) -> dict[Suppression, str]:
    """The suppressions of a baseline file, each with its line. Raises ``CheckError`` for one that is broken."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None)
        raise CheckError(
            f"the baseline file {path} can't be read: {why or 'it is not UTF-8'}",
            code="bad-baseline",
            zh=f"无法读取基线文件{path}：{why or '编码不是UTF-8'}。",
        ) from error
    return {
        _entry(line, number, os.fspath(path)): f"{line}\n"
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    }


def _problem(fields: object) -> tuple[str, str] | None:
    """Return what is wrong with what a line says, in English and in Chinese; None where nothing is."""
    if not isinstance(fields, dict):
        return "this line is no JSON object", "这一行不是JSON对象"
    if unknown := fields.keys() - set(_KEYS):
        return f"there is no key {min(unknown)!r}", f"没有“{min(unknown)}”这个键"
    if missing := [key for key in _TEXTS if not str(fields.get(key, "")).strip() or type(fields[key]) is not str]:
        return f"the {missing[0]} is missing", f"缺少{missing[0]}"
    if any(key in fields and type(fields[key]) not in kinds for key, kinds in _KINDS.items()):
        return "source and agency are texts, year is a number", "source和agency应为文字，year应为数"
    return None


def _entry(line: str, number: int, path: str) -> Suppression:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    problem = _problem(fields)
    if problem is not None:
        en, zh = problem
        raise CheckError(
            f"the baseline file {path} is broken: {en}; mend the line, or write the file anew",
            code="bad-baseline",
            line=number,
            found=line[:80],
            zh=f"基线文件{path}有误：{zh}；请改正这一行，或重新写入整个文件。",
        )
    given: dict[str, Any] = {key: fields.get(key) for key in (*_TEXTS, *_KINDS)}
    return Suppression(**given, origin=path, line=number)
