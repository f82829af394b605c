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
    ("title", "数据集概览", "Summary of a data set"),
    ("unfinished", "扫描尚未完成，此处只统计已读取的部分。",
     "The scan is not finished: only what it has read so far is counted."),
    ("total", "总数", "total"),
    ("share", "占比", "share"),
    ("count", "份数", "sources"),
    ("reports", "报告数", "reports"),
    ("other", "其余", "all others"),
    ("no-year", "无年度", "no year"),
    ("sources.title", "来源", "Sources"),
    ("sources.note",
     "共读取{sources}份来源。“有标记”指报告中有未能明确读出的数字或部分。其中{duplicates}份与其他来源内容相同：本节及"
     "按原因、格式、排布统计时计入，按年度、加总和按规则统计时同一内容只计一次。",
     "{sources} sources were read. Flagged reports have figures or parts that were not plainly there. {duplicates} "
     "sources repeat the content of another one: they are counted here, by reason, format and layout, but each "
     "content only once by year, in sums and by rule."),
    ("outcome", "结果", "outcome"),
    ("clean", "正常", "clean"),
    ("flagged", "有标记", "flagged"),
    ("refused", "无法采用", "refused"),
    ("refusals.title", "无法采用的来源（按原因）", "Refused, by reason"),
    ("reason", "原因", "reason"),
    ("meaning", "含义", "meaning"),
    ("formats.title", "报告（按文件格式）", "Reports by format"),
    ("format", "格式", "format"),
    ("layouts.title", "报告（按表格排布）", "Reports by layout of the tables"),
    ("layouts.note", "各词含义见docs/data.md；三张表排布相同的只写一个词。",
     "The words are explained in docs/data.md; one word where the three tables are laid out alike."),
    ("layout", "排布", "layout"),
    ("years.title", "报告（按年度和版式）", "Reports by year and edition"),
    ("year", "年度", "year"),
    ("2019", "2019年版式", "edition 2019"),
    ("2021", "2021年版式", "edition 2021"),
    ("both", "两种版式并用", "a table of each"),
    ("received", "新收申请", "Requests received"),
    ("granted", "决定公开的申请", "Requests granted"),
    ("partially_granted", "决定公开一部分的申请", "Requests granted in part"),
    ("denied", "决定不公开的申请", "Requests denied"),
    ("litigated", "诉讼案件", "Lawsuits"),
    ("sum.note", "只加总所需数字全部明确读出的报告，空白不作零计。各年报告份数不同时，合计数不能直接比较。",
     "Only reports in which every figure of the sum is plainly there are added up; a blank is not zero. Years with "
     "different numbers of reports can't be compared by their sums."),
    ("sum", "合计数", "sum"),
    ("added", "计入报告数", "reports added up"),
    ("missing", "未计入：无数字", "left out: no figure"),
    ("doubtful", "未计入：有标记", "left out: flagged"),
    ("last-years", "图中只列最近{shown}个年度。", "The chart shows the last {shown} years."),
    ("rules.title", "发现问题的报告（按规则）", "Reports with findings, by rule"),
    ("rules.note",
     "用单份报告的规则核对了{checked}份报告。“或为读取有误”指该规则的问题全部涉及有标记的数字；“无法判定”指未发现问题"
     "，但规则所需的数字有缺。",
     "{checked} reports were checked by the rules for a single report. “May be misread”: all findings of the rule "
     "touch flagged figures. “Undecided”: no finding, but a figure that the rule needs is missing."),
    ("rules.unchecked", "另有{unchecked}份未能检查：其中有数字过长，数据表无法容纳。",
     "{unchecked} reports were not checked: they have a figure that is too long for the tables."),
    ("rule", "规则", "rule"),
    ("checks", "核对内容", "what it checks"),
    ("findings", "发现问题", "with findings"),
    ("misread", "或为读取有误", "may be misread"),
    ("undecided", "无法判定", "undecided"),
)  # fmt: skip


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
