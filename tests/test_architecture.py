"""The layers of the package: no import runs upward, nothing heavy is loaded early, labels have one home."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gipa_reports.template import FORMS, HEADINGS, forms
from gipa_reports.template.labels import normalise
from places import ROOT

PACKAGE = ROOT / "src" / "gipa_reports"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "document": 0,
    "grid": 0,
    "brief": 0,
    "lazy": 0,
    "errors": 0,
    "limits": 0,
    "memo": 0,
    "safe_text": 0,
    "own_output": 0,
    "codes": 0,
    "diagnostics": 0,
    "messages": 0,
    "template": 0,
    "report": 0,
    "readers": 1,
    "parsing": 2,
    "checks": 3,
    "frames": 3,
    "notebook": 4,
    "renderers": 3,
    "serialize": 3,
    "schema": 3,
    "suppressions": 4,
    "config": 4,
    "outputs": 4,
    "corpus": 4,
    "pyinstaller": 4,
    "spark": 4,
    "summary": 4,
    "testing": 4,
    "cli": 4,
    "__main__": 5,
}
"""Top-level name → its floor. A module imports from its own floor and from those below."""

TOP = 4
"""Where the package itself stands."""

ORDER_OF_THE_GROUND_FLOOR = (
    "brief",
    "lazy",
    "messages",
    "errors",
    "limits",
    "memo",
    "safe_text",
    "own_output",
    "codes",
    "diagnostics",
    "document",
    "template",
    "grid",
    "report",
)
"""On the ground floor too each name imports only names before it."""

HANDED_ON = {"in_notebook": "notebook", "to_frame": "frames", "to_text": "outputs", "to_html": "outputs"}
"""Method → the package above that does what it promises; ``in_notebook`` is the ``_repr_html_`` of each class.

