"""Words of titles, names and days: what a title has in it and around it, how organs are called, what time is meant.

All patterns are for text that is folded (``words.FOLDED``) and, except around a title, without white space.
"""

from __future__ import annotations

import re

from . import words

_Y = rf"(?<!\d)(?:(?:19|20)\d{{2}}|[二2][0{words.ZEROS}][0-9{words.ZEROS}{words.ONES}]{{2}})(?!\d)"
_TO = r"[-－–—~～至到]{1,2}"

# --- what time a title or sentence speaks of -------------------------------------------------------------------------

SPANS: tuple[tuple[str, str], ...] = (
    ("school_year", rf"{_Y}年?(?:(?:{_TO}|/)(?:{_Y}|\d{{2}}))?年?学年度?(?:第?[一二]学期)?"),
    ("half", rf"{_Y}年?度?(?:[上下]?半年度?|中期)"),
    ("quarter", rf"{_Y}年?度?(?:第?[一二三四1-4]季度?|前三季度)"),
    ("months", rf"{_Y}年度?[(]?(?:前\d{{1,2}}个月|\d{{1,2}}月?份?{_TO}(?:{_Y}年)?\d{{1,2}}月份?)[)]?"),
    ("years", rf"{_Y}年?度?(?:(?:{_TO}|[、和与及/])(?:{_Y}|\d{{2}}(?=年)))+年?度?"),
    ("month", rf"{_Y}年(?:\d{{1,2}}|[十{words.ONES}]{{1,2}})月份?(?!\d)"),
    ("year", rf"{_Y}(?![-./]\d)年?度?份?"),
)
"""Kind of time → how it is written; the first that fits is meant."""

# Each begins with a year, and where none can begin that is seen at once.
SPAN = re.compile(rf"(?=[12二])(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in SPANS)})")
YEAR = re.compile(rf"({_Y})")

HALVES = {"上": (1, 6), "下": (7, 12)}
QUARTERS = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12), "前三": (1, 9)}
QUARTER = re.compile(r"(前三|[一二三四1-4])季")

# --- what makes a title ----------------------------------------------------------------------------------------------

_WHOSE, _OF, _NEWS = "海关|环境|检察|企业|警务|司法", "政府|政务", "信息|资讯"
_AFFAIRS = "政务|院务|校务|检务|警务|狱务|审务|司法"
_ABOUT = rf"(?:(?:{_WHOSE})?(?:{_OF})?(?:{_NEWS})公开|(?:{_AFFAIRS})公开)"
_PART_OF_YEAR = r"第?[一二三四]?季度|前三季度|月度|[上下]?半年度?"
_BETWEEN = rf"(?:工作|情况|开展|执行|实施|年度|的|年|(?P<part>{_PART_OF_YEAR})|[(\[〔]?{_Y}年?度?[)\]〕]?){{0,7}}"
_FIRST = "".join(sorted({word[0] for word in f"{_WHOSE}|{_OF}|{_NEWS}|{_AFFAIRS}".split("|")}))
# It begins with one of few characters, and where none of them stands that is seen at once.
CORE = re.compile(
    rf"(?=[{_FIRST}])(?:{_ABOUT}{_BETWEEN}(?:总结|统计)?(?:报告|年报)|政[府务](?:信息|资讯)公开工作告年度报)"
)
"""The words that make a line the title of a report; ``part`` of a year says that it is no annual one."""

_REMARKS = (
    "征求意见稿|送审稿|审议稿|公示稿|草案|草稿|初稿|定稿|正式稿|全文|汇总|本级|修订版?|更正|更新|上网版|公开版|PDF版|WORD版"
    "|盖章版|附件|含附表|年报|年度报告|信息公开|公告|公示|通知|置顶|原创|转发|最新"
)
TITLE_FIELD = re.compile(r"(?:标题|题名|(?:文件|信息)?名称):?")
"""The name of the field beside which a list of fields has the title."""

REMARK = re.compile(rf"[【\[〔(<](?:{_REMARKS})[】\]〕)>]")
"""A remark in brackets, before or behind a title: part of it as it is printed, of no name."""

