"""What the styles of a page do to its words: hide them, strike them out, raise them, make them too faint to be seen.

Nothing here knows a page; a style is a mapping of its declarations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

MAX_REMEMBERED = 2**16
"""Characters of the longest style sheet that is remembered: the pages of a site have the same."""

BLOCK_DISPLAYS = frozenset(
    "block flex grid table list-item flow-root table-row table-caption -webkit-box -webkit-flex".split()
)
"""Values of ``display`` that part what stands in an element from what is around it."""
_KEYWORDS = "inherit initial unset revert revert-layer"
_KNOWN_VALUES = {
    "display": BLOCK_DISPLAYS.union(
        (
            "none inline contents inline-block inline-flex inline-grid inline-table table-cell table-column"
            " table-column-group table-row-group table-header-group table-footer-group ruby ruby-text math"
            f" -webkit-inline-box -webkit-inline-flex {_KEYWORDS}"
        ).split()
    ),
    "visibility": frozenset(f"visible hidden collapse {_KEYWORDS}".split()),
}
"""Property → the values that a browser takes; a declaration with another is as good as none."""

_PALE = re.compile(r"white|#f{3}f?|#f{6}(?:ff)?|rgba?\(\s*255[\s,]+255[\s,]+255\s*(?:,\s*1(?:\.0*)?\s*)?\)")
CLEAR = re.compile(r"transparent|#[\da-f]{3}0|#[\da-f]{6}00|rgba\((?:[^,()]*,){3}\s*0*\.?0+\s*\)")
NO_GROUND = re.compile(rf"(?:none|initial|inherit|unset|{_PALE.pattern}|{CLEAR.pattern})?")
"""A background that white letters can't be seen on."""
_FAR = re.compile(r"-\d{3,}(?:\.\d*)?[a-z]+")
"""So far to the left, or above, that it may be beside the page;"""
_AWAY = re.compile(r"-(?:999|\d{4,})(?:\.\d*)?(?:px|pt|r?em)")
"""and so far that it is."""
_CUT = re.compile(r"rect\(\s*(\d)(?:px)?(?:[\s,]+\1(?:px)?){3}\s*\)|inset\((?:50|100)%\)")
"""A shape that nothing can be seen through."""
_TELLING = tuple(
    map(
        re.compile,
        (
            "display",
            "visibility",
            "line-through",
            r"vertical-align\s*+:\s*+(?:su|text)",
            "clip",
            r":\s*+-\d{3}",
            r"font-size\s*+:\s*+[+.0]",
            r"opacity\s*+:\s*+[+.0]",
            r"color\s*+:\s*+(?:transparent|#0000(?:0000)?\b|rgba)",
        ),
    )
)
"""One of them is in a style sheet that hides something, strikes it out, raises it or makes it too faint to be seen."""
_TOLD = frozenset("display visibility text-decoration text-decoration-line position left top clip clip-path".split())
"""The properties that hide words or strike them out, or show them again."""
_MOMENTARY = re.compile(r":(?!not|is|where|nth|first-child|last-child|only-child)")
"""Stands in a selector for what the style adds to an element, or for one that somebody points at."""
_WHOLE_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
CLASS = re.compile(r"\.([\w-]+)")
COMBINATOR = re.compile(r"[\s>+~]+")
_ZERO = re.compile(r"\+?0*\.?0+(?:%|[a-z]+)?")


class Rule(NamedTuple):
    """What a style sheet says of what its selector stands for.

    Sure is only a rule for a class alone (``.x {display: none}``) to which no other rule may be an exception.
    """

    selector: str
    style: Mapping[str, str]
    is_sure: bool


@lru_cache(maxsize=1024)
def effect(style: str) -> str:
    """What a style does to words, as ``conceals`` says, or ``pale`` if it makes them white."""
    declared = declarations(style)
    return conceals(declared) or ("pale" if is_pale(declared) else "")


