"""The tables of a report in a notebook, as the form prints them, with numbers at the cells that are in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..messages import Lang
from ..renderers.layout import Box, Sheet, sheet
from ..report import Cell, RowView, State, Table
from ..template.captions import SEPARATOR
from ..template.words import ABSENT_MARK
from .words import MAX_TEXT, shown, word

STYLE = """<style>
.gipa-report { font-size: 13px; line-height: 1.5; max-width: 100%; }
.gipa-report .table { overflow-x: auto; margin: 8px 0; }
.gipa-report.gipa-report table { border-collapse: collapse; margin: 0; font-size: 12px;
  font-variant-numeric: tabular-nums; color: inherit; background: none; border: none; }
.gipa-report.gipa-report.gipa-report tr { background: none; }
.gipa-report.gipa-report td, .gipa-report.gipa-report th { border: 1px solid #888; padding: 2px 6px; line-height: 1.4;
  text-align: center; vertical-align: middle; font-weight: normal; white-space: normal; max-width: 22em;
  color: inherit; }
.gipa-report.gipa-report th { background: #8882; }
.gipa-report.gipa-report .left { text-align: left; max-width: none; }
.gipa-report td[data-state=blank]::before { content: "〔空〕"; }
.gipa-report td[data-state=invalid]::before { content: "〔疑〕"; }
.gipa-report td[data-state=invalid] { font-weight: bold; text-decoration: underline wavy; }
.gipa-report.gipa-report td.doubt { background: #e8a30044; box-shadow: inset 0 0 0 2px #b97a00; }
.gipa-report sup { font-weight: bold; margin-left: .2em; line-height: 1; }
.gipa-report p, .gipa-report ul, .gipa-report ol { margin: 4px 0; max-width: 72em; }
.gipa-report li { margin: 2px 0; }
.gipa-report .kind { display: inline-block; border: 1px solid #888; border-left-width: 5px; border-radius: 3px;
  padding: 0 5px; font-size: 11px; }
.gipa-report .kind.error { border-color: #d33; } .gipa-report .kind.warning { border-color: #b97a00; }
.gipa-report .kind.hint, .gipa-report .kind.info { border-color: #3a7fd0; }
.gipa-report details { margin: 4px 0; } .gipa-report summary { cursor: pointer; }
.gipa-report code { font-size: 11px; background: #8882; padding: 0 3px; color: inherit; }
</style>"""
"""Colours of text are the notebook's own, which alone knows whether it is dark; those of lines and grounds can be seen
on both. The class is written twice to go before the notebook's own rules for tables."""

MAX_ROWS = 40
"""Rows of a table that are shown; the longest form has 28 with its heading."""

Numbers = Mapping[str, Sequence[int]]
"""Cell id → the numbers of what is in doubt about it."""


def framed(body: str) -> str:
    """A display: no element has an id, for a notebook shows several."""
    return f'<div class="gipa-report">{STYLE}{body}</div>'


def grid(table: Table, numbers: Numbers, lang: Lang) -> str:
    """A table of a report as the form prints it; a table that the document does not have in a word."""
    if table.is_absent:
        return f'<p lang="zh-CN">{shown(table.label("zh"))}: {State.ABSENT.label(lang)}</p>'
    printed = sheet(table)
    rows = ("".join(_cell(table, box, numbers) for box in boxes) for boxes in printed.rows[:MAX_ROWS])
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="table"><table lang="zh-CN" data-table="{table.id}" aria-label="{shown(table.label("zh"))}">'
        f"<tbody>{body}</tbody></table>{_rest(printed, lang)}</div>"
    )


def _rest(printed: Sheet, lang: Lang) -> str:
    more = len(printed.rows) - MAX_ROWS
    return f"<p>{word('more-rows', lang, n=more)}</p>" if more > 0 else ""


def _cell(table: Table, box: Box, numbers: Numbers) -> str:
    if not box.id:
        return f"<th{box.spans}>{shown(box.text, MAX_TEXT)}</th>"
    return _figure(box.id, table[box.id.partition(".")[2]], numbers.get(box.id, ()), box.spans)


def _figure(cell_id: str, cell: Cell, numbers: Sequence[int], spans: str = "") -> str:
    text = ABSENT_MARK if cell.state is State.ABSENT else cell.text
    marks = f"<sup>{','.join(map(str, numbers))}</sup>" if numbers else ""
    doubt = ' class="doubt"' * bool(numbers)
    return f'<td{spans} data-state="{cell.state}" title="{cell_id}"{doubt}>{shown(text, 40)}{marks}</td>'


def row_grid(row: RowView, lang: Lang) -> str:
    """One row, or each row of a group, under the labels of its columns."""
    names = list(row.keys())
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.rpartition(".")[0], []).append(name)
    labels = row.labels("zh")
    head = [name.rpartition(".")[2] for name in next(iter(groups.values()))]
    below = row.labels("zh") if len(groups) == 1 and "" in groups else _column_labels(row, next(iter(groups)))
    cells = dict(zip(names, row, strict=True))
    lines = "".join(
        f'<tr><th class="left">{shown(labels.get(group, row.label("zh")))}</th>'
        + "".join(_figure(f"{row.id}.{name}", cells[name], ()) for name in inside)
        + "</tr>"
        for group, inside in groups.items()
    )
    heading = "".join(f"<th>{shown(below[column].rpartition(SEPARATOR)[2])}</th>" for column in head)
    corner = f'<th class="left">{shown(row.label("zh"))}</th>'
    return (
        f'<div class="table" lang="zh-CN"><table><thead><tr>{corner}{heading}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _column_labels(group: RowView, name: str) -> dict[str, str]:
    inner: RowView = getattr(group, name)
    return inner.labels("zh")
