"""The values of a workbook: what its cells hold, as their style shows it."""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from xml.etree import ElementTree

from attrs import frozen

from ...messages import Phrase
from ...template.labels import LITERAL
from .looks import Look, Run, read_styles
from .parts import Workbook, broken

MAX_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number."""

_NUMBER = re.compile(r"[+-]?\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@frozen
class Values:
    """Context of the cells of a workbook. ``calculated`` says whether the results of formulas are to be believed."""

    strings: tuple[tuple[Run, ...], ...]
    looks: dict[str, Look]
    """Number of a style → how it shows what is in a cell."""
    hiding: frozenset[str]
    """The numbers of the conditional formats that may hide what is in a cell."""
    epoch: datetime
    calculated: bool

    def text(self, cell: ElementTree.Element, is_doubtful: bool, shows_zero: bool) -> str:
        """Return the words of a cell as its text, as its style shows them; empty for an empty one.

        ``is_doubtful`` says that a condition may hide the cell, ``shows_zero`` whether its sheet shows zeros.
        """
        look = self.looks.get(cell.get("s", "0"), Look.other())
        text = self._content(cell, look, shows_zero)
        if not text.strip():
            return text
        if "@" in look.format.unshown and cell.get("t", "n") != "n":
            text = LITERAL + text
        return f"[{text}]" if look.is_set_apart or is_doubtful else text

    def _content(self, cell: ElementTree.Element, look: Look, shows_zero: bool) -> str:
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        kind, formula, value = cell.get("t", "n"), parts.get("f"), parts.get("v")
        if formula is not None and not self._has_result(kind, value):
            return f"{LITERAL}={formula.text or ''}"
        if kind == "inlineStr":
            return look.shown(runs_of(parts["is"])) if "is" in parts else ""
        return self._value(kind, value.text, look, shows_zero) if value is not None and value.text else ""

    def _has_result(self, kind: str, value: ElementTree.Element | None) -> bool:
        """Return whether the result of a formula is there; that of one that makes a text may be empty."""
        return self.calculated and value is not None and (bool(value.text) or kind == "str")

    def _value(self, kind: str, value: str, look: Look, shows_zero: bool) -> str:
        if kind == "s":
            return look.shown(self._string(value))
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "n":
            return self._number(value.strip(), look, shows_zero)
        return unescaped(value)

    def _string(self, index: str) -> tuple[Run, ...]:
        if not (index.isascii() and index.isdigit() and len(index) < 8 and int(index) < len(self.strings)):
            raise broken(Phrase(f"there is no text {index[:20]!r}", f"没有编号为{index[:20]!r}的文字"))
        return self.strings[int(index)]

    def _number(self, text: str, look: Look, shows_zero: bool) -> str:
        if look.format.is_date and _NUMBER.fullmatch(text):
            return self._date(text)
        number = number_text(text)
        unshown = look.format.unshown if shows_zero else look.format.unshown + "0"
        if number is None or (unshown and _sign(number) in unshown):
            return LITERAL + text
        return look.format.before + number + look.format.after

    def _date(self, text: str) -> str:
        """Return a date and time of day; one without the other where that is all there is."""
        days = float(text)
        try:
            moment = self.epoch + timedelta(seconds=round(days * 86_400))
        except OverflowError:
            return LITERAL + text
        if 0 <= days < 1:
            return f"{moment:%H:%M:%S}"
        return moment.date().isoformat() + (f" {moment:%H:%M:%S}" if moment.time() != time() else "")


def read_values(book: Workbook) -> Values:
    """Return the values of a workbook."""
    properties = book.root.find("{*}workbookPr")
    calculation = book.root.find("{*}calcPr")
    return Values(
        tuple(runs_of(item) for strings in book.related("sharedStrings") for item in strings),
        *read_styles(book),
        datetime(1904, 1, 1) if is_on(properties, "date1904") else datetime(1899, 12, 30),
        # Programs that can't calculate write 0 as the result, and ask for it to be worked out when the file is opened.
        not is_on(calculation, "fullCalcOnLoad"),
    )


def number_text(text: str) -> str | None:
    """Return a number of a cell in the plain digits that are shown of it; None for what no spreadsheet keeps."""
    if _NUMBER.fullmatch(text) is None:
        return None
    number = float(text)
    # Programs write 17 digits, for that is what it takes to name the number that has 15.
    if not math.isfinite(number) or _significant(Decimal(text)) - 2 > MAX_DIGITS:
        return None
    shown = Decimal(f"{number:.{MAX_DIGITS}g}")
    # A sum of amounts is the number next to theirs, or the next but one: 36.849999999999994.
    if abs(shown) >= 10**MAX_DIGITS or abs(float(shown) - number) > 2 * math.ulp(number):
        return None
    plain = f"{shown:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if not number else plain


def _sign(number: str) -> str:
    return number if number == "0" else "-" if number[0] == "-" else "+"


def _significant(number: Decimal) -> int:
    return len("".join(map(str, number.as_tuple().digits)).strip("0")) or 1


def is_on(element: ElementTree.Element | None, name: str, default: str = "0") -> bool:
    """Return whether an attribute of an element is true."""
    return element is not None and element.get(name, default) in ("1", "true")


def runs_of(item: ElementTree.Element) -> tuple[Run, ...]:
    """Return the runs of a string, a plain one as a run without a font; how it is to be pronounced is left out."""
    found: list[Run] = []
    for child in item:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            found.append(Run(unescaped(child.text or "")))
        elif name == "r":
            texts = (unescaped(part.text or "") for part in child.iterfind("{*}t"))
            found.append(Run("".join(texts), child.find("{*}rPr")))
    return tuple(found)


def unescaped(text: str) -> str:
    """Return a text with its escapes (``_x000D_``) undone."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
