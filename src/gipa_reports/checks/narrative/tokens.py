"""From a sentence to tokens: figures with their counters, years, sums of money, and the words of the template.

Each kind of token has a letter, so that a sentence is also a string of letters, in which ``patterns`` looks for what is
stated. Words that say nothing are left out; unknown text between two tokens is a token of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TypeVar

from attrs import define, frozen

from ...template import narrative as vocabulary
from ...template import words

T = TypeVar("T")

LETTERS: dict[str, str] = {
    "YEAR": "y", "THIS": "t", "LAST": "l", "NEXT": "x", "OTHER_TIME": "h", "ASIDE": "9",
    "RESPECTIVELY": "=", "PLAN": "#",
    "COMPARED": "M", "BROUGHT": "+", "COMPARED_WITH": "~",
    "COUNT": "n", "LOOSE_COUNT": "w", "MONEY": "m", "FIGURE": "q",
    "RECEIVE": "r", "NEW": "s", "ACCEPT": "a", "SUBMIT": "b", "HANDLE": "p", "ANSWER": "d",
    "CARRY": "c", "MOVE": "C", "PENDING": "k", "HAPPEN": "v", "ROLE": "o",
    "ISSUE": "i", "REPEAL": "e", "IN_FORCE": "f", "DECIDE": "g", "CHARGE": "u",
    "APPLICATION": "A", "BARE_APPLICATION": "B", "REVIEW": "R", "LAWSUIT": "S",
    "NORMATIVE": "N", "REGULATION": "G", "DECIDED": "L", "DECISION": "j", "FEES": "F", "REDUCED": "Y",
    "INFORMATION": "I", "RESULT": "D", "OPENED": "z", "REST": "Z", "DETAIL": "T", "OUTCOME": "U", "STAGE": "1",
    "APPLICANT": "Q", "CHANNEL": "H", "VIA": "@", "ANY_FORM": "2", "UNIT": "K", "WIDER": "W",
    "NEGATION": "V", "ZERO": "0", "ALL": "E", "EACH": "3", "EXCEPT": "4", "PART": "P", "ABOUT": "8", "AND": "J",
    "OTHER_BUSINESS": "O", "STEP": "5", "HELP": "!", "INSPECT": "*", "OTHER_CAUSE": "&", "NARROW": "X",
    "TEXT": "6", "TEXT_OF": "7",
    "COMMA": ",", "LISTED": "/", "STOP": ";", "COLON": ":", "OPEN": "<", "CLOSE": ">",
}  # fmt: skip
"""Kind of token → its letter. ``TEXT_OF`` is unknown text that ends in 的: it says more of the noun that follows."""

NAMED = "named"
"""The value of a unit that is told by the end of its name only."""
MASKED = "?"
"""The letter of words that are unknown text after all; those that are left out (``FILLER``) have none."""


@define(eq=False)
class Token:
    """One token: its letter, what it stands for, and the characters ``start`` to ``end`` of the sentence."""

    letter: str
    value: str | int | Decimal
    start: int
    end: int


@define(eq=False)
class Found:
    """The tokens that a pattern covers, and their letters."""

    letters: str
    tokens: list[Token]

    def has(self, letters: str) -> bool:
        """Return whether one of the tokens has one of these letters."""
        return any(map(self.letters.__contains__, letters))

    def values(self, letters: str) -> tuple[str, ...]:
        """Return what the tokens with these letters stand for, each once."""
        return tuple(dict.fromkeys([str(token.value) for token in self.tokens if token.letter in letters]))

    @property
    def figure(self) -> int:
        """The first figure with a counter."""
        at = self.letters.find(LETTERS["COUNT"])
        return int(self.tokens[at if at >= 0 else self.letters.index(LETTERS["LOOSE_COUNT"])].value)


# --- numerals ----------------------------------------------------------------------------------------------------

_HAN = "〇零一二两三四五六七八九十百千万"
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}


def read_han(text: str) -> int | None:
    """Return a Chinese numeral as a number (一百零五, 二〇, 两); None where it is none."""
    if all(character in _HAN_DIGITS for character in text):
        return int("".join(str(_HAN_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        elif character == "万" and not total:
            total = (section + digit) * 10_000
            section = digit = 0
        else:
            return None
    return total + section + digit


# --- the lexer ---------------------------------------------------------------------------------------------------

_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
_DAY = rf"{_MONTH}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]"
_NUMBER_STARTS = frozenset(f"0123456789{_HAN}○第每近约超逾数几多上前≥≤><为年")
_FIGURE_STARTS = frozenset(f"0123456789{_HAN}")
_THEN: dict[str, frozenset[str]] = {
    **dict.fromkeys("第每近约逾几多前≥≤><", _FIGURE_STARTS),
    "超": _FIGURE_STARTS | {"过"}, "数": frozenset("十百千万"), "上": frozenset("百千"), "为": frozenset("0"),
    "年": frozenset("底末"),
}  # fmt: skip
"""Characters that must follow for a character to be of a number: so most of them are passed over at once."""
_FIGURES = rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,12}}|[{_HAN}]{{1,9}}"
_EXPRESSIONS = (
    ("YEAR", r"(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})(?=年)年度?(?:以来)?"),
    (
        "DAYS",
        rf"{_DAY}(?:起?[至到—~～-]+(?:(?:20\d\d年)?{_DAY}))?|1月(?:份)?[至到—~～-]+12月份?|12月(?:底|末)?|年底|年末",
    ),
    ("SEASON", rf"{_MONTH}(?:份)?(?:[至到—~～-]+{_MONTH}份?)?"),
    ("PAST", r"近[一二两三四五六七八九十\d]{1,2}年"),
    ("NOUGHT", r"为0(?![\d.%件宗起份例条个项])|(?<![\d.])0(?=[,;。)]|$)"),
    ("MONEY", r"(?P<money>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)(?P<unit>万元|亿元|元)"),
    (
        "NOT_EXACT",
        rf"(?:第(?!三[方人])|每|近|约|超过?|逾|数(?=[十百千万])|几|多|上百|上千|前|≥|≤|>|<)[{_HAN}\d][{_HAN}\d,.]*(?:{vocabulary.COUNTERS}|{vocabulary.LOOSE_COUNTERS})?"
        rf"|(?:{_FIGURES})(?:余|多|来|几)[万]?(?:{vocabulary.COUNTERS}|{vocabulary.LOOSE_COUNTERS})?"
        rf"|\d+\.\d+[万千]?(?:{vocabulary.COUNTERS}|{vocabulary.LOOSE_COUNTERS})?"
        rf"|\d+[—~～-]\d+(?:{vocabulary.COUNTERS})?|(?:{_FIGURES})(?:{vocabulary.NO_COUNTERS})"
        rf"|(?:{_FIGURES})(?:{vocabulary.COUNTERS})(?:以上|左右|以内|以下|不等)",
    ),
    ("COUNT", rf"(?P<count>{_FIGURES})(?:{vocabulary.COUNTERS})(?:\(次\))?"),
    ("LOOSE_COUNT", rf"(?P<loose>{_FIGURES})(?:{vocabulary.LOOSE_COUNTERS})"),
)


_NUMBER = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in _EXPRESSIONS))
_MARKS = {",": ",", "、": "/", ":": ":", "(": "<", ")": ">", ";": ";", "。": ";", ".": ";", "!": ";", "?": ";"}


@frozen
class Lexer:
    """Patterns looked for at a character: numbers, nouns, words and marks, by the characters that they begin with."""

    first: re.Pattern[str]
    known: dict[str, tuple[str, str]]
    """Word or mark → its letter and value."""
    lengths: dict[str, tuple[int, ...]]
    """First character of words → their lengths, the longest first."""
    noun: re.Pattern[str]
    nouns: dict[str, tuple[str, str]]


def _listed(vocabulary_of: Mapping[str, Mapping[str, T]]) -> Iterator[tuple[str, str, T]]:
    """Yield each kind and value of a vocabulary with what it lists."""
    for kind, by_value in vocabulary_of.items():
        for value, listed in by_value.items():
            yield kind, value, listed


@cache
def _lexer() -> Lexer:
    known = {mark: (letter, "") for mark, letter in _MARKS.items()}
    for kind, value, words_of_kind in _listed(vocabulary.WORDS):
        letter = LETTERS.get(kind, MASKED if kind == "OTHER_WORD" else "")
        known.update(dict.fromkeys(words_of_kind, (letter, value)))
    lengths: dict[str, set[int]] = {}
    for word in known:
        lengths.setdefault(word[0], set()).add(len(word))
    listed = list(_listed(vocabulary.NOUNS))
    firsts = "".join({*lengths, *_NUMBER_STARTS, *vocabulary.NOUN_STARTS})
    return Lexer(
        re.compile(f"[{re.escape(firsts)}]"),
        known,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        re.compile("|".join(f"(?P<noun{number}>{expression})" for number, (_, _, expression) in enumerate(listed))),
        {f"noun{number}": (LETTERS[kind], value) for number, (kind, value, _) in enumerate(listed)},
    )


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a folded sentence."""
    lexer = _lexer()
    found: list[Token] = []
    end = at = 0
    for candidate in lexer.first.finditer(text):
        start = candidate.start()
        if start < at:
            continue
        letter, value, stop = _look_up(lexer, text, start)
        if stop:
            at = stop
            if letter != MASKED:
                if start > end:
                    _add_text(found, text, end, start)
                end = stop
                if letter:
                    found.append(Token(letter, value, start, stop))
    if end < len(text):
        _add_text(found, text, end, len(text))
    _name_units(found, text)
    return _without_denied_ones(found, text)


