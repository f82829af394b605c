"""Organ and time that a title names, told by rules in a table.

What the rules of ``HEAD_RULES`` leave of the words before the core of a title is the organ, if it is a name by
``is_name``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from attrs import frozen

from ..memo import remembered
from ..template import names, words
from ..template.characters import unify, without_readings
from .times import Span, read_span, spans_in


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


MAX_TITLE = 100
"""Characters of a line with a title."""

MAX_NAME = 40
"""Characters of the name of an organ."""

_UNSEEN = re.compile(f"[{words.UNSEEN}]+")
_STOPS = re.compile(r"[。！？；;，,:>›»]")


def pack(text: str) -> str:
    """Return ``text`` as names are read: signs of radicals as ideographs, no readings, no white space."""
    return _UNSEEN.sub("", without_readings(unify(text)))


def fold(packed: str) -> str:
    """Return ``packed`` simplified and in half width, character for character."""
    # Most names have nothing to fold, and that is told in a tenth of the time.
    return packed if _FOLDABLE.search(packed) is None else packed.translate(words.FOLDED)


_FOLDABLE = re.compile(f"[{''.join(map(chr, words.FOLDED))}]")


# --- titles ----------------------------------------------------------------------------------------------------------


def is_title(line: str) -> bool:
    """Return whether ``line`` is the title of an annual report and nothing else."""
    return title_in(line) == line


def title_in(line: str) -> str | None:
    """Return the title that ``line`` is, without what a page may put before and behind it (``names.BEFORE_TITLE``).

    A title names a report and is no sentence.
    """
    if len(line) > MAX_TITLE or words.TITLE_SIGN.search(line) is None:
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


@remembered(256)
def _named(title: str) -> Named | None:
    """Return what the words of a title name; None where they are no title."""
    packed = pack(title)
    key = fold(packed)
    core = next(reversed(list(names.CORE.finditer(key))), None)
    behind_core = None if core is None else names.BEHIND_CORE.fullmatch(key, core.end())
    if core is None or behind_core is None:
        return None
    head = packed[: core.start() + _of_customs(key, core)]
    times = list(names.SPAN.finditer(fold(head)))
    span = read_span(times[-1]) if times else next(iter(spans_in(key[core.start() :])), None)
    owner = _owner(_cut(head, times)) or _owner_behind(packed, behind_core)
    if owner and (names.NO_NAME.search(fold(owner)) or _STOPS.search(fold(owner))):
        return None
    is_owner = _may_be_name(owner) and owner not in names.ENDINGS
    return Named(owner if is_owner else None, _of_part(core["part"], span))


def _of_part(part: str | None, span: Span | None) -> Span | None:
    """Return ``span``, or that a report on a part of a year (季度报告) is on no year, whatever year it names."""
    return Span(part) if part and (span is None or span.year is not None) else span


def _of_customs(key: str, core: re.Match[str]) -> int:
    """Return how many characters of a core are of the name before it: those of 海关 in 东篱海关政府信息公开…."""
    head = key[: core.start()]
    is_name = core[0].startswith(names.CUSTOMS) and bool(head) and names.ENDS_AS_HEAD.search(head) is None
    return len(names.CUSTOMS) if is_name else 0


def _owner_behind(packed: str, behind: re.Match[str]) -> str:
    """The organ that a title names behind its core, in brackets or after a dash."""
    return "".join(packed[slice(*behind.span(group))] for group in ("owner", "signed") if behind[group])


def _owner(head: str) -> str:
    """Return what the rules of ``HEAD_RULES`` leave of the words before the core of a title, the time taken out."""
    for rule in HEAD_RULES:
        head = rule(head)
    return head


def _less_remarks(head: str) -> str:
    """Take out remarks in brackets: 【年报】, （征求意见稿）; and whatever stands in some at the beginning."""
    head = _cut(head, names.REMARK.finditer(fold(head)))
    return _cut(head, names.REMARK_FIRST.finditer(fold(head)))


def _less_short_year(head: str) -> str:
    """Take off a year of two digits at the end, or one whose digits stand elsewhere."""
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
    return owner if owner and not names.ITSELF.match(fold(owner)) else _trimmed(head[: match.end("issuer")])


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
_AROUND_NAME = re.compile(
    r"(?:关于|的|[《〈<\"“:_|—–【-])*(.*?)(?:关于|的|年度|开展|做好|[《〈<》〉>\"”:_|—–~至】-]|[(][)])*"
)
_SITE = re.compile(r".{2,30}(?:网站|门户网|政务网|官网)")

HEAD_RULES: tuple[Callable[[str], str], ...] = (
    _less_remarks,
    _less_short_year,
    _trimmed,
    _issued,
    _on_itself,
    _last_of_page,
    _less_asides,
    _whole_government,
)
"""Rules that take something off the words before the core of a title, in this order."""


def _cut(text: str, matches: Iterable[re.Match[str]]) -> str:
    for match in reversed(list(matches)):
        text = text[: match.start()] + text[match.end() :]
    return text


def is_name(text: str) -> bool:
    """Return whether ``text`` may be the name of an organ in a title: no clause, no verb, not what all are called."""
    return _may_be_name(text) and not names.NO_NAME.search(fold(text))


def _may_be_name(text: str) -> bool:
    """Return the same but for the signs of a clause (``names.NO_NAME``)."""
    key = fold(text)
    return (
        2 <= len(text) <= MAX_NAME
        and _WORD.search(key) is not None
        and not names.ITSELF.match(key)
        and not _NOT_IN_NAMES.search(key)
        and names.GENERIC.fullmatch(key) is None
    )


_WORD = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]{2}")
_NOT_IN_NAMES = re.compile(
    r"[^㐀-鿿\U00020000-\U0003ffff〇0-9A-Za-z()、·\-&]|^\d|^[(][^()]*[)]$|^[^(]*[)]|[(][^)]*$|依申请|[及和与]$|[壹贰叁肆伍陆柒捌玖零]{3}"
)


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
