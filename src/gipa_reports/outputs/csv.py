"""One finding a line, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import Finding
from ..safe_text import csv_text, printable
from ..suppressions import fingerprint
from . import Checked, Lang, Rest
from .jsonl import plain
from .phrases import place_of

FIELDS = tuple(
    "source agency year code severity instance cells message expected actual suggestion candidates quote codes line "
    "column fingerprint cause".split()
)
"""The header. ``suggestion`` is ``cell=value``, parted by spaces; ``candidates`` are several, parted by ``|``;
``cause`` is a sentence, the same for all findings of one cause."""


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """The findings alone."""
    return csv_text([FIELDS, *(_row(one, finding, lang) for one in checked for finding in one.findings)])


def _row(one: Checked, finding: Finding, lang: Lang) -> Iterator[str]:
    location, report = place_of(one, finding), one.report
    edits = [" ".join(f"{cell_id}={value}" for cell_id, value in edit.changes) for edit in finding.edits]
    fields = (
        one.source,
        one.agency,
        one.year,
        finding.code,
        finding.severity.value,
        finding.instance,
        " ".join(finding.cells),
        finding.message(lang),
        plain(finding.expected),
        plain(finding.actual),
        edits[0] if len(edits) == 1 else None,
        "|".join(edits) if len(edits) > 1 else None,
        finding.quote,
        " ".join(finding.codes),
        getattr(location, "line", None),
        getattr(location, "column", None),
        None if report is None else fingerprint(one.source, report, finding),
        None if finding.cause is None else finding.cause.message(lang),
    )
    return ("" if field is None else printable(str(field)) for field in fields)
