"""When, from what and by which version a page for people was written."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .. import __version__
from ..safe_text import printable
from . import Lang

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that are taken for the time of writing: equal input then gives equal bytes, as builds do it."""

_WORDS: dict[Lang, str] = {
    "en": "Written by gipa-reports {version} on {when} from {source}",
    "zh": "gipa-reports {version} 于{when}根据 {source} 生成",
}


def written(source: str, lang: Lang) -> str:
    """Return one line that says so; the time is that of this computer, without ``SOURCE_DATE_EPOCH``."""
    said = os.environ.get(VARIABLE, "")
    now = datetime.fromtimestamp(int(said), UTC) if said.isdecimal() else datetime.now().astimezone()
    when = f"{now:%Y-%m-%d %H:%M}" + (" UTC" if said.isdecimal() else "")
    return _WORDS[lang].format(version=__version__, when=when, source=printable(source))
