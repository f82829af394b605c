"""A page as a browser shows it: what is not seen is taken out of its tree, and what may not be seen is marked there.

After this a tree says only what a reader of the page sees. ``APART``, ``UNSEEN`` and ``PICTURE`` stand in the cells of
tables of data as text; ``cells`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ...diagnostics import Diagnostic
from ...template import labels
from . import style as styles
from .cells import BLOCKS, words_of
from .sheet import Rule, Sheet, matches, telling_rules
from .source import APART, PICTURE, PICTURES, RAW, UNSEEN, UNSHOWN
from .style import BLOCK_DISPLAYS, declarations, effect
from .tree import CELLS, GRID, Elements, Tree

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_PIECE = 40
"""Characters; a piece of a cell is hidden by its class only if it is as short as what stands beside a figure."""


class _Telling(NamedTuple):
    """Marks in the styles of a page, in small letters and without their numbers, where they do something to words."""

    word: bytes
    selector: str
    """Of what it may be done to."""
    pattern: re.Pattern[bytes] | None = None
    """Marks in the page itself then, where the word alone is in most pages."""

    def is_in(self, words: bytes, lower: bytes) -> bool:
        """Return whether the ``words`` of a page's styles tell it."""
        return self.word in words and (self.pattern is None or self.pattern.search(lower) is not None)


_HIDING = (
    _Telling(b"display", '[style*="display" i]'),
    _Telling(b"visibility", '[style*="visibility" i]'),
    _Telling(b"line-through", '[style*="line-through" i]'),
)
"""Properties that hide something or strike it out."""

_MARKING = (
    _Telling(b"vertical-align", '[style*="vertical-align" i]', re.compile(rb"vertical-align\s*+:\s*+(?:su|text)")),
    _Telling(b"position", '[style*="position" i]', re.compile(rb"position\s*+:\s*+(?:rel|abs|fix)")),
    _Telling(b"clip", '[style*="clip" i]'),
    _Telling(b"overflow", '[style*="overflow" i]'),
    _Telling(b":-", '[style*=":-"], [style*=": -"]', re.compile(rb": ?-\d{3}")),
    _Telling(
        b"font-size",
        '[style*="font-size" i]',
        re.compile(rb"font-size\s*+:\s*+(?:\+?(?:0|\.|1(?:\.\d*)?(?:p[xt]|[;\"'}])|[1-7]\d?(?:\.\d*)?%)|x*-?small)"),
    ),
    _Telling(b"font:", '[style*="font:" i]', re.compile(rb"font:[^;}\"']*?(?<![\d.])0*\.?0+(?:[/%\s]|p[xt])")),
    _Telling(b"unicode-bidi", '[style*="unicode-bidi" i]'),
    _Telling(b"opacity", '[style*="opacity" i]', re.compile(rb"opacity\s*+[:(]\s*+[+.0]")),
    _Telling(b"scale", '[style*="scale" i]'),
    _Telling(b"zoom", '[style*="zoom" i]', re.compile(rb"zoom\s*+:\s*+[+.0]")),
    _Telling(
        b"color",
        '[style*="color" i]',
        re.compile(
            rb"color(?<!-color)\s*+:\s*+(?:#[ef]|#\w{3}0\b|#\w{6}00\b|white|transp|rgb|hsl|snow|iv|gho|az|mint)"
        ),
    ),
)
"""Properties that raise words, or make them too faint, small or far to be seen."""

_MARKING_ELEMENTS = {
    "sup": "sup",
    "sub": "sub",
    "small": "[x-small]",
    "font": "[x-font][color]",
    "bdo": "bdo[dir]",
}
"""The same of elements by their names."""

_STYLE = re.compile(rb"style\s*+=\s*+(\"[^\"]*|'[^']*|[^\s>]+)")
"""The style of an element."""
_NUMBERS_AND_BLANKS = b"0123456789. "

_FIELDS = frozenset("input select output math".split())
"""Pictures that show a figure of their own more often than not."""

_NAMED = re.compile(r"[\"'`#]([A-Za-z_][\w-]*)")
"""Pattern of the words by which a script may name an id: ``"n"``, ``'#n'``; or a word that is none."""


