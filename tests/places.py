"""Where the tests find what they read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DATA = TESTS / "data"
SAMPLE = DATA / "sample_2021.txt"
"""A report of the form of 2021 as a text, all cells filled in."""
