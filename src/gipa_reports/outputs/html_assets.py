"""The style sheet and the script of the page, and the policy that lets it run this script and no other."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
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
.js .one > .unit:not(.chosen) { display: none; }
.facts, .turn { color: var(--dim); font-size: .88rem; margin: .15rem 0; }
.turn { display: none; }
.js .one .turn { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: .4rem; }
.verdict { font-weight: 600; margin-top: .5rem; }
.error { color: var(--flag); } .warning { color: var(--warn); } .hint { color: var(--hint); }
.none { color: var(--ok); }
.severity { font-weight: 700; }
.once { font-size: .9rem; margin: .2rem 0 0; }
.overview h3 { margin-top: 1.2rem; font-size: 1rem; }
.overview ol { list-style: none; margin: 0; padding: 0; }
.overview li { padding: .25rem 0; border-bottom: 1px solid var(--line); line-height: 1.5; }
.overview li a { text-decoration: none; color: var(--ink); display: block; padding: .1rem .3rem; }
.overview li a:hover { background: var(--head); }
.js .one:not(.all) > .overview { display: none; }
.n, .noted a { display: inline-block; min-width: 1.5em; text-align: center; border-radius: .75em; padding: .1em .35em;
  font: bold .75rem/1.3 sans-serif; background: var(--paper); border: 1.5px solid currentColor; }
.gipa-report .noted a { font-size: .7rem; margin: 0 0 0 .2em; vertical-align: middle; }
.noted a.error { color: var(--flag); } .noted a.warning { color: var(--warn); } .noted a.hint { color: var(--hint); }
.unit td.noted { box-shadow: inset 0 0 0 1.5px var(--line); }
.unit td.noted:not(:has(a:not([hidden]))) { background: none; box-shadow: none; }
.unit td.lit { background: var(--lit); box-shadow: inset 0 0 0 3px var(--link); }
.finding { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; margin: .7rem 0;
  background: var(--panel); }
.suggestion { border-left: 4px solid var(--ok); padding-left: .6rem; }
.candidates { border-left: 4px solid var(--warn); padding-left: .6rem; font-size: .92rem; }
.candidates ul { margin: .2rem 0; padding-left: 1.3rem; }
.head { font-size: .88rem; margin: 0; }
.sentence { font-size: 1.02rem; margin: .2rem 0; }
.symptoms ul { margin: .2rem 0; padding-left: 1.3rem; }
.prose mark { background: var(--lit); color: var(--ink); padding: 0 .1em; }
.finding blockquote { margin: .3rem 0; padding-left: .7rem; border-left: 3px solid var(--line); font-size: .92rem; }
.look { font-size: .88rem; color: var(--dim); }
details { font-size: .88rem; margin: .25rem 0; }
summary { cursor: pointer; }
.printed { display: block; max-width: 100%; border: 1px solid; margin: .4rem 0; }
.operands { font-size: .82rem; width: auto; max-width: 100%; margin: .4rem 0; background: var(--paper); }
.gipa-report .operands td a { display: inline; font: inherit; vertical-align: baseline; white-space: normal; padding: 0;
  text-decoration: underline; }
.operands td, .operands th { text-align: left; text-wrap: wrap; padding: .15em .6em; }
.operands .raw { font-weight: 600; white-space: pre-wrap; }
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
  .js .one .chosen .sides { display: grid; grid-template-columns: minmax(24rem, 2fr) minmax(46rem, 3fr); gap: 1.5rem;
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
  .js .one .unit { break-before: auto; } .js .one:not(.all) > :is(.stale, .rules) { display: none; }
  .js header:has(~ .page .one:not(.all)) .totals { display: none; }
  h2, h3, h4, summary { break-after: avoid; } .head { break-after: avoid; }
  .finding { background: none; break-inside: avoid; }
  .unit td.noted { background: none; box-shadow: inset 0 0 0 1pt #000; }
  .gipa-report .noted a, .n { font-size: 6.5pt; padding: 0 .25em; min-width: 1.2em; }
  .operands { font-size: 7.5pt; table-layout: auto; }
}
"""

