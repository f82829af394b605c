"""The spellings of labels, headings and figures that vary from one report to the next."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from attrs import evolve

from ...template import FORMS, HEADINGS, Column, FormRow
from ...template.forms import ORGANISATIONS
from .grid import Grid
from .options import LayoutOptions

_HALF = "():,.;/0123456789"
_FULL = "（）：，．；／０１２３４５６７８９"
_WIDEN = str.maketrans(_HALF, _FULL)
_NARROW = str.maketrans(_FULL, _HALF)
_WIDE_DIGITS = str.maketrans(_HALF[-10:], _FULL[-10:])
_QUOTES = ('""', "''", "「」", "‘’", "")
_EXPLANATIONS = ("（按年末数填报）", "（不含涉密文件）", "(按实际情况填写)")
_FIGURE = re.compile(r"([+-]?)(\d+)(.*)")


def noise(label: str, rng: random.Random) -> str:
    """``label`` as another hand would spell it: an alias, other widths, stray spaces, other quotes, an explanation.

    It stays the same label of the form. Not every call changes something.
    """
    names = _SPELLINGS.get(label)
    if names and rng.random() < 0.4:
        label = rng.choice(names)
    if names and rng.random() < 0.3:
        label += rng.choice(_EXPLANATIONS)
    for respell in (_other_width, _other_quotes, _with_spaces):
        if rng.random() < 0.4:
            label = respell(label, rng)
    return label


def figure_noise(figure: str, rng: random.Random) -> str:
    """``figure`` with full-width digits or thousands separators; what is no figure comes back as it is."""
    match = _FIGURE.fullmatch(figure)
    if match is None:
        return figure
    if rng.random() < 0.5:
        return figure.translate(_WIDE_DIGITS)
    sign, digits, rest = match.groups()
    return f"{sign}{int(digits):,}{rest}" if len(digits) < 19 and not digits.startswith("0") else figure


def heading_noise(heading: str, rng: random.Random) -> str:
    """The heading of a section with another wording, its ordinal lost, Markdown marks before it, or other widths."""
    ordinal, _, label = heading.partition("、")
    names = next(((known.label, *known.aliases) for known in HEADINGS if known.text == heading), (label,))
    ordinal = rng.choice((f"{ordinal}、", f"{ordinal}、", "、", ""))
    marks = rng.choice(("", "", "# ", "## ", "#### "))
    return marks + ordinal + rng.choice(names)


def _other_width(label: str, rng: random.Random) -> str:
    return label.translate(rng.choice((_WIDEN, _NARROW)))


def _other_quotes(label: str, rng: random.Random) -> str:
    quotes = rng.choice(_QUOTES)
    return label.replace("“", quotes[:1]).replace("”", quotes[1:])


def _with_spaces(label: str, rng: random.Random) -> str:
    # Never beside a digit: "1 0" would be two figures.
    places = [place for place in range(1, len(label)) if not label[place - 1].isdigit() and not label[place].isdigit()]
    if not places:
        return label
    place = rng.choice(places)
    return label[:place] + rng.choice((" ", "  ", "\u3000")) + label[place:]


def _spellings() -> dict[str, tuple[str, ...]]:
    """Label as the form prints it → that and its aliases. What is not here (第二十条第（一）项) has no other name."""
    found: dict[str, tuple[str, ...]] = {ORGANISATIONS.label: (ORGANISATIONS.label, *ORGANISATIONS.aliases)}
    for form in FORMS.values():
        for span in form.spans:
            found[span.label] = (span.label, *span.aliases)
        for block in form.blocks:
            labelled: tuple[Column | FormRow, ...] = (*block.columns, *block.rows)
            for named in labelled:
                found[named.label + named.note] = (named.label + named.note, named.label, *named.aliases)
    return found


_SPELLINGS = _spellings()


def maybe(respell: Callable[[str, random.Random], str], text: str, options: LayoutOptions, rng: random.Random) -> str:
    """``text`` respelt, as often as ``options.noise`` says."""
    return respell(text, rng) if rng.random() < options.noise else text


def respell(grid: Grid, options: LayoutOptions, rng: random.Random) -> Grid:
    """The grid with some of its texts respelt, as often as ``options.noise`` says."""
    if not options.noise:
        return grid
    return tuple(
        tuple(
            evolve(cell, text=maybe(figure_noise if cell.role == "figure" else noise, cell.text, options, rng))
            for cell in row
        )
        for row in grid
    )
