"""Plain text that tools make of a report: layouts 20, 22, 27 and 28."""

from __future__ import annotations

from itertools import chain

from attrs import evolve

from .grid import Grid, GridCell, GridRow, TextRows, expand, figures_of, filled, grid_width, words_of

_LONG_LABEL = 9
"""Characters from which a label is wrapped beside its figures."""

_NARROW = 3
"""Digits that a narrow cell holds."""


def broken(grid: Grid) -> TextRows:
    """Return rows with merged words in every place; a blank cell is a line break."""
    return filled(tuple(tuple(evolve(cell, text=cell.text or "\n") for cell in row) for row in grid))


def bare(grid: Grid) -> str:
    """Return rows with pipes between the cells alone, and a rule line below the first."""
    first, *others = (" | ".join(row) for row in expand(grid))
    return "\n".join([first, "|".join(["---"] * grid_width(grid)), *others])


# --- text of PDF files ------------------------------------------------------------------------------------------------


def column_order(grid: Grid) -> str:
    """Return all figures of a table before the labels they belong to."""
    cells = tuple(chain.from_iterable(grid))
    return "\n\n".join([*filter(None, figures_of(cells)), *words_of(cells)])


def pdf_lines(grid: Grid) -> str:
    """Return rows parted by spaces; a long label goes on below its figures, narrow heads stand in two lines."""
    return "\n".join(line for row in grid for line in _line_and_rest(row, grid_width(grid)))


def pdf_lines_narrow(grid: Grid) -> str:
    """Return rows as ``pdf_lines`` does, with the last digits of all large figures on the next line."""
    lines: list[str] = []
    for row in grid:
        first, *others = _line_and_rest(row, grid_width(grid))
        fronts = [text[:_NARROW] if text.isdecimal() else text for text in first.split(" ")]
        tails = [text[_NARROW:] for text in first.split(" ") if text.isdecimal() and len(text) > _NARROW]
        lines += [" ".join(fronts), *([" ".join(tails)] if tails else []), *others]
    return "\n".join(lines)


def _line_and_rest(row: GridRow, width: int) -> list[str]:
    figures = list(filter(None, figures_of(row)))
    words = words_of(row)
    if not figures:
        return _in_two_lines(row) if any(_is_narrow(cell, width) for cell in row) else [" ".join(words)]
    label = words[-1] if words else ""
    if len(label) <= _LONG_LABEL:
        return [" ".join([*words, *figures])]
    cut = len(label) // 2 + 1
    return [" ".join([*words[:-1], label[:cut], *figures]), label[cut:]]


def _is_narrow(cell: GridCell, width: int) -> bool:
    """Return whether a cell names one of many columns."""
    return cell.role == "column" and cell.colspan == 1 and width > 4


def _in_two_lines(row: GridRow) -> list[str]:
    """Return names of columns on two lines: the fronts of the narrow ones above their tails, wide ones whole."""
    cuts = [(cell.text, (len(cell.text) + 1) // 2 if cell.colspan == 1 else len(cell.text)) for cell in row]
    tails = [text[cut:] for text, cut in cuts if text[cut:]]
    return [" ".join(text[:cut] for text, cut in cuts), " ".join(tails)]


def pdf_raw(grid: Grid) -> str:
    """Return cell by cell what stands in a row: narrow heads two characters a line, long labels whole, then figures."""
    return "\n".join(line for row in grid for line in _cell_by_cell(row, grid_width(grid)))


def pdf_raw_narrow(grid: Grid) -> str:
    """Return rows as ``pdf_raw`` does; the last digits of a large figure end the line, and the row goes on below."""
    lines = pdf_raw(grid).split("\n")
    return "\n".join("".join(map(_wrapped_figure, line.split(" "))).strip() for line in lines)


def _wrapped_figure(text: str) -> str:
    is_large = text.isdecimal() and len(text) > _NARROW
    return f"{text[:_NARROW]}\n{text[_NARROW:]}\n" if is_large else f"{text} "


def _wrapped_label(cell: GridCell, width: int) -> list[str]:
    """Return the lines of a label: two characters each where it names one of many columns, else two lines at most."""
    if _is_narrow(cell, width):
        return [cell.text[at : at + 2] for at in range(0, len(cell.text), 2)]
    cut = _LONG_LABEL * 2
    return [text for text in (cell.text[:cut], cell.text[cut:]) if text]


def _cell_by_cell(row: GridRow, width: int) -> list[str]:
    lines = [line for cell in row if cell.role != "figure" for line in _wrapped_label(cell, width)]
    figures = " ".join(filter(None, figures_of(row)))
    if figures and lines and len(lines[-1]) <= _LONG_LABEL:
        return [*lines[:-1], f"{lines[-1]} {figures}"]
    return [*lines, *([figures] if figures else [])]
