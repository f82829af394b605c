"""Many files → one data set: ``scan`` reads whatever is there, on all cores, and can be stopped and gone on with.

``read_folder`` reads them one at a time, here, and keeps nothing.
"""

from __future__ import annotations

from .lazily import read_folder
from .scanning import Progress, ScanResult, scan

__all__ = ["Progress", "ScanResult", "read_folder", "scan"]