REMARK_FIRST = re.compile(r"^(?:[(\[【〔〖](?![^)\]】〕〗]*[图解读])[^()\[\]【】〔〕〖〗]{0,20}[)\]】〕〗])+")
"""Brackets before a name with whatever is in them, but what makes a report a picture story or an explanation."""

_ORGANS = "(?:局|厅|政府|委员会|街道|办事处|中心|[镇乡县区市])"
OWNER_BEHIND = (
    rf"(?:[(\[【](?P<owner>[一-鿿]{{2,40}}{_ORGANS})(?:{_Y}年度?)?[)\]】]"
    r"|——\s*(?P<signed>[一-鿿]{2,40}(?<!政府)(?<!网)))"
)
"""The organ behind the core of a title: 2023年政府信息公开工作年度报告（青石县民政局）."""
_OWNER_BEHIND = re.sub(r"\(\?P<\w+>", "(?:", OWNER_BEHIND)

PART_OF_NAME = re.compile("[局委办厅部处室院所校会队站馆心司原政街镇乡县区市分库场团园港关]")
"""Is in brackets behind a name that are part of it: （市人民防空办公室）, （分公司）."""

_NUMBER = rf"(?:\d{{1,2}}|[十{words.ONES}]{{1,3}})"
_DAY = rf"[二2][{words.ZEROS}{words.ONES}0-9]{{3}}年{_NUMBER}月(?:{_NUMBER}日)?"
_STAMP = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"

BEFORE_TITLE: tuple[tuple[str, str], ...] = (
    ("field_in_list", r"[-*•·]\s*标题\s*:\s*"),
    ("mark", r"[★☆●◆■▲※*•·►▶♦◎○▪◇□>#`]+\s*|[-—–]{1,4}\s+(?!\d{1,3}\s*[-—–])"),
    ("page", r"[Pp]age\s*\d{1,3}\s*[-–—:]?\s*|第\s*\d{1,3}\s*页\s*|[-—–]+\s*\d{1,3}\s*[-—–]+\s*"),
    ("stamp", rf"[(\[]?{_STAMP}[)\]]?\s*"),
    (
        "field",
        r"(?:meta-)?(?:og:title|(?:Article)?[Tt]itle|题名|标\s+题|标题(?=\s+[^\s:])|(?:文件|信息)?名\s*称)"
        r"(?:\s*:\s*|\s+)[\"']?",
    ),
    ("menu", rf"(?:(?:{words.MENU_ENTRIES})[\s|·/]*){{2,}}"),
    ("class", r"(?:分类|类别|类型|栏目)\s*:\s*[^|:]{1,12}[|]\s*"),
    (
        "annex",
        r"附件?\s*[\d一二三四五\-.]{0,5}\s*:\s*|附件(?:\s*\d{1,2}(?!\d)[.、]?\s*|\s*[一二三四五]?\s+)(?=[一-鿿\d])",
    ),
    (
        "ordinal",
        rf"(?:[(][{words.ORDINALS}\d]{{1,3}}[)]|[{words.ORDINALS}]{{1,3}}、|\d{{1,3}}(?:[、)]|[.](?!\d))|[①-⑳]|[Ⅰ-Ⅻ][.、\s]|\d{{1,2}}(?:[.]\d{{1,2}}){{1,2}}\s+|表\s*\d{{1,2}}[\s:、.]+|第[{words.ORDINALS}\d]{{1,3}}(?:部分|章|节|篇))\s*",
    ),
    ("document_number", r"[一-鿿]{2,12}\s*[〔\[(【]\s*\d{4}\s*[〕\])】]\s*第?\s*\d{1,4}\s*号\s*"),
    ("crumbs", r"(?:\S{2,20}\s+)?(?:[^\s,。;:]{0,12}(?:年报|年度报告|公开|网站?|平台|专栏|栏目)\s+)+(?=[一-鿿]{2,})"),
    ("path", r"(?:(?:您|当前|现在|所在|的){0,4}位置\s*:\s*)?(?:[^>›»:,。;]{1,30}[>›»]+\s*)+"),
    (
        "site",
        r"[^,。;:]{2,30}?(?:网站|门户网?|政务网|官网)(?:\s*[-_|–—:]+\s*|\s+|(?=[一-鿿]{2,8}[省市县区旗州镇乡]))",
    ),
)
"""Words that a page or document puts before a title in the same line, by name."""

