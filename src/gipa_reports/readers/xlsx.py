"""XLSX files: what a person sees on the sheets, tables as grids with merged cells, every other line a paragraph.

The parts are read as they are: python-calamine ends the process on two filled cells far apart and gives errors and
formulas never calculated as empty cells, openpyxl takes 17 seconds for a file of 10 KB; both are asked in the tests.

Not read, but noted, is what is hidden: sheets, rows and columns. A number is what the file holds, with the words that
its format shows beside it, such as a unit. What is a number and no figure comes marked as a literal text, so that it is
never taken for one: more than 15 significant digits, which no spreadsheet keeps, formulas without a result, and what a
format shows as another number, thousands or percent, or not at all. Words in a cell that are raised, lowered or struck
out, or white beside others or on no fill, stand in square brackets.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from xml.etree import ElementTree

from attrs import Factory, define, evolve, frozen

from ..diagnostics import Diagnostic
from ..document import COVERED, COVERED_BELOW, Block, Document, Origin, Paragraph, Row, Table
from ..errors import ReadError
from ..limits import Limits
from ..template import labels
from ..template.labels import ESCAPE, LITERAL
from .encoding import split_lines
from .package import Package, kind, open_package

FULL = 4000
"""Characters of a cell that is full when we write it: its text goes on in the row below, which begins with the mark of
an escape. Spreadsheets allow 32,767, escapes in it counted.
"""

MAX_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""

TAGS_OF_A_CELL = 8
"""Its own and those of its value, formula, text and runs, beginning and end, and its share of those of its row."""

MAX_FORMAT_CODE = 255
"""Characters that a number format can have."""

MAX_ASIDE = 40
"""Characters of a line between the rows of a table that may be a row of it; a longer one is prose."""

_ROWS, _COLUMNS = 1_048_576, 16_384
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF = ("0", "false", "baseline")
"""Values of a property of a font that is there and does nothing."""

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the built-in formats for dates and times, those of East Asian editions too."""
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile("[ymdhs]", re.IGNORECASE)

_CODES = {**dict.fromkeys(("9", "10"), "0%"), **dict.fromkeys(("5", "6", "7", "8", "42", "44"), "¤0")}
"""Numbers of the built-in formats that show more than digits → such a format."""
_WORDS_OF_CODE = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
"""Words in a number format, as they are quoted, and what stands for no words: room, filling, colours, conditions."""
_SHOWN_NUMBER = re.compile(r"General|G/\w{4}|[#0?.](?:[#0?.,/ ]|E[+-])*", re.IGNORECASE)
_GENERAL = re.compile(r"(?:\[[^\]$]*\])*")
"""A format, or its colours and conditions alone, that shows a number as if there were none."""
_SEEN = {
    **dict.fromkeys("+-", re.compile("General|G/|[#0?@]", re.IGNORECASE)),
    # Of signs for digits only a 0 shows zero; a dash is how accounts do.
    "0": re.compile("General|G/|[0@—–-]", re.IGNORECASE),
    "@": re.compile("General|G/|@", re.IGNORECASE),
}
"""Sign of ``_Look.unshown`` → what shows it in its part of a format."""
_OTHER_NUMBER = re.compile(r",\s*\Z|,\.")
"""A comma that divides by a thousand: it stands behind the last digit, or that before the point."""


def sniff(content: bytes) -> bool:
    """Whether the content is a file of this format."""
    return kind(content) == "xlsx"


def read_document(content: bytes, limits: Limits) -> Document:
    """The blocks of a file. Raises what ``open_package`` does, and ``LimitError`` past ``cells``."""
    package = open_package(content, limits, "xlsx")
    main = package.main()
    workbook = _root(package, main)
    parts = package.targets(main, "worksheet")
    others = package.targets(main, "chartsheet") | package.targets(main, "dialogsheet")
    values = _values(package, main, workbook)
    book = _Book(limits)
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        name = sheet.get("name", "")
        target = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        if target in others:
            continue
        if target not in parts:
            raise _broken(f"the sheet {name[:40]!r} is missing or damaged")
        if sheet.get("state", "visible") != "visible":
            book.note(name)
            continue
        book.count_tags(package.parts[parts[target]].count(b"<"))
        grid = _Sheet(_root(package, parts[target]), values, book)
        book.add(name, grid.lines(), grid.hidden_columns)
        if unseen := ", ".join(islice(grid.hidden(), 10)):
            book.note(f"{name}!{unseen}")
    # A package that unpacks is whole: unlike a text, it is not cut off where it ends with a table.
    return Document(book.blocks, book.line + 1, book.notes)