SCRIPT = """"use strict";
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  const main = document.querySelector("main");
  const overview = document.getElementById("all");
  const units = [...main.querySelectorAll(".unit")];
  const links = new Map([...document.querySelectorAll("nav.units a")].map(link => [link.hash.slice(1), link]));
  const items = [...main.querySelectorAll("[data-codes]")];
  const rule = document.getElementById("rule");
  const kinds = [...document.querySelectorAll(".filters input[type=checkbox]")];
  const search = document.getElementById("search");
  const everything = document.getElementById("everything");
  const live = document.getElementById("live");
  const marks = new Map();
  for (const link of main.querySelectorAll("td a")) {
    const id = link.hash.slice(1);
    if (!marks.has(id)) marks.set(id, []);
    marks.get(id).push(link);
  }
  let chosen = overview;

  function choose(place) {
    chosen = place;
    main.classList.toggle("all", place === overview);
    for (const unit of units) unit.classList.toggle("chosen", unit === place);
    for (const link of links.values()) link.removeAttribute("aria-current");
    const link = links.get(place.id);
    link?.setAttribute("aria-current", "true");
    link?.scrollIntoView({block: "nearest"});
    count();
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const place = target?.closest(".unit, #all");
    if (!place) return;
    choose(place);
    const focused = target === place ? place.querySelector("h2") : target;
    focused.tabIndex = -1;
    focused.focus({preventScroll: true});
    target.scrollIntoView({block: target === place ? "start" : "center"});
  }

  function light(event) {
    const finding = event.target.closest(".finding");
    if (!finding) return;
    for (const cell of main.querySelectorAll(".lit")) cell.classList.remove("lit");
    for (const mark of marks.get(finding.id) ?? []) mark.closest("td").classList.add("lit");
  }

  const shown = place => place.querySelectorAll(".finding:not([hidden])").length;

  function count() {
    const listed = units.filter(unit => !links.get(unit.id).closest("li").hidden);
    const words = chosen === overview ? live.dataset.words : live.dataset.one + live.dataset.words;
    live.textContent = words.replace("{here}", shown(chosen))
      .replace("{shown}", listed.map(shown).reduce((sum, found) => sum + found, 0))
      .replace("{all}", main.querySelectorAll(".finding").length)
      .replace("{units}", listed.length).replace("{of}", units.length);
  }

  function filter() {
    const wanted = new Set(kinds.filter(kind => kind.checked).map(kind => kind.value));
    const narrowed = rule.value !== "" || wanted.size < kinds.length;
    const words = search.value.trim().toLowerCase();
    for (const item of items) {
      item.hidden = !((rule.value === "" || item.dataset.codes.split(" ").includes(rule.value))
        && wanted.has(item.dataset.kind));
      for (const mark of marks.get(item.id) ?? []) mark.hidden = item.hidden;
    }
    for (const part of main.querySelectorAll(".unchecked, .overview > section"))
      part.hidden = !part.querySelector("[data-codes]:not([hidden])");
    for (const unit of units) {
      const empty = narrowed && !unit.querySelector("[data-codes]:not([hidden])");
      unit.classList.toggle("filtered-out", empty);
      const line = links.get(unit.id).closest("li");
      line.hidden = empty || !line.textContent.toLowerCase().includes(words);
      const found = overview.querySelector(`[data-unit="${unit.id}"]`);
      if (found) found.hidden ||= line.hidden;
    }
    overview.classList.toggle("filtered-out", !overview.querySelector(":scope > section:not([hidden])"));
    if (chosen !== overview && links.get(chosen.id).closest("li").hidden) choose(overview);
    else count();
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
  choose(overview);
  filter();
  follow();
});
"""

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    f"script-src 'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
)
"""The page may run this script and no other, whatever is in the reports, and load nothing."""
