"""Record whole readings of many documents, and compare two records: the proof that a change inside loses nothing.

    python benchmarks/harness.py record FILE [PATH…] [--made N]
    python benchmarks/harness.py compare BEFORE AFTER [--show N]

``record`` reads the test data, the files and folders named, and ``N`` made documents in every layout and format, clean
and with a fault each, and writes all that was read to FILE. Truth is known for made documents, and for files of a
folder that has a ``truth.json`` in it or above: file name, or its first piece before a hyphen, → ``cells`` or ``truth``
(cell id → figure, null where none stands) and, if anything, ``must``, the cells that have to be flagged.

``compare`` counts the cells that went from one kind to another (right, right but flagged, wrong but flagged, wrong and
silent) and the other differences of readings, with examples.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import gipa_reports
from gipa_reports.report import Cell, Disclosure, Proceedings, Report, Requests, State, Table
from gipa_reports.testing import LAYOUTS, LayoutOptions, flatten
from gipa_reports.testing.corpus import truth_of

DATA = Path(__file__).parent.parent / "tests" / "data"
FORMATS: tuple[gipa_reports.FormatName, ...] = ("html", "markdown", "text", "docx", "xlsx")

Truth = dict[str, str | None]
Record = dict[str, Any]


# --- documents -----------------------------------------------------------------------------------------------------


@cache
def truths_of(folder: Path) -> dict[str, Any]:
    """What the ``truth.json`` of a folder, or of the one above it, says."""
    for place in (folder, folder.parent):
        if (place / "truth.json").is_file():
            found: dict[str, Any] = json.loads((place / "truth.json").read_text(encoding="utf-8"))
            return found
    return {}


def files(paths: list[Path]) -> Iterator[tuple[str, bytes, Truth | None, list[str]]]:
    """Name, content, truth and the cells that must be flagged, of each file."""
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if not file.is_file() or file.name == "truth.json" or file.suffix in (".jsonl", ".py"):
                continue
            known = truths_of(file.parent)
            entry = known.get(file.name) or known.get(file.name.partition("-")[0]) or {}
            yield (
                "/".join(file.parts[-3:]),
                file.read_bytes(),
                entry.get("truth") or entry.get("cells"),
                entry.get("must") or [],
            )


def distinct(report: Report, rng: random.Random) -> Report:
    """``report`` with another figure in each cell that has one, so that no two are alike and nothing adds up."""
    numbers = iter(rng.sample(range(100, 9_900), 250))

    def other(cell: Cell) -> Cell:
        if cell.state is not State.VALUE:
            return cell
        return Cell.of(Decimal(next(numbers)) if isinstance(cell.value, Decimal) else next(numbers))

    def rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(map(other, row)) for row in table.rows)

    return Report(
        Disclosure.from_rows(report.disclosure.edition, rows(report.disclosure)),
        Requests.from_rows(report.requests.edition, rows(report.requests)),
        Proceedings.from_rows(report.proceedings.edition, rows(report.proceedings)),
        report.sections,
        report.title,
        report.agency,
        report.year,
    )


def with_blanks(report: Report, share: float, rng: random.Random) -> Report:
    """``report`` with a share of its figures taken out."""

    def rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(Cell.blank() if rng.random() < share else cell for cell in row) for row in table.rows)

    return Report(
        Disclosure.from_rows(report.disclosure.edition, rows(report.disclosure)),
        Requests.from_rows(report.requests.edition, rows(report.requests)),
        Proceedings.from_rows(report.proceedings.edition, rows(report.proceedings)),
        report.sections,
        report.title,
        report.agency,
        report.year,
    )


def faulty(text: str, rng: random.Random) -> str:
    """A text with one fault in a line of its tables."""
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if any(map(str.isdigit, line)) or "|" in line or "\t" in line]
    at = rng.choice(places)
    kind = rng.choice(("drop", "double", "swap", "mark", "number", "cell", "blank", "wrap", "rule"))
    line = lines[at]
    sign = "\t" if "\t" in line else "|" if "|" in line else " "
    if kind == "drop":
        del lines[at]
    elif kind == "double":
        lines.insert(at, line)
    elif kind == "swap" and at + 1 < len(lines) and not (line + lines[at + 1]).strip(" |\t").isdigit():
        lines[at], lines[at + 1] = lines[at + 1], line
    elif kind == "mark":
        lines.insert(at, rng.choice(("- 3 -", "·3·", "3/8", "（3）", "•3•", "12 / 20", "第 3 页")))
    elif kind == "number":
        lines.insert(at, str(rng.randint(1, 12)))
    elif kind in ("cell", "blank"):
        cells = line.split(sign)
        index = rng.randrange(len(cells))
        cells[index : index + 1] = [] if kind == "cell" else ["", cells[index]]
        lines[at] = sign.join(cells)
    elif kind == "wrap":
        digits = [index for index in range(1, len(line)) if line[index - 1 : index + 1].isdigit()]
        if digits:
            cut = rng.choice(digits)
            lines[at : at + 1] = [line[:cut], line[cut:]]
    elif kind == "rule":
        lines.insert(at, "----")
    return "\n".join(lines)


def faulty_page(page: str, rng: random.Random) -> str:
    """A page with one fault in its tables."""
    from re import DOTALL, finditer

    start, end = rng.choice([found.span() for found in finditer(r"<t[dh]\b.*?</t[dh]>|<tr\b.*?</tr>", page, DOTALL)])
    kind = rng.choice(("drop", "double", "empty", "span"))
    piece = page[start:end]
    if kind == "drop":
        return page[:start] + page[end:]
    if kind == "double":
        return page[:end] + page[start:]
    if kind == "empty":
        return page[:start] + "<td></td>" + page[start:]
    from re import sub

    return page[:start] + sub(r' (?:col|row)span="\d+"', "", piece, count=1) + page[end:]


def made(count: int, seed: int = 7) -> Iterator[tuple[str, bytes, Truth | None, list[str]]]:
    """Made documents: every layout and format by turns, with figures that add up or are all distinct."""
    shapes: list[tuple[int | None, gipa_reports.FormatName]]
    shapes = [*((layout, "text") for layout in LAYOUTS), *((None, name) for name in FORMATS)]
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        layout, kind = shapes[number % len(shapes)]
        truth = truth_of(number, seed)
        if rng.random() < 0.5:
            truth = distinct(truth, rng)
        if rng.random() < 0.3:
            truth = with_blanks(truth, rng.choice((0.02, 0.2, 0.6)), rng)
        fault = rng.random() < 0.5
        if layout is not None:
            flag = rng.random
            options = LayoutOptions(
                noise=rng.choice((0.0, 0.0, 0.2)),
                blank_lines=flag() < 0.7,
                keep_blanks=flag() < 0.3,
                wrap_headers=flag() < 0.3,
                stack_headers=flag() < 0.3,
                page_marks=flag() < 0.3,
                small_tables=flag() < 0.2,
                invented_header=flag() < 0.2,
            )
            text = flatten(truth, layout, headings=flag() < 0.9, options=options, rng=rng)
            content = (faulty(text, rng) if fault else text).encode()
        else:
            rendered = gipa_reports.render(truth, kind)
            if isinstance(rendered, str) and fault:
                rendered = faulty_page(rendered, rng) if kind == "html" else faulty(rendered, rng)
            content = rendered.encode() if isinstance(rendered, str) else rendered
        name = f"made {number} {kind if layout is None else layout}{' faulty' if fault else ''}"
        cells: Truth = {figure.id: None if figure.value is None else str(figure.value) for figure in truth.cells()}
        yield name, content, cells, []


# --- records -------------------------------------------------------------------------------------------------------


def digest(text: str) -> str:
    """A short name of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def recorded(content: bytes) -> Record:
    """All that is read from a source."""
    try:
        reading = gipa_reports.read(content)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200], "crash": True}
    codes: dict[str, list[str]] = defaultdict(list)
    for problem in reading.diagnostics:
        for cell_id in problem.cells:
            if problem.code not in codes[cell_id]:
                codes[cell_id].append(problem.code)
    record: Record = {
        "error": reading.error and reading.error.code,
        "diagnostics": [
            [problem.code, len(problem.cells), str(problem.location), problem.expected, problem.found]
            for problem in reading.diagnostics
        ],
        "unparsed": [str(place) + place.text for place in reading.unparsed],
    }
    report = reading.report
    if report is not None:
        places = reading.locations
        record |= {
            "editions": [table.edition for table in report.tables],
            "unknown": [[list(row.cells) for row in table.unknown] for table in report.tables],
            "title": report.title,
            "agency": report.agency,
            "year": report.year,
            "period": str(report.period),
            "sections": digest(repr(report.sections)),
            "cells": {
                cell.id: [
                    cell.state.value,
                    None if cell.value is None else str(cell.value),
                    cell.unit,
                    cell.text[:60],
                    codes.get(cell.id, []),
                ]
                for cell in report.cells()
            },
            "locations": {cell_id: f"{place} {place.text[:40]}" for cell_id, place in places.items()},
        }
    return record


