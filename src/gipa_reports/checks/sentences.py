"""What the prose states in figures: the claims of a sentence about applications, reviews, lawsuits and fees.

A claim is read only where a figure stands with its counter right behind, or before, the words that say what is counted:
收到政府信息公开申请3件, 发生2起行政复议, 未收到……申请. Comparisons (较上年增加3件), other years, plans, estimates
(近百件) and figures without a counter are no claims. It is better to overlook one than to read one that is not there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from attrs import frozen

from ..template import form, words
from ..template.forms import DENIED, NOT_PROCESSED, OTHER, UNAVAILABLE

_RESULTS: dict[str, tuple[str, ...]] = {
    "granted": (
        next(row.short for row in form("requests", "2021").rows if row.id == "granted"),
        "同意公开",
        "全部公开",
    ),
    "partially_granted": (next(r.short for r in form("requests", "2021").rows if r.id == "partially_granted"),),
    "denied": (DENIED.short,),
    "unavailable": (UNAVAILABLE.short,),
    "not_processed": (NOT_PROCESSED.short,),
    "other": (OTHER.short,),
}
"""Kind of result → how prose calls it: as the form does, but for two."""

RELEVANT = re.compile(
    "|".join(["收到|申请|复议|诉|收费|处理费|结转|办结|答复", *(w for names in _RESULTS.values() for w in names)])
)
"""A paragraph without one of these states nothing that can be checked."""

ON_REQUEST = words.PARTS["disclosure_on_request"][0]

MAX_DENIAL = 80
"""Characters; who denies more than that denies something narrower."""

MAX_SENTENCE = 2000
"""Characters; no sentence of a report is as long, and each figure in it looks back to its beginning."""


@frozen
class Claim:
    """One figure that a sentence states.

    ``kind`` is a row of 三 (``received``), a group of its rows (``denied``), ``answered``, ``reconsideration``,
    ``litigation``, ``proceedings`` (both in one figure), ``fees`` or ``processing_fee`` (in 万元). ``sentence`` is the
    source's own; ``year`` the last year that it names before the figure. ``part`` is whether it is a part of another
    figure (其中), which is right whatever the table says. ``applicants`` is whether it counts one kind of applicant,
    ``answers`` whether it counts what was received and answered in one.
    """

    kind: str
    value: int | Decimal
    sentence: str
    year: int | None = None
    part: bool = False
    applicants: bool = False
    answers: bool = False


# --- numbers -----------------------------------------------------------------------------------------------------

_HAN = "〇零一二两三四五六七八九十百千万"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

_NUMBER = re.compile(
    rf"(?<![\d.,第每近约超逾余多{_HAN}])(\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}|[{_HAN}]{{1,9}})(?:件次|[件宗例起份条次个项])"
    r"(?=$|[,。;:、()!?]|涉及|因|关于|(?:政府|政务)?信息|公开|依申请|申请|的?行政|的?复议|的?诉讼|案|均|已|全部|并|和|与|及)"
)


def read_han(text: str) -> int | None:
    """A Chinese numeral as a number (一百零五, 二〇, 两); None where it is none."""
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character == "万" and not total:
            total = (section + digit) * 10_000
            section = digit = 0
        else:
            return None
    return total + section + digit


# --- words -------------------------------------------------------------------------------------------------------

_TAIL = "[的了事项数量件情况案共总合计为有达累:]*$"
"""What may stand between the words and their figure. Single characters: words that share some cost exponential time."""
_RECEIVE = "收到|收悉|受理|接收|接到|新收|接受"
_ANSWER = "办结|办理|办毕|答复|回复|处理"

_RECEIVED = re.compile(rf"(?:{_RECEIVE})[^,;]{{0,30}}?(?:申请|{ON_REQUEST}){_TAIL}|公开申请{_TAIL}|{ON_REQUEST}{_TAIL}")
_RECEIVED_BARE = re.compile(rf"(?:{_RECEIVE}){_TAIL}|申请{_TAIL}")
_AFTER_NOUN = re.compile(rf"^[^,。;:()]{{0,16}}?(?:申请|{ON_REQUEST})")
_ANSWERED = re.compile(rf"(?:{_ANSWER})(?:完毕|了)?(?:[^,;]{{0,20}}?(?:申请|{ON_REQUEST}))?{_TAIL}")
_CARRIED_IN = re.compile(r"(?:上一?年度?|去年|20\d\d年度?)度?(?:未办结)?(?:结转|转结|遗留)[^,;]{0,14}$")
_CARRIED_OUT = re.compile(r"(?:结转|转结|转)(?:到|至|入)?(?:下|次|明|20\d\d)[^,;]{0,14}$")
_RECONSIDERED = re.compile(rf"复议(?:申请)?{_TAIL}")
_LITIGATED = re.compile(rf"(?:诉讼|应诉|起诉){_TAIL}")
_HAPPENED = re.compile(r"(?:发生|引发|引起|产生|提起|涉及|收到|有|共|被)过?$")
_AFTER_CASE = re.compile(r"^(?:涉及?|因|关于|的)?[^,。;:()]{0,14}?(?:复议|诉讼)")

_RESULT = re.compile(
    f"({'|'.join(word for names in _RESULTS.values() for word in names)})"
    f"(?:答复|决定|处理|申请|政府信息|信息|告知|{_TAIL[:-2]})*$"
)
_KIND_OF_RESULT = {word: kind for kind, names in _RESULTS.items() for word in names}

_ELSEWHEN = re.compile(
    "比|较|同期|增|减|降|平均|占|半年|季度|月份?|去年|上一?年|往年|历年|以来|计划|预计|力争|目标|未|率"
)
"""In the words before a figure: it is a difference, a share, a plan, or another time."""

_OF_A_KIND = re.compile("类|属于|因|涉")
"""In the words before a result: it is one reason of several."""

_OTHER_MATTER = re.compile(
    "低保|救助|许可|审批|信访|投诉|举报|热线|留言|咨询|建议|提案|意见|减免|撤回|补正|赔偿|不予受理|信箱|邮箱|信件|网民|更正|注册|登记"
    "|主动|转办|移送|移交|转交|转送|指导|审核|协助|协调|研判|会商|会办|牵头|培训|抽查|评查|回访|征求|征询|工单|事件"
)
"""Applications and cases that are none for disclosure, or steps on the way."""

_OTHER_ROLE = re.compile(
    "审理|受理|办理|代理|指导|承办|审结|答辩|出庭|维持|纠正|撤销|驳回|终止|和解|败诉|胜诉|调解|上诉|投诉|培训|检察|旁听|决定"
)
"""An organ also decides on others' reviews; and outcomes are counted apart."""

