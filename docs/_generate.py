"""Write the pages that are generated from the package: ``python docs/_generate.py``. A test holds them equal to it."""

from __future__ import annotations

from pathlib import Path

import gipa_reports
from gipa_reports.checks import rules_page
from gipa_reports.cli.reference import renewed
from gipa_reports.outputs import Lang
from gipa_reports.outputs.rule_pages import rules_page_zh
from gipa_reports.template import EDITIONS, TABLES, form

DOCS = Path(__file__).parent

KINDS = {
    "Reading and writing": ("parse", "read", "Reading", "render", "dumps", "loads", "json_schema", "Limits"),
    "Checking": ("check", "aggregate", "compare"),
    "Data": ("read_folder", "scan", "to_arrow", "to_pandas", "to_polars", "unnest", "parse_batch", "results_schema"),
}
"""Headings of the API page → the names under it, in this order; all others come behind them by their modules."""

MODULES = {"report": "The report", "checks": "Results of checks", "diagnostics": "Diagnostics", "errors": "Errors"}
"""Module → the heading of its other names."""


def cells_page() -> str:
    """Return the page of all cell ids with their labels."""
    lines = ["# Cell ids · 编号表", "", "Generated from the template. 由模板生成。", ""]
    for table in TABLES:
        for edition in EDITIONS:
            layout = form(table, edition)
            lines += [f"## `{table}`, {edition}", ""]
            lines += ["| id | row · 行 | column · 列 | unit · 单位 |", "| --- | --- | --- | --- |"]
            for row in layout.rows:
                for column, cell_id in zip(layout.columns_of[row.id], layout.ids_of[row.id], strict=True):
                    lines.append(f"| `{cell_id}` | {row.label} | {column.label} | {column.unit or ''} |")
            lines.append("")
    return "\n".join(lines)


def api_page() -> str:
    """Return the page of the public API, made of docstrings."""
    names = [name for name in dir(gipa_reports) if not name.startswith("_")]
    listed = {name for group in KINDS.values() for name in group}
    lines = ["# API", "", "All names are imported from `gipa_reports`.", ""]
    for heading, group in KINDS.items():
        lines += [f"## {heading}", "", *(_directive(name) for name in group if name in names)]
    rest = [name for name in names if name not in listed]
    for module, heading in MODULES.items():
        members = [name for name in rest if _module(name) == module]
        lines += [f"## {heading}", "", *(_directive(name) for name in members)]
    others = [name for name in rest if _module(name) not in MODULES]
    lines += ["## Others", "", *(_directive(name) for name in others)]
    return "\n".join(lines)


def _module(name: str) -> str:
    home = getattr(getattr(gipa_reports, name), "__module__", "") or ""
    module = home.removeprefix("gipa_reports.").partition(".")[0]
    return "diagnostics" if module == "codes" else module


def _directive(name: str) -> str:
    found = getattr(gipa_reports, name)
    if not callable(found) or not hasattr(found, "__name__"):
        return f"`{name}`: see [the written list](public-api.md).\n"
    kind = "autoclass" if isinstance(found, type) else "autofunction"
    options = ":members:\n" if kind == "autoclass" else ""
    return f"```{{eval-rst}}\n.. {kind}:: gipa_reports.{name}\n" + (f"   {options}" if options else "") + "```\n"


def pages() -> dict[str, str]:
    """Return file name → content."""
    rules = {"rules.md": rules_page(), "rules.zh-CN.md": rules_page_zh()}
    return {"cells.md": cells_page(), "api.md": api_page(), **rules, **command_line_pages()}


def command_line_pages() -> dict[str, str]:
    """Return the pages on the command line: what stands before their sections is written by hand."""
    languages: dict[str, Lang] = {"command-line.md": "en", "command-line.zh-CN.md": "zh"}
    return {name: renewed((DOCS / name).read_text("utf-8"), lang) for name, lang in languages.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
