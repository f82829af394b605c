"""Kinds of a source that is no report, or none in the national form, or a form that nobody filled in.

``RULES`` are tried in their order on what was found in the source; the first that knows it says so in a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from attrs import frozen

from ..diagnostics import Diagnostic
from ..document import Document, Paragraph, Table
from ..messages import Phrase
from ..template import names, words
from ..template.characters import unify
from ..template.vocabulary import look_up
from .collector import Collector
from .named import Named, fold, is_plain_name, named_in, pack, title_in
from .outline import Outline
from .times import spans_in
from .titles import bare

MAX_LINES = 60
"""Paragraphs from the top in which a source says what it is, of no more than"""
MAX_LINE = 100
"""characters each."""

MAX_LEAD = 4
"""Characters with which a sentence says that it is news: 本报讯."""

MIN_ROWS = 8
"""Rows of the form that make a form, though no figure is in it; with fewer a source may be of another form."""

HEADING_ROWS = 3
"""Rows at the top of a table that may be its heading."""

MIN_NUMBERS = 3
"""Numbers on their own that make a form one that was filled in, in a layout that can't be read."""

COLUMNS = 7
"""The columns of 三."""

MAX_ABOVE = 5
"""Lines at the top in which the title of something else is looked for."""

MAX_SHARED = 3
"""Sections that a report on something else may have by the same names."""

MANY_TITLES = 5
"""More titles than these are an index of reports."""


@frozen(slots=False, eq=False)
class Contents:
    """Findings in a source."""

    document: Document
    found: Collector
    text: Outline

    @cached_property
    def rows(self) -> int:
        """Number of rows of the form that were recognised."""
        return sum(map(len, self.found.tokens.values()))

    @cached_property
    def has_figures(self) -> bool:
        """Return whether anything stands in any of them, other than labels of the rows below."""
        tokens = (token for tokens in self.found.tokens.values() for token in tokens)
        values = (value for token in tokens for value in token.values if value.strip())
        return any(not any(look_up(piece).labels for piece in value.split()) for value in values)

    @cached_property
    def is_report(self) -> bool:
        """Return whether there is a section, or a row with figures, so that it is a report of some form."""
        return self.text.headings > 0 or self.has_row

    @cached_property
    def has_row(self) -> bool:
        """Return whether a row of the form has a figure, or a mark for none."""
        tokens = (token for tokens in self.found.tokens.values() for token in tokens)
        return any(value.strip() and look_up(value).is_figure for token in tokens for value in token.values)

    @cached_property
    def has_whole_row(self) -> bool:
        """Return whether a row of 三 has a figure and as many cells as the form has columns."""
        return any(
            len(token.values) >= COLUMNS and any(map(str.strip, token.values))
            for token in self.found.tokens.get("requests", ())
        )

    @cached_property
    def lines(self) -> list[str]:
        """The short lines at the top."""
        blocks = (block for block in self.document.blocks if isinstance(block, Paragraph))
        texts = [bare(unify(block.text)) for block, _ in zip(blocks, range(MAX_LINES), strict=False)]
        return [*self.document.titles, *(text for text in texts if text and len(text) <= MAX_LINE)]

    @cached_property
    def named(self) -> Named:
        """The organ and the time: from the title of a report, of statistics, of what is told of, or from fields."""
        text = self.text
        found = Named(text.agency, None if text.title is None else named_in(text.title).span)
        if text.title is None:
            titles = (named_in(title) for line in self.lines for title in _titles_on(line))
            told = next((named for named in titles if named.facts), Named())
            found = Named(found.agency or told.agency, told.span)
        return found if found.facts == 2 else _with_fields(found, self.lines)

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.text.year or self.named.year

    def whose(self, what: Phrase) -> Phrase:
        """``what`` it is, with the organ and the time where they are known."""
        span = self.named.span
        time = self.year or self.text.not_annual or (None if span is None else span.text)
        known = [str(part) for part in (self.text.agency or self.named.agency, time) if part]
        return Phrase(", ".join((what, *known)), "，".join((what.zh, *known)))


Rule = Callable[[Contents], Diagnostic | None]


_NOTICE = Phrase("the notice that gives out the form", "下发表格的通知")


def form_not_filled(found: Contents) -> Diagnostic | None:
    """The form has its labels and no figure: the notice that gives out the form, or a report before it is written."""
    if found.rows < MIN_ROWS or found.has_figures or _has_numbers(found.document):
        return None
    notice = any(_is_notice(line) for line in found.lines)
    what = found.whose(_NOTICE if notice else Phrase("a form without a figure", "没有数字的空表"))
    return Diagnostic(code="form-not-filled", found=what)


