"""Which edition of the form a table is in: what its own labels show, never the year."""

from __future__ import annotations

from functools import lru_cache

from ..diagnostics import Diagnostic
from ..template import COLUMNS, Edition, TableId, form, forms
from .doubts import place_of
from .headings import read_columns
from .tokens import RowToken

Votes = dict[Edition, int]


def editions_of(tokens: dict[TableId, list[RowToken]]) -> tuple[dict[TableId, Edition], list[Diagnostic]]:
    """The edition of each table, and what has to be said where a table has rows and no label that shows it."""
    votes = {table: _votes(table, tokens[table]) for table in forms.TABLES}
    found: dict[TableId, Edition] = {}
    for table, counts in votes.items():
        if counts["2019"] != counts["2021"]:
            found[table] = "2019" if counts["2019"] > counts["2021"] else "2021"
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


def _votes(table: TableId, tokens: list[RowToken]) -> Votes:
    """How many labels of a table belong to one edition alone; 四 is the same in both."""
    if table == "proceedings":
        return dict.fromkeys(forms.EDITIONS, 0)
    names = tuple([token.type for token in tokens])
    votes = dict(_labels_of(table, names))
    if table == "disclosure":
        headings = [token.heading for token in tokens if token.type == COLUMNS]
        for edition, count in _named(tuple([tuple(heading.rows) for heading in headings if heading])).items():
            votes[edition] += count
    elif forms.OTHER.terminal in names:
        # At the end of a text that was cut off what stands beside （六） may be the begin of a label.
        if any(any(token.values) for token in tokens[:-1] if token.type == forms.OTHER.terminal):
            votes["2019"] += 1
        if not votes["2021"] and "PROCESSED_TOTAL" in names:
            # （六） with nothing below it, and the table goes on: in 2019 it is a row, blank here.
            votes["2019"] += 1
    return votes


@lru_cache(maxsize=256)
def _labels_of(table: TableId, names: tuple[str, ...]) -> Votes:
    """How many of the rows named are in the table of one edition alone."""
    return {edition: len(_only_in(table, edition).intersection(names)) for edition in forms.EDITIONS}


@lru_cache(maxsize=8)
def _only_in(table: TableId, edition: Edition) -> frozenset[str]:
    """The terminals of a table that the other edition does not have."""
    others = {name for other in forms.EDITIONS if other != edition for name in form(table, other).terminals}
    return frozenset(form(table, edition).terminals) - others


@lru_cache(maxsize=256)
def _named(headings: tuple[tuple[tuple[str, ...], ...], ...]) -> Votes:
    """How many columns of each edition the headings of 二 name; the block that knows most of one's counts."""
    found = dict.fromkeys(forms.EDITIONS, 0)
    for edition in forms.EDITIONS:
        for rows in headings:
            named = [read_columns("disclosure", block.columns, rows) for block in form("disclosure", edition).blocks]
            found[edition] += max(0 if columns.unread else len(columns.indexes) for columns in named)
    return found
