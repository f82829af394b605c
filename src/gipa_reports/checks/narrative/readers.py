"""Readers of patterns, which make of their tokens: claims, or a change of what the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...template import narrative as vocabulary
from .claims import Scope
from .sentence import RECEIVED, Sentence, Topic
from .tokens import Found, Token
from .topics import documents_named, whose

NATURAL = "natural_person"
ORGANISATIONS = (*(name for name in vocabulary.WORDS["APPLICANT"] if name not in (NATURAL, "organisations")), "other")
"""The columns of 三 for applicants that are no natural persons."""
COLUMNS_OF_DOCUMENTS = {"i": "issued", "e": "repealed", "f": "in_force"}


def _applicants(found: Found) -> tuple[str, ...]:
    """Return the columns that the tokens name; nothing where they name all applicants, or none."""
    named = found.values("Q")
    columns = dict.fromkeys(
        column for name in named for column in (ORGANISATIONS if name == "organisations" else (name,))
    )
    return () if NATURAL in columns and len(columns) > 1 else tuple(columns)


# --- applications ------------------------------------------------------------------------------------------------


def _about_applications(sentence: Sentence, found: Found) -> bool:
    """Return whether the tokens speak of applications for information, and note it if they say so by name."""
    if sentence.sorts_files and not found.has("rsabpd"):
        return False
    if found.has("A"):
        sentence.about(Topic.APPLICATIONS)
        return True
    if found.has("B"):
        of_another_kind = re.search("6[aB]", found.letters)  # 受理住房保障申请
        if sentence.own is Topic.OTHER or not sentence.disclosure or of_another_kind:
            return False
        sentence.topic = Topic.APPLICATIONS
        return True
    return sentence.topic is Topic.APPLICATIONS and not found.has("w")


def received(sentence: Sentence, found: Found) -> None:
    """Read what was received: 收到, 受理, 新收; 办理 and 收到并答复 leave open what is counted."""
    if sentence.text.endswith(vocabulary.BESIDE, 0, found.tokens[0].start):
        return
    if not _about_applications(sentence, found):
        sentence.about(Topic.OTHER)
        return
    figures = [token for token in found.tokens if token.letter in "nw"]
    tells_which = any(sentence.text.endswith("的", 0, token.start) for token in figures)  # 2022年收到的12件申请
    if tells_which and sentence.year not in (None, sentence.report_year):
        return
    quantity = "new" if found.has("s") else "handled" if found.has("pd") else "received"
    _count(sentence, quantity, found)


def answered(sentence: Sentence, found: Found) -> None:
    """Read what was answered."""
    if _about_applications(sentence, found):
        _count(sentence, "answered", found)


def answered_bare(sentence: Sentence, found: Found) -> None:
    """Read 办结12件; a word or a step right before it (代为答复, 审核答复) says that it is a part."""
    first = found.tokens[0]
    modified = (
        first.letter in "65"
        and first.end - first.start <= 3
        and not sentence.text.endswith(vocabulary.UNIT_ENDINGS, 0, first.end)
    )
    if modified and sentence.topic is Topic.APPLICATIONS:
        sentence.state("answered", found.figure, found, scope=Scope.PART)
        return
    answered(sentence, found)


def _count(sentence: Sentence, quantity: str, found: Found) -> None:
    """Add a figure of applications: a whole, or a part of one."""
    applicants = _applicants(found)
    scope = _scope(sentence, quantity, found)
    claim = sentence.state(quantity, found.figure, found, applicants=applicants, scope=scope)
    value = int(claim.value)
    if scope is Scope.PART or applicants:
        sentence.rest -= value
        if sentence.rest <= 0:
            sentence.parted = False
    else:
        sentence.whole, sentence.rest, sentence.parted = claim, value, False


def _scope(sentence: Sentence, quantity: str, found: Found) -> Scope:
    if sentence.parted and sentence.year_of_whole and _parts_the_whole(sentence, quantity):
        return Scope.PART
    # One channel or one subject (通过网站, 关于征地的), and not 网站等各种渠道.
    if found.has("@") or (found.has("H") and not found.has("2")) or re.search("[v8P][67]", found.letters):
        return Scope.PART
    if found.has("W"):
        return Scope.WIDER
    return whose(sentence, found) or sentence.scope


def _parts_the_whole(sentence: Sentence, quantity: str) -> bool:
    """Return whether the quantity is one that the last whole has parts of: what was answered is no part of 收到."""
    whole = sentence.whole.quantity if sentence.whole is not None else quantity
    return (whole in RECEIVED) == (quantity in RECEIVED) or (whole == "answered" and quantity in RECEIVED)


def applicants(sentence: Sentence, found: Found) -> None:
    """Read the applications of one kind of applicant."""
    columns = _applicants(found)
    if columns and sentence.topic is Topic.APPLICATIONS and sentence.last in (*RECEIVED, ""):
        sentence.state("received", found.figure, found, applicants=columns)


def channel(sentence: Sentence, found: Found) -> None:
    """Read the applications that came by one channel: a part of those received."""
    if sentence.topic is Topic.APPLICATIONS and sentence.last in (*RECEIVED, ""):
        _count(sentence, "received", found)


def all_of_one_kind(sentence: Sentence, found: Found) -> None:
    """Read 均为自然人申请: no other applicant has any."""
    columns, last = _applicants(found), sentence.claims[-1] if sentence.claims else None
    if last is not None and last.applicants:
        return  # 法人或其他组织5件，均为商业企业: of those five
    if columns and sentence.topic is Topic.APPLICATIONS and sentence.last in (*RECEIVED, ""):
        others = tuple(column for column in (NATURAL, *ORGANISATIONS) if column not in columns)
        sentence.state("received", 0, found, applicants=others)


def none_received(sentence: Sentence, found: Found) -> None:
    """Read 未收到……申请. What came by one channel only is not all that there is."""
    one_way = found.letters.count("H") == 1 and not found.has("2")
    if one_way or sentence.parted or not _about_applications(sentence, found):
        return
    scope = whose(sentence, found)
    years = [token.value for token in found.tokens if token.letter == "y"]
    if years:
        sentence.year = int(years[-1])
    sentence.state("received", 0, found, applicants=_applicants(found), scope=scope)


def applications_are_none(sentence: Sentence, found: Found) -> None:
    """Read 依申请公开为零."""
    if _about_applications(sentence, found):
        sentence.state("received", 0, found)


def all_answered(sentence: Sentence, found: Found) -> None:
    """Read 所有申请均已办结: nothing is carried over. 均 speaks of what was named last."""
    if _about_applications(sentence, found) and sentence.last in (*RECEIVED, "carried_in", ""):
        sentence.state("all_answered", 0, found, dated=False)


def together(sentence: Sentence, found: Found) -> None:
    """Read 合计6件 behind parts of what was received, and 共6件 where nothing but applications was spoken of."""
    said = sentence.text[: found.tokens[0].start].endswith(vocabulary.SUM_ENDINGS)
    parts = [claim for claim in sentence.claims if claim.quantity in RECEIVED and claim.scope is not Scope.WHOLE]
    if said and sentence.topic is Topic.APPLICATIONS and len(parts) == len(sentence.claims) != 1:
        sentence.parted = False
        _count(sentence, "received", found)


def brought_to(sentence: Sentence, found: Found) -> None:
    """Read 申请由2022年的35件降至21件."""
    years = [token.value for token in found.tokens if token.letter == "y"]
    before = {claim.year for claim in sentence.claims}
    told = not before.isdisjoint({None, sentence.report_year})
    if sentence.topic is Topic.APPLICATIONS and not told and years in ([], [sentence.report_year]):
        sentence.state("received", found.figure, found, dated=False)


# --- carried over ------------------------------------------------------------------------------------------------


def _years_away(sentence: Sentence, tokens: Iterable[Token]) -> int | None:
    """Return how many years the first time named is from that of the report; None where that can't be told."""
    token = next((token for token in tokens if token.letter in "tlxy"), None)
    if token is None:
        return None
    if token.letter == "y":
        return None if sentence.report_year is None else int(token.value) - sentence.report_year
    return {"l": -1, "t": 0, "x": 1}[token.letter]