def comparison(found: Contents) -> Diagnostic | None:
    """Tables with a column for each of some years, and none with the columns of the form."""
    if found.has_whole_row:
        return None
    for years in _years_in_headings(found.document):
        if len(years) > 1:
            whose = found.text.agency or found.named.agency
            return Diagnostic(code="comparison", found=", ".join(filter(None, (*sorted(years), whose))))
    return None


_NOT_ON_A_YEAR = Phrase("a report that is not on one year", "不是一个年度的报告")
_STATISTICS = Phrase("statistics of another form", "其他格式的统计表")
_BEFORE_THE_FORM = Phrase("a report from before the national form", "统一格式之前的报告")


def other_form(found: Contents) -> Diagnostic | None:
    """A report that is not on a year, or on one before the form, or statistics of another kind (``OTHER_FORMS``)."""
    if found.rows >= MIN_ROWS:
        return None
    for is_such, what in OTHER_FORMS:
        if is_such(found):
            return Diagnostic(code="other-form", found=found.whose(what))
    return None


def not_on_a_year(found: Contents) -> bool:
    """The title names half a year, a quarter, a school year, several years."""
    span = found.named.span
    return found.text.not_annual is not None or (span is not None and span.year is None)


def of_old_statistics(found: Contents) -> bool:
    """The labels of the statistics of before 2019 are there."""
    return any(words.STATISTIC_LABELS.search(text) for text in _texts(found.document))


def of_other_statistics(found: Contents) -> bool:
    """The title is that of a table of something else, and nothing has the words of a report around it."""
    if found.text.headings or found.text.title is not None:
        return False
    return any(words.OTHER_STATISTICS.fullmatch(line) for line in found.lines[:MAX_ABOVE])


def before_the_form(found: Contents) -> bool:
    """The year is one of before 2019, or headings are such as reports had then."""
    old = found.year is not None and found.year < words.FIRST_OF_FORM and found.named.facts > 0
    return old or any(words.OLD_SECTIONS.search(line) for line in found.lines)


OTHER_FORMS: tuple[tuple[Callable[[Contents], bool], Phrase], ...] = (
    (not_on_a_year, _NOT_ON_A_YEAR),
    (of_old_statistics, _STATISTICS),
    (of_other_statistics, _STATISTICS),
    (before_the_form, _BEFORE_THE_FORM),
)
"""Ways in which a report or statistics are not in the national form, and what each is."""


def index_of_reports(found: Contents) -> Diagnostic | None:
    """A page that lists reports."""
    paragraphs = (block.text for block in found.document.blocks if isinstance(block, Paragraph))
    titles = sum(1 for text in paragraphs if names.CORE.search(fold(pack(text[: MAX_LINE * 2]))))
    if titles <= MANY_TITLES:
        return None
    index = Phrase(f"an index of reports ({titles} titles)", f"报告目录（{titles}个标题）")
    return Diagnostic(code="not-a-report", found=index)


def other_text(found: Contents) -> Diagnostic | None:
    """A picture story, an explanation, a notice, a guide, news, as a line at the top shows (``words.OTHER_TEXTS``)."""
    lines = [fold(line) for line in found.lines if title_in(line) is None]
    lines = [line[:MAX_LEAD] if "。" in line else line.strip("《》〈〉 ") for line in lines]
    for pattern, what in words.OTHER_TEXTS:
        if any(pattern.search(line) for line in lines):
            return Diagnostic(code="not-a-report", found=found.whose(what))
    return None


def attachment(found: Contents) -> Diagnostic | None:
    """A page without a report, but with links to documents."""
    if not found.document.links:
        return None
    links = ", ".join(found.document.links)[:400]
    return Diagnostic(code="attachment-only", found=found.whose(Phrase(links, links)))


def notice_alone(found: Contents) -> Diagnostic | None:
    """A notice with which reports are handed in or given out, and none of them."""
    if not any(words.NOTICE.search(fold(line)) for line in found.lines[:MAX_ABOVE]):
        return None
    return Diagnostic(code="not-a-report", found=found.whose(words.ABOUT_NOTICE))


_SOME_REPORTS = Phrase("a list of reports", "报告目录")


def list_of_reports(found: Contents) -> Diagnostic | None:
    """Some titles of reports of several organs or years, and nothing of a report."""
    paragraphs = (block.text for block in found.document.blocks if isinstance(block, Paragraph))
    if any("。" in text for text in paragraphs):
        return None
    pieces = (piece for line in found.lines for piece in _ends_of_titles(line))
    several = {(one.agency, one.year) for one in map(named_in, pieces) if one.facts == 2}
    return Diagnostic(code="not-a-report", found=_SOME_REPORTS) if len(several) > 1 else None


_OTHER_REPORT = Phrase("a report on something else", "其他内容的报告")


