"""The settings of ``check``: ``gipa-reports.toml``, or the table ``[tool.gipa-reports]`` of ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from .checks import FAMILIES, all_rules
from .errors import CheckError
from .suppressions import Suppression

NAME = "gipa-reports.toml"
PYPROJECT = "pyproject.toml"
SECTION = "gipa-reports"


@frozen
class _Key:
    """Value that a key takes: the test that it has to pass, and what it is, in English and in Chinese."""

    fits: Callable[[object], bool]
    en: str
    zh: str


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_list(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


_CODES = _Key(
    lambda value: _is_list(value, str),
    'a list of codes or their beginnings, such as ["A", "N101"]',
    '规则代码或其开头的列表，如["A", "N101"]',
)
KEYS: dict[str, _Key] = {
    "select": _CODES,
    "ignore": _CODES,
    "overview-limit": _Key(
        lambda value: type(value) is int and value > 0,
        "a number of characters: overview-limit = 1000",
        "字数：overview-limit = 1000",
    ),
    "baseline": _Key(_is_text, "the path of a file", "文件的路径"),
    "suppress": _Key(lambda value: _is_list(value, dict), "a list of tables: [[suppress]]", "多个表：[[suppress]]"),
    "lang": _Key(lambda value: value in ("en", "zh"), '"en" or "zh"', '"en"或"zh"'),
}
"""Key of a settings file → what it takes."""

SUPPRESS_KEYS: dict[str, _Key] = {
    "code": _Key(_is_text, 'a text: code = "A101"', '文字：code = "A101"'),
    "source": _Key(_is_text, "a text", "文字"),
    "agency": _Key(_is_text, "a text", "文字"),
    "year": _Key(lambda value: type(value) is int, "a number: year = 2023", "数：year = 2023"),
    "cells": _Key(
        lambda value: _is_list(value, str),
        'a list of ids: cells = ["requests.received.total"]',
        '单元格代码的列表：cells = ["requests.received.total"]',
    ),
    "reason": _Key(_is_text, "a text", "文字"),
}
"""Key of a ``[[suppress]]`` → what it takes."""

_NEEDED = {
    "reason": ('a reason: reason = "why this is accepted"', '说明理由：reason = "接受的理由"'),
    "code": ('a code: code = "A101"', '有代码：code = "A101"'),
}
"""Keys that every ``[[suppress]]`` has → what it needs."""


@frozen
class Config:
    """Content of a settings file; empty where there is none.

    ``select`` and ``ignore`` are prefixes of codes. ``baseline`` is the baseline file, a path from the folder of the
    settings file; ``lang`` the language of the command line; ``overview_limit`` the most characters of section 一.
    """

    path: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    suppressions: tuple[Suppression, ...] = ()
    lang: str | None = None
    overview_limit: int | None = None


def find_config(start: Path) -> Path | None:
    """The settings file that holds in the folder ``start``.

    It is the first found from there upwards: ``gipa-reports.toml``, else a ``pyproject.toml`` with the table
    ``[tool.gipa-reports]``. Raises ``CheckError`` where a ``pyproject.toml`` on the way can't be read.
    """
    for folder in (start, *start.parents):
        # A folder above may be closed to us: then nothing is found there.
        if os.path.isfile(folder / NAME):
            return folder / NAME
        pyproject = folder / PYPROJECT
        if os.path.isfile(pyproject) and _section(_read(pyproject)[1]) is not None:
            return pyproject
    return None


def load_config(path: Path) -> Config:
    """The settings in ``path``. Raises ``CheckError``, which names the file, the line and what to do."""
    text, data = _read(path)
    settings: object = data
    if path.name == PYPROJECT:
        settings = _section(data)
        if settings is None:
            raise _Problem(path, text).error(
                f"it has no table [tool.{SECTION}]; add one or name another file",
                f"没有表[tool.{SECTION}]；请加上，或指定另一个文件",
            )
    return _Reader(path, text).config(settings)


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    """The words of a TOML file, and what they say."""
    text = ""
    try:
        text = path.read_text("utf-8-sig")
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None)
        raise _Problem(path, text).error(
            f"it can't be read: {why or 'it is not UTF-8'}", f"无法读取：{why or '编码不是UTF-8'}"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        why = str(error).removesuffix(place[0]) if place else str(error)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise _Problem(path, text).error(
            f"this is no TOML: {why}; mend the line", f"不是TOML：{why}；请改正这一行", line
        ) from error


def _section(data: Mapping[str, Any]) -> object:
    tool = data.get("tool")
    return tool.get(SECTION) if isinstance(tool, dict) else None


@frozen
class _Problem:
    path: Path
    text: str

    def error(self, en: str, zh: str, line: int | None = None) -> CheckError:
        return CheckError(
            f"the settings file {self.path} is broken: {en}",
            code="bad-config",
            line=line,
            zh=f"设置文件{self.path}有误：{zh}。",
        )


@frozen
class _Reader(_Problem):
    """Reads what a settings file says, key by key."""

    def config(self, settings: object) -> Config:
        if not isinstance(settings, dict):
            raise self.error(f"tool.{SECTION} is not a table", f"tool.{SECTION}应为表", self._line(SECTION))
        self._check(settings, KEYS)
        baseline = settings.get("baseline")
        return Config(
            self.path,
            self._codes(settings, "select"),
            self._codes(settings, "ignore") or (),
            None if baseline is None else self.path.parent / baseline,
            tuple(self._suppression(table, number) for number, table in enumerate(settings.get("suppress", ()))),
            settings.get("lang"),
            settings.get("overview-limit"),
        )

    def _wrong_values(
        self, table: Mapping[str, Any], keys: Mapping[str, _Key], line: Callable[[str], int | None]
    ) -> Iterator[tuple[str, _Key]]:
        """The keys of a table whose values are not what they take. Raises ``CheckError`` for one that is none."""
        unknown = next((key for key in table if key not in keys), None)
        if unknown is not None:
            raise self.error(
                f"there is no key {unknown!r}; known are {', '.join(keys)}",
                f"没有“{unknown}”这个键；可用的有{'、'.join(keys)}",
                line(unknown),
            )
        return ((key, keys[key]) for key, value in table.items() if not keys[key].fits(value))

    def _check(self, table: Mapping[str, Any], keys: Mapping[str, _Key]) -> None:
        for key, kind in self._wrong_values(table, keys, self._line):
            raise self.error(f"{key} is {kind.en}", f"{key}应为{kind.zh}", self._line(key))

    def _codes(self, table: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
        """The codes of a key, None where it is not there."""
        if key not in table:
            return None
        self._check({key: table[key]}, {key: _CODES})
        for code in table[key]:
            self._code(code, self._line(key))
        return tuple(table[key])

    def _code(self, code: str, line: int | None) -> None:
        if not code or not any(rule.code.startswith(code) for rule in all_rules()):
            raise self.error(
                f"no rule has a code that begins with {code!r}; families are {', '.join(FAMILIES)}",
                f"没有代码以“{code}”开头的规则；规则分为{'、'.join(FAMILIES)}各类",
                line,
            )

    def _suppression(self, table: dict[str, Any], number: int) -> Suppression:
        line = self._table_line(number)
        wrong = self._wrong_values(table, SUPPRESS_KEYS, lambda key: line)
        for key, (en, zh) in _NEEDED.items():
            if not SUPPRESS_KEYS[key].fits(table.get(key)):
                raise self.error(f"a [[suppress]] needs {en}", f"[[suppress]]必须{zh}", line)
        for key, kind in wrong:
            raise self.error(f"{key} of a [[suppress]] is {kind.en}", f"[[suppress]]的{key}应为{kind.zh}", line)
        self._code(table["code"], line)
        given = {**table, "reason": table["reason"].strip(), "cells": tuple(table.get("cells", ()))}
        return Suppression(**given, origin=os.fspath(self.path), line=line)

    def _line(self, key: str) -> int | None:
        """The line that a key stands on, as near as can be told: TOML readers keep no places."""
        named = re.compile(rf"\s*(?:\[+\s*)?(?:[\w.-]+\.)?['\"]?{re.escape(key)}['\"]?\s*[=\]]")
        return next((number for number, line in enumerate(self.text.split("\n"), start=1) if named.match(line)), None)

    def _table_line(self, number: int) -> int | None:
        heads = re.compile(r"\s*\[\[\s*(?:tool\s*\.\s*['\"]?gipa-reports['\"]?\s*\.\s*)?suppress\s*\]\]")
        lines = [at for at, line in enumerate(self.text.split("\n"), start=1) if heads.match(line)]
        return lines[number] if number < len(lines) else self._line("suppress")
