"""Tables that are read from their markup alone: they are read as they would be in a tree, or not at all."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gipa_reports import GipaError, LimitError, Limits, parse
from gipa_reports.document import Paragraph, Table
from gipa_reports.limits import DEFAULT
from gipa_reports.readers import html
from gipa_reports.readers.html_plain import Emptied, without_plain_tables
from gipa_reports.renderers.layout import Box, Line, Sheet, lay_out

SAMPLE = parse(Path(__file__).parent / "data" / "sample_2021.txt")

Shown = tuple[list[object], list[object], list[str], int] | tuple[type, str]


def shown(page: bytes) -> Shown:
    """All that the reader makes of a page."""
    try:
        document = html.read_document(page, DEFAULT)
    except GipaError as error:
        return type(error), error.code
    blocks: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append((block.text, block.line))
        if isinstance(block, Table):
            blocks.append([(list(row.cells), row.line, row.at("", 0)) for row in block.rows])
    return blocks, [(note.code, note.found) for note in document.notes], document.links, document.end


def shown_by_tree(page: bytes) -> Shown:
    """The same where all is left to the parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "without_plain_tables", lambda source: Emptied(source, []))
        return shown(page)


def taken_out(page: bytes) -> int:
    """How many tables of a page are read from their markup."""
    return len(without_plain_tables(page).tables)


# --- pages in many hands ----------------------------------------------------------------------------------------------

WRITERS: list[Callable[[str, str], str]] = [
    lambda words, space: words,
    lambda words, space: f'<p align="center">{space}{words}{space}</p>',
    lambda words, space: f"<p class='MsoNormal'>{space}<span style=\"font-size:14px\">{words}</span></p>",
    lambda words, space: f"<div>{space}<strong><span>{words}</span></strong>{space}</div>",
    lambda words, space: f"<font size=2>{words}</font>",
    lambda words, space: f'<p style="white-space:pre-wrap">{space}{words}</p>',
    lambda words, space: f'<p class="a">{space}<span lang="EN-US">{words}<o:p></o:p></span></p>',
]
SHEETS = [
    "",
    "",
    *(f"<style>{rule}{{display:none}}</style>" for rule in (".a", ".b", "td", "tr.a .b", ".a li", "#zoom .b")),
]
NAMES = ["", "", "", ' id="q"', ' class="b"', " nowrap"]
STRAY = [
    *"<!-- --> <!--x--> <script> </script> <style>.a{display:none}</style> <sup>1</sup> <sub> <img> &lt;".split(),
    *"<br> &#50; <table> </table> </td> <td> <th> </th> <tr> </tr> <tbody> </tbody> <thead> <tfoot> <p>".split(),
    *"<b> </b> <a> </a> <div> </div> <textarea> <select> <option> <svg> <template> <noscript> </noscript>".split(),
    *"<del> <s> <p/> <td/> <o:p> <plaintext> <math> <iframe> <form> <caption>x</caption> ^ ' > < 7".split(),
    *(
        ' style="display:none"',
        ' style="color:#fff"',
        ' style="font-size:0"',
        ' style="vertical-align:super"',
        " hidden",
    ),
    *(' class="a"', ' id="q"', ' bgcolor="#333"', "<td colspan=2>", '<td rowspan="3">', '<td colspan="2;">', '"'),
    *("<td rowspan=0>", '<tr style="visibility:hidden">', '<col style="visibility:collapse">', "<input type=hidden>"),
    *("<table><tr><td>5</td></tr></table>", '<table gipa-plain="0"><tr></tr></table>', 'gipa-plain="0"', "&amp;nbsp;"),
    *('<script>document.getElementById("q").innerHTML = 5</script>', "<p>5</p>", "\r\n", "  ", " 1 2 ", "&ensp;"),
    *(
        "<!---->",
        "<!--->",
        "--!>",
        "<!--[if !mso]-->",
        ' id="r"',
    ),
    *("&nbsp;", "</p>", "<span>", "</span>", "\v", "\x1f", "\u3000"),
]
AROUND = [
    ("<!--", "-->"),
    ("<div hidden>", "</div>"),
    ("<noscript>", "</noscript>"),
    ("<template>", "</template>"),
    ("<b>", "</b>"),
    ("<textarea>", "</textarea>"),
    ('<div style="color:#fff">', "</div>"),
    ("<table><tr><td>", "</td></tr></table>"),
    ("<svg>", ""),
    ("<script>", ""),
]
TAG = re.compile("<[^<>]*>")


