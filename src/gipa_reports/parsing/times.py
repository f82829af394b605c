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
_SENTENCE_END = re.compile(r"[。；;！]")


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
    months = next((months for half, months in names.HALVES.items() if half in text), None)
    return Span(text, None, None if months is None else _months(years[0], *months))


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
        pairs = map("\n".join, zip(paragraphs, (*paragraphs[1:], ""), strict=True))
        hinting = [number for number, pair in enumerate(pairs) if words.PERIOD_HINT.search(pair)]
        stating = [*hinting, *stating]
    for number in stating:
        # It may go on in the line below.
        beginnings = [_UNSEEN.sub("", paragraph[:MAX_BEGINNING]) for paragraph in paragraphs[number : number + 2]]
        period = _period(beginnings[0]) or _period("".join(beginnings))
        if period is not None:
            return period
    return None


def _period(text: str) -> Period | None:
    """The first period in ``text``: a whole year, or other days of which a sentence says that figures are."""
    for sentence in _SENTENCE_END.split(text):
        for pattern, rule in PERIOD_RULES:
            match = pattern.search(sentence)
            found = None if match is None else rule(match)
            if match is not None and found is not None and (_is_whole_year(found) or _is_of_figures(sentence, match)):
                return found
    return None


def in_words(match: re.Match[str]) -> Period | None:
    """Read days from one to another, in words: 2023年1月1日至12月31日, 二〇二三年一月一日起至…."""
    return _days(*match.groups())


def in_figures(match: re.Match[str]) -> Period | None:
    """Read the same in figures alone: 2023.01.01-2023.12.31."""
    return _days(match[1], *match.groups()[2:])


def in_months(match: re.Match[str]) -> Period | None:
    """Read the months of a year, from the first to the last: 2023年1月至12月."""
    return _days(match[1], "1", "1", None, "12", "31")


PERIOD_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (words.PERIOD, in_words),
    (words.PERIOD_IN_FIGURES, in_figures),
    (words.PERIOD_IN_MONTHS, in_months),
)
"""Patterns of a sentence that states a period, each with what reads it."""


def _is_of_figures(sentence: str, match: re.Match[str]) -> bool:
    """Return whether a sentence says of the days in it that figures are of them."""
    before, behind = sentence[: match.start()], sentence[match.end() : match.end() + 10].partition("，")[0]
    return any(words.PERIOD_SIGN.search(part) for part in (before, behind))


def _is_whole_year(period: Period) -> bool:
    start, end = period.start, period.end
    return (start.month, start.day, end.month, end.day, end.year) == (1, 1, 12, 31, start.year)


def _days(year: str, month: str, day: str, end_year: str | None, end_month: str, end_day: str) -> Period | None:
    try:
        return Period(_date(year, month, day), _date(end_year or year, end_month, end_day))
    except ValueError:
        return None


def _date(year: str, month: str, day: str) -> date:
    numbers = words.CHINESE_NUMBERS
    return date(int(year.translate(words.CHINESE_DIGITS)), int(numbers.get(month, month)), int(numbers.get(day, day)))
