"""Number of findings of each rule: what ``check --statistics`` writes in the place of the findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from attrs import asdict, frozen

from ..checks import FindingSeverity
from ..outputs import Checked, Lang
from ..outputs.phrases import rules_by_code, severity_word
from ..outputs.wording import rule_name
from ..safe_text import csv_text, printable
from .bilingual import width

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
    records = [asdict(count) for count in counts]
    if format == "json":
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    if format == "csv":
        return csv_text([FIELDS, *([str(field) for field in record.values()] for record in records)])
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
        return [{"en": "no findings", "zh": "没有发现问题"}[lang]]
    words: dict[Lang, tuple[str, ...]] = {
        "en": ("findings", "files", "rule", "name", "kind"),
        "zh": ("问题", "文件", "规则", "名称", "类别"),
    }
    rows = [
        words[lang],
        *(
            (str(one.findings), str(one.files), one.code, one.name, severity_word(FindingSeverity(one.severity), lang))
            for one in counts
        ),
    ]
    columns = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(_cell(text, columns[at], right=at < 2) for at, text in enumerate(row)).rstrip() for row in rows]


def _cell(text: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space