def conceals(style: Mapping[str, str]) -> str:
    """What a style does to the words in an element, if anything: they are ``hidden``, ``unseen`` or ``raised``.

    Hidden are those that no browser shows, and those that are struck out; unseen, those that may not be.
    """
    is_placed = style.get("position") in ("absolute", "fixed")
    if (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or "line-through" in style.get("text-decoration-line", style.get("text-decoration", ""))
        or (is_placed and any(_AWAY.fullmatch(style.get(side, "")) for side in ("left", "top")))
        or (is_placed and _CUT.fullmatch(style.get("clip", "")))
        or _CUT.fullmatch(style.get("clip-path", ""))
    ):
        return "hidden"
    if (
        any(is_zero(style, name) for name in ("font-size", "opacity"))
        or CLEAR.fullmatch(style.get("color", ""))
        or any(_FAR.fullmatch(style.get(name, "")) for name in ("left", "top", "text-indent", "margin-left"))
    ):
        return "unseen"
    return "raised" if style.get("vertical-align") in ("super", "sub", "text-top", "text-bottom") else ""


def is_zero(style: Mapping[str, str], name: str) -> bool:
    """Whether a property is nothing, in whatever unit."""
    return _ZERO.fullmatch(style.get(name, "")) is not None


def is_pale(style: Mapping[str, str]) -> bool:
    """Whether words are white."""
    return _PALE.fullmatch(style.get("color", "")) is not None


@lru_cache(maxsize=1024)
def declarations(text: str) -> Mapping[str, str]:
    """Property → value: of each the last that is important, or else the last; none that a browser doesn't know."""
    style: dict[str, str] = {}
    important: set[str] = set()
    for declaration in _COMMENT.sub(" ", text.lower()).split(";"):
        name, _, value = map(str.strip, declaration.partition(":"))
        value, _, priority = map(str.strip, value.partition("!"))
        if value in _KNOWN_VALUES.get(name, (value,)) and (priority == "important" or name not in important):
            style[name] = value
            if priority == "important":
                important.add(name)
    return style


def concealing(sheet: str) -> Sequence[Rule]:
    """The rules of a style sheet that do something to words, as ``conceals`` says, and those that may undo it."""
    return (_known_concealing if len(sheet) <= MAX_REMEMBERED else _concealing)(sheet)


def _concealing(sheet: str) -> Sequence[Rule]:
    lower = sheet.lower()
    if not any(telling.search(lower) for telling in _TELLING):
        return ()
    plain: dict[str, dict[str, str]] = {}
    others: list[Rule] = []
    excepted: dict[str, set[str]] = {}
    """Class → the properties that a rule for more than the class sets."""
    for selector, style in _rules(sheet):
        if CLASS.fullmatch(selector):
            plain.setdefault(selector, {}).update(style)
        elif conceals(style) and not _MOMENTARY.search(selector):
            others.append(Rule(selector, style, is_sure=False))
        else:
            for name in CLASS.findall(selector):
                excepted.setdefault(f".{name}", set()).update(_TOLD & style.keys())
    alone = [
        Rule(selector, style, is_sure=excepted.get(selector, set()).isdisjoint(style))
        for selector, style in plain.items()
        if not _TOLD.isdisjoint(style) or conceals(style)
    ]
    return (*alone, *others) if others or any(conceals(rule.style) for rule in alone) else ()


_known_concealing = lru_cache(maxsize=64)(_concealing)


def _rules(sheet: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each selector of a style sheet, with its style. What holds for some media only is not looked at."""
    pieces = _BRACE.split(_COMMENT.sub(" ", sheet))
    selectors: list[str] = []
    """Of the rule, and of those around it."""
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            selectors.append(text.rpartition(";")[2].strip())
            continue
        rule = selectors.pop() if selectors else ""
        if all(map(_WHOLE_SCREEN.fullmatch, selectors)):
            style = declarations(text)
            for selector in rule.split(","):
                yield selector.strip(), style
