"""What type checkers see: right programs pass, wrong ones are errors where they stand, every public name has a type."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import attrs
import pytest

import gipa_reports
from documents import QUESTIONS, README, README_ZH, fenced
from places import ROOT, TESTS

SNIPPETS = TESTS / "typing"
RIGHT, WRONG = SNIPPETS / "right.py", SNIPPETS / "wrong.txt"
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

# --- the checkers ------------------------------------------------------------------------------------------------

Errors = set[tuple[str, int, str]]
"""File, line and message of what a checker says."""


def mypy(*paths: Path) -> Errors:
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml")]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = re.findall(r"^(.+?):(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    return {(Path(name).name, int(line), message) for name, line, message in found}


def pyright_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Away from the checkout: what is found there would not be taken for an installed package."""
    source = str(ROOT / "src")
    # With --verifytypes it asks the interpreter that is first on the path, whatever --pythonpath says.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": source, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=SNIPPETS)


@cache
def pyright_runs() -> bool:
    return pyright_command("--version").returncode == 0


def need_pyright() -> None:
    pytest.importorskip("pyright", reason="pyright is not installed")
    if not pyright_runs():
        pytest.skip("pyright cannot run: it needs Node.js, or fetches it with itself when it is first used")


def pyright(*paths: Path) -> Errors:
    need_pyright()
    done = pyright_command("--outputjson", *map(str, paths))
    found = json.loads(done.stdout)["generalDiagnostics"]
    return {
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1, one["message"])
        for one in found
        if one["severity"] == "error"
    }


CHECKERS = pytest.mark.parametrize("checker", [mypy, pyright], ids=["mypy", "pyright"])


@CHECKERS
def test_right_programs_pass(checker: Callable[..., Errors]) -> None:
    assert checker(RIGHT) == set()


@CHECKERS
def test_wrong_lines_are_errors_and_no_others(checker: Callable[..., Errors], tmp_path: Path) -> None:
    text = WRONG.read_text("utf-8")
    path = tmp_path / "wrong.py"
    path.write_text(text, "utf-8")
    found = {line for _, line, _ in checker(path)}
    assert found == {number for number, line in enumerate(text.splitlines(), start=1) if "# wrong" in line}


# --- the documents -----------------------------------------------------------------------------------------------

GIVEN = {
    "data.md": "from typing import Any\n\nimport pyarrow\n\nframe: Any = None\nspark: Any = None\n",
    "recipes.md": "from typing import Any\n\nframe: Any = None\n",
}
"""Document → what its code takes as given, as the words around it say."""


GO_ON = ("tutorial.md", "zh.md")
"""Documents in which each block goes on from the one before."""


def programs() -> Iterator[tuple[str, str]]:
    """The Python of the documents as programs, with a name for each: blocks that go on from one another are one."""
    for name, text in (("readme.py", README), ("readme_zh.py", README_ZH)):
        yield name, "\n\n".join(code for language, code in fenced(text) if language == "python")
    answers = [code for language, code in fenced(QUESTIONS) if language == "python"]
    yield "questions_pandas.py", "\n\n".join(answers[::2])
    yield "questions_polars.py", "\n\n".join(answers[1::2])
    for path in sorted((ROOT / "docs").glob("*.md")):
        blocks = [code for language, code in fenced(path.read_text("utf-8")) if language == "python"]
        if path.name in GO_ON:
            yield f"{path.stem}.py", "\n\n".join(blocks)
        elif path.name != "questions.md":
            for number, code in enumerate(blocks):
                yield f"{path.stem.replace('-', '_')}_{number}.py", GIVEN.get(path.name, "") + code


@CHECKERS
def test_documents_and_examples_check_as_they_stand(checker: Callable[..., Errors], tmp_path: Path) -> None:
    paths = []
    for name, code in programs():
        path = tmp_path / name
        path.write_text(code + "\n", "utf-8")
        paths.append(path)
    assert len(paths) >= 8
    assert checker(*paths, *EXAMPLES) == set()


# --- every public name -------------------------------------------------------------------------------------------


def test_every_public_symbol_has_a_type() -> None:
    """``pyright --verifytypes``: nothing is left to be inferred, which each checker would do in its own way."""
    need_pyright()
    done = pyright_command("--verifytypes", "gipa_reports", "--ignoreexternal", "--outputjson")
    report = json.loads(done.stdout)["typeCompleteness"]
    unknown = [one["name"] for one in report["symbols"] if one["isExported"] and not one["isTypeKnown"]]
    assert unknown == []
    assert report["completenessScore"] == 1


def functions(cls: type) -> Iterator[tuple[str, Any]]:
    """The methods and properties that a class of ours defines, but for those that attrs wrote."""
    for name, member in vars(cls).items():
        found = getattr(member, "__func__", member)
        found = (
            found.fget if isinstance(found, property) else found.func if isinstance(found, cached_property) else found
        )
        if inspect.isfunction(found) and found.__module__ == cls.__module__ and name != "__init__":
            yield name, found


@pytest.mark.parametrize("name", dir(gipa_reports))
def test_annotations_can_be_looked_up_at_run_time(name: str) -> None:
    found = getattr(gipa_reports, name)
    if inspect.isclass(found):
        typing.get_type_hints(found)
        if attrs.has(found):
            attrs.resolve_types(found)
            assert not any(isinstance(one.type, str) for one in attrs.fields(found))
        for _, function in functions(found):
            typing.get_type_hints(function)
    elif callable(found) and not typing.get_origin(found):
        typing.get_type_hints(found)
