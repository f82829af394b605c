"""The words of a heading run together: what they name where its cells were wrapped, split or stacked."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ..template import Column, TableId, forms, words
from ..template.spelling import normalise
from ..template.vocabulary import heading_spellings

_NOTE = re.compile(r"\([^()]*\)")

Rows = tuple[tuple[str, ...], ...]
"""The rows of a heading, as written."""


def is_crowded(table: TableId, rows: Rows) -> bool:
    """Return whether a cell of a row of several has two names, or a name is cut over two of them."""
    for row in rows:
        cells = [list(filter(None, (name for name, _ in segments(table, normalise(cell))))) for cell in row if cell]
        whole = filter(None, (name for name, _ in segments(table, normalise("".join(row)))))
        if len(cells) > 1 and (max(map(len, cells)) > 1 or [name for cell in cells for name in cell] != list(whole)):
            return True
    return False


def is_in_order(rows: Rows, columns: tuple[Column, ...]) -> bool:
    """Return whether the pieces of a wrapped heading come in the order of the form, line by line.

    Where each piece stands alone, nothing shows where a line ended: the columns may then be gone through three times,
    once for what stands above others and twice for the halves of these.
    """
    lines = [[normalise(word) for cell in row for word in cell.split()] for row in rows]
    names = [normalise(column.label) for column in columns]
    if all(len(line) < 2 for line in lines):
        return _times_through([word for line in lines for word in line], names) <= 3
    return all(_times_through(line, names) <= 1 for line in lines)


def _times_through(pieces: list[str], names: list[str]) -> int:
    """Return how often ``names`` are gone through to find ``pieces`` of them in order."""
    times, last = 0, len(names)
    for word in pieces:
        places = [index for index, name in enumerate(names) if word in name]
        if places:
            place = next((index for index in places if index > last), None)
            times += place is None
            last = places[0] if place is None else place
    return times


def are_wrapped_outcomes(joined: str, rows: Rows) -> bool:
    """Return whether a heading of 四 has the words of the form, each outcome in one piece or in two."""
    names = _without_captions(rows)
    if _outcome_heading().fullmatch(names):
        return True
    again = "".join(normalise(column.label) for column in forms.OUTCOME_COLUMNS) * (len(forms.PROCEEDING_ROWS) - 1)
    official = "".join(official_words("proceedings", forms.OUTCOME_COLUMNS)) + again
    return letters_of(joined) == letters_of(official) and _wrapped_outcomes().fullmatch(names) is not None


def captions_in_order(captions: list[tuple[int, str]], joined: str) -> bool:
    """Return whether the groups of 四 come in the form's order: by their places in a grid, and as they are read."""
    first, *others = forms.PROCEEDING_ROWS
    order = [first.id, forms.LITIGATION.terminal, *(row.id for row in others)]
    sides = [name for _, name in sorted(captions, key=lambda caption: caption[0])]
    names = dict.fromkeys(sides)
    # One that comes again behind another has a column that is elsewhere in the form.
    inner = [order.index(name) for name in sides if name != forms.LITIGATION.terminal]
    placed = list(map(order.index, names))
    # Enough of each to tell it from the others, for the rest may be on another line.
    begins = (first.label, forms.LITIGATION.label, *(row.label[:3] for row in others))
    read = [joined.index(begin) for begin in begins if begin in joined]
    return placed == sorted(placed) and inner == sorted(inner) and read == sorted(read)


@cache
def _outcome_heading() -> re.Pattern[str]:
    """The outcomes three times, each with its second line (维持, 纠正 …) or without: extractors drop it."""
    return re.compile(f"(?:{_one_outcome()}){{{len(forms.PROCEEDING_ROWS)}}}")


@cache
def _wrapped_outcomes() -> re.Pattern[str]:
    """The same with the second lines of some groups read after all of their first lines."""
    second = "".join(column.label[len(column.label) // 2 :] for column in forms.OUTCOME_COLUMNS)
    return re.compile(f"(?:{_one_outcome()}|{second})+")


def _one_outcome() -> str:
    labels = [column.label for column in forms.OUTCOME_COLUMNS]
    return "".join(f"{label[: len(label) // 2]}(?:{label[len(label) // 2 :]})?" for label in labels)


def _without_captions(rows: Rows) -> str:
    """The words of a heading of 四 that are no captions of its groups, and no pieces of these."""
    captions = sorted((forms.LITIGATION.label, *(row.label for row in forms.PROCEEDING_ROWS)), key=len, reverse=True)
    pieces = (normalise(word) for row in rows for cell in row for word in cell.split())
    joined = _without_notes("".join(piece for piece in pieces if not any(piece in caption for caption in captions)))
    for caption in captions:
        joined = joined.replace(caption, "")
    return joined


def official_words(table: TableId, columns: tuple[Column, ...]) -> list[str]:
    """Return the captions and names of a heading as the form has them."""
    captions = {
        "disclosure": [forms.INFORMATION.label],
        "requests": [forms.APPLICANTS.label, forms.ORGANISATIONS.label],
        "proceedings": [forms.LITIGATION.label, *(row.label for row in forms.PROCEEDING_ROWS)],
    }[table]
    return [normalise(text) for text in (*captions, *(column.label for column in columns))]


def run_together(rows: Rows) -> str:
    """Return all words of a heading, without the rule in its corner and the notes in brackets that people add."""
    joined = "".join(normalise(text) for row in rows for text in row)
    return _without_notes(joined.replace(normalise(forms.CORNER.label), ""))


def _without_notes(joined: str) -> str:
    return _NOTE.sub(lambda note: note[0] if words.OTHER_MEANING.search(note[0]) else "", joined)


def letters_of(text: str) -> Counter[str]:
    """Return how often each letter stands in a text."""
    return Counter(char for char in text if char.isalpha())


def segments(table: TableId, joined: str) -> list[tuple[str | None, str]]:
    """Return what ``joined`` names, in order, with its words: a column id, "" for a caption, None for neither."""
    spellings = heading_spellings(table)
    cuts: list[tuple[str | None, str]] = []
    position = 0
    while position < len(joined):
        hit = next(((name, spelling) for spelling, name in spellings if joined.startswith(spelling, position)), None)
        if hit is not None:
            cuts.append(hit)
            position += len(hit[1])
            continue
        if cuts and cuts[-1][0] is None:
            cuts[-1] = None, cuts[-1][1] + joined[position]
        else:
            cuts.append((None, joined[position]))
        position += 1
    return cuts
