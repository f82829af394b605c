"""Sessions for each thing that decides whether a change is good: ``nox -l`` lists them, ``nox -s tests`` runs one.

Each session makes its own environment; ``nox -R`` uses the one of the last run again. What is behind ``--`` goes to the
program: ``nox -s tests -- -x tests/test_cli.py``. ``.ci/run`` runs the same without nox.
"""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.error_on_missing_interpreters = False

CHECKED = ("src", "tests", "examples", "benchmarks")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@nox.session
def lint(session: nox.Session) -> None:
    """Lint and check the format; ``nox -s lint -- --fix`` mends what can be mended."""
    session.install("ruff>=0.9")
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", *(() if "--fix" in session.posargs else ("--check",)), ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of everything, strictly."""
    session.install("-e", ".[dev]")
    session.run("mypy", "--strict", *(session.posargs or CHECKED))


@nox.session
def typing(session: nox.Session) -> None:
    """Check what users' type checkers see of the public names (pyright needs Node.js or fetches it)."""
    session.install("-e", ".[dev]")
    session.run("pytest", "tests/test_typing.py", *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run all tests."""
    session.install("-e", ".[dev]")
    session.run("pytest", *session.posargs)


@nox.session
def light(session: nox.Session) -> None:
    """Run the tests in an environment without Spark: those that need it are skipped, and say so."""
    session.install("-e", ".[dev-light]")
    session.run("pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests and say which lines and branches they leave out."""
    session.install("-e", ".[dev]")
    session.run("pytest", "--cov", "--cov-report=term-missing", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build a wheel, install it away from the checkout, and use it."""
    session.install("build")
    folder = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "build", "--wheel", "--outdir", str(folder), ".", silent=True)
    (built,) = folder.glob("*.whl")
    session.install(f"{built}[cli]")
    example = str(Path("examples/subdistrict_2023.txt").resolve())
    session.chdir(folder)
    session.run("gipa-reports", "--version")
    session.run("gipa-reports", "parse", example, "--format", "text", silent=True)
    built.unlink()


@nox.session
def docs(session: nox.Session) -> None:
    """Generate the pages that are generated, and build the documentation with warnings as errors."""
    session.install("-e", ".[dev]")
    session.run("python", "docs/_generate.py")
    session.run("sphinx-build", "-W", "--keep-going", "docs", "build/docs", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the speed of parsing, or what is named: ``nox -s bench -- bench_docx.py bench_pdf.py``."""
    session.install("-e", ".[dev]")
    for name in session.posargs or ("bench_stream.py", "bench_import.py"):
        session.run("python", f"benchmarks/{name}")


@nox.session
def extractors(session: nox.Session) -> None:
    """Run popular tools over our own reports, read what they write, and write ``docs/extractors.md``."""
    session.install("-e", ".[all,extractors]")
    page = ("--page", "docs/extractors.md") if not session.posargs else ()
    session.run("python", "benchmarks/extractor_suite.py", "build/extractors", *page, *session.posargs)
