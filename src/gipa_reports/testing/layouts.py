"""Write a report the way it is met in the wild: sixteen text layouts of its tables, and the spellings that vary.

The writers start from the official form as a grid of cells with spans, never from anything that a reader knows, so
they can stand as the other side of a reader's tests. Every figure of a report is in its text; where a layout loses the
place of an empty cell, the text has lost it too (see ``KEEPS_BLANKS``).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from attrs import evolve, frozen

from ..report import Report, Section, State, Table
from ..template import FORMS, HEADINGS, TABLES, Block, Column, Form, Row, TableId
from ..template.forms import APPLICANTS, CORNER, INFORMATION, LITIGATION, ORGANISATIONS

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

Role = Literal["title", "column", "label", "figure"]
"""What a grid cell is: a heading over all columns, the name of a column, a label beside rows, a figure."""


@frozen
class GridCell:
    """One cell of an official table. A figure whose ``text`` is empty is a cell left blank."""

    text: str
    role: Role = "figure"
    colspan: int = 1
    rowspan: int = 1


GridRow = tuple[GridCell, ...]
Grid = tuple[GridRow, ...]
"""Rows as in HTML: a cell that is covered by a span from the left or from above is not listed."""


@frozen
class LayoutOptions:
    """What varies within one layout. Where a field names a layout, the others ignore it."""

    noise: float = 0.0
    """Any layout: how likely a label, heading or figure is spelt another way, from 0 to 1."""
    blank_lines: bool = True
    """Any layout: whether a blank line stands between paragraphs, headings and tables."""
    keep_blanks: bool = False
    """7: an empty cell stays behind as a lone pipe inside the row."""
    collapse: float = 0.0
    """13: how likely an empty cell leaves no trace, from 0 to 1."""
    wrap_headers: bool = False
    """13: names of columns are cut in two, as if they were two cells."""
    stack_headers: bool = False
    """15: names of narrow columns come one or two characters a line, as PDF text has them."""
    page_marks: bool = False
    """15: page marks stand between rows of a table."""
    small_tables: bool = False
    """16: every row of figures is a table of its own, under the names of its columns."""
    invented_header: bool = False
    """16: the names of the columns are replaced by 数据1, 数据2 and so on."""


# --- the whole report --------------------------------------------------------------------------------------------


def flatten(
    report: Report,
    layout: int | Mapping[TableId, int],
    *,
    headings: bool = True,
    header: bool | str = True,
    options: LayoutOptions | None = None,
    rng: random.Random | None = None,
) -> str:
    """``report`` as text whose tables are in ``layout``: one number of ``LAYOUTS`` for all, or one for each table id.

    ``headings`` says whether the six section headings are written. ``header`` is what comes first: the report's title
    (True), nothing (False), or the text given. The prose of a section with a table stands before the table. The same
    arguments, with ``rng`` in the same state, give the same text; without ``rng`` the choices are fixed.

    Raises ``ValueError`` for an unknown layout, and for a report with absent or invalid cells or with rows that the
    form does not have: a published form has none of these to begin with.
    """
    options = options or LayoutOptions()
    rng = rng or random.Random(0)
    layouts = dict.fromkeys(TABLES, layout) if isinstance(layout, int) else layout
    _check_flattens(report, layouts)

    title = report.title if header is True else header
    blocks = [title] if title else []
    for heading in HEADINGS:
        if headings:
            blocks.append(_maybe(heading_noise, heading.text, options, rng))
        blocks += (report.sections.get(heading.id) or Section()).paragraphs
        for table in report.tables:
            if table.id == heading.id:
                blocks.append(write_grid(official_grid(table), layouts[table.id], options=options, rng=rng))
    return ("\n\n" if options.blank_lines else "\n").join(blocks) + "\n"


def _check_flattens(report: Report, layouts: Mapping[TableId, int]) -> None:
    for table in report.tables:
        if layouts.get(table.id) not in LAYOUTS:
            raise ValueError(f"no layout {layouts.get(table.id)!r} for {table.id}; there are 1 to {max(LAYOUTS)}")
        if table.unknown:
            raise ValueError(f"{table.id} has rows that the form does not have")
        for figure in table.cells():
            if figure.state in (State.ABSENT, State.INVALID):
                raise ValueError(f"{figure.id} is {figure.state}; only what a form can hold is written")


def write_grid(
    grid: Grid, layout: int, *, options: LayoutOptions | None = None, rng: random.Random | None = None
) -> str:
    """One table in one layout, without a line break at its end (11 ends with one, as it is met)."""
    options = options or LayoutOptions()
    rng = rng or random.Random(0)
    return _WRITERS[layout](_respell(grid, options, rng), options, rng)


# --- the official form as a grid -----------------------------------------------------------------------------------


def official_grid(table: Table) -> Grid:
    """The table as the national form prints it: 4, 10 or 15 columns wide, with all its spans."""
    return tuple(_GRIDS[table.id](table))


def _disclosure_grid(table: Table) -> Iterator[GridRow]:
    for block in table.form.blocks:
        assert block.head is not None
        names = [GridCell(column.label + column.note, "column") for column in block.columns]
        yield (GridCell(block.head.label, "title", colspan=4),)
        yield GridCell(INFORMATION.label, "column"), *_widened(names)
        for row in block.rows:
            figures = [GridCell(cell.text) for cell in table.row(row.id)]
            yield GridCell(row.label, "label"), *_widened(figures)


def _widened(cells: list[GridCell]) -> list[GridCell]:
    """The cells over three columns: the last of them takes what is left."""
    return [*cells[:-1], evolve(cells[-1], colspan=4 - len(cells))]


def _requests_grid(table: Table) -> Iterator[GridRow]:
    (block,) = table.form.blocks
    person, *organisations, total = (GridCell(column.label, "column") for column in block.columns)
    yield GridCell(CORNER.label, "title", colspan=3, rowspan=3), GridCell(APPLICANTS.label, "title", colspan=7)
    yield (
        evolve(person, rowspan=2),
        GridCell(ORGANISATIONS.label, "column", colspan=len(organisations)),
        evolve(total, rowspan=2),
    )
    yield tuple(organisations)
    for index, row in enumerate(block.rows):
        figures = (GridCell(cell.text) for cell in table.row(row.id))
        yield *_labels(table.form, block, index), *figures


def _labels(form: Form, block: Block, index: int) -> Iterator[GridCell]:
    """The label cells of a row of 三: the spans that begin there, then its own label over the columns that are left."""
    row = block.rows[index]
    above = block.rows[index - 1].spans if index else ()
    words = {span.terminal: span.label for span in form.spans}
    for depth, terminal in enumerate(row.spans):
        if above[depth : depth + 1] != (terminal,):
            rows = sum(terminal in other.spans for other in block.rows)
            yield GridCell(words[terminal], "label", rowspan=rows)
    yield GridCell(row.label + row.note, "label", colspan=3 - len(row.spans))


def _proceedings_grid(table: Table) -> Iterator[GridRow]:
    (block,) = table.form.blocks
    reconsideration, *litigation = block.rows
    outcomes = [GridCell(column.label, "column") for column in block.columns]

    def over_outcomes(row: Row) -> GridCell:
        return GridCell(row.label, "column", colspan=len(outcomes))

    yield over_outcomes(reconsideration), GridCell(LITIGATION.label, "column", colspan=len(outcomes) * len(litigation))
    yield *(evolve(outcome, rowspan=2) for outcome in outcomes), *map(over_outcomes, litigation)
    yield tuple(outcomes * len(litigation))
    yield tuple(GridCell(cell.text) for cells in table.rows for cell in cells)


_GRIDS: dict[TableId, Callable[[Table], Iterator[GridRow]]] = {
    "disclosure": _disclosure_grid,
    "requests": _requests_grid,
    "proceedings": _proceedings_grid,
}


def grid_width(grid: Grid) -> int:
    """Return how many columns the grid has."""
    return sum(cell.colspan for cell in grid[0])


def expand(grid: Grid) -> list[list[str]]:
    """The grid as rows of texts of equal length, an empty text in every place that a span covers."""
    width = grid_width(grid)
    covered: set[tuple[int, int]] = set()
    rows = []
    for y, row in enumerate(grid):
        texts = [""] * width
        x = 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            texts[x] = cell.text
            covered.update((y + down, x + right) for down in range(cell.rowspan) for right in range(cell.colspan))
        rows.append(texts)
    return rows


# --- the sixteen layouts -------------------------------------------------------------------------------------------


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
    lines = []
    for row in grid:
        # 二 has four wide columns, which never make a PDF break their names.
        if options.stack_headers and grid_width(grid) > 4 and any(cell.role == "column" for cell in row):
            lines += [line for cell in row for line in _stacked(cell, rng)]
        else:
            lines.append(" ".join(_texts(row)))
    if options.page_marks:
        number = rng.randint(1, 20)
        mark = rng.choice((f"第 {number} 页", f"- {number} -", f"— {number} —"))
        lines.insert(rng.randrange(1, len(lines)), mark)
    return "\n".join(line for line in lines if line)


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
    bottom = [texts for row, texts in zip(grid, _filled_down(grid), strict=True) if _is_header(row)]
    names = bottom[-1]
    labels = _label_columns(grid)
    for row in grid:
        figures = [cell.text for cell in row if cell.role == "figure"]
        captions = [cell.text for cell in row if cell.role == "label"]
        if row[0].role == "title" and len(row) == 1:
            yield row[0].text
        elif not figures:
            if labels == 1:
                names = [cell.text for cell in row][1:]
        else:
            shown = _invented_figures(len(figures)) if options.invented_header else names[-len(figures) :]
            yield from captions[:-1]
            yield _markdown_table([[*_invented(min(labels, 1)), *shown], [*captions[-1:], *figures]])


def _filled_down(grid: Grid) -> list[list[str]]:
    """As ``expand``, but a place that a span covers from above repeats its text."""
    rows = expand(grid)
    for above, below in pairwise(rows):
        below[:] = [text or over for text, over in zip(below, above, strict=True)]
    return rows


_WRITERS: dict[int, Callable[[Grid, LayoutOptions, random.Random], str]] = {
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


# --- spelling ------------------------------------------------------------------------------------------------------

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
            labelled: tuple[Column | Row, ...] = (*block.columns, *block.rows)
            for named in labelled:
                found[named.label + named.note] = (named.label + named.note, named.label, *named.aliases)
    return found


_SPELLINGS = _spellings()


def _maybe(respell: Callable[[str, random.Random], str], text: str, options: LayoutOptions, rng: random.Random) -> str:
    return respell(text, rng) if rng.random() < options.noise else text


def _respell(grid: Grid, options: LayoutOptions, rng: random.Random) -> Grid:
    if not options.noise:
        return grid
    return tuple(
        tuple(
            evolve(cell, text=_maybe(figure_noise if cell.role == "figure" else noise, cell.text, options, rng))
            for cell in row
        )
        for row in grid
    )
