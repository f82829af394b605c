"""Phrases that several formats share: severities, places, groups, advice, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ..checks import Cause, CheckResult, Edit, Finding, FindingSeverity, Operand, Rule, Status, all_rules
from ..diagnostics import Location
from ..messages import Words
from ..safe_text import printable
from ..suppressions import Suppression
from . import Checked, Lang

word: Words = Words(
    ("severity.error", "错误", "error"),
    ("severity.warning", "警告", "warning"),
    ("severity.hint", "提示", "hint"),
    ("several-edits", "有{n}种改法都能使勾稽关系全部成立，因此不作建议：",
     "{n} changes would each make all identities hold, so none is suggested:"),
    ("more-edits", "……另有{n}种，从略", "… and {n} more"),
    ("nothing-checked", "所有项目都未能检查：没有发现问题不等于没有问题。",
     "Nothing could be checked: that there is no finding says nothing of this report."),
    ("nothing-applies", "所用的规则在此都没有可检查的内容。", "No rule that ran has anything to check here."),
    ("not-read", "未能检查，没有读到报告：{why}", "Not checked, it has no report: {why}"),
    ("stale", "已没有问题需要抑制项{what}，请删除", "no finding needs the suppression {what} any more; remove it"),
    ("total",
     "共{files}份：错误{error}处，警告{warning}处，提示{hint}处，已抑制{suppressed}处；{all}项检查中有{open}项未能检查"
     "；未能检查的文件{unread}份",
     "files {files}: errors {error}, warnings {warning}, hints {hint}, suppressed {suppressed}; checks that could "
     "not be made: {open} of {all}; files not checked: {unread}"),
    ("total.stale", "；失效的抑制项{stale}条", "; stale suppressions: {stale}"),
)  # fmt: skip


def severity_word(severity: FindingSeverity, lang: Lang) -> str:
    """error, warning, hint."""
    return word(f"severity.{severity}", lang)


def rules_by_code(results: Iterable[CheckResult | None] = ()) -> dict[str, Rule]:
    """Every rule that is installed, and those that ``results`` had beside them, by its code."""
    own = (rule for result in results if result is not None for rule in result.own_rules)
    return {rule.code: rule for rule in (*all_rules(), *own)}


# --- places ------------------------------------------------------------------------------------------------------


def place_of(checked: Checked, finding: Finding) -> Location | None:
    """Return where a finding stands: its words in the prose, else the first figure of this report that has a place."""
    told = (passage.location for passage in finding.passages)
    own = (operand.location for operand in finding.operands if not operand.source)
    cells = (checked.reading.locations.get(cell_id) for cell_id in finding.cells)
    return next((location for location in (*told, *own, *cells) if location is not None), None)


def location_text(location: Location | None, lang: Lang) -> str:
    """A place in the source, in words; empty where it is not known."""
    if location is None:
        return ""
    if lang == "en":
        return printable(str(location))
    return printable("".join(_location_zh(location)))


_PLACES_ZH = {
    "converted": "（由{}转换）",
    "sheet": "工作表“{}”",
    "page": "第{}页",
    "table": "第{}个表格",
    "line": "第{}行",
    "row": "第{}行",
}
"""Field of a location → how a sentence names it."""


def _location_zh(location: Location) -> Iterator[str]:
    for name, words in _PLACES_ZH.items():
        if (found := getattr(location, name)) is not None:
            yield words.format(found)
    if location.column is not None:
        yield f"第{location.column}{'列' if location.line is None else '字'}"


def at(path: str, location: Location | None, lang: Lang) -> str:
    """``PATH:LINE:COL`` as far as they are known, or the path and the place in words where the format has no lines."""
    if location is None:
        return path
    if location.line is None:
        place = location_text(location, lang)
        return f"{path}: {place}" if place else path
    return ":".join(str(part) for part in (path, location.line, location.column) if part is not None)


def verdict(checked: Checked, lang: Lang) -> str | None:
    """Return why no finding must not be taken for all well; None where something was checked."""
    if checked.result is None:
        return word("not-read", lang, why=" ".join(filter(None, why_unread(checked, lang))))
    counts = checked.result.counts()
    if counts[Status.PASSED] or counts[Status.FAILED] or checked.suppressed:
        return None
    return word("nothing-checked" if checked.result.unchecked else "nothing-applies", lang)


def why_unread(checked: Checked, lang: Lang) -> tuple[str, str]:
    """Return the code and the sentence that say why a file has no report; empty where nothing says it."""
    error = checked.reading.error
    for problem in checked.reading.diagnostics:
        if error is None or problem.code == error.code:
            return problem.code, problem.message(lang)
    return ("", "") if error is None else (error.code, error.sentence(lang))


# --- advice ------------------------------------------------------------------------------------------------------


def advice(finding: Finding | Group, lang: Lang) -> list[str]:
    """The suggestion, or the first candidates where there are several; empty where there is neither."""
    edits = [edit.message(lang) for edit in finding.edits]
    if len(edits) < 2:
        return edits
    rest = [word("more-edits", lang, n=len(edits) - MAX_EDITS)] if len(edits) > MAX_EDITS else []
    return [word("several-edits", lang, n=len(edits)), *(f"- {edit}" for edit in edits[:MAX_EDITS]), *rest]


MAX_EDITS = 4
"""Edits that are named where several would do, and none is suggested; the formats for programs have them all."""


FEW_BLANKS = 3
"""Blanks that are counted rather than named."""


@frozen
class Group:
    """Findings that come from one thing, or one that stands for itself: what people take for one finding."""

    findings: tuple[Finding, ...]

    @property
    def cause(self) -> Cause | None:
        """Return what they come from, where there are several."""
        return self.findings[0].cause if len(self.findings) > 1 else None

    @property
    def severity(self) -> FindingSeverity:
        """Severity of the worst of them."""
        return min((finding.severity for finding in self.findings), key=_SEVERITIES.index)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of all of them."""
        return tuple(dict.fromkeys(cell_id for finding in self.findings for cell_id in finding.cells))

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The figures that take part in any of them, each once."""
        found = {(one.source, one.cell): one for finding in self.findings for one in finding.operands}
        return tuple(found.values())

    def figures(self, most: int) -> tuple[list[Operand], list[tuple[str, int]]]:
        """The figures that are told one by one, ``most`` of them; and how many ``more``, ``zeros`` and ``blanks`` are
        not, as far as there are any.
        """
        number_of = Counter(map(_kind, self.operands))
        unnamed = ("zeros", "blanks") if number_of["blanks"] >= FEW_BLANKS else ("zeros",)
        told = [one for one in self.operands if _kind(one) not in unnamed]
        rest = {"more": len(told) - most, **{kind: number_of[kind] for kind in unnamed}}
        return told[:most], [(name, number) for name, number in rest.items() if number > 0]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return what would mend them."""
        return self.findings[0].edits

    def message(self, lang: Lang) -> str:
        """The one sentence that is said of them."""
        return self.findings[0].message(lang) if self.cause is None else self.cause.message(lang)


