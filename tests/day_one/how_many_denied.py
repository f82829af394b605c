"""Add up a group of rows for which the form has no total; a blank is no zero."""

from pathlib import Path

from gipa_reports import read

reading = read(Path("examples/subdistrict_2023.txt"))
denied = reading.raise_for_error().requests.denied.subtotal("total", reading)
print(denied.value, denied.known, denied.without, denied.codes)
