"""Title of the report among the lines above it, and the place where the report begins below."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from ..document import Paragraph
from ..template import TableId, names
from .identity import year_of_text
from .named import MAX_TITLE, Named, fold, named_in, pack, title_in
from .tokens import SectionLine

MAX_LINES = 4
"""Lines that a title may be broken over, also within words,"""
MAX_COVER = 7
"""lines of a cover, with the organ and the time above the title; each of"""
MAX_LINE = 40
"""characters."""

MAX_WORDS = 2
"""Lines above that may be words of a name, before the one in question."""

MAX_LONGEST = MAX_TITLE + 20
"""Characters of a line with a title and marks of Markdown."""

Lines = Sequence[Paragraph | TableId]


class Title(NamedTuple):
    """A title, the lines from ``start`` to before ``end`` that it stands in, and what it names."""

    text: str
    start: int
    end: int
    named: Named

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Title:
        """The title with what its ``text`` names."""
        return cls(text, start, end, named_in(text))

    @property
    def is_full(self) -> bool:
        """Return whether it names a time and an organ whose name ends as such names do."""
        named = self.named
        return (
            named.span is not None
            and named.agency is not None
            and names.ENDS_AS_ORGAN.search(fold(named.agency)) is not None
        )


def beginning(lines: Lines) -> tuple[int, Title | None]:
    """Return where the report's body begins, at its first heading, else its first table; and the title before it."""
    first = _first_heading(lines, 0)
    titles = _titles(lines, first)
    if not titles and first < len(lines) and isinstance(lines[first], str):
        first, titles = _below_menus(lines, first)
    return first, _own(titles, lines[:first], lines[first:])


def of_page(found: Title | None, known: Sequence[str]) -> Title | None:
    """The first title that the head of a page names, where it has more facts than the one ``found`` and none other."""
    for text in known:
        title = _title_on(text)
        if title is None:
            continue
        other = Title.of(title, 0, 0)
        if other.named.facts > (0 if found is None else found.named.facts) and (
            found is None or _agree(found.named, other.named)
        ):
            return other
    return None


def _agree(one: Named, other: Named) -> bool:
    return (one.agency is None or one.agency == other.agency) and (one.span is None or one.year == other.year)


def _below_menus(lines: Lines, table: int) -> tuple[int, list[Title]]:
    """The beginning that seems to be at ``table``, or below the titles between it and the first heading.

    A menu with words of the form, or a small table, is no beginning where the title comes after it and no prose before.
    """
    heading = next((index for index in range(table + 1, len(lines)) if isinstance(lines[index], SectionLine)), None)
    titles = [] if heading is None else _titles(lines, heading)
    if not titles or any("。" in line.text for line in lines[: titles[0].start] if not isinstance(line, str)):
        return table, []
    first = _first_heading(lines, titles[0].end)
    return first, [title for title in titles if title.end <= first]


def bare(text: str) -> str:
    """A line of text without marks of Markdown; of a row of cells the one that there is, or that of a field."""
    text = _unmarked(text)
    if _BETWEEN_CELLS.search(text) is None:
        return text
    cells = list(dict.fromkeys(cell for cell in map(_plain_cell, _BETWEEN_CELLS.split(text)) if cell))
    if len(cells) == 2 and names.TITLE_FIELD.fullmatch(fold(pack(cells[0]))):
        return cells[1]
    return cells[0] if len(cells) == 1 else text


_BETWEEN_CELLS = re.compile(r"[|\t│]+|,(?=[,\"]|$)")


def _unmarked(text: str) -> str:
    """A line without the marks of Markdown: of a heading, of bold words, of a link that is all of it, of its end."""
    text = text.lstrip("#").replace("**", "").rstrip("\\").strip()
    if text.startswith("<"):
        text = _TAG.sub("", text)
    link = _LINK.fullmatch(text) if text.endswith(")") else None
    return text if link is None else link[1]


_TAG = re.compile(r"</?[a-z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")


