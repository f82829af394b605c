"""Go through a folder of drafts, one at a time; a bad file is told of and ends nothing."""

from gipa_reports import check, read_folder

for source, reading in read_folder("examples/samples"):
    print(source, check(reading).findings if reading.report is not None else reading.error)
