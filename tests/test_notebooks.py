"""The notebooks run from top to bottom, as a person would run them, and are kept without outputs."""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from places import ROOT

NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))
NEEDS = {"one_report": ("pandas", "pyarrow"), "panel": ("pandas", "pyarrow", "matplotlib")}


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return found


def need(*packages: str) -> None:
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def test_there_are_two() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(NEEDS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_are_kept_without_outputs(path: Path) -> None:
    """So that what changes in one can be seen, and nothing stands there that was true once."""
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert code
    assert [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids)


def run(path: Path) -> list[object]:
    """Run the cells one after the other; what their last lines are, as a notebook would show them."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for cell in cells(path):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body[-1]
        if isinstance(last, ast.Expr):
            tree.body.pop()
        exec(compile(tree, path.name, "exec"), namespace)  # noqa: S102 - the code is our own
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), path.name, "eval"), namespace))  # noqa: S307
    return [one for one in shown if one is not None]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("folder", [ROOT, ROOT / "examples" / "notebooks"], ids=["top", "beside"])
def test_they_run(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need(*NEEDS[path.stem])
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(folder)
    shown = run(path)
    assert len([one for one in shown if hasattr(one, "_repr_html_")]) >= 5
    output = capsys.readouterr().out
    if path.stem == "panel":
        assert "refused" not in output
        assert "澄江区卫生健康局 2022" in output  # the planted fault
        assert repr(shown[-2]).startswith("<CheckResult: 1 finding;")  # the fault of the bureau, in the sum
    else:
        assert "建议：" in output


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_run_in_jupyter(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("nbclient", "ipykernel", *NEEDS[path.stem])
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert any("gipa-report" in output.get("data", {}).get("text/html", "") for output in outputs)
