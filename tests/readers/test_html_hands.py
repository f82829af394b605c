"""Pages as many editors leave them, whole and damaged: every figure is right or flagged, and nothing else is raised."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html import escape

from hypothesis import given
from hypothesis import strategies as st

import places
from gipa_reports import GipaError, parse, read
from gipa_reports.limits import DEFAULT
from gipa_reports.readers.html import read_document
from gipa_reports.renderers.layout import Box, Line, Sheet, lay_out

SAMPLE = parse(places.SAMPLE)

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
def test_pages_of_many_hands_have_no_wrong_figure_without_a_flag(rng: random.Random) -> None:
    reading = read(written(rng))
    assert reading.report is not None
    flagged = {cell for problem in reading.diagnostics for cell in problem.cells}
    wrong = {cell.id for cell in reading.report.cells() if reading.report[cell.id] != SAMPLE[cell.id]}
    assert wrong <= flagged


@given(st.randoms(use_true_random=False))
def test_damaged_pages_are_read_or_refused_and_nothing_of_the_reader_is_left_in_them(rng: random.Random) -> None:
    page = written(rng)
    for _ in range(rng.randrange(1, 5)):
        page = damaged(page, rng)
    try:
        document = read_document(page, DEFAULT)
    except GipaError:
        return
    assert not re.search("[\0-\3]", repr(document.blocks).encode().decode("unicode_escape"))