_FIELDS = words.PAGE_FIELDS
_COUNTS = "浏览|点击|阅读|访问|字体|字号|作者|编辑|责编|责任编辑|审核"
BEHIND_TITLE: tuple[tuple[str, str], ...] = (
    (
        "remark",
        rf"\s*(?!{REMARK.pattern}|{_OWNER_BEHIND})[(\[【](?!\s*{_Y}[^日)\]】]*[)\]】]|[^)\]】]*(?:报告|图解|解读|[读看]懂|图说))[^()\[\]【】]{{1,40}}[)\]】]\s*$",
    ),
    ("field", rf"\s*(?:发布|成文|印发)?(?:日期|时间|来源|{_FIELDS}|{_COUNTS}(?:量|数|次数|人数)?)\s*:.*$"),
    ("field_beside", rf"\s+(?:{_FIELDS})\s+\S.*$"),
    ("day", rf"\s*[(\[【]?\s*(?:{_STAMP}|{_DAY})\s*[)\]】]?\s*$"),
    ("site", rf"(?<=[告报)])\s*(?!{_OWNER_BEHIND}$)[-_|–—]+\s*[^\d]{{2,40}}$"),
    ("attributes", r"\s*\{[^{}]*\}\s*$"),
    ("quote", r"[\"'*#★☆●◆■▲※`\s]+$|\s*[—–]{1,4}$"),
)
"""Words that they put behind it. Its end is looked for from the words that make the title on."""

FILE = re.compile(
    r"\s*(?:[(][\d副本]{1,3}[)])?\s*[.](?:pdf|PDF|docx?|DOCX?|wps|ofd|xlsx?|html?|zip|rar)\s*(?:[(][^()]{1,12}[)])?\s*$"
)
"""End of the name of a file, behind the title of the report that is in it."""

BEHIND_CORE = re.compile(
    rf"(?:书|全文|汇总|对比表?|比较表?|统计表?|[》>〉\"”]|的?(?:通知|公告|通告|公示|函|请示|批复|报告)|公布|{REMARK.pattern}|{OWNER_BEHIND}"
    rf"|[(\[〔【—–-]?(?:{SPAN.pattern.replace('?P<', '?P<rest_')})[)\]〕】]?|[:：])*"
)
"""Words that may follow in the title itself."""

ISSUES = re.compile(
    r"(?P<issuer>.*?)(?:关于(?:印发|转发|公布|发布|公开|报送|上报|呈报|下发|批转)|印发|转发|批转"
    r"|^(?:公布|发布|公开|报送|上报|呈报|下发)|(?:公布|发布|公开|报送|上报|呈报|下发)(?=[《<〈]|$))[《<〈]?(?P<owner>.*)"
)
"""A notice with which an organ gives out a report: its own, or that of another organ, which is then named."""

ENTRY = re.compile(rf"(?:报告|年报)[^一-鿿]{{0,8}}(?:{_STAMP}|{_DAY})\W*$")
"""End of a line of a list of reports: the day of each stands behind its title."""

# --- what is the name of an organ ------------------------------------------------------------------------------------

ITSELF = re.compile(r"我[们国]?|本(?!溪)")
"""Beginnings of what an organ calls itself: 我局, 本单位. That is no name; 本溪 is a city."""

SELF_NAMES = re.compile(r"[我本](局|镇|乡|街道|馆|院|校|中心|关|会|委|公司|集团)(?!限)")
"""Words by which what it calls itself tells the kind of organ."""

SELF_KINDS: dict[str, tuple[str, ...]] = {
    "街道": ("街道", "办事处"),
    "关": ("海关",),
    "校": ("学", "校", "学院", "幼儿园"),
    "公司": ("公司", "集团"),
    "会": ("会",),
    "局": ("局", "所", "中心", "队"),
}
"""Such a kind → what a name of the kind ends with or has in it, where that is not the kind itself."""

