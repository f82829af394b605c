"""Hypothesis strategies for reports: any that can be built, realistic ones, and ones whose figures add up.

``reports()`` leaves nothing out that the model allows, and prefers what is likely to go wrong: cells and paragraphs
that look like rows, headings, labels, marks or markup. ``plain_reports()`` and ``consistent_reports()`` are for tests
of layouts and of checks.
"""
