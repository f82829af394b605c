"""One finding a line: ``PATH:LINE:COL: CODE message``."""

from __future__ import annotations

from collections.abc import Sequence

from ..safe_text import printable
from . import Checked, Lang, Rest
from .phrases import at, place_of


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """The findings alone."""
    lines = (
        f"{at(one.source, place_of(one, finding), lang)}: {finding.code} {finding.message(lang)}"
        for one in checked
        for finding in one.findings
    )
    return "".join(f"{printable(line)}\n" for line in lines)
