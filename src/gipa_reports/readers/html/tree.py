"""The tables of a page: which hold data, which only lay out the page, and what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ...limits import Limits
from ...messages import Phrase
from ...template import labels

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

CELLS = frozenset(("td", "th"))
GROUPS = frozenset(("thead", "tbody", "tfoot"))
GRID = frozenset(("table", *GROUPS, "tr", *CELLS))

Elements = Mapping[str, list["LexborNode"]]
"""Name → the elements that have it, in order."""

LabelCounts = Counter[tuple[labels.Label, ...]]


def elements(parser: LexborHTMLParser, names: Iterable[str]) -> Elements:
    """Return the elements of a page that have some names."""
    found: dict[str, list[LexborNode]] = {}
    for node in parser.css(", ".join(names)):
        found.setdefault(node.tag or "", []).append(node)
    return found


class Tree:
    """A parsed page with its tables numbered and told apart.

    Tables that lay out the page are those in which stand tables with as many labels of the form as they have
    themselves, or more. A table of the form may hold a small table in one of its cells.
    """

    def __init__(self, parser: LexborHTMLParser, tables: list[LexborNode], limits: Limits) -> None:
        self.parser = parser
        self._limits = limits
        self.numbers: dict[int, int] = {}
        """Table → its number in the page, from 1."""
        self.layout: set[int] = set()
        """The tables that lay out the page."""
        self.around: set[int] = set()
        """Elements that a table stands in."""
        self._inner: list[LexborNode] = []
        self._cells: dict[int, LexborNode | None] = {}
        """Element → the cell of a table of data that what is in it stands in."""
        self._labels: LabelCounts | None = None
        self._find_layout(tables)

    def check_depth(self, depth: int) -> None:
        """Raise ``LimitError`` where elements stand in each other too deep."""
        most = self._limits.nesting
        if depth > most:
            found = Phrase(f"more than {most} elements in each other", f"元素嵌套超过{most}层")
            raise self._limits.passed("nesting", found)

    def inner_tables(self) -> list[LexborNode]:
        """Return the tables that stand in a cell of a table of data, the innermost first."""
        return [table for table in reversed(self._inner) if self.data_cell(table) is not None]

    def data_cell(self, node: LexborNode) -> LexborNode | None:
        """Return the cell of a table of data that an element stands in; None where it stands in none."""
        parent = node.parent
        if parent is None:
            return None
        if parent.mem_id not in self._cells:
            self._cells[parent.mem_id] = self._data_cell_above(parent)
        return self._cells[parent.mem_id]

    def _data_cell_above(self, node: LexborNode) -> LexborNode | None:
        cell: LexborNode | None = None
        above: LexborNode | None = node
        depth = 0
        while above is not None:
            if cell is None and above.tag in CELLS:
                cell = above
            elif above.tag == "table":
                if cell is not None and above.mem_id not in self.layout:
                    return cell
                cell = None
            above = above.parent
            depth += 1
            self.check_depth(depth)
        return None

    def holds_report(self, node: LexborNode) -> bool:
        """Return whether most labels of the form in ``node``, around a table, stand nowhere else in the page.

        A script will show such a part, or a tag was never closed. What stands there twice is a hidden copy.
        """
        if node.mem_id not in self.around:
            return False
        if self._labels is None:
            self._labels = _labels_in(self.parser.root)
        inside = _labels_in(node)
        outside = self._labels - inside
        if sum(label not in outside for label in inside) * 2 > len(inside):
            return True
        self._labels = outside
        return False

    def _find_layout(self, tables: list[LexborNode]) -> None:
        outer: dict[int, int] = {}
        depths: dict[int, int] = {}
        holders: set[int] = set()
        for number, table in enumerate(tables, start=1):
            self.numbers[table.mem_id] = number
            depth = self._climb(table, outer, depths, holders)
            depths[table.mem_id] = depth
        if not outer:
            return
        self.around.update(outer.values())
        self._inner = [table for table in tables if table.mem_id in outer]
        own = {table.mem_id: _own_labels(table, holders) for table in tables}
        inner = dict.fromkeys(own, 0)
        for nested, around in reversed(outer.items()):
            inner[around] += own[nested] + inner[nested]
        self.layout.update(around for around in outer.values() if own[around] <= inner[around])

    def _climb(self, table: LexborNode, outer: dict[int, int], depths: dict[int, int], holders: set[int]) -> int:
        """Note what a table stands in, up to the next table; return how deep it stands."""
        depth = 0
        above = table.parent
        while above is not None and above.tag != "table":
            self.around.add(above.mem_id)
            if above.tag in CELLS:
                holders.add(above.mem_id)
            above = above.parent
            depth += 1
            self.check_depth(depth)
        if above is not None:
            outer[table.mem_id] = above.mem_id
            depth += depths[above.mem_id]
            self.check_depth(depth)
        return depth


def _own_labels(table: LexborNode, holders: set[int]) -> int:
    """Count the cells of a table itself that are a label of the form; ``holders`` are cells that hold tables."""
    return sum(
        cell.mem_id not in holders and bool(labels.find(cell.text().strip()))
        for part in table.iter()
        if part.tag in GROUPS
        for tr in part.iter()
        for cell in tr.iter()
    )


def _labels_in(node: LexborNode | None) -> LabelCounts:
    """Count how often each label of the form is in a cell in ``node``."""
    cells: Iterable[LexborNode] = node.css("td, th") if node is not None else ()
    return Counter(filter(None, (labels.find(cell.text().strip()) for cell in cells)))
