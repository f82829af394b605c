"""Doubts about a document as a whole: an ordered table of doubts, each a named rule.

Some of them are errors: the source can't be read without guessing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from attrs import define, evolve

from ..diagnostics import Diagnostic, Location
from ..document import Paragraph
from ..messages import Phrase
from ..template import FORMS, HEADINGS, TableId, forms, words
from ..template.vocabulary import ESCAPE
from .builder import Built
from .collector import Collector
from .doubts import place_of
from .figures import texts_add_up
from .form_lines import blocks_of, ids_of
from .outline import Outline, cut_heading, is_page_furniture
from .tokens import FIGURE_COUNT, LooseRow, RowToken, SectionLine

MAX_MENU = 10
"""Characters of the longest name in the menu of a page."""

BLANKS_LOST = frozenset({"position-lost", "position-inferred", "row-without-figures"})
"""Diagnostics of rows whose blanks have left no trace."""

MIN_ROWS = 10
"""Rows of loose cells that can show that lines are missing."""


@define
class DocumentCase:
    """All that was found of a document; ``end`` is the number of its last line."""

    found: Collector
    built: Built
    text: Outline
    end: int


def any_figures(found: Collector) -> bool:
    """Return whether a row of any table has a value."""
    return any(token.values for tokens in found.tokens.values() for token in tokens)


def no_tables(case: DocumentCase) -> Iterator[Diagnostic]:
    """There are headings of a report and none of its tables, and it was not cut before them."""
    if not any(cut_in_heading(case)):
        yield Diagnostic(
            code="no-tables", cells=tuple(i for table in forms.TABLES for i in case.built.form(table).cell_ids)
        )


def deduplicated_lines(case: DocumentCase) -> Iterator[Diagnostic]:
    """An extractor took repeated lines out: most rows lack figures, and no figure is there twice."""
    rows = [token for token in case.found.loose if token.heading is not None]
    short = [token for token in rows if len(token.values) < _fewest(token.table)]
    if len(rows) < MIN_ROWS or len(short) * 2 < len(rows):
        return
    some = sum(bool(token.values) for token in short)
    if _lacks_repeats(rows, also_apart=some * 3 <= len(rows) * 2):
        # A row that seems whole may have a figure of another kind in the place of one that was taken out.
        found = f"{len(short)} of {len(rows)} rows lack figures"
        yield Diagnostic(code="deduplicated-lines", cells=_ids_in_any_form(rows), found=found)


def _ids_in_any_form(rows: Iterable[RowToken]) -> tuple[str, ...]:
    """Return the cells that rows have in either edition, each once."""
    return tuple(dict.fromkeys(i for token in rows for form in FORMS.values() for i in ids_of(form, token.type)))


def _lacks_repeats(rows: list[LooseRow], also_apart: bool) -> bool:
    """Return whether no figure comes twice, one behind the other or ``also_apart``, as if there were none alike."""
    figures = [value for token in rows for value in token.values if value]
    if len(figures) == len(set(figures)):
        return bool(figures)
    return not also_apart and not any(a == b for token in rows for a, b in pairwise(token.values))


@cache
def _fewest(table: TableId) -> int:
    """Number of figures that a row of a table has at least."""
    return min(len(block.columns) for edition in forms.EDITIONS for block in blocks_of(table, edition))


def ends_in_table(case: DocumentCase) -> Iterator[Diagnostic]:
    """The document ends with a table of which rows, or cells of the last row, or the tables after it are missing."""
    ends = [tokens[-1] for tokens in case.found.tokens.values() if tokens]
    last = max(ends, key=lambda token: token.row.line, default=None)
    if last is None or not case.text.ends_in_table:
        return
    missing, expected = _missing_behind(case, last)
    # The last figure that was read may be a piece of what stood there.
    own = ids_of(case.built.form(last.table), last.type)
    if missing:
        cells = (*missing, *own)
        yield Diagnostic(
            code="truncated-table",
            cells=cells,
            location=place_of(last),
            expected=expected,
            found=last.label or last.type,
            table=last.table,
        )
    elif case.end == (last.lines[-1] if isinstance(last, LooseRow) and last.lines else last.row.line):
        cells = own[-1:] if _has_every_cell(case, last, own) else own
        yield Diagnostic(code="ends-in-table", cells=cells, location=place_of(last), table=last.table)


def _has_every_cell(case: DocumentCase, last: RowToken, own: Sequence[str]) -> bool:
    """Return whether a row has a separator behind each of its cells but the last, which alone may go on."""
    placed = case.built.places.get(_row_of(own[-1])) if own and last.spacing == "grid" else None
    if placed is None or placed.token is not last or placed.placement.places is None:
        return False
    return placed.placement.columns.indexes == tuple(range(len(own))) and len(last.values) == len(own)


def _row_of(cell_id: str) -> str:
    """Return the id of the row of a cell."""
    return cell_id.partition(".")[2].rpartition(".")[0]


def cut_in_heading(case: DocumentCase) -> Iterator[Diagnostic]:
    """The document ends with the beginning of a heading, or with the heading of a table and nothing below it."""
    last = case.text.last
    if last is None or not _is_end(case, last):
        return
    expected = _expected_below(last)
    if expected is not None:
        absent = [problem for problem in case.built.diagnostics if problem.code == "table-absent"]
        ids = tuple(cell_id for problem in absent for cell_id in problem.cells)
        yield Diagnostic(code="truncated-text", cells=ids, location=last.at(), expected=expected, found=last.text[:80])


def _expected_below(last: Paragraph) -> str | None:
    """Return what is missing behind the last line: a table below its heading, or the rest of a heading."""
    if isinstance(last, SectionLine):
        return Phrase(f"table {last.section}", f"表{last.section}") if last.section in forms.TABLES else None
    section = cut_heading(last.text)
    return next((heading.text for heading in HEADINGS if heading.id == section), None)


def _is_end(case: DocumentCase, last: Paragraph) -> bool:
    """Return whether nothing at all stands below the last line of the text."""
    is_last = last.line >= case.end and not any(line.line > last.line for line in case.found.unplaced)
    return is_last and not last.text.startswith(ESCAPE)


def _missing_behind(case: DocumentCase, last: RowToken) -> tuple[list[str], str]:
    """The cells that are missing at the end of a document, and what was expected first."""
    problems = [problem for table in forms.TABLES for problem in _behind(case.built, last, table)]
    lost = [
        problem
        for problem in case.built.diagnostics
        if problem.code == "position-lost" and problem.location and _same_row(problem.location, last.at(""))
    ]
    cells = [cell_id for problem in (*problems, *lost) for cell_id in problem.cells]
    if problems:
        return cells, problems[0].expected or problems[0].table or ""
    return cells, "more figures" if lost else ""


def _behind(built: Built, last: RowToken, table: TableId) -> list[Diagnostic]:
    """Return what says that rows of a table, or all of it, are missing behind the last row of a document."""
    if forms.TABLES.index(table) < forms.TABLES.index(last.table):
        return []
    return [
        problem
        for problem in built.diagnostics
        if problem.table == table
        if problem.code == "table-absent"
        or (problem.code == "row-missing" and _is_tail(built.form(table), problem.cells, built))
    ]


def _same_row(one: Location, other: Location) -> bool:
    return evolve(one, column=None, text="") == evolve(other, column=None, text="")


def _is_tail(form: forms.Form, ids: tuple[str, ...], built: Built) -> bool:
    """Return whether no row of the form after the row of ``ids`` was read."""
    row_id = _row_of(ids[0])
    rest = form.rows[form.row_index[row_id] + 1 :]
    return not any(row.id in built.places for row in rest)


def few_rows(case: DocumentCase) -> Iterator[Diagnostic]:
    """A table has less than half of its rows."""
    built = case.built
    for form in (built.disclosure.form, built.requests.form):
        rows = len(form.row_index.keys() & built.places.keys())
        if 0 < rows < len(form.rows) / 2:
            yield Diagnostic(
                code="few-rows",
                cells=form.cell_ids,
                location=None,
                expected=str(len(form.rows)),
                found=str(rows),
                table=form.table,
            )


def table_elsewhere(case: DocumentCase) -> Iterator[Diagnostic]:
    """A table stands below the heading of another section than its own.

    Programs write the text of a page, or of all pages, and then its tables: they are the report's if there is no other.
    """
    if not case.text.elsewhere:
        return
    lines = case.found.lines
    is_annexed = any(words.ANNEX.search(line.text) for line in lines if not isinstance(line, str))
    if not is_annexed and (_are_behind_all(lines) or _are_all_of_one_form(case)):
        return
    for table, line in case.text.elsewhere.items():
        ids = case.built.form(table).cell_ids
        yield Diagnostic(code="table-elsewhere", cells=ids, location=line.at(), table=table, found=line.text[:80])


def below_another_report(case: DocumentCase) -> Iterator[Diagnostic]:
    """A table is read below a heading that stood before, with tables between: those of another year or organ."""
    for table in forms.TABLES:
        heading = _heading_behind_tables(case.found.lines, table)
        if heading is not None:
            ids = case.built.form(table).cell_ids
            yield Diagnostic(
                code="table-elsewhere", cells=ids, location=heading.at(), table=table, found=heading.text[:80]
            )


def _heading_behind_tables(lines: Sequence[Paragraph | TableId], table: TableId) -> SectionLine | None:
    """Return the second heading of a table, if that first stands below it, and other tables between the two."""
    headings = [(at, line) for at, line in enumerate(lines) if isinstance(line, SectionLine) and line.section == table]
    if len(headings) < 2 or table not in lines:
        return None
    (first, _), (again, heading) = headings[:2]
    is_between = any(isinstance(line, str) for line in lines[first:again])
    return heading if is_between and lines.index(table) > again else None


def _are_behind_all(lines: Sequence[Paragraph | TableId]) -> bool:
    """Return whether the three tables, each once and in order, end a report that has nothing where they belong.

    So do programs leave a page that is laid out by tables: its text first, then the tables in it. The line before them
    ends a sentence, or is of the page or its menu; the title of a table is neither. Nothing speaks of an annex.
    """
    count = len(forms.TABLES)
    *before, last = lines[:-count] or ("",)
    if tuple(lines[-count:]) != forms.TABLES or isinstance(last, str) or any(isinstance(line, str) for line in before):
        return False
    return _are_headed_without_text(before) and _ends_page(last.text)


def _are_headed_without_text(lines: Sequence[Paragraph | TableId]) -> bool:
    """Return whether the headings of the three tables stand one below the other, and that of another section below."""
    count = len(forms.TABLES)
    sections = [line.section if isinstance(line, SectionLine) else "" for line in lines]
    at = sections.index(forms.TABLES[0]) if forms.TABLES[0] in sections else len(sections)
    return tuple(sections[at : at + count]) == forms.TABLES and any(sections[at + count : at + count + 1])


def _ends_page(text: str) -> bool:
    """Return whether a line ends a sentence, or is of the page or its menu; the title of a table is neither."""
    is_menu = len(text) <= MAX_MENU and words.TABLE_TITLE.search(text) is None
    return text.endswith("。") or is_page_furniture(text) or is_menu


def _are_all_of_one_form(case: DocumentCase) -> bool:
    """Return whether all tables are there, each once and in the order of the form, and no row besides theirs."""
    met = [line for line in case.found.lines if isinstance(line, str)]
    in_order = tuple(table for table, _ in groupby(met))
    again = any(problem.code == "row-repeated" for problem in case.built.diagnostics)
    return in_order == forms.TABLES and not again and not case.found.unknown


def not_annual(case: DocumentCase) -> Iterator[Diagnostic]:
    """The report is on a part of a year, or on several."""
    if case.text.not_annual is not None:
        ids = tuple(cell_id for table in forms.TABLES for cell_id in case.built.form(table).cell_ids)
        yield Diagnostic(code="not-annual", cells=ids, found=case.text.not_annual)


def full_by_chance(case: DocumentCase) -> Iterator[Diagnostic]:
    """A row has as many figures as columns and does not add up, in a document that has lost blanks of other rows.

    The two ends of a broken figure in the place of one and of a blank leave nothing else to see.
    """
    of_rows = (problem.cells for problem in case.built.diagnostics if len(problem.cells) <= FIGURE_COUNT)
    said = {cell_id for cells in of_rows for cell_id in cells}
    counts: tuple[tuple[TableId, int], ...] = (
        ("requests", len(forms.APPLICANT_COLUMNS)),
        ("proceedings", len(forms.OUTCOME_COLUMNS)),
    )
    for table, count in counts:
        for token in case.found.tokens[table]:
            ids = ids_of(case.built.form(table), token.type)
            is_full = token.spacing == "dropped" and 0 < len(ids) == len(token.filled)
            if is_full and not said.issuperset(ids) and not texts_add_up(token.filled, count - 1):
                yield _wrapped(token, ids)


def beside_figures_apart(case: DocumentCase) -> Iterator[Diagnostic]:
    """A row of 二 has as many figures as columns, in groups with empty lines between, beside one that lacks figures.

    So programs write the pieces of a page of a PDF file; the figure that one row lacks may be in the groups of another.
    Where figures are not all as far below their labels, any row of a block may have that of another.
    """
    form = case.built.form("disclosure")
    lost = {i for problem in case.built.diagnostics if problem.code in BLANKS_LOST for i in problem.cells}
    tokens = [token for token in case.found.tokens["disclosure"] if isinstance(token, LooseRow) and token.lines]
    whole = [token for token in tokens if lost.isdisjoint(ids_of(form, token.type))]
    is_uneven = len({token.lines[0] - token.row.line for token in whole}) > 1
    beside = dict(_rows_of_blocks_with(lost, form))
    for token in whole:
        if token.type in beside and (is_uneven or _is_in_groups(token)):
            yield _wrapped(token, beside[token.type])


def _rows_of_blocks_with(cells: set[str], form: forms.Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the rows, with their cells, of the blocks of a table that any of some cells is in."""
    for block in blocks_of(form.table, form.edition):
        if not cells.isdisjoint(chain.from_iterable(line.ids for line in block.lines)):
            yield from ((line.terminal, line.ids) for line in block.lines)


