"""Names of tables, rows, columns and cells: in Chinese as the form has it, and in English.

The English words are ours: the form has none. They stand beside the ids that they are for, and a test holds that none
is missing and none is left over.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import Lang
from .forms import Block, Column, Form, FormRow, TableId
from .words import HEADINGS

SEPARATOR = "·"
"""Stands between the words of a caption, outermost first."""

TABLES_EN: dict[TableId, str] = {
    "disclosure": "Information disclosed on the organ's own initiative",
    "requests": "Requests received and processed",
    "proceedings": "Administrative reconsideration and litigation",
}

SPANS_EN = {
    "ARTICLE_20_1": "Article 20 (1)",
    "ARTICLE_20_5": "Article 20 (5)",
    "ARTICLE_20_6": "Article 20 (6)",
    "ARTICLE_20_8": "Article 20 (8)",
    "ARTICLE_20_9": "Article 20 (9)",
    "RESULTS": "Results of this year",
    "DENIED": "Denied",
    "UNAVAILABLE": "Not available",
    "NOT_PROCESSED": "Not processed",
    "OTHER": "Otherwise closed",
    "法人或其他组织": "Organisations",
    "行政诉讼": "Litigation",
}
"""Terminal of a label that stands over or beside others, or its words where it has no terminal → in English."""

ROWS_EN: dict[str, str] = {
    "disclosure.regulations": "Regulations",
    "disclosure.normative_documents": "Normative documents",
    "disclosure.licensing": "Administrative licences",
    "disclosure.other_services": "Other services to the public",
    "disclosure.penalties": "Administrative penalties",
    "disclosure.coercion": "Administrative coercion",
    "disclosure.fees": "Administrative fees",
    "disclosure.procurement": "Central government procurement",
    "requests.received": "Received this year",
    "requests.carried_in": "Carried in from last year",
    "requests.granted": "Granted",
    "requests.partially_granted": "Partially granted",
    "requests.denied.state_secret": "State secrets",
    "requests.denied.prohibited_by_law": "Disclosure prohibited by other laws or regulations",
    "requests.denied.security_and_stability": "Danger to security and stability",
    "requests.denied.third_party_rights": "Rights of third parties",
    "requests.denied.internal_affairs": "Internal affairs",
    "requests.denied.deliberative_process": "Deliberative process",
    "requests.denied.enforcement_files": "Enforcement files",
    "requests.denied.administrative_inquiry": "Administrative inquiries",
    "requests.unavailable.not_held": "Not held by this organ",
    "requests.unavailable.needs_compilation": "Would have to be compiled",
    "requests.unavailable.still_unclear": "Still unclear after correction",
    "requests.not_processed.petition_or_complaint": "Petitions, reports and complaints",
    "requests.not_processed.duplicate": "Duplicate requests",
    "requests.not_processed.publication": "Publications that are on sale",
    "requests.not_processed.excessive": "Excessive requests without good reason",
    "requests.not_processed.confirmation": "Confirmation or reissue of what was obtained",
    "requests.other": "Otherwise closed",
    "requests.other.correction_overdue": "Not corrected in time",
    "requests.other.fee_overdue": "Fee not paid in time",
    "requests.other.other": "Other",
    "requests.processed_total": "Total processed",
    "requests.carried_out": "Carried over to next year",
    "proceedings.reconsideration": "Reconsideration",
    "proceedings.litigation_direct": "Without prior reconsideration",
    "proceedings.litigation_after_reconsideration": "After reconsideration",
}
"""``table.row`` → in English."""

COLUMNS_EN: dict[str, str] = {
    "disclosure.issued": "Issued this year",
    "disclosure.repealed": "Repealed this year",
    "disclosure.in_force": "In force",
    "disclosure.decisions": "Decisions",
    "disclosure.amount": "Amount",
    "disclosure.produced": "Newly made this year",
    "disclosure.newly_disclosed": "Newly disclosed this year",
    "disclosure.total_disclosed": "Disclosed in total",
    "disclosure.prior_year_items": "Items last year",
    "disclosure.change": "Change this year",
    "disclosure.items": "Items procured",
    "requests.natural_person": "Natural persons",
    "requests.business": "Businesses",
    "requests.research": "Research institutes",
    "requests.public_interest": "Public-interest organisations",
    "requests.legal_service": "Legal service providers",
    "requests.other": "Others",
    "requests.total": "Total",
    "proceedings.upheld": "Upheld",
    "proceedings.corrected": "Corrected",
    "proceedings.other": "Other outcomes",
    "proceedings.pending": "Pending",
    "proceedings.total": "Total",
}
"""``table.column`` → in English."""


def table_caption(table: TableId, lang: Lang = "zh") -> str:
    """Return what a table is called."""
    return TABLES_EN[table] if lang == "en" else next(one.label for one in HEADINGS if one.id == table)


def row_caption(form: Form, row: FormRow, lang: Lang = "zh") -> tuple[str, ...]:
    """Return all that the form says of a row, outermost first."""
    return (*span_captions(form, row, lang), row_label(form, row, lang))


def row_label(form: Form, row: FormRow, lang: Lang = "zh") -> str:
    """Return the label of a row alone."""
    return ROWS_EN[f"{form.table}.{row.id}"] if lang == "en" else row.label


def span_captions(form: Form, row: FormRow, lang: Lang = "zh") -> Iterator[str]:
    """The labels above and beside a row, outermost first: the item of the law in 二, the groups in 三 and 四."""
    head = _block(form, row).head
    if head is not None:
        yield SPANS_EN[head.terminal] if lang == "en" else head.label
    labels = {span.terminal: span.label for span in form.spans}
    # 四 names its span by its label, having no terminal for it.
    yield from (SPANS_EN[span] if lang == "en" else labels.get(span, span) for span in row.spans)


def group_caption(form: Form, group: str, lang: Lang = "zh") -> tuple[str, ...]:
    """Return all that the form says of a group of rows (``denied``), outermost first."""
    return tuple(span_captions(form, next(row for row in form.rows if row.id.startswith(f"{group}.")), lang))


def column_caption(form: Form, column: Column, lang: Lang = "zh") -> tuple[str, ...]:
    """Return all that the form says of a column, outermost first."""
    if lang == "en":
        outer, inner = SPANS_EN.get(column.span, ""), COLUMNS_EN[f"{form.table}.{column.id}"]
    else:
        outer, inner = column.span, column.label + column.note
    return (outer, inner) if outer else (inner,)


def in_english(identifier: str) -> str:
    """The words of an id: ``denied.state_secret`` → ``denied: state secret``."""
    return identifier.replace(".", ": ").replace("_", " ")


def cell_caption(form: Form, row: FormRow, column: Column, lang: Lang = "zh") -> str:
    """Return all that the form says of a cell: ``（三）不予公开·1.属于国家秘密·自然人``."""
    return SEPARATOR.join((*row_caption(form, row, lang), *column_caption(form, column, lang)))


def _block(form: Form, row: FormRow) -> Block:
    return next(block for block in form.blocks if row in block.rows)
