"""Counts over a data set, taken file by file, so that memory does not grow with the number of reports.

A figure is only added up where it was plainly there: a report in which one of the figures is missing or has a flag is
left out of that sum, and counted as left out.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from attrs import Factory, define

from ..checks import Status, check
from ..corpus.folder import Folder
from ..diagnostics import Diagnostic
from ..errors import ScanError
from ..frames import DATA_VERSION
from ..frames.arrow import require_pyarrow
from ..frames.encoding import cell_indexes
from ..memo import remembered
from ..messages import Phrase
from ..parsing import Reading
from ..report import Cell, Disclosure, Period, Proceedings, Report, Requests, Section, Sections
from ..template import FORMS, HEADINGS, Edition, SectionId, TableId

Year = int | None

MEASURES: dict[str, tuple[str, ...]] = {
    "received": ("requests.received.total",),
    "granted": ("requests.granted.total",),
    "partially_granted": ("requests.partially_granted.total",),
    "denied": tuple(
        f"requests.{row.id}.total" for row in FORMS["requests", "2021"].rows if row.id.startswith("denied.")
    ),
    "litigated": ("proceedings.litigation_direct.total", "proceedings.litigation_after_reconsideration.total"),
}
"""Cells followed over the years: those that are added up in each report. Both editions have them alike."""

FAMILIES = ("A", "C", "N")
"""Families of rules that a report can be checked by on its own."""

UNSEEN_RULES = ("C107",)
"""Rules about what no table keeps: rows that the form does not have."""


@define
class Sum:
    """A sum over the reports of a year: of how many, and how many were left out.

    ``missing`` reports have no figure in one of the cells (blank, absent, not applicable, invalid or too large),
    ``flagged`` ones have figures that were not plainly there.
    """

    total: int = 0
    reports: int = 0
    missing: int = 0
    flagged: int = 0


@define
class RuleCount:
    """Of one rule: reports with a finding, those of them whose findings all touch flagged figures, and reports without
    a finding in which a figure that the rule needs is missing.
    """

    failed: int = 0
    only_flagged: int = 0
    undecided: int = 0


@define
class Summary:
    """Numbers of a data set.

    ``sources`` are all that the scan has read; each is ``clean``, ``flagged`` or ``refused``. ``duplicates`` count as
    sources, by format, layout and refusal, but not by year, in sums and by rule, where each content stands once.
    ``formats`` and ``layouts`` map to (clean, flagged). ``unchecked`` reports have a figure that no column holds.
    """

    finished: bool
    clean: int = 0
    flagged: int = 0
    refused: int = 0
    duplicates: int = 0
    refusals: Counter[str] = Factory(Counter)
    formats: dict[str, list[int]] = Factory(lambda: defaultdict(lambda: [0, 0]))
    layouts: dict[str, list[int]] = Factory(lambda: defaultdict(lambda: [0, 0]))
    years: dict[Year, Counter[str]] = Factory(lambda: defaultdict(Counter))
    sums: dict[tuple[str, Year], Sum] = Factory(lambda: defaultdict(Sum))
    rules: dict[str, RuleCount] = Factory(lambda: defaultdict(RuleCount))
    checked: int = 0
    unchecked: int = 0

    @property
    def sources(self) -> int:
        """All that the scan has read, or tried to."""
        return self.clean + self.flagged + self.refused


def summarise(folder: str | os.PathLike[str]) -> Summary:
    """Count what a scan wrote to ``folder``; of a scan that is not finished, the parts that are.

    Raises ``ScanError`` where the folder holds no scan, tables of another version, or tables that were damaged, and
    ``MissingExtraError`` without pyarrow.
    """
    require_pyarrow()
    scanned = Folder(Path(folder))
    _check_version(scanned)
    summary = Summary(scanned.done.exists())
    finished = sorted(scanned.finished())
    for path in _years(scanned.path):
        once = _Once.of(_rows(scanned.path / "problems" / path, "duplicates-*"))
        summary.duplicates += once.duplicates
        for number in finished:
            part = f"{path}/part-{number:06}.parquet"
            _count_problems(summary, scanned.path / "problems" / part)
            _count_reports(summary, scanned.path, part, once)
    return summary


def _check_version(scanned: Folder) -> None:
    try:
        with open(scanned.plan, encoding="utf-8") as file:
            found = json.loads(file.readline())["data_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScanError(
            "the folder holds no scan",
            code="not-a-scan",
            expected=Phrase("what gipa-reports scan wrote", "gipa-reports scan的输出"),
            found=type(error).__name__,
            zh="文件夹中没有扫描的输出。",
        ) from error
    if found != DATA_VERSION:
        raise ScanError(
            "the folder holds tables of another version",
            code="other-version",
            expected=DATA_VERSION,
            found=str(found),
            zh="文件夹中是另一版本的数据表。",
        )


def _years(folder: Path) -> list[str]:
    """The names of the folders of years, those of all tables."""
    return sorted({path.name for table in ("reports", "problems") for path in folder.glob(f"{table}/year=*")})


def _year(path: str) -> Year:
    text = path.partition("/")[0].removeprefix("year=")
    return int(text) if text.isdecimal() else None


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{pattern}.parquet")):
        columns = _read(path)
        yield from (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _read(path: Path, columns: list[str] | None = None) -> dict[str, list[Any]]:
    """The columns of one file, all or some, as lists. Raises ``ScanError`` where it can't be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            table = file.read(columns)
    except (OSError, pa.ArrowException) as error:
        raise _damaged(path, str(error)) from error
    return {name: _list(table.column(name).combine_chunks()) for name in table.column_names}


