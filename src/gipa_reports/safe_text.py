"""Words of strangers, made safe for terminals and spreadsheets."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """``text`` without what would steer a terminal or break the line: names and words come from strangers."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """``rows`` as CSV, safe to open in a spreadsheet.

    A text that a spreadsheet would run as a formula has an apostrophe before it; a lone ``-`` and plain signed numbers
    stay as they are.
    """
    lines = _Lines()
    csv.writer(lines, lineterminator=_Lines.END).writerows(map(_no_formula, row) for row in rows)
    return "".join(lines)


def record_text(records: Iterable[Mapping[str, object]], format: str, header: Sequence[str] = ()) -> str:
    """``records`` as ``"json"`` (an array), or a line each as ``"jsonl"`` or ``"csv"``, where null is an empty text.

    ``header`` is the first line of CSV, where there is to be one.
    """
    if format == "json":
        return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    rows = (["" if value is None else str(value) for value in record.values()] for record in records)
    return csv_text(chain([header] if header else [], rows))


class _Lines(list[str]):
    """Takes the lines of a CSV writer and ends them in LF.

    The writer itself is told CR LF: given LF alone, it leaves a CR within a text without quotes, where readers take it
    for the end of the line.
    """

    END = "\r\n"

    def write(self, line: str) -> None:
        self.append(line.removesuffix(self.END) + "\n")


_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_HARMLESS = re.compile(r"[-－]|[+\-＋－][0-9０-９]+(?:[.．][0-9０-９]+)?")


def _no_formula(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text
