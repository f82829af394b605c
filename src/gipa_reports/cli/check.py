"""``gipa-reports check``: reports set against the rules."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import click
from attrs import evolve, frozen

from ..checks import CheckResult, FindingSeverity, Peers, Status, all_rules, select_rules
from ..checks import check as check_report
from ..codes import Severity
from ..config import Config, find_config, load_config
from ..diagnostics import Location
from ..errors import CheckError, GipaError
from ..outputs import FORMATS, Checked, Lang, write_findings
from ..outputs.phrases import severity_word, stale_words, total_words, totals, verdict
from ..parsing import Reading, failed
from ..readers import picture
from ..report import Report
from ..suppressions import Ledger, Suppression, baseline_line, new_entry, read_baseline
from .bilingual import command
from .matching import Previous, named_readings
from .options import ENCODING, PATHS, check_output, formats, takes_reports
from .places import STDIN, shown_name
from .run import Run, readings, report_files
from .statistics import FORMATS as STATISTICS_FORMATS
from .statistics import write_statistics
from .writing import csv_encoding, encode, write_document

MAX_PICTURES = 4
"""Rows of a PDF file that are shown beside one finding."""
SORTS = ("path", "agency", "year", "findings")


@command(
    family="check",
    zh="""校核报告：表内勾稽、缺项漏项、正文与表格、与上年核对。

    gipa-reports explain 代码 说明某条规则检查什么。设置取自gipa-reports.toml，或pyproject.toml中的[tool.gipa-reports]。
    退出码：0 没有错误和警告（只有提示也算），1 有问题、有文件没有报告、有报告什么都未能检查或规则出错，2 用法有误，
    130 被中断。""",
    examples=(
        ("gipa-reports check drafts/ -o 校核表.xlsx", "整个文件夹，输出校核表", "a folder, as a workbook"),
        ("gipa-reports check 2023/ --previous 2022/", "与上年核对", "against the year before"),
        ("gipa-reports check draft.docx --select A", "只核对表内勾稽", "the arithmetic of the form alone"),
    ),
)
@PATHS
@takes_reports(
    ("--previous PATH", "上年报告，或存放上年报告的文件夹、通配符。",
     "The report of the year before, or a folder or glob to find it in."),
    ("--children PATH", "下属各单位的报告，其合计应等于所核对的报告。",
     "Reports of the units that add up to the one checked.", {"multiple": True}),
    ("--select CODES", "只用哪些规则：代码、代码开头或名称，例如 A,N101。",
     "Rules to run: codes, their beginnings or names, such as A,N101."),
    ("--ignore CODES", "不用哪些规则，设置文件中排除的之外。",
     "Rules to leave out, besides those that the settings leave out."),
    formats("--format format_", FORMATS, "full"),
    ENCODING,
    ("--baseline FILE", "不再列出基线文件已接受的问题。", "Leave out the findings that FILE accepts."),
    ("--write-baseline FILE", "把全部问题写入基线文件，视为已接受；须同时写明 --reason。",
     "Write all findings into FILE as accepted; needs --reason.", {"callback": check_output}),
    ("--reason TEXT", "写入基线的理由。", "Why --write-baseline accepts them."),
    ("--config FILE", "设置文件。  [默认：从当前文件夹向上查找]",
     "Settings.  [default: found from this folder upwards]"),
    ("--sort", "文件的次序；findings为问题多的在前。  [默认：按给出的次序]",
     "Order of the files, findings: those with most first.  [default: as they are named]",
     {"type": click.Choice(SORTS)}),
    ("--statistics", "只统计每条规则的问题数，不逐条列出。",
     "Count the findings of each rule in the place of listing them."),
    ("--pictures", "在网页（--format html）上显示PDF文件中有问题单元格的原样。",
     "Show on the page (--format html) how the cells of findings are printed in PDF files."),
    ("--exit-zero", "无论发现什么问题，退出码都是0；用法有误仍为2。",
     "Exit with 0 whatever is found; wrong use is 2 all the same."),
)  # fmt: skip
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
    sort: str | None,
    statistics: bool,
    pictures: bool,
    exit_zero: bool,
    run: Run,
) -> None:
    """Check reports: the arithmetic of the form, what is missing, prose against tables, year against year.

    "gipa-reports explain CODE" tells what a rule checks. Settings are read from gipa-reports.toml or the table
    [tool.gipa-reports] of pyproject.toml. Exit code: 0 no errors and no warnings (hints alone are none), 1 findings, a
    file without a report, a report of which nothing could be checked or a rule that broke, 2 wrong use.
    """
    if statistics and format_ not in STATISTICS_FORMATS:
        raise click.UsageError(run.word("statistics-format", formats=", ".join(STATISTICS_FORMATS)))
    settings = _settings(run, config, baseline, write_baseline)
    accepted = _Accepted.of(settings, baseline, write_baseline)
    rules = _with_choice(settings, select, ignore)
    checked = _check_all(run, paths, rules, previous, children, accepted.ledger)
    if not checked:
        return
    if pictures and format_ == "html":
        checked = [_with_pictures(run, one) for one in checked]
    if write_baseline is None:
        _write(run, _sorted(checked, sort), format_, accepted.ledger.stale, statistics=statistics)
    else:
        _write_baseline(run, checked, accepted, write_baseline, reason)
    if exit_zero and run.exit_code == 1:
        run.exit_code = 0


def _settings(run: Run, config: str | None, baseline: str | None, write_baseline: str | None) -> Config:
    """The settings; they are read, and so is the baseline. One that is written anew keeps what it accepts."""
    if write_baseline is not None:
        run.writes(write_baseline)
    path = Path(config) if config is not None else find_config(Path.cwd())
    settings = Config() if path is None else load_config(path)
    used = (baseline or settings.baseline) if write_baseline is None else None
    run.reads(*(str(file) for file in (path, used) if file is not None))
    return settings


def _sorted(checked: list[Checked], sort: str | None) -> list[Checked]:
    """The files in the order that is asked for; those that are alike stay as they are."""
    orders: dict[str | None, Callable[[Checked], tuple[object, ...]]] = {
        "path": lambda one: (one.source,),
        "agency": lambda one: (one.agency is None, one.agency or "", one.year or 0),
        "year": lambda one: (one.year is None, one.year or 0),
        "findings": lambda one: (-len(one.findings),),
    }
    return sorted(checked, key=orders[sort]) if sort is not None else checked


def _with_choice(settings: Config, select: str | None, ignore: str | None) -> Config:
    """``--select`` takes the place of that in the settings, ``--ignore`` comes on top. Raises ``CheckError``."""
    selected = settings.select if select is None else _codes(select)
    chosen = evolve(settings, select=selected, ignore=(*_codes(ignore), *settings.ignore))
    select_rules(chosen.select, chosen.ignore or None)
    return chosen


def _codes(text: str | None) -> tuple[str, ...]:
    """The codes that an option names, by themselves, their beginnings or their names, as "explain" takes them."""
    names = {rule.name: rule.code for rule in all_rules()}
    given = () if text is None else (code.strip() for code in text.split(","))
    return tuple(names.get(code, code.upper()) for code in given)


@frozen
class _Accepted:
    """Suppressions: by the settings and by baseline files; ``old`` are the lines of the one to be written."""

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
    run: Run, paths: tuple[str, ...], rules: Config, previous: str | None, children: tuple[str, ...], ledger: Ledger
) -> list[Checked]:
    """Every file with what the rules say; none where what is to come with them is not there or does not belong."""
    years = None if previous is None else Previous.of(run, previous)
    if run.exit_code == 2:
        return []
    files = report_files(run, paths)
    units = _units(run, files, children) if children else {}
    if children and not units:
        return []
    read = list(readings(run, files))
    terms = _Terms(rules, ledger, years, units, Peers.of(reading for _, reading in read) if len(read) > 1 else None)
    checked: list[Checked] = []
    for source, reading in read:
        try:
            checked.append(_check_one(run, source, reading, terms))
        except CheckError as error:
            run.refuse(shown_name(source), error)
            return []
    return checked


@frozen(eq=False)
class _Terms:
    """All that reports are checked by: rules, what is accepted, the year before, the units, all reports together."""

    rules: Config
    ledger: Ledger
    years: Previous | None
    units: dict[str, tuple[str, Reading]]
    peers: Peers | None


def _check_one(run: Run, source: str, reading: Reading, terms: _Terms) -> Checked:
    """A file with what the rules say. Raises ``CheckError`` where what came with it does not belong."""
    name = shown_name(source)
    if reading.report is None:
        run.fail()
        return Checked(name, reading, None)
    try:
        one, result = _by_the_rules(run, source, reading, reading.report, terms)
        _tell_of(run, one, result)
    except CheckError:
        raise
    except Exception as error:
        return _failed(run, name, error)
    return one


def _by_the_rules(
    run: Run, source: str, reading: Reading, report: Report, terms: _Terms
) -> tuple[Checked, CheckResult]:
    rules, units = terms.rules, terms.units
    before = None if terms.years is None else terms.years.find(run, source, report)
    result = check_report(
        reading,
        previous=None if before is None else before.reading,
        children={unit: part if part.report is not None else None for unit, (_, part) in units.items()},
        select=rules.select,
        ignore=rules.ignore or None,
        peers=terms.peers,
        overview_limit=rules.overview_limit,
    )
    result, suppressed = terms.ledger.apply(source, report, result)
    others = {unit: shown_name(path) for unit, (path, _) in units.items()}
    if before is not None:
        others["previous"] = shown_name(before.source)
    return Checked(shown_name(source), reading, result, suppressed, tuple(others.items())), result


def _with_pictures(run: Run, one: Checked) -> Checked:
    """A file with pictures of the cells of its findings, one of each row, where it is a PDF file."""
    if one.reading.format != "pdf" or not os.path.isfile(one.source):
        return one
    pictures: dict[str, bytes] = {}
    for finding in one.findings:
        rows: dict[tuple[int | None, float], tuple[str, Location]] = {}
        for cell in finding.cells:
            place = one.reading.locations.get(cell)
            if place is not None and place.box is not None:
                rows.setdefault((place.page, place.box[1]), (cell, place))
        for cell, place in islice(rows.values(), MAX_PICTURES):
            pictures[cell] = pictures.get(cell) or picture(Path(one.source), place, limits=run.limits)
    return evolve(one, pictures=tuple(pictures.items()))


def _failed(run: Run, name: str, error: Exception) -> Checked:
    """A file that this package failed at."""
    reading = failed(error, name)
    run.tell(name, reading.diagnostics)
    return Checked(name, reading, None)


def _units(run: Run, files: list[str], children: tuple[str, ...]) -> dict[str, tuple[str, Reading]]:
    """The units of the one report; empty where there is not one report, or no unit."""
    if len(files) != 1:
        run.wrong_use("check", "one-parent", n=len(files))
        return {}
    units = named_readings(run, children, leave_out=files[0])
    if not units and run.exit_code != 2:
        run.wrong_use(children[0], "no-match")
    return units


def _tell_of(run: Run, one: Checked, result: CheckResult) -> None:
    """Say on stderr what the findings can't: a rule that broke, a report of which nothing could be checked."""
    for outcome in result.unchecked:
        if outcome.status is Status.ERRORED:
            message = run.word("rule-errored", code=outcome.code, why=outcome.note)
            run.say(one.source, Severity.ERROR, "rule-errored", message)
            run.fail()
    why = verdict(one, run.lang)
    if why is not None and result.unchecked:
        run.say(one.source, Severity.WARNING, "nothing-checked", why)
        run.fail()
    elif why is not None:
        run.say(one.source, Severity.INFO, "nothing-applies", why)


