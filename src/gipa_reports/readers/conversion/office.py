"""LibreOffice: where it is, and one run of it, in a folder of its own, bounded in time and in what it writes.

It is started without a window, with settings of its own that run no macros and fetch nothing, on a copy of the file.
"""

from __future__ import annotations

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ...document import FormatName
from ...errors import ReadError
from ...limits import Limits
from ...messages import Phrase, more_than

VARIABLE = "GIPA_REPORTS_SOFFICE"
"""Names the program where it is in none of the usual places."""

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/var/lib/flatpak/exports/bin/org.libreoffice.LibreOffice",
)
_FOLDERS_OF_WINDOWS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "LOCALAPPDATA")
"""Variables that name the folders in which programs are installed."""

_FILTERS: dict[FormatName, str] = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}

_LOOK_EVERY = 0.1
"""Seconds between two looks at the time and at what was written."""

_ENTRY = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    # Whatever should still ask for an address gets no further than this computer.
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{name}ProxyName", "127.0.0.1") for name in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{name}ProxyPort", "9") for name in ("HTTP", "HTTPS", "FTP")),
)
"""Settings made: part of the settings, name, value. Nothing is run, and nothing is fetched."""


def find_office() -> str | None:
    """Return the path of LibreOffice: what the variable names, else on the ``PATH``, else in its usual places."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in _NAMES)
    return next((found for found in (*on_path, *_usual_places()) if found is not None and os.path.isfile(found)), None)


def _usual_places() -> Iterator[str]:
    """Yield the paths at which installers put the program, of those that exist."""
    folders = (os.environ.get(name) for name in _FOLDERS_OF_WINDOWS)
    windows = (str(Path(folder) / "LibreOffice" / "program" / "soffice.exe") for folder in folders if folder)
    for pattern in (*windows, *_USUAL_PLACES):
        yield from sorted(glob.glob(os.path.expanduser(pattern)))


def convert(content: bytes, suffix: str, target: FormatName, limits: Limits) -> bytes:
    """Return a file in another format; see ``read_document`` for what is raised."""
    office = find_office()
    if office is None:
        raise ReadError(
            "LibreOffice was not found, which has to convert this file; install it, or name it in " + VARIABLE,
            code="no-converter",
            expected="LibreOffice",
            found=suffix,
        )
    # Its lock files may outlive it for a moment, on Windows.
    with tempfile.TemporaryDirectory(prefix="gipa-reports-", ignore_cleanup_errors=True) as folder:
        source, output = Path(folder, f"source.{suffix}"), Path(folder, "out")
        source.write_bytes(content)
        _write_settings(Path(folder, "profile"))
        output.mkdir()
        _run(_command(office, Path(folder), source, target), Path(folder), limits)
        made = output / f"source.{target}"
        if not made.is_file():
            raise _not_converted(Phrase("it wrote no file", "没有输出文件"))
        if made.stat().st_size > limits.bytes:
            raise limits.passed("bytes", more_than(limits.bytes, "bytes"))
        return made.read_bytes()


def _command(office: str, folder: Path, source: Path, target: FormatName) -> list[str]:
    profile = (folder / "profile").resolve().as_uri()
    options = "--headless --invisible --norestore --nologo --nodefault --nolockcheck --nofirststartwizard".split()
    conversion = ["--convert-to", _FILTERS[target], "--outdir", str(folder / "out"), str(source)]
    return [office, f"-env:UserInstallation={profile}", *options, *conversion]


def _write_settings(profile: Path) -> None:
    """Write the settings that a run begins with."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    entries = "".join(_ENTRY.format(part, name, value) for part, name, value in _SETTINGS)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{entries}</oor:items>',
        "utf-8",
    )


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    """Run LibreOffice to its end, or to that of its time or room; nothing that it started outlives it."""
    until = time.monotonic() + limits.conversion_seconds
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that the user installed, on a file that we wrote
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(folder),
            **_apart(),
        )
    except OSError as error:
        raise _not_converted(Phrase(str(error.strerror or error), "无法启动")) from None
    try:
        while True:
            try:
                process.wait(_LOOK_EVERY)
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    seconds = limits.conversion_seconds
                    raise limits.passed(
                        "conversion_seconds", Phrase(f"more than {seconds:g} seconds", f"超过{seconds:g}秒")
                    ) from None
                if _size(folder) > limits.bytes + limits.unzipped_bytes:
                    raise limits.passed("bytes", more_than(limits.bytes, "bytes")) from None
    finally:
        _end(process)
    if process.returncode:
        raise _not_converted(Phrase(f"it ended with {process.returncode}", f"退出码为{process.returncode}"))


def _environment(folder: Path) -> dict[str, str]:
    """Return the variables of the process: its temporary files are in ``folder`` too."""
    variables = {**os.environ, "TMPDIR": str(folder), "TMP": str(folder), "TEMP": str(folder)}
    if getattr(sys, "frozen", False):
        # PyInstaller puts the libraries of the program file before those of the system, and keeps these here.
        variables["LD_LIBRARY_PATH"] = variables.pop("LD_LIBRARY_PATH_ORIG", "")
    return variables


def _apart() -> dict[str, Any]:
    """Return how a process is started in a group of its own, so that it ends with all that it started."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _size(folder: Path) -> int:
    """Return the bytes of all files in a folder; what goes away meanwhile does not count."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(path, name)).st_size
            except OSError:
                continue
    return total


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, whether it has ended itself or not."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - a program of the system
    else:
        with suppress(ProcessLookupError, PermissionError):  # All of them may be gone.
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _not_converted(found: Phrase) -> ReadError:
    return ReadError(
        f"LibreOffice could not convert the file: {found}",
        code="not-converted",
        expected=Phrase("a file that LibreOffice opens", "LibreOffice能打开的文件"),
        found=found,
    )