NO_NAME = re.compile(
    r"^(?:第[一二三四五六七八九十]部分|名称|标题|题名|所有|有关|相关|上级|历年|围绕|一年来|年报|年度|关于做好"
    r"|由|[各全该其在对将把按以为向从请如](?!国(?:海关|[一-鿿]{2,6}系统)|[一-鿿]{1,2}(?:[县市区旗镇乡州]|街道)))"
    r"|召开|开展|举办|做好|根据|按照|依照|依据|通过|落实|部署|解读|图解|读懂|看懂|一图|图说|速览|家单位|填报|上报|编报|年报|按时|如期|陆续|推进|完成|认真|审议|报送|督促|严格|要求|加强"
    r"|学习|贯彻|印发|公布|发布(?!中心)|转发|关于|进一步|全面|及时|编制(?!委|办)|条例|规定|行政机关"
    r"|各(?:部门|单位|乡镇|镇|街道)|领导下|报告|首页|办事服务|互动交流|数据开放|导航"
)
"""Signs that words are a clause, and not the name of an organ."""

NO_SUBJECT = re.compile(
    r"^全国|现将|我|本(?!溪)|在|以|是|参照|遵照|结合|围绕|对照|聚焦|坚持|依托|深入|加快|确保|依法|主动|以及|全体|职工|群众|公众|不断|持续|切实"
    r"|始终|积极|充分|大力|着力|立足|继续|共计|累计"
    r"|^(?:经济|高新技术|技术|产业)*(?:经开区|高新区|开发区|示范区|度假区|保税区|风景区|新区|园区)$"
)
"""Signs that words in a sentence are more than a name: what stands in no name and before many; or a zone that the
sentence does not name.
"""

GENERIC = re.compile(
    r"^(?:[省市县区州](?!中区|北区|南区)|[镇乡](?:党委|政府|人民政府|机关)|街道|党(?:中央|委|政|工委)|国务院|国办|中共中央)"
    r"|信息公开|政务公开|^(?:街道|镇|乡|县|区|市|社区|辖区|学校|医院|公司|银行|海关|乡镇街道|(?:[省市县区州]?(?:直属?|级|政府)的?)?(?:部门|单位)|(?:工业|产业|开发|高新)?园?区|(?:人民)?政府(?:办公室|办公厅|办)?|办公室)$|^[一-鿿]{2,6}[县区市州旗]分局$"
)
"""Names that any organ might have, or that those above it have."""

ENDINGS = (
    "人民政府", "政府", "街道办事处", "办事处", "街道", "委员会", "管委会", "办公室", "政府办", "编办", "局", "厅",
    "总署", "中心", "支队", "大队", "总队", "中队", "分行", "支行", "银行", "海关", "公司", "集团", "研究院",
    "研究所", "学院", "大学", "中学", "小学", "学校", "党校", "幼儿园", "医院", "卫生院", "保健院", "法院", "检察院",
    "联合会", "总工会", "工会", "红十字会", "联合社", "协会", "商会", "基金会", "档案馆", "图书馆", "博物馆",
    "文化馆", "体育馆", "管理处", "管理所", "司法所", "派出所", "税务所", "监管所", "事务所", "工作站", "气象台",
    "气象站", "监测站", "服务站", "海事处", "管理站", "林场", "农场", "牧场", "水库", "电视台", "出版社", "报社",
    "供销社", "供销联社", "供销合作社", "研究室", "调查队", "救援队", "执法队", "妇联", "残联", "文联", "科协",
    "社科联",
    "工商联", "贸促会", "团县委", "团区委", "团市委", "信用联社", "管理部", "卫健委", "发改委", "国资委", "住建委",
    "经信委", "教委", "民宗委", "农委", "城管委", "政务服务办", "信访办", "金融办", "人防办", "外事办", "网信办",
    "国动办", "政务办", "指挥部", "武装部", "组织部", "宣传部", "统战部", "开发区", "高新区", "新区", "经开区",
    "示范区", "园区", "度假区", "保税区", "风景区", "自治区", "自治州", "自治县", "自治旗", "苏木", "公积金",
    "生产建设兵团", "信访局", "水务集团",
)  # fmt: skip
"""Ends of the name of an organ."""

