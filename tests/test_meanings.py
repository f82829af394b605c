"""One word, sign or style that changes what figures of a report mean: none of them is read without a flag.

``test_mutations`` breaks the markup; here the table is whole, and somebody wrote something else into it. Each change is
tried on every label, name of a column or figure that it can stand at. What is changed comes out as no figure or with a
flag; all else comes out right, or with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import pytest

import gipa_reports
import places

_TABLE = re.compile(r'<table data-table="(\w+)".*?</table>', re.DOTALL)
_BLOCK = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_LABEL = re.compile(r'(<th\b[^>]*scope="row"[^>]*>)([^<]+)(</th>)')
_NAME = re.compile(r'(<th\b[^>]*scope="col"[^>]*>)([^<]+)(</th>)')
_FIGURE = re.compile(r'(<td\b[^>]*id="([\w.]+)"[^>]*>)([^<]*)(</td>)')

Change = tuple[str, str, Sequence[str]]
"""What was changed, the page, and the cells that it touches."""


@cache
def page() -> str:
    """The sample as a page, in which each figure has its id."""
    source = gipa_reports.render(gipa_reports.parse(places.SAMPLE), "html")
    assert isinstance(source, str)
    return source


def put(source: str, match: re.Match[str], group: int, text: str) -> str:
    """``source`` with another text in the place of a group."""
    return source[: match.start(group)] + text + source[match.end(group) :]


def figures_written(write: Callable[[str], str]) -> Iterator[Change]:
    """Each figure above zero written otherwise."""
    for match in _FIGURE.finditer(page()):
        if match[3].strip("0"):
            yield match[2], put(page(), match, 3, write(match[3])), (match[2],)


def rows_named(write: Callable[[str], str]) -> Iterator[Change]:
    """Each label of a row with other words."""
    for row in _ROW.finditer(page()):
        labels = list(_LABEL.finditer(page(), *row.span()))
        ids = [match[2] for match in _FIGURE.finditer(row[0])]
        if labels and ids:
            yield labels[-1][2], put(page(), labels[-1], 2, write(labels[-1][2])), ids


def columns_named(write: Callable[[str], str]) -> Iterator[Change]:
    """Each name of a column of 二 and 三 with other words."""
    for block in (block for table in _TABLE.finditer(page()) for block in _BLOCK.finditer(page(), *table.span())):
        names = [match for match in _NAME.finditer(page(), *block.span()) if "信息内容" not in match[2]][1:]
        rows = [_FIGURE.findall(row[0]) for row in _ROW.finditer(block[0])]
        for at, name in enumerate(names):
            ids = [row[at][1] for row in rows if row]
            yield name[2], put(page(), name, 2, write(name[2])), ids
    for at, column in enumerate(("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")):
        ids = [row[at][1] for row in (_FIGURE.findall(text) for text in _ROW.findall(page())) if len(row) == 7]
        yield column, page().replace(f">{column}<", f">{write(column)}<", 1), ids


def tables_counted_in(unit: str) -> Iterator[Change]:
    """A line above each table, or a row on top of it, that says in what it counts."""
    for table in _TABLE.finditer(page()):
        ids = [match[2] for match in _FIGURE.finditer(table[0]) if not match[2].endswith("amount")]
        yield f"line above {table[1]}", page()[: table.start()] + f"<p>{unit}</p>" + page()[table.start() :], ids
        first = page().index("<tr", table.start())
        row = f'<tr><td colspan="{15 if table[1] == "proceedings" else 4}">{unit}</td></tr>'
        yield f"row on top of {table[1]}", page()[:first] + row + page()[first:], ids


def rows_cut() -> Iterator[Change]:
    """Each row of 二 and 三 cut in two: its figures in the next, without a label."""
    for row in _ROW.finditer(page()):
        found = list(_FIGURE.finditer(row[0]))
        if _LABEL.search(row[0]) and found:
            spans = "".join(f"<td{' colspan=3' if 'colspan' in match[1] else ''}></td>" for match in found)
            label = row[0][: found[0].start()]
            width = len(_LABEL.findall(label)) if "rowspan" not in label else 1
            below = f"<tr>{'<td></td>' * width}{row[0][found[0].start() :]}"
            ids = [match[2] for match in found]
            yield ids[0], page()[: row.start()] + label + spans + "</tr>" + below + page()[row.end() :], ids


def two_labels() -> Iterator[Change]:
    """The label of each row of 二 beside that of the next, whose figures may be of either."""
    labelled = [row for row in _ROW.finditer(page()) if row[0].count("<th") == 1 and "disclosure." in row[0]]
    for above, row in pairwise(labelled):
        label = _LABEL.search(above[0])
        if label is not None and page()[above.end() : row.start()].strip() == "":
            ids = [match[2] for match in _FIGURE.finditer(above[0] + row[0])]
            new = row[0].replace("<tr>", f"<tr>{label[0]}", 1)
            yield label[2], page()[: above.start()] + new + page()[row.end() :], ids


CHANGES: dict[str, Callable[[], Iterator[Change]]] = {
    "a sign": lambda: figures_written("-{}".format),
    "a plus": lambda: figures_written("+{}".format),
    "persons": lambda: figures_written("{}人次".format),
    "two figures": lambda: figures_written("{}（5）".format),
    "a figure struck out": lambda: figures_written("<s>8</s>{}".format),
    "white": lambda: figures_written('<font color="#fff">{}</font>'.format),
    "no size": lambda: figures_written('<span style="font:0/0 a">{}</span>'.format),
    "raised": lambda: figures_written("{}<sup>2</sup>".format),
    "a row of shares": lambda: rows_named("{}（%）".format),
    "a row of last year": lambda: rows_named("{}（上年）".format),
    "a part of a row": lambda: rows_named("其中：{}".format),
    "a row of rates": lambda: rows_named("{}率".format),
    "a column of shares": lambda: columns_named("{}占比".format),
    "a column of last year": lambda: columns_named("{}（2022年）".format),
    "a column of persons": lambda: columns_named("{}（人次）".format),
    "a column of growth": lambda: columns_named("{}增长率".format),
    "hundreds": lambda: tables_counted_in("单位：百件"),
    "counted in persons": lambda: tables_counted_in("计量单位：人次"),
    "rows cut in two": rows_cut,
    "two labels in a row": two_labels,
}
"""What is written into a whole table, and where."""

HARMLESS = ("raised", "a figure struck out")
"""What may stand beside a figure, which is read right or has a flag."""


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_of_another_meaning_is_read_without_a_flag(name: str) -> None:
    truth = {figure.id: figure.value for figure in gipa_reports.parse(places.SAMPLE).cells()}
    count = 0
    for what, source, changed in CHANGES[name]():
        count += 1
        reading = gipa_reports.read(source)
        assert reading.report is not None, what
        touched = () if name in HARMLESS else changed
        values = {figure.id: figure.value for figure in reading.report.cells() if not reading.codes(figure.id)}
        wrong = [cell_id for cell_id, value in values.items() if value != truth[cell_id] and cell_id not in touched]
        read = [cell_id for cell_id in touched if values.get(cell_id)]
        assert (what, wrong, read) == (what, [], [])
    assert count > 1
