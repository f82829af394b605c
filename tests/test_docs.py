"""The documents say what the package does."""

from __future__ import annotations

import ast
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from attrs import evolve
from selenium.webdriver.support.ui import WebDriverWait

import gipa_reports
from chromium import browser
from documents import README, README_ZH, fenced, section
from gipa_reports import CODES, State
from gipa_reports.checks.engine import run
from gipa_reports.checks.registry import GROUP
from gipa_reports.template import FORMS
from places import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["browser"]  # a fixture, asked for by its name


def rows(text: str) -> list[list[str]]:
    """The rows of its Markdown tables, headings left out."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


# --- diagnostics -------------------------------------------------------------------------------------------------


def test_every_code_is_documented_as_it_is() -> None:
    documented = [row[:4] for row in rows((ROOT / "docs" / "diagnostics.md").read_text("utf-8"))]
    assert documented == [[f"`{code.code}`", code.severity, code.en, code.zh] for code in CODES.values()]


def test_every_code_says_what_to_do() -> None:
    advice = {row[0]: row[4] for row in rows((ROOT / "docs" / "diagnostics.md").read_text("utf-8"))}
    assert len(advice) == len(CODES)
    assert [code for code, words in advice.items() if not words.endswith(".")] == []


# --- the public API ----------------------------------------------------------------------------------------------


def test_public_names_are_listed() -> None:
    text = (ROOT / "docs" / "public-api.md").read_text("utf-8")
    names = rows(section(text, "Names"))
    listed = {name.partition("(")[0] for row in names for name in re.findall(r"`([^`]+)`", row[0])}
    assert listed == set(dir(gipa_reports))


def test_all_names_exist() -> None:
    assert [name for name in dir(gipa_reports) if not hasattr(gipa_reports, name)] == []
    assert sorted(dir(gipa_reports)) == sorted(set(dir(gipa_reports)))


def test_states_are_explained_in_the_readme() -> None:
    assert {row[0].strip("`") for row in rows(README)} >= set(State)


# --- the readme --------------------------------------------------------------------------------------------------


def test_readme_sets_up_in_two_commands() -> None:
    """The first two blocks, one line each; ``.ci/run`` takes the second from here."""
    commands = [content for language, content in fenced(README) if language == "sh"]
    assert [language for language, _ in fenced(README)][:2] == ["sh", "sh"]
    assert len(commands) == 2
    assert [command for command in commands if "\n" in command] == []
    first, second = commands
    assert "examples/subdistrict_2023.txt" in first
    assert second.endswith("pytest")


TUTORIAL, TUTORIAL_ZH = ((ROOT / "docs" / name).read_text("utf-8") for name in ("tutorial.md", "zh.md"))


@pytest.mark.parametrize(("document", "least"), [(README, 10), (README_ZH, 5), (TUTORIAL, 8), (TUTORIAL_ZH, 1)])
def test_readme_python_runs(document: str, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks, one after the other, as a reader would type them; ``# → x`` is what a line evaluates to."""
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {}
    checked = 0
    for content in (content for language, content in fenced(document) if language == "python"):
        for statement in ast.parse(content).body:
            code = ast.unparse(statement)
            expected = content.splitlines()[statement.lineno - 1].partition("  # → ")[2]
            if expected:
                assert repr(eval(code, namespace)) == expected, code  # noqa: S307 - the code is our own
                checked += 1
            else:
                exec(code, namespace)  # noqa: S102 - the code is our own
    assert checked == document.count("  # → ") >= least


