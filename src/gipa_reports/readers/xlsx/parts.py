"""The parts of a workbook, as trees of XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from ...errors import ReadError
from ...messages import Phrase
from ..package import Package


class Workbook:
    """The main part of a workbook and those that belong to it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._main = package.main()
        self.root: ElementTree.Element = package.tree(self._main)

    def related(self, kind: str) -> Iterator[ElementTree.Element]:
        """Yield the trees of the parts of a kind that belong to the workbook."""
        yield from map(self.package.tree, self.package.related(self._main, kind))

    def targets(self, kind: str) -> dict[str, str]:
        """Return the parts of a kind by the ids of their relations."""
        return self.package.targets(self._main, kind)


def broken(found: Phrase) -> ReadError:
    """Return the error for a workbook that is damaged."""
    return ReadError(
        f"the workbook is damaged: {found}",
        code="broken-package",
        expected=Phrase("a whole workbook", "完整的工作簿"),
        found=found,
    )
