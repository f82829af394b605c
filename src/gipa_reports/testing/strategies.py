"""Hypothesis strategies for reports: any that can be built, realistic ones, and ones whose figures add up.

``reports()`` leaves nothing out that the model allows, and prefers what is likely to go wrong: cells and paragraphs
that look like rows, headings, labels, marks or markup. ``plain_reports()`` and ``consistent_reports()`` are for tests
of layouts and of checks.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from ..report import (
    AnyDisclosure,
    AnyRequests,
    Cell,
    Disclosure,
    Period,
    Proceedings,
    Report,
    Requests,
    Section,
    Sections,
    State,
    Table,
    UnknownRow,
)
from ..report.cells import MAX_CELL_TEXT
from ..template import EDITIONS, FORMS, HEADINGS, TABLES, Column, Edition, Form, Row, TableId, form, words
from ..template.forms import APPLICANTS, CORNER, INFORMATION, LITIGATION, ORGANISATIONS
from .layouts import LAYOUTS, LayoutOptions

T = TypeVar("T", bound=Table)

PLAIN_STATES = (State.VALUE, State.BLANK, State.NOT_APPLICABLE)
"""What a cell of a published form can be: ``absent`` and ``invalid`` are a reader's findings."""

# --- text ------------------------------------------------------------------------------------------------------------

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
            labelled: tuple[Column | Row, ...] = (*block.columns, *block.rows)
            for named in labelled:
                found += [named.label, named.label + named.note, *named.aliases]
    for heading in HEADINGS:
        found += [heading.text, heading.label, *heading.aliases]
    return tuple(dict.fromkeys(found))


_LABELS = st.sampled_from(_labels())

