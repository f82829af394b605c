"""Whose report it is, of which year and which days: from the title, else from the first sentences.

What a title or a sentence says is found by rules in tables, each with a name. ``PROSE_RULES`` are tried in their order,
and the first that knows the organ, or the year, gives it; what is no name by ``is_name`` is given by none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from attrs import frozen

from ..report import Period
from ..template import names, words
from ..template.characters import unify, without_readings
from .times import MAX_BEGINNING, Span, first_period, read_span, spans_in


@frozen
class Named:
    """The organ and the time that some words name."""

    agency: str | None = None
    span: Span | None = None

    @property
    def year(self) -> int | None:
        """The year, if it is one whole year."""
        return None if self.span is None else self.span.year

    @property
    def facts(self) -> int:
        """Number of the two that are there."""
        return (self.agency is not None) + (self.span is not None)


@frozen
class Who:
    """Agency, year and period as far as the text shows them."""

    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    from_prose: bool = False
    """True if it was not the title that showed agency or year."""
    not_annual: str | None = None
    """The time that is reported on, where it is not one year."""


MAX_TITLE = 100
"""Characters of a line with a title."""

MAX_NAME = 40
"""Characters of the name of an organ."""

MAX_PARAGRAPHS = 4
"""Paragraphs in whose beginnings organ and year are looked for."""

MAX_SENTENCES = 3
"""Sentences of a paragraph of which the organ may be the subject."""

_UNSEEN = re.compile(f"[{words.UNSEEN}]+")
_STOPS = re.compile(r"[。！？；;，,:>›»]")
_SENTENCE_END = re.compile(r"[。！？；;]")
_CLAUSE_END = re.compile(r"[，,:：]")


def pack(text: str) -> str:
    """Return ``text`` as names are read: signs of radicals as ideographs, no readings, no white space."""
    return _UNSEEN.sub("", without_readings(unify(text)))


def fold(packed: str) -> str:
    """Return ``packed`` simplified and in half width, character for character."""
    # Most names have nothing to fold, and that is told in a tenth of the time.
    return packed if _FOLDABLE.search(packed) is None else packed.translate(words.FOLDED)


_FOLDABLE = re.compile(f"[{''.join(chr(code) for code, there in words.FOLDED.items() if code != there)}]")


# --- titles ----------------------------------------------------------------------------------------------------------


def is_title(line: str) -> bool:
    """Return whether ``line`` is the title of an annual report and nothing else."""
    return title_in(line) == line


def title_in(line: str) -> str | None:
    """Return the title that ``line`` is, without what a page may put before and behind it (``names.BEFORE_TITLE``).

    A title names a report and is no sentence.
    """
    return _title_in(line) if len(line) <= MAX_TITLE else None


@lru_cache(maxsize=1024)
def _title_in(line: str) -> str | None:
    if words.TITLE_SIGN.search(line) is None:
        return None
    text = without_readings(unify(line))
    folded = fold(text)
    if names.CORE.search(_UNSEEN.sub("", folded)) is None:
        return None
    start, end = _without_page(folded)
    title = text[start:end].strip()
    return title if _named(title) is not None else None


def _without_page(folded: str) -> tuple[int, int]:
    """Return where a title begins and ends between what a page or document has put around it."""
    start, end = 0, len(folded)
    while (before := _BEFORE.match(folded, start)) is not None and start < before.end() < end:
        start = before.end()
    if not folded.endswith(_ENDS):
        while (behind := _BEHIND.search(folded, start, end)) is not None and start < behind.start() < end:
            end = behind.start()
    return start, end


_BEFORE = re.compile("|".join(pattern for _, pattern in names.BEFORE_TITLE))
_BEHIND = re.compile("|".join(pattern for _, pattern in names.BEHIND_TITLE))
_ENDS = ("报告", "年报")
"""End of a title that has nothing behind it."""


def named_in(title: str) -> Named:
    """Return the organ and the time that ``title`` names."""
    named = _named(title)
    if named is None and len(title) <= MAX_TITLE:
        text = unify(title)
        start, end = _without_page(fold(text))
        named = _named(text[start:end])
    return named or Named()


@lru_cache(maxsize=256)
def _named(title: str) -> Named | None:
    """Return what the words of a title name; None where they are no title."""
    packed = pack(title)
    key = fold(packed)
    core = next(reversed(list(names.CORE.finditer(key))), None)
    behind_core = None if core is None else names.BEHIND_CORE.fullmatch(key, core.end())
    if core is None or behind_core is None:
        return None
    head = packed[: core.start() + _of_customs(key, core)]
    before = spans_in(fold(head))
    behind = [*spans_in(core[0]), *spans_in(key[core.end() :])]
    span = before[-1] if before else next(iter(behind), None)
    owner = _owner(head) or _owner_behind(packed, behind_core)
    if owner and (names.NO_NAME.search(fold(owner)) or _STOPS.search(fold(owner))):
        return None
    return Named(owner if is_name(owner) and owner not in names.ENDINGS else None, span)


def _of_customs(key: str, core: re.Match[str]) -> int:
    """Return how many characters of a core are of the name before it: those of 海关 in 东篱海关政府信息公开…."""
    head = key[: core.start()]
    is_name = core[0].startswith(names.CUSTOMS) and bool(head) and names.ENDS_AS_HEAD.search(head) is None
    return len(names.CUSTOMS) if is_name else 0


def _owner_behind(packed: str, behind: re.Match[str]) -> str:
    """The organ that a title names behind its core, in brackets or after a dash."""
    return "".join(packed[slice(*behind.span(group))] for group in ("owner", "signed") if behind[group])


def _owner(head: str) -> str:
    """Return what the rules of ``HEAD_RULES`` leave of the words before the core of a title."""
    for rule in HEAD_RULES:
        head = rule(head)
    return head


def _less_remarks(head: str) -> str:
    """Take out remarks in brackets: 【年报】, （征求意见稿）; and whatever stands in some at the beginning."""
    head = _cut(head, names.REMARK.finditer(fold(head)))
    return _cut(head, names.REMARK_FIRST.finditer(fold(head)))


def _less_spans(head: str) -> str:
    """Take out the time: 2023年度; and at the end a year of two digits, or one whose digits stand elsewhere."""
    head = _cut(head, names.SPAN.finditer(fold(head)))
    return _cut(head, _SHORT_YEAR.finditer(fold(head)))


def _less_asides(head: str) -> str:
    """Take off brackets at the end with nothing of a name in them: （第三个年度）."""
    match = _BRACKETS_LAST.search(fold(head))
    return head if match is None or names.PART_OF_NAME.search(match[0]) else head[: match.start()]


_BRACKETS_LAST = re.compile(r"[(][^()]*[)]$")


def _whole_government(head: str) -> str:
    """Give a government back its last word, where it is written once for two: 青石镇人民|政府信息公开."""
    return f"{head}政府" if head.endswith("人民") else head


def _issued(head: str) -> str:
    """Of a notice, the organ whose report it gives out, else the organ that gives it out."""
    match = names.ISSUES.fullmatch(fold(head))
    if match is None:
        return head
    owner = _trimmed(head[match.start("owner") :])
    return owner if owner and not names.ITSELF.match(fold(owner)) else head[: match.end("issuer")]


def _on_itself(head: str) -> str:
    """Give the organ, where it reports on itself or its place: 青石镇人民政府关于青石镇|2023年…."""
    organ, about, place = head.partition("关于")
    itself = bool(about) and (place in organ or names.ITSELF.match(place) is not None)
    return organ if itself else head


def _trimmed(head: str) -> str:
    """Take off quotes, colons, dashes and 关于 at the ends."""
    match = _AROUND_NAME.fullmatch(fold(head))
    return head if match is None else head[match.start(1) : match.end(1)]


def _last_of_page(head: str) -> str:
    """Take off the name of the site that stands before the organ."""
    match = _SITE.match(fold(head))
    return head[match.end() :] if match is not None else head


_SHORT_YEAR = re.compile(r"(?:(?<!\d)\d{2}|近[一两二三四五几]|历)?年度?$")
_AROUND_NAME = re.compile(r"(?:关于|的|[《〈<\"“:_|—–【-])*(.*?)(?:关于|的|年度|[《〈<》〉>\"”:_|—–~至】-]|[(][)])*")
_SITE = re.compile(r".{2,30}(?:网站|门户网|政务网|官网)")

HEAD_RULES: tuple[Callable[[str], str], ...] = (
    _less_remarks,
    _less_spans,
    _trimmed,
    _issued,
    _trimmed,
    _on_itself,
    _last_of_page,
    _less_asides,
    _whole_government,
)
"""Rules that take something off the words before the core of a title, in this order."""


def _cut(text: str, matches: Iterator[re.Match[str]]) -> str:
    for match in reversed(list(matches)):
        text = text[: match.start()] + text[match.end() :]
    return text


def is_name(text: str) -> bool:
    """Return whether ``text`` may be the name of an organ in a title: no clause, no verb, not what all are called."""
    key = fold(text)
    return (
        2 <= len(text) <= MAX_NAME
        and _WORD.search(key) is not None
        and not names.ITSELF.match(key)
        and not names.NO_NAME.search(key)
        and not _NOT_IN_NAMES.search(key)
        and names.GENERIC.fullmatch(key) is None
    )


_WORD = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]{2}")
_NOT_IN_NAMES = re.compile(r"[^㐀-鿿\U00020000-\U0003ffff〇0-9A-Za-z()、·\-&]|^\d|^[(][^()]*[)]$|^[^(]*[)]|[(][^)]*$")


def is_plain_name(text: str) -> bool:
    """Return whether ``text`` in a sentence is the name of one organ, and of none above or beside it."""
    key = fold(text)
    return (
        len(text) >= 3
        and is_name(text)
        and not names.NO_SUBJECT.search(key)
        and not names.GENERIC.search(key)
        and names.REGION.search(key) is not None
        and names.ENDS_AS_ORGAN.search(key) is not None
    )


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names may be of one organ: the same in another script, or one with the place before it."""
    short, long = sorted((fold(pack(one)), fold(pack(other))), key=len)
    return long.endswith(short) and (short == long or names.REGION.search(short) is not None)


