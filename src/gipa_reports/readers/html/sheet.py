"""The page's own style sheet: which of its rules do something to words, and what in the page each may hold for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import Factory, frozen

from ...memo import remembered
from .source import renamed_selector
from .style import TELLING, declarations, effect, is_pale, parts_digits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_SELECTORS = 100
"""Selectors that are looked up in a page; of others, all that has their last class is in doubt."""

MAX_SELECTED = 20_000
"""Elements that are found by looking up selectors, and"""

MAX_CLASSES = 20
"""Classes that are looked up; for more, all elements that have a class are looked at."""

MAX_AROUND = 64
"""elements around each, to know whether a selector holds for it; it may, where there are more."""

_TOLD = frozenset(
    "display visibility text-decoration text-decoration-line position left top clip clip-path opacity".split()
)
"""The properties that hide words or strike them out, or show them again."""
_MOMENTARY = re.compile(r":(?!not|is|where|nth|first-child|last-child|only-child|before|after|:)")
"""Stands in a selector for an element only at times, as when somebody points at it."""
_GENERATING = re.compile(r"::?(?:before|after)\b")
"""Stands in a selector for what the style adds to an element."""
_SHOWN_CONTENT = re.compile(r"[\"'][^\"']*\d[^\"']*[\"']|url\(")
"""A value of ``content`` that may be a figure."""
_WHOLE_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)")
_OTHER_MEDIUM = re.compile(r"@(?:media\s+(?:only\s+)?(?:print|speech)|font-face|page|keyframes|-\w+-keyframes)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_CLASS = re.compile(r"\.([\w-]+)")
_COMBINATOR = re.compile(r"[\s>+~]+")


@frozen
class Rule:
    """Rule of a style sheet for the elements that its selector stands for."""

    selector: str
    style: Mapping[str, str]
    is_sure: bool = False
    """True if it is for a class alone (``.x {display: none}``) to which no other rule may be an exception."""
    adds: bool = False
    """True if it adds words to an element that are in no text of the page."""
    parts: bool = False
    """True if it does nothing but put an element apart from what is beside it."""

    @property
    def is_plain(self) -> bool:
        """Return whether it is for a class alone."""
        return _CLASS.fullmatch(self.selector) is not None


Classes = Mapping[str, Collection[Rule]]
"""Class → the rules that may hold for what has it."""


def _by_class(rules: Iterable[Rule]) -> Classes:
    """Return rules by the classes that they end with; of many that do the same one will do."""
    found: dict[str, dict[tuple[str, bool, bool, bool], Rule]] = {}
    for rule in rules:
        for name in _CLASS.findall(_COMBINATOR.split(rule.selector)[-1]):
            found.setdefault(name, {})[effect(rule.style), rule.is_plain, rule.adds, rule.parts] = rule
    return {name: tuple(alike.values()) for name, alike in found.items()}


@frozen
class Sheet:
    """The rules of a style sheet that do something to words, and those that may undo it."""

    selected: Sequence[tuple[Sequence[str], Rule]] = ()
    """Those that are looked up by their selectors, with the parts of these."""
    plain: Sequence[Rule] = ()
    """Those for a class alone."""
    classes: Classes = Factory(lambda self: _by_class(self.plain), takes_self=True)
    acting: Classes = Factory(lambda self: _by_class(rule for rule in self.plain if not rule.parts), takes_self=True)
    """Those of the classes that matter where no elements stand in cells."""


def _compounds(selector: str) -> Sequence[str]:
    """Return the parts of a selector as they are looked up: of ``a:hover b > c`` a, b and c."""
    parts = _COMBINATOR.split(renamed_selector(selector))
    return [part and (_MOMENTARY.split(part)[0] or "*") for part in parts]


@remembered(64)
def telling_rules(sheet: str) -> Sheet:
    """Return the rules of a style sheet that do something to words, and those that may undo it."""
    lower = sheet.lower()
    if not any(word in lower for word in TELLING):
        return Sheet()
    told = _Told()
    for selector, style, is_always in _rules(sheet):
        told.take(selector, style, is_always)
    rules = told.rules()
    selected = [(_compounds(rule.selector), rule) for rule in rules if not rule.is_plain]
    return Sheet(selected, [rule for rule in rules if rule.is_plain])


class _Told:
    """Sorts the rules of a style sheet by what they are for and what they do."""

    def __init__(self) -> None:
        self._plain: dict[str, dict[str, str]] = {}
        """Class → the style of all rules for it alone."""
        self._others: list[Rule] = []
        self._parting: list[Rule] = []
        self._excepted: dict[str, set[str]] = {}
        """Class → the properties that a rule for more than the class sets."""

    def take(self, selector: str, style: Mapping[str, str], is_always: bool) -> None:
        """Take a rule; ``is_always`` says that it holds on every screen."""
        if parts_digits(style):
            # Looked up by their last class alone: pages have many of them, and nearly all lay out the page.
            names = _CLASS.findall(_COMBINATOR.split(selector)[-1])
            self._parting += [Rule(f".{name}", style, parts=True) for name in names[-1:]]
        if _GENERATING.search(selector):
            if _SHOWN_CONTENT.search(style.get("content", "")):
                self._others.append(Rule(_GENERATING.sub("", selector), style, adds=True))
        elif is_always and _CLASS.fullmatch(selector):
            self._plain.setdefault(selector, {}).update(style)
        elif _acts(style) and not _MOMENTARY.search(selector):
            self._others.append(Rule(selector, style))
        else:
            for name in _CLASS.findall(selector):
                self._excepted.setdefault(f".{name}", set()).update(_TOLD & style.keys())

    def rules(self) -> Sequence[Rule]:
        """Return those that do something to words, and those that may undo it."""
        alone = [
            Rule(selector, style, is_sure=self._excepted.get(selector, set()).isdisjoint(style))
            for selector, style in self._plain.items()
            if not _TOLD.isdisjoint(style) or _acts(style)
        ]
        acting = (*alone, *self._others) if self._others or any(_acts(rule.style) for rule in alone) else ()
        return (*acting, *self._parting)


def _acts(style: Mapping[str, str]) -> bool:
    """Return whether a style does something to words, white letters included."""
    return bool(effect(style)) or is_pale(style)


def _rules(sheet: str) -> Iterator[tuple[str, Mapping[str, str], bool]]:
    """Yield each selector of a style sheet with its style, and whether it holds on every screen."""
    pieces = _BRACE.split(_COMMENT.sub(" ", sheet))
    opened: list[str] = []
    """The selector of the rule, and of those around it."""
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            opened.append(text.rpartition(";")[2].strip())
            continue
        rule = opened.pop() if opened else ""
        around = [outer.lower() for outer in opened]
        if rule.startswith("@") or any(map(_OTHER_MEDIUM.match, around)):
            continue
        style = declarations(text)
        is_always = all(map(_WHOLE_SCREEN.fullmatch, around))
        for selector in rule.split(","):
            yield selector.strip(), style, is_always


def matches(parser: LexborHTMLParser, sheet: Sheet, *, has_pieces: bool) -> dict[int, tuple[LexborNode, list[Rule]]]:
    """Return each element that rules hold for, or may hold for, with these rules.

    ``has_pieces`` says that elements stand in cells, which rules may part.
    """
    found: dict[int, tuple[LexborNode, list[Rule]]] = {}
    classes = sheet.classes if has_pieces else sheet.acting
    looked_up = _LookUp(parser)
    for number, (compounds, rule) in enumerate(sheet.selected):
        if looked_up.is_over:
            classes = _by_class([*sheet.plain, *(rest for _, rest in sheet.selected[number:])])
            break
        for node in looked_up.find(compounds):
            found.setdefault(node.mem_id, (node, []))[1].append(rule)
    for node in looked_up.of_classes(classes):
        for name in (node.attributes["class"] or "").split():
            for rule in classes.get(name, ()):
                found.setdefault(node.mem_id, (node, []))[1].append(rule)
    return found


class _LookUp:
    """Looks selectors up in a page, within bounds: a parser would take any time for some of them."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self._parser = parser
        self._selectors = 0
        self._selected = 0

    @property
    def is_over(self) -> bool:
        """Return whether no more is looked up."""
        return self._selectors >= MAX_SELECTORS or self._selected >= MAX_SELECTED

    def find(self, compounds: Sequence[str]) -> list[LexborNode]:
        """Return the elements that the parts of a selector may stand for: of ``a b > c`` each c in an a and a b."""
        self._selectors += 1
        *around, last = compounds
        nodes = self._found(last)
        self._selected += len(nodes)
        if not nodes or not around or self._selected >= MAX_SELECTED:
            return nodes
        holders = [{node.mem_id for node in self._found(part)} for part in around]
        return [node for node in nodes if _may_stand_in(node, holders)]

    def of_classes(self, names: Collection[str]) -> list[LexborNode]:
        """Return the elements that may have one of some classes."""
        if not names:
            return []
        are_few = len(names) <= MAX_CLASSES and not any(name[0].isdigit() or name[0] == "-" for name in names)
        return self._parser.css(", ".join(f".{name}" for name in names) if are_few else "[class]")

    def _found(self, compound: str) -> list[LexborNode]:
        """Return what a selector stands for; of one that is none a browser passes over the rule."""
        from selectolax.lexbor import SelectolaxError

        try:
            return self._parser.css(compound) if compound else []
        except SelectolaxError:
            return []


def _may_stand_in(node: LexborNode, holders: list[set[int]]) -> bool:
    """Return whether one of each of ``holders`` is around or before an element, or it is too deep to say."""
    around: set[int] = set()
    above = node.parent
    while above is not None and len(around) < MAX_AROUND:
        around.add(above.mem_id)
        above = above.parent
    return above is not None or not any(map(around.isdisjoint, holders))
