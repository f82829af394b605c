"""The sixteen layouts in which tables stand in the texts of published reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import chain

from .grid import Grid, GridCell, GridRow, expand, figures_of, grid_width, texts, words_of
from .options import LayoutOptions

LAYOUTS: dict[int, str] = {
    1: "tab grid: one row a line, spans leave empty fields",
    2: "a pipe after each cell, one row a line; an empty cell is a line break before its pipe",
    3: "as 2, empty cells dropped, each row padded with a run of pipes to the table's width",
    4: "as 3 with a leading pipe",
    5: "one cell a line with a pipe, the run of pipes on a line of its own",
    6: "as 5, the run on the line of the last cell",
    7: "as 6, with a lone pipe before each row",
    8: "one cell a line, a pipe on its own line after every cell; nothing marks a row",
    9: "as 8 with a leading pipe before each row, the row closed by a run of pipes, empty cells dropped",
    10: "one cell a line with a pipe; neither runs nor row marks; empty cells dropped",
    11: "indented remains of HTML: a line with a pipe before each row, empty cells dropped",
    12: "indented by tabs: a line of tabs after each row, empty cells dropped",
    13: "one cell a line, a blank line between cells; an empty cell is an empty line more",
    14: "one cell a line, empty cells gone",
    15: "cells separated by spaces, one row a line, empty cells invisible",
    16: "Markdown tables",
}
"""Number of a layout → what it looks like."""

KEEPS_BLANKS: frozenset[int] = frozenset({1, 2, 8, 13, 16})
"""Layouts in which the place of an empty cell survives; 13 loses it with ``collapse``, 7 can keep it."""


def _texts(row: GridRow) -> list[str]:
    """The texts of the cells that are not empty."""
    return [cell.text for cell in row if cell.text]


def _tab_grid(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join("\t".join(row) for row in expand(grid))


def _pipe_rows(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join("".join(_pipe_row(row)) for row in grid)


def _pipe_row(row: GridRow) -> Iterator[str]:
    for index, cell in enumerate(row):
        # A row whose first cell is empty begins with an empty line, which is all that tells it from the row before.
        if not cell.text:
            yield "\n|"
        else:
            yield f"{cell.text} |" if index == 0 else f" {cell.text} |"


def _padded_rows(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(" ".join(_with_run(row, grid_width(grid))) for row in grid)


def _with_run(row: GridRow, width: int) -> list[str]:
    """The cells that are not empty, each with its pipe, and the run that fills the width where they do not."""
    texts = _texts(row)
    run = "|" * (width - len(texts))
    return [*(f"{text} |" for text in texts), *([run] if run else [])]


def _led_padded_rows(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(f"| {' '.join(_with_run(row, grid_width(grid)))} " for row in grid)


def _piped_cells_run_apart(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(line for row in grid for line in _with_run(row, grid_width(grid)))


def _piped_cells(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(line for row in grid for line in _lines_with_run(_texts(row), grid_width(grid)))


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
    lines = []
    for row in grid:
        texts = [cell.text for cell in row] if options.keep_blanks else _texts(row)
        lines += ["|", *_lines_with_run(texts, grid_width(grid))]
    return "\n".join(lines)


def _cells_then_pipes(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(f"{cell.text}\n|" if cell.text else "|" for row in grid for cell in row)


def _led_cells_then_pipes(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    rows = []
    for row in grid:
        texts = _texts(row)
        # The run takes the place of the last cell's pipe, so a row is one pipe short of layout 4.
        run = "|" * max(1, grid_width(grid) - len(texts))
        rows.append("\n".join([("| " + "\n|\n".join(texts)).rstrip(), run]))
    return "\n".join(rows)


def _bare_piped_cells(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(f"{text} |" for row in grid for text in _texts(row))


def _html_remains(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join("| \n" + "".join(f"{' ' * 7}{text}  | \n{' ' * 6}\n" for text in _texts(row)) for row in grid)


def _tab_indented(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join("".join(f"\t\t\t{text}  | \n" for text in _texts(row)) + "\t\t" for row in grid)


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


def _bare_cells(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    return "\n".join(text for row in grid for text in _texts(row))


def _spaced_rows(grid: Grid, options: LayoutOptions, rng: random.Random) -> str:
    # 二 has four wide columns, which never make a PDF break their names.
    stacks = options.stack_headers and grid_width(grid) > 4
    lines: list[str] = []
    for row in grid:
        is_stacked = stacks and any(cell.role == "column" for cell in row)
        lines += chain.from_iterable(_stacked(cell, rng) for cell in row) if is_stacked else [" ".join(_texts(row))]
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


WRITERS: dict[int, Callable[[Grid, LayoutOptions, random.Random], str]] = {
    1: _tab_grid,
    2: _pipe_rows,
    3: _padded_rows,
    4: _led_padded_rows,
    5: _piped_cells_run_apart,
    6: _piped_cells,
    7: _marked_piped_cells,
    8: _cells_then_pipes,
    9: _led_cells_then_pipes,
    10: _bare_piped_cells,
    11: _html_remains,
    12: _tab_indented,
    13: _spaced_cells,
    14: _bare_cells,
    15: _spaced_rows,
    16: _markdown,
}
