"""The wordings that state a figure: an ordered table of named patterns over the tokens of a sentence.

An expression is a regular expression whose words are the names of tokens (``tokens.LETTERS``) and of the sets below; at
each place the first pattern of the table that matches is taken, and what it covers is used up. Repetitions that could
be divided in several ways are possessive (``++``), so that no prose takes long. A pattern without a
reader takes words away from those behind it: comparisons, other times, money that was not charged.
"""

from __future__ import annotations

import re
from functools import cache

from attrs import frozen

from . import cases, readers, topics
from .sentence import Reader
from .tokens import LETTERS

SETS: dict[str, str] = {
    "TEXTS": "TEXT TEXT_OF",
    "NUMBER": "COUNT LOOSE_COUNT",
    "ANY_NUMBER": "COUNT LOOSE_COUNT FIGURE",
    "NOUN": "APPLICATION BARE_APPLICATION",
    "CASE": "REVIEW LAWSUIT",
    "DOCUMENT": "NORMATIVE REGULATION",
    "DEED": "ISSUE REPEAL IN_FORCE",
    "FROM": "LAST THIS YEAR",
    "TO": "NEXT THIS YEAR",
    "GETTING": "RECEIVE NEW ACCEPT SUBMIT",
    "DOING": "RECEIVE NEW ACCEPT SUBMIT HANDLE",
    "DECIDING": "DECIDE HANDLE ANSWER",
    "CARRIED": "CARRY MOVE",
    "LINK": "AND LISTED",
    "MARK": "COLON OPEN",
    "ENDS": "COMMA STOP LISTED OPEN CLOSE COLON",
    "HALTS": "COMMA STOP CLOSE",
    # What may stand between a verb and the noun, around 结转, behind a result, and so on.
    "SAID": "TEXTS ABOUT AND APPLICANT CHANNEL THIS UNIT WIDER SUBMIT HAPPEN PART INFORMATION ANY_FORM LISTED OPEN "
    "CLOSE YEAR ALL",
    "SAID_OF_NONE": "VIA RECEIVE NEW ACCEPT SUBMIT HAPPEN HANDLE APPLICANT THIS CHANNEL UNIT AND LISTED ANY_FORM YEAR "
    "INFORMATION OPEN ALL CLOSE ABOUT",
    "SAID_OF_CASES": "MOVE RECEIVE OPENED TEXTS ABOUT AND APPLICANT THIS YEAR HAPPEN INFORMATION SUBMIT NOUN LISTED "
    "OPEN CLOSE ANY_FORM ALL UNIT",
    "BESIDE_CASES": "TEXTS AND HAPPEN SUBMIT INFORMATION LISTED OPEN CLOSE",
    "AROUND": "STEP TEXTS NOUN HANDLE AND PENDING THIS ANSWER HAPPEN EACH COLON INFORMATION APPLICANT DECIDE",
    "MORE": "ANSWER DECISION NOUN INFORMATION HAPPEN",
    "NEAR": "UNIT TEXTS AND APPLICANT CHANNEL SUBMIT OPEN CLOSE THIS HAPPEN",
    "COUNTED": "TEXTS ABOUT HAPPEN APPLICANT SUBMIT PART AND INFORMATION LISTED OPEN CLOSE",
    "OF_CASES": "TEXTS ABOUT HAPPEN INFORMATION AND APPLICATION PART",
    "REASON": "HAPPEN ABOUT DETAIL",
    "REASONS": "TEXTS ABOUT DETAIL AND LISTED INFORMATION APPLICANT HAPPEN",
    "OF_FEES": "TEXTS COLON HAPPEN AND FEES OPEN LISTED APPLICATION INFORMATION BARE_APPLICATION CHARGE",
    "OF_ALL": "TEXTS NOUN THIS LISTED YEAR",
    # What stands before a figure that comes first.
    "BEFORE_COUNT": "COMMA STOP LISTED COLON OPEN THIS YEAR PART UNIT HAPPEN",
    "BEFORE_CASES": "HAPPEN COMMA STOP LISTED COLON OPEN PART THIS YEAR AND",
    "BEFORE_NOUN": "COMMA STOP LISTED COLON OPEN DECISION THIS YEAR PART UNIT AND ZERO RECEIVE",
    "BEFORE_OPENED": "ANSWER COMMA LISTED COLON STOP PART AND OPEN",
}
"""Name of a set → the tokens and sets in it."""