REGION_ENDING = (
    r"(?:(?<!全)省|(?<![超城都])市|县|(?<![社小辖地校片城])(?<!海关关)区|旗|(?<=[一-鿿]{2})州|(?<!乡)镇|(?<!各)乡|街道)"
)
"""Ends of the name of a place."""

REGION = re.compile(
    r"[省县旗州镇盟]|市(?!场|容|政(?![府务协法]))|区(?!域|块)|(?<!城)乡(?!村)|街道|苏木|^国家|^中国|^中共|海关|海事|气象|[一-鿿]{2}(?:大学|学院)"
)
"""Words that a name in a sentence has in it, so that it is the name of one organ and not of many."""

_ENDING = "|".join(sorted(ENDINGS, key=len, reverse=True))
ENDS_AS_ORGAN = re.compile(rf"(?:{_ENDING}|部|{REGION_ENDING})(?:[(][㐀-鿿]{{1,20}}[)])?$")

CUSTOMS = "海关"
ENDS_AS_HEAD = re.compile(rf"(?:{_ENDING}|[年度《的])$")
"""End of the words before a core that begins with 海关: with a name or a year it needs none of it."""

ENDS_AS_FULL = re.compile(rf"(?:{_ENDING})\s*$")
"""Is in what names an organ by more than its place, and nothing behind it."""

_OFFICE = (
    r"(?:(?:(?:党政|综合|政务公开|政府信息公开|信息公开|行政|秘书|宣传|政策|法规|法制|新闻|机关|人事|业务|督查|文秘|信息)+(?:综合)?"
    r"(?:办公室|办|科|股|室|处)|办公[室厅])(?:(?:综合|秘书|信息|文秘)+[科股室])?){1,2}"
)
"""An office within an organ, behind its name."""

# --- what first sentences say ----------------------------------------------------------------------------------------

_NAME = rf"(?P<name>[㐀-鿿()]{{0,38}}?(?:{_ENDING}|{REGION_ENDING})(?:[(][㐀-鿿]{{1,20}}[)])?)"
_DOES = (
    "深入|认真|严格|坚持|坚决|全面|积极|高度|紧紧|紧密|紧扣|围绕|始终|切实|持续|不断|按照|按|根据|依照|依据|依托|通过|结合|共(?![青产同])|未|收到|主动"
    "|将|对|继续|扎实|进一步|充分|大力|着力|立足|聚焦|贯彻|落实|以|在|为(?!民)|及时|依法|有序|有力|牢固|牢牢|突出|强化|加强|加大|推进|编制|秉持|秉承|向社会|向公众|向全社会|现公[布开]|现发布|形成|依申请公开|公开(?![办栏平领工区专])"
    "|遵循|把|党委|党组|党工委|政府信息公开|的政府信息公开|政务公开|现将|全年|累计|针对|规范|健全|完善|稳步|统筹|多措并举|精心|重视|十分|非常|严守|做好"
    "|制定|印发|出台|开展|完成|组织(?!部|人事)|公布|发布|领导|切实|着眼|锚定|坚定|依规|努力|紧抓|着重|注重|抓好|自觉|准确|有效|深化|稳妥|公开政府信息|牵头|特编制|特此|编写|积极|现就|现对"
)
_SPAN = rf"(?P<span>{SPAN.pattern})"
_LEAD = rf"(?:{_SPAN}(?:以来|来|期间|内)?|本年度|全年|一年来|今年以来|近年来|今年|过去一年|本报告年度)?"

SUBJECT = re.compile(rf"{_LEAD}{_NAME}(?:(?P<behind>{_Y}年度?))?(?:(?={_DOES})|$)")
"""A clause whose subject is the organ: a year may stand before or behind its name; a verb or the end follows."""

OPENING = re.compile(rf"(?:[我本][一-鿿]{{1,3}})?{_SPAN}(?!\d|年|初|底|末|前|后)")
"""The time with which a sentence opens, or behind what an organ calls itself."""

