"""``gipa-reports explain``: what a rule checks, what a diagnostic means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import click

from ..checks import FAMILIES, Rule, all_rules, rule_page
from ..diagnostics import CODES, Code, Severity
from ..errors import CheckError
from ..frames.batch import SCAN_CODES
from ..limits import Limits
from ..outputs import Lang
from ..outputs.wording import RULES_ZH
from .bilingual import Command, Example, language_option, option
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
        found.append(_diagnostic_page(_PROBLEMS[code.lower()]))
    if not found:
        of_rules = (name for rule in rules for name in (rule.code, rule.name))
        known = {name.lower(): name for name in (*_PROBLEMS, *of_rules)}
        near = [known[name] for name in get_close_matches(code.lower(), known)]
        hint = _NEAR[run.lang].format(near=", ".join(near)) * bool(near)
        run.exit_code = 2
        run.say(code, Severity.ERROR, "unknown-code", _UNKNOWN[run.lang] + hint)
    return found


def _rule_page(rule: Rule, lang: Lang) -> str:
    """The page of a rule; it is in English, in Chinese what the rule checks comes before it."""
    page = rule_page(rule)
    return page.replace(rule.docs, f"{_summary(rule, lang)}\n\n{rule.docs}") if lang == "zh" else page


def _diagnostic_page(code: Code) -> str:
    return f"### {code.code}\n\n*diagnostic · severity {code.severity}*\n\n{code.en}\n\n{code.zh}\n"


def _plain(page: str) -> str:
    """Markdown as our pages use it, without its marks."""
    lines = [line.removeprefix("### ") for line in page.split("\n")]
    return re.sub(r"\*\*|`|^\*|\*$", "", "\n".join(lines), flags=re.MULTILINE)


def _summary(rule: Rule, lang: Lang) -> str:
    if lang == "zh" and rule.code in RULES_ZH:
        return "：".join(RULES_ZH[rule.code])
    return " ".join(rule.docs.partition("\n\n")[0].split())


def _list(lang: Lang) -> Iterator[str]:
    """All rules for people, family by family."""
    rules = all_rules()
    width = max(len(rule.name) for rule in rules)
    for family in dict.fromkeys(rule.code[0] for rule in rules):
        yield f"{family} · {FAMILIES.get(family, '')}".rstrip(" ·")
        for rule in rules:
            if rule.code[0] == family:
                off = "" if rule.default else " (off by default)"
                yield f"  {rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {_summary(rule, lang)}{off}"


def _table(lang: Lang) -> Iterator[str]:
    """All rules as one Markdown table."""
    yield "| code | name | severity | on by default | what |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in all_rules():
        what = _summary(rule, lang).replace("|", "\\|")
        yield f"| `{rule.code}` | {rule.name} | {rule.severity} | {'yes' if rule.default else 'no'} | {what} |"
