"""Start the command line: ``gipa-reports``, or ``python -m gipa_reports``."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; without the extra ``cli``, say how to install it and exit with 2."""
    open_closed_streams()
    show_what_streams_cannot()
    try:
        from .cli import cli
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        from .errors import install_command

        command = install_command("gipa-reports[cli]")
        print(f"gipa-reports: the command line needs click, which is not installed: {command}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        cli(prog_name="gipa-reports")
    except OSError as error:
        if error.filename is not None:
            raise
        # Of what click prints by itself, such as --help; what a command can't write, it tells itself.
        print(f"gipa-reports: cannot write: {error.strerror}", file=sys.stderr)
        sys.exit(1)
    finally:
        let_go_of_stdout()


def open_closed_streams() -> None:
    """Put something in the place of each standard stream that was closed by whoever started this process.

    Or the next file that is opened would get its number, and be written to. Reading and writing fail there as they
    would on a closed stream, and are told as any failure is; only what is said on stderr goes nowhere.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # The lowest number that is free is the stream's own.
            opened = os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_WRONLY)
            os.set_inheritable(opened, True)
            stream = open(opened, "w" if number else "r", encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, stream)


def show_what_streams_cannot() -> None:
    """Let messages and help show characters that the stream has none for as escapes: no message may end the run.

    Data are not touched: they are bytes in UTF-8, whatever the stream's encoding is.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def let_go_of_stdout() -> None:
    """Drop what stdout did not take: that has been told, and the interpreter would tell it once more as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