@frozen
class Pattern:
    """A wording: its name, the tokens in order, and the reader that makes claims of it."""

    name: str
    expression: str
    reader: Reader | None


_END = "(?=ENDS|AND|$)"
_VIA = "(VIA [^COMMA STOP ANY_FORM DOING ANSWER NUMBER]{0,6})?"
_FIRST = "(?:(?<=BEFORE_COUNT)|^)"


def _rows(*rows: tuple[str, str, Reader | None]) -> tuple[Pattern, ...]:
    """Return patterns by their name, expression and reader."""
    return tuple(Pattern(*row) for row in rows)


PATTERNS: tuple[Pattern, ...] = _rows(
    ("other-year-in-brackets", "(YEAR|LAST) OPEN COUNT CLOSE", topics.passed_over),  # 与2022年（22件）相比
    ("compared-with", "(YEAR|LAST) [^HALTS]{0,12}? ANY_NUMBER [^HALTS]{0,12} COMPARED_WITH",
     topics.passed_over),  # 与2022年收到的22件相比
    # --- carried from year to year ---
    ("none-carried", "NEGATION AROUND{0,2} (LAST|TO)? AROUND{0,2} CARRIED TO? AROUND*" + _END,
     readers.none_carried),  # 无上年结转申请
    ("none-carried-named-first", "(LAST|YEAR) AROUND{0,2} NEGATION CARRIED AROUND{0,2}" + _END,
     readers.none_carried),  # 上年无结转
    ("carried", "FROM? AROUND{0,2} CARRY OPEN? (TO|LAST)? AROUND{0,4} LAST? MARK? COUNT",
     readers.carried),  # 上年结转2件
    ("moved", "FROM? AROUND{0,2} MOVE TO AROUND{0,4} MARK? COUNT", readers.carried),  # 转入下年办理3件
    ("moved-here", "(LAST|YEAR) AROUND{0,2} MOVE AROUND{0,3} COUNT", readers.carried),  # 上年度转来的4件
    ("left-from-last-year", "(LAST|YEAR) AROUND? PENDING AROUND{0,2} COUNT", readers.carried),  # 2022年未办结3件
    ("counted-then-carried-in", "(LAST|YEAR) COUNT AROUND{0,2} CARRIED TO?", readers.carried),  # 2022年3件结转至本年
    ("counted-then-carried", "(?<!ANSWER) COUNT (AROUND|NARROW){0,5} (CARRY TO?|MOVE TO)",
     readers.carried),  # 1件结转至下年
    ("counted-then-pending", "COUNT (TEXTS|NOUN|AND){0,2} PENDING", readers.pending),  # 4件正在办理
    ("pending", "PENDING (TEXTS|NOUN){0,2} MARK? COUNT", readers.pending),  # 尚未办结2件
    ("counted-then-answered-later", "COUNT TEXTS? (NEXT|YEAR) OTHER_TIME? (HANDLE|ANSWER)",
     readers.answered_later),  # 4件将于2024年答复
    # --- comparisons and other times ---
    ("brought-to", "BROUGHT (YEAR|THIS)? TEXT? COUNT", readers.brought_to),  # 由2022年的35件降至2023年的21件
    ("compared", "(COMPARED|BROUGHT) [^ENDS]*? ANY_NUMBER", topics.passed_over),  # 较上年增加3件
    ("other-time", "(OTHER_TIME|ASIDE) [^HALTS COLON]* NUMBER|OTHER_TIME NEGATION [^HALTS]*",
     topics.passed_over),  # 上半年收到4件
    ("other-time-of-all", "OTHER_TIME COMMA [^STOP]* NUMBER", topics.passed_over),  # 上半年，收到4件
    ("last-year", "LAST [^ENDS CARRIED]{0,6}? ANY_NUMBER", topics.passed_over),  # 上年收到15件
    ("planned", "PLAN [^STOP]*", topics.passed_over),  # 下一步，将对申请做到登记1件、办结1件
    ("some-units", "LOOSE_COUNT (UNIT|TEXT) NEGATION [^HALTS]*", topics.passed_over),  # 8个单位未收到申请
    ("helped", "HELP [^COMMA STOP]* NUMBER", topics.passed_over),  # 指导乡镇办理申请8件
    ("inspected", "INSPECT [^COMMA STOP]* NUMBER", topics.passed_over),  # 抽查各镇街答复的申请30件
    ("by-attribute",
     "(?<=PART|COLON|TEXT) (OTHER_BUSINESS NUMBER LISTED APPLICATION NUMBER ((LISTED|COMMA) RESULT NUMBER)?"
     "|APPLICATION NUMBER LISTED RESULT NUMBER)",
     topics.something_else),  # 制作公文560件，其中主动公开320件、依申请公开90件
    # --- documents and decisions of table 二 ---
    ("no-document",
     "NEGATION (TEXTS|DECIDE|AND|HAPPEN)? (ISSUE|REPEAL)+ (LINK NEGATION? (ISSUE|REPEAL))* DOCUMENT?" + _END,
     readers.no_document),  # 未废止规范性文件
    ("documents", "DEED+ (TEXT_OF|HAPPEN|AND? OPENED)? DOCUMENT COLON? OPEN? NUMBER",
     readers.documents),  # 制发规范性文件2件
    ("documents-counted-first", "DEED+ (TEXT_OF|HAPPEN)? COUNT DOCUMENT (?!TEXT_OF)|COUNT DOCUMENT (ISSUE|REPEAL)",
     readers.documents),  # 制发3件规范性文件
    ("documents-named-first", "DOCUMENT COLON? OPEN? DEED+ NUMBER", readers.documents),  # 规范性文件制发2件
    ("documents-named-before", "DEED NUMBER", readers.documents),  # 废止1件
    ("decisions", "DECIDING+ TEXTS? DECIDED (DECISION COLON? NUMBER|COLON? COUNT)",
     readers.decisions),  # 作出行政许可决定310件
    ("decisions-counted-first", "DECIDING COUNT DECIDED DECISION?" + _END, readers.decisions),  # 作出3件行政处罚决定
    ("decisions-named-first", "DECIDED DECIDING? DECISION COLON? NUMBER", readers.decisions),  # 行政处罚决定25件
    ("decisions-listed", "(?<=NUMBER LINK|NUMBER COMMA) DECIDED (DECISION COLON? NUMBER|COLON? COUNT)",
     readers.more_decisions),  # 作出行政许可决定3件、行政处罚25件
    ("decisions-of-this-year", "(?<=THIS|YEAR) DECIDED COLON? COUNT", readers.decisions),  # 全年行政处罚4件
    ("decisions-told-alone", "(?:(?<=STOP)|^) DECIDED COUNT (?=HALTS|LINK|$)",
     readers.decisions),  # 行政许可77件、行政处罚15件
    ("no-decision", "NEGATION (DECIDE|HANDLE)? DECIDED (LINK DECIDED)* DECISION?" + _END,
     readers.no_decision),  # 未作出行政强制决定
    # --- money ---
    ("reduced", "REDUCED [^COMMA STOP]* MONEY", None),  # 减免信息处理费50元
    ("charged", "(FEES|CHARGE)++ OF_FEES*? MONEY", readers.charged),  # 收取信息处理费2000元
    ("not-charged", "NEGATION (TEXTS|AND|HAPPEN|CHARGE){0,2} FEES" + _END, readers.not_charged),  # 未收取行政事业性收费
    # --- reviews and lawsuits ---
    ("cases-of-others",
     "(ROLE|RECEIVE|ACCEPT|HANDLE|STEP|HELP) (TEXTS|AND|HAPPEN|INFORMATION){0,2} (CASE|COUNT CASE) "
     "((TEXTS|LINK)? CASE)* COUNT?", cases.cases_of_others),  # 审理行政复议案件45件
    ("cases-of-another-cause", "OTHER_CAUSE [^ENDS INFORMATION NOUN]* CASE COUNT? ((LINK|COMMA) CASE COUNT?)*",
     cases.cases_of_others),  # 因土地征收引发的行政复议22件
    ("cases-of-another-organ", "HANDLE TEXTS? UNIT HAPPEN CASE COUNT",
     cases.cases_of_others),  # 承办以区政府为被申请人的行政复议案件12件
    ("no-cases",
     "NEGATION (SAID_OF_CASES|HAPPEN TEXTS? (NOUN|INFORMATION)? ANSWER|(OTHER_BUSINESS|NARROW)+ LINK)* CASE "
     "(?>BESIDE_CASES{0,4} CASE|AND TEXTS)*+ HAPPEN?" + _END, cases.no_cases),  # 未发生行政复议、行政诉讼
    ("cases-are-none",
     "(NOUN LISTED)? CASE ((LINK|COMMA) (CASE|OTHER_BUSINESS+))* HAPPEN? COLON? ALL? "
     "(ZERO|NEGATION HAPPEN? (?=HALTS|$))", cases.no_cases),  # 复议、诉讼案件均为零
    ("zero-cases", "ZERO CASE ((LINK|COMMA)? ZERO? CASE)*", cases.no_cases),  # 零复议、零诉讼
    ("cases-each", "(NOUN LISTED CASE|CASE) (LINK HAPPEN? CASE)+ COLON? (EACH|ALL) COUNT",
     cases.cases_each),  # 行政复议、行政诉讼各1件
    ("cases-by-stage", "LAWSUIT COLON? STAGE COUNT ((LINK|COMMA) STAGE COUNT)*",
     cases.cases),  # 行政诉讼一审1件、二审1件
    ("cases-together", "(CASE (LINK HAPPEN? CASE)+|REVIEW LAWSUIT) COLON? OPEN? COUNT",
     cases.cases),  # 行政复议、行政诉讼共8件
    ("cases-some-of-them-ours", "CASE COUNT (?=(COMMA|OPEN|STOP)? PART (TEXTS|HAPPEN|INFORMATION)* INFORMATION)",
     cases.cases_of_others),  # 行政复议20件，其中涉及信息公开2件
    ("cases", "CASE ((INFORMATION|TEXTS){0,2} COLON? OPEN? COUNT|COLON? LOOSE_COUNT)",
     cases.cases),  # 被申请行政复议3件
    ("cases-counted-first", "(?:(?<=BEFORE_CASES)|^) COUNT OF_CASES{0,4} CASE",
     cases.cases),  # 发生3起涉及政府信息公开的行政复议
    ("outcome-of-all", "(CASE HAPPEN?|(?<=COMMA|CASE)) ALL? HAPPEN? OUTCOME (?=HALTS|$)",
     cases.outcome_of_all),  # 行政复议均被维持
    ("outcomes-each", "OUTCOME (LINK OUTCOME)+ EACH COUNT", cases.outcomes),  # 维持、纠正各1件
    ("outcomes", "OUTCOME COUNT", cases.outcomes),  # 维持2件
    ("outcomes-counted-first", "COUNT OUTCOME", cases.outcomes),  # 1件尚未审结
    # --- results ---
    ("no-result", "NEGATION (HAPPEN|RECEIVE|TEXT)? RESULT (LINK RESULT)* NOUN?" + _END,
     readers.no_result),  # 没有不予公开的申请
    ("results-respectively", "(RESULT|OPENED) (LINK (RESULT|OPENED))+ RESPECTIVELY COUNT (LINK COUNT)+",
     readers.results_respectively),  # 予以公开、部分公开分别为50件、33件
    ("results-together", "(RESULT|OPENED) (LINK (RESULT|OPENED))+ MORE* COLON? COUNT",
     readers.results),  # 予以公开及部分公开17件
    ("result-with", "(RESULT|OPENED) OPEN PART RESULT CLOSE COLON? COUNT",
     readers.results),  # 予以公开（含部分公开）7件
    ("results-for-reasons", "REASON REASONS* RESULT MORE* NUMBER", readers.result_in_part),  # 因涉及商业秘密不予公开2件
    ("result", "RESULT MORE* COLON? OPEN? NUMBER", readers.results),  # 予以公开5件
    ("opened", "(?:(?<=BEFORE_OPENED)|^) OPENED COUNT (?=(LINK|COMMA|STOP)+ (TEXTS|HAPPEN|PART)* (RESULT|DETAIL))",
     readers.results),  # 公开6件，不予公开5件
    ("opened-counted-first", "(?:(?<=BEFORE_OPENED)|^) COUNT OPENED (?=(LINK|COMMA|STOP)+ COUNT)",
     readers.results),  # 4件公开，7件不予公开
    ("result-counted-first", "COUNT NOUN? ALL? RESULT", readers.results),  # 24件予以公开
    ("result-counted-first-for-reasons", "COUNT NOUN? REASON REASONS* RESULT",
     readers.result_in_part),  # 7件因本机关不掌握无法提供
    ("result-of-all", "(?<=COMMA) ALL RESULT NOUN?" + _END, readers.result_of_all),  # 收到申请3件，均予以公开
    ("detail", "DETAIL MORE* TEXTS? COUNT", readers.detail),  # 重复申请1件
    ("rest", "REST COUNT", None),  # 其他1件
    # --- applicants; all, and none ---
    ("all-of-one-kind", "ALL (TEXTS|HAPPEN)? APPLICANT ((TEXTS|AND)? APPLICANT)* SUBMIT? (NOUN|TEXTS)?" + _END,
     readers.all_of_one_kind),  # 均为自然人申请
    ("all-answered", "ALL OF_ALL{0,2} ANSWER (AND? ANSWER)* TEXTS? (?=HALTS|$)",
     readers.all_answered),  # 所有申请均已办结
    ("none-received",
     "NEGATION SAID_OF_NONE* NOUN (AND SAID_OF_NONE* NOUN)? (AND? HAPPEN)? "
     "(?=ENDS|$|AND (?!HANDLE)|NEGATION)", readers.none_received),  # 未收到政府信息公开申请
    ("none-received-bare", "NEGATION (RECEIVE|ACCEPT) (?=HALTS|$)", readers.none_received),  # 未收到
    ("none-of-what-the-heading-names", "(?<=COLON|THIS|YEAR) NEGATION HAPPEN (?=HALTS|$)",
     readers.none_received),  # 依申请公开：未发生
    ("applications-are-none", "NOUN COLON? (THIS|YEAR)? DOING? ALL? (ZERO|NEGATION (?=HALTS|$))",
     readers.applications_are_none),  # 依申请公开为零
    ("zero-applications", "ZERO (DOING? NOUN|DOING)" + _END, readers.none_received),  # 零申请
    # --- applications ---
    ("received", _VIA + "DOING+ (AND (DOING|ANSWER))? SAID{0,8} NOUN (NEAR{0,3} GETTING)? CHANNEL? COLON? OPEN? NUMBER",
     readers.received),  # 收到政府信息公开申请13件
    ("received-counted-first", _VIA + "DOING+ (AND (DOING|ANSWER))? (UNIT|TEXTS|THIS){0,2} NUMBER COUNTED{0,5} NOUN",
     readers.received),  # 收到13件政府信息公开申请
    ("answered-applications", "ANSWER+ (AND ANSWER)? SAID{0,5} NOUN COLON? OPEN? COUNT",
     readers.answered),  # 办结政府信息公开申请12件
    ("applicants", "APPLICANT (LINK? APPLICANT)* (TEXTS|SUBMIT){0,2} NOUN? COLON? COUNT",
     readers.applicants),  # 自然人申请14件
    ("channel", "CHANNEL (LINK? CHANNEL)* TEXTS? BARE_APPLICATION? COLON? COUNT", readers.channel),  # 网络申请12件
    ("applications", "APPLICATION DOING? COLON? HAPPEN? OPEN? NUMBER", readers.received),  # 依申请公开共受理10件
    ("applications-bare", "(?:^|(?<=BEFORE_NOUN)) BARE_APPLICATION COLON? OPEN? COUNT", readers.received),  # 申请13件
    ("applications-counted-first", _FIRST + " NUMBER (TEXTS|APPLICANT){0,2} APPLICATION",
     readers.received),  # 共有26件政府信息公开申请
    ("applications-all-of-them", _FIRST + " COUNT BARE_APPLICATION (?=ALL|COMMA|STOP)",
     readers.received),  # 27件申请均已答复
    ("answered", "(TEXT|STEP)? CHANNEL? HANDLE? ANSWER+ (AND ANSWER|HANDLE)? THIS? COLON? OPEN? COUNT",
     readers.answered_bare),  # 办结12件
    ("answered-counted-first", _FIRST + " COUNT TEXTS? ANSWER" + _END, readers.answered),  # 25件已答复
    ("received-bare", _VIA + "DOING+ (AND (DOING|ANSWER))? (UNIT|APPLICANT|THIS|PART)? COLON? OPEN? COUNT",
     readers.received),  # 全年收到13件
    ("together", "(?<=COMMA|STOP|CLOSE) COUNT (?=HALTS|$)", readers.together),  # 通过信函收到4件，网上收到2件，合计6件
    # --- what sets the subject of what follows ---
    ("something-else-counted",
     "(DOING|ANSWER)+ [^COMMA STOP COLON NOUN CASE ANY_NUMBER RESULT DETAIL DOING ANSWER]* ANY_NUMBER",
     topics.something_else),  # 收到稿件120篇
    ("other-business", "OTHER_BUSINESS|DECIDED", topics.passed_over),  # 12345热线
    ("application-named", "APPLICATION", topics.application_named),  # 依申请公开
    ("case-named", "CASE", topics.case_named),  # 行政复议
    ("documents-named", "DOCUMENT", topics.documents_named),  # 规范性文件
    ("year", "YEAR|THIS", topics.year),  # 2023年
    ("part", "PART", topics.part),  # 其中
    ("scope", "WIDER|UNIT (?=(LINK|UNIT|THIS|YEAR|TEXT){0,3} (DOING|ANSWER|HAPPEN|DEED|DECIDE))",
     topics.scope),  # 县政府本级收到
    ("stop", "STOP", topics.stop),  # ；
    ("exception", "EXCEPT", topics.exception),  # 除1件外
)  # fmt: skip
"""The table, in order; the comment behind each pattern is an example, which the tests try."""

_NAME = re.compile("[A-Z][A-Z_]+")


@cache
def letters_of(name: str) -> str:
    """Return the letters of a token or a set. Raises ``KeyError`` for another name."""
    return LETTERS[name] if name in LETTERS else "".join(letters_of(part) for part in SETS[name].split())


def compiled(expression: str) -> str:
    """Return an expression in letters: a name within brackets is its letters, elsewhere one of them."""
    parts = []
    for part in re.split(r"(\[[^\]]*\])", expression):
        form = "{}" if part.startswith("[") else "[{}]"
        parts.append(_NAME.sub(lambda name, form=form: form.format(letters_of(name[0])), part).replace(" ", ""))
    return re.sub(r"\((?!\?)", "(?:", "".join(parts))


@cache
def table() -> tuple[re.Pattern[str], tuple[Pattern, ...]]:
    """Return one expression for the whole table, and the pattern of each of its groups.

    The groups are empty and stand at the end: so an alternative that can't begin with a letter is passed over at once.
    """
    parts = [f"(?:{compiled(pattern.expression)})()" for pattern in PATTERNS]
    return re.compile("|".join(parts)), PATTERNS
