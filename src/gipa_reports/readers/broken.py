"""Rows that a line break within a cell has cut, put together where the pieces bear it out.

Programs that write a row on a line keep the breaks within cells. Three kinds are told, each by evidence of its own:

- in a label: ``三、本年度⏎办理结果⇥（一）予以公开⇥21``, down to one character a line; the pieces make a label of the
  form;
- in a figure wider than its cell: ``一、…⇥1213⏎62⇥8⇥5641⏎0``; the pieces have the width of their table. A blank stays
  between them, so that the figure is told to be put together;
- in a blank, to fill the cell: ``1.属于国家秘密⇥⏎⇥9⇥6``; here too the pieces have the width of their table.

Each line keeps its number; those taken up by the first are left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..template import TableId, words
from ..template.vocabulary import ESCAPE, LITERAL, MAX_LABEL, look_up
from .pipe_lines import PROSE, table_of

MAX_LINES = 16
"""Lines of the longest row: a label beside several rows has a character on each, a figure two pieces a cell."""

MIN_ROWS = 2
"""Rows of one width, those of the heading among them, that tell how wide a row of the table is, and"""

MIN_FIGURES = 5
"""how many do where figures are cut."""

MIN_TABS = 6
"""Tabs of a row whose figures may be cut: 三 has seven figures and a label."""

_WHOLE = "0123456789\t|。；;：:,.-—/（("
"""Characters at the end or beginning of a line that are in no label, begin another, or end a cell: most lines."""

_LETTER = re.compile("[^\\W\\d_]|[\u2e80-\u2fdf]")
"""A letter, or the sign of a radical, which writers of PDF files put for characters."""

_END = re.compile(rf"\d+(?:{'|'.join(words.UNITS)})?(?:\t|$)", re.MULTILINE)
"""Beginning of a line that begins with a figure, or the end of one."""

# What is looked for first is the line break, as most of a text is none.
_IN_LABEL = re.compile(r"\n(?<=[^{0}\n]\n)(?=[^{0}\n])".format(re.escape(_WHOLE)))
_IN_FIGURE = re.compile(rf"\n(?<=[\d.]\n)(?=[\d.])(?:(?<=\d\n)(?:(?={_END.pattern})|(?=\.))|(?<=\d\.\n))", re.MULTILINE)
_IN_BLANK = re.compile(r"\n(?<=\t\n)(?=[ \xa0]*\t(?:[^\w\n|]|[\d_])*$)", re.MULTILINE)
"""Ends of lines that may be within a cell: few texts have one in a figure or a blank."""

_AT_POINT = re.compile(r"\t\d+(?:\n(?=\.\d)|\.\n(?=\d))")
"""The end of a line beside the point of a decimal, which begins and ends no figure."""


Rows = dict[int, str]
"""Lines by number, without those that another took up."""


def rejoined(lines: list[str]) -> list[str]:
    """Return ``lines`` with broken rows as one; the same list where there are none."""
    text = "\n".join(lines)
    if "\t" not in text and "|" not in text:
        return lines
    has_labels = _IN_LABEL.search(text.replace(" ", "")) is not None
    rows = _with_whole_labels(lines, text) if has_labels else None
    if _may_break_by_width(text):
        rows = rows or dict(enumerate(lines))
        _join_at_points(rows)
        for table in list(_tables(rows)):
            _join_by_width(rows, table)
    return lines if rows is None or len(rows) == len(lines) else [rows.get(at, "") for at in range(len(lines))]


def _may_break_by_width(text: str) -> bool:
    """Return whether a line of a text may end within a figure or a blank."""
    return "\t" in text and (_IN_FIGURE.search(text) or _IN_BLANK.search(text)) is not None


# --- in a label ------------------------------------------------------------------------------------------------------


def _with_whole_labels(lines: list[str], text: str) -> Rows | None:
    """Return the rows with those as one that are cut within a label; None where there are none."""
    rows: Rows | None = None
    at = end = 0
    for number in _lines_behind(_IN_LABEL, text):
        if number < end:
            continue
        # Behind a row put together the same row may go on.
        at = at if number == end else number - 1
        above = lines[at] if rows is None else rows[at]
        end = _end_of_label(above, lines, number)
        if end > number:
            rows = dict(enumerate(lines)) if rows is None else rows
            rows[at] = _joined(above, lines[number:end])
            for taken in range(number, end):
                del rows[taken]
    return rows


def _lines_behind(breaks: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield the numbers of the lines of a text that begin behind such breaks."""
    number = start = 0
    for found in breaks.finditer(text):
        number += text.count("\n", start, found.end())
        start = found.end()
        yield number


def _joined(first: str, others: list[str]) -> str:
    """Return lines as one, without the blanks at the breaks between them."""
    *inner, last = others
    return "".join([first.rstrip(" "), *(piece.strip(" ") for piece in inner), last.lstrip(" ")])


def _end_of_label(above: str, lines: list[str], number: int) -> int:
    """Return where the lines from ``number`` on end that the last cell of ``above`` goes on in.

    That is ``number`` itself where the pieces make no label of the form.
    """
    ends = [at + 1 for at, is_label in _pieces_behind(above, lines, number) if is_label]
    return ends[-1] if ends else number


