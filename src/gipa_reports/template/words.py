"""The words around the tables: section headings, parts, units, marks, and what shows that a line is no prose.

Like the labels in ``forms.py`` each stands here once; readers, renderers and checks take them from here.
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import frozen

from ..messages import Phrase

SectionId = Literal["overview", "disclosure", "requests", "proceedings", "problems", "other_matters"]


@frozen
class Heading:
    """The heading of one of the six sections, and the other wordings that are met."""

    id: SectionId
    ordinal: str
    label: str
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    """Wordings that parts of other sections have too: of this one behind its own ordinal alone."""

    @property
    def text(self) -> str:
        """The heading as the form prints it."""
        return f"{self.ordinal}、{self.label}"


HEADINGS: tuple[Heading, ...] = (
    Heading("overview", "一", "总体情况", ("总体工作情况", "概述", "基本情况")),
    Heading(
        "disclosure",
        "二",
        "主动公开政府信息情况",
        ("行政机关主动公开政府信息情况", "主动公开情况统计", "主动公开政府政府情况"),
        ("主动公开情况",),
    ),
    Heading(
        "requests",
        "三",
        "收到和处理政府信息公开申请情况",
        ("行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请"),
        ("依申请公开情况", "依申请公开政府信息情况", "政府信息公开申请情况", "政府信息公开申请办理情况"),
    ),
    Heading(
        "proceedings",
        "四",
        "政府信息公开行政复议、行政诉讼情况",
        (
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开申请行政复议、提起行政诉讼情况",
            "政府信息公开行政复议、诉讼情况",
            "政府信息公开行政复议、提起行政诉讼情况",
            "行政复议、行政诉讼情况",
        ),
        ("复议、诉讼情况", "行政复议、诉讼情况"),
    ),
    Heading(
        "problems",
        "五",
        "存在的主要问题及改进情况",
        ("政府信息公开工作存在的主要问题及改进情况", "主要问题及改进情况"),
    ),
    Heading("other_matters", "六", "其他需要报告的事项", ("需要报告的其他事项", "其他需要说明的事项", "其他事项")),
)

HEADING_WORDS = (
    *((word, "") for word in ("以及", "的", "和", "及", "与", "、", ",", "主要", "工作")),
    ("改进措施", "改进情况"),
    ("其它", "其他"),
)
"""Words of headings that are as often left out or written otherwise → what stands for them where headings are compared.
"""

PARTS: dict[str, tuple[str, ...]] = {
    "proactive_disclosure": ("主动公开",),
    "disclosure_on_request": ("依申请公开",),
    "information_management": ("政府信息管理", "信息管理"),
    "platform": ("政府信息公开平台建设", "信息公开平台建设", "公开平台建设", "平台建设"),
    "supervision": ("监督保障",),
}
"""The five parts of section 一 → how their headings begin, after the ordinal."""

ORDINALS = "一二三四五六七八九十"

PART_NAMES: dict[str, str] = {
    "proactive_disclosure": "主动公开",
    "disclosure_on_request": "依申请公开",
    "information_management": "政府信息管理",
    "platform": "平台建设",
    "supervision": "监督保障",
}
"""The five parts of section 一 as a sentence names them."""

PART_SIGNS: dict[str, re.Pattern[str]] = {
    "proactive_disclosure": re.compile("主动公开|公开(?:政府)?信息|发布(?:政府)?信息|信息公开"),
    "disclosure_on_request": re.compile("申请"),
    "information_management": re.compile("信息管理|管理制度|规范管理|动态管理|审查|审核|目录|台账"),
    "platform": re.compile("平台|网站|门户|公众号|新媒体|公开栏|专栏"),
    "supervision": re.compile("监督|保障|考核|培训|领导小组|责任追究"),
}
"""Words that show that section 一 tells of a part, whatever its heading is."""

HEADED = re.compile(rf"^[{ORDINALS}][、.．,，]\s*([^。；;]{{2,40}}?)\s*(?:[：:。].*)?$")
"""A paragraph that reads as the heading of a section, with or without what it says on the same line."""

SECTION_SIGNS: dict[SectionId, re.Pattern[str]] = {
    "overview": re.compile("总体|概述|概况|基本情况"),
    "disclosure": re.compile("主动公开|公开政府信息"),
    "requests": re.compile("申请"),
    "proceedings": re.compile("复议|诉讼"),
    "problems": re.compile("问题|不足|改进"),
    "other_matters": re.compile("其[他它].{0,6}(?:事项|报告|说明)|需要?.{0,4}(?:报告|说明)"),
}
"""Words in a heading of another wording that stands for the section's own."""

