"""Walk through the prose of a report: which part a sentence stands in, and what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from attrs import evolve, frozen

from ...report import Report
from ...template import SectionId
from ...template import narrative as vocabulary
from ..model import Passage
from .claims import Claim
from .patterns import table
from .sentence import Sentence, Topic
from .tokens import Found, fold, letters, tokenise

SECTIONS: tuple[SectionId, ...] = ("overview", "requests", "proceedings", "problems", "other_matters")
"""Those whose prose is read. Section 五 tells what is wanting, which reads like a denial: only money is read there."""

MONEY = ("fees", "processing_fee")

MAX_SENTENCE = 2000
"""Characters; no sentence of a report is as long."""

MAX_STATEMENTS = 100
"""In one paragraph, each of which is held against the others; no paragraph of a report has as many."""


@frozen
class Statement:
    """A claim and where it stands: its words, the sentence that it is in, and the years that the sentence tells of."""

    claim: Claim
    passage: Passage
    sentence: str
    years: frozenset[int]

    @property
    def place(self) -> str:
        """Section and paragraph: ``overview.3``."""
        return str(self.passage)


_SENTENCE = re.compile("[^。！？!?]+[。！？!?]*")
_MONEY = re.compile(r"[\d０-９]万?元")
_FILES = re.compile(vocabulary.FILES)
_FIGURE = re.compile(vocabulary.FIGURES_AND_DENIALS)


def statements(report: Report) -> tuple[Statement, ...]:
    """Return what the prose states, in the order of the text."""
    found: list[Statement] = []
    for section_id in SECTIONS:
        section = report.sections.get(section_id)
        if section is not None:
            found.extend(_of_section(report, section_id, section.paragraphs))
    return tuple(found)


def _of_section(report: Report, section_id: SectionId, paragraphs: tuple[str, ...]) -> Iterator[Statement]:
    part = Part(section_id == "requests")
    for number, paragraph in enumerate(paragraphs, start=1):
        bare = "".join(paragraph.split())
        if section_id == "problems" and "费" not in bare:
            continue
        if part.on_request or _names_a_matter(bare):  # else it is no heading of the part either
            told = _of_paragraph(report, section_id, number, paragraph, part, len(bare))
            yield from islice(told, MAX_STATEMENTS)


def _of_paragraph(
    report: Report, section_id: SectionId, number: int, paragraph: str, part: Part, characters: int
) -> Iterator[Statement]:
    """Yield the claims of a paragraph; ``characters`` is how many it has without white space."""
    topic: Topic | None = None
    for match in _SENTENCE.finditer(paragraph):
        raw, start = match[0], match.start()
        if section_id == "overview" and part.opened_by(raw, start == 0):
            topic = None
        bare = raw if characters == len(paragraph) else "".join(raw.split())
        if not _worth_reading(bare, part.on_request):
            continue
        reading = read_sentence(raw, part.on_request, report.year, report.agency or "", topic)
        topic, sentence = reading.topic, raw.strip()
        for claim in reading.claims:
            if section_id != "problems" or claim.quantity in MONEY:
                here, there = reading.place(claim)
                passage = Passage(section=section_id, paragraph=number, start=start + here, end=start + there)
                yield Statement(claim, passage, sentence, reading.years)


def _has_one(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))


def _names_a_matter(text: str) -> bool:
    """Return whether a text is about something that the tables count."""
    return _has_one(text, vocabulary.MATTERS) or ("元" in text and _MONEY.search(text) is not None)


def _worth_reading(text: str, on_request: bool) -> bool:
    """Return whether a sentence may state something: a figure or a denial, and elsewhere than in its part a matter."""
    short = len(text) <= MAX_SENTENCE
    return short and (on_request or _names_a_matter(text)) and _FIGURE.search(text) is not None


# --- parts -------------------------------------------------------------------------------------------------------

_MARK = re.compile(vocabulary.TITLE_MARK)
_TITLE = re.compile(r"[^。！？:：\s】]{0,40}")
_ON_REQUEST = re.compile(vocabulary.ON_REQUEST_TITLE)
_PLAIN_TITLE = re.compile(rf"[^,，。:：\s]{{0,10}}(?:{vocabulary.ON_REQUEST_TITLE})[^,，。:：\s]{{0,10}}(?:[:：。]|$)")
_OTHER_TITLE = re.compile("|".join(map(re.escape, vocabulary.OTHER_TITLES)))
_OTHER_PLAIN_TITLE = re.compile(rf"(?:{_OTHER_TITLE.pattern})[^,，。:：\s]{{0,8}}(?:[:：。]|$)")


class Part:
    """Part of a section that the text stands in: ``on_request`` is that about applications, by the headings passed."""

    def __init__(self, on_request: bool) -> None:
        self.on_request: bool = on_request
        self._style: str | None = None

    def opened_by(self, sentence: str, first: bool) -> bool:
        """Look at a sentence that may begin with a heading; return whether a part begins or ends with it."""
        mark = _MARK.match(sentence)
        if mark is None:
            return first and self._plain(sentence)
        style, title = mark.lastgroup, _TITLE.match(sentence, mark.end())
        name = title[0] if title is not None else ""
        is_other = _OTHER_TITLE.match(name) is not None
        if not is_other and _ON_REQUEST.search(name) is not None:
            if not self.on_request:
                self.on_request, self._style = True, style
            return True
        ends = self.on_request and (is_other or self._style in (style, None))
        self.on_request = self.on_request and not ends
        return ends

    def _plain(self, sentence: str) -> bool:
        """Look at a heading without a number: 依申请公开工作情况：……"""
        if _OTHER_PLAIN_TITLE.match(sentence) is not None:
            self.on_request = False
            return True
        if _PLAIN_TITLE.match(sentence) is None:
            return False
        self.on_request, self._style = True, None
        return True


# --- one sentence ------------------------------------------------------------------------------------------------


@frozen
class Read:
    """A sentence that was read: its claims, what it was about at its end, its years, the places of its characters."""

    claims: tuple[Claim, ...]
    topic: Topic
    years: frozenset[int]
    places: list[int] | None

    def place(self, claim: Claim) -> tuple[int, int]:
        """Return where the words of a claim begin and end in the sentence as it stands."""
        if self.places is None:
            return claim.start, claim.end
        return self.places[claim.start], self.places[claim.end - 1] + 1


def read_sentence(
    raw: str, on_request: bool, year: int | None = None, agency: str = "", topic: Topic | None = None
) -> Read:
    """Read a sentence: the patterns of the table from left to right, each noted by its reader.

    ``topic`` is what the sentence before was about, None for the first of a paragraph.
    """
    text, places = fold(raw)
    own = Topic.APPLICATIONS if on_request else Topic.NONE
    disclosure = on_request or _has_one(text, vocabulary.DISCLOSURE)
    files = not on_request and _FILES.search(text) is not None
    sentence = Sentence(text, year, own if topic is None else topic, own, disclosure, agency, files)
    tokens = tokenise(text)
    expression, patterns = table()
    for match in expression.finditer(letters(tokens)):
        reader = patterns[(match.lastindex or 1) - 1].reader
        if reader is not None:
            reader(sentence, Found(match[0], tokens[match.start() : match.end()]))
    return Read(tuple(_settled(sentence)), sentence.topic, frozenset(sentence.years), places)


def _settled(sentence: Sentence) -> Iterator[Claim]:
    """Yield the claims, those that the rest of the sentence takes back left out."""
    carried = any(claim.quantity in ("carried_out", "carried") and claim.value for claim in sentence.claims)
    for claim in sentence.claims:
        if claim.quantity == "all_answered":
            if carried or sentence.exception:
                continue
            claim = evolve(claim, quantity="carried_out")
        yield claim
