"""Hypothesis profiles: ``ci`` by default, ``deep`` with ``HYPOTHESIS_PROFILE=deep``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A whole report is a large example; making one takes longer than parsing it.
_LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("ci", max_examples=25, derandomize=True, deadline=None, suppress_health_check=_LARGE)
settings.register_profile("deep", max_examples=1000, deadline=None, suppress_health_check=_LARGE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# The language of the command line is that of the machine, unless a test says otherwise.
os.environ["GIPA_REPORTS_LANG"] = "en"