NOTHING = re.compile(r"^(?:暂?无|没有|不存在)[^,，。]{0,12}[。.]?$")
"""A paragraph that says that there is nothing to say."""

SUBHEADING = re.compile(
    rf"^[（(]?(?:[{ORDINALS}]{{1,3}}|\d{{1,2}})[）)、.．][^，。；：,;:]{{0,20}}$|^[^，。；：,;:！？]{{0,15}}$"
)
"""A paragraph that is a heading within a section, or a few words without a stop."""

IMPROVEMENT = re.compile(
    "改进|改善|改名|下一步|今后|整改|加强|加大|完善|提升|提高|强化|优化|措施|打算|补充|健全|落实|将[^来近]|计划|建议|"
    "完成|解决|调整|推进|推动|开展|组织|培训|学习|增|扩|制定|建立|明确|督促|严格|做好|拟|逐步|持续|进一步|努力|力争|确保"
)
"""Words of what is to be done about a problem."""

FEES_STATED = re.compile("收费|费用|处理费|收取")
"""Words of section 六 for the fees for disclosure."""

REGION = re.compile(
    "^(?:[^省市县区旗州盟]{1,12}?(?:自治区|自治州|自治县|自治旗|地区|新区|省|市(?!场|政|容)|县|区|旗|州|盟))+"
)
"""The regions that the name of an organ begins with."""

NO_LEGISLATION = re.compile("(?:自治县|自治旗|地区|县|旗|(?<!自治)(?<!特)(?<!新)(?<!开发)区)$")
"""Ends of the last region in a name whose organs make no 规章; cities may have districts, and then they make some."""

BASIC_LEVEL = re.compile("(?:街道|[镇乡]|苏木)(?:办事处|人民政府|党工委)?$")
"""The organ of a township or subdistrict."""

PART_OF_PROBLEMS = re.compile(
    rf"[(（][{ORDINALS}][)）]\s*(?:(?:工作)?(?:中)?存在的?(?:主要)?(?:问题|困难|不足)|主要问题|(?:下一步)?改进(?:情况|措施|方向|举措)|下一步)"
)
"""A paragraph that opens a part of section 五."""

CONTENTS = re.compile(r"[#*\s]*目\s*[录錄次]\s*[:：]?[*\s]*|(?i:contents)")
"""The word above a page of contents."""

CUT_ORDINAL = re.compile(r"\s*[二三四五六]\s*[、，,.．]")
"""The beginning of a heading of a section, even if no more of it is there."""

# --- figures -----------------------------------------------------------------------------------------------------

NOT_APPLICABLE_MARKS = frozenset({"/", "//", "-", "--", "—", "——", "–", "―", "\\", "不适用", "无", "N/A", "NA"})
"""Texts written into a cell that has no figure to give, after folding full width to half."""

ABSENT_MARK = "〔缺〕"
"""Text that we write for a cell that the source did not have."""

BLANK_MARK = "〔空〕"
"""Text that our pages show in a cell that the source left empty, and so what a printed one has in it."""

MONEY_UNITS = ("亿元", "万元", "千元", "元")
UNITS = (*MONEY_UNITS, "件次", "人次", "件", "条", "项", "个", "份", "宗", "起", "次", "例")
"""Units that may be written behind a figure; longer ones first."""

MEASURES: dict[str, frozenset[str]] = {
    "件": frozenset(("件", "件次", "条", "个", "份", "宗", "起", "例")),
    "项": frozenset(("项", "个", "条", "件")),
}
"""Unit of the form → the measure words by which people count the same things one by one. Persons (人次) and times (次)
are other things.
"""

OTHER_MEASURES = ("人", "名", "家", "户", "篇", "页", "天", "小时", "百分比", "%", "‰", "百", "千", "万", "百万", "亿")
"""Units that a line beside a table may state, and that no figure of the form has behind it."""

POWER_OF_MONEY = {"亿元": 8, "万元": 4, "千元": 3, "元": 0}
"""Unit of money → the power of ten that it has of the last."""

SUM_OF_MONEY = "万元"
"""The unit of a sum of amounts in several, where the form names none."""

MONEY = "元"
"""End of every unit of money."""

SCALES = "十百千万亿"
"""Numerals that a unit may begin with."""

