"""The summary as one page: a chart and its table side by side. It stands alone, loads nothing and runs no script.

Widths within a chart are percentages and heights are pixels, so that a narrow screen makes bars shorter and leaves the
words their size. A chart is a picture with a sentence; all of its numbers are in the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..brief import columns
from ..messages import Lang
from ..outputs.html_words import shown
from ..outputs.written import written
from ..own_output import marked
from ..renderers.html import page_head
from ..safe_text import printable
from .counting import Summary
from .sections import Bars, Columns, Section, number, sections, share, word

MAX_COLUMNS = 8
"""Years that a chart has room for on a narrow screen."""

_NAME_WIDTH = 34
"""Half-width characters of a name in a chart; the whole of it is in the table."""

_STYLE = """
:root { color-scheme: light; --paper: #fff; --ink: #1a1a1a; --dim: #595959; --line: #8a8a8a; --head: #f1f3f5;
  --link: #0b4a8f; --track: #e9ecef; --first: #0b62a8; --second: #b9500a; --third: #2f7d4f; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #17181a; --ink: #e6e6e3;
  --dim: #adadad; --line: #75777a; --head: #25272a; --link: #93c4ff; --track: #2a2d31; --first: #6cb2f5;
  --second: #f2a35e; --third: #7fd0a0; } }
* { box-sizing: border-box; }
body { font: 1rem/1.6 "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 84rem; padding: 1rem 1.2rem 3rem;
  overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.4; margin: 0; }
h2 { font-size: 1.1rem; line-height: 1.4; margin: 0 0 .3rem; }
p { margin: .3rem 0; max-width: 60rem; }
.note { color: var(--dim); font-size: .9rem; }
.warning { font-weight: 600; border-left: 4px solid var(--second); padding-left: .6rem; }
section { border-top: 2px solid var(--line); padding-top: .8rem; margin-top: 1.6rem; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr); gap: .8rem 2rem; align-items: start; margin-top: .6rem; }
figure { margin: 0; }
svg { display: block; width: 100%; font: 13px/1 inherit; }
svg text { fill: var(--ink); font-size: 13px; }
svg .dim { fill: var(--dim); font-size: 11px; }
.track { fill: var(--track); }
.s0 { fill: var(--first); } .s1 { fill: url(#stripes); } .s2 { fill: var(--third); }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 0 0 .4rem; padding: 0;
  font-size: .85rem; }
.key svg { display: inline-block; width: 1.4em; height: .9em; vertical-align: -.1em; margin-right: .35em; }
.defs { position: absolute; width: 0; height: 0; }
.table { overflow-x: auto; }
.table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.45;
  font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .3em .6em; text-align: right; vertical-align: top;
  overflow-wrap: break-word; }
