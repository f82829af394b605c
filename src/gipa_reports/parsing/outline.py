"""The lines that are in no table: title, headings, prose, and what belongs to the page around the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from ..diagnostics import Diagnostic
from ..document import Paragraph
from ..errors import ModelError
from ..readers import markdown, text
from ..report import Period, Section, Sections
from ..report.cells import is_line
from ..template import HEADINGS, SectionId, TableId, forms, words
from ..template.spelling import normalise
from ..template.vocabulary import ESCAPE, MAX_LABEL, look_up
from .identity import identify
from .named import Named, named_in, title_in
from .titles import Title, bare, beginning, of_page
from .tokens import SectionLine
from .wrapped import joined

MAX_PAGE_LINE = 100
"""Characters of a line of the page around the report."""

MIN_CUT_HEADING = 6
"""Characters of the beginning of a heading, with its ordinal, that tell it where text goes on below."""

MAX_STRUCTURE = 400
"""Characters of the longest line that is looked at as anything but prose or cells."""

_FIELD = {label: name for name, label in words.METADATA.items()}
_STATED = re.compile(f"({'|'.join(_FIELD)})[：:]")
_TABLE_SECTIONS: dict[SectionId, TableId] = {table: table for table in forms.TABLES}
"""The sections that have a table, whose id is theirs."""
_TABLE_HEADINGS = tuple(
    (heading.label, _TABLE_SECTIONS[heading.id]) for heading in HEADINGS if heading.id in _TABLE_SECTIONS
)
"""Headings of these, without their ordinals."""
_HEADING_TEXT = {heading.id: heading.text for heading in HEADINGS}
_HEADING_KEYS = {heading.id: normalise(heading.text) for heading in HEADINGS}


@define
class Outline:
    """Text around the tables."""

    sections: Sections
    title: str | None
    agency: str | None
    year: int | None
    period: Period | None
    not_annual: str | None
    """The time that is reported on, where it is not one year."""
    diagnostics: list[Diagnostic]
    unparsed: list[Paragraph]
    headings: int
    """Number of the six headings that were met."""
    ends_in_table: bool
    """True if nothing but page furniture follows the last row of a table."""
    elsewhere: dict[TableId, SectionLine]
    """Tables that first stand below the heading of a section after their own, which is there, and that heading."""
    unit_lines: dict[TableId, list[str]]
    """The lines in the section of a table that say in what its figures are counted."""
    last: Paragraph | None
    """The last line that is none of the page, if it is in no table."""
    section_lines: tuple[SectionLine, ...] = ()
    """The headings of sections in the order of the document."""
    prose: Mapping[SectionId, Sequence[Paragraph]] = field(factory=dict)
    """The paragraphs of each section, with their places."""


def is_structural(line: str, section: SectionId = "overview") -> bool:
    """Return whether a paragraph, anywhere in the prose of ``section``, would not be read as that paragraph."""
    if not line or line.startswith(ESCAPE) or markdown.sniff(line) or begins_lost_section(line, section):
        return True
    if has_tabular_cell(line) or _has_no_words(line) or text.is_mended(line):
        return True
    return len(line) <= MAX_STRUCTURE and any(what(line) for what in STRUCTURES)


def has_tabular_cell(line: str) -> bool:
    """Return whether what stands between pipes or tabs of a line may be of a table."""
    return any(look_up(cell.strip()).is_tabular for part in line.split("|") for cell in part.split("\t"))


def _has_no_words(line: str) -> bool:
    """Return whether readers take a line for cells that hold numbers at most."""
    return ("\t" in line or "|" in line) and not any(map(str.isalpha, line))


def counted_table(line: str, section: SectionId) -> TableId | None:
    """The table of which a line in ``section`` says in what its figures are counted: the one that it names, or that of
    its section.
    """
    if not line or line[0] == ESCAPE or not words.stated_units(line):
        return None
    return next((table for label, table in _TABLE_HEADINGS if label in line), _TABLE_SECTIONS.get(section))


def cut_heading(line: str) -> SectionId | None:
    """The section of whose heading, ordinal included, ``line`` is the beginning and not all."""
    key = normalise(line) if words.CUT_ORDINAL.match(line) and len(line) <= MAX_LABEL else ""
    return next(
        (section for section, text in _HEADING_KEYS.items() if key and text.startswith(key) and text != key), None
    )


def is_page_furniture(line: str) -> bool:
    """Return whether ``line`` is navigation, a page number, or another mark of the page around the report."""
    if len(line) > MAX_PAGE_LINE:
        return False
    if words.PAGE_MARK.fullmatch(line) or words.NAVIGATION.fullmatch(line):
        return True
    return words.SENTENCE.search(line) is None and words.FURNITURE.fullmatch(line) is not None


def metadata(line: str) -> tuple[str, str] | None:
    """The field and text of a line that states the report's title, organ, year or period (see the renderers)."""
    match = _STATED.match(line)
    return (_FIELD[match[1]], line[match.end() :].strip()) if match else None