@pytest.mark.parametrize("document", [README, README_ZH, TUTORIAL, TUTORIAL_ZH])
def test_readme_commands_run(document: str, tmp_path: Path) -> None:
    """Each command that needs nothing but the examples, in a copy of them, as a reader would type it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    blocks = [content for language, content in fenced(document) if language == "console"]
    lines = [line.removeprefix("$ ") for content in blocks for line in content.splitlines()]
    commands = [shlex.split(line) for line in lines if "examples/" in line]
    assert commands
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "gipa_reports", *command[1:]], cwd=tmp_path, capture_output=True, text=True
        )
        # Some of the samples have planted faults.
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr
        for option, target in pairwise(command):
            assert option not in ("-o", "--output") or (tmp_path / target).stat().st_size > 0


def test_the_first_command_in_chinese_writes_a_workbook(tmp_path: Path) -> None:
    first = next(content for language, content in fenced(README_ZH) if language == "sh")
    *_, command = first.split(" && ")
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/gipa-reports"
    done = subprocess.run(
        [sys.executable, "-m", "gipa_reports", *arguments[:-1], str(tmp_path / arguments[-1])],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "校核表.xlsx").read_bytes().startswith(b"PK")


def test_generated_pages_are_as_generated() -> None:
    generated: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "_generate.py"))["pages"]()
    assert {name: (ROOT / "docs" / name).read_text("utf-8") for name in generated} == generated


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    pytest.importorskip("furo", reason="the builder of the documentation is not installed")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(ROOT / "docs")]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_documentation_is_built_without_a_warning(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    assert r"\u6c47\u603b" in index  # 汇总
    assert "aggregate" in index


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("上年结转", "rules.zh-CN.html"),
        ("校核表", "zh.html"),
        ("conversion", "diagnostics.html"),
        ("to_pandas", "api.html"),
    ],
)
def test_what_a_reader_types_is_found(query: str, page: str, site: Path, browser: Chrome) -> None:
    browser.get(f"{(site / 'search.html').as_uri()}?q={quote(query)}")
    found = "return [...document.querySelectorAll('#search-results li a')].map(link => link.getAttribute('href'))"
    WebDriverWait(browser, 20).until(
        lambda driver: any(str(link).startswith(page) for link in driver.execute_script(found))
    )


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 200


def test_links_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {target}"
        for path in (
            ROOT / "README.md",
            ROOT / "README.zh-CN.md",
            ROOT / "CONTRIBUTING.md",
            *(ROOT / "docs").glob("*.md"),
        )
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_guide_names_things_that_exist() -> None:
    """Files in ``docs/extending.md`` exist, and the names it tells people to change stand in them."""
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    places = re.findall(r"`((?:src|grammars|tests|docs)/[\w/.]+\.\w+)`(?: \(`(\w+)`\))?", text)
    assert len(places) >= 8
    missing = [
        f"{path} ({name})"
        for path, name in places
        if not (ROOT / path).is_file() or name not in (ROOT / path).read_text("utf-8")
    ]
    assert missing == []


def test_the_rules_in_the_guide_are_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (ROOT / "docs" / "extending.md").read_text("utf-8")
    in_a_notebook, code = (content for language, content in fenced(guide) if language == "python")
    monkeypatch.chdir(ROOT)
    shown: dict[str, Any] = {}
    exec(in_a_notebook, shown)  # noqa: S102 - the code is our own
    assert shown["result"].of("X1").findings == ()
    assert shown["result"].rules[-1] == "X1"
    namespace: dict[str, Any] = {"__name__": "my_package.rules"}
    exec(code, namespace)  # noqa: S102 - the code is our own
    (point,) = tomllib.loads(next(content for language, content in fenced(guide) if language == "toml"))["project"][
        "entry-points"
    ][GROUP].values()
    rule = namespace[point.partition(":")[2]]
    report = gipa_reports.parse(ROOT / "examples" / "subdistrict_2023.txt")
    denied, granted = "denied.internal_affairs.total", "granted.total"
    for figures, status in (
        ({denied: 2, granted: 1}, "failed"),
        ({denied: 1, granted: 1}, "passed"),
        ({denied: None, granted: 1}, "undecided"),
    ):
        changed = evolve(report, requests=gipa_reports.Requests.of("2021", figures))
        (outcome,) = run(rule, gipa_reports.Subject.of(changed))
        assert outcome.status == status
    assert rule.docs.startswith("Not more was denied")


# --- the package -------------------------------------------------------------------------------------------------


def test_changelog_knows_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(gipa_reports.__version__)}\]", changelog, re.MULTILINE)


def test_every_ignored_rule_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    rules = [*lint["ignore"], *(rule for ignored in lint["per-file-ignores"].values() for rule in ignored)]
    bare = [rule for rule in rules if not re.search(rf'"{rule}"[^#\n]*# \S+', text)]
    assert bare == []


MODULES = {
    "python-docx": "docx",
}
"""Distribution → the module that it brings, where the names differ."""


FOR_DEVELOPMENT = {"dev", "dev-light", "extractors", "notebook"}
"""Extras for those who work on the package, and what the notebooks among the examples use."""


def test_the_extra_all_holds_every_extra_that_the_package_itself_uses_but_spark() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    held = re.fullmatch(r"gipa-reports\[(.*)\]", extras["all"][0])
    assert held is not None
    office = re.fullmatch(r"gipa-reports\[(.*)\]", extras["office"][0])
    assert office is not None
    assert {*held[1].split(","), *office[1].split(",")} == extras.keys() - {"all", "spark", *FOR_DEVELOPMENT}


def test_dependencies_are_what_is_imported() -> None:
    """No distribution is asked for that nothing uses, and none is used that was not asked for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in FOR_DEVELOPMENT}
    asked_for = [requirement for needed in (project["dependencies"], *extras.values()) for requirement in needed]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in asked_for} - {"gipa-reports"}
    declared = {MODULES.get(name, name) for name in names}
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    # Type checkers have ``typing_extensions`` in themselves, and the hook for PyInstaller is run by it alone.
    ours = {"gipa_reports", "typing_extensions", "PyInstaller"}
    assert imported - set(sys.stdlib_module_names) - ours == declared


def test_readme_counts_the_cells_rightly() -> None:
    counts = {
        edition: sum(len(form.cell_ids) for key, form in FORMS.items() if key[1] == edition)
        for edition in ("2019", "2021")
    }
    assert counts == {"2019": 198, "2021": 200}
    assert "200 cells" in README
    assert "198" in README