_SCALE = f"[{SCALES}]*"
MONEY_UNIT = re.compile(rf"{_SCALE}[美欧港日]?{MONEY}")
"""A unit of money in a heading or label, also one that is none of ``MONEY_UNITS``."""

COUNTING_UNIT = re.compile(
    rf"{_SCALE}\s?(?:[美欧港日]?{MONEY}|{'|'.join((*UNITS[len(MONEY_UNITS) :], *OTHER_MEASURES))})"
)
_UNITS = rf"(?:人民币)?({COUNTING_UNIT.pattern}(?:[、,，;；/和及\s]{{1,3}}{COUNTING_UNIT.pattern})*)(?:人民币)?"
UNIT_LINE = re.compile(
    rf"单\s?位(?:[^\w\n]{{1,3}}|[^\w\n]{{0,3}}(?:均|都|统一|一律)?[为是][^\w\n]{{0,3}}){_UNITS}(?!\w)"
    rf"|以{_UNITS}(?:作?为(?:计量|计数|金额)?单位|计(?!\w))"
    rf"|^[(\[【](?:金额|数量)?[:：]?{_UNITS}[)\]】]$|^(?:金额|数量)[:：(]{_UNITS}[)]?$"
)
"""Pattern by which a note or a line beside a table says in what its figures are counted; one of the groups has the
units. For text that is folded (``FOLDED``).
"""

UNIT_SIGN = re.compile("[位计計]")
UNIT_STARTS = frozenset("(（[［【金数數")
"""One is in every line that says so, or one of the others its first character."""

OWN_UNIT = re.compile(r"\s*[(（]?件数?[)）]?\s*")
"""A cell of a heading that says below a name what every figure of 三 and 四 counts anyway."""

MAX_UNIT_LINE = 40
"""Characters of the longest line that may say so. What a longer sentence counts in is its own affair."""


def stated_units(text: str) -> tuple[str, ...]:
    """The units in which a note or a line beside a table says that its figures are counted."""
    if len(text) > MAX_UNIT_LINE or (UNIT_SIGN.search(text) is None and text.lstrip()[:1] not in UNIT_STARTS):
        return ()
    found = UNIT_LINE.findall(text.strip().translate(FOLDED))
    return tuple("".join(unit.split()) for groups in found for unit in COUNTING_UNIT.findall("".join(groups)))


OTHER_MEANING = re.compile(
    r"[上去前](?:一|个)?年|上一?期|同期|(?<!\d)\d{2}年|\d{4}年|[一二三四1-4]季度|[上下]半年|\d{1,2}月|[年月日人]均|历年(?!累计)"
    r"|[(（](?:\d{2,}|[人名家户次天]|小时)[)）]|[(（]\d+[件条项个份宗起次例]|[十百千万亿][件条项个份次]|人次|人数|[%‰率]|\*1?0|占比|比例|比重|同比|环比"
    r"|增[长幅减]|降幅|变化|均值|平均|其中|计划|预计|估[计算]|新增|减少|(?:不含|不包括)(?!涉密)|除外|扣除|[线网]上|^[非不未]$"
)
"""Words beside the name of a row or column that change what it counts: figures of other days, shares, means, parts,
of persons, or in tens of thousands; and figures themselves, which somebody wrote there. What is secret is in no count
of the form: to say so changes nothing."""

OF_MONEY = re.compile(rf"[(（](?:单位[:：]?)?{MONEY_UNIT.pattern}[)）]")
"""A bracket behind the name of a row or column by which it is an amount."""

# --- who, when ---------------------------------------------------------------------------------------------------

UNSEEN = r"\s\u200b-\u200f\u202a\u202c\u202d\u2060-\u2064\ufeff\u00ad\u180e"
"""White space and characters of no width or for the direction of writing, for a set of a regular expression."""

TITLE_SIGN = re.compile("[报報]")
"""Is in every title of a report, in whatever script, and quickly looked for. What else is in titles is in ``names``."""

ZEROS = "〇零○◯OoＯΟО"
ONES = "一二三四五六七八九"
CHINESE_DIGITS = str.maketrans(ZEROS + ONES, "0" * len(ZEROS) + "123456789")
_TO = r"至到—–―\-－~～"
_CLOCK = r"(?:[零0]时|24时|0?0:00|24:00)?"
PERIOD_HINT = re.compile(
    rf"日{_CLOCK}[{UNSEEN}]{{0,3}}起?[,，]?[{UNSEEN}]{{0,3}}(?:[{_TO}]|一[十{ONES}\d])|月份?[{UNSEEN}]{{0,3}}[{_TO}]+[{UNSEEN}]{{0,3}}12月"
)
"""Is in every paragraph that states a period in words, and quickly looked for."""
PERIOD_END = "31"
"""End of a period that is stated in figures alone."""

