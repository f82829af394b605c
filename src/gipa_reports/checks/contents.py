"""Rules ``C``: whose report of which year the text says it is, and what stands in its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ..parsing.identity import said_in
from ..report import Section
from ..template import HEADINGS, words
from . import notes
from .completeness import is_absent
from .model import HINT, WARNING, Outcome, Rule
from .subject import Subject, same_agency, table_name

FIRST_YEAR_OF_2021 = 2021
"""Reports on this year and later ones use the form of 2021."""

# --- whose report, of which year ---------------------------------------------------------------------------------

_SENTENCE_YEAR = re.compile(r"(?:^|[。；;！!])\s*((?:19|20)\d\d)\s*年\s*(?:度|[,，]|我|本|全)")
"""A year that opens a sentence, as the year that is reported on does."""

_ANY_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")


def year_in_body(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The text speaks of the year that the title names.

    Found where section 一 never names the year of the report, but begins a sentence with another year; and where the
    days that the text says are covered are all in another year.

    **Why.** A report written over last year's often keeps its year.

    **Example.** 报告年度为2023年，正文却写2022年：“2022年，我局……”，请核对。

    **Undecided** where the year of the report is not known. **Not applicable** where the text names no year.

    **Clause.** 政府信息公开条例 第五十条: the report is on the year before.
    """
    year, period = subject.report.year, subject.report.period
    if year is None:
        yield rule.undecided("year", (), notes.NO_YEAR)
    elif period is not None and year not in (period.start.year, period.end.year):
        found = f"{period.start:%Y-%m-%d}—{period.end:%Y-%m-%d}"
        yield _other_year(rule, year, period.end.year, found)
    else:
        yield _year_of_overview(rule, year, _overview(subject))


def _overview(subject: Subject) -> tuple[str, ...]:
    """The paragraphs of section 一; none where it is missing."""
    section = subject.report.sections.overview
    return () if section is None else section.paragraphs


def _year_of_overview(rule: Rule, year: int, paragraphs: tuple[str, ...]) -> Outcome:
    years = {int(found) for paragraph in paragraphs if "年" in paragraph for found in _ANY_YEAR.findall(paragraph)}
    if not years:
        return rule.not_applicable("year", "the text names no year")
    opening = next(filter(None, map(_SENTENCE_YEAR.search, paragraphs)), None)
    if year in years or opening is None:
        return rule.passed("year")
    return _other_year(rule, year, int(opening[1]), opening.string[opening.start(1) :][:60])


def _other_year(rule: Rule, year: int, other: int, quote: str) -> Outcome:
    zh = f"报告年度为{year}年，正文却写{other}年：“{quote}”，请核对。"
    en = f"The report is on {year}, but its text speaks of {other}: “{quote}”. Please check."
    return rule.failed("year", (), zh, en, expected=year, actual=other, quote=quote)