UP_TO = re.compile(rf"截[至止]到?(?P<span>(?P<year>{_Y})年)(?:12月(?:31日|底)|年?底|末)")
"""The day up to which a sentence counts, the last of a year."""

PUBLISHES = re.compile(
    r"(?:公布|发布|编制|编写|撰写|形成|公开|作出|现将|将(?!乐县))(?:了|并公布)?[《<〈]?"
    rf"(?P<name>[㐀-鿿()]{{0,40}}?)(?:{_ABOUT}工作)?(?:关于)?{_SPAN}(?:度|的)*(?P<behind>[㐀-鿿()]{{0,40}}?)(?={_ABOUT}|报告)"
)
"""Whose report of which year is published."""

QUOTES = re.compile(
    r"(?:公布|发布|编制|编写|撰写|形成|公开|作出|制作|起草|现将|将)(?:了|完成|本)?[《〈]([^《》〈〉]{6,80})[》〉]"
)
"""A report that is published, by its title."""

COMPILES = re.compile(
    rf"(?:由|报告是){_NAME}(?P<office>{_OFFICE})?(?=根据|依据|依照|按照|遵照|对照|结合|围绕|负责|牵头|组织|汇总|编制|编写|撰写|编撰|发布|公布|起草|制作)"
)
"""Words before the organ that compiles the report."""

CONTACT = re.compile(
    rf"(?:请与|请联系|请径与|请向|请致电|联系单位:?|联系部门:?){_NAME}(?P<office>{_OFFICE})?(?=联系|[(,。:;]|反映|咨询|$)"
)
"""Whom to ask about the report."""

IN_SHORT = re.compile(
    r"(?P<name>[㐀-鿿]{4,40})[(](?:以下|下)(?:简称|称)为?:?[“\"'‘「]?(?P<short>[㐀-鿿]{2,20})[”\"'’」]?[)]"
)
"""A name and what the text calls it from there on; words may stand before the name."""

BEFORE_NAME = re.compile(r".*(?:由|与|将|结合|联系|公布|发布)")
"""Words before a name in its clause."""

FILLED_IN_BY = re.compile(
    rf"(?:^|填报|报告|编制|编报|填表)(?:单位|机关|部门)(?:[(](?:盖章|公章|签章)[)])?:{_NAME}(?=[(,。;]|填报|填表|统计(?:时间|期间|日期|年度)|日期|时间|报告|年度|$)"
)
"""The field of a form that says whose it is."""

_DID = "公开|受理|办理|开展|组织|举办|新增|召开|制定|印发|更新|处理|答复"
CLAUSE_SPAN = re.compile(rf"(?:^|[,，。;；、]|[在对]){_SPAN}(?:来|期间|内)?(?=[,，共(]|{_DOES}|{_DID})")
"""The time with which a clause begins, before a comma or a verb."""

# --- lines that complete a title -------------------------------------------------------------------------------------

BEGINS_NAME = re.compile(
    r"(?!城市|副[省市县区镇乡]|[街乡]镇|行政区|创建)[一-鿿]{1,20}?(?:[省市县区旗州镇乡](?!市场)|苏木)"
)
"""The beginning of a line that may be the beginning of a name."""

BEGINS_AMID = re.compile(
    r"[县区旗州]|市(?![东西南北中]区)|乡(?!宁县)|镇(?![一-鿿]{1,2}[市县区])|街道|海关|族?自治[州县旗区]|族乡"
    r"|(?![城都超门夜])[一-鿿]市|(?![城乡村集])[一-鿿]镇|(?![城下])[一-鿿]乡(?!村)"
    r"|(?:国家级|省级)?(?:经济|济?技术|术|高新|工业|产业|综合保税|出口|开发区|保税区|新区|园区|示范区|度假区|经开区|风景名胜区)"
)
"""The beginning of a title that no name begins with: of a place the ending, of a zone all but the place."""

BEGINS_WITH_PLACE = re.compile(
    r"[^局会院务府厅]{2,6}?(?:[省市县区旗州盟镇乡]|街道|苏木)|[一-鿿]县|国家|中[国华共]"
    r"|[一-鿿]{2,4}(?:海关|海事|经济|高新|职业|师范|理工|科技|医学)"
)
"""The beginning of a title whose first words may be the first of a name."""