_YEAR, _MONTH, _DAY = (
    rf"([\d{ZEROS}{ONES}]{{4}})",
    rf"([十{ONES}]{{1,2}}|\d{{1,2}})",
    rf"([十{ONES}]{{1,3}}|\d{{1,2}})",
)
PERIOD = re.compile(rf"{_YEAR}年{_MONTH}月{_DAY}日{_CLOCK}起?[,，]?[{_TO}一]{{1,2}}(?:{_YEAR}年)?{_MONTH}月{_DAY}日")
PERIOD_IN_FIGURES = re.compile(
    rf"(?<!\d)(\d{{4}})([-./])(\d{{1,2}})\2(\d{{1,2}})[{_TO}]{{1,2}}(?:(\d{{4}})\2)?(\d{{1,2}})\2(\d{{1,2}})(?!\d)"
)
PERIOD_IN_MONTHS = re.compile(rf"{_YEAR}年0?1月份?[{_TO}]{{1,2}}(?:\1年)?12月(?!\d)")
"""A whole year from its first month to its last."""

PERIOD_SIGN = re.compile("统计|数据|期限|时限|时段|报告期|起止|(?:时间|期间|范围)(?:为|是|:|从|自)|統計|數據")
"""Words of a sentence that says of which days the figures are, where these are not a whole year."""

CHINESE_NUMBERS = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", *ONES))
    if ten or one
}
"""The numbers of months and days in words → as numbers."""

METADATA: dict[str, str] = {"title": "标题", "agency": "报告机关", "year": "报告年度", "period": "统计期间"}
"""Field of a report → the label of the line that states it, where the text itself does not show it."""

STATED = tuple(label + "：" for label in METADATA.values())
"""Beginnings of such lines."""

# --- lines that are neither table nor prose ----------------------------------------------------------------------

PAGE_MARK = re.compile(
    r"[-—–－·•∙~～]{1,2}\s*\d{1,3}\s*[-—–－·•∙~～]{1,2}|第\s*\d{1,3}\s*页(?:\s*[/,，]?\s*共\s*\d{1,3}\s*页)?|共\s*\d{1,3}\s*页"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}|[（(\[【〔{｛]\s*\d{1,3}\s*[）)\]】〕}｝]|[-—–－]\s+\d{1,3}|\d{1,3}\s+[-—–－]"
    r"|[Pp](?:age|\.)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|[-—–_=＿]{4,}"
)
"""The number of a page in any dress but none, or the line that parts it from the text: all of a line, never a cell."""

_FILE = r"\.(?:docx?|pdf|xlsx?|wps|zip)"

NAVIGATION = re.compile(
    r"[^,，。；;:：!！?？]{0,16}网站(?:群|地图|导航|首页|标识码.*)?"
    r"|(?:返回)?首页(?:\s*[>›»/].*)?|(?:当前|您的?)?(?:所在)?位置[:：].*"
    r"|(?:上|下)一[篇页条][:：]?.{0,60}"
    r"|(?:[【\[]?\s*+(?:打印|关闭|收藏|分享|返回顶部|打印本页|关闭窗口|字体)\s*+[】\]]?\s*+)+"
    r"|扫一扫.{0,30}|分享到.{0,20}|联系我们|关于我们|网站声明|隐私声明|使用帮助|无障碍(?:浏览|阅读)?|长者模式"
    r"|(?:主办|承办|版权所有|技术支持)(?:单位)?[:： ].{0,60}|.{0,40}(?:ICP备|公网安备|网安备).{0,40}"
    r"|(?:索引号|信息分类|发布机构|发文日期|发布日期|发布时间|成文日期|信息来源|来源|浏览次数|阅读次数|主题词|文号|名称)[:：].{0,80}"
    rf"|附件(?:下载)?(?:\s*[\d一二三四五]{{1,2}})?[:：]?.{{0,60}}{_FILE}"
)
"""Lines of a page around the report: kept in ``Reading.unparsed``, never in the prose."""

