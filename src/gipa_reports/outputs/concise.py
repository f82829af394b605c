"""One cause a line: ``PATH:LINE:COL: CODE message``; of several findings of one cause ``CODE,CODE``."""

from __future__ import annotations

from collections.abc import Sequence

from ..safe_text import printable
from . import Checked, Lang, Rest
from .phrases import Group, at, groups, place_of


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """The findings alone, those of one cause together."""
    lines = (
        f"{at(one.source, place_of(one, group.findings[0]), lang)}: {_codes(group)} {group.message(lang)}"
        for one in checked
        for group in groups(one.findings)
    )
    return "".join(f"{printable(line)}\n" for line in lines)


def _codes(group: Group) -> str:
    return ",".join(dict.fromkeys(finding.code for finding in group.findings))