def _plain_cell(cell: str) -> str:
    return cell.strip().strip('"').strip()


def _title_on(text: str) -> str | None:
    """The title that a line of text is."""
    return title_in(bare(text)) if len(text) <= MAX_LONGEST else None


def _first_heading(lines: Lines, start: int) -> int:
    """The place of the first heading or table, from ``start`` on."""
    for index in range(start, len(lines)):
        line = lines[index]
        if isinstance(line, (str, SectionLine)):
            return index
    return len(lines)


def _titles(lines: Lines, end: int) -> list[Title]:
    """The titles before ``end``, completed by the lines around; broken ones where no whole one names a time."""
    above = lines[:end]
    whole = [
        _completed(lines, end, Title.of(text, index, index + 1))
        for index, line in enumerate(above)
        if not isinstance(line, str) and (text := _title_on(line.text)) is not None
    ]
    if any(title.named.span for title in whole):
        return whole
    return _broken_titles(lines, end) or whole or _of_files(above)


def _is_said(lines: Lines, title: Title, words: str) -> bool:
    """Return whether a line other than those of ``title`` has ``words`` in it."""
    others = (line for part in (lines[: title.start], lines[title.end :]) for line in part)
    return any(words in fold(pack(line.text)) for line in others if not isinstance(line, str))


def _of_files(lines: Lines) -> list[Title]:
    """Titles that are the names of files, where there are no others: …2023年政府信息公开工作年度报告.docx."""
    found: list[Title] = []
    for index, line in enumerate(lines):
        words = "" if isinstance(line, str) else bare(line.text)
        if (name := names.FILE.search(fold(words))) is not None:
            text = title_in(words[: name.start()])
            found.extend(() if text is None else [Title.of(text, index, index + 1)])
    return [title for title in found if title.is_full]


def _broken_titles(lines: Lines, end: int) -> list[Title]:
    """Titles broken over lines, even within a word: only such as name organ and year when put together."""
    pieces = [
        bare(line.text) if not isinstance(line, str) and len(line.text) <= MAX_LINE else "" for line in lines[:end]
    ]
    if names.CORE.search(fold(pack("".join(pieces)))) is None:
        return []
    for count in range(2, MAX_LINES + 1):
        found: list[Title] = []
        for start in range(len(pieces) - count + 1):
            *before, last = pieces[start : start + count]
            if last and all(before) and title_in("".join(before)) is None:
                text = title_in("".join((*before, last)))
                if text is not None:
                    found.append(_completed(lines, end, Title.of(text, start, start + count)))
        found = [title for title in found if title.is_full]
        if found:
            return found
    return []


# --- lines that complete a title -------------------------------------------------------------------------------------


class Above(NamedTuple):
    """The line above a title, both folded."""

    line: str
    title: str
    first: str
    """The line with which the title begins."""
    named: Named
    """The organ and the time that the title names."""
    is_top: bool
    """True if nothing of a page stands above the line."""
    said: Callable[[str], bool]
    """Tells whether words stand in another line of the document."""

    @property
    def agency(self) -> str:
        """The organ that the title names, or nothing."""
        return fold(self.named.agency or "")

    @property
    def begins_with_name(self) -> bool:
        """Return whether the title begins with the name of its organ."""
        return self.agency != "" and self.title.startswith(self.agency)

    @property
    def may_begin_name(self) -> bool:
        """Return whether the line is no whole name and no word that is known to be of a page."""
        return (
            names.WORD_OF_NAME.fullmatch(self.line) is not None
            and not names.ENDS_AS_ORGAN.search(self.line)
            and self.line not in self.title
        )


def _completed(lines: Lines, end: int, title: Title) -> Title:
    """``title`` with the lines above it that have its organ or its year, as on a cover, or with the year below it."""
    while title.start and title.end - title.start < MAX_COVER:
        above = _above(lines, title)
        if above is None:
            break
        if not any(rule(above) for rule in ABOVE):
            # It may begin the name or be of a page: then the title names no organ.
            title = title._replace(named=Named(None, title.named.span)) if is_doubtful(above) else title
            break
        line = lines[title.start - 1]
        title = Title.of(f"{'' if isinstance(line, str) else bare(line.text)}{title.text}", title.start - 1, title.end)
    return _with_year_below(lines, end, title)


