"""Reads the fixtures in ``data/openings`` and makes a whole report of each opening; see ``README.txt`` there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import frozen

from gipa_reports import Period, Reading, parse, read, render
from places import DATA

FOLDER = DATA / "openings"
_SAMPLE = (FOLDER.parent / "sample_2021.txt").read_text("utf-8")
_HEADING = "二、主动公开政府信息情况"
TABLES = _SAMPLE[_SAMPLE.index(_HEADING) : _SAMPLE.index("五、")]
_PAGE = render(parse(f"一、总体情况\n\n{TABLES}"), "html")
_PAGE_TABLES = _PAGE[_PAGE.rindex("<", 0, _PAGE.index(_HEADING)) :]


@frozen
class Opening:
    """An opening with what it shows."""

    name: str
    facts: dict[str, str]
    text: str

    @property
    def source(self) -> str:
        """A whole report that opens so."""
        if self.facts.get("format") == "html":
            return f"{self.text}\n{_PAGE_TABLES}"
        if self.facts.get("format") == "markdown":
            tables = "\n\n".join(line for line in _PAGE_TABLES.splitlines() if line.strip())
            return f"{self.text}\n\n{tables}\n"
        return f"{self.text}\n\n{TABLES}"

    def reading(self) -> Reading:
        """What is read of it."""
        return read(self.source, format="html" if self.facts.get("format") == "html" else None)


def openings(name: str) -> list[Opening]:
    """The cases of a file of the folder."""
    return cases(FOLDER / name)


def cases(path: Path) -> list[Opening]:
    """The cases of a file."""
    found: list[Opening] = []
    for part in path.read_text("utf-8").split("\n=== ")[1:]:
        head, _, text = part.partition("\n---\n")
        title, *facts = head.splitlines()
        pairs = (fact.partition(":") for fact in facts if fact.strip())
        found.append(Opening(title, {key: value.strip() for key, _, value in pairs}, text.strip("\n")))
    return found


def period_of(text: str) -> Period:
    """The period that a fixture writes as two days."""
    start, end = map(date.fromisoformat, text.split("/"))
    return Period(start, end)


def verdicts(opening: Opening) -> dict[str, str]:
    """Each fact that is not right → ``gap`` or what was read in its place."""
    reading = opening.reading()
    report = reading.report
    if report is None:
        return {"report": "gap"}
    codes = {problem.code for problem in reading.diagnostics}
    found: dict[str, str] = {}
    unknown = {"agency": {"agency-unknown"}, "year": {"year-unknown", "not-annual"}}
    for fact, flags in unknown.items():
        expected = opening.facts[fact]
        actual = getattr(report, fact)
        if actual is None and not codes & flags:
            found[fact] = "None without a diagnostic"
        elif ("" if actual is None else str(actual)) != expected:
            found[fact] = "gap" if actual is None else str(actual)
    if "title" in opening.facts and report.title != opening.facts["title"]:
        found["title"] = str(report.title)
    expected_period = period_of(opening.facts["period"]) if opening.facts.get("period") else None
    if "period" in opening.facts and report.period != expected_period:
        found["period"] = "gap" if report.period is None else str(report.period)
    missing = set(opening.facts.get("codes", "").split()) - codes
    if missing:
        found["codes"] = f"no {', '.join(sorted(missing))}"
    return found
