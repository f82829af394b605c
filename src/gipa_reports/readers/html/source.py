"""The markup of a page before it is parsed: within the limits, and without what makes the parser's work explode."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from ...limits import Limits
from ...messages import count, more_than

APART = "\1"
"""Stands in a tree before and behind words that are no part of the figure beside them: raised, in doubt, elsewhere."""

UNSEEN = "\2"
"""Stands in a cell in which words are too faint, too small or too far away to be seen, or may be."""

PICTURE = "\3"
"""Stands in a cell before and behind the name of an element that shows something other than the text of the page."""

SEPARATOR = "\0"
"""Stands between the pieces of text of an element; no page has it, nor any of the marks."""

MAX_SMALL = 128 * 1024
"""Bytes; the parser's time is quadratic in the attributes of a tag, and a page this small has too few to matter."""

SHORTEST_TAG = 3
"""Bytes."""

MAX_ATTRIBUTES = 1000
"""Attributes of one tag, and"""

MAX_IN_TAGS = 64 * 2**20
"""bytes looked at to count them, in a larger page."""

UNSHOWN = frozenset(
    "script style noscript template title iframe object svg math select button output datalist audio video"
    " canvas noembed noframes xml del rt rp dialog progress meter".split()
)
"""Elements whose text is not shown, or is none of the document's; ``xml`` is what Word leaves in its pages."""

PICTURES = frozenset(
    "img input embed svg math object iframe canvas video button select output progress meter v:imagedata".split()
)
"""Elements that show something which is no text of the page; those with text of their own lose it."""

BESIDE_CELLS = frozenset(("form", "input"))
"""Elements, none of them shown, that a parser leaves in a row beside its cells."""

RAW = frozenset(("xmp", "plaintext"))
"""Elements in which tags are words, and are shown."""

_FORMATTING = "b big code em font i nobr s small strike strong tt u".split()
"""Elements that a parser opens again in each block until they are closed: some kilobytes can make gigabytes of them.

A link is one too, but there is never more than one open.
"""

_NOTES = ("sup", "sub", "bdo")
"""Elements that raise words, lower them or turn them around."""

_STRUCK = ("s", "strike")
"""Those of them whose text is struck out, as that of ``del`` is."""

_RENAMED = {
    **{name.encode(): (f"span x-{name}".encode(), b"span") for name in _FORMATTING},
    **{name.encode(): (b"del", b"del") for name in _STRUCK},
}
"""Such a name → what stands for it in tags that begin and that end the element: one that means nothing to the parser,
and an attribute that keeps the name for the selectors of the page's style sheet.
"""


def _either(names: Iterable[str]) -> bytes:
    """Return a pattern for any of ``names``; grouped by their first letters it takes half the time."""
    groups = groupby(sorted(names), key=lambda name: name[:1])
    return "|".join(f"{first}(?:{'|'.join(name[1:] for name in group)})" for first, group in groups).encode()


# Most tags are those of cells, rows and spans: they are passed over at once.
_NAMES = re.compile(
    rb"</?+(?!t[dhr]|span)(%b)(?=[\s/>])" % _either(UNSHOWN.union(PICTURES, BESIDE_CELLS, RAW, _FORMATTING, _NOTES))
)
_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+"
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){0,%d}+[\s/]*+(>?)"
    % MAX_ATTRIBUTES
)
"""A tag with its attributes, as a parser takes them. It ends with ``>`` unless there are too many, or no more text."""

_DATA = re.compile(r"data:[\w/+.;=-]{0,99}base64,[\w+/=%]*", re.ASCII)
"""A picture or a font inside a saved page."""

_OWN_MARKS = tuple(mark.encode() for mark in (SEPARATOR, APART, UNSEEN, PICTURE))
_FORMATTING_SELECTOR = re.compile(
    r"(?<![\w.#\[-])({})(?![\w-])".format("|".join(name for name in _FORMATTING if name not in _STRUCK))
)


def bounded(content: str | bytes, limits: Limits) -> bytes:
    """Return the page as bytes in UTF-8. Raises ``LimitError`` for what would take the parser too much."""
    if len(content) > limits.characters:
        text = content if isinstance(content, str) else content.decode()
        # Only where it is short enough is a copy made of it.
        _check_tags(text.count("<"), limits)
        content = _DATA.sub("", text)
        if len(content) > limits.characters:
            raise limits.passed("characters", count(len(content), "characters", "in a page", "一个网页有"))
    source = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    for mark in _OWN_MARKS:
        if mark in source:
            source = source.replace(mark, b"\xef\xbf\xbd")
    if len(source) > SHORTEST_TAG * limits.elements:
        _check_tags(source.count(b"<"), limits)
    if len(source) > MAX_SMALL:
        _check_attributes(source, limits)
    return source


def _check_tags(tags: int, limits: Limits) -> None:
    if tags > limits.elements:
        raise limits.passed("elements", count(tags, "tags"))


def _check_attributes(source: bytes, limits: Limits) -> None:
    """Look at whatever may be a tag, in comments and scripts too, for only a parser knows which of them are."""
    seen = 0
    at = source.find(b"<")
    while at >= 0:
        tag = _TAG.match(source, at)
        if tag is not None:
            seen += tag.end() - at
            if seen > MAX_IN_TAGS or not (tag[1] or tag.end() == len(source)):
                found = more_than(MAX_ATTRIBUTES, "attributes", f"in the tag at byte {at}", f"第{at + 1}个字节处的标签")
                raise limits.passed("elements", found)
        at = source.find(b"<", at + 1)


def without_formatting(source: bytes, lower: bytes) -> tuple[bytes, frozenset[str]]:
    """Return the page with its formatting elements renamed, and the names in it of those that matter here."""
    names: set[bytes] = set()
    pieces: list[bytes] = []
    end = 0
    for match in _NAMES.finditer(lower):
        name = match[1]
        names.add(name)
        if name in _RENAMED:
            start = match.start(1)
            pieces += source[end:start], _RENAMED[name][lower[start - 1 : start] == b"/"]
            end = start + len(name)
            names.add(_RENAMED[name][1])
    pieces.append(source[end:])
    return b"".join(pieces), frozenset(name.decode() for name in names)


def renamed_selector(selector: str) -> str:
    """Return a selector of the page's style sheet with the names that its formatting elements have in the tree."""
    return _FORMATTING_SELECTOR.sub(r"[x-\1]", selector)
