"""The two national forms, as frozen data: the one home of every label of their tables.

``edition`` is the form's, never the year's: ``"2019"`` is the annex to 国办公开办函〔2019〕60号, ``"2021"``
the annex to 国办公开办函〔2021〕30号. Adding an alias or a row is a change of one line in this file (and, for a row, of
one line in ``grammars/``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from ..errors import UnknownIdError, WrongTypeError

Edition = Literal["2019", "2021"]
TableId = Literal["disclosure", "requests", "proceedings"]
Kind = Literal["count", "change", "amount"]

EDITIONS: tuple[Edition, ...] = ("2019", "2021")
TABLES: tuple[TableId, ...] = ("disclosure", "requests", "proceedings")

_ORDINAL = re.compile(r"^(?:（[一二三四五六七]）|[一二三四]、|[1-8]\.)")

COLUMNS = "COLUMNS"
"""What a whole heading is called among rows; the grammar has a name for each of its cells."""
FIGURES = "FIGURES"
"""Terminal of the one row of 四, which has figures and no label."""


@frozen(eq=False)
class Column:
    """One column of figures. ``span`` is the label above several columns, where the form has one.

    Each stands here once, and is equal to itself alone.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "count"
    unit: str | None = None
    note: str = ""
    span: str = ""
    terminal: str = field(kw_only=True)
    """The name of this column in the grammar: its id, unless a row is called so."""

    @terminal.default
    def _terminal(self) -> str:
        return self.id.upper()


@frozen
class FormRow:
    """One row of figures. ``spans`` are the terminals of the labels to its left, outermost first."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    note: str = ""
    spans: tuple[str, ...] = ()
    short: str = field(kw_only=True)
    """How a sentence names the row; the label without its ordinal unless given."""
    terminal: str = field(init=False)
    """The name of this row in the grammar."""

    @short.default
    def _short(self) -> str:
        return _ORDINAL.sub("", self.label)

    @terminal.default
    def _terminal(self) -> str:
        return self.id.upper().replace(".", "_")


@frozen
class Span:
    """A label that stands beside or above several rows and has no figures of its own."""

    terminal: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The label without its ordinal."""
        return _ORDINAL.sub("", self.label)


@frozen(slots=False)
class Block:
    """Rows under one heading: an item of 条例 第二十条 in 二, the whole table in 三 and 四."""

    columns: tuple[Column, ...]
    rows: tuple[FormRow, ...]
    head: Span | None = None

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the columns."""
        return tuple(column.kind for column in self.columns)


@frozen(slots=False)
class Form:
    """One table of one edition."""

    table: TableId
    edition: Edition
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...] = ()
    identities: tuple[Identity, ...] = field(default=(), repr=False)

    @cached_property
    def rows(self) -> tuple[FormRow, ...]:
        """All rows, in the order of the form."""
        return tuple(row for block in self.blocks for row in block.rows)

    @cached_property
    def columns_of(self) -> dict[str, tuple[Column, ...]]:
        """Row id → the columns of its block, in the order of the form."""
        return {row.id: block.columns for block in self.blocks for row in block.rows}

    @cached_property
    def row_index(self) -> dict[str, int]:
        """Row id → its place among ``rows``."""
        return {row.id: index for index, row in enumerate(self.rows)}

    @cached_property
    def ids_of(self) -> dict[str, tuple[str, ...]]:
        """Row id → the ids of its cells."""
        return {
            row.id: tuple(f"{self.table}.{row.id}.{column.id}" for column in self.columns_of[row.id])
            for row in self.rows
        }

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """Every cell id, ``table.row.column``, row by row in the order of the form."""
        return tuple(cell_id for row in self.rows for cell_id in self.ids_of[row.id])

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The column of each cell, as ``cell_ids``."""
        return tuple(column for row in self.rows for column in self.columns_of[row.id])

    @cached_property
    def terminals(self) -> tuple[str, ...]:
        """Every name that the grammar uses for this table, in the order of the form; names of columns may recur."""
        return tuple(self._terminals())

    def _terminals(self) -> Iterator[str]:
        for block in self.blocks:
            if block.head is not None:
                yield block.head.terminal
            yield from self._heading(block)
            if self.table == "proceedings":
                yield FIGURES
                continue
            open_spans: tuple[str, ...] = ()
            for row in block.rows:
                yield from row.spans[_common(open_spans, row.spans) :]
                open_spans = row.spans
                yield row.terminal

    def _heading(self, block: Block) -> Iterator[str]:
        """The names in the heading of a block, left to right, what stands above others before them."""
        if self.table == "proceedings":
            for index, row in enumerate(block.rows):
                if row.spans and not block.rows[index - 1].spans:
                    yield LITIGATION.terminal
                yield from (row.terminal, *(column.terminal for column in block.columns))
            return
        yield from (INFORMATION.terminal,) if self.table == "disclosure" else (CORNER.terminal, APPLICANTS.terminal)
        above = ""
        for column in block.columns:
            if column.span != above and column.span:
                yield ORGANISATIONS.terminal
            above = column.span
            yield column.terminal


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@frozen
class Identity:
    """An equation of the form (勾稽关系): the cells of ``left`` add up to what the cells of ``right`` add up to.

    ``name`` says which of the form's rules it is: ``column_balance`` (printed in the form), ``results_add_up``,
    ``applicants_add_up`` or ``outcomes_add_up``.
    """

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


