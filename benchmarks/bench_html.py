"""What reading an HTML page costs, as ratios in one run.

``python benchmarks/bench_html.py [FILE ...]``

Without files, on a page of about 58 KB in the style of a government site: the report of an example in tables with a
paragraph, a run and inline styles in every cell, between the navigation and the foot of the site. Each round times one
of either, one after the other, in processor time; the ratio is the median of the rounds' ratios:

- ``gipa_reports.parse`` of the page's bytes against a bare selectolax parse that touches the text of every ``td``;
- ``pandas.read_html`` alone, which gives frames and no report, against ``gipa_reports.parse``, if pandas is installed.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from statistics import median
from time import thread_time_ns

from selectolax.lexbor import LexborHTMLParser

import gipa_reports
from gipa_reports.renderers.layout import Box, Line, Sheet, lay_out

EXAMPLE = Path(__file__).parent.parent / "examples" / "subdistrict_2023.txt"
HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>政府信息公开年报</title>
<link rel="stylesheet" href="/css/main.css" /><script src="/js/jquery.js"></script></head><body>
"""


def cell(box: Box) -> str:
    """A cell as editors of such sites leave it."""
    spans = f' colspan="{box.colspan}"' * (box.colspan > 1) + f' rowspan="{box.rowspan}"' * (box.rowspan > 1)
    return (
        f'<td width="62"{spans} style="border:1px solid #000;padding:0 7px"><p style="text-align:center">'
        f'<span style="font-size:14px;font-family:宋体">{escape(box.text) or "&nbsp;"}</span></p></td>'
    )


def block(part: Line | Sheet) -> str:
    """A paragraph or a table."""
    if isinstance(part, Line):
        return (
            f'<p style="text-indent:2em"><span style="font-size:16px;font-family:仿宋">{escape(part.text)}</span></p>'
        )
    rows = "\n".join(f'<tr style="height:30px">{"".join(map(cell, boxes))}</tr>' for boxes in part.rows)
    return (
        f'<table border="1" cellspacing="0" style="border-collapse:collapse;width:100%"><tbody>{rows}</tbody></table>'
    )


def page() -> bytes:
    """The page of the example."""
    links = "".join(f'<li><a href="/column/{n}/index.html" target="_blank">栏目{n}</a></li>' for n in range(40))
    foot = "".join(f'<p><a href="/foot/{n}.html">网站地图</a></p>' for n in range(10))
    body = "\n".join(map(block, lay_out(gipa_reports.parse(EXAMPLE))))
    return (
        f'{HEAD}<div class="nav"><ul>{links}</ul></div>\n<div class="main"><div id="zoom">{body}</div></div>\n'
        f'<div class="foot">{foot}</div><script>document.title = "年报";</script></body></html>'
    ).encode()


def bare(data: bytes) -> int:
    """The least that any reader of the page does."""
    return sum(len(td.text()) for td in LexborHTMLParser(data).css("td"))


def frames(data: bytes) -> int:
    """The page's tables as frames."""
    import pandas as pd

    return len(pd.read_html(io.StringIO(data.decode("utf-8"))))


def ratio(
    of: Callable[[bytes], object], to: Callable[[bytes], object], data: bytes, rounds: int
) -> tuple[float, float]:
    """Median of the ratios of pairs, and of the time of ``to`` in µs."""
    ratios: list[float] = []
    base: list[float] = []
    of(data)
    to(data)
    gc.disable()
    try:
        for number in range(rounds):
            start = thread_time_ns()
            to(data)
            middle = thread_time_ns()
            of(data)
            end = thread_time_ns()
            ratios.append((end - middle) / (middle - start))
            base.append((middle - start) / 1000)
            if number % 20 == 19:
                gc.collect()
    finally:
        gc.enable()
    return median(ratios), median(base)


def main() -> None:
    """Print a line per page."""
    parser = argparse.ArgumentParser(description="Cost of reading an HTML page.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=300, help="pairs of runs per page (default: 300)")
    arguments = parser.parse_args()
    pages = {path.name: path.read_bytes() for path in arguments.files} or {"generated": page()}
    rounds = max(1, arguments.rounds)
    print(f"{'page':<28} {'KB':>6} {'bare in µs':>11} {'parse/bare':>11} {'read_html/parse':>16}")
    for name, data in pages.items():
        to_bare, base = ratio(gipa_reports.parse, bare, data, rounds)
        if importlib.util.find_spec("pandas"):
            pandas = f"{ratio(frames, gipa_reports.parse, data, max(1, rounds // 10))[0]:16.1f}"
        else:
            pandas = f"{'no pandas':>16}"
        print(f"{name:<28} {len(data) / 1000:6.1f} {base:11.1f} {to_bare:11.2f} {pandas}")


if __name__ == "__main__":
    main()
