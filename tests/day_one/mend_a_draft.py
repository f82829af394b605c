"""Take up the one suggestion that the form's arithmetic allows, once a person has said that it is right."""

from pathlib import Path

from gipa_reports import check, parse, render

draft = parse(Path("examples/samples/澄江区教育局2023.docx"))
mended = draft.apply(check(draft).findings[0].suggestion)
Path("mended.docx").write_bytes(render(mended, "docx"))
