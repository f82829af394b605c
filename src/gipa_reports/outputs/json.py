"""All findings as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from . import Checked, Lang, Rest
from .jsonl import records_of


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """An array of what ``jsonl`` writes line by line."""
    return json.dumps(records_of(checked, lang, rest), ensure_ascii=False, indent=2) + "\n"
