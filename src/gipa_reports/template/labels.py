"""Single questions to ``vocabulary.look_up``, as readers ask them."""

from __future__ import annotations

from .entries import Label
from .spelling import normalise
from .vocabulary import ESCAPE, LITERAL, MAX_LABEL, begun_with, heading_spellings, look_up
from .words import SectionId

__all__ = [
    "ESCAPE",
    "LITERAL",
    "MAX_LABEL",
    "Label",
    "find",
    "heading",
    "heading_spellings",
    "is_fragment",
    "normalise",
    "starts_label",
    "uncut",
]

MIN_FRONT = 4
"""Characters that tell a label which was cut behind them, if no other begins so."""


def find(text: str) -> tuple[Label, ...]:
    """The labels that ``text`` can be, most often none or one; 总计 is a column of 三 and of 四.

    Of labels that are joined in one text it is the last, which the others lead to.
    """
    word = look_up(text)
    return word.labels or word.path[-1:] or word.column_path[-1:]


def heading(line: str) -> SectionId | None:
    """The section that ``line`` is the heading of: with or without its ordinal and Markdown marks."""
    return look_up(line).section


def is_fragment(text: str) -> bool:
    """Return whether ``text`` is a piece, two characters or more, of some label of the form: lines split them."""
    return look_up(text).is_fragment


def starts_label(text: str) -> bool:
    """Return whether ``text`` begins some row label without being all of it."""
    return look_up(text).starts_label


def uncut(text: str) -> str:
    """Return the label that ``text`` was cut from with an ellipsis; the text itself where none or several begin so."""
    front = text.rstrip("…. ")
    if len(front) < MIN_FRONT or text.startswith(LITERAL) or not text.endswith(("…", "...")):
        return text
    found = begun_with(front)
    return found[0].text if len(found) == 1 else text
