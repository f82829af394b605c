"""Readers, renderers and outputs are imported by name when they are first needed; grammars are read as files."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

_LEFT_OUT = ("gipa_reports.testing", "gipa_reports.spark", "gipa_reports.pyinstaller")

datas: list[tuple[str, str]] = collect_data_files("gipa_reports")
hiddenimports: list[str] = collect_submodules("gipa_reports", filter=lambda name: not name.startswith(_LEFT_OUT))