BRANCH = re.compile(
    r"[一-鿿]{0,8}(?:分局|分院|分行|支行|分公司|有限(?:责任)?公司)"
    r"|(?:管理|服务|事务|综合|执法)+(?:中心|局|处|所|站|支队|大队|办公室)"
)
"""The name of a part of an organ, or the end of that of one, which does not say whose it is."""

_PAGE_WORDS = (
    "附件|正文|文件|标题|打印|关闭|下载|详情|内容|分享|返回|登录|注册|搜索|检索|繁体|简体|长者|无障碍|版本|模式|政策|新闻|动态"
    "|要闻|头条|热点|资讯|快讯|概况|简介|公[示告开]|通[知告报]|公报|法规|规划|统计|部门|单位|机构|领导|服务|办事|互动|专题"
    "|联系|索引|主题|名称|日期|来源|作者|编辑|组配|体裁|有效|成文|发布|年度|我们|本级|门户|走进|魅力|[省市县区州镇乡]情"
)
_TOPICS = (
    "公安|司法|水务|气象|人社|财政|金融|教育|文化|体育|旅游|科技|卫生|健康|医疗|社保|就业|民生|民政|环保|环境|安全|应急|住房|建设|交通|农业|水利|林业"
    "|产业|企业|审计|税务|政务|市场|监管|综合|其他"
)
WORD_OF_NAME = re.compile(rf"(?!.*(?:{_PAGE_WORDS}))(?!(?:{_TOPICS}|[大中小])+$)[一-鿿]{{1,20}}")
"""A line that may be the beginning of a name."""

LAST_CHARACTERS = frozenset("省市县区旗州镇乡局厅府处会院校司所站队馆心学社办园道")
"""Characters that end the name of a place or an organ."""

BEHIND_NAME = re.compile(rf"{SPAN.pattern}|{_ABOUT}".replace("(?P<", "(?P<behind_"))
"""Words that a name in a title has behind it."""

OF_DOCUMENT = re.compile(
    rf"{words.PAGE_MARK.pattern}"
    r"|附件?[\d一二三四五]{0,2}:?|\W*|第?\d{1,3}页?|[一-鿿]{2,12}[〔\[(【]\d{4}[〕\])】]第?\d{1,4}号"
)
"""A line that may stand above the title of a document: that it is an annex, its number, that of the page."""


NAMELESS = re.compile(r"(?:国家级|省级)?(?:经济|高新|工业|综合保税|产业|出口)|气象|海事")
"""Beginning of the name of an organ, as those of zones, that does not say of which place."""

STATE = "中华人民共和国"
"""Words that may stand before the name of any organ of the state, though that has a place in it."""

IS_REGION = re.compile(rf"[一-鿿]{{2,20}}?{REGION_ENDING}|{STATE}")
"""A line with the name of a place, which a bureau below may lack."""

RANKS = (("国", "省", "自治区"), ("市", "州"), ("县", "区", "旗"), ("镇", "乡", "街道"))
"""Ends of the names of places, those of the greatest first."""

HALF_OF_NAME = re.compile(rf"[市县区旗州镇乡]?(?:{_ENDING})")
"""Beginning of a title that has only the end of its organ's name."""

OF_PAGE = re.compile(
    r"公开|网站|网$|平台|走进|我[省市县区旗州镇乡]|乡镇街道|专栏|首页|栏目|年报|信息(?!中心|化|产业)|目录|指南|[,，。；;：:>|]|当前|位置|导航"
)
"""Signs that a line is of the page, and no part of a name."""

ORGAN_AND_TIME = re.compile(
    rf"(?P<agency>[㐀-鿿()、]{{1,38}}(?:{_ENDING}|部|{REGION_ENDING})(?:[(][㐀-鿿]{{1,20}}[)])?)?(?P<time>{SPAN.pattern})?"
)
"""A line with the organ, the time, or both."""

YEAR_ALONE = re.compile(rf"[(\[〔【]?{_Y}年?度?[)\]〕】]?")
