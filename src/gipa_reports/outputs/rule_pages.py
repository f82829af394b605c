"""The pages of the rules in Chinese, for ``explain`` and for ``docs/rules.zh-CN.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..checks import RULES, Rule
from ..checks.registry import by_family
from .phrases import rules_by_code, severity_word
from .rules_zh import RULES_ZH, RuleText
from .wording import rule_name, rule_summary

_STATUS_ZH = {"stable": "稳定", "preview": "试用"}
_EXAMPLE = re.compile(r"\*\*Example\.\*\* (.*?)(?=\n\n|\Z)", re.DOTALL)

_INTRODUCTION = """# 规则

[English](rules.md) · **中文**

`check` 按下列规则校核报告。每条规则有固定的代码，只增不改；`select` 和 `ignore` 可写代码或其开头（`A`、`A1`、`A101`）。

一条规则对每一列、每一行或每一句话各得出一个结果：**通过**、**不通过**（列为问题）、**无法判断**（所需的数字空白、缺失或不是数字）、
**不适用**，或**出错**（规则本身的故障）。没有问题不等于都没有错，未能检查的另行列出。

任何数字都不会被改动。只有当统一格式的勾稽关系只容许一种改法时，才提出建议。
"""


def rule_page_zh(rule: Rule) -> str:
    """Return the page of a rule in Chinese; that of a rule of another package says in English what it checks."""
    facts = [
        severity_word(rule.severity, "zh"),
        f"自{rule.since}版",
        _STATUS_ZH.get(rule.status, rule.status),
        f"适用于{'、'.join(rule.editions)}年版式",
        "默认启用" if rule.default else "默认不用",
    ]
    rules = rules_by_code()
    head = f"### {rule.code} {rule_name(rule.code, rules, 'zh')} `{rule.name}`\n\n*{' · '.join(facts)}*\n\n"
    text = RULES_ZH.get(rule.code)
    if text is None:
        return f"{head}{rule_summary(rule.code, rules, 'zh')}\n\n英文说明：\n\n{rule.docs}\n"
    return head + "\n\n".join(_paragraphs(rule, text)) + "\n"


def _paragraphs(rule: Rule, text: RuleText) -> Iterable[str]:
    """Yield what is said of a rule; the example is that of its English page."""
    yield text.what
    yield f"**理由。** {text.why}"
    example = _EXAMPLE.search(rule.docs)
    if example is not None:
        yield f"**示例。** {''.join(line.strip() for line in example[1].splitlines())}"
    yield f"**何时不作判断。** {text.undecided}"
    yield f"**依据。** {text.basis}"


def rules_page_zh(rules: Iterable[Rule] = tuple(RULES.values())) -> str:
    """Return the pages of all rules as one Markdown document; it is what ``docs/rules.zh-CN.md`` holds."""
    return "\n".join([_INTRODUCTION, *by_family(rules, "zh", rule_page_zh)])
