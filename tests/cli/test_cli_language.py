"""The language of the command line: how it is asked for, help, usage errors."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from gipa_reports.brief import columns
from gipa_reports.cli import FAMILIES, cli
from gipa_reports.cli.bilingual import VARIABLE, Command, Option, wrapped
from gipa_reports.cli.reference import renewed
from gipa_reports.outputs import Lang
from places import ROOT, SAMPLE

GONE = "没有这个文件或文件夹"


def run(*arguments: str | Path, **environment: str | None) -> Result:
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(cli, words, env=environment, prog_name="gipa-reports")


@pytest.fixture(autouse=True)
def _nothing_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


# --- how it is asked for -------------------------------------------------------------------------------------------


def is_chinese(*arguments: str, **environment: str | None) -> bool:
    said = run(*arguments, **environment).stderr
    assert (GONE in said) is not ("There is no such file" in said)
    return GONE in said


def test_the_option_stands_before_or_after_the_command() -> None:
    assert is_chinese("--lang", "zh", "parse", "gone")
    assert is_chinese("parse", "gone", "--lang", "zh")
    assert is_chinese("parse", "--lang=zh", "gone")
    assert not is_chinese("--lang", "zh", "parse", "gone", "--lang", "en")
    assert not is_chinese("parse", "gone")


def test_option_variable_settings_locale_in_this_order(tmp_path: Path) -> None:
    assert is_chinese("parse", "gone", LANG="zh_CN.UTF-8")
    assert is_chinese("parse", "gone", LC_ALL="zh_TW.UTF-8", LANG="en_US.UTF-8")
    assert not is_chinese("parse", "gone", LC_ALL="C", LANG="zh_CN.UTF-8")
    (tmp_path / "gipa-reports.toml").write_text('lang = "zh"\n', "utf-8")
    assert is_chinese("parse", "gone", LANG="en_US.UTF-8")
    assert not is_chinese("parse", "gone", GIPA_REPORTS_LANG="en")
    assert is_chinese("parse", "gone", "--lang", "zh", GIPA_REPORTS_LANG="en")
    (tmp_path / "gipa-reports.toml").write_text('lang = "en"\n', "utf-8")
    assert not is_chinese("parse", "gone", LANG="zh_CN.UTF-8")


def test_broken_settings_are_told_by_the_command_that_needs_them(tmp_path: Path) -> None:
    (tmp_path / "gipa-reports.toml").write_text('lang = "latin"\n', "utf-8")
    assert not is_chinese("parse", "gone")
    result = run("check", SAMPLE, "--lang", "zh")
    assert result.exit_code == 2
    assert 'lang应为"en"或"zh"' in result.stderr
    assert "第1行" in result.stderr


# --- help ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *cli.commands])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_is_whole_in_each_language(name: str | None, lang: str) -> None:
    words = [] if name is None else [name]
    text = run(*words, "--help", "--lang", lang).stdout
    assert text == run("--lang", lang, *words, "-h").stdout
    assert text.startswith({"en": "Usage: gipa-reports", "zh": "用法：gipa-reports"}[lang])
    assert {"en": "\nOptions:\n", "zh": "\n选项：\n"}[lang] in text
    lines = [line for line in text.splitlines() if not line.startswith(("  gipa-reports", "  #"))]
    assert max(map(columns, lines)) <= 80
    if lang == "zh":
        # What is left of English are names and words for programs, not sentences.
        assert not [line for line in lines if " the " in line or " is " in line or line.endswith("ed.")]
        assert text.count("显示本帮助。") == 1


def test_every_command_and_option_has_both_languages_and_examples() -> None:
    for name, command in cli.commands.items():
        assert isinstance(command, Command), name
        assert command.zh
        assert command.help
        assert command.family in FAMILIES
        assert command.examples
        for line, zh, _ in command.examples:
            assert line.startswith(f"gipa-reports {name}")
            assert f"  # {zh}\n  {line}\n" in run(name, "--help", "--lang", "zh").stdout
        for option in command.params:
            if isinstance(option, click.Option):
                assert isinstance(option, Option), (name, option.name)
                assert option.zh
                assert option.help


def test_commands_are_listed_in_families() -> None:
    text = run("--help").stdout
    places = [text.index(f"\n{heading['en']}:\n") for heading in FAMILIES.values()]
    assert places == sorted(places)
    assert text.index("  render ") > text.index("\nWrite:")
    assert run("-V").stdout == run("--version").stdout


@pytest.mark.parametrize(("lang", "name"), [("en", "command-line.md"), ("zh", "command-line.zh-CN.md")])
def test_the_page_on_the_command_line_is_what_the_commands_say(lang: Lang, name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    assert text == renewed(text, lang)
    for command in cli.commands:
        assert f"\n### {command}\n" in text


# --- usage errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (("chek",), "No such command 'chek'. Did you mean check, ", "没有“chek”这个命令。是否指check、"),
        (("parse",), "Missing 'PATH...'.", "缺少'PATH...'。"),
        (
            ("parse", SAMPLE, "--form"),
            "No such option: --form Did you mean --format",
            "没有“--form”这个选项。是否指--format",
        ),
        (("parse", SAMPLE, "--format"), "Option '--format' requires an argument.", "选项“--format”后面缺少内容。"),
        (("parse", SAMPLE, "--format", "x"), "'x' is not one of", "'--format'的值无效：只能是json, jsonl, text之一。"),
        (("render", SAMPLE), "Missing '--to': name a format (text, ", "缺少'--to'：请指定格式（text, "),
        (("cells", SAMPLE, "-o", "x.docx"), "does not write the format of x.docx", "此命令不能写出x.docx的格式"),
        (("schema", "--cells", "--columns"), "two lists", "是两份清单"),
        (("compare", "-", "-"), "stdin can be one of the two", "只能有一份取自标准输入"),
        (("cells", SAMPLE, "-o", "no/x.csv"), "there is no folder no", "没有no这个文件夹"),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, tuple) else "",
)
def test_usage_errors_in_both_languages(arguments: tuple[str | Path, ...], en: str, zh: str) -> None:
    english, chinese = run(*arguments), run("--lang", "zh", *arguments)
    assert english.exit_code == chinese.exit_code == 2
    assert en in english.stderr
    assert english.stderr.startswith("Usage: gipa-reports")
    assert zh.replace("check、", "check") in chinese.stderr
    assert chinese.stderr.startswith("用法：gipa-reports")
    assert "\n错误：" in chinese.stderr
    assert "--help”查看帮助。" in chinese.stderr


# --- layout --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [10, 20, 78])
def test_wrapping_keeps_every_word(width: int) -> None:
    text = "把整份报告输出为JSON，或输出便于阅读的摘要。Words of English, and（括号）之后。"
    lines = list(wrapped(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width + 2 for line in lines)
    assert not [line for line in lines if line[0] in "，。）"]
