"""What popular tools make of a report, and what is read of it: right, flagged or silently wrong, per tool.

    python benchmarks/extractors.py FOLDER      measure outputs that lie there already

``FOLDER`` holds ``truth.json`` (name of a report → ``cells``: cell id → the figure as written, empty where it is blank)
and a folder for each tool with its outputs, ``NAME-VARIANT.suffix``. Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import define

from gipa_reports import Reading
from gipa_reports.parsing.reading import read_safely

Truth = Mapping[str, str]
"""Cell id → the figure as written, empty where the cell is blank."""


@define
class Score:
    """How many cells were read right without a flag, were flagged, and were wrong without one."""

    right: int = 0
    flagged: int = 0
    silent: int = 0

    def add(self, other: Score) -> None:
        """Count the cells of another score too."""
        self.right += other.right
        self.flagged += other.flagged
        self.silent += other.silent

    def share(self, cells: int) -> str:
        """Return ``cells`` in per cent of all."""
        return f"{100 * cells / max(1, self.right + self.flagged + self.silent):.0f}"


def score(reading: Reading, truth: Truth) -> tuple[Score, list[str]]:
    """Compare every cell of ``truth``; the ids of those that are silently wrong come too."""
    found = Score()
    if reading.error is not None or reading.report is None:
        found.flagged = len(truth)
        return found, []
    flagged = {cell_id for problem in reading.diagnostics for cell_id in problem.cells}
    texts = {figure.id: figure.text if figure.state != "absent" else None for figure in reading.report.cells()}
    wrong = []
    for cell_id, text in truth.items():
        if cell_id in flagged:
            found.flagged += 1
        elif texts.get(cell_id) == text:
            found.right += 1
        else:
            found.silent += 1
            wrong.append(f"{cell_id}={texts.get(cell_id)!r} for {text!r}")
    return found, wrong


def outputs(folder: Path, truths: Mapping[str, Truth]) -> Iterator[tuple[str, str, Path]]:
    """Yield the tool, the report and the path of each output."""
    for tool in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in sorted(tool.iterdir()):
            name = path.stem.partition("-")[0]
            if name in truths:
                yield tool.name, name, path


def measure(folder: Path, only: list[str], verbose: bool) -> dict[str, dict[str, Score]]:
    """Read all outputs; tool → ``full`` or ``blanks`` → score."""
    truths = {name: report["cells"] for name, report in json.loads((folder / "truth.json").read_bytes()).items()}
    found: dict[str, dict[str, Score]] = {}
    for tool, name, path in outputs(folder, truths):
        if only and tool not in only:
            continue
        reading = read_safely(path)
        got, wrong = score(reading, truths[name])
        group = "full" if all(truths[name].values()) else "blanks"
        found.setdefault(tool, {"full": Score(), "blanks": Score()})[group].add(got)
        if verbose:
            codes: dict[str, int] = {}
            for problem in reading.diagnostics:
                codes[problem.code] = codes.get(problem.code, 0) + 1
            error = f" ERROR {reading.error.code}" if reading.error is not None else ""
            print(f"{tool}/{path.name}: {reading.format}{error} {got} {codes} {wrong[:5]}", file=sys.stderr)
    return found


def table(found: Mapping[str, Mapping[str, Score]]) -> str:
    """Return the matrix as Markdown: per cent of all cells."""
    lines = [
        "| tool | full: right | flagged | silent | blanks: right | flagged | silent |",
        "|---|---|---|---|---|---|---|",
    ]
    for tool, groups in found.items():
        cells = [f"{s.share(s.right)} | {s.share(s.flagged)} | {s.silent}" for s in groups.values()]
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the matrix of the outputs in a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("tools", nargs="*", help="only these")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each file on stderr")
    arguments = parser.parse_args()
    print(table(measure(arguments.folder, arguments.tools, arguments.verbose)))


if __name__ == "__main__":
    main()
