"""Rows put together from loose cells, where a layout lost the ends of rows: a row begins at its label and takes what
follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from ..document import Block, Loose, Paragraph, Row, Spacing
from ..template import FIGURES, forms, words
from ..template.entries import Label
from ..template.numerals import is_plain
from ..template.vocabulary import ESCAPE, MAX_LINE, SpacedRow, Word, look_up
from .collector import IN_TWO, Collector
from .tokens import FIGURE_COUNT, UNKNOWN, LooseRow, RowToken, as_heading, section_of

MAX_HEADING_LINES = 80
"""Lines that the heading of a table may be spread over; that of 四 has 23 cells, each on several lines at worst."""

MAX_LOOKED_AHEAD = 200_000
"""Lines looked at, in all, to see whether a table begins; a bound on what a hostile text can cost."""

MAX_NAME = 40
"""Characters, but white space, of the longest line that may be a piece of a heading."""

_SENTENCE = re.compile(r"[。；;！？]")
_CLAUSE = re.compile(r"[，,。；;：:！？]")


class _Loose(NamedTuple):
    """A loose cell, or a line."""

    text: str
    row: Row
    spacing: Spacing
    gap: int
    """The empty lines before it."""

    @property
    def word(self) -> Word:
        """Return what it is to the form."""
        return look_up(self.text)


class LooseReader:
    """Reads cells that stand by themselves, in runs between pipes or on lines of their own."""

    def __init__(self, found: Collector, blocks: Sequence[Block]) -> None:
        self._found = found
        self._blocks = blocks
        self._looked_ahead = 0

    # --- cells between pipes -----------------------------------------------------------------------------------------

    def cells(self, table: Loose) -> None:
        """Read a run of cells, in order."""
        found = self._found
        cells, lines, spacing = table.cells, table.lines, table.spacing
        ends = bytes([not _is_figure(text) for text in cells]) + b"\1"
        at = 0
        while at < len(cells):
            # A row takes all figures up to the next label, or blank.
            end = ends.find(1, at + 1)
            labels = look_up(cells[at]).labels if ends[at] and not found.fragments else ()
            label = self._likely(labels) if labels else None
            if ends[at] and self._goes_on_heading(cells[at]):
                at += 1
            elif label is not None and label.kind == "row":
                self._whole_row(table, label, at, end)
                at = end
            else:
                self._one_cell(cells[at], label, Row([cells[at]], lines[at]), spacing)
                at += 1
                if found.open is not None and at < end:
                    found.open.values.extend(cells[at:end])
                    found.open.lines.extend(lines[at:end])
                    at = end
        found.close()

    def _one_cell(self, text: str, label: Label | None, row: Row, spacing: Spacing) -> None:
        if label is not None:
            self._labelled(label, text, row, spacing)
        elif not text:
            self._blank(row, spacing)
        elif not self._cell(text, row, spacing, 0):
            self._cell_of_words(text, row, spacing)

    def _goes_on_heading(self, text: str) -> bool:
        """Take a text that is one more cell of the heading that is being read."""
        found = self._found
        if found.pending is None or found.open is not None or found.fragments:
            return False
        if found.table not in look_up(text).names_columns_of:
            return False
        found.pending.rows.append((text,))
        return True

    def _whole_row(self, table: Loose, label: Label, at: int, end: int) -> None:
        """Take the label at ``at`` and the figures before ``end``: the row, if another label comes after."""
        found = self._found
        if found.open is not None:
            found.close()
        cells, lines = table.cells, table.lines
        token = LooseRow(
            label.name,
            label.table,
            Row([cells[at]], lines[at]),
            spacing=table.spacing,
            words=cells[at],
            values=cells[at + 1 : end],
            lines=lines[at + 1 : end],
        )
        if end < len(cells) and look_up(cells[end]).labels:
            found.loose.append(token)
            found.emit(token)
        else:
            found.open = token

    def _likely(self, labels: tuple[Label, ...]) -> Label:
        """Return which of the labels that a text can be it is here."""
        if len(labels) == 1:
            return labels[0]
        return next((label for label in labels if label.table == self._found.table), labels[0])

    def _blank(self, row: Row, spacing: Spacing) -> None:
        """Take an empty cell: a value of the open row, or the first value of 四 once its heading is complete."""
        found = self._found
        complete = found.pending is not None and sum(map(len, found.pending.rows)) >= FIGURE_COUNT
        if found.open is not None or (spacing == "exact" and complete and found.expects_figures()):
            self._value("", row, 0, spacing)

    def _cell_of_words(self, text: str, row: Row, spacing: Spacing) -> None:
        """Take a cell between pipes that is no label and no figure."""
        found, word = self._found, look_up(text)
        if found.table is None:
            found.unplaced.append(Paragraph(text, row.line))
        elif found.pending is not None and found.open is None:
            self._name_in_heading(text)
        elif word.is_fragment and (word.starts_label or found.fragments):
            found.fragments.append(text)
        elif found.open is not None and found.open.type != UNKNOWN and not self._is_full(found.open):
            self._value(text, row)
        else:
            self._unknown_row(text, row, spacing)

    # --- lines -------------------------------------------------------------------------------------------------------

    def paragraph(self, paragraph: Paragraph, index: int) -> None:
        """Read a line that may be a cell, or cells parted by spaces; ``index`` is its place in the document."""
        found, text = self._found, paragraph.text
        if is_plain(text) and self._next_figure(paragraph):
            return
        line = as_heading(paragraph)
        may_be_cell = line is paragraph and len(text) <= MAX_LINE and text[0] != ESCAPE
        if may_be_cell and (found.table is not None or self._may_open(text, index)) and self._line(paragraph, index):
            return
        if found.table is not None or found.fragments:
            found.leave()
        found.lines.append(line)

    def _next_figure(self, line: Paragraph) -> bool:
        """Take a number for the next figure of the open row, as most lines are where each cell is on one."""
        found = self._found
        if found.table is None or found.open is None or found.open.is_line or found.fragments:
            return False
        _give(found.open, line.text, line.line, line.gap)
        return True

    def _line(self, paragraph: Paragraph, index: int) -> bool:
        """Take a line in a table; False where the table has ended before it."""
        found, text = self._found, paragraph.text
        row = Row([text], paragraph.line, source=text, origin=paragraph.origin)
        if words.PAGE_MARK.fullmatch(text):
            found.unplaced.append(paragraph)
            return True
        if self._cell(text, row, "dropped", paragraph.gap):
            return True
        if not _is_end_of_figure(text) and self._line_of_words(text, row, index):
            return True
        if found.table is None or not (_is_end_of_figure(text) or look_up(text).is_figure):
            return False
        # A page number, the end of a figure, or the rest of a table that was cut off: no prose.
        found.note_lone(text, is_end=_is_end_of_figure(text))
        found.unplaced.append(paragraph)
        return True

    def _may_open(self, text: str, index: int) -> bool:
        word = look_up(text)
        return (word.is_tabular or word.is_fragment) and self._opens_table(text, index)

    def _opens_table(self, text: str, index: int) -> bool:
        """Return whether a line that could be a cell, or a piece of one, opens a table: one that goes on after it."""
        word = look_up(text)
        if word.spaced is not None and word.is_tabular:
            # One such line may be a sentence of a list; a table has more.
            following = look_up(self._following(index))
            return following.is_tabular or following.is_figure or following.spaced is not None
        for count, block in enumerate(self._blocks[index + 1 : index + MAX_HEADING_LINES]):
            self._looked_ahead += 1
            if self._looked_ahead > MAX_LOOKED_AHEAD or not isinstance(block, Paragraph):
                return False
            if len(block.text) > MAX_LINE or _SENTENCE.search(block.text) or section_of(block) is not None:
                return False
            opens = self._goes_on_table(look_up(text), block.text, count)
            if opens is not None:
                return opens
        return False

    def _goes_on_table(self, first: Word, text: str, count: int) -> bool | None:
        """Return whether a line ``count`` lines behind ``first`` shows that a table began; None where it can't tell."""
        word = look_up(text)
        if word.is_tabular and not first.is_fragment:
            return True
        sure = [label for label in word.labels if label.name not in IN_TWO]
        if word.is_figure and not first.is_tabular and count < 3:
            return False
        if not sure and not word.is_figure and word.spaced is None:
            return None
        if sure and not first.is_tabular:
            self._found.enter(sure[0].table)
        return True

    def _following(self, index: int) -> str:
        block = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        return block.text if isinstance(block, Paragraph) else ""

    def _line_of_words(self, text: str, row: Row, index: int) -> bool:
        """Take a line after loose cells that is no label and no figure; False where the table has ended before it."""
        found, word = self._found, look_up(text)
        if found.pending is not None and found.open is None:
            is_short = len("".join(text.split())) <= MAX_NAME
            return is_short and not _SENTENCE.search(text) and self._name_in_heading(text)
        if word.is_fragment:
            self._piece(text, row)
            return True
        if found.open is None or word.is_figure or _CLAUSE.search(text) or not self._goes_on_below(index):
            return False
        if found.open.type != UNKNOWN and not self._is_full(found.open):
            return self._value(text, row)
        self._unknown_row(text, row, "dropped")
        return True

    def _goes_on_below(self, index: int) -> bool:
        """Return whether the line behind that at ``index`` is a figure, or of a table."""
        following = look_up(self._following(index))
        return following.is_figure or following.is_tabular

    def _piece(self, text: str, row: Row) -> None:
        """Keep a piece of a label, if it begins one or goes on with one."""
        found = self._found
        if look_up("".join([*found.fragments, text])).starts_label or look_up(text).starts_label:
            found.fragments.append(text)
            found.fragment_line = row.line

    def _name_in_heading(self, text: str) -> bool:
        """Take what stands in a heading, even a figure: then labels may come after their figures."""
        assert self._found.pending is not None
        if look_up(text).is_figure:
            self._found.pending.figures_before.append(text)
        self._found.pending.rows.append((text,))
        return True

    # --- cells -------------------------------------------------------------------------------------------------------

    def _cell(self, text: str, row: Row, spacing: Spacing, gap: int) -> bool:
        """Take a loose cell, or a line of cells parted by spaces; False where it is none that we know."""
        cell = _Loose(text, row, spacing, gap)
        for rule in self._RULES:
            taken = rule(self, cell)
            if taken is not None:
                return taken
        return False

    def _name(self, cell: _Loose) -> bool | None:
        """Take a label, or the piece that completes one."""
        label, whole = self._label(cell.text)
        if label is None:
            return None
        self._labelled(label, whole, cell.row, cell.spacing, joined=whole != cell.text)
        return True

    def _figure(self, cell: _Loose) -> bool | None:
        """Take a figure; one alone behind a row that was a line is none of that row.

        A digit string may be split once; more pieces are figures of their own.
        """
        if not cell.word.is_figure or len(cell.text.split()) > 2:
            return None
        is_alone = self._found.open is not None and self._found.open.is_line
        return not is_alone and self._value(cell.text, cell.row, cell.gap, cell.spacing)

    def _rest_of_label(self, cell: _Loose) -> bool | None:
        """Take a piece of the label before it, which was found without it."""
        found = self._found
        awaits = found.open is not None and not found.open.values and not found.fragments
        return True if awaits and cell.word.is_fragment else None

    def _glued_row(self, cell: _Loose) -> bool | None:
        """Take a label with digits glued to it."""
        if cell.word.glued is None:
            return None
        label, digits = cell.word.glued
        self._labelled(label, cell.text, cell.row, cell.spacing)
        assert self._found.open is not None
        self._found.open.is_glued = True
        return self._value(digits, cell.row, cell.gap)

    def _line_of_cells(self, cell: _Loose) -> bool | None:
        """Take a line of figures parted by spaces, which ends the row of 四 if it is full; or of labels and figures."""
        found, pieces = self._found, cell.text.split()
        if cell.spacing == "exact" or len(pieces) < 2:
            return None
        if not all(look_up(piece).is_figure for piece in pieces):
            return True if cell.word.spaced is not None and self._spaced_row(cell.word.spaced, cell.row) else None
        taken = [self._value(piece, cell.row, cell.gap) for piece in pieces]
        if found.open is not None and found.open.type == FIGURES and self._is_full(found.open):
            found.close()
        return taken[0]

    def _line_of_names(self, cell: _Loose) -> bool | None:
        """Take a line of names of columns and nothing else."""
        table = cell.word.heading_table
        if table is None:
            return None
        self._found.columns(table, [cell.text], cell.row)
        return True

    _RULES: ClassVar[tuple[Callable[[LooseReader, _Loose], bool | None], ...]] = (
        _name,
        _figure,
        _rest_of_label,
        _glued_row,
        _line_of_cells,
        _line_of_names,
    )
    """Rules by which a loose cell may be taken, in order; None says that it is no such cell."""

    def _label(self, text: str) -> tuple[Label | None, str]:
        """The label that ``text`` is or completes, and all its words."""
        fragments = self._found.fragments
        labels = look_up(text).labels
        if len(labels) == 1:
            return labels[0], text
        whole = text
        for count in range(1, len(fragments) + 1):
            if labels:
                break
            whole = "".join(fragments[-count:]) + text
            labels = look_up(whole).labels
        if len(labels) > 1:
            return self._likely(labels), whole
        return look_up(whole).row_label if labels else None, whole

    def _labelled(self, label: Label, text: str, row: Row, spacing: Spacing, joined: bool = False) -> None:
        found = self._found
        found.fragments = []
        if joined and found.open is not None and found.open.type == UNKNOWN and label.kind == "row":
            # The figures stood between two pieces of their label.
            found.open.type, found.open.words, found.open.table = label.name, label.text, label.table
            found.close()
            return
        if label.kind in ("column", "caption"):
            found.columns(found.table_of((label,)), [text], row)
            return
        if found.open is not None:
            found.close()
        if label.kind == "row":
            found.open = LooseRow(label.name, label.table, row, spacing=spacing, words=text)
        else:
            found.emit(RowToken(label.name, label.table, row, spacing=spacing, words=text))

    def _spaced_row(self, line: SpacedRow, row: Row) -> bool:
        """Take a line of labels and figures, or of a piece of a label and figures."""
        found = self._found
        labels = line.labels
        if not labels:
            if found.table is None or found.pending is not None:
                return False
            whole, _ = self._label(line.words)
            if whole is not None and whole.kind == "row":
                labels = (whole,)
            elif not look_up(line.words).is_fragment:
                return False
        found.close()
        if labels:
            found.fragments = []
            for span in labels[:-1]:
                found.emit(RowToken(span.name, span.table, row, words=span.text, spacing="dropped"))
            last = labels[-1]
            found.open = LooseRow(last.name, last.table, row, spacing="dropped", words=last.text)
        else:
            assert found.table is not None
            found.fragments.append(line.words)
            found.open = LooseRow(UNKNOWN, found.table, row, spacing="dropped", words=line.words)
        found.open.values.extend(line.figures)
        found.open.lines.extend([row.line] * len(line.figures))
        found.open.is_line = True
        return True

    def _value(self, text: str, row: Row, gap: int = 0, spacing: Spacing = "dropped") -> bool:
        """Give a value to the open row; False where there is none that takes it."""
        found = self._found
        if found.open is None:
            if not found.expects_figures():
                return False
            found.open = LooseRow(FIGURES, "proceedings", row, spacing=spacing)
        _give(found.open, text, row.line, gap)
        return True

    def _unknown_row(self, text: str, row: Row, spacing: Spacing) -> None:
        self._found.close()
        assert self._found.table is not None
        self._found.open = LooseRow(UNKNOWN, self._found.table, row, spacing=spacing, words=text)

    def _is_full(self, token: RowToken) -> bool:
        heading = self._found.headings.get("disclosure")
        if token.table == "disclosure" and heading is not None:
            return len(token.values) >= max(1, sum(len(row) for row in heading.rows) - 1)
        arity = {"disclosure": 3, "requests": len(forms.APPLICANT_COLUMNS), "proceedings": FIGURE_COUNT}
        return len(token.values) >= arity[token.table]


def _give(row: LooseRow, text: str, line: int, gap: int) -> None:
    """Give one more value to a row, with the empty lines before it."""
    row.values.append(text)
    row.lines.append(line)
    if gap:
        row.gaps.extend([0] * (len(row.values) - 1 - len(row.gaps)))
        row.gaps.append(gap)


def _is_figure(text: str) -> bool:
    """Return whether a cell has a figure, or a mark for none."""
    return text != "" and (is_plain(text) or look_up(text).is_figure)


def _is_end_of_figure(text: str) -> bool:
    """Return whether a line has the last digits of wrapped figures: zeros before others, or several digit strings."""
    pieces = text.split(" ")
    return all(map(str.isdecimal, pieces)) and (len(pieces) > 1 or (len(text) > 1 and text[0] == "0"))