_MARKUP = (
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

_NUMBERS = (
    "3", "0", "-1", "+1", "3 40", "1,23", "1,234", "1.5.2", "０", "３件", "3件", "12万元", "1e5", "三", "007",
    "3/4", "NaN", "½", "²",
)  # fmt: skip
"""Texts that look like figures."""

_MARKS = (
    words.ABSENT_MARK, words.BLANK_MARK, "〔缺", "缺", "/", "-", "—", "／", "不适用", "无", "N/A", "空",
    "〔〕", "()",
)  # fmt: skip
"""Texts that look like marks of a cell that holds no figure."""


def _any_text(max_size: int) -> st.SearchStrategy[str]:
    return st.text(st.one_of(_TRICKY_CHARACTERS, _LINE_CHARACTERS), max_size=max_size).map(str.strip)


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


_LONG_CELL_TEXTS = st.sampled_from(("长", "a", "\\", "&", "|", "0")).map(lambda char: char * MAX_CELL_TEXT)


@cache
def cell_texts() -> st.SearchStrategy[str]:
    """Texts that can stand in a cell, never empty: markup, labels, figures, marks, long texts, arbitrary characters."""
    return st.one_of(
        st.sampled_from((*_MARKUP, *_NUMBERS, *_MARKS)),
        _LABELS,
        st.builds("{} {}".format, _LABELS, st.integers(0, 99)),
        _any_text(12).map(_single_spaced).filter(bool),
        _LONG_CELL_TEXTS,
    )


# --- cells -----------------------------------------------------------------------------------------------------------


def _repeated_digits(digit: int, length: int, sign: int) -> int:
    return sign * int(str(digit) * length)


_SIGNS = st.sampled_from((1, -1))
_INTEGERS = st.one_of(
    st.integers(-3, 200),
    st.integers(-(10**60), 10**60),
    st.builds(_repeated_digits, st.integers(1, 9), st.sampled_from((19, 40, 300, 3000)), _SIGNS),
)


def _decimal(sign: int, coefficient: int, exponent: int) -> Decimal:
    return Decimal((sign, tuple(map(int, str(coefficient))), exponent))


_DECIMALS = st.builds(
    _decimal,
    st.integers(0, 1),
    st.one_of(st.integers(0, 1000), st.integers(0, 10**60)),
    st.one_of(st.integers(-4, 0), st.integers(-40, 40), st.sampled_from((-3000, 3000))),
)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


_NOT_APPLICABLE_MARKS = st.builds(
    lambda mark, respell: respell(mark),
    st.sampled_from(sorted(words.NOT_APPLICABLE_MARKS)),
    st.sampled_from((str, _wide, " ".join)),
)

_UNITS = st.none() | st.sampled_from(words.UNITS)


def cells(column: Column) -> st.SearchStrategy[Cell]:
    """Any cell of ``column``, in all five states.

    Figures are small, huge (60 digits, now and then 3000) or negative; in a column of money they are decimals with any
    exponent; units are any known one. Marks for 'not applicable' come in half and full width, with and without spaces.
    What is invalid is any text, above all texts that look like something else.
    """
    return _cells(column.kind == "amount")


@cache
def _cells(money: bool) -> st.SearchStrategy[Cell]:
    figures: st.SearchStrategy[int | Decimal] = _DECIMALS if money else _INTEGERS
    return st.one_of(
        st.builds(Cell.of, figures, _UNITS),
        st.just(Cell.blank()),
        st.just(Cell.absent()),
        st.builds(Cell.not_applicable, _NOT_APPLICABLE_MARKS),
        st.builds(Cell.invalid, cell_texts()),
    )


@cache
def _editions(edition: Edition | None) -> st.SearchStrategy[Edition]:
    return st.just(edition) if edition else st.sampled_from(EDITIONS)


# --- tables ----------------------------------------------------------------------------------------------------------


@cache
def unknown_rows() -> st.SearchStrategy[UnknownRow]:
    """Rows that the form does not have: one to seventeen texts, the first and the last never empty.

    Some have the texts of a row that the form does have.
    """
    inner = st.lists(st.just("") | cell_texts(), max_size=15)
    figures = st.lists(st.integers(0, 99), max_size=15)
    texts = st.one_of(
        st.builds(lambda text: (text,), cell_texts()),
        st.builds(lambda first, between, last: (first, *between, last), cell_texts(), inner, cell_texts()),
        st.builds(lambda label, figures: (label, *map(str, figures)), _LABELS, figures),
    )
    return st.builds(UnknownRow, texts)


@st.composite
def _parts(
    draw: st.DrawFn, table: TableId, edition: Edition | None
) -> tuple[Edition, tuple[tuple[Cell, ...], ...], tuple[UnknownRow, ...]]:
    """Edition, rows and unknown rows of a table that is all of a kind, but for some rows and cells drawn freely."""
    layout = form(table, draw(_editions(edition)))
    columns = {f"{row.id}.{column.id}": column for row in layout.rows for column in layout.columns_of[row.id]}
    figures: dict[str, Cell] = draw(_FILLINGS)(columns)
    for row_id, cell in draw(_emptied_rows(table, layout.edition)):
        figures.update({f"{row_id}.{column.id}": cell for column in layout.columns_of[row_id]})
    # Money is one cell of its table, so it has more than one chance.
    money = [cell_id for cell_id, column in columns.items() if column.kind == "amount"]
    for cell_id in draw(_some_of((*columns, *money * 5))):
        figures[cell_id] = draw(cells(columns[cell_id]))
    rows = tuple(tuple(figures[f"{row.id}.{column.id}"] for column in layout.columns_of[row.id]) for row in layout.rows)
    return layout.edition, rows, draw(_UNKNOWN)


@cache
def _emptied_rows(table: TableId, edition: Edition) -> st.SearchStrategy[list[tuple[str, Cell]]]:
    row_ids = st.sampled_from([row.id for row in form(table, edition).rows])
    empty = st.sampled_from((Cell.absent(), Cell.blank(), Cell.not_applicable()))
    return st.lists(st.tuples(row_ids, empty), max_size=10)


@cache
def _some_of(cell_ids: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Few of these as a rule, all of them at most."""
    return st.lists(st.sampled_from(cell_ids), unique=True)


_UNKNOWN = st.lists(unknown_rows(), max_size=3).map(tuple)


def _all_absent(columns: dict[str, Column]) -> dict[str, Cell]:
    return dict.fromkeys(columns, Cell.absent())


def _all_blank(columns: dict[str, Column]) -> dict[str, Cell]:
    return dict.fromkeys(columns, Cell.blank())


def _all_zero(columns: dict[str, Column]) -> dict[str, Cell]:
    return {cell_id: _figure(column, 0) for cell_id, column in columns.items()}


def _all_different(columns: dict[str, Column]) -> dict[str, Cell]:
    """No two figures alike, so that none can take another's place unseen."""
    return {cell_id: _figure(column, 7 * place + 1) for place, (cell_id, column) in enumerate(columns.items())}


def _figure(column: Column, value: int) -> Cell:
    return Cell.of(Decimal(value) if column.kind == "amount" else value)


_FILLINGS = st.sampled_from((_all_absent, _all_blank, _all_zero, _all_different))


@cache
def disclosures(edition: Edition | None = None) -> st.SearchStrategy[AnyDisclosure]:
    """Any table 二, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("disclosure", edition).map(lambda parts: Disclosure.from_rows(*parts))


@cache
def requests_tables(edition: Edition | None = None) -> st.SearchStrategy[AnyRequests]:
    """Any table 三, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("requests", edition).map(lambda parts: Requests.from_rows(*parts))


@cache
def proceedings_tables(edition: Edition | None = None) -> st.SearchStrategy[Proceedings]:
    """Any table 四, of ``edition`` or of either, with any cells and up to three unknown rows."""
    return _parts("proceedings", edition).map(lambda parts: Proceedings.from_rows(*parts))


# --- prose -----------------------------------------------------------------------------------------------------------

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

_TITLE_FORM = st.sampled_from(_TITLE_FORMS)

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
def _agency_names() -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, st.sampled_from(_REGIONS), st.sampled_from(_ORGANS))


@cache
def _years() -> st.SearchStrategy[int]:
    return st.integers(2008, 2030)


def _title(form_of_title: str, agency: str, year: int) -> str:
    return form_of_title.format(agency=agency, year=year)


@cache
def _realistic_titles() -> st.SearchStrategy[str]:
    return st.builds(_title, _TITLE_FORM, _agency_names(), _years())


@cache
def _row_lines() -> st.SearchStrategy[str]:
    """Lines that look like a row of a table, in several layouts."""
    return st.builds(
        lambda separator, label, figures: separator.join([label, *map(str, figures)]),
        st.sampled_from(("\t", " ", "  ", " | ", "|", "", "\u3000", "\t\t")),
        _LABELS,
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
        _realistic_titles(),
        _agency_names(),
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
def paragraphs() -> st.SearchStrategy[str]:
    """Any paragraph of a section, also the empty one.

    Own prose; markup of every format; lines that look like headings, labels, rows, figures, marks, titles, statements
    of organ and year, page marks and navigation; white space, zero-width and rare characters; long ones; any text.
    """
    return st.one_of(
        st.sampled_from((*_OPENINGS, *_SENTENCES)),
        st.just(""),
        st.sampled_from((*_MARKUP, *_NUMBERS, *_MARKS)),
        st.sampled_from((*_AROUND, *_SPACED)),
        _row_lines().map(str.strip),
        _heading_lines().map(str.strip),
        _LABELS,
        _metadata_lines(),
        _realistic_titles(),
        _any_text(40),
        _any_text(8).map(lambda text: f"{text}{_SENTENCES[0]}"),
        st.builds("{}{}".format, st.sampled_from(("\\", "'", '"', "  甲", "=", "\ufeff")), _LABELS).map(str.strip),
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
    return st.one_of(_realistic_titles(), paragraphs().filter(bool))


@cache
def agencies() -> st.SearchStrategy[str]:
    """Any name of an organ, never empty: realistic ones, and any line that ``paragraphs()`` may give."""
    return st.one_of(_agency_names(), paragraphs().filter(bool))


@cache
def periods() -> st.SearchStrategy[Period]:
    """Any period: a calendar year, or any two dates in order."""
    return st.one_of(
        st.builds(lambda year: Period(date(year, 1, 1), date(year, 12, 31)), _years()),
        st.builds(lambda *days: Period(min(days), max(days)), st.dates(), st.dates()),
    )


# --- reports ---------------------------------------------------------------------------------------------------------


_ANY_TITLE = st.none() | titles()
_ANY_AGENCY = st.none() | agencies()
_ANY_YEAR = st.none() | _years() | st.integers(1000, 9999)
_ANY_PERIOD = st.none() | periods()


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report that can be constructed.

    The edition of 二 is drawn apart from that of 三 and 四. Title, organ, year and period are missing, realistic or
    adversarial, each drawn for itself, so they may contradict each other.
    """
    edition = draw(st.sampled_from(EDITIONS))
    return Report(
        disclosure=draw(disclosures()),
        requests=draw(requests_tables(edition)),
        proceedings=draw(proceedings_tables(edition)),
        sections=draw(sections()),
        title=draw(_ANY_TITLE),
        agency=draw(_ANY_AGENCY),
        year=draw(_ANY_YEAR),
        period=draw(_ANY_PERIOD),
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


@st.composite
def _realistic(draw: st.DrawFn, disclosure: AnyDisclosure, requests: AnyRequests, proceedings: Proceedings) -> Report:
    """A report with these tables, whose title states its organ and its year."""
    agency, year = draw(_agency_names()), draw(_years())
    return Report(
        disclosure,
        requests,
        proceedings,
        sections=draw(plain_sections()),
        title=_title(draw(_TITLE_FORM), agency, year),
        agency=agency,
        year=year,
    )


@st.composite
def plain_reports(
    draw: st.DrawFn,
    *,
    states: Collection[State] = PLAIN_STATES,
    edition: Edition | None = None,
    units: bool = True,
) -> Report:
    """A report as published: a title that states organ and year, six sections, all cells there, no unknown rows.

    ``states`` are the states of its cells, a choice of ``PLAIN_STATES``; what is not applicable is ``/``. Figures are
    small or big and not negative, but signed where the form asks for a change, decimal where it asks for money.
    ``units`` says whether some have their unit behind them. ``edition`` is that of all tables; without it 二 and 三
    have each their own.
    """
    requested = draw(_editions(edition))
    disclosed = draw(_editions(edition))
    allowed = tuple(state for state in PLAIN_STATES if state in states)
    if len(allowed) != len(set(states)) or not allowed:
        raise ValueError(f"states is a choice of {', '.join(PLAIN_STATES)}")
    return draw(
        _realistic(
            Disclosure.from_rows(disclosed, draw(_plain_rows("disclosure", disclosed, allowed, units))),
            Requests.from_rows(requested, draw(_plain_rows("requests", requested, allowed, units))),
            Proceedings.from_rows(requested, draw(_plain_rows("proceedings", requested, allowed, units))),
        )
    )


@cache
def _plain_rows(
    table: TableId, edition: Edition, states: tuple[State, ...], units: bool
) -> st.SearchStrategy[tuple[tuple[Cell, ...], ...]]:
    """The rows of a table; about half of them are all figures if figures are allowed, for gaps would be everywhere."""
    layout = form(table, edition)

    def row(row_id: str, states: tuple[State, ...]) -> st.SearchStrategy[tuple[Cell, ...]]:
        columns = layout.columns_of[row_id]
        return st.tuples(*(_plain_cells(column.kind, column.unit, states, units) for column in columns))

    figures = (State.VALUE,) if State.VALUE in states else states
    return st.tuples(*(st.one_of(row(known.id, figures), row(known.id, states)) for known in layout.rows))


@cache
def _plain_cells(kind: str, unit: str | None, states: tuple[State, ...], units: bool) -> st.SearchStrategy[Cell]:
    if kind == "amount":
        figures: st.SearchStrategy[int | Decimal] = st.builds(
            _decimal, st.just(0), st.integers(0, 10**9), st.integers(-4, 0)
        )
        unit = unit or "元"
    elif kind == "change":
        figures = st.integers(-99, 99)
    else:
        figures = st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 10**7))
    written = st.sampled_from((None, None, None, unit)) if units else st.none()
    choices: dict[State, st.SearchStrategy[Cell]] = {
        State.VALUE: st.builds(Cell.of, figures, written),
        State.BLANK: st.just(Cell.blank()),
        State.NOT_APPLICABLE: st.just(Cell.not_applicable()),
    }
    return st.one_of([choices[state] for state in states])


@st.composite
def consistent_reports(draw: st.DrawFn, *, edition: Edition | None = None) -> Report:
    """A report as of ``plain_reports()`` whose cells are all figures and satisfy every identity of the form.

    ``edition`` is that of all tables; without it 二 and 三 have each their own.
    """
    requested = draw(_editions(edition))
    disclosed = draw(_editions(edition))
    return draw(
        _realistic(
            Disclosure.from_rows(disclosed, draw(_plain_rows("disclosure", disclosed, (State.VALUE,), False))),
            Requests.of(requested, draw(_balanced_requests(form("requests", requested)))),
            Proceedings.of(requested, draw(_added_up_proceedings(form("proceedings", requested)))),
        )
    )


_COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 5000))


@st.composite
def _balanced_requests(draw: st.DrawFn, layout: Form) -> dict[str, int]:
    """``row.column`` → figure for 三: results are drawn, all that depends on them is reckoned."""
    *applicants, total = layout.blocks[0].columns
    results = [row.id for row in layout.rows if row.spans and row.id != "processed_total"]
    figures: dict[str, int] = {}
    for column in applicants:
        answered = {row_id: draw(_COUNTS) for row_id in results}
        processed, carried_out = sum(answered.values()), draw(_COUNTS)
        carried_in = draw(st.integers(0, processed + carried_out))
        for row_id, figure in {
            **answered,
            "received": processed + carried_out - carried_in,
            "carried_in": carried_in,
            "processed_total": processed,
            "carried_out": carried_out,
        }.items():
            figures[f"{row_id}.{column.id}"] = figure
    for row in layout.rows:
        figures[f"{row.id}.{total.id}"] = sum(figures[f"{row.id}.{column.id}"] for column in applicants)
    return figures


@st.composite
def _added_up_proceedings(draw: st.DrawFn, layout: Form) -> dict[str, int]:
    """``row.column`` → figure for 四: outcomes are drawn, the totals reckoned."""
    *outcomes, total = layout.blocks[0].columns
    figures: dict[str, int] = {}
    for row in layout.rows:
        drawn = [draw(_COUNTS) for _ in outcomes]
        figures.update({f"{row.id}.{column.id}": figure for column, figure in zip(outcomes, drawn, strict=True)})
        figures[f"{row.id}.{total.id}"] = sum(drawn)
    return figures


# --- layouts ---------------------------------------------------------------------------------------------------------


@cache
def layout_choices() -> st.SearchStrategy[int | dict[TableId, int]]:
    """A layout for ``flatten``: one for all tables, or one for each."""
    numbers = st.sampled_from(sorted(LAYOUTS))
    return st.one_of(numbers, st.fixed_dictionaries(dict.fromkeys(TABLES, numbers)))


@cache
def layout_options() -> st.SearchStrategy[LayoutOptions]:
    """Options for ``flatten``: spelling as the form has it or not, and each habit of a layout on or off."""
    likely = st.sampled_from((0.0, 0.2, 1.0))
    return st.builds(
        LayoutOptions,
        noise=likely,
        blank_lines=st.booleans(),
        keep_blanks=st.booleans(),
        collapse=likely,
        wrap_headers=st.booleans(),
        stack_headers=st.booleans(),
        page_marks=st.booleans(),
        small_tables=st.booleans(),
        invented_header=st.booleans(),
    )


@cache
def generators() -> st.SearchStrategy[random.Random]:
    """A ``random.Random`` for ``flatten`` and the noise helpers, told apart by its seed."""
    return st.integers(0, 2**32 - 1).map(random.Random)
