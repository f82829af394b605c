"""Many files → one data set: ``scan`` reads whatever is there, on all cores, and can be stopped and gone on with."""

from __future__ import annotations

from .scanning import Progress, ScanResult, scan

__all__ = ["Progress", "ScanResult", "scan"]
