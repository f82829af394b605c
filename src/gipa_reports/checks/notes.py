"""Reasons why an instance of a rule could not be checked, where its cells do not tell."""

from __future__ import annotations

from ..messages import Phrase

TABLE_ABSENT = Phrase("the table is absent", "报告中没有这张表")
TABLE_UNREAD = Phrase("a table could not be made out", "文件中有辨认不出的表格")
CUT_SHORT = Phrase("the document is cut short", "文件不完整")
HEADINGS_LOST = Phrase("the document's headings were lost", "文件中没有章节标题")
SECTION_MISSING = Phrase("the section is missing", "缺少这一部分")
NO_YEAR = Phrase("the year of the report is not known", "报告年度不明")
NO_AGENCY = Phrase("the agency is not known", "报告机关不明")
NO_PROSE = Phrase("the report has no prose", "报告没有正文")
NO_PROSE_IN_ONE = Phrase("one of the two reports has no prose", "两份报告中有一份没有正文")
NO_EDITION = Phrase("the labels do not show the edition", "表中的标签不足以区分版式")
MISPRINTED = Phrase("the label may be misprinted", "表中另有名称不符的行，可能是标签印错")
SEVERAL_UNITS = Phrase("the amounts are not in one unit", "金额单位不一致")
