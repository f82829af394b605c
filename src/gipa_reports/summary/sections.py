"""A summary in words and tables, section by section: the terminal and the page show the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from attrs import frozen

from ..checks import all_rules
from ..codes import CODES
from ..frames.batch import SCAN_CODES
from ..messages import Lang, Words
from ..outputs.wording import rule_name, rule_summary
from .counting import MEASURES, Sum, Summary, Year

MAX_ROWS = 15
"""Layouts, or reasons, that have a row of their own; the rest share one."""

word: Words = Words(
    {
        "title": {"en": "Summary of a data set", "zh": "数据集概览"},
        "unfinished": {
            "en": "The scan is not finished: only what it has read so far is counted.",
            "zh": "扫描尚未完成，此处只统计已读取的部分。",
        },
        "total": {"en": "total", "zh": "总数"},
        "share": {"en": "share", "zh": "占比"},
        "count": {"en": "sources", "zh": "份数"},
        "reports": {"en": "reports", "zh": "报告数"},
        "other": {"en": "all others", "zh": "其余"},
        "no-year": {"en": "no year", "zh": "无年度"},
        "sources.title": {"en": "Sources", "zh": "来源"},
        "sources.note": {
            "en": "{sources} sources were read. Flagged reports have figures or parts that were not plainly there. "
            "{duplicates} sources repeat the content of another one: they are counted here, by reason, format and "
            "layout, but each content only once by year, in sums and by rule.",
            "zh": "共读取{sources}份来源。“有标记”指报告中有未能明确读出的数字或部分。其中{duplicates}份与其他来源内容"
            "相同：本节及按原因、格式、排布统计时计入，按年度、加总和按规则统计时同一内容只计一次。",
        },
        "outcome": {"en": "outcome", "zh": "结果"},
        "clean": {"en": "clean", "zh": "正常"},
        "flagged": {"en": "flagged", "zh": "有标记"},
        "refused": {"en": "refused", "zh": "无法采用"},
        "refusals.title": {"en": "Refused, by reason", "zh": "无法采用的来源（按原因）"},
        "reason": {"en": "reason", "zh": "原因"},
        "meaning": {"en": "meaning", "zh": "含义"},
        "formats.title": {"en": "Reports by format", "zh": "报告（按文件格式）"},
        "format": {"en": "format", "zh": "格式"},
        "layouts.title": {"en": "Reports by layout of the tables", "zh": "报告（按表格排布）"},
        "layouts.note": {
            "en": "The words are explained in docs/data.md; one word where the three tables are laid out alike.",
            "zh": "各词含义见docs/data.md；三张表排布相同的只写一个词。",
        },
        "layout": {"en": "layout", "zh": "排布"},
        "years.title": {"en": "Reports by year and edition", "zh": "报告（按年度和版式）"},
        "year": {"en": "year", "zh": "年度"},
        "2019": {"en": "edition 2019", "zh": "2019年版式"},
        "2021": {"en": "edition 2021", "zh": "2021年版式"},
        "both": {"en": "a table of each", "zh": "两种版式并用"},
        "received": {"en": "Requests received", "zh": "新收申请"},
        "granted": {"en": "Requests granted", "zh": "决定公开的申请"},
        "partially_granted": {"en": "Requests granted in part", "zh": "决定公开一部分的申请"},
        "denied": {"en": "Requests denied", "zh": "决定不公开的申请"},
        "litigated": {"en": "Lawsuits", "zh": "诉讼案件"},
        "sum.note": {
            "en": "Only reports in which every figure of the sum is plainly there are added up; a blank is not zero. "
            "Years with different numbers of reports can't be compared by their sums.",
            "zh": "只加总所需数字全部明确读出的报告，空白不作零计。各年报告份数不同时，合计数不能直接比较。",
        },
        "sum": {"en": "sum", "zh": "合计数"},
        "added": {"en": "reports added up", "zh": "计入报告数"},
        "missing": {"en": "left out: no figure", "zh": "未计入：无数字"},
        "doubtful": {"en": "left out: flagged", "zh": "未计入：有标记"},
        "last-years": {"en": "The chart shows the last {shown} years.", "zh": "图中只列最近{shown}个年度。"},
        "rules.title": {"en": "Reports with findings, by rule", "zh": "发现问题的报告（按规则）"},
        "rules.note": {
            "en": "{checked} reports were checked by the rules for a single report. “May be misread”: all findings of "
            "the rule touch flagged figures. “Undecided”: no finding, but a figure that the rule needs is missing.",
            "zh": "用单份报告的规则核对了{checked}份报告。“或为读取有误”指该规则的问题全部涉及有标记的数字；"
            "“无法判定”指未发现问题，但规则所需的数字有缺。",
        },
        "rules.unchecked": {
            "en": "{unchecked} reports were not checked: they have a figure that is too long for the tables.",
            "zh": "另有{unchecked}份未能检查：其中有数字过长，数据表无法容纳。",
        },
        "rule": {"en": "rule", "zh": "规则"},
        "checks": {"en": "what it checks", "zh": "核对内容"},
        "findings": {"en": "with findings", "zh": "发现问题"},
        "misread": {"en": "may be misread", "zh": "或为读取有误"},
        "undecided": {"en": "undecided", "zh": "无法判定"},
    }
)


@frozen
class Bars:
    """Bars, one below the other, each of one segment for each of ``series``.

    ``whole`` is what all bars are a part of; where it is None, the largest bar takes all the room.
    """

    series: tuple[str, ...]
    bars: tuple[tuple[str, tuple[int, ...]], ...]
    whole: int | None = None


@frozen
class Columns:
    """A column for each year: its sum, None where no report has one, and how many reports are in it."""

    columns: tuple[tuple[str, int | None, int], ...]


@frozen
class Section:
    """A title, notes, a table, and a chart of the same numbers where there is anything to draw.

    ``text_columns`` of the table, from the left, are words, the others numbers.
    """

    id: str
    title: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: Bars | Columns | None = None
    text_columns: int = 1


def sections(summary: Summary, lang: Lang) -> Iterator[Section]:
    """The summary in the order in which it is shown."""
    yield _sources(summary, lang)
    yield _refusals(summary, lang)
    yield _kinds("format", summary.formats, (), lang)
    yield _kinds("layout", summary.layouts, (word("layouts.note", lang),), lang)
    yield _years(summary, lang)
    for measure in MEASURES:
        yield _measure(measure, summary, lang)
    yield _rules(summary, lang)


def number(value: int) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def share(part: int, whole: int) -> str:
    """A share in percent; of nothing there is none."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _sources(summary: Summary, lang: Lang) -> Section:
    outcomes = {name: getattr(summary, name) for name in ("clean", "flagged", "refused")}
    counted = {"sources": number(summary.sources), "duplicates": number(summary.duplicates)}
    rows = [(word(name, lang), number(count), share(count, summary.sources)) for name, count in outcomes.items()]
    return Section(
        "sources",
        word("sources.title", lang),
        (word("sources.note", lang, **counted),),
        (word("outcome", lang), word("count", lang), word("share", lang)),
        (*rows, (word("total", lang), number(summary.sources), share(summary.sources, summary.sources))),
        Bars((), tuple((word(name, lang), (count,)) for name, count in outcomes.items()), summary.sources),
    )


