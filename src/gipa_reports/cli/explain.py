"""``gipa-reports explain``: what a rule checks, what a diagnostic means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import click

from ..checks import Rule, all_rules, rule_page
from ..checks.registry import family_heading
from ..codes import CODES, Code
from ..errors import CheckError
from ..frames.batch import SCAN_CODES
from ..limits import Limits
from ..outputs import Lang
from ..outputs.phrases import rules_by_code, severity_word
from ..outputs.rule_pages import rule_page_zh
from ..outputs.wording import rule_name, rule_summary
from .bilingual import LANGUAGE, command, in_columns, options
from .run import Run
from .words import word
from .writing import write_document

_PROBLEMS = {**CODES, **SCAN_CODES}


@command(
    family="check",
    zh="""说明某条规则检查什么、某个问题代码是什么意思；不写代码则列出全部规则。

    代码可以是规则代码（A101）或其开头（A1）、规则名称、问题代码（row-missing）。""",
    examples=(
        ("gipa-reports explain", "全部规则", "all rules"),
        ("gipa-reports explain A101 row-missing", "一条规则和一个问题代码", "a rule and a diagnostic"),
    ),
)
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@options(
    ("--format format_", "输出格式。", "Format of the output.",
     {"type": click.Choice(["text", "markdown"]), "default": "text", "show_default": True}),
    LANGUAGE,
)  # fmt: skip
def explain(codes: tuple[str, ...], format_: str, lang: Lang) -> None:
    """Tell what a rule checks or a diagnostic means; without CODE, list all rules.

    CODE is that of a rule (A101) or its beginning (A1), the name of a rule, or the code of a diagnostic (row-missing).
    """
    run = Run(lang, None, Limits(), None)
    try:
        text = _text(run, codes, format_)
    except CheckError as error:
        run.refuse("explain", error)
    if run.exit_code:
        run.end()
    write_document(None, text)


def _text(run: Run, codes: tuple[str, ...], format: str) -> str:
    if not codes:
        return "".join(f"{line}\n" for line in (_list(run.lang) if format == "text" else _table(run.lang)))
    pages = dict.fromkeys(page for code in codes for page in _pages(run, code))
    return "\n".join(pages if format == "markdown" else map(_plain, pages))


def _pages(run: Run, code: str) -> list[str]:
    """The pages that a code asks for, in Markdown."""
    asked = [rule for rule in all_rules() if code == rule.name or (code and rule.code.startswith(code.upper()))]
    found = [rule_page(rule) if run.lang == "en" else rule_page_zh(rule) for rule in asked]
    if code.lower() in _PROBLEMS:
        found.append(_diagnostic_page(_PROBLEMS[code.lower()], run.lang))
    if not found:
        near = ", ".join(_near(code))
        run.wrong_use(code, "unknown-code", near=run.word("near-code", near=near) if near else "")
    return found


def _near(code: str) -> list[str]:
    """The codes and names that may be meant."""
    names = (*_PROBLEMS, *(name for rule in all_rules() for name in (rule.code, rule.name)))
    known = {name.lower(): name for name in names}
    return [known[name] for name in get_close_matches(code.lower(), known)]


def _diagnostic_page(code: Code, lang: Lang) -> str:
    if lang == "en":
        return f"### {code.code}\n\n*diagnostic · severity {code.severity}*\n\n{code.en}\n\n{code.zh}\n"
    return f"### {code.code}\n\n*读取时的问题 · {word(code.severity, 'zh')}*\n\n{code.zh}\n\n{code.en}\n"


def _plain(page: str) -> str:
    """Markdown as our pages use it, without its marks."""
    lines = [line.removeprefix("### ") for line in page.split("\n")]
    return re.sub(r"\*\*|`|^\*|\*$", "", "\n".join(lines), flags=re.MULTILINE)


def _facts(lang: Lang) -> Iterator[tuple[Rule, str, str, str]]:
    """Each rule with its name, its severity, and what it checks."""
    rules = rules_by_code()
    for rule in all_rules():
        words = rule_name(rule.code, rules, lang), severity_word(rule.severity, lang)
        yield rule, *words, rule_summary(rule.code, rules, lang)


def _list(lang: Lang) -> Iterator[str]:
    """All rules for people, family by family; columns are aligned by display width."""
    off = word("off-by-default", lang)
    lines = in_columns([(rule.code, *words, what + off * (not rule.default)) for rule, *words, what in _facts(lang)])
    family = ""
    for rule, line in zip(all_rules(), lines, strict=True):
        if rule.code[0] != family:
            family = rule.code[0]
            yield family_heading(family, lang)
        yield f"  {line}"


_TABLE: dict[Lang, tuple[str, str, str]] = {
    "en": ("| code | name | severity | on by default | what |", "yes", "no"),
    "zh": ("| 代码 | 名称 | 类别 | 默认启用 | 检查什么 |", "是", "否"),
}


def _table(lang: Lang) -> Iterator[str]:
    """All rules as one Markdown table."""
    heading, yes, no = _TABLE[lang]
    yield heading
    yield "| --- | --- | --- | --- | --- |"
    for rule, name, severity, what in _facts(lang):
        escaped = what.replace("|", "\\|")
        yield f"| `{rule.code}` | {name} | {severity} | {yes if rule.default else no} | {escaped} |"
