"""The time that words name: a year, a part of one, several, a school year; and the days that a text states."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from attrs import frozen

from ..report import Period
from ..template import names, words

MAX_BEGINNING = 400
"""Characters of a paragraph in which its time is looked for."""

_UNSEEN = re.compile(f"[{words.UNSEEN}]+")


@frozen
class Span:
    """The time that a title or a sentence names: ``year`` is None where it is not one whole year."""

    text: str
    year: int | None = None
    period: Period | None = None
    """Its days, where it is a part of a year."""


def read_span(match: re.Match[str]) -> Span:
    """Return the time that a match of ``names.SPAN`` names."""
    for kind, _ in names.SPANS:
        text = match[kind]
        if text is not None:
            years = [int(year.translate(words.CHINESE_DIGITS)) for year in names.YEAR.findall(text)]
            return _SPAN_RULES[kind](text, years)
    raise AssertionError


def spans_in(key: str) -> list[Span]:
    """Return the times that folded words name, in order."""
    return [read_span(match) for match in names.SPAN.finditer(key)]


def _one_year(text: str, years: list[int]) -> Span:
    return Span(text, years[0])


def _some_years(text: str, years: list[int]) -> Span:
    return Span(text)


def _half(text: str, years: list[int]) -> Span:
    first, last = names.HALVES["上" if "上" in text else "下"]
    return Span(text, None, _months(years[0], first, last))


def _quarter(text: str, years: list[int]) -> Span:
    found = names.QUARTER.search(text)
    name = "" if found is None else found[1].translate(str.maketrans("1234", "一二三四"))
    first, last = names.QUARTERS.get(name, (0, 0))
    return Span(text, None, _months(years[0], first, last))


def _month_range(text: str, years: list[int]) -> Span:
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    first, last = (1, numbers[0]) if len(numbers) == 1 else numbers[:2]
    if (first, last) == (1, 12) and len(set(years)) == 1:
        return Span(text, years[0])
    return Span(text, None, _months(years[0], first, last) if len(set(years)) == 1 else None)


def _months(year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    after = date(year + last // 12, last % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1))


_SPAN_RULES: dict[str, Callable[[str, list[int]], Span]] = {
    "school_year": _some_years,
    "half": _half,
    "quarter": _quarter,
    "months": _month_range,
    "years": _some_years,
    "month": _some_years,
    "year": _one_year,
}
"""Kind of time → what it is."""


# --- periods ---------------------------------------------------------------------------------------------------------


def first_period(paragraphs: Sequence[str]) -> Period | None:
    """Return the period that the first of ``paragraphs`` states."""
    # In figures alone it stands in the first paragraphs, if anywhere.
    stating = [number for number, paragraph in enumerate(paragraphs[:3]) if words.PERIOD_END in paragraph]
    if words.PERIOD_HINT.search("\n".join(paragraphs)):
        hinting = [number for number, paragraph in enumerate(paragraphs) if words.PERIOD_HINT.search(paragraph)]
        stating = [*hinting, *stating]
    for number in stating:
        # It may go on in the line below.
        beginnings = [_UNSEEN.sub("", paragraph[:MAX_BEGINNING]) for paragraph in paragraphs[number : number + 2]]
        period = _period(beginnings[0]) or _period("".join(beginnings))
        if period is not None:
            return period
    return None


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
