"""Problems of a readable report, as values: what, where, and which cells they touch. ``codes`` has the written list."""

from __future__ import annotations

from attrs import frozen

from .brief import one_line
from .codes import CODES, Code, Severity
from .errors import UnknownIdError


@frozen(kw_only=True)
class Location:
    """A place in the source and the raw text there. All numbers count from 1, and are None where they can't be had.

    In a text ``line`` and ``column`` are those of the character. In a page or document that has no lines ``table`` is
    the number of the table, ``row`` and ``column`` those of its grid, with spans expanded; ``page`` is that of a PDF
    file, ``sheet`` the name of a sheet in a workbook, whose rows and columns are the sheet's own. ``box`` is where the
    cell is on its page of a PDF file: left, top, right, bottom in points (72 to an inch), counted from the upper left
    corner of the page as it is shown. ``converted`` is the ending of the file (``"doc"``) where LibreOffice
    converted it: the place is then that in the converted one.
    """

    line: int | None
    column: int | None
    text: str
    table: int | None = None
    row: int | None = None
    page: int | None = None
    sheet: str | None = None
    box: tuple[float, float, float, float] | None = None
    converted: str | None = None

    __repr__ = one_line

    def __str__(self) -> str:
        parts = {
            "converted from": self.converted,
            "sheet": self.sheet,
            "page": self.page,
            "table": self.table,
            "line": self.line,
            "row": self.row,
            "column": self.column,
        }
        return ", ".join(f"{name} {part}" for name, part in parts.items() if part is not None)


@frozen(kw_only=True)
class Diagnostic:
    """One problem: what, where, and which cells it touches (ids as in ``Report.cells``).

    ``location`` is None for what has no one place, such as a row that is missing. ``expected`` and ``found`` are what
    the sentence of the code says was expected and found, None where it says no such thing. ``table`` is the id of the
    table that the problem is in, None where it is in none or in several.
    """

    code: str
    cells: tuple[str, ...] = ()
    location: Location | None = None
    expected: str | None = None
    found: str | None = None
    table: str | None = None

    __repr__ = one_line

    @property
    def severity(self) -> Severity:
        """Severity of the code. Raises ``UnknownIdError`` for a code that is not in ``CODES``."""
        return self._kind().severity

    def message(self, lang: str = "en") -> str:
        """The sentence in ``"zh"`` or ``"en"``. Raises ``UnknownIdError`` for a code that is not in ``CODES``."""
        return self._kind().sentence(self, lang)

    def _kind(self) -> Code:
        kind = CODES.get(self.code)
        if kind is None:
            raise UnknownIdError.of(
                str(self.code),
                CODES,
                f"no diagnostic has the code {self.code!r}",
                f"没有代码为“{self.code}”的问题",
                code="unknown-code",
            )
        return kind

    def __str__(self) -> str:
        place = "" if self.location is None else str(self.location)
        return f"{self.code}: {self.message()}" + f" ({place})" * bool(place)
