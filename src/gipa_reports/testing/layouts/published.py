"""The sixteen layouts in which tables stand in the texts of published reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import chain

from .grid import (
    Grid,
    GridCell,
    GridRow,
    TextRows,
    Writer,
    expand,
    figures_of,
    grid_width,
    joined,
    kept,
    listed,
    texts,
    together,
    words_of,
)
from .options import LayoutOptions


def _pipe_rows(grid: Grid) -> str:
    # A row whose first cell is empty begins with an empty line, which is all that tells it from the row before.
    lines = ("".join(f" {text} |" if text else "\n|" for text in row) for row in listed(grid))
    return "\n".join(line.removeprefix(" ") for line in lines)


def _with_run(grid: Grid) -> TextRows:
    """Return the cells that are not empty, each with its pipe, and the run that fills the width where they do not."""
    rows, width = kept(grid), grid_width(grid)
    return [[*(f"{text} |" for text in row), *(["|" * (width - len(row))] if len(row) < width else [])] for row in rows]


def _piped_cells(grid: Grid) -> str:
    return "\n".join(line for row in kept(grid) for line in _lines_with_run(row, grid_width(grid)))


def _lines_with_run(texts: list[str], width: int) -> list[str]:
    """One cell a line; the run on the line of the last one, or alone where there is no cell."""
    lines = [f"{text} |" if text else "|" for text in texts]
    run = "|" * (width - len(texts))
    if run and lines:
        lines[-1] += f" {run}"
    elif run:
        lines = [run]
    return lines


def _marked_piped_cells(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    rows = listed(grid) if options.keep_blanks else kept(grid)
    return "\n".join(line for row in rows for line in ("|", *_lines_with_run(row, grid_width(grid))))


def _led_cells_then_pipes(grid: Grid) -> str:
    # The run takes the place of the last cell's pipe, so a row is one pipe short of layout 4.
    rows = ((("| " + "\n|\n".join(row)).rstrip(), max(1, grid_width(grid) - len(row))) for row in kept(grid))
    return "\n".join(f"{cells}\n{'|' * run}" for cells, run in rows)


def _spaced_cells(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    texts = []
    for cell in (cell for row in grid for cell in row):
        if not cell.text and rng.random() < options.collapse:
            continue
        if options.wrap_headers and cell.role == "column" and len(cell.text) >= 4:
            cut = rng.randint(2, len(cell.text) - 2)
            texts += [cell.text[:cut].strip(), cell.text[cut:].strip()]
        else:
            texts.append(cell.text)
    return "\n\n".join(texts)


def _spaced_rows(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    # 二 has four wide columns, which never make a PDF break their names.
    stacks = options.stack_headers and grid_width(grid) > 4
    lines: list[str] = []
    for row, words in zip(grid, kept(grid), strict=True):
        is_stacked = stacks and any(cell.role == "column" for cell in row)
        lines += chain.from_iterable(_stacked(cell, rng) for cell in row) if is_stacked else [" ".join(words)]
    if options.page_marks:
        number = rng.randint(1, 20)
        mark = rng.choice((f"第 {number} 页", f"- {number} -", f"— {number} —"))
        lines.insert(rng.randrange(1, len(lines)), mark)
    return "\n".join(filter(None, lines))


def _stacked(cell: GridCell, rng: random.Random) -> list[str]:
    if cell.role != "column" or cell.colspan > 1:
        return [cell.text]
    text = "".join(cell.text.split())
    size = rng.choice((1, 2))
    return [text[start : start + size] for start in range(0, len(text), size)]


def _markdown(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    if options.small_tables:
        return "\n\n".join(_small_tables(grid, options))
    rows = expand(grid)
    if options.invented_header:
        labels = _label_columns(grid)
        body = [texts for row, texts in zip(grid, rows, strict=True) if not _is_header(row)]
        rows = [[*_invented(labels), *_invented_figures(grid_width(grid) - labels)], *body]
    return _markdown_table(rows)


def _markdown_table(rows: list[list[str]]) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([first, "|" + "---|" * len(rows[0]), *others])


def _is_header(row: GridRow) -> bool:
    """Return whether the row names columns; a heading of 二, which stands alone over its block, is none."""
    return any(cell.role == "column" for cell in row) or (len(row) > 1 and row[0].role == "title")


def _label_columns(grid: Grid) -> int:
    """Return how many columns at the left hold labels."""
    return sum(cell.colspan for row in grid[-1:] for cell in row if cell.role == "label")


def _invented(labels: int) -> list[str]:
    return ["项目", *[""] * (labels - 1)] if labels else []


def _invented_figures(count: int) -> list[str]:
    return [f"数据{number}" for number in range(1, count + 1)]


def _small_tables(grid: Grid, options: LayoutOptions) -> Iterator[str]:
    """A table for each row of figures; headings and labels that stand over several rows are lines before it."""
    repeated = texts(grid, lambda text: ("", text))
    names = [row for cells, row in zip(grid, repeated, strict=True) if _is_header(cells)][-1]
    labels = _label_columns(grid)
    for row in grid:
        figures, words = figures_of(row), words_of(row)
        if row[0].role == "title" and len(row) == 1:
            yield row[0].text
        elif figures:
            shown = _invented_figures(len(figures)) if options.invented_header else names[-len(figures) :]
            yield from words[:-1]
            yield _markdown_table([[*_invented(min(labels, 1)), *shown], [*words[-1:], *figures]])
        elif labels == 1:
            names = words[1:]


def _plain(write: Writer) -> Published:
    """A layout in which nothing varies."""
    return lambda grid, options, rng: write(grid)


Published = Callable[[Grid, LayoutOptions, random.Random], str]

_TABLE: tuple[tuple[int, str, Published], ...] = (
    (1, "tab grid: one row a line, spans leave empty fields", _plain(joined(expand, "\t"))),
    (2, "a pipe after each cell, one row a line; an empty cell is a line break before its pipe", _plain(_pipe_rows)),
    (3, "as 2, empty cells dropped, each row padded with a run of pipes to the table's width",
     _plain(joined(_with_run, " "))),
    (4, "as 3 with a leading pipe", _plain(joined(_with_run, " ", "| {} "))),
    (5, "one cell a line with a pipe, the run of pipes on a line of its own", _plain(joined(_with_run, "\n"))),
    (6, "as 5, the run on the line of the last cell", _plain(_piped_cells)),
    (7, "as 6, with a lone pipe before each row", _marked_piped_cells),
    (8, "one cell a line, a pipe on its own line after every cell; nothing marks a row",
     _plain(lambda grid: "\n".join(f"{text}\n|" if text else "|" for row in listed(grid) for text in row))),
    (9, "as 8 with a leading pipe before each row, the row closed by a run of pipes, empty cells dropped",
     _plain(_led_cells_then_pipes)),
    (10, "one cell a line with a pipe; neither runs nor row marks; empty cells dropped",
     _plain(lambda grid: "\n".join(f"{text} |" for row in kept(grid) for text in row))),
    (11, "indented remains of HTML: a line with a pipe before each row, empty cells dropped",
     _plain(lambda grid: "\n".join("| \n" + "".join(f"{' ' * 7}{text}  | \n{' ' * 6}\n" for text in row)
                                   for row in kept(grid)))),
    (12, "indented by tabs: a line of tabs after each row, empty cells dropped",
     _plain(lambda grid: "\n".join("".join(f"\t\t\t{text}  | \n" for text in row) + "\t\t" for row in kept(grid)))),
    (13, "one cell a line, a blank line between cells; an empty cell is an empty line more", _spaced_cells),
    (14, "one cell a line, empty cells gone", _plain(joined(together, "\n"))),
    (15, "cells separated by spaces, one row a line, empty cells invisible", _spaced_rows),
    (16, "Markdown tables", _markdown),
)  # fmt: skip
"""Number of a layout, what it looks like, and its writer."""

LAYOUTS: dict[int, str] = {number: looks for number, looks, _ in _TABLE}
"""Number of a layout → what it looks like."""

WRITERS: dict[int, Published] = {number: write for number, _, write in _TABLE}

KEEPS_BLANKS: frozenset[int] = frozenset({1, 2, 8, 13, 16})
"""Layouts in which the place of an empty cell survives; 13 loses it with ``collapse``, 7 can keep it."""
