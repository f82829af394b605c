"""How the documentation is built: ``sphinx-build -W docs build/docs``."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))
from chinese_search import Pairs

project = "gipa-reports"
author = "gipa_reports contributors"
copyright = author  # noqa: A001 - the name that Sphinx looks for
release = version = installed_version("gipa-reports")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["images"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# Links out of this folder lead to files of the repository, which the tests check.
suppress_warnings = ["myst.xref_missing"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
nitpicky = False
highlight_language = "none"

html_theme = "furo"
html_title = "gipa-reports"
html_static_path = ["images"]
html_search_language = "zh"
html_show_copyright = False


def setup(app: Sphinx) -> None:
    """Put our search in the place of the one that Sphinx has for Chinese."""
    app.add_search_language(Pairs)
