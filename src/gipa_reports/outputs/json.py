"""All findings as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence

from ..safe_text import record_text
from . import Checked, Lang, Rest
from .jsonl import records_of


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """An array of what ``jsonl`` writes line by line."""
    return record_text(records_of(checked, lang, rest), "json")
