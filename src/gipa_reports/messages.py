"""Words and sentences for people, in both languages side by side; nothing is translated by looking at its English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

Lang = Literal["en", "zh"]
"""The languages that are spoken."""

VARIABLE = "GIPA_REPORTS_LANG"
"""The variable of the environment that says which one, where nothing else does."""


LISTED: dict[Lang, str] = {"en": ", ", "zh": "、"}
"""Marks between things that are listed."""

COLON: dict[Lang, str] = {"en": ": ", "zh": "："}
SEMICOLON: dict[Lang, str] = {"en": "; ", "zh": "；"}


def in_brackets(text: str, lang: Lang) -> str:
    """Return a text in the brackets of the language, with the space that it has before them; nothing for nothing."""
    return "" if not text else f"（{text}）" if lang == "zh" else f" ({text})"


class Words:
    """Words and sentences by key, in both languages side by side: a row is the key, the Chinese and the English.

    A sentence holds places open in braces, the same ones in both languages. ``CATALOGUE`` has all of the package.
    """

    def __init__(self, *rows: tuple[str, str, str]) -> None:
        self.sentences: Mapping[str, Mapping[Lang, str]] = {key: {"zh": zh, "en": en} for key, zh, en in rows}
        CATALOGUE.append(self)

    def __call__(self, key: str, lang: Lang, **parts: object) -> str:
        """Return a sentence with its places filled in. Raises ``KeyError``."""
        return self.sentences[key][lang].format(**parts)


CATALOGUE: list[Words] = []
"""All words and sentences of the modules that have been imported."""


class Phrase(str):
    """A few words that fill a place in a sentence: the text itself is English, ``zh`` is the same in Chinese."""

    zh: str

    def __new__(cls, en: str, zh: str) -> Self:  # noqa: D102 - the class tells
        words = super().__new__(cls, en)
        words.zh = zh
        return words

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self), self.zh)


COUNTED = {
    "attributes": "个属性",
    "bytes": "字节",
    "cells": "个单元格",
    "characters": "个字符",
    "elements": "个元素",
    "lines": "行",
    "pages": "页",
    "rows": "行",
    "tags": "个标签",
}
"""Units that sources are counted in → the same in Chinese, behind the number."""


def count(number: int, unit: str, where: str = "", where_zh: str = "") -> Phrase:
    """Return how many there are of a unit of ``COUNTED``: ``12 cells``, and where in words."""
    return Phrase(f"{number} {unit}{where and ' ' + where}", f"{where_zh}{number}{COUNTED[unit]}")


def more_than(number: int, unit: str, where: str = "", where_zh: str = "") -> Phrase:
    """Say that there are more than ``number`` of a unit of ``COUNTED``."""
    return Phrase(f"more than {number} {unit}{where and ' ' + where}", f"{where_zh}超过{number}{COUNTED[unit]}")


def packed(text: str | None) -> str | list[str] | None:
    """``text`` as JSON holds it: of a phrase both languages."""
    return [str(text), text.zh] if isinstance(text, Phrase) else text


def unpacked(text: str | list[str] | None) -> str | None:
    """Return a text or a phrase as it was before ``packed``."""
    return Phrase(*text) if isinstance(text, list) else text


def in_language(text: str | None, lang: str) -> str:
    """``text`` in ``"zh"`` or ``"en"``: what is in both languages in that one, anything else as it is."""
    if text is None:
        return "?"
    return text.zh if lang == "zh" and isinstance(text, Phrase) else str(text)


SENTENCES: dict[str, str] = {}
"""Code → its Chinese sentence, of those problems that are an error or a diagnostic as it happens; see ``CODES``."""
