"""Start the command line: ``gipa-reports``, or ``python -m gipa_reports``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without the extra ``cli``, say how to install it and exit with 2."""
    try:
        from .cli import cli
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        print('gipa-reports: the command line needs click: pip install "gipa-reports[cli]"', file=sys.stderr)
        sys.exit(2)
    cli(prog_name="gipa-reports")


if __name__ == "__main__":
    main()
