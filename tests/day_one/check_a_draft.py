"""What does not add up in a draft? In sentences, and as a page."""

from pathlib import Path

from gipa_reports import check, read

result = check(read(Path("examples/samples/澄江区教育局2023.docx")))
print(result.to_text("zh"))
Path("checked.html").write_text(result.to_html("zh"), encoding="utf-8")
