"""HTML pages: tables as grids with their spans expanded, every other block of text a paragraph.

Nothing in a page is found by its ids or classes. What a browser would not show is not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic
from ..document import Block, Document, Origin, Paragraph, Row, Table
from ..errors import LimitError, ParseError
from ..limits import Limits
from ..template import labels
from ..template.words import NOT_APPLICABLE_MARKS
from .html_grid import GridCell, GridRow, Grids, span
from .html_plain import MARK, Emptied, NotPlainError, PlainTable, without_plain_tables
from .html_style import (
    BLOCK_DISPLAYS,
    CLASS,
    CLEAR,
    COMBINATOR,
    NO_GROUND,
    Rule,
    concealing,
    conceals,
    declarations,
    effect,
    is_pale,
    is_zero,
)
from .tables import is_prose, parted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_SMALL = 128 * 1024
"""Bytes; the parser's time is quadratic in the attributes of a tag, and a page this small has too few to matter."""

SHORTEST_TAG = 3
"""Bytes."""

MAX_ATTRIBUTES = 1000
"""Attributes of one tag, and"""

MAX_IN_TAGS = 64 * 2**20
"""bytes looked at to count them, in a larger page."""

FEW_ROWS = 9
"""Rows; only where no table has more is a page looked at for links to what it may have in place of a report."""

MAX_SHELL = 20
"""Characters; a page that has scripts, and no more text than this (please wait …), is an empty shell."""

MAX_PIECE = 40
"""Characters; a piece of a cell is hidden by its class only if it is as short as what stands beside a figure."""

MAX_SELECTORS = 100
"""Selectors of a page's own style that are looked up in it; of others, all that has their last class is in doubt."""

MAX_SELECTED = 20_000
"""Elements that are found by looking up selectors, and"""

MAX_AROUND = 64
"""elements around each, to know whether a selector holds for it; it may, where there are more."""

MAX_KEPT = 2**20
"""Bytes of the longest page whose tree is kept until the next page is read."""

_MARKUP = re.compile(r"<!doctype html|<(?:html|body|table|td|p|div|h1)\b[^<>]{0,400}>", re.IGNORECASE)

_UNSHOWN = frozenset(
    b"script style noscript template title iframe object svg math select button output datalist audio video"
    b" canvas noembed noframes xml del rt rp dialog progress meter".split()
)
"""Elements whose text is not shown, or is none of the document's; ``xml`` is what Word leaves in its pages."""

_PICTURES = frozenset(
    b"img input embed svg math object iframe canvas video button select output progress meter".split()
)
"""Elements that show something which is no text of the page; those with text of their own lose it."""

_FORMATTING = b"b big code em font i nobr s small strike strong tt u".split()
"""Elements that a parser opens again in each block until they are closed: some kilobytes can make gigabytes of them.

A link is one too, but there is never more than one open.
"""

_RENAMED = {name: b"del" if name in (b"s", b"strike") else b"span" for name in _FORMATTING}
"""Such a name → one that means as much to a reader, and nothing to the parser."""


def _either(names: Iterable[bytes]) -> bytes:
    """A pattern for any of ``names``; grouped by their first letters it takes half the time."""
    groups = groupby(sorted(names), key=lambda name: name[:1])
    return b"|".join(first + b"(?:%b)" % b"|".join(name[1:] for name in group) for first, group in groups)


# Most tags are those of cells, rows, paragraphs and spans: they are passed over at once.
_NAMES = re.compile(rb"</?+(?!span|t[dr]|p[ >])(%b)(?=[\s/>])" % _either(_UNSHOWN.union(_PICTURES, _FORMATTING)))
_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+"
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){0,%d}+[\s/]*+(>?)"
    % MAX_ATTRIBUTES
)
"""A tag with its attributes, as a parser takes them. It ends with ``>`` unless there are too many, or no more text."""

_DATA = re.compile(r"data:[\w/+.;=-]{0,99}base64,[\w+/=%]*", re.ASCII)
"""A picture or a font inside a saved page."""

_BLOCKS = frozenset(
    (
        "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p pre search section"
        " summary table tbody td tfoot th thead tr ul xmp"
    ).split()
)
_SPACE_KEPT = frozenset(("pre", "listing", "xmp"))
_LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 pre".split())
"""Blocks that most often hold one piece of text and nothing else."""

