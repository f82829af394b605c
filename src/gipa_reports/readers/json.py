"""JSON and JSON Lines whose tables are lists of rows: ``[["规章", "0"], …]``, alone or anywhere in a tree.

A list of lists of texts and numbers is a table; a text by itself is a line of prose; what is named as in the form is
read by its names (``json_trees``). Our own JSON is no source: it is
what ``loads`` reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ..document import Document, Row
from ..errors import ReadError
from ..limits import Limits
from ..messages import Phrase, more_than
from .data_rows import MIN_GRID, blocks_of_rows
from .json_trees import branches, flat, text_of

MAX_DEPTH = 100
"""Lists and objects that stand in each other; the names of the form lead over six."""

_ROWS = re.compile(
    r"\A\ufeff?\s*(?:\{[^{}]{0,4000}?:\s*)?\[(?:[\s\d.,-]|null|true|false){0,40}+(?:[{\"]|\[\s*[\[\]{\"\d\-tfn])"
)
"""The beginning of a list that holds lists, objects or texts; other notations have brackets around words and links."""

_TREE = re.compile(r"\{\s*\"[^\"]{0,200}+\"\s*:")
_BRANCH = re.compile(r"\"\s*:\s*\{\s*\"")
"""The beginning of an object, and of one within another."""


def sniff(head: str) -> bool:
    """Return whether the beginning of a source is JSON with a list in it, or an object within another."""
    text = head.lstrip("\ufeff \t\r\n")
    if text.startswith("{") and _TREE.match(text) is not None and _BRANCH.search(text) is not None:
        return True
    return text.startswith(("[", "{")) and _ROWS.match(text) is not None


def read_document(text: str, limits: Limits) -> Document:
    """Return the tables and texts in a tree, in order. Raises ``ReadError`` for what is no JSON, or is our own."""
    found = list(_values(text.removeprefix("\ufeff")))
    _check_depth(found)
    if any(isinstance(value, dict) and "schema_version" in value for value in found):
        raise ReadError(
            "this is a report as gipa-reports writes it in JSON: read it with gipa_reports.loads",
            code="own-output",
            expected=Phrase("a report", "报告"),
            found=Phrase("JSON of gipa-reports", "gipa-reports的JSON"),
        )
    # JSON Lines with a row in each.
    whole: Any = found if len(found) > 1 and all(map(_is_row, found)) else found[0] if len(found) == 1 else found
    rows: list[Row] = []
    cells = 0
    for number, texts in enumerate(_rows(whole), 1):
        cells += len(texts)
        if cells > limits.cells:
            raise limits.passed("cells", more_than(limits.cells, "cells"))
        rows.append(Row(texts, number))
    return Document(blocks_of_rows(rows), len(rows) + 1)


def _values(text: str) -> Iterator[Any]:
    """Yield the value of a JSON text, or those of its lines. A figure stays as it is written."""

    def value(source: str) -> Any:
        return json.loads(source, parse_float=str, parse_int=str, object_pairs_hook=_object)

    try:
        yield value(text)
        return
    except ReadError:
        raise
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        broken = _broken(str(error)[:80])
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        values = [value(line) for line in lines]
    except ReadError:
        raise
    except (ValueError, RecursionError):
        raise broken from None
    yield from values


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Raises ``ReadError`` where a name comes again with another value: one would be lost."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            raise ReadError(
                "an object of this JSON has a name twice, with different values",
                code="broken-file",
                expected=Phrase("each name of an object once", "对象中每个名称只出现一次"),
                found=Phrase(f"the name {name[:80]} twice in one object", f"同一对象中有两个“{name[:80]}”"),
            )
        found[name] = value
    return found


def _check_depth(values: list[Any]) -> None:
    """Raise ``ReadError`` where lists and objects stand in each other deeper than those of a report do."""
    level: list[Any] = values
    for _ in range(MAX_DEPTH):
        level = [part for whole in level if isinstance(whole, list | dict) for part in _parts(whole)]
        if not level:
            return
    raise _too_deep()


def _parts(whole: list[Any] | dict[str, Any]) -> Iterable[Any]:
    return whole.values() if isinstance(whole, dict) else whole


def _too_deep() -> ReadError:
    deep = f"lists and objects in each other, over {MAX_DEPTH} deep"
    return _broken(Phrase(deep, f"列表和对象嵌套超过{MAX_DEPTH}层"))


def _broken(found: str | Phrase) -> ReadError:
    return ReadError("this begins as JSON and is none", code="broken-file", expected="JSON", found=found)


def _is_row(value: object) -> bool:
    return isinstance(value, list) and bool(value) and not any(isinstance(cell, list | dict) for cell in value)


def _rows(value: Any) -> Iterator[list[str]]:
    """Yield the rows of all tables, an empty one behind each table, and a text by itself as a row of one cell."""
    if isinstance(value, dict):
        yield from _rows_of_tree(value)
        return
    if isinstance(value, str) and value.strip():
        yield from ([], *([line] for line in value.splitlines()), [])
        return
    elif isinstance(value, list) and value:
        tables = _tables(_without_paragraphs(value))
        for table in tables:
            yield from ([], *table)
        if tables:
            yield []
            return
        parts = value
    else:
        return
    for part in parts:
        yield from _rows(part)


def _rows_of_tree(tree: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the rows of a tree, one heading above those that have the same columns."""
    heading: tuple[str, ...] = ()
    for branch in branches(tree):
        if not branch.row:
            yield from _rows(branch.other)
        elif branch.heading and branch.heading == heading:
            yield [*branch.row]
        else:
            yield from ([], *([*row] for row in (branch.heading, branch.row) if row))
        heading = branch.heading
    if heading:
        yield []


def _tables(rows: list[Any]) -> list[list[list[str]]]:
    """Return the tables that a list is, as rows of texts: lists of cells, or objects of which all name the columns."""
    if all(map(_is_row, filter(None, rows))):
        return [[[text_of(cell) for cell in row or [""]] for row in table] for table in _tables_in(rows)]
    if all(isinstance(row, dict) for row in rows):
        records = [flat(row) for row in rows]
        if _are_records(records):
            return [[list(records[0]), *([text_of(cell) for cell in row.values()] for row in records)]]
    return []


def _without_paragraphs(rows: list[Any]) -> list[Any]:
    """Return rows whose cells are lists of paragraphs, with a text for each cell.

    In a list of tables the innermost lists are rows of several cells; in one of these tables most are one paragraph.
    """
    if not all(isinstance(row, list) for row in rows):
        return rows
    cells = [cell for row in rows for cell in row]
    are_lists = all(cell == [] or _is_row(cell) for cell in cells)
    if not are_lists or 2 * sum(len(cell) <= 1 for cell in cells) <= len(cells):
        return rows
    return [["\n".join(filter(None, map(text_of, cell))) for cell in row] for row in rows]


def _tables_in(rows: list[Any]) -> list[list[Any]]:
    """Return the tables that rows of several widths are, one behind the other; all rows where some widths are rare."""
    runs = [list(run) for _, run in groupby(rows, key=lambda row: len(row or ()))]
    return runs if all(len(run) >= MIN_GRID for run in runs) else [rows]


def _are_records(rows: list[dict[str, Any]]) -> bool:
    """Return whether all rows name the same columns."""
    names = list(rows[0])
    return bool(names) and all(list(row) == names for row in rows)
