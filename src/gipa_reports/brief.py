"""One line for each object: what Python, a debugger and a notebook show where nothing better is asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Set
from enum import Enum

from attrs import NOTHING, Attribute, AttrsInstance, Factory, fields

WIDTH = 110
"""Characters of the longest line; the words of a source may be much longer."""

_TEXT = 40
"""Characters of a text in it."""


def cut(text: str, width: int = WIDTH) -> str:
    """``text`` in one line of at most ``width`` characters, with an ellipsis where something is left out."""
    # What is behind can't be shown, however long it is.
    line = " ".join(text[: 4 * width + 4].split())
    line = "".join(character if character.isprintable() else "�" for character in line)
    return line if len(line) <= width and len(text) <= 4 * width + 4 else line[: width - 1] + "…"


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def one_line(self: AttrsInstance) -> str:
    """``<Finding code='A101' severity='error' cells=4 …>``: each field that is not as by default, long ones counted.

    To be used as the ``__repr__`` of a class made with attrs.
    """
    cls = type(self)
    shown = [
        f"{field.name}={_value(getattr(self, field.name))}" for field in fields(cls) if _says_something(self, field)
    ]
    return angled(cls.__name__, " ".join(shown))


def in_notebook(self: object) -> str:
    """Return what a notebook shows of an object, as HTML. To be used as the ``_repr_html_`` of a class."""
    from .notebook import html_of

    return html_of(self)


def angled(name: str, words: str) -> str:
    """Return a name and words between angle brackets, all of it within ``WIDTH``."""
    return f"<{cut(' '.join(filter(None, (name, words))), WIDTH - 2)}>"


def _says_something(self: object, field: Attribute[object]) -> bool:
    """Return whether a field is to be shown: not where it is private, or as it is by default."""
    if field.name.startswith("_") or field.repr is False:
        return False
    default = field.default
    if isinstance(default, Factory):  # type: ignore[arg-type]  # attrs tells type checkers that this is a function
        return True
    value = getattr(self, field.name)
    return default is NOTHING or not (type(value) is type(default) and value == default)


def _value(value: object) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return repr(cut(value, _TEXT))
    if isinstance(value, int) and value.bit_length() >= 200:
        return "…"
    if value is None or isinstance(value, int | float) or type(value).__module__ in ("decimal", "datetime"):
        return cut(repr(value), _TEXT)
    if isinstance(value, Mapping | Set | tuple | list):
        return _collection(value)
    return f"<{type(value).__name__}>"


def _collection(values: Collection[object]) -> str:
    """A few short texts as they are, anything else counted."""
    few = isinstance(values, tuple) and len(values) <= 2 and all(isinstance(one, str | int | float) for one in values)
    shown = repr(values) if few else ""
    return shown if few and len(shown) <= 2 * _TEXT else str(len(values))
