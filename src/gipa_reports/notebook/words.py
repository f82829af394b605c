"""Words of the displays in a notebook, and how words of strangers get into them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape

from ..brief import cut
from ..codes import Severity
from ..messages import VARIABLE, Lang, Words
from ..safe_text import printable

MAX_TEXT = 120
"""Characters of a text that are shown: a cell, a place, a sentence of a diagnostic."""

MAX_LINES = 30
"""Lines of a list: codes, findings, changes. The object itself has them all."""

word: Words = Words(
    {
        "no-report": {"en": "no report", "zh": "没有读到报告"},
        "no-diagnostics": {"en": "nothing in doubt", "zh": "没有存疑之处"},
        "cells": {"en": "cells: {n}", "zh": "{n}格"},
        "more": {"en": "… and {n} more", "zh": "……另有{n}项"},
        "more-rows": {"en": "… and {n} more rows that the form does not have", "zh": "……另有{n}行不是标准表的行"},
        "prose": {"en": "prose, paragraphs: {n}", "zh": "正文：{n}段"},
        "unparsed": {"en": "around the report, lines: {n}", "zh": "报告前后：{n}行"},
        "findings": {"en": "findings: {n}", "zh": "发现{n}处"},
        "unchecked": {"en": "checks that could not be made: {n} of {all}", "zh": "{all}项检查中有{n}项未能检查"},
        "all-checked": {"en": "all {all} checks were made", "zh": "{all}项检查全部完成"},
        "suggestion": {"en": "Suggestion: ", "zh": "建议："},
        "candidates": {"en": "{n} edits would each do, so none is suggested", "zh": "有{n}种改法，因此不作建议"},
        "look": {"en": "look first at how it was read: ", "zh": "请先核对读取是否有误："},
        "same": {"en": "Nothing differs", "zh": "没有差别"},
        "changed": {"en": "cells that differ: {n}", "zh": "有{n}格不同"},
        "flagged": {"en": "in doubt, but no different: {n}", "zh": "另有{n}格存疑但没有差别"},
        "paragraphs": {"en": "places in the prose that differ: {n}", "zh": "正文有{n}处不同"},
        "cell": {"en": "cell", "zh": "单元格"},
        "before": {"en": "before", "zh": "改前"},
        "after": {"en": "after", "zh": "改后"},
        "difference": {"en": "difference", "zh": "差"},
        "codes": {"en": "in doubt", "zh": "存疑"},
        "place": {"en": "place", "zh": "位置"},
        "text": {"en": "words there", "zh": "原文"},
        "units": {"en": "sum of units: {n}", "zh": "{n}个单位合计"},
        "unknown": {"en": "cells that could not be added up, and are blank: {n}", "zh": "有{n}格无法相加，留空"},
        "places": {"en": "cells that have a place: {n}", "zh": "{n}格有位置"},
        "error": {"en": "error", "zh": "错误"},
        "warning": {"en": "warning", "zh": "警告"},
        "info": {"en": "note", "zh": "说明"},
        "hint": {"en": "hint", "zh": "提示"},
    }
)


def language() -> Lang:
    """The language of displays: that of ``GIPA_REPORTS_LANG``, else English; an object can't be asked in another."""
    return "zh" if os.environ.get(VARIABLE, "").lower().startswith("zh") else "en"


def severity_word(severity: Severity, lang: Lang) -> str:
    """Return how bad, in a word."""
    return word(severity.value, lang)


def shown(text: object, width: int = MAX_TEXT) -> str:
    """Words of strangers as text of a display: cut, on one line, and never taken for mark-up."""
    return escape(printable(cut(str(text), width)))


def listed(items: Iterable[str], total: int, lang: Lang, tag: str = "ul") -> str:
    """Lines of mark-up as a list, and how many more there are."""
    lines = "".join(f"<li>{item}</li>" for item in items)
    more = f"<p>{word('more', lang, n=total - MAX_LINES)}</p>" if total > MAX_LINES else ""
    return f"<{tag}>{lines}</{tag}>{more}" if lines else ""


def folded(summary: str, body: str) -> str:
    """Return what is shown when it is asked for."""
    return f"<details><summary>{summary}</summary>{body}</details>"