thead th { background: var(--head); vertical-align: bottom; }
th[scope=row], .words { text-align: left; }
th[scope=row] { font-weight: 600; }
.words:not(th) { min-width: 12em; }
@media screen and (min-width: 60rem) {
  .pair { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
}
@media print {
  @page { margin: 15mm; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  section { margin-top: 1rem; }
  .pair { display: block; } figure { margin-bottom: .8rem; }
  h2, .note { break-after: avoid; } figure, tr { break-inside: avoid; }
  .table { overflow: visible; } table { font-size: 8pt; }
}
"""

_DEFS = (
    '<svg class="defs" aria-hidden="true"><defs><pattern id="stripes" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" '
    'style="fill: var(--paper)"/><rect width="4" height="6" style="fill: var(--second)"/></pattern></defs></svg>'
)
"""Stripes, so that segments differ without colour too."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_page(summary: Summary, lang: Lang, source: str) -> str:
    """The page, in ``lang``; ``source`` names the folder of the data set."""
    title = escape(word("title", lang))
    parts = "\n".join(_section(section, lang) for section in sections(summary, lang))
    warning = "" if summary.finished else f'<p class="warning">{escape(word("unfinished", lang))}</p>\n'
    page = (
        f"{page_head(title, lang, f'<style>{_STYLE}</style>', _POLICY)}<body>\n{_DEFS}\n"
        f'<header><h1>{title}</h1>\n<p class="note">{escape(written(source, lang))}</p>\n'
        f"{warning}</header>\n<main>\n{parts}\n</main>\n</body>\n</html>\n"
    )
    return marked(page, "summary")


def _section(section: Section, lang: Lang) -> str:
    notes = list(section.notes)
    chart = section.chart
    if isinstance(chart, Columns) and len(chart.columns) > MAX_COLUMNS:
        notes.append(word("last-years", lang, shown=MAX_COLUMNS))
    said = "\n".join(f'<p class="note">{shown(note)}</p>' for note in notes)
    return (
        f'<section id="{section.id}" aria-labelledby="{section.id}-title">\n'
        f'<h2 id="{section.id}-title">{shown(section.title)}</h2>\n{said}\n'
        f'<div class="pair">\n{_chart(section, lang)}\n{_table(section)}\n</div>\n</section>'
    )


def _table(section: Section) -> str:
    def cell(at: int, text: str) -> str:
        if at == 0:
            return f'<th scope="row">{shown(text)}</th>'
        return f"<td{_words(section, at)}>{shown(text)}</td>"

    head = "".join(f'<th scope="col"{_words(section, at)}>{shown(name)}</th>' for at, name in enumerate(section.head))
    rows = "\n".join(f"<tr>{''.join(cell(at, text) for at, text in enumerate(row))}</tr>" for row in section.rows)
    return (
        f'<div class="table" role="region" tabindex="0" aria-labelledby="{section.id}-title"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _words(section: Section, at: int) -> str:
    return ' class="words"' if at < section.text_columns else ""


# --- charts ---------------------------------------------------------------------------------------------------------


def _chart(section: Section, lang: Lang) -> str:
    chart = section.chart
    if isinstance(chart, Bars) and chart.bars:
        return f"<figure>{_key(chart.series)}{_bars(section.title, chart)}</figure>"
    if isinstance(chart, Columns) and chart.columns:
        return f"<figure>{_columns(section.title, chart.columns[-MAX_COLUMNS:], lang)}</figure>"
    return "<figure></figure>"


def _key(series: Iterable[str]) -> str:
    items = "".join(
        f'<li><svg aria-hidden="true"><rect class="s{at}" width="100%" height="100%"/></svg>{shown(name)}</li>'
        for at, name in enumerate(series)
    )
    return f'<ul class="key">{items}</ul>' if items else ""


def _picture(title: str, height: int, facts: Iterable[str], shapes: Iterable[str]) -> str:
    said = escape(f"{printable(title)}: {printable('; '.join(facts))}")
    return f'<svg role="img" aria-label="{said}" height="{height}">{"".join(shapes)}</svg>'


def _bars(title: str, chart: Bars) -> str:
    step = 40
    full = chart.whole or max(sum(counts) for _, counts in chart.bars) or 1
    shapes, facts = [], []
    for at, (name, counts) in enumerate(chart.bars):
        top = at * step
        count = sum(counts)
        said = number(count) if chart.whole is None else f"{number(count)} ({share(count, chart.whole)})"
        facts.append(f"{name} {' + '.join(map(number, counts))}")
        shapes.append(
            f'<text x="0" y="{top + 13}">{shown(_short(name))}</text>'
            f'<text x="100%" y="{top + 13}" text-anchor="end">{said}</text>'
            f'<rect class="track" x="0" y="{top + 19}" width="100%" height="13"/>'
        )
        start = 0
        for series, part in enumerate(counts):
            x, width = (f"{100 * length / full:.3f}%" for length in (start, part))
            if part:
                shapes.append(f'<rect class="s{series}" x="{x}" y="{top + 19}" width="{width}" height="13"/>')
            start += part
    return _picture(title, step * len(chart.bars), facts, shapes)


def _short(name: str) -> str:
    """``name`` cut to the room that it has in a chart."""
    at = next((at for at in range(len(name)) if columns(name[: at + 1]) > _NAME_WIDTH), None)
    return name if at is None else f"{name[:at]}…"


def _columns(title: str, years: tuple[tuple[str, int | None, int], ...], lang: Lang) -> str:
    floor, tallest = 170, 145
    largest = max((abs(total) for _, total, _ in years if total is not None), default=0)
    slot = 100 / len(years)
    shapes, facts = [f'<rect class="track" x="0" y="{floor}" width="100%" height="1"/>'], []
    for at, (name, total, reports) in enumerate(years):
        middle = f"{(at + 0.5) * slot:.3f}%"
        height = tallest * abs(total) / largest if total and largest else 0
        said = "–" if total is None else compact(total, lang)
        facts.append(f"{name} {'–' if total is None else number(total)} (n={number(reports)})")
        shapes.append(
            f'<rect class="s0" x="{(at + 0.15) * slot:.3f}%" y="{floor - height:.1f}" width="{slot * 0.7:.3f}%" '
            f'height="{height:.1f}"/>'
            f'<text class="dim" x="{middle}" y="{floor - height - 5:.1f}" text-anchor="middle">{said}</text>'
            f'<text x="{middle}" y="{floor + 16}" text-anchor="middle">{shown(name)}</text>'
            f'<text class="dim" x="{middle}" y="{floor + 31}" text-anchor="middle">n={compact(reports, lang)}</text>'
        )
    return _picture(title, floor + 38, facts, shapes)


def compact(value: int, lang: Lang) -> str:
    """A number in few characters, for a chart: 9.45M, 945万."""
    units = ((10**8, "亿"), (10**4, "万")) if lang == "zh" else ((10**9, "G"), (10**6, "M"), (10**3, "k"))
    for size, unit in units:
        if abs(value) >= size:
            scaled = value / size
            return f"{scaled:.3g}{unit}" if abs(scaled) < 1000 else f"{scaled:,.0f}{unit}"
    return str(value)
