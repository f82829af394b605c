"""One sheet of a workbook: its filled cells, and what of them a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.etree import ElementTree

from attrs import define

from ...grid import Grids, covers
from ...limits import Limits
from ...messages import Phrase, more_than
from ...template.labels import ESCAPE
from .parts import broken
from .values import Values, is_on

FULL = 4000
"""Characters of a cell that is full when we write it: its text goes on in the row below, which begins with the mark of
an escape. Spreadsheets allow 32,767, escapes in it counted.
"""

TAGS_OF_A_CELL = 8
"""Its own and those of its value, formula, text and runs, beginning and end, and its share of those of its row."""

MAX_AREAS = 1000
"""Areas of conditional formats that are looked at."""

ROWS, COLUMNS = 1_048_576, 16_384
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)

Place = tuple[int, int]
"""Row and column, from 1."""

Area = tuple[Place, Place]
"""The first cell of a range, and the last."""


class Counts(Grids[str]):
    """Counts what the sheets of a workbook hold together; raises ``LimitError`` where it is too much."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, covers)
        self._tags = 0
        self._characters = 0

    def count_tags(self, tags: int) -> None:
        """Count the tags of a sheet before a tree is built of it: more than its cells can have are made to do harm."""
        self._tags += tags
        most = self._limits.cells
        if self._tags > most * TAGS_OF_A_CELL:
            found = Phrase(f"more tags than {most} cells have", f"标签多于{most}个单元格所需")
            raise self._limits.passed("cells", found)

    def count_text(self, text: str) -> None:
        """Count the words of a cell: one string of a few bytes can stand in every cell."""
        self._characters += len(text)
        if self._characters > self._limits.unzipped_bytes:
            found = more_than(self._limits.unzipped_bytes, "characters", "in cells", "单元格中")
            raise self._limits.passed("unzipped_bytes", found)


@define(eq=False)
class Line:
    """A row that is seen: column → words. It has none where cells are drawn and empty."""

    number: int
    cells: dict[int, str]
    right: int
    """The last column that is filled, merged cells as wide as they are; 0 where none is."""
    drawn: int
    """The last column that has a cell, filled or not."""
    is_adjacent: bool
    """True if it stands directly below the line before it."""
    covered: dict[int, str] | None
    """Columns of the merged cells with a figure that reach into the line; None where there are none."""
    white: Iterable[int] = ()
    """Columns of the cells that hold nothing but white space."""
    below: Line | None = None
    """The next line that has words."""

    @property
    def left(self) -> int:
        """Return the first column that is filled."""
        return min(self.cells)

    @property
    def first(self) -> str:
        """Return the words there."""
        return self.cells[self.left]

    @property
    def is_single(self) -> bool:
        """Return whether one column alone is filled."""
        return len(self.cells) == 1


