"""Strategies for the layouts in which a report is written, and for the choices within them."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import strategies as st

from ...template import TABLES, TableId
from ..layouts import LAYOUTS, LayoutOptions


@cache
def layout_choices() -> st.SearchStrategy[int | dict[TableId, int]]:
    """A layout for ``flatten``: one for all tables, or one for each."""
    numbers = st.sampled_from(sorted(LAYOUTS))
    return st.one_of(numbers, st.fixed_dictionaries(dict.fromkeys(TABLES, numbers)))


@cache
def layout_options() -> st.SearchStrategy[LayoutOptions]:
    """Options for ``flatten``: spelling as the form has it or not, and each habit of a layout on or off."""
    likely = st.sampled_from((0.0, 0.2, 1.0))
    return st.builds(
        LayoutOptions,
        noise=likely,
        blank_lines=st.booleans(),
        keep_blanks=st.booleans(),
        collapse=likely,
        wrap_headers=st.booleans(),
        stack_headers=st.booleans(),
        page_marks=st.booleans(),
        small_tables=st.booleans(),
        invented_header=st.booleans(),
    )


@cache
def generators() -> st.SearchStrategy[random.Random]:
    """A ``random.Random`` for ``flatten`` and the noise helpers, told apart by its seed."""
    return st.integers(0, 2**32 - 1).map(random.Random)