def _direction(sentence: Sentence, found: Found) -> str | None:
    """Return ``carried_in`` or ``carried_out`` by the years named, ``carried`` where none is; None for other years."""
    at = next(index for index, token in enumerate(found.tokens) if token.letter in "cCk")
    target = _years_away(sentence, found.tokens[at + 1 :])
    source = _years_away(sentence, found.tokens[:at][::-1])
    if target is not None:
        return {1: "carried_out", 0: "carried_in", -1: "carried_in"}.get(target)
    if source is not None:
        return {1: "carried_out", 0: "carried_out", -1: "carried_in"}.get(source)
    return "carried_out" if found.tokens[at].value == "out" else "carried"


def carried(sentence: Sentence, found: Found) -> None:
    """Read what was carried in or over, by the years that the sentence names."""
    direction = _direction(sentence, found)
    if direction is None or Topic.APPLICATIONS not in (sentence.own, sentence.topic):
        return
    if direction == "carried" and sentence.last in ("answered", "result", "detail", "handled"):
        direction = "carried_out"
    if direction == "carried_in" and sentence.parted:
        sentence.settle_whole(not sentence.without)
    sentence.state(direction, found.figure, found, dated=False)


def none_carried(sentence: Sentence, found: Found) -> None:
    """Read 无上年结转申请, 无结转."""
    direction = _direction(sentence, found)
    if direction is not None and sentence.disclosure and sentence.own is not Topic.OTHER:
        sentence.state(direction, 0, found, dated=False)


def pending(sentence: Sentence, found: Found) -> None:
    """Read what is still being dealt with: it is carried over."""
    if sentence.topic is Topic.APPLICATIONS:
        sentence.state("carried_out", found.figure, found, dated=False)


