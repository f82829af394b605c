"""Elements of a page: what they say of themselves, the pieces of text in them, and taking them out of the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from . import style as styles
from .style import declarations

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def style_of(node: LexborNode) -> Mapping[str, str]:
    """Return the declarations in the ``style`` of an element, and the colour of a ``font``."""
    marks = node.attributes
    text = marks.get("style") or ""
    if "x-font" in marks and marks.get("color"):
        text = f"color:{marks['color']};{text}"
    return declarations(text)


def is_note(node: LexborNode) -> bool:
    """Return whether an element holds the mark of a note, or words as small as one."""
    return node.tag in ("sup", "sub") or "x-small" in node.attributes or _leads_to_note(node)


def _leads_to_note(node: LexborNode) -> bool:
    return node.tag == "a" and "#" in (node.attributes.get("href") or "")


def is_turned(node: LexborNode) -> bool:
    """Return whether an element shows its letters from the right to the left, whatever they are."""
    return node.tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl"


def has_ground(node: LexborNode) -> bool:
    """Return whether an element has a background of its own that is not white."""
    marks, style = node.attributes, style_of(node)
    grounds = (style.get("background"), style.get("background-color"), marks.get("bgcolor"))
    return "background" in marks or not all(styles.is_no_ground((ground or "").lower()) for ground in grounds)


def is_hidden_field(node: LexborNode) -> bool:
    """Return whether an element is a field of a form that no browser shows."""
    return node.tag == "input" and (node.attributes.get("type") or "").lower() == "hidden"


def children(node: LexborNode) -> list[LexborNode]:
    """Return what stands in an element, its pieces of text included."""
    return list(node.iter(include_text=True))


def texts(pending: list[LexborNode], is_entered: Callable[[LexborNode], bool] | None = None) -> Iterator[LexborNode]:
    """Yield the pieces of text in some elements, each once; the list is used up.

    Those in an element that is not entered are left out.
    """
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        for inner in node.iter(include_text=True):
            if inner.tag == "-text":
                if inner.text_content and not inner.text_content.isspace():
                    yield inner
            elif is_entered is None or is_entered(inner):
                pending.append(inner)


def unseen_texts(
    node: LexborNode, style: Mapping[str, str], kind: styles.Effect, is_pale: bool
) -> Iterator[LexborNode]:
    """Yield the pieces of text in ``node`` that its own style, which is of this kind, hides or makes hard to see."""
    is_clear = styles.is_clear(style)
    undoing = {"font-size"} if styles.is_tiny(style) else set()
    if styles.is_transparent(style):
        undoing.add("color")
    if kind in ("hidden", "unseen") and not (is_clear or undoing):
        return texts([node])
    if is_pale:
        undoing.add("color")

    def is_entered(inner: LexborNode) -> bool:
        # What can't be seen by its own style comes by itself.
        own = style_of(inner)
        return not styles.is_clear(own) and (is_clear or not undoing <= own.keys())

    return texts([node] if is_clear or undoing else [], is_entered)


def surround(node: LexborNode, mark: str) -> None:
    """Put a mark before and behind an element."""
    node.insert_before(mark)
    node.insert_after(mark)


def remove(nodes: list[LexborNode]) -> None:
    """Take elements out of the tree, those that stand in another of them with it."""
    gone = {node.mem_id for node in nodes}
    within: dict[int, bool] = {}
    outermost = {node.mem_id: node for node in nodes if not _stands_in(node.parent, gone, within)}
    for node in outermost.values():
        node.decompose()


def _stands_in(node: LexborNode | None, gone: set[int], within: dict[int, bool]) -> bool:
    """Return whether an element is one of those ``gone``, or stands in one; ``within`` keeps the answers."""
    path: list[int] = []
    while node is not None and node.mem_id not in within and node.mem_id not in gone:
        path.append(node.mem_id)
        node = node.parent
    is_within = node is not None and (node.mem_id in gone or within[node.mem_id])
    within.update(dict.fromkeys(path, is_within))
    return is_within