# --- writing -------------------------------------------------------------------------------------------------------


def _write(
    run: Run, checked: Sequence[Checked], format: str, stale: Sequence[Suppression], *, statistics: bool
) -> None:
    if any(finding.severity is not FindingSeverity.HINT for one in checked for finding in one.findings):
        run.fail()
    if statistics:
        document: str | bytes = write_statistics(checked, format, run.lang)
    else:
        document, checked = _document(run, checked, format, stale)
    write_document(run.output, document if isinstance(document, bytes) else _encoded(run, document, format))
    if format != "full" or statistics:  # else they stand in the document
        _tell_rest(run, checked, stale)


def _encoded(run: Run, document: str, format: str) -> bytes:
    """A document as it is written: coloured on a terminal, and CSV in the encoding that is asked for."""
    if format == "csv":
        return encode(document, csv_encoding(run.output, run.encoding))
    terminal = run.output in (None, STDIN) and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return encode(_coloured(document, run.lang) if terminal and format == "full" else document)


def _tell_rest(run: Run, checked: Sequence[Checked], stale: Sequence[Suppression]) -> None:
    """Say on stderr what is stale, and the totals where some of them can't be seen in the findings."""
    for entry in stale:
        place = entry.origin if entry.line is None else f"{entry.origin}:{entry.line}"
        run.say(shown_name(place), Severity.WARNING, "stale-suppression", stale_words(entry, run.lang))
    counts = totals(checked)
    if any(counts[name] for name in ("suppressed", "open", "unread")):
        click.echo(total_words(checked, stale, run.lang), err=True)


