"""The table of rules: ours, family by family, and those that other packages bring.

A package brings rules by an entry point in the group ``gipa_reports.rules`` that names a ``Rule`` or an iterable of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import groupby

from ..errors import CheckError, UnknownIdError, WrongTypeError
from ..memo import remembered
from ..messages import Lang, Phrase, in_language
from . import arithmetic, blanks, completeness, contents, hierarchy, narrative, plausibility, years
from .model import Outcome, Rule, errored

GROUP = "gipa_reports.rules"

FAMILIES: dict[str, Phrase] = {
    "A": Phrase("Arithmetic: the identities of the form", "表内勾稽：标准表的各项恒等关系"),
    "C": Phrase(
        "Completeness: what the form asks for, and who speaks of which year", "完整：标准表要求的内容，以及机关和年度"
    ),
    "N": Phrase("Narrative: what the prose says, against the tables", "正文：正文所说与表格是否一致"),
    "Y": Phrase("Years: this year against the year before", "年度：与上年报告核对"),
    "H": Phrase("Hierarchy: a report against those of its units", "上下级：与下属单位的报告核对"),
    "P": Phrase("Plausibility: hints", "合理性：只作提示，选用时才检查"),
}
"""First letter of a code → what the family is about."""

RULES: dict[str, Rule] = {
    rule.code: rule
    for family in (arithmetic, blanks, completeness, contents, narrative, years, hierarchy, plausibility)
    for rule in family.RULES
}
"""Our own rules by code."""


def installed_plugins() -> tuple[EntryPoint, ...]:
    """The entry points of other packages, in the order of their names."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


@cache
def _plugins() -> tuple[dict[str, Rule], tuple[Outcome, ...]]:
    """The rules of other packages, and an outcome for each entry point that could not be loaded."""
    rules: dict[str, Rule] = {}
    broken: list[Outcome] = []
    for point in installed_plugins():
        try:
            loaded = point.load()
            found = [loaded] if isinstance(loaded, Rule) else list(loaded)
            if not all(isinstance(rule, Rule) for rule in found):
                raise TypeError("the entry point names no Rule")
        except Exception as error:
            broken.append(errored(point.name, error))
            continue
        for rule in found:
            other = RULES.get(rule.code) or rules.get(rule.code)
            if other is not None:
                en = f"the rule {rule.name} of {point.value} has the code of {other.name}; uninstall one of them"
                zh = f"{point.value}的规则{rule.name}与{other.name}代码相同，都是{rule.code}；请卸载其中一个。"
                raise _clash(rule, en, zh)
            rules[rule.code] = rule
    return rules, tuple(broken)


def _clash(rule: Rule, en: str, zh: str) -> CheckError:
    expected = Phrase("a code of its own", "不与其他规则相同的代码")
    return CheckError(en, code="rule-clash", expected=expected, found=rule.code, zh=zh)


def broken_plugins() -> tuple[Outcome, ...]:
    """An errored outcome for each entry point that could not be loaded; its code is the entry point's name."""
    return _plugins()[1]


def all_rules() -> tuple[Rule, ...]:
    """Every rule, ours first, each family in the order of its codes. Raises ``CheckError`` for a code that clashes."""
    return (*RULES.values(), *_plugins()[0].values())


@remembered(64)
def select_rules(select: tuple[str, ...] | None = None, ignore: tuple[str, ...] | None = None) -> tuple[Rule, ...]:
    """The rules whose code begins with one of ``select`` (those on by default where it is None) and none of ``ignore``.

    Raises ``CheckError`` for a prefix that no code begins with.
    """
    return _select(all_rules(), select, ignore)


def select_with(
    own: tuple[Rule, ...], select: tuple[str, ...] | None, ignore: tuple[str, ...] | None
) -> tuple[Rule, ...]:
    """As ``select_rules``, with rules that are not installed, which come last.

    Raises ``CheckError`` for one that has the code of another, too.
    """
    # Not remembered: two rules of one code are equal, whatever their functions.
    return _select((*all_rules(), *_distinct(own)), select, ignore) if own else select_rules(select, ignore)