_PART = re.compile(
    "其中|包括|含|通过|网络|网上|信函|邮寄|邮件|传真|平台|现场|当面|书面|线上|线下|电子|各镇|各街|各部门|各单位|本级|下属"
)
_APPLICANTS = re.compile("公民|个人|法人|组织|企业|群众|单位|" + form("requests", "2021").blocks[0].columns[0].label)
_YEAR = re.compile(
    r"(?<!较)(?<!比)(?<!同)(?<!转[至到入])(20\d\d)年(?!度?(?:未办结)?(?:结转|转结|遗留)|度?(?:增|减|下降|同期))"
)
"""A year that figures are of; not one that they are compared with, carried in from, or carried over to."""
_SENTENCE_END = re.compile("(?<=[。；;！!？?])")
_DAYS = re.compile(r"\d{1,2}月\d{1,2}日(?:[至到—~-]\d{1,2}月\d{1,2}日)?")

_NEGATION = re.compile(
    r"(?:未曾?(?:收到|接到|接收|受理|发生|产生|出现|引发|引起|因|被|有|涉及)|没有|不存在|无(?![法正误异障关论故偿效序缝]))([^,。;:!?]*)"
)
_NEGATION_OF_MORE = re.compile(
    "败诉|纠正|撤销|逾期|超期|超时|投诉|举报|异议|减免|费|更正|错误|泄|舆情|重复|大量|补正|维持|违|信访|责任|不予|部分|问题|要求|未|"
    "申请人|满意|需|应|网络|信函|邮寄|邮件|当面|现场|线上|线下|企业|其他|[二两三四五六七八九]"
)
"""In what is denied: something narrower than 'no application', 'no review', 'no lawsuit'."""

