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


def is_title(line: str) -> bool:
    """Whether ``line`` is the title of an annual report: it names one and is no sentence."""
    return len(line) <= 100 and _is_title(line)


@lru_cache(maxsize=1024)
def _is_title(line: str) -> bool:
    packed = "".join(line.split())
    return words.TITLE.search(packed) is not None and not re.search(r"[。！？；;，,：:>›»]", packed)


def identify(title: str | None, paragraphs: Sequence[str]) -> Who:
    """What ``title`` says, and the first sentences of ``paragraphs`` where it is silent."""
    agency, year = _from_title(title) if title is not None else (None, None)
    from_prose = False
    for paragraph in paragraphs[:3]:
        if agency is None or year is None:
            found_agency, found_year = _from_sentence("".join(paragraph[:400].split()))
            if (agency is None and found_agency) or (year is None and found_year):
                from_prose = True
                agency, year = agency or found_agency, year or found_year
    return Who(agency, year, _first_period(paragraphs), from_prose)


def _first_period(paragraphs: Sequence[str]) -> Period | None:
    if words.PERIOD_HINT.search("\n".join(paragraphs)):
        for paragraph in paragraphs:
            if words.PERIOD_HINT.search(paragraph):
                period = _period("".join(paragraph[:400].split()))
                if period is not None:
                    return period
    return None


@lru_cache(maxsize=64)
def _from_title(title: str) -> tuple[str | None, int | None]:
    packed = "".join(title.split())
    match = words.TITLE.search(packed)
    if match is None:
        return None, None
    before = packed[: match.start()]
    found = words.TITLE_YEAR.search(before) or words.TITLE_YEAR.search(packed, match.start())
    year = int(found[1].translate(words.CHINESE_DIGITS)) if found else None
    agency = words.TITLE_YEAR.sub("", before)
    for _ in range(2):
        agency = words.TITLE_NOISE.sub("", agency)
    return agency or None, year


def _from_sentence(text: str) -> tuple[str | None, int | None]:
    match = words.PUBLISHES.search(text[:200])
    if match is not None:
        return words.TITLE_NOISE.sub("", match[1]) or None, int(match[2])
    match = words.FIRST_SENTENCE.match(text)
    if match is not None:
        return match[2], int(match[1])
    return None, None


def _period(text: str) -> Period | None:
    match = words.PERIOD.search(text)
    if match is None:
        return None
    year, month, day, end_year, end_month, end_day = match.groups()
    try:
        return Period(date(int(year), int(month), int(day)), date(int(end_year or year), int(end_month), int(end_day)))
    except ValueError:
        return None
