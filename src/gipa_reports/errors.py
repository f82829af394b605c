"""The error tree: one root, ``GipaError``; each branch is also the builtin that callers expect.

Every error carries a stable ``code``, a sentence, and, where it is known, the place in the source, what was expected
there and what was found. All of them pickle.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Required, Self, TypedDict, Unpack

from .brief import angled
from .messages import SENTENCES, Phrase, in_language

_MOST_SHOWN = 200
"""Characters of what was expected that ``str(error)`` shows: it may be a list of all ids."""


class _Facts(TypedDict, total=False):
    code: Required[str]
    line: int | None
    column: int | None
    expected: str | None
    found: str | None
    zh: str | None
    cell: str | None


class GipaError(Exception):
    """Root of all errors of this package.

    ``code`` is stable; ``line`` and ``column`` count from 1 and are None where the error has no place in a source;
    ``cell`` is the id of the cell that it is about; ``expected`` and ``found`` are short texts for people. ``message``
    is the sentence in English, ``zh`` that in Chinese; all errors of this package have both. ``str(error)`` names the
    code, the cell, the place, and what was expected and found.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        line: int | None = None,
        column: int | None = None,
        expected: str | None = None,
        found: str | None = None,
        zh: str | None = None,
        cell: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line
        self.column = column
        self.expected = expected
        self.found = found
        if zh is None and code in SENTENCES:
            words = {"expected": in_language(expected, "zh"), "found": in_language(found, "zh")}
            zh = SENTENCES[code].format(**words, install=install_command(words["expected"]))
        self.zh = zh
        self.cell = cell

    @classmethod
    def of_choice(cls, name: str, known: Iterable[str], found: object, *, code: str) -> Self:
        """The error for an argument that is none of those ``known``."""
        names = tuple(known)
        en = f"{name} is one of {', '.join(names)}, not {found!r}"
        zh = f"{name}应为{'、'.join(names)}之一，不是{found!r}。"
        return cls(en, code=code, expected=", ".join(names), found=repr(found), zh=zh)

    def sentence(self, lang: str = "en") -> str:
        """Return what is wrong, in ``"zh"`` or ``"en"``; in English where whoever made the error gave no Chinese."""
        if lang == "zh" and self.zh is not None:
            return self.zh if self.cell is None else f"{self.cell}：{self.zh}"
        return self.message if self.cell is None else f"{self.cell}: {self.message}"

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}{f', column {self.column}' if self.column else ''}"
        told = {"expected": (self.expected or "")[:_MOST_SHOWN], "found": self.found or ""}
        more = ", ".join(f"{name} {text}" for name, text in told.items() if text and text not in self.message)
        behind = "; ".join(filter(None, (place, more)))
        return f"{self.code}: {self.sentence()}{f' ({behind})' if behind else ''}"

    def __repr__(self) -> str:
        return angled(type(self).__name__, str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.message, self.__dict__.copy())


def _rebuilt(cls: type[GipaError], message: str, state: dict[str, object]) -> GipaError:
    error = cls.__new__(cls, message)
    error.__dict__.update(state)
    return error


class ReadError(GipaError, ValueError):
    """The bytes are not text, or not of a format that can be read here."""


class ParseError(GipaError, ValueError):
    """The source is no report, or cannot be read without guessing."""


class DoubtfulError(ParseError):
    """Figures of a report that can be read are in doubt: what ``parse(…, strict=True)`` raises.

    ``codes`` are those of the warnings that touch a figure, ``cells`` the ids of the cells that they touch.
    """

    def __init__(
        self, message: str, *, codes: tuple[str, ...] = (), cells: tuple[str, ...] = (), **facts: Unpack[_Facts]
    ) -> None:
        super().__init__(message, **facts)
        self.codes = codes
        self.cells = cells


class LimitError(GipaError, ValueError):
    """The source goes past a limit on size.

    ``limit`` is the name of the field of ``Limits`` that would have to be higher; None for a bound that is fixed.
    """

    def __init__(self, message: str, *, limit: str | None = None, **facts: Unpack[_Facts]) -> None:
        super().__init__(message, **facts)
        self.limit = limit


class ModelError(GipaError, ValueError):
    """A report, table or cell was built by hand from data that it cannot hold."""


