"""The lines that are in no table: title, headings, prose, and what belongs to the page around the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from attrs import define

from ..diagnostics import Diagnostic
from ..document import Paragraph
from ..errors import ModelError
from ..readers import markdown
from ..report import Period, Section, Sections
from ..report.cells import is_line
from ..template import HEADINGS, SectionId, TableId, forms, words
from ..template.vocabulary import ESCAPE, look_up
from .identity import identify, named_in, title_in
from .titles import Title, bare, beginning
from .tokens import SectionLine

MAX_PAGE_LINE = 100
"""Characters of a line of the page around the report."""

_FIELD = {label: name for name, label in words.METADATA.items()}
_STATED = re.compile(f"({'|'.join(_FIELD)})[：:]")
_TABLE_SECTIONS: dict[SectionId, TableId] = {table: table for table in forms.TABLES}
"""The sections that have a table, whose id is theirs."""
_TABLE_HEADINGS = tuple(
    (heading.label, _TABLE_SECTIONS[heading.id]) for heading in HEADINGS if heading.id in _TABLE_SECTIONS
)
"""How the headings of these read, without their ordinals."""
_HEADING_TEXT = {heading.id: heading.text for heading in HEADINGS}


@define
class Outline:
    """What stands around the tables."""

    sections: Sections
    title: str | None
    agency: str | None
    year: int | None
    period: Period | None
    diagnostics: list[Diagnostic]
    unparsed: list[Paragraph]
    headings: int
    """How many of the six headings were met."""
    ends_in_table: bool
    """Whether nothing but page furniture follows the last row of a table."""
    elsewhere: dict[TableId, SectionLine]
    """Tables that first stand below the heading of a section after their own, which is there, and that heading."""
    unit_lines: dict[TableId, list[str]]
    """The lines in the section of a table that say in what its figures are counted."""
    section_lines: tuple[SectionLine, ...] = ()
    """The headings of sections in the order of the document."""


def is_structural(line: str) -> bool:
    """Whether a paragraph, standing anywhere among the prose, would not be read as that paragraph."""
    if not line or line.startswith(ESCAPE) or markdown.sniff(line):
        return True
    if len(line) > 400:
        return any(look_up(cell.strip()).is_tabular for part in line.split("|") for cell in part.split("\t"))
    return (
        look_up(line).section is not None
        or any(look_up(cell.strip()).is_tabular for part in line.split("|") for cell in part.split("\t"))
        or is_page_furniture(line)
        or look_up(line).is_fragment
        or metadata(line) is not None
        or title_in(line) is not None
    )


def counted_table(line: str, section: SectionId) -> TableId | None:
    """The table of which a line in ``section`` says in what its figures are counted: the one that it names, or that of
    its section.
    """
    if not line or line[0] == ESCAPE or not words.stated_units(line):
        return None
    return next((table for label, table in _TABLE_HEADINGS if label in line), _TABLE_SECTIONS.get(section))


def is_page_furniture(line: str) -> bool:
    """Whether ``line`` is navigation, a page number, or another mark of the page around the report."""
    return len(line) <= MAX_PAGE_LINE and _organ(line) == ""


@lru_cache(maxsize=2048)
def _organ(line: str) -> str | None:
    """What organ a line names that is no prose: that of a title, "" where it is page furniture."""
    if words.PAGE_MARK.fullmatch(line) is not None or words.NAVIGATION.fullmatch(line) is not None:
        return ""
    if words.SENTENCE.search(line) is None and words.FURNITURE.fullmatch(line) is not None:
        return ""
    title = title_in(line)
    return None if title is None else named_in(title)[0]


def metadata(line: str) -> tuple[str, str] | None:
    """The field and text of a line that states the report's title, organ, year or period (see the renderers)."""
    match = _STATED.match(line)
    return (_FIELD[match[1]], line[match.end() :].strip()) if match else None


