"""Which edition of the form a table is in: that which needs fewer repairs, never the one of the year."""

from __future__ import annotations

from ..diagnostics import Diagnostic
from ..template import Edition, TableId, form, forms
from .doubts import place_of
from .grammar import accept
from .tokens import RowToken


def editions_of(tokens: dict[TableId, list[RowToken]]) -> tuple[dict[TableId, Edition], list[Diagnostic]]:
    """The edition of each table, and what has to be said where a table has rows and fits both editions alike."""
    found: dict[TableId, Edition] = {}
    for table in forms.TABLES:
        if table != "proceedings" and tokens[table]:
            repairs = {edition: repairs_of(table, edition, tokens[table]) for edition in forms.EDITIONS}
            if repairs["2019"] != repairs["2021"]:
                found[table] = "2019" if repairs["2019"] < repairs["2021"] else "2021"
    requests = found.get("requests", found.get("disclosure", "2021"))
    editions: dict[TableId, Edition] = {
        "disclosure": found.get("disclosure", requests),
        "requests": requests,
        "proceedings": requests,
    }
    assumed = [
        Diagnostic(
            "edition-assumed",
            form(table, editions[table]).cell_ids,
            place_of(tokens[table][0]),
            found=editions[table],
            table=table,
        )
        for table in forms.TABLES
        if table != "proceedings" and tokens[table] and table not in found
    ]
    return editions, assumed


def repairs_of(table: TableId, edition: Edition, tokens: list[RowToken]) -> int:
    """How much of a table is not as an edition has it: rows, names of columns, figures beside a label that has none."""
    accepted = accept(table, edition, tokens)
    other = accepted.rows.get(forms.OTHER.terminal)
    # At the end of a text that was cut off what stands beside （六） may be the begin of a label.
    has_figures = other is not None and other is not tokens[-1] and any(other.values)
    is_label = forms.OTHER.terminal in {span.terminal for span in form(table, edition).spans}
    return accepted.repairs + (has_figures and is_label)