# --- 二、主动公开政府信息情况 ------------------------------------------------------------------------------------

INFORMATION = Span("INFORMATION", "信息内容")
"""What stands over the row labels of 二."""

ARTICLE_20_1 = Span("ARTICLE_20_1", "第二十条第（一）项")
ARTICLE_20_5 = Span("ARTICLE_20_5", "第二十条第（五）项")
ARTICLE_20_6 = Span("ARTICLE_20_6", "第二十条第（六）项")
ARTICLE_20_8 = Span("ARTICLE_20_8", "第二十条第（八）项")
ARTICLE_20_9 = Span("ARTICLE_20_9", "第二十条第（九）项")

_REGULATIONS = FormRow("regulations", "规章", ("政府规章",))
_LICENSING = FormRow("licensing", "行政许可")
_PENALTIES = FormRow("penalties", "行政处罚")
_COERCION = FormRow("coercion", "行政强制")
_FEES = FormRow("fees", "行政事业性收费", ("行政事业型收费",))
_NORMATIVE = ("规范性文件", "行政规范性文件", "规范性档案", "行政规范性档案")

_DECISIONS_2021 = Column("decisions", "本年处理决定数量", ("本年处理决定数",), unit="件")
_DOCUMENTS_2021 = (
    Column("issued", "本年制发件数", ("本年新制发数量", "本年制发数量", "本年制发件", "本年新制发件数"), unit="件"),
    Column("repealed", "本年废止件数", ("废止数量", "本年废止数量", "本年废止件", "废止件数"), unit="件"),
    Column("in_force", "现行有效件数", ("现行有效件", "现行有效数量", "现行有效数"), unit="件"),
)
_FEE_AMOUNT = Column(
    "amount", "本年收费金额", ("本年收费总金额", "收费金额"), kind="amount", unit="万元", note="（单位：万元）"
)

_DOCUMENTS_2019 = (
    Column("produced", "本年新制作数量", ("本年新制作", "本年制作数量"), unit="件"),
    Column("newly_disclosed", "本年新公开数量", ("本年新公开",), unit="件"),
    Column("total_disclosed", "对外公开总数量", ("对外公开总数",), unit="件"),
)
_PRIOR_YEAR = Column("prior_year_items", "上一年项目数量", ("上年项目数量", "上一年度项目数量"), unit="项")
_CHANGE = Column("change", "本年增/减", ("本年增/", "本年增减", "本年增"), kind="change", unit="项")
_DECISIONS_2019 = Column("decisions", "处理决定数量", ("处理决定数",), unit="件")
_MEASURES_2019 = (_PRIOR_YEAR, _CHANGE, _DECISIONS_2019)

DISCLOSURE_2021 = Form(
    "disclosure",
    "2021",
    (
        Block(
            _DOCUMENTS_2021, (_REGULATIONS, FormRow("normative_documents", "行政规范性文件", _NORMATIVE)), ARTICLE_20_1
        ),
        Block((_DECISIONS_2021,), (_LICENSING,), ARTICLE_20_5),
        Block((_DECISIONS_2021,), (_PENALTIES, _COERCION), ARTICLE_20_6),
        Block((_FEE_AMOUNT,), (_FEES,), ARTICLE_20_8),
    ),
)

