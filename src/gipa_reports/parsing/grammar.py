"""The grammars, built when first needed, and the acceptance of a table by them: headings and rows.

``accept`` reads a table strictly first. Where it is not as the form has it, it is walked along the sequence that the
compiled grammar states: what is missing is named and passed over, what is repeated or out of place is named and kept.
What the sequence of an edition has nowhere tells the editions apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, frozen

from ..memo import Memo
from ..template import COLUMNS, Edition, TableId
from .form_lines import is_row
from .headings import names_in
from .tokens import RowToken

if TYPE_CHECKING:
    from lark import Lark


@define
class Accepted:
    """The rows of a table by terminal, and how they differ from the form."""

    rows: dict[str, RowToken] = Factory(dict)
    missing: list[str] = Factory(list)
    repeated: list[RowToken] = Factory(list)
    misplaced: list[tuple[RowToken, str]] = Factory(list)
    """A row, and the terminal that was expected in its place."""
    foreign: list[RowToken] = Factory(list)
    """Rows that are in no place of this edition's form."""
    strangers: int = 0
    """Number of rows and names of columns that this edition has nowhere."""


@frozen
class Step:
    """One name of the sequence that a grammar states."""

    name: str
    is_row: bool
    """True if it is a row, and not a cell of a heading."""
    is_optional: bool


def start_rule(table: TableId, edition: Edition) -> str:
    """The name of the rule for a table of an edition; 四 is alike in both."""
    return table if table == "proceedings" else f"{table}_{edition}"


def source(table: TableId) -> str:
    """The text of the grammar of ``table``: from the installed package, or from the checkout it is edited in."""
    name = f"{table}.lark"
    installed = files("gipa_reports") / "grammars" / name
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return (Path(__file__).parents[3] / "grammars" / name).read_text(encoding="utf-8")


@cache
def _parser(table: TableId) -> Lark:
    from lark import Lark, Token
    from lark.lexer import Lexer

    class Rows(Lexer):
        """The words have been read; what comes here are names."""

        def __init__(self, lexer_conf: Any) -> None:
            pass

        def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
            return (Token(terminal, terminal) for terminal in data)

    starts = ["proceedings"] if table == "proceedings" else [f"{table}_2019", f"{table}_2021"]
    return Lark(source(table), parser="lalr", lexer=Rows, start=starts)


@cache
def sequence(table: TableId, edition: Edition) -> tuple[Step, ...]:
    """The names of a table in order, as the compiled grammar states them: no rule has a choice but of what may lack."""
    bodies: dict[str, list[list[tuple[str, bool]]]] = {}
    for rule in _parser(table).rules:
        body = [(symbol.name, symbol.is_term) for symbol in rule.expansion]
        bodies.setdefault(str(rule.origin.name), []).append(body)

    def steps(rule: str) -> Iterator[Step]:
        whole = max(bodies[rule], key=len)
        for name, is_terminal in whole:
            if not is_terminal:
                yield from steps(name)
            else:
                lacks = any((name, True) not in body for body in bodies[rule])
                yield Step(name, is_row(table, name), lacks)

    return tuple(steps(start_rule(table, edition)))


@frozen
class Stream:
    """The names of a table in the order in which they stand in it: of rows, and of the cells of headings."""

    table: TableId
    tokens: Sequence[RowToken]
    names: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, RowToken | None]]:
        """Yield each name with its row; a cell of a heading has none."""
        for token in self.tokens:
            if token.type != COLUMNS:
                yield token.type, token
            else:
                yield from ((name, None) for name in _names_in(self.table, token))

    @property
    def rows(self) -> dict[str, RowToken]:
        """The rows by name, where each is there once."""
        return {token.type: token for token in self.tokens if token.type != COLUMNS}


def stream_of(table: TableId, tokens: Sequence[RowToken]) -> Stream:
    """The names of a table in the order in which they stand in it."""
    names: list[str] = []
    for token in tokens:
        if token.type != COLUMNS:
            names.append(token.type)
        else:
            names.extend(_names_in(table, token))
    return Stream(table, tokens, tuple(names))


