"""For people: each finding with the figures that take part, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..checks import CheckResult, Status
from ..messages import Words
from ..safe_text import printable
from . import Checked, Lang, Rest
from .phrases import (
    Group,
    advice,
    at,
    groups,
    place_of,
    rules_by_code,
    severity_word,
    stale_words,
    total_words,
    verdict,
)
from .undecided import todos
from .wording import cell_place, finding_place, rule_name

_word: Words = Words(
    ("zeros", "其余{n}个为0", "{n} more are 0"),
    ("blanks", "其余{n}个为空白", "{n} more are blank"),
    ("more", "另有{n}个，从略", "and {n} more"),
    ("quote", "正文原句：{quote}", "the prose says: {quote}"),
    ("codes", "请先核对读取是否有误：{codes}", "look first at how the file was read: {codes}"),
    ("suggestion", "建议：", "suggestion: "),
    ("one-cause", "以下{n}处出于同一原因：", "{n} findings, one cause:"),
    ("open", "未能检查：{all}项中有{n}项", "could not be checked: {n} of {all}"),
    ("suppressed", "已抑制：{n}处", "suppressed: {n}"),
    ("clean", "未发现问题，已检查{n}项", "no findings, {n} checks made"),
)

MAX_FOLDED = 6
"""Findings of one cause, and figures, that are shown; the formats for programs have them all."""


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """File by file, those of which there is nothing to say left out; last, the totals."""
    lines = [line for one in checked for line in _file(one, lang)]
    lines += [f"{at(entry.origin, None, lang)}:{entry.line or 1}: {stale_words(entry, lang)}" for entry in rest.stale]
    lines += [""] * bool(rest.stale)
    return "".join(f"{printable(line)}\n" for line in [*lines, total_words(checked, rest.stale, lang)])


def clean_words(result: CheckResult, lang: Lang) -> str:
    """The line of a report that is clean; in a list of files such a report takes none."""
    return _word("clean", lang, n=result.counts()[Status.PASSED])


def _file(one: Checked, lang: Lang) -> Iterator[str]:
    whose = " ".join(str(part) for part in (one.agency, one.year) if part is not None)
    said = [line for group in groups(one.findings) for line in _group(one, group, lang)]
    said += _rest(one, lang)
    if said:
        yield from (f"{one.source}" + f" · {whose}" * bool(whose), *said, "")


def _group(one: Checked, group: Group, lang: Lang) -> Iterator[str]:
    """One finding, or several of one cause: what is said of them all first, then each in a line."""
    first = group.findings[0]
    rules = rules_by_code([one.result])
    names = dict.fromkeys(f"{found.code} {rule_name(found.code, rules, lang)}" for found in group.findings)
    severity = severity_word(group.severity, lang)
    yield f"  {at(one.source, place_of(one, first), lang)}: {severity} {', '.join(names)}"
    yield f"    {group.message(lang)}"
    yield from _advice(group, lang)
    if group.cause is not None:
        yield "    " + _word("one-cause", lang, n=len(group.findings))
        yield from (f"      {found.code} {found.message(lang)}" for found in group.findings[:MAX_FOLDED])
        if len(group.findings) > MAX_FOLDED:
            yield "      " + _word("more", lang, n=len(group.findings) - MAX_FOLDED)
    yield from _figures(one, group, lang)
    if first.quote is not None and first.quote not in first.message(lang):
        yield "    " + _word("quote", lang, quote=first.quote)
    codes = dict.fromkeys(code for found in group.findings for code in found.codes)
    if codes:
        yield "    " + _word("codes", lang, codes=", ".join(codes))


def _advice(group: Group, lang: Lang) -> Iterator[str]:
    """The one edit that would mend it, or the first of several."""
    lines = advice(group, lang)
    if len(group.edits) == 1:
        lines[0] = _word("suggestion", lang) + lines[0]
    yield from (f"    {line}" for line in lines[:1])
    yield from (f"      {line}" for line in lines[1:])


def _figures(one: Checked, group: Group, lang: Lang) -> Iterator[str]:
    """The figures that take part, each with its place and the source's own words; plain zeros are counted."""
    report, others = one.report, dict(one.others)
    if not group.operands and group.cells and report is not None:
        yield f"    | {finding_place(report, group.findings[0], lang)}"
    listed, rest = group.figures(len(group.operands) if group.cause is None else 2 * MAX_FOLDED)
    places = [at(others.get(operand.source, operand.source), operand.location, lang).lstrip(": ") for operand in listed]
    width = max(map(len, places), default=0)
    for operand, place in zip(listed, places, strict=True):
        name = operand.cell if report is None else cell_place(report, operand.cell, lang)
        yield f"    {place:>{width}} | {name} = {operand.text or '∅'}"
    yield from (f"    {'':>{width}} | {_word(key, lang, n=number)}" for key, number in rest)


def _rest(one: Checked, lang: Lang) -> Iterator[str]:
    """Yield what is to be said besides the findings; nothing where all was checked and nothing found."""
    why = verdict(one, lang)
    if why is not None:
        yield f"  {why}"
    if one.result is not None:
        yield from _checks_made(one, one.result.counts(), lang)
    if one.suppressed:
        yield "  " + _word("suppressed", lang, n=len(one.suppressed))
    for accepted in one.suppressed:
        yield f"    {accepted.finding.code} {accepted.finding.message(lang)} ({accepted.by.reason})"


def _checks_made(one: Checked, counts: Mapping[Status, int], lang: Lang) -> Iterator[str]:
    """Yield how many checks were made where that says more than the findings, and what could not be checked."""
    made = counts[Status.PASSED] + counts[Status.FAILED] + len(one.suppressed)
    if made and not one.findings and (one.unchecked or one.suppressed):
        yield "  " + _word("clean", lang, n=made)
    if one.unchecked:
        yield "  " + _word("open", lang, n=len(one.unchecked), all=len(one.unchecked) + made)
    yield from (f"    {todo.line(one.report, lang)}" for todo in todos(one, lang))
