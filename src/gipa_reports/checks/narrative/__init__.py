"""Rules ``N``: what the prose says, against the tables.

A sentence becomes tokens (``tokens``), in which an ordered table of named wordings is looked for (``patterns``); each
has a reader that makes claims of it (``readers``, ``cases``) or says what the sentence is about (``topics``). ``prose``
walks through the report, ``meanings`` says which sums of cells a claim may state, ``verdicts`` compares, and ``rules``
tells it. The words stand in ``template/narrative``.
"""

from .rules import RULES

__all__ = ["RULES"]