def _list(column: Any) -> list[Any]:
    """The values of a column; of decimals, which are slow to make, each distinct one is made once."""
    import pyarrow as pa

    if not pa.types.is_decimal(column.type):
        values: list[Any] = column.to_pylist()
        return values
    encoded = column.dictionary_encode()
    distinct = [*encoded.dictionary.to_pylist(), None]
    return [distinct[-1 if code is None else code] for code in encoded.indices.to_pylist()]


def _damaged(path: Path, found: str) -> ScanError:
    return ScanError(
        f"the data set is damaged: {path.name} of {path.parent.name}",
        code="damaged",
        expected=Phrase("the files as the scan wrote them", "扫描写出的原文件"),
        found=found[:200],
        zh=f"数据集已损坏：{path.parent.name}的{path.name}。",
    )


# --- each content once ----------------------------------------------------------------------------------------------


@define
class _Once:
    """Tells the first report with a content from those that repeat it, within a year: equal contents have one year."""

    duplicates: int
    elsewhere: set[tuple[str, str]]
    """Source and hash whose content another source had first."""
    again: dict[tuple[str, str], bool]
    """Source and hash that come several times → whether they came."""

    @classmethod
    def of(cls, problems: Iterator[dict[str, Any]]) -> _Once:
        """From the rows of kind ``duplicate`` of a year."""
        once = cls(0, set(), {})
        for problem in problems:
            once.duplicates += 1
            key = problem["source"], problem["sha256"]
            if problem["found"] == problem["source"]:
                once.again[key] = False
            else:
                once.elsewhere.add(key)
        return once

    def first(self, source: str, digest: str) -> bool:
        """Return whether this report is the first with its content."""
        key = source, digest
        if key in self.elsewhere or self.again.get(key, False):
            return False
        if key in self.again:
            self.again[key] = True
        return True


# --- a part of a year -----------------------------------------------------------------------------------------------


def _count_problems(summary: Summary, path: Path) -> None:
    if not path.exists():
        return
    columns = _read(path)
    for kind, code in zip(columns["kind"], columns["code"], strict=True):
        if kind == "refusal":
            summary.refused += 1
            summary.refusals[code] += 1


def _count_reports(summary: Summary, folder: Path, part: str, once: _Once) -> None:
    path = folder / "reports" / part
    if not path.exists():
        return
    year = _year(part)
    columns = _read(path)
    cells = _Cells.read(folder / "cells" / part)
    for row in zip(*columns.values(), strict=True):
        found = dict(zip(columns, row, strict=True))
        is_flagged = bool(found["errors"] or found["warnings"])
        summary.clean += not is_flagged
        summary.flagged += is_flagged
        summary.formats[found["format"]][is_flagged] += 1
        summary.layouts[_layout(found["layout"])][is_flagged] += 1
        taken = cells.take(found["source"], found["disclosure_edition"], found["requests_edition"])
        if once.first(found["source"], found["sha256"]):
            summary.years[year][_edition(found)] += 1
            _add_up(summary, year, taken)
            _apply_rules(summary, found, year, taken)


def _layout(layout: str) -> str:
    """One word where all tables are laid out alike."""
    words = layout.split()
    return words[0] if len(set(words)) == 1 else layout


def _edition(found: dict[str, Any]) -> str:
    editions = {found[f"{table}_edition"] for table in ("disclosure", "requests")}
    return editions.pop() if len(editions) == 1 else "both"


class _Figure(NamedTuple):
    """A cell, as the columns of ``cells`` have it."""

    state: str
    number: int | None
    amount: Decimal | None
    unit: str | None
    codes: str

    @property
    def value(self) -> int | Decimal | None:
        """The number, or the amount of money."""
        return self.amount if self.number is None else self.number


_COLUMNS = ("state", "value", "amount", "unit", "codes")
"""Columns of ``cells`` that a figure is made of."""


