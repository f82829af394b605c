"""``python -m gipa_reports.checks`` writes the pages of all rules: what ``docs/rules.md`` holds."""

from __future__ import annotations

import sys

from .registry import rules_page

if __name__ == "__main__":
    sys.stdout.buffer.write(rules_page().encode("utf-8"))