_KIND_WORDS = "[事项件表案情况形业务需求现象的发生产出办理]*$"
_NO_APPLICATION = re.compile(
    rf"(?:收到|接到|接收|受理|发生|产生|出现|新收|有)[^,]{{0,40}}?(?:申请|{ON_REQUEST}(?:的?政府信息|信息)?)(?:公开)?(?:的)?{_KIND_WORDS}"
    rf"|^(?:无|没有|不存在)(?:任何|公民|人|相关|有关|政府|政务|信息|公开|依|新|的|提出|提交|本?年度?)*"
    rf"(?:申请|{ON_REQUEST}(?:的?政府信息|信息)?)(?:公开)?(?:的)?{_KIND_WORDS}"
)
_NO_CASE = re.compile(rf"(?:复议|诉讼|应诉|起诉)(?:申请)?{_KIND_WORDS}")
_NOTHING_CARRIED = re.compile(r"^[^,]{0,12}(?:结转|转结|遗留)[^,]{0,12}$")

# --- claims ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def claims(paragraph: str, on_request: bool) -> tuple[Claim, ...]:
    """What a paragraph states, sentence by sentence. ``on_request`` is whether its part is about applications, so that
    收到3件 needs no more words.
    """
    return tuple(
        claim
        for sentence in _SENTENCE_END.split(paragraph)
        if len(sentence) <= MAX_SENTENCE and RELEVANT.search(sentence) is not None
        for claim in _claims(sentence.strip(), on_request)
    )


def _folded(sentence: str) -> str:
    """The sentence as it is searched: half width, no white space, no days, one word for what came in."""
    text = _DAYS.sub("", "".join(unicodedata.normalize("NFKC", sentence).split()))
    return re.sub("、(?=未|没有|无)", ",", text.rstrip(".").replace("新增", "新收"))


def _claims(sentence: str, on_request: bool) -> Iterator[Claim]:
    text = _folded(sentence)
    disclosure = on_request or "公开" in text
    yield from _denied(text, sentence, disclosure)
    yield from _charged(text, sentence)
    if not disclosure:
        return
    numbers = list(_NUMBER.finditer(text))
    for index, number in enumerate(numbers):
        value = int(number[1].replace(",", "")) if number[1][0].isdigit() else read_han(number[1])
        if value is None:
            continue
        start = max(text.rfind(mark, 0, number.start()) for mark in ",;。、()") + 1
        start = max(start, numbers[index - 1].end() if index else 0)
        stop = numbers[index + 1].start() if index + 1 < len(numbers) else len(text)
        before = text[start : number.start()]
        after = re.split("[,;。()、]", text[number.end() : stop], maxsplit=1)[0]
        kind = _kind(before, after, text[:start], on_request)
        if kind is None:
            continue
        years = _YEAR.findall(text, 0, number.start()) if kind not in ("carried_in", "carried_out") else []
        yield Claim(
            kind,
            value,
            sentence,
            int(years[-1]) if years else None,
            part=kind in ("received", "answered") and _PART.search(text, 0, number.start()) is not None,
            applicants=_APPLICANTS.search(text[max(0, start - 30) : number.start()] + after) is not None,
            answers=re.search(_ANSWER, before) is not None,
        )


