"""``gipa-reports check``: reports set against the rules."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from attrs import frozen

from ..checks import CheckResult, FindingSeverity, Peers, Status, all_rules, select_rules
from ..checks import check as check_report
from ..config import Config, find_config, load_config
from ..diagnostics import Severity
from ..errors import CheckError, LimitError, MissingExtraError
from ..outputs import FORMATS, Checked, write_findings
from ..outputs.phrases import severity_word, stale_words, total_words, totals, verdict
from ..parsing import Reading
from ..suppressions import Ledger, Suppression, baseline_line, new_entry, read_baseline
from .matching import Previous, named_readings
from .run import (
    PATHS,
    STDIN,
    Lang,
    Run,
    check_output,
    encode,
    open_output,
    readings,
    report_files,
    shown_name,
    takes_reports,
)

_WORDS: dict[str, dict[Lang, str]] = {
    "one-parent": {
        "en": "--children are the units of one report, not of {n}.",
        "zh": "--children 只用于核对一份报告，这里有{n}份。",
    },
    "no-reason": {
        "en": "A baseline needs a reason for what it accepts: --reason TEXT.",
        "zh": "写入基线必须说明理由：--reason 理由。",
    },
    "baseline-written": {
        "en": "{new} findings accepted, {kept} kept from before, {gone} stale ones dropped.",
        "zh": "新接受{new}处，保留原有{kept}处，删除失效{gone}处。",
    },
    "rule-errored": {"en": "The rule {code} broke: {why}", "zh": "规则{code}出错：{why}"},
}

_TELL_THEMSELVES = ("full", "github")
"""Formats for people that end with the totals and name what is stale."""


@click.command()
@PATHS
@click.option("--previous", metavar="PATH", help="The report of the year before, or a folder or glob to find it in.")
@click.option("--children", metavar="PATH", multiple=True, help="Reports of the units that add up to the one checked.")
@click.option("--select", metavar="CODES", help="Rules to run: codes, their beginnings or names, such as A,N101.")
@click.option("--ignore", metavar="CODES", help="Rules to leave out, besides those that the settings leave out.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--baseline", metavar="FILE", help="Leave out the findings that FILE accepts.")
@click.option(
    "--write-baseline",
    metavar="FILE",
    callback=check_output,
    help="Write all findings into FILE as accepted; needs --reason.",
)
@click.option("--reason", metavar="TEXT", help="Why --write-baseline accepts them.")
@click.option("--config", metavar="FILE", help="Settings.  [default: found from this folder upwards]")
@takes_reports
def check(
    paths: tuple[str, ...],
    previous: str | None,
    children: tuple[str, ...],
    select: str | None,
    ignore: str | None,
    format_: str,
    baseline: str | None,
    write_baseline: str | None,
    reason: str | None,
    config: str | None,
    run: Run,
) -> None:
    """Check reports: the arithmetic of the form, what is missing, prose against tables, year against year.

    "gipa-reports explain CODE" tells what a rule checks. Settings are read from gipa-reports.toml or the table
    [tool.gipa-reports] of pyproject.toml. Exit code: 0 no errors and no warnings (hints alone are none), 1 findings, a
    file without a report, a report of which nothing could be checked or a rule that broke, 2 wrong use.
    """
    try:
        path = Path(config) if config is not None else find_config(Path.cwd())
        settings = Config() if path is None else load_config(path)
        accepted = _Accepted.of(settings, baseline, write_baseline)
        rules = _Rules.of(settings, select, ignore)
        checked = _check_all(run, paths, rules, previous, children, accepted.ledger)
        if not checked:
            return
        if write_baseline is None:
            _write(run, checked, format_, accepted.ledger.stale)
        else:
            _write_baseline(run, checked, accepted, write_baseline, reason)
    except (CheckError, LimitError, MissingExtraError) as error:
        run.refuse("check", error)


@frozen
class _Rules:
    """Which rules run over which file."""

    settings: Config
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]

    @classmethod
    def of(cls, settings: Config, select: str | None, ignore: str | None) -> _Rules:
        """``--select`` takes the place of that in the settings, ``--ignore`` comes on top. Raises ``CheckError``."""
        rules = cls(settings, settings.select if select is None else _codes(select), _codes(ignore))
        select_rules(rules.select, rules.ignore)
        return rules

    def ignored(self, source: str) -> tuple[str, ...] | None:
        return (*self.ignore, *self.settings.ignored(source)) or None


def _codes(text: str | None) -> tuple[str, ...]:
    """The codes that an option names, by themselves, their beginnings or their names, as "explain" takes them."""
    names = {rule.name: rule.code for rule in all_rules()}
    given = () if text is None else (code.strip() for code in text.split(","))
    return tuple(names.get(code, code.upper()) for code in given)


@frozen
class _Accepted:
    """What is suppressed: by the settings and by baseline files; ``old`` are the lines of the one to be written."""

    ledger: Ledger
    old: dict[Suppression, str]

    @classmethod
    def of(cls, settings: Config, baseline: str | None, target: str | None) -> _Accepted:
        used = baseline or settings.baseline
        entries = {} if used is None else read_baseline(used)
        old = read_baseline(target) if target is not None and os.path.exists(target) else {}
        return cls(Ledger(tuple(dict.fromkeys((*settings.suppressions, *entries, *old)))), old)


# --- checking ------------------------------------------------------------------------------------------------------


def _check_all(
    run: Run, paths: tuple[str, ...], rules: _Rules, previous: str | None, children: tuple[str, ...], ledger: Ledger
) -> list[Checked]:
    """Every file with what the rules say; none where what is to come with them is not there or does not belong."""
    years = None if previous is None else Previous.of(run, previous)
    if run.exit_code == 2:
        return []
    files = report_files(run, paths)
    units = _units(run, files, children) if children else {}
    if children and not units:
        return []
    checked: list[Checked] = []
    read = list(readings(run, files))
    peers = Peers.of(reading for _, reading in read) if len(read) > 1 else None
    for source, reading in read:
        name = shown_name(source)
        if reading.report is None:
            run.exit_code = max(run.exit_code, 1)
            checked.append(Checked(name, reading, None))
            continue
        before = None if years is None else years.find(run, source, reading.report)
        try:
            result = check_report(
                reading,
                previous=None if before is None else before.reading,
                children={unit: part if part.report is not None else None for unit, (_, part) in units.items()},
                select=rules.select,
                ignore=rules.ignored(source),
                peers=peers,
                overview_limit=rules.settings.overview_limit,
            )
        except CheckError as error:
            run.refuse(name, error)
            return []
        result, suppressed = ledger.apply(source, reading.report, result)
        others = {unit: shown_name(path) for unit, (path, _) in units.items()}
        if before is not None:
            others["previous"] = shown_name(before.source)
        checked.append(Checked(name, reading, result, suppressed, tuple(others.items())))
        _tell_of(run, checked[-1], result)
    return checked


def _units(run: Run, files: list[str], children: tuple[str, ...]) -> dict[str, tuple[str, Reading]]:
    """The units of the one report; empty where there is not one report, or no unit."""
    if len(files) != 1:
        run.exit_code = 2
        run.say("check", Severity.ERROR, "one-parent", _WORDS["one-parent"][run.lang].format(n=len(files)))
        return {}
    units = named_readings(run, children, leave_out=files[0])
    if not units and run.exit_code != 2:
        run.wrong_use(children[0], "no-match")
    return units


def _tell_of(run: Run, one: Checked, result: CheckResult) -> None:
    """Say on stderr what the findings can't: a rule that broke, a report of which nothing could be checked."""
    for outcome in result.unchecked:
        if outcome.status is Status.ERRORED:
            message = _WORDS["rule-errored"][run.lang].format(code=outcome.code, why=outcome.note)
            run.say(one.source, Severity.ERROR, "rule-errored", message)
            run.exit_code = max(run.exit_code, 1)
    why = verdict(one, run.lang)
    if why is not None and result.unchecked:
        run.say(one.source, Severity.WARNING, "nothing-checked", why)
        run.exit_code = max(run.exit_code, 1)
    elif why is not None:
        run.say(one.source, Severity.INFO, "nothing-applies", why)