def written(rng: random.Random) -> str:
    """The sample's page as some editor may have left it."""
    write, space, line = rng.choice(WRITERS), rng.choice(["", "\n", " "]), rng.choice(["", "\n", "\r\n  "])
    has_breaks, has_heads, has_columns = (rng.random() < 0.4 for _ in range(3))

    def cell(box: Box, name: str) -> str:
        words = escape(box.text) or rng.choice(["&nbsp;", "", " ", "&nbsp;&nbsp;"])
        if has_breaks and len(words) > 3 and rng.random() < 0.3:
            words = f"{words[:2]}<br>{words[2:]}"
        spans = f' colspan="{box.colspan}"' * (box.colspan > 1) + f" rowspan={box.rowspan}" * (box.rowspan > 1)
        return f"<{name} width='6{rng.randrange(3)}'{spans}{rng.choice(NAMES)}>{space}{write(words, space)}</{name}>"

    def block(part: Line | Sheet) -> str:
        if isinstance(part, Line):
            return f"<p>{escape(part.text)}</p>"
        rows = [
            f"<tr>{line}{line.join(cell(box, 'th' if has_heads and not at else 'td') for box in boxes)}</tr>"
            for at, boxes in enumerate(part.rows)
        ]
        columns = "<colgroup><col width=5><col /></colgroup>" * has_columns
        head = f"<thead>{rows.pop(0)}</thead>{line}" * has_heads
        return f"<table border='1'>{line}{columns}{head}<tbody>{line.join(rows)}</tbody>{line}</table>"

    body = "\n".join(map(block, lay_out(SAMPLE)))
    if rng.random() < 0.3:
        body = f"<table width='100%'><tr><td>菜单</td><td>{body}</td></tr></table>"
    head = f"<head><title>x</title>{rng.choice(SHEETS)}</head>"
    return f"<!doctype html><html>{head}<body><div id='zoom'>{body}</div></body></html>"


def damaged(page: str, rng: random.Random) -> str:
    """``page`` with a piece of markup lost, put in or put around others."""
    one, other = sorted(match.span() for match in rng.sample(list(TAG.finditer(page)), 2))
    kind = rng.randrange(5)
    if kind == 0:
        at = rng.choice([*one, one[1] - 1, rng.randrange(len(page))])
        return page[:at] + rng.choice(STRAY) + page[at:]
    if kind == 1:
        return page[: one[0]] + rng.choice(["", rng.choice(STRAY)]) + page[one[1] :]
    if kind == 2:
        return page[: one[0]] + page[slice(*other)] + page[one[1] :]
    if kind == 3:
        before, behind = rng.choice(AROUND)
        return page[: one[0]] + before + page[one[0] : other[1]] + behind + page[other[1] :]
    at = rng.randrange(len(page))
    return page[:at] + page[at + rng.choice([1, 2, 30]) :]


@given(st.randoms(use_true_random=False))
def test_tables_are_read_as_in_a_tree(rng: random.Random) -> None:
    page = written(rng)
    assert shown(page.encode()) == shown_by_tree(page.encode())
    for _ in range(rng.randrange(4)):
        page = damaged(page, rng)
    assert shown(page.encode()) == shown_by_tree(page.encode())


@given(st.randoms(use_true_random=False))
def test_hardly_a_table_of_such_a_page_needs_a_tree(rng: random.Random) -> None:
    assert taken_out(written(rng).encode()) >= 2


# --- one thing at a time ----------------------------------------------------------------------------------------------


def table(*rows: str, start: str = "<table>") -> str:
    """A table of figures below ``rows``, large enough to be read from its markup."""
    figures = [f"<tr><td>{name}</td><td>{n}</td><td>2</td><td>3</td></tr>" for n, name in enumerate(["规章"] * 6, 4)]
    return f"{start}{''.join((*rows, *figures))}</table>"


