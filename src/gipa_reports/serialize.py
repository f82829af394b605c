"""JSON: ``dumps`` writes a report, ``loads`` reads it back; ``json_schema`` is the schema of it.

``loads(dumps(report)) == report`` for every report, and equal reports are written alike except for zeros behind the
point, which an amount of money keeps (``"160.50"``). Figures are JSON numbers of any size, amounts of money are strings
in plain digits. Nothing is optional but ``unit``: what a document does not say is null, or the state of its cell.

``loads`` raises ``SerializeError``, whatever the text is, and ``WrongTypeError`` for what is no text. Its message ends
with the place as a path, such as ``$.tables.requests.rows["received"].total.value``; its code is ``not-utf8``,
``not-json``, ``too-deep``, ``schema-version``, ``missing-key``, ``unknown-key``, ``repeated-key``, ``wrong-type``,
``bad-value``, or that of the ``ModelError`` which says why no report can hold the data.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import ParamSpec, TypeVar

from attrs import evolve, frozen

from .errors import ModelError, SerializeError, WrongTypeError
from .messages import Phrase, in_language
from .report import (
    Cell,
    Disclosure,
    Period,
    Proceedings,
    Report,
    Requests,
    Section,
    Sections,
    State,
    Table,
    UnknownRow,
    require_report,
)
from .report.cells import MAX_DIGITS, decimal_text
from .template import EDITIONS, FORMS, HEADINGS, TABLES, Column, Edition, TableId

SCHEMA_VERSION = "1"
"""Written into every document; another one is refused."""

SECTIONS = tuple(heading.id for heading in HEADINGS)
_REPORT_KEYS = ("schema_version", "title", "agency", "year", "period", "sections", "tables")
AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

P = ParamSpec("P")
S = TypeVar("S", bound=str)
T = TypeVar("T")

# --- writing -------------------------------------------------------------------------------------------------------


def dumps(report: Report, *, indent: int | None = None) -> str:
    """``report`` as JSON: on one line, or indented with one cell a line."""
    require_report(report, "dumps")
    data = _report_data(report)
    if indent is None:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _indented(data, " " * indent, "\n")


def _report_data(report: Report) -> dict[str, object]:
    period = report.period
    sections: dict[str, object] = dict.fromkeys(SECTIONS)
    sections |= {name: {"paragraphs": list(section.paragraphs)} for name, section in report.sections.items()}
    return {
        "schema_version": SCHEMA_VERSION,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "period": None if period is None else {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "sections": sections,
        "tables": {table.id: _table_data(table) for table in report.tables},
    }


def _table_data(table: Table) -> dict[str, object]:
    columns_of = table.form.columns_of
    return {
        "edition": table.edition,
        "rows": {
            row.id: {column.id: _cell_data(cell) for column, cell in zip(columns_of[row.id], cells, strict=True)}
            for row, cells in zip(table.form.rows, table.rows, strict=True)
        },
        "unknown": [list(row.cells) for row in table.unknown],
    }


def _cell_data(cell: Cell) -> dict[str, object]:
    data: dict[str, object] = {"state": cell.state.value}
    if cell.value is not None:
        data["value"] = decimal_text(cell.value) if isinstance(cell.value, Decimal) else cell.value
    if cell.unit is not None:
        data["unit"] = cell.unit
    if cell.mark:
        data["mark"] = cell.mark
    return data


def _indented(value: object, step: str, margin: str) -> str:
    """``value`` over several lines; an object that holds only scalars, as a cell does, stays on one."""
    inner = margin + step
    if isinstance(value, dict) and any(isinstance(member, dict | list) for member in value.values()):
        members = (f"{inner}{json.dumps(key)}: {_indented(member, step, inner)}" for key, member in value.items())
        return f"{{{','.join(members)}{margin}}}"
    if isinstance(value, list) and value:
        return f"[{','.join(inner + _indented(item, step, inner) for item in value)}{margin}]"
    return json.dumps(value, ensure_ascii=False)


# --- reading -------------------------------------------------------------------------------------------------------


def loads(text: str | bytes) -> Report:
    """The report that ``dumps`` wrote. Raises ``SerializeError`` for any other text or bytes."""
    data = _decode(text)
    if isinstance(data, dict) and isinstance(data.get("source"), str):
        del data["source"]  # what the command line adds to a line, so that it can be told from the others
    if isinstance(data, dict) and data.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
        found = _shown(data["schema_version"])
        expected = _shown(SCHEMA_VERSION)
        en, zh = "another schema version", f"schema_version应为{expected}，不是{in_language(found, 'zh')}"
        raise _error(Phrase(en, zh), "$.schema_version", "schema-version", expected, found)
    return _report(_object(data, "$", _REPORT_KEYS))


def _decode(text: str | bytes) -> object:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = f"0x{error.object[error.start]:02x}"
            found = Phrase(f"byte {byte} at offset {error.start}", f"第{error.start + 1}个字节{byte}")
            en, zh = "the bytes are not UTF-8", f"内容不是UTF-8：{found.zh}。"
            raise SerializeError(en, code="not-utf8", expected="UTF-8", found=found, zh=zh) from None
    if not isinstance(text, str):
        raise WrongTypeError.of("loads", "str | bytes", text)
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_unique, parse_int=_integer)
    except RecursionError:
        expected, zh = Phrase("a depth of 6", "六层"), "嵌套过深，应为六层。"
        raise SerializeError("nested too deeply", code="too-deep", expected=expected, zh=zh) from None
    except json.JSONDecodeError as error:
        raise SerializeError(
            f"not JSON: {error.msg}",
            code="not-json",
            line=error.lineno,
            column=error.colno,
            expected="JSON",
            found=_shown(error.doc[error.pos : error.pos + 20]) if error.pos < len(error.doc) else _END,
            zh=f"不是JSON：第{error.lineno}行第{error.colno}列有误。",
        ) from None


@frozen
class _RepeatedKey:
    """Stands for an object that has ``key`` twice, until its place is known."""

    key: str


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object] | _RepeatedKey:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    return _RepeatedKey(next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))


def _integer(digits: str) -> int | Decimal:
    """An ``int``; a ``Decimal`` where no cell could hold it, since reading it as ``int`` takes quadratic time."""
    return int(digits) if len(digits) <= MAX_DIGITS + 1 else Decimal(digits)


def _report(data: dict[str, object]) -> Report:
    tables = _object(data["tables"], "$.tables", TABLES)
    disclosure = _built("$.tables.disclosure", Disclosure.from_rows, *_parts("disclosure", tables["disclosure"]))
    requests = _built("$.tables.requests", Requests.from_rows, *_parts("requests", tables["requests"]))
    proceedings = _built("$.tables.proceedings", Proceedings.from_rows, *_parts("proceedings", tables["proceedings"]))
    given = _object(data["sections"], "$.sections", SECTIONS)
    sections = Sections(**{name: _section(given[name], f"$.sections.{name}") for name in SECTIONS})
    period = _period(data["period"], "$.period")
    report = _built("$.tables", Report, disclosure, requests, proceedings, sections, period=period)
    # One field at a time, so that a refusal of the model has the field's own path.
    report = _built("$.title", evolve, report, title=_optional(str, data["title"], "$.title"))
    report = _built("$.agency", evolve, report, agency=_optional(str, data["agency"], "$.agency"))
    return _built("$.year", evolve, report, year=_optional(int, data["year"], "$.year"))


def _period(value: object, path: str) -> Period | None:
    if value is None:
        return None
    data = _object(value, path, ("start", "end"))
    return _built(path, Period, _date(data["start"], f"{path}.start"), _date(data["end"], f"{path}.end"))


def _date(value: object, path: str) -> date:
    text = _typed(str, value, path)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # the library also reads 20230101 and 2023-W01-1
        raise _error(Phrase("not a date", "不是日期"), path, "bad-value", "YYYY-MM-DD", _shown(text))
    return day


def _section(value: object, path: str) -> Section | None:
    if value is None:
        return None
    path_of_list = f"{path}.paragraphs"
    paragraphs = _texts(_object(value, path, ("paragraphs",))["paragraphs"], path_of_list)
    return _built(path_of_list, Section, paragraphs)


def _parts(table: TableId, value: object) -> tuple[Edition, tuple[tuple[Cell, ...], ...], tuple[UnknownRow, ...]]:
    """Return what a table is built from: its edition, its rows, and the rows that the form does not have."""
    path = f"$.tables.{table}"
    data = _object(value, path, ("edition", "rows", "unknown"))
    edition = _one_of(EDITIONS, data["edition"], f"{path}.edition", _NO_EDITION)
    form = FORMS[table, edition]
    figures = _object(data["rows"], f"{path}.rows", form.row_index)
    rows = tuple(_row(figures[row.id], f'{path}.rows["{row.id}"]', form.columns_of[row.id]) for row in form.rows)
    places = ((row, f"{path}.unknown[{i}]") for i, row in enumerate(_typed(list, data["unknown"], f"{path}.unknown")))
    return edition, rows, tuple(_built(place, UnknownRow, _texts(row, place)) for row, place in places)


def _row(value: object, path: str, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    data = _object(value, path, [column.id for column in columns])
    return tuple(_cell(data[column.id], f"{path}.{column.id}", column) for column in columns)


def _cell(value: object, path: str, column: Column) -> Cell:
    data = _object(value, path, ("state",), ("value", "unit", "mark"))
    state = _one_of(State, data["state"], f"{path}.state", _NO_STATE)
    if state is State.VALUE:
        _object(data, path, ("state", "value"), ("unit",))
        figure, path_of_figure = data["value"], f"{path}.value"
        value = _amount(figure, path_of_figure) if column.kind == "amount" else _typed(int, figure, path_of_figure)
        unit = _typed(str, data["unit"], f"{path}.unit") if "unit" in data else None
        return _built(path, Cell[int | Decimal], state, value, unit)
    if state in (State.NOT_APPLICABLE, State.INVALID):
        _object(data, path, ("state", "mark"))
        return _built(path, Cell[int], state, mark=_typed(str, data["mark"], f"{path}.mark"))
    _object(data, path, ("state",))
    return Cell.blank() if state is State.BLANK else Cell.absent()


def _amount(value: object, path: str) -> Decimal:
    text = _typed(str, value, path)
    if len(text) > 2 * MAX_DIGITS or not AMOUNT.fullmatch(text):
        raise _error(Phrase("not an amount of money", "不是金额"), path, "bad-value", _PLAIN_DIGITS, _shown(text))
    return Decimal(text)


# --- what is checked everywhere ------------------------------------------------------------------------------------

_PLAIN_DIGITS = Phrase('plain digits such as "160.50"', "如“160.50”的数字")
_END = Phrase("the end", "文件末尾")
_OBJECT = Phrase("an object", "对象")
_ARRAY = Phrase("an array", "数组")
_NO_EDITION = Phrase("no such edition", "没有这种版式")
_NO_STATE = Phrase("no such state", "没有这种状态")
_KINDS: dict[type, Phrase] = {str: Phrase("a string", "字符串"), int: Phrase("an integer", "整数"), list: _ARRAY}


def _object(value: object, path: str, required: Collection[str], optional: Collection[str] = ()) -> dict[str, object]:
    """``value``, if it is an object with all the keys of ``required`` and none but those and ``optional``."""
    if isinstance(value, _RepeatedKey):
        expected = Phrase("different keys", "不同的键")
        raise _error(Phrase("the key comes twice", "键重复"), path, "repeated-key", expected, _shown(value.key))
    if not isinstance(value, dict):
        raise _wrong_type(_OBJECT, value, path)
    for key in value:
        if key not in required and key not in optional:
            message = Phrase(f"unknown key {_shown(key)}", f"没有键{_shown(key)}")
            raise _error(message, path, "unknown-key", ", ".join((*required, *optional)), _shown(key))
    for key in required:
        if key not in value:
            message = Phrase(f"the key {_shown(key)} is missing", f"缺少键{_shown(key)}")
            raise _error(message, path, "missing-key", _shown(key), None)
    return value


def _one_of(known: Iterable[S], value: object, path: str, otherwise: Phrase) -> S:
    """Return the one of those ``known`` that is ``value``."""
    for one in known:
        if value == one:
            return one
    raise _error(otherwise, path, "bad-value", ", ".join(known), _shown(value))


def _typed(kind: type[T], value: object, path: str) -> T:
    """``value``, if it is of exactly this type: to Python true is an ``int``."""
    if type(value) is not kind:
        raise _wrong_type(_KINDS[kind], value, path)
    return value


def _optional(kind: type[T], value: object, path: str) -> T | None:
    return None if value is None else _typed(kind, value, path)


def _texts(value: object, path: str) -> tuple[str, ...]:
    return tuple(_typed(str, text, f"{path}[{index}]") for index, text in enumerate(_typed(list, value, path)))


def _built(path: str, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``make`` makes; its ``ModelError`` becomes a ``SerializeError`` with the path."""
    try:
        return make(*args, **kwargs)
    except (ModelError, WrongTypeError) as error:
        message = Phrase(error.message, (error.zh or error.message).rstrip("。"))
        raise _error(message, path, error.code, error.expected, error.found) from error


def _wrong_type(expected: Phrase, value: object, path: str) -> SerializeError:
    found = _shown(value)
    en, zh = f"{expected} should stand here, not {found},", f"此处应为{expected.zh}，不是{in_language(found, 'zh')}"
    return _error(Phrase(en, zh), path, "wrong-type", expected, found)


def _error(message: Phrase, path: str, code: str, expected: str | None, found: str | None) -> SerializeError:
    zh = f"{message.zh}（{path}）。"
    return SerializeError(f"{message} at {path}", code=code, expected=expected, found=found, zh=zh)


def _shown(value: object) -> str:
    """``value`` as JSON names it, in a few characters that any terminal can print."""
    if isinstance(value, str):
        return repr(value[:60])
    if isinstance(value, dict | _RepeatedKey):
        return _OBJECT
    if isinstance(value, list):
        return _ARRAY
    if isinstance(value, Decimal):
        return Phrase(f"a number of more than {MAX_DIGITS} digits", f"超过{MAX_DIGITS}位的数字")
    return json.dumps(value)[:60]
