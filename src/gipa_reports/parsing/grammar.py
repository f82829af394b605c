"""The grammars, built when first needed, and the acceptance of a table's rows by them.

``accept`` reads a table strictly first. Where the rows are not as the form has them it reads again, row by row, asking
the parser what it would take: what is missing is named and passed over, what is repeated or out of place is named and
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Factory, define

from ..template import COLUMNS, Edition, TableId
from .lexer import RowToken

if TYPE_CHECKING:
    from lark import Lark
    from lark.parsers.lalr_interactive_parser import InteractiveParser


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


def accept(table: TableId, edition: Edition, terminals: tuple[str, ...], tokens: Sequence[RowToken]) -> Accepted:
    """``tokens``, whose types are ``terminals``, set against the grammar of their table."""
    start = start_rule(table, edition)
    if _is_as_the_form(table, start, terminals):
        return Accepted(dict(zip(terminals, tokens, strict=True)))
    rows, repeated = _once_each(tokens)
    found = _recover(_parser(table), start, rows)
    # Of a row of the other edition no figure is kept, so that none of them is a repetition.
    found.repeated = [token for token in repeated if token.type in found.rows]
    found.foreign += [token for token in repeated if token.type not in found.rows]
    return found


def _once_each(tokens: Sequence[RowToken]) -> tuple[list[RowToken], list[RowToken]]:
    """``tokens`` with each row once, and the others.

    The first counts, but one below a heading before one without, and one with figures before a mere label: the words of
    the form stand in menus and in prose too.
    """
    best: dict[str, RowToken] = {}
    for token in tokens:
        known = best.get(token.type)
        if known is None or _weight(token) > _weight(known):
            best[token.type] = token
    rows = [token for token in tokens if token.type == COLUMNS or best[token.type] is token]
    return rows, [token for token in tokens if token.type != COLUMNS and best[token.type] is not token]


def _weight(token: RowToken) -> tuple[bool, bool]:
    return token.heading is not None, any(map(str.strip, token.values))


@lru_cache(maxsize=256)
def _is_as_the_form(table: TableId, start: str, terminals: tuple[str, ...]) -> bool:
    """Whether the grammar takes rows of these names in this order. Nearly all tables have one of five orders."""
    from lark.exceptions import UnexpectedToken

    try:
        _parser(table).parse(terminals, start=start)
    except UnexpectedToken:
        return False
    return True


def _recover(parser: Lark, start: str, tokens: Sequence[RowToken]) -> Accepted:
    found = Accepted()
    state: InteractiveParser = parser.parse_interactive(start=start)
    for index, token in enumerate(tokens):
        expected = _expected(state)
        if token.type not in expected:
            skipped = _way_to(state, token.type)
            if skipped is None:
                if token.type in found.missing:
                    found.missing.remove(token.type)
                    found.misplaced.append((token, min(expected, default="")))
                    found.rows[token.type] = token
                elif token.type != COLUMNS:
                    found.foreign.append(token)
                continue
            later = {other.type for other in tokens[index + 1 :]} - {COLUMNS}
            if later.intersection(skipped):
                # What was expected is still to come: this row is early.
                if token.type != COLUMNS:
                    found.misplaced.append((token, min(expected)))
                    found.rows[token.type] = token
                continue
            _pass_over(state, skipped, found)
        _feed(state, token.type)
        found.rows[token.type] = token
    while "$END" not in (expected := _expected(state, with_end=True)):
        _pass_over(state, [min(expected)], found)
    return found


def _expected(state: InteractiveParser, with_end: bool = False) -> set[str]:
    accepts: set[str] = state.accepts()  # type: ignore[no-untyped-call]
    return accepts if with_end else accepts - {"$END"}


def _way_to(state: InteractiveParser, wanted: str) -> list[str] | None:
    """The terminals to pass over until the grammar takes ``wanted``; None where it never will."""
    probe = state.copy(deepcopy_values=False)  # type: ignore[no-untyped-call]
    skipped: list[str] = []
    while expected := _expected(probe):
        if wanted in expected:
            return skipped
        skipped.append(min(expected))
        _feed(probe, skipped[-1])
    return None


def _pass_over(state: InteractiveParser, terminals: list[str], found: Accepted) -> None:
    for terminal in terminals:
        _feed(state, terminal)
        if terminal not in found.rows:
            found.missing.append(terminal)


def _feed(state: InteractiveParser, terminal: str) -> None:
    from lark import Token

    state.feed_token(Token(terminal, terminal))