def other_report(found: Contents) -> Diagnostic | None:
    """The title is that of a report on something else: 法治政府建设年度报告, 部门决算, 网站工作年度报表."""
    if found.text.title is not None or found.text.headings > MAX_SHARED or found.has_row:
        return None
    titles = (line for line in found.lines[:MAX_ABOVE] if words.OTHER_REPORT.fullmatch(line))
    found_as = [Phrase(f"{_OTHER_REPORT}, {title}", f"{_OTHER_REPORT.zh}，{title}") for title in titles]
    return Diagnostic(code="not-a-report", found=found_as[0]) if found_as else None


_NOTHING_OF_ONE = Phrase("no section and no table of one", "没有报告的章节和表格")
_ABOUT_REPORTS = Phrase(f"text about reports, with {_NOTHING_OF_ONE}", f"关于报告的文字，{_NOTHING_OF_ONE.zh}")


def something_else(found: Contents) -> Diagnostic | None:
    """A text with no title of a report, no section and no table of one."""
    if found.text.title is not None:
        return None
    about = any(names.CORE.search(fold(pack(line))) for line in found.lines)
    return Diagnostic(code="not-a-report", found=found.whose(_ABOUT_REPORTS) if about else _NOTHING_OF_ONE)


RULES: tuple[tuple[Rule, bool], ...] = (
    (form_not_filled, True),
    (comparison, True),
    (index_of_reports, False),
    (other_text, False),
    (attachment, False),
    (notice_alone, False),
    (other_form, True),
    (list_of_reports, False),
    (other_report, True),
    (something_else, False),
)
"""Kinds that a source may be, in the order in which they are tried; and whether one with a section, or a row with
figures, may be of that kind too."""


def what_it_is(found: Contents) -> Diagnostic | None:
    """Return what refuses a source as what it is; None for a report."""
    if found.rows >= MIN_ROWS and found.has_whole_row:
        return None
    said = (rule(found) for rule, may_be_report in RULES if may_be_report or not found.is_report)
    return next(filter(None, said), None)


def _ends_of_titles(line: str) -> Iterator[str]:
    """The pieces of a line that each end as a title does."""
    start = 0
    for core in names.CORE.finditer(fold(line)):
        yield line[start : core.end()]
        start = core.end()


def _titles_on(line: str) -> Iterator[str]:
    """Titles that a line may name: its own, that of statistics, one in quotes, one behind what is told of it."""
    if words.STATISTICS.search(line):
        yield words.STATISTICS.sub("报告", line)
    for quoted in _QUOTED.finditer(line):
        yield quoted[1]
    yield words.TOLD_OF.sub("", line)


_QUOTED = re.compile(r"[《〈]([^《》〈〉]{6,80})[》〉]")


def _with_fields(named: Named, lines: Sequence[str]) -> Named:
    """Add to ``named`` the organ that a field of a form names, and the year that stands on a line of its own."""
    agency, span = named.agency, named.span
    for line in lines:
        key = fold(pack(line))
        field = names.FILLED_IN_BY.search(key)
        if agency is None and field is not None and is_plain_name(field["name"]):
            agency = field["name"]
        if span is None and names.YEAR_ALONE.fullmatch(key) is not None:
            span = next(iter(spans_in(key)), None)
    return Named(agency, span)


def _has_numbers(document: Document) -> bool:
    """Return whether numbers stand in lines or cells of their own, though no row was found that they belong to."""
    count = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            count += words.NUMBERS_ALONE.fullmatch(block.text[:MAX_LINE]) is not None
        elif isinstance(block, Table):
            count += sum(cell.strip().isdigit() for row in block.rows for cell in row.cells)
        else:
            count += sum(cell.strip().isdigit() for cell in block.cells)
    return count >= MIN_NUMBERS


def _is_notice(line: str) -> bool:
    key = fold(pack(line)).strip("《》〈〉")
    return words.GIVES_OUT_FORM.search(key) is not None


def _years_in_headings(document: Document) -> Iterator[set[str]]:
    """The years that are cells of a row, for the first rows of each table that does not name the form's own columns."""
    for block in document.blocks:
        rows = block.rows[:HEADING_ROWS] if isinstance(block, Table) else []
        if any(label.kind != "row" for row in rows for cell in row.cells for label in look_up(cell).labels):
            continue
        for row in rows:
            cells = (words.YEAR_CELL.fullmatch(fold(pack(cell))) for cell in row.cells if len(cell) < 20)
            yield {match[1] for match in cells if match is not None}


def _texts(document: Document) -> Iterator[str]:
    """The words at the top and in the first rows of tables."""
    for block in document.blocks[:MAX_LINES]:
        if isinstance(block, Paragraph):
            yield block.text[:MAX_LINE]
        elif isinstance(block, Table):
            for row in block.rows[:MAX_LINES]:
                yield from row.cells[:3]