def _kind(operand: Operand) -> str:
    if operand.value is None and not operand.text:
        return "blanks"
    return "zeros" if operand.value == 0 and operand.text.strip() == "0" else "figures"


_SEVERITIES = tuple(FindingSeverity)


def groups(findings: Iterable[Finding]) -> list[Group]:
    """The findings in their order, those with one cause together."""
    found: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        found.setdefault(number if finding.group is None else finding.group, []).append(finding)
    return [Group(tuple(several)) for several in found.values()]


# --- totals ------------------------------------------------------------------------------------------------------


def stale_words(entry: Suppression, lang: Lang) -> str:
    """Say that a suppression is stale."""
    return word("stale", lang, what=str(entry))


def totals(checked: Sequence[Checked]) -> Mapping[str, int]:
    """Say how many files, findings of each severity, suppressed ones, checks, and of these how many could not be made.

    Findings with one cause are counted as one.
    """
    severities = Counter(group.severity for one in checked for group in groups(one.findings))
    statuses: Counter[Status] = Counter()
    for one in checked:
        statuses.update(one.result.counts() if one.result is not None else {})
    suppressed = sum(len(one.suppressed) for one in checked)
    undecided = statuses[Status.UNDECIDED] + statuses[Status.ERRORED]
    return {
        "files": len(checked),
        **{severity.value: severities[severity] for severity in FindingSeverity},
        "suppressed": suppressed,
        "open": undecided,
        "all": statuses[Status.PASSED] + statuses[Status.FAILED] + suppressed + undecided,
        "unread": sum(one.result is None for one in checked),
    }


def total_words(checked: Sequence[Checked], stale: Sequence[Suppression], lang: Lang) -> str:
    """The whole run in one line."""
    text = word("total", lang, **totals(checked))
    return text + word("total.stale", lang, stale=len(stale)) * bool(stale)
