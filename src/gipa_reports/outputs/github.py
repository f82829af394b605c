"""Commands of GitHub Actions, which shows each finding beside the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..checks import FindingSeverity
from ..diagnostics import Location
from ..safe_text import printable
from ..suppressions import Suppression
from . import Checked, Lang
from .phrases import advice, place_of, rules_by_code, stale_words, total_words, verdict
from .wording import rule_name

_COMMANDS = {
    FindingSeverity.ERROR: "error",
    FindingSeverity.WARNING: "warning",
    FindingSeverity.HINT: "notice",
}


def write(checked: Sequence[Checked], lang: Lang, stale: Sequence[Suppression]) -> str:
    """A command for each finding, each file that could not be checked and each stale suppression; last, the totals."""
    return "".join(f"{line}\n" for line in _lines(checked, lang, stale))


def _lines(checked: Sequence[Checked], lang: Lang, stale: Sequence[Suppression]) -> Iterator[str]:
    rules = rules_by_code()
    for one in checked:
        for finding in one.findings:
            title = f"{finding.code} {rule_name(finding.code, rules, lang)}"
            message = "\n".join([finding.message(lang), *advice(finding, lang)])
            yield _command(_COMMANDS[finding.severity], one.source, place_of(one, finding), title, message)
        why = verdict(one, lang)
        if why is not None:
            yield _command("error" if one.result is None else "warning", one.source, None, "check", why)
    for entry in stale:
        line = None if entry.line is None else Location(entry.line, None, "")
        yield _command("warning", entry.origin, line, "check", stale_words(entry, lang))
    yield total_words(checked, stale, lang)


def _command(command: str, path: str, location: Location | None, title: str, message: str) -> str:
    numbers = {} if location is None or location.line is None else {"line": location.line, "col": location.column}
    given = {"file": path, **numbers, "title": title}
    # GitHub reads the properties up to "::", parted by commas, and takes % for the start of an escape.
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in given.items() if value is not None)
    return f"::{command} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return "%0A".join(printable(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
