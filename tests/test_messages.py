"""Every error and every problem speaks both languages, and no English word stands inside of a Chinese sentence.

What may stand there in Latin letters: identifiers (names of this package, ids, codes, options, types of Python, other
packages and their commands) and names of formats and programs, which Chinese texts write so too. ``{found}`` and
``{expected}`` are either what the source says, or words in both languages (``messages.Phrase``).
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import pickle
import pkgutil
import re
import sys
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import attrs
import pytest

import gipa_reports
from gipa_reports import CODES, Diagnostic, GipaError, MissingExtraError, ParseError, WrongTypeError, errors, read
from gipa_reports.errors import install_command
from gipa_reports.frames.batch import SCAN_CODES
from gipa_reports.messages import CATALOGUE, COUNTED, Lang, Phrase, count, in_language, more_than
from gipa_reports.template import FORMS
from gipa_reports.template.words import UNITS

PACKAGE = Path(gipa_reports.__file__).parent
ERRORS = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, GipaError)}
CODES_OF_PROBLEMS = CODES.keys() | SCAN_CODES.keys()

# --- what is an identifier ---------------------------------------------------------------------------------------

FORMATS = """
U FFFD doc wps xls et ppt dps docx xlsx csv jsonl PDF HTML DOCX XLSX XLSB PPTX ODT ODS OFD EPUB ZIP RTF PNG JPEG GIF RAR
gzip 7z MHTML XML JSON UTF-8 UTF-16 GB18030 SVG Unicode OCR ID CSV Parquet WARC Arrow SHA-256 DOCTYPE base64
"""
PROGRAMS = "Word Excel WPS LibreOffice Office GIPA_REPORTS_SOFFICE FILE pip install gipa-reports qpdf"
PYTHON = "None True False str int float bytes bool tuple list dict date Decimal PathLike BinaryIO os numpy stdin limit"


def identifiers() -> set[str]:
    """Names that a Chinese sentence may have in it as they are: public names, their parameters and fields, ids."""
    found = set(f"{FORMATS} {PROGRAMS} {PYTHON}".split()) | set(dir(gipa_reports))
    for name in dir(gipa_reports):
        thing = getattr(gipa_reports, name)
        if inspect.isclass(thing):
            found |= {attribute for attribute in dir(thing) if not attribute.startswith("_")}
            found |= {one.name for one in attrs.fields(thing)} if attrs.has(thing) else set()
        elif callable(thing) and not typing.get_origin(thing):
            found |= set(inspect.signature(thing).parameters)
    found |= {part for layout in FORMS.values() for cell_id in layout.cell_ids for part in cell_id.split(".")}
    return (
        found
        | set(CODES)
        | {"long", "wide", "source", "content", "schema_version", "value", "error", "zero", "propagate"}
    )


IDENTIFIERS = identifiers()
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z][A-Za-z0-9_-]*)*")


def foreign_words(sentence: str) -> list[str]:
    """The Latin words of a Chinese sentence that are no identifiers."""
    found = LATIN.findall(re.sub(r"\{[^}]*\}", "", sentence))
    return [word for word in found if word not in IDENTIFIERS and not set(word.split(".")) <= IDENTIFIERS]


def test_the_search_finds_english_words() -> None:
    assert foreign_words("不支持这种文件：the ZIP archive。") == ["the", "archive"]
    assert foreign_words("限额cells为5，可用Limits(cells=…)或--limit提高，参见requests.received.total。") == []


# --- sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [*CODES.values(), *SCAN_CODES.values()], ids=lambda code: code.code)
def test_sentences_of_problems_have_no_english_words(code: gipa_reports.Code) -> None:
    assert foreign_words(code.zh) == []


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """The calls in a module that make an error or a problem, with the name of what they make."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in ERRORS or name in ("Diagnostic", "cls") or name.endswith(".passed"):
                yield node, name


