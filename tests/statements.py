"""Statements as officials word them, with the figures beside them and whether they agree, to try the rules N on.

Two files hold such statements: ours, a table (``tests/data/statements.txt``, whose head tells its columns), and JSON
Lines with short keys, for statements that others have collected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from gipa_reports import (
    AnyDisclosure,
    AnyRequests,
    Cell,
    CheckResult,
    Disclosure,
    Proceedings,
    Report,
    Requests,
    Section,
    Sections,
    check,
)
from places import DATA

STATEMENTS = DATA / "statements.txt"
UNSEEN = DATA / "unseen"
HEADING = "（二）依申请公开情况"
ALTERED_BY = (1, 4, 10)
WHERE = {"一": "overview", "二": "overview", "五": "problems", "六": "other_matters"}

SHORT_KEYS = {
    "R": "received", "CI": "carried_in", "P": "processed_total", "CO": "carried_out", "G": "granted",
    "PG": "partially_granted", "D": "denied.internal_affairs", "U": "unavailable.not_held",
    "NP": "not_processed.duplicate", "O": "other.other",
    "RV": "reconsideration", "LTd": "litigation_direct", "LTa": "litigation_after_reconsideration",
    "ND_i": "normative_documents.issued", "ND_r": "normative_documents.repealed",
    "ND_f": "normative_documents.in_force", "LIC": "licensing.decisions", "PEN": "penalties.decisions",
    "COE": "coercion.decisions", "fee": "fees.amount",
}  # fmt: skip
SHORT_OUTCOMES = {"pend": "pending", "up": "upheld", "co": "corrected"}
SHORT_NAMES = SHORT_KEYS | {
    f"{group}{end}": f"{SHORT_KEYS[group]}.{outcome}"
    for group in ("RV", "LTd", "LTa")
    for end, outcome in {**SHORT_OUTCOMES, "o": "other"}.items()
}


@frozen
class Statement:
    """One statement. ``cells`` are those that it contradicts: one of them has to be named, where there are any.

    ``unread`` marks a contradiction that the rules are known not to see.
    """

    name: str
    text: str
    sections: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, str]
    agrees: bool
    cells: frozenset[str]
    year: int = 2023
    unread: bool = False
    agency: str | None = None

    @property
    def report(self) -> Report:
        """A report with these figures, consistent as far as the statement gives them, and with this prose."""
        return Report(
            *_tables(self.figures),
            sections=Sections(**{name: Section(paragraphs) for name, paragraphs in self.sections.items()}),
            agency=self.agency,
            year=self.year,
        )

    def checked(self) -> CheckResult:
        """What the rules N say."""
        return check(self.report, select="N")

    def found(self, result: CheckResult) -> bool:
        """Whether one of the findings names a contradicted cell."""
        return any(self.cells.intersection(finding.cells) for finding in result.findings)


# --- figures -----------------------------------------------------------------------------------------------------


def _tables(figures: Mapping[str, str]) -> tuple[AnyDisclosure, AnyRequests, Proceedings]:
    """The tables. Applicants other than those given are natural persons; outcomes other than those given are 其他."""
    amounts: dict[str, Cell] = {}
    requests: dict[str, Cell] = {}
    cases: dict[str, Cell] = {}
    parts: dict[str, int] = {}
    for name, text in figures.items():
        table, full, whole = _place(name)
        cell: Cell = Cell.blank() if text == "?" else Cell.of(Decimal(text) if name == "fees.amount" else int(text))
        {"disclosure": amounts, "requests": requests, "proceedings": cases}[table][full] = cell
        if not whole and isinstance(cell.value, int):
            row = full.rpartition(".")[0]
            parts[row] = parts.get(row, 0) + cell.value
    for table_cells, rest in ((requests, "natural_person"), (cases, "other")):
        for full, cell in list(table_cells.items()):
            row, _, column = full.rpartition(".")
            if column == "total" and isinstance(cell.value, int) and f"{row}.{rest}" not in table_cells:
                table_cells[f"{row}.{rest}"] = Cell.of(cell.value - parts.get(row, 0))
    zero = Cell.of(0)
    return (
        Disclosure.of("2021", {"fees.amount": Decimal(0), **amounts}, default=zero),
        Requests.of("2021", dict(requests), default=zero),
        Proceedings.of("2021", dict(cases), default=zero),
    )


def _place(name: str) -> tuple[str, str, bool]:
    """The table of a figure, its id there, and whether it is a total."""
    own = {
        table: {cell_id.partition(".")[2] for cell_id in form.cell_ids}
        for table, form in (
            ("disclosure", Disclosure.all_absent("2021").form),
            ("requests", Requests.all_absent("2021").form),
            ("proceedings", Proceedings.all_absent("2021").form),
        )
    }
    for table, names in own.items():
        if f"{name}.total" in names:
            return table, f"{name}.total", True
        if name in names:
            return table, name, table == "disclosure"
    raise ValueError(f"no cell is called {name!r}")


def full_id(name: str) -> str:
    """The whole id of the cell that a statement calls ``name``."""
    table, full, _ = _place(name)
    return f"{table}.{full}"


# --- files -------------------------------------------------------------------------------------------------------


def read_statements(path: Path = STATEMENTS) -> Iterator[Statement]:
    """The statements of a file of either kind."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _of_object(json.loads(line)) if path.suffix == ".jsonl" else _of_line(number, line)


