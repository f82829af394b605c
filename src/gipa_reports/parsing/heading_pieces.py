"""Test whether the pieces of a heading make the names of the form's columns in the form's order, and none besides.

Names are wrapped, each in its cell, and what stood side by side is now on one line: the fronts of all names, then their
tails. So each line goes from left to right; a name that begins above another goes on beside it; and where each piece is
on a line of its own, names come one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import TypeVar

from attrs import frozen

from ..template import FORMS, TableId, forms
from ..template.spelling import piece_key

MAX_STATES = 4000
"""Ways of reading the pieces so far that are followed."""

State = TypeVar("State")


@frozen
class _Names:
    """Names in their order, and what may stand over them."""

    columns: tuple[tuple[str, ...], ...]
    """The spellings of each."""
    captions: tuple[tuple[str, ...], ...]
    anytime: frozenset[int]
    """Columns whose names may come before those left of them, once the caption that parts them from the first has:
    their cell reaches over both rows of names."""
    needed: frozenset[int]
    """The captions that must be there, in their order; others may stand anywhere."""


@frozen
class _State:
    """A way of reading the pieces so far."""

    columns: tuple[tuple[str, ...] | None, ...]
    """Rest of each name that is still to come, None where it did not begin: one rest for each spelling that fits."""
    captions: tuple[tuple[str, ...] | None, ...]
    last: int = -1
    """The last column on the line, and"""
    last_caption: int = -1
    """the last caption."""
    alone: int = -1
    """A column that began with a piece alone on its line and is not whole."""


@cache
def _names(table: TableId) -> _Names:
    if table == "requests":
        return _Names(
            tuple(_spellings(column.label, column.aliases) for column in forms.APPLICANT_COLUMNS),
            tuple(
                _spellings(span.label, span.aliases) for span in (forms.CORNER, forms.APPLICANTS, forms.ORGANISATIONS)
            ),
            frozenset({len(forms.APPLICANT_COLUMNS) - 1}),
            frozenset(),
        )
    rows = forms.PROCEEDING_ROWS
    return _Names(
        tuple(_spellings(column.label, column.aliases) for _ in rows for column in forms.OUTCOME_COLUMNS),
        tuple(_spellings(item.label, item.aliases) for item in (rows[0], forms.LITIGATION, *rows[1:])),
        frozenset(),
        frozenset(range(4)),
    )


def _spellings(label: str, aliases: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(piece_key, (label, *aliases))))


def is_head_of(table: TableId, lines: Sequence[Sequence[str]]) -> bool:
    """Return whether the pieces of ``lines`` make the names of all columns of ``table``, in their order."""
    return _are_names(_names(table), lines) or _are_letters(table, lines)


def _are_letters(table: TableId, lines: Sequence[Sequence[str]]) -> bool:
    """Return whether lines have the letters of a heading, each as often, and show the order of its columns.

    Names that were wrapped to different heights are set between each other, so that an end may come before its front or
    in another name. No letter is over, and a line shows the order by pieces that are of one name alone.
    """
    found = Counter(filter(str.isalpha, "".join("".join(pieces) for pieces in lines)))
    return found in _letters(table) and _show_order(table, lines)


def _show_order(table: TableId, lines: Sequence[Sequence[str]]) -> bool:
    """Return whether lines show the order of the columns, and no other."""
    orders = [[at for piece in pieces if (at := _column_of(table, piece)) is not None] for pieces in lines]
    if table == "proceedings":
        # One group begins behind the end of another.
        pairs = (pair for order in orders for pair in pairwise(order))
        return all(before < after or before >= _ENDS_GROUP for before, after in pairs)
    return all(order == sorted(order) for order in orders) and any(_TOLD.issubset(order) for order in orders)


_ENDS_GROUP = len(forms.OUTCOME_COLUMNS) - 2
"""The first of the columns that end a group of 四: of the name of the last a letter alone may be on a line."""

_TOLD = frozenset(range(1, 4))
"""The columns of 三 whose order a line must show: of those around them hardly more than a letter may be on it."""


@cache
def _letters(table: TableId) -> tuple[Counter[str], ...]:
    """The letters of a heading, with and without what may be left out of it."""
    names = _names(table)
    needed = [spellings[0] for spellings in names.columns]
    optional = [spellings[0] for at, spellings in enumerate(names.captions) if at not in names.needed]
    needed += [spellings[0] for at, spellings in enumerate(names.captions) if at in names.needed]
    found = [Counter(filter(str.isalpha, "".join(needed)))]
    for caption in optional:
        found += [letters + Counter(filter(str.isalpha, caption)) for letters in found]
    return tuple(found)


@cache
def _column_of(table: TableId, piece: str) -> int | None:
    """Return the column of the form that a piece of two letters or more is in the name of; None where it may be of two.

    Those of 四 are counted within a group.
    """
    names = _names(table)
    count = len(forms.OUTCOME_COLUMNS) if table == "proceedings" else len(names.columns)
    if len(piece) < 2 or any(piece in spelling for spellings in names.captions for spelling in spellings):
        return None
    found = [at for at in range(count) if any(piece in spelling for spelling in names.columns[at])]
    return found[0] if len(found) == 1 else None


def top_of_block(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of the heading of a block of 二 that the pieces of ``lines`` make; none where they make none."""
    return next((labels for labels, names in _blocks() if _are_names(names, lines)), ())