def _root(package: Package, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(package.parts[name])  # noqa: S314 - checked when the package was opened
    except ElementTree.ParseError as error:
        # Prefixes of names are looked at here only.
        raise _broken(f"{name} is no XML: {error}") from None


def _broken(found: str) -> ReadError:
    return ReadError(
        f"the workbook is damaged: {found}", code="broken-package", expected="a whole workbook", found=found
    )


# --- values --------------------------------------------------------------------------------------------------------


@frozen
class _Values:
    """What the cells of a workbook share. ``calculated`` says whether the results of formulas are to be believed."""

    strings: tuple[str, ...]
    looks: dict[str, _Look]
    """Number of a style → how it shows what is in a cell."""
    epoch: datetime
    calculated: bool

    def text(self, cell: ElementTree.Element) -> str:
        """The words of a cell as its text, as its style shows them; empty for an empty one."""
        look = self.looks.get(cell.get("s", "0"), _OTHER)
        text = self._content(cell, look)
        if not (look.unshown or look.is_set_apart) or not text.strip():
            return text
        if "@" in look.unshown and cell.get("t", "n") != "n":
            text = LITERAL + text
        return f"[{text}]" if look.is_set_apart else text

    def _content(self, cell: ElementTree.Element, look: _Look) -> str:
        formula = value = inline = None
        for child in cell:
            name = child.tag.rpartition("}")[2]
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child.text or ""
            elif name == "is":
                inline = child
        kind = cell.get("t", "n")
        if formula is not None and (not self.calculated or value is None or (value == "" and kind != "str")):
            return f"{LITERAL}={formula}"
        if kind == "inlineStr":
            return "" if inline is None else _words(inline)
        if not value:
            return ""
        if kind == "s":
            return self._string(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "n":
            return self._number(value.strip(), look)
        return _unescaped(value)

    def _string(self, index: str) -> str:
        if not (index.isascii() and index.isdigit() and len(index) < 8 and int(index) < len(self.strings)):
            raise _broken(f"there is no text {index[:20]!r}")
        return self.strings[int(index)]

    def _number(self, text: str, look: _Look) -> str:
        if look.is_date and _NUMBER.fullmatch(text):
            return self._date(text)
        number = number_text(text)
        if number is None or (look.unshown and _sign(number) in look.unshown):
            return LITERAL + text
        return look.before + number + look.after

    def _date(self, text: str) -> str:
        """A date and time of day; one without the other where that is all there is."""
        days = float(text)
        try:
            moment = self.epoch + timedelta(seconds=round(days * 86_400))
        except OverflowError:
            return LITERAL + text
        if 0 <= days < 1:
            return f"{moment:%H:%M:%S}"
        return moment.date().isoformat() + (f" {moment:%H:%M:%S}" if moment.time() != time() else "")


def number_text(text: str) -> str | None:
    """A number of a cell in the plain digits that are shown of it; None for what is none that a spreadsheet keeps."""
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text)
    # Programs write 17 digits, for that is what it takes to name the number that has 15.
    if not math.isfinite(number) or _significant(Decimal(text)) - 2 > MAX_DIGITS:
        return None
    shown = Decimal(f"{number:.{MAX_DIGITS}g}")
    # A sum of amounts is the number next to theirs, or the next but one: 36.849999999999994.
    if abs(shown) >= 10**MAX_DIGITS or abs(float(shown) - number) > 2 * math.ulp(number):
        return None
    plain = f"{shown:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if not number else plain


def _sign(number: str) -> str:
    return number if number == "0" else "-" if number[0] == "-" else "+"


def _significant(number: Decimal) -> int:
    return len("".join(map(str, number.as_tuple().digits)).strip("0")) or 1


def _values(package: Package, main: str, workbook: ElementTree.Element) -> _Values:
    properties = workbook.find("{*}workbookPr")
    calculation = workbook.find("{*}calcPr")
    strings = [_words(item) for name in package.related(main, "sharedStrings") for item in _root(package, name)]
    return _Values(
        tuple(strings),
        {"0": _PLAIN, **{str(style): look for style, look in enumerate(_looks(package, main))}},
        datetime(1904, 1, 1) if _is_on(properties, "date1904") else datetime(1899, 12, 30),
        # Programs that can't calculate write 0 as the result, and ask for it to be worked out when the file is opened.
        not _is_on(calculation, "fullCalcOnLoad"),
    )


def _is_on(element: ElementTree.Element | None, name: str) -> bool:
    return element is not None and element.get(name, "0") in ("1", "true")


def _words(item: ElementTree.Element) -> str:
    """The text of a string, plain or in runs; how it is to be pronounced is left out."""
    found: list[str] = []
    runs: list[ElementTree.Element] = []
    for child in item:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            found.append(_unescaped(child.text or ""))
        elif name == "r":
            runs.append(child)
    return "".join(found) + "".join(_shown_runs(runs))


def _shown_runs(runs: list[ElementTree.Element]) -> Iterator[str]:
    """The texts of runs. White ones are set apart beside others; alone they may stand on a dark ground."""
    fonts = [run.find("{*}rPr") for run in runs]
    is_mixed = not all(map(_is_white, fonts))
    for run, font in zip(runs, fonts, strict=True):
        text = "".join([_unescaped(part.text or "") for part in run.iterfind("{*}t")])
        is_apart = _is_set_apart(font) or (is_mixed and _is_white(font))
        yield f"[{text}]" if is_apart and text.strip() else text


def _is_set_apart(font: ElementTree.Element | None) -> bool:
    """Whether words in a font are raised, lowered or struck out."""
    marks = [] if font is None else [*font.iterfind("{*}strike"), *font.iterfind("{*}vertAlign")]
    return any(mark.get("val", "1") not in _OFF for mark in marks)


def _is_white(font: ElementTree.Element | None) -> bool:
    colour = None if font is None else font.find("{*}color")
    return colour is not None and colour.get("rgb", "").upper().endswith("FFFFFF")


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@frozen
class _Look:
    """How a style shows what is in a cell: a number as a date, or with words before and behind it."""

    is_date: bool = False
    before: str = ""
    after: str = ""
    unshown: str = ""
    """What is not to be seen: ``+`` numbers above zero, ``-`` those below it, ``0`` zero, ``@`` texts."""
    is_set_apart: bool = False
    """Whether all of it is raised, lowered, struck out, or white on no fill."""


_PLAIN = _Look()
_OTHER = _Look(before=LITERAL)
"""Of a format that shows another number than the cell holds, and of a style that there is not."""


def _looks(package: Package, main: str) -> Iterator[_Look]:
    for name in package.related(main, "styles"):
        styles = _root(package, name)
        codes = {
            form.get("numFmtId", ""): form.get("formatCode", "")[:MAX_FORMAT_CODE]
            for form in styles.iterfind("{*}numFmts/{*}numFmt")
        }
        looks = {number: _look(code) for number, code in {**_CODES, **codes}.items()}
        for number in _DATES:
            looks.setdefault(str(number), _Look(is_date=True))
        fonts = list(styles.iterfind("{*}fonts/{*}font"))
        apart = {str(number) for number, font in enumerate(fonts) if _is_set_apart(font)}
        white = {str(number) for number, font in enumerate(fonts) if _is_white(font)}
        for style in styles.iterfind("{*}cellXfs/{*}xf"):
            look = looks.get(style.get("numFmtId", "0"), _PLAIN)
            # The first fill of every workbook is none.
            is_filled = style.get("fillId", "0") != "0"
            font = style.get("fontId", "0")
            yield evolve(look, is_set_apart=True) if font in apart or (font in white and not is_filled) else look


def _look(code: str) -> _Look:
    if _DATE_CODE.search(_NO_CODE.sub("", code)):
        return _Look(is_date=True)
    if _GENERAL.fullmatch(code):
        return _PLAIN
    sections = _WORDS_OF_CODE.sub(_words_of_code, code).split(";")
    found = {look for section in sections if (look := _look_of_section(section)) is not None} or {_PLAIN}
    # Where it depends on the number what is shown beside it, or whether another is shown, none is to be believed.
    look = found.pop() if len(found) == 1 else _OTHER
    unshown = _unshown(sections, re.search(r"\[[<=>]", code) is not None)
    return evolve(look, unshown=unshown) if unshown else look


def _unshown(sections: list[str], is_conditional: bool) -> str:
    """What a format does not show, for its part of it is empty, or words alone; see ``_Look.unshown``."""
    numbers, texts = sections[:3], sections[3:]
    if len(numbers) > 1 and "@" in numbers[-1]:
        texts = [numbers.pop()]
    # Where there is no part for them, numbers below zero and zero are shown as those above it.
    parts = numbers[0], numbers[1 % len(numbers)], numbers[2 % len(numbers)], *texts
    found = "".join([kind for part, (kind, seen) in zip(parts, _SEEN.items(), strict=False) if not seen.search(part)])
    # Which part is whose is then for the conditions to say.
    return found + "+-0" if is_conditional and found.strip("@") else found


def _words_of_code(match: re.Match[str]) -> str:
    """The words in a piece of a format; what changes the number if it stands there as words comes as a percent sign."""
    return re.sub(r"[\d#?.,;@]", "%", match[1] or match[2] or match[3] or "")


def _look_of_section(section: str) -> _Look | None:
    """How a part of a format, for numbers above zero, below zero or zero, shows them; None where it shows no digits."""
    match = _SHOWN_NUMBER.search(section)
    if match is None:
        return None
    before, after = (re.sub(r"[\s()+-]", "", words) for words in (section[: match.start()], section[match.end() :]))
    changed = _OTHER_NUMBER.search(match[0]) or re.search("[%#0?]", before + after)
    return _OTHER if changed else _Look(False, before, after)


# --- sheets --------------------------------------------------------------------------------------------------------

Place = tuple[int, int]
"""Row and column, from 1."""


@define(eq=False)
class _Line:
    """A row that is seen: column → words. It has none where cells are drawn and empty."""

    number: int
    cells: dict[int, str]
    right: int
    """The last column that is filled, merged cells as wide as they are; 0 where none is."""
    drawn: int
    """The last column that has a cell, filled or not."""
    is_adjacent: bool
    """Whether it stands directly below the line before it."""
    covered: dict[int, str] | None
    """Columns of the merged cells with a figure that reach into the line; None where there are none."""
    below: _Line | None = None
    """The next line that has words."""

    @property
    def left(self) -> int:
        return min(self.cells)

    @property
    def first(self) -> str:
        return self.cells[self.left]

    @property
    def is_single(self) -> bool:
        return len(self.cells) == 1


@define
class _Rows:
    """Lines that stand together and are rows, and the columns that they fill."""

    lines: list[_Line] = Factory(list)
    left: int = _COLUMNS
    right: int = 0

    def append(self, line: _Line) -> None:
        self.lines.append(line)
        if line.cells:
            self.left = min(self.left, line.left)
            self.right = max(self.right, line.right)


@define
class _Book:
    """The blocks of all sheets. ``line`` counts blocks: each sheet has rows of its own."""

    limits: Limits
    blocks: list[Block] = Factory(list)
    notes: list[Diagnostic] = Factory(list)
    line: int = 0
    _cells: int = 0
    _tags: int = 0
    _characters: int = 0

    def count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > self.limits.cells:
            raise self.limits.passed("cells", f"more than {self.limits.cells} cells")

    def count_tags(self, tags: int) -> None:
        """Before a tree is built of a sheet: what has more tags than its cells can have is made to do harm."""
        self._tags += tags
        if self._tags > self.limits.cells * TAGS_OF_A_CELL:
            raise self.limits.passed("cells", f"more tags than {self.limits.cells} cells have")

    def count_text(self, text: str) -> None:
        """One string of a few bytes can stand in every cell."""
        self._characters += len(text)
        if self._characters > self.limits.unzipped_bytes:
            raise self.limits.passed("unzipped_bytes", f"more than {self.limits.unzipped_bytes} characters in cells")

    def note(self, what: str) -> None:
        """Say that something with words in it is hidden and was not read."""
        self.notes.append(Diagnostic("hidden-not-read", found=what))

    def add(self, sheet: str, lines: list[_Line], hidden: set[int]) -> None:
        """The blocks of a sheet. Lines that stand together and are rows are a table."""
        table = _Rows()
        for line in lines:
            if not line.is_adjacent:
                self._table(sheet, table, hidden)
                table = _Rows()
            if _is_row(line, table):
                table.append(line)
                continue
            self._table(sheet, table, hidden)
            table = _Rows()
            self._prose(sheet, line)
        self._table(sheet, table, hidden)

    def _prose(self, sheet: str, line: _Line) -> None:
        for column, text in sorted(line.cells.items()):
            for part in split_lines(text, self.limits):
                if words := part.strip():
                    self.line += 1
                    self.blocks.append(
                        Paragraph(words, self.line, origin=Origin(None, line.number, column, None, sheet))
                    )

    def _table(self, sheet: str, table: _Rows, hidden: set[int]) -> None:
        if not table.lines:
            return
        columns = [column for column in range(table.left, table.right + 1) if column not in hidden]
        self.count(len(columns) * len(table.lines))
        rows: list[Row] = []
        for line in table.lines:
            self.line += 1
            cells = [" ".join(line.cells.get(column, "").split()) for column in columns]
            if line.covered:
                places = zip(columns, cells, strict=True)
                cells = [cell or line.covered.get(column, "") for column, cell in places]
            rows.append(Row(cells, self.line, origin=Origin(None, line.number, table.left, None, sheet, columns)))
        self.blocks.append(Table(rows))


def _is_row(line: _Line, table: _Rows) -> bool:
    """Whether ``line`` is a row of a table, of ``table`` above it if there is one; else it is prose."""
    above = bool(table.lines)
    is_drawn = above and line.right < line.drawn and line.drawn >= table.right
    below = line.below
    if not line.cells:
        # The figures of 四 have no label: where all are blank, their row is drawn and empty.
        return is_drawn and (below is None or below.is_single or below.left > table.left)
    if above and line.left > table.left:
        return True
    if labels.heading(line.first) is not None and not line.first.startswith(LITERAL):
        return False
    if not line.is_single:
        return True
    if labels.find(line.first):
        return above or (below is not None and not below.is_single)
    is_between = above and below is not None and below.is_adjacent and not below.is_single
    return is_drawn or (is_between and len(line.first) <= MAX_ASIDE)


class _Sheet:
    """The filled cells of one sheet, and what of them is seen."""

    def __init__(self, root: ElementTree.Element, values: _Values, book: _Book) -> None:
        self._cells: dict[Place, str] = {}
        self._drawn: dict[int, int] = {}
        self._reach: dict[Place, int] = {}
        self._buried: list[Place] = []
        """Filled, and under a merged cell."""
        self._covered: dict[int, dict[int, str]] = {}
        """Row → columns of the merged cells with a figure that reach into it, and what stands there."""
        self._hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        right = 0
        for element in root.iterfind("{*}cols/{*}col"):
            first, last = (_count(element.get(name, ""), _COLUMNS) for name in ("min", "max"))
            if first <= right:
                raise _broken(f"the column {first} comes again")
            right = last
            if _is_hidden(element, "width"):
                self.hidden_columns.update(range(first, last + 1))
        self._fill(root, values, book)
        areas = [_area(element.get("ref", "")) for element in root.iterfind("{*}mergeCells/{*}mergeCell")]
        self._merge(areas, book)

    def _fill(self, root: ElementTree.Element, values: _Values, book: _Book) -> None:
        row = 0
        for line in root.iterfind("{*}sheetData/{*}row"):
            row = _count(line.get("r", str(row + 1)), _ROWS)
            if _is_hidden(line, "ht"):
                self._hidden_rows.add(row)
            column = 0
            for cell in line.iterfind("{*}c"):
                book.count(1)
                name = cell.get("r")
                place = (row, column + 1) if name is None else _place(name)
                column = place[1]
                if place[0] != row or place in self._cells:
                    raise _broken(f"the cell {name} in row {row}, or twice")
                self._drawn[row] = max(self._drawn.get(row, 0), column)
                text = values.text(cell)
                book.count_text(text)
                if text and not text.isspace():
                    self._cells[place] = text

    def _merge(self, areas: list[tuple[Place, Place]], book: _Book) -> None:
        """Leave of each area its first cell, in the first place of the area that is seen."""
        # Beyond what is filled all is empty, however far an area claims to go.
        bottom = max((row for row, _ in self._cells), default=0)
        right = max((column for _, column in self._cells), default=0)
        for first, last in areas:
            rows = range(first[0], min(last[0], bottom) + 1)
            columns = range(first[1], min(last[1], right) + 1)
            book.count(len(rows) * len(columns))
            text = self._cells.pop(first, None)
            for place in ((row, column) for row in rows for column in columns):
                if self._cells.pop(place, None) is not None:
                    self._buried.append(place)
            seen_rows = [row for row in rows if row not in self._hidden_rows]
            seen_columns = [column for column in columns if column not in self.hidden_columns]
            if text is not None and seen_rows and seen_columns:
                self._cells[seen_rows[0], seen_columns[0]] = text
                self._reach[seen_rows[0], seen_columns[0]] = seen_columns[-1]
                if not labels.find(text):
                    for row in seen_rows:
                        mark = COVERED if row == seen_rows[0] else COVERED_BELOW
                        self._covered.setdefault(row, {}).update(dict.fromkeys(seen_columns, mark))
            elif text is not None:
                self._cells[first] = text

    def hidden(self) -> Iterator[str]:
        """What has words in it that are not seen, as a spreadsheet names it: rows, columns, cells under merged ones."""
        for row in sorted({row for row, _ in self._cells if row in self._hidden_rows}):
            yield f"{row}:{row}"
        for column in sorted({column for _, column in self._cells if column in self.hidden_columns}):
            yield f"{_letters(column)}:{_letters(column)}"
        for row, column in sorted(self._buried):
            yield f"{_letters(column)}{row}"

    def lines(self) -> list[_Line]:
        """The rows that are seen, filled or drawn, from top to bottom."""
        cells: dict[int, dict[int, str]] = {row: {} for row in self._drawn}
        for (row, column), text in self._cells.items():
            if column not in self.hidden_columns:
                cells.setdefault(row, {})[column] = text
        lines: list[_Line] = []
        expected = 0
        for row in sorted(cells.keys() - self._hidden_rows):
            filled = cells[row]
            right = max((self._reach.get((row, column), column) for column in filled), default=0)
            lines.append(_Line(row, filled, right, self._drawn.get(row, 0), row == expected, self._covered.get(row)))
            expected = row + 1
            while expected in self._hidden_rows:
                expected += 1
        return _joined(lines)


def _joined(lines: list[_Line]) -> list[_Line]:
    """``lines`` with texts that go on from a full cell put together, each knowing the next that has words."""
    found: list[_Line] = []
    is_full = False
    for line in lines:
        text = line.first if line.is_single else ""
        if is_full and line.is_adjacent and text.startswith(ESCAPE):
            above = found[-1]
            above.cells[above.left] += text[len(ESCAPE) :]
        else:
            found.append(line)
        is_full = len(text) == FULL
    below: _Line | None = None
    for line in reversed(found):
        line.below = below
        below = line if line.cells else below
    return found


# --- places --------------------------------------------------------------------------------------------------------


def _place(name: str) -> Place:
    match = _CELL.fullmatch(name)
    if match is None:
        raise _broken(f"a cell named {name[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return _count(match[2], _ROWS), _count(str(column), _COLUMNS)


def _area(name: str) -> tuple[Place, Place]:
    first, _, last = name.partition(":")
    return _place(first), _place(last or first)


def _count(text: str, largest: int) -> int:
    """The number of a row or column."""
    number = int(text) if re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII) else 0
    if not 0 < number <= largest:
        raise _broken(f"a row or column numbered {text[:20]!r}")
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_hidden(element: ElementTree.Element, size: str) -> bool:
    """Whether a row or column is hidden, or has the ``size`` 0."""
    return _is_on(element, "hidden") or element.get(size, "1").strip("0.") == ""