def _with_year_below(lines: Lines, end: int, title: Title) -> Title:
    below = lines[title.end] if title.named.span is None and title.end < end else ""
    if isinstance(below, str) or names.YEAR_ALONE.fullmatch(fold(pack(below.text))) is None:
        return title
    return Title.of(title.text + bare(below.text), title.start, title.end + 1)


def _above(lines: Lines, title: Title) -> Above | None:
    """The line above ``title``, if it is short and no clear sign of a page."""
    line, first = lines[title.start - 1], lines[title.start]
    text = "" if isinstance(line, str) else bare(line.text)
    key = fold(pack(text)) if len(text) <= MAX_LINE else ""
    if not key or names.NO_NAME.search(key) or names.OF_PAGE.search(key):
        return None
    return Above(
        key,
        fold(pack(title.text)),
        "" if isinstance(first, str) else fold(pack(bare(first.text))),
        title.named,
        _is_top(lines[: title.start - 1]),
        partial(_is_said, lines, title),
    )


def _is_top(above: Lines) -> bool:
    """Return whether no words of a page stand above, but the number of a document, or the first words of a name."""
    lines = ["" if isinstance(line, str) else fold(pack(line.text)) for line in above[:MAX_COVER]]
    words = [line for line in lines if names.OF_DOCUMENT.fullmatch(line) is None]
    return len(words) <= MAX_WORDS and len(above) <= MAX_COVER and all(map(names.WORD_OF_NAME.fullmatch, words))


def is_doubtful(above: Above) -> bool:
    """Return whether a title, on top, begins as few names do, and the line may or may not begin the name.

    A name that stands elsewhere too is whole.
    """
    amid, place = names.BEGINS_AMID.match(above.title), names.BEGINS_WITH_PLACE.match(above.title)
    is_strange = amid is not None or (place is None and not above.said(above.agency or above.title))
    return above.is_top and above.may_begin_name and is_strange


def half_of_name(above: Above) -> bool:
    """The title begins with the end of a name: 青山区临江街道 / 办事处2023年…."""
    return (
        above.named.agency is None
        and _begins_with_ending(above.title)
        and names.BEGINS_NAME.match(above.line) is not None
    )


def begins_name(above: Above) -> bool:
    """The name that line and title make stands elsewhere too: 国家税 / 务总局云岭县税务局2023年…, or a place in it."""
    if not above.may_begin_name:
        return False
    amid = names.BEGINS_AMID.match(above.title)
    is_name = above.begins_with_name and above.said(above.line + above.agency)
    return is_name or (amid is not None and above.said(above.line + amid[0])) or (len(above.line) == 1 and above.is_top)


def last_character(above: Above) -> bool:
    """The line, or the title's first character, ends a name: 云岭市水利 / 局 / 2023年…, 云岭海 / 关2023年…."""
    if above.line in names.LAST_CHARACTERS:
        return above.named.agency is not None or _goes_on_behind_name(above.title)
    pair = above.line[-1] + above.title[0]
    return above.named.agency is None and pair in names.ENDINGS and _goes_on_behind_name(above.title[1:])


def _goes_on_behind_name(title: str) -> bool:
    return _begins_with_ending(title) or names.BEHIND_NAME.match(title) is not None


def branch_of_organ(above: Above) -> bool:
    """The title names a part that does not say of whom, and the line is an organ: 云岭市公安局 / 城南分局2023年…."""
    return (
        above.begins_with_name
        and names.BRANCH.fullmatch(above.agency) is not None
        and names.REGION.search(above.agency) is None
        and names.BEGINS_NAME.match(above.line) is not None
        and names.ENDS_AS_FULL.search(above.line) is not None
    )