PAGE_FIELDS = (
    "索引号|信息分类|发布机构|发文日期|发布日期|发布时间|成文日期"
    "|稿件来源|文章来源|信息来源|浏览次数|阅读次数|点击数|主题词|文号"
    "|公开日期|公开时间|公开时限|公开形式|公开方式|生成日期|发文机关|发文单位|发布单位|公开责任部门|有效性"
)
_STAMP = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
MENU_ENTRIES = (
    "(?:网站)?首页|(?:政务|政府信息|信息)公开|办事服务|政务服务|互动交流|政民互动|数据开放|数据发布|走进[一-鿿]{2,4}?(?=[\\s|·/])"
    "|新闻中心|政务动态|机构概况|解读回应|专题专栏|公众参与"
)
"""Entries of the menu on top of a site."""

_MENU = (
    "(?:首页|网站(?:地图|导航|声明)|联系我们|关于我们|隐私声明|使用帮助|手机版|移动版|电脑版|登录|注册|友情链接"
    "|相关(?:附件|阅读|链接|文章|文档)|政务(?:微信|微博)|中国政府网|微信扫一扫|听全文)"
)

FURNITURE = re.compile(
    rf"{_MENU}(?:\s*[|｜·/]\s*{_MENU})*[:：]?|(?:本?网站)?支持IPv6.{{0,10}}|您是第.{{0,12}}位(?:访问者|访客)"
    rf"|{_STAMP}\s*(?:来源|{PAGE_FIELDS})[:：].{{0,80}}|(?:{PAGE_FIELDS})[:：\s].{{0,80}}|日期[:：]\s*\d.{{0,80}}"
    r"|(?:责任编辑|责编|编辑|审核|校对|作者)[:：].{0,30}|[【\[]?字[体号][:：].{0,20}"
    r"|(?:浏览|点击|阅读|访问)(?:量|人数)?[:：]\s*\d{1,9}\s*次?|(?:[Cc]opyright|COPYRIGHT|©).{0,80}"
    r"|地址[:：].{2,60}|邮(?:政)?编(?:码)?[:：]\s*\d{6}|(?:联系|咨询|监督|值班)?(?:电话|传真)[:：][\d\s()（）—、转-]{5,40}"
    rf"|.{{1,60}}{_FILE}"
)
"""More of them, as far as they have no sign of a sentence (``SENTENCE``): what is a line of its own only on a page."""

SENTENCE = re.compile("[,，。；;!！?？]")

ABOUT_NOTICE = Phrase("a notice (通知) about reports", "关于报告的通知")
NOTICE = re.compile(r"(?:关于|印发|做好|报送|填报).*(?:报告|年报).*(?:通知|通报|公告|函)$")
"""First line of a notice, which may have the title of a report in it."""

GIVES_OUT_FORM = re.compile(r"格式$|格式.*通知$|(?:填报|编制|编写|报送|做好|上报|编报).*(?:报告|年报).*通知$")
"""Line of the notice with which the form is given out."""

OTHER_TEXTS: tuple[tuple[re.Pattern[str], Phrase], ...] = (
    (
        re.compile(r"图解|一图(?:读懂|看懂|速览|了解)|一张图|图说"),
        Phrase("a picture story (图解) about a report", "关于报告的图解"),
    ),
    (
        re.compile(r"(?:报告|年报|公开).*解读|解读.*(?:报告|年报|公开)|答记者问"),
        Phrase("an explanation (解读) of a report", "对报告的解读"),
    ),
    (
        re.compile(r"(?:关于|印发|做好|报送).*(?:通知|通报|方案|意见|要点|公告|复函|函)(?:附件.{0,20})?$|格式$"),
        ABOUT_NOTICE,
    ),
    (
        re.compile(r"[一-鿿]{3,}(?:政府|政务)?信息公开(?:指南|制度|目录|规定|办法)(?:[(][^()]*[)])?$"),
        Phrase("a guide (指南) to what an organ publishes", "信息公开指南"),
    ),
    (
        re.compile(
            r"(?:召开|举办|举行|开展|组织|参加|部署|推进|强化).*(?:报告|年报|信息公开|政务公开)"
            r"|(?:报告|年报|信息公开|政务公开).*(?:会议|培训|座谈|调研|工作会|推进会|部署会)|^(?:近日|日前|[一-鿿]{2,3}(?<![资通简快])讯(?=[\s（(]|$))|[》〉](?:今日|正式)?(?:公布|发布|出炉)$"
        ),
        Phrase("news (动态) about reports", "关于报告的新闻动态"),
    ),
)
"""Words of a line above a text that is no report → what that is."""

PATH_MARK = re.compile(r" *[-–—/\\>›»→:：·]+ *")
"""What stands between the label of a group and that of a row in one text, where somebody joined them. A blank is none:
where a program ran cells or lines together, the label of a group may stand before any of its rows.
"""

