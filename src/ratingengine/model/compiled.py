"""A method as read, checked and compiled: all that an answer needs of it, and what the cache keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from ratingengine.model.indicator import Codebook
from ratingengine.model.program import Program
from ratingengine.model.scale import Scale
from ratingengine.model.watching import Watched

if TYPE_CHECKING:
    # Rules themselves are not needed to answer, and loading their classes is felt at every start.
    from ratingengine.model.rule import Measure


@frozen
class Compiled:
    """The method by name, version and digest; per profile its program, its measures, what it reads.

    `day` is the one whose rules these are (None: the latest method). `titles` are those of rules and measures, `reads` the coded
    indicators that a profile's rules read, `watched` what the watchlist rules of those profiles read that have any, and
    `codebook_digest` is that of the files of the codebook as they were read.
    """

    name: str
    version: str
    digest: str
    scale: Scale
    day: date | None
    titles: Mapping[str, str]
    codebook: Codebook
    programs: Mapping[str, Program]
    measures: Mapping[str, Mapping[str, Measure]]
    reads: Mapping[str, tuple[str, ...]]
    watched: Mapping[str, Watched]
    codebook_digest: str = ""

    def read_elsewhere(self, profile: str) -> frozenset[str]:
        """The coded indicators that only other profiles read: they say nothing of this one's facets."""
        others = {name for other, names in self.reads.items() if other != profile for name in names}
        return frozenset(others.difference(self.reads[profile]))
