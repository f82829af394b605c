"""The words of the page that are its own, in both languages, and how words of strangers get onto it."""

from __future__ import annotations

from html import escape

from ..messages import Words, in_brackets
from ..safe_text import printable
from . import Lang

own_word: Words = Words(
    {
        "title": {"zh": "政府信息公开年度报告校核", "en": "Check of annual reports"},
        "skip": {"zh": "跳到所选单位", "en": "Skip to the chosen unit"},
        "units": {"zh": "单位", "en": "Units"},
        "search": {"zh": "查找单位", "en": "Find a unit"},
        "filter": {"zh": "筛选问题", "en": "Filter the findings"},
        "rule": {"zh": "规则", "en": "Rule"},
        "all-rules": {"zh": "全部规则", "en": "all rules"},
        "severity": {"zh": "类别", "en": "Kind"},
        "unchecked": {"zh": "未能检查", "en": "not checked"},
        "suggestions": {"zh": "建议", "en": "suggestions"},
        "shown": {
            "zh": "显示{shown}处问题（共{all}处），{units}个单位（共{of}个）",
            "en": "{shown} of {all} findings shown, {units} of {of} units",
        },
        "all": {"zh": "全部问题", "en": "All findings"},
        "once": {
            "zh": "问题较重的单位在前。除另有说明外，请核对报告原文。",
            "en": "The unit with most to look at comes first. Unless said otherwise, please look at the report itself.",
        },
        "here": {"zh": "本单位显示{here}处；全部：", "en": "{here} of this unit shown; of all, "},
        "previous": {"zh": "上一单位", "en": "previous unit"},
        "next": {"zh": "下一单位", "en": "next unit"},
        "everything": {"zh": "显示全部单位", "en": "Show all units"},
        "file": {"zh": "文件", "en": "file"},
        "edition": {"zh": "{found}年版式", "en": "form of {found}"},
        "year": {"zh": "{found}年", "en": "{found}"},
        "counts": {
            "zh": "检查通过{passed}项，不符{failed}项，未能检查{open}项，不适用{na}项",
            "en": "{passed} checks passed, {failed} failed, {open} could not be made, {na} do not apply",
        },
        "form": {"zh": "报告的表", "en": "The tables of the report"},
        "findings": {"zh": "问题", "en": "Findings"},
        "no-findings": {"zh": "没有发现问题。", "en": "No findings."},
        "none-shown-at-all": {
            "zh": "所选类别和规则下没有内容。",
            "en": "Nothing is of the chosen rule and kind.",
        },
        "number": {"zh": "问题{n}", "en": "finding {n}"},
        "symptoms": {"zh": "由此而来的不符（{n}处）", "en": "What comes from it ({n})"},
        "suggestion": {"zh": "建议", "en": "Suggestion"},
        "more-edits": {"zh": "另有{n}种，从略。", "en": "{n} more are left out."},
        "figures": {"zh": "参与核对的数字（{n}个）", "en": "Figures that take part ({n})"},
        "cells": {"zh": "涉及的单元格：", "en": "Cells concerned: "},
        "side": {"zh": "算式", "en": "side"},
        "left": {"zh": "左边", "en": "left"},
        "right": {"zh": "右边", "en": "right"},
        "cell": {"zh": "单元格", "en": "cell"},
        "raw": {"zh": "原文", "en": "as written"},
        "place": {"zh": "出处", "en": "place"},
        "empty": {"zh": "（空）", "en": "(empty)"},
        "whose.previous": {"zh": "上年报告", "en": "previous report"},
        "quote": {"zh": "正文原句", "en": "The prose says"},
        "passage": {"zh": "第{ordinal}部分第{n}段", "en": "Section {ordinal}, paragraph {n}"},
        "look": {"zh": "请先核对读取是否有误：", "en": "Look first at how the file was read: "},
        "times": {"zh": "{n}项", "en": "{n}"},
        "suppressed": {"zh": "已抑制", "en": "Suppressed"},
        "reason": {"zh": "理由：", "en": "reason: "},
        "stale": {"zh": "已失效的抑制项", "en": "Stale suppressions"},
        "passed-over": {"zh": "不是文档而未读取的文件", "en": "Files that are no documents and were not read"},
        "rules": {"zh": "规则说明", "en": "The rules"},
        "comma": {"zh": "，", "en": ", "},
    }
)


def counted(key: str, number: int, lang: Lang) -> str:
    """A heading and how many things stand below it."""
    return own_word(key, lang) + in_brackets(str(number), lang)


def shown(text: str) -> str:
    """Words of strangers as text of the page."""
    return escape(printable(text))


def in_chinese(text: str) -> str:
    """Words in Chinese on a page that may be in English."""
    return f'<span lang="zh-CN">{shown(text)}</span>'