def _distinct(own: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """``own``, if each has a code of its own."""
    known = {rule.code: rule for rule in all_rules()}
    for rule in own:
        if not isinstance(rule, Rule):
            raise WrongTypeError.of("rules", "Rule", rule)
        other = known.setdefault(rule.code, rule)
        if other is not rule:
            en = f"the rule {rule.name} has the code of {other.name}; give it another"
            raise _clash(rule, en, f"规则{rule.name}与{other.name}代码相同，都是{rule.code}；请另取代码。")
    return own


def _select(
    rules: tuple[Rule, ...], select: tuple[str, ...] | None, ignore: tuple[str, ...] | None
) -> tuple[Rule, ...]:
    for prefix in (*(select or ()), *(ignore or ())):
        _check_prefix(rules, prefix)
    chosen = [rule for rule in rules if (rule.default if select is None else rule.code.startswith(select))]
    return tuple(rule for rule in chosen if not (ignore and rule.code.startswith(ignore)))


def _check_prefix(rules: tuple[Rule, ...], prefix: str) -> None:
    codes = [rule.code for rule in rules]
    if not prefix or not any(code.startswith(prefix) for code in codes):
        en = f"no rule has a code that begins with {prefix!r}"
        zh = f"没有代码以“{prefix}”开头的规则；规则分为{'、'.join(FAMILIES)}各类。"
        raise CheckError(en, code="unknown-rule", expected=", ".join([*FAMILIES, *codes]), found=prefix, zh=zh)


def find_rule(code: str) -> Rule:
    """Return the rule with this code or name. Raises ``UnknownIdError``."""
    for rule in all_rules():
        if code.upper() == rule.code.upper() or code == rule.name:
            return rule
    known = [name for rule in all_rules() for name in (rule.code, rule.name)]
    raise UnknownIdError.of(
        code, known, f"no rule has the code {code!r}", f"没有代码为“{code}”的规则", code="unknown-rule"
    )


def rules_page(rules: Iterable[Rule] = tuple(RULES.values())) -> str:
    """The pages of all rules as one Markdown document; it is what ``docs/rules.md`` holds."""
    return "\n".join([_INTRODUCTION, *by_family(rules, "en", rule_page)])


def by_family(rules: Iterable[Rule], lang: Lang, page: Callable[[Rule], str]) -> Iterator[str]:
    """The pages of rules, each family below its heading."""
    for family, own in groupby(rules, lambda rule: rule.code[0]):
        yield f"## {family_heading(family, lang)}\n"
        yield from map(page, own)


def family_heading(family: str, lang: Lang) -> str:
    """Return the letter of a family, and what the family is about where it is one of ours."""
    return f"{family} · {in_language(FAMILIES.get(family, ''), lang)}".rstrip(" ·")


def rule_page(rule: Rule) -> str:
    """The page of one rule in Markdown."""
    facts = [
        f"severity {rule.severity}",
        f"since {rule.since}",
        rule.status,
        f"editions {', '.join(rule.editions)}",
        "on by default" if rule.default else "off by default",
    ]
    return f"### {rule.code} `{rule.name}`\n\n*{' · '.join(facts)}*\n\n{rule.docs}\n"


_INTRODUCTION = """# Rules

`check` sets a report against these rules. Each has a stable code; codes are added, never renamed. `select` and
`ignore` take codes or their beginnings (`A`, `A1`, `A101`). This page is made from the docstrings of the rules.

Each instance of a rule has an outcome: **passed**, **failed** (with a finding), **undecided** (a figure that it needs
is blank, absent, not applicable or invalid: which), **not applicable**, or **errored** (the rule itself broke). No
findings is not the same as all well: see `CheckResult.unchecked`.

Nothing is ever repaired. A suggestion is made only where exactly one single edit restores all identities of a table.
"""
