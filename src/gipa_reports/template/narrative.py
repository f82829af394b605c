"""The words in which the prose of a report states figures, by what they are for.

``WORDS`` maps a kind of word to its words; where a kind tells several things apart, by the value that each stands for
(the row of a result, the column of an applicant). Longer words win over shorter ones at the same place, so a word that
hides another (公共 hides 共) is listed too. ``NOUNS`` are those that are put together from parts, as regular
expressions. All are compared with text in simplified characters, half width, without white space.
"""

from __future__ import annotations

from .forms import DENIED, FORMS, NOT_PROCESSED, OTHER, UNAVAILABLE
from .words import PARTS

_ROWS = {row.id: row.short for row in FORMS["requests", "2021"].rows}
_DECISIONS = {row.id: row.short for row in FORMS["disclosure", "2021"].rows}
_COLUMNS = {column.id: column.label for column in FORMS["requests", "2021"].blocks[0].columns}
FEES = _DECISIONS["fees"]


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KINDS: dict[str, str | dict[str, str]] = {
    # --- when ---
    "THIS": "本年度 本年 今年以来 今年 全年度 全年 年内 当年 报告期内 年度内 一年来",
    "LAST": "上一年度 上一年 上年度 上年 去年 前一年",
    "NEXT": "下一年度 下一年 下年度 下年 次年 明年",
    "OTHER_TIME": (
        "上半年 下半年 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 季度 同期 历年 往年 以来 "
        "近两年 近三年 近五年 月份 截至目前 目前为止"
    ),
    "ASIDE": (
        "提前 同一 当日 当天 即时 模拟 月均 日均 年均 周均 计划 预计 拟 力争 目标 平均 延期答复 延长答复 逾期答复 "
        "逾期未 补正 每年 每月 每件 最多 最少 最高 至少 不少于 不超过 以上 以下"
    ),
    "RESPECTIVELY": "分别",
    "PLAN": "下一步 今后 下步 接下来",
    "COMPARED_WITH": "相比 相比较 相较",
    "COMPARED": "比 较 同比 环比 增加 增长 上升 减少 下降 降低 多了 少了 由原来的 占 占比",
    "BROUGHT": (
        "降至 降为 降到 增至 增为 增到 增加到 增加至 增长到 增长至 减少到 减少至 减至 下降到 下降至 上升到 上升至"
    ),
    # --- what is done ---
    "RECEIVE": "收到 共收 接群众 接公众 接公民 接市民 收悉 接收 接到 接收到 收取到 收件 接收了 接受 接获 接办",
    "NEW": "新收到 新收 新增 新受理 新接收 新接到 新登记",
    "ACCEPT": "受理 登记 登记受理 接受并受理 立案受理",
    "SUBMIT": "提出 提交 递交 提请 申报 寄来 发来",
    "HANDLE": "办理 处置 已办理 处理 承办 经办 登记办理 受理办理 流转",
    "ANSWER": (
        "办结 在办结 已办 已办结 已办毕 已办复 已办理完毕 已办理完结 已办理答复 办毕 办理完毕 办理完结 办理完成 "
        "处理完毕 答复 回复 答复完毕 办理答复 答复办结 作出答复 完成答复 予以答复 给予答复 依法答复 按期答复 办复 "
        "办理并答复 处理答复 书面答复"
    ),
    "CARRY": {
        "out": "跨年度结转 跨年结转",
        "": "结转 转结 结转至 结转到 结转入 转接 顺延至 顺延到 顺延 延续至 延至 遗留 留转 结存 留待",
    },
    "MOVE": "转入 转至 转到 转来 移至 转",
    "PENDING": (
        "正在办理 正在办理中 正在依法办理 正在依规办理 正在依法依规办理 尚在办理 尚在办理中 在办理 正在按程序办理 "
        "在法定期限内办理 仍在办理 在办 未办结 尚未办结 未办理完毕 办理中 尚未答复 未到期 尚未到期 未到法定办理期限 "
        "未到法定期限 未到办理期限 未到答复期限 尚未到答复期限 尚在答复期限内 尚在办理期限内 尚在期限内 未届期限 "
        "正在处理 正在征求第三方意见 尚在征求第三方意见 待办 待办理 跨年度办理 跨年办理"
    ),
    "HAPPEN": (
        "发生 引发 引起 产生 出现 提起 被提起 涉及 存在 涉 被申请 被诉 作为被告 被 因 由于 对 就 起因于 导致 造成"
    ),
    "ROLE": "审理 审结 代理 答辩 出庭 旁听 办理各类 调解 审查 受理各类 裁决",
    "ISSUE": "制定 制发 印发 出台 新制定 新制发 制定出台 制定印发 制定发布 制作",
    "REPEAL": "废止 宣布废止 公布废止",
    "IN_FORCE": "现行有效 现行有效的 当前有效 目前有效",
    "DECIDE": "作出 做出 采取 实施 下达 准予 办理了",
    "CHARGE": "收取 收费 收缴 计收 实收 共收取",
    # --- what it is done to; more of them under NOUNS ---
    "NORMATIVE": {
        "normative_documents": f"{_DECISIONS['normative_documents']} 规范性文件",
    },
    "REGULATION": {
        "regulations": f"政府{_DECISIONS['regulations']} 市政府{_DECISIONS['regulations']} {_DECISIONS['regulations']}",
    },
    "DECIDED": {
        "licensing": f"{_DECISIONS['licensing']} 许可决定",
        "penalties": f"{_DECISIONS['penalties']} 处罚决定 处罚决定书",
        "coercion": f"{_DECISIONS['coercion']}措施 {_DECISIONS['coercion']} 强制决定",
    },
    "DECISION": "决定 处理决定 决定书 决定数量 处理决定数量",
    "FEES": {
        "fees": f"{FEES} {FEES}金额 {FEES.replace('性', '型')}",
        "processing_fee": "信息处理费 信息处理费用 信息公开费 信息公开费用 信息公开处理费 费用 检索费 复制费 邮寄费",
    },
    "REDUCED": "减免 免收 免除 减收 退还 退 免缴 标准",
    "INFORMATION": "政府信息公开 政务信息公开 信息公开 政府信息 政务信息 信息",
    "RESULT": {
        "granted": f"{_ROWS['granted']} 同意公开 全部公开 全部予以公开 予以全部公开 准予公开 决定公开",
        "partially_granted": (
            f"{_ROWS['partially_granted']} 部分予以公开 予以部分公开 部分同意公开 同意部分公开 区分处理公开"
        ),
        "denied": f"{DENIED.short} 不同意公开 不公开 决定不予公开 未予公开",
        "unavailable": f"{UNAVAILABLE.short} 无法提供信息 不能提供",
        "not_processed": f"{NOT_PROCESSED.short} 不再处理 不予受理及处理",
        "other": f"{OTHER.short} 作其他处理 其它处理 按其他处理",
    },
    "OPENED": {
        "granted": "公开",
    },
    "REST": {
        "other": "其他 其它 其他情形 其他情况",
    },
    "DETAIL": {
        "denied.state_secret": "属于国家秘密 涉及国家秘密",
        "denied.prohibited_by_law": "法律行政法规禁止公开 法律法规禁止公开",
        "denied.security_and_stability": "三安全一稳定",
        "denied.third_party_rights": "第三方合法权益",
        "denied.internal_affairs": "内部事务信息",
        "denied.deliberative_process": "过程性信息",
        "denied.enforcement_files": "行政执法案卷 执法案卷",
        "denied.administrative_inquiry": "行政查询事项",
        "denied": "商业秘密 个人隐私 国家秘密",
        "unavailable.not_held": (
            "本机关不掌握相关政府信息 本机关不掌握相关信息 不掌握相关政府信息 不掌握相关信息 不掌握该信息 不掌握"
        ),
        "unavailable.needs_compilation": "没有现成信息需要另行制作 没有现成信息,需要另行制作 需要另行制作 没有现成信息",
        "unavailable.still_unclear": "补正后申请内容仍不明确 补正后内容仍不明确 补正后仍不明确 仍不明确",
        "unavailable": "政府信息不存在 信息不存在 非本机关公开 不属于本机关公开 不属于本机关",
        "not_processed.petition_or_complaint": (
            "信访举报投诉类申请 信访举报投诉类 信访投诉举报类 信访、举报、投诉类 属于信访事项 属信访事项"
        ),
        "not_processed.duplicate": "重复申请",
        "not_processed.publication": "要求提供公开出版物 公开出版物",
        "not_processed.excessive": "无正当理由大量反复申请 大量反复申请",
        "not_processed.confirmation": "确认或重新出具 重新出具",
        "other.correction_overdue": "逾期不补正 逾期未补正",
        "other.fee_overdue": "逾期不缴费 未按收费通知要求缴纳费用",
    },
    "OUTCOME": {
        "upheld": "结果维持 予以维持 获维持 被维持 维持原行政行为 维持",
        "corrected": "结果纠正 被纠正 予以纠正 纠正 被纠错 纠错",
        "pending": "尚未审结 未审结 正在审理 尚在审理 审理中 正在审理中 尚在审理中 未结 均未审结 均尚未审结",
        "other": "其他结果",
    },
    "STAGE": "一审 二审 再审",
    # --- who ---
    "APPLICANT": {
        "natural_person": f"{_COLUMNS['natural_person']} 公民个人 公民 个人 个体",
        "organisations": (
            "法人或其他组织 法人和其他组织 法人及其他组织 法人、其他组织 法人或者其他组织 法人或其它组织 "
            "法人和其它组织 法人与其他组织 法人 其他组织 其它组织 组织 企事业单位 单位和组织"
        ),
        "business": f"{_COLUMNS['business']} 企业",
        "research": f"{_COLUMNS['research']}",
        "public_interest": f"{_COLUMNS['public_interest']} 公益组织",
        "legal_service": f"{_COLUMNS['legal_service']} 律师事务所",
    },
    "CHANNEL": (
        "网络 网上 线上 线下 网站 政府网站 门户网站 政府门户网站 市政府门户网站 县政府门户网站 区政府门户网站 "
        "市政府网站 县政府网站 区政府网站 镇政府网站 平台 网上平台 信函 邮寄 邮件 电子邮件 邮政 快递 传真 当面 现场 "
        "书面 窗口 电子 在线 口头 当场"
    ),
    "VIA": "通过 经由 借助 依托",
    "ANY_FORM": (
        "任何形式 各种形式 等形式 等各种形式 各种渠道 任何渠道 各种方式 等各类 等各种 等渠道 等方式 等途径 等多种渠道 "
        "等多种方式 任何方式"
    ),
    "UNIT": {
        "below": "下属单位 直属单位 所属单位 二级单位 所属二级单位 基层单位 科室 各科室 派出所 分局 下属分局",
        "office": "县政府办公室 市政府办公室 区政府办公室 政府办公室 县政府办 市政府办 区政府办 政府办 府办",
        "": (
            "县政府本级 市政府本级 区政府本级 本级 局机关 委机关 机关本级 县政府 市政府 区政府 镇政府 各部门 部门 "
            "各乡镇 乡镇 各镇 各街道 街道 各单位 市本级 县本级 区本级 省本级 镇街 各镇街"
        ),
    },
    "WIDER": (
        "全省 全市 全县 全区 全州 全旗 全系统 全市行政机关 全县行政机关 全区行政机关 各级行政机关 全市各级 全县各级"
    ),
    # --- how it is said ---
    "NEGATION": (
        "未 没有 无 不存在 未曾 尚未 从未 尚无 暂无 暂未 均未 均无 并未 没 未有 无人 没有人 无一人 无任何人 不涉及 "
        "未涉及 无一件 无一起 无一例 没有一件 没有一起 未发现"
    ),
    "ZERO": "为零 零",
    "ALL": "均 全部 所有 都 一律 全数 皆",
    "EACH": "各",
    "EXCEPT": "除 其余 其他均 到期 应答复 应予答复 应办结 应当答复 剩余 部分已 大部分 多数 基本 符合",
    "PART": {
        "": "其中 含 包括 包含 内含",
        "without": "不含 不包括",
    },
    "ABOUT": "关于 有关 属于 针对 集中在 分布在",
    "AND": "和 与 及 以及 或 或者 并 及其 同 并且",
    # --- what is something else ---
    "OTHER_BUSINESS": (
        "12345 热线 工单 留言 网民 来信 来访 来电 来函 信箱 信访 信访件 邮箱 建议 提案 议案 投诉 举报 咨询 诉求 "
        "政务服务 政务大厅 大厅 民生 公文 低保 救助 审批 赔偿 企业登记 婚姻登记 车辆登记 户口登记 抵押登记 不动产 "
        "户籍 补贴 贷款 退役 申领 注册 备案 办件 舆情 仲裁 检察 稿件 主动公开 行政应诉 政协 人大 执法检查 立案 "
        "行政检查 公平竞争"
    ),
    "HELP": "指导 协助 协调 会同 会办 配合 督促 牵头 转办 转送 移送 移交",
    "STEP": "撤回 更正 意见 研判 会商 培训 征求意见 不予受理 审核 合法性审查 合法性审核",
    "OTHER_CAUSE": "土地征收 征地拆迁 征地 房屋征收 拆迁 工伤认定 治安管理 土地确权 劳动保障 食品安全 交通管理",
    "INSPECT": "抽查 评查 核查 复查 督查 检查 回访 剖析",
    "NARROW": (
        "败诉 撤销 超期 超时 逾期 不满意 不满 异议 违规 违法 泄密 失泄密 重复 追责 责任 减免费用 较大 重大 不及时 "
        "不当 不规范 应 需"
    ),
    # --- what says nothing, and is left out ---
    "FILLER": {
        "": (
            "共计 总共 合计 总计 共 总 计 为 有 达 达到 是 了 已 已经 按时 按期 如期 依法 依规 按规定 按照规定 "
            "依法依规 在规定时限内 在规定期限内 在法定期限内 法定期限内 规定时限内 期限内 于年内 按流程 按程序 案件 "
            "案件数 案件数量 办件数 事项 事件 数量 总数 总量 件数 量 数 情况 情形 各类 各种 相关 本机关 本单位 本局 "
            "我局 我委 我办 我厅 我市 我县 我区 我镇 我乡 我街道 我中心 我单位 本办 本部门 本街道 本镇 向 要求 "
            "社会公众 公众 群众 居民 村民 市民 申请人 社会 任何单位和个人 任何单位或个人 任何单位 任何组织和个人 "
            "任何组织或个人 任何 人 一件 方面 类 过 于 现 到 等 来自 累计 另 另有 还 也 尚有 仍有 尚 最终 实际 继续 "
            "继续办理 未经 均未经 在 从 截至 截止 年底 底 末 止 连同 加 年度 问题 范围 该项 该类 此项 此类 方式 以 而 "
            "现象 工作 数目 原告 及时 所 具体 同时 其 引发了 项目 结果 全国 业务 “ ” \" ' ‘ ’ 《 》"
        ),
    },
    "OTHER_WORD": (
        "公共 共同 共享 共建 中共 未来 无法 无障碍 无纸化 无故 无关 无误 无偿 无缝 无效 无正当理由 无论 无线 有无 "
        "申请人不服 办理流程 办理时限 办结率 答复率 办理率 答复书 告知书 申请渠道 申请流程 申请条件 申请材料 申请指南 "
        "处理意见 收费标准 收费目录 收费项目 收费依据 公开栏 公开目录 公开指南 公开条例 各项 各级 各地 比例 比如 对比 "
        "较为 较好 较多 较少 较快 较高 均衡 人均 案例 及时性 除了 无锡 总体 规章制度 有效性 有效期 有效提升 有效推进 "
        "有效保障 有效落实 有效提高 有效回应 转变 转载 转发 一起研究 没收 零距离 零星 零售 零容忍 零跑腿 零障碍 应用 "
        "应急 需求 量化 数据 人员 人民 人次 计算 统计 总结 现场会 到位 等级 同步 公开工作 公开办 都市 处理中心 第三方 "
        "第三人 合并 受理机关 复议机关 受理情况 办理情况 处理情况 答复情况 接收情况 办理结果 处理结果 办理质量 "
        "办理方式 办理水平 组织开展 组织召开 组织学习 组织参加 组织领导 个人信息 就业 被动 因地制宜 因此 在线访谈"
    ),
}
"""Kind of word → its words, or value → words; parted by spaces."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    kind: {value: _list(words) for value, words in ({"": told} if isinstance(told, str) else told).items()}
    for kind, told in KINDS.items()
}
"""Kind of word → value → words."""

BESIDE = ("尚有", "还有", "仍有", "另有", "其余", "余下", "剩余")
"""Words before a figure that is left of all."""
SUM_ENDINGS = ("共", "共计", "合计", "总计", "总共")
"""Words before a figure that adds up those before it, or that a heading leaves without a noun."""
UNIT_ENDINGS = tuple(
    "科 股 处 局 委 办 镇 乡 街道 中心 所 站 队 院 厅 部 县 区 市 办公室 部门 单位 公司 管委会 委员会".split()
)
"""Ends of unknown text that names a unit, where it stands before a verb."""

_TAIL = (
    "(?:类|件数|件|书|表|信件|函件|事项|办件|案件|案|业务|诉求|数量|总数|总量|数|量|办理|受理|情况|工作|信息公开|请求"
    "|的)*"
)
_GOVERNMENT = "(?:政府|政务|公共)"
_NOT = "(?!人|者|(?:行政)?复议|减免)"
_CASE_TAIL = "(?:申请|案件|案|事项|事件|纠纷|通知书|通知|数量|数|量|情况|的)*"

NOUNS: dict[str, dict[str, str]] = {
    "APPLICATION": {
        "": rf"(?:(?:{_GOVERNMENT}?信息)?依法?申请{_NOT}(?:公开)?的?{_GOVERNMENT}?(?:信息)?(?:公开)?的?"
        rf"(?:(?:相关|有关)?申请{_NOT})?"
        rf"|{_GOVERNMENT}?信息公开(?:方面|类|事务|工作)?的?申请{_NOT}"
        rf"|公开{_GOVERNMENT}?信息的?申请{_NOT}|公开申请{_NOT}"
        rf"|申请(?:获取|公开|查询)?(?:相关|有关|的)*{_GOVERNMENT}信息(?:公开)?的?(?:申请{_NOT})?|申请公开的?(?:相关|有关)?信息(?:公开)?"
        rf"|申请(?:{_GOVERNMENT}?信息)?公开"
        rf"|要求公开的?{_GOVERNMENT}?信息的?(?:申请{_NOT})?"
        rf"|{_GOVERNMENT}信息(?:公开)?的?(?:申请{_NOT}|(?=事项|办件))){_TAIL}"
    },
    "BARE_APPLICATION": {"": rf"申请{_NOT}{_TAIL}"},
    "LAWSUIT": {
        "litigation_direct": (
            "(?:未经(?:行政)?复议)?(?:即|而)?直接(?:向(?:人民)?法院)?(?:提起)?(?:行政)?(?:起诉|诉讼)(?:的)?"
            + _CASE_TAIL
        ),
        "litigation_after_reconsideration": (
            "(?:经|经过|不服)?(?:行政)?复议(?:决定)?"
            "(?:后(?:又|再|仍)?(?:不服)?(?:提起|被提起)?|提起)(?:行政)?(?:起诉|诉讼)" + _CASE_TAIL
        ),
        "litigation": f"(?:行政)?(?:被诉讼|诉讼|应诉|起诉|被诉(?=(?:案件)?共?[\\d一二两三四五六七八九十])){_CASE_TAIL}",
    },
    "REVIEW": {"reconsideration": f"(?:申请|提起)?(?:行政)?复议(?!机关|机构){_CASE_TAIL}"},
}
"""Kind of noun → value → the expression of its wordings."""
NOUN_STARTS = frozenset("政务公共信依申要直未经不复行诉应起提被")
"""The characters that they begin with."""

ON_REQUEST_TITLE = "依法?申请|申请公开|公开申请|受理申请|申请(?:的)?(?:受理|办理|处理|答复|情况)"
"""Words in a heading above what is told of applications."""

OTHER_TITLES = tuple(name for part, names in PARTS.items() if part != "disclosure_on_request" for name in names)
"""Beginnings of headings of other parts."""

TITLE_MARK = (
    r"[#*\s]*(?:(?P<bracket>[(（〔\[][一二三四五六七八九十\d]{1,2}[)）〕\]])|(?P<han>[一二三四五六七八九十]{1,2}[、.．])"
    r"|(?P<digit>\d{1,2}[、.．)）](?!\d))|(?P<circled>[①-⑳⒈-⒛❶-❿])|(?P<nth>(?:第[一二三四五六七八九十]|首先|其次|再次|最后)[,，、])"
    r"|(?P<first>[一二三四五六七八九十]是)|(?P<bullet>[●◆■▲★○◇◎※•·▪➢►☆—-])|(?P<box>【))\s*"
)
"""Beginnings of a heading within a section: the name of the group is its style."""

DISCLOSURE = _list("依申请公开 申请公开 公开申请 信息公开")
"""Words of a sentence about disclosure, wherever it stands."""
MATTERS = _list("申请 复议 诉讼 应诉 规范性文件 规章 行政许可 行政处罚 行政强制 处罚决定 许可决定 行政事业")
"""A sentence without one of these, or a sum of money, states nothing that can be checked, unless it stands in the part
about applications.
"""
FIGURES_AND_DENIALS = (
    r"[\d０-９)）](?:[件起宗份例条个项次封张笔桩单批元]|人次|万元)|[一二两三四五六七八九十百零〇千壹贰叁肆伍陆柒捌玖拾佰]+[件起宗份例条次项封张]"
    r"|[未无没零均]|不存在|不涉及|全部|所有|[为:：][0０]"
)
"""And one of these, figures or what stands for them."""

FILES = r"公开属性|属性为|公文|收文|发文|制文|文件\d+[件份]"
"""Words of a sentence that sorts documents by how they are published (依申请公开的50件)."""
COUNTERS = "件次|批次|[件宗起份例笔桩单]"
"""Measure words of applications and cases, whatever stands around them."""
LOOSE_COUNTERS = "人次|[条个项次封张]"
"""Measure words of many things: only beside the noun itself."""
FORMAL_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""The numerals of invoices, as the common ones."""
NO_COUNTERS = (
    r"%|‰|个?工作日|个月|年|天|日|小时|分钟|名|人(?!次)|台|家|篇|期|场|页|个百分点|个百分比|倍|万|亿|成|岁|公里"
    r"|[a-zA-Z]"
)
"""Words behind figures that count something else."""
