"""One sentence as it is read: what it is about by now, and the claims found so far."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from attrs import define, evolve, field

from .claims import Claim, Scope
from .tokens import Found

RECEIVED = frozenset({"received", "new", "handled"})
"""Quantities that count applications as they come in."""


SPAN = 0
"""The year of what is told of several years (2021年以来)."""


class Topic(StrEnum):
    """Subject of a clause without a noun."""

    APPLICATIONS = "applications"
    CASES = "cases"
    DOCUMENTS = "documents"
    OTHER = "other"
    NONE = "none"


@define
class Sentence:
    """The state of reading. A clause without a noun is about ``topic``, one that says 申请 about ``own`` business.

    ``topic`` goes on from the sentence before, ``own`` begins anew with that of the part. ``own_name`` is the organ,
    where it is known. ``disclosure`` is whether the part or the sentence is about disclosure, ``sorts_files`` whether
    documents are sorted by how they are published. ``years`` are those that its figures are told of, ``year_ends`` is
    where the last of them ends. ``whole`` is the last figure that others may be parts of, ``rest`` what is left of it,
    and ``parted`` whether its parts are being told. ``since`` is how many claims there were when ``scope`` was named.
    """

    text: str
    report_year: int | None
    topic: Topic
    own: Topic
    disclosure: bool
    own_name: str = ""
    sorts_files: bool = False
    claims: list[Claim] = field(factory=list)
    year: int | None = None
    year_ends: int = 0
    years: set[int] = field(factory=set)
    scope: Scope = Scope.WHOLE
    since: int = 0
    parted: bool = False
    without: bool = False
    whole: Claim | None = None
    rest: int = 0
    exception: bool = False
    cases: tuple[str, ...] = ()
    documents: str = ""

    @property
    def last(self) -> str:
        """The quantity of the last claim; empty where there is none."""
        return self.claims[-1].quantity if self.claims else ""

    @property
    def year_of_whole(self) -> bool:
        """Return whether the last whole is of the year spoken of, not of several years."""
        return self.whole is None or self.whole.year == self.year

    def about(self, topic: Topic) -> None:
        """Note what is spoken of."""
        self.topic = self.own = topic

    def state(
        self,
        quantity: str,
        value: int | Decimal | str,
        found: Found,
        *,
        of: tuple[str, ...] = (),
        applicants: tuple[str, ...] = (),
        scope: Scope | None = None,
        dated: bool = True,
    ) -> Claim:
        """Add the claim that a pattern's tokens make."""
        assert not isinstance(value, str)
        claim = Claim(
            quantity,
            value,
            found.tokens[0].start,
            found.tokens[-1].end,
            of,
            applicants,
            self.scope if scope is None else scope,
            self.year if dated and found.tokens[0].start < self.year_ends else None,
        )
        self.claims.append(claim)
        return claim

    def settle_whole(self, with_carried_in: bool) -> None:
        """Note whether the last whole counts what was carried in."""
        if self.whole is not None and self.whole in self.claims and self.whole.quantity in RECEIVED:
            settled = evolve(self.whole, with_carried_in=with_carried_in)
            self.claims[self.claims.index(self.whole)] = settled
            self.whole = settled


Reader = Callable[[Sentence, Found], None]
"""Makes of a pattern's tokens claims, or a change of what the sentence is about."""
