"""The formats of findings: what each says of clean, faulty, suppressed, undecided and unreadable files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

import gipa_reports
from gipa_reports.checks import CheckResult, Edit, Finding, FindingSeverity, Operand, Outcome, Status, check
from gipa_reports.checks.registry import RULES
from gipa_reports.diagnostics import Diagnostic, Location
from gipa_reports.errors import ReadError, UnknownFormatError
from gipa_reports.outputs import FORMATS, Checked, write_findings
from gipa_reports.outputs.csv import FIELDS
from gipa_reports.outputs.phrases import totals
from gipa_reports.parsing import Reading, read
from gipa_reports.suppressions import Ledger, Suppression
from places import ROOT

EXAMPLE = ROOT / "examples" / "subdistrict_2023.txt"
TEXT = EXAMPLE.read_text("utf-8")
ROW = "一、本年新收政府信息公开申请数量\t\t\t38\t"
FAULTY = TEXT.replace(ROW, ROW.replace("38", "83"))
BLANK = TEXT.replace(ROW, ROW.replace("38", ""))
LINES = ("full", "concise", "jsonl", "json", "csv", "sarif")
"""The formats of this file; the page and the workbook have tests of their own."""


def checked(text: str, source: str = "a.txt", *suppressions: Suppression, **options: Any) -> Checked:
    reading = read(text)
    assert reading.report is not None
    result, suppressed = Ledger(suppressions).apply(source, reading.report, check(reading, **options))
    return Checked(source, reading, result, suppressed)


def text_of(checked: Checked | list[Checked], format: str, **options: Any) -> str:
    document = write_findings(checked if isinstance(checked, list) else [checked], format, **options)
    assert isinstance(document, str)
    return document


UNREADABLE = Checked(
    "b.pdf",
    Reading(None, (Diagnostic(code="empty-source"),), ReadError("the source is empty", code="empty-source")),
    None,
)
LOST = Checked("c.txt", Reading(None, (), ReadError("Permission denied", code="cannot-read")), None)
ACCEPTED = Suppression("A101", "asked, they stand by it", origin="base.jsonl", line=3)
STALE = Suppression("C301", "x", agency="甲镇", origin="base.jsonl", line=7)

HOSTILE = Finding(
    code="N101",
    severity=FindingSeverity.WARNING,
    instance="overview:1",
    cells=("requests.received.total",),
    zh="正文\r\n::error::写的是<b>&\"'%\x1b[31m,:\ufffe",
    en="prose\r\n::error::says <b>&\"'%\x1b[31m,:\ufffe",
    quote="=1+1\x07\n::warning::",
)


def hostile(source: str = "a\n::error::,:%.txt") -> Checked:
    one = checked(TEXT, source)
    outcome = Outcome(
        code=HOSTILE.code,
        instance=HOSTILE.instance,
        status=Status.FAILED,
        cells=HOSTILE.cells,
        note="",
        finding=HOSTILE,
    )
    return evolve(one, result=CheckResult(outcomes=(outcome,), rules=("N101",)))


# --- all formats -----------------------------------------------------------------------------------------------------


def test_the_names_of_the_formats() -> None:
    assert FORMATS == ("full", "concise", "jsonl", "json", "csv", "xlsx", "sarif", "html")
    with pytest.raises(UnknownFormatError, match=r"format is one of full, concise, .*, not 'pdf'"):
        write_findings([], "pdf")


@pytest.mark.parametrize("format", LINES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_finding_is_in_every_format(format: str, lang: Any) -> None:
    one = checked(FAULTY)
    document = text_of(one, format, lang=lang)
    assert [finding.code for finding in one.findings] == ["A101", "A103"]
    for finding in one.findings:
        assert finding.code in document
        assert finding.message(lang) in document or format == "concise"  # which has a line for their cause


@pytest.mark.parametrize("format", LINES)
def test_no_format_shows_a_suppressed_finding_among_the_others(format: str) -> None:
    one = checked(FAULTY, "a.txt", ACCEPTED)
    assert [entry.finding.code for entry in one.suppressed] == ["A101"]
    document = text_of(one, format)
    if format in ("concise", "jsonl", "json", "csv"):
        assert "A101" not in document
    else:
        assert "asked, they stand by it" in document


@pytest.mark.parametrize("format", LINES)
def test_nothing_at_all_can_be_written(format: str) -> None:
    document = text_of([], format)
    assert document == "" or document.endswith("\n")


@pytest.mark.parametrize("format", LINES)
def test_no_word_of_a_stranger_steers_a_terminal(format: str) -> None:
    document = text_of(hostile(), format)
    assert "\x1b" not in document
    assert "\r" not in document
    assert "\x07" not in document
    assert not [line for line in document.splitlines() if line.startswith(("::error::", "::warning::"))]


@pytest.mark.parametrize("format", ["full", "sarif"])
def test_stale_suppressions_are_reported(format: str) -> None:
    document = text_of(checked(TEXT), format, stale=[STALE])
    assert "no finding needs the suppression C301 agency=甲镇 any more; remove it" in document
    assert "已没有问题需要抑制项C301 agency=甲镇，请删除" in text_of(checked(TEXT), format, stale=[STALE], lang="zh")


@pytest.mark.parametrize("format", ["full", "sarif"])
def test_a_file_without_a_report_is_said_to_be_unchecked(format: str) -> None:
    document = text_of([UNREADABLE, LOST], format)
    assert "Not checked, it has no report: empty-source The source is empty." in document
    assert "Not checked, it has no report: cannot-read Permission denied" in document


@pytest.mark.parametrize("format", ["full", "sarif"])
def test_what_is_undecided_is_said_with_its_reason(format: str) -> None:
    document = text_of(checked(BLANK, select="A"), format)
    said = "A101 ×1, A103 ×1: fill in what is blank: 0 where there was nothing: requests.received.natural_person"
    assert said in document


@pytest.mark.parametrize("format", ["full", "sarif"])
def test_that_nothing_could_be_checked_is_said(format: str) -> None:
    one = checked(BLANK, select="A101")
    assert one.result is not None
    undecided = tuple(outcome for outcome in one.result.outcomes if outcome.status is Status.UNDECIDED)
    document = text_of(evolve(one, result=CheckResult(outcomes=undecided, rules=("A101",))), format)
    assert "Nothing could be checked" in document


def test_totals() -> None:
    assert totals([checked(FAULTY, "a.txt", ACCEPTED, select="A"), checked(BLANK, "b.txt", select="A"), LOST]) == {
        "files": 3,
        "error": 1,
        "warning": 0,
        "hint": 0,
        "suppressed": 1,
        "open": 2,
        "all": 87,  # 42 identities twice, and with a blank three more that are within reach
        "unread": 1,
    }


# --- for people ------------------------------------------------------------------------------------------------------


def test_full_shows_figures_places_and_the_suggestion_once() -> None:
    lines = text_of(checked(FAULTY, select="A"), "full").splitlines()
    assert lines[1:6] == [
        "  a.txt:49:20: error A101 column-balance, A103 applicants-add-up",
        "    received.natural_person agrees neither with its row nor with its column.",
        "    suggestion: Changing received.natural_person from 83 to 38 makes all identities of the table hold.",
        "    2 findings, one cause:",
        "      A101 Column natural_person: received(83)+carried_in(2)=85, processed_total(37)+carried_out(3)=40; "
        "they differ by 45, please check.",
    ]
    assert "    49:20 | requests.received.natural_person = 83" in lines
    assert "          | 2 more are 0" in lines
    assert sum("suggestion: Changing received.natural_person from 83 to 38" in line for line in lines) == 1


def test_full_lists_candidates_and_suggests_none() -> None:
    one = checked(FAULTY, select="A101")
    (finding,) = one.findings
    edits = (
        Edit(kind="figure", changes=(("a", 1),), zh="甲", en="First."),
        Edit(kind="swap", changes=(("b", 2),), zh="乙", en="Second."),
    )
    outcome = Outcome(
        code="A101",
        instance="x",
        status=Status.FAILED,
        cells=(),
        note="",
        finding=evolve(finding, edits=edits, cause=None),
    )
    lines = text_of(evolve(one, result=CheckResult(outcomes=(outcome,), rules=("A101",))), "full").splitlines()
    at = lines.index("    2 changes would each make all identities hold, so none is suggested:")
    assert lines[at + 1 : at + 3] == ["      - First.", "      - Second."]
    assert not [line for line in lines if "suggestion:" in line]


def test_full_names_the_file_of_another_report() -> None:
    now, before = (
        read(TEXT),
        read(TEXT.replace("2023", "2022").replace("结转下年度继续办理\t\t\t3", "结转下年度继续办理\t\t\t9")),
    )
    result = check(now, previous=before, select="Y101")
    one = Checked("now.txt", now, result, (), (("previous", "old/before.txt"),))
    lines = text_of(one, "full").splitlines()
    assert [line for line in lines if "old/before.txt:73:15 | requests.carried_out.natural_person = 9" in line]
    assert f"    {'50:20':>{len('old/before.txt:73:15')}} | requests.carried_in.natural_person = 2" in lines


def test_full_says_who_should_look_first_and_quotes() -> None:
    one = checked(FAULTY, select="A101")
    (finding,) = one.findings
    told = evolve(
        finding, codes=("position-inferred",), quote="收到83件。", operands=(Operand(cell="x", value=None, text=""),)
    )
    outcome = Outcome(code="A101", instance="x", status=Status.FAILED, cells=(), note="", finding=told)
    document = text_of(evolve(one, result=CheckResult(outcomes=(outcome,), rules=("A101",))), "full")
    assert "    look first at how the file was read: position-inferred\n" in document
    assert "    the prose says: 收到83件。\n" in document
    assert " | x = ∅\n" in document


def test_concise_is_one_line_a_cause() -> None:
    lines = text_of([checked(FAULTY), hostile()], "concise").splitlines()
    assert lines[0].startswith("a.txt:49:20: A101,A103 received.natural_person agrees neither with its row nor")
    assert lines[1].startswith("a\\n::error::,:%.txt:")
    assert len(lines) == 2


def test_without_lines_the_place_is_in_words() -> None:
    reading = read(gipa_reports.render(gipa_reports.parse(FAULTY), "html"))
    one = Checked("a.html", reading, check(reading, select="A101"))
    assert re.match(r"a\.html(: table \d+, row \d+, column \d+|:\d+(:\d+)?): A101 ", text_of(one, "concise"))


# --- for programs ----------------------------------------------------------------------------------------------------


def test_json_lines_have_the_nine_keys() -> None:
    records = [json.loads(line) for line in text_of([checked(FAULTY), hostile(), UNREADABLE], "jsonl").splitlines()]
    keys = ["source", "code", "severity", "cells", "message", "expected", "actual", "suggestion", "cause"]
    assert [list(record) for record in records] == [keys] * 4
    assert records[0]["suggestion"] == {"requests.received.natural_person": 38}
    assert records[2] == {
        "source": "a\n::error::,:%.txt",
        "code": "N101",
        "severity": "warning",
        "cells": ["requests.received.total"],
        "message": HOSTILE.en,
        "expected": None,
        "actual": None,
        "suggestion": None,
        "cause": None,
    }
    assert records[3] == {
        "source": "b.pdf",
        "code": "empty-source",
        "severity": "error",
        "cells": [],
        "message": "The source is empty.",
        "expected": None,
        "actual": None,
        "suggestion": None,
        "cause": None,
    }
    causes = [record["cause"] for record in records[:2]]
    assert causes[0] == causes[1]
    assert causes[0]["key"] == "requests.received.natural_person"
    assert causes[0]["message"] == "received.natural_person agrees neither with its row nor with its column."
    assert set(causes[0]["cells"]) == {*records[0]["cells"], *records[1]["cells"]}


def test_csv_is_safe_to_open() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of([checked(FAULTY), hostile("=cmd|x.txt")], "csv"))))
    assert tuple(rows[0]) == FIELDS
    assert (rows[0]["code"], rows[0]["line"], rows[0]["column"]) == ("A101", "49", "20")
    assert rows[0]["suggestion"] == "requests.received.natural_person=38"
    assert re.fullmatch("[0-9a-f]{16}", rows[0]["fingerprint"])
    assert rows[2]["source"] == "'=cmd|x.txt"
    assert rows[2]["quote"] == "'=1+1\\x07\\n::warning::"


# --- SARIF -----------------------------------------------------------------------------------------------------------

_TEXT = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _object(required: str, **properties: object) -> dict[str, object]:
    """An object with these keys alone."""
    names = required.split()
    return {"type": "object", "required": names, "properties": properties, "additionalProperties": False}


def _list(items: object, **more: object) -> dict[str, object]:
    return {"type": "array", "items": items, **more}


_MESSAGE = _object("text", text=_TEXT)
_PHYSICAL = _object(
    "artifactLocation",
    artifactLocation=_object("uri", uri={"type": "string", "pattern": r"^[A-Za-z0-9%/._~:'()!*$&+,;=@-]+$"}),
    region=_object("startLine", startLine=_COUNT, startColumn=_COUNT),
)
_LOGICAL = _list(_object("fullyQualifiedName kind", fullyQualifiedName=_TEXT, kind=_TEXT), minItems=1)
_LOCATION = _object(
    "physicalLocation",
    id={"type": "integer", "minimum": 0},
    physicalLocation=_PHYSICAL,
    logicalLocations=_LOGICAL,
    message=_MESSAGE,
)
SARIF = _object(
    "$schema version runs",
    **{"$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"}},
    version={"const": "2.1.0"},
    runs=_list(
        _object(
            "tool results",
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            tool=_object(
                "driver",
                driver=_object(
                    "name",
                    name=_TEXT,
                    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                    rules=_list(
                        _object(
                            "id",
                            id=_TEXT,
                            name=_TEXT,
                            shortDescription=_MESSAGE,
                            help=_object("text", text=_TEXT, markdown=_TEXT),
                            defaultConfiguration=_object("", level=_LEVEL, enabled={"type": "boolean"}),
                            properties={"type": "object"},
                        ),
                        uniqueItems=True,
                    ),
                ),
            ),
            invocations=_list(
                _object(
                    "executionSuccessful",
                    executionSuccessful={"type": "boolean"},
                    toolExecutionNotifications=_list(
                        _object(
                            "message",
                            level=_LEVEL,
                            descriptor=_object("id", id=_TEXT),
                            message=_MESSAGE,
                            locations=_list(_LOCATION),
                        )
                    ),
                )
            ),
            results=_list(
                _object(
                    "message",
                    ruleId=_TEXT,
                    ruleIndex={"type": "integer", "minimum": 0},
                    level=_LEVEL,
                    message=_MESSAGE,
                    locations=_list(_LOCATION),
                    relatedLocations=_list(_LOCATION, uniqueItems=True),
                    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
                    suppressions=_list(
                        _object("kind", kind={"enum": ["inSource", "external"]}, justification=_TEXT), uniqueItems=True
                    ),
                    properties={"type": "object"},
                )
            ),
        ),
        minItems=1,
    ),
)
"""The part of the SARIF 2.1.0 schema that is written here, stricter: nothing else may stand anywhere.