def _document(
    run: Run, checked: Sequence[Checked], format: str, stale: Sequence[Suppression]
) -> tuple[str | bytes, Sequence[Checked]]:
    """The findings as they are written; a file that can't be written of is one that could not be checked."""
    try:
        return write_findings(checked, format, run.lang, stale, tuple(run.passed_over.values())), checked
    except GipaError:
        raise
    except Exception:
        checked = [_tried(run, one, format) for one in checked]
        return write_findings(checked, format, run.lang, stale, tuple(run.passed_over.values())), checked


def _tried(run: Run, one: Checked, format: str) -> Checked:
    try:
        write_findings([one], format, run.lang)
    except Exception as error:
        return _failed(run, one.source, error)
    return one


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
                run.wrong_use("check", "no-reason")
                return
            assert one.reading.report is not None
            entry = new_entry(one.source, one.reading.report, finding, reason.strip())
            new[entry.fingerprint or ""] = baseline_line(entry, finding)
    # A file without a line would not be written at all.
    write_document(target, "".join([*kept, *new.values()]) or "\n")
    counts = {"new": len(new), "kept": len(kept), "gone": len(accepted.old) - len(kept)}
    message = run.word("baseline-written", **counts)
    run.say(shown_name(target), Severity.INFO, "baseline-written", message)