def _kind(before: str, after: str, earlier: str, on_request: bool) -> str | None:
    """What the figure between ``before`` and ``after`` counts; None where that is not plain."""
    asked = on_request or "申请" in earlier + before + after
    if asked and _CARRIED_OUT.search(before):
        return "carried_out"
    if asked and _CARRIED_IN.search(before):
        return "received" if re.search("新收|收到", before) else "carried_in"
    if _ELSEWHEN.search(before) or _OTHER_MATTER.search(before + after):
        return None
    case = before if _RECONSIDERED.search(before) or _LITIGATED.search(before) else ""
    if not case and _HAPPENED.search(before) and (match := _AFTER_CASE.search(after)):
        case = match[0]
    if case:
        return _kind_of_case(case, before + after, earlier)
    if re.search("复议|诉", before):
        return None
    if match := _RESULT.search(before):
        return None if _OF_A_KIND.search(before) or not asked else _KIND_OF_RESULT[match[1]]
    if "不" in before:
        return None
    if _RECEIVED.search(before) or (_HAPPENED.search(before) and _AFTER_NOUN.search(after)):
        return "received" if not re.search(_ANSWER, before) or re.search(_RECEIVE, before) else "answered"
    if on_request and _ANSWERED.search(before) and "申请公开" not in before[-6:]:
        return "answered"
    if _RECEIVED_BARE.search(before) and (on_request or _AFTER_NOUN.search(after)):
        return "received"
    return None


def _kind_of_case(case: str, clause: str, earlier: str) -> str | None:
    if _OTHER_ROLE.search(clause) or "各" in clause:
        return None
    reviewed, litigated = "复议" in case, re.search("诉讼|应诉|起诉", case) is not None
    if reviewed and litigated:
        # 经复议后起诉 is a lawsuit; 复议和诉讼共3件 is both.
        return "litigation" if re.search("复议[^和与及或]{0,4}(?:提起|起诉)", case) else "proceedings"
    if litigated:
        return "proceedings" if re.search("复议(?:案件|案|申请)?[、(]$", earlier) else "litigation"
    return "reconsideration"


def _denied(text: str, sentence: str, disclosure: bool) -> Iterator[Claim]:
    """未收到……申请, 无……复议、……诉讼: claims of zero."""
    for match in _NEGATION.finditer(text):
        body = match[0]
        if "除" in text[: match.start()] or _NEGATION_OF_MORE.search(re.sub("其他组织|其它组织", "", match[1])):
            continue
        if len(body) > MAX_DENIAL or re.search("20\\d\\d年|半年|季度|月", body):
            continue
        years = _YEAR.findall(text, 0, match.start())
        year = int(years[-1]) if years else None
        if re.search("复议|诉讼|应诉|起诉", body):
            if _NO_CASE.search(body):
                yield from (Claim(kind, 0, sentence, year) for kind, word in _CASE_WORDS if re.search(word, body))
        elif _NOTHING_CARRIED.search(body):
            if re.search("下一?年|次年|明年", body):
                yield Claim("carried_out", 0, sentence, year)
            elif re.search("上一?年|去年", body):
                yield Claim("carried_in", 0, sentence, year)
        elif disclosure and _NO_APPLICATION.search(body) and _OTHER_MATTER.search(body) is None:
            yield Claim("received", 0, sentence, year)


_CASE_WORDS = (("reconsideration", "复议"), ("litigation", "诉讼|应诉|起诉"))

_FEES = next(row.short for row in form("disclosure", "2021").rows if row.id == "fees")
_CHARGED = re.compile(
    rf"({_FEES}|信息处理费|信息公开费)[^,。;\d]{{0,12}}?(?<![\d.])(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,12}}(?:\.\d+)?)(万元|元)"
)
_NOT_CHARGED = re.compile(rf"(?:未|没有|无|不存在)[^,。;\d]{{0,12}}{_FEES}(?:费用|情况|项目|事项|行为)?(?=[,。;、]|$)")


def _charged(text: str, sentence: str) -> Iterator[Claim]:
    if "费" not in text:
        return
    for match in _CHARGED.finditer(text):
        if _ELSEWHEN.search(match[0]) or re.search("减免|免收|退", text[max(0, match.start() - 8) : match.end()]):
            continue
        years = _YEAR.findall(text, 0, match.start())
        value = Decimal(match[2].replace(",", "")) / (1 if match[3] == "万元" else 10_000)
        kind = "fees" if match[1] == _FEES else "processing_fee"
        yield Claim(kind, value, sentence, int(years[-1]) if years else None)
    denied = _NOT_CHARGED.search(text)
    if denied is not None:
        years = _YEAR.findall(text, 0, denied.start())
        yield Claim("fees", Decimal(0), sentence, int(years[-1]) if years else None)
