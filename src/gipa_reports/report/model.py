"""The report: what an administrative organ says of one year, as immutable data.

Two reports are equal when their data are; where a figure stood in the source is not part of it (see ``Reading``).
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Protocol, SupportsIndex, overload

from attrs import evolve, field, frozen

from ..brief import angled, in_notebook
from ..errors import ModelError, UnknownIdError, WrongTypeError
from ..template import FORMS, HEADINGS, TABLES, Edition, SectionId, TableId, table_of, words
from ..template.characters import is_unified, unify
from ..template.labels import normalise
from .cells import ABSENT, Cell, Figure, State, is_line
from .table import Figures, not_an_id
from .tables import AnyDisclosure, AnyRequests, AnyTable, Disclosure, Proceedings, Requests


def _unified(text: str | None) -> str | None:
    """``text`` with ideographs for the signs of radicals that PDF files have in their places."""
    return unify(text) if isinstance(text, str) else text


def _paragraphs(given: tuple[str, ...]) -> tuple[str, ...]:
    """``given`` with ideographs for the signs of radicals; what is no tuple of lines is refused."""
    if not isinstance(given, tuple):
        raise WrongTypeError.of("paragraphs", "tuple", given, code="bad-prose")
    for paragraph in given:
        if not isinstance(paragraph, str):
            raise WrongTypeError.of("paragraphs", "tuple[str, ...]", paragraph, code="bad-prose")
        if not is_line(paragraph):
            found = repr(paragraph)[:80]
            en = "a paragraph is one line: no line break or control character but TAB, no white space at its ends"
            zh = f"段落应为一行：没有换行，除制表符外没有控制字符，两端没有空白：{found}。"
            raise ModelError(en, code="bad-prose", found=found, zh=zh)
    return given if is_unified("\n".join(given)) else tuple(map(unify, given))


@frozen
class Section:
    """The prose of one section: its paragraphs in order, headings of parts included, tables left out.

    A paragraph is one line, without white space at its ends; it may be empty. Raises ``ModelError`` otherwise. Signs of
    radicals and compatibility ideographs are held as the ideographs that they stand for.
    """

    paragraphs: tuple[str, ...] = field(default=(), converter=_paragraphs)

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n".join(self.paragraphs)

    def __repr__(self) -> str:
        return angled(f"Section: {len(self.paragraphs)} paragraphs,", repr(self.text[:200]))

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Part id → its paragraphs, the one that names the part first.

        The parts are those of section 一 (``template.words.PARTS``): a paragraph opens one when it begins with an
        ordinal in brackets and the part's name. What stands before the first is in no part.
        """
        found: dict[str, list[str]] = {}
        current: list[str] | None = None
        for paragraph in self.paragraphs:
            part = _part(paragraph)
            if part is not None:
                current = found.setdefault(part, [])
            if current is not None:
                current.append(paragraph)
        return {part: tuple(paragraphs) for part, paragraphs in found.items()}


def _part(paragraph: str) -> str | None:
    key = normalise(paragraph[:40])
    if not (key.startswith("(") and key[1:2] and key[1] in words.ORDINALS and key[2:3] == ")"):
        return None
    return next((part for part, starts in words.PARTS.items() if key[3:].startswith(starts)), None)


_SECTIONS = tuple(heading.id for heading in HEADINGS)


@frozen
class Sections:
    """The prose of the six sections; None where the document has no such section.

    Going through it gives the sections that there are, in the order of the form; ``items()`` each with its id.
    """

    overview: Section | None = None
    disclosure: Section | None = None
    requests: Section | None = None
    proceedings: Section | None = None
    problems: Section | None = None
    other_matters: Section | None = None

    def __attrs_post_init__(self) -> None:
        for section in map(self.get, _SECTIONS):
            if section is not None and not isinstance(section, Section):
                raise WrongTypeError.of("Sections", "Section | None", section, code="bad-prose")

    def items(self) -> tuple[tuple[SectionId, Section], ...]:
        """The sections that the document has, in the order of the form, each with its id."""
        given: Iterator[tuple[SectionId, Section | None]] = ((name, getattr(self, name)) for name in _SECTIONS)
        return tuple((name, section) for name, section in given if section is not None)

    def __iter__(self) -> Iterator[Section]:
        return (section for _, section in self.items())

    @property
    def text(self) -> str:
        """The prose of all sections, without their headings: one paragraph a line, an empty line between sections."""
        return "\n\n".join(section.text for section in self)

    def __repr__(self) -> str:
        return angled("Sections:", ", ".join(f"{name} {len(one.paragraphs)}" for name, one in self.items()) or "none")

    def get(self, section: SectionId) -> Section | None:
        """The section with this id, None where the document does not have it. Raises ``UnknownIdError``."""
        if not isinstance(section, str):
            raise WrongTypeError.of("Sections.get", "str", section)
        if section not in _SECTIONS:
            raise UnknownIdError.of(section, _SECTIONS, f"no section {section!r}", f"没有部分“{section}”")
        found: Section | None = getattr(self, section)
        return found


