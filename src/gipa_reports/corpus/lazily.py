"""``read_folder``: many files read one at a time, without a data set in between."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from ..codes import CODES
from ..diagnostics import Diagnostic
from ..errors import ReadError
from ..frames.batch import PASSED_OVER, code_of
from ..limits import DEFAULT, Limits
from ..parsing import Reading, read_safely
from .inputs import Entry, items
from .plan import list_inputs, require_extras


def read_folder(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    limits: Limits = DEFAULT,
    passed_over: bool = False,
) -> Iterator[tuple[str, Reading]]:
    """The readings of all documents in a folder and its subfolders, sorted by name, each with its path; one at a time.

    ``inputs`` are what ``scan`` takes: a folder, a file, a glob, ``@FILE`` for a list of these, a zip or tar archive,
    JSON Lines, or several of them. Nothing is kept: what you don't hold on to is forgotten. One bad file never ends it:
    where a source can't be read, ``reading.report`` is None and ``reading.error`` says why. Files that are no documents
    (pictures, programs, our own output) are left out; with ``passed_over`` they come too, refused as ``passed-over``.

    Raises ``ScanError`` at once where there is no such path or nothing to read, ``MissingExtraError`` where an archive
    needs an extra. Unlike ``scan`` it reads in this process: what ``limits`` say of time and memory is not enforced
    from outside.
    """
    names = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    entries = list_inputs([os.fspath(name) for name in names], "")
    # What is wrong with the inputs is told when this is called, and not when the first reading is asked for.
    first = next(entries, None)
    return _readings(chain([] if first is None else [first], entries), limits, passed_over)


def _readings(entries: Iterable[Entry], limits: Limits, passed_over: bool) -> Iterator[tuple[str, Reading]]:
    for entry in entries:
        require_extras(entry)
        for item in items(entry, limits):
            problem, content = item.problem, None
            if problem is None:
                source = item.load(limits)
                problem, content = source.problem, source.content
            if problem is not None:
                if passed_over or problem.code != PASSED_OVER:
                    yield item.source, _unread(problem)
            elif content is not None:
                yield item.source, read_safely(content, limits=limits, name=item.source)


def _unread(problem: Diagnostic) -> Reading:
    """The reading of a source whose content there is not: a place or an archive that can't be opened, no document."""
    kind = code_of(problem)
    error = ReadError(
        kind.sentence(problem, "en"),
        code=problem.code,
        expected=problem.expected,
        found=problem.found,
        zh=kind.sentence(problem, "zh"),
    )
    # What only a source as such can have (a damaged archive) is the error alone: no report has it as a diagnostic.
    return Reading(None, (problem,) if problem.code in CODES else (), error=error)
