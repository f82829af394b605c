"""Edition of the form that a table is in: that which needs fewer repairs, never the one of the year."""

from __future__ import annotations

from ..diagnostics import Diagnostic
from ..template import FORMS, Edition, TableId, forms
from .doubts import place_of
from .grammar import Stream, accept, is_as_the_form
from .tokens import RowToken

TOTAL = "PROCESSED_TOTAL"
"""The row behind those of （六）: where it is there, a label without rows has none, and they were not cut off."""


def editions_of(
    tokens: dict[TableId, list[RowToken]], streams: dict[TableId, Stream]
) -> tuple[dict[TableId, Edition], list[Diagnostic]]:
    """The edition of each table, and what has to be said where a table has rows and fits both editions alike."""
    found: dict[TableId, Edition] = {}
    for table in forms.TABLES:
        edition = _edition_of(table, tokens[table], streams[table]) if table != "proceedings" else None
        if edition is not None:
            found[table] = edition
    requests = found.get("requests", found.get("disclosure", "2021"))
    editions: dict[TableId, Edition] = {
        "disclosure": found.get("disclosure", requests),
        "requests": requests,
        "proceedings": requests,
    }
    assumed = [
        Diagnostic(
            code="edition-assumed",
            cells=FORMS[table, editions[table]].cell_ids,
            location=place_of(tokens[table][0]),
            found=editions[table],
            table=table,
        )
        for table in forms.TABLES
        if table != "proceedings" and tokens[table] and table not in found
    ]
    return editions, assumed


def _edition_of(table: TableId, tokens: list[RowToken], stream: Stream) -> Edition | None:
    """The edition that takes a table as it is, or with fewer repairs; None where both take as many."""
    for edition in forms.EDITIONS if tokens else ():
        # No table is as both editions have it.
        if is_as_the_form(table, edition, stream):
            return edition
    ours, theirs = (_repairs_of(table, edition, tokens, stream) for edition in forms.EDITIONS) if tokens else (0, 0)
    return None if ours == theirs else forms.EDITIONS[ours > theirs]


def _repairs_of(table: TableId, edition: Edition, tokens: list[RowToken], stream: Stream) -> int:
    """Return how much of a table an edition can't have: rows, names of columns, and what it makes of （六）.

    Rows that are missing are no evidence, for either edition may have lost them.
    """
    accepted = accept(table, edition, stream)
    spans = {span.terminal for span in FORMS[table, edition].spans}
    other = accepted.rows.get(forms.OTHER.terminal) if forms.OTHER.terminal in spans else None
    if other is None:
        return accepted.strangers
    # At the end of a text that was cut off what stands beside a label may be the begin of another.
    has_figures = other is not tokens[-1] and any(other.values)
    below = {row.terminal for row in FORMS[table, edition].rows if other.type in row.spans}
    is_closed = any(row.type == TOTAL for row in accepted.rows.values())
    return accepted.strangers + has_figures + (is_closed and not below & accepted.rows.keys())