ODD = "<tr><td>公开<br>类别</td><td>1</td><td>2</td><td>3</td></tr>"
SAME = {
    "nothing": (table(), 1),
    "a cell of two lines": (table(ODD), 1),
    "an empty row": (table("<tr></tr>"), 1),
    "a name": (table(start='<table id="a">'), 1),
    "columns": (table(start='<table><colgroup><col width="3"></colgroup>'), 1),
    "a hidden column": (table(start='<table><colgroup><col><col style="visibility:collapse"></colgroup>'), 1),
    "groups": (table("<thead>", ODD, "</thead><tbody>"), 1),
    "a span to the end of a group": (table("<thead><tr><td rowspan=0>1</td></tr></thead><tbody>"), 1),
    "cells marked as heads": (table("<tr><th>规章<th>1</th><th>2</th></tr>"), 0),
    "heads": (table("<tr><th>规章</th><td>1</th><th>2</td></tr>"), 1),
    "too few cells": ("<table><tr><td>规章</td><td>1</td></tr></table>", 0),
    "mostly raised words": (table(*["<tr>" + "<td>5<sup>1</sup></td>" * 4 + "</tr>"] * 40), 0),
    "pieces": (
        table("<tr><td><p>规</p><div>章</div></td><td>1<span lang=EN>2</span></td><td><b>3</b> <i>4</i></td></tr>"),
        1,
    ),
    "breaks": (table("<tr><td><p>规<br>章</p></td><td>1<br/>2</td><td><br></td></tr>"), 1),
    "paragraphs in each other": (table("<tr><td><p>规<p>章</p></p></td><td>1</td></tr>"), 1),
    "a paragraph never closed": (table("<tr><td><p>规章<p>2</td><td>1</td></tr>"), 1),
    "an end of nothing": (table("<tr><td>规章</td><td>5</div>6</td><td>5</p>6</td></tr>"), 1),
    "words made a block": (table('<tr><td>规章</td><td>5<span style="display:block">6</span></td></tr>'), 1),
    "words made no line": (table('<tr><td>规章</td><td style="white-space:pre">5\n<b>6</b></td></tr>'), 1),
    "a hidden row": (table('<tr style="display:none"><td>规章</td><td>9</td></tr>'), 0),
    "a hidden cell": (table("<tr><td>规章</td><td hidden>9</td><td>1</td></tr>"), 0),
    "struck-out words": (table("<tr><td>规章</td><td><s>9</s></td></tr>"), 0),
    "small words": (table('<tr><td>规章</td><td style="font-size:0">9</td></tr>'), 0),
    "a white table": (table(start='<table style="color:#fff">'), 0),
    "a raised figure": (table("<tr><td>规章</td><td>5<sup>1</sup></td></tr>"), 1),
    "an entity": (table("<tr><td>规章</td><td>&#53;</td></tr>"), 1),
    "what looks like an entity": (table("<tr><td>规章</td><td>&amp;nbsp;5</td></tr>"), 1),
    "a mark in words": (table("<tr><td>规章</td><td>5 > 4</td></tr>"), 0),
    "a quote too many in a hidden row": (table('<tr style="display:none" "><td>规章</td><td>9</td></tr>'), 0),
    "a hidden group": (table('<tbody style="display:none">'), 0),
    "a hidden group after another": (table("<thead>", ODD, '</thead><tbody style="display:none">'), 0),
    "words behind the rows": (table().replace("</table>", "9</table>"), 0),
    "elements crossed": (table("<tr><td>规章</td><td><p><span>9</p></span></td></tr>"), 1),
    "an empty element in a tag": (table("<tr><td>规章</td><td>9</td<o:p></o:p>><td>8</td></tr>"), 0),
    "an empty element in an end tag": (table("<tr><td><p>规章</p<o:p></o:p></td><td>8</td></tr>"), 0),
    "an empty element in an attribute": (table("<tr><td>规章</td><td title='<o:p></o:p></td>'>8</td></tr>"), 0),
    "a tag cut off": (table("<tr><td>规章</td><td>9<b</td></tr>"), 0),
    "a quote never closed": (table('<tr><td title="a>规章</td><td>9</td></tr>'), 0),
    "an end tag in a title": (table('<tr><td title="</td><td>">规章</td><td>9</td></tr>'), 0),
    "a table in a cell": (table(f"<tr><td>规章</td><td>{table()}</td></tr>"), 1),
    "a table laid out by another": (f"<table><tr><td>菜单</td><td>{table()}</td></tr></table>", 1),
    "a comment around a table": (f"<!-- {table()} -->{table(ODD)}", 2),
    "comments behind tags": (
        table("<tr><td>规章</td><!-- - --><td><!--[if !a]--><p>9</p><!--[endif]--></td></tr><!--1--> <!--2-->"),
        1,
    ),
    "a comment between two digits": (table("<tr><td>规章</td><td>5<!-- -->5</td></tr>"), 0),
    "a comment in a tag": (table("<tr><td <!-- x --> width=5>规章</td><td>9</td></tr>"), 0),
    "a comment in a tag behind a mark": (table("<tr><td title='a><!-- x -->'>规章</td><td>9</td></tr>"), 0),
    "comments that end otherwise": (table("<tr><td>规章</td><td><!-->9</td><td><!--->9<!-- --!>8</td></tr>"), 0),
    "a comment never closed": (table("<tr><td>规章</td><td><!-- 9</td></tr>"), 0),
    "a comment in a table": (table("<!-- <tr><td>9</td></tr> -->"), 0),
    "a script around a table": (f"<script>x = '{table()}'</script>{table(ODD)}", 2),
    "a hidden part": (f"<div style='display:none'>{table()}</div>{table(ODD)}", 2),
    "a part shown by a script": (f"<div style='display:none'>{table()}</div>", 1),
    "a rule that hides a class": (table('<tr><td>规章</td><td class="a">9</td></tr>') + "<style>.a{display:none}", 1),
    "a class in other letters": (
        table('<tr><td>规章</td><td class="&#122;z">9</td></tr>') + "<style>.zz{display:none}",
        0,
    ),
    "a rule for another class": (table('<tr><td class="b">规章</td><td>9</td></tr>') + "<style>.a{display:none}", 1),
    "a rule for lists": (table() + '<ul class="a"><li>9</ul><style>.a li{display:none}', 1),
    "a rule for cells": (table() + "<style>td{display:none}", 1),
    "a rule for all": (table() + "<style>div *{display:none}", 1),
    "a rule for cells of two lines in a row": (
        table(ODD.replace("<tr>", '<tr class="b">').replace("<br>", '<br><sup class="a">9</sup>'))
        + "<style>.b .a{display:none}",
        1,
    ),
    "a script that fills a cell": (table('<tr><td>规章</td><td id="a"></td></tr>') + "<script>f('#a')</script>", 1),
    "a script that fills another": (table('<tr><td>规章</td><td id="b"></td></tr>') + "<script>f('#a')</script>", 1),
    "a rule for an id": (table('<tr><td>规章</td><td id="a">9</td></tr>') + "<style>#a{display:none}", 1),
    "an article": (table(f"<tr><td>{'词' * 401}</td></tr>").replace("规章", "甲"), 1),
    "prose": (f"<table>{'<tr><td>甲</td></tr>' * 20}<tr><td>{'词' * 500}</td></tr></table>", 1),
    "a table in a title": (f'<p title="{table()}">规章</p>', 1),
    "a table in a text field": (f"<textarea>{table()}</textarea>{table(ODD)}", 2),
    "the reader's own mark": (f'<!--{table()}--><table gipa-plain="0"><tr></tr></table>', 0),
}