People, and notebooks, ask the object itself for these. The import runs when the method is called, never when the module
loads; a method of another name may not do so.
"""

SPEAKS_OF_LABELS = {
    "testing/strategies/texts.py": "makes hostile prose on purpose, labels in mark-up included; all are inputs",
    "testing/strategies/prose.py": "the same",
    "outputs/rules_zh.py": "explains the rules to people in Chinese, as their docstrings do in English",
}
"""Modules in whose literals labels may stand, none of which is compared with, and why."""

HEAVY = (
    "lark",
    "cattrs",
    "selectolax",
    "click",
    "hypothesis",
    "pyarrow",
    "pandas",
    "polars",
    "pyspark",
    "rich",
    "warcio",
    "docx",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "PyInstaller",
)
"""Packages that the first call loads which needs them, not ``import gipa_reports``."""


def name_of(path: Path) -> str:
    """The top-level name that a module belongs to (``readers`` for ``readers/html.py``); empty for the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def full_names(statement: ast.Import | ast.ImportFrom, package: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What ``statement``, in a module of ``package``, imports: dotted names, cut at the dots."""
    if isinstance(statement, ast.Import):
        return [tuple(alias.name.split(".")) for alias in statement.names]
    base = package[: len(package) - statement.level + 1] if statement.level else ()
    base += tuple(statement.module.split(".")) if statement.module else ()
    return [(*base, alias.name) for alias in statement.names]


def imports(path: Path) -> Iterator[tuple[str, str | None, int]]:
    """Top-level name of each module of ours that ``path`` imports, the function it happens in, and the line."""
    package = ("gipa_reports", *path.relative_to(PACKAGE).parent.parts)

    def visit(node: ast.AST, function: str | None) -> Iterator[tuple[str, str | None, int]]:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Import | ast.ImportFrom):
                for names in full_names(child, package):
                    if names[0] == "gipa_reports":
                        yield (names[1] if len(names) > 1 else ""), inside, child.lineno
            yield from visit(child, inside)

    return visit(ast.parse(path.read_text("utf-8")), None)


def test_every_module_has_a_floor() -> None:
    assert {name_of(path) for path in MODULES} - {""} <= FLOORS.keys()
    assert {name for name, floor in FLOORS.items() if floor == 0} == set(ORDER_OF_THE_GROUND_FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_import_runs_upward(path: Path) -> None:
    name = name_of(path)
    if not name:
        return  # the package itself stands above all
    upward = []
    for imported, function, line in imports(path):
        if function is not None and HANDED_ON.get(function) == imported:
            continue
        # What is no module is a name of the package itself (`from gipa_reports import parse`): only the entrances, on
        # the upper floors, use the package as its users do.
        if FLOORS.get(imported, TOP) > FLOORS[name]:
            upward.append(f"line {line}: {name} imports {imported or 'the package'}")
    assert upward == []


def test_the_ground_floor_has_an_order() -> None:
    order = {name: index for index, name in enumerate(ORDER_OF_THE_GROUND_FLOOR)}
    backward = [
        f"{path.relative_to(PACKAGE)}:{line} imports {imported}"
        for path in MODULES
        for imported, _, line in imports(path)
        if name_of(path) in order and order.get(imported, -1) > order[name_of(path)]
    ]
    assert backward == []


def test_floors_three_do_not_know_each_other() -> None:
    """A renderer needs no JSON, JSON no renderer, and checks neither."""
    for path in MODULES:
        found = {imported for imported, _, _ in imports(path)}
        if name_of(path) == "checks":
            assert found.isdisjoint({"renderers", "serialize"}), path
        if name_of(path) == "renderers":
            assert "serialize" not in found, path
        if name_of(path) == "serialize":
            assert "renderers" not in found, path


def test_what_is_handed_on_is_handed_on_by_methods_alone() -> None:
    """Each of these methods is one of a class below, and hands on to one package."""
    found = {
        (inside, imported)
        for path in MODULES
        for imported, inside, _ in imports(path)
        if inside in HANDED_ON and FLOORS[name_of(path)] < FLOORS[imported]
    }
    assert found == set(HANDED_ON.items())


def test_import_loads_nothing_heavy() -> None:
    code = f"import sys, gipa_reports; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_heavy_packages_are_named_rightly() -> None:
    """Lest the test above look for names that nothing has. ``typing_extensions`` is imported by type checkers alone."""
    found: set[str] = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    third_party = found - set(sys.stdlib_module_names) - {"gipa_reports", "attrs", "typing_extensions"}
    assert third_party <= set(HEAVY)


# --- labels stand in the template alone --------------------------------------------------------------------------


def label_texts() -> set[str]:
    """Every label and alias of the form, and the headings, as they are compared."""
    texts = {heading.label for heading in HEADINGS}
    for form in FORMS.values():
        texts.update(text for span in form.spans for text in (span.label, *span.aliases))
        for block in form.blocks:
            texts.update([block.head.label] if block.head is not None else [])
            texts.update(text for column in block.columns for text in (column.label, *column.aliases, column.span))
            texts.update(text for row in block.rows for text in (row.label, *row.aliases))
    for caption in (forms.INFORMATION, forms.CORNER, forms.APPLICANTS, forms.ORGANISATIONS, forms.LITIGATION):
        texts.update((caption.label, *caption.aliases))
    return {normalise(text) for text in texts} - {""}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module with their lines, docstrings and the pages of rules (``page=``) left out."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "page"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


OUTSIDE_THE_TEMPLATE = [
    path
    for path in MODULES
    if name_of(path) != "template" and path.relative_to(PACKAGE).as_posix() not in SPEAKS_OF_LABELS
]


@pytest.mark.parametrize("path", OUTSIDE_THE_TEMPLATE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_labels_stand_in_the_template_alone(path: Path) -> None:
    """Labels of three characters or more may not occur within a literal; shorter ones (其他, 规章) may not be one."""
    labels = label_texts()
    long = {label for label in labels if len(label) >= 3}
    found = [
        f"line {line}: {text!r}"
        for line, text in literals(path)
        if (key := normalise(text)) in labels or any(label in key for label in long)
    ]
    assert found == []


def test_the_search_for_labels_finds_them(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""规章 in a docstring."""\nX = "规章"\nY = f"{X}自然人"\n', "utf-8")
    assert [text for _, text in literals(module)] == ["规章", "自然人"]
    assert {"规章", "自然人", "收到和处理政府信息公开申请情况"} <= label_texts()


def test_what_is_remembered_of_sources_can_be_forgotten() -> None:
    """No bounded memory but those that ``forget_memos`` knows."""
    own = [str(path.relative_to(PACKAGE)) for path in MODULES if "lru_cache" in path.read_text(encoding="utf-8")]
    assert own == ["memo.py"]


def test_every_public_name_has_its_home() -> None:
    """Names are loaded when first used; each in ``__all__`` is found, and nothing else is promised."""
    import gipa_reports

    assert set(gipa_reports._HOMES) == set(dir(gipa_reports)) - {"__version__"}
    for name in dir(gipa_reports):
        assert getattr(gipa_reports, name) is not gipa_reports, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gipa_reports.nothing  # type: ignore[attr-defined]
