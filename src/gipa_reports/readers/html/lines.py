"""The lines of text of a page, and the tables of data among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .cells import BLOCKS
from .source import APART, PICTURE, SEPARATOR, UNSEEN
from .style import BLOCK_DISPLAYS, declarations
from .tree import Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACE_KEPT = frozenset(("pre", "listing", "xmp"))
_LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 pre".split())
"""Blocks that most often hold one piece of text and nothing else."""

_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"[\t\r\n\f]")
_MARKS = re.compile(f"{PICTURE}[^{PICTURE}]*{PICTURE}|[{APART}{UNSEEN}]")
"""Text put into the cells of a table that turned out to hold prose."""


def lines_in(tree: Tree, root: LexborNode) -> Iterator[str | LexborNode]:
    """Yield the lines of text in ``root`` and, among them, the tables that may be data."""
    words: list[str] = []
    path = [(root.iter(include_text=True), True, False)]
    while path:
        nodes, ends_line, keeps_space = path[-1]
        node = next(nodes, None)
        if node is None:
            path.pop()
            yield from _rest(words, keeps_space) if ends_line else ()
            continue
        if not node.is_element_node:
            text = node.text_content if node.is_text_node else None
            if text:
                yield from _ended_lines(words, text, keeps_space)
            continue
        tag = node.tag or ""
        is_block = tag in BLOCKS or _style_display(node) in BLOCK_DISPLAYS
        if is_block:
            yield from _rest(words, keeps_space)
        if tag in _LEAVES and (leaf := _lines_of_leaf(node, keeps_space)) is not None:
            yield from leaf
        elif _may_be_data(tree, node):
            yield node
        else:
            path.append((node.iter(include_text=True), is_block, _keeps_space(node, keeps_space)))
            tree.check_depth(len(path))


def _may_be_data(tree: Tree, node: LexborNode) -> bool:
    return node.tag == "table" and node.mem_id not in tree.layout


def _lines_of_leaf(node: LexborNode, keeps_space: bool) -> list[str] | None:
    """Return the lines of a block with one piece of text, in whatever elements, as most paragraphs; None of others."""
    text = node.text(separator=SEPARATOR)
    if SEPARATOR in text:
        return None
    if not _is_spaced(text):
        return [text.strip()]
    return text.split("\n") if _keeps_space(node, keeps_space) else _line([text])


def _rest(words: list[str], keeps_space: bool) -> list[str]:
    """Return the line that a block ends, if there is one."""
    return _line(words, keeps_space) if words else []


def _ended_lines(words: list[str], text: str, keeps_space: bool) -> list[str]:
    """Return the lines that end in a text whose white space is kept; the rest of it is added to ``words``."""
    *ended, rest = text.split("\n") if keeps_space else (text,)
    lines: list[str] = []
    for line in ended:
        lines += _line([*words, line], keeps_space=True)
        words.clear()
    if words or not rest.isspace():
        words.append(rest)
    return lines


def _line(words: list[str], keeps_space: bool = False) -> list[str]:
    """Return the line that ``words`` make, which may be empty; they are used up."""
    text = "".join(words)
    words.clear()
    text = _MARKS.sub("", text)
    if keeps_space and not text.isspace():
        return [text]
    return [(_SPACES.sub(" ", text) if _is_spaced(text) else text).strip()]


def _is_spaced(text: str) -> bool:
    """Return whether a browser shows the white space of a text otherwise than it stands."""
    return "  " in text or (not text.isprintable() and _BREAKS.search(text) is not None)


def _style_display(node: LexborNode) -> str:
    style = node.attributes.get("style")
    return declarations(style).get("display", "") if style and "isplay" in style.lower() else ""


def _keeps_space(node: LexborNode, around: bool) -> bool:
    """Return whether white space stands in an element as it is written; ``around`` says so of what is around it."""
    style = node.attributes.get("style")
    space = declarations(style).get("white-space") if style and "white-space" in style.lower() else None
    return around or node.tag in _SPACE_KEPT if space is None else space.startswith(("pre", "break-spaces"))
