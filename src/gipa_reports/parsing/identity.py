"""Whose report it is, of which year and which days: from the title, else from the first sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from attrs import frozen

from ..report import Period
from ..template import words


@frozen
class Who:
    """Agency, year and period as far as the text shows them; ``from_prose`` where it was not the title that did."""

    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    from_prose: bool = False


MAX_TITLE = 100
"""Characters of a line with a title."""

_UNSEEN = re.compile(f"[{words.UNSEEN}]+")
_SENTENCE = re.compile(r"[。！？；;，,:>›»]")


def is_title(line: str) -> bool:
    """Whether ``line`` is the title of an annual report and nothing else."""
    return title_in(line) == line


def title_in(line: str) -> str | None:
    """The title of an annual report that ``line`` is, with what a page may put before and behind it taken off.

    A title names a report and is no sentence.
    """
    return _title_in(line) if len(line) <= MAX_TITLE else None


@lru_cache(maxsize=1024)
def _title_in(line: str) -> str | None:
    if words.TITLE_SIGN.search(line) is None:
        return None
    folded = line.translate(words.FOLDED)
    before = words.BEFORE_TITLE.match(folded)
    start = before.end() if before is not None else 0
    behind = words.BEHIND_TITLE.search(folded) if ":" in folded else None
    end = behind.start() if behind is not None else len(line)
    day = words.DAY_BEHIND_TITLE.search(folded, start, end)
    end = day.start() if day is not None else end
    key = _packed(folded[start:end])
    if ":" in key:
        owner = words.TITLE_OWNER.match(key)
        key = key[owner.end() :] if owner is not None else key
    return line[start:end].strip() if words.TITLE.search(key) and not _SENTENCE.search(key) else None


def begins_title(line: str, title: str) -> bool:
    """Whether ``line`` has the organ or the year that ``title``, in the line below, lacks, and nothing else."""
    agency, year = named_in(title)
    found = words.TITLE_START.fullmatch(_packed(line).translate(words.FOLDED)) if len(line) <= 60 else None
    if found is None:
        return False
    if found["region"]:
        return _packed(title).translate(words.FOLDED).startswith(words.AGENCY_ENDINGS)
    return (agency is None or not found["agency"]) and (year is None or not found["year"])


def is_full_title(title: str) -> bool:
    """Whether ``title`` names a year and an organ whose name ends as such names do."""
    agency, year = named_in(title)
    return agency is not None and year is not None and agency.translate(words.FOLDED).endswith(words.AGENCY_ENDINGS)


def _packed(text: str) -> str:
    return _UNSEEN.sub("", text)


def identify(title: str | None, paragraphs: Sequence[str]) -> Who:
    """What ``title`` says, and the first sentences of ``paragraphs`` where it is silent."""
    agency, year = named_in(title) if title is not None else (None, None)
    from_prose = False
    for paragraph in paragraphs[:3]:
        if agency is None or year is None:
            found_agency, found_year = _from_sentence("".join(paragraph[:400].split()))
            if (agency is None and found_agency) or (year is None and found_year):
                from_prose = True
                agency, year = agency or found_agency, year or found_year
    period = _first_period(paragraphs)
    if year is None and period is not None and period.start.year == period.end.year:
        year, from_prose = period.end.year, True
    return Who(agency, year, period, from_prose)


def year_of_text(paragraphs: Sequence[str], above: Sequence[str]) -> int | None:
    """The year that the text itself shows, by its period, which may stand ``above`` it, or its first sentences."""
    who = identify(None, paragraphs)
    period = who.period or (_first_period(above) if who.year is None else None)
    return who.year if period is None else period.end.year


def _first_period(paragraphs: Sequence[str]) -> Period | None:
    # In figures alone it stands in the first paragraphs, if anywhere.
    stating = [paragraph for paragraph in paragraphs[:3] if words.PERIOD_END in paragraph]
    if words.PERIOD_HINT.search("\n".join(paragraphs)):
        stating = [*filter(words.PERIOD_HINT.search, paragraphs), *stating]
    for paragraph in stating:
        period = _period(_packed(paragraph[:400]))
        if period is not None:
            return period
    return None


@lru_cache(maxsize=64)
def named_in(title: str) -> tuple[str | None, int | None]:
    """The organ and the year that ``title`` names."""
    packed = _packed(title)
    key = packed.translate(words.FOLDED)
    match = words.TITLE.search(key)
    if match is None:
        return None, None
    found = words.TITLE_YEAR.search(key, 0, match.start()) or words.TITLE_YEAR.search(key, match.start())
    year = int(found[1].translate(words.CHINESE_DIGITS)) if found else None
    agency = packed[: match.start()]
    for year_there in reversed(list(words.TITLE_YEAR.finditer(key, 0, match.start()))):
        agency = agency[: year_there.start()] + agency[year_there.end() :]
    for _ in range(2):
        agency = words.TITLE_NOISE.sub("", agency)
    issued = words.TITLE_ISSUE.fullmatch(agency)
    if issued is not None:
        agency = issued[2] or issued[1]
    # The end of a name is none: the name was broken, or left out.
    return None if agency in words.AGENCY_ENDINGS else agency or None, year


def _from_sentence(text: str) -> tuple[str | None, int | None]:
    match = words.PUBLISHES.search(text[:200])
    if match is not None:
        agency, year = words.TITLE_NOISE.sub("", match[1]), int(match[2])
    elif (match := words.FIRST_SENTENCE.match(text)) is not None:
        agency, year = match[2], int(match[1])
    else:
        return None, None
    return None if words.ITSELF.match(agency) else agency or None, year


def _period(text: str) -> Period | None:
    match = words.PERIOD.search(text)
    if match is not None:
        year, month, day, end_year, end_month, end_day = match.groups()
    elif (match := words.PERIOD_IN_FIGURES.search(text)) is not None:
        year, _, month, day, end_year, end_month, end_day = match.groups()
    else:
        return None
    try:
        return Period(_date(year, month, day), _date(end_year or year, end_month, end_day))
    except ValueError:
        return None


def _date(year: str, month: str, day: str) -> date:
    numbers = words.CHINESE_NUMBERS
    return date(int(year.translate(words.CHINESE_DIGITS)), int(numbers.get(month, month)), int(numbers.get(day, day)))