def record(target: Path, paths: list[Path], count: int) -> None:
    """Write the records of all documents."""
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=1) as out:
        for source in (files([DATA, *paths]), made(count)):
            for name, content, truth, must in source:
                one = recorded(content) | {"name": name, "truth": truth, "must": must}
                out.write(json.dumps(one, ensure_ascii=False) + "\n")


def records(path: Path) -> Iterator[Record]:
    """The records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# --- comparison ----------------------------------------------------------------------------------------------------


def same(value: str | None, text: str, expected: str | None) -> bool:
    """Whether what was read is the figure, or the words of no figure, that is expected."""
    if expected is None or value is None:
        return value is None and (expected is None or text == expected)
    try:
        return Decimal(value) == Decimal(expected)
    except ArithmeticError:
        return text == expected


def kind_of(record: Record, cell_id: str) -> str:
    """What a cell is against the truth, or its words and flags where that is not known."""
    cells = record.get("cells")
    if cells is None:
        return "crash" if record.get("crash") else "refused"
    truth = record["truth"]
    if record["error"]:
        return "refused"
    cell = cells.get(cell_id)
    if truth is None:
        return "none" if cell is None else f"{cell[0]} {','.join(cell[4])}".strip()
    if cell is None:
        edition = {d[0] for d in record["diagnostics"]} & {"edition-assumed", "table-absent"}
        return "other edition, said so" if edition else "other edition, silent"
    expected = truth.get(cell_id)
    right = same(cell[1], cell[3], expected)
    if right and cell_id in record["must"] and not cell[4]:
        return "silent though it must be flagged"
    return ("right" if right else "wrong") + (" flagged" if cell[4] else "" if right else " SILENT")


def codes_of(record: Record, cell_id: str) -> list[str]:
    """The codes that a cell has."""
    cell = (record.get("cells") or {}).get(cell_id)
    return cell[4] if cell else []


def value_of(record: Record, cell_id: str) -> str | None:
    """The value of a cell."""
    cell = (record.get("cells") or {}).get(cell_id)
    return cell and cell[1]


def summary(path: Path, show: int) -> None:
    """The kinds of cells of one record, and the documents with silent ones."""
    counts: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for one in records(path):
        if one.get("crash"):
            silent[f"CRASH {one['name']} {one['error']}"] += 1
        for cell_id in one["truth"] or ():
            kind = kind_of(one, cell_id)
            counts[kind] += 1
            silent[one["name"]] += "silent" in kind.lower()
    for kind, count in counts.most_common():
        print(f"{count:8} {kind}")
    bad = [(name, count) for name, count in silent.items() if count]
    print(f"{len(bad)} documents with silent cells")
    for name, count in bad[:show]:
        print(f"   {count:4} {name}")


def compare(before: Path, after: Path, show: int) -> int:
    """Print what differs by kind; the number of kinds that lose something."""
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    new_codes: dict[str, list[str]] = {}
    for old, new in zip(records(before), records(after), strict=True):
        name = old["name"]
        assert name.split("/")[-1] == new["name"].split("/")[-1], "the records are of different documents"
        ids = set(old["truth"] or ()) or set(old.get("cells") or ()) | set(new.get("cells") or ())
        for cell_id in sorted(ids):
            move = kind_of(old, cell_id), kind_of(new, cell_id)
            if move[0] != move[1]:
                moves[move].append(f"{name} {cell_id}")
                new_codes[f"{name} {cell_id}"] = codes_of(new, cell_id)
            elif old["truth"] is None and value_of(old, cell_id) != value_of(new, cell_id):
                moves[f"{move[0]}, truth unknown", "another value"].append(f"{name} {cell_id}")
        for key in ("error", "editions", "unknown", "title", "agency", "year", "period", "sections", "unparsed"):
            if old.get(key) != new.get(key):
                others[key].append(f"{name}: {str(old.get(key))[:90]} → {str(new.get(key))[:90]}")
        for key in ("cells", "locations"):
            changed = [
                f"{cell_id} {value} → {(new.get(key) or {}).get(cell_id)}"
                for cell_id, value in (old.get(key) or {}).items()
                if value != (new.get(key) or {}).get(cell_id)
            ]
            if changed:
                others[f"{key} (words, places, codes)"].append(f"{name}: {len(changed)}, {changed[0]}")
        gone = Counter(d[0] for d in old.get("diagnostics", ()))
        come = Counter(d[0] for d in new.get("diagnostics", ()))
        for code in gone.keys() | come.keys():
            if gone[code] != come[code]:
                others[f"diagnostics {code}"].append(f"{name}: {gone[code]} → {come[code]}")
    bad = 0
    for (was, now), places in sorted(moves.items(), key=lambda item: -len(item[1])):
        worse = "SILENT" in now or now.startswith(("silent", "crash")) or was == "right"
        bad += worse
        came = Counter(code for place in places for code in new_codes.get(place, ()))
        documents = len({place.rpartition(" ")[0] for place in places})
        why = ", ".join(f"{code} {count}" for code, count in came.most_common(6))
        print(f"{'!!' if worse else '  '} {len(places):6} in {documents:5}: {was}  →  {now}   {why}")
        for place in places[:: max(1, len(places) // show)][:show] if show else ():
            print(f"              {place}")
    for key, found in sorted(others.items()):
        print(f"   {len(found):6} {key}")
        for line in found[:show]:
            print(f"              {line}")
    return bad


def main() -> None:
    """Record or compare."""
    parser = argparse.ArgumentParser(description="Records of whole readings, and what differs between two of them.")
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    recording.add_argument("--made", type=int, default=4000, help="made documents (default: 4000)")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    summing = commands.add_parser("summary")
    summing.add_argument("file", type=Path)
    for command in (comparing, summing):
        command.add_argument("--show", type=int, default=2, help="examples of each kind (default: 2)")
    arguments = parser.parse_args()
    if arguments.command == "record":
        record(arguments.file, arguments.paths, arguments.made)
    elif arguments.command == "summary":
        summary(arguments.file, arguments.show)
    else:
        sys.exit(bool(compare(arguments.before, arguments.after, arguments.show)))


if __name__ == "__main__":
    main()