The variable ``GIPA_REPORTS_SARIF_SCHEMA`` can name the whole schema of OASIS; it is then used too.
"""


def sarif(*files: Checked, **options: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text_of(list(files), "sarif", **options))
    Draft202012Validator.check_schema(SARIF)
    assert [error.message for error in Draft202012Validator(SARIF).iter_errors(document)] == []
    whole = os.environ.get("GIPA_REPORTS_SARIF_SCHEMA")
    if whole:
        from jsonschema.validators import validator_for

        schema = json.loads(Path(whole).read_text("utf-8"))
        assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []
    (run,) = document["runs"]
    return dict(run)


def test_sarif_says_all_there_is() -> None:
    run = sarif(checked(FAULTY), checked(BLANK), hostile(), UNREADABLE, LOST, stale=[STALE])
    assert [result["ruleId"] for result in run["results"]] == ["A101", "A103", "N101"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"] == " ".join(RULES[rule["id"]].docs.partition("\n\n")[0].split())
    assert {rule["id"] for rule in rules} == {rule.code for rule in RULES.values() if rule.default}
    levels = [note["level"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert levels.count("error") == 2
    assert run["invocations"][0]["executionSuccessful"] is False
    assert sarif(checked(FAULTY))["invocations"][0]["executionSuccessful"] is True


def test_sarif_places() -> None:
    result = sarif(checked(FAULTY, "报告/a b.txt"))["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "%E6%8A%A5%E5%91%8A/a%20b.txt"},
        "region": {"startLine": 49, "startColumn": 20},
    }
    assert [cell["fullyQualifiedName"] for cell in result["locations"][0]["logicalLocations"]] == [
        f"requests.{row}.natural_person" for row in ("received", "carried_in", "processed_total", "carried_out")
    ]
    related = [entry["physicalLocation"]["region"]["startLine"] for entry in result["relatedLocations"]]
    assert related == [50, 72, 73]
    result = sarif(checked(FAULTY, "/srv/a.txt"))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///srv/a.txt"


def test_sarif_fingerprints_are_stable() -> None:
    def prints(text: str, source: str) -> list[str]:
        return [result["partialFingerprints"]["gipaFinding/v1"] for result in sarif(checked(text, source))["results"]]

    assert prints(FAULTY, "a.txt") == prints("\n\n" + FAULTY, "elsewhere/b.txt")
    assert len(set(prints(FAULTY, "a.txt"))) == 2
    assert set(prints(FAULTY, "a.txt")).isdisjoint(prints(FAULTY.replace("\t83\t", "\t84\t"), "a.txt"))


def test_sarif_marks_what_is_suppressed() -> None:
    results = sarif(checked(FAULTY, "a.txt", ACCEPTED))["results"]
    assert {result["ruleId"]: result["suppressions"] for result in results} == {
        "A103": [],
        "A101": [{"kind": "external", "justification": "asked, they stand by it"}],
    }


def test_a_place_without_a_line_has_no_line() -> None:
    one = checked(FAULTY, select="A101")
    (finding,) = one.findings
    away = Location(line=None, column=2, text="83", table=1, row=3)
    moved = evolve(
        finding, operands=(Operand(cell="requests.received.natural_person", value=83, text="83", location=away),)
    )
    outcome = Outcome(code="A101", instance="x", status=Status.FAILED, cells=(), note="", finding=moved)
    one = evolve(one, result=CheckResult(outcomes=(outcome,), rules=("A101",)))
    assert "region" not in sarif(one)["results"][0]["locations"][0]["physicalLocation"]
    assert text_of(one, "concise").startswith("a.txt: table 1, row 3, column 2: A101 ")