_UNKNOWN = ("", "", 0)


def _look_up(lexer: Lexer, text: str, start: int) -> tuple[str, str | int | Decimal, int]:
    """Return the letter and value of what stands at a character, and its end: 0 where it is unknown text."""
    first = text[start]
    if _begins_a_number(text, start, first) and (number := _NUMBER.match(text, start)) is not None:
        return (*_number(number), number.end())
    if first in vocabulary.NOUN_STARTS and (noun := lexer.noun.match(text, start)) is not None:
        return (*lexer.nouns[noun.lastgroup or ""], noun.end())
    for length in lexer.lengths.get(first, ()):
        word = lexer.known.get(text[start : start + length])
        if word is not None:
            return (*word, start + length)
    return _UNKNOWN


def _without_denied_ones(found: list[Token], text: str) -> list[Token]:
    """Leave out the 一起 of 未发生一起: it is no figure."""
    negation, verbs = LETTERS["NEGATION"], LETTERS["HAPPEN"] + LETTERS["RECEIVE"] + LETTERS["ACCEPT"]
    kept: list[Token] = []
    for token in found:
        before = kept[-1].letter if kept else ""
        denied = before == negation or (len(kept) > 1 and before in verbs and kept[-2].letter == negation)
        if not (denied and token.letter == LETTERS["COUNT"] and text[token.start] == "一" and token.value == 1):
            kept.append(token)
    return kept


