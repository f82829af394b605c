"""The JSON Schema of what ``serialize.dumps`` writes, made from the form."""

from __future__ import annotations

from collections.abc import Collection

from .report import State
from .report.cells import MAX_CELL_TEXT
from .serialize import AMOUNT, SCHEMA_VERSION
from .template import EDITIONS, FORMS, HEADINGS, Column, Form, FormRow
from .template.captions import cell_caption, in_english
from .template.words import METADATA, UNITS


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of what ``dumps`` writes.

    Each cell of each table and edition stands there with its id (``x-cell``), its Chinese labels and the unit of the
    form (``x-unit``, null where the form names none). A document that fits the schema can still be refused by
    ``loads``: the length of figures, the single lines of prose and the order of two dates are not in it.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gipa-reports:schema:{SCHEMA_VERSION}",
        "title": "政府信息公开工作年度报告",
        "description": "An annual report of a Chinese administrative organ on the disclosure of government information",
        **_closed(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "title": _nullable({"type": "string", "minLength": 1}, "title", "The title as written"),
                "agency": _nullable({"type": "string", "minLength": 1}, "agency", "The organ that reports"),
                "year": _nullable(
                    {"type": "integer", "minimum": 1000, "maximum": 9999}, "year", "The year reported on"
                ),
                "period": _nullable(_PERIOD_SCHEMA, "period", "The days that the figures cover, both included"),
                "sections": _sections_schema(),
                "tables": _tables_schema(),
                "source": {"type": "string", "description": "Where it was read from, in a line of the command line"},
            },
            optional=("source",),
        ),
        "$defs": {
            "count": _cell_schema({"type": "integer"}, "A number"),
            "amount": _cell_schema({"type": "string", "pattern": f"^{AMOUNT.pattern}$"}, "A sum of money"),
            "section": _closed({"paragraphs": {"type": "array", "items": {"type": "string"}}}),
            **{_definition(form): _table_schema(form) for form in FORMS.values()},
        },
    }


def _closed(properties: dict[str, object], optional: Collection[str] = ()) -> dict[str, object]:
    """An object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


_DATE: dict[str, object] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_PERIOD_SCHEMA = _closed({"start": _DATE, "end": _DATE})


def _nullable(schema: dict[str, object], name: str, description: str) -> dict[str, object]:
    return {
        "title": METADATA[name],
        "description": f"{description}; null where the document does not say",
        "anyOf": [schema, {"type": "null"}],
    }


def _sections_schema() -> dict[str, object]:
    return _closed(
        {
            heading.id: {
                "title": heading.text,
                "description": "The prose of the section, one string a paragraph; null where there is no such section",
                "anyOf": [{"$ref": "#/$defs/section"}, {"type": "null"}],
            }
            for heading in HEADINGS
        }
    )


def _tables_schema() -> dict[str, object]:
    """Any edition of 二; 三 and 四 of one edition."""
    disclosure = [_reference(FORMS["disclosure", edition]) for edition in EDITIONS]
    pairs = [
        {
            "properties": {
                "requests": _reference(FORMS["requests", edition]),
                "proceedings": _reference(FORMS["proceedings", edition]),
            }
        }
        for edition in EDITIONS
    ]
    return {**_closed({"disclosure": {"oneOf": disclosure}, "requests": True, "proceedings": True}), "oneOf": pairs}


def _definition(form: Form) -> str:
    return f"{form.table}_{form.edition}"


def _reference(form: Form) -> dict[str, object]:
    return {"$ref": f"#/$defs/{_definition(form)}"}


def _table_schema(form: Form) -> dict[str, object]:
    heading = next(heading for heading in HEADINGS if heading.id == form.table)
    rows: dict[str, object] = {
        row.id: {
            "title": row.label + row.note,
            "description": in_english(row.id),
            **_closed({column.id: _column_schema(form, row, column) for column in form.columns_of[row.id]}),
        }
        for row in form.rows
    }
    unknown = {
        "description": "Rows that the form does not have, as the document gave them",
        "type": "array",
        "items": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    }
    return {
        "title": heading.text,
        "description": f"The table {in_english(form.table)} in the form of {form.edition}",
        **_closed({"edition": {"const": form.edition}, "rows": _closed(rows), "unknown": unknown}),
    }


def _column_schema(form: Form, row: FormRow, column: Column) -> dict[str, object]:
    return {
        "$ref": "#/$defs/amount" if column.kind == "amount" else "#/$defs/count",
        "title": cell_caption(form, row, column),
        "description": f"{in_english(row.id)}: {in_english(column.id)}",
        "x-cell": f"{form.table}.{row.id}.{column.id}",
        "x-unit": column.unit,
    }


def _cell_schema(value: dict[str, object], description: str) -> dict[str, object]:
    """A cell in each of its states."""
    mark: dict[str, object] = {"type": "string", "minLength": 1, "maxLength": MAX_CELL_TEXT}
    stated = "The unit behind the figure, or stated around it where it is not the form's"
    unit: dict[str, object] = {"enum": list(UNITS), "description": stated}
    return {
        "description": f"{description}, or the statement that there is none and why",
        "oneOf": [
            _closed({"state": {"const": State.VALUE.value}, "value": value, "unit": unit}, optional=("unit",)),
            _closed({"state": {"enum": [State.BLANK.value, State.ABSENT.value]}}),
            _closed({"state": {"enum": [State.NOT_APPLICABLE.value, State.INVALID.value]}, "mark": mark}),
        ],
    }