def _wrapped(token: RowToken, ids: tuple[str, ...]) -> Diagnostic:
    """A row of which a figure may be two, or the end of one."""
    found = " ".join(token.filled)[:80]
    return Diagnostic(code="figure-wrapped", cells=ids, location=place_of(token), found=found, table=token.table)


def _is_in_groups(token: LooseRow) -> bool:
    """Return whether the cells of a row on lines of their own are not all as far apart."""
    return len({below - line for line, below in pairwise(token.lines)}) > 1


class DocumentDoubt(NamedTuple):
    """Doubt of a document, and the codes of which one must have been told before; none where it is always asked."""

    needs: frozenset[str]
    ask: Callable[[DocumentCase], Iterable[Diagnostic]]


_ALWAYS: frozenset[str] = frozenset()

WITHOUT_TABLES = (DocumentDoubt(_ALWAYS, no_tables), DocumentDoubt(_ALWAYS, cut_in_heading))
"""Doubts of a document in which no row has a value."""

REFUSALS = (
    DocumentDoubt(_ALWAYS, deduplicated_lines),
    DocumentDoubt(_ALWAYS, ends_in_table),
    DocumentDoubt(_ALWAYS, cut_in_heading),
    DocumentDoubt(frozenset(("row-missing",)), few_rows),
)
"""Doubts that may make a source unreadable."""

AFTER = (
    DocumentDoubt(_ALWAYS, table_elsewhere),
    DocumentDoubt(frozenset(("heading-repeated",)), below_another_report),
    DocumentDoubt(BLANKS_LOST, full_by_chance),
    DocumentDoubt(BLANKS_LOST, beside_figures_apart),
    DocumentDoubt(_ALWAYS, not_annual),
)
"""Doubts told behind those of tables."""


def refusals_of(case: DocumentCase) -> Iterator[Diagnostic]:
    """All that may make a source unreadable, in order."""
    return _asked(REFUSALS if any_figures(case.found) else WITHOUT_TABLES, case)


def told_after(case: DocumentCase) -> Iterator[Diagnostic]:
    """All that is told behind the doubts of tables, in order."""
    return _asked(AFTER, case)


def _asked(doubts: Iterable[DocumentDoubt], case: DocumentCase) -> Iterator[Diagnostic]:
    codes = {problem.code for problem in (*case.built.diagnostics, *case.text.diagnostics)}
    for doubt in doubts:
        if not (doubt.needs and doubt.needs.isdisjoint(codes)):
            yield from doubt.ask(case)