def _pieces_behind(above: str, lines: list[str], number: int) -> Iterator[tuple[int, bool]]:
    """Yield the lines that the last cell of ``above`` may go on in, and whether it is a label of a row with each.

    A separator stands before the first or behind the last of its pieces.
    """
    label = _last_cell(above)
    is_in_row = _separator_in(above) != ""
    for at in range(number, min(len(lines), number + MAX_LINES)):
        piece, separator = _first_cell(lines[at])
        if not _continues_label(label, piece):
            return
        label += piece
        word = look_up(label)
        # A mark alone ends no label: it may be what stands in the first cell below.
        is_label = word.is_fragment and bool(word.labels) and word.section is None and _LETTER.search(piece) is not None
        yield at, is_label and (is_in_row or separator != "")
        if separator or not (is_label or word.starts_label):
            return


def _continues_label(label: str, piece: str) -> bool:
    """Return whether a text may be the next piece of a label: it is no literal, and no label by itself."""
    if not label or not piece or piece[0] in _WHOLE or len(label) + len(piece) > MAX_LABEL:
        return False
    return not (piece.startswith(LITERAL) or look_up(piece).labels)


def _last_cell(line: str) -> str:
    """Return the last cell of a line; nothing where a mark says that the line is no row."""
    separator = _separator_in(line)
    return "" if line[:1] == ESCAPE else (line.rpartition(separator)[2] if separator else line).strip()


def _first_cell(line: str) -> tuple[str, str]:
    """Return the first cell of a line and what parts it from the next, as ``_last_cell`` does."""
    separator = _separator_in(line)
    return "" if line[:1] == ESCAPE else (line.partition(separator)[0] if separator else line).strip(), separator


def _separator_in(line: str) -> str:
    """Return what parts the cells of a row on a line; nothing where the line is a piece of a cell."""
    return "\t" if "\t" in line else "|" if "|" in line else ""


# --- in a figure or a blank ------------------------------------------------------------------------------------------


def _join_at_points(rows: Rows) -> None:
    """Put the lines together that are cut beside the point of a decimal; the pieces make no figure without a doubt."""
    above = 0
    for at, line in list(rows.items()):
        if at and _AT_POINT.search(f"{rows[above]}\n{line}", len(rows[above].rpartition("\t")[0])):
            rows[above] += f" {rows.pop(at)}"
        else:
            above = at


def _tables(rows: Rows) -> Iterator[list[int]]:
    """Yield the numbers of the lines of each table, empty ones among them: another has other widths."""
    found: list[int] = []
    current: TableId | None = None
    for at, line in rows.items():
        table = table_of([cell.strip() for cell in line.split("\t")]) if "\t" in line else None
        is_outside = _is_outside(line)
        if is_outside or (table is not None and current not in (None, table)):
            yield found
            found, current = [], None
        if not is_outside:
            found.append(at)
            current = table or current
    yield found


def _is_outside(line: str) -> bool:
    """Return whether a line is no row, and no piece of one that is cut within a figure."""
    return line.startswith(PROSE) or (line != "" and "\t" not in line and _END.match(line) is None)


def _join_by_width(rows: Rows, table: Sequence[int]) -> None:
    """Put the rows of a table together whose pieces are as wide as its widest rows, each in the place of its first."""
    tabs = Counter(rows[at].count("\t") for at in table)
    width = max((count for count, times in tabs.items() if times >= MIN_ROWS), default=0)
    has_figures = tabs[width] >= MIN_FIGURES and width >= MIN_TABS
    first = 0
    while first < len(table):
        row = _row_from(rows, table[first : first + MAX_LINES], width, has_figures)
        if sum(rows[at].count("\t") for at in row) == width:
            for at in row[1:]:
                above = rows[row[0]]
                rows[row[0]] = f"{above}{_between(above)}{rows.pop(at)}"
        first += len(row)


def _row_from(rows: Rows, table: Sequence[int], width: int, has_figures: bool) -> list[int]:
    """Return the first of the lines and those that it may go on in, together no wider than the table."""
    row = [table[0]]
    tabs = rows[table[0]].count("\t")
    for above, at in pairwise(table):
        tabs += rows[at].count("\t")
        may_go_on = _is_in_blank(rows[above], rows[at]) or (has_figures and _is_in_figure(rows[above], rows[at]))
        if not may_go_on or tabs > width:
            break
        row.append(at)
    return row


def _between(above: str) -> str:
    """Return what stays between a piece of a row and the next: figures are not put together without a trace."""
    return "" if above.endswith("\t") else " "


def _is_in_blank(above: str, line: str) -> bool:
    """Return whether a blank cell may be cut between two lines: what is behind it has no label, and is no literal."""
    is_behind_blank = above.endswith("\t") and line.lstrip(" \xa0").startswith("\t")
    return is_behind_blank and LITERAL not in line and not any(map(str.isalpha, line))


def _is_in_figure(above: str, line: str) -> bool:
    """Return whether the break between two lines may be within a figure."""
    return above[-1:].isdecimal() and _END.match(line) is not None
