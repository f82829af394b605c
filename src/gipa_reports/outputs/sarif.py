"""SARIF 2.1.0, the exchange format of analysis tools."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..checks import Finding, FindingSeverity, Rule
from ..diagnostics import Location
from ..suppressions import Suppression, fingerprint
from . import Checked, Lang, Rest
from .jsonl import cause, plain
from .phrases import advice, place_of, rules_by_code, stale_words, verdict
from .undecided import todos
from .wording import rule_name, rule_summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

FINGERPRINT = "gipaFinding/v1"
"""The name of our fingerprint; see ``suppressions.fingerprint``."""

_LEVELS = {
    FindingSeverity.ERROR: "error",
    FindingSeverity.WARNING: "warning",
    FindingSeverity.HINT: "note",
}

Json = dict[str, Any]


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """One run: the rules, the findings (suppressed ones marked as such), and as notifications what could not be
    checked and which suppressions are stale.
    """
    known = rules_by_code()
    rules = _rules_run(checked, known)
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = [_result(one, finding, index, lang, reason) for one in checked for finding, reason in _with_reasons(one)]
    notifications = [note for one in checked for note in _notifications(one, lang)]
    notifications += [_stale(entry, lang) for entry in rest.stale]
    run: Json = {
        "tool": {
            "driver": {
                "name": "gipa-reports",
                "semanticVersion": __version__,
                "rules": [_rule(rule, known, lang) for rule in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": all(note["level"] != "error" for note in notifications),
                "toolExecutionNotifications": notifications,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rules_run(checked: Sequence[Checked], known: dict[str, Rule]) -> list[Rule]:
    """The rules that ran on one of the reports, in the order of their codes."""
    codes = sorted({code for one in checked if one.result is not None for code in one.result.rules})
    return [known[code] for code in codes if code in known]


def _with_reasons(one: Checked) -> Iterator[tuple[Finding, str | None]]:
    """The findings of a report, those that are suppressed with the reason for it."""
    yield from ((finding, None) for finding in one.findings)
    yield from ((entry.finding, entry.by.reason) for entry in one.suppressed)


def _rule(rule: Rule, rules: dict[str, Rule], lang: Lang) -> Json:
    name = rule_name(rule.code, rules, lang)
    return {
        "id": rule.code,
        "name": name,
        "shortDescription": {"text": rule_summary(rule.code, rules, lang) or name},
        "help": {"text": rule.docs or rule.name, "markdown": rule.docs or rule.name},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"since": rule.since, "status": rule.status, "editions": list(rule.editions)},
    }


def _result(one: Checked, finding: Finding, index: dict[str, int], lang: Lang, reason: str | None) -> Json:
    location = place_of(one, finding)
    place = _physical(one.source, location)
    cells = [{"fullyQualifiedName": cell_id, "kind": "element"} for cell_id in finding.cells]
    result: Json = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join([finding.message(lang), *advice(finding, lang)])},
        "locations": [{**place, "logicalLocations": cells} if cells else place],
        "relatedLocations": _related(one, finding, location),
        "properties": {
            "cells": list(finding.cells),
            "expected": plain(finding.expected),
            "actual": plain(finding.actual),
            "suggestion": finding.suggestion,
            "codes": list(finding.codes),
            "cause": cause(finding, lang),
        },
        # What was asked for is said either way: a result without the key would be one that nobody looked for.
        "suppressions": [] if reason is None else [{"kind": "external", "justification": reason}],
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if one.report is not None:
        result["partialFingerprints"] = {FINGERPRINT: fingerprint(one.source, one.report, finding)}
    return result


def _related(one: Checked, finding: Finding, first: Location | None) -> list[Json]:
    """The other figures that take part, where their lines are known."""
    others = dict(one.others)
    found: list[Json] = []
    for operand in finding.operands:
        location = operand.location
        path = others.get(operand.source) if operand.source else one.source
        if path is None or location is None or location.line is None or location == first:
            continue
        message = {"text": f"{operand.cell} = {operand.text or '∅'}"}
        found.append({"id": len(found), **_physical(path, location), "message": message})
    return found


def _notifications(one: Checked, lang: Lang) -> list[Json]:
    why = verdict(one, lang)
    level = "error" if one.result is None else "warning"
    found = [] if why is None else [_notification(level, "not-checked", why, one.source)]
    for todo in todos(one, lang):
        text = todo.line(one.report, lang)
        found.append(_notification("error" if todo.broken else "note", "undecided", text, one.source))
    return found


def _stale(entry: Suppression, lang: Lang) -> Json:
    location = None if entry.line is None else Location(line=entry.line, column=None, text="")
    return _notification("warning", "stale-suppression", stale_words(entry, lang), entry.origin, location)


def _notification(level: str, id: str, text: str, path: str, location: Location | None = None) -> Json:
    return {
        "level": level,
        "descriptor": {"id": id},
        "message": {"text": text},
        "locations": [_physical(path, location)],
    }


def _physical(path: str, location: Location | None) -> Json:
    place: Json = {"artifactLocation": {"uri": _uri(path)}}
    if location is not None and location.line is not None:
        column = {} if location.column is None else {"startColumn": location.column}
        place["region"] = {"startLine": location.line, **column}
    return {"physicalLocation": place}


def _uri(path: str) -> str:
    if os.path.isabs(path):
        return Path(path).as_uri()
    return quote(Path(path).as_posix(), errors="surrogateescape")