NUMBERS_ALONE = re.compile(r"[\[\]\"'\s,|]*(?:\d[\d.]*[\[\]\"'\s,|]*)+")
"""A line of nothing but numbers, and marks between them."""

OLD_SECTIONS = re.compile(
    r"收费(?:及|和|与|以及)减免|依申请公开(?:政府信息)?(?:办理)?(?:工作)?情况$|咨询(?:处理|投诉)|不予公开政府信息|主要工作概述"
)
"""Headings of the reports before 2019, which were free in their form."""

STATISTICS = re.compile(
    r"(?:情况|工作)?统计(?:报)?表|统计数据$"
    r"|(?:情况|工作|数据)?(?:统计|月报|季报|半年报|对比|比较|对照|比对|总结|通报|小结|汇报)(?:报?表|情况)?(?=$|[(（][^()（）]*[)）]$)"
)
STATISTIC_LABELS = re.compile(
    r"统计指标|主动公开(?:政府)?信息数|收到申请(?:总)?数|申请办结数|当面申请数|依申请公开信息目录数"
)
"""Names of such statistics, and what stands in them."""

OTHER_STATISTICS = re.compile(
    r"(?!.*公开)[^,。;:，；：]{4,50}(?:数据|统计|台账|清单|(?:一览|汇总|统计|情况|明细)表)(?:[(（][^()（）]*[)）])?"
)
"""Title of a table of something else, in which words of the form may stand."""

TOLD_OF = re.compile(r"^(?:[【\[(（].{1,10}?[】\])）]|一?[图张][^|｜:：]{0,4}?[懂览解说][|｜:：\s]*|.{1,6}[|｜:：])")
"""Words before the title of a report of which a picture story or an explanation tells."""

OTHER_REPORT = re.compile(
    r"(?!.*公开)[^,。;:，；：]{4,60}(?:报告|总结|报表|决算|预算|工作计划)(?:[(（][^()（）]*[)）])?"
)
"""Title of a report on something else, which may have a section of the same name."""

YEAR_CELL = re.compile(r"((?:19|20)\d{2})年?度?(?:数|数量|件数|合计)?")
"""A cell in the heading of a table that compares years."""

FIRST_OF_FORM = 2019
"""The first year that reports in the national form are on."""

# --- characters --------------------------------------------------------------------------------------------------

TRADITIONAL = str.maketrans(
    "規範檔構與為業織發廢現機關處決數項許罰強實費額動單萬營務總計結維糾審訴訟議覆復後經訊請開資從報據應"
    "對屬國獲確認過類權護齊補滿無當複續轉達製沒舉訴納繳條級個點見類樣導則試試區際聯"
    "內辦執於繼訪詢穩祕爲採購組統體會濟減問題進況係這員團學廳監臨臺設醫銀隊專"
    "編寫匯責認嚴堅極緊圍斷將鎮鄉縣灣衛檢東門農漁環館圖書廣場電視氣稅財劃勞產協領黨牽頭積準",
    "规范档构与为业织发废现机关处决数项许罚强实费额动单万营务总计结维纠审诉讼议复复后经讯请开资从报据应"
    "对属国获确认过类权护齐补满无当复续转达制没举诉纳缴条级个点见类样导则试试区际联"
    "内办执于继访询稳秘为采购组统体会济减问题进况系这员团学厅监临台设医银队专"
    "编写汇责认严坚极紧围断将镇乡县湾卫检东门农渔环馆图书广场电视气税财划劳产协领党牵头积准",
)
"""Traditional → simplified, for the characters of the form's labels and of titles (mirrors of official pages); none
that is written alike, for where none of these is, nothing need be folded."""

FOLDED = TRADITIONAL | str.maketrans("０１２３４５６７８９：（）［］", "0123456789:()[]")
"""The same with half width, character for character: what is found in a folded text is at its place in the text."""

TAIWANESE = (("资讯", "信息"), ("专案", "项目"), ("资料", "数据"))
"""Words that mirrors replace, in simplified characters → as in the form."""

ANNEX = re.compile("附件|附表|附后|附：|附录")
"""Words that call tables that follow something else than those of the report itself."""

TABLE_TITLE = re.compile(r"[表册]|数据|情况|统计|汇总|明细|\d|[省市县区州旗乡镇局厅委办院所]")
"""Words in the title of a table, and hardly in the name of a page's menu."""
