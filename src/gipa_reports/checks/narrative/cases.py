"""Readers of reviews and lawsuits: what the patterns about them make of their tokens."""

from __future__ import annotations

import re

from .claims import Claim
from .sentence import Sentence, Topic
from .tokens import Found

LAWSUITS = ("litigation_direct", "litigation_after_reconsideration")


def rows_of_cases(found: Found) -> tuple[str, ...]:
    """Return the groups of table 四 that the tokens name."""
    return tuple(dict.fromkeys(row for rows in _each_case(found) for row in rows))


def _each_case(found: Found) -> list[tuple[str, ...]]:
    return [LAWSUITS if name == "litigation" else (name,) for name in found.values("RS")]


def cases(sentence: Sentence, found: Found) -> None:
    """Read the number of reviews or lawsuits; of stages (一审, 二审) it is their sum."""
    rows = rows_of_cases(found)
    sentence.topic, sentence.cases = Topic.CASES, rows
    if sentence.disclosure:
        value = sum(int(token.value) for token in found.tokens if token.letter in "nw")
        sentence.state("cases", value, found, of=rows)


def cases_each(sentence: Sentence, found: Found) -> None:
    """Read 行政复议、行政诉讼各1件."""
    sentence.topic = Topic.CASES
    if found.letters[0] in "AB":
        sentence.state("received", found.figure, found)
    if sentence.disclosure:
        for rows in _each_case(found):
            sentence.state("cases", found.figure, found, of=rows)


def no_cases(sentence: Sentence, found: Found) -> None:
    """Read 未发生行政复议、行政诉讼: each of them is denied."""
    if re.match("(V[rsab]*)?[AB][/J]", found.letters):
        sentence.state("received", 0, found)
    for rows in _each_case(found):
        sentence.state("cases", 0, found, of=rows)


def cases_of_others(sentence: Sentence, found: Found) -> None:
    """Pass over cases that the organ decides on itself; 收到……行政复议 about disclosure is one against it."""
    if (
        found.tokens[0].letter == "r"
        and sentence.disclosure
        and found.has("n")
        and "公开" in sentence.text[: found.tokens[-1].end]
    ):
        cases(sentence, found)
        return
    sentence.about(Topic.OTHER)


def outcomes(sentence: Sentence, found: Found) -> None:
    """Read how cases ended."""
    if sentence.topic is Topic.CASES and sentence.cases and sentence.disclosure:
        for outcome in found.values("U"):
            if outcome != "other":
                sentence.state("outcome", found.figure, found, of=(outcome, *sentence.cases))


def outcome_of_all(sentence: Sentence, found: Found) -> None:
    """Read 行政复议均被维持: the outcome has all the cases that the sentence has counted, or the only one."""
    counted = [claim for claim in sentence.claims if claim.quantity == "cases"]
    rows = rows_of_cases(found) or _counted_before(sentence, counted[-1:], found)
    value = next((claim.value for claim in counted if claim.of == rows), 0)
    if sentence.disclosure and (value == 1 or (value and _all_of_them(sentence, found))):
        sentence.state("outcome", value, found, of=(found.values("U")[0], *rows))


def _all_of_them(sentence: Sentence, found: Found) -> bool:
    return found.has("E") or sentence.text.startswith("均", found.tokens[-1].start)


def _counted_before(sentence: Sentence, last: list[Claim], found: Found) -> tuple[str, ...]:
    """Return the groups of the last claim, where the tokens follow it and no other figure is between them."""
    for claim in last:
        between = sentence.text[claim.end : found.tokens[0].start]
        if sentence.claims[-1] is claim and not any(map(str.isdigit, between)):
            return claim.of
    return ()
