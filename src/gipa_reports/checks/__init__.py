"""Check a report: coded rules, outcomes and findings, suggestions; add reports up; compare two of them."""

from . import model
from .aggregation import Aggregate as Aggregate
from .aggregation import Part as Part
from .aggregation import aggregate as aggregate
from .comparison import CellChange as CellChange
from .comparison import Comparison as Comparison
from .comparison import FieldChange as FieldChange
from .comparison import ParagraphChange as ParagraphChange
from .comparison import compare as compare
from .engine import check as check
from .model import Cause as Cause
from .model import CheckResult as CheckResult
from .model import Edit as Edit
from .model import Finding as Finding
from .model import FindingSeverity as FindingSeverity
from .model import Operand as Operand
from .model import Outcome as Outcome
from .model import Passage as Passage
from .model import Rule as Rule
from .model import Status as Status
from .peers import Peers as Peers
from .registry import FAMILIES as FAMILIES
from .registry import RULES as RULES
from .registry import all_rules as all_rules
from .registry import find_rule as find_rule
from .registry import rule_page as rule_page
from .registry import rules_page as rules_page
from .registry import select_rules as select_rules
from .subject import Subject as Subject

vars(model)["Subject"] = Subject  # what annotations of ``Rule`` name, for those who look them up at run time
