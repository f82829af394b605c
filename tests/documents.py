"""The documents, and the code that stands in them."""

from __future__ import annotations

import re

from places import ROOT

README = (ROOT / "README.md").read_text("utf-8")

README_ZH = (ROOT / "README.zh-CN.md").read_text("utf-8")

QUESTIONS = (ROOT / "docs" / "questions.md").read_text("utf-8")
"""The document whose code needs a data set; ``test_recipes`` runs it on one."""


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def fenced(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a document: language and content."""
    return re.findall(r"^```(\w*)\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)
