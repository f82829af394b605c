"""Every figure of every report as one data frame."""

from gipa_reports import read_folder, to_pandas

frame = to_pandas({name: one for name, one in read_folder("examples/samples") if one.report is not None})
received = frame[frame["cell"] == "requests.received.total"]
print(received.pivot_table(index="agency", columns="year", values="value", aggfunc="first", observed=True))
