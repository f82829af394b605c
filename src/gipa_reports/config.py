"""The settings of ``check``: ``gipa-reports.toml``, or the table ``[tool.gipa-reports]`` of ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from .checks import FAMILIES, all_rules
from .errors import CheckError
from .suppressions import Suppression, path_fits

NAME = "gipa-reports.toml"
PYPROJECT = "pyproject.toml"
SECTION = "gipa-reports"

KEYS = ("select", "ignore", "overview-limit", "per-file-ignores", "baseline", "suppress", "lang")
SUPPRESS_KEYS = ("code", "source", "agency", "year", "cells", "reason")


@frozen
class Config:
    """Content of a settings file; empty where there is none.

    ``select`` and ``ignore`` are prefixes of codes. ``per_file_ignores`` are patterns of paths, each with prefixes.
    ``baseline`` is the baseline file, ``lang`` the language of the command line, ``overview_limit`` how many characters
    section 一 may have. All paths count from the folder of the settings file.
    """

    path: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    baseline: Path | None = None
    suppressions: tuple[Suppression, ...] = ()
    lang: str | None = None
    overview_limit: int | None = None

    def ignored(self, source: str) -> tuple[str, ...]:
        """The prefixes that are ignored in this file."""
        folder = "" if self.path is None else str(self.path.parent)
        own = (prefixes for pattern, prefixes in self.per_file_ignores if path_fits(source, pattern, folder))
        return (*self.ignore, *(prefix for prefixes in own for prefix in prefixes))


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
        self._known(settings, KEYS, lambda key: self._line(key))
        codes = {
            key: self._codes(settings[key], key, self._line(key)) for key in ("select", "ignore") if key in settings
        }
        baseline = settings.get("baseline")
        if not (baseline is None or (isinstance(baseline, str) and baseline)):
            raise self.error("baseline is the path of a file", "baseline应为文件的路径", self._line("baseline"))
        return Config(
            self.path,
            codes.get("select"),
            codes.get("ignore", ()),
            self._per_file(settings.get("per-file-ignores", {})),
            None if baseline is None else self.path.parent / baseline,
            self._suppressions(settings.get("suppress", [])),
            self._lang(settings.get("lang")),
            self._limit(settings.get("overview-limit")),
        )

    def _lang(self, value: object) -> str | None:
        if value is None or value in ("en", "zh"):
            return None if value is None else str(value)
        raise self.error('lang is "en" or "zh"', 'lang应为"en"或"zh"', self._line("lang"))

    def _limit(self, value: object) -> int | None:
        if value is not None and (type(value) is not int or value < 1):
            raise self.error(
                "overview-limit is a number of characters: overview-limit = 1000",
                "overview-limit应为字数：overview-limit = 1000",
                self._line("overview-limit"),
            )
        return value if isinstance(value, int) else None

    def _known(self, table: Mapping[str, Any], keys: tuple[str, ...], line: Any) -> None:
        for key in table:
            if key not in keys:
                raise self.error(
                    f"there is no key {key!r}; known are {', '.join(keys)}",
                    f"没有“{key}”这个键；可用的有{'、'.join(keys)}",
                    line(key),
                )

    def _codes(self, value: object, key: str, line: int | None) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise self.error(
                f'{key} is a list of codes or their beginnings, such as ["A", "N101"]',
                f'{key}应为规则代码或其开头的列表，如["A", "N101"]',
                line,
            )
        for code in value:
            self._code(code, line)
        return tuple(value)

    def _code(self, code: str, line: int | None) -> None:
        if not code or not any(rule.code.startswith(code) for rule in all_rules()):
            raise self.error(
                f"no rule has a code that begins with {code!r}; families are {', '.join(FAMILIES)}",
                f"没有代码以“{code}”开头的规则；规则分为{'、'.join(FAMILIES)}各类",
                line,
            )

    def _per_file(self, value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(value, dict):
            raise self.error(
                "per-file-ignores is a table of patterns and codes",
                "per-file-ignores应为表，写明路径的样式和规则代码",
                self._line("per-file-ignores"),
            )
        return tuple((pattern, self._codes(codes, pattern, self._line(pattern))) for pattern, codes in value.items())

    def _suppressions(self, value: object) -> tuple[Suppression, ...]:
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise self.error(
                "suppress is a list of tables: [[suppress]]", "suppress应为多个表：[[suppress]]", self._line("suppress")
            )
        return tuple(self._suppression(table, number) for number, table in enumerate(value))

    def _suppression(self, table: dict[str, Any], number: int) -> Suppression:
        line = self._table_line(number)
        self._known(table, SUPPRESS_KEYS, lambda key: line)
        reason = table.get("reason")
        if not isinstance(reason, str) or not reason.strip():
            raise self.error(
                'a [[suppress]] needs a reason: reason = "why this is accepted"',
                '[[suppress]]必须说明理由：reason = "接受的理由"',
                line,
            )
        code = table.get("code")
        if not isinstance(code, str):
            raise self.error(
                'a [[suppress]] needs a code: code = "A101"', '[[suppress]]必须有代码：code = "A101"', line
            )
        self._code(code, line)
        for key in ("source", "agency"):
            if not (key not in table or (isinstance(table[key], str) and table[key])):
                raise self.error(f"{key} of a [[suppress]] is a text", f"[[suppress]]的{key}应为文字", line)
        if "year" in table and type(table["year"]) is not int:
            raise self.error(
                "year of a [[suppress]] is a number: year = 2023", "[[suppress]]的year应为数：year = 2023", line
            )
        cells = table.get("cells", [])
        if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
            raise self.error(
                'cells of a [[suppress]] is a list of ids: cells = ["requests.received.total"]',
                '[[suppress]]的cells应为单元格代码的列表：cells = ["requests.received.total"]',
                line,
            )
        return Suppression(
            code,
            reason.strip(),
            table.get("source"),
            table.get("agency"),
            table.get("year"),
            tuple(cells),
            None,
            os.fspath(self.path),
            line,
        )

    def _line(self, key: str) -> int | None:
        """The line that a key stands on, as near as can be told: TOML readers keep no places."""
        named = re.compile(rf"\s*(?:\[+\s*)?(?:[\w.-]+\.)?['\"]?{re.escape(key)}['\"]?\s*[=\]]")
        return next((number for number, line in enumerate(self.text.split("\n"), start=1) if named.match(line)), None)

    def _table_line(self, number: int) -> int | None:
        heads = re.compile(r"\s*\[\[\s*(?:tool\s*\.\s*['\"]?gipa-reports['\"]?\s*\.\s*)?suppress\s*\]\]")
        lines = [at for at, line in enumerate(self.text.split("\n"), start=1) if heads.match(line)]
        return lines[number] if number < len(lines) else self._line("suppress")
