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
    ("no-report", "没有读到报告", "no report"),
    ("no-diagnostics", "没有存疑之处", "nothing in doubt"),
    ("cells", "{n}格", "cells: {n}"),
    ("more", "……另有{n}项", "… and {n} more"),
    ("more-rows", "……另有{n}行不是标准表的行", "… and {n} more rows that the form does not have"),
    ("prose", "正文：{n}段", "prose, paragraphs: {n}"),
    ("unparsed", "报告前后：{n}行", "around the report, lines: {n}"),
    ("findings", "发现{n}处", "findings: {n}"),
    ("unchecked", "{all}项检查中有{n}项未能检查", "checks that could not be made: {n} of {all}"),
    ("all-checked", "{all}项检查全部完成", "all {all} checks were made"),
    ("suggestion", "建议：", "Suggestion: "),
    ("candidates", "有{n}种改法，因此不作建议", "{n} edits would each do, so none is suggested"),
    ("look", "请先核对读取是否有误：", "look first at how it was read: "),
    ("same", "没有差别", "Nothing differs"),
    ("changed", "有{n}格不同", "cells that differ: {n}"),
    ("flagged", "另有{n}格存疑但没有差别", "in doubt, but no different: {n}"),
    ("paragraphs", "正文有{n}处不同", "places in the prose that differ: {n}"),
    ("cell", "单元格", "cell"),
    ("before", "改前", "before"),
    ("after", "改后", "after"),
    ("difference", "差", "difference"),
    ("codes", "存疑", "in doubt"),
    ("place", "位置", "place"),
    ("text", "原文", "words there"),
    ("units", "{n}个单位合计", "sum of units: {n}"),
    ("unknown", "有{n}格无法相加，留空", "cells that could not be added up, and are blank: {n}"),
    ("places", "{n}格有位置", "cells that have a place: {n}"),
    ("error", "错误", "error"),
    ("warning", "警告", "warning"),
    ("info", "说明", "note"),
    ("hint", "提示", "hint"),
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
