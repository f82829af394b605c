"""Readers that make no claim: what the sentence is about, of whom it speaks and of which year."""

from __future__ import annotations

from ..subject import same_agency
from .cases import rows_of_cases
from .claims import Scope
from .sentence import SPAN, Sentence, Topic
from .tokens import NAMED, Found, Token


def whose(sentence: Sentence, found: Found) -> Scope | None:
    """Return whose figure it is where a unit other than the organ itself is named (or the organ's name cut short)."""
    kinds = {token.value for token in found.tokens if token.letter == "K" and not _is_own(sentence, token)}
    if not kinds:
        return None
    if kinds == {NAMED} and sentence.own_name:
        return Scope.PART
    if kinds == {"below"}:
        return Scope.BELOW
    return Scope.OFFICE if "office" in kinds else Scope.UNIT


def _is_own(sentence: Sentence, token: Token) -> bool:
    """Return whether a token names the organ itself."""
    return bool(sentence.own_name) and same_agency(sentence.text[token.start : token.end], sentence.own_name)


def passed_over(sentence: Sentence, found: Found) -> None:
    """Pass over a comparison, another time or a decision; other business lasts until applications are named."""
    if found.has("O"):
        sentence.about(Topic.OTHER)


def something_else(sentence: Sentence, found: Found) -> None:
    """Note that something else was dealt with and counted: what follows without a noun is about it."""
    sentence.about(Topic.OTHER)


def application_named(sentence: Sentence, found: Found) -> None:
    """Note that applications are spoken of."""
    sentence.about(Topic.APPLICATIONS)


def case_named(sentence: Sentence, found: Found) -> None:
    """Note that reviews or lawsuits are spoken of."""
    sentence.topic, sentence.cases = Topic.CASES, rows_of_cases(found)


def documents_named(sentence: Sentence, found: Found) -> None:
    """Note that documents are spoken of, where they are."""
    named = found.values("NG")
    if named:
        sentence.topic, sentence.documents = Topic.DOCUMENTS, named[0]


def year(sentence: Sentence, found: Found) -> None:
    """Note the year of what follows; a day of the year after is when the report was written."""
    token = found.tokens[0]
    if sentence.text.rfind("(", 0, token.start) > sentence.text.rfind(")", 0, token.start):
        return
    sentence.year, sentence.year_ends = None, len(sentence.text)
    if token.letter == "y":
        _of_year(sentence, int(token.value), token)


def _of_year(sentence: Sentence, named: int, token: Token) -> None:
    """Note a year: 2022年以来 is a span of years, 由2022年的14件 speaks of it in this clause only."""
    behind = sentence.text[token.end :]
    if sentence.report_year is not None and named > sentence.report_year and behind[:1].isdigit():
        return
    if named != sentence.report_year and sentence.text.endswith("以来", 0, token.end):
        named = SPAN
    elif behind.startswith("的"):
        sentence.year_ends = token.end + behind.find(",") if "," in behind else len(sentence.text)
    sentence.year = named
    sentence.years.add(named)


def part(sentence: Sentence, found: Found) -> None:
    """Note that parts of the last whole follow; 含 before any figure speaks of whom it is."""
    if sentence.text.startswith("含", found.tokens[0].start) and not sentence.claims:
        return
    sentence.parted = True
    sentence.without = found.tokens[0].value == "without"


def scope(sentence: Sentence, found: Found) -> None:
    """Note of whom the sentence speaks: a unit of the organ, or more than the organ (全区各部门 too)."""
    named = Scope.WIDER if found.tokens[0].letter == "W" else whose(sentence, found)
    clause = sentence.text[found.tokens[-1].end :].partition(",")[0]
    if named is Scope.BELOW and not any(map(str.isdigit, clause)):
        return  # 各科室分头办理，收到申请9件
    kept = sentence.scope in (Scope.WIDER, Scope.OFFICE) and len(sentence.claims) == sentence.since
    if named is not None and not kept:
        sentence.scope, sentence.since = named, len(sentence.claims)


def stop(sentence: Sentence, found: Found) -> None:
    """Note that a list of parts is over."""
    sentence.parted = False


def exception(sentence: Sentence, found: Found) -> None:
    """Note that not all are spoken of."""
    sentence.exception = True