STRUCTURES: tuple[Callable[[str], object], ...] = (
    lambda line: look_up(line).section,
    is_page_furniture,
    lambda line: look_up(line).is_fragment,
    cut_heading,
    metadata,
    title_in,
)
"""Tests of what else a line may be that is no paragraph; each is false, or None, for one that is."""


def outline(lines: list[Paragraph | TableId], page_titles: Sequence[str] = ()) -> Outline:
    """Title, identity and sections from the lines in order; a table id stands where its table begins.

    ``page_titles`` are those that the head of a page has.
    """
    stated: dict[str, str] = {}
    first, found = beginning(lines)
    body = _Body(found)
    above = _before(lines[:first], found, stated, body.unparsed)
    for line in joined([*above, *lines[first:]], is_structural):
        body.take(line)
    in_head = None if stated else of_page(found, page_titles)
    own = in_head or found
    title = None if own is None else _clean(own.text)
    if in_head is not None:
        body.problems.append(Diagnostic(code="identity-from-page", cells=(), found=in_head.text[:80]))
    body.end()
    sections = Sections(**{name: _section([line.text for line in lines]) for name, lines in body.prose.items()})
    return Outline(
        sections,
        *_who(title, Named() if own is None else own.named, sections, stated, body.problems),
        body.problems,
        body.unparsed,
        len(set(body.seen)),
        body.ends_in_table,
        body.elsewhere,
        body.unit_lines,
        body.last,
        tuple(body.section_lines),
        body.prose,
    )


class _Body:
    """The lines from the first heading or table on, put into their sections one after the other."""

    def __init__(self, title: Title | None) -> None:
        self._agency = None if title is None else title.named.agency
        self._heading: SectionLine | None = None
        self._headless: Paragraph | None = None
        self._met: set[TableId] = set()
        self.section: SectionId = "overview"
        self.seen: list[SectionId] = []
        self.prose: dict[SectionId, list[Paragraph]] = {}
        self.problems: list[Diagnostic] = []
        self.unparsed: list[Paragraph] = []
        self.elsewhere: dict[TableId, SectionLine] = {}
        self.unit_lines: dict[TableId, list[str]] = {}
        self.ends_in_table: bool = False
        self.section_lines: list[SectionLine] = []
        self.last: Paragraph | None = None
        self._above: str = ""
        """The line above, where it states units."""

    def take(self, line: Paragraph | TableId) -> None:
        """Put a line where it belongs."""
        if isinstance(line, str):
            self._take_table(line)
            return
        text = line.text
        self._above = text if words.stated_units(text) else ""
        if self._above:
            table = counted_table(text, line.section if isinstance(line, SectionLine) else self.section)
            if table is not None:
                self.unit_lines.setdefault(table, []).append(text)
        if isinstance(line, SectionLine):
            self._take_heading(line)
        elif text[0] != ESCAPE and (is_page_furniture(text) or self._is_title(text)):
            self.unparsed.append(line)
        else:
            self._take_prose(line)

    def _is_title(self, text: str) -> bool:
        """Return whether a line is a title of the same organ: of another year, in a list, or the report's own again."""
        title = title_in(text) if self._agency is not None else None
        return title is not None and named_in(title).agency == self._agency

    def _take_table(self, table: TableId) -> None:
        heading = self._heading
        if table not in self._met and heading is not None and heading.section != table and table in self.seen:
            self.elsewhere[table] = heading
        self._met.add(table)
        above, self._above = self._above, ""
        if above and counted_table(above, table) == table and above not in self.unit_lines.get(table, ()):
            # Where no heading stands above the table.
            self.unit_lines.setdefault(table, []).append(above)
        self.section = table
        self.ends_in_table = True
        self.last = None

    def _take_heading(self, line: SectionLine) -> None:
        self.ends_in_table = False
        self._heading, self.section = line, line.section
        if line.section in self.seen:
            self.problems.append(
                Diagnostic(code="heading-repeated", cells=(), location=line.at(), found=line.text[:80])
            )
        self.seen.append(line.section)
        self.section_lines.append(line)
        self.prose.setdefault(line.section, [])
        self.last = line

    def _take_prose(self, line: Paragraph) -> None:
        text = line.text
        lost: SectionId | None = None
        for rule in LOST_HEADINGS:
            lost = lost or rule(self, text)
        if lost is not None:
            self.section = lost
            self.problems.append(
                Diagnostic(code="heading-missing", cells=(), location=line.at(), expected=_HEADING_TEXT[lost])
            )
        elif not self.seen and self._headless is None:
            self._headless = line
        self.ends_in_table = False
        self.last = line
        kept = evolve(line, text=_literal(text, self.section)) if text[0] == ESCAPE else line
        self.prose.setdefault(self.section, []).append(kept)

    def end(self) -> None:
        """Say what is known when all lines are there."""
        if self._headless is not None and "overview" not in self.seen:
            missing = Diagnostic(
                code="heading-missing", cells=(), location=self._headless.at(), expected=_HEADING_TEXT["overview"]
            )
            self.problems.insert(0, missing)


