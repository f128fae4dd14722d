"""What a proof comes to: proved, refuted with evidence or names, or undecided."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ratingengine.proofs.exhibits import Exhibit, Shown
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.theorems import Theorem

PROVED, REFUTED, UNDECIDED = "proved", "refuted", "undecided"


@frozen
class Counterexample:
    """Evidence that shows a fault, or that something is possible: in words, and as bodies of evidence with their answers."""

    says: str
    exhibits: tuple[Exhibit, ...]
    answers: tuple[tuple[Shown, ...], ...]


@frozen
class Finding:
    """What a check found, before its time is taken.

    `listed` are names under a heading; `witnesses` the evidence that shows each thing that should be possible, where it was kept.
    """

    status: str
    counted: str = ""
    listed: Mapping[str, tuple[str, ...]] = field(factory=dict)
    counterexample: Counterexample | None = None
    witnesses: Mapping[str, Counterexample] = field(factory=dict)


@frozen
class Verdict:
    """The verdict on a theorem for one profile; `seconds` is the time that its check took, of no meaning beyond display."""

    theorem: Theorem
    profile: ProfileProved
    finding: Finding
    seconds: float
