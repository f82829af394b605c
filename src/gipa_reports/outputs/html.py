"""One page for a run: the units on the left, the form of the chosen one with its marks, and what is to be said of it.

The page stands alone and loads nothing. Without its script it is one long page to read; the script shows one unit at a
time, and filters. All data are elements of the page, so nothing is ever put together from data in the browser.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain, count

from ..checks import Finding, FindingSeverity, Operand, Outcome, Rule, Status
from ..own_output import marked
from ..renderers.html import TABLE_STYLE, Mark, table
from ..renderers.layout import sheet
from ..report import Report
from ..safe_text import printable
from ..suppressions import Suppressed, Suppression
from ..template import HEADINGS
from . import Checked, Lang, PassedOver, Rest
from .phrases import groups, location_text, rules_by_code, severity_word, stale_words, total_words, verdict, word
from .wording import (
    Unit,
    cell_place,
    finding_place,
    flags_text,
    instance_name,
    rule_name,
    rule_summary,
    units_of,
    why,
)

Numbered = tuple[int, Finding]
"""A finding and its number on the page of its unit."""

MAX_EDITS = 20
"""Candidates that are named; there can be hundreds, and then none is of use."""

MAX_OPEN = 8
"""Figures, or things that could not be checked, that are shown at once; longer lists are folded."""

_WORDS: dict[str, dict[Lang, str]] = {
    "title": {"zh": "政府信息公开年度报告校核", "en": "Check of annual reports"},
    "skip": {"zh": "跳到所选单位", "en": "Skip to the chosen unit"},
    "units": {"zh": "单位", "en": "Units"},
    "search": {"zh": "查找单位", "en": "Find a unit"},
    "filter": {"zh": "筛选问题", "en": "Filter the findings"},
    "rule": {"zh": "规则", "en": "Rule"},
    "all-rules": {"zh": "全部规则", "en": "all rules"},
    "severity": {"zh": "类别", "en": "Kind"},
    "unchecked": {"zh": "未能检查", "en": "not checked"},
    "suggestions": {"zh": "建议", "en": "suggestions"},
    "shown": {
        "zh": "显示{shown}处问题（共{all}处），{units}个单位（共{of}个）",
        "en": "{shown} of {all} findings shown, {units} of {of} units",
    },
    "previous": {"zh": "上一单位", "en": "previous unit"},
    "next": {"zh": "下一单位", "en": "next unit"},
    "everything": {"zh": "显示全部单位", "en": "Show all units"},
    "file": {"zh": "文件", "en": "file"},
    "edition": {"zh": "{found}年版式", "en": "form of {found}"},
    "year": {"zh": "{found}年", "en": "{found}"},
    "counts": {
        "zh": "核对通过{passed}项，不符{failed}项，未能检查{open}项，不适用{na}项",
        "en": "{passed} checks passed, {failed} failed, {open} could not be made, {na} do not apply",
    },
    "form": {"zh": "报告的表", "en": "The tables of the report"},
    "findings": {"zh": "问题", "en": "Findings"},
    "no-findings": {"zh": "没有发现问题。", "en": "No findings."},
    "none-shown": {"zh": "所选类别和规则下，本单位没有内容。", "en": "Nothing here is of the chosen rule and kind."},
    "number": {"zh": "问题{n}", "en": "finding {n}"},
    "one-root": {"zh": "以下{n}处问题出于同一原因。", "en": "These {n} findings have one root."},
    "suggestion": {"zh": "建议", "en": "Suggestion"},
    "more-edits": {"zh": "另有{n}种，从略。", "en": "{n} more are left out."},
    "figures": {"zh": "参与核对的数字（{n}个）", "en": "Figures that take part ({n})"},
    "cells": {"zh": "涉及的单元格：", "en": "Cells concerned: "},
    "side": {"zh": "算式", "en": "side"},
    "left": {"zh": "左边", "en": "left"},
    "right": {"zh": "右边", "en": "right"},
    "cell": {"zh": "单元格", "en": "cell"},
    "raw": {"zh": "原文", "en": "as written"},
    "place": {"zh": "出处", "en": "place"},
    "empty": {"zh": "（空）", "en": "(empty)"},
    "whose.previous": {"zh": "上年报告", "en": "previous report"},
    "quote": {"zh": "正文原句", "en": "The prose says"},
    "look.source": {"zh": "请核对报告原文。", "en": "Please look at the report itself."},
    "look.reading": {"zh": "请先核对读取是否有误：", "en": "Look first at how the file was read: "},
    "times": {"zh": "{n}处", "en": "{n}"},
    "suppressed": {"zh": "已抑制", "en": "Suppressed"},
    "reason": {"zh": "理由：", "en": "reason: "},
    "stale": {"zh": "已失效的抑制项", "en": "Stale suppressions"},
    "passed-over": {"zh": "不是文档而未读取的文件", "en": "Files that are no documents and were not read"},
    "rules": {"zh": "规则说明", "en": "The rules"},
    "comma": {"zh": "，", "en": ", "},
    "colon": {"zh": "：", "en": ": "},
    "stop": {"zh": "。", "en": "."},
}

_STYLE = """
:root { --warn: #7a4a00; --hint: #0b4a8f; --ok: #1d6b34; --panel: #f7f8fa; --lit: #ffe08a; }
@media screen and (prefers-color-scheme: dark) { :root { --warn: #ffc56e; --hint: #93c4ff; --ok: #86d49a;
  --panel: #1f2124; --lit: #6b5312; } }
html { scroll-padding-top: 1rem; }
body { font: 1rem/1.6 "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; line-height: 1.4; margin: 0; }
h2 { font-size: 1.35rem; line-height: 1.4; margin: 0; text-wrap: balance; }
h3 { font-size: 1.05rem; line-height: 1.5; margin: 1.6rem 0 .5rem; border-bottom: 2px solid var(--line); }
h4 { font-size: .95rem; margin: 1rem 0 0; font-weight: 600; }
p { margin: .3rem 0; }
[hidden] { display: none !important; }
:focus-visible, :target { outline-offset: 2px; }
.gipa-report .unit td:focus-visible, .gipa-report .unit td:target { outline-offset: -3px; }
.unit:target, h2:focus { outline: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
header { padding: .8rem 1.2rem; background: var(--panel); border-bottom: 1px solid var(--line); }
.totals { color: var(--dim); font-size: .9rem; }
.filters, .js-only { display: none; }
.js .filters { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center; margin-top: .6rem;
  font-size: .9rem; }
.js .js-only { display: block; }
fieldset { display: flex; flex-wrap: wrap; gap: .2rem .9rem; border: 0; margin: 0; padding: 0; }
legend { float: left; padding: 0; margin-right: .6rem; }
label { white-space: nowrap; }
select, input[type=search], button { font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: .25rem; padding: .25rem .5rem; max-width: 100%; }
select { max-width: 18rem; }
input[type=checkbox] { width: 1.05em; height: 1.05em; vertical-align: -.15em; accent-color: var(--link); }
button[aria-pressed=true] { background: var(--link); color: var(--paper); }
nav.units { padding: .8rem; }
nav.units h2 { font-size: 1rem; margin-bottom: .4rem; }
nav.units input { width: 100%; }
nav.units ol { list-style: none; margin: .5rem 0 0; padding: 0; font-size: .9rem; }
nav.units a { display: block; padding: .4rem .6rem; border-left: 4px solid transparent; text-decoration: none;
  color: var(--ink); line-height: 1.4; }
nav.units a:hover { background: var(--head); }
nav.units a:focus-visible { outline-offset: -3px; }
nav.units a[aria-current] { border-color: var(--link); background: var(--head); font-weight: 600; }
.counts > *, .verdict > * { white-space: nowrap; }
.counts { display: block; font-size: .82rem; font-weight: 400; color: var(--dim); }
main { padding: 1rem 1.2rem 3rem; min-width: 0; }
.unit { content-visibility: auto; contain-intrinsic-size: auto 120rem; margin-bottom: 3rem; }
.js .one .unit { content-visibility: visible; margin-bottom: 1rem; }
.js .one .unit:not(.chosen) { display: none; }
.facts, .turn { color: var(--dim); font-size: .88rem; margin: .15rem 0; }
.turn { display: none; }
.js .one .turn { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: .4rem; }
.verdict { font-weight: 600; margin-top: .5rem; }
.error { color: var(--flag); } .warning { color: var(--warn); } .hint { color: var(--hint); }
.none { color: var(--ok); }
.severity { font-weight: 700; }
.brief { list-style: none; margin: .5rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem;
  font-size: .86rem; }
.brief a { display: block; border: 1px solid var(--line); border-radius: .25rem; padding: .1rem .5rem;
  text-decoration: none; }
.n, .noted a { display: inline-block; min-width: 1.5em; text-align: center; border-radius: .75em; padding: .1em .35em;
  font: bold .75rem/1.3 sans-serif; background: var(--paper); border: 1.5px solid currentColor; }
.gipa-report .noted a { font-size: .7rem; margin: 0 0 0 .2em; vertical-align: middle; }
.noted a.error { color: var(--flag); } .noted a.warning { color: var(--warn); } .noted a.hint { color: var(--hint); }
.unit td.noted { box-shadow: inset 0 0 0 1.5px var(--line); }
.unit td.noted:not(:has(a:not([hidden]))) { background: none; box-shadow: none; }
.unit td.lit { background: var(--lit); box-shadow: inset 0 0 0 3px var(--link); }
.group { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; margin: .7rem 0;
  background: var(--panel); }
.group > p { font-size: .92rem; }
.suggestion { border-left: 4px solid var(--ok); padding-left: .6rem; }
.candidates { border-left: 4px solid var(--warn); padding-left: .6rem; font-size: .92rem; }
.candidates ul { margin: .2rem 0; padding-left: 1.3rem; }
.finding + .finding { border-top: 1px solid var(--line); margin-top: .6rem; padding-top: .6rem; }
.head { font-size: .88rem; margin: 0; }
.sentence { font-size: 1.02rem; margin: .2rem 0; }
.finding blockquote { margin: .3rem 0; padding-left: .7rem; border-left: 3px solid var(--line); font-size: .92rem; }
.look { font-size: .88rem; color: var(--dim); }
details { font-size: .88rem; margin: .25rem 0; }
summary { cursor: pointer; }
.operands { font-size: .82rem; width: auto; max-width: 100%; margin: .4rem 0; background: var(--paper); }
.gipa-report .operands td a { display: inline; font: inherit; vertical-align: baseline; white-space: normal; padding: 0;
  text-decoration: underline; }
.operands td, .operands th { text-align: left; text-wrap: wrap; padding: .15em .6em; }
.operands td:nth-child(3) { font-weight: 600; white-space: pre-wrap; }
.unchecked ul, .suppressed ul, .stale ul { margin: .2rem 0; padding-left: 1.3rem; }
.unchecked .mark { font-weight: 700; }
.rules dt { font-weight: 600; margin-top: .5rem; } .rules dd { margin: 0 0 0 1.3rem; font-size: .92rem; }
.nothing { display: none; color: var(--dim); }
.filtered-out > .nothing { display: block; }
@media screen and (min-width: 60rem) {
  .page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); align-items: start; }
  nav.units { border-right: 1px solid var(--line); min-height: 100vh; }
  .js nav.units { position: sticky; top: 0; height: 100vh; min-height: 0; overflow-y: auto; }
}
@media screen and (min-width: 96rem) {
  .js .one .chosen .sides { display: grid; grid-template-columns: minmax(46rem, 3fr) minmax(24rem, 2fr); gap: 1.5rem;
    align-items: start; }
  .js .one .chosen .notes-side { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 0 .4rem 1rem; }
}
@media screen and (max-width: 59.99rem) {
  header, main { padding-inline: .8rem; }
  nav.units { border-bottom: 1px solid var(--line); }
  .js nav.units ol { max-height: 14rem; overflow-y: auto; border: 1px solid var(--line); }
  .operands { display: block; overflow-x: auto; }
}
@media print {
  .filters, nav.units, .skip, .turn, .live, .js-only { display: none !important; }
  body { font-size: 10pt; } header { background: none; padding: 0 0 .5rem; } main { padding: 0; }
  .unit { content-visibility: visible; margin: 0; } .unit + .unit { break-before: page; }
  .js .one .unit { break-before: auto; } .js .one .stale, .js .one .rules { display: none; }
  .js header:has(~ .page .one) .totals { display: none; }
  h2, h3, h4, summary { break-after: avoid; } .head { break-after: avoid; }
  .group { background: none; } .finding { break-inside: avoid; }
  .unit td.noted { background: none; box-shadow: inset 0 0 0 1pt #000; }
  .gipa-report .noted a, .n { font-size: 6.5pt; padding: 0 .25em; min-width: 1.2em; }
  .operands { font-size: 7.5pt; table-layout: auto; }
}
"""

_SCRIPT = """"use strict";
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  const main = document.querySelector("main");
  const units = [...main.querySelectorAll(".unit")];
  const links = new Map([...document.querySelectorAll("nav.units a")].map(link => [link.hash.slice(1), link]));
  const rule = document.getElementById("rule");
  const kinds = [...document.querySelectorAll(".filters input[type=checkbox]")];
  const search = document.getElementById("search");
  const everything = document.getElementById("everything");
  const live = document.getElementById("live");
  const marks = new Map();
  for (const link of main.querySelectorAll("td a, .brief a")) {
    const id = link.hash.slice(1);
    if (!marks.has(id)) marks.set(id, []);
    marks.get(id).push(link.closest(".brief li") ?? link);
  }

  function choose(unit) {
    for (const other of units) other.classList.toggle("chosen", other === unit);
    for (const link of links.values()) link.removeAttribute("aria-current");
    const link = links.get(unit.id);
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({block: "nearest"});
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const unit = target?.closest(".unit");
    if (!unit) return;
    choose(unit);
    const place = target === unit ? unit.querySelector("h2") : target;
    place.tabIndex = -1;
    place.focus({preventScroll: true});
    target.scrollIntoView({block: target === unit ? "start" : "center"});
  }

  function light(event) {
    const finding = event.target.closest(".finding");
    if (!finding) return;
    for (const cell of main.querySelectorAll(".lit")) cell.classList.remove("lit");
    for (const mark of marks.get(finding.id) ?? []) mark.closest("td")?.classList.add("lit");
  }

  function filter() {
    const chosen = new Set(kinds.filter(kind => kind.checked).map(kind => kind.value));
    const narrowed = rule.value !== "" || chosen.size < kinds.length;
    const words = search.value.trim().toLowerCase();
    let shown = 0, listed = 0;
    for (const unit of units) {
      let found = 0;
      for (const item of unit.querySelectorAll("[data-code]")) {
        item.hidden = !((rule.value === "" || item.dataset.code === rule.value) && chosen.has(item.dataset.kind));
        for (const mark of marks.get(item.id) ?? []) mark.hidden = item.hidden;
        found += !item.hidden;
        shown += !item.hidden && item.dataset.kind !== "unchecked";
      }
      for (const group of unit.querySelectorAll(".group, .unchecked"))
        group.hidden = !group.querySelector("[data-code]:not([hidden])");
      unit.classList.toggle("filtered-out", narrowed && !found);
      const line = links.get(unit.id).closest("li");
      line.hidden = (narrowed && !found) || !line.textContent.toLowerCase().includes(words);
      listed += !line.hidden;
    }
    const all = main.querySelectorAll(".finding").length;
    live.textContent = live.dataset.words.replace("{shown}", shown).replace("{all}", all)
      .replace("{units}", listed).replace("{of}", units.length);
  }

  everything.addEventListener("click", () => {
    const one = main.classList.toggle("one");
    everything.setAttribute("aria-pressed", String(!one));
  });
  for (const input of [rule, ...kinds]) input.addEventListener("change", filter);
  search.addEventListener("input", filter);
  main.addEventListener("focusin", light);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => main.querySelectorAll("details").forEach(part => part.open = true));
  if (units.length) choose(units[0]);
  filter();
  follow();
});
"""

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    f"script-src 'sha256-{base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()}'"
)
"""The page may run this script and no other, whatever is in the reports, and load nothing."""


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """The page, with its own words and messages in ``lang``."""
    units, rules = units_of(checked), rules_by_code()
    title = _word("title", lang)
    articles = "\n".join(_unit(unit, units, rules, lang) for unit in units)
    page = (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{TABLE_STYLE}{_STYLE}</style>\n<script>{_SCRIPT}</script>\n</head>\n"
        f'<body class="gipa-report">\n<a class="skip" href="#main">{_word("skip", lang)}</a>\n'
        f'<header>\n<h1>{title}</h1>\n<p class="totals">{escape(total_words(checked, rest.stale, lang))}</p>\n'
        f"{_filters(units, rules, lang)}</header>\n"
        f'<div class="page">\n{_navigation(units, lang)}\n'
        f'<main id="main" class="one" tabindex="-1">\n{articles}\n{_stale(rest.stale, lang)}'
        f"{_passed_over(rest.passed_over, lang)}{_rules(units, rules, lang)}"
        f"</main>\n</div>\n</body>\n</html>\n"
    )
    return marked(page, "check")


def _word(key: str, lang: Lang, **parts: object) -> str:
    return _WORDS[key][lang].format(**parts)


def _counted(key: str, number: int, lang: Lang) -> str:
    """A heading and how many things stand below it."""
    return f"{_word(key, lang)}（{number}）" if lang == "zh" else f"{_word(key, lang)} ({number})"


def _shown(text: str) -> str:
    """Words of strangers as text of the page."""
    return escape(printable(text))


def _own(text: str) -> str:
    """Words in Chinese on a page that may be in English."""
    return f'<span lang="zh-CN">{_shown(text)}</span>'


# --- around the units --------------------------------------------------------------------------------------------


def _codes(units: Iterable[Unit]) -> list[str]:
    """The codes of all that was found or could not be checked, in their order."""
    found = {finding.code for unit in units for finding in unit.findings}
    return sorted(found | {outcome.code for unit in units for outcome in unit.unchecked})


def _filters(units: Sequence[Unit], rules: dict[str, Rule], lang: Lang) -> str:
    options = "".join(
        f'<option value="{_shown(code)}">{_shown(code)} {_shown(rule_name(code, rules, lang))}</option>'
        for code in _codes(units)
    )
    kinds = [(severity.value, severity_word(severity, lang)) for severity in FindingSeverity]
    boxes = "".join(
        f'<label><input type="checkbox" value="{kind}" checked> <span class="{kind}">{name}</span></label>'
        for kind, name in [*kinds, ("unchecked", _word("unchecked", lang))]
    )
    return (
        f'<div class="filters" role="search" aria-label="{_word("filter", lang)}">'
        f'<label>{_word("rule", lang)} <select id="rule" autocomplete="off">'
        f'<option value="">{_word("all-rules", lang)}</option>{options}</select></label>'
        f"<fieldset><legend>{_word('severity', lang)}</legend>{boxes}</fieldset>"
        f'<button type="button" id="everything" aria-pressed="false">{_word("everything", lang)}</button>'
        f'<span class="live" id="live" role="status" data-words="{_WORDS["shown"][lang]}"></span></div>\n'
    )


def _navigation(units: Sequence[Unit], lang: Lang) -> str:
    lines = "\n".join(
        f'<li><a href="#u{unit.number}"><span lang="zh-CN">{_shown(unit.name)}</span>'
        f"{'' if unit.checked.year is None else f' {unit.checked.year}'}"
        f'<span class="counts">{_counts(unit, lang)}</span></a></li>'
        for unit in units
    )
    return (
        f'<nav class="units" aria-labelledby="units"><h2 id="units">{_counted("units", len(units), lang)}</h2>\n'
        f'<div class="js-only"><input type="search" id="search" autocomplete="off" '
        f'placeholder="{_word("search", lang)}" aria-label="{_word("search", lang)}"></div>\n<ol>\n{lines}\n</ol></nav>'
    )


def _counts(unit: Unit, lang: Lang) -> str:
    """The verdict and the counts that are not nought; each with its word, for no count may be told by its colour."""
    parts = [
        f'<span class="{severity.value}">{severity_word(severity, lang)} {count}</span>'
        for severity in FindingSeverity
        if (count := unit.count(severity))
    ]
    if not parts:
        clean = unit.checked.result is not None and not unit.unchecked
        parts.append(f'<span class="{"none" if clean else "warning"}">{unit.status(lang)}</span>')
    if unit.unchecked:
        parts.append(f"<span>{_word('unchecked', lang)} {len(unit.unchecked)}</span>")
    if unit.suggestions:
        parts.append(f"<span>{_word('suggestions', lang)} {unit.suggestions}</span>")
    return " · ".join(parts)


def _stale(stale: Sequence[Suppression], lang: Lang) -> str:
    if not stale:
        return ""
    items = "".join(f"<li>{_shown(entry.origin)} {_shown(stale_words(entry, lang))}</li>" for entry in stale)
    return f'<section class="stale"><h3>{_word("stale", lang)}</h3><ul>{items}</ul></section>\n'


def _passed_over(files: Sequence[PassedOver], lang: Lang) -> str:
    """The files of the folders that are no documents, each with what it is; a long list is folded."""
    if not files:
        return ""
    items = "".join(f"<li>{_shown(file.source)} <em>{file.kind.word(lang)}</em></li>" for file in files)
    opened = " open" if len(files) <= MAX_OPEN else ""
    head = _counted("passed-over", len(files), lang)
    return (
        f'<section class="stale passed-over"><details{opened}><summary>{head}</summary>'
        f"<ul>{items}</ul></details></section>\n"
    )


def _rules(units: Sequence[Unit], rules: dict[str, Rule], lang: Lang) -> str:
    """What the rules that have anything to say here check."""
    items = "".join(
        f"<dt>{_shown(code)} {_shown(rule_name(code, rules, lang))}</dt>"
        f"<dd>{_shown(rule_summary(code, rules, lang))}</dd>"
        for code in _codes(units)
    )
    return f'<section class="rules"><h3>{_word("rules", lang)}</h3><dl>{items}</dl></section>\n' if items else ""


# --- a unit ------------------------------------------------------------------------------------------------------


def _unit(unit: Unit, units: Sequence[Unit], rules: dict[str, Rule], lang: Lang) -> str:
    prefix = f"u{unit.number}"
    report = unit.checked.reading.report
    year = "" if unit.checked.year is None else f" {_word('year', lang, found=unit.checked.year)}"
    body = "" if report is None else _body(unit, report, rules, lang)
    said = verdict(unit.checked, lang)
    return (
        f'<article class="unit" id="{prefix}" aria-labelledby="{prefix}-name">\n{_turn(unit, units, lang)}'
        f'<h2 id="{prefix}-name">{_own(unit.name)}{year}</h2>\n{_facts(unit, lang)}'
        f'<p class="verdict">{_counts(unit, lang)}</p>\n'
        f"{'' if said is None else f'<p>{_shown(said)}</p>'}"
        f'<p class="nothing">{_word("none-shown", lang)}</p>\n{body}</article>'
    )


def _turn(unit: Unit, units: Sequence[Unit], lang: Lang) -> str:
    before = f'<a href="#u{unit.number - 1}">← {_word("previous", lang)}</a>' if unit.number > 1 else "<span></span>"
    after = f'<a href="#u{unit.number + 1}">{_word("next", lang)} →</a>' if unit.number < len(units) else ""
    return f'<p class="turn">{before}{after}</p>\n'


def _facts(unit: Unit, lang: Lang) -> str:
    facts = [f"{_word('file', lang)}{_word('colon', lang)}{_shown(unit.source)}"]
    facts += [_word("edition", lang, found=edition) for edition in unit.editions]
    if unit.checked.result is not None:
        counts = unit.checked.result.counts()
        facts.append(
            _word(
                "counts",
                lang,
                passed=counts[Status.PASSED],
                failed=counts[Status.FAILED],
                open=len(unit.unchecked),
                na=counts[Status.NOT_APPLICABLE],
            )
        )
    return f'<p class="facts">{" · ".join(facts)}</p>\n'


def _body(unit: Unit, report: Report, rules: dict[str, Rule], lang: Lang) -> str:
    prefix = f"u{unit.number}-"
    grouped = _numbered(unit)
    total = sum(map(len, grouped))
    notes = "\n".join(_group(group, unit, report, rules, lang) for group in grouped)
    none = f"<p>{_word('no-findings', lang)}</p>"
    return (
        f"{_brief(unit, report, grouped, rules, lang)}"
        f'<div class="sides">\n<section aria-label="{_word("form", lang)}" lang="zh-CN">\n'
        f"{_tables(report, _marks(unit, grouped, lang), prefix)}</section>\n"
        f'<div class="notes-side">\n<section aria-labelledby="{prefix}notes"><h3 id="{prefix}notes">'
        f"{_counted('findings', total, lang)}</h3>\n{notes or none}</section>\n"
        f"{_unchecked(unit, report, rules, lang)}{_suppressed(unit.checked.suppressed, lang)}</div>\n</div>\n"
    )


def _numbered(unit: Unit) -> list[list[Numbered]]:
    """The findings with their numbers, those with one root together."""
    numbers = count(1)
    return [[(next(numbers), finding) for finding in group] for group in groups(unit.findings)]


def _brief(unit: Unit, report: Report, grouped: list[list[Numbered]], rules: dict[str, Rule], lang: Lang) -> str:
    """The findings in a few words each, above the form: most people need no more to know where to look."""
    items = "".join(
        f'<li><a href="#u{unit.number}-f{number}" class="{finding.severity}"><span class="n">{number}</span> '
        f"{_shown(rule_name(finding.code, rules, lang))} · {_shown(finding_place(report, finding, lang))}</a></li>"
        for number, finding in chain.from_iterable(grouped)
    )
    return f'<ol class="brief" aria-label="{_word("findings", lang)}">{items}</ol>\n' if items else ""


def _marks(unit: Unit, grouped: list[list[Numbered]], lang: Lang) -> dict[str, list[Mark]]:
    """Cell id → the numbers of the findings that it takes part in."""
    marks: dict[str, list[Mark]] = {}
    for number, finding in chain.from_iterable(grouped):
        mark = Mark(f"u{unit.number}-f{number}", _word("number", lang, n=number), str(number), finding.severity.value)
        for cell_id in finding.cells:
            marks.setdefault(cell_id, []).append(mark)
    return marks


def _tables(report: Report, marks: dict[str, list[Mark]], prefix: str) -> str:
    headings = {heading.id: heading.text for heading in HEADINGS}
    return "".join(f"<h3>{headings[one.id]}</h3>\n{table(sheet(one), marks, prefix)}\n" for one in report.tables)


# --- findings ----------------------------------------------------------------------------------------------------


def _group(group: Sequence[Numbered], unit: Unit, report: Report, rules: dict[str, Rule], lang: Lang) -> str:
    root = f"<p>{_word('one-root', lang, n=len(group))}</p>\n" if len(group) > 1 else ""
    findings = "\n".join(_finding(finding, number, unit, report, rules, lang) for number, finding in group)
    return f'<div class="group">\n{root}{_advice(group[0][1], lang)}{findings}</div>'


def _advice(finding: Finding, lang: Lang) -> str:
    edits = finding.edits
    if not edits:
        return ""
    if len(edits) == 1:
        words = _shown(edits[0].message(lang))
        return f'<p class="suggestion"><strong>{_word("suggestion", lang)}</strong>{_word("colon", lang)}{words}</p>\n'
    items = [_shown(edit.message(lang)) for edit in edits[:MAX_EDITS]]
    if len(edits) > MAX_EDITS:
        items.append(_word("more-edits", lang, n=len(edits) - MAX_EDITS))
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="candidates">{word("several-edits", lang, n=len(edits))}<ul>{listed}</ul></div>\n'


def _finding(finding: Finding, number: int, unit: Unit, report: Report, rules: dict[str, Rule], lang: Lang) -> str:
    sentence = printable(finding.message(lang))
    quoted = finding.quote is not None and printable(finding.quote) not in sentence
    quote = (
        f"<blockquote>{_word('quote', lang)}{_word('colon', lang)}{_own(finding.quote or '')}</blockquote>\n"
        if quoted
        else ""
    )
    return (
        f'<div class="finding" id="u{unit.number}-f{number}" role="group" tabindex="-1" '
        f'aria-label="{_word("number", lang, n=number)}" data-code="{_shown(finding.code)}" '
        f'data-kind="{finding.severity}">\n'
        f'<p class="head"><span class="n {finding.severity}">{number}</span> '
        f'<span class="severity {finding.severity}">{severity_word(finding.severity, lang)}</span> '
        f"{_shown(finding.code)} {_shown(rule_name(finding.code, rules, lang))} · "
        f"{_shown(finding_place(report, finding, lang))}</p>\n"
        f'<p class="sentence">{escape(sentence)}</p>\n{quote}{_look(finding, unit.checked, lang)}'
        f"{_operands(finding, unit, report, lang)}</div>"
    )


def _look(finding: Finding, checked: Checked, lang: Lang) -> str:
    words = _word(f"look.{finding.look_at}", lang)
    if finding.flags:
        words += " ".join(flags_text(checked, finding, lang))
    return f'<p class="look">{_shown(words)}</p>\n'


def _operands(finding: Finding, unit: Unit, report: Report, lang: Lang) -> str:
    """The figures with their own words and places; where a rule gives none, the cells."""
    if not finding.operands:
        return _cells(finding.cells, unit, report, lang)
    names = "".join(f'<th scope="col">{_word(key, lang)}</th>' for key in ("side", "cell", "raw", "place"))
    rows = "\n".join(_operand(operand, unit, report, lang) for operand in finding.operands)
    return (
        f"<details{' open' * (len(finding.operands) <= MAX_OPEN)}><summary>"
        f"{_word('figures', lang, n=len(finding.operands))}</summary>\n"
        f'<table class="operands"><thead><tr>{names}</tr></thead>\n<tbody>{rows}</tbody></table></details>\n'
    )


def _operand(operand: Operand, unit: Unit, report: Report, lang: Lang) -> str:
    raw = _own(operand.text) if operand.text else _word("empty", lang)
    place = location_text(operand.location, lang)
    name = _shown(cell_place(report, operand.cell, lang))
    if operand.source:
        whose = _word("whose.previous", lang) if operand.source == "previous" else operand.source
        name = f"{_shown(whose)} {name}"
        file = dict(unit.checked.others).get(operand.source)
        place = f"{file} {place}" if file else place
    else:
        name = f'<a href="#u{unit.number}-{_shown(operand.cell)}">{name}</a>'
    return f"<tr><td>{_word(operand.side, lang)}</td><td>{name}</td><td>{raw}</td><td>{_shown(place)}</td></tr>"


def _cells(cells: Sequence[str], unit: Unit, report: Report, lang: Lang) -> str:
    if not cells:
        return ""
    links = [
        f'<a href="#u{unit.number}-{_shown(cell_id)}">{_shown(cell_place(report, cell_id, lang))}</a>'
        for cell_id in cells
    ]
    return (
        f"<details{' open' * (len(cells) <= MAX_OPEN)}><summary>{_word('cells', lang)}{len(cells)}</summary>"
        f"{_word('comma', lang).join(links)}</details>\n"
    )


# --- the rest ----------------------------------------------------------------------------------------------------


def _unchecked(unit: Unit, report: Report, rules: dict[str, Rule], lang: Lang) -> str:
    """What could not be checked and why, rule by rule."""
    if not unit.unchecked:
        return ""
    by_code: dict[str, list[Outcome]] = {}
    for outcome in unit.unchecked:
        by_code.setdefault(outcome.code, []).append(outcome)
    parts = "\n".join(_open(code, outcomes, report, rules, lang) for code, outcomes in by_code.items())
    name = _counted("unchecked", len(unit.unchecked), lang)
    heading = f"u{unit.number}-open"
    return f'<section class="unchecked" aria-labelledby="{heading}"><h3 id="{heading}">{name}</h3>\n{parts}</section>\n'


def _open(code: str, outcomes: Sequence[Outcome], report: Report, rules: dict[str, Rule], lang: Lang) -> str:
    lines: dict[str, list[str]] = {}
    for outcome in outcomes:
        names = lines.setdefault(why(report, outcome, lang), [])
        names.append(instance_name(report, code, outcome.instance, lang))
    items = "\n".join(
        f"<li>{_shown('、'.join(filter(None, names)) if lang == 'zh' else ', '.join(filter(None, names)))}"
        f"{_word('colon', lang) if any(names) else ''}{_shown(reason)}</li>"
        for reason, names in lines.items()
    )
    return (
        f'<details data-code="{_shown(code)}" data-kind="unchecked"{" open" * (len(lines) <= MAX_OPEN)}><summary>'
        f'<span class="mark">?</span> {_shown(code)} {_shown(rule_name(code, rules, lang))} · '
        f"{_word('times', lang, n=len(outcomes))}</summary>\n<ul>{items}</ul></details>"
    )


def _suppressed(suppressed: Sequence[Suppressed], lang: Lang) -> str:
    if not suppressed:
        return ""
    items = "".join(
        f"<li>{_shown(one.finding.code)} {_shown(one.finding.message(lang))}"
        f" · {_word('reason', lang)}{_shown(one.by.reason)}</li>"
        for one in suppressed
    )
    name = _counted("suppressed", len(suppressed), lang)
    return f'<section class="suppressed"><h3>{name}</h3><ul>{items}</ul></section>\n'