# --- first sentences -------------------------------------------------------------------------------------------------


_NO_PART = re.compile(r"[(（](?:(?:以下|下称|简称)[^()（）]{0,30}|盖章|公章|签章)[)）]")
"""Words in brackets behind a name that are no part of it: its name in the rest of a text, (盖章)."""


_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")


@frozen
class Beginning:
    """The beginning of a paragraph, and how the organ calls itself in the whole text."""

    packed: str
    key: str

    @classmethod
    def of(cls, paragraph: str) -> Beginning:
        """The beginning of a paragraph."""
        packed = _NO_PART.sub("", pack(paragraph[:MAX_BEGINNING].partition("\t")[0]))
        bracketed = _BRACKETED.fullmatch(packed)
        packed = packed if bracketed is None else bracketed[1]
        return cls(packed, fold(packed))

    def name(self, match: re.Match[str], group: str = "name") -> str | None:
        """Return the name in a match of a rule, if it is one."""
        text = self.packed[match.start(group) : match.end(group)]
        return text if is_plain_name(text) else None

    def organ(self, match: re.Match[str]) -> str | None:
        """Return the same where it may have an office of the organ behind it.

        The office of a government does its own work and the government's: whose report it is, it does not say.
        """
        name = self.name(match)
        return None if match["office"] and name is not None and fold(name).endswith("政府") else name