def _begins_a_number(text: str, start: int, first: str) -> bool:
    then = _THEN.get(first)
    return first in _NUMBER_STARTS if then is None else text[start + 1 : start + 2] in then


def _name_units(found: list[Token], text: str) -> None:
    """Make unknown text that names a unit, as its end shows, and stands before what it received, that unit."""
    for here, following in pairwise(found):
        named = here.letter == LETTERS["TEXT"] and following.letter in "rsa"
        if named and text[here.start : here.end].endswith(vocabulary.UNIT_ENDINGS):
            here.letter, here.value = LETTERS["UNIT"], NAMED


def _number(match: re.Match[str]) -> tuple[str, str | int | Decimal]:
    """Return the letter and value of a figure, a year, a sum of money or a time."""
    group = match.lastgroup
    if group == "YEAR":
        digits = match[0][:4]
        return LETTERS["YEAR"], int(digits if digits[0].isdigit() else digits.translate(words.CHINESE_DIGITS))
    if group == "MONEY":
        factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[match["unit"]]
        return LETTERS["MONEY"], Decimal(match["money"].replace(",", "")) * factor
    if group in ("COUNT", "LOOSE_COUNT"):
        digits = match["count"] or match["loose"]
        value = int(digits.replace(",", "")) if digits[0].isdigit() else read_han(digits)
        return (LETTERS[group], value) if value is not None else (LETTERS["FIGURE"], "")
    return _OF_OTHERS[str(group)], ""


_OF_OTHERS = {
    "DAYS": "",
    "SEASON": LETTERS["OTHER_TIME"],
    "PAST": LETTERS["OTHER_TIME"],
    "NOUGHT": LETTERS["ZERO"],
    "NOT_EXACT": LETTERS["FIGURE"],
}
"""Group → the letter of what has no value; days are left out."""


def _add_text(found: list[Token], text: str, start: int, end: int) -> None:
    """Add unknown text, joined to that before it."""
    if text[start:end] == "的" or (text[start:end] == "年" and found and found[-1].letter == "y"):
        return
    letter = LETTERS["TEXT_OF"] if text[end - 1] == "的" else LETTERS["TEXT"]
    if found and found[-1].letter in "67":
        start = found.pop().start
    found.append(Token(letter, "", start, end))


# --- folding -----------------------------------------------------------------------------------------------------

_FOLDED = words.FOLDED | vocabulary.FORMAL_NUMERALS | str.maketrans("，；！？．［］〔〕【】", ",;!?.[][][]")


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return text in simplified characters and half width, without white space, and the place of each character.

    The places are None where no white space was taken out: then each character is where it was.
    """
    folded = text.translate(_FOLDED)
    joined = "".join(folded.split())
    if len(joined) == len(folded):
        return joined, None
    return joined, [place for place, character in enumerate(text) if not character.isspace()]


def letters(tokens: Iterable[Token]) -> str:
    """Return the string of letters."""
    return "".join([token.letter for token in tokens])
