"""Strategies for titles, organs, periods and prose: realistic ones, and lines that look like something else."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from ...report import Period, Section, Sections
from ...template import HEADINGS, words
from .texts import LABELS, MARKS, MARKUP, NUMBERS, TRACES, any_text

_REGIONS = (
    "青山区临江", "白鹭县", "云溪市", "松岭省", "石桥区", "南湖新区", "柳河市东林区", "雁门州", "金穗县北坡镇",
    "清泉旗",
)  # fmt: skip
_ORGANS = (
    "街道办事处", "人民政府", "教育局", "市场监督管理局", "卫生健康委员会", "人民政府办公室", "交通运输厅",
    "管理委员会",
)  # fmt: skip
_TITLE_FORMS = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}政府信息公开工作{year}年度报告",
)

TITLE_FORM = st.sampled_from(_TITLE_FORMS)

_OPENINGS = (
    "本机关把公开透明作为改进服务的抓手，各项任务按计划推进。",
    "一年来，我们围绕群众关心的事情做好信息公开，工作平稳有序。",
    "根据有关条例的要求，现将本单位政府信息公开工作的情况报告如下。",
)
_SENTENCES = (
    "办事指南按季度核对，过时的内容当天下线。",
    "门户栏目重新归类，老人和孩子都能找到要看的页面。",
    "窗口安排专人接待来访，能当面说清的当面说清。",
    "各科室指定联络员，稿件先审后发，责任到人。",
    "年内组织了业务培训，新到岗的同事全部参加。",
    "对不规范的表述逐条更正，并在内部通报提醒。",
    "社会评议的意见已经转交相关科室研究。",
    "政策文件发布时同步配发问答，便于理解。",
)
_PROBLEMS = (
    "一是部分栏目更新不够及时，内容深浅不一。",
    "二是联络员变动较多，衔接还不顺畅。",
    "下一步，将完善更新提醒机制，做到早发现、早补充。",
    "今后将把培训安排到基层，帮助经办人员熟悉流程。",
)
_MATTERS = ("没有其他需要报告的内容。", "本单位未收取信息处理费。", "无其他说明事项。")
_NOTES = ("以下数据由各科室汇总后核对。", "统计口径与往年一致。", "数据如下表所示。")


@cache
def agency_names() -> st.SearchStrategy[str]:
    """Names that an organ may have."""
    return st.builds("{}{}".format, st.sampled_from(_REGIONS), st.sampled_from(_ORGANS))


@cache
def years() -> st.SearchStrategy[int]:
    """Years on which an organ may report."""
    return st.integers(2008, 2030)


def title_of(form_of_title: str, agency: str, year: int) -> str:
    """Return the title of the report of an organ on a year."""
    return form_of_title.format(agency=agency, year=year)


@cache
def realistic_titles() -> st.SearchStrategy[str]:
    """Titles that state an organ and a year."""
    return st.builds(title_of, TITLE_FORM, agency_names(), years())


@cache
def _row_lines() -> st.SearchStrategy[str]:
    """Lines that look like a row of a table, in several layouts."""
    return st.builds(
        lambda separator, label, figures: separator.join([label, *map(str, figures)]),
        st.sampled_from(("\t", " ", "  ", " | ", "|", "", "\u3000", "\t\t")),
        LABELS,
        st.lists(st.integers(0, 99), max_size=10),
    ).flatmap(lambda line: st.sampled_from((line, f"| {line} |", f"{line} |", f"{line} | ||")))


@cache
def _heading_lines() -> st.SearchStrategy[str]:
    """Lines that look like the heading of a section or of a part."""
    names = [name for heading in HEADINGS for name in (heading.text, heading.label, *heading.aliases)]
    parts = [f"（{ordinal}）{starts[0]}" for ordinal, starts in zip(words.ORDINALS, words.PARTS.values(), strict=False)]
    return st.builds(
        "{}{}{}".format,
        st.sampled_from(("", "", "、", "#", "# ", "### ", "**", "\\# ", "(", "一、", "七、")),
        st.sampled_from([*names, *parts]),
        st.sampled_from(("", "", "：", "。", "**", " #", "情况")),
    )


@cache
def _metadata_lines() -> st.SearchStrategy[str]:
    """Lines that look like the statement of a title, an organ, a year or a period."""
    values = st.one_of(
        st.sampled_from(("x", "2020", "无", "", "〔缺〕")),
        realistic_titles(),
        agency_names(),
        periods().map(lambda period: f"{_chinese(period.start)}至{_chinese(period.end)}"),
    )
    names, colons = tuple(words.METADATA.values()), ("：", ":", "： ", " ：")
    return st.builds("{}{}{}".format, st.sampled_from(names), st.sampled_from(colons), values).map(str.strip)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_AROUND = (
    "- 9 -", "第 3 页", "第3页 共10页", "— 12 —", "首页", "首页 > 政务公开", "国务院部门网站", "地方政府网站",
    "扫一扫在手机打开当前页", "当前位置：首页", "【打印】 【关闭】", "索引号：0001", "发布日期：2024年1月31日",
    "上一篇：通知", "附件：报告.docx", "联系我们", "版权所有：某某局", "单位：件", "（单位：件）", "注：下表",
    "单位：元", "（单位：件、千元）", "单位：百件", "金额单位为百万元", "单位：元、亿元", "以万元为单位", "单位 元",
    "表1", "图解", "解读",
)  # fmt: skip
"""Lines that pages have around a report, and that a reader may take for no prose."""

_SPACED = (
    "甲  乙", "甲\t乙", "甲\t\t乙", "甲\u3000\u3000乙", "甲\u00a0乙", "甲\u2003乙", "1\t2\t3", "规章\t1\t0\t12",
    "规章 1 0 12", "规章\u30001\u30000", "甲 \t 乙", "甲\u200b \u200b乙", "甲\u3000|\u3000乙", "\ufeff\t甲",
)  # fmt: skip
"""Paragraphs with white space that matters."""


@cache
def _long_paragraphs() -> st.SearchStrategy[str]:
    return st.builds(
        lambda text, size: (text * size)[:size].strip(),
        st.sampled_from((_SENTENCES[0], "长", "0 ", "规章\t1\t", "&", "|")),
        st.sampled_from((300, 2_000, 40_000)),
    )


@cache
def _whole_documents() -> st.SearchStrategy[str]:
    """Lines that hold several headings with prose between them, as programs join what stood on several lines."""
    return st.builds(
        lambda mark, size: mark.join(
            (HEADINGS[0].text, "长" * size, HEADINGS[4].text, _SENTENCES[0], HEADINGS[5].text)
        ),
        st.sampled_from((" ", "\t", "|", ";", "；", "  ", " " * 200)),
        st.sampled_from((10, 1000)),
    )


@cache
def paragraphs() -> st.SearchStrategy[str]:
    """Any paragraph of a section, also the empty one.

    Own prose; markup of every format; what programs draw and write around tables; lines that look like headings,
    labels, rows, figures, marks, titles, statements of organ and year, page marks and navigation; white space,
    zero-width and rare characters; long ones, and such with several headings; any text.
    """
    return st.one_of(
        st.sampled_from((*_OPENINGS, *_SENTENCES)),
        st.just(""),
        st.sampled_from((*MARKUP, *NUMBERS, *MARKS)),
        st.sampled_from(TRACES),
        _whole_documents(),
        st.sampled_from((*_AROUND, *_SPACED)),
        _row_lines().map(str.strip),
        _heading_lines().map(str.strip),
        LABELS,
        _metadata_lines(),
        realistic_titles(),
        any_text(40),
        any_text(8).map(lambda text: f"{text}{_SENTENCES[0]}"),
        st.builds("{}{}".format, st.sampled_from(("\\", "'", '"', "  甲", "=", "\ufeff")), LABELS).map(str.strip),
        _long_paragraphs(),
    )


@cache
def sections() -> st.SearchStrategy[Sections]:
    """Any prose: each of the six sections missing, without paragraphs, or with up to six of ``paragraphs()``."""
    section = st.none() | st.builds(Section, st.lists(paragraphs(), max_size=6).map(tuple))
    return st.builds(Sections, **{heading.id: section for heading in HEADINGS})


@cache
def titles() -> st.SearchStrategy[str]:
    """Any title, never empty: realistic ones, and any line that ``paragraphs()`` may give."""
    return st.one_of(realistic_titles(), paragraphs().filter(bool))


@cache
def agencies() -> st.SearchStrategy[str]:
    """Any name of an organ, never empty: realistic ones, and any line that ``paragraphs()`` may give."""
    return st.one_of(agency_names(), paragraphs().filter(bool))


@cache
def periods() -> st.SearchStrategy[Period]:
    """Any period: a calendar year, or any two dates in order."""
    return st.one_of(
        st.builds(lambda year: Period(date(year, 1, 1), date(year, 12, 31)), years()),
        st.builds(lambda *days: Period(min(days), max(days)), st.dates(), st.dates()),
    )


_OPENING = st.sampled_from(_OPENINGS)
_SENTENCE = st.sampled_from(_SENTENCES)
_NOTE = st.sampled_from((Section(), *(Section((note,)) for note in _NOTES)))
_PROBLEM = st.lists(st.sampled_from(_PROBLEMS), min_size=1, max_size=3, unique=True).map(tuple).map(Section)
_MATTER = st.sampled_from([Section((matter,)) for matter in _MATTERS])


@st.composite
def plain_sections(draw: st.DrawFn) -> Sections:
    """All six sections, with simple prose that states no figure and looks like nothing else."""
    openings = [draw(_OPENING)]
    for ordinal, starts in zip(words.ORDINALS, words.PARTS.values(), strict=False):
        openings += [f"（{ordinal}）{starts[0]}", draw(_SENTENCE)]
    return Sections(
        overview=Section(tuple(openings)),
        disclosure=draw(_NOTE),
        requests=draw(_NOTE),
        proceedings=draw(_NOTE),
        problems=draw(_PROBLEM),
        other_matters=draw(_MATTER),
    )