def below_cut_heading(body: _Body, text: str) -> SectionId | None:
    """The line above is a heading that lost its end: 五、存在的主要问题及改."""
    above = body.last
    if above is None or isinstance(above, SectionLine) or above.text[0] not in words.ORDINALS:
        return None
    section = cut_heading(above.text) if len(above.text) >= MIN_CUT_HEADING else None
    return None if section in body.seen else section


def below_last_table(body: _Body, text: str) -> SectionId | None:
    """Prose below the table of 四 is that of 五."""
    is_below = body.ends_in_table and body.section == "proceedings"
    return "problems" if is_below and cut_heading(text) is None else None


def part_of_problems(body: _Body, text: str) -> SectionId | None:
    """A part of 五, such as （二）改进情况, stands in a section of tables, and the heading of 五 was not there."""
    is_lost = "problems" not in body.seen and begins_lost_section(text, body.section)
    return "problems" if is_lost else None


LOST_HEADINGS: tuple[Callable[[_Body, str], SectionId | None], ...] = (
    below_cut_heading,
    below_last_table,
    part_of_problems,
)
"""Words that tell, where a heading is not there or not whole, what section begins."""


def begins_lost_section(text: str, section: SectionId) -> bool:
    """Return whether a paragraph in ``section`` would be taken for the beginning of another that lost its heading."""
    return section in ("requests", "proceedings") and words.PART_OF_PROBLEMS.match(text) is not None


def first_paragraphs(sections: Sections) -> Sequence[str]:
    """The prose in which organ, year and period may be stated: that of 一, and the rest for the period."""
    return [paragraph for section in sections for paragraph in section.paragraphs]


def _before(
    lines: Sequence[Paragraph | TableId], title: Title | None, stated: dict[str, str], unparsed: list[Paragraph]
) -> list[Paragraph | TableId]:
    """Those of the lines before the body that are prose."""
    body: list[Paragraph | TableId] = []
    after = 0
    if title is not None:
        after = title.end
        unparsed.extend(line for line in lines[: title.start] if not isinstance(line, str))
    for line in lines[after:]:
        if isinstance(line, str):
            continue
        text = line.text
        field = metadata(text)
        if field is not None:
            stated.setdefault(field[0], _clean(field[1]))
        elif len(text) <= MAX_PAGE_LINE and (
            is_page_furniture(text)
            or title_in(bare(text)) is not None
            or (title is None and not body and _is_short_line(text))
        ):
            unparsed.append(line)
        else:
            body.append(line)
    return body


def _is_short_line(text: str) -> bool:
    """A short line without a sentence, before the first sentence of a report without title or headings."""
    return len(text) <= 20 and not any(mark in text for mark in "，。；：,;:")


def _who(
    title: str | None, named: Named, sections: Sections, stated: dict[str, str], problems: list[Diagnostic]
) -> tuple[str | None, str | None, int | None, Period | None, str | None]:
    """Title, agency, year, period: as stated in lines of their own, else as the text shows them; what is no year."""
    title = stated.get("title", title) or None
    named = named_in(title or "") if "title" in stated else named
    who = identify(named, first_paragraphs(sections))
    agency = _clean(stated.get("agency", who.agency or "")) or None
    year = who.year if "year" not in stated else _year(stated["year"])
    period = who.period if "period" not in stated else _stated_period(stated["period"])
    not_annual = None if "year" in stated else who.not_annual
    if not stated:
        problems.extend(_doubts_of_prose(agency, year, period, who.from_prose))
    known: dict[str, object] = {"agency": agency, "year": year or not_annual, **stated}
    problems.extend(Diagnostic(code=code) for field, code in _UNKNOWN.items() if known[field] is None)
    return title, agency, year, period, not_annual


_UNKNOWN = {"agency": "agency-unknown", "year": "year-unknown"}
"""Code of a field that neither a line of its own nor the text shows."""


def _doubts_of_prose(
    agency: str | None, year: int | None, period: Period | None, from_prose: bool
) -> Iterator[Diagnostic]:
    """Yield what is doubtful in an identity that no lines of its own state."""
    if year and period and year not in (period.start.year, period.end.year):
        yield Diagnostic(code="year-differs", cells=(), expected=f"{period.start} – {period.end}", found=str(year))
    if from_prose:
        yield Diagnostic(code="identity-from-prose", cells=(), found=f"{agency}, {year}")


def _year(text: str) -> int | None:
    digits = text.removesuffix("年")
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() and digits[0] != "0" else None


def _stated_period(text: str) -> Period | None:
    try:
        start, end = (date.fromisoformat(part) for part in text.split("/"))
        return Period(start, end)
    except ValueError:
        return None


def _literal(text: str, section: SectionId) -> str:
    """A paragraph as the report holds it, an escape taken off."""
    apart = is_structural(text[1:], section) or words.stated_units(text[1:])
    return text[1:] if apart else text


def _section(paragraphs: list[str]) -> Section:
    try:
        return Section(tuple(paragraphs))
    except ModelError:
        return Section(tuple(map(_clean, paragraphs)))


def _clean(text: str) -> str:
    if is_line(text):
        return text
    return "".join(char if char == "\t" or is_line(f"x{char}x") else "\ufffd" for char in text).strip()