def _refusals(summary: Summary, lang: Lang) -> Section:
    refusals = _largest({code: (count,) for code, count in summary.refusals.items()}, lang)
    rows = [(code, _meaning(code, lang), number(count), share(count, summary.refused)) for code, (count,) in refusals]
    return Section(
        "refusals",
        word("refusals.title", lang),
        (),
        (word("reason", lang), word("meaning", lang), word("count", lang), word("share", lang)),
        tuple(rows),
        Bars((), refusals, summary.refused),
        text_columns=2,
    )


def _meaning(code: str, lang: Lang) -> str:
    """The message of a code, without what differs from source to source."""
    known = CODES.get(code) or SCAN_CODES.get(code)
    if known is None:
        return ""
    sentence = (known.zh if lang == "zh" else known.en).format_map(defaultdict(lambda: "…"))
    return sentence.replace("….", "…").replace("…。", "…")


def _kinds(kind: str, counts: Mapping[str, list[int]], notes: tuple[str, ...], lang: Lang) -> Section:
    """Reports by format or by layout."""
    kinds = _largest({name: tuple(found) for name, found in counts.items()}, lang)
    outcomes = word("clean", lang), word("flagged", lang)
    return Section(
        f"{kind}s",
        word(f"{kind}s.title", lang),
        notes,
        (word(kind, lang), *outcomes, word("total", lang), f"{word('flagged', lang)} %"),
        tuple((name, *map(number, found), number(sum(found)), share(found[1], sum(found))) for name, found in kinds),
        Bars(outcomes, kinds),
    )


