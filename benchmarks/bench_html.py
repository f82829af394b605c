"""What reading an HTML page costs, as ratios in one run.

``python benchmarks/bench_html.py [FILE ...]``

Without files, on a page of about 58 KB in the style of a government site: the report of an example in tables with a
paragraph, a run and inline styles in every cell, between the navigation and the foot of the site.

- ``parse/bare``: ``gipa_reports.parse`` of the page's bytes against a bare selectolax parse that touches the text of
  every ``td``;
- ``read_html/parse``: ``pandas.read_html`` alone, which gives frames and no report, against ``gipa_reports.parse``, if
  pandas is installed.

Each of them runs in an interpreter of its own, one after the other, for what one leaves of the heap another would use:
``parse`` keeps the tree of its last page, a bare parse gives its memory back. In processor time; the median of the
rounds' ratios. ``by turns`` is parse/bare in one interpreter, where the bare parse has the use of what is kept.

Rows met before are not read again, and there each page is parsed many times. ``new figures`` is ``by turns`` over
pages of which no two have the same figures, but for three zeros in five.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from random import Random
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


WAYS: dict[str, Callable[[bytes], object]] = {"bare": bare, "parse": gipa_reports.parse, "read_html": frames}


def time_of(function: Callable[[bytes], object], data: bytes) -> float:
    """Microseconds of processor time of one call."""
    start = thread_time_ns()
    function(data)
    return (thread_time_ns() - start) / 1000


def time_alone(way: str, data: bytes, calls: int) -> float:
    """The median of some calls, after a few to warm up."""
    function = WAYS[way]
    for _ in range(5):
        function(data)
    gc.collect()
    gc.disable()
    return median(time_of(function, data) for _ in range(calls))


def times_apart(path: Path, ways: list[str], rounds: int) -> dict[str, list[float]]:
    """The time of each of ``ways`` in an interpreter of its own, by rounds."""
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            command = [sys.executable, __file__, "--alone", way, str(path)]
            times[way].append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return times


def by_turns(pages: list[bytes]) -> float:
    """parse/bare in this interpreter, one after the other, for each page after the first few."""
    for data in pages[:5]:
        bare(data)
        gipa_reports.parse(data)
    gc.collect()
    gc.disable()
    pairs = [(time_of(bare, data), time_of(gipa_reports.parse, data)) for data in pages[5:]]
    gc.enable()
    return median(ours / base for base, ours in pairs)


def with_new_figures(data: bytes, count: int) -> list[bytes]:
    """Pages like one, with other figures in their cells."""
    rng = Random(0)

    def figure(_: re.Match[bytes]) -> bytes:
        return b">%d<" % (rng.random() < 0.4 and rng.randrange(1, 1000))

    return [re.sub(rb">\d+<", figure, data) for _ in range(count)]


def main() -> None:
    """Print a line per page."""
    parser = argparse.ArgumentParser(description="Cost of reading an HTML page.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5, help="interpreters of each kind per page (default: 5)")
    parser.add_argument("--alone", choices=WAYS, help="print the microseconds of one way for one file")
    arguments = parser.parse_args()
    if arguments.alone:
        calls = 20 if arguments.alone == "read_html" else 200
        print(time_alone(arguments.alone, arguments.files[0].read_bytes(), calls))
        return
    ways = [way for way in WAYS if way != "read_html" or importlib.util.find_spec("pandas")]
    names = f"{'bare in µs':>11} {'parse/bare':>11} {'by turns':>9} {'new figures':>12} {'read_html/parse':>16}"
    print(f"{'page':<28} {'KB':>6} {names}")
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder) / "generated"
        generated.write_bytes(page())
        for path in arguments.files or [generated]:
            data = path.read_bytes()
            times = times_apart(path, ways, max(1, arguments.rounds))
            ours = times["parse"]
            to_bare = median(one / base for one, base in zip(ours, times["bare"], strict=True))
            pandas = f"{'no pandas':>16}"
            if "read_html" in times:
                pandas = f"{median(one / base for one, base in zip(times['read_html'], ours, strict=True)):16.1f}"
            turns, renewed = by_turns([data] * 200), by_turns(with_new_figures(data, 200))
            columns = f"{median(times['bare']):11.1f} {to_bare:11.2f} {turns:9.2f} {renewed:12.2f} {pandas}"
            print(f"{path.name:<28} {len(data) / 1000:6.1f} {columns}")


if __name__ == "__main__":
    main()