def agency_in_body(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The text names the agency that the title names.

    Looked for in the first sentences that say whose report this is (2023年，某某局…… or
    现公布某某局2023年政府信息公开工作年度报告). A name that can be the other one shortened is taken as the same.

    **Why.** A report written over that of another agency often keeps its name.

    **Example.** 标题为“青山区教育局”，正文却写“青山区民政局”，请核对。

    **Undecided** where the agency is not known. **Not applicable** where the first sentences name none.

    **Clause.** 政府信息公开条例 第五十条: each organ reports for itself.
    """
    agency = subject.report.agency
    names = ((agency_named(paragraph), paragraph) for paragraph in _overview(subject)[:3])
    named, paragraph = next((pair for pair in names if pair[0] is not None), (None, ""))
    if agency is None:
        yield rule.undecided("agency", (), notes.NO_AGENCY)
    elif named is None:
        yield rule.not_applicable("agency", "the first sentences name no agency")
    elif same_agency(named, agency):
        yield rule.passed("agency")
    else:
        zh = f"标题为“{agency}”，正文却写“{named}”，请核对。"
        en = f"The title names {agency}, the text {named}. Please check."
        yield rule.failed("agency", (), zh, en, expected=agency, actual=named, quote=paragraph[:60])


FIRST_SENTENCES = 200
"""Characters of a paragraph in which it says whose report it is."""


def agency_named(paragraph: str) -> str | None:
    """The agency that a first sentence says the report is of; None where it says none plainly."""
    return said_in([paragraph[:FIRST_SENTENCES]]).agency


# --- what stands in the parts ------------------------------------------------------------------------------------


def part_missing(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 一 tells of all five parts.

    主动公开, 依申请公开, 政府信息管理, 平台建设, 监督保障: by their headings or in any words. One finding names all
    that are missing.

    **Why.** The notice on the form names these five; score sheets ask for each.

    **Example.** 第一部分没有写到：政府信息管理、监督保障。

    **Undecided** where the section is missing or empty, and where the source is known to be cut short.

    **Clause.** 国办公开办函〔2021〕30号: section 一.
    """
    section = subject.report.sections.overview
    if section is None or not any(section.paragraphs):
        yield rule.undecided("overview", (), notes.SECTION_MISSING)
        return
    text = "".join(section.paragraphs)
    missing = [name for part, name in words.PART_NAMES.items() if words.PART_SIGNS[part].search(text) is None]
    if not missing:
        yield rule.passed("overview")
    elif subject.cut_short:
        yield rule.undecided("overview", (), notes.CUT_SHORT)
    else:
        listed = "、".join(missing)
        zh = f"第一部分没有写到：{listed}。"
        yield rule.failed("overview", (), zh, f"Section 一 says nothing of: {listed}.", actual=len(missing), expected=0)


def overview_long(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 一 is no longer than the office that asked for it allows.

    The characters of its paragraphs without white space, against ``overview_limit`` (``overview-limit`` in the
    settings). The national form has no limit; a city's notice may have one, such as 1,000 characters.

    **Why.** Some offices hand back what is longer.

    **Example.** 第一部分有1520字，超过1000字。

    **Undecided** where the section is missing. **Not applicable** where no limit is set.

    **Clause.** The notice of the office that asks for the reports.
    """
    section, limit = subject.report.sections.overview, subject.overview_limit
    if limit is None:
        yield rule.not_applicable("overview", "no limit is set")
    elif section is None:
        yield rule.undecided("overview", (), notes.SECTION_MISSING)
    elif (length := len("".join(section.text.split()))) <= limit:
        yield rule.passed("overview")
    else:
        zh, en = f"第一部分有{length}字，超过{limit}字。", f"Section 一 has {length} characters, more than {limit}."
        yield rule.failed("overview", (), zh, en, expected=f"≤{limit}", actual=length)


_NUMBERED = re.compile(rf"^[（(]([{words.ORDINALS}]{{1,2}})[）)]")


def parts_out_of_order(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The parts of a section are numbered one after the other.

    Paragraphs that begin with （一）, （二）, … in sections 一 and 五: each is the next, or （一） where another row of
    numbers begins.

    **Why.** A number that is left out or comes twice shows that a part was lost or copied.

    **Example.** 第一部分的序号（四）之后是（六），请核对。

    **Not applicable** where no paragraph is numbered so.

    **Clause.** The headings of the form.
    """
    for heading in HEADINGS:
        section = subject.report.sections.get(heading.id)
        if heading.id in ("overview", "problems") and section is not None:
            yield _numbering(rule, heading.id, heading.ordinal, section)


def _numbering(rule: Rule, section_id: str, ordinal: str, section: Section) -> Outcome:
    found = [match[1] for paragraph in section.paragraphs if (match := _NUMBERED.match(paragraph))]
    if not found:
        return rule.not_applicable(section_id, "no paragraph is numbered")
    for before, number in pairwise(["", *found]):
        value, last = words.CHINESE_NUMBERS.get(number, 0), words.CHINESE_NUMBERS.get(before, 0)
        if value not in (1, last + 1):
            after = f"（{before}）之后是（{number}）" if before else f"从（{number}）开始"
            zh = f"第{ordinal}部分的序号{after}，请核对。"
            where = f"after （{before}）" if before else "first"
            en = f"In section {ordinal}, （{number}） comes {where}; please check."
            return rule.failed(section_id, (), zh, en, actual=number)
    return rule.passed(section_id)


_ORDINAL = re.compile(rf"^[（(]?([{words.ORDINALS}])[）)、.．]")


def headings_out_of_order(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """The six headings have the form's numbers and stand in the form's order.

    Found where the headings are numbered, of a reading: a number other than the form's (四 written for 五, five twice),
    and a section before one that the form has before it. One finding names the first.

    **Why.** A section that is looked for under its number is taken for another, or for missing.

    **Example.** 章节标题“四、存在的主要问题及改进情况”的序号应为“五”，请核对。

    **Not applicable** to a report without its reading, and where no heading is numbered.

    **Clause.** The six headings of the form.
    """
    found = subject.reading.headings if subject.reading is not None else ()
    numbered = [(section, text, match[1]) for section, text in found if (match := _ORDINAL.match(text.strip()))]
    if not numbered:
        yield rule.not_applicable("headings", "no heading is numbered")
        return
    order = {heading.id: place for place, heading in enumerate(HEADINGS)}
    last = -1
    for section, text, ordinal in numbered:
        named, right = " ".join(text.split())[:40], HEADINGS[order[section]].ordinal
        if ordinal != right:
            zh = f"章节标题“{named}”的序号应为“{right}”，请核对。"
            en = f"The heading {named} should have the number {right}; please check."
            yield rule.failed("headings", (), zh, en, expected=right, actual=ordinal)
            return
        if order[section] < last:
            zh = f"章节标题“{named}”的位置与标准格式不符，请核对。"
            en = f"The heading {named} stands elsewhere than in the form; please check."
            yield rule.failed("headings", (), zh, en)
            return
        last = order[section]
    yield rule.passed("headings")


def problems_empty(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 五 says something.

    **Why.** The form asks for the main problems of the year and what is done about them; a heading with nothing below
    it, or 无, is no answer. Two short sentences are one.

    **Example.** 第五部分“存在的主要问题及改进情况”没有内容，请补充。

    **Undecided** where the section is missing: see C101.

    **Clause.** Section 五 of the form.
    """
    section = subject.report.sections.problems
    if section is None:
        yield rule.undecided("problems", (), notes.SECTION_MISSING)
    elif says_something(section):
        yield rule.passed("problems")
    else:
        heading = next(heading for heading in HEADINGS if heading.id == "problems")
        zh = f"第{heading.ordinal}部分“{heading.label}”没有内容，请补充。"
        en = f"Section {heading.ordinal} ({heading.label}) says nothing, please add to it."
        yield rule.failed("problems", (), zh, en, quote=" ".join(section.paragraphs)[:60] or None)


def says_something(section: Section) -> bool:
    """Return whether a section has a sentence that is no heading within it, and does not say that there is nothing."""
    return any(
        words.SUBHEADING.match(text) is None and words.NOTHING.match(text) is None
        for text in map(str.strip, section.paragraphs)
        if text
    )


def improvement_unnamed(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 五 says what is done about the problems.

    **Why.** The heading asks for both, the problems and the improvement.

    **Example.** 第五部分没有写到改进情况，请补充。

    **Undecided** where the section is missing, or says nothing: see C301.

    **Clause.** Section 五 of the form.
    """
    section = subject.report.sections.problems
    if section is None or not says_something(section):
        yield rule.undecided("problems", (), notes.SECTION_MISSING)
    elif any(words.IMPROVEMENT.search(paragraph) for paragraph in section.paragraphs):
        yield rule.passed("problems")
    else:
        zh, en = "第五部分没有写到改进情况，请补充。", "Section 五 names no improvement, please add it."
        yield rule.failed("problems", (), zh, en, quote=" ".join(section.paragraphs)[:60])


def fees_unstated(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """Section 六 says what was charged for disclosure.

    **Why.** Since 2021 organs report there on the fees for handling requests, also where there were none.

    **Example.** 第六部分没有说明收取信息处理费的情况，请补充。

    **Undecided** where the section is missing, and where the source is known to be cut short.

    **Clause.** 国办函〔2020〕109号; section 六 of the form.
    """
    section = subject.report.sections.other_matters
    if section is None:
        yield rule.undecided("other_matters", (), notes.SECTION_MISSING)
    elif any(words.FEES_STATED.search(paragraph) for paragraph in section.paragraphs):
        yield rule.passed("other_matters")
    elif subject.cut_short:
        yield rule.undecided("other_matters", (), notes.CUT_SHORT)
    else:
        zh = "第六部分没有说明收取信息处理费的情况，请补充。"
        yield rule.failed("other_matters", (), zh, "Section 六 does not say what was charged, please add it.")


def edition_out_of_date(rule: Rule, subject: Subject) -> Iterable[Outcome]:
    """A report on 2021 or later uses the form of 2021.

    **Why.** The two forms of table 二 measure different things (对外公开总数量 is not 现行有效件数), so a table on
    the old form can't be added to the others. Table 四 is alike in both.

    **Example.** 2022年报告的表二仍使用2019年版式，应使用2021年版式。

    **Undecided** where the year is not known, the table is absent, or its labels do not show the edition.

    **Clause.** 国办公开办函〔2021〕30号.
    """
    year = subject.report.year
    for table in (subject.report.disclosure, subject.report.requests):
        if year is None or is_absent(subject, table):
            note = notes.NO_YEAR if year is None else notes.TABLE_ABSENT
            yield rule.undecided(table.id, (), note)
        elif subject.told("edition-assumed", table.id):
            yield rule.undecided(table.id, (), notes.NO_EDITION)
        elif year >= FIRST_YEAR_OF_2021 and table.edition == "2019":
            zh = f"{year}年报告的{table_name(table.id)}仍使用2019年版式，应使用2021年版式。"
            en = f"Table {table.id} of a report on {year} uses the form of 2019; that of 2021 is in force."
            yield rule.failed(table.id, (), zh, en, expected="2021", actual="2019")
        else:
            yield rule.passed(table.id)


RULES = (
    Rule("C109", "part-missing", part_missing, HINT),
    Rule("C110", "parts-out-of-order", parts_out_of_order, HINT),
    Rule("C111", "headings-out-of-order", headings_out_of_order, HINT),
    Rule("C201", "year-in-body", year_in_body, WARNING),
    Rule("C202", "agency-in-body", agency_in_body, WARNING),
    Rule("C301", "problems-empty", problems_empty, WARNING),
    Rule("C302", "edition-out-of-date", edition_out_of_date, WARNING),
    Rule("C303", "improvement-unnamed", improvement_unnamed, HINT),
    Rule("C304", "overview-long", overview_long, HINT),
    Rule("C305", "fees-unstated", fees_unstated, HINT),
)