def outline(lines: list[Paragraph | TableId]) -> Outline:
    """Title, identity and sections from the lines in order; a table id stands where its table begins."""
    stated: dict[str, str] = {}
    prose: dict[SectionId, list[str]] = {}
    problems: list[Diagnostic] = []
    unparsed: list[Paragraph] = []
    first, found = beginning(lines)
    body = _before(lines[:first], found, stated, unparsed)
    body.extend(lines[first:])
    title = None if found is None else _clean(found.text)
    # Titles of the same organ below the report are those of other years, in a list, or its own on top of a page.
    of_page = {""} if found is None else {"", found.agency or ""}
    section: SectionId = "overview"
    seen: list[SectionId] = []
    section_lines: list[SectionLine] = []
    ends_in_table = False
    headless: Paragraph | None = None
    heading: SectionLine | None = None
    elsewhere: dict[TableId, SectionLine] = {}
    met: set[TableId] = set()
    unit_lines: dict[TableId, list[str]] = {}
    for line in body:
        if isinstance(line, str):
            if line not in met and heading is not None and heading.section != line and line in seen:
                elsewhere[line] = heading
            met.add(line)
            section = line
            ends_in_table = True
            continue
        text = line.text
        table = counted_table(text, line.section if isinstance(line, SectionLine) else section)
        if table is not None:
            unit_lines.setdefault(table, []).append(text)
        if isinstance(line, SectionLine):
            ends_in_table = False
            heading, section = line, line.section
            if section in seen:
                problems.append(Diagnostic("heading-repeated", (), line.at(), found=text[:80]))
            seen.append(section)
            section_lines.append(line)
            prose.setdefault(section, [])
        elif len(text) <= MAX_PAGE_LINE and text[0] != ESCAPE and _organ(text) in of_page:
            unparsed.append(line)
        else:
            if ends_in_table and section == "proceedings":
                section = "problems"
                problems.append(Diagnostic("heading-missing", (), line.at(), expected=_HEADING_TEXT["problems"]))
            elif not seen and headless is None:
                headless = line
            ends_in_table = False
            prose.setdefault(section, []).append(_literal(text) if text[0] == ESCAPE else text)
    if headless is not None and "overview" not in seen:
        problems.insert(0, Diagnostic("heading-missing", (), headless.at(), expected=_HEADING_TEXT["overview"]))
    sections = Sections(**{name: _section(paragraphs) for name, paragraphs in prose.items()})
    return Outline(
        sections,
        *_who(title, sections, stated, problems),
        problems,
        unparsed,
        len(set(seen)),
        ends_in_table,
        elsewhere,
        unit_lines,
        tuple(section_lines),
    )


def first_paragraphs(sections: Sections) -> Sequence[str]:
    """The prose in which organ, year and period may be stated: that of 一, and the rest for the period."""
    found: list[str] = []
    for heading in HEADINGS:
        section = sections.get(heading.id)
        if section is not None:
            found.extend(section.paragraphs)
    return found


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
            or (title is None and not body and _is_chrome(text))
        ):
            unparsed.append(line)
        else:
            body.append(line)
    return body


def _is_chrome(text: str) -> bool:
    """A short line without a sentence, before the first sentence of a report without title or headings."""
    return len(text) <= 20 and not any(mark in text for mark in "，。；：,;:")


def _who(
    title: str | None, sections: Sections, stated: dict[str, str], problems: list[Diagnostic]
) -> tuple[str | None, str | None, int | None, Period | None]:
    """Title, agency, year, period: as stated in lines of their own, else as the text shows them."""
    title = stated.get("title", title) or None
    who = identify(title, first_paragraphs(sections))
    agency = _clean(stated.get("agency", who.agency or "")) or None
    year = who.year if "year" not in stated else _year(stated["year"])
    period = who.period if "period" not in stated else _stated_period(stated["period"])
    if year and period and not stated and year not in (period.start.year, period.end.year):
        problems.append(Diagnostic("year-differs", (), expected=f"{period.start} – {period.end}", found=str(year)))
    if who.from_prose and not stated:
        problems.append(Diagnostic("identity-from-prose", (), found=f"{agency}, {year}"))
    if agency is None and "agency" not in stated:
        problems.append(Diagnostic("agency-unknown"))
    if year is None and "year" not in stated:
        problems.append(Diagnostic("year-unknown"))
    return title, agency, year, period


def _year(text: str) -> int | None:
    digits = text.removesuffix("年")
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() and digits[0] != "0" else None


def _stated_period(text: str) -> Period | None:
    try:
        start, end = (date.fromisoformat(part) for part in text.split("/"))
        return Period(start, end)
    except ValueError:
        return None


def _literal(text: str) -> str:
    """A paragraph as the report holds it, an escape taken off."""
    return text[1:] if is_structural(text[1:]) or words.stated_units(text[1:]) else text


def _section(paragraphs: list[str]) -> Section:
    try:
        return Section(tuple(paragraphs))
    except ModelError:
        return Section(tuple(map(_clean, paragraphs)))


def _clean(text: str) -> str:
    if is_line(text):
        return text
    return "".join(char if char == "\t" or is_line(f"x{char}x") else "\ufffd" for char in text).strip()
