"""``gipa-reports schema``: what ``parse`` prints, and the list of cells."""

from __future__ import annotations

import json

import click

from ..frames import CODE_BOOK_FIELDS, code_book
from ..outputs import Lang
from ..safe_text import csv_text
from ..schema import json_schema
from ..template import FORMS
from ..template.captions import cell_caption
from .bilingual import LANGUAGE, command, options
from .words import word
from .writing import write_document


@command(
    family="data",
    zh="输出parse结果的JSON Schema，或其中一份清单。",
    examples=(
        ("gipa-reports schema --cells", "每一格的编号和名称", "every cell with its Chinese label"),
        ("gipa-reports schema > schema.json", "JSON Schema", "the JSON Schema"),
    ),
)
@options(
    ("--cells list_cells", "CSV：每一格的编号、版式、名称和单位。",
     "CSV of every cell id, with edition, Chinese label and unit."),
    ("--columns list_columns", "CSV：数据表的每一列，即数据字典。",
     "CSV of every column of the data frames: the code book."),
    LANGUAGE,
)  # fmt: skip
def schema(list_cells: bool, list_columns: bool, lang: Lang) -> None:
    """Print the JSON Schema of what "parse" prints, or one of the lists."""
    if list_cells and list_columns:
        raise click.UsageError(word("one-list", lang))
    if list_columns:
        text = csv_text([CODE_BOOK_FIELDS, *code_book()])
    else:
        text = _cell_list() if list_cells else json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    write_document(None, text)


def _cell_list() -> str:
    rows = (
        (f"{layout.table}.{row.id}.{column.id}", layout.edition, cell_caption(layout, row, column), column.unit or "")
        for layout in FORMS.values()
        for row in layout.rows
        for column in layout.columns_of[row.id]
    )
    return csv_text([("cell", "edition", "label", "unit"), *rows])