class Visible:
    """Edits the tree of one page. ``notes`` say what was not read, ``frames`` what stands in the place of text."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
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
        self._remove_unshown(found)
        has_marks = self._parser.css_first('[style], [hidden], a[href*="#"]') is not None
        words = _style_words(lower) if has_marks else b""
        if has_marks:
            hidden = [telling.selector for telling in _HIDING if telling.is_in(words, lower)]
            self._hide(self._all([*hidden, "[hidden]"]))
        self._find_pictures(words, names)
        if sheet.selected or sheet.plain:
            self._apply(sheet)
        marked = [telling.selector for telling in _MARKING if telling.is_in(words, lower)]
        marked += [selector for name, selector in _MARKING_ELEMENTS.items() if name in names]
        self._mark(self._all(marked + ['td a[href*="#"], th a[href*="#"]'] * has_marks))
        self._read_raw(names)
        self._write_marks()

    @property
    def has_pictures(self) -> bool:
        """Return whether a cell shows something that is no text."""
        return bool(self._pictured)

    def _all(self, selectors: list[str]) -> list[LexborNode]:
        return self._parser.css(", ".join(selectors)) if selectors else []

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

    def _remove_unshown(self, found: Elements) -> None:
        gone: list[LexborNode] = []
        for name in sorted(UNSHOWN.intersection(found)):
            for node in found[name]:
                if name in ("iframe", "object"):
                    self.frames.extend(filter(None, [node.attributes.get("src") or node.attributes.get("data")]))
                if (name == "dialog" and "open" in node.attributes) or self._tree.holds_report(node):
                    continue
                gone.extend(_children(node) if name in PICTURES else [node])
        _remove(gone)

    def _hide(self, nodes: Iterable[LexborNode]) -> None:
        """Take out of ``nodes`` what is hidden or struck out, and part what is shown as a block from what is beside."""
        gone: list[LexborNode] = []
        for node in nodes:
            style = _style(node)
            is_gone = style.get("display", "none" if "hidden" in node.attributes else "") == "none"
            if is_gone or styles.is_struck(style) or styles.is_invisible(style):
                gone += self._hidden_parts(node, is_gone)
            elif style.get("display") in BLOCK_DISPLAYS and node.tag not in BLOCKS and self._tree.data_cell(node):
                _surround(node, " ")
        _remove(gone)

    def _hidden_parts(self, node: LexborNode, is_gone: bool) -> list[LexborNode]:
        """Return what goes of a hidden element: a cell that only can't be seen keeps its place."""
        if node.tag in ("col", "colgroup") and not is_gone:
            # Only a collapsed column is hidden; one that is not displayed is as if not there: its cells are shown.
            if _style(node).get("visibility") == "collapse":
                self.hidden_columns.add(node.mem_id)
            return []
        # Whole pages are hidden until a script shows them.
        if node.tag in ("html", "body") or self._tree.holds_report(node):
            return []
        if node.tag in GRID or node.mem_id in self._tree.around:
            self.note_hidden(node.text(separator=" "))
        if is_gone or node.tag not in GRID:
            return [node]
        cells = [node] if node.tag in CELLS else node.css("td, th")
        return [child for cell in cells for child in _children(cell)]

    def note_hidden(self, text: str) -> None:
        """Say that words of the page are hidden and not read; the first of them stand for all."""
        words = " ".join(text.split())[:80]
        if words and not self.notes:
            self.notes.append(Diagnostic(code="hidden-not-read", found=words))

    # --- what is no text ---------------------------------------------------------------------------------------------

    def _find_pictures(self, words: bytes, names: frozenset[str]) -> None:
        for name in sorted(names & PICTURES):
            selector = name.replace(":", r"\:")
            nodes = [node for node in self._parser.css(selector) if not _is_hidden_field(node)]
            self._picture(name.rpartition(":")[2], nodes)
            for node in nodes:
                self._show_apart(node)
        if b"url(" in words:
            shown = (node for node in self._parser.css('[style*="url(" i]') if node.tag not in GRID)
            self._picture("background", shown)
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
        found = list(matches(self._parser, sheet).values())
        kinds = [(node, kind) for node, together in found if (kind := self._kind(node, together))]
        gone = {node.mem_id: node for node, kind in kinds if kind == "hidden" and self._is_hidden_piece(node)}
        self._find_unseen(_texts([node for node, kind in kinds if self._is_unseen(node, kind)]))
        self._find_added(_with(found, lambda rule: rule.adds))
        for node in _without([node for node, _ in kinds], gone):
            self._part(node)
        for node in _without(_with(found, lambda rule: rule.parts), gone):
            self._put_apart(node)
        _remove(list(gone.values()))

    def _find_added(self, nodes: list[LexborNode]) -> None:
        """Put the cells of ``nodes`` in doubt, to which the style sheet adds words: a blank one, and one with words."""
        self._picture("style", nodes)
        self._find_unseen(nodes)

    def _put_apart(self, node: LexborNode) -> None:
        """Part an element in a line of a cell from what is beside it."""
        if node.tag not in BLOCKS and self._tree.data_cell(node) is not None:
            _surround(node, " ")

    def _kind(self, node: LexborNode, together: list[Rule]) -> styles.Effect:
        """Return what several rules of a style sheet do to an element."""
        # Its own style goes before all rules.
        together = [rule for rule in together if not (rule.adds or rule.parts)]
        kinds = [self._effect(node, {**rule.style, **_style(node)}) for rule in together]
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
            _surround(node, APART)

    def _is_hidden_piece(self, node: LexborNode) -> bool:
        """Return whether an element is a piece of a cell that is neither a label nor a part of the page; say so."""
        if node.tag in GRID or self._tree.data_cell(node) is None:
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
            style = _style(node)
            is_pale = styles.is_pale(style) and self._is_on_white(node)
            kind = "unseen" if _is_turned(node) else effect(style)
            if _is_note(node) or is_pale or kind:
                apart.append(node)
                if node.mem_id not in self._tree.around:
                    unseen += self._unseen_words(node, style, is_pale)
                    if kind in ("hidden", "unseen") and not _is_undone_inside(style):
                        unseen += _texts([node])
        self._find_unseen(unseen)
        for node in apart:
            self._part(node)

    def _unseen_words(self, node: LexborNode, style: Mapping[str, str], is_pale: bool) -> Iterator[LexborNode]:
        """Yield the pieces of text in ``node`` that its own style makes too small, transparent or pale to be seen."""
        is_clear = styles.is_clear(style)
        undoing = {"font-size"} if styles.is_tiny(style) else set()
        if is_pale or styles.is_transparent(style):
            undoing.add("color")
        pending = [node] if is_clear or undoing else []
        while pending:
            for inner in pending.pop().iter(include_text=True):
                if inner.tag == "-text":
                    if inner.text_content and not inner.text_content.isspace():
                        yield inner
                    continue
                # What can't be seen by its own style comes by itself.
                own = _style(inner)
                if not styles.is_clear(own) and (is_clear or not undoing <= own.keys()):
                    pending.append(inner)

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
            if _has_ground(above):
                break
            above = above.parent
        is_white = above is None or self._on_white.get(above.mem_id, False)
        self._on_white.update(dict.fromkeys(path, is_white))
        return is_white


