"""JSON: what is written comes back, what is not ours is refused with its place."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from gipa_reports.errors import ModelError, SerializeError, WrongTypeError
from gipa_reports.parsing import Reading
from gipa_reports.renderers import render
from gipa_reports.report import (
    Cell,
    Disclosure,
    Period,
    Proceedings,
    Report,
    Requests,
    Section,
    Sections,
    UnknownRow,
)
from gipa_reports.schema import json_schema
from gipa_reports.serialize import SCHEMA_VERSION, dumps, loads
from gipa_reports.template import FORMS
from gipa_reports.template.words import UNITS

HUGE = 10**3999 - 7


def full_report() -> Report:
    """A report with every state, both kinds of figures, units, prose and an unknown row."""
    disclosure = Disclosure.of(
        "2021",
        {
            "regulations.issued": 0,
            "normative_documents.issued": Cell.of(3, "件"),
            "normative_documents.repealed": None,
            "normative_documents.in_force": HUGE,
            "penalties.decisions": Cell.not_applicable("不适用"),
            "coercion.decisions": Cell.invalid('见附件 <"1">\\'),
            "fees.amount": Cell.of(Decimal("160.50"), "万元"),
        },
    )
    requests = Requests.of(
        "2021", {"received.total": 13, "denied.state_secret.other": -1, "carried_in.total": Cell.blank()}
    )
    return Report(
        evolve(disclosure, unknown=(UnknownRow(("行政检查", "", "5")), UnknownRow(("其他主动公开文件",)))),
        requests,
        Proceedings.all_absent("2021"),
        Sections(
            overview=Section(("第一段，含\t制表符。", "", '"引号"与\\反斜线 | 竖线')),
            other_matters=Section(()),
        ),
        title="某某局2023年政府信息公开工作年度报告",
        agency="某某局",
        year=2023,
        period=Period(date(2023, 1, 1), date(2023, 12, 31)),
    )


def bare_report() -> Report:
    """A report that says nothing, with a table of each edition."""
    return Report(Disclosure.all_absent("2021"), Requests.all_absent("2019"), Proceedings.all_absent("2019"))


def money(text: str) -> Report:
    return evolve(bare_report(), disclosure=Disclosure.of("2019", {"procurement.amount": Decimal(text)}))


REPORTS = {
    "full": full_report(),
    "bare": bare_report(),
    **{text: money(text) for text in ("0", "-0", "-1.50", "0E+7", "1E+3999", "1E-3999", "0.00000", "12E+3")},
}


@pytest.mark.parametrize("indent", [None, 0, 1, 2])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_is_written_comes_back(report: Report, indent: int | None) -> None:
    text = dumps(report, indent=indent)
    assert loads(text) == report
    assert loads(text.encode()) == report
    assert dumps(loads(text), indent=indent) == text


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_indented_or_not_the_data_are_the_same(report: Report) -> None:
    assert json.loads(dumps(report, indent=2)) == json.loads(dumps(report))
    assert "\n" not in dumps(report)


def test_the_text_is_what_a_person_would_want() -> None:
    text = dumps(full_report(), indent=2)
    head = text[: text.index('      "paragraphs"')]
    assert head == (
        "{\n"
        '  "schema_version": "1",\n'
        '  "title": "某某局2023年政府信息公开工作年度报告",\n'
        '  "agency": "某某局",\n'
        '  "year": 2023,\n'
        '  "period": {"start": "2023-01-01", "end": "2023-12-31"},\n'
        '  "sections": {\n'
        '    "overview": {\n'
    )
    lines = [line.strip() for line in text.splitlines()]
    assert '"issued": {"state": "value", "value": 3, "unit": "件"},' in lines
    assert '"amount": {"state": "value", "value": "160.50", "unit": "万元"}' in lines
    assert '"decisions": {"state": "not_applicable", "mark": "不适用"}' in lines
    assert '"state_secret"' not in text
    assert '"denied.state_secret": {' in lines


def test_amounts_keep_their_digits() -> None:
    amount = loads(dumps(money("160.500"))).disclosure["procurement.amount"].value
    assert str(amount) == "160.500"
    assert '"1000"' in dumps(money("1E+3"))


def test_figures_are_exact_at_any_size() -> None:
    assert loads(dumps(full_report())).disclosure["normative_documents.in_force"].value == HUGE


def test_a_byte_order_mark_is_no_content() -> None:
    text = dumps(bare_report())
    assert loads("\ufeff" + text) == loads(text.encode("utf-8-sig")) == bare_report()


# --- what is refused -----------------------------------------------------------------------------------------------

DELETED = object()


def changed(*keys: str | int, to: Any) -> str:
    """The JSON of the full report with another value, or none, at ``keys``."""
    root = json.loads(dumps(full_report()))
    parent = root
    for key in keys[:-1]:
        parent = parent[key]
    if to is DELETED:
        del parent[keys[-1]]
    else:
        parent[keys[-1]] = to
    return json.dumps(root)


ISSUED = ("tables", "disclosure", "rows", "normative_documents", "issued")
AMOUNT = ("tables", "disclosure", "rows", "fees", "amount")
TOTAL = ("tables", "requests", "rows", "received", "total")
SECRET = ("tables", "requests", "rows", "denied.state_secret")
AT_ISSUED = '$.tables.disclosure.rows["normative_documents"].issued'
AT_AMOUNT = '$.tables.disclosure.rows["fees"].amount'
AT_TOTAL = '$.tables.requests.rows["received"].total'

WRONG: dict[str, tuple[str, str, str]] = {
    # what is wrong: the JSON, the code, the path
    "a foreign object": ('{"a": 1}', "unknown-key", "$"),
    "nothing in it": ("{}", "missing-key", "$"),
    "null": ("null", "wrong-type", "$"),
    "an array": ("[]", "wrong-type", "$"),
    "a bare NaN": ("NaN", "wrong-type", "$"),
    "next version": (changed("schema_version", to="2"), "schema-version", "$.schema_version"),
    "version as a number": (changed("schema_version", to=1), "schema-version", "$.schema_version"),
    "version null": (changed("schema_version", to=None), "schema-version", "$.schema_version"),
    "no version": (changed("schema_version", to=DELETED), "missing-key", "$"),
    "no title": (changed("title", to=DELETED), "missing-key", "$"),
    "title a number": (changed("title", to=5), "wrong-type", "$.title"),
    "title empty": (changed("title", to=""), "bad-report", "$.title"),
    "title of two lines": (changed("title", to="a\nb"), "bad-report", "$.title"),
    "title half a character": (changed("title", to="\ud800"), "bad-report", "$.title"),
    "agency half a character": (changed("agency", to="a\udfff"), "bad-report", "$.agency"),
    "agency an array": (changed("agency", to=["a"]), "wrong-type", "$.agency"),
    "year a string": (changed("year", to="2023"), "wrong-type", "$.year"),
    "year true": (changed("year", to=True), "wrong-type", "$.year"),
    "year with a fraction": (changed("year", to=2023.0), "wrong-type", "$.year"),
    "year of five digits": (changed("year", to=20230), "bad-report", "$.year"),
    "period a string": (changed("period", to="2023"), "wrong-type", "$.period"),
    "period without end": (changed("period", "end", to=DELETED), "missing-key", "$.period"),
    "start null": (changed("period", "start", to=None), "wrong-type", "$.period.start"),
    "start without hyphens": (changed("period", "start", to="20230101"), "bad-value", "$.period.start"),
    "start as a week": (changed("period", "start", to="2023-W01-1"), "bad-value", "$.period.start"),
    "end on no day": (changed("period", "end", to="2023-02-30"), "bad-value", "$.period.end"),
    "end half a character": (changed("period", "end", to="\ud800"), "bad-value", "$.period.end"),
    "end before start": (changed("period", "end", to="2022-12-31"), "bad-period", "$.period"),
    "sections null": (changed("sections", to=None), "wrong-type", "$.sections"),
    "a section missing": (changed("sections", "problems", to=DELETED), "missing-key", "$.sections"),
    "an unknown section": (changed("sections", "summary", to=None), "unknown-key", "$.sections"),
    "a section as an array": (changed("sections", "overview", to=["a"]), "wrong-type", "$.sections.overview"),
    "no paragraphs": (changed("sections", "overview", to={}), "missing-key", "$.sections.overview"),
    "paragraphs a string": (
        changed("sections", "overview", "paragraphs", to="abc"),
        "wrong-type",
        "$.sections.overview.paragraphs",
    ),
    "a paragraph null": (
        changed("sections", "overview", "paragraphs", 1, to=None),
        "wrong-type",
        "$.sections.overview.paragraphs[1]",
    ),
    "a paragraph of two lines": (
        changed("sections", "overview", "paragraphs", 1, to="a\nb"),
        "bad-prose",
        "$.sections.overview.paragraphs",
    ),
    "tables an array": (changed("tables", to=[]), "wrong-type", "$.tables"),
    "a table missing": (changed("tables", "proceedings", to=DELETED), "missing-key", "$.tables"),
    "an unknown table": (changed("tables", "budget", to={}), "unknown-key", "$.tables"),
    "an unknown edition": (
        changed("tables", "requests", "edition", to="2008"),
        "bad-value",
        "$.tables.requests.edition",
    ),
    "edition a number": (changed("tables", "requests", "edition", to=2021), "bad-value", "$.tables.requests.edition"),
    "rows of the other edition": (
        changed("tables", "requests", "edition", to="2019"),
        "unknown-key",
        "$.tables.requests.rows",
    ),
    "editions of 三 and 四 differ": (changed("tables", "proceedings", "edition", to="2019"), "bad-report", "$.tables"),
    "rows null": (changed("tables", "requests", "rows", to=None), "wrong-type", "$.tables.requests.rows"),
    "a row missing": (changed(*SECRET, to=DELETED), "missing-key", "$.tables.requests.rows"),
    "an unknown row": (changed("tables", "requests", "rows", "denied", to={}), "unknown-key", "$.tables.requests.rows"),
    "a cell missing": (
        changed(*SECRET, "total", to=DELETED),
        "missing-key",
        '$.tables.requests.rows["denied.state_secret"]',
    ),
    "an unknown column": (
        changed(*SECRET, "sum", to={"state": "blank"}),
        "unknown-key",
        '$.tables.requests.rows["denied.state_secret"]',
    ),
    "a cell as a number": (changed(*TOTAL, to=3), "wrong-type", AT_TOTAL),
    "a cell null": (changed(*TOTAL, to=None), "wrong-type", AT_TOTAL),
    "a cell without state": (changed(*TOTAL, to={"value": 3}), "missing-key", AT_TOTAL),
    "a cell with more": (changed(*TOTAL, "note", to="x"), "unknown-key", AT_TOTAL),
    "an unknown state": (changed(*TOTAL, "state", to="zero"), "bad-value", f"{AT_TOTAL}.state"),
    "a state in capitals": (changed(*TOTAL, "state", to="VALUE"), "bad-value", f"{AT_TOTAL}.state"),
    "a state null": (changed(*TOTAL, "state", to=None), "bad-value", f"{AT_TOTAL}.state"),
    "a state as an array": (changed(*TOTAL, "state", to=["value"]), "bad-value", f"{AT_TOTAL}.state"),
    "a figure without value": (changed(*TOTAL, to={"state": "value"}), "missing-key", AT_TOTAL),
    "a figure null": (changed(*TOTAL, "value", to=None), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure true": (changed(*TOTAL, "value", to=True), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure as a string": (changed(*TOTAL, "value", to="13"), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure with a fraction": (changed(*TOTAL, "value", to=13.0), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure NaN": (changed(*TOTAL, "value", to=float("nan")), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure infinite": (changed(*TOTAL, "value", to=float("-inf")), "wrong-type", f"{AT_TOTAL}.value"),
    "a figure a bit too long": (changed(*TOTAL, "value", to=10**4000), "bad-cell", AT_TOTAL),
    "a figure far too long": (
        changed(*TOTAL, "value", to=987654321).replace("987654321", "9" * 100_000),
        "wrong-type",
        f"{AT_TOTAL}.value",
    ),
    "a figure with a mark": (changed(*TOTAL, "mark", to="/"), "unknown-key", AT_TOTAL),
    "a unit unknown": (changed(*ISSUED, "unit", to="只"), "bad-cell", AT_ISSUED),
    "a unit null": (changed(*ISSUED, "unit", to=None), "wrong-type", f"{AT_ISSUED}.unit"),
    "a blank with a value": (changed(*TOTAL, to={"state": "blank", "value": 0}), "unknown-key", AT_TOTAL),
    "an absent cell with a mark": (changed(*TOTAL, to={"state": "absent", "mark": ""}), "unknown-key", AT_TOTAL),
    "not applicable without mark": (changed(*TOTAL, to={"state": "not_applicable"}), "missing-key", AT_TOTAL),
    "not applicable with a word": (changed(*TOTAL, to={"state": "not_applicable", "mark": "x"}), "bad-cell", AT_TOTAL),
    "invalid with an empty mark": (changed(*TOTAL, to={"state": "invalid", "mark": ""}), "bad-cell", AT_TOTAL),
    "invalid with a number": (changed(*TOTAL, to={"state": "invalid", "mark": 3}), "wrong-type", f"{AT_TOTAL}.mark"),
    "invalid with half a character": (
        changed(*TOTAL, to={"state": "invalid", "mark": "\udc00"}),
        "bad-cell",
        AT_TOTAL,
    ),
    **{
        f"an amount as {amount!r}": (changed(*AMOUNT, "value", to=amount), "bad-value", f"{AT_AMOUNT}.value")
        for amount in ("", "NaN", "1e3", "+1", "1.", ".5", "01", "1,000", " 1", "1_0", "１６０", "1\n", "0" * 9000)
    },
    "an amount as a number": (changed(*AMOUNT, "value", to=160.5), "wrong-type", f"{AT_AMOUNT}.value"),
    "an amount a bit too long": (changed(*AMOUNT, "value", to="9" * 4001), "bad-cell", AT_AMOUNT),
    "unknown rows null": (
        changed("tables", "disclosure", "unknown", to=None),
        "wrong-type",
        "$.tables.disclosure.unknown",
    ),
    "an unknown row as a string": (
        changed("tables", "disclosure", "unknown", 1, to="ab"),
        "wrong-type",
        "$.tables.disclosure.unknown[1]",
    ),
    "an unknown row with a number": (
        changed("tables", "disclosure", "unknown", 0, 2, to=5),
        "wrong-type",
        "$.tables.disclosure.unknown[0][2]",
    ),
    "an unknown row of nothing": (
        changed("tables", "disclosure", "unknown", 0, to=[]),
        "bad-row",
        "$.tables.disclosure.unknown[0]",
    ),
    "a key twice": (
        dumps(full_report()).replace('"year":2023', '"year":2023,"year":2024'),
        "repeated-key",
        "$",
    ),
    "a key of a cell twice": (
        dumps(full_report()).replace('"value":13', '"value":13,"value":13'),
        "repeated-key",
        AT_TOTAL,
    ),
    "an object with a key twice for a string": (
        dumps(full_report()).replace('"year":2023', '"year":{"a":1,"a":2}'),
        "wrong-type",
        "$.year",
    ),
    "a key that is half a character": (changed("\ud800", to=1), "unknown-key", "$"),
}


@pytest.mark.parametrize(("text", "code", "path"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_place(text: str, code: str, path: str) -> None:
    with pytest.raises(SerializeError) as caught:
        loads(text)
    assert caught.value.code == code
    assert caught.value.message.endswith(f" at {path}")
    str(caught.value).encode()  # any terminal can print it


def test_the_unchanged_json_is_right() -> None:
    """Else the table above would prove nothing."""
    assert loads(changed("year", to=2023)) == full_report()


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("", "not-json", 1),
        ("{", "not-json", 1),
        ('{\n"year": 2023,\nx}', "not-json", 3),
        (dumps(bare_report()) + "x", "not-json", 1),
        (dumps(bare_report())[:-1], "not-json", 1),
        ("政府信息公开工作年度报告", "not-json", 1),
        (b"\xff\xfe{\x00}\x00", "not-utf8", None),
        (dumps(full_report()).encode("gb18030"), "not-utf8", None),
        (dumps(full_report()).encode()[:-1] + b"\xed\xa0\x80}", "not-utf8", None),
        ("[" * 200_000, "too-deep", None),
        ('{"a":' * 200_000, "too-deep", None),
        ("[" * 900 + "]" * 900, "wrong-type", None),
    ],
)
def test_what_is_no_json_is_refused(source: Any, code: str, line: int | None) -> None:
    with pytest.raises(SerializeError) as caught:
        loads(source)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_what_is_no_text_is_a_wrong_argument() -> None:
    for source in (None, 3, bytearray(b"{}")):
        with pytest.raises(WrongTypeError, match=f"loads takes str or bytes, not {type(source).__name__}"):
            loads(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("write", [dumps, lambda found: render(found, "text"), lambda found: render(found, "docx")])
def test_only_a_report_can_be_written(write: Callable[[Any], object]) -> None:
    for found in (Reading(full_report()), full_report().requests, None):
        with pytest.raises(TypeError, match=f"takes a Report, not {type(found).__name__}; a Reading has it"):
            write(found)


def test_the_error_says_what_was_expected_and_found() -> None:
    with pytest.raises(SerializeError) as caught:
        loads(changed(*TOTAL, "state", to="zero"))
    assert caught.value.expected == "value, blank, not_applicable, absent, invalid"
    assert caught.value.found == "'zero'"
    with pytest.raises(SerializeError, match="the key 'total' is missing") as caught:
        loads(changed(*TOTAL, to=DELETED))
    assert caught.value.expected == "'total'"


def test_the_error_of_the_model_is_kept() -> None:
    with pytest.raises(SerializeError) as caught:
        loads(changed("period", "end", to="2022-12-31"))
    assert isinstance(caught.value.__cause__, ModelError)
    assert isinstance(caught.value, ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


# --- the schema ----------------------------------------------------------------------------------------------------


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_is_written_fits_the_schema(report: Report) -> None:
    validator().validate(json.loads(dumps(report)))


BEYOND_THE_SCHEMA = {
    # JSON Schema counts 2023.0 as an integer, sees neither line breaks nor the order of dates nor the sizes of figures.
    "title of two lines", "title half a character", "agency half a character", "year with a fraction",
    "end on no day", "end before start", "a paragraph of two lines", "a figure with a fraction",
    "a figure a bit too long", "a figure far too long", "not applicable with a word", "invalid with half a character",
    "an amount a bit too long", "an amount as '1\\n'", "a key twice", "a key of a cell twice",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WRONG if name not in BEYOND_THE_SCHEMA])
def test_the_schema_refuses_what_loads_refuses(name: str) -> None:
    assert not validator().is_valid(read_like_any_tool(WRONG[name][0]))


@pytest.mark.parametrize("name", sorted(BEYOND_THE_SCHEMA))
def test_what_the_schema_lets_pass_is_written_down(name: str) -> None:
    assert validator().is_valid(read_like_any_tool(WRONG[name][0]))


def read_like_any_tool(text: str) -> object:
    return json.loads(text, parse_int=lambda digits: int(digits[:4000]))


def test_the_schema_names_every_cell_with_label_and_unit() -> None:
    cells = list(cells_of(json_schema()["$defs"]))
    assert [cell["x-cell"] for cell in cells] == [cell_id for form in FORMS.values() for cell_id in form.cell_ids]
    units = [column.unit for form in FORMS.values() for row in form.rows for column in form.columns_of[row.id]]
    assert [cell["x-unit"] for cell in cells] == units
    labels = [cell["title"] for cell in cells if cell["x-cell"] == "requests.other.other.other"]
    assert labels == ["三、本年度办理结果·（六）其他处理·3.其他·法人或其他组织·其他"]
    assert [cell["description"] for cell in cells if cell["x-cell"] == "disclosure.fees.amount"] == ["fees: amount"]


def cells_of(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "x-cell" in schema:
            yield schema
        for member in schema.values():
            yield from cells_of(member)


def test_the_schema_says_which_units_and_version() -> None:
    text = json.dumps(json_schema(), ensure_ascii=False)
    assert json.dumps(list(UNITS), ensure_ascii=False) in text
    assert f'"const": "{SCHEMA_VERSION}"' in text


def test_the_schema_is_described_in_two_languages() -> None:
    properties: Any = json_schema()["properties"]
    assert [properties[name]["title"] for name in ("title", "agency", "year", "period")] == [
        "标题",
        "报告机关",
        "报告年度",
        "统计期间",
    ]
    assert all(re.match("[A-Z]", properties[name]["description"]) for name in ("title", "agency", "year", "period"))
