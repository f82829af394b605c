"""The written list of what can be wrong with a source: ``CODES``. Codes are added, never renamed.

An ``error`` means that the source cannot be read without guessing: ``parse`` raises it, ``read`` still gives what there
is. A ``warning`` marks cells whose figure was not plainly there. An ``info`` touches no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from attrs import frozen

from .brief import one_line
from .errors import install_command
from .messages import SENTENCES, in_language


class Told(Protocol):
    """Subject of a sentence: a diagnostic."""

    @property
    def expected(self) -> str | None:
        """Return what was expected."""

    @property
    def found(self) -> str | None:
        """Return what was found."""


class Severity(StrEnum):
    """Degree of the doubt; see the module."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(kw_only=True)
class Code:
    """One kind of problem. ``zh`` and ``en`` are sentences with the fields of the diagnostic in braces,
    and ``{install}`` for the command that installs what is missing.
    """

    code: str
    severity: Severity
    zh: str
    en: str

    __repr__ = one_line

    def sentence(self, problem: Told, lang: str) -> str:
        """The sentence about ``problem``, in ``"zh"`` or ``"en"``."""
        template = self.zh if lang == "zh" else self.en
        told = {"expected": in_language(problem.expected, lang), "found": in_language(problem.found, lang)}
        return template.format(**told, install=install_command(told["expected"]))


def kinds(severity: Severity, *rows: tuple[str, str, str]) -> dict[str, Code]:
    """Return kinds of problems by their code; a row is the code and its sentences, in Chinese and in English."""
    return {code: Code(code=code, severity=severity, zh=zh, en=en) for code, zh, en in rows}


