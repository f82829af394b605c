"""The rows of the three tables, by the names of their columns, and groups of rows.

What differs by edition has a class for each. A name says in Chinese what the form says of it, and in what it counts:
that is what an editor shows. A test holds these words to the template.
"""

from __future__ import annotations

from decimal import Decimal

from .cells import Cell, V_co
from .views import RequestRows, RowItems, RowView


class DisclosureRow(RowView[V_co]):
    """A row of 二, of either edition."""

    __slots__ = ()


class DocumentsRow2021(DisclosureRow[int], RowItems[int]):
    """A row of 第二十条第（一）项 in edition 2021."""

    __slots__ = ()

    issued: Cell[int]
    """本年制发件数, in 件."""
    repealed: Cell[int]
    """本年废止件数, in 件."""
    in_force: Cell[int]
    """现行有效件数, in 件."""


class DecisionsRow2021(DisclosureRow[int], RowItems[int]):
    """A row of 第二十条第（五）项 or 第（六）项 in edition 2021."""

    __slots__ = ()

    decisions: Cell[int]
    """本年处理决定数量, in 件."""


class FeesRow2021(DisclosureRow[Decimal], RowItems[Decimal]):
    """The row of 第二十条第（八）项 in edition 2021."""

    __slots__ = ()

    amount: Cell[Decimal]
    """本年收费金额, in 万元."""


class DocumentsRow2019(DisclosureRow[int], RowItems[int]):
    """A row of 第二十条第（一）项 in edition 2019."""

    __slots__ = ()

    produced: Cell[int]
    """本年新制作数量, in 件."""
    newly_disclosed: Cell[int]
    """本年新公开数量, in 件."""
    total_disclosed: Cell[int]
    """对外公开总数量, in 件."""


class MeasuresRow2019(DisclosureRow[int], RowItems[int]):
    """A row of 第二十条第（五）项 or 第（六）项 in edition 2019."""

    __slots__ = ()

    prior_year_items: Cell[int]
    """上一年项目数量, in 项."""
    change: Cell[int]
    """本年增/减, in 项."""
    decisions: Cell[int]
    """处理决定数量, in 件."""


class FeesRow2019(DisclosureRow[int], RowItems[int]):
    """The row of 第二十条第（八）项 in edition 2019."""

    __slots__ = ()

    prior_year_items: Cell[int]
    """上一年项目数量, in 项."""
    change: Cell[int]
    """本年增/减, in 项."""


class ProcurementRow2019(DisclosureRow[int | Decimal]):
    """The row of 第二十条第（九）项, which edition 2019 alone has."""

    __slots__ = ()

    items: Cell[int]
    """采购项目数量, in 项."""
    amount: Cell[Decimal]
    """采购总金额; the form names no unit."""


class RequestRow(RequestRows):
    """A row of 三: the seven columns."""

    __slots__ = ()

    natural_person: Cell[int]
    """自然人, in 件."""
    business: Cell[int]
    """法人或其他组织·商业企业, in 件."""
    research: Cell[int]
    """法人或其他组织·科研机构, in 件."""
    public_interest: Cell[int]
    """法人或其他组织·社会公益组织, in 件."""
    legal_service: Cell[int]
    """法人或其他组织·法律服务机构, in 件."""
    other: Cell[int]
    """法人或其他组织·其他, in 件."""
    total: Cell[int]
    """总计, in 件."""


class DeniedRows(RequestRows):
    """（三）不予公开."""

    __slots__ = ()

    state_secret: RequestRow
    """三、本年度办理结果·（三）不予公开·1.属于国家秘密, in 件."""
    prohibited_by_law: RequestRow
    """三、本年度办理结果·（三）不予公开·2.其他法律行政法规禁止公开, in 件."""
    security_and_stability: RequestRow
    """三、本年度办理结果·（三）不予公开·3.危及“三安全一稳定”, in 件."""
    third_party_rights: RequestRow
    """三、本年度办理结果·（三）不予公开·4.保护第三方合法权益, in 件."""
    internal_affairs: RequestRow
    """三、本年度办理结果·（三）不予公开·5.属于三类内部事务信息, in 件."""
    deliberative_process: RequestRow
    """三、本年度办理结果·（三）不予公开·6.属于四类过程性信息, in 件."""
    enforcement_files: RequestRow
    """三、本年度办理结果·（三）不予公开·7.属于行政执法案卷, in 件."""
    administrative_inquiry: RequestRow
    """三、本年度办理结果·（三）不予公开·8.属于行政查询事项, in 件."""


class UnavailableRows(RequestRows):
    """（四）无法提供."""

    __slots__ = ()

    not_held: RequestRow
    """三、本年度办理结果·（四）无法提供·1.本机关不掌握相关政府信息, in 件."""
    needs_compilation: RequestRow
    """三、本年度办理结果·（四）无法提供·2.没有现成信息需要另行制作, in 件."""
    still_unclear: RequestRow
    """三、本年度办理结果·（四）无法提供·3.补正后申请内容仍不明确, in 件."""


class NotProcessedRows(RequestRows):
    """（五）不予处理."""

    __slots__ = ()

    petition_or_complaint: RequestRow
    """三、本年度办理结果·（五）不予处理·1.信访举报投诉类申请, in 件."""
    duplicate: RequestRow
    """三、本年度办理结果·（五）不予处理·2.重复申请, in 件."""
    publication: RequestRow
    """三、本年度办理结果·（五）不予处理·3.要求提供公开出版物, in 件."""
    excessive: RequestRow
    """三、本年度办理结果·（五）不予处理·4.无正当理由大量反复申请, in 件."""
    confirmation: RequestRow
    """三、本年度办理结果·（五）不予处理·5.要求行政机关确认或重新出具已获取信息, in 件."""


class OtherRows2021(RequestRows):
    """（六）其他处理 in edition 2021; in edition 2019 it is one row."""

    __slots__ = ()

    correction_overdue: RequestRow
    """三、本年度办理结果·（六）其他处理·1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请, in 件."""
    fee_overdue: RequestRow
    """三、本年度办理结果·（六）其他处理·2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请, in 件."""  # noqa: E501
    other: RequestRow
    """三、本年度办理结果·（六）其他处理·3.其他, in 件."""


class ProceedingRow(RowItems[int]):
    """One group of 四: its five outcomes."""

    __slots__ = ()

    upheld: Cell[int]
    """结果维持, in 件."""
    corrected: Cell[int]
    """结果纠正, in 件."""
    other: Cell[int]
    """其他结果, in 件."""
    pending: Cell[int]
    """尚未审结, in 件."""
    total: Cell[int]
    """总计, in 件."""