ProseRule = Callable[[Beginning], Named]


def quoted_title(text: Beginning) -> Named:
    """A report is published by its title: 现发布《青石镇2023年政府信息公开工作年度报告》."""
    for match in names.QUOTES.finditer(text.key):
        found = _named(text.packed[match.start(1) : match.end(1)])
        if found is not None and found.facts:
            return found
    return Named()


def published(text: Beginning) -> Named:
    """The report of an organ on a year is published: 现将青石镇2023年度政府信息公开工作报告如下."""
    match = names.PUBLISHES.search(text.key)
    return Named() if match is None else Named(text.name(match) or text.name(match, "behind"), read_span(match))


def compiled(text: Beginning) -> Named:
    """An organ compiles the report: 本报告由青石镇人民政府编制."""
    for match in names.COMPILES.finditer(text.key):
        name = text.organ(match)
        if name is not None:
            return Named(name)
    return Named()


def subject(text: Beginning) -> Named:
    """The organ is the subject of one of the first sentences: 2023年，在县委领导下，青石镇认真落实条例."""
    span: Span | None = None
    alone = False
    for number, start, clause in _clauses(text.key):
        opening = names.OPENING.match(clause)
        span = span or (None if opening is None or opening["month"] else read_span(opening))
        match = names.SUBJECT.match(clause)
        # Before no verb it is the organ only where it follows the year, or stands on a line of its own.
        if match is not None and (match.end() < len(clause) or alone or len(clause) == len(text.key)):
            name = text.packed[start + match.start("name") : start + match.end("name")]
            if is_plain_name(name):
                return Named(name, span or next(iter(spans_in(match["behind"] or "")), None))
        alone = number == 0 and opening is not None and opening.end() == len(clause)
    return Named(None, span)


