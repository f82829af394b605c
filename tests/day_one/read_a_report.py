"""What does a report say, and where does it say so?"""

import gipa_reports

source, reading = next(gipa_reports.read_folder("examples/subdistrict_2023.txt"))
report = reading.raise_for_error()
print(report.agency, report.year, report.requests.received["total"].value, report.requests.received.label("zh"))
print(source, reading.locations["requests.received.total"])