def _with(found: Iterable[tuple[LexborNode, list[Rule]]], test: Callable[[Rule], bool]) -> list[LexborNode]:
    """Return the elements that a rule holds for which passes a test."""
    return [node for node, together in found if any(map(test, together))]


def _without(nodes: Iterable[LexborNode], gone: Mapping[int, LexborNode]) -> list[LexborNode]:
    return [node for node in nodes if node.mem_id not in gone]


def _style_words(lower: bytes) -> bytes:
    """Return the styles of a page's elements, each once and without numbers: in these alone most of them differ."""
    found = b"\n".join(_STYLE.findall(lower))
    return b"\n".join(set(found.translate(None, _NUMBERS_AND_BLANKS).split(b"\n")))


def _is_undone_inside(style: Mapping[str, str]) -> bool:
    """Return whether an element in another may undo what the other's style does: a size or a colour of its own."""
    return styles.is_tiny(style) or styles.is_transparent(style) or styles.is_clear(style)


def _texts(pending: list[LexborNode]) -> Iterator[LexborNode]:
    """Yield all pieces of text in some elements, each once; the list is used up."""
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        for inner in node.iter(include_text=True):
            if inner.tag != "-text":
                pending.append(inner)
            elif inner.text_content and not inner.text_content.isspace():
                yield inner


def _style(node: LexborNode) -> Mapping[str, str]:
    """Return the declarations in the ``style`` of an element, and the colour of a ``font``."""
    marks = node.attributes
    text = marks.get("style") or ""
    if "x-font" in marks and marks.get("color"):
        text = f"color:{marks['color']};{text}"
    return declarations(text)


def _is_note(node: LexborNode) -> bool:
    """Return whether an element holds the mark of a note, or words as small as one."""
    return node.tag in ("sup", "sub") or "x-small" in node.attributes or _leads_to_note(node)


def _is_turned(node: LexborNode) -> bool:
    """Return whether an element shows its letters from the right to the left, whatever they are."""
    return node.tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl"


def _leads_to_note(node: LexborNode) -> bool:
    return node.tag == "a" and "#" in (node.attributes.get("href") or "")


def _has_ground(node: LexborNode) -> bool:
    """Return whether an element has a background of its own that is not white."""
    marks, style = node.attributes, _style(node)
    grounds = (style.get("background"), style.get("background-color"), marks.get("bgcolor"))
    return "background" in marks or not all(styles.is_no_ground((ground or "").lower()) for ground in grounds)


def _is_hidden_field(node: LexborNode) -> bool:
    return node.tag == "input" and (node.attributes.get("type") or "").lower() == "hidden"


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _surround(node: LexborNode, mark: str) -> None:
    """Put a mark before and behind an element."""
    node.insert_before(mark)
    node.insert_after(mark)


def _remove(nodes: list[LexborNode]) -> None:
    """Take elements out of the tree, those that stand in another of them with it."""
    gone = {node.mem_id for node in nodes}
    outermost: list[LexborNode] = []
    within: dict[int, bool] = {}
    """Element → whether it stands in one that goes, or is one."""
    for node in nodes:
        path: list[int] = []
        above = node.parent
        while above is not None and above.mem_id not in within and above.mem_id not in gone:
            path.append(above.mem_id)
            above = above.parent
        is_within = above is not None and (above.mem_id in gone or within[above.mem_id])
        within.update(dict.fromkeys(path, is_within))
        if not is_within:
            outermost.append(node)
    for node in {node.mem_id: node for node in outermost}.values():
        node.decompose()