def _names_in(table: TableId, token: RowToken) -> tuple[str, ...]:
    """Return what a heading names, where it was read."""
    return () if token.heading is None else names_in(table, token.heading.names)


def is_as_the_form(table: TableId, edition: Edition, stream: Stream) -> bool:
    """Return whether the grammar of an edition takes a table as it is."""
    return _accepted[table, start_rule(table, edition), stream.names]


def accept(table: TableId, edition: Edition, stream: Stream) -> Accepted:
    """A table set against the grammar of an edition."""
    if is_as_the_form(table, edition, stream):
        return Accepted(stream.rows)
    once, repeated = _once_each(stream)
    found = _walk(sequence(table, edition), once)
    # Of a row of the other edition no figure is kept, so that none of them is a repetition.
    found.repeated = [token for token in repeated if token.type in found.rows]
    found.foreign += [token for token in repeated if token.type not in found.rows]
    return found


def _once_each(stream: Stream) -> tuple[list[tuple[str, RowToken | None]], list[RowToken]]:
    """``stream`` with each row once, and the others.

    The first counts, but one below a heading before one without, and one with figures before a mere label: the words of
    the form stand in menus and in prose too.
    """
    best: dict[str, RowToken] = {}
    for name, token in stream:
        if token is not None:
            known = best.get(name)
            if known is None or _weight(token) > _weight(known):
                best[name] = token
    once = [(name, token) for name, token in stream if token is None or best[name] is token]
    return once, [token for name, token in stream if token is not None and best[name] is not token]


def _weight(token: RowToken) -> tuple[bool, bool]:
    return token.heading is not None, any(map(str.strip, token.values))


def _is_accepted(key: tuple[TableId, str, tuple[str, ...]]) -> bool:
    """Return whether the grammar takes these names in this order. Nearly all tables have one of five orders."""
    from lark.exceptions import UnexpectedToken

    table, start, names = key
    try:
        _parser(table).parse(names, start=start)
    except UnexpectedToken:
        return False
    return True


_accepted: Memo[tuple[TableId, str, tuple[str, ...]], bool] = Memo(_is_accepted, 512)


def _walk(steps: tuple[Step, ...], stream: list[tuple[str, RowToken | None]]) -> Accepted:
    """The rows of ``stream`` along the sequence of the grammar."""
    names = {step.name for step in steps}
    found = Accepted(strangers=sum(name not in names for name, _ in stream))
    still_to_come = {name: index for index, (name, token) in enumerate(stream) if token is not None}
    at = 0
    for index, (name, token) in enumerate(stream):
        there = next((i for i in range(at, len(steps)) if steps[i].name == name), None)
        if there is None or _may_still_come(steps[at:there], still_to_come, index):
            _misplace(found, name, token, steps[at:], is_early=there is not None)
            continue
        _pass_over(found, steps[at:there])
        at = there + 1
        if token is not None:
            found.rows[name] = token
    _pass_over(found, steps[at:])
    return found


def _may_still_come(steps: tuple[Step, ...], still_to_come: dict[str, int], index: int) -> bool:
    """Return whether a row that was expected comes behind ``index``: what stands there is early."""
    return any(step.is_row and still_to_come.get(step.name, -1) > index for step in steps)


def _misplace(found: Accepted, name: str, token: RowToken | None, ahead: tuple[Step, ...], is_early: bool) -> None:
    """Take what does not come where the sequence has it: too early, after it was passed over, or of no such name."""
    is_late = name in found.missing
    if is_late:
        found.missing.remove(name)
    if token is None:
        return
    if is_early or is_late:
        found.rows[name] = token
        found.misplaced.append((token, next((step.name for step in ahead if step.is_row), "")))
    else:
        found.foreign.append(token)


def _pass_over(found: Accepted, steps: tuple[Step, ...]) -> None:
    found.missing.extend(step.name for step in steps if not step.is_optional and step.name not in found.rows)