def _clauses(key: str) -> Iterator[tuple[int, int, str]]:
    """The clauses of the first sentences: the number of each in its sentence, where it begins, and its words."""
    start = 0
    for sentence in _SENTENCE_END.split(key)[:MAX_SENTENCES]:
        for number, clause in enumerate(_CLAUSE_END.split(sentence)):
            yield number, start, clause
            start += len(clause) + 1


def contact(text: Beginning) -> Named:
    """Questions about the report go to an organ: 如有疑问，请与青石镇人民政府联系."""
    for match in names.CONTACT.finditer(text.key):
        name = text.organ(match)
        if name is not None:
            return Named(name)
    return Named()


def counted_up_to(text: Beginning) -> Named:
    """Something is counted up to the last day of the year: 截至2023年12月31日."""
    match = names.UP_TO.search(text.key)
    return Named() if match is None else Named(None, next(iter(spans_in(match["year"])), None))


def filled_in_by(text: Beginning) -> Named:
    """A field beside the form names the organ: 填报单位：青石镇人民政府（盖章）."""
    match = names.FILLED_IN_BY.search(text.key)
    return Named() if match is None else Named(text.name(match))


def only_year(text: Beginning) -> Named:
    """Clauses begin with a year, and all with the same: 一年来，青石镇坚持公开，2023年发布信息30条."""
    spans = [read_span(match) for match in names.CLAUSE_SPAN.finditer(text.key)]
    return Named(None, spans[0]) if len({span.year for span in spans}) == 1 and spans[0].year else Named()


PROSE_RULES: tuple[ProseRule, ...] = (
    filled_in_by,
    quoted_title,
    published,
    compiled,
    subject,
    contact,
    counted_up_to,
    only_year,
)
"""Patterns of first sentences that say whose report it is and of which year, the plainest first."""


def said_in(paragraphs: Sequence[str]) -> Named:
    """Return what the first sentences of ``paragraphs`` say."""
    beginnings = [Beginning.of(paragraph) for paragraph in paragraphs[:MAX_PARAGRAPHS]]
    kinds = {kind for text in beginnings for kind in names.SELF_NAMES.findall(text.key)}
    agency: str | None = None
    span: Span | None = None
    for rule in PROSE_RULES:
        for text in beginnings:
            found = rule(text)
            if agency is None and found.agency is not None and _calls_itself_so(found.agency, kinds):
                agency = found.agency
            span = span or found.span
    return Named(agency, span)


def _calls_itself_so(name: str, kinds: set[str]) -> bool:
    """Return whether what the organ calls itself (我局, 我镇) is of the kind that ``name`` is of."""
    key = fold(name)
    return not kinds or any(word in key for kind in kinds for word in names.SELF_KINDS.get(kind, (kind,)))


# --- all of it -------------------------------------------------------------------------------------------------------


def identify(title: str | None, paragraphs: Sequence[str]) -> Who:
    """Return what ``title`` says, and the first sentences of ``paragraphs`` where it is silent."""
    shown = named_in(title) if title is not None else Named()
    said = said_in(paragraphs) if shown.facts < 2 else Named()
    stated = first_period(paragraphs)
    agency = shown.agency or said.agency
    span = shown.span
    if span is None and stated is not None and stated.start.year == stated.end.year:
        span = Span("", stated.end.year)
    span = span or said.span
    from_prose = agency != shown.agency or (span is not None and shown.span is None)
    if span is None:
        return Who(agency, None, stated, from_prose)
    return Who(agency, span.year, stated or span.period, from_prose, None if span.year is not None else span.text)


def year_of_text(paragraphs: Sequence[str], above: Sequence[str]) -> int | None:
    """Return the year that the text itself shows: that of its period, which may stand ``above`` it, or another."""
    who = identify(None, paragraphs)
    period = who.period or (first_period(above) if who.year is None else None)
    return who.year if period is None else period.end.year