# --- writing -------------------------------------------------------------------------------------------------------


def _write(run: Run, checked: Sequence[Checked], format: str, stale: Sequence[Suppression]) -> None:
    if any(finding.severity is not FindingSeverity.HINT for one in checked for finding in one.findings):
        run.exit_code = max(run.exit_code, 1)
    document = write_findings(checked, format, run.lang, stale)
    if isinstance(document, str):
        terminal = run.output in (None, STDIN) and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        document = encode(_coloured(document, run.lang) if terminal and format == "full" else document)
    with open_output(run.output) as stream:
        stream.write(document)
    if format in _TELL_THEMSELVES:
        return
    for entry in stale:
        place = entry.origin if entry.line is None else f"{entry.origin}:{entry.line}"
        run.say(shown_name(place), Severity.WARNING, "stale-suppression", stale_words(entry, run.lang))
    counts = totals(checked)
    if any(counts[name] for name in ("suppressed", "open", "unread")):
        click.echo(total_words(checked, stale, run.lang), err=True)


_COLOURS = {FindingSeverity.ERROR: "red", FindingSeverity.WARNING: "yellow", FindingSeverity.HINT: "cyan"}


def _coloured(text: str, lang: Lang) -> str:
    words = {severity_word(severity, lang): colour for severity, colour in _COLOURS.items()}
    head = re.compile(rf"(?<=: )({'|'.join(words)})(?= [A-Z]\d)")
    return "\n".join(
        head.sub(lambda match: click.style(match[0], fg=words[match[0]], bold=True), line, count=1)
        if line.startswith("  ") and not line.startswith("   ")
        else line
        for line in text.split("\n")
    )


def _write_baseline(run: Run, checked: Sequence[Checked], accepted: _Accepted, target: str, reason: str | None) -> None:
    """All findings that nothing suppresses yet are added to the baseline file, those that are stale leave it."""
    stale = set(accepted.ledger.stale)
    kept = [line for entry, line in accepted.old.items() if entry not in stale]
    new: dict[str, str] = {}
    for one in checked:
        for finding in one.findings:
            if not (reason and reason.strip()):
                run.exit_code = 2
                run.say("check", Severity.ERROR, "no-reason", _WORDS["no-reason"][run.lang])
                return
            assert one.reading.report is not None
            entry = new_entry(one.source, one.reading.report, finding, reason.strip())
            new[entry.fingerprint or ""] = baseline_line(entry, finding)
    with open_output(target) as stream:
        # A file without a line would not be written at all.
        stream.write(encode("".join([*kept, *new.values()]) or "\n"))
    counts = {"new": len(new), "kept": len(kept), "gone": len(accepted.old) - len(kept)}
    message = _WORDS["baseline-written"][run.lang].format(**counts)
    run.say(shown_name(target), Severity.INFO, "baseline-written", message)