def _largest(counts: Mapping[str, tuple[int, ...]], lang: Lang) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The largest first, and in one row what is too small to have its own."""
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    kept, rest = ordered[:MAX_ROWS], ordered[MAX_ROWS:]
    if rest:
        kept.append(
            (word("other", lang), tuple(sum(column) for column in zip(*(found for _, found in rest), strict=True)))
        )
    return tuple(kept)


def _year_name(year: Year, lang: Lang) -> str:
    return word("no-year", lang) if year is None else str(year)


def _in_order(summary: Summary) -> list[Year]:
    return sorted(summary.years, key=lambda year: (year is None, year or 0))


def _years(summary: Summary, lang: Lang) -> Section:
    editions = [name for name in ("2021", "2019", "both") if any(found[name] for found in summary.years.values())]
    counts = [
        (_year_name(year, lang), tuple(summary.years[year][name] for name in editions)) for year in _in_order(summary)
    ]
    names = tuple(word(name, lang) for name in editions)
    return Section(
        "years",
        word("years.title", lang),
        (),
        (word("year", lang), *names, word("total", lang)),
        tuple((name, *map(number, found), number(sum(found))) for name, found in counts),
        Bars(names, tuple(counts)),
    )


def _measure(measure: str, summary: Summary, lang: Lang) -> Section:
    sums = [(_year_name(year, lang), summary.sums.get((measure, year), Sum())) for year in _in_order(summary)]
    dated = [one for year, one in zip(_in_order(summary), sums, strict=True) if year is not None]
    return Section(
        measure.replace("_", "-"),
        word(measure, lang),
        (word("sum.note", lang),),
        tuple(word(name, lang) for name in ("year", "sum", "added", "missing", "doubtful")),
        tuple(
            (name, number(one.total) if one.reports else "–", *map(number, (one.reports, one.missing, one.flagged)))
            for name, one in sums
        ),
        Columns(tuple((name, one.total if one.reports else None, one.reports) for name, one in dated)),
    )


def _rules(summary: Summary, lang: Lang) -> Section:
    known = {rule.code: rule for rule in all_rules()}
    checked = summary.checked
    notes = [word("rules.note", lang, checked=number(checked))]
    if summary.unchecked:
        notes.append(word("rules.unchecked", lang, unchecked=number(summary.unchecked)))
    rows, bars = [], []
    for code, found in sorted(summary.rules.items()):
        name = f"{code} {rule_name(code, known, lang)}"
        numbers = number(found.failed), share(found.failed, checked), number(found.only_flagged)
        rows.append((name, rule_summary(code, known, lang), *numbers, number(found.undecided)))
        if found.failed:
            bars.append((name, (found.failed - found.only_flagged, found.only_flagged)))
    head = ("rule", "checks", "findings", "share", "misread", "undecided")
    return Section(
        "rules",
        word("rules.title", lang),
        tuple(notes),
        tuple(word(name, lang) for name in head),
        tuple(rows),
        Bars((word("findings", lang), word("misread", lang)), tuple(bars), checked),
        text_columns=2,
    )