def literals(node: ast.AST) -> Iterator[str]:
    """The texts in an expression as they stand there, and with places held open in those that are put together."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield "".join(piece.value if isinstance(piece, ast.Constant) else "{}" for piece in part.values)  # type: ignore[misc]
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_error_has_both_sentences(path: Path) -> None:
    """Its own, or that of its code; those that are made by ``of`` have them from there."""
    silent = []
    for call, name in calls(parsed(path)):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        code = given.get("code")
        if name in ERRORS and "zh" not in given:
            known = isinstance(code, ast.Constant) and code.value in CODES_OF_PROBLEMS
            if not known and path.name not in CODES_ARE_LOOKED_UP:
                silent.append(f"line {call.lineno}: {name}")
    assert silent == []


CODES_ARE_LOOKED_UP = {"reading.py", "package.py", "child.py"}
"""Modules in which the code of an error is that of a problem, which a variable has."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_chinese_sentences_of_errors_have_no_english_words(path: Path) -> None:
    found = [
        f"line {call.lineno}: {word}"
        for call, _ in calls(parsed(path))
        for keyword in call.keywords
        if keyword.arg == "zh"
        for text in literals(keyword.value)
        if re.search("[\u4e00-\u9fff]", text)
        for word in foreign_words(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_was_found_and_expected_is_in_both_languages(path: Path) -> None:
    """Words of ours are ``Phrase``; nothing else may have two words of English in it."""
    tree = parsed(path)
    both = {id(part) for node in ast.walk(tree) if is_words(node) for part in ast.walk(node)}
    found = []
    for call, name in calls(tree):
        if name not in SHOWN and not name.endswith(".passed"):
            continue
        own = [keyword.value for keyword in call.keywords if keyword.arg in ("found", "expected")]
        own += call.args[1:2] if name.endswith(".passed") else []
        for value in own:
            for part in ast.walk(value):
                texts = (
                    literals(part) if isinstance(part, ast.JoinedStr | ast.Constant) and id(part) not in both else ()
                )
                found += [f"line {call.lineno}: {text!r}" for text in texts if re.search("[a-z]{2,} +[a-z]+", text)]
    assert found == []


SHOWN = {"Diagnostic", *ERRORS}
"""What has ``found`` and ``expected``, which are shown to people."""


def is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("Phrase", "count", "more_than")


def test_words_are_what_they_are_in_english_and_keep_their_chinese() -> None:
    words = Phrase("zero bytes", "含有零字节")
    assert words == "zero bytes"
    assert (in_language(words, "en"), in_language(words, "zh"), in_language("x", "zh")) == (
        "zero bytes",
        "含有零字节",
        "x",
    )
    for again in (copy.copy(words), copy.deepcopy(words), pickle.loads(pickle.dumps(words))):
        assert (again, again.zh) == (words, words.zh)
    assert more_than(7, "cells", "in a row", "一行").zh == "一行超过7个单元格"
    assert (count(7, "bytes"), count(7, "bytes").zh) == ("7 bytes", "7字节")
    assert [foreign_words(unit) for unit in COUNTED.values()] == [[]] * len(COUNTED)
    assert set(UNITS).isdisjoint(IDENTIFIERS)


# --- the catalogue -----------------------------------------------------------------------------------------------


def catalogue() -> list[tuple[str, Mapping[Lang, str]]]:
    """All words and sentences of the package, by their keys."""
    for module in pkgutil.walk_packages(gipa_reports.__path__, "gipa_reports."):
        if not re.search(r"\.(spark|pyinstaller|__main__)\b", module.name):
            importlib.import_module(module.name)
    return [pair for words in CATALOGUE for pair in words.sentences.items()]


def test_the_catalogue_speaks_both_languages_with_the_same_places() -> None:
    sentences = catalogue()
    assert len(sentences) > 200
    for key, said in sentences:
        assert set(said) == {"en", "zh"}, key
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in said.values()]
        assert fields[0] == fields[1], key
        assert not re.search("[\u4e00-\u9fff]", re.sub("“[^”]*”|校核表", "", said["en"])), key


# --- what is really said -----------------------------------------------------------------------------------------

REFUSED: dict[str, str | bytes] = {
    "an archive": b"PK\x05\x06" + bytes(18),
    "a picture": b"\x89PNG\r\n",
    "a program": b"MZ\x90\x00",
    "zero bytes": bytes(100),
    "a file name": "report.docx",
    "an address": "https://example.org/report.html",
    "nothing": "",
    "a legacy document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_said_in_chinese(name: str) -> None:
    (problem,) = read(REFUSED[name]).diagnostics
    said = problem.message("zh").replace("report.docx", "").replace("https://example.org/report.html", "")
    assert foreign_words(said) == []
    with pytest.raises(GipaError) as raised:
        gipa_reports.parse(REFUSED[name])
    sentence = raised.value.sentence("zh").replace("report.docx", "").replace("https://example.org/report.html", "")
    assert raised.value.zh is not None
    assert foreign_words(sentence) == []


def test_the_string_of_an_error_names_cell_expected_and_found() -> None:
    with pytest.raises(WrongTypeError) as raised:
        gipa_reports.Requests.of("2021", {"received.total": "47"})  # type: ignore[call-overload]
    assert str(raised.value) == "bad-cell: requests.received.total: value takes int or Decimal, not str"
    assert raised.value.sentence("zh") == "requests.received.total：value应为int或Decimal，不是str。"
    error = ParseError("no figure", code="x", line=3, expected="a number", found="若干", zh="不是数字", cell="a.b.c")
    assert str(error) == "x: a.b.c: no figure (line 3; expected a number, found 若干)"
    assert error.sentence("zh") == "a.b.c：不是数字"


def test_an_error_has_the_sentence_of_its_code() -> None:
    error = ParseError("cut", code="figure-invalid", found=Phrase("a picture", "图片"))
    assert error.zh == "不是数字：图片。"
    assert pickle.loads(pickle.dumps(error)).zh == error.zh
    assert Diagnostic(code="figure-invalid", found=Phrase("a picture", "图片")).message("zh") == "不是数字：图片。"
    command = f"{sys.executable} -m pip install 'gipa-reports[polars]'"
    assert MissingExtraError.of("x", "polars", "polars").zh == f"需要的polars没有安装：{command}"
    problem = Diagnostic(code="missing-extra", expected="gipa-reports[polars]", found="polars")
    assert problem.message() == f"It needs polars, which is not installed: {command}"


@pytest.mark.parametrize(
    ("platform", "prompt", "python", "command"),
    [
        ("linux", None, "/opt/py/python", "/opt/py/python -m pip install 'gipa-reports[xlsx]'"),
        ("linux", None, "/my files/python", "'/my files/python' -m pip install 'gipa-reports[xlsx]'"),
        ("win32", "$P$G", r"C:\v\python.exe", r'C:\v\python.exe -m pip install "gipa-reports[xlsx]"'),
        ("win32", None, r"C:\v\python.exe", r'C:\v\python.exe -m pip install "gipa-reports[xlsx]"'),
        ("win32", "$P$G", r"C:\my v\python.exe", r'"C:\my v\python.exe" -m pip install "gipa-reports[xlsx]"'),
        ("win32", None, r"C:\工作\python.exe", r'C:\工作\python.exe -m pip install "gipa-reports[xlsx]"'),
        ("win32", None, r"C:\my v\python.exe", r'& "C:\my v\python.exe" -m pip install "gipa-reports[xlsx]"'),
    ],
)
def test_the_command_that_installs_is_that_of_the_shell(
    platform: str, prompt: str | None, python: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """cmd, which sets PROMPT, PowerShell, which has to be told to call what is in quotes, and sh."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", python)
    monkeypatch.delenv("PROMPT", raising=False)
    if prompt is not None:
        monkeypatch.setenv("PROMPT", prompt)
    assert install_command("gipa-reports[xlsx]") == command
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert install_command("gipa-reports[xlsx]").startswith("pip install ")
