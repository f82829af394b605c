"""Which of the lines above the report is its title, and where the report begins below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..document import Paragraph
from ..template import TableId, words
from .identity import MAX_TITLE, begins_title, is_full_title, named_in, title_in, year_of_text
from .tokens import SectionLine

MAX_LINES = 3
"""Lines that a title may be broken over, each of"""
MAX_LINE = 40
"""characters."""

MAX_LONGEST = MAX_TITLE + 20
"""Characters of a line with a title and marks of Markdown."""

Lines = Sequence[Paragraph | TableId]


class Title(NamedTuple):
    """A title, the lines from ``start`` to before ``end`` that it stands in, and what it names."""

    text: str
    start: int
    end: int
    agency: str | None
    year: int | None

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Title:
        """The title with what its ``text`` names."""
        return cls(text, start, end, *named_in(text))


def beginning(lines: Lines) -> tuple[int, Title | None]:
    """Where the report's body begins, at its first heading, else its first table; and its title, from before that."""
    first = _first_heading(lines, 0)
    titles = _titles(lines[:first])
    if not titles and first < len(lines) and isinstance(lines[first], str):
        first, titles = _below_menus(lines, first)
    return first, _own(titles, lines[:first], lines[first:])


def _below_menus(lines: Lines, table: int) -> tuple[int, list[Title]]:
    """The beginning that seems to be at ``table``, or below the titles between it and the first heading.

    A menu with words of the form, or a small table, is no beginning where the title comes after it and no prose before.
    """
    heading = next((index for index in range(table + 1, len(lines)) if isinstance(lines[index], SectionLine)), None)
    titles = [] if heading is None else _titles(lines[:heading])
    if not titles or any("。" in line.text for line in lines[: titles[0].start] if not isinstance(line, str)):
        return table, []
    first = _first_heading(lines, titles[0].end)
    return first, [title for title in titles if title.end <= first]


def bare(text: str) -> str:
    """A line of text without marks of Markdown."""
    return text.lstrip("#").strip()


@lru_cache(maxsize=1024)
def _title_on(text: str) -> str | None:
    """The title that a line of text is."""
    return title_in(bare(text))


def _first_heading(lines: Lines, start: int) -> int:
    """The place of the first heading or table, from ``start`` on."""
    for index in range(start, len(lines)):
        line = lines[index]
        if isinstance(line, (str, SectionLine)):
            return index
    return len(lines)


def _titles(lines: Lines) -> list[Title]:
    """The titles among ``lines``, with the lines above that begin them; broken ones where no whole one has a year."""
    whole = [
        _from_above(lines, Title.of(text, index, index + 1))
        for index, line in enumerate(lines)
        if not isinstance(line, str) and len(line.text) <= MAX_LONGEST and (text := _title_on(line.text)) is not None
    ]
    return whole if any(title.year for title in whole) else _broken_titles(lines) or whole


def _broken_titles(lines: Lines) -> list[Title]:
    """Titles broken over lines, even within a word: only such as name organ and year when put together."""
    pieces = [bare(line.text) if not isinstance(line, str) and len(line.text) <= MAX_LINE else "" for line in lines]
    if words.TITLE_SIGN.search("".join(pieces)) is None:
        return []
    for count in range(2, MAX_LINES + 1):
        found: list[Title] = []
        for start in range(len(pieces) - count + 1):
            *before, last = pieces[start : start + count]
            if last and all(before) and title_in("".join(before)) is None:
                text = title_in("".join((*before, last)))
                if text is not None:
                    found.append(_from_above(lines, Title.of(text, start, start + count)))
        found = [title for title in found if is_full_title(title.text)]
        if found:
            return found
    return []


def _from_above(lines: Lines, title: Title) -> Title:
    """``title`` with the lines above it that have its organ or its year, as on a cover."""
    while title.start and title.end - title.start < MAX_LINES:
        above = lines[title.start - 1]
        if isinstance(above, str) or not begins_title(bare(above.text), title.text):
            break
        title = Title.of(bare(above.text) + title.text, title.start - 1, title.end)
    return title


def _own(titles: list[Title], above: Lines, body: Lines) -> Title | None:
    """The report's own title: of those that name most the last, for before it are breadcrumbs and page titles.

    Titles of several years are a list of reports. The text says which of them is its own; without its word none is.
    """
    if len(titles) < 2:
        return titles[0] if titles else None
    most = max(map(_facts, titles))
    found = [title for title in titles if _facts(title) == most]
    if len({title.year for title in found}) > 1:
        year = year_of_text(*([line.text for line in part if not isinstance(line, str)] for part in (body, above)))
        found = [title for title in found if title.year == year]
    return found[-1] if found else None


def _facts(title: Title) -> int:
    return (title.agency is not None) + (title.year is not None)
