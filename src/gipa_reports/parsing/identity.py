"""Whose report it is, of which year and which days: from the title, else from the first sentences.

What a title says is told by ``named``. ``PROSE_RULES`` are tried in their order, and the first that knows the organ, or
the year, gives it; what is no name is given by none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from ..report import Period
from ..template import names
from .named import Named, fold, is_plain_name, named_in, pack
from .times import MAX_BEGINNING, Span, first_period, read_span, spans_in


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


MAX_PARAGRAPHS = 4
"""Paragraphs in whose beginnings organ and year are looked for."""

MAX_SENTENCES = 3
"""Sentences of a paragraph of which the organ may be the subject."""

_SENTENCE_END = re.compile(r"[。！？；;]")
_CLAUSE_END = re.compile(r"[，,:：]")

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

    @property
    def is_title(self) -> bool:
        """Return whether it ends as a title does, though it was taken for none: it has what looks like a verb in it."""
        return self.key.endswith(("报告", "年报")) and _SENTENCE_END.search(self.key) is None

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
        found = named_in(text.packed[match.start(1) : match.end(1)])
        if found.facts:
            return found
    return Named()


def published(text: Beginning) -> Named:
    """The report of an organ on a year is published: 现将青石镇2023年度政府信息公开工作报告如下."""
    found = [
        Named(text.name(match) or text.name(match, "behind"), read_span(match))
        for match in names.PUBLISHES.finditer(text.key)
    ]
    # A notice on reports may be cited before the report is published.
    return next((named for named in found if named.agency is not None), found[0] if found else Named())


def compiled(text: Beginning) -> Named:
    """An organ compiles the report: 本报告由青石镇人民政府编制."""
    return Named(next(filter(None, map(text.organ, names.COMPILES.finditer(text.key))), None))


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
    return Named(next(filter(None, map(text.organ, names.CONTACT.finditer(text.key))), None))


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
    said = [(number, rule(text)) for rule in PROSE_RULES for number, text in enumerate(beginnings)]
    agencies = [found.agency for number, found in said if found.agency is not None and not beginnings[number].is_title]
    agency = next((name for name in agencies if _calls_itself_so(name, kinds)), None)
    return Named(None if agency is None else _in_full(agency, paragraphs), _span_of(said, beginnings))


def _span_of(said: Sequence[tuple[int, Named]], beginnings: Sequence[Beginning]) -> Span | None:
    """Return the first time that a rule found, if no paragraph above that place begins with another."""
    for number, found in said:
        if found.span is not None:
            return _told_in(beginnings[:number]) or found.span
    return None


def _told_in(above: Sequence[Beginning]) -> Span | None:
    """Return the year with which a paragraph begins: one named below it may be that of the report published in it."""
    return next((span for span in (subject(text).span for text in above) if span is not None), None)


def _in_full(name: str, paragraphs: Sequence[str]) -> str:
    """Return the name that ``name`` is short for, if the first sentences say so: 云岭市税务局（以下简称“市税务局”）."""
    for paragraph in paragraphs[:MAX_PARAGRAPHS]:
        packed = pack(paragraph[:MAX_BEGINNING])
        for match in names.IN_SHORT.finditer(fold(packed)):
            full = names.BEFORE_NAME.sub("", packed[match.start("name") : match.end("name")])
            if packed[match.start("short") : match.end("short")] == name and is_plain_name(full):
                return full
    return name


def _calls_itself_so(name: str, kinds: set[str]) -> bool:
    """Return whether what the organ calls itself (我局, 我镇) is of the kind that ``name`` is of."""
    key = fold(name)
    return not kinds or any(word in key for kind in kinds for word in names.SELF_KINDS.get(kind, (kind,)))


# --- all of it -------------------------------------------------------------------------------------------------------


def identify(shown: Named, paragraphs: Sequence[str]) -> Who:
    """Return what is ``shown`` by the title, and what the first sentences of ``paragraphs`` say where it is silent."""
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
    who = identify(Named(), paragraphs)
    period = who.period or (first_period(above) if who.year is None else None)
    return who.year if period is None else period.end.year
