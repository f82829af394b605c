"""Test results as build servers take them: a suite for each file, a test case for each rule."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from ..checks import CheckResult, Finding, FindingSeverity, Status
from ..safe_text import printable
from ..suppressions import Suppression
from . import Checked, Lang
from .phrases import advice, at, place_of, rules_by_code, severity_word, stale_words, verdict, word
from .undecided import unchecked
from .wording import rule_name

_READING = "reading"
_STALE = "suppressions"


def write(checked: Sequence[Checked], lang: Lang, stale: Sequence[Suppression]) -> str:
    """A rule that found an error or a warning failed; hints fail nothing.

    A rule of which a part could not be checked, or that does not apply, or whose findings are all suppressed, is
    skipped, with the reason: it did not pass.
    """
    suites = [_suite(one, lang) for one in checked]
    if stale:
        suites.append(_stale_suite(stale, lang))
    root = ElementTree.Element("testsuites", name="gipa-reports")
    for suite in suites:
        counts = {
            "tests": len(suite),
            "failures": len(suite.findall("testcase/failure")),
            "errors": len(suite.findall("testcase/error")),
            "skipped": len(suite.findall("testcase/skipped")),
        }
        for name, count in counts.items():
            suite.set(name, str(count))
        root.append(suite)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(one: Checked, lang: Lang) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=printable(one.source))
    case = _case(suite, one.source, _READING)
    if one.result is None:
        _tell(case, "error", verdict(one, lang) or "", _READING)
        return suite
    rules = rules_by_code()
    broken = [outcome.code for outcome in one.result.unchecked if outcome.code not in one.result.rules]
    for code in dict.fromkeys((*one.result.rules, *broken)):
        case = _case(suite, one.source, f"{code} {rule_name(code, rules, lang)}")
        _judge(case, one, _only(one.result, code), code, lang)
    return suite


def _only(result: CheckResult, code: str) -> CheckResult:
    return CheckResult(tuple(outcome for outcome in result.outcomes if outcome.code == code), (code,))


def _judge(case: ElementTree.Element, one: Checked, part: CheckResult, code: str, lang: Lang) -> None:
    """One rule: the worst that can be said of it."""
    failures = [finding for finding in part.findings if finding.severity is not FindingSeverity.HINT]
    hints = [finding for finding in part.findings if finding.severity is FindingSeverity.HINT]
    still_open = [f"×{len(entry.instances)} {entry.why}" for entry in unchecked(one, lang) if entry.code == code]
    accepted = [entry for entry in one.suppressed if entry.finding.code == code]
    if failures:
        details = "\n".join(_details(one, finding, lang) for finding in failures)
        _tell(case, "failure", failures[0].message(lang), failures[0].severity, details)
    elif any(outcome.status is Status.ERRORED for outcome in part.outcomes):
        _tell(case, "error", "; ".join(still_open), Status.ERRORED)
    elif still_open:
        _tell(case, "skipped", "; ".join(still_open), Status.UNDECIDED)
    elif accepted:
        reasons = dict.fromkeys(entry.by.reason for entry in accepted)
        _tell(case, "skipped", word("suppressed", lang, reason="; ".join(reasons)), "suppressed")
    elif all(outcome.status is Status.NOT_APPLICABLE for outcome in part.outcomes):
        notes = dict.fromkeys(outcome.note for outcome in part.outcomes if outcome.note)
        _tell(case, "skipped", "; ".join([word("not-applicable", lang), *notes]), Status.NOT_APPLICABLE)
    if hints:
        ElementTree.SubElement(case, "system-out").text = "\n".join(_details(one, hint, lang) for hint in hints)


def _details(one: Checked, finding: Finding, lang: Lang) -> str:
    head = f"{at(one.source, place_of(one, finding), lang)}: {severity_word(finding.severity, lang)}"
    cells = ", ".join(finding.cells)
    lines = [f"{head} {finding.code} {finding.message(lang)}", *([cells] if cells else []), *advice(finding, lang)]
    return "\n".join(map(printable, lines))


def _stale_suite(stale: Sequence[Suppression], lang: Lang) -> ElementTree.Element:
    """Stale suppressions fail nothing."""
    suite = ElementTree.Element("testsuite", name=_STALE)
    for entry in stale:
        case = _case(suite, entry.origin, f"{entry.line or ''} {entry}".strip())
        _tell(case, "skipped", stale_words(entry, lang), "stale")
    return suite


def _case(suite: ElementTree.Element, source: str, name: str) -> ElementTree.Element:
    # Servers cut a class name at its dots into packages; a path is one name.
    class_name = printable(source).replace(".", "_")
    return ElementTree.SubElement(suite, "testcase", classname=class_name, name=printable(name))


def _tell(case: ElementTree.Element, tag: str, message: str, kind: str, details: str | None = None) -> None:
    ElementTree.SubElement(case, tag, type=str(kind), message=printable(message)).text = details
