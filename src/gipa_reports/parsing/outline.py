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
from ..template import HEADINGS, SectionId, TableId, labels, words
from ..template.labels import ESCAPE
from .identity import identify, is_title
from .lexer import is_tabular

_FIELD = {label: name for name, label in words.METADATA.items()}
_STATED = re.compile(f"({'|'.join(_FIELD)})[：:]")
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


def is_structural(line: str) -> bool:
    """Whether a paragraph, standing anywhere among the prose, would not be read as that paragraph."""
    if not line or line.startswith(ESCAPE) or markdown.sniff(line):
        return True
    if len(line) > 400:
        return any(is_tabular(cell.strip()) for part in line.split("|") for cell in part.split("\t"))
    return (
        labels.heading(line) is not None
        or any(is_tabular(cell.strip()) for part in line.split("|") for cell in part.split("\t"))
        or is_page_furniture(line)
        or labels.is_fragment(line)
        or metadata(line) is not None
        or is_title(line)
    )


def is_page_furniture(line: str) -> bool:
    """Whether ``line`` is navigation, a page number, or another mark of the page around the report."""
    return len(line) <= 100 and _is_page_furniture(line)


@lru_cache(maxsize=2048)
def _is_page_furniture(line: str) -> bool:
    return words.PAGE_MARK.fullmatch(line) is not None or words.NAVIGATION.fullmatch(line) is not None


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
    first = _first_heading(lines)
    title, body = _title(lines[:first], stated, unparsed)
    body.extend(lines[first:])
    section: SectionId = "overview"
    seen: list[SectionId] = []
    ends_in_table = False
    headless: Paragraph | None = None
    for line in body:
        if isinstance(line, str):
            section = line
            ends_in_table = True
            continue
        text = line.text
        opened = labels.heading(text)
        if opened is not None:
            ends_in_table = False
            if opened in seen:
                problems.append(Diagnostic("heading-repeated", (), line.at(), found=text[:80]))
            seen.append(opened)
            section = opened
            prose.setdefault(section, [])
        elif text[0] != ESCAPE and is_page_furniture(text):
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
    )


def first_paragraphs(sections: Sections) -> Sequence[str]:
    """The prose in which organ, year and period may be stated: that of 一, and the rest for the period."""
    found = (sections.get(heading.id) for heading in HEADINGS)
    return [paragraph for section in found if section is not None for paragraph in section.paragraphs]


def _first_heading(lines: list[Paragraph | TableId]) -> int:
    """Where the report's body begins: its first heading, else the first table."""
    for index, line in enumerate(lines):
        if isinstance(line, str) or labels.heading(line.text) is not None:
            return index
    return len(lines)


def _title(
    lines: list[Paragraph | TableId], stated: dict[str, str], unparsed: list[Paragraph]
) -> tuple[str | None, list[Paragraph | TableId]]:
    """The title among the lines before the first heading, and those of them that are prose."""
    paragraphs = [line for line in lines if isinstance(line, Paragraph)]
    titles = [index for index, line in enumerate(paragraphs) if is_title(line.text.lstrip("#").strip())]
    body: list[Paragraph | TableId] = []
    title: str | None = None
    after = 0
    if titles:
        # The last is the report's own; those before it are in breadcrumbs and page titles.
        at = titles[-1]
        title = _clean(paragraphs[at].text.lstrip("#").strip())
        unparsed.extend(paragraphs[:at])
        after = at + 1
        if at and not _agency(title) and _agency_line(paragraphs[at - 1].text):
            title = _clean(paragraphs[at - 1].text.lstrip("#").strip()) + title
            unparsed.pop()
    for line in paragraphs[after:]:
        field = metadata(line.text)
        if field is not None:
            stated.setdefault(field[0], _clean(field[1]))
        elif is_page_furniture(line.text) or (title is None and _is_chrome(line.text) and not body):
            unparsed.append(line)
        else:
            body.append(line)
    return title, body


def _agency(title: str) -> str | None:
    return identify(title, ()).agency


def _agency_line(text: str) -> bool:
    packed = "".join(text.lstrip("#").split())
    return len(packed) <= 40 and packed.endswith(words.AGENCY_ENDINGS)


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
    return text[1:] if is_structural(text[1:]) else text


def _section(paragraphs: list[str]) -> Section:
    try:
        return Section(tuple(paragraphs))
    except ModelError:
        return Section(tuple(map(_clean, paragraphs)))


def _clean(text: str) -> str:
    if is_line(text):
        return text
    return "".join(char if char == "\t" or is_line(f"x{char}x") else "\ufffd" for char in text).strip()
