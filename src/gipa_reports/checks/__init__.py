"""Check a report: coded rules, outcomes and findings, suggestions; add reports up; compare two of them."""

from . import model
from .aggregation import Aggregate, Part, aggregate
from .comparison import CellChange, Comparison, FieldChange, ParagraphChange, compare
from .engine import check
from .model import Cause, CheckResult, Edit, Finding, FindingSeverity, Operand, Outcome, Passage, Rule, Status
from .peers import Peers
from .registry import FAMILIES, RULES, all_rules, find_rule, rule_page, rules_page, select_rules
from .subject import Subject

vars(model)["Subject"] = Subject  # what annotations of ``Rule`` name, for those who look them up at run time

__all__ = [
    "FAMILIES",
    "RULES",
    "Aggregate",
    "Cause",
    "CellChange",
    "CheckResult",
    "Comparison",
    "Edit",
    "FieldChange",
    "Finding",
    "FindingSeverity",
    "Operand",
    "Outcome",
    "ParagraphChange",
    "Part",
    "Passage",
    "Peers",
    "Rule",
    "Status",
    "Subject",
    "aggregate",
    "all_rules",
    "check",
    "compare",
    "find_rule",
    "rule_page",
    "rules_page",
    "select_rules",
]
