"""``gipa-reports explain``: what a rule checks, what a diagnostic means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import click

from ..checks import FAMILIES, Rule, all_rules, rule_page
from ..codes import CODES, Code, Severity
from ..errors import CheckError
from ..frames.batch import SCAN_CODES
from ..limits import Limits
from ..outputs import Lang
from ..outputs.phrases import rules_by_code, severity_word
from ..outputs.rule_pages import FAMILIES_ZH, rule_page_zh
from ..outputs.wording import rule_name, rule_summary
from .bilingual import Command, Example, language_option, option, width
from .run import Run
from .writing import encode, open_output

_PROBLEMS = {**CODES, **SCAN_CODES}

_UNKNOWN: dict[Lang, str] = {"en": "There is no such code.", "zh": "没有这个代码。"}
_NEAR: dict[Lang, str] = {"en": " Do you mean {near}?", "zh": "是否指{near}？"}


@click.command(
    cls=Command,
    family="check",
    zh="""说明某条规则检查什么、某个问题代码是什么意思；不写代码则列出全部规则。

    代码可以是规则代码（A101）或其开头（A1）、规则名称、问题代码（row-missing）。""",
    examples=[
        Example("gipa-reports explain", "all rules", "全部规则"),
        Example("gipa-reports explain A101 row-missing", "a rule and a diagnostic", "一条规则和一个问题代码"),
    ],
)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="Format of the output.",
    zh="输出格式。",
)
@language_option()
def explain(codes: tuple[str, ...], format_: str, lang: Lang) -> None:
    """Tell what a rule checks or a diagnostic means; without CODE, list all rules.

    CODE is that of a rule (A101) or its beginning (A1), the name of a rule, or the code of a diagnostic (row-missing).
    """
    run = Run(lang, None, Limits(), None)
    try:
        text = _chosen(run, codes, format_) if codes else _all(format_, lang)
    except CheckError as error:
        run.refuse("explain", error)
    if run.exit_code:
        run.end()
    with open_output(None) as stream:
        stream.write(encode(text))


def _chosen(run: Run, codes: tuple[str, ...], format: str) -> str:
    pages = dict.fromkeys(page for code in codes for page in _pages(run, code))
    return "\n".join(pages if format == "markdown" else map(_plain, pages))


def _all(format: str, lang: Lang) -> str:
    return "".join(f"{line}\n" for line in (_list(lang) if format == "text" else _table(lang)))


def _pages(run: Run, code: str) -> list[str]:
    """The pages that a code asks for, in Markdown."""
    rules = all_rules()
    asked = [rule for rule in rules if code == rule.name or (code and rule.code.startswith(code.upper()))]
    found = [_rule_page(rule, run.lang) for rule in asked]
    if code.lower() in _PROBLEMS:
        found.append(_diagnostic_page(_PROBLEMS[code.lower()], run.lang))
    if not found:
        of_rules = (name for rule in rules for name in (rule.code, rule.name))
        known = {name.lower(): name for name in (*_PROBLEMS, *of_rules)}
        near = [known[name] for name in get_close_matches(code.lower(), known)]
        hint = _NEAR[run.lang].format(near=", ".join(near)) * bool(near)
        run.exit_code = 2
        run.say(code, Severity.ERROR, "unknown-code", _UNKNOWN[run.lang] + hint)
    return found


def _rule_page(rule: Rule, lang: Lang) -> str:
    return rule_page(rule) if lang == "en" else rule_page_zh(rule)


def _diagnostic_page(code: Code, lang: Lang) -> str:
    if lang == "en":
        return f"### {code.code}\n\n*diagnostic · severity {code.severity}*\n\n{code.en}\n\n{code.zh}\n"
    return f"### {code.code}\n\n*读取时的问题 · {_SEVERITY_ZH[code.severity]}*\n\n{code.zh}\n\n{code.en}\n"


_SEVERITY_ZH = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def _plain(page: str) -> str:
    """Markdown as our pages use it, without its marks."""
    lines = [line.removeprefix("### ") for line in page.split("\n")]
    return re.sub(r"\*\*|`|^\*|\*$", "", "\n".join(lines), flags=re.MULTILINE)


def _summary(rule: Rule, lang: Lang) -> str:
    return rule_summary(rule.code, rules_by_code(), lang)


def _list(lang: Lang) -> Iterator[str]:
    """All rules for people, family by family; columns are aligned by display width."""
    rules = all_rules()
    names = {rule.code: rule_name(rule.code, rules_by_code(), lang) if lang == "zh" else rule.name for rule in rules}
    kinds = {rule.code: severity_word(rule.severity, lang) for rule in rules}
    name_width, kind_width = (max(map(width, column.values())) for column in (names, kinds))
    for family in dict.fromkeys(rule.code[0] for rule in rules):
        heading = FAMILIES.get(family, "") if lang == "en" else FAMILIES_ZH.get(family, FAMILIES.get(family, ""))
        yield f"{family} · {heading}".rstrip(" ·")
        for rule in rules:
            if rule.code[0] == family:
                name, kind = _filled(names[rule.code], name_width), _filled(kinds[rule.code], kind_width)
                yield f"  {rule.code}  {name}  {kind}  {_summary(rule, lang)}{'' if rule.default else _OFF[lang]}"


_OFF: dict[Lang, str] = {"en": " (off by default)", "zh": "（默认不用）"}

_TABLE: dict[Lang, tuple[str, str, str]] = {
    "en": ("| code | name | severity | on by default | what |", "yes", "no"),
    "zh": ("| 代码 | 名称 | 类别 | 默认启用 | 检查什么 |", "是", "否"),
}


def _filled(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _table(lang: Lang) -> Iterator[str]:
    """All rules as one Markdown table."""
    heading, yes, no = _TABLE[lang]
    yield heading
    yield "| --- | --- | --- | --- | --- |"
    for rule in all_rules():
        what = _summary(rule, lang).replace("|", "\\|")
        name = rule.name if lang == "en" else rule_name(rule.code, rules_by_code(), lang)
        severity = severity_word(rule.severity, lang)
        yield f"| `{rule.code}` | {name} | {severity} | {yes if rule.default else no} | {what} |"