@define
class _Cells:
    """The cells of a part, taken report by report in the order in which they were written."""

    path: Path
    columns: dict[str, list[Any]]
    at: int = 0

    @classmethod
    def read(cls, path: Path) -> _Cells:
        return cls(path, _read(path, ["source", "cell", *_COLUMNS]))

    def take(self, source: str, disclosure: Edition, requests: Edition) -> dict[str, _Figure]:
        """Cell id → figure, of the next report. Raises ``ScanError`` where the cells are those of another."""
        ids = list(cell_indexes(disclosure, requests))
        taken = slice(self.at, self.at + len(ids))
        if self.columns["cell"][taken] != ids or set(self.columns["source"][taken]) != {source}:
            raise _damaged(self.path, f"other cells than those of {source}")
        self.at += len(ids)
        return dict(zip(ids, map(_Figure, *(self.columns[name][taken] for name in _COLUMNS)), strict=True))


def _add_up(summary: Summary, year: Year, taken: dict[str, _Figure]) -> None:
    for measure, ids in MEASURES.items():
        figures = [taken[cell_id] for cell_id in ids]
        values = [figure.value for figure in figures]
        added = summary.sums[measure, year]
        if None in values:
            added.missing += 1
        elif any(figure.codes for figure in figures):
            added.flagged += 1
        else:
            added.reports += 1
            added.total += sum(int(value) for value in values if value is not None)


# --- rules ----------------------------------------------------------------------------------------------------------


def _apply_rules(summary: Summary, found: dict[str, Any], year: Year, taken: dict[str, _Figure]) -> None:
    if any(figure.state == "value" and figure.value is None for figure in taken.values()):
        summary.unchecked += 1
        return
    summary.checked += 1
    result = check(_reading(found, year, taken), select=FAMILIES, ignore=UNSEEN_RULES)
    undecided = {outcome.code for outcome in result.outcomes if outcome.status is Status.UNDECIDED}
    failed: dict[str, bool] = {}
    for finding in result.findings:
        failed[finding.code] = failed.get(finding.code, True) and finding.look_at == "reading"
    for code in result.rules:
        counted = summary.rules[code]  # a rule without findings is told too
        counted.failed += code in failed
        counted.only_flagged += failed.get(code, False)
        counted.undecided += code in undecided and code not in failed


def _reading(found: dict[str, Any], year: Year, taken: dict[str, _Figure]) -> Reading:
    """The report with what the scan said of it, so that a finding tells whether it may be due to the reading."""
    cells: dict[str, list[str]] = {code: [] for code in found["codes"].split()}
    for cell_id, figure in taken.items():
        for code in figure.codes.split():
            cells.setdefault(code, []).append(cell_id)
    return Reading(
        _report(found, year, taken), tuple(Diagnostic(code=code, cells=tuple(ids)) for code, ids in cells.items())
    )


def _report(found: dict[str, Any], year: Year, taken: dict[str, _Figure]) -> Report:
    """The report that the rows were made of, but for rows that the form does not have."""
    start, end = found["period_start"], found["period_end"]
    disclosure, requests = found["disclosure_edition"], found["requests_edition"]
    return Report(
        Disclosure.from_rows(disclosure, _table_rows("disclosure", disclosure, taken)),
        Requests.from_rows(requests, _table_rows("requests", requests, taken)),
        Proceedings.from_rows(requests, _table_rows("proceedings", requests, taken)),
        Sections(**{heading.id: _section(found, heading.id) for heading in HEADINGS}),
        found["title"],
        found["agency"],
        year,
        None if start is None or end is None else Period(start, end),
    )


def _section(found: dict[str, Any], section: SectionId) -> Section | None:
    text = found[f"prose_{section}"]
    return None if text is None else Section(tuple(text.split("\n")) if text else ())


def _table_rows(table: TableId, edition: Edition, taken: dict[str, _Figure]) -> tuple[tuple[Cell, ...], ...]:
    form = FORMS[table, edition]
    return tuple(
        tuple(
            _cell(taken[cell_id], column.kind == "amount")
            for cell_id, column in zip(form.ids_of[row.id], form.columns_of[row.id], strict=True)
        )
        for row in form.rows
    )


_WITHOUT_FIGURE = {
    "blank": Cell.blank(),
    "absent": Cell.absent(),
    "not_applicable": Cell.not_applicable(),
    "invalid": Cell.invalid("?"),
}
"""Cells without a figure; to rules it is all one what stands in them."""


@remembered(4096)
def _cell(figure: _Figure, is_amount: bool) -> Cell:
    value = figure.value
    if value is None:
        return _WITHOUT_FIGURE[figure.state]
    return Cell.of(value if is_amount else int(value), figure.unit)
