"""One page for a run: all findings first, the unit with most to look at at the top; then each unit with what is to be
said of it, and the form with its marks.

The page stands alone and loads nothing. Without its script it is one long page to read; the script shows one unit at a
time, and filters. All data are elements of the page, so nothing is ever put together from data in the browser. A unit
that nothing is to be said of has no form here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..checks import FindingSeverity, Rule
from ..own_output import marked
from ..renderers.html import TABLE_STYLE, page_head
from ..suppressions import Suppression
from . import Checked, Lang, PassedOver, Rest
from .html_assets import POLICY, SCRIPT, STYLE
from .html_unit import MAX_OPEN, Page, counts, year_words
from .html_words import counted, own_word, shown
from .phrases import rules_by_code, severity_word, stale_words, total_words
from .wording import ranked, rule_name, rule_summary


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """The page, with its own words and messages in ``lang``."""
    units, rules = ranked(checked), rules_by_code(one.result for one in checked)
    title = own_word("title", lang)
    more = f"<style>{TABLE_STYLE}{STYLE}</style>\n<script>{SCRIPT}</script>"
    pages = [Page(number, unit, rules, lang) for number, unit in enumerate(units, start=1)]
    articles = "\n".join(page.article(len(units)) for page in pages)
    page = (
        f"{page_head(title, lang, more, POLICY)}"
        f'<body class="gipa-report">\n<a class="skip" href="#main">{own_word("skip", lang)}</a>\n'
        f'<header>\n<h1>{title}</h1>\n<p class="totals">{escape(total_words(checked, rest.stale, lang))}</p>\n'
        f"{_filters(units, rules, lang)}</header>\n"
        f'<div class="page">\n{_navigation(pages, lang)}\n'
        f'<main id="main" class="one" tabindex="-1">\n{_overview(pages, lang)}{articles}\n'
        f"{_stale(rest.stale, lang)}{_passed_over(rest.passed_over, lang)}"
        f"{_rules(units, rules, lang)}</main>\n</div>\n</body>\n</html>\n"
    )
    return marked(page, "check")


def _codes(units: Iterable[Checked]) -> list[str]:
    """The codes of all that was found or could not be checked, in their order."""
    found = {finding.code for unit in units for finding in unit.findings}
    return sorted(found | {outcome.code for unit in units for outcome in unit.unchecked})


def _filters(units: Sequence[Checked], rules: dict[str, Rule], lang: Lang) -> str:
    options = "".join(
        f'<option value="{shown(code)}">{shown(code)} {shown(rule_name(code, rules, lang))}</option>'
        for code in _codes(units)
    )
    kinds = [(severity.value, severity_word(severity, lang)) for severity in FindingSeverity]
    boxes = "".join(
        f'<label><input type="checkbox" value="{kind}" checked> <span class="{kind}">{name}</span></label>'
        for kind, name in [*kinds, ("unchecked", own_word("unchecked", lang))]
    )
    return (
        f'<div class="filters" role="search" aria-label="{own_word("filter", lang)}">'
        f'<label>{own_word("rule", lang)} <select id="rule" autocomplete="off">'
        f'<option value="">{own_word("all-rules", lang)}</option>{options}</select></label>'
        f"<fieldset><legend>{own_word('severity', lang)}</legend>{boxes}</fieldset>"
        f'<button type="button" id="everything" aria-pressed="false">{own_word("everything", lang)}</button>'
        f'<span class="live" id="live" role="status" data-words="{own_word.sentences["shown"][lang]}" '
        f'data-one="{own_word.sentences["here"][lang]}"></span></div>\n'
    )


def _navigation(pages: Sequence[Page], lang: Lang) -> str:
    lines = "\n".join(
        f'<li><a href="#{page.prefix}"><span lang="zh-CN">{shown(page.unit.name)}</span>'
        f"{year_words(page.unit, lang)}"
        f'<span class="counts">{counts(page.unit, lang)}</span></a></li>'
        for page in pages
    )
    return (
        f'<nav class="units" aria-labelledby="units"><h2 id="units">{counted("units", len(pages), lang)}</h2>\n'
        f'<p class="js-only"><a href="#all">{own_word("all", lang)}</a></p>\n'
        f'<div class="js-only"><input type="search" id="search" autocomplete="off" '
        f'placeholder="{own_word("search", lang)}" aria-label="{own_word("search", lang)}"></div>\n'
        f"<ol>\n{lines}\n</ol></nav>"
    )


def _overview(pages: Sequence[Page], lang: Lang) -> str:
    """All findings of all units, a line each, and what could not be checked; each line leads to the unit."""
    number = sum(len(page.groups) for page in pages)
    parts = "".join(page.lines() for page in pages)
    none = f"<p>{own_word('no-findings', lang)}</p>\n" if not parts else ""
    return (
        f'<section class="overview" id="all" aria-labelledby="all-name">'
        f'<h2 id="all-name">{counted("all", number, lang)}</h2>\n<p class="once">{own_word("once", lang)}</p>\n'
        f'{none}<p class="nothing">{own_word("none-shown-at-all", lang)}</p>\n{parts}</section>\n'
    )


def _stale(stale: Sequence[Suppression], lang: Lang) -> str:
    if not stale:
        return ""
    items = "".join(f"<li>{shown(entry.origin)} {shown(stale_words(entry, lang))}</li>" for entry in stale)
    return f'<section class="stale"><h3>{own_word("stale", lang)}</h3><ul>{items}</ul></section>\n'


def _passed_over(files: Sequence[PassedOver], lang: Lang) -> str:
    """The files of the folders that are no documents, each with what it is; a long list is folded."""
    if not files:
        return ""
    items = "".join(f"<li>{shown(file.source)} <em>{file.kind.word(lang)}</em></li>" for file in files)
    opened = " open" if len(files) <= MAX_OPEN else ""
    return (
        f'<section class="stale passed-over"><details{opened}><summary>{counted("passed-over", len(files), lang)}'
        f"</summary><ul>{items}</ul></details></section>\n"
    )


def _rules(units: Sequence[Checked], rules: dict[str, Rule], lang: Lang) -> str:
    """Return what the rules that have anything to say here check."""
    items = "".join(
        f"<dt>{shown(code)} {shown(rule_name(code, rules, lang))}</dt><dd>{shown(rule_summary(code, rules, lang))}</dd>"
        for code in _codes(units)
    )
    return f'<section class="rules"><h3>{own_word("rules", lang)}</h3><dl>{items}</dl></section>\n' if items else ""
