"""Check a report by a rule that is written here and registered nowhere."""

from pathlib import Path

from gipa_reports import Rule, check, read

some = Rule("X1", "licences", lambda rule, it: [rule.passed("") if it.report["disclosure.licensing.decisions"].value
    else rule.failed("", ["disclosure.licensing.decisions"], "没有许可。", "There are no licences.")])  # fmt: skip
print(check(read(Path("examples/subdistrict_2023.txt")), rules=[some], select="X1"))