@pytest.mark.parametrize("name", SAME)
def test_what_needs_a_tree_is_read_in_one(name: str) -> None:
    page, count = SAME[name]
    source = f"<!doctype html><body><p>年度报告</p>{page}".encode()
    assert shown(source) == shown_by_tree(source)
    assert taken_out(source) == count


def test_a_comment_is_no_table_by_the_readers_own_mark() -> None:
    secret = table("<tr><td>规章</td><td>99</td><td>99</td><td>99</td></tr>")
    page = f'<!doctype html><body><!--{secret}--><table gipa-plain="0"><tr></tr></table><p>规章 1'.encode()
    assert "99" not in str(shown(page))


@pytest.mark.parametrize(("limits", "rows"), [(Limits(span=2), 3), (Limits(cells=27), 3), (Limits(cells=31), 0)])
def test_limits_hold_for_rows_met_before(limits: Limits, rows: int) -> None:
    page = f"<!doctype html><body>{table(f'<tr><td rowspan={rows}>规章</td><td>1</td></tr>')}".encode()
    html.read_document(page, DEFAULT)
    with pytest.raises(LimitError):
        html.read_document(page, limits)


def cells(page: bytes) -> list[list[str]]:
    """The rows of the only table of a page."""
    (found,) = html.read_document(page, DEFAULT).blocks
    assert isinstance(found, Table)
    return [list(row.cells) for row in found.rows]


def test_a_row_met_before_stands_where_the_cells_above_leave_room() -> None:
    plain = f"<!doctype html><body>{table()}".encode()
    below = f"<!doctype html><body>{table('<tr><td rowspan=3>规章</td><td>1</td></tr>')}".encode()
    before, then, after = (cells(page) for page in (plain, below, plain))
    assert then[:4] == [
        ["规章", "1"],
        ["", "规章", "4", "2", "3"],
        ["", "规章", "5", "2", "3"],
        ["规章", "6", "2", "3"],
    ]
    assert before == after == [["规章", str(n), "2", "3"] for n in range(4, 10)]