class WrongTypeError(GipaError, TypeError):
    """An argument is of another type than what the function, or the field of a report, takes."""

    @classmethod
    def of(cls, taker: str, types: str, found: object, *, code: str = "wrong-type") -> Self:
        """Return the error for ``found``, which ``taker`` does not take; ``types`` are written ``"str | bytes"``."""
        name, names = type(found).__name__, types.split(" | ")
        expected = Phrase(" or ".join(names), "或".join(names))
        message, zh = f"{taker} takes {expected}, not {name}", f"{taker}应为{expected.zh}，不是{name}。"
        return cls(message, code=code, expected=expected, found=name, zh=zh)


class SerializeError(GipaError, ValueError):
    """The JSON is not ours, of another schema version, or holds data that no report has."""


class CheckError(GipaError, ValueError):
    """Things to be checked, added up or compared do not belong together, a rule is unknown or defined twice, or
    settings or a baseline file are broken.
    """


class ScanError(GipaError, RuntimeError):
    """A scan can't begin or go on: wrong inputs, a folder in use or of another scan, output that can't be written."""


class InternalError(GipaError, RuntimeError):
    """A fault of this package ended the work on a source: please report it.

    ``source`` is the name of the source, None where it has none. The exception itself is not kept, for it would hold
    the whole document; ``found`` says what it was and where it was raised.
    """

    source: str | None = None

    @classmethod
    def of(cls, error: BaseException, source: str | None = None) -> Self:
        """The error for an exception that no source should have caused."""
        what, (en, zh) = f"{type(error).__name__}: {error}"[:200], _raised_in(error)
        found = Phrase(what + en, what + zh)
        name = "" if source is None else f"{source}: "
        internal = cls(f"{name}a fault of gipa_reports: {found}", code="internal-error", found=found)
        internal.source = source
        return internal


def _raised_in(error: BaseException) -> tuple[str, str]:
    """The module and line that ``error`` comes from, in English and in Chinese."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return "", ""
    module = place.tb_frame.f_globals.get("__name__", "?")
    return f" ({module}, line {place.tb_lineno})", f"（{module}第{place.tb_lineno}行）"


class UnknownIdError(GipaError, KeyError):
    """No cell, row or table has this id in this edition, no section, or no diagnostic this code."""

    @classmethod
    def of(cls, found: str, known: Iterable[str], en: str, zh: str, *, code: str = "unknown-id") -> Self:
        """The error for an id that is not among ``known``; it names the one that may be meant.

        ``en`` and ``zh`` are sentences without their full stop.
        """
        ids = list(known)
        meant = next(iter(get_close_matches(found, ids, n=1, cutoff=0.6)), None)
        if meant is None:
            return cls(en, code=code, expected=", ".join(ids), found=found, zh=f"{zh}。")
        return cls(
            f"{en}; did you mean {meant!r}?", code=code, expected=meant, found=found, zh=f"{zh}；是否应为“{meant}”？"
        )


class UnknownFormatError(GipaError, LookupError):
    """No reader or renderer has this name."""


class MissingExtraError(GipaError, ImportError):
    """An optional dependency is not installed; the message names the extra that brings it."""

    @classmethod
    def of(cls, purpose: str, package: str, extra: str) -> Self:
        """The error for what ``package`` is needed for, which comes with ``extra``."""
        brings = f"gipa-reports[{extra}]"
        command = install_command(brings)
        message = f"{purpose} needs {package}, which is not installed: {command}"
        zh = f"需要的{package}没有安装：{command}"
        return cls(message, code="missing-extra", expected=brings, found=package, zh=zh)


def install_command(*brings: str) -> str:
    """Return the command that installs what is missing where this runs, as this shell takes it.

    It names the interpreter, for the ``pip`` that a shell finds may be that of another.
    """
    if getattr(sys, "frozen", False) or not sys.executable:
        # The program file that PyInstaller makes holds no pip.
        return f"pip install {' '.join(map(_quoted, brings))}"
    program = _quoted(sys.executable)
    is_powershell = _is_windows() and "PROMPT" not in os.environ  # which cmd sets
    call = "& " if is_powershell and program != sys.executable else ""
    return f"{call}{program} -m pip install {' '.join(map(_quoted, brings))}"


def _quoted(word: str) -> str:
    """Return a word as the shells take it: single quotes are letters to cmd, and brackets are no letters to sh."""
    if not _is_windows():
        return shlex.quote(word)
    return word if re.fullmatch(r"[\w:\\/.~-]+", word) else f'"{word}"'


def _is_windows() -> bool:
    return sys.platform == "win32"
