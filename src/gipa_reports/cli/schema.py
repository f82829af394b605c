"""``gipa-reports schema``: what ``parse`` prints, and the list of cells."""

from __future__ import annotations

import json

import click

from ..frames import CODE_BOOK_FIELDS, code_book
from ..serialize import cell_label, json_schema
from ..template import FORMS
from .run import csv_lines, encode, open_output


@click.command()
@click.option("--cells", "list_cells", is_flag=True, help="CSV of every cell id, with edition, Chinese label and unit.")
@click.option("--columns", "list_columns", is_flag=True, help="CSV of every column of the data frames: the code book.")
def schema(list_cells: bool, list_columns: bool) -> None:
    """Print the JSON Schema of what "parse" prints, or one of the lists."""
    if list_cells and list_columns:
        raise click.UsageError("--cells and --columns are two lists: ask for one")
    if list_columns:
        text = csv_lines([CODE_BOOK_FIELDS, *code_book()])
    else:
        text = _cell_list() if list_cells else encode(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
    with open_output(None) as stream:
        stream.write(text)


def _cell_list() -> bytes:
    rows = (
        (f"{layout.table}.{row.id}.{column.id}", layout.edition, cell_label(layout, row, column), column.unit or "")
        for layout in FORMS.values()
        for row in layout.rows
        for column in layout.columns_of[row.id]
    )
    return csv_lines([("cell", "edition", "label", "unit"), *rows])
