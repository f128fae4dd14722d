"""Runs the checks of theorems on the profiles of a method."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from ratingengine.proofs.change import Change
from ratingengine.proofs.changing import fixed_point, no_upgrade_from_silence, one_band, towards_assessed
from ratingengine.proofs.ground import Ground
from ratingengine.proofs.pairs import monotone, monotone_over_years, removal_widens
from ratingengine.proofs.reaching import no_redundancy, reachable
from ratingengine.proofs.single import established_is_possible, one_rating, silence, watchlist_apart
from ratingengine.proofs.solver import SECONDS, Undecided
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.theorems import THEOREMS, Theorem
from ratingengine.proofs.verdicts import UNDECIDED, Finding, Verdict
from ratingengine.world.countries import Country

CHECKS: Mapping[str, Callable[[Ground], Finding]] = {
    "one-rating": one_rating,
    "reachable": reachable,
    "no-redundancy": no_redundancy,
    "monotone": monotone,
    "removal-widens": removal_widens,
    "one-band": one_band,
    "watchlist-apart": watchlist_apart,
    "fixed-point": fixed_point,
    "monotone-over-years": monotone_over_years,
    "established-is-possible": established_is_possible,
    "silence": silence,
    "towards-assessed": towards_assessed,
    "no-upgrade-from-silence": no_upgrade_from_silence,
}


def prove(
    profiles: Sequence[ProfileProved],
    countries: Sequence[Country],
    theorems: Sequence[Theorem] = THEOREMS,
    *,
    keep: bool = False,
) -> Iterator[Verdict]:
    """The verdict on each theorem for each profile, as they are reached.

    `countries` are those to put invented evidence on; with `keep` the evidence of what is possible comes with the verdict.
    Raises EngineFailure where z3 and the reference engine disagree.
    """
    for profile in profiles:
        ground = Ground(profile, Change.of(profile.scale), countries, keep)
        for theorem in theorems:
            if not theorem.on(profile.scale):
                continue
            begun = time.perf_counter()
            found = verdict(ground, theorem)
            yield Verdict(theorem, profile, found, time.perf_counter() - begun)


def verdict(ground: Ground, theorem: Theorem) -> Finding:
    """The verdict on one theorem."""
    try:
        return CHECKS[theorem.name](ground)
    except Undecided as gave_up:
        return Finding(UNDECIDED, f"the solver gave up after {SECONDS} s: {gave_up}")
