"""Tables that stand twice in a document: as lines of text and as rows of cells, as programs write a page of a PDF file.

Each copy has lost something that the other may have kept: the text the places of blanks and where wrapped figures end,
the cells a row at the break of a page. They are two copies of one table, and not those of two years, where each row
that both tell has the same figures; then the copy is read of which less is in doubt, and the other is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve, frozen

from ..diagnostics import Diagnostic, Location
from ..document import Block, Document, Paragraph, Row, Table
from ..template import SectionId, TableId, forms
from ..template.vocabulary import look_up
from .builder import Built
from .tokens import LooseRow, RowToken, section_of

MIN_ROWS = 5
"""Rows that come again in a document of which the copies are compared."""

MIN_ALIKE = 2
"""Rows with a figure other than nought that the copies have alike, at least; and twice as many as differ."""

_STOPS = ("。", "！", "？", "；", "：")


@frozen
class _Copy:
    """Reading of a document with one of the copies alone."""

    built: Built
    flagged: frozenset[str]

    @classmethod
    def of(cls, blocks: Sequence[Block], whole: Document, read: Read) -> _Copy | None:
        """Return the copy that ``blocks`` are; None where they are no report."""
        # What ends in a table is not cut there, if the other copy tells the same.
        problems, built = read(Document([_own(block) for block in blocks], whole.end + 1, format=whole.format))
        cells = frozenset(cell_id for problem in problems for cell_id in problem.cells)
        return None if built is None else cls(built, cells)

    def row(self, row_id: str) -> RowToken | None:
        """Return the row of an id; None where there is none."""
        placed = self.built.places.get(row_id)
        return None if placed is None else placed.token

    def is_sure(self, row_id: str, table: TableId) -> bool:
        """Return whether nothing is said of a row."""
        return self.flagged.isdisjoint(self.built.form(table).ids_of[row_id])


Read = Callable[[Document], tuple[Sequence[Diagnostic], Built | None]]
"""Reads a document: what is said of it, and its tables; None where it is no report."""


def _own(block: Block) -> Block:
    """Return a block that may be mended without the document that it was taken from."""
    return Table([evolve(row) for row in block.rows], block.spacing) if isinstance(block, Table) else block


def left_out(document: Document, problems: Sequence[Diagnostic], read: Read) -> bool:
    """Leave one of two copies of the tables out of ``document``; return whether there were two that agree."""
    if [problem.code for problem in problems].count("row-repeated") < MIN_ROWS:
        return False
    ruled = [block for block in document.blocks if _is_of_form(block)]
    others = [block for block in document.blocks if not _is_of_form(block)]
    copies = _copies_of(others, ruled, document, read)
    if copies is None:
        return False
    text, grids = copies
    if len(text.flagged) <= len(grids.flagged):
        _keep(document, others, text)
        return True
    blocks = _with_grids(others, ruled, text, grids)
    if blocks is not None:
        _keep(document, blocks, grids)
    return blocks is not None


def _copies_of(
    others: Sequence[Block], ruled: Sequence[Block], document: Document, read: Read
) -> tuple[_Copy, _Copy] | None:
    """Return the copy that is in lines of text, and that in rows of cells; None where there are no two that agree."""
    text = _Copy.of(others, document, read) if ruled and others else None
    grids = _Copy.of(ruled, document, read) if text is not None and text.built.places else None
    return (text, grids) if text is not None and grids is not None and _agree(text, grids) else None


def _keep(document: Document, blocks: Sequence[Block], copy: _Copy) -> None:
    """Leave in a document the blocks that hold the copy which is kept, and say so."""
    document.blocks[:] = blocks
    document.notes.append(_note(document, copy))


def _is_of_form(block: Block) -> bool:
    """Return whether a block is a table of cells with a label of the form."""
    if not isinstance(block, Table) or block.spacing != "grid":
        return False
    return any(look_up(cell).labels for row in block.rows for cell in row.cells if cell.strip())


def _note(document: Document, kept: _Copy) -> Diagnostic:
    first = min((placed.token.row for placed in kept.built.places.values()), key=lambda row: row.line)
    place = Location(line=first.line, column=None, text="") if first.origin is None else first.at("")
    return Diagnostic(code="table-twice", cells=(), location=place)


# --- whether they agree ----------------------------------------------------------------------------------------------


def _agree(text: _Copy, grids: _Copy) -> bool:
    """Return whether two copies have the same figures in every row that both tell, and enough of such rows."""
    alike = differing = 0
    for table in forms.TABLES:
        if text.built.form(table).edition != grids.built.form(table).edition:
            return False
        for row in text.built.form(table).rows:
            one, other = text.row(row.id), grids.row(row.id)
            if one is None or other is None:
                continue
            if _digits(one) == _digits(other):
                alike += not set(_digits(one)) <= {"0"}
            elif text.is_sure(row.id, table) and grids.is_sure(row.id, table):
                return False
            else:
                differing += 1
    return alike >= max(MIN_ALIKE, 2 * differing)


def _digits(row: RowToken) -> list[str]:
    """Return all digits of a row, of figures that are broken too, whatever their order."""
    return sorted("".join((*row.filled, *row.lone)))


# --- the cells in the place of the text -------------------------------------------------------------------------------


def _with_grids(others: Sequence[Block], ruled: Sequence[Block], text: _Copy, grids: _Copy) -> list[Block] | None:
    """Return the blocks with each table of cells where its lines of text stood; None where these can't be found."""
    tables = _by_kind(ruled, grids)
    found: list[Block] = []
    at = 0
    for table in forms.TABLES:
        span = _lines_of(others, text, table, at)
        if span is None or table not in tables:
            return None
        found += [*others[at : span[0]], tables[table]]
        at = span[1]
    return [*found, *others[at:]]


