"""Make a report of figures, change one, and write it in the official layout."""

from gipa_reports import Report, render

report = Report.of("2021", {"requests.received.total": 47, "requests.carried_in.total": None}, agency="某局", year=2024)
report = report.replace({"requests.received.total": 48, "requests.received.natural_person": 48})
print(render(report, "text"))