def answered_later(sentence: Sentence, found: Found) -> None:
    """Read 4件将于2024年答复: what is answered in the year after is carried over."""
    if sentence.topic is Topic.APPLICATIONS and _years_away(sentence, found.tokens) == 1:
        sentence.state("carried_out", found.figure, found, dated=False)


# --- results -----------------------------------------------------------------------------------------------------


def results(sentence: Sentence, found: Found) -> None:
    """Read one result, or several counted together; 项 and 条 count results only where they count applications."""
    if sentence.topic is Topic.APPLICATIONS and (found.has("n") or sentence.whole is not None):
        sentence.state("result", found.figure, found, of=found.values("Dz"))


def results_respectively(sentence: Sentence, found: Found) -> None:
    """Read 予以公开、部分公开分别为50件、33件."""
    groups, figures = found.values("Dz"), [token for token in found.tokens if token.letter == "n"]
    if sentence.topic is Topic.APPLICATIONS and len(groups) == len(figures):
        for group, figure in zip(groups, figures, strict=True):
            sentence.state("result", figure.value, found, of=(group,))


def result_in_part(sentence: Sentence, found: Found) -> None:
    """Read a result for one of several reasons: a part of it, or the row that the reason names."""
    if sentence.topic is Topic.APPLICATIONS:
        groups, reasons = found.values("Dz"), found.values("T")
        rows = tuple(reason for reason in reasons if reason.partition(".")[0] in groups and "." in reason)
        of, scope = (rows, Scope.ROW) if len(reasons) == 1 and rows else (groups, Scope.PART)
        sentence.state("result", found.figure, found, of=of, scope=scope)


def detail(sentence: Sentence, found: Found) -> None:
    """Read one row of a group of results, or a reason that may be any of several rows."""
    if sentence.topic is Topic.APPLICATIONS:
        of = found.values("T")[-1:]
        if of[0].startswith("not_processed") and all(claim.quantity != "result" for claim in sentence.claims):
            return  # 其中重复申请2件 may only describe them
        sentence.state("result", found.figure, found, of=of, scope=Scope.ROW if "." in of[0] else Scope.PART)


def result_of_all(sentence: Sentence, found: Found) -> None:
    """Read 收到申请3件，均予以公开: the result has what was received or answered."""
    whole = sentence.whole
    if sentence.topic is Topic.APPLICATIONS and whole is not None and sentence.claims[-1] is whole:
        sentence.state("result", whole.value, found, of=found.values("D"))


def no_result(sentence: Sentence, found: Found) -> None:
    """Read 没有不予公开的申请."""
    if sentence.disclosure and sentence.own is not Topic.OTHER:
        for group in found.values("D"):
            sentence.state("result", 0, found, of=(group,))


# --- table 二 ----------------------------------------------------------------------------------------------------


def documents(sentence: Sentence, found: Found) -> None:
    """Read normative documents or regulations issued, repealed or in force."""
    documents_named(sentence, found)
    columns = dict.fromkeys(COLUMNS_OF_DOCUMENTS[token.letter] for token in found.tokens if token.letter in "ief")
    if "失效" in sentence.text:
        columns.pop("repealed", None)  # the table may count what lapsed with what was repealed
    is_bureau = bool(sentence.own_name) and "政府" not in sentence.own_name
    of_another = is_bureau and sentence.scope in (Scope.UNIT, Scope.OFFICE)  # what the government issued, or a unit
    if sentence.topic is Topic.DOCUMENTS and len(columns) == 1 and not of_another:
        sentence.state("documents", found.figure, found, of=(f"{sentence.documents}.{next(iter(columns))}",))


def no_document(sentence: Sentence, found: Found) -> None:
    """Read 未制定规范性文件, 未废止."""
    documents_named(sentence, found)
    if sentence.topic is Topic.DOCUMENTS:
        for column in (COLUMNS_OF_DOCUMENTS[letter] for letter in found.letters if letter in "ie"):
            sentence.state("documents", 0, found, of=(f"{sentence.documents}.{column}",))


def decisions(sentence: Sentence, found: Found) -> None:
    """Read decisions on licences, penalties and coercion."""
    (row,) = found.values("L")
    sentence.about(Topic.OTHER)
    sentence.state("decisions", found.figure, found, of=(f"{row}.decisions",))


def more_decisions(sentence: Sentence, found: Found) -> None:
    """Read the next of a list of decisions."""
    if sentence.last == "decisions":
        decisions(sentence, found)


def no_decision(sentence: Sentence, found: Found) -> None:
    """Read 未作出行政强制决定."""
    for row in found.values("L"):
        sentence.state("decisions", 0, found, of=(f"{row}.decisions",))


def charged(sentence: Sentence, found: Found) -> None:
    """Read money that was charged. 信息处理费 is one of the fees, 行政事业性收费 is all of them."""
    fees = found.values("F")
    if fees or (sentence.disclosure and not found.has("67")):
        sentence.state(fees[-1] if fees else "processing_fee", found.tokens[-1].value, found)


def not_charged(sentence: Sentence, found: Found) -> None:
    """Read 未收取行政事业性收费."""
    if found.values("F") == ("fees",):
        sentence.state("fees", 0, found)