def _by_kind(ruled: Sequence[Block], grids: _Copy) -> dict[TableId, Table]:
    """Return the rows of cells of each table; what is no row by itself, such as a heading, goes with the row below."""
    kinds = {row.row.line: table for table in forms.TABLES for row in _rows(grids, table)}
    found: dict[TableId, Table] = {}
    waiting: list[Row] = []
    last: TableId | None = None
    for row in (row for block in ruled if isinstance(block, Table) for row in block.rows):
        waiting.append(row)
        if row.line in kinds:
            last = kinds[row.line]
            found.setdefault(last, Table([])).rows.extend(waiting)
            waiting = []
    if last is not None:
        found[last].rows.extend(waiting)
    return found


def _rows(copy: _Copy, table: TableId) -> Iterator[RowToken]:
    """Yield the rows of a table that were read."""
    return (token for row in copy.built.form(table).rows if (token := copy.row(row.id)) is not None)


def _lines_of(others: Sequence[Block], text: _Copy, table: TableId, start: int) -> tuple[int, int] | None:
    """Return where the lines of a table begin and end below the heading of its section; None where they do not.

    Its heading begins behind the last sentence above, and the last pieces of its labels go on to the next section.
    """
    begin, end = _bounds_of(others, table, start)
    lines = {line for token in _rows(text, table) for line in _lines(token)}
    own = [at for at in range(begin, end) if isinstance(block := others[at], Paragraph) and block.line in lines]
    if not own:
        return None
    top = max((at + 1 for at in range(begin, own[0]) if _is_sentence(others[at])), default=begin)
    is_followed = any(_is_sentence(block) for block in others[own[-1] + 1 : end])
    return top, own[-1] + 1 if is_followed else end


def _bounds_of(blocks: Sequence[Block], section: SectionId, start: int) -> tuple[int, int]:
    """Return where a section begins and ends that is looked for from ``start`` on; of none, the end."""
    sections = [section_of(block) for block in blocks]
    if section not in sections[start:]:
        return len(blocks), len(blocks)
    begin = sections.index(section, start) + 1
    return begin, next((at for at in range(begin, len(blocks)) if sections[at] is not None), len(blocks))


def _lines(token: RowToken) -> Iterator[int]:
    yield token.row.line
    yield from token.row.lines or ()
    if isinstance(token, LooseRow):
        yield from token.lines


def _is_sentence(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text.endswith(_STOPS)