_CODES: dict[str, Code] = {
    **kinds(
        Severity.ERROR,
        ("empty-source", "文件没有内容。", "The source is empty."),
        ("not-a-report", "不是政府信息公开工作年度报告：{found}。", "Not an annual report: {found}."),
        ("form-not-filled", "表格没有填写，一个数字也没有：{found}。",
         "The form was not filled in, there is no figure in it: {found}."),
        ("comparison", "是几个年度的对比表，不是一个年度的报告：{found}。",
         "This compares several years and is no report on one: {found}."),
        ("other-form", "不是全国统一格式的年度报告：{found}。",
         "This is no annual report in the national form: {found}."),
        ("attachment-only", "网页上没有报告，只有附件的链接：{found}。",
         "The page has no report, only a link to an attachment: {found}."),
        ("empty-shell", "网页是空的，内容由脚本或框架填入：{found}。",
         "The page is an empty shell that a script or a frame fills: {found}."),
        ("no-tables", "有报告的标题或章节，但没有表格（表格可能是图片或附件）。",
         "There is a report's title or headings but none of its tables (they may be images or attachments)."),
        ("truncated-table", "文件在表格中间结束：{found}之后应为{expected}。",
         "The document ends inside a table: after {found}, {expected} should follow."),
        ("truncated-text", "文件在标题处结束：{found}之后应为{expected}。",
         "The document ends at a heading: at {found}, where {expected} should stand."),
        ("few-rows", "表格只有{found}行，应有{expected}行。", "The table has only {found} of its {expected} rows."),
        ("deduplicated-lines", "重复的行已被提取工具删除，数字无法还原：{found}。",
         "An extractor has removed repeated lines; the figures cannot be told: {found}."),
        ("glued-cells", "单元格之间没有分隔，数字无法拆分：{found}。",
         "Cells are glued together with no separator and cannot be told apart: {found}."),
        ("undecodable", "文字编码无法识别：{found}。", "The bytes can't be decoded: {found}."),
        ("binary", "不是文本，而是二进制数据。", "This is binary data, not text."),
        ("unsupported-format", "不支持这种文件：{found}。", "Files of this kind are not read here: {found}."),
        ("encrypted", "文件有密码保护：{found}。", "The file is protected by a password: {found}."),
        ("broken-file", "文件已损坏或不完整：{found}。", "The file is damaged or cut short: {found}."),
        ("scanned-pdf", "PDF文件没有文字层：{found}。", "The PDF file has no text layer: {found}."),
        ("unmapped-text", "PDF文件的字体没有标明字符：{found}。",
         "The fonts of the PDF file do not say which characters they show: {found}."),
        ("reader-not-started", "读取PDF文件的进程无法启动：{found}。",
         "The process that reads PDF files can't be started: {found}."),
        ("broken-package", "压缩包不完整或已损坏：{found}。", "The package is cut off or damaged: {found}."),
        ("unsafe-package", "压缩包的内容不安全：{found}。", "The package holds what is not safe to read: {found}."),
        ("url", "这是网址，不会下载。", "This is an address; nothing is fetched."),
        ("file-name", "这是文件名“{found}”，不是文件内容，应以路径传入。",
         "This is the name of a file, {found}, and not what is in it: pass it as a path."),
        ("not-bytes", "这种格式的文件不是文本，应给出{expected}。",
         "A file of this format is no text; what is needed is {expected}."),
        ("too-large", "文件过大：{found}，限额为{expected}。",
         "The source is too large: {found}; the limit is {expected}."),
        ("unzipped-too-large", "压缩包解开后过大：{found}，限额为{expected}。",
         "The package is too large when unpacked: {found}; the limit is {expected}."),
        ("line-too-long", "有一行或压缩包的一个部分过长：{found}，限额为{expected}。",
         "A line or a part of the package is too long: {found}; the limit is {expected}."),
        ("too-many-lines", "文本行数过多：{found}，限额为{expected}。",
         "There are too many lines: {found}; the limit is {expected}."),
        ("too-many-rows", "表格行数过多：{found}，限额为{expected}。",
         "There are too many rows: {found}; the limit is {expected}."),
        ("too-many-cells", "单元格过多：{found}，限额为{expected}。",
         "There are too many cells: {found}; the limit is {expected}."),
        ("span-too-wide", "单元格跨度过大：{found}，限额为{expected}。",
         "A cell spans too much: {found}; the limit is {expected}."),
        ("nesting", "元素嵌套过深：{found}，限额为{expected}。",
         "Elements are nested too deeply: {found}; the limit is {expected}."),
        ("too-many-elements", "网页标签过多：{found}，限额为{expected}。",
         "There are too many tags: {found}; the limit is {expected}."),
        ("too-many-pages", "页数过多：{found}，限额为{expected}。",
         "There are too many pages: {found}; the limit is {expected}."),
        ("too-slow", "读取超时：{found}，限额为{expected}。",
         "Reading takes too long: {found}; the limit is {expected}."),
        ("conversion-too-slow", "LibreOffice转换超时：{found}，限额为{expected}。",
         "Converting by LibreOffice takes too long: {found}; the limit is {expected}."),
        ("too-much-memory", "读取占用内存过多：{found}，限额为{expected}。",
         "Reading takes too much memory: {found}; the limit is {expected}."),
        ("figure-too-long", "单元格内容过长：{found}。", "A cell is too long: {found}."),
        ("cannot-read", "无法读取：{found}。", "Cannot be read: {found}."),
        ("missing-extra", "需要的{found}没有安装：{install}", "It needs {found}, which is not installed: {install}"),
        ("own-output", "这是 gipa-reports 输出的校核、比较或汇总结果，不是报告：请指定报告本身。",
         "This is what gipa-reports wrote about reports (a check, a comparison, a summary), not a report: name the "
         "reports themselves."),
        ("no-converter",
         "转换这种文件（{found}）需要LibreOffice，没有找到：请安装，或在环境变量GIPA_REPORTS_SOFFICE中写明其路径。",
         "LibreOffice has to convert this file ({found}) and was not found: install it, or name it in the variable "
         "GIPA_REPORTS_SOFFICE."),
        ("not-converted", "LibreOffice未能转换此文件：{found}。", "LibreOffice could not convert the file: {found}."),
        ("internal-error", "程序内部错误：{found}。", "A fault of this program: {found}."),
    ),
    **kinds(
        Severity.WARNING,
        ("ends-in-table", "文件在表格最后一行结束，没有换行，最后的数字可能不完整。",
         "The document ends with the last row of a table and no line end; its last figure may be cut."),
        ("table-absent", "没有这张表。", "The document does not have this table."),
        ("edition-assumed", "表格标签不足以区分版本，按{found}年版式读取。",
         "The labels do not show the edition; read as {found}."),
        ("table-unread", "没有框线的表格无法辨认，未读取：{found}。",
         "A table without rules could not be made out and was not read: {found}."),
        ("page-is-picture", "这些页是图片，没有读取：第{found}页。",
         "These pages are pictures and were not read: {found}."),
        ("table-elsewhere", "该表不在自己的部分，而在“{found}”之下，可能是其他单位的表。",
         "The table does not stand in its own section but below {found}; it may be another organ's."),
        ("row-missing", "缺少行“{expected}”。", "The row {expected} is missing."),
        ("row-repeated", "行“{found}”重复出现，只采用其中一行。",
         "The row {found} comes again; the figures of one are kept."),
        ("row-out-of-order", "行“{found}”的位置不对，此处应为“{expected}”。",
         "The row {found} is out of order; {expected} was expected here."),
        ("label-misprinted", "行标签印作“{found}”，按编号和上下两行应为“{expected}”，按此读取。",
         "A label is printed as {found}; its number and the rows beside it say {expected}, and so it is read."),
        ("row-unknown", "表中没有这一行：{found}。", "The form has no such row: {found}."),
        ("column-missing", "表头缺少“{expected}”列。", "The table's heading does not name the column {expected}."),
        ("columns-unread", "表头无法辨认，数字按标准表的列顺序读取。",
         "The columns are not named as in the form; figures are read in the form's order."),
        ("position-lost", "有{found}个数字，应有{expected}列；单元格有丢失、多余或错位，无法确定数字属于哪一列。",
         "There are {found} figures for {expected} columns; cells are lost, added or misplaced: no place is sure."),
        ("position-inferred", "单元格与各列对应不上，数字的位置由勾稽关系推出：{found}。",
         "The cells do not match the columns; the figures were placed by the form's identities: {found}."),
        ("too-many-figures", "有{found}个数字，应有{expected}个，无法确定数字属于哪一列。",
         "There are {found} figures for {expected} columns; their places cannot be told."),
        ("blank-from-spacing", "空单元格由空行的数目推出。", "Blank cells were told from the number of empty lines."),
        ("row-without-figures", "行“{found}”只有标签，没有数字，单元格也不全；此处按空白处理。",
         "The row {found} has its label, no figure, and not all of its cells; they are taken as blank."),
        ("figure-invalid", "不是数字：{found}。", "Not a figure: {found}."),
        ("cell-merged", "一个单元格跨了几列或几行，不知其中的“{found}”属于哪一格。",
         "One cell covers several columns or rows, and nothing says which of them its {found} belongs to."),
        ("figure-split", "数字中间有空白，已合并：{found}。", "White space inside a figure was joined: {found}."),
        ("figure-glued", "标签与数字之间没有分隔，只有一种拆法：{found}。",
         "Label and figure are glued together; there is one way to split them: {found}."),
        ("not-annual", "报告的时间是{found}，不是一个完整的年度，数字不能作为年度数字使用。",
         "The report is on {found}, which is not one year; its figures are not those of a year."),
        ("figure-stray",
         "该行各数不合勾稽关系；如果{found}不是表中的数字（如页码），而另有一个空白单元格没有留下痕迹，则相符。",
         "The figures of the row do not add up; they would if {found} were none of them (but the number of a page) and "
         "a blank cell had left no trace."),
        ("blank-unsure", "一个空单元格按空白处理，但该行各数之和小于总计“{found}”，可能有数字丢失。",
         "A cell is taken as blank, and the row adds up to less than its total, {found}: a figure may be lost."),
        ("figure-wrapped", "该行之后单独一行有数字“{found}”，可能是页码，也可能是该行数字折行的末尾。",
         "A number stands alone behind the row, {found}: of a page, or the end of a figure that was wrapped."),
        ("figures-broken", "该行数字分在几行而不是各占一行，可能有数字折行：{found}。",
         "The figures of the row stand on several lines, not one on each, {found}: a figure may have been wrapped."),
        ("figure-signed", "不是增减列的数字带有正负号：{found}；该行数字的次序可能已变。",
         "A figure that is no change has a sign, {found}; the figures of the row may be in another order."),
        ("labels-last", "表头与第一个行标签之间已有数字“{found}”，数字可能在各自标签之前，无法确定属于哪一行。",
         "Figures stand before the first label of a row, {found}: labels may come after their figures."),
        ("two-labels", "一行中有两个行标签，无法确定数字属于哪一行：{found}。",
         "Two labels of rows stand in one row, and nothing says whose the figures are: {found}."),
        ("column-unsure", "除表头外，没有什么能说明“{found}”属于哪一列。",
         "Nothing but the heading shows which columns {found} belong to."),
        ("conversion-differs", "文件由{expected}转换，转换后与原文件的文字不同：{found}。",
         "The file was converted from {expected}, and the words are not those of the original: {found}."),
        ("unit-differs", "单位是“{found}”，标准表的单位是“{expected}”，未换算。",
         "The unit written is {found}, the form's is {expected}; nothing was converted."),
    ),
    **kinds(
        Severity.INFO,
        ("table-twice", "表格在文件中有两份，内容一致，采用较完整的一份。",
         "The tables stand in the source twice and agree; the copy that tells more is read."),
        ("agency-unknown", "找不到报告机关的名称。", "The reporting organ's name was not found."),
        ("year-unknown", "找不到报告年度。", "The year reported on was not found."),
        ("year-differs", "报告年度为{found}，但正文所述的统计期间是{expected}。",
         "The year is {found}, but the period that the text states is {expected}."),
        ("identity-from-prose", "没有标题，机关与年度取自正文第一句：{found}。",
         "There is no title; organ and year are taken from the first sentences: {found}."),
        ("identity-from-page", "正文没有完整的标题，采用网页头部的标题：{found}。",
         "The text has no full title; the one in the head of the page is taken: {found}."),
        ("hint-differs", "调用者认为是{expected}，文件所述为{found}；采用文件所述。",
         "The caller takes it for {expected}, the source says {found}; what the source says was kept."),
        ("heading-missing", "缺少章节标题“{expected}”。", "The section heading {expected} is missing."),
        ("heading-repeated", "章节标题“{found}”重复出现。", "The section heading {found} comes again."),
        ("column-unknown", "标准表没有“{found}”这一列，其中的内容没有读取。",
         "The form has no column {found}; what stands in it was not read."),
        ("label-missing", "缺少标签“{expected}”。", "The label {expected} is missing."),
        ("text-box-ignored", "文本框中的文字未读取：{found}。", "The words of a text box were not read: {found}."),
        ("bytes-replaced", "不能按{expected}解码的字节：{found}个，以替换字符（U+FFFD）代替。",
         "Bytes that can't be decoded as {expected}: {found}; U+FFFD stands in their places."),
        ("converted", "文件由LibreOffice从{found}转换为{expected}后读取，各表文字与原文件逐段核对一致。",
         "LibreOffice converted the file from {found} to {expected}; the words of each table are those of the "
         "original."),
        ("conversion-unchecked", "文件由LibreOffice从{found}转换为{expected}后读取，未能与原文件核对，请注意抽查。",
         "LibreOffice converted the file from {found} to {expected}; nothing could be compared with the original."),
        ("hidden-not-read", "隐藏的内容未读取：{found}。", "What is hidden was not read: {found}."),
    ),
}  # fmt: skip

CODES: Mapping[str, Code] = MappingProxyType(_CODES)
"""Code → the kind of problem."""

SENTENCES.update({code: kind.zh for code, kind in CODES.items()})
