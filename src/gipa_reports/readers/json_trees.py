"""Trees in JSON whose names are those of the form: ``{"规章": {"本年制发件数": 0, …}, …}``, as models write.

The names of groups and rows lead to an object that names columns, and to one within it where captions stand above them.
Each becomes a row below a heading, its names as one text (``Word.path``, ``Word.column_path``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ..template.vocabulary import look_up

MAX_LEVELS = 6
"""Levels of names that stand above a column; none of the form has more than four."""

BETWEEN = " / "
"""Stands between the names on the way to a value; see ``words.PATH_MARK``."""


@frozen
class Branch:
    """Part of a tree that one name leads to: a line, the figures of a row, or something else."""

    row: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    """The names of its columns, with a blank above its label."""
    other: Any = None
    """A value that is read as it would be alone."""


def branches(tree: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[Branch]:
    """Yield what the names of a tree lead to, in its order; ``above`` are the labels of the groups it is in."""
    for name, value in tree.items():
        word = look_up(name)
        kind = None if word.row_label is None else word.row_label.kind
        if word.section is not None or kind == "head":
            yield Branch(row=(name,))
        is_label = kind in ("row", "span")
        path = (*above, name) if is_label else above
        if isinstance(value, dict):
            # A name that the form does not have is kept: what stands below it is no row of the group.
            label = None if word.section is not None else BETWEEN.join(path) if is_label else name
            yield from _below(value, path, label)
        elif is_label and not isinstance(value, list):
            yield Branch(row=(BETWEEN.join(path), text_of(value)))
        else:
            yield Branch(other=value)


def _below(tree: dict[str, Any], path: tuple[str, ...], label: str | None) -> Iterator[Branch]:
    """Yield the row that a tree of columns is, behind its label if it has one; of another its branches."""
    columns = flat(tree)
    if _are_columns(columns):
        yield _row(None if _has_outcomes(columns) else label, columns)
    else:
        yield from branches(tree, path)


def _row(label: str | None, columns: dict[str, Any]) -> Branch:
    """Return the row of figures below the names of ``columns``, behind its label if it has one."""
    beside = () if label is None else (label,)
    return Branch((*beside, *map(text_of, columns.values())), (*("" for _ in beside), *columns))


def flat(tree: dict[str, Any], levels: int = MAX_LEVELS) -> dict[str, Any]:
    """Return the values in a tree by all names on the way to each; nothing where lists or more levels are in it."""
    found: dict[str, Any] = {}
    for name, value in tree.items():
        inner = flat(value, levels - 1) if isinstance(value, dict) else {"": value}
        if not inner or isinstance(value, list) or not levels:
            return {}
        found.update((f"{name}{BETWEEN}{below}" if below else name, leaf) for below, leaf in inner.items())
    return found


def text_of(cell: object) -> str:
    """Return the text of a cell, a blank where it holds nothing but white space."""
    text = "" if cell is None else str(cell)
    return text.strip() or (text[:1] and " ")


def _are_columns(columns: dict[str, Any]) -> bool:
    """Return whether names are those of columns: some are of the form, and none is that of a row."""
    names = {name for path in columns for name in path.split(BETWEEN)}
    is_row = any(label.kind in ("row", "span", "head") for name in names for label in look_up(name).labels)
    return not is_row and any(map(_is_column, columns))


def _is_column(name: str) -> bool:
    """Return whether a name is that of a column, with or without what stands above it."""
    word = look_up(name)
    return bool(word.column_path) or any(label.kind == "column" for label in word.labels)


def _has_outcomes(columns: dict[str, Any]) -> bool:
    """Return whether columns are those of 四, which has no labels beside its figures."""
    labels = (look_up(name.split(BETWEEN)[-1]).labels for name in columns)
    return any(found and all(label.table == "proceedings" for label in found) for found in labels)
