"""For people: each finding with the figures that take part, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import Finding, Status
from ..safe_text import printable
from . import Checked, Lang, Rest
from .phrases import advice, at, groups, place_of, rules_by_code, severity_word, stale_words, total_words, verdict
from .undecided import unchecked
from .wording import cell_place, finding_place, rule_name

_WORDS: dict[str, dict[Lang, str]] = {
    "zeros": {"en": "{n} more are 0", "zh": "其余{n}个为0"},
    "quote": {"en": "the prose says: {quote}", "zh": "正文原句：{quote}"},
    "flags": {
        "en": "look first at how the file was read: {flags}",
        "zh": "请先核对读取是否有误：{flags}",
    },
    "suggestion": {"en": "suggestion: ", "zh": "建议："},
    "one-root": {"en": "These {n} findings have one root.", "zh": "以上{n}处出于同一原因。"},
    "open": {"en": "could not be checked: {n} of {all}", "zh": "无法核对：{all}项中有{n}项"},
    "suppressed": {"en": "suppressed: {n}", "zh": "已抑制：{n}处"},
    "clean": {"en": "no findings, {n} checks made", "zh": "未发现问题，已核对{n}项"},
}


def write(checked: Sequence[Checked], lang: Lang, rest: Rest) -> str:
    """File by file; last, the totals."""
    lines = [line for one in checked for line in _file(one, lang)]
    lines += [f"{at(entry.origin, None, lang)}:{entry.line or 1}: {stale_words(entry, lang)}" for entry in rest.stale]
    lines += [""] * bool(rest.stale)
    return "".join(f"{printable(line)}\n" for line in [*lines, total_words(checked, rest.stale, lang)])


def _file(one: Checked, lang: Lang) -> Iterator[str]:
    whose = " ".join(str(part) for part in (one.agency, one.year) if part is not None)
    yield f"{one.source}" + f" · {whose}" * bool(whose)
    for group in groups(one.findings):
        for finding in group:
            yield from _finding(one, finding, lang)
        # What goes for all findings of a group is said once.
        if len(group) > 1:
            yield "    " + _word("one-root", lang, n=len(group))
        for number, line in enumerate(advice(group[0], lang)):
            head = _word("suggestion", lang) if len(group[0].edits) == 1 else ""
            yield f"    {head}{line}" if number == 0 else f"      {line}"
    yield from _rest(one, lang)
    yield ""


def _finding(one: Checked, finding: Finding, lang: Lang) -> Iterator[str]:
    name = f"{finding.code} {rule_name(finding.code, rules_by_code(), lang)}"
    yield f"  {at(one.source, place_of(one, finding), lang)}: {severity_word(finding.severity, lang)} {name}"
    yield f"    {finding.message(lang)}"
    yield from _figures(one, finding, lang)
    if finding.quote is not None and finding.quote not in finding.message(lang):
        yield "    " + _word("quote", lang, quote=finding.quote)
    if finding.flags:
        yield "    " + _word("flags", lang, flags=", ".join(finding.flags))


def _figures(one: Checked, finding: Finding, lang: Lang) -> Iterator[str]:
    """The figures that take part, each with its place and the source's own words; plain zeros are counted."""
    report, others = one.reading.report, dict(one.others)
    if not finding.operands and finding.cells and report is not None:
        yield f"    | {finding_place(report, finding, lang)}"
    shown = [operand for operand in finding.operands if operand.value != 0 or operand.text.strip() != "0"]
    places = [at(others.get(operand.source, operand.source), operand.location, lang).lstrip(": ") for operand in shown]
    width = max(map(len, places), default=0)
    for operand, place in zip(shown, places, strict=True):
        name = operand.cell if report is None else cell_place(report, operand.cell, lang)
        yield f"    {place:>{width}} | {name} = {operand.text or '∅'}"
    if zeros := len(finding.operands) - len(shown):
        yield f"    {'':>{width}} | {_word('zeros', lang, n=zeros)}"


def _rest(one: Checked, lang: Lang) -> Iterator[str]:
    """What is to be said besides the findings."""
    why = verdict(one, lang)
    if why is not None:
        yield f"  {why}"
    if one.result is None:
        return
    counts = one.result.counts()
    made = counts[Status.PASSED] + counts[Status.FAILED] + len(one.suppressed)
    if made and not one.findings:
        yield "  " + _word("clean", lang, n=made)
    if one.result.unchecked:
        n = len(one.result.unchecked)
        yield "  " + _word("open", lang, n=n, all=n + made)
        for entry in unchecked(one, lang):
            yield f"    {entry.code} ×{len(entry.instances)}: {entry.why}"
    if one.suppressed:
        yield "  " + _word("suppressed", lang, n=len(one.suppressed))
        for accepted in one.suppressed:
            yield f"    {accepted.finding.code} {accepted.finding.message(lang)} ({accepted.by.reason})"


def _word(key: str, lang: Lang, **parts: object) -> str:
    return _WORDS[key][lang].format(**parts)
