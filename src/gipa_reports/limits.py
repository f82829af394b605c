"""Limits of what a source may ask for. Past any of them a ``LimitError`` is raised, before time or memory is gone."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from .brief import one_line
from .errors import LimitError, WrongTypeError
from .messages import Phrase, in_language

MOST = 2**50
"""The highest limit that is a count. More would be more than the system can be asked for."""

MOST_SECONDS = 1_000_000
"""The longest time that can be set: no system waits much longer for a process before it calls the number wrong."""


_TIMES = ("seconds", "conversion_seconds")


def _check(limits: Limits, attribute: Attribute[Any], value: object) -> None:
    kind: type | tuple[type, ...]
    kind, most = ((int, float), MOST_SECONDS) if attribute.name in _TIMES else (int, MOST)
    absent = value is None and attribute.name in ("seconds", "memory")
    if absent:
        return
    if isinstance(value, bool) or not isinstance(value, kind):
        raise WrongTypeError.of(attribute.name, "int" if kind is int else "int | float", value, code="bad-limit")
    if not 0 < value <= most:
        expected = f"a number above 0, at most {most}"
        raise LimitError(
            f"{attribute.name} can't be {value!r}; it is {expected}",
            code="bad-limit",
            expected=Phrase(expected, f"大于0、不超过{most}的数"),
            found=repr(value),
            zh=f"{attribute.name}不能是{value!r}，应为大于0、不超过{most}的数。",
            limit=attribute.name,
        )


@frozen(kw_only=True)
class Limits:
    """Most that a source may ask for, the same in the API and on the command line.

    Each has its own code, so that a caller can tell which was passed; the error names the limit and how to raise it.
    """

    bytes: int = field(validator=_check, default=64 * 2**20)
    """Bytes of a source."""
    unzipped_bytes: int = field(validator=_check, default=64 * 2**20)
    """Bytes of all parts of a DOCX or XLSX package together, unpacked."""
    characters: int = field(validator=_check, default=4 * 2**20)
    """Characters of one line, of one part of a package that is read as XML, or of a page without its pictures."""
    lines: int = field(validator=_check, default=600_000)
    """Lines of a text; one of a report has some hundred."""
    rows: int = field(validator=_check, default=5000)
    """Rows of all tables of the form together; a report has about fifty."""
    cells: int = field(validator=_check, default=200_000)
    """Cells of all tables together, spans expanded."""
    span: int = field(validator=_check, default=1000)
    """Rows or columns that one cell may span."""
    nesting: int = field(validator=_check, default=400)
    """Depth of elements in a page or document."""
    elements: int = field(validator=_check, default=30_000)
    """Tags of a page; one of a report has a few thousand."""
    pages: int = field(validator=_check, default=300)
    """Pages of a PDF file."""
    seconds: float | None = field(validator=_check, default=8.0)
    """Processor time to read a PDF file in, so that a busy machine refuses nothing; None for no bound. Twenty times as
    long by the clock, the process that reads is taken for one that hangs.
    """
    memory: int | None = field(validator=_check, default=512 * 2**20)
    """Bytes of memory of the process that reads a PDF file; None for no bound. A PDF is read in a process of its own
    unless this and ``seconds`` are both None.
    """
    conversion_seconds: float = field(validator=_check, default=60.0)
    """Time by the clock in which LibreOffice may convert a file, where a caller asks for that."""

    __repr__ = one_line

    def passed(self, name: str, found: str, *, line: int | None = None) -> LimitError:
        """The error for a source that goes past the limit ``name``; ``found`` says how far and where."""
        value = getattr(self, name)
        return LimitError(
            f"{found}; the limit {name} is {value}, pass Limits({name}=…) or --limit {name}=… for more",
            code=CODES[name],
            line=line,
            expected=str(value),
            found=found,
            zh=f"{in_language(found, 'zh')}，限额{name}为{value}；可用Limits({name}=…)或--limit {name}=…提高。",
            limit=name,
        )


CODES = {
    "bytes": "too-large",
    "unzipped_bytes": "unzipped-too-large",
    "characters": "line-too-long",
    "lines": "too-many-lines",
    "rows": "too-many-rows",
    "cells": "too-many-cells",
    "span": "span-too-wide",
    "nesting": "nesting",
    "elements": "too-many-elements",
    "pages": "too-many-pages",
    "seconds": "too-slow",
    "memory": "too-much-memory",
    "conversion_seconds": "conversion-too-slow",
}
"""Name of a limit → the code of its error."""

ENDED = Phrase("the reading was ended", "读取被中止")
"""Value of ``found`` where only the surroundings of a source could see that it went past a limit."""

DEFAULT = Limits()
