"""The error tree: one root, ``GipaError``; each branch is also the builtin that callers expect.

Every error carries a stable ``code``, a sentence, and, where it is known, the place in the source, what was expected
there and what was found. All of them pickle.
"""

from __future__ import annotations

from typing import Self


class GipaError(Exception):
    """Root of all errors of this package.

    ``code`` is stable; ``line`` and ``column`` count from 1 and are None where the error has no place in a source;
    ``expected`` and ``found`` are short texts for people. ``zh`` is the sentence in Chinese, of the errors that the
    command line shows; the others have none.
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
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line
        self.column = column
        self.expected = expected
        self.found = found
        self.zh = zh

    def sentence(self, lang: str = "en") -> str:
        """What is wrong, in ``"zh"`` or ``"en"``; in English where there is no Chinese."""
        return self.zh if lang == "zh" and self.zh is not None else self.message

    def __str__(self) -> str:
        place = "" if self.line is None else f" (line {self.line}{f', column {self.column}' if self.column else ''})"
        return f"{self.code}: {self.message}{place}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.__dict__.copy())

    @classmethod
    def _from_state(cls, message: str, state: dict[str, object]) -> Self:
        error = cls.__new__(cls)
        Exception.__init__(error, message)
        error.__dict__.update(state)
        return error


def _rebuild(cls: type[GipaError], message: str, state: dict[str, object]) -> GipaError:
    return cls._from_state(message, state)


class ReadError(GipaError, ValueError):
    """The bytes are not text, or not of a format that can be read here."""


class ParseError(GipaError, ValueError):
    """The source is no report, or cannot be read without guessing."""


class LimitError(GipaError, ValueError):
    """The source goes past a limit on size.

    ``limit`` is the name of the field of ``Limits`` that would have to be higher; None for a bound that is fixed.
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
        limit: str | None = None,
    ) -> None:
        super().__init__(message, code=code, line=line, column=column, expected=expected, found=found, zh=zh)
        self.limit = limit


class ModelError(GipaError, ValueError):
    """A report, table or cell was built by hand from data that it cannot hold."""


class SerializeError(GipaError, ValueError):
    """The JSON is not ours, of another schema version, or holds data that no report has."""


class CheckError(GipaError, ValueError):
    """What is to be checked, added up or compared does not belong together, a rule is unknown or defined twice, or
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
        found = f"{type(error).__name__}: {error}"[:200] + _raised_in(error)
        name = "" if source is None else f"{source}: "
        internal = cls(f"{name}a fault of gipa_reports: {found}", code="internal-error", found=found)
        internal.source = source
        return internal


def _raised_in(error: BaseException) -> str:
    """The module and line that ``error`` comes from."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return ""
    return f" ({place.tb_frame.f_globals.get('__name__', '?')}, line {place.tb_lineno})"


class UnknownIdError(GipaError, LookupError):
    """No cell, row or table has this id in this edition, no section, or no diagnostic this code."""


class UnknownFormatError(GipaError, LookupError):
    """No reader or renderer has this name."""


class MissingExtraError(GipaError, ImportError):
    """An optional dependency is not installed; the message names the extra that brings it."""

    @classmethod
    def of(cls, purpose: str, package: str, extra: str) -> Self:
        """The error for what ``package`` is needed for, which comes with ``extra``."""
        brings = f"gipa-reports[{extra}]"
        message = f"{purpose} needs {package}, which is not installed: pip install '{brings}'"
        zh = f"需要的{package}没有安装：pip install '{brings}'"
        return cls(message, code="missing-extra", expected=brings, found=package, zh=zh)