class Sheet:
    """The filled cells of one sheet, and what of them is seen."""

    def __init__(self, root: ElementTree.Element, values: Values, counts: Counts) -> None:
        self._values = values
        self._counts = counts
        self._cells: dict[Place, str] = {}
        self._white: dict[int, set[int]] = {}
        """Row → columns of the cells that hold nothing but white space."""
        self._drawn: dict[int, int] = {}
        self._reach: dict[Place, int] = {}
        self._buried: list[Place] = []
        """Filled, and under a merged cell."""
        self._covered: dict[int, dict[int, str]] = {}
        """Row → columns of the merged cells with a figure that reach into it, and what stands there."""
        self._hidden_rows: set[int] = set()
        self._last_row = 0
        self.hidden_columns: set[int] = _hidden_columns(root)
        view = root.find("{*}sheetViews/{*}sheetView")
        self._shows_zeros = view is None or is_on(view, "showZeros", "1")
        self._doubtful = _conditional_areas(root, values.hiding)
        """Areas in which a condition may hide what is in a cell, or show it as something else."""
        for line in root.iterfind("{*}sheetData/{*}row"):
            self._fill(line)
        self._merge([_area(element.get("ref", "")) for element in root.iterfind("{*}mergeCells/{*}mergeCell")])

    def _fill(self, line: ElementTree.Element) -> None:
        row = _count(line.get("r", str(self._last_row + 1)), ROWS)
        self._last_row = row
        if _is_hidden(line, "ht"):
            self._hidden_rows.add(row)
        column = 0
        for cell in line.iterfind("{*}c"):
            self._counts.count(1)
            name = cell.get("r")
            place = (row, column + 1) if name is None else _place(name)
            column = place[1]
            if place[0] != row or place in self._cells:
                zh = f"单元格{name}在第{row}行，或重复出现"
                raise broken(Phrase(f"the cell {name} in row {row}, or twice", zh))
            self._drawn[row] = max(self._drawn.get(row, 0), column)
            is_doubtful = any(_is_within(place, area) for area in self._doubtful)
            text = self._values.text(cell, is_doubtful, self._shows_zeros)
            self._counts.count_text(text)
            if text and not text.isspace():
                self._cells[place] = text
            elif text:
                self._white.setdefault(row, set()).add(column)

    def _merge(self, areas: list[Area]) -> None:
        """Leave of each area its first cell, in the first place of the area that is seen."""
        # Beyond what is filled all is empty, however far an area claims to go.
        bottom = max((row for row, _ in self._cells), default=0)
        filled = (column for _, column in self._cells)
        right = max(chain(filled, *self._white.values()), default=0)
        for first, last in areas:
            rows = range(first[0], min(last[0], bottom) + 1)
            columns = range(first[1], min(last[1], right) + 1)
            self._counts.count(len(rows) * len(columns))
            text = self._cells.pop(first, None)
            for place in ((row, column) for row in rows for column in columns):
                self._white.get(place[0], set()).discard(place[1])
                if self._cells.pop(place, None) is not None:
                    self._buried.append(place)
            if text is not None:
                self._put(text, first, rows, columns)

    def _put(self, text: str, first: Place, rows: range, columns: range) -> None:
        """Put the words of a merged cell into the first of its places that is seen, and mark the others."""
        seen_rows = [row for row in rows if row not in self._hidden_rows]
        seen_columns = [column for column in columns if column not in self.hidden_columns]
        if not (seen_rows and seen_columns):
            self._cells[first] = text
            return
        self._cells[seen_rows[0], seen_columns[0]] = text
        self._reach[seen_rows[0], seen_columns[0]] = seen_columns[-1]
        beside, below = covers(text)
        for row in seen_rows if beside else ():
            mark = beside if row == seen_rows[0] else below
            self._covered.setdefault(row, {}).update(dict.fromkeys(seen_columns, mark))

    def hidden(self) -> Iterator[str]:
        """Ranges with words that are not seen, as a spreadsheet names them: rows, columns, cells under merged ones."""
        for row in sorted({row for row, _ in self._cells if row in self._hidden_rows}):
            yield f"{row}:{row}"
        for column in sorted({column for _, column in self._cells if column in self.hidden_columns}):
            yield f"{_letters(column)}:{_letters(column)}"
        for row, column in sorted(self._buried):
            yield f"{_letters(column)}{row}"

    def lines(self) -> list[Line]:
        """The rows that are seen, filled or drawn, from top to bottom."""
        cells: dict[int, dict[int, str]] = {row: {} for row in self._drawn}
        for (row, column), text in self._cells.items():
            if column not in self.hidden_columns:
                cells.setdefault(row, {})[column] = text
        lines: list[Line] = []
        expected = 0
        for row in sorted(cells.keys() - self._hidden_rows):
            filled = cells[row]
            right = max((self._reach.get((row, column), column) for column in filled), default=0)
            is_adjacent, covered, white = row == expected, self._covered.get(row), self._white.get(row, ())
            lines.append(Line(row, filled, right, self._drawn.get(row, 0), is_adjacent, covered, white))
            expected = row + 1
            while expected in self._hidden_rows:
                expected += 1
        return _joined(lines)


def _joined(lines: list[Line]) -> list[Line]:
    """``lines`` with texts that go on from a full cell put together, each knowing the next that has words."""
    found: list[Line] = []
    is_full = False
    for line in lines:
        text = line.first if line.is_single else ""
        if is_full and line.is_adjacent and text.startswith(ESCAPE):
            above = found[-1]
            above.cells[above.left] += text[len(ESCAPE) :]
        else:
            found.append(line)
        is_full = len(text) == FULL
    below: Line | None = None
    for line in reversed(found):
        line.below = below
        below = line if line.cells else below
    return found


# --- places --------------------------------------------------------------------------------------------------------


def _place(name: str) -> Place:
    match = _CELL.fullmatch(name)
    if match is None:
        raise broken(Phrase(f"a cell named {name[:20]!r}", f"单元格名称{name[:20]!r}"))
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return _count(match[2], ROWS), _count(str(column), COLUMNS)


def _area(name: str) -> Area:
    first, _, last = name.partition(":")
    return _place(first), _place(last or first)


def _is_within(place: Place, area: Area) -> bool:
    (top, left), (bottom, right) = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _hidden_columns(root: ElementTree.Element) -> set[int]:
    hidden: set[int] = set()
    right = 0
    for element in root.iterfind("{*}cols/{*}col"):
        first, last = (_count(element.get(name, ""), COLUMNS) for name in ("min", "max"))
        if first <= right:
            raise broken(Phrase(f"the column {first} comes again", f"第{first}列重复出现"))
        right = last
        if _is_hidden(element, "width"):
            hidden.update(range(first, last + 1))
    return hidden


def _conditional_areas(root: ElementTree.Element, hiding: frozenset[str]) -> list[Area]:
    """Return the areas of the conditional formats that are among those which hide something."""
    if not hiding:
        return []
    found: list[Area] = []
    for condition in root.iterfind("{*}conditionalFormatting"):
        if any(rule.get("dxfId") in hiding for rule in condition.iterfind("{*}cfRule")):
            found.extend(_area(name) for name in condition.get("sqref", "").split()[:MAX_AREAS])
    return found[:MAX_AREAS]


def _count(text: str, largest: int) -> int:
    """The number of a row or column."""
    number = int(text) if re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII) else 0
    if not 0 < number <= largest:
        raise broken(Phrase(f"a row or column numbered {text[:20]!r}", f"行号或列号{text[:20]!r}"))
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_hidden(element: ElementTree.Element, size: str) -> bool:
    """Return whether a row or column is hidden, or has the ``size`` 0."""
    return is_on(element, "hidden") or element.get(size, "1").strip("0.") == ""
