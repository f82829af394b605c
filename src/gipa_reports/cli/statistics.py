"""Number of findings of each rule: what ``check --statistics`` writes in the place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import asdict, frozen

from ..checks import FindingSeverity
from ..outputs import Checked, Lang
from ..outputs.phrases import rules_by_code, severity_word
from ..outputs.wording import rule_name
from ..safe_text import printable, record_text
from .bilingual import in_columns
from .words import word

FORMATS = ("full", "concise", "jsonl", "json", "csv")
"""The formats of ``check`` in which there are statistics."""

FIELDS = ("code", "name", "severity", "findings", "files")
"""The keys, and the header of CSV."""


@frozen
class Count:
    """The findings of one rule: its code and name, the severity, how many there are, and in how many files."""

    code: str
    name: str
    severity: str
    findings: int
    files: int


def write_statistics(checked: Sequence[Checked], format: str, lang: Lang) -> str:
    """The rules that have findings, most findings first, in one of ``FORMATS``."""
    counts = _counts(checked, lang)
    if format in ("json", "jsonl", "csv"):
        return record_text(map(asdict, counts), format, FIELDS)
    return "".join(f"{printable(line)}\n" for line in _lines(counts, lang))


def _counts(checked: Sequence[Checked], lang: Lang) -> list[Count]:
    rules = rules_by_code()
    findings = Counter((finding.code, finding.severity) for one in checked for finding in one.findings)
    files = Counter(
        (code, severity)
        for one in checked
        for code, severity in {(finding.code, finding.severity) for finding in one.findings}
    )
    ordered = sorted(findings, key=lambda rule: (-findings[rule], rule[0]))
    return [
        Count(rule[0], rule_name(rule[0], rules, lang), rule[1].value, findings[rule], files[rule]) for rule in ordered
    ]


def _lines(counts: Sequence[Count], lang: Lang) -> list[str]:
    """The counts in columns, aligned by display width."""
    if not counts:
        return [word("statistics.none", lang)]
    head = tuple(word(f"statistics.{name}", lang) for name in ("findings", "files", "rule", "name", "kind"))
    rows = (
        (str(one.findings), str(one.files), one.code, one.name, severity_word(FindingSeverity(one.severity), lang))
        for one in counts
    )
    return in_columns([head, *rows], right=(0, 1))
