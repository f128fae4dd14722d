"""Theorems on one body of evidence: one rating, nothing established that is excluded, what silence and the watchlist do."""

from __future__ import annotations

from attrs import evolve

from ratingengine.proofs.change import Row
from ratingengine.proofs.days import Assessed
from ratingengine.proofs.ground import Ground
from ratingengine.proofs.semantics import Concluded, concluded, reached
from ratingengine.proofs.solver import Formula, every, negation, same, some
from ratingengine.proofs.verdicts import Finding


def one_rating(ground: Ground) -> Finding:
    """Exactly one rating and level, on the scale, whatever the order in which rules fire."""
    profile = ground.profile
    top = profile.scale.worst

    def off_the_scale(found: Concluded) -> Formula:
        return some(reached(ladder, top + 1) for ladder in (found.rating, *found.levels.values()))

    def unordered(assessed: Assessed, worst: bool) -> Formula:
        """A second pass over the rules, which starts from what the first concluded, lets another rule fire."""
        first = assessed.worst if worst else assessed.best
        again = concluded(profile.program, assessed.day.reads(worst=worst), start=first)
        return some(negation(same(a, b)) for a, b in zip(first.rules, again.rules, strict=True))

    def unpublished(row: Row) -> bool:
        rating = row.published.rating
        return (rating is None) != (row.assessed is None) or (rating is not None and not 0 <= rating <= top)

    def fault(assessed: Assessed) -> Formula:
        ends = (
            off_the_scale(assessed.best),
            off_the_scale(assessed.worst),
            unordered(assessed, False),
            unordered(assessed, True),
        )
        return some((*ends, ground.change.where(assessed, unpublished)))

    return ground.settle(fault, "a rule reads what is concluded beside or above it, or a conclusion leaves the scale")


def established_is_possible(ground: Ground) -> Finding:
    """What holds at the best ends holds at the worst ends too."""

    def fault(assessed: Assessed) -> Formula:
        pairs = zip(assessed.best.rules, assessed.worst.rules, strict=True)
        return some(every((best, negation(worst))) for best, worst in pairs)

    return ground.settle(fault, "a rule is established and excluded at once")


def silence(ground: Ground) -> Finding:
    """Nothing known, nothing concluded; and no rating where standing facts are required."""

    def fault(assessed: Assessed) -> Formula:
        day = assessed.day
        nothing = [negation(extent.told) for extent in (*day.extents.values(), *day.free.values())]
        rated = day.sufficient if ground.profile.groups else False
        return every((negation(day.prior.given), *nothing, some((*assessed.best.rules, rated))))

    return ground.settle(fault, "a rule fires on no evidence at all")


def watchlist_apart(ground: Ground) -> Finding:
    """Without the watchlist rules every rating, level, gate and published rating is the same."""
    profile = ground.profile
    kept = tuple(rule for rule in profile.program.rules if profile.kinds.get(rule.id, rule.target.kind) != "watchlist")
    without = evolve(profile.program, rules=kept)

    def fault(assessed: Assessed) -> Formula:
        ends = [(assessed.best, False), (assessed.worst, True)]
        others = [concluded(without, assessed.day.reads(worst=worst)) for _, worst in ends]
        return some(differs(end, other) for (end, _), other in zip(ends, others, strict=True))

    return ground.settle(fault, "a watchlist rule moves a rating, a level or a gate")


def differs(one: Concluded, other: Concluded) -> Formula:
    """Another rating, level or gate; the watchlist is left out of account."""
    ladders = [(one.rating, other.rating), *((ladder, other.levels[facet]) for facet, ladder in one.levels.items())]
    steps = [(a, b) for mine, its in ladders for a, b in zip(mine, its, strict=False)]
    return some(negation(same(a, b)) for a, b in (*steps, (one.gate, other.gate)))
