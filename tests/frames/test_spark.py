"""Spark on two local cores gives the figures that ``scan`` gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gipa_reports import MissingExtraError, scan
from gipa_reports.testing.corpus import samples

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

# Spark looks at its other optional packages in its own way; its warnings are not ours.
pytestmark = pytest.mark.filterwarnings(
    "ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning"
)

COUNT = 60


def has_java() -> bool:
    java = shutil.which("java")
    return java is not None and subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if not has_java():
        pytest.skip("there is no Java, which Spark runs on")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(entry for entry in sys.path if entry))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def table(output: Path, name: str) -> Any:
    dataset = pytest.importorskip("pyarrow.dataset")
    partitioning = dataset.partitioning(pa.schema([("year", pa.int64())]), flavor="hive")
    return dataset.dataset(output / name, partitioning=partitioning).to_table()


def ordered(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(sorted(row.items())) for row in rows), key=repr)


def test_the_figures_are_those_of_scan(session: Any, tmp_path: Path) -> None:
    from gipa_reports import spark

    sources = {str(tmp_path / "in" / one.name): one.content for one in samples(COUNT)}
    sources[str(tmp_path / "in" / "junk.txt")] = b"junk"
    (tmp_path / "in").mkdir()
    for path, content in sources.items():
        Path(path).write_bytes(content)
    scan(tmp_path / "in", tmp_path / "out", workers=1)

    frame = session.createDataFrame(list(sources.items()), "source string, content binary").repartition(4)
    results = spark.scan(frame).persist()
    for name, made in (("cells", spark.cells), ("reports", spark.reports), ("problems", spark.problems)):
        expected = table(tmp_path / "out", name)
        found = made(results)
        assert sorted(found.columns) == sorted(expected.schema.names)
        assert ordered([row.asDict() for row in found.collect()]) == ordered(expected.to_pylist()), name
    results.unpersist()


def test_texts_can_be_given_too(session: Any) -> None:
    from gipa_reports import spark

    one = next(iter(samples(1)))
    frame = session.createDataFrame([("a", one.content.decode("utf-8", "replace"))], "source string, content string")
    assert spark.cells(spark.scan(frame)).count() == len(one.truth.cells())


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from gipa_reports import spark

    nothing: Any = None
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtraError, match=r"gipa-reports\[spark\]"):
        spark.scan(nothing)