def broken_name(above: Above) -> bool:
    """The line begins as a name does and does not end as one, and the title's name has no place: 文化广电 / 旅游局…."""
    return (
        names.BEGINS_NAME.match(above.line) is not None
        and not names.ENDS_AS_ORGAN.search(above.line)
        and above.begins_with_name
        and names.BEGINS_NAME.match(above.title) is None
        and names.BEGINS_WITH_PLACE.match(above.title) is None
    )


def within_word(above: Above) -> bool:
    """A word that ends names is broken over the two lines: 云岭经济开 / 发区管委会2023年…."""
    return any(
        above.line.endswith(word[:at]) and above.title.startswith(word[at:])
        for word in names.ENDINGS
        if len(word) > 2
        for at in range(1, len(word))
    )


def place_of_bureau(above: Above) -> bool:
    """The title's organ has no place in its name, and the line is a place: 云岭县 / 水利局2023年…."""
    if not above.begins_with_name or names.IS_REGION.fullmatch(above.line) is None:
        return False
    is_placed = names.REGION.search(above.agency) is not None and names.NAMELESS.match(above.title) is None
    return not is_placed or above.line == names.STATE


def place_above_place(above: Above) -> bool:
    """The title begins with a line that is a place, and the line is a greater one: 青石市 / 云岭县 / 水利局2023年…."""
    if names.IS_REGION.fullmatch(above.line) is None or names.IS_REGION.fullmatch(above.first) is None:
        return False
    line, first = (
        next(rank for rank, endings in enumerate(names.RANKS) if place.endswith(endings))
        for place in (above.line, above.first)
    )
    return line < first


def organ_or_time(above: Above) -> bool:
    """The line is the organ or the time, or both, and the title lacks what it has."""
    named = above.named
    found = names.ORGAN_AND_TIME.fullmatch(above.line)
    if found is None or (named.agency is None and _begins_with_ending(above.title)):
        return False
    return (named.agency is None or not found["agency"]) and (named.span is None or not found["time"])


def _begins_with_ending(title: str) -> bool:
    """Return whether a title begins with the end of a name: 办事处2023年…, but not 政府信息公开…."""
    return names.HALF_OF_NAME.match(title) is not None and names.CORE.match(title) is None


ABOVE: tuple[Callable[[Above], bool], ...] = (
    within_word,
    half_of_name,
    begins_name,
    last_character,
    branch_of_organ,
    broken_name,
    place_of_bureau,
    place_above_place,
    organ_or_time,
)
"""Kinds of a line above a title that is a part of it."""


# --- the report's own ------------------------------------------------------------------------------------------------


def _own(titles: list[Title], above: Lines, body: Lines) -> Title | None:
    """The report's own title: of those that name most the last, for before it are breadcrumbs and page titles.

    Titles of several years are a list of reports. The text says which of them is its own; without its word none is.
    """
    if len(titles) < 2:
        return titles[0] if titles else None
    most = max(title.named.facts for title in titles)
    found = [title for title in titles if title.named.facts == most]
    for rule in (_less_entries, _of_year_of_text):
        if len({title.named.year for title in found}) > 1:
            found = rule(found, above, body)
    return found[-1] if found else None


def _less_entries(titles: list[Title], above: Lines, body: Lines) -> list[Title]:
    """Leave out the entries of a list, which have the day of each report behind it, where others are left."""
    return [title for title in titles if not _is_entry(title, above)] or titles


def _of_year_of_text(titles: list[Title], above: Lines, body: Lines) -> list[Title]:
    """Keep those of the year that the text itself shows."""
    year = year_of_text(*([line.text for line in part if not isinstance(line, str)] for part in (body, above)))
    return [title for title in titles if title.named.year == year]


def _is_entry(title: Title, above: Lines) -> bool:
    """Return whether a title is one of a list, with the day of each report behind it."""
    line = above[title.start]
    return not isinstance(line, str) and names.ENTRY.search(fold(line.text)) is not None
