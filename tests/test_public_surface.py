"""What ``gipa_reports`` shows of itself: its names and nothing else, also where docstrings are left out."""

from __future__ import annotations

import subprocess
import sys

import gipa_reports


def run(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def test_dir_is_the_public_api_and_nothing_else() -> None:
    assert set(dir(gipa_reports)) == set(gipa_reports.__all__)
    for name in dir(gipa_reports):
        assert getattr(gipa_reports, name) is not None
    fresh = run("-X", "utf8", "-c", "import gipa_reports; print(*dir(gipa_reports))")
    assert fresh.split() == sorted(gipa_reports.__all__)


def test_the_pages_of_rules_are_there_where_docstrings_are_not() -> None:
    code = "from gipa_reports.checks import rules_page; print(rules_page())"
    page = run("-X", "utf8", "-c", code)
    assert run("-X", "utf8", "-OO", "-c", code) == page
    assert "A101" in page