DISCLOSURE_2019 = Form(
    "disclosure",
    "2019",
    (
        Block(_DOCUMENTS_2019, (_REGULATIONS, FormRow("normative_documents", "规范性文件", _NORMATIVE)), ARTICLE_20_1),
        Block(_MEASURES_2019, (_LICENSING, FormRow("other_services", "其他对外管理服务事项")), ARTICLE_20_5),
        Block(_MEASURES_2019, (_PENALTIES, _COERCION), ARTICLE_20_6),
        Block((_PRIOR_YEAR, _CHANGE), (_FEES,), ARTICLE_20_8),
        Block(
            (
                Column("items", "采购项目数量", unit="项"),
                Column("amount", "采购总金额", kind="amount"),
            ),
            (FormRow("procurement", "政府集中采购"),),
            ARTICLE_20_9,
        ),
    ),
)

# --- 三、收到和处理政府信息公开申请情况 --------------------------------------------------------------------------

CORNER = Span("CORNER", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
APPLICANTS = Span("APPLICANTS", "申请人情况")
ORGANISATIONS = Span("ORGANISATIONS", "法人或其他组织", ("法人和其他组织", "法人或者其他组织"))

_ORG = ORGANISATIONS.label
APPLICANT_COLUMNS = (
    Column("natural_person", "自然人", ("公民",), unit="件"),
    Column("business", "商业企业", unit="件", span=_ORG),
    Column("research", "科研机构", unit="件", span=_ORG),
    Column("public_interest", "社会公益组织", unit="件", span=_ORG),
    Column("legal_service", "法律服务机构", unit="件", span=_ORG),
    Column("other", "其他", ("其它",), unit="件", span=_ORG, terminal="OTHER_ORGANISATIONS"),
    Column("total", "总计", ("合计",), unit="件"),
)

RESULTS = Span("RESULTS", "三、本年度办理结果", ("三、本年办理结果",))
DENIED = Span("DENIED", "（三）不予公开")
UNAVAILABLE = Span("UNAVAILABLE", "（四）无法提供")
NOT_PROCESSED = Span("NOT_PROCESSED", "（五）不予处理")
OTHER = Span("OTHER", "（六）其他处理", ("（六）其他", "（六）其它处理"))

_R = (RESULTS.terminal,)
_D = (*_R, DENIED.terminal)
_U = (*_R, UNAVAILABLE.terminal)
_N = (*_R, NOT_PROCESSED.terminal)
_O = (*_R, OTHER.terminal)

_RECEIVED_TO_NOT_PROCESSED = (
    FormRow("received", "一、本年新收政府信息公开申请数量", ("一、本年新收政府信息公开申请数",), short="本年新收"),
    FormRow("carried_in", "二、上年结转政府信息公开申请数量", ("二、上年结转政府信息公开申请数",), short="上年结转"),
    FormRow("granted", "（一）予以公开", spans=_R),
    FormRow("partially_granted", "（二）部分公开", note="（区分处理的，只计这一情形，不计其他情形）", spans=_R),
    FormRow("denied.state_secret", "1.属于国家秘密", spans=_D),
    FormRow("denied.prohibited_by_law", "2.其他法律行政法规禁止公开", ("2.其他法律法规禁止公开",), spans=_D),
    FormRow(
        "denied.security_and_stability",
        "3.危及“三安全一稳定”",
        ("3.危及三安全一稳定（国家安全、公共安全、经济安全、社会稳定）",),
        spans=_D,
    ),
    FormRow("denied.third_party_rights", "4.保护第三方合法权益", spans=_D),
    FormRow("denied.internal_affairs", "5.属于三类内部事务信息", spans=_D),
    FormRow("denied.deliberative_process", "6.属于四类过程性信息", spans=_D),
    FormRow("denied.enforcement_files", "7.属于行政执法案卷", spans=_D),
    FormRow("denied.administrative_inquiry", "8.属于行政查询事项", spans=_D),
    FormRow("unavailable.not_held", "1.本机关不掌握相关政府信息", spans=_U),
    FormRow("unavailable.needs_compilation", "2.没有现成信息需要另行制作", spans=_U),
    FormRow("unavailable.still_unclear", "3.补正后申请内容仍不明确", spans=_U),
    FormRow("not_processed.petition_or_complaint", "1.信访举报投诉类申请", spans=_N),
    FormRow("not_processed.duplicate", "2.重复申请", spans=_N),
    FormRow("not_processed.publication", "3.要求提供公开出版物", spans=_N),
    FormRow("not_processed.excessive", "4.无正当理由大量反复申请", spans=_N),
    FormRow("not_processed.confirmation", "5.要求行政机关确认或重新出具已获取信息", spans=_N),
)
_TOTAL_AND_CARRIED_OUT = (
    FormRow("processed_total", "（七）总计", ("（七）合计",), spans=_R),
    FormRow("carried_out", "四、结转下年度继续办理", ("四、结转下年度继续办理数量",), short="结转"),
)

REQUEST_ROWS_2021 = (
    *_RECEIVED_TO_NOT_PROCESSED,
    FormRow("other.correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", spans=_O),
    FormRow("other.fee_overdue", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", spans=_O),
    FormRow("other.other", "3.其他", ("3.其它",), spans=_O),
    *_TOTAL_AND_CARRIED_OUT,
)
REQUEST_ROWS_2019 = (
    *_RECEIVED_TO_NOT_PROCESSED,
    FormRow("other", OTHER.label, OTHER.aliases, spans=_R),
    *_TOTAL_AND_CARRIED_OUT,
)


def _request_identities(rows: tuple[FormRow, ...]) -> tuple[Identity, ...]:
    def ids(row_ids: tuple[str, ...], column: Column) -> tuple[str, ...]:
        return tuple(f"requests.{row_id}.{column.id}" for row_id in row_ids)

    results = tuple(row.id for row in rows if row.spans and row.id != "processed_total")
    *applicants, total = APPLICANT_COLUMNS
    return (
        *(
            Identity(
                "column_balance",
                ids(("received", "carried_in"), column),
                ids(("processed_total", "carried_out"), column),
            )
            for column in APPLICANT_COLUMNS
        ),
        *(
            Identity("results_add_up", ids(results, column), ids(("processed_total",), column))
            for column in APPLICANT_COLUMNS
        ),
        *(
            Identity(
                "applicants_add_up",
                tuple(f"requests.{row.id}.{column.id}" for column in applicants),
                (f"requests.{row.id}.{total.id}",),
            )
            for row in rows
        ),
    )


def _requests(edition: Edition, rows: tuple[FormRow, ...], spans: tuple[Span, ...]) -> Form:
    return Form("requests", edition, (Block(APPLICANT_COLUMNS, rows),), spans, _request_identities(rows))


REQUESTS_2021 = _requests("2021", REQUEST_ROWS_2021, (RESULTS, DENIED, UNAVAILABLE, NOT_PROCESSED, OTHER))
REQUESTS_2019 = _requests("2019", REQUEST_ROWS_2019, (RESULTS, DENIED, UNAVAILABLE, NOT_PROCESSED))

# --- 四、政府信息公开行政复议、行政诉讼情况 ----------------------------------------------------------------------

LITIGATION = Span("LITIGATION", "行政诉讼")

OUTCOME_COLUMNS = (
    Column("upheld", "结果维持", unit="件"),
    Column("corrected", "结果纠正", unit="件"),
    Column("other", "其他结果", ("其它结果",), unit="件"),
    Column("pending", "尚未审结", unit="件"),
    Column("total", "总计", ("合计",), unit="件"),
)
PROCEEDING_ROWS = (
    FormRow("reconsideration", "行政复议"),
    FormRow("litigation_direct", "未经复议直接起诉", spans=(LITIGATION.label,)),
    FormRow("litigation_after_reconsideration", "复议后起诉", spans=(LITIGATION.label,)),
)


def _proceedings(edition: Edition) -> Form:
    *outcomes, total = OUTCOME_COLUMNS
    return Form(
        "proceedings",
        edition,
        (Block(OUTCOME_COLUMNS, PROCEEDING_ROWS),),
        (),
        tuple(
            Identity(
                "outcomes_add_up",
                tuple(f"proceedings.{row.id}.{column.id}" for column in outcomes),
                (f"proceedings.{row.id}.{total.id}",),
            )
            for row in PROCEEDING_ROWS
        ),
    )


FORMS: dict[tuple[TableId, Edition], Form] = {
    (form.table, form.edition): form
    for form in (
        DISCLOSURE_2019,
        DISCLOSURE_2021,
        REQUESTS_2019,
        REQUESTS_2021,
        _proceedings("2019"),
        _proceedings("2021"),
    )
}


def table_of(cell_id: str) -> TableId:
    """The table that an id names, alone or before the row. Raises ``UnknownIdError``."""
    if not isinstance(cell_id, str):
        raise WrongTypeError.of("table", "str", cell_id)
    name = cell_id.partition(".")[0]
    for table in TABLES:
        if name == table:
            return table
    raise UnknownIdError.of(name, TABLES, f"no table {name!r}", f"没有表“{name}”")


def form(table: TableId, edition: Edition) -> Form:
    """The form of ``table`` in ``edition``."""
    return FORMS[table, edition]
