"""Modules of extras by name, for annotations that are looked up while the program runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Lazy:
    """Stands for a module until something in it is asked for: ``typing.get_type_hints`` then finds what it names.

    The code itself imports where it needs the module, with an error that names the extra.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
