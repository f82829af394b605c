"""Prose that is another report's: of a unit of the same run, or of the year before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from ..brief import one_line
from ..messages import Phrase
from ..parsing import Reading
from ..report import Report
from ..template import SectionId
from .model import Outcome, Rule

MIN_SENTENCE = 10
"""Characters; shorter sentences and headings are alike in all reports."""

SHARE = 0.5
"""Above this share of prose that is another report's there is a hint."""


def bare_sentences(report: Report) -> Iterator[tuple[str, str]]:
    """The sentences of sections 一 and 五, each without its figures and white space, and as it stands there."""
    sections: tuple[SectionId, ...] = ("overview", "problems")
    for section_id in sections:
        section = report.sections.get(section_id)
        for paragraph in section.paragraphs if section is not None else ():
            for sentence in re.split("[。；;！!？?]", paragraph):
                bare = re.sub(r"[\s\d]+", "", sentence)
                if len(bare) >= MIN_SENTENCE:
                    yield bare, sentence.strip()


def same_prose(rule: Rule, share: float, quote: str, whose: Phrase, tells_of: Phrase) -> Outcome:
    """Return the outcome where this share of the prose is that of another report, with its longest sentence."""
    if share <= SHARE:
        return rule.passed("prose")
    zh = f"第一、五部分有{share:.0%}的文字与{whose.zh}相同，请核对是否为{tells_of.zh}情况。"
    en = f"{share:.0%} of the prose of sections 一 and 五 is that of {whose}; please check that it tells of {tells_of}."
    return rule.failed("prose", (), zh, en, expected=f"≤{SHARE:.0%}", actual=f"{share:.0%}", quote=quote[:60])


@frozen(eq=False)
class Peers:
    """The reports of one run, built once and given to the check of each."""

    __match_args__ = ()

    _reports: dict[str, list[Report]]

    __repr__ = one_line

    @classmethod
    def of(cls, sources: Iterable[Report | Reading]) -> Peers:
        """An index of all these reports; readings without a report are left out."""
        index: dict[str, list[Report]] = {}
        for source in sources:
            report = source if isinstance(source, Report) else source.report
            if report is not None:
                for bare in dict(bare_sentences(report)):
                    index.setdefault(bare, []).append(report)
        return cls(index)

    def nearest(self, report: Report) -> tuple[str, float, str] | None:
        """The agency of another report that shares most of the prose, the share, and the longest shared sentence.

        A report of the same agency, of another year say, is no other unit's. None where no sentence is shared.
        """
        own = dict(bare_sentences(report))
        shared: Counter[str] = Counter()
        for bare in own:
            others = {other.agency for other in self._reports.get(bare, ())} - {report.agency, None}
            shared.update(dict.fromkeys(sorted(filter(None, others)), len(bare)))
        if not shared:
            return None
        name, most = max(shared.items(), key=lambda item: (item[1], item[0]))
        common = [bare for bare in own if any(other.agency == name for other in self._reports.get(bare, ()))]
        return name, most / sum(map(len, own)), own[max(common, key=len)]