@frozen
class Period:
    """The days that the figures cover, both included."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"

    def __repr__(self) -> str:
        return angled("Period", str(self))

    def __attrs_post_init__(self) -> None:
        for day in (self.start, self.end):
            if type(day) is not date:
                raise WrongTypeError.of("Period", "date", day, code="bad-period")
        if self.start > self.end:
            raise ModelError(
                "a period begins before it ends",
                code="bad-period",
                expected=f"{self.end} – {self.start}",
                found=f"{self.start} – {self.end}",
                zh=f"统计期间的起始日{self.start}晚于截止日{self.end}。",
            )


def _check_line(name: str, text: object) -> None:
    """Raise where the title or the agency of a report is neither None nor a line of text."""
    if text is None:
        return
    if not isinstance(text, str):
        raise WrongTypeError.of(name, "str | None", text, code="bad-report")
    if not (text and is_line(text)):
        en, zh = f"{name} is None or one line of text", f"{name}应为一行文字：{text!r:.80}。"
        raise ModelError(en, code="bad-report", found=repr(text)[:80], zh=zh)


def _plain_year(year: object) -> int:
    """Return a year as exactly an ``int``: an integer of another library becomes one. Raise where it is no year."""
    if isinstance(year, bool) or not hasattr(year, "__index__"):
        raise WrongTypeError.of("year", "int | None", year, code="bad-report")
    plain = int(operator.index(year))
    if not 1000 <= plain <= 9999:
        en, zh = "year is None or a year of four digits", f"year应为四位数的年份，不是{plain!r}。"
        raise ModelError(en, code="bad-report", found=repr(plain), zh=zh)
    return plain


class _Edit(Protocol):
    """A suggested change with its cells: the ``Edit`` of a finding."""

    @property
    def changes(self) -> tuple[tuple[str, int], ...]: ...


@frozen
class Report:
    """One annual report. Build one with ``Report.of``, change it with ``replace``: what there is is never changed.

    ``title`` is the title as written, ``agency`` the organ that reports, ``year`` the year reported on, ``period`` the
    days covered if the text states them; each is None where the document does not say. The tables are always there; a
    table, row or column that the document lacks has cells that are ``absent``. The edition is each table's own; 四 is
    the same in both and counts as of the edition of 三. Signs of radicals in title and agency are held as ideographs.
    """

    disclosure: AnyDisclosure
    requests: AnyRequests
    proceedings: Proceedings
    sections: Sections = field(factory=Sections)
    title: str | None = field(default=None, converter=_unified)
    agency: str | None = field(default=None, converter=_unified)
    year: int | None = None
    period: Period | None = None

    def __attrs_post_init__(self) -> None:
        for name, kind in _KINDS:
            value = getattr(self, name)
            if not isinstance(value, kind) and not (name == "period" and value is None):
                raise WrongTypeError.of(name, kind.__name__, value, code="bad-report")
        _check_line("title", self.title)
        _check_line("agency", self.agency)
        if self.year is not None:
            object.__setattr__(self, "year", _plain_year(self.year))
        if self.proceedings.edition != self.requests.edition:
            raise ModelError(
                "四 is alike in both editions and counts as of the edition of 三",
                code="bad-report",
                expected=self.requests.edition,
                found=self.proceedings.edition,
                zh=f"四在两种版式中相同，按三的版式计：应为{self.requests.edition}，不是{self.proceedings.edition}。",
            )

    @classmethod
    def of(
        cls,
        edition: Edition,
        figures: Figures | None = None,
        *,
        default: Cell = ABSENT,
        sections: Sections | None = None,
        title: str | None = None,
        agency: str | None = None,
        year: int | None = None,
        period: Period | None = None,
    ) -> Report:
        """A report from cell id → figure, ``Cell``, or None for a blank: ``{"requests.received.total": 47}``.

        All other cells are ``default``: absent, and not zero, unless you say so (``default=Cell.of(0)``). An ``int``
        given for a column of money becomes a ``Decimal``. Raises ``UnknownIdError`` for an id that the edition does not
        have, ``ModelError`` for what no report can hold.
        """
        parts = _by_table(figures or {})
        return cls(
            Disclosure.of(edition, parts["disclosure"], default=default),
            Requests.of(edition, parts["requests"], default=default),
            Proceedings.of(edition, parts["proceedings"], default=default),
            Sections() if sections is None else sections,
            title,
            agency,
            year,
            period,
        )

    def replace(self, figures: Figures) -> Report:
        """This report with other figures in some cells: cell id → figure, ``Cell``, or None for a blank.

        All else stays: other cells, their states and units, the prose. A plain number takes the unit of the figure that
        it replaces where that is the form's own or none; where it is another, say which is meant:
        ``Cell.of(12, "元")``. Raises ``UnknownIdError`` for an id that the report does not have, ``ModelError`` for
        what no cell can hold and for a number in a unit that can't be told. ``attrs.evolve`` replaces other fields.
        """
        parts = _by_table(figures)
        return evolve(
            self,
            disclosure=self.disclosure.replace(parts["disclosure"]),
            requests=self.requests.replace(parts["requests"]),
            proceedings=self.proceedings.replace(parts["proceedings"]),
        )

    def apply(self, suggestion: Mapping[str, int] | _Edit | None) -> Report:
        """This report with ``finding.suggestion`` in it, or with one of ``finding.edits``.

        Nothing is ever mended by itself: whoever applies a suggestion says that it is right. Raises ``ModelError``
        where there is no suggestion (None), because several changes would do or none would; otherwise as ``replace``.
        """
        if suggestion is None:
            raise ModelError(
                "there is no suggestion: either several edits would restore the form's arithmetic, see finding.edits, "
                "or none would",
                code="no-suggestion",
                zh="没有可采用的建议：有多种改法（见finding.edits），或者没有。",
            )
        return self.replace(suggestion if isinstance(suggestion, Mapping) else dict(suggestion.changes))

    @property
    def tables(self) -> tuple[AnyDisclosure, AnyRequests, Proceedings]:
        """The three tables, in the order of the form."""
        return self.disclosure, self.requests, self.proceedings

    @overload
    def table(self, table: Literal["disclosure"]) -> AnyDisclosure: ...

    @overload
    def table(self, table: Literal["requests"]) -> AnyRequests: ...

    @overload
    def table(self, table: Literal["proceedings"]) -> Proceedings: ...

    def table(self, table: TableId) -> AnyTable:
        """The table with this id. Raises ``UnknownIdError``."""
        return self.tables[TABLES.index(table_of(table))]

    def __getitem__(self, cell_id: str) -> Cell:
        """The cell with this id (``requests.received.total``). Raises ``UnknownIdError``."""
        if not isinstance(cell_id, str):
            raise not_an_id(cell_id)
        return self.table(table_of(cell_id))[cell_id.partition(".")[2]]

    __iter__: ClassVar[None] = None
    """Python would count from 0 through the ids; what there is to go through are ``tables`` and ``cells()``."""

    def __contains__(self, cell_id: object) -> bool:
        """Return whether there is a cell with this id."""
        return any(cell_id in table.form.cell_ids for table in self.tables)

    def cells(self) -> tuple[Figure, ...]:
        """Every cell of the form as a record, table by table: 200 where both editions are 2021, 198 where 2019."""
        return tuple(figure for table in self.tables for figure in table.cells())

    def __repr__(self) -> str:
        figures = [cell for table in self.tables for row in table.rows for cell in row]
        values = sum(cell.state is State.VALUE for cell in figures)
        whose = " ".join(str(part) for part in (self.agency or self.title or "", self.year or "") if part)
        return angled("Report", f"{whose[:60]}: {values} of {len(figures)} cells have a value")

    _repr_html_ = in_notebook

    def _ipython_key_completions_(self) -> list[str]:
        return [cell_id for table in self.tables for cell_id in table.form.cell_ids]


_CELL_IDS = frozenset(cell_id for form in FORMS.values() for cell_id in form.cell_ids)
"""The cells of both editions."""


def _by_table(figures: Figures) -> dict[TableId, dict[str, Cell | SupportsIndex | Decimal | None]]:
    """The figures of each table, by ``row.column``. Raises ``UnknownIdError`` for an id of no table."""
    parts: dict[TableId, dict[str, Cell | SupportsIndex | Decimal | None]] = {table: {} for table in TABLES}
    for cell_id, figure in figures.items():
        if not isinstance(cell_id, str):
            raise not_an_id(cell_id)
        table, _, rest = cell_id.partition(".")
        if table not in parts:
            raise UnknownIdError.of(cell_id, sorted(_CELL_IDS), f"no cell {cell_id!r}", f"没有单元格“{cell_id}”")
        parts[table_of(table)][rest] = figure
    return parts


_KINDS: tuple[tuple[str, type], ...] = (
    ("disclosure", Disclosure),
    ("requests", Requests),
    ("proceedings", Proceedings),
    ("sections", Sections),
    ("period", Period),
)


def require_report(found: object, taker: str) -> None:
    """Raise ``TypeError`` where the function ``taker`` got something else than a report."""
    if not isinstance(found, Report):
        name = type(found).__name__
        raise WrongTypeError(
            f"{taker} takes a Report, not {name}; a Reading has it as its report",
            code="wrong-type",
            expected="Report",
            found=name,
            zh=f"{taker}应为Report，不是{name}；Reading的报告是其report属性。",
        )
