"""Tells PyInstaller what an app needs that uses this package: it finds the hook here by itself (an entry point)."""

from __future__ import annotations

from pathlib import Path


def get_hook_dirs() -> list[str]:
    """The folders with hooks."""
    return [str(Path(__file__).parent)]
