"""The words of the page that are its own, in both languages, and how words of strangers get onto it."""

from __future__ import annotations

from html import escape

from ..messages import Words, in_brackets
from ..safe_text import printable
from . import Lang

own_word: Words = Words(
    ("title", "政府信息公开年度报告校核", "Check of annual reports"),
    ("skip", "跳到所选单位", "Skip to the chosen unit"),
    ("units", "单位", "Units"),
    ("search", "查找单位", "Find a unit"),
    ("filter", "筛选问题", "Filter the findings"),
    ("rule", "规则", "Rule"),
    ("all-rules", "全部规则", "all rules"),
    ("severity", "类别", "Kind"),
    ("unchecked", "未能检查", "not checked"),
    ("suggestions", "建议", "suggestions"),
    ("shown", "显示{shown}处问题（共{all}处），{units}个单位（共{of}个）",
     "{shown} of {all} findings shown, {units} of {of} units"),
    ("all", "全部问题", "All findings"),
    ("once", "问题较重的单位在前。除另有说明外，请核对报告原文。",
     "The unit with most to look at comes first. Unless said otherwise, please look at the report itself."),
    ("here", "本单位显示{here}处；全部：", "{here} of this unit shown; of all, "),
    ("previous", "上一单位", "previous unit"),
    ("next", "下一单位", "next unit"),
    ("everything", "显示全部单位", "Show all units"),
    ("file", "文件", "file"),
    ("edition", "{found}年版式", "form of {found}"),
    ("year", "{found}年", "{found}"),
    ("counts", "检查通过{passed}项，不符{failed}项，未能检查{open}项，不适用{na}项",
     "{passed} checks passed, {failed} failed, {open} could not be made, {na} do not apply"),
    ("form", "报告的表", "The tables of the report"),
    ("findings", "问题", "Findings"),
    ("no-findings", "没有发现问题。", "No findings."),
    ("none-shown-at-all", "所选类别和规则下没有内容。", "Nothing is of the chosen rule and kind."),
    ("number", "问题{n}", "finding {n}"),
    ("symptoms", "由此而来的不符（{n}处）", "What comes from it ({n})"),
    ("suggestion", "建议", "Suggestion"),
    ("more-edits", "另有{n}种，从略。", "{n} more are left out."),
    ("figures", "参与核对的数字（{n}个）", "Figures that take part ({n})"),
    ("cells", "涉及的单元格：", "Cells concerned: "),
    ("side", "算式", "side"),
    ("left", "左边", "left"),
    ("right", "右边", "right"),
    ("cell", "单元格", "cell"),
    ("raw", "原文", "as written"),
    ("place", "出处", "place"),
    ("empty", "（空）", "(empty)"),
    ("whose.previous", "上年报告", "previous report"),
    ("quote", "正文原句", "The prose says"),
    ("passage", "第{ordinal}部分第{n}段", "Section {ordinal}, paragraph {n}"),
    ("look", "请先核对读取是否有误：", "Look first at how the file was read: "),
    ("times", "{n}项", "{n}"),
    ("suppressed", "已抑制", "Suppressed"),
    ("reason", "理由：", "reason: "),
    ("stale", "已失效的抑制项", "Stale suppressions"),
    ("passed-over", "不是文档而未读取的文件", "Files that are no documents and were not read"),
    ("rules", "规则说明", "The rules"),
    ("comma", "，", ", "),
)  # fmt: skip


def counted(key: str, number: int, lang: Lang) -> str:
    """A heading and how many things stand below it."""
    return own_word(key, lang) + in_brackets(str(number), lang)


def shown(text: str) -> str:
    """Words of strangers as text of the page."""
    return escape(printable(text))


def in_chinese(text: str) -> str:
    """Words in Chinese on a page that may be in English."""
    return f'<span lang="zh-CN">{shown(text)}</span>'