@cache
def _blocks() -> tuple[tuple[tuple[str, ...], _Names], ...]:
    """The labels in the heading of each block of both editions, and their spellings."""
    found: list[tuple[tuple[str, ...], _Names]] = []
    for block in (block for edition in forms.EDITIONS for block in FORMS["disclosure", edition].blocks):
        spellings = (
            _spellings(forms.INFORMATION.label, forms.INFORMATION.aliases),
            *(_spellings(column.label, (column.label + column.note, *column.aliases)) for column in block.columns),
        )
        labels = (forms.INFORMATION.label, *(column.label for column in block.columns))
        found.append((labels, _Names(spellings, (), frozenset(), frozenset())))
    return tuple(found)


def _are_names(names: _Names, lines: Sequence[Sequence[str]]) -> bool:
    states = {_State((None,) * len(names.columns), (None,) * len(names.captions))}
    for pieces in lines:
        states = {_State(state.columns, state.captions, alone=state.alone) for state in states}
        for piece in pieces:
            step = partial(_after, names=names, is_alone=len(pieces) == 1)
            states = {after for state in states for after in read_on(state, piece, step)}
            if not states or len(states) > MAX_STATES:
                return False
    return any(_is_whole(state, names) for state in states)


def _is_whole(state: _State, names: _Names) -> bool:
    captions = [(at, rests) for at, rests in enumerate(state.captions) if rests is None or "" not in rests]
    return all(rests is not None and "" in rests for rests in state.columns) and all(
        rests is None and at not in names.needed for at, rests in captions
    )


def _after(state: _State, piece: str, names: _Names, is_alone: bool) -> Iterator[tuple[_State, str]]:
    """Yield the ways of reading the beginning of a piece, and what is left of the piece."""
    yield from _in_captions(state, piece, names)
    yield from _in_columns(state, piece, names, is_alone)


def _in_captions(state: _State, piece: str, names: _Names) -> Iterator[tuple[_State, str]]:
    """Yield the ways of reading the beginning of a piece in a caption, and what is left of the piece."""
    for at, rests in enumerate(state.captions):
        is_free = at not in names.needed
        if rests == ("",) or not (is_free or rests is not None or _may_begin(state.captions, at, state.last_caption)):
            continue
        for rest, left in taken(names.captions[at] if rests is None else rests, piece):
            captions = (*state.captions[:at], rest, *state.captions[at + 1 :])
            last = state.last_caption if is_free else at
            yield _State(state.columns, captions, state.last, last, state.alone), left


def _in_columns(state: _State, piece: str, names: _Names, is_alone: bool) -> Iterator[tuple[_State, str]]:
    """Yield the ways of reading the beginning of a piece in a name of a column, and what is left of the piece."""
    for at in range(state.last + 1, len(state.columns)):
        rests = state.columns[at]
        if rests == ("",) or (rests is None and not _may_begin_column(state, at, names, is_alone)):
            continue
        for rest, left in taken(names.columns[at] if rests is None else rests, piece):
            columns = (*state.columns[:at], rest, *state.columns[at + 1 :])
            last = state.last if at in names.anytime else at
            alone = at if rests is None and is_alone else state.alone
            alone = -1 if alone == at and "" in rest else alone
            yield _State(columns, state.captions, last, state.last_caption, alone), left


def _may_begin(begun: Sequence[tuple[str, ...] | None], at: int, last: int) -> bool:
    """Nothing that comes behind it is whole already."""
    return at > last and not any(rests is not None and "" in rests for rests in begun[at + 1 :])


def _may_begin_column(state: _State, at: int, names: _Names, is_alone: bool) -> bool:
    if at in names.anytime and None in (state.columns[0], state.captions[-1]) and None in state.columns[:at]:
        return False
    whole = [
        later
        for later in range(at + 1, len(state.columns))
        if (rests := state.columns[later]) is not None and "" in rests and later not in names.anytime
    ]
    return not whole and not (is_alone and state.alone >= 0)


def read_on(state: State, piece: str, step: Callable[[State, str], Iterator[tuple[State, str]]]) -> Iterator[State]:
    """Yield the ways of reading one more piece, of which each step reads a beginning."""
    for after, left in step(state, piece):
        yield from read_on(after, left, step) if left else (after,)


def taken(rests: Sequence[str], piece: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is left of a name, in each spelling that fits, when a piece is taken off; and of the piece."""
    rest = tuple(rest[len(piece) :] for rest in rests if rest.startswith(piece))
    if rest:
        yield rest, ""
    for whole in rests:
        if whole and whole != piece and piece.startswith(whole):
            yield ("",), piece[len(whole) :]


@cache
def top_rows(table: TableId) -> tuple[tuple[str, ...], ...]:
    """The heading of a table, row by row, as it is in the form."""
    if table == "requests":
        return ((forms.APPLICANTS.label,), ("", *(column.label for column in forms.APPLICANT_COLUMNS)))
    outcomes = tuple(column.label for column in forms.OUTCOME_COLUMNS)
    first, *others = (row.label for row in FORMS[table, "2021"].rows)
    return (first, forms.LITIGATION.label), (*outcomes, *others), outcomes * len(others)