def read_batch(path: Path) -> Iterator[Statement]:
    """The statements of a batch: each as it agrees, then once with every figure altered that it states.

    A line has the figures (``agency=`` names the organ), the section, the figures that the text states
    (``a/b``: naming either will do; ``~``: known not to be read; ``!``: wrong as it stands; ``-``: none) and the text.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        figures, where, stated, text = (part.strip() for part in f" {line}".split(" | "))
        own = _short(figures)
        agency = own.pop("agency", None)
        paragraphs = tuple(text.split("‖"))
        sections = {WHERE[where]: (HEADING, *paragraphs) if where == "二" else paragraphs}
        if stated.startswith("!"):
            cells_of_it = frozenset(full_id(SHORT_NAMES.get(name, name)) for name in stated[1:].split("/"))
            yield Statement(f"{path.stem}:{number}", text, sections, own, False, cells_of_it, agency=agency)
            continue
        yield Statement(f"{path.stem}:{number}", text, sections, own, True, frozenset(), agency=agency)
        for place, names in enumerate(() if stated == "-" else stated.split()):
            cells = [SHORT_NAMES.get(name, name) for name in names.removeprefix("~").split("/")]
            yield Statement(
                f"{path.stem}:{number}:{cells[0]}",
                text,
                sections,
                own | _altered(own, cells[0], ALTERED_BY[(number + place) % 3]),
                False,
                frozenset(map(full_id, cells)),
                unread=names.startswith("~"),
                agency=agency,
            )


def _short(figures: str) -> dict[str, str]:
    """``figures`` by their own names; a sum that is left out of the results of 三 or of a group of 四 is none."""
    pairs = (figure.partition("=") for figure in figures.split() if figure != "-")
    return {SHORT_NAMES.get(name, name): value for name, _, value in pairs}


def _altered(figures: Mapping[str, str], name: str, by: int) -> dict[str, str]:
    """The figure of ``name`` altered: fees get smaller, and what is processed is granted."""
    value = figures.get(name, "0")
    if name == "fees.amount":
        return {name: str(Decimal(value) / (by + 1))}
    if name == "processed_total":
        left_out = [int(figures.get(part, "0")) for part in ("not_processed.duplicate", "other.other")]
        while by in (*left_out, sum(left_out)):  # 答复 may leave these out
            by += 1
    altered = {name: str(int(value) + by)}
    if name == "processed_total":
        altered["granted"] = str(int(figures.get("granted", "0")) + by)  # the results go on adding up
    return altered


def _of_line(number: int, line: str) -> Statement:
    figures, where, expected, text = (part.strip() for part in f" {line}".split(" | "))
    paragraphs = tuple(text.split("‖"))
    return Statement(
        f"line {number}",
        text,
        {WHERE[where]: (HEADING, *paragraphs) if where == "二" else paragraphs},
        {name: value for name, _, value in (figure.partition("=") for figure in figures.split())},
        expected == "agrees",
        frozenset() if expected == "agrees" else frozenset({full_id(expected.removeprefix("unread "))}),
        unread=expected.startswith("unread "),
    )


def _of_object(given: dict[str, Any]) -> Statement:
    figures: dict[str, str] = {}
    for key, value in given["figures"].items():
        if key == "R_split":
            figures.update({f"received.{column}": str(count) for column, count in value.items()})
            continue
        end = next((end for end in SHORT_OUTCOMES if key.endswith(end) and key not in SHORT_KEYS), "")
        name = SHORT_KEYS[key.removesuffix(end)]
        figures[f"{name}.{SHORT_OUTCOMES[end]}" if end else name] = str(value)
    agrees = given["expect"] == "no finding"
    cells = given.get("cells") or [full_id(name) for name in figures]
    sections = {name: tuple(given[name]) for name in (*WHERE.values(), "requests") if given.get(name)}
    return Statement(
        f"id {given['id']}",
        " ‖ ".join(text for paragraphs in sections.values() for text in paragraphs),
        sections,
        figures,
        agrees,
        frozenset() if agrees else frozenset(cells),
        given["year"],
    )