_APART = frozenset(("sup", "sub"))
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_GRID = frozenset(("table", *_GROUPS, "tr", *_CELLS))
_LOOKED_UP = re.compile(r"[\w\s.#>-]+")
"""A selector that is looked up in the page."""
_HIDING = tuple(map(re.compile, (b"display", b"visibility", b"hidden", b"line-through")))
"""One of them is in a page that hides something or strikes it out. Patterns, for these are found in less time."""
_FADING = tuple(
    map(
        re.compile,
        (
            rb"font-size:(?=[\s+.0])\s*+\+?0*\.?0+(?![\d.])",
            # What begins with a rarer letter is found in less time.
            rb"city:\s*+\+?0*\.?0+(?![\d.])",
            rb"color(?<!-color):(?=[\s#wtr])\s*+(?:#fff|#0000(?:0000)?\b|white|transparent|rgba?\()",
        ),
    )
)
"""The same for a page that makes something too small, too transparent or too pale to be seen."""
_ATTACHED = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|7z)(?:$|[?#&])", re.IGNORECASE)
_NAMED = re.compile(r"[\"'`#]([A-Za-z_][\w-]*)")
"""What a script may name an id by: ``"n"``, ``'#n'``; or a word that is none."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\0"
"""Stands between two pieces of text; no page has it."""

_APART_MARK = "^"
"""Stands in a cell before and behind words that are raised, lowered or not to be seen."""

_ORIGIN = Origin()

_kept: list[LexborHTMLParser] = []
"""The tree of the last page. To give its memory back, and ask for it again, costs more than to read the tables."""


def sniff(head: str) -> bool:
    """Whether the beginning of a source has HTML in it."""
    return (
        "<" in head
        and _MARKUP.search(head) is not None
        and (head.lstrip("\ufeff \t\r\n").startswith("<") or head.lower().count("</td>") > 9)
    )


def read_document(content: str | bytes, limits: Limits) -> Document:
    """The blocks of a page, as a text or in UTF-8.

    Raises ``ParseError`` for one that has a script or a frame in the place of its text.
    """
    source = _bounded(content, limits)
    try:
        return _read(without_plain_tables(source), limits)
    except NotPlainError:
        return _read(Emptied(source, []), limits)


def _read(emptied: Emptied, limits: Limits) -> Document:
    """The blocks of a page, of which some tables were read before."""
    # Loaded here, for every source is sniffed at and most texts are no pages.
    from selectolax.lexbor import LexborHTMLParser

    lower = emptied.page.lower()
    source, names = _without_formatting(emptied.page, lower)
    parser = LexborHTMLParser(source)
    _kept[:] = [parser] if len(source) <= MAX_KEPT else []
    page = _Page(parser, emptied, limits)
    page.find_layout()
    page.remove_unshown(lower, names)
    page.read()
    document = Document(page.blocks, page.line, notes=page.notes)
    tables = [block for block in page.blocks if isinstance(block, Table)]
    if all(len(table.rows) <= FEW_ROWS for table in tables):
        document.links = page.attachments()
    if not tables and not document.links and (page.frames or b"script" in names):
        words = "".join(block.text for block in page.blocks if isinstance(block, Paragraph))
        if len(words) <= MAX_SHELL:
            raise ParseError(
                "the page is an empty shell that a script or a frame fills: save what a browser shows in it",
                code="empty-shell",
                expected="text",
                found=", ".join(filter(None, [*page.frames, words])) or "scripts and no text",
            )
    return document


# --- before the parser ---------------------------------------------------------------------------------------------


def _bounded(content: str | bytes, limits: Limits) -> bytes:
    """The page as bytes, if it is within the limits on what takes the parser time and memory."""
    if len(content) > limits.characters:
        text = content if isinstance(content, str) else content.decode()
        # Only where it is short enough is a copy made of it.
        _check_tags(text.count("<"), limits)
        content = _DATA.sub("", text)
        if len(content) > limits.characters:
            raise limits.passed("characters", f"{len(content)} characters in a page")
    source = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    source = source.replace(b"\0", b"\xef\xbf\xbd")
    if len(source) > SHORTEST_TAG * limits.elements:
        _check_tags(source.count(b"<"), limits)
    if len(source) > MAX_SMALL:
        _check_attributes(source, limits)
    return source


def _check_tags(tags: int, limits: Limits) -> None:
    if tags > limits.elements:
        raise limits.passed("elements", f"{tags} tags")


def _check_attributes(source: bytes, limits: Limits) -> None:
    """Whatever may be a tag is looked at, in comments and scripts too, for only a parser knows which of them are."""
    seen = 0
    at = source.find(b"<")
    while at >= 0:
        tag = _TAG.match(source, at)
        if tag is not None:
            seen += tag.end() - at
            if seen > MAX_IN_TAGS or not (tag[1] or tag.end() == len(source)):
                raise limits.passed("elements", f"more than {MAX_ATTRIBUTES} attributes in the tag at byte {at}")
        at = source.find(b"<", at + 1)


def _without_formatting(source: bytes, lower: bytes) -> tuple[bytes, set[bytes]]:
    """The page with its formatting elements renamed, and which names of those not read as text are in it."""
    names: set[bytes] = set()
    pieces: list[bytes] = []
    end = 0
    for match in _NAMES.finditer(lower):
        name = match[1]
        if name in _RENAMED:
            start, stop = match.span(1)
            name = _RENAMED[name]
            pieces += source[end:start], name
            end = stop
        names.add(name)
    pieces.append(source[end:])
    return b"".join(pieces), names & (_UNSHOWN | _PICTURES)


# --- the page ------------------------------------------------------------------------------------------------------


class _Page:
    """What is read of one page. ``line`` counts blocks, for HTML keeps no lines."""

    def __init__(self, parser: LexborHTMLParser, emptied: Emptied, limits: Limits) -> None:
        self._parser = parser
        self._emptied = emptied
        self._limits = limits
        self._hidden: set[int] = set()
        self._tables: dict[int, int] = {}
        """Table → its number in the page."""
        self._plain: dict[int, PlainTable] = {}
        """Table → what was in it, if it was read before."""
        self._layout: set[int] = set()
        self._around: set[int] = set()
        """What a table stands in."""
        self._labels: Counter[tuple[labels.Label, ...]] | None = None
        """How often each label of the form is in a cell of the page, once somebody asks."""
        self._concealed: dict[int, str] = {}
        """Element in a cell → what the page's own style sheet does to it: ``hidden``, ``unseen`` or ``raised``."""
        self._patched: set[int] = set()
        """Cells in which there is one, or in which words can't be seen."""
        self._faded: set[int] = set()
        """The latter."""
        self._pictured: dict[int, str] = {}
        """Cell → the name of an element in it, or for it, that shows something other than the text of the page."""
        self._on_white: dict[int, bool] = {}
        """Element → whether there is no background behind it, where that has been asked."""
        self._selections = 0
        self._grids = Grids(limits)
        self.frames: list[str] = []
        self.notes: list[Diagnostic] = []
        self.blocks: list[Block] = []
        self.line = 0

    # --- what a browser does not show --------------------------------------------------------------------------------

    def remove_unshown(self, lower: bytes, names: set[bytes]) -> None:
        """Take out what is not shown; ``names`` are those of ``_UNSHOWN`` and ``_PICTURES`` that the page has."""
        rules: Sequence[Rule] = ()
        if b"style" in names:
            sheets = [node.text() for node in self._parser.tags("style")]
            rules = concealing("\n".join(sheets))
        if self._plain and self._emptied.concerned(rule.selector for rule in rules if conceals(rule.style)):
            raise NotPlainError
        if b"script" in names:
            self._pictured.update(dict.fromkeys(self._scripted(), "script"))
        for name in sorted(names & _UNSHOWN):
            for node in self._parser.tags(name.decode()):
                if name in (b"iframe", b"object"):
                    self.frames.extend(filter(None, [node.attributes.get("src") or node.attributes.get("data")]))
                if (name == b"dialog" and "open" in node.attributes) or self._holds_report(node):
                    continue
                if name in _PICTURES:
                    _empty(node)
                else:
                    node.decompose()
        if any(hiding.search(lower) for hiding in _HIDING):
            marked = self._parser.css(
                '[hidden], [style*="display" i], [style*="visibility" i], [style*="line-through" i]'
            )
            for node in {node.mem_id: node for node in marked}.values():
                self._hide(node)
        for element in map(bytes.decode, sorted(names & _PICTURES)):
            shown = [node for node in self._parser.tags(element) if not _is_hidden_field(node)]
            self._pictured.update(dict.fromkeys(self._cells_around(shown), element))
        if rules:
            self._conceal(rules)
        if any(fading.search(lower) for fading in _FADING):
            # What a table stands in is the page, which a script will show.
            styled = self._parser.css('[style*="font-size" i], [style*="opacity" i], [style*="color" i]')
            words = [self._unseen_words(node) for node in styled if node.mem_id not in self._around]
            self._faded |= self._cells_around(chain.from_iterable(words))
            self._patched |= self._faded

    def _conceal(self, rules: Sequence[Rule]) -> None:
        """Find what the page's own style sheet does something to in cells: pieces of them, and all their words."""
        nodes: dict[int, tuple[LexborNode, list[Rule]]] = {}
        for node, rule in self._selected(rules):
            nodes.setdefault(node.mem_id, (node, []))[1].append(rule)
        concealed: list[LexborNode] = []
        unseen: list[LexborNode] = []
        for node, together in nodes.values():
            # Its own style goes before all rules.
            kinds = [conceals({**rule.style, **_style(node)}) for rule in together]
            if not any(kinds):
                continue
            kind = kinds[0] if len(set(kinds)) == 1 and all(rule.is_sure for rule in together) else "unseen"
            if set(kinds) <= {"", "raised"}:
                kind = "raised"
            self._concealed[node.mem_id] = kind
            concealed.append(node)
            is_unseen = kind in ("unseen", "hidden") if node.tag in ("td", "th", "tr") else kind == "unseen"
            # A table, and what a table stands in, is the page, which a script will show.
            if is_unseen and node.mem_id not in self._tables and node.mem_id not in self._around:
                unseen.append(node)
        self._faded = self._cells_around(_words(unseen))
        self._patched = self._cells_around(concealed) | self._faded

    def _cells_around(self, nodes: Iterable[LexborNode]) -> set[int]:
        """The cells that these stand in, without those that lay out the page."""
        cells: set[int] = set()
        seen: set[int] = set()
        for node in nodes:
            above = node.parent
            inner: list[int] = []
            while above is not None and above.mem_id not in seen:
                seen.add(above.mem_id)
                if above.tag in _CELLS:
                    inner.append(above.mem_id)
                elif above.tag == "table":
                    if above.mem_id not in self._layout:
                        cells.update(inner)
                    inner.clear()
                above = above.parent
            # One that stands in a cell seen before has none of its own; in a row seen before, it is most often data.
            cells.update(inner)
        return cells

    def _selected(self, rules: Sequence[Rule]) -> Iterator[tuple[LexborNode, Rule]]:
        """What each rule may hold for: that which its selector stands for, or which has a class of its last part."""
        by_class: dict[str, dict[tuple[str, bool], Rule]] = {}
        looked_up = 0
        for rule in rules:
            is_plain = CLASS.fullmatch(rule.selector) is not None
            is_within = looked_up < MAX_SELECTORS and self._selections < MAX_SELECTED
            if not is_plain and is_within and _LOOKED_UP.fullmatch(rule.selector):
                looked_up += 1
                yield from ((node, rule) for node in self._looked_up(rule.selector))
                continue
            for name in CLASS.findall(COMBINATOR.split(rule.selector)[-1]):
                # Of many rules that do the same one will do.
                by_class.setdefault(name, {})[conceals(rule.style), is_plain] = rule
        for node in self._parser.css("[class]") if by_class else ():
            for name in (node.attributes["class"] or "").split():
                yield from ((node, rule) for rule in by_class.get(name, {}).values())

    def _looked_up(self, selector: str) -> list[LexborNode]:
        """What a selector may stand for: of ``a b > c`` each c in an a and a b. A parser would take any time for it."""
        *around, last = COMBINATOR.split(selector)
        nodes = _found(self._parser, last)
        self._selections += len(nodes)
        if not around or self._selections > MAX_SELECTED:
            return nodes
        holders = [{node.mem_id for node in _found(self._parser, part)} for part in around]
        return [node for node in nodes if _may_stand_in(node, holders)]

    def _is_on_white(self, node: LexborNode) -> bool:
        """Whether neither an element nor what is around it has a background of its own."""
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

    def _unseen_words(self, node: LexborNode) -> Iterator[LexborNode]:
        """The pieces of text in ``node`` that its own style makes too small, too transparent or too pale to be seen."""
        style = _style(node)
        is_clear = is_zero(style, "opacity")
        undoing = {"font-size"} if is_zero(style, "font-size") else set()
        if CLEAR.fullmatch(style.get("color", "")) or (is_pale(style) and self._is_on_white(node)):
            undoing.add("color")
        pending = [node] if is_clear or undoing else []
        while pending:
            for inner in pending.pop().iter(include_text=True):
                if inner.tag == "-text":
                    if inner.text_content and not inner.text_content.isspace():
                        yield inner
                # What can't be seen by its own style comes by itself.
                elif not is_zero(style := _style(inner), "opacity") and (is_clear or not undoing <= style.keys()):
                    pending.append(inner)

    def _scripted(self) -> set[int]:
        """The cells that a script may fill: it stands in them, or names the id of them or of something in them."""
        scripts = self._parser.tags("script")
        filled = self._cells_around(scripts)
        named = set(_NAMED.findall(" ".join(script.text() for script in scripts)))
        if named:
            if not named.isdisjoint(self._emptied.ids()):
                raise NotPlainError
            marked = [node for node in self._parser.css("[id]") if node.attributes["id"] in named]
            filled |= self._cells_around(marked)
            filled.update(node.mem_id for node in marked if node.tag in _CELLS)
        return filled

    def _hide(self, node: LexborNode) -> None:
        """Take ``node`` out if it is hidden or struck out; a cell that only can't be seen keeps its place."""
        style = _style(node)
        gone = style.get("display", "none" if "hidden" in node.attributes else "") == "none"
        struck = "line-through" in style.get("text-decoration-line", style.get("text-decoration", ""))
        unseen = struck or style.get("visibility") in ("hidden", "collapse")
        if not (gone or unseen) or node.tag in ("html", "body"):
            # Whole pages are hidden until a script shows them.
            return
        if node.tag in ("col", "colgroup") and not gone:
            # Only a collapsed column is hidden; one that is not displayed is as if not there, and its cells are shown.
            if style.get("visibility") == "collapse":
                self._hidden.add(node.mem_id)
            return
        if self._holds_report(node):
            return
        if node.tag in _GRID or node.mem_id in self._around:
            self._note_hidden(node.text(separator=" "))
        if gone or node.tag not in _GRID:
            node.decompose()
        else:
            for cell in node.css("td, th"):
                _empty(cell)

    def _holds_report(self, node: LexborNode) -> bool:
        """Whether most labels of the form that are in ``node``, around a table, stand nowhere else in the page.

        A script will show such a part, or a tag was never closed. What stands there twice is a hidden copy.
        """
        if node.mem_id not in self._around:
            return False
        if self._plain:
            raise NotPlainError
        if self._labels is None:
            self._labels = _labels_in(self._parser.root)
        inside = _labels_in(node)
        outside = self._labels - inside
        if sum(label not in outside for label in inside) * 2 > len(inside):
            return True
        self._labels = outside
        return False

    def _note_hidden(self, text: str) -> None:
        words = " ".join(text.split())[:80]
        if words and not self.notes:
            self.notes.append(Diagnostic("hidden-not-read", found=words))

    # --- which tables lay out the page -------------------------------------------------------------------------------

    def find_layout(self) -> None:
        """Number the tables, and tell which lay out the page: those in them have as many labels of the form, or more.

        A table of the form may hold a small table in one of its cells.
        """
        tables = self._parser.tags("table")
        plain = self._emptied.tables
        outer: dict[int, int] = {}
        depths: dict[int, int] = {}
        holders: set[int] = set()
        for number, table in enumerate(tables, start=1):
            self._tables[table.mem_id] = number
            if plain and (mark := table.attributes.get(MARK)):
                self._plain[table.mem_id] = plain[int(mark)]
            above = table.parent
            depth = 0
            while above is not None and above.tag != "table":
                self._around.add(above.mem_id)
                if above.tag in _CELLS:
                    holders.add(above.mem_id)
                above = above.parent
                depth += 1
                if depth > self._limits.nesting:
                    raise self._too_deep()
            if above is not None:
                outer[table.mem_id] = above.mem_id
                depth += depths[above.mem_id]
                if depth > self._limits.nesting:
                    raise self._too_deep()
            depths[table.mem_id] = depth
        if len(self._plain) != len(plain):
            # One is in a comment or a script.
            raise NotPlainError
        if not outer:
            return
        self._around.update(outer.values())
        own = {
            table.mem_id: sum(
                cell.mem_id not in holders and bool(labels.find(cell.text().strip()))
                for part in table.iter()
                if part.tag in _GROUPS
                for tr in part.iter()
                for cell in tr.iter()
            )
            for table in tables
        }
        for plain_table, found in self._plain.items():
            own[plain_table] += found.count_labels()
        inner = dict.fromkeys(own, 0)
        for nested, around in reversed(outer.items()):
            inner[around] += own[nested] + inner[nested]
        self._layout = {around for around in outer.values() if own[around] <= inner[around]}
        for holder in map(outer.get, self._plain):
            while holder is not None:
                if holder not in self._layout:
                    # The table is a part of a cell.
                    raise NotPlainError
                holder = outer.get(holder)

    # --- text --------------------------------------------------------------------------------------------------------

    def read(self, root: LexborNode | None = None) -> None:
        """Add the blocks in ``root``, which is the whole page unless given."""
        root = root or self._parser.body
        for item in self._lines(root) if root is not None else ():
            if not isinstance(item, str):
                self._table(item)
            elif item:
                self.line += 1
                self.blocks.append(Paragraph(item, self.line, 0, _ORIGIN))

    def _lines(self, root: LexborNode, in_cell: bool = False) -> Iterator[str | LexborNode]:
        """The lines of text in ``root`` and, among them, the tables that may be data; within a cell all is text."""
        words: list[str] = []
        path = [(root.iter(include_text=True), True, False, False)]
        while path:
            nodes, ends_line, keeps_space, ends_apart = path[-1]
            for node in nodes:
                tag = node.tag
                if tag == "-text":
                    text = node.text_content or ""
                    if keeps_space:
                        *lines, text = text.split("\n")
                        for line in lines:
                            words.append(line)
                            yield from _line(words, keeps_space)
                    if words or not text.isspace():
                        words.append(text)
                    continue
                if tag is None or tag[0] in "-!_":
                    continue
                if in_cell and self._patched and self._is_hidden_piece(node):
                    continue
                is_block = tag in _BLOCKS
                if is_block and words:
                    yield from _line(words, keeps_space)
                if tag in _LEAVES and _BREAK not in (text := node.text(separator=_BREAK)):
                    # Most paragraphs: one piece of text, in whatever elements.
                    if text.isalnum() or not _is_spaced(text):
                        yield text.strip()
                    else:
                        yield from text.split("\n") if _keeps_space(node, keeps_space) else _line([text])
                    continue
                if tag == "table" and not in_cell and node.mem_id not in self._layout:
                    yield node
                    continue
                if not is_block and _style(node).get("display") in BLOCK_DISPLAYS:
                    is_block = True
                    yield from _line(words, keeps_space)
                is_apart = in_cell and (tag in _APART or self._is_apart(node))
                if is_apart:
                    words.append(_BREAK)
                path.append((node.iter(include_text=True), is_block, _keeps_space(node, keeps_space), is_apart))
                if len(path) > self._limits.nesting:
                    raise self._too_deep()
                break
            else:
                path.pop()
                if ends_apart:
                    words.append(_BREAK)
                if ends_line and words:
                    yield from _line(words, keeps_space)

    def _is_apart(self, node: LexborNode) -> bool:
        """Whether its style raises, lowers or conceals what stands in an element, which then is no part of a figure."""
        kind = effect(node.attributes.get("style") or "")
        return node.mem_id in self._concealed or (bool(kind) and (kind != "pale" or self._is_on_white(node)))

    def _is_hidden_piece(self, node: LexborNode) -> bool:
        """Whether the page's own style hides a piece of a cell, which is neither a label nor a part of the page."""
        if self._concealed.get(node.mem_id) != "hidden":
            return False
        text = node.text().strip()
        if len(text) > MAX_PIECE or labels.find(text) or labels.heading(text) or node.css_first("table") is not None:
            return False
        self._note_hidden(text)
        return True

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: LexborNode) -> None:
        """Add the rows of ``table`` itself as a grid, or what is in it if it lays out the page after all."""
        parts = list(table.iter())
        plain = self._plain.get(table.mem_id)
        unseen = self._unseen(parts) if self._hidden else frozenset()
        pictures: list[tuple[list[str], int, str]] = []
        read = [[self._cells_of(tr) for tr in part.iter() if tr.tag == "tr"] for part in parts if part.tag in _GROUPS]
        groups: Sequence[Sequence[GridRow | Iterable[GridCell]]] = read if plain is None else plain.filled(read)
        rows = [cells for group in groups for cells in self._grids.expand(group, unseen, pictures)]
        if is_prose(rows):
            if plain is not None:
                raise NotPlainError
            self.read(table)
            return
        if pictures:
            _mark_pictures(rows, pictures)
        for part in parts:
            if part.tag == "caption":
                self.read(part)
        seen: list[int] | None = None
        if unseen:
            rows, seen = self._without(rows, unseen)
        number = self._tables[table.mem_id]
        found = []
        for at, cells in enumerate(rows, start=1):
            self.line += 1
            origin = Origin(number, at) if seen is None else Origin(number, at, columns=seen)
            found.append(Row(cells, self.line, None, False, origin))
        self.blocks += parted(found)

    def _cells_of(self, tr: LexborNode) -> Iterator[GridCell]:
        """The cells of a row."""
        patched, pictured = self._patched, self._pictured
        for cell in tr.iter():
            text = cell.text(separator=_BREAK)
            if patched or not text.isdigit():
                is_plain = _BREAK not in text and not (patched and cell.mem_id in patched)
                text = _tidy(text) if is_plain else self._text(cell)
                if not text and cell.tag not in _CELLS:
                    # A form or a hidden field.
                    continue
            marks = cell.attributes
            picture = pictured.get(cell.mem_id, "") if pictured and not text else ""
            yield text, span(marks.get("colspan")), span(marks.get("rowspan")), picture

    def _text(self, cell: LexborNode) -> str:
        """The words of a cell that has more than one piece of text, or pieces that are hidden or can't be seen."""
        text = _tidy(" ".join(line for line in self._lines(cell, in_cell=True) if isinstance(line, str)))
        is_shown = cell.mem_id not in self._faded or not text or _APART_MARK in text or labels.find(text)
        return text if is_shown else _APART_MARK + text

    def _unseen(self, parts: list[LexborNode]) -> frozenset[int]:
        """The columns, from 0, that the ``col`` and ``colgroup`` of a table hide."""
        hidden: list[bool] = []
        for group in parts:
            if group.tag == "colgroup":
                for col in [part for part in group.iter() if part.tag == "col"] or [group]:
                    width = span(col.attributes.get("span")) or 1
                    self._grids.check_span(width)
                    self._grids.count(width)
                    hidden.extend([col.mem_id in self._hidden or group.mem_id in self._hidden] * width)
        return frozenset(column for column, is_hidden in enumerate(hidden) if is_hidden)

    def _without(self, rows: list[Sequence[str]], unseen: frozenset[int]) -> tuple[list[Sequence[str]], list[int]]:
        """``rows`` without the columns ``unseen``, and the numbers of the others."""
        width = max(map(len, rows))
        seen = [column for column in range(width) if column not in unseen]
        self._note_hidden(" ".join(cells[column] for cells in rows for column in unseen if column < len(cells)))
        shown: list[Sequence[str]] = [[cells[column] for column in seen if column < len(cells)] for cells in rows]
        return shown, [column + 1 for column in seen]

    def _too_deep(self) -> LimitError:
        return self._limits.passed("nesting", f"more than {self._limits.nesting} elements in each other")

    # --- links -------------------------------------------------------------------------------------------------------

    def attachments(self) -> list[str]:
        """The addresses, as written, of documents that the page links to or shows in a frame; each once."""
        links = [node.attributes.get("href") or "" for node in self._parser.css("[href]")]
        embedded = [node.attributes.get("src") or "" for node in self._parser.css("embed")]
        found = (link.strip() for link in (*links, *embedded, *self.frames))
        return list(dict.fromkeys(link for link in found if _ATTACHED.search(link)))


def _mark_pictures(rows: list[Sequence[str]], pictures: list[tuple[list[str], int, str]]) -> None:
    """Write into ``rows`` what ``pictures`` show where a figure may stand."""
    wordless = Counter(id(cells) for cells, _, _ in pictures if not any(map(str.strip, cells)))
    few = max(1, max(map(len, rows)) // 2)
    words = list(filter(None, chain.from_iterable(rows)))
    # An icon among the figures of a table is no row of it. Where it has none, what it shows may be all of them.
    is_bare = any(map(labels.find, words)) and not any(map(_is_figure, words))
    figures = {row for row, number in wordless.items() if number > few or is_bare}
    for cells, at, name in pictures:
        if id(cells) in figures or _takes_figure(cells, at):
            cells[at] = f"<{name}>"


def _takes_figure(cells: list[str], at: int) -> bool:
    """Whether a figure may stand at a place in a row: behind all its labels, if it has one of a row or figures."""
    if any(map(labels.find, cells[at:])):
        return False
    return any(map(_is_figure, cells)) or any(label.kind == "row" for cell in cells for label in labels.find(cell))


def _is_figure(text: str) -> bool:
    return text.isdigit() or text in NOT_APPLICABLE_MARKS


def _line(words: list[str], keeps_space: bool = False) -> list[str]:
    """The line that ``words`` make, which may be empty; they are used up."""
    text = "".join(words)
    words.clear()
    if _BREAK in text:
        # 5 with a small 1 beside it is neither 51 nor 15.
        text = _APART_MARK.join(filter(None, map(str.strip, text.split(_BREAK))))
    if keeps_space and not text.isspace():
        return [text]
    return [(_SPACES.sub(" ", text) if _is_spaced(text) else text).strip()]


def _is_spaced(text: str) -> bool:
    """Whether a browser shows the white space of a text otherwise than it stands."""
    return "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text


def _keeps_space(node: LexborNode, around: bool) -> bool:
    """Whether white space stands in an element as it is written; ``around`` says so of what is around it."""
    space = _style(node).get("white-space")
    return around or node.tag in _SPACE_KEPT if space is None else space.startswith(("pre", "break-spaces"))


def _has_ground(node: LexborNode) -> bool:
    """Whether an element has a background of its own that is not white."""
    marks, style = node.attributes, _style(node)
    grounds = (style.get("background"), style.get("background-color"), marks.get("bgcolor"))
    return "background" in marks or not all(NO_GROUND.fullmatch((ground or "").lower()) for ground in grounds)


def _words(pending: list[LexborNode]) -> Iterator[LexborNode]:
    """All pieces of text in some elements, each once; the list is used up."""
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


def _is_hidden_field(node: LexborNode) -> bool:
    return node.tag == "input" and (node.attributes.get("type") or "").lower() == "hidden"


def _empty(node: LexborNode) -> None:
    for child in list(node.iter(include_text=True)):
        child.decompose()


def _labels_in(node: LexborNode | None) -> Counter[tuple[labels.Label, ...]]:
    """How often each label of the form is in a cell in ``node``."""
    cells = node.css("td, th") if node is not None else []
    return Counter(filter(None, (labels.find(cell.text().strip()) for cell in cells)))


@lru_cache(maxsize=4096)
def _tidy(text: str) -> str:
    """The words of a cell; white space stays visible as one space, for it may be all that parts two figures."""
    return " ".join(text.split())


def _style(node: LexborNode) -> Mapping[str, str]:
    """The declarations in the ``style`` of an element."""
    return declarations(node.attributes.get("style") or "")


def _found(parser: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """What a selector stands for; of one that is none a browser passes over the rule."""
    from selectolax.lexbor import SelectolaxError

    try:
        return parser.css(selector)
    except SelectolaxError:
        return []


def _may_stand_in(node: LexborNode, holders: list[set[int]]) -> bool:
    """Whether one of each of ``holders`` is around an element, or it is too deep to say."""
    around: set[int] = set()
    above = node.parent
    while above is not None and len(around) < MAX_AROUND:
        around.add(above.mem_id)
        above = above.parent
    return above is not None or not any(map(around.isdisjoint, holders))
