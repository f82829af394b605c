"""Take table 三 as the form lays it out, with the form's labels."""

from pathlib import Path

from gipa_reports import read

frame = read(Path("examples/subdistrict_2023.txt")).raise_for_error().requests.to_frame("zh")
frame.to_csv("table.csv", encoding="utf-8-sig")
