"""A page as a browser shows it: what is not seen is taken out of its tree, and what may not be seen is marked there.

After this a tree says only what a reader of the page sees. ``APART``, ``UNSEEN`` and ``PICTURE`` stand in the cells of
tables of data as text; ``cells`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from ...diagnostics import Diagnostic
from ...template import labels
from . import style as styles
from .cells import BLOCKS, words_of
from .nodes import (
    children,
    has_ground,
    is_hidden_field,
    is_note,
    is_turned,
    remove,
    style_of,
    surround,
    texts,
    unseen_texts,
)
from .sheet import Rule, Sheet, matches, telling_rules
from .source import APART, BESIDE_CELLS, PICTURE, PICTURES, RAW, UNSEEN, UNSHOWN
from .style import BLOCK_DISPLAYS, effect
from .telling import Signs
from .tree import CELLS, GRID, Elements, Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_PIECE = 40
"""Characters; a piece of a cell is hidden by its class only if it is as short as what stands beside a figure."""


_FIELDS = frozenset("input select output math".split())
"""Pictures that show a figure of their own more often than not."""

_NAMED = re.compile(r"[\"'`#]([A-Za-z_][\w-]*)")
"""Pattern of the words by which a script may name an id: ``"n"``, ``'#n'``; or a word that is none."""


class Visible:
    """Edits the tree of one page. ``notes`` say what was not read, ``frames`` what stands in the place of text."""

    def __init__(self, tree: Tree, *, has_pieces: bool) -> None:
        """``has_pieces`` says that elements stand in cells."""
        self._tree = tree
        self._has_pieces = has_pieces
        self._parser = tree.parser
        self.notes: list[Diagnostic] = []
        self.frames: list[str] = []
        self.hidden_columns: set[int] = set()
        """The ``col`` and ``colgroup`` that hide a column."""
        self._on_white: dict[int, bool] = {}
        """Element → whether there is no background behind it, where that has been asked."""
        self._pictured: dict[int, tuple[LexborNode, str]] = {}
        """Cell → the name of what it shows that is no text."""
        self._unseen: dict[int, LexborNode] = {}
        """The cells in which words can't be seen."""

    def edit(self, lower: bytes, names: frozenset[str], found: Elements) -> None:
        """Edit the tree; ``lower`` is the page in small letters.

        ``names`` are those of elements that matter here, ``found`` are those that a browser does not show.
        """
        sheet = telling_rules("\n".join(node.text() for node in found.get("style", ())))
        if "script" in found:
            self._find_scripted(found["script"])
        self._remove_unshown(names, found)
        signs = Signs(self._parser, lower, names)
        self._hide(signs.hiding())
        self._find_pictures(signs, names)
        if sheet.selected or sheet.plain:
            self._apply(sheet)
        self._mark(signs.marking())
        self._read_raw(names)
        self._write_marks()

    @property
    def has_pictures(self) -> bool:
        """Return whether a cell shows something that is no text."""
        return bool(self._pictured)

    def _write_marks(self) -> None:
        for cell in self._unseen.values():
            cell.insert_child(UNSEEN)
        for cell, name in self._pictured.values():
            cell.insert_child(PICTURE + name + PICTURE)
        for table in self._tree.inner_tables():
            table.replace_with(f" {words_of(table.inner_html or '')} ")

    def _read_raw(self, names: frozenset[str]) -> None:
        """Put the words of elements in cells in which tags are words too in their places."""
        for name in names & RAW:
            for node in self._parser.tags(name):
                if self._tree.data_cell(node) is not None:
                    node.replace_with(f" {node.text()} ")

    # --- what is taken out -------------------------------------------------------------------------------------------

    def _find_scripted(self, scripts: list[LexborNode]) -> None:
        """Find the cells that a script may fill: it stands in them, or names the id of them or of something in them."""
        named = set(_NAMED.findall(" ".join(script.text() for script in scripts)))
        marked = [node for node in self._parser.css("[id]") if node.attributes["id"] in named] if named else []
        self._picture("script", chain(scripts, marked))

    def _remove_unshown(self, names: frozenset[str], found: Elements) -> None:
        gone = self._parser.css("tr > form, tr > input") if names & BESIDE_CELLS else []
        for name in sorted(UNSHOWN.intersection(found)):
            for node in found[name]:
                if name in ("iframe", "object"):
                    self.frames.extend(filter(None, [node.attributes.get("src") or node.attributes.get("data")]))
                if (name == "dialog" and "open" in node.attributes) or self._tree.holds_report(node):
                    continue
                gone.extend(children(node) if name in PICTURES else [node])
        remove(gone)

    def _hide(self, nodes: Iterable[LexborNode]) -> None:
        """Take out of ``nodes`` what is hidden or struck out, and part what is shown as a block from what is beside."""
        gone: list[LexborNode] = []
        for node in nodes:
            style = style_of(node)
            is_gone = style.get("display", "none" if "hidden" in node.attributes else "") == "none"
            if is_gone or styles.is_struck(style) or styles.is_invisible(style):
                gone += self._hidden_parts(node, is_gone)
            elif style.get("display") in BLOCK_DISPLAYS and node.tag not in BLOCKS and self._tree.data_cell(node):
                surround(node, " ")
        remove(gone)

    def _hidden_parts(self, node: LexborNode, is_gone: bool) -> list[LexborNode]:
        """Return what goes of a hidden element: a cell that only can't be seen keeps its place."""
        if node.tag in ("col", "colgroup") and not is_gone:
            self._hide_column(node)
            return []
        # Whole pages are hidden until a script shows them.
        if node.tag in ("html", "body") or self._tree.holds_report(node):
            return []
        if node.tag in GRID or node.mem_id in self._tree.around:
            self.note_hidden(node.text(separator=" "))
        return [node] if is_gone or node.tag not in GRID else _contents(node)

    def _hide_column(self, node: LexborNode) -> None:
        # Only a collapsed column is hidden; one that is not displayed is as if not there: its cells are shown.
        if style_of(node).get("visibility") == "collapse":
            self.hidden_columns.add(node.mem_id)

    def note_hidden(self, text: str) -> None:
        """Say that words of the page are hidden and not read; the first of them stand for all."""
        words = " ".join(text.split())[:80]
        if words and not self.notes:
            self.notes.append(Diagnostic(code="hidden-not-read", found=words))

    # --- what is no text ---------------------------------------------------------------------------------------------

    def _find_pictures(self, signs: Signs, names: frozenset[str]) -> None:
        for name in sorted(names & PICTURES):
            selector = name.replace(":", r"\:")
            nodes = [node for node in self._parser.css(selector) if not is_hidden_field(node)]
            self._picture(name.rpartition(":")[2], nodes)
            for node in nodes:
                self._show_apart(node)
        self._picture("background", (node for node in signs.backgrounds() if node.tag not in GRID))
        if "i" in names:
            self._picture("i", self._parser.css("[x-i][class]:empty"))

    def _show_apart(self, node: LexborNode) -> None:
        """Part the words before and behind a picture; what a field shows beside a figure puts the cell in doubt."""
        cell = self._tree.data_cell(node)
        if cell is not None:
            node.insert_before(APART)
            if node.tag in _FIELDS:
                self._unseen[cell.mem_id] = cell

    def _picture(self, name: str, nodes: Iterable[LexborNode]) -> None:
        for node in nodes:
            cell = node if node.tag in CELLS else self._tree.data_cell(node)
            if cell is not None:
                self._pictured[cell.mem_id] = cell, name

    # --- what is marked ----------------------------------------------------------------------------------------------

    def _apply(self, sheet: Sheet) -> None:
        """Take out, or mark, what the page's own style sheet does something to in cells of tables of data."""
        found = list(matches(self._parser, sheet, has_pieces=self._has_pieces).values())
        if not found:
            return
        kinds = [(node, self._kind(node, together)) for node, together in found]
        gone = {node.mem_id: node for node, kind in kinds if self._is_hidden_piece(node, kind)}
        self._find_unseen(texts([node for node, kind in kinds if self._is_unseen(node, kind)]))
        self._find_added(_with(found, lambda rule: rule.adds))
        for node in _without([node for node, kind in kinds if kind], gone):
            self._part(node)
        for node in _without(_with(found, lambda rule: rule.parts), gone):
            self._put_apart(node)
        remove(list(gone.values()))

    def _find_added(self, nodes: list[LexborNode]) -> None:
        """Put the cells of ``nodes`` in doubt, to which the style sheet adds words: a blank one, and one with words."""
        self._picture("style", nodes)
        self._find_unseen(nodes)

    def _put_apart(self, node: LexborNode) -> None:
        """Part an element in a line of a cell from what is beside it."""
        if node.tag not in BLOCKS and self._tree.data_cell(node) is not None:
            surround(node, " ")

    def _kind(self, node: LexborNode, together: list[Rule]) -> styles.Effect:
        """Return what several rules of a style sheet do to an element."""
        # Its own style goes before all rules.
        together = [rule for rule in together if not (rule.adds or rule.parts)]
        kinds = [self._effect(node, {**rule.style, **style_of(node)}) for rule in together]
        if not any(kinds):
            return ""
        if set(kinds) <= {"", "raised"}:
            return "raised"
        return kinds[0] if len(set(kinds)) == 1 and all(rule.is_sure for rule in together) else "unseen"

    def _effect(self, node: LexborNode, style: Mapping[str, str]) -> styles.Effect:
        """Return what a style does to the words in an element, if they are white on no ground too."""
        found = effect(style)
        if found or not styles.is_pale(style):
            return found
        grounds = (style.get("background", ""), style.get("background-color", ""))
        return "unseen" if all(map(styles.is_no_ground, grounds)) and self._is_on_white(node) else ""

    def _is_unseen(self, node: LexborNode, kind: styles.Effect) -> bool:
        """Return whether the words in an element may not be seen, by a style sheet that does this to it."""
        # A table, and what a table stands in, is the page, which a script will show.
        if node.mem_id in self._tree.numbers or node.mem_id in self._tree.around:
            return False
        return kind == "unseen" or (kind == "hidden" and node.tag in ("td", "th", "tr"))

    def _part(self, node: LexborNode) -> None:
        """Mark the words in an element of a cell as none of the figure beside them."""
        if node.tag not in GRID and self._tree.data_cell(node) is not None:
            surround(node, APART)

    def _is_hidden_piece(self, node: LexborNode, kind: styles.Effect) -> bool:
        """Return whether a hidden element is a piece of a cell, neither a label nor a part of the page; say so."""
        if kind != "hidden" or node.tag in GRID or self._tree.data_cell(node) is None:
            return False
        text = node.text().strip()
        if len(text) > MAX_PIECE or labels.find(text) or labels.heading(text) or node.css_first("table") is not None:
            return False
        self.note_hidden(text)
        return True

    def _mark(self, nodes: Iterable[LexborNode]) -> None:
        """Mark the words that their own element raises, or makes too faint, small or far to be seen."""
        apart: list[LexborNode] = []
        unseen: list[LexborNode] = []
        for node in nodes:
            style = style_of(node)
            is_pale = styles.is_pale(style) and self._is_on_white(node)
            kind = "unseen" if is_turned(node) else effect(style)
            if not (is_note(node) or is_pale or kind):
                continue
            apart.append(node)
            # What a table stands in is the page, which a script will show.
            if node.mem_id not in self._tree.around:
                unseen += unseen_texts(node, style, kind, is_pale)
        self._find_unseen(unseen)
        for node in apart:
            self._part(node)

    def _find_unseen(self, texts: Iterable[LexborNode]) -> None:
        for text in texts:
            cell = self._tree.data_cell(text)
            if cell is not None:
                self._unseen[cell.mem_id] = cell

    def _is_on_white(self, node: LexborNode) -> bool:
        """Return whether neither an element nor what is around it has a background of its own."""
        path: list[int] = []
        above: LexborNode | None = node
        while above is not None and above.mem_id not in self._on_white:
            path.append(above.mem_id)
            if has_ground(above):
                break
            above = above.parent
        is_white = above is None or self._on_white.get(above.mem_id, False)
        self._on_white.update(dict.fromkeys(path, is_white))
        return is_white


def _contents(node: LexborNode) -> list[LexborNode]:
    """Return what stands in a cell, or in the cells of a row, of rows or of a table."""
    cells = [node] if node.tag in CELLS else node.css("td, th")
    return [child for cell in cells for child in children(cell)]


def _with(found: Iterable[tuple[LexborNode, list[Rule]]], test: Callable[[Rule], bool]) -> list[LexborNode]:
    """Return the elements that a rule holds for which passes a test."""
    return [node for node, together in found if any(map(test, together))]


def _without(nodes: Iterable[LexborNode], gone: Mapping[int, LexborNode]) -> list[LexborNode]:
    return [node for node in nodes if node.mem_id not in gone]
