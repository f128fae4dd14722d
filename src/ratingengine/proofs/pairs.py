"""Theorems on two bodies of evidence, one worse or poorer than the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ratingengine.model.program import Test
from ratingengine.proofs.days import Assessed, Day
from ratingengine.proofs.figures import People
from ratingengine.proofs.ground import Ground, refuted
from ratingengine.proofs.priors import PriorState
from ratingengine.proofs.semantics import Concluded, Ladder
from ratingengine.proofs.solver import Formula, Solver, every, negation, same, some
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.verdicts import PROVED, Finding

Relation = Callable[[Assessed, Assessed], Formula]


def settle(ground: Ground, related: Relation, fault: Relation, says: str) -> Finding:
    """Proved where no two related days have the fault; refuted by two bodies of evidence whose last years show it."""
    one, two = two_days(ground)
    solver = Solver(*one.day.axioms(), *two.day.axioms(), related(one, two))
    if solver.find(fault(one, two)) is None:
        return Finding(PROVED, listed=exempted(ground.profile))
    claim = both(related, fault)
    finding = refuted(ground.seen(lambda histories: claim(histories[0].last, histories[1].last), 2), says)
    return Finding(finding.status, finding.counted, exempted(ground.profile), finding.counterexample)


def both(relation: Relation, two: Relation) -> Relation:
    """Both relations hold."""
    return lambda x, y: every((relation(x, y), two(x, y)))


def two_days(ground: Ground) -> tuple[Assessed, Assessed]:
    """Any two days of one country."""
    people, worst = People.any(), ground.profile.scale.worst
    days = (Day.of(ground.profile, label, people, PriorState.any(label, worst)) for label in "xy")
    one, two = (Assessed.of(day) for day in days)
    return one, two


def exempted(profile: ProfileProved) -> dict[str, tuple[str, ...]]:
    """The rules declared not monotone, with their reasons."""
    return {"exempt": tuple(f"{rule}: {reason}" for rule, reason in profile.exempt.items())} if profile.exempt else {}


def worse(one: Assessed, two: Assessed) -> Formula:
    """The evidence and the year before of `two` are in no respect better than those of `one`.

    What is enough known on one side is on the other; what exempted rules read against their direction is the same on both.
    """
    x, y = one.day, two.day
    return every((worse_evidence(x, y), y.prior.no_better_than(x.prior), _exempt(x, y)))


def worse_evidence(x: Day, y: Day) -> Formula:
    """Each interval at least as severe at both ends, the same facets sufficiently known, the same measures known."""
    ends = [second.no_better_than(first) for first, second in x.pairs(y)]
    known = [same(x.figure(name).known, y.figure(name).known) for name in x.profile.measures]
    return every((*ends, same(x.sufficient, y.sufficient), *known))


def _exempt(x: Day, y: Day) -> Formula:
    tests = sorted(against(x.profile))
    ends = [(x.reads(worst=worst), y.reads(worst=worst)) for worst in (False, True)]
    return every(same(mine(t.variable, t.threshold), its(t.variable, t.threshold)) for mine, its in ends for t in tests)


def against(profile: ProfileProved) -> set[Test]:
    """The tests by which exempted rules point against the direction of their kind."""
    rules = [rule for rule in profile.program.rules if rule.id in profile.exempt]
    found = {(rule, test) for rule in rules for test in rule.tests}
    variables = profile.program.variables
    return {
        test
        for rule, test in found
        if test.kind == "variable" and variables[test.variable].mirrored != (rule.target.kind == "upgrade_gate")
    }


def better(ladder: Ladder, two: Ladder) -> Formula:
    """The first severity is graver than the second."""
    return some(every((a, negation(b))) for a, b in zip(ladder, two, strict=True))


def any_better(concluded: Concluded, two: Concluded) -> Formula:
    """The second has a better rating or a better level somewhere."""
    return some(
        (better(concluded.rating, two.rating), *(better(ladder, two.levels[facet]) for facet, ladder in concluded.levels.items()))
    )


def monotone(ground: Ground) -> Finding:
    """Worse evidence or a worse year before never gives a better rating, level or published rating."""

    def fault(assessed: Assessed, two: Assessed) -> Formula:
        published = better(ground.change.published(assessed), ground.change.published(two))
        rated = every((assessed.day.sufficient, two.day.sufficient, published))
        return some((any_better(assessed.best, two.best), any_better(assessed.worst, two.worst), rated))

    return settle(ground, worse, fault, "the second evidence is worse than the first, and something comes out better")


def removal_widens(ground: Ground) -> Finding:
    """Less evidence establishes no more, excludes no more, and makes nothing sufficient."""

    def poorer(assessed: Assessed, two: Assessed) -> Formula:
        x, y = assessed.day, two.day
        inside = every(first.within(second) for first, second in x.pairs(y))
        return every((inside, some((x.prior.equal(y.prior), negation(y.prior.given)))))

    def fault(assessed: Assessed, two: Assessed) -> Formula:
        established = _appear(two.best.rules, assessed.best.rules)
        excluded = _appear(assessed.worst.rules, two.worst.rules)
        enough = every((two.day.sufficient, negation(assessed.day.sufficient)))
        outcome = (any_better(two.best, assessed.best), any_better(assessed.worst, two.worst))
        return some((established, excluded, enough, *outcome, better(assessed.possible, two.possible)))

    finding = settle(ground, poorer, fault, "the second evidence says less than the first, and more follows from it")
    return Finding(finding.status, finding.counted, {}, finding.counterexample)


def _appear(new: Iterable[Formula], old: Iterable[Formula]) -> Formula:
    return some(every((after, negation(before))) for after, before in zip(new, old, strict=True))


def monotone_over_years(ground: Ground) -> Finding:
    """Induction over the years: the step keeps both the order of what is published and the order of what is handed on."""
    change = ground.change

    def fault(assessed: Assessed, two: Assessed) -> Formula:
        """The second publishes better, or hands on better, after a year in which it was no better."""
        rated = every((assessed.day.sufficient, two.day.sufficient))
        published = every((rated, better(change.published(assessed), change.published(two))))
        return some((published, negation(change.handed_on(two).no_better_than(change.handed_on(assessed)))))

    one, two = two_days(ground)
    solver = Solver(*one.day.axioms(), *two.day.axioms(), worse(one, two))
    if solver.find(fault(one, two)) is None:
        return Finding(PROVED, "by induction over the years", exempted(ground.profile))

    def claim(histories: tuple[object, ...]) -> Formula:
        x, y = (history.years for history in histories)  # type: ignore[attr-defined]
        each = [every((worse_evidence(a.day, b.day), _exempt(a.day, b.day))) for a, b in zip(x, y, strict=True)]
        rated = every((x[-1].day.sufficient, y[-1].day.sufficient))
        return every((*each, rated, better(change.published(x[-1]), change.published(y[-1]))))

    finding = refuted(
        ground.seen(claim, 2), "every year of the second evidence is worse, and a published rating comes out better"
    )
    return Finding(finding.status, finding.counted, exempted(ground.profile), finding.counterexample)
