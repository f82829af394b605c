"""One HTML page that stands alone: the official tables with their spans, readable in light and dark, and printable."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..report import Report, State
from .layout import Line, Sheet, lay_out

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --dim: #888; --flag: #b3261e; --tint: #8881; }
body { font: 16px/1.7 "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.15rem; margin-top: 2rem; }
p { text-indent: 2em; margin: .4em 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .82rem; line-height: 1.4;
  margin: 1rem 0; font-variant-numeric: tabular-nums; }
td, th { border: 1px solid var(--line); padding: .3em .45em; text-align: center; font-weight: normal; }
th { background: var(--tint); }
td[data-state=absent], td[data-state=not_applicable] { color: var(--dim); }
td[data-state=invalid] { color: var(--flag); outline: 2px solid var(--flag); outline-offset: -2px; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } .table { overflow: visible; }
  tr { break-inside: avoid; } }
"""

_PRE = ' style="white-space:pre-wrap"'


def write(report: Report, notes: Mapping[str, str] | None = None) -> str:
    """``report`` as an HTML page."""
    title = escape(report.title or report.agency or "Report")
    body = "\n".join(_block(block) for block in lay_out(report))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def fragment(report: Report) -> str:
    """The title and the three tables of ``report``, for a notebook."""
    head = escape(" · ".join(str(part) for part in (report.title or report.agency, report.year) if part))
    tables = "\n".join(_table(block) for block in lay_out(report) if isinstance(block, Sheet))
    cells = "border:1px solid #8886;padding:2px 6px;text-align:center"
    return (
        f'<div class="gipa-report"><style>.gipa-report td,.gipa-report th{{{cells}}}'
        f".gipa-report table{{border-collapse:collapse;margin:8px 0}}"
        f".gipa-report td[data-state=absent]{{color:#888}}"
        f".gipa-report td[data-state=invalid]{{color:#b3261e;font-weight:bold}}</style>"
        f"<strong>{head}</strong>\n{tables}</div>"
    )


def _block(block: Line | Sheet) -> str:
    if isinstance(block, Sheet):
        return _table(block)
    tag = {0: "p", 1: "h1", 2: "h2"}[block.level]
    space = _PRE if "\t" in block.text or "  " in block.text else ""
    return f"<{tag}{space}>{escape(block.text)}</{tag}>"


def _table(sheet: Sheet) -> str:
    rows: list[str] = []
    for number, boxes in enumerate(sheet.rows):
        cells: list[str] = []
        for box in boxes:
            spans = f' colspan="{box.colspan}"' * (box.colspan > 1) + f' rowspan="{box.rowspan}"' * (box.rowspan > 1)
            marks = f' id="{box.id}" data-state="{box.state}"' if box.id else ""
            tag = "th" if number < sheet.head or not box.id else "td"
            cells.append(f"<{tag}{spans}{marks}>{escape(box.text)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="table"><table data-table="{sheet.id}">\n' + "\n".join(rows) + "\n</table></div>"


__all__ = ["State", "fragment", "write"]
