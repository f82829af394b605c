"""Strategies for the texts that can stand in a cell, above all those that mean something to a format or a reader."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from ...report.cells import MAX_CELL_TEXT
from ...template import FORMS, HEADINGS, Column, FormRow, words
from ...template.forms import APPLICANTS, CORNER, INFORMATION, LITIGATION, ORGANISATIONS

_LINE_CHARACTERS = st.just("\t") | st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
_TRICKY_CHARACTERS = st.sampled_from(
    "|｜\\/'\"`*_[]<>{}()#~+-=@&;:!.,$%^?0123456789 \t\u3000\u00a0\u200b\u200d\u2060\ufeff\u00ad"
    "（）【】〔〕：，。、“”零一二三四五六七总计其他元件\u0301\U0002070e\U0001f600\ufffd\ufffc"
)


def _labels() -> tuple[str, ...]:
    """Every label of both forms, aliases too, and the headings of the sections."""
    found = [span.label for span in (INFORMATION, CORNER, APPLICANTS, ORGANISATIONS, LITIGATION)]
    for layout in FORMS.values():
        found += [span.label for span in layout.spans]
        for block in layout.blocks:
            found += [block.head.label] if block.head else []
            labelled: tuple[Column | FormRow, ...] = (*block.columns, *block.rows)
            for named in labelled:
                found += [named.label, named.label + named.note, *named.aliases]
    for heading in HEADINGS:
        found += [heading.text, heading.label, *heading.aliases]
    return tuple(dict.fromkeys(found))


LABELS = st.sampled_from(_labels())

MARKUP = (
    "|", "||", "|||", "| |", "|---|---|", "| 规章 | 1 |", "\\", "\\|", "\\\\", "\\n", "\\t", "\\u0009", "'",
    "''", '"', '""', "`", "``", "```", "```text", "````", "~~~", "<b>", "</b>", "<br>", "<br/>", "<!-- 注 -->",
    "<td>1</td>", "<table><tr><td rowspan=2>规章</td><td>1</td></tr></table>", "<script>", "]]>", "&amp;",
    "&lt;b&gt;", "&nbsp;", "&#9;", "&#124;", "&", "*", "**", "**规章**", "_", "__", "[", "]", "[甲](乙)",
    "![图](图.png)", "<", ">", "> 引文", "~", "~~删~~", "+", "-", "+ 项目", "- 项目", "* 项目", "1.", "1. 项目",
    "1) 项目", "#", "# 题", "####### 题", "---", "***", "===", "$x$", "{}", "{{x}}", "%s", "=1+1", "+1", "-2",
    "@x", "_x0009_", "_x000D_", "_xFFFF_", "a_x0041_b", "[1, null]", '{"schema_version": 1}', "\ufeff",
    "\ufeff规章", "规\u200b章", "规章\ufeff", "\u200b", "\u2060甲", "甲\u00ad乙", "e\u0301", "é", "ﬁ", "㈠",
    "Ⅲ", "①", "\ufffc", "\ufffd", "\U0001f600", "\U0002070e村", "\U0010fffd", "规\u202e章",
)  # fmt: skip
"""Texts that mean something to a format, or that a format may fold or lose. None has white space but single spaces."""

NUMBERS = (
    "3", "0", "-1", "+1", "3 40", "1,23", "1,234", "1.5.2", "０", "３件", "3件", "12万元", "1e5", "三", "007",
    "3/4", "NaN", "½", "²",
)  # fmt: skip
"""Texts that look like figures."""

TRACES = (
    "1.0", "2.0", "37.0", "NaN", "nan", "None", "<NA>", "NULL", "Unnamed: 1", "Col1", "column_1", "规章.1",
    "规章.2", "规…", "行政规范...", "('规章', '规章')", "str", "i64", "shape: (5, 4)", "5 rows", "-----",
    "+-----+------+", "------ ------ ----", "┌────┬────┐", "│ 规章 ┆ 1 │", "│ 规章 ├──┤", "[规章]{.甲}",
    '[规章]{style="甲"}', "[TABLE]",
)  # fmt: skip
"""Texts that programs write into tables or draw around them. None has white space but single spaces."""

MARKS = (
    words.ABSENT_MARK, words.BLANK_MARK, "〔缺", "缺", "/", "-", "—", "／", "不适用", "无", "N/A", "空",
    "〔〕", "()",
)  # fmt: skip
"""Texts that look like marks of a cell that holds no figure."""


def any_text(max_size: int) -> st.SearchStrategy[str]:
    """Any text on one line, tricky characters above all."""
    return st.text(st.one_of(_TRICKY_CHARACTERS, _LINE_CHARACTERS), max_size=max_size).map(str.strip)


_LONG_CELL_TEXTS = st.sampled_from(("长", "a", "\\", "&", "|", "0")).map(lambda char: char * MAX_CELL_TEXT)


@cache
def cell_texts() -> st.SearchStrategy[str]:
    """Texts that can stand in a cell, never empty: markup, labels, figures, marks, long texts, arbitrary characters."""
    return st.one_of(
        st.sampled_from((*MARKUP, *NUMBERS, *MARKS)),
        st.sampled_from(TRACES),
        LABELS,
        st.builds("{} {}".format, LABELS, st.integers(0, 99)),
        any_text(12).map(lambda text: " ".join(text.split())).filter(bool),
        _LONG_CELL_TEXTS,
    )
